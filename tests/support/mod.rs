//! The program run on a library of its own, held to its exit code: what the tests of commands share.

// a test takes of it what it needs
#![allow(dead_code, unreachable_pub)]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A place for a library that goes away.
pub struct Case {
    pub folder: tempfile::TempDir,
}

impl Case {
    pub fn empty() -> Case {
        Case { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn with_corpus() -> Case {
        let case = Case::empty();
        case.ends(0, &["ingest", "corpus"]);
        case
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.display().to_string()
    }

    pub fn command(&self, typed: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zeren"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.env("ZEREN_LIBRARY", self.library()).args(typed);
        command
    }

    /// Runs the program and holds it to its exit code.
    pub fn ends(&self, code: i32, typed: &[&str]) -> Output {
        let output = self.command(typed).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "zeren {}: {told}", typed.join(" "));
        output
    }

    pub fn prints(&self, typed: &[&str]) -> String {
        String::from_utf8(self.ends(0, typed).stdout).expect("UTF-8")
    }

    pub fn tells(&self, code: i32, typed: &[&str]) -> String {
        String::from_utf8(self.ends(code, typed).stderr).expect("UTF-8")
    }

    pub fn lines(&self, typed: &[&str]) -> Vec<Value> {
        let printed = self.prints(&[typed, &["--format", "jsonl"]].concat());
        printed.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }
}
