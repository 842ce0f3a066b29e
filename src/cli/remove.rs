//! `zeren remove ID`: forget a document.

use std::path::Path;

use super::{Done, one_document};
use crate::library::Library;

#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  zeren remove 53c1\n\nIts file is not touched; ingesting it again \
                        brings the document back."
)]
pub(super) struct Typed {
    /// A document's id or the beginning of it
    id: String,
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    let id = one_document(&Library::open(folder)?, &typed.id)?.id;
    super::writer(folder)?.remove(&id)?;
    eprintln!("zeren: removed `{id}`");
    Ok(Done::Found)
}
