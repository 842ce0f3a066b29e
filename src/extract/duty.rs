//! Who owes what: duties, by the definition in `docs/duties.md`.
//!
//! In: a document, its text, and how its names are read. Out: its [`Duty`]s in the order of the
//! text. Not here: the parts of a single clause (`extract::clause`, `extract::construction`).
//!
//! Under 第四条, `省委和省人民政府对全省脱贫攻坚工作负总责，层层落实责任制` gives two duties; the second
//! takes its bearers over from the first.
//!
//! The way: a provision (an article, a numbered item) is read passage by passage, sentence by
//! sentence, clause by clause; a [`State`] carries who was printed last, a [`Line`] what holds within
//! one sentence.

use std::ops::Range;

use super::clause::{self, Reading, Subject};
use super::construction::{self, Items};
use super::organization::{self, Group, Mention, Naming};
use super::sentence::{self, Piece, Sentence};
use super::words;
use super::{Duty, Modality, OrganizationKind, Party, Role, Sanction, detail, exclusion};
use crate::structure::{Document, Genre, Kind, Node};
use crate::text::{Passage, Text};

/// What the clauses of a document set.
pub(super) struct Read {
    /// Who owes what.
    pub(super) duties: Vec<Duty>,
    /// What follows a breach.
    pub(super) sanctions: Vec<Sanction>,
}

/// Reads the clauses of a document.
pub(super) fn read(text: &Text<'_>, document: &Document, naming: &Naming) -> Read {
    let mut reader =
        Reader { text, naming, genre: document.genre, found: Vec::new(), sanctions: Vec::new() };
    for node in &document.outline {
        reader.node(node, "");
    }
    Read { duties: reader.found, sanctions: reader.sanctions }
}

/// What is at hand while a document is read.
struct Reader<'a> {
    text: &'a Text<'a>,
    naming: &'a Naming,
    genre: Genre,
    found: Vec<Duty>,
    sanctions: Vec<Sanction>,
}

/// The provision that is being read.
struct Place<'a> {
    eid: &'a str,
    unit: &'a str,
    /// The task it is headed by: `产业扶贫`.
    heading: Option<&'a str>,
}

/// The passage that is being read.
struct Scene<'a> {
    place: &'a Place<'a>,
    passage: &'a Passage<'a>,
    /// All of its organizations.
    groups: &'a [Group],
}

impl Scene<'_> {
    fn text(&self) -> &str {
        &self.passage.text
    }

    fn parties(&self, mentions: &[Mention]) -> Vec<Party> {
        parties(self.passage, mentions)
    }
}

/// Who bears what comes next, within a provision.
#[derive(Clone, Default)]
struct State {
    bearers: Vec<Party>,
    /// No predicate has followed the printed subject yet.
    fresh: bool,
    /// Those who were named as leading: what follows is theirs, as leaders.
    leaders: Vec<Party>,
    /// All of them are persons, whose 可以 is a right.
    persons: bool,
    /// The force that a list's stem gives its items.
    modality: Option<Modality>,
    /// A new 款 begins: who is encouraged in it is not encouraged by those before.
    opens: bool,
    /// They stood in a condition (`单位违反规定的，`): what follows may be done to them.
    conditional: bool,
}

/// What holds within one sentence.
#[derive(Default)]
struct Line {
    /// The force in reach: to the next ；
    modality: Option<Modality>,
    frequency: Option<String>,
    deadline: Option<String>,
    condition: Option<String>,
    /// The last clause had no predicate: what it says of time holds for the next.
    waiting: bool,
    /// The last clause was nothing but a subject.
    listing: bool,
    /// An object before its verb, waiting for it.
    fronted: Option<Range<usize>>,
    /// Those who are encouraged or organized, with nobody named who does it.
    moved: Option<(Vec<Party>, Modality)>,
    /// It opened with a thing as its subject.
    agentless: bool,
    /// A bearer of a main clause was printed in it.
    printed: bool,
    /// Its segment has set a sanction.
    sanctioned: bool,
    /// Something in it was found to be a duty.
    found: bool,
}

/// A list's stem, for its items.
#[derive(Clone)]
struct Stem {
    state: State,
    items: Items,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, unit: &str) {
        match node.kind {
            Kind::Preamble => {}
            Kind::Article | Kind::Level | Kind::Paragraph | Kind::Subparagraph | Kind::Point => {
                self.provision(node, unit, None);
            }
            _ => {
                for child in &node.children {
                    self.node(child, unit);
                }
            }
        }
    }

    /// Reads an article or item: its text, what hangs below, its tail.
    fn provision(&mut self, node: &Node, above: &str, stem: Option<&Stem>) {
        let unit = unit(self.text, node, above);
        let heading = Passage::new(self.text, &node.heading).text.into_owned();
        let mut state = stem.map(|stem| stem.state.clone()).unwrap_or_default();
        if let Some(bearers) = self.headed_by(node, &heading) {
            state.bearers = bearers;
        }
        self.content(node, &unit, Some(heading.as_str()).filter(|h| !h.is_empty()), &mut state);
    }

    fn content(&mut self, node: &Node, unit: &str, heading: Option<&str>, state: &mut State) {
        let place = Place { eid: &node.eid, unit, heading };
        let known = self.found.len();
        let mut stem = self.passage(&place, &node.text, state, !node.children.is_empty());
        // what introduces numbered items states no duty of its own where it names nobody
        if node.kind == Kind::Level && node.children.iter().any(|child| child.kind == Kind::Level) {
            let introduced = self.found.split_off(known);
            self.found.extend(introduced.into_iter().filter(|duty| !duty.bearers.is_empty()));
        }
        for child in &node.children {
            match child.kind {
                Kind::Paragraph => {
                    state.opens = true;
                    self.content(child, unit, heading, state);
                }
                _ => match &stem {
                    Some(stem) if stem.items == Items::Conditions => self.situation(node, child),
                    Some(stem) if stem.items == Items::Things => {}
                    _ => self.provision(child, unit, stem.as_ref()),
                },
            }
            if child.kind == Kind::Paragraph {
                stem = None;
            }
        }
        self.passage(&place, &node.tail, state, false);
    }

    /// An item under `有下列情形之一的，应当进行责任追究` is a situation of that sanction.
    fn situation(&mut self, stem: &Node, item: &Node) {
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

    /// `（一）镇扶贫工作站工作职责`: a heading that says whose duties follow.
    fn headed_by(&self, node: &Node, heading: &str) -> Option<Vec<Party>> {
        let holder =
            ["工作职责", "主要职责", "职责"].iter().find_map(|end| heading.strip_suffix(end))?;
        let mentions = organization::subject(holder, self.naming);
        let passage = Passage::new(self.text, &node.heading);
        (!mentions.is_empty()).then(|| parties(&passage, &mentions))
    }

    /// Reads one passage; gives the stem where it ends with one.
    fn passage(
        &mut self,
        place: &Place<'_>,
        pieces: &[crate::span::Span],
        state: &mut State,
        listed: bool,
    ) -> Option<Stem> {
        if pieces.is_empty() {
            return None;
        }
        let passage = Passage::new(self.text, pieces);
        let groups = organization::groups(&passage.text, self.naming);
        let scene = Scene { place, passage: &passage, groups: &groups };
        let sentences = sentence::sentences(&passage.text);
        let mut stem = None;
        let reported = matches!(self.genre, Genre::News | Genre::Report);
        let mut reporting = false;
        for (index, sentence) in sentences.iter().enumerate() {
            reporting |= construction::reports(&passage.text, sentence);
            if reported && !reporting {
                continue;
            }
            let stems = listed && index + 1 == sentences.len();
            stem = self.sentence(&scene, sentence, state, stems);
        }
        stem
    }

    fn sentence(
        &mut self,
        scene: &Scene<'_>,
        sentence: &Sentence,
        state: &mut State,
        stems: bool,
    ) -> Option<Stem> {
        let whole = &scene.text()[sentence.range()];
        if exclusion::about_the_text(whole) || exclusion::catch_all(whole) {
            return None;
        }
        let mut line = Line { modality: state.modality, ..Line::default() };
        for (index, piece) in sentence.pieces.iter().enumerate() {
            if piece.opens && index > 0 {
                line.modality = state.modality;
                line.condition = None;
                line.sanctioned = false;
            }
            let next = sentence.pieces.get(index + 1);
            let announced = stems && next.is_none() && construction::announces(whole);
            self.clause(scene, piece, next, state, &mut line, announced);
        }
        stems.then(|| {
            let mut state = State { fresh: false, ..state.clone() };
            state.modality = line.modality.or(state.modality);
            if let Some((moved, modality)) = line.moved {
                state.bearers = moved;
                state.modality = Some(modality);
            }
            // 下列收入为不征税收入: a stem that asks nothing of anybody lists things
            let asks = !state.bearers.is_empty() || state.modality.is_some();
            let items = match construction::items(whole) {
                Items::Duties if !asks && construction::announces(whole) => Items::Things,
                items => items,
            };
            Stem { state, items }
        })
    }

    /// Reads one clause and notes its duty.
    fn clause(
        &mut self,
        scene: &Scene<'_>,
        piece: &Piece,
        next: Option<&Piece>,
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
        if self.is_circumstance(text, &reading, state, line, next) {
            let holders = match action.contains('的') {
                true => organization::subject(action, self.naming),
                false => Vec::new(),
            };
            if holders.is_empty() {
                line.condition = Some(action.to_owned());
            } else {
                // 从事生产活动的单位和个人，|应当…: the whole clause is the subject
                reading.subject = Subject::Parties(clause::shifted(holders, reading.action.start));
                reading.action = piece.range.end..piece.range.end;
                take_subject(scene, &reading, state, line);
            }
            line.waiting = true;
            return;
        }
        if construction::object_first(text, reading.action.clone(), next) {
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

    /// `违反规定的，由市人民政府责令改正，并处罚款`: what follows a breach; its clauses are one sanction.
    fn sanction(
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
        if !known && self.moves(scene, piece, reading, line) {
            return;
        }
        let (bearers, inherited, moved) = match &line.moved {
            Some((moved, modality)) if !printed => (moved.clone(), true, Some(*modality)),
            _ if line.agentless && !printed && state.leaders.is_empty() => {
                (Vec::new(), false, None)
            }
            _ => (state.bearers.clone(), !state.fresh, None),
        };
        let inherited = inherited && !bearers.is_empty();
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
    span: crate::span::Span,
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

/// Frequency, deadline and condition of a clause hold for its own predicate, and where it has none
/// for the next; 同时 takes the frequency on.
fn carry(text: &str, piece: &Piece, reading: &Reading, line: &mut Line) {
    let goes_on = text[piece.range.clone()].starts_with("同时");
    let said = |range: &Option<Range<usize>>| range.clone().map(|range| text[range].to_owned());
    let waits = std::mem::take(&mut line.waiting) || line.fronted.is_some() || goes_on;
    if !waits || reading.frequency.is_some() || reading.deadline.is_some() {
        line.frequency = said(&reading.frequency);
        line.deadline = said(&reading.deadline);
    }
    if let Some(condition) = said(&reading.condition) {
        line.condition = Some(condition);
    }
    if reading.modality.is_some() {
        line.modality = reading.modality;
    }
}

/// Takes a printed subject into the state, or notes that a sentence opens with a thing.
fn take_subject(scene: &Scene<'_>, reading: &Reading, state: &mut State, line: &mut Line) {
    match &reading.subject {
        Subject::Parties(mentions) => {
            if reading.modality.is_none() {
                // a stem's 可以 is for its own subject alone
                line.modality = state.modality.filter(|force| *force != Modality::Permission);
            }
            // 市人民政府，|区人民政府按照职责做好…: a list that a comma breaks goes on
            let goes_on = state.fresh && std::mem::take(&mut line.listing) && !reading.agent;
            if !goes_on {
                state.bearers.clear();
            }
            state.bearers.extend(scene.parties(mentions));
            line.listing = reading.action.is_empty() && reading.condition.is_none();
            state.persons = mentions.iter().all(|m| m.kind == OrganizationKind::Persons);
            state.fresh = true;
            state.conditional = reading.action.is_empty() && reading.condition.is_some();
            line.moved = None;
            line.agentless = false;
            line.printed |= !state.conditional;
        }
        _ if !reading.action.is_empty() && line.listing => line.listing = false,
        _ => {}
    }
    match &reading.subject {
        Subject::Thing if !line.found && !line.printed && line.moved.is_none() => {
            line.agentless = !reading.action.is_empty();
        }
        _ => {}
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

fn parties(passage: &Passage<'_>, mentions: &[Mention]) -> Vec<Party> {
    mentions
        .iter()
        .map(|mention| Party {
            name: mention.name.clone(),
            text: passage.text[mention.range.clone()].to_owned(),
            level: mention.level,
            span: passage.span(mention.range.clone()),
        })
        .collect()
}

/// The printed path of a node: `第四条（二）`, `一/（一）/8`.
fn unit(text: &Text<'_>, node: &Node, above: &str) -> String {
    let Some(label) = node.label.map(|label| text.slice(label)) else { return above.to_owned() };
    let label = label.trim_end_matches(['、', '．', '.', '，', ' ']);
    match node.kind {
        Kind::Level if !above.is_empty() => format!("{above}/{label}"),
        Kind::Level | Kind::Article => label.to_owned(),
        _ if label.starts_with('（') => format!("{above}{label}"),
        _ => format!("{above}/{label}"),
    }
}
