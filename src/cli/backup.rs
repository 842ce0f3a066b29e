//! `zeren backup FILE`: the whole library in one file.

use std::path::{Path, PathBuf};

use super::Done;
use crate::library;

#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  zeren backup 2026-11-28.zeren\n\nOthers may read and write meanwhile; \
                        what is written is the library at one moment, without its index, which \
                        `zeren restore` makes again."
)]
pub(super) struct Typed {
    /// The file to write; it must not be there
    file: PathBuf,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    library::backup(folder, &typed.file)?;
    eprintln!("zeren: wrote `{}`", typed.file.display());
    Ok(Done::Found)
}
