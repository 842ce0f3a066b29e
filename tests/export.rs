//! What is exported is read again with other libraries: calamine, csv, quick-xml; Parquet with the reader of the crate
//! that writes it (pandas, polars and R read it too: docs/measures.md).

use std::collections::BTreeSet;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use chrono::NaiveDate;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};
use zeren::export::{self, Column, Parquet, Sheet, Table};
use zeren::record::Record;

fn corpus() -> Vec<Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        zeren::parse::parse(path, &std::fs::read(path).expect("a file")).expect("text")
    };
    paths.iter().flat_map(read).collect()
}

const TABLE: Table = Table {
    name: "traps",
    about: "What spreadsheets trip over",
    columns: &[
        Column::text("text", "Text"),
        Column::number("number", "A number"),
        Column::texts("list", "A list"),
    ],
};

fn traps() -> Sheet {
    let texts = ["=1+1", "+86", "-湘", "@cmd", "第一条，\"引\"\n第二行", "𠮷野家", ""];
    let row =
        |(at, text): (usize, &&str)| vec![json!(text), json!(at as f64 - 1.5), json!(["甲", "乙"])];
    Sheet { table: TABLE, rows: texts.iter().enumerate().map(row).collect() }
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

fn written(sheet: &Sheet, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    export::csv(sheet, bom, &mut bytes).expect("written");
    bytes
}

#[test]
fn csv_is_read_back_and_runs_no_formula() {
    let rows = csv_rows(&written(&traps(), false));
    assert_eq!(rows[0], ["text", "number", "list"]);
    let texts: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(texts, ["'=1+1", "'+86", "'-湘", "'@cmd", "第一条，\"引\"\n第二行", "𠮷野家", ""]);
    assert_eq!((rows[1][1].as_str(), rows[1][2].as_str()), ("-1.5", "甲、乙"));
    assert!(written(&traps(), true).starts_with("\u{feff}text".as_bytes()));
}

#[test]
fn a_workbook_is_read_back_with_its_dictionary() {
    let bytes = export::xlsx(&[traps()]).expect("a workbook");
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("one");
    assert_eq!(book.sheet_names(), ["traps", "dictionary"]);
    let sheet = book.worksheet_range("traps").expect("a sheet");
    let texts: Vec<String> = sheet.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(texts[..6], ["=1+1", "+86", "-湘", "@cmd", "第一条，\"引\"\n第二行", "𠮷野家"]);
    assert_eq!(sheet.get((1, 1)), Some(&Data::Float(-1.5)));
    let formulas = book.worksheet_formula("traps").expect("a sheet");
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()));
    let dictionary = book.worksheet_range("dictionary").expect("a sheet");
    assert_eq!(dictionary.height(), 1 + 1 + TABLE.columns.len());
}

#[test]
fn the_corpus_is_the_same_in_every_format() {
    let records = corpus();
    let sheets = export::records(records.iter());
    let bytes = export::xlsx(&sheets).expect("a workbook");
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("one");
    for sheet in &sheets {
        let mut lines = Vec::new();
        export::jsonl(sheet, &mut lines).expect("written");
        let lines = String::from_utf8(lines).expect("UTF-8");
        let objects: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let rows = csv_rows(&written(sheet, false));
        let page = book.worksheet_range(sheet.table.name).expect("a sheet");
        assert_eq!(objects.len(), sheet.rows.len());
        assert_eq!((rows.len(), page.height()), (objects.len() + 1, objects.len() + 1));
        for ((object, row), cells) in objects.iter().zip(&rows[1..]).zip(page.rows().skip(1)) {
            for (at, column) in sheet.table.columns.iter().enumerate() {
                let value = export::plain(&object[column.name]);
                assert_eq!(row[at].trim_start_matches('\''), value.trim_start_matches('\''));
                let cell = match cells.get(at) {
                    Some(Data::Bool(truth)) => truth.to_string(),
                    other => other.map(ToString::to_string).unwrap_or_default(),
                };
                assert_eq!(cell, value, "{} of {}", column.name, sheet.table.name);
            }
        }
    }
    let duties: usize = records.iter().map(|record| record.duties.len()).sum();
    assert_eq!(sheets[2].rows.len(), duties);
}

fn parquet_of(table: &Table, rows: Vec<Vec<Value>>) -> SerializedFileReader<std::fs::File> {
    let place = tempfile::tempfile().expect("a file");
    let mut file = Parquet::new(table, &place).expect("begun");
    // some at a time, as records give them
    for rows in rows.chunks(7) {
        file.add(rows.to_vec()).expect("written");
    }
    file.finish().expect("ended");
    SerializedFileReader::new(place).expect("Parquet")
}

/// A value as it was given to the writer.
fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => json!(truth),
        Field::Long(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Str(text) => json!(text),
        Field::Date(days) => json!(NaiveDate::from_epoch_days(*days).expect("a day").to_string()),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => panic!("{other} is of no kind that is written"),
    }
}

fn parquet_rows(file: &SerializedFileReader<std::fs::File>) -> Vec<Vec<Value>> {
    let rows = file.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    rows.map(|row| row.get_column_iter().map(|(_, field)| value(field)).collect()).collect()
}

#[test]
fn parquet_has_every_value_of_the_corpus() {
    let records = corpus();
    let mut sheets = export::records(records.iter());
    sheets.push(export::dictionary(&export::RECORDS.map(|(table, _)| table)));
    for Sheet { table, rows } in sheets {
        assert!(!rows.is_empty(), "{}", table.name);
        let file = parquet_of(&table, rows.clone());
        assert_eq!(parquet_rows(&file), rows, "{}", table.name);
        let told = file.metadata().file_metadata().key_value_metadata().expect("a dictionary");
        for column in table.columns {
            let key = format!("column.{}", column.name);
            let about = told.iter().find(|one| one.key == key).and_then(|one| one.value.as_deref());
            assert_eq!(about, Some(column.about));
        }
    }
}

#[test]
fn parquet_keeps_what_is_missing_apart_from_what_is_empty() {
    const TABLE: Table = Table {
        name: "all",
        about: "All kinds",
        columns: &[
            Column::text("text", "Text"),
            Column::texts("list", "A list"),
            Column::count("count", "A whole number"),
            Column::number("number", "A number"),
            Column::truth("truth", "Whether"),
            Column::day("day", "A day"),
        ],
    };
    let rows = vec![
        vec![json!(""), json!([]), json!(0), json!(-1.5), json!(false), json!("1949-10-01")],
        vec![Value::Null; 6],
        vec![
            json!("=1\n𠮷"),
            json!(["甲、乙", ""]),
            json!(7),
            json!(2.0),
            json!(true),
            json!("2024-02-29"),
        ],
    ];
    assert_eq!(parquet_rows(&parquet_of(&TABLE, rows.clone())), rows);
    assert!(parquet_rows(&parquet_of(&TABLE, Vec::new())).is_empty());
    let mut odd = rows[0].clone();
    odd[5] = json!("2023-02-29");
    assert_eq!(parquet_rows(&parquet_of(&TABLE, vec![odd]))[0][5], Value::Null);
}

#[test]
fn parquet_is_written_in_groups() {
    let rows: Vec<_> =
        (0..20_001).map(|at| vec![json!("甲"), json!(f64::from(at)), json!(["乙"])]).collect();
    let file = parquet_of(&TABLE, rows.clone());
    assert_eq!(file.metadata().num_row_groups(), 2);
    assert_eq!(parquet_rows(&file), rows);
}

/// The elements of a text with their attributes `eId`, and its letters; fails where it isn't XML.
fn xml(text: &str) -> (Vec<(String, Option<String>)>, String) {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut elements, mut letters, mut open) = (Vec::new(), String::new(), 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                let eid = tag.try_get_attribute("eId").expect("attributes");
                let eid = eid.map(|one| one.value.clone().into_owned());
                elements.push((name, eid));
                open += 1;
            }
            Event::Text(text) => {
                letters.extend(text.chars().filter(|c| c.is_alphanumeric()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open > 0);
    (elements, letters)
}

#[test]
fn akoma_ntoso_holds_every_node_and_all_text() {
    for record in corpus() {
        let (elements, letters) = xml(&export::akn(&record));
        let nodes: Vec<_> = record.outline.iter().flat_map(|node| node.walk()).collect();
        let eids: BTreeSet<&str> = elements.iter().filter_map(|(_, eid)| eid.as_deref()).collect();
        for node in &nodes {
            let inside =
                nodes.iter().any(|n| n.kind == "preamble" && n.walk().any(|m| m.eid == node.eid));
            assert!(inside || eids.contains(node.eid.as_str()), "{} of {}", node.eid, record.id);
            for text in [&node.label, &node.heading, &node.text, &node.tail].into_iter().flatten() {
                let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
                assert!(inside && node.label.is_some() || letters.contains(&text), "{text}");
            }
        }
        let names: BTreeSet<&str> = elements.iter().map(|(name, _)| name.as_str()).collect();
        for name in ["akomaNtoso", "meta", "FRBRWork", "FRBRExpression", "FRBRManifestation"] {
            assert!(names.contains(name), "{name} of {}", record.id);
        }
    }
}
