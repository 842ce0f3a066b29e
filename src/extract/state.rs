//! What clauses take over: who bears what comes next, and what holds within a sentence.
//!
//! In: the readings of clauses, one after the other. Out: [`State`] for a provision, [`Line`] for a
//! sentence. Not here: duties.
//!
//! After `省委对全省工作负总责`, 省委 bears what follows, until another subject is printed.

use std::ops::Range;

use super::clause::{Reading, Subject};
use super::modifier;
use super::organization::Mention;
use super::provision::Scene;
use super::sentence::Piece;
use super::words::{self, Class};
use super::{Modality, OrganizationKind, Party};

/// Who bears what comes next, within a provision.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) bearers: Vec<Party>,
    /// Whom the heading names.
    pub(super) headed: Vec<Party>,
    /// No predicate has followed the printed subject yet.
    pub(super) fresh: bool,
    /// Those who were named as leading: what follows is theirs, as leaders.
    pub(super) leaders: Vec<Party>,
    /// All of them are persons, whose 可以 is a right.
    pub(super) persons: bool,
    /// All of them are in business, and have nobody under them: 金融机构, 经营者.
    pub(super) private: bool,
    /// Who bore what came before an aside (`有条件的地方可给予补贴`), and bears what comes after its
    /// sentence.
    pub(super) outside: Option<Vec<Party>>,
    /// The force that a list's stem gives its items.
    pub(super) modality: Option<Modality>,
    /// A new 款 begins: who is encouraged in it is not encouraged by those before.
    pub(super) opens: bool,
    /// An item of a list is read: its clauses are what the stem's bearers must do.
    pub(super) listed: bool,
    /// They stood in a condition (`单位违反规定的，`): what follows may be done to them.
    pub(super) conditional: bool,
}

/// What holds within one sentence.
#[derive(Default)]
pub(super) struct Line {
    /// The force in reach: to the next ；
    pub(super) modality: Option<Modality>,
    pub(super) frequency: Option<String>,
    pub(super) deadline: Option<String>,
    pub(super) condition: Option<String>,
    /// What the sentence itself tells before it says who leads in it.
    pub(super) task: Option<String>,
    /// The last clause had no predicate: what it says of time holds for the next.
    pub(super) waiting: bool,
    /// The last clause was a basis, and more of it may come.
    pub(super) grounds: bool,
    /// The last clause was nothing but a subject.
    pub(super) listing: bool,
    /// An object before its verb, waiting for it.
    pub(super) fronted: Option<Range<usize>>,
    /// Where a thing begins that waits for what is demanded of it: `军事训练器材、教材，应当严格管理`.
    pub(super) thing: Option<usize>,
    /// An exception has begun, and not yet ended: `除因国家安全的需要，…外`.
    pub(super) excepting: bool,
    /// A breach was told in it: `违反规定`, and what follows may go on with it.
    pub(super) breach: bool,
    /// Those who are encouraged or organized, with nobody named who does it.
    pub(super) moved: Option<(Vec<Party>, Modality)>,
    /// It opened with a thing as its subject.
    pub(super) agentless: bool,
    /// It opened by saying how a thing is ordered: `脱贫攻坚按照…工作机制`.
    pub(super) describes: bool,
    /// Who acts jointly in what is still to come: `会同有关部门在年底前，…`.
    pub(super) partners: Vec<Party>,
    /// A bearer of a main clause was printed in it.
    pub(super) printed: bool,
    /// It stands in an item of a list, and takes its force from the stem.
    pub(super) listed: bool,
    /// Its bearers lead others to act: `引导个人履行责任`.
    pub(super) led: bool,
    /// Its segment has set a sanction.
    pub(super) sanctioned: bool,
    /// Something in it was found to be a duty.
    pub(super) found: bool,
}

/// Frequency, deadline and condition of a clause hold for its own predicate, and where it has none
/// for the next; 同时 takes the frequency on.
pub(super) fn carry(text: &str, piece: &Piece, reading: &Reading, line: &mut Line) {
    let goes_on = text[piece.range.clone()].starts_with("同时");
    let said = |range: &Option<Range<usize>>| range.clone().map(|range| text[range].to_owned());
    let waits = std::mem::take(&mut line.waiting) || line.fronted.is_some() || goes_on;
    if !waits || reading.frequency.is_some() || reading.deadline.is_some() {
        // 在每年, 在表决前: the preposition goes
        let bare = |said: String| {
            let rest = said.strip_prefix(['在', '于']).or_else(|| said.strip_prefix("至少"));
            rest.map(str::to_owned).unwrap_or(said)
        };
        line.frequency = said(&reading.frequency).map(bare);
        line.deadline = said(&reading.deadline).map(bare);
    }
    if let Some(condition) = said(&reading.condition) {
        line.breach |= condition.contains("违反");
        line.condition = Some(condition);
    }
    // 可以调整，但不调离岗位: what 但 turns to is not permitted any more
    let turns = text[piece.range.clone()].starts_with('但');
    // 委员会有权否决开支，|代理中心不予入账: whoever is named next is not permitted by that
    let others = line.found
        && !reading.agent
        && matches!(reading.subject, Subject::Parties(_))
        && line.modality == Some(Modality::Permission);
    if reading.modality.is_some()
        || others
        || (turns && line.modality == Some(Modality::Permission))
    {
        line.modality = reading.modality;
    }
    // 鼓励银行设立事业部，要延伸网络: its own force holds from here
    if let Some((_, moved)) = &mut line.moved {
        *moved = reading.modality.unwrap_or(*moved);
    }
}

/// Takes a printed subject into the state, or notes that a sentence opens with a thing.
pub(super) fn take_subject(
    scene: &Scene<'_>,
    reading: &Reading,
    state: &mut State,
    line: &mut Line,
) {
    let conditional = reading.action.is_empty() && reading.condition.is_some();
    match &reading.subject {
        // 当事人改正的，应当退还: inside a sentence a condition's subject leaves the bearer as it is
        // 认为依法应当由公安机关决定立案的: an agent inside a condition is not whom it speaks of
        Subject::Parties(mentions)
            if conditional
                && (line.found || reading.agent)
                && !is_told_first(scene, reading, mentions)
                && !handles_first(scene, reading, mentions) => {}
        Subject::Parties(mentions) => {
            if reading.modality.is_none() {
                // a stem's 可以 is for its own subject alone
                line.modality = state.modality.filter(|force| *force != Modality::Permission);
            }
            // 市人民政府，|区人民政府按照职责做好…: a list that a comma breaks goes on
            let goes_on = state.fresh && std::mem::take(&mut line.listing) && !reading.agent;
            let aside = scene.text()[..reading_start(mentions)].ends_with("有条件的");
            if aside && state.outside.is_none() {
                state.outside = Some(state.bearers.clone());
            }
            // 成绩显著的单位和个人，|市人民政府应当给予奖励: who is rewarded does not reward
            let rewarded = |one: &Party| {
                ["显著", "突出", "优秀", "先进", "贡献"].iter().any(|word| one.text.contains(word))
            };
            let goes_on = goes_on && !state.bearers.iter().any(rewarded);
            if !goes_on {
                state.bearers.clear();
            }
            state.bearers.extend(scene.parties(mentions));
            line.listing = reading.action.is_empty()
                && reading.condition.is_none()
                && reading.deadline.is_none()
                && !does_something(scene.text(), reading, mentions);
            state.persons = mentions.iter().all(|mention| {
                // 单位和个人 are everybody
                (mention.kind == OrganizationKind::Persons && !is_official(&mention.name))
                    || mention.name.starts_with("任何")
                    || matches!(mention.name.as_str(), "单位" | "组织" | "法人" | "其他组织")
            });
            state.private = mentions.iter().all(|mention| {
                matches!(mention.kind, OrganizationKind::Enterprise | OrganizationKind::Persons)
            });
            state.fresh = true;
            state.conditional = conditional;
            line.moved = None;
            line.agentless = false;
            line.printed |= !state.conditional;
        }
        _ if !reading.action.is_empty() && line.listing => line.listing = false,
        _ => {}
    }
    match &reading.subject {
        // 虚列收入: in a list a verb that no lexicon knows is still one
        Subject::Thing if state.listed && !state.bearers.is_empty() => {}
        Subject::Thing if !line.found && !line.printed && line.moved.is_none() => {
            line.agentless = !reading.action.is_empty();
            line.describes = words::holds(Class::Ordering, &scene.text()[reading.action.clone()]);
        }
        _ => {}
    }
}

/// `文物行政部门|接到报告后，应当赶赴现场`: a body that is told something is who acts on it.
fn is_told_first(scene: &Scene<'_>, reading: &Reading, mentions: &[Mention]) -> bool {
    let Some((condition, last)) = reading.condition.clone().zip(mentions.last()) else {
        return false;
    };
    let told = scene.text().get(last.range.end..condition.end);
    told.is_some_and(|told| {
        // ；移民区县级人民政府|确认其具有土地后，应当签订协议: a segment of its own
        let before = mentions.first().map_or(0, |first| first.range.start);
        let own = scene.text()[..before].ends_with(['；', '。']);
        told.ends_with('后') && (own || ["接到", "收到"].iter().any(|verb| told.starts_with(verb)))
    }) && !reading.agent
        && mentions.iter().all(|one| one.kind != OrganizationKind::Persons)
}

/// `由县农业农村局|修改完善后，按程序印发`: who handles something first goes on with it; not where others may act then
/// (`由主管机关核准后，方可经营`).
fn handles_first(scene: &Scene<'_>, reading: &Reading, mentions: &[Mention]) -> bool {
    let text = scene.text();
    let Some(condition) = reading.condition.clone().filter(|_| reading.agent) else { return false };
    let start = reading_start(mentions);
    let opens = text[..start].strip_suffix('由').is_some_and(|before| {
        before.is_empty() || before.ends_with(['，', '。', '；', '：', '）', '、'])
    });
    let next = text[condition.end..].trim_start_matches('，');
    let others = ["方", "才", "可", "应", "由", "不得", "其", "视为"]
        .iter()
        .any(|word| next.starts_with(word));
    opens && !others && text[condition].ends_with('后')
}

/// `当事人|在一审期间未提出抗辩，人民法院…`: whether more than where follows the name, so that no list goes on.
fn does_something(text: &str, reading: &Reading, mentions: &[Mention]) -> bool {
    let named = mentions.last().map_or(reading.action.start, |last| last.range.end);
    let done = text.get(named..reading.action.start).filter(|done| done.starts_with('在'));
    done.is_some_and(|done| modifier::leading(done).is_none_or(|(end, _)| end < done.len()))
}

/// 检查人员, 执法人员, 人民代表大会代表: persons whose 可以 is of their office.
fn is_official(name: &str) -> bool {
    let deputy = name == "代表" || ["大会代表", "人大代表"].iter().any(|end| name.ends_with(end));
    if deputy {
        return true;
    }
    ["检查人员", "执法人员", "调查人员", "监督人员", "警察", "警", "法官", "检察官", "监督员"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether a name is of those who punish: 主管部门, 公安机关.
pub(super) fn punishes(one: &Party) -> bool {
    const ENDS: [&str; 7] = ["部门", "机关", "政府", "局", "法院", "管理机构", "所在单位"];
    ENDS.iter().any(|end| one.name.ends_with(end))
}

/// Where a subject begins.
fn reading_start(mentions: &[Mention]) -> usize {
    mentions.first().map_or(0, |mention| mention.range.start)
}
