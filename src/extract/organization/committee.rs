//! Party committees of a level or region, and their offices.
//!
//! In: a head that was found, and its passage. Out: the head that stands there. Not here: whose it is
//! (`left`).
//!
//! `湖南省委` is no `湖南省` with something behind it, and `县委办` is 县委's office, but not in `县委办理`.

use std::ops::Range;

use super::lexicon::{Head, LEXICON, Term};

/// 湖南省委: the automaton finds 湖南省; the party committee is meant.
pub(super) fn of_region(
    passage: &str,
    term: &'static Term,
    head: &mut Range<usize>,
) -> &'static Term {
    if term.head != Head::Region {
        return term;
    }
    let rest = &passage[head.end..];
    let level = passage[..head.end].chars().next_back().map_or(3, char::len_utf8);
    if !rest.starts_with('委') || ["委员", "委托", "委派"].iter().any(|word| rest.starts_with(word))
    {
        return term;
    }
    let short = &passage[head.end - level..head.end + '委'.len_utf8()];
    let Some(found) = LEXICON.head(short).filter(|term| term.level.is_some()) else { return term };
    head.start = head.end - level;
    head.end += '委'.len_utf8();
    // 岳阳市委|办
    let office =
        passage.get(head.start..head.end + '办'.len_utf8()).and_then(|it| LEXICON.head(it));
    match office.filter(|office| office.level.is_some() && !begins_word(passage, head.end)) {
        Some(office) => {
            head.end += '办'.len_utf8();
            office
        }
        None => found,
    }
}

/// 县委|办公室, 县委|办理: 办 at this place begins another word than the office's short name.
fn begins_word(passage: &str, at: usize) -> bool {
    ["办公", "办理", "办法", "办事", "办学", "办实", "办案", "办好"]
        .iter()
        .any(|word| passage[at..].starts_with(word))
}

/// 县委办 as 县委 where its 办 begins another word.
pub(super) fn office(passage: &str, term: &'static Term, head: &mut Range<usize>) -> &'static Term {
    let at = head.end - '办'.len_utf8().min(head.len());
    if term.level.is_none() || !term.text.ends_with('办') || !begins_word(passage, at) {
        return term;
    }
    let Some(found) = LEXICON.head(&passage[head.start..at]) else { return term };
    head.end = at;
    found
}
