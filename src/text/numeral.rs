//! Chinese and Arabic numerals, as provisions are counted.
//!
//! In: the characters of a number in normalised text. Out: its value. Not here: which numbers
//! are labels ([`crate::structure`]) or quantities ([`crate::extract`]).
//!
//! `一百二十三` is 123, `一〇五` is 105, `23` is 23, `廿一` is 21.

/// The value of a number written with Chinese or Arabic digits; `None` for anything else.
///
/// ```
/// assert_eq!(zeren::text::numeral::value("一百二十三"), Some(123));
/// assert_eq!(zeren::text::numeral::value("二十"), Some(20));
/// assert_eq!(zeren::text::numeral::value("一〇五"), Some(105));
/// assert_eq!(zeren::text::numeral::value("23"), Some(23));
/// assert_eq!(zeren::text::numeral::value("第三"), None);
/// ```
pub fn value(number: &str) -> Option<u32> {
    if number.is_empty() {
        return None;
    }
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.parse().ok();
    }
    if number.chars().count() > 1 && number.chars().all(|c| digit(c).is_some()) {
        return number.chars().try_fold(0u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0u32, None);
    for character in number.chars() {
        if let Some(digit) = digit(character) {
            pending = Some(digit);
        } else if let Some(tens) = short_tens(character) {
            total = total.checked_add(tens)?;
            pending = None;
        } else {
            let unit = unit(character)?;
            total = total.checked_add(pending.unwrap_or(1).checked_mul(unit)?)?;
            pending = None;
        }
    }
    total.checked_add(pending.unwrap_or(0))
}

/// Whether a character may stand in a Chinese numeral.
pub fn is_chinese(character: char) -> bool {
    digit(character).is_some() || unit(character).is_some() || short_tens(character).is_some()
}

fn digit(character: char) -> Option<u32> {
    Some(match character {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(character: char) -> Option<u32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn short_tens(character: char) -> Option<u32> {
    match character {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}
