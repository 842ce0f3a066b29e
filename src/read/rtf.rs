//! RTF, as Word, WPS and WordPad write it.
//!
//! In: the bytes of an RTF file. Out: its text: paragraphs, the rows of tables, the automatic
//! numbers that the file holds as text. Not here: hidden and deleted text, pictures, headers, and
//! automatic numbers that it doesn't hold.
//!
//! `{\rtf1\ansicpg936 \'b5\'da\u19968 ?\par}` gives `第一`.

use encoding_rs::{BIG5, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::rows::Rows;
use super::{LeftOut, Refusal, Why, Written};

/// How deep groups may stand within each other.
const DEEPEST: usize = 10_000;

/// Groups whose text is not that of the document.
const HIDDEN: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "fldinst",
    "xmlnstbl",
    "filetbl",
    "bkmkstart",
    "bkmkend",
    "atnid",
    "atnauthor",
    "annotation",
    "template",
    "pgptbl",
    "listlevel",
    "wgrffmtfilter",
    "pnseclvl",
    "mmathPr",
    "background",
    "shppict",
    "nonshppict",
    "objdata",
    "operator",
    "userprops",
];

/// Groups of headers and footers.
const EDGES: &[&str] =
    &["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"];

/// Reads an RTF file.
pub(super) fn read(bytes: &[u8]) -> Result<Written, Refusal> {
    let mut reader = Reader::new(bytes);
    reader.read()?;
    let Reader { rows, left_out, .. } = reader;
    Ok(Written::new(rows.finish(), "application/rtf", left_out))
}

/// What a group has set.
#[derive(Clone, Copy)]
struct Group {
    /// Its text is none of the document.
    ignored: bool,
    /// Why its text is left out.
    why: Option<Why>,
    encoding: &'static Encoding,
    /// How many bytes stand for a character that `\u` has given already.
    skip: usize,
    /// Whether it is the table of fonts.
    fonts: bool,
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    rows: Rows,
    left_out: Vec<LeftOut>,
    /// Bytes of characters that are not yet decoded.
    pending: Vec<u8>,
    /// The first half of a character that UTF-16 writes with two.
    high: Option<u16>,
    /// How many characters are still to be passed over after `\u`.
    skipping: usize,
    /// The encodings of the fonts, by number.
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    /// Whether the group has just begun with `\*`.
    optional: bool,
    /// Whether a row of a table is open.
    in_row: bool,
    /// Whether the paragraph belongs to a table.
    in_table: bool,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Reader<'b> {
        let encoding = WINDOWS_1252;
        let group = Group { ignored: false, why: None, encoding, skip: 1, fonts: false };
        Reader {
            bytes,
            at: 0,
            group,
            outer: Vec::new(),
            rows: Rows::default(),
            left_out: Vec::new(),
            pending: Vec::new(),
            high: None,
            skipping: 0,
            fonts: Vec::new(),
            font: 0,
            optional: false,
            in_row: false,
            in_table: false,
        }
    }

    fn read(&mut self) -> Result<(), Refusal> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.outer.len() >= DEEPEST {
                        return Err(damaged());
                    }
                    self.outer.push(self.group);
                    self.skipping = 0;
                }
                b'}' => {
                    self.flush();
                    self.skipping = 0;
                    match self.outer.pop() {
                        Some(group) => self.group = group,
                        None => return Err(damaged()),
                    }
                    if self.outer.is_empty() {
                        return Ok(());
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        // The file ends within a group.
        Err(damaged())
    }

    /// Reads a control word or symbol.
    fn control(&mut self) {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let word = String::from_utf8_lossy(&rest[..letters]).into_owned();
        let rest = &rest[letters..];
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = String::from_utf8_lossy(&rest[..sign + digits]).parse::<i32>().ok();
        let number = number.filter(|_| digits > 0);
        let length = if digits > 0 { sign + digits } else { 0 };
        let blank = usize::from(rest.get(length) == Some(&b' '));
        self.at += letters + length + blank;
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        } else if word == "u" {
            self.unicode(number.unwrap_or(0));
        } else {
            self.flush();
            self.word(&word, number);
            self.optional = false;
        }
    }

    fn symbol(&mut self) {
        let Some(&symbol) = self.bytes.get(self.at) else { return };
        self.at += 1;
        match symbol {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2);
                let digits = digits.map(|digits| String::from_utf8_lossy(digits).into_owned());
                if let Some(byte) = digits.and_then(|d| u8::from_str_radix(&d, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.optional = true,
            b'~' => self.write("\u{a0}"),
            b'_' => self.write("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            _ => {}
        }
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.skipping > 0 {
            self.skipping -= 1;
        } else if !self.group.ignored {
            self.high = None;
            self.pending.push(byte);
        }
    }

    /// A unit of UTF-16.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skipping = self.group.skip;
        // Programs write it as a number with a sign, or without.
        let unit = (number & 0xffff) as u16;
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = [self.high.take(), Some(unit)];
        let text = char::decode_utf16(units.into_iter().flatten());
        let text: String = text.map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.write(&text);
    }

    /// Decodes the bytes that are pending.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.group.encoding.decode_without_bom_handling(&bytes);
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        if self.group.ignored {
            return;
        }
        let Some(why) = self.group.why else {
            if self.in_table && !self.in_row {
                self.rows.open_row();
                self.in_row = true;
            }
            return self.rows.push(text);
        };
        match self.left_out.last_mut() {
            Some(last) if last.why == why => last.text.push_str(text),
            _ => self.left_out.push(LeftOut { why, text: text.to_owned() }),
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if !self.group.ignored && self.group.why.is_none() {
            self.rows.end_paragraph();
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "page" | "lbr" => self.write("\n"),
            "tab" => self.write("\t"),
            "cell" | "nestcell" if !self.group.ignored => {
                if !self.in_row {
                    self.rows.open_row();
                    self.in_row = true;
                }
                self.rows.close_cell();
            }
            "row" | "nestrow" if !self.group.ignored => {
                if std::mem::take(&mut self.in_row) {
                    self.rows.close_row();
                }
            }
            "pard" => self.in_table = false,
            "intbl" => self.in_table = true,
            "v" => self.group.why = on.then_some(Why::Hidden),
            "deleted" => self.group.why = on.then_some(Why::Deleted),
            "plain" => {
                self.group.why = self.group.why.filter(|&why| why == Why::PageEdge);
            }
            "uc" => self.group.skip = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => self.group.encoding = codepage(number.unwrap_or(1252)),
            "f" => self.font(number.unwrap_or(0)),
            "fcharset" if self.group.fonts => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.push((self.font, encoding));
                }
            }
            "emdash" => self.write("—"),
            "endash" => self.write("–"),
            "lquote" => self.write("‘"),
            "rquote" => self.write("’"),
            "ldblquote" => self.write("“"),
            "rdblquote" => self.write("”"),
            "bullet" => self.write("•"),
            _ => self.destination(word),
        }
    }

    /// Begins a group that is none of the text, where the word names one.
    fn destination(&mut self, word: &str) {
        if word == "fonttbl" {
            self.group.fonts = true;
        }
        if EDGES.contains(&word) {
            self.group.why = Some(Why::PageEdge);
        } else if HIDDEN.contains(&word) || (self.optional && !KNOWN.contains(&word)) {
            self.group.ignored = true;
        }
    }

    /// Sets the font, which has an encoding of its own.
    fn font(&mut self, number: i32) {
        self.font = number;
        if self.group.fonts {
            return;
        }
        if let Some((_, encoding)) = self.fonts.iter().find(|(font, _)| *font == number) {
            self.group.encoding = encoding;
        }
    }
}

/// Optional groups whose text is the document's.
const KNOWN: &[&str] =
    &["shpinst", "shptxt", "listtext", "pntext", "footnote", "fldrslt", "nesttableprops"];

fn damaged() -> Refusal {
    Refusal::unreadable("it is an RTF document that is damaged or cut off")
}

fn codepage(number: i32) -> &'static Encoding {
    match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// The encoding of a font; `None` where it has none of its own.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        134 => Some(GB18030),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        0 => Some(WINDOWS_1252),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(rtf: &str) -> String {
        read(rtf.as_bytes()).map(|written| written.text).unwrap_or_else(|why| format!("{why:?}"))
    }

    #[test]
    fn texts() {
        for (rtf, said) in [
            (r"{\rtf1\ansi\ansicpg936 \'b5\'da\'d2\'bb\'cc\'f5\par}", "第一条\n"),
            (r"{\rtf1\uc1 \u31532?\u19968 ?\u-25835 ?\par}", "第一\u{9b15}\n"),
            (r"{\rtf1\uc2\u31532\'b5\'da x\par}", "第 x\n"),
            (r"{\rtf1\u-10240?\u-9216?\par}", "𐀀\n"),
            (r"{\rtf1{\fonttbl{\f0\fcharset134 SimSun;}}\f0\'b5\'da\par}", "第\n"),
            (r"{\rtf1 a{\v b}{\deleted c}{\*\unknown d}{\header e}f\par}", "af\n"),
            (r"{\rtf1{\listtext\'31.\tab}a\par b}", "1.\ta\nb\n"),
            (r"{\rtf1\trowd\intbl a\cell b\cell\row\pard c\par}", "a\tb\nc\n"),
            (r"{\rtf1{\pict\bin3 }}}}a\par}", "a\n"),
        ] {
            assert_eq!(text(rtf), said, "{rtf}");
        }
    }

    #[test]
    fn broken_files_are_refused() {
        for broken in [r"{\rtf1 a", r"{\rtf1 {a}", &"{\\rtf1".repeat(20_000)] {
            assert!(read(broken.as_bytes()).is_err());
        }
    }
}
