//! Who owes what: the duty a clause states, by the definition in `docs/duties.md`.
//!
//! In: a clause with what it takes over. Out: [`Duty`]s. Not here: the parts of a single clause
//! (`extract::clause`, `extract::construction`), the order of reading (`extract::provision`).
//!
//! Under 第四条, `省委和省人民政府对全省脱贫攻坚工作负总责，层层落实责任制` gives two duties; the second
//! takes its bearers over from the first.

use std::ops::Range;

use super::across::{
    by_means, comes_first, forbidden_breach, goes_on_as_object, helps, is_approval_first,
    is_excepted, is_told_what, points_to_other_rules, speaks_to_everyone,
};
use super::clause::{self, Reading, Subject};
use super::dismiss::{Standing, dismissed};
use super::modifier;
use super::object::{acted, dated, is_carried_out, lacks_object, with_object};
use super::provision::{Place, Reader, Scene};
use super::sentence::Piece;
use super::state::{Line, State, carry, punishes, take_subject};
use super::words::{self, Class};
use super::{
    Duty, Modality, Party, Role, construction, detail, doer, exclusion, office, quantity,
    recipient, timing,
};
use crate::span::Span;

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
        self.has_members(scene, piece, state);
        if self.has_office(scene, piece, state)
            || office::appoints(&text[piece.range.clone()])
            || is_excepted(&text[piece.range.clone()], text, following, line)
        {
            return;
        }
        let mut reading = clause::of(piece, text, scene.groups, self.naming).clone();
        carry(text, piece, &reading, line);
        take_subject(scene, &reading, state, line);
        if reading.doing
            && !state.listed
            && !self.does_so(&text[piece.range.clone()], scene.place.unit, state)
        {
            line.agentless = true;
        }
        if let Some(act) = forbidden_breach(text, piece, &reading, state, line) {
            reading = act;
        }
        let mut fronted = line.fronted.take();
        // 报送审批的项目，建设单位应当…: who acts is named, and what it is about no object
        let other = match reading.subject {
            Subject::Parties(_) => !reading.agent,
            Subject::Thing => reading.modality.is_some(),
            Subject::None => false,
        };
        // 涉及商业秘密的信息，行政机关不得公开: a verb without object is of what stands before
        let action = &text[reading.action.clone()];
        if other && line.thing.take().is_some() && !lacks_object(action) {
            fronted = None;
        }
        let before = reading.agent;
        let thing = self.passive(scene, &mut reading, piece.range.start);
        if thing.is_some() || reading.agent != before {
            take_subject(scene, &reading, state, line);
            fronted = thing;
        }
        let of_thing = !matches!(reading.subject, Subject::Parties(_));
        if fronted.is_none() && of_thing && reading.modality.is_none() {
            fronted = dated(text, &mut reading, line);
        }
        self.keep_whole_basis(text, &mut reading, following, state.listed, line);
        if is_approval_first(text, piece, &reading, following) {
            let joint = text[piece.range.clone()].starts_with('并');
            let start = piece.range.start + if joint { '并'.len_utf8() } else { 0 };
            line.fronted = Some(start..piece.range.end);
            return;
        }
        if let Some(first) = comes_first(text, piece, &reading, following) {
            line.fronted = Some(first);
            return;
        }
        if fronted.is_some() && clause::begins_only_then(&text[piece.range.clone()]) {
            reading.modality = Some(Modality::Obligation);
            reading.action.start = piece.range.start;
        }
        if self.is_unchecked_thing(scene, piece, following) {
            line.fronted = Some(piece.range.clone());
            return;
        }
        if construction::is_thing_alone(text, piece, following) && !state.listed {
            // 未经验收的供水设施，|不得投入使用
            reading.subject = Subject::Thing;
            reading.action = piece.range.clone();
            take_subject(scene, &reading, state, line);
            line.thing = Some(reading.action.start);
            line.fronted = Some(reading.action);
            return;
        }
        if self.is_case_of_others(scene, &reading, state, line, piece, following.first()) {
            line.agentless = true;
        }
        if reading.action.is_empty() || reading.purpose {
            line.fronted = line.fronted.take().or(fronted);
            line.waiting = true;
            line.grounds = reading.basis.is_some();
            return;
        }
        let action = &text[reading.action.clone()];
        if line.grounds && construction::is_ground(action) && reading.modality.is_none() {
            // 应当根据通知的形式，|通知的准确程度，|…综合判断
            line.waiting = true;
            return;
        }
        if let Some(front) = fronted.clone()
            && goes_on_as_object(text, &text[front.clone()], &reading, following)
        {
            // 对用人单位违反法规，|侵犯合法权益的行为，|有权要求纠正
            line.fronted = Some(front.start..reading.action.end);
            return;
        }
        // 子公司参照本办法，|制定实施细则
        let model = action.starts_with("参照本") && words::ends(Class::BasisEnd, action) > 0;
        if model && action.chars().count() <= 8 {
            line.waiting = true;
            return;
        }
        if points_to_other_rules(text, &reading, following)
            || is_told_what(text, &reading, following)
        {
            return;
        }
        let object = construction::object_first(
            text,
            reading.action.clone(),
            words::holds(Class::ModalInside, &text[piece.range.start..reading.action.start]),
            following,
        );
        if object && action.starts_with('对') {
            // 市人民政府对改造的单位，|应当给予支持
            line.fronted = Some(reading.action);
            return;
        }
        if self.is_acted_on(text, &reading, line, piece, following) {
            line.fronted = Some(reading.action);
            return;
        }
        if self.is_topic(scene, &reading, piece, following) {
            line.fronted = Some(reading.action);
            return;
        }
        reading.doer = doer::told_of(text, &reading, following, self.naming);
        if self.is_circumstance(text, &reading, state, line, piece, following) {
            line.waiting = true;
            let acting = match reading.doer.take() {
                Some(mentions) => Subject::Parties(mentions),
                None => self.circumstantial(text, &reading),
            };
            if let Some(front) = before_object(text, &reading, &acting, following) {
                // 飞行管制部门|对违规的航空器，|可以责令改正: a body that no table knows
                reading.subject = acting;
                reading.action = front.clone();
                take_subject(scene, &reading, state, line);
                line.fronted = Some(front);
                return;
            }
            // 人员的|安置，应当符合规定; 采集信息，应当按照客观的原则|进行
            let gerund = construction::is_gerund(action) || is_carried_out(text, following);
            let doing = !gerund
                && construction::begins_doing(action)
                && construction::names_a_doing(action);
            let thing = reading.subject == Subject::Thing
                || (reading.subject == Subject::None
                    && (gerund || construction::is_described_thing(action)));
            // 或者患有疾病，|或者过度疲劳的，不得驾驶: a case among cases
            let case = text[piece.range.end..].starts_with("，或者");
            if thing && acting == Subject::None && !doing && !case {
                // 军事训练器材、教材，|应当严格管理: the thing stands before its demand
                reading.subject = Subject::Thing;
                take_subject(scene, &reading, state, line);
                line.thing = Some(reading.action.start);
                line.fronted = piece.opens.then_some(reading.action);
                return;
            }
            line.condition = Some(action.to_owned());
            let anybody = self.is_doing(text, &reading, piece, following.first());
            if anybody && !state.listed && !self.does_so(action, scene.place.unit, state) {
                line.agentless = true;
            }
            if !matches!(reading.subject, Subject::Parties(_)) {
                reading.subject = acting;
                reading.action = piece.range.end..piece.range.end;
                take_subject(scene, &reading, state, line);
                line.listing = false;
            }
            // 经营单位未及时清理，|影响市容的，责令改正: told of those who are punished
            let told = matches!(reading.subject, Subject::Parties(_))
                && following.first().is_some_and(|next| text[next.range.clone()].ends_with('的'));
            if told && !state.bearers.iter().any(punishes) {
                state.conditional = true;
                line.printed = false;
            }
            return;
        }
        if object {
            line.fronted = Some(reading.action);
            return;
        }
        if by_means(text, &reading, following) {
            // 不得利用数据分析，|对交易相对人实施差别待遇
            line.fronted = Some(reading.action);
            return;
        }
        if self.is_pivot(scene, &reading, state, line, following)
            || helps(scene, &reading, following)
        {
            line.fronted = Some(reading.action);
            return;
        }
        if reading.agent
            && let Some(told) =
                fronted.clone().map(|told| text[told].to_owned()).or(line.condition.take())
        {
            // 加强养殖污染防治，|由农业农村部门牵头，|生态环境部门配合: the task is told in the sentence itself
            let act = &told[words::adverbs(&told)..];
            // 灾情和救援信息发布|由县委宣传部牵头
            let whole = fronted.is_some()
                && construction::part_taken(action) == Some(Role::Lead)
                && !words::holds(Class::ModalInside, act);
            let task = (whole || words::begins_predicate(act))
                && !act.ends_with(['的', '后', '时'])
                && (whole || !construction::is_bare_object(act));
            match task {
                true => line.task = Some(told),
                false => line.condition = fronted.is_none().then_some(told),
            }
        }
        if let Some(role) = construction::part_taken(action)
            && self.takes_part(scene, piece, &reading, role, state, line)
        {
            return;
        }
        if exclusion::consequence(action) && line.condition.is_some() {
            line.sanctioned = true;
        }
        if line.found && timing::counts_how_often(text, &reading) {
            // 走访重点群体，|每月不少于一次
            if let Some(last) = self.found.last_mut() {
                last.frequency = last.frequency.take().or(line.frequency.take());
            }
            return;
        }
        let genre = self.genre;
        let standing = Standing { action, reading: &reading, state, line, piece, genre };
        if announced || dismissed(&standing) {
            return;
        }
        self.state_duty(scene, piece, &reading, fronted, state, line);
    }

    /// `组织有关专家，|对意见进行评审`, `要求有关单位在编制过程中，|明确措施`: who is made to do what the next clause
    /// says, so that both are one act.
    fn is_pivot(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        state: &State,
        line: &Line,
        following: &[Piece],
    ) -> bool {
        let text = scene.text();
        let action = &text[reading.action.clone()];
        let head = words::adverbs(action);
        let Some(verb) = ["组织", "要求", "督促", "责令", "指导"]
            .into_iter()
            .find(|verb| action[head..].starts_with(*verb))
        else {
            return false;
        };
        let next = following.first().filter(|next| !next.opens);
        let named = !state.bearers.is_empty() && line.moved.is_none() && !line.agentless;
        let acts = next.is_some_and(|next| {
            let clause = &text[next.range.clone()];
            // 组织巡护队伍，|做到24小时值守: another act of the same
            let own = ["做到", "确保", "实行"].iter().any(|verb| clause.starts_with(verb));
            !own && words::begins_predicate(clause) || words::begins(Class::ObjectFirst, clause) > 0
        });
        if !named || !acts {
            return false;
        }
        let from = reading.action.start + head + verb.len();
        let phrase = from..reading.action.end;
        let Some((_, end)) = construction::caused(text, phrase, scene.groups, self.naming) else {
            return false;
        };
        let rest = &text[end..reading.action.end];
        match rest.is_empty() {
            true => verb == "组织",
            false => modifier::leading(rest).is_some_and(|(length, _)| length == rest.len()),
        }
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
        let own = line.task.clone();
        let heading = own.as_deref().or(heading);
        let (Some(task), true) = (heading, role == Role::Lead || !state.leaders.is_empty()) else {
            if role == Role::Lead {
                state.leaders = state.bearers.clone();
            } else if !state.leaders.is_empty() {
                // 县自然资源局牵头，|县林业局配合，|开展整治: what comes next they do together
                line.partners = std::mem::replace(&mut state.bearers, state.leaders.clone());
                return true;
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
        if !printed && speaks_to_everyone(text, piece, reading, line) {
            line.agentless = true;
        }
        // a new 款 that encourages is not said of those before
        let encourages = construction::encouraging(&text[reading.action.clone()]) > 0;
        let anew = std::mem::take(&mut state.opens) && !printed && !line.printed && encourages;
        let led = !line.agentless || !state.leaders.is_empty();
        let known = !state.bearers.is_empty() && !anew && led && line.moved.is_none();
        // 大中型商业银行要…。鼓励城市商业银行…: who is in business encourages nobody
        let alone = || construction::encourages_alone(&text[reading.action.clone()]);
        let peers =
            encourages && !printed && (state.private || state.persons) && (piece.opens || alone());
        // 支持和参与 of those who are encouraged is their own act
        let own = line.moved.is_some() && construction::supports(&text[reading.action.clone()]);
        if (!known || peers) && !own && self.moves(scene, piece, reading, state, line) {
            return;
        }
        let (bearers, inherited, moved) = holders(state, line, printed);
        // 附属绿地由该单位负责养护, 由主管部门吊销许可证，|三年内不得再次申请: not by those who were named before
        let other = !printed
            && (text[reading.action.clone()].contains("由该")
                || is_barred(&text[piece.range.clone()], state, line)
                || is_given(&text[reading.action.clone()], reading, state));
        let (bearers, inherited) = if other { (Vec::new(), false) } else { (bearers, inherited) };
        let joint = construction::jointly(text, reading.action.clone(), scene.groups, self.naming);
        if let Some((partners, act)) = joint {
            line.partners = scene.parties(&partners);
            let joined = clause::read(text, act..reading.action.end, &[], self.naming);
            let rest = joined.action;
            let said = |range: Option<Range<usize>>| range.map(|range| text[range].to_owned());
            if rest.is_empty() {
                // 会同有关部门在年底前，…: what they do together comes in the next clause
                line.waiting = true;
                return;
            }
            let from = fronted.as_ref().map(|object| object.start);
            let action = with_object(text, fronted, rest);
            let mut stated = stated(scene, piece, reading, line, action, "jointly");
            // 会同有关部门每年3月底前|下达资金
            stated.frequency = stated.frequency.or(said(joined.frequency));
            stated.deadline = stated.deadline.or(said(joined.deadline));
            // 由省发展改革委牵头，|会同有关部门研究制定办法
            if !state.leaders.is_empty() && state.leaders == bearers {
                stated.role = Role::Lead;
            }
            let span = stretched(scene, piece, reading, from);
            self.found.push(Duty { bearers, inherited, span, ..stated });
        } else {
            let demanded = bearers.is_empty() && line.modality.is_some();
            let thing = line.thing.take();
            let (from, action) = acted(text, piece, reading, fronted, thing, demanded);
            let rule = match (bearers.is_empty(), inherited) {
                (true, _) => "unnamed",
                (_, true) => "inherited",
                _ => "subject",
            };
            let mut duty = stated(scene, piece, reading, line, action, rule);
            duty.span = stretched(scene, piece, reading, from);
            if words::may_hold(piece.kinds, Class::Handing) {
                let action = reading.action.clone();
                let handed = recipient::recipients(text, action, scene.groups, self.naming);
                duty.recipients = scene.parties(&handed);
            }
            // 报主管部门批准后，|方可实施
            let first = from.map(|from| from..piece.range.start);
            if let Some(first) =
                first.filter(|_| clause::begins_only_then(&text[reading.action.clone()]))
            {
                let handed = recipient::recipients(text, first, scene.groups, self.naming);
                duty.recipients = scene.parties(&handed);
            }
            duty.modality = reading.modality.or(moved).unwrap_or(duty.modality);
            // 引导个人履行责任，主动参与: who takes part is whom the bearer leads
            if inherited && line.led && duty.role == Role::Participate {
                duty.role = Role::Responsible;
            }
            line.led |= encourages && !bearers.is_empty() && moved.is_none();
            if !state.leaders.is_empty() && state.leaders == bearers {
                duty.role = Role::Lead;
            }
            self.found.push(Duty { bearers, inherited, ..duty });
        }
        let partners = std::mem::take(&mut line.partners);
        if let Some(own) = self.found.last().filter(|_| !partners.is_empty()) {
            let joint = Duty { role: Role::Cooperate, inherited: false, ..own.clone() };
            self.found.push(Duty { bearers: partners, ..joint });
        }
        state.fresh = false;
        line.found = true;
        self.takes_office(scene, reading, state, line);
    }
}

/// `飞行管制部门|对违规的航空器，|可以责令改正`: the object that stands behind whoever is to act, before its verb.
fn before_object(
    text: &str,
    reading: &Reading,
    acting: &Subject,
    following: &[Piece],
) -> Option<Range<usize>> {
    let Subject::Parties(mentions) = acting else { return None };
    let front = mentions.last()?.range.end..reading.action.end;
    // 人民法院执行被执行人|对他人的债权: an object of its own
    let opens = mentions.first()?.range.start == reading.action.start
        && !matches!(reading.subject, Subject::Parties(_));
    let object = opens && text.get(front.clone())?.starts_with('对');
    (object && construction::object_first(text, front.clone(), false, following)).then_some(front)
}

/// `处罚款，|五年内不得从事会计工作`: what is forbidden to whoever was punished, not to those who punish.
fn is_barred(clause: &str, state: &State, line: &Line) -> bool {
    let barred = clause.contains("年内不得") || clause.starts_with("终身不得");
    barred
        && !state.conditional
        && line.condition.is_some()
        && state.bearers.first().is_some_and(punishes)
}

/// `人员取得资格证书的，|给予一次性补贴`: what is given to those of whom the condition tells.
fn is_given(action: &str, reading: &Reading, state: &State) -> bool {
    const GIVEN: [&str; 9] = ["奖", "补", "表彰", "资助", "优待", "津贴", "抚恤", "慰问", "救助"];
    state.conditional
        && state.persons
        && reading.modality.is_none()
        && ["给予", "予以", "发给"].iter().any(|verb| action.starts_with(verb))
        && GIVEN.iter().any(|given| action.contains(given))
}

/// Who bears what a clause states, whether they are taken over, and the force they take it over with.
fn holders(state: &State, line: &Line, printed: bool) -> (Vec<Party>, bool, Option<Modality>) {
    match &line.moved {
        Some((moved, modality)) if !printed => (moved.clone(), !moved.is_empty(), Some(*modality)),
        _ if line.agentless && !printed && state.leaders.is_empty() => (Vec::new(), false, None),
        _ => (state.bearers.clone(), !state.fresh && !state.bearers.is_empty(), None),
    }
}

/// The duty a clause states, without its bearers.
pub(super) fn stated(
    scene: &Scene<'_>,
    piece: &Piece,
    reading: &Reading,
    line: &Line,
    action: String,
    rule: &'static str,
) -> Duty {
    let span = scene.passage.span(piece.range.start..reading.action.end);
    let inside = &scene.text()[reading.action.clone()];
    let said = |range: Option<Range<usize>>| range.map(|range| inside[range].to_owned());
    let may_say = |class| words::may_hold(piece.kinds, class);
    let often = || may_say(Class::Often).then(|| timing::frequency(inside)).flatten();
    let until = || may_say(Class::SpanEnd).then(|| timing::deadline(inside)).flatten();
    let frequency = line.frequency.clone().or_else(|| said(often()));
    let deadline = line.deadline.clone().or_else(|| said(until()));
    Duty {
        role: detail::role(&action),
        responsibility: detail::responsibility(&action),
        modality: force(reading, line),
        frequency,
        deadline_date: deadline.as_deref().and_then(timing::date),
        deadline,
        condition: line.condition.clone(),
        quantities: match quantity::may_count(inside, piece.kinds) {
            true => quantity::quantities(scene.passage, reading.action.clone()),
            false => Vec::new(),
        },
        ..duty(scene.place, Vec::new(), action, span, rule)
    }
}

/// Where a clause stands, with the object that stands before it, from which on it is read.
fn stretched(scene: &Scene<'_>, piece: &Piece, reading: &Reading, from: Option<usize>) -> Span {
    let start = from.map_or(piece.range.start, |from| from.min(piece.range.start));
    scene.passage.span(start..reading.action.end)
}

/// The force of a clause: its own, or the one in reach; 不得 is not said of a thing that comes after it
/// (`成员不得少于三人，名额由合作者协商确定`).
fn force(reading: &Reading, line: &Line) -> Modality {
    let reached = line.modality.filter(|force| {
        *force != Modality::Prohibition
            || reading.subject != Subject::Thing
            || reading.plain
            || line.listed
    });
    reading.modality.or(reached).unwrap_or(Modality::Obligation)
}

/// A duty with nothing but its bearers and its action.
pub(super) fn duty(
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
        deadline_date: None,
        quantities: Vec::new(),
        condition: None,
        reported: false,
        rule,
        span,
    }
}
