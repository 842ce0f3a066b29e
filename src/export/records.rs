//! Records as tables.
//!
//! In: records. Out: a [`Sheet`] each of documents, provisions, duties, organizations, citations,
//! sanctions and terms, joined by `document` and `eid`. Not here: which records.
//!
//! The duty of 第八条 is a row of `duties` whose `bearers` is 中共湖南省纪委.

use serde_json::{Value, json};

use super::table::{Column, Sheet, Table};
use crate::index::provision_text;
use crate::record::{NodeRecord, PartyRecord, Record, printed_path};
use crate::span::SourceSpan;

/// The tables in their order, empty.
pub const RECORDS: [Table; 7] =
    [DOCUMENTS, PROVISIONS, DUTIES, ORGANIZATIONS, CITATIONS, SANCTIONS, TERMS];

const DOCUMENT: Column = Column { name: "document", about: "Id of the document" };
const EID: Column = Column { name: "eid", about: "Identifier of the provision in its document" };
const UNIT: Column = Column { name: "unit", about: "Printed path of the provision" };
const START: Column =
    Column { name: "start", about: "First code point in the decoded source, from 0" };
const END: Column = Column { name: "end", about: "The code point after the last" };

const DOCUMENTS: Table = Table {
    name: "documents",
    about: "A document a row",
    columns: &[
        Column { name: "document", about: "Its id, 16 hex digits of its text's digest" },
        Column { name: "title", about: "Its title" },
        Column { name: "genre", about: "regulation, opinion, notice, report, news, other" },
        Column { name: "kind", about: "文种: 条例, 实施细则 …" },
        Column { name: "status", about: "issued or draft" },
        Column { name: "region", about: "The region whose rule it is" },
        Column { name: "region_code", about: "Its code of GB/T 2260" },
        Column { name: "region_level", about: "Its tier" },
        Column { name: "issuers", about: "发文机关, canonical names" },
        Column { name: "number", about: "发文字号" },
        Column { name: "issued", about: "成文日期, ISO 8601" },
        Column { name: "effective", about: "From when it holds" },
        Column { name: "expires", about: "The last day it holds" },
        Column { name: "script", about: "hans, hant, mixed" },
        Column { name: "path", about: "The file it was read from" },
        Column { name: "n", about: "Which document of the file, from 1" },
    ],
};

const PROVISIONS: Table = Table {
    name: "provisions",
    about: "A node of an outline a row, in the order of the text",
    columns: &[
        DOCUMENT,
        EID,
        UNIT,
        Column { name: "kind", about: "chapter, article, paragraph, level …" },
        Column { name: "parent", about: "Identifier of the node above" },
        Column { name: "heading", about: "Its heading" },
        Column { name: "text", about: "Its own text, normalised, without what hangs below" },
        Column { name: "whole", about: "Of an article: its text with all 款 and 项" },
        START,
        END,
    ],
};

const DUTIES: Table = Table {
    name: "duties",
    about: "A duty a row: who owes what",
    columns: &[
        Column { name: "duty", about: "Its id: document, dot, number" },
        DOCUMENT,
        EID,
        UNIT,
        Column { name: "bearers", about: "Who bears it, canonical names" },
        Column { name: "levels", about: "Their tiers, where known" },
        Column { name: "inherited", about: "Whether they come from an earlier clause" },
        Column { name: "role", about: "lead, cooperate, participate, responsible" },
        Column {
            name: "responsibility",
            about: "overall, primary, foremost, first, direct, leadership",
        },
        Column { name: "modality", about: "obligation, prohibition, permission, encouragement" },
        Column { name: "action", about: "What is to be done" },
        Column { name: "recipients", about: "Who receives a report, a signature, a filing" },
        Column { name: "frequency", about: "How often, as printed" },
        Column { name: "deadline", about: "Until when, as printed" },
        Column {
            name: "deadline_date",
            about: "The day it ends, ISO 8601, where the year is printed",
        },
        Column { name: "quantities", about: "Numbers that it sets, as printed" },
        Column { name: "condition", about: "The condition it stands under" },
        Column { name: "reported", about: "Whether news or a report tells it of a rule" },
        Column { name: "rule", about: "The rule that found it" },
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
        Column { name: "name", about: "Canonical name" },
        Column { name: "text", about: "As printed, in simplified characters" },
        Column { name: "level", about: "Its tier" },
        Column { name: "region", about: "Code of its region" },
        Column { name: "kind", about: "What sort it is" },
        START,
        END,
    ],
};

const CITATIONS: Table = Table {
    name: "citations",
    about: "Another text that a document speaks of",
    columns: &[
        DOCUMENT,
        Column { name: "title", about: "Its title" },
        Column { name: "number", about: "Its 发文字号" },
        Column { name: "article", about: "The provision cited" },
        Column { name: "relation", about: "basis, refers, amends, repeals" },
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
        Column { name: "subjects", about: "Whom it meets" },
        Column { name: "conditions", about: "The situations" },
        Column { name: "consequence", about: "What follows" },
        Column { name: "by", about: "Who acts" },
        START,
        END,
    ],
};

const TERMS: Table = Table {
    name: "terms",
    about: "A word that a document defines",
    columns: &[
        DOCUMENT,
        Column { name: "term", about: "The word" },
        Column { name: "meaning", about: "What it stands for" },
        START,
        END,
    ],
};

/// The tables of records, as [`RECORDS`] has them.
pub fn records<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<Sheet> {
    let mut sheets = RECORDS.map(|table| Sheet { table, rows: Vec::new() });
    for record in records {
        let rows: [Vec<Vec<Value>>; 7] = [
            vec![document(record)],
            provisions(record),
            duties(record),
            organizations(record),
            citations(record),
            sanctions(record),
            terms(record),
        ];
        for (sheet, rows) in sheets.iter_mut().zip(rows) {
            sheet.rows.extend(rows);
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

fn document(record: &Record) -> Vec<Value> {
    let region = record.region.as_ref();
    vec![
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
    ]
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
