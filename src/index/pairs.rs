//! Pairs of neighbouring characters, and their order.
//!
//! In: texts. Out: their [`Pair`]s with their places, and all pairs of many texts in the order of the
//! terms that they make. Numbers are sorted rather than a table of terms kept: that costs a tenth of it.
//! Not here: what counts as a character ([`super::analyzer`]), what is written of it
//! ([`super::segment`]).
//!
//! `规划，并组织` gives 规划, 划·, ·并, 并组, 组织, and 织 with the end behind it.

use super::analyzer::{BORDER, Characters, MARK};

/// Stands, in a pair, behind the last character of a text: so that each character is the first of a
/// pair, and one alone is found by how pairs begin.
const END: char = '\u{2}';

/// Two neighbouring characters, as numbers that have the order of the terms: a character on the near
/// side of the border is its code with [`NEAR`], one that the border stands before its code alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    first: u32,
    second: u32,
}

/// More than any character.
const NEAR: u32 = 1 << 21;

impl Pair {
    /// Within a text.
    fn within(first: char, second: char) -> Pair {
        Pair { first: NEAR + u32::from(first), second: NEAR + u32::from(second) }
    }

    /// With the border between the two.
    fn over(first: char, second: char) -> Pair {
        Pair { first: NEAR + u32::from(first), second: u32::from(second) }
    }

    /// Both behind the border.
    fn behind(first: char, second: char) -> Pair {
        Pair { first: u32::from(first), second: NEAR + u32::from(second) }
    }

    /// Whether the border stands before or in it.
    fn has_border(self) -> bool {
        self.first < NEAR || self.second < NEAR
    }

    /// Puts its term in the place of what `term` was.
    pub(crate) fn term(self, term: &mut String) {
        term.clear();
        for symbol in [self.first, self.second] {
            if symbol < NEAR {
                term.push(BORDER);
            }
            term.extend(char::from_u32(symbol % NEAR));
        }
    }
}

/// The pairs of a text, one after the other; behind those of its end, those of what follows the border.
pub(crate) fn of(text: &str, into: &mut Vec<Pair>) {
    let mut characters = Characters::of(text).map(|(_, _, character)| character);
    let Some(mut before) = characters.next().filter(|first| *first != BORDER) else { return };
    for character in characters.by_ref().take_while(|character| *character != BORDER) {
        into.push(Pair::within(before, character));
        before = character;
    }
    into.push(Pair::within(before, END));
    // Punctuation before and behind the border is one run, as in the source.
    let is_one_run = |next: &char| *next == MARK && before == MARK;
    let mut follows = characters.filter(|character| *character != BORDER).peekable();
    follows.next_if(is_one_run);
    let Some(mut first) = follows.next() else { return };
    into.push(Pair::over(before, first));
    for character in follows {
        into.push(Pair::behind(first, character));
        first = character;
    }
}

/// Pieces of text as their pairs.
#[derive(Default)]
pub(crate) struct Pieces {
    pairs: Vec<Pair>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Pieces {
    /// Adds a piece with all its pairs.
    pub(crate) fn add(&mut self, text: &str) {
        of(text, &mut self.pairs);
        self.ends.push(self.pairs.len());
    }

    /// Adds a piece with each of its pairs once; says how many it had.
    pub(crate) fn add_once(&mut self, text: &str) -> usize {
        let from = self.pairs.len();
        of(text, &mut self.pairs);
        let all = self.pairs.len() - from;
        self.pairs[from..].sort_unstable();
        let mut kept = from;
        for at in from..self.pairs.len() {
            if at == from || self.pairs[at] != self.pairs[kept - 1] {
                self.pairs[kept] = self.pairs[at];
                kept += 1;
            }
        }
        self.pairs.truncate(kept);
        self.ends.push(kept);
        all
    }

    /// How many pairs it has.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// How many pairs each piece has.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = usize> {
        let begins = [0].into_iter().chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| end - begin)
    }
}

/// The pairs of many pieces, sorted.
pub(crate) struct Sorted {
    /// The halves of pairs, in their order.
    symbols: Vec<u32>,
    /// The ranks of both halves and, in the bits that are left, the place among all pairs.
    keys: Vec<u64>,
    /// How many bits a rank takes.
    bits: u32,
    /// Where each piece begins, and where all end.
    begins: Vec<usize>,
    /// The piece that every [`STEP`]th pair belongs to.
    pieces: Vec<usize>,
}

/// From how many pairs on one is looked for from the piece of another.
const STEP: usize = 64;

/// Where a pair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// In which piece, counted over all that were sorted.
    pub(crate) piece: usize,
    /// Behind how many characters of it.
    pub(crate) at: u32,
}

impl Sorted {
    /// Sorts by the second half, then by the first, each time by counting. Takes the pairs out of the pieces.
    pub(crate) fn of<'p>(all: impl Iterator<Item = &'p mut Pieces>) -> Sorted {
        let mut all = all.collect::<Vec<_>>();
        let (symbols, ranks) = ranked(&all);
        let bits = (usize::BITS - symbols.len().leading_zeros()).max(1);
        let mut keys = Vec::with_capacity(all.iter().map(|pieces| pieces.len()).sum());
        let mut counts = [vec![0; symbols.len() + 1], vec![0; symbols.len() + 1]];
        let (mut begins, mut steps) = (vec![0], Vec::new());
        for pieces in &mut all {
            let before = keys.len();
            for (pair, at) in std::mem::take(&mut pieces.pairs).into_iter().zip(before as u64..) {
                let [first, second] = [pair.first, pair.second].map(|half| ranks[half as usize]);
                counts[0][second as usize + 1] += 1;
                counts[1][first as usize + 1] += 1;
                let rank = u64::from(first) << bits | u64::from(second);
                keys.push(rank << (u64::BITS - 2 * bits) | at);
            }
            for end in &pieces.ends {
                steps.resize((before + end).div_ceil(STEP), begins.len() - 1);
                begins.push(before + end);
            }
        }
        let mut sorted = Sorted { symbols, keys, bits, begins, pieces: steps };
        let mut room = vec![0; sorted.keys.len()];
        for (counts, half) in counts.iter_mut().zip([bits, 0]) {
            counted(&sorted.keys, &mut room, counts, |key| sorted.rank(key, half));
            std::mem::swap(&mut sorted.keys, &mut room);
        }
        sorted
    }

    /// The rank of a half of a pair, which stands behind so many bits of ranks.
    fn rank(&self, key: u64, behind: u32) -> usize {
        (key << behind >> (u64::BITS - self.bits)) as usize
    }

    /// Each pair that there is, with where it stands, in the order of pieces and of their texts.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Pair, impl Iterator<Item = Spot>)> {
        let ranks = u64::MAX << (u64::BITS - 2 * self.bits);
        let groups = self.keys.chunk_by(move |one, other| (one ^ other) & ranks == 0);
        groups.map(move |group| {
            let half = |behind| self.symbols[self.rank(group[0], behind)];
            let pair = Pair { first: half(0), second: half(self.bits) };
            let mut piece = 0;
            let spots = group.iter().map(move |key| {
                let place = (key & !ranks) as usize;
                if place >= self.begins[piece + 1] {
                    piece = piece.max(self.pieces[place / STEP]);
                    piece +=
                        self.begins[piece + 1..].iter().take_while(|end| **end <= place).count();
                }
                // The pair over the border comes behind that of the end, at the same character.
                let at = place - self.begins[piece] - usize::from(pair.has_border());
                Spot { piece, at: at as u32 }
            });
            (pair, spots)
        })
    }
}

/// The halves of pairs in their order, and the rank of each.
fn ranked(all: &[&mut Pieces]) -> (Vec<u32>, Vec<u32>) {
    let mut ranks = vec![0; 2 * NEAR as usize];
    let mut symbols = Vec::new();
    for pair in all.iter().flat_map(|pieces| &pieces.pairs) {
        for half in [pair.first, pair.second] {
            if ranks[half as usize] == 0 {
                ranks[half as usize] = 1;
                symbols.push(half);
            }
        }
    }
    symbols.sort_unstable();
    for (half, rank) in symbols.iter().zip(0..) {
        ranks[*half as usize] = rank;
    }
    (symbols, ranks)
}

/// Puts keys in the order of their ranks, those of a rank as they were; `counts` has behind each rank how
/// many keys are of it.
fn counted(keys: &[u64], into: &mut [u64], counts: &mut [usize], rank: impl Fn(u64) -> usize) {
    let mut sum = 0;
    for count in counts.iter_mut() {
        sum += *count;
        *count = sum;
    }
    for key in keys {
        let next = &mut counts[rank(*key)];
        into[*next] = *key;
        *next += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::analyzer::{characters, over_border};

    fn terms(text: &str) -> Vec<String> {
        let mut pairs = Vec::new();
        of(text, &mut pairs);
        pairs.into_iter().map(term).filter(|term| !term.ends_with(END)).collect()
    }

    fn term(pair: Pair) -> String {
        let mut term = String::new();
        pair.term(&mut term);
        term
    }

    #[test]
    fn punctuation_is_one_character_and_white_space_none() {
        assert_eq!(terms("规划，并组织"), ["规划", "划·", "·并", "并组", "组织"]);
        assert_eq!(terms("规 划\n。\n“并"), ["规划", "划·", "·并"]);
        assert_eq!(terms("2019年GDP"), ["20", "01", "19", "9年", "年g", "gd", "dp"]);
        assert!(terms("法").is_empty());
    }

    #[test]
    fn a_phrase_over_the_border_has_the_terms_of_the_index() {
        let indexed = terms("负责\u{1}第五条");
        let phrase = characters("负责第五条");
        let typed = over_border(&phrase, 2).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(indexed, typed);
        let indexed = terms("负责。\u{1}第五条");
        assert_eq!(indexed[2], "·\u{1}第");
        assert_eq!(terms("查表：\u{1}（一）")[2], "·\u{1}一");
        assert!(terms("\u{1}第五条").is_empty());
    }

    #[test]
    fn a_pair_stands_behind_so_many_characters() {
        let mut pieces = Pieces::default();
        pieces.add("组织\u{1}实施组织");
        pieces.add("");
        pieces.add("重组织");
        let sorted = Sorted::of([&mut pieces].into_iter());
        let spots = |wanted: &str| {
            let (_, spots) = sorted.groups().find(|(pair, _)| term(*pair) == wanted).expect(wanted);
            spots.map(|spot| (spot.piece, spot.at)).collect::<Vec<_>>()
        };
        assert_eq!(spots("组织"), [(0, 0), (2, 1)]);
        assert_eq!(spots("织\u{1}实"), [(0, 1)]);
        assert_eq!(spots("\u{1}实施"), [(0, 2)]);
        assert_eq!(spots("\u{1}组织"), [(0, 4)]);
        assert_eq!(spots("织\u{2}"), [(0, 1), (2, 2)]);
    }

    proptest! {
        #[test]
        fn pairs_are_sorted_as_their_terms(texts in prop::collection::vec("[一-三a-c，\u{1}𠀀]{0,90}", 0..20)) {
            let mut one = Pieces::default();
            let mut other = Pieces::default();
            for (number, text) in texts.iter().enumerate() {
                if number < 7 { one.add(text) } else { other.add(text) }
            }
            let mut wanted = Vec::new();
            for (piece, text) in texts.iter().enumerate() {
                let mut pairs = Vec::new();
                of(text, &mut pairs);
                let spots = pairs.iter().enumerate();
                wanted.extend(spots.map(|(at, pair)| (term(*pair), piece, at - usize::from(pair.has_border()))));
            }
            wanted.sort();
            let sorted = Sorted::of([&mut one, &mut other].into_iter());
            let found = sorted.groups().flat_map(|(pair, spots)| {
                spots.map(move |spot| (term(pair), spot.piece, spot.at as usize))
            });
            prop_assert_eq!(found.collect::<Vec<_>>(), wanted);
        }
    }
}
