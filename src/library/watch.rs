//! Files that come into folders.
//!
//! In: folders, and what the system says of changes in them. Out: the files that are new or other than
//! they were, and whole: nothing about them has changed for [`QUIET`]; and those that have gone. The system's word is a hint
//! only; now and then the folders are searched, so that what it misses is found. Not here: reading
//! the files ([`super::ingest`]), and when to stop.
//!
//! While `湖南.pdf` is being copied it is [`Watch::waiting`]; when it is whole, [`Watch::ready`] has it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use rustc_hash::FxHashMap;

use super::lock::Lock;
use super::scan::{Sources, is_text, sources};
use crate::error::{Error, Result};

/// How long a file must stay as it is to be whole.
pub const QUIET: Duration = Duration::from_millis(300);

/// How long one look at what happens takes.
const LOOK: Duration = Duration::from_millis(50);

/// A file as far as a look tells: its length, and when it was written.
type Mark = (u64, Option<SystemTime>);

/// Folders that are watched for one library.
pub struct Watch {
    folders: Vec<PathBuf>,
    /// How often they are searched.
    every: Duration,
    follow: bool,
    searched: Option<Instant>,
    /// What was handed out, as it was then.
    seen: FxHashMap<PathBuf, Mark>,
    /// What has changed, as it was last seen, and since when it is so.
    changed: BTreeMap<PathBuf, (Mark, Instant)>,
    /// What may have gone, files and folders, and since when.
    missing: BTreeMap<PathBuf, Instant>,
    events: Receiver<notify::Result<notify::Event>>,
    _watcher: RecommendedWatcher,
    _lock: Lock,
}

impl Watch {
    /// Begins to watch folders for the library in `library`.
    ///
    /// # Errors
    ///
    /// [`Error::Watched`] where another program watches for this library; [`Error::File`] where a
    /// folder cannot be watched.
    pub fn new(
        library: &Path,
        folders: &[PathBuf],
        every: Duration,
        follow: bool,
    ) -> Result<Watch> {
        let lock = Lock::take(library, "watch.lock").map_err(|error| match error {
            Error::Locked { path, holder } => Error::Watched { path, holder },
            error => error,
        })?;
        let (send, events) = channel();
        let fail = |path: &Path| {
            let path = path.to_owned();
            move |cause: notify::Error| Error::File {
                action: "watch",
                path,
                cause: std::io::Error::other(cause),
            }
        };
        let mut watcher = notify::recommended_watcher(send).map_err(fail(library))?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::Recursive).map_err(fail(folder))?;
        }
        Ok(Watch {
            folders: folders.to_vec(),
            every,
            follow,
            searched: None,
            seen: FxHashMap::default(),
            changed: BTreeMap::new(),
            missing: BTreeMap::new(),
            events,
            _watcher: watcher,
            _lock: lock,
        })
    }

    /// How many files have changed and are not whole yet.
    pub fn waiting(&self) -> usize {
        self.changed.len()
    }

    /// Looks for a moment at what happens. Out: the files that are whole now, in the order of names,
    /// each once a change, and what could not be looked into.
    pub fn ready(&mut self) -> (Vec<PathBuf>, Vec<Error>) {
        let mut failures = Vec::new();
        let (paths, lost) = self.heard();
        if lost || self.searched.is_none_or(|at| at.elapsed() >= self.every) {
            failures = self.search(&self.folders.clone());
            self.searched = Some(Instant::now());
            let gone = self.seen.keys().filter(|path| !path.exists());
            self.missing.extend(gone.map(|path| (path.clone(), Instant::now())));
        }
        for path in paths {
            if !path.exists() {
                self.missing.entry(path).or_insert_with(Instant::now);
            } else if path.is_dir() {
                failures.extend(self.search(&[path]));
            } else if is_text(&path) && (self.follow || !path.is_symlink()) {
                self.note(path);
            }
        }
        let mut whole = Vec::new();
        for (path, (mark, since)) in &mut self.changed {
            match mark_of(path) {
                Some(now) if now == *mark => {
                    if since.elapsed() >= QUIET {
                        whole.push(path.clone());
                    }
                }
                Some(now) => (*mark, *since) = (now, Instant::now()),
                // It is gone again.
                None => whole.push(path.clone()),
            }
        }
        whole.retain(|path| {
            let Some((mark, _)) = self.changed.remove(path) else { return false };
            let there = mark_of(path).is_some();
            if there {
                self.seen.insert(path.clone(), mark);
            }
            there
        });
        (whole, failures)
    }

    /// The files that were handed out and folders with such that are no longer there, once that has been so
    /// for [`QUIET`].
    pub fn gone(&mut self) -> Vec<PathBuf> {
        self.missing.retain(|path, _| !path.exists());
        let late =
            |(path, since): (&PathBuf, &Instant)| (since.elapsed() >= QUIET).then(|| path.clone());
        let mut gone: Vec<PathBuf> = self.missing.iter().filter_map(late).collect();
        for path in &gone {
            self.missing.remove(path);
        }
        // Of what was never handed out, such as a file under another name while it is written, none asks.
        gone.retain(|gone| self.seen.keys().any(|path| path.starts_with(gone)));
        // What comes back is told anew.
        self.seen.retain(|path, _| !gone.iter().any(|gone| path.starts_with(gone)));
        gone
    }

    /// Takes back files that could not be worked on, to be handed out again.
    pub fn put_back(&mut self, files: &[PathBuf]) {
        for file in files {
            self.seen.remove(file);
            self.note(file.clone());
        }
    }

    /// Notes what has changed in folders.
    fn search(&mut self, folders: &[PathBuf]) -> Vec<Error> {
        let Sources { files, failures, .. } = sources(folders, self.follow);
        files.into_iter().for_each(|file| self.note(file));
        failures
    }

    /// Listens for a moment: what may have changed, and whether more may have than was told.
    fn heard(&self) -> (BTreeSet<PathBuf>, bool) {
        let mut paths = BTreeSet::new();
        let mut lost = false;
        let mut told = match self.events.recv_timeout(LOOK) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            // Nobody tells any more: the searches go on.
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(LOOK);
                None
            }
        };
        while let Some(event) = told {
            match event {
                Ok(event) if event.need_rescan() => lost = true,
                // That a file was read is no change.
                Ok(event) if event.kind.is_access() => {}
                Ok(event) => {
                    for path in event.paths {
                        match self.as_named(&path) {
                            Some(path) => drop(paths.insert(path)),
                            None => lost = true,
                        }
                    }
                }
                Err(_) => lost = true,
            }
            told = self.events.try_recv().ok();
        }
        (paths, lost)
    }

    /// A path as it would be found in the folders as they were named, so that it is one path.
    fn as_named(&self, path: &Path) -> Option<PathBuf> {
        if self.folders.iter().any(|folder| path.starts_with(folder)) {
            return Some(path.to_owned());
        }
        let within = |folder: &PathBuf| {
            let rest = path.strip_prefix(folder.canonicalize().ok()?).ok()?;
            Some(folder.join(rest))
        };
        self.folders.iter().find_map(within)
    }

    /// Notes a file that is not as it was handed out.
    fn note(&mut self, path: PathBuf) {
        let Some(mark) = mark_of(&path) else { return };
        if self.seen.get(&path) != Some(&mark) {
            self.changed.entry(path).or_insert_with(|| (mark, Instant::now()));
        }
    }
}

fn mark_of(path: &Path) -> Option<Mark> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}
