//! Two documents beside each other.
//!
//! In: two records. Out: a [`Comparison`]: pairs of provisions in order, each with its edits, and
//! the shares of the text that were copied, adapted, added and dropped; as tables, too. Not here:
//! how it is shown.
//!
//! Of a city's 优化营商环境条例, 0.31 may stand word for word in its province's, 0.22 adapted.

use serde_json::{Value, json};

use super::align::{Group, align};
use super::diff::{Edit, Op, diff};
use super::provision::{Provision, provisions};
use crate::export::{Column, Sheet, Table};
use crate::record::Record;

/// How a pair's sides stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The same but for marks and blanks.
    Copied,
    /// One stands for the other, in other words.
    Adapted,
    /// One of the first stands for several of the second.
    Split,
    /// Several of the first stand for one of the second.
    Merged,
    /// Only the second has it.
    Added,
    /// Only the first has it.
    Dropped,
}

impl Kind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Copied => "copied",
            Kind::Adapted => "adapted",
            Kind::Split => "split",
            Kind::Merged => "merged",
            Kind::Added => "added",
            Kind::Dropped => "dropped",
        }
    }
}

/// Provisions that stand for each other, with what changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// How they stand to each other.
    pub kind: Kind,
    /// Provisions of the first document, by place.
    pub a: Vec<usize>,
    /// Provisions of the second.
    pub b: Vec<usize>,
    /// 0 to 1, weighed; see [`Group::similarity`].
    pub similarity: f32,
    /// The share of the second side's letters that stand in the first as they are, in order.
    pub reused: f32,
    /// Whether it stands in another order than its neighbours.
    pub moved: bool,
    /// What makes the texts of one side those of the other, in characters.
    pub edits: Vec<Edit>,
    /// Letters of the two sides.
    letters: (usize, usize),
    /// Letters of the second side that stand in the first.
    same: usize,
}

/// Parts of the documents' letters, 0 to 1. The first three are of the second document and sum to 1
/// where it has letters; `dropped` is of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shares {
    /// Copied word for word from what it stands for.
    pub copied: f32,
    /// In a pair, but in other words.
    pub adapted: f32,
    /// In provisions that only the second has.
    pub added: f32,
    /// In provisions that only the first has.
    pub dropped: f32,
}

/// Two documents beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The first document's provisions.
    pub a: Vec<Provision>,
    /// The second's.
    pub b: Vec<Provision>,
    /// What stands for what, in the order of the second.
    pub pairs: Vec<Pair>,
    /// How much was copied, adapted, added and dropped.
    pub shares: Shares,
}

/// The shortest stretch that counts as copied, in characters: two provisions share single words anyway.
const COPIED: usize = 4;

/// Compares two documents.
pub fn compare(a: &Record, b: &Record) -> Comparison {
    let (a, b) = (provisions(&a.outline), provisions(&b.outline));
    let pairs: Vec<Pair> =
        align(&a, &b).groups.into_iter().map(|group| pair(&a, &b, group)).collect();
    Comparison { shares: shares(&pairs), a, b, pairs }
}

/// The texts of provisions as one, a line each.
pub(super) fn joined(list: &[Provision], places: &[usize]) -> String {
    places.iter().map(|&at| list[at].text.as_str()).collect::<Vec<_>>().join("\n")
}

fn pair(a: &[Provision], b: &[Provision], group: Group) -> Pair {
    let (one, other) = (joined(a, &group.a), joined(b, &group.b));
    let edits = diff(&one, &other);
    let letter = |c: char| c.is_alphanumeric();
    let count = |text: &str| text.chars().filter(|c| letter(*c)).count();
    let same = edits
        .iter()
        .filter(|edit| edit.op == Op::Same)
        .map(|edit| {
            let run = other.chars().skip(edit.b.start).take(edit.b.len());
            run.filter(|c| letter(*c)).count()
        })
        .filter(|run| *run >= COPIED)
        .sum::<usize>();
    let bare = |text: &str| text.chars().filter(|c| letter(*c)).collect::<String>();
    let kind = match (group.a.len(), group.b.len()) {
        (0, _) => Kind::Added,
        (_, 0) => Kind::Dropped,
        (1, 1) if bare(&one) == bare(&other) => Kind::Copied,
        (1, 1) => Kind::Adapted,
        (1, _) => Kind::Split,
        _ => Kind::Merged,
    };
    let letters = (count(&one), count(&other));
    let same = if kind == Kind::Copied { letters.1 } else { same };
    Pair {
        kind,
        similarity: group.similarity,
        reused: same as f32 / letters.1.max(1) as f32,
        moved: group.moved,
        edits,
        a: group.a,
        b: group.b,
        letters,
        same,
    }
}

fn shares(pairs: &[Pair]) -> Shares {
    let sum = |of: &dyn Fn(&Pair) -> usize| pairs.iter().map(of).sum::<usize>() as f32;
    let only =
        |kind: Kind, letters: usize, pair: &Pair| if pair.kind == kind { letters } else { 0 };
    let (all_a, all_b) = (sum(&|p| p.letters.0).max(1.0), sum(&|p| p.letters.1).max(1.0));
    let copied = sum(&|p| p.same);
    let added = sum(&|p| only(Kind::Added, p.letters.1, p));
    let dropped = sum(&|p| only(Kind::Dropped, p.letters.0, p));
    let whole = sum(&|p| p.letters.1);
    Shares {
        copied: copied / all_b,
        adapted: (whole - copied - added) / all_b,
        added: added / all_b,
        dropped: dropped / all_a,
    }
}

/// A pair a row.
pub const TABLE: Table = Table {
    name: "pairs",
    about: "Provisions of document a beside those of document b that they stand for",
    columns: &[
        Column::text("kind", "copied, adapted, split, merged, added, dropped"),
        Column::truth("moved", "Whether it stands in another order than its neighbours"),
        Column::number("similarity", "0 to 1: weight of shared 2- and 3-grams, rare ones more"),
        Column::number("reused", "Share of b's letters that stand in a as they are, 0 to 1"),
        Column::text("a_document", "Id of document a"),
        Column::texts("a_units", "Printed paths of its provisions"),
        Column::texts("a_eids", "Their identifiers"),
        Column::text("a_text", "Their text, in the script of the source"),
        Column::text("b_document", "Id of document b"),
        Column::texts("b_units", "Printed paths of its provisions"),
        Column::texts("b_eids", "Their identifiers"),
        Column::text("b_text", "Their text, in the script of the source"),
    ],
};

/// The pairs as a table.
pub fn table(comparison: &Comparison, a: &Record, b: &Record) -> Sheet {
    let side = |record: &Record, list: &[Provision], places: &[usize]| -> [Value; 4] {
        let of = |get: fn(&Provision) -> &String| {
            places.iter().map(|&at| get(&list[at]).as_str()).collect::<Vec<_>>()
        };
        let shown = of(|one| &one.shown).join("\n");
        let shown = if places.is_empty() { Value::Null } else { json!(shown) };
        [json!(record.id), json!(of(|one| &one.unit)), json!(of(|one| &one.eid)), shown]
    };
    let row = |pair: &Pair| {
        let mut row = vec![
            json!(pair.kind.as_str()),
            json!(pair.moved),
            rounded(pair.similarity),
            rounded(pair.reused),
        ];
        row.extend(side(a, &comparison.a, &pair.a));
        row.extend(side(b, &comparison.b, &pair.b));
        row
    };
    Sheet { table: TABLE, rows: comparison.pairs.iter().map(row).collect() }
}

const SUMMARY: Table = Table {
    name: "summary",
    about: "The two documents and how much of them is the same",
    columns: &[
        Column::text("a", "Id of document a"),
        Column::text("a_title", "Its title"),
        Column::text("b", "Id of document b"),
        Column::text("b_title", "Its title"),
        Column::number("copied", "Share of b's letters copied word for word, 0 to 1"),
        Column::number("adapted", "Share of b's letters in pairs, in other words"),
        Column::number("added", "Share of b's letters in provisions that only b has"),
        Column::number("dropped", "Share of a's letters in provisions that only a has"),
    ],
};

/// The documents and the shares as a table of one row.
pub fn summary(comparison: &Comparison, a: &Record, b: &Record) -> Sheet {
    let Shares { copied, adapted, added, dropped } = comparison.shares;
    let mut row = vec![json!(a.id), json!(a.title), json!(b.id), json!(b.title)];
    row.extend([copied, adapted, added, dropped].map(rounded));
    Sheet { table: SUMMARY, rows: vec![row] }
}

/// A share with three decimals.
pub(super) fn rounded(share: f32) -> Value {
    json!((f64::from(share) * 1000.0).round() / 1000.0)
}
