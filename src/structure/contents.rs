//! The table of contents that some documents have in front of their body, or behind it.
//!
//! In: the lines of a document and its candidate headings. Out: the stretches of the table. Not
//! here: the headings themselves ([`super::heading`]).
//!
//! `目录`, `第一章 总则……1`, `第二章 附则……9` before `第一章 总则` comes again is one.

use super::Kind;
use super::candidate::{Mark, labelled};
use super::line::Line;
use super::marker::list_marker;
use crate::span::Span;
use crate::text::Text;

/// The stretches of the table of contents, in order; none where there is no table.
pub(super) fn contents(text: &Text<'_>, lines: &[Line], candidates: &[Mark]) -> Vec<Span> {
    let rows = in_front(text, lines).or_else(|| behind(text, lines));
    match rows {
        Some(rows) => lines[rows].iter().map(|line| line.span).collect(),
        None => within_lines(text, lines, candidates),
    }
}

/// Whether a line says that a table of contents follows.
fn says(content: &str) -> bool {
    matches!(content, "目录" | "目次" | "目录：")
}

/// An entry without dots and number of the page behind it; of a line that can be none, nothing.
fn entry<'t>(text: &'t Text<'_>, line: &Line) -> Option<&'t str> {
    let content = text.slice(line.span);
    if line.chars > 80 || content.contains(['。', '；']) {
        return None;
    }
    let bare = content.trim_end_matches(|c: char| c.is_ascii_digit() || "（）-—. ".contains(c));
    let bare = bare.trim_end_matches(|c: char| "…·.．—-（ ".contains(c));
    Some(bare).filter(|bare| bare.len() >= "总则".len())
}

/// The rows of a table whose first entry comes again as a line further down.
fn in_front(text: &Text<'_>, lines: &[Line]) -> Option<std::ops::Range<usize>> {
    let titled = lines.iter().take(60).position(|line| says(text.slice(line.span)));
    let heads = |line: &Line| {
        let content = text.slice(line.span);
        labelled(content).is_some() || list_marker(content).is_some()
    };
    let first = match titled {
        Some(row) => row + 1,
        None => lines.iter().take(12).position(heads)?,
    };
    let opening = entry(text, lines.get(first)?)?;
    let starts = |row: &usize| text.slice(lines[*row].span).starts_with(opening);
    let Some(again) = (first + 1..lines.len().min(first + 800)).find(starts) else {
        // The body has lost the number of its first chapter; but no text has four empty ones.
        let chapter = |line: &&Line| {
            let content = text.slice(line.span);
            let label = labelled(content).map_or("", |end| &content[..end]);
            label.contains('章') && line.chars <= 40
        };
        let empty = lines[first..].iter().take_while(chapter).count();
        return (empty >= 4).then(|| titled.unwrap_or(first)..first + empty);
    };
    let mut later: Vec<&str> = lines[again..].iter().map(|line| text.slice(line.span)).collect();
    later.sort_unstable();
    let comes_again = |entry: &str| {
        let at = later.partition_point(|line| *line < entry);
        later.get(at).is_some_and(|line| line.starts_with(entry))
    };
    let (mut entries, mut end) = (0, first);
    for (row, line) in lines.iter().enumerate().take(again).skip(first) {
        let Some(entry) = entry(text, line) else { break };
        if comes_again(entry) && (titled.is_some() || heads(line)) {
            entries += 1;
            end = row + 1;
        }
    }
    let enough = match titled {
        Some(_) => entries >= 1 && entries * 10 >= (end - first) * 6,
        None => entries >= 3 && entries * 10 >= (end - first) * 8,
    };
    enough.then(|| titled.unwrap_or(first)..end)
}

/// The rows of a table behind the body, whose entries all stood above.
fn behind(text: &Text<'_>, lines: &[Line]) -> Option<std::ops::Range<usize>> {
    let from = lines.len() - lines.len().min(300);
    let titled = from + lines[from..].iter().rposition(|line| says(text.slice(line.span)))?;
    let mut above: Vec<&str> = lines[..titled].iter().map(|line| text.slice(line.span)).collect();
    above.sort_unstable();
    let known = |line: &Line| entry(text, line).is_some_and(|e| above.binary_search(&e).is_ok());
    let entries = lines[titled + 1..].iter().filter(|line| known(line)).count();
    let all = lines.len() - titled - 1;
    (entries >= 2 && entries * 10 >= all * 8).then_some(titled..lines.len())
}

/// A table that is not kept apart in lines: headings that all come again, before any article.
fn within_lines(text: &Text<'_>, lines: &[Line], candidates: &[Mark]) -> Vec<Span> {
    let titled = lines.iter().take(60).find(|line| text.slice(line.span).starts_with("目录"));
    let from = titled.map_or(0, |line| line.span.start);
    let at = candidates.partition_point(|mark| mark.label.start < from);
    let articles = candidates[at..].iter().position(|mark| mark.kind == Kind::Article);
    let body = articles.map_or(candidates.len(), |step| at + step);
    let heads = &candidates[at..body];
    let Some(first) = heads.first() else { return Vec::new() };
    let key = |mark: &Mark| (mark.kind, mark.number, mark.branch);
    let stop = match heads[1..].iter().position(|mark| key(mark) == key(first)) {
        Some(step) => at + 1 + step,
        // The first heading of the body is missing, as some are; all others come again.
        None => body,
    };
    let run = &candidates[at..stop];
    let chapters = candidates[stop..].iter().filter(|mark| mark.kind == first.kind).count();
    let listed = run.iter().filter(|mark| mark.kind == first.kind).count();
    let again = |mark: &Mark| candidates[stop..].iter().any(|other| key(other) == key(mark));
    let whole = match stop < body {
        true => chapters >= listed / 2,
        false => run.len() < 100 && run.iter().all(again),
    };
    let least = if titled.is_some() && stop < body { 1 } else { 2 };
    if run.len() < least || !whole || stop == candidates.len() {
        return Vec::new();
    }
    let begin = titled.map_or_else(|| word_before(text, first), |line| line.span.start);
    let last = run[run.len() - 1].label.start;
    let row_end = lines.iter().find(|line| line.span.end > last).map_or(last, |l| l.span.end);
    let stop = match stop == body {
        true => row_end.min(candidates[stop].label.start),
        false => candidates[stop].label.start,
    };
    lines
        .iter()
        .filter(|line| line.span.end > begin && line.span.start < stop)
        .map(|line| Span::new(line.span.start.max(begin), line.span.end.min(stop)))
        .filter(|span| span.start <= last)
        .collect()
}

/// Where `目录` stands right before the first entry, else the entry's own place.
fn word_before(text: &Text<'_>, first: &Mark) -> usize {
    let start = first.label.start;
    let word = ["目录：", "目录", "目次"].iter().find(|w| text.as_str()[..start].ends_with(**w));
    start - word.map_or(0, |word| word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::documents;

    /// What a text has in its table of contents, and how many articles in its body.
    fn table(said: &str) -> (String, usize) {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let found = documents(&text);
        let table = found.iter().flat_map(|document| &document.discarded);
        let table: String = table.map(|(_, span)| text.slice(*span)).collect();
        let articles = found.iter().flat_map(|document| document.nodes());
        (table, articles.filter(|node| node.kind == Kind::Article).count())
    }

    #[test]
    fn tables_are_kept_out_of_the_body() {
        let body = "第一章 总则\n第一条 某。\n第二章 附则\n第二条 某。\n";
        let glued = body.replace(['\n', ' '], "");
        for (said, expected) in [
            (
                format!("某县护林办法\n目 录\n第一章 总则……1\n第二章 附则……9\n{body}"),
                "目录第一章总则……1第二章附则……9",
            ),
            (
                format!("某县护林办法\n目录\n第一章 总则\n第二章 附则\n2016年12月9日通过\n{body}"),
                "目录第一章总则第二章附则",
            ),
            (format!("某县护林办法\n第一章 总则\n第二章 附则\n{body}"), "第一章总则第二章附则"),
            (
                format!("某县护林办法\n目录 第一章 总则 第二章 附则\n{body}"),
                "目录第一章总则第二章附则",
            ),
            (format!("某县护林办法\n目录第一章总则第二章附则{glued}"), "目录第一章总则第二章附则"),
            (
                format!("某县护林办法\n目录\n第一章 总则\n第一条\n第二章 附则\n第二条\n{body}"),
                "目录第一章总则第一条第二章附则第二条",
            ),
            (
                format!("某县护林办法\n{body}目录\n第一章 总则\n第二章 附则\n"),
                "目录第一章总则第二章附则",
            ),
            (
                "某县护林办法\n第一章 总则\n第二章 规划\n第三章 保护\n第四章 附则\n总则\n第一条 某。\n规划\n第二条 某。\n".to_owned(),
                "第一章总则第二章规划第三章保护第四章附则",
            ),
            (format!("某县护林办法\n{body}"), ""),
        ] {
            assert_eq!(table(&said), (expected.to_owned(), 2), "{said}");
        }
    }

    #[test]
    fn levels_have_tables_too() {
        let body = "一、总体要求\n某。\n二、主要任务\n某。\n三、保障措施\n某。\n";
        let list = "一、总体要求\n二、主要任务\n三、保障措施\n";
        for (said, expected) in [
            (format!("某意见\n目录\n{list}{body}"), "目录一、总体要求二、主要任务三、保障措施"),
            (format!("某意见\n{list}{body}"), "一、总体要求二、主要任务三、保障措施"),
            (format!("某意见\n{body}"), ""),
        ] {
            assert_eq!(table(&said), (expected.to_owned(), 0), "{said}");
        }
    }
}
