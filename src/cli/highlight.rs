//! Where in its source a hit says what was looked for.
//!
//! The file is read again: only it has the original script, and the map from the text that is searched
//! back to it. Where it is gone or has changed, nothing is told.

use std::collections::HashMap;

use crate::index;
use crate::library::Library;
use crate::read;
use crate::span::{SourceSpan, Span};
use crate::text::Text;

/// What was looked for, and where documents say it.
pub(super) struct Highlights {
    phrases: Vec<String>,
    known: HashMap<String, Vec<SourceSpan>>,
}

impl Highlights {
    /// `phrases` as [`index::phrases`] gives them.
    pub(super) fn of(phrases: Vec<String>) -> Highlights {
        Highlights { phrases, known: HashMap::new() }
    }

    /// The places within a span of a document, in code points of its source.
    pub(super) fn within(
        &mut self,
        library: &Library,
        id: &str,
        span: SourceSpan,
    ) -> anyhow::Result<Vec<SourceSpan>> {
        if !self.known.contains_key(id) {
            let places = self.places(library, id)?;
            self.known.insert(id.to_owned(), places);
        }
        let inside = |one: &&SourceSpan| span.start <= one.start && one.end <= span.end;
        Ok(self.known[id].iter().filter(inside).copied().collect())
    }

    /// All places in the file of a document.
    fn places(&self, library: &Library, id: &str) -> anyhow::Result<Vec<SourceSpan>> {
        let mut found = Vec::new();
        for place in library.places(Some(id))? {
            let Ok(bytes) = std::fs::read(&place.path) else { continue };
            let Ok(source) = read::read(&bytes) else { continue };
            if source.sha256 != place.sha256 {
                continue;
            }
            let text = Text::of(&source);
            for phrase in &self.phrases {
                let all = index::occurrences(text.as_str(), phrase).into_iter();
                found.extend(all.map(|at| text.source_span(Span::new(at.start, at.end))));
            }
            break;
        }
        found.sort();
        found.dedup();
        // A word within a longer one is told by that.
        let longer = |one: &SourceSpan, other: &SourceSpan| {
            other != one && other.start <= one.start && one.end <= other.end
        };
        let kept = found.iter().filter(|one| !found.iter().any(|other| longer(one, other)));
        Ok(kept.copied().collect())
    }
}
