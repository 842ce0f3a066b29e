//! Records are what the schemas say, and the same twice.

use std::path::Path;

use serde_json::Value;
use zeren::record::Record;

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("a schema is a schema")
}

fn document() -> jsonschema::Validator {
    validator(include_str!("../schemas/document.schema.json"))
}

fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let wrong = schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path()));
    let wrong = wrong.collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_full_record_is_valid_and_keeps_every_field() {
    let given: Value = serde_json::from_str(include_str!("data/record.json")).expect("JSON");
    let record: Record = serde_json::from_value(given.clone()).expect("a record");
    let written = serde_json::to_value(&record).expect("JSON");
    assert_eq!(written, given);
    assert_valid(&document(), &written);
    let duty = validator(include_str!("../schemas/duty.schema.json"));
    for value in written["duties"].as_array().expect("duties") {
        assert_valid(&duty, value);
    }
}

#[test]
fn what_is_not_in_the_schema_is_refused() {
    let mut value: Value = serde_json::from_str(include_str!("data/record.json")).expect("JSON");
    value["duties"][0]["role"] = "boss".into();
    assert!(!document().is_valid(&value));
}

#[test]
fn the_corpus_gives_valid_records_and_the_same_bytes_twice() {
    let schema = document();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut records = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        let parse = || serde_json::to_string(&zeren::parse::parse(&path, &bytes).expect("text"));
        let (once, again) = (parse().expect("JSON"), parse().expect("JSON"));
        assert_eq!(once, again);
        let values: Vec<Value> = serde_json::from_str(&once).expect("JSON");
        records += values.len();
        values.iter().for_each(|value| assert_valid(&schema, value));
    }
    assert!(records >= 5, "{records} records");
}
