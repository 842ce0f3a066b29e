//! What can fail: files, the library, the index. Never a text.
//!
//! In: failures of the outside world. Out: [`Error`], which always names the path. Not here:
//! oddities of a text ([`crate::diagnostic`]).
//!
//! `photo.png` gives "`photo.png` is not text: it is a PNG image".

use std::path::PathBuf;

/// What lies behind a failure, in its own words.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failure that stops work on one file, library or index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} `{}`: {cause}", path.display())]
    File {
        /// What was tried: `read`, `write`, `open` …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A file is of a format that is read, but its text cannot be had.
    #[error("cannot read the text of `{}`: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do where something can be done.
        why: String,
    },
    /// A file holds no text.
    #[error("`{}` is not text: it is {what}", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it is, and what can be done: `a ZIP archive; unpack it first`.
        what: String,
    },
    /// The library's database said no.
    #[error("the library `{}` failed: {cause}", path.display())]
    Library {
        /// The library's folder.
        path: PathBuf,
        /// What the database said.
        cause: Cause,
    },
    /// The library is not one, or not of this version.
    #[error("`{}` cannot be used as a library: {why}", path.display())]
    NotALibrary {
        /// The folder.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// The library is of an earlier version, which a writer brings up to this one.
    #[error("the library `{}` is of version {version}; `zeren reindex` brings it up to date", path.display())]
    Older {
        /// The library's folder.
        path: PathBuf,
        /// Its version.
        version: i32,
    },
    /// Another program is writing to the library.
    #[error("the library `{}` is being written by {holder}; wait until it is done", path.display())]
    Locked {
        /// The library's folder.
        path: PathBuf,
        /// Who holds it: `process 4711`.
        holder: String,
    },
    /// Another program watches folders for the library.
    #[error("{holder} watches for the library `{}` already; stop it first", path.display())]
    Watched {
        /// The library's folder.
        path: PathBuf,
        /// Who: `process 4711`.
        holder: String,
    },
    /// What should be a time is none.
    #[error(
        "`{typed}` is no time; write `today`, `yesterday`, a day as `2026-11-01`, or `3d`, `12h`"
    )]
    Time {
        /// What was typed.
        typed: String,
    },
    /// The index said no.
    #[error("the index `{}` failed: {cause}", path.display())]
    Index {
        /// The index's folder.
        path: PathBuf,
        /// What the search engine said.
        cause: Cause,
    },
    /// A record in the library cannot be read.
    #[error("record `{id}` in the library `{}` is damaged: {why}", path.display())]
    Record {
        /// The library's folder.
        path: PathBuf,
        /// The record's id.
        id: String,
        /// What is wrong with it.
        why: String,
    },
}

/// A result of work on files, the library or the index.
pub type Result<T> = std::result::Result<T, Error>;
