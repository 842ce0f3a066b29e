//! All facts of a document, put together.
//!
//! In: a text and a document. Out: [`Facts`]. Not here: any grammar.
//!
//! Region, date and short names come first: they decide how `省委` is read.

use std::cell::OnceCell;

use super::organization::{self, Alias, Aliases, Group, Naming, Subjects};
use super::sentence::{self, Sentence};
use super::{
    Citation, Facts, Organization, Party, Scope, Term, about, citation, force, provision, region,
    sanction, tabulate, term,
};
use crate::span::Span;
use crate::structure::{Document, Field, Kind, Node};
use crate::text::{Passage, Text};

/// Finds the facts of a document.
pub fn facts(text: &Text<'_>, document: &Document) -> Facts {
    let mut passages = passages(text, document);
    let terms: Vec<Term> = passages.iter().flat_map(|told| term::terms(&told.passage)).collect();
    let citations: Vec<Citation> =
        passages.iter().flat_map(|told| citation::citations(&told.passage)).collect();
    let naming = naming(text, document, &terms);
    for told in &mut passages {
        told.groups = organization::groups_of(&told.passage, &naming);
    }
    let issued = document.stated(Field::Issued).or(document.stated(Field::Published));
    let issued = issued.map(|statement| statement.value.as_str());
    let history = document.preface.iter().filter(|statement| statement.field == Field::History);
    let effective = passages
        .iter()
        .rev()
        .find_map(|told| force::effective(&told.passage.text, issued))
        .or_else(|| history.filter_map(|statement| force::noted(&statement.value)).next_back());
    let expires = passages
        .iter()
        .rev()
        .find_map(|told| force::expires(&told.passage.text, effective.as_deref()));
    let duties = provision::read(text, document, &naming, &passages);
    let mut scope: Vec<Scope> = Vec::new();
    passages.iter().for_each(|told| about::scopes(told, &mut scope));
    let explained = passages.iter().rev().map(|told| about::interpreters(told, &naming));
    let interpreters = explained.into_iter().find(|all| !all.is_empty());
    let sanctions = sanction::sanctions(&passages, &naming);
    Facts {
        scope,
        interpreters: interpreters.unwrap_or_default(),
        tables: tabulate::tables(&duties, &passages),
        issuers: parties(document, Field::Issuer, &naming),
        addressees: addressees(document),
        effective,
        expires,
        organizations: organizations(passages),
        duties,
        sanctions,
        citations,
        terms,
        region: naming.region,
    }
}

/// How the names of a document are read: its region, its date, its own short names.
fn naming(text: &Text<'_>, document: &Document, terms: &[Term]) -> Naming {
    let title = document.title.as_deref().unwrap_or_default();
    let issuers: Vec<&str> = document
        .preface
        .iter()
        .filter(|statement| statement.field == Field::Issuer)
        .map(|statement| statement.value.as_str())
        .collect();
    let date = [Field::Issued, Field::Published]
        .iter()
        .find_map(|field| document.stated(*field))
        .map(|statement| statement.value.clone());
    let carrier = document.carrier.as_deref();
    Naming {
        town: region::town(title).or_else(|| carrier.and_then(region::town)),
        institution: is_of_institution(title, &issuers)
            || carrier.is_some_and(|carrier| is_of_institution(carrier, &[])),
        region: region::document_region(title, &issuers, carrier, text.slice(document.span)),
        date,
        aliases: Aliases::new(
            terms.iter().map(|term| Alias::new(&term.term, &term.meaning)).collect(),
        ),
        subjects: Subjects::default(),
    }
}

/// Whether a document is of a school, a company, a development zone, by whom its title or its signature names.
fn is_of_institution(title: &str, issuers: &[&str]) -> bool {
    const ENDS: [&str; 11] = [
        "开发区",
        "高新区",
        "园区",
        "学院",
        "大学",
        "学校",
        "中学",
        "小学",
        "医院",
        "公司",
        "集团",
    ];
    let named = title.split_once("关于").map_or("", |(name, _)| name);
    std::iter::once(&named).chain(issuers).any(|name| {
        let name = name.trim_end_matches(['管', '理', '委', '员', '会', '党', '工']);
        ENDS.iter().any(|end| name.ends_with(end))
    })
}

/// A passage of a document, and who is named in it.
pub(super) struct Told<'t> {
    /// The node it stands in.
    pub(super) node: &'t Node,
    pub(super) passage: Passage<'t>,
    pub(super) groups: Vec<Group>,
    /// Where it begins in the normalised text.
    start: usize,
    sentences: OnceCell<Vec<Sentence>>,
}

impl Told<'_> {
    /// Its sentences, which are cut, and their clauses read, where first asked for.
    pub(super) fn sentences(&self) -> &[Sentence] {
        self.sentences.get_or_init(|| sentence::sentences(&self.passage.text))
    }
}

/// The passage that these pieces make, if it is one of the document's.
pub(super) fn told<'a, 't>(passages: &'a [Told<'t>], pieces: &[Span]) -> Option<&'a Told<'t>> {
    let start = pieces.first()?.start;
    passages.binary_search_by_key(&start, |told| told.start).ok().map(|at| &passages[at])
}

/// The passages of a document, in the order of the text.
fn passages<'t>(text: &'t Text<'_>, document: &'t Document) -> Vec<Told<'t>> {
    let mut found = Vec::new();
    for node in &document.outline {
        collect(text, node, &mut found);
    }
    found
}

fn collect<'t>(text: &'t Text<'_>, node: &'t Node, found: &mut Vec<Told<'t>>) {
    let tell = |pieces: &[Span], found: &mut Vec<Told<'t>>| {
        if let Some(first) = pieces.first() {
            let passage = Passage::new(text, pieces);
            let (groups, sentences) = (Vec::new(), OnceCell::new());
            found.push(Told { node, passage, groups, start: first.start, sentences });
        }
    };
    tell(&node.text, found);
    for child in &node.children {
        collect(text, child, found);
    }
    tell(&node.tail, found);
}

/// The organizations of the preface in one field, by their canonical names.
fn parties(document: &Document, field: Field, naming: &Naming) -> Vec<Party> {
    let stated = document.preface.iter().filter(|statement| statement.field == field);
    let mut found: Vec<Party> = Vec::new();
    for statement in stated {
        let party = match organization::party(&statement.value, naming) {
            Some(mention) => Party {
                name: mention.name,
                text: statement.value.clone(),
                level: mention.level,
                span: statement.span,
            },
            None => as_printed(&statement.value, statement.span),
        };
        if found.iter().all(|known| known.name != party.name) {
            found.push(party);
        }
    }
    found
}

/// To whom it is addressed, as printed: 各镇人民政府 is a form of address, not a name.
fn addressees(document: &Document) -> Vec<Party> {
    document
        .preface
        .iter()
        .filter(|statement| statement.field == Field::Addressee)
        .map(|statement| as_printed(&statement.value, statement.span))
        .collect()
}

fn as_printed(value: &str, span: crate::span::Span) -> Party {
    Party { name: value.to_owned(), text: value.to_owned(), level: None, span }
}

/// The organizations named in the body.
fn organizations(passages: Vec<Told<'_>>) -> Vec<Organization> {
    let groups = passages.iter().flat_map(|told| &told.groups);
    let mut found = Vec::with_capacity(groups.map(|group| group.mentions.len()).sum());
    for Told { node, passage, groups, .. } in passages {
        let eid = if node.kind == Kind::Preamble { "" } else { node.eid.as_str() };
        for group in groups {
            found.extend(group.mentions.into_iter().map(|mention| Organization {
                party: Party {
                    text: passage.text[mention.range.clone()].to_owned(),
                    span: passage.span(mention.range),
                    name: mention.name,
                    level: mention.level,
                },
                kind: mention.kind,
                region: mention.region,
                eid: eid.to_owned(),
            }));
        }
    }
    found
}
