//! The map from normalised text back to its source.
//!
//! In: steps of normalising, as they are taken. Out: [`Offsets`], exact for every character.
//! Not here: normalising itself.
//!
//! Of `省 委`, normalised to `省委`, the second character lies at code point 2 of the source.
//!
//! Where characters go over one to one, as nearly all do, only the beginning of the run is
//! kept, and at least every [`STRIDE`] bytes another: a look-up is a binary search and a short
//! walk, and the map takes less than half of the text.

use std::ops::Range;

use crate::span::{SourceSpan, Span};

/// How many bytes of normalised text one anchor serves at the most.
const STRIDE: usize = 96;

/// From here on, characters go over one to one.
#[derive(Clone, Copy, Debug, Default)]
struct Anchor {
    /// Byte of the normalised text.
    at: usize,
    /// Byte of the source.
    byte: usize,
    /// Code point of the source.
    point: usize,
}

/// A character that stands for several of the source.
#[derive(Clone, Copy, Debug)]
struct Wide {
    /// Its byte in the normalised text.
    at: usize,
    /// How many code points of the source it stands for.
    points: usize,
    /// How many bytes of the source.
    bytes: usize,
}

/// The map.
#[derive(Debug, Default)]
pub(crate) struct Offsets {
    anchors: Vec<Anchor>,
    wide: Vec<Wide>,
    /// Where the run that the last anchor began would go on: code point, byte of its end.
    next: usize,
    limit: usize,
}

impl Offsets {
    /// Notes that the normalised character about to be written at `at` comes from the source
    /// character at `byte`, `point`. Call it for every character, in order.
    pub(crate) fn note(&mut self, at: usize, byte: usize, point: usize) {
        if point != self.next || at >= self.limit {
            self.anchors.push(Anchor { at, byte, point });
            self.limit = at + STRIDE;
        }
        self.next = point + 1;
    }

    /// Notes that the character just noted at `at` stands for `points` code points, `bytes`
    /// bytes of the source.
    pub(crate) fn note_wide(&mut self, at: usize, points: usize, bytes: usize) {
        self.wide.push(Wide { at, points, bytes });
    }

    /// The code points of a span, from its first character to its last.
    pub(crate) fn source_span(&self, content: &str, span: Span) -> SourceSpan {
        let start = self.point(content, span.start);
        let Some((last, _)) = content[span.start..span.end].char_indices().next_back() else {
            return SourceSpan { start, end: start };
        };
        let last = span.start + last;
        let points = self.wide_at(last).map_or(1, |wide| wide.points);
        SourceSpan { start, end: self.point(content, last) + points }
    }

    /// The bytes of the source of a span, from its first character to its last.
    pub(crate) fn source_bytes(&self, content: &str, source: &str, span: Span) -> Range<usize> {
        let start = self.byte(content, source, span.start);
        let Some((last, _)) = content[span.start..span.end].char_indices().next_back() else {
            return start..start;
        };
        let last = span.start + last;
        let begin = self.byte(content, source, last);
        let bytes = match self.wide_at(last) {
            Some(wide) => wide.bytes,
            None => source[begin..].chars().next().map_or(0, char::len_utf8),
        };
        start..begin + bytes
    }

    /// The byte of the source where the character at `at` comes from; at the end of the text,
    /// the end of the last character's source.
    pub(crate) fn byte(&self, content: &str, source: &str, at: usize) -> usize {
        let anchor = self.anchor(at);
        let steps = content[anchor.at..at].chars().count();
        let walked = source[anchor.byte..].chars().take(steps).map(char::len_utf8).sum::<usize>();
        anchor.byte + walked
    }

    /// The byte of the normalised text that a code point of the source went to; that of a
    /// character which was dropped, where it would be or the one before.
    pub(crate) fn at_point(&self, content: &str, point: usize) -> usize {
        let next = self.anchors.partition_point(|anchor| anchor.point <= point);
        let anchor = next.checked_sub(1).map_or(Anchor::default(), |index| self.anchors[index]);
        let end = self.anchors.get(next).map_or(content.len(), |anchor| anchor.at);
        let mut places = content[anchor.at..end].char_indices();
        let found = places.nth(point - anchor.point).or_else(|| places.next_back());
        anchor.at + found.map_or(0, |(at, _)| at)
    }

    /// The byte of the normalised text that stands for the first character at `byte` of the
    /// source or behind it that is still there.
    pub(crate) fn at_byte(&self, content: &str, source: &str, byte: usize) -> usize {
        let next = self.anchors.partition_point(|anchor| anchor.byte < byte);
        let anchor = next.checked_sub(1).map_or(Anchor::default(), |index| self.anchors[index]);
        let end = self.anchors.get(next).map_or(content.len(), |anchor| anchor.at);
        let (mut at, mut from) = (anchor.at, anchor.byte);
        let mut steps = content[at..end].chars().zip(source[from..].chars());
        while from < byte
            && let Some((here, there)) = steps.next()
        {
            at += here.len_utf8();
            from += there.len_utf8();
        }
        at
    }

    fn anchor(&self, at: usize) -> Anchor {
        let next = self.anchors.partition_point(|anchor| anchor.at <= at);
        next.checked_sub(1).map_or(Anchor::default(), |index| self.anchors[index])
    }

    fn point(&self, content: &str, at: usize) -> usize {
        let anchor = self.anchor(at);
        anchor.point + content[anchor.at..at].chars().count()
    }

    fn wide_at(&self, at: usize) -> Option<Wide> {
        let index = self.wide.binary_search_by_key(&at, |wide| wide.at).ok()?;
        Some(self.wide[index])
    }
}
