//! Records into the index.
//!
//! In: [`Record`]s, and which documents to forget. Out: an index that holds them from the next
//! commit on. Not here: who may write (`library` holds the lock) and what is missing
//! (`library` compares).
//!
//! Adding a record twice leaves it there twice: it is forgotten first where the index may hold it.

use std::thread::JoinHandle;
use std::time::Duration;

use rustc_hash::FxHashSet;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{IndexWriter, Segment, TantivyDocument, TantivyError};

use super::fields::Units;
use super::forget::Forget;
use super::passage::Chunk;
use super::{Index, Stamp, failure, segment};
use crate::error::Result;
use crate::record::Record;

/// How many pairs of characters make a segment at the most, but for a document that has more. Each takes
/// 24 bytes while they are sorted.
const MOST: usize = 8 << 20;

/// From how many pairs on the last ones before a commit become two segments, written side by side.
const MANY: usize = 1 << 20;

/// Segments with fewer units are merged as if they had as many. Each eight of one size are merged, so a
/// larger number would have a small one written again with each few batches, a smaller one leave many.
const SMALL: u32 = 1000;

/// What the engine wants for cutting text itself, in bytes, which it never does.
const LEAST: usize = 15_000_000;

/// A record's units, ready to be added; made on any thread.
pub struct Prepared(Units);

/// The one writer of an index.
pub struct Writer {
    index: Index,
    writer: IndexWriter<TantivyDocument>,
    /// What is in no segment yet.
    waiting: Vec<Units>,
    /// How many pairs that is.
    pairs: usize,
    /// The documents it is of.
    documents: FxHashSet<String>,
    /// Segments that are being written.
    begun: Vec<JoinHandle<tantivy::Result<Segment>>>,
    /// Those that were written since the last commit.
    written: Vec<SegmentId>,
    /// Documents to be forgotten, each with how many segments were begun before that.
    forgotten: Vec<(String, usize)>,
}

impl Writer {
    /// Begins to write.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn new(index: &Index) -> Result<Writer> {
        let writer = begun(index).map_err(|cause| failure(&index.path, cause))?;
        let writer = Writer {
            index: index.clone(),
            writer,
            waiting: Vec::new(),
            pairs: 0,
            documents: FxHashSet::default(),
            begun: Vec::new(),
            written: Vec::new(),
            forgotten: Vec::new(),
        };
        writer.writer.set_merge_policy(merging());
        Ok(writer)
    }

    /// Adds a record's units.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn add(&mut self, Prepared(units): Prepared) -> Result<()> {
        self.pairs += units.text.len();
        self.documents.insert(units.document.clone());
        self.waiting.push(units);
        if self.pairs >= MOST {
            self.take_up().map_err(|cause| failure(&self.index.path, cause))?;
            self.begin();
        }
        Ok(())
    }

    /// Forgets what was added of a document so far.
    pub fn remove(&mut self, id: &str) {
        if self.documents.remove(id) {
            self.waiting.retain(|units| units.document != id);
            self.pairs = self.waiting.iter().map(|units| units.text.len()).sum();
        }
        // By their ids segments are told from those that were written later.
        self.writer.set_merge_policy(Box::new(NoMergePolicy));
        self.forgotten.push((id.to_owned(), self.written.len() + self.begun.len()));
    }

    /// Makes all that was done lasting and visible, all of it or nothing.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn commit(&mut self, stamp: &Stamp) -> Result<()> {
        if self.pairs >= MANY {
            let half = self.waiting.split_off(self.half());
            self.begin();
            self.waiting = half;
        }
        self.begin();
        let index = self.index.clone();
        let fail = |cause| failure(&index.path, cause);
        self.take_up().map_err(fail)?;
        self.forget().map_err(fail)?;
        let payload = serde_json::to_string(stamp).unwrap_or_default();
        let mut commit = self.writer.prepare_commit().map_err(fail)?;
        commit.set_payload(&payload);
        commit.commit().map_err(fail)?;
        self.written.clear();
        self.index.reload()
    }

    /// Waits until the segments are merged and lets go of the index.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn finish(self) -> Result<()> {
        self.writer.wait_merging_threads().map_err(|cause| failure(&self.index.path, cause))
    }

    /// Begins a segment of what waits.
    fn begin(&mut self) {
        self.pairs = 0;
        self.documents.clear();
        let records = std::mem::take(&mut self.waiting);
        if !records.is_empty() {
            let index = self.index.clone();
            self.begun.push(std::thread::spawn(move || segment::write(&index, records)));
        }
    }

    /// How many of the waiting records have half of the pairs.
    fn half(&self) -> usize {
        let mut sum = 0;
        let before = self.waiting.iter().take_while(|units| {
            sum += units.text.len();
            2 * sum <= self.pairs
        });
        before.count()
    }

    /// Gives the engine the segments that were begun.
    fn take_up(&mut self) -> tantivy::Result<()> {
        for segment in self.begun.drain(..) {
            let segment =
                segment.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            self.written.push(segment.id());
            self.writer.add_segment(segment.meta().clone())?;
        }
        Ok(())
    }

    /// Has the engine forget at the next commit what is to be forgotten.
    fn forget(&mut self) -> tantivy::Result<()> {
        // Without segments the engine would keep it in mind for those to come.
        let is_empty =
            self.written.is_empty() && self.index.engine.searchable_segment_ids()?.is_empty();
        for (id, before) in self.forgotten.drain(..) {
            let later = self.written.get(before..).unwrap_or_default();
            let units = Forget::new(self.index.fields.of_document(&id), later);
            if !is_empty {
                self.writer.delete_query(Box::new(units))?;
            }
        }
        self.writer.set_merge_policy(merging());
        Ok(())
    }
}

/// Which segments are merged.
fn merging() -> Box<LogMergePolicy> {
    let mut merging = LogMergePolicy::default();
    merging.set_min_layer_size(SMALL);
    Box::new(merging)
}

/// Takes the engine's own lock. The library's lock keeps other writers away, so that the engine's is free or
/// soon will be: a program that was just being started holds it until it runs.
fn begun(index: &Index) -> tantivy::Result<IndexWriter<TantivyDocument>> {
    const TRIES: usize = 50;
    for _ in 1..TRIES {
        match index.engine.writer_with_num_threads(1, LEAST) {
            Err(TantivyError::LockFailure(..)) => std::thread::sleep(Duration::from_millis(20)),
            writer => return writer,
        }
    }
    index.engine.writer_with_num_threads(1, LEAST)
}

/// A record's units, ready for [`Writer::add`].
pub fn prepare(index: &Index, record: &Record, chunks: &[Chunk]) -> Prepared {
    Prepared(index.fields.units(record, chunks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::passage;

    #[test]
    fn what_is_forgotten_is_what_was_there_before() {
        let record = include_str!("../../tests/data/record.json");
        let record: Record = serde_json::from_str(record).expect("a record");
        let chunks = passage::chunks(passage::passages(&record));
        let folder = tempfile::tempdir().expect("a folder");
        let index = Index::create(folder.path()).expect("an index");
        let mut writer = Writer::new(&index).expect("a writer");
        let whole = 1 + chunks.iter().flatten().count() as u64;
        let add = |writer: &mut Writer| {
            writer.add(prepare(&index, &record, &chunks)).expect("added");
        };
        let held = |writer: &mut Writer| {
            writer.commit(&Stamp::default()).expect("committed");
            index.searcher().num_docs()
        };
        writer.remove(&record.id);
        assert_eq!(held(&mut writer), 0);
        add(&mut writer);
        assert_eq!(held(&mut writer), whole, "what comes after an empty index forgot it");
        writer.remove(&record.id);
        add(&mut writer);
        assert_eq!(held(&mut writer), whole, "read anew");
        add(&mut writer);
        writer.remove(&record.id);
        assert_eq!(held(&mut writer), 0, "while it waited, and before");
        add(&mut writer);
        writer.begin();
        writer.remove(&record.id);
        add(&mut writer);
        assert_eq!(held(&mut writer), whole, "once it was begun");
        writer.finish().expect("finished");
    }
}
