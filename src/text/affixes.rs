//! Words looked up by the longest that a phrase begins or ends with.
//!
//! In: words with values; then phrases. Out: the longest word there, and its value. Not here: what
//! the words are (`extract::words`, `organization::lexicon`, `structure::noise`).
//!
//! With 建立 and 建立健全, `建立健全制度` begins with the second.
//!
//! Most places of a text begin no word, and two bits tell so: they stand for the first character and
//! for the first two. The first three, two or one, as many as a word has, then lead to the few words
//! that begin with them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// Which end of a phrase the words stand at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The beginning.
    First,
    /// The end.
    Last,
}

/// Words with values.
#[derive(Clone, Debug)]
pub(crate) struct Affixes<V> {
    side: Side,
    /// Longest first among those with the same outer bytes.
    words: Vec<(Cow<'static, str>, V)>,
    /// By the outer bytes, where their words are.
    places: FxHashMap<u128, (usize, usize)>,
    /// The outermost six bytes of each word, or three of a short one, which most places of a text fail.
    openings: Sieve,
    /// The keys of `places`.
    outers: Sieve,
}

/// The outer nine, six or three bytes: by as many of them as it has, a word is kept.
const NINE: u128 = (1 << 72) - 1;
const SIX: u128 = (1 << 48) - 1;
const THREE: u128 = (1 << 24) - 1;

impl<V> Affixes<V> {
    /// Puts words of at least three bytes in order. Of two that are the same, the later one counts.
    pub(crate) fn new(
        side: Side,
        words: impl IntoIterator<Item = (impl Into<Cow<'static, str>>, V)>,
    ) -> Affixes<V> {
        let words = words.into_iter().map(|(word, value)| (word.into(), value));
        let words: FxHashMap<Cow<'static, str>, V> = words.collect();
        let mut words: Vec<(Cow<'static, str>, V)> =
            words.into_iter().filter(|(word, _)| word.len() >= 3).collect();
        let key = |word: &str| {
            outer(side, word.as_bytes())
                & match word.len() {
                    0..6 => THREE,
                    6..9 => SIX,
                    _ => NINE,
                }
        };
        words.sort_by_cached_key(|(word, _)| {
            (key(word), std::cmp::Reverse(word.len()), word.clone())
        });
        let mut affixes = Affixes {
            side,
            places: FxHashMap::default(),
            openings: Sieve::new(words.len()),
            outers: Sieve::new(words.len()),
            words,
        };
        for at in 0..affixes.words.len() {
            let key = key(&affixes.words[at].0);
            affixes.openings.put(key & SIX);
            affixes.outers.put(key);
            affixes.places.entry(key).or_insert((at, at)).1 = at + 1;
        }
        affixes
    }

    /// The longest word that a phrase has at this side, in bytes, and its value.
    #[inline(always)]
    pub(crate) fn longest(&self, phrase: &str) -> Option<(usize, &V)> {
        let phrase = phrase.as_bytes();
        if self.may_stand(eight(self.side, phrase)) { self.read(phrase) } else { None }
    }

    /// The first place of a text, from a byte on, where a word begins: the place, the longest word's
    /// length, its value.
    pub(crate) fn find(&self, text: &str, from: usize) -> Option<(usize, usize, &V)> {
        let bytes = text.as_bytes();
        let mut at = from;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.may_stand(eight(Side::First, rest))
                && let Some((length, value)) = self.read(rest)
            {
                return Some((at, length, value));
            }
            at += width(bytes[at]);
        }
        None
    }

    /// Whether a word may have these as its outermost bytes.
    #[inline(always)]
    fn may_stand(&self, eight: u64) -> bool {
        let (six, three) = (eight & SIX as u64, eight & THREE as u64);
        self.openings.holds_short(six) | self.openings.holds_short(three)
    }

    /// The longest word of a phrase, where one may stand.
    #[inline(never)]
    fn read(&self, phrase: &[u8]) -> Option<(usize, &V)> {
        let outer = outer(self.side, phrase);
        [NINE, SIX, THREE].into_iter().find_map(|bytes| self.among(outer & bytes, phrase))
    }

    #[inline]
    fn among(&self, key: u128, phrase: &[u8]) -> Option<(usize, &V)> {
        if !self.outers.holds(key) {
            return None;
        }
        let &(from, to) = self.places.get(&key)?;
        let stands = |word: &str| match self.side {
            Side::First => phrase.starts_with(word.as_bytes()),
            Side::Last => phrase.ends_with(word.as_bytes()),
        };
        let mut words = self.words[from..to].iter();
        let (word, value) = words.find(|(word, _)| stands(word))?;
        Some((word.len(), value))
    }
}

/// A set of bytes that may say yes to a few others, but never no to its own.
#[derive(Clone, Debug)]
struct Sieve {
    bits: Vec<u64>,
    /// How far a product is shifted to give a bit's number.
    shift: u32,
}

impl Sieve {
    /// A set of at most so many.
    fn new(members: usize) -> Sieve {
        let bits = (members * 32).next_power_of_two().max(64);
        Sieve { bits: vec![0; bits / 64], shift: 64 - bits.ilog2() }
    }

    fn put(&mut self, key: u128) {
        let bit = self.bit(key);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    #[inline(always)]
    fn holds(&self, key: u128) -> bool {
        let bit = self.bit(key);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// The same for at most eight bytes.
    #[inline(always)]
    fn holds_short(&self, key: u64) -> bool {
        let bit = self.spread(key);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline(always)]
    fn bit(&self, key: u128) -> usize {
        self.spread((key as u64) ^ ((key >> 64) as u64).rotate_left(32))
    }

    #[inline(always)]
    fn spread(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }
}

/// The eight bytes at an end of a phrase, the outermost in the lowest place; zero where it is shorter.
#[inline(always)]
fn eight(side: Side, bytes: &[u8]) -> u64 {
    let chunk = match side {
        Side::First => bytes.first_chunk().copied().map(u64::from_le_bytes),
        Side::Last => bytes.last_chunk().copied().map(u64::from_be_bytes),
    };
    chunk.unwrap_or_else(|| padded(side, bytes) as u64)
}

/// The sixteen bytes at an end of a phrase, the outermost in the lowest place; zero where it is shorter.
#[inline(always)]
fn outer(side: Side, bytes: &[u8]) -> u128 {
    let chunk = match side {
        Side::First => bytes.first_chunk().copied().map(u128::from_le_bytes),
        Side::Last => bytes.last_chunk().copied().map(u128::from_be_bytes),
    };
    chunk.unwrap_or_else(|| padded(side, bytes))
}

#[cold]
fn padded(side: Side, bytes: &[u8]) -> u128 {
    let add = |all, &byte: &u8| all << 8 | u128::from(byte);
    match side {
        Side::First => bytes.iter().rev().fold(0, add),
        Side::Last => bytes.iter().fold(0, add),
    }
}

/// How many bytes a character has, by its first.
#[inline]
pub(crate) fn width(first: u8) -> usize {
    const BY_UPPER_HALF: [usize; 16] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4];
    BY_UPPER_HALF[usize::from(first >> 4)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let words = [("建立", 1), ("建立健全", 2), ("建", 3), ("立", 4), ("健全", 5)];
        let first = Affixes::new(Side::First, words);
        let last = Affixes::new(Side::Last, words);
        for (phrase, begins, ends) in [
            ("建立健全制度", Some((12, 2)), None),
            ("建立健全", Some((12, 2)), Some((12, 2))),
            ("建立", Some((6, 1)), Some((6, 1))),
            ("建设", Some((3, 3)), None),
            ("独立", None, Some((3, 4))),
            ("建", Some((3, 3)), Some((3, 3))),
            ("", None, None),
        ] {
            let shown =
                |found: Option<(usize, &i32)>| found.map(|(length, &value)| (length, value));
            assert_eq!(shown(first.longest(phrase)), begins, "{phrase}");
            assert_eq!(shown(last.longest(phrase)), ends, "{phrase}");
        }
    }
}
