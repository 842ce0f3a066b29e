//! `zeren eval QUESTIONS`: how near search comes to questions with known answers.
//!
//! A question a line: `{"id", "kind", "script", "query", "answers": [{"file", "article", "bearer"}]}`.
//! `who` questions are asked as `zeren who` does, the others as `zeren search` does.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::json;

use super::Done;
use super::eval::Format;
use crate::index::{self, Filter, Hit, Page, Unit};
use crate::library::Library;
use crate::score::questions::{self, Found, Question, Tally};

/// How many answers are looked at.
const DEPTH: usize = 20;

/// Asks all questions that the library can answer and prints the figures.
pub(super) fn run(
    library: &Library,
    asked: &[Question],
    misses: bool,
    format: Format,
) -> anyhow::Result<Done> {
    let paths = library.places(None)?.into_iter().map(|place| place.path).collect::<Vec<_>>();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut skipped = 0;
    for question in asked {
        let holds = |file: &str| {
            let file = file.strip_prefix("laws/").unwrap_or(file);
            paths.iter().any(|path| path.ends_with(file))
        };
        if !question.answers.iter().any(|answer| holds(&answer.file)) {
            skipped += 1;
            continue;
        }
        let found = ask(library, question)?;
        let rank = questions::rank(question, &found);
        let bearer = (question.kind == "who").then(|| questions::bearer(question, &found));
        for tally in [question.kind.as_str(), "all"] {
            tallies.entry(tally.to_owned()).or_default().count(rank, bearer);
        }
        if rank != Some(1) || bearer == Some(false) {
            missed.push((question, rank, found));
        }
    }
    if skipped > 0 {
        eprintln!("zeren: {skipped} questions skipped: the library has none of their files");
    }
    print(&tallies, format)?;
    if misses {
        list(&missed)?;
    }
    Ok(Done::Found)
}

/// What is found for a question, in order: `who` questions are asked as `zeren who` does, the others as
/// `zeren search`.
///
/// # Errors
///
/// Where index or library fail, or the query is wrong.
pub fn ask(library: &Library, question: &Question) -> anyhow::Result<Vec<Found>> {
    let files = |id: &str| -> anyhow::Result<Vec<(String, usize)>> {
        let places = library.places(Some(id))?;
        Ok(places.into_iter().map(|place| (place.path, place.n)).collect())
    };
    let read = |id: &str, chunk| library.chunk(id, chunk);
    if question.kind != "who" {
        let filter = Filter::of(Unit::Provision);
        let found =
            index::search(library.index(), &read, &question.query, &filter, &Page::best(DEPTH))?;
        let show = |hit: &Hit| -> anyhow::Result<Found> {
            let chunk = library.chunk(&hit.document, hit.place.chunk)?;
            let article = chunk.get(hit.place.passage as usize).map(|passage| passage.path.clone());
            let article = article.unwrap_or_default();
            Ok(Found { files: files(&hit.document)?, article, bearer: None })
        };
        return found.hits.iter().map(show).collect();
    }
    let filter = Filter::of(Unit::Duty);
    let answers = index::who(library.index(), &read, &question.query, &filter, DEPTH)?;
    let mut found = Vec::new();
    for answer in &answers.answers {
        let Some(best) = answer.evidence.first() else { continue };
        let bearer = Some(answer.bearer.clone());
        found.push(Found {
            files: files(&best.document)?,
            article: best.fact.provision().to_owned(),
            bearer,
        });
    }
    Ok(found)
}

fn print(tallies: &BTreeMap<String, Tally>, format: Format) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let share = |right: usize, of: usize| right as f64 / of.max(1) as f64;
    let figures = |tally: &Tally| {
        let mut figures = vec![
            ("questions", tally.of as f64),
            ("success@1", share(tally.at_1, tally.of)),
            ("success@5", share(tally.at_5, tally.of)),
            ("MRR", tally.mrr()),
        ];
        figures.extend(tally.bearer.value().map(|value| ("bearer of the first answer", value)));
        figures
    };
    match format {
        Format::Table => {
            for (kind, tally) in tallies {
                writeln!(out, "{kind}")?;
                writeln!(
                    out,
                    "  success@1 {:28.3}   {} of {}",
                    share(tally.at_1, tally.of),
                    tally.at_1,
                    tally.of
                )?;
                writeln!(
                    out,
                    "  success@5 {:28.3}   {} of {}",
                    share(tally.at_5, tally.of),
                    tally.at_5,
                    tally.of
                )?;
                writeln!(out, "  MRR       {:28.3}", tally.mrr())?;
                if let Some(value) = tally.bearer.value() {
                    let (right, of) = (tally.bearer.right, tally.bearer.of);
                    writeln!(out, "  bearer of the first answer {value:11.3}   {right} of {of}")?;
                }
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(["kind", "figure", "value"])?;
            for (kind, tally) in tallies {
                for (name, value) in figures(tally) {
                    writer.write_record([kind, name, &value.to_string()])?;
                }
            }
            writer.flush()?;
        }
        Format::Json => {
            let mut object = json!({});
            for (kind, tally) in tallies {
                object[kind] = figures(tally).into_iter().map(|(n, v)| (n, json!(v))).collect();
            }
            serde_json::to_writer_pretty(&mut out, &object)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// What was not answered first: the question, the rank of its answer, and what came first.
fn list(missed: &[(&Question, Option<usize>, Vec<Found>)]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for (question, rank, found) in missed {
        let rank = rank.map_or("not found".to_owned(), |rank| format!("at {rank}"));
        writeln!(out, "\n{} {}: {rank}", question.id, question.query)?;
        for answer in &question.answers {
            let bearers = answer.bearers.join("、");
            writeln!(out, "  - {} {} {bearers}", answer.file, answer.article)?;
        }
        for one in found.iter().take(3) {
            let file = one.files.first().map_or("", |(path, _)| path.as_str());
            writeln!(out, "  + {file} {} {}", one.article, one.bearer.as_deref().unwrap_or(""))?;
        }
    }
    Ok(())
}
