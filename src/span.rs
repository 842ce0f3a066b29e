//! Places in a text.
//!
//! In: nothing. Out: [`Span`], a byte range of the normalised text, which is what every stage
//! inside the program speaks of, and [`SourceSpan`], a range of code points of the decoded
//! source, which is what a record says. Not here: the map from one to the other
//! ([`crate::text::Text::source_span`]).
//!
//! `第四条` at the head of a normalised text is `Span { start: 0, end: 9 }`, and
//! `SourceSpan { start: 0, end: 3 }` of its source.

use serde::{Deserialize, Serialize};

/// A byte range of the normalised text, on character boundaries, `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Span { start, end }
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A range of Unicode code points of the decoded source, as records give it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct SourceSpan {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}
