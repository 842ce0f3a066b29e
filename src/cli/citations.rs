//! `zeren citations [ID]`: what documents of the library cite, and which of them it holds.

use serde::Serialize;

use super::output::{self, Format, Line};
use super::{Done, one_document};
use crate::library::{Cited, Library};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren citations 53c1 --format csv")]
pub(super) struct Typed {
    /// A document's id or the beginning of it: what it cites, and what cites it
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How it is cited
    #[arg(long, value_parser = ["basis", "refers", "amends", "repeals"])]
    relation: Option<String>,
    /// Only what the library holds
    #[arg(long)]
    held: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Serialize)]
struct Shown(Cited);

impl Line for Shown {
    const COLUMNS: &'static [&'static str] = &["document", "relation", "cites", "held as"];
    const HEADER: &'static [&'static str] =
        &["doc", "doc_title", "relation", "title", "number", "article", "held", "start", "end"];

    fn row(&self) -> Vec<String> {
        let Cited { doc, doc_title, relation, title, number, article, held, .. } = &self.0;
        let named = [number.as_deref(), article.as_deref()];
        let title = output::joined(std::iter::once(Some(title.as_str())).chain(named));
        let citing = output::short(doc_title.as_deref().unwrap_or("(no title)"), 18);
        vec![format!("{doc}\n{citing}"), relation.to_string(), title, held.join("\n")]
    }

    fn cells(&self) -> Vec<String> {
        let one = &self.0;
        vec![
            one.doc.clone(),
            one.doc_title.clone().unwrap_or_default(),
            one.relation.to_string(),
            one.title.clone(),
            one.number.clone().unwrap_or_default(),
            one.article.clone().unwrap_or_default(),
            one.held.join(" "),
            one.span.start.to_string(),
            one.span.end.to_string(),
        ]
    }
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let id = typed.id.as_deref().map(|prefix| one_document(library, prefix)).transpose()?;
    let mut rows: Vec<Shown> = library.citations()?.into_iter().map(Shown).collect();
    rows.retain(|Shown(one)| {
        id.as_ref().is_none_or(|entry| one.doc == entry.id || one.held.contains(&entry.id))
            && typed.relation.as_ref().is_none_or(|relation| *relation == one.relation)
            && (!typed.held || !one.held.is_empty())
    });
    if rows.is_empty() {
        eprintln!("zeren: no such citation");
        return Ok(Done::Nothing);
    }
    output::print(&rows, typed.format)?;
    Ok(Done::Found)
}
