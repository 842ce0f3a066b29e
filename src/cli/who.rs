//! `zeren who QUERY`: who holds a duty.

use serde::Serialize;

use super::output::{self, Format, Line};
use super::search::Shower;
use super::{Done, Narrowing};
use crate::index::{self, Evidence, Fact, Unit};
use crate::library::{Entry, Lapse, Library};
use crate::record::Word;
use crate::span::SourceSpan;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren who 贫困退出 考核\n  zeren who 湖南省谁负责扶贫资金监管"
)]
pub(super) struct Typed {
    /// A question, or words of the duty
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrowing: Narrowing,
    /// How many bearers at the most
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A bearer with one duty that shows it.
#[derive(Serialize)]
struct Shown {
    bearer: String,
    /// Whether the row above is of the same bearer.
    #[serde(skip)]
    again: bool,
    score: f32,
    role: Word,
    responsibility: Option<Word>,
    modality: Word,
    action: String,
    inherited: bool,
    doc: String,
    eid: String,
    provision: String,
    title: Option<String>,
    region: Option<String>,
    issued: Option<String>,
    lapsed: Option<Lapse>,
    path: String,
    span: SourceSpan,
}

impl Line for Shown {
    const COLUMNS: &'static [&'static str] = &["bearer", "duty", "where"];
    const HEADER: &'static [&'static str] = &[
        "bearer",
        "role",
        "responsibility",
        "modality",
        "action",
        "inherited",
        "provision",
        "title",
        "region",
        "issued",
        "doc",
        "path",
        "start",
        "end",
        "lapsed",
    ];

    fn row(&self) -> Vec<String> {
        let bearer_is = if self.inherited { "inherited" } else { "printed" };
        let facts = [
            Some(&*self.role),
            self.responsibility.as_deref(),
            Some(&*self.modality).filter(|modality| *modality != "obligation"),
            Some(bearer_is),
        ];
        let lapsed = self.lapsed.as_ref().map(|lapse| lapse.why);
        let document =
            [self.title.as_deref(), self.region.as_deref(), self.issued.as_deref(), lapsed];
        vec![
            if self.again { String::new() } else { self.bearer.clone() },
            format!("{}\n{}", self.action, output::joined(facts)),
            output::whereabouts(
                &self.provision,
                &document,
                &self.doc,
                &output::place(&self.path, self.span),
            ),
        ]
    }

    fn cells(&self) -> Vec<String> {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.bearer.clone(),
            self.role.to_string(),
            self.responsibility.clone().unwrap_or_default().into_owned(),
            self.modality.to_string(),
            self.action.clone(),
            self.inherited.to_string(),
            self.provision.clone(),
            or_empty(&self.title),
            or_empty(&self.region),
            or_empty(&self.issued),
            self.doc.clone(),
            self.path.clone(),
            self.span.start.to_string(),
            self.span.end.to_string(),
            self.lapsed.as_ref().map(Lapse::in_words).unwrap_or_default(),
        ]
    }
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let filter = typed.narrowing.filter(library, Unit::Duty)?;
    let question = typed.query.join(" ");
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let answers = index::who(library.index(), &read, &question, &filter, typed.limit.into())?;
    if answers.words.is_empty() {
        return Err(super::Usage(format!("`{question}` names nothing to look for")).into());
    }
    let mut shower = Shower::new(library);
    let mut shown = Vec::new();
    for answer in &answers.answers {
        for (at, evidence) in answer.evidence.iter().enumerate() {
            let row = show(shower.entry(&evidence.document)?, &answer.bearer, evidence);
            shown.push(Shown { again: at > 0, ..row });
        }
    }
    if answers.covered {
        output::print(&shown, typed.format)?;
        return Ok(Done::Found);
    }
    let regions = answers.regions.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>();
    let of = if regions.is_empty() { String::new() } else { format!(" of {}", regions.join(", ")) };
    eprint!("zeren: no duty{of} holds {}", answers.words.join(", "));
    eprintln!("{}", if shown.is_empty() { "" } else { "; these come nearest" });
    if !shown.is_empty() {
        output::print(&shown, typed.format)?;
    }
    Ok(Done::Nothing)
}

fn show(known: &(Entry, Option<Lapse>), bearer: &str, evidence: &Evidence) -> Shown {
    let (entry, lapse) = known;
    let mut shown = Shown {
        bearer: bearer.to_owned(),
        again: false,
        score: evidence.score,
        role: "responsible".into(),
        responsibility: None,
        modality: "sanction".into(),
        action: String::new(),
        inherited: false,
        doc: entry.id.clone(),
        eid: evidence.eid.clone(),
        provision: evidence.fact.provision().to_owned(),
        title: entry.title.clone(),
        region: entry.place.clone(),
        issued: entry.issued.clone(),
        lapsed: lapse.clone(),
        path: entry.path.clone(),
        span: SourceSpan::default(),
    };
    match &evidence.fact {
        Fact::Duty(duty) | Fact::Received(duty) => {
            let receives = matches!(evidence.fact, Fact::Received(_));
            shown.role = if receives { "recipient".into() } else { duty.role.clone() };
            shown.responsibility.clone_from(&duty.responsibility);
            shown.modality.clone_from(&duty.modality);
            shown.action.clone_from(&duty.action);
            shown.inherited = duty.inherited;
            shown.span = duty.span;
        }
        Fact::Named(clause) => {
            shown.role = "named".into();
            shown.modality = "named".into();
            shown.action.clone_from(&clause.text);
            shown.span = clause.span;
        }
        Fact::Sanction(_, sanction) => {
            shown.action.clone_from(&sanction.consequence);
            shown.span = sanction.span;
        }
    }
    shown
}
