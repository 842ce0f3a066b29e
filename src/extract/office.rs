//! Bodies by what is told of them: set up, led by whom, seated where, with an office of their own.
//!
//! In: a clause that tells it. Out: who bears what comes next. Not here: the duties themselves
//! (`extract::duty`).
//!
//! After `成立县人居环境整治领导小组`, `统一领导整治工作` is the group's.

use super::clause::Reading;
use super::construction;
use super::organization;
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State};

impl Reader<'_> {
    /// `市消防安全委员会由市政府分管领导任主任，|每半年召开一次会议`: what follows is the body's.
    pub(super) fn has_members(&self, scene: &Scene<'_>, piece: &Piece, state: &mut State) {
        let clause = &scene.text()[piece.range.clone()];
        let Some(by) = clause.find('由').filter(|&by| by >= 12) else { return };
        if !piece.opens || !construction::appoints(clause) {
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
        if let Some(body) = construction::seated(clause) {
            let mentions = organization::subject(&clause[..body], self.naming);
            let named = !mentions.is_empty();
            if named {
                let at = piece.range.start;
                state.bearers = scene.parties(&super::subject::shifted(mentions, at));
                state.fresh = true;
            }
            return named;
        }
        let Some(body) = construction::office(clause) else { return false };
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
        let Some(at) = construction::sets_up(action) else { return };
        let mentions = organization::subject(&action[at..], self.naming);
        if mentions.len() == 1 {
            state.bearers =
                scene.parties(&super::subject::shifted(mentions, reading.action.start + at));
            line.agentless = false;
        }
    }
}
