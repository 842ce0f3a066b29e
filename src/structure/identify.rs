//! Identifiers of nodes, and the printed path of a provision.
//!
//! In: an outline. Out: its nodes' `eid`s, unique in the document; and [`walk`], which gives
//! each node with its ancestors and its unit. Not here: building the outline.
//!
//! The second item of article four is `art_4__subpara_2`, printed `第四条（二）`.

use rustc_hash::FxHashMap;

use super::{Document, Kind, Node};
use crate::text::Text;

/// A node in its place.
#[derive(Clone, Debug)]
pub struct Place<'d> {
    /// The node.
    pub node: &'d Node,
    /// What holds it, from the outside in.
    pub ancestors: Vec<&'d Node>,
    /// The printed path of the provision: `第四条`, `第四条（二）`, `一/（一）/8`. 款 and what
    /// holds articles are no part of it; it is empty where nothing on the way has a label.
    pub unit: String,
}

/// All nodes of a document in the order of the text, each with its ancestors and its unit.
pub fn walk<'d>(text: &Text<'_>, document: &'d Document) -> Vec<Place<'d>> {
    let mut found = Vec::new();
    for node in &document.outline {
        descend(text, node, &[], "", &mut found);
    }
    found
}

fn descend<'d>(
    text: &Text<'_>,
    node: &'d Node,
    ancestors: &[&'d Node],
    above: &str,
    found: &mut Vec<Place<'d>>,
) {
    let unit = unit(text, node, above);
    found.push(Place { node, ancestors: ancestors.to_vec(), unit: unit.clone() });
    let inner: Vec<&Node> = ancestors.iter().copied().chain([node]).collect();
    for child in &node.children {
        descend(text, child, &inner, &unit, found);
    }
}

/// The unit of a node below a unit.
fn unit(text: &Text<'_>, node: &Node, above: &str) -> String {
    let label = node.label.map_or("", |label| text.slice(label));
    let bare = label.trim_end_matches(['、', '.', '．']);
    match node.kind {
        Kind::Preamble | Kind::Paragraph => above.to_owned(),
        Kind::Part | Kind::Subpart | Kind::Chapter | Kind::Section | Kind::Annex => {
            label.to_owned()
        }
        Kind::Article => label.to_owned(),
        Kind::Subparagraph | Kind::Point => format!("{above}{bare}"),
        Kind::Level if above.is_empty() => bare.to_owned(),
        Kind::Level => format!("{above}/{bare}"),
    }
}

/// Gives every node its identifier.
pub(super) fn identify(outline: &mut [Node]) {
    let mut seen = FxHashMap::default();
    for node in outline {
        name(node, "", &mut seen);
    }
}

fn name(node: &mut Node, above: &str, seen: &mut FxHashMap<String, u32>) {
    let word = match node.kind {
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
    };
    let mut eid = match node.kind {
        Kind::Article => word.to_owned(),
        _ if above.is_empty() => word.to_owned(),
        _ => format!("{above}__{word}"),
    };
    if let Some(number) = node.number {
        eid.push_str(&format!("_{number}"));
    }
    if let Some(branch) = node.branch {
        eid.push_str(&format!("_{branch}"));
    }
    let count = seen.entry(eid.clone()).or_insert(0);
    *count += 1;
    if *count > 1 {
        eid.push_str(&format!("-{count}"));
    }
    for child in &mut node.children {
        name(child, &eid, seen);
    }
    node.eid = eid;
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
        let units: Vec<String> = walk(&text, &found[0]).into_iter().map(|p| p.unit).collect();
        assert_eq!(units, ["第一条", "第一条（一）", "第一条（一）1", "第一条（二）"]);
        let eids: Vec<&str> = found[0].nodes().map(|node| node.eid.as_str()).collect();
        assert_eq!(
            eids,
            ["art_1", "art_1__subpara_1", "art_1__subpara_1__point_1", "art_1__subpara_2"]
        );
    }
}
