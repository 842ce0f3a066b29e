//! What a user types, normalised as the texts are.
//!
//! In: a query. Out: the same in simplified characters, one width and single blanks. Not here:
//! offsets (a query needs none), and folding for search (`index`).
//!
//! `誰負責　扶貧,` gives `谁负责 扶贫，`.

use std::borrow::Cow;
use std::cell::LazyCell;

use super::hans::{self, Count, Given, Mode};
use super::normalise;

/// Traditional characters as simplified ones; nothing else changes. A text without traditional
/// characters is returned as it is, and no dictionary is loaded for it.
///
/// ```
/// assert_eq!(zeren::text::simplify("誰負責扶貧資金監管"), "谁负责扶贫资金监管");
/// assert_eq!(zeren::text::simplify("著作权、乾坤、瞭望"), "著作权、乾坤、瞭望");
/// ```
pub fn simplify(text: &str) -> Cow<'_, str> {
    if !hans::may_be_traditional(text) {
        return Cow::Borrowed(text);
    }
    let whole = LazyCell::new(|| Count::of(text));
    let mut simplified = String::with_capacity(text.len());
    let mut characters: Vec<char> = Vec::new();
    for line in hans::lines(text) {
        let mode = hans::mode(line, || *whole);
        if mode == Mode::Keep {
            simplified.push_str(line);
            continue;
        }
        characters.clear();
        characters.extend(line.chars());
        let mut rest = characters.as_slice();
        while !rest.is_empty() {
            let step = hans::step(rest, mode);
            match step.given {
                Given::Character(c) | Given::OverConverted(c) => simplified.push(c),
                Given::Word(word) => simplified.extend(word),
            }
            rest = &rest[step.taken..];
        }
    }
    Cow::Owned(simplified)
}

/// A query in the form of normalised text: simplified, in one width, with single blanks between
/// its words and none around them.
///
/// ```
/// assert_eq!(zeren::text::fold_query(" 貧困退出　ＡＢＣ "), "贫困退出 ABC");
/// ```
pub fn fold_query(query: &str) -> String {
    let simplified = simplify(query);
    let words: Vec<String> = simplified
        .split_whitespace()
        .map(|word| normalise::normalise(word, false).content)
        .collect();
    words.join(" ")
}
