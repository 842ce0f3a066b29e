//! Punctuation whose width depends on what stands around it.
//!
//! In: a half-width mark and its neighbours. Out: the mark in the width it has in the normalised
//! text. Not here: characters that always change ([`super::class`]).
//!
//! `制度,根据` gives `制度，根据`; `00:00`, `10,000` and `www.x.cn:80` stay.
//!
//! The rule: in a text with Chinese in it, `, ; : ? !` are full-width unless they stand between
//! two ASCII characters of one line. A bracket is full-width unless it is glued between ASCII
//! characters and what follows its closing is not Chinese; a closing bracket follows its opening.

use super::class::{self, Class};

/// How far a closing bracket is looked for, in characters.
const REACH: usize = 64;

/// The brackets that are open on a line, and how they were written.
#[derive(Debug, Default)]
pub(crate) struct Brackets(Vec<bool>);

impl Brackets {
    /// Forgets them all, at the end of a line.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The width of `mark`, which stands after `before` (`\n` at the beginning of a line) and
    /// before `rest`.
    pub(crate) fn mark(&mut self, mark: char, before: char, rest: &str) -> char {
        let wide = match mark {
            '(' => {
                let wide = !stays_narrow(before, rest);
                self.0.push(wide);
                wide
            }
            ')' => self.0.pop().unwrap_or_else(|| !between(before, rest)),
            _ => !between(before, rest),
        };
        if wide { full(mark) } else { mark }
    }
}

/// The full-width form of a mark.
fn full(mark: char) -> char {
    match mark {
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

fn between(before: char, rest: &str) -> bool {
    before.is_ascii_graphic() && visible(rest).next().is_some_and(|c| c.is_ascii_graphic())
}

/// Whether an opening bracket is part of ASCII text: `f(x)`, `ISO(2015)`, but not `(1)`, `GDP(国内`
/// or `ISO9001(2015)标准`.
fn stays_narrow(before: char, rest: &str) -> bool {
    if !before.is_ascii_graphic() {
        return false;
    }
    let mut closed = false;
    for character in visible(rest).take(REACH) {
        if class::is_chinese(character) {
            return false;
        }
        if closed {
            return true;
        }
        closed = character == ')';
    }
    true
}

/// The characters of the rest of a line that are seen.
fn visible(rest: &str) -> impl Iterator<Item = char> + '_ {
    rest.chars()
        .take_while(|&c| class::of(c) != Class::Break)
        .filter(|&c| !matches!(class::of(c), Class::Blank | Class::Dropped))
}
