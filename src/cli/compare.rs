//! `zeren compare A B`: two documents beside each other; with `--regions` or `--documents`, the
//! responsibility matrix (`matrix`).

mod matrix;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::output;
use super::{Done, NotThere, Usage, lapsed, one_document, parse};
use crate::compare::{Comparison, Kind, Pair, Shares, compare, page, summary, table};
use crate::export;
use crate::library::Library;
use crate::record::{Dates, Record};

#[derive(clap::Args)]
#[command(
    override_usage = "zeren compare [OPTIONS] A B\n       zeren compare [OPTIONS] --topic TOPIC --regions REGION,REGION…\n       zeren compare [OPTIONS] --topic TOPIC --documents DOCUMENT,DOCUMENT…",
    after_help = "Examples:\n  zeren compare old.txt new.txt\n  zeren compare --topic 驻村帮扶 --regions 湖南,吉林\n  zeren compare 2cbadef5 corpus/003_316c6a89e7b059df.txt#2 --format html --output page.html"
)]
pub(super) struct Typed {
    /// The first document: a file, `FILE#n` for the nth document in it, or an id of the library
    #[arg(value_name = "A")]
    a: Option<String>,
    /// The second, which may have been made from it
    #[arg(value_name = "B")]
    b: Option<String>,
    /// The responsibility matrix: what the duties are about; may be given several times
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,
    /// The matrix over regions of the library, by name or code, a column each
    #[arg(long, value_name = "REGION", value_delimiter = ',', conflicts_with_all = ["a", "documents"])]
    regions: Vec<String>,
    /// The matrix over documents, named as A and B are, a column each
    #[arg(long, value_name = "DOCUMENT", value_delimiter = ',', conflicts_with = "a")]
    documents: Vec<String>,
    /// Leave out what the library knows to be repealed, replaced by a later edition, or expired
    #[arg(long, requires = "regions")]
    in_force: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How to print a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// To be read
    Table,
    /// A page that stands alone: side by side, changes marked; the matrix with its differences
    Html,
    /// One JSON object a pair
    Jsonl,
    /// Comma-separated values
    Csv,
    /// A workbook, with a data dictionary
    Xlsx,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let columns = typed.regions.len().max(typed.documents.len());
    let (a, b) = match (&typed.a, &typed.b) {
        (Some(a), Some(b)) if typed.topic.is_empty() => (a, b),
        (None, _) if columns > 1 => return matrix::run(folder, typed),
        (None, _) if columns == 1 => {
            return Err(Usage("a matrix has at least two columns".into()).into());
        }
        _ if !typed.topic.is_empty() => {
            let why = "`--topic` goes with `--regions 湖南,吉林` or `--documents A,B`";
            return Err(Usage(why.into()).into());
        }
        _ => {
            let why =
                "name two documents, or the columns of a matrix with `--regions` or `--documents`";
            return Err(Usage(why.into()).into());
        }
    };
    let (a, b) = (document(folder, a)?, document(folder, b)?);
    let comparison = compare(&a, &b);
    let sheet = || table(&comparison, &a, &b);
    let mut bytes = Vec::new();
    match typed.format {
        Format::Table => bytes = read(&comparison, &a, &b).into_bytes(),
        Format::Html => bytes = page::page(&comparison, &a, &b).into_bytes(),
        Format::Jsonl => export::jsonl(&sheet(), &mut bytes)?,
        Format::Csv => export::csv(&sheet(), false, &mut bytes)?,
        Format::Xlsx => bytes = export::xlsx(&[summary(&comparison, &a, &b), sheet()])?,
    }
    write(&bytes, typed.format == Format::Xlsx, typed.output.as_deref())?;
    Ok(Done::Found)
}

/// Writes to a file, or to standard output; binary never to a terminal.
pub(super) fn write(bytes: &[u8], binary: bool, to: Option<&Path>) -> anyhow::Result<()> {
    let Some(path) = to else {
        if binary {
            no_terminal()?;
        }
        return Ok(std::io::stdout().lock().write_all(bytes)?);
    };
    let fail = |cause| crate::error::Error::File { action: "write", path: path.to_owned(), cause };
    Ok(std::fs::write(path, bytes).map_err(fail)?)
}

/// Refuses to write what is no text to a terminal.
pub(super) fn no_terminal() -> Result<(), Usage> {
    if std::io::stdout().is_terminal() {
        return Err(Usage("this format is no text; name a file with `--output`".into()));
    }
    Ok(())
}

/// The document that was named: of a file, or of the library.
pub(super) fn document(folder: &Path, named: &str) -> anyhow::Result<Record> {
    let (path, n) = match named.rsplit_once('#') {
        Some((path, n)) if !Path::new(named).exists() => (path, n.parse::<usize>().ok()),
        _ => (named, None),
    };
    if !Path::new(path).is_file() {
        if Path::new(path).is_dir() {
            return Err(Usage(format!("`{path}` is a folder; name a file in it")).into());
        }
        // an id has hexadecimal digits alone
        if !named.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotThere(format!("there is no file `{path}`")).into());
        }
        let library = Library::open(folder)?;
        return Ok(library.record(&one_document(&library, named)?.id)?);
    }
    let mut records = parse::records(Path::new(path))?;
    let held = records.len();
    match n {
        Some(n) if (1..=held).contains(&n) => Ok(records.swap_remove(n - 1)),
        Some(n) => Err(NotThere(format!("`{path}` holds {held} documents, and no {n}")).into()),
        None if held == 1 => Ok(records.swap_remove(0)),
        None if held == 0 => Err(NotThere(format!("`{path}` holds no document")).into()),
        None => {
            let title = |one: &Record| one.title.clone().unwrap_or_else(|| "(no title)".into());
            let listed: Vec<String> = records
                .iter()
                .map(|one| format!("\n  {path}#{}  {}", one.source.n, title(one)))
                .collect();
            let listed = listed.concat();
            Err(Usage(format!("`{path}` holds {held} documents; name one of them:{listed}")).into())
        }
    }
}

/// The day by which an edition is known: when it was made, by its text or its file's name, else from when it holds,
/// which a new edition often leaves as it was.
pub(super) fn day(dates: &Dates, path: &str) -> Option<String> {
    let made = dates.issued.clone().or_else(|| dates.published.clone());
    made.or_else(|| named_day(path)).or_else(|| dates.effective.clone())
}

/// The day that a file's name ends with, as collections of statutes have it: `…条例(2020-03-27).txt`.
fn named_day(path: &str) -> Option<String> {
    let stem = Path::new(path).file_stem()?.to_str()?;
    let inside = stem.trim_end_matches([')', '）']).rsplit(['(', '（']).next()?;
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = inside.split('-').collect();
    let is = matches!(parts.as_slice(), [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2));
    is.then(|| inside.to_owned())
}

/// The comparison as it is read on a terminal.
fn read(comparison: &Comparison, a: &Record, b: &Record) -> String {
    let head = |name: &str, one: &Record, provisions: usize| {
        let title = one.title.as_deref().unwrap_or("(no title)");
        let region = one.region.as_ref().map(|region| region.name.as_str());
        let known =
            output::joined([Some(title), region, day(&one.dates, &one.source.path).as_deref()]);
        format!("{name}  {known} · {provisions} provisions ({})\n", one.id)
    };
    let Shares { copied, adapted, added, dropped } = comparison.shares;
    let percent = |share: f32| format!("{:.0} %", share * 100.0);
    let mut text = head("A", a, comparison.a.len()) + &head("B", b, comparison.b.len());
    text += &format!(
        "of B: {} copied, {} adapted, {} added; of A: {} dropped\n",
        percent(copied),
        percent(adapted),
        percent(added),
        percent(dropped)
    );
    let rows = comparison.pairs.iter().map(|pair| row(comparison, pair)).collect();
    text + &output::table(&["A", "B", "how", "alike", "reused", "B begins, or A"], rows).to_string()
        + "\n"
}

fn row(comparison: &Comparison, pair: &Pair) -> Vec<String> {
    let units = |list: &[crate::compare::Provision], places: &[usize]| {
        places.iter().map(|&at| list[at].unit.as_str()).collect::<Vec<_>>().join("、")
    };
    let paired = !matches!(pair.kind, Kind::Added | Kind::Dropped);
    let number = |share: f32| if paired { format!("{share:.2}") } else { String::new() };
    let moved = if pair.moved { "moved, " } else { "" };
    let begins = match pair.b.first() {
        Some(&at) => &comparison.b[at].shown,
        None => &comparison.a[pair.a[0]].shown,
    };
    vec![
        units(&comparison.a, &pair.a),
        units(&comparison.b, &pair.b),
        format!("{moved}{}", pair.kind.as_str()),
        number(pair.similarity),
        number(pair.reused),
        output::short(&begins.replace('\n', " "), 26),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_may_tell_the_day() {
        let day = named_day("laws/北京市优化营商环境条例(2020-03-27).txt");
        assert_eq!(day.as_deref(), Some("2020-03-27"));
        assert_eq!(named_day("laws/北京市安全生产条例.txt"), None);
    }
}
