//! Sources as they were read.
//!
//! In: the bytes of files. Out: the same, by their digest: compressed, and each once, whatever paths
//! hold them. Not here: which of them are read again ([`super::reparse`]).
//!
//! The same page under two names is kept once.

use rusqlite::{OptionalExtension, params};

use super::store::{Store, failure};
use crate::error::Result;

impl Store {
    /// Keeps a source that was packed.
    pub(crate) fn add_content(&self, sha256: &str, packed: &[u8]) -> Result<()> {
        let add = "INSERT OR IGNORE INTO contents (sha256, bytes) VALUES (?1, ?2)";
        self.run(add, params![sha256, packed]).map(drop)
    }

    /// Keeps a source no longer.
    pub(crate) fn drop_content(&self, sha256: &str) -> Result<()> {
        self.run("DELETE FROM contents WHERE sha256 = ?1", [sha256]).map(drop)
    }

    /// Whether a source is kept.
    pub(crate) fn keeps(&self, sha256: &str) -> Result<bool> {
        let kept = "SELECT 1 FROM contents WHERE sha256 = ?1";
        Ok(!self.all(kept, [sha256], |_| Ok(()))?.is_empty())
    }

    /// The bytes of a kept source; none where it is not kept, or damaged.
    pub(crate) fn content(&self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let packed = self
            .connection
            .prepare_cached("SELECT bytes FROM contents WHERE sha256 = ?1")
            .and_then(|mut query| {
                query.query_row([sha256], |row| row.get::<_, Vec<u8>>(0)).optional()
            })
            .map_err(|cause| failure(self.folder(), cause))?;
        let bytes = packed.and_then(|packed| zstd::decode_all(&*packed).ok());
        Ok(bytes.filter(|bytes| super::ingest::sha256(bytes) == sha256))
    }

    /// The digests of all sources that are kept.
    pub(crate) fn contents(&self) -> Result<Vec<String>> {
        self.all("SELECT sha256 FROM contents ORDER BY sha256", [], |row| row.get(0))
    }

    /// The kept sources with a record made by other rules than these, or all, in the order they came.
    pub(crate) fn outdated(&self, rules: &str, all: bool) -> Result<Vec<String>> {
        self.all(
            "SELECT sources.sha256 FROM sources JOIN documents ON documents.id = sources.document
             JOIN contents ON contents.sha256 = sources.sha256
             WHERE ?2 OR documents.rules IS NOT ?1
             GROUP BY sources.sha256 ORDER BY min(documents.number)",
            params![rules, all],
            |row| row.get(0),
        )
    }

    /// How many documents are of other rules than these.
    pub(crate) fn unkept(&self, rules: &str) -> Result<usize> {
        let count = "SELECT COUNT(*) FROM documents WHERE rules IS NOT ?1 AND state <> 2";
        let count = self.all(count, [rules], |row| row.get::<_, i64>(0))?.pop().unwrap_or(0);
        Ok(usize::try_from(count).unwrap_or_default())
    }
}
