//! How results are printed.
//!
//! In: results, each a [`Line`]. Out: a table that fits the terminal (or [`WIDTH`] columns without
//! one) and says what a reader wants to know, CSV with all values, or JSON lines. Not here: what is in the rows.
//!
//! Chinese characters take two columns each.

use std::io::Write;

use clap::ValueEnum;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, LineStyle, Table};
use serde::Serialize;

use crate::export;
use crate::span::SourceSpan;

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

/// A result: a row to be read, a row of values, an object.
pub(crate) trait Line: Serialize {
    /// The columns of the table to be read.
    const COLUMNS: &'static [&'static str];
    /// The columns of the CSV.
    const HEADER: &'static [&'static str];

    /// What is to be read, a cell a column.
    fn row(&self) -> Vec<String>;

    /// Its values, a cell a column of the CSV.
    fn cells(&self) -> Vec<String>;
}

/// Prints rows on standard output.
pub(crate) fn print<L: Line>(rows: &[L], format: Format) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table => {
            writeln!(out, "{}", table(L::COLUMNS, rows.iter().map(Line::row).collect()))?
        }
        Format::Jsonl => {
            drop(out);
            lines(rows)?;
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(L::HEADER)?;
            for row in rows {
                writer.write_record(row.cells().into_iter().map(export::harmless))?;
            }
            writer.flush()?;
        }
    }
    Ok(())
}

/// Prints objects on standard output, one a line.
pub(crate) fn lines(rows: &[impl Serialize]) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for row in rows {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// A table that fits, without the columns that say nothing. Rows are ruled off where one takes
/// several lines.
pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>) -> Table {
    let told = |at: &usize| rows.iter().any(|row| row.get(*at).is_some_and(|c| !c.is_empty()));
    let told = (0..header.len()).filter(told).collect::<Vec<_>>();
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !rows.iter().flatten().any(|cell| cell.contains('\n')) {
        table.style_mut().row_separator = LineStyle::none();
    }
    if !table.is_tty() {
        table.set_width(WIDTH);
    }
    table.set_header(told.iter().map(|&at| header[at]));
    table.add_rows(rows.iter().map(|row| told.iter().map(|&at| row[at].as_str())));
    table
}

/// A text's first characters, with an ellipsis where there are more.
pub(crate) fn short(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A path without its middle where it takes more columns: `corpus/002_e3…ccc6a.txt`.
pub(crate) fn short_path(path: &str, columns: usize) -> String {
    let path = &*printable(path);
    let width = |c: char| if c.is_ascii() { 1 } else { 2 };
    if path.chars().map(width).sum::<usize>() <= columns {
        return path.to_owned();
    }
    let fitting = |characters: &mut dyn Iterator<Item = char>, columns: usize| {
        let mut left = columns;
        let fits = characters.take_while(|&c| {
            let fits = left >= width(c);
            left = left.saturating_sub(width(c));
            fits
        });
        fits.collect::<Vec<_>>()
    };
    let half = (columns - 1) / 2;
    let head = fitting(&mut path.chars(), half);
    let tail = fitting(&mut path.chars().rev(), half);
    head.into_iter().chain(['…']).chain(tail.into_iter().rev()).collect()
}

/// A text without control characters, which a terminal would obey: a line break as `\n`.
pub(crate) fn printable(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.into() };
    text.chars().map(escaped).collect()
}

/// The facts that are known, with dots between them.
pub(crate) fn joined<'t>(facts: impl IntoIterator<Item = Option<&'t str>>) -> String {
    let known = facts.into_iter().flatten().filter(|fact| !fact.is_empty());
    known.collect::<Vec<_>>().join(" · ")
}

/// Where something stands, to be read: provision and document, the document's id, the source.
/// `document` is what is known of it, its title first.
pub(crate) fn whereabouts(
    provision: &str,
    document: &[Option<&str>],
    id: &str,
    place: &str,
) -> String {
    let known = document.split_first().map_or_else(String::new, |(title, rest)| {
        let title = Some(title.unwrap_or("(no title)"));
        joined(std::iter::once(title).chain(rest.iter().copied()))
    });
    let provision = if provision.is_empty() { String::new() } else { format!("{provision}  ") };
    format!("{provision}{known}\n{id}\n{place}")
}

/// A place in a source, to be read: `corpus/002_e3…ccc6a.txt:25628-25654`.
pub(crate) fn place(path: &str, span: SourceSpan) -> String {
    format!("{}:{}-{}", short_path(path, 34), span.start, span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paths_lose_their_middle() {
        assert_eq!(short_path("corpus/002_e34c9bcc7c3ccc6a.txt", 21), "corpus/002…3ccc6a.txt");
        assert_eq!(short_path("湖南省脱贫攻坚责任制实施细则", 11), "湖南…细则");
        assert_eq!(short_path("corpus/a.txt", 20), "corpus/a.txt");
    }

    #[test]
    fn columns_that_say_nothing_are_left_out() {
        let rows = vec![vec!["a.txt".to_owned(), String::new()]];
        let shown = table(&["file", "duties"], rows).to_string();
        assert!(shown.contains("a.txt") && !shown.contains("duties"), "{shown}");
    }
}
