//! The responsibility matrix: who holds the same duty where.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Done, Format, NotThere, Typed, Usage, day, document, lapsed, output, write};
use crate::compare::{Difference, Held, Matrix, Row, Side, matrix, matrix_table, page};
use crate::export;
use crate::index::{self, Facet, Filter, Page, Unit};
use crate::library::Library;
use crate::record::{DutyRecord, Record};

/// How many duties of a region a topic looks at.
const LOOKED_AT: usize = 200;

/// How many duties are compared without a topic; the work grows with their square.
const MOST: usize = 5_000;

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let sides = if typed.regions.is_empty() {
        of_documents(folder, typed)?
    } else {
        of_regions(&Library::open(folder)?, typed)?
    };
    let duties: usize = sides.iter().map(|side| side.duties.len()).sum();
    if typed.topic.is_empty() && duties > MOST {
        let why = format!("{duties} duties are too many to compare; say what about with `--topic`");
        return Err(Usage(why).into());
    }
    let matrix = matrix(sides, &typed.topic);
    if matrix.rows.is_empty() {
        eprintln!("zeren: no duty corresponds");
        return Ok(Done::Nothing);
    }
    let sheet = || matrix_table(&matrix);
    let mut bytes = Vec::new();
    match typed.format {
        Format::Table => bytes = read(&matrix).into_bytes(),
        Format::Html => bytes = page::matrix_page(&matrix).into_bytes(),
        Format::Jsonl => export::jsonl(&sheet(), &mut bytes)?,
        Format::Csv => export::csv(&sheet(), false, &mut bytes)?,
        Format::Xlsx => bytes = export::xlsx(&[sheet()])?,
    }
    write(&bytes, typed.format == Format::Xlsx, typed.output.as_deref())?;
    Ok(Done::Found)
}

/// A column a document.
fn of_documents(folder: &Path, typed: &Typed) -> anyhow::Result<Vec<Side>> {
    let mut records = Vec::new();
    for named in &typed.documents {
        records.push(document(folder, named)?);
    }
    let names = names(&records);
    let side = |(name, record)| Side { name, duties: held(record, &|_| true) };
    Ok(names.into_iter().zip(records).map(side).collect())
}

/// What heads the columns: the shortest that tells them apart.
fn names(records: &[Record]) -> Vec<String> {
    let title = |one: &Record| one.title.clone().unwrap_or_else(|| one.id.clone());
    let region =
        |one: &Record| one.region.as_ref().map_or_else(|| title(one), |region| region.name.clone());
    let dated = |one: &Record| {
        let day = day(&one.dates, &one.source.path).unwrap_or_default();
        format!("{} {day}", title(one))
    };
    let ways: [&dyn Fn(&Record) -> String; 3] = [&region, &title, &dated];
    let apart = |names: &Vec<String>| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    ways.iter()
        .map(|way| records.iter().map(way).collect())
        .find(apart)
        .unwrap_or_else(|| records.iter().map(|one| one.id.clone()).collect())
}

/// The duties of a record that were asked for.
fn held(record: Record, asked: &dyn Fn(usize) -> bool) -> Vec<Held> {
    let (document, title) = (record.id, record.title);
    let duties = record.duties.into_iter().enumerate().filter(|(at, _)| asked(*at));
    duties
        .map(|(_, duty)| Held { document: document.clone(), title: title.clone(), duty })
        .collect()
}

/// A column a region: of its documents the duties that the index finds for the topics, or all.
fn of_regions(library: &Library, typed: &Typed) -> anyhow::Result<Vec<Side>> {
    let known = library.regions()?;
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let without = lapsed(library, typed.in_force)?;
    let mut sides = Vec::new();
    for region in &typed.regions {
        if index::region_codes(region, &known).is_empty() {
            return Err(NotThere(format!("no region is called `{region}`")).into());
        }
        let filter = Filter { without: without.clone(), ..Filter::of(Unit::Duty) };
        let filter = filter.with(Facet::Region, Some(region.clone()));
        let mut found: BTreeSet<(String, usize)> = BTreeSet::new();
        for topic in &typed.topic {
            let page = Page::best(LOOKED_AT);
            for hit in index::search(library.index(), &read, topic, &filter, &page)?.hits {
                let chunk = library.chunk(&hit.document, hit.place.chunk)?;
                let passage = chunk.get(hit.place.passage as usize);
                let duty = passage.and_then(|one| one.duties.get(hit.place.duty as usize));
                found.extend(duty.map(|duty| (hit.document, duty.place)));
            }
        }
        let documents: BTreeSet<String> = if typed.topic.is_empty() {
            index::documents_with(library.index(), &filter)?.into_iter().collect()
        } else {
            found.iter().map(|(document, _)| document.clone()).collect()
        };
        let mut duties = Vec::new();
        for id in documents {
            let record: Record = library.record(&id)?;
            let asked = |at: usize| typed.topic.is_empty() || found.contains(&(id.clone(), at));
            duties.extend(held(record, &asked));
        }
        sides.push(Side { name: region.clone(), duties });
    }
    Ok(sides)
}

/// The matrix as it is read on a terminal, with the documents that it names below.
fn read(matrix: &Matrix) -> String {
    let named: Vec<Vec<&Held>> = (0..matrix.sides.len()).map(|at| documents(matrix, at)).collect();
    let numbered = named.iter().any(|documents| documents.len() > 1);
    let all: Vec<&Held> = named.iter().flatten().copied().collect();
    let mut header: Vec<&str> = vec!["duty"];
    header.extend(matrix.sides.iter().map(|side| side.name.as_str()));
    let number = |held: &Held| {
        let at = all.iter().position(|one| one.document == held.document);
        at.filter(|_| numbered).map(|at| format!(" [{}]", at + 1)).unwrap_or_default()
    };
    let row = |row: &Row| {
        let topic = row.topic.as_ref().map(|topic| format!("〔{topic}〕\n")).unwrap_or_default();
        let cells = matrix.sides.iter().zip(&row.cells).map(|(side, cell)| {
            let mut lines: Vec<String> = Vec::new();
            for held in cell.duties.iter().map(|&at| &side.duties[at]) {
                let line = line(&held.duty, &number(held));
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            let told = |one: &&Difference| **one != Difference::Nobody || lines.is_empty();
            let words: Vec<&str> =
                cell.differences.iter().filter(told).map(|one| sign(*one)).collect();
            if !words.is_empty() {
                lines.push(words.join(" "));
            }
            lines.join("\n")
        });
        std::iter::once(format!("{topic}{}", row.action)).chain(cells).collect()
    };
    let table = output::table(&header, matrix.rows.iter().map(row).collect());
    let mut text = format!("{table}\n");
    for (side, documents) in matrix.sides.iter().zip(&named) {
        for held in documents {
            let title = held.title.as_deref().unwrap_or("(no title)");
            text += &format!("{}{}  {title} ({})\n", side.name, number(held), held.document);
        }
    }
    text
}

/// The documents that a column's cells name, a duty of each, in their order.
fn documents(matrix: &Matrix, side: usize) -> Vec<&Held> {
    let mut found: Vec<&Held> = Vec::new();
    for &at in matrix.rows.iter().flat_map(|row| &row.cells[side].duties) {
        let held = &matrix.sides[side].duties[at];
        if found.iter().all(|one| one.document != held.document) {
            found.push(held);
        }
    }
    found
}

/// A holder with what is particular, and the provision; `document` is the document's number.
fn line(duty: &DutyRecord, document: &str) -> String {
    let bearers: Vec<&str> = duty.bearers.iter().map(|one| one.name.as_str()).collect();
    let bearers = if bearers.is_empty() { "— nobody".to_owned() } else { bearers.join("、") };
    let numbers: Vec<&str> = duty.quantities.iter().map(|one| one.text.as_str()).collect();
    let numbers = numbers.join("、");
    let unit = format!("{}{document}", duty.unit);
    let facts = output::joined([
        Some(unit.trim_start()),
        Some(&*duty.role).filter(|role| *role != "responsible"),
        Some(&*duty.modality).filter(|modality| *modality != "obligation"),
        duty.frequency.as_deref(),
        duty.deadline.as_deref(),
        Some(numbers.as_str()),
    ]);
    let facts = if facts.is_empty() { String::new() } else { format!("（{facts}）") };
    format!("{bearers}{facts}")
}

/// The sign of a difference, which also says it in words.
fn sign(difference: Difference) -> &'static str {
    match difference {
        Difference::Level => "≠level",
        Difference::Party => "≠party",
        Difference::Modality => "≠modality",
        Difference::Role => "≠role",
        Difference::Deadline => "≠deadline",
        Difference::Number => "≠number",
        Difference::Nobody => "— nobody",
    }
}
