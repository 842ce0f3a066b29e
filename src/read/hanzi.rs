//! Whether bytes of two a hanzi are GB18030 or Big5, and the hanzi those standards hold.
//!
//! In: a prefix of bytes that are neither UTF-8 nor UTF-16. Out: [`GB18030`] or [`BIG5`]. Not
//! here: any other evidence ([`super::encoding`]).
//!
//! `B2 C4 A5 7C B1 F8` is `第四條` in Big5; as GB18030 it is `材` and two characters that hardly
//! any text has. Bytes are read both ways, and the reading that looks more like a Chinese text
//! counts. A few bytes that are wrong in both change nothing, nor does one cut off at the end.

use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GB18030};

/// The encoding in which bytes make the better Chinese, GB18030 where neither does, and how good
/// it is a character, as [`worth`] has it. What they say of themselves decides where little else
/// does.
pub(super) fn guess(bytes: &[u8], hint: Option<&'static Encoding>) -> (&'static Encoding, f64) {
    let (gb, big5) = (points_of(GB18030, bytes), points_of(BIG5, bytes));
    let lead = if hint == Some(BIG5) {
        -HINT
    } else if hint.is_some() {
        HINT
    } else {
        0
    };
    let (encoding, points) = if big5.0 > gb.0 + lead { (BIG5, big5) } else { (GB18030, gb) };
    (encoding, mean(points))
}

/// How much bytes look like Chinese in an encoding: the mean over its characters that are not
/// ASCII; about 1.5 of a text, below 0 of what is none.
pub(super) fn worth(encoding: &'static Encoding, bytes: &[u8]) -> f64 {
    mean(points_of(encoding, bytes))
}

/// The hanzi of GB 2312, which are the characters of ordinary simplified writing.
pub(crate) fn gb2312() -> impl Iterator<Item = char> {
    rows(GB18030, 0xb0..=0xf7, &[0xa1..=0xfe])
}

/// What the named encoding has ahead: about one common hanzi.
const HINT: i64 = 2;

/// The points of a reading, and how many of its characters are not ASCII.
fn points_of(encoding: &'static Encoding, bytes: &[u8]) -> (i64, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let telling = text.chars().filter(|c| !c.is_ascii());
    telling.fold((0, 0), |(sum, count), character| (sum + points(character), count + 1))
}

fn mean((points, count): (i64, usize)) -> f64 {
    points as f64 / count.max(1) as f64
}

/// What a character says for the reading it stands in. A wrong reading has about as many
/// characters as the right one, so that only the proportions of these figures count.
fn points(character: char) -> i64 {
    match character {
        '\0'..='\u{7f}' => 0,
        '\u{fffd}' => -3,
        '，' | '。' | '、' | '；' | '：' | '（' | '）' | '《' | '》' | '「' | '」' | '“' | '”'
        | '\u{3000}' => 2,
        '\u{4e00}'..='\u{9fff}' if FREQUENT.contains(character) => 3,
        '\u{4e00}'..='\u{9fff}' if COMMON[character as usize - FIRST] => 1,
        '\u{4e00}'..='\u{9fff}' => -2,
        // Digits and letters of full width, numbers in circles and brackets, dashes and dots.
        '\u{b7}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2160}'..='\u{217f}'
        | '\u{2460}'..='\u{249b}'
        | '\u{3001}'..='\u{3017}'
        | '\u{3220}'..='\u{3229}'
        | '\u{ff01}'..='\u{ff5e}' => 0,
        // Kana, bopomofo, Greek, Cyrillic, frames, hanzi of the later blocks, private use.
        _ => -2,
    }
}

/// Characters that every text of this kind is full of, in both scripts. They decide short texts.
const FREQUENT: &str = "的一不在有人和及或者为為当當应應第条條章款项項定规規法国國年月日本以之由\
                        部门門政府机機关關行";

/// The first hanzi of the basic block.
const FIRST: usize = 0x4e00;

/// The hanzi in daily use, of both scripts: level 1 of GB 2312, and level 1 of Big5.
static COMMON: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut common = vec![false; 0xa000 - FIRST];
    let simplified = rows(GB18030, 0xb0..=0xd7, &[0xa1..=0xfe]);
    let traditional = rows(BIG5, 0xa4..=0xc6, &[0x40..=0x7e, 0xa1..=0xfe]);
    for character in simplified.chain(traditional) {
        if let Some(slot) = (character as usize).checked_sub(FIRST).and_then(|c| common.get_mut(c))
        {
            *slot = true;
        }
    }
    common
});

/// The characters of the rows `high` of an encoding, at the places `low` of each.
fn rows(
    encoding: &'static Encoding,
    high: std::ops::RangeInclusive<u8>,
    low: &'static [std::ops::RangeInclusive<u8>],
) -> impl Iterator<Item = char> {
    high.flat_map(move |high| {
        let row: Vec<u8> = low.iter().cloned().flatten().flat_map(|low| [high, low]).collect();
        let (row, _) = encoding.decode_without_bom_handling(&row);
        row.chars().collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a law, as the mainland writes it and in traditional characters.
    const SIMPLIFIED: &str = "第四条　省委、省政府对本地区脱贫攻坚工作负总责，县级人民政府应当将所需经费\
                              纳入预算。";
    const TRADITIONAL: &str = "第四條　省委、省政府對本地區脫貧攻堅工作負總責，縣級人民政府應當將所需經\
                               費納入預算。";

    fn guessed(bytes: &[u8]) -> &'static Encoding {
        guess(bytes, None).0
    }

    /// The bytes of a text, with what an encoding lacks as `?`, as scrapers write it.
    fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        let mut encoded = Vec::new();
        for character in text.chars() {
            match encoding.encode(character.encode_utf8(&mut [0; 4])) {
                (_, _, true) => encoded.push(b'?'),
                (one, ..) => encoded.extend_from_slice(&one),
            }
        }
        encoded
    }

    #[test]
    fn short_texts_of_each_encoding() {
        for (text, encoding) in [(SIMPLIFIED, GB18030), (TRADITIONAL, GB18030), (TRADITIONAL, BIG5)]
        {
            let characters: Vec<char> = text.chars().collect();
            for window in characters.windows(8) {
                let window: String = window.iter().collect();
                assert_eq!(guessed(&bytes(encoding, &window)), encoding, "{window}");
            }
        }
    }

    #[test]
    fn a_prefix_may_end_within_a_character() {
        let whole = bytes(BIG5, &TRADITIONAL.repeat(20));
        for length in whole.len() - 4..=whole.len() {
            assert_eq!(guessed(&whole[..length]), BIG5, "{length}");
        }
        let whole = bytes(GB18030, &TRADITIONAL.repeat(20));
        for length in whole.len() - 4..=whole.len() {
            assert_eq!(guessed(&whole[..length]), GB18030, "{length}");
        }
    }

    #[test]
    fn what_an_encoding_lacks_changes_nothing() {
        // Traditional text that kept some simplified characters, which Big5 has not.
        let mixed = TRADITIONAL.replace('縣', "县").replace('級', "级");
        let encoded = bytes(BIG5, &mixed);
        assert!(encoded.contains(&b'?'));
        assert_eq!(guessed(&encoded), BIG5);
    }

    #[test]
    fn damage_to_a_line_changes_nothing() {
        for (text, encoding) in [(SIMPLIFIED, GB18030), (TRADITIONAL, GB18030), (TRADITIONAL, BIG5)]
        {
            // A byte lost spoils the rest of its line, and no more.
            let sound = bytes(encoding, &format!("{text}\n").repeat(4));
            for at in (0..sound.len()).step_by(7) {
                let mut damaged = sound.clone();
                damaged[at] = 0xff;
                assert_eq!(guessed(&damaged), encoding, "damaged at {at}");
                damaged.remove(at);
                assert_eq!(guessed(&damaged), encoding, "lost at {at}");
            }
        }
    }

    #[test]
    fn rare_hanzi_and_those_of_four_bytes_are_gb18030() {
        let rare = "第四条　鿏与𠀀应当登记。".repeat(3);
        assert_eq!(guessed(&bytes(GB18030, &rare)), GB18030);
    }

    #[test]
    fn what_is_no_chinese_is_read_as_gb18030() {
        let japanese = b"\x91\xe6\x8e\x6c\x8f\xf0\x81\x40\x82\xb1\x82\xcc\x96\x40\x97\xa5\x82\xcd";
        assert_eq!(guessed(japanese), GB18030);
        assert_eq!(guessed(b"\xff"), GB18030);
        assert_eq!(guessed(b""), GB18030);
    }

    #[test]
    fn the_standards_are_of_their_size() {
        let hanzi = gb2312().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        assert!((6763..=6768).contains(&hanzi), "{hanzi}");
        // 3755 and 5401 hanzi, of which some are in both.
        let common = COMMON.iter().filter(|&&common| common).count();
        assert!((5401..3755 + 5401).contains(&common), "{common}");
    }
}
