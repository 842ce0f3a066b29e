//! Which marks of a document are its headings.
//!
//! In: the lines of one document. Out: the numbered marks taken, kind by kind from the outside
//! in, and the table of contents that was kept out. Not here: list markers
//! ([`super::event`]).
//!
//! `第一章 总则 … 第七章 附则 第一章 总则 第一条` has a table of contents before `第一章 总则`
//! comes again.

use super::Kind;
use super::candidate::{Mark, numbered};
use super::chain::chain;
use super::contents::contents;
use super::line::Line;
use super::marker::Style;
use crate::span::Span;
use crate::text::Text;

/// The headings of a document.
pub(super) struct Headings {
    /// What was taken, in order.
    pub(super) marks: Vec<Mark>,
    /// The table of contents, in pieces of lines.
    pub(super) contents: Vec<Span>,
}

/// Finds the headings.
pub(super) fn headings(text: &Text<'_>, lines: &[Line], quoted: &[Span]) -> Headings {
    let mut candidates = numbered(text, lines, quoted);
    let contents = contents(text, lines, &candidates);
    candidates.retain(|mark| !within(&contents, mark.label));
    let mut taken: Vec<Mark> = Vec::new();
    for kind in [Kind::Part, Kind::Subpart, Kind::Chapter, Kind::Section, Kind::Article] {
        let of_kind: Vec<Mark> = candidates.iter().copied().filter(|m| m.kind == kind).collect();
        let breaks: Vec<usize> = match kind {
            Kind::Article => Vec::new(),
            _ => taken.iter().map(|mark| mark.label.start).collect(),
        };
        taken.extend(chain(&of_kind, &breaks));
        taken.sort_by_key(|mark| mark.label.start);
    }
    taken.extend(unnumbered(text, lines, &taken, &contents));
    taken.extend(last_chapter(text, &taken));
    let end = lines.last().map_or(0, |line| line.span.end);
    taken.extend(glued_annex(text, &taken, end));
    taken.sort_by_key(|mark| mark.label.start);
    Headings { marks: taken, contents }
}

/// Whether one of the spans, which are in order, holds a place.
fn within(spans: &[Span], place: Span) -> bool {
    let next = spans.partition_point(|span| span.end < place.end);
    spans.get(next).is_some_and(|span| span.contains(place))
}

/// Headings without a number: a line `附则` between articles, `附件：…` behind them.
fn unnumbered(text: &Text<'_>, lines: &[Line], taken: &[Mark], contents: &[Span]) -> Vec<Mark> {
    let mut found = Vec::new();
    let chapters = taken.iter().filter(|mark| mark.kind == Kind::Chapter).count();
    for line in lines.iter().skip(1) {
        let content = text.slice(line.span);
        if within(contents, line.span) {
            continue;
        }
        let (kind, label) = if matches!(content, "附则" | "总则") && chapters > 0 {
            (Kind::Chapter, 0)
        } else if let Some(label) = annex(content) {
            (Kind::Annex, label)
        } else {
            continue;
        };
        let before = taken.partition_point(|mark| mark.label.start < line.span.start);
        let empty_chapter = taken[..before].last().is_some_and(|mark| {
            mark.kind == Kind::Chapter && mark.label.end + 1 >= line.span.start
        });
        if kind == Kind::Chapter && empty_chapter {
            continue;
        }
        found.push(Mark {
            kind,
            style: Style::None,
            label: Span::new(line.span.start, line.span.start + label),
            number: annex_number(&content[..label]),
            branch: 0,
            score: 30,
            opens_line: true,
            depth: 0,
        });
    }
    found
}

/// `附则` without a number in front of an article of the same line.
fn last_chapter(text: &Text<'_>, taken: &[Mark]) -> Option<Mark> {
    let chapters = taken.iter().any(|mark| mark.kind == Kind::Chapter);
    let article = taken.iter().rev().take(20).find(|mark| {
        let lead = &text.as_str()[..mark.label.start];
        mark.kind == Kind::Article && lead.ends_with("。附则")
    });
    let start = article.filter(|_| chapters)?.label.start - "附则".len();
    let label = Span::new(start, start);
    Some(Mark { kind: Kind::Chapter, label, number: 0, branch: 0, opens_line: false, ..*article? })
}

/// An annex behind the last article of a text in one line: `…见附件。附件：应急物资目录`.
fn glued_annex(text: &Text<'_>, taken: &[Mark], end: usize) -> Option<Mark> {
    let last = taken.iter().rev().find(|mark| mark.kind == Kind::Article && !mark.opens_line)?;
    let rest = &text.as_str()[last.label.end..end];
    let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let at = rest.find("。附件").or_else(|| rest.find("。附表"))? + "。".len();
    let digits: usize = rest[at + "附件".len()..]
        .chars()
        .take_while(|&c| c.is_ascii_digit() || crate::text::numeral::is_chinese(c))
        .map(char::len_utf8)
        .sum();
    let closed = rest[at + "附件".len() + digits..].starts_with('：');
    let length = "附件：".len() + digits;
    let start = last.label.end + at;
    closed.then(|| Mark {
        kind: Kind::Annex,
        label: Span::new(start, start + length),
        number: annex_number(&rest[at..at + length]),
        branch: 0,
        score: 30,
        ..*last
    })
}

/// The length of the label of an annex: `附件1：`, `附：`, `附表`.
pub(super) fn annex(line: &str) -> Option<usize> {
    let rest = line.strip_prefix("附件").or_else(|| line.strip_prefix("附表"));
    let rest = match rest {
        Some(rest) => rest,
        None => line.strip_prefix('附').filter(|rest| rest.starts_with(['：', ':']))?,
    };
    let digits: usize = rest
        .chars()
        .take_while(|&c| c.is_ascii_digit() || crate::text::numeral::is_chinese(c))
        .map(char::len_utf8)
        .sum();
    let after = &rest[digits..];
    let colon = if after.starts_with('：') { '：'.len_utf8() } else { 0 };
    let short = line.chars().count() <= 50 && !line.ends_with(['。', '；']);
    (short && (colon > 0 || after.is_empty())).then(|| line.len() - after.len() + colon)
}

fn annex_number(label: &str) -> u32 {
    let digits = label.trim_start_matches(['附', '件', '表']).trim_end_matches('：');
    crate::text::numeral::value(digits).unwrap_or(0)
}
