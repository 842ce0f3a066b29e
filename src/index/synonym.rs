//! Words that the field uses for the same thing.
//!
//! In: a word. Out: its synonyms, from `data/synonyms.tsv`, in both directions. A synonym counts
//! less than the word itself. Not here: names of organizations, which are canonical already.
//!
//! 监管 is also printed 监督管理.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

static TABLE: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (term, synonym) in pairs() {
        table.entry(term).or_default().push(synonym);
        table.entry(synonym).or_default().push(term);
    }
    table
});

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../data/synonyms.tsv").lines().skip(1).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

/// The synonyms of a word.
pub(super) fn of(word: &str) -> &'static [&'static str] {
    TABLE.get(word).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
const LONGEST: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_line_has_its_source() {
        let lines = include_str!("../../data/synonyms.tsv").lines().collect::<Vec<_>>();
        assert_eq!(lines[0], "term\tsynonym\tsource");
        assert!(lines[1..].is_sorted(), "not sorted");
        for line in &lines[1..] {
            let columns = line.split('\t').collect::<Vec<_>>();
            assert!(columns.len() == 3 && columns.iter().all(|c| !c.is_empty()), "`{line}`");
            assert_ne!(columns[0], columns[1], "`{line}`");
            assert!(columns[..2].iter().all(|c| c.chars().count() <= LONGEST), "`{line}`");
        }
    }

    #[test]
    fn synonyms_go_both_ways() {
        assert!(of("监管").contains(&"监督管理"));
        assert!(of("监督管理").contains(&"监管"));
        assert!(of("乌有").is_empty());
    }
}
