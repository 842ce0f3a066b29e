//! Files into the library.
//!
//! In: files and folders as named. Out: an [`Outcome`] a file, as soon as it is known. Files are
//! parsed on all cores, a bounded batch at a time; one thread writes. Not here: showing progress.
//!
//! The same bytes under another name are `Outcome::Same`: read, but not parsed again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::{Place, Stored, Writer};
use crate::error::{Error, Result};
use crate::index::{self, Index, Prepared};
use crate::parse::parse;
use crate::record::{NodeRecord, Record};

/// How many bytes of files are parsed at a time.
const BATCH: u64 = 4 << 20;

/// How many bytes of files go into one commit of the index.
const COMMIT: u64 = 96 << 20;

/// What folders are searched for: texts, pages, and the documents of office programs. What each
/// file is, its bytes say.
const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "htm", "html", "xhtml", "shtml", "mht", "mhtml", "docx", "docm", "doc",
    "wps", "rtf", "pdf", "ofd",
];

/// The files to read, and what was passed over.
#[derive(Debug, Default)]
pub struct Sources {
    /// Files, sorted within each folder.
    pub files: Vec<PathBuf>,
    /// Files in folders that are of other sorts: how many of each extension, in small letters;
    /// empty for those without one.
    pub passed_over: BTreeMap<String, usize>,
    /// What could not be looked into.
    pub failures: Vec<Error>,
}

/// What a file's documents come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// How many documents.
    pub documents: usize,
    /// How many of them the library had already, from other files.
    pub known: usize,
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

/// Finds the files that paths name: a file is taken as it is, a folder is searched for texts, in
/// the order of names.
pub fn sources(paths: &[PathBuf]) -> Sources {
    let mut sources = Sources::default();
    for path in paths {
        if path.is_dir() {
            search_folder(path, &mut sources);
        } else {
            sources.files.push(path.clone());
        }
    }
    sources
}

fn search_folder(folder: &Path, sources: &mut Sources) {
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let extension = entry.path().extension().unwrap_or_default();
                let extension = extension.to_string_lossy().to_lowercase();
                if EXTENSIONS.contains(&extension.as_str()) {
                    sources.files.push(entry.into_path());
                } else {
                    *sources.passed_over.entry(extension).or_insert(0) += 1;
                }
            }
            Ok(_) => {}
            // A link back to a folder it stands in: its files are read there.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => sources.failures.push(Error::File {
                action: "read",
                path: error.path().unwrap_or(folder).to_owned(),
                cause: error.into(),
            }),
        }
    }
}

/// A file's way: read, then parsed unless its digest is known.
struct Work {
    path: PathBuf,
    bytes: u64,
    parsed: Result<Parsed>,
}

enum Parsed {
    Known { sha256: String, paths: Vec<String> },
    Fresh { sha256: String, documents: Vec<(Stored, Prepared)> },
}

impl Writer {
    /// Reads files into the library; `told` hears of each file when it is written. A bad file is
    /// an outcome, not an error.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be written.
    pub fn ingest(
        &self,
        files: &[PathBuf],
        told: &mut dyn FnMut(&Path, u64, Outcome),
    ) -> Result<()> {
        let known = self.known()?;
        let index = self.library.index.clone();
        let mut writer = index::Writer::new(&index)?;
        let (send, receive) = sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(|| parse_all(files, &known, &index, send));
            self.write_all(receive, &mut writer, told)
        })?;
        writer.finish()
    }

    /// Every file that was read before: digest to paths.
    fn known(&self) -> Result<Known> {
        let mut known = Known::default();
        for (sha256, path) in self.library.store.files()? {
            known.entry(sha256).or_default().push(path);
        }
        Ok(known)
    }

    fn write_all(
        &self,
        batches: Receiver<Vec<Work>>,
        writer: &mut index::Writer,
        told: &mut dyn FnMut(&Path, u64, Outcome),
    ) -> Result<()> {
        let mut uncommitted = 0;
        for batch in batches {
            let bytes = batch.iter().map(|work| work.bytes).sum::<u64>();
            let outcomes = self.library.store.together(|| {
                batch
                    .into_iter()
                    .map(|work| {
                        let outcome = match work.parsed {
                            Ok(parsed) => self.write(&work.path, parsed, writer)?,
                            Err(error) => Outcome::Failed(error),
                        };
                        Ok((work.path, work.bytes, outcome))
                    })
                    .collect::<Result<Vec<_>>>()
            })?;
            for (path, bytes, outcome) in outcomes {
                told(&path, bytes, outcome);
            }
            uncommitted += bytes;
            if uncommitted >= COMMIT {
                self.commit(writer)?;
                uncommitted = 0;
            }
        }
        self.commit(writer)
    }

    /// Writes what one file holds.
    fn write(&self, path: &Path, parsed: Parsed, writer: &mut index::Writer) -> Result<Outcome> {
        let store = &self.library.store;
        let path = path.to_string_lossy();
        let (sha256, documents) = match parsed {
            Parsed::Known { sha256, paths } => return self.same(&sha256, &path, &paths),
            Parsed::Fresh { sha256, documents } => (sha256, documents),
        };
        // The same bytes may have come twice in one batch.
        let paths = store.paths_of(&sha256)?;
        if !paths.is_empty() {
            return self.same(&sha256, &path, &paths);
        }
        let mut read = Read::default();
        for (stored, prepared) in documents {
            read.count(&stored.record);
            store.add_place(&Place {
                path: path.to_string(),
                sha256: sha256.clone(),
                n: stored.record.source.n,
                document: stored.record.id.clone(),
            })?;
            if store.add(&stored)? {
                writer.add(prepared)?;
            } else {
                read.known += 1;
            }
        }
        store.add_file(&sha256, &path)?;
        Ok(Outcome::New(read))
    }

    /// Notes one more path of bytes that are known.
    fn same(&self, sha256: &str, path: &str, paths: &[String]) -> Result<Outcome> {
        let store = &self.library.store;
        let Some(first) = paths.first().filter(|_| !paths.iter().any(|known| known == path)) else {
            return Ok(Outcome::Skipped);
        };
        for place in store.places_in(sha256, first)? {
            store.add_place(&Place { path: path.to_owned(), ..place })?;
        }
        store.add_file(sha256, path)?;
        Ok(Outcome::Same(first.clone()))
    }
}

type Known = std::collections::HashMap<String, Vec<String>>;

/// Parses files a batch at a time and hands each batch over.
fn parse_all(files: &[PathBuf], known: &Known, index: &Index, send: SyncSender<Vec<Work>>) {
    let mut rest = files;
    while !rest.is_empty() {
        let mut bytes = 0;
        let mut sizes = Vec::new();
        for file in rest {
            let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
            if bytes >= BATCH {
                break;
            }
            bytes += size;
            sizes.push(size);
        }
        let (batch, later) = rest.split_at(sizes.len());
        rest = later;
        let work = batch
            .par_iter()
            .zip(sizes)
            .map(|(path, bytes)| Work {
                path: path.clone(),
                bytes,
                parsed: parse_one(path, known, index),
            })
            .collect();
        // The writer has failed and says why.
        if send.send(work).is_err() {
            return;
        }
    }
}

/// The digest of a file's bytes, 64 hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse_one(path: &Path, known: &Known, index: &Index) -> Result<Parsed> {
    let fail = |cause| Error::File { action: "read", path: path.to_owned(), cause };
    let bytes = std::fs::read(path).map_err(fail)?;
    let sha256 = sha256(&bytes);
    if let Some(paths) = known.get(&sha256) {
        return Ok(Parsed::Known { sha256, paths: paths.clone() });
    }
    let documents = parse(path, &bytes)?
        .into_iter()
        .map(|record| {
            let chunks = index::chunks(index::passages(&record));
            let prepared = index::prepare(index, &record, &chunks);
            let stored = Stored::new(record, &chunks).map_err(fail)?;
            Ok((stored, prepared))
        })
        .collect::<Result<_>>()?;
    Ok(Parsed::Fresh { sha256, documents })
}

impl Read {
    /// Adds another file's figures.
    pub fn add(&mut self, other: &Read) {
        self.documents += other.documents;
        self.known += other.known;
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
