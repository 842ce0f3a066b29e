//! Who holds the same duty where: the responsibility matrix.
//!
//! In: columns (a region or a document each) with their duties, and topics. Out: [`Matrix`] rows,
//! duties that correspond, each cell who holds it, with what differs from the first column that
//! has it. Not here: finding documents, printing.
//!
//! Duties correspond by what is done to what: 签署脱贫攻坚责任书 and 签定脱贫责任书 are one row,
//! whoever signs; 检查考核退出情况 and 组织退出工作 are two, though they share most words. 第一责任人 of
//! fire safety and of farmland are two as well.

use serde_json::{Value, json};

use super::action::{Action, relevance};
use crate::export::{Column, Sheet, Table};
use crate::record::{DutyRecord, PartyRecord};

/// A column: a region, or a document, with the duties of its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What heads it: `湖南省`.
    pub name: String,
    /// Its duties, in the order of its texts.
    pub duties: Vec<Held>,
}

/// A duty with its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The document's id.
    pub document: String,
    /// Its title.
    pub title: Option<String>,
    /// The duty.
    pub duty: DutyRecord,
}

/// How a cell differs from the first cell of its row that isn't empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Other tiers hold it.
    Level,
    /// 党委 and 政府 hold it together here, one of them alone there.
    Party,
    /// Its force is another: 应当 became 可以.
    Modality,
    /// Who holds it has another part in it: leads, helps.
    Role,
    /// Another deadline or frequency.
    Deadline,
    /// Other numbers.
    Number,
    /// Nobody holds it.
    Nobody,
}

impl Difference {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Difference::Level => "level",
            Difference::Party => "party",
            Difference::Modality => "modality",
            Difference::Role => "role",
            Difference::Deadline => "deadline",
            Difference::Number => "number",
            Difference::Nobody => "nobody",
        }
    }
}

/// A cell: duties by place in the column's list, and what differs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Which duties.
    pub duties: Vec<usize>,
    /// What differs from the row's first cell that isn't empty.
    pub differences: Vec<Difference>,
}

/// Duties that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The topic that asked for it; none where all duties were compared.
    pub topic: Option<String>,
    /// The action that is most like all others of the row.
    pub action: String,
    /// A cell a column.
    pub cells: Vec<Cell>,
}

/// The columns and rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The columns.
    pub sides: Vec<Side>,
    /// The rows, by topic, those of most columns first.
    pub rows: Vec<Row>,
}

/// Actions as alike as this are one duty.
const SAME: f32 = 0.38;
/// The same among duties that speak of one topic.
const SAME_IN_TOPIC: f32 = 0.28;
/// How much of a topic a duty must speak of, and how much of what the best one does.
const ABOUT: f32 = 0.45;
const BESIDE_BEST: f32 = 0.6;
/// How many rows a topic gives at most.
const ROWS: usize = 5;

/// A duty by its column and its place there.
type At = (usize, usize);

/// The matrix of some topics; without one, of all duties that at least two columns hold.
pub fn matrix(sides: Vec<Side>, topics: &[String]) -> Matrix {
    let all: Vec<At> = sides
        .iter()
        .enumerate()
        .flat_map(|(side, one)| (0..one.duties.len()).map(move |duty| (side, duty)))
        .collect();
    let texts: Vec<String> = all.iter().map(|&(side, at)| said(&sides[side].duties[at])).collect();
    let actions = Action::all(&texts);
    let rows = if topics.is_empty() {
        let mut rows: Vec<Row> = clusters(&actions, SAME)
            .iter()
            .map(|cluster| row(&sides, &all, cluster, &actions))
            .filter(|row| held(row) > 1)
            .collect();
        rows.sort_by_key(|row| std::cmp::Reverse(held(row)));
        rows
    } else {
        let of_topic = |topic: &String| about(topic, &sides, &all, &texts, &actions);
        topics.iter().flat_map(of_topic).collect()
    };
    Matrix { sides, rows }
}

/// The rows of a topic, those of most columns first.
fn about(
    topic: &str,
    sides: &[Side],
    all: &[At],
    texts: &[String],
    actions: &[Action],
) -> Vec<Row> {
    let scores = relevance(topic, actions);
    let best = scores.iter().copied().fold(0.0, f32::max);
    let floor = ABOUT.max(best * BESIDE_BEST);
    let chosen: Vec<usize> = (0..all.len()).filter(|&at| scores[at] >= floor).collect();
    // weighed among themselves, so that the topic's own words, which all share, join nothing
    let own: Vec<String> = chosen.iter().map(|&at| texts[at].clone()).collect();
    let own = Action::all(&own);
    let all: Vec<At> = chosen.iter().map(|&at| all[at]).collect();
    let mut found: Vec<(Row, f32)> = clusters(&own, SAME_IN_TOPIC)
        .iter()
        .map(|cluster| {
            let best = cluster.iter().map(|&at| scores[chosen[at]]).fold(0.0, f32::max);
            (Row { topic: Some(topic.to_owned()), ..row(sides, &all, cluster, &own) }, best)
        })
        .collect();
    found.sort_by(|one, other| held(&other.0).cmp(&held(&one.0)).then(other.1.total_cmp(&one.1)));
    found.into_iter().map(|(row, _)| row).take(ROWS).collect()
}

/// In how many columns somebody holds it.
fn held(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.duties.is_empty()).count()
}

/// What a duty does, with the grade of responsibility that its action may not name.
fn said(held: &Held) -> String {
    let grade = match held.duty.responsibility.as_deref() {
        Some("overall") => "负总责",
        Some("primary") => "主体责任",
        Some("foremost") => "首要责任",
        Some("first") => "第一责任",
        Some("direct") => "直接责任",
        Some("leadership") => "领导责任",
        _ => "",
    };
    if held.duty.action.contains(grade) {
        held.duty.action.clone()
    } else {
        format!("{}{grade}", held.duty.action)
    }
}

/// Groups of actions, by place, that are alike on average and none apart from another; the closest are
/// joined first.
fn clusters(actions: &[Action], same: f32) -> Vec<Vec<usize>> {
    let mut near: Vec<(f32, usize, usize)> = Vec::new();
    for one in 0..actions.len() {
        for other in one + 1..actions.len() {
            let alike = actions[one].alike(&actions[other]);
            if alike >= same && !actions[one].apart(&actions[other]) {
                near.push((alike, one, other));
            }
        }
    }
    near.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let mut of: Vec<usize> = (0..actions.len()).collect();
    let mut clusters: Vec<Vec<usize>> = of.iter().map(|&at| vec![at]).collect();
    for (_, one, other) in near {
        let (into, from) = (of[one].min(of[other]), of[one].max(of[other]));
        if into == from {
            continue;
        }
        let pairs =
            clusters[into].iter().flat_map(|&a| clusters[from].iter().map(move |&b| (a, b)));
        if pairs.clone().any(|(a, b)| actions[a].apart(&actions[b])) {
            continue;
        }
        let sum: f32 = pairs.map(|(a, b)| actions[a].alike(&actions[b])).sum();
        if sum / (clusters[into].len() * clusters[from].len()) as f32 >= same {
            let joined = std::mem::take(&mut clusters[from]);
            joined.iter().for_each(|&at| of[at] = into);
            clusters[into].extend(joined);
        }
    }
    clusters.retain(|cluster| !cluster.is_empty());
    clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
    clusters
}

fn row(sides: &[Side], all: &[At], cluster: &[usize], actions: &[Action]) -> Row {
    let likeness = |&at: &usize| -> f32 {
        cluster.iter().map(|&other| actions[at].alike(&actions[other])).sum()
    };
    // the first of those that are alike to most, so that the choice is the same each time
    let middle = cluster
        .iter()
        .copied()
        .reduce(|best, at| if likeness(&at) > likeness(&best) + f32::EPSILON { at } else { best });
    let action = middle.map(|at| sides[all[at].0].duties[all[at].1].duty.action.clone());
    let mut cells: Vec<Cell> = vec![Cell::default(); sides.len()];
    for &at in cluster {
        cells[all[at].0].duties.push(all[at].1);
    }
    let of = |side: usize, cell: &Cell| -> Vec<&DutyRecord> {
        cell.duties.iter().map(|&at| &sides[side].duties[at].duty).collect()
    };
    let first = cells.iter().enumerate().find(|(_, cell)| !cell.duties.is_empty());
    let first = first.map(|(side, cell)| of(side, cell)).unwrap_or_default();
    let differences: Vec<Vec<Difference>> =
        cells.iter().enumerate().map(|(side, cell)| differences(&first, &of(side, cell))).collect();
    for (cell, differences) in cells.iter_mut().zip(differences) {
        cell.differences = differences;
    }
    Row { topic: None, action: action.unwrap_or_default(), cells }
}

/// What differs between the duties of two cells.
fn differences(first: &[&DutyRecord], other: &[&DutyRecord]) -> Vec<Difference> {
    if other.is_empty() || other.iter().all(|duty| duty.bearers.is_empty()) {
        return vec![Difference::Nobody];
    }
    let set = |duties: &[&DutyRecord], of: &dyn Fn(&DutyRecord) -> Vec<String>| {
        let mut values: Vec<String> = duties.iter().flat_map(|duty| of(duty)).collect();
        values.sort();
        values.dedup();
        values
    };
    let level = |duty: &DutyRecord| {
        duty.bearers.iter().filter_map(|one| one.level.as_deref().map(str::to_owned)).collect()
    };
    let time = |duty: &DutyRecord| {
        [&duty.deadline, &duty.frequency].into_iter().flatten().cloned().collect()
    };
    let number = |duty: &DutyRecord| {
        duty.quantities
            .iter()
            .map(|one| format!("{}{}{}", one.comparison, one.value, one.unit))
            .collect()
    };
    type Get<'g> = &'g dyn Fn(&DutyRecord) -> Vec<String>;
    let kinds: [(Difference, Get<'_>); 6] = [
        (Difference::Level, &level),
        (Difference::Party, &leaders),
        (Difference::Modality, &|duty| vec![duty.modality.to_string()]),
        (Difference::Role, &|duty| vec![duty.role.to_string()]),
        (Difference::Deadline, &time),
        (Difference::Number, &number),
    ];
    let differs = |(kind, get): &(Difference, Get<'_>)| {
        let (one, two) = (set(first, get), set(other, get));
        // a department in their place is no difference between the two
        let told = *kind != Difference::Party || !one.is_empty() && !two.is_empty();
        told && one != two
    };
    kinds.iter().filter(|kind| differs(kind)).map(|(kind, _)| *kind).collect()
}

/// Which of party committee and government bear a duty, themselves or by who leads them; their departments don't count.
fn leaders(duty: &DutyRecord) -> Vec<String> {
    let leader = |party: &PartyRecord| {
        let name = party.name.trim_end_matches("主要负责人").trim_end_matches("书记");
        let committee = name.starts_with("中共") && name.ends_with('委') && !name.ends_with("纪委");
        if committee || name.ends_with("党委") {
            Some("party".to_owned())
        } else {
            name.ends_with("政府").then(|| "government".to_owned())
        }
    };
    duty.bearers.iter().filter_map(leader).collect()
}

/// A duty a row; a cell without one is a row without one.
pub const MATRIX: Table = Table {
    name: "matrix",
    about: "Duties that correspond across regions or documents; a line a duty, or an empty cell",
    columns: &[
        Column::text("topic", "The topic that asked for it"),
        Column::count("row", "Number of the matrix row, from 1: duties that correspond"),
        Column::text("row_action", "The action most like all others of the row"),
        Column::text("column", "The region or document"),
        Column::texts("bearers", "Who holds it, by canonical names; empty for nobody"),
        Column::texts("levels", "Their tiers"),
        Column::text("role", "lead, cooperate, participate, responsible"),
        Column::text("modality", "obligation, prohibition, permission, encouragement"),
        Column::text("deadline", "Until when, as printed"),
        Column::text("frequency", "How often, as printed"),
        Column::texts("numbers", "Numbers that it sets, as printed"),
        Column::text("action", "What is to be done"),
        Column::texts("differences", "What differs from the row's first cell with a holder"),
        Column::text("document", "Id of the document"),
        Column::text("title", "Its title"),
        Column::text("unit", "Printed path of the provision"),
        Column::text("eid", "Its identifier"),
    ],
};

/// The matrix as a table for analysis.
pub fn matrix_table(matrix: &Matrix) -> Sheet {
    let names = |list: &[PartyRecord]| list.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (number, row) in (1..).zip(&matrix.rows) {
        for (side, cell) in matrix.sides.iter().zip(&row.cells) {
            let differences: Vec<_> = cell.differences.iter().map(|one| one.as_str()).collect();
            let head = [json!(row.topic), json!(number), json!(row.action), json!(side.name)];
            let line = |facts: [Value; 8], place: [Value; 4]| {
                let all =
                    head.iter().cloned().chain(facts).chain([json!(differences)]).chain(place);
                all.collect::<Vec<_>>()
            };
            if cell.duties.is_empty() {
                rows.push(line(std::array::from_fn(|_| Value::Null), Default::default()));
            }
            for held in cell.duties.iter().map(|&at| &side.duties[at]) {
                let duty = &held.duty;
                let levels = duty.bearers.iter().filter_map(|one| one.level.as_deref());
                let numbers = duty.quantities.iter().map(|one| one.text.as_str());
                let facts = [
                    json!(names(&duty.bearers)),
                    json!(levels.collect::<Vec<_>>()),
                    json!(duty.role),
                    json!(duty.modality),
                    json!(duty.deadline),
                    json!(duty.frequency),
                    json!(numbers.collect::<Vec<_>>()),
                    json!(duty.action),
                ];
                let place =
                    [json!(held.document), json!(held.title), json!(duty.unit), json!(duty.eid)];
                rows.push(line(facts, place));
            }
        }
    }
    Sheet { table: MATRIX, rows }
}
