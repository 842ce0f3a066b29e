//! Title and history at the start of a text that has no line breaks.
//!
//! In: what stands before the first heading of a line. Out: where the title ends, and where the
//! history behind it ends. Not here: titles on lines of their own ([`super::preface`]).
//!
//! `清江县公厕条例2020年3月1日县人民代表大会通过第一章` has a title, and a history behind it.

use std::sync::LazyLock;

use super::candidate::labelled;
use super::marker::list_marker;
use super::{date, genre};

/// What is done to a text as a whole, in its history.
static ACTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/acts.tsv").lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).collect()
});

/// Where title and history end; `None` where what stands there is no title.
pub(super) fn title_and_history(lead: &str) -> Option<(usize, usize)> {
    // Asked for every mark of a first line, so that what is too long must cost nothing.
    if lead.len() > 3000 {
        return None;
    }
    let lead = ["目录：", "目录", "目次"].iter().find_map(|w| lead.strip_suffix(w)).unwrap_or(lead);
    let dated = date::first(lead).map_or(lead.len(), |(at, ..)| at);
    let name = lead[..dated].trim_end_matches(['（', '自', '于']).trim_end_matches("根据");
    let plain = !name.contains(['。', '；', '，', '：', '\n']) && name.chars().count() <= 60;
    let (kind, _) = genre::of_title(name).filter(|_| plain && list_marker(name).is_none())?;
    let refers = ["依照", "按照", "根据", "违反", "适用", "参照"];
    let leads = refers.iter().any(|word| name.starts_with(word)) || labelled(name).is_some();
    if name.len() <= kind.len() + "本".len() || leads {
        return None;
    }
    let end = history(lead, name.len());
    (end == lead.len() || ends_preamble(&lead[end..])).then_some((name.len(), end))
}

/// Where the acts behind a title end: `2019年4月25日…通过2019年5月31日…批准`.
fn history(lead: &str, from: usize) -> usize {
    let mut end = from;
    loop {
        let rest = &lead[end..];
        let Some((at, _, length)) = date::first(rest).filter(|&(at, ..)| at <= "（根据".len())
        else {
            return end;
        };
        let body = &rest[at + length..];
        let stop = body.find(['。', '：', '；']).unwrap_or(body.len());
        let next = date::first(&body[..stop]).map_or(stop, |(at, ..)| at);
        let acts = ACTS.iter().filter_map(|act| Some(body[..next].rfind(act)? + act.len()));
        let Some(act) = acts.max() else { return end };
        let closed = if body[act..].starts_with('）') { '）'.len_utf8() } else { 0 };
        end += at + length + act + closed;
    }
}

/// Whether what follows the history leads to the first provision: `为了…，现解释如下：`.
fn ends_preamble(rest: &str) -> bool {
    rest.ends_with(['。', '：'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_their_history_are_told_from_text() {
        for (lead, title, history) in [
            ("某县公厕条例", "某县公厕条例", ""),
            ("某县公厕条例目录", "某县公厕条例", ""),
            (
                "某县公厕条例2020年3月1日县人民代表大会通过2020年5月1日省人民代表大会批准",
                "某县公厕条例",
                "2020年3月1日县人民代表大会通过2020年5月1日省人民代表大会批准",
            ),
            (
                "某法院关于公厕的解释2020年3月1日通过为了建好公厕，现解释如下：",
                "某法院关于公厕的解释",
                "2020年3月1日通过",
            ),
            ("某县公厕条例（2020年3月1日通过）", "某县公厕条例", "（2020年3月1日通过）"),
        ] {
            let found = title_and_history(lead).map(|(t, h)| (&lead[..t], &lead[t..h]));
            assert_eq!(found, Some((title, history)), "{lead}");
        }
        for lead in ["", "条例", "为了建好公厕，制定本条例", "依照某县公厕条例的规定"]
        {
            assert_eq!(title_and_history(lead), None, "{lead}");
        }
    }
}
