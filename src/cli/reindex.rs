//! `zeren reindex`: the index again from the records.

use std::path::Path;

use super::Done;
use crate::library::{Library, Writer};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren reindex")]
pub(super) struct Typed {}

pub(super) fn run(folder: &Path) -> anyhow::Result<Done> {
    // What is no library is not made one.
    drop(Library::open(folder)?);
    let mut writer = Writer::open(folder)?;
    writer.reindex()?;
    eprintln!("zeren: indexed {} documents", writer.library().entries()?.len());
    Ok(Done::Found)
}
