//! Citations with the documents of the library they mean.
//!
//! In: the records as they are now, so that nothing has to be kept right when documents come and go.
//! Out: [`Cited`]. Not here: finding citations (`extract`).
//!
//! `根据《中华人民共和国防洪法》` means the document with the title `中华人民共和国防洪法（2016年修正）`, and
//! `《实施意见》` what the citing text calls so.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Library;
use super::facts::{code, in_full, work};
use crate::error::Result;
use crate::record::{CitationRecord, TermRecord, Word};
use crate::span::SourceSpan;

/// A citation and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The citing document.
    pub doc: String,
    /// Its title.
    pub doc_title: Option<String>,
    /// `basis`, `refers`, `amends`, `repeals`
    pub relation: Word,
    /// What is cited, in full where the text gives a short name for it.
    pub title: String,
    /// Its number, where printed.
    pub number: Option<String>,
    /// The provision, where printed.
    pub article: Option<String>,
    /// The ids of the documents it may mean: none where the library holds none, several where it holds
    /// several editions.
    pub held: Vec<String>,
    /// Where it is cited.
    pub span: SourceSpan,
}

/// What is needed of a record.
#[derive(Deserialize)]
struct Part {
    number: Option<String>,
    citations: Vec<CitationRecord>,
    terms: Vec<TermRecord>,
}

impl Library {
    /// All citations of its documents, in the order the documents came.
    ///
    /// # Errors
    ///
    /// Where a record cannot be read.
    pub fn citations(&self) -> Result<Vec<Cited>> {
        let entries = self.entries()?;
        let mut held: HashMap<String, Vec<String>> = HashMap::new();
        let mut parts = Vec::with_capacity(entries.len());
        for entry in entries {
            let part: Part = self.record(&entry.id)?;
            let title = entry.title.as_deref().map(work);
            let number = part.number.as_deref().map(code);
            for key in title.into_iter().chain(number).filter(|key| !key.is_empty()) {
                held.entry(key).or_default().push(entry.id.clone());
            }
            parts.push((entry, part));
        }
        let mut all = Vec::new();
        for (entry, part) in parts {
            for citation in part.citations {
                let title = in_full(&citation.title, &part.terms);
                let number = citation.number.as_deref().map(code);
                let by_number = number.and_then(|number| held.get(&number));
                let ids =
                    by_number.or_else(|| held.get(&work(&title))).cloned().unwrap_or_default();
                all.push(Cited {
                    held: ids.into_iter().filter(|id| *id != entry.id).collect(),
                    doc: entry.id.clone(),
                    doc_title: entry.title.clone(),
                    relation: citation.relation,
                    title,
                    number: citation.number,
                    article: citation.article,
                    span: citation.span,
                });
            }
        }
        Ok(all)
    }
}
