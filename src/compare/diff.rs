//! What changed inside a pair of texts, character by character.
//!
//! In: two texts. Out: [`Edit`]s that cover both in order. Chance agreements between changes (a 的
//! here and there) are taken into the change, so that it reads as a person would mark it. Not
//! here: which texts belong together ([`super::align`]).
//!
//! `县长应当负责` and `县长可以负责` give 县长, −应当 +可以, 负责.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Both have it.
    Same,
    /// The first has one thing where the second has another; either may be empty.
    Changed,
}

/// A stretch of both texts, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it does.
    pub op: Op,
    /// Of the first text.
    pub a: Range<usize>,
    /// Of the second.
    pub b: Range<usize>,
}

/// The longest agreement between two changes that may be chance, in characters.
const CHANCE: usize = 4;

/// The edits that make `b` of `a`, in order; together they cover both.
pub fn diff(a: &str, b: &str) -> Vec<Edit> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut edits: Vec<Edit> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let same = op.tag() == DiffTag::Equal;
        let op = Edit {
            op: if same { Op::Same } else { Op::Changed },
            a: op.old_range(),
            b: op.new_range(),
        };
        push(&mut edits, op);
    }
    absorb(edits, &a)
}

/// Adds an edit, as part of the last where that is of the same sort.
fn push(edits: &mut Vec<Edit>, edit: Edit) {
    match edits.last_mut().filter(|last| last.op == edit.op) {
        Some(last) => (last.a.end, last.b.end) = (edit.a.end, edit.b.end),
        None => edits.push(edit),
    }
}

/// Takes agreements between changes that are shorter than the changes into them.
fn absorb(edits: Vec<Edit>, a: &[char]) -> Vec<Edit> {
    let size = |edit: &Edit| edit.a.len().max(edit.b.len());
    let chance = |at: usize| {
        let Some(after) = edits.get(at + 1) else { return false };
        let Some(before) = at.checked_sub(1).map(|at| &edits[at]) else { return false };
        let length = edits[at].a.len();
        let ends = a[edits[at].a.clone()].iter().any(|c| matches!(c, '。' | '；' | '\n'));
        !ends && length <= CHANCE && length < size(before) && length < size(after)
    };
    let mut kept: Vec<Edit> = Vec::new();
    for (at, edit) in edits.iter().enumerate() {
        let op = if edit.op == Op::Same && chance(at) { Op::Changed } else { edit.op };
        push(&mut kept, Edit { op, ..edit.clone() });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both texts in one: what only the first has in `[-…]`, what only the second has in `[+…]`.
    fn shown(a: &str, b: &str) -> String {
        let cut = |text: &str, range: &Range<usize>| {
            text.chars().skip(range.start).take(range.len()).collect::<String>()
        };
        let one = |edit: &Edit| match edit.op {
            Op::Same => cut(a, &edit.a),
            Op::Changed => format!("[-{}][+{}]", cut(a, &edit.a), cut(b, &edit.b)),
        };
        let text: String = diff(a, b).iter().map(one).collect();
        text.replace("[-]", "").replace("[+]", "")
    }

    #[test]
    fn a_change_is_marked_as_a_person_would() {
        assert_eq!(shown("县长应当负责", "县长可以负责"), "县长[-应当][+可以]负责");
        assert_eq!(shown("本省行政区域内。", "本市行政区域内。"), "本[-省][+市]行政区域内。");
        assert_eq!(shown("", "新设"), "[+新设]");
        assert_eq!(
            shown("建立健全的考核奖惩制度", "完善本地的监督检查制度"),
            "[-建立健全的考核奖惩][+完善本地的监督检查]制度"
        );
    }

    proptest::proptest! {
        #[test]
        fn edits_cover_both_texts(a in "[应当可以县长。；]{0,40}", b in "[应当可以县长。；]{0,40}") {
            let edits = diff(&a, &b);
            let (mut at, mut to) = (0, 0);
            for edit in &edits {
                assert_eq!((edit.a.start, edit.b.start), (at, to));
                (at, to) = (edit.a.end, edit.b.end);
                if edit.op == Op::Same {
                    let cut = |text: &str, r: &Range<usize>| {
                        text.chars().skip(r.start).take(r.len()).collect::<String>()
                    };
                    assert_eq!(cut(&a, &edit.a), cut(&b, &edit.b));
                }
            }
            assert_eq!((at, to), (a.chars().count(), b.chars().count()));
        }
    }
}
