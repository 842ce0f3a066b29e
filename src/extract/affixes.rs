//! Words looked up by the longest that a phrase begins or ends with.
//!
//! In: words with values; then phrases. Out: the longest word there, and its value. Not here: what
//! the words are (`extract::words`, `organization::lexicon`).
//!
//! With 建立 and 建立健全, `建立健全制度` begins with the second.
//!
//! Most places of a text begin no word, and one bit tells so: it stands for the first six bytes, which
//! are two Chinese characters. The same bytes then lead to the few words that begin with them.

use rustc_hash::FxHashMap;

/// Which end of a phrase the words stand at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The beginning.
    First,
    /// The end.
    Last,
}

/// Words with values.
pub(super) struct Affixes<V> {
    side: Side,
    /// Longest first among those with the same outer bytes.
    words: Vec<(&'static str, V)>,
    /// By the outer bytes, where their words are.
    places: FxHashMap<u64, (usize, usize)>,
    /// A bit for all outer bytes that a word has; a few others share it.
    bits: Vec<u64>,
    /// How far a product is shifted to give a bit's number.
    shift: u32,
}

/// The outer six bytes of a word, and the outer three, by which shorter words are kept.
const SIX: u64 = 0xffff_ffff_ffff;
const THREE: u64 = 0xff_ffff;

impl<V> Affixes<V> {
    /// Puts words of at least three bytes in order. Of two that are the same, the later one counts.
    pub(super) fn new(
        side: Side,
        words: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Affixes<V> {
        let words: FxHashMap<&'static str, V> = words.into_iter().collect();
        let mut words: Vec<(&'static str, V)> =
            words.into_iter().filter(|(word, _)| word.len() >= 3).collect();
        let key =
            |word: &str| outer(side, word.as_bytes()) & if word.len() < 6 { THREE } else { SIX };
        words.sort_by_key(|(word, _)| (key(word), std::cmp::Reverse(word.len()), *word));
        let bits = (words.len() * 32).next_power_of_two().max(64);
        let mut affixes = Affixes {
            side,
            places: FxHashMap::default(),
            bits: vec![0; bits / 64],
            shift: 64 - bits.ilog2(),
            words,
        };
        for at in 0..affixes.words.len() {
            let key = key(affixes.words[at].0);
            let bit = affixes.bit(key);
            affixes.bits[bit / 64] |= 1 << (bit % 64);
            affixes.places.entry(key).or_insert((at, at)).1 = at + 1;
        }
        affixes
    }

    /// The longest word that a phrase has at this side, in bytes, and its value.
    #[inline]
    pub(super) fn longest(&self, phrase: &str) -> Option<(usize, &V)> {
        self.longest_in(phrase.as_bytes())
    }

    #[inline]
    fn longest_in(&self, phrase: &[u8]) -> Option<(usize, &V)> {
        let outer = outer(self.side, phrase);
        let (six, three) = (outer & SIX, outer & THREE);
        if self.may_be(six)
            && let Some(found) = self.among(six, phrase)
        {
            return Some(found);
        }
        if self.may_be(three) { self.among(three, phrase) } else { None }
    }

    /// The first place of a text, from a byte on, where a word begins: the place, the longest word's
    /// length, its value.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<(usize, usize, &V)> {
        let bytes = text.as_bytes();
        let mut at = from;
        // as long as eight bytes can be read at once
        while let Some(eight) = bytes.get(at..at + 8).and_then(|rest| rest.first_chunk()) {
            let outer = u64::from_le_bytes(*eight);
            if (self.may_be(outer & SIX) | self.may_be(outer & THREE))
                && let Some((length, value)) = self.longest_in(&bytes[at..])
            {
                return Some((at, length, value));
            }
            at += width(bytes[at]);
        }
        while at < bytes.len() {
            if let Some((length, value)) = self.longest_in(&bytes[at..]) {
                return Some((at, length, value));
            }
            at += width(bytes[at]);
        }
        None
    }

    #[inline(never)]
    fn among(&self, key: u64, phrase: &[u8]) -> Option<(usize, &V)> {
        let &(from, to) = self.places.get(&key)?;
        let stands = |word: &str| match self.side {
            Side::First => phrase.starts_with(word.as_bytes()),
            Side::Last => phrase.ends_with(word.as_bytes()),
        };
        let mut words = self.words[from..to].iter();
        let (word, value) = words.find(|(word, _)| stands(word))?;
        Some((word.len(), value))
    }

    #[inline]
    fn may_be(&self, key: u64) -> bool {
        let bit = self.bit(key);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline]
    fn bit(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }
}

/// The eight bytes at an end of a phrase, the outermost in the lowest place; zero where it is shorter.
#[inline]
fn outer(side: Side, bytes: &[u8]) -> u64 {
    let chunk = match side {
        Side::First => bytes.first_chunk().copied().map(u64::from_le_bytes),
        Side::Last => bytes.last_chunk().copied().map(u64::from_be_bytes),
    };
    let padded = || match side {
        Side::First => bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)),
        Side::Last => bytes.iter().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    };
    chunk.unwrap_or_else(padded)
}

/// How many bytes a character has, by its first.
#[inline]
pub(super) fn width(first: u8) -> usize {
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
