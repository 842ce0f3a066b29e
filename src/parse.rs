//! Bytes in, records out: the whole way up to floor 4, as one pure function.
//!
//! In: a file's bytes and its path (for the record only). Out: one [`Record`] a document. Not
//! here: opening files, the library.
//!
//! The 11 KB of `corpus/000_ad1dc665d4595636.txt` give one record with 29 articles.

use std::path::Path;

use crate::error::{Error, Result};
use crate::extract;
use crate::read;
use crate::record::{self, Record};
use crate::structure;
use crate::text::Text;

/// Reads a file's bytes into records, one a document, in the order of the file. An empty file
/// gives none.
///
/// # Errors
///
/// [`Error::NotText`] where the bytes are an image, an archive or something else without text.
pub fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Record>> {
    let source = read::read(bytes)
        .map_err(|read::NotText(what)| Error::NotText { path: path.to_owned(), what })?;
    let text = Text::of(&source);
    let path = path.to_string_lossy();
    Ok(structure::documents(&text)
        .iter()
        .map(|document| record::build(&path, &text, document, extract::facts(&text, document)))
        .collect())
}
