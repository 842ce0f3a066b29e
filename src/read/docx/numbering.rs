//! Automatic numbers of Word's paragraphs.
//!
//! In: the parts `numbering.xml` and `styles.xml`, and for each paragraph in turn its list and
//! level. Out: the label that the paragraph is printed with. Not here: the text.
//!
//! Level 0 with `第%1条` in `chineseCounting` gives `第一条`, `第二条` …; a level below it with
//! `%1.%2` gives `1.1`.

use std::collections::HashMap;

use super::super::numbers::{Format, bullet};
use super::super::xml::{Malformed, Piece, Tag, Xml, decoded};

/// How many levels a list has.
const LEVELS: usize = 9;

/// Which list a paragraph is in, by its own properties or its style's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its style.
    pub(super) style: Option<String>,
    /// Its list; `0` where it is taken out of all.
    pub(super) list: Option<String>,
    /// Its level.
    pub(super) level: Option<usize>,
}

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

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    outlines: HashMap<String, Outline>,
    counts: HashMap<String, Count>,
}

/// A list: an outline, with levels that it has otherwise.
#[derive(Default)]
struct List {
    outline: String,
    levels: HashMap<usize, Level>,
    starts: HashMap<usize, u32>,
}

/// What several lists have in common.
#[derive(Default)]
struct Outline {
    levels: HashMap<usize, Level>,
    /// A style that says which list is meant.
    link: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: Format,
    text: String,
    /// Whether nothing stands between the label and the text.
    glued: bool,
    /// Whether all numbers are printed as 1, 2, 3.
    legal: bool,
    /// The level above which it starts again; 0 for never.
    restart: Option<usize>,
    style: Option<String>,
}

/// How far an outline has counted, level by level.
#[derive(Default)]
struct Count {
    numbers: [Option<u32>; LEVELS],
    /// Lists whose own starts are done.
    begun: Vec<String>,
}

impl Numbering {
    /// Reads the part; an empty one gives no lists.
    pub(super) fn read(part: &[u8], styles: &Styles) -> Result<Numbering, Malformed> {
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
        found.follow_links(styles);
        Ok(found)
    }

    /// Outlines that stand in a style take the levels from there.
    fn follow_links(&mut self, styles: &Styles) {
        let linked: Vec<(String, String)> = self
            .outlines
            .iter()
            .filter_map(|(id, outline)| Some((id.clone(), outline.link.clone()?)))
            .collect();
        for (id, style) in linked {
            let list = styles.line(Some(&style)).find_map(|style| style.place.list.clone());
            let other = list.and_then(|list| Some(self.lists.get(&list)?.outline.clone()));
            let levels = other.and_then(|other| Some(self.outlines.get(&other)?.levels.clone()));
            if let (Some(levels), Some(outline)) = (levels, self.outlines.get_mut(&id))
                && outline.levels.is_empty()
            {
                outline.levels = levels;
            }
        }
    }

    /// The label of the next paragraph, with the blank behind it; `None` where it has none.
    pub(super) fn label(&mut self, place: &Place) -> Option<String> {
        let id = place.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let outline = self.outlines.get(&list.outline)?;
        let linked = || {
            let own = |level: &Level| level.style.is_some() && level.style == place.style;
            outline.levels.iter().find(|(_, level)| own(level)).map(|(&at, _)| at)
        };
        let at = place.level.or_else(linked).unwrap_or(0).min(LEVELS - 1);
        let level = |at: usize| list.levels.get(&at).or_else(|| outline.levels.get(&at));
        let own = level(at)?;
        let count = self.counts.entry(list.outline.clone()).or_default();
        if !count.begun.iter().any(|begun| begun == id) {
            count.begun.push(id.to_owned());
            for (&at, &start) in list.starts.iter().filter(|(at, _)| **at < LEVELS) {
                count.numbers[at] = start.checked_sub(1);
            }
        }
        let start = |at: usize| level(at).and_then(|level| level.start).unwrap_or(1);
        let number = count.numbers[at].map_or(start(at), |number| number.saturating_add(1));
        count.numbers[at] = Some(number);
        for below in at + 1..LEVELS {
            let restart = level(below).and_then(|level| level.restart).unwrap_or(below);
            if restart > at {
                count.numbers[below] = None;
            }
        }
        let numbers = count.numbers;
        let shown = |at: usize| {
            let number = numbers[at].unwrap_or_else(|| start(at));
            let format = level(at).map_or(Format::Decimal, |level| level.format);
            if own.legal { number.to_string() } else { format.write(number) }
        };
        let label = own.print(shown);
        (!label.is_empty()).then_some(label)
    }
}

impl Level {
    /// The label: its text, with `%1` to `%9` for the numbers of the levels.
    fn print(&self, shown: impl Fn(usize) -> String) -> String {
        if self.format == Format::Bullet {
            return bullet(&self.text).map(|mark| format!("{mark} ")).unwrap_or_default();
        }
        let mut label = String::new();
        let mut characters = self.text.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = characters.peek().and_then(|next| next.to_digit(10));
            match digit.filter(|digit| character == '%' && *digit > 0) {
                Some(digit) => {
                    characters.next();
                    label.push_str(&shown(digit as usize - 1));
                }
                None => label.push(character),
            }
        }
        if !label.is_empty() && !self.glued {
            label.push('\u{3000}');
        }
        label
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
        let Ok(mut numbering) = Numbering::read(PART.as_bytes(), &styles) else { panic!("lists") };
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
