//! What the index holds of a record: its units and their fields.
//!
//! In: a [`Record`]. Out: one tantivy document a unit: the document, its provisions, its duties.
//! Not here: how text becomes tokens ([`super::analyzer`]).
//!
//! `第四条 省委和省人民政府对全省脱贫攻坚工作负总责` gives a provision (`art_4`) and a duty whose
//! focus is `对全省脱贫攻坚工作负总责`.

use rustc_hash::FxHashMap;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use super::analyzer::{CHARS, GRAMS, WORDS};
use crate::record::{DutyRecord, NodeRecord, Record};

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A whole document.
    Document,
    /// An article, a level with its own text, a heading.
    Provision,
    /// A duty.
    Duty,
}

impl Unit {
    /// The word the index and the command line use.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Document => "document",
            Unit::Provision => "provision",
            Unit::Duty => "duty",
        }
    }
}

/// The fields of the index. A unit has three zones: `focus`, what it is about (a title, a
/// heading, an action); `body`, its text or its bearers; `context`, what stands above and around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) unit: Field,
    /// The document's id.
    pub(crate) document: Field,
    /// Which unit of the document: an eid, or a duty's place counted from 0.
    pub(crate) key: Field,
    /// The codes of the document's region and of those it lies in.
    pub(crate) region: Field,
    pub(crate) level: Field,
    pub(crate) genre: Field,
    pub(crate) kind: Field,
    pub(crate) status: Field,
    pub(crate) year: Field,
    pub(crate) bearer: Field,
    /// The tiers of its bearers.
    pub(crate) bearer_level: Field,
    /// The role, and the responsibility where one is named: `responsible`, `foremost`.
    pub(crate) role: Field,
    pub(crate) modality: Field,
    /// The two characters that a duty's action begins with, and the two it ends with: where its
    /// verb stands.
    pub(crate) ends: Field,
    /// Pairs of characters, with their places: exact.
    pub(crate) focus: Field,
    pub(crate) body: Field,
    /// Pairs of characters without their places: it only ranks.
    pub(crate) context: Field,
    /// Words, for ranking.
    pub(crate) focus_words: Field,
    pub(crate) body_words: Field,
    /// Single characters of focus and body.
    pub(crate) characters: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let text = |tokenizer: &str, option| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option),
        )
    };
    let grams = text(GRAMS, IndexRecordOption::WithFreqsAndPositions);
    let words = text(WORDS, IndexRecordOption::WithFreqs);
    let loose = text(GRAMS, IndexRecordOption::Basic);
    let plain = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let facet = plain.clone() | FAST;
    let mut schema = Schema::builder();
    let fields = Fields {
        unit: schema.add_text_field("unit", plain.clone()),
        document: schema.add_text_field("document", facet.clone() | STORED),
        key: schema.add_text_field("key", STORED),
        region: schema.add_text_field("region", facet.clone()),
        level: schema.add_text_field("level", facet.clone()),
        genre: schema.add_text_field("genre", facet.clone()),
        kind: schema.add_text_field("kind", facet.clone()),
        status: schema.add_text_field("status", facet.clone()),
        year: schema.add_text_field("year", facet.clone()),
        bearer: schema.add_text_field("bearer", facet.clone()),
        bearer_level: schema.add_text_field("bearer_level", plain.clone()),
        role: schema.add_text_field("role", facet.clone()),
        modality: schema.add_text_field("modality", facet),
        ends: schema.add_text_field("ends", plain),
        focus: schema.add_text_field("focus", grams.clone()),
        body: schema.add_text_field("body", grams),
        context: schema.add_text_field("context", loose),
        focus_words: schema.add_text_field("focus_words", words.clone()),
        body_words: schema.add_text_field("body_words", words),
        characters: schema.add_text_field("characters", text(CHARS, IndexRecordOption::Basic)),
    };
    (schema.build(), fields)
}

impl Fields {
    /// The term that all units of a document share.
    pub(crate) fn of_document(&self, id: &str) -> Term {
        Term::from_field_text(self.document, id)
    }

    /// All units of a record.
    pub(crate) fn units(&self, record: &Record) -> Vec<TantivyDocument> {
        let title = record.title.as_deref().unwrap_or_default();
        let mut units = vec![self.document(record, title)];
        let mut above = vec![title.to_owned()];
        for node in &record.outline {
            self.provisions(record, node, &mut above, &mut units);
        }
        let mut paths = FxHashMap::default();
        paths_below(&record.outline, &mut Vec::new(), &mut paths);
        for (at, duty) in record.duties.iter().enumerate() {
            let path = paths.get(duty.eid.as_str()).map_or(&[][..], Vec::as_slice);
            units.push(self.duty(record, path, at, duty));
        }
        units
    }

    fn document(&self, record: &Record, title: &str) -> TantivyDocument {
        let mut unit = self.unit(record, Unit::Document, "");
        let mut body = String::new();
        for statement in record.preface.iter().filter(|s| s.field != "title") {
            body.push_str(&statement.value);
            body.push('\n');
        }
        for node in record.outline.iter().flat_map(NodeRecord::walk) {
            body.extend(node.heading.iter().map(|heading| format!("{heading}\n")));
        }
        self.zones(&mut unit, title, &body, "");
        unit
    }

    /// A provision for the node and for all below it, except 款, 项 and 目, which belong to the
    /// provision they stand in.
    fn provisions(
        &self,
        record: &Record,
        node: &NodeRecord,
        above: &mut Vec<String>,
        units: &mut Vec<TantivyDocument>,
    ) {
        let body = provision_text(node);
        let mut unit = self.unit(record, Unit::Provision, &node.eid);
        let heading = node.heading.as_deref().unwrap_or_default();
        self.zones(&mut unit, heading, &body, &above.join("\n"));
        units.push(unit);
        above.push(heading.to_owned());
        divisions(node, &mut |child| self.provisions(record, child, above, units));
        above.pop();
    }

    /// A duty: its action; its bearers; the headings above it and the sentence it stands in, which
    /// may hold a dozen duties and is the provision's to be found exactly.
    fn duty(
        &self,
        record: &Record,
        path: &[&NodeRecord],
        at: usize,
        duty: &DutyRecord,
    ) -> TantivyDocument {
        let mut unit = self.unit(record, Unit::Duty, &at.to_string());
        let mut body = String::new();
        for bearer in &duty.bearers {
            unit.add_text(self.bearer, &bearer.name);
            if let Some(level) = &bearer.level {
                unit.add_text(self.bearer_level, level);
            }
            body.push_str(&bearer.name);
            body.push('。');
            if bearer.text != bearer.name {
                body.push_str(&bearer.text);
                body.push('。');
            }
        }
        unit.add_text(self.role, &duty.role);
        if let Some(responsibility) = &duty.responsibility {
            unit.add_text(self.role, responsibility);
        }
        unit.add_text(self.modality, &duty.modality);
        for end in ends(&duty.action) {
            unit.add_text(self.ends, end);
        }
        let mut context = record.title.clone().unwrap_or_default();
        for heading in path.iter().filter_map(|node| node.heading.as_deref()) {
            context.push('\n');
            context.push_str(heading);
        }
        let text = path.last().and_then(|node| node.text.as_deref()).unwrap_or_default();
        context.push('\n');
        context.push_str(sentence(text, &duty.action));
        unit.add_text(self.focus, &duty.action);
        unit.add_text(self.focus_words, &duty.action);
        unit.add_text(self.characters, &duty.action);
        unit.add_text(self.body, &body);
        unit.add_text(self.context, &context);
        unit
    }

    fn unit(&self, record: &Record, unit: Unit, key: &str) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.unit, unit.as_str());
        document.add_text(self.document, &record.id);
        document.add_text(self.key, key);
        if let Some(region) = &record.region {
            for code in lineage(&region.code) {
                document.add_text(self.region, code);
            }
            document.add_text(self.level, &region.level);
        }
        document.add_text(self.genre, &record.genre);
        if let Some(kind) = &record.kind {
            document.add_text(self.kind, kind);
        }
        document.add_text(self.status, &record.status);
        if let Some(year) = record.dates.issued.as_deref().and_then(|date| date.get(..4)) {
            document.add_text(self.year, year);
        }
        document
    }

    fn zones(&self, unit: &mut TantivyDocument, focus: &str, body: &str, context: &str) {
        for (grams, words, text) in
            [(self.focus, self.focus_words, focus), (self.body, self.body_words, body)]
        {
            if !text.is_empty() {
                unit.add_text(grams, text);
                unit.add_text(words, text);
                unit.add_text(self.characters, text);
            }
        }
        if !context.is_empty() {
            unit.add_text(self.context, context);
        }
    }
}

/// A region's code and those of the regions it lies in: 430121, 430100, 430000.
pub(crate) fn lineage(code: &str) -> Vec<String> {
    let mut codes = vec![code.to_owned()];
    for digits in [4, 2] {
        if let Some(head) = code.get(..digits).filter(|_| code.len() == 6) {
            let wider = format!("{head:0<6}");
            if !codes.contains(&wider) && wider != "000000" {
                codes.push(wider);
            }
        }
    }
    codes
}

/// Whether a node belongs to the provision it stands in: 款, 项, 目.
fn is_part(node: &NodeRecord) -> bool {
    matches!(&*node.kind, "paragraph" | "subparagraph" | "point")
}

/// What below a node is a provision of its own.
fn divisions(node: &NodeRecord, each: &mut dyn FnMut(&NodeRecord)) {
    for child in &node.children {
        if is_part(child) {
            divisions(child, each);
        } else {
            each(child);
        }
    }
}

/// The text of a provision, with what belongs to it: 款, 项, 目.
pub fn provision_text(node: &NodeRecord) -> String {
    let mut text = String::new();
    own_text(node, &mut text);
    text
}

/// The text of a provision: the node's own, and what belongs to it, in the order of the text.
fn own_text(node: &NodeRecord, into: &mut String) {
    let pieces = [&node.label, &node.heading, &node.text];
    for piece in pieces.into_iter().flatten() {
        into.push_str(piece);
        into.push('\n');
    }
    for child in node.children.iter().filter(|child| is_part(child)) {
        own_text(child, into);
    }
    into.push_str(node.tail.as_deref().unwrap_or_default());
}

/// The nodes from the top down to each node, by its eid.
fn paths_below<'r>(
    nodes: &'r [NodeRecord],
    above: &mut Vec<&'r NodeRecord>,
    paths: &mut FxHashMap<&'r str, Vec<&'r NodeRecord>>,
) {
    for node in nodes {
        above.push(node);
        paths.insert(&node.eid, above.clone());
        paths_below(&node.children, above, paths);
        above.pop();
    }
}

/// What an action begins and ends with, two characters each.
fn ends(action: &str) -> [&str; 2] {
    let head = action.char_indices().nth(2).map_or(action.len(), |(at, _)| at);
    let tail = action.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    [&action[..head], &action[tail..]]
}

/// The sentence of a text in which an action begins; nothing where the text hasn't got it.
fn sentence<'t>(text: &'t str, action: &str) -> &'t str {
    let head = action.char_indices().nth(6).map_or(action, |(end, _)| &action[..end]);
    let Some(at) = text.find(action).or_else(|| text.find(head)) else { return "" };
    let before = text[..at].char_indices().rfind(|(_, c)| ends_sentence(*c));
    let start = before.map_or(0, |(at, c)| at + c.len_utf8());
    let after = text[at..].char_indices().find(|(_, c)| ends_sentence(*c));
    let end = after.map_or(text.len(), |(end, c)| at + end + c.len_utf8());
    &text[start..end]
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '；' | ';' | '！' | '？')
}

#[cfg(test)]
mod tests {
    use super::{ends, lineage, sentence};

    #[test]
    fn the_verb_stands_at_either_end() {
        assert_eq!(ends("对贫困退出情况进行考核"), ["对贫", "考核"]);
        assert_eq!(ends("监管资金"), ["监管", "资金"]);
        assert_eq!(ends("管"), ["管", "管"]);
    }

    #[test]
    fn a_duty_is_found_with_its_sentence() {
        let text = "市州负总责。省财政厅负责管理资金，加强监督；其他部门配合。";
        assert_eq!(sentence(text, "加强监督"), "省财政厅负责管理资金，加强监督；");
        assert_eq!(sentence(text, "负总责"), "市州负总责。");
        assert_eq!(sentence(text, "养犬"), "");
    }

    #[test]
    fn a_region_lies_in_its_city_and_province() {
        assert_eq!(lineage("430121"), ["430121", "430100", "430000"]);
        assert_eq!(lineage("430000"), ["430000"]);
        assert_eq!(lineage("000000"), ["000000"]);
    }
}
