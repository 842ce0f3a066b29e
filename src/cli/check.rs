//! `zeren check`: whether library and index are sound.

use std::io::Write;

use super::Done;
use crate::library::Library;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren check && echo sound")]
pub(super) struct Typed {}

pub(super) fn run(library: &Library) -> anyhow::Result<Done> {
    let wrong = library.check()?;
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
