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
use super::organization;
use super::provision::{Place, Reader, Scene};
use super::sentence;
use super::state::State;
use super::{Duty, Party, Role};
use crate::span::Span;
use crate::structure::{Kind, Node};
use crate::text::Passage;

/// Who takes which part in a task, as notes say.
#[derive(Clone, Debug, Default)]
pub(super) struct Charge {
    /// In the order of the text.
    parts: Vec<(Role, Vec<Party>)>,
    /// Where the first note stands.
    span: Option<Span>,
}

impl Charge {
    /// What a note says.
    fn of(scene: &Scene<'_>, note: &Attribution) -> Charge {
        let parts = note.parts.iter().map(|(role, mentions)| (*role, scene.parties(mentions)));
        Charge { parts: parts.collect(), span: Some(scene.passage.span(note.range.clone())) }
    }

    /// `牵头单位：县司法局`, and below it `责任单位：各镇`.
    fn join(&mut self, next: Charge) {
        for (role, parties) in next.parts {
            match self.parts.iter_mut().find(|(known, _)| *known == role) {
                Some((_, known)) => known.extend(parties),
                None => self.parts.push((role, parties)),
            }
        }
        self.span = self.span.take().or(next.span);
    }

    /// Those in one part.
    fn those_who(&self, role: Role) -> Vec<Party> {
        let parts = self.parts.iter().filter(|(part, _)| *part == role);
        parts.flat_map(|(_, parties)| parties.iter().cloned()).collect()
    }

    /// The parts of those who hold none of the clauses: all but who leads, or who is responsible where nobody leads.
    fn others(&self) -> impl Iterator<Item = &(Role, Vec<Party>)> {
        let led = self.parts.iter().any(|(role, _)| *role == Role::Lead);
        let holder = if led { Role::Lead } else { Role::Responsible };
        self.parts.iter().filter(move |(role, _)| *role != holder)
    }
}

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
        self.charge(&place, &Charge::of(&scene, &note), Some(&heading[..at]), state);
        Some(at)
    }

    /// `1.清理证明事项，压缩时限。|责任单位：县司法局`: a note with which the text of an item begins says whose the clauses
    /// of its heading are.
    pub(super) fn noted_first(
        &mut self,
        node: &Node,
        unit: &str,
        heading: &str,
        state: &mut State,
    ) {
        let Some(told) = gather::told(self.passages, &node.text) else { return };
        let notes = attribution::attributions(&told.passage, self.naming);
        let Some(note) = notes.into_iter().next().filter(|note| note.range.start == 0) else {
            return;
        };
        if heading.is_empty() || self.is_statement(heading) {
            return;
        }
        let place = Place { eid: &node.eid, unit, heading: None };
        let below = Scene { place: &place, passage: &told.passage, groups: &told.groups };
        let charge = Charge::of(&below, &self.as_led(note));
        self.charge(&place, &charge, None, state);
        let passage = Passage::new(self.text, &node.heading);
        let groups = organization::groups(&passage.text, self.naming);
        let scene = Scene { place: &place, passage: &passage, groups: &groups };
        let before = self.found.len();
        self.sentences(&scene, &sentence::sentences(&passage.text), state, false);
        match self.found.len() == before {
            true => self.charge(&place, &charge, Some(heading), state),
            false => self.share(before, &charge),
        }
    }

    /// `责任单位：市教育局`, as paragraphs of their own from one on: who answers for what stands above them. Gives what they
    /// say where no heading is the task.
    pub(super) fn charged_below(
        &mut self,
        node: &Node,
        from: usize,
        place: &Place<'_>,
        state: &mut State,
    ) -> Option<Charge> {
        let mut charge = Charge::default();
        for child in node.children[from..].iter().take_while(|child| child.kind == Kind::Paragraph)
        {
            match self.whole_note(place, child) {
                Some(next) => charge.join(next),
                None if charge.parts.is_empty() => {}
                None => break,
            }
        }
        if charge.parts.is_empty() {
            return None;
        }
        let task = place.heading.filter(|_| from == 0);
        self.charge(place, &charge, task, state);
        task.is_none().then_some(charge)
    }

    /// What a paragraph says that is nothing but a note.
    pub(super) fn whole_note(&self, place: &Place<'_>, child: &Node) -> Option<Charge> {
        let told = gather::told(self.passages, &child.text)?;
        let mut notes = attribution::attributions(&told.passage, self.naming);
        if notes.len() != 1 || notes[0].range != (0..told.passage.text.len()) {
            return None;
        }
        let scene = Scene { place, passage: &told.passage, groups: &told.groups };
        Some(Charge::of(&scene, &self.as_led(notes.remove(0))))
    }

    /// Without a heading, the first clause is the task, in which all take part.
    pub(super) fn share(&mut self, from: usize, charge: &Charge) {
        let Some(first) = self.found.get(from).cloned() else { return };
        let others = charge.others().map(|(role, parties)| Duty {
            bearers: parties.clone(),
            inherited: false,
            role: *role,
            ..first.clone()
        });
        self.found.extend(others);
        self.found[from].inherited = false;
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
            // 整治采砂（水利局牵头）；规范市场（交通局牵头）: each clause is a task of its own
            let task = own.or(scene.place.heading.filter(|_| notes.len() == 1));
            let charge = Charge::of(scene, note);
            self.charge(scene.place, &charge, task, state);
            let told = self.found.len();
            self.sentences(scene, &sentences[usize::from(headed)..], state, false);
            if task.is_none() {
                self.share(told, &charge);
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
        place: &Place<'_>,
        charge: &Charge,
        task: Option<&str>,
        state: &mut State,
    ) {
        let (leaders, others) = (charge.those_who(Role::Lead), charge.those_who(Role::Responsible));
        let bearers = if leaders.is_empty() { others } else { leaders.clone() };
        *state = State { bearers, leaders, ..State::default() };
        let (Some(task), Some(span)) = (task, charge.span) else { return };
        for (role, parties) in &charge.parts {
            let action = task.trim_end_matches('。').to_owned();
            let own = duty(place, parties.clone(), action, span, "attributed");
            self.found.push(Duty { role: *role, ..own });
        }
    }
}
