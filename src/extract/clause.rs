//! One clause read: who stands as its subject, with what force, and what its predicate is.
//!
//! In: a clause of a passage, and the organizations named in the passage. Out: a [`Reading`]. Not
//! here: what a clause takes over from those before it (`extract::duty`).
//!
//! `省委、省人民政府主要负责人按规定每年向中央报告进展情况` has the subject
//! `省委、省人民政府主要负责人`, the frequency `每年`, and the action `向中央报告进展情况`.

use std::ops::Range;

use super::Modality;
use super::modifier::{self, Modifier};
use super::organization::{self, Group, Mention, Naming};
use super::printed::{about_whom, describes_holder, printed_subject};
use super::sentence::Piece;
use super::subject::{
    conditional_subject, has_others_act, head_of, may_act, modal_inside, open_subject, shifted,
};
use super::words::{self, Class};
use super::{charge, construction, detail, doer, doing, when};
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
    /// Whether 负责 before its verb says that it is a duty.
    pub(super) charged: bool,
    /// Whether it states a purpose.
    pub(super) purpose: bool,
    /// The last basis: `按照有关规定`
    pub(super) basis: Option<Range<usize>>,
    /// Whether it demands something of whoever is doing something: `编制规划应当征求意见`.
    pub(super) doing: bool,
    /// Who does what it tells, where a thing seemed to be its subject.
    pub(super) doer: Option<Vec<Mention>>,
}

/// A piece of a passage read, where it has not been read before. `groups` are those of the whole passage.
pub(super) fn of<'p>(
    piece: &'p Piece,
    passage: &str,
    groups: &[Group],
    naming: &Naming,
) -> &'p Reading {
    piece.reading.get_or_init(|| read(passage, piece.range.clone(), groups, naming))
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
    let mut place = None;
    if is_needing_thing(passage, clause.clone()) {
        reading.subject = Subject::Thing;
        reading.action = clause;
        return reading;
    }
    if let Some((mentions, next)) = about_whom(passage, clause.clone(), naming) {
        reading.subject = Subject::Parties(mentions);
        at = next;
    }
    loop {
        let rest = &passage[at..end];
        if rest.is_empty() {
            break;
        }
        if reading.subject == Subject::None
            && let Some((mentions, next, agent)) = printed_subject(passage, at, end, groups, naming)
        {
            reading.subject = Subject::Parties(mentions);
            reading.agent = agent;
            at = next;
        } else if let Some(first) = behind_first(rest, at, &reading) {
            reading.modality = Some(Modality::Obligation);
            at = first;
            break;
        } else if let Some((length, force)) = marked(rest) {
            reading.modality = stronger(reading.modality, force);
            at += length;
        } else if reading.modality.is_some() && is_whole_act(rest) {
            break;
        } else if reading.modality == Some(Modality::Prohibition)
            && (rest.starts_with("违反") || is_all_means(rest))
        {
            // 不得|违反规定压低设计费, 不得|通过设计文件审查
            break;
        } else if reading.modality == Some(Modality::Prohibition)
            && rest.starts_with(['在', '以'])
            && passage[..at].ends_with(['得', '止', '禁', '准', '许'])
            && (!passage[end..].starts_with('，')
                || modifier::leading(rest).is_some_and(|(length, _)| length < rest.len()))
        {
            // 不得|以任何理由拒绝, 严禁|在校内设置小卖部: where and how is what is forbidden
            break;
        } else if reading.modality.is_some() && follows_model(rest) {
            break;
        } else if let Some((length, what)) = modifier::leading(rest) {
            if length == rest.len()
                && reading.asks()
                && modifier::may_act(what)
                && let Some(act) = act_behind(passage, at..end)
            {
                at = act;
                break;
            }
            if at == clause.start && length == rest.len() {
                reading.subject = head_of(passage, at..end, what, groups)
                    .unwrap_or_else(|| conditional_subject(rest, at, what, naming));
            }
            // 派出所|接到报警后5分钟内|出警
            let told = at == clause.start
                && what == Modifier::Deadline
                && reading.subject == Subject::None
                && ["接到", "收到", "接报"]
                    .iter()
                    .any(|verb| literal::holds(&rest[..length], verb));
            if let Some((mentions, cut)) =
                told.then(|| doer::doer(&rest[..length], naming)).flatten()
            {
                reading.subject = Subject::Parties(shifted(mentions, at));
                reading.note(what, at + cut..at + length);
                at += length;
                continue;
            }
            // 建设单位|在取得许可证前: who stands before when is no part of it
            let from = match &reading.subject {
                Subject::Parties(named) if what == Modifier::Deadline => {
                    named.last().map_or(at, |last| last.range.end.clamp(at, at + length))
                }
                _ => at,
            };
            reading.note(what, from..at + length);
            place = (what == Modifier::Place).then_some(at);
            at += length;
            // 定期、|如实报送
            if what == Modifier::Frequency && passage[at..end].starts_with('、') {
                at += '、'.len_utf8();
            }
        } else if matches!(reading.subject, Subject::Parties(_)) && is_request(rest) {
            // 各市民政局|请于11月15日前报省民政厅
            at += '请'.len_utf8();
        } else if let Some(length) = filler(rest, &reading) {
            at += length;
        } else if reading.frequency.is_some()
            && reading.deadline.is_none()
            && let Some(month) = when::month(rest)
        {
            reading.deadline = Some(at..at + month);
            at += month;
        } else if rest.starts_with(['都', '均', '皆']) && is_bound(rest) {
            at += '都'.len_utf8();
        } else if reading.asks()
            && manner_of_means(rest).is_some()
            && let Some(act) = act_behind(passage, at + words::adverbs(rest)..end)
        {
            // 应当及时通过电话|告知消费者。, 快速通过|人行横道
            let means = at + words::adverbs(rest);
            let whom = rest.find('向').map(|whom| at + whom).filter(|whom| *whom > means);
            at = if act > means { whom.unwrap_or(act) } else { at };
            break;
        } else if let Some(length) = emphasis(rest).or_else(|| manner_of_means(rest)) {
            at += length;
        } else if let Some(length) = charge::before_verb(rest) {
            // 人民政府|负责管理地震工作的部门: a longer name
            reading.charged = !["的部门", "的机构"].iter().any(|noun| rest.contains(noun));
            at += length;
        } else if let Some(length) = legal_basis(rest) {
            at += length;
        } else if let Some(next) = open_subject(passage, at..end, groups, naming, &mut reading) {
            at = next;
        } else {
            break;
        }
    }
    // 在同一媒体|公告: a bare verb keeps its place
    if let Some(start) = place
        && at < end
        && reading.modality != Some(Modality::Prohibition)
        && words::predicate(&passage[at..end]) == end - at
        && end - at <= "公告".len()
        && modal_inside(&passage[start..at]).is_none()
    {
        at = start;
    }
    if matches!(reading.subject, Subject::Parties(_))
        && reading.modality.is_none()
        && let Some((act, force)) = behind_circumstance(&passage[at..end])
    {
        match when::until(&passage[at..at + act.0]) {
            Modifier::Deadline => reading.deadline = Some(at..at + act.0),
            _ => reading.condition = Some(at..at + act.0),
        }
        reading.modality = Some(force);
        at += act.1;
    }
    if reading.subject == Subject::None
        && reading.modality.is_none()
        && let Some((mentions, cut)) = doer::asserted(passage, at..end, naming)
    {
        reading.subject = Subject::Parties(mentions);
        let rest = read(passage, cut..end, &[], naming);
        at = rest.action.start;
        reading.frequency = reading.frequency.or(rest.frequency);
        reading.deadline = reading.deadline.or(rest.deadline);
    }
    reading.action = at..end;
    let action = &passage[at..end];
    reading.plain = words::begins_predicate(action)
        || (reading.asks() && at < end && modifier::leading(action).is_some())
        || words::begins(Class::ObjectFirst, &action[words::adverbs(action)..]) > 0
        || words::begins(Class::ObjectFirst, action) > 0
        || action.starts_with("负责")
        || (reading.modality.is_some() && action.starts_with('经'))
        || begins_only_then(action)
        || construction::sets(action)
        || detail::manner(action).is_some()
        || (action.starts_with('在') && literal::holds(action, "时间不"))
        || is_bound(&action[words::adverbs(action)..]);
    // 对其捐赠的项目可以留名纪念: the object stands before the modal word too
    if reading.modality.is_none()
        && action.starts_with(['对', '将', '把'])
        && let Some(inside) = modal_inside(action)
        && inside > "对于".len()
        // 对社会力量可以承担的事项: the modal word is of what describes the object
        && !is_relative(&action[inside..])
        && (!(action[inside..].contains('的') && action[..inside].contains('的'))
            // 对未进行检查的劳动者不得解除与其订立的合同
            || (action[inside..].starts_with("不得") && construction::is_bare_object(&action[..inside])))
    {
        reading.modality = words::modal(&action[inside..]).map(|(_, force)| force);
    }
    if reading.subject == Subject::None
        && reading.modality.is_none()
        && let Some(doing) = doing::before_demand(action)
    {
        // 编制规划|应当征求意见
        let mut demand = read(passage, at + doing.end..end, groups, naming);
        demand.condition = demand.condition.or(Some(at..at + doing.end));
        demand.doing = true;
        return demand;
    }
    if reading.subject == Subject::None && reading.modality.is_none() && is_said_of_a_thing(action)
    {
        reading.subject = thing(passage, at..end, &mut reading);
        return reading;
    }
    if reading.subject == Subject::None && !reading.plain && !action.is_empty() {
        // 应当|有二名以上检查人员参加: what opens with its force has no thing before it
        if modal_inside(action).is_none() && marked(&passage[clause.start..]).is_some() {
            reading.plain = true;
            return reading;
        }
        alone(passage, at..end, groups, naming, &mut reading);
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
        let rest = &verbs[length..];
        verbs = rest.trim_start_matches("或者").trim_start_matches(['、', '和', '或']);
        // 评估|报告应当包括: a noun
        if verbs.len() == rest.len() {
            break;
        }
    }
    !verbs.is_empty()
        && words::begins(Class::ModalInside, &action[at..]) > 0
        && !TELLING.iter().any(|verb| before.contains(verb))
        // 认定当事人|应负的责任
        && !is_relative(&action[at..])
        && (!before.contains('的') || words::holds(Class::ModalInside, &action[at..]))
}

/// `需要进入通信网的设施，|必须经核准`: a thing by what it needs, and no demand.
fn is_needing_thing(passage: &str, clause: Range<usize>) -> bool {
    let text = &passage[clause.clone()];
    let before = passage[..clause.start].chars().next_back();
    // 开展活动，|应当遵守公平竞争的原则，: behind what tells of a case it is the demand
    let opens = before.is_none_or(|one| one != '，' && !('\u{4e00}'..='\u{9fff}').contains(&one));
    let needs =
        ["需要", "确需", "依法应当", "依法必须", "需"].iter().any(|word| text.starts_with(word))
            || opens && text.starts_with("应当");
    needs && passage[clause.end..].starts_with('，') && construction::is_bare_object(text) && {
        let next = &passage[clause.end + '，'.len_utf8()..];
        let next = &next[..next.find(['，', '。', '；', '：']).unwrap_or(next.len())];
        construction::asks(next)
            || next.starts_with('由')
            || (words::holds(Class::ModalInside, next) && !next.starts_with('并'))
    }
}

/// `应当通过互联网络|进行联网。`, `应当|为检举人保密。`: where the predicate begins that what looks like a modifier
/// holds, as no other clause follows that could have one.
fn act_behind(passage: &str, rest: Range<usize>) -> Option<usize> {
    let after = &passage[rest.end..];
    let joined = after.strip_prefix('，').is_some_and(|next| next.starts_with('并'));
    if !(after.is_empty() || after.starts_with(['。', '；']) || joined) {
        return None;
    }
    let text = &passage[rest.clone()];
    if text.starts_with('以') && (!text.contains('为') || text.contains("作为")) {
        // 不得|以竞买人的身份参与拍卖活动
        return Some(rest.start);
    }
    // 按照国家规定的采购渠道|向持有人采购: the object before the verb, else the last verb with an object
    let object = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|&at| at >= 6)
        .find(|&at| text[at..].starts_with(['向', '对', '将']) && !text[at..].contains('的'));
    let verbs = text.char_indices().rev().map(|(at, _)| at).filter(|&at| at >= 6);
    let verb = object.or_else(|| {
        verbs.into_iter().find(|&at| {
            let length = words::predicate(&text[at..]);
            let object = &text[at + length.min(text.len() - at)..];
            let bare = object.is_empty() || words::predicate(object) == object.len();
            length >= 6 && !bare && !object.contains('的')
        })
    });
    Some(rest.start + verb.unwrap_or(0))
}

/// `可以|承担的事项`: a modal word with a verb of a noun.
fn is_relative(rest: &str) -> bool {
    let after = &rest[words::modal(rest).map_or(0, |(length, _)| length)..];
    let act = &after[words::adverbs(after)..];
    let verb = words::predicate(act);
    verb > 0 && act[verb..].starts_with('的')
}

/// `国家机关|检查通信|应当出具证明`: what a subject does when it must do something. Gives where the circumstance
/// ends and where the act begins, with its force.
fn behind_circumstance(action: &str) -> Option<((usize, usize), Modality)> {
    if !action.contains(['应', '不', '必', '可']) {
        return None;
    }
    let at = modal_inside(action)?;
    let (length, force) = words::modal(&action[at..]).filter(|(length, _)| *length >= 6)?;
    let (before, after) = (&action[..at], &action[at + length..]);
    // 有关部门|接到报告后|应当及时处理, 司法鉴定机构|开展鉴定活动|应当遵守法律
    let timed = before.ends_with(['后', '前', '时'])
        && (3..=16).contains(&before.chars().count())
        && !before.contains(['的', '，', '对', '将', '由']);
    if (timed || doing::is_whole(before)) && !after.is_empty() {
        return Some(((at, at + length), force));
    }
    if !words::begins_predicate(action)
        || has_others_act(action)
        || construction::is_bare_object(action)
    {
        return None;
    }
    let told = is_relative(&action[at..])
        || ["告知", "认为", "规定", "明确", "提醒", "通知", "公布", "审查", "确定", "收缴"]
            .iter()
            .any(|verb| before.contains(verb));
    let whole = !told && before.len() >= 12 && !before.ends_with(['的', '、', '和', '或', '者']);
    (whole && may_act(after)).then_some(((at, at + length), force))
}

/// `有保护航标的义务`: a duty by its noun.
pub(super) fn is_bound(action: &str) -> bool {
    let action = action.trim_start_matches(['都', '均', '也', '皆']);
    (action.starts_with('有') && (action.ends_with("的义务") || action.ends_with("的责任")))
        || (action.starts_with("负有") && (action.ends_with("义务") || action.ends_with("责任")))
}

/// What is left without a predicate: a subject that a comma parts from it (`经营者以外的组织和个人，`),
/// or a thing.
fn alone(
    passage: &str,
    rest: Range<usize>,
    groups: &[Group],
    naming: &Naming,
    reading: &mut Reading,
) {
    let text = &passage[rest.clone()];
    // 保护区|由文物部门会同规划部门划定
    let acted_on = || {
        let by = construction::by_agent(passage, rest.clone(), groups, naming);
        by.is_some_and(|(thing, _, act)| {
            let act = &passage[act..rest.end];
            let joined = ["或", "和", "、", "及", "与"].iter().any(|joint| act.starts_with(joint));
            let longer = joined || literal::find(act, "会同").is_some_and(|at| at > 0);
            !longer && !passage[thing].ends_with(['可', '应', '须'])
        })
    };
    let mentions = match reading.modality {
        None if text.chars().count() <= 90 && !acted_on() => {
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
    /// Whether somebody is named, or a force: a predicate must follow.
    fn asks(&self) -> bool {
        self.modality.is_some() || matches!(self.subject, Subject::Parties(_))
    }

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
    if adverbs == 0 && rest.starts_with("有权") && describes_holder(rest) {
        return None;
    }
    (adverbs == 0 || length >= "应当".len()).then_some((adverbs + length, force))
}

/// `县级领导|每人|至少包联一件积案`, `每年|至少|向市委专题报告1次`, `有关部门|将|适时开展抽查`: how long a word is that
/// belongs neither to the subject nor to the act.
fn filler(rest: &str, reading: &Reading) -> Option<usize> {
    let named = matches!(reading.subject, Subject::Parties(_));
    if rest.starts_with("每人") && named {
        return Some("每人".len());
    }
    if rest.starts_with("至少向") && reading.frequency.is_some() {
        return Some("至少".len());
    }
    (rest.starts_with("将会同") || is_to_come(rest)).then_some("将".len())
}

/// `将适时开展抽查`: 将 of what is to come, not of an object.
fn is_to_come(rest: &str) -> bool {
    let act = rest.strip_prefix('将').unwrap_or_default();
    // 将|对落实情况进行督办, but 将对象信息录入系统
    let done =
        ["进行", "予以", "给予", "实施", "开展"].iter().any(|verb| literal::holds(act, verb));
    if act.starts_with('对') && done && !act.starts_with("对象") && !act.starts_with("对口") {
        return true;
    }
    let often = modifier::leading(act).is_some_and(|(_, what)| what == Modifier::Frequency);
    let adverbs = words::adverbs(act);
    often || adverbs > 0 && words::predicate(&act[adverbs..]) > 0
}

/// `请|于11月15日前上报`: a word that asks politely.
pub(super) fn is_request(rest: &str) -> bool {
    rest.starts_with('请') && !["请求", "请示", "请假"].iter().any(|word| rest.starts_with(word))
}

/// `都|要积极履职`, `尤其|要加强管理`: what stands before a short modal word.
pub(super) fn emphasis(rest: &str) -> Option<usize> {
    const WORDS: [&str; 12] =
        ["都", "均", "也", "还", "更", "就", "尤其", "特别", "仍", "既", "又", "同时"];
    let word = WORDS.iter().find(|word| rest.starts_with(**word))?;
    let modal = &rest[word.len()..];
    let (length, _) = words::modal(modal)?;
    (length < "应当".len() && may_act(&modal[length..])).then_some(word.len())
}

/// `积极通过报纸、网络等多种媒体`: means with an adverb, which are no predicate.
fn manner_of_means(rest: &str) -> Option<usize> {
    let adverbs = words::adverbs(rest);
    let means = rest[adverbs..].starts_with("通过").then(|| modifier::leading(&rest[adverbs..]))?;
    means.filter(|(length, _)| adverbs > 0 && adverbs + length == rest.len()).map(|_| rest.len())
}

/// 不得 after 应当 or 可以 after 应当: the later word is the finer one.
fn stronger(before: Option<Modality>, force: Modality) -> Option<Modality> {
    match before {
        Some(Modality::Prohibition) => before,
        _ => Some(force),
    }
}

/// `可以|参照同级文物保护单位予以保护`: a model is a part of what is demanded; not where other rules are followed.
pub(super) fn follows_model(rest: &str) -> bool {
    rest.starts_with("参照")
        && !rest.starts_with("参照适用")
        && !["执行", "办理", "处理", "适用", "规定"].iter().any(|end| rest.ends_with(end))
}

/// `验收合格后|方可使用`: what must come first is demanded with what it allows. Gives where it begins.
fn behind_first(rest: &str, at: usize, reading: &Reading) -> Option<usize> {
    let first = reading.condition.clone().filter(|first| first.end == at)?;
    begins_only_then(rest).then_some(first.start)
}

/// 方可, 方能: only then.
pub(super) fn begins_only_then(rest: &str) -> bool {
    rest.starts_with("方可") || rest.starts_with("方能")
}

/// `通过设计文件审查`: what seems to be means, where no act is left.
fn is_all_means(rest: &str) -> bool {
    rest.starts_with("通过")
        && words::ends(Class::MeansEnd, rest) == 0
        && modifier::leading(rest).is_some_and(|(length, _)| length == rest.len())
}

/// 可以|并处罚款; 应当|经公路管理机构批准, where the approval is what is demanded.
fn is_whole_act(rest: &str) -> bool {
    rest.starts_with("并处")
        || (rest.starts_with('经')
            && modifier::leading(rest).is_some_and(|(length, _)| length == rest.len()))
}

/// 依法, 依纪依法 are basis and go.
fn legal_basis(rest: &str) -> Option<usize> {
    let length = words::begins(Class::Legal, rest);
    // 依法、|及时采集
    let joint = if rest[length..].starts_with('、') { '、'.len_utf8() } else { 0 };
    (length > 0 && rest.len() > length + joint).then_some(length + joint)
}

/// A clause about a thing: `资金向贫困地区倾斜`, `村级河长职责应当在协议书中予以载明`.
fn thing(passage: &str, range: Range<usize>, reading: &mut Reading) -> Subject {
    let text = &passage[range.clone()];
    if reading.modality.is_none()
        && let Some(at) = modal_inside(text)
        && let Some((length, force)) = words::modal(&text[at..])
    {
        // 设备经验收合格后方可使用
        let before = text[..at].strip_suffix('方').filter(|_| text[at..].starts_with('可'));
        let only_then = before
            .is_some_and(|before| before.ends_with(['后', '的', '准', '意', '格', '过', '可']));
        reading.modality = Some(if only_then { Modality::Obligation } else { force });
        // 相关设区的市可以根据本规定，制定…: the predicate is still to come
        let after = &text[at + length..];
        let next = &passage[range.end..];
        // 检定应当按照系统表进行，|并执行规程: a conjunction opens another predicate
        let last = next.is_empty() || next.starts_with(['。', '；']) || next.starts_with("，并");
        if !last && modifier::leading(after).is_some_and(|(length, _)| length == after.len()) {
            reading.action = range.end..range.end;
        }
    }
    Subject::Thing
}
