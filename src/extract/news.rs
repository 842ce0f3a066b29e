//! What news, minutes and speeches say: which sentences tell a rule, and which tell of something else.
//!
//! In: a sentence, a clause or a title. Out: whether it reports a rule. Not here: the genre of a text
//! (`structure::genre`), what the rule asks (`extract::duty`).
//!
//! `《细则》明确，县级党委承担主体责任` reports a rule; `业内人士认为，…` is colour.

use super::sentence::{Piece, Sentence};
use super::words::{self, Class};

/// `去年我县如期实现脱贫摘帽`: whether a sentence of a speech tells of what has been.
pub(super) fn looks_back(sentence: &str) -> bool {
    const PAST: [&str; 9] =
        ["去年", "刚才", "近年来", "过去", "今年以来", "会上", "同志们", "成绩", "下面"];
    PAST.iter().any(|word| sentence.starts_with(word)) || sentence.contains('了')
}

/// `我省出台脱贫攻坚责任制实施细则 层层压实责任链条`: whether the title of news is of a rule that it retells.
pub(super) fn retells(title: &str) -> bool {
    const RULES: [&str; 6] = ["细则", "办法", "规定", "条例", "规则", "意见"];
    let named = |rest: &str| RULES.iter().any(|rule| rest.contains(rule));
    ["出台", "发布", "印发", "制定", "公布"]
        .iter()
        .filter_map(|verb| title.split_once(verb))
        .any(|(_, rest)| named(rest))
}

/// `业内人士认为，…`, `去年，全省共有…`: what news tell beside the rule.
pub(super) fn is_colour(sentence: &str) -> bool {
    const VOICES: [&str; 13] = [
        "记者",
        "业内人士",
        "据悉",
        "据介绍",
        "告诉",
        "表示",
        "认为",
        "相关链接",
        "获悉",
        "去年",
        "近年来",
        "截至",
        "目前",
    ];
    VOICES.iter().any(|voice| sentence.contains(voice)) || sentence.ends_with('？')
}

/// The head of a sentence that reports what a rule says: `《细则》明确，…`, `《实施意见》指出，…`.
pub(super) fn reports(passage: &str, sentence: &Sentence) -> bool {
    sentence.pieces.iter().take(2).any(|piece| reports_in(passage, piece))
}

/// `《细则》明确`: a clause that only says which rule says so.
pub(super) fn reports_in(passage: &str, piece: &Piece) -> bool {
    let clause = &passage[piece.range.clone()];
    // 按照《办法》，人力资源社会保障部门…
    let by = clause.ends_with('》')
        && ["按照《", "根据《", "依照《"].iter().any(|word| clause.starts_with(word));
    let says = words::may_hold(piece.kinds, Class::Reporting)
        && clause.contains('》')
        && words::ends(Class::Reporting, clause) > 0
        // 依照《教育法》的规定 is a basis
        && !clause.ends_with("的规定")
        && !["依照", "按照", "根据", "违反"].iter().any(|word| clause.contains(word));
    // 《细则》明确了各级组织的责任: told, and nothing asked
    let told = clause.strip_prefix('《').and_then(|rest| rest.split_once('》')).is_some_and(
        |(_, rest)| {
            ["明确了", "规定了", "提出了", "细化了", "界定了"]
                .iter()
                .any(|verb| rest.starts_with(verb))
        },
    );
    says || by || told
}
