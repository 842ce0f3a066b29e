//! The JSON contract: floor 4.
//!
//! In: a document and its facts. Out: a [`Record`], whose schema is
//! `schemas/document.schema.json`. This module alone turns spans of the normalised text into
//! spans of the source ([`SourceSpan`]: code points of the decoded text). Not here: reading
//! files, the library.
//!
//! `{"id": "53c1…", "title": "湖南省脱贫攻坚责任制实施细则", "duties": [{"unit": "第四条", …}], …}`

mod build;
mod tables;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::span::SourceSpan;
use crate::structure;

pub use build::build;
pub use tables::{PairRecord, PartRecord, RegisterRecord, ReportRecord, Tables, TargetRecord};

/// A word of the contract, as `chapter` or `responsible`: one of few, so that writing it copies nothing.
pub type Word = Cow<'static, str>;

/// One document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// 16 hex digits of the digest of the folded text of its outline.
    pub id: String,
    /// Where it was read.
    pub source: SourceRecord,
    /// Its title.
    pub title: Option<String>,
    /// `regulation`, `opinion`, `notice`, `report`, `news`, `other`
    pub genre: Word,
    /// 文种
    pub kind: Option<String>,
    /// `issued` or `draft`
    pub status: Word,
    /// The draft's own word for it: `征求意见稿`
    pub status_text: Option<String>,
    /// Whose rule it is.
    pub region: Option<RegionRecord>,
    /// Who issued it.
    pub issuers: Vec<PartyRecord>,
    /// 发文字号
    pub number: Option<String>,
    /// To whom it is addressed.
    pub addressees: Vec<PartyRecord>,
    /// Its dates.
    pub dates: Dates,
    /// `hans`, `hant`, `mixed`
    pub script: Word,
    /// What the preface and the signature state, each with its place.
    pub preface: Vec<StatementRecord>,
    /// Its body.
    pub outline: Vec<NodeRecord>,
    /// The organizations it names.
    pub organizations: Vec<OrganizationRecord>,
    /// Who owes what.
    pub duties: Vec<DutyRecord>,
    /// The texts it speaks of.
    pub citations: Vec<CitationRecord>,
    /// What follows a breach.
    pub sanctions: Vec<SanctionRecord>,
    /// The words it defines.
    pub terms: Vec<TermRecord>,
    /// What it covers.
    #[serde(default)]
    pub scope: Vec<ScopeRecord>,
    /// Who explains it.
    #[serde(default)]
    pub interpreters: Vec<PartyRecord>,
    /// What it tabulates itself.
    #[serde(default)]
    pub tables: Tables,
    /// What in its stretch of the source is no part of it.
    pub discarded: Vec<DiscardedRecord>,
    /// Oddities.
    pub diagnostics: Vec<DiagnosticRecord>,
}

/// Where a document was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// The path as given.
    pub path: String,
    /// The digest of the file's bytes.
    pub sha256: String,
    /// Its encoding.
    pub encoding: Word,
    /// Its media type.
    pub media_type: Word,
    /// Which document of the file: 1, 2 …
    pub n: usize,
    /// The document's stretch of the decoded file.
    pub span: SourceSpan,
}

/// A region of GB/T 2260.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionRecord {
    /// Six digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub level: Word,
}

/// ISO 8601 dates; null where the text gives none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dates {
    /// 成文日期
    pub issued: Option<String>,
    /// When the page was put out.
    pub published: Option<String>,
    /// From when it holds.
    pub effective: Option<String>,
    /// Until when it holds.
    pub expires: Option<String>,
}

/// An organization, post or class at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartyRecord {
    /// Canonical name.
    pub name: String,
    /// As printed, in simplified characters.
    pub text: String,
    /// Its tier.
    pub level: Option<Word>,
    /// Where it is printed.
    pub span: SourceSpan,
}

/// A fact that preface or signature state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementRecord {
    /// Which fact: `title`, `issuer`, `number` …
    pub field: Word,
    /// Its value.
    pub value: String,
    /// Where it stands.
    pub span: SourceSpan,
}

/// A node of the outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeRecord {
    /// Its identifier, unique in the document.
    pub eid: String,
    /// `chapter`, `article`, `paragraph` …
    pub kind: Word,
    /// `第四条`
    pub label: Option<String>,
    /// 4
    pub number: Option<u32>,
    /// The N of 之N.
    pub branch: Option<u32>,
    /// Of a level, 1 to 4.
    pub depth: Option<u8>,
    /// `总则`
    pub heading: Option<String>,
    /// The text before its children.
    pub text: Option<String>,
    /// `text` as the source has it, where that differs in script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// What hangs below it.
    pub children: Vec<NodeRecord>,
    /// The text after its children.
    pub tail: Option<String>,
    /// From its first character to its last.
    pub span: SourceSpan,
}

impl NodeRecord {
    /// The node and all below it, in the order of the text.
    pub fn walk(&self) -> impl Iterator<Item = &NodeRecord> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            stack.extend(node.children.iter().rev());
            Some(node)
        })
    }
}

/// The nodes from the top of a record's outline down to `eid`; none where it isn't there.
fn path_to<'r>(record: &'r Record, eid: &str) -> Vec<&'r NodeRecord> {
    fn descend<'r>(nodes: &'r [NodeRecord], eid: &str, path: &mut Vec<&'r NodeRecord>) -> bool {
        for node in nodes {
            path.push(node);
            if node.eid == eid || descend(&node.children, eid, path) {
                return true;
            }
            path.pop();
        }
        false
    }
    let mut path = Vec::new();
    descend(&record.outline, eid, &mut path);
    path
}

/// The printed path of a node, as [`DutyRecord::unit`] has it: `第四条（二）`, `一/（一）/8`; of a
/// heading above the articles its own label, `第二章`.
pub fn printed_path(record: &Record, eid: &str) -> String {
    path_to(record, eid).into_iter().fold(String::new(), |above, node| match &node.label {
        Some(label) => structure::step(&node.kind, label, &above),
        None => above,
    })
}

/// An organization that the text names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganizationRecord {
    /// Canonical name.
    pub name: String,
    /// As printed.
    pub text: String,
    /// Its tier.
    pub level: Option<Word>,
    /// The code of its region.
    pub region: Option<String>,
    /// What sort it is.
    pub kind: Word,
    /// Where it is printed.
    pub span: SourceSpan,
    /// The node it stands in; null in the preface.
    pub eid: Option<String>,
}

/// A number that a duty sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityRecord {
    /// As printed.
    pub text: String,
    /// In decimal digits.
    pub value: String,
    /// As printed.
    pub unit: String,
    /// `at_least`, `at_most`, `more_than`, `less_than`, `exactly`
    pub comparison: Word,
    /// Where it stands.
    pub span: SourceSpan,
}

/// Who owes what; its own schema is `schemas/duty.schema.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DutyRecord {
    /// The document's id, a dot, and the duty's place in it: `53c1….12`.
    pub id: String,
    /// The node it stands in.
    pub eid: String,
    /// The printed path of the provision.
    pub unit: String,
    /// Who bears it.
    pub bearers: Vec<PartyRecord>,
    /// Whether they were taken over from an earlier clause.
    pub inherited: bool,
    /// `lead`, `cooperate`, `participate`, `responsible`
    pub role: Word,
    /// `overall`, `primary`, `foremost`, `first`, `direct`, `leadership`
    pub responsibility: Option<Word>,
    /// `obligation`, `prohibition`, `permission`, `encouragement`
    pub modality: Word,
    /// The predicate clause.
    pub action: String,
    /// Who receives a report, a signature, a filing.
    pub recipients: Vec<PartyRecord>,
    /// `每年`
    pub frequency: Option<String>,
    /// `到2019年底`
    pub deadline: Option<String>,
    /// The day the deadline ends with, ISO 8601, where its year is printed.
    #[serde(default)]
    pub deadline_date: Option<String>,
    /// Numbers it sets.
    pub quantities: Vec<QuantityRecord>,
    /// The condition it stands under.
    pub condition: Option<String>,
    /// Whether a text of news or a report tells it of a rule.
    #[serde(default)]
    pub reported: bool,
    /// The rule that found it.
    pub rule: Word,
    /// Where it stands.
    pub span: SourceSpan,
}

/// Another text that this one speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CitationRecord {
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// The provision.
    pub article: Option<String>,
    /// `basis`, `refers`, `amends`, `repeals`
    pub relation: Word,
    /// Where.
    pub span: SourceSpan,
}

/// What follows a breach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SanctionRecord {
    /// The node it stands in.
    pub eid: String,
    /// Whom it meets.
    pub subjects: Vec<PartyRecord>,
    /// The situations.
    pub conditions: Vec<String>,
    /// What follows.
    pub consequence: String,
    /// Who acts.
    pub by: Vec<PartyRecord>,
    /// Where.
    pub span: SourceSpan,
}

/// A word that the text defines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermRecord {
    /// The word.
    pub term: String,
    /// What it stands for.
    pub meaning: String,
    /// Where.
    pub span: SourceSpan,
}

/// What the text covers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScopeRecord {
    /// The sentence.
    pub text: String,
    /// The node it stands in.
    pub eid: String,
    /// Where.
    pub span: SourceSpan,
}

/// What is no part of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscardedRecord {
    /// Why.
    pub reason: Word,
    /// Where.
    pub span: SourceSpan,
}

/// An oddity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiagnosticRecord {
    /// What kind: `number_gap`
    pub code: Word,
    /// `info` or `warning`
    pub severity: Word,
    /// A lowercase sentence.
    pub message: String,
    /// Where.
    pub span: SourceSpan,
}
