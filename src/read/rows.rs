//! Paragraphs and rows of tables as lines of text.
//!
//! In: pieces of text, and where paragraphs, cells and rows end. Out: one text, a line a
//! paragraph, a line a row, its cells kept apart by a tab. Not here: where they end.
//!
//! A row of `镇` and `12` gives `镇\t12`; a row of one cell is a frame, and its paragraphs stay
//! lines.

/// A text in the making.
#[derive(Default)]
pub(super) struct Rows {
    text: String,
    line: String,
    open: Vec<Row>,
    /// Paragraphs that wait because they stand within another: text boxes.
    outer: Vec<String>,
    boxed: Vec<String>,
}

/// A row of a table in the making: its cells, each with its paragraphs.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<String>>,
    cell: Vec<String>,
}

impl Rows {
    /// Writes text into the paragraph.
    pub(super) fn push(&mut self, text: &str) {
        self.line.push_str(text);
    }

    /// Whether nothing is written in the paragraph.
    pub(super) fn is_fresh(&self) -> bool {
        self.line.is_empty()
    }

    /// Ends a paragraph.
    pub(super) fn end_paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.place(line);
        if self.outer.is_empty() {
            for line in std::mem::take(&mut self.boxed) {
                self.place(line);
            }
        }
    }

    /// Puts a line where it belongs.
    fn place(&mut self, line: String) {
        if !self.outer.is_empty() {
            self.boxed.push(line);
        } else if let Some(row) = self.open.last_mut() {
            row.cell.push(line);
        } else {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Begins what stands within a paragraph but is none of it: a text box. Its paragraphs follow
    /// the one they stand in.
    pub(super) fn open_box(&mut self) {
        self.outer.push(std::mem::take(&mut self.line));
    }

    /// Ends a text box.
    pub(super) fn close_box(&mut self) {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.boxed.push(line);
        }
        self.line = self.outer.pop().unwrap_or_default();
    }

    /// Begins a row of a table, which may stand in a cell of another.
    pub(super) fn open_row(&mut self) {
        if !self.line.is_empty() {
            self.end_paragraph();
        }
        self.open.push(Row::default());
    }

    /// Ends a cell.
    pub(super) fn close_cell(&mut self) {
        if !self.line.is_empty() {
            self.end_paragraph();
        }
        if let Some(row) = self.open.last_mut() {
            row.cells.push(std::mem::take(&mut row.cell));
        }
    }

    /// Ends a row.
    pub(super) fn close_row(&mut self) {
        if self.open.last().is_some_and(|row| !row.cell.is_empty()) || !self.line.is_empty() {
            self.close_cell();
        }
        let Some(Row { cells, .. }) = self.open.pop() else { return };
        let said = |cell: &&Vec<String>| cell.iter().any(|line| !line.trim().is_empty());
        if cells.iter().filter(said).count() <= 1 {
            for line in cells.into_iter().flatten().filter(|line| !line.trim().is_empty()) {
                self.place(line);
            }
            return;
        }
        let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
        self.place(cells.join("\t"));
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        while !self.outer.is_empty() {
            self.close_box();
        }
        while !self.open.is_empty() {
            self.close_row();
        }
        if !self.line.is_empty() || !self.boxed.is_empty() {
            self.end_paragraph();
        }
        self.text
    }
}

/// A cell on one line.
fn one_line(cell: &[String]) -> String {
    let lines = cell.iter().flat_map(|line| line.split(['\n', '\t']));
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines() {
        let mut rows = Rows::default();
        rows.push("第一条");
        rows.end_paragraph();
        for cells in [["镇", "户数\n人数"], ["甲镇", ""], ["", "12"]] {
            rows.open_row();
            for cell in cells {
                rows.push(cell);
                rows.end_paragraph();
                rows.close_cell();
            }
            rows.close_row();
        }
        assert_eq!(rows.finish(), "第一条\n镇\t户数 人数\n甲镇\n12\n");
    }

    #[test]
    fn tables_in_cells_and_boxes_in_paragraphs() {
        let mut rows = Rows::default();
        rows.open_row();
        rows.push("甲");
        rows.close_cell();
        rows.open_row();
        for cell in ["乙", "丙"] {
            rows.push(cell);
            rows.close_cell();
        }
        rows.close_row();
        rows.close_cell();
        rows.close_row();
        rows.push("第一");
        rows.open_box();
        rows.push("文件");
        rows.end_paragraph();
        rows.close_box();
        rows.push("条");
        rows.end_paragraph();
        assert_eq!(rows.finish(), "甲\t乙 丙\n第一条\n文件\n");
    }
}
