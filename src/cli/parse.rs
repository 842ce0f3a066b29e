//! `zeren parse FILE…`: records without a library.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Done, output};
use crate::error::Error;
use crate::record::{NodeRecord, Record};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren parse corpus/000_ad1dc665d4595636.txt --format outline")]
pub(super) struct Typed {
    /// Files to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One record a line
    Jsonl,
    /// All records as one indented array
    Json,
    /// The tree of each document, to be read
    Outline,
}

pub(super) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut done = Done::Found;
    let (mut all, mut line) = (Vec::new(), Vec::new());
    for file in &typed.files {
        let records = match records(file) {
            Ok(records) => records,
            Err(error) => {
                eprintln!("zeren: {error}");
                done = Done::Nothing;
                continue;
            }
        };
        match typed.format {
            Format::Json => all.extend(records),
            Format::Jsonl => {
                for record in records {
                    line.clear();
                    serde_json::to_writer(&mut line, &record)?;
                    line.push(b'\n');
                    out.write_all(&line)?;
                }
            }
            Format::Outline => {
                for record in &records {
                    outline(&mut out, record)?;
                }
            }
        }
    }
    if typed.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, &all)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(done)
}

/// The records of a file.
pub(super) fn records(file: &Path) -> Result<Vec<Record>, Error> {
    let fail = |cause| Error::File { action: "read", path: file.to_owned(), cause };
    crate::parse::parse(file, &std::fs::read(file).map_err(fail)?)
}

/// A document's head and its tree.
pub(super) fn outline(out: &mut impl Write, record: &Record) -> std::io::Result<()> {
    writeln!(out, "{}", record.title.as_deref().unwrap_or("(no title)"))?;
    let mut head = vec![&*record.genre];
    head.extend(record.kind.as_deref());
    head.extend(record.region.as_ref().map(|region| region.name.as_str()));
    head.extend(record.number.as_deref());
    head.extend(record.dates.issued.as_deref());
    writeln!(out, "{} · {}", record.id, head.join(" · "))?;
    for node in &record.outline {
        branch(out, node, 1)?;
    }
    writeln!(out)
}

fn branch(out: &mut impl Write, node: &NodeRecord, depth: usize) -> std::io::Result<()> {
    let mut words = Vec::new();
    words.extend(node.label.clone());
    words.extend(node.heading.clone());
    words.extend(node.text.as_deref().map(|text| output::short(text, 40)));
    writeln!(out, "{:indent$}{}  [{}]", "", words.join(" "), node.eid, indent = depth * 2)?;
    node.children.iter().try_for_each(|child| branch(out, child, depth + 1))
}
