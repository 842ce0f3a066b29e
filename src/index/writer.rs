//! Records into the index.
//!
//! In: [`Record`]s, and which documents to forget. Out: an index that holds them from the next
//! commit on. Not here: who may write (`library` holds the lock) and what is missing
//! (`library` compares).
//!
//! Adding a record twice leaves it there twice: it is forgotten first where the index may hold it.

use std::time::Duration;

use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::passage::Chunk;
use super::{Index, Stamp, failure};
use crate::error::Result;
use crate::record::Record;

/// How many bytes of tokens are kept in memory a thread before a segment is written.
const MEMORY: usize = 128 << 20;

/// How many threads cut text into tokens.
const THREADS: usize = 2;

/// Up to how many bytes of text one thread does: each writes a segment, and writing one costs more.
const LITTLE: u64 = 4 << 20;

/// Segments with fewer units are merged as if they had as many. Each eight of one size are merged, so a
/// larger number would have a small one written again with each few batches, a smaller one leave many.
const SMALL: u32 = 1000;

/// A record's units, ready to be added; made on any thread.
pub struct Prepared(Vec<UserOperation<TantivyDocument>>);

/// The one writer of an index.
pub struct Writer {
    index: Index,
    writer: IndexWriter<TantivyDocument>,
}

impl Writer {
    /// Begins to write what comes from about so many bytes of text.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn new(index: &Index, bytes: u64) -> Result<Writer> {
        let threads = if bytes <= LITTLE { 1 } else { THREADS };
        let writer = begun(index, threads).map_err(|cause| failure(&index.path, cause))?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_layer_size(SMALL);
        writer.set_merge_policy(Box::new(merging));
        Ok(Writer { index: index.clone(), writer })
    }

    /// Adds a record's units.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn add(&mut self, prepared: Prepared) -> Result<()> {
        self.writer.run(prepared.0).map_err(|cause| failure(&self.index.path, cause))?;
        Ok(())
    }

    /// Forgets a document.
    pub fn remove(&mut self, id: &str) {
        self.writer.delete_term(self.index.fields.of_document(id));
    }

    /// Makes all that was done lasting and visible, all of it or nothing.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn commit(&mut self, stamp: &Stamp) -> Result<()> {
        let fail = |cause| failure(&self.index.path, cause);
        let payload = serde_json::to_string(stamp).unwrap_or_default();
        let mut commit = self.writer.prepare_commit().map_err(fail)?;
        commit.set_payload(&payload);
        commit.commit().map_err(fail)?;
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
}

/// Takes the engine's own lock. The library's lock keeps other writers away, so that the engine's is free or
/// soon will be: a program that was just being started holds it until it runs.
fn begun(
    index: &Index,
    threads: usize,
) -> std::result::Result<IndexWriter<TantivyDocument>, TantivyError> {
    const TRIES: usize = 50;
    for _ in 1..TRIES {
        match index.engine.writer_with_num_threads(threads, threads * MEMORY) {
            Err(TantivyError::LockFailure(..)) => std::thread::sleep(Duration::from_millis(20)),
            writer => return writer,
        }
    }
    index.engine.writer_with_num_threads(threads, threads * MEMORY)
}

/// A record's units, ready for [`Writer::add`].
pub fn prepare(index: &Index, record: &Record, chunks: &[Chunk]) -> Prepared {
    Prepared(index.fields.units(record, chunks).into_iter().map(UserOperation::Add).collect())
}
