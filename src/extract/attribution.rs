//! Who answers for what an item has said, noted behind it.
//!
//! In: a passage and who is named in it. Out: [`Attribution`]s: the notes, with the part each body takes.
//! Not here: what then follows for the clauses before the note (`extract::provision`).
//!
//! `推广全程电子化登记。（牵头单位：市工商局；责任单位：市财政局、市商务局）` names one that leads and two that
//! are responsible; so do `（市工商局牵头，市财政局、市商务局按职责分工负责）` and the labels as lines of
//! their own.

use std::ops::Range;

use super::organization::{self, Mention, Naming};
use super::subject::shifted;
use super::{OrganizationKind, Role, words};
use crate::text::{Passage, literal};

/// A note, and who takes which part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Where it stands, with its brackets.
    pub(super) range: Range<usize>,
    /// In the order of the text; nobody is named twice in the same part.
    pub(super) parts: Vec<(Role, Vec<Mention>)>,
}

impl Attribution {
    /// The same where the first of those who are responsible leads, as the document says somewhere.
    pub(super) fn led_by_first(mut self) -> Attribution {
        let [(Role::Responsible, all)] = self.parts.as_mut_slice() else { return self };
        let others = all.split_off(1.min(all.len()));
        self.parts[0].0 = Role::Lead;
        if !others.is_empty() {
            self.parts.push((Role::Responsible, others));
        }
        self
    }
}

/// The notes of a passage, in order.
pub(super) fn attributions(passage: &Passage<'_>, naming: &Naming) -> Vec<Attribution> {
    let told = passage.holds_any(&[
        "牵头",
        "责任",
        "负责",
        "配合",
        "承办",
        "协办",
        "落实）",
        "完成）",
        "参与）",
        "协助）",
        "主办",
    ]);
    let passage = passage.text.as_ref();
    if !told {
        return bare(passage, naming).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(range) = note(passage, from) {
        from = range.end;
        let parts = parts(passage, inside(passage, &range), naming);
        if !parts.is_empty() {
            found.push(Attribution { range, parts });
        }
    }
    found
}

/// The note in the bracket that begins at a byte of a heading and ends it.
pub(super) fn behind(heading: &str, at: usize, naming: &Naming) -> Option<Attribution> {
    let range = at..heading.len();
    let held = inside(heading, &range);
    let parts =
        match bracketed(&heading[at..]) == Some(range.len()) && is_note(&heading[held.clone()]) {
            true => parts(heading, held, naming),
            false => Vec::new(),
        };
    (!parts.is_empty()).then_some(Attribution { range, parts })
}

/// `…给予补贴。（省人力资源社会保障厅、省财政厅）`: departments in a bracket behind a passage, with nothing beside
/// them.
fn bare(passage: &str, naming: &Naming) -> Option<Attribution> {
    let end = passage.trim_end_matches('。').len();
    let at = passage[..end].strip_suffix('）')?.rfind('（')?;
    let opens = passage[..at].ends_with('。');
    let held = at + '（'.len_utf8()..end - '）'.len_utf8();
    let groups = organization::groups(&passage[held.clone()], naming);
    let [only] = groups.as_slice() else { return None };
    let department = |one: &Mention| {
        matches!(one.kind, OrganizationKind::Department | OrganizationKind::Party)
            && one.region.is_some()
    };
    let whole = only.range == (0..held.len()) && only.mentions.iter().all(department);
    (opens && whole).then(|| Attribution {
        range: at..passage.len(),
        parts: vec![(Role::Responsible, shifted(only.mentions.clone(), held.start))],
    })
}

/// The words that label a list of bodies: `责任单位：`.
const LABELS: [&str; 7] = ["单位", "部门", "主体", "领导", "机构", "处室", "人"];

/// Where the next note from a byte on may stand: a bracket that opens a sentence, or a label that does, up to the
/// end of the passage.
fn note(passage: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let rest = &passage[at..];
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with(OPENING)
            && let Some(length) = bracketed(rest)
        {
            let end = at + length;
            // （1）, （见附件） are none, and are left behind
            if is_note(&passage[inside(passage, &(at..end))]) {
                return Some(at..end);
            }
            at = end;
            continue;
        }
        if label(rest).is_some() {
            return Some(at..passage.len());
        }
        at = next_sentence(passage, at)?;
    }
}

/// What brackets open with.
const OPENING: [char; 3] = ['（', '〔', '【'];

/// How long a bracket is that a text begins with, with those inside it: `（各县（市）人民政府负责）`.
fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, mark) in text.char_indices().take(300) {
        match mark {
            _ if OPENING.contains(&mark) => depth += 1,
            '）' | '〕' | '】' if depth == 1 => return Some(at + mark.len_utf8()),
            '）' | '〕' | '】' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether what a bracket holds says who answers: it begins with a label or ends with a part.
fn is_note(held: &str) -> bool {
    let mut held = held.trim_end_matches('。');
    let mut timed = false;
    // 省教育厅、省财政厅等负责，|列第一位者为牵头单位，下同; |2022年底前完成; |以下各项工作均需各县落实，不再列出
    while let Some(at) = held.rfind(['，', '。', '；'])
        && (["下同", "不再列出"].iter().any(|end| held[at..].ends_with(end))
            || held[at..].trim_start_matches(['，', '。', '；']).starts_with("以下")
            || says_first_leads(&held[at..])
            || is_time(&held[at..]))
    {
        timed |= is_time(&held[at..]);
        held = &held[..at];
    }
    // 县财政局、县税务局，|10月底前完成
    let bodies = timed && !held.contains('，') && BODIES.iter().any(|end| held.ends_with(end));
    label(held).is_some() || tail(held).is_some() || bodies
}

/// `2022年底前完成`, `持续推进`: until when, as a part of a note.
fn is_time(part: &str) -> bool {
    let part = part.trim_start_matches(['，', '。', '；']);
    let done = ["完成", "持续推进", "长期坚持", "持续实施", "落实到位", "取得明显成效"]
        .iter()
        .any(|end| part.ends_with(end));
    done && part.chars().count() <= 16
        && (part.contains(['年', '月', '日']) || part.starts_with(['持', '长', '并', '按']))
}

/// `列第一位者为牵头单位`: whether a text says that the first of those it lists leads.
pub(super) fn says_first_leads(text: &str) -> bool {
    const FIRST: [&str; 7] =
        ["第一位", "排名第一", "首位", "排第一", "列第一", "第一个", "第一责任单位为牵头"];
    literal::holds(text, "牵头") && FIRST.iter().any(|word| text.contains(word))
}

/// Where the next sentence begins.
fn next_sentence(passage: &str, at: usize) -> Option<usize> {
    let end = passage[at..].find(['。', '；', '！', '\n'])?;
    let mark = passage[at + end..].chars().next()?;
    Some(at + end + mark.len_utf8())
}

/// What a note holds, without brackets.
fn inside(passage: &str, range: &Range<usize>) -> Range<usize> {
    match passage[range.clone()].starts_with(OPENING) {
        true => range.start + '（'.len_utf8()..range.end - '）'.len_utf8(),
        false => range.clone(),
    }
}

/// `牵头单位：`: the part a label gives, and how long it is.
fn label(text: &str) -> Option<(Role, usize)> {
    let end = text.find('：').filter(|&end| end <= "牵头责任单位名单".len())?;
    let word = &text[..end];
    let names = LABELS.iter().any(|noun| word.ends_with(noun))
        && ["牵头", "责任", "配合", "协办", "主办", "承办", "参加", "参与", "协助", "落实", "支持"]
            .iter()
            .any(|part| word.starts_with(part));
    names.then(|| (role(word), end + '：'.len_utf8()))
}

/// The part that a word names.
fn role(word: &str) -> Role {
    let says = |words: &[&str]| words.iter().any(|one| word.contains(one));
    if says(&["牵头", "主办"]) {
        Role::Lead
    } else if says(&["配合", "协办", "协助", "支持"]) {
        Role::Cooperate
    } else if says(&["参与", "参加"]) {
        Role::Participate
    } else {
        Role::Responsible
    }
}

/// `市工商局|牵头负责`, `统计局|按职责分工负责`: where the names before a part end, and the part.
fn tail(text: &str) -> Option<(usize, Role)> {
    const ENDS: [&str; 26] = [
        "按职责分工落实",
        "按职责分工推进",
        "按职责分工组织实施",
        "分工落实",
        "负责组织实施",
        "负责实施",
        "具体落实",
        "组织实施",
        "落实",
        "按职责分工负责",
        "按照职责分工负责",
        "按职责负责",
        "分工负责",
        "分别负责",
        "共同负责",
        "具体负责",
        "负责落实",
        "负责",
        "积极配合",
        "密切配合",
        "参与配合",
        "配合",
        "协助",
        "协办",
        "参与",
        "参加",
    ];
    // 市工商局|牵头督导, 财政局|牵头组织实施
    if let Some((names, _)) = text.rsplit_once("牵头").filter(|(names, act)| {
        let verb = words::predicate(act);
        !names.is_empty() && (verb == act.len() || act.ends_with("实施"))
    }) {
        return Some((names.len(), Role::Lead));
    }
    let end = ENDS.iter().find(|end| text.ends_with(**end))?;
    let names = &text[..text.len() - end.len()];
    (!names.is_empty()).then_some((names.len(), role(end)))
}

/// The parts that a note names, one after the other.
fn parts(passage: &str, held: Range<usize>, naming: &Naming) -> Vec<(Role, Vec<Mention>)> {
    let mut found: Vec<(Role, Vec<Mention>)> = Vec::new();
    let mut at = held.start;
    // 省公安厅、省监察厅，|省法院配合: names that wait for the part they take
    let mut waiting: Vec<Mention> = Vec::new();
    let labelled = passage[held.clone()].contains('：');
    for part in passage[held.clone()].split(['；', '，', '。', '\n', '\t']) {
        let start = at;
        at += part.len() + passage[at + part.len()..].chars().next().map_or(0, char::len_utf8);
        // 责任单位：甲，|乙: what has neither label nor part goes on with the one before
        let before = found.last().map(|(role, _)| *role).filter(|_| labelled);
        let (role, names) = match (label(part), tail(part)) {
            (Some((role, length)), _) => (Some(role), start + length..start + part.len()),
            (None, Some((length, role))) => (Some(role), start..start + length),
            (None, None) => (before, start..start + part.len()),
        };
        if is_time(part) {
            continue;
        }
        // 以下各项工作均需各县落实: of others
        if part.starts_with("以下") {
            break;
        }
        let mut mentions = named(passage, names, naming);
        let Some(role) = role else {
            waiting.append(&mut mentions);
            continue;
        };
        mentions.splice(0..0, waiting.drain(..));
        match found.last_mut().filter(|(last, _)| *last == role) {
            Some((_, known)) => known.extend(mentions),
            None if !mentions.is_empty() => found.push((role, mentions)),
            None => {}
        }
    }
    if found.is_empty() && !waiting.is_empty() && !labelled {
        found.push((Role::Responsible, waiting));
    }
    found
}

/// Who a list of names has, without 由 before it, 等 behind it.
fn named(passage: &str, names: Range<usize>, naming: &Naming) -> Vec<Mention> {
    let text = &passage[names.clone()];
    // 市财政局|（第一责任单位为牵头单位，下同）
    let text = &text[..text.find("（第一").unwrap_or(text.len())];
    let bare = text.trim_start_matches('由').trim_end_matches('等').trim();
    let at = names.start + text.find(bare).unwrap_or(0);
    let known = shifted(organization::subject(bare, naming), at);
    let listed = bare.split('、').count();
    if known.len() >= listed {
        return known;
    }
    // 市文化广播影视局、市文明办: one that no table knows is called as it is printed
    let mut start = at;
    let mut found = Vec::new();
    for part in bare.split('、') {
        let range = start..start + part.len();
        start = range.end + '、'.len_utf8();
        let own =
            known.iter().filter(|one| range.start <= one.range.start && one.range.end <= range.end);
        let own: Vec<Mention> = own.cloned().collect();
        let printed = own.is_empty() && BODIES.iter().any(|end| part.ends_with(end));
        found.extend(own);
        found.extend(printed.then(|| organization::as_printed(part, range, naming)));
    }
    found
}

/// What bodies are called by.
const BODIES: [&str; 17] = [
    "局", "办", "厅", "委", "部", "院", "会", "公司", "中心", "政府", "部门", "单位", "处", "科",
    "所", "站", "队",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(passage: &str) -> String {
        let found = attributions(&Passage::whole(passage), &Naming::default());
        let part = |(role, mentions): &(Role, Vec<Mention>)| {
            let names: Vec<&str> = mentions.iter().map(|one| one.name.as_str()).collect();
            format!("{}: {}", role.as_str(), names.join("、"))
        };
        let note = |one: &Attribution| one.parts.iter().map(part).collect::<Vec<_>>().join("; ");
        found.iter().map(note).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn notes_behind_an_item() {
        for (passage, expected) in [
            (
                "推广登记。（牵头单位：财政部；责任单位：教育部、民政部）",
                "lead: 财政部; responsible: 教育部、民政部",
            ),
            (
                "（财政部牵头，教育部、民政部按职责分工负责）",
                "lead: 财政部; responsible: 教育部、民政部",
            ),
            (
                "甲事。（财政部牵头）（2）乙事。（由教育部负责）",
                "lead: 财政部 | responsible: 教育部",
            ),
            ("责任单位：教育部、民政部", "responsible: 教育部、民政部"),
            ("牵头部门：财政部，配合部门：教育部。", "lead: 财政部; cooperate: 教育部"),
            ("推广登记（含变更登记）。", ""),
            ("明确责任单位和完成时限。", ""),
            ("（1）教育部负责牵头落实责任。", ""),
        ] {
            assert_eq!(shown(passage), expected, "{passage}");
        }
    }
}
