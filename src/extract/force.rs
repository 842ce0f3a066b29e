//! From when a text holds, and until when.
//!
//! In: a passage, and the document's date of issue. Out: ISO 8601 dates. Not here: dates of the
//! preface (`structure`).
//!
//! `本细则自2017年3月21日起施行` holds from 2017-03-21; `自发布之日起施行` from the date of issue.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{self, Class};
use crate::text::{literal, numeral};

static FROM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let n = "[0-9〇○零一二三四五六七八九十]+";
    Regex::new(&format!(
        r"自({n})年({n})月({n})日(?:零时)?(?:起)?(?:正式)?(?:施行|实施|执行|生效|试行|开始施行)"
    ))
    .ok()
});
static NOTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let n = "[0-9〇○零一二三四五六七八九十]+";
    Regex::new(&format!(r"({n})年({n})月({n})日(?:起)?(?:施行|实施)")).ok()
});
static UNTIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let n = "[0-9〇○零一二三四五六七八九十]+";
    Regex::new(&format!(r"有效期(?:至|到|截至)({n})年({n})月({n})日")).ok()
});
static YEARS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("有效期(?:为)?([0-9一二三四五六七八九十两]+)年").ok());

/// The date from which a passage says the text holds. `issued` stands for 发布之日.
pub(super) fn effective(passage: &str, issued: Option<&str>) -> Option<String> {
    if !literal::holds_any(passage, &["施行", "实施", "执行", "生效"]) {
        return None;
    }
    if let Some(found) = FROM.as_ref()?.captures(passage) {
        return date(&found[1], &found[2], &found[3]);
    }
    let from_issue = |at: usize| {
        let (before, after) = (&passage[..at], &passage[at + "之日起".len()..]);
        ["自发布", "自公布", "自印发", "自颁布", "自下发", "自发文"]
            .iter()
            .any(|act| before.ends_with(act))
            && ["施行", "实施", "执行", "生效", "试行"].iter().any(|end| after.starts_with(end))
    };
    let from_issue = passage.match_indices("之日起").any(|(at, _)| from_issue(at));
    from_issue.then(|| issued.map(str::to_owned)).flatten()
}

/// The date that a note below the title gives: `2016年5月1日施行`.
pub(super) fn noted(note: &str) -> Option<String> {
    let found = NOTED.as_ref()?.captures(note)?;
    date(&found[1], &found[2], &found[3])
}

/// The last day on which it holds; `effective` is where a number of years is counted from. Only a
/// sentence about the text itself counts: 许可证有效期五年 speaks of a permit.
pub(super) fn expires(passage: &str, effective: Option<&str>) -> Option<String> {
    if !literal::holds(passage, "有效期") {
        return None;
    }
    passage.split('。').filter(|sentence| own(sentence)).find_map(|sentence| {
        if let Some(found) = UNTIL.as_ref()?.captures(sentence) {
            return date(&found[1], &found[2], &found[3]);
        }
        let years = numeral::value(&YEARS.as_ref()?.captures(sentence)?[1])?;
        let effective = effective?;
        let year: u32 = effective.get(..4)?.parse().ok()?;
        day_before(year.checked_add(years)?, effective.get(5..7)?, effective.get(8..10)?)
    })
}

/// Whether a sentence speaks of the text's own force: `本办法自…起施行，有效期五年`.
fn own(sentence: &str) -> bool {
    let Some(at) = sentence.find("有效期") else { return false };
    let before = &sentence[..at];
    let starts = before.trim_start_matches(|c: char| c.is_ascii_digit() || "第条、 ".contains(c));
    let named =
        starts.strip_prefix('本').is_some_and(|rest| words::begins(Class::OwnName, rest) > 0);
    let other =
        ["证", "许可", "资质", "批准", "合同", "备案"].iter().any(|word| before.contains(word));
    (named || starts.starts_with('自')) && !other
}

/// The day before a date: what holds five years from 1 March 2017 holds to 28 February 2022.
fn day_before(year: u32, month: &str, day: &str) -> Option<String> {
    let (month, day): (u32, u32) = (month.parse().ok()?, day.parse().ok()?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (year, month, day) = match (month, day) {
        (1, 1) => (year - 1, 12, 31),
        (3, 1) => (year, 2, if leap { 29 } else { 28 }),
        (5 | 7 | 10 | 12, 1) => (year, month - 1, 30),
        (_, 1) => (year, month - 1, 31),
        (month, day) => (year, month, day - 1),
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn date(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day) = (numeral::value(year)?, numeral::value(month)?, numeral::value(day)?);
    let real = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_force() {
        let issued = Some("2016-12-09");
        for (passage, expected) in [
            ("本实施细则自2017年3月21日起施行。", Some("2017-03-21")),
            ("本办法自二〇二〇年一月一日起施行。", Some("2020-01-01")),
            ("本办法自发布之日起施行。", Some("2016-12-09")),
            ("自收到申请之日起十日内作出决定。", None),
        ] {
            assert_eq!(effective(passage, issued).as_deref(), expected, "{passage}");
        }
        for (passage, from, expected) in [
            ("本办法自2017年3月21日起施行，有效期5年。", "2017-03-21", Some("2022-03-20")),
            ("本规定有效期为二年。", "2022-03-01", Some("2024-02-29")),
            ("自2021年1月1日起施行，有效期至2025年12月31日。", "2021-01-01", Some("2025-12-31")),
            ("备案自海关总署准予备案之日起生效，有效期为10年。", "2004-03-01", None),
            ("采矿许可证有效期三年。", "2017-03-21", None),
            ("本条例施行前取得的许可证，有效期五年。", "2017-03-21", None),
        ] {
            assert_eq!(expires(passage, Some(from)).as_deref(), expected, "{passage}");
        }
    }
}
