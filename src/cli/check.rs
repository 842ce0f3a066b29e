//! `zeren check`: whether library and index are sound.

use std::io::Write;

use super::Done;
use crate::library::Library;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren check && echo sound\n\nFiles that have changed or are \
                        gone since they were read are told of, but nothing is wrong with that.")]
pub(super) struct Typed {}

pub(super) fn run(library: &Library) -> anyhow::Result<Done> {
    let wrong = library.check()?;
    for sentence in library.stale()? {
        eprintln!("zeren: {sentence}");
    }
    let mut out = std::io::stdout().lock();
    for sentence in &wrong {
        writeln!(out, "{sentence}")?;
    }
    if wrong.is_empty() {
        writeln!(out, "{} documents, all sound", library.entries()?.len())?;
        return Ok(Done::Found);
    }
    Ok(Done::Nothing)
}
