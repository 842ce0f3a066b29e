//! Who does what a clause tells, where no modal word shows who its subject is.
//!
//! In: a clause before what is demanded in the next. Out: whom it speaks of, and where what they do
//! begins. Not here: what is demanded (`extract::clause`).
//!
//! `医疗机构配制制剂，应当…` tells of 医疗机构; `医疗机构配制的制剂，应当…` of a thing.

use super::OrganizationKind;
use super::clause::{Reading, Subject};
use super::follow::names_a_thing;
use super::modifier::{self, Modifier};
use super::organization::{self, Mention, Naming};
use super::sentence::Piece;
use super::subject::{is_committee, may_act, shifted};
use super::words::{self, Class};
use super::{construction, detail};
use crate::text::literal;
use std::ops::Range;

/// `医疗机构|配制制剂`, `任何国际组织|在大陆架进行研究`: who does what a clause tells, and where that begins; a
/// name may hold a verb, so that several cuts are tried.
pub(super) fn doer(phrase: &str, naming: &Naming) -> Option<(Vec<Mention>, usize)> {
    let cuts = phrase.char_indices().map(|(cut, _)| cut).filter(|&cut| {
        cut >= 6
            && organization::may_end_subject(&phrase[..cut])
            // 组织|竣工验收时: a verb
            && phrase[..cut] != *"组织"
            && begins_act(&phrase[cut..])
            && !is_committee(&phrase[cut..])
            // 转为通过政府|购买服务
            && !(phrase[..cut].ends_with("政府")
                && organization::is_thing_of_government(&phrase[cut..]))
            && !names_a_thing(&phrase[cut..])
    });
    // 整改方案经|分管领导|审签后: by whom
    // 方案于12月底前报|县河长办|备案: to whom
    let aside = |name: &str| {
        name.contains(['由', '到'])
            || ["经分管", "前报", "后报"].iter().any(|word| literal::find(name, word).is_some())
    };
    cuts.take(4).take_while(|&cut| !aside(&phrase[..cut])).find_map(|cut| {
        let mentions = organization::subject(&phrase[..cut], naming);
        // 学校|发生事故, but 患者发生危害行为 happens to whoever looks after them
        let suffers = ["发生", "出现", "遭受"].iter().any(|verb| phrase[cut..].starts_with(verb))
            && mentions.iter().all(|one| one.kind == OrganizationKind::Persons);
        (!mentions.is_empty() && !suffers).then_some((mentions, cut))
    })
}

/// What somebody does begins with a verb, or with where, why and to whom it is done; 管理|人员 goes on
/// as a name.
fn begins_act(rest: &str) -> bool {
    const NOUNS: [&str; 9] = ["人员", "部门", "机构", "机关", "单位", "组织", "者", "人", "的"];
    let named = |rest: &str| NOUNS.iter().any(|noun| rest.starts_with(noun));
    if rest.starts_with(['或', '和', '及', '与', '以']) && !rest.starts_with("以其") {
        // 工作组|以简报形式|通报情况
        return detail::manner(rest).is_some();
    }
    let passes = rest.starts_with('经')
        && !["经营", "经纪", "经济", "经理"].iter().any(|word| rest.starts_with(word));
    // 办|公建筑: a verb of one character is most often part of a word
    let part = rest.starts_with('办') && words::predicate(rest) == "办".len();
    // 水利委员会|商流域机构提出
    let consults = rest.starts_with('商')
        && !["商业", "商品", "商务", "商标", "商会", "商户", "商场", "商家", "商店", "商贸"]
            .iter()
            .any(|word| rest.starts_with(word));
    let act = passes
        || consults
        || ["需要", "确需"].iter().any(|word| rest.starts_with(word))
        || words::begins(Class::Event, rest) > 0
        || (may_act(rest) && !part)
        || rest.starts_with("收到")
        || rest.starts_with("违反")
        || rest.starts_with('除')
        || rest.starts_with(['在', '未', '有', '因', '对', '将', '向', '接', '以']);
    act && !named(&rest[words::predicate(rest)..])
}

/// Whether what follows a doer only describes the noun at its end: `医疗机构|配制的制剂`, `纳税人|
/// 伪造凭证的行为`.
pub(super) fn is_relative(doing: &str) -> bool {
    const ABSTRACT: [&str; 16] = [
        "情况", "行为", "活动", "费用", "标准", "资格", "条件", "时间", "期限", "数额", "记录",
        "内容", "方式", "收入", "决定", "资料",
    ];
    let Some(at) = doing.rfind('的') else { return false };
    let noun = &doing[at + "的".len()..];
    construction::ends_in_predicate(&doing[..at])
        || ABSTRACT.iter().any(|word| noun.ends_with(word))
        || doing.starts_with('所')
}

/// `规划编制部门|按程序对项目进行调整`: a body that no table knows, and what it does without a modal word. Not where
/// that only tells when the next clause asks something. Gives where the act begins in the passage.
pub(super) fn asserted(
    passage: &str,
    clause: Range<usize>,
    naming: &Naming,
) -> Option<(Vec<Mention>, usize)> {
    let text = &passage[clause.clone()];
    // 全市|各街（镇）至少建立一个服务站
    let whole = ["全省", "全市", "全县", "全区", "全镇", "全乡", "全州"];
    if whole.iter().any(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with('各')))
    {
        return asserted(passage, clause.start + "全市".len()..clause.end, naming);
    }
    // 每个|贫困县至少建设一所基地
    if text.starts_with("每个") {
        let each = text.len() - text.trim_start_matches("每个").len();
        return asserted(passage, clause.start + each..clause.end, naming);
    }
    if opens_otherwise(text) {
        return None;
    }
    // 各村|将整治计划报镇政府
    let placed = text.chars().take(10).any(|one| matches!(one, '将' | '于' | '每'));
    if text.starts_with('各') && placed {
        return every(text, naming)
            .map(|(mentions, cut)| (shifted(mentions, clause.start), clause.start + cut));
    }
    // 有关情况|向市委报告, 项目|已经主管部门批准: who is named there does not open the clause
    let aside = holds_aside(text);
    let modal = || super::subject::modal_inside(text);
    if modal().is_some_and(|at| words::modal(&text[at..]).is_some()) {
        return None;
    }
    let next = passage[clause.end..].strip_prefix('，');
    let next = next.map(|next| &next[..next.find(['，', '。', '；', '：']).unwrap_or(next.len())]);
    // 企业|承担主体责任，不得克扣工资
    let charged = super::across::is_charged(text);
    if !charged && next.is_some_and(|next| construction::asks(next) || next.ends_with('的')) {
        return None;
    }
    let (mentions, cut) = match text.strip_prefix('各') {
        Some(rest) if !rest.starts_with('级') => every(text, naming)?,
        Some(_) => return None,
        // 县扫黑办|统一受理群众举报: before the persons whom a verb is about
        None if super::subject::is_local(text) => {
            office_doer(text, naming).or_else(|| doer(text, naming))?
        }
        None => doer(text, naming).or_else(|| office_doer(text, naming))?,
    };
    let doing = &text[cut..];
    // 学校|每学期|对到校情况进行清点
    let act = behind_times(doing);
    // 项目单位|根据公告向办公室提交材料, 党组织|向上级报送报告, 总承包单位|对所承包工程负总责
    let aside = (aside || doing.contains('所'))
        && words::begins(Class::Basis, doing) == 0
        && !answers_for(doing)
        && !(opens(&mentions, cut) && act.starts_with(['向', '将']));
    if aside || is_no_doing(text, cut) {
        return None;
    }
    let led = words::begins(Class::Basis, doing) > 0
        || detail::manner(doing).is_some()
        || words::begins(Class::ObjectFirst, doing) > 0
        || words::begins_predicate(doing)
        || words::begins(Class::ObjectFirst, act) > 0
        || words::begins_predicate(act)
        || act.len() < doing.len() && act.starts_with(['到', '赴']);
    let bodies = text.starts_with('各')
        || answers_for(doing)
        || mentions
            .iter()
            .all(|one| !matches!(one.kind, OrganizationKind::Persons | OrganizationKind::Region));
    // 人事处|会同保密办公室做好人员的审查: the verb is plain, whatever noun of an act ends it
    let noun = construction::names_an_act(text)
        && !["会同", "做好", "抓好", "进行", "开展"].iter().any(|verb| doing.contains(verb));
    let acts = led && bodies && (answers_for(doing) || !is_relative(doing)) && !noun;
    acts.then(|| (shifted(mentions, clause.start), clause.start + cut))
}

/// `每学期|开学后一周内|对到校情况进行清点`: without how often and until when.
fn behind_times(doing: &str) -> &str {
    let mut act = doing;
    while let Some((length, Modifier::Frequency | Modifier::Deadline)) = modifier::leading(act) {
        act = &act[length..];
    }
    act
}

/// Whether somebody may stand in a clause who does not open it: 向, 经 or 由 as words of their own, not in 经费, 投入,
/// 参与.
fn holds_aside(text: &str) -> bool {
    const MARKS: [char; 9] = ['向', '将', '经', '由', '已', '携', '与', '列', '入'];
    const AFTER: [(char, &str); 4] =
        [('经', "费营济纪理办常验销贸"), ('入', "户库口驻园"), ('由', "于"), ('列', "席")];
    const BEFORE: [(char, &str); 6] = [
        ('经', "已曾财"),
        ('入', "投收引介"),
        ('与', "参"),
        ('由', "理自事缘"),
        ('列', "系序"),
        ('向', "方定导"),
    ];
    words::apart(text, &MARKS, &AFTER, &BEFORE).next().is_some()
}

/// Whether the names make all that stands before a cut.
fn opens(mentions: &[Mention], cut: usize) -> bool {
    mentions.first().is_some_and(|first| first.range.start == 0)
        && mentions.last().is_some_and(|last| last.range.end == cut)
}

/// `对工资支付负总责`, `负总责`, `亲自抓`
fn answers_for(doing: &str) -> bool {
    matches!(doing, "负总责" | "负全责" | "负主责" | "亲自抓")
        || doing.starts_with('对')
            && ["责", "责任", "职责", "义务"].iter().any(|end| doing.ends_with(end))
            && literal::holds(doing, "负")
}

/// Whether what seemed to be a name and what it does are no such thing: 政府|采购情况, 解放军|建军节,
/// 指令|人民法院.
fn is_no_doing(text: &str, cut: usize) -> bool {
    let (name, doing) = text.split_at(cut);
    let verb = words::predicate(&doing[words::adverbs(doing)..]);
    let word = (1.."词语".len()).contains(&verb)
        || text.strip_prefix("政府").is_some_and(organization::is_thing_of_government);
    let told = ["按照", "告知", "指令", "用于", "归"].iter().any(|word| name.contains(word));
    let quoted = text.starts_with('第') || name.contains(['“', '《', '”', '》']);
    word || told || quoted || doing.starts_with("有利")
}

/// Whether a clause begins with a verb, or is no clause of its own.
fn opens_otherwise(text: &str) -> bool {
    (words::begins_predicate(text) && !is_named_by_work(text))
        || words::adverbs(text) > 0
        || words::begins(Class::ObjectFirst, text) > 0
        || ["负责", "会同", "联合"].iter().any(|verb| text.starts_with(verb))
        || text.len() > 240
        || text.starts_with(['有', '从', '为'])
        || text.ends_with('的')
        || words::ends(Class::TimeEnd, text) > 0
}

/// `施工总承包单位|对工资支付负总责`: a name that begins with the work that is done, before what it answers for.
fn is_named_by_work(text: &str) -> bool {
    const ENDS: [&str; 6] = ["单位", "部门", "机构", "企业", "机关", "组织"];
    // 考核组|对每个县进行核查
    let group = text.get(6..).and_then(|rest| rest.strip_prefix('组'));
    if group.is_some_and(|rest| !rest.starts_with(['织', '成', '长', '员', '建', '合', '团']))
    {
        return true;
    }
    let bears = |at: &usize| answers_for(&text[*at..]) || text[*at..].starts_with("承担");
    let mut marks = text.match_indices(['对', '承']).map(|(at, _)| at);
    let answers = text.ends_with('任') || text.ends_with('责');
    let name = marks.find(bears).filter(|_| answers).map_or("", |at| &text[..at]);
    ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['，', '由', '向'])
        && words::begins(Class::Governing, name) == 0
        && words::adverbs(name) == 0
}

/// `农业办|积极开展推广工作`: an office that no table knows, by its last word.
fn office_doer(text: &str, naming: &Naming) -> Option<(Vec<Mention>, usize)> {
    const SURE: [&str; 7] = ["办", "站", "中心", "科", "局", "大队", "所"];
    let cuts = text.char_indices().map(|(cut, _)| cut).filter(|&cut| cut >= 6).take(12);
    let ends = |cut: usize| {
        let joint = ["会同", "依法"].iter().any(|word| text[cut..].starts_with(word));
        SURE.iter().any(|end| text[..cut].ends_with(end)) || joint && text[..cut].ends_with('处')
    };
    // 基准站|建设和运行维护单位: a longer name
    let longer = |rest: &str| {
        let next = &rest[words::predicate(rest)..];
        next.starts_with(['和', '、', '与', '或'])
            && ["单位", "机构", "部门", "企业"].iter().any(|noun| next.contains(noun))
    };
    let acts =
        |rest: &str| begins_act(rest) || rest.starts_with("会同") || rest.starts_with("依法");
    cuts.filter(|&cut| ends(cut) && acts(&text[cut..]) && !longer(&text[cut..])).take(2).find_map(
        |cut| {
            let mentions = super::subject::named_offices(&text[..cut], 0, naming);
            (!mentions.is_empty()).then_some((mentions, cut))
        },
    )
}

/// `各镇街|建立工作站`: levels that act.
fn every(text: &str, naming: &Naming) -> Option<(Vec<Mention>, usize)> {
    let cuts = text.char_indices().map(|(cut, _)| cut).filter(|&cut| cut >= 6).take(16);
    let acts = |cut: usize| begins_act(&text[cut..]) || text[cut..].starts_with(['于', '每']);
    cuts.filter(|&cut| acts(cut)).take(3).find_map(|cut| {
        let mentions = organization::subject(&text[..cut], naming);
        (!mentions.is_empty()).then_some((mentions, cut))
    })
}

/// `旅游饭店|、民宿|不主动提供一次性用品`: names that a list goes on with and no table knows, before what they do. Gives
/// them and where they end; none where the list goes on otherwise.
pub(super) fn listed_on(
    passage: &str,
    rest: Range<usize>,
    naming: &Naming,
) -> (Vec<Mention>, usize) {
    const JOINTS: [&str; 5] = ["、", "以及", "和", "及", "或者"];
    let joint = |at: usize| JOINTS.iter().find(|joint| passage[at..rest.end].starts_with(**joint));
    let (mut found, mut at) = (Vec::new(), rest.start);
    while let Some(length) = joint(at).map(|joint| joint.len()) {
        let start = at + length;
        let item = &passage[start..rest.end];
        let ends = item.char_indices().map(|(end, _)| end).skip(2).take(16);
        let ends: Vec<usize> = ends
            .into_iter()
            .filter(|&end| joint(start + end).is_some() || acts(&item[end..]))
            .take(4)
            .collect();
        let known = ends.iter().find_map(|&end| {
            let known = organization::subject(&item[..end], naming);
            let one = !known.is_empty() && !item[..end].contains('与');
            one.then(|| (shifted(known, start), end))
        });
        let name = known.or_else(|| {
            let end = *ends.first().filter(|&&end| is_plain_name(&item[..end]))?;
            let range = start..start + end;
            Some((vec![organization::as_printed(&item[..end], range, naming)], end))
        });
        let Some((names, end)) = name else { break };
        at = start + end;
        found.extend(names);
    }
    // 乡镇卫生院|和村卫生室建设: no verb shows that it was a list of those who act
    match at < rest.end && joint(at).is_none() {
        true => (found, at),
        false => (Vec::new(), rest.start),
    }
}

/// Whether what somebody does begins, and no word that goes on with a name: 服务|组织.
fn acts(rest: &str) -> bool {
    const NAMES: [&str; 7] = ["企业", "组织", "机构", "单位", "团队", "场所", "平台"];
    // 普通高|等学校
    if ["等学", "等级", "等院", "等职"].iter().any(|word| rest.starts_with(word)) {
        return false;
    }
    let verb = &rest[words::predicate(rest)..];
    let named = |rest: &str| NAMES.iter().any(|noun| rest.starts_with(noun));
    !named(rest)
        && !named(verb)
        && (begins_act(rest)
            || words::adverbs(rest) > 0
            || rest.starts_with(['不', '通', '等'])
            || modifier::leading_part(rest).is_some())
}

/// `民宿`, `居住区`: a name of one word, by its last character.
fn is_plain_name(name: &str) -> bool {
    const ENDS: &str = "区场馆店站院所园人者户队社厂校宿家员匠团组村才";
    name.chars().next_back().is_some_and(|last| ENDS.contains(last))
        && name.chars().count() <= 8
        && name.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
        && !name.contains(['的', '等', '其', '对', '由', '向', '在', '将', '为', '与'])
}

/// `医疗机构配制制剂，|应当…`: who does what a clause tells before what is demanded of them.
pub(super) fn told_of(
    text: &str,
    reading: &Reading,
    following: &[Piece],
    naming: &Naming,
) -> Option<Vec<Mention>> {
    let told = reading.subject == Subject::Thing && reading.modality.is_none();
    if !told || following.first().is_none_or(|next| next.opens) {
        return None;
    }
    let action = &text[reading.action.clone()];
    let (mentions, cut) = doer(action, naming)?;
    let doing = !is_relative(&action[cut..]);
    doing.then(|| shifted(mentions, reading.action.start))
}
