//! Identifiers of nodes, and the printed path of a provision.
//!
//! In: an outline. Out: its nodes' `eid`s, unique in the document, and the path as which a
//! provision is printed ([`unit_path`]). Not here: building the outline.
//!
//! The second item of article four is `art_4__subpara_2`, printed `第四条（二）`.

use rustc_hash::FxHashMap;

use super::{Kind, Node};
use crate::text::Text;

/// The printed path of the provision that a node is, below that of what holds it: `第四条`,
/// `第四条（二）`, `一/（一）/8`. 款 are no part of it, nor is what holds articles.
pub fn unit_path(text: &Text<'_>, node: &Node, above: &str) -> String {
    let label = node.label.map(|label| text.slice(label));
    label.map_or_else(|| above.to_owned(), |label| step(node.kind.as_str(), label, above))
}

/// The printed path one node further: `第四条` and `（二）` are `第四条（二）`; a label without brackets
/// is set apart (`一/（一）/8`, `第四条/1`). `kind` is a word of [`Kind::as_str`].
pub fn step(kind: &str, label: &str, above: &str) -> String {
    let label = label.trim_end_matches(['、', '．', '.', '，', '：', ' ']);
    match kind {
        "preamble" | "paragraph" => above.to_owned(),
        "level" | "subparagraph" | "point" if above.is_empty() => label.to_owned(),
        // 2.1.3 says all of its path
        "level" | "subparagraph" | "point" if is_decimal(label) => label.to_owned(),
        "subparagraph" | "point" if label.starts_with('（') => format!("{above}{label}"),
        "level" | "subparagraph" | "point" => format!("{above}/{label}"),
        _ => label.to_owned(),
    }
}

fn is_decimal(label: &str) -> bool {
    label.contains('.') && label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Gives every node its identifier.
pub(super) fn identify(outline: &mut [Node]) {
    let mut names = Names::default();
    names.seen.reserve(outline.iter().flat_map(Node::walk).count());
    for node in outline {
        names.name(node, "", 0);
    }
}

/// What of an identifier tells a node from its siblings: whose child it is, kind, number, branch.
type Key = (usize, Kind, Option<u32>, Option<u32>);

/// The identifiers given so far.
#[derive(Default)]
struct Names {
    seen: FxHashMap<Key, u32>,
    /// How many nodes have one.
    nodes: usize,
}

impl Names {
    fn name(&mut self, node: &mut Node, above: &str, parent: usize) {
        let article = node.kind == Kind::Article;
        let (above, parent) = if article { ("", 0) } else { (above, parent) };
        let mut eid = String::with_capacity(above.len() + 16);
        eid.push_str(above);
        eid.push_str(if above.is_empty() { "" } else { "__" });
        eid.push_str(word(node.kind));
        for part in [node.number, node.branch].into_iter().flatten() {
            eid.push('_');
            push(&mut eid, part);
        }
        let count = self.seen.entry((parent, node.kind, node.number, node.branch)).or_insert(0);
        *count += 1;
        if *count > 1 {
            eid.push('-');
            push(&mut eid, *count);
        }
        self.nodes += 1;
        let own = self.nodes;
        for child in &mut node.children {
            self.name(child, &eid, own);
        }
        node.eid = eid;
    }
}

/// Writes a number.
fn push(eid: &mut String, number: u32) {
    if number >= 10 {
        push(eid, number / 10);
    }
    if let Some(digit) = char::from_digit(number % 10, 10) {
        eid.push(digit);
    }
}

/// The word of an identifier.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Preamble => "preamble",
        Kind::Part => "part",
        Kind::Subpart => "subpart",
        Kind::Chapter => "chp",
        Kind::Section => "sec",
        Kind::Article => "art",
        Kind::Paragraph => "para",
        Kind::Subparagraph => "subpara",
        Kind::Point => "point",
        Kind::Level => "lvl",
        Kind::Annex => "annex",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::documents;

    #[test]
    fn units_are_printed_as_in_the_text() {
        let source =
            "办法\n第一条 镇有下列情形之一的：\n（一）不力的；\n1.迟的；\n（二）不实的。\n";
        let Ok(source) = read::read(source.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let found = documents(&text);
        let article = &found[0].outline[0];
        let first = &article.children[0];
        let mut path = String::new();
        for (node, expected) in
            [(article, "第一条"), (first, "第一条（一）"), (&first.children[0], "第一条（一）/1")]
        {
            path = unit_path(&text, node, &path);
            assert_eq!(path, expected);
        }
        let eids: Vec<&str> = found[0].nodes().map(|node| node.eid.as_str()).collect();
        assert_eq!(
            eids,
            ["art_1", "art_1__subpara_1", "art_1__subpara_1__point_1", "art_1__subpara_2"]
        );
    }
}
