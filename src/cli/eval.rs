//! `zeren eval GOLD`: how near what is found comes to duties, or to questions, made by hand.
//!
//! Gold is a folder, or its `duties.jsonl`: a duty a line as `docs/duties.md` defines it. Beside it may
//! lie `documents.jsonl` (`{"id", "file", "n"}`: which document of which file) and `units.jsonl`
//! (`{"doc", "units"}`: what was annotated). Without the first, `doc` is a file's path, after # which
//! document of it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Done, Usage, parse, questions};
use crate::error::Error;
use crate::library::Library;
use crate::score::{self, Annotated, Figures, Flat, Overlap, Scored, Share};

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren eval tests/gold --texts corpus\n  \
                        zeren eval my/duties.jsonl --misses\n  \
                        zeren eval tests/questions/dev.jsonl --library library")]
pub(super) struct Typed {
    /// A folder with duties.jsonl, or such a file, or a file of questions
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// The folder that the texts lie in; else the gold's own
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Also list what differs, unit by unit
    #[arg(long)]
    misses: bool,
    /// How to print the figures
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// To be read
    Table,
    /// One JSON object
    Json,
    /// Comma-separated values
    Csv,
}

/// A line of `documents.jsonl`.
#[derive(Deserialize)]
struct Header {
    id: String,
    file: PathBuf,
    #[serde(default = "first")]
    n: usize,
}

/// A line of `units.jsonl`.
#[derive(Deserialize)]
struct Units {
    doc: String,
    units: Option<Vec<String>>,
    unit: Option<String>,
}

fn first() -> usize {
    1
}

pub(super) fn run(library: &Path, typed: &Typed) -> anyhow::Result<Done> {
    if asks(&typed.gold) {
        let library = Library::open(library)?;
        return questions::run(&library, &lines(&typed.gold)?, typed.misses, typed.format);
    }
    let (folder, duties) = match typed.gold.is_dir() {
        true => (typed.gold.as_path(), typed.gold.join("duties.jsonl")),
        false => (typed.gold.parent().unwrap_or(Path::new("")), typed.gold.clone()),
    };
    let mut gold: Vec<Flat> = lines(&duties)?;
    let units = annotated(&folder.join("units.jsonl"), &gold)?;
    gold.retain(|duty| score::annotated(duty, &units));
    let headers = headers(&folder.join("documents.jsonl"), &units)?;
    let texts = typed.texts.as_deref().unwrap_or(folder);
    let (mut found, done) = found(&headers, texts)?;
    found.retain(|duty| score::annotated(duty, &units));
    let scored = score::score(&gold, &found);
    print(&scored, typed)?;
    Ok(done)
}

/// Whether a file holds questions rather than duties.
fn asks(path: &Path) -> bool {
    let text = if path.is_file() {
        std::fs::read_to_string(path).unwrap_or_default()
    } else {
        String::new()
    };
    let first = text.lines().find_map(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|line| line.get("query").is_some())
}

/// The objects of a JSON lines file.
fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let fail = |cause| Error::File { action: "read", path: path.to_owned(), cause };
    let text = std::fs::read_to_string(path).map_err(fail)?;
    let told = text.trim_start_matches('\u{feff}').lines().zip(1..);
    told.filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, n)| {
            serde_json::from_str(line)
                .map_err(|cause| Usage(format!("`{}` line {n}: {cause}", path.display())).into())
        })
        .collect()
}

/// What was annotated; where nothing says so, the documents that gold has duties of.
fn annotated(path: &Path, gold: &[Flat]) -> anyhow::Result<Annotated> {
    if !path.is_file() {
        return Ok(gold.iter().map(|duty| (duty.doc.trim().to_owned(), None)).collect());
    }
    let mut all = Annotated::new();
    for line in lines::<Units>(path)? {
        let listed = line.units.or(line.unit.map(|unit| vec![unit]));
        let known = all.entry(line.doc.trim().to_owned()).or_insert_with(|| Some(Vec::new()));
        *known = known.take().zip(listed).map(|(known, listed)| [known, listed].concat());
    }
    Ok(all)
}

/// Where the annotated documents are read.
fn headers(path: &Path, units: &Annotated) -> anyhow::Result<Vec<Header>> {
    let headers: Vec<Header> = match path.is_file() {
        true => lines(path)?,
        false => units.keys().map(|doc| by_path(doc)).collect(),
    };
    for doc in units.keys() {
        if !headers.iter().any(|header| header.id == *doc) {
            return Err(Usage(format!("`{}` has no document `{doc}`", path.display())).into());
        }
    }
    Ok(headers)
}

/// `texts/a.html#2`
fn by_path(doc: &str) -> Header {
    let (file, n) = match doc.rsplit_once('#').map(|(file, n)| (file, n.parse())) {
        Some((file, Ok(n))) => (file, n),
        _ => (doc, 1),
    };
    Header { id: doc.to_owned(), file: file.into(), n }
}

/// The duties of the documents. What cannot be read is said, and nothing is found in it.
fn found(headers: &[Header], texts: &Path) -> anyhow::Result<(Vec<Flat>, Done)> {
    let mut files: BTreeMap<&Path, Vec<&Header>> = BTreeMap::new();
    for header in headers {
        files.entry(&header.file).or_default().push(header);
    }
    let mut done = Done::Found;
    let mut found = Vec::new();
    for (file, headers) in files {
        let records = match parse::records(&texts.join(file)) {
            Ok(records) => records,
            Err(error) => {
                eprintln!("zeren: {error}");
                done = Done::Nothing;
                continue;
            }
        };
        for header in headers {
            match records.iter().find(|record| record.source.n == header.n) {
                Some(record) => {
                    found.extend(record.duties.iter().map(|duty| Flat::of(&header.id, duty)));
                }
                None => {
                    eprintln!("zeren: `{}` has no document {}", file.display(), header.n);
                    done = Done::Nothing;
                }
            }
        }
    }
    Ok((found, done))
}

fn print(scored: &Scored<'_>, typed: &Typed) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match typed.format {
        Format::Table => {
            for (name, right, of, value) in figures(&scored.figures) {
                let value = value.map_or("-".to_owned(), |value| format!("{value:.3}"));
                writeln!(out, "{name:<28}{value:>6}   {right} of {of}")?;
            }
            if typed.misses {
                misses(&mut out, scored)?;
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(["figure", "value", "right", "of"])?;
            for (name, right, of, value) in figures(&scored.figures) {
                let value = value.map_or(String::new(), |value| value.to_string());
                writer.write_record([name.to_owned(), value, right.to_string(), of.to_string()])?;
            }
            writer.flush()?;
        }
        Format::Json => {
            let mut object = json!({});
            for (name, right, of, value) in figures(&scored.figures) {
                object[name] = json!({ "value": value, "right": right, "of": of });
            }
            if typed.misses {
                object["misses"] = listed(scored);
            }
            serde_json::to_writer_pretty(&mut out, &object)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// All figures: name, how many are right, of how many, and the share.
fn figures(figures: &Figures) -> Vec<(&'static str, usize, usize, Option<f64>)> {
    let overlap = |names: [&'static str; 3], overlap: Overlap| {
        let Overlap { shared, gold, found } = overlap;
        [
            (names[0], 2 * shared, gold + found, overlap.f1()),
            (names[1], shared, found, overlap.precision()),
            (names[2], shared, gold, overlap.recall()),
        ]
    };
    let share = |name, share: Share| (name, share.right, share.of, share.value());
    let mut all = Vec::new();
    all.extend(overlap(["duty F1", "duty precision", "duty recall"], figures.duty));
    all.extend(overlap(["strict F1", "strict precision", "strict recall"], figures.strict));
    all.push(share("bearers, whole set", figures.bearers));
    let names = ["bearers, by name F1", "bearers precision", "bearers recall"];
    all.extend(overlap(names, figures.bearer));
    let names = ["recipients, by name F1", "recipients precision", "recipients recall"];
    all.extend(overlap(names, figures.recipient));
    all.push(share("role", figures.role));
    all.push(share("modality", figures.modality));
    all.push(share("inherited", figures.inherited));
    all.push(share("responsibility, where stated", figures.responsibility));
    all.push(share("frequency, where stated", figures.frequency));
    all.push(share("deadline, where stated", figures.deadline));
    all
}

/// What differs, by document and unit: `-` was not found, `+` is in no gold, `~` differs in a field.
fn misses(out: &mut impl Write, scored: &Scored<'_>) -> std::io::Result<()> {
    let mut units: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let alone = [("-", &scored.missed), ("+", &scored.extra)];
    for (mark, duty) in
        alone.iter().flat_map(|(mark, duties)| duties.iter().map(move |d| (mark, d)))
    {
        let unit = units.entry((&duty.doc, &duty.unit)).or_default();
        unit.push(format!("{mark} {}", shown(duty)));
    }
    for (gold, found) in &scored.pairs {
        let differ = score::differences(gold, found).join(", ");
        if !differ.is_empty() {
            let unit = units.entry((&gold.doc, &gold.unit)).or_default();
            unit.push(format!("~ {differ}\n    {}\n    {}", shown(gold), shown(found)));
        }
    }
    for ((doc, unit), lines) in units {
        writeln!(out, "\n{doc} {unit}")?;
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    Ok(())
}

fn listed(scored: &Scored<'_>) -> Value {
    let alone = |duties: &[&Flat]| duties.iter().map(|duty| json!(duty)).collect::<Vec<_>>();
    let differing = scored.pairs.iter().filter_map(|(gold, found)| {
        let fields = score::differences(gold, found);
        (!fields.is_empty()).then(|| json!({ "fields": fields, "gold": gold, "found": found }))
    });
    json!({
        "missed": alone(&scored.missed),
        "extra": alone(&scored.extra),
        "differing": differing.collect::<Vec<_>>(),
    })
}

fn shown(duty: &Flat) -> String {
    let facts = [
        Some(&*duty.role),
        Some(&*duty.modality),
        duty.inherited.then_some("inherited"),
        duty.responsibility.as_deref(),
        duty.frequency.as_deref(),
        duty.deadline.as_deref(),
    ];
    let facts = super::output::joined(facts);
    let to = match duty.recipients.is_empty() {
        true => String::new(),
        false => format!(" → {}", duty.recipients.join("、")),
    };
    format!("[{}] {}{to} ({facts})", duty.bearers.join("、"), duty.action)
}
