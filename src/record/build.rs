//! A document and its facts as a record.
//!
//! In: [`Text`], [`Document`], [`Facts`]. Out: [`Record`]; all spans in code points of the
//! source. Not here: finding anything.

use sha2::{Digest, Sha256};

use super::*;
use crate::diagnostic::Diagnostic;
use crate::extract::{
    Citation, Duty, Facts, Organization, Party, Quantity, Region, Sanction, Scope, Term,
};
use crate::span::Span;
use crate::structure::{Document, Field, Kind, Node, Reason, Statement};
use crate::text::{self, Script, Text};

/// Writes a document as a record. `path` is the file's as given.
pub fn build(path: &str, text: &Text<'_>, document: &Document, facts: Facts) -> Record {
    let id = identify(text, document);
    let script = text.script(document.span);
    Record {
        source: source(path, text, document),
        title: document.title.clone(),
        genre: document.genre.as_str().into(),
        kind: document.kind.clone(),
        status: if document.draft.is_some() { "draft" } else { "issued" }.into(),
        status_text: document.draft.clone(),
        region: facts.region.map(region),
        issuers: parties(text, facts.issuers),
        number: stated(document, Field::Number),
        addressees: parties(text, facts.addressees),
        dates: Dates {
            issued: stated(document, Field::Issued),
            published: stated(document, Field::Published),
            effective: facts.effective,
            expires: facts.expires,
        },
        script: script_name(script).into(),
        preface: document.preface.iter().map(|one| statement(text, one)).collect(),
        outline: document.outline.iter().map(|one| node(text, script, one)).collect(),
        organizations: facts.organizations.into_iter().map(|one| organization(text, one)).collect(),
        duties: facts.duties.into_iter().zip(1..).map(|(one, n)| duty(text, &id, n, one)).collect(),
        citations: facts.citations.into_iter().map(|one| citation(text, one)).collect(),
        sanctions: facts.sanctions.into_iter().map(|one| sanction(text, one)).collect(),
        terms: facts.terms.into_iter().map(|one| term(text, one)).collect(),
        scope: facts.scope.into_iter().map(|one| scope(text, one)).collect(),
        interpreters: parties(text, facts.interpreters),
        tables: tables::build(text, facts.tables),
        discarded: document.discarded.iter().map(|one| discarded(text, one)).collect(),
        diagnostics: diagnostics(text, document),
        id,
    }
}

/// The digest of what the outline says, so that the same text from another site or in the other
/// script is the same document.
fn identify(text: &Text<'_>, document: &Document) -> String {
    let (mut digest, mut folded) = (Sha256::new(), String::new());
    let mut fold = |pieces: &[Span]| {
        for piece in pieces {
            folded.clear();
            self::fold(text.slice(*piece), &mut folded);
            digest.update(&folded);
        }
    };
    for node in document.nodes() {
        if let Some(label) = node.label {
            fold(&[label]);
        }
        fold(&node.heading);
        fold(&node.text);
        fold(&node.tail);
    }
    let digest = digest.finalize();
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds what the digest keeps of a text: letters and digits.
fn fold(mut text: &str, folded: &mut String) {
    while let Some(length) = text.chars().next().map(char::len_utf8) {
        let told = told(text);
        folded.push_str(&text[..told]);
        text = &text[if told > 0 { told } else { length }..];
    }
}

/// The length of the letters and digits at the head of a text. Nearly all are hanzi, from U+4E00 to U+9FFF,
/// which their first two bytes tell; the table of letters is slow.
fn told(text: &str) -> usize {
    let hanzi =
        |three: &&[u8; 3]| (0xe4b8..=0xe9bf).contains(&u16::from_be_bytes([three[0], three[1]]));
    let hanzi = 3 * text.as_bytes().as_chunks().0.iter().take_while(hanzi).count();
    let rest = text[hanzi..].chars().next().filter(|one| text::is_told(*one));
    hanzi + rest.map_or(0, char::len_utf8)
}

fn source(path: &str, text: &Text<'_>, document: &Document) -> SourceRecord {
    let source = text.source();
    SourceRecord {
        path: path.to_owned(),
        sha256: source.sha256.clone(),
        encoding: source.encoding.into(),
        media_type: source.media_type.into(),
        n: document.n,
        span: text.source_span(document.span),
    }
}

fn region(region: Region) -> RegionRecord {
    RegionRecord {
        code: region.code.into(),
        name: region.name.into(),
        level: region.level.as_str().into(),
    }
}

fn stated(document: &Document, field: Field) -> Option<String> {
    document.stated(field).map(|statement| statement.value.clone())
}

fn script_name(script: Script) -> &'static str {
    match script {
        Script::Hans => "hans",
        Script::Hant => "hant",
        Script::Mixed => "mixed",
    }
}

fn statement(text: &Text<'_>, statement: &Statement) -> StatementRecord {
    StatementRecord {
        field: statement.field.as_str().into(),
        value: statement.value.clone(),
        span: text.source_span(statement.span),
    }
}

fn node(text: &Text<'_>, script: Script, node: &Node) -> NodeRecord {
    let joined = |pieces: &[Span]| {
        let texts = pieces.iter().map(|piece| text.slice(*piece));
        (!pieces.is_empty()).then(|| texts.collect::<String>())
    };
    let body = joined(&node.text);
    let original = match script {
        Script::Hans => None,
        _ => Some(node.text.iter().map(|piece| text.original(*piece)).collect::<String>())
            .filter(|original| body.as_ref().is_some_and(|body| body != original)),
    };
    NodeRecord {
        eid: node.eid.clone(),
        kind: node.kind.as_str().into(),
        label: node.label.map(|label| text.slice(label).to_owned()),
        number: node.number,
        branch: node.branch,
        depth: (node.kind == Kind::Level).then_some(node.depth),
        heading: joined(&node.heading),
        text: body,
        original,
        children: node.children.iter().map(|child| self::node(text, script, child)).collect(),
        tail: joined(&node.tail),
        span: text.source_span(node.span),
    }
}

pub(super) fn parties(text: &Text<'_>, list: Vec<Party>) -> Vec<PartyRecord> {
    list.into_iter().map(|one| party(text, one)).collect()
}

fn party(text: &Text<'_>, party: Party) -> PartyRecord {
    PartyRecord {
        name: party.name,
        text: party.text,
        level: party.level.map(|level| level.as_str().into()),
        span: text.source_span(party.span),
    }
}

fn organization(text: &Text<'_>, organization: Organization) -> OrganizationRecord {
    let PartyRecord { name, text: printed, level, span } = party(text, organization.party);
    OrganizationRecord {
        name,
        text: printed,
        level,
        region: organization.region.map(Into::into),
        kind: organization.kind.as_str().into(),
        span,
        eid: Some(organization.eid).filter(|eid| !eid.is_empty()),
    }
}

pub(super) fn quantities(text: &Text<'_>, list: Vec<Quantity>) -> Vec<QuantityRecord> {
    let quantity = |quantity: Quantity| QuantityRecord {
        text: quantity.text,
        value: quantity.value,
        unit: quantity.unit,
        comparison: quantity.comparison.into(),
        span: text.source_span(quantity.span),
    };
    list.into_iter().map(quantity).collect()
}

fn duty(text: &Text<'_>, id: &str, n: usize, duty: Duty) -> DutyRecord {
    DutyRecord {
        id: [id, ".", &n.to_string()].concat(),
        eid: duty.eid,
        unit: duty.unit,
        bearers: parties(text, duty.bearers),
        inherited: duty.inherited,
        role: duty.role.as_str().into(),
        responsibility: duty.responsibility.map(|kind| kind.as_str().into()),
        modality: duty.modality.as_str().into(),
        action: duty.action,
        recipients: parties(text, duty.recipients),
        frequency: duty.frequency,
        deadline: duty.deadline,
        deadline_date: duty.deadline_date,
        quantities: quantities(text, duty.quantities),
        condition: duty.condition,
        reported: duty.reported,
        rule: duty.rule.into(),
        span: text.source_span(duty.span),
    }
}

fn citation(text: &Text<'_>, citation: Citation) -> CitationRecord {
    CitationRecord {
        title: citation.title,
        number: citation.number,
        article: citation.article,
        relation: citation.relation.as_str().into(),
        span: text.source_span(citation.span),
    }
}

fn sanction(text: &Text<'_>, sanction: Sanction) -> SanctionRecord {
    SanctionRecord {
        eid: sanction.eid,
        subjects: parties(text, sanction.subjects),
        conditions: sanction.conditions,
        consequence: sanction.consequence,
        by: parties(text, sanction.by),
        span: text.source_span(sanction.span),
    }
}

fn term(text: &Text<'_>, term: Term) -> TermRecord {
    TermRecord { term: term.term, meaning: term.meaning, span: text.source_span(term.span) }
}

fn scope(text: &Text<'_>, scope: Scope) -> ScopeRecord {
    ScopeRecord { text: scope.text, eid: scope.eid, span: text.source_span(scope.span) }
}

fn discarded(text: &Text<'_>, &(reason, span): &(Reason, Span)) -> DiscardedRecord {
    DiscardedRecord { reason: reason.as_str().into(), span: text.source_span(span) }
}

/// What was noticed of the document, and of the text where it stands.
fn diagnostics(text: &Text<'_>, document: &Document) -> Vec<DiagnosticRecord> {
    let of_text = text.diagnostics().iter().filter(|one| document.span.contains(one.span));
    document.diagnostics.iter().chain(of_text).map(|one| diagnostic(text, one)).collect()
}

fn diagnostic(text: &Text<'_>, diagnostic: &Diagnostic) -> DiagnosticRecord {
    DiagnosticRecord {
        code: diagnostic.code.as_str().into(),
        severity: diagnostic.code.severity().as_str().into(),
        message: diagnostic.message.clone(),
        span: text.source_span(diagnostic.span),
    }
}
