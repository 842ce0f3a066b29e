//! The program as it is used: commands on the corpus, what they print, how they end.

mod support;

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use support::Case;

const FILES: [&str; 5] = [
    "corpus/000_ad1dc665d4595636.txt",
    "corpus/001_fa3dfaf0a158da2b.txt",
    "corpus/002_e34c9bcc7c3ccc6a.txt",
    "corpus/003_316c6a89e7b059df.txt",
    "corpus/004_9d5b4cdee7da2e03.txt",
];

fn texts<'v>(rows: &'v [Value], key: &str) -> Vec<&'v str> {
    rows.iter().filter_map(|row| row[key].as_str()).collect()
}

/// The cells of the row that begins with `name`.
fn row(table: &str, name: &str) -> Vec<String> {
    let line = table.lines().find(|line| line.trim_start().starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no row `{name}` in\n{table}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_corpus_is_read_once() {
    let case = Case::empty();
    let table = case.prints(&["ingest", "corpus"]);
    let documents = FILES.map(|file| row(&table, file)[1].clone());
    assert_eq!(documents, ["1", "2", "8", "3", "1"]);
    let total = row(&table, "5 files");
    assert_eq!(total[1..3], ["15", "105"]);
    assert_eq!(total.last().map(String::as_str), Some("5 new"));
    let again = case.prints(&["ingest", "corpus"]);
    assert_eq!(row(&again, "5 files"), ["5 files", "5 skipped"]);
    assert_eq!(case.lines(&["list"]).len(), 15);
    assert_eq!(case.prints(&["check"]).lines().next(), Some("15 documents, all sound"));
}

#[test]
fn parse_and_library_give_the_same_records() {
    let case = Case::with_corpus();
    let parsed = case.prints(&[&["parse"], &FILES[..]].concat());
    assert_eq!(parsed, case.prints(&[&["parse"], &FILES[..]].concat()), "two runs differ");
    let database = rusqlite::Connection::open(case.library().join("library.sqlite"));
    let database = database.expect("a database");
    let mut query = database.prepare("SELECT record FROM documents ORDER BY number").expect("SQL");
    let kept = query.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
    let kept = kept.map(|record| {
        let json = zstd::decode_all(&*record.expect("a record")).expect("it is packed");
        String::from_utf8(json).expect("it is text") + "\n"
    });
    let kept = kept.collect::<String>();
    assert!(parsed == kept, "records differ");
}

#[test]
fn who_names_those_who_hold_the_duty() {
    let case = Case::with_corpus();
    let assess = case.lines(&["who", "贫困退出", "考核"]);
    assert!(matches!(assess[0]["bearer"].as_str(), Some("县级人民政府" | "县级党委")));
    assert!(assess[0]["action"].as_str().is_some_and(|action| action.ends_with("检查考核")));
    let watch = case.lines(&["who", "谁负责扶贫资金监管"]);
    let county = |row: &&serde_json::Value| row["bearer"] == "县级人民政府";
    let county = watch.iter().find(county).expect("the county answers");
    assert_eq!(county["responsibility"], "foremost");
    for bearer in ["扶贫部门", "财政部门"] {
        assert!(texts(&watch, "bearer").contains(&bearer), "{bearer}");
    }
    let lead = case.lines(&["who", "湖南省哪个部门牵头易地扶贫搬迁"]);
    assert_eq!(lead[0]["bearer"], "湖南省发展和改革委员会");
    assert!(texts(&lead, "region").iter().all(|region| *region == "湖南省"));
    let elsewhere = case.tells(1, &["who", "浙江省谁负责扶贫资金监管"]);
    assert!(elsewhere.contains("no duty of 浙江省"), "{elsewhere}");
    assert!(case.tells(1, &["who", "谁负责养犬登记"]).contains("no duty holds"));
}

#[test]
fn evidence_points_to_its_place() {
    let case = Case::with_corpus();
    for row in case.lines(&["who", "扶贫资金"]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(row["path"].as_str().expect("path"));
        let source = std::fs::read_to_string(path).expect("a source");
        let place = |end| row["span"][end].as_u64().expect("a number") as usize;
        let there = source.chars().take(place("end")).skip(place("start")).collect::<String>();
        let head = row["action"].as_str().expect("text").chars().rev().take(4);
        let tail = head.collect::<Vec<_>>().into_iter().rev().collect::<String>();
        // a source may be traditional, an action is simplified
        let there = zeren::text::simplify(&there);
        let kept = there.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert!(kept.contains(&tail), "`{tail}` is not in `{there}`");
    }
}

#[test]
fn traditional_and_simplified_find_the_same() {
    let case = Case::with_corpus();
    for (hans, hant) in [("谁负责扶贫资金监管", "誰負責扶貧資金監管"), ("贫困退出", "貧困退出")]
    {
        assert_eq!(case.lines(&["who", hans]), case.lines(&["who", hant]));
        assert_eq!(case.lines(&["search", hans]), case.lines(&["search", hant]));
    }
    let hant = case.lines(&["duties", "--bearer", "湖南省財政廳"]);
    assert_eq!(case.lines(&["duties", "--bearer", "湖南省财政厅"]), hant);
}

#[test]
fn search_is_narrowed() {
    let case = Case::with_corpus();
    let typed = ["search", "驻村工作队", "--unit", "duty", "--region"];
    let by_name = case.lines(&[&typed[..], &["湖南"]].concat());
    assert!(!by_name.is_empty());
    assert!(texts(&by_name, "region").iter().all(|region| *region == "湖南省"));
    assert_eq!(by_name, case.lines(&[&typed[..], &["430000"]].concat()));
    // 威远县 lies in 四川省.
    let inside = case.lines(&["search", "脱贫", "--region", "四川"]);
    assert!(texts(&inside, "region").contains(&"威远县"));
    let unit = case.lines(&["search", "\"第一书记和驻村工作队一般不少于3人\""]);
    assert_eq!(texts(&unit, "provision"), ["四/（三）/1"]);
    assert!(case.tells(1, &["search", "脱贫", "--region", "乌有"]).contains("`乌有`"));
    assert!(case.tells(1, &["search", "养犬"]).contains("nothing found"));
    assert!(case.tells(0, &["search", "养犬登记"]).contains("none holds all of it"));
    let more = case.lines(&["search", "资金监管", "--limit", "100"]);
    let fewer = case.lines(&["search", "资金监管", "--limit", "100", "--no-synonyms"]);
    assert!(more.len() > fewer.len());
}

#[test]
fn the_responsibility_list_is_narrowed() {
    let case = Case::with_corpus();
    let duties = case.lines(&["duties", "--bearer", "湖南省财政厅"]);
    let names = |row: &Value| row["bearers"].as_array().cloned().unwrap_or_default();
    assert!(duties.len() > 3);
    assert!(duties.iter().all(|row| names(row).contains(&"湖南省财政厅".into())));
    assert!(texts(&duties, "unit").contains(&"第八条"));
    let lead = case.lines(&["duties", "--role", "lead", "--region", "湖南"]);
    assert!(!lead.is_empty() && texts(&lead, "role").iter().all(|role| *role == "lead"));
    case.ends(1, &["duties", "--bearer", "乌有局"]);
}

#[test]
fn a_document_and_its_provision_are_shown() {
    let case = Case::with_corpus();
    let documents = case.lines(&["list"]);
    let id = documents[0]["id"].as_str().expect("an id");
    let whole = case.prints(&["show", id]);
    assert!(whole.contains("湖南省脱贫攻坚责任制实施细则") && whole.contains("[art_29]"));
    assert!(whole.contains(FILES[0]), "where it was read");
    let article = case.prints(&["show", &format!("{}#art_4", &id[..6])]);
    assert!(article.contains("第四条") && article.contains("对全省脱贫攻坚工作负总责"));
    assert!(case.tells(1, &["show", &format!("{id}#art_99")]).contains("`art_99`"));
    assert!(case.tells(1, &["show", "zzzz"]).contains("`zzzz`"));
    assert!(case.prints(&["parse", FILES[0], "--format", "outline"]).contains("第四条"));
}

#[test]
fn csv_opens_and_says_what_its_columns_are() {
    let case = Case::with_corpus();
    let commands: [&[&str]; 4] = [
        &["list"],
        &["duties"],
        &["who", "扶贫资金监管"],
        &["search", "驻村工作队", "--unit", "duty"],
    ];
    for command in commands {
        let printed = case.prints(&[command, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(printed.as_bytes());
        let header = reader.headers().expect("a header").clone();
        assert!(header.iter().any(|name| name == "title"), "{header:?}");
        let rows = reader.records().map(|row| row.expect("a row")).collect::<Vec<_>>();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.len() == header.len()));
        assert_eq!(rows.len(), case.lines(command).len());
    }
}

#[test]
fn a_document_is_removed_and_comes_back() {
    let case = Case::with_corpus();
    let documents = case.lines(&["list"]);
    let id = documents[0]["id"].as_str().expect("an id");
    case.ends(0, &["remove", id]);
    assert_eq!(case.lines(&["list"]).len(), 14);
    assert!(!texts(&case.lines(&["search", "脱贫攻坚"]), "doc").contains(&id));
    case.ends(0, &["check"]);
    case.ends(0, &["ingest", "corpus"]);
    assert_eq!(case.lines(&["list"]).len(), 15);
    case.ends(0, &["check"]);
}

#[test]
fn the_index_is_made_again_from_the_records() {
    let case = Case::with_corpus();
    let question = ["who", "扶贫资金监管"];
    let before = case.lines(&question);
    case.ends(0, &["reindex"]);
    assert_eq!(case.lines(&question), before);
    std::fs::remove_dir_all(case.library().join("index")).expect("removed");
    assert_eq!(case.lines(&question), before);
    case.ends(0, &["check"]);
}

#[test]
fn damage_is_told() {
    let case = Case::with_corpus();
    let database = rusqlite::Connection::open(case.library().join("library.sqlite"));
    let damage = "UPDATE documents SET record = '{}' WHERE number = 3";
    database.expect("a database").execute(damage, []).expect("damaged");
    let told = String::from_utf8(case.ends(1, &["check"]).stdout).expect("UTF-8");
    assert!(told.contains("is not what was written"), "{told}");
}

#[test]
fn a_bad_file_is_named_and_the_rest_is_read() {
    let case = Case::empty();
    let image = case.file("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    let empty = case.file("empty.txt", b"");
    let good = case.file("good.txt", "第一条 省财政厅负责监管扶贫资金。".as_bytes());
    let missing = case.folder.path().join("missing.txt").display().to_string();
    let told = case.tells(1, &["ingest", &image, &empty, &missing, &good]);
    assert!(told.contains(&format!("`{image}` is not text: it is a PNG image")), "{told}");
    assert!(told.contains(&format!("cannot read `{missing}`")), "{told}");
    assert_eq!(case.lines(&["list"]).len(), 1);
    let table = case.prints(&["ingest", &empty, &good]);
    assert_eq!(row(&table, "2 files"), ["2 files", "2 skipped"]);
    case.ends(0, &["check"]);
    assert!(case.tells(1, &["parse", &image, &good]).contains("PNG"));
}

#[test]
fn wrong_usage_ends_with_two() {
    let case = Case::with_corpus();
    let wrong: [&[&str]; 7] = [
        &[],
        &["unknown"],
        &["ingest"],
        &["search", "\"驻村"],
        &["search", "，"],
        &["who", "谁负责"],
        &["search", "扶贫", "--unit", "chapter"],
    ];
    for typed in wrong {
        case.ends(2, typed);
    }
    assert!(case.tells(2, &["search", "\"驻村"]).contains("a quote is not closed at character 1"));
    let nowhere = Case::empty();
    assert!(nowhere.tells(1, &["list"]).contains("zeren ingest"));
    assert!(!nowhere.library().exists(), "asking made a library");
}

#[test]
fn the_help_of_every_command_has_an_example() {
    let case = Case::empty();
    for command in [
        "ingest", "parse", "search", "who", "duties", "show", "list", "remove", "check", "reindex",
        "schema",
    ] {
        let help = case.prints(&[command, "--help"]);
        assert!(help.contains(&format!("  zeren {command}")), "{help}");
    }
}

#[test]
fn schemas_are_printed() {
    let case = Case::empty();
    for (of, title) in [("document", "document"), ("duty", "duty")] {
        let schema: Value = serde_json::from_str(&case.prints(&["schema", of])).expect("JSON");
        assert_eq!(schema["title"], title);
    }
}

#[test]
fn the_option_names_a_library_before_the_environment() {
    let case = Case::empty();
    let other = case.folder.path().join("other").display().to_string();
    case.ends(0, &["--library", &other, "ingest", FILES[0]]);
    assert!(!case.library().exists());
    assert_eq!(case.lines(&["list", "--library", &other]).len(), 1);
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let case = Case::with_corpus();
    let duties = ["table", "jsonl", "csv"].map(|format| ["duties", "--format", format].to_vec());
    let export = ["jsonl", "csv", "parquet"]
        .map(|format| ["export", "--table", "duties", "--format", format].to_vec());
    for typed in duties.into_iter().chain(export) {
        let mut command = case.command(&typed);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().expect("it runs");
        drop(child.stdout.take());
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{typed:?}");
    }
}

#[test]
fn a_second_writer_is_told_who_writes() {
    let case = Case::with_corpus();
    let held = zeren::library::Writer::open(&case.library()).expect("a library");
    let told = case.tells(1, &["ingest", "corpus"]);
    assert!(told.contains(&format!("process {}", std::process::id())), "{told}");
    assert_eq!(case.lines(&["list"]).len(), 15, "reading goes on");
    drop(held);
    case.ends(0, &["ingest", "corpus"]);
}

/// Texts of two documents' worth each, all different.
fn generated(folder: &Path, files: usize) {
    std::fs::create_dir_all(folder).expect("a folder");
    for file in 0..files {
        let mut text = format!("第{file}号试验条例\n\n");
        for article in 1..=40 {
            text.push_str(&format!(
                "第{article}条 县级以上人民政府应当加强对第{file}类事项的监督管理，\
                 市财政局负责{article}号资金的监管，乡镇人民政府协助做好{file}号工作。\n"
            ));
        }
        std::fs::write(folder.join(format!("{file:03}.txt")), text).expect("written");
    }
}

#[test]
fn killed_at_any_moment_it_goes_on_where_it_was() {
    let case = Case::empty();
    let folder = case.folder.path().join("texts");
    generated(&folder, 150);
    let folder = folder.display().to_string();
    let typed = ["ingest", "corpus", &folder, "--jobs", "1"];
    let mut cut_short = 0;
    for moment in 0..10 {
        let mut command = case.command(&typed);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(15 + moment * 60));
        child.kill().expect("killed");
        cut_short += usize::from(child.wait().expect("it ends").code().is_none());
        if case.library().join("library.sqlite").exists() {
            case.prints(&["check"]);
        }
    }
    assert!(cut_short > 0, "nothing was cut short");
    case.ends(0, &typed);
    assert_eq!(case.prints(&["check"]).lines().next(), Some("165 documents, all sound"));
    let documents = case.lines(&["list"]);
    let ids = texts(&documents, "id").into_iter().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(ids.len(), 165);
    let hits = case.lines(&["search", "\"第149类事项\"", "--limit", "100"]);
    assert_eq!(hits.len(), 40, "each article once");
}

#[test]
fn files_that_changed_or_went_are_told_of() {
    let case = Case::empty();
    let changed = case.file("changed.txt", "第一条 省财政厅负责监管资金。".as_bytes());
    let gone = case.file("gone.txt", "第一条 省民政厅负责社会救助。".as_bytes());
    case.ends(0, &["ingest", &changed, &gone]);
    std::fs::write(&changed, "第一条 省财政厅负责监管扶贫资金。").expect("written");
    std::fs::remove_file(&gone).expect("removed");
    let told = case.tells(0, &["check"]);
    assert!(told.contains(&format!("`{changed}` has changed")), "{told}");
    assert!(told.contains(&format!("`{gone}` is no longer there")), "{told}");
}
