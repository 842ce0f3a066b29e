//! Records to hits: floor 5.
//!
//! In: records, and queries with filters. Out: [`Hit`]s that name a unit of a document. The
//! index is derived: it can be thrown away and made again from the records. Not here: the
//! records themselves, and which of them are missing here (`library`, which alone on this floor
//! may call its sibling, so that both commit together).
//!
//! `驻村工作队` finds the provisions and duties that speak of it, also where the text breaks the
//! line within it.

mod analyzer;
mod border;
mod collect;
mod duties;
mod fields;
mod filter;
mod forget;
mod grammar;
mod pairs;
mod passage;
mod query;
mod question;
mod scope;
mod segment;
mod synonym;
mod weigh;
mod who;
mod words;
mod writer;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};

use crate::error::{Error, Result};
use fields::Fields;

pub use analyzer::occurrences;
pub use fields::{Place, Unit};
pub use filter::{Facet, Filter};
pub use grammar::QueryError;
pub use passage::{
    Bearer, Chunk, Named, Passage, PassageDuty, PassageSanction, chunks, passages, provision_text,
};
pub use query::{Counts, Found, Hit, Page, SearchError, Sort, documents_with, phrases, search};
pub use question::region_codes;
pub use who::{Answer, Answers, Clause, Evidence, Fact, Read, who};
pub use writer::{Prepared, Writer, prepare};

/// What the last commit said of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Of which making of the index.
    pub generation: i64,
    /// The how many-th commit of the library it was.
    #[serde(default)]
    pub commits: i64,
}

/// An index in its folder.
#[derive(Clone)]
pub struct Index {
    path: PathBuf,
    engine: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

impl Index {
    /// Opens the index in `path`; `None` where there is none that this version can use.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn open(path: &Path) -> Result<Option<Index>> {
        if !path.join("meta.json").is_file() {
            return Ok(None);
        }
        let engine = match tantivy::Index::open_in_dir(path) {
            Ok(engine) => engine,
            Err(TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_)) => {
                return Ok(None);
            }
            Err(cause) => return Err(failure(path, cause)),
        };
        if engine.schema() != fields::schema().0 {
            return Ok(None);
        }
        Index::of(path, engine).map(Some)
    }

    /// Makes an empty index in `path`, in place of what is there.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn create(path: &Path) -> Result<Index> {
        let file = |action| move |cause| Error::File { action, path: path.to_owned(), cause };
        if path.exists() {
            std::fs::remove_dir_all(path).map_err(file("remove"))?;
        }
        std::fs::create_dir_all(path).map_err(file("make"))?;
        let engine = tantivy::Index::create_in_dir(path, fields::schema().0)
            .map_err(|cause| failure(path, cause))?;
        Index::of(path, engine)
    }

    fn of(path: &Path, engine: tantivy::Index) -> Result<Index> {
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|cause| failure(path, cause))?;
        Ok(Index { path: path.to_owned(), engine, reader, fields: fields::schema().1 })
    }

    /// What the last commit said of itself; `None` of an index without one.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn stamp(&self) -> Result<Option<Stamp>> {
        let metas = self.engine.load_metas().map_err(|cause| failure(&self.path, cause))?;
        Ok(metas.payload.and_then(|payload| serde_json::from_str(&payload).ok()))
    }

    /// The ids of the documents it holds.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn documents(&self) -> Result<BTreeSet<String>> {
        query::documents(self)
    }

    /// Its files that are not what was written.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn damaged(&self) -> Result<BTreeSet<String>> {
        let damaged =
            self.engine.validate_checksum().map_err(|cause| failure(&self.path, cause))?;
        Ok(damaged.into_iter().map(|file| file.display().to_string()).collect())
    }

    /// Sees what was committed since.
    pub(crate) fn reload(&self) -> Result<()> {
        self.reader.reload().map_err(|cause| failure(&self.path, cause))
    }

    fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}

/// A failure of the index in `path`.
fn failure(path: &Path, cause: TantivyError) -> Error {
    Error::Index { path: path.to_owned(), cause: Box::new(cause) }
}
