//! `zeren ingest PATH…`: files and folders into the library.

use std::io::Write;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Done, output};
use crate::library::{Outcome, Read, Writer, sources};

#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  zeren ingest corpus\n\nIn folders, .txt, .htm, .html and .md files \
                        are read; a file named itself is read whatever it is called."
)]
pub(super) struct Typed {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How many files are parsed at a time; as many as there are processors unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

const HEADER: &[&str] =
    &["file", "documents", "articles", "levels", "duties", "diagnostics", "discarded", "state"];

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    if let Some(jobs) = typed.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global()?;
    }
    let found = sources(&typed.paths);
    let writer = Writer::open(folder)?;
    let mut rows = Vec::new();
    let mut total = Total::default();
    for failure in &found.failures {
        eprintln!("zeren: {failure}");
        total.failed += 1;
    }
    let bar = progress(found.files.len() as u64);
    writer.ingest(&found.files, &mut |path, _, outcome| {
        bar.inc(1);
        if let Outcome::Failed(error) = &outcome {
            bar.suspend(|| eprintln!("zeren: {error}"));
        }
        total.count(&outcome);
        rows.push(cells(path, &outcome));
    })?;
    bar.finish_and_clear();
    rows.push(total.cells());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", output::table(HEADER, rows.into_iter()))?;
    if found.passed_over > 0 {
        eprintln!("zeren: passed over {} files of other sorts", found.passed_over);
    }
    Ok(if total.failed == 0 { Done::Found } else { Done::Nothing })
}

/// A bar on a terminal's standard error; nothing elsewhere.
fn progress(files: u64) -> ProgressBar {
    let bar = ProgressBar::new(files);
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} files, {per_sec}, {eta} left");
    if let Ok(style) = style {
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
        let state = format!("{new} new, {} skipped, {} failed", self.skipped, self.failed);
        figures(&format!("{} files", self.files), &self.read, state)
    }
}

fn cells(path: &Path, outcome: &Outcome) -> Vec<String> {
    let path = path.display().to_string();
    let bare = |state: &str| {
        let mut cells = vec![String::new(); HEADER.len()];
        cells[0].clone_from(&path);
        cells[HEADER.len() - 1] = state.to_owned();
        cells
    };
    match outcome {
        Outcome::New(read) if read.known > 0 => {
            figures(&path, read, format!("new, {} documents known", read.known))
        }
        Outcome::New(read) => figures(&path, read, "new".to_owned()),
        Outcome::Skipped => bare("skipped"),
        Outcome::Same(other) => bare(&format!("same as {other}")),
        Outcome::Failed(_) => bare("failed"),
    }
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
