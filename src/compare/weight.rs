//! How much a shared piece of text says.
//!
//! In: the texts of two documents. Out: a [`Bag`] of character 2- and 3-grams for each, and the
//! weight of each gram: what nearly every provision says (应当加强) weighs little, what stands in
//! these two only weighs much. A gram's frequency is that in the pair, smoothed by how frequent
//! it is in 128,000 provisions of public statutes (`data/formulas.tsv`, counted). Not here: what
//! is made of it.
//!
//! 应当 stands in 55 of 100 provisions and weighs 0.6; 尾矿库 in hardly any and weighs 5.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A gram of up to three characters, packed, 21 bits a character.
pub(super) type Gram = u64;

/// How many provisions of elsewhere count beside those of the pair.
const BACKGROUND: f32 = 100.0;

/// The share of provisions that hold a gram which the table does not list; it lists those above 6 in 1,000.
const UNLISTED: f32 = 0.0005;

/// The grams of a text with how often each stands in it, by number, and its whole weight.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    pub(super) grams: Vec<(u32, u16)>,
    pub(super) weight: f32,
}

/// Bags of two documents over one vocabulary.
pub(super) struct Weighed {
    pub(super) a: Vec<Bag>,
    pub(super) b: Vec<Bag>,
    /// By number of the gram.
    pub(super) weights: Vec<f32>,
}

impl Weighed {
    /// Weighs the provisions of two documents.
    pub(super) fn new<T: AsRef<str>>(a: &[T], b: &[T]) -> Weighed {
        let mut numbers: FxHashMap<Gram, u32> = FxHashMap::default();
        let mut held: Vec<(Gram, u32)> = Vec::new();
        let mut bag = |text: &T| {
            let mut grams: Vec<u32> = Vec::new();
            each_gram(text.as_ref(), |gram| {
                let number = *numbers.entry(gram).or_insert_with(|| {
                    held.push((gram, 0));
                    held.len() as u32 - 1
                });
                grams.push(number);
            });
            let grams = counted(grams);
            grams.iter().for_each(|&(number, _)| held[number as usize].1 += 1);
            Bag { grams, weight: 0.0 }
        };
        let mut a: Vec<Bag> = a.iter().map(&mut bag).collect();
        let mut b: Vec<Bag> = b.iter().map(&mut bag).collect();
        let provisions = (a.len() + b.len()) as f32;
        let weight = |&(gram, count): &(Gram, u32)| {
            let elsewhere = FORMULAS.get(&gram).copied().unwrap_or(UNLISTED);
            -((count as f32 + BACKGROUND * elsewhere) / (provisions + BACKGROUND)).ln()
        };
        let weights: Vec<f32> = held.iter().map(weight).collect();
        for bag in a.iter_mut().chain(&mut b) {
            let one = |&(number, count): &(u32, u16)| weights[number as usize] * f32::from(count);
            bag.weight = bag.grams.iter().map(one).sum();
        }
        Weighed { a, b, weights }
    }

    /// The weight of what two bags share.
    pub(super) fn shared(&self, one: &Bag, other: &Bag) -> f32 {
        let mut sum = 0.0;
        let mut rest = other.grams.as_slice();
        for &(number, count) in &one.grams {
            let skip = rest.iter().take_while(|(other, _)| *other < number).count();
            rest = &rest[skip..];
            if let Some(&(_, other)) = rest.first().filter(|(other, _)| *other == number) {
                sum += self.weights[number as usize] * f32::from(count.min(other));
            }
        }
        sum
    }

    /// What is left of a bag when another is taken out of it.
    pub(super) fn without(&self, one: &Bag, other: &Bag) -> Bag {
        let taken: FxHashMap<u32, u16> = other.grams.iter().copied().collect();
        let left = |&(number, count): &(u32, u16)| {
            let left = count.saturating_sub(taken.get(&number).copied().unwrap_or(0));
            (left > 0).then_some((number, left))
        };
        let grams: Vec<(u32, u16)> = one.grams.iter().filter_map(left).collect();
        let weight =
            |&(number, count): &(u32, u16)| self.weights[number as usize] * f32::from(count);
        Bag { weight: grams.iter().map(weight).sum(), grams }
    }

    /// Two bags in one.
    pub(super) fn together(&self, one: &Bag, other: &Bag) -> Bag {
        let mut grams: FxHashMap<u32, u16> = one.grams.iter().copied().collect();
        for &(number, count) in &other.grams {
            let known = grams.entry(number).or_default();
            *known = known.saturating_add(count);
        }
        let mut grams: Vec<(u32, u16)> = grams.into_iter().collect();
        grams.sort_unstable();
        Bag { grams, weight: one.weight + other.weight }
    }
}

/// Calls for each 2- and 3-gram of a text; none crosses a mark or a blank.
pub(super) fn each_gram(text: &str, mut each: impl FnMut(Gram)) {
    let (mut last, mut before) = (0, 0);
    for c in text.chars() {
        if !c.is_alphanumeric() {
            (last, before) = (0, 0);
            continue;
        }
        let now = u64::from(u32::from(c));
        if last != 0 {
            each(last << 21 | now);
        }
        if before != 0 {
            each(before << 42 | last << 21 | now);
        }
        (before, last) = (last, now);
    }
}

/// Numbers in order, each with how often it came.
fn counted(mut numbers: Vec<u32>) -> Vec<(u32, u16)> {
    numbers.sort_unstable();
    let mut counted: Vec<(u32, u16)> = Vec::new();
    for number in numbers {
        match counted.last_mut().filter(|(last, _)| *last == number) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => counted.push((number, 1)),
        }
    }
    counted
}

/// The share of provisions that hold a gram, of those that many do.
static FORMULAS: LazyLock<FxHashMap<Gram, f32>> = LazyLock::new(|| {
    let rows = include_str!("../../data/formulas.tsv").lines().skip(1);
    let read = |row: &str| {
        let (gram, share) = row.split_once('\t')?;
        let packed = gram.chars().fold(0, |packed, c| packed << 21 | u64::from(u32::from(c)));
        Some((packed, share.parse::<f32>().ok()? / 1000.0))
    };
    rows.filter_map(read).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_sorted_and_all_read() {
        let rows: Vec<&str> = include_str!("../../data/formulas.tsv").lines().skip(1).collect();
        assert!(rows.is_sorted());
        assert_eq!(FORMULAS.len(), rows.len());
        assert!(FORMULAS.values().all(|share| (0.0..1.0).contains(share)));
    }

    #[test]
    fn rare_words_weigh_more_than_formulas() {
        let weighed = Weighed::new(&["应当加强尾矿库管理"], &["应当加强尾矿库管理"]);
        let weight = |word: &str| {
            let one = Weighed::new(&[word], &["应当加强尾矿库管理"]);
            one.shared(&one.a[0], &one.b[0])
        };
        assert!(weight("尾矿") > 3.0 * weight("应当"));
        let (a, b) = (&weighed.a[0], &weighed.b[0]);
        assert!((weighed.shared(a, b) - a.weight).abs() < 1e-3);
        assert!(weighed.without(a, b).grams.is_empty());
    }
}
