//! `zeren list`: the documents of the library; what arrived, failed, belongs together, was before.

use std::collections::HashMap;

use serde::Serialize;

use super::output::{self, Format, Line};
use super::{Done, one_document};
use crate::library::{Arrival, Entry, Failure, Lapse, Library, Link};

#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zeren list --format csv\n  zeren list --since yesterday\n  \
                  zeren list --editions\n\nWhat arrived is `new`, the `same` as another file brought, an \
                  `edition` of a document, `near` to one (a copy but for a few places), `back` from \
                  history, `former` (its file has changed: history now), `gone` (its file is no longer \
                  there; it stays), or `failed`.")]
pub(super) struct Typed {
    /// What arrived since then: today, yesterday, a day as 2026-11-01, or 3d, 12h
    #[arg(long, value_name = "TIME", group = "what")]
    since: Option<String>,
    /// The files that could not be read, and why
    #[arg(long, group = "what")]
    failed: bool,
    /// The documents that belong together: editions of one work, near copies
    #[arg(long, group = "what")]
    editions: bool,
    /// The documents that no file holds any more
    #[arg(long, group = "what")]
    history: bool,
    /// Leave out what the library knows to be repealed, replaced by a later edition, or expired
    #[arg(long, conflicts_with = "what")]
    in_force: bool,
    /// With --editions: those of one document, by its id or the beginning of it
    #[arg(long, value_name = "ID", requires = "editions")]
    document: Option<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(library: &Library, typed: &Typed) -> anyhow::Result<Done> {
    if let Some(since) = &typed.since {
        return print(&library.arrivals(since)?, typed, "nothing arrived since then");
    }
    if typed.failed {
        return print(&library.failures()?, typed, "no file failed");
    }
    if typed.editions {
        return print(&related(library, typed)?, typed, "no editions and no near copies");
    }
    let entries = if typed.history { library.former()? } else { library.entries()? };
    let mut lapses = library.lapses(None)?;
    let rows = entries.into_iter().map(|entry| {
        let lapse = lapses.remove(&entry.id);
        Shown::of(entry, lapse)
    });
    let rows = rows.filter(|row| !typed.in_force || row.lapsed.is_none()).collect::<Vec<_>>();
    output::print(&rows, typed.format)?;
    Ok(Done::Found)
}

/// Prints what was asked for, or says that there is none.
fn print<L: Line>(rows: &[L], typed: &Typed, none: &str) -> anyhow::Result<Done> {
    if rows.is_empty() {
        eprintln!("zeren: {none}");
    }
    if !rows.is_empty() || typed.format != Format::Table {
        output::print(rows, typed.format)?;
    }
    Ok(Done::Found)
}

fn or_empty(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
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
    /// Why it is no longer in force.
    lapsed: Option<Lapse>,
}

impl Line for Shown {
    const COLUMNS: &'static [&'static str] =
        &["id", "title", "region", "kind", "status", "issued", "lapsed", "file"];
    const HEADER: &'static [&'static str] =
        &["id", "title", "region", "genre", "kind", "status", "issued", "path", "lapsed"];

    fn row(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            output::short(&or_empty(&self.title), 18),
            or_empty(&self.region),
            self.kind.clone().unwrap_or_else(|| self.genre.clone()),
            self.status.clone(),
            or_empty(&self.issued),
            self.lapsed.as_ref().map(|lapse| lapse.why.to_owned()).unwrap_or_default(),
            output::short_path(&self.path, 20),
        ]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            or_empty(&self.title),
            or_empty(&self.region),
            self.genre.clone(),
            or_empty(&self.kind),
            self.status.clone(),
            or_empty(&self.issued),
            self.path.clone(),
            self.lapsed.as_ref().map(Lapse::in_words).unwrap_or_default(),
        ]
    }
}

impl Shown {
    fn of(entry: Entry, lapsed: Option<Lapse>) -> Shown {
        let Entry { id, title, place, genre, kind, status, issued, path, .. } = entry;
        Shown { id, title, region: place, genre, kind, status, issued, path, lapsed }
    }
}

impl Line for Arrival {
    const COLUMNS: &'static [&'static str] = &["at", "what", "doc", "title", "other", "file"];
    const HEADER: &'static [&'static str] = &["at", "what", "doc", "title", "other", "path"];

    fn row(&self) -> Vec<String> {
        let mut row = self.cells();
        row[3] = output::short(&row[3], 18);
        row[4] = output::printable(&row[4]);
        row[5] = output::short_path(&row[5], 30);
        row
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.at.clone(),
            self.what.clone(),
            or_empty(&self.doc),
            or_empty(&self.title),
            or_empty(&self.other),
            self.path.clone(),
        ]
    }
}

impl Line for Failure {
    const COLUMNS: &'static [&'static str] = &["file", "why"];
    const HEADER: &'static [&'static str] = &["path", "why"];

    fn row(&self) -> Vec<String> {
        vec![output::short_path(&self.path, 40), output::printable(&self.why)]
    }

    fn cells(&self) -> Vec<String> {
        vec![self.path.clone(), self.why.clone()]
    }
}

/// A link with what is known of both ends.
#[derive(Serialize)]
struct Related {
    #[serde(flatten)]
    link: Link,
    title: Option<String>,
    date: Option<String>,
    other_title: Option<String>,
    other_date: Option<String>,
}

impl Line for Related {
    const COLUMNS: &'static [&'static str] = &["document", "is", "alike", "of"];
    const HEADER: &'static [&'static str] = &[
        "document",
        "title",
        "date",
        "relation",
        "similarity",
        "other",
        "other_title",
        "other_date",
    ];

    fn row(&self) -> Vec<String> {
        let end = |id: &str, title: &Option<String>, date: &Option<String>| {
            format!("{}\n{}", output::joined([title.as_deref(), date.as_deref()]), id)
        };
        vec![
            end(&self.link.document, &self.title, &self.date),
            self.link.relation.as_str().to_owned(),
            self.similarity(),
            end(&self.link.other, &self.other_title, &self.other_date),
        ]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.link.document.clone(),
            or_empty(&self.title),
            or_empty(&self.date),
            self.link.relation.as_str().to_owned(),
            self.similarity(),
            self.link.other.clone(),
            or_empty(&self.other_title),
            or_empty(&self.other_date),
        ]
    }
}

impl Related {
    fn similarity(&self) -> String {
        self.link.similarity.map(|share| format!("{share:.2}")).unwrap_or_default()
    }
}

fn related(library: &Library, typed: &Typed) -> anyhow::Result<Vec<Related>> {
    let id = match &typed.document {
        Some(prefix) => Some(one_document(library, prefix)?.id),
        None => None,
    };
    let mut entries: HashMap<String, Entry> = HashMap::new();
    let mut rows = Vec::new();
    for link in library.links(id.as_deref())? {
        for id in [&link.document, &link.other] {
            if !entries.contains_key(id) {
                entries.extend(library.entry(id)?.map(|entry| (id.clone(), entry)));
            }
        }
        let of = |id: &str| {
            let entry = entries.get(id);
            let date = entry.and_then(|entry| entry.dated.clone());
            (entry.and_then(|entry| entry.title.clone()), date)
        };
        let ((title, date), (other_title, other_date)) = (of(&link.document), of(&link.other));
        rows.push(Related { link, title, date, other_title, other_date });
    }
    Ok(rows)
}
