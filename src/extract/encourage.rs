//! Encouragement and organizing: who is moved to act, where nobody is named who moves them.
//!
//! In: a clause with what it takes over. Out: the duties of those who are moved. Not here: which verbs
//! encourage, and where their objects end (`extract::construction`).
//!
//! `鼓励和支持民营企业参与扶贫` is a duty of `民营企业`, encouraged to `参与扶贫`.

use super::clause::{self, Reading, Subject};
use super::duty::stated;
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State};
use super::{Duty, Modality, construction, words};

impl Reader<'_> {
    /// `鼓励民营企业参与…`, `组织长沙市对口帮扶…` with nobody named who does it: the duty is theirs who
    /// are moved. Whether it was such a clause.
    pub(super) fn moves(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
        state: &State,
        line: &mut Line,
    ) -> bool {
        let text = scene.text();
        let action = &text[reading.action.clone()];
        let encouraged = construction::encouraging(action);
        let organized = match action[words::adverbs(action)..].starts_with("组织") {
            true => words::adverbs(action) + "组织".len(),
            false => 0,
        };
        let (length, modality) = match (encouraged, organized) {
            (0, 0) => return false,
            (0, organized) => (organized, Modality::Obligation),
            (encouraged, _) => (encouraged, Modality::Encouragement),
        };
        let phrase = reading.action.start + length..reading.action.end;
        let caused = construction::caused(text, phrase, scene.groups, self.naming);
        let Some((mentions, end)) = caused else {
            return modality == Modality::Encouragement
                && self.encourages_act(scene, piece, reading, length, state, line);
        };
        let mut rest = clause::read(text, end..reading.action.end, &[], self.naming);
        // 鼓励消费者|通过服务平台网签合同。: nothing follows that the means could belong to
        let last = ["", "。", "；"].iter().any(|end| match *end {
            "" => piece.range.end == text.len(),
            mark => text[piece.range.end..].starts_with(mark),
        });
        if rest.action.is_empty() && last {
            rest.action = end..reading.action.end;
        }
        let bearers = scene.parties(&mentions);
        line.moved = Some((bearers.clone(), modality));
        if !rest.action.is_empty() {
            let action = text[rest.action.clone()].to_owned();
            let rule = if modality == Modality::Obligation { "organized" } else { "encouraged" };
            let stated = stated(scene, piece, reading, line, action, rule);
            self.found.push(Duty { bearers, modality, ..stated });
            line.found = true;
        }
        true
    }

    /// `鼓励|开展生态种植`, `鼓励和支持…研究`: an activity is encouraged, with nobody named. Whether it
    /// was such a clause; 支持 and 引导 a thing are a duty.
    fn encourages_act(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
        length: usize,
        state: &State,
        line: &mut Line,
    ) -> bool {
        let text = scene.text();
        let verbs = &text[reading.action.start..reading.action.start + length];
        let act =
            clause::read(text, reading.action.start + length..reading.action.end, &[], self.naming);
        let acts = act.plain && act.subject == Subject::None && !act.action.is_empty();
        if !acts && !construction::encourages_alone(verbs) {
            return false;
        }
        // 鼓励在公共场所，|设置雕塑: where, before what
        if act.action.is_empty() && act.subject == Subject::None {
            line.moved = Some((Vec::new(), Modality::Encouragement));
            line.agentless = true;
            line.waiting = true;
            return true;
        }
        let said = if acts { act.action } else { reading.action.clone() };
        let stated = stated(scene, piece, reading, line, text[said].to_owned(), "encouraged");
        let modality = Modality::Encouragement;
        // 金融机构要加大力度，鼓励简化流程: those in business are encouraged themselves
        let own = state.private && !line.agentless;
        let bearers = if own { state.bearers.clone() } else { Vec::new() };
        // 鼓励研发新品种，开展保护活动: what goes on is encouraged too
        line.moved = Some((bearers.clone(), modality));
        line.agentless = !own;
        self.found.push(Duty { modality, inherited: own, bearers, ..stated });
        line.found = true;
        true
    }
}
