//! What a text says of itself: what it covers, and who explains it.
//!
//! In: a passage with its organizations. Out: [`Scope`]s, and who interprets the text. Not here: from
//! when it holds (`extract::force`), what its words mean (`extract::term`).
//!
//! `本条例适用于本市行政区域内的河道管理。` is a scope; `本条例由市水务局负责解释。` names an interpreter.

use super::gather::Told;
use super::organization::{self, Naming};
use super::provision::parties;
use super::words::{self, Class};
use super::{Party, Scope};
use crate::text::literal;

/// The sentences of a passage that say what the text covers.
pub(super) fn scopes(told: &Told<'_>, found: &mut Vec<Scope>) {
    let text = told.passage.text.as_ref();
    if !told.passage.holds("适用") {
        return;
    }
    for sentence in told.sentences() {
        let range = sentence.range();
        let said = &text[range.clone()];
        if covers(said) {
            let span = told.passage.span(range);
            found.push(Scope { text: said.to_owned(), eid: told.node.eid.clone(), span });
        }
    }
}

/// `本条例适用于…`, `…的活动，适用本条例`; not `适用本条例第三十条的规定`.
fn covers(sentence: &str) -> bool {
    let own =
        |rest: &str| rest.strip_prefix('本').map_or(0, |rest| words::begins(Class::OwnName, rest));
    let applies_to = own(sentence) > 0
        && sentence.find("适用于").is_some_and(|at| sentence[..at].chars().count() <= 12);
    applies_to
        || sentence.match_indices("适用").any(|(at, word)| {
            let rest = &sentence[at + word.len()..];
            let length = own(rest);
            let after = rest.get('本'.len_utf8() + length..).unwrap_or_default();
            length > 0 && (after.is_empty() || after.starts_with(['，', '；', '（']))
        })
}

/// Who explains the text, as a passage says: `本办法由市财政局会同市审计局负责解释`.
pub(super) fn interpreters(told: &Told<'_>, naming: &Naming) -> Vec<Party> {
    let text = told.passage.text.as_ref();
    if !told.passage.holds("解释") {
        return Vec::new();
    }
    let Some(at) = literal::find(text, "负责解释") else { return Vec::new() };
    let start = text[..at].rfind(['。', '；']).map_or(0, |mark| mark + '。'.len_utf8());
    let Some(by) = text[start..at].rfind('由').map(|by| start + by) else { return Vec::new() };
    // 国务院城市建设行政主管部门 is one body, however the lexicon cuts it
    let phrase = text[by + "由".len()..at].trim_start_matches("本市");
    if !phrase.contains(['、', '和', '及', '与', '会'])
        && let Some(only) = organization::party(phrase, naming)
    {
        let range = text[..at].rfind(phrase).map_or(by..at, |start| start..start + phrase.len());
        let span = told.passage.span(range);
        return vec![Party { name: only.name, text: phrase.to_owned(), level: only.level, span }];
    }
    let named = told.groups.iter().filter(|group| by <= group.range.start && group.range.end <= at);
    let mut all: Vec<Party> =
        named.flat_map(|group| parties(&told.passage, &group.mentions)).collect();
    // distributed names may come twice
    all.dedup_by(|one, other| one.name == other.name);
    all
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn scopes_and_what_only_applies() {
        for sentence in [
            "本条例适用于本市行政区域内的河道管理",
            "在本省行政区域内从事养殖活动，适用本条例",
            "本市行政区域内的燃气管理活动适用本办法，法律另有规定的除外",
        ] {
            assert!(covers(sentence), "{sentence}");
        }
        for sentence in [
            "违反前款规定的，适用本条例第三十条的规定",
            "推广适用于山区的技术",
            "本省行政区域内的处罚，适用《行政处罚法》",
        ] {
            assert!(!covers(sentence), "{sentence}");
        }
    }
}
