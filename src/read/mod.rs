//! Bytes to decoded text: floor 1.
//!
//! In: the bytes of a file, in any encoding Chinese texts come in. Out: a [`Source`], the text
//! as decoded and what it was. Not here: files (the caller has the bytes), and any change to
//! the text (that is [`crate::text`]).
//!
//! The GB18030 bytes `B5 DA CB C4 CC F5` give a source that says `第四条`, `GB18030`.

mod encoding;
mod hanzi;
mod html;
mod magic;

use std::ops::Range;

use sha2::{Digest, Sha256};

pub(crate) use hanzi::gb2312;

/// A file's text as decoded. Spans in records count its code points.
#[derive(Clone, Debug)]
pub struct Source {
    /// The decoded text; of HTML, the text that its tags leave.
    pub text: String,
    /// The lines of a page that are not its main content, as byte ranges of the text, in order;
    /// nothing of other texts.
    pub outside: Vec<Range<usize>>,
    /// The encoding's name in the WHATWG standard, except `GB18030` for all of its family.
    pub encoding: &'static str,
    /// `text/plain`, `text/html` …
    pub media_type: &'static str,
    /// The digest of the bytes, 64 hex digits.
    pub sha256: String,
}

/// Why bytes are not a text: `a PNG image`, `a ZIP archive` …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText(pub &'static str);

/// Decodes a file's bytes. What cannot be decoded becomes U+FFFD.
///
/// # Errors
///
/// [`NotText`] where the bytes are of a known format without text, or binary data.
///
/// ```
/// let source = zeren::read::read(b"\xb5\xda\xcb\xc4\xcc\xf5").unwrap();
/// assert_eq!((source.text.as_str(), source.encoding), ("第四条", "GB18030"));
/// assert_eq!(zeren::read::read(b"%PDF-1.7").unwrap_err().0, "a PDF document");
/// ```
pub fn read(bytes: &[u8]) -> Result<Source, NotText> {
    if let Some(what) = magic::format(bytes) {
        return Err(NotText(what));
    }
    let hint = html::charset(bytes);
    let (text, encoding) = encoding::decode(bytes, hint).ok_or(NotText("binary data"))?;
    let is_html = html::is_html(&text);
    let (text, outside) = if is_html {
        let page = html::page(&text);
        (page.text, page.outside)
    } else {
        (text.into_owned(), Vec::new())
    };
    Ok(Source {
        text,
        outside,
        encoding,
        media_type: if is_html { "text/html" } else { "text/plain" },
        sha256: hex(&Sha256::digest(bytes)),
    })
}

fn hex(digest: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
