//! `zeren restore FILE`: a library from a backup.

use std::path::{Path, PathBuf};

use super::Done;
use crate::library;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren restore 2026-11-28.zeren --library again")]
pub(super) struct Typed {
    /// What `zeren backup` wrote
    file: PathBuf,
    /// Also where the library holds documents; they are kept as `library.sqlite.before`
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let writer = library::restore(folder, &typed.file, typed.replace)?;
    let documents = writer.library().entries()?.len();
    eprintln!("zeren: restored {documents} documents into `{}`", folder.display());
    Ok(Done::Found)
}
