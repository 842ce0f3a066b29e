//! What texts tabulate, cite and explain, and measuring, as the program prints them.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn zeren(library: &Path, typed: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zeren"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env("ZEREN_LIBRARY", library.join("library")).args(typed);
    command
}

fn prints(library: &Path, typed: &[&str]) -> String {
    let output = zeren(library, typed).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

fn lines(library: &Path, typed: &[&str]) -> Vec<Value> {
    let printed = prints(library, &[typed, &["--format", "jsonl"]].concat());
    printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

const HUNAN: &str = "corpus/000_ad1dc665d4595636.txt";
const SECTORS: &str = "corpus/001_fa3dfaf0a158da2b.txt";

#[test]
fn lines_of_report_and_signature() {
    let rows = lines(folder().path(), &["table", "reports", HUNAN]);
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row["unit"].as_str(), row["act"].as_str(), row["what"].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("第四条"), Some("sign"), Some("脱贫攻坚责任书")),
            (Some("第四条"), Some("report"), Some("扶贫脱贫进展情况")),
            (Some("第六条"), Some("report"), Some("有关情况")),
            (Some("第九条"), Some("sign"), Some("脱贫责任书")),
            (Some("第九条"), Some("report"), Some("扶贫脱贫进展情况")),
        ]
    );
    assert_eq!(rows[4]["to"], serde_json::json!(["中共湖南省委", "湖南省人民政府"]));
    assert_eq!(rows[4]["frequency"], "每年");
}

#[test]
fn the_eleven_tasks_with_their_leaders() {
    let rows = lines(folder().path(), &["table", "roles", SECTORS]);
    let led: Vec<&Value> = rows
        .iter()
        .filter(|row| row["unit"].as_str().is_some_and(|u| u.starts_with("一/")))
        .collect();
    assert!(led.len() >= 11, "{led:#?}");
    assert_eq!(led[0]["task"], "产业扶贫");
    assert_eq!(led[0]["lead"], serde_json::json!(["湖南省农业委员会"]));
    assert!(led[0]["cooperate"].as_array().is_some_and(|helpers| helpers.len() > 5));
}

#[test]
fn both_sides_of_a_pair() {
    let rows = lines(folder().path(), &["table", "pairs", HUNAN]);
    assert_eq!(rows.len(), 2);
    for (row, count) in rows.iter().zip([7, 4]) {
        assert_eq!(row["relation"], "对口帮扶");
        for side in ["givers", "receivers"] {
            assert_eq!(row[side].as_array().map(Vec::len), Some(count), "{side}");
        }
    }
}

#[test]
fn targets_with_year_and_number() {
    let rows =
        lines(folder().path(), &["table", "targets", SECTORS, "corpus/002_e34c9bcc7c3ccc6a.txt"]);
    let has = |year: Option<u64>, what: &str, number: Option<&str>| {
        rows.iter().any(|row| {
            row["year"].as_u64() == year
                && row["what"].as_str().is_some_and(|said| said.contains(what))
                && row["quantities"][0].as_str() == number
        })
    };
    assert!(has(Some(2019), "危房改造", None), "{rows:#?}");
    assert!(has(None, "报销比例提高10%", Some("10%")), "{rows:#?}");
    assert!(has(Some(2016), "70万人脱贫", Some("70万人")), "{rows:#?}");
    assert!(has(Some(2018), "17个贫困县摘帽", Some("17个")), "{rows:#?}");
}

#[test]
fn registers_sanctions_and_their_csv() {
    let rows = lines(folder().path(), &["table", "registers", HUNAN]);
    assert_eq!(rows[0]["name"], "精准扶贫、精准脱贫大数据平台");
    assert_eq!(rows[0]["keepers"], serde_json::json!(["湖南省扶贫开发领导小组办公室"]));
    let csv = prints(folder().path(), &["table", "sanctions", HUNAN, "--format", "csv"]);
    assert!(csv.starts_with("conditions,subjects,consequence,by,doc,"), "{csv}");
    assert!(csv.contains("不负责任、造成不良影响"), "{csv}");
}

#[test]
fn a_text_without_rows_is_said() {
    let case = folder();
    let file = write(case.path(), "a.txt", "湖南省办法\n第一条 本办法自2017年3月21日起施行。\n");
    zeren(case.path(), &["table", "pairs", &file]).assert().code(1).stdout("");
    zeren(case.path(), &["table", "nothing", &file]).assert().code(2);
}

#[test]
fn citations_follow_the_library() {
    let case = folder();
    let law = write(
        case.path(),
        "law.txt",
        "中华人民共和国防洪法（2016年修正）\n第一条 国务院制定防洪规划。\n第二条 本法自1998年1月1日起施行。\n",
    );
    let rules = write(
        case.path(),
        "rules.txt",
        "湖南省防洪实施细则\n第一条 根据《中华人民共和国防洪法》第三条，制定本细则。\n\
         第二条 省水利厅组织编制规划。\n第三条 本细则自2017年3月21日起施行。\n",
    );
    prints(case.path(), &["ingest", &rules]);
    assert_eq!(lines(case.path(), &["citations"])[0]["held"], serde_json::json!([]));
    prints(case.path(), &["ingest", &law]);
    let cited = lines(case.path(), &["citations", "--held"]);
    assert_eq!((&cited[0]["relation"], &cited[0]["article"]), (&"basis".into(), &"第三条".into()));
    let id = cited[0]["held"][0].as_str().expect("an id").to_owned();
    assert!(prints(case.path(), &["show", &id]).contains("cited (basis) by"));
    let citing = cited[0]["doc"].as_str().expect("an id");
    assert!(prints(case.path(), &["show", citing]).contains(&format!("第三条: {id}")));
    prints(case.path(), &["remove", &id]);
    zeren(case.path(), &["citations", "--held"]).assert().code(1);
}

#[test]
fn a_duty_is_explained() {
    let case = folder();
    let file = write(
        case.path(),
        "a.txt",
        "湖南省责任制实施细则\n第一条 省财政厅每年应当向省人民政府报告执行情况，制定管理办法。\n\
         第二条 本细则自2017年3月21日起施行。\n",
    );
    prints(case.path(), &["ingest", &file]);
    let id = lines(case.path(), &["list"])[0]["id"].as_str().expect("an id").to_owned();
    let told = prints(case.path(), &["show", &format!("{id}#art_1"), "--explain"]);
    for expected in [
        "［subject 省财政厅］［modifier 每年］［modal 应当］［predicate 向省人民政府报告执行情况］",
        "rule: subject",
        "［predicate 制定管理办法］",
        "rule: inherited",
        "inherited: the subject of an earlier clause of this provision: `省财政厅`, 第一条 [",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
}

#[test]
fn gold_of_ones_own_is_measured() {
    let case = folder();
    write(
        case.path(),
        "a.txt",
        "湖南省责任制实施细则\n第一条 省财政厅应当制定管理办法，加强监督检查。\n第二条 省教育厅完善资助体系。\n\
         第三条 本细则自2017年3月21日起施行。\n",
    );
    let duty = |unit: &str, bearer: &str, action: &str| {
        format!(
            "{{\"doc\":\"a.txt\",\"unit\":\"{unit}\",\"bearers\":[\"{bearer}\"],\"inherited\":false,\
                 \"role\":\"responsible\",\"modality\":\"obligation\",\"action\":\"{action}\"}}\n"
        )
    };
    let gold = [
        duty("第一条", "湖南省财政厅", "制定管理办法"),
        duty("第一条", "湖南省审计厅", "加强监督检查"),
        duty("第二条", "湖南省教育厅", "新建学校宿舍"),
    ];
    let gold = write(case.path(), "duties.jsonl", &gold.concat());
    let printed = prints(case.path(), &["eval", &gold, "--misses", "--format", "json"]);
    let figures: Value = serde_json::from_str(&printed).expect("JSON");
    // three by hand, three found; two are the same, one of them with another bearer
    for (name, right, of) in
        [("duty F1", 4, 6), ("strict F1", 2, 6), ("bearers, whole set", 1, 2), ("inherited", 1, 2)]
    {
        assert_eq!(
            (&figures[name]["right"], &figures[name]["of"]),
            (&right.into(), &of.into()),
            "{name}"
        );
    }
    assert_eq!(figures["misses"]["missed"][0]["action"], "新建学校宿舍");
    assert_eq!(figures["misses"]["extra"][0]["action"], "完善资助体系");
    assert_eq!(figures["misses"]["differing"][0]["fields"][0], "bearers");
    write(case.path(), "units.jsonl", "{\"doc\":\"a.txt\",\"units\":[\"第二条\"]}\n");
    let csv = prints(case.path(), &["eval", &gold, "--format", "csv"]);
    assert!(csv.contains("duty F1,0,0,2\n"), "{csv}");
    write(case.path(), "documents.jsonl", "{\"id\":\"a.txt\",\"file\":\"gone.txt\"}\n");
    zeren(case.path(), &["eval", &gold]).assert().code(1);
    write(case.path(), "duties.jsonl", "no JSON\n");
    zeren(case.path(), &["eval", &gold]).assert().code(2);
}

#[test]
fn our_own_gold_is_measured_from_its_folder() {
    let typed = ["eval", "tests/gold", "--texts", "corpus", "--format", "json"];
    let printed = prints(folder().path(), &typed);
    let figures: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(figures["duty recall"]["of"], 298);
    assert!(figures["strict F1"]["value"].as_f64().is_some_and(|f1| f1 > 0.97), "{printed}");
}
