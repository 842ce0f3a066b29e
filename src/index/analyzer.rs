//! Text to tokens.
//!
//! In: normalised text, or a query. Out: words (jieba, for ranking), pairs of neighbouring
//! characters with their places (for exactness), single characters. Punctuation is no token; a
//! pair over punctuation says so with a [`SEAM`], so that `规划并` isn't found in `规划，并`.
//!
//! `规划，并组织` gives the pairs 规划, 划·并, 并组, 组织.

use std::str::CharIndices;
use std::sync::LazyLock;

use jieba_rs::Jieba;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text;

/// The analyzer of words.
pub(crate) const WORDS: &str = "words";
/// The analyzer of pairs of characters.
pub(crate) const GRAMS: &str = "grams";
/// The analyzer of single characters.
pub(crate) const CHARS: &str = "characters";

/// Stands between two characters that punctuation parts.
const SEAM: char = '·';

/// Loaded when the first text is indexed: a query never needs it.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Makes the analyzers known to an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(WORDS, Words);
    manager.register(GRAMS, Grams { pairs: true });
    manager.register(CHARS, Grams { pairs: false });
}

/// What was typed, as the texts of the library are written: simplified, one width, lowercase. No
/// dictionary is loaded for what is simplified already.
pub(crate) fn fold(typed: &str) -> String {
    text::fold_query(typed).to_lowercase()
}

/// The pairs of a phrase, each with its place; none of a single character.
pub(crate) fn grams(phrase: &str) -> Vec<(usize, String)> {
    let mut stream = GramStream::new(phrase, true);
    let mut grams = Vec::new();
    while stream.advance() {
        grams.push((stream.token.position, stream.token.text.clone()));
    }
    grams
}

/// Cuts into pairs of characters, or into single ones.
#[derive(Clone)]
struct Grams {
    pairs: bool,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        GramStream::new(text, self.pairs)
    }
}

struct GramStream<'a> {
    characters: CharIndices<'a>,
    pairs: bool,
    before: Option<(usize, char)>,
    /// Whether punctuation was passed since `before`.
    seam: bool,
    /// How many characters were read.
    read: usize,
    token: Token,
}

impl<'a> GramStream<'a> {
    fn new(text: &'a str, pairs: bool) -> GramStream<'a> {
        let characters = text.char_indices();
        GramStream {
            characters,
            pairs,
            before: None,
            seam: false,
            read: 0,
            token: Token::default(),
        }
    }

    fn set(&mut self, from: usize, to: usize, position: usize) {
        self.token.offset_from = from;
        self.token.offset_to = to;
        self.token.position = position;
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some((at, typed)) = self.characters.next() {
            if !typed.is_alphanumeric() {
                self.seam |= !typed.is_whitespace();
                continue;
            }
            let character = lower(typed);
            let end = at + typed.len_utf8();
            let before = self.before.replace((at, character));
            let seam = std::mem::take(&mut self.seam);
            self.read += 1;
            self.token.text.clear();
            if !self.pairs {
                self.token.text.push(character);
                self.set(at, end, self.read - 1);
                return true;
            }
            if let Some((from, first)) = before {
                self.token.text.push(first);
                if seam {
                    self.token.text.push(SEAM);
                }
                self.token.text.push(character);
                self.set(from, end, self.read - 2);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// One character for one, so that places stay.
fn lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// Cuts into words of two characters or more.
#[derive(Clone)]
struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let words = JIEBA.cut_for_search(text, false);
        let words = words.into_iter().map(|token| token.word).collect::<Vec<_>>();
        WordStream { words: words.into_iter(), token: Token::default() }
    }
}

struct WordStream<'a> {
    words: std::vec::IntoIter<&'a str>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        for word in self.words.by_ref() {
            let mut characters = word.chars();
            let told = characters.next().is_some_and(char::is_alphanumeric);
            if told && (characters.next().is_some() || word.is_ascii()) {
                self.token.text.clear();
                self.token.text.extend(word.chars().map(lower));
                self.token.position = self.token.position.wrapping_add(1);
                return true;
            }
        }
        false
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

    #[test]
    fn pairs_pass_over_punctuation_with_a_seam() {
        let texts = |phrase| grams(phrase).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts("规划，并组织"), ["规划", "划·并", "并组", "组织"]);
        assert_eq!(texts("“规划”"), ["规划"]);
        assert_eq!(texts("规 划"), ["规划"]);
        assert_eq!(texts("2019年GDP"), ["20", "01", "19", "9年", "年g", "gd", "dp"]);
        assert!(texts("法").is_empty());
    }

    #[test]
    fn words_are_cut_for_search() {
        let mut tokenizer = Words;
        let mut stream = tokenizer.token_stream("负责脱贫攻坚，2019年");
        let mut words = Vec::new();
        while stream.advance() {
            words.push(stream.token().text.clone());
        }
        assert!(words.contains(&"负责".to_owned()), "{words:?}");
        assert!(words.contains(&"2019".to_owned()), "{words:?}");
        assert!(!words.iter().any(|word| word.contains('，')), "{words:?}");
    }
}
