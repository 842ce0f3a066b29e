//! A file's documents: where each begins.
//!
//! In: the lines of a file. Out: [`Part`]s, rows of lines that follow each other. Not here: what
//! a document's first lines say ([`super::preface`]).
//!
//! A notice that carries `《…实施办法》` ends before the line that repeats its title; `篇2：…` of
//! a compilation begins another document; so does a title line before a new `第一条`.

use super::candidate::{labelled, numbered};
use super::line::{Line, ends_sentence};
use super::marker::list_marker;
use super::{Kind, genre, heading};
use crate::span::Span;
use crate::text::Text;

/// The stretch of one document.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its first line and the line behind its last.
    pub(super) rows: std::ops::Range<usize>,
    /// Its title, where a notice or a compilation names it.
    pub(super) title: Option<Span>,
    /// The lines before its title that a compilation put there.
    pub(super) framing: Vec<Span>,
    /// Whether the notice before it carries it.
    pub(super) carried: bool,
}

/// Divides a file.
pub(super) fn split(text: &Text<'_>, lines: &[Line], quoted: &[Span]) -> Vec<Part> {
    let parts = compilation(text, lines);
    parts.into_iter().flat_map(|part| divide(text, lines, quoted, part)).collect()
}

/// Divides at the headings of a compilation: `篇2：…`, `…第3篇`.
fn compilation(text: &Text<'_>, lines: &[Line]) -> Vec<Part> {
    let heads: Vec<(usize, Span)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.chars <= 60)
        .filter_map(|(row, line)| Some((row, compiled(text.slice(line.span), line.span)?)))
        .collect();
    let whole = Part { rows: 0..lines.len(), title: None, framing: Vec::new(), carried: false };
    if heads.len() < 2 {
        return vec![whole];
    }
    let mut found: Vec<Part> = Vec::new();
    let mut from = 0;
    for (index, &(row, title)) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(lines.len(), |next| next.0);
        let empty = lines[row + 1..end]
            .iter()
            .all(|line| line.chars <= 30 && !ends_sentence(text.slice(line.span)));
        if empty && end - row <= 4 && index + 1 < heads.len() {
            continue;
        }
        let mut framing: Vec<Span> = lines[from..row].iter().map(|line| line.span).collect();
        if title.start > lines[row].span.start {
            framing.push(Span::new(lines[row].span.start, title.start));
        }
        found.push(Part { rows: from..end, title: Some(title), framing, carried: false });
        from = end;
    }
    found
}

/// The title in a short line that is the heading of a compilation.
fn compiled(content: &str, line: Span) -> Option<Span> {
    if ends_sentence(content) {
        return None;
    }
    if let Some(rest) = content.strip_prefix('篇') {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
        let title = rest.strip_prefix('：')?;
        return Some(Span::new(line.end - title.len(), line.end));
    }
    let number = content.strip_suffix('篇')?;
    let bare = number.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    (bare.len() < number.len() && bare.ends_with('第')).then_some(line)
}

fn is_numeral(c: char) -> bool {
    crate::text::numeral::is_chinese(c)
}

/// Divides a stretch at the titles of carried instruments, and at titles before a new 第一条.
fn divide(text: &Text<'_>, lines: &[Line], quoted: &[Span], part: Part) -> Vec<Part> {
    let rows = part.rows.clone();
    let mut cuts: Vec<(usize, Span, bool)> = Vec::new();
    let head = rows.start + part.framing.len().min(rows.len());
    for title in promised(text, lines, head..rows.end) {
        let after = cuts.last().map_or(head + 2, |cut| cut.0 + 1);
        let named = (after..rows.end).find(|&row| {
            let content = text.slice(lines[row].span);
            content.starts_with(&title)
                && (content.len() == title.len() || begins(text, lines, row))
        });
        if let Some(row) = named {
            let start = lines[row].span.start;
            cuts.push((row, Span::new(start, start + title.len()), true));
        }
    }
    for row in restarts(text, lines, quoted, rows.clone()) {
        cuts.push((row, lines[row].span, false));
    }
    // Where both see the same beginning, the one that a notice promised counts.
    cuts.sort_by_key(|cut| (cut.0, !cut.2));
    let promised: Vec<usize> = cuts.iter().filter(|cut| cut.2).map(|cut| cut.0).collect();
    let mut last = None;
    cuts.retain(|&(row, _, carried)| {
        let near = promised.iter().any(|other| other.abs_diff(row) <= 3);
        let again = last.is_some_and(|last| row - last <= 3);
        let kept = carried || !near && !again;
        if kept {
            last = Some(row);
        }
        kept
    });
    let mut found = vec![Part { rows: rows.start..rows.end, ..part }];
    for (row, title, carried) in cuts {
        if let Some(last) = found.last_mut() {
            last.rows.end = row;
        }
        found.push(Part { rows: row..rows.end, title: Some(title), framing: Vec::new(), carried });
    }
    found
}

/// Whether a carried instrument may begin at a line: behind a date or the end of a sentence.
fn begins(text: &Text<'_>, lines: &[Line], row: usize) -> bool {
    row.checked_sub(1).is_some_and(|before| {
        let content = text.slice(lines[before].span);
        super::date::leading(content).is_some() || ends_sentence(content)
    })
}

/// The instruments that a notice says it carries: `关于印发《…》、《…》的通知`.
fn promised(text: &Text<'_>, lines: &[Line], rows: std::ops::Range<usize>) -> Vec<String> {
    let mut title = String::new();
    // 索引号：… 发布时间：…: what a page tells of itself above the title
    let told = |content: &str| content.contains('：') && !content.contains("的通知");
    let head = lines[rows].iter().take(16).map(|line| text.slice(line.span));
    for content in head.filter(|content| !told(content)).take(6) {
        if ends_sentence(content) && !content.ends_with('）') {
            break;
        }
        title.push_str(content);
        if title.contains("的通知") || title.contains("的公告") {
            break;
        }
    }
    if title.chars().count() > 200 {
        return Vec::new();
    }
    let Some(verb) = ["印发", "转发", "发布", "公布"].iter().filter_map(|v| title.find(v)).min()
    else {
        return Vec::new();
    };
    let Some(end) = title.find("的通知").or_else(|| title.find("的公告")) else {
        return Vec::new();
    };
    let Some(named) = title.get(verb + "印发".len()..end) else { return Vec::new() };
    let mut found = Vec::new();
    let mut rest = named;
    while let Some((_, after)) = rest.split_once('《') {
        let Some((inside, after)) = after.split_once('》') else { break };
        found.push(inside.to_owned());
        rest = after;
    }
    if found.is_empty() {
        found.push(named.to_owned());
    }
    found.retain(|title| title.chars().count() >= 5);
    found
}

/// The title lines before which one instrument ends and behind which another's first article
/// follows.
fn restarts(
    text: &Text<'_>,
    lines: &[Line],
    quoted: &[Span],
    rows: std::ops::Range<usize>,
) -> Vec<usize> {
    // Most texts count from one once, with no article before; they need no closer look.
    let mut starts = lines[rows.clone()].iter().map(|line| text.slice(line.span));
    let first = |line: &str| line.starts_with("第一条") || line.starts_with("第1条");
    let before = starts.by_ref().take_while(|line| !first(line)).any(is_article);
    if !before && !starts.any(first) {
        return Vec::new();
    }
    let marks = numbered(text, &lines[rows.clone()], quoted);
    let row_of = |at: usize| lines.partition_point(|line| line.span.end <= at);
    let under_annex =
        |row: usize| row > 0 && heading::annex(text.slice(lines[row - 1].span)).is_some();
    let (mut last, mut found) = (0, Vec::new());
    let mut annexed = None;
    for mark in marks.iter().filter(|mark| mark.kind == Kind::Article && mark.opens_line) {
        let title = || title_above(text, lines, rows.start, row_of(mark.label.start));
        // Where the first instrument stands under an annex of a notice, so do the others; else an
        // annex belongs to the instrument before it.
        let annexed = *annexed.get_or_insert_with(|| title().is_some_and(under_annex));
        if mark.number == 1
            && mark.branch == 0
            && last >= 2
            && let Some(row) = title().filter(|&row| annexed || !under_annex(row))
        {
            found.push(row);
        }
        last = mark.number;
    }
    found
}

fn is_article(line: &str) -> bool {
    labelled(line).is_some_and(|end| line[..end].contains('条'))
}

/// The title above a first article: a few lines up, past chapters, history, 目录 and preamble,
/// behind the end of the provision before it.
fn title_above(text: &Text<'_>, lines: &[Line], from: usize, row: usize) -> Option<usize> {
    for above in (row.saturating_sub(REACH).max(from + 1)..row).rev() {
        let content = text.slice(lines[above].span);
        if content.starts_with('第') || content.starts_with('（') || content.starts_with("目录")
        {
            continue;
        }
        let plain = !content.contains(['。', '；', '，', '：', '“']) && lines[above].chars <= 60;
        let titled =
            genre::of_title(content).is_some_and(|(kind, _)| content.len() > kind.len() + 6);
        let dated = super::date::leading(content).is_some();
        if plain && titled && !dated && list_marker(content).is_none() {
            return Some(above);
        }
        let preamble = content.ends_with('：') || above + 1 == row;
        if ends_sentence(content) && !content.ends_with('）') && !preamble {
            return None;
        }
    }
    None
}

/// How many lines above its first article a title is looked for.
const REACH: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::documents;

    /// The titles of the documents of a text.
    fn titles(said: &str) -> Vec<String> {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let found = documents(&Text::of(&source));
        found.into_iter().map(|document| document.title.unwrap_or_default()).collect()
    }

    #[test]
    fn instruments_begin_where_their_title_stands() {
        for (text, expected) in [
            (
                "关于印发《某县护林办法》的通知\n各镇：\n现印发给你们。\n2019年3月8日\n\
                 某县护林办法\n第一条 某。\n第二条 某。\n",
                vec!["关于印发《某县护林办法》的通知", "某县护林办法"],
            ),
            (
                "索引号：12 发布时间：2019年3月9日\n关于印发某县护林方案的通知\n各镇：\n现印发给你们。\n\
                 2019年3月8日\n某县护林方案\n一、某。\n二、某。\n",
                vec!["关于印发某县护林方案的通知", "某县护林方案"],
            ),
            (
                "某县护林办法\n第一条 某。\n第二条 某。\n某县护林办法实施细则\n第一条 某。\n",
                vec!["某县护林办法", "某县护林办法实施细则"],
            ),
            (
                "篇1：某县护林制度\n第一条 某。\n篇2：某县护河制度\n第一条 某。\n",
                vec!["某县护林制度", "某县护河制度"],
            ),
            ("某县护林办法\n第一条 某。\n第二条 某。\n", vec!["某县护林办法"]),
        ] {
            assert_eq!(titles(text), expected);
        }
    }

    #[test]
    fn compilations_head_their_parts() {
        for (line, title) in [
            ("篇2：某县护林制度", Some("某县护林制度")),
            ("篇三：某县护林制度", Some("某县护林制度")),
            ("某县护林制度第3篇", Some("某县护林制度第3篇")),
            ("篇幅有限：从略", None),
            ("第3篇。", None),
        ] {
            let span = compiled(line, Span::new(0, line.len()));
            assert_eq!(span.map(|span| &line[span.start..span.end]), title, "{line}");
        }
    }
}
