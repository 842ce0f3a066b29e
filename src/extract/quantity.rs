//! Numbers that a duty sets.
//!
//! In: an action within its passage. Out: [`Quantity`]s: value, unit, comparison. Not here: dates
//! and how often (`extract::modifier`).
//!
//! `投入达到预算收入1%以上` sets at least 1 %; `不少于二年` at least 2 年. Chinese numerals count only where
//! a comparison stands beside them: 一个 is nearly always an article.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Quantity;
use crate::text::{Passage, numeral};

static QUANTITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let more = "不少于|不低于|不得少于|不得低于|不小于|至少";
    let less = "不超过|不得超过|不高于|不多于|不大于|至多";
    let unit = "%|％|个百分点|平方公里|平方米|立方米|公里|千克|公斤|万元|亿元|元|万人|万户|万亩|万吨|万|个工作日|工作日|小时|分钟\
                |个月|年|月|日|天|周|人|名|户|次|个|亩|米|吨|倍|项|批|份|辆|件";
    Regex::new(&format!(
        "(?P<before>{more}|{less}|超过|达到)?\
         (?:(?P<digits>[0-9]+(?:\\.[0-9]+)?)|(?P<numeral>[一二三四五六七八九十百千两]+))\
         (?P<unit>{unit})(?P<after>以上|以下|以内)?"
    ))
    .ok()
});

/// The quantities of an action, in order.
pub(super) fn quantities(passage: &Passage<'_>, action: Range<usize>) -> Vec<Quantity> {
    let text = &passage.text[action.clone()];
    // most actions hold no number, and the regex is slow beside a look
    if !text.contains(|c: char| c.is_ascii_digit() || numeral::is_chinese(c)) {
        return Vec::new();
    }
    let Some(pattern) = QUANTITY.as_ref() else { return Vec::new() };
    let found = pattern.captures_iter(text).filter_map(|found| {
        let part = |name| found.name(name).map_or("", |part| part.as_str());
        let comparison = comparison(part("before"), part("after"));
        let value = match (part("digits"), part("numeral")) {
            ("", _) if comparison == "exactly" => return None,
            ("", chinese) => numeral::value(chinese)?.to_string(),
            (digits, _) => digits.to_owned(),
        };
        let whole = found.get(0)?;
        Some(Quantity {
            text: whole.as_str().to_owned(),
            value,
            unit: part("unit").to_owned(),
            comparison,
            span: passage.span(action.start + whole.start()..action.start + whole.end()),
        })
    });
    found.collect()
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
