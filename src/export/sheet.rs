//! Tables as one XLSX workbook.
//!
//! In: [`Sheet`]s. Out: the bytes of a workbook: a sheet a table, with a frozen and filtered header
//! and columns as wide as what they hold, and the data dictionary at the end. Text is always
//! written as text, so nothing in it runs as a formula. Not here: CSV ([`super::table`]).
//!
//! 第四条 stands in a cell of type text, 0.5 in one of type number.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use super::table::{Sheet, dictionary, plain};

/// The widest a column gets, in characters of the usual width; longer text is wrapped.
const WIDEST: usize = 60;

/// The most characters a cell of a workbook holds.
const CELL: usize = 32_767;

/// The most rows of a sheet, with its header.
const ROWS: usize = 1_048_576;

/// Writes tables as a workbook.
///
/// # Errors
///
/// Where a table has more rows than a sheet can hold, or what the writer of workbooks says.
pub fn xlsx(sheets: &[Sheet]) -> std::io::Result<Vec<u8>> {
    let tables: Vec<_> = sheets.iter().map(|sheet| sheet.table).collect();
    let mut workbook = Workbook::new();
    for sheet in sheets.iter().chain([&dictionary(&tables)]) {
        if sheet.rows.len() >= ROWS {
            let name = sheet.table.name;
            let rows = sheet.rows.len();
            let why = format!("`{name}` has {rows} rows, more than a sheet holds; write csv");
            return Err(std::io::Error::other(why));
        }
        write(workbook.add_worksheet(), sheet).map_err(std::io::Error::other)?;
    }
    workbook.save_to_buffer().map_err(std::io::Error::other)
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let header = Format::new()
        .set_bold()
        .set_background_color("#E8ECEF")
        .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(sheet.table.name)?.set_freeze_panes(1, 0)?;
    let columns = sheet.table.columns;
    for (column, at) in columns.iter().zip(0..) {
        page.write_string_with_format(0, at, column.name, &header)?;
        page.set_column_width(at, width(sheet, usize::from(at)) as f64)?;
    }
    for (row, at) in sheet.rows.iter().zip(1..) {
        for (value, column) in row.iter().zip(0..) {
            cell(page, at, column, value, &body)?;
        }
    }
    if let Some(last) = columns.len().checked_sub(1) {
        page.autofilter(0, 0, sheet.rows.len() as u32, last as u16)?;
    }
    Ok(())
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

/// How wide a column must be for its header and the longest line of its first rows.
fn width(sheet: &Sheet, at: usize) -> usize {
    let rows = sheet.rows.iter().take(200).filter_map(|row| row.get(at)).map(plain);
    let header = sheet.table.columns[at].name.len() + 3;
    let lines = rows.flat_map(|text| text.lines().map(columns).collect::<Vec<_>>());
    lines.chain([header]).max().unwrap_or(header).min(WIDEST) + 1
}

/// How many columns a text takes: two for each Chinese character.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
