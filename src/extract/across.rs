//! What clauses are to those beside them: cases, exceptions, approvals and objects that go on over a
//! comma.
//!
//! In: a clause with what follows it, or with what its sentence holds so far. Out: whether it is such a
//! part. Not here: constructions of one clause (`extract::construction`), duties (`extract::duty`).
//!
//! `经评审委员会评审后，报省人民政府审批` is one act in two clauses.

use std::ops::Range;

use super::clause::{self, Reading, Subject};
use super::dismiss::asserts;
use super::provision::Scene;
use super::sentence::Piece;
use super::state::{Line, State};
use super::words::{self, Class};
use super::{Modality, construction, exclusion};

/// `违反规定，|擅自停止服务，|造成损害的，由…`: what goes on to tell the breach, up to its 的.
pub(super) fn is_breach(
    text: &str,
    action: &Range<usize>,
    line: &Line,
    following: &[Piece],
) -> bool {
    if line.found || !line.breach {
        return false;
    }
    let asks = |clause: &str| clause.starts_with('由') || words::holds(Class::ModalInside, clause);
    let mut on =
        following.iter().take_while(|next| !next.opens).map(|next| &text[next.range.clone()]);
    !asks(&text[action.clone()])
        && on
            .find(|clause| clause.ends_with('的') || asks(clause))
            .is_some_and(|clause| clause.ends_with('的'))
}

/// `修改稿经会议审议，|由法制委员会修改`: a clause of its own before the agent, no thing that is acted on.
pub(super) fn is_told(clause: &str) -> bool {
    let clause = clause.trim_end_matches('，');
    asserts(clause) && !construction::is_bare_object(clause)
}

/// `除因国家安全的需要，|由国家安全机关检查外，|任何单位不得…`: the clauses of an exception, up to its 外.
pub(super) fn is_excepted(clause: &str, text: &str, following: &[Piece], line: &mut Line) -> bool {
    if line.excepting {
        line.excepting = !clause.ends_with('外');
        return true;
    }
    line.excepting = clause.starts_with('除')
        && !clause.ends_with('外')
        && following
            .iter()
            .take_while(|next| !next.opens)
            .any(|next| text[next.range.clone()].ends_with('外'));
    line.excepting
}

/// `（六）|违反规定燃放烟花爆竹`: under a stem that forbids, a breach is the act that is forbidden.
pub(super) fn forbidden_breach(
    text: &str,
    piece: &Piece,
    reading: &Reading,
    state: &State,
    line: &Line,
) -> Option<Reading> {
    let clause = &text[piece.range.clone()];
    let forbidden = state.listed && line.modality == Some(Modality::Prohibition);
    let breach = clause.starts_with("违反") && !clause.ends_with(['的', '定']);
    (forbidden && breach && reading.action.is_empty()).then(|| Reading {
        action: piece.range.clone(),
        plain: true,
        ..Reading::default()
    })
}

/// `对劳动用工活动负总责`, `承担主体责任`: a duty also where another asks for more.
pub(super) fn is_charged(action: &str) -> bool {
    let is_one = action.starts_with(['是', '为'])
        && ["责任主体", "责任人", "责任单位", "主体"].iter().any(|end| action.ends_with(end));
    action.starts_with("负责")
        || is_one
        || (action.contains(['负', '承'])
            && ["负总责", "负责", "责任", "义务", "职责"].iter().any(|end| action.ends_with(end)))
}

/// `经评审委员会评审后，|报省人民政府审批`: an approval that is a part of the act.
pub(super) fn is_approval_first(
    text: &str,
    piece: &Piece,
    reading: &Reading,
    following: &[Piece],
) -> bool {
    let clause = text[piece.range.clone()].trim_start_matches('并');
    let next = following.first().filter(|next| !next.opens);
    reading.action.is_empty()
        && clause.starts_with('经')
        && clause.ends_with('后')
        && next.is_some_and(|next| {
            let next = &text[next.range.clone()];
            ["报", "提请", "提交"].iter().any(|verb| next.starts_with(verb))
        })
}

/// `应当经检验合格后，|方可使用`: what must come first, which is a part of the act. Gives where it begins.
pub(super) fn comes_first(
    text: &str,
    piece: &Piece,
    reading: &Reading,
    following: &[Piece],
) -> Option<Range<usize>> {
    let next = following.first().filter(|next| !next.opens)?;
    let whole = reading.action.is_empty() && text[piece.range.clone()].ends_with('后');
    let only_then = clause::begins_only_then(&text[next.range.clone()]);
    let first = match reading.subject {
        // 经过修理的器具应当经检定合格后，|方可使用
        Subject::Thing => Some(piece.range.clone()),
        _ => reading.condition.clone().filter(|first| first.end == piece.range.end),
    };
    first.filter(|_| whole && only_then)
}

/// `侵犯合法权益的行为，|有权要求纠正`: a clause that ends the object which the one before began.
pub(super) fn goes_on_as_object(
    text: &str,
    front: &str,
    reading: &Reading,
    following: &[Piece],
) -> bool {
    let next = following.first().filter(|next| !next.opens);
    let action = &text[reading.action.clone()];
    reading.modality.is_none()
        && !matches!(reading.subject, Subject::Parties(_))
        && (construction::is_described_thing(action)
            && next.is_some_and(|next| construction::asks(&text[next.range.clone()]))
            || front.starts_with('对')
                && !front.contains('的')
                && construction::is_bare_object(action))
}

/// `中国人民银行撤销金融机构，|依照本条例执行`: other rules hold for it, and nothing is asked here.
pub(super) fn points_to_other_rules(text: &str, reading: &Reading, following: &[Piece]) -> bool {
    let next = following.first().filter(|next| !next.opens);
    reading.modality.is_none()
        && next.is_some_and(|next| {
            let clause = &text[next.range.clone()];
            clause.starts_with(['依', '按', '适'])
                && matches!(construction::strip(clause), "执行" | "办理" | "处理" | "处罚")
        })
}

/// `侵犯专有权的赔偿数额，|为被侵权人的损失`: a thing of which the next clause tells what it is.
pub(super) fn is_told_what(text: &str, reading: &Reading, following: &[Piece]) -> bool {
    let next = following.first().filter(|next| !next.opens);
    reading.modality.is_none()
        && !matches!(reading.subject, Subject::Parties(_))
        && next.is_some_and(|next| {
            let clause = &text[next.range.clone()];
            // 收货人、发货人，|是纳税义务人
            clause.starts_with(['为', '是'])
                && !clause.ends_with('的')
                && (clause.starts_with('是')
                    || construction::is_described_thing(&text[reading.action.clone()]))
                && exclusion::describes(clause)
        })
}

/// `经营者能够证明有利影响，|或者符合公共利益的，主管部门可以…`: what goes on to tell the case, up to its 的.
pub(super) fn is_told_of_case(
    text: &str,
    action: &Range<usize>,
    following: &[Piece],
    thing: bool,
) -> bool {
    const ON: [&str; 10] =
        ["或者", "并", "且", "造成", "致使", "导致", "影响", "危害", "可能", "尚"];
    let mut on =
        following.iter().take_while(|next| !next.opens).map(|next| &text[next.range.clone()]);
    let mut next = on.next();
    // 所提事项已经列入计划，|逐步加以解决，|并有解决时限的，应当…
    let plain = |clause: &str| {
        !clause.ends_with('的')
            && !clause.starts_with('由')
            && !words::holds(Class::ModalInside, clause)
    };
    if thing && next.is_some_and(plain) {
        next = on.next();
    }
    // 饮酒，|或者患有疾病，|或者过度疲劳的，不得驾驶
    while let Some(clause) = next
        && clause.starts_with("或者")
        && plain(clause)
    {
        next = on.next();
    }
    let next = next.filter(|next| ON.iter().any(|word| next.starts_with(word)));
    let case = next.is_some_and(|next| next.ends_with('的') && !next.contains('由'));
    case && !text[action.clone()].starts_with(['对', '将', '由'])
        && on
            .next()
            .is_some_and(|next| next.starts_with('由') || words::holds(Class::ModalInside, next))
}

/// `不得|利用数据分析，对交易相对人实施差别待遇`: by what means something is done that is forbidden with it.
pub(super) fn by_means(text: &str, reading: &Reading, following: &[Piece]) -> bool {
    let action = &text[reading.action.clone()];
    let means = ["利用", "采取", "采用", "借"].iter().any(|verb| action.starts_with(verb));
    let next = following.first().filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
    reading.modality == Some(Modality::Prohibition)
        && means
        && next.is_some_and(|next| {
            words::begins(Class::ObjectFirst, next) > 0 || words::begins_predicate(next)
        })
}

/// `应当协助主管部门，|做好管理工作`: whom they help, and in what, are one act.
pub(super) fn helps(scene: &Scene<'_>, reading: &Reading, following: &[Piece]) -> bool {
    let text = scene.text();
    let action = &text[reading.action.clone()];
    let head = words::adverbs(action);
    let Some(verb) = ["协助", "配合"].iter().find(|verb| action[head..].starts_with(**verb))
    else {
        return false;
    };
    let whom = reading.action.start + head + verb.len()..reading.action.end;
    let next = following.first().filter(|next| !next.opens);
    scene.groups.iter().any(|group| group.range == whom)
        && next.is_some_and(|next| text[next.range.clone()].starts_with("做好"))
}

/// 禁止… of its own sentence speaks to everyone.
pub(super) fn speaks_to_everyone(
    text: &str,
    piece: &Piece,
    reading: &Reading,
    line: &Line,
) -> bool {
    let opens = piece.opens && !line.found && line.moved.is_none();
    let prohibits = reading.modality == Some(Modality::Prohibition);
    let clause = &text[piece.range.clone()];
    opens && prohibits && (clause.starts_with("禁止") || clause.starts_with("严禁"))
}
