//! Which found duty is which duty made by hand.
//!
//! In: two lists of [`Folded`] duties. Out: pairs of places in them. Not here: what the pairs are worth.
//!
//! Of `一二三四五六` and `一二三四五` in gold, and `一二三四五六` and `三四五六七八九` found, two pairs are
//! made, although the first two are equal: the whole is worth more so.

use std::collections::BTreeMap;

use super::{ENOUGH, Folded, units_agree};

/// What one unit of similarity weighs; what agrees beside it only decides between equals.
const FINE: f64 = 1e9;
const TIES: i64 = 1_000_000;

/// Gold and found duties that are the same, by their places in the lists: one to one, with the
/// greatest sum of similarities.
pub(super) fn pairs(gold: &[Folded<'_>], found: &[Folded<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (rows, columns) in groups(&edges(gold, found)) {
        let weight = |g: usize, f: usize| rows[&g].get(&f).copied().unwrap_or(0);
        let left: Vec<usize> = rows.keys().copied().collect();
        let turned = left.len() > columns.len();
        let (short, long) = if turned { (&columns, &left) } else { (&left, &columns) };
        let of = |a: usize, b: usize| if turned { weight(b, a) } else { weight(a, b) };
        let weights: Vec<Vec<i64>> =
            short.iter().map(|&a| long.iter().map(|&b| of(a, b)).collect()).collect();
        for (row, column) in assign(&weights).into_iter().enumerate() {
            let Some(column) = column else { continue };
            let (a, b) = (short[row], long[column]);
            pairs.push(if turned { (b, a) } else { (a, b) });
        }
    }
    pairs.sort_unstable();
    pairs
}

type Edges = BTreeMap<usize, BTreeMap<usize, i64>>;

/// What may be paired, and how much each pair weighs.
fn edges(gold: &[Folded<'_>], found: &[Folded<'_>]) -> Edges {
    let mut edges = Edges::new();
    for (g, one) in gold.iter().enumerate() {
        for (f, other) in found.iter().enumerate() {
            if one.duty.doc.trim() != other.duty.doc.trim() || !units_agree(&one.unit, &other.unit)
            {
                continue;
            }
            let likeness = similarity(&one.action, &other.action);
            if likeness >= ENOUGH {
                let weight = (likeness * FINE).round() as i64 * TIES + agreement(one, other);
                edges.entry(g).or_default().insert(f, weight);
            }
        }
    }
    edges
}

/// What can be decided by itself: duties that no pair joins to others. The rows with their edges, and
/// the columns.
fn groups(edges: &Edges) -> Vec<(Edges, Vec<usize>)> {
    let mut groups: Vec<(Edges, Vec<usize>)> = Vec::new();
    for (&g, row) in edges {
        let mut rows = Edges::from([(g, row.clone())]);
        let mut columns: Vec<usize> = row.keys().copied().collect();
        let mut apart = Vec::new();
        for (others, beside) in groups {
            if beside.iter().any(|column| row.contains_key(column)) {
                rows.extend(others);
                columns.extend(beside);
            } else {
                apart.push((others, beside));
            }
        }
        columns.sort_unstable();
        columns.dedup();
        apart.push((rows, columns));
        groups = apart;
    }
    groups
}

/// 0 to 999: how well the other fields agree.
fn agreement(one: &Folded<'_>, other: &Folded<'_>) -> i64 {
    let union = one.bearers.union(&other.bearers).count();
    let shared = one.bearers.intersection(&other.bearers).count();
    let bearers = (500 * shared).checked_div(union).map_or(500, |share| share as i64);
    bearers
        + 200 * i64::from(one.duty.role == other.duty.role)
        + 150 * i64::from(one.duty.modality == other.duty.modality)
        + 100 * i64::from(one.recipients == other.recipients)
        + 49 * i64::from(one.unit == other.unit)
}

/// Twice the longest common subsequence over the sum of the lengths.
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

/// The heaviest assignment of rows to columns, one to one (the Hungarian algorithm with prices, as
/// Kuhn and Munkres gave it). No more rows than columns; a weight of 0 is no edge.
fn assign(weights: &[Vec<i64>]) -> Vec<Option<usize>> {
    let columns = weights.first().map_or(0, Vec::len);
    let mut row_price = vec![0i64; weights.len() + 1];
    let mut column_price = vec![0i64; columns + 1];
    let mut owner = vec![0usize; columns + 1];
    for row in 1..=weights.len() {
        owner[0] = row;
        let came_from = augment(weights, &mut row_price, &mut column_price, &owner);
        let (mut column, path) = came_from;
        while column != 0 {
            owner[column] = owner[path[column]];
            column = path[column];
        }
    }
    let mut chosen = vec![None; weights.len()];
    for (column, &row) in owner.iter().enumerate().skip(1) {
        if row > 0 && weights[row - 1][column - 1] > 0 {
            chosen[row - 1] = Some(column - 1);
        }
    }
    chosen
}

/// The cheapest way from the row that waits at column 0 to a free column: that column, and from where
/// each was reached.
fn augment(
    weights: &[Vec<i64>],
    row_price: &mut [i64],
    column_price: &mut [i64],
    owner: &[usize],
) -> (usize, Vec<usize>) {
    let columns = owner.len() - 1;
    let mut slack = vec![i64::MAX; columns + 1];
    let mut done = vec![false; columns + 1];
    let mut path = vec![0usize; columns + 1];
    let mut column = 0;
    while owner[column] != 0 {
        done[column] = true;
        let (current, from) = (owner[column], column);
        let mut step = i64::MAX;
        for other in (1..=columns).filter(|&other| !done[other]) {
            let cost = -weights[current - 1][other - 1] - row_price[current] - column_price[other];
            if cost < slack[other] {
                (slack[other], path[other]) = (cost, from);
            }
            if slack[other] < step {
                (step, column) = (slack[other], other);
            }
        }
        for other in 0..=columns {
            if done[other] {
                row_price[owner[other]] += step;
                column_price[other] -= step;
            } else if slack[other] < i64::MAX {
                slack[other] -= step;
            }
        }
    }
    (column, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        assert_eq!(assign(&[vec![10, 9], vec![9, 0]]), [Some(1), Some(0)]);
        assert_eq!(assign(&[vec![5, 0], vec![4, 0]]), [Some(0), None]);
        assert!(assign(&[]).is_empty());
    }

    #[test]
    fn likeness_is_by_the_longest_common_subsequence() {
        let one: Vec<char> = "协调和督促".chars().collect();
        let other: Vec<char> = "协调督促解决".chars().collect();
        assert_eq!(similarity(&one, &other), 8.0 / 11.0);
    }
}
