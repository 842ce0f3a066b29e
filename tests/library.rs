//! The library: what it keeps, what it completes, what it refuses.

use std::path::Path;

use zeren::error::Error;
use zeren::index::{self, Filter, Hit, Page, Unit};
use zeren::library::{Library, Outcome, Writer};
use zeren::record::Record;

fn record() -> Record {
    serde_json::from_str(include_str!("data/record.json")).expect("a record")
}

fn kept(folder: &Path) -> Writer {
    let writer = Writer::open(folder).expect("a library");
    writer.keep(vec![record()]).expect("kept");
    writer
}

fn search(library: &Library, query: &str, unit: Unit) -> Vec<String> {
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let found = index::search(library.index(), &read, query, &Filter::of(unit), &Page::best(10));
    let show = |hit: &Hit| match hit.unit {
        Unit::Document => String::new(),
        _ => {
            let chunk = library.chunk(&hit.document, hit.place.chunk).expect("a chunk");
            let passage = &chunk[hit.place.passage as usize];
            match hit.unit {
                Unit::Duty => passage.duties[hit.place.duty as usize].place.to_string(),
                _ => passage.eid.clone(),
            }
        }
    };
    found.expect("found").hits.iter().map(show).collect()
}

fn sql(folder: &Path, statement: &str) {
    let database = rusqlite::Connection::open(folder.join("library.sqlite")).expect("a database");
    database.execute_batch(statement).expect("done");
}

#[test]
fn words_and_phrases_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = kept(folder.path());
    let library = writer.library();
    assert_eq!(search(library, "扶贫资金", Unit::Provision), ["art_5"]);
    assert_eq!(search(library, "\"金监督管\"", Unit::Provision), ["art_5"]);
    assert_eq!(search(library, "\"规划，并\"", Unit::Provision), ["art_5"]);
    assert!(search(library, "\"规划并\"", Unit::Provision).is_empty());
    assert!(search(library, "扶贫 -考核", Unit::Provision).is_empty());
    // The second duty only stands below the heading 省负总责.
    assert_eq!(search(library, "总责", Unit::Duty), ["0", "1"]);
    assert_eq!(search(library, "细则", Unit::Document), [""]);
}

#[test]
fn who_names_the_bearer() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = kept(folder.path());
    let library = writer.library();
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let ask = |question| {
        index::who(library.index(), &read, question, &Filter::of(Unit::Duty), 5).expect("answers")
    };
    let answers = ask("湖南省谁负责扶贫资金监督");
    assert!(answers.covered);
    assert_eq!(answers.regions, [("430000".to_owned(), "湖南省".to_owned())]);
    assert_eq!(answers.answers[0].bearer, "湖南省财政厅");
    assert!(!ask("谁负责养犬登记").covered);
}

#[test]
fn a_record_that_the_index_missed_is_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(kept(folder.path()));
    sql(folder.path(), "UPDATE documents SET state = 0");
    std::fs::remove_dir_all(folder.path().join("index")).expect("removed");
    let library = Library::open(folder.path()).expect("a library");
    assert_eq!(search(&library, "扶贫资金", Unit::Provision), ["art_5"]);
    assert_eq!(library.check().expect("checked").wrong, Vec::<String>::new());
}

#[test]
fn what_only_the_index_holds_is_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(kept(folder.path()));
    sql(folder.path(), "DELETE FROM documents; DELETE FROM sources");
    let mut writer = Writer::open(folder.path()).expect("a library");
    assert_ne!(writer.library().check().expect("checked").wrong, Vec::<String>::new());
    writer.repair().expect("mended");
    assert!(search(writer.library(), "扶贫资金", Unit::Provision).is_empty());
    assert_eq!(writer.library().check().expect("checked").wrong, Vec::<String>::new());
}

#[test]
fn a_damaged_record_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(kept(folder.path()));
    sql(folder.path(), "UPDATE documents SET record = '{}'");
    let library = Library::open(folder.path()).expect("a library");
    assert_eq!(library.check().expect("checked").wrong.len(), 2);
}

#[test]
fn a_second_writer_is_told_who_holds_the_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let _first = kept(folder.path());
    let Err(Error::Locked { holder, .. }) = Writer::open(folder.path()) else {
        panic!("a second writer got in");
    };
    assert_eq!(holder, format!("process {}", std::process::id()));
    assert!(Library::open(folder.path()).is_ok(), "a reader must get in");
}

#[test]
fn folders_of_others_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(Library::open(folder.path()), Err(Error::NotALibrary { .. })));
    std::fs::write(folder.path().join("thesis.doc"), "mine").expect("written");
    assert!(matches!(Writer::open(folder.path()), Err(Error::NotALibrary { .. })));
    let newer = tempfile::tempdir().expect("a folder");
    drop(kept(newer.path()));
    sql(newer.path(), "PRAGMA user_version = 99");
    assert!(matches!(Library::open(newer.path()), Err(Error::NotALibrary { .. })));
}

#[test]
fn files_are_recognised() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let first = file("a.txt", "第一条 省委负总责。".as_bytes());
    let copy = file("b.txt", "第一条 省委负总责。".as_bytes());
    let spaced = file("c.txt", "第一条  省委负总责。\n".as_bytes());
    let missing = folder.path().join("missing.txt");
    let writer = Writer::open(&folder.path().join("library")).expect("a library");
    let ingest = |files: &[_]| {
        let mut outcomes = Vec::new();
        writer.ingest(files, &mut |_, _, outcome| outcomes.push(outcome)).expect("ingested");
        outcomes
    };
    let outcomes = ingest(&[first.clone(), copy, spaced, missing]);
    assert!(matches!(&outcomes[0], Outcome::New(read) if read.known == 0));
    assert!(matches!(&outcomes[1], Outcome::Same(_)));
    assert!(matches!(&outcomes[2], Outcome::New(read) if read.known == 1));
    assert!(matches!(&outcomes[3], Outcome::Failed(_)));
    assert!(matches!(ingest(&[first])[0], Outcome::Skipped));
    assert_eq!(writer.library().entries().expect("entries").len(), 1);
    assert_eq!(writer.library().places(None).expect("places").len(), 3);
}
