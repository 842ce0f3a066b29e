//! How large the index is, how fast texts get in and answers out, side by side with plain engines.
//!
//! In: the folder that `ZEREN_LAWS` names and `corpus/`, else `corpus/` alone. Out: tables of sizes, of
//! the time to take in, and of 500 mixed queries, for zeren, for SQLite FTS5 (trigram) and for a plain
//! tantivy index of jieba's words, all over the same provisions in one run; recall of 500 random
//! substrings. Nothing is asserted: times are the machine's.
//!
//! `ZEREN_LAWS=… cargo bench --bench search`; with `-- growth` also the cost of a document by how many
//! there are, up to ten times the statutes with their numbers changed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use rusqlite::Connection;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TEXT};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexWriter, Term, doc};
use zeren::cli::ask;
use zeren::index::{self, Filter, Page, Unit};
use zeren::library::{Library, Writer, sources};
use zeren::score::questions::{self, Found, Question, Tally};
use zeren::text::fold_query as fold;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many queries are asked.
const QUERIES: usize = 500;

fn main() {
    let mut folders = vec![PathBuf::from("corpus")];
    folders.extend(std::env::var_os("ZEREN_LAWS").map(PathBuf::from));
    let files = sources(&folders, true).files;
    let place = std::env::temp_dir().join(format!("zeren-bench-{}", std::process::id()));
    let bytes = files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|m| m.len()).sum();
    println!("{} files, {:.1} MB\n", files.len(), megabytes(bytes));
    println!("| engine | taken in, s | MB/s | index, MB | of the text | database, MB |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let folder = place.join("zeren");
    let start = Instant::now();
    let writer = ingest(&folder, &files);
    let database = size(&folder.join("library.sqlite"));
    row(
        "zeren: read, parsed, stored, indexed",
        start.elapsed(),
        bytes,
        size(&folder.join("index")),
        database,
    );
    let library = writer.library();
    let provisions = provisions(library);
    let text = provisions.iter().map(|provision| provision.text.len() as u64).sum();
    let start = Instant::now();
    let trigram = trigrams(&place, &provisions);
    row(
        "SQLite FTS5 trigram, provisions alone",
        start.elapsed(),
        text,
        size(&place.join("trigram")),
        0,
    );
    let start = Instant::now();
    let plain = Plain::of(&place.join("plain"), &provisions, |one| one.text.clone());
    row(
        "tantivy with jieba, provisions alone",
        start.elapsed(),
        text,
        size(&place.join("plain")),
        0,
    );
    let queries = queries(&provisions);
    times(library, &trigram, &plain, &queries);
    recall(library, &provisions);
    drop((plain, trigram));
    answers(&place, library, &provisions);
    drop(writer);
    if std::env::args().any(|argument| argument == "growth") {
        growth(&place, &files);
    }
    // What is left is in the folder for temporary files.
    let _ = std::fs::remove_dir_all(&place);
}

fn ingest(folder: &Path, files: &[PathBuf]) -> Writer {
    let writer = Writer::open(folder).expect("a library");
    writer.ingest(files, &mut |_, _, _| {}).expect("ingested");
    writer
}

fn row(name: &str, spent: Duration, bytes: u64, index: u64, database: u64) {
    let seconds = spent.as_secs_f64();
    println!(
        "| {name} | {seconds:.1} | {:.1} | {:.1} | {:.2} | {:.1} |",
        megabytes(bytes) / seconds,
        megabytes(index),
        index as f64 / bytes as f64,
        megabytes(database)
    );
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The bytes of a file, or of all below a folder.
fn size(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().flatten();
    files.filter_map(|entry| entry.metadata().ok()).filter(|m| m.is_file()).map(|m| m.len()).sum()
}

struct Provision {
    document: String,
    /// Its printed path.
    path: String,
    /// Its title and headings.
    above: String,
    /// Who bears its first duty.
    bearers: Vec<String>,
    region: Option<String>,
    text: String,
    action: Option<String>,
}

fn provisions(library: &Library) -> Vec<Provision> {
    let mut all = Vec::new();
    for entry in library.entries().expect("entries") {
        for chunk in (0..).map_while(|chunk| library.chunk(&entry.id, chunk).ok()) {
            all.extend(chunk.iter().map(|passage| Provision {
                document: entry.id.clone(),
                path: passage.path.clone(),
                above: passage.above.clone(),
                bearers: passage.duties.first().map_or_else(Vec::new, |duty| {
                    duty.bearers.iter().map(|bearer| bearer.name.clone()).collect()
                }),
                region: entry.place.clone(),
                text: passage.text.clone(),
                action: passage.duties.first().map(|duty| duty.action.clone()),
            }));
        }
    }
    all
}

fn trigrams(place: &Path, provisions: &[Provision]) -> Connection {
    let connection = Connection::open(place.join("trigram")).expect("a database");
    let make = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
                CREATE VIRTUAL TABLE provisions USING fts5(text, tokenize = 'trigram');";
    connection.execute_batch(make).expect("a table");
    let mut insert = connection.prepare("INSERT INTO provisions VALUES (?1)").expect("prepared");
    for provision in provisions {
        insert.execute([&provision.text]).expect("inserted");
    }
    drop(insert);
    connection.execute_batch("COMMIT").expect("committed");
    connection
}

/// A plain index of jieba's words.
struct Plain {
    jieba: Jieba,
    searcher: tantivy::Searcher,
    text: Field,
}

impl Plain {
    /// An index of what `told` gives of each provision, and of its place among them.
    fn of(folder: &Path, provisions: &[Provision], told: fn(&Provision) -> String) -> Plain {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let at = schema.add_u64_field("at", FAST);
        let engine = tantivy::Index::create_in_dir(folder, schema.build()).expect("an index");
        let mut writer: IndexWriter =
            engine.writer_with_num_threads(2, 256 << 20).expect("a writer");
        let jieba = Jieba::new();
        for (provision, place) in provisions.iter().zip(0u64..) {
            let told = told(provision);
            let tokens = cut(&jieba, &told).into_iter().enumerate();
            let tokens =
                tokens.map(|(position, text)| Token { position, text, ..Token::default() });
            let cut = PreTokenizedString { text: told, tokens: tokens.collect() };
            writer.add_document(doc!(text => cut, at => place)).expect("added");
        }
        writer.commit().expect("committed");
        writer.wait_merging_threads().expect("merged");
        let searcher = engine.reader().expect("a reader").searcher();
        Plain { jieba, searcher, text }
    }

    /// The places of the provisions that BM25 ranks first for all words of a question.
    fn best(&self, question: &str) -> Vec<usize> {
        let words = cut(&self.jieba, &fold(question)).into_iter();
        let parts = words.map(|word| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.text, &word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        });
        let query = BooleanQuery::new(parts.collect());
        let top = TopDocs::with_limit(20).order_by_score();
        let found = self.searcher.search(&query, &top).expect("found").into_iter();
        found
            .map(|(_, address)| {
                let segment = self.searcher.segment_reader(address.segment_ord);
                let column = segment.fast_fields().u64("at").expect("a column");
                let at = column.first(address.doc_id).expect("a place");
                usize::try_from(at).expect("a place")
            })
            .collect()
    }

    fn query(&self, phrase: &str) -> Box<dyn Query> {
        let terms = cut(&self.jieba, phrase).into_iter();
        let mut terms =
            terms.map(|word| Term::from_field_text(self.text, &word)).collect::<Vec<_>>();
        match terms.len() {
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            0 => Box::new(tantivy::query::EmptyQuery),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    }
}

fn cut(jieba: &Jieba, text: &str) -> Vec<String> {
    let told = |word: &&str| word.chars().any(char::is_alphanumeric);
    jieba
        .cut(text, false)
        .into_iter()
        .map(|token| token.word)
        .filter(told)
        .map(str::to_lowercase)
        .collect()
}

/// What is asked, the same of every engine that can.
enum Asked {
    Words(Vec<String>),
    Phrase(String),
    /// Words within a region.
    Facet(Vec<String>, String),
    Who(String),
}

/// A generator of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }

    /// Some neighbouring characters of a text, without punctuation.
    fn piece(&mut self, text: &str, length: usize) -> Option<String> {
        let characters = text.chars().collect::<Vec<_>>();
        let from = self.below(characters.len());
        let piece = characters.get(from..from + length)?.iter().collect::<String>();
        piece.chars().all(char::is_alphanumeric).then_some(piece)
    }
}

fn queries(provisions: &[Provision]) -> Vec<Asked> {
    let mut random = Random(7);
    let mut queries = Vec::new();
    while queries.len() < QUERIES {
        let provision = &provisions[random.below(provisions.len())];
        let mut words = || {
            [random.piece(&provision.text, 2), random.piece(&provision.text, 2)]
                .into_iter()
                .collect::<Option<Vec<_>>>()
        };
        queries.extend(match queries.len() % 4 {
            0 => words().map(Asked::Words),
            1 => {
                let length = 3 + random.below(10);
                random.piece(&provision.text, length).map(Asked::Phrase)
            }
            2 => words().zip(provision.region.clone()).map(|(w, region)| Asked::Facet(w, region)),
            _ => provision.action.as_ref().filter(|a| a.chars().count() > 5).map(|action| {
                let beginning = action.chars().take(12).collect::<String>();
                Asked::Who(format!("谁负责{beginning}"))
            }),
        });
    }
    queries
}

/// The times of all queries, by what they ask.
fn times(library: &Library, trigram: &Connection, plain: &Plain, queries: &[Asked]) {
    let mut spent: Vec<(&str, &str, Duration)> = Vec::new();
    // The first round warms.
    for round in 0..2 {
        for asked in queries {
            let mut time = |engine, run: &mut dyn FnMut()| {
                let start = Instant::now();
                run();
                if round == 1 {
                    spent.push((engine, kind(asked), start.elapsed()));
                }
            };
            time("zeren", &mut || zeren_answers(library, asked));
            if let Asked::Words(_) | Asked::Phrase(_) = asked {
                time("FTS5", &mut || trigram_answers(trigram, asked));
                time("tantivy", &mut || plain_answers(plain, asked));
            }
        }
    }
    println!(
        "\n| engine | queries | | p50, ms | p99, ms | most, ms |\n| --- | --- | --- | --- | --- | --- |"
    );
    for engine in ["zeren", "FTS5", "tantivy"] {
        for sort in ["all", "words", "phrase", "facet", "who"] {
            let of = spent.iter().filter(|(e, s, _)| *e == engine && (sort == "all" || *s == sort));
            let mut times = of.map(|(_, _, time)| time.as_secs_f64() * 1e3).collect::<Vec<_>>();
            times.sort_by(f64::total_cmp);
            if let Some(most) = times.last() {
                let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
                println!(
                    "| {engine} | {sort} | {} | {:.2} | {:.2} | {most:.2} |",
                    times.len(),
                    at(0.5),
                    at(0.99)
                );
            }
        }
    }
}

fn kind(asked: &Asked) -> &'static str {
    match asked {
        Asked::Words(_) => "words",
        Asked::Phrase(_) => "phrase",
        Asked::Facet(..) => "facet",
        Asked::Who(_) => "who",
    }
}

fn zeren_answers(library: &Library, asked: &Asked) {
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let typed = match asked {
        Asked::Words(words) => words.join(" "),
        Asked::Phrase(phrase) => format!("\"{phrase}\""),
        Asked::Facet(words, region) => format!("{} region:{region}", words.join(" ")),
        Asked::Who(question) => {
            let filter = Filter::of(Unit::Duty);
            index::who(library.index(), &read, question, &filter, 10).expect("answers");
            return;
        }
    };
    let found = index::search(
        library.index(),
        &read,
        &typed,
        &Filter::of(Unit::Provision),
        &Page::best(20),
    );
    // What is shown is read, too.
    for hit in found.expect("found").hits {
        library.chunk(&hit.document, hit.place.chunk).expect("a chunk");
    }
}

fn trigram_answers(trigram: &Connection, asked: &Asked) {
    let quoted = |text: &String| format!("\"{text}\"");
    let typed = match asked {
        Asked::Words(words) => words.iter().map(quoted).collect::<Vec<_>>().join(" AND "),
        Asked::Phrase(phrase) => quoted(phrase),
        _ => return,
    };
    let query =
        "SELECT rowid, text FROM provisions WHERE provisions MATCH ?1 ORDER BY rank LIMIT 20";
    let mut query = trigram.prepare_cached(query).expect("prepared");
    let rows = query.query_map([typed], |row| row.get::<_, String>(1)).expect("found");
    assert!(rows.flatten().count() <= 20);
}

fn plain_answers(plain: &Plain, asked: &Asked) {
    let query: Box<dyn Query> = match asked {
        Asked::Words(words) => {
            let parts = words.iter().map(|word| (Occur::Should, plain.query(word)));
            Box::new(BooleanQuery::new(parts.collect()))
        }
        Asked::Phrase(phrase) => plain.query(phrase),
        _ => return,
    };
    let top = TopDocs::with_limit(20).order_by_score();
    plain.searcher.search(&query, &(Count, top)).expect("found");
}

/// How well questions with known answers are answered: by zeren, and by BM25 over jieba's words of each
/// provision with its title and headings, where a bearer is who bears the first duty of the provision.
fn answers(place: &Path, library: &Library, provisions: &[Provision]) {
    let told = |one: &Provision| format!("{}{}", one.above, one.text);
    let plain = Plain::of(&place.join("questions"), provisions, told);
    let files = |id: &str| {
        let places = library.places(Some(id)).expect("places").into_iter();
        places.map(|place| (place.path, place.n)).collect::<Vec<_>>()
    };
    println!("\n| engine | questions | | success@1 | success@5 | MRR | bearer of the first |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (name, lines) in [
        ("dev.jsonl", include_str!("../tests/questions/dev.jsonl")),
        ("who.jsonl", include_str!("../tests/questions/who.jsonl")),
    ] {
        let asked = lines.lines().map(|line| serde_json::from_str(line).expect("a question"));
        let (mut ours, mut theirs) = (Tally::default(), Tally::default());
        for question in asked.collect::<Vec<Question>>() {
            let who = question.kind == "who";
            let count = |tally: &mut Tally, found: &[Found]| {
                let bearer = who.then(|| questions::bearer(&question, found));
                tally.count(questions::rank(&question, found), bearer);
            };
            count(&mut ours, &ask(library, &question).expect("answers"));
            let found = plain.best(&question.query).into_iter().map(|at| {
                let one = &provisions[at];
                let bearer = who.then(|| one.bearers.first().cloned().unwrap_or_default());
                Found { files: files(&one.document), article: one.path.clone(), bearer }
            });
            count(&mut theirs, &found.collect::<Vec<_>>());
        }
        for (engine, tally) in [("zeren", ours), ("BM25 on jieba", theirs)] {
            let share = |right: usize| right as f64 / tally.of.max(1) as f64;
            println!(
                "| {engine} | {name} | {} | {:.3} | {:.3} | {:.3} | {} of {} |",
                tally.of,
                share(tally.at_1),
                share(tally.at_5),
                tally.mrr(),
                tally.bearer.right,
                tally.bearer.of
            );
        }
    }
}

/// How many of random substrings are found where a plain scan finds them.
fn recall(library: &Library, provisions: &[Provision]) {
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let mut random = Random(11);
    let (mut asked, mut right, mut told) = (0, 0, 0);
    while asked < QUERIES {
        let provision = &provisions[random.below(provisions.len())];
        let length = 2 + random.below(11);
        let characters = provision.text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let from = random.below(characters.len());
        let Some(phrase) = characters.get(from..from + length) else { continue };
        let phrase = phrase.iter().collect::<String>();
        if phrase.contains('"') || phrase.chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            continue;
        }
        asked += 1;
        let filter = Filter::of(Unit::Document);
        let found = index::search(
            library.index(),
            &read,
            &format!("\"{phrase}\""),
            &filter,
            &Page::best(100_000),
        );
        let hits = found.expect("found").hits;
        right += usize::from(hits.iter().any(|hit| hit.document == provision.document));
        told += hits.len();
    }
    println!(
        "\nrandom substrings: {right} of {asked} found in the document they are from, {told} documents in all"
    );
}

/// What a document costs, by how many there are.
fn growth(place: &Path, files: &[PathBuf]) {
    println!(
        "\n| documents | MB | s | ms a document | index, MB |\n| --- | --- | --- | --- | --- |"
    );
    let texts = place.join("texts");
    std::fs::create_dir_all(&texts).expect("a folder");
    let mut all = files.to_vec();
    for n in 1..10 {
        for (at, file) in files.iter().enumerate() {
            let Ok(text) = std::fs::read_to_string(file) else { continue };
            let changed = text.replace("第一条", &format!("第一条 第{n}种"));
            let path = texts.join(format!("{n}-{at}.txt"));
            std::fs::write(&path, changed).expect("written");
            all.push(path);
        }
    }
    for count in [100, 300, 1000, 3000, 10_000, 30_000] {
        let some = &all[..count.min(all.len())];
        let folder = place.join(format!("grown-{count}"));
        let start = Instant::now();
        let writer = ingest(&folder, some);
        let spent = start.elapsed().as_secs_f64();
        let documents = writer.library().entries().expect("entries").len().max(1);
        let bytes =
            some.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|m| m.len()).sum();
        println!(
            "| {documents} | {:.1} | {spent:.1} | {:.2} | {:.1} |",
            megabytes(bytes),
            spent * 1e3 / documents as f64,
            megabytes(size(&folder.join("index")))
        );
        drop(writer);
        let _ = std::fs::remove_dir_all(&folder);
    }
}
