//! What a web page says of the document on it, in one line.
//!
//! In: a line above the body. Out: its [`Statement`]s, and what of it are tools of the page. Not
//! here: what the document says of itself ([`super::preface`]).
//!
//! `发布时间：2016-12-09 00:00 来源：县扶贫办 字号：大 中 小` states when and whence; the rest is a tool.

use std::sync::LazyLock;

use super::line::prose;
use super::{Field, Reason, Statement, date};
use crate::span::Span;

/// Statements, and what is discarded.
type Facts = (Vec<Statement>, Vec<(Reason, Span)>);

/// Reads a line of such facts, which lies at `span`; `None` where it is none.
pub(super) fn facts(content: &str, span: Span) -> Option<Facts> {
    if content.chars().count() > 120 || prose(content) && !content.ends_with('：') {
        return None;
    }
    let cuts = cuts(content);
    match cuts.first() {
        Some(first) if first.at == 0 => Some(labelled(content, span, &cuts)),
        Some(_) => None,
        None => stamped(content, span),
    }
}

/// Whether a line states facts of the page or the document behind their labels.
pub(super) fn states(content: &str) -> bool {
    let cuts = cuts(content);
    cuts.iter().any(|cut| cut.field.is_some())
        && facts(content, Span::new(0, content.len())).is_some()
}

/// A label in a line.
struct Cut {
    at: usize,
    length: usize,
    /// What it states; nothing where it belongs to a tool.
    field: Option<Field>,
}

/// The labels of a line, in order; none lies over another.
fn cuts(content: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for &(label, field) in LABELS.iter() {
        let Some(at) = content.find(label) else { continue };
        let apart = |cut: &Cut| at >= cut.at + cut.length || at + label.len() <= cut.at;
        if cuts.iter().all(apart) {
            cuts.push(Cut { at, length: label.len(), field });
        }
    }
    cuts.sort_unstable_by_key(|cut| cut.at);
    cuts
}

/// Reads a line that labels take apart: `发布日期：2016-12-09 浏览次数：12`.
fn labelled(content: &str, span: Span, cuts: &[Cut]) -> Facts {
    let (mut statements, mut tools) = Facts::default();
    for (index, cut) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(content.len(), |next| next.at);
        let place = Span::new(span.start + cut.at, span.start + end);
        let said = &content[cut.at + cut.length..end];
        let value = match cut.field {
            Some(Field::Published) => date::first(said).map(|(_, iso, _)| iso),
            Some(_) if !said.is_empty() => Some(said.to_owned()),
            _ => None,
        };
        match (cut.field, value) {
            (Some(field), Some(value)) => statements.push(Statement { field, value, span: place }),
            _ => tools.push((Reason::Navigation, place)),
        }
    }
    (statements, tools)
}

/// Reads a line without labels around a date with the time of day: `2016-12-09 09:30 县林业局`.
fn stamped(content: &str, span: Span) -> Option<Facts> {
    let (at, value, length) = date::first(content)
        .filter(|&(at, _, length)| content[at..at + length].contains([':', '：']))?;
    let place = Span::new(span.start + at, span.start + at + length);
    let mut tools = vec![Span::new(span.start, place.start), Span::new(place.end, span.end)];
    tools.retain(|tool| !tool.is_empty());
    let tools = tools.into_iter().map(|tool| (Reason::Navigation, tool)).collect();
    Some((vec![Statement { field: Field::Published, value, span: place }], tools))
}

/// The labels, with what they state; the longest first, so that `来源：` is not found in
/// `信息来源：`.
static LABELS: LazyLock<Vec<(&'static str, Option<Field>)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/labels.tsv").lines().skip(1);
    let mut labels: Vec<(&str, Option<Field>)> = rows
        .filter_map(|row| {
            let mut cells = row.split('\t');
            let label = cells.next()?;
            let field = match cells.next()? {
                "published" => Some(Field::Published),
                "origin" => Some(Field::Origin),
                _ => None,
            };
            Some((label, field))
        })
        .collect();
    labels.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
    labels
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_states_when_and_whence() {
        for (line, stated, tools) in [
            ("发布时间：2016-12-09来源：县林业局", vec!["2016-12-09", "县林业局"], vec![]),
            ("信息来源：县林业局浏览次数：12", vec!["县林业局"], vec!["浏览次数：12"]),
            ("发布日期：", vec![], vec!["发布日期："]),
            ("2016-12-09 09:30县林业局", vec!["2016-12-09"], vec!["县林业局"]),
            ("县林业局2016-12-09 09:30", vec!["2016-12-09"], vec!["县林业局"]),
        ] {
            let found = facts(line, Span::new(0, line.len()));
            let Some((statements, discarded)) = found else { panic!("{line}") };
            let values: Vec<&str> = statements.iter().map(|s| s.value.as_str()).collect();
            let cut: Vec<&str> =
                discarded.iter().map(|(_, span)| &line[span.start..span.end]).collect();
            assert_eq!((values, cut), (stated, tools), "{line}");
        }
    }

    #[test]
    fn other_lines_state_nothing() {
        for line in ["", "某县护林办法", "2016年12月9日", "会议时间：2016-12-09", "来源：某某。"]
        {
            assert!(facts(line, Span::new(0, line.len())).is_none(), "{line}");
        }
    }

    #[test]
    fn the_labels_are_in_order() {
        let table = include_str!("../../data/labels.tsv");
        assert!(table.starts_with("label\tfield\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        for row in &rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            assert!(["published", "origin", "tool"].contains(&row[1]), "{row:?}");
        }
    }
}
