//! `zeren derive DOC`: from which earlier provisions of the library a text was taken.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Deserialize;

use super::compare::{document, write};
use super::{Done, Usage, output};
use crate::compare::{Derivation, Origin, derive, document_table, provision_table, provisions};
use crate::export::{self, Sheet};
use crate::library::Library;
use crate::record::{Dates, NodeRecord, Record, RegionRecord, SourceRecord};

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren derive 7b44db96\n  zeren derive --all --by document --format csv --output pairs.csv"
)]
pub(super) struct Typed {
    /// The document: an id of the library, a file, or `FILE#n` for the nth document in it
    #[arg(value_name = "DOC", required_unless_present = "all", conflicts_with = "all")]
    document: Option<String>,
    /// Every document of the library
    #[arg(long)]
    all: bool,
    /// A row a pair of provisions, or a pair of documents; a workbook has both
    #[arg(long, value_enum, default_value_t = By::Provision)]
    by: By,
    /// How many sources of a provision are told
    #[arg(long, default_value_t = 3, value_name = "N")]
    limit: usize,
    /// The share of a provision's text that must be in its source, 0 to 1
    #[arg(long, default_value_t = 0.3, value_name = "SHARE")]
    least: f32,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// A provision and its source
    Provision,
    /// A document and one of its sources
    Document,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read
    Table,
    /// One JSON object a pair
    Jsonl,
    /// Comma-separated values
    Csv,
    /// A workbook, with a data dictionary
    Xlsx,
}

/// What is needed of a record.
#[derive(Deserialize)]
struct Part {
    id: String,
    source: SourceRecord,
    title: Option<String>,
    region: Option<RegionRecord>,
    dates: Dates,
    outline: Vec<NodeRecord>,
}

impl From<Record> for Part {
    fn from(record: Record) -> Part {
        let Record { id, source, title, region, dates, outline, .. } = record;
        Part { id, source, title, region, dates, outline }
    }
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    if !(0.0..=1.0).contains(&typed.least) {
        return Err(Usage(format!("`{}` is no share; it lies between 0 and 1", typed.least)).into());
    }
    let library = Library::open(folder)?;
    let mut documents = Vec::new();
    for entry in library.entries()? {
        documents.push(origin(library.record(&entry.id)?));
    }
    let asked = match &typed.document {
        None => None,
        Some(named) => {
            let record = document(folder, named)?;
            let id = record.id.clone();
            if !documents.iter().any(|one| one.id == id) {
                documents.push(origin(record.into()));
            }
            Some(id)
        }
    };
    let is_asked = |one: &Origin| asked.as_ref().is_none_or(|id| one.id == *id);
    let derivation = derive(&documents, is_asked, typed.limit, typed.least);
    if derivation.taken.is_empty() {
        eprintln!("zeren: nothing earlier in the library shares that much text");
        return Ok(Done::Nothing);
    }
    print(typed, &documents, &derivation)?;
    Ok(Done::Found)
}

fn print(typed: &Typed, documents: &[Origin], derivation: &Derivation) -> anyhow::Result<()> {
    let sheet = || match typed.by {
        By::Provision => provision_table(documents, derivation),
        By::Document => document_table(documents, derivation),
    };
    let mut bytes = Vec::new();
    match typed.format {
        Format::Table => bytes = format!("{}\n", read(typed.by, &sheet())).into_bytes(),
        Format::Jsonl => export::jsonl(&sheet(), &mut bytes)?,
        Format::Csv => export::csv(&sheet(), false, &mut bytes)?,
        Format::Xlsx => {
            let both =
                [document_table(documents, derivation), provision_table(documents, derivation)];
            bytes = export::xlsx(&both)?;
        }
    }
    write(&bytes, typed.format == Format::Xlsx, typed.output.as_deref())
}

/// The columns that are read on a terminal.
fn read(by: By, sheet: &Sheet) -> comfy_table::Table {
    let columns: &[&str] = match by {
        By::Provision => &[
            "title",
            "unit",
            "source_title",
            "source_date",
            "source_unit",
            "direction",
            "reused",
            "similarity",
        ],
        By::Document => &[
            "title",
            "date",
            "source_title",
            "source_date",
            "direction",
            "provisions",
            "taken",
            "reused",
        ],
    };
    let place = |name: &&str| sheet.table.columns.iter().position(|column| column.name == *name);
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    let cell =
        |row: &Vec<serde_json::Value>, at: usize| output::short(&export::plain(&row[at]), 22);
    let rows = sheet.rows.iter().map(|row| places.iter().map(|&at| cell(row, at)).collect());
    output::table(columns, rows.collect())
}

fn origin(part: Part) -> Origin {
    let Part { id, source, title, region, dates, outline } = part;
    // when it was made counts, not from when it holds
    let date =
        dates.issued.or(dates.published).or_else(|| named_date(&source.path)).or(dates.effective);
    Origin { id, title, region, date, provisions: provisions(&outline) }
}

/// The date that a file's name ends with, as collections of statutes have it: `…条例(2020-03-27).txt`.
fn named_date(path: &str) -> Option<String> {
    let stem = Path::new(path).file_stem()?.to_str()?;
    let inside = stem.trim_end_matches([')', '）']).rsplit(['(', '（']).next()?;
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = inside.split('-').collect();
    let is = matches!(parts.as_slice(), [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2));
    is.then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_may_tell_the_date() {
        let date = named_date("laws/北京市优化营商环境条例(2020-03-27).txt");
        assert_eq!(date.as_deref(), Some("2020-03-27"));
        assert_eq!(named_date("laws/北京市安全生产条例.txt"), None);
    }
}
