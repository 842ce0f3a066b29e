//! How near found duties come to duties made by hand: floor 5.
//!
//! In: two lists of [`Flat`] duties. Out: [`Figures`]. Not here: finding duties, reading files.
//!
//! `制定规划并组织实施`, found as `制定规划`, is a match (similarity 0.62), and a strict one where
//! bearers, role and modality agree too.
//!
//! Two duties may be matched when they are of one document, their units agree (`第四条` with
//! `第四条（二）`), and their actions are similar: twice the longest common subsequence over the sum of
//! the lengths, at least [`ENOUGH`]. Pairs are taken from the most similar down, each duty once; of
//! equals the one whose bearers, role and modality agree comes first.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::record::{DutyRecord, PartyRecord};

/// The least similarity of two actions that are taken for the same duty.
pub const ENOUGH: f64 = 0.6;

/// A duty as `zeren duties --format jsonl` prints it and gold files hold it: bearers and recipients
/// by their canonical names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flat {
    /// The document.
    pub doc: String,
    /// The printed path of the provision.
    pub unit: String,
    /// Canonical names.
    pub bearers: Vec<String>,
    /// Whether they were taken over.
    pub inherited: bool,
    /// `lead`, `cooperate`, `participate`, `responsible`
    pub role: String,
    /// `overall`, `primary` …
    pub responsibility: Option<String>,
    /// `obligation`, `prohibition`, `permission`, `encouragement`
    pub modality: String,
    /// The predicate clause.
    pub action: String,
    /// Canonical names.
    pub recipients: Vec<String>,
    /// `每年`
    pub frequency: Option<String>,
    /// `到2019年底`
    pub deadline: Option<String>,
}

impl Flat {
    /// A record's duty, as of the document `doc`.
    pub fn of(doc: &str, duty: &DutyRecord) -> Flat {
        let names =
            |parties: &[PartyRecord]| parties.iter().map(|party| party.name.clone()).collect();
        Flat {
            doc: doc.to_owned(),
            unit: duty.unit.clone(),
            bearers: names(&duty.bearers),
            inherited: duty.inherited,
            role: duty.role.clone(),
            responsibility: duty.responsibility.clone(),
            modality: duty.modality.clone(),
            action: duty.action.clone(),
            recipients: names(&duty.recipients),
            frequency: duty.frequency.clone(),
            deadline: duty.deadline.clone(),
        }
    }
}

/// How near one list comes to the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Duties made by hand.
    pub gold: usize,
    /// Duties found.
    pub found: usize,
    /// Pairs.
    pub matched: usize,
    /// Pairs whose bearers, role and modality agree.
    pub strict: usize,
    /// Pairs whose bearers agree.
    pub bearers: usize,
}

impl Figures {
    /// F1 of the duties, by their actions alone.
    pub fn duty(&self) -> f64 {
        f1(self.matched, self.gold, self.found)
    }

    /// F1 of the strict matches.
    pub fn strict(&self) -> f64 {
        f1(self.strict, self.gold, self.found)
    }

    /// Share of the pairs whose bearers agree.
    pub fn bearers(&self) -> f64 {
        if self.matched == 0 { 0.0 } else { self.bearers as f64 / self.matched as f64 }
    }
}

fn f1(shared: usize, gold: usize, found: usize) -> f64 {
    if gold + found == 0 { 0.0 } else { 2.0 * shared as f64 / (gold + found) as f64 }
}

/// Scores what was found against gold.
pub fn score(gold: &[Flat], found: &[Flat]) -> Figures {
    let pairs = pairs(gold, found);
    let agree = |&(g, f): &(usize, usize)| bearers(&gold[g]) == bearers(&found[f]);
    let strict = |&(g, f): &(usize, usize)| {
        gold[g].role == found[f].role && gold[g].modality == found[f].modality
    };
    Figures {
        gold: gold.len(),
        found: found.len(),
        matched: pairs.len(),
        strict: pairs.iter().filter(|pair| agree(pair) && strict(pair)).count(),
        bearers: pairs.iter().filter(|pair| agree(pair)).count(),
    }
}

/// Gold and found duties that are the same, by their places in the lists.
pub fn pairs(gold: &[Flat], found: &[Flat]) -> Vec<(usize, usize)> {
    let actions: Vec<Vec<char>> = found.iter().map(|duty| fold(&duty.action)).collect();
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        let action = fold(&one.action);
        for (f, other) in found.iter().enumerate() {
            if one.doc == other.doc && units_agree(&one.unit, &other.unit) {
                let likeness = similarity(&action, &actions[f]);
                if likeness >= ENOUGH {
                    candidates.push((likeness, agreement(one, other), g, f));
                }
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    let (mut left, mut right) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, g, f) in candidates {
        if !left[g] && !right[f] {
            left[g] = true;
            right[f] = true;
            pairs.push((g, f));
        }
    }
    pairs.sort_unstable();
    pairs
}

fn agreement(one: &Flat, other: &Flat) -> u32 {
    4 * u32::from(bearers(one) == bearers(other))
        + 2 * u32::from(one.role == other.role)
        + u32::from(one.modality == other.modality)
}

fn bearers(duty: &Flat) -> BTreeSet<String> {
    duty.bearers.iter().map(|name| fold(name).into_iter().collect()).collect()
}

/// Letters and digits alone: width and punctuation never decide.
fn fold(text: &str) -> Vec<char> {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Whether two units are the same, or one the beginning of the other up to a boundary: `第四条` and
/// `第四条（二）`, but not `第十条` and `第十条之一`.
pub fn units_agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(['/', '（', '(', '第', '.', '#', '-'])
    })
}

fn similarity(one: &[char], other: &[char]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut row = vec![0usize; other.len() + 1];
    for a in one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    2.0 * row[other.len()] as f64 / (one.len() + other.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(unit: &str, bearer: &str, action: &str) -> Flat {
        Flat {
            doc: "d".into(),
            unit: unit.into(),
            bearers: vec![bearer.into()],
            inherited: false,
            role: "responsible".into(),
            responsibility: None,
            modality: "obligation".into(),
            action: action.into(),
            recipients: Vec::new(),
            frequency: None,
            deadline: None,
        }
    }

    #[test]
    fn likeness_pairs_and_bearers_make_it_strict() {
        let gold =
            [flat("第四条", "省委", "制定规划并组织实施"), flat("第五条", "县委", "加强宣传")];
        let found = [
            flat("第四条（一）", "省委", "制定规划，并组织实施"),
            flat("第五条", "省委", "加强宣传"),
        ];
        let figures = score(&gold, &found);
        assert_eq!((figures.matched, figures.strict, figures.bearers), (2, 1, 1));
        assert_eq!(figures.duty(), 1.0);
        assert_eq!(figures.strict(), 0.5);
    }

    #[test]
    fn units_agree_up_to_a_boundary() {
        assert!(units_agree("第四条", "第四条（二）"));
        assert!(units_agree("二/（三）", "二"));
        assert!(!units_agree("第十条", "第十条之一"));
        assert!(!units_agree("一/1", "一/12"));
    }
}
