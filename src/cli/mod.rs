//! The command line: floor 7.
//!
//! In: what was typed. Out: results on standard output, progress and diagnostics on standard
//! error, an exit code: 0, 1 when something asked for was not found or a file could not be read,
//! 2 for wrong usage. A file a command. Not here: any analysis.
//!
//! `zeren who 扶贫资金监管` prints who holds that duty.

mod alert;
mod backup;
mod check;
mod citations;
mod compare;
mod counts;
mod derive;
mod duties;
mod eval;
mod explain;
mod export;
mod highlight;
mod ingest;
mod list;
mod output;
mod parse;
mod questions;
mod reindex;
mod remove;
mod restore;
mod schema;
mod search;
mod show;
mod table;
mod watch;
mod who;

pub use questions::ask;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::error::Error;
use crate::index::{Facet, Filter, SearchError, Unit};
use crate::library::{Entry, Library, Writer};

/// Who is responsible for what in Chinese policy and legal texts
#[derive(Parser)]
#[command(name = "zeren", version, arg_required_else_help = true)]
struct Typed {
    /// The library's folder
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "ZEREN_LIBRARY",
        default_value = "library"
    )]
    library: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read files and folders into the library; what is there already is skipped
    Ingest(ingest::Typed),
    /// Print the records of files, without a library
    Parse(parse::Typed),
    /// Search documents, provisions or duties
    Search(search::Typed),
    /// Ask who holds a duty: bearers, each with its evidence
    Who(who::Typed),
    /// Print the responsibility list (责任清单)
    Duties(duties::Typed),
    /// Print what the texts themselves tabulate: lines of report, roles, targets …
    Table(table::Typed),
    /// Compare two documents, provision by provision
    Compare(compare::Typed),
    /// Tell from which earlier documents of the library a text was taken
    Derive(derive::Typed),
    /// Write the library, or what a query finds, as JSON Lines, CSV, XLSX, Parquet or Akoma Ntoso
    Export(export::Typed),
    /// Print what documents cite, and which of it the library holds
    Citations(citations::Typed),
    /// Show a document or one of its provisions
    Show(show::Typed),
    /// List the documents of the library
    List(list::Typed),
    /// Save queries that each ingest answers
    Alert(alert::Typed),
    /// Forget a document
    Remove(remove::Typed),
    /// Look whether library and index are sound, and mend what can be mended
    Check(check::Typed),
    /// Write the whole library to one file, also while it is used
    Backup(backup::Typed),
    /// Make a library of a backup
    Restore(restore::Typed),
    /// Make the index again from the records, or the records from the kept sources
    Reindex(reindex::Typed),
    /// Measure what is found against duties or questions made by hand
    Eval(eval::Typed),
    /// Print the JSON Schema of records
    Schema(schema::Typed),
}

/// How a command ended that didn't fail.
enum Done {
    /// What was asked for is printed.
    Found,
    /// Something was not found, or a file could not be read; it was said.
    Nothing,
}

/// What was typed makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Runs the program.
pub fn run() -> ExitCode {
    let typed = Typed::parse();
    match dispatch(&typed).and_then(|done| Ok(std::io::stdout().flush().map(|()| done)?)) {
        Ok(Done::Found) => ExitCode::SUCCESS,
        Ok(Done::Nothing) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zeren: {error}");
            ExitCode::from(if is_usage(&error) { 2 } else { 1 })
        }
    }
}

fn dispatch(typed: &Typed) -> anyhow::Result<Done> {
    let folder = &typed.library;
    match &typed.command {
        Command::Ingest(typed) => ingest::run(folder, typed),
        Command::Parse(typed) => parse::run(typed),
        Command::Search(typed) => search::run(&Library::open(folder)?, typed),
        Command::Who(typed) => who::run(&Library::open(folder)?, typed),
        Command::Duties(typed) => duties::run(&Library::open(folder)?, typed),
        Command::Table(typed) => table::run(folder, typed),
        Command::Compare(typed) => compare::run(folder, typed),
        Command::Derive(typed) => derive::run(folder, typed),
        Command::Export(typed) => export::run(folder, typed),
        Command::Citations(typed) => citations::run(&Library::open(folder)?, typed),
        Command::Show(typed) => show::run(&Library::open(folder)?, typed),
        Command::List(typed) => list::run(&Library::open(folder)?, typed),
        Command::Alert(typed) => alert::run(folder, typed),
        Command::Remove(typed) => remove::run(folder, typed),
        Command::Check(typed) => check::run(folder, typed),
        Command::Backup(typed) => backup::run(folder, typed),
        Command::Restore(typed) => restore::run(folder, typed),
        Command::Reindex(typed) => reindex::run(folder, typed),
        Command::Eval(typed) => eval::run(folder, typed),
        Command::Schema(typed) => schema::run(typed),
    }
}

/// Whoever read our output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let broken = |cause: &std::io::Error| cause.kind() == ErrorKind::BrokenPipe;
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|cause| cause.io_error_kind() == Some(ErrorKind::BrokenPipe))
            || cause.downcast_ref::<csv::Error>().is_some_and(
                |cause| matches!(cause.kind(), csv::ErrorKind::Io(cause) if broken(cause)),
            )
    })
}

fn is_usage(error: &anyhow::Error) -> bool {
    error.is::<Usage>()
        || matches!(error.downcast_ref(), Some(Error::Time { .. }))
        || matches!(error.downcast_ref(), Some(SearchError::Query(_)))
}

/// What narrows a question, as typed.
#[derive(Args)]
struct Narrowing {
    /// A region by name or code; a province includes its cities and counties
    #[arg(long)]
    region: Option<String>,
    /// How a bearer takes part
    #[arg(long, value_parser = ["lead", "cooperate", "participate", "responsible"])]
    role: Option<String>,
    /// The force of a duty
    #[arg(long, value_parser = ["obligation", "prohibition", "permission", "encouragement"])]
    modality: Option<String>,
    /// A document's id, or the beginning of it
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    /// Leave out what the library knows to be repealed, replaced by a later edition, or expired
    #[arg(long)]
    in_force: bool,
    /// Look for the words themselves only, not for what else the field calls it
    #[arg(long)]
    no_synonyms: bool,
}

impl Narrowing {
    /// What it means in this library.
    fn filter(&self, library: &Library, unit: Unit) -> anyhow::Result<Filter> {
        let document = match &self.document {
            Some(prefix) => Some(one_document(library, prefix)?.id),
            None => None,
        };
        let without = lapsed(library, self.in_force)?;
        let filter = Filter { synonyms: !self.no_synonyms, without, ..Filter::of(unit) };
        Ok(filter
            .with(Facet::Role, self.role.clone())
            .with(Facet::Modality, self.modality.clone())
            .with(Facet::Document, document)
            .with(Facet::Region, self.region.clone()))
    }
}

/// The ids of what is no longer in force, where that is to be left out.
fn lapsed(library: &Library, in_force: bool) -> Result<Vec<String>, Error> {
    Ok(if in_force { library.lapses(None)?.into_keys().collect() } else { Vec::new() })
}

/// How long another writer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens the library to write to it; where another program does, says so and waits a while.
fn writer(folder: &Path) -> Result<Writer, Error> {
    match Writer::open(folder) {
        Err(Error::Locked { holder, .. }) => {
            eprintln!("zeren: waiting for {holder} to be done");
            Writer::open_within(folder, PATIENCE)
        }
        opened => opened,
    }
}

/// Something that was asked for by name and isn't there.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NotThere(String);

/// The one document whose id begins so.
fn one_document(library: &Library, prefix: &str) -> anyhow::Result<Entry> {
    match library.ids_like(prefix)?.as_slice() {
        [] => Err(NotThere(format!("no document `{prefix}` in the library")).into()),
        [id] => Ok(library
            .entry(id)?
            .ok_or_else(|| NotThere(format!("no document `{prefix}` in the library")))?),
        several => Err(Usage(format!(
            "`{prefix}` is the beginning of {} ids: {} …",
            several.len(),
            several[..2].join(", ")
        ))
        .into()),
    }
}
