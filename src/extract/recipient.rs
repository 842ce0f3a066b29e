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
        let rest = &passage[at..action.end];
        if is_noun(verb, rest) || is_part_of_word(&passage[action.start..begin], verb) {
            continue;
        }
        let Some(end) = handed_to(passage, at..action.end, verb, groups) else { continue };
        if hands_inside(passage, at..end, verb, groups) {
            continue;
        }
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

/// Whether what looks like a verb is a noun, or begins one: 提出责任追究|建议|报领导小组, 劳动|报|酬, |申请|材料.
fn is_noun(verb: &str, rest: &str) -> bool {
    const NOUNS: [&str; 8] = ["书", "表", "材料", "资料", "人", "者", "制度", "机关"];
    let hands = words::begins(Class::Handing, rest) > 0;
    match verb {
        "建议" => hands || rest.starts_with(['并', '和', '、']),
        "报" => rest.starts_with([
            '酬', '表', '名', '刊', '道', '销', '废', '价', '警', '考', '关', '复', '装',
        ]),
        // 送|达: how a court hands over
        "送" => rest.starts_with(['达', '检', '餐', '货', '气', '水', '电']),
        "报告" | "申请" | "通报" => {
            (hands && !rest.starts_with('同'))
                || NOUNS.iter().any(|noun| rest.starts_with(noun)) && !rest.starts_with("人民")
        }
        _ => false,
    }
}

/// `以专报|形式|报|领导小组组长`: whether another verb within a phrase hands over to what ends it.
fn hands_inside(passage: &str, phrase: Range<usize>, verb: &str, groups: &[Group]) -> bool {
    const PLAIN: [&str; 6] = ["机关", "单位", "部门", "人", "机构", "组织"];
    if verb == "向" {
        return false;
    }
    let mut at = phrase.start;
    while let Some((begin, length)) = words::find_from(Class::Handing, &passage[..phrase.end], at) {
        at = begin + length;
        let inner = &passage[begin..at];
        let rest = &passage[at..phrase.end];
        let named = groups.iter().any(|group| group.range.start < at && begin < group.range.end);
        let whole = rest.is_empty() || rest.starts_with('的') || PLAIN.contains(&rest);
        // 提请上级人民检察院|向同级人民法院提出抗诉: another hands over
        let other = inner == "向" && words::ends(Class::BodyEnd, &passage[phrase.start..begin]) > 0;
        if begin > phrase.start
            && !other
            && !whole
            && !named
            && !is_noun(inner, rest)
            && inner != "申请"
            && inner != "建议"
            && !is_part_of_word(&passage[phrase.start..begin], inner)
        {
            return true;
        }
    }
    false
}

/// Whether a short verb ends another word: 面向, 通报, 运送.
pub(super) fn is_part_of_word(before: &str, verb: &str) -> bool {
    let ends = match verb {
        "向" => "面转方流导倾投走定取志意去动",
        "报" => "举通汇预申虚谎瞒漏迟情公警简画回填呈上专快海",
        "送" => "报抄运输发护移递赠推播寄呈",
        "报告" | "申报" => "的查价作",
        _ => "的",
    };
    // 主动|向, 书面|向
    let manner = verb == "向" && (before.ends_with("主动") || before.ends_with("书面"));
    !manner && before.chars().next_back().is_some_and(|last| ends.contains(last))
}

/// Where the phrase ends that a verb hands something to; `None` where nothing is handed over.
fn handed_to(passage: &str, rest: Range<usize>, verb: &str, groups: &[Group]) -> Option<usize> {
    let text = &passage[rest.clone()];
    // names hold verbs (监督管理部门): what is known for a name is passed over
    let known = known_end(passage, rest.clone(), groups);
    let from = known.map_or(0, |end| end - rest.start);
    if verb == "向" {
        let (told, _) = words::find_from(Class::Tell, text, from)?;
        // 向县政府总值班室和县应急管理局|电话|报告
        let end = before_manner(&text[..told]);
        let between = text.get(from..end).unwrap_or_default();
        let act = from > 0 && words::predicate(between) > 0 && !is_inside_name(between);
        let office = text[..end].ends_with('所') && text[end..].starts_with('在');
        if is_body_like(&text[..end]) && !act && !office && !between.contains('，') {
            return (end <= LONGEST).then_some(rest.start + end);
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
            None => from.max(before_manner(&text[..told])),
        };
        return (end <= LONGEST).then_some(rest.start + end);
    }
    // 抄送省水利厅|等成员单位; 报省教育厅|（学校安全管理处）
    if let Some(after) = text.get(from..).filter(|_| from > 0)
        && (after.starts_with('等') || after.starts_with('（') && after.ends_with('）'))
    {
        return Some(rest.start + from);
    }
    let cuts = text.char_indices().map(|(cut, _)| cut).filter(|&cut| cut >= from.max(6));
    let ends = cuts
        .chain(std::iter::once(text.len()))
        .filter(|&cut| ends_here(&text[cut..]) && !is_inside_name(&text[cut..]));
    let short = matches!(verb, "报" | "送" | "送交" | "递交");
    let filed =
        |after: &str| after.is_empty() || words::find(Class::File, after).is_some_and(|at| at <= 6);
    // 报街道党工委、办事处|审定: what is filed ends where its filing begins
    let whole = ends.clone().find(|&end| {
        short && from == 0 && end > 0 && filed(&text[end..]) && is_body_like(&text[..end])
    });
    let end = match whole {
        Some(end) => end,
        None => described_end(text, from, ends)?,
    };
    // 提请上级人民检察院|向同级人民法院提出抗诉: what the one does with the other
    let with = text[..end].find('向').filter(|&at| words::ends(Class::BodyEnd, &text[..at]) > 0);
    let end = with.unwrap_or(end);
    let after = &text[end..];
    // 送交公安机关 alone gives a thing, 送交…征求意见 proposes one
    // 提交设计单位|出具的|意见
    let verb = words::predicate(after);
    let told_of = verb > 0 && after[verb..].starts_with('的');
    let handed = !after.starts_with('的') && !told_of && (!short || filed(after));
    (end <= LONGEST && handed).then_some(rest.start + end)
}

/// Whether a phrase ends as the name of a body, an office or a post does.
fn is_body_like(phrase: &str) -> bool {
    !phrase.contains('，')
        && (words::ends(Class::BodyEnd, phrase) > 0
            || organization::may_end_subject(phrase)
            || words::ends(Class::OfficeEnd, phrase) > 0 && !phrase.ends_with(['段', '所', '院']))
}

/// `所在地的县级以上地方人民政府|负责管理地震工作的机构|报告`: where a body ends that is told by what it does, if
/// one ends where the telling begins, or before a manner of it.
fn whole_body(text: &str, from: usize, told: usize) -> Option<usize> {
    let end = before_manner(&text[..told]);
    let described = text.get(from..end)?;
    let one = described.matches('的').count() == 1 && !described.contains(['，', '、']);
    (one && words::ends(Class::BodyEnd, described) > 0).then_some(end)
}

/// `向市委常委会|专题|报告`, `向县人民政府|作|书面检讨`: where a body ends, before how it is told.
fn before_manner(told: &str) -> usize {
    const MANNERS: [&str; 22] = [
        "一并", "专门", "专题", "书面", "作出", "作", "做出", "做", "全面", "单独", "口头", "及时",
        "如实", "定期", "当面", "按时", "按期", "推荐", "电话", "立即", "进行", "集中",
    ];
    let mut end = told.len();
    // 合作, 制作: no light verb
    while let Some(before) = MANNERS
        .iter()
        .find_map(|manner| told[..end].strip_suffix(*manner))
        .filter(|before| !before.ends_with(['合', '工', '协', '操', '制']))
    {
        end = before.len();
    }
    end
}

/// `提请作出不予立案决定的公安机关|复议`: the first end, or where what it leaves is no body, the first that has one.
fn described_end(text: &str, from: usize, ends: impl Iterator<Item = usize>) -> Option<usize> {
    let body = |end: usize| {
        let name = &text[..end];
        end == from
            || words::ends(Class::BodyEnd, name) > 0
            || words::ends(Class::OfficeEnd, name) > 0 && (from > 0 || subject::is_local(name))
    };
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
    let rest = &rest[at..];
    // 普查|办, 保卫|处
    let office = words::begins(Class::OfficeEnd, rest);
    let after = &rest[office..];
    let office = office > 0
        && (after.is_empty()
            || words::begins(Class::Tell, after) > 0
            || words::begins(Class::File, after) > 0
            || after.starts_with(['、', '和'])
            // 国际交流|科|统一管理
            || (rest.starts_with(['科', '室', '站', '中', '办']) && words::adverbs(after) > 0));
    at > 0 && (words::begins(Class::BodyEnd, rest) > 0 || office)
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
    let text = &passage[start..phrase.end];
    // 报送整改情况|报告|和主要负责人落实情况: no handing over
    if text.starts_with(['和', '、', '及', '并', '在', '于', '的']) || text.starts_with("应当")
    {
        return Vec::new();
    }
    let mut mentions = if known_end(passage, start..phrase.end, groups) == Some(phrase.end) {
        let within = |group: &&Group| group.range.start >= start && group.range.end <= phrase.end;
        groups.iter().filter(within).flat_map(|group| group.mentions.iter().cloned()).collect()
    } else {
        office_of(passage, start..phrase.end, groups)
    };
    if mentions.is_empty() {
        mentions = subject::shifted(organization::subject(text, naming), start);
        // 省医改办、省卫生计生委: more than are known; 县政府|总值班室和县应急管理局: more of one
        let goes_on = |one: &Mention| {
            let after = passage.get(one.range.end..phrase.end).unwrap_or_default();
            !after.is_empty()
                && !after.starts_with(['、', '和', '或', '及', '以', '与', '等', '（', '的', '同'])
        };
        let more = mentions.len() <= text.matches('、').count() || mentions.iter().any(goes_on);
        if !mentions.is_empty() && more {
            let all = unlisted(passage, start..phrase.end, groups, naming);
            mentions = if all.len() > mentions.len() { all } else { mentions };
        }
    }
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
        mentions = unlisted(passage, start..phrase.end, groups, naming);
    }
    // 省水利厅|等考核工作组成员单位; 身份证、退役证件或移交政府|安置证明
    mentions.retain(|one| {
        !one.name.starts_with('等') && (one.name.contains('（') || !one.name.contains('、'))
    });
    mentions.retain(|mention| mention.kind != OrganizationKind::Persons);
    mentions
}

/// `省民政厅|社会事务处`: an office of a body that is known.
fn office_of(passage: &str, phrase: Range<usize>, groups: &[Group]) -> Vec<Mention> {
    let owner = groups.iter().find(|group| group.range.start == phrase.start);
    let Some(owner) = owner.filter(|owner| owner.range.end < phrase.end) else { return Vec::new() };
    let [body] = owner.mentions.as_slice() else { return Vec::new() };
    let office = &passage[owner.range.end..phrase.end];
    // 县政府|总值班室和县应急管理局, but 市妇联|家庭和儿童工作部
    let other = office
        .split_once('和')
        .is_some_and(|(own, other)| own.is_empty() || subject::is_local(other));
    let plain = !other && !office.contains(['、', '或', '，', '的', '（', '及']);
    if !plain || words::ends(Class::OfficeEnd, office) == 0 || office.chars().count() > 12 {
        return Vec::new();
    }
    vec![Mention { name: [body.name.as_str(), office].concat(), range: phrase, ..body.clone() }]
}

/// `主任会议或者常务委员会全体会议`, `县政府总值班室和县应急管理局`, `保卫处`: bodies each by itself, known or by the
/// word it ends with.
fn unlisted(
    passage: &str,
    phrase: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Vec<Mention> {
    let text = &passage[phrase.clone()];
    let mut found = Vec::new();
    let mut start = phrase.start;
    for part in text
        .split('、')
        .flat_map(|part| part.split("或者"))
        .flat_map(|part| part.split(['和', '及']))
    {
        start += passage[start..phrase.end].find(part).unwrap_or(0);
        let end = start + part.len();
        let name = part.trim_start_matches("本").trim_start_matches("该");
        let own = office_of(passage, start..end, groups);
        let own = if own.is_empty() && part.len() < text.len() {
            subject::shifted(organization::subject(part, naming), start)
        } else {
            own
        };
        let body = words::ends(Class::BodyEnd, name) > 0;
        let short =
            name.chars().count() <= 12 && !name.contains(['的', '在', '等', '于', '以', '后']);
        let ended = words::ends(Class::OfficeEnd, name) > 0 || name.ends_with('委');
        let office = subject::is_local(name) && ended
            || short && ["处", "科", "室", "中心"].iter().any(|end| name.ends_with(end));
        let printed = (office || body) && name.chars().count() <= 24 && !name.contains('，');
        match own.is_empty() {
            false => found.extend(own),
            true if printed => {
                found.push(organization::as_printed(name, end - name.len()..end, naming));
            }
            true => return Vec::new(),
        }
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
            ("向市委常委会专题报告1次", "市委常委会"),
            ("向县政府总值班室电话报告", "县人民政府总值班室"),
            ("向县人民政府作书面检讨", "县人民政府"),
            ("主动向党委、政府汇报", "党委/政府"),
            ("择优向市妇联推荐候选家庭", "市妇女联合会"),
            ("将进展情况报区合作交流办", "区合作交流办"),
            ("报省医改办、省卫生健康委备案", "省医改办/省卫生健康委员会"),
            ("将结果反馈案件移送部门", "案件移送部门"),
            ("评估报告报市财政局", "市财政局"),
            ("以专报形式报领导小组组长", "领导小组组长"),
            ("将总结报省民政厅社会事务处", "省民政厅社会事务处"),
            ("抄送省水利厅等考核工作组成员单位", "省水利厅"),
            ("报省教育厅（学校安全管理处）", "省教育厅"),
            ("向保卫处报告", "保卫处"),
            ("向市普查办报告工作进度", "市普查办"),
            ("抄送县委办、县纪委", "县委办/县纪委"),
            ("提请上级人民检察院向同级人民法院提出抗诉", "上级人民检察院/同级人民法院"),
            ("与中标单位签订特许经营协议", ""),
            ("将裁定书送达公安机关", ""),
            ("提交设计单位出具的意见", ""),
            ("将涉嫌拒不支付劳动报酬案件移送公安机关", ""),
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
