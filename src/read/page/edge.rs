//! What stands at the edge of pages and is none of the text.
//!
//! In: the lines of all pages. Out: the lines that were cut off: page numbers, and lines that stand
//! in the same place of page after page. Not here: edges that a format itself marks as such.
//!
//! `— 2 —` at the foot of page 2 is cut off; `2` in a table is not.

use std::collections::HashMap;

use super::Line;

/// How many lines at each edge may be cut off.
const MOST: usize = 3;

/// Which edge of a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Top,
    Bottom,
}

/// Cuts the edges off, pages with their heights; gives what they say, in the order of the pages.
pub(in super::super) fn cut(pages: &mut [(f32, Vec<Line>)]) -> Vec<String> {
    let mut found: Vec<Vec<String>> = vec![Vec::new(); pages.len()];
    for side in [Side::Top, Side::Bottom] {
        for _ in 0..MOST {
            let repeated = repeated(pages, side);
            let numbered = numbered(pages, side);
            let mut any = false;
            for (at, (height, lines)) in pages.iter_mut().enumerate() {
                let Some(line) = outermost(lines, side) else { continue };
                let edge = is_edge(line, *height, side);
                let again = repeated.get(&place(line)).is_some_and(|&count| count >= 2);
                let number = numbered.contains(&at) || is_page_number(&line.text);
                if edge && (again || number) {
                    let line = match side {
                        Side::Top => lines.remove(0),
                        Side::Bottom => lines.remove(lines.len() - 1),
                    };
                    found[at].push(line.text);
                    any = true;
                }
            }
            if !any {
                break;
            }
        }
    }
    found.into_iter().flatten().collect()
}

fn outermost(lines: &[Line], side: Side) -> Option<&Line> {
    match side {
        Side::Top => lines.first(),
        Side::Bottom => lines.last(),
    }
}

/// Whether a line stands in the outer part of its page.
fn is_edge(line: &Line, height: f32, side: Side) -> bool {
    height <= 0.0
        || match side {
            Side::Top => line.y < height * 0.15,
            Side::Bottom => line.y > height * 0.85,
        }
}

/// What a line says, but for a number at its ends, and where: lines that repeat have the same.
fn place(line: &Line) -> (String, i32) {
    let number = |c: char| c.is_ascii_digit() || c.is_whitespace();
    (line.text.trim_matches(number).to_owned(), (line.y / 4.0).round() as i32)
}

/// On how many pages the outermost lines repeat; one that is on less than a third of the pages
/// may be text, and of few pages all have to have it.
fn repeated(pages: &[(f32, Vec<Line>)], side: Side) -> HashMap<(String, i32), usize> {
    let mut counts = HashMap::new();
    for (_, lines) in pages {
        if let Some(line) = outermost(lines, side) {
            *counts.entry(place(line)).or_insert(0) += 1;
        }
    }
    counts.retain(|(text, _), _| !text.is_empty());
    let full = pages.iter().filter(|(_, lines)| !lines.is_empty()).count();
    let needed = if full <= 3 { full.max(2) } else { (full / 4).max(3) };
    counts.retain(|_, count| *count >= needed);
    counts
}

/// The pages whose outermost line is a bare number that counts with the pages.
fn numbered(pages: &[(f32, Vec<Line>)], side: Side) -> Vec<usize> {
    let number = |at: usize| -> Option<i64> {
        let text = outermost(&pages[at].1, side)?.text.trim();
        Some(text.parse::<i64>().ok()? - at as i64)
    };
    let shifts: Vec<Option<i64>> = (0..pages.len()).map(number).collect();
    let counts = |at: usize| {
        let shift = shifts[at]?;
        let others = shifts.iter().filter(|other| **other == Some(shift)).count();
        (others >= 2 || pages.len() == 1 && shift == 1).then_some(at)
    };
    (0..pages.len()).filter_map(counts).collect()
}

/// Whether a line is a page number by its form: `— 2 —`, `第2页 共5页`, `第 2 页`, `2/5`, `- 2 -`.
fn is_page_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.chars().count() > 24 {
        return false;
    }
    let dashes = ['-', '—', '–', '－', '―', '─', '·', '•', '~'];
    let inner = bare.trim_matches(dashes);
    let is_number = |text: &str| {
        let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        !text.is_empty() && text.chars().count() <= 4 && text.chars().all(digit)
    };
    let framed = bare.starts_with(dashes) && bare.ends_with(dashes) && is_number(inner);
    let of = inner.split_once('/').is_some_and(|(page, all)| is_number(page) && is_number(all));
    framed || of || is_page_in_words(inner, is_number)
}

/// `第2页`, `第2页共5页`, `共5页第2页`, `第2页，共5页`, `Page2of5`.
fn is_page_in_words(text: &str, is_number: impl Fn(&str) -> bool) -> bool {
    let word = |c: char| {
        matches!(c, '第' | '共' | '页' | '頁' | '，' | ',' | '/' | '|' | '（' | '）' | '(' | ')')
    };
    let chinese = text.starts_with(['第', '共', '（', '(']) && text.contains(['页', '頁']);
    if chinese && text.split(word).all(|part| part.is_empty() || is_number(part)) {
        return text.contains(|c: char| c.is_ascii_digit());
    }
    let lower = text.to_ascii_lowercase();
    let page = lower.strip_prefix("page");
    page.is_some_and(|rest| rest.split("of").all(&is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32) -> Line {
        let chars = text.chars().count();
        Line { text: text.to_owned(), left: 0.0, right: 100.0, y, size: 10.0, chars, cells: 1 }
    }

    #[test]
    fn page_numbers_by_form() {
        for text in
            ["— 2 —", "- 12 -", "－２－", "第 2 页 共 5 页", "第2页，共5页", "2 / 5", "Page 2 of 5"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2", "第二条", "第2条", "—", "2016/12/09", "第页", "共同负责", "1.2"]
        {
            assert!(!is_page_number(text), "{text}");
        }
    }

    #[test]
    fn edges_are_cut_off() {
        let mut pages: Vec<(f32, Vec<Line>)> = (1..=4)
            .map(|n| {
                let foot = n.to_string();
                let body = format!("第{n}条");
                (
                    800.0,
                    vec![
                        line("某县公报", 40.0),
                        line(&body, 100.0),
                        line("附", 400.0),
                        line(&foot, 780.0),
                    ],
                )
            })
            .collect();
        let cut = cut(&mut pages);
        assert_eq!(cut, ["某县公报", "1", "某县公报", "2", "某县公报", "3", "某县公报", "4"]);
        assert!(pages.iter().all(|(_, lines)| lines.len() == 2));
    }

    #[test]
    fn text_is_no_edge() {
        let mut pages = vec![
            (800.0, vec![line("某县护林办法", 40.0), line("12", 500.0)]),
            (800.0, vec![line("第四条", 40.0), line("负责。", 790.0)]),
        ];
        assert!(cut(&mut pages).is_empty());
        // The number of the only page, and a number that is none.
        let mut pages = vec![(800.0, vec![line("甲", 100.0), line("1", 780.0)])];
        assert_eq!(cut(&mut pages), ["1"]);
        let mut pages = vec![(800.0, vec![line("甲", 100.0), line("7", 780.0)])];
        assert!(cut(&mut pages).is_empty());
    }
}
