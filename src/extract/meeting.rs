//! What minutes say a meeting did: which clauses only say that it did, and whom it charges.
//!
//! In: a clause. Out: how much of it is the meeting's own. Not here: which texts are minutes
//! (`structure::genre`), what news tell (`news`).
//!
//! `会议责成|县审计局跟踪审计` charges the bureau; `会议强调，…` and `会议同意设计方案` ask nothing.

/// What a meeting says of what is to be done.
const CHARGING: [&str; 8] = ["责成", "要求", "决定", "明确", "议定", "强调", "商定", "确定"];

/// What it says of anything else.
const TELLING: [&str; 12] = [
    "指出",
    "认为",
    "听取",
    "审议",
    "研究",
    "通报",
    "传达",
    "讨论",
    "原则同意",
    "同意",
    "审议通过",
    "学习",
];

/// Of a clause that opens with what a meeting did, how much says so; all of it where it charges nobody.
pub(super) fn voice(clause: &str) -> Option<usize> {
    let agrees = || clause.starts_with("同意") || clause.starts_with("原则同意");
    let rest = clause.strip_prefix("会议").or_else(|| agrees().then_some(clause))?;
    let verb =
        |verbs: &[&str]| verbs.iter().find_map(|verb| rest.strip_prefix(*verb)).map(str::len);
    if let Some(left) = verb(&CHARGING) {
        return Some(clause.len() - left);
    }
    verb(&TELLING).map(|_| clause.len())
}

/// `会议指出，当前形势严峻`: whether a clause opens what a meeting only found.
pub(super) fn finds(clause: &str) -> bool {
    matches!(clause, "会议指出" | "会议认为")
}
