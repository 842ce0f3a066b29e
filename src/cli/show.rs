//! `zeren show ID[#eid]`: a document, or one provision with its duties.

use std::io::Write;

use super::{Done, NotThere, explain, one_document, output, parse, search};
use crate::library::{Library, Relation};
use crate::record::{NodeRecord, Record};

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren show 53c1\n  zeren show 53c1#art_4 --explain")]
pub(super) struct Typed {
    /// A document's id or the beginning of it; after # the eid of a provision
    #[arg(value_name = "ID[#eid]")]
    id: String,
    /// Show the clause of each duty in its parts, the rule that found it, and whence its subject is
    #[arg(long)]
    explain: bool,
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let (prefix, eid) = match typed.id.split_once('#') {
        Some((prefix, eid)) => (prefix, Some(eid)),
        None => (typed.id.as_str(), None),
    };
    let id = one_document(library, prefix)?.id;
    let record: Record = library.record(&id)?;
    let mut out = std::io::stdout().lock();
    match eid {
        None => {
            parse::outline(&mut out, &record)?;
            for place in library.places(Some(&id))? {
                let path = output::printable(&place.path);
                let when = if place.current { "read from" } else { "once read from" };
                writeln!(out, "{when} {path}, document {}", place.n)?;
            }
            if let Some(lapse) = library.lapses(Some(&id))?.remove(&id) {
                writeln!(out, "not in force: {}", lapse.in_words())?;
            }
            links(&mut out, library, &id)?;
            citations(&mut out, library, &id)?;
            if typed.explain {
                let nodes = record.outline.iter();
                nodes.into_iter().try_for_each(|node| explain::duties(&mut out, &record, node))?;
            }
        }
        Some(eid) => {
            let node = search::node(&record, eid)
                .ok_or_else(|| NotThere(format!("no provision `{eid}` in `{id}`")))?;
            provision(&mut out, &record, node, typed.explain)?;
        }
    }
    Ok(Done::Found)
}

/// Editions and near copies, each with its date.
fn links(out: &mut impl Write, library: &Library, id: &str) -> anyhow::Result<()> {
    for link in library.links(Some(id))? {
        let (other, how) = match (link.relation, link.document == id) {
            (Relation::Edition, true) => (&link.other, "another edition, known before:"),
            (Relation::Edition, false) => (&link.document, "another edition, come later:"),
            (Relation::Near, true) => (&link.other, "near copy of"),
            (Relation::Near, false) => (&link.document, "near copy:"),
        };
        let entry = library.entry(other)?;
        let date = entry.as_ref().and_then(|entry| entry.dated.as_deref()).unwrap_or("no date");
        writeln!(out, "{how} {other} ({date})")?;
    }
    Ok(())
}

/// What the document cites of the library, and what of the library cites it.
fn citations(out: &mut impl Write, library: &Library, id: &str) -> anyhow::Result<()> {
    for one in library.citations()? {
        let article = one.article.unwrap_or_default();
        if one.doc == id && !one.held.is_empty() {
            writeln!(out, "{} 《{}》{article}: {}", one.relation, one.title, one.held.join(" "))?;
        } else if one.held.iter().any(|held| held == id) {
            let title = one.doc_title.unwrap_or_default();
            writeln!(out, "cited ({}) by {} {title}", one.relation, one.doc)?;
        }
    }
    Ok(())
}

fn provision(
    out: &mut impl Write,
    record: &Record,
    node: &NodeRecord,
    explained: bool,
) -> std::io::Result<()> {
    writeln!(
        out,
        "{} ({}#{})",
        record.title.as_deref().unwrap_or("(no title)"),
        record.id,
        node.eid
    )?;
    text(out, node, 0)?;
    if explained {
        return explain::duties(out, record, node);
    }
    let eids = node.walk().map(|node| node.eid.as_str()).collect::<Vec<_>>();
    for duty in record.duties.iter().filter(|duty| eids.contains(&duty.eid.as_str())) {
        let names = duty.bearers.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join("、");
        let bearers = if names.is_empty() { "(nobody named)" } else { &names };
        let taken = if duty.inherited { ", inherited" } else { "" };
        writeln!(
            out,
            "- {}  {bearers} ({}, {}{taken}): {}  [{}-{}]",
            duty.unit, duty.role, duty.modality, duty.action, duty.span.start, duty.span.end
        )?;
    }
    Ok(())
}

fn text(out: &mut impl Write, node: &NodeRecord, depth: usize) -> std::io::Result<()> {
    let words = [&node.label, &node.heading, &node.text];
    let words = words.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    writeln!(out, "{:indent$}{words}", "", indent = depth * 2)?;
    node.children.iter().try_for_each(|child| text(out, child, depth + 1))?;
    match &node.tail {
        Some(tail) => writeln!(out, "{:indent$}{tail}", "", indent = depth * 2),
        None => Ok(()),
    }
}
