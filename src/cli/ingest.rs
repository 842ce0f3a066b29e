//! `zeren ingest PATH…`: files and folders into the library.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressStyle};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::flag;

use super::{Done, alert, output, watch};
use crate::library::{Outcome, Read, Writer, sources};

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren ingest corpus\n  zeren ingest --watch inbox\n\nIn folders, these files are read: .txt .text .md \
                  .htm .html .xhtml .shtml .mht .mhtml .docx .docm .doc .wps .rtf .pdf .ofd; a file \
                  named itself is read whatever it is called. What a file is, its bytes say."
)]
pub(super) struct Typed {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Stay, and read what comes into the folders, until Ctrl-C or SIGTERM
    #[arg(long)]
    watch: bool,
    /// With --watch: how often the folders are searched for what the system didn't tell, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, requires = "watch")]
    pub(super) every: u32,
    /// Follow links in folders, also out of them
    #[arg(long)]
    pub(super) follow_links: bool,
    /// Keep no copy of the files: `reindex --reparse` cannot read them again then
    #[arg(long)]
    no_sources: bool,
    /// How many files are parsed at a time; as many as there are processors unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl Typed {
    /// A writer that does as was typed.
    pub(super) fn settings(&self, writer: Writer) -> Writer {
        if self.no_sources { writer.without_sources() } else { writer }
    }
}

/// What is true once the program was asked to stop; asked a second time, it ends at once.
fn stopped_by_signals() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in TERM_SIGNALS {
        flag::register_conditional_shutdown(*signal, 1, Arc::clone(&stop))?;
        flag::register(*signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

const HEADER: &[&str] =
    &["file", "documents", "articles", "levels", "duties", "diagnostics", "discarded", "state"];

/// With more files than these, only the remarkable ones are shown.
const FEW: usize = 40;

/// How many sorts of files that were passed over are named.
const SORTS: usize = 6;

/// How many files with diagnostics are remarkable.
const REMARKABLE: usize = 10;

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    if let Some(jobs) = typed.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global()?;
    }
    let stop = stopped_by_signals()?;
    if typed.watch {
        return watch::run(folder, typed, &stop);
    }
    let found = sources(&typed.paths, typed.follow_links);
    let writer = typed.settings(super::writer(folder)?).until(Arc::clone(&stop));
    for failure in &found.failures {
        eprintln!("zeren: {failure}");
    }
    let mut done = Vec::new();
    let bar = progress(found.files.len() as u64, "files");
    writer.ingest(&found.files, &mut |path, _, outcome| {
        bar.inc(1);
        if let Outcome::Failed(error) = &outcome {
            bar.suspend(|| eprintln!("zeren: {}", output::printable(&error.to_string())));
        }
        done.push((path.display().to_string(), outcome));
    })?;
    bar.finish_and_clear();
    alert::tell(&writer)?;
    if done.len() < found.files.len() {
        eprintln!("zeren: stopped; {} files not read yet", found.files.len() - done.len());
    }
    let unseen = found.failures.len();
    let mut total = Total { files: unseen, failed: unseen, ..Total::default() };
    done.iter().for_each(|(_, outcome)| total.count(outcome));
    let mut rows = shown(&done).map(|(path, outcome)| cells(path, outcome)).collect::<Vec<_>>();
    rows.push(total.cells());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", output::table(HEADER, rows))?;
    for link in &found.links {
        let path = output::printable(&link.display().to_string());
        eprintln!(
            "zeren: `{path}` leads out of its folder; `--follow-links` reads what it leads to"
        );
    }
    if !found.passed_over.is_empty() {
        eprintln!("zeren: {}", passed_over(&found.passed_over));
    }
    Ok(if total.failed == 0 { Done::Found } else { Done::Nothing })
}

/// How many files of which sorts were passed over: `passed over 3 files of other sorts: 2 .jpg, 1
/// .xlsx`.
fn passed_over(sorts: &BTreeMap<String, usize>) -> String {
    let total: usize = sorts.values().sum();
    let mut sorts: Vec<(&String, &usize)> = sorts.iter().collect();
    sorts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let named = sorts.iter().take(SORTS).map(|(extension, count)| match extension.as_str() {
        "" => format!("{count} without extension"),
        extension => format!("{count} .{extension}"),
    });
    let mut named: Vec<String> = named.collect();
    if sorts.len() > SORTS {
        named.push(format!("{} other sorts", sorts.len() - SORTS));
    }
    let files = if total == 1 {
        "1 file of another sort"
    } else {
        &format!("{total} files of other sorts")
    };
    format!("passed over {files}: {}", named.join(", "))
}

/// All of a few files; of many, those that failed and those with the most diagnostics.
fn shown(done: &[(String, Outcome)]) -> impl Iterator<Item = &(String, Outcome)> {
    let diagnostics = |outcome: &Outcome| match outcome {
        Outcome::New(read) => read.diagnostics,
        _ => 0,
    };
    let mut most = done.iter().map(|(_, outcome)| diagnostics(outcome)).collect::<Vec<_>>();
    most.sort_unstable_by_key(|&count| std::cmp::Reverse(count));
    let floor = most.get(REMARKABLE).map_or(1, |&count| count + 1);
    let few = done.len() <= FEW;
    done.iter().filter(move |(_, outcome)| {
        few || matches!(outcome, Outcome::Failed(_)) || diagnostics(outcome) >= floor
    })
}

/// A bar on a terminal's standard error; nothing elsewhere. `what` is counted: `files`.
pub(super) fn progress(total: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    let template = format!("{{bar:32}} {{pos}}/{{len}} {what}, {{per_sec}}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

#[derive(Default)]
struct Total {
    files: usize,
    read: Read,
    skipped: usize,
    failed: usize,
}

impl Total {
    fn count(&mut self, outcome: &Outcome) {
        self.files += 1;
        match outcome {
            Outcome::New(read) => self.read.add(read),
            Outcome::Skipped | Outcome::Same(_) => self.skipped += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }

    fn cells(&self) -> Vec<String> {
        let new = self.files - self.skipped - self.failed;
        let state = [(new, "new"), (self.skipped, "skipped"), (self.failed, "failed")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, state)| format!("{count} {state}"));
        let state = state.collect::<Vec<_>>().join(", ");
        let name = format!("{} files", self.files);
        if new == 0 { bare(&name, &state) } else { figures(&name, &self.read, state) }
    }
}

fn cells(path: &str, outcome: &Outcome) -> Vec<String> {
    let (name, path) = (path, output::short_path(path, 36));
    match outcome {
        Outcome::New(read) => figures(&path, read, became(read)),
        Outcome::Skipped => bare(&path, "skipped"),
        Outcome::Same(other) if *other == name => bare(&path, "as it was before"),
        Outcome::Same(other) => bare(&path, &format!("same as {}", output::short_path(other, 36))),
        Outcome::Failed(_) => bare(&path, "failed"),
    }
}

/// What became of a file's documents: `new, 1 edition, 1 former`.
pub(super) fn became(read: &Read) -> String {
    let state = if read.former > 0 { "changed" } else { "new" };
    let some = [
        (read.known, "known"),
        (read.editions, "edition"),
        (read.near, "near copy"),
        (read.former, "former"),
    ];
    let some = some.into_iter().filter(|(count, _)| *count > 0);
    let some = some.map(|(count, what)| format!(", {count} {what}"));
    format!("{state}{}", some.collect::<String>())
}

/// A row without figures.
fn bare(name: &str, state: &str) -> Vec<String> {
    let mut cells = vec![String::new(); HEADER.len()];
    name.clone_into(&mut cells[0]);
    state.clone_into(&mut cells[HEADER.len() - 1]);
    cells
}

fn figures(name: &str, read: &Read, state: String) -> Vec<String> {
    let share = read.discarded as f64 / read.characters.max(1) as f64 * 100.0;
    vec![
        name.to_owned(),
        read.documents.to_string(),
        read.articles.to_string(),
        read.levels.to_string(),
        read.duties.to_string(),
        read.diagnostics.to_string(),
        format!("{share:.1} %"),
        state,
    ]
}
