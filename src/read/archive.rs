//! The parts of a ZIP archive, read within bounds.
//!
//! In: the bytes of an archive. Out: its parts by name, inflated. Not here: what the parts say,
//! and any file: the names are keys, never paths.
//!
//! `word/document.xml` of a DOCX is found also as `Word\document.xml`, as some programs write it.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Refusal;

/// How many bytes all parts that are read of one archive may inflate to. A statute of a million
/// characters has some 30 MB of XML; what needs more was made to harm.
const INFLATED: u64 = 256 << 20;

/// How many parts an archive may have.
const PARTS: usize = 100_000;

/// An archive, and how much of it may still be inflated.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    left: u64,
    what: &'static str,
}

impl<'b> Archive<'b> {
    /// Opens an archive; `what` it is called in messages: `a Word document (DOCX)`.
    pub(super) fn open(bytes: &'b [u8], what: &'static str) -> Result<Archive<'b>, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(what, &error))?;
        if zip.len() > PARTS {
            return Err(Refusal::unreadable(format!("it is {what} of more than {PARTS} parts")));
        }
        let names = zip.file_names_raw().map(|name| plain(&String::from_utf8_lossy(name)));
        let names = names.collect();
        Ok(Archive { zip, names, left: INFLATED, what })
    }

    /// The names of all parts, without a slash in front.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// A part's bytes; `None` where there is no such part.
    ///
    /// # Errors
    ///
    /// Where it is damaged, encrypted or too large.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let wanted = plain(name);
        let exact = self.names.iter().position(|name| *name == wanted);
        let any = || self.names.iter().position(|name| name.eq_ignore_ascii_case(&wanted));
        let Some(at) = exact.or_else(any) else { return Ok(None) };
        let part = self.zip.by_index(at).map_err(|error| refusal(self.what, &error))?;
        let mut bytes = Vec::new();
        let read = part.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            let limit = INFLATED >> 20;
            return Err(Refusal::unreadable(format!(
                "it is {} that inflates to more than {limit} MB",
                self.what
            )));
        }
        self.left -= bytes.len() as u64;
        read.map_err(|_| damaged(self.what, &wanted))?;
        Ok(Some(bytes))
    }

    /// A part that must be there.
    ///
    /// # Errors
    ///
    /// As [`Archive::part`], and where it is missing.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let what = self.what;
        self.part(name)?
            .ok_or_else(|| Refusal::unreadable(format!("it is {what} without the part `{name}`")))
    }
}

/// A part of an archive that does not hold together.
pub(super) fn damaged(what: &str, part: &str) -> Refusal {
    Refusal::unreadable(format!("it is {what} whose part `{part}` is damaged"))
}

fn refusal(what: &str, error: &ZipError) -> Refusal {
    Refusal::unreadable(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            format!("it is {what} that a password protects; save a copy without it")
        }
        ZipError::CompressionMethodNotSupported(method) => {
            format!("it is {what} packed by a method we do not know ({method})")
        }
        _ => format!("it is {what} that is damaged or cut off"),
    })
}

/// A name as archives should have it.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}
