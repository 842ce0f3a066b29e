//! zeren 责任 reads Chinese policy and legal texts as they are found in the wild and answers one
//! question over all of them: who is responsible for what, under which provision?
//!
//! ```text
//! bytes ─read→ Source ─text→ Text ─structure→ [Document: outline + preface]
//!       ─extract→ Facts: organizations, duties, citations … ─record→ Record (JSON)
//! Record ─library→ SQLite ─index→ tantivy ─→ search · who · compare · export
//! ```
//!
//! Data flows one way. A stage is a plain function that borrows the value before it and returns
//! a new one; a module imports only from floors below its own (`tests/layers.rs` holds that).
//!
//! | floor | module | knows |
//! | --- | --- | --- |
//! | 7 | [`cli`], a file a command | clap |
//! | 6 | [`compare`]: alignment, diff, page | similar |
//! | 6 | [`export`]: tables as CSV, XLSX | csv, rust_xlsxwriter |
//! | 5 | [`index`]: fields, passages, analyzer, query, who | tantivy |
//! | 5 | [`library`]: records in SQLite, ingest, watch | rusqlite, notify |
//! | 5 | [`score`]: found duties against gold | |
//! | 4 | [`record`], [`parse`] | the JSON contract |
//! | 3 | [`extract`]: organizations, clauses, duties, citations | `data/*.tsv` |
//! | 2 | [`structure`]: lines, outline, preface | |
//! | 1 | [`text`]: scripts, width, numerals, offsets | OpenCC's dictionaries |
//! | 1 | [`read`]: encodings, HTML, DOCX, DOC, RTF, OFD, PDF | encoding_rs, zip, lopdf … |
//! | 0 | [`span`], [`diagnostic`], [`error`] | |
//!
//! What holds everywhere:
//!
//! - Analysis never fails on text: it returns a value with its diagnostics. [`error::Error`] is
//!   for files, library and index, and names the path.
//! - Every non-white character of a source lies in a node, in a statement of the preface, or in
//!   `discarded` with a reason.
//! - Spans are byte ranges of the normalised text inside, and code points of the decoded source
//!   in records; [`record`] alone turns one into the other.
//! - Rules are data where they can be (`data/`), without a model and without mutable global
//!   state: same input, same output.

pub mod cli;
pub mod compare;
pub mod diagnostic;
pub mod error;
pub mod export;
pub mod extract;
pub mod index;
pub mod library;
pub mod parse;
pub mod read;
pub mod record;
pub mod score;
pub mod span;
pub mod structure;
pub mod text;
