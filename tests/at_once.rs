//! Many read while thousands of documents arrive: whatever is asked, by whatever command, batches are seen
//! whole or not at all.
//!
//! `ZEREN_LAWS=… ZEREN_DOCUMENTS=10000 cargo test --release --test at_once -- --nocapture` takes in 10,000
//! documents; 500 unless told.

#[path = "support/made.rs"]
mod made;
mod support;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use support::Case;
use zeren::library::{Library, Writer};

const BATCHES: usize = 20;

/// The last provision of each file of a batch.
fn own(batch: usize) -> String {
    format!("\n第九百条 县财政局负责第{batch:02}批试行。\n")
}

/// How much of each batch a reader sees.
type Counts = [usize; BATCHES];

/// A way to look.
type Look = fn(&Case) -> Counts;

/// What commands print that count what names its batch.
fn counted(case: &Case, typed: &[&str]) -> Counts {
    let output = case.command(typed).args(["--format", "jsonl"]).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let fine =
        ["nothing found", "no such duty", "no duty holds"].iter().any(|none| told.contains(none));
    assert!(fine || output.status.success(), "zeren {}: {told}", typed.join(" "));
    let mut counts = Counts::default();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let action = row["action"].as_str().or(row["text"].as_str()).unwrap_or_default();
        if let Some((before, _)) = action.split_once("批试行") {
            let batch = before.rsplit('第').next().and_then(|batch| batch.parse::<usize>().ok());
            counts[batch.expect("a batch")] += 1;
        }
    }
    counts
}

fn search(case: &Case) -> Counts {
    counted(case, &["search", "\"批试行\"", "--limit", "0"])
}

fn duties(case: &Case) -> Counts {
    counted(case, &["duties", "--bearer", "财政局"])
}

/// Of each batch, whether its bearer is known; the last is asked for first, so that what comes meanwhile
/// is no gap.
fn who(case: &Case) -> Counts {
    let mut counts = Counts::default();
    for batch in (0..BATCHES).rev() {
        let question = format!("第{batch:02}批试行由谁负责");
        counts[batch] = counted(case, &["who", &question])[batch].min(1);
    }
    counts
}

/// Database and index, as one reader sees them.
fn library(case: &Case) -> Counts {
    let library = Library::open(&case.library()).expect("a reader gets in");
    let entries = library.entries().expect("entries");
    let mut ids: Vec<_> = entries.iter().map(|entry| entry.id.clone()).collect();
    ids.sort();
    let indexed: Vec<_> = library.index().documents().expect("an index").into_iter().collect();
    assert!(ids == indexed, "index and database agree");
    let mut counts = Counts::default();
    for entry in entries {
        let folder = entry.path.rsplit('/').nth(1).and_then(|folder| folder.parse().ok());
        counts[folder.unwrap_or(BATCHES)] += 1;
    }
    counts
}

/// How far the writer is.
#[derive(Default)]
struct Written {
    begun: AtomicUsize,
    done: AtomicUsize,
    /// Nothing more comes.
    over: AtomicBool,
}

/// What a reader saw, and how many batches were done before and begun after.
type Saw = (usize, Counts, usize);

impl Written {
    /// Looks until nothing more comes.
    fn watched(&self, case: &Case, look: Look) -> Vec<Saw> {
        let mut saw = Vec::new();
        while !self.over.load(Ordering::Acquire) {
            let done = self.done.load(Ordering::Acquire);
            let counts = look(case);
            saw.push((done, counts, self.begun.load(Ordering::Acquire)));
        }
        saw
    }
}

/// Ends the looking, also where the writer fails.
impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Release);
    }
}

struct Ending<'w>(&'w Written);

/// Each look saw the first batches as they are in the end, and nothing of the others.
fn whole(saw: &[Saw], last: &Counts) {
    assert!(!last.contains(&0), "each batch is found in the end: {last:?}");
    let mut before = 0;
    for (done, counts, begun) in saw {
        let seen = counts.iter().filter(|count| **count > 0).count();
        assert_eq!(counts[..seen], last[..seen], "whole batches of {last:?}");
        assert!(seen >= before.max(*done) && seen <= *begun, "{seen} of {done} to {begun}");
        before = seen;
    }
}

#[test]
fn readers_see_whole_batches_while_thousands_arrive() {
    let Some(laws) = std::env::var_os("ZEREN_LAWS") else {
        println!("skipped: `ZEREN_LAWS` names no folder of statutes");
        return;
    };
    let texts = made::texts(laws);
    let told = std::env::var("ZEREN_DOCUMENTS").ok().and_then(|count| count.parse().ok());
    let size = told.unwrap_or(500_usize).div_ceil(BATCHES);
    let case = Case::empty();
    let batches: Vec<_> = (0..BATCHES)
        .map(|batch| {
            let numbers = batch * size..(batch + 1) * size;
            made::made(&case.path(&format!("{batch}")), &texts, numbers, &own(batch))
        })
        .collect();
    drop(Writer::open(&case.library()).expect("a library"));
    let written = Written::default();
    let begun = Instant::now();
    let looks: [Look; 4] = [library, search, duties, who];
    let saw = std::thread::scope(|scope| {
        let (written, case, ending) = (&written, &case, Ending(&written));
        let readers = looks.map(|look| scope.spawn(move || written.watched(case, look)));
        for batch in &batches {
            let patience = Duration::from_secs(60);
            let writer = Writer::open_within(&case.library(), patience).expect("a writer");
            written.begun.fetch_add(1, Ordering::Release);
            writer.ingest(batch, &mut |_, _, _| {}).expect("ingested");
            written.done.fetch_add(1, Ordering::Release);
        }
        drop(ending);
        readers.map(|reader| reader.join().expect("it reads"))
    });
    println!(
        "{} files in {BATCHES} batches, {:.1} s; looks meanwhile: library {}, search {}, duties {}, who {}",
        size * BATCHES,
        begun.elapsed().as_secs_f64(),
        saw[0].len(),
        saw[1].len(),
        saw[2].len(),
        saw[3].len()
    );
    for (look, saw) in looks.iter().zip(&saw) {
        assert!(!saw.is_empty(), "it looked");
        whole(saw, &look(&case));
    }
}
