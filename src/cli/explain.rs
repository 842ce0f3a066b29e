//! `zeren show … --explain`: the clause of each duty in its parts, the rule that found it, and whence
//! its subject is.
//!
//! `［subject 省财政厅］［modal 应当］［predicate 制定管理办法］`

use std::io::{IsTerminal, Write};

use crate::extract::explain::{self, Part};
use crate::record::{DutyRecord, NodeRecord, Record, printed_path};

/// Where a clause ends.
const MARKS: [char; 6] = ['，', '；', '：', '。', '！', '？'];

/// Explains the duties of a provision and of all below it.
pub(super) fn duties(
    out: &mut impl Write,
    record: &Record,
    node: &NodeRecord,
) -> std::io::Result<()> {
    let colour = std::io::stdout().is_terminal();
    for node in node.walk() {
        let texts = [&node.heading, &node.text, &node.tail].into_iter().flatten();
        let texts: Vec<&str> = texts.map(String::as_str).collect();
        let mut from = (0, 0);
        for duty in record.duties.iter().filter(|duty| duty.eid == node.eid) {
            writeln!(out)?;
            match place(&texts, duty, from) {
                Some((index, at)) => {
                    // a helper's duty stands in the same clause as that of whom it helps
                    from = (index, at);
                    writeln!(out, "{}  {}", duty.unit, marked(texts[index], at, duty, colour))?;
                }
                None => writeln!(out, "{}  {}", duty.unit, duty.action)?,
            }
            facts(out, duty)?;
            writeln!(out, "  rule: {} — {}", duty.rule, explain::rule(&duty.rule))?;
            whence(out, record, duty)?;
        }
    }
    Ok(())
}

/// What of an action stands in one piece: a fronted object may stand before its subject.
fn predicate(duty: &DutyRecord) -> &str {
    duty.action.rsplit('，').next().unwrap_or(&duty.action)
}

/// In which text the predicate begins, and where; not before `from`.
fn place(texts: &[&str], duty: &DutyRecord, from: (usize, usize)) -> Option<(usize, usize)> {
    texts.iter().enumerate().skip(from.0).find_map(|(index, text)| {
        let start = if index == from.0 { from.1 } else { 0 };
        text[start..].find(predicate(duty)).map(|at| (index, start + at))
    })
}

/// The sentence with the parts of the clause marked.
fn marked(text: &str, at: usize, duty: &DutyRecord, colour: bool) -> String {
    let end = at + predicate(duty).len();
    let clause = text[..at].rfind(MARKS).map_or(0, |mark| mark + '，'.len_utf8());
    let sentence = text[..at].rfind(['。', '！', '？']).map_or(0, |mark| mark + '。'.len_utf8());
    let close = text[end..].find(['。', '！', '？']).map_or(text.len(), |mark| end + mark);
    let subjects: Vec<&str> = match duty.inherited {
        true => Vec::new(),
        false => duty.bearers.iter().map(|bearer| bearer.text.as_str()).collect(),
    };
    let mut line = text[sentence..clause].to_owned();
    for (part, said) in explain::parts(&text[clause..end], &subjects, &text[at..end]) {
        line.push_str(&shown(part, said, colour));
    }
    line + &text[end..close]
}

fn shown(part: Part, said: &str, colour: bool) -> String {
    let (name, paint) = match part {
        Part::Subject => ("subject", 34),
        Part::Modal => ("modal", 35),
        Part::Modifier => ("modifier", 33),
        Part::Predicate => ("predicate", 32),
        Part::Other => return said.to_owned(),
    };
    match colour {
        true => format!("\u{1b}[{paint}m{said}\u{1b}[0m"),
        false => format!("［{name} {said}］"),
    }
}

fn facts(out: &mut impl Write, duty: &DutyRecord) -> std::io::Result<()> {
    let names = |parties: &[crate::record::PartyRecord]| {
        parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("、")
    };
    let bearers = names(&duty.bearers);
    let bearers = if bearers.is_empty() { "(nobody named)" } else { &bearers };
    writeln!(out, "  bearer: {bearers} ({}, {})", duty.role, duty.modality)?;
    let stated = [
        ("recipient", Some(names(&duty.recipients)).filter(|names| !names.is_empty())),
        ("frequency", duty.frequency.clone()),
        ("deadline", duty.deadline.clone()),
        ("condition", duty.condition.clone()),
    ];
    for (name, value) in stated {
        if let Some(value) = value {
            writeln!(out, "  {name}: {value}")?;
        }
    }
    Ok(())
}

/// Where an inherited subject was printed, and why it reaches this far.
fn whence(out: &mut impl Write, record: &Record, duty: &DutyRecord) -> std::io::Result<()> {
    let Some(bearer) = duty.bearers.first().filter(|_| duty.inherited) else { return Ok(()) };
    let named = record.organizations.iter().find(|one| one.span == bearer.span);
    let owner = record.duties.iter().find(|one| {
        !one.inherited && one.bearers.first().is_some_and(|first| first.span == bearer.span)
    });
    let eid = owner.map(|one| one.eid.as_str()).or(named.and_then(|one| one.eid.as_deref()));
    let text: Vec<&str> = duty.bearers.iter().map(|bearer| bearer.text.as_str()).collect();
    let why = match eid {
        Some(eid) if eid == duty.eid => "the subject of an earlier clause of this provision",
        Some(eid) if duty.eid.starts_with(eid) => "the subject of the list's stem",
        Some(_) => "the subject of an earlier clause of the article",
        None => "named by the heading",
    };
    let place = eid.map_or(String::new(), |eid| printed_path(record, eid));
    writeln!(
        out,
        "  inherited: {why}: `{}`, {place} [{}-{}]",
        text.join("、"),
        bearer.span.start,
        duty.bearers.iter().map(|bearer| bearer.span.end).max().unwrap_or(bearer.span.end)
    )
}
