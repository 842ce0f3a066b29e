//! Headings and labels that say whose duties follow.
//!
//! In: a heading, a stem or a label. Out: who is named by it. Not here: what the items below demand
//! (`extract::provision`).
//!
//! `四、档案员责任` heads what an archivist must do; after `职责：` comes what the heading above names.

use super::organization::{self, Mention, Naming};
use super::sentence::{Piece, Sentence};
use super::words;
use crate::text::literal;

/// `乡镇农业技术推广机构的主要职责是：`: whose duties a stem lists that names them by the noun. Ranges
/// count in the stem.
pub(super) fn holders(stem: &str, naming: &Naming) -> Vec<Mention> {
    let clause = stem.rsplit(['，', '；', '。']).next().unwrap_or(stem);
    let Some(holder) = held(clause) else { return Vec::new() };
    // 县级河湖长|主要履行以下|职责
    let bearing = ["主要履行", "应当履行", "履行", "主要承担", "承担"];
    let bearing =
        bearing.iter().filter_map(|verb| literal::find(holder, verb)).filter(|at| *at > 0).min();
    let holder = &holder[..bearing.unwrap_or(holder.len())];
    let mut mentions = organization::subject(holder, naming);
    if mentions.is_empty() {
        // 各级党委和政府|乡村振兴|责任: in what field stands between
        let first = organization::groups(clause, naming).into_iter().next();
        let named = first.filter(|group| group.range.start == 0 && group.range.end <= holder.len());
        mentions = named.map_or(Vec::new(), |group| group.mentions);
    }
    if mentions.is_empty() {
        mentions = post_holder(holder, naming);
    }
    super::subject::shifted(mentions, stem.len() - clause.len())
}

/// `校长|安全|职责`: a post, with the field it answers for behind it.
fn post_holder(holder: &str, naming: &Naming) -> Vec<Mention> {
    const ENDS: [&str; 6] = ["长", "任", "记", "员", "师", "理"];
    if holder.chars().count() > 14 || holder.contains(['的', '，', '、']) {
        return Vec::new();
    }
    let cuts = holder.char_indices().rev().map(|(at, _)| at).filter(|&at| at >= 6);
    cuts.filter(|&at| ENDS.iter().any(|end| holder[..at].ends_with(end)))
        .map(|at| organization::subject(&holder[..at], naming))
        .find(|mentions| !mentions.is_empty())
        .unwrap_or_default()
}

/// `统计员的主要工作职责`, `党委责任主要包括`, `机构的权利和义务`: what stands before the noun that a list is of.
fn held(clause: &str) -> Option<&str> {
    const SAID: [&str; 8] = ["主要包括", "包括", "主要有", "主要是", "如下", "为", "是", "："];
    const BEFORE: [&str; 9] =
        ["主要", "重点", "具体", "基本", "工作", "的", "职责和", "权利和", "承担"];
    let mut noun = clause;
    while let Some(rest) = SAID.iter().find_map(|word| noun.strip_suffix(word)) {
        noun = rest;
    }
    let mut holder =
        ["职责", "责任", "义务", "任务"].iter().find_map(|word| noun.strip_suffix(word))?;
    while let Some(rest) = BEFORE.iter().find_map(|word| holder.strip_suffix(word)) {
        holder = rest;
    }
    (!holder.is_empty()).then_some(holder)
}

/// `四、档案员责任`: a heading on the duties of an office that no table knows.
pub(super) fn office_holder(heading: &str, naming: &Naming) -> Vec<Mention> {
    const ENDS: [&str; 9] = ["员", "人", "师", "长", "室", "科", "组", "站", "处"];
    let holder = held(heading).filter(|holder| {
        (2..=8).contains(&holder.chars().count())
            && ENDS.iter().any(|end| holder.ends_with(end))
            && holder.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
            && !holder.contains(['的', '各', '和', '对', '在'])
            && words::predicate(holder) == 0
    });
    holder.map_or(Vec::new(), |holder| {
        vec![organization::as_printed(holder, 0..holder.len(), naming)]
    })
}

/// `职责：`, `主要职责：`: a label that names nobody.
pub(super) fn is_of_duties(label: &str) -> bool {
    let noun = ["职责", "责任", "任务"].iter().find_map(|noun| label.strip_suffix(noun));
    noun.is_some_and(|before| matches!(before, "" | "主要" | "工作" | "主要工作" | "具体" | "岗位"))
}

/// `组长：党委书记、院长`, `时限要求：持续推进`: who sits in a body, or until when, by a label.
pub(super) fn only_informs(passage: &str, sentence: &Sentence) -> bool {
    const LABELS: [&str; 28] = [
        "组长",
        "副组长",
        "常务副组长",
        "成员",
        "成员单位",
        "主任",
        "副主任",
        "组员",
        "指挥长",
        "总指挥",
        "副总指挥",
        "时限要求",
        "完成时限",
        "完成时间",
        "办结时限",
        "出席",
        "列席",
        "发送",
        "主送",
        "抄送",
        "记录",
        "主持",
        "主持人",
        "请假",
        "缺席",
        "责任编辑",
        "编辑",
        "审核",
    ];
    let said = passage[sentence.range()].trim();
    // （此件公开发布）
    let aside = said.starts_with('（')
        && ["公开发布）", "印发）", "依申请公开）"].iter().any(|end| said.ends_with(end));
    aside
        || sentence.pieces.first().is_some_and(|first| {
            is_label(passage, first, &LABELS) || tells_whom_to_ask(passage, first)
        })
}

/// Labels of whom to ask.
const WHOM_TO_ASK: [&str; 10] = [
    "联系人",
    "联系电话",
    "联系方式",
    "咨询电话",
    "举报电话",
    "监督电话",
    "举报邮箱",
    "电子邮箱",
    "邮箱",
    "传真",
];

fn is_label(passage: &str, piece: &Piece, labels: &[&str]) -> bool {
    piece.colon && labels.contains(&passage[piece.range.clone()].trim())
}

/// `，联系人：王伟`: whether a piece begins to tell whom to ask.
pub(super) fn tells_whom_to_ask(passage: &str, piece: &Piece) -> bool {
    is_label(passage, piece, &WHOM_TO_ASK)
}

/// `（1）`, `①`: how long a label is that stands inside a passage.
pub(super) fn run_in_label(text: &str) -> usize {
    let Some(end) = text.strip_prefix('（').and_then(|rest| rest.find('）')) else {
        return text.chars().next().filter(|c| ('①'..='⑳').contains(c)).map_or(0, char::len_utf8);
    };
    let number = &text['（'.len_utf8()..'（'.len_utf8() + end];
    let plain = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let label = !number.is_empty() && number.chars().all(plain);
    if label { "（）".len() + end } else { 0 }
}
