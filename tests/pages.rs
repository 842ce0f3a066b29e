//! Pages as offices, papers and blogs lay them out, filled with one text: what is read is that text.
//!
//! The layouts are `tests/pages/*.html`, made up after real ones; `{title}` is the title, and what
//! stands in `[[…{line}…]]` is there once for each line. Where `ZEREN_LAWS` names a folder of statutes,
//! they fill the pages, too.

use std::path::{Path, PathBuf};

use zeren::parse::parse;
use zeren::read;
use zeren::record::{NodeRecord, Record};
use zeren::text::is_white;

/// A statute of our own.
const STATUTE: &str = "清江县护林办法
（2019年3月1日清江县人民政府常务会议通过）
第一章 总则
第一条 为了保护和合理利用森林资源，根据有关法律、法规，结合本县实际，制定本办法。
第二条 本县行政区域内的护林工作，适用本办法。
国家对自然保护区另有规定的，从其规定。
第二章 职责
第三条 县林业局负责全县护林工作，履行下列职责：
（一）编制护林规划；
（二）培训护林员；
（三）查处毁林行为。
第四条 镇人民政府应当建立护林队伍，所需经费列入镇级预算。
第三章 附则
第五条 本办法自2019年5月1日起施行。";

/// A notice without numbers.
const NOTICE: &str = "清江县水务局关于停水的通知
城关镇各用户：
因更换管网，定于5月6日8时至18时停水，请提前储水。
清江县水务局
2019年5月5日";

fn layouts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let entries = std::fs::read_dir(folder).expect("there are layouts");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it is read").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let read = |path: PathBuf| (name(&path), std::fs::read_to_string(&path).expect("it is text"));
    paths.into_iter().map(read).collect()
}

/// A layout filled with the lines of a text, the first of which is the title.
fn filled(layout: &str, text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let title = lines.next().expect("there is a title").trim();
    let lines: Vec<&str> = lines.map(str::trim).collect();
    let mut page = String::new();
    let mut rest = layout;
    while let Some((before, after)) = rest.split_once("[[") {
        let (each, after) = after.split_once("]]").expect("it is closed");
        page.push_str(before);
        page.extend(lines.iter().map(|line| each.replace("{line}", line)));
        rest = after;
    }
    page.push_str(rest);
    page.replace("{title}", title)
}

fn records(bytes: &[u8]) -> Vec<Record> {
    parse(Path::new("page"), bytes).expect("it is text")
}

/// What an outline says: kind, label, heading, text and tail of each node.
fn outline(records: &[Record]) -> Vec<String> {
    fn walk(node: &NodeRecord, found: &mut Vec<String>) {
        let said = [&node.label, &node.heading, &node.text].map(|o| o.as_deref().unwrap_or(""));
        found.push(format!("{} {}", node.kind, said.join("|")));
        node.children.iter().for_each(|child| walk(child, found));
        found.extend(node.tail.iter().map(|tail| format!("tail {tail}")));
    }
    let mut found = Vec::new();
    records.iter().flat_map(|record| &record.outline).for_each(|node| walk(node, &mut found));
    found
}

fn check(name: &str, layout: &str, text: &str) {
    let (page, plain) = (records(filled(layout, text).as_bytes()), records(text.as_bytes()));
    assert_eq!(outline(&page), outline(&plain), "{name}");
    assert_eq!(page[0].title, plain[0].title, "{name}");
}

#[test]
fn a_page_says_what_its_text_says() {
    let layouts = layouts();
    assert!(layouts.len() >= 20);
    for (name, layout) in &layouts {
        check(name, layout, STATUTE);
        check(name, layout, NOTICE);
    }
}

#[test]
fn a_page_states_facts_of_its_document() {
    let expected = [
        ("city", "", "", "2019-05-07", "市政府办"),
        ("congress", "", "", "2019-01-07", "某人大网"),
        ("county_tables", "", "", "2006-05-12", "本站原创"),
        ("information_table", "", "市政府办公室", "2019-05-08", ""),
        ("labels_on_lines", "某政发〔2020〕3号", "某区人民政府办公室", "2020-01-09", ""),
        ("law_database", "主席令第22号", "全国人大常委会", "2018-12-29", ""),
        ("law_library", "中华人民共和国主席令第二十二号", "全国人大常委会", "2018-12-29", ""),
        ("ministry", "教政法〔2020〕4号", "中华人民共和国某部", "2020-05-06", ""),
        ("news_portal", "", "", "2018-12-29", ""),
        ("no_title", "", "", "2019-04-05", ""),
        ("province", "", "", "2021-03-15", "某省人民政府办公厅"),
        ("state_council", "国令第709号", "国务院", "2019-03-18", ""),
        ("tools_within", "某政令第12号", "某市人民政府", "2015-06-01", ""),
        ("wechat", "", "", "2022-03-04", ""),
    ];
    let layouts = layouts();
    for (name, number, issuer, published, origin) in expected {
        let layout = layouts.iter().find(|(other, _)| other == name).expect("it is there");
        let record = &records(filled(&layout.1, STATUTE).as_bytes())[0];
        let origins = record.preface.iter().find(|said| said.field == "origin");
        let found = (
            record.number.as_deref().unwrap_or(""),
            record.issuers.first().map_or("", |issuer| issuer.text.as_str()),
            record.dates.published.as_deref().unwrap_or(""),
            origins.map_or("", |said| said.value.as_str()),
        );
        assert_eq!(found, (number, issuer, published, origin), "{name}");
    }
}

#[test]
fn what_a_page_says_besides_is_discarded_with_its_reason() {
    for (name, layout) in layouts() {
        let page = filled(&layout, STATUTE);
        let source = read::read(page.as_bytes()).expect("it is text");
        let record = &records(page.as_bytes())[0];
        let mut claimed: Vec<bool> = source.text.chars().map(is_white).collect();
        let spans = record.discarded.iter().map(|one| one.span);
        let spans = spans.chain(record.preface.iter().map(|one| one.span));
        for span in spans.chain(record.outline.iter().map(|node| node.span)) {
            claimed[span.start..span.end].fill(true);
        }
        let lost: String = source
            .text
            .chars()
            .zip(&claimed)
            .filter(|(_, claimed)| !**claimed)
            .map(|p| p.0)
            .collect();
        assert_eq!(lost, "", "{name}");
    }
}

#[test]
fn pages_filled_with_statutes_say_what_these_say() {
    let Some(folder) = std::env::var_os("ZEREN_LAWS").map(PathBuf::from) else {
        eprintln!("skipped: ZEREN_LAWS names no folder with statutes");
        return;
    };
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let texts = files.filter(|entry| entry.file_type().is_file()).step_by(97);
    for entry in texts {
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        for (name, layout) in layouts() {
            let plain = records(text.as_bytes());
            let page = records(filled(&layout, &text).as_bytes());
            let labels = |records: &[Record]| {
                let all = outline(records).into_iter();
                all.filter(|line| line.starts_with("article")).collect::<Vec<_>>()
            };
            assert_eq!(labels(&page), labels(&plain), "{name} {}", entry.path().display());
        }
    }
}
