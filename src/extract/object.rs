//! Objects and things that stand before what is done with them.
//!
//! In: a clause's reading, and what stood before it. Out: the action with its object. Not here: which clauses
//! are such objects (`extract::construction`, `extract::circumstance`).
//!
//! `对违法行为，予以查处` and `具体办法由省人民政府制定` have their objects in front.

use std::ops::Range;

use super::across::is_told;
use super::clause::{Reading, Subject};
use super::sentence::Piece;
use super::words::{self, Class};
use super::{construction, modifier};

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
pub(super) fn dated(text: &str, reading: &mut Reading) -> Option<Range<usize>> {
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
    reading.deadline = Some(start + at..start + at + length);
    reading.action.start = start + at + length;
    reading.plain = true;
    Some(start..start + at)
}
