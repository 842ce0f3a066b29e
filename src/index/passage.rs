//! What of a record a search shows and weighs.
//!
//! In: a [`Record`]. Out: its [`Passage`]s, in the order of the text, a passage a provision with its
//! duties and sanctions, in [`Chunk`]s small enough to be read for one hit. The library keeps them
//! beside the record, as the index holds no text. Not here: looking for anything.
//!
//! `第四条 省委和省人民政府对全省脱贫攻坚工作负总责` is a passage with the duty `对全省脱贫攻坚工作负总责`.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::record::{
    DutyRecord, NodeRecord, OrganizationRecord, PartyRecord, Record, SanctionRecord, Word,
};
use crate::span::SourceSpan;
use crate::structure;

/// A run of passages that are read together.
pub type Chunk = Vec<Passage>;

/// About how many bytes of text a chunk holds.
const CHUNK: usize = 4096;

/// How many passages a chunk holds at the most.
const PASSAGES: usize = 32;

/// A provision: an article, a level with its own text, a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// The node's identifier.
    pub eid: String,
    /// Its printed path: `第四条`, `一/（一）`.
    pub path: String,
    /// The document's title and the headings above it, a line each.
    pub above: String,
    /// Its heading.
    pub heading: Option<String>,
    /// Its text: its label, its heading, and what belongs to it.
    pub text: String,
    /// Where it stands.
    pub span: SourceSpan,
    /// The duties it sets.
    pub duties: Vec<PassageDuty>,
    /// The sanctions it sets.
    pub sanctions: Vec<PassageSanction>,
    /// Whom it names besides: those that are no party of its duties and sanctions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<Named>,
}

/// An organization that is no party of a duty: 镇人民政府 of `由镇人民政府作为保护责任人`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Canonical name.
    pub name: String,
    /// As printed.
    pub text: String,
    /// Where it is printed.
    pub span: SourceSpan,
}

/// A duty, as answers show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageDuty {
    /// Its place among the duties of its document, counted from 0.
    pub place: usize,
    /// The node it stands in.
    pub eid: String,
    /// The printed path of the provision.
    pub unit: String,
    /// Who bears it.
    pub bearers: Vec<Bearer>,
    /// Whether they were taken over from an earlier clause.
    pub inherited: bool,
    /// `lead`, `cooperate` …
    pub role: Word,
    /// `overall`, `primary` …
    pub responsibility: Option<Word>,
    /// `obligation`, `prohibition` …
    pub modality: Word,
    /// The predicate clause.
    pub action: String,
    /// Who receives a report, a filing, a request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Bearer>,
    /// The condition it stands under.
    pub condition: Option<String>,
    /// Where it stands.
    pub span: SourceSpan,
}

/// Who bears a duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bearer {
    /// Canonical name.
    pub name: String,
    /// As printed, where that differs.
    pub text: Option<String>,
    /// Its tier.
    pub level: Option<Word>,
}

/// A sanction, as answers show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageSanction {
    /// Whom it meets.
    pub subjects: Vec<String>,
    /// What follows.
    pub consequence: String,
    /// Who acts.
    pub by: Vec<String>,
    /// Where it stands.
    pub span: SourceSpan,
}

/// The passages of a record, in the order of the text.
pub fn passages(record: &Record) -> Vec<Passage> {
    let mut gathered = Gathered::default();
    for node in &record.outline {
        let title = record.title.as_deref().unwrap_or_default();
        gathered.provision(node, "", &mut format!("{title}\n"));
    }
    let Gathered { mut passages, owners } = gathered;
    // What stands in no provision would be lost: the first one takes it.
    let owner = |eid: &str| owners.get(eid).copied().unwrap_or_default();
    if !passages.is_empty() {
        for (place, duty) in record.duties.iter().enumerate() {
            passages[owner(&duty.eid)].duties.push(PassageDuty::of(place, duty));
        }
        for sanction in &record.sanctions {
            passages[owner(&sanction.eid)].sanctions.push(PassageSanction::of(sanction));
        }
        for named in others(record) {
            let owner = named.eid.as_deref().map_or(0, owner);
            passages[owner].named.push(Named {
                name: named.name.clone(),
                text: named.text.clone(),
                span: named.span,
            });
        }
    }
    passages
}

/// The organizations that are no party of a duty or a sanction, and no part of its name.
fn others(record: &Record) -> impl Iterator<Item = &OrganizationRecord> {
    let of_duties =
        record.duties.iter().flat_map(|duty| duty.bearers.iter().chain(&duty.recipients));
    let of_sanctions = record.sanctions.iter().flat_map(|one| one.subjects.iter().chain(&one.by));
    let mut known = of_duties.chain(of_sanctions).map(|party| party.span).collect::<Vec<_>>();
    known.sort_unstable_by_key(|span| (span.start, span.end));
    let within = move |span: SourceSpan| {
        let behind = known.partition_point(|known| known.start <= span.start);
        // Names are short: what holds a name begins not far before it.
        known[..behind].iter().rev().take(4).any(|known| known.end >= span.end)
    };
    record.organizations.iter().filter(move |named| named.eid.is_some() && !within(named.span))
}

/// Passages in chunks.
pub fn chunks(passages: Vec<Passage>) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut bytes = CHUNK;
    for passage in passages {
        if bytes >= CHUNK || chunks.last().is_none_or(|chunk| chunk.len() >= PASSAGES) {
            chunks.push(Chunk::new());
            bytes = 0;
        }
        bytes += passage.text.len();
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(passage);
        }
    }
    chunks
}

#[derive(Default)]
struct Gathered<'r> {
    passages: Vec<Passage>,
    /// Which passage a node belongs to.
    owners: FxHashMap<&'r str, usize>,
}

impl<'r> Gathered<'r> {
    /// A passage for the node and for all below it, except 款, 项 and 目, which belong to the
    /// provision they stand in.
    fn provision(&mut self, node: &'r NodeRecord, path: &str, above: &mut String) {
        let path = match &node.label {
            Some(label) => structure::step(&node.kind, label, path),
            None => path.to_owned(),
        };
        self.own(node, self.passages.len());
        self.passages.push(Passage {
            eid: node.eid.clone(),
            path: path.clone(),
            above: above.clone(),
            heading: node.heading.clone(),
            text: provision_text(node),
            span: node.span,
            duties: Vec::new(),
            sanctions: Vec::new(),
            named: Vec::new(),
        });
        let length = above.len();
        if let Some(heading) = &node.heading {
            above.extend([heading, "\n"]);
        }
        self.divisions(node, &path, above);
        above.truncate(length);
    }

    /// What below a node is a provision of its own.
    fn divisions(&mut self, node: &'r NodeRecord, path: &str, above: &mut String) {
        for child in &node.children {
            match is_part(child) {
                true => self.divisions(child, path, above),
                false => self.provision(child, path, above),
            }
        }
    }

    fn own(&mut self, node: &'r NodeRecord, passage: usize) {
        self.owners.insert(&node.eid, passage);
        for child in node.children.iter().filter(|child| is_part(child)) {
            self.own(child, passage);
        }
    }
}

/// Whether a node belongs to the provision it stands in: 款, 项, 目.
fn is_part(node: &NodeRecord) -> bool {
    matches!(&*node.kind, "paragraph" | "subparagraph" | "point")
}

/// The text of a provision, with what belongs to it: 款, 项, 目.
pub fn provision_text(node: &NodeRecord) -> String {
    let mut text = String::new();
    own_text(node, &mut text);
    text.truncate(text.trim_end().len());
    text
}

/// The text of a provision: the node's own, and what belongs to it, in the order of the text.
fn own_text(node: &NodeRecord, into: &mut String) {
    let pieces = [&node.label, &node.heading, &node.text];
    for piece in pieces.into_iter().flatten() {
        into.push_str(piece);
        into.push('\n');
    }
    for child in node.children.iter().filter(|child| is_part(child)) {
        own_text(child, into);
    }
    if let Some(tail) = &node.tail {
        into.push_str(tail);
        into.push('\n');
    }
}

impl PassageDuty {
    fn of(place: usize, duty: &DutyRecord) -> PassageDuty {
        PassageDuty {
            place,
            eid: duty.eid.clone(),
            unit: duty.unit.clone(),
            bearers: duty.bearers.iter().map(Bearer::of).collect(),
            inherited: duty.inherited,
            role: duty.role.clone(),
            responsibility: duty.responsibility.clone(),
            modality: duty.modality.clone(),
            action: duty.action.clone(),
            recipients: duty.recipients.iter().map(Bearer::of).collect(),
            condition: duty.condition.clone(),
            span: duty.span,
        }
    }
}

impl Bearer {
    fn of(party: &PartyRecord) -> Bearer {
        Bearer {
            name: party.name.clone(),
            text: (party.text != party.name).then(|| party.text.clone()),
            level: party.level.clone(),
        }
    }
}

impl PassageSanction {
    fn of(sanction: &SanctionRecord) -> PassageSanction {
        let names = |parties: &[PartyRecord]| parties.iter().map(|p| p.name.clone()).collect();
        PassageSanction {
            subjects: names(&sanction.subjects),
            consequence: sanction.consequence.clone(),
            by: names(&sanction.by),
            span: sanction.span,
        }
    }
}
