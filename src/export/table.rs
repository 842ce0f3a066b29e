//! Tables with their dictionary, as JSON Lines and CSV.
//!
//! In: [`Sheet`]s. Out: bytes. Cells that a spreadsheet would run as a formula are made plain text
//! in CSV by an apostrophe before them. Not here: XLSX ([`super::sheet`]).
//!
//! `["第四条", null, 0.5]` is the line `第四条,,0.5` in CSV.

use std::io::Write;

use serde_json::Value;

/// What a column is called and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every format.
    pub name: &'static str,
    /// What it holds, with its unit: a sentence of the data dictionary.
    pub about: &'static str,
}

/// What a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name: of the sheet, of the file.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its columns in order.
    pub columns: &'static [Column],
}

/// A table with its rows; each row has a value a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is.
    pub table: Table,
    /// Null, text, numbers, truths, and lists of texts.
    pub rows: Vec<Vec<Value>>,
}

/// The dictionary's own table.
const DICTIONARY: Table = Table {
    name: "dictionary",
    about: "What the columns of the other tables hold",
    columns: &[
        Column { name: "table", about: "The table" },
        Column { name: "column", about: "The column; empty in the row that tells of the table" },
        Column { name: "about", about: "What it holds" },
    ],
};

/// The data dictionary of tables, as a table.
pub fn dictionary(tables: &[Table]) -> Sheet {
    let mut rows = Vec::new();
    for table in tables {
        rows.push(vec![table.name.into(), Value::Null, table.about.into()]);
        let column = |one: &Column| vec![table.name.into(), one.name.into(), one.about.into()];
        rows.extend(table.columns.iter().map(column));
    }
    Sheet { table: DICTIONARY, rows }
}

/// Writes a table as JSON Lines: an object a row, its fields in the order of the columns.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn jsonl(sheet: &Sheet, out: &mut impl Write) -> std::io::Result<()> {
    for row in &sheet.rows {
        out.write_all(b"{")?;
        for (at, (column, value)) in sheet.table.columns.iter().zip(row).enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(out, "{comma}{}:{value}", Value::from(column.name))?;
        }
        out.write_all(b"}\n")?;
    }
    Ok(())
}

/// Writes a table as CSV in UTF-8; with `bom`, so that Excel knows it.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(sheet: &Sheet, bom: bool, out: impl Write) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(out);
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(sheet.table.columns.iter().map(|column| column.name))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|value| {
            let text = plain(value);
            if value.is_number() { text } else { harmless(text) }
        }))?;
    }
    writer.flush()
}

/// A value as text: a list with ideographic commas, nothing for null.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula.
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
