//! Whether a clause states no duty where it stands: what `extract::exclusion` says of an action
//! alone, weighed with who is named and what was said before.
//!
//! In: a clause's action with its reading, the provision's [`State`], the sentence's [`Line`]. Out:
//! whether to leave it out. Not here: writing duties (`extract::duty`).
//!
//! `没收违法所得` is a duty of a body that 由 introduces, and none where nobody is named.

use super::clause::{Reading, Subject};
use super::sentence::Piece;
use super::state::{Line, State};
use super::words::{self, Class};
use super::{Modality, construction, exclusion, recipient};
use crate::structure::Genre;
use crate::text::literal;

/// A clause in its place.
pub(super) struct Standing<'a> {
    pub(super) action: &'a str,
    pub(super) reading: &'a Reading,
    pub(super) state: &'a State,
    pub(super) line: &'a Line,
    pub(super) piece: &'a Piece,
    pub(super) genre: Genre,
}

/// Whether a clause states no duty.
pub(super) fn dismissed(standing: &Standing<'_>) -> bool {
    says_nothing(standing)
        || is_right(standing)
        || is_of_a_thing(standing)
        || is_unasked_consequence(standing)
        || (!standing.reading.plain && is_no_predicate(standing))
}

impl Standing<'_> {
    /// The force in reach.
    fn modality(&self) -> Option<Modality> {
        self.reading.modality.or(self.line.modality)
    }

    fn names_somebody(&self) -> bool {
        matches!(self.reading.subject, Subject::Parties(_))
    }
}

/// What describes, catches the rest, tells history, names an act, or points to other rules.
fn says_nothing(standing: &Standing<'_>) -> bool {
    let Standing { action, reading, state, line, .. } = standing;
    // 必须经过考核，具备安全知识
    let met = ["符合", "具备", "具有"].iter().any(|verb| action.starts_with(verb));
    let carried = line.found && met && line.modality == Some(Modality::Obligation);
    let required = reading.modality == Some(Modality::Obligation) || carried;
    // 依照…的规定处理 says no more than that other rules hold
    let point = ["处理", "执行", "办理", "处罚"].iter().find(|verb| action.ends_with(**verb));
    let pointing = !standing.names_somebody()
        && point.is_some_and(|verb| {
            // 借阅档案依照第12条办理
            verb.len() == action.len() || (reading.modality.is_none() && action.contains("依照"))
        });
    let act = reading.modality.is_none()
        && state.bearers.is_empty()
        && standing.piece.opens
        && construction::names_an_act(action);
    // （七）故意使计量装置失效: forbidden
    let done = line.listed
        && standing.modality() == Some(Modality::Prohibition)
        && words::adverbs(action) > 0;
    let scope = ["遵守本条例", "遵守本办法", "遵守本规定", "遵守本法"].contains(action);
    // 普查内容包括基本情况, 普查范围为全镇
    let told = reading.subject != Subject::None
        && !standing.names_somebody()
        && standing.modality().is_none()
        && exclusion::tells_of_a_thing(action)
        // 其中，|搬迁费包括拆卸费
        || reading.modality.is_none() && exclusion::lists_parts(action)
        || reading.modality.is_none() && action.ends_with("受法律保护");
    scope
        || told
        // 应当做到：（一）…; 禁止在保护区内从事下列活动
        || *action == "做到"
        || ["下列活动", "下列行为"].iter().any(|end| action.ends_with(end))
        || action.ends_with("除外")
        || ["从其规定", "适用其规定", "从其约定"].iter().any(|end| action.ends_with(end))
        || (!required && !done && exclusion::describes(action))
        || (words::may_hold(standing.piece.kinds, Class::Catching) && exclusion::catch_all(action))
        || exclusion::narrates(action)
        || pointing
        || act
}

/// 可以 of persons, or of nobody where it is a right of whoever it concerns.
fn is_right(standing: &Standing<'_>) -> bool {
    let Standing { action, state, line, .. } = standing;
    standing.modality() == Some(Modality::Permission)
        && ((state.persons && line.moved.is_none())
            || (state.bearers.is_empty() && exclusion::right(action)))
}

/// `脱贫攻坚按照…工作机制，构建责任体系`: what a thing is, in several clauses; a principle of nobody.
fn is_of_a_thing(standing: &Standing<'_>) -> bool {
    let Standing { action, reading, state, line, .. } = standing;
    let of_thing = line.describes && !line.found && state.leaders.is_empty();
    let unnamed = state.bearers.is_empty() || line.agentless;
    (of_thing && reading.subject == Subject::None && reading.modality.is_none())
        || (of_thing && reading.subject == Subject::Thing && exclusion::upholds(action))
        || (unnamed && exclusion::aims(action))
        || (unnamed && exclusion::principle(action))
        || (unnamed && exclusion::institutes(action))
        || (unnamed && reading.modality.is_none() && is_slogan(standing))
        || (unnamed && standing.modality().is_none() && exclusion::equates(action))
}

/// `坚持应保尽保`, `紧盯重点人群`, and at an item's head `长短结合，`: what is kept in view, with nobody
/// named who does so.
fn is_slogan(standing: &Standing<'_>) -> bool {
    let Standing { action, reading, line, piece, .. } = standing;
    let head = &action[words::adverbs(action)..];
    words::begins(Class::Focusing, head) > 0
        || (piece.opens
            && !line.found
            && !line.listed
            && line.modality.is_none()
            && !reading.plain
            && construction::slogan(action))
}

/// What follows a breach, with no body told to carry it out.
fn is_unasked_consequence(standing: &Standing<'_>) -> bool {
    // who lays on a penalty neither is tried nor pays damages
    let another = !standing.names_somebody()
        && (standing.action.starts_with("承担") || literal::holds(standing.action, "刑事责任"));
    // 单位有下列行为之一的，责令改正，调整有关账目: done to them, not by them
    let suffered = standing.state.conditional
        && standing.line.sanctioned
        && standing.reading.modality.is_none()
        && !standing.names_somebody()
        && !standing.reading.agent;
    if suffered {
        return true;
    }
    // 造成损害的经营者|应当承担赔偿责任: their own
    let own = standing.reading.modality == Some(Modality::Obligation)
        && (standing.state.conditional || standing.line.printed)
        && !standing.line.found
        && !standing.line.agentless
        && standing.action.starts_with("承担")
        && !standing.action.contains("刑事");
    if own {
        return false;
    }
    let acting = standing.line.printed && !standing.state.conditional && !another;
    // 县级以上人民政府应当评查案卷。发现违法的，应当|责令其纠正: told of a body that was named before
    let state = standing.state;
    let told = standing.reading.modality == Some(Modality::Obligation)
        && !(state.persons || state.private || state.conditional || standing.line.agentless)
        && !state.bearers.is_empty()
        && standing.action.starts_with("责令")
        && !another;
    exclusion::consequence(standing.action) && !standing.reading.agent && !acting && !told
}

/// What begins with no predicate we know, and is no demand on a thing either.
fn is_no_predicate(standing: &Standing<'_>) -> bool {
    let Standing { action, reading, line, .. } = standing;
    match reading.subject {
        Subject::Parties(_) => false,
        _ if action.starts_with('不') => {
            !line.found && (!line.listed || standing.state.bearers.is_empty())
        }
        // （四）其他旅游业务: an item that is no predicate is a thing
        _ if line.listed && reading.modality.is_none() && !line.found => {
            // what is forbidden is an act, also by a verb we don't know: 摔、砸气瓶
            let forbidden = standing.modality() == Some(Modality::Prohibition);
            // （四）擅自|操作用电计量装置
            let done = forbidden && words::adverbs(action) > 0;
            (!forbidden && !asserts(action))
                || action.starts_with("其他")
                || (!done
                    && ((!action.starts_with('有') && words::ends(Class::Catching, action) > 0)
                        || words::ends(Class::ItemsThing, action) > 0))
        }
        _ if standing.modality().is_some() => false,
        // beside other duties of a sentence stands another, also where no lexicon knows its verb
        _ if line.found && !line.agentless && action.chars().count() >= 4 => false,
        _ => {
            // a statute describes things; it demands something of them by a verb of direction
            let described = standing.genre == Genre::Regulation
                && standing.piece.opens
                && !line.found
                && !words::holds(Class::Directing, action);
            !asserts(action) || described
        }
    }
}

/// Whether a clause about a thing says what is to happen to it: it has a predicate inside.
pub(super) fn asserts(action: &str) -> bool {
    action.char_indices().map(|(at, _)| at).skip(2).any(|at| {
        let length = words::predicate(&action[at..]);
        length >= 6 && !action[at + length..].starts_with('的')
    }) || is_handed_up(action)
}

/// `试点方案报省财政厅和省编办`: a thing, and to whom it goes.
fn is_handed_up(action: &str) -> bool {
    const IN_WORDS: &str = "告道表送销废名酬纸刊社警到考批答复案";
    action.match_indices('报').any(|(at, verb)| {
        let whom = action[at + verb.len()..].chars().next();
        // 名单|于6月10日前|报县河长办
        let before = action[..at].split('于').next().unwrap_or_default();
        let paper =
            ["名单", "方案", "结果", "情况", "材料", "总结", "台账", "清单"].contains(&before);
        let noun =
            (paper || before.chars().count() >= 4) && !recipient::is_part_of_word(before, verb);
        noun && whom.is_some_and(|next| !IN_WORDS.contains(next))
    })
}
