//! Which kinds of words begin at a place, by its first characters; and which may stand in a text.
//!
//! In: words with their kinds; then phrases. Out: [`Begun`], a set of [`Kinds`]. Not here: what the
//! kinds are (`extract::words`).
//!
//! Of `建立健全制度`, the first character tells that a predicate may begin there, and the second that one
//! does, and that a longer one may. A clause is gone through once ([`Vocabulary::standing`]); what it
//! doesn't hold is not looked for in it again.

use crate::text::affixes::width;

/// A set of kinds, of which there are at most 128.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u128);

impl Kinds {
    /// Those of a list.
    pub(super) const fn of(list: &[usize]) -> Kinds {
        let (mut all, mut at) = (0, 0);
        while at < list.len() {
            all |= 1 << list[at];
            at += 1;
        }
        Kinds(all)
    }

    /// Whether a kind is among them.
    #[inline(always)]
    pub(super) fn has(self, kind: usize) -> bool {
        self.0 >> kind & 1 == 1
    }

    /// Whether one of others is among them.
    #[inline(always)]
    fn meets(self, others: Kinds) -> bool {
        self.0 & others.0 != 0
    }

    /// These and others.
    #[inline(always)]
    pub(super) fn with(self, others: Kinds) -> Kinds {
        Kinds(self.0 | others.0)
    }
}

/// What is known of the word of a kind that a phrase begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// There is none.
    Nothing,
    /// It is the first character.
    One,
    /// It is the first two.
    Two,
    /// It may be longer than two.
    More,
}

/// Words by their first two characters.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// By the character, its number in `firsts`; 0 where no word begins with it.
    numbers: Box<[u16; CHARACTERS]>,
    firsts: Vec<First>,
    /// By number and second character, where in `pairs`.
    seconds: Places,
    pairs: Vec<Pair>,
}

/// What begins with a character.
#[derive(Clone, Copy, Debug, Default)]
struct First {
    any: Kinds,
    /// Words that are nothing but the character.
    one: Kinds,
    /// By the last bits of their second characters, words that have one: most pairs of a text fail here.
    seconds: u64,
}

/// What begins with two characters.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    /// Words that are nothing but the two.
    two: Kinds,
    more: Kinds,
}

impl Vocabulary {
    /// Takes in words, each with its kind. They begin with Han characters or marks like 》.
    pub(super) fn new(words: impl IntoIterator<Item = (&'static str, usize)>) -> Vocabulary {
        let mut all = Vocabulary {
            numbers: Box::new([0; CHARACTERS]),
            firsts: vec![First::default()],
            seconds: Places::default(),
            pairs: vec![Pair::default()],
        };
        for (word, kind) in words {
            all.put(word.as_bytes(), Kinds::of(&[kind]));
        }
        all
    }

    fn put(&mut self, word: &[u8], kind: Kinds) {
        let Some(first) = character(word, 0) else { return };
        let number = &mut self.numbers[first];
        if *number == 0 {
            *number = self.firsts.len() as u16;
            self.firsts.push(First::default());
        }
        let first = &mut self.firsts[usize::from(*number)];
        first.any = first.any.with(kind);
        let Some(second) = character(word, 3) else {
            first.one = first.one.with(kind);
            return;
        };
        first.seconds |= bit(second);
        let at = self.seconds.number(key(*number, second), self.pairs.len());
        if at == self.pairs.len() {
            self.pairs.push(Pair::default());
        }
        let pair = &mut self.pairs[at];
        match word.len() {
            6 => pair.two = pair.two.with(kind),
            _ => pair.more = pair.more.with(kind),
        }
    }

    /// What is known of the word of a kind that a phrase begins with.
    #[inline(always)]
    pub(super) fn begun(&self, kind: usize, phrase: &str) -> Begun {
        self.begun_at(Kinds::of(&[kind]), phrase.as_bytes(), 0)
    }

    /// The first place of a text, from a byte on, where a word of a kind begins.
    #[inline(always)]
    pub(super) fn find(&self, kind: usize, text: &str, from: usize) -> Option<(usize, Begun)> {
        let (kind, text) = (Kinds::of(&[kind]), text.as_bytes());
        let mut at = from;
        while let Some(&first) = text.get(at) {
            match self.begun_at(kind, text, at) {
                Begun::Nothing => at += width(first),
                begun => return Some((at, begun)),
            }
        }
        None
    }

    /// The first place of a text, from a byte on, where a word of any kind may begin.
    pub(super) fn find_any(&self, text: &str, from: usize) -> Option<usize> {
        let text = text.as_bytes();
        let mut at = from;
        let mut here = character(text, at);
        while let Some(&first) = text.get(at) {
            let Some(known) = here else {
                at += width(first);
                here = character(text, at);
                continue;
            };
            let next = character(text, at + 3);
            let number = usize::from(self.numbers[known]);
            if number > 0
                && (self.pair(number, next) > 0 || self.firsts[number].one != Kinds::default())
            {
                return Some(at);
            }
            at += 3;
            here = next;
        }
        None
    }

    /// Whether a word of one of some kinds may begin a phrase, by its first character alone.
    #[inline(always)]
    pub(super) fn opens(&self, kinds: Kinds, phrase: &str) -> bool {
        self.opens_at(kinds, phrase, 0)
    }

    /// The same of what a phrase has from a byte on.
    #[inline(always)]
    pub(super) fn opens_at(&self, kinds: Kinds, phrase: &str, at: usize) -> bool {
        self.firsts[self.number(phrase.as_bytes(), at)].any.meets(kinds)
    }

    #[inline(always)]
    fn begun_at(&self, kind: Kinds, text: &[u8], at: usize) -> Begun {
        let number = self.number(text, at);
        if !self.firsts[number].any.meets(kind) {
            return Begun::Nothing;
        }
        self.goes_on(number, kind, text, at)
    }

    #[inline(never)]
    fn goes_on(&self, number: usize, kind: Kinds, text: &[u8], at: usize) -> Begun {
        let pair = self.pairs[self.pair(number, character(text, at + 3))];
        if pair.more.meets(kind) {
            Begun::More
        } else if pair.two.meets(kind) {
            Begun::Two
        } else if self.firsts[number].one.meets(kind) {
            Begun::One
        } else {
            Begun::Nothing
        }
    }

    #[inline(always)]
    fn number(&self, text: &[u8], at: usize) -> usize {
        character(text, at).map_or(0, |character| usize::from(self.numbers[character]))
    }

    /// Where in `pairs` a first character is with a second; 0 where no word begins with them.
    #[inline(always)]
    fn pair(&self, number: usize, second: Option<usize>) -> usize {
        let second = second.filter(|&second| self.firsts[number].seconds & bit(second) > 0);
        second.map_or(0, |second| self.seconds.find(key(number as u16, second)))
    }

    /// Which of some kinds may have words in a text.
    pub(super) fn standing(&self, wanted: Kinds, text: &str) -> Kinds {
        let mut found = Kinds::default();
        let text = text.as_bytes();
        let mut at = 0;
        while let Some(&first) = text.get(at) {
            let number = self.number(text, at);
            let opening = &self.firsts[number];
            if opening.any.meets(wanted) {
                let pair = self.pairs[self.pair(number, character(text, at + 3))];
                found = found.with(opening.one).with(pair.two).with(pair.more);
            }
            at += width(first);
        }
        found
    }
}

/// How many characters there are from 、 and 《 to the last of the Han.
const CHARACTERS: usize = 0xA000 - 0x3000;

/// Which of these characters begins at a byte of a text.
#[inline(always)]
fn character(text: &[u8], at: usize) -> Option<usize> {
    let &[first, second, third] = text.get(at..)?.first_chunk()?;
    let at = usize::from(first) << 12 | usize::from(second & 0x3F) << 6 | usize::from(third & 0x3F);
    // all of them have three bytes, the first of which is 0xE3 or more
    Some(at.wrapping_sub(0xE3 << 12)).filter(|&at| at < CHARACTERS)
}

/// The bit that stands for a second character.
#[inline(always)]
fn bit(second: usize) -> u64 {
    1 << (second & 63)
}

#[inline(always)]
fn key(number: u16, second: usize) -> u32 {
    u32::from(number) << 16 | second as u32
}

/// Small numbers by a key.
#[derive(Debug, Default)]
struct Places {
    /// A key and its number; the number is 0 where there is none.
    slots: Vec<(u32, u16)>,
    taken: usize,
}

impl Places {
    /// The number of a key; 0 where it has none.
    #[inline(always)]
    fn find(&self, key: u32) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = hash(key);
        while let Some(&(taken, number)) = self.slots.get(at & last) {
            if taken == key || number == 0 {
                return usize::from(number);
            }
            at += 1;
        }
        0
    }

    /// The number of a key, or `new`, which it gets where it has none.
    fn number(&mut self, key: u32, new: usize) -> usize {
        let known = self.find(key);
        if known > 0 {
            return known;
        }
        self.taken += 1;
        if self.taken * 3 > self.slots.len() {
            let size = (self.taken * 4).next_power_of_two();
            let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            old.into_iter().filter(|(_, number)| *number > 0).for_each(|slot| self.put(slot));
        }
        self.put((key, new as u16));
        new
    }

    fn put(&mut self, slot: (u32, u16)) {
        let last = self.slots.len() - 1;
        let mut at = hash(slot.0) & last;
        while self.slots[at].1 > 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = slot;
    }
}

#[inline(always)]
fn hash(key: u32) -> usize {
    (key.wrapping_mul(0x9E37_79B1) >> 12) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_the_first_two_characters() {
        let words = [("》", 1), ("建", 1), ("建立", 2), ("建立健全", 3), ("建设", 2), ("的", 127)];
        let vocabulary = Vocabulary::new(words);
        for (phrase, kind, expected) in [
            ("建立制度", 1, Begun::One),
            ("建立制度", 2, Begun::Two),
            ("建立制度", 3, Begun::More),
            ("建设制度", 3, Begun::Nothing),
            ("建", 1, Begun::One),
            ("建", 2, Begun::Nothing),
            ("的a", 127, Begun::One),
            ("（建）", 1, Begun::Nothing),
            ("》等", 1, Begun::One),
            ("a建立", 2, Begun::Nothing),
            ("", 1, Begun::Nothing),
        ] {
            assert_eq!(vocabulary.begun(kind, phrase), expected, "{phrase} {kind}");
        }
        let all = Kinds(u128::MAX);
        for (text, expected) in
            [("市的a建设", Some(3)), ("a市建设》", Some(4)), ("设建", Some(3)), ("", None)]
        {
            assert_eq!(vocabulary.find_any(text, 0), expected, "{text}");
        }
        let standing = vocabulary.standing(all, "市的a建设");
        assert_eq!(standing, Kinds::of(&[127, 1, 2]));
        assert_eq!(vocabulary.standing(Kinds::of(&[3]), "市的a"), Kinds::default());
    }
}
