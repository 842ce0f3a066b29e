//! What is odd about an outline.
//!
//! In: an outline. Out: [`Diagnostic`]s: gaps, restarts, duplicates, steps back, numbers and
//! headings without text. Not here: oddities of the preface ([`super::documents`]).
//!
//! Of the items 1. 2. 3. 5. it says that number 4 is missing between `3.` and `5.`.

use rustc_hash::FxHashMap;

use super::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::text::Text;

/// The oddities of an outline, in the order of the text.
pub(super) fn diagnose(text: &Text<'_>, outline: &[Node]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // An annex counts its own articles.
    let (annexes, body): (Vec<&Node>, Vec<&Node>) =
        outline.iter().partition(|node| node.kind == Kind::Annex);
    let own = annexes.into_iter().map(|annex| vec![annex]);
    for part in std::iter::once(body).chain(own) {
        let nodes = part.into_iter().flat_map(Node::walk);
        let articles: Vec<&Node> = nodes.filter(|node| node.kind == Kind::Article).collect();
        sequence(text, &articles, None, &mut found);
    }
    let mut counts = FxHashMap::default();
    siblings(text, outline, &mut counts, &mut found);
    for node in outline.iter().flat_map(Node::walk) {
        hollow(text, node, &mut found);
    }
    found.sort_by_key(|diagnostic| diagnostic.span.start);
    found
}

/// Checks the counts among siblings, from the outside in. `counts` holds the last number of
/// each kind and depth, as some texts count through their sections.
fn siblings(
    text: &Text<'_>,
    nodes: &[Node],
    counts: &mut FxHashMap<(Kind, u8, u8), u32>,
    found: &mut Vec<Diagnostic>,
) {
    if nodes.is_empty() {
        return;
    }
    let mut kinds: Vec<Kind> = nodes.iter().map(|node| node.kind).collect();
    kinds.dedup();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        if matches!(kind, Kind::Article | Kind::Paragraph | Kind::Preamble | Kind::Annex) {
            continue;
        }
        let mut rows: FxHashMap<u8, Vec<&Node>> = FxHashMap::default();
        // Items that have lost their labels stand before the others of their list.
        let labelled = nodes.iter().find(|node| node.kind == kind && node.label.is_some());
        for node in nodes.iter().filter(|node| node.kind == kind && node.number.is_some()) {
            let model = labelled.filter(|_| node.label.is_none()).unwrap_or(node);
            rows.entry(style(text, model)).or_default().push(node);
        }
        for (style, row) in rows {
            let Some(last) = row.last() else { continue };
            let key = (kind, last.depth, style);
            sequence(text, &row, counts.get(&key).copied(), found);
            counts.insert(key, last.number.unwrap_or(0));
        }
    }
    for node in nodes {
        siblings(text, &node.children, counts, found);
    }
}

/// How a label counts: `一、` 0, `1.` 1, in brackets 2 and 3.
fn style(text: &Text<'_>, node: &Node) -> u8 {
    let label = node.label.map_or("", |label| text.slice(label));
    let (mut arabic, mut brackets) = (0, 0);
    for character in label.chars() {
        match character {
            '0'..='9' | '⒈'..='⒛' => arabic = 1,
            '）' => brackets = 2,
            _ => {}
        }
    }
    arabic + brackets
}

/// Checks one count. `before` is the last number of the count before it.
fn sequence(text: &Text<'_>, row: &[&Node], before: Option<u32>, found: &mut Vec<Diagnostic>) {
    let label = |node: &Node| node.label.map_or("", |label| text.slice(label)).to_owned();
    let place = |node: &Node| node.label.unwrap_or(node.span);
    let mut say = |code, message: String, span: Span| {
        found.push(Diagnostic::new(code, message, span));
    };
    let lost = row.iter().take_while(|node| node.label.is_none()).count();
    if let Some(first) = row.get(lost) {
        let number = first.number.unwrap_or(1);
        if lost > 0 {
            let lines =
                if lost == 1 { "the item before it has" } else { "the items before it have" };
            let message = format!("the count begins at `{}`: {lines} no number", label(first));
            say(Code::NumberStart, message, place(first));
        } else if number > 1 && before.is_none_or(|before| before + 1 != number) {
            let message = format!(
                "the count begins at `{}`: {} missing",
                label(first),
                missing(1, number - 1)
            );
            say(Code::NumberStart, message, place(first));
        }
    }
    for pair in row.windows(2) {
        let (one, two) = (pair[0], pair[1]);
        let (Some(a), Some(b)) = (one.number, two.number) else { continue };
        let branches = (one.branch.unwrap_or(0), two.branch.unwrap_or(0));
        if b == a && branches.1 == branches.0 {
            say(Code::NumberDuplicate, format!("`{}` stands twice", label(two)), place(two));
        } else if b == a && branches.1 == branches.0 + 1 || b == a + 1 && branches.1 == 0 {
            continue;
        } else if b > a + 1 {
            let message = format!(
                "{} missing between `{}` and `{}`",
                missing(a + 1, b - 1),
                label(one),
                label(two)
            );
            say(Code::NumberGap, message, place(two));
        } else if b == 1 && a > 1 {
            let message =
                format!("the count begins again at `{}` after `{}`", label(two), label(one));
            say(Code::NumberRestart, message, place(two));
        } else if b <= a {
            let message = format!("`{}` stands after `{}`", label(two), label(one));
            say(Code::NumberOrder, message, place(two));
        }
    }
}

/// `number 3 is`, `numbers 3 to 5 are`
fn missing(first: u32, last: u32) -> String {
    if first == last {
        format!("number {first} is")
    } else {
        format!("numbers {first} to {last} are")
    }
}

/// Reports a number or a heading with nothing below it.
fn hollow(text: &Text<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    let bare = node.text.is_empty() && node.children.is_empty() && node.tail.is_empty();
    if node.kind == Kind::Chapter && node.label.is_none() {
        let heading = node.heading.first().map_or("", |heading| text.slice(*heading));
        let message = format!("the heading `{heading}` has no number");
        found.push(Diagnostic::new(Code::HeadingWithoutNumber, message, node.span));
    }
    if bare
        && node.heading.is_empty()
        && node.kind != Kind::Annex
        && let Some(label) = node.label
    {
        let message = format!("`{}` has a number and no text", text.slice(label));
        found.push(Diagnostic::new(Code::Empty, message, label));
    } else if bare
        && matches!(node.kind, Kind::Part | Kind::Subpart | Kind::Chapter | Kind::Section)
    {
        let message = format!("`{}` has a heading and no text", text.slice(node.span));
        found.push(Diagnostic::new(Code::Empty, message, node.span));
    }
    empty_sections(text, &node.children, found);
}

/// Reports the sections of a row that have a heading and no text, where most of them have one;
/// where few have, the row is a list.
pub(super) fn empty_sections(text: &Text<'_>, row: &[Node], found: &mut Vec<Diagnostic>) {
    let levels = || row.iter().filter(|node| node.kind == Kind::Level);
    let filled = |node: &Node| !node.text.is_empty() || !node.children.is_empty();
    if levels().filter(|node| filled(node)).count() * 3 >= levels().count() * 2 {
        for node in levels().filter(|node| !filled(node) && !node.heading.is_empty()) {
            empty_level(text, node, found);
        }
    }
}

fn empty_level(text: &Text<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    let message = format!("`{}` has a heading and no text", text.slice(node.span));
    found.push(Diagnostic::new(Code::Empty, message, node.span));
}
