//! Decoded text to normalised text, with the map between them: floor 1.
//!
//! In: a [`Source`]. Out: a [`Text`]: simplified characters, one width (full-width `，；：。！？`
//! and `（）` among Chinese, half-width letters and digits), no stray white space, one `\n` where
//! the source breaks a line, one tab where a table's row parts its cells; and for every place in it
//! the place in the source. Not here: what the text means, and folding for search (`index`).
//!
//! `第 四條　省委,` gives `第四条省委，`; the blank is still known: `gap_before(9)` is true.

pub(crate) mod affixes;
mod class;
mod hans;
pub(crate) mod literal;
mod normalise;
pub mod numeral;
mod offsets;
pub mod prints;
mod query;
mod width;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::read::Source;
use crate::span::{SourceSpan, Span};
use class::Class;
use hans::Count;
use literal::Held;
use offsets::Offsets;
pub use query::{fold_query, simplify};

/// Which script a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Simplified, or nothing that tells.
    Hans,
    /// Traditional.
    Hant,
    /// Both in earnest.
    Mixed,
}

/// A normalised text that knows its source.
#[derive(Debug)]
pub struct Text<'s> {
    source: &'s Source,
    content: String,
    offsets: Offsets,
    diagnostics: Vec<Diagnostic>,
    outside: Vec<Span>,
    /// Whether anything in it is traditional.
    traditional: bool,
}

impl<'s> Text<'s> {
    /// Normalises a source.
    pub fn of(source: &'s Source) -> Text<'s> {
        let done = normalise::normalise(&source.text, source.media_type != "text/plain");
        let diagnostics = done.diagnostics();
        let (content, offsets, traditional) = (done.content, done.offsets, done.traditional);
        let place = |byte: usize| offsets.at_byte(&content, byte);
        let span = |range: &Range<usize>| {
            let (start, end) = (place(range.start), place(range.end));
            let stretch = content[start..end].trim_end_matches('\n');
            let bare = stretch.trim_start_matches('\n');
            Span::new(start + stretch.len() - bare.len(), start + stretch.len())
        };
        let outside = source.outside.iter().map(span).filter(|span| !span.is_empty()).collect();
        Text { source, content, offsets, diagnostics, outside, traditional }
    }

    /// The source it was made from.
    pub fn source(&self) -> &'s Source {
        self.source
    }

    /// The whole normalised text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// What is not the main content of the page that the text is from, in order.
    pub fn outside(&self) -> &[Span] {
        &self.outside
    }

    /// The normalised text at a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.content[span.start..span.end]
    }

    /// How many characters a span has.
    pub fn length(&self, span: Span) -> usize {
        self.offsets.length(&self.content, span)
    }

    /// Where a span lies in the source, in code points, from its first character to its last.
    pub fn source_span(&self, span: Span) -> SourceSpan {
        self.offsets.source_span(&self.content, span)
    }

    /// The source's own characters at a span.
    pub fn original(&self, span: Span) -> &'s str {
        let range = self.offsets.source_bytes(&self.content, &self.source.text, span);
        &self.source.text[range]
    }

    /// Whether white space other than a line break stands right before `at` in the source.
    pub fn gap_before(&self, at: usize) -> bool {
        self.white_before(at).take_while(|&c| class::of(c) != Class::Break).any(is_blank)
    }

    /// Whether a tab parts the cells of a table at `at`.
    pub fn parts_cells(&self, at: usize) -> bool {
        self.content[..at].ends_with('\t')
            || self.content[at..].starts_with('\t')
            || self
                .white_before(at)
                .take_while(|&c| class::of(c) != Class::Break)
                .any(|c| c == '\t')
    }

    /// Whether the source has an empty line right before `at`.
    pub fn blank_line_before(&self, at: usize) -> bool {
        let mut breaks = 0;
        let mut rest = self.offsets.byte(&self.content, &self.source.text, at);
        for character in white_at_end(&self.source.text[..rest]) {
            let glued = character == '\r' && self.source.text[rest..].starts_with('\n');
            breaks += usize::from(class::of(character) == Class::Break && !glued);
            rest -= character.len_utf8();
        }
        breaks >= if rest == 0 { 1 } else { 2 }
    }

    /// How far the line that begins at `at` is indented: its blanks, of which a full-width one
    /// counts two. Nothing, where no line begins.
    pub fn indent_before(&self, at: usize) -> usize {
        if !(at == 0 || self.content[..at].ends_with('\n')) {
            return 0;
        }
        self.white_before(at)
            .take_while(|&c| class::of(c) != Class::Break)
            .filter(|&c| is_blank(c))
            .map(|c| if c == '\u{3000}' { 2 } else { 1 })
            .sum()
    }

    /// The characters of the source that were dropped right before `at`, the last one first.
    fn white_before(&self, at: usize) -> impl Iterator<Item = char> + '_ {
        let start = self.offsets.byte(&self.content, &self.source.text, at);
        white_at_end(&self.source.text[..start])
    }

    /// The script of a stretch of the text: what nine of ten telling characters say.
    pub fn script(&self, span: Span) -> Script {
        if !self.traditional {
            return Script::Hans;
        }
        let Count { traditional, simplified } = Count::of(self.original(span));
        if traditional * 10 <= simplified || traditional == 0 {
            Script::Hans
        } else if simplified * 10 <= traditional {
            Script::Hant
        } else {
            Script::Mixed
        }
    }

    /// What normalising found: undecodable bytes, look-alikes, characters converted too far.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Whether a character is a letter or a digit. Hanzi and their commonest punctuation are told without the
/// tables of Unicode, which are slow.
pub fn is_told(character: char) -> bool {
    match character {
        '\u{4e00}'..='\u{9fff}' => true,
        '，' | '。' | '、' | '；' | '：' | '（' | '）' | '《' | '》' | '“' | '”' => {
            false
        }
        _ => character.is_alphanumeric(),
    }
}

/// Whether a character of a source is nothing to see: a blank, the end of a line, a control or
/// format character. These, and no others, are missing in the normalised text.
pub fn is_white(character: char) -> bool {
    matches!(class::of(character), Class::Blank | Class::Break | Class::Dropped)
}

/// The characters at the end of a source's stretch that are nothing to see, the last one first.
fn white_at_end(stretch: &str) -> impl Iterator<Item = char> + '_ {
    stretch.chars().rev().take_while(|&c| is_white(c))
}

fn is_blank(character: char) -> bool {
    class::of(character) == Class::Blank
}

/// 县〔市、区〕 as 县（市、区）, which has the same length; other brackets of that shape (`国发〔2013〕5号`) stay.
fn round(text: Cow<'_, str>) -> Cow<'_, str> {
    if !literal::holds(&text, "〔") {
        return text;
    }
    let mut rounded = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('〔') {
        let inside = &rest[at + '〔'.len_utf8()..];
        let end = inside.find('〕').unwrap_or(0);
        rounded.push_str(&rest[..at]);
        let tier = |one: char| "省市州盟区县旗乡镇街道村居场、".contains(one);
        if end == 0 || !inside[..end].chars().all(tier) {
            rounded.push('〔');
            rest = inside;
        } else {
            rounded.push_str(&format!("（{}）", &inside[..end]));
            rest = &inside[end + '〕'.len_utf8()..];
        }
    }
    rounded.push_str(rest);
    Cow::Owned(rounded)
}

/// A run of text read as one, put together from the pieces that line breaks left.
#[derive(Clone, Debug)]
pub struct Passage<'t> {
    /// The text, without line breaks.
    pub text: Cow<'t, str>,
    /// Where each piece begins: in `text`, and in the normalised text.
    pieces: Vec<(usize, usize)>,
    held: Held,
}

impl<'t> Passage<'t> {
    /// Joins the pieces of a text.
    pub fn new(text: &'t Text<'_>, pieces: &[Span]) -> Passage<'t> {
        if let [only] = pieces {
            let text = round(Cow::Borrowed(text.slice(*only)));
            return Passage { held: Held::of(&text), text, pieces: vec![(0, only.start)] };
        }
        let mut joined = String::with_capacity(pieces.iter().map(|p| p.len()).sum());
        let mut starts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            starts.push((joined.len(), piece.start));
            joined.push_str(text.slice(*piece));
        }
        let text = round(Cow::Owned(joined));
        Passage { held: Held::of(&text), text, pieces: starts }
    }

    /// A text that is read as it stands; its places are its own.
    pub fn whole(text: &'t str) -> Passage<'t> {
        Passage { text: Cow::Borrowed(text), pieces: vec![(0, 0)], held: Held::of(text) }
    }

    /// Whether a word stands anywhere in it.
    pub(crate) fn holds(&self, word: &str) -> bool {
        self.held.may_hold(word) && literal::holds(&self.text, word)
    }

    /// Whether one of several words stands anywhere in it.
    pub(crate) fn holds_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.holds(word))
    }

    /// The span in the normalised text of a byte range of the passage. A range over several
    /// pieces covers what lies between them.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let end = self.place(range.end - 1) + 1;
        Span::new(start, end)
    }

    /// The place in the normalised text of a byte of the passage.
    fn place(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        let (start, origin) = self.pieces.get(piece).copied().unwrap_or((0, 0));
        origin + (at - start)
    }
}
