//! How long it takes to compare two statutes, and to derive a collection.
//!
//! In: the folder that `ZEREN_LAWS` names. Out: the time of a comparison by number of provisions,
//! and of `derive` over 500, 1,000, 2,000 and all documents. Nothing is asserted: times are the
//! machine's.
//!
//! `ZEREN_LAWS=… cargo bench --bench compare`

use std::path::PathBuf;
use std::time::Instant;

use walkdir::WalkDir;
use zeren::compare::{Origin, align, compare, derive, provisions};
use zeren::record::Record;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let Some(folder) = std::env::var_os("ZEREN_LAWS").map(PathBuf::from) else {
        println!("skipped: `ZEREN_LAWS` names no folder of statutes");
        return;
    };
    let records = records(&folder);
    comparisons(&records);
    derivations(&records);
}

fn records(folder: &PathBuf) -> Vec<Record> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let texts = files.filter(|entry| entry.path().extension().is_some_and(|one| one == "txt"));
    let read = |entry: walkdir::DirEntry| {
        let bytes = std::fs::read(entry.path()).ok()?;
        zeren::parse::parse(entry.path(), &bytes).ok()
    };
    texts.filter_map(read).flatten().collect()
}

/// Statutes beside the next of about their size.
fn comparisons(records: &[Record]) {
    println!("{:<24}{:>12}{:>12}", "provisions", "align, ms", "whole, ms");
    for size in [25, 50, 100, 200, 400] {
        let near = |record: &&Record| {
            let count = provisions(&record.outline).len();
            count * 10 >= size * 9 && count * 10 <= size * 11
        };
        let chosen: Vec<&Record> = records.iter().filter(near).take(6).collect();
        let (mut alone, mut whole, mut pairs) = (0.0, 0.0, 0);
        for pair in chosen.windows(2) {
            let (a, b) = (provisions(&pair[0].outline), provisions(&pair[1].outline));
            let start = Instant::now();
            std::hint::black_box(align(&a, &b));
            alone += start.elapsed().as_secs_f64();
            let start = Instant::now();
            std::hint::black_box(compare(pair[0], pair[1]));
            whole += start.elapsed().as_secs_f64();
            pairs += 1;
        }
        // few statutes are that long
        if pairs == 0 {
            continue;
        }
        let mean = |sum: f64| sum * 1000.0 / f64::from(pairs);
        println!("{size:<24}{:>12.1}{:>12.1}", mean(alone), mean(whole));
    }
}

fn derivations(records: &[Record]) {
    let origin = |record: &Record| Origin {
        id: record.id.clone(),
        title: record.title.clone(),
        region: record.region.clone(),
        date: record.dates.issued.clone().or_else(|| record.dates.effective.clone()),
        provisions: provisions(&record.outline),
    };
    let all: Vec<Origin> = records.iter().map(origin).collect();
    println!("\n{:<24}{:>12}{:>12}{:>12}", "documents", "provisions", "seconds", "pairs");
    for size in [500, 1000, 2000, all.len()] {
        // every nth, so that each size has the same mixture of regions
        let step = all.len() as f64 / size.min(all.len()) as f64;
        let some: Vec<Origin> =
            (0..size.min(all.len())).map(|at| all[(at as f64 * step) as usize].clone()).collect();
        let count: usize = some.iter().map(|one| one.provisions.len()).sum();
        let start = Instant::now();
        let found = derive(&some, |_| true, 3, 0.3).taken.len();
        println!("{:<24}{count:>12}{:>12.2}{found:>12}", some.len(), start.elapsed().as_secs_f64());
    }
}
