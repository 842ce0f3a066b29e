//! Whose a body is: the units before it that own it.
//!
//! In: the units before, and what was read to the left of a head. Out: the same, with the owners as
//! prefixes. Not here: levels and fields (`left`).
//!
//! `县级人民政府教育部门` is a department that 县级人民政府 owns.

use std::ops::Range;

use super::super::{Level, OrganizationKind, region};
use super::grammar::{Prefix, Unit};
use super::left::Left;
use super::lexicon::{Head, Term};
use super::{Naming, name};

/// 县级人民政府|教育部门, 领导小组|办公室, 省委|主要负责人: the unit before owns this one.
pub(super) fn take_owner(
    passage: &str,
    term: &Term,
    previous: &mut Vec<Unit>,
    left: &mut Left,
    naming: &Naming,
) {
    let Some(last) = previous.last() else { return };
    if last.term.head == Head::Region {
        take_regions(term, previous, left, naming);
        return;
    }
    // 各|乡镇|政府: the body is the tier of another
    let bare = last.prefixes.is_empty() && last.clause.is_empty();
    if last.term.text == "乡镇" && bare && term.head == Head::Local {
        let range = last.range.clone();
        left.at = range.start;
        left.prefixes.push(name::level_prefix("乡镇", Some(Level::Township), range, naming));
        left.after_level = true;
        previous.pop();
        return;
    }
    let shared = term.head == Head::Post
        && matches!(last.term.kind, OrganizationKind::Government | OrganizationKind::Party);
    // 各乡镇、|各部门|主要负责人
    let all = term.head == Head::Post && is_of_all(passage, last);
    loop {
        let Some(owner) = previous.pop() else { return };
        left.at = owner.range.start;
        own(&owner, left);
        // 人民代表大会及其常务委员会|有关机构
        let pair = owner.back
            && owner.term.kind == OrganizationKind::Congress
            && previous.last().is_some_and(|first| first.term.kind == owner.term.kind);
        let more = pair
            || all && previous.last().is_some_and(|next| is_of_all(passage, next))
            || shared
                && previous.last().is_some_and(|next| {
                    next.term.head == Head::Local
                        && matches!(
                            next.term.kind,
                            OrganizationKind::Government | OrganizationKind::Party
                        )
                });
        if !more {
            return;
        }
    }
}

/// 各|部门: all of a class.
fn is_of_all(passage: &str, unit: &Unit) -> bool {
    let text = &passage[unit.range.clone()];
    text.starts_with('各') && !text.starts_with("各级")
}

/// 长沙市、株洲市|人民政府: the regions before are whose it is.
fn take_regions(term: &Term, previous: &mut Vec<Unit>, left: &mut Left, naming: &Naming) {
    while let Some(unit) = previous.last()
        && unit.term.head == Head::Region
    {
        let mention = &unit.mentions[0];
        let chained =
            left.prefixes.last().is_some_and(|next: &Prefix| next.range.start == unit.range.end);
        if !chained {
            left.prefixes.push(name::region_prefix(&mention.name, unit.range.clone(), naming));
        }
        left.at = unit.range.start;
        previous.pop();
        if term.head == Head::Person || left.prefixes.is_empty() {
            break;
        }
    }
    left.after_level = true;
}

/// 人民银行|长沙|中心支行: a bank's branch is named with its bank.
pub(super) fn branch(
    passage: &str,
    term: &Term,
    head: &Range<usize>,
    previous: &mut Vec<Unit>,
    left: &mut Left,
) {
    if !matches!(term.text, "分行" | "支行" | "中心支行") {
        return;
    }
    let bank = previous.iter().rposition(|unit| unit.term.head != Head::Region);
    let Some(at) = bank.filter(|&at| previous[at].term.text.ends_with("银行")) else { return };
    let bank = &previous[at];
    let place = &passage[bank.range.end..head.start];
    if place.chars().count() > 10
        || place.contains(['、', '，', '和', '。', '；', '：', '（', '的'])
    {
        return;
    }
    let text = [&bank.mentions[0].name, place].concat();
    let range = bank.range.clone();
    previous.truncate(at);
    left.at = range.start;
    left.fields.clear();
    left.link = head.start..head.start;
    left.clause = head.start..head.start;
    left.dropped = head.start..head.start;
    let owner = Some(OrganizationKind::Enterprise);
    left.prefixes = vec![Prefix { text, level: None, region: None, owner, range }];
}

/// Makes a unit's mentions the owners of what is read.
pub(super) fn own(owner: &Unit, left: &mut Left) {
    for mention in owner.mentions.iter().rev() {
        left.prefixes.push(Prefix {
            text: bare(&mention.name).to_owned(),
            level: mention.level,
            region: mention.region.and_then(region::by_code),
            owner: Some(mention.kind),
            range: mention.range.clone(),
        });
    }
}

/// 各|单位的主要负责人: of whoever owns something, all are meant.
fn bare(name: &str) -> &str {
    name.strip_prefix('各')
        .filter(|rest| !rest.starts_with('级') && !rest.is_empty())
        .unwrap_or(name)
}

/// 县级以上人民政府及其|有关部门: the unit before stays, and owns this one.
pub(super) fn refer_back(previous: &[Unit], left: &mut Left, length: usize) {
    let Some(last) = previous.last() else { return };
    own(last, left);
    // 县人民政府、区人民政府及其|有关部门: of all of them
    let governments = previous[..previous.len() - 1]
        .iter()
        .rev()
        .take_while(|unit| unit.term.kind == OrganizationKind::Government);
    if last.term.kind == OrganizationKind::Government {
        governments.for_each(|unit| own(unit, left));
    }
    for prefix in &mut left.prefixes {
        prefix.range = left.at..left.at;
    }
    left.at -= length;
    left.back = true;
}

/// 各级人民政府和|有关|部门: the departments concerned are those of the government before them.
pub(super) fn is_of_government(before: &str, term: &Term, left: &Left, previous: &[Unit]) -> bool {
    matches!(before, "和" | "及" | "以及")
        && (left.link.is_empty() || left.link.len() == "行政主管".len())
        && term.text == "部门"
        && left.fields.is_empty()
        && left.clause.is_empty()
        && left.prefixes.is_empty()
        && left.dropped.start == left.at
        && left.dropped.len() == "有关".len()
        && previous.last().is_some_and(|last| {
            last.term.kind == OrganizationKind::Government && !last.prefixes.is_empty()
        })
}

/// Words that say "of the one before".
pub(super) fn is_back_reference(text: &str) -> bool {
    matches!(text, "以及其" | "或者其" | "及其" | "和其" | "与其" | "或其")
}
