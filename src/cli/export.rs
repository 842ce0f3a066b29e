//! `zeren export`: the library, or what a query finds, as files that other programs read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::compare::write;
use super::{Done, Usage, one_document};
use crate::error::Error;
use crate::export::{self, Sheet};
use crate::index::{self, Facet, Filter, Page, Unit};
use crate::library::Library;
use crate::record::Record;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren export --format xlsx --output library.xlsx\n  zeren export 驻村帮扶 --table duties --format csv --bom --output duties.csv\n  zeren export --format akn --output folder"
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
    /// Which table; without it, jsonl and csv write all into the folder that `--output` names
    #[arg(long, value_name = "TABLE", value_parser = ["documents", "provisions", "duties", "organizations", "citations", "sanctions", "terms", "dictionary"])]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a row
    Jsonl,
    /// Comma-separated values
    Csv,
    /// A workbook of all tables, with a data dictionary
    Xlsx,
    /// Akoma Ntoso 3.0, a file a document
    Akn,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let library = Library::open(folder)?;
    let Some(ids) = asked(&library, typed)? else { return Ok(Done::Nothing) };
    let mut records: Vec<Record> = Vec::new();
    for entry in library.entries()?.into_iter().filter(|entry| ids.contains(&entry.id)) {
        records.push(library.record(&entry.id)?);
    }
    if records.is_empty() {
        eprintln!("zeren: no such document");
        return Ok(Done::Nothing);
    }
    match typed.format {
        Format::Akn => documents(&records, typed)?,
        Format::Xlsx => {
            let sheets = export::records(records.iter());
            let asked =
                |sheet: &Sheet| typed.table.as_deref().is_none_or(|t| t == sheet.table.name);
            let sheets: Vec<Sheet> = sheets.into_iter().filter(asked).collect();
            write(&export::xlsx(&sheets)?, true, typed.output.as_deref())?;
        }
        Format::Jsonl | Format::Csv => tables(&records, typed)?,
    }
    Ok(Done::Found)
}

/// The ids that were asked for; none where there is no such region.
fn asked(library: &Library, typed: &Typed) -> anyhow::Result<Option<BTreeSet<String>>> {
    let mut filter = Filter::of(Unit::Document);
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

/// Writes the tables: one, or all into a folder.
fn tables(records: &[Record], typed: &Typed) -> anyhow::Result<()> {
    let mut sheets = export::records(records.iter());
    sheets.push(export::dictionary(&export::RECORDS));
    let bytes = |sheet: &Sheet| -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match typed.format {
            Format::Csv => export::csv(sheet, typed.bom, &mut bytes)?,
            _ => export::jsonl(sheet, &mut bytes)?,
        }
        Ok(bytes)
    };
    if let Some(name) = &typed.table {
        let sheet = sheets.iter().find(|sheet| sheet.table.name == *name);
        return sheet.map_or(Ok(()), |sheet| write(&bytes(sheet)?, false, typed.output.as_deref()));
    }
    let folder = folder(typed)?;
    let ending = if typed.format == Format::Csv { "csv" } else { "jsonl" };
    for sheet in &sheets {
        let path = folder.join(format!("{}.{ending}", sheet.table.name));
        write(&bytes(sheet)?, false, Some(&path))?;
    }
    Ok(())
}

/// Writes Akoma Ntoso: one document where one was asked for, else a file each.
fn documents(records: &[Record], typed: &Typed) -> anyhow::Result<()> {
    if let ([record], Some(_)) = (records, &typed.document) {
        return write(export::akn(record).as_bytes(), false, typed.output.as_deref());
    }
    let folder = folder(typed)?;
    for record in records {
        let path = folder.join(format!("{}.xml", record.id));
        write(export::akn(record).as_bytes(), false, Some(&path))?;
    }
    Ok(())
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
