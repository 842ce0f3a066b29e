//! Stems of lists: what the items under them are.
//!
//! In: a sentence that ends with ：. Out: what its items say. Not here: whose they are
//! (`extract::heading`), reading them (`extract::provision`).
//!
//! Under `县级河长履行下列职责：` the items are duties, under `下列计量器具不得销售：` things.

use super::construction::asks;
use super::subject::modal_inside;
use super::words::{self, Class};
use crate::text::literal;

/// What the items under a stem are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Items {
    /// Each says what the bearer must do or leave: `履行下列职责：`
    Duties,
    /// Situations, requirements: `有下列情形之一的：`
    Conditions,
    /// Things: `包括下列内容：`
    Things,
}

/// What the items under a sentence that ends with ： are.
pub(super) fn items(sentence: &str) -> Items {
    // 申请人应当提交：（一）申请书；（二）目标说明
    if words::ends(Class::Asking, sentence.trim_end_matches('：')) > 0 {
        return Items::Things;
    }
    // 下列账户应当认定为自己控制的账户: what is listed is the subject
    let deemed = ["认定为", "视为", "属于"].iter().any(|verb| sentence.contains(verb));
    if deemed && sentence.split(['，', '；', '。']).any(|clause| clause.starts_with("下列")) {
        return Items::Conditions;
    }
    let Some(clause) = sentence.split(['，', '；', '。']).find(|clause| announces(clause))
    else {
        return Items::Duties;
    };
    let last = sentence.rsplit(['，', '；', '。']).next().unwrap_or(sentence);
    if is_said_of_listed(clause) || (clause.starts_with("下列") && asks(last) && !announces(last))
    {
        return Items::Things;
    }
    // 享有下列权利: what may be done or left is no duty
    if clause.contains("权利") {
        return Items::Conditions;
    }
    // 下列行为，应当经公路管理机构批准: what is done with them is the duty
    let permitted = !announces(last)
        && ["批准", "许可", "备案", "审批", "同意"].iter().any(|end| last.contains(end));
    if permitted {
        return Items::Things;
    }
    // 对下列情况进行监督: things that are acted on
    let acted = clause.find("下列").is_some_and(|at| {
        (clause[..at].contains('对') || clause.starts_with('就'))
            && ["进行", "予以", "给予", "作出", "实施"]
                .iter()
                .any(|verb| clause[at..].contains(verb))
    });
    if acted && !words::holds(Class::ItemsCondition, clause) {
        return Items::Things;
    }
    let prohibits = clause.contains("不得") || clause.contains("禁止");
    if words::holds(Class::ItemsCondition, clause) && !prohibits {
        Items::Conditions
    } else if words::holds(Class::ItemsThing, clause) && !words::holds(Class::ItemsDuty, clause) {
        Items::Things
    } else {
        Items::Duties
    }
}

/// `检查报告的内容包括：财务分析`: whether a clause only tells what something consists of.
pub(super) fn tells_parts(clause: &str) -> bool {
    // one look spares most clauses three
    if !literal::holds(clause, "包括") {
        return false;
    }
    let ends = ["内容包括", "材料包括", "范围包括"];
    let at = ends.iter().find_map(|end| Some(literal::find(clause, end)? + end.len()));
    at.is_some_and(|at| {
        let rest = &clause[at..];
        let listed = rest.is_empty() || rest.starts_with('：');
        listed && !words::holds(Class::ModalInside, &clause[..at])
    })
}

/// `下列计量器具不得销售`, `下列事项由市人民政府决定`: what is listed is what the demand is about.
fn is_said_of_listed(clause: &str) -> bool {
    let act = ["行为", "活动", "规定", "职责", "情形", "条件", "要求", "措施"];
    clause.strip_prefix("下列").is_some_and(|listed| {
        !act.iter().any(|noun| listed.starts_with(noun))
            && (listed.contains("只") || modal_inside(listed).is_some())
    })
}

/// Whether the stem itself only announces its items: `应当履行下列职责`, `不得有下列行为`.
pub(super) fn announces(action: &str) -> bool {
    let mut at = 0;
    while let Some((begin, length)) = words::find_from(Class::Announcing, action, at) {
        at = begin + length;
        // 一倍以下的罚款 measures
        let measures = action[..begin]
            .ends_with(|c: char| "元倍级年月日天人名米里吨克％%分岁度数".contains(c));
        let word = &action[begin..];
        if !word.starts_with("以下") || !(measures || word.starts_with("以下简称")) {
            return true;
        }
    }
    false
}
