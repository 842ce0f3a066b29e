//! All facts of a document, put together.
//!
//! In: a text and a document. Out: [`Facts`]. Not here: any grammar.
//!
//! Region, date and short names come first: they decide how `省委` is read.

use super::organization::{self, Naming};
use super::{Citation, Facts, Organization, Party, Term, citation, force, provision, region, term};
use crate::structure::{Document, Field, Kind, Node};
use crate::text::{Passage, Text};

/// Finds the facts of a document.
pub fn facts(text: &Text<'_>, document: &Document) -> Facts {
    let passages = passages(text, document);
    let terms: Vec<Term> = passages.iter().flat_map(|(_, passage)| term::terms(passage)).collect();
    let citations: Vec<Citation> =
        passages.iter().flat_map(|(_, passage)| citation::citations(passage)).collect();
    let naming = naming(text, document, &terms);
    let issued = document.stated(Field::Issued).or(document.stated(Field::Published));
    let issued = issued.map(|statement| statement.value.as_str());
    let history = document.preface.iter().filter(|statement| statement.field == Field::History);
    let effective = passages
        .iter()
        .rev()
        .find_map(|(_, p)| force::effective(&p.text, issued))
        .or_else(|| history.filter_map(|statement| force::noted(&statement.value)).next_back());
    let expires =
        passages.iter().rev().find_map(|(_, p)| force::expires(&p.text, effective.as_deref()));
    let read = provision::read(text, document, &naming);
    Facts {
        issuers: parties(document, Field::Issuer, &naming),
        addressees: addressees(document),
        effective,
        expires,
        organizations: organizations(&passages, &naming),
        duties: read.duties,
        sanctions: read.sanctions,
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
    Naming {
        region: region::document_region(title, &issuers, text.slice(document.span)),
        date,
        aliases: terms.iter().map(|term| (term.term.clone(), term.meaning.clone())).collect(),
    }
}

/// The passages of a document with the node each stands in, in the order of the text.
fn passages<'t>(text: &'t Text<'_>, document: &'t Document) -> Vec<(&'t Node, Passage<'t>)> {
    let mut found = Vec::new();
    for node in &document.outline {
        collect(text, node, &mut found);
    }
    found
}

fn collect<'t>(text: &'t Text<'_>, node: &'t Node, found: &mut Vec<(&'t Node, Passage<'t>)>) {
    if !node.text.is_empty() {
        found.push((node, Passage::new(text, &node.text)));
    }
    for child in &node.children {
        collect(text, child, found);
    }
    if !node.tail.is_empty() {
        found.push((node, Passage::new(text, &node.tail)));
    }
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
fn organizations(passages: &[(&Node, Passage<'_>)], naming: &Naming) -> Vec<Organization> {
    let mut found = Vec::new();
    for (node, passage) in passages {
        let eid = if node.kind == Kind::Preamble { String::new() } else { node.eid.clone() };
        for group in organization::groups(&passage.text, naming) {
            found.extend(group.mentions.into_iter().map(|mention| Organization {
                party: Party {
                    text: passage.text[mention.range.clone()].to_owned(),
                    span: passage.span(mention.range),
                    name: mention.name,
                    level: mention.level,
                },
                kind: mention.kind,
                region: mention.region,
                eid: eid.clone(),
            }));
        }
    }
    found
}
