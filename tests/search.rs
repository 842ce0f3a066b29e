//! Search: exact phrases, the query language, facets.

use std::path::{Path, PathBuf};

use zeren::index::{self, Facet, Filter, Found, Page, SearchError, Sort, Unit};
use zeren::library::{Library, Writer, sources};

fn library(folder: &Path, texts: &[PathBuf]) -> Writer {
    let writer = Writer::open(folder).expect("a library");
    writer.ingest(&sources(texts, true).files, &mut |_, _, _| {}).expect("ingested");
    writer
}

fn search(library: &Library, typed: &str, filter: &Filter, page: &Page) -> Found {
    let read = |id: &str, chunk| library.chunk(id, chunk);
    index::search(library.index(), &read, typed, filter, page).expect("found")
}

/// What was found, as `title path`; of duties the action.
fn found(library: &Library, typed: &str, unit: Unit) -> Vec<String> {
    let found = search(library, typed, &Filter::of(unit), &Page::best(100));
    let hits = found.hits.iter().take(found.complete);
    hits.map(|hit| {
        let chunk = library.chunk(&hit.document, hit.place.chunk).expect("a chunk");
        let passage = &chunk[hit.place.passage as usize];
        match found.unit {
            Unit::Document => passage.above.lines().next().unwrap_or_default().to_owned(),
            Unit::Provision => passage.path.clone(),
            Unit::Duty => passage.duties[hit.place.duty as usize].action.clone(),
        }
    })
    .collect()
}

/// A library of one made-up rule.
fn rule(folder: &Path) -> Writer {
    let file = folder.join("rule.txt");
    let text = "湖南省養犬管理條例\n（2016年5月1日湖南省人民代表大會常務委員會通過）\n\
        第一章 總則\n第一條 公安機關負責養犬登\n記，並組織檢查、巡查。\n\
        第二條 縣級人民政府應當加強領導；村民委員會協助公安機關開展養犬管理工作。\n\
        第三條 養犬人不得遺棄犬隻。";
    std::fs::write(&file, text).expect("written");
    library(&folder.join("library"), &[file])
}

#[test]
fn phrases_are_found_across_lines_words_and_borders() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = rule(folder.path());
    let find = |typed| found(writer.library(), typed, Unit::Provision);
    assert_eq!(find("\"养犬登记\""), ["第一条"]);
    assert_eq!(find("\"養犬登記，並組織\""), ["第一条"]);
    assert_eq!(find("\"犬登记、并组\""), ["第一条"]);
    assert!(find("\"登记并组织\"").is_empty());
    assert_eq!(find("\"巡查。第二条县级\""), ["第一条"]);
    // Longer than what the index knows of what follows; also over two ends, and with the title.
    assert_eq!(find("\"巡查。第二条县级人民政府应当加强领导\""), ["第一条"]);
    assert!(find("\"巡查。第二条县级人民政府应当放松领导\"").is_empty());
    assert_eq!(
        find("\"加强领导；村民委员会协助公安机关开展养犬管理工作。第三条养犬人不得遗弃\""),
        ["第二条"]
    );
    assert_eq!(
        find("\"总则第一条公安机关负责养犬登记，并组织检查、巡查。第二条县级\""),
        ["第一章"]
    );
    assert_eq!(find("\"领\"").len(), 1);
    assert_eq!(find("\"隻\""), ["第三条"]);
    assert!(find("\"公安机关负责养犬管理\"").is_empty());
}

#[test]
fn the_query_language_narrows() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = rule(folder.path());
    let find = |typed| found(writer.library(), typed, Unit::Provision);
    assert_eq!(find("公安机关 -登记"), ["第二条"]);
    assert_eq!(find("\"登记\" OR \"遗弃\"").len(), 2);
    assert_eq!(find("养犬 bearer:村民委员会"), ["第二条"]);
    assert_eq!(find("犬 modality:prohibition"), ["第三条"]);
    assert_eq!(find("养犬 region:湖南 genre:regulation").len(), find("养犬").len());
    assert!(find("养犬 region:广东").is_empty());
    assert_eq!(found(writer.library(), "协助 unit:duty", Unit::Provision).len(), 1);
    let duties = found(writer.library(), "养犬 bearer:公安机关", Unit::Duty);
    assert!(duties.len() == 1 && duties[0].starts_with("负责养犬"), "{duties:?}");
    assert_eq!(found(writer.library(), "养犬 遗弃", Unit::Document), ["湖南省养犬管理条例"]);
    assert!(found(writer.library(), "养犬 -遗弃", Unit::Document).is_empty());
}

#[test]
fn a_wrong_query_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = rule(folder.path());
    let library = writer.library();
    let read = |id: &str, chunk| library.chunk(id, chunk);
    let error = |typed| {
        let filter = Filter::of(Unit::Provision);
        let found = index::search(library.index(), &read, typed, &filter, &Page::best(1));
        found.expect_err("an error").to_string()
    };
    assert_eq!(
        error("养犬 region:乌有省"),
        "no region is called `乌有省` at character 11 of the query"
    );
    assert_eq!(
        error("after:2016-13 养犬"),
        "`2016-13` is no date (2016, 2016-05, 2016-05-01) at character 7 of the query"
    );
    assert_eq!(
        error("养犬 status:old"),
        "`old` is no status (issued, draft) at character 11 of the query"
    );
}

#[test]
fn hits_are_counted_and_sorted() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = library(folder.path(), &[PathBuf::from("corpus")]);
    let filter = Filter::of(Unit::Provision);
    let page = Page { limit: 50, sort: Sort::Date, count_by: vec![Facet::Region, Facet::Bearer] };
    let found = search(writer.library(), "扶贫", &filter, &page);
    let (facet, regions) = &found.counts[0];
    assert_eq!(*facet, Facet::Region);
    assert!(regions.iter().any(|(code, count)| code == "430000" && *count > 0), "{regions:?}");
    let of =
        |county: &str| regions.iter().find(|(code, _)| code == county).map(|(_, count)| *count);
    assert!(of("131122").is_some_and(|count| count > 0), "{regions:?}");
    assert!(["131100", "130000"].iter().all(|wider| of(wider) == of("131122")), "{regions:?}");
    assert!(found.counts[1].1.is_sorted_by_key(|(_, count)| std::cmp::Reverse(*count)));
    let documents = search(writer.library(), "扶贫", &Filter::of(Unit::Document), &page);
    assert!(documents.complete >= 10, "{}", documents.complete);
    let read = |id: &str, chunk| writer.library().chunk(id, chunk);
    let duties = Filter::of(Unit::Duty);
    let counted = index::search(writer.library().index(), &read, "扶贫", &duties, &page);
    assert!(matches!(counted, Err(SearchError::Filter(_))));
}

/// A generator of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// The characters of a text that count: punctuation in one, white space in none.
fn counted(text: &str) -> String {
    let mut all = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_alphanumeric() { c } else { '·' };
        if c != '·' || !all.ends_with('·') {
            all.extend(c.to_lowercase());
        }
    }
    all
}

#[test]
fn no_substring_is_missed() {
    let folder = tempfile::tempdir().expect("a folder");
    let writer = library(folder.path(), &[PathBuf::from("corpus")]);
    let library = writer.library();
    // Every provision, in the order of its document.
    let mut documents = Vec::new();
    for entry in library.entries().expect("entries") {
        let chunks = (0..).map_while(|chunk| library.chunk(&entry.id, chunk).ok());
        let chunks = chunks.collect::<Vec<_>>();
        let texts = chunks.iter().flat_map(|chunk| chunk.iter());
        documents.push((entry.id, texts.map(|passage| passage.text.clone()).collect::<Vec<_>>()));
    }
    documents.retain(|(_, texts)| texts.iter().any(|text| text.chars().count() > 20));
    let mut random = Random(1);
    let (mut asked, mut missed) = (0, Vec::new());
    while asked < 500 {
        let (id, texts) = &documents[random.below(documents.len())];
        let whole = texts.join("\n");
        let characters = whole.chars().collect::<Vec<_>>();
        let length = 2 + random.below(if asked % 5 == 0 { 40 } else { 11 });
        let from = random.below(characters.len().saturating_sub(length).max(1));
        let phrase =
            characters[from..(from + length).min(characters.len())].iter().collect::<String>();
        let told = counted(&phrase);
        let told = told.trim_matches('·');
        if told.chars().count() < 2 || phrase.contains(['"', '＂']) {
            continue;
        }
        asked += 1;
        let page = Page::best(100_000);
        let found = search(library, &format!("\"{phrase}\""), &Filter::of(Unit::Provision), &page);
        assert_eq!(found.complete, found.hits.len(), "`{phrase}`");
        // Every document that has it, and every provision.
        for (id, texts) in &documents {
            for text in texts.iter().filter(|text| counted(text).contains(told)) {
                let hit = found.hits.iter().any(|hit| {
                    let chunk = library.chunk(&hit.document, hit.place.chunk).expect("a chunk");
                    hit.document == *id && chunk[hit.place.passage as usize].text == *text
                });
                if !hit {
                    missed.push(format!("`{phrase}` in {id}"));
                }
            }
        }
        if !found.hits.iter().any(|hit| hit.document == *id) {
            missed.push(format!("`{phrase}` over a border of {id}"));
        }
    }
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}
