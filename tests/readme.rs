//! The README shows what the program prints: each `$ zeren …` of its console blocks is run, in
//! order, on the corpus. `UPDATE_EXPECT=1 cargo test --test readme` writes the real output.

use std::path::Path;
use std::process::Command;

/// The opening and the end of a block that shows a command with its output.
const FENCE: (&str, &str) = ("```console\n", "```\n");

#[test]
fn the_readme_shows_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("there is a README");
    let library = tempfile::tempdir().expect("a folder");
    run(root, library.path(), "zeren ingest corpus");
    std::fs::remove_dir_all(library.path().join("library")).expect("the library is there");

    let mut written = String::new();
    let mut rest = readme.as_str();
    let mut blocks = blocks(rest);
    // the first question stands above the command that fills the library
    blocks.sort_by_key(|command| !command.contains(" ingest "));
    let shown: Vec<(String, String)> = blocks
        .into_iter()
        .map(|command| (command.clone(), run(root, library.path(), &command)))
        .collect();
    while let Some(at) = rest.find(FENCE.0) {
        let (before, block) = rest.split_at(at + FENCE.0.len());
        let end = block.find(FENCE.1).expect("the block is closed");
        let line = block.lines().next().expect("it shows a command");
        let command = line.strip_prefix("$ ").expect("it begins with `$ `");
        let output = shown.iter().find(|(known, _)| known == command).map(|(_, output)| output);
        written.push_str(before);
        written.push_str(&format!("{line}\n{}", output.expect("it was run")));
        rest = &block[end..];
    }
    written.push_str(rest);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(root.join("README.md"), &written).expect("the README can be written");
    } else {
        assert_eq!(readme, written, "run `UPDATE_EXPECT=1 cargo test --test readme`");
    }
}

/// The commands of all console blocks.
fn blocks(readme: &str) -> Vec<String> {
    readme
        .split(FENCE.0)
        .skip(1)
        .filter_map(|block| block.lines().next()?.strip_prefix("$ ").map(str::to_owned))
        .collect()
}

/// What a command prints on standard output, without blanks at line ends.
fn run(root: &Path, folder: &Path, command: &str) -> String {
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_zeren"))
        .args(arguments)
        .current_dir(root)
        .env("ZEREN_LIBRARY", folder.join("library"))
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("it prints UTF-8");
    let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
