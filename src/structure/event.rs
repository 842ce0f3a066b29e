//! A document's body as a row of events: marks, and the text between them.
//!
//! In: the lines of a body, the marks that were taken, what is discarded. Out: [`Event`]s that
//! cover every character of the lines but the discarded ones, each once. Not here: the tree.
//!
//! `第一条为…` gives the mark `第一条` and the text `为…`.

use super::Kind;
use super::candidate::Mark;
use super::line::{Layout, Line, ends_sentence};
use super::marker::{Style, bare_number, list_marker};
use crate::span::Span;
use crate::text::Text;

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A mark; its label is part of the text.
    Mark(Mark),
    /// A stretch of one line; `fresh` where it begins a paragraph.
    Text {
        /// Where.
        span: Span,
        /// Whether a paragraph begins here.
        fresh: bool,
    },
}

/// What the events are made from.
pub(super) struct Body<'a> {
    /// The whole text.
    pub(super) text: &'a Text<'a>,
    /// The lines of the body.
    pub(super) lines: &'a [Line],
    /// How they are broken.
    pub(super) layout: Layout,
    /// The numbered marks that were taken, in order.
    pub(super) marks: &'a [Mark],
    /// What quotes other texts.
    pub(super) quoted: &'a [Span],
    /// What is no part of the body, in order.
    pub(super) holes: &'a [Span],
}

/// The events of a body.
pub(super) fn events(body: &Body<'_>) -> Vec<Event> {
    let continues = |row: usize| {
        row > 0 && body.layout.continues(body.text, &body.lines[row - 1], &body.lines[row])
    };
    let continued: Vec<bool> = (0..body.lines.len()).map(continues).collect();
    let marks = with_lists(body, &continued);
    let mut found = Vec::with_capacity(body.lines.len() + marks.len() * 2);
    let mut ahead = Ahead { marks: &marks, holes: body.holes };
    for (row, line) in body.lines.iter().enumerate() {
        let mut fresh = !continued[row];
        let (mut at, end) = (line.span.start, line.span.end);
        while at < end {
            ahead.pass(at);
            if let Some(hole) = ahead.hole_at(at) {
                at = hole.end.min(end);
                continue;
            }
            if let Some(mark) = ahead.take_mark(at) {
                found.push(Event::Mark(mark));
                at = mark.label.end;
            } else {
                let span = Span::new(at, ahead.start().map_or(end, |start| start.min(end)));
                found.push(Event::Text { span, fresh });
                at = span.end;
            }
            fresh = false;
        }
    }
    found
}

/// The marks and holes that are not yet passed.
struct Ahead<'a> {
    marks: &'a [Mark],
    holes: &'a [Span],
}

impl Ahead<'_> {
    /// Passes what begins before `at`, and holes that end there.
    fn pass(&mut self, at: usize) {
        while self.holes.first().is_some_and(|hole| hole.end <= at) {
            self.holes = &self.holes[1..];
        }
        while self.marks.first().is_some_and(|mark| mark.label.start < at) {
            self.marks = &self.marks[1..];
        }
    }

    fn hole_at(&self, at: usize) -> Option<Span> {
        self.holes.first().copied().filter(|hole| hole.start <= at)
    }

    /// Takes the mark at `at`. Its label may be empty, so that it has to be passed here.
    fn take_mark(&mut self, at: usize) -> Option<Mark> {
        let (mark, rest) = self.marks.split_first().filter(|(mark, _)| mark.label.start == at)?;
        self.marks = rest;
        Some(*mark)
    }

    /// Where the next mark or hole begins.
    fn start(&self) -> Option<usize> {
        let mark = self.marks.first().map(|mark| mark.label.start);
        let hole = self.holes.first().map(|hole| hole.start);
        mark.into_iter().chain(hole).min()
    }
}

/// The numbered marks and the list markers, in order, none over another or over a hole.
fn with_lists(body: &Body<'_>, continued: &[bool]) -> Vec<Mark> {
    let mut lists = lists(body, continued);
    settle(&mut lists, body.marks);
    let mut all: Vec<Mark> = body.marks.iter().copied().chain(lists).collect();
    all.sort_by_key(|mark| (mark.label.start, mark.label.end));
    let mut end = 0;
    let mut hole = 0;
    all.retain(|mark| {
        while body.holes.get(hole).is_some_and(|span| span.end <= mark.label.start) {
            hole += 1;
        }
        let free = body.holes.get(hole).is_none_or(|span| span.start >= mark.label.end);
        let fits = mark.label.start >= end && free;
        if fits {
            end = mark.label.end;
        }
        fits
    });
    all
}

/// All list markers: at the start of lines, and within lines after `：`, `；` or `。`. `continued` says
/// which lines go on with the paragraph before them.
fn lists(body: &Body<'_>, continued: &[bool]) -> Vec<Mark> {
    let whole = body.text.as_str();
    let mut found = Vec::new();
    let begin = body.lines.first().map_or(0, |line| line.span.start);
    let mut quote = body.quoted.partition_point(|span| span.end <= begin);
    for (row, line) in body.lines.iter().enumerate() {
        while body.quoted.get(quote).is_some_and(|span| span.end <= line.span.start) {
            quote += 1;
        }
        let inside = body.quoted.get(quote).is_some_and(|span| span.start < line.span.start);
        let content = &whole[line.span.start..line.span.end];
        let wrapped = continued[row] && !ends_sentence(body.text.slice(body.lines[row - 1].span));
        let next = body.lines.get(row + 1).map_or("", |next| body.text.slice(next.span));
        let mark = marker(content, line.span.start).or_else(|| {
            let (number, length) = bare_number(content, next)?;
            Some(list_mark(Style::Arabic, number, line.span.start, length))
        });
        if !inside && let Some(mark) = mark {
            found.push(Mark { score: if wrapped { 10 } else { 30 }, opens_line: true, ..mark });
        }
        for at in stops(content) {
            let in_quote = body.quoted.get(quote).is_some_and(|span| {
                span.start < line.span.start + at && line.span.start + at < span.end
            });
            if inside || in_quote || at == content.len() {
                continue;
            }
            if let Some(mark) = marker(&content[at..], line.span.start + at)
                && !mark.style.is_decimal()
            {
                found.push(Mark { score: 5, opens_line: false, ..mark });
            }
        }
    }
    found
}

/// The places behind `：`, `；` and `。`, and between a bracket and a digit.
fn stops(content: &str) -> impl Iterator<Item = usize> {
    let bytes = content.as_bytes();
    memchr::memchr2_iter("：".as_bytes()[0], "。".as_bytes()[0], bytes)
        .filter(|&at| match &bytes[at..at + 3] {
            b"\xef\xbc\x9a" | b"\xef\xbc\x9b" | b"\xe3\x80\x82" => true,
            // `33.劫持船只罪（第122条）34.暴力危及飞行安全罪`
            b"\xef\xbc\x89" => bytes.get(at + 3).is_some_and(u8::is_ascii_digit),
            _ => false,
        })
        .map(|at| at + "：".len())
}

fn marker(rest: &str, at: usize) -> Option<Mark> {
    let (style, number, length) = list_marker(rest)?;
    Some(list_mark(style, number, at, length))
}

fn list_mark(style: Style, number: u32, at: usize, length: usize) -> Mark {
    Mark {
        kind: Kind::Level,
        style,
        label: Span::new(at, at + length),
        number,
        branch: 0,
        score: 0,
        opens_line: false,
        depth: 0,
    }
}

/// Keeps of the weak markers those that count on from one that is kept, or begin a count that
/// goes on: `：（一）…；（二）…`. An article or chapter ends all counts.
fn settle(lists: &mut Vec<Mark>, numbered: &[Mark]) {
    let mut last = [0u32; Style::COUNT];
    // Counts that run through the sections of a text.
    let mut through = [0u32; Style::COUNT];
    let mut next = 0;
    let kept: Vec<bool> = (0..lists.len())
        .map(|index| {
            let mark = &lists[index];
            let mut border = usize::MAX;
            while let Some(other) = numbered.get(next) {
                if other.label.start > mark.label.start {
                    border = other.label.start;
                    break;
                }
                (last, through) = ([0; Style::COUNT], [0; Style::COUNT]);
                next += 1;
            }
            let style = mark.style as usize;
            let slot = &mut last[style];
            let followed = |number: u32| {
                lists[index + 1..]
                    .iter()
                    .take(40)
                    .take_while(|other| other.label.start < border)
                    .any(|other| other.style == mark.style && other.number == number)
            };
            let goes_on = || followed(2);
            // 1.5 at the start of a line counts something, unless 1.4 or 1.6 is there, too
            let alone = mark.style == Style::TwoNumbers
                && mark.number != *slot + 1
                && !followed(mark.number + 1)
                && !holds(&lists[index + 1..], Style::ThreeNumbers);
            let keep = mark.score >= 30 && !alone
                || mark.number == *slot + 1 && *slot > 0
                || mark.opens_line && mark.number > 1 && mark.number == through[style] + 1
                || mark.number == 1 && goes_on();
            if keep {
                (*slot, through[style]) = (mark.number, mark.number);
                for inner in &mut last[style + 1..] {
                    *inner = 0;
                }
            }
            keep
        })
        .collect();
    let mut keep = kept.iter();
    lists.retain(|_| keep.next().copied().unwrap_or(false));
}

/// Whether the next mark is of a style.
fn holds(next: &[Mark], style: Style) -> bool {
    next.first().is_some_and(|next| next.style == style)
}

/// Turns list markers that head articles into levels above them: `二、结婚` before `第五条`, also
/// where another level stands between: `三、担保物权` before `（一）一般规定`.
pub(super) fn promote(text: &Text<'_>, events: &mut [Event]) {
    let mut styles: Vec<Style> = Vec::new();
    for at in (0..events.len()).rev() {
        let Event::Mark(mark) = events[at] else { continue };
        if mark.style == Style::None || !mark.opens_line {
            continue;
        }
        let mut heading: Vec<Span> = Vec::new();
        let next = events[at + 1..].iter().take(4).find_map(|event| match event {
            Event::Mark(next) => Some(*next),
            Event::Text { span, .. } => {
                heading.push(*span);
                None
            }
        });
        let heads = next.is_some_and(|next| {
            next.kind == Kind::Article && next.opens_line || next.depth > mark.style as u8
        });
        let length: usize = heading.iter().map(|span| span.len()).sum();
        let sentence = |span: &Span| text.slice(*span).contains(['。', '；', '，']);
        if heads && (1..=90).contains(&length) && !heading.iter().any(sentence) {
            // The style stands for the depth until all are known.
            events[at] = Event::Mark(Mark { depth: mark.style as u8, style: Style::None, ..mark });
            styles.push(mark.style);
        }
    }
    styles.sort_unstable();
    styles.dedup();
    for event in events {
        if let Event::Mark(mark) = event
            && let Some(depth) = styles.iter().position(|&style| style as u8 == mark.depth)
        {
            mark.depth = u8::try_from(depth + 1).unwrap_or(u8::MAX);
        }
    }
}
