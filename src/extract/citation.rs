//! Other texts that this one speaks of.
//!
//! In: a passage. Out: [`Citation`]s: title, number, article, and how it is spoken of. Not here:
//! which document of the library is meant.
//!
//! `根据《湖南省农村扶贫开发条例》（厅字〔2016〕33号）第三条，制定本细则` cites a basis.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Citation, Relation};
use crate::text::Passage;

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^（([^（）]{1,16}[〔\[（【][0-9]{4}[〕\]）】][^（）]{0,3}[0-9]{1,5}号)").ok()
});
static ARTICLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let numeral = "[一二三四五六七八九十百千零〇0-9]+";
    Regex::new(&format!(
        r"^第{numeral}条(?:之{numeral})?(?:第{numeral}款)?(?:第?（?{numeral}）?项)?"
    ))
    .ok()
});

/// The citations of a passage, in order.
pub(super) fn citations(passage: &Passage<'_>) -> Vec<Citation> {
    let text = passage.text.as_ref();
    if !passage.holds("《") {
        return Vec::new();
    }
    titles(text)
        .filter_map(|title| {
            // 以下简称《…》 names it anew, and cites nothing
            let before = &text[..title.start];
            if ["以下简称", "下称", "以下称"].iter().any(|words| before.ends_with(words)) {
                return None;
            }
            let after = &text[title.end..];
            let number = NUMBER.as_ref().and_then(|number| number.captures(after));
            let rest = number.as_ref().map_or(after, |found| {
                let end = found.get(0).map_or(0, |whole| whole.end());
                after[end..].trim_start_matches('）')
            });
            let article = ARTICLE.as_ref().and_then(|article| article.find(rest));
            let inner = title.start + "《".len()..title.end - "》".len();
            Some(Citation {
                title: text[inner].to_owned(),
                number: number.map(|found| found[1].to_owned()),
                article: article.map(|found| found.as_str().to_owned()),
                relation: relation(text, &title),
                span: passage.span(title),
            })
        })
        .collect()
}

/// The outermost 《…》 of a text.
fn titles(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut depth, mut start) = (0usize, 0);
    text.char_indices().filter_map(move |(at, character)| match character {
        '《' => {
            if depth == 0 {
                start = at;
            }
            depth += 1;
            None
        }
        '》' if depth > 0 => {
            depth -= 1;
            // a title left open swallows no page
            (depth == 0 && at - start < 600).then(|| start..at + character.len_utf8())
        }
        '。' => {
            depth = 0;
            None
        }
        _ => None,
    })
}

/// How the sentence around a title speaks of it.
fn relation(text: &str, title: &Range<usize>) -> Relation {
    let start = text[..title.start].rfind('。').map_or(0, |at| at + "。".len());
    let end = text[title.end..].find('。').map_or(text.len(), |at| title.end + at);
    let before = &text[start..title.start];
    let after = &text[title.end..end];
    let makes = ["制定本", "制订本", "特制定", "提出如下", "作如下规定"]
        .iter()
        .any(|words| after.contains(words));
    let near = after.find(['，', '；']).map_or(after, |at| &after[..at]);
    if makes
        && ["根据", "依据", "按照", "依照", "落实", "贯彻"].iter().any(|word| before.contains(word))
    {
        Relation::Basis
    } else if after.contains("同时废止") || near.contains("废止") {
        Relation::Repeals
    } else if before.ends_with("修改") || before.ends_with("修订") || near.contains("作如下修改")
    {
        Relation::Amends
    } else {
        Relation::Refers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_with_its_number() {
        let passage = Passage::whole(
            "根据《关于印发〈脱贫攻坚责任制实施办法〉的通知》（厅字〔2016〕33号）、《湖南省农村扶贫开发条例》第三条\
             （以下简称《条例》），制定本实施细则。《旧办法》同时废止。",
        );
        let found = citations(&passage);
        let shown: Vec<_> = found
            .iter()
            .map(|c| (c.title.as_str(), c.number.as_deref(), c.article.as_deref(), c.relation))
            .collect();
        assert_eq!(
            shown,
            [
                (
                    "关于印发〈脱贫攻坚责任制实施办法〉的通知",
                    Some("厅字〔2016〕33号"),
                    None,
                    Relation::Basis
                ),
                ("湖南省农村扶贫开发条例", None, Some("第三条"), Relation::Basis),
                ("旧办法", None, None, Relation::Repeals),
            ]
        );
    }
}
