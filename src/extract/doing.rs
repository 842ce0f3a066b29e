//! What anybody may be doing of whom something is demanded then: `从事计量活动应当遵守职业道德`.
//!
//! In: a phrase before a modal word. Out: whether it tells a doing, which names nobody and is no thing.
//! Not here: who was named before (`extract::duty`), doings of somebody named (`extract::circumstance`).
//!
//! `编制规划` is one, `规划编制` and `处理结果` are things, `取得许可证的企业` is somebody.

use std::ops::Range;

use super::organization;
use super::subject::modal_inside;
use super::words::{self, Class};
use crate::text::literal;

/// `印制发票|应当|使用防伪专用品`: the doing that a clause begins with, up to its modal word.
pub(super) fn before_demand(clause: &str) -> Option<Range<usize>> {
    if !begins(clause) {
        return None;
    }
    let at = modal_inside(clause)?;
    let demanded =
        ["应当", "必须", "不得", "应", "须"].iter().any(|modal| clause[at..].starts_with(modal));
    (demanded && is_whole(&clause[..at])).then_some(0..at)
}

/// Whether a phrase is a verb with its object, said of nobody.
pub(super) fn is_whole(phrase: &str) -> bool {
    let Some(object) = object(phrase).filter(|_| begins(phrase)) else { return false };
    let plain = object.chars().count() >= 2
        && words::begins(Class::DoingPart, object) < object.len()
        && !object.contains(['，', '应', '被', '由', '其', '是'])
        && !object.ends_with(['的', '后', '前', '时', '中', '内', '间', '还', '者', '人', '外'])
        && !["活动经费", "情况", "期间", "一般", "至少"].iter().any(|end| object.ends_with(end));
    plain && (!object.contains('的') || is_described(object))
}

/// Whether a phrase begins with a verb that takes an object: `使用`, `从事`.
pub(super) fn begins(phrase: &str) -> bool {
    words::begins(Class::Doing, phrase) > 0 || words::begins(Class::DoingLoose, phrase) > 0
}

/// What stands behind the verbs, of which there may be several: `勘查、开采|矿产资源`.
fn object(phrase: &str) -> Option<&str> {
    let mut rest = phrase;
    loop {
        let sure = words::begins(Class::Doing, rest);
        let verb = sure.max(words::begins(Class::DoingLoose, rest));
        // the last of several may be any verb: 贮存、运输、|倾倒
        let verb = if verb > 0 { verb } else { words::predicate(rest) };
        if verb == 0 {
            return None;
        }
        let after = &rest[verb..];
        let joint = ["、", "或者", "和", "或", "及", "与"]
            .iter()
            .find_map(|joint| after.strip_prefix(joint))
            .filter(|next| begins(next) || words::predicate(next) >= 6);
        match joint {
            Some(next) => rest = next,
            None => {
                // 处理|结果, 运输|车辆: the verb is part of a noun; 制定|标准 is not
                let noun = sure == 0 && words::begins(Class::DoingPart, after) > 0
                    || after.starts_with(['者', '人', '的', '员', '权', '量', '期', '费', '书']);
                return (!noun).then_some(after);
            }
        }
    }
}

/// `涉及企业的|政策`, `与中医药有关的|工作`: what describes the object, not the thing that does it.
fn is_described(object: &str) -> bool {
    const BEGINS: [&str; 15] = [
        "涉及",
        "与",
        "可能",
        "属于",
        "前款",
        "本条",
        "本法",
        "本规定",
        "国家",
        "列入",
        "非",
        "易",
        "符合",
        "有关",
        "相关",
    ];
    let head = object.rfind('的').map_or(object, |at| &object[at + "的".len()..]);
    BEGINS.iter().any(|begin| object.starts_with(begin))
        && !organization::may_end_subject(head)
        && !["车辆", "船舶", "产品", "企业", "单位"].iter().any(|thing| literal::holds(head, thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doings_and_things() {
        for phrase in [
            "从事计量活动",
            "编制轨道交通规划",
            "印制发票",
            "勘查、开采矿产资源",
            "装卸、运输可能产生扬尘的物料",
            "制定涉及市场主体经济活动的政策措施",
            "运输危险货物",
            "处理个人信息",
        ] {
            assert!(is_whole(phrase), "{phrase}");
        }
        for phrase in [
            "规划编制",
            "处理结果",
            "运输车辆",
            "运输危险货物的车辆",
            "取得许可证的企业",
            "采伐",
            "申请人",
            "使用的洗涤剂",
            "实施方案",
            "销售台账",
        ] {
            assert!(!is_whole(phrase), "{phrase}");
        }
    }
}
