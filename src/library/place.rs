//! Where documents were read: files, and what stands in them.
//!
//! In: paths, digests of bytes. Out: [`Place`]s, now and before. A path holds one file at a time; what
//! it held before stays known. Not here: what a change means for documents ([`super::ingest`]).
//!
//! After `a.txt` has changed, its first bytes and documents are known still, but not current.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::store::{Store, failure};
use crate::error::Result;

/// One place where a document was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path as it was given.
    pub path: String,
    /// The digest of its bytes.
    pub sha256: String,
    /// Which document of the file.
    pub n: usize,
    /// The document's id.
    pub document: String,
    /// Whether the path held these bytes when it was last read.
    pub current: bool,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Its path as it was given.
    pub path: String,
    /// Why.
    pub why: String,
}

impl Store {
    /// Notes that a path holds a file that was read.
    pub(crate) fn add_file(&self, sha256: &str, path: &str) -> Result<()> {
        self.clear_failure(path)?;
        self.run(
            "INSERT INTO files (sha256, path) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET current = 1, failed = NULL",
            [sha256, path],
        )?;
        Ok(())
    }

    /// Notes that a path holds no file any more that cannot be read.
    pub(crate) fn clear_failure(&self, path: &str) -> Result<()> {
        self.run("DELETE FROM files WHERE path = ?1 AND failed IS NOT NULL", [path]).map(drop)
    }

    /// Notes that a path holds a file that cannot be read. What it held before stays.
    pub(crate) fn add_failure(&self, sha256: &str, path: &str, why: &str) -> Result<()> {
        self.clear_failure(path)?;
        self.run(
            "INSERT OR REPLACE INTO files (sha256, path, current, failed) VALUES (?1, ?2, 0, ?3)",
            [sha256, path, why],
        )?;
        Ok(())
    }

    /// The files that could not be read.
    pub(crate) fn failures(&self) -> Result<Vec<Failure>> {
        let all = "SELECT path, failed FROM files WHERE failed IS NOT NULL ORDER BY path";
        self.all(all, [], |row| Ok(Failure { path: row.get(0)?, why: row.get(1)? }))
    }

    /// Why these very bytes could not be read under this path.
    pub(crate) fn failure(&self, sha256: &str, path: &str) -> Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT failed FROM files WHERE sha256 = ?1 AND path = ?2")
            .and_then(|mut query| query.query_row([sha256, path], |row| row.get(0)).optional())
            .map(Option::flatten)
            .map_err(|cause| failure(self.folder(), cause))
    }

    /// The paths under which a file of this digest was read, those that hold it now first.
    pub(crate) fn paths_of(&self, sha256: &str) -> Result<Vec<String>> {
        self.all(
            "SELECT path FROM files WHERE sha256 = ?1 AND failed IS NULL
             ORDER BY current DESC, path",
            [sha256],
            |row| row.get(0),
        )
    }

    /// Whether a path held a file of this digest when it was last read.
    pub(crate) fn holds(&self, sha256: &str, path: &str) -> Result<bool> {
        let held = "SELECT current FROM files WHERE sha256 = ?1 AND path = ?2 AND failed IS NULL";
        Ok(self.all(held, [sha256, path], |row| row.get::<_, bool>(0))? == [true])
    }

    /// All files as they were last read: digest and path.
    pub(crate) fn files(&self) -> Result<Vec<(String, String)>> {
        let all = "SELECT sha256, path FROM files WHERE current ORDER BY sha256, path";
        self.all(all, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The digests of other bytes that a path held when it was last read: one at the most.
    pub(crate) fn others(&self, sha256: &str, path: &str) -> Result<Vec<String>> {
        let others = "SELECT sha256 FROM files WHERE path = ?2 AND sha256 <> ?1 AND current";
        self.all(others, [sha256, path], |row| row.get(0))
    }

    /// The paths that hold a file, or held one that could not be read: this one and those below it.
    pub(crate) fn paths_below(&self, path: &str) -> Result<Vec<String>> {
        let below = "SELECT DISTINCT path FROM files WHERE (current OR failed IS NOT NULL)
                     AND (path = ?1 OR path > ?1 || '/' AND path < ?1 || '0') ORDER BY path";
        self.all(below, [path], |row| row.get(0))
    }

    /// The documents that a path holds.
    pub(crate) fn held_by(&self, path: &str) -> Result<Vec<String>> {
        let held = "SELECT document FROM files JOIN sources USING (path, sha256)
                    WHERE path = ?1 AND files.current ORDER BY n";
        self.all(held, [path], |row| row.get(0))
    }

    /// Notes where a document was read.
    pub(crate) fn add_place(&self, place: &Place) -> Result<()> {
        self.run(
            "INSERT INTO sources (sha256, path, n, document, current) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET current = ?5, document = ?4",
            params![place.sha256, place.path, place.n as i64, place.document, place.current],
        )?;
        Ok(())
    }

    /// Notes that a path holds these bytes no longer. Out: the documents that no file holds now.
    pub(crate) fn let_go_of(&self, sha256: &str, path: &str) -> Result<Vec<String>> {
        let held = self.places_in(sha256, path)?;
        let both = [sha256, path];
        self.run("UPDATE files SET current = 0 WHERE sha256 = ?1 AND path = ?2", both)?;
        self.run("UPDATE sources SET current = 0 WHERE sha256 = ?1 AND path = ?2", both)?;
        let mut gone = Vec::new();
        for place in held {
            let now = "SELECT 1 FROM sources WHERE document = ?1 AND current LIMIT 1";
            if self.all(now, [&place.document], |_| Ok(()))?.is_empty() {
                gone.push(place.document);
            }
        }
        gone.dedup();
        Ok(gone)
    }

    /// What a file of this digest holds, by one of its paths.
    pub(crate) fn places_in(&self, sha256: &str, path: &str) -> Result<Vec<Place>> {
        self.all(
            "SELECT path, sha256, n, document, current FROM sources
             WHERE sha256 = ?1 AND path = ?2 ORDER BY n",
            [sha256, path],
            place,
        )
    }

    /// What a file of this digest holds, by all its paths, those that hold it now first.
    pub(crate) fn places_with(&self, sha256: &str) -> Result<Vec<Place>> {
        self.all(
            "SELECT path, sha256, n, document, current FROM sources
             WHERE sha256 = ?1 AND path IN (SELECT path FROM files WHERE sha256 = ?1)
             ORDER BY current DESC, path, n",
            [sha256],
            place,
        )
    }

    /// Forgets what a file held, which is to be told anew.
    pub(crate) fn clear_places(&self, sha256: &str, path: &str) -> Result<()> {
        let clear = "DELETE FROM sources WHERE sha256 = ?1 AND path = ?2";
        self.run(clear, [sha256, path]).map(drop)
    }

    /// Where a document was read; of all documents where `id` is none.
    pub(crate) fn places(&self, id: Option<&str>) -> Result<Vec<Place>> {
        let all = "SELECT path, sha256, n, document, current FROM sources";
        let order = "ORDER BY current DESC, path, sha256, n";
        match id {
            Some(id) => self.all(&format!("{all} WHERE document = ?1 {order}"), [id], place),
            None => self.all(&format!("{all} {order}"), [], place),
        }
    }
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        path: row.get(0)?,
        sha256: row.get(1)?,
        n: usize::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
        document: row.get(3)?,
        current: row.get(4)?,
    })
}
