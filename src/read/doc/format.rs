//! How the characters and paragraphs of a DOC are formatted.
//!
//! In: the tables of formats and styles ([MS-DOC] 2.9). Out: for a place in the file, which list
//! and table its paragraph is in, and whether its character is hidden or deleted. Not here: any
//! other format.
//!
//! `sprmPIlfo` 1 and `sprmPIlvl` 0 put a paragraph into the first list.

use super::super::Why;
use super::bytes::Bytes;

/// How many bytes a page of formats has.
const PAGE: usize = 512;

/// What matters of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its list, counted from 1; 0 where it is taken out of all.
    pub(super) list: Option<u16>,
    pub(super) level: Option<usize>,
    pub(super) in_table: bool,
    /// Whether its mark ends a row.
    pub(super) ends_row: bool,
}

/// A style: what it is based on, and what it says of paragraphs.
#[derive(Clone, Copy, Default)]
struct Style {
    based_on: u16,
    paragraph: Paragraph,
}

/// The formats of a document.
pub(super) struct Formats<'b> {
    /// Stretches of the file in order, with their formats.
    looks: Vec<(u32, u32, Option<Why>)>,
    paragraphs: Vec<(u32, u32, &'b [u8])>,
    styles: Vec<Style>,
}

impl<'b> Formats<'b> {
    /// Reads the tables; those that are missing or damaged say nothing.
    pub(super) fn read(
        main: Bytes<'b>,
        characters: Option<&'b [u8]>,
        paragraphs: Option<&'b [u8]>,
        styles: Option<&'b [u8]>,
    ) -> Formats<'b> {
        let mut found = Formats {
            looks: Vec::new(),
            paragraphs: Vec::new(),
            styles: styles.map(sheet).unwrap_or_default(),
        };
        for page in pages(main, characters) {
            stretches(page, 1, &mut |first, last, at| {
                let run = page.get(at * 2..).map(Bytes).filter(|_| at > 0);
                let length = run.and_then(|run| run.u8(0)).unwrap_or(0);
                let sprms = run.and_then(|run| run.range(1, u32::from(length)));
                found.looks.push((first, last, look(sprms.unwrap_or_default())));
            });
        }
        for page in pages(main, paragraphs) {
            stretches(page, 13, &mut |first, last, at| {
                let sprms = paragraph_sprms(page, at).unwrap_or_default();
                found.paragraphs.push((first, last, sprms));
            });
        }
        found.looks.sort_unstable_by_key(|entry| entry.0);
        found.paragraphs.sort_unstable_by_key(|entry| entry.0);
        found
    }

    /// Why the character at a place is not seen.
    pub(super) fn look(&self, at: usize) -> Option<Why> {
        stretch_at(&self.looks, at).and_then(|entry| entry.2)
    }

    /// The paragraph of the character at a place.
    pub(super) fn paragraph(&self, at: usize) -> Paragraph {
        let Some((_, _, format)) = stretch_at(&self.paragraphs, at) else {
            return Paragraph::default();
        };
        let style = Bytes(format).u16(0).unwrap_or(0);
        let mut paragraph = self.style(style);
        if let Some(sprms) = format.get(2..) {
            apply(sprms, &mut paragraph);
        }
        paragraph
    }

    /// What a style says, and those it is based on.
    fn style(&self, style: u16) -> Paragraph {
        let mut paragraph = Paragraph::default();
        let mut next = style;
        // Styles that are based on each other would have no end.
        for _ in 0..32 {
            let Some(style) = self.styles.get(usize::from(next)) else { break };
            paragraph.list = paragraph.list.or(style.paragraph.list);
            paragraph.level = paragraph.level.or(style.paragraph.level);
            next = style.based_on;
        }
        paragraph
    }
}

fn stretch_at<T>(stretches: &[(u32, u32, T)], at: usize) -> Option<&(u32, u32, T)> {
    let at = u32::try_from(at).ok()?;
    let end = stretches.partition_point(|entry| entry.0 <= at);
    stretches[..end].last().filter(|entry| at < entry.1)
}

/// The pages of formats that a table names.
fn pages<'b>(main: Bytes<'b>, table: Option<&'b [u8]>) -> impl Iterator<Item = &'b [u8]> {
    let table = table.unwrap_or_default();
    let count = table.len().saturating_sub(4) / 8;
    (0..count).filter_map(move |n| {
        let page = Bytes(table).u32((count + 1) * 4 + n * 4)? & 0x3f_ffff;
        main.range(page.checked_mul(PAGE as u32)?, PAGE as u32)
    })
}

/// The stretches of a page: first and last place in the file, and where in the page their format
/// stands, in units of two bytes. `each` is how many bytes an entry has.
fn stretches(page: &[u8], each: usize, told: &mut dyn FnMut(u32, u32, usize)) {
    let bytes = Bytes(page);
    let count = usize::from(page[PAGE - 1]);
    for n in 0..count {
        let entry = bytes.u8((count + 1) * 4 + n * each);
        if let (Some(first), Some(last), Some(at)) = (bytes.u32(n * 4), bytes.u32(n * 4 + 4), entry)
        {
            told(first, last, usize::from(at));
        }
    }
}

/// The style and the sprms of a paragraph ([MS-DOC] 2.9.174).
fn paragraph_sprms(page: &[u8], at: usize) -> Option<&[u8]> {
    let rest = Bytes(page.get(at * 2..).filter(|_| at > 0)?);
    match rest.u8(0)? {
        0 => rest.range(2, u32::from(rest.u8(1)?) * 2),
        half => rest.range(1, u32::from(half) * 2 - 1),
    }
}

/// The sprms of a format: their codes and operands ([MS-DOC] 2.6).
fn sprms(mut rest: &[u8], told: &mut dyn FnMut(u16, &[u8])) {
    while let Some(code) = Bytes(rest).u16(0) {
        let first = usize::from(Bytes(rest).u8(2).unwrap_or(0));
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // The definition of a table states its length with two bytes.
            _ if code == 0xd608 => usize::from(Bytes(rest).u16(2).unwrap_or(0)) + 1,
            _ => first + 1,
        };
        let Some(operand) = rest.get(2..2 + length) else { return };
        told(code, operand);
        rest = &rest[2 + length..];
    }
}

fn look(format: &[u8]) -> Option<Why> {
    let (mut hidden, mut deleted) = (false, false);
    sprms(format, &mut |code, operand| match (code, operand) {
        (0x083c, [on]) => hidden = *on == 1 || *on == 0x81,
        (0x0800, [on]) => deleted = *on == 1,
        _ => {}
    });
    if deleted { Some(Why::Deleted) } else { hidden.then_some(Why::Hidden) }
}

fn apply(format: &[u8], paragraph: &mut Paragraph) {
    sprms(format, &mut |code, operand| match (code, operand) {
        (0x460b, [low, high]) => paragraph.list = Some(u16::from_le_bytes([*low, *high])),
        (0x260a, [level]) => paragraph.level = Some(usize::from(*level)),
        (0x2416, [on]) => paragraph.in_table = *on != 0,
        (0x2417, [on]) => paragraph.ends_row = *on != 0,
        _ => {}
    });
}

/// The styles of a document, by their number ([MS-DOC] 2.9.271).
fn sheet(table: &[u8]) -> Vec<Style> {
    let bytes = Bytes(table);
    let mut found = Vec::new();
    let read = |found: &mut Vec<Style>| -> Option<()> {
        let head = usize::from(bytes.u16(0)?);
        let base = usize::from(bytes.u16(4)?);
        let mut at = 2 + head;
        while let Some(length) = bytes.u16(at) {
            let entry = table.get(at + 2..at + 2 + usize::from(length))?;
            found.push(style(Bytes(entry), base).unwrap_or_default());
            at += 2 + usize::from(length);
        }
        Some(())
    };
    // What was read before the table broke off holds.
    let _ = read(&mut found);
    found
}

fn style(entry: Bytes<'_>, base: usize) -> Option<Style> {
    let kind = entry.u16(2)?;
    let mut style = Style { based_on: kind >> 4, ..Style::default() };
    if kind & 0xf != 1 {
        return Some(style);
    }
    let name = usize::from(entry.u16(base)?);
    let at = base + 2 + name * 2 + 2;
    let length = entry.u16(at)?;
    let format = entry.range(u32::try_from(at + 2).ok()?, u32::from(length))?;
    apply(format.get(2..)?, &mut style.paragraph);
    Some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sprms_say_what_a_paragraph_is() {
        let mut paragraph = Paragraph::default();
        let format = [0x0a, 0x26, 1, 0x08, 0xd6, 3, 0, 9, 9, 0x0b, 0x46, 2, 0, 0x17, 0x24, 1];
        apply(&format, &mut paragraph);
        let expected = Paragraph { list: Some(2), level: Some(1), in_table: false, ends_row: true };
        assert_eq!(paragraph, expected);
        assert_eq!(look(&[0x3c, 0x08, 1]), Some(Why::Hidden));
        assert_eq!(look(&[0x00, 0x08, 1, 0x3c, 0x08, 0]), Some(Why::Deleted));
        assert_eq!(look(&[0x3c]), None);
    }
}
