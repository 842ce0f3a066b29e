//! Bureaus that were merged, and have the names of both.
//!
//! In: a head that is a bureau, and its passage. Out: where its name begins. Not here: whose it is
//! (`left`).
//!
//! `县教育和体育局` is one bureau; `县教育局和体育局`, `县教育、体育局` and `教育和体育部门` are two.

use super::super::{OrganizationKind, region};
use super::lexicon::{Head, LEXICON, Modifier, Term};

/// Characters of the longest first half.
const LONGEST: usize = 10;

/// Where the first half begins that stands between a level or region and 和 before the head.
pub(super) fn begins(passage: &str, term: &Term, floor: usize, head: usize) -> Option<usize> {
    let bureau = term.head == Head::Local
        && term.kind == OrganizationKind::Department
        && term.text.ends_with('局');
    let before = passage.get(floor..head)?.strip_suffix('和').filter(|_| bureau)?;
    let starts = before.char_indices().rev().map(|(at, _)| at).take(LONGEST);
    let plain = |at: &usize| {
        !before[*at..].contains(['、', '，', '的', '和', '与', '及', '局', '委', '会', '）'])
    };
    let start = starts.take_while(plain).find(|&at| {
        let level = LEXICON.modifier_before(&before[..at]);
        let level = matches!(level, Some((_, Modifier::Level(_))));
        at > 0
            && before[at..].chars().count() > 1
            && (level || region::name_before(&before[..at]).is_some())
    })?;
    (!LEXICON.is_ended_by_head(&before[start..])).then_some(floor + start)
}
