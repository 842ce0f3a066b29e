//! Records kept: floor 5.
//!
//! In: files to read, ids to ask for. Out: a [`Library`], a folder with `library.sqlite` (the
//! truth) and `index/` (derived). A document is in both or in neither: rows say how far the index
//! has come, and whoever opens the library next completes what a killed program left. This module
//! alone may call its sibling [`crate::index`]. Not here: what is shown of it (`cli`).
//!
//! `zeren ingest corpus` makes the folder `library`; the second time it skips every file.

mod alert;
mod arrival;
mod backup;
mod citation;
mod content;
mod facts;
mod force;
mod health;
mod ingest;
mod kin;
mod lock;
mod migrate;
mod pack;
mod place;
mod reparse;
mod scan;
mod schema;
mod store;
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::index::{self, Chunk, Index, Stamp};
use crate::record::Record;
use lock::Lock;
use store::{Before, DATABASE, State, Store, Stored, UNMADE};

pub use alert::{Alert, Answered};
pub use arrival::Arrival;
pub use backup::{backup, restore};
pub use citation::Cited;
pub use force::Lapse;
pub use health::Health;
pub use ingest::{Outcome, Read};
pub use kin::{Link, Relation};
pub use place::{Failure, Place};
pub use reparse::{Change, Reparsed};
pub use scan::{Sources, sources};
pub use store::Entry;
pub use watch::{QUIET, Watch};

/// A library, open to be read. It is as it was when it was opened, whatever is written meanwhile: who
/// stays long opens it anew.
pub struct Library {
    folder: PathBuf,
    store: Store,
    index: Index,
    /// Pieces that were read lately.
    chunks: Mutex<FxHashMap<(String, u32), Arc<Chunk>>>,
}

/// How often a reader waits for a writer's commit to be whole, and how long each time.
const TRIES: usize = 200;
const MOMENT: Duration = Duration::from_millis(25);

/// How many pieces are kept: about 150 MB at the most.
const KEPT: usize = 8192;

/// A library, open to be written; one at a time.
pub struct Writer {
    library: Library,
    /// Whether sources are kept from now on.
    keeps: bool,
    /// Whether to stop where a batch ends.
    stop: Arc<AtomicBool>,
    _lock: Lock,
}

impl Library {
    /// Opens a library. What a killed program left undone is completed first, unless another
    /// program is writing just now.
    ///
    /// # Errors
    ///
    /// Where the folder is no library, or cannot be read.
    pub fn open(folder: &Path) -> Result<Library> {
        for _ in 0..TRIES {
            let store = match Store::open(folder, false) {
                Err(Error::Older { .. }) => return Ok(Writer::open(folder)?.library),
                store => store?,
            };
            store.hold()?;
            let Some(index) = Index::open(&folder.join("index"))? else {
                return Ok(Writer::open(folder)?.library);
            };
            let library = Library::of(folder, store, index);
            if library.is_whole()? {
                return Ok(library);
            }
            match Writer::open(folder) {
                // Somebody is writing: what is done so far is read.
                Err(Error::Locked { .. }) if library.agrees()? => return Ok(library),
                // Between a commit of the index and the database's word for it lies a moment.
                Err(Error::Locked { .. }) => std::thread::sleep(MOMENT),
                written => return Ok(written?.library),
            }
        }
        Err(Error::Locked { path: folder.to_owned(), holder: "another process".to_owned() })
    }

    fn of(folder: &Path, store: Store, index: Index) -> Library {
        Library { folder: folder.to_owned(), store, index, chunks: Mutex::default() }
    }

    /// Whether index and database speak of the same commit.
    fn agrees(&self) -> Result<bool> {
        Ok(self.index.stamp()? == Some(self.store.stamp()?))
    }

    /// Whether nothing is left to do.
    fn is_whole(&self) -> Result<bool> {
        for state in [State::Missing, State::Leaving, State::Retiring] {
            if self.store.count(state)? > 0 {
                return Ok(false);
            }
        }
        self.agrees()
    }

    /// Its index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Its documents, in the order they came.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>> {
        self.store.entries()
    }

    /// Its documents that are history, in the order they came.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn former(&self) -> Result<Vec<Entry>> {
        self.store.former()
    }

    /// The files that could not be read.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn failures(&self) -> Result<Vec<Failure>> {
        self.store.failures()
    }

    /// What has arrived since `today`, `yesterday`, a day (`2026-11-01`), or so many days or hours
    /// ago (`3d`, `12h`), local time.
    ///
    /// # Errors
    ///
    /// [`Error::Time`] where that is no time; where the database cannot be read.
    pub fn arrivals(&self, since: &str) -> Result<Vec<Arrival>> {
        self.store.arrivals(since)
    }

    /// Editions and near copies: of one document, or all.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn links(&self, id: Option<&str>) -> Result<Vec<Link>> {
        self.store.links(id)
    }

    /// Why documents are no longer in force, as far as the library tells: one of them, or all.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn lapses(&self, id: Option<&str>) -> Result<BTreeMap<String, Lapse>> {
        self.store.lapses(id)
    }

    /// One document's entry.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>> {
        self.store.entry(id)
    }

    /// The ids that begin with `prefix`.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn ids_like(&self, prefix: &str) -> Result<Vec<String>> {
        self.store.ids_like(prefix)
    }

    /// Where documents were read: one of them, or all.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn places(&self, id: Option<&str>) -> Result<Vec<Place>> {
        self.store.places(id)
    }

    /// The regions of its documents: code and name.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn regions(&self) -> Result<Vec<(String, String)>> {
        self.store.regions()
    }

    /// A record, or the part of it that `T` names.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] where it is not there or damaged.
    pub fn record<T: DeserializeOwned>(&self, id: &str) -> Result<T> {
        let damaged =
            |why: String| Error::Record { path: self.folder.clone(), id: id.to_owned(), why };
        let record = self.store.record(id)?.ok_or_else(|| damaged("it is not there".into()))?;
        record.map_err(|cause| damaged(cause.to_string()))
    }

    /// What a search shows of a document: the piece that the place of a hit names.
    ///
    /// # Errors
    ///
    /// [`Error::Record`] where it is not there or damaged.
    pub fn chunk(&self, id: &str, chunk: u32) -> Result<Arc<Chunk>> {
        let key = (id.to_owned(), chunk);
        if let Some(kept) = self.chunks().get(&key) {
            return Ok(Arc::clone(kept));
        }
        let damaged =
            |why: String| Error::Record { path: self.folder.clone(), id: id.to_owned(), why };
        let read = self.store.chunk(id, chunk)?;
        let read = read.ok_or_else(|| damaged(format!("its piece {chunk} is not there")))?;
        let read = Arc::new(read.map_err(|cause| damaged(cause.to_string()))?);
        let mut kept = self.chunks();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&read));
        Ok(read)
    }

    fn chunks(&self) -> MutexGuard<'_, FxHashMap<(String, u32), Arc<Chunk>>> {
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    /// Opens a library to write to it, makes it where the folder holds none, and completes what
    /// was left undone.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] where another program is writing; [`Error::NotALibrary`] where the
    /// folder holds something else.
    pub fn open(folder: &Path) -> Result<Writer> {
        let fail = |cause| Error::File { action: "make", path: folder.to_owned(), cause };
        if !folder.join(DATABASE).is_file() && !is_free(folder) {
            return Err(Error::NotALibrary {
                path: folder.to_owned(),
                why: "it holds other files; name a new or empty folder".to_owned(),
            });
        }
        std::fs::create_dir_all(folder).map_err(fail)?;
        let lock = Lock::take(folder, "lock")?;
        let store = Store::open(folder, true)?;
        let path = folder.join("index");
        let index = match Index::open(&path)? {
            Some(index) => index,
            None => {
                store.together(|| store.start_over())?;
                Index::create(&path)?
            }
        };
        let library = Library::of(folder, store, index);
        let writer = Writer { library, keeps: true, stop: Arc::default(), _lock: lock };
        writer.complete()?;
        Ok(writer)
    }

    /// Opens a library to write to it as [`Writer::open`] does, and waits for another writer to be
    /// done, `patience` at the most.
    ///
    /// # Errors
    ///
    /// As [`Writer::open`].
    pub fn open_within(folder: &Path, patience: Duration) -> Result<Writer> {
        let begun = Instant::now();
        loop {
            match Writer::open(folder) {
                Err(Error::Locked { .. }) if begun.elapsed() < patience => {
                    std::thread::sleep(MOMENT);
                }
                opened => return opened,
            }
        }
    }

    /// Stops ingesting where a batch of files ends, once `stop` is true.
    #[must_use]
    pub fn until(self, stop: Arc<AtomicBool>) -> Writer {
        Writer { stop, ..self }
    }

    /// Keeps no sources from now on: what is read cannot be made anew by later rules.
    #[must_use]
    pub fn without_sources(self) -> Writer {
        Writer { keeps: false, ..self }
    }

    /// The library that is written to.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Brings index and database together, whatever either of them missed.
    fn complete(&self) -> Result<()> {
        let library = &self.library;
        if library.is_whole()? {
            return Ok(());
        }
        let indexed = library.index.documents()?;
        let mut extra = indexed.clone();
        library.store.together(|| {
            for id in library.store.ids(State::Whole)? {
                if !extra.remove(&id) {
                    library.store.set(&id, State::Missing)?;
                }
            }
            Ok(())
        })?;
        let mut writer = index::Writer::new(&library.index)?;
        for id in extra {
            writer.remove(&id);
        }
        self.settle(&mut writer)?;
        writer.finish()
    }

    /// Takes into the index what is missing there, drops what is leaving, and says so in the
    /// database. Killed before the index commits, nothing has happened; killed after, the same
    /// is done again, to the same end.
    fn settle(&self, writer: &mut index::Writer) -> Result<()> {
        let store = &self.library.store;
        for id in store.ids(State::Missing)? {
            writer.remove(&id);
            writer.add(self.prepared(&id)?)?;
        }
        self.commit(writer)
    }

    /// A stored document as the index takes it.
    fn prepared(&self, id: &str) -> Result<index::Prepared> {
        let record: Record = self.library.record(id)?;
        let chunks = index::chunks(index::passages(&record));
        Ok(index::prepare(&self.library.index, &record, &chunks))
    }

    /// Commits the index, then the database's word for it. While the index is written, which waits for the
    /// disk mostly, what the database's journal holds is put in its places.
    fn commit(&self, writer: &mut index::Writer) -> Result<()> {
        if self.library.is_whole()? {
            return Ok(());
        }
        let store = &self.library.store;
        for state in [State::Leaving, State::Retiring] {
            for id in store.ids(state)? {
                writer.remove(&id);
            }
        }
        let stamp = store.stamp()?;
        let stamp = Stamp { commits: stamp.commits + 1, ..stamp };
        std::thread::scope(|scope| {
            let committed = scope.spawn(|| writer.commit(&stamp));
            store.put_journal_away();
            committed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        store.together(|| store.settled())
    }

    /// Keeps records that were made elsewhere; those that are there already stay as they are.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be written.
    pub fn keep(&self, records: Vec<Record>) -> Result<()> {
        let Library { store, .. } = &self.library;
        store.together(|| {
            for record in records {
                let id = record.id.clone();
                let fail = |cause: std::io::Error| Error::Record {
                    path: self.library.folder.clone(),
                    id: id.clone(),
                    why: cause.to_string(),
                };
                let source = &record.source;
                store.add_place(&Place {
                    path: source.path.clone(),
                    sha256: source.sha256.clone(),
                    n: source.n,
                    document: id.clone(),
                    current: true,
                })?;
                let chunks = index::chunks(index::passages(&record));
                let stored = Stored::new(record, &chunks).map_err(fail)?;
                if store.add(&stored)? == Before::Unknown {
                    let region = stored.record.region.as_ref().map(|region| &*region.code);
                    store.link(&id, region, &stored.facts)?;
                }
            }
            Ok(())
        })?;
        self.complete()
    }

    /// Forgets a document.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be written.
    pub fn remove(&self, id: &str) -> Result<()> {
        self.library.store.set(id, State::Leaving)?;
        let mut writer = index::Writer::new(&self.library.index)?;
        self.commit(&mut writer)?;
        writer.finish()
    }

    /// Throws the index away and makes it again.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be read or written.
    pub fn reindex(&mut self) -> Result<()> {
        let store = &self.library.store;
        store.together(|| store.start_over())?;
        self.library.index = Index::create(&self.library.folder.join("index"))?;
        let mut writer = index::Writer::new(&self.library.index)?;
        self.settle(&mut writer)?;
        writer.finish()
    }
}

/// Whether a folder is not there, is empty, or holds no more than the beginnings of a library.
fn is_free(folder: &Path) -> bool {
    let begun = |name: &std::ffi::OsStr| {
        name.to_str().is_some_and(|name| name.ends_with("lock") || name.starts_with(UNMADE))
    };
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|entry| begun(&entry.file_name()))),
        Err(cause) => cause.kind() == std::io::ErrorKind::NotFound,
    }
}
