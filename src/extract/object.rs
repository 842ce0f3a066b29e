//! Objects and things that stand before what is done with them.
//!
//! In: a clause's reading, and what stood before it. Out: the action with its object. Not here: which clauses
//! are such objects (`extract::construction`, `extract::circumstance`).
//!
//! `对违法行为，予以查处` and `具体办法由省人民政府制定` have their objects in front.

use std::ops::Range;

use super::across::is_told;
use super::clause::{self, Reading, Subject};
use super::provision::{Reader, Scene};
use super::sentence::Piece;
use super::state::Line;
use super::words::{self, Class};
use super::{construction, modifier};

impl Reader<'_> {
    /// `具体办法由省人民政府制定`: reads the agent as the subject, and gives the thing.
    pub(super) fn passive(
        &self,
        scene: &Scene<'_>,
        reading: &mut Reading,
        start: usize,
    ) -> Option<Range<usize>> {
        let text = scene.text();
        let action = reading.action.clone();
        if matches!(reading.subject, Subject::Parties(_)) {
            return self.handed_on(scene, reading, start);
        }
        let (thing, agents, start) =
            construction::by_agent(text, action.clone(), scene.groups, self.naming)?;
        let rest = clause::read(text, start..action.end, scene.groups, self.naming);
        reading.subject = Subject::Parties(agents);
        reading.agent = true;
        reading.action = match rest.action.is_empty() {
            // 由财政部|商中国人民银行制定: with whom they do it
            _ if text[start..].starts_with('商') => start..action.end,
            // 由县人民政府根据物价水平|规定
            true => construction::last_verb(text, start..action.end),
            false => rest.action,
        };
        reading.plain = true;
        // 遗体必须|由殡仪馆统一接运
        let modal = ends_in_modal(&text[thing.clone()]);
        let thing = thing.start..thing.end - modal.len();
        reading.modality = reading.modality.or(words::modal(modal).map(|(_, force)| force));
        if text[thing.clone()].ends_with('的') {
            // 单笔开支500元以内的|由副乡长审批: in which case
            reading.condition = Some(thing);
            return None;
        }
        Some(thing)
    }

    /// `承办单位的书面答复应当|由主要负责人签发`: what seemed to be the subject is a thing of somebody's, where a modal
    /// word stands before the agent.
    fn handed_on(
        &self,
        scene: &Scene<'_>,
        reading: &mut Reading,
        start: usize,
    ) -> Option<Range<usize>> {
        let text = scene.text();
        let agent = text[reading.action.clone()].strip_prefix('由')?;
        if reading.agent || reading.modality.is_none() || agent.starts_with('于') {
            return None;
        }
        let rest = clause::read(text, reading.action.clone(), scene.groups, self.naming);
        if !rest.agent || rest.action.is_empty() {
            return None;
        }
        let modal = ends_in_modal(&text[start..reading.action.start]);
        let thing = start..reading.action.start - modal.len();
        if modal.is_empty() {
            return None;
        }
        let modality = reading.modality;
        *reading = Reading { modality, ..rest };
        Some(thing)
    }

    /// `涉及商业秘密的信息，|行政机关不得公开`: a thing before who is to do something with it, by a verb that has no
    /// object of its own.
    pub(super) fn is_topic(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        piece: &Piece,
        following: &[Piece],
    ) -> bool {
        let text = scene.text();
        let action = &text[reading.action.clone()];
        let thing = || match reading.subject {
            Subject::Thing => !is_told(action),
            Subject::None => construction::is_described_thing(action),
            Subject::Parties(_) => false,
        };
        let open = piece.opens && reading.modality.is_none();
        let next = following.first().filter(|next| open && !next.opens);
        let Some(next) = next.filter(|_| thing()) else { return false };
        let clause = &text[next.range.clone()];
        if construction::asks(clause) || !words::holds(Class::ModalInside, clause) {
            return false;
        }
        self.does_with_it(scene, next)
    }

    /// `未经检验的产品，|任何单位不得销售`: a thing, though it begins like a condition.
    pub(super) fn is_unchecked_thing(
        &self,
        scene: &Scene<'_>,
        piece: &Piece,
        following: &[Piece],
    ) -> bool {
        let text = scene.text();
        let clause = &text[piece.range.clone()];
        let next = following.first().filter(|next| !next.opens);
        piece.opens
            && clause.starts_with("未经")
            && construction::is_bare_object(clause)
            && next.is_some_and(|next| self.does_with_it(scene, next))
    }

    /// `行政机关不得公开`: whether somebody must do something with what stands before, as the verb has no object of its
    /// own.
    fn does_with_it(&self, scene: &Scene<'_>, next: &Piece) -> bool {
        let text = scene.text();
        let next = clause::of(next, text, scene.groups, self.naming);
        matches!(next.subject, Subject::Parties(_))
            && next.modality.is_some()
            && lacks_object(&text[next.action.clone()])
    }
}

/// `采集信息，|应当按照客观的原则依法进行`: whether the next clause only says how an act is carried out.
pub(super) fn is_carried_out(text: &str, following: &[Piece]) -> bool {
    let next = following.first().filter(|next| !next.opens).map(|next| &text[next.range.clone()]);
    next.filter(|clause| clause.ends_with("进行")).is_some_and(|clause| {
        let modal = words::modal(clause).map_or(0, |(length, _)| length);
        let how = construction::strip(&clause[modal..]);
        how[words::begins(Class::Legal, how)..] == *"进行"
    })
}

/// What is done, and where it begins if an object or a thing stands before it. `demanded` says that something is
/// demanded of a thing, of which nobody is told to see to it.
pub(super) fn acted(
    text: &str,
    piece: &Piece,
    reading: &Reading,
    fronted: Option<Range<usize>>,
    thing: Option<usize>,
    demanded: bool,
) -> (Option<usize>, String) {
    let own = || (None, text[reading.action.clone()].to_owned());
    match thing {
        Some(thing) if demanded => (Some(thing), text[thing..reading.action.end].to_owned()),
        Some(thing) if is_told(&text[thing..piece.range.start]) => own(),
        // 对扶贫项目，国家开发银行可发放贷款: a topic, where the verb has its own object
        _ if matches!(reading.subject, Subject::Parties(_))
            && !reading.agent
            && fronted.is_some()
            && (has_object(&text[reading.action.clone()])
                || serves(&text[reading.action.clone()])) =>
        {
            own()
        }
        _ => {
            let from = fronted.as_ref().map(|object| object.start);
            (from, with_object(text, fronted, reading.action.clone()))
        }
    }
}

/// `发放贷款`, `将情况报告省委`: whether a predicate has its own object.
pub(super) fn has_object(action: &str) -> bool {
    let head = &action[words::adverbs(action)..];
    let verb = words::predicate(head);
    let light =
        ["予以", "给予", "进行", "实行", "实施"].iter().any(|light| head.starts_with(light));
    // 允许|使用: what is allowed is no object; 发放|贷款 is one
    let only = ["允许", "准许", "同意"].iter().any(|verb| head.starts_with(verb))
        && words::predicate(&head[verb..]) == head.len() - verb;
    head.starts_with(['将', '把']) || (verb > 0 && verb + 6 <= head.len() && !light && !only)
}

/// `公开`, `认真执行`, `予以收治`: whether a predicate is nothing but its verb.
pub(super) fn lacks_object(action: &str) -> bool {
    let bare = |head: &str| head.len() >= 6 && words::predicate(head) == head.len();
    let head = &action[words::adverbs(action)..];
    bare(action) || bare(head.strip_prefix("予以").unwrap_or(head))
}

/// `为其提供法律服务`: whether an act takes up by 其 what was named before.
fn serves(action: &str) -> bool {
    ["为其", "向其", "给其", "与其"].iter().any(|word| action.starts_with(word))
}

/// An action with the object that stood before it: across a comma (`对违法行为，予以查处`), or before its
/// agent (`具体办法由省人民政府制定`).
pub(super) fn with_object(
    text: &str,
    object: Option<Range<usize>>,
    action: Range<usize>,
) -> String {
    let said = &text[action.clone()];
    match object {
        Some(object) if text[object.end..action.start].contains('，') => {
            format!("{}，{said}", &text[object])
        }
        Some(object) => format!("{}{said}", &text[object]),
        None => said.to_owned(),
    }
}

/// `考核结果|于次年3月底前|报省委、省政府`: a thing before until when something is done with it. Gives the thing.
pub(super) fn dated(text: &str, reading: &mut Reading, line: &mut Line) -> Option<Range<usize>> {
    let action = reading.action.clone();
    let said = &text[action.clone()];
    // what is longer holds more than a thing and its time
    if said.len() > 300 {
        return None;
    }
    let (at, length) = said.match_indices(['于', '在']).find_map(|(at, _)| {
        let (length, what) = modifier::leading(&said[at..])?;
        (at > 0 && what == modifier::Modifier::Deadline).then_some((at, length))
    })?;
    let act = &said[at + length..];
    let acts = act.starts_with(['报', '送', '向', '抄']) || words::begins_predicate(act);
    let plain = !said[..at].contains(['，', '由', '将', '对', '向', '把'])
        && said[..at].chars().count() <= 16;
    if !acts || !plain {
        return None;
    }
    let start = action.start;
    let until = said[at..at + length].trim_start_matches(['于', '在']);
    line.deadline = Some(until.to_owned());
    reading.action.start = start + at + length;
    reading.plain = true;
    Some(start..start + at)
}

/// `遗体必须|由…`: the modal word that ends what stands before an agent; empty where none does.
fn ends_in_modal(text: &str) -> &str {
    let modals = ["需要", "应当", "必须", "可以", "应", "须", "要", "可"];
    let modal = modals.iter().find(|modal| text.ends_with(**modal));
    &text[text.len() - modal.map_or(0, |modal| modal.len())..]
}
