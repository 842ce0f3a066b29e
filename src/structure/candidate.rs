//! What might be a heading: every `第…条` and `第…章` with the signals that speak for it, and
//! every list marker.
//!
//! In: a [`Text`] and its lines. Out: [`Mark`]s in order, scored. Not here: which of them are
//! taken ([`super::chain`]).
//!
//! `第四条省委` at the start of a line scores high, `第四条第二款` and `第四条规定的` are
//! references and are left out.

use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::Kind;
use super::line::{Line, ends_sentence};
use super::marker::{Style, list_marker};
use crate::span::Span;
use crate::text::{Text, numeral};

/// Something that may open a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What it would open.
    pub(super) kind: Kind,
    /// The style of a list marker; of other marks [`Style::None`].
    pub(super) style: Style,
    /// Its label.
    pub(super) label: Span,
    /// Its number; 0 of a heading without one.
    pub(super) number: u32,
    /// 之N, else 0.
    pub(super) branch: u32,
    /// How much speaks for it, in tenths.
    pub(super) score: i32,
    /// Whether it stands at the start of a line.
    pub(super) opens_line: bool,
    /// Of a list marker that heads articles, its depth; else 0.
    pub(super) depth: u8,
}

/// All that looks like `第…编`, `第…章`, `第…节`, `第…条`, outside quoted provisions.
pub(super) fn numbered(text: &Text<'_>, lines: &[Line], quoted: &[Span]) -> Vec<Mark> {
    let whole = text.as_str();
    let Some((first, last)) = lines.first().zip(lines.last()) else { return Vec::new() };
    let range = first.span.start..last.span.end;
    let mut found: Vec<Mark> = Vec::new();
    let mut row = 0;
    let mut quote = quoted.partition_point(|span| span.end <= range.start);
    for at in memmem::find_iter(&whole.as_bytes()[range.clone()], "第".as_bytes()) {
        let at = at + range.start;
        while lines[row].span.end <= at {
            row += 1;
        }
        while quoted.get(quote).is_some_and(|span| span.end <= at) {
            quote += 1;
        }
        if quoted.get(quote).is_some_and(|span| span.start <= at) || at < lines[row].span.start {
            continue;
        }
        let Some(mut mark) = label(&whole[..lines[row].span.end], at) else { continue };
        let before = row.checked_sub(1).map(|before| &lines[before]);
        let opens = row == 0 && after_title(&whole[lines[0].span.start..at]);
        let score = match score(text, &lines[row], before, &mark, found.last()) {
            None if opens && !refers(&whole[mark.label.end..lines[row].span.end], false) => {
                Some(20)
            }
            score => score,
        };
        if let Some(score) = score {
            let rest = &whole[mark.label.end..lines[row].span.end];
            let close = rest.chars().next().filter(|c| ['：', '、', '．', '.'].contains(c));
            mark.label.end += close.map_or(0, char::len_utf8);
            found.push(Mark { score, opens_line: at == lines[row].span.start, ..mark });
        }
    }
    found
}

/// Reads a label at `at`: `第十二条之一`.
fn label(text: &str, at: usize) -> Option<Mark> {
    let rest = &text[at + "第".len()..];
    let digits = number_length(rest);
    let number = numeral::value(&rest[..digits]).filter(|&number| number > 0)?;
    let rest = &rest[digits..];
    let (unit, kind) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
    let mut end = at + "第".len() + digits + unit.len();
    let mut branch = 0;
    if let Some(rest) = text[end..].strip_prefix('之') {
        let digits = number_length(rest);
        if let Some(value) = numeral::value(&rest[..digits]).filter(|&value| value < 100) {
            branch = value;
            end += "之".len() + digits;
        }
    }
    let label = Span::new(at, end);
    Some(Mark {
        kind: *kind,
        style: Style::None,
        label,
        number,
        branch,
        score: 0,
        opens_line: false,
        depth: 0,
    })
}

/// The length of the label at the start of a line, where it is no reference: of `第一条 为了`.
pub(super) fn labelled(line: &str) -> Option<usize> {
    let mark = if line.starts_with('第') { label(line, 0)? } else { return None };
    Some(mark.label.end).filter(|&end| !refers(&line[end..], false))
}

const UNITS: [(&str, Kind); 5] = [
    ("编", Kind::Part),
    ("分编", Kind::Subpart),
    ("章", Kind::Chapter),
    ("节", Kind::Section),
    ("条", Kind::Article),
];

/// The bytes at the start of `text` that may be a number; at most eight characters.
pub(super) fn number_length(text: &str) -> usize {
    text.chars()
        .take(8)
        .take_while(|&c| c.is_ascii_digit() || numeral::is_chinese(c))
        .map(char::len_utf8)
        .sum()
}

/// How much speaks for a mark, in tenths; `None` where it is a reference.
fn score(
    text: &Text<'_>,
    line: &Line,
    before: Option<&Line>,
    mark: &Mark,
    last: Option<&Mark>,
) -> Option<i32> {
    let whole = text.as_str();
    let rest = super::leftover::without_blanks(&whole[mark.label.end..line.span.end]);
    let gap_after = text.gap_before(mark.label.end) && !all_apart(text, mark.label);
    if refers(rest, gap_after) {
        return None;
    }
    let starts = mark.label.start == line.span.start;
    if rest.starts_with('、') && !starts {
        return None;
    }
    let heading = mark.kind != Kind::Article;
    let mut score = if gap_after || rest.is_empty() { 10 } else { 0 };
    if !gap_after && ["作为", "同时"].iter().any(|next| rest.starts_with(next)) {
        // `第八条作为第九条` of an amendment, but also `第十条同时具备以下情形的`.
        score -= 10;
    }
    if heading && leads_to_article(rest) {
        score += 6;
    } else if heading && rest.chars().take(45).any(|c| matches!(c, '。' | '；')) {
        score -= 15;
    }
    if rest.starts_with('、') {
        score -= 12;
    }
    if starts {
        Some(score + at_start(text, line, before))
    } else {
        let fresh = before.is_none_or(|before| ends_sentence(text.slice(before.span)));
        Some(score + within(text, line, mark, (gap_after, fresh), last)?)
    }
}

/// Whether all characters of a text stand apart, so that a gap says nothing: `第 一 条 为 了`.
fn all_apart(text: &Text<'_>, label: Span) -> bool {
    let next = text.as_str()[label.end..].chars().next().map_or(0, char::len_utf8);
    text.gap_before(label.start + "第".len()) && text.gap_before(label.end + next)
}

/// Whether the heading of a chapter and the first article stand in one line: `总则第一条为了`.
fn leads_to_article(rest: &str) -> bool {
    let Some(at) = rest.find('第').filter(|at| (3..=90).contains(at)) else { return false };
    heads(&rest[..at]) && label(rest, at).is_some_and(|mark| mark.kind == Kind::Article)
}

/// How much the lines say for a mark at the start of one.
fn at_start(text: &Text<'_>, line: &Line, before: Option<&Line>) -> i32 {
    let blank = if line.blank_before { 5 } else { 0 };
    let above = match before {
        Some(before) if ends_sentence(text.slice(before.span)) => 10,
        Some(before) if before.chars > 14 && !line.blank_before && !line.indented => -25,
        _ => 5,
    };
    30 + blank + above
}

/// How much what stands before it in its line says for a mark; `None` where that never stands
/// before one.
fn within(
    text: &Text<'_>,
    line: &Line,
    mark: &Mark,
    (gap_after, fresh): (bool, bool),
    last: Option<&Mark>,
) -> Option<i32> {
    let whole = text.as_str();
    let lead = &whole[line.span.start..mark.label.start];
    let gap = text.gap_before(mark.label.start);
    let score = match lead.chars().next_back() {
        Some('。' | '！' | '？') => 20,
        Some('；' | '：' | '”' | '）' | '…') => 8,
        _ if follows_heading(whole, mark, last) || follows_section(lead) => 18,
        Some('|') => return None,
        _ if matches!(lead, "目录" | "目录：" | "目次") => 18,
        _ if gap && gap_after => 5,
        _ if mark.kind == Kind::Article && follows_name(lead, fresh) => 4,
        _ => return None,
    };
    Some(score + if gap { 6 } else { 0 })
}

/// Whether only a heading stands between the last mark and this: `第一章 总则 第一条`.
fn follows_heading(whole: &str, mark: &Mark, last: Option<&Mark>) -> bool {
    let Some(last) = last.filter(|last| last.kind != Kind::Article) else { return false };
    let between = &whole[last.label.end..mark.label.start];
    (1..=120).contains(&between.len()) && heads(between)
}

/// Whether only a title and its history stand before the first mark of a text in one line.
fn after_title(lead: &str) -> bool {
    !lead.is_empty() && super::glued::title_and_history(lead).is_some()
}

/// Whether what stands between the last sentence and a mark may be a heading without a number:
/// `…工作。立法权限第六条市人民代表大会`, but not `…处罚。违反本条例第六条`. `fresh` says that a
/// paragraph begins with the line.
fn follows_name(lead: &str, fresh: bool) -> bool {
    let near = tail_of(lead, 120);
    let begin = match near.rfind('。') {
        Some(at) => at + '。'.len_utf8(),
        None if fresh && near.len() == lead.len() => 0,
        None => return false,
    };
    (6..=96).contains(&(near.len() - begin)) && is_name(&near[begin..])
}

/// The last bytes of a text, at most so many.
fn tail_of(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    &text[(from..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())..]
}

/// Whether words may be a heading without a number: `立法权限`, `法律责任`.
pub(super) fn is_name(words: &str) -> bool {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '、';
    let refers = ["本", "违反", "依照", "按照", "根据", "适用", "除", "对", "前", "该", "其"];
    heads(words) && words.chars().all(chinese) && !refers.iter().any(|word| words.starts_with(word))
}

/// Whether the last sentence before a mark is only a section's heading: `二、相关市场界定第十四条`.
fn follows_section(lead: &str) -> bool {
    let from = (lead.len().saturating_sub(90)..lead.len()).find(|&at| lead.is_char_boundary(at));
    let near = &lead[from.unwrap_or(lead.len())..];
    let begin = near.rfind('。').map_or(0, |at| at + '。'.len_utf8());
    let whole = begin > 0 || from == Some(0);
    let section = &near[begin..];
    if whole && section == "附则" {
        return true;
    }
    let Some((Style::Chinese, _, label)) = list_marker(section).filter(|_| whole) else {
        return false;
    };
    section.len() > label && heads(&section[label..])
}

/// Whether words may be a heading, and do not lead to a reference: not `依照产品质量法`.
fn heads(words: &str) -> bool {
    let leads = words.ends_with(['法', '和', '及', '、', '或', '与', '照', '据', '至']);
    !words.contains(['。', '；', '，', '：', '《', '\n'])
        && (!leads || NOT_LEADING.iter().any(|noun| words.ends_with(noun)))
}

/// Whether a line begins with a reference: `第三条规定的，处五百元罚款。`
pub(super) fn is_reference(line: &str) -> bool {
    line.starts_with('第')
        && label(line, 0).is_some_and(|mark| {
            mark.kind == Kind::Article && refers(&line[mark.label.end..], false)
        })
}

/// What follows a number only in a reference: `第三条所称`; by its first character.
static AFTER: LazyLock<FxHashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: FxHashMap<char, Vec<&str>> = FxHashMap::default();
    for word in beside("after") {
        words.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
    }
    words
});
/// What follows one in a reference where no blank stands between: `第三条规定`.
static AFTER_UNSPACED: LazyLock<Vec<&'static str>> = LazyLock::new(|| beside("after_unspaced"));
/// Words that begin as the units 款, 项 and 目 do: `项目`.
static NOT_UNITS: LazyLock<Vec<&'static str>> = LazyLock::new(|| beside("not_unit"));
/// Words that end as what leads to a reference does: `方法`.
static NOT_LEADING: LazyLock<Vec<&'static str>> = LazyLock::new(|| beside("not_leading"));

/// The words of `data/references.tsv` that stand in one place beside a number.
fn beside(place: &str) -> Vec<&'static str> {
    let rows = include_str!("../../data/references.tsv").lines().skip(1);
    let rows = rows.map(|row| row.split('\t').collect::<Vec<_>>());
    rows.filter(|row| row.get(1) == Some(&place)).map(|row| row[0]).collect()
}

/// Whether what follows shows a reference: `第三条第二款`, `第三条规定的`, `第三条、第四条`.
fn refers(rest: &str, gap_after: bool) -> bool {
    if let Some(next) = rest.strip_prefix('、') {
        // `第三条、第四条`; but `第三条、镇人民政府应当护林。`
        let goes_on = ["第", "（", "《"];
        return next.is_empty() || goes_on.iter().any(|word| next.starts_with(word));
    }
    let Some(first) = rest.chars().next() else { return false };
    let after = || AFTER.get(&first).is_some_and(|words| words.iter().any(|w| rest.starts_with(w)));
    if below(rest) || rest.starts_with("：“") || after() {
        return true;
    }
    if let Some(next) = rest.strip_prefix('第') {
        if next.starts_with('（') {
            return true;
        }
        let unit = &next[number_length(next)..];
        return unit.starts_with(['款', '项', '目']);
    }
    !gap_after && AFTER_UNSPACED.iter().any(|next| rest.starts_with(next))
}

/// Whether a number goes on with the unit of a provision: `（二）项、` but not `（二）项目经费`.
pub(super) fn below(rest: &str) -> bool {
    rest.starts_with(['款', '项', '目']) && !NOT_UNITS.iter().any(|word| rest.starts_with(word))
}

/// The stretches that quote provisions of another text: `修改为：“第三条 …”`, over lines.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    // Both marks begin with the same two bytes.
    for at in memmem::find_iter(text.as_bytes(), &"“".as_bytes()[..2]) {
        let opening = text[at..].starts_with('“');
        if !opening && !text[at..].starts_with('”') {
            continue;
        }
        let from = at + "“".len();
        match (opening, open) {
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                let lead = text[..start].chars().next_back();
                let inside = &text[start + "“".len()..at];
                if matches!(lead, None | Some('：' | '\n' | '，'))
                    && inside.len() < 30_000
                    && (inside.starts_with('第') || inside.contains('\n'))
                {
                    found.push(Span::new(start, from));
                }
                open = None;
            }
            _ => {}
        }
        if let Some(start) = open
            && at - start > 30_000
        {
            open = opening.then_some(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::line::lines;

    /// The labels of the candidates of a text.
    fn candidates(said: &str) -> Vec<String> {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let text = Text::of(&source);
        let quoted = quotations(text.as_str());
        let found = numbered(&text, &lines(&text), &quoted);
        found.iter().map(|mark| text.slice(mark.label).to_owned()).collect()
    }

    #[test]
    fn headings_are_told_from_references() {
        for (text, expected) in [
            ("第四条省委负责。", vec!["第四条"]),
            ("第四条之一 省委负责。", vec!["第四条之一"]),
            ("第12条 借阅档案。", vec!["第12条"]),
            ("第五条 项目负责人应当报告。", vec!["第五条"]),
            ("第二章 款项支付", vec!["第二章"]),
            ("第十条同时具备以下情形的", vec!["第十条"]),
            ("第三条第二款规定的", vec![]),
            ("第三条规定的，处罚款。", vec![]),
            ("第三条、第四条", vec![]),
            ("第三条第（二）项", vec![]),
            ("依照本法第十二条处理。", vec![]),
            ("为了扶贫。第二条 省委负责。", vec!["第二条"]),
            ("第四章评估方法第二十二条资产", vec!["第四章", "第二十二条"]),
            ("第四章依照土地管理法第二十二条处理", vec!["第四章"]),
            ("应当中止。二、市场界定第十四条原告主张", vec!["第十四条"]),
            ("修改为：“第三条 县林业局主管。”", vec![]),
            ("| 第164条 | 受贿罪 |", vec![]),
        ] {
            assert_eq!(candidates(text), expected, "{text}");
        }
    }

    #[test]
    fn only_quoted_provisions_are_quotations() {
        for (text, expected) in [
            ("修改为：“第三条 某。”", 1),
            ("如下：“某\n某”", 1),
            ("简称：“办法”", 0),
            ("所谓“第三条”不是", 0),
            ("：“第三条 没有完", 0),
        ] {
            assert_eq!(quotations(text).len(), expected, "{text}");
        }
    }

    #[test]
    fn scores_tell_how_sure_a_mark_is() {
        let score = |said: &str| {
            let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
            let text = Text::of(&source);
            numbered(&text, &lines(&text), &[]).last().map(|mark| mark.score)
        };
        for (surer, less) in [
            ("第二条 县负责。", "第二条县负责。"),
            ("镇负责。\n第二条县负责。", "镇负责。第二条县负责。"),
            ("镇负责。第二条县负责。", "镇负责；第二条县负责。"),
            ("第二章 保护", "第二章 县负责。镇监督。"),
            ("第二条县负责。", "第二条作为建议。"),
        ] {
            assert!(score(surer) > score(less), "{surer} {less}");
            assert!(score(less).is_some(), "{less}");
        }
    }

    #[test]
    fn the_words_beside_numbers_are_in_order() {
        let table = include_str!("../../data/references.tsv");
        assert!(table.starts_with("words\tplace\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        for row in &rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            let places = ["after", "after_unspaced", "not_unit", "not_leading"];
            assert!(places.contains(&row[1]), "{row:?}");
        }
    }
}
