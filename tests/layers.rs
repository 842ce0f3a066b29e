//! The floors of `src/lib.rs` hold: a module imports from floors below its own only.

use std::path::Path;

/// Modules with their floors, as the table in `src/lib.rs` has them.
const FLOORS: &[(&str, u8)] = &[
    ("cli", 7),
    ("compare", 6),
    ("export", 6),
    ("library", 5),
    ("index", 5),
    ("score", 5),
    ("record", 4),
    ("parse", 4),
    ("extract", 3),
    ("structure", 2),
    ("text", 1),
    ("read", 1),
    ("span", 0),
    ("diagnostic", 0),
    ("error", 0),
];

/// Who may import from a sibling on its own floor.
const SIBLINGS: &[(&str, &str)] = &[
    ("compare", "export"),
    ("library", "index"),
    ("parse", "record"),
    ("text", "read"),
    ("diagnostic", "span"),
];

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|&(_, floor)| floor)
}

/// The modules of this crate that a source names.
fn imports(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for rest in line.split("crate::").skip(1) {
            let list = rest.strip_prefix('{').unwrap_or(rest);
            let name = list.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_');
            names.push(name.collect::<String>());
        }
    }
    names.retain(|name| floor(name).is_some());
    names
}

/// What a module's source must not import.
fn violations(module: &str, source: &str) -> Vec<String> {
    let own = floor(module).unwrap_or_else(|| panic!("`{module}` has no floor in this table"));
    imports(source)
        .into_iter()
        .filter(|name| name != module)
        .filter(|name| {
            floor(name).is_none_or(|other| other >= own)
                && !SIBLINGS.contains(&(module, name.as_str()))
        })
        .map(|name| format!("`{module}` imports from `{name}`"))
        .collect()
}

#[test]
fn modules_import_from_below_only() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let entry = entry.expect("src can be read");
        let path = entry.path().strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("below the root");
        let module = path.iter().nth(1).and_then(|name| name.to_str()).unwrap_or_default();
        let module = module.trim_end_matches(".rs");
        if !entry.file_type().is_file() || matches!(module, "lib" | "main") {
            continue;
        }
        let source = std::fs::read_to_string(entry.path()).expect("a source is text");
        seen += 1;
        wrong.extend(violations(module, &source).into_iter().map(|w| format!("{path:?}: {w}")));
    }
    assert!(seen > 10, "only {seen} files were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_checker_catches_a_violation() {
    assert_eq!(violations("text", "use crate::index::Hit;"), ["`text` imports from `index`"]);
    assert_eq!(violations("index", "use crate::library::Entry;").len(), 1);
    assert_eq!(violations("record", "    crate::cli::run();").len(), 1);
    assert!(violations("library", "use crate::index::Hit;").is_empty());
    assert!(violations("text", "// use crate::index::Hit;\nuse crate::span::Span;").is_empty());
}
