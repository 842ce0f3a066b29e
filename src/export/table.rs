//! Tables with their dictionary, as JSON Lines and CSV.
//!
//! In: [`Sheet`]s. Out: bytes. Cells that a spreadsheet would run as a formula are made plain text
//! in CSV by an apostrophe before them. Not here: XLSX ([`super::sheet`]).
//!
//! `["第四条", null, 0.5]` is the line `第四条,,0.5` in CSV.

use std::io::Write;

use chrono::NaiveDate;
use serde_json::Value;

/// What sort of values a column has; any of them may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number.
    Count,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// A day, as ISO 8601.
    Day,
}

impl Kind {
    /// What the data dictionary calls it, and how formats have it that differ.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Texts => "list of texts; in csv and xlsx one text with 、 between them",
            Kind::Count => "whole number",
            Kind::Number => "number",
            Kind::Truth => "true or false",
            Kind::Day => "day; a date in parquet, else text as 2016-12-09",
        }
    }
}

/// What a column is called and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, the same in every format.
    pub name: &'static str,
    /// What it holds, with its unit: a sentence of the data dictionary.
    pub about: &'static str,
    /// Of what sort it is.
    pub kind: Kind,
}

impl Column {
    /// A column of texts.
    pub const fn text(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Text }
    }

    /// A column of lists of texts.
    pub const fn texts(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Texts }
    }

    /// A column of whole numbers.
    pub const fn count(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Count }
    }

    /// A column of numbers.
    pub const fn number(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Number }
    }

    /// A column of truths.
    pub const fn truth(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Truth }
    }

    /// A column of days.
    pub const fn day(name: &'static str, about: &'static str) -> Column {
        Column { name, about, kind: Kind::Day }
    }
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
        Column::text("table", "The table"),
        Column::text("column", "The column; empty in the row that tells of the table"),
        Column::text("type", "Of what sort it is"),
        Column::text("about", "What it holds"),
    ],
};

/// The data dictionary of tables, as a table.
pub fn dictionary(tables: &[Table]) -> Sheet {
    let mut rows = Vec::new();
    for table in tables {
        rows.push(vec![table.name.into(), Value::Null, Value::Null, table.about.into()]);
        let column = |one: &Column| {
            [table.name, one.name, one.kind.as_str(), one.about].map(Value::from).to_vec()
        };
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
pub fn csv(sheet: &Sheet, bom: bool, mut out: impl Write) -> std::io::Result<()> {
    csv_head(&sheet.table, bom, &mut out)?;
    csv_rows(&sheet.rows, out)
}

/// Writes the line of names that CSV begins with; with `bom`, so that Excel knows it.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv_head(table: &Table, bom: bool, mut out: impl Write) -> std::io::Result<()> {
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.name)).map_err(unwritten)?;
    writer.flush()
}

/// Writes rows as CSV.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv_rows(rows: &[Vec<Value>], out: impl Write) -> std::io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        let cells = row.iter().map(|value| {
            let text = plain(value);
            if value.is_number() { text } else { harmless(text) }
        });
        writer.write_record(cells).map_err(unwritten)?;
    }
    writer.flush()
}

/// The cause itself, so that whoever reads no further is known by it.
fn unwritten(error: ::csv::Error) -> std::io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(cause) => cause,
        other => std::io::Error::other(format!("{other:?}")),
    }
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

/// The day of an ISO 8601 text; none for one that is printed and that the calendar does not have.
pub(super) fn calendar_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// A text that no spreadsheet takes for a formula.
pub fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
