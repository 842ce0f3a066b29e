//! Who receives a report, a signature, a filing or a proposal (duties.md, "recipients").
//!
//! In: an action within its passage. Out: the bodies it is handed to. Not here: persons
//! (`向当事人说明`) and the public (`向社会公布`), who are no bodies.
//!
//! `将调查结果提请市人大常委会审议` has 市人大常委会, `报原审批部门备案` the body that no lexicon knows.

use std::ops::Range;

use super::organization::{self, Group, Mention, Naming};
use super::words::{self, Class};
use super::{OrganizationKind, modifier, subject};

/// Bytes of the longest phrase that is taken for one or more bodies.
const LONGEST: usize = 150;

/// The recipients an action names.
pub(super) fn recipients(
    passage: &str,
    action: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = action.start;
    while let Some((begin, length)) = words::find_from(Class::Handing, &passage[..action.end], at) {
        at = begin + length;
        let verb = &passage[begin..at];
        // 提出责任追究|建议|报领导小组: a noun
        let rest = &passage[at..action.end];
        let noun = verb == "建议"
            && (words::begins(Class::Handing, rest) > 0 || rest.starts_with(['并', '和', '、']));
        if noun || is_part_of_word(&passage[action.start..begin], verb) {
            continue;
        }
        let Some(end) = handed_to(passage, at..action.end, verb, groups) else { continue };
        let mentions = bodies(passage, at..end, groups, naming);
        at = if mentions.is_empty() { at } else { end };
        for mention in mentions {
            if found.iter().all(|known| known.name != mention.name) {
                found.push(mention);
            }
        }
    }
    found
}

/// Whether a short verb ends another word: 面向, 通报, 运送.
pub(super) fn is_part_of_word(before: &str, verb: &str) -> bool {
    let ends = match verb {
        "向" => "面转方流导倾投走定取志意去动",
        "报" => "举通汇预申虚谎瞒漏迟情公警简画回填呈上",
        "送" => "报抄运输发护移递赠推播寄呈",
        "报告" | "申报" => "的查价作",
        _ => "的",
    };
    before.chars().next_back().is_some_and(|last| ends.contains(last))
}

/// Where the phrase ends that a verb hands something to; `None` where nothing is handed over.
fn handed_to(passage: &str, rest: Range<usize>, verb: &str, groups: &[Group]) -> Option<usize> {
    let text = &passage[rest.clone()];
    // names hold verbs (监督管理部门): what is known for a name is passed over
    let known = known_end(passage, rest.clone(), groups);
    let from = known.map_or(0, |end| end - rest.start);
    if verb == "向" || verb == "同" || verb == "与" {
        let class = if verb == "向" { Class::Tell } else { Class::Signing };
        let (told, length) = words::find_from(class, text, from)?;
        // 履行与管理中心签订的合同
        if class == Class::Signing && text[told + length..].starts_with('的') {
            return None;
        }
        // 向本级人民政府|书面|报告
        let manner = text[from..told].char_indices().map(|(cut, _)| from + cut);
        let cut = manner
            .skip(usize::from(from == 0))
            .find(|&cut| ends_here(&text[cut..told]) && !is_inside_name(&text[cut..]));
        let end = match whole_body(text, from, told).or(cut) {
            Some(cut) => cut,
            // 向省人民政府|作出关于…的报告
            None if from > 0 && told - from > 60 => return None,
            None => told,
        };
        return (end <= LONGEST).then_some(rest.start + end);
    }
    let cuts = text.char_indices().map(|(cut, _)| cut).filter(|&cut| cut >= from.max(6));
    let ends = cuts
        .chain(std::iter::once(text.len()))
        .filter(|&cut| ends_here(&text[cut..]) && !is_inside_name(&text[cut..]));
    let end = described_end(text, from, ends)?;
    let after = &text[end..];
    // 送交公安机关 alone gives a thing, 送交…征求意见 proposes one
    let short = matches!(verb, "报" | "送" | "送交" | "递交");
    let filed = after.is_empty() || words::find(Class::File, after).is_some_and(|at| at <= 6);
    (end <= LONGEST && !after.starts_with('的') && (!short || filed)).then_some(rest.start + end)
}

/// `所在地的县级以上地方人民政府|负责管理地震工作的机构|报告`: where a body ends that is told by what it does, if
/// one ends where the telling begins, or before a manner of it.
fn whole_body(text: &str, from: usize, told: usize) -> Option<usize> {
    let mut end = told;
    while let Some(before) = ["书面", "及时", "立即", "如实", "定期", "一并"]
        .iter()
        .find_map(|manner| text[..end].strip_suffix(*manner))
    {
        end = before.len();
    }
    let described = text.get(from..end)?;
    let one = described.matches('的').count() == 1 && !described.contains(['，', '、']);
    (one && words::ends(Class::BodyEnd, described) > 0).then_some(end)
}

/// `提请作出不予立案决定的公安机关|复议`: the first end, or where what it leaves is no body, the first that has one.
fn described_end(text: &str, from: usize, ends: impl Iterator<Item = usize>) -> Option<usize> {
    let body = |end: usize| end == from || words::ends(Class::BodyEnd, &text[..end]) > 0;
    let mut first = None;
    for end in ends {
        first = first.or(Some(end));
        // 报市、|县（市）主管部门|审查: levels of one body
        let levels = text.starts_with(['省', '市', '县', '区']) && !text[..end].contains('，');
        if text[..end].contains(['，', '、']) && !levels {
            break;
        }
        if body(end) {
            return Some(end);
        }
    }
    first
}

/// Whether what follows a recipient goes on with a verb, a manner or a modifier.
fn ends_here(rest: &str) -> bool {
    // 街道|办事处, 县人居|办: the end of a name
    if rest.starts_with("办事处") || rest.starts_with('办') && words::predicate(rest) == "办".len()
    {
        return false;
    }
    // 向水行政主管部门|或者流域管理机构申请
    if rest.starts_with(['或', '和']) && !rest.starts_with("或者其") {
        return false;
    }
    rest.is_empty()
        || words::predicate(rest) > 0
        || words::adverbs(rest) > 0
        || rest.starts_with(['并', '作', '及'])
        || words::begins(Class::File, rest) > 0
        || words::begins(Class::Conjunction, rest) > 0
        || modifier::leading_part(rest).is_some()
        || words::begins(Class::Basis, rest) > 0
}

/// 公司|登记机关, 植物|检疫机构: a verb that is part of a body's name.
pub(super) fn is_inside_name(rest: &str) -> bool {
    let mut at = 0;
    while let length = words::predicate(&rest[at..])
        && length > 0
    {
        at += length;
    }
    at > 0 && words::begins(Class::BodyEnd, &rest[at..]) > 0
}

/// Where the coordination of known names ends that a phrase begins with.
fn known_end(passage: &str, rest: Range<usize>, groups: &[Group]) -> Option<usize> {
    let mut end = None;
    let from = groups.partition_point(|group| group.range.start < rest.start);
    for group in groups[from..].iter().take_while(|group| group.range.end <= rest.end) {
        let before = &passage[end.unwrap_or(rest.start)..group.range.start];
        let begins = end.is_none() && (before.is_empty() || matches!(before, "其" | "原"));
        let joined = end.is_some() && matches!(before, "和" | "及" | "以及" | "或者" | "或" | "、");
        if !begins && !joined {
            break;
        }
        end = Some(group.range.end);
    }
    end
}

/// The bodies a phrase names: by the lexicon, by grammar, or by the word it ends with.
fn bodies(passage: &str, phrase: Range<usize>, groups: &[Group], naming: &Naming) -> Vec<Mention> {
    let mut start = phrase.start;
    let text = &passage[start..phrase.end];
    // 送|达乡镇人民政府
    if text.starts_with(['至', '给', '达']) {
        start += "至".len();
    }
    if passage[start..].starts_with('其') && !passage[start..].starts_with("其他") {
        start += "其".len();
        // 建议其|督促看守所纠正: a verb with its object
        let text = &passage[start..phrase.end];
        if words::predicate(text) > 0 && !is_inside_name(text) {
            return Vec::new();
        }
    }
    let mut mentions = if known_end(passage, start..phrase.end, groups) == Some(phrase.end) {
        let within = |group: &&Group| group.range.start >= start && group.range.end <= phrase.end;
        groups.iter().filter(within).flat_map(|group| group.mentions.iter().cloned()).collect()
    } else {
        subject::shifted(organization::subject(&passage[start..phrase.end], naming), start)
    };
    if mentions.is_empty() {
        // 向帮扶单位或者捐助者反馈: who is known, where the other is not
        let first = groups.iter().find(|group| group.range.start == start);
        let other = |group: &&Group| passage[group.range.end..phrase.end].starts_with('或');
        mentions = first
            .filter(|group| group.range.end < phrase.end)
            .filter(other)
            .map_or(Vec::new(), |group| group.mentions.clone());
    }
    if mentions.is_empty() {
        mentions = unlisted(&passage[start..phrase.end], start, naming);
    }
    mentions.retain(|mention| mention.kind != OrganizationKind::Persons);
    mentions
}

/// `主任会议或者常务委员会全体会议`, `县人居办`: bodies by the word they end with, offices of a tier.
fn unlisted(phrase: &str, at: usize, naming: &Naming) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in
        phrase.split('、').flat_map(|part| part.split("或者")).flat_map(|part| part.split('和'))
    {
        start += phrase[start..].find(part).unwrap_or(0);
        let name = part.trim_start_matches("本").trim_start_matches("该");
        let body = words::ends(Class::BodyEnd, name) > 0;
        let office = subject::is_local(name) && (body || words::ends(Class::OfficeEnd, name) > 0);
        let body = (office || body) && name.chars().count() <= 24 && !name.contains('，');
        if !body {
            return Vec::new();
        }
        let end = start + part.len();
        found.push(organization::as_printed(name, at + end - name.len()..at + end, naming));
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(action: &str) -> String {
        let naming = Naming::default();
        let groups = organization::groups(action, &naming);
        let found = recipients(action, 0..action.len(), &groups, &naming);
        found.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn who_is_told_and_handed_to() {
        for (action, expected) in [
            ("向原审批部门提出申请", "原审批部门"),
            ("将重大问题及时报告主任会议", "主任会议"),
            ("提请常务委员会全体会议表决", "常务委员会全体会议"),
            ("提请同级人民政府按照有关规定给予行政处罚", "同级人民政府"),
            ("立即报告公安机关", "公安机关"),
            ("向常务委员会全体会议作法规草案修改情况的说明", "常务委员会全体会议"),
            ("报原发证机关备案", "原发证机关"),
            ("经甲部门同意后，报相关部门批准", "相关部门"),
            ("提请作出不予立案决定的公安机关复议", "作出不予立案决定的公安机关"),
            ("建议人民检察院依法进行立案监督", "人民检察院"),
            ("及时通报有关主管部门", "主管部门"),
            ("向人民法院提起公益诉讼", "人民法院"),
            ("向社会公布举报电话", ""),
            ("向当事人说明理由", ""),
            ("面向基层单位提供服务", ""),
            ("提交有关部门的证明", ""),
            ("举报违法行为", ""),
        ] {
            assert_eq!(shown(action), expected, "{action}");
        }
    }
}
