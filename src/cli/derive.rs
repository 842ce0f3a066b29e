//! `zeren derive DOC`: from which earlier provisions of the library a text was taken.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Deserialize;
use serde_json::Value;

use super::compare::{day, document, write};
use super::ingest::progress;
use super::{Done, Usage, output};
use crate::compare::{Derivation, Origin, derive, document_table, provision_table, provisions};
use crate::export::{self, Sheet};
use crate::library::Library;
use crate::record::{Dates, NodeRecord, Record, RegionRecord, SourceRecord};

/// How much of an id names a document.
const NAMED: usize = 8;

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
    let entries = library.entries()?;
    let bar = progress(entries.len() as u64, "documents");
    for entry in entries {
        documents.push(origin(library.record(&entry.id)?));
        bar.inc(1);
    }
    bar.finish_and_clear();
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
        Format::Table => {
            if let Some(taken) = derivation.taken.first().filter(|_| !typed.all) {
                bytes = head(&documents[taken.document]).into_bytes();
            }
            bytes.extend(format!("{}\n", read(typed, &sheet())).into_bytes());
        }
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

/// The one document that was asked for.
fn head(one: &Origin) -> String {
    let title = one.title.as_deref().unwrap_or("(no title)");
    let region = one.region.as_ref().map(|region| region.name.as_str());
    let known = output::joined([Some(title), region, one.date.as_deref()]);
    format!("{known} · {} provisions ({})\n", one.provisions.len(), one.id)
}

/// The columns that are read on a terminal. The source is named so that `show` finds it; where many documents were asked
/// for, each row says which took from it.
fn read(typed: &Typed, sheet: &Sheet) -> comfy_table::Table {
    let (taker, rest): (&[&str], &[&str]) = match typed.by {
        By::Provision => (
            &["title"],
            &[
                "unit",
                "source_title",
                "source_date",
                "source_unit",
                "direction",
                "reused",
                "similarity",
                "source",
            ],
        ),
        By::Document => (
            &["title", "date"],
            &[
                "source_title",
                "source_date",
                "direction",
                "provisions",
                "taken",
                "reused",
                "source",
            ],
        ),
    };
    let columns = [if typed.all { taker } else { &[] }, rest].concat();
    let place = |name: &str| sheet.table.columns.iter().position(|column| column.name == name);
    let value = |row: &[Value], name: &str| {
        place(name).map_or_else(String::new, |at| output::short(&export::plain(&row[at]), 22))
    };
    let cell = |row: &[Value], name: &str| {
        let eid = if typed.all { String::new() } else { value(row, "source_eid") };
        match name {
            "source" if eid.is_empty() => format!("{:.NAMED$}", value(row, name)),
            "source" => format!("{:.NAMED$}#{eid}", value(row, name)),
            _ => value(row, name),
        }
    };
    let rows = sheet.rows.iter().map(|row| columns.iter().map(|name| cell(row, name)).collect());
    output::table(&columns, rows.collect())
}

fn origin(part: Part) -> Origin {
    let Part { id, source, title, region, dates, outline } = part;
    let date = day(&dates, &source.path);
    Origin { id, title, region, date, provisions: provisions(&outline) }
}
