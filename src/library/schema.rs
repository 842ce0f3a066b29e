//! The tables of the library's database.
//!
//! In: a fresh or an older database. Out: one of this version. Not here: what is in them.

/// Marks a database as a library: `zern`.
pub(crate) const APPLICATION: i32 = 0x7a65_726e;

/// The version of the tables, kept in `user_version`.
pub(crate) const VERSION: i32 = 2;

/// Makes the tables.
///
/// `documents.record` is the record as JSON, compressed; `passages` are what a search shows of it, in
/// pieces. `documents.state` is 0 of a document that the index must still take in, 1 of one that is in
/// both, 2 of one that both must forget. `files` are the files that were read, also those without
/// a document; `sources` says which document stands where in them.
pub(crate) const TABLES: &str = "
CREATE TABLE documents (
    number  INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    title   TEXT,
    region  TEXT,
    place   TEXT,
    genre   TEXT NOT NULL,
    kind    TEXT,
    status  TEXT NOT NULL,
    issued  TEXT,
    path    TEXT NOT NULL,
    state   INTEGER NOT NULL DEFAULT 0,
    digest  BLOB NOT NULL,
    record  BLOB NOT NULL
);
CREATE INDEX documents_by_state ON documents (state);
CREATE INDEX documents_by_region ON documents (region, place);
CREATE TABLE passages (
    document INTEGER NOT NULL,
    chunk    INTEGER NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (document, chunk)
);
CREATE TABLE files (
    sha256  TEXT NOT NULL,
    path    TEXT NOT NULL,
    PRIMARY KEY (sha256, path)
) WITHOUT ROWID;
CREATE TABLE sources (
    sha256   TEXT NOT NULL,
    path     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (sha256, path, n)
) WITHOUT ROWID;
CREATE INDEX sources_by_document ON sources (document);
CREATE TABLE stamp (generation INTEGER NOT NULL);
INSERT INTO stamp VALUES (1);
";
