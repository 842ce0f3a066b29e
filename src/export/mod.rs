//! Results as files that other programs read: floor 6.
//!
//! In: rows of values, or records. Out: JSON Lines, CSV and XLSX of [`Table`]s; Akoma Ntoso of a
//! record. Not here: which records, and where they are written.
//!
//! A [`Table`] knows what each of its columns means: that is the data dictionary of every format.

mod akn;
mod records;
mod sheet;
mod table;

pub use akn::{akn, escape};
pub use records::{RECORDS, records};
pub use sheet::xlsx;
pub use table::{Column, Sheet, Table, csv, dictionary, harmless, jsonl, plain};
