//! What follows a name in a clause, and shows whether the name is its subject.
//!
//! In: the clause behind a name. Out: whether the name goes on there, or what is said is said of a thing. Not
//! here: who is named (`extract::organization`), the parts of a clause (`extract::clause`).
//!
//! In `国家机关办公建筑应当节能` nobody is told to do anything: what follows 国家机关 is a thing of theirs.

use super::OrganizationKind;
use super::modifier;
use super::organization::{self, Group, Mention};
use super::subject::{may_act, modal_inside};
use super::words::{self, Class};
use crate::text::literal;

/// 国家机关|办公建筑应当, 代表|建议、批评和意见应当: what follows the name is a thing of theirs.
pub(super) fn names_a_thing(after: &str) -> bool {
    const THINGS: [&str; 6] =
        ["办公建筑", "办公楼", "办公用房", "办公区", "办公场所", "建议、批评"];
    // 海关|监管区内的货物
    let zone = after.strip_prefix("监管").or(after.strip_prefix("保护"));
    THINGS.iter().any(|thing| after.starts_with(thing))
        || zone.is_some_and(|rest| rest.starts_with('区'))
}

/// 人民政府中小企业|投诉机构应当: what follows the name is no verb, but the beginning of a longer name.
pub(super) fn is_longer_name(after: &str) -> bool {
    const NOUNS: [&str; 11] =
        ["机构", "部门", "单位", "机关", "组织", "企业", "人员", "者", "方", "人", "商"];
    let verb = words::predicate(after);
    // 乡镇|统计员, 乡镇|统计工作应当: neither is done by whom the name stands for
    let rest = &after[verb..];
    let thing = ["工作", "活动", "事业", "项目", "经费"]
        .iter()
        .find_map(|noun| rest.strip_prefix(noun))
        .is_some_and(|rest| words::modal(rest).is_some_and(|(length, _)| length >= "应当".len()));
    if verb > 0 && ((rest.starts_with('员') && !rest.starts_with("员工")) || thing) {
        return true;
    }
    let Some(noun) = NOUNS.iter().find(|noun| verb > 0 && after[verb..].starts_with(**noun)) else {
        return false;
    };
    let rest = &after[verb + noun.len()..];
    // 营业场所|经营单位和上网消费者不得
    let rest = match rest.strip_prefix(['和', '、', '及']) {
        Some(next) => modal_inside(next).filter(|&at| at <= 24).map_or(rest, |at| &next[at..]),
        None => rest,
    };
    rest.starts_with("负责") || words::modal(rest).is_some_and(|(length, _)| length >= "应当".len())
}

/// 市人民代表大会|会议举行三十日前: when what is named takes place.
pub(super) fn is_an_event(after: &str) -> bool {
    let held = ["举行", "召开", "开幕", "闭幕", "闭会", "成立", "换届"];
    after.ends_with(['前', '后', '时', '间'])
        && after.chars().count() <= 16
        && !after.contains(['的', '应', '对', '将', '在'])
        && held.iter().any(|verb| literal::find(after, verb).is_some_and(|at| at <= "会议".len()))
}

/// 负责法制工作的机构: whether a name ends as bodies' names do.
pub(super) fn is_body(name: &str) -> bool {
    ["机构", "部门", "单位", "机关", "组织", "人员"].iter().any(|body| name.ends_with(body))
}

/// 鉴定人|已经收取的费用应当退还, 各级财政|用于农业的投入应当增长: what the name does, or is for, says which thing is
/// meant; 人民政府|负责法制工作的机构应当: which body.
pub(super) fn says_which(after: &str) -> bool {
    const CHARGED: [&str; 6] = ["负责", "承担", "主管", "主持", "从事", "履行"];
    if !after.contains('的') || after.starts_with(['对', '将', '向', '把', '由', '为', '等'])
    {
        return false;
    }
    let Some(modal) = modal_inside(after) else { return false };
    let before = &after[..modal];
    let forced = words::modal(&after[modal..]).is_some_and(|(length, _)| length >= "应当".len());
    let Some((said, noun)) = before.rsplit_once('的').filter(|_| forced) else { return false };
    // 在规定的期限内|应当: when or where
    let place = ["时", "后", "前", "内", "中", "下", "上", "间", "限", "日", "点", "围", "域"];
    if !(2..=14).contains(&noun.chars().count())
        || noun.contains('，')
        || place.iter().any(|end| noun.ends_with(end))
    {
        return false;
    }
    match CHARGED.iter().any(|verb| said.starts_with(verb)) {
        true => is_body(noun),
        false => {
            let done = said.char_indices().rev().map(|(at, _)| at).take(4).any(|at| {
                let verb = words::predicate(&said[at..]);
                verb >= 6 && at + verb == said.len()
            });
            said.starts_with("用于") || done || said.ends_with('后')
        }
    }
}

/// 政府|督查工作应当坚持…: work that is called after whom it is done by.
pub(super) fn names_work(after: &str) -> bool {
    let verb = words::predicate(after);
    verb > 0
        && !super::doing::begins(after)
        && ["工作", "事业", "经费", "项目"]
            .iter()
            .find_map(|noun| after[verb..].strip_prefix(noun))
            .is_some_and(|rest| {
                words::modal(rest).is_some_and(|(length, _)| length >= "应当".len())
            })
}

/// 建设单位|或者个人应当: the subject goes on with a name that no lexicon knows.
pub(super) fn is_joined(after: &str, agent: bool) -> bool {
    if agent {
        return is_agent_joined(after);
    }
    // 法人|或者其他组织需要利用成果的
    let told = after.ends_with('的') || words::ends(Class::TimeEnd, after) > 0;
    if told
        && ["或者", "和", "、", "以及"].iter().any(|joint| after.starts_with(joint))
        && words::modal(after).is_none()
    {
        return true;
    }
    let joint = ["或者", "或", "和", "以及", "及", "与"];
    let joint = joint.iter().find_map(|word| Some((*word, after.strip_prefix(*word)?)));
    joint.is_some_and(|(word, other)| {
        modal_inside(other).is_some_and(|at| {
            // 与建设单位签订合同应当: 与 may open the predicate
            let act = match word {
                "与" => !other[..at].ends_with(['位', '构', '业', '门', '人', '者', '织']),
                // 所有人或者|经营人应当: a name may begin like a verb
                _ => {
                    // 村民委员会以及|从事港口经营的单位应当
                    let named = other[..at].rsplit_once('的');
                    let named = named.is_some_and(|(_, noun)| organization::may_end_subject(noun));
                    // 建设单位或者|运行管理单位应当
                    let body = is_body(&other[..at])
                        && !other[..at].contains(['对', '向', '将', '为', '由', '的']);
                    let person = at <= 15 && organization::is_person(&other[..at]);
                    words::begins_predicate(other) && !(named || body || person)
                }
            };
            at <= 60 && !act
        })
    })
}

/// 由水行政主管部门|或者长江水利委员会|依据职权: an agent goes on with a name that no lexicon knows.
fn is_agent_joined(after: &str) -> bool {
    joined_name(after).is_some()
}

/// 任何组织|或者个人|捐资修建场所: where a name ends that is joined to the one before, up to what both do.
pub(super) fn joined_name(after: &str) -> Option<usize> {
    let joint = ["或者", "或", "和", "以及", "及"].iter().find(|word| after.starts_with(**word))?;
    let other = &after[joint.len()..];
    // 本人|或者委托他人领取奖励: another act
    let act = words::begins(Class::ObjectVerb, other) > 0
        && words::begins(Class::ObjectNoun, other) == 0
        // 由主管部门|或者会同有关部门责令改正
        || other.starts_with("会同");
    if act {
        return None;
    }
    let ends = other.char_indices().map(|(at, _)| at).skip(2).take(16);
    ends.into_iter()
        .find(|&at| {
            organization::may_end_subject(&other[..at])
                && may_follow_name(&other[at..])
                && !other[at..].starts_with("办事")
                // 议案审查委员|会邀请
                && (!other[at..].starts_with('会') || other[at..].starts_with("会同"))
                // 水政监督检查人|员履行, 本人或者户|主持迁移证件
                && !other[at..].starts_with(['员', '体', '士'])
                && !other[at..].starts_with("经济")
                && !other[..at].contains(['持', '向', '对', '将', '由'])
                && (!other[..at].contains('在') || other[..at].contains(['所', '的']))
        })
        .map(|at| joint.len() + at)
}

/// What may follow the name of who acts, up to a whole modifier.
pub(super) fn may_follow_name(rest: &str) -> bool {
    may_act(rest) || modifier::leading(rest).is_some() || words::begins(Class::Legal, rest) > 0
}

/// 县级以上人民政府|开展保护工作所需经费: what the name does says what the costs are for.
pub(super) fn is_of_costs(after: &str) -> bool {
    let Some(at) = literal::find(after, "所需") else { return false };
    let costs = &after[at + "所需".len()..];
    let costs = costs.strip_prefix('的').unwrap_or(costs);
    ["经费", "资金", "费用", "工作经费"].iter().any(|word| costs.starts_with(word))
}

/// 合作区|建设应当坚持: the verb after the name is the noun that the modal word is said of.
pub(super) fn is_of_an_act(after: &str) -> bool {
    let mut at = words::predicate(after);
    // 人才|培养与开发应当
    while at > 0 && after[at..].starts_with(['与', '和', '、']) {
        let next = at + after[at..].chars().next().map_or(0, char::len_utf8);
        match words::predicate(&after[next..]) {
            0 => return false,
            length => at = next + length,
        }
    }
    at > 0 && words::modal(&after[at..]).is_some_and(|(modal, _)| modal >= "应当".len())
}

/// Whether a verb after them rather names what is done for them: 合作区建设, 人才培养.
pub(super) fn are_acted_on(mentions: &[Mention]) -> bool {
    let kinds = [OrganizationKind::Region, OrganizationKind::Persons];
    // 中医药教育和人才|培养应当
    mentions.iter().all(|mention| kinds.contains(&mention.kind))
        || mentions.last().is_some_and(|last| last.name == "人才")
}

/// 市教育局|国际交流科|统一管理: how long the name of an office is that the body before it has.
pub(super) fn owned_office(group: &Group, after: &str) -> Option<usize> {
    let [owner] = group.mentions.as_slice() else { return None };
    let bodies = matches!(
        owner.kind,
        OrganizationKind::Department | OrganizationKind::Government | OrganizationKind::Party
    );
    if !bodies || owner.region.is_none() || words::modal(after).is_some() {
        return None;
    }
    let ends = after.char_indices().skip(2).take(7).map(|(at, _)| at);
    ends.into_iter().find(|&at| {
        let (name, rest) = after.split_at(at);
        let office = ["室", "科", "处", "股", "站", "队"].iter().any(|end| name.ends_with(end));
        office
            && words::predicate(name) < name.len()
            && !name.contains(['的', '对', '向', '在', '由', '将', '、', '和', '，', '要', '应'])
            && !rest.starts_with(['理', '置', '罚', '分', '以', '于', '学', '技', '研'])
            && (may_follow_name(rest)
                || words::modal(rest).is_some()
                || words::adverbs(rest) > 0
                || rest.starts_with("负责"))
    })
}

/// 各乡镇|分管农业的领导|要亲自抓: how long the post is that the body before it has, where its noun is also a verb.
pub(super) fn owned_post(after: &str) -> Option<usize> {
    let field = after.strip_prefix("分管").or(after.strip_prefix("主管"))?;
    let at = literal::find(field, "的领导")?;
    let plain =
        field[..at].chars().count() <= 14 && !field[..at].contains(['，', '的', '应', '要']);
    let post = "分管".len() + at + "的领导".len();
    let more = ["同志", "干部"].iter().find(|word| after[post..].starts_with(**word));
    let end = post + more.map_or(0, |word| word.len());
    let rest = &after[end..];
    let acts = words::modal(rest).is_some() || rest.starts_with("负责") || may_follow_name(rest);
    (plain && acts).then_some(end)
}
