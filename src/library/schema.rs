//! The tables of the library's database.
//!
//! In: a fresh or an older database. Out: one of this version. Not here: what is in them.

/// Marks a database as a library: `zern`.
pub(crate) const APPLICATION: i32 = 0x7a65_726e;

/// The version of the tables and of what `passages` hold, kept in `user_version`.
pub(crate) const VERSION: i32 = 3;

/// The oldest version that is brought up to this one.
pub(crate) const OLDEST: i32 = 2;

/// Makes the tables.
///
/// `documents.record` is the record as JSON, compressed; it stands last, so that the other columns are
/// read without it. `passages` are what a search shows of it, in pieces. `documents.state` is a
/// [`super::store::State`]. `sources` says which document stands where in the files that were read. The
/// other columns of a document, and [`KEEPING`], are what [`super::facts`] tells of it.
///
/// Where a key is a digest or an id, each new row changes a page of its own, and another for each few rows
/// where entries are long. So what is found by them has short entries, and the keys of `sources` and
/// `files` begin with the path: what comes together lies together. (Libraries made before have other
/// keys; what they hold is the same.)
pub(crate) const TABLES: &str = "
CREATE TABLE documents (
    number    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    title     TEXT,
    region    TEXT,
    place     TEXT,
    genre     TEXT NOT NULL,
    kind      TEXT,
    status    TEXT NOT NULL,
    issued    TEXT,
    path      TEXT NOT NULL,
    state     INTEGER NOT NULL DEFAULT 0,
    digest    BLOB NOT NULL,
    work      TEXT,
    code      TEXT,
    dated     TEXT,
    effective TEXT,
    expires   TEXT,
    issuers   TEXT NOT NULL DEFAULT '',
    sketch    BLOB,
    rules     TEXT,
    record    BLOB NOT NULL
);
CREATE INDEX documents_by_state ON documents (state);
CREATE INDEX documents_by_region ON documents (region, place);
CREATE TABLE passages (
    document INTEGER NOT NULL,
    chunk    INTEGER NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (document, chunk)
);
CREATE TABLE sources (
    sha256   TEXT NOT NULL,
    path     TEXT NOT NULL,
    n        INTEGER NOT NULL,
    document TEXT NOT NULL,
    current  INTEGER NOT NULL DEFAULT 1,
    UNIQUE (path, sha256, n)
);
CREATE INDEX sources_by_document ON sources (document);
CREATE TABLE stamp (generation INTEGER NOT NULL, commits INTEGER NOT NULL DEFAULT 0);
INSERT INTO stamp (generation) VALUES (1);
";

/// What version 3 brought.
///
/// `files` are the bytes that each path held, those that it holds now with `current`; where they
/// could not be read, `failed` says why. `contents` are sources as they were read, compressed;
/// `documents.rules` says by which rules a record was made, as far as that is known. `arrivals` are told in [`super::arrival`]. `links` lead from a
/// document to one of the same work (`edition`) or text (`near`) that came earlier; `bands` find
/// the latter, as [`super::kin`] keeps them.
pub(crate) const KEEPING: &str = "
CREATE TABLE files (
    path    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    failed  TEXT,
    UNIQUE (path, sha256)
);
CREATE INDEX files_by_digest ON files (sha256);
CREATE INDEX files_failed ON files (path) WHERE failed IS NOT NULL;
CREATE INDEX documents_by_work ON documents (work);
CREATE INDEX documents_by_code ON documents (code);
CREATE INDEX documents_by_expiry ON documents (expires) WHERE expires IS NOT NULL;
CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY,
    bytes  BLOB NOT NULL
);
CREATE TABLE arrivals (
    number   INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    what     TEXT NOT NULL,
    path     TEXT NOT NULL,
    document TEXT,
    other    TEXT
);
CREATE INDEX arrivals_by_time ON arrivals (at);
CREATE TABLE alerts (
    name   TEXT PRIMARY KEY,
    query  TEXT NOT NULL,
    output TEXT,
    upto   INTEGER NOT NULL
);
CREATE TABLE answers (
    number INTEGER PRIMARY KEY,
    alert  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    line   TEXT NOT NULL
);
CREATE INDEX answers_by_alert ON answers (alert);
CREATE TABLE links (
    document   TEXT NOT NULL,
    other      TEXT NOT NULL,
    relation   TEXT NOT NULL,
    similarity REAL,
    PRIMARY KEY (document, other)
) WITHOUT ROWID;
CREATE INDEX links_by_other ON links (other);
CREATE TABLE bands (
    print    INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (print, document)
) WITHOUT ROWID;
CREATE TABLE repeals (
    document TEXT NOT NULL,
    work     TEXT NOT NULL,
    code     TEXT,
    PRIMARY KEY (document, work)
) WITHOUT ROWID;
CREATE INDEX repeals_by_work ON repeals (work);
CREATE INDEX repeals_by_code ON repeals (code);
";

/// Makes version 3 of the tables of version 2, but for [`KEEPING`] and what records tell.
pub(crate) const FROM_2: &str = "
ALTER TABLE documents ADD COLUMN work TEXT;
ALTER TABLE documents ADD COLUMN code TEXT;
ALTER TABLE documents ADD COLUMN dated TEXT;
ALTER TABLE documents ADD COLUMN effective TEXT;
ALTER TABLE documents ADD COLUMN expires TEXT;
ALTER TABLE documents ADD COLUMN issuers TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN sketch BLOB;
ALTER TABLE documents ADD COLUMN rules TEXT;
ALTER TABLE sources ADD COLUMN current INTEGER NOT NULL DEFAULT 1;
ALTER TABLE stamp ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files RENAME TO files_2;
";
