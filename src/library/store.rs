//! The library's database.
//!
//! In: records and where they were read. Out: the same, by id. SQLite is the truth of the
//! library; this file alone speaks its language. Not here: the index, and when to write.
//!
//! The same document from two files is one row of `documents` and two of `sources`.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::facts::Facts;
use super::kin::LATE_BANDS;
use super::pack;
use super::schema::{APPLICATION, KEEPING, OLDEST, TABLES, VERSION};
use crate::error::{Error, Result};
use crate::index::{Chunk, Stamp};
use crate::parse::RULES;
use crate::record::{Record, Tables};
use crate::text::prints::Sketch;

/// A document as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// The code of its region.
    pub region: Option<String>,
    /// The name of its region.
    pub place: Option<String>,
    /// `regulation`, `opinion` …
    pub genre: String,
    /// 文种
    pub kind: Option<String>,
    /// `issued` or `draft`
    pub status: String,
    /// 成文日期
    pub issued: Option<String>,
    /// The first file it was read from.
    pub path: String,
    /// The day of this edition: of the last decision in its history, else when it was issued,
    /// published, or took effect.
    pub dated: Option<String>,
    /// Whether it is history: its files hold something else now.
    pub former: bool,
}

/// What a document's row says of it and the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The index must still take it in.
    Missing,
    /// It is in both.
    Whole,
    /// Both must forget it.
    Leaving,
    /// The index must forget it; it stays as history.
    Retiring,
    /// It is history: no file holds it any more. Not in the index.
    Former,
}

/// A record as it is stored.
pub(crate) struct Stored {
    pub(crate) record: Record,
    pub(crate) facts: Facts,
    content: Vec<u8>,
    digest: Vec<u8>,
    chunks: Vec<Vec<u8>>,
}

impl Stored {
    /// Writes a record out, and what a search shows of it.
    pub(crate) fn new(record: Record, chunks: &[Chunk]) -> std::io::Result<Stored> {
        let content = pack::json(&record)?;
        let chunks = chunks.iter().map(pack::json).collect::<std::io::Result<_>>()?;
        Ok(Stored { facts: Facts::of(&record), record, digest: digest(&content), content, chunks })
    }

    /// Lets go of what the record says of the text, which is written out already and what no row of it
    /// shows: on the thread that made it, where that costs least.
    pub(crate) fn lightened(mut self) -> Stored {
        let record = &mut self.record;
        record.preface = Vec::new();
        record.outline = Vec::new();
        record.organizations = Vec::new();
        record.duties = Vec::new();
        record.citations = Vec::new();
        record.sanctions = Vec::new();
        record.terms = Vec::new();
        record.tables = Tables::default();
        record.discarded = Vec::new();
        record.diagnostics = Vec::new();
        self
    }
}

/// An open database.
pub(crate) struct Store {
    folder: PathBuf,
    pub(super) connection: Connection,
}

impl Store {
    /// Opens the database of the library in `folder`; where there is none, makes it if `create`.
    pub(crate) fn open(folder: &Path, create: bool) -> Result<Store> {
        let path = folder.join(DATABASE);
        let refuse =
            |why: &str| Error::NotALibrary { path: folder.to_owned(), why: why.to_owned() };
        if !path.is_file() && !create {
            return Err(refuse("there is none; `zeren ingest PATH…` makes one"));
        }
        if !path.is_file() {
            make(folder)?;
        }
        let fail = |cause| failure(folder, cause);
        let connection = Connection::open(&path).map_err(fail)?;
        connection.busy_timeout(std::time::Duration::from_secs(10)).map_err(fail)?;
        let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get(0));
        let not_a_database = |cause: rusqlite::Error| match cause.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => {
                refuse("its `library.sqlite` is no database")
            }
            _ => failure(folder, cause),
        };
        let application: i32 = number("application_id").map_err(not_a_database)?;
        let version: i32 = number("user_version").map_err(fail)?;
        let store = Store { folder: folder.to_owned(), connection };
        match (application, version) {
            (APPLICATION, VERSION) => {}
            (APPLICATION, OLDEST..VERSION) if create => store.migrate(version)?,
            (APPLICATION, OLDEST..VERSION) => {
                return Err(Error::Older { path: folder.to_owned(), version });
            }
            (APPLICATION, _) if version > VERSION => {
                return Err(refuse(&format!(
                    "it is of version {version}, this program knows up to {VERSION}; use a newer zeren"
                )));
            }
            (APPLICATION, _) => {
                return Err(refuse(&format!(
                    "it is of version {version}, this program makes version {VERSION}; read the \
                     files again into a new folder"
                )));
            }
            _ => return Err(refuse("its `library.sqlite` is another program's database")),
        }
        let settings =
            [("synchronous", "NORMAL"), ("cache_size", CACHE), ("wal_autocheckpoint", JOURNAL)];
        for (name, value) in settings {
            store.connection.pragma_update(None, name, value).map_err(fail)?;
        }
        Ok(store)
    }

    /// The library's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn one<T: rusqlite::types::FromSql>(&self, query: &str) -> Result<T> {
        self.connection.query_row(query, [], |row| row.get(0)).map_err(|e| failure(&self.folder, e))
    }

    pub(super) fn run(&self, statement: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.connection
            .prepare_cached(statement)
            .and_then(|mut statement| statement.execute(values))
            .map_err(|cause| failure(&self.folder, cause))
    }

    pub(super) fn all<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.connection
            .prepare_cached(query)
            .and_then(|mut query| query.query_map(values, each)?.collect())
            .map_err(|cause| failure(&self.folder, cause))
    }

    /// Does several things or none.
    pub(crate) fn together<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.run("BEGIN IMMEDIATE", [])?;
        let done = work();
        self.run(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }, [])?;
        done
    }

    /// Adds a document that the index doesn't hold yet, and says how the library had it before.
    pub(crate) fn add(&self, stored: &Stored) -> Result<Before> {
        let Stored { record, facts, .. } = stored;
        let region = record.region.as_ref();
        let added = self.run(
            "INSERT INTO documents
                 (id, title, region, place, genre, kind, status, issued, path, digest, record, rules,
                  work, code, dated, effective, expires, issuers, sketch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18, ?19) ON CONFLICT (id) DO NOTHING",
            params![
                record.id,
                record.title,
                region.map(|region| &region.code),
                region.map(|region| &region.name),
                record.genre,
                record.kind,
                record.status,
                record.dates.issued,
                record.source.path,
                stored.digest,
                stored.content,
                RULES,
                facts.work,
                facts.code,
                facts.dated,
                facts.effective,
                facts.expires,
                facts.issuers,
                facts.sketch.as_ref().map(Sketch::to_bytes),
            ],
        )?;
        if added == 0 {
            return self.revive(&record.id);
        }
        let number = self.connection.last_insert_rowid();
        self.add_passages(number, stored)?;
        self.add_bands_and_repeals(number, &record.id, facts)?;
        Ok(Before::Unknown)
    }

    /// Puts a record in place of the one of its id.
    pub(crate) fn replace(&self, stored: &Stored) -> Result<()> {
        let record = &stored.record;
        let numbered = "SELECT number, digest FROM documents WHERE id = ?1";
        let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let Some((number, digest)) = self.all(numbered, [&record.id], row)?.pop() else {
            return Ok(());
        };
        if digest == stored.digest {
            let made = "UPDATE documents SET rules = ?2 WHERE number = ?1";
            return self.run(made, params![number, RULES]).map(drop);
        }
        let region = record.region.as_ref();
        self.run(
            "UPDATE documents SET title = ?2, region = ?3, place = ?4, genre = ?5, kind = ?6,
                    status = ?7, issued = ?8, digest = ?9, record = ?10, rules = ?11,
                    state = CASE state WHEN 1 THEN 0 ELSE state END
             WHERE number = ?1",
            params![
                number,
                record.title,
                region.map(|region| &region.code),
                region.map(|region| &region.name),
                record.genre,
                record.kind,
                record.status,
                record.dates.issued,
                stored.digest,
                stored.content,
                RULES,
            ],
        )?;
        self.run("DELETE FROM passages WHERE document = ?1", [number])?;
        self.drop_bands(number)?;
        self.run("DELETE FROM repeals WHERE document = ?1", [&record.id])?;
        self.add_passages(number, stored)?;
        self.set_facts(number, &stored.facts)?;
        self.add_bands_and_repeals(number, &record.id, &stored.facts)
    }

    /// Keeps what a search shows of a document.
    pub(crate) fn add_passages(&self, number: i64, stored: &Stored) -> Result<()> {
        for (chunk, content) in stored.chunks.iter().enumerate() {
            self.run(
                "INSERT INTO passages (document, chunk, content) VALUES (?1, ?2, ?3)",
                params![number, chunk as i64, content],
            )?;
        }
        Ok(())
    }

    /// Takes a document that is there already out of history, if it was there.
    pub(crate) fn revive(&self, id: &str) -> Result<Before> {
        let revived = "UPDATE documents SET state = 0 WHERE id = ?1 AND state IN (3, 4)";
        Ok(if self.run(revived, [id])? == 0 { Before::Held } else { Before::Former })
    }

    /// All documents that are in library and index, in the order they came.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>> {
        self.all(&format!("{ENTRY} WHERE state = 1 ORDER BY number"), [], entry)
    }

    /// One document's row.
    pub(crate) fn entry(&self, id: &str) -> Result<Option<Entry>> {
        Ok(self.all(&format!("{ENTRY} WHERE id = ?1"), [id], entry)?.pop())
    }

    /// The documents that are history, in the order they came.
    pub(crate) fn former(&self) -> Result<Vec<Entry>> {
        self.all(&format!("{ENTRY} WHERE state IN (3, 4) ORDER BY number"), [], entry)
    }

    /// The ids that begin with `prefix`.
    pub(crate) fn ids_like(&self, prefix: &str) -> Result<Vec<String>> {
        self.all(
            "SELECT id FROM documents WHERE state <> 2 AND id >= ?1 AND id < ?1 || 'g' ORDER BY id",
            [prefix],
            |row| row.get(0),
        )
    }

    /// The ids of documents in a state.
    pub(crate) fn ids(&self, state: State) -> Result<Vec<String>> {
        self.all("SELECT id FROM documents WHERE state = ?1 ORDER BY number", [state as i64], |r| {
            r.get(0)
        })
    }

    /// How many documents are in a state.
    pub(crate) fn count(&self, state: State) -> Result<i64> {
        let all = "SELECT COUNT(*) FROM documents WHERE state = ?1";
        Ok(self.all(all, [state as i64], |row| row.get(0))?.pop().unwrap_or(0))
    }

    /// Which making of the index belongs to this database, and how many commits have made it.
    pub(crate) fn stamp(&self) -> Result<Stamp> {
        let generation = self.one("SELECT generation FROM stamp")?;
        Ok(Stamp { generation, commits: self.one("SELECT commits FROM stamp")? })
    }

    /// Holds on to what the database says now, whatever others write.
    pub(crate) fn hold(&self) -> Result<()> {
        // The first question begins what BEGIN announces.
        self.run("BEGIN", []).and_then(|_| self.stamp()).map(drop)
    }

    /// Writes what the journal holds into its places, so that less is left to whoever closes the database.
    /// Where that fails nothing is lost: the journal holds it still.
    pub(crate) fn put_journal_away(&self) {
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }

    /// A record, or the part of it that `T` names; nothing where there is none, an error in words
    /// where it is damaged.
    pub(crate) fn record<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<std::io::Result<T>>> {
        self.packed("SELECT record FROM documents WHERE id = ?1", [id])
    }

    /// A piece of what a search shows of a document.
    pub(crate) fn chunk(&self, id: &str, chunk: u32) -> Result<Option<std::io::Result<Chunk>>> {
        self.packed(
            "SELECT content FROM passages
             WHERE document = (SELECT number FROM documents WHERE id = ?1) AND chunk = ?2",
            params![id, chunk],
        )
    }

    fn packed<T: DeserializeOwned>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
    ) -> Result<Option<std::io::Result<T>>> {
        self.connection
            .prepare_cached(query)
            .and_then(|mut query| {
                let read = |row: &Row<'_>| Ok(pack::unpack(row.get_ref(0)?.as_bytes()?));
                query.query_row(values, read).optional()
            })
            .map_err(|cause| failure(&self.folder, cause))
    }

    /// Whether a record still has the digest it was written with.
    pub(crate) fn is_sound(&self, id: &str) -> Result<bool> {
        let sound =
            |row: &Row<'_>| Ok(row.get::<_, Vec<u8>>(1)? == digest(row.get_ref(0)?.as_bytes()?));
        let all = self.all("SELECT record, digest FROM documents WHERE id = ?1", [id], sound)?;
        Ok(all == [true])
    }

    /// Whether what a search shows of a document can be read, and there is any.
    pub(crate) fn has_sound_passages(&self, id: &str) -> Result<bool> {
        let all = "SELECT chunk, content FROM passages WHERE document =
                   (SELECT number FROM documents WHERE id = ?1) ORDER BY chunk";
        let sound = |row: &Row<'_>| {
            let read = pack::unpack::<Chunk>(row.get_ref(1)?.as_bytes()?);
            Ok((row.get::<_, i64>(0)?, read.is_ok()))
        };
        let all = self.all(all, [id], sound)?;
        Ok(all.iter().zip(0..).all(|((chunk, sound), at)| *chunk == at && *sound))
    }

    /// Takes a record's digest away: what is put in its place is written whatever it is.
    pub(crate) fn forget_digest(&self, id: &str) -> Result<()> {
        self.run("UPDATE documents SET digest = x'' WHERE id = ?1", [id]).map(drop)
    }

    /// What SQLite finds wrong with its tables; nothing where all is well.
    pub(crate) fn quick_check(&self) -> Result<Vec<String>> {
        let mut found: Vec<String> = self.all("PRAGMA quick_check", [], |row| row.get(0))?;
        found.retain(|sentence| sentence != "ok");
        Ok(found)
    }

    /// The regions of its documents: code and name.
    pub(crate) fn regions(&self) -> Result<Vec<(String, String)>> {
        self.all(
            "SELECT DISTINCT region, place FROM documents
             WHERE region IS NOT NULL AND place IS NOT NULL ORDER BY region",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Says of a document where it stands.
    pub(crate) fn set(&self, id: &str, state: State) -> Result<()> {
        self.run("UPDATE documents SET state = ?2 WHERE id = ?1", params![id, state as i64])?;
        Ok(())
    }

    /// Says of all documents that stand in one state that they stand in another.
    pub(crate) fn move_all(&self, from: State, to: State) -> Result<()> {
        self.run("UPDATE documents SET state = ?2 WHERE state = ?1", [from as i64, to as i64])?;
        Ok(())
    }

    /// Begins another making of the index: none of the documents is in it yet.
    pub(crate) fn start_over(&self) -> Result<()> {
        self.run("UPDATE stamp SET generation = generation + 1", [])?;
        self.move_all(State::Whole, State::Missing)
    }

    /// The index holds what was missing and not what was to go: says so of one more commit.
    pub(crate) fn settled(&self) -> Result<()> {
        self.run("UPDATE stamp SET commits = commits + 1", [])?;
        self.move_all(State::Missing, State::Whole)?;
        self.move_all(State::Retiring, State::Former)?;
        self.put_bands_away(LATE_BANDS)?;
        if self.count(State::Leaving)? > 0 { self.drop_leaving() } else { Ok(()) }
    }

    /// Forgets the documents that are leaving, and where they were read.
    fn drop_leaving(&self) -> Result<()> {
        let leaving = "(SELECT id FROM documents WHERE state = 2)";
        let numbers = "(SELECT number FROM documents WHERE state = 2)";
        for statement in [
            format!(
                "DELETE FROM files WHERE sha256 IN
                 (SELECT sha256 FROM sources WHERE document IN {leaving})"
            ),
            format!("DELETE FROM sources WHERE document IN {leaving}"),
            format!("DELETE FROM links WHERE document IN {leaving} OR other IN {leaving}"),
            format!("DELETE FROM repeals WHERE document IN {leaving}"),
            "DELETE FROM contents WHERE sha256 NOT IN (SELECT sha256 FROM files)".to_owned(),
            format!("DELETE FROM bands WHERE document IN {numbers}"),
            format!("DELETE FROM passages WHERE document IN {numbers}"),
            "DELETE FROM documents WHERE state = 2".to_owned(),
        ] {
            self.run(&statement, [])?;
        }
        Ok(())
    }
}

/// How the library had a document before it came again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    Unknown,
    Held,
    /// It was history.
    Former,
}

/// What lists show of a document.
const ENTRY: &str = "SELECT id, title, region, place, genre, kind, status, issued, path, dated,
                            state IN (3, 4) FROM documents";

/// How much of the database is kept in memory: as SQLite has it, in KB below zero.
const CACHE: &str = "-65536";

/// How many pages of 4 KB the journal holds before they are written in their places. A batch of files
/// changes pages all over the tables, so that each is better written once for many batches; who closes
/// the database last writes them anyway.
const JOURNAL: &str = "16384";

/// The name of the database in a library's folder.
pub(crate) const DATABASE: &str = "library.sqlite";

/// What the database is called while it is made.
pub(crate) const UNMADE: &str = "library.sqlite.new";

/// Makes an empty database under another name first, so that a program killed here leaves none
/// rather than half of one.
pub(super) fn make(folder: &Path) -> Result<()> {
    let unmade = folder.join(UNMADE);
    let fail = |cause| failure(folder, cause);
    let file = |action| {
        let path = unmade.clone();
        move |cause| Error::File { action, path, cause }
    };
    if unmade.exists() {
        std::fs::remove_file(&unmade).map_err(file("remove"))?;
    }
    let connection = Connection::open(&unmade).map_err(fail)?;
    // Without a journal of its own: what is not whole is thrown away.
    connection.pragma_update(None, "journal_mode", "OFF").map_err(fail)?;
    connection
        .execute_batch(&format!(
            "BEGIN IMMEDIATE; {TABLES} {KEEPING} PRAGMA application_id = {APPLICATION};
             PRAGMA user_version = {VERSION}; COMMIT; PRAGMA journal_mode = WAL;"
        ))
        .map_err(fail)?;
    connection.close().map_err(|(_, cause)| fail(cause))?;
    std::fs::rename(&unmade, folder.join(DATABASE)).map_err(file("rename"))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        title: row.get(1)?,
        region: row.get(2)?,
        place: row.get(3)?,
        genre: row.get(4)?,
        kind: row.get(5)?,
        status: row.get(6)?,
        issued: row.get(7)?,
        path: row.get(8)?,
        dated: row.get(9)?,
        former: row.get(10)?,
    })
}

fn digest(content: &[u8]) -> Vec<u8> {
    Sha256::digest(content).to_vec()
}

pub(super) fn failure(folder: &Path, cause: rusqlite::Error) -> Error {
    Error::Library { path: folder.to_owned(), cause: Box::new(cause) }
}
