//! The map from normalised text back to its source.
//!
//! In: steps of normalising, as they are taken. Out: [`Offsets`], exact for every character.
//! Not here: normalising itself.
//!
//! Of `省 委`, normalised to `省委`, the second character lies at code point 2 of the source.
//!
//! Where characters go over one to one, as nearly all do, only the beginning of the run is
//! kept, and at least every [`STRIDE`] bytes another: a look-up is a binary search and a short
//! walk, and the map takes about a third of the text.

use std::ops::Range;

use crate::span::{SourceSpan, Span};

/// How many bytes of normalised text one anchor serves at the most.
const STRIDE: usize = 48;

/// From here on, characters go over one to one.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    /// Byte of the normalised text.
    at: usize,
    /// Byte of the source.
    byte: usize,
    /// Code point of the source.
    point: usize,
}

/// The map.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    anchors: Vec<Anchor>,
    /// Characters (by their byte in the normalised text) that stand for several of the source,
    /// and how many: code points, bytes.
    wide: Vec<(usize, usize, usize)>,
}

impl Offsets {
    /// Notes that the normalised character about to be written at `at` comes from the source
    /// character at `byte`, `point`. Call it for every character.
    pub(crate) fn note(&mut self, at: usize, byte: usize, point: usize, linear: bool) {
        let keep = match self.anchors.last() {
            Some(last) => !linear || at - last.at >= STRIDE,
            None => true,
        };
        if keep {
            self.anchors.push(Anchor { at, byte, point });
        }
    }

    /// Notes that the normalised character at `at` stands for `points` code points, `bytes`
    /// bytes of the source.
    pub(crate) fn note_wide(&mut self, at: usize, points: usize, bytes: usize) {
        self.wide.push((at, points, bytes));
    }

    /// The code points of a span, from its first character to its last.
    pub(crate) fn source_span(&self, content: &str, span: Span) -> SourceSpan {
        let start = self.point(content, span.start);
        if span.is_empty() {
            return SourceSpan { start, end: start };
        }
        let last = content[..span.end].char_indices().next_back().map_or(0, |(at, _)| at);
        let points = self.wide_at(last).map_or(1, |(points, _)| points);
        SourceSpan { start, end: self.point(content, last) + points }
    }

    /// The bytes of the source of a span, from its first character to its last.
    pub(crate) fn source_bytes(&self, content: &str, source: &str, span: Span) -> Range<usize> {
        let start = self.byte(content, source, span.start);
        if span.is_empty() {
            return start..start;
        }
        let last = content[..span.end].char_indices().next_back().map_or(0, |(at, _)| at);
        let begin = self.byte(content, source, last);
        let bytes = match self.wide_at(last) {
            Some((_, bytes)) => bytes,
            None => source[begin..].chars().next().map_or(0, char::len_utf8),
        };
        start..begin + bytes
    }

    fn anchor(&self, at: usize) -> Anchor {
        let next = self.anchors.partition_point(|anchor| anchor.at <= at);
        match next.checked_sub(1) {
            Some(index) => self.anchors[index],
            None => Anchor { at: 0, byte: 0, point: 0 },
        }
    }

    fn point(&self, content: &str, at: usize) -> usize {
        let anchor = self.anchor(at);
        anchor.point + content[anchor.at..at].chars().count()
    }

    fn byte(&self, content: &str, source: &str, at: usize) -> usize {
        let anchor = self.anchor(at);
        let steps = content[anchor.at..at].chars().count();
        anchor.byte + source[anchor.byte..].chars().take(steps).map(char::len_utf8).sum::<usize>()
    }

    fn wide_at(&self, at: usize) -> Option<(usize, usize)> {
        let index = self.wide.binary_search_by_key(&at, |&(at, _, _)| at).ok()?;
        let (_, points, bytes) = self.wide[index];
        Some((points, bytes))
    }
}
