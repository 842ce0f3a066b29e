//! Akoma Ntoso by the rules of its schema, as far as they concern what is written: which elements stand in
//! which, in which order and how often, which attributes they must have, that no eId comes twice.
//!
//! The content models are those of `akomantoso30.xsd` (OASIS, LegalDocML 1.0), written down here as regular
//! expressions over the names of children, narrowed to the elements that are ever written.

use std::collections::BTreeSet;
use std::path::Path;

use quick_xml::events::Event;
use regex::Regex;

/// An element: its children, and whether it has text of its own.
#[derive(Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: bool,
}

fn tree(text: &str) -> Element {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().expect("well-formed");
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|one| one.expect("an attribute"));
                let attribute = |one: quick_xml::events::attributes::Attribute<'_>| {
                    (one.key.as_ref().to_owned(), one.value.clone().into_owned())
                };
                open.push(Element {
                    name: tag.name().as_ref().to_owned(),
                    attributes: attributes.map(attribute).collect(),
                    ..Element::default()
                });
            }
            Event::Text(text) if !text.trim().is_empty() => {
                open.last_mut().expect("an element").text = true;
            }
            Event::Eof => break,
            _ => {}
        }
        if let Event::End(_) | Event::Empty(_) = event {
            let done = open.pop().expect("an element");
            open.last_mut().expect("an element above").children.push(done);
        }
    }
    open.pop().and_then(|mut top| top.children.pop()).expect("a root")
}

/// The divisions of a body.
const DIVISION: &str =
    "part|subpart|chapter|section|article|paragraph|subparagraph|point|level|hcontainer";

/// What stands in an element, with a blank behind each name; none of what holds text and inline elements.
fn model(name: &str) -> Option<String> {
    let division = format!("({DIVISION}) ");
    Some(match name {
        "akomaNtoso" => "(act|doc) ".to_owned(),
        "act" => "meta (preface )?(preamble )?body ".to_owned(),
        "doc" => "meta (preface )?(preamble )?mainBody ".to_owned(),
        "meta" => "identification (references )?".to_owned(),
        "identification" => "FRBRWork FRBRExpression FRBRManifestation ".to_owned(),
        "FRBRWork" => "FRBRthis (FRBRuri )+(FRBRdate )+(FRBRauthor )+FRBRcountry ".to_owned(),
        "FRBRExpression" => {
            "FRBRthis (FRBRuri )+(FRBRdate )+(FRBRauthor )+(FRBRlanguage )+".to_owned()
        }
        "FRBRManifestation" => "FRBRthis (FRBRuri )+(FRBRdate )+(FRBRauthor )+".to_owned(),
        "references" => "(TLCOrganization )+".to_owned(),
        "preface" | "preamble" | "content" | "intro" | "wrapUp" => "(p )+".to_owned(),
        "body" | "mainBody" => format!("({division})+"),
        "FRBRthis" | "FRBRuri" | "FRBRdate" | "FRBRauthor" | "FRBRcountry" | "FRBRlanguage"
        | "TLCOrganization" => String::new(),
        name if DIVISION.split('|').any(|one| one == name) => {
            format!("(num )?(heading )?((intro )?({division})*(wrapUp )?|content )")
        }
        "p" => "(docTitle |docNumber )*".to_owned(),
        "num" | "heading" | "docTitle" | "docNumber" => String::new(),
        _ => return None,
    })
}

/// The attributes that an element must have, and those that it may.
fn attributes(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "akomaNtoso" => (&["xmlns"], &[]),
        "act" | "doc" => (&["name"], &[]),
        "identification" | "references" => (&["source"], &[]),
        "FRBRthis" | "FRBRuri" | "FRBRcountry" => (&["value"], &[]),
        "FRBRdate" => (&["date", "name"], &[]),
        "FRBRauthor" => (&["href"], &[]),
        "FRBRlanguage" => (&["language"], &[]),
        "TLCOrganization" => (&["eId", "href", "showAs"], &[]),
        "hcontainer" => (&["name"], &["eId"]),
        name if DIVISION.split('|').any(|one| one == name) => (&["eId"], &[]),
        _ => (&[], &[]),
    }
}

/// What is wrong with an element and all in it.
fn wrong(element: &Element, eids: &mut BTreeSet<String>, found: &mut Vec<String>) {
    let name = &element.name;
    let Some(model) = model(name) else {
        found.push(format!("<{name}> is unknown"));
        return;
    };
    let children: String = element.children.iter().map(|one| format!("{} ", one.name)).collect();
    if !Regex::new(&format!("^({model})$")).expect("a model").is_match(&children) {
        found.push(format!("<{name}> holds {children}"));
    }
    let holds_text = ["p", "num", "heading", "docTitle", "docNumber"].contains(&name.as_str());
    if element.text && !holds_text {
        found.push(format!("<{name}> holds text"));
    }
    let (must, may) = attributes(name);
    let given = element.attributes.iter().map(|(key, _)| key.as_str()).collect::<BTreeSet<_>>();
    let known = must.iter().chain(may).copied().collect::<BTreeSet<_>>();
    if must.iter().any(|key| !given.contains(key)) || !given.is_subset(&known) {
        found.push(format!("<{name}> has {given:?}"));
    }
    for (key, value) in &element.attributes {
        let right = match key.as_str() {
            "eId" => {
                !value.is_empty()
                    && !value.contains(char::is_whitespace)
                    && eids.insert(value.clone())
            }
            // the type of a day has no 30th of February
            "date" => chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").is_ok(),
            "href" | "value" | "source" => !value.contains(char::is_whitespace),
            _ => !value.is_empty(),
        };
        if !right {
            found.push(format!("<{name} {key}=\"{value}\">"));
        }
    }
    element.children.iter().for_each(|child| wrong(child, eids, found));
}

fn check(path: &Path, bytes: &[u8]) -> usize {
    let records = zeren::parse::parse(path, bytes).expect("text");
    for record in &records {
        let mut found = Vec::new();
        wrong(&tree(&zeren::export::akn(record)), &mut BTreeSet::new(), &mut found);
        assert!(found.is_empty(), "{} of {}: {found:#?}", record.id, path.display());
    }
    records.len()
}

#[test]
fn documents_of_the_corpus_are_as_the_schema_wants() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = std::fs::read_dir(corpus).expect("a folder").map(|one| one.expect("one").path());
    let texts = files.filter(|path| path.extension().is_some_and(|one| one == "txt"));
    let checked: usize =
        texts.map(|path| check(&path, &std::fs::read(&path).expect("a file"))).sum();
    assert_eq!(checked, 15);
}

#[test]
fn odd_documents_are_as_the_schema_wants_too() {
    let texts = [
        "湖南省养犬管理条例",
        "某市人民政府关于养犬的通知\n各区：\n一、要办理登记。\n某市人民政府\n2016年2月30日\n",
        "养犬条例\n（2016年5月通过）\n第一条 甲<乙&丙。",
        "通知\n\n各市：\n一、总体要求\n（一）目标。甲乙丙。\n1．丁。\n2．戊。\n",
        "条例\n第一条 有下列情形之一的，处罚：\n（一）甲；\n（二）乙。\n情节严重的，从重。\n第一条 又一次。",
    ];
    for text in texts {
        assert_eq!(check(Path::new("rule.txt"), text.as_bytes()), 1);
    }
}

#[test]
fn every_tenth_statute_is_as_the_schema_wants() {
    let Some(laws) = std::env::var_os("ZEREN_LAWS") else {
        eprintln!("skipped: `ZEREN_LAWS` names no folder with statutes");
        return;
    };
    let files = walkdir::WalkDir::new(laws).sort_by_file_name().into_iter().flatten();
    let texts = files.filter(|one| one.path().extension().is_some_and(|one| one == "txt"));
    for file in texts.step_by(10) {
        check(file.path(), &std::fs::read(file.path()).expect("a file"));
    }
}
