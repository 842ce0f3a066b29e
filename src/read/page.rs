//! Glyphs on pages as paragraphs.
//!
//! In: pages of glyphs, each with its place. Out: one text, a line a paragraph: glyphs in one
//! height are a line, lines that fill their measure go on in the next, cells that stand apart are
//! kept apart by a tab. What stands at the edge of page after page is left out ([`edge`]). Not
//! here: where glyphs come from ([`super::pdf`], [`super::ofd`]).
//!
//! `第一条　为了…维护生态` above `环境，制定本办法。` gives one line.

pub(super) mod edge;
mod line;

use super::LeftOut;
use super::Why;
pub(super) use line::Line;

/// A glyph, or a run of them that the file places as one.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it says.
    pub(super) text: String,
    /// Where it begins, from the left.
    pub(super) x: f32,
    /// Its base line, from the top.
    pub(super) y: f32,
    /// How wide it is.
    pub(super) width: f32,
    /// The height of its font.
    pub(super) size: f32,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) height: f32,
}

/// The lines of a page, and its height.
pub(super) type Sheet = (f32, Vec<Line>);

/// Puts the glyphs of a page together.
pub(super) fn sheet(page: Page) -> Sheet {
    (page.height, line::lines(page.glyphs))
}

/// The text of pages, and what stands at their edges.
pub(super) fn text(mut pages: Vec<Sheet>) -> (String, Vec<LeftOut>) {
    let edges = edge::cut(&mut pages);
    let left_out = edges.into_iter().map(|text| LeftOut { why: Why::PageEdge, text }).collect();
    let lines: Vec<Vec<Line>> = pages.into_iter().map(|(_, lines)| lines).collect();
    (paragraphs(&lines), left_out)
}

/// How many characters a line has at least that fills its measure.
const SHORT: f32 = 15.0;

/// The measure that the lines of a text fill.
struct Measure {
    left: f32,
    right: f32,
    /// The height of the usual font.
    size: f32,
    /// The usual distance of two lines.
    pitch: f32,
    /// Whether paragraphs begin with an indent.
    indents: bool,
    /// Whether there is a measure at all: in a text of short lines, the longest fills none.
    known: bool,
}

impl Measure {
    fn of(pages: &[Vec<Line>]) -> Measure {
        let lines = || pages.iter().flatten().filter(|line| line.cells == 1);
        let sizes = || lines().flat_map(|line| std::iter::repeat_n(line.size, line.chars.min(200)));
        let size = median(sizes().collect()).unwrap_or(1.0).max(0.1);
        let body = || lines().filter(|line| (line.size - size).abs() < size * 0.15);
        // A line that fills its measure is one of the longest.
        let mut rights: Vec<f32> = body().map(|line| line.right).collect();
        rights.sort_by(f32::total_cmp);
        let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.0);
        let full = || body().filter(|line| line.right > right - 2.5 * size);
        let mut lefts: Vec<f32> = full().map(|line| line.left).collect();
        lefts.sort_by(f32::total_cmp);
        let left = lefts.get(lefts.len() / 10).copied().unwrap_or(0.0);
        let indented = body().filter(|line| (1.2..=3.2).contains(&((line.left - left) / size)));
        let indents = indented.count() * 10 >= body().count();
        let pitches = pages.iter().flat_map(|page| page.windows(2));
        let pitches = pitches.map(|pair| pair[1].y - pair[0].y).filter(|pitch| *pitch > size * 0.5);
        let pitch = median(pitches.collect()).unwrap_or(size * 1.5);
        let known = right - left > SHORT * size && full().take(2).count() > 1;
        Measure { left, right, size, pitch, indents, known }
    }

    /// Whether the paragraph of `before` goes on in `line`; `same` where both stand on one page.
    fn continues(&self, before: &Line, line: &Line, same: bool) -> bool {
        let alike = (before.size - line.size).abs() < before.size.max(line.size) * 0.2;
        if !self.known || !alike || before.cells > 1 || line.cells > 1 {
            return false;
        }
        if same && line.y - before.y > self.pitch.max(before.size) * 1.7 {
            return false;
        }
        // A line is full where what the next begins with would not have fitted.
        let full = before.right + line.first_word() > self.right - 0.8 * self.size;
        let flush = line.left < self.left + 0.9 * self.size;
        // A paragraph that is set in as a whole goes on where its lines begin.
        let inset = (line.left - before.left).abs() < 0.3 * self.size && !before.ends_sentence();
        full && (flush || inset && before.left > self.left + 0.9 * self.size)
            && (self.indents || !before.ends_sentence())
    }
}

/// Joins lines into paragraphs.
fn paragraphs(pages: &[Vec<Line>]) -> String {
    let measure = Measure::of(pages);
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for page in pages {
        for (row, line) in page.iter().enumerate() {
            if let Some(before) = before {
                if !measure.continues(before, line, row > 0) {
                    text.push('\n');
                } else if text.ends_with(|c: char| c.is_ascii_alphanumeric())
                    && line.text.starts_with(|c: char| c.is_ascii_alphanumeric())
                {
                    text.push(' ');
                }
            }
            text.push_str(&line.text);
            before = Some(line);
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 20 characters a line; an underscore is an empty place.
    fn page(lines: &[&str]) -> Page {
        let mut glyphs = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            for (column, character) in line.chars().enumerate().filter(|(_, c)| *c != '_') {
                glyphs.push(Glyph {
                    text: character.to_string(),
                    x: 100.0 + 10.0 * column as f32,
                    y: 50.0 + 16.0 * row as f32,
                    width: 10.0,
                    size: 10.0,
                });
            }
        }
        Page { glyphs, height: 100.0 + 16.0 * lines.len() as f32 }
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let first = page(&[
            "______某县护林办法",
            "__第一条_为了加强林木的保护，维护生态环境，",
            "根据有关法律，制定本办法。",
            "__第二条_镇人民政府负责护林，制止滥伐林木。",
            "__第三条_县林业局和镇人民政府应当按照职责做",
        ]);
        let second = page(&["好巡查。", "__第四条_本办法自公布之日起施行。"]);
        let (text, left_out) = text(vec![sheet(first), sheet(second)]);
        assert_eq!(
            text,
            "某县护林办法\n第一条\u{3000}为了加强林木的保护，维护生态环境，根据有关法律，制定本办法。\n\
             第二条\u{3000}镇人民政府负责护林，制止滥伐林木。\n\
             第三条\u{3000}县林业局和镇人民政府应当按照职责做好巡查。\n\
             第四条\u{3000}本办法自公布之日起施行。\n"
        );
        assert_eq!(left_out, []);
    }

    #[test]
    fn cells_are_kept_apart() {
        let (text, _) = text(vec![sheet(page(&["镇____户数", "甲镇___12"]))]);
        assert_eq!(text, "镇\t户数\n甲镇\t12\n");
    }

    #[test]
    fn short_lines_fill_no_measure() {
        let (text, _) =
            text(vec![sheet(page(&["某县目标责任分工方案", "一、任务分工", "二、要求"]))]);
        assert_eq!(text, "某县目标责任分工方案\n一、任务分工\n二、要求\n");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(text(Vec::new()).0, "");
        assert_eq!(text(vec![sheet(Page::default())]).0, "");
    }
}
