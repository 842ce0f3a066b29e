//! Bodies by what is told of them: set up, led by whom, seated where, with an office of their own.
//!
//! In: a clause that tells it. Out: who bears what comes next. Not here: the duties themselves
//! (`extract::duty`).
//!
//! After `成立县人居环境整治领导小组`, `统一领导整治工作` is the group's.

use super::clause::Reading;
use super::organization;
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State};
use super::words;
use crate::text::literal;

impl Reader<'_> {
    /// `市消防安全委员会由市政府分管领导任主任，|每半年召开一次会议`: what follows is the body's.
    pub(super) fn has_members(&self, scene: &Scene<'_>, piece: &Piece, state: &mut State) {
        let clause = &scene.text()[piece.range.clone()];
        let Some(by) = clause.find('由').filter(|&by| by >= 12) else { return };
        if !piece.opens || !appoints(clause) {
            return;
        }
        let mentions = organization::subject(&clause[..by], self.naming);
        if !mentions.is_empty() {
            let at = piece.range.start;
            state.bearers = scene.parties(&super::subject::shifted(mentions, at));
            state.fresh = true;
        }
    }

    /// `领导小组下设办公室，办公室设在县扶贫办，负责日常工作`: what follows is the office's.
    pub(super) fn has_office(&self, scene: &Scene<'_>, piece: &Piece, state: &mut State) -> bool {
        let clause = &scene.text()[piece.range.clone()];
        if let Some(body) = seated(clause) {
            let mentions = organization::subject(&clause[..body], self.naming);
            let named = !mentions.is_empty();
            if named {
                let at = piece.range.start;
                state.bearers = scene.parties(&super::subject::shifted(mentions, at));
                state.fresh = true;
            }
            return named;
        }
        let Some(body) = office(clause) else { return false };
        let mentions = organization::subject(&clause[..body], self.naming);
        let mut owners = scene.parties(&super::subject::shifted(mentions, piece.range.start));
        owners.iter_mut().for_each(|owner| owner.name.push_str("办公室"));
        let found = !owners.is_empty();
        if found {
            state.bearers = owners;
        }
        found
    }

    /// `成立县农村人居环境整治领导小组，|统一领导整治工作`: what a body is set up for is its own, where nobody is named
    /// who sets it up.
    pub(super) fn takes_office(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        state: &mut State,
        line: &mut Line,
    ) {
        let action = &scene.text()[reading.action.clone()];
        if !state.bearers.is_empty() || line.moved.is_some() {
            return;
        }
        let Some(at) = sets_up(action) else { return };
        let mentions = organization::subject(&action[at..], self.naming);
        if mentions.len() == 1 {
            state.bearers =
                scene.parties(&super::subject::shifted(mentions, reading.action.start + at));
            line.agentless = false;
        }
    }
}

/// `领导小组|下设办公室`: how long the clause is without the office that a body has.
pub(super) fn office(clause: &str) -> Option<usize> {
    // 领导小组|下设办公室在县农业农村局
    let seated = clause.find("设办公室在").map(|at| &clause[..at + "设办公室".len()]);
    let body = seated.unwrap_or(clause).strip_suffix("办公室")?;
    let body =
        body.strip_suffix("下设").or(body.strip_suffix("设立")).or(body.strip_suffix('设'))?;
    (!body.is_empty()).then_some(body.len())
}

/// `县林长办公室|设在县林业局`: how long the name of the body is whose seat a clause tells.
pub(super) fn seated(clause: &str) -> Option<usize> {
    let at = literal::find(clause, "设在").filter(|&at| at >= 6)?;
    let name = clause[..at].trim_end_matches("日常").len();
    (&clause[..name] != "办公室" && !clause[..name].contains(['，', '的', '将', '把', '应', '可']))
        .then_some(name)
}

/// Whether a clause says who holds an office or where it sits: `组长由县长担任`, `成员为各村支书`,
/// `办公室设在县扶贫办`.
pub(super) fn appoints(clause: &str) -> bool {
    const OFFICES: [&str; 7] = ["组长", "副组长", "成员", "成员单位", "主任", "副主任", "办公室"];
    let held = || {
        let by = clause.find('由').map(|at| &clause[at..]);
        by.is_some_and(|by| {
            by.ends_with("担任")
                || by.ends_with("兼任")
                || ["主任", "组长"].iter().any(|post| by.ends_with(post)) && by.contains('任')
        })
    };
    let named = |office: &&&str| {
        let rest = clause.strip_prefix(**office).unwrap_or_default();
        ["为", "由", "设在", "是"].iter().any(|verb| rest.starts_with(verb))
    };
    // 分管副县长任副组长
    let holds = || {
        let mut before = OFFICES.iter().filter_map(|office| clause.strip_suffix(office));
        before.any(|before| before.ends_with('任') && before.len() > '任'.len_utf8())
    };
    (clause.contains("任") && (held() || holds()))
        || clause.ends_with("为成员")
        || OFFICES.iter().any(|office| named(&office))
}

/// `成立县农村人居环境整治领导小组`: where in an action the name of a body stands that is set up.
pub(super) fn sets_up(action: &str) -> Option<usize> {
    const BODIES: [&str; 7] =
        ["领导小组", "工作小组", "指挥部", "委员会", "工作组", "专班", "联席会议"];
    let head = words::adverbs(action);
    let verb = ["成立", "设立", "组建"].iter().find(|verb| action[head..].starts_with(**verb))?;
    let body = head + verb.len();
    let plain = !action[body..].contains(['，', '的', '由']);
    (plain && BODIES.iter().any(|end| action.ends_with(end))).then_some(body)
}
