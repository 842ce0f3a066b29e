//! How fast a core parses, and where the time goes.
//!
//! In: the folder that `ZEREN_LAWS` names, else `corpus/`. Out: a table of the stages of
//! `zeren::parse::parse`, in MB of UTF-8 a second on one core, then the cost by length of a
//! document. Nothing is asserted: times are the machine's.
//!
//! `ZEREN_LAWS=… cargo bench --bench parse`, and with `-- growth` the second table, too.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use walkdir::WalkDir;
use zeren::text::Text;
use zeren::{extract, read, record, structure};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The stages in their order.
const STAGES: [&str; 6] = ["decode", "convert", "structure", "extract", "record", "json"];

/// How often everything is read; the fastest round of each stage counts.
const ROUNDS: usize = 3;

fn main() {
    let folder =
        std::env::var_os("ZEREN_LAWS").map_or_else(|| PathBuf::from("corpus"), PathBuf::from);
    let files = files(&folder);
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("{} files, {:.1} MB of `{}`", files.len(), megabytes(bytes), folder.display());
    let best = (0..ROUNDS).map(|_| stages(&files)).reduce(fastest).unwrap_or_default();
    table(&best, bytes);
    if std::env::args().any(|argument| argument == "growth") {
        growth(&files);
    }
}

/// The texts below a folder, as bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "txt"))
        .filter_map(|entry| Some((entry.path().to_owned(), std::fs::read(entry.path()).ok()?)))
        .collect()
}

/// The time of each stage over all files.
fn stages(files: &[(PathBuf, Vec<u8>)]) -> [Duration; STAGES.len()] {
    let mut spent = [Duration::ZERO; STAGES.len()];
    for (path, bytes) in files {
        let path = path.to_string_lossy();
        let Ok(source) = clock(&mut spent[0], || read::read(bytes)) else { continue };
        let text = clock(&mut spent[1], || Text::of(&source));
        let documents = clock(&mut spent[2], || structure::documents(&text));
        for document in &documents {
            let facts = clock(&mut spent[3], || extract::facts(&text, document));
            let record = clock(&mut spent[4], || record::build(&path, &text, document, facts));
            clock(&mut spent[5], || serde_json::to_vec(&record).map_or(0, |json| json.len()));
        }
    }
    spent
}

fn clock<T>(spent: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    *spent += start.elapsed();
    made
}

fn fastest(
    one: [Duration; STAGES.len()],
    other: [Duration; STAGES.len()],
) -> [Duration; STAGES.len()] {
    std::array::from_fn(|stage| one[stage].min(other[stage]))
}

fn table(spent: &[Duration], bytes: usize) {
    let parse: Duration = spent[..STAGES.len() - 1].iter().sum();
    println!("{:<12}{:>9}{:>9}{:>9}", "stage", "seconds", "share", "MB/s");
    let row = |name: &str, time: Duration| {
        let seconds = time.as_secs_f64();
        let share = seconds / parse.as_secs_f64() * 100.0;
        println!("{name:<12}{seconds:>9.3}{share:>8.1}%{:>9.1}", megabytes(bytes) / seconds);
    };
    for (stage, time) in STAGES.iter().zip(spent).take(STAGES.len() - 1) {
        row(stage, *time);
    }
    row("parse", parse);
    row("json", spent[STAGES.len() - 1]);
}

/// The cost of one document by its length, and MB/s of its stages: articles of the files, numbered anew.
fn growth(files: &[(PathBuf, Vec<u8>)]) {
    print!("\n{:<12}{:>9}{:>9}", "document", "seconds", "MB/s");
    for stage in &STAGES[..STAGES.len() - 1] {
        print!("{stage:>11}");
    }
    println!();
    let whole: String = files
        .iter()
        .flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap_or_default().lines())
        .filter_map(|line| line.trim().strip_prefix('第')?.split_once("条 "))
        .enumerate()
        .map(|(index, (_, text))| format!("第{}条 {text}\n", index + 1))
        .collect();
    for size in [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000] {
        let mut text = String::from("大法\n");
        while text.len() < size && !whole.is_empty() {
            let mut end = (size - text.len()).min(whole.len());
            while !whole.is_char_boundary(end) {
                end -= 1;
            }
            if end == 0 {
                break;
            }
            text.push_str(&whole[..end]);
        }
        let spent = stages(&[(PathBuf::from("growth.txt"), text.into_bytes())]);
        let parse: Duration = spent[..STAGES.len() - 1].iter().sum();
        print!("{:<12}{:>9.3}", format!("{} KB", size / 1000), parse.as_secs_f64());
        print!("{:>9.1}", megabytes(size) / parse.as_secs_f64());
        for time in &spent[..STAGES.len() - 1] {
            print!("{:>11.1}", megabytes(size) / time.as_secs_f64());
        }
        println!();
    }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
