//! A document and its facts as a record.
//!
//! In: [`Text`], [`Document`], [`Facts`]. Out: [`Record`]; all spans in code points of the
//! source. Not here: finding anything.

use sha2::{Digest, Sha256};

use super::*;
use crate::diagnostic::Diagnostic;
use crate::extract::{Duty, Facts, Party, Quantity};
use crate::span::Span;
use crate::structure::{Document, Field, Kind, Node};
use crate::text::{Passage, Script, Text};

/// Writes a document as a record. `path` is the file's as given.
pub(crate) fn build(path: &str, text: &Text<'_>, document: &Document, facts: &Facts) -> Record {
    let id = identify(text, document);
    let script = text.script(document.span);
    let outline = document.outline.iter().map(|n| node(text, script, n)).collect();
    let stated = |field| document.stated(field).map(|statement| statement.value.clone());
    let source = text.source();
    let spans = |span: Span| text.source_span(span);
    let parties = |list: &[Party]| list.iter().map(|p| party(text, p)).collect::<Vec<_>>();
    Record {
        source: SourceRecord {
            path: path.to_owned(),
            sha256: source.sha256.clone(),
            encoding: source.encoding.to_owned(),
            media_type: source.media_type.to_owned(),
            n: document.n,
            span: spans(document.span),
        },
        title: document.title.clone(),
        genre: document.genre.as_str().to_owned(),
        kind: document.kind.clone(),
        status: if document.draft.is_some() { "draft" } else { "issued" }.to_owned(),
        status_text: document.draft.clone(),
        region: facts.region.as_ref().map(|region| RegionRecord {
            code: region.code.clone(),
            name: region.name.clone(),
            level: region.level.as_str().to_owned(),
        }),
        issuers: parties(&facts.issuers),
        number: stated(Field::Number),
        addressees: parties(&facts.addressees),
        dates: Dates {
            issued: stated(Field::Issued),
            published: stated(Field::Published),
            effective: facts.effective.clone(),
            expires: facts.expires.clone(),
        },
        script: match script {
            Script::Hans => "hans",
            Script::Hant => "hant",
            Script::Mixed => "mixed",
        }
        .to_owned(),
        preface: document
            .preface
            .iter()
            .map(|statement| StatementRecord {
                field: statement.field.as_str().to_owned(),
                value: statement.value.clone(),
                span: spans(statement.span),
            })
            .collect(),
        outline,
        organizations: facts
            .organizations
            .iter()
            .map(|organization| OrganizationRecord {
                name: organization.party.name.clone(),
                text: organization.party.text.clone(),
                level: organization.party.level.map(|level| level.as_str().to_owned()),
                region: organization.region.clone(),
                kind: organization.kind.as_str().to_owned(),
                span: spans(organization.party.span),
                eid: Some(organization.eid.clone()).filter(|eid| !eid.is_empty()),
            })
            .collect(),
        duties: facts.duties.iter().enumerate().map(|(at, d)| duty(text, &id, at, d)).collect(),
        citations: facts
            .citations
            .iter()
            .map(|citation| CitationRecord {
                title: citation.title.clone(),
                number: citation.number.clone(),
                article: citation.article.clone(),
                relation: citation.relation.as_str().to_owned(),
                span: spans(citation.span),
            })
            .collect(),
        sanctions: facts
            .sanctions
            .iter()
            .map(|sanction| SanctionRecord {
                eid: sanction.eid.clone(),
                subjects: parties(&sanction.subjects),
                conditions: sanction.conditions.clone(),
                consequence: sanction.consequence.clone(),
                by: parties(&sanction.by),
                span: spans(sanction.span),
            })
            .collect(),
        terms: facts
            .terms
            .iter()
            .map(|term| TermRecord {
                term: term.term.clone(),
                meaning: term.meaning.clone(),
                span: spans(term.span),
            })
            .collect(),
        discarded: document
            .discarded
            .iter()
            .map(|&(reason, span)| DiscardedRecord {
                reason: reason.as_str().to_owned(),
                span: spans(span),
            })
            .collect(),
        diagnostics: document
            .diagnostics
            .iter()
            .chain(text.diagnostics().iter().filter(|d| document.span.contains(d.span)))
            .map(|d| diagnostic(text, d))
            .collect(),
        id,
    }
}

/// The digest of what the outline says, so that the same text from another site or in the other
/// script is the same document.
fn identify(text: &Text<'_>, document: &Document) -> String {
    let mut digest = Sha256::new();
    let mut fold = |pieces: &[Span]| {
        for piece in pieces {
            let kept: String = text.slice(*piece).chars().filter(|c| c.is_alphanumeric()).collect();
            digest.update(kept.as_bytes());
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

fn node(text: &Text<'_>, script: Script, node: &Node) -> NodeRecord {
    let joined = |pieces: &[Span]| {
        (!pieces.is_empty()).then(|| Passage::new(text, pieces).text.into_owned())
    };
    let body = joined(&node.text);
    let original = match script {
        Script::Hans => None,
        _ => Some(node.text.iter().map(|piece| text.original(*piece)).collect::<String>())
            .filter(|original| body.as_ref().is_some_and(|body| body != original)),
    };
    NodeRecord {
        eid: node.eid.clone(),
        kind: node.kind.as_str().to_owned(),
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

fn party(text: &Text<'_>, party: &Party) -> PartyRecord {
    PartyRecord {
        name: party.name.clone(),
        text: party.text.clone(),
        level: party.level.map(|level| level.as_str().to_owned()),
        span: text.source_span(party.span),
    }
}

fn duty(text: &Text<'_>, id: &str, at: usize, duty: &Duty) -> DutyRecord {
    let quantity = |quantity: &Quantity| QuantityRecord {
        text: quantity.text.clone(),
        value: quantity.value.clone(),
        unit: quantity.unit.clone(),
        comparison: quantity.comparison.to_owned(),
        span: text.source_span(quantity.span),
    };
    DutyRecord {
        id: format!("{id}.{}", at + 1),
        eid: duty.eid.clone(),
        unit: duty.unit.clone(),
        bearers: duty.bearers.iter().map(|p| party(text, p)).collect(),
        inherited: duty.inherited,
        role: duty.role.as_str().to_owned(),
        responsibility: duty.responsibility.map(|kind| kind.as_str().to_owned()),
        modality: duty.modality.as_str().to_owned(),
        action: duty.action.clone(),
        recipients: duty.recipients.iter().map(|p| party(text, p)).collect(),
        frequency: duty.frequency.clone(),
        deadline: duty.deadline.clone(),
        quantities: duty.quantities.iter().map(quantity).collect(),
        condition: duty.condition.clone(),
        rule: duty.rule.to_owned(),
        span: text.source_span(duty.span),
    }
}

fn diagnostic(text: &Text<'_>, diagnostic: &Diagnostic) -> DiagnosticRecord {
    DiagnosticRecord {
        code: diagnostic.code.as_str().to_owned(),
        severity: diagnostic.code.severity().as_str().to_owned(),
        message: diagnostic.message.clone(),
        span: text.source_span(diagnostic.span),
    }
}
