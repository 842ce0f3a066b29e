//! Which marks of one kind make the most plausible sequence.
//!
//! In: scored [`Mark`]s of one kind, in order, and the places where counting may begin anew.
//! Out: those that are taken. Not here: what they mean.
//!
//! Of 十一 · 十二 · 三 (a reference at a line's start) · 十三, the 三 is left out: to step back
//! and forth costs more than the mark is worth.

use rustc_hash::FxHashMap;

use super::Kind;
use super::candidate::Mark;

/// What it costs to begin in the middle, in tenths as the scores are.
const START: i32 = 20;
/// What a gap costs, and each number that is missing.
const GAP: i32 = 12;
const MISSING: i32 = 2;
/// What it costs to count anew from one, and to step anywhere.
const RESTART: i32 = 25;
const JUMP: i32 = 36;
/// What it costs to print an article twice; a reference at a line's start is worth less.
const REPEAT: i32 = 25;

/// The value of the best sequence that ends in a mark, and that mark.
type Best = (i32, usize);

/// The marks of the best sequence. `breaks` are the places, in order, after which counting from
/// one is free. Takes time n log n.
pub(super) fn chain(marks: &[Mark], breaks: &[usize]) -> Vec<Mark> {
    let mut keys: Vec<(u32, u32)> = marks.iter().map(|mark| (mark.number, mark.branch)).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut below = Below::new(keys.len());
    let mut exact: FxHashMap<(u32, u32), Best> = FxHashMap::default();
    let mut ending: FxHashMap<u32, Best> = FxHashMap::default();
    exact.reserve(keys.len());
    ending.reserve(keys.len());
    let (mut overall, mut earlier): (Option<Best>, Option<Best>) = (None, None);
    let mut from: Vec<Option<usize>> = Vec::with_capacity(marks.len());
    let mut next_break = 0;
    for (index, mark) in marks.iter().enumerate() {
        while breaks.get(next_break).is_some_and(|&at| at <= mark.label.start) {
            next_break += 1;
            earlier = overall;
        }
        let key = keys.partition_point(|&key| key < (mark.number, mark.branch));
        let one = mark.number == 1 && mark.branch == 0;
        let number = i32::try_from(mark.number).unwrap_or(i32::MAX / 4).min(100_000);
        let before = match mark.branch {
            0 => ending.get(&(mark.number - 1)).copied(),
            1 => exact.get(&(mark.number, 0)).copied(),
            branch => exact.get(&(mark.number, branch - 1)).copied(),
        };
        let gap = below.best(key).map(|(value, at)| (value - MISSING * (number - 1) - GAP, at));
        let jump = overall.map(|(value, at)| (value - if one { RESTART } else { JUMP }, at));
        let anew = earlier.filter(|_| one);
        let again = exact.get(&(mark.number, mark.branch)).filter(|_| mark.kind == Kind::Article);
        let again = again.map(|&(value, at)| (value - REPEAT, at));
        let start = if one { 0 } else { -START };
        let best = [before, gap, jump, anew, again].into_iter().flatten().max_by_key(|best| best.0);
        let (value, origin) = match best {
            Some((value, at)) if value > start => (value, Some(at)),
            _ => (start, None),
        };
        from.push(origin);
        let reached = (value + mark.score, index);
        better(exact.entry((mark.number, mark.branch)).or_insert(reached), reached);
        better(ending.entry(mark.number).or_insert(reached), reached);
        better(overall.get_or_insert(reached), reached);
        below.note(key, (reached.0 + MISSING * number, index));
    }
    let last = overall.filter(|&(value, _)| value > 0).map(|(_, index)| index);
    let mut taken: Vec<Mark> =
        std::iter::successors(last, |&index| from[index]).map(|index| marks[index]).collect();
    taken.reverse();
    taken
}

fn better(slot: &mut Best, reached: Best) {
    if reached.0 >= slot.0 {
        *slot = reached;
    }
}

/// The best value among all smaller keys: a Fenwick tree of maxima.
struct Below(Vec<Option<Best>>);

impl Below {
    fn new(keys: usize) -> Below {
        Below(vec![None; keys + 1])
    }

    fn note(&mut self, key: usize, reached: Best) {
        let mut at = key + 1;
        while at < self.0.len() {
            if self.0[at].is_none_or(|(value, _)| value <= reached.0) {
                self.0[at] = Some(reached);
            }
            at += at & at.wrapping_neg();
        }
    }

    fn best(&self, key: usize) -> Option<Best> {
        let (mut at, mut found) = (key, None::<Best>);
        while at > 0 {
            if self.0[at].is_some_and(|(value, _)| found.is_none_or(|(best, _)| value > best)) {
                found = self.0[at];
            }
            at &= at - 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::structure::Kind;
    use crate::structure::marker::Style;

    /// The numbers taken of marks given as number, branch and score.
    fn taken(marks: &[(u32, u32, i32)], breaks: &[usize]) -> Vec<(u32, u32)> {
        let marks: Vec<Mark> = marks
            .iter()
            .enumerate()
            .map(|(at, &(number, branch, score))| Mark {
                kind: Kind::Article,
                style: Style::None,
                label: Span::new(at, at + 1),
                number,
                branch,
                score,
                opens_line: true,
                depth: 0,
            })
            .collect();
        chain(&marks, breaks).iter().map(|mark| (mark.number, mark.branch)).collect()
    }

    /// Marks at the start of lines, without branches.
    fn plain(numbers: &[u32]) -> Vec<(u32, u32, i32)> {
        numbers.iter().map(|&number| (number, 0, 40)).collect()
    }

    #[test]
    fn references_are_left_out_and_gaps_kept() {
        for (numbers, left) in [
            (vec![1, 2, 3], vec![1, 2, 3]),
            (vec![11, 12, 3, 13], vec![11, 12, 13]),
            (vec![1, 2, 9, 3, 4], vec![1, 2, 3, 4]),
            (vec![1, 2, 5, 6], vec![1, 2, 5, 6]),
            (vec![1, 2, 3, 1, 2, 3], vec![1, 2, 3, 1, 2, 3]),
            (vec![7], vec![7]),
            (vec![], vec![]),
        ] {
            let found: Vec<u32> = taken(&plain(&numbers), &[]).iter().map(|&(n, _)| n).collect();
            assert_eq!(found, left, "{numbers:?}");
        }
    }

    #[test]
    fn of_two_equal_numbers_the_likelier_is_taken() {
        assert_eq!(taken(&[(1, 0, 40), (2, 0, 5), (2, 0, 40), (3, 0, 40)], &[]).len(), 3);
    }

    #[test]
    fn branches_follow_their_article() {
        let marks = [(3, 0, 40), (4, 0, 40), (4, 1, 40), (4, 2, 40), (5, 0, 40)];
        let all: Vec<(u32, u32)> = marks.iter().map(|mark| (mark.0, mark.1)).collect();
        assert_eq!(taken(&marks, &[]), all);
    }

    #[test]
    fn sections_begin_anew_behind_a_break() {
        let weak = [(1, 0, 10), (2, 0, 10), (1, 0, 10), (2, 0, 10)];
        assert_eq!(taken(&weak, &[]).len(), 2);
        assert_eq!(taken(&weak, &[2]).len(), 4);
    }

    #[test]
    fn nothing_is_taken_where_nothing_speaks_for_it() {
        assert_eq!(taken(&[(9, 0, 5), (4, 0, 5)], &[]), []);
    }
}
