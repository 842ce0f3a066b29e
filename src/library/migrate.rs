//! Older libraries brought up to date.
//!
//! In: a database of an earlier version, held by a writer. Out: one of this version; the former is kept
//! beside it, as `library.sqlite.v2`. All in one transaction: a program killed on the way leaves the
//! old one. Not here: newer libraries, which are refused ([`super::store`]).
//!
//! A library of version 2 learns which of its documents are editions of each other.

use super::facts::Facts;
use super::kin::Link;
use super::schema::{FROM_2, KEEPING, VERSION};
use super::store::{DATABASE, Store, Stored, failure};
use crate::error::{Error, Result};
use crate::index;
use crate::record::Record;

impl Store {
    /// Brings the tables up to date, and keeps a copy of what they were.
    pub(crate) fn migrate(&self, version: i32) -> Result<()> {
        let kept = self.folder().join(format!("{DATABASE}.v{version}"));
        if kept.exists() {
            let fail = |cause| Error::File { action: "remove", path: kept.clone(), cause };
            std::fs::remove_file(&kept).map_err(fail)?;
        }
        self.run("VACUUM INTO ?1", [kept.to_string_lossy()])?;
        self.together(|| {
            for tables in [FROM_2, KEEPING] {
                let done = self.connection.execute_batch(tables);
                done.map_err(|cause| failure(self.folder(), cause))?;
            }
            self.run("INSERT INTO files (path, sha256) SELECT path, sha256 FROM files_2", [])?;
            self.run("DROP TABLE files_2", [])?;
            let all = "SELECT number, id, region FROM documents ORDER BY number";
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let rows: Vec<(i64, String, Option<String>)> = self.all(all, [], row)?;
            for (number, id, region) in rows {
                self.tell_facts(number, &id, region.as_deref())?;
            }
            // Its places are those of what a search showed before.
            self.start_over()?;
            self.connection
                .pragma_update(None, "user_version", VERSION)
                .map_err(|cause| failure(self.folder(), cause))
        })
    }

    /// Keeps what a stored record tells beside itself, and what a search shows of it as this program has
    /// it. A damaged record tells nothing.
    fn tell_facts(&self, number: i64, id: &str, region: Option<&str>) -> Result<Option<Link>> {
        let Some(Ok(record)) = self.record::<Record>(id)? else { return Ok(None) };
        let facts = Facts::of(&record);
        let chunks = index::chunks(index::passages(&record));
        let fail = |cause: std::io::Error| Error::Record {
            path: self.folder().to_owned(),
            id: id.to_owned(),
            why: cause.to_string(),
        };
        let stored = Stored::new(record, &chunks).map_err(fail)?;
        self.run("DELETE FROM passages WHERE document = ?1", [number])?;
        self.add_passages(number, &stored)?;
        self.set_facts(number, &facts)?;
        self.add_bands_and_repeals(number, id, &facts)?;
        self.link(id, region, &facts)
    }
}
