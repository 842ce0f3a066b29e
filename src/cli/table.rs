//! `zeren table KIND`: what the texts themselves tabulate, over the library or over files.
//!
//! A row is one line of report, task, target, pair, sanction or register, with its place.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::output::{self, Format};
use super::{Done, lapsed, one_document, parse};
use crate::library::Library;
use crate::record::{PartyRecord, Record, printed_path};
use crate::span::SourceSpan;

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren table roles --document 53c1 --format csv\n  \
                        zeren table reports corpus/000_ad1dc665d4595636.txt")]
pub(super) struct Typed {
    /// Which rows
    #[arg(value_enum)]
    kind: Kind,
    /// Files to read instead of the library
    #[arg(value_name = "FILE", conflicts_with = "document")]
    files: Vec<PathBuf>,
    /// A document's id, or the beginning of it
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Leave out what the library knows to be repealed, replaced by a later edition, or expired
    #[arg(long, conflicts_with = "files")]
    in_force: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// Who reports, signs, files or submits what to whom
    Reports,
    /// Who leads and who helps, by task
    Roles,
    /// What is to be reached by when, or by how much
    Targets,
    /// Who helps whom
    Pairs,
    /// Situation, whom it meets, consequence, who decides
    Sanctions,
    /// Systems, registers and files with their keepers
    Registers,
}

/// What stands behind every row's own columns.
const PLACE: [&str; 7] = ["doc", "title", "unit", "eid", "file", "start", "end"];

impl Kind {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Kind::Reports => &["from", "to", "act", "what", "action", "frequency", "deadline"],
            Kind::Roles => &["task", "lead", "cooperate"],
            Kind::Targets => &["year", "what", "quantities", "bearers", "deadline"],
            Kind::Pairs => &["givers", "relation", "receivers"],
            Kind::Sanctions => &["conditions", "subjects", "consequence", "by"],
            Kind::Registers => &["name", "kind", "verb", "keepers"],
        }
    }

    /// The rows of a record: eid, place, cells.
    fn rows(self, record: &Record) -> Vec<(&str, SourceSpan, Vec<Value>)> {
        let tables = &record.tables;
        match self {
            Kind::Reports => each(&tables.reports, |one| {
                let cells = vec![
                    names(&one.from),
                    names(&one.to),
                    json!(one.act),
                    json!(one.what),
                    json!(one.action),
                    json!(one.frequency),
                    json!(one.deadline),
                ];
                (&one.eid, one.span, cells)
            }),
            Kind::Roles => each(&tables.roles, |one| {
                let cells = vec![json!(one.task), names(&one.lead), names(&one.cooperate)];
                (&one.eid, one.span, cells)
            }),
            Kind::Targets => each(&tables.targets, |one| {
                let numbers: Vec<&str> = one.quantities.iter().map(|q| q.text.as_str()).collect();
                let (what, bearers) = (json!(one.what), names(&one.bearers));
                let cells =
                    vec![json!(one.year), what, json!(numbers), bearers, json!(one.deadline)];
                (&one.eid, one.span, cells)
            }),
            Kind::Pairs => each(&tables.pairs, |one| {
                let cells = vec![names(&one.givers), json!(one.relation), names(&one.receivers)];
                (&one.eid, one.span, cells)
            }),
            Kind::Sanctions => each(&record.sanctions, |one| {
                let (subjects, by) = (names(&one.subjects), names(&one.by));
                let cells = vec![json!(one.conditions), subjects, json!(one.consequence), by];
                (&one.eid, one.span, cells)
            }),
            Kind::Registers => each(&tables.registers, |one| {
                let cells =
                    vec![json!(one.name), json!(one.kind), json!(one.verb), names(&one.keepers)];
                (&one.eid, one.span, cells)
            }),
        }
    }
}

fn each<'r, T>(
    list: &'r [T],
    row: impl Fn(&'r T) -> (&'r String, SourceSpan, Vec<Value>),
) -> Vec<(&'r str, SourceSpan, Vec<Value>)> {
    let rows = list.iter().map(row);
    rows.map(|(eid, span, cells)| (eid.as_str(), span, cells)).collect()
}

fn names(parties: &[PartyRecord]) -> Value {
    parties.iter().map(|party| party.name.as_str()).collect()
}

/// A row with its header, printed as an object in the header's order.
struct Row {
    header: &'static [&'static str],
    cells: Vec<Value>,
    place: Vec<Value>,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.header.iter().chain(&PLACE);
        serializer.collect_map(names.zip(self.cells.iter().chain(&self.place)))
    }
}

pub(super) fn run(folder: &std::path::Path, typed: &Typed) -> anyhow::Result<Done> {
    let mut done = Done::Found;
    let mut rows = Vec::new();
    if typed.files.is_empty() {
        let library = Library::open(folder)?;
        let ids: Vec<String> = match &typed.document {
            Some(prefix) => vec![one_document(&library, prefix)?.id],
            None => library.entries()?.into_iter().map(|entry| entry.id).collect(),
        };
        let lapsed = lapsed(&library, typed.in_force)?;
        for id in ids.into_iter().filter(|id| !lapsed.contains(id)) {
            rows.extend(of(typed.kind, &library.record(&id)?));
        }
    }
    for file in &typed.files {
        match parse::records(file) {
            Ok(records) => rows.extend(records.iter().flat_map(|record| of(typed.kind, record))),
            Err(error) => {
                eprintln!("zeren: {error}");
                done = Done::Nothing;
            }
        }
    }
    if rows.is_empty() {
        eprintln!("zeren: no such row");
        return Ok(Done::Nothing);
    }
    print(typed, &rows)?;
    Ok(done)
}

fn of(kind: Kind, record: &Record) -> Vec<Row> {
    let row = |(eid, span, cells): (&str, SourceSpan, Vec<Value>)| Row {
        header: kind.columns(),
        cells,
        place: vec![
            json!(record.id),
            json!(record.title),
            json!(printed_path(record, eid)),
            json!(eid),
            json!(record.source.path),
            json!(span.start),
            json!(span.end),
        ],
    };
    kind.rows(record).into_iter().map(row).collect()
}

fn print(typed: &Typed, rows: &[Row]) -> anyhow::Result<()> {
    let header = typed.kind.columns();
    match typed.format {
        Format::Table => {
            let columns: Vec<&str> = header.iter().copied().chain(["where"]).collect();
            let read = |row: &Row| {
                let place: Vec<String> = row.place.iter().map(plain).collect();
                let at = format!("{}:{}-{}", output::short_path(&place[4], 20), place[5], place[6]);
                let at = format!("{} {}\n{at}", place[2], output::short(&place[1], 14));
                row.cells.iter().map(plain).chain([at]).collect::<Vec<_>>()
            };
            let table = output::table(&columns, rows.iter().map(read).collect());
            Ok(writeln!(std::io::stdout().lock(), "{table}")?)
        }
        Format::Jsonl => output::lines(rows),
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
            writer.write_record(header.iter().chain(&PLACE))?;
            for row in rows {
                writer.write_record(row.cells.iter().chain(&row.place).map(plain))?;
            }
            Ok(writer.flush()?)
        }
    }
}

/// A value as a cell: a list with ideographic commas, nothing for null.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}
