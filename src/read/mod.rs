//! Bytes to decoded text: floor 1.
//!
//! In: the bytes of a file, in any format and encoding Chinese texts come in. Out: a [`Source`],
//! the text as decoded and what it was. Not here: files (the caller has the bytes), and any change
//! to the text (that is [`crate::text`]).
//!
//! The GB18030 bytes `B5 DA CB C4 CC F5` give a source that says `第四条`, `GB18030`.

mod archive;
mod doc;
mod docx;
mod encoding;
mod guard;
mod hanzi;
mod html;
mod lists;
mod magic;
mod mhtml;
mod numbers;
mod ofd;
mod page;
mod pdf;
mod rows;
mod rtf;
mod xml;

use std::ops::Range;

use encoding_rs::Encoding;
use sha2::{Digest, Sha256};

pub(crate) use hanzi::gb2312;
use magic::Format;

/// A file's text as decoded. Spans in records count its code points.
#[derive(Clone, Debug)]
pub struct Source {
    /// The decoded text; of HTML, the text that its tags leave; of DOCX, PDF and other formats,
    /// the text that a reader sees, a line a paragraph, the cells of a table's row kept apart by a
    /// tab.
    pub text: String,
    /// The lines of a page that are not its main content, as byte ranges of the text, in order;
    /// nothing of other texts.
    pub outside: Vec<Range<usize>>,
    /// The encoding's name in the WHATWG standard, except `GB18030` for all of its family. Of
    /// formats that are no text themselves, `UTF-8`.
    pub encoding: &'static str,
    /// `text/plain`, `text/html`, `application/pdf` …
    pub media_type: &'static str,
    /// The digest of the bytes, 64 hex digits.
    pub sha256: String,
    /// What the file shows beside its text, or holds and doesn't show, in the order of the file.
    pub left_out: Vec<LeftOut>,
}

impl Source {
    /// A plain text as it stands, of no file.
    pub fn plain(text: &str) -> Source {
        Source {
            text: text.to_owned(),
            outside: Vec::new(),
            encoding: "UTF-8",
            media_type: "text/plain",
            sha256: String::new(),
            left_out: Vec::new(),
        }
    }
}

/// A stretch of a file that is no part of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub why: Why,
    /// What it says: `— 2 —`.
    pub text: String,
}

/// Why a stretch of a file is no part of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// It stands at the edge of pages, again and again: headers, footers, page numbers.
    PageEdge,
    /// A revision deleted it.
    Deleted,
    /// It is formatted as hidden, or drawn to be invisible.
    Hidden,
    /// It is turned against the text: seals, watermarks.
    Turned,
}

/// Why bytes give no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// They are of a sort without text: `a PNG image`, and what can be done.
    NotText(String),
    /// They are of a sort that is read, but damaged, locked or without a text: why, and what can
    /// be done.
    Unreadable(String),
}

impl Refusal {
    fn unreadable(why: impl Into<String>) -> Refusal {
        Refusal::Unreadable(why.into())
    }
}

/// What a reader of a format gives.
struct Written {
    text: String,
    outside: Vec<Range<usize>>,
    encoding: &'static str,
    media_type: &'static str,
    left_out: Vec<LeftOut>,
}

impl Written {
    /// A text of a format that is no text itself.
    fn new(text: String, media_type: &'static str, left_out: Vec<LeftOut>) -> Written {
        Written { text, outside: Vec::new(), encoding: "UTF-8", media_type, left_out }
    }
}

/// Decodes a file's bytes. What cannot be decoded becomes U+FFFD.
///
/// # Errors
///
/// A [`Refusal`] where the bytes are of a format without text, binary data, or damaged.
///
/// ```
/// use zeren::read::{Refusal, read};
/// let source = read(b"\xb5\xda\xcb\xc4\xcc\xf5").unwrap();
/// assert_eq!((source.text.as_str(), source.encoding), ("第四条", "GB18030"));
/// let page = read("<p>第一条</p><p>第二条</p>".as_bytes()).unwrap();
/// assert_eq!((page.text.as_str(), page.media_type), ("第一条\n第二条\n", "text/html"));
/// assert!(matches!(read(b"\x89PNG\r\n\x1a\n"), Err(Refusal::NotText(_))));
/// ```
pub fn read(bytes: &[u8]) -> Result<Source, Refusal> {
    let written = match magic::format(bytes) {
        Some(Format::Zip) => zipped(bytes)?,
        Some(Format::Pdf) => pdf::read(bytes)?,
        Some(Format::Rtf) => rtf::read(bytes)?,
        Some(Format::Ole) => doc::read(bytes)?,
        Some(Format::Mhtml) => mhtml::read(bytes)?,
        Some(Format::WordXml) => docx::read_xml(bytes)?,
        Some(Format::Other(what)) => return Err(Refusal::NotText(what.to_owned())),
        None => text(bytes, None)?,
    };
    let sha256 = hex(&Sha256::digest(bytes));
    let Written { text, outside, encoding, media_type, left_out } = written;
    Ok(Source { text, outside, encoding, media_type, sha256, left_out })
}

/// Reads an archive by what it holds.
fn zipped(bytes: &[u8]) -> Result<Written, Refusal> {
    let archive = archive::Archive::open(bytes, magic::archive_prefix(bytes))?;
    match magic::archive(archive.names()) {
        magic::Package::Word => docx::read(archive),
        magic::Package::Ofd => ofd::read(archive),
        magic::Package::Other(what) => Err(Refusal::NotText(what.to_owned())),
    }
}

/// Reads a plain text or a page; `declared` is the encoding that a header names.
fn text(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Written, Refusal> {
    let hint = declared.or_else(|| html::charset(bytes));
    let Some((text, encoding)) = encoding::decode(bytes, hint) else {
        return Err(Refusal::NotText("binary data".to_owned()));
    };
    let is_html = html::is_html(&text);
    let (text, outside) = if is_html {
        let page = html::page(&text);
        (page.text, page.outside)
    } else {
        (text.into_owned(), Vec::new())
    };
    Ok(Written {
        text,
        outside,
        encoding,
        media_type: if is_html { "text/html" } else { "text/plain" },
        left_out: Vec::new(),
    })
}

fn hex(digest: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
