//! Records as tables.
//!
//! In: records. Out: rows of documents, provisions, duties, organizations, citations, sanctions and terms, joined by
//! `document` and `eid`. Not here: which records.
//!
//! The duty of 第八条 is a row of `duties` whose `bearers` is 中共湖南省纪委.

use serde_json::{Value, json};

use super::table::{Column, Sheet, Table};
use crate::index::provision_text;
use crate::record::{NodeRecord, PartyRecord, Record, printed_path};
use crate::span::SourceSpan;

/// The rows of a record in a table.
pub type Rows = fn(&Record) -> Vec<Vec<Value>>;

/// The tables in their order, each with what makes its rows.
pub const RECORDS: [(Table, Rows); 7] = [
    (DOCUMENTS, documents),
    (PROVISIONS, provisions),
    (DUTIES, duties),
    (ORGANIZATIONS, organizations),
    (CITATIONS, citations),
    (SANCTIONS, sanctions),
    (TERMS, terms),
];

const DOCUMENT: Column = Column::text("document", "Id of the document");
const EID: Column = Column::text("eid", "Identifier of the provision in its document");
const UNIT: Column = Column::text("unit", "Printed path of the provision");
const START: Column = Column::count("start", "First code point in the decoded source, from 0");
const END: Column = Column::count("end", "The code point after the last");

const DOCUMENTS: Table = Table {
    name: "documents",
    about: "A document a row",
    columns: &[
        Column::text("document", "Its id, 16 hex digits of its text's digest"),
        Column::text("title", "Its title"),
        Column::text("genre", "regulation, opinion, notice, report, news, other"),
        Column::text("kind", "文种: 条例, 实施细则 …"),
        Column::text("status", "issued or draft"),
        Column::text("region", "The region whose rule it is"),
        Column::text("region_code", "Its code of GB/T 2260"),
        Column::text("region_level", "Its tier"),
        Column::texts("issuers", "发文机关, canonical names"),
        Column::text("number", "发文字号"),
        Column::day("issued", "成文日期, ISO 8601"),
        Column::day("effective", "From when it holds"),
        Column::day("expires", "The last day it holds"),
        Column::text("script", "hans, hant, mixed"),
        Column::text("path", "The file it was read from"),
        Column::count("n", "Which document of the file, from 1"),
    ],
};

const PROVISIONS: Table = Table {
    name: "provisions",
    about: "A node of an outline a row, in the order of the text",
    columns: &[
        DOCUMENT,
        EID,
        UNIT,
        Column::text("kind", "chapter, article, paragraph, level …"),
        Column::text("parent", "Identifier of the node above"),
        Column::text("heading", "Its heading"),
        Column::text("text", "Its own text, normalised, without what hangs below"),
        Column::text("whole", "Of an article: its text with all 款 and 项"),
        START,
        END,
    ],
};

const DUTIES: Table = Table {
    name: "duties",
    about: "A duty a row: who owes what",
    columns: &[
        Column::text("duty", "Its id: document, dot, number"),
        DOCUMENT,
        EID,
        UNIT,
        Column::texts("bearers", "Who bears it, canonical names"),
        Column::texts("levels", "Their tiers, where known"),
        Column::truth("inherited", "Whether they come from an earlier clause"),
        Column::text("role", "lead, cooperate, participate, responsible"),
        Column::text("responsibility", "overall, primary, foremost, first, direct, leadership"),
        Column::text("modality", "obligation, prohibition, permission, encouragement"),
        Column::text("action", "What is to be done"),
        Column::texts("recipients", "Who receives a report, a signature, a filing"),
        Column::text("frequency", "How often, as printed"),
        Column::text("deadline", "Until when, as printed"),
        Column::day("deadline_date", "The day it ends, ISO 8601, where the year is printed"),
        Column::texts("quantities", "Numbers that it sets, as printed"),
        Column::text("condition", "The condition it stands under"),
        Column::truth("reported", "Whether news or a report tells it of a rule"),
        Column::text("rule", "The rule that found it"),
        START,
        END,
    ],
};

const ORGANIZATIONS: Table = Table {
    name: "organizations",
    about: "An organization at one place a row",
    columns: &[
        DOCUMENT,
        EID,
        Column::text("name", "Canonical name"),
        Column::text("text", "As printed, in simplified characters"),
        Column::text("level", "Its tier"),
        Column::text("region", "Code of its region"),
        Column::text("kind", "What sort it is"),
        START,
        END,
    ],
};

const CITATIONS: Table = Table {
    name: "citations",
    about: "Another text that a document speaks of",
    columns: &[
        DOCUMENT,
        Column::text("title", "Its title"),
        Column::text("number", "Its 发文字号"),
        Column::text("article", "The provision cited"),
        Column::text("relation", "basis, refers, amends, repeals"),
        START,
        END,
    ],
};

const SANCTIONS: Table = Table {
    name: "sanctions",
    about: "What follows a breach",
    columns: &[
        DOCUMENT,
        EID,
        UNIT,
        Column::texts("subjects", "Whom it meets"),
        Column::texts("conditions", "The situations"),
        Column::text("consequence", "What follows"),
        Column::texts("by", "Who acts"),
        START,
        END,
    ],
};

const TERMS: Table = Table {
    name: "terms",
    about: "A word that a document defines",
    columns: &[
        DOCUMENT,
        Column::text("term", "The word"),
        Column::text("meaning", "What it stands for"),
        START,
        END,
    ],
};

/// The tables of records, as [`RECORDS`] has them.
pub fn records<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<Sheet> {
    let mut sheets = RECORDS.map(|(table, _)| Sheet { table, rows: Vec::new() });
    for record in records {
        for (sheet, (_, rows)) in sheets.iter_mut().zip(RECORDS) {
            sheet.rows.extend(rows(record));
        }
    }
    sheets.into()
}

fn names(parties: &[PartyRecord]) -> Value {
    parties.iter().map(|party| party.name.as_str()).collect()
}

/// A row that ends with its place.
fn placed<const N: usize>(cells: [Value; N], span: SourceSpan) -> Vec<Value> {
    cells.into_iter().chain([json!(span.start), json!(span.end)]).collect()
}

fn documents(record: &Record) -> Vec<Vec<Value>> {
    let region = record.region.as_ref();
    vec![vec![
        json!(record.id),
        json!(record.title),
        json!(record.genre),
        json!(record.kind),
        json!(record.status),
        json!(region.map(|one| &one.name)),
        json!(region.map(|one| &one.code)),
        json!(region.map(|one| &one.level)),
        names(&record.issuers),
        json!(record.number),
        json!(record.dates.issued),
        json!(record.dates.effective),
        json!(record.dates.expires),
        json!(record.script),
        json!(record.source.path),
        json!(record.source.n),
    ]]
}

fn provisions(record: &Record) -> Vec<Vec<Value>> {
    fn below(record: &Record, node: &NodeRecord, parent: Option<&str>, rows: &mut Vec<Vec<Value>>) {
        let whole = (node.kind == "article").then(|| provision_text(node));
        let cells = [
            json!(record.id),
            json!(node.eid),
            json!(printed_path(record, &node.eid)),
            json!(node.kind),
            json!(parent),
            json!(node.heading),
            json!(node.text),
            json!(whole),
        ];
        rows.push(placed(cells, node.span));
        node.children.iter().for_each(|child| below(record, child, Some(&node.eid), rows));
    }
    let mut rows = Vec::new();
    record.outline.iter().for_each(|node| below(record, node, None, &mut rows));
    rows
}

fn duties(record: &Record) -> Vec<Vec<Value>> {
    let row = |duty: &crate::record::DutyRecord| {
        let levels: Vec<&str> =
            duty.bearers.iter().filter_map(|one| one.level.as_deref()).collect();
        let numbers: Vec<&str> = duty.quantities.iter().map(|one| one.text.as_str()).collect();
        let cells = [
            json!(duty.id),
            json!(record.id),
            json!(duty.eid),
            json!(duty.unit),
            names(&duty.bearers),
            json!(levels),
            json!(duty.inherited),
            json!(duty.role),
            json!(duty.responsibility),
            json!(duty.modality),
            json!(duty.action),
            names(&duty.recipients),
            json!(duty.frequency),
            json!(duty.deadline),
            json!(duty.deadline_date),
            json!(numbers),
            json!(duty.condition),
            json!(duty.reported),
            json!(duty.rule),
        ];
        placed(cells, duty.span)
    };
    record.duties.iter().map(row).collect()
}

fn organizations(record: &Record) -> Vec<Vec<Value>> {
    let row = |one: &crate::record::OrganizationRecord| {
        let cells = [
            json!(record.id),
            json!(one.eid),
            json!(one.name),
            json!(one.text),
            json!(one.level),
            json!(one.region),
            json!(one.kind),
        ];
        placed(cells, one.span)
    };
    record.organizations.iter().map(row).collect()
}

fn citations(record: &Record) -> Vec<Vec<Value>> {
    let row = |one: &crate::record::CitationRecord| {
        let cells = [
            json!(record.id),
            json!(one.title),
            json!(one.number),
            json!(one.article),
            json!(one.relation),
        ];
        placed(cells, one.span)
    };
    record.citations.iter().map(row).collect()
}

fn sanctions(record: &Record) -> Vec<Vec<Value>> {
    let row = |one: &crate::record::SanctionRecord| {
        let cells = [
            json!(record.id),
            json!(one.eid),
            json!(printed_path(record, &one.eid)),
            names(&one.subjects),
            json!(one.conditions),
            json!(one.consequence),
            names(&one.by),
        ];
        placed(cells, one.span)
    };
    record.sanctions.iter().map(row).collect()
}

fn terms(record: &Record) -> Vec<Vec<Value>> {
    let row = |one: &crate::record::TermRecord| {
        placed([json!(record.id), json!(one.term), json!(one.meaning)], one.span)
    };
    record.terms.iter().map(row).collect()
}
