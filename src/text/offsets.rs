//! The map from normalised text back to its source.
//!
//! In: steps of normalising, as they are taken. Out: [`Offsets`], exact for every character.
//! Not here: normalising itself.
//!
//! Of `省 委`, normalised to `省委`, the second character lies at code point 2 of the source.
//!
//! Where characters go over one to one and keep their length, as nearly all do, the source stays
//! ahead by the same number of bytes and of code points, and only the beginning of such a run is
//! kept. Characters are counted beforehand for each [`BLOCK`] of the text, so that a look-up takes
//! the same time anywhere; the map takes about a quarter of the text.

use std::ops::Range;

use crate::span::{SourceSpan, Span};

/// How many bytes of normalised text are counted together.
const BLOCK: usize = 64;

/// From here on, characters go over one to one and keep their length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Anchor {
    /// Byte of the normalised text.
    at: usize,
    /// How far the source is ahead: in bytes, and in code points.
    bytes: isize,
    points: isize,
}

impl Anchor {
    /// The byte of the source it begins at.
    fn byte(self) -> usize {
        self.at.wrapping_add_signed(self.bytes)
    }
}

/// What lies before a block of the normalised text.
#[derive(Clone, Copy, Debug)]
struct Before {
    anchors: usize,
    chars: usize,
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
    blocks: Vec<Before>,
    /// The last anchor, and how many characters were noted.
    last: Anchor,
    chars: usize,
}

impl Offsets {
    /// Notes that `chars` normalised characters about to be written at `at` come one to one from those
    /// of the source at `byte`, `point`; all but the last keep their length. Call it for every
    /// character, in order, and [`Offsets::finish`] then.
    pub(crate) fn note(&mut self, at: usize, byte: usize, point: usize, chars: usize) {
        let bytes = byte.wrapping_sub(at).cast_signed();
        let points = point.wrapping_sub(self.chars).cast_signed();
        if (bytes, points) != (self.last.bytes, self.last.points) {
            self.last = Anchor { at, bytes, points };
            self.anchors.push(self.last);
        }
        self.chars += chars;
    }

    /// Notes that the character just noted at `at` stands for `points` code points, `bytes`
    /// bytes of the source.
    pub(crate) fn note_wide(&mut self, at: usize, points: usize, bytes: usize) {
        self.wide.push(Wide { at, points, bytes });
    }

    /// Counts what was written. No look-up holds before.
    pub(crate) fn finish(&mut self, content: &str) {
        let (mut anchors, mut chars) = (0, 0);
        for start in (0..=content.len()).step_by(BLOCK) {
            let before = self.anchors[anchors..].iter().take_while(|anchor| anchor.at < start);
            anchors += before.count();
            self.blocks.push(Before { anchors, chars });
            chars += count(&content.as_bytes()[start..content.len().min(start + BLOCK)]);
        }
    }

    /// How many characters a span has.
    pub(crate) fn length(&self, content: &str, span: Span) -> usize {
        if span.len() <= BLOCK {
            return count(&content.as_bytes()[span.start..span.end]);
        }
        self.chars_before(content, span.end) - self.chars_before(content, span.start)
    }

    /// The code points of a span, from its first character to its last.
    pub(crate) fn source_span(&self, content: &str, span: Span) -> SourceSpan {
        let next = self.next_anchor(span.start);
        let ahead = |next: usize| self.before(next).points;
        let start = self.chars_before(content, span.start);
        let from = start.wrapping_add_signed(ahead(next));
        let Some(last) = last(content, span) else { return SourceSpan { start: from, end: from } };
        let points = self.wide_at(last).map_or(1, |wide| wide.points);
        // Most spans are short, and no anchor lies within.
        let same = self.anchors.get(next).is_none_or(|anchor| anchor.at > last);
        let next = if same { next } else { self.next_anchor(last) };
        let end = start + self.length(content, Span::new(span.start, last));
        SourceSpan { start: from, end: end.wrapping_add_signed(ahead(next)) + points }
    }

    /// The bytes of the source of a span, from its first character to its last.
    pub(crate) fn source_bytes(&self, content: &str, source: &str, span: Span) -> Range<usize> {
        let start = self.byte(content, source, span.start);
        let Some(last) = last(content, span) else { return start..start };
        let begin = self.byte(content, source, last);
        let bytes = self.wide_at(last).map_or_else(|| width(source, begin), |wide| wide.bytes);
        start..begin + bytes
    }

    /// The byte of the source where the character at `at` comes from; at the end of the text,
    /// the end of the last character's source.
    pub(crate) fn byte(&self, content: &str, source: &str, at: usize) -> usize {
        let byte = |at: usize| at.wrapping_add_signed(self.before(self.next_anchor(at)).bytes);
        if at < content.len() {
            return byte(at);
        }
        last(content, Span::new(0, at)).map_or(0, |last| byte(last) + width(source, byte(last)))
    }

    /// The byte of the normalised text that a code point of the source went to; that of a
    /// character which was dropped, where it would be or the one before.
    pub(crate) fn at_point(&self, content: &str, point: usize) -> usize {
        let origin = |anchor: Anchor| {
            self.chars_before(content, anchor.at).wrapping_add_signed(anchor.points)
        };
        let next = self.anchors.partition_point(|&anchor| origin(anchor) <= point);
        let (anchor, end) = self.run(content, next);
        let places = content[anchor.at..end].char_indices();
        let found = places.clone().nth(point - origin(anchor)).or_else(|| places.last());
        anchor.at + found.map_or(0, |(at, _)| at)
    }

    /// The byte of the normalised text that stands for the first character at `byte` of the
    /// source or behind it that is still there.
    pub(crate) fn at_byte(&self, content: &str, byte: usize) -> usize {
        let next = self.anchors.partition_point(|anchor| anchor.byte() < byte);
        let (anchor, end) = self.run(content, next);
        let at = anchor.at + (byte - anchor.byte());
        if last(content, Span::new(0, end)).is_some_and(|last| at <= last) { at } else { end }
    }

    /// The run before an anchor, and where it ends.
    fn run(&self, content: &str, next: usize) -> (Anchor, usize) {
        (self.before(next), self.anchors.get(next).map_or(content.len(), |anchor| anchor.at))
    }

    /// The anchor before one.
    fn before(&self, next: usize) -> Anchor {
        next.checked_sub(1).map_or(Anchor::default(), |index| self.anchors[index])
    }

    /// The first anchor behind a byte of the normalised text.
    fn next_anchor(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let from = self.blocks[block].anchors;
        let to = self.blocks.get(block + 1).map_or(self.anchors.len(), |next| next.anchors);
        from + self.anchors[from..to].iter().take_while(|anchor| anchor.at <= at).count()
    }

    /// How many characters lie before a byte of the normalised text.
    fn chars_before(&self, content: &str, at: usize) -> usize {
        let block = at / BLOCK;
        self.blocks[block].chars + count(&content.as_bytes()[block * BLOCK..at])
    }

    fn wide_at(&self, at: usize) -> Option<Wide> {
        let index = self.wide.binary_search_by_key(&at, |wide| wide.at).ok()?;
        Some(self.wide[index])
    }
}

/// How many characters begin in a block, or a part of one.
fn count(block: &[u8]) -> usize {
    // Counting in bytes, which no block overflows, lets the compiler count many at once.
    usize::from(block.iter().map(|byte| u8::from(byte.cast_signed() >= -0x40)).sum::<u8>())
}

/// Where the last character of a span begins.
fn last(content: &str, span: Span) -> Option<usize> {
    let (at, _) = content[span.start..span.end].char_indices().next_back()?;
    Some(span.start + at)
}

/// The length of the character at a byte.
fn width(source: &str, byte: usize) -> usize {
    source[byte..].chars().next().map_or(0, char::len_utf8)
}
