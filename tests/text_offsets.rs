//! What holds of normalising, whatever the source.

use proptest::prelude::*;
use zeren::read::Source;
use zeren::span::Span;
use zeren::text::{Text, is_white};

/// Strings of all that texts are made of, and of what they aren't.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[一-龥]{1,8}",
        "[國條後於瞭傢著乾釆裡爲覆藉]{1,6}",
        "(瞭解|乾坤|明瞭|國傢|二噁英|回覆|簡單明瞭|老么){1,2}",
        "[ \u{3000}\u{a0}\t]{1,3}",
        "[\r\n\u{2028}\u{b}]{1,3}",
        "[a-zA-Z0-9]{1,4}",
        "[,;:()?!（）。]{1,3}",
        "[\u{200b}\u{feff}\0\u{fe0f}\u{fffd}]{1,2}",
        "[⽅⻄金１Ａ％﹕]{1,3}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_character_seen_is_covered_once_and_in_order(text in any_text()) {
        let source = Source::plain(&text);
        let normalised = Text::of(&source);
        let seen: Vec<char> = text.chars().collect();
        let mut covered = vec![0; seen.len()];
        let mut last = 0;
        for (at, character) in normalised.as_str().char_indices() {
            let span = Span::new(at, at + character.len_utf8());
            let place = normalised.source_span(span);
            prop_assert!(last <= place.start && place.start < place.end && place.end <= seen.len());
            last = place.start;
            let original: String = seen[place.start..place.end].iter().collect();
            prop_assert_eq!(normalised.original(span), original);
            for count in &mut covered[place.start..place.end] {
                *count += 1;
            }
        }
        for (character, count) in seen.iter().zip(covered) {
            prop_assert!(is_white(*character) || count == 1, "{character:?} {count} times");
        }
    }

    #[test]
    fn normalised_text_is_clean(text in any_text()) {
        let source = Source::plain(&text);
        let normalised = Text::of(&source);
        let content = normalised.as_str();
        prop_assert!(!content.starts_with('\n') && !content.ends_with('\n'));
        prop_assert!(!content.contains("\n\n") && !content.contains("  "));
        prop_assert!(content.chars().all(|c| matches!(c, ' ' | '\n' | '\t') || !is_white(c)));
        // a tab parts two cells of a row
        for line in content.split('\n').filter(|line| line.contains('\t')) {
            let cells = || line.split('\t');
            prop_assert!(cells().all(|cell| !cell.is_empty() && cell.trim() == cell), "{line:?}");
        }
        for diagnostic in normalised.diagnostics() {
            prop_assert!(!normalised.slice(diagnostic.span).is_empty());
        }
    }

    #[test]
    fn what_stood_before_a_character(text in any_text()) {
        let source = Source::plain(&text);
        let normalised = Text::of(&source);
        for (at, _) in normalised.as_str().char_indices() {
            let begins = at == 0 || normalised.as_str()[..at].ends_with('\n');
            let indent = normalised.indent_before(at);
            prop_assert!(indent == 0 || (begins && normalised.gap_before(at)));
            prop_assert!(begins || normalised.as_str()[at..].starts_with('\n')
                || !normalised.blank_line_before(at));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(source) = zeren::read::read(&bytes) {
            let _ = Text::of(&source);
        }
    }

    #[test]
    fn any_tags_are_read(tags in "(<(p|b|td|table|div|pre|br|svg|select|script|/p|/b|/div|/table|/pre)>|第|&lt;| |\n){0,60}") {
        let page = format!("<html>{tags}");
        prop_assert!(zeren::read::read(page.as_bytes()).is_ok());
    }
}

#[test]
fn blanks_and_lines_before() {
    let source = Source::plain("第一章\r\n\r\n　　第一条 为了\n第二条");
    let text = Text::of(&source);
    assert_eq!(text.as_str(), "第一章\n第一条为了\n第二条");
    let (first, body, second) = (10, 19, 26);
    assert!(text.slice(Span::new(first, text.as_str().len())).starts_with("第一条"));
    assert!(text.gap_before(body) && !text.gap_before(second));
    assert!(text.blank_line_before(first) && !text.blank_line_before(second));
    assert_eq!((text.indent_before(first), text.indent_before(second)), (4, 0));
}
