//! `zeren list`: the documents of the library.

use serde::Serialize;

use super::Done;
use super::output::{self, Format, Line};
use crate::library::{Entry, Library};

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren list --format csv")]
pub(super) struct Typed {
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Serialize)]
struct Shown {
    id: String,
    title: Option<String>,
    region: Option<String>,
    genre: String,
    kind: Option<String>,
    status: String,
    issued: Option<String>,
    path: String,
}

impl Line for Shown {
    const COLUMNS: &'static [&'static str] =
        &["id", "title", "region", "kind", "status", "issued", "file"];
    const HEADER: &'static [&'static str] =
        &["id", "title", "region", "genre", "kind", "status", "issued", "path"];

    fn row(&self) -> Vec<String> {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.id.clone(),
            output::short(&or_empty(&self.title), 18),
            or_empty(&self.region),
            self.kind.clone().unwrap_or_else(|| self.genre.clone()),
            self.status.clone(),
            or_empty(&self.issued),
            output::short_path(&self.path, 20),
        ]
    }

    fn cells(&self) -> Vec<String> {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            self.id.clone(),
            or_empty(&self.title),
            or_empty(&self.region),
            self.genre.clone(),
            or_empty(&self.kind),
            self.status.clone(),
            or_empty(&self.issued),
            self.path.clone(),
        ]
    }
}

impl From<Entry> for Shown {
    fn from(entry: Entry) -> Shown {
        let Entry { id, title, place, genre, kind, status, issued, path, region: _ } = entry;
        Shown { id, title, region: place, genre, kind, status, issued, path }
    }
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    let rows = library.entries()?.into_iter().map(Shown::from).collect::<Vec<_>>();
    output::print(&rows, typed.format)?;
    Ok(Done::Found)
}
