//! Automatic numbers of paragraphs.
//!
//! In: the lists that a document defines, and for each paragraph in turn its list and level. Out: the
//! label that the paragraph is printed with. Not here: how a format states its lists.
//!
//! Level 0 with `第%1条` in `chineseCounting` gives `第一条`, `第二条` …; a level below it with
//! `%1.%2` gives `1.1`.

use std::collections::HashMap;

use super::numbers::{Format, bullet};

/// How many levels a list has.
const LEVELS: usize = 9;

/// Which list a paragraph is in, by its own properties or its style's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its style.
    pub(super) style: Option<String>,
    /// Its list; `0` where it is taken out of all.
    pub(super) list: Option<String>,
    /// Its level.
    pub(super) level: Option<usize>,
}

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    pub(super) lists: HashMap<String, List>,
    pub(super) outlines: HashMap<String, Outline>,
    counts: HashMap<String, Count>,
}

/// A list: an outline, with levels that it has otherwise.
#[derive(Default)]
pub(super) struct List {
    pub(super) outline: String,
    pub(super) levels: HashMap<usize, Level>,
    pub(super) starts: HashMap<usize, u32>,
}

/// What several lists have in common.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) levels: HashMap<usize, Level>,
    /// A style that says which list is meant.
    pub(super) link: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) start: Option<u32>,
    pub(super) format: Format,
    pub(super) text: String,
    /// Whether nothing stands between the label and the text.
    pub(super) glued: bool,
    /// Whether all numbers are printed as 1, 2, 3.
    pub(super) legal: bool,
    /// The level above which it starts again; 0 for never.
    pub(super) restart: Option<usize>,
    pub(super) style: Option<String>,
}

/// How far an outline has counted, level by level.
#[derive(Default)]
struct Count {
    numbers: [Option<u32>; LEVELS],
    /// Lists whose own starts are done.
    begun: Vec<String>,
}

impl Numbering {
    /// The label of the next paragraph, with the blank behind it; `None` where it has none.
    pub(super) fn label(&mut self, place: &Place) -> Option<String> {
        let id = place.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let outline = self.outlines.get(&list.outline)?;
        let linked = || {
            let own = |level: &Level| level.style.is_some() && level.style == place.style;
            outline.levels.iter().find(|(_, level)| own(level)).map(|(&at, _)| at)
        };
        let at = place.level.or_else(linked).unwrap_or(0).min(LEVELS - 1);
        let level = |at: usize| list.levels.get(&at).or_else(|| outline.levels.get(&at));
        let own = level(at)?;
        let count = self.counts.entry(list.outline.clone()).or_default();
        if !count.begun.iter().any(|begun| begun == id) {
            count.begun.push(id.to_owned());
            for (&at, &start) in list.starts.iter().filter(|(at, _)| **at < LEVELS) {
                count.numbers[at] = start.checked_sub(1);
            }
        }
        let start = |at: usize| level(at).and_then(|level| level.start).unwrap_or(1);
        let number = count.numbers[at].map_or(start(at), |number| number.saturating_add(1));
        count.numbers[at] = Some(number);
        for below in at + 1..LEVELS {
            let restart = level(below).and_then(|level| level.restart).unwrap_or(below);
            if restart > at {
                count.numbers[below] = None;
            }
        }
        let numbers = count.numbers;
        let shown = |at: usize| {
            let number = numbers[at].unwrap_or_else(|| start(at));
            let format = level(at).map_or(Format::Decimal, |level| level.format);
            if own.legal { number.to_string() } else { format.write(number) }
        };
        let label = own.print(shown);
        (!label.is_empty()).then_some(label)
    }
}

impl Level {
    /// The label: its text, with `%1` to `%9` for the numbers of the levels.
    fn print(&self, shown: impl Fn(usize) -> String) -> String {
        if self.format == Format::Bullet {
            return bullet(&self.text).map(|mark| format!("{mark} ")).unwrap_or_default();
        }
        let mut label = String::new();
        let mut characters = self.text.chars().peekable();
        while let Some(character) = characters.next() {
            let digit = characters.peek().and_then(|next| next.to_digit(10));
            match digit.filter(|digit| character == '%' && *digit > 0) {
                Some(digit) => {
                    characters.next();
                    label.push_str(&shown(digit as usize - 1));
                }
                None => label.push(character),
            }
        }
        if !label.is_empty() && !self.glued {
            label.push('\u{3000}');
        }
        label
    }
}
