//! Which encoding bytes are in, and their text.
//!
//! In: bytes, and what they say of themselves. Out: text and the encoding's name; U+FFFD where
//! bytes stand for nothing. Not here: formats that are no text ([`super::magic`]).
//!
//! `B5 DA CB C4 CC F5` is `第四条` in GB18030, and `B2 C4 A5 7C B1 F8` is `第四條` in Big5.
//!
//! Bytes win over what they say of themselves. The order of the evidence: a byte order mark, if
//! what follows is no clear contradiction; UTF-16 by how plausible its units are; UTF-8, if it
//! holds or is broken in a few places only; then which of GB18030 and Big5 gives the better
//! Chinese ([`super::hanzi`]), where what the bytes say counts a little; and if neither gives
//! Chinese, what the bytes say. A line that is plainly in the other of UTF-8 and GB18030, as where
//! two files were joined, is read as such.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::hanzi;

/// How many bytes are looked at to tell an encoding.
const PREFIX: usize = 1 << 14;

/// Decodes bytes; `None` where they are binary data. `hint` is the encoding that the bytes name.
pub(crate) fn decode<'b>(
    bytes: &'b [u8],
    hint: Option<&'static Encoding>,
) -> Option<(Cow<'b, str>, &'static str)> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if keeps(encoding, &bytes[length..]) => {
            return Some(decode_as(encoding, &bytes[length..]));
        }
        Some((_, length)) => &bytes[length..],
        None => bytes,
    };
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    let sound = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    if (sound.is_none() || prefix.contains(&0))
        && let Some(encoding) = utf_16(prefix)
    {
        return Some(decode_as(encoding, bytes));
    }
    if is_binary(prefix) {
        return None;
    }
    if let Some(text) = sound {
        return Some((text, name(UTF_8)));
    }
    let valid = Encoding::utf8_valid_up_to(bytes);
    // What tells begins with the first byte that is not ASCII.
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let telling = &bytes[start..bytes.len().min(start + PREFIX)];
    let broken = &bytes[valid..bytes.len().min(valid + PREFIX)];
    if is_broken_utf_8(telling) || (valid > start && is_broken_utf_8(broken)) {
        return Some((pieces(bytes, UTF_8, GB18030), UTF_8.name()));
    }
    let encoding = chosen(telling, hint);
    if encoding == GB18030 {
        return Some((pieces(bytes, GB18030, UTF_8), name(GB18030)));
    }
    Some(decode_as(encoding, bytes))
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> (Cow<'b, str>, &'static str) {
    // GBK and GB 2312 are parts of GB18030.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    (text, name(encoding))
}

fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// Whether what follows a byte order mark may be in its encoding. Tools put the mark of one
/// encoding on top of text in another.
fn keeps(encoding: &'static Encoding, rest: &[u8]) -> bool {
    let prefix = &rest[..rest.len().min(PREFIX)];
    if encoding == UTF_8 {
        return Encoding::utf8_valid_up_to(prefix) + 3 >= prefix.len() || is_broken_utf_8(prefix);
    }
    let unit = if encoding == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let bad = prefix.chunks_exact(2).filter(|pair| !is_plausible(unit([pair[0], pair[1]]))).count();
    let contradicted = bad * 4 > prefix.len() && !prefix.contains(&0);
    !contradicted || Encoding::utf8_valid_up_to(prefix) + 3 < prefix.len()
}

/// The encoding of bytes that are neither UTF-8 nor UTF-16. A page that names a Latin encoding
/// by habit is still Chinese where its bytes are.
fn chosen(telling: &[u8], hint: Option<&'static Encoding>) -> &'static Encoding {
    let (encoding, worth) = hanzi::guess(telling, hint);
    let named = hint.filter(|hint| ![UTF_8, UTF_16LE, UTF_16BE].contains(hint));
    // The syllables of Korean fall on common hanzi, the letters of Europe hardly ever do.
    let enough = if named.is_some_and(Encoding::is_single_byte) { 0.5 } else { 1.2 };
    named.filter(|hint| worth < enough && holds(hint, telling)).unwrap_or(encoding)
}

/// Decodes line by line: what doesn't hold in `main` and is good Chinese in `other` is in that.
fn pieces(bytes: &[u8], main: &'static Encoding, other: &'static Encoding) -> Cow<'static, str> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let (mut start, mut from) = (0, 0);
    // Lines of one encoding are decoded together.
    let mut write = |stretch: &[u8], encoding: &'static Encoding| {
        text.push_str(&encoding.decode_without_bom_handling(stretch).0);
    };
    for end in memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]) {
        let line = &bytes[from..end];
        if is_foreign(line, main) {
            write(&bytes[start..from], main);
            write(line, other);
            start = end;
        }
        from = end;
    }
    write(&bytes[start..], main);
    Cow::Owned(text)
}

/// Whether a line of a text in `main`, UTF-8 or GB18030, is in the other of them.
fn is_foreign(line: &[u8], main: &'static Encoding) -> bool {
    if main == UTF_8 {
        let sound = Encoding::utf8_valid_up_to(line) == line.len();
        return !sound
            && !is_broken_utf_8(line)
            && holds(GB18030, line)
            && hanzi::worth(GB18030, line) >= 1.0;
    }
    // In GB18030, hardly any line with hanzi is UTF-8 by chance.
    let Ok(text) = std::str::from_utf8(line) else { return false };
    text.chars().filter(|c| c.len_utf8() == 3).count() >= 2
        && hanzi::worth(UTF_8, line) > hanzi::worth(GB18030, line)
}

/// UTF-16 without a mark: nearly all units of the prefix are characters that Chinese texts have.
fn utf_16(prefix: &[u8]) -> Option<&'static Encoding> {
    let units = prefix.len() / 2;
    let zeros = prefix.iter().filter(|&&byte| byte == 0).count();
    // ASCII text looks like hanzi in UTF-16; what is UTF-16 has other bytes, or many zeros.
    if units < 2 || (prefix.is_ascii() && zeros * 5 < prefix.len()) {
        return None;
    }
    let plausible = |unit: fn([u8; 2]) -> u16| {
        let pairs = prefix.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let good = pairs.filter(|&unit| is_plausible(unit)).count();
        (good * 100 >= units * 92).then_some(good)
    };
    match (plausible(u16::from_le_bytes), plausible(u16::from_be_bytes)) {
        (Some(little), Some(big)) if big > little => Some(UTF_16BE),
        (Some(_), _) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        (None, None) => None,
    }
}

fn is_plausible(unit: u16) -> bool {
    matches!(unit, 9 | 10 | 13 | 0x20..=0x7e | 0xa0 | 0xb7 | 0xd7 | 0x2010..=0x2040 | 0x2160..=0x217f
        | 0x2460..=0x249b | 0x3000..=0x3020 | 0x3200..=0x32ff | 0x4e00..=0x9fff | 0xff00..=0xff5f)
}

/// Binary data: control characters that no text has, more than one in twenty bytes, or zeros,
/// more than three in ten.
fn is_binary(prefix: &[u8]) -> bool {
    let zeros = count(prefix, |byte| byte == 0);
    let controls = count(prefix, |byte| {
        // 1 to 8, 14 to 26, 28 to 31 and 127, without a branch
        let among = |first: u8, many: u8| byte.wrapping_sub(first) < many;
        among(1, 8) | among(14, 13) | among(28, 4) | among(127, 1)
    });
    controls * 20 > prefix.len() || zeros * 10 > prefix.len() * 3
}

/// How many bytes are of a sort. They are counted in bytes first, which lets the compiler count many at once.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let few = |few: &[u8]| usize::from(few.iter().map(|&byte| u8::from(is(byte))).sum::<u8>());
    bytes.chunks(usize::from(u8::MAX)).map(few).sum()
}

/// Whether bytes are UTF-8 with a few places broken: more characters of three bytes and longer
/// hold than bytes fail. In other encodings such characters hardly ever come about by chance.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut long, mut failed) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        failed += usize::from(!chunk.invalid().is_empty());
    }
    long > failed
}

/// Whether bytes hold in an encoding, but for one cut off at the end.
fn holds(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    text.chars().filter(|&c| c == '\u{fffd}').count() <= 1
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_KR, WINDOWS_1252};

    use super::*;

    fn read(bytes: &[u8]) -> Option<(String, &'static str)> {
        decode(bytes, None).map(|(text, name)| (text.into_owned(), name))
    }

    #[test]
    fn encodings() {
        let text = "第四条　省委、省政府对本地区脱贫攻坚工作负总责。\n第五条 2016年";
        let traditional = "第四條　省委、省政府對本地區脫貧攻堅工作負總責。\n第五條 2016年";
        let units =
            |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, expected, name) in [
            (text.as_bytes().to_vec(), text, "UTF-8"),
            (marked(b"\xef\xbb\xbf", text.as_bytes()), text, "UTF-8"),
            (marked(b"\xff\xfe", &little), text, "UTF-16LE"),
            (marked(b"\xfe\xff", &big), text, "UTF-16BE"),
            (little.clone(), text, "UTF-16LE"),
            (big.clone(), text, "UTF-16BE"),
            (GB18030.encode(text).0.into_owned(), text, "GB18030"),
            (BIG5.encode(traditional).0.into_owned(), traditional, "Big5"),
        ] {
            assert_eq!(read(&bytes), Some((expected.to_owned(), name)));
        }
        let rare = "第四条　鿏与𠀀应当登记。".repeat(3);
        assert_eq!(read(&GB18030.encode(&rare).0), Some((rare, "GB18030")));
    }

    #[test]
    fn utf_8_with_broken_places_is_utf_8() {
        let mut bytes = "第四条　省委、省政府对本地区脱贫攻坚工作负总责。".as_bytes().to_vec();
        bytes[4] = 0xff;
        bytes.truncate(bytes.len() - 1);
        let (text, name) = read(&bytes).expect("it is a text");
        assert_eq!(name, "UTF-8");
        assert!(text.starts_with("第\u{fffd}"), "{text}");
        assert!(text.contains("政府对本地区脱贫"));
    }

    #[test]
    fn binary_data_is_no_text() {
        let noise: Vec<u8> =
            (0..4000u32).map(|n| (n.wrapping_mul(2654435761) >> 13) as u8).collect();
        assert_eq!(read(&noise), None);
        assert_eq!(read(&[0; 100]), None);
        assert_eq!(read(b""), Some((String::new(), "UTF-8")));
    }

    #[test]
    fn big5_longer_than_the_prefix_is_big5() {
        // With an odd number of ASCII bytes between, the prefix ends within a character.
        let line = "第四條　縣級人民政府應當將所需經費納入預算?\n";
        for lead in ["", "第1"] {
            let text = format!("{lead}{}", line.repeat(2 * PREFIX / line.len()));
            assert_eq!(read(&BIG5.encode(&text).0), Some((text, "Big5")));
        }
    }

    #[test]
    fn bytes_win_over_what_they_say_of_themselves() {
        let simplified = "第四条　县级人民政府应当将所需经费纳入预算。";
        let traditional = "第四條　縣級人民政府應當將所需經費納入預算。";
        let french = "L'Assemblée nationale a adopté la loi dont la teneur suit à présent.";
        for (encoding, text) in [
            (UTF_8, simplified),
            (UTF_8, traditional),
            (GB18030, simplified),
            (GB18030, traditional),
            (BIG5, traditional),
            (WINDOWS_1252, french),
        ] {
            let bytes = encoding.encode(text).0;
            for hint in [GBK, GB18030, BIG5, UTF_8, WINDOWS_1252, EUC_KR, UTF_16LE] {
                if encoding == WINDOWS_1252 && hint != encoding {
                    continue;
                }
                let found = decode(&bytes, Some(hint));
                let expected = Some((Cow::Borrowed(text), name(encoding)));
                assert_eq!(found, expected, "{} for {}", hint.name(), encoding.name());
            }
        }
    }

    #[test]
    fn what_bytes_say_decides_where_little_else_does() {
        // The same bytes are 葵垃 in one and 鋼嶼 in the other.
        let bytes = GB18030.encode("葵垃").0;
        for (hint, text) in [(BIG5, "鋼嶼"), (GBK, "葵垃"), (WINDOWS_1252, "葵垃")] {
            assert_eq!(decode(&bytes, Some(hint)).map(|found| found.0), Some(text.into()));
        }
    }

    #[test]
    fn marks_that_are_contradicted_count_for_nothing() {
        let text = "第四条　省委、省政府对本地区脱贫攻坚工作负总责。";
        let gb = GB18030.encode(text).0.into_owned();
        for (mark, bytes, name) in [
            (&b"\xef\xbb\xbf"[..], gb.as_slice(), "GB18030"),
            (b"\xff\xfe", text.as_bytes(), "UTF-8"),
            (b"\xfe\xff", text.as_bytes(), "UTF-8"),
            (b"\x84\x31\x95\x33", gb.as_slice(), "GB18030"),
        ] {
            let (found, encoding) = read(&[mark, bytes].concat()).expect("it is a text");
            assert_eq!((found.trim_start_matches('\u{feff}'), encoding), (text, name), "{mark:x?}");
        }
    }

    #[test]
    fn joined_files_are_read_piece_by_piece() {
        let line = "第四条　省委、省政府对本地区脱贫攻坚工作负总责。\n";
        let (gb, utf_8) = (GB18030.encode(line).0.into_owned(), line.as_bytes().to_vec());
        for (pieces, name) in [
            (vec![&utf_8, &utf_8, &gb], "UTF-8"),
            (vec![&gb, &gb, &utf_8], "GB18030"),
            (vec![&gb, &utf_8, &gb, &gb], "GB18030"),
        ] {
            let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.iter().copied()).collect();
            assert_eq!(read(&bytes), Some((line.repeat(pieces.len()), name)));
        }
    }

    #[test]
    fn what_is_cut_or_holds_zeros_is_still_read() {
        let text = "第四条　县级人民政府应当将所需经费纳入预算，𠀀镇除外。";
        for encoding in [UTF_8, GB18030] {
            let whole = encoding.encode(text).0.into_owned();
            for length in whole.len() / 2..whole.len() {
                let (found, name) = read(&whole[..length]).expect("it is a text");
                assert_eq!(name, self::name(encoding));
                assert!(text.starts_with(found.trim_end_matches('\u{fffd}')), "{found}");
                assert!(found.matches('\u{fffd}').count() <= 1, "{found} at {length}");
            }
            let zeros = [&whole[..6], &[0], &whole[6..]].concat();
            let (found, name) = read(&zeros).expect("it is a text");
            assert_eq!((found.replace('\0', ""), name), (text.to_owned(), self::name(encoding)));
        }
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (found, name) = read(&units[..units.len() - 1]).expect("it is a text");
        assert!(name == "UTF-16LE" && found.ends_with("除外\u{fffd}"), "{found}");
    }
}
