//! What is done to what, to be compared.
//!
//! In: actions of duties. Out: how alike two are, and how far one speaks of a topic. Words for the
//! same act are one word first (`data/alike.tsv`), and what names no act (全省, 本行政区域内) is left
//! out. Who answers for one matter and who for another do not do the same, however alike the words
//! around it. Not here: grouping them.
//!
//! 签署脱贫攻坚责任书 and 签定脱贫责任书 are alike at 0.8; 是消防工作的第一责任人 and
//! 是森林消防工作的第一责任人 are apart.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// An action as its pieces of one and two characters, each with its weight.
#[derive(Clone, Debug, Default)]
pub(super) struct Action {
    pieces: FxHashMap<String, f32>,
    norm: f32,
    /// What it says that somebody is responsible for, as far as it does.
    matter: Option<String>,
}

/// How much a single character weighs beside a pair.
const SINGLE: f32 = 0.35;

/// Matters less alike than this are not one.
const ONE_MATTER: f32 = 0.45;

/// Grades of responsibility; before one stands what it is for.
const GRADES: [&str; 6] = ["第一责任", "首要责任", "主体责任", "直接责任", "领导责任", "负总责"];
/// What stands before a matter, and behind it.
const BEFORE: [&str; 13] = [
    "是",
    "为",
    "对",
    "负",
    "负责",
    "承担",
    "履行",
    "落实",
    "实施",
    "推行",
    "推进",
    "本单位",
    "本企业",
];
const BEHIND: [&str; 7] = ["的", "工作", "负", "承担", "履行", "落实", "上"];

impl Action {
    /// The actions of a list; what few of them say weighs more.
    pub(super) fn all(texts: &[String]) -> Vec<Action> {
        let pieces: Vec<FxHashSet<String>> = texts.iter().map(|text| pieces(text)).collect();
        let mut held: FxHashMap<&str, usize> = FxHashMap::default();
        for piece in pieces.iter().flatten() {
            *held.entry(piece).or_default() += 1;
        }
        let weight =
            |piece: &str| weight(piece, held.get(piece).copied().unwrap_or(0), texts.len());
        let action = |(list, text): (&FxHashSet<String>, &String)| {
            let pieces: FxHashMap<String, f32> =
                list.iter().map(|piece| (piece.clone(), weight(piece))).collect();
            let mut weights: Vec<f32> = pieces.values().copied().collect();
            weights.sort_by(f32::total_cmp);
            let norm = weights.iter().map(|one| one * one).sum::<f32>().sqrt();
            Action { norm, pieces, matter: matter(text) }
        };
        pieces.iter().zip(texts).map(action).collect()
    }

    /// How alike two actions are, 0 to 1.
    pub(super) fn alike(&self, other: &Action) -> f32 {
        let (few, many) =
            if self.pieces.len() <= other.pieces.len() { (self, other) } else { (other, self) };
        let mut shared: Vec<f32> = few
            .pieces
            .iter()
            .filter(|(piece, _)| many.pieces.contains_key(*piece))
            .map(|(_, weight)| weight * weight)
            .collect();
        // a sum in one order, so that the same input gives the same digits
        shared.sort_by(f32::total_cmp);
        shared.iter().sum::<f32>() / (self.norm * other.norm).max(f32::EPSILON)
    }

    /// Whether two actions make somebody responsible, each for another matter.
    pub(super) fn apart(&self, other: &Action) -> bool {
        match (&self.matter, &other.matter) {
            (Some(one), Some(other)) => !is_one_matter(one, other),
            _ => false,
        }
    }
}

/// What an action says that somebody is responsible for: 消防 of 是本地区消防工作的第一责任人.
fn matter(text: &str) -> Option<String> {
    let text = in_one_word(text);
    let end = GRADES.iter().filter_map(|grade| text.find(grade)).min()?;
    let mut matter = &text[..end];
    while let Some(rest) = BEFORE.iter().find_map(|word| matter.strip_prefix(word)) {
        matter = rest;
    }
    while let Some(rest) = BEHIND.iter().find_map(|word| matter.strip_suffix(word)) {
        matter = rest;
    }
    (!matter.is_empty()).then(|| matter.to_owned())
}

/// Whether two matters are one. What is added behind goes further (耕地保护和粮食安全), a word before it
/// makes another of it (森林消防).
fn is_one_matter(one: &str, other: &str) -> bool {
    if one.starts_with(other) || other.starts_with(one) {
        return true;
    }
    if one.ends_with(other) || other.ends_with(one) {
        return false;
    }
    let (one, other) = (pieces(one), pieces(other));
    let size = |pieces: &FxHashSet<String>| {
        let single = pieces.iter().filter(|piece| piece.chars().nth(1).is_none()).count();
        (pieces.len() - single) as f32 + SINGLE * SINGLE * single as f32
    };
    let shared = size(&one.intersection(&other).cloned().collect());
    shared >= ONE_MATTER * (size(&one) * size(&other)).sqrt()
}

fn weight(piece: &str, held: usize, all: usize) -> f32 {
    let rare = ((all as f32 + 20.0) / (held as f32 + 1.0)).ln().max(0.1);
    if piece.chars().nth(1).is_none() { SINGLE * rare } else { rare }
}

/// How far each action speaks of a topic: the share of the topic's weight that it holds.
pub(super) fn relevance(topic: &str, actions: &[Action]) -> Vec<f32> {
    let held = |piece: &str| actions.iter().filter(|one| one.pieces.contains_key(piece)).count();
    let mut asked: Vec<(String, f32)> = Vec::new();
    for run in runs(&crate::text::fold_query(topic)) {
        let pairs: Vec<String> = run.windows(2).map(|pair| pair.iter().collect()).collect();
        let counts: Vec<usize> = pairs.iter().map(|pair| held(pair)).collect();
        for (at, pair) in pairs.iter().enumerate() {
            // the end of one word and the head of the next (驻村|帮扶: 村帮) is no word
            let word = |other: Option<&usize>| other.is_none_or(|count| counts[at] >= *count);
            if word(at.checked_sub(1).and_then(|at| counts.get(at))) || word(counts.get(at + 1)) {
                asked.push((pair.clone(), weight(pair, counts[at], actions.len())));
            }
        }
        let single = |c: &char| {
            let piece = c.to_string();
            let weight = weight(&piece, held(&piece), actions.len());
            (piece, weight)
        };
        asked.extend(run.iter().map(single));
    }
    asked.sort_by(|one, other| one.0.cmp(&other.0));
    asked.dedup_by(|one, other| one.0 == other.0);
    let whole: f32 = asked.iter().map(|(_, weight)| weight).sum::<f32>().max(f32::EPSILON);
    let share = |action: &Action| {
        let told = asked.iter().filter(|(piece, _)| action.pieces.contains_key(piece));
        told.map(|(_, weight)| weight).sum::<f32>() / whole
    };
    actions.iter().map(share).collect()
}

/// Pieces of one and two characters; none crosses a mark.
fn pieces(text: &str) -> FxHashSet<String> {
    let mut pieces = FxHashSet::default();
    for run in runs(text) {
        pieces.extend(run.iter().map(char::to_string));
        pieces.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    pieces
}

/// The letters between marks, with one word for words alike, without what joins words.
fn runs(text: &str) -> Vec<Vec<char>> {
    let text = in_one_word(text);
    let joins = |c: &char| matches!(c, '的' | '和' | '与' | '及');
    let letters = |run: &str| run.chars().filter(|c| !joins(c)).collect();
    text.split(|c: char| !c.is_alphanumeric()).map(letters).collect()
}

/// A text with one word for words alike.
fn in_one_word(text: &str) -> String {
    let mut text = text.to_owned();
    for (word, stands_for) in ALIKE.iter() {
        if text.contains(word) {
            text = text.replace(word, stands_for);
        }
    }
    text
}

/// Words and the one that stands for them; the longest first.
static ALIKE: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/alike.tsv").lines().skip(1);
    let mut rows: Vec<(&str, &str)> = rows.filter_map(|row| row.split_once('\t')).collect();
    rows.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    rows
});

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> f32 {
        let more =
            ["组织实施退出工作", "选派驻村工作队", "加强监督执纪问责", "对资金管理监督负首要责任"];
        let texts: Vec<String> =
            [one, other].iter().chain(&more).map(|t| (*t).to_owned()).collect();
        let actions = Action::all(&texts);
        actions[0].alike(&actions[1])
    }

    #[test]
    fn actions_are_alike_by_act_and_object() {
        assert!(alike("签署脱贫攻坚责任书", "签定脱贫责任书") > 0.6);
        assert!(alike("对贫困退出情况进行检查考核", "组织实施贫困退出工作") < 0.4);
        assert!(alike("选派驻村工作队", "派出驻村工作队") > 0.6);
    }

    #[test]
    fn who_answers_for_another_matter_does_something_else() {
        let apart = |one: &str, other: &str| {
            let actions = Action::all(&[one.to_owned(), other.to_owned()]);
            actions[0].apart(&actions[1])
        };
        let first = |of: &str| format!("是本行政区域{of}的第一责任人");
        assert!(apart(&first("优化营商环境工作"), &first("消防工作")));
        assert!(apart(&first("森林消防工作"), "是本地区消防工作的第一责任人"));
        assert!(apart("承担安全生产主体责任", "落实食品安全主体责任"));
        assert!(!apart(&first("优化营商环境工作"), "是优化营商环境第一责任人"));
        assert!(!apart(&first("耕地保护"), &first("耕地保护和粮食安全")));
        assert!(!apart("是本单位安全生产第一责任人", "是本企业安全生产的第一责任人"));
        assert!(!apart("对脱贫攻坚资金使用管理监督负首要责任", "对扶贫资金管理监督负首要责任"));
        assert!(!apart("是第一责任人", &first("消防工作")), "which matter, it does not say");
        assert!(!apart("负责消防工作", &first("安全生产")));
    }

    #[test]
    fn the_table_is_sorted() {
        let rows: Vec<&str> = include_str!("../../data/alike.tsv").lines().skip(1).collect();
        assert!(rows.is_sorted() && rows.iter().all(|row| row.contains('\t')));
    }
}
