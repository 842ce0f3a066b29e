//! One instrument in every format: the same outline and the same duties come out of each. Then files
//! that are damaged, locked or made to harm: each gives its message, and the batch goes on.
//!
//! A new format is a new row of [`formats`].

mod bad;
mod batch;
mod office;
mod pages;

use std::fmt::Write as _;
use std::path::Path;

use zeren::parse::parse;
use zeren::record::{NodeRecord, Record};

/// A piece of the instrument.
pub(crate) enum Block {
    /// A paragraph without a number.
    Plain(&'static str),
    /// A paragraph with a number: its level (章, 条, 项), the label, the text.
    Numbered(usize, &'static str, &'static str),
    /// A row of a table.
    Row([&'static str; 2]),
}

use Block::{Numbered, Plain, Row};

pub(crate) const TITLE: &str = "清江县古树名木保护办法";

/// The instrument, written for this test.
pub(crate) const BLOCKS: &[Block] = &[
    Plain(TITLE),
    Plain("清政发〔2021〕7号"),
    Numbered(0, "第一章", "总则"),
    Numbered(
        1,
        "第一条",
        "为了加强古树名木的保护，传承历史文化，维护生态环境，根据有关法律、法规的规定，结合本县实际情况，制定本办法。",
    ),
    Numbered(
        1,
        "第二条",
        "县林业主管部门负责古树名木的普查、认定和建立档案，并对养护工作进行监督检查；住房和城乡建设主管部门依照职责做好城市规划区内的古树名木保护工作。",
    ),
    Plain("乡镇人民政府应当落实养护责任人，每年组织一次安全检查。"),
    Numbered(0, "第二章", "养护"),
    Numbered(1, "第三条", "养护责任人按照下列规定确定："),
    Numbered(2, "（一）", "机关、学校用地范围内的古树名木，由所在单位负责养护；"),
    Numbered(2, "（二）", "农村集体土地上的古树名木，由村民委员会负责养护。"),
    Numbered(1, "第四条", "县林业主管部门应当按照下表组织巡查："),
    Row(["保护等级", "巡查次数"]),
    Row(["一级", "每月一次"]),
    Row(["二级", "每季度一次"]),
    Numbered(0, "第三章", "附则"),
    Numbered(1, "第五条", "本办法自2021年7月1日起施行。"),
];

/// The instrument as plain text.
pub(crate) fn plain() -> String {
    let mut text = String::new();
    for block in BLOCKS {
        let _ = match block {
            Plain(said) => writeln!(text, "{said}"),
            Numbered(2, label, said) => writeln!(text, "{label}{said}"),
            Numbered(_, label, said) => writeln!(text, "{label}\u{3000}{said}"),
            Row(cells) => writeln!(text, "{}", cells.join("\t")),
        };
    }
    text
}

/// Each format: its name, its bytes, the media type of its records.
fn formats() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    vec![
        ("txt", plain().into_bytes(), "text/plain"),
        ("html", office::html().into_bytes(), "text/html"),
        ("mht", office::mht("base64"), "multipart/related"),
        ("mht, quoted", office::mht("quoted-printable"), "multipart/related"),
        ("docx, numbers as text", office::docx(&office::body(false)), DOCX),
        ("docx, automatic numbers", office::docx(&office::body(true)), DOCX),
        ("docx, strict", office::strict(), DOCX),
        ("docx, as archives of Windows", office::backslashes(), DOCX),
        ("one XML file", office::flat(), "application/vnd.ms-word"),
        ("XML of Word 2003", office::word_2003(), "application/vnd.ms-word"),
        ("rtf, code page", office::rtf(false), "application/rtf"),
        ("rtf, Unicode", office::rtf(true), "application/rtf"),
        ("doc", office::doc(), "application/msword"),
        ("ofd", pages::ofd(), "application/ofd"),
        ("pdf, UniGB-UCS2-H", pages::pdf(&pages::UCS2), "application/pdf"),
        ("pdf, GBK-EUC-H", pages::pdf(&pages::GBK), "application/pdf"),
        ("pdf, ToUnicode", pages::pdf(&pages::TO_UNICODE), "application/pdf"),
        ("pdf, turned page", pages::turned(), "application/pdf"),
    ]
}

/// What a document says: title, number, its nodes in order, its duties with their bearers.
fn summary(record: &Record) -> String {
    let mut said = String::new();
    let title = record.title.as_deref().unwrap_or("-");
    let _ = writeln!(said, "{title} {}", record.number.as_deref().unwrap_or("-"));
    for node in record.outline.iter().flat_map(NodeRecord::walk) {
        let words = [&node.label, &node.heading, &node.text, &node.tail];
        let words: Vec<&str> = words.into_iter().filter_map(Option::as_deref).collect();
        let _ = writeln!(said, "{} {}", node.eid, words.join(" "));
    }
    for duty in &record.duties {
        let bearers: Vec<&str> = duty.bearers.iter().map(|bearer| bearer.name.as_str()).collect();
        let _ = writeln!(said, "{}: {} {}", duty.unit, bearers.join("、"), duty.action);
    }
    said
}

fn records(name: &str, bytes: &[u8]) -> Vec<Record> {
    parse(Path::new(name), bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The outline that is expected of every format, read from nothing but the blocks above.
#[test]
fn the_outline_is_that_of_the_instrument() {
    let expected = "\
清江县古树名木保护办法 清政发〔2021〕7号
chp_1 第一章 总则
art_1 第一条 为了加强古树名木的保护，传承历史文化，维护生态环境，根据有关法律、法规的规定，结合本县实际情况，制定本办法。
art_2 第二条
art_2__para_1 县林业主管部门负责古树名木的普查、认定和建立档案，并对养护工作进行监督检查；住房和城乡建设主管部门依照职责做好城市规划区内的古树名木保护工作。
art_2__para_2 乡镇人民政府应当落实养护责任人，每年组织一次安全检查。
chp_2 第二章 养护
art_3 第三条 养护责任人按照下列规定确定：
art_3__subpara_1 （一） 机关、学校用地范围内的古树名木，由所在单位负责养护；
art_3__subpara_2 （二） 农村集体土地上的古树名木，由村民委员会负责养护。
";
    let said = summary(&records("txt", plain().as_bytes())[0]);
    assert!(said.starts_with(expected), "{said}");
    assert!(
        said.contains("chp_3 第三章 附则\nart_5 第五条 本办法自2021年7月1日起施行。\n"),
        "{said}"
    );
    assert!(said.contains("art_4__para_3 一级\t每月一次\n"), "{said}");
    assert!(said.contains("第二条: 县林业主管部门 负责古树名木的普查"), "{said}");
    assert!(said.contains("第二条: 乡镇人民政府 落实养护责任人"), "{said}");
}

#[test]
fn every_format_says_the_same() {
    let expected = summary(&records("txt", plain().as_bytes())[0]);
    for (name, bytes, media_type) in formats() {
        let found = records(name, &bytes);
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(summary(&found[0]), expected, "{name}");
        assert_eq!(found[0].source.media_type, media_type, "{name}");
    }
}

#[test]
fn spans_count_the_decoded_text() {
    for (name, bytes, _) in formats() {
        let source = zeren::read::read(&bytes).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let characters: Vec<char> = source.text.chars().collect();
        let duties = &records(name, &bytes)[0].duties;
        assert!(!duties.is_empty(), "{name}");
        for duty in duties.iter().filter(|duty| !duty.action.is_empty()) {
            let said: String = characters[duty.span.start..duty.span.end].iter().collect();
            let first: String = duty.action.chars().take(4).collect();
            assert!(said.contains(&first), "{name}: {said} / {first}");
        }
    }
}

/// Page numbers and headers are none of the text, but are told.
#[test]
fn what_stands_at_the_edge_of_pages_is_told() {
    for (name, bytes, _) in formats() {
        let record = &records(name, &bytes)[0];
        let told: Vec<&str> = record
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code == "left_out")
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        if name.starts_with("pdf") || name == "ofd" {
            assert_eq!(told.len(), 1, "{name}");
            assert!(told[0].contains("at the edge of pages"), "{name}: {told:?}");
            assert!(told[0].contains("清江县人民政府公报"), "{name}: {told:?}");
        } else {
            assert_eq!(told, [""; 0], "{name}");
        }
    }
}
