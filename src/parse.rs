//! Bytes in, records out: the whole way up to floor 4, as one pure function.
//!
//! In: a file's bytes and its path (for the record only). Out: one [`Record`] a document. Not
//! here: opening files, the library.
//!
//! The 11 KB of `corpus/000_ad1dc665d4595636.txt` give one record with 29 articles.

use std::path::Path;

use crate::diagnostic::Code;
use crate::error::{Error, Result};
use crate::extract;
use crate::read::{self, LeftOut, Refusal, Why};
use crate::record::{self, DiagnosticRecord, Record};
use crate::span::SourceSpan;
use crate::structure;
use crate::text::Text;

/// By which rules and lexicons this program makes records: its version and a digest of them.
pub const RULES: &str = env!("ZEREN_RULES");

/// Reads a file's bytes into records, one a document, in the order of the file. An empty file
/// gives none.
///
/// # Errors
///
/// [`Error::NotText`] where the bytes are an image, an archive or something else without text;
/// [`Error::Unreadable`] where they are damaged, locked or a scan.
pub fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Record>> {
    let source = read::read(bytes).map_err(|refusal| refused(path, refusal))?;
    let text = Text::of(&source);
    let path = path.to_string_lossy();
    let mut records: Vec<Record> = structure::documents(&text)
        .iter()
        .map(|document| record::build(&path, &text, document, extract::facts(&text, document)))
        .collect();
    if let Some(first) = records.first_mut() {
        first.diagnostics.extend(left_out(&source.left_out, first.source.span));
    }
    Ok(records)
}

fn refused(path: &Path, refusal: Refusal) -> Error {
    let path = path.to_owned();
    match refusal {
        Refusal::NotText(what) => Error::NotText { path, what },
        Refusal::Unreadable(why) => Error::Unreadable { path, why },
    }
}

/// How many stretches that were left out are quoted.
const QUOTED: usize = 3;

/// Says what of a file is no part of its text: a diagnostic for each reason, at the beginning.
fn left_out(all: &[LeftOut], span: SourceSpan) -> Vec<DiagnosticRecord> {
    let mut reasons: Vec<Why> = all.iter().map(|left| left.why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let message = |why: Why| {
        let texts = || all.iter().filter(|left| left.why == why).map(|left| left.text.trim());
        let quoted: Vec<String> = texts()
            .filter(|text| !text.is_empty())
            .take(QUOTED)
            .map(|text| format!("`{}`", text.chars().take(20).collect::<String>()))
            .collect();
        let what = match why {
            Why::PageEdge => "at the edge of pages",
            Why::Deleted => "deleted by a revision",
            Why::Hidden => "hidden",
            Why::Turned => "turned against the text",
        };
        let more = if texts().count() > quoted.len() { " …" } else { "" };
        format!("left out {} stretches {what}: {}{more}", texts().count(), quoted.join(", "))
    };
    let code = Code::LeftOut;
    let diagnostic = |why: Why| DiagnosticRecord {
        code: code.as_str().into(),
        severity: code.severity().as_str().into(),
        message: message(why),
        span: SourceSpan { start: span.start, end: span.start },
    };
    reasons.into_iter().map(diagnostic).collect()
}
