//! Automatic numbers of Word's paragraphs.
//!
//! In: the parts `numbering.xml` and `styles.xml`, and for each paragraph in turn its list and
//! level. Out: the label that the paragraph is printed with. Not here: the text.
//!
//! Level 0 with `第%1条` in `chineseCounting` gives `第一条`, `第二条` …; a level below it with
//! `%1.%2` gives `1.1`.

use std::collections::HashMap;

use super::super::lists::{List, Numbering, Place};
use super::super::numbers::Format;
use super::super::xml::{Malformed, Piece, Tag, Xml, decoded};

/// The styles of a document, by their names.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    place: Place,
    hidden: bool,
}

impl Styles {
    /// Reads the part; an empty one gives no styles.
    pub(super) fn read(part: &[u8]) -> Result<Styles, Malformed> {
        let mut found = Styles::default();
        let text = decoded(part).ok_or(Malformed)?;
        let mut xml = Xml::new(&text);
        let mut name = None;
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Open(tag) if tag.name() == "style" => {
                    name = tag.get("styleId");
                    if tag.get("type").as_deref() == Some("paragraph")
                        && tag
                            .get("default")
                            .is_some_and(|on| on == "1" || on == "true" || on == "on")
                    {
                        found.usual.clone_from(&name);
                    }
                }
                Piece::Close(end) if end == "style" => name = None,
                Piece::Open(tag) => {
                    let Some(name) = &name else { continue };
                    let style = found.styles.entry(name.clone()).or_default();
                    match tag.name() {
                        "basedOn" => style.based_on = tag.get("val"),
                        "numId" | "ilfo" => style.place.list = tag.get("val"),
                        "ilvl" => style.place.level = tag.number("val"),
                        "vanish" => style.hidden = tag.is_on(),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The style and those it is based on, the nearest first.
    fn line<'a>(&'a self, name: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = name.or(self.usual.as_deref()).and_then(|name| self.styles.get(name));
        let based = |style: &&'a Style| self.styles.get(style.based_on.as_deref()?);
        // Styles that are based on each other would have no end.
        std::iter::successors(first, based).take(32)
    }

    /// Gives a place what its style says.
    pub(super) fn complete(&self, place: &mut Place) {
        let style = place.style.clone();
        for style in self.line(style.as_deref()) {
            if place.list.is_some() && place.level.is_some() {
                return;
            }
            place.list = place.list.take().or_else(|| style.place.list.clone());
            place.level = place.level.or(style.place.level);
        }
    }

    /// Whether a style of characters hides them.
    pub(super) fn hides(&self, name: Option<&str>) -> bool {
        name.is_some() && self.line(name).any(|style| style.hidden)
    }
}

/// Reads the lists of a document; an empty part gives none.
pub(super) fn lists(part: &[u8], styles: &Styles) -> Result<Numbering, Malformed> {
    let text = decoded(part).ok_or(Malformed)?;
    let mut found = Numbering::default();
    let mut reading = Reading::default();
    let mut xml = Xml::new(&text);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(tag) if matches!(tag.name(), "Fallback" | "pPr" | "rPr" | "body") => {
                // A level's own style stands in its properties.
                xml.skip()?;
            }
            Piece::Open(tag) => reading.open(&tag, &mut found),
            Piece::Close(name) => reading.close(&name),
            Piece::Text(_) => {}
        }
    }
    follow_links(&mut found, styles);
    Ok(found)
}

/// Outlines that stand in a style take the levels from there.
fn follow_links(numbering: &mut Numbering, styles: &Styles) {
    let linked: Vec<(String, String)> = numbering
        .outlines
        .iter()
        .filter_map(|(id, outline)| Some((id.clone(), outline.link.clone()?)))
        .collect();
    for (id, style) in linked {
        let list = styles.line(Some(&style)).find_map(|style| style.place.list.clone());
        let other = list.and_then(|list| Some(numbering.lists.get(&list)?.outline.clone()));
        let levels = other.and_then(|other| Some(numbering.outlines.get(&other)?.levels.clone()));
        if let (Some(levels), Some(outline)) = (levels, numbering.outlines.get_mut(&id))
            && outline.levels.is_empty()
        {
            outline.levels = levels;
        }
    }
}

/// Where in the part one is.
#[derive(Default)]
struct Reading {
    outline: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Reading {
    fn open(&mut self, tag: &Tag<'_>, found: &mut Numbering) {
        match tag.name() {
            "abstractNum" | "listDef" => {
                self.outline = tag.get("abstractNumId").or_else(|| tag.get("listDefId"));
            }
            "num" | "list" => {
                self.list = tag.get("numId").or_else(|| tag.get("ilfo"));
                if let Some(id) = &self.list {
                    found.lists.insert(id.clone(), List::default());
                }
            }
            "abstractNumId" | "ilst" => {
                if let (Some(list), Some(outline)) = (self.list(found), tag.get("val")) {
                    list.outline = outline;
                }
            }
            "lvlOverride" => self.level = tag.number("ilvl").unwrap_or(0),
            "startOverride" => {
                let level = self.level;
                if let (Some(list), Some(start)) = (self.list(found), tag.number("val")) {
                    list.starts.insert(level, start);
                }
            }
            "numStyleLink" => {
                if let Some(id) = &self.outline {
                    found.outlines.entry(id.clone()).or_default().link = tag.get("val");
                }
            }
            "lvl" => self.level = tag.number("ilvl").unwrap_or(0),
            _ => self.level_property(tag, found),
        }
    }

    fn level_property(&self, tag: &Tag<'_>, found: &mut Numbering) {
        let levels = match (&self.list, &self.outline) {
            (Some(list), _) => found.lists.get_mut(list).map(|list| &mut list.levels),
            (None, Some(outline)) => {
                Some(&mut found.outlines.entry(outline.clone()).or_default().levels)
            }
            (None, None) => None,
        };
        let Some(levels) = levels else { return };
        let known = ["start", "numFmt", "nfc", "lvlText", "suff", "isLgl", "lvlRestart", "pStyle"];
        if !known.contains(&tag.name()) {
            return;
        }
        let level = levels.entry(self.level).or_default();
        let value = tag.get("val");
        match tag.name() {
            "start" => level.start = tag.number("val"),
            "numFmt" => level.format = Format::of_word(value.as_deref().unwrap_or_default()),
            "nfc" => level.format = Format::of_number(tag.number("val").unwrap_or(0)),
            "lvlText" => level.text = value.unwrap_or_default(),
            "suff" => {
                level.glued = value.as_deref().is_some_and(|v| v.eq_ignore_ascii_case("nothing"))
            }
            "isLgl" => level.legal = tag.is_on(),
            "lvlRestart" => level.restart = tag.number("val"),
            _ => level.style = value,
        }
    }

    fn list<'n>(&self, found: &'n mut Numbering) -> Option<&'n mut List> {
        found.lists.get_mut(self.list.as_deref()?)
    }

    fn close(&mut self, name: &str) {
        match name {
            "abstractNum" | "listDef" => self.outline = None,
            "num" | "list" => self.list = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="1">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
            <w:pStyle w:val="Zhang"/><w:lvlText w:val="第%1章"/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
            <w:lvlText w:val="第%2条"/><w:lvlRestart w:val="0"/></w:lvl>
          <w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>
            <w:lvlText w:val="（%3）"/></w:lvl>
          <w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:isLgl/>
            <w:lvlText w:val="%1.%3.%4"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Linked"/></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/>
          <w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;

    const STYLES: &str = r#"<w:styles>
        <w:style w:styleId="Zhang" w:type="paragraph"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Linked"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>"#;

    fn labels(places: &[(&str, usize)]) -> Vec<String> {
        let Ok(styles) = Styles::read(STYLES.as_bytes()) else { panic!("styles") };
        let Ok(mut numbering) = lists(PART.as_bytes(), &styles) else { panic!("lists") };
        let mut label = |list: &str, level| {
            let place = Place { style: None, list: Some(list.to_owned()), level: Some(level) };
            numbering.label(&place).unwrap_or_default()
        };
        places.iter().map(|&(list, level)| label(list, level)).collect()
    }

    #[test]
    fn labels_count_on() {
        let places =
            [("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 0), ("1", 1), ("1", 2), ("1", 3)];
        let expected =
            ["第一章　", "第一条　", "（1）", "（2）", "第二章　", "第二条　", "（1）", "2.1.1　"];
        assert_eq!(labels(&places), expected);
        assert_eq!(
            labels(&[("1", 1), ("2", 1), ("2", 1), ("1", 1)]),
            ["第一条　", "第七条　", "第八条　", "第九条　"]
        );
        assert_eq!(labels(&[("3", 0), ("0", 0), ("9", 0)]), ["第一章　", "", ""]);
    }

    #[test]
    fn styles_give_their_place() {
        let Ok(styles) = Styles::read(STYLES.as_bytes()) else { panic!("styles") };
        let mut place = Place { style: Some("Zhang".to_owned()), ..Place::default() };
        styles.complete(&mut place);
        assert_eq!(place.list.as_deref(), Some("1"));
        let mut place = Place { style: Some("Loop".to_owned()), ..Place::default() };
        styles.complete(&mut place);
        assert_eq!(place.list, None);
    }
}
