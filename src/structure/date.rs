//! Dates as they are printed.
//!
//! In: normalised text. Out: a day as ISO 8601, and how far it reaches. Not here: deadlines
//! ([`crate::extract`]).
//!
//! `2016年12月9日` and `2016-12-09 00:00` are 2016-12-09, `二〇一六年十二月九日` too.

use crate::text::numeral;

/// A day at the start of `text`: its ISO form and its length, with a time of day that follows.
pub(super) fn leading(text: &str) -> Option<(String, usize)> {
    let (year, mut at) = number(text, 4)?;
    if !(1900..2200).contains(&year) {
        return None;
    }
    let chinese = text[at..].starts_with('年');
    at += separator(&text[at..], &['年', '-', '/', '.'])?;
    let (month, length) = number(&text[at..], 3)?;
    at += length;
    at += separator(&text[at..], if chinese { &['月'] } else { &['-', '/', '.'] })?;
    let (day, length) = number(&text[at..], 3)?;
    at += length;
    if chinese {
        at += separator(&text[at..], &['日'])?;
    }
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    at += clock(&text[at..]);
    Some((format!("{year:04}-{month:02}-{day:02}"), at))
}

/// The first day in `text`: where it begins, its ISO form, its length.
pub(super) fn first(text: &str) -> Option<(usize, String, usize)> {
    let starts = |c: char| c.is_ascii_digit() || c == '二' || c == '一';
    let mut from = 0;
    while let Some(step) = text[from..].find(starts) {
        let at = from + step;
        if let Some((iso, length)) = leading(&text[at..]) {
            return Some((at, iso, length));
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn number(text: &str, most: usize) -> Option<(u32, usize)> {
    let length: usize = text
        .chars()
        .take(most)
        .take_while(|&c| c.is_ascii_digit() || numeral::is_chinese(c))
        .map(char::len_utf8)
        .sum();
    numeral::value(&text[..length]).map(|value| (value, length))
}

fn separator(text: &str, marks: &[char]) -> Option<usize> {
    let first = text.chars().next()?;
    marks.contains(&first).then(|| first.len_utf8())
}

/// The length of a time of day: ` 10：45：07`.
fn clock(text: &str) -> usize {
    let body = text.trim_start_matches(' ');
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '：');
    let length: usize = body.chars().take_while(|&c| digits(c)).map(char::len_utf8).sum();
    if length > 0 && body[..length].contains([':', '：']) {
        text.len() - body.len() + length
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_form() {
        for (text, rest) in [
            ("2016年12月9日起", "起"),
            ("2016-12-09 00：00来源", "来源"),
            ("2016-12-09", ""),
            ("二〇一六年十二月九日", ""),
        ] {
            let (iso, length) = leading(text).expect("a day");
            assert_eq!((iso.as_str(), &text[length..]), ("2016-12-09", rest), "{text}");
        }
        assert_eq!(leading("2016年版"), None);
        assert_eq!(leading("12345-1-1"), None);
    }
}
