//! The responsibility matrix: who holds the same duty where.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Done, Format, NotThere, Typed, Usage, document, output, write};
use crate::compare::{Difference, Held, Matrix, Row, Side, matrix, matrix_table, page};
use crate::export;
use crate::index::{self, Facet, Filter, Page, Unit};
use crate::library::Library;
use crate::record::{DutyRecord, Record};

/// How many duties of a region a topic looks at.
const LOOKED_AT: usize = 200;

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let sides = if typed.regions.is_empty() {
        typed.documents.iter().map(|named| Ok(of_document(document(folder, named)?))).collect()
    } else {
        of_regions(&Library::open(folder)?, typed)
    };
    let sides: Vec<Side> = sides?;
    if sides.len() < 2 {
        return Err(Usage("a matrix has at least two columns".into()).into());
    }
    let matrix = matrix(sides, &typed.topic);
    if matrix.rows.is_empty() {
        eprintln!("zeren: no duty corresponds");
        return Ok(Done::Nothing);
    }
    let sheet = || matrix_table(&matrix);
    let mut bytes = Vec::new();
    match typed.format {
        Format::Table => bytes = format!("{}\n", read(&matrix)).into_bytes(),
        Format::Html => bytes = page::matrix_page(&matrix).into_bytes(),
        Format::Jsonl => export::jsonl(&sheet(), &mut bytes)?,
        Format::Csv => export::csv(&sheet(), false, &mut bytes)?,
        Format::Xlsx => bytes = export::xlsx(&[sheet()])?,
    }
    write(&bytes, typed.format == Format::Xlsx, typed.output.as_deref())?;
    Ok(Done::Found)
}

fn of_document(record: Record) -> Side {
    let name = record.region.as_ref().map(|region| region.name.clone());
    let name = name.or_else(|| record.title.clone()).unwrap_or_else(|| record.id.clone());
    Side { name, duties: held(record, &|_| true) }
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
    let mut sides = Vec::new();
    for region in &typed.regions {
        if index::region_codes(region, &known).is_empty() {
            return Err(NotThere(format!("no region is called `{region}`")).into());
        }
        let filter = Filter::of(Unit::Duty).with(Facet::Region, Some(region.clone()));
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

fn read(matrix: &Matrix) -> comfy_table::Table {
    let mut header: Vec<&str> = vec!["duty"];
    header.extend(matrix.sides.iter().map(|side| side.name.as_str()));
    let row = |row: &Row| {
        let topic = row.topic.as_ref().map(|topic| format!("〔{topic}〕\n")).unwrap_or_default();
        let cells = matrix.sides.iter().zip(&row.cells).map(|(side, cell)| {
            let mut lines: Vec<String> =
                cell.duties.iter().map(|&at| line(&side.duties[at].duty)).collect();
            let words: Vec<&str> = cell.differences.iter().map(|one| sign(*one)).collect();
            if !words.is_empty() {
                lines.push(words.join(" "));
            }
            lines.join("\n")
        });
        std::iter::once(format!("{topic}{}", row.action)).chain(cells).collect()
    };
    output::table(&header, matrix.rows.iter().map(row).collect())
}

/// A holder with what is particular, and the provision.
fn line(duty: &DutyRecord) -> String {
    let bearers: Vec<&str> = duty.bearers.iter().map(|one| one.name.as_str()).collect();
    let numbers: Vec<&str> = duty.quantities.iter().map(|one| one.text.as_str()).collect();
    let numbers = numbers.join("、");
    let facts = output::joined([
        Some(duty.unit.as_str()),
        Some(&*duty.role).filter(|role| *role != "responsible"),
        Some(&*duty.modality).filter(|modality| *modality != "obligation"),
        duty.frequency.as_deref(),
        duty.deadline.as_deref(),
        Some(numbers.as_str()),
    ]);
    let facts = if facts.is_empty() { String::new() } else { format!("（{facts}）") };
    format!("{}{facts}", bearers.join("、"))
}

/// The sign of a difference, which also says it in words.
fn sign(difference: Difference) -> &'static str {
    match difference {
        Difference::Level => "≠level",
        Difference::Modality => "≠modality",
        Difference::Role => "≠role",
        Difference::Deadline => "≠deadline",
        Difference::Number => "≠number",
        Difference::Nobody => "— nobody",
    }
}
