//! `compare`, `derive` and `export` as they are used, on the corpus.

mod support;

use serde_json::Value;
use support::Case;

const HUNAN: &str = "corpus/000_ad1dc665d4595636.txt";
const JILIN: &str = "corpus/002_e34c9bcc7c3ccc6a.txt#8";
const WEIYUAN: &str = "corpus/003_316c6a89e7b059df.txt#2";
const GUANGDONG: &str = "corpus/004_9d5b4cdee7da2e03.txt";

#[test]
fn two_documents_are_compared_by_provision() {
    let case = Case::empty();
    let rows = case.lines(&["compare", HUNAN, WEIYUAN]);
    let partner = |unit: &str| {
        let row = rows.iter().find(|row| row["b_units"][0] == unit).expect("a row");
        row["a_units"][0].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(partner("第八条"), "第八条");
    assert_eq!(partner("第十五条"), "第十六条");
    assert_eq!(partner("第二十一条"), "");
    let table = case.prints(&["compare", HUNAN, WEIYUAN]);
    assert!(table.contains("of B: ") && table.contains("copied") && table.contains("dropped"));
    let csv = case.prints(&["compare", HUNAN, WEIYUAN, "--format", "csv"]);
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), rows.len());
    let same = case.lines(&["compare", HUNAN, HUNAN]);
    assert!(same.iter().all(|row| row["kind"] == "copied" && row["reused"] == 1.0));
}

#[test]
fn which_document_is_asked_where_a_file_holds_several() {
    let case = Case::empty();
    let told = case.tells(2, &["compare", HUNAN, "corpus/003_316c6a89e7b059df.txt"]);
    assert!(told.contains("holds 3 documents") && told.contains("txt#2  威远县"), "{told}");
    let told = case.tells(1, &["compare", HUNAN, "corpus/003_316c6a89e7b059df.txt#9"]);
    assert!(told.contains("and no 9"), "{told}");
    case.ends(2, &["compare", HUNAN]);
    case.ends(2, &["compare", HUNAN, "corpus"]);
    let told = case.tells(2, &["compare", "--topic", "驻村帮扶"]);
    assert!(told.contains("`--regions"), "{told}");
    let told = case.tells(1, &["compare", HUNAN, "nowhere.txt#2"]);
    assert!(told.contains("no file `nowhere.txt`"), "{told}");
    case.ends(2, &["compare", HUNAN, WEIYUAN, "--topic", "驻村帮扶"]);
    case.ends(1, &["compare", HUNAN, "nowhere.txt"]);
}

#[test]
fn a_traditional_text_is_shown_as_it_is_and_compared_as_simplified() {
    let case = Case::empty();
    let write = |name: &str, text: &str| {
        std::fs::write(case.path(name), text).expect("written");
        case.path(name).display().to_string()
    };
    let a = write("a.txt", "某省扶貧辦法\n第一條 縣級人民政府應當負責扶貧資金監督管理。\n");
    let b = write("b.txt", "某市扶贫办法\n第一条 县级人民政府应当负责扶贫资金监督管理。\n");
    let rows = case.lines(&["compare", &a, &b]);
    let row = rows.iter().find(|row| row["a_units"][0] == "第一条").expect("a row");
    assert_eq!(row["kind"], "copied");
    assert_eq!(row["a_text"], "縣級人民政府應當負責扶貧資金監督管理。");
}

/// Who holds a topic's first row in each column.
fn holders(rows: &[Value], topic: &str, column: &str) -> Vec<String> {
    let of_topic = |row: &&Value| row["topic"] == topic;
    let first = rows.iter().find(of_topic).map(|row| row["row"].clone());
    let cells = rows
        .iter()
        .filter(of_topic)
        .filter(|row| Some(&row["row"]) == first.as_ref() && row["column"] == column);
    let names = cells.filter_map(|row| row["bearers"].as_array()).flatten();
    names.map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_matrix_says_who_holds_a_duty_where() {
    let case = Case::empty();
    let documents = [HUNAN, JILIN, WEIYUAN, GUANGDONG].join(",");
    let topics =
        ["贫困识别和退出的检查考核", "资金监管首要责任", "脱贫责任书", "驻村帮扶", "监督执纪问责"];
    let mut typed = vec!["compare", "--documents", &documents];
    topics.iter().for_each(|topic| typed.extend(["--topic", topic]));
    let rows = case.lines(&typed);
    let county = ["县级党委", "县级人民政府"];
    // in Hunan the cities check again what the counties have checked
    let hunan = holders(&rows, topics[0], "湖南省");
    assert_eq!(hunan, ["市州党委", "市州人民政府", "县级党委", "县级人民政府"]);
    for column in ["吉林省", "广东省"] {
        assert_eq!(holders(&rows, topics[0], column), county, "{column}");
    }
    assert!(holders(&rows, topics[0], "威远县").is_empty());
    assert_eq!(holders(&rows, topics[1], "湖南省"), ["县级人民政府"]);
    assert_eq!(holders(&rows, topics[1], "威远县"), ["镇党委", "镇人民政府"]);
    assert!(holders(&rows, topics[2], "湖南省").contains(&"中共湖南省委主要负责人".to_owned()));
    assert_eq!(holders(&rows, topics[4], "吉林省"), ["中共吉林省纪委"]);
    assert_eq!(holders(&rows, topics[4], "威远县"), ["中共威远县纪委"]);
    let level = rows.iter().find(|row| row["topic"] == topics[1] && row["column"] == "威远县");
    assert_eq!(level.expect("a row")["differences"], serde_json::json!(["level", "party"]));
    // the government alone in Hunan, party committee and government in Guangdong
    let party = rows.iter().find(|row| row["topic"] == topics[1] && row["column"] == "广东省");
    assert_eq!(party.expect("a row")["differences"], serde_json::json!(["party"]));
    let missing = rows.iter().find(|row| row["topic"] == topics[2] && row["column"] == "广东省");
    assert_eq!(missing.expect("a row")["differences"], serde_json::json!(["nobody"]));
}

#[test]
fn a_matrix_tells_columns_and_documents_apart() {
    let case = Case::empty();
    let rule = |day: &str, who: &str| {
        format!(
            "上海市某某条例\n（{day}通过）\n第一条 {who}应当建立养犬登记制度。\n第二条 应当建立养犬档案管理制度。\n"
        )
    };
    let old = case.file("条例(2010-03-01).txt", rule("2010年3月1日", "市公安部门").as_bytes());
    let new = case.file("条例(2020-05-02).txt", rule("2020年5月2日", "区公安部门").as_bytes());
    let both = format!("{old},{new}");
    let shown = case.prints(&["compare", "--documents", &both]);
    let header = shown.lines().nth(1).expect("a header");
    assert!(header.contains("2010-03-01") && header.contains("2020-05-02"), "{shown}");
    assert!(!shown.contains(" [1]"), "a document a column needs no number: {shown}");
    let page = case.prints(&["compare", "--documents", &both, "--format", "html"]);
    assert!(
        page.contains("无人承担") && !page.contains("<b></b>"),
        "who names nobody says so: {page}"
    );
    let other = case
        .file("other.txt", "北京市养犬条例\n第一条 市公安部门应当建立养犬登记制度。\n".as_bytes());
    case.ends(0, &["ingest", &old, &new, &other]);
    let shown = case.prints(&["compare", "--topic", "养犬登记制度", "--regions", "上海,北京"]);
    for mark in ["（第一条 [1]）", "（第一条 [2]）", "（第一条 [3]）", "北京 [3]  北京市养犬条例 ("]
    {
        assert!(shown.contains(mark), "{mark}: {shown}");
    }
}

#[test]
fn regions_are_compared_from_the_library() {
    let case = Case::empty();
    case.ends(0, &["ingest", "corpus"]);
    let rows = case.lines(&["compare", "--topic", "监督执纪问责", "--regions", "湖南,吉林"]);
    assert_eq!(holders(&rows, "监督执纪问责", "吉林"), ["中共吉林省纪委"]);
    case.ends(1, &["compare", "--topic", "监督执纪问责", "--regions", "湖南,无此地"]);
    case.ends(2, &["compare", "--topic", "监督执纪问责", "--regions", "湖南"]);
    case.ends(1, &["compare", "--topic", "量子计算", "--regions", "湖南,吉林"]);
}

#[test]
fn a_text_is_derived_from_earlier_ones() {
    let case = Case::empty();
    case.ends(0, &["ingest", "corpus"]);
    let rows = case.lines(&["derive", "2cbadef5", "--by", "provision"]);
    let row = rows.iter().find(|row| row["unit"] == "第二十七条").expect("a row");
    assert_eq!(
        (&row["source_unit"], &row["source"]),
        (&"第十九条".into(), &"7b44db968167c29b".into())
    );
    assert!(row["reused"].as_f64().expect("a number") > 0.5);
    let pairs = case.lines(&["derive", "--all", "--by", "document"]);
    assert!(pairs.iter().all(|row| row["source_date"].is_string()));
    case.ends(2, &["derive", "--all", "--least", "2"]);
    let shown = case.prints(&["derive", "2cbadef5", "--limit", "1"]);
    assert!(shown.starts_with("湖南省脱贫攻坚责任制实施细则 · 湖南省 · "), "{shown}");
    assert!(shown.contains("7b44db96#art_19"), "the source can be shown: {shown}");
    let book = case.path("pairs.xlsx");
    let name = book.display().to_string();
    case.ends(0, &["derive", "--all", "--format", "xlsx", "--output", &name]);
    assert!(std::fs::read(book).expect("written").starts_with(b"PK"));
}

#[test]
fn a_library_is_exported() {
    let case = Case::empty();
    case.ends(0, &["ingest", "corpus"]);
    let folder = case.path("tables").display().to_string();
    case.ends(0, &["export", "--format", "csv", "--bom", "--output", &folder]);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 8, "{names:?}");
    let bytes = std::fs::read(case.path("tables").join("duties.csv")).expect("a file");
    assert!(bytes.starts_with("\u{feff}duty,".as_bytes()));
    let duties = case.lines(&["export", "--table", "duties", "--document", "2cbadef5"]);
    assert_eq!(duties.len(), 158);
    assert_eq!(duties[0]["document"], "2cbadef582c93ba0");
    let xml = case.prints(&["export", "--format", "akn", "--document", "2cbadef5"]);
    assert!(xml.contains("<article eId=\"art_4\">"), "{xml:.400}");
    let folder = case.path("parquet");
    let name = folder.display().to_string();
    case.ends(0, &["export", "--format", "parquet", "--output", &name]);
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 8);
    let whole = std::fs::read(folder.join("duties.parquet")).expect("a file");
    assert!(whole.starts_with(b"PAR1") && whole.ends_with(b"PAR1"));
    let printed = case.ends(0, &["export", "--format", "parquet", "--table", "duties"]).stdout;
    assert_eq!(printed, whole, "standard output has the same bytes");
    case.ends(2, &["export", "--format", "csv"]);
    case.ends(2, &["export", "--format", "parquet", "--bom", "--output", &name]);
    case.ends(2, &["export", "--format", "akn", "--table", "duties", "--output", &name]);
    case.ends(2, &["export", "--format", "xlsx", "--table", "dictionary", "--output", &name]);
    let told = case.tells(1, &["export", "--format", "csv", "--table", "terms", "--output", &name]);
    assert!(told.contains(&format!("`{name}`")), "{told}");
    case.ends(1, &["export", "--format", "csv", "--table", "duties", "量子纠缠"]);
}
