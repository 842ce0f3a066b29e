//! Questions with known answers: what search finds first. The floors only rise.
//!
//! The questions that need statutes are asked where `ZEREN_LAWS` names the folder with them.

use std::path::{Path, PathBuf};

use zeren::cli::ask;
use zeren::library::{Library, Writer, sources};
use zeren::score::questions::{self, Question, Tally};

fn all() -> Vec<Question> {
    read(include_str!("questions/dev.jsonl"))
}

/// Questions for a bearer, in everyday words, from articles drawn at random.
fn who() -> Vec<Question> {
    read(include_str!("questions/who.jsonl"))
}

fn read(text: &str) -> Vec<Question> {
    text.lines().map(|line| serde_json::from_str(line).expect("a question")).collect()
}

/// A library of folders, in a folder of its own.
fn library(folder: &Path, texts: &[PathBuf]) -> Writer {
    let writer = Writer::open(folder).expect("a library");
    writer.ingest(&sources(texts, true).files, &mut |_, _, _| {}).expect("ingested");
    writer
}

fn tally<'q>(library: &Library, asked: impl Iterator<Item = &'q Question>) -> Tally {
    let mut tally = Tally::default();
    for question in asked {
        let found = ask(library, question).expect("answers");
        let bearer = (question.kind == "who").then(|| questions::bearer(question, &found));
        tally.count(questions::rank(question, &found), bearer);
    }
    eprintln!("{tally:?}, MRR {:.3}", tally.mrr());
    tally
}

fn of_corpus(question: &Question) -> bool {
    question.answers.iter().any(|answer| answer.file.starts_with("corpus/"))
}

#[test]
fn questions_of_the_corpus_are_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = library(folder.path(), &[PathBuf::from("corpus")]);
    let questions = all();
    let tally = tally(writer.library(), questions.iter().filter(|question| of_corpus(question)));
    assert!(tally.of >= 15, "{tally:?}");
    assert!(tally.at_1 >= FLOORS[0] && tally.at_5 >= FLOORS[1], "{tally:?}");
    assert!(tally.bearer.right >= FLOORS[2], "{tally:?}");
}

/// Of the corpus: answered first, among the first five, bearers right.
const FLOORS: [usize; 3] = [14, 14, 4];

#[test]
fn questions_of_statutes_are_answered() {
    let Some(laws) = std::env::var_os("ZEREN_LAWS") else {
        let skipped = all().iter().filter(|question| !of_corpus(question)).count();
        eprintln!("{skipped} questions skipped: `ZEREN_LAWS` names no folder with statutes");
        return;
    };
    // All statutes take a minute: only those of the regions and kinds that are asked for, and corpus.
    let folder = tempfile::tempdir().expect("a folder");
    let (questions, who) = (all(), who());
    let mut texts = vec![PathBuf::from("corpus")];
    for question in questions.iter().chain(&who) {
        for file in question.answers.iter().filter_map(|a| a.file.strip_prefix("laws/")) {
            texts.push(PathBuf::from(&laws).join(file));
        }
    }
    texts.sort();
    texts.dedup();
    let writer = library(folder.path(), &texts);
    let tally = tally(writer.library(), questions.iter());
    assert!(tally.at_5 * 10 >= tally.of * 9, "{tally:?}");
    let who = self::tally(writer.library(), who.iter());
    assert!(who.bearer.right >= BEARERS && who.at_5 >= WHO_AT_5, "{who:?}");
}

/// Of the 112 questions for a bearer: the first answer is right, the provision among the first five.
const BEARERS: usize = 96;
const WHO_AT_5: usize = 100;
