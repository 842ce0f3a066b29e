//! Numbers that a duty sets.
//!
//! In: an action within its passage. Out: [`Quantity`]s: value, unit, comparison. Not here: dates
//! and how often (`extract::modifier`).
//!
//! `投入达到预算收入1%以上` sets at least 1 %; `不少于二年` at least 2 年. Chinese numerals count only where
//! a comparison stands beside them: 一个 is nearly always an article.

use std::ops::Range;

use super::Quantity;
use super::kinds::Kinds;
use super::words;
use crate::text::{Passage, literal, numeral};

/// What stands before a number and compares, longer words before those that they end with.
const BEFORE: [&str; 14] = [
    "不得少于",
    "不得低于",
    "不得超过",
    "不少于",
    "不低于",
    "不小于",
    "不超过",
    "不高于",
    "不多于",
    "不大于",
    "至少",
    "至多",
    "超过",
    "达到",
];

/// What stands behind a unit and compares.
const AFTER: [&str; 3] = ["以上", "以下", "以内"];

/// What is counted, longer words before those that they begin with.
const UNITS: [&str; 41] = [
    "%",
    "％",
    "个百分点",
    "平方公里",
    "平方米",
    "立方米",
    "公里",
    "千克",
    "公斤",
    "万元",
    "亿元",
    "元",
    "万人",
    "万户",
    "万亩",
    "万吨",
    "万",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "个月",
    "年",
    "月",
    "日",
    "天",
    "周",
    "人",
    "名",
    "户",
    "次",
    "个",
    "亩",
    "米",
    "吨",
    "倍",
    "项",
    "批",
    "份",
    "辆",
    "件",
];

/// Whether a number may stand in a clause, by what its words are.
pub(super) fn may_count(clause: &str, kinds: Kinds) -> bool {
    words::may_hold_numeral(kinds) || literal::holds_digit(clause)
}

/// The quantities of an action, in order.
pub(super) fn quantities(passage: &Passage<'_>, action: Range<usize>) -> Vec<Quantity> {
    let text = &passage.text[action.clone()];
    let mut found = Vec::new();
    // where the last one ends, and where the next may begin
    let (mut from, mut at) = (0, 0);
    while let Some((start, length)) = number(text, at) {
        at = start + length;
        let Some((number, unit)) = measured(&text[start..], length) else { continue };
        let first = |words: &[&'static str], fits: &dyn Fn(&str) -> bool| {
            words.iter().copied().find(|word| fits(word)).unwrap_or_default()
        };
        let before = first(&BEFORE, &|word| text[from..start].ends_with(word));
        at = start + number.len() + unit.len();
        let after = first(&AFTER, &|word| text[at..].starts_with(word));
        at += after.len();
        from = at;
        let comparison = comparison(before, after);
        let value = match number.starts_with(|c: char| c.is_ascii_digit()) {
            true => number.to_owned(),
            false if comparison == "exactly" => continue,
            false => match numeral::value(number) {
                Some(value) => value.to_string(),
                None => continue,
            },
        };
        let whole = start - before.len()..at;
        found.push(Quantity {
            text: text[whole.clone()].to_owned(),
            value,
            unit: unit.to_owned(),
            comparison,
            span: passage.span(action.start + whole.start..action.start + whole.end),
        });
    }
    found
}

/// The next run of digits or numerals: where it begins, and how long it is.
fn number(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &text[from..];
    let at = rest.find(|c: char| c.is_ascii_digit() || is_numeral(c))?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(&rest[at..]);
    let length = match rest[at + whole..].strip_prefix('.').map(digits) {
        _ if whole == 0 => rest[at..].find(|c| !is_numeral(c)).unwrap_or(rest.len() - at),
        Some(part) if part > 0 => whole + 1 + part,
        _ => whole,
    };
    Some((from + at, length))
}

/// The number that a text begins with, and its unit. In 五千克 the numeral ends before 千克.
fn measured(text: &str, length: usize) -> Option<(&str, &'static str)> {
    let unit = |from: usize| {
        let rest = &text[from..];
        UNITS.iter().copied().find(|unit| rest.starts_with(unit))
    };
    let shorter = || text[..length].strip_suffix('千').filter(|number| !number.is_empty());
    match unit(length) {
        Some(unit) => Some((&text[..length], unit)),
        None => shorter().and_then(|number| Some((number, unit(number.len())?))),
    }
}

fn is_numeral(character: char) -> bool {
    matches!(
        character,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '两'
    )
}

fn comparison(before: &str, after: &str) -> &'static str {
    match (before, after) {
        ("超过", _) => "more_than",
        (before, _) if before.starts_with("不少") || before.starts_with("不低") => "at_least",
        ("不得少于" | "不得低于" | "不小于" | "至少", _) | (_, "以上") => "at_least",
        ("" | "达到", "以下" | "以内") => "at_most",
        ("" | "达到", _) => "exactly",
        _ => "at_most",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_unit_and_comparison() {
        for (action, expected) in [
            ("每期驻村时间不少于2年", "2 年 at_least"),
            ("投入要达到预算收入1%以上", "1 % at_least"),
            ("自付比例不超过9.5%", "9.5 % at_most"),
            ("保存期限不得少于二年", "2 年 at_least"),
            ("将起付线降低50%", "50 % exactly"),
            ("不得超过五千克", "5 千克 at_most"),
            ("分1.2.3级，不少于1.5.", ""),
            ("处五百元以上三千元以下罚款", "500 元 at_least / 3000 元 at_most"),
            ("联系一个贫困县", ""),
            ("进一步加强统一管理", ""),
        ] {
            let passage = Passage::whole(action);
            let shown: Vec<String> = quantities(&passage, 0..action.len())
                .iter()
                .map(|q| format!("{} {} {}", q.value, q.unit, q.comparison))
                .collect();
            assert_eq!(shown.join(" / "), expected, "{action}");
        }
    }
}
