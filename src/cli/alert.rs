//! `zeren alert add|list|show|remove`: saved queries that each ingest answers.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::output::{self, Format, Line};
use super::search::{Shower, Shown};
use super::{Done, NotThere};
use crate::error::Error;
use crate::export;
use crate::index::{self, Filter, Page, Unit};
use crate::library::{Alert, Answered, Library, Writer};

#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zeren alert add finance 'bearer:湖南省财政厅 资金' --output finance.atom\n  \
                  zeren alert list\n\nA query is as `zeren search` takes it, and looks for duties unless \
                  it names another unit. Each `zeren ingest` from then on says which of what is new \
                  answers it, and writes that to the file: an Atom feed where its name ends with .atom \
                  or .xml, else JSON Lines, which are added to what is there. A program killed while it \
                  writes JSON Lines may write the last of them twice."
)]
pub(super) struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Save a query, in place of one of the same name
    #[command(
        after_help = "Example:\n  zeren alert add funds '扶贫资金 监管' --output funds.jsonl"
    )]
    Add {
        /// What to call it
        name: String,
        /// What it asks
        query: String,
        /// Where its answers are written
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// List the saved queries
    #[command(after_help = "Example:\n  zeren alert list --format csv")]
    List {
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Print what has answered one, the latest first, as JSON Lines
    #[command(after_help = "Example:\n  zeren alert show funds")]
    Show {
        /// What it is called
        name: String,
        /// How many at the most
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// Forget one and its answers
    #[command(after_help = "Example:\n  zeren alert remove funds")]
    Remove {
        /// What it is called
        name: String,
    },
}

/// How many answers a feed shows.
const FEED: usize = 200;

/// How many new documents are asked at a time.
const AT_ONCE: usize = 200;

/// How many answers of a document are looked for at the most, over all that are asked at a time.
const ANSWERS: usize = 5000;

#[derive(Serialize)]
struct Row {
    name: String,
    query: String,
    output: Option<String>,
    answers: i64,
}

impl Line for Row {
    const COLUMNS: &'static [&'static str] = &["name", "query", "output", "answers"];
    const HEADER: &'static [&'static str] = Self::COLUMNS;

    fn row(&self) -> Vec<String> {
        self.cells()
    }

    fn cells(&self) -> Vec<String> {
        let output = self.output.clone().unwrap_or_default();
        vec![self.name.clone(), self.query.clone(), output, self.answers.to_string()]
    }
}

pub(super) fn run(folder: &Path, typed: &Typed) -> anyhow::Result<Done> {
    // What is no library is not made one.
    let library = Library::open(folder)?;
    let not_there = |name: &str| NotThere(format!("no alert is called `{name}`"));
    match &typed.command {
        Command::Add { name, query, output } => {
            // A query that cannot be read is told now.
            answers(&library, query, Some(Vec::new()))?;
            drop(library);
            let output = output.as_deref().map(std::path::absolute).transpose()?;
            let output = output.map(|path| path.display().to_string());
            super::writer(folder)?.add_alert(name, query, output.as_deref())?;
            eprintln!("zeren: `{name}` asks what comes from now on");
        }
        Command::List { format } => {
            let row = |alert: Alert| {
                let Alert { name, query, output, answers, .. } = alert;
                Row { name, query, output, answers }
            };
            let rows: Vec<Row> = library.alerts()?.into_iter().map(row).collect();
            output::print(&rows, *format)?;
        }
        Command::Show { name, limit } => {
            if !library.alerts()?.iter().any(|alert| alert.name == *name) {
                return Err(not_there(name).into());
            }
            let mut out = std::io::stdout().lock();
            for one in library.answered(name, usize::try_from(*limit).unwrap_or(usize::MAX))? {
                writeln!(out, "{}", one.line)?;
            }
        }
        Command::Remove { name } => {
            drop(library);
            if !super::writer(folder)?.remove_alert(name)? {
                return Err(not_there(name).into());
            }
            eprintln!("zeren: `{name}` asks no more");
        }
    }
    Ok(Done::Found)
}

/// Says what of the new documents answers which alert, keeps it and writes it to the alert's file.
pub(super) fn tell(writer: &Writer) -> anyhow::Result<()> {
    let library = writer.library();
    for alert in library.alerts()? {
        let new = library.since(&alert)?;
        let mut found = Vec::new();
        for some in new.chunks(AT_ONCE) {
            found.extend(answers(library, &alert.query, Some(some.to_vec()))?);
        }
        let lines: Vec<String> = found.iter().map(|shown| line(&alert, shown)).collect();
        let output = alert.output.as_deref().map(Path::new).filter(|_| !lines.is_empty());
        // Lines are written before they are kept: better twice than not at all.
        if let Some(output) = output.filter(|output| !is_feed(output)) {
            append(output, &lines)?;
        }
        writer.answer(&alert, &lines)?;
        if let Some(output) = output.filter(|output| is_feed(output)) {
            write(output, &feed(&alert, &library.answered(&alert.name, FEED)?))?;
        }
        for shown in &found {
            let bearers = shown.bearers.join("、");
            let title = shown.title.as_deref().unwrap_or("(no title)");
            let place = format!("{} {title}", shown.provision);
            let text = output::printable(&output::short(&shown.text, 60));
            eprintln!("zeren: alert `{}`: {bearers} {text} ({place}, {})", alert.name, shown.doc);
        }
    }
    Ok(())
}

/// What holds all of a query in some documents, or in all.
fn answers(
    library: &Library,
    query: &str,
    within: Option<Vec<String>>,
) -> anyhow::Result<Vec<Shown>> {
    let filter = Filter { within, ..Filter::of(Unit::Duty) };
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let found = index::search(library.index(), &read, query, &filter, &Page::best(ANSWERS))?;
    let mut shower = Shower::new(library);
    found.hits.iter().take(found.complete).map(|hit| shower.show(hit)).collect()
}

/// An answer as a JSON object.
fn line(alert: &Alert, shown: &Shown) -> String {
    let mut line = serde_json::to_value(shown).unwrap_or_default();
    if let Value::Object(fields) = &mut line {
        fields.remove("score");
        fields.remove("matches");
        fields.insert("alert".to_owned(), json!(alert.name));
    }
    line.to_string()
}

fn is_feed(output: &Path) -> bool {
    output.extension().is_some_and(|extension| extension == "atom" || extension == "xml")
}

fn append(path: &Path, lines: &[String]) -> Result<(), Error> {
    let fail = |cause| Error::File { action: "write", path: path.to_owned(), cause };
    let file = OpenOptions::new().create(true).append(true).open(path).map_err(fail)?;
    let mut file = std::io::BufWriter::new(file);
    lines.iter().try_for_each(|line| writeln!(file, "{line}")).map_err(fail)?;
    file.flush().map_err(fail)
}

/// Writes a feed whole or not at all.
fn write(path: &Path, feed: &str) -> Result<(), Error> {
    let fail = |cause| Error::File { action: "write", path: path.to_owned(), cause };
    let unmade = path.with_extension("part");
    std::fs::write(&unmade, feed).and_then(|()| std::fs::rename(&unmade, path)).map_err(fail)
}

/// The answers as an Atom feed (RFC 4287), the latest first.
fn feed(alert: &Alert, answered: &[Answered]) -> String {
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    feed.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let updated = answered.first().map_or("1970-01-01T00:00:00Z", |one| &one.at);
    let mut leaf = |name: &str, text: &str| {
        feed.push_str(&format!("<{name}>{}</{name}>\n", export::escape(text)));
    };
    leaf("title", &format!("{}: {}", alert.name, alert.query));
    leaf("id", &format!("urn:zeren:alert:{}", alert.name));
    leaf("updated", updated);
    for one in answered {
        let fields: Value = serde_json::from_str(&one.line).unwrap_or_default();
        let text = |name: &str| fields[name].as_str().unwrap_or_default();
        let bearers = fields["bearers"].as_array().into_iter().flatten();
        let bearers = bearers.filter_map(Value::as_str).collect::<Vec<_>>().join("、");
        let place = format!("{}#{}", text("doc"), text("eid"));
        let at = &fields["span"]["start"];
        feed.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>urn:zeren:{}:{at}</id>\n<updated>{}</updated>\n\
             <author><name>{}</name></author>\n<content type=\"text\">{}</content>\n</entry>\n",
            export::escape(&format!("{bearers} {}", text("title"))),
            export::escape(&place),
            one.at,
            export::escape(&bearers),
            export::escape(&format!("{} {}", text("provision"), text("text"))),
        ));
    }
    feed.push_str("</feed>\n");
    feed
}
