//! How near found duties come to duties made by hand: floor 5.
//!
//! In: two lists of [`Flat`] duties. Out: [`Figures`], and which duty is which. Not here: finding
//! duties, reading files.
//!
//! `制定规划并组织实施`, found as `制定规划`, is a match (similarity 0.62), and a strict one where
//! bearers, role and modality agree too.
//!
//! Two duties may be matched when they are of one document, their units agree (`第四条` with
//! `第四条（二）`), and their actions are similar: twice the longest common subsequence over the sum of
//! the lengths, at least [`ENOUGH`]. The matching is one to one and has the greatest sum of
//! similarities; equals are told apart by bearers, role, modality and recipients. Strings are compared
//! in simplified characters and one width, without white space and punctuation.

mod matching;
pub mod questions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::record::{DutyRecord, PartyRecord, Word};
use crate::text;

/// The least similarity of two actions that are taken for the same duty.
pub const ENOUGH: f64 = 0.6;

/// Gold whose actions all have at most as many characters holds only their beginnings: what is found
/// is cut to the same length.
pub const BEGINNING: usize = 12;

static UNTOLD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{P}\p{Z}\p{C}]+").ok());

/// A duty as `zeren duties --format jsonl` prints it and gold files hold it: bearers and recipients
/// by their canonical names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flat {
    /// The document.
    pub doc: String,
    /// The printed path of the provision.
    pub unit: String,
    /// Canonical names.
    #[serde(default)]
    pub bearers: Vec<String>,
    /// Whether they were taken over.
    #[serde(default)]
    pub inherited: bool,
    /// `lead`, `cooperate`, `participate`, `responsible`
    #[serde(default)]
    pub role: Word,
    /// `overall`, `primary` …
    pub responsibility: Option<Word>,
    /// `obligation`, `prohibition`, `permission`, `encouragement`
    #[serde(default)]
    pub modality: Word,
    /// The predicate clause.
    pub action: String,
    /// Canonical names.
    #[serde(default)]
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

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// So many are right.
    pub right: usize,
    /// Of so many.
    pub of: usize,
}

impl Share {
    /// As a number from 0 to 1; none where there is nothing to count.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

/// What is in both of two lists, and in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// In both.
    pub shared: usize,
    /// In gold.
    pub gold: usize,
    /// In what was found.
    pub found: usize,
}

impl Overlap {
    /// Right of what was found.
    pub fn precision(self) -> Option<f64> {
        Share { right: self.shared, of: self.found }.value()
    }

    /// Found of what there is.
    pub fn recall(self) -> Option<f64> {
        Share { right: self.shared, of: self.gold }.value()
    }

    /// Their harmonic mean.
    pub fn f1(self) -> Option<f64> {
        Share { right: 2 * self.shared, of: self.gold + self.found }.value()
    }

    fn count(&mut self, gold: &BTreeSet<String>, found: &BTreeSet<String>) {
        self.shared += gold.intersection(found).count();
        self.gold += gold.len();
        self.found += found.len();
    }
}

/// How near one list comes to the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Duties by their actions alone.
    pub duty: Overlap,
    /// Pairs whose bearers, role and modality agree.
    pub strict: Overlap,
    /// Pairs whose sets of bearers are equal.
    pub bearers: Share,
    /// The bearers of the pairs, name by name.
    pub bearer: Overlap,
    /// The recipients of the pairs, name by name.
    pub recipient: Overlap,
    /// Pairs with the same role.
    pub role: Share,
    /// Pairs with the same force.
    pub modality: Share,
    /// Pairs that say alike whether bearers are taken over.
    pub inherited: Share,
    /// Pairs that name the same responsibility; of those where either names one.
    pub responsibility: Share,
    /// The same of how often.
    pub frequency: Share,
    /// The same of until when.
    pub deadline: Share,
}

/// Two lists with what belongs together.
#[derive(Clone, Debug)]
pub struct Scored<'d> {
    /// How near they come.
    pub figures: Figures,
    /// Gold and found, where they are the same duty.
    pub pairs: Vec<(&'d Flat, &'d Flat)>,
    /// Duties that were not found.
    pub missed: Vec<&'d Flat>,
    /// What was found and is in no gold.
    pub extra: Vec<&'d Flat>,
}

/// What was annotated: the units of each document; all of it where there are none.
pub type Annotated = BTreeMap<String, Option<Vec<String>>>;

/// Whether a duty stands in what was annotated.
pub fn annotated(duty: &Flat, units: &Annotated) -> bool {
    match units.get(duty.doc.trim()) {
        Some(Some(listed)) => {
            let unit = fold_unit(&duty.unit);
            listed.iter().any(|one| units_agree(&fold_unit(one), &unit))
        }
        Some(None) => true,
        None => false,
    }
}

/// Scores what was found against gold.
pub fn score<'d>(gold: &'d [Flat], found: &'d [Flat]) -> Scored<'d> {
    let most = gold.iter().map(|duty| duty.action.chars().count()).max().unwrap_or_default();
    let reach = if most <= BEGINNING { most } else { usize::MAX };
    let left: Vec<Folded<'_>> = gold.iter().map(|duty| Folded::of(duty, usize::MAX)).collect();
    let right: Vec<Folded<'_>> = found.iter().map(|duty| Folded::of(duty, reach)).collect();
    let pairs = matching::pairs(&left, &right);
    let mut figures = Figures::default();
    let whole = Overlap { shared: pairs.len(), gold: gold.len(), found: found.len() };
    (figures.duty, figures.strict) = (whole, Overlap { shared: 0, ..whole });
    for &(g, f) in &pairs {
        figures.count(&left[g], &right[f]);
    }
    let alone = |list: &'d [Flat], paired: BTreeSet<usize>| {
        let apart = list.iter().enumerate().filter(|(at, _)| !paired.contains(at));
        apart.map(|(_, duty)| duty).collect::<Vec<_>>()
    };
    Scored {
        figures,
        missed: alone(gold, pairs.iter().map(|pair| pair.0).collect()),
        extra: alone(found, pairs.iter().map(|pair| pair.1).collect()),
        pairs: pairs.iter().map(|&(g, f)| (&gold[g], &found[f])).collect(),
    }
}

/// Which fields of a pair differ, of those that are scored.
pub fn differences(gold: &Flat, found: &Flat) -> Vec<&'static str> {
    let (one, other) = (Folded::of(gold, usize::MAX), Folded::of(found, usize::MAX));
    let equal = [
        ("bearers", one.bearers == other.bearers),
        ("role", gold.role == found.role),
        ("modality", gold.modality == found.modality),
        ("inherited", gold.inherited == found.inherited),
        ("responsibility", gold.responsibility == found.responsibility),
        ("recipients", one.recipients == other.recipients),
        ("frequency", same(gold.frequency.as_deref(), found.frequency.as_deref())),
        ("deadline", same(gold.deadline.as_deref(), found.deadline.as_deref())),
    ];
    equal.into_iter().filter(|(_, equal)| !equal).map(|(name, _)| name).collect()
}

impl Figures {
    fn count(&mut self, gold: &Folded<'_>, found: &Folded<'_>) {
        let (one, other) = (gold.duty, found.duty);
        let bearers = gold.bearers == found.bearers;
        let (role, modality) = (one.role == other.role, one.modality == other.modality);
        self.strict.shared += usize::from(bearers && role && modality);
        self.bearers.count(bearers);
        self.bearer.count(&gold.bearers, &found.bearers);
        self.recipient.count(&gold.recipients, &found.recipients);
        self.role.count(role);
        self.modality.count(modality);
        self.inherited.count(one.inherited == other.inherited);
        for (share, a, b) in [
            (
                &mut self.responsibility,
                one.responsibility.as_deref(),
                other.responsibility.as_deref(),
            ),
            (&mut self.frequency, one.frequency.as_deref(), other.frequency.as_deref()),
            (&mut self.deadline, one.deadline.as_deref(), other.deadline.as_deref()),
        ] {
            if a.is_some() || b.is_some() {
                share.count(same(a, b));
            }
        }
    }
}

/// A duty as it is compared.
pub(crate) struct Folded<'d> {
    duty: &'d Flat,
    unit: String,
    action: Vec<char>,
    bearers: BTreeSet<String>,
    recipients: BTreeSet<String>,
}

impl<'d> Folded<'d> {
    /// Folds a duty; of its action no more than `reach` characters count.
    fn of(duty: &'d Flat, reach: usize) -> Folded<'d> {
        let names = |names: &[String]| names.iter().map(|name| fold(name)).collect();
        let action: String = duty.action.chars().take(reach).collect();
        Folded {
            duty,
            unit: fold_unit(&duty.unit),
            action: fold(&action).chars().collect(),
            bearers: names(&duty.bearers),
            recipients: names(&duty.recipients),
        }
    }
}

fn same(one: Option<&str>, other: Option<&str>) -> bool {
    one.map(fold) == other.map(fold)
}

/// Without white space and punctuation, in one width: those never decide.
fn fold(value: &str) -> String {
    let folded = text::fold_query(value);
    UNTOLD.as_ref().map_or_else(|| folded.clone(), |untold| untold.replace_all(&folded, "").into())
}

/// A unit keeps its punctuation, which marks its levels.
fn fold_unit(unit: &str) -> String {
    text::fold_query(unit).replace(' ', "").trim_matches('/').to_owned()
}

/// Whether two units are the same, or one the beginning of the other up to a boundary: `第四条` and
/// `第四条（二）`, but not `第十条` and `第十条之一`.
fn units_agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    long.strip_prefix(short).is_some_and(|rest| {
        rest.is_empty()
            || !short.is_empty() && rest.starts_with(['/', '（', '(', '第', '.', '#', '-'])
    })
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
            [flat("第四条", "省委", "制定规划并组织实施方案"), flat("第五条", "县委", "加强宣传")];
        let found = [
            flat("第四条(一)", "省委", "制定规划,并组织 实施方案"),
            flat("第五条", "省委", "加强宣传"),
            flat("第六条", "省委", "加强宣传"),
        ];
        let scored = score(&gold, &found);
        let figures = scored.figures;
        assert_eq!(figures.duty, Overlap { shared: 2, gold: 2, found: 3 });
        assert_eq!(figures.strict.f1(), Some(0.4));
        assert_eq!(figures.bearers.value(), Some(0.5));
        assert_eq!(figures.frequency.value(), None);
        assert_eq!((scored.missed.len(), scored.extra.len()), (0, 1));
        assert_eq!(differences(scored.pairs[1].0, scored.pairs[1].1), ["bearers"]);
    }

    #[test]
    fn gold_of_beginnings_is_met_by_beginnings() {
        let gold = [flat("第四条", "省委", "制定全省脱贫攻坚年度计划")];
        let found = [flat("第四条", "省委", "制定全省脱贫攻坚年度计划和实施方案，并报国务院备案")];
        assert_eq!(score(&gold, &found).figures.duty.f1(), Some(1.0));
    }

    #[test]
    fn units_agree_up_to_a_boundary() {
        assert!(units_agree("第四条", "第四条（二）"));
        assert!(units_agree("二/（三）", "二"));
        assert!(!units_agree("第十条", "第十条之一"));
        assert!(!units_agree("一/1", "一/12"));
        assert!(!units_agree("", "第十条"));
    }

    #[test]
    fn a_document_is_annotated_whole_or_by_units() {
        let units = Annotated::from([("d".to_owned(), Some(vec!["第四条".to_owned()]))]);
        assert!(annotated(&flat("第四条（二）", "省委", "做"), &units));
        assert!(!annotated(&flat("第五条", "省委", "做"), &units));
        assert!(annotated(&flat("第五条", "省委", "做"), &[("d".to_owned(), None)].into()));
    }
}
