//! `zeren reindex`: the index again from the records, or the records again from the kept sources.

use std::path::Path;

use super::output::{self, Format, Line};
use super::{Done, ingest};
use crate::library::{Change, Library, Writer};

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren reindex\n  zeren reindex --reparse\n\nWith --reparse, what is \
                  printed are the sources whose records are not as they were, with the duties gained \
                  and lost and the other parts that changed."
)]
pub(super) struct Typed {
    /// Make the records anew that other rules or lexicons made, from the kept sources
    #[arg(long)]
    reparse: bool,
    /// With --reparse: make all records anew
    #[arg(long, requires = "reparse")]
    all: bool,
    /// With --reparse: how to print what changed
    #[arg(long, value_enum, default_value_t = Format::Table, requires = "reparse")]
    format: Format,
}

impl Line for Change {
    const COLUMNS: &'static [&'static str] =
        &["file", "documents", "duties gained", "lost", "also changed"];
    const HEADER: &'static [&'static str] = &["path", "before", "after", "gained", "lost", "parts"];

    fn row(&self) -> Vec<String> {
        let documents = match self.before == self.after {
            true => self.after.join(" "),
            false => format!("{} → {}", self.before.join(" "), self.after.join(" ")),
        };
        vec![
            output::short_path(&self.path, 36),
            documents,
            self.gained.to_string(),
            self.lost.to_string(),
            self.parts.join(", "),
        ]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.path.clone(),
            self.before.join(" "),
            self.after.join(" "),
            self.gained.to_string(),
            self.lost.to_string(),
            self.parts.join(" "),
        ]
    }
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    // What is no library is not made one.
    drop(Library::open(folder)?);
    let mut writer = super::writer(folder)?;
    if typed.reparse {
        return reparse(&writer, typed);
    }
    writer.reindex()?;
    eprintln!("zeren: indexed {} documents", writer.library().entries()?.len());
    Ok(Done::Found)
}

fn reparse(writer: &Writer, typed: &Typed) -> anyhow::Result<Done> {
    let bar = ingest::progress(0, "sources");
    let done = writer.reparse(typed.all, &mut |read, of| {
        bar.set_length(of as u64);
        bar.set_position(read as u64);
    })?;
    bar.finish_and_clear();
    for failure in &done.failures {
        eprintln!("zeren: {}", output::printable(&failure.to_string()));
    }
    if !done.changes.is_empty() || typed.format != Format::Table {
        output::print(&done.changes, typed.format)?;
    }
    eprintln!("zeren: read {} sources again, {} changed", done.sources, done.changes.len());
    if done.unkept > 0 {
        eprintln!(
            "zeren: {} documents are as other rules made them: their sources are not kept; ingesting \
             the files again after `zeren remove` makes them anew",
            done.unkept
        );
    }
    Ok(if done.failures.is_empty() { Done::Found } else { Done::Nothing })
}
