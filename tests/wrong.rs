//! The library when things go wrong: killed anywhere, a disk that is full, many at once. Nothing that
//! was reported done is lost, nothing is there twice, index and database agree.
//!
//! `ZEREN_KILLS=200 cargo test --release --test wrong` kills 200 times; 20 times unless told.

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;
use support::Case;
use zeren::index::{self, Filter, Page, Unit};
use zeren::library::{Library, Writer};

fn rule(n: usize, batch: usize) -> String {
    let article = |at: usize| {
        format!(
            "第{at}条 县级以上人民政府应当加强对第{n}类事项的监督管理，市财政局负责{at}号资金的监管，\
             乡镇人民政府协助做好第{batch}批工作。\n"
        )
    };
    format!("第{n}号试验条例\n\n{}", (1..=20).map(article).collect::<String>())
}

/// Made-up files, all different.
fn made(folder: &Path, files: usize) -> String {
    std::fs::create_dir_all(folder).expect("a folder");
    for n in 0..files {
        std::fs::write(folder.join(format!("{n:03}.txt")), rule(n, n)).expect("written");
    }
    folder.display().to_string()
}

fn sound(case: &Case) {
    let checked = case.command(&["check"]).output().expect("it runs");
    let told = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{told}{}", String::from_utf8_lossy(&checked.stderr));
}

fn column(rows: &[Value], name: &str) -> BTreeSet<String> {
    rows.iter().filter_map(|row| row[name].as_str().map(str::to_owned)).collect()
}

/// Steps of a small generator, so that each run kills elsewhere and says where.
fn random(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn killed_at_random_moments_it_loses_nothing() {
    let kills =
        std::env::var("ZEREN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let mut seed = std::process::id().into();
    println!("the seed is {seed}");
    let files = 120;
    let mut case = Case::empty();
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let (mut cut_short, mut whole) = (0, 0);
    for _ in 0..kills {
        let folder = made(&case.path("texts"), files);
        let typed = ["ingest", "--watch", &folder, "corpus", "--jobs", "1"];
        let mut child = case.command(&typed).stderr(Stdio::piped()).spawn().expect("it runs");
        let told = BufReader::new(child.stderr.take().expect("piped"));
        let hears = std::thread::spawn(move || {
            let said = |line: &String| {
                line.strip_prefix("zeren: ")?.split_once(": new").map(|(path, _)| path.to_owned())
            };
            told.lines().map_while(Result::ok).filter_map(|line| said(&line)).collect::<Vec<_>>()
        });
        std::thread::sleep(Duration::from_millis(20 + random(&mut seed) % 1200));
        child.kill().expect("killed");
        child.wait().expect("it ends");
        reported.extend(hears.join().expect("it hears"));
        if !case.library().join("library.sqlite").exists() {
            continue;
        }
        cut_short += 1;
        sound(&case);
        let listed = case.lines(&["list"]);
        let arrived = case.lines(&["list", "--since", "today"]);
        let paths = column(&arrived, "path");
        let lost: Vec<&String> = reported.difference(&paths).collect();
        assert!(lost.is_empty(), "reported and lost: {lost:?}");
        assert_eq!(column(&listed, "id").len(), listed.len(), "one is there twice");
        let new = arrived.iter().filter(|row| row["what"] == "new" || row["what"] == "near");
        assert_eq!(new.count(), listed.len(), "the log agrees");
        if listed.len() == files + 15 {
            whole += 1;
            case = Case::empty();
            reported.clear();
        }
    }
    println!("{kills} killed, {cut_short} with a library, {whole} times all was there");
    assert!(cut_short > 0, "nothing was cut short");
    let folder = made(&case.path("texts"), files);
    case.ends(0, &["ingest", "corpus", &folder]);
    assert_eq!(case.prints(&["check"]), format!("{} documents, all sound\n", files + 15));
    let hits = case.lines(&["search", "\"第119类事项\"", "--limit", "0"]);
    assert_eq!(hits.len(), 20, "each article once");
}

/// Files that may not grow beyond a size fail as those on a full disk do.
#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_nothing_is_half() {
    let case = Case::empty();
    let folder = made(&case.path("texts"), 60);
    let mut failed = 0;
    for blocks in [1, 64, 200, 400, 700, 1200, 2400] {
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = std::process::Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_zeren"), "ingest", &folder])
            .env("ZEREN_LIBRARY", case.library())
            .output()
            .expect("it runs");
        assert!(output.status.code().is_some(), "it ends by itself");
        if !output.status.success() {
            failed += 1;
            assert!(String::from_utf8_lossy(&output.stderr).contains("zeren: "), "it says why");
        }
        if case.library().join("library.sqlite").exists() {
            sound(&case);
        }
    }
    assert!(failed > 1, "the disk was never full");
    case.ends(0, &["ingest", &folder]);
    assert_eq!(case.prints(&["check"]), "60 documents, all sound\n");
}

#[test]
fn a_library_that_cannot_be_written_is_told() {
    let case = Case::empty();
    let file = case.file("file", b"no folder");
    let under = format!("{file}/library");
    let told = case.tells(1, &["ingest", "corpus", "--library", &under]);
    assert!(told.contains(&under), "{told}");
}

#[test]
fn a_source_that_went_is_told_and_the_rest_is_read() {
    let case = Case::empty();
    let gone = case.path("gone.txt").display().to_string();
    let told = case.tells(1, &["ingest", "corpus", &gone]);
    assert!(told.contains("gone.txt"), "{told}");
    assert_eq!(case.lines(&["list"]).len(), 15);
    assert_eq!(case.lines(&["list", "--failed"]).len(), 1);
}

#[test]
fn readers_see_whole_batches_only() {
    const BATCHES: usize = 12;
    const FILES: usize = 25;
    let case = Case::empty();
    let library = case.library();
    let mut batches = Vec::new();
    for batch in 0..BATCHES {
        let folder = case.path(&format!("batch{batch}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let files = (0..FILES).map(|n| {
            let path = folder.join(format!("{n}.txt"));
            std::fs::write(&path, rule(batch * 1000 + n, batch)).expect("written");
            path
        });
        batches.push(files.collect::<Vec<_>>());
    }
    drop(Writer::open(&library).expect("a library"));
    let done = AtomicBool::new(false);
    let looks = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) {
                look(&library, BATCHES, FILES);
                looks += 1;
            }
            looks
        });
        for batch in &batches {
            let writer = Writer::open_within(&library, Duration::from_secs(60)).expect("a writer");
            writer.ingest(batch, &mut |_, _, _| {}).expect("ingested");
        }
        done.store(true, Ordering::Relaxed);
        reading.join().expect("it reads")
    });
    look(&library, BATCHES, FILES);
    assert!(looks > BATCHES / 2, "only {looks} looks");
    assert_eq!(
        Library::open(&library).expect("a library").entries().expect("entries").len(),
        BATCHES * FILES
    );
}

/// What a reader sees must be whole batches, the same in database and index.
fn look(folder: &Path, batches: usize, files: usize) {
    let library = Library::open(folder).expect("a reader gets in");
    let entries = library.entries().expect("entries");
    assert_eq!(entries.len() % files, 0, "{} documents", entries.len());
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let mut found = 0;
    for batch in 0..batches {
        let query = format!("\"第{batch}批工作\"");
        let page = Page::best(files * 20);
        let filter = Filter::of(Unit::Provision);
        let hits =
            index::search(library.index(), &read, &query, &filter, &page).expect("found").hits;
        assert!(hits.is_empty() || hits.len() == files * 20, "{} hits", hits.len());
        for hit in &hits {
            library.chunk(&hit.document, hit.place.chunk).expect("what is found is there");
        }
        found += hits.len();
    }
    assert_eq!(found, entries.len() * 20, "index and database agree");
}
