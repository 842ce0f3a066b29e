//! `zeren check`: whether library and index are sound; what can be mended is, if asked for.

use std::io::Write;
use std::path::Path;

use super::{Done, output};
use crate::library::Library;

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren check && echo sound\n  zeren check --repair\n\nFiles that have \
                        changed or are gone since they were read are told of, but nothing is wrong \
                        with that. --repair makes damaged records again from the kept sources or the \
                        files, and the index from the records."
)]
pub(super) struct Typed {
    /// Mend what can be mended
    #[arg(long)]
    repair: bool,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    // What is no library is not made one.
    let mut library = Library::open(folder)?;
    let mut out = std::io::stdout().lock();
    if typed.repair {
        drop(library);
        let mut writer = super::writer(folder)?;
        for sentence in writer.repair()? {
            writeln!(out, "mended: {sentence}")?;
        }
        drop(writer);
        library = Library::open(folder)?;
    }
    let wrong = library.check()?.wrong;
    for sentence in library.stale()? {
        eprintln!("zeren: {}", output::printable(&sentence));
    }
    for sentence in &wrong {
        writeln!(out, "{sentence}")?;
    }
    if wrong.is_empty() {
        writeln!(out, "{} documents, all sound", library.entries()?.len())?;
        return Ok(Done::Found);
    }
    Ok(Done::Nothing)
}
