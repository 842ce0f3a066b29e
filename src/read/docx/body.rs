//! The body of a Word document as text.
//!
//! In: the XML of a body, of notes, of a header. Out: its text, and what was left out of it. Not
//! here: what an automatic number says ([`super::numbering`]).
//!
//! `<w:p><w:del>…旧</w:del><w:ins>…新</w:ins></w:p>` gives `新`, and `旧` as left out.

use super::super::lists::{Numbering, Place};
use super::super::rows::Rows;
use super::super::xml::{Malformed, Piece, Tag, Xml, decoded};
use super::super::{LeftOut, Why};
use super::numbering::Styles;

/// A body being read.
pub(super) struct Body<'s> {
    numbering: Numbering,
    styles: &'s Styles,
    rows: Rows,
    left_out: Vec<LeftOut>,
    /// What encloses the text, and why it is left out where it is.
    enclosing: Vec<Option<Why>>,
    paragraphs: Vec<Paragraph>,
    /// Whether the run hides its text.
    hidden: bool,
    /// Labels that the document holds as text (Word 2003).
    label: Option<String>,
}

/// What a paragraph says of itself.
#[derive(Default)]
struct Paragraph {
    place: Place,
    labelled: bool,
    /// A deleted mark: the next paragraph goes on in the same line.
    joined: bool,
}

impl<'s> Body<'s> {
    pub(super) fn new(numbering: Numbering, styles: &'s Styles) -> Body<'s> {
        Body {
            numbering,
            styles,
            rows: Rows::default(),
            left_out: Vec::new(),
            enclosing: Vec::new(),
            paragraphs: Vec::new(),
            hidden: false,
            label: None,
        }
    }

    /// Reads a part.
    pub(super) fn read(&mut self, part: &[u8]) -> Result<(), Malformed> {
        let text = decoded(part).ok_or(Malformed)?;
        let mut xml = Xml::new(&text);
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Open(tag) => self.open(&tag, &mut xml)?,
                Piece::Close(name) => self.close(&name),
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Reads notes, each of which becomes a line `[1] …`. The first ones of a part are the lines
    /// that separate notes from the text.
    pub(super) fn read_notes(&mut self, part: &[u8]) -> Result<(), Malformed> {
        if part.is_empty() { Ok(()) } else { self.read(part) }
    }

    pub(super) fn finish(self) -> (String, Vec<LeftOut>) {
        (self.rows.finish(), self.left_out)
    }

    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match tag.name() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.properties(xml)?,
            "r" => self.hidden = false,
            "rPr" => self.run_properties(xml)?,
            "t" | "delText" => {
                let text = xml.text()?;
                self.write(&text);
            }
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => self.symbol(tag),
            "tr" => {
                self.rows.open_row();
            }
            "txbxContent" => self.rows.open_box(),
            "footnote" | "endnote" => return self.note(tag, xml),
            "del" | "moveFrom" => self.enclosing.push(Some(Why::Deleted)),
            "annotation" => {
                let kind = tag.get("type").unwrap_or_default();
                let why = kind.ends_with(".Deletion").then_some(Why::Deleted);
                self.enclosing.push(why);
            }
            // The same once more, for programs that don't know the choice before it; the reading
            // of a ruby; lists of styles and lists within the one part of Word 2003.
            "Fallback" | "rt" | "styles" | "lists" | "sectPr" | "tblPr" | "tcPr" | "trPr" => {
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => self.hidden = false,
            "tc" => self.rows.close_cell(),
            "tr" => self.rows.close_row(),
            "txbxContent" => self.rows.close_box(),
            "del" | "moveFrom" | "annotation" => {
                self.enclosing.pop();
            }
            _ => {}
        }
    }

    /// Writes text of a run.
    fn write(&mut self, text: &str) {
        let enclosing = self.enclosing.iter().rev().find_map(|why| *why);
        if let Some(why) = enclosing.or(self.hidden.then_some(Why::Hidden)) {
            self.leave_out(why, text);
            return;
        }
        self.write_label();
        self.rows.push(text);
    }

    fn leave_out(&mut self, why: Why, text: &str) {
        match self.left_out.last_mut() {
            Some(last) if last.why == why => last.text.push_str(text),
            _ => self.left_out.push(LeftOut { why, text: text.to_owned() }),
        }
    }

    /// Writes the automatic number of the paragraph, once.
    fn write_label(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|p| !p.labelled) else { return };
        paragraph.labelled = true;
        let label = self.label.take().or_else(|| self.numbering.label(&paragraph.place));
        if let Some(label) = label {
            self.rows.push(&label);
        }
    }

    fn end_paragraph(&mut self) {
        let written = !self.rows.is_fresh();
        // A number without text is seen too, but not that of a paragraph that was deleted.
        let joined = self.paragraphs.last().is_some_and(|paragraph| paragraph.joined);
        if !joined && (written || self.enclosing.iter().all(Option::is_none)) {
            self.write_label();
        }
        self.paragraphs.pop();
        self.label = None;
        if !joined {
            self.rows.end_paragraph();
        }
    }

    /// Reads what a paragraph says of itself.
    fn properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let mut place = Place::default();
        let (mut joined, mut marked) = (false, false);
        let mut depth = 1;
        while depth > 0 {
            match xml.next()?.ok_or(Malformed)? {
                Piece::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        // What it was before a revision.
                        "pPrChange" | "rPrChange" | "sectPr" => {
                            xml.skip()?;
                            depth -= 1;
                        }
                        "pStyle" => place.style = tag.get("val"),
                        "ilvl" => place.level = tag.number("val"),
                        "numId" | "ilfo" => place.list = tag.get("val"),
                        "outlineLvl" => {}
                        "rPr" => marked = true,
                        "del" | "moveFrom" if marked => joined = true,
                        "t" => self.label = tag.get("val").map(|label| format!("{label}\u{3000}")),
                        _ => {}
                    }
                }
                Piece::Close(name) => {
                    depth -= 1;
                    marked &= name != "rPr";
                }
                Piece::Text(_) => {}
            }
        }
        self.styles.complete(&mut place);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            (paragraph.place, paragraph.joined) = (place, joined);
        }
        Ok(())
    }

    /// Reads whether a run hides its text.
    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let mut depth = 1;
        while depth > 0 {
            match xml.next()?.ok_or(Malformed)? {
                Piece::Open(tag) if tag.name() == "rPrChange" => xml.skip()?,
                Piece::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        "vanish" => self.hidden = tag.is_on(),
                        "rStyle" => self.hidden |= self.styles.hides(tag.get("val").as_deref()),
                        _ => {}
                    }
                }
                Piece::Close(_) => depth -= 1,
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    /// A character of a font of symbols: what Unicode has for the usual ones, else the character
    /// that the document names.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let symbol = match code.map(|code| code & 0xff) {
            Some(0xa3 | 0xa8 | 0x6f) => Some('□'),
            Some(0x52 | 0xfe) => Some('☑'),
            _ => code.and_then(char::from_u32),
        };
        if let Some(symbol) = symbol {
            self.write(symbol.encode_utf8(&mut [0; 4]));
        }
    }

    /// A note becomes a paragraph; the lines that separate notes from the text are none.
    fn note(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let separates = tag.get("type").is_some_and(|kind| kind != "normal");
        if separates {
            return xml.skip();
        }
        self.label = tag.get("id").map(|id| format!("[{id}] "));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of paragraphs, and what was left out of them.
    fn text(body: &str) -> (String, Vec<LeftOut>) {
        let styles = Styles::default();
        let mut reading = Body::new(Numbering::default(), &styles);
        let part = format!("<w:document><w:body>{body}</w:body></w:document>");
        assert!(reading.read(part.as_bytes()).is_ok(), "{body}");
        reading.finish()
    }

    #[test]
    fn what_a_reader_sees() {
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        let p = |inner: &str| format!("<w:p>{inner}</w:p>");
        let boxed = format!("<w:txbxContent>{}</w:txbxContent>", p(&run("框")));
        for (body, said) in [
            (
                p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"),
                "甲\t乙\n丙\n",
            ),
            (
                p(&format!("<w:ins>{}</w:ins><w:hyperlink>{}</w:hyperlink>", run("新"), run("链"))),
                "新链\n",
            ),
            (
                p(&format!(
                    "<w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice><mc:Fallback>{boxed}\
                     </mc:Fallback></mc:AlternateContent></w:r>{}",
                    run("甲")
                )),
                "甲\n框\n",
            ),
            (
                p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r>")
                    + &p(&run("乙")),
                "甲乙\n",
            ),
            (p("<w:r><w:instrText>PAGE</w:instrText></w:r>"), "\n"),
        ] {
            assert_eq!(text(&body), (said.to_owned(), Vec::new()), "{body}");
        }
    }

    #[test]
    fn what_a_reader_does_not_see() {
        let (said, left_out) = text(
            "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t>\
             </w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr>\
             <w:vanish w:val=\"0\"/></w:rPr><w:t>新</w:t></w:r></w:p>",
        );
        assert_eq!(said, "新\n");
        let expected = [(Why::Deleted, "旧移"), (Why::Hidden, "隐")];
        let found: Vec<(Why, &str)> =
            left_out.iter().map(|left| (left.why, left.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn notes_follow_the_text() {
        let styles = Styles::default();
        let mut body = Body::new(Numbering::default(), &styles);
        assert!(body.read("<w:p><w:r><w:t>甲</w:t></w:r></w:p>".as_bytes()).is_ok());
        let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
            <w:footnote w:id=\"1\"><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:footnotes>";
        assert!(body.read_notes(notes.as_bytes()).is_ok());
        assert_eq!(body.finish().0, "甲\n[1] 注\n");
    }
}
