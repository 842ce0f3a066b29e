//! The encodings of fonts with one byte a character.
//!
//! In: a font's dictionary. Out: what each byte says. Not here: fonts with more bytes a character.
//!
//! `/Differences [ 1 /one /period ]` lets byte 1 say `1`, and byte 2 `.`.

use lopdf::{Dictionary, Document, Object};

use super::font::windows;

/// Names of glyphs beside letters and `uniXXXX` (Adobe Glyph List), as far as texts in Chinese
/// have them.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("endash", '–'),
    ("emdash", '—'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("periodcentered", '·'),
    ("section", '§'),
    ("degree", '°'),
    ("multiply", '×'),
    ("plusminus", '±'),
    ("nbspace", '\u{a0}'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("permille", '‰'),
];

/// What each byte says.
pub(super) fn encoding(document: &Document, font: &Dictionary) -> Box<[Option<char>; 256]> {
    let mut table = Box::new([None; 256]);
    for byte in 0..=255u8 {
        table[usize::from(byte)] = windows(byte);
    }
    let encoding = font.get_deref(b"Encoding", document).and_then(Object::as_dict);
    let differences =
        encoding.and_then(|encoding| encoding.get_deref(b"Differences", document)?.as_array());
    let mut code = 0usize;
    for entry in differences.into_iter().flatten() {
        let Ok((_, entry)) = document.dereference(entry) else { continue };
        if let Ok(name) = entry.as_name() {
            if let Some(slot) = table.get_mut(code) {
                *slot = named(&String::from_utf8_lossy(name));
            }
            code += 1;
        } else if let Ok(number) = entry.as_i64() {
            code = usize::try_from(number).unwrap_or(0);
        }
    }
    table
}

/// The character of a glyph's name.
fn named(name: &str) -> Option<char> {
    let bare = name.split('.').next().unwrap_or(name);
    if bare.len() == 1 {
        return bare.chars().next();
    }
    let hex = bare.strip_prefix("uni").or_else(|| bare.strip_prefix('u'));
    let code = hex.and_then(|hex| {
        u32::from_str_radix(hex.get(..4).filter(|_| hex.len() == 4).unwrap_or(hex), 16).ok()
    });
    let known = || NAMES.iter().find(|(known, _)| *known == bare).map(|&(_, character)| character);
    known().or_else(|| code.and_then(char::from_u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, character) in [
            ("one", Some('1')),
            ("A", Some('A')),
            ("uni7B2C", Some('第')),
            ("u20000", Some('𠀀')),
            ("period.alt", Some('.')),
            ("g123", None),
            (".notdef", None),
        ] {
            assert_eq!(named(name), character, "{name}");
        }
    }
}
