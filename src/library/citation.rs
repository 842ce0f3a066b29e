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
            let title = entry.title.as_deref().map(key);
            let number = part.number.as_deref().map(number_key);
            for key in title.into_iter().chain(number).filter(|key| !key.is_empty()) {
                held.entry(key).or_default().push(entry.id.clone());
            }
            parts.push((entry, part));
        }
        let mut all = Vec::new();
        for (entry, part) in parts {
            for citation in part.citations {
                let title = in_full(&citation.title, &part.terms);
                let number = citation.number.as_deref().map(number_key);
                let by_number = number.and_then(|number| held.get(&number));
                let ids = by_number.or_else(|| held.get(&key(&title))).cloned().unwrap_or_default();
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

/// What a title is found by: without marks and blanks, the state's name, and an edition behind it
/// (`（2018年修正）`, `(2018-10-26)`). 试行 and 草案 are no editions.
fn key(title: &str) -> String {
    let title = title.trim().trim_start_matches('《').trim_end_matches('》');
    let bare = match title.rfind(['（', '(']) {
        Some(at) if title.ends_with(['）', ')']) && is_edition(&title[at..]) => &title[..at],
        _ => title,
    };
    let bare: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    bare.strip_prefix("中华人民共和国").map(str::to_owned).unwrap_or(bare)
}

fn is_edition(bracket: &str) -> bool {
    bracket.contains(|c: char| c.is_ascii_digit())
        || ["修正", "修订", "修改"].iter().any(|word| bracket.contains(word))
}

/// A 发文字号 whatever its brackets are: `湘发〔2016〕7号`, `湘发[2016]7号`.
fn number_key(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The title that a text's own short name stands for.
fn in_full(title: &str, terms: &[TermRecord]) -> String {
    let short = terms.iter().find(|term| {
        term.term == title && term.meaning.starts_with('《') && term.meaning.ends_with('》')
    });
    match short {
        Some(term) => {
            let inner = term.meaning.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
            inner.unwrap_or(title).to_owned()
        }
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_without_state_and_edition() {
        for (one, other) in [
            ("中华人民共和国防洪法", "防洪法（2016年修正）"),
            ("湖南省农村扶贫开发条例", "湖南省农村扶贫开发条例(2015-11-01)"),
            ("关于印发〈办法〉的通知", "关于印发《办法》的通知"),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("公文办法（试行）"), key("公文办法"));
        assert_eq!(number_key("湘发〔2016〕7号"), number_key("湘发[2016]7号"));
    }
}
