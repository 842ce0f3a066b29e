//! Cases a reader can read: a folder each in `tests/cases`, with `input.txt`, the outline that
//! is expected of it, and the whole record.
//!
//! `UPDATE_EXPECT=1 cargo test --test cases` writes what is expected; read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use zeren::parse::parse;
use zeren::record::{NodeRecord, Record};

/// A record as an indented outline: what it is, its preface, its nodes, what was discarded.
fn outline(record: &Record) -> String {
    let mut page = String::new();
    let title = record.title.as_deref().unwrap_or("(no title)");
    let kind = record.kind.as_deref().unwrap_or("-");
    let _ = writeln!(page, "{} {title} [{} {kind}]", record.source.n, record.genre);
    for statement in &record.preface {
        let _ = writeln!(page, "  {}: {}", statement.field, statement.value);
    }
    for node in &record.outline {
        branch(node, 1, &mut page);
    }
    for discarded in &record.discarded {
        let span = discarded.span;
        let _ = writeln!(page, "  - {} {}..{}", discarded.reason, span.start, span.end);
    }
    for diagnostic in &record.diagnostics {
        let _ = writeln!(page, "  ! {}: {}", diagnostic.code, diagnostic.message);
    }
    page
}

fn branch(node: &NodeRecord, depth: usize, page: &mut String) {
    let indent = "  ".repeat(depth);
    let heading = node.heading.as_ref().map(|heading| format!("《{heading}》"));
    let said: Vec<&str> = [&node.label, &heading, &node.text]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    let _ = writeln!(page, "{indent}{} {}", node.eid, said.join(" ").trim());
    for child in &node.children {
        branch(child, depth + 1, page);
    }
    if let Some(tail) = &node.tail {
        let _ = writeln!(page, "{indent}  … {tail}");
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a case can be read").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

#[test]
fn cases_are_read_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 15, "only {} cases", cases.len());
    for case in cases {
        let bytes = std::fs::read(case.join("input.txt")).expect("a case has an input");
        let records = parse(Path::new("input.txt"), &bytes).expect("an input is text");
        let page: String = records.iter().map(outline).collect();
        expect_file![case.join("outline.txt")].assert_eq(&page);
        let json = serde_json::to_string_pretty(&records).expect("a record is JSON");
        expect_file![case.join("record.json")].assert_eq(&format!("{json}\n"));
    }
}
