//! How results are printed.
//!
//! In: rows. Out: a table that fits the terminal (or [`WIDTH`] columns without one), CSV, or
//! JSON lines. Not here: what is in the rows.
//!
//! Chinese characters take two columns each.

use std::io::Write;

use clap::ValueEnum;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};
use serde::Serialize;

/// The width of a table where there is no terminal.
const WIDTH: u16 = 120;

/// How to print rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// To be read
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
}

/// A row of a table, and what it is as JSON.
pub(crate) trait Line: Serialize {
    /// The names of its columns.
    const HEADER: &'static [&'static str];

    /// Its cells.
    fn cells(&self) -> Vec<String>;
}

/// Prints rows on standard output.
pub(crate) fn print<L: Line>(rows: &[L], format: Format) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table => writeln!(out, "{}", table(L::HEADER, rows.iter().map(Line::cells)))?,
        Format::Jsonl => {
            let mut out = std::io::BufWriter::new(out);
            for row in rows {
                serde_json::to_writer(&mut out, row)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(L::HEADER)?;
            for row in rows {
                writer.write_record(row.cells())?;
            }
            writer.flush()?;
        }
    }
    Ok(())
}

/// A table that fits.
pub(crate) fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !table.is_tty() {
        table.set_width(WIDTH);
    }
    table.set_header(header.iter().copied());
    table.add_rows(rows);
    table
}

/// A text's first characters, with an ellipsis where there are more.
pub(crate) fn short(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
