//! One document after another: where the parts of this stage come together.
//!
//! In: a [`Text`]. Out: its [`Document`]s. Not here: any rule of the language; those are in the
//! modules that this one calls.
//!
//! A notice with two instruments gives three documents; the instruments take issuer, number and
//! date from the notice.

use super::line::{Layout, Line};
use super::preface::Preface;
use super::split::Part;
use super::{
    Document, Field, Node, Reason, Statement, candidate, diagnose, event, genre, glued, heading,
    identify, leftover, line, noise, outline, preface, split,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::text::Text;

/// Takes a text apart into its documents. A text with any character gives at least one.
pub fn documents(text: &Text<'_>) -> Vec<Document> {
    let (lines, around) = noise::surroundings(text, line::lines(text));
    let (lines, leftover) = leftover::clear(text, lines);
    let quoted = candidate::quotations(text.as_str());
    let parts = split::split(text, &lines, &quoted);
    let mut found: Vec<Document> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        if part.rows.is_empty() {
            continue;
        }
        let start = if index == 0 { 0 } else { lines[part.rows.start].span.start };
        let end = match parts.get(index + 1) {
            Some(next) => lines[next.rows.start].span.start,
            None => text.as_str().len(),
        };
        let n = found.len() + 1;
        let stretch = Span::new(start, end);
        let aside = within(&leftover, stretch);
        let document = document(text, &lines[part.rows.clone()], part, &quoted, aside);
        let mut document = Document { n, span: stretch, ..document };
        let around = within(&around, stretch).iter();
        document.discarded.extend(around.map(|&span| (Reason::Surroundings, span)));
        document.discarded.sort_unstable_by_key(|&(_, span)| span);
        if part.carried
            && let Some(notice) = found.iter().rev().find(|d| d.genre == super::Genre::Notice)
        {
            inherit(&mut document, notice);
        }
        found.push(document);
    }
    found
}

/// Those of the spans, which are in order, that begin in a stretch.
fn within(spans: &[Span], stretch: Span) -> &[Span] {
    let first = spans.partition_point(|span| span.start < stretch.start);
    let end = spans.partition_point(|span| span.start < stretch.end);
    &spans[first..end]
}

/// Reads one document. `aside` is what was set aside of its stretch.
fn document(
    text: &Text<'_>,
    lines: &[Line],
    part: &Part,
    quoted: &[Span],
    aside: &[Span],
) -> Document {
    let mut discarded: Vec<(Reason, Span)> =
        part.framing.iter().map(|&span| (Reason::Compilation, span)).collect();
    discarded.extend(aside.iter().map(|&span| (Reason::Debris, span)));
    discarded.extend(noise::noise(text, lines));
    settle(&mut discarded);
    let layout = Layout::of(text, lines);
    let heads = heading::headings(text, lines, quoted);
    let limit = opening(text, lines[0].span, &heads).unwrap_or(usize::MAX);
    let glued = lead(text, lines[0].span, limit).filter(|_| part.title.is_none());
    let known = part.title.or(glued.map(|(title, _)| title));
    let head = preface::head(text, lines, known, limit, &discarded);
    let Preface { mut statements, discarded: tools, mut body, .. } = head;
    if let Some((_, history)) = glued.filter(|(_, history)| history.start == body) {
        let value = text.slice(history).to_owned();
        statements.push(Statement { field: Field::History, value, span: history });
        body = history.end;
    }
    discarded.extend(tools);
    discarded.extend(heads.contents.iter().map(|&span| (Reason::TableOfContents, span)));
    settle(&mut discarded);
    let mut rows = trimmed(lines, body);
    let marks: Vec<_> = heads.marks.into_iter().filter(|m| m.label.start >= body).collect();
    let annexes = marks.iter().find(|mark| mark.kind == super::Kind::Annex && mark.opens_line);
    let after = sign(text, &mut rows, annexes, &discarded, &mut statements);
    let discarded = beside(&discarded, &statements);
    let holes: Vec<Span> = discarded.iter().map(|&(_, span)| span).collect();
    let body = event::Body { text, lines: &rows, layout, marks: &marks, quoted, holes: &holes };
    let nodes = nodes(&body);
    let whole = lines[0].span.cover(lines[lines.len() - 1].span);
    let (title, draft) = title(&statements);
    let (kind, genre) = genre::judge(title.as_deref().unwrap_or(""), &nodes, text.slice(whole));
    let mut diagnostics = diagnose::diagnose(text, &nodes);
    diagnose::empty_sections(text, &nodes, &mut diagnostics);
    oddities(text, part, &statements, &discarded, after, whole, &mut diagnostics);
    Document {
        n: 0,
        title,
        genre,
        kind,
        draft,
        preface: statements,
        outline: nodes,
        carrier: None,
        discarded,
        diagnostics,
        span: whole,
    }
}

/// Where the first heading stands, or the table of contents: the preface ends there. A heading
/// within the first line counts only where the title is in front of it.
fn opening(text: &Text<'_>, first: Span, heads: &heading::Headings) -> Option<usize> {
    let contents = heads.contents.first().map(|span| span.start);
    let opening = heads.marks.iter().find(|mark| {
        let lead = || text.slice(Span::new(first.start, mark.label.start));
        let titled = || preface::title_before(lead()).is_some();
        let glued = || glued::title_and_history(lead()).is_some();
        mark.opens_line || mark.label.start > first.end || titled() || glued()
    });
    contents.into_iter().chain(opening.map(|mark| mark.label.start)).min()
}

/// Title and history of a document, where both stand in the first line, before its first heading.
fn lead(text: &Text<'_>, first: Span, limit: usize) -> Option<(Span, Span)> {
    let lead = Span::new(first.start, limit.clamp(first.start, first.end));
    let (title, end) = glued::title_and_history(text.slice(lead)).filter(|_| limit < first.end)?;
    let (title, end) = (first.start + title, first.start + end);
    (title < end).then(|| (Span::new(first.start, title), Span::new(title, end)))
}

/// The outline of a body.
fn nodes(body: &event::Body<'_>) -> Vec<Node> {
    let mut events = event::events(body);
    event::promote(body.text, &mut events);
    let mut nodes = outline::build(body.text, &events);
    outline::finish(&mut nodes);
    identify::identify(&mut nodes);
    nodes
}

/// Puts spans in order, and takes from each what lies under the one before it.
fn settle(discarded: &mut Vec<(Reason, Span)>) {
    discarded.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    for (_, span) in discarded.iter_mut() {
        let start = span.start.max(end);
        *span = Span::new(start, span.end.max(start));
        end = span.end;
    }
    discarded.retain(|(_, span)| !span.is_empty());
}

/// What of the discarded spans, which are in order, no statement covers.
fn beside(discarded: &[(Reason, Span)], statements: &[Statement]) -> Vec<(Reason, Span)> {
    let mut stated: Vec<Span> = statements.iter().map(|statement| statement.span).collect();
    stated.sort_unstable();
    let mut left = Vec::with_capacity(discarded.len());
    let mut next = 0;
    for &(reason, span) in discarded {
        let mut start = span.start;
        while stated.get(next).is_some_and(|other| other.end <= start) {
            next += 1;
        }
        for other in stated[next..].iter().take_while(|other| other.start < span.end) {
            left.push((reason, Span::new(start, other.start.max(start))));
            start = start.max(other.end);
        }
        left.push((reason, Span::new(start, span.end.max(start))));
    }
    left.retain(|(_, span)| !span.is_empty());
    left
}

/// The lines from a place on.
fn trimmed(lines: &[Line], from: usize) -> Vec<Line> {
    let first = lines.partition_point(|line| line.span.end <= from);
    let mut rows = lines[first..].to_vec();
    if let Some(row) = rows.first_mut()
        && row.span.start < from
    {
        row.span = Span::new(from, row.span.end);
    }
    rows
}

/// Takes the signature, which stands at the end or before the annexes, out of the lines; gives the
/// first line behind it that is none.
fn sign(
    text: &Text<'_>,
    rows: &mut Vec<Line>,
    annexes: Option<&candidate::Mark>,
    discarded: &[(Reason, Span)],
    statements: &mut Vec<Statement>,
) -> Option<Span> {
    let body = annexes
        .map_or(rows.len(), |mark| rows.partition_point(|line| line.span.start < mark.label.start));
    let before = preface::signature(text, &rows[..body], discarded).filter(|_| body < rows.len());
    let annexed = before.is_some();
    let (signed, _) = before.or_else(|| preface::signature(text, rows, discarded))?;
    let (first, last) = (signed.first()?.span, signed.last()?.span);
    let covered = first.cover(last);
    let behind = rows.iter().filter(|line| line.span.start >= covered.end);
    let after = behind.map(|line| preface::free(line.span, discarded)).find(|l| !l.is_empty());
    rows.retain(|line| !covered.contains(line.span));
    statements.extend(signed);
    after.filter(|_| !annexed)
}

/// The title as it should be cited, and the mark of a draft.
fn title(statements: &[Statement]) -> (Option<String>, Option<String>) {
    let titles = || statements.iter().filter(|s| s.field == Field::Title);
    let mut title = String::new();
    for statement in titles() {
        if !title.contains(&statement.value) {
            title.push_str(&statement.value);
        }
    }
    let status = statements.iter().find(|s| s.field == Field::Status);
    let mut draft = status.map(|s| s.value.trim_matches(['（', '）']).to_owned());
    if let Some(mark) = preface::draft(&title) {
        let bracketed = format!("（{mark}）");
        if title.ends_with(&bracketed) {
            title.truncate(title.len() - bracketed.len());
            draft = draft.or_else(|| Some(mark.to_owned()));
        }
    }
    (Some(title).filter(|title| !title.is_empty()), draft)
}

/// Gives an instrument what the notice that carries it states.
fn inherit(document: &mut Document, notice: &Document) {
    for field in [Field::Issuer, Field::Number, Field::Issued] {
        if document.stated(field).is_none() {
            let stated = notice.preface.iter().filter(|statement| statement.field == field);
            document.preface.extend(stated.cloned());
        }
    }
    document.preface.sort_by_key(|statement| statement.span.start);
    document.carrier.clone_from(&notice.title);
}

/// Reports what is odd about title, contents and end.
fn oddities(
    text: &Text<'_>,
    part: &Part,
    statements: &[Statement],
    discarded: &[(Reason, Span)],
    after: Option<Span>,
    whole: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let titled = statements.iter().find(|statement| statement.field == Field::Title);
    let start = Span::new(whole.start, whole.start);
    if titled.is_none() {
        let message = "the document has no title";
        diagnostics.push(Diagnostic::new(Code::TitleMissing, message, start));
    }
    if let (Some(title), false, false) = (titled, part.framing.is_empty(), part.carried) {
        let message = format!("the title `{}` is that of the compilation's heading", title.value);
        diagnostics.push(Diagnostic::new(Code::TitleBorrowed, message, title.span));
    }
    let contents = discarded.iter().filter(|(reason, _)| *reason == Reason::TableOfContents);
    if let Some(span) = contents.map(|&(_, span)| span).reduce(Span::cover) {
        let message = "a table of contents was kept out of the body";
        diagnostics.push(Diagnostic::new(Code::TableOfContents, message, span));
    }
    if let Some(span) = after {
        let line: String = text.slice(span).chars().take(20).collect();
        let message = format!("`{line}` stands after the signature");
        diagnostics.push(Diagnostic::new(Code::TextAfterEnd, message, span));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
}
