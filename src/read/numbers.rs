//! Automatic numbers as office programs print them.
//!
//! In: a number and its format. Out: its digits. Not here: the label around it.
//!
//! 12 in `chineseCounting` is `十二`, in `ideographTraditional` the twelfth of 甲, 乙, 丙 … has none
//! and is `12`.

/// How a number is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02
    DecimalZero,
    /// １, ２
    FullWidth,
    /// 一, 二 … 十, 十一 … 一百二十三
    Counting,
    /// 一, 二 … 一〇, 一一
    Digital,
    /// 壹, 贰 … 壹拾贰
    Formal,
    /// ①
    Circle,
    /// ⑴
    Bracket,
    /// ⒈
    Stop,
    /// ㈠
    ChineseBracket,
    /// 甲, 乙, 丙
    Stem,
    /// 子, 丑, 寅
    Branch,
    /// a, b, c
    Lower,
    /// A, B, C
    Upper,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// A mark that doesn't count.
    Bullet,
    /// Nothing.
    None,
}

impl Format {
    /// The format by its name in Word's XML.
    pub(super) fn of_word(name: &str) -> Format {
        match name {
            "decimalZero" => Format::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Format::FullWidth,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "koreanCounting" => Format::Counting,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
                Format::Digital
            }
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
                Format::Formal
            }
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Format::Circle,
            "decimalEnclosedParen" => Format::Bracket,
            "decimalEnclosedFullstop" => Format::Stop,
            "ideographEnclosedCircle" => Format::ChineseBracket,
            "ideographTraditional" => Format::Stem,
            "ideographZodiac" => Format::Branch,
            "lowerLetter" => Format::Lower,
            "upperLetter" => Format::Upper,
            "lowerRoman" => Format::LowerRoman,
            "upperRoman" => Format::UpperRoman,
            "bullet" => Format::Bullet,
            "none" => Format::None,
            _ => Format::Decimal,
        }
    }

    /// The format by its number in DOC, RTF and the XML of Word 2003 ([MS-OSHARED] 2.2.1.3).
    pub(super) fn of_number(number: u32) -> Format {
        match number {
            1 => Format::UpperRoman,
            2 => Format::LowerRoman,
            3 => Format::Upper,
            4 => Format::Lower,
            10 | 17 | 36 => Format::Digital,
            11 | 33 | 35 | 37 | 39 | 41 => Format::Counting,
            14 | 19 => Format::FullWidth,
            18 | 28 => Format::Circle,
            22 => Format::DecimalZero,
            23 => Format::Bullet,
            26 => Format::Stop,
            27 => Format::Bracket,
            29 => Format::ChineseBracket,
            30 => Format::Stem,
            31 | 32 => Format::Branch,
            34 | 38 | 16 => Format::Formal,
            255 => Format::None,
            _ => Format::Decimal,
        }
    }

    /// A number as it is printed.
    pub(super) fn write(self, number: u32) -> String {
        let nth = |first: u32, last: u32, begin: u32| {
            let code = (first..=last).contains(&number).then(|| begin + number - first)?;
            char::from_u32(code).map(String::from)
        };
        let of = |signs: &str| {
            let at = number.checked_sub(1)? as usize;
            signs.chars().nth(at).map(String::from)
        };
        let printed = match self {
            Format::Decimal => None,
            Format::DecimalZero => Some(format!("{number:02}")),
            Format::FullWidth => Some(wide(number)),
            Format::Counting => counting(number, PLAIN),
            Format::Formal => counting(number, FORMAL),
            Format::Digital => Some(digits(number)),
            Format::Circle => nth(1, 20, 0x2460).or_else(|| nth(21, 35, 0x3251)),
            Format::Bracket => nth(1, 20, 0x2474),
            Format::Stop => nth(1, 20, 0x2488),
            Format::ChineseBracket => nth(1, 10, 0x3220),
            Format::Stem => of("甲乙丙丁戊己庚辛壬癸"),
            Format::Branch => of("子丑寅卯辰巳午未申酉戌亥"),
            Format::Lower => letters(number, b'a'),
            Format::Upper => letters(number, b'A'),
            Format::LowerRoman => Some(roman(number).to_lowercase()),
            Format::UpperRoman => Some(roman(number)),
            Format::Bullet | Format::None => Some(String::new()),
        };
        printed.unwrap_or_else(|| number.to_string())
    }
}

/// The mark of a list that doesn't count; `None` of fonts of symbols, whose characters are none.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
    Some(text.trim()).filter(|text| !text.is_empty() && !text.contains(private))
}

/// Digits from nought, and the units ten, hundred, thousand, ten thousand.
const PLAIN: (&str, &str) = ("零一二三四五六七八九", "十百千万");
const FORMAL: (&str, &str) = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万");

/// A number in words, below 10000: 十二, 一百零三.
fn counting(number: u32, (digits, units): (&str, &str)) -> Option<String> {
    let digit = |value: u32| digits.chars().nth(value as usize);
    if !(1..10_000).contains(&number) {
        return None;
    }
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let value = number / 10u32.pow(place) % 10;
        if value == 0 {
            gap = !words.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            words.extend(digit(0));
        }
        // 十二, but 一百一十二.
        if !(place == 1 && value == 1 && words.is_empty() && digits == PLAIN.0) {
            words.extend(digit(value));
        }
        words.extend(place.checked_sub(1).and_then(|unit| units.chars().nth(unit as usize)));
    }
    Some(words)
}

fn digits(number: u32) -> String {
    let digit = |d: char| "〇一二三四五六七八九".chars().nth(d.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

fn wide(number: u32) -> String {
    let wide = |d: char| char::from_u32(d as u32 + 0xfee0);
    number.to_string().chars().filter_map(wide).collect()
}

/// a … z, aa … zz.
fn letters(number: u32, first: u8) -> Option<String> {
    let at = number.checked_sub(1)?;
    let letter = char::from(first + u8::try_from(at % 26).ok()?);
    Some(std::iter::repeat_n(letter, (at / 26 + 1).min(9) as usize).collect())
}

fn roman(number: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(3999);
    let mut signs = String::new();
    for &(value, sign) in SIGNS {
        while rest >= value {
            signs.push_str(sign);
            rest -= value;
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (format, number, printed) in [
            ("decimal", 12, "12"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 20, "二十"),
            ("chineseCountingThousand", 103, "一百零三"),
            ("chineseCountingThousand", 112, "一百一十二"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1003, "一千零三"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographTraditional", 2, "乙"),
            ("ideographTraditional", 12, "12"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("decimalFullWidth", 12, "１２"),
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 14, "XIV"),
            ("chineseCounting", 0, "0"),
            ("unknown", 7, "7"),
        ] {
            assert_eq!(Format::of_word(format).write(number), printed, "{format} {number}");
        }
    }

    #[test]
    fn bullets() {
        assert_eq!(bullet("●"), Some("●"));
        assert_eq!(bullet("\u{f06c}"), None);
        assert_eq!(bullet(""), None);
    }
}
