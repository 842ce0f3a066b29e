//! The markers of lists and levels: `一、`, `（一）`, `1.`, `（1）`, `①`, `2.1.3`.
//!
//! In: a line, or what is left of it. Out: the style, number and length of the marker it begins with. Not here:
//! which of them are taken ([`super::event`]), and `第…条` ([`super::candidate`]).
//!
//! `（十二）其他` begins with the twelfth of its style, `1.5亿元` with none.

use super::candidate::{below, number_length};
use crate::text::numeral;

/// The styles of list markers, from the outside in as they are usually nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Style {
    /// No list marker.
    None,
    /// `一、`
    Chinese,
    /// `（一）`
    BracketedChinese,
    /// `1.` `1、`, and `1 总则` above `1.1 编制目的`
    Arabic,
    /// `1.1`
    TwoNumbers,
    /// `1.1.1`
    ThreeNumbers,
    /// `1.1.1.1`
    FourNumbers,
    /// `（1）` `1）`
    BracketedArabic,
    /// `①`
    Circled,
}

impl Style {
    /// How many styles there are.
    pub(super) const COUNT: usize = Style::Circled as usize + 1;

    /// `1.1`, `1.1.1`
    pub(super) fn is_decimal(self) -> bool {
        (Style::TwoNumbers..=Style::FourNumbers).contains(&self)
    }
}

/// Reads `2.1.3` at the start of a line: its style, its last number and its length. Of two numbers alone
/// what is counted or measured goes on (`1.5亿元`).
fn decimal(line: &str) -> Option<(Style, u32, usize)> {
    const UNITS: &str = "万亿元米公倍个吨千百年月日级平小度分秒人户亩条件项次台套辆座处所家版";
    let (mut length, mut groups) = (0, 0);
    let last = loop {
        let digits = line[length..].bytes().take_while(u8::is_ascii_digit).count();
        let number = match digits {
            1 | 2 => line[length..length + digits].parse().ok().filter(|&number| number > 0)?,
            _ => return None,
        };
        (groups, length) = (groups + 1, length + digits);
        match line[length..].strip_prefix('.') {
            Some(rest) if rest.starts_with(|next: char| next.is_ascii_digit()) => length += 1,
            _ => break number,
        }
    };
    let style = match groups {
        2 => Style::TwoNumbers,
        3 => Style::ThreeNumbers,
        4 => Style::FourNumbers,
        _ => return None,
    };
    let rest = line[length..].strip_prefix(['.', '、', '．']).unwrap_or(&line[length..]);
    let next = rest.chars().next()?;
    let named = ('\u{4e00}'..='\u{9fff}').contains(&next) || matches!(next, '“' | '《');
    let counts = groups == 2 && UNITS.contains(next);
    (named && !counts).then_some((style, last, line.len() - rest.len()))
}

/// Reads `1` before the heading of a line above `1.1`: its number and length.
pub(super) fn bare_number(line: &str, next: &str) -> Option<(u32, usize)> {
    let length = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line[..length].parse().ok()?;
    let heading = &line[length..];
    let named = (2..=24).contains(&heading.chars().count())
        && heading.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one) || one == '、');
    let first = format!("{number}.1");
    let below = next.starts_with(&first) && decimal(next).is_some_and(|(_, last, _)| last == 1);
    ((1..=2).contains(&length) && named && below).then_some((number, length))
}

/// Reads a list marker at the start of `rest`: its style, number and length.
pub(super) fn list_marker(rest: &str) -> Option<(Style, u32, usize)> {
    let first = rest.chars().next()?;
    if let Some((style, number)) = sign(first) {
        return Some((style, number, first.len_utf8()));
    }
    if let Some(found) = decimal(rest) {
        return Some(found);
    }
    let open = if first == '（' { first.len_utf8() } else { 0 };
    let inner = &rest[open..];
    let digits = number_length(inner);
    if digits == 0 {
        return None;
    }
    let arabic = inner.as_bytes()[0].is_ascii_digit();
    let number = numeral::value(&inner[..digits]).filter(|&n| n > 0 && n < 200)?;
    let after = &inner[digits..];
    let mark = after.chars().next()?;
    let tail = &after[mark.len_utf8()..];
    let style = match (open > 0, arabic, mark) {
        (true, true, '）') => Style::BracketedArabic,
        (true, false, '）') => Style::BracketedChinese,
        (false, true, '）') => Style::BracketedArabic,
        (false, false, '）') => Style::BracketedChinese,
        (false, false, '、') => Style::Chinese,
        (false, false, '．' | '.') => Style::Chinese,
        (false, true, '.' | '．' | '、') => Style::Arabic,
        _ => return None,
    };
    if below(tail) || tail.starts_with(['、', '，', '。', '；']) || tail.starts_with("至（") {
        return None;
    }
    if mark != '）' && counts_on(tail, arabic.then_some(mark), number) {
        return None;
    }
    Some((style, number, open + digits + mark.len_utf8()))
}

/// The markers that are one character: `①`, `㈠`, `⑴`, `⒈`.
fn sign(character: char) -> Option<(Style, u32)> {
    let rows = [
        ('①'..='⑳', Style::Circled),
        ('㈠'..='㈩', Style::BracketedChinese),
        ('⑴'..='⒇', Style::BracketedArabic),
        ('⒈'..='⒛', Style::Arabic),
    ];
    let (row, style) = rows.into_iter().find(|(row, _)| row.contains(&character))?;
    Some((style, character as u32 - *row.start() as u32 + 1))
}

/// Whether a number goes on after its mark: `1.5亿`, `一、二、三产业`. `1.2016年` is a marker, and
/// so are `四、两类口岸` and `13.两个以上人民法院`. `arabic` is the mark behind an Arabic number.
fn counts_on(tail: &str, arabic: Option<char>, number: u32) -> bool {
    let digits = number_length(tail);
    if digits == 0 || tail.as_bytes()[0].is_ascii_digit() != arabic.is_some() {
        return false;
    }
    let after = &tail[digits..];
    if arabic == Some('.') {
        return !(digits == 4 && after.starts_with('年'));
    }
    numeral::value(&tail[..digits]) == Some(number + 1)
        && after.starts_with(['、', '产', '类', '级', '等', '线'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_markers_are_told_from_numbers() {
        for (text, expected) in [
            ("一、总体要求", Some((Style::Chinese, 1))),
            ("（十二）其他", Some((Style::BracketedChinese, 12))),
            ("（五）项目库建设", Some((Style::BracketedChinese, 5))),
            ("（三）目标明确", Some((Style::BracketedChinese, 3))),
            ("3.建档", Some((Style::Arabic, 3))),
            ("1.2016年底前", Some((Style::Arabic, 1))),
            ("13.两个以上人民法院", Some((Style::Arabic, 13))),
            ("四、两类口岸", Some((Style::Chinese, 4))),
            ("（2）走访", Some((Style::BracketedArabic, 2))),
            ("③ 核查", Some((Style::Circled, 3))),
            ("㈡核查", Some((Style::BracketedChinese, 2))),
            ("⑵核查", Some((Style::BracketedArabic, 2))),
            ("⒉核查", Some((Style::Arabic, 2))),
            ("2.1.3县防汛指挥部", Some((Style::ThreeNumbers, 3))),
            ("1.2适用范围", Some((Style::TwoNumbers, 2))),
            ("1.2万公里", None),
            ("（五）项规定的", None),
            ("（一）至（三）项所列人员", None),
            ("（一）、（二）项", None),
            ("1.5亿元", None),
            ("一、二、三产业", None),
            ("二、三类地区", None),
            ("2016年", None),
            ("", None),
        ] {
            let found = list_marker(text).map(|(style, number, _)| (style, number));
            assert_eq!(found, expected, "{text}");
        }
    }
}
