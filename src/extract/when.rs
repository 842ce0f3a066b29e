//! How often and until when, where a clause says it before its predicate.
//!
//! In: a clause, or what is left of it. Out: how much of its beginning tells a time, and of which sort. Not here:
//! other modifiers (`extract::modifier`), times inside an action (`extract::timing`).
//!
//! `每季度末月25日前|报送情况` begins with the frequency `每季度` and the deadline `末月25日前`.

use std::sync::LazyLock;

use regex::Regex;

use super::modifier::{Modifier, may_follow, prefix};
use super::words::{self, Class};
use crate::text::literal;

const NUMERAL: &str = r"[0-9一二三四五六七八九十百两半]+";

const NUMERALS: &str = "一二三四五六七八九十百两半";

static FREQUENCY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:在|于|至少)?(?:每(?:{NUMERAL})?(?:个)?(?:季度|年度|学期|学年|半年|年|月|旬|周|日|天)(?:[一二三四五六日](?:上午|下午))?(?:初|底|末)?(?:(?:至少)?{NUMERAL}次)?|不定期|定期|按(?:月|季度|季))"
    ))
    .ok()
});

static DEADLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = format!(r"(?:{NUMERAL}|〇|○)+年(?:度)?(?:{NUMERAL}月(?:份)?)?(?:{NUMERAL}日)?");
    let month = format!(r"(?:每年|当年|次年|本年)?{NUMERAL}月(?:份)?(?:{NUMERAL}日)?");
    let length = format!(
        r"(?:{NUMERAL}(?:年|个月|日)?至)?{NUMERAL}(?:个)?(?:工作日|小时|分钟|星期|年|月|周|日|天)"
    );
    Regex::new(&format!(
        r"^(?:{NUMERAL}(?:年|个月|日)?至{NUMERAL}(?:年|个月|日)(?:以内|之内|内))|^(?:(?:力争)?(?:到|至|于|在|截至)?(?:{length}(?:以内|之内|内)|{date}(?:年)?(?:底|末|初)?(?:以前|之前|前)?|{month}(?:底|末|初)?(?:以前|之前|前))|(?:在)?自[^，；。]{{1,40}}之日起(?:的)?{length}(?:以内|之内|内)?|自[^，；。]{{1,16}}后(?:的)?{length}(?:以内|之内|内)|(?:在|于)?{length}(?:以内|之内|内)|提前(?:至少)?{length}|(?:在|于)?(?:每月|每季度|每周|次月|当月|次日|当日|次年|每年)?{NUMERAL}(?:月|日|时)(?:底|末|初)?(?:以前|之前|前)|(?:每|次|当)?(?:月|季|季度|学期)(?:底|末)(?:以前|之前|前)?|(?:次年|当年)?第[一二三四]季度(?:内|末|底|前)?|(?:到|于|在)?年底(?:前|以前|之前)?|年内|年初)"
    ))
    .ok()
});

/// `每年`, `定期`, `到2019年底`, `自收到申请之日起三十日内`
pub(super) fn time_phrase(phrase: &str) -> Option<(usize, Modifier)> {
    let first = phrase.chars().next()?;
    let every = phrase[first.len_utf8()..].starts_with('每');
    let at_least = first == '至' && phrase.starts_with("至少每");
    if (matches!(first, '每' | '定' | '不' | '按')
        || (every && matches!(first, '在' | '于'))
        || at_least)
        && let Some(found) = FREQUENCY.as_ref()?.find(phrase)
        // 法|定期限
        && !phrase[found.end()..].starts_with('限')
    {
        // 每周五|放学前, but 每周|一次
        let day =
            phrase[found.end()..].chars().next().filter(|day| "一二三四五六日".contains(*day));
        if let Some(day) = day.filter(|_| found.as_str().ends_with('周')) {
            let end = found.end() + day.len_utf8();
            let counts =
                phrase[end..].starts_with(['次', '天', '个', '名', '小', '至', '期', '期']);
            return Some((if counts { found.end() } else { end }, Modifier::Frequency));
        }
        // 每季度|末月25日前
        let month = found.as_str().ends_with('末') && phrase[found.end()..].starts_with('月');
        let end = found.end() - if month { "末".len() } else { 0 };
        // 每年的|7月31日前
        let dated = phrase[end..].strip_prefix('的').is_some_and(may_begin_deadline);
        return Some((end + if dated { "的".len() } else { 0 }, Modifier::Frequency));
    }
    if !may_begin_deadline(phrase) {
        return before_event(phrase).map(|end| (end, Modifier::Deadline));
    }
    // a deadline stands near the beginning; the regex must not read a long clause to its end
    let Some(found) = DEADLINE.as_ref()?.find(prefix(phrase, 192)) else {
        return since(phrase).map(|end| (end, Modifier::Time));
    };
    // 五年|内不得从事经营
    let years = found.as_str().ends_with('年');
    let within =
        ["内", "以内", "之内"].iter().find(|word| phrase[found.end()..].starts_with(**word));
    let within = within.filter(|_| years).map_or(0, |word| word.len());
    Some((found.end() + within, Modifier::Deadline))
}

/// `自逾期之月起|按照最新标准支付`: from when.
fn since(phrase: &str) -> Option<usize> {
    let near = prefix(phrase, 90);
    let from = near.starts_with('自');
    let end = ["之日起", "之月起", "之时起"]
        .iter()
        .find_map(|end| literal::find(near, end).filter(|_| from).map(|at| at + end.len()))?;
    let plain = !near[..end].contains(['，', '。', '；']);
    (plain && may_follow(&phrase[end..])).then_some(end)
}

/// `于会议召开十五日前|通知业主`: how long before an event.
fn before_event(phrase: &str) -> Option<usize> {
    let rest = phrase.strip_prefix('于').or(phrase.strip_prefix('在'))?;
    let near = prefix(rest, 120);
    if let Some(at) = literal::find(near, "之日起") {
        // 于有效期届满之日起二日内|自行拆除
        let from = phrase.len() - rest.len() + at + "之日起".len();
        let length = DEADLINE.as_ref()?.find(prefix(&phrase[from..], 60))?;
        let end = from + length.end();
        let within = phrase[..end].ends_with('内') && !near[..at].contains('，');
        return Some(end).filter(|&end| within && may_follow(&phrase[end..]));
    }
    // one look spares most phrases five
    if !literal::holds(near, "前") {
        return None;
    }
    ["日前", "天前", "个月前", "小时前", "日之前"]
        .iter()
        .filter_map(|end| Some((literal::find(near, end)?, end.len())))
        .filter(|&(at, _)| {
            words::NUMERALS.iter().any(|n| near[..at].trim_end_matches("工作").ends_with(n))
                || near[..at].ends_with(|one: char| one.is_ascii_digit())
        })
        .map(|(at, length)| phrase.len() - rest.len() + at + length)
        .min()
        .filter(|&end| may_follow(&phrase[end..]))
}

/// Whether a phrase may begin with a deadline: a number, or one of few words; behind a preposition some
/// more.
fn may_begin_deadline(phrase: &str) -> bool {
    let rest = phrase.strip_prefix("力争").unwrap_or(phrase);
    let rest = rest.strip_prefix("截至").unwrap_or(rest);
    let rest = rest.strip_prefix(['到', '至', '于', '在']).unwrap_or(rest);
    let led = rest.len() < phrase.len();
    let mut characters = rest.chars();
    match characters.next() {
        Some('0'..='9' | '自' | '第' | '年') => true,
        Some('月' | '季') => led,
        Some('提') => characters.next() == Some('前'),
        Some('一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '半' | '两') => {
            true
        }
        Some('百' | '〇' | '○') => led,
        Some('当' | '次' | '本') => matches!(characters.next(), Some('年' | '月' | '日')),
        Some('每') => led && matches!(characters.next(), Some('年' | '月' | '季')),
        _ => false,
    }
}

/// `每年|12月|向社会公布`: the month in which something is done every year.
pub(super) fn month(phrase: &str) -> Option<usize> {
    let number = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    // 每季度|末月25日前|报送
    let day = phrase.strip_prefix("末月").map(|day| day.trim_start_matches(number));
    if let Some(rest) = day.and_then(|day| day.strip_prefix("日前")) {
        return may_follow(rest).then_some(phrase.len() - rest.len());
    }
    let rest = phrase.trim_start_matches(number);
    let month = rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月'))?;
    // 每年三月为宣传月
    let acts = may_follow(month) && !month.starts_with('为');
    (rest.len() < phrase.len() && acts).then_some(phrase.len() - month.len())
}

/// `收到通报后30日内|提出申请`, `开学前|完成更新`: how long after what, and before which time of the year.
pub(super) fn by_event(phrase: &str) -> Option<(usize, Modifier)> {
    // 事前|向党组织报告, 事后|应及时报告
    if let Some(rest) = ["事前", "事后"].iter().find_map(|word| phrase.strip_prefix(word))
        && (may_follow(rest) || rest.starts_with('向'))
    {
        return Some(("事前".len(), Modifier::Time));
    }
    let head = prefix(phrase, 90);
    let end = after_event(phrase, head).or_else(|| before_season(head))?;
    (end == phrase.len() || may_follow(&phrase[end..])).then_some((end, Modifier::Deadline))
}

/// `接到报告后2小时内`, `项目竣工验收后一个月内`
pub(super) fn after_event(phrase: &str, head: &str) -> Option<usize> {
    let inside = literal::find(head, "内")?;
    let length = &head[..inside];
    let length = length.strip_suffix(['以', '之']).unwrap_or(length);
    let unit = ["个工作日", "工作日", "小时", "分钟", "个月", "日", "天", "周", "年"];
    let number = unit.iter().find_map(|unit| length.strip_suffix(unit))?;
    let event = number.trim_end_matches(|c: char| c.is_ascii_digit() || NUMERALS.contains(c));
    let counted = event.len() < number.len();
    let event = event.trim_end_matches('的');
    let after = event.strip_suffix('后').or_else(|| event.strip_suffix("之日起"))?;
    let end = inside + "内".len();
    let plain = (after == "事" || (2..=16).contains(&after.chars().count()))
        && !after.contains(['，', '应', '须', '由', '的']);
    // 保卫处|接报后15分钟内到达: who acts stands before the event
    // 筹备|组成立后三个月内: a body by its work
    let body = after[words::predicate(after)..].starts_with('组');
    let told = words::begins_predicate(after) && !body
        || after.starts_with(['收', '接', '在'])
        || after.chars().count() <= 4
        || end == phrase.len();
    (counted && plain && told).then_some(end)
}

/// `汛前`, `秋季开学前`, `春节前`
fn before_season(head: &str) -> Option<usize> {
    let at = literal::find(head, "前")?;
    let before = &head[..at];
    let before = before.strip_suffix(['以', '之']).unwrap_or(before);
    let before = before.strip_suffix("来临").unwrap_or(before);
    let season = before
        .strip_prefix("于")
        .or_else(|| before.strip_prefix("在"))
        .unwrap_or(before)
        .trim_start_matches(['春', '夏', '秋', '冬', '季']);
    let named = [
        "开学",
        "放假",
        "入汛",
        "汛期",
        "汛",
        "入冬",
        "供暖",
        "采暖期",
        "节假日",
        "国庆节",
        "放学",
        "上课",
        "上岗",
    ];
    (named.contains(&season) || matches!(before, "春节" | "国庆" | "节")).then_some(at + "前".len())
}

/// `建设工程放线前` is a deadline, `发现问题后` a time.
pub(super) fn until(phrase: &str) -> Modifier {
    let before = phrase.ends_with('前') || phrase.ends_with("之前") || phrase.ends_with("以前");
    let now = ["目前", "当前", "此前", "日前", "提前"].iter().any(|word| phrase.ends_with(word))
        && !phrase.ends_with("日前")
        || phrase.chars().count() < 3;
    // 筹备组成立后三个月内
    let within = phrase.ends_with('内') && words::ends(Class::SpanEnd, phrase) > 0;
    if before && !now || within { Modifier::Deadline } else { Modifier::Time }
}
