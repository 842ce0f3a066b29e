//! What a text itself tabulates, as a record has it.
//!
//! In: [`extract::Tables`]. Out: [`Tables`], with spans of the source. Not here: finding anything.
//!
//! `{"reports": [{"from": […], "to": […], "act": "sign", "what": "脱贫责任书", …}], …}`

use serde::{Deserialize, Serialize};

use super::build::{parties, quantities};
use super::{PartyRecord, QuantityRecord, Word};
use crate::extract;
use crate::span::SourceSpan;
use crate::text::Text;

/// What a document tabulates itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    /// Lines of report and signature.
    pub reports: Vec<ReportRecord>,
    /// Leading and cooperating bodies by task.
    pub roles: Vec<PartRecord>,
    /// What is to be reached by when, or by how much.
    pub targets: Vec<TargetRecord>,
    /// Who helps whom.
    pub pairs: Vec<PairRecord>,
    /// Systems, registers and files with their keepers.
    pub registers: Vec<RegisterRecord>,
}

/// Who hands what to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRecord {
    /// The node it stands in.
    pub eid: String,
    /// Who does it.
    pub from: Vec<PartyRecord>,
    /// Who receives it.
    pub to: Vec<PartyRecord>,
    /// `report`, `sign`, `file`, `approve`, `propose`, `submit`
    pub act: Word,
    /// The whole act.
    pub action: String,
    /// What is handed over.
    pub what: Option<String>,
    /// `每年`
    pub frequency: Option<String>,
    /// `年底前`
    pub deadline: Option<String>,
    /// Where.
    pub span: SourceSpan,
}

/// Who leads and who helps in one task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRecord {
    /// The node it stands in.
    pub eid: String,
    /// The task.
    pub task: String,
    /// Who leads.
    pub lead: Vec<PartyRecord>,
    /// Who helps.
    pub cooperate: Vec<PartyRecord>,
    /// Where.
    pub span: SourceSpan,
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetRecord {
    /// The node it stands in.
    pub eid: String,
    /// Who is to reach it.
    pub bearers: Vec<PartyRecord>,
    /// The clause.
    pub what: String,
    /// The year, where one holds.
    pub year: Option<u32>,
    /// The same as printed.
    pub deadline: Option<String>,
    /// Its numbers.
    pub quantities: Vec<QuantityRecord>,
    /// Where the clause stands.
    pub span: SourceSpan,
}

/// Who helps whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRecord {
    /// The node it stands in.
    pub eid: String,
    /// Those who help, in the order of the text.
    pub givers: Vec<PartyRecord>,
    /// Those who are helped, in the order of the text.
    pub receivers: Vec<PartyRecord>,
    /// `对口帮扶`
    pub relation: Word,
    /// Where.
    pub span: SourceSpan,
}

/// A system, register or file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterRecord {
    /// The node it stands in.
    pub eid: String,
    /// Its name.
    pub name: String,
    /// `platform`, `system`, `database`, `ledger`, `file`, `roster`, `list`, `registration`
    pub kind: Word,
    /// What is done with it.
    pub verb: String,
    /// Who keeps it.
    pub keepers: Vec<PartyRecord>,
    /// Where its name stands.
    pub span: SourceSpan,
}

/// Writes the tables of a document.
pub(super) fn build(text: &Text<'_>, tables: extract::Tables) -> Tables {
    Tables {
        reports: tables.reports.into_iter().map(|one| report(text, one)).collect(),
        roles: tables.parts.into_iter().map(|one| part(text, one)).collect(),
        targets: tables.targets.into_iter().map(|one| target(text, one)).collect(),
        pairs: tables.pairs.into_iter().map(|one| pair(text, one)).collect(),
        registers: tables.registers.into_iter().map(|one| register(text, one)).collect(),
    }
}

fn report(text: &Text<'_>, one: extract::Report) -> ReportRecord {
    ReportRecord {
        eid: one.eid,
        from: parties(text, one.from),
        to: parties(text, one.to),
        act: one.act.into(),
        action: one.action,
        what: one.what,
        frequency: one.frequency,
        deadline: one.deadline,
        span: text.source_span(one.span),
    }
}

fn part(text: &Text<'_>, one: extract::Part) -> PartRecord {
    PartRecord {
        eid: one.eid,
        task: one.task,
        lead: parties(text, one.lead),
        cooperate: parties(text, one.cooperate),
        span: text.source_span(one.span),
    }
}

fn target(text: &Text<'_>, one: extract::Target) -> TargetRecord {
    TargetRecord {
        eid: one.eid,
        bearers: parties(text, one.bearers),
        what: one.what,
        year: one.year,
        deadline: one.deadline,
        quantities: quantities(text, one.quantities),
        span: text.source_span(one.span),
    }
}

fn pair(text: &Text<'_>, one: extract::Pair) -> PairRecord {
    PairRecord {
        eid: one.eid,
        givers: parties(text, one.givers),
        receivers: parties(text, one.receivers),
        relation: one.relation.into(),
        span: text.source_span(one.span),
    }
}

fn register(text: &Text<'_>, one: extract::Register) -> RegisterRecord {
    RegisterRecord {
        eid: one.eid,
        name: one.name,
        kind: one.kind.into(),
        verb: one.verb,
        keepers: parties(text, one.keepers),
        span: text.source_span(one.span),
    }
}
