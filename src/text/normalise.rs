//! The steps of normalising: white space, width.
//!
//! In: the decoded source. Out: the normalised text and its [`Offsets`].

use super::offsets::Offsets;

/// Normalises a source, building the map as it goes.
pub(crate) fn normalise(source: &str) -> (String, Offsets) {
    let mut content = String::with_capacity(source.len());
    let mut offsets = Offsets::default();
    let mut linear = false;
    let mut gap = false;
    for (point, (byte, character)) in source.char_indices().enumerate() {
        if character == '\n' {
            if !content.is_empty() && !content.ends_with('\n') {
                offsets.note(content.len(), byte, point, linear);
                content.push('\n');
            }
            linear = false;
            gap = false;
            continue;
        }
        if character.is_whitespace() || character.is_control() || is_invisible(character) {
            linear = false;
            gap = true;
            continue;
        }
        let folded = narrow(character);
        if gap
            && content.ends_with(|c: char| c.is_ascii_alphanumeric())
            && folded.is_ascii_alphanumeric()
        {
            offsets.note(content.len(), byte - 1, point - 1, false);
            content.push(' ');
        }
        offsets.note(content.len(), byte, point, linear);
        content.push(folded);
        linear = true;
        gap = false;
    }
    (content, offsets)
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

fn narrow(character: char) -> char {
    match character {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(character as u32 - 0xfee0).unwrap_or(character)
        }
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '?' => '？',
        '!' => '！',
        other => other,
    }
}
