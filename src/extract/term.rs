//! Words that a text defines.
//!
//! In: a passage. Out: [`Term`]s: what 所称…是指 and 以下简称 say. Not here: their use in names
//! (`extract::organization`).
//!
//! `本条例所称秸秆，是指水稻、小麦等农作物茎叶` defines `秸秆`.

use super::Term;
use super::sentence;
use crate::text::Passage;

/// The definitions of a passage, in order.
pub(super) fn terms(passage: &Passage<'_>) -> Vec<Term> {
    let text = passage.text.as_ref();
    let mut found = short_names(passage);
    if passage.holds("是指") {
        for sentence in sentence::sentences(text) {
            found.extend(definition(passage, sentence.range()));
        }
    }
    found.sort_by_key(|term| term.span);
    found
}

/// `本条例所称秸秆，是指…`, `重点排污单位，是指…`
fn definition(passage: &Passage<'_>, range: std::ops::Range<usize>) -> Option<Term> {
    let sentence = &passage.text[range.clone()];
    let is = sentence.find("是指")?;
    let head = sentence[..is].trim_end_matches(['，', ' ']);
    let head = head.find("所称").map_or(head, |at| &head[at + "所称".len()..]);
    let head = head.trim_start_matches(['的', '“']).trim_end_matches('”');
    let head = head.rsplit(['：', '。', '；']).next().unwrap_or(head);
    let fits = !head.is_empty() && head.chars().count() <= 30 && !head.contains('，');
    fits.then(|| Term {
        term: head.to_owned(),
        meaning: sentence[is + "是指".len()..].to_owned(),
        span: passage.span(range),
    })
}

/// `《…实施意见》（湘发〔2016〕7号，以下简称《实施意见》）`, `河长制工作机构（以下简称河长办）`
fn short_names(passage: &Passage<'_>) -> Vec<Term> {
    let text = passage.text.as_ref();
    let mut found = Vec::new();
    // one look spares most passages four searches
    if !passage.holds("称") {
        return found;
    }
    for word in ["以下简称", "以下统称", "以下称", "（下称"] {
        for (at, _) in text.match_indices(word) {
            let Some(open) = text[..at + "（".len().min(word.len())].rfind('（') else {
                continue;
            };
            let rest = &text[at + word.len()..];
            let Some(close) = rest.find('）') else { continue };
            let short = rest[..close].trim_matches(['“', '”', '《', '》', '，', '为', '：']);
            let full = before(&text[..open]);
            if short.is_empty()
                || short.chars().count() > 24
                || full.is_empty()
                || short.contains('。')
            {
                continue;
            }
            let end = at + word.len() + close + "）".len();
            found.push(Term {
                term: short.to_owned(),
                meaning: full.to_owned(),
                span: passage.span(open - full.len()..end),
            });
        }
    }
    found
}

/// What a bracket explains: the title in 《》 right before it, or the words back to the last mark.
fn before(text: &str) -> &str {
    if text.ends_with('》') {
        let mut depth = 0usize;
        for (at, character) in text.char_indices().rev() {
            match character {
                '》' => depth += 1,
                '《' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return &text[at..];
            }
        }
    }
    text.rsplit(['，', '。', '；', '：', '、', '（', '）']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_and_short_names() {
        let passage = Passage::whole(
            "本条例所称秸秆，是指水稻、小麦等农作物茎叶。按照《湖南省实施意见》（湘发〔2016〕7号，以下简称《实施意见》）执行。\
             设置河长制工作机构（以下简称“河长办”）。",
        );
        let found = terms(&passage);
        let shown: Vec<_> = found.iter().map(|t| (t.term.as_str(), t.meaning.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("秸秆", "水稻、小麦等农作物茎叶"),
                ("实施意见", "《湖南省实施意见》"),
                ("河长办", "设置河长制工作机构"),
            ]
        );
    }
}
