//! PDF with a text layer.
//!
//! In: the bytes of a PDF. Out: the text of its pages, put together from the places of its glyphs.
//! Not here: recognising the text of scans; annotations, forms to fill in.
//!
//! `BT /F1 12 Tf 72 720 Td <7B2C4E006761> Tj ET` with `UniGB-UCS2-H` gives `第一条`.

mod cmap;
mod content;
mod font;
mod glyphs;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};

use super::page::{self, Sheet};
use super::{Refusal, Written};
use content::{Budget, Content};

/// How many bytes a stream of the file's structure may inflate to.
const STREAM: usize = 64 << 20;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Written, Refusal> {
    // The parser is not ours, and the bytes may be made to harm: where it panics, the file is
    // damaged, and the batch goes on.
    super::guard::guarded(|| pages(bytes)).unwrap_or_else(|| Err(damaged())).and_then(
        |(pages, mut left_out, marks)| {
            let (text, edges) = page::text(pages);
            left_out.extend(edges);
            if marks.glyphs == 0 {
                return Err(Refusal::unreadable(
                    "it is a PDF without a text layer (a scan, or empty); recognise its text with \
                     an OCR program first",
                ));
            }
            if marks.unknown * 5 > marks.glyphs {
                return Err(Refusal::unreadable(
                    "it is a PDF whose fonts don't say which characters they show; recognise its \
                     text with an OCR program",
                ));
            }
            Ok(Written::new(text, "application/pdf", left_out))
        },
    )
}

type Found = (Vec<Sheet>, Vec<super::LeftOut>, Budget);

fn pages(bytes: &[u8]) -> Result<Found, Refusal> {
    let options = LoadOptions { max_decompressed_size: Some(STREAM), ..LoadOptions::default() };
    // What stands before the header shifts all places in the file.
    let start = memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").unwrap_or(0);
    let document = Document::load_mem_with_options(&bytes[start..], options)
        .map_err(|error| refusal(&error))?;
    if document.trailer.has(b"Encrypt") && !document.was_encrypted() {
        return Err(locked());
    }
    let mut budget = Budget::default();
    let mut fonts = font::Fonts::default();
    let (mut sheets, mut left_out) = (Vec::new(), Vec::new());
    for id in document.page_iter() {
        let Some(frame) = Frame::of(&document, id) else { continue };
        let mut content = Content::new(&document, &mut fonts, &mut budget);
        content.page(id, &frame)?;
        let (page, beside) = content.finish(frame.height);
        sheets.push(page::sheet(page));
        left_out.extend(beside);
    }
    if sheets.is_empty() {
        return Err(damaged());
    }
    Ok((sheets, left_out, budget))
}

/// How a page is seen: places in it to places from its upper left corner.
struct Frame {
    matrix: content::Matrix,
    height: f32,
    resources: Dictionary,
}

impl Frame {
    fn of(document: &Document, id: ObjectId) -> Option<Frame> {
        let page = document.get_dictionary(id).ok()?;
        let bounds = inherited(document, page, b"MediaBox");
        let bounds = bounds.and_then(|bounds| numbers(document, bounds));
        let corners = bounds.and_then(|bounds| <[f32; 4]>::try_from(bounds).ok());
        let [x0, y0, x1, y1] = corners.unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let turn = inherited(document, page, b"Rotate").and_then(|turn| turn.as_i64().ok());
        let (matrix, height) = match turn.unwrap_or(0).rem_euclid(360) {
            90 => ([0.0, 1.0, 1.0, 0.0, -y0, -x0], x1 - x0),
            180 => ([-1.0, 0.0, 0.0, 1.0, x1, -y0], y1 - y0),
            270 => ([0.0, -1.0, -1.0, 0.0, y1, x1], x1 - x0),
            _ => ([1.0, 0.0, 0.0, -1.0, -x0, y1], y1 - y0),
        };
        let resources = inherited(document, page, b"Resources");
        let resources = resources.and_then(|object| object.as_dict().ok());
        Some(Frame {
            matrix,
            height: height.abs(),
            resources: resources.cloned().unwrap_or_default(),
        })
    }
}

/// How deep pages may stand within groups of pages.
const DEEPEST: usize = 64;

/// What a page says, or a group of pages that it stands in.
fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..DEEPEST {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

fn numbers(document: &Document, array: &Object) -> Option<Vec<f32>> {
    let number = |object: &Object| document.dereference(object).ok()?.1.as_float().ok();
    Some(array.as_array().ok()?.iter().filter_map(number).collect())
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => locked(),
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => too_large(),
        _ => damaged(),
    }
}

fn locked() -> Refusal {
    Refusal::unreadable("it is a PDF that a password protects; save a copy without it")
}

fn damaged() -> Refusal {
    Refusal::unreadable("it is a PDF that is damaged or cut off")
}

fn too_large() -> Refusal {
    Refusal::unreadable(format!(
        "it is a PDF that inflates to more than {} MB",
        content::INFLATED >> 20
    ))
}
