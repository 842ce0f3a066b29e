//! How a library holds up as it grows: throughput, memory, size, and how soon a file is found.
//!
//! In: how many documents (10,000 unless given) and in how many batches (1,000), made from the statutes of the
//! folder that `ZEREN_LAWS` names, or from `corpus/`: their first 4 KB, with other names and numbers.
//! Out: tables. The documents arrive in one go and in batches, and both libraries are compared;
//! then files are dropped into a watched folder, and searched for until they are found. Nothing is
//! asserted of times: they are the machine's.
//!
//! Files are reported some hundreds at a time, so tenths of fewer documents than 10,000 tell nothing.
//!
//! `ZEREN_LAWS=… cargo bench --bench library -- 100000 1000`

#[path = "../tests/support/made.rs"]
mod made;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zeren::library::{Library, Writer};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many files are dropped into the watched folder.
const DROPS: usize = 20;

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let count = numbers.next().unwrap_or(10_000);
    let batches = numbers.next().unwrap_or(1000);
    let place = std::env::temp_dir().join(format!("zeren-bench-library-{}", std::process::id()));
    let texts = made::texts(std::env::var_os("ZEREN_LAWS").unwrap_or_else(|| "corpus".into()));
    let files = made::made(&place.join("texts"), &texts, 0..count, "");
    let bytes: u64 = files.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum();
    println!("{} documents, {:.0} MB\n", files.len(), bytes as f64 / 1e6);
    println!(
        "| arriving | s | first tenth, files/s | last tenth | ratio | processor, ms/file, first tenth | last tenth | memory after 1/10, MB | at the most | library, MB | index, MB | segments |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let once = place.join("once");
    arrive("in one go", &once, &files, files.len());
    let often = place.join("often");
    arrive(&format!("in {batches} batches"), &often, &files, files.len().div_ceil(batches));
    println!("\nthe same documents: {}", same(&once, &often));
    latency(&place, &often);
    // What is left is in the folder for temporary files.
    let _ = std::fs::remove_dir_all(&place);
}

/// Takes files in, so many at a time, and tells how that went.
fn arrive(how: &str, folder: &Path, files: &[PathBuf], at_once: usize) {
    let tenth = (files.len() / 10).max(1);
    let begun = Instant::now();
    let mut times = Vec::new();
    let mut worked = vec![processor()];
    let (mut early, mut most) = (0.0, 0.0);
    let mut done = 0;
    for batch in files.chunks(at_once) {
        let writer = Writer::open(folder).expect("a library");
        let told = &mut |_: &Path, _: u64, _| {
            done += 1;
            if done % tenth == 0 {
                times.push(begun.elapsed().as_secs_f64());
                worked.push(processor());
            }
            // Files are told of by the batch, so this is when one is written.
            if done % 1000 == 0 {
                most = resident().max(most);
            }
            if done == tenth {
                early = resident();
            }
        };
        writer.ingest(batch, told).expect("ingested");
    }
    let spent = begun.elapsed().as_secs_f64();
    let last = times.len() - 1;
    let first_rate = tenth as f64 / times[0];
    let last_rate = tenth as f64 / (times[last] - times[last - 1]);
    println!(
        "| {how} | {spent:.0} | {first_rate:.0} | {last_rate:.0} | {:.2} | {:.2} | {:.2} | {early:.0} | {most:.0} | {:.0} | {:.0} | {} |",
        last_rate / first_rate,
        (worked[1] - worked[0]) * 1e3 / tenth as f64,
        (worked[last + 1] - worked[last]) * 1e3 / tenth as f64,
        size(folder),
        size(&folder.join("index")),
        segments(&folder.join("index")),
    );
}

/// What the program holds in memory, in MB; 0 where the system doesn't say.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}

/// How long the processors have worked for the program, in seconds; 0 where the system doesn't say.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok());
    // After the name, user and system time are the 12th and 13th, a hundredth of a second each.
    (ticks(12).unwrap_or_default() + ticks(13).unwrap_or_default()) / 100.0
}

/// In MB, of all files in a folder.
fn size(folder: &Path) -> f64 {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(|entry| entry.ok()?.metadata().ok());
    files.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len() as f64).sum::<f64>()
        / 1e6
}

fn segments(index: &Path) -> usize {
    let entries = std::fs::read_dir(index).expect("an index").filter_map(Result::ok);
    entries.filter(|entry| entry.path().extension().is_some_and(|e| e == "store")).count()
}

/// Whether two libraries hold the same documents under the same places.
fn same(one: &Path, other: &Path) -> bool {
    let all = |folder: &Path| {
        let library = Library::open(folder).expect("a library");
        let entries = library.entries().expect("entries");
        let records = entries
            .iter()
            .step_by(97)
            .map(|entry| library.record::<serde_json::Value>(&entry.id).expect("a record"));
        (
            records.collect::<Vec<_>>(),
            library.places(None).expect("places"),
            library.index().documents().expect("an index"),
        )
    };
    all(one) == all(other)
}

/// Drops files into a watched folder and searches for each until it is found.
fn latency(place: &Path, folder: &Path) {
    let inbox = place.join("inbox");
    std::fs::create_dir_all(&inbox).expect("a folder");
    let program = |typed: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zeren"));
        command
            .arg("--library")
            .arg(folder)
            .args(typed)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let watched = inbox.display().to_string();
    let mut watch = program(&["ingest", "--watch", &watched]);
    let mut watch = watch.stderr(Stdio::piped()).spawn().expect("it runs");
    let mut told = BufReader::new(watch.stderr.take().expect("piped"));
    told.read_line(&mut String::new()).expect("it watches");
    let mut times = Vec::new();
    for n in 0..DROPS {
        let text = format!("第{n}号时延办法\n\n第一条 县级人民政府负责第{n}号时延登记。\n");
        let begun = Instant::now();
        std::fs::write(inbox.join(format!("{n}.txt")), text).expect("written");
        let query = format!("\"第{n}号时延登记\"");
        while !program(&["search", &query]).status().expect("it runs").success() {
            if begun.elapsed() > Duration::from_secs(60) {
                break;
            }
        }
        times.push(begun.elapsed().as_secs_f64());
    }
    let _ = watch.kill();
    let _ = watch.wait();
    times.sort_by(f64::total_cmp);
    println!(
        "\n{DROPS} files dropped, each searched for until it was found: median {:.2} s, longest {:.2} s",
        times[DROPS / 2],
        times[DROPS - 1]
    );
}
