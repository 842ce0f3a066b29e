//! Fonts: what the bytes of a string say, and how wide they are.
//!
//! In: a font's dictionary, and strings. Out: characters with their widths. Not here: how glyphs
//! look; CMaps of the file ([`super::cmap`]).
//!
//! `B5 DA` in a font with `GBK-EUC-H` says `第`; so does `7B 2C` with `UniGB-UCS2-H`.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::cmap::CMap;
use super::glyphs;

/// How many bytes a CMap may inflate to.
const CMAP: usize = 16 << 20;

/// The fonts of a file that were met.
#[derive(Default)]
pub(super) struct Fonts {
    known: HashMap<ObjectId, Rc<Font>>,
}

impl Fonts {
    /// The font that resources name.
    pub(super) fn get(
        &mut self,
        document: &Document,
        resources: &Dictionary,
        name: &[u8],
    ) -> Option<Rc<Font>> {
        let fonts = resources.get_deref(b"Font", document).ok()?.as_dict().ok()?;
        let font = fonts.get(name).ok()?;
        let id = font.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return Some(known.clone());
        }
        let (_, font) = document.dereference(font).ok()?;
        let font = Rc::new(Font::read(document, font.as_dict().ok()?));
        if let Some(id) = id {
            self.known.insert(id, font.clone());
        }
        Some(font)
    }
}

/// How the bytes of a string are codes.
enum Codes {
    /// One byte each; what each says by the font's own encoding.
    Single(Box<[Option<char>; 256]>),
    /// Two bytes each, which are the numbers of glyphs.
    Glyphs,
    /// As a standard encoding has it.
    Charset(&'static Encoding),
    /// As a CMap in the file has it.
    Mapped(CMap),
}

/// A font.
pub(super) struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    /// By code, of composite fonts by glyph; in heights of the font.
    widths: HashMap<u32, f32>,
    usual: f32,
    /// Whether it writes from top to bottom.
    pub(super) vertical: bool,
}

/// A character of a string.
pub(super) struct Shown {
    /// What it says; `None` where the font doesn't tell.
    pub(super) text: Option<String>,
    /// In heights of the font.
    pub(super) width: f32,
    /// Whether it is the byte of a blank, which may be set wider.
    pub(super) blank: bool,
}

impl Font {
    fn read(document: &Document, font: &Dictionary) -> Font {
        let to_unicode = font.get_deref(b"ToUnicode", document).ok();
        let to_unicode = to_unicode.and_then(embedded);
        let composite = font.get_deref(b"Subtype", document).and_then(Object::as_name);
        if composite.is_ok_and(|subtype| subtype == b"Type0") {
            return Font::composite(document, font, to_unicode);
        }
        let scale = matrix_scale(document, font).unwrap_or(0.001);
        let (widths, usual) = simple_widths(document, font, scale);
        let codes = Codes::Single(glyphs::encoding(document, font));
        Font { codes, to_unicode, widths, usual, vertical: false }
    }

    fn composite(document: &Document, font: &Dictionary, to_unicode: Option<CMap>) -> Font {
        let encoding = font.get_deref(b"Encoding", document).ok();
        let name = encoding.and_then(|encoding| encoding.as_name().ok()).unwrap_or_default();
        let codes = match encoding.and_then(embedded) {
            Some(map) => Codes::Mapped(map),
            None => named(name),
        };
        let descendant = font.get_deref(b"DescendantFonts", document).ok();
        let descendant = descendant.and_then(|fonts| fonts.as_array().ok()?.first());
        let descendant =
            descendant.and_then(|font| document.dereference(font).ok()?.1.as_dict().ok());
        let (widths, usual) = match descendant {
            Some(descendant) => composite_widths(document, descendant),
            None => (HashMap::new(), 1.0),
        };
        Font { codes, to_unicode, widths, usual, vertical: name.ends_with(b"V") }
    }

    /// The characters of a string.
    pub(super) fn shown(&self, mut bytes: &[u8], mut write: impl FnMut(Shown)) {
        while !bytes.is_empty() {
            let (code, length) = self.code(bytes);
            let said = &bytes[..length];
            let text = self.to_unicode.as_ref().and_then(|map| map.text(code));
            let text = text.or_else(|| self.text(code, said));
            let width = self.width(code, length);
            write(Shown { text, width, blank: length == 1 && code == 32 });
            bytes = &bytes[length..];
        }
    }

    /// The first code of bytes, and its length.
    fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let number = |length: usize| {
            bytes[..length].iter().fold(0u32, |code, &byte| code << 8 | u32::from(byte))
        };
        let length =
            match &self.codes {
                Codes::Single(_) => 1,
                Codes::Glyphs => 2,
                Codes::Mapped(map) => {
                    if let Some(code) = map.code(bytes) {
                        return code;
                    }
                    2
                }
                Codes::Charset(charset) if *charset == UTF_16BE => {
                    if (0xd8..0xdc).contains(&bytes[0]) { 4 } else { 2 }
                }
                Codes::Charset(_) => {
                    if bytes[0] < 0x81 {
                        1
                    } else {
                        2
                    }
                }
            };
        let length = length.min(bytes.len());
        (number(length), length)
    }

    /// What a code says by its encoding.
    fn text(&self, code: u32, bytes: &[u8]) -> Option<String> {
        match &self.codes {
            Codes::Single(table) => table.get(code as usize).copied()?.map(String::from),
            Codes::Charset(charset) => {
                let (text, broken) = charset.decode_without_bom_handling(bytes);
                (!broken).then(|| text.into_owned())
            }
            Codes::Glyphs | Codes::Mapped(_) => None,
        }
    }

    fn width(&self, code: u32, length: usize) -> f32 {
        let glyph = match &self.codes {
            Codes::Mapped(map) => map.glyph(code).unwrap_or(code),
            // The glyphs of the standard encodings are not told; in their fonts, the characters of
            // ASCII are half as wide as the others.
            Codes::Charset(charset) => {
                let narrow = if *charset == UTF_16BE { code < 0x100 } else { length == 1 };
                return if narrow { 0.5 * self.usual } else { self.usual };
            }
            _ => code,
        };
        self.widths.get(&glyph).copied().unwrap_or(self.usual)
    }
}

/// A CMap in the file.
fn embedded(object: &Object) -> Option<CMap> {
    let stream = object.as_stream().ok()?;
    let content = stream.get_plain_content_with_limit(CMAP).ok()?;
    Some(CMap::read(&content))
}

/// The CMaps that every reader of PDF knows by name (ISO 32000-1, table 118).
fn named(name: &[u8]) -> Codes {
    let name = String::from_utf8_lossy(name);
    let begins = |heads: &[&str]| heads.iter().any(|head| name.starts_with(head));
    if name.contains("UCS2") || name.contains("UTF16") {
        Codes::Charset(UTF_16BE)
    } else if begins(&["GB-", "GBpc-", "GBK-", "GBKp-", "GBK2K-"]) {
        Codes::Charset(GB18030)
    } else if begins(&["B5pc-", "HKscs-", "ETen-", "ETenms-"]) {
        Codes::Charset(BIG5)
    } else {
        Codes::Glyphs
    }
}

/// What a unit of a Type 3 font's widths is; other fonts have thousandths.
fn matrix_scale(document: &Document, font: &Dictionary) -> Option<f32> {
    let matrix = super::numbers(document, font.get_deref(b"FontMatrix", document).ok()?)?;
    matrix.first().map(|scale| scale.abs())
}

fn simple_widths(document: &Document, font: &Dictionary, scale: f32) -> (HashMap<u32, f32>, f32) {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
    let first = u32::try_from(first).unwrap_or(0);
    let widths = font.get_deref(b"Widths", document).ok();
    let widths = widths.and_then(|widths| super::numbers(document, widths)).unwrap_or_default();
    ((first..).zip(widths.into_iter().take(256).map(|width| width * scale)).collect(), 0.5)
}

/// The widths of a composite font: `[1 [500 600] 10 20 1000]` gives 1 and 2 their own, and 10 to 20
/// one.
fn composite_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let usual = font.get_deref(b"DW", document).and_then(Object::as_float).unwrap_or(1000.0);
    let mut found = HashMap::new();
    let entries = font.get_deref(b"W", document).and_then(Object::as_array);
    let resolved =
        |object: &Object| document.dereference(object).ok().map(|(_, object)| object.clone());
    let entries: Vec<Object> =
        entries.map(|all| all.iter().filter_map(resolved).collect()).unwrap_or_default();
    let mut rest = entries.as_slice();
    let number = |object: &Object| object.as_float().ok().map(|number| number as u32);
    while let [first, second, ..] = rest {
        let Some(first) = number(first) else { break };
        if let Some(widths) = super::numbers(document, second) {
            found.extend((first..).zip(widths.into_iter().map(|width| width / 1000.0)));
            rest = &rest[2..];
        } else if let (Some(last), Some(Ok(width))) =
            (number(second), rest.get(2).map(Object::as_float))
        {
            let last = last.min(first.saturating_add(0xffff));
            found.extend((first..=last).map(|glyph| (glyph, width / 1000.0)));
            rest = &rest[3..];
        } else {
            break;
        }
        if found.len() > 0x20000 {
            break;
        }
    }
    (found, usual / 1000.0)
}

/// What a byte says where a font names no encoding.
pub(super) fn windows(byte: u8) -> Option<char> {
    let bytes = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|character| !character.is_control())
}
