//! Results as files that other programs read: floor 6.
//!
//! In: rows of values, or records. Out: JSON Lines, CSV, XLSX and Parquet of [`Table`]s; Akoma Ntoso of a
//! record. Not here: which records, and where they are written.
//!
//! A [`Table`] knows what each of its columns means: that is the data dictionary of every format.

mod akn;
mod parquet;
mod records;
mod sheet;
mod table;

pub use akn::{akn, escape};
pub use parquet::Parquet;
pub use records::{RECORDS, Rows, records};
pub use sheet::{Book, xlsx};
pub use table::{
    Column, Kind, Sheet, Table, csv, csv_head, csv_rows, dictionary, harmless, jsonl, plain,
};
