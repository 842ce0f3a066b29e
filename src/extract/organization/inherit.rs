//! What a name takes over from the one before it in a list.
//!
//! In: the units of a list so far, and the next. Out: the next with the prefixes, clause or fields that hold
//! for it, too. Not here: where units begin (`grammar`), owners (`owner`).
//!
//! In `县级党委和政府` the level holds for both.

use super::super::OrganizationKind;
use super::super::words;
use super::grammar::{Unit, is_generic};
use super::lexicon::Head;

/// 县级党委和政府, 各级党委和政府、扶贫开发领导小组, 有关部门和单位: what stands before the first
/// holds for the next, too.
pub(super) fn inherit(passage: &str, previous: &[Unit], unit: &mut Unit) {
    let Some(last) = previous.last() else { return };
    let takes = |unit: &Unit| {
        (unit.term.head == Head::Local
            // 县纪委、监察委, but not 省人民政府、人民法院
            && (unit.term.kind != OrganizationKind::Judicial || unit.term.name == "{}监察委员会"))
            || unit.term.kind == OrganizationKind::Temporary
            || unit.term.kind == OrganizationKind::Military
    };
    let bare = unit.prefixes.is_empty() && unit.dropped.is_empty() && unit.clause.is_empty();
    // 县级以上人民代表大会及其常务委员会、人民政府: what stands before the one that 及其 is of
    let added = last.back && last.term.kind == OrganizationKind::Congress;
    let first = previous.iter().rev().find(|unit| !added || !unit.back).unwrap_or(last);
    if bare && takes(unit) && takes(first) {
        unit.prefixes = first.prefixes.clone();
    }
    // 县级以上人民政府发展改革部门、财政部门
    if bare
        && unit.term.text == "部门"
        && !unit.fields[0].is_empty()
        && (last.term.text == "部门" && !last.fields[0].is_empty()
            // 各级组织部门和扶贫部门
            || last.term.text == "组织部门")
    {
        unit.prefixes = last.prefixes.clone();
    }
    // 未成年人的父母或者其他监护人
    if unit.term.head == Head::Person
        && last.term.head == Head::Person
        && unit.prefixes.is_empty()
        && last.prefixes.iter().any(|prefix| prefix.text.ends_with('的'))
    {
        unit.prefixes = last.prefixes.clone();
    }
    let generic = |unit: &Unit| {
        unit.fields[0].is_empty() && unit.link.is_empty() && is_generic(unit.term.text)
    };
    // 新闻出版、电影等|机构和团体: both share the fields
    let shares = last.fields.len() > 1
        && passage[last.fields[last.fields.len() - 1].end..last.head.start].starts_with('等');
    if bare
        && shares
        && unit.fields.len() == 1
        && unit.fields[0].is_empty()
        && matches!(unit.term.text, "团体" | "组织" | "企业" | "单位" | "机构")
    {
        unit.fields = last.fields.clone();
        unit.prefixes = last.prefixes.clone();
    }
    if bare && generic(unit) && generic(last) {
        unit.dropped = last.dropped.clone();
        // 森林、林木的经营|单位和|个人: what names the first is none of the second
        let words = &passage[last.clause.clone()];
        // 承办|部门、单位
        let words = words.strip_prefix('原').unwrap_or(words);
        let charged = words.chars().count() == 2 && words::predicate(words) == words.len();
        if words.ends_with('的') || charged || matches!(words, "一切" | "所有" | "全体") {
            unit.clause = last.clause.clone();
        }
    }
    // 常务委员会办事机构、|工作机构
    let office = |unit: &Unit| matches!(&passage[unit.range.clone()], "办事机构" | "工作机构");
    let of_office =
        ["办事机构", "工作机构"].iter().any(|end| passage[..last.range.end].ends_with(end));
    if office(unit) && of_office && last.prefixes.iter().any(|prefix| prefix.owner.is_some()) {
        unit.prefixes = last.prefixes.clone();
    }
    // 各级人大代表、|政协委员
    let deputy = |unit: &Unit| matches!(unit.term.text, "人大代表" | "政协委员");
    if bare && deputy(unit) && deputy(last) {
        unit.prefixes = last.prefixes.clone();
    }
    // 产生建筑垃圾的建设单位、|施工单位或|个人
    let words = &passage[last.clause.clone()];
    // 森林、林木的经营单位和个人: a noun with 的 is of the first alone
    let told = words.ends_with('的') && !words.contains('、') && last.term.head == Head::Body;
    let own = unit.term.head == Head::Body && unit.term.kind == last.term.kind;
    if bare && told && unit.fields[0].is_empty() && (own || unit.term.text == "个人") {
        unit.clause = last.clause.clone();
    }
    // 从事社会急救医疗的医师、护士
    let person = |unit: &Unit| unit.term.head == Head::Person && unit.fields[0].is_empty();
    if bare && person(unit) && person(last) && passage[last.clause.clone()].ends_with('的') {
        unit.clause = last.clause.clone();
    }
}
