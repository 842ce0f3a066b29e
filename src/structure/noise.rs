//! What belongs to no document: menus, share bars, advertisements, teasers, hash strings.
//!
//! In: the lines of a document. Out: spans to discard, each with its reason. Not here: the
//! headings of compilations ([`super::split`]) and tables of contents ([`super::heading`]).
//!
//! `打印本页】【关闭窗口` is cut out of its line; `A786D2DF5EE2CB50` alone on a line is debris.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{Line, ends_sentence, prose};
use super::{Reason, date, page};
use crate::span::Span;
use crate::text::Text;
use crate::text::affixes::{Affixes, Side};

/// Where in a line a phrase shows noise, and how much of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The line is nothing else.
    Whole,
    /// The line is nothing else, and all lines behind it are of its kind.
    Tail,
    /// The line begins with it: all of the line.
    Start,
    /// A short line holds it: all of the line.
    Within,
    /// Anywhere: the phrase alone.
    Inside,
    /// At the start of a line: the phrase alone.
    Prefix,
    /// A line in brackets that holds it: all of the line.
    Note,
    /// Shows that a line which is noise offers wares; no line is noise for it alone.
    Wares,
    /// A short line that begins with it, with nothing but noise behind: all of the line.
    Foot,
}

/// The phrases of `data/noise.tsv` by their places.
struct Phrases {
    /// The whole line, and whether all lines behind are of its kind.
    whole: Affixes<(Reason, bool)>,
    start: Affixes<Reason>,
    within: Affixes<Reason>,
    note: Affixes<Reason>,
    inside: Affixes<Reason>,
    prefix: Affixes<Reason>,
    foot: Affixes<Reason>,
    wares: Affixes<Reason>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let at = |place: Place| {
        let own = rows().filter(move |(_, own, _)| *own == place);
        Affixes::new(Side::First, own.map(|(words, _, reason)| (words, reason)))
    };
    let whole = rows().filter_map(|(words, place, reason)| match place {
        Place::Whole => Some((words, (reason, false))),
        Place::Tail => Some((words, (reason, true))),
        _ => None,
    });
    Phrases {
        whole: Affixes::new(Side::First, whole),
        start: at(Place::Start),
        within: at(Place::Within),
        note: at(Place::Note),
        inside: at(Place::Inside),
        prefix: at(Place::Prefix),
        foot: at(Place::Foot),
        wares: at(Place::Wares),
    }
});

/// Any phrase that may stand within a line.
static WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let places = [Place::Within, Place::Note, Place::Inside];
    let phrases = rows().filter(|(_, place, _)| places.contains(place));
    let phrases: Vec<String> = phrases.map(|(words, ..)| regex::escape(words)).collect();
    Regex::new(&phrases.join("|")).ok()
});

/// The rows of `data/noise.tsv`.
fn rows() -> impl Iterator<Item = (&'static str, Place, Reason)> {
    let rows = include_str!("../../data/noise.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let place = match *cells.get(1)? {
            "whole" => Place::Whole,
            "tail" => Place::Tail,
            "start" => Place::Start,
            "within" => Place::Within,
            "inside" => Place::Inside,
            "prefix" => Place::Prefix,
            "foot" => Place::Foot,
            "wares" => Place::Wares,
            _ => Place::Note,
        };
        let reason = match *cells.get(2)? {
            "navigation" => Reason::Navigation,
            "advertisement" => Reason::Advertisement,
            "other_news" => Reason::OtherNews,
            "compilation" => Reason::Compilation,
            _ => Reason::Debris,
        };
        Some((cells[0], place, reason))
    })
}

/// How far above the main content a line may state when the page was published, in lines.
const NEAR: usize = 4;

/// Takes out the lines that are not the main content of a page: no document begins, goes on or
/// ends there. Above the first sentence, those stay that state facts: `发布时间：2016-12-09`.
pub(super) fn surroundings(text: &Text<'_>, lines: Vec<Line>) -> (Vec<Line>, Vec<Span>) {
    if text.outside().is_empty() {
        return (lines, Vec::new());
    }
    let inside: Vec<bool> = lines.iter().map(|line| !is_outside(text, line)).collect();
    let opens = |(line, inside): (&Line, &bool)| {
        let content = text.slice(line.span);
        *inside && (content.starts_with("第一") || prose(content))
    };
    let opening = lines.iter().zip(&inside).position(opens).unwrap_or(lines.len());
    let states = |row: usize| {
        let near = inside[row..lines.len().min(row + NEAR + 1)].contains(&true);
        let valued =
            row > 0 && !inside[row - 1] && page::label(text, lines[row - 1].span).is_some();
        page::is_labelled(text, lines[row].span)
            || near && page::facts(text, lines[row].span).is_some()
            || valued
    };
    let keeps = |row: usize| inside[row] || row < opening && states(row);
    let (kept, around): (Vec<usize>, Vec<usize>) = (0..lines.len()).partition(|&row| keeps(row));
    (
        kept.into_iter().map(|row| lines[row]).collect(),
        around.into_iter().map(|row| lines[row].span).collect(),
    )
}

/// The noise in the lines of a document, in order.
pub(super) fn noise(text: &Text<'_>, lines: &[Line]) -> Vec<(Reason, Span)> {
    let held = held(text, lines);
    let holds = |line: &Line| {
        let next = held.partition_point(|phrase| phrase.end <= line.span.start);
        held.get(next).is_some_and(|phrase| phrase.start < line.span.end)
    };
    let body = lines.len() - foot(text, lines, holds);
    let teasers = teasers(text, &lines[..body]).unwrap_or(body);
    let (tail, tailing) = tail(text, &lines[..body]).unwrap_or((body, Reason::Navigation));
    let mut found = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let content = text.slice(line.span);
        let holds = holds(line);
        if let Some(reason) = whole(content, line.chars, holds) {
            found.push((reason, line.span));
        } else if row >= body {
            found.push((Reason::Navigation, line.span));
        } else if row >= tail {
            found.push((tailing, line.span));
        } else if row >= teasers {
            let reason = if sells(content) { Reason::Advertisement } else { Reason::OtherNews };
            found.push((reason, line.span));
        } else {
            parts(line.span, content, holds, &mut found);
        }
    }
    found
}

/// Whether a line is outside of the main content of its page.
fn is_outside(text: &Text<'_>, line: &Line) -> bool {
    let outside = text.outside();
    let next = outside.partition_point(|span| span.end <= line.span.start);
    outside.get(next).is_some_and(|span| span.contains(line.span))
}

/// Where phrases stand that may stand within a line. Hardly any line has one, so that all lines are searched
/// at once.
fn held(text: &Text<'_>, lines: &[Line]) -> Vec<Span> {
    let (Some(first), Some(last), Some(phrases)) = (lines.first(), lines.last(), &*WITHIN) else {
        return Vec::new();
    };
    let whole = first.span.cover(last.span);
    let found = phrases.find_iter(text.slice(whole));
    found.map(|found| Span::new(whole.start + found.start(), whole.start + found.end())).collect()
}

/// How many lines at the end are the foot of a page: `主办单位：…`, `版权所有：…`.
fn foot(text: &Text<'_>, lines: &[Line], holds: impl Fn(&Line) -> bool) -> usize {
    let footed = |content: &str| PHRASES.foot.longest(content).is_some() && !ends_sentence(content);
    let noisy = |line: &&Line| {
        let content = text.slice(line.span);
        whole(content, line.chars, holds(line)).is_some() || line.chars <= 60 && footed(content)
    };
    lines.iter().rev().take_while(noisy).count()
}

/// Where a page's own words begin behind the body, `相关新闻` or `免责声明：` and all behind it, and what
/// they are. Nothing that is numbered as provisions are stands there.
fn tail(text: &Text<'_>, lines: &[Line]) -> Option<(usize, Reason)> {
    let half = lines.len() / 2;
    let first = (half.max(1)..lines.len()).find_map(|row| {
        let (reason, tail) = named(text.slice(lines[row].span))?;
        tail.then_some((row, reason))
    })?;
    let numbered = |line: &Line| {
        let content = text.slice(line.span);
        content.starts_with('第') || super::marker::list_marker(content).is_some()
    };
    (!lines[first.0..].iter().any(numbered)).then_some(first)
}

/// Why a whole line of so many characters is noise. `holds` says whether a phrase stands within it.
fn whole(content: &str, chars: usize, holds: bool) -> Option<Reason> {
    if chars <= 60
        && let Some(reason) = short(content, holds)
    {
        return Some(reason);
    }
    if !content.starts_with('|')
        && memchr::memchr(b'|', content.as_bytes()).is_some()
        && content.matches('|').count() >= 3
        && !content.contains(['。', '；'])
    {
        return Some(if sells(content) { Reason::Advertisement } else { Reason::Navigation });
    }
    stray(content)
}

/// Why a short line is noise, by its phrases.
fn short(content: &str, holds: bool) -> Option<Reason> {
    let whole = named(content).map(|(reason, _)| reason);
    let begins = || PHRASES.start.longest(content).map(|(_, &reason)| reason);
    let found = |phrases: &Affixes<Reason>| phrases.find(content, 0).map(|(.., &reason)| reason);
    whole
        .or_else(begins)
        .or_else(|| if holds { found(&PHRASES.within) } else { None })
        .or_else(|| (holds && content.starts_with('（')).then(|| found(&PHRASES.note)).flatten())
}

/// What a line shows that is a phrase and nothing else, and whether all lines behind it are of its kind.
fn named(content: &str) -> Option<(Reason, bool)> {
    let content = content.trim_end_matches('：');
    let (length, &found) = PHRASES.whole.longest(content)?;
    (length == content.len()).then_some(found)
}

/// A hash, a serial number, a single Latin word or a ruled line, alone on a line.
fn stray(content: &str) -> Option<Reason> {
    if content.len() >= 5 && content.chars().all(|c| "=-_*~—─━…·".contains(c)) {
        return Some(Reason::Debris);
    }
    if !content.bytes().all(|byte| byte.is_ascii_alphanumeric()) || content.len() > 64 {
        return None;
    }
    let digits = content.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return (content.len() >= 4 && content.bytes().all(|b| b.is_ascii_lowercase()))
            .then_some(Reason::Navigation);
    }
    (content.len() >= 10 && digits >= 4 && digits < content.len()).then_some(Reason::Debris)
}

/// Whether a line offers wares.
fn sells(content: &str) -> bool {
    PHRASES.wares.find(content, 0).is_some()
}

/// The phrases inside a line.
fn parts(line: Span, content: &str, holds: bool, found: &mut Vec<(Reason, Span)>) {
    let mut cut = |at: usize, length: usize, reason: Reason| {
        let start = line.start + at;
        found.push((reason, Span::new(start, start + length)));
    };
    let mut from = 0;
    if let Some((length, &reason)) = PHRASES.prefix.longest(content) {
        cut(0, length, reason);
        from = length;
    }
    while holds && let Some((at, length, &reason)) = PHRASES.inside.find(content, from) {
        cut(at, length, reason);
        from = at + length;
    }
}

/// The line where teasers of other news begin, behind the body: blocks of a title, a sentence
/// and a line with day and time, two of them or more, up to the end.
fn teasers(text: &Text<'_>, lines: &[Line]) -> Option<usize> {
    let stamped = |line: &Line| {
        let content = text.slice(line.span);
        let counts = content.starts_with(|first: char| first.is_ascii_digit());
        counts.then(|| date::leading(content)).flatten().is_some_and(|(_, length)| {
            content[..length].contains([':', '：']) && content.chars().count() < 40
        })
    };
    let half = lines.len() / 3;
    let stamps: Vec<usize> = (half..lines.len()).filter(|&row| stamped(&lines[row])).collect();
    let first = *stamps.first().filter(|_| stamps.len() >= 2)?;
    if stamps.windows(2).any(|pair| pair[1] - pair[0] > 5) {
        return None;
    }
    let title = |row: &usize| {
        let content = text.slice(lines[*row].span);
        lines[*row].chars <= 40 && !ends_sentence(content)
    };
    (first.saturating_sub(3)..first).rev().find(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::line::lines;

    /// What is noise in a text, and why.
    fn found(said: &str) -> Vec<(&'static str, String)> {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let noise = noise(&text, &lines(&text));
        noise.iter().map(|&(why, span)| (why.as_str(), text.slice(span).to_owned())).collect()
    }

    #[test]
    fn lines_of_a_page_are_noise() {
        for (line, reason) in [
            ("首页|要闻|公告|政务公开", "navigation"),
            ("当前位置：首页>政务公开", "navigation"),
            ("上一篇：某县召开会议", "other_news"),
            ("A786D2DF5EE2CB50", "debris"),
            ("责任编辑：某某", "navigation"),
            ("版权所有：某县人民政府", "navigation"),
            ("====================", "debris"),
            ("相关阅读：", "other_news"),
            ("代开|贷款|美容|娱乐", "advertisement"),
        ] {
            let noise = found(&format!("某办法\n第一条 镇负责。\n{line}\n"));
            assert_eq!(noise, [(reason, line.to_owned())]);
        }
    }

    #[test]
    fn text_is_no_noise() {
        for line in [
            "主办单位：县文化局\n第二条 承办单位另定。",
            "镇人民政府分享到户的经验。",
            "| 乡镇 | 户数 | 人数 |",
            "第2016号",
        ] {
            assert_eq!(found(&format!("某办法\n第一条 镇负责。\n{line}\n")), [], "{line}");
        }
    }

    #[test]
    fn phrases_are_cut_out_of_their_line() {
        let noise = found("某办法\n第一条 镇负责。【关闭窗口】\n");
        assert_eq!(noise, [("navigation", "【关闭窗口】".to_owned())]);
    }

    #[test]
    fn the_words_of_a_page_run_to_the_end() {
        let body = "某办法\n第一条 镇负责。\n第二条 县监督。\n";
        let noise = found(&format!("{body}免责声明：\n本站转载，请核对原件。\n某县召开会议\n"));
        let expected = ["免责声明：", "本站转载，请核对原件。", "某县召开会议"];
        assert_eq!(noise, expected.map(|line| ("navigation", line.to_owned())));
        assert_eq!(found(&format!("{body}相关链接\n第三条 村负责。\n")).len(), 1);
    }

    #[test]
    fn teasers_run_to_the_end() {
        let teaser = "某县召开会议\n会议指出，应当走访。\n2016-12-09 10:45\n";
        let noise = found(&format!("某办法\n第一条 镇负责。\n第二条 县监督。\n{teaser}{teaser}"));
        assert_eq!(noise.len(), 6);
        assert!(noise.iter().all(|(reason, _)| *reason == "other_news"));
    }

    #[test]
    fn the_phrases_are_in_order() {
        let table = include_str!("../../data/noise.tsv");
        assert!(table.starts_with("phrase\tplace\treason\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        for row in &rows {
            assert!(row.len() == 4 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            let places =
                ["whole", "start", "within", "inside", "prefix", "note", "foot", "wares", "tail"];
            assert!(places.contains(&row[1]), "{row:?}");
            assert!(
                ["navigation", "advertisement", "other_news", "compilation", "debris"]
                    .contains(&row[2])
            );
        }
    }
}
