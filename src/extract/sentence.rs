//! A passage cut where duties end: sentences, segments, clauses.
//!
//! In: the text of a passage. Out: [`Sentence`]s of clauses (分句) as byte ranges. Quotes,
//! brackets and titles are not cut: `着力解决“挂虚名、走形式，图简单”的问题` is one clause. Not here:
//! what a clause says.
//!
//! `省委抓落实，定期报告；县委负总责。` is one sentence of three clauses, the third of which opens
//! a new segment.

use std::cell::OnceCell;
use std::ops::Range;

use super::clause::Reading;
use super::kinds::Kinds;
use super::{construction, words};
use crate::text::affixes::width;

/// A clause, and what closes it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The clause without the mark that ends it.
    pub(super) range: Range<usize>,
    /// Whether it opens a new segment: the first of a sentence, or after ；
    pub(super) opens: bool,
    /// Whether ： closes it.
    pub(super) colon: bool,
    /// The classes of which words may stand in it.
    pub(super) kinds: Kinds,
    /// What it says, once it has been read.
    pub(super) reading: OnceCell<Reading>,
}

/// A sentence: its clauses in order.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// At least one.
    pub(super) pieces: Vec<Piece>,
}

impl Sentence {
    /// The whole sentence, without the mark that ends it.
    pub(super) fn range(&self) -> Range<usize> {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            _ => 0..0,
        }
    }

    /// The classes of which words may stand in it: no word goes over the mark between two clauses.
    pub(super) fn kinds(&self) -> Kinds {
        self.pieces.iter().fold(Kinds::default(), |all, piece| all.with(piece.kinds))
    }
}

/// `1：1比例`, `18：00前`: a mark between numbers cuts nothing.
fn is_ratio(before: &str, after: &str) -> bool {
    before.ends_with(|one: char| one.is_ascii_digit())
        && after.starts_with(|one: char| one.is_ascii_digit())
}

/// Cuts a passage into sentences.
pub(super) fn sentences(passage: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut start, mut depth, mut opens) = (0, 0usize, true);
    for (at, mark) in marks(passage) {
        match mark {
            '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' => depth += 1,
            '”' | '’' | '）' | '》' | '〉' | '】' | '〕' | '」' => {
                depth = depth.saturating_sub(1)
            }
            // A sentence end inside brackets means that one was never closed. A tab parts cells.
            '。' | '！' | '？' | '\t' | '.' => {
                depth = 0;
                push(&mut pieces, passage, start..at, opens, false);
                finish(&mut found, &mut pieces, passage);
                (start, opens) = (at + mark.len_utf8(), true);
            }
            '，' if depth == 0 && goes_on(&passage[at + mark.len_utf8()..]) => {}
            '：' if depth == 0 && lists(&passage[..at], &passage[at + mark.len_utf8()..]) => {}
            '：' if is_ratio(&passage[..at], &passage[at + mark.len_utf8()..]) => {}
            '，' | '；' | '：' if depth == 0 => {
                let kept = push(&mut pieces, passage, start..at, opens, mark == '：');
                start = at + mark.len_utf8();
                opens = mark == '；' || (opens && !kept);
            }
            '、' if depth == 0 && shares(&passage[start..at], &passage[at + mark.len_utf8()..]) => {
                push(&mut pieces, passage, start..at, opens, false);
                (start, opens) = (at + mark.len_utf8(), false);
            }
            _ => {}
        }
    }
    push(&mut pieces, passage, start..passage.len(), opens, false);
    finish(&mut found, &mut pieces, passage);
    found
}

/// Cuts a part of a passage into sentences; their ranges are the passage's.
pub(super) fn within(passage: &str, part: Range<usize>) -> Vec<Sentence> {
    let mut found = sentences(&passage[part.clone()]);
    for piece in found.iter_mut().flat_map(|sentence| &mut sentence.pieces) {
        piece.range = piece.range.start + part.start..piece.range.end + part.start;
    }
    found
}

/// `对单建工程的布局，|以及技术措施作出规定`: whether what follows a comma goes on with a list of things.
fn goes_on(after: &str) -> bool {
    let Some(rest) = after.strip_prefix("以及") else { return false };
    let end = rest.find(['，', '；', '。', '：']).unwrap_or(rest.len());
    let other = words::begins(words::Class::Preposition, rest) > 0;
    !(other || words::begins_predicate(rest)) || construction::is_described_thing(&rest[..end])
}

/// `由市林业局牵头、|市国土资源局配合`: whether a mark for lists parts who takes which part.
fn shares(before: &str, after: &str) -> bool {
    const FIRST: [&str; 3] = ["牵头", "亲自抓", "主抓"];
    const NEXT: [&str; 6] = ["配合", "协助", "参与", "具体抓", "负责", "落实"];
    FIRST.iter().any(|end| before.ends_with(end)) && {
        let next = &after[..after.find(['，', '。', '；', '、']).unwrap_or(after.len())];
        next.chars().count() >= 4 && NEXT.iter().any(|end| next.ends_with(end))
    }
}

/// `内容应当包括：|网络性质、网络范围`: whether what a colon opens stands where an object would.
fn lists(before: &str, after: &str) -> bool {
    before.ends_with("包括") && !after.is_empty() && !after.starts_with(['\n', '（', '1', '一'])
}

/// What may be a mark: a tab, and of a passage's other characters those that are neither Han nor
/// ASCII, by their first byte. They are few, and the rest is passed over without being decoded.
fn marks(passage: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&first) = passage.as_bytes().get(at) {
            let start = at;
            at += width(first);
            if matches!(first, b'\t' | 0xe2 | 0xe3 | 0xef) {
                return Some((start, passage[start..].chars().next()?));
            }
            if first == b'.' && is_full_stop(passage, start) {
                return Some((start, '.'));
            }
        }
        None
    })
}

/// `落实责任.各学校务必制定方案.`: a western full stop between Chinese characters.
fn is_full_stop(passage: &str, at: usize) -> bool {
    let han = |one: char| ('\u{4e00}'..='\u{9fff}').contains(&one) || "”）》".contains(one);
    passage[..at].chars().next_back().is_some_and(han)
        && passage[at + 1..].chars().next().is_none_or(han)
}

fn push(
    pieces: &mut Vec<Piece>,
    passage: &str,
    range: Range<usize>,
    opens: bool,
    colon: bool,
) -> bool {
    let clause = &passage[range.clone()];
    if clause.trim_start_matches([' ', '、', '”', '’', '）']).is_empty() {
        return false;
    }
    let trimmed = clause.trim_start_matches([' ', '、']);
    let start = range.end - trimmed.len();
    let trimmed = without_contact(trimmed.trim_end_matches([' ', '、']));
    let range = start..start + trimmed.len();
    let (kinds, reading) = (words::standing(trimmed), OnceCell::new());
    pieces.push(Piece { range, opens, colon, kinds, reading });
    true
}

/// `报送县林长办|（联系人：张三，电话：0551）`: a clause without whom to call.
fn without_contact(clause: &str) -> &str {
    if !clause.ends_with('）') {
        return clause;
    }
    let Some(at) = clause.rfind('（').filter(|&at| at > 0) else { return clause };
    let contact =
        ["联系人", "电话", "邮箱", "见附件", "附件"].iter().any(|word| clause[at..].contains(word));
    if contact { &clause[..at] } else { clause }
}

fn finish(found: &mut Vec<Sentence>, pieces: &mut Vec<Piece>, passage: &str) {
    if !pieces.is_empty() {
        let mut pieces = std::mem::take(pieces);
        join_objects(passage, &mut pieces);
        found.push(Sentence { pieces });
    }
}

/// `建立党政领导，|部门配合，|社会参与的工作机制`: what is built is told over several clauses, which are one.
fn join_objects(passage: &str, pieces: &mut Vec<Piece>) {
    let text = |piece: &Piece| &passage[piece.range.clone()];
    // most sentences end no clause so
    if !pieces.iter().skip(1).any(|piece| construction::is_built(text(piece))) {
        return;
    }
    let mut at = 0;
    while at + 1 < pieces.len() {
        if construction::builds(text(&pieces[at])) {
            let on = pieces[at + 1..].iter().take(6).take_while(|next| {
                let next_text = text(next);
                // 分管副县长|任副组长
                let sits =
                    ["组长", "主任", "成员", "指挥长"].iter().any(|end| next_text.ends_with(end));
                !next.opens && (sits || !words::begins_predicate(construction::strip(next_text)))
            });
            let end = on
                .take_while(|next| words::modal(text(next)).is_none())
                .position(|next| construction::is_built(text(next)));
            if let Some(end) = end {
                let last = at + 1 + end;
                pieces[at].range.end = pieces[last].range.end;
                pieces[at].colon = pieces[last].colon;
                pieces[at].kinds =
                    pieces[at..=last].iter().fold(Kinds::default(), |all, one| all.with(one.kinds));
                pieces.drain(at + 1..=last);
            }
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(passage: &str) -> String {
        sentences(passage)
            .iter()
            .map(|sentence| {
                sentence
                    .pieces
                    .iter()
                    .map(|piece| {
                        format!(
                            "{}{}",
                            if piece.opens { "^" } else { "" },
                            &passage[piece.range.clone()]
                        )
                    })
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect::<Vec<_>>()
            .join(" / ")
    }

    #[test]
    fn clauses_end_at_marks_outside_quotes() {
        for (passage, expected) in [
            ("省委抓落实，定期报告；县委负总责。", "^省委抓落实|定期报告|^县委负总责"),
            ("解决“挂虚名、走形式，图简单”的问题。", "^解决“挂虚名、走形式，图简单”的问题"),
            ("甲（乙，丙）丁。戊", "^甲（乙，丙）丁 / ^戊"),
            ("未完（括号。下一句，", "^未完（括号 / ^下一句"),
            ("对工程布局，以及技术措施作出规定", "^对工程布局，以及技术措施作出规定"),
            ("提出建议，以及组织实施", "^提出建议|以及组织实施"),
            ("内容应当包括：性质、范围。", "^内容应当包括：性质、范围"),
            ("；；，", ""),
        ] {
            assert_eq!(shown(passage), expected);
        }
    }
}
