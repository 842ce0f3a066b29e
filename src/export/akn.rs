//! A document as Akoma Ntoso 3.0.
//!
//! In: a record. Out: one XML document, `act` for regulations and `doc` for the rest: FRBR
//! metadata, organizations as references, preface, preamble, body with its headings and eIds.
//! Kinds keep their Akoma Ntoso names; a `level` of an opinion is `level`, 款 and 项 are
//! `paragraph` and `subparagraph`. Not here: duties (a record has them).
//!
//! 第四条 is `<article eId="art_4"><num>第四条</num>…`.

use super::table::calendar_day;
use crate::record::{NodeRecord, Record};

/// The namespace of Akoma Ntoso 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a record as Akoma Ntoso.
pub fn akn(record: &Record) -> String {
    let (kind, main) = match &*record.genre {
        "regulation" => ("act", "body"),
        _ => ("doc", "mainBody"),
    };
    let mut xml = Xml { text: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") };
    xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    xml.open(kind, &[("name", record.kind.as_deref().unwrap_or(&record.genre))]);
    meta(&mut xml, record);
    preface(&mut xml, record);
    let (preamble, body): (Vec<&NodeRecord>, Vec<&NodeRecord>) =
        record.outline.iter().partition(|node| node.kind == "preamble");
    if !preamble.is_empty() {
        xml.open("preamble", &[]);
        preamble.iter().for_each(|node| pieces(&mut xml, node));
        xml.close("preamble");
    }
    xml.open(main, &[]);
    if body.is_empty() {
        // A body holds divisions only.
        xml.text.push_str("<hcontainer name=\"empty\"><content><p/></content></hcontainer>\n");
    }
    body.iter().for_each(|node| division(&mut xml, node));
    xml.close(main);
    xml.close(kind);
    xml.close("akomaNtoso");
    xml.text
}

/// FRBR metadata and the organizations that the text names.
fn meta(xml: &mut Xml, record: &Record) {
    let dates = &record.dates;
    let known = [(&dates.issued, "issued"), (&dates.published, "published")];
    let real = |day: &&str| calendar_day(day).is_some();
    let known = known.iter().find_map(|(day, of)| Some((day.as_deref().filter(real)?, *of)));
    // the schema wants a day, and one of the calendar
    let (date, of) = known.unwrap_or(("0001-01-01", "unknown"));
    let work = format!(
        "/akn/cn/{}/{date}/{}",
        if record.genre == "regulation" { "act" } else { "doc" },
        record.id
    );
    xml.open("meta", &[]);
    xml.open("identification", &[("source", "#zeren")]);
    for (level, uri) in [
        ("FRBRWork", work.clone()),
        ("FRBRExpression", format!("{work}/zho@{date}")),
        ("FRBRManifestation", format!("{work}/zho@{date}.xml")),
    ] {
        xml.open(level, &[]);
        xml.empty("FRBRthis", &[("value", &format!("{uri}/!main"))]);
        xml.empty("FRBRuri", &[("value", &uri)]);
        xml.empty("FRBRdate", &[("date", date), ("name", of)]);
        let author = if level == "FRBRWork" { "#issuer" } else { "#zeren" };
        xml.empty("FRBRauthor", &[("href", author)]);
        match level {
            "FRBRWork" => xml.empty("FRBRcountry", &[("value", "cn")]),
            "FRBRExpression" => xml.empty("FRBRlanguage", &[("language", "zho")]),
            _ => {}
        }
        xml.close(level);
    }
    xml.close("identification");
    xml.open("references", &[("source", "#zeren")]);
    let issuer = record.issuers.first().map_or("unknown", |issuer| issuer.name.as_str());
    let organization = |xml: &mut Xml, id: &str, name: &str| {
        let href = format!("/ontology/organization/{}", name.replace(char::is_whitespace, ""));
        xml.empty("TLCOrganization", &[("eId", id), ("href", &href), ("showAs", name)]);
    };
    organization(xml, "issuer", issuer);
    organization(xml, "zeren", "zeren");
    let mut names: Vec<&str> = record.organizations.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for (name, at) in names.iter().zip(1..) {
        organization(xml, &format!("org_{at}"), name);
    }
    xml.close("references");
    xml.close("meta");
}

fn preface(xml: &mut Xml, record: &Record) {
    if record.title.is_none() && record.number.is_none() {
        return;
    }
    xml.open("preface", &[]);
    for (element, value) in [("docTitle", &record.title), ("docNumber", &record.number)] {
        if let Some(value) = value {
            xml.text.push_str("<p>");
            xml.leaf(element, value);
            xml.text.push_str("</p>\n");
        }
    }
    xml.close("preface");
}

/// A node with its label, heading, text and what hangs below it.
fn division(xml: &mut Xml, node: &NodeRecord) {
    let element = match &*node.kind {
        "part" | "chapter" | "section" | "article" | "paragraph" | "subparagraph" | "point"
        | "level" => &*node.kind,
        "subpart" => "subpart",
        _ => "hcontainer",
    };
    let mut attributes = vec![("eId", node.eid.as_str())];
    if element == "hcontainer" {
        attributes.push(("name", &node.kind));
    }
    xml.open(element, &attributes);
    for (name, value) in [("num", &node.label), ("heading", &node.heading)] {
        if let Some(value) = value {
            xml.leaf(name, value);
            xml.text.push('\n');
        }
    }
    if node.children.is_empty() {
        xml.open("content", &[]);
        paragraph(xml, node.text.as_deref().unwrap_or_default());
        if let Some(tail) = &node.tail {
            paragraph(xml, tail);
        }
        xml.close("content");
    } else {
        wrapped(xml, "intro", node.text.as_deref());
        node.children.iter().for_each(|child| division(xml, child));
        wrapped(xml, "wrapUp", node.tail.as_deref());
    }
    xml.close(element);
}

/// The paragraphs of a node that is no division.
fn pieces(xml: &mut Xml, node: &NodeRecord) {
    for node in node.walk() {
        for text in [&node.text, &node.tail].into_iter().flatten() {
            paragraph(xml, text);
        }
    }
}

fn wrapped(xml: &mut Xml, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        xml.open(name, &[]);
        paragraph(xml, text);
        xml.close(name);
    }
}

fn paragraph(xml: &mut Xml, text: &str) {
    xml.leaf("p", text);
    xml.text.push('\n');
}

/// XML as it is written.
struct Xml {
    text: String,
}

impl Xml {
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push_str(&format!(" {name}=\"{}\"", escape(value)));
        }
        self.text.push_str(end);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">\n");
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>\n");
    }

    fn close(&mut self, name: &str) {
        self.text.push_str(&format!("</{name}>\n"));
    }

    fn leaf(&mut self, name: &str, value: &str) {
        self.text.push_str(&format!("<{name}>{}</{name}>", escape(value)));
    }
}

/// Text as XML has it; characters that XML cannot hold are left out.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
