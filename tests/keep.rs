//! What files become in the library as they arrive: new, the same, editions, near copies, failed; and
//! what stays when they change.

mod support;

use serde_json::Value;
use support::Case;

/// A rule of so many articles.
fn rule(title: &str, day: &str, articles: std::ops::Range<usize>) -> String {
    let article = |at: usize| {
        format!("第{at}条 县级人民政府应当建立第{}号监管制度，承担第{at}项监管责任。\n", at * 7)
    };
    format!(
        "{title}\n\n（{day}湖南省人民政府第3次常务会议通过）\n\n{}",
        articles.map(article).collect::<String>()
    )
}

const TITLE: &str = "湖南省农村扶贫开发条例";

fn whats(case: &Case) -> Vec<String> {
    let arrivals = case.lines(&["list", "--since", "today"]);
    arrivals.iter().map(|row| text(&row["what"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn id_of(case: &Case, path: &str) -> String {
    let all = case.lines(&["list"]);
    let one = all.iter().find(|row| text(&row["path"]).ends_with(path));
    text(&one.unwrap_or_else(|| panic!("`{path}` is not listed: {all:?}"))["id"])
}

#[test]
fn another_day_is_a_new_edition_linked_both_ways() {
    let case = Case::empty();
    let old = case.file("old.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    let new = case.file("new.txt", rule(TITLE, "2020年5月2日", 1..44).as_bytes());
    case.ends(0, &["ingest", &old]);
    let told = case.prints(&["ingest", &new]);
    assert!(told.contains("new, 1 edition"), "{told}");
    let links = case.lines(&["list", "--editions"]);
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(links[0]["relation"], "edition");
    assert_eq!(
        (&links[0]["date"], &links[0]["other_date"]),
        (&"2020-05-02".into(), &"2010-03-01".into())
    );
    let (old, new) = (id_of(&case, "old.txt"), id_of(&case, "new.txt"));
    assert!(case.prints(&["show", &old]).contains(&format!("come later: {new} (2020-05-02)")));
    assert!(case.prints(&["show", &new]).contains(&format!("known before: {old} (2010-03-01)")));
    assert_eq!(whats(&case), ["new", "edition"]);
}

#[test]
fn a_copy_with_a_few_other_words_is_a_near_copy() {
    let case = Case::empty();
    let one = rule(TITLE, "2010年3月1日", 1..60);
    let near = one.replace("第350号", "第351号").replace("第70号", "第七十号");
    case.ends(0, &["ingest", &case.file("a.txt", one.as_bytes())]);
    case.ends(0, &["ingest", &case.file("b.txt", near.as_bytes())]);
    let links = case.lines(&["list", "--editions"]);
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(links[0]["relation"], "near");
    assert_eq!(text(&links[0]["other"]), id_of(&case, "a.txt"));
}

#[test]
fn a_neighbours_rule_of_the_same_words_is_neither() {
    let case = Case::empty();
    let one = rule("长沙市养犬管理条例", "2010年3月1日", 1..60);
    let other = one.replace("长沙", "株洲");
    case.ends(0, &["ingest", &case.file("a.txt", one.as_bytes())]);
    case.ends(0, &["ingest", &case.file("b.txt", other.as_bytes())]);
    assert_eq!(case.lines(&["list", "--editions"]), [] as [Value; 0]);
}

#[test]
fn a_changed_file_replaces_its_own_records_and_the_former_stay() {
    let case = Case::empty();
    let path = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    case.ends(0, &["ingest", &path]);
    let old = id_of(&case, "a.txt");
    case.file(
        "a.txt",
        rule(TITLE, "2010年3月1日", 1..40).replace("监管制度", "公示办法").as_bytes(),
    );
    let told = case.prints(&["ingest", &path]);
    assert!(told.contains("changed") && told.contains("1 former"), "{told}");
    let listed = case.lines(&["list"]);
    assert_eq!(listed.len(), 1);
    assert_ne!(text(&listed[0]["id"]), old);
    assert_eq!(text(&case.lines(&["list", "--history"])[0]["id"]), old);
    assert!(case.prints(&["show", &old]).contains("once read from"));
    case.ends(1, &["search", "\"监管制度\""]);
    case.ends(0, &["search", "\"公示办法\""]);
    // what it held comes back
    case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    case.ends(0, &["ingest", &path]);
    assert_eq!(id_of(&case, "a.txt"), old);
    case.ends(0, &["search", "\"监管制度\""]);
    case.ends(1, &["search", "\"公示办法\""]);
    assert_eq!(case.prints(&["check"]), "1 documents, all sound\n");
    let whats = whats(&case);
    assert_eq!(whats[0], "new");
    assert_eq!(whats[2..], ["former", "back", "former"]);
}

#[test]
fn a_document_that_another_file_holds_is_no_history() {
    let case = Case::empty();
    let text = rule(TITLE, "2010年3月1日", 1..40);
    let a = case.file("a.txt", text.as_bytes());
    let b = case.file("b.txt", text.as_bytes());
    case.ends(0, &["ingest", &a, &b]);
    case.file("a.txt", rule("湖南省养犬管理条例", "2012年3月1日", 50..60).as_bytes());
    case.ends(0, &["ingest", &a]);
    assert_eq!(case.lines(&["list"]).len(), 2);
    assert!(case.lines(&["list", "--history"]).is_empty());
    assert_eq!(case.prints(&["check"]), "2 documents, all sound\n");
}

#[test]
fn a_failed_file_is_kept_with_its_reason_until_it_changes() {
    let case = Case::empty();
    let path = case.file("a.txt", b"\x89PNG\r\n\x1a\n0000");
    case.ends(1, &["ingest", &path]);
    case.ends(1, &["ingest", &path]);
    let failed = case.lines(&["list", "--failed"]);
    assert_eq!(failed.len(), 1);
    assert!(text(&failed[0]["why"]).contains("PNG"), "{failed:?}");
    assert_eq!(whats(&case), ["failed"]);
    case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    case.ends(0, &["ingest", &path]);
    assert!(case.lines(&["list", "--failed"]).is_empty());
    // a file that fails in between and is then as it was
    case.file("a.txt", b"\x89PNG\r\n\x1a\n0000");
    case.ends(1, &["ingest", &path]);
    assert_eq!(case.lines(&["list"]).len(), 1, "its earlier records stay");
    case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    case.ends(0, &["ingest", &path]);
    assert!(case.lines(&["list", "--failed"]).is_empty());
}

#[test]
fn arrivals_are_asked_by_time() {
    let case = Case::empty();
    case.ends(0, &["ingest", &case.file("a.txt", rule(TITLE, "2010年3月1日", 1..4).as_bytes())]);
    for since in ["yesterday", "today", "3d", "12h", "2020-01-01"] {
        assert_eq!(case.lines(&["list", "--since", since]).len(), 1, "{since}");
    }
    assert!(case.lines(&["list", "--since", "2999-01-01"]).is_empty());
    assert!(case.tells(2, &["list", "--since", "lately"]).contains("`lately` is no time"));
}

#[test]
fn an_older_library_is_brought_up_to_date_and_a_copy_kept() {
    let case = Case::empty();
    std::fs::create_dir_all(case.library()).expect("a folder");
    let old = "tests/data/library-2/library.sqlite";
    std::fs::copy(old, case.library().join("library.sqlite")).expect("copied");
    assert_eq!(case.lines(&["list"]).len(), 2);
    assert_eq!(case.prints(&["check"]), "2 documents, all sound\n");
    case.ends(0, &["search", "驻村工作队"]);
    case.ends(0, &["ingest", "corpus"]);
    let kept = case.library().join("library.sqlite.v2");
    assert_eq!(std::fs::read(kept).map(|bytes| bytes.is_empty()).ok(), Some(false));
}

/// What lapsed, by the end of its path: why, by which path, since when.
fn lapsed(case: &Case) -> Vec<(String, String, String)> {
    let all = case.lines(&["list"]);
    let path = |id: &Value| {
        let one = all.iter().find(|row| row["id"] == *id);
        one.map(|row| text(&row["path"]).rsplit('/').next().unwrap_or_default().to_owned())
    };
    let lapsed = all.iter().filter(|row| !row["lapsed"].is_null());
    let told = lapsed.map(|row| {
        let by = path(&row["lapsed"]["by"]).unwrap_or_default();
        (path(&row["id"]).unwrap_or_default(), text(&row["lapsed"]["why"]), by)
    });
    told.collect()
}

#[test]
fn a_later_edition_takes_the_earlier_out_of_force() {
    let case = Case::empty();
    // the later comes first into the library
    let fine = "第九十条 违反本条例规定的，由县级人民政府处一千元罚款。\n";
    for (name, day, articles) in [("new.txt", "2020年5月2日", 44), ("old.txt", "2010年3月1日", 40)]
    {
        let text = rule(TITLE, day, 1..articles) + fine;
        case.ends(0, &["ingest", &case.file(name, text.as_bytes())]);
    }
    let row = |one: &str, why: &str, by: &str| (one.to_owned(), why.to_owned(), by.to_owned());
    assert_eq!(lapsed(&case), [row("old.txt", "replaced", "new.txt")]);
    let (old, new) = (id_of(&case, "old.txt"), id_of(&case, "new.txt"));
    let shown = case.prints(&["show", &old]);
    assert!(
        shown.contains(&format!("not in force: replaced by {new} since 2020-05-02")),
        "{shown}"
    );
    let found = case.lines(&["search", "\"监管制度\"", "--limit", "0"]);
    assert!(found.iter().any(|hit| hit["doc"] == *old && hit["lapsed"]["why"] == "replaced"));
    for typed in [
        &["search", "监管制度", "--limit", "0", "--in-force"][..],
        &["search", "监管制度", "--unit", "document", "--in-force"],
        &["search", "监管制度", "--unit", "duty", "--limit", "0", "--in-force"],
        &["who", "监管制度", "--in-force"],
        &["duties", "--in-force"],
        &["export", "--table", "duties", "--in-force"],
        &["export", "监管制度", "--table", "duties", "--in-force"],
        &["table", "sanctions", "--in-force"],
    ] {
        let id = |row: Value| row.get("doc").or_else(|| row.get("document")).cloned();
        let docs: Vec<Value> = case.lines(typed).into_iter().filter_map(id).collect();
        assert!(!docs.is_empty() && docs.iter().all(|doc| *doc == *new), "{typed:?}: {docs:?}");
    }
    assert_eq!(case.lines(&["list", "--in-force"]).len(), 1);
    let exported = case.lines(&["export", "--table", "documents", "--in-force"]);
    assert!(exported.len() == 1 && exported[0]["document"] == *new, "{exported:?}");
    // beside another region's, the one article that only the former has is in the matrix unless left out
    let neighbour = rule("吉林省农村扶贫开发条例", "2015年3月1日", 1..44).replace("湖南", "吉林");
    case.ends(0, &["ingest", &case.file("jilin.txt", neighbour.as_bytes())]);
    let matrix = |more: &[&str]| {
        let rows = case.lines(&[&["compare", "--regions", "湖南,吉林"], more].concat());
        rows.iter().any(|row| row.to_string().contains(&old))
    };
    assert!(matrix(&[]) && !matrix(&["--in-force"]));
}

#[test]
fn what_is_repealed_is_out_of_force_unless_it_is_younger_or_of_another_region() {
    let case = Case::empty();
    let repealing = rule("湖南省乡村振兴促进条例", "2020年5月2日", 1..9)
        + "第九条 本条例自2020年7月1日起施行。《湖南省农村扶贫开发条例》同时废止。\n";
    let other = rule("湖南省农村扶贫开发条例", "2010年3月1日", 1..40);
    let younger = rule("湖南省农村扶贫开发条例", "2024年3月1日", 100..140);
    case.ends(0, &["ingest", &case.file("old.txt", other.as_bytes())]);
    case.ends(0, &["ingest", &case.file("repealing.txt", repealing.as_bytes())]);
    let row = |one: &str, why: &str, by: &str| (one.to_owned(), why.to_owned(), by.to_owned());
    assert_eq!(lapsed(&case), [row("old.txt", "repealed", "repealing.txt")]);
    case.ends(0, &["ingest", &case.file("younger.txt", younger.as_bytes())]);
    assert_eq!(lapsed(&case), [row("old.txt", "repealed", "repealing.txt")]);
}

#[test]
fn what_has_an_end_is_out_of_force_after_it() {
    let case = Case::empty();
    let until =
        |day: &str| rule(TITLE, "2010年3月1日", 1..9) + &format!("第九条 本条例有效期至{day}。\n");
    case.ends(0, &["ingest", &case.file("over.txt", until("2015年12月31日").as_bytes())]);
    assert_eq!(lapsed(&case)[0].1, "expired");
    let later = until("2915年12月31日").replace(TITLE, "湖南省养犬管理条例");
    case.ends(0, &["ingest", &case.file("later.txt", later.as_bytes())]);
    assert_eq!(lapsed(&case).len(), 1);
}

fn sql(case: &Case, statement: &str) {
    let path = case.library().join("library.sqlite");
    let database = rusqlite::Connection::open(path).expect("a database");
    database.execute_batch(statement).expect("done");
}

#[test]
fn records_are_made_anew_from_kept_sources() {
    let case = Case::empty();
    let path = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..9).as_bytes());
    case.ends(0, &["ingest", &path, "corpus"]);
    std::fs::remove_file(path).expect("removed");
    let made = case.prints(&["duties", "--format", "jsonl"]);
    assert!(case.tells(0, &["reindex", "--reparse"]).contains("read 0 sources again"));
    assert!(
        case.tells(0, &["reindex", "--reparse", "--all"])
            .contains("read 6 sources again, 0 changed")
    );
    // as if earlier rules had missed its duties and read its title otherwise
    let id = id_of(&case, "a.txt");
    let record = zeren::library::Library::open(&case.library()).expect("a library");
    let mut record: zeren::record::Record = record.record(&id).expect("a record");
    record.duties.truncate(2);
    record.title = None;
    let packed = zstd::encode_all(&*serde_json::to_vec(&record).expect("JSON"), 1).expect("packed");
    let database =
        rusqlite::Connection::open(case.library().join("library.sqlite")).expect("opened");
    let update = "UPDATE documents SET rules = 'old', title = NULL, record = ?2, digest = x'00' WHERE id = ?1";
    database.execute(update, rusqlite::params![id, packed]).expect("done");
    drop(database);
    let changes = case.lines(&["reindex", "--reparse"]);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(
        (&changes[0]["lost"], &changes[0]["parts"]),
        (&0.into(), &serde_json::json!(["title"]))
    );
    assert!(changes[0]["gained"].as_u64() > Some(0));
    assert_eq!(case.prints(&["duties", "--format", "jsonl"]), made);
    assert_eq!(case.prints(&["check"]), "16 documents, all sound\n");
}

#[test]
fn a_document_of_another_id_takes_the_place_of_the_former() {
    let case = Case::empty();
    case.ends(0, &["ingest", &case.file("a.txt", rule(TITLE, "2010年3月1日", 1..9).as_bytes())]);
    let id = id_of(&case, "a.txt");
    // as if earlier rules had found another text in it
    let other = "0123456789abcdef";
    let library = zeren::library::Library::open(&case.library()).expect("a library");
    let mut record: zeren::record::Record = library.record(&id).expect("a record");
    drop(library);
    record.id = other.to_owned();
    let packed = zstd::encode_all(&*serde_json::to_vec(&record).expect("JSON"), 1).expect("packed");
    let database =
        rusqlite::Connection::open(case.library().join("library.sqlite")).expect("opened");
    let update = "UPDATE documents SET rules = NULL, id = ?2, record = ?3 WHERE id = ?1";
    database.execute(update, rusqlite::params![id, other, packed]).expect("done");
    let update = "UPDATE sources SET document = ?2 WHERE document = ?1";
    database.execute(update, rusqlite::params![id, other]).expect("done");
    drop(database);
    let changes = case.lines(&["reindex", "--reparse"]);
    assert_eq!(
        (&changes[0]["before"][0], &changes[0]["after"][0]),
        (&other.into(), &id.clone().into())
    );
    assert_eq!(id_of(&case, "a.txt"), id);
    assert_eq!(case.lines(&["list"]).len(), 1);
    case.ends(0, &["search", "监管制度"]);
}

#[test]
fn sources_are_not_kept_where_that_is_not_wanted() {
    let case = Case::empty();
    case.ends(0, &["ingest", "corpus", "--no-sources"]);
    sql(&case, "UPDATE documents SET rules = 'old'");
    assert!(
        case.tells(0, &["reindex", "--reparse"])
            .contains("15 documents are as other rules made them")
    );
    // reading them again keeps them
    case.ends(0, &["ingest", "corpus"]);
    assert!(case.tells(0, &["reindex", "--reparse"]).contains("read 5 sources again, 0 changed"));
    assert_eq!(case.prints(&["check"]), "15 documents, all sound\n");
}

#[test]
fn what_is_damaged_is_mended_from_the_kept_sources() {
    let case = Case::empty();
    let path = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..9).as_bytes());
    case.ends(0, &["ingest", &path, "corpus"]);
    std::fs::remove_file(&path).expect("removed");
    let before = case.prints(&["duties", "--format", "jsonl"]);
    let id = id_of(&case, "a.txt");
    sql(&case, &format!("UPDATE documents SET record = x'00' WHERE id = '{id}'"));
    sql(&case, "UPDATE passages SET content = x'00' WHERE document = 2 AND chunk = 0");
    for entry in std::fs::read_dir(case.library().join("index")).expect("an index") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "pos") {
            let mut bytes = std::fs::read(&path).expect("read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            std::fs::write(&path, bytes).expect("written");
        }
    }
    let told = String::from_utf8(case.ends(1, &["check"]).stdout).expect("UTF-8");
    assert!(told.contains(&format!("record `{id}`")), "{told}");
    assert!(told.contains("what a search shows of") && told.contains(".pos` is damaged"), "{told}");
    let told = case.prints(&["check", "--repair"]);
    assert_eq!(told.matches("mended: ").count(), 3, "{told}");
    assert!(told.ends_with("16 documents, all sound\n"), "{told}");
    assert_eq!(case.prints(&["duties", "--format", "jsonl"]), before);
}

#[test]
fn a_damaged_source_is_kept_again_from_its_file_or_dropped() {
    let case = Case::empty();
    let a = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..9).as_bytes());
    let b = case.file("b.txt", rule("湖南省养犬管理条例", "2010年3月1日", 20..29).as_bytes());
    case.ends(0, &["ingest", &a, &b]);
    std::fs::remove_file(&b).expect("removed");
    sql(&case, "UPDATE contents SET bytes = x'00'");
    case.ends(1, &["check"]);
    let told = case.prints(&["check", "--repair"]);
    assert_eq!(told.matches("kept again from its file").count(), 1, "{told}");
    assert_eq!(told.matches("dropped").count(), 1, "{told}");
}

#[test]
fn a_backup_is_restored_with_all_it_knows() {
    let case = Case::with_corpus();
    let a = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes());
    case.ends(0, &["ingest", &a]);
    case.file("a.txt", rule(TITLE, "2020年3月1日", 1..44).as_bytes());
    case.ends(0, &["ingest", &a]);
    let file = case.path("monday.zeren").display().to_string();
    {
        // while somebody writes
        let _writer = zeren::library::Writer::open(&case.library()).expect("a writer");
        case.ends(0, &["backup", &file]);
    }
    let again = case.path("again").display().to_string();
    case.ends(0, &["restore", &file, "--library", &again]);
    for typed in [
        &["list"][..],
        &["list", "--history"],
        &["list", "--editions"],
        &["list", "--since", "today"],
        &["search", "监管制度", "--limit", "0"],
    ] {
        let elsewhere = [typed, &["--library", &again]].concat();
        assert_eq!(case.lines(typed).len(), case.lines(&elsewhere).len(), "{typed:?}");
    }
    assert_eq!(case.prints(&["check", "--library", &again]), "16 documents, all sound\n");
    case.ends(0, &["reindex", "--reparse", "--all", "--library", &again]);
    assert!(case.tells(1, &["backup", &file]).contains("it is there already"));
}

#[test]
fn a_restore_takes_the_place_of_documents_only_if_asked() {
    let case = Case::with_corpus();
    let file = case.path("monday.zeren").display().to_string();
    case.ends(0, &["backup", &file]);
    case.ends(0, &["ingest", &case.file("a.txt", rule(TITLE, "2010年3月1日", 1..40).as_bytes())]);
    assert!(case.tells(1, &["restore", &file]).contains("it holds 16 documents"));
    case.ends(0, &["restore", &file, "--replace"]);
    assert_eq!(case.prints(&["check"]), "15 documents, all sound\n");
    case.ends(1, &["search", "\"监管制度\""]);
    assert!(case.library().join("library.sqlite.before").is_file());
    let cut = std::fs::read(&file).expect("read");
    let cut = case.file("cut.zeren", &cut[..cut.len() / 2]);
    let other = case.path("other").display().to_string();
    assert!(case.tells(1, &["restore", &cut, "--library", &other]).contains("cut.zeren"));
}

#[test]
fn an_alert_hears_of_new_duties_once() {
    let case = Case::with_corpus();
    let lines = case.path("new.jsonl").display().to_string();
    let feed = case.path("new.atom").display().to_string();
    case.ends(0, &["alert", "add", "funds", "监管制度", "--output", &lines]);
    case.ends(0, &["alert", "add", "feed", "\"监管制度\" bearer:县级人民政府", "--output", &feed]);
    case.ends(0, &["alert", "add", "nothing", "养犬登记费"]);
    let a = case.file("a.txt", rule(TITLE, "2010年3月1日", 1..4).as_bytes());
    let told = case.tells(0, &["ingest", &a]);
    assert!(told.contains("alert `funds`: 县级人民政府"), "{told}");
    assert!(!told.contains("alert `nothing`"), "{told}");
    let written = || std::fs::read_to_string(&lines).expect("written");
    let first = written();
    assert_eq!(first.lines().count(), 3, "{first}");
    let line: Value = serde_json::from_str(first.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&line["alert"], &line["title"]), (&"funds".into(), &TITLE.into()));
    case.ends(0, &["ingest", &a, "corpus"]);
    assert_eq!(written(), first, "nothing is told twice");
    let b = rule("长沙市<养犬>管理条例", "2010年3月1日", 10..12).replace("建立", "建立 & ");
    case.ends(0, &["ingest", &case.file("b.txt", b.as_bytes())]);
    assert_eq!(written().lines().count(), 5);
    let feed = std::fs::read(&feed).expect("written");
    let mut reader = quick_xml::Reader::from_reader(&*feed);
    let mut entries = 0;
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "entry" => entries += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(entries, 5);
    let listed = case.lines(&["alert", "list"]);
    let answers: Vec<_> =
        listed.iter().map(|row| (text(&row["name"]), row["answers"].as_i64())).collect();
    let row = |name: &str, answers| (name.to_owned(), Some(answers));
    assert_eq!(answers, [row("feed", 5), row("funds", 5), row("nothing", 0)]);
    assert_eq!(case.prints(&["alert", "show", "funds", "--limit", "2"]).lines().count(), 2);
    case.ends(0, &["alert", "remove", "funds"]);
    case.ends(1, &["alert", "remove", "funds"]);
    case.ends(2, &["alert", "add", "wrong", "place:湖南"]);
}
