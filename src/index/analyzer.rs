//! Text to the characters that count.
//!
//! In: normalised text, or a query. Out: its characters with their places. White space is nothing; a
//! run of punctuation is one character, [`MARK`], whatever stands in it, so that `规划并` isn't found in
//! `规划，并`, while `省、市` is found where the source has `省，市`. Not here: pairs of them
//! ([`super::pairs`]).
//!
//! `规划， 并组织` is 规, 划, ·, 并, 组 and 织.

use std::ops::Range;
use std::str::CharIndices;

use crate::text;

/// Stands for a run of punctuation.
pub(crate) const MARK: char = '·';

/// Stands, in what is indexed, between a provision and the beginning of the next one. The pairs from
/// there on bear it, so that only a phrase that goes over the border is found by them.
pub(crate) const BORDER: char = '\u{1}';

/// What was typed, as the texts of the library are written: simplified, one width, lowercase. No
/// dictionary is loaded for what is simplified already.
pub(crate) fn fold(typed: &str) -> String {
    text::fold_query(typed).to_lowercase()
}

/// The characters of a text that count, each with the bytes it takes: in small letters, without
/// white space, runs of punctuation as one [`MARK`].
pub(crate) struct Characters<'t> {
    rest: CharIndices<'t>,
    length: usize,
    held: Option<(usize, char)>,
}

impl<'t> Characters<'t> {
    pub(crate) fn of(text: &'t str) -> Characters<'t> {
        Characters { rest: text.char_indices(), length: text.len(), held: None }
    }

    fn take(&mut self) -> Option<(usize, char)> {
        self.held.take().or_else(|| self.rest.next())
    }
}

impl Iterator for Characters<'_> {
    type Item = (usize, usize, char);

    fn next(&mut self) -> Option<(usize, usize, char)> {
        let (from, character) = std::iter::from_fn(|| self.take()).find(|(_, c)| !is_white(*c))?;
        if is_told(character) {
            return Some((from, from + character.len_utf8(), lower(character)));
        }
        let mut end = from + character.len_utf8();
        for (at, next) in self.rest.by_ref() {
            if is_told(next) {
                self.held = Some((at, next));
                break;
            }
            if !is_white(next) {
                end = at + next.len_utf8();
            }
        }
        Some((from, end.min(self.length), MARK))
    }
}

/// Whether a character counts by itself.
pub(crate) fn is_told(character: char) -> bool {
    character == BORDER || text::is_told(character)
}

fn is_white(character: char) -> bool {
    character != BORDER && (character.is_whitespace() || character.is_control())
}

/// One character for one, so that places stay.
fn lower(character: char) -> char {
    if !matches!(character, '\u{4e00}'..='\u{9fff}') && character.is_uppercase() {
        return character.to_lowercase().next().unwrap_or(character);
    }
    character
}

/// The characters of a phrase, without punctuation around it.
pub(crate) fn characters(phrase: &str) -> Vec<char> {
    let all = Characters::of(phrase).map(|(_, _, c)| c).collect::<Vec<_>>();
    let from = usize::from(all.first() == Some(&MARK));
    let to = all.len() - usize::from(all.len() > from && all.last() == Some(&MARK));
    all[from..to].to_vec()
}

/// Whether a text holds a phrase, as [`characters`] gives it.
pub(crate) fn holds(text: &str, phrase: &[char]) -> bool {
    let mut read = Vec::with_capacity(text.len() / 3);
    read.extend(Characters::of(text).map(|(_, _, character)| character));
    !phrase.is_empty() && read.windows(phrase.len()).any(|window| window == phrase)
}

/// Where a text says a phrase: byte ranges of the text.
pub fn occurrences(text: &str, phrase: &str) -> Vec<Range<usize>> {
    let phrase = characters(phrase);
    let read = Characters::of(text).collect::<Vec<_>>();
    if phrase.is_empty() {
        return Vec::new();
    }
    let windows = read.windows(phrase.len());
    let held = windows.filter(|window| window.iter().map(|(_, _, c)| c).eq(&phrase));
    held.map(|window| window[0].0..window[window.len() - 1].1).collect()
}

/// The pairs of a phrase that goes over the border behind its first `before` characters, each with
/// its place.
pub(crate) fn over_border(phrase: &[char], before: usize) -> Vec<(usize, String)> {
    let pair = |at: usize| {
        let (first, second) = (phrase[at], phrase[at + 1]);
        match at + 1 {
            end if end < before => String::from_iter([first, second]),
            end if end == before => String::from_iter([first, BORDER, second]),
            _ => String::from_iter([BORDER, first, second]),
        }
    };
    (0..phrase.len() - 1).map(|at| (at, pair(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_has_no_punctuation_around_it() {
        assert_eq!(characters("“规划”"), ['规', '划']);
        assert_eq!(characters("，省、市。"), ['省', MARK, '市']);
        assert!(characters("，").is_empty());
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let all = Characters::of("规划，“ 并").collect::<Vec<_>>();
        assert_eq!(all, [(0, 3, '规'), (3, 6, '划'), (6, 12, MARK), (13, 16, '并')]);
    }
}
