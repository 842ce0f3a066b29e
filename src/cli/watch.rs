//! `zeren ingest --watch FOLDER…`: what comes into folders goes into the library, until it is stopped.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::ingest::{Typed, became};
use super::{Done, Usage, alert, output};
use crate::error::Error;
use crate::library::{Outcome, Watch, Writer};

/// How many files are worked on before the library is let go, so that others may write.
const AT_ONCE: usize = 2048;

/// Of more files at a time than these the rate is told.
const FEW: usize = 20;

/// How long another writer is waited for before it is tried again.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn run(folder: &Path, typed: &Typed, stop: &Arc<AtomicBool>) -> anyhow::Result<Done> {
    if let Some(path) = typed.paths.iter().find(|path| !path.is_dir()) {
        return Err(Usage(format!("`{}` is no folder to be watched", path.display())).into());
    }
    // The library is there from the first moment on.
    drop(super::writer(folder)?);
    let every = Duration::from_secs(typed.every.into());
    let mut watch = Watch::new(folder, &typed.paths, every, typed.follow_links)?;
    eprintln!("zeren: watching {}; Ctrl-C stops", named(&typed.paths));
    let mut taken = 0;
    let mut told = Vec::new();
    let mut gone = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let (files, failures) = watch.ready();
        // What cannot be looked into is said once.
        for failure in failures.iter().map(ToString::to_string) {
            if !told.contains(&failure) {
                eprintln!("zeren: {}", output::printable(&failure));
                told.push(failure);
            }
        }
        for (at, batch) in files.chunks(AT_ONCE).enumerate() {
            let left = files.len() - at * AT_ONCE - batch.len();
            let done = take_in(folder, typed, batch, left, stop)?;
            taken += done;
            watch.put_back(&batch[done..]);
        }
        gone.extend(watch.gone());
        if !gone.is_empty() && log_gone(folder, &gone)? {
            gone.clear();
        }
    }
    eprintln!("zeren: stopped; {taken} files taken in, {} not yet", watch.waiting());
    Ok(Done::Found)
}

fn named(folders: &[PathBuf]) -> String {
    let named = folders.iter().map(|folder| format!("`{}`", folder.display()));
    named.collect::<Vec<_>>().join(", ")
}

/// Writes into the log what has gone, and says it; whether it could.
fn log_gone(folder: &Path, paths: &[PathBuf]) -> anyhow::Result<bool> {
    let writer = match Writer::open_within(folder, PATIENCE) {
        Err(Error::Locked { .. }) => return Ok(false),
        writer => writer?,
    };
    for file in writer.gone(paths)? {
        eprintln!("zeren: {}: gone; its documents stay", output::printable(&file));
    }
    Ok(true)
}

/// Takes files in and says what became of them. Out: how many were, from the first on.
fn take_in(
    folder: &Path,
    typed: &Typed,
    files: &[PathBuf],
    left: usize,
    stop: &Arc<AtomicBool>,
) -> anyhow::Result<usize> {
    let writer = match Writer::open_within(folder, PATIENCE) {
        Err(error @ Error::Locked { .. }) => {
            eprintln!("zeren: {error}");
            return Ok(0);
        }
        writer => writer?,
    };
    let writer = typed.settings(writer).until(Arc::clone(stop));
    let begun = Instant::now();
    let (mut all, mut new, mut failed) = (0, 0, 0);
    writer.ingest(files, &mut |path, _, outcome| {
        all += 1;
        let path = output::printable(&path.display().to_string());
        let state = match &outcome {
            Outcome::New(read) => {
                new += 1;
                format!("{}; {} documents, {} duties", became(read), read.documents, read.duties)
            }
            Outcome::Skipped => return,
            Outcome::Same(other) => format!("same as {}", output::printable(other)),
            Outcome::Failed(error) => {
                failed += 1;
                eprintln!("zeren: {}", output::printable(&error.to_string()));
                return;
            }
        };
        eprintln!("zeren: {path}: {state}");
    })?;
    alert::tell(&writer)?;
    if files.len() > FEW {
        let rate = all as f64 / begun.elapsed().as_secs_f64().max(0.001);
        let rest = if left > 0 {
            let seconds = left as f64 / rate.max(0.001);
            format!(", {left} left, about {seconds:.0} s")
        } else {
            String::new()
        };
        eprintln!("zeren: {all} files: {new} new, {failed} failed; {rate:.0} files/s{rest}");
    }
    Ok(all)
}
