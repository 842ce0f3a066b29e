//! DOC, the binary format of Word 97 to 2003 and of old WPS ([MS-DOC]).
//!
//! In: the bytes of a compound file. Out: the text as a reader of the document sees it, as of
//! DOCX. Not here: spreadsheets and presentations of that time, and what Office encrypts, which are
//! compound files too.
//!
//! The piece table of a DOC says that characters 0 to 3 stand as UTF-16 at byte 2048: `第一条`.

mod bytes;
mod format;
mod lists;

use std::io::{Cursor, Read};

use encoding_rs::WINDOWS_1252;

use super::lists::{Numbering, Place};
use super::rows::Rows;
use super::{LeftOut, Refusal, Why, Written};
use bytes::Bytes;
use format::Formats;

/// How many bytes are read of a stream.
const STREAM: u64 = 512 << 20;

/// What a compound file is, by the streams in it.
const KINDS: &[(&str, &str)] = &[
    ("Workbook", "an old spreadsheet (XLS); save what is to be read as DOCX or text"),
    ("Book", "an old spreadsheet (XLS); save what is to be read as DOCX or text"),
    ("PowerPoint Document", "an old presentation (PPT); save what is to be read as DOCX or text"),
];

/// Reads a compound file.
pub(super) fn read(bytes: &[u8]) -> Result<Written, Refusal> {
    // The parser of compound files is not ours; where it panics, the file is damaged.
    super::guard::guarded(|| streams(bytes)).unwrap_or_else(|| Err(damaged()))
}

fn streams(bytes: &[u8]) -> Result<Written, Refusal> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    if file.is_stream("EncryptedPackage") {
        return Err(locked("an Office document"));
    }
    if let Some((_, what)) = KINDS.iter().find(|(name, _)| file.is_stream(name)) {
        return Err(Refusal::NotText((*what).to_owned()));
    }
    if !file.is_stream("WordDocument") {
        let what = "an old Office document (a compound file); save it as DOCX or text";
        return Err(Refusal::NotText(what.to_owned()));
    }
    let mut stream = |name: &str| -> Result<Vec<u8>, Refusal> {
        let mut content = Vec::new();
        let stream = file.open_stream(name).map_err(|_| damaged())?;
        stream.take(STREAM).read_to_end(&mut content).map_err(|_| damaged())?;
        Ok(content)
    };
    let main = stream("WordDocument")?;
    let fib = Bytes(&main);
    if fib.u16(0) != Some(0xa5ec) {
        let what = "a document of Word 95 or older; save it as DOCX or text";
        return Err(Refusal::NotText(what.to_owned()));
    }
    let flags = fib.u16(0x0a).ok_or_else(damaged)?;
    if flags & 0x0100 != 0 {
        return Err(locked("a Word document (DOC)"));
    }
    let table = stream(if flags & 0x0200 != 0 { "1Table" } else { "0Table" })?;
    document(&main, &table).ok_or_else(damaged)
}

/// Reads a document out of its two streams; `None` where they don't hold together.
fn document(main: &[u8], table: &[u8]) -> Option<Written> {
    let (fib, tables) = (Bytes(main), Bytes(table));
    let part = |at: usize| tables.range(fib.u32(at)?, fib.u32(at + 4)?);
    let pieces = pieces(part(0x01a2)?)?;
    let formats = Formats::read(fib, part(0xfa), part(0x102), part(0xa2));
    let numbering = lists::read(tables, fib.u32(0x02e2), part(0x02ea));
    let mut body = Body {
        numbering: numbering.unwrap_or_default(),
        formats,
        rows: Rows::default(),
        left_out: Vec::new(),
        fields: Vec::new(),
        table: false,
        start: true,
    };
    // The text comes first, then footnotes, then headers.
    let [text, notes, headers] = [0x4c, 0x50, 0x54].map(|at| fib.u32(at).unwrap_or(0));
    let notes_end = text.saturating_add(notes);
    let headers_end = notes_end.saturating_add(headers);
    for piece in &pieces {
        body.piece(main, piece, text.max(1).max(notes_end), headers_end);
    }
    let Body { rows, left_out, .. } = body;
    Some(Written::new(rows.finish(), "application/msword", left_out))
}

/// A stretch of the text that stands together in the file.
struct Piece {
    /// Its first character, and the one behind its last.
    characters: (u32, u32),
    /// Where it stands.
    at: usize,
    /// Whether a character is one byte.
    narrow: bool,
}

/// The piece table ([MS-DOC] 2.8.35).
fn pieces(clx: &[u8]) -> Option<Vec<Piece>> {
    let mut rest = Bytes(clx);
    while rest.u8(0)? == 1 {
        let length = usize::from(rest.u16(1)?);
        rest = Bytes(rest.0.get(3 + length..)?);
    }
    let length = usize::try_from(rest.u32(1)?).ok()?;
    let table = Bytes(rest.0.get(5..5 + length).filter(|_| rest.u8(0) == Some(2))?);
    let count = length.checked_sub(4)? / 12;
    (0..count)
        .map(|n| {
            let place = table.u32((count + 1) * 4 + n * 8 + 2)?;
            let narrow = place & 0x4000_0000 != 0;
            let at = (place & 0x3fff_ffff) as usize;
            let characters = (table.u32(n * 4)?, table.u32(n * 4 + 4)?);
            Some(Piece { characters, at: if narrow { at / 2 } else { at }, narrow })
        })
        .collect()
}

/// A text in the making.
struct Body<'b> {
    numbering: Numbering,
    formats: Formats<'b>,
    rows: Rows,
    left_out: Vec<LeftOut>,
    /// Fields that are open: whether each is still at its instructions.
    fields: Vec<bool>,
    /// Whether a row of a table is open.
    table: bool,
    /// Whether a paragraph begins here, so that its number comes before it.
    start: bool,
}

impl Body<'_> {
    /// Writes a piece: text up to one character, what stands at the edge of pages up to another.
    fn piece(&mut self, main: &[u8], piece: &Piece, text: u32, edges: u32) {
        let step = if piece.narrow { 1 } else { 2 };
        let mut high = None;
        for (n, character) in (piece.characters.0..piece.characters.1.min(edges)).enumerate() {
            let at = piece.at + n * step;
            let Some(bytes) = main.get(at..at + step) else { return };
            let unit = match bytes {
                [low, high] => u16::from_le_bytes([*low, *high]),
                // One byte is one of Windows' western characters.
                _ => windows(bytes),
            };
            let edge = character >= text;
            if (0xd800..0xdc00).contains(&unit) {
                high = Some(unit);
                continue;
            }
            let units = high.take().into_iter().chain([unit]);
            for one in char::decode_utf16(units) {
                self.character(one.unwrap_or(char::REPLACEMENT_CHARACTER), at, edge);
            }
        }
    }

    /// Writes a character, or does what it commands ([MS-DOC] 2.4.1).
    fn character(&mut self, one: char, at: usize, edge: bool) {
        match one {
            '\u{13}' => self.fields.push(true),
            '\u{14}' => {
                if let Some(field) = self.fields.last_mut() {
                    *field = false;
                }
            }
            '\u{15}' => {
                self.fields.pop();
            }
            _ if self.fields.contains(&true) => {}
            '\r' | '\u{7}' | '\u{c}' if edge => self.leave_out(Why::PageEdge, "\n"),
            '\r' | '\u{7}' | '\u{c}' => self.end(one, at),
            '\u{1e}' => self.text("-", at, edge),
            '\u{b}' | '\u{e}' => self.text("\n", at, edge),
            '\t' => self.text("\t", at, edge),
            '\0'..='\u{1f}' => {}
            one => self.text(one.encode_utf8(&mut [0; 4]), at, edge),
        }
    }

    fn text(&mut self, text: &str, at: usize, edge: bool) {
        let look = self.formats.look(at);
        let why = if edge { Some(Why::PageEdge) } else { look };
        if let Some(why) = why {
            return self.leave_out(why, text);
        }
        self.begin(at);
        self.rows.push(text);
    }

    fn leave_out(&mut self, why: Why, text: &str) {
        match self.left_out.last_mut() {
            Some(last) if last.why == why && text != "\n" => last.text.push_str(text),
            _ => self.left_out.push(LeftOut { why, text: text.to_owned() }),
        }
    }

    /// Begins a paragraph with its number, and the row of a table it is the first of.
    fn begin(&mut self, at: usize) {
        if !std::mem::take(&mut self.start) {
            return;
        }
        let paragraph = self.formats.paragraph(at);
        if paragraph.in_table && !self.table {
            self.rows.open_row();
            self.table = true;
        }
        let list = paragraph.list.map(|list| list.to_string());
        let place = Place { style: None, list, level: paragraph.level };
        if let Some(label) = self.numbering.label(&place) {
            self.rows.push(&label);
        }
    }

    /// Ends a paragraph, a cell or a row.
    fn end(&mut self, mark: char, at: usize) {
        let paragraph = self.formats.paragraph(at);
        if mark == '\u{7}' && paragraph.ends_row {
            self.rows.close_row();
            self.table = false;
        } else {
            self.begin(at);
            match mark {
                '\u{7}' if self.table => self.rows.close_cell(),
                _ => self.rows.end_paragraph(),
            }
        }
        self.start = true;
    }
}

/// A character of one byte as a unit of UTF-16.
fn windows(byte: &[u8]) -> u16 {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(byte);
    text.encode_utf16().next().unwrap_or(0)
}

fn damaged() -> Refusal {
    Refusal::unreadable("it is an old Office document (DOC) that is damaged or cut off")
}

fn locked(what: &str) -> Refusal {
    Refusal::unreadable(format!("it is {what} that a password protects; save a copy without it"))
}
