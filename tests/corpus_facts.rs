//! The facts of the fifteen documents in `corpus/`, held one by one: `tests/gold/corpus.jsonl`.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;
use zeren::parse::parse;
use zeren::record::{NodeRecord, Record};

/// Letters and digits alone: white space, width and brackets never decide.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A label without brackets and marks: `（二）` and `二、` are both `二`.
fn bare(label: &str) -> String {
    label.chars().filter(|c| c.is_alphanumeric()).collect()
}

struct File {
    source: Vec<char>,
    records: Vec<Record>,
}

fn read(file: &str) -> File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(file);
    let bytes = std::fs::read(&path).expect("the corpus file is there");
    let records = parse(&path, &bytes).expect("it is text");
    File { source: String::from_utf8_lossy(&bytes).chars().collect(), records }
}

/// The node at a path of labels: `一/（二）`.
fn at<'r>(nodes: &'r [NodeRecord], path: &str) -> Option<&'r NodeRecord> {
    let (step, rest) = path.split_once('/').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let bracketed = step.starts_with('（');
    let node = nodes.iter().find(|node| {
        node.label
            .as_ref()
            .is_some_and(|label| bare(label) == bare(step) && label.starts_with('（') == bracketed)
    })?;
    rest.map_or(Some(node), |rest| at(&node.children, rest))
}

fn labelled(nodes: &[NodeRecord]) -> usize {
    nodes.iter().filter(|node| node.label.is_some()).count()
}

/// What the record says of a fact, as the gold writes it; `None` for what is no such fact.
fn found(record: &Record, key: &str, wanted: &Value) -> Option<Value> {
    let nodes = || record.outline.iter().flat_map(NodeRecord::walk);
    let count = |kind: &str| Value::from(nodes().filter(|node| node.kind == kind).count());
    let levels: Vec<&NodeRecord> =
        record.outline.iter().filter(|n| n.kind == "level" && n.label.is_some()).collect();
    Some(match key {
        "genre" => Value::from(record.genre.clone()),
        "status" => Value::from(record.status.clone()),
        "kind" if wanted.is_null() => return None,
        "kind" => Value::from(record.kind.clone()),
        "region" => Value::from(record.region.as_ref().map(|region| region.code.clone())),
        "issued" => Value::from(record.dates.issued.clone()),
        "effective" => Value::from(record.dates.effective.clone()),
        "published" => Value::from(record.dates.published.clone()),
        "script" => Value::from(record.script.clone()),
        "status_text" => Value::from(record.status_text.clone()),
        "chapters" => count("chapter"),
        "articles" => count("article"),
        "sections" => Value::from(
            levels.iter().filter_map(|n| n.label.as_deref().map(bare)).collect::<Vec<_>>(),
        ),
        "items" if wanted.is_array() => {
            Value::from(levels.iter().map(|node| labelled(&node.children)).collect::<Vec<_>>())
        }
        "items" => wanted
            .as_object()?
            .keys()
            .map(|path| {
                let items = at(&record.outline, path).map(|node| labelled(&node.children));
                (path.clone(), Value::from(items))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        "items_run_through" => Value::from(
            nodes().filter(|node| node.kind == "level" && node.depth == Some(2)).count(),
        ),
        _ => return None,
    })
}

fn check(gold: &Value, file: &File, wrong: &mut Vec<String>) -> usize {
    let n = gold["n"].as_u64().unwrap_or_default() as usize;
    let place = format!("{}#{n}", gold["file"].as_str().unwrap_or_default());
    let Some(record) = file.records.iter().find(|record| record.source.n == n) else {
        wrong.push(format!("{place} is missing"));
        return 1;
    };
    let mut held = 0;
    let mut hold = |name: &str, wanted: &Value, found: &Value| {
        let same = wanted == found || wanted.as_array().is_some_and(|any| any.contains(found));
        held += 1;
        if !same {
            wrong.push(format!("{place} {name}: expected {wanted}, found {found}"));
        }
    };
    for (key, wanted) in gold.as_object().expect("an object a line") {
        if let Some(found) = found(record, key, wanted) {
            hold(key, wanted, &found);
        }
    }
    let folded = |value: &Value| value.as_str().map(fold);
    hold("title", &folded(&gold["title"]).into(), &record.title.as_deref().map(fold).into());
    hold("number", &folded(&gold["number"]).into(), &record.number.as_deref().map(fold).into());
    let names = |list: &Value| {
        let mut names: Vec<String> =
            list.as_array().into_iter().flatten().filter_map(folded).collect();
        names.sort();
        Value::from(names)
    };
    let mut issuers: Vec<String> = record.issuers.iter().map(|party| fold(&party.name)).collect();
    issuers.sort();
    hold("issuers", &names(&gold["issuers"]), &issuers.into());
    if gold.get("addressees").is_some() {
        let mut found: Vec<String> =
            record.addressees.iter().map(|party| fold(&party.name)).collect();
        found.sort();
        hold("addressees", &names(&gold["addressees"]), &found.into());
    }
    if let Some(oddities) = gold["diagnostics"].as_array() {
        hold("diagnostics", &true.into(), &(record.diagnostics.len() >= oddities.len()).into());
    }
    held
}

/// Noise lies in `discarded`, and little else does.
fn check_noise(gold: &Value, file: &File, wrong: &mut Vec<String>) -> usize {
    let mut spans: Vec<_> =
        file.records.iter().flat_map(|record| &record.discarded).map(|d| d.span).collect();
    spans.sort();
    spans.dedup();
    let gone: String = spans.iter().flat_map(|span| &file.source[span.start..span.end]).collect();
    let mut held = 0;
    for noise in gold["noise"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let noise = noise.split(" and two more").next().unwrap_or(noise);
        held += 1;
        if !fold(&gone).contains(&fold(noise)) {
            wrong.push(format!("`{noise}` is not discarded"));
        }
    }
    if let Some(most) = gold["discarded_at_most"].as_u64() {
        let size = gone.chars().filter(|c| !c.is_whitespace()).count() as u64;
        held += 1;
        if size > most {
            wrong.push(format!("{}: {size} characters discarded, {most} allowed", gold["file"]));
        }
    }
    held
}

#[test]
fn every_fact_of_the_corpus_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/corpus.jsonl");
    let gold: Vec<Value> = std::fs::read_to_string(path)
        .expect("the gold is there")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect();
    let mut files: HashMap<String, File> = HashMap::new();
    let (mut wrong, mut held) = (Vec::new(), 0);
    for line in &gold {
        let name = line["file"].as_str().expect("a file");
        let file = files.entry(name.to_owned()).or_insert_with(|| read(name));
        held += check(line, file, &mut wrong) + check_noise(line, file, &mut wrong);
    }
    for (name, file) in &files {
        let expected = gold.iter().filter(|line| line["file"] == name.as_str()).count();
        assert_eq!(file.records.len(), expected, "documents of {name}");
    }
    println!("{} of {held} facts hold", held - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
