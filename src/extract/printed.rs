//! Who is printed at the head of a clause.
//!
//! In: a clause of a passage, and the organizations named in the passage. Out: who stands as its subject, and where
//! the clause goes on. Not here: subjects that no lexicon knows (`extract::subject`), the rest of a clause
//! (`extract::clause`).
//!
//! `由省农委制定规划` has 省农委, and goes on with `制定规划`.

use std::ops::Range;

use super::clause::{emphasis, is_bound, is_request};
use super::follow::{
    are_acted_on, is_an_event, is_joined, is_longer_name, is_of_an_act, is_of_costs, joined_name,
    names_a_thing, owned_office, owned_post, says_which,
};
use super::organization::{self, Group, Mention, Naming};
use super::subject::{is_committee, modal_inside, shifted};
use super::words::{self, Class};
use super::{construction, detail, modifier};
use crate::text::literal;

/// `县级党委和政府…`, `每名省级领导…`, `由省农委…`: a group at the clause's head that what follows
/// lets be its subject.
pub(super) fn printed_subject(
    passage: &str,
    at: usize,
    end: usize,
    groups: &[Group],
    naming: &Naming,
) -> Option<(Vec<Mention>, usize, bool)> {
    let rest = &passage[at..end];
    let agent = rest.starts_with('由');
    // 请|各市州于3月底前报送
    let asked = is_request(rest);
    let mut start = at + if agent || asked { "由".len() } else { 0 };
    start += words::begins(Class::Each, &passage[start..end]);
    let index = groups.partition_point(|group| group.range.start < at);
    let group = groups[index..].iter().find(|group| group.range.start >= at)?;
    if (group.range.start != start && group.range.start != at) || group.range.end > end {
        return None;
    }
    let after = &passage[group.range.end..end];
    // 对|直接负责的主管人员可以给予处分: whom it is done to
    let object = passage[group.range.start..].starts_with("对直接");
    if object || after.starts_with('的') || is_an_event(after) {
        return None;
    }
    // 村级干部|由乡镇党委管理: what another acts on
    let by = after.strip_prefix('由').filter(|_| !agent && !after.starts_with("由于"));
    if by.is_some_and(|by| groups.iter().any(|next| next.range.start == end - by.len())) {
        return None;
    }
    if let Some(length) = owned_office(group, after) {
        let mut office = group.mentions[0].clone();
        office.name.push_str(&after[..length]);
        office.range.end += length;
        return Some((vec![office], group.range.end + length, agent));
    }
    if let Some(length) = owned_post(after) {
        let of = |mut post: Mention| {
            post.name.push_str(&after[..length]);
            // what is printed right before it is printed with it
            if post.range.end == group.range.end {
                post.range.end += length;
            }
            post
        };
        let posts = group.mentions.iter().cloned().map(of).collect();
        return Some((posts, group.range.end + length, agent));
    }
    let modifier = modifier::leading(after);
    // 市人民政府制定的规章: the predicate belongs to what follows
    let head = construction::strip_from(after, modifier);
    if words::predicate(head) > 0 && head[words::predicate(head)..].starts_with('的') {
        return None;
    }
    if is_longer_name(after) || is_committee(after) || names_a_thing(after) || says_which(after) {
        return None;
    }
    let follows = after.is_empty()
        || modifier.is_some()
        || words::modal(after).is_some()
        || emphasis(after).is_some()
        || words::begins_predicate(after)
        || words::begins(Class::ObjectFirst, after) > 0
        || words::begins(Class::AfterSubject, after) > 0
        || words::begins(Class::Legal, after) > 0
        || words::begins(Class::Event, after) > 0
        || detail::manner(after).is_some()
        || construction::sets(after)
        || is_bound(head);
    if is_of_costs(after) {
        return None;
    }
    if !agent && let Some(joined) = with_joined(passage, group, after, naming) {
        return Some((joined, group.range.end + joined_name(after)?, agent));
    }
    if is_joined(after, agent) || (are_acted_on(&group.mentions) && is_of_an_act(after)) {
        return None;
    }
    if let Some((ours, at)) = with_another(passage, group, after) {
        return Some((ours, at, agent));
    }
    follows.then(|| (group.mentions.clone(), group.range.end, agent))
}

/// `任何组织或者个人|捐资修建宗教活动场所`: a list that ends with a name no lexicon knows, and no modal word after it.
fn with_joined(passage: &str, group: &Group, after: &str, naming: &Naming) -> Option<Vec<Mention>> {
    let end = joined_name(after).filter(|_| modal_inside(after).is_none())?;
    let joint = after.len() - after.trim_start_matches(['或', '者', '以', '和', '及']).len();
    // 监管|运输单位和个人承运动物: a verb with its object
    if words::begins_predicate(&after[joint.min(end)..])
        || words::begins_predicate(&passage[group.range.start..])
    {
        return None;
    }
    let whole = group.range.start..group.range.end + end;
    let all = organization::subject(&passage[whole.clone()], naming);
    if all.len() > group.mentions.len() {
        return Some(shifted(all, whole.start));
    }
    let range = group.range.end + joint..whole.end;
    let other = organization::as_printed(&passage[range.clone()], range, naming);
    Some(group.mentions.iter().cloned().chain([other]).collect())
}

/// `对未成年人负有监护责任的单位和个人|应当…`: who answers for whom. Gives where the clause goes on.
pub(super) fn about_whom(
    passage: &str,
    clause: Range<usize>,
    naming: &Naming,
) -> Option<(Vec<Mention>, usize)> {
    let text = &passage[clause.clone()];
    if !text.starts_with('对') || !text.contains("负有") {
        return None;
    }
    let next = passage[clause.end..].strip_prefix('，');
    let asked = || next.is_some_and(construction::asks);
    let end = modal_inside(text).or_else(|| asked().then_some(text.len()))?;
    let noun = text[..end].rfind('的')? + "的".len();
    let mut mentions = organization::subject(&text[noun..end], naming);
    for mention in &mut mentions {
        mention.name.insert_str(0, &text[..noun]);
    }
    (!mentions.is_empty()).then(|| (shifted(mentions, clause.start + noun), clause.start + end))
}

/// `县委、县政府与乡镇党委签订责任书`: what two sides do with each other is the first one's act, and 与
/// opens its predicate.
fn with_another(passage: &str, group: &Group, after: &str) -> Option<(Vec<Mention>, usize)> {
    if words::begins(Class::Mutual, after) == 0 {
        return None;
    }
    let with = group.range.start + passage[group.range.clone()].find('与')?;
    let ours: Vec<Mention> =
        group.mentions.iter().filter(|mention| mention.range.end <= with).cloned().collect();
    (!ours.is_empty()).then_some((ours, with))
}

/// `有权处理的机关|应当在60日内办结`: what begins like a force describes who is to act.
pub(super) fn describes_holder(rest: &str) -> bool {
    let Some(at) = literal::find(rest, "的") else { return false };
    let noun = &rest[at + "的".len()..];
    let body = ["机关", "部门", "单位", "机构", "组织", "行政机关"];
    at <= 24
        && body
            .iter()
            .filter_map(|body| noun.strip_prefix(body))
            .any(|next| words::modal(next).is_some())
}
