//! Folders of files in every format: what is read, what is passed over, what fails.

use std::path::Path;
use std::process::{Command, Output};

use crate::{bad, formats, plain};

fn ingest(folder: &Path, paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zeren"));
    command.env("ZEREN_LIBRARY", folder.join("library")).arg("ingest").args(paths);
    command.output().expect("it runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn bad_files_among_good_ones_stop_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    std::fs::create_dir(&files).expect("made");
    for (name, bytes, _) in bad::files() {
        std::fs::write(files.join(name), bytes).expect("written");
    }
    let good = plain();
    for name in ["a.txt", "z.txt"] {
        let text = good.replace("清江县", if name == "a.txt" { "清河县" } else { "清水县" });
        std::fs::write(files.join(name), text).expect("written");
    }
    std::fs::write(files.join("a.jpg"), b"\xff\xd8\xff").expect("written");
    let output = ingest(folder.path(), &[&files]);
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    for (name, _, why) in bad::files() {
        let path = files.join(name);
        assert!(
            told.contains(&format!("zeren: cannot read the text of `{}`: {why}\n", path.display())),
            "{told}"
        );
    }
    assert!(told.contains("passed over 1 file of another sort: 1 .jpg"), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    let lines = told.lines().count();
    assert_eq!(lines, bad::files().len() + 1, "{told}");
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(table.contains("2 new, "), "{table}");
}

/// Every sort of file that the help names is looked for in folders, whatever its bytes are.
#[test]
fn folders_are_searched_for_every_sort() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = Command::new(env!("CARGO_BIN_EXE_zeren"))
        .args(["ingest", "--help"])
        .output()
        .expect("it runs");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let (_, list) = help.split_once("these files are read: ").expect("the help lists them");
    let list = list.split(';').next().expect("a list");
    let sorts: Vec<&str> = list.split_whitespace().collect();
    assert!(sorts.len() >= 14 && sorts.contains(&".pdf") && sorts.contains(&".docx"), "{sorts:?}");
    let files = folder.path().join("各种文件");
    std::fs::create_dir(&files).expect("made");
    for sort in &sorts {
        std::fs::write(files.join(format!("甲{}", sort.to_uppercase())), sort).expect("written");
    }
    for name in ["甲.jpg", "乙.jpg", "丙.xlsx", "丁"] {
        std::fs::write(files.join(name), name).expect("written");
    }
    let output = ingest(folder.path(), &[&files]);
    assert_eq!(
        told(&output),
        "zeren: passed over 4 files of other sorts: 2 .jpg, 1 without extension, 1 .xlsx\n"
    );
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(table.contains(&format!("{} files", sorts.len())), "{table}");
}

/// The same text in every format is one document.
#[test]
fn every_format_is_the_same_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    std::fs::create_dir(&files).expect("made");
    for (n, (name, bytes, _)) in formats().into_iter().enumerate() {
        // The name says nothing: what a file is, its bytes say.
        let extension = if name == "doc" { "txt" } else { "doc" };
        std::fs::write(files.join(format!("{n}.{extension}")), bytes).expect("written");
    }
    let output = ingest(folder.path(), &[&files]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let mut list = Command::new(env!("CARGO_BIN_EXE_zeren"));
    list.env("ZEREN_LIBRARY", folder.path().join("library")).args(["list", "--format", "jsonl"]);
    let listed = list.output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().count(), 1);
}

/// Thousands of files in folders within folders, links in a circle, names in any script.
#[cfg(unix)]
#[test]
fn folders_of_thousands_of_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("法规");
    for n in 0..40 {
        let inner = files.join(format!("第{n}卷 Ünïcode العربية")).join("深").join("层");
        std::fs::create_dir_all(&inner).expect("made");
        for m in 0..50 {
            std::fs::write(
                inner.join(format!("文件 {m} 🌲.txt")),
                format!("第一条 某镇{n}村{m}组负责。"),
            )
            .expect("written");
        }
    }
    std::os::unix::fs::symlink(&files, files.join("圈")).expect("linked");
    std::os::unix::fs::symlink(files.join("没有"), files.join("断.txt")).expect("linked");
    let output = ingest(folder.path(), &[&files]);
    let told = told(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("断.txt"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(table.contains("2000 new, 1 failed"), "{table}");
}
