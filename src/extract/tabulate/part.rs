//! Who leads and who helps, task by task.
//!
//! In: duties. Out: a [`Part`] for each task with a leader, or with somebody who acts together with
//! others. Not here: which part a clause gives (`extract::duty`).
//!
//! `1.产业扶贫。由省农委牵头，省财政厅配合。` gives the task `产业扶贫` with 湖南省农业委员会 as its leader.

use super::Part;
use crate::extract::{Duty, Party, Role};

/// The parts that duties give, in the order of the text.
pub(super) fn parts(duties: &[Duty]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = duties;
    while let Some(first) = rest.first() {
        // helpers stand right behind whom they help, with the same task
        let beside = |duty: &&Duty| duty.action == first.action && duty.eid == first.eid;
        let length = rest.iter().take_while(beside).count();
        let (same, after) = rest.split_at(length.max(1));
        parts.extend(part(same));
        rest = after;
    }
    parts
}

fn part(same: &[Duty]) -> Option<Part> {
    let first = same.first()?;
    let helps = |duty: &&Duty| duty.role == Role::Cooperate;
    // what a leader does further on is led, too, but gives no part anew
    let led = first.role == Role::Lead && !first.inherited;
    if !led && !same.iter().any(|duty| helps(&duty)) {
        return None;
    }
    let bearers = |duty: &Duty| duty.bearers.clone();
    let lead: Vec<Party> = same.iter().filter(|duty| !helps(duty)).flat_map(bearers).collect();
    let cooperate: Vec<Party> = same.iter().filter(helps).flat_map(bearers).collect();
    // 等采取有效措施: what begins in the middle of a list of bodies is no task
    let cut = first.action.starts_with(['等', '和', '及']);
    (!cut && !lead.is_empty() && (led || !cooperate.is_empty())).then(|| Part {
        eid: first.eid.clone(),
        task: first.action.clone(),
        lead,
        cooperate,
        span: same.iter().fold(first.span, |span, duty| span.cover(duty.span)),
    })
}
