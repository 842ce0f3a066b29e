//! One clause read: who stands as its subject, with what force, and what its predicate is.
//!
//! In: a clause of a passage, and the organizations named in the passage. Out: a [`Reading`]. Not
//! here: what a clause takes over from those before it (`extract::duty`).
//!
//! `省委、省人民政府主要负责人按规定每年向中央报告进展情况` has the subject
//! `省委、省人民政府主要负责人`, the frequency `每年`, and the action `向中央报告进展情况`.

use std::ops::Range;

use super::construction;
use super::doer::doer;
use super::modifier::{self, Modifier};
use super::organization::{self, Group, Mention, Naming};
use super::words::{self, Class};
use super::{Modality, OrganizationKind};
use crate::text::affixes::width;
use crate::text::literal;

/// Who or what stands as the subject of a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Subject {
    /// Nothing is printed.
    #[default]
    None,
    /// Organizations, posts, persons: ranges count in the passage.
    Parties(Vec<Mention>),
    /// A thing: `省级一般性转移支付资金`.
    Thing,
}

/// What a clause says.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Its subject.
    pub(super) subject: Subject,
    /// Whether 由 introduces the subject.
    pub(super) agent: bool,
    /// The force of its modal word.
    pub(super) modality: Option<Modality>,
    /// The predicate without modifiers; empty where the clause only modifies.
    pub(super) action: Range<usize>,
    /// Whether the action begins with a known predicate; else it is a thing's, or none.
    pub(super) plain: bool,
    /// `每年`
    pub(super) frequency: Option<Range<usize>>,
    /// `到2019年底`
    pub(super) deadline: Option<Range<usize>>,
    /// `需要调整的`
    pub(super) condition: Option<Range<usize>>,
    /// Whether it states a purpose.
    pub(super) purpose: bool,
    /// The last basis: `按照有关规定`
    pub(super) basis: Option<Range<usize>>,
}

/// Reads a clause. `groups` are those of the whole passage.
pub(super) fn read(
    passage: &str,
    clause: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Reading {
    let mut reading = Reading::default();
    let mut at = clause.start;
    let end = clause.end;
    loop {
        let rest = &passage[at..end];
        if rest.is_empty() {
            break;
        }
        if reading.subject == Subject::None
            && let Some((mentions, next, agent)) = printed_subject(passage, at, end, groups)
        {
            reading.subject = Subject::Parties(mentions);
            reading.agent = agent;
            at = next;
        } else if let Some((length, force)) = marked(rest) {
            reading.modality = stronger(reading.modality, force);
            at += length;
        } else if reading.modality.is_some() && is_whole_act(rest) {
            break;
        } else if let Some((length, what)) = modifier::leading(rest) {
            if at == clause.start && length == rest.len() {
                reading.subject = conditional_subject(rest, at, what, naming);
            }
            reading.note(what, at..at + length);
            at += length;
        } else if rest.starts_with(['都', '均', '皆']) && is_bound(rest) {
            at += '都'.len_utf8();
        } else if let Some(length) = charge(rest).or_else(|| legal_basis(rest)) {
            at += length;
        } else if let Some(next) = open_subject(passage, at..end, groups, naming, &mut reading) {
            at = next;
        } else {
            break;
        }
    }
    reading.action = at..end;
    let action = &passage[at..end];
    reading.plain = words::begins_predicate(action)
        || words::begins(Class::ObjectFirst, &action[words::adverbs(action)..]) > 0
        || words::begins(Class::ObjectFirst, action) > 0
        || action.starts_with("负责")
        || (reading.modality.is_some() && action.starts_with('经'))
        || is_bound(&action[words::adverbs(action)..]);
    // 对其捐赠的项目可以留名纪念: the object stands before the modal word too
    if reading.modality.is_none()
        && action.starts_with(['对', '将', '把'])
        && let Some(inside) = modal_inside(action)
        && inside > "对于".len()
        && !(action[inside..].contains('的') && action[..inside].contains('的'))
    {
        reading.modality = words::modal(&action[inside..]).map(|(_, force)| force);
    }
    if reading.subject == Subject::None && reading.modality.is_none() && is_said_of_a_thing(action)
    {
        reading.subject = thing(passage, at..end, &mut reading);
        return reading;
    }
    if reading.subject == Subject::None && !reading.plain && !action.is_empty() {
        alone(passage, at..end, naming, &mut reading);
    }
    reading
}

/// `建设项目应当符合规划`, `合作区建设应当坚持…`: what begins like a verb is the noun before a modal word.
fn is_said_of_a_thing(action: &str) -> bool {
    const TELLING: [&str; 9] =
        ["要求", "督促", "责令", "规定", "明确", "认为", "告知", "提醒", "通知"];
    if !words::begins_predicate(action) {
        return false;
    }
    let Some(at) = modal_inside(action) else { return false };
    let before = &action[..at];
    // 收缴|应当上缴的收入: the modal word belongs to the object
    let mut verbs = before;
    while let length = words::predicate(verbs)
        && length > 0
    {
        verbs = verbs[length..].trim_start_matches("或者").trim_start_matches(['、', '和', '或']);
    }
    !verbs.is_empty()
        && words::begins(Class::ModalInside, &action[at..]) > 0
        && !TELLING.iter().any(|verb| before.contains(verb))
        && (!before.contains('的') || words::holds(Class::ModalInside, &action[at..]))
}

/// `有保护航标的义务`: a duty by its noun.
fn is_bound(action: &str) -> bool {
    let action = action.trim_start_matches(['都', '均', '也', '皆']);
    action.starts_with('有') && (action.ends_with("的义务") || action.ends_with("的责任"))
}

/// What is left without a predicate: a subject that a comma parts from it (`经营者以外的组织和个人，`),
/// or a thing.
fn alone(passage: &str, rest: Range<usize>, naming: &Naming, reading: &mut Reading) {
    let text = &passage[rest.clone()];
    let mentions = match reading.modality {
        None if text.chars().count() <= 50 => {
            shifted(organization::subject(text, naming), rest.start)
        }
        _ => Vec::new(),
    };
    if mentions.is_empty() && words::begins(Class::Event, text) > 0 && modal_inside(text).is_none()
    {
        return;
    }
    if mentions.is_empty() {
        reading.subject = thing(passage, rest, reading);
        return;
    }
    reading.subject = Subject::Parties(mentions);
    reading.action = rest.end..rest.end;
}

impl Reading {
    fn note(&mut self, what: Modifier, range: Range<usize>) {
        match what {
            Modifier::Frequency => self.frequency = Some(range),
            Modifier::Deadline => self.deadline = Some(range),
            Modifier::Condition | Modifier::Time => self.condition = Some(range),
            Modifier::Purpose => self.purpose = true,
            Modifier::Basis => self.basis = Some(range),
            _ => {}
        }
    }
}

/// A modal word, with an adverb before it: `还应当`, `一律不得`.
fn marked(rest: &str) -> Option<(usize, Modality)> {
    let adverbs = words::adverbs(rest);
    let (length, force) = words::modal(&rest[adverbs..])?;
    (adverbs == 0 || length >= "应当".len()).then_some((adverbs + length, force))
}

/// 不得 after 应当 or 可以 after 应当: the later word is the finer one.
fn stronger(before: Option<Modality>, force: Modality) -> Option<Modality> {
    match before {
        Some(Modality::Prohibition) => before,
        _ => Some(force),
    }
}

/// `县级党委和政府…`, `每名省级领导…`, `由省农委…`: a group at the clause's head that what follows
/// lets be its subject.
fn printed_subject(
    passage: &str,
    at: usize,
    end: usize,
    groups: &[Group],
) -> Option<(Vec<Mention>, usize, bool)> {
    let rest = &passage[at..end];
    let agent = rest.starts_with('由');
    let mut start = at + if agent { "由".len() } else { 0 };
    start += words::begins(Class::Each, &passage[start..end]);
    let index = groups.partition_point(|group| group.range.start < at);
    let group = groups[index..].iter().find(|group| group.range.start >= at)?;
    if (group.range.start != start && group.range.start != at) || group.range.end > end {
        return None;
    }
    let after = &passage[group.range.end..end];
    if after.starts_with('的') {
        return None;
    }
    let modifier = modifier::leading(after);
    // 市人民政府制定的规章: the predicate belongs to what follows
    let head = construction::strip_from(after, modifier);
    if words::predicate(head) > 0 && head[words::predicate(head)..].starts_with('的') {
        return None;
    }
    let follows = after.is_empty()
        || modifier.is_some()
        || words::modal(after).is_some()
        || words::begins_predicate(after)
        || words::begins(Class::ObjectFirst, after) > 0
        || words::begins(Class::AfterSubject, after) > 0
        || is_bound(head);
    if is_of_costs(after) {
        return None;
    }
    if is_joined(after, agent) || (are_acted_on(&group.mentions) && is_of_an_act(after)) {
        return None;
    }
    if let Some((ours, at)) = with_another(passage, group, after) {
        return Some((ours, at, agent));
    }
    follows.then(|| (group.mentions.clone(), group.range.end, agent))
}

/// 可以|并处罚款; 应当|经公路管理机构批准, where the approval is what is demanded.
fn is_whole_act(rest: &str) -> bool {
    rest.starts_with("并处")
        || (rest.starts_with('经')
            && modifier::leading(rest).is_some_and(|(length, _)| length == rest.len()))
}

/// 建设单位|或者个人应当: the subject goes on with a name that no lexicon knows.
fn is_joined(after: &str, agent: bool) -> bool {
    let joint = ["或者", "或", "和", "以及", "及"].iter().find_map(|word| after.strip_prefix(word));
    joint.is_some_and(|other| {
        let goes_on = match agent {
            // 由水行政主管部门|或者长江水利委员会|依据职权
            true => other.char_indices().map(|(at, _)| at).skip(2).take(16).any(|at| {
                organization::may_end_subject(&other[..at]) && may_follow_name(&other[at..])
            }),
            false => modal_inside(other).is_some_and(|at| at <= 36),
        };
        goes_on && (agent || !words::begins_predicate(other))
    })
}

/// What may follow the name of who acts, up to a whole modifier.
fn may_follow_name(rest: &str) -> bool {
    may_act(rest) || modifier::leading(rest).is_some()
}

/// 县级以上人民政府|开展保护工作所需经费: what the name does says what the costs are for.
fn is_of_costs(after: &str) -> bool {
    let Some(at) = literal::find(after, "所需") else { return false };
    let costs = &after[at + "所需".len()..];
    let costs = costs.strip_prefix('的').unwrap_or(costs);
    ["经费", "资金", "费用", "工作经费"].iter().any(|word| costs.starts_with(word))
}

/// 合作区|建设应当坚持: the verb after the name is the noun that the modal word is said of.
fn is_of_an_act(after: &str) -> bool {
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
fn are_acted_on(mentions: &[Mention]) -> bool {
    let kinds = [OrganizationKind::Region, OrganizationKind::Persons];
    mentions.iter().all(|mention| kinds.contains(&mention.kind))
}

/// `县委、县政府与乡镇党委签订责任书`: what two sides do with each other is the first one's act, and 与
/// opens its predicate.
fn with_another(passage: &str, group: &Group, after: &str) -> Option<(Vec<Mention>, usize)> {
    if words::begins(Class::Mutual, after) == 0 {
        return None;
    }
    let with = group.range.start + passage[group.range.clone()].find('与')?;
    let ours: Vec<Mention> =
        group.mentions.iter().filter(|mention| mention.range.end <= with).cloned().collect();
    (!ours.is_empty()).then_some((ours, with))
}

/// `负责制定规划`: 负责 before a verb only says that it is a duty; before a noun it is the predicate
/// (`负责全省脱贫攻坚工作的整体推进`).
fn charge(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("负责")?;
    // 监督管理工作, 组织协调工作: the verb is part of a noun
    let short = after.chars().count() <= 8;
    let noun = (short && (after.ends_with("工作") || after.ends_with("管理"))) || is_act_of(after);
    let verb = words::begins_predicate(after)
        || words::begins(Class::ObjectFirst, after) > 0
        || after.starts_with("统筹");
    (verb && !noun).then_some("负责".len())
}

/// `对保护工作的领导`, `各自设置的航标的维护保养`: an act named as a noun, not demanded.
fn is_act_of(phrase: &str) -> bool {
    let head = &phrase[words::adverbs(phrase)..];
    let verb = words::predicate(head);
    let noun = head.starts_with('对') || (verb > 0 && head[verb..].starts_with('的'));
    noun && construction::names_an_act(phrase)
}

/// 依法, 依纪依法 are basis and go.
fn legal_basis(rest: &str) -> Option<usize> {
    let length = words::begins(Class::Legal, rest);
    (length > 0 && rest.len() > length).then_some(length)
}

/// A subject that no lexicon knows but grammar shows: `生产经营单位应当…`, `养犬人携带犬只出户应当…`.
/// Gives where the clause goes on.
fn open_subject(
    passage: &str,
    rest: Range<usize>,
    groups: &[Group],
    naming: &Naming,
    reading: &mut Reading,
) -> Option<usize> {
    if reading.subject != Subject::None {
        return None;
    }
    let text = &passage[rest.clone()];
    if let Some(agent) = text.strip_prefix('由') {
        let start = rest.start + "由".len();
        let known = groups.iter().find(|group| group.range.start == start);
        let known = known.map_or(0, |group| group.range.end - start);
        return open_agent(agent, start, known, naming, reading);
    }
    // 禁止|评价单位|以其他单位的名义承揽业务
    if reading.modality == Some(Modality::Prohibition)
        && passage[..rest.start].ends_with("禁止")
        && !words::begins_predicate(text)
    {
        let (mentions, cut) = doer(text, naming)?;
        reading.subject = Subject::Parties(shifted(mentions, rest.start));
        return Some(rest.start + cut);
    }
    if reading.modality.is_some() {
        return None;
    }
    let modal = modal_inside(text)?;
    // 明确专人负责扶贫工作: 负责 marks a subject only where no verb stands before it
    let cue = words::modal(&text[modal..]).is_none();
    if cue && words::begins(Class::Appointing, &text[words::adverbs(text)..]) > 0 {
        return None;
    }
    // 还应当, 一般应当: an adverb before the modal word belongs to neither
    let before = text[..modal].trim_end_matches(['还', '也', '均', '都', '并']);
    let before = before.strip_suffix("一般").unwrap_or(before);
    if before.contains('由') {
        return None;
    }
    if before.ends_with('的') || words::ends(Class::TimeEnd, before) > 0 {
        let said = rest.start..rest.start + before.len();
        match modifier::until(before) {
            Modifier::Deadline => reading.deadline = Some(said),
            _ => reading.condition = Some(said),
        }
        return Some(rest.start + modal);
    }
    let cuts = std::iter::once(before.len()).chain(verb_cuts(before));
    for cut in cuts {
        let mentions = shifted(organization::subject(&before[..cut], naming), rest.start);
        if mentions.is_empty() {
            continue;
        }
        if are_acted_on(&mentions) && is_of_an_act(&text[cut..]) {
            break;
        }
        let cut = without_object(before, cut, &mentions, rest.start);
        reading.subject = Subject::Parties(mentions);
        // 主要负责人牵头具体负责: 负责 is no modal word, what stands before it belongs to the predicate
        if is_charge(&text[modal..]) || words::modal(&text[modal..]).is_none() {
            return Some(rest.start + cut);
        }
        if before[cut..].starts_with('对') {
            // 经营者|对医院的洗涤品应当分类清洗: the object before the modal word stays
            reading.modality = words::modal(&text[modal..]).map(|(_, force)| force);
            return Some(rest.start + cut);
        }
        if cut < before.len() {
            reading.condition = Some(rest.start + cut..rest.start + before.len());
        }
        return Some(rest.start + modal);
    }
    None
}

/// `项目单位|对材料的真实性负责`: where the names of a subject end, if an object follows them in what was
/// read as the subject up to `cut`. `start` is where the clause's rest begins in the passage.
fn without_object(before: &str, cut: usize, mentions: &[Mention], start: usize) -> usize {
    let named = mentions.iter().map(|mention| mention.range.end - start).max().unwrap_or(cut);
    let object = before.get(named..cut).is_some_and(|rest| rest.starts_with(['对', '向', '将']));
    if object { named } else { cut }
}

/// `养犬人携带犬只出户的`, `医疗保健机构在进行接种前`: who stands at the head of a condition that no
/// lexicon knows.
pub(super) fn conditional_subject(
    phrase: &str,
    at: usize,
    what: Modifier,
    naming: &Naming,
) -> Subject {
    if !matches!(what, Modifier::Condition | Modifier::Time)
        || phrase.starts_with(['对', '在', '经'])
    {
        return Subject::None;
    }
    match doer(phrase, naming) {
        Some((mentions, _)) => Subject::Parties(shifted(mentions, at)),
        None => Subject::None,
    }
}

/// `由发证机关吊销许可证`: an agent that no lexicon knows, or only its first `known` bytes.
fn open_agent(
    phrase: &str,
    at: usize,
    known: usize,
    naming: &Naming,
    reading: &mut Reading,
) -> Option<usize> {
    let mut cuts = phrase.char_indices().map(|(cut, _)| cut).filter(|&cut| {
        // 有|管理权的部门: a verb of a noun
        let rest = &phrase[cut..];
        let after = &rest[words::predicate(rest)..];
        cut >= 6 && cut > known && may_follow_name(rest) && !after.starts_with(['的', '权'])
    });
    // 登记|机关: a name may hold a verb
    let (cut, mentions) = cuts.by_ref().take(3).find_map(|cut| {
        let mentions = shifted(organization::subject(&phrase[..cut], naming), at);
        (!mentions.is_empty()).then_some((cut, mentions))
    })?;
    reading.subject = Subject::Parties(mentions);
    reading.agent = true;
    Some(at + cut)
}

/// Mentions of a phrase as mentions of the passage it begins in at `at`.
pub(super) fn shifted(mut mentions: Vec<Mention>, at: usize) -> Vec<Mention> {
    for mention in &mut mentions {
        mention.range = mention.range.start + at..mention.range.end + at;
    }
    mentions
}

/// Where in a phrase a verb or preposition may end the subject, from right to left.
fn verb_cuts(phrase: &str) -> impl Iterator<Item = usize> {
    phrase.char_indices().rev().map(|(at, _)| at).filter(move |&at| {
        let rest = &phrase[at..];
        // 燃气企业选用的贮罐应当: with 的 behind it the verb belongs to a thing
        let verb = words::predicate(rest) >= 6 && !rest.contains('的');
        at >= 6 && (verb || words::adverbs(rest) > 0 || words::begins(Class::Cut, rest) > 0)
    })
}

/// The first modal word inside a clause, outside quotes; 负责 counts as one here.
fn modal_inside(clause: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut next = 0;
    while let Some(&first) = clause.as_bytes().get(next) {
        let at = next;
        next += width(first);
        // most characters are nothing of all this
        if !words::may_turn(&clause[at..]) {
            continue;
        }
        let Some(character) = clause[at..].chars().next() else { break };
        match character {
            '“' | '《' | '（' => depth += 1,
            '”' | '》' | '）' => depth = depth.saturating_sub(1),
            '应' | '不' | '必' | '可' | '严' | '禁' | '有' | '须' | '要' | '负' | '承' | '履'
                if depth == 0 && at > 0 =>
            {
                let rest = &clause[at..];
                let long = words::modal(rest).is_some_and(|(length, _)| length >= 6);
                let short = matches!(character, '应' | '须' | '要')
                    && words::modal(rest).is_some_and(|(length, _)| {
                        may_act(&rest[length..]) || modifier::leading(&rest[length..]).is_some()
                    })
                    && !ends_in_word(&clause[..at], character);
                let bound = character == '有' && is_bound(rest);
                // 指导|重点单位履行职责: the verb before it governs it
                let bearing = is_bearing(rest) && !has_others_act(clause);
                if long || short || bound || bearing || is_charge(rest) {
                    return Some(at);
                }
            }
            // 双方首席代表每年至少报告一次: what says how often begins the predicate
            '每' | '定' if depth == 0 && at > 0 => {
                let rest = &clause[at..];
                if ["每年", "每季度", "每月", "每半年", "每两年", "定期"]
                    .iter()
                    .any(|word| rest.starts_with(word))
                {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// 负责 as a verb, not in 负责人.
fn is_charge(rest: &str) -> bool {
    rest.strip_prefix("负责").is_some_and(|after| !after.starts_with(['人', '的', '制']))
}

/// 运输单位|承担主体责任, 镇|履行职责: what somebody, not something, does.
fn is_bearing(rest: &str) -> bool {
    let object = rest.strip_prefix("承担").or(rest.strip_prefix("履行"));
    object.is_some_and(|object| {
        !object.starts_with(['的', '、', '和'])
            && ["责任", "职责", "义务"].iter().any(|noun| object.ends_with(noun))
    })
}

/// Whether a clause begins with a verb that makes others act: 督促, 大力倡导, 配合.
fn has_others_act(clause: &str) -> bool {
    let head = &clause[words::adverbs(clause)..];
    [Class::Governing, Class::Encouraging, Class::RoleCooperate]
        .into_iter()
        .any(|class| words::begins(class, head) > 0)
        || ["督促", "监督", "要求", "责令", "保障", "依照"]
            .iter()
            .any(|verb| head.starts_with(verb))
}

/// What may follow a short modal word.
pub(super) fn may_act(rest: &str) -> bool {
    words::begins_predicate(rest)
        || words::begins(Class::ObjectFirst, rest) > 0
        || modifier::leading_part(rest).is_some()
}

/// Whether a short modal word is the end of another word: 主要, 相应, 无须.
fn ends_in_word(before: &str, character: char) -> bool {
    let ends = match character {
        '应' => "相对响供反适效感顺答",
        '要' => "主重需必首纪摘概只扼",
        _ => "无必",
    };
    before.chars().next_back().is_some_and(|last| ends.contains(last))
}

/// A clause about a thing: `资金向贫困地区倾斜`, `村级河长职责应当在协议书中予以载明`.
fn thing(passage: &str, range: Range<usize>, reading: &mut Reading) -> Subject {
    let text = &passage[range.clone()];
    if reading.modality.is_none()
        && let Some(at) = modal_inside(text)
        && let Some((length, force)) = words::modal(&text[at..])
    {
        reading.modality = Some(force);
        // 相关设区的市可以根据本规定，制定…: the predicate is still to come
        let after = &text[at + length..];
        if modifier::leading(after).is_some_and(|(length, _)| length == after.len()) {
            reading.action = range.end..range.end;
        }
    }
    Subject::Thing
}
