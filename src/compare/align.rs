//! Which provisions of two documents stand for each other.
//!
//! In: the provisions of two documents. Out: an [`Alignment`]: groups of one to one, one to many
//! and many to one, what was moved, added and dropped. A pair is made by what both share,
//! weighed ([`super::weight`]); where that is little, place, headings and neighbours decide. Not
//! here: what changed inside a pair ([`super::diff`]).
//!
//! Two 安全生产条例: 第六条 of one stands for 第四条 and 第五条 of the other.

use super::provision::Provision;
use super::weight::{Bag, Weighed};

/// Provisions that stand for each other; one side may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Provisions of the first document, by place, in order.
    pub a: Vec<usize>,
    /// Provisions of the second.
    pub b: Vec<usize>,
    /// Twice the weight of what they share in that of both, 0 to 1; 0 where one side is empty.
    pub similarity: f32,
    /// Whether it stands in another order than its neighbours.
    pub moved: bool,
}

/// Groups in the order of the second document; what was dropped stands behind what it followed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// All provisions of both, each in one group.
    pub groups: Vec<Group>,
}

/// Score of a pair that is one before its neighbours are known.
const SURE: f32 = 0.50;
/// Score of a pair that is one where place, headings and neighbours agree.
const LIKELY: f32 = 0.30;
/// Below this cosine two provisions have nothing to do with each other.
const RELATED: f32 = 0.12;
/// How much of a piece must lie in what it was split from or merged into.
const COVERED: f32 = 0.5;
/// The same, counting only what the other pieces don't already say.
const COVERED_ALONE: f32 = 0.42;
/// What the same place in the document adds to a score.
const PLACE: f32 = 0.05;
/// What the same headings above add.
const HEADINGS: f32 = 0.05;
/// What a neighbour adds whose partner is the neighbour of the other.
const NEIGHBOUR: f32 = 0.05;
/// What a neighbour adds whose partner merely stands on the right side.
const SIDE: f32 = 0.02;
/// How often weaker pairs are looked for with the neighbours that the last round gave.
const ROUNDS: usize = 3;

/// Aligns the provisions of two documents. The same input gives the same groups.
pub fn align(a: &[Provision], b: &[Provision]) -> Alignment {
    let texts = |list: &[Provision]| list.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
    let weighed = Weighed::new(&texts(a), &texts(b));
    let candidates = candidates(&weighed, a, b);
    let groups = Groups::new(a.len(), b.len());
    let mut work = Work { weighed, candidates, groups };
    work.pair(SURE);
    work.join();
    (0..ROUNDS).for_each(|_| work.pair(LIKELY));
    work.join();
    work.alignment()
}

/// A pair that may be one.
struct Candidate {
    a: usize,
    b: usize,
    /// What its words, place and headings say for it.
    score: f32,
}

/// The pairs with something in common, the best first.
fn candidates(weighed: &Weighed, a: &[Provision], b: &[Provision]) -> Vec<Candidate> {
    let mut holders: Vec<Vec<(u32, u16)>> = vec![Vec::new(); weighed.weights.len()];
    for (at, bag) in weighed.b.iter().enumerate() {
        for &(gram, count) in &bag.grams {
            holders[gram as usize].push((at as u32, count));
        }
    }
    let mut candidates = Vec::new();
    let mut shared = vec![0.0_f32; b.len()];
    for (at, bag) in weighed.a.iter().enumerate() {
        shared.fill(0.0);
        for &(gram, count) in &bag.grams {
            for &(other, there) in &holders[gram as usize] {
                let both = f32::from(count.min(there));
                shared[other as usize] += weighed.weights[gram as usize] * both;
            }
        }
        for (other, shared) in shared.iter().enumerate() {
            let cosine = shared / (bag.weight * weighed.b[other].weight).sqrt().max(f32::EPSILON);
            if cosine >= RELATED {
                let apart = (at as f32 / a.len() as f32 - other as f32 / b.len() as f32).abs();
                let headings = HEADINGS * alike(&a[at].headings, &b[other].headings);
                let score = cosine + PLACE * (1.0 - apart) + headings;
                candidates.push(Candidate { a: at, b: other, score });
            }
        }
    }
    candidates.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b)))
    });
    candidates
}

/// How far the last headings agree: the share of characters of the shorter that the longer has.
fn alike(one: &[String], other: &[String]) -> f32 {
    let (Some(one), Some(other)) = (one.last(), other.last()) else { return 0.0 };
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let held = short.chars().filter(|c| long.contains(*c)).count();
    held as f32 / long.chars().count().max(1) as f32
}

/// Who belongs to whom so far.
struct Groups {
    all: Vec<(Vec<usize>, Vec<usize>)>,
    of_a: Vec<Option<usize>>,
    of_b: Vec<Option<usize>>,
}

impl Groups {
    fn new(a: usize, b: usize) -> Groups {
        Groups { all: Vec::new(), of_a: vec![None; a], of_b: vec![None; b] }
    }

    fn pair(&mut self, a: usize, b: usize) {
        self.of_a[a] = Some(self.all.len());
        self.of_b[b] = Some(self.all.len());
        self.all.push((vec![a], vec![b]));
    }

    /// What the neighbours of a pair say for it.
    fn support(&self, a: usize, b: usize) -> f32 {
        let partner = |at: usize| self.of_a[at].map(|group| &self.all[group].1);
        let before = (0..a).rev().find_map(|at| Some((at, *partner(at)?.last()?)));
        let after = (a + 1..self.of_a.len()).find_map(|at| Some((at, *partner(at)?.first()?)));
        let add = |known: Option<(usize, usize)>, adjacent: bool, side: bool| match known {
            Some(_) if adjacent => NEIGHBOUR,
            Some(_) if side => SIDE,
            _ => 0.0,
        };
        let (low, high) = (before.map_or(0, |(_, b)| b), after.map_or(usize::MAX, |(_, b)| b));
        add(before, before.is_some_and(|(at, to)| at + 1 == a && to + 1 == b), low < b && b < high)
            + add(
                after,
                after.is_some_and(|(at, to)| at == a + 1 && to == b + 1),
                low < b && b < high,
            )
    }
}

struct Work {
    weighed: Weighed,
    candidates: Vec<Candidate>,
    groups: Groups,
}

impl Work {
    /// Makes pairs of what is still free, the best first.
    fn pair(&mut self, threshold: f32) {
        let free = |groups: &Groups, one: &Candidate| {
            groups.of_a[one.a].is_none() && groups.of_b[one.b].is_none()
        };
        let mut best: Vec<(f32, usize, usize)> = self
            .candidates
            .iter()
            .filter(|one| free(&self.groups, one))
            .map(|one| (one.score + self.groups.support(one.a, one.b), one.a, one.b))
            .filter(|(score, _, _)| *score >= threshold)
            .collect();
        best.sort_by(|one, other| {
            other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2)))
        });
        for (_, a, b) in best {
            if self.groups.of_a[a].is_none() && self.groups.of_b[b].is_none() {
                self.groups.pair(a, b);
            }
        }
    }

    /// Adds what is free to the group that it was split from or merged into.
    fn join(&mut self) {
        for b in 0..self.weighed.b.len() {
            if self.groups.of_b[b].is_none() {
                let best = self.whole(b, &self.weighed.b[b], |one| (one.b, one.a), true);
                if let Some(group) = best {
                    self.groups.all[group].1.push(b);
                    self.groups.of_b[b] = Some(group);
                }
            }
        }
        for a in 0..self.weighed.a.len() {
            if self.groups.of_a[a].is_none() {
                let best = self.whole(a, &self.weighed.a[a], |one| (one.a, one.b), false);
                if let Some(group) = best {
                    self.groups.all[group].0.push(a);
                    self.groups.of_a[a] = Some(group);
                }
            }
        }
    }

    /// The group whose one whole on the other side covers a piece best, beside its other pieces.
    fn whole(
        &self,
        piece: usize,
        bag: &Bag,
        sides: impl Fn(&Candidate) -> (usize, usize),
        of_b: bool,
    ) -> Option<usize> {
        let mut best: Option<(f32, usize)> = None;
        for one in self.candidates.iter().filter(|one| sides(one).0 == piece) {
            let whole = sides(one).1;
            let group = if of_b { self.groups.of_a[whole] } else { self.groups.of_b[whole] };
            let Some(group) = group else { continue };
            let (a, b) = &self.groups.all[group];
            let (wholes, pieces, whole, bags) = if of_b {
                (a, b, &self.weighed.a[whole], &self.weighed.b)
            } else {
                (b, a, &self.weighed.b[whole], &self.weighed.a)
            };
            if wholes.len() > 1 || self.weighed.shared(whole, bag) < COVERED * bag.weight {
                continue;
            }
            let rest = pieces
                .iter()
                .fold(whole.clone(), |rest, &other| self.weighed.without(&rest, &bags[other]));
            let alone = self.weighed.shared(&rest, bag) / bag.weight;
            if alone >= COVERED_ALONE && best.is_none_or(|(known, _)| alone > known) {
                best = Some((alone, group));
            }
        }
        best.map(|(_, group)| group)
    }

    /// All groups with their similarity, in their order.
    fn alignment(mut self) -> Alignment {
        for (a, b) in &mut self.groups.all {
            a.sort_unstable();
            b.sort_unstable();
        }
        self.groups.all.sort_by_key(|(_, b)| b[0]);
        let moved = moved(&self.groups.all, |b| self.weighed.b[b].weight);
        let bag = |bags: &[Bag], places: &[usize]| {
            let first = Bag::default();
            places.iter().fold(first, |sum, &at| self.weighed.together(&sum, &bags[at]))
        };
        let mut groups: Vec<Group> = Vec::new();
        let mut paired = self.groups.all.iter().zip(moved).peekable();
        for b in 0..self.weighed.b.len() {
            if self.groups.of_b[b].is_none() {
                groups.push(Group { a: Vec::new(), b: vec![b], similarity: 0.0, moved: false });
            }
            while let Some(((a, b), moved)) = paired.next_if(|((_, first), _)| first[0] == b) {
                let (one, other) = (bag(&self.weighed.a, a), bag(&self.weighed.b, b));
                let both = (one.weight + other.weight).max(f32::EPSILON);
                let similarity = (2.0 * self.weighed.shared(&one, &other) / both).min(1.0);
                groups.push(Group { a: a.clone(), b: b.clone(), similarity, moved });
            }
        }
        for a in (0..self.weighed.a.len()).filter(|&a| self.groups.of_a[a].is_none()) {
            let before = a.checked_sub(1);
            let at = before.and_then(|before| groups.iter().position(|g| g.a.contains(&before)));
            let dropped = Group { a: vec![a], b: Vec::new(), similarity: 0.0, moved: false };
            groups.insert(at.map_or(0, |at| at + 1), dropped);
        }
        Alignment { groups }
    }
}

/// Which groups, in the order of the second document, stand outside of the heaviest run that keeps
/// the order of the first.
fn moved(groups: &[(Vec<usize>, Vec<usize>)], weight: impl Fn(usize) -> f32) -> Vec<bool> {
    let own = |at: usize| groups[at].1.iter().map(|&b| weight(b)).sum::<f32>();
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(groups.len());
    for at in 0..groups.len() {
        let before = (0..at)
            .filter(|&before| groups[before].0[0] < groups[at].0[0])
            .max_by(|&one, &other| best[one].0.total_cmp(&best[other].0));
        best.push((own(at) + before.map_or(0.0, |before| best[before].0), before));
    }
    let mut moved = vec![true; groups.len()];
    let mut at = (0..groups.len()).max_by(|&one, &other| best[one].0.total_cmp(&best[other].0));
    while let Some(kept) = at {
        moved[kept] = false;
        at = best[kept].1;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> Vec<Provision> {
        let one = |(at, text): (usize, &&str)| Provision {
            eid: format!("art_{}", at + 1),
            unit: format!("第{}条", at + 1),
            headings: Vec::new(),
            text: (*text).to_owned(),
            shown: (*text).to_owned(),
        };
        texts.iter().enumerate().map(one).collect()
    }

    const FUNDS: &str = "县级人民政府承担扶贫资金监管首要责任，应当建立资金使用公示制度。";
    const TEAMS: &str = "乡镇党委应当选派驻村工作队，落实结对帮扶措施。";
    const SAFETY: &str = "矿山企业应当对尾矿库进行安全检测，消除隐患。";
    const FIRE: &str = "消防救援机构应当每年开展高层建筑火灾扑救演练。";

    fn groups(a: &[&str], b: &[&str]) -> Vec<(Vec<usize>, Vec<usize>, bool)> {
        let groups = align(&of(a), &of(b)).groups;
        groups.into_iter().map(|group| (group.a, group.b, group.moved)).collect()
    }

    #[test]
    fn what_was_added_dropped_and_moved_is_told() {
        assert_eq!(
            groups(&[FUNDS, TEAMS, SAFETY], &[SAFETY, FUNDS, FIRE]),
            [
                (vec![2], vec![0], true),
                (vec![0], vec![1], false),
                (vec![1], vec![], false),
                (vec![], vec![2], false),
            ]
        );
    }

    #[test]
    fn one_stands_for_several() {
        let whole = format!("{FUNDS}{SAFETY}");
        assert_eq!(
            groups(&[TEAMS, &whole], &[TEAMS, FUNDS, SAFETY])[1],
            (vec![1], vec![1, 2], false)
        );
        assert_eq!(
            groups(&[FUNDS, SAFETY, FIRE], &[&whole, FIRE])[0],
            (vec![0, 1], vec![0], false)
        );
    }

    #[test]
    fn nothing_aligns_with_nothing() {
        assert_eq!(align(&[], &[]), Alignment::default());
        assert_eq!(groups(&[FUNDS], &[]), [(vec![0], vec![], false)]);
        assert_eq!(groups(&[""], &["、"]).len(), 2);
    }
}
