//! The words that clause grammar turns on: predicates, adverbs, modal words.
//!
//! In: the beginning of a phrase. Out: how much of it one word takes. Not here: organizations,
//! and what a clause means.
//!
//! `积极建立健全制度` begins with the adverb `积极`, and what follows with the predicate
//! `建立健全`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Modality;

static PREDICATES: LazyLock<Words<()>> =
    LazyLock::new(|| Words::read(include_str!("../../data/predicates.tsv"), |_| Some(())));
static ADVERBS: LazyLock<Words<()>> =
    LazyLock::new(|| Words::read(include_str!("../../data/adverbs.tsv"), |_| Some(())));
static MODALS: LazyLock<Words<Modality>> =
    LazyLock::new(|| Words::read(include_str!("../../data/modals.tsv"), modality));

/// What may follow a short modal word only where it is part of another word: 要求, 应急, 须知.
const NO_MODAL: [(&str, &str); 4] = [
    ("要", "求素点件闻案么领事害职塞约"),
    ("应", "急用对答届聘税诉试纳收邀激力变声付征有"),
    ("须", "知"),
    ("需", "求要"),
];

/// How many bytes of predicate a phrase begins with; 0 where it begins with none.
pub(super) fn predicate(phrase: &str) -> usize {
    PREDICATES.longest(phrase).map_or(0, |(length, ())| length)
}

/// How many bytes of adverbs a phrase begins with, also several: `进一步加快` has one, as 加快 is
/// a predicate.
pub(super) fn adverbs(phrase: &str) -> usize {
    let mut at = 0;
    while let Some((length, ())) = ADVERBS.longest(&phrase[at..]) {
        at += length;
        // 地 closes a manner; `、` and 和 join two of them: `及时、准确`, `全面和准确`
        for joint in ["地", "、", "和"] {
            let rest = &phrase[at..];
            if rest.starts_with(joint)
                && (joint == "地" || ADVERBS.longest(&rest[joint.len()..]).is_some())
                && !rest.starts_with("地方")
                && !rest.starts_with("地区")
            {
                at += joint.len();
            }
        }
    }
    at
}

/// The modal word a phrase begins with: its length and force.
pub(super) fn modal(phrase: &str) -> Option<(usize, Modality)> {
    let (length, force) = MODALS.longest(phrase)?;
    let next = phrase[length..].chars().next();
    let word = &phrase[..length];
    let other = NO_MODAL
        .iter()
        .any(|(short, after)| *short == word && next.is_some_and(|c| after.contains(c)));
    (!other).then_some((length, force))
}

/// Whether a phrase begins with a predicate, after adverbs.
pub(super) fn begins_predicate(phrase: &str) -> bool {
    predicate(&phrase[adverbs(phrase)..]) > 0
}

fn modality(word: &str) -> Option<Modality> {
    match word {
        "obligation" => Some(Modality::Obligation),
        "prohibition" => Some(Modality::Prohibition),
        "permission" => Some(Modality::Permission),
        "encouragement" => Some(Modality::Encouragement),
        _ => None,
    }
}

/// A lexicon: terms with a value, looked up by the longest that a phrase begins with.
struct Words<V> {
    terms: FxHashMap<&'static str, V>,
    /// By the first character of a term, its longest term in bytes.
    longest: FxHashMap<char, usize>,
}

impl<V: Copy> Words<V> {
    /// Reads a table whose first column is the term and whose second gives its value.
    fn read(table: &'static str, value: impl Fn(&str) -> Option<V>) -> Words<V> {
        let mut words = Words { terms: FxHashMap::default(), longest: FxHashMap::default() };
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(term), Some(second)) = (cells.next(), cells.next()) else { continue };
            let (Some(first), Some(value)) = (term.chars().next(), value(second)) else { continue };
            let longest = words.longest.entry(first).or_default();
            *longest = term.len().max(*longest);
            words.terms.insert(term, value);
        }
        words
    }

    fn longest(&self, phrase: &str) -> Option<(usize, V)> {
        let mut length = *self.longest.get(&phrase.chars().next()?)?;
        length = length.min(phrase.len());
        while length > 0 {
            if phrase.is_char_boundary(length)
                && let Some(value) = self.terms.get(&phrase[..length])
            {
                return Some((length, *value));
            }
            length -= 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adverbs_chain_and_stop_before_the_predicate() {
        for (phrase, rest) in [
            ("积极建立健全制度", "建立健全制度"),
            ("及时、准确报送数据", "报送数据"),
            ("有针对性地改进服务", "改进服务"),
            ("加强管理", "加强管理"),
        ] {
            assert_eq!(&phrase[adverbs(phrase)..], rest, "{phrase}");
        }
    }

    #[test]
    fn a_modal_word_is_not_part_of_another() {
        assert_eq!(modal("要加强"), Some((3, Modality::Obligation)));
        assert_eq!(modal("要求企业"), None);
        assert_eq!(modal("应急管理"), None);
        assert_eq!(modal("不得擅自"), Some((6, Modality::Prohibition)));
    }

    #[test]
    fn lexicons_are_sorted_and_sourced() {
        for table in [
            include_str!("../../data/predicates.tsv"),
            include_str!("../../data/adverbs.tsv"),
            include_str!("../../data/modals.tsv"),
        ] {
            let lines: Vec<&str> = table.lines().collect();
            assert!(lines[0].starts_with("term\t") && lines[0].ends_with("source"));
            let columns = lines[0].split('\t').count();
            for pair in lines[1..].windows(2) {
                assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
            }
            for line in &lines[1..] {
                assert!(
                    line.split('\t').filter(|cell| !cell.is_empty()).count() == columns,
                    "{line}"
                );
            }
        }
    }
}
