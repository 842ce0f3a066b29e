//! Clauses with a grammar of their own: lead statements, encouragement, joint action, passives
//! with an agent, stems of lists, objects set before a comma.
//!
//! In: a clause, or its action. Out: its parts. Not here: bearers taken over
//! (`extract::duty`).
//!
//! `鼓励和支持民营企业参与扶贫` encourages `民营企业` to `参与扶贫`.

use std::ops::Range;

use super::detail;
use super::doer::listed_on;
use super::follow::may_follow_name;
use super::modifier::{self, Modifier};
use super::organization::{self, Group, Mention, Naming};
use super::recipient;
use super::sentence::Piece;
use super::words::{self, Class};
use super::{Party, Role};
use crate::text::literal;

/// `由省农委牵头`, `省财政厅等部门配合`, `相关金融机构参与`, `市县政府落实`: what is left of the clause after
/// its subject only says how the subject takes part in the task that the heading names.
pub(super) fn part_taken(action: &str) -> Option<Role> {
    const PARTS: [(Class, Role); 4] = [
        (Class::PartLead, Role::Lead),
        (Class::PartCooperate, Role::Cooperate),
        (Class::PartParticipate, Role::Participate),
        (Class::PartResponsible, Role::Responsible),
    ];
    if !words::may_begin(PARTS.map(|(class, _)| class), action) {
        return None;
    }
    PARTS.into_iter().find_map(|(class, role)| words::is(class, action).then_some(role))
}

/// How much of an action is verbs that encourage: `大力鼓励和支持|民营企业…`; 0 where it has none.
pub(super) fn encouraging(action: &str) -> usize {
    let first = words::adverbs(action);
    let (mut at, mut end) = (first, first);
    loop {
        let length = words::begins(Class::Encouraging, &action[at..]);
        if length == 0 {
            break;
        }
        at += length;
        end = at;
        if action[at..].starts_with(['和', '、', '并', '与']) {
            at += '和'.len_utf8();
        }
    }
    // 推动 alone carries a thing forward; it encourages only beside another verb
    if matches!(&action[first..end], "" | "推动") { 0 } else { end }
}

/// Whether the verbs that encourage do so by themselves: 支持 and 引导 a thing are what is to be done
/// (`支持农村危房改造`), 鼓励和支持 an activity makes it free to all.
pub(super) fn encourages_alone(verbs: &str) -> bool {
    ["鼓励", "倡导", "提倡", "号召"].iter().any(|verb| verbs.contains(verb))
}

/// Whether an action begins with 支持, after adverbs.
pub(super) fn supports(action: &str) -> bool {
    action[words::adverbs(action)..].starts_with("支持")
}

/// Who stands between a causing verb and what is to be done: `组织|长沙市、株洲市|对口帮扶龙山县`.
/// `at` is where the phrase begins in the passage. Gives the parties, and where they end.
pub(super) fn caused(
    passage: &str,
    phrase: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Option<(Vec<Mention>, usize)> {
    let index = groups.partition_point(|group| group.range.start < phrase.start);
    let mut known = 0;
    if let Some(group) = groups.get(index)
        && group.range.start == phrase.start
        && group.range.end <= phrase.end
        && !passage[group.range.end..phrase.end].starts_with('的')
    {
        let after = &passage[group.range.end..phrase.end];
        // 主管部门|以及管线产权单位: the list goes on with who no lexicon knows
        if !["以及", "及", "和", "、", "或"].iter().any(|joint| after.starts_with(joint))
            || after.starts_with("及时")
        {
            // 科研机构、企业|等|开展研究
            let others = after.strip_prefix('等').is_some_and(may_follow_name);
            let end = group.range.end + if others { '等'.len_utf8() } else { 0 };
            return Some((group.mentions.clone(), end));
        }
        known = group.range.end - phrase.start;
    }
    let text = &passage[phrase.clone()];
    // 法人和非法人|组织: no cut goes through a name
    let within = |at: usize| {
        let at = phrase.start + at;
        let next = groups.partition_point(|group| group.range.end <= at);
        groups.get(next).is_some_and(|group| group.range.start < at)
    };
    let cuts =
        text.char_indices().map(|(at, _)| at).filter(|&at| at >= known.max(6)).filter(|&at| {
            // 法人或者其他|组织|参与
            let other = ["其他", "其它", "非法人"].iter().any(|word| text[..at].ends_with(word));
            if other || within(at) {
                return false;
            }
            let rest = &text[at..];
            // 船舶所有人或者|经营人承担: a name is to come
            let joints = ["或者", "、", "和", "及", "或", "与"];
            let goes_on = known > 0 && at == known && !rest.starts_with("及时");
            // 法人|或者其他组织|参与
            let more = ["或者", "、", "以及"].iter().any(|joint| rest.starts_with(joint));
            if known == 0 && more
                || joints.iter().any(|joint| text[..at].ends_with(joint))
                || goes_on && joints.iter().any(|joint| rest.starts_with(joint))
            {
                return false;
            }
            // 县扫黑|办负责: the end of a name
            if rest.starts_with('办') && words::predicate(rest) == "办".len() {
                return false;
            }
            let led = &rest[words::adverbs(rest)..];
            words::begins_predicate(rest)
                || (led.len() < rest.len() && led.starts_with(['向', '对', '将']))
                || modifier::leading(rest).is_some()
                || detail::manner(rest).is_some()
                || rest.starts_with('向')
                || (rest.starts_with("负责") && !rest.contains('的'))
                || words::begins(Class::Legal, rest) > 0
        });
    let mut first = None;
    for cut in cuts.chain(std::iter::once(text.len())) {
        // 贫困地区|符合条件的企业|发行债券, 融资|担保机构|提供担保: a verb may stand inside a name
        let inside = *first.get_or_insert(cut);
        let named = || recipient::is_inside_name(&text[inside..]);
        if cut > inside && !text[inside..cut].contains(['的', '等']) && !named() {
            continue;
        }
        // 贫困地区|符合条件的企业, 贫困地区|交通、水利项目: what follows has no verb
        let rest = &text[cut..];
        let noun = words::is(Class::Region, &text[..cut])
            && (words::predicate(&rest[words::adverbs(rest)..]) < 6 && rest.contains('、')
                || words::begins(Class::Fitting, rest) > 0);
        if noun {
            continue;
        }
        let mut mentions = organization::subject(&text[..cut], naming);
        if mentions.is_empty() && super::subject::is_local(text) {
            // 由|县扫黑办|负责实施
            mentions = super::subject::named_offices(&text[..cut], 0, naming);
        }
        // 主席团|或者主任会议|提请: a list of which only the beginning is known
        let told = mentions.last().map_or("", |last| &text[last.range.end.min(cut)..cut]);
        let half = ["或者", "和", "以及"].iter().any(|joint| told.starts_with(joint));
        if mentions.is_empty() || half {
            continue;
        }
        for mention in &mut mentions {
            mention.range = mention.range.start + phrase.start..mention.range.end + phrase.start;
        }
        return Some((mentions, phrase.start + cut));
    }
    if known == 0 {
        // 企业、|民宿|不主动提供一次性用品
        let first = text.find('、').unwrap_or(0);
        let named =
            super::subject::shifted(organization::subject(&text[..first], naming), phrase.start);
        let (more, end) = listed_on(passage, phrase.start + first..phrase.end, naming);
        if !named.is_empty() && !more.is_empty() {
            return Some((named.into_iter().chain(more).collect(), end));
        }
        // 有扫盲能力的人员|参与教学: a verb inside a name does not end it
        let (mentions, cut) = super::doer::doer(text, naming)?;
        return Some((super::subject::shifted(mentions, phrase.start), phrase.start + cut));
    }
    let group = groups.get(index)?;
    let (more, end) = listed_on(passage, group.range.end..phrase.end, naming);
    let rest = &passage[end..phrase.end];
    let end =
        if rest.starts_with('等') && !more.is_empty() { end + '等'.len_utf8() } else { end };
    Some((group.mentions.iter().cloned().chain(more).collect(), end))
}

/// `会同B做X`: B, and where X begins.
pub(super) fn jointly(
    passage: &str,
    action: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Option<(Vec<Mention>, usize)> {
    // 组织或会同|有关部门
    const LEADS: [&str; 3] = ["组织", "单独", "自行"];
    let text = &passage[action.clone()];
    let led = LEADS.iter().find_map(|lead| text.strip_prefix(lead));
    let led = led.and_then(|rest| rest.strip_prefix("或者").or_else(|| rest.strip_prefix('或')));
    let text = led.filter(|rest| rest.starts_with("会同")).unwrap_or(text);
    let action = action.end - text.len()..action.end;
    // 省卫生厅|会|有关部门: 会 alone, where no word can begin so
    let with = ["会有关", "会同级", "会相关", "会省", "会市", "会县"];
    let short = with.iter().any(|word| text.starts_with(word)).then_some(&"会");
    let verb =
        ["会同", "商同", "商", "联合"].iter().find(|verb| text.starts_with(**verb)).or(short)?;
    // 联合|开展培训
    if *verb == "联合" && words::begins_predicate(&text[verb.len()..]) {
        return None;
    }
    let (partners, end) = caused(passage, action.start + verb.len()..action.end, groups, naming)?;
    // 会同行业协会等，建立制度
    let rest = &passage[end..action.end];
    let act = if rest == "等" { "" } else { rest.trim_start_matches(['，', '、']) };
    Some((partners, action.end - act.len()))
}

/// `具体办法由省人民政府制定`: the thing, the agent, and where the predicate begins.
pub(super) fn by_agent(
    passage: &str,
    clause: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Option<(Range<usize>, Vec<Mention>, usize)> {
    let text = &passage[clause.clone()];
    let by = literal::find(text, "由").filter(|at| *at > 0)?;
    let thing = text[..by].trim_end_matches('暂');
    // 对已死亡的动物，|交由主管部门处理: handed over
    if thing.ends_with(['交', '改', '转']) {
        return None;
    }
    // 应当加注|由主管部门确定样式的标识: what is demanded has begun
    if let Some(modal) = super::subject::modal_inside(thing)
        && let Some((length, _)) = words::modal(&thing[modal..])
        && !thing[modal + length..].is_empty()
        && modifier::leading(&thing[modal + length..]).is_none()
        && text[by..].contains('的')
    {
        return None;
    }
    let agent = clause.start + by + "由".len()..clause.end;
    let (agents, end) = caused(passage, agent, groups, naming)?;
    let rest = &passage[end..clause.end];
    // 由人民政府|规定: what is left is short, and a verb even where no table knows it
    let short = (2..=5).contains(&rest.chars().count())
        && !rest.contains(['的', '、', '人'])
        && !rest.ends_with(['任', '成']);
    let led = &rest[words::adverbs(rest)..];
    let ended =
        words::begins(Class::Basis, rest) > 0 && !last_verb(passage, end..clause.end).is_empty();
    let predicate = ended
        || rest.starts_with("会同")
        || rest.starts_with("会有关")
        // 由财政部|商中国人民银行制定
        || rest.starts_with('商') && words::predicate(rest) <= '商'.len_utf8()
        || rest.starts_with(['在', '经', '向'])
        || (led.len() < rest.len() && led.starts_with(['向', '对', '将', '在']))
        || rest.starts_with("负责")
        || may_act(rest)
        || short;
    // 组织由专家组成的验收组: what 由 opens belongs to a noun
    let head = &rest[words::adverbs(rest)..];
    let noun = rest.contains("组成")
        || head[words::predicate(head)..].starts_with('的')
        || (words::begins_predicate(text) && rest.contains('的'));
    (predicate && !noun).then_some((clause.start..clause.start + thing.len(), agents, end))
}

/// `根据物价水平|规定`: the verb that a phrase ends with; empty where it ends with none.
pub(super) fn last_verb(passage: &str, phrase: Range<usize>) -> Range<usize> {
    let text = &passage[phrase.clone()];
    phrase.end - words::ends(Class::LastVerb, text)..phrase.end
}

fn may_act(rest: &str) -> bool {
    words::begins_predicate(rest)
        || words::modal(rest).is_some()
        || modifier::leading_part(rest).is_some()
}

/// Whether a clause is an object before its verb, `对成效显著的单位和个人，|予以表彰`, to be read with the
/// clause that follows.
pub(super) fn object_first(
    passage: &str,
    action: Range<usize>,
    forced: bool,
    following: &[Piece],
) -> bool {
    let text = &passage[action];
    // 对接平台: 对 begins a verb
    let verb = ["对接", "对标", "对照", "对口", "对外"].iter().any(|verb| text.starts_with(verb));
    if verb || !text.starts_with(['经', '将', '把', '对']) {
        return false;
    }
    // 对刀具|应妥善保管，不得转借, 对有隐患的单位|要依法查处，不得拖延: its own demand
    let demanded = super::subject::modal_inside(text).is_some_and(|at| {
        let near = at <= 30 && !text[..at].contains('的') || !text[at..].contains('的');
        near && text.starts_with('对') && ends_in_predicate(text)
    });
    // 对采集的个人信息|负有保密义务
    let owes = ["负有", "履行", "承担"].iter().any(|verb| text.contains(verb))
        && ["义务", "责任", "职责"].iter().any(|end| text.ends_with(end));
    // 对直接责任人员处二万元以上的罚款，|五年内禁止从业: its own predicate
    let fined = text.ends_with("罚款") && text.contains('处');
    if demanded || owes || fined {
        return false;
    }
    if goes_over_comma(passage, text, following) {
        return true;
    }
    // 对优秀的市县，在资金分配上，|给予奖励: what only modifies may stand between
    let next = following.iter().take_while(|next| !next.opens).find(|next| {
        let clause = &passage[next.range.clone()];
        modifier::leading(clause).is_none_or(|(length, _)| length < clause.len())
    });
    let Some(next) = next else { return false };
    // 应当经文物行政部门同意后，|报有关部门批准
    if text.starts_with('经') && text.ends_with('后') {
        return true;
    }
    // 将事故情况，|及时通报…: with 将 the verb is nearly always in the clause itself
    let moved = text.strip_prefix('将').or(text.strip_prefix('把'));
    if moved.is_some_and(|rest| {
        words::holds(Class::Completing, rest)
            || rest.contains(['到', '给', '入', '为', '成', '至', '交'])
    }) {
        return false;
    }
    let rest = moved.or(text.strip_prefix("对于")).or(text.strip_prefix('对'));
    let Some(rest) = rest else { return false };
    // what goes on with 并 is another predicate beside this one
    if words::begins(Class::Conjunction, &passage[next.range.clone()]) > 0 {
        return false;
    }
    let after = strip(&passage[next.range.clone()]);
    // 对隐患整改|报告，在七日内作出决定: a thing by a verb's name
    let put = ["报告", "申请", "举报", "投诉", "请求", "建议", "意见"]
        .iter()
        .any(|noun| text.ends_with(noun));
    if put && moved.is_none() && ["作出", "提出"].iter().any(|verb| after.starts_with(verb)) {
        return true;
    }
    if ["予以", "给予"].iter().any(|verb| after.starts_with(verb)) && !text.contains("进行") {
        return true;
    }
    // 对举报投诉事项，|应当自接到举报之日起…: the force that follows is of the verb to come
    if moved.is_none() && forced && asks(&passage[next.range.clone()]) {
        return false;
    }
    if moved.is_none() && !forced && asks(&passage[next.range.clone()]) {
        // 对餐具消毒两次，|不得加工凉菜
        return !text.ends_with('次')
            && !["进行", "予以", "给予", "作出", "实施", "实行", "采取", "加强", "开展", "负"]
                .iter()
                .any(|verb| rest[rest.rfind('的').unwrap_or(0)..].contains(verb));
    }
    let goes_on = words::holds(Class::ModalInside, &passage[next.range.clone()])
        // 对偏远地区的药品配送，|各级卫生部门要加强协调
        || (text.contains('的') && super::subject::modal_inside(&passage[next.range.clone()]).is_some())
        || words::modal(after).is_some()
        || words::begins_predicate(after)
        || (moved.is_some() && after.starts_with('向'))
        || after.starts_with("以")
        || (after.starts_with('由') && moved.is_none())
        || (moved.is_none() && is_bare_object(rest));
    let tail = rest.rfind('的').map_or(rest, |at| &rest[at + "的".len()..]);
    let complete = words::holds(Class::Light, rest)
        || words::holds(Class::Completing, tail)
        || (moved.is_none() && ends_in_predicate(tail));
    goes_on && !complete
}

/// `对规模小、条件差，|难以满足需求的敬老院，|积极统筹资金`: an object whose noun comes in the next clause.
fn goes_over_comma(passage: &str, action: &str, following: &[Piece]) -> bool {
    let mut on =
        following.iter().take_while(|next| !next.opens).map(|next| &passage[next.range.clone()]);
    let (Some(noun), Some(act)) = (on.next(), on.next()) else { return false };
    action.starts_with('对')
        && !action.contains(['的', '进', '予', '实'])
        && !ends_in_predicate(action)
        && is_bare_object(noun)
        && !words::holds(Class::ModalInside, noun)
        && words::begins_predicate(&act[words::adverbs(act)..])
}

/// `超出道面承载能力的飞机`: a noun with what describes it, and no verb behind.
pub(super) fn is_bare_object(phrase: &str) -> bool {
    let Some(at) = phrase.rfind('的') else { return false };
    let noun = &phrase[at + "的".len()..];
    // 报批办法, 管理办法: a noun may begin with a verb
    let rest = if noun.chars().count() <= 6 { &noun[words::predicate(noun)..] } else { noun };
    !rest.is_empty() && rest.char_indices().all(|(at, _)| words::predicate(&rest[at..]) < 6)
}

/// `实行监理的建设工程`: a noun that what a verb opens describes.
pub(super) fn is_described_thing(action: &str) -> bool {
    let needs = ["需要", "确需", "需"].iter().any(|word| action.starts_with(word));
    (needs || words::begins_predicate(action)) && is_bare_object(action)
}

/// `通知的准确程度`: one more noun of a basis, which 的 shows to be none of an act.
pub(super) fn is_ground(action: &str) -> bool {
    let verb = words::predicate(action);
    let noun = action.rfind('的').map_or("", |at| &action[at + "的".len()..]);
    verb > 0
        && (2..=6).contains(&noun.chars().count())
        && noun.char_indices().all(|(at, _)| words::predicate(&noun[at..]) < 6)
        && ["程度", "性质", "情况", "特点", "要求", "需要", "结果", "水平", "形式", "状况", "因素"]
            .iter()
            .any(|end| noun.ends_with(end))
}

/// A phrase without the modifiers it begins with.
pub(super) fn strip(phrase: &str) -> &str {
    strip_from(phrase, modifier::leading(phrase))
}

/// The same, with the first of them.
pub(super) fn strip_from(phrase: &str, first: Option<(usize, Modifier)>) -> &str {
    let (mut rest, mut next) = (phrase, first);
    while let Some((length, what)) = next {
        if length >= rest.len() || what == Modifier::Purpose {
            break;
        }
        rest = &rest[length..];
        next = modifier::leading(rest);
    }
    &rest[words::adverbs(rest)..]
}

pub(super) fn ends_in_predicate(phrase: &str) -> bool {
    let last = phrase.char_indices().rev().map(|(at, _)| at).take(4);
    last.filter(|&at| at > 0)
        .any(|at| words::predicate(&phrase[at..]) == phrase.len() - at && phrase.len() - at >= 6)
}

/// Whether a phrase names an act rather than demands it: `合同的订立、履行及其争议的解决`.
pub(super) fn names_an_act(action: &str) -> bool {
    let Some(at) = action.rfind('的') else { return false };
    let mut last = &action[at + "的".len()..];
    if last.is_empty() {
        return false;
    }
    // 维护保养, 监督、指导
    let demands = words::begins_predicate(action);
    while !last.is_empty() {
        let verb = words::predicate(last);
        if verb == 0 || (demands && verb < last.len()) {
            return !demands && (last == "领导" || last == "工作");
        }
        last = last[verb..].trim_start_matches(['、', '和', '与']);
    }
    true
}

/// `保留身份的人员的|安置`: an act as a noun, which 的 shows; not 从事道路旅客的运输.
pub(super) fn is_gerund(phrase: &str) -> bool {
    const DOING: [&str; 8] = ["从事", "进行", "开展", "实施", "申请", "办理", "举办", "参加"];
    phrase.rfind('的').is_some_and(|at| {
        let act = &phrase[at + "的".len()..];
        !act.is_empty() && words::predicate(act) == act.len()
    }) && !DOING.iter().any(|verb| phrase.starts_with(verb))
}

/// `养犬人申请办理养犬登记`: whether a clause ends with what somebody does, not with a thing.
pub(super) fn names_a_doing(clause: &str) -> bool {
    (begins_doing(clause) || !clause.contains('的'))
        && !clause.contains("所需")
        && (ends_in_predicate(clause)
            || ["活动", "业务", "服务", "手续", "作业"].iter().any(|end| clause.ends_with(end)))
}

/// Whether a clause begins with a verb or a place: `在保护范围内举办…活动`.
pub(super) fn begins_doing(clause: &str) -> bool {
    clause.starts_with('在') || words::begins_predicate(clause)
}

/// Whether a predicate without modal word only tells the circumstance of what follows:
/// `矿山企业开发利用矿产资源，|应当加强开采管理`, `设立养老机构，|符合条件的，`.
pub(super) fn circumstance(passage: &str, next: Option<&Piece>) -> bool {
    let Some(next) = next.filter(|next| !next.opens) else { return false };
    let after = &passage[next.range.clone()];
    asks(after)
        // 采伐零星林木，|不需要申请许可证
        || after.starts_with("不需要")
        || points(after)
        || (after.starts_with('由') && !super::office::appoints(after))
        || (after.starts_with('其') && words::holds(Class::ModalInside, after))
        || (after.ends_with('的') && !after.starts_with('对') && !after.contains('由'))
}

/// `未经验收的供水设施，|不得投入使用`: a thing that opens a sentence like a condition, before what is demanded of it.
pub(super) fn is_thing_alone(passage: &str, piece: &Piece, following: &[Piece]) -> bool {
    let clause = &passage[piece.range.clone()];
    let next = following.first().filter(|next| !next.opens);
    piece.opens
        && clause.starts_with("未经")
        && is_bare_object(clause)
        && next.is_some_and(|next| {
            let demand = &passage[next.range.clone()];
            demand.starts_with("不得") || demand.starts_with("应当")
        })
        && clause.rsplit('的').next().is_some_and(|noun| {
            (2..=12).contains(&noun.chars().count()) && !organization::may_end_subject(noun)
        })
}

/// `撤销金融机构，|依照本条例执行`: what it is done by says no more than that other rules hold.
fn points(clause: &str) -> bool {
    ["依照", "按照", "适用"].iter().any(|word| clause.starts_with(word))
        && ["执行", "办理", "处理", "规定"].iter().any(|word| clause.ends_with(word))
}

/// Whether a clause only tells what happened, and what to do follows: `发现违法人员，|及时报告…`.
pub(super) fn event(action: &str, next: Option<&Piece>) -> bool {
    words::begins(Class::Event, action) > 0 && next.is_some_and(|next| !next.opens)
}

/// Whether a clause is a slogan at an item's head: `长短结合，`, `注重效益，`.
pub(super) fn slogan(clause: &str) -> bool {
    clause.len() == 12 && clause.chars().count() == 4
}

/// Whether a sentence speaks of those who have to act as of others: after `金融机构要建立台账`,
/// `引导地方金融机构扩大信贷` is not theirs.
pub(super) fn speaks_of(sentence: &str, names: &[Party]) -> bool {
    names.iter().any(|party| {
        let noun = party.name.rfind('的').map_or(party.name.as_str(), |at| &party.name[at + 3..]);
        noun.len() >= 12 && sentence.contains(noun)
    })
}

/// Whether a clause begins with a modal word, after adverbs: `还应当…`, `要向贫困村派出…`.
pub(super) fn asks(clause: &str) -> bool {
    let rest = &clause[words::adverbs(clause)..];
    words::modal(rest).is_some_and(|(length, _)| length >= "应当".len() || may_act(&rest[length..]))
}

/// `一是…`, `二要…`: whether a sentence opens with its number.
pub(super) fn is_numbered(sentence: &str) -> bool {
    let mut characters = sentence.chars();
    characters.next().is_some_and(|one| "一二三四五六七八九十".contains(one))
        && characters.next().is_some_and(|two| matches!(two, '是' | '要'))
}

/// `设赔偿委员会`, `设报账员一名`: a body or a post set up, by a verb that begins other words too.
pub(super) fn sets(action: &str) -> bool {
    action.strip_prefix('设').is_some_and(|rest| {
        !rest.starts_with(['区', '施', '备', '计', '想', '定', '置', '立', '在', '有', '法', '市'])
    })
}

/// What is built and ends a clause that builds: `工作机制`.
const BUILT: [&str; 13] = [
    "机制",
    "体系",
    "格局",
    "制度",
    "责任制",
    "体制",
    "模式",
    "局面",
    "领导小组",
    "指挥部",
    "专班",
    "委员会",
    "工作组",
];

/// `要建立健全在政府统一领导下`: whether a clause begins to tell of what it builds, and doesn't name it.
pub(super) fn builds(clause: &str) -> bool {
    const VERBS: [&str; 9] =
        ["建立", "健全", "完善", "构建", "形成", "实行", "落实", "成立", "组建"];
    let Some(at) =
        VERBS.iter().filter_map(|verb| Some(literal::find(clause, verb)? + verb.len())).min()
    else {
        return false;
    };
    let rest = &clause[at..];
    let named = ["度", "制", "组", "库", "台账", "档案", "平台", "责任"];
    // 成立由县长任组长，…的领导小组
    let told = rest.replace("组长", "");
    let named = BUILT.iter().chain(&named).any(|noun| told.contains(noun));
    // 建立了党政领导: told, not demanded
    !rest.is_empty() && !rest.starts_with('了') && !named
}

/// `齐抓共管的工作机制`: whether a clause ends what another one began to build.
pub(super) fn is_built(clause: &str) -> bool {
    clause.contains('的') && BUILT.iter().any(|noun| clause.ends_with(noun))
}
