//! Files into the library.
//!
//! In: files as named. Out: an [`Outcome`] a file, as soon as it is known. Files are parsed on all
//! cores, a bounded batch at a time; one thread writes. Not here: finding the files
//! ([`super::scan`]), showing progress.
//!
//! The same bytes under another name are `Outcome::Same`: read, but not parsed again. Other bytes under
//! the same name take the place of what they were; the former documents become history.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::arrival::What;
use super::kin::Relation;
use super::pack;
use super::scan::name;
use super::store::{Before, State, Store, Stored};
use super::{Place, Writer};
use crate::error::{Error, Result};
use crate::index::{self, Index, Prepared};
use crate::parse::parse;
use crate::record::{NodeRecord, Record};

/// How many bytes of files are parsed at a time.
const BATCH: u64 = 4 << 20;

/// How many files are parsed at a time at the most. Records take some thirty times the memory of their
/// texts, and two batches are held: one that is parsed, one that is written.
const FILES: usize = 512;

/// In how many batches few files are parsed, so that one is written while the next is parsed.
const PARTS: usize = 4;

/// How many files make a batch at the least.
const FEW: usize = 16;

/// How many bytes of files go into one commit of the index.
const COMMIT: u64 = 96 << 20;

/// How large a file may be, in bytes: no text comes near it.
const LARGEST: u64 = 256 << 20;

/// What a file's documents come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// How many documents.
    pub documents: usize,
    /// How many of them the library had already, from other files.
    pub known: usize,
    /// How many are new editions of what the library had.
    pub editions: usize,
    /// How many are nearly the text of what the library had.
    pub near: usize,
    /// How many documents of what the file held before are history now.
    pub former: usize,
    /// How many articles.
    pub articles: usize,
    /// How many levels.
    pub levels: usize,
    /// How many duties.
    pub duties: usize,
    /// How many diagnostics.
    pub diagnostics: usize,
    /// Characters of its documents' stretches.
    pub characters: usize,
    /// Characters among them that were discarded.
    pub discarded: usize,
}

/// What became of a file.
#[derive(Debug)]
pub enum Outcome {
    /// It was read.
    New(Read),
    /// It was there already.
    Skipped,
    /// A file with the same bytes was there already, under this path.
    Same(String),
    /// It could not be read.
    Failed(Error),
}

/// What parsing has to know.
struct Parsing<'w> {
    index: &'w Index,
    /// Whether sources are kept.
    keeps: bool,
    /// Whether to stop where a batch ends.
    stop: &'w AtomicBool,
}

/// A file's way: read, then parsed unless its digest is known.
struct Work {
    path: PathBuf,
    bytes: u64,
    parsed: Parsed,
}

enum Parsed {
    /// The library had these bytes already; with them where they are to be kept now.
    Known { sha256: String, packed: Option<Vec<u8>> },
    Fresh {
        sha256: String,
        packed: Option<Vec<u8>>,
        read: Read,
        documents: Vec<(Stored, Prepared)>,
    },
    /// Without a digest where there were no bytes to be had.
    Failed { sha256: String, error: Error },
}

impl Writer {
    /// Reads files into the library; `told` hears of each file when it is written, in their order. A
    /// bad file is an outcome, not an error.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be written.
    pub fn ingest(
        &self,
        files: &[PathBuf],
        told: &mut dyn FnMut(&Path, u64, Outcome),
    ) -> Result<()> {
        let index = self.library.index.clone();
        let known = Store::open(&self.library.folder, false)?;
        let mut writer = index::Writer::new(&index)?;
        let how = Parsing { index: &index, keeps: self.keeps, stop: &self.stop };
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(0);
            let parsing = scope.spawn(|| parse_all(&how, files, known, send));
            let written = self.write_all(receive, &mut writer, told);
            let parsed = parsing.join().unwrap_or(Ok(()));
            written.and(parsed)
        })?;
        writer.finish()
    }

    fn write_all(
        &self,
        batches: Receiver<Vec<Work>>,
        writer: &mut index::Writer,
        told: &mut dyn FnMut(&Path, u64, Outcome),
    ) -> Result<()> {
        let mut uncommitted = 0;
        let mut outcomes = Vec::new();
        for batch in batches {
            uncommitted += batch.iter().map(|work| work.bytes).sum::<u64>();
            self.library.store.together(|| {
                for Work { path, bytes, parsed } in batch {
                    let outcome = self.write(&name(&path), parsed, writer)?;
                    outcomes.push((path, bytes, outcome));
                }
                Ok(())
            })?;
            outcomes.drain(..).for_each(|(path, bytes, outcome)| told(&path, bytes, outcome));
            if uncommitted >= COMMIT {
                self.commit(writer)?;
                uncommitted = 0;
            }
        }
        self.commit(writer)
    }

    /// Writes what one file holds.
    fn write(&self, path: &str, parsed: Parsed, writer: &mut index::Writer) -> Result<Outcome> {
        let store = &self.library.store;
        let (sha256, mut read, documents) = match parsed {
            Parsed::Known { sha256, packed } => {
                packed.map_or(Ok(()), |packed| store.add_content(&sha256, &packed))?;
                return self.same(&sha256, path, writer);
            }
            Parsed::Fresh { sha256, packed, read, documents } => {
                packed.map_or(Ok(()), |packed| store.add_content(&sha256, &packed))?;
                (sha256, read, documents)
            }
            Parsed::Failed { sha256, error } => {
                let why = error.to_string();
                if store.failure(&sha256, path)?.as_ref() != Some(&why) {
                    store.add_failure(&sha256, path, &why)?;
                    store.arrived(What::Failed, path, None, Some(&why))?;
                }
                return Ok(Outcome::Failed(error));
            }
        };
        // The same bytes may have come twice in one batch.
        if !store.paths_of(&sha256)?.is_empty() {
            return self.same(&sha256, path, writer);
        }
        for (stored, prepared) in documents {
            store.add_place(&Place {
                path: path.to_owned(),
                sha256: sha256.clone(),
                n: stored.record.source.n,
                document: stored.record.id.clone(),
                current: true,
            })?;
            let before = store.add(&stored)?;
            if before == Before::Former {
                writer.remove(&stored.record.id);
            }
            if before != Before::Held {
                writer.add(prepared)?;
            }
            self.arrived(path, before, &stored, &mut read)?;
        }
        store.add_file(&sha256, path)?;
        read.former = self.replace(&sha256, path)?;
        Ok(Outcome::New(read))
    }

    /// Says of a document what it is to the library.
    fn arrived(&self, path: &str, before: Before, stored: &Stored, read: &mut Read) -> Result<()> {
        let store = &self.library.store;
        let id = &stored.record.id;
        let (what, other) = match before {
            Before::Held => {
                read.known += 1;
                (What::Same, store.entry(id)?.map(|entry| entry.path))
            }
            Before::Former => (What::Back, None),
            Before::Unknown => {
                let region = stored.record.region.as_ref().map(|region| region.code.as_str());
                match store.link(id, region, &stored.facts)? {
                    None => (What::New, None),
                    Some(link) if link.relation == Relation::Near => {
                        read.near += 1;
                        (What::Near, Some(link.other))
                    }
                    Some(link) => {
                        read.editions += 1;
                        (What::Edition, Some(link.other))
                    }
                }
            }
        };
        store.arrived(what, path, Some(id), other.as_deref())
    }

    /// Notes one more path of bytes that are known.
    fn same(&self, sha256: &str, path: &str, writer: &mut index::Writer) -> Result<Outcome> {
        let store = &self.library.store;
        if store.holds(sha256, path)? {
            store.clear_failure(path)?;
            return Ok(Outcome::Skipped);
        }
        let first = store.paths_of(sha256)?.into_iter().next().unwrap_or_default();
        for place in store.places_in(sha256, &first)? {
            let id = place.document.clone();
            store.add_place(&Place { path: path.to_owned(), current: true, ..place })?;
            if store.revive(&id)? == Before::Former {
                writer.remove(&id);
                writer.add(self.prepared(&id)?)?;
                store.arrived(What::Back, path, Some(&id), None)?;
            } else {
                store.arrived(What::Same, path, Some(&id), Some(&first))?;
            }
        }
        store.add_file(sha256, path)?;
        self.replace(sha256, path)?;
        Ok(Outcome::Same(first))
    }

    /// Writes into the log which files are no longer there, of these paths and below them. Their
    /// documents stay as they are: a folder that is tidied up repeals nothing. Out: the files.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn gone(&self, paths: &[PathBuf]) -> Result<Vec<String>> {
        let store = &self.library.store;
        let mut gone = Vec::new();
        store.together(|| {
            for path in paths {
                for file in store.paths_below(&name(path))? {
                    if Path::new(&file).exists() {
                        continue;
                    }
                    for id in store.held_by(&file)? {
                        store.arrived(What::Gone, &file, Some(&id), None)?;
                    }
                    store.clear_failure(&file)?;
                    gone.push(file);
                }
            }
            Ok(())
        })?;
        Ok(gone)
    }

    /// Makes history of what a path held before. Out: how many documents nobody holds any more.
    fn replace(&self, sha256: &str, path: &str) -> Result<usize> {
        let store = &self.library.store;
        let mut former = 0;
        for other in store.others(sha256, path)? {
            for id in store.let_go_of(&other, path)? {
                store.set(&id, State::Retiring)?;
                store.arrived(What::Former, path, Some(&id), None)?;
                former += 1;
            }
        }
        Ok(former)
    }
}

/// Parses files a batch at a time and hands each batch over.
fn parse_all(
    how: &Parsing<'_>,
    files: &[PathBuf],
    known: Store,
    send: SyncSender<Vec<Work>>,
) -> Result<()> {
    let Parsing { index, keeps, stop } = *how;
    let most = files.len().div_ceil(PARTS).clamp(FEW, FILES);
    let mut rest = files;
    while !rest.is_empty() && !stop.load(Ordering::Relaxed) {
        let mut bytes = 0;
        let mut sizes = Vec::new();
        for file in rest.iter().take(most) {
            if bytes >= BATCH {
                break;
            }
            let size = size(file);
            bytes += size;
            sizes.push(size);
        }
        let (batch, later) = rest.split_at(sizes.len());
        rest = later;
        let read = batch.par_iter().map(|path| bytes_of(path)).collect::<Vec<_>>();
        let read = read.into_iter().map(|read| {
            let keeps = keeps && !read.is_kept(&known)?;
            Ok((read.is_known(&known)?, keeps, read))
        });
        let read = read.collect::<Result<Vec<_>>>()?;
        let works = read.into_par_iter().zip(batch).zip(sizes);
        let work = works.map(|(((is_known, keeps, read), path), bytes)| Work {
            path: path.clone(),
            bytes,
            parsed: if is_known { read.known(keeps) } else { read.parsed(path, index, keeps) },
        });
        // The writer has failed and says why.
        if send.send(work.collect()).is_err() {
            break;
        }
    }
    Ok(())
}

/// How many bytes of a file may be read.
fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |metadata| metadata.len()).min(LARGEST)
}

/// The digest of a file's bytes, 64 hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file's bytes with their digest.
struct Bytes(Result<(String, Vec<u8>)>);

fn bytes_of(path: &Path) -> Bytes {
    let fail = |cause| Error::File { action: "read", path: path.to_owned(), cause };
    let refuse = |why: &str| Error::Unreadable { path: path.to_owned(), why: why.to_owned() };
    let read = || {
        let before = std::fs::metadata(path).map_err(fail)?;
        if before.len() > LARGEST {
            let size = before.len() >> 20;
            let most = LARGEST >> 20;
            return Err(refuse(&format!("it has {size} MB, and files up to {most} MB are read")));
        }
        let bytes = std::fs::read(path).map_err(fail)?;
        let after = std::fs::metadata(path).map_err(fail)?;
        let changed = before.modified().ok() != after.modified().ok();
        if changed || before.len() != after.len() {
            return Err(refuse("it changed while it was read; read it again when it is whole"));
        }
        Ok((sha256(&bytes), bytes))
    };
    Bytes(read())
}

impl Bytes {
    fn is_known(&self, store: &Store) -> Result<bool> {
        match &self.0 {
            Ok((sha256, _)) => Ok(!store.paths_of(sha256)?.is_empty()),
            Err(_) => Ok(false),
        }
    }

    fn is_kept(&self, store: &Store) -> Result<bool> {
        self.0.as_ref().map_or(Ok(false), |(sha256, _)| store.keeps(sha256))
    }

    fn known(self, keeps: bool) -> Parsed {
        match self.0 {
            Ok((sha256, bytes)) => {
                Parsed::Known { sha256, packed: keeps.then(|| pack::bytes(&bytes).ok()).flatten() }
            }
            Err(error) => Parsed::Failed { sha256: String::new(), error },
        }
    }

    fn parsed(self, path: &Path, index: &Index, keeps: bool) -> Parsed {
        let (sha256, bytes) = match self.0 {
            Ok(read) => read,
            Err(error) => return Parsed::Failed { sha256: String::new(), error },
        };
        match documents(path, &bytes, index) {
            Ok((read, documents)) => Parsed::Fresh {
                sha256,
                packed: keeps.then(|| pack::bytes(&bytes).ok()).flatten(),
                read,
                documents,
            },
            Err(error) => Parsed::Failed { sha256, error },
        }
    }
}

/// The documents of a file, ready to be written, and what they come to.
fn documents(path: &Path, bytes: &[u8], index: &Index) -> Result<(Read, Vec<(Stored, Prepared)>)> {
    let fail = |cause| Error::File { action: "read", path: path.to_owned(), cause };
    let mut read = Read::default();
    let mut documents = Vec::new();
    for record in parse(path, bytes)? {
        read.count(&record);
        let chunks = index::chunks(index::passages(&record));
        let prepared = index::prepare(index, &record, &chunks);
        documents.push((Stored::new(record, &chunks).map_err(fail)?.lightened(), prepared));
    }
    Ok((read, documents))
}

impl Read {
    /// Adds another file's figures.
    pub fn add(&mut self, other: &Read) {
        self.documents += other.documents;
        self.known += other.known;
        self.editions += other.editions;
        self.near += other.near;
        self.former += other.former;
        self.articles += other.articles;
        self.levels += other.levels;
        self.duties += other.duties;
        self.diagnostics += other.diagnostics;
        self.characters += other.characters;
        self.discarded += other.discarded;
    }

    fn count(&mut self, record: &Record) {
        self.documents += 1;
        for node in record.outline.iter().flat_map(NodeRecord::walk) {
            match &*node.kind {
                "article" => self.articles += 1,
                "level" => self.levels += 1,
                _ => {}
            }
        }
        self.duties += record.duties.len();
        self.diagnostics += record.diagnostics.len();
        self.characters += record.source.span.end - record.source.span.start;
        self.discarded +=
            record.discarded.iter().map(|part| part.span.end - part.span.start).sum::<usize>();
    }
}
