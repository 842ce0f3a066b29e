//! Who owes what: the duty a clause states, by the definition in `docs/duties.md`.
//!
//! In: a clause with what it takes over. Out: [`Duty`]s. Not here: the parts of a single clause
//! (`extract::clause`, `extract::construction`), the order of reading (`extract::provision`).
//!
//! Under 第四条, `省委和省人民政府对全省脱贫攻坚工作负总责，层层落实责任制` gives two duties; the second
//! takes its bearers over from the first.

use std::ops::Range;

use super::clause::{self, Reading, Subject};
use super::modifier::Modifier;
use super::provision::{Place, Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State, carry, take_subject};
use super::{Duty, Modality, Party, Role, construction, detail, exclusion, organization, words};
use crate::span::Span;
use crate::structure::Genre;

impl Reader<'_> {
    /// Reads one clause and notes its duty.
    pub(super) fn clause(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        following: &[Piece],
        state: &mut State,
        line: &mut Line,
        announced: bool,
    ) {
        let text = scene.text();
        let mut reading = clause::read(text, piece.range.clone(), scene.groups, self.naming);
        carry(text, piece, &reading, line);
        take_subject(scene, &reading, state, line);
        let mut fronted = line.fronted.take();
        if !matches!(reading.subject, Subject::Parties(_))
            && let Some((thing, agents, start)) =
                construction::by_agent(text, reading.action.clone(), scene.groups, self.naming)
        {
            let rest = clause::read(text, start..reading.action.end, scene.groups, self.naming);
            reading.subject = Subject::Parties(agents);
            reading.agent = true;
            take_subject(scene, &reading, state, line);
            fronted = Some(thing);
            reading.action = rest.action;
            reading.plain = true;
        }
        if reading.action.is_empty() || reading.purpose {
            line.fronted = line.fronted.take().or(fronted);
            line.waiting = true;
            return;
        }
        let action = &text[reading.action.clone()];
        if self.is_circumstance(text, &reading, state, line, following.first()) {
            line.waiting = true;
            line.condition = Some(action.to_owned());
            if reading.subject == Subject::None {
                reading.subject = self.circumstantial(text, &reading);
                reading.action = piece.range.end..piece.range.end;
                take_subject(scene, &reading, state, line);
            }
            return;
        }
        if construction::object_first(text, reading.action.clone(), following) {
            line.fronted = Some(reading.action);
            return;
        }
        if let Some(role) = construction::part_taken(action)
            && self.takes_part(scene, piece, &reading, role, state, line)
        {
            return;
        }
        if exclusion::consequence(action) && line.condition.is_some() {
            self.sanction(scene, piece, &reading, state, line);
        }
        if announced || self.is_none(action, &reading, state, line, piece) {
            return;
        }
        self.state_duty(scene, piece, &reading, fronted, state, line);
    }

    /// Whose circumstance it is: `从事生产活动的单位和个人，|应当…` is a subject as a whole,
    /// `个人经营进口货物，|应当…` begins with one.
    fn circumstantial(&self, text: &str, reading: &Reading) -> Subject {
        let at = reading.action.start;
        let action = &text[reading.action.clone()];
        let whole = match action.contains('的') {
            true => organization::subject(action, self.naming),
            false => Vec::new(),
        };
        match whole.is_empty() {
            true => clause::conditional_subject(action, at, Modifier::Condition, self.naming),
            false => Subject::Parties(clause::shifted(whole, at)),
        }
    }

    /// Whether a clause without modal word tells the circumstance of the next.
    fn is_circumstance(
        &self,
        text: &str,
        reading: &Reading,
        state: &State,
        line: &Line,
        next: Option<&Piece>,
    ) -> bool {
        let own = matches!(reading.subject, Subject::Parties(_)) || state.bearers.is_empty();
        own && reading.modality.or(line.modality).is_none()
            && !reading.agent
            && !line.found
            && !text[reading.action.clone()].starts_with("负责")
            && construction::circumstance(text, next)
    }

    /// `由省农委牵头，省财政厅等部门配合`: the part each takes in the task of the heading. Without a
    /// heading, 牵头 marks what follows.
    fn takes_part(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
        role: Role,
        state: &mut State,
        line: &mut Line,
    ) -> bool {
        let Subject::Parties(mentions) = &reading.subject else { return false };
        let heading = scene.place.heading.filter(|heading| !heading.starts_with("其他"));
        let (Some(task), true) = (heading, role == Role::Lead || !state.leaders.is_empty()) else {
            if role == Role::Lead {
                state.leaders = state.bearers.clone();
            }
            return role == Role::Lead;
        };
        let action = task.to_owned();
        let bearers = scene.parties(mentions);
        if role == Role::Lead {
            state.leaders = bearers.clone();
        }
        // helpers are named in passing: what follows is the leaders'
        state.bearers = state.leaders.clone();
        state.fresh = false;
        line.found = true;
        let span = scene.passage.span(piece.range.clone());
        self.found.push(Duty { role, ..duty(scene.place, bearers, action, span, "part_taken") });
        true
    }

    /// Whether an action is none of the bearers' duties.
    fn is_none(
        &self,
        action: &str,
        reading: &Reading,
        state: &State,
        line: &Line,
        piece: &Piece,
    ) -> bool {
        let modality = reading.modality.or(line.modality);
        let required = reading.modality == Some(Modality::Obligation);
        if (exclusion::describes(action) && !required) || exclusion::catch_all(action) {
            return true;
        }
        if modality == Some(Modality::Permission) && state.persons && line.moved.is_none() {
            return true;
        }
        // 依照…的规定处理 says no more than that other rules hold
        let empty = ["处理", "执行", "办理", "处罚"].contains(&action);
        if empty && !matches!(reading.subject, Subject::Parties(_)) {
            return true;
        }
        if construction::names_an_act(action)
            && reading.modality.is_none()
            && state.bearers.is_empty()
            && piece.opens
        {
            return true;
        }
        if modality == Some(Modality::Permission)
            && state.bearers.is_empty()
            && exclusion::right(action)
        {
            return true;
        }
        if exclusion::narrates(action) {
            return true;
        }
        // 脱贫攻坚按照…工作机制，构建责任体系: what a thing is, in several clauses
        let of_thing = line.agentless && !line.found && state.leaders.is_empty();
        if of_thing && reading.subject == Subject::None && modality.is_none() {
            return true;
        }
        let unnamed = state.bearers.is_empty() || line.agentless;
        if unnamed && exclusion::principle(action) {
            return true;
        }
        let acting = line.printed && !state.conditional;
        if exclusion::consequence(action) && !reading.agent && !acting {
            return true;
        }
        if reading.plain {
            return false;
        }
        match reading.subject {
            Subject::Parties(_) => false,
            _ if action.starts_with('不') => !line.found,
            _ if modality.is_some() => false,
            // beside other duties of a sentence stands another, also where no lexicon knows its verb
            _ if line.found && !line.agentless && action.chars().count() >= 4 => false,
            _ => {
                !asserts(action)
                    || (self.genre == Genre::Regulation
                        && piece.opens
                        && !line.found
                        && !tends(action))
            }
        }
    }

    fn state_duty(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
        fronted: Option<Range<usize>>,
        state: &mut State,
        line: &mut Line,
    ) {
        let text = scene.text();
        let printed = matches!(reading.subject, Subject::Parties(_));
        let prohibits = reading.modality == Some(Modality::Prohibition) && !printed;
        let opens = piece.opens && !line.found && line.moved.is_none();
        // 禁止… and 严禁… of their own sentence speak to everyone
        if prohibits && opens && text[piece.range.clone()].starts_with("禁止") {
            line.agentless = true;
        }
        let anew = state.opens && !printed;
        state.opens = false;
        let known = !state.bearers.is_empty()
            && !(anew && construction::encouraging(&text[reading.action.clone()]) > 0)
            && (!line.agentless || !state.leaders.is_empty())
            && line.moved.is_none();
        // 支持和参与 of those who are encouraged is their own act
        let own = line.moved.is_some() && construction::supports(&text[reading.action.clone()]);
        if !known && !own && self.moves(scene, piece, reading, line) {
            return;
        }
        let (bearers, inherited, moved) = holders(state, line, printed);
        if let Some((partners, act)) =
            construction::jointly(text, reading.action.clone(), scene.groups, self.naming)
        {
            let action = text[act..reading.action.end].to_owned();
            let stated = stated(scene, piece, reading, line, action, "jointly");
            let helpers = scene.parties(&partners);
            self.found.push(Duty { bearers, inherited, ..stated.clone() });
            self.found.push(Duty { bearers: helpers, role: Role::Cooperate, ..stated });
        } else {
            let action = with_object(text, fronted, reading.action.clone());
            let rule = match (bearers.is_empty(), inherited) {
                (true, _) => "unnamed",
                (_, true) => "inherited",
                _ => "subject",
            };
            let mut duty = stated(scene, piece, reading, line, action, rule);
            duty.recipients =
                scene.parties(&detail::recipients(text, reading.action.clone(), scene.groups));
            duty.modality = moved.unwrap_or(duty.modality);
            if !state.leaders.is_empty() && state.leaders == bearers {
                duty.role = Role::Lead;
            }
            self.found.push(Duty { bearers, inherited, ..duty });
        }
        state.fresh = false;
        line.found = true;
    }

    /// `鼓励民营企业参与…`, `组织长沙市对口帮扶…` with nobody named who does it: the duty is theirs who
    /// are moved. Whether it was such a clause.
    fn moves(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        reading: &Reading,
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
            if modality == Modality::Encouragement {
                let stated = stated(scene, piece, reading, line, action.to_owned(), "encouraged");
                self.found.push(Duty { modality, ..stated });
                line.agentless = true;
                line.found = true;
            }
            return modality == Modality::Encouragement;
        };
        let rest = clause::read(text, end..reading.action.end, &[], self.naming);
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
}

/// Who bears what a clause states, whether they are taken over, and the force they take it over with.
fn holders(state: &State, line: &Line, printed: bool) -> (Vec<Party>, bool, Option<Modality>) {
    match &line.moved {
        Some((moved, modality)) if !printed => (moved.clone(), true, Some(*modality)),
        _ if line.agentless && !printed && state.leaders.is_empty() => (Vec::new(), false, None),
        _ => (state.bearers.clone(), !state.fresh && !state.bearers.is_empty(), None),
    }
}

/// The duty a clause states, without its bearers.
fn stated(
    scene: &Scene<'_>,
    piece: &Piece,
    reading: &Reading,
    line: &Line,
    action: String,
    rule: &'static str,
) -> Duty {
    let span = scene.passage.span(piece.range.start..reading.action.end);
    Duty {
        role: detail::role(&action),
        responsibility: detail::responsibility(&action),
        modality: reading.modality.or(line.modality).unwrap_or(Modality::Obligation),
        frequency: line.frequency.clone(),
        deadline: line.deadline.clone(),
        condition: line.condition.clone(),
        ..duty(scene.place, Vec::new(), action, span, rule)
    }
}

/// An action with the object that stood before it: across a comma (`对违法行为，予以查处`), or before its
/// agent (`具体办法由省人民政府制定`).
fn with_object(text: &str, object: Option<Range<usize>>, action: Range<usize>) -> String {
    let said = &text[action.clone()];
    match object {
        Some(object) if text[object.end..action.start].contains('，') => {
            format!("{}，{said}", &text[object])
        }
        Some(object) => format!("{}{said}", &text[object]),
        None => said.to_owned(),
    }
}

/// A duty with nothing but its bearers and its action.
fn duty(
    place: &Place<'_>,
    bearers: Vec<Party>,
    action: String,
    span: Span,
    rule: &'static str,
) -> Duty {
    Duty {
        eid: place.eid.to_owned(),
        unit: place.unit.to_owned(),
        bearers,
        inherited: false,
        role: Role::Responsible,
        responsibility: None,
        modality: Modality::Obligation,
        action,
        recipients: Vec::new(),
        frequency: None,
        deadline: None,
        quantities: Vec::new(),
        condition: None,
        rule,
        span,
    }
}

/// Whether a clause about a thing says what is to happen to it: it has a predicate inside.
fn asserts(action: &str) -> bool {
    action.char_indices().map(|(at, _)| at).skip(2).any(|at| {
        let length = words::predicate(&action[at..]);
        length >= 6 && !action[at + length..].starts_with('的')
    })
}

/// Whether it says so by a verb of direction: `进一步向贫困地区倾斜`, `纳入绩效考评`.
fn tends(action: &str) -> bool {
    words::holds("directing", action)
}
