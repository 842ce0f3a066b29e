//! OFD (GB/T 33190), the page format of Chinese offices.
//!
//! In: an archive. Out: the text of its pages, put together from the places of its characters.
//! Not here: seals, annotations, pictures; and what template pages say, which is the same on every
//! page and is left out as such.
//!
//! `<TextObject Boundary="20 30 100 5"><TextCode X="0" Y="4" DeltaX="g 2 5">第一条</TextCode>` gives
//! `第一条`.

use super::archive::{Archive, damaged};
use super::page::{self, Glyph, Page};
use super::xml::{Malformed, Piece, Tag, Xml, decoded};
use super::{LeftOut, Refusal, Why, Written};

const WHAT: &str = "an OFD document";

/// Reads an archive.
pub(super) fn read(mut archive: Archive<'_>) -> Result<Written, Refusal> {
    let root = archive.needed("OFD.xml")?;
    let roots = elements(&root, "DocRoot").map_err(|_| damaged(WHAT, "OFD.xml"))?;
    let mut pages = Vec::new();
    let mut left_out = Vec::new();
    for root in roots {
        let root = resolve("", &root);
        let part = archive.needed(&root)?;
        let document = Document::read(&part).map_err(|_| damaged(WHAT, &root))?;
        for template in &document.templates {
            let name = resolve(&root, template);
            let Some(part) = archive.part(&name)? else { continue };
            let (page, _) = content(&part, 0.0).map_err(|_| damaged(WHAT, &name))?;
            let (text, _) = page::text(vec![page::sheet(page)]);
            let lines = text.lines().map(str::to_owned);
            left_out.extend(lines.map(|text| LeftOut { why: Why::PageEdge, text }));
        }
        for name in &document.pages {
            let name = resolve(&root, name);
            let part = archive.needed(&name)?;
            let (page, beside) =
                content(&part, document.height).map_err(|_| damaged(WHAT, &name))?;
            pages.push(page::sheet(page));
            left_out.extend(beside);
        }
    }
    let (text, edges) = page::text(pages);
    left_out.extend(edges);
    if text.trim().is_empty() && left_out.is_empty() {
        return Err(Refusal::unreadable(
            "it is an OFD document without a text layer (a scan, or empty); recognise its text \
             with an OCR program first",
        ));
    }
    Ok(Written::new(text, "application/ofd", left_out))
}

/// The parts of one of the documents that a file holds.
#[derive(Default)]
struct Document {
    pages: Vec<String>,
    templates: Vec<String>,
    height: f32,
}

impl Document {
    fn read(part: &[u8]) -> Result<Document, Malformed> {
        let text = decoded(part).ok_or(Malformed)?;
        let mut xml = Xml::new(&text);
        let mut found = Document::default();
        while let Some(piece) = xml.next()? {
            let Piece::Open(tag) = piece else { continue };
            match tag.name() {
                "Page" => found.pages.extend(tag.get("BaseLoc")),
                "TemplatePage" => found.templates.extend(tag.get("BaseLoc")),
                "PhysicalBox" => found.height = height(&xml.text()?),
                _ => {}
            }
        }
        Ok(found)
    }
}

/// The text of all elements of a name.
fn elements(part: &[u8], name: &str) -> Result<Vec<String>, Malformed> {
    let text = decoded(part).ok_or(Malformed)?;
    let mut xml = Xml::new(&text);
    let mut found = Vec::new();
    while let Some(piece) = xml.next()? {
        if let Piece::Open(tag) = piece
            && tag.name() == name
        {
            found.push(xml.text()?.trim().to_owned());
        }
    }
    Ok(found)
}

/// The name of a part that another part names.
fn resolve(from: &str, name: &str) -> String {
    if let Some(name) = name.strip_prefix('/') {
        return name.to_owned();
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn height(rectangle: &str) -> f32 {
    numbers(rectangle).get(3).copied().unwrap_or(0.0)
}

fn numbers(said: &str) -> Vec<f32> {
    said.split_ascii_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// The glyphs of a page, and its text that isn't seen or stands across.
fn content(part: &[u8], usual: f32) -> Result<(Page, Vec<LeftOut>), Malformed> {
    let text = decoded(part).ok_or(Malformed)?;
    let mut xml = Xml::new(&text);
    let mut page = Page { glyphs: Vec::new(), height: usual };
    let mut beside = Vec::new();
    let mut object = Object::default();
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "PhysicalBox" => page.height = height(&xml.text()?),
            "TextObject" => object = Object::of(&tag),
            "TextCode" => {
                object.begin(&tag);
                let deltas = tag.get("DeltaX").map(|said| deltas(&said)).unwrap_or_default();
                let down = tag.get("DeltaY").map(|said| deltas_sum(&said)).unwrap_or(0.0);
                let code = xml.text()?;
                let why = object.why().or((down > object.size * 0.5).then_some(Why::Turned));
                match why {
                    Some(why) => beside.push(LeftOut { why, text: code }),
                    None => object.write(&code, &deltas, &mut page.glyphs),
                }
            }
            _ => {}
        }
    }
    Ok((page, beside))
}

/// A text object: where its text stands.
struct Object {
    /// Its upper left corner.
    corner: (f32, f32),
    matrix: [f32; 6],
    size: f32,
    visible: bool,
    /// Where the text begins within it.
    start: (f32, f32),
}

impl Default for Object {
    fn default() -> Object {
        let matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        Object { corner: (0.0, 0.0), matrix, size: 1.0, visible: true, start: (0.0, 0.0) }
    }
}

impl Object {
    fn of(tag: &Tag<'_>) -> Object {
        let mut object = Object::default();
        if let Some(&[x, y, ..]) = tag.get("Boundary").map(|said| numbers(&said)).as_deref() {
            object.corner = (x, y);
        }
        if let Some(matrix) = tag.get("CTM").and_then(|said| numbers(&said).try_into().ok()) {
            object.matrix = matrix;
        }
        object.size = tag.number("Size").unwrap_or(1.0);
        object.visible = tag.get("Visible").as_deref() != Some("false");
        object
    }

    /// Where a text begins; what it doesn't say holds on from the one before.
    fn begin(&mut self, tag: &Tag<'_>) {
        self.start.0 = tag.number("X").unwrap_or(self.start.0);
        self.start.1 = tag.number("Y").unwrap_or(self.start.1);
    }

    /// Why its text is none of the page's.
    fn why(&self) -> Option<Why> {
        let [a, b, ..] = self.matrix;
        let turned = b.abs() > 0.2 * a.abs() || a < 0.0;
        (!self.visible).then_some(Why::Hidden).or(turned.then_some(Why::Turned))
    }

    fn write(&self, code: &str, deltas: &[f32], glyphs: &mut Vec<Glyph>) {
        let [a, b, c, d, e, f] = self.matrix;
        let place =
            |x: f32, y: f32| (self.corner.0 + a * x + c * y + e, self.corner.1 + b * x + d * y + f);
        let scale = d.abs().max(0.01);
        let mut x = self.start.0;
        for (at, character) in code.chars().enumerate() {
            let wide = if character.is_ascii() { 0.5 } else { 1.0 };
            let own = wide * self.size;
            let step = deltas.get(at).copied();
            let (left, y) = place(x, self.start.1);
            glyphs.push(Glyph {
                text: character.to_string(),
                x: left,
                y,
                // A step of up to a whole character is how wide the font has it.
                width: step.filter(|step| *step > 0.0 && *step < 1.1 * self.size).unwrap_or(own)
                    * a.abs(),
                size: self.size * scale,
            });
            x += step.unwrap_or(own);
        }
    }
}

/// How many steps one text may have: what repeats more often was made to harm.
const STEPS: usize = 1 << 20;

/// The steps between characters: `5 5 2`, `g 2 5 2` (twice 5, then 2).
fn deltas(said: &str) -> Vec<f32> {
    let mut found = Vec::new();
    let mut words = said.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
            let Some(step) = words.next().and_then(|step| step.parse::<f32>().ok()) else { break };
            let count = count.min(STEPS - found.len().min(STEPS));
            found.extend(std::iter::repeat_n(step, count));
        } else if let Ok(step) = word.parse() {
            found.push(step);
        }
    }
    found
}

fn deltas_sum(said: &str) -> f32 {
    deltas(said).iter().map(|step| step.abs()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps() {
        assert_eq!(deltas("5 5 2"), [5.0, 5.0, 2.0]);
        assert_eq!(deltas("g 2 5 2"), [5.0, 5.0, 2.0]);
        assert_eq!(deltas("g -1 5 2"), [2.0]);
        assert_eq!(deltas("g 999999999 5").len(), STEPS);
    }

    #[test]
    fn names_of_parts() {
        assert_eq!(
            resolve("Doc_0/Document.xml", "Pages/Page_0/Content.xml"),
            "Doc_0/Pages/Page_0/Content.xml"
        );
        assert_eq!(resolve("Doc_0/Document.xml", "/Doc_0/a.xml"), "Doc_0/a.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn glyphs_have_places() {
        let part = "<ofd:Page><ofd:Content><ofd:TextObject Boundary=\"20 30 100 5\" Size=\"5\">\
            <ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 2 5\">第一条</ofd:TextCode></ofd:TextObject>\
            <ofd:TextObject Boundary=\"0 0 9 9\" CTM=\"0 1 -1 0 0 0\" Size=\"5\">\
            <ofd:TextCode X=\"0\" Y=\"4\">密</ofd:TextCode></ofd:TextObject></ofd:Content></ofd:Page>";
        let Ok((page, beside)) = content(part.as_bytes(), 297.0) else { panic!("a page") };
        let places: Vec<(f32, f32)> = page.glyphs.iter().map(|glyph| (glyph.x, glyph.y)).collect();
        assert_eq!(places, [(20.0, 34.0), (25.0, 34.0), (30.0, 34.0)]);
        assert_eq!(beside, [LeftOut { why: Why::Turned, text: "密".to_owned() }]);
    }
}
