//! A document as a list of provisions to be compared.
//!
//! In: a record's outline. Out: [`Provision`]s in the order of the text: articles whole, and what stands
//! outside of articles (paragraphs, levels) as small as it has text of its own. Not here: what
//! they are compared by.
//!
//! `一、（一）加强领导。…1.成立小组。…` gives `一/（一）` with its own text, and `一/（一）/1` with its.

use crate::record::NodeRecord;
use crate::structure;

/// What is compared with its like: an article, a level, a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// Its identifier in its document.
    pub eid: String,
    /// Its printed path; of a paragraph without one, `¶` and its place: `¶3`.
    pub unit: String,
    /// The headings above it, and its own, from the top: `总则`.
    pub headings: Vec<String>,
    /// Its text without its own label, normalised, a line a piece.
    pub text: String,
    /// The same in the script of the source; as many characters as `text`.
    pub shown: String,
}

/// The provisions of a record's outline.
pub fn provisions(outline: &[NodeRecord]) -> Vec<Provision> {
    let mut list = Vec::new();
    outline.iter().for_each(|node| collect(node, "", &[], &mut list));
    for (place, one) in list.iter_mut().enumerate() {
        if one.unit.is_empty() {
            one.unit = format!("¶{}", place + 1);
        }
    }
    list
}

/// Whether a node is a division that others of its sort may hang below.
fn divides(kind: &str) -> bool {
    matches!(kind, "part" | "subpart" | "chapter" | "section" | "article" | "level" | "annex")
}

/// Adds the provisions at and below a node.
fn collect(node: &NodeRecord, path: &str, above: &[String], list: &mut Vec<Provision>) {
    let label = node.label.as_deref();
    let path =
        label.map_or_else(|| path.to_owned(), |label| structure::step(&node.kind, label, path));
    let mut headings = above.to_vec();
    headings.extend(node.heading.clone());
    let apart = node.kind != "article" && node.walk().skip(1).any(|below| divides(&below.kind));
    let mut piece = Piece::default();
    if apart {
        piece.push(node.text.as_deref(), node.original.as_deref());
    } else {
        if divides(&node.kind) {
            piece.push(node.heading.as_deref(), None);
        }
        piece.own(node);
    }
    if !piece.text.is_empty() {
        list.push(Provision {
            eid: node.eid.clone(),
            unit: path.clone(),
            headings: headings.clone(),
            text: piece.text,
            shown: piece.shown,
        });
    }
    if apart {
        node.children.iter().for_each(|child| collect(child, &path, &headings, list));
    }
}

/// A text and how it is shown.
#[derive(Default)]
struct Piece {
    text: String,
    shown: String,
}

impl Piece {
    /// Adds a line.
    fn push(&mut self, text: Option<&str>, original: Option<&str>) {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return };
        if !self.text.is_empty() {
            self.text.push('\n');
            self.shown.push('\n');
        }
        self.text.push_str(text);
        match original.and_then(|original| in_step(text, original)) {
            Some(shown) => self.shown.push_str(&shown),
            None => self.shown.push_str(text),
        }
    }

    /// Adds a node's text and all below it, with the labels of what is below.
    fn own(&mut self, node: &NodeRecord) {
        self.push(node.text.as_deref(), node.original.as_deref());
        for child in &node.children {
            let before = self.text.len();
            self.own(child);
            let Some(label) = &child.label else { continue };
            // the label opens the line that the child's text has begun
            let at = before + usize::from(before > 0 && self.text.len() > before);
            let shown_at = self.shown.char_indices().nth(self.text[..at].chars().count());
            let shown_at = shown_at.map_or(self.shown.len(), |(at, _)| at);
            self.text.insert_str(at, label);
            self.shown.insert_str(shown_at, label);
        }
        self.push(node.tail.as_deref(), None);
    }
}

/// `original` with the white space of `text`, where both have the same number of characters else.
fn in_step(text: &str, original: &str) -> Option<String> {
    let mut characters = original.chars().filter(|c| !c.is_whitespace());
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        shown.push(if c.is_whitespace() { c } else { characters.next()? });
    }
    characters.next().is_none().then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Provision> {
        let records = crate::parse::parse(std::path::Path::new("a.txt"), text.as_bytes());
        records.expect("text").iter().flat_map(|record| provisions(&record.outline)).collect()
    }

    #[test]
    fn articles_are_whole_and_keep_their_script() {
        let text = "某省扶貧辦法\n第一章 總則\n第一條 為了扶貧，制定本辦法。\n第二條 縣長履行下列職責：\n（一）貫徹政策；\n（二）監督資金。";
        let list = of(text);
        let units: Vec<&str> = list.iter().map(|one| one.unit.as_str()).collect();
        assert_eq!(units, ["第一条", "第二条"]);
        assert_eq!(list[1].text, "县长履行下列职责：\n（一）贯彻政策；\n（二）监督资金。");
        assert_eq!(list[1].shown, "縣長履行下列職責：\n（一）貫徹政策；\n（二）監督資金。");
        assert_eq!(list[1].headings, ["总则"]);
    }

    #[test]
    fn levels_are_as_small_as_they_have_text() {
        let list = of(
            "关于扶贫的意见\n一、总体要求\n（一）指导思想。坚持精准扶贫。\n（二）目标任务。到2020年全部脱贫。\n二、加强领导\n各级党委要负总责。",
        );
        let units: Vec<&str> = list.iter().map(|one| one.unit.as_str()).collect();
        assert_eq!(units, ["一/（一）", "一/（二）", "二"], "{list:#?}");
    }

    #[test]
    fn a_text_out_of_step_is_not_forced() {
        assert_eq!(in_step("县 长", "縣長").as_deref(), Some("縣 長"));
        assert_eq!(in_step("县长", "縣長們"), None);
    }
}
