//! Words looked for in short texts as they stand.
//!
//! In: a text and a word. Out: where the word stands first, or last. Not here: many words at once
//! (`text::affixes`).
//!
//! In `违反本条例规定` the word `规定` stands at byte 15. The library's own searches prepare themselves for
//! long texts, which takes longer than to go through a clause.

use super::affixes::width;

/// Where a word first stands in a text.
pub(crate) fn find(text: &str, word: &str) -> Option<usize> {
    let text = text.as_bytes();
    // the last byte of a character tells more than the first, which most share
    let (&last, head) = word.as_bytes().split_last()?;
    let mut from = head.len();
    loop {
        let end = from + memchr::memchr(last, text.get(from..)?)?;
        let start = end - head.len();
        // backwards, as most places differ right before it
        if text[start..end].iter().rev().eq(head.iter().rev()) {
            return Some(start);
        }
        from = end + 1;
    }
}

/// Where a word last stands in a text.
pub(crate) fn rfind(text: &str, word: &str) -> Option<usize> {
    let text = text.as_bytes();
    let (&last, head) = word.as_bytes().split_last()?;
    let mut end = text.len();
    loop {
        end = memchr::memrchr(last, &text[..end])?;
        if text[..end].ends_with(head) {
            return Some(end - head.len());
        }
    }
}

/// Whether a word stands anywhere in a text.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    find(text, word).is_some()
}

/// Whether one of several words stands anywhere in a text.
pub(crate) fn holds_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| holds(text, word))
}

/// Which characters a text holds, so far as some bits tell: where they say no, a word need not be looked for.
#[derive(Clone, Debug)]
pub(crate) struct Held([u64; 16]);

impl Held {
    /// Goes through a text once.
    pub(crate) fn of(text: &str) -> Held {
        let (text, mut held) = (text.as_bytes(), [0; 16]);
        let mut end = 0;
        while let Some(&first) = text.get(end) {
            end += width(first);
            if let Some((word, bit)) = place(&text[..end]) {
                held[word] |= bit;
            }
        }
        Held(held)
    }

    /// Whether a word may stand in the text, by its last character.
    pub(crate) fn may_hold(&self, word: &str) -> bool {
        place(word.as_bytes()).is_none_or(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// The bit that stands for the character that ends a text; none stands for ASCII.
#[inline(always)]
fn place(text: &[u8]) -> Option<(usize, u64)> {
    match *text {
        [.., before, last] if last >= 0x80 => Some((usize::from(before & 15), 1 << (last & 63))),
        _ => None,
    }
}

/// Whether a text holds a digit. It is asked of whole runs, so that they are looked at at once.
pub(crate) fn holds_digit(text: &str) -> bool {
    let digits = |run: &[u8]| run.iter().fold(false, |any, byte| any | byte.is_ascii_digit());
    text.as_bytes().chunks(32).any(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_where_it_stands() {
        for text in ["", "规", "规定", "违反本条例规定", "规规定规定", "a规定", "条例 规范"]
        {
            for word in ["规定", "规", "定", "a", "违反本条例规定"] {
                assert_eq!(find(text, word), text.find(word), "{word} in {text}");
                assert_eq!(rfind(text, word), text.rfind(word), "last {word} in {text}");
            }
        }
        assert!(
            holds_digit("自2020年") && !holds_digit("自二〇二〇年，法律、行政法规另有规定的除外")
        );
        let held = Held::of("违反a规定");
        assert!(["规定", "反", "a", "违反"].iter().all(|word| held.may_hold(word)));
        assert!(["办法", "规则", "条例"].iter().all(|word| !held.may_hold(word)));
        assert!(holds_any("违反规定", &["办法", "规定"]) && !holds_any("违反", &["规定"]));
    }
}
