//! What a web page says of the document on it.
//!
//! In: a line above the body. Out: its [`Statement`]s, and what of it are tools of the page. Not
//! here: what the document says of itself ([`super::preface`]).
//!
//! `发布时间：2016-12-09 00:00 来源：县扶贫办 字号：大 中 小` states when and whence; the rest is a tool. So do
//! the rows of an information table: `发文机关：国务院 成文日期：2019年03月02日`, `【发文字号】 国令第709号`.

use std::sync::LazyLock;

use super::line::prose;
use super::{Field, Reason, Statement, date};
use crate::span::Span;
use crate::text::Text;
use crate::text::affixes::{Affixes, Side};

/// Statements, and what is discarded.
type Facts = (Vec<Statement>, Vec<(Reason, Span)>);

/// A line that is a label and nothing else.
#[derive(Clone, Copy)]
pub(super) struct Label {
    /// What it states; nothing where it belongs to a tool.
    field: Option<Field>,
    /// Whether a colon closes it: the value may just be missing.
    closed: bool,
}

/// Reads a line of such facts, which lies at `span`; `None` where it is none.
pub(super) fn facts(text: &Text<'_>, span: Span) -> Option<Facts> {
    let content = text.slice(span);
    let cuts = cuts(text, span);
    let labelled = cuts.first().is_some_and(|first| first.at == 0);
    // A row of a table may hold a summary, or a long title.
    let most = if labelled && cuts[0].length < content.len() { 400 } else { 120 };
    let closed = content.ends_with('：') || cuts.first().is_some_and(|cut| cut.is_of_table);
    if content.chars().count() > most || prose(content) && !closed {
        return None;
    }
    match cuts.first() {
        Some(_) if labelled => Some(self::labelled(content, span, &cuts)),
        Some(first) => {
            // `2016-12-09 09:30 来源：县林业局`
            let lead = Span::new(span.start, span.start + first.at);
            let (mut statements, mut tools) = stamped(text.slice(lead), lead)?;
            let (more, others) = self::labelled(content, span, &cuts);
            statements.extend(more);
            tools.extend(others);
            Some((statements, tools))
        }
        None => stamped(content, span),
    }
}

/// Whether a line states facts behind their labels, or is one label.
pub(super) fn is_labelled(text: &Text<'_>, span: Span) -> bool {
    cuts(text, span).first().is_some_and(|cut| cut.at == 0) && facts(text, span).is_some()
}

/// The label that is all of a line: `发布机构`, `【发文字号】`, `文号：`.
pub(super) fn label(text: &Text<'_>, span: Span) -> Option<Label> {
    match cuts(text, span).as_slice() {
        [only] if only.at == 0 && only.length == span.len() => {
            Some(Label { field: only.field, closed: text.slice(span).ends_with('：') })
        }
        _ => None,
    }
}

impl Label {
    /// What a line says behind this label on the line before, if it may be its value.
    pub(super) fn value(self, text: &Text<'_>, span: Span) -> Option<Facts> {
        let content = text.slice(span);
        let named = super::genre::of_title(content)
            .is_some_and(|(kind, _)| content.len() > kind.len() + 12);
        let fits = match self.field {
            Some(Field::Published | Field::Issued) => date::leading(content).is_some(),
            Some(Field::Number) => content.ends_with('号') && content.chars().count() <= 40,
            Some(Field::Issuer) => super::preface::is_organ(content),
            Some(Field::Title) => named,
            _ => !self.closed && !named && !content.contains('：'),
        };
        let short = content.chars().count() <= 60 && !prose(content);
        (fits && short).then(|| {
            let cut = Cut { at: 0, length: 0, field: self.field, is_of_table: true };
            labelled(content, span, &[cut])
        })
    }
}

/// A label in a line.
struct Cut {
    at: usize,
    length: usize,
    /// What it states; nothing where it belongs to a tool.
    field: Option<Field>,
    /// Whether it says what only information tables say.
    is_of_table: bool,
}

/// The longest line that is read for labels, in bytes.
const LONGEST: usize = 2048;

/// The labels of a line, in order; none lies over another.
fn cuts(text: &Text<'_>, span: Span) -> Vec<Cut> {
    let content = text.slice(span);
    let mut cuts: Vec<Cut> = Vec::new();
    if content.len() > LONGEST {
        return cuts;
    }
    let mut from = 0;
    while let Some((at, length, &field)) = LABELS.find(content, from) {
        from = at + content[at..].chars().next().map_or(1, char::len_utf8);
        let done = cuts.last().map_or(0, |cut| cut.at + cut.length);
        let label = labels(text, span, at, at + length).filter(|&(start, _)| start >= done);
        if let Some((start, end)) = label {
            let is_of_table = !matches!(field, Some(Field::Published | Field::Origin));
            cuts.push(Cut { at: start, length: end - start, field, is_of_table });
            from = from.max(end);
        }
    }
    cuts
}

/// Where the label around the word at `start..end` of a line begins and ends, if it is one: a
/// colon closes it, or it stands in 【】, or it is a cell by itself.
fn labels(text: &Text<'_>, span: Span, start: usize, end: usize) -> Option<(usize, usize)> {
    let content = text.slice(span);
    let (before, after) = (&content[..start], &content[end..]);
    if before.ends_with('【')
        && let Some(rest) = after.strip_prefix('】')
    {
        let colon = if rest.starts_with('：') { '：'.len_utf8() } else { 0 };
        return Some((start - '【'.len_utf8(), end + '】'.len_utf8() + colon));
    }
    if after.starts_with('：') {
        return Some((start, end + '：'.len_utf8()));
    }
    let cell = |at: usize| text.parts_cells(span.start + at);
    if (start == 0 || cell(start)) && (after.is_empty() && start == 0 || cell(end)) {
        return Some((start, end));
    }
    // Words of two characters stand in headings, too.
    let apart = start == 0 && end >= "索引号".len() && text.gap_before(span.start + end);
    apart.then_some((start, end))
}

/// Reads a line that labels take apart: `发布日期：2016-12-09 浏览次数：12`.
fn labelled(content: &str, span: Span, cuts: &[Cut]) -> Facts {
    let (mut statements, mut tools) = Facts::default();
    for (index, cut) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(content.len(), |next| next.at);
        let place = Span::new(span.start + cut.at, span.start + end);
        let said = content[cut.at + cut.length..end].trim_matches('\t');
        let stamp =
            || date::first(said).filter(|&(at, _, l)| said[at..at + l].contains(['：', ':']));
        let value = match cut.field {
            Some(Field::Published | Field::Issued) => date::first(said).map(|(_, iso, _)| iso),
            Some(Field::Origin) => origin(said),
            Some(Field::Number | Field::Issuer | Field::Title) => {
                (said.chars().count() > 1 && !said.starts_with('（')).then(|| said.to_owned())
            }
            // `字号：大 中 小 2019-01-07 09:41` of a page.
            _ => stamp().map(|(_, iso, _)| iso),
        };
        match (cut.field, value) {
            (Some(field), Some(value)) => statements.push(Statement { field, value, span: place }),
            (None, Some(value)) => {
                statements.push(Statement { field: Field::Published, value, span: place });
            }
            _ => tools.push((Reason::Navigation, place)),
        }
    }
    (statements, tools)
}

/// Whence a page has its text, without what else its line says.
fn origin(said: &str) -> Option<String> {
    let stamp = date::first(said).map_or(said.len(), |(at, _, _)| at);
    let bare = said[..stamp].trim_matches(['|', '｜', '【', '[', ' ']);
    (!bare.is_empty()).then(|| bare.to_owned())
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

/// The labels, with what they state. The first and longest counts, so that `来源` is not found in
/// `信息来源`.
static LABELS: LazyLock<Affixes<Option<Field>>> = LazyLock::new(|| {
    let rows = include_str!("../../data/labels.tsv").lines().skip(1);
    let labels = rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let label = cells.next()?;
        let field = match cells.next()? {
            "title" => Some(Field::Title),
            "issuer" => Some(Field::Issuer),
            "number" => Some(Field::Number),
            "issued" => Some(Field::Issued),
            "published" => Some(Field::Published),
            "origin" => Some(Field::Origin),
            _ => None,
        };
        Some((label, field))
    });
    Affixes::new(Side::First, labels)
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    /// What a line states, as `field: value`, and its tools.
    fn read_line(line: &str) -> Option<(Vec<String>, Vec<String>)> {
        let Ok(source) = read::read(line.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let (statements, tools) = facts(&text, Span::new(0, text.as_str().len()))?;
        let said = |s: &Statement| format!("{}: {}", s.field.as_str(), s.value);
        let tool = |(_, span): &(Reason, Span)| text.slice(*span).to_owned();
        Some((statements.iter().map(said).collect(), tools.iter().map(tool).collect()))
    }

    #[test]
    fn a_line_states_when_and_whence() {
        for (line, stated, tools) in [
            (
                "发布时间：2016-12-09来源：县林业局",
                vec!["published: 2016-12-09", "origin: 县林业局"],
                vec![],
            ),
            ("信息来源：县林业局浏览次数：12", vec!["origin: 县林业局"], vec!["浏览次数：12"]),
            ("发布日期：", vec![], vec!["发布日期："]),
            ("2016-12-09 09:30县林业局", vec!["published: 2016-12-09"], vec!["县林业局"]),
            ("县林业局2016-12-09 09:30", vec!["published: 2016-12-09"], vec!["县林业局"]),
            (
                "2019-05-09 10:10:10 来源：某日报",
                vec!["published: 2019-05-09", "origin: 某日报"],
                vec![],
            ),
            (
                "来源： 某网 浏览字号： 大 中 小 2019年01月07日 09:41:18",
                vec!["origin: 某网", "published: 2019-01-07"],
                vec![],
            ),
        ] {
            let expected = (
                stated.into_iter().map(str::to_owned).collect(),
                tools.into_iter().map(str::to_owned).collect(),
            );
            assert_eq!(read_line(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn an_information_table_states_what_it_names() {
        for (line, stated) in [
            ("索　引　号：\t000014349/2019-00017\t主题分类：\t综合政务", vec![]),
            (
                "发文机关：\t国务院\t成文日期：\t2019年03月02日",
                vec!["issuer: 国务院", "issued: 2019-03-02"],
            ),
            ("标　　题：\t国务院关于护林的通知", vec!["title: 国务院关于护林的通知"]),
            ("【发文字号】 主席令第二十二号", vec!["number: 主席令第二十二号"]),
            (
                "名　　称\t某县护林办法\t发布机构\t县政府办公室\t有效性\t有效",
                vec!["title: 某县护林办法", "issuer: 县政府办公室"],
            ),
            ("发文字号\t某政发〔2020〕3号", vec!["number: 某政发〔2020〕3号"]),
            ("内容概述：\t某部印发护林办法。", vec![]),
        ] {
            assert_eq!(
                read_line(line).map(|found| found.0),
                Some(stated.iter().map(|s| (*s).to_owned()).collect()),
                "{line}"
            );
        }
    }

    #[test]
    fn other_lines_state_nothing() {
        for line in [
            "",
            "某县护林办法",
            "2016年12月9日",
            "会议时间：2016-12-09",
            "来源：某某。",
            "名称由县政府定",
        ] {
            assert!(read_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn the_labels_are_in_order() {
        let table = include_str!("../../data/labels.tsv");
        assert!(table.starts_with("label\tfield\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        let fields = ["title", "issuer", "number", "issued", "published", "origin", "tool"];
        for row in &rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            assert!(fields.contains(&row[1]), "{row:?}");
        }
    }
}
