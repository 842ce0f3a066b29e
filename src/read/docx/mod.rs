//! Word documents of XML: DOCX of Word, WPS and others, and the same in one file.
//!
//! In: an archive, or an XML file. Out: the text as a reader of the document sees it: with
//! automatic numbers, inserted passages and the rows of tables, without deleted and hidden passages.
//! Footnotes follow the text. Not here: comments, fields' instructions, pictures.
//!
//! A paragraph `为了…` numbered by `第%1条` in `chineseCounting` gives `第一条　为了…`.

mod body;
mod numbering;

use super::archive::{Archive, damaged};
use super::lists::Numbering;
use super::xml::{Malformed, Piece, Xml, decoded};
use super::{LeftOut, Refusal, Why, Written};
use body::Body;
use numbering::Styles;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const FLAT: &str = "application/vnd.ms-word";
const WHAT: &str = "a Word document (DOCX)";

/// Reads an archive.
pub(super) fn read(mut archive: Archive<'_>) -> Result<Written, Refusal> {
    let main = match archive.part("_rels/.rels")? {
        Some(rels) => relations(&rels, "").and_then(|all| target(&all, "/officeDocument")),
        None => None,
    };
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let document = archive.needed(&main)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let rels = archive.part(&format!("{folder}/_rels/{file}.rels"))?;
    let rels = rels.and_then(|rels| relations(&rels, folder)).unwrap_or_default();
    let mut parts = Parts { document, ..Parts::default() };
    for (kind, name) in &rels {
        let slot = match kind.rsplit('/').next() {
            Some("numbering") => &mut parts.numbering,
            Some("styles") => &mut parts.styles,
            Some("footnotes") => &mut parts.footnotes,
            Some("endnotes") => &mut parts.endnotes,
            Some("header" | "footer") => {
                parts.edges.extend(archive.part(name)?);
                continue;
            }
            _ => continue,
        };
        *slot = archive.part(name)?.unwrap_or_default();
    }
    written(&parts, MEDIA_TYPE).map_err(|part| damaged(WHAT, part))
}

/// Reads a document that is one XML file: a package of parts, or the XML of Word 2003.
pub(super) fn read_xml(bytes: &[u8]) -> Result<Written, Refusal> {
    let broken = || Refusal::unreadable("it is a Word document (XML) that is damaged");
    let text = decoded(bytes).ok_or_else(broken)?;
    let parts = package(&text).map_err(|_| broken())?;
    written(&parts, FLAT).map_err(|_| broken())
}

/// The parts of a document that are read, each as its bytes; empty where there is none.
#[derive(Default)]
struct Parts {
    document: Vec<u8>,
    numbering: Vec<u8>,
    styles: Vec<u8>,
    footnotes: Vec<u8>,
    endnotes: Vec<u8>,
    /// Headers and footers.
    edges: Vec<Vec<u8>>,
}

/// Writes a document's text. The error is the name of the part that is damaged.
fn written(parts: &Parts, media_type: &'static str) -> Result<Written, &'static str> {
    let styles = Styles::read(&parts.styles).map_err(|_| "styles.xml")?;
    let numbering = numbering::lists(&parts.numbering, &styles).map_err(|_| "numbering.xml")?;
    let mut body = Body::new(numbering, &styles);
    body.read(&parts.document).map_err(|_| "document.xml")?;
    body.read_notes(&parts.footnotes).map_err(|_| "footnotes.xml")?;
    body.read_notes(&parts.endnotes).map_err(|_| "endnotes.xml")?;
    let (text, mut left_out) = body.finish();
    for edge in &parts.edges {
        let mut body = Body::new(Numbering::default(), &styles);
        // What stands at the edge of pages is left out anyway.
        if body.read(edge).is_ok() {
            let lines = body.finish().0;
            let lines = lines.lines().filter(|line| !line.trim().is_empty());
            left_out
                .extend(lines.map(|line| LeftOut { why: Why::PageEdge, text: line.to_owned() }));
        }
    }
    Ok(Written::new(text, media_type, left_out))
}

/// The relations that a part states, as kind and name of the part; those outside are left out.
fn relations(bytes: &[u8], folder: &str) -> Option<Vec<(String, String)>> {
    let text = decoded(bytes)?;
    let mut xml = Xml::new(&text);
    let mut found = Vec::new();
    while let Some(piece) = xml.next().ok()? {
        let Piece::Open(tag) = piece else { continue };
        if tag.name() == "Relationship"
            && tag.get("TargetMode").as_deref() != Some("External")
            && let (Some(kind), Some(name)) = (tag.get("Type"), tag.get("Target"))
        {
            let name = match name.strip_prefix('/') {
                Some(name) => name.to_owned(),
                None if folder.is_empty() => name,
                None => format!("{folder}/{name}"),
            };
            found.push((kind, name));
        }
    }
    Some(found)
}

fn target(relations: &[(String, String)], kind: &str) -> Option<String> {
    relations.iter().find(|(found, _)| found.ends_with(kind)).map(|(_, name)| name.clone())
}

/// The parts of a document in one file. That of Word 2003 is one part for all.
fn package(text: &str) -> Result<Parts, Malformed> {
    let mut parts = Parts::default();
    let mut xml = Xml::new(text);
    let mut name = String::new();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "wordDocument" => {
                let all = text.as_bytes().to_vec();
                return Ok(Parts {
                    numbering: all.clone(),
                    styles: all.clone(),
                    document: all,
                    ..parts
                });
            }
            "part" => name = tag.get("name").unwrap_or_default(),
            "xmlData" => {
                let start = tag.inner;
                xml.skip()?;
                let part = text.as_bytes()[start..xml.before()].to_vec();
                match name.rsplit('/').next().unwrap_or_default() {
                    "document.xml" => parts.document = part,
                    "numbering.xml" => parts.numbering = part,
                    "styles.xml" => parts.styles = part,
                    "footnotes.xml" => parts.footnotes = part,
                    "endnotes.xml" => parts.endnotes = part,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if parts.document.is_empty() { Err(Malformed) } else { Ok(parts) }
}
