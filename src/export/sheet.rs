//! Tables as one XLSX workbook.
//!
//! In: [`Sheet`]s, or their rows, some at a time. Out: the bytes of a workbook: a sheet a table, with a
//! frozen and filtered header and columns as wide as what they hold, and the data dictionary at the
//! end. Text is always written as text, so nothing in it runs as a formula. Not here: CSV
//! ([`super::table`]).
//!
//! 第四条 stands in a cell of type text, 0.5 in one of type number.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::table::{Sheet, Table, dictionary, plain};

/// The widest a column gets, in characters of the usual width; longer text is wrapped.
const WIDEST: usize = 60;

/// The most characters a cell of a workbook holds.
const CELL: usize = 32_767;

/// The most rows of a sheet, with its header.
const ROWS: usize = 1_048_576;

/// How many rows tell how wide a column must be.
const TELLING: u32 = 200;

/// Writes tables as a workbook.
///
/// # Errors
///
/// Where a table has more rows than a sheet can hold, or what the writer of workbooks says.
pub fn xlsx(sheets: &[Sheet]) -> std::io::Result<Vec<u8>> {
    let tables: Vec<Table> = sheets.iter().map(|sheet| sheet.table).collect();
    let mut book = Book::new(&tables)?;
    for (sheet, at) in sheets.iter().zip(0..) {
        book.add(at, &sheet.rows)?;
    }
    book.finish()
}

/// A workbook that grows by rows, which wait in files of the system's until it is finished.
pub struct Book {
    workbook: Workbook,
    pages: Vec<Page>,
}

/// What is known of a sheet: its table, how many rows are written, how wide its columns must be.
struct Page {
    table: Table,
    rows: u32,
    widths: Vec<usize>,
}

impl Book {
    /// Begins a workbook with a sheet a table.
    ///
    /// # Errors
    ///
    /// What the writer of workbooks says.
    pub fn new(tables: &[Table]) -> std::io::Result<Book> {
        let mut book = Book { workbook: Workbook::new(), pages: Vec::new() };
        tables.iter().try_for_each(|table| book.begin(table)).map_err(std::io::Error::other)?;
        Ok(book)
    }

    /// Adds rows to the sheet at a place of the list of tables.
    ///
    /// # Errors
    ///
    /// Where the table has more rows than a sheet can hold, or what the writer of workbooks says.
    pub fn add(&mut self, at: usize, rows: &[Vec<Value>]) -> std::io::Result<()> {
        let page = &mut self.pages[at];
        if page.rows as usize + rows.len() >= ROWS {
            let name = page.table.name;
            let why = format!("`{name}` has more rows than a sheet holds; write csv or parquet");
            return Err(std::io::Error::other(why));
        }
        let sheet = self.workbook.worksheet_from_index(at).map_err(std::io::Error::other)?;
        page.write(sheet, rows).map_err(std::io::Error::other)
    }

    /// Adds the data dictionary and gives the bytes of the workbook.
    ///
    /// # Errors
    ///
    /// What the writer of workbooks says.
    pub fn finish(mut self) -> std::io::Result<Vec<u8>> {
        let tables: Vec<Table> = self.pages.iter().map(|page| page.table).collect();
        let dictionary = dictionary(&tables);
        self.begin(&dictionary.table).map_err(std::io::Error::other)?;
        self.add(tables.len(), &dictionary.rows)?;
        self.fit().map_err(std::io::Error::other)?;
        self.workbook.save_to_buffer().map_err(std::io::Error::other)
    }

    fn begin(&mut self, table: &Table) -> Result<(), XlsxError> {
        let header = Format::new()
            .set_bold()
            .set_background_color("#E8ECEF")
            .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
        for (column, at) in table.columns.iter().zip(0..) {
            sheet.write_string_with_format(0, at, column.name, &header)?;
        }
        // room for the arrow of the filter
        let widths = table.columns.iter().map(|column| column.name.len() + 3).collect();
        self.pages.push(Page { table: *table, rows: 0, widths });
        Ok(())
    }

    /// Gives columns their widths and headers their filters.
    fn fit(&mut self) -> Result<(), XlsxError> {
        for (page, at) in self.pages.iter().zip(0..) {
            let sheet = self.workbook.worksheet_from_index(at)?;
            for (width, column) in page.widths.iter().zip(0..) {
                sheet.set_column_width(column, (width.min(&WIDEST) + 1) as f64)?;
            }
            if let Some(last) = page.widths.len().checked_sub(1) {
                sheet.autofilter(0, 0, page.rows, last as u16)?;
            }
        }
        Ok(())
    }
}

impl Page {
    fn write(&mut self, sheet: &mut Worksheet, rows: &[Vec<Value>]) -> Result<(), XlsxError> {
        let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for row in rows {
            if self.rows < TELLING {
                for (width, value) in self.widths.iter_mut().zip(row) {
                    let lines = plain(value).lines().map(columns).max();
                    *width = lines.unwrap_or_default().max(*width);
                }
            }
            self.rows += 1;
            for (value, column) in row.iter().zip(0..) {
                cell(sheet, self.rows, column, value, &body)?;
            }
        }
        Ok(())
    }
}

fn cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Null => {}
        Value::Bool(truth) => {
            page.write_boolean_with_format(row, column, *truth, format)?;
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            page.write_number_with_format(row, column, number, format)?;
        }
        other => {
            let text: String = plain(other).chars().take(CELL).collect();
            page.write_string_with_format(row, column, text, format)?;
        }
    }
    Ok(())
}

/// How many columns a text takes: two for each Chinese character.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
