//! `zeren export`: the library, or what a query finds, as files that other programs read.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::Value;

use super::compare::{no_terminal, write};
use super::ingest::progress;
use super::{Done, Usage, lapsed, one_document};
use crate::error::Error;
use crate::export::{self, Rows, Sheet, Table};
use crate::index::{self, Facet, Filter, Page, Unit};
use crate::library::Library;
use crate::record::Record;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren export --format xlsx --output library.xlsx\n  zeren export 驻村帮扶 --table duties --format csv --bom --output duties.csv\n  zeren export --table duties --format parquet --output duties.parquet\n  zeren export --format akn --output folder"
)]
pub(super) struct Typed {
    /// Only documents that hold all of these words
    #[arg(value_name = "QUERY")]
    query: Option<String>,
    /// A region by name or code; a province includes its cities and counties
    #[arg(long)]
    region: Option<String>,
    /// A document's id, or the beginning of it
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Leave out what the library knows to be repealed, replaced by a later edition, or expired
    #[arg(long)]
    in_force: bool,
    /// Which table; without it, jsonl, csv and parquet write all into the folder that `--output` names
    #[arg(long, value_name = "TABLE", value_parser = ["documents", "provisions", "duties", "organizations", "citations", "sanctions", "terms", DICTIONARY])]
    table: Option<String>,
    /// What to write
    #[arg(long, value_enum)]
    format: Format,
    /// Begin CSV with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
    /// The file to write, or the folder for several
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// The table that tells of the others.
const DICTIONARY: &str = "dictionary";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a row
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Parquet, for pandas, polars, R, DuckDB: lists as lists, days as dates
    Parquet,
    /// A workbook of all tables, with a data dictionary
    Xlsx,
    /// Akoma Ntoso 3.0, a file a document
    Akn,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    fitting(typed)?;
    let library = Library::open(folder)?;
    let Some(asked) = asked(&library, typed)? else { return Ok(Done::Nothing) };
    let mut ids: Vec<String> = library.entries()?.into_iter().map(|entry| entry.id).collect();
    ids.retain(|id| asked.contains(id));
    if ids.is_empty() {
        eprintln!("zeren: no document matches");
        return Ok(Done::Nothing);
    }
    let bar = progress(ids.len() as u64, "documents");
    // a record at a time, so that a library of any size can be exported
    let records = ids.iter().map(|id| {
        bar.inc(1);
        library.record::<Record>(id)
    });
    match typed.format {
        Format::Akn => documents(records, typed)?,
        Format::Xlsx => workbook(records, typed)?,
        Format::Jsonl | Format::Csv | Format::Parquet => tables(records, typed)?,
    }
    bar.finish_and_clear();
    Ok(Done::Found)
}

/// Refuses options that the format has no use for.
fn fitting(typed: &Typed) -> Result<(), Usage> {
    let no = |why: &str| Err(Usage(why.into()));
    match (typed.format, typed.table.as_deref()) {
        (format, _) if typed.bom && format != Format::Csv => no("`--bom` goes with `csv` only"),
        (Format::Akn, Some(_)) => no("`akn` has documents, and no `--table`"),
        (Format::Xlsx, Some(DICTIONARY)) => no("a workbook has its dictionary with any `--table`"),
        _ => Ok(()),
    }
}

/// The ids that were asked for; none where there is no such region.
fn asked(library: &Library, typed: &Typed) -> anyhow::Result<Option<BTreeSet<String>>> {
    let without = lapsed(library, typed.in_force)?;
    let mut filter = Filter { without, ..Filter::of(Unit::Document) };
    if let Some(prefix) = &typed.document {
        filter = filter.with(Facet::Document, Some(one_document(library, prefix)?.id));
    }
    if let Some(region) = &typed.region {
        filter = filter.with(Facet::Region, Some(region.clone()));
        if index::region_codes(region, &library.regions()?).is_empty() {
            eprintln!("zeren: no region is called `{region}`");
            return Ok(None);
        }
    }
    let Some(query) = &typed.query else {
        return Ok(Some(index::documents_with(library.index(), &filter)?.into_iter().collect()));
    };
    let all = library.entries()?.len().max(1);
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let found = index::search(library.index(), &read, query, &filter, &Page::best(all))?;
    let hits = found.hits.into_iter().take(found.complete);
    Ok(Some(hits.map(|hit| hit.document).collect()))
}

/// The tables that were asked for, each with what makes its rows.
fn chosen(typed: &Typed) -> impl Iterator<Item = (Table, Rows)> {
    let is_asked = |table: &Table| typed.table.as_deref().is_none_or(|name| name == table.name);
    export::RECORDS.into_iter().filter(move |(table, _)| is_asked(table))
}

/// Writes the tables: one, or all into a folder.
fn tables(
    records: impl Iterator<Item = Result<Record, Error>>,
    typed: &Typed,
) -> anyhow::Result<()> {
    let begin = |table: &Table| -> anyhow::Result<Growing> {
        let ending = typed.format.to_possible_value();
        let ending = ending.as_ref().map_or("", |value| value.get_name());
        let path = match typed.table {
            Some(_) => typed.output.clone(),
            None => Some(folder(typed)?.join(format!("{}.{ending}", table.name))),
        };
        Growing::new(table, typed, path)
    };
    if typed.table.as_deref().is_none_or(|name| name == DICTIONARY) {
        let Sheet { table, rows } = export::dictionary(&export::RECORDS.map(|(table, _)| table));
        let mut file = begin(&table)?;
        file.add(rows)?;
        file.finish()?;
    }
    let mut files = Vec::new();
    for (table, rows) in chosen(typed) {
        files.push((begin(&table)?, rows));
    }
    if files.is_empty() {
        return Ok(());
    }
    for record in records {
        let record = record?;
        for (file, rows) in &mut files {
            file.add(rows(&record))?;
        }
    }
    files.into_iter().try_for_each(|(file, _)| file.finish())
}

/// Writes the tables as one workbook.
fn workbook(
    records: impl Iterator<Item = Result<Record, Error>>,
    typed: &Typed,
) -> anyhow::Result<()> {
    let (tables, makers): (Vec<Table>, Vec<Rows>) = chosen(typed).unzip();
    let mut book = export::Book::new(&tables)?;
    for record in records {
        let record = record?;
        for (rows, at) in makers.iter().zip(0..) {
            book.add(at, &rows(&record))?;
        }
    }
    write(&book.finish()?, true, typed.output.as_deref())
}

/// Writes Akoma Ntoso: one document where one was asked for, else a file each.
fn documents(
    records: impl Iterator<Item = Result<Record, Error>>,
    typed: &Typed,
) -> anyhow::Result<()> {
    for record in records {
        let record = record?;
        let path = match typed.document {
            Some(_) => typed.output.clone(),
            None => Some(folder(typed)?.join(format!("{}.xml", record.id))),
        };
        write(export::akn(&record).as_bytes(), false, path.as_deref())?;
    }
    Ok(())
}

/// A table's file that grows by rows.
struct Growing {
    table: Table,
    /// Where it lies; none for standard output.
    path: Option<PathBuf>,
    file: File,
}

enum File {
    Jsonl(Out),
    Csv(Out),
    Parquet(Box<export::Parquet<Out>>),
}

type Out = BufWriter<Box<dyn Write + Send>>;

impl Growing {
    fn new(table: &Table, typed: &Typed, path: Option<PathBuf>) -> anyhow::Result<Growing> {
        let begin = || -> std::io::Result<File> {
            let mut out: Out = BufWriter::new(match &path {
                Some(path) => Box::new(std::fs::File::create(path)?),
                None => Box::new(std::io::stdout()),
            });
            Ok(match typed.format {
                Format::Parquet => File::Parquet(Box::new(export::Parquet::new(table, out)?)),
                Format::Csv => {
                    export::csv_head(table, typed.bom, &mut out)?;
                    File::Csv(out)
                }
                _ => File::Jsonl(out),
            })
        };
        if typed.format == Format::Parquet && path.is_none() {
            no_terminal()?;
        }
        let file = begin().map_err(|cause| unwritten(path.as_deref(), cause))?;
        Ok(Growing { table: *table, path, file })
    }

    fn add(&mut self, rows: Vec<Vec<Value>>) -> anyhow::Result<()> {
        let added = match &mut self.file {
            File::Jsonl(out) => export::jsonl(&Sheet { table: self.table, rows }, out),
            File::Csv(out) => export::csv_rows(&rows, out),
            File::Parquet(file) => file.add(rows),
        };
        added.map_err(|cause| unwritten(self.path.as_deref(), cause))
    }

    fn finish(self) -> anyhow::Result<()> {
        let finished = match self.file {
            File::Jsonl(mut out) | File::Csv(mut out) => out.flush(),
            File::Parquet(file) => file.finish(),
        };
        finished.map_err(|cause| unwritten(self.path.as_deref(), cause))
    }
}

/// The error that names the file; of standard output the cause alone.
fn unwritten(path: Option<&Path>, cause: std::io::Error) -> anyhow::Error {
    match path {
        Some(path) => Error::File { action: "write", path: path.to_owned(), cause }.into(),
        None => cause.into(),
    }
}

/// The folder for several files; it is made where it isn't there.
fn folder(typed: &Typed) -> anyhow::Result<&Path> {
    let Some(folder) = typed.output.as_deref() else {
        let why = "that is several files; name a folder with `--output`, or one `--table`";
        return Err(Usage(why.into()).into());
    };
    let fail = |cause| Error::File { action: "make", path: folder.to_owned(), cause };
    std::fs::create_dir_all(folder).map_err(fail)?;
    Ok(folder)
}
