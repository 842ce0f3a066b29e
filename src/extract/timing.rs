//! How often and by when, where a predicate says it inside, and which day a deadline means.
//!
//! In: an action, or a deadline as printed. Out: the words of time as printed, an ISO 8601 date.
//! Not here: what stands before a predicate (`extract::modifier`).
//!
//! `按照规定注册登记、定期检验` has the frequency `定期`; `到2019年底` means 2019-12-31.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clause::{Reading, Subject};
use super::words::{self, Class};
use crate::text::numeral;

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let n = "[0-9〇○零一二三四五六七八九十]+";
    Regex::new(&format!("({n})年(?:度)?(?:({n})月(?:份)?)?(?:({n})日)?(底|末|初)?")).ok()
});

/// How often, inside an action: `进行定期检验`.
pub(super) fn frequency(action: &str) -> Option<Range<usize>> {
    let (at, length) = words::find_from(Class::Often, action, 0)?;
    let (before, after) = (&action[..at], &action[at + length..]);
    let other = before.ends_with('不') || after.starts_with(['存', '限', '租', '的']);
    (!other && at > 0).then_some(at..at + length)
}

/// By when, inside an action: `将初步方案于十日内送交…` has `十日内`.
pub(super) fn deadline(action: &str) -> Option<Range<usize>> {
    let (at, length) = words::find_from(Class::SpanEnd, action, 0)?;
    let end = at + length;
    let number =
        action[..at].trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_chinese(c));
    if number.len() == at {
        return None;
    }
    // 自受理之日起二十日内, 收到申请后五日内: from where it is counted
    let counted = number.rsplit(['，', '、']).next().unwrap_or(number);
    let from = counted.rfind('自').filter(|_| {
        counted.ends_with("之日起") || counted.ends_with('起') || counted.ends_with("之日起的")
    });
    // 应当在|业主大会会议召开十五日前|公示: the event before which it is counted
    let event = counted.rfind(['在', '于']).map(|at| at + "在".len()).filter(|&at| {
        let event = &counted[at..];
        ["召开", "举行", "开始", "到期", "届满", "开幕"].iter().any(|verb| event.ends_with(verb))
            && action[at..end].ends_with('前')
    });
    let start = match from.or(event) {
        Some(from) => number.len() - counted.len() + from,
        None => number.len() - month_before(number),
    };
    Some(start..end)
}

/// `每月|不少于一次`: no more than how often.
pub(super) fn counts_how_often(text: &str, reading: &Reading) -> bool {
    let action = &text[reading.action.clone()];
    let count = ["不少于", "至少", "不得少于", "不低于"]
        .iter()
        .find_map(|least| action.strip_prefix(least));
    reading.frequency.is_some()
        && reading.subject == Subject::None
        && count.is_some_and(|count| count.ends_with('次') && count.chars().count() <= 4)
}

/// `于7月|20日前`: how long the month is that a day stands behind, with its year.
fn month_before(before: &str) -> usize {
    let mut rest = before;
    for unit in ['月', '年'] {
        let Some(bare) = rest.strip_suffix(unit) else { continue };
        let number = bare.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_chinese(c));
        if number.len() < bare.len() {
            rest = number;
        }
    }
    before.len() - rest.len()
}

/// The day a deadline ends with, where its year is printed: `2018年3月底前` is 2018-03-31, and so is
/// no deadline that counts from an event.
pub(super) fn date(deadline: &str) -> Option<String> {
    // a regex looks only where a year can stand
    deadline.find('年').filter(|at| *at >= 4)?;
    let found = DAY.as_ref()?.captures(deadline)?;
    let part = |index| found.get(index).map(|part| part.as_str());
    let year = numeral::value(part(1)?).filter(|year| (1900..2200).contains(year))?;
    let early = part(4) == Some("初");
    let month = match part(2) {
        Some(month) => numeral::value(month)?,
        None if early => 1,
        None => 12,
    };
    if !(1..=12).contains(&month) || (early && part(2).is_none() && part(3).is_some()) {
        return None;
    }
    let last = last_day(year, month);
    let day = match part(3) {
        Some(day) => numeral::value(day).filter(|day| (1..=last).contains(day))?,
        // the beginning of a month or year has no day of its own
        None if early => return None,
        None => last,
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn last_day(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_time_inside() {
        for (action, often, by) in [
            ("注册登记、定期检验", Some("定期"), None),
            ("进行不定期抽查", None, None),
            ("将结果于五日内送交主管部门", None, Some("五日内")),
            ("作出决定自受理之日起二十日内", None, Some("自受理之日起二十日内")),
            ("内容应当在业主大会会议召开十五日前公示", None, Some("业主大会会议召开十五日前")),
            ("加强管理", None, None),
        ] {
            assert_eq!(frequency(action).map(|range| &action[range]), often, "{action}");
            assert_eq!(deadline(action).map(|range| &action[range]), by, "{action}");
        }
    }

    #[test]
    fn deadlines_with_a_year_are_days() {
        for (deadline, expected) in [
            ("到2019年底", Some("2019-12-31")),
            ("2018年3月底前", Some("2018-03-31")),
            ("2020年2月底前", Some("2020-02-29")),
            ("二〇二〇年六月三十日前", Some("2020-06-30")),
            ("到2020年", Some("2020-12-31")),
            ("2017年初", None),
            ("自收到申请之日起三十日内", None),
            ("3月底前", None),
            ("2019年2月30日前", None),
        ] {
            assert_eq!(date(deadline).as_deref(), expected, "{deadline}");
        }
    }
}
