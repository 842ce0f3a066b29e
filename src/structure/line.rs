//! The lines of a text, and which of them only continue the line before.
//!
//! In: a [`Text`]. Out: [`Line`]s, and the [`Layout`] that tells a wrapped text from one that
//! breaks where a paragraph ends. Not here: what a line says.
//!
//! `…中华人民共和国陆地领土和内\n水的一带海域。` is one paragraph on two lines.

use super::candidate::labelled;
use super::marker::list_marker;
use crate::span::Span;
use crate::text::Text;

/// A line of the normalised text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its characters, without the line break.
    pub(super) span: Span,
    /// Whether the source leaves a line empty before it.
    pub(super) blank_before: bool,
    /// Whether the source indents it.
    pub(super) indented: bool,
    /// Whether a page ended before it.
    pub(super) torn: bool,
    /// Its length in characters.
    pub(super) chars: usize,
}

/// The lines of a text, in order.
pub(super) fn lines(text: &Text<'_>) -> Vec<Line> {
    let whole = text.as_str();
    let mut found = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', whole.as_bytes()).chain([whole.len()]) {
        let span = Span::new(start, end);
        start = span.end + 1;
        if span.is_empty() {
            continue;
        }
        found.push(Line {
            span,
            blank_before: text.blank_line_before(span.start),
            indented: text.indent_before(span.start) > 0,
            torn: false,
            chars: text.length(span),
        });
    }
    found
}

/// Whether a sentence, or what introduces a list, ends here: `。` `；` `：` and the like, also
/// before a closing quotation mark or bracket.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['”', '’', '）', '」', '』', '"']);
    let last = bare.chars().next_back();
    matches!(last, Some('。' | '；' | '：' | '！' | '？' | '…' | '．'))
        || (bare.len() < line.len() && line.ends_with('）'))
}

/// How a text breaks its lines.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout {
    /// The width, in characters, at which lines were broken; `None` where a line break ends a
    /// paragraph.
    width: Option<usize>,
    /// Whether paragraphs are told apart by empty lines or indents.
    marked: bool,
    /// Whether an empty line says that a paragraph begins.
    blank: bool,
}

impl Layout {
    /// Looks at the lines of a document.
    pub(super) fn of(text: &Text<'_>, lines: &[Line]) -> Layout {
        let apart = lines.iter().filter(|line| line.blank_before).count();
        // Where an empty line stands behind every line, it says nothing.
        let blank = apart * 10 <= lines.len() * 9;
        let fresh = |line: &Line| line.blank_before && blank || line.indented;
        let broken: Vec<usize> = lines
            .windows(2)
            .filter(|pair| !fresh(&pair[1]) && pair[0].chars >= 13)
            .filter(|pair| !ends_sentence(text.slice(pair[0].span)))
            // a heading ends where it ends, and says nothing of a width
            .filter(|pair| list_marker(text.slice(pair[0].span)).is_none())
            .map(|pair| pair[0].chars)
            .collect();
        if broken.len() < 3 || broken.len() * 8 < lines.len() {
            return Layout::default();
        }
        let mut sorted = broken;
        sorted.sort_unstable();
        let width = sorted[sorted.len() / 2];
        let near = sorted.iter().filter(|&&chars| chars.abs_diff(width) <= 4).count();
        if near * 3 < sorted.len() * 2 {
            return Layout::default();
        }
        let same = sorted.iter().filter(|&&chars| chars == width).count();
        if !blank && (same * 10 < sorted.len() * 6 || sorted.len() * 4 < lines.len()) {
            return Layout::default();
        }
        let marks = lines.iter().filter(|line| fresh(line)).count();
        Layout { width: Some(width), marked: marks * 10 > lines.len(), blank }
    }

    /// Whether a line goes on with the paragraph of the line before it.
    pub(super) fn continues(&self, text: &Text<'_>, before: &Line, line: &Line) -> bool {
        let last = text.slice(before.span);
        let ended = ends_sentence(last);
        let content = text.slice(line.span);
        let torn = || line.torn && list_marker(content).is_none() && labelled(content).is_none();
        if closes(content) || !ended && (super::candidate::is_reference(content) || torn()) {
            return true;
        }
        match self.width {
            Some(_) if self.marked && (line.blank_before && self.blank || line.indented) => false,
            Some(width) if self.marked => !ended || before.chars + 4 >= width,
            Some(width) => !ended && before.chars + 6 >= width,
            None => !ended && (long(before, line) || unfinished(last, content)),
        }
    }
}

/// Whether a line is too long to be a heading or an item that the next one does not go on with.
fn long(before: &Line, line: &Line) -> bool {
    before.chars >= 25 && (before.indented || !line.indented)
}

/// Whether a line breaks off within a sentence, and the next one goes on: `搞清坚在哪里、如何攻` and
/// `坚，为谋划当年工作提供依据。`. What has a label or a list marker is a heading or an item.
fn unfinished(before: &str, line: &str) -> bool {
    let marked = |said: &str| list_marker(said).is_some() || labelled(said).is_some();
    let clause = |said: &str| said.contains('，');
    clause(before)
        && ends_sentence(line)
        && before.chars().count() >= 12
        && !marked(before)
        && !marked(line)
}

/// Whether a line begins with what cannot begin one: `，` `。` `）` `”`.
fn closes(line: &str) -> bool {
    line.starts_with(['，', '。', '；', '、', '）', '”', '》', '？', '！'])
}

/// Whether a line is running text.
pub(super) fn prose(content: &str) -> bool {
    ends_sentence(content) && !content.ends_with('）') || content.chars().count() > 150
}
