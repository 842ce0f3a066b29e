//! `zeren duties`: the responsibility list (责任清单).

use serde::{Deserialize, Serialize};

use super::output::{self, Format, Line};
use super::{Done, Narrowing};
use crate::index::{self, Facet, Unit};
use crate::library::{Entry, Library};
use crate::record::{DutyRecord, PartyRecord, SourceRecord, Word};
use crate::span::SourceSpan;
use crate::text;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren duties --bearer 湖南省财政厅 --format csv")]
pub(super) struct Typed {
    /// A bearer's canonical name, or a part of it
    #[arg(long)]
    bearer: Option<String>,
    #[command(flatten)]
    narrowing: Narrowing,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A duty with its place, flat.
#[derive(Serialize)]
struct Flat {
    file: String,
    n: usize,
    doc: String,
    unit: String,
    bearers: Vec<String>,
    inherited: bool,
    role: Word,
    responsibility: Option<Word>,
    modality: Word,
    action: String,
    recipients: Vec<String>,
    frequency: Option<String>,
    deadline: Option<String>,
    title: Option<String>,
    region: Option<String>,
    span: SourceSpan,
}

impl Line for Flat {
    const COLUMNS: &'static [&'static str] = &["bearers", "duty", "where"];
    const HEADER: &'static [&'static str] = &[
        "doc",
        "unit",
        "bearers",
        "inherited",
        "role",
        "responsibility",
        "modality",
        "action",
        "recipients",
        "frequency",
        "deadline",
        "title",
        "region",
        "file",
        "n",
        "start",
        "end",
    ];

    fn row(&self) -> Vec<String> {
        let facts = [
            Some(&*self.role),
            self.responsibility.as_deref(),
            Some(&*self.modality).filter(|modality| *modality != "obligation"),
            self.inherited.then_some("inherited"),
            self.frequency.as_deref(),
            self.deadline.as_deref(),
        ];
        vec![
            self.bearers.join("、"),
            format!("{}\n{}", self.action, output::joined(facts)),
            output::whereabouts(
                &self.unit,
                &[self.title.as_deref()],
                &self.doc,
                &output::place(&self.file, self.span),
            ),
        ]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.doc.clone(),
            self.unit.clone(),
            self.bearers.join("、"),
            self.inherited.to_string(),
            self.role.to_string(),
            self.responsibility.clone().unwrap_or_default().into_owned(),
            self.modality.to_string(),
            self.action.clone(),
            self.recipients.join("、"),
            self.frequency.clone().unwrap_or_default(),
            self.deadline.clone().unwrap_or_default(),
            self.title.clone().unwrap_or_default(),
            self.region.clone().unwrap_or_default(),
            self.file.clone(),
            self.n.to_string(),
            self.span.start.to_string(),
            self.span.end.to_string(),
        ]
    }
}

/// What is needed of a record.
#[derive(Deserialize)]
struct Part {
    source: SourceRecord,
    duties: Vec<DutyRecord>,
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let filter = typed.narrowing.filter(library, Unit::Duty)?;
    let filter = filter.with(Facet::Bearer, typed.bearer.clone());
    let documents = index::documents_with(library.index(), &filter)?;
    let mut all = Vec::new();
    for entry in library.entries()?.into_iter().filter(|entry| documents.contains(&entry.id)) {
        let part: Part = library.record(&entry.id)?;
        for duty in part.duties {
            let is = |wanted: &Option<String>, value: &str| {
                wanted.as_ref().is_none_or(|wanted| wanted == value)
            };
            if is(&typed.narrowing.role, &duty.role)
                && is(&typed.narrowing.modality, &duty.modality)
            {
                all.push(flat(&part.source, &entry, duty));
            }
        }
    }
    if let Some(bearer) = typed.bearer.as_deref().map(text::fold_query) {
        let exact = all.iter().any(|duty| duty.bearers.contains(&bearer));
        all.retain(|duty| {
            duty.bearers
                .iter()
                .any(|b| if exact { *b == bearer } else { b.contains(bearer.as_str()) })
        });
    }
    if all.is_empty() {
        eprintln!("zeren: no such duty");
        return Ok(Done::Nothing);
    }
    output::print(&all, typed.format)?;
    Ok(Done::Found)
}

fn flat(source: &SourceRecord, entry: &Entry, duty: DutyRecord) -> Flat {
    let names = |parties: Vec<PartyRecord>| parties.into_iter().map(|party| party.name).collect();
    Flat {
        file: source.path.clone(),
        n: source.n,
        doc: entry.id.clone(),
        unit: duty.unit,
        bearers: names(duty.bearers),
        inherited: duty.inherited,
        role: duty.role,
        responsibility: duty.responsibility,
        modality: duty.modality,
        action: duty.action,
        recipients: names(duty.recipients),
        frequency: duty.frequency,
        deadline: duty.deadline,
        title: entry.title.clone(),
        region: entry.place.clone(),
        span: duty.span,
    }
}
