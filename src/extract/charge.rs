//! What 负责 says: that its verb is a duty, or, before a noun, the duty itself.
//!
//! In: a clause from 负责 on. Out: how much of it goes. Not here: who is charged by notes (`extract::charged`), other
//! words of force (`extract::words`).
//!
//! `负责制定规划` is the duty `制定规划`; `负责建设工程材料的使用管理` stays whole.

use super::construction;
use super::words::{self, Class};

/// `负责制定规划`: 负责 before a verb only says that it is a duty; before a noun it is the predicate
/// (`负责全省脱贫攻坚工作的整体推进`).
pub(super) fn before_verb(rest: &str) -> Option<usize> {
    let bare = rest.strip_prefix("具体").unwrap_or(rest);
    let after = bare.strip_prefix("负责")?;
    // 监督管理工作, 组织协调工作: the verb is part of a noun
    let short = after.chars().count() <= 8;
    // 建设工程材料的使用监督管理: what begins like a verb is whose management it is
    let of = &after[words::predicate(after)..];
    let managed = after.ends_with("管理")
        && after.contains('的')
        && ["工程", "项目", "安全", "质量", "活动"].iter().any(|noun| of.starts_with(noun));
    let noun = (short && (after.ends_with("工作") || after.ends_with("管理")))
        || managed
        || is_act_of(after)
        || describes_somebody(after);
    let verb = words::begins_predicate(after)
        || words::begins(Class::ObjectFirst, after) > 0
        || after.starts_with("统筹");
    (verb && !noun).then_some(rest.len() - after.len())
}

/// 负责|办理的机关、组织应当: what is charged describes who is.
fn describes_somebody(after: &str) -> bool {
    let verb = words::predicate(after);
    let noun = after[verb..].strip_prefix('的').filter(|_| verb > 0);
    noun.is_some_and(|noun| {
        ["机关", "机构", "部门", "单位", "组织", "人员"].iter().any(|word| noun.starts_with(word))
    })
}

/// `对保护工作的领导`, `各自设置的航标的维护保养`: an act named as a noun, not demanded.
fn is_act_of(phrase: &str) -> bool {
    let head = &phrase[words::adverbs(phrase)..];
    let verb = words::predicate(head);
    let noun = head.starts_with('对') || (verb > 0 && head[verb..].starts_with('的'));
    noun && construction::names_an_act(phrase)
}
