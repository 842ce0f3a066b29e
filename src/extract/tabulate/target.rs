//! Targets: what is to be reached by a year, and what is to rise, fall or be covered by how much.
//!
//! In: a passage and the duties in it. Out: [`Target`]s, a clause each. Not here: time limits of
//! procedures (`自收到申请之日起三十日内`), fines, and what a year has brought already.
//!
//! `到2018年，实现200万贫困人口全部脱贫，2900个贫困村全部退出` gives two targets of 2018; `将报销比例提高10%`
//! one without a year.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Book, Target};
use crate::extract::gather::Told;
use crate::extract::quantity;
use crate::text::literal;

/// A year that lies ahead: `到2019年底`, `2018年底前`, `力争2020年`, and as a label `2016年：`.
static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "^(?:[0-9]+、)?(?:(?:力争|争取|确保)?(?:到|至|在)?([0-9]{4})年(?:底|末|年底|年末)?(?:之前|以前|前)\
         |(?:力争|争取|确保)?(?:到|至)([0-9]{4})年(?:底|末|年底|年末)?\
         |(?:力争|争取)(?:在)?([0-9]{4})年(?:底|末|年底|年末)?(?:内)?\
         |([0-9]{4})年(?:底|末)?$)",
    )
    .ok()
});

/// What is reached.
const REACHING: [&str; 24] = [
    "实现",
    "完成",
    "达到",
    "达",
    "提高",
    "提升",
    "降低",
    "下降",
    "增长",
    "增加",
    "减少",
    "控制在",
    "建成",
    "建立",
    "形成",
    "退出",
    "摘帽",
    "脱贫",
    "消灭",
    "消除",
    "筹集",
    "打造",
    "覆盖",
    "解决",
];

/// What moves a number that stands right behind or before it.
const MOVING: [&str; 13] = [
    "提高",
    "提高到",
    "提升",
    "降低",
    "降低到",
    "下降",
    "下降到",
    "增长",
    "增加",
    "增加到",
    "减少",
    "递增",
    "达到",
];

/// Adds the targets of a passage.
pub(super) fn targets(told: &Told<'_>, book: &Book<'_>, found: &mut Vec<Target>) {
    let text = told.passage.text.as_ref();
    // neither a year nor a share is written without digits
    if !literal::holds_digit(text) || !told.passage.holds_any(&["年", "%", "％"]) {
        return;
    }
    for sentence in told.sentences() {
        let mut until: Option<(u32, Range<usize>)> = None;
        for piece in &sentence.pieces {
            let clause = &text[piece.range.clone()];
            let mut said = piece.range.clone();
            if let Some((year, length)) = ahead(clause, piece.colon) {
                until = Some((year, said.start..said.start + length));
                said.start += length;
            }
            let what = text[said.clone()].trim_start_matches(['、', '，', ' ']);
            said.start = said.end - what.len();
            let reached = until.is_some() && !past(what) && reaches(what);
            if what.is_empty() || !(reached || moves(what)) {
                continue;
            }
            let span = told.passage.span(said.clone());
            let duty = book.at(span);
            // without a year only what somebody is bound to is a target
            if !reached && duty.is_none() {
                continue;
            }
            let bearers = duty.map(|duty| duty.bearers.clone()).unwrap_or_default();
            found.push(Target {
                eid: told.node.eid.clone(),
                bearers,
                what: what.to_owned(),
                year: until.as_ref().map(|(year, _)| *year),
                deadline: until.clone().map(|(_, range)| text[range].to_owned()),
                quantities: quantity::quantities(&told.passage, said),
                span,
            });
        }
    }
}

/// The year ahead that a clause opens with, and how much of it says so.
fn ahead(clause: &str, label: bool) -> Option<(u32, usize)> {
    // most clauses hold no digit near their head
    clause.chars().take(8).any(|c| c.is_ascii_digit()).then_some(())?;
    let found = BY.as_ref()?.captures(clause)?;
    let bare = found.get(4).is_some();
    let year = (1..=4).find_map(|n| found.get(n))?.as_str().parse().ok()?;
    let rest = &clause[found.get(0)?.end()..];
    let ranges = rest.starts_with(['-', '—', '至', '度', '以']);
    ((!bare || label) && !ranges).then(|| (year, found.get(0).map_or(0, |whole| whole.end())))
}

/// Whether something is reached; a yardstick (`以贫困发生率低于2%作为摘帽标准`) is not.
fn reaches(what: &str) -> bool {
    // 随着收入的增长: what comes along
    !what.ends_with("标准")
        && !what.starts_with("随着")
        && REACHING.iter().any(|word| what.contains(word))
}

/// `取得了`, `已完成`: it is told, not set.
fn past(what: &str) -> bool {
    what.contains('了') || what.starts_with('已') || what.contains("已经") || what.contains("指出")
}

/// Whether a share is moved: `报销比例提高10%`.
fn moves(what: &str) -> bool {
    // 播放时间每增加1%, 已达到30%仍参与的: a measure or a condition
    if past(what) || what.contains('每') || what.ends_with('的') {
        return false;
    }
    let percent = what.match_indices(['%', '％']).chain(what.match_indices("个百分点"));
    percent.into_iter().any(|(at, _)| {
        let before = what[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        before.len() < at && MOVING.iter().any(|verb| before.ends_with(verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_are_moved() {
        for (what, expected) in [
            ("将住院费用报销比例提高10%", true),
            ("力争达到100%", true),
            ("播放时间比例每增加1%", false),
            ("已达到30%仍参与竞买的", false),
            ("投入占预算收入1%", false),
        ] {
            assert_eq!(moves(what), expected, "{what}");
        }
    }

    #[test]
    fn years_ahead_and_others() {
        for (clause, label, expected) in [
            ("到2019年底完成全省改造", false, Some(2019)),
            ("2018年底前全面解决", false, Some(2018)),
            ("力争到2020年建成体系", false, Some(2020)),
            ("2016年", true, Some(2016)),
            ("2016年", false, None),
            ("2016年度实现脱贫57万人", false, None),
            ("2018年-2021年的计划", false, None),
            ("完成改造", false, None),
        ] {
            assert_eq!(ahead(clause, label).map(|(year, _)| year), expected, "{clause}");
        }
    }
}
