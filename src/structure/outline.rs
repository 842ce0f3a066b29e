//! Events to the tree of nodes.
//!
//! In: the [`Event`]s of a body. Out: its [`Node`]s, without identifiers
//! ([`super::identify`]). Not here: which marks are headings.
//!
//! A 款 is a node only where an article has two or more; 项 hang under their 款.

use super::candidate::Mark;
use super::event::Event;
use super::level::levels;
use super::line::ends_sentence;
use super::marker::Style;
use super::{Kind, Node};
use crate::span::Span;
use crate::text::Text;

/// Builds the tree.
pub(super) fn build(text: &Text<'_>, events: &[Event]) -> Vec<Node> {
    if listed_prose(events) {
        let mut body = bare(Kind::Article);
        article(text, &mut body, events);
        return body.children;
    }
    let mut open = Open::default();
    let first = events.iter().position(|event| matches!(event, Event::Mark(_)));
    let lead = first.unwrap_or(events.len());
    if lead > 0 {
        match first {
            Some(_) => open.top.push(preamble(&events[..lead])),
            None => open.top.extend(paragraphs(&events[..lead])),
        }
    }
    let mut at = lead;
    while at < events.len() {
        let next = region_end(events, at);
        match events[at] {
            Event::Mark(mark) if mark.style == Style::None => {
                open.push(node(text, mark, &events[at + 1..next]));
            }
            _ => open.extend(levels(text, &events[at..next])),
        }
        at = next;
    }
    open.close(0);
    open.top
}

/// Whether a text is prose with lists in it, each counted from one behind a line of text, and
/// no outline: news often are.
fn listed_prose(events: &[Event]) -> bool {
    let arabic = |event: &Event| matches!(event, Event::Mark(m) if m.style == Style::Arabic);
    let marks = || events.iter().filter(|event| matches!(event, Event::Mark(_)));
    let ones = |event: &&Event| matches!(event, Event::Mark(m) if m.number == 1);
    matches!(events.first(), Some(Event::Text { .. }))
        && marks().all(arabic)
        && marks().filter(ones).count() >= 2
}

/// Where the region of the mark at `at` ends: before the next numbered mark.
fn region_end(events: &[Event], at: usize) -> usize {
    let structural = |event: &Event| matches!(event, Event::Mark(m) if m.style == Style::None);
    events[at + 1..].iter().position(structural).map_or(events.len(), |step| at + 1 + step)
}

/// The nodes that are still open, from the outside in.
#[derive(Default)]
struct Open {
    top: Vec<Node>,
    stack: Vec<Node>,
}

impl Open {
    fn push(&mut self, node: Node) {
        self.close(rank(&node));
        if node.kind == Kind::Article {
            self.attach(node);
        } else {
            self.stack.push(node);
        }
    }

    fn extend(&mut self, nodes: Vec<Node>) {
        for node in nodes {
            self.attach(node);
        }
    }

    fn attach(&mut self, node: Node) {
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.top.push(node),
        }
    }

    /// Closes all that does not hold a node of this rank.
    fn close(&mut self, rank: u8) {
        while self.stack.last().is_some_and(|node| self::rank(node) >= rank) {
            if let Some(node) = self.stack.pop() {
                self.attach(node);
            }
        }
    }
}

fn rank(node: &Node) -> u8 {
    match node.kind {
        Kind::Part | Kind::Annex => 0,
        Kind::Subpart => 1,
        Kind::Chapter => 2,
        Kind::Section => 3,
        Kind::Level => 3 + node.depth,
        _ => u8::MAX,
    }
}

/// An empty node.
pub(super) fn bare(kind: Kind) -> Node {
    Node {
        kind,
        eid: String::new(),
        label: None,
        number: None,
        branch: None,
        depth: 0,
        heading: Vec::new(),
        text: Vec::new(),
        children: Vec::new(),
        tail: Vec::new(),
        span: Span::default(),
    }
}

pub(super) fn labelled(kind: Kind, mark: Mark) -> Node {
    Node {
        label: Some(mark.label).filter(|label| !label.is_empty()),
        number: Some(mark.number).filter(|&number| number > 0),
        branch: Some(mark.branch).filter(|&branch| branch > 0),
        ..bare(kind)
    }
}

/// The node of a numbered mark and its region.
fn node(text: &Text<'_>, mark: Mark, region: &[Event]) -> Node {
    let mut node = labelled(mark.kind, mark);
    if mark.kind == Kind::Article {
        article(text, &mut node, region);
        return node;
    }
    if mark.kind == Kind::Level {
        node.depth = mark.depth.max(1);
    }
    let heading = match mark.kind {
        Kind::Annex => title_length(text, region),
        _ => heading_length(text, region),
    };
    node.heading = region[..heading].iter().filter_map(piece).collect();
    let rest = &region[heading..];
    let lists = rest.iter().position(|e| matches!(e, Event::Mark(_))).unwrap_or(rest.len());
    let (lead, lists) = rest.split_at(lists);
    fill(&mut node, lead);
    node.children.extend(levels(text, lists));
    node
}

fn piece(event: &Event) -> Option<Span> {
    match event {
        Event::Text { span, .. } => Some(*span),
        Event::Mark(_) => None,
    }
}

/// How many events make the heading of a chapter: the first line, and following ones where all
/// of them are short and none ends a sentence.
fn heading_length(text: &Text<'_>, region: &[Event]) -> usize {
    let lead = region.iter().position(|e| matches!(e, Event::Mark(_))).unwrap_or(region.len());
    let short = |events: &[Event]| {
        let pieces = || events.iter().filter_map(piece);
        let size: usize = pieces().map(Span::len).sum();
        size <= 180 && !pieces().any(|span| text.slice(span).contains(['。', '；', '：']))
    };
    match lead {
        0 => 0,
        _ if short(&region[..lead]) => lead,
        _ if short(&region[..1]) => 1,
        _ => 0,
    }
}

/// How many events make the title of an annex: the first line, and the next where it breaks off.
fn title_length(text: &Text<'_>, region: &[Event]) -> usize {
    let broken =
        |event: &&Event| piece(event).is_some_and(|span| text.slice(span).ends_with(['、', '，']));
    let lines = (region.iter().take_while(broken).count() + 1).min(region.len());
    if heading_length(text, &region[..lines]) == lines { lines } else { 0 }
}

/// Text as the only text of a node, or as its paragraphs.
pub(super) fn fill(node: &mut Node, events: &[Event]) {
    let mut found = paragraphs(events);
    match found.len() {
        0 => {}
        1 => node.text = found.remove(0).text,
        _ => node.children.extend(found),
    }
}

fn preamble(events: &[Event]) -> Node {
    let mut node = bare(Kind::Preamble);
    fill(&mut node, events);
    node
}

/// The paragraphs of a row of texts.
fn paragraphs(events: &[Event]) -> Vec<Node> {
    let mut found: Vec<Node> = Vec::new();
    for event in events {
        let Event::Text { span, fresh } = *event else { continue };
        match found.last_mut() {
            Some(last) if !fresh => last.text.push(span),
            _ => {
                let number = u32::try_from(found.len() + 1).ok();
                found.push(Node { number, text: vec![span], ..bare(Kind::Paragraph) });
            }
        }
    }
    found
}

/// Fills an article: its 款, with their 项 and 目.
fn article(text: &Text<'_>, node: &mut Node, region: &[Event]) {
    let name = region.first().and_then(piece).filter(|&name| is_name(text, name));
    let region = if name.is_some() { &region[1..] } else { region };
    node.heading.extend(name);
    let mut found: Vec<Node> = vec![bare(Kind::Paragraph)];
    let next = next_marks(region);
    for (at, event) in region.iter().enumerate() {
        let last = found.len() - 1;
        match *event {
            Event::Mark(mark) if resumes(&mut found, mark) => {
                let last = found.len() - 1;
                item(&mut found[last], mark);
            }
            Event::Mark(mark) if found[last].tail.is_empty() => item(&mut found[last], mark),
            Event::Mark(mark) => {
                // What looked like the end of a list opens another one.
                let text = std::mem::take(&mut found[last].tail);
                let mut paragraph = Node { text, ..bare(Kind::Paragraph) };
                item(&mut paragraph, mark);
                found.push(paragraph);
            }
            Event::Text { span, fresh } => {
                let listed = !found[last].children.is_empty();
                let empty = found[last].text.is_empty() && !listed;
                let inside = listed && counts_on(&found[last], next[at]);
                if empty || !fresh || inside {
                    innermost(&mut found[last]).push(span);
                } else if listed && !ends_sentence(text.slice(end_piece(&found[last]))) {
                    found[last].tail.push(span);
                } else {
                    found.push(Node { text: vec![span], ..bare(Kind::Paragraph) });
                }
            }
        }
    }
    unlabelled(text, &mut found);
    if found.len() == 1 {
        let only = found.remove(0);
        (node.text, node.children, node.tail) = (only.text, only.children, only.tail);
        return;
    }
    for (index, paragraph) in found.iter_mut().enumerate() {
        paragraph.number = u32::try_from(index + 1).ok();
    }
    node.children = found;
}

/// Whether a list goes on that stands in a 款 further up: what stands between belongs to its last
/// item, as `（七）` behind a 款 of `（六）`. Puts it there.
fn resumes(found: &mut Vec<Node>, mark: Mark) -> bool {
    let ends = |node: &Node| {
        let last = node.children.last().filter(|last| last.depth == mark.style as u8);
        last.is_some_and(|last| last.number.is_some_and(|number| number + 1 == mark.number))
    };
    if mark.number < 2 || found.last().is_some_and(ends) {
        return false;
    }
    let near = found.iter().rev().take(NEAR).position(ends);
    let Some(at) = near.map(|step| found.len() - 1 - step) else { return false };
    let between = found.split_off(at + 1);
    let tail = std::mem::take(&mut found[at].tail);
    let Some(item) = found[at].children.last_mut() else { return false };
    if !tail.is_empty() {
        item.children.push(Node { text: tail, ..bare(Kind::Paragraph) });
    }
    for mut paragraph in between {
        for child in &mut paragraph.children {
            child.kind = Kind::Point;
        }
        item.children.push(paragraph);
    }
    true
}

/// How many 款 back a list may go on.
const NEAR: usize = 12;

/// Whether a text is the name of its article: it stands in brackets, `第一条【立法目的】`, that were
/// set aside.
fn is_name(text: &Text<'_>, span: Span) -> bool {
    text.as_str()[..span.start].ends_with('【') && text.as_str()[span.end..].starts_with('】')
}

/// Makes items of the lines between a stem and the first item that still has its label:
/// `下列行为：`, `乱扔烟头；`, `（二）…`. The count says how many have lost theirs.
fn unlabelled(text: &Text<'_>, found: &mut Vec<Node>) {
    let ends = |node: &Node, mark| {
        node.text.last().is_some_and(|span| text.slice(*span).ends_with(mark))
            && node.tail.is_empty()
    };
    for at in (0..found.len()).rev() {
        let Some(first) = found.get(at).and_then(|node| node.children.first()) else { continue };
        let style = first.depth;
        let lost = first.number.map_or(0, |number| number as usize - 1);
        let Some(stem) = at.checked_sub(lost).filter(|_| (1..20).contains(&lost)) else { continue };
        let bare_items = found[stem..at].iter().all(|node| node.children.is_empty());
        let listed = found[stem + 1..=at]
            .iter()
            .all(|node| node.text.last().is_some_and(|span| text.slice(*span).ends_with('；')));
        if !bare_items || !listed || !ends(&found[stem], '：') {
            continue;
        }
        let lines: Vec<Node> = found.drain(stem + 1..=at).collect();
        for (index, line) in lines.into_iter().enumerate() {
            let number = u32::try_from(index + 1).ok();
            let item = Node { number, text: line.text, depth: style, ..bare(Kind::Subparagraph) };
            found[stem].children.push(item);
            found[stem].children.extend(line.children);
            found[stem].tail = line.tail;
        }
    }
}

/// Adds an item: a 项 under the 款, or a 目 where the list is another one inside.
fn item(paragraph: &mut Node, mark: Mark) {
    let style = |node: &Node| node.depth;
    let new = mark.style as u8;
    let items = &mut paragraph.children;
    // The style is kept in `depth` until the tree is done.
    let deeper = items.first().is_some_and(|first| style(first) != new);
    let (list, kind) = match items.last_mut() {
        Some(last) if deeper => (&mut last.children, Kind::Point),
        _ => (items, Kind::Subparagraph),
    };
    let third = kind == Kind::Point && list.first().is_some_and(|first| style(first) < new);
    let list = match list.last_mut() {
        Some(last) if third => &mut last.children,
        _ => list,
    };
    list.push(Node { depth: new, ..labelled(kind, mark) });
}

/// The text that is being written: of the last item of the last list, or the tail.
fn innermost(node: &mut Node) -> &mut Vec<Span> {
    if !node.tail.is_empty() {
        return &mut node.tail;
    }
    if node.children.is_empty() {
        return &mut node.text;
    }
    let last = node.children.len() - 1;
    innermost(&mut node.children[last])
}

/// The last piece of text of a node.
fn end_piece(node: &Node) -> Span {
    let own = node.tail.last().copied();
    own.or_else(|| node.children.last().map(end_piece))
        .or_else(|| node.text.last().copied())
        .or(node.label)
        .unwrap_or_default()
}

/// The mark behind each event.
fn next_marks(region: &[Event]) -> Vec<Option<Mark>> {
    let mut next = None;
    let mut found: Vec<Option<Mark>> = region
        .iter()
        .rev()
        .map(|event| {
            let behind = next;
            if let Event::Mark(mark) = event {
                next = Some(*mark);
            }
            behind
        })
        .collect();
    found.reverse();
    found
}

/// Whether the list goes on behind a text: the next mark counts on from its last item.
fn counts_on(paragraph: &Node, next: Option<Mark>) -> bool {
    let Some(next) = next.filter(|next| next.number > 1) else { return false };
    let mut node = paragraph;
    while let Some(last) = node.children.last() {
        if last.depth == next.style as u8 && next.number > last.number.unwrap_or(0) {
            return true;
        }
        node = last;
    }
    false
}

/// Sets the spans of nodes and clears what building kept in them.
pub(super) fn finish(nodes: &mut [Node]) {
    for node in nodes {
        finish(&mut node.children);
        if node.kind != Kind::Level {
            node.depth = 0;
        }
        let own = node.heading.iter().chain(&node.text).chain(&node.tail).copied();
        let below = node.children.iter().map(|child| child.span);
        let all = node.label.into_iter().chain(own).chain(below);
        node.span = all.reduce(Span::cover).unwrap_or_default();
    }
}
