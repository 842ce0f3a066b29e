//! Notes that say who answers for a task: whom the document charges with what stands beside them.
//!
//! In: a heading, a paragraph or a passage with its notes. Out: the duties of those noted, and who bears what is told
//! with them. Not here: how a note is read (`extract::attribution`).
//!
//! `（三）后勤保障（牵头单位：后勤处）` charges 后勤处 with `后勤保障`.

use super::attribution::{self, Attribution};
use super::duty::duty;
use super::gather;
use super::heading;
use super::provision::{Place, Reader, Scene};
use super::sentence;
use super::state::State;
use super::{Duty, Role};
use crate::structure::{Kind, Node};
use crate::text::Passage;

impl Reader<'_> {
    /// `（三）后勤保障（牵头单位：后勤处）`: a heading that says who answers for it. Gives where the note begins.
    pub(super) fn noted(
        &mut self,
        node: &Node,
        unit: &str,
        heading: &str,
        state: &mut State,
    ) -> Option<usize> {
        let at = heading.find('（').filter(|&at| at > 0 && heading.ends_with('）'))?;
        let note = self.as_led(attribution::behind(heading, at, self.naming)?);
        let passage = Passage::new(self.text, &node.heading);
        let place = Place { eid: &node.eid, unit, heading: None };
        let scene = Scene { place: &place, passage: &passage, groups: &[] };
        self.charge(&scene, &note, Some(&heading[..at]), state);
        Some(at)
    }

    /// `责任单位：市教育局`, as a paragraph of its own: who answers for what stands above it.
    pub(super) fn charged_below(&mut self, node: &Node, place: &Place<'_>, state: &mut State) {
        let paragraphs = node.children.iter().take_while(|child| child.kind == Kind::Paragraph);
        for told in paragraphs.filter_map(|child| gather::told(self.passages, &child.text)) {
            let text = &told.passage.text;
            let mut notes = attribution::attributions(&told.passage, self.naming);
            if notes.len() == 1 && notes[0].range == (0..text.len()) {
                let scene = Scene { place, passage: &told.passage, groups: &told.groups };
                let note = self.as_led(notes.remove(0));
                self.charge(&scene, &note, place.heading, state);
                return;
            }
        }
    }

    /// Reads a passage piece by piece, each up to the note that says who answers for it, where it has notes.
    pub(super) fn attributed(&mut self, scene: &Scene<'_>, state: &mut State) -> bool {
        let notes = attribution::attributions(scene.passage, self.naming);
        if notes.is_empty() {
            return false;
        }
        let notes: Vec<Attribution> = notes.into_iter().map(|note| self.as_led(note)).collect();
        let text = scene.text();
        let mut start = 0;
        for note in &notes {
            let said = start..note.range.start;
            let label = heading::run_in_label(&text[said.clone()]);
            let sentences = sentence::within(text, said.start + label..said.end);
            start = note.range.end;
            let Some(first) = sentences.first() else { continue };
            // （2）完善电子化登记。: a heading of its own
            let headed = label > 0 && sentences.len() > 1;
            let own = headed.then(|| &text[first.range()]);
            let task = own.or(scene.place.heading);
            self.charge(scene, note, task, state);
            let told = self.found.len();
            self.sentences(scene, &sentences[usize::from(headed)..], state, false);
            // without a heading, the first clause is the task
            if let (None, Some(first)) = (task, self.found.get(told).cloned()) {
                let others = note.others().map(|(role, mentions)| Duty {
                    bearers: scene.parties(mentions),
                    inherited: false,
                    role: *role,
                    ..first.clone()
                });
                self.found.extend(others);
                self.found[told].inherited = false;
            }
        }
        let rest = sentence::within(text, start..text.len());
        self.sentences(scene, &rest, state, false);
        true
    }

    /// A note as the document wants it read.
    fn as_led(&self, note: Attribution) -> Attribution {
        if self.first_leads { note.led_by_first() } else { note }
    }

    /// Notes who answers for a task, and for the clauses that are told of it: those who lead, else those who are
    /// responsible.
    fn charge(
        &mut self,
        scene: &Scene<'_>,
        note: &Attribution,
        task: Option<&str>,
        state: &mut State,
    ) {
        let (leaders, others) = (note.of(Role::Lead), note.of(Role::Responsible));
        let holders = if leaders.is_empty() { &others } else { &leaders };
        *state = State {
            bearers: scene.parties(holders),
            leaders: scene.parties(&leaders),
            ..State::default()
        };
        let Some(task) = task else { return };
        for (role, mentions) in &note.parts {
            let span = scene.passage.span(note.range.clone());
            let action = task.trim_end_matches('。').to_owned();
            let own = duty(scene.place, scene.parties(mentions), action, span, "attributed");
            self.found.push(Duty { role: *role, ..own });
        }
    }
}
