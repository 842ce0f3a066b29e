//! What normalising has to know of each character before it looks around.
//!
//! In: a character. Out: its [`Class`], and what it folds to. Not here: characters that depend
//! on their neighbours ([`super::width`]) or on the script ([`super::hans`]).
//!
//! `Ａ` folds to `A`, `釆` is a look-alike of `采`, U+200B is dropped.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It stays.
    Plain,
    /// White space within a line: dropped, or one blank between words.
    Blank,
    /// The end of a line.
    Break,
    /// A control or format character: dropped without a trace.
    Dropped,
    /// Always written another way: another width, or a look-alike.
    Folded,
    /// `, ; : ? ! ( )`: its width depends on its neighbours.
    Mark,
    /// U+FFFD: bytes that could not be decoded.
    Broken,
}

/// The class of a character.
pub(crate) fn of(character: char) -> Class {
    CLASSES.get(character as usize).copied().unwrap_or_else(|| compute(character))
}

/// The characters at the head of a text that stay as they are.
pub(crate) fn plain(text: &str) -> &str {
    let classes = CLASSES.as_slice();
    let class = |character| classes.get(character as usize).copied();
    let ends = |c: char| class(c).unwrap_or_else(|| compute(c)) != Class::Plain;
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// What a character is written as, whatever stands around it.
pub(crate) fn fold(character: char) -> char {
    if of(character) != Class::Folded {
        return character;
    }
    width(character).or_else(|| look_alike(character)).unwrap_or(character)
}

/// The character that was meant by one that only looks like it.
pub(crate) fn look_alike(character: char) -> Option<char> {
    LOOK_ALIKES.get(&character).copied()
}

/// Whether a character is of Chinese writing: a hanzi, or its punctuation.
pub(crate) fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe1f}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| {
    let own = |code| char::from_u32(code).map_or(Class::Plain, alone);
    let mut classes: Vec<Class> = (0..=0xffff).map(own).collect();
    for &character in LOOK_ALIKES.keys() {
        if let Some(class) = classes.get_mut(character as usize) {
            *class = compute(character);
        }
    }
    classes
});

static LOOK_ALIKES: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    include_str!("../../data/lookalikes.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t').map(|field| field.chars().next());
            Some((fields.next()??, fields.next()??))
        })
        .collect()
});

fn compute(character: char) -> Class {
    match alone(character) {
        Class::Plain if look_alike(character).is_some() => Class::Folded,
        class => class,
    }
}

/// The class of a character but for what it looks like.
fn alone(character: char) -> Class {
    match character {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        ',' | ';' | ':' | '?' | '!' | '(' | ')' => Class::Mark,
        '\u{fffd}' => Class::Broken,
        _ if character.is_whitespace() => Class::Blank,
        _ if character.is_control() || is_format(character) => Class::Dropped,
        _ if width(character).is_some() => Class::Folded,
        _ => Class::Plain,
    }
}

/// Format characters (Unicode's Cf), fillers and variation selectors. They are not seen.
fn is_format(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}'
        | '\u{70f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The usual width of letters, digits and signs (half) and of small or half-width Chinese
/// punctuation (full). Brackets in use as quotation marks (`＜＞`, `〈〉`) stay as they are.
fn width(character: char) -> Option<char> {
    Some(match character {
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '％'
        | '＃'
        | '＆'
        | '＊'
        | '＋'
        | '－'
        | '．'
        | '／'
        | '＝'
        | '＠'
        | '＿' => char::from_u32(character as u32 - 0xfee0)?,
        '﹐' | '︐' => '，',
        '﹑' | '､' | '︑' => '、',
        '﹔' | '︔' => '；',
        '﹕' | '︓' => '：',
        '﹖' | '︖' => '？',
        '﹗' | '︕' => '！',
        '﹙' => '（',
        '﹚' => '）',
        '﹝' => '〔',
        '﹞' => '〕',
        '｡' | '︒' => '。',
        '︹' => '〔',
        '︺' => '〕',
        '｢' | '﹁' => '「',
        '｣' | '﹂' => '」',
        '︵' => '（',
        '︶' => '）',
        '︽' => '《',
        '︾' => '》',
        '︿' => '〈',
        '﹀' => '〉',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_look_alikes_are_sorted_and_lead_to_plain_characters() {
        let rows: Vec<Vec<&str>> = include_str!("../../data/lookalikes.tsv")
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .collect();
        assert!(rows.is_sorted());
        for row in &rows {
            assert_eq!(row.len(), 3, "{row:?}");
            assert_eq!(row[0].chars().count(), 1, "{row:?}");
            assert_eq!(row[1].chars().count(), 1, "{row:?}");
            assert!(row[1].chars().all(|c| of(c) == Class::Plain), "{row:?} leads on");
        }
        assert_eq!(LOOK_ALIKES.len(), rows.len());
        assert_eq!(fold('釆'), '采');
        assert_eq!(fold('\u{e81e}'), '\u{9fb4}');
        assert_eq!(fold('⽅'), '方');
    }

    #[test]
    fn classes() {
        for (character, class) in [
            ('法', Class::Plain),
            ('\u{e004}', Class::Plain),
            ('\u{3000}', Class::Blank),
            ('\u{a0}', Class::Blank),
            ('\u{2028}', Class::Break),
            ('\0', Class::Dropped),
            ('\u{200b}', Class::Dropped),
            ('\u{e0100}', Class::Dropped),
            ('５', Class::Folded),
            ('(', Class::Mark),
            ('\u{fffd}', Class::Broken),
        ] {
            assert_eq!(of(character), class, "{character:?}");
        }
    }
}
