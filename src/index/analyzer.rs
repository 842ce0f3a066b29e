//! Text to tokens.
//!
//! In: normalised text, or a query. Out: pairs of neighbouring characters with their places. White
//! space is nothing; a run of punctuation is one character, [`MARK`], whatever stands in it, so that
//! `规划并` isn't found in `规划，并`, while `省、市` is found where the source has `省，市`.
//!
//! `规划，并组织` gives 规划, 划·, ·并, 并组, 组织, and 织 with the end behind it.

use std::ops::Range;
use std::str::CharIndices;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text;

/// The analyzer of pairs of characters.
pub(crate) const GRAMS: &str = "grams";

/// Stands for a run of punctuation.
pub(crate) const MARK: char = '·';

/// Stands, in what is indexed, between a provision and the beginning of the next one. The pairs from
/// there on bear it, so that only a phrase that goes over the border is found by them.
pub(crate) const BORDER: char = '\u{1}';

/// Stands, in a pair, behind the last character of a text: so that each character is the first of a
/// pair, and one alone is found by how pairs begin.
const END: char = '\u{2}';

/// Makes the analyzer known to an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(GRAMS, Grams);
}

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

/// Whether a character counts by itself. Chinese ones are told without the tables of Unicode.
pub(crate) fn is_told(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | BORDER) || character.is_alphanumeric()
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

/// Cuts into pairs of characters.
#[derive(Clone)]
struct Grams;

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        GramStream {
            characters: Characters::of(text),
            before: None,
            at: 0,
            ended: false,
            crossing: false,
            crossed: false,
            token: Token::default(),
        }
    }
}

struct GramStream<'a> {
    characters: Characters<'a>,
    before: Option<(usize, char)>,
    /// How many characters were read.
    at: usize,
    /// Whether the end of the text, or of its part before the border, was told.
    ended: bool,
    /// Whether the next pair goes over the border.
    crossing: bool,
    /// Whether the border was passed.
    crossed: bool,
    token: Token,
}

impl GramStream<'_> {
    /// Tells that the text ends; once.
    fn end(&mut self) -> bool {
        let Some((from, last)) = self.before.filter(|_| !self.ended) else { return false };
        self.ended = true;
        self.token.text.clear();
        self.token.text.extend([last, END]);
        self.set(from, from + last.len_utf8(), self.at - 1);
        true
    }

    fn set(&mut self, from: usize, to: usize, position: usize) {
        self.token.offset_from = from;
        self.token.offset_to = to;
        self.token.position = position;
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some((from, to, character)) = self.characters.next() {
            if character == BORDER {
                self.crossing = true;
                if self.end() {
                    return true;
                }
                continue;
            }
            // Punctuation before and behind the border is one run, as in the source.
            if self.crossing && character == MARK && self.before.is_some_and(|(_, c)| c == MARK) {
                continue;
            }
            self.at += 1;
            let Some((start, first)) = self.before.replace((from, character)) else { continue };
            let text = &mut self.token.text;
            text.clear();
            if self.crossed {
                text.push(BORDER);
            }
            text.push(first);
            if self.crossing {
                text.push(BORDER);
            }
            text.push(character);
            self.crossed |= std::mem::take(&mut self.crossing);
            self.set(start, to, self.at - 2);
            return true;
        }
        self.end()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut tokenizer = Grams;
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            let token = stream.token();
            if !token.text.ends_with(END) {
                assert_eq!(token.position, tokens.len());
                tokens.push(token.text.clone());
            }
        }
        tokens
    }

    #[test]
    fn punctuation_is_one_character_and_white_space_none() {
        assert_eq!(tokens("规划，并组织"), ["规划", "划·", "·并", "并组", "组织"]);
        assert_eq!(tokens("规 划\n。\n“并"), ["规划", "划·", "·并"]);
        assert_eq!(tokens("2019年GDP"), ["20", "01", "19", "9年", "年g", "gd", "dp"]);
        assert!(tokens("法").is_empty());
    }

    #[test]
    fn a_phrase_has_no_punctuation_around_it() {
        assert_eq!(characters("“规划”"), ['规', '划']);
        assert_eq!(characters("，省、市。"), ['省', MARK, '市']);
        assert!(characters("，").is_empty());
    }

    #[test]
    fn a_phrase_over_the_border_has_the_tokens_of_the_index() {
        let indexed = tokens("负责\u{1}第五条");
        let phrase = characters("负责第五条");
        let typed = over_border(&phrase, 2).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(indexed, typed);
        let indexed = tokens("负责。\u{1}第五条");
        assert_eq!(indexed[2], "·\u{1}第");
        assert_eq!(tokens("查表：\u{1}（一）")[2], "·\u{1}一");
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let all = Characters::of("规划，“ 并").collect::<Vec<_>>();
        assert_eq!(all, [(0, 3, '规'), (3, 6, '划'), (6, 12, MARK), (13, 16, '并')]);
    }
}
