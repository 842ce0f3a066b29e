//! The log of arrivals.
//!
//! In: what became of each file and document. Out: [`Arrival`]s since a time, in the order they came.
//! Not here: deciding what became of them ([`super::ingest`]).
//!
//! `湖南.html` brought `2cbadef582c93ba0`, a new edition of `53c1…`, at 2026-11-28 08:00.

use rusqlite::params;
use serde::Serialize;

use super::store::{Store, failure};
use crate::error::{Error, Result};

/// What became of a file or of a document in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A document that the library didn't have.
    New,
    /// A document that it had: the other is the path that it was read from first.
    Same,
    /// A new edition: the other is one that it had, the nearest in time.
    Edition,
    /// Nearly the text of another document that it had.
    Near,
    /// A document that was history.
    Back,
    /// A document that is history now, because its file has changed.
    Former,
    /// A document whose file is no longer there. It stays what it was.
    Gone,
    /// A file that could not be read: the other is the reason.
    Failed,
}

impl What {
    fn as_str(self) -> &'static str {
        match self {
            What::New => "new",
            What::Same => "same",
            What::Edition => "edition",
            What::Near => "near",
            What::Back => "back",
            What::Former => "former",
            What::Gone => "gone",
            What::Failed => "failed",
        }
    }
}

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arrival {
    /// When, local time: `2026-11-28 08:00:00`.
    pub at: String,
    /// `new`, `same`, `edition`, `near`, `back`, `former`, `gone`, `failed`
    pub what: String,
    /// The document's id; none of a file that could not be read.
    pub doc: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Of what it is an edition or near copy (an id), under which path it was there already, or why
    /// the file could not be read.
    pub other: Option<String>,
    /// The file.
    pub path: String,
}

impl Store {
    /// Writes a row of the log.
    pub(crate) fn arrived(
        &self,
        what: What,
        path: &str,
        document: Option<&str>,
        other: Option<&str>,
    ) -> Result<()> {
        self.run(
            "INSERT INTO arrivals (at, what, path, document, other)
             VALUES (unixepoch(), ?1, ?2, ?3, ?4)",
            params![what.as_str(), path, document, other],
        )?;
        Ok(())
    }

    /// What has arrived since a time: `today`, `yesterday`, a day (`2026-11-01`), or so many days
    /// or hours ago (`3d`, `12h`). Days begin at midnight, local time.
    pub(crate) fn arrivals(&self, since: &str) -> Result<Vec<Arrival>> {
        let since = self.time(since)?;
        self.all(
            "SELECT datetime(at, 'unixepoch', 'localtime'), what, document, documents.title, other,
                    arrivals.path
             FROM arrivals LEFT JOIN documents ON documents.id = document
             WHERE at >= ?1 ORDER BY arrivals.number",
            [since],
            |row| {
                Ok(Arrival {
                    at: row.get(0)?,
                    what: row.get(1)?,
                    doc: row.get(2)?,
                    title: row.get(3)?,
                    other: row.get(4)?,
                    path: row.get(5)?,
                })
            },
        )
    }

    /// A time as seconds since 1970.
    fn time(&self, since: &str) -> Result<i64> {
        let midnight = |day: &str, before: &str| {
            (format!("'{day}', 'localtime', 'start of day', {before} 'utc'"), String::new())
        };
        let number = |unit: char| since.strip_suffix(unit).and_then(|n| n.parse::<u32>().ok());
        let (how, value) = match since {
            "today" => midnight("now", ""),
            "yesterday" => midnight("now", "'-1 day',"),
            _ => match (number('d'), number('h')) {
                (Some(days), _) => ("'now', ?1".to_owned(), format!("-{days} days")),
                (_, Some(hours)) => ("'now', ?1".to_owned(), format!("-{hours} hours")),
                _ => ("?1, 'start of day', 'utc'".to_owned(), since.to_owned()),
            },
        };
        let query = format!("SELECT unixepoch({how})");
        let mut query =
            self.connection.prepare(&query).map_err(|cause| failure(self.folder(), cause))?;
        let values = rusqlite::params_from_iter((!value.is_empty()).then_some(&value));
        let time: Option<i64> = query
            .query_row(values, |row| row.get(0))
            .map_err(|cause| failure(self.folder(), cause))?;
        time.ok_or_else(|| Error::Time { typed: since.to_owned() })
    }
}
