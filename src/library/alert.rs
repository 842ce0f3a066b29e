//! Saved queries, and what has answered them.
//!
//! In: a name, a query, a file to write to. Out: the documents that came since an alert was last
//! looked at, and the answers that were found in them. Not here: running the query and writing the
//! file (`cli`).
//!
//! `财政` with `bearer:湖南省财政厅` hears of each new duty of 湖南省财政厅.

use rusqlite::params;

use super::store::Store;
use super::{Library, Writer};
use crate::error::Result;

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// What it asks.
    pub query: String,
    /// The file that its answers are written to.
    pub output: Option<String>,
    /// How many answers there were.
    pub answers: i64,
    /// Up to which row of the log it has been looked at.
    upto: i64,
}

/// An answer that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// When, UTC: `2026-11-28T08:00:00Z`.
    pub at: String,
    /// The answer as a JSON object.
    pub line: String,
}

impl Library {
    /// The alerts by name.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn alerts(&self) -> Result<Vec<Alert>> {
        self.store.alerts()
    }

    /// The documents that came since an alert was last looked at.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn since(&self, alert: &Alert) -> Result<Vec<String>> {
        self.store.all(
            "SELECT DISTINCT document FROM arrivals JOIN documents ON documents.id = document
             WHERE arrivals.number > ?1 AND what IN ('new', 'edition', 'near', 'back') AND state = 1",
            [alert.upto],
            |row| row.get(0),
        )
    }

    /// The last answers to an alert, `limit` at the most, the latest first.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn answered(&self, name: &str, limit: usize) -> Result<Vec<Answered>> {
        self.store.all(
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch'), line FROM answers
             WHERE alert = ?1 ORDER BY number DESC LIMIT ?2",
            params![name, limit as i64],
            |row| Ok(Answered { at: row.get(0)?, line: row.get(1)? }),
        )
    }
}

impl Writer {
    /// Saves a query, in place of one of the same name. It asks what comes from now on.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn add_alert(&self, name: &str, query: &str, output: Option<&str>) -> Result<()> {
        self.library.store.together(|| {
            self.remove_alert(name)?;
            let add = "INSERT INTO alerts (name, query, output, upto)
                       SELECT ?1, ?2, ?3, coalesce(max(number), 0) FROM arrivals";
            self.library.store.run(add, params![name, query, output]).map(drop)
        })
    }

    /// Forgets an alert and its answers; whether there was one.
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn remove_alert(&self, name: &str) -> Result<bool> {
        let store = &self.library.store;
        store.run("DELETE FROM answers WHERE alert = ?1", [name])?;
        Ok(store.run("DELETE FROM alerts WHERE name = ?1", [name])? > 0)
    }

    /// Keeps what answers an alert in the documents of [`Library::since`].
    ///
    /// # Errors
    ///
    /// Where the database cannot be written.
    pub fn answer(&self, alert: &Alert, lines: &[String]) -> Result<()> {
        let store = &self.library.store;
        store.together(|| {
            for line in lines {
                let add = "INSERT INTO answers (alert, at, line) VALUES (?1, unixepoch(), ?2)";
                store.run(add, [&alert.name, line])?;
            }
            let upto = "UPDATE alerts SET upto = (SELECT coalesce(max(number), 0) FROM arrivals)
                        WHERE name = ?1";
            store.run(upto, [&alert.name]).map(drop)
        })
    }
}

impl Store {
    fn alerts(&self) -> Result<Vec<Alert>> {
        self.all(
            "SELECT name, query, output, upto,
                    (SELECT COUNT(*) FROM answers WHERE alert = name) FROM alerts ORDER BY name",
            [],
            |row| {
                Ok(Alert {
                    name: row.get(0)?,
                    query: row.get(1)?,
                    output: row.get(2)?,
                    upto: row.get(3)?,
                    answers: row.get(4)?,
                })
            },
        )
    }
}
