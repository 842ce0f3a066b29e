//! The lists of a DOC ([MS-DOC] 2.9.131 and 2.9.150).
//!
//! In: the tables of lists and of their uses. Out: a [`Numbering`], lists by their number counted
//! from 1. Not here: which paragraph is in which list.
//!
//! A level with the text `第`, 0, `条` and format 39 prints `第一条`.

use super::super::lists::{Level, List, Numbering, Outline};
use super::super::numbers::Format;
use super::bytes::Bytes;

/// Reads the lists; `None` where there are none.
pub(super) fn read(table: Bytes<'_>, at: Option<u32>, uses: Option<&[u8]>) -> Option<Numbering> {
    let mut numbering = Numbering::default();
    let heads = table.from(usize::try_from(at?).ok()?)?;
    let count = usize::from(heads.u16(0)?);
    let mut rest = heads.from(2 + count * 28)?;
    for n in 0..count {
        let head = heads.from(2 + n * 28)?;
        let simple = head.u8(26)? & 1 != 0;
        let mut outline = Outline::default();
        for at in 0..if simple { 1 } else { 9 } {
            let Some((level, after)) = level(rest) else { break };
            outline.levels.insert(at, level);
            rest = after;
        }
        numbering.outlines.insert(head.u32(0)?.to_string(), outline);
    }
    read_uses(Bytes(uses?), &mut numbering);
    Some(numbering)
}

/// Reads the uses of lists, with the levels that they have otherwise.
fn read_uses(uses: Bytes<'_>, numbering: &mut Numbering) -> Option<()> {
    let count = usize::try_from(uses.u32(0)?).ok()?.min(uses.0.len() / 16);
    let mut rest = uses.from(4 + count * 16)?;
    for n in 0..count {
        let head = uses.from(4 + n * 16)?;
        let outline = head.u32(0)?.to_string();
        let list = List { outline, ..List::default() };
        numbering.lists.insert((n + 1).to_string(), list);
    }
    for n in 0..count {
        let others = uses.u8(4 + n * 16 + 12)?;
        let list = numbering.lists.get_mut(&(n + 1).to_string())?;
        rest = rest.from(4)?;
        for _ in 0..others {
            let (start, flags) = (rest.u32(0)?, rest.u32(4)?);
            let at = (flags & 0xf) as usize;
            rest = rest.from(8)?;
            if flags & 0x10 != 0 {
                list.starts.insert(at, start);
            }
            if flags & 0x20 != 0 {
                let (level, after) = level(rest)?;
                list.levels.insert(at, level);
                rest = after;
            }
        }
    }
    Some(())
}

/// A level, and what follows it.
fn level(bytes: Bytes<'_>) -> Option<(Level, Bytes<'_>)> {
    let flags = bytes.u8(5)?;
    let formats = usize::from(bytes.u8(24)?) + usize::from(bytes.u8(25)?);
    let text = bytes.from(28 + formats)?;
    let length = usize::from(text.u16(0)?);
    let units: Option<Vec<u16>> = (0..length).map(|n| text.u16(2 + n * 2)).collect();
    let mut label = String::new();
    for one in char::decode_utf16(units?).flatten() {
        match one {
            '\0'..='\u{8}' => label.push_str(&format!("%{}", one as u32 + 1)),
            one => label.push(one),
        }
    }
    let level = Level {
        start: bytes.u32(0),
        format: Format::of_number(u32::from(bytes.u8(4)?)),
        text: label,
        glued: bytes.u8(15)? == 2,
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then(|| usize::from(bytes.u8(26).unwrap_or(0))),
        style: None,
    };
    Some((level, text.from(2 + length * 2)?))
}
