//! The content of pages: which glyph stands where.
//!
//! In: the operators of a page's content (ISO 32000-1, 9.4). Out: its glyphs. Not here: lines and
//! pictures; everything that isn't text is passed over.
//!
//! `1 0 0 1 72 720 Tm (A) Tj` shows `A` at 72 points from the left and 720 from below.

use std::rc::Rc;

use lopdf::content::{Content as Stream, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::page::{Glyph, Page};
use super::super::{LeftOut, Refusal, Why};
use super::font::{Font, Fonts};
use super::{Frame, too_large};

/// How many bytes the contents of all pages may inflate to.
pub(super) const INFLATED: usize = 256 << 20;

/// How many glyphs all pages may have.
const GLYPHS: usize = 20_000_000;

/// How deep forms may stand within forms.
const DEEPEST: usize = 12;

/// a, b, c, d, e, f of ISO 32000-1, 8.3.3.
pub(super) type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn then(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What was used of what a file may use, and what was seen.
#[derive(Default)]
pub(super) struct Budget {
    inflated: usize,
    /// How many glyphs were drawn.
    pub(super) glyphs: usize,
    /// How many of them say nothing.
    pub(super) unknown: usize,
}

/// What `q` saves and `Q` restores.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    /// Between characters, between words, the width of each, the distance of lines, the rise.
    character: f32,
    word: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// The content of a page being read.
pub(super) struct Content<'d> {
    document: &'d Document,
    fonts: &'d mut Fonts,
    budget: &'d mut Budget,
    state: State,
    saved: Vec<State>,
    /// Where the next glyph stands, and where the line began.
    at: Matrix,
    line: Matrix,
    /// Marked content that is open: whether each is no part of the text.
    marked: Vec<bool>,
    glyphs: Vec<Glyph>,
    beside: Vec<LeftOut>,
}

impl<'d> Content<'d> {
    pub(super) fn new(
        document: &'d Document,
        fonts: &'d mut Fonts,
        budget: &'d mut Budget,
    ) -> Self {
        let state = State {
            matrix: UNIT,
            font: None,
            size: 1.0,
            character: 0.0,
            word: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Content {
            document,
            fonts,
            budget,
            state,
            saved: Vec::new(),
            at: UNIT,
            line: UNIT,
            marked: Vec::new(),
            glyphs: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// Reads a page.
    pub(super) fn page(&mut self, id: ObjectId, frame: &Frame) -> Result<(), Refusal> {
        self.state.matrix = frame.matrix;
        let left = INFLATED - self.budget.inflated;
        let content = self.document.get_page_content_with_limit(id, left);
        let content = content.map_err(|error| super::refusal(&error))?;
        self.run(&content, &frame.resources, 0)
    }

    pub(super) fn finish(self, height: f32) -> (Page, Vec<LeftOut>) {
        (Page { glyphs: self.glyphs, height }, self.beside)
    }

    fn run(&mut self, content: &[u8], resources: &Dictionary, depth: usize) -> Result<(), Refusal> {
        self.budget.inflated = self.budget.inflated.saturating_add(content.len().max(1));
        if self.budget.inflated > INFLATED || self.budget.glyphs > GLYPHS {
            return Err(too_large());
        }
        let bottom = self.saved.len();
        for operation in Stream::decode_iter(content) {
            // What follows a broken operator cannot be told; what came before is text.
            let Ok(operation) = operation else { break };
            if operation.operator == "Do" {
                self.form(&operation, resources, depth)?;
            } else {
                self.operate(&operation, resources, bottom);
            }
        }
        if let Some(state) = self.saved.drain(bottom..).next() {
            self.state = state;
        }
        Ok(())
    }

    /// Runs a form; pictures are passed over.
    fn form(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), Refusal> {
        let name = operation.operands.first().and_then(|name| name.as_name().ok());
        let forms = resources.get_deref(b"XObject", self.document).and_then(Object::as_dict);
        let (Some(name), Ok(forms), true) = (name, forms, depth < DEEPEST) else { return Ok(()) };
        let form = forms.get_deref(name, self.document).and_then(Object::as_stream);
        let Ok(form) = form else { return Ok(()) };
        if form.dict.get_deref(b"Subtype", self.document).and_then(Object::as_name).ok()
            != Some(b"Form")
        {
            return Ok(());
        }
        let left = INFLATED - self.budget.inflated.min(INFLATED);
        let content = form.get_plain_content_with_limit(left);
        let content = content.map_err(|error| super::refusal(&error))?;
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        let matrix = form.dict.get_deref(b"Matrix", self.document).ok();
        let matrix =
            matrix.and_then(|matrix| super::numbers(self.document, matrix)?.try_into().ok());
        let (state, marked) = (self.state.clone(), self.marked.len());
        self.state.matrix = then(&matrix.unwrap_or(UNIT), &self.state.matrix);
        let result = self.run(&content, own.unwrap_or(resources), depth + 1);
        self.marked.truncate(marked);
        self.state = state;
        result
    }

    fn operate(&mut self, operation: &Operation, resources: &Dictionary, bottom: usize) {
        let operands = &operation.operands;
        let n =
            |at: usize| operands.get(at).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        let six = || [n(0), n(1), n(2), n(3), n(4), n(5)];
        match operation.operator.as_str() {
            // A file may open more than it closes; what it needs is never deep.
            "q" if self.saved.len() < 10_000 => self.saved.push(self.state.clone()),
            "Q" if self.saved.len() > bottom => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.matrix = then(&six(), &self.state.matrix),
            "BT" => (self.at, self.line) = (UNIT, UNIT),
            "Tc" => self.state.character = n(0),
            "Tw" => self.state.word = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "TL" => self.state.leading = n(0),
            "Ts" => self.state.rise = n(0),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.state.font =
                    name.and_then(|name| self.fonts.get(self.document, resources, name));
                self.state.size = n(1);
            }
            "Td" => self.step(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.step(n(0), n(1));
            }
            "Tm" => (self.at, self.line) = (six(), six()),
            "T*" => self.step(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "'" => {
                self.step(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word, self.state.character) = (n(0), n(1));
                self.step(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            "TJ" => {
                for part in
                    operands.first().and_then(|parts| parts.as_array().ok()).into_iter().flatten()
                {
                    match part.as_float() {
                        Ok(back) => {
                            self.advance(-back / 1000.0 * self.state.size * self.state.stretch)
                        }
                        Err(_) => self.show(Some(part)),
                    }
                }
            }
            "BMC" | "BDC" => {
                let tag = operands.first().and_then(|tag| tag.as_name().ok());
                self.marked.push(tag == Some(b"Artifact"));
            }
            "EMC" => {
                self.marked.pop();
            }
            _ => {}
        }
    }

    /// Goes to the next line.
    fn step(&mut self, x: f32, y: f32) {
        self.line = then(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.at = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.at = then(&[1.0, 0.0, 0.0, 1.0, x, 0.0], &self.at);
    }

    /// Shows a string.
    fn show(&mut self, string: Option<&Object>) {
        let Some(Object::String(bytes, _)) = string else { return };
        let Some(font) = self.state.font.clone() else { return };
        let outside = self.marked.contains(&true);
        font.shown(bytes, |shown| {
            let State { matrix, size, character, word, stretch, rise, .. } = self.state;
            let place = then(&then(&[stretch, 0.0, 0.0, 1.0, 0.0, rise], &self.at), &matrix);
            let [a, b, c, d, x, y] = place;
            let height = (c * c + d * d).sqrt() * size.abs();
            let wide = (a * a + b * b).sqrt() * size.abs() * shown.width;
            let step = shown.width * size + character + if shown.blank { word } else { 0.0 };
            self.budget.glyphs += 1;
            let text = shown.text.unwrap_or_else(|| {
                self.budget.unknown += 1;
                char::REPLACEMENT_CHARACTER.to_string()
            });
            // Upright text runs to the right, and its top is above: places count from the top.
            let turned = b.abs() > 0.2 * a.abs() || a * size < 0.0 || font.vertical;
            let why = if outside { Some(Why::PageEdge) } else { turned.then_some(Why::Turned) };
            match why {
                Some(why) => self.leave_out(why, &text),
                None if self.budget.glyphs <= GLYPHS => {
                    self.glyphs.push(Glyph { text, x, y, width: wide, size: height });
                }
                None => {}
            }
            self.advance(step * stretch);
        });
    }

    fn leave_out(&mut self, why: Why, text: &str) {
        match self.beside.last_mut() {
            Some(last) if last.why == why => last.text.push_str(text),
            _ => self.beside.push(LeftOut { why, text: text.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_follow_each_other() {
        let (scale, shift) = ([2.0, 0.0, 0.0, 3.0, 0.0, 0.0], [1.0, 0.0, 0.0, 1.0, 5.0, 7.0]);
        assert_eq!(then(&scale, &shift), [2.0, 0.0, 0.0, 3.0, 5.0, 7.0]);
        assert_eq!(then(&shift, &scale), [2.0, 0.0, 0.0, 3.0, 10.0, 21.0]);
        assert_eq!(then(&UNIT, &shift), shift);
    }
}
