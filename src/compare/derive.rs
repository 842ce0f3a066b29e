//! Whence a text was taken: the nearest earlier provisions in a collection.
//!
//! In: [`Origin`]s, documents with dates, regions and provisions. Out: [`Derivation`]: for each
//! provision the earlier ones that it shares most of its text with, and the same summed by pairs
//! of documents. Candidates share fingerprints (winnowing: Schleimer, Wilkerson and Aiken 2003,
//! over 6-grams of letters), of which each keeps its [`EARLIEST`] holders only, so that work grows
//! with the text. Not here: reading a library, printing.
//!
//! 第十条 of a city's 优化营商环境条例 has 0.83 of its letters from 第二十一条 of the State Council's.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::comparison::rounded;
use super::provision::Provision;
use crate::export::{Column, Sheet, Table};
use crate::record::RegionRecord;
use crate::text::prints;

/// A document to derive, or to derive from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Whose rule it is.
    pub region: Option<RegionRecord>,
    /// ISO 8601; documents without one are no sources, and derive from any.
    pub date: Option<String>,
    /// Its provisions.
    pub provisions: Vec<Provision>,
}

/// A provision and an earlier one that shares text with it. Documents and provisions by place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    /// The later document.
    pub document: usize,
    /// Its provision.
    pub provision: usize,
    /// The earlier document.
    pub source: usize,
    /// Its provision.
    pub source_provision: usize,
    /// The share of the later one's letters that lie in pieces of the earlier one, 0 to 1.
    pub reused: f32,
    /// Twice the pieces that both have in those of both, 0 to 1.
    pub similarity: f32,
    /// 1 for the nearest, 2 …
    pub rank: usize,
    /// Letters of the later one.
    letters: usize,
}

/// All that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derivation {
    /// By document and provision, the nearest first.
    pub taken: Vec<Taken>,
}

/// How many letters a fingerprint covers.
const PRINT: usize = 6;
/// Of so many fingerprints in a row one is kept.
const WINDOW: usize = 6;
/// How many letters a piece has by which text counts as reused.
const PIECE: usize = 5;
/// How many holders of a fingerprint are looked at, the earliest.
const EARLIEST: usize = 48;
/// How many candidates of a provision are compared.
const CANDIDATES: usize = 12;
/// A provision with fewer letters says nothing of where it comes from.
const SHORTEST: usize = 12;

/// What of a provision is compared.
struct Printed {
    document: usize,
    provision: usize,
    prints: Vec<u32>,
    /// Hashes of its pieces in order of place.
    pieces: Vec<u32>,
    /// The same, sorted and each once.
    sorted: Vec<u32>,
}

/// Derives the documents that `asked` accepts from those before them; at most `limit` sources a
/// provision, each with `least` of its text at least.
pub fn derive(
    documents: &[Origin],
    asked: impl Fn(&Origin) -> bool,
    limit: usize,
    least: f32,
) -> Derivation {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    // the undated come last, so that nothing derives from them
    let date = |at: &usize| documents[*at].date.as_deref().unwrap_or("9999");
    order.sort_by(|one, other| date(one).cmp(date(other)).then(one.cmp(other)));
    let mut printed: Vec<Printed> = Vec::new();
    // by place in `order`: its provisions in `printed`
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for &at in &order {
        let begin = printed.len();
        for (provision, one) in documents[at].provisions.iter().enumerate() {
            printed.extend(print(at, provision, &one.text));
        }
        ranges.push(begin..printed.len());
    }
    let holders = holders(&printed);
    let mut taken = Vec::new();
    let mut shared: Vec<u32> = vec![0; printed.len()];
    for (place, &at) in order.iter().enumerate() {
        if !asked(&documents[at]) {
            continue;
        }
        // whatever is dated before this one; of documents of one day none derives from another
        let end = match &documents[at].date {
            Some(_) => order[..place].partition_point(|other| date(other) < date(&at)),
            None => order.partition_point(|other| documents[*other].date.is_some()),
        };
        let end = end.checked_sub(1).map_or(0, |last| ranges[last].end);
        for one in &printed[ranges[place].clone()] {
            taken.extend(nearest(one, &printed[..end], &holders, &mut shared, limit, least));
        }
    }
    taken.sort_by_key(|one| (one.document, one.provision, one.rank));
    Derivation { taken }
}

/// The earlier provisions that share most with one.
fn nearest(
    one: &Printed,
    before: &[Printed],
    holders: &FxHashMap<u32, Vec<u32>>,
    shared: &mut [u32],
    limit: usize,
    least: f32,
) -> Vec<Taken> {
    let mut touched: Vec<u32> = Vec::new();
    for print in &one.prints {
        for &holder in holders.get(print).into_iter().flatten() {
            if (holder as usize) < before.len() {
                if shared[holder as usize] == 0 {
                    touched.push(holder);
                }
                shared[holder as usize] += 1;
            }
        }
    }
    touched.sort_unstable_by_key(|&at| (std::cmp::Reverse(shared[at as usize]), at));
    let best: Vec<u32> = touched.iter().copied().take(CANDIDATES).collect();
    touched.iter().for_each(|&at| shared[at as usize] = 0);
    let mut taken: Vec<Taken> =
        best.into_iter().filter_map(|at| taken_from(one, &before[at as usize], least)).collect();
    taken.sort_by(|a, b| {
        let alike = (b.reused + b.similarity).total_cmp(&(a.reused + a.similarity));
        alike.then((a.source, a.source_provision).cmp(&(b.source, b.source_provision)))
    });
    taken.truncate(limit);
    taken.iter_mut().zip(1..).for_each(|(one, rank)| one.rank = rank);
    taken
}

/// How much of one lies in another, if it is enough.
fn taken_from(one: &Printed, other: &Printed, least: f32) -> Option<Taken> {
    let letters = one.pieces.len() + PIECE - 1;
    let (mut covered, mut end) = (0, 0);
    for (at, piece) in one.pieces.iter().enumerate() {
        if other.sorted.binary_search(piece).is_ok() {
            covered += at + PIECE - end.max(at);
            end = at + PIECE;
        }
    }
    let reused = covered as f32 / letters as f32;
    if reused < least {
        return None;
    }
    let both = one.sorted.iter().filter(|piece| other.sorted.binary_search(piece).is_ok()).count();
    Some(Taken {
        document: one.document,
        provision: one.provision,
        source: other.document,
        source_provision: other.provision,
        reused,
        similarity: 2.0 * both as f32 / (one.sorted.len() + other.sorted.len()) as f32,
        rank: 0,
        letters,
    })
}

/// The fingerprints and pieces of a provision; none of one too short.
fn print(document: usize, provision: usize, text: &str) -> Option<Printed> {
    let letters = prints::letters(text);
    if letters.len() < SHORTEST {
        return None;
    }
    let hashes = |length: usize| prints::runs(&letters, length).collect::<Vec<u32>>();
    let all = hashes(PRINT);
    let mut prints: Vec<u32> = all
        .windows(WINDOW.min(all.len()))
        .filter_map(|window| window.iter().copied().min())
        .collect();
    prints.sort_unstable();
    prints.dedup();
    let pieces = hashes(PIECE);
    let mut sorted = pieces.clone();
    sorted.sort_unstable();
    sorted.dedup();
    Some(Printed { document, provision, prints, pieces, sorted })
}

/// Who holds each fingerprint, the earliest.
fn holders(printed: &[Printed]) -> FxHashMap<u32, Vec<u32>> {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (at, one) in printed.iter().enumerate() {
        for &print in &one.prints {
            let known = holders.entry(print).or_default();
            if known.len() < EARLIEST {
                known.push(at as u32);
            }
        }
    }
    holders
}

/// How a source's region stands to that of what was taken from it.
fn direction(from: Option<&RegionRecord>, to: Option<&RegionRecord>) -> &'static str {
    let (Some(from), Some(to)) = (from, to) else { return "unknown" };
    let tier = |level: &str| {
        ["national", "province", "city", "county", "township", "village"]
            .iter()
            .position(|one| *one == level)
    };
    match (tier(&from.level), tier(&to.level)) {
        _ if from.code == to.code => "same",
        (Some(one), Some(other)) if one < other => "down",
        (Some(one), Some(other)) if one > other => "up",
        _ => "across",
    }
}

/// A pair of provisions a row.
pub const PROVISIONS: Table = Table {
    name: "provisions",
    about: "A provision and an earlier one of another document that it shares text with",
    columns: &[
        Column::text("document", "Id of the later document"),
        Column::text("title", "Its title"),
        Column::text("region", "Its region"),
        Column::text("level", "The region's tier"),
        Column::day("date", "Its date, ISO 8601; empty where unknown"),
        Column::text("unit", "Printed path of the provision"),
        Column::text("eid", "Its identifier"),
        Column::text("source", "Id of the earlier document"),
        Column::text("source_title", "Its title"),
        Column::text("source_region", "Its region"),
        Column::text("source_level", "The region's tier"),
        Column::day("source_date", "Its date"),
        Column::text("source_unit", "Printed path of its provision"),
        Column::text("source_eid", "Its identifier"),
        Column::text(
            "direction",
            "down, up, across, same (one region), unknown: from source to document",
        ),
        Column::number(
            "reused",
            "Share of the later one's letters in 5-letter pieces of the earlier, 0 to 1",
        ),
        Column::number("similarity", "Twice the shared 5-letter pieces in those of both, 0 to 1"),
        Column::count("rank", "1 for the nearest"),
    ],
};

/// A pair of documents a row.
pub const DOCUMENTS: Table = Table {
    name: "documents",
    about: "A document and an earlier one that is nearest to some of its provisions",
    columns: &[
        Column::text("document", "Id of the later document"),
        Column::text("title", "Its title"),
        Column::text("region", "Its region"),
        Column::text("level", "The region's tier"),
        Column::day("date", "Its date"),
        Column::text("source", "Id of the earlier document"),
        Column::text("source_title", "Its title"),
        Column::text("source_region", "Its region"),
        Column::text("source_level", "The region's tier"),
        Column::day("source_date", "Its date"),
        Column::text("direction", "down, up, across, same, unknown"),
        Column::count("provisions", "Provisions of the later one"),
        Column::count("taken", "How many of them are nearest to one of the source"),
        Column::number("reused", "Share of all its letters that they reuse, 0 to 1"),
        Column::number("similarity", "Their mean similarity, 0 to 1"),
    ],
};

fn facts(one: &Origin) -> [Value; 5] {
    let region = one.region.as_ref();
    [
        json!(one.id),
        json!(one.title),
        json!(region.map(|region| &region.name)),
        json!(region.map(|region| &region.level)),
        json!(one.date),
    ]
}

/// The pairs of provisions as a table.
pub fn provision_table(documents: &[Origin], derivation: &Derivation) -> Sheet {
    let row = |one: &Taken| {
        let (document, source) = (&documents[one.document], &documents[one.source]);
        let place = |from: &Origin, at: usize| {
            [json!(from.provisions[at].unit), json!(from.provisions[at].eid)]
        };
        let mut row = facts(document).to_vec();
        row.extend(place(document, one.provision));
        row.extend(facts(source));
        row.extend(place(source, one.source_provision));
        row.push(json!(direction(source.region.as_ref(), document.region.as_ref())));
        row.extend([rounded(one.reused), rounded(one.similarity), json!(one.rank)]);
        row
    };
    Sheet { table: PROVISIONS, rows: derivation.taken.iter().map(row).collect() }
}

/// What a document took from another, summed over its provisions.
#[derive(Default)]
struct Sum {
    taken: usize,
    letters: f32,
    similarity: f32,
}

/// The pairs of documents as a table; those that most was taken from first.
pub fn document_table(documents: &[Origin], derivation: &Derivation) -> Sheet {
    let mut sums: BTreeMap<(usize, usize), Sum> = BTreeMap::new();
    for one in derivation.taken.iter().filter(|one| one.rank == 1) {
        let sum = sums.entry((one.document, one.source)).or_default();
        sum.taken += 1;
        sum.letters += one.reused * one.letters as f32;
        sum.similarity += one.similarity;
    }
    let mut sums: Vec<(usize, usize, Sum)> =
        sums.into_iter().map(|((document, source), sum)| (document, source, sum)).collect();
    sums.sort_by(|one, other| one.0.cmp(&other.0).then(other.2.letters.total_cmp(&one.2.letters)));
    let row = |(document, source, sum): &(usize, usize, Sum)| {
        let (document, source) = (&documents[*document], &documents[*source]);
        let count = |one: &Provision| one.text.chars().filter(|c| c.is_alphanumeric()).count();
        let all: usize = document.provisions.iter().map(count).sum();
        let mut row = facts(document).to_vec();
        row.extend(facts(source));
        row.push(json!(direction(source.region.as_ref(), document.region.as_ref())));
        row.extend([json!(document.provisions.len()), json!(sum.taken)]);
        row.push(rounded(sum.letters / all.max(1) as f32));
        row.push(rounded(sum.similarity / sum.taken as f32));
        row
    };
    Sheet { table: DOCUMENTS, rows: sums.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(id: &str, date: Option<&str>, texts: &[&str]) -> Origin {
        let provision = |(at, text): (usize, &&str)| Provision {
            eid: format!("art_{}", at + 1),
            unit: format!("第{}条", at + 1),
            headings: Vec::new(),
            text: (*text).to_owned(),
            shown: (*text).to_owned(),
        };
        let provisions = texts.iter().enumerate().map(provision).collect();
        Origin { id: id.into(), title: None, region: None, date: date.map(Into::into), provisions }
    }

    const FUNDS: &str = "县级人民政府承担扶贫资金监管首要责任，应当建立资金使用公示制度。";
    const SAFETY: &str = "矿山企业应当对尾矿库进行安全检测，消除隐患，并向主管部门报告。";

    #[test]
    fn the_nearest_earlier_provision_is_found() {
        let reworded = FUNDS.replace("县级", "市级");
        let all = [
            origin("new", Some("2020-01-01"), &[SAFETY, FUNDS]),
            origin("old", Some("2010-01-01"), &[&reworded]),
            origin("later", Some("2021-01-01"), &[FUNDS]),
            origin("undated", None, &[FUNDS]),
        ];
        let found = derive(&all, |_| true, 3, 0.3).taken;
        let pairs: Vec<_> =
            found.iter().map(|one| (one.document, one.provision, one.source, one.rank)).collect();
        assert_eq!(
            pairs,
            [(0, 1, 1, 1), (2, 0, 0, 1), (2, 0, 1, 2), (3, 0, 0, 1), (3, 0, 2, 2), (3, 0, 1, 3)]
        );
        assert_eq!(found[1].reused, 1.0);
        assert!((0.8..1.0).contains(&found[0].reused), "{}", found[0].reused);
    }

    #[test]
    fn nothing_derives_from_its_own_day() {
        let all =
            [origin("a", Some("2020-01-01"), &[FUNDS]), origin("b", Some("2020-01-01"), &[FUNDS])];
        assert!(derive(&all, |_| true, 3, 0.3).taken.is_empty());
    }
}
