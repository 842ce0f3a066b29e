//! What pages, printers and editors left in the lines: page numbers, running heads, numbers of
//! lines, markup.
//!
//! In: the lines of a file. Out: the lines without it, and the spans that were set aside. Not
//! here: menus, advertisements and other news ([`super::noise`]).
//!
//! Of `**第一条**　为了` the stars are set aside, and `— 12 —` between two halves of a sentence.

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::candidate::labelled;
use super::line::{Line, ends_sentence};
use super::marker::list_marker;
use crate::span::Span;
use crate::text::{Text, numeral};

/// Takes what is left over out of the lines. Gives spans in order, none over another. A text of
/// nothing else keeps its lines.
pub(super) fn clear(text: &Text<'_>, lines: Vec<Line>) -> (Vec<Line>, Vec<Span>) {
    let mut aside = Vec::new();
    let mut left = without_pages(text, lines.clone(), &mut aside);
    without_line_numbers(text, &mut left, &mut aside);
    entities(text, &mut aside);
    let names = memmem::find(text.as_str().as_bytes(), "【".as_bytes()).is_some();
    for line in &mut left {
        trim(text, line, &mut aside);
        if names {
            let bracket = |at| Span::new(line.span.start + at, line.span.start + at + "【".len());
            for (open, close) in named(text.slice(line.span)) {
                aside.extend([bracket(open), bracket(close)]);
            }
        }
    }
    left.retain(|line| !line.span.is_empty());
    if left.is_empty() {
        return (lines, Vec::new());
    }
    strong(text, &mut aside);
    aside.sort_unstable();
    let mut end = 0;
    for span in &mut aside {
        let start = span.start.max(end);
        *span = Span::new(start, span.end.max(start));
        end = span.end;
    }
    aside.retain(|span| !span.is_empty());
    (left, aside)
}

/// Takes out the lines that number pages, and what is repeated beside them.
fn without_pages(text: &Text<'_>, lines: Vec<Line>, aside: &mut Vec<Span>) -> Vec<Line> {
    let pages = pages(text, &lines);
    if pages.is_empty() {
        return lines;
    }
    let mut drop = vec![false; lines.len()];
    let beside = |row: usize| {
        let rows = [row.checked_sub(1), Some(row + 1).filter(|&next| next < lines.len())];
        rows.into_iter().flatten().filter(|&near| {
            let content = text.slice(lines[near].span);
            lines[near].chars <= 60
                && !ends_sentence(content)
                && list_marker(content).is_none()
                && labelled(content).is_none()
        })
    };
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for row in pages.iter().flat_map(|&row| beside(row)) {
        *counts.entry(text.slice(lines[row].span)).or_default() += 1;
    }
    for &row in &pages {
        drop[row] = true;
        for near in beside(row) {
            let count = counts.get(text.slice(lines[near].span)).copied().unwrap_or(0);
            drop[near] |= count >= 2 && count * 2 >= pages.len();
        }
    }
    let mut left: Vec<Line> = Vec::with_capacity(lines.len());
    let mut torn = false;
    for (row, line) in lines.into_iter().enumerate() {
        if drop[row] {
            aside.push(line.span);
            torn = true;
        } else {
            // The empty line belongs to the page, not to the text.
            let blank_before = line.blank_before && !torn;
            left.push(Line { blank_before, torn, ..line });
            torn = false;
        }
    }
    left
}

/// The rows of page numbers: those that say so (`— 3 —`, `第3页`), and bare numbers that count
/// on from page to page.
fn pages(text: &Text<'_>, lines: &[Line]) -> Vec<usize> {
    let numbers: Vec<(usize, u32, bool)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.chars <= 16)
        .filter_map(|(row, line)| {
            let (number, says) = page_number(text.slice(line.span))?;
            Some((row, number, says))
        })
        .collect();
    let counted = numbers.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 1).count();
    let apart = match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => last.0 - first.0 >= 8 * (numbers.len() - 1),
        _ => false,
    };
    let cells = numbers.iter().filter(|page| page.0 > 0 && lines[page.0 - 1].chars < 12).count();
    let torn = |&&(row, ..): &&(usize, u32, bool)| {
        row > 0 && lines[row - 1].chars >= 15 && !ends_sentence(text.slice(lines[row - 1].span))
    };
    let apart = apart || numbers.iter().filter(torn).count() * 2 > numbers.len();
    let bare = counted >= 2
        && (counted + 1) * 5 >= numbers.len() * 4
        && apart
        && cells * 2 <= numbers.len();
    numbers.iter().filter(|&&(_, _, says)| says || bare).map(|&(row, ..)| row).collect()
}

/// The number in a line that may number a page, and whether it can be nothing else.
fn page_number(content: &str) -> Option<(u32, bool)> {
    let bare = content.trim_matches(|c: char| c.is_whitespace() || "-—–－_·•~～|".contains(c));
    let framed = bare.len() + 2 <= content.len();
    if let Some(rest) = bare.strip_prefix('第') {
        let (number, rest) = rest.split_once('页')?;
        let of = rest.trim_start_matches(['/', ' ', '，']);
        let total = of.strip_prefix('共').and_then(|of| of.strip_suffix('页'));
        let whole = of.is_empty() || total.is_some_and(|total| numeral::value(total).is_some());
        return Some((numeral::value(number.trim()).filter(|_| whole)?, true));
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let rest = bare[digits..].trim_start();
    let of = rest.strip_prefix('/').map(str::trim);
    let whole = rest.is_empty() || of.is_some_and(|of| of.bytes().all(|b| b.is_ascii_digit()));
    Some((bare[..digits].parse().ok().filter(|_| whole)?, framed && rest.is_empty()))
}

/// Takes the number from the start of each line, where nearly all lines are numbered through
/// and provisions stand behind the numbers: `12　第三条`.
fn without_line_numbers(text: &Text<'_>, lines: &mut [Line], aside: &mut Vec<Span>) {
    let number = |line: &Line| {
        let content = text.slice(line.span);
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = content[..digits].parse().ok()?;
        let rest = &content[digits..];
        let mark = rest.chars().next().filter(|&c| c == ':' || c == '：').map_or(0, char::len_utf8);
        let apart = mark > 0 || rest.starts_with(' ') || text.gap_before(line.span.start + digits);
        apart.then_some((value, digits + mark))
    };
    let first = lines.iter().take(8).filter(|line| number(line).is_some()).count();
    if lines.len() < 8 || first < 5 {
        return;
    }
    let found: Vec<Option<(u32, usize)>> = lines.iter().map(number).collect();
    let through = found.windows(2).filter(|pair| match (pair[0], pair[1]) {
        (Some((one, _)), Some((two, _))) => two > one && two <= one + 3,
        _ => false,
    });
    let behind = lines.iter().zip(&found).filter(|(line, number)| {
        let rest = number.map_or("", |(_, length)| &text.slice(line.span)[length..]);
        labelled(rest).is_some() || list_marker(rest).is_some()
    });
    if through.count() * 10 < lines.len() * 9 - 10 || behind.count() * 12 < lines.len() {
        return;
    }
    for (line, number) in lines.iter_mut().zip(found) {
        if let Some((_, length)) = number {
            cut(text, line, length, aside);
        }
    }
}

/// What HTML writes for blanks, left over in a text; `;` is full-width among Chinese.
fn entities(text: &Text<'_>, aside: &mut Vec<Span>) {
    for at in memchr::memchr_iter(b'&', text.as_str().as_bytes()) {
        if let Some(length) = entity(&text.as_str()[at..]) {
            aside.push(Span::new(at, at + length));
        }
    }
}

/// A text without the entities for blanks at its start.
pub(super) fn without_blanks(mut rest: &str) -> &str {
    while let Some(length) = entity(rest) {
        rest = &rest[length..];
    }
    rest
}

fn entity(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix('&')?;
    let name = ["nbsp", "emsp", "ensp", "thinsp", "#160", "#12288"]
        .into_iter()
        .find(|name| rest.starts_with(name))?;
    let end = rest[name.len()..].chars().next().filter(|&c| c == ';' || c == '；')?;
    Some(1 + name.len() + end.len_utf8())
}

/// Markdown's marks of strong words, where a text has them in pairs.
fn strong(text: &Text<'_>, aside: &mut Vec<Span>) {
    let found: Vec<usize> = memmem::find_iter(text.as_str().as_bytes(), b"**").collect();
    if found.len() >= 2 && found.len().is_multiple_of(2) {
        aside.extend(found.into_iter().map(|at| Span::new(at, at + 2)));
    }
}

/// Takes markup from the start of a line: `## 第一章`, `**第一条**`, `◆第一条`, `【第一条】`.
fn trim(text: &Text<'_>, line: &mut Line, aside: &mut Vec<Span>) {
    while let Some((length, close)) = markup(text.slice(line.span)) {
        if let Some(close) = close {
            let start = line.span.start + close;
            let mark = text.as_str()[start..].chars().next().map_or(0, char::len_utf8);
            aside.push(Span::new(start, start + mark));
        }
        cut(text, line, length, aside);
    }
}

/// The length of the markup at the start of a line, and where a bracket that it opens closes.
fn markup(content: &str) -> Option<(usize, Option<usize>)> {
    let first = content.chars().next()?;
    // Nearly all lines begin with hanzi, and the table of letters is slow.
    if matches!(first, '\u{4e00}'..='\u{9fff}') || first.is_alphanumeric() {
        return None;
    }
    if first == '&' {
        return entity(content).map(|length| (length, None));
    }
    if first == '#' || first == '>' {
        let bare = content.trim_start_matches(first);
        let length = content.len() - bare.trim_start().len();
        return (content.len() - bare.len() <= 6).then_some((length, None));
    }
    if let Some(at) = OPENING.iter().position(|&open| open == first) {
        let inside = &content[first.len_utf8()..];
        let close = labelled(inside).filter(|&end| inside[end..].starts_with(CLOSING[at]))?;
        return Some((first.len_utf8(), Some(first.len_utf8() + close)));
    }
    let bare = content.trim_start_matches(|c: char| BULLETS.contains(c) || c == ' ');
    let length = content.len() - bare.len();
    (length > 0 && labelled(bare.trim_start_matches(OPENING)).is_some()).then_some((length, None))
}

/// Brackets that stand around labels, and what closes each.
const OPENING: [char; 5] = ['【', '[', '「', '〔', '『'];
const CLOSING: [char; 5] = ['】', ']', '」', '〕', '』'];
const BULLETS: &str = "*_-—·・•●○◆◇■□▪▫▲△►▶★☆※";

/// Where the brackets around the names of articles stand: `第一条【立法目的】`, also where a line holds several.
fn named(content: &str) -> Vec<(usize, usize)> {
    let brackets = content.match_indices('【').filter_map(|(open, _)| {
        let label = content[..open].trim_end_matches('*');
        let start = label.rfind('第')?;
        let close = open + content[open..].find('】')?;
        let short = content[open..close].chars().count() <= 30;
        (labelled(&content[start..]) == Some(label.len() - start) && short).then_some((open, close))
    });
    brackets.collect()
}

fn cut(text: &Text<'_>, line: &mut Line, length: usize, aside: &mut Vec<Span>) {
    let taken = Span::new(line.span.start, line.span.start + length);
    line.span = Span::new(taken.end, line.span.end);
    line.chars -= text.slice(taken).chars().count();
    aside.push(taken);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::line::lines;

    /// The lines that are left of a text, and what was set aside.
    fn cleared(said: &str) -> (Vec<String>, Vec<String>) {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let (left, aside) = clear(&text, lines(&text));
        let own = |span: Span| text.slice(span).to_owned();
        (left.iter().map(|l| own(l.span)).collect(), aside.into_iter().map(own).collect())
    }

    #[test]
    fn markup_is_set_aside() {
        for (line, left, aside) in [
            ("## 第一章 总则", "第一章总则", vec!["##"]),
            ("**第一条** 某。", "第一条**某。", vec!["**", "**"]),
            ("◆第一条 某。", "第一条某。", vec!["◆"]),
            ("- 第一条 某。", "第一条某。", vec!["-"]),
            ("【第一条】某。", "第一条】某。", vec!["【", "】"]),
            ("第一条【目的】某。", "第一条【目的】某。", vec!["【", "】"]),
            ("&nbsp;&nbsp;第一条 某。", "第一条某。", vec!["&nbsp;", "&nbsp；"]),
            ("- 某。", "-某。", vec![]),
            ("【关闭窗口】", "【关闭窗口】", vec![]),
            ("#", "#", vec![]),
        ] {
            let (lines, found) = cleared(line);
            assert_eq!(
                (lines, found.iter().map(String::as_str).collect()),
                (vec![left.to_owned()], aside),
                "{line}"
            );
        }
    }

    #[test]
    fn pages_are_taken_out_of_the_text() {
        let page = "某县护林办法\n第一条 镇应当护林，\n县应当监督。\n";
        for (number, aside) in [
            ("— 3 —", 1),
            ("第3页", 1),
            ("第 3 页 共 9 页", 1),
            ("- 3 -", 1),
            ("3", 0),
            ("第3章", 0),
        ] {
            let (_, found) = cleared(&format!("{page}{number}\n第二条 某。\n"));
            assert_eq!(found.len(), aside, "{number}");
        }
        let body = "县应当监督镇、村护林，并且每年报告一次。\n".repeat(9);
        let (left, found) =
            cleared(&format!("{body}1\n某书\n{body}2\n某书\n{body}3\n某书\n{body}"));
        assert_eq!((left.len(), found.len()), (36, 6));
    }

    #[test]
    fn numbers_of_lines_are_taken_off() {
        let numbered: String = (1..12).map(|n| format!("{n} 第{n}条 镇应当护林。\n")).collect();
        let (left, found) = cleared(&numbered);
        assert_eq!((left[0].as_str(), found.len()), ("第1条镇应当护林。", 11));
        let table: String = (1..12).map(|n| format!("{n} 帐篷\n")).collect();
        assert_eq!(cleared(&table).1.len(), 0);
    }
}
