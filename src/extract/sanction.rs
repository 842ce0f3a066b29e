//! What follows a breach: situation, consequence, who acts.
//!
//! In: a clause that is a consequence, and the items under its stem. Out: [`Sanction`]s. Not here:
//! whether it is a duty too (`extract::duty`).
//!
//! `对不负责任、造成不良影响的，依纪依法追究责任`: the situation is `不负责任、造成不良影响`.

use super::Sanction;
use super::clause::Reading;
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State};
use crate::structure::Node;
use crate::text::Passage;

impl Reader<'_> {
    /// `违反规定的，由市人民政府责令改正，并处罚款`: what follows a breach; its clauses are one sanction.
    pub(super) fn sanction(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
        state: &State,
        line: &mut Line,
    ) {
        let text = scene.text();
        let whole = &text[piece.range.clone()];
        let span = scene.passage.span(piece.range.clone());
        if line.sanctioned
            && let Some(last) = self.sanctions.last_mut()
        {
            last.consequence.push('，');
            last.consequence.push_str(whole);
            last.span = last.span.cover(span);
            return;
        }
        let from = scene.groups.partition_point(|group| group.range.start < reading.action.start);
        let named = scene.groups[from..].iter().take_while(|g| g.range.end <= reading.action.end);
        let subjects = match state.conditional && !reading.agent {
            true => state.bearers.clone(),
            false => named.flat_map(|group| scene.parties(&group.mentions)).collect(),
        };
        let by = match reading.agent || !state.conditional {
            true => state.bearers.clone(),
            false => Vec::new(),
        };
        let condition = line.condition.clone().unwrap_or_default();
        let condition = condition.trim_start_matches('对').trim_end_matches('的');
        self.sanctions.push(Sanction {
            eid: scene.place.eid.to_owned(),
            subjects,
            conditions: vec![condition.to_owned()],
            consequence: whole.to_owned(),
            by,
            span,
        });
        line.sanctioned = true;
    }

    /// An item under `有下列情形之一的，应当进行责任追究` is a situation of that sanction.
    pub(super) fn situation(&mut self, stem: &Node, item: &Node) {
        let Some(sanction) = self.sanctions.last_mut().filter(|last| last.eid == stem.eid) else {
            return;
        };
        if sanction.conditions.len() == 1 && sanction.conditions[0].contains("情形") {
            sanction.conditions.clear();
        }
        let situation = Passage::new(self.text, &item.text).text.into_owned();
        let situation = situation.trim_end_matches(['；', '。']).trim_end_matches('的');
        sanction.conditions.push(situation.to_owned());
        sanction.span = sanction.span.cover(item.span);
    }
}
