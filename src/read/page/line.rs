//! The glyphs of a page as lines.
//!
//! In: glyphs in any order. Out: lines from top to bottom, with blanks and tabs where glyphs stand
//! apart. Not here: which lines go together.
//!
//! `镇` at 100 and `12` at 190 in one height give `镇\t12`.

use super::Glyph;

/// How far apart glyphs of Chinese writing stand where a blank is meant, in heights of the font.
const BLANK: f32 = 0.7;

/// The same of Latin words.
const SPACE: f32 = 0.17;

/// How far apart the cells of a row stand.
const CELL: f32 = 2.4;

/// A line of a page.
#[derive(Clone, Debug)]
pub(in super::super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its base line, from the top.
    pub(super) y: f32,
    /// The height of its font.
    pub(super) size: f32,
    /// How many characters it has.
    pub(super) chars: usize,
    /// How many stretches that stand apart.
    pub(super) cells: usize,
}

impl Line {
    /// About how wide the stretch is that the line begins with and that cannot be broken: a
    /// hanzi or a Latin word, the signs behind it that may not begin a line, and a Latin word
    /// behind those.
    pub(super) fn first_word(&self) -> f32 {
        let mut width = 0.0;
        let mut word = false;
        for (at, character) in self.text.chars().take(40).enumerate() {
            let closes = "，。、；：？！）》」』”’％%,.;:?!)".contains(character);
            let latin = character.is_ascii_alphanumeric();
            if at > 0 && !(closes || word && latin) {
                break;
            }
            word = latin || closes;
            width += if character.is_ascii() { 0.5 } else { 1.0 } * self.size;
        }
        width
    }

    /// Whether a sentence ends here, or what introduces a list.
    pub(super) fn ends_sentence(&self) -> bool {
        let bare = self.text.trim_end_matches(['”', '’', '）', ')', '」', '』']);
        bare.ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?'])
    }
}

/// The lines of a page, from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|glyph| {
        let placed = [glyph.x, glyph.y, glyph.width, glyph.size].iter().all(|n| n.is_finite());
        placed && glyph.size > 0.0 && !glyph.text.is_empty()
    });
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    let mut rest = glyphs.as_slice();
    while let Some(first) = rest.first() {
        // Glyphs of a line differ in height by less than half a character, each from the last.
        let (mut end, mut last) = (1, first);
        while let Some(next) = rest.get(end) {
            let near = next.y - last.y <= 0.35 * next.size.min(last.size);
            if !near || next.y - first.y > 0.8 * first.size.max(next.size) {
                break;
            }
            (end, last) = (end + 1, next);
        }
        let (row, later) = rest.split_at(end);
        lines.extend(line(row));
        rest = later;
    }
    lines
}

/// The line of glyphs in one height; `None` where it says nothing.
fn line(row: &[Glyph]) -> Option<Line> {
    let mut glyphs: Vec<&Glyph> = row.iter().collect();
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    // Some programs draw a glyph twice, a hair apart, to make it bold.
    glyphs.dedup_by(|b, a| {
        a.text == b.text && (b.x - a.x).abs() < 0.25 * a.size.min(a.width.max(1.0))
    });
    let mut text = String::new();
    let mut cells = 1;
    let mut right = f32::MIN;
    for glyph in &glyphs {
        if !text.is_empty() && !glyph.text.trim().is_empty() {
            let gap = (glyph.x - right) / glyph.size;
            let latin = text.ends_with(is_latin) && glyph.text.starts_with(is_latin);
            if gap > CELL && !is_label(text.trim_end()) {
                text.truncate(text.trim_end().len());
                text.push('\t');
                cells += 1;
            } else if text.ends_with(char::is_whitespace) {
            } else if gap > BLANK {
                text.push('\u{3000}');
            } else if latin && gap > SPACE {
                text.push(' ');
            }
        }
        if glyph.text.trim().is_empty() {
            // A blank that is drawn moves on, but does not fill the line.
            if !text.is_empty() && !text.ends_with(char::is_whitespace) {
                text.push_str(&glyph.text);
            }
            continue;
        }
        text.push_str(&glyph.text);
        right = right.max(glyph.x + glyph.width);
    }
    text.truncate(text.trim_end().len());
    let first = glyphs.iter().find(|glyph| !glyph.text.trim().is_empty())?;
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    Some(Line {
        left: first.x,
        right,
        y: first.y,
        size: sizes[sizes.len() / 2],
        chars: text.chars().count(),
        cells,
        text,
    })
}

/// Whether a text is the number of a provision, and nothing else.
fn is_label(text: &str) -> bool {
    let digits = "零〇一二三四五六七八九十百千0123456789０１２３４５６７８９";
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| digits.contains(c));
    let of = |open: char, close: &[char]| {
        text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(number)
    };
    of('第', &['条', '章', '节', '编'])
        || of('（', &['）'])
        || of('(', &[')'])
        || text.strip_suffix(['、', '．', '.']).is_some_and(number)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, ',' | '.' | ';' | ':' | ')' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, x: f32, y: f32) -> Glyph {
        let width = if text.is_ascii() { 5.0 } else { 10.0 };
        Glyph { text: text.to_owned(), x, y, width, size: 10.0 }
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn glyphs_in_one_height_are_a_line() {
        let glyphs = vec![
            glyph("条", 20.0, 51.0),
            glyph("第", 0.0, 50.0),
            glyph("甲", 0.0, 66.0),
            glyph("一", 10.0, 50.5),
        ];
        assert_eq!(texts(glyphs), ["第一条", "甲"]);
    }

    #[test]
    fn gaps_are_blanks_and_tabs() {
        let glyphs = vec![
            glyph("甲", 0.0, 50.0),
            glyph("乙", 20.0, 50.0),
            glyph("丙", 33.0, 50.0),
            glyph("丁", 80.0, 50.0),
            glyph("a", 90.0, 50.0),
            glyph("b", 98.0, 50.0),
        ];
        assert_eq!(texts(glyphs), ["甲\u{3000}乙丙\t丁a b"]);
    }

    #[test]
    fn numbers_are_labels() {
        for label in ["第十二条", "（一）", "3.", "一、", "第１条"] {
            assert!(is_label(label), "{label}");
        }
        for other in ["第条", "一级", "第三条规定", "（略）", "3.5"] {
            assert!(!is_label(other), "{other}");
        }
    }

    #[test]
    fn bold_by_drawing_twice_is_one() {
        let glyphs = vec![glyph("甲", 0.0, 50.0), glyph("甲", 0.3, 50.0), glyph("甲", 10.0, 50.0)];
        assert_eq!(texts(glyphs), ["甲甲"]);
    }

    #[test]
    fn places_that_are_none_are_left_out() {
        let odd = Glyph { x: f32::NAN, ..glyph("甲", 0.0, 0.0) };
        assert!(lines(vec![odd, Glyph { size: 0.0, ..glyph("乙", 0.0, 0.0) }]).is_empty());
    }
}
