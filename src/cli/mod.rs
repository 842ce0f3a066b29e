//! The command line: floor 7.
//!
//! In: what was typed. Out: results on standard output, progress and diagnostics on standard
//! error, an exit code. Not here: any analysis.
//!
//! `zeren parse corpus/000_ad1dc665d4595636.txt` prints its record.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Who is responsible for what in Chinese policy and legal texts.
#[derive(Parser)]
#[command(name = "zeren", version)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the records of files, without a library
    Parse {
        /// Files to read
        files: Vec<PathBuf>,
        #[arg(long, default_value = "jsonl")]
        format: String,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let Command::Parse { files, .. } = Typed::parse().command;
    let mut failed = false;
    for file in files {
        let records = std::fs::read(&file)
            .map_err(|cause| crate::error::Error::File {
                action: "read",
                path: file.clone(),
                cause,
            })
            .and_then(|bytes| crate::parse::parse(&file, &bytes));
        match records {
            Ok(records) => {
                for record in records {
                    println!("{}", serde_json::to_string(&record).unwrap_or_default());
                }
            }
            Err(error) => {
                failed = true;
                eprintln!("zeren: {error}");
            }
        }
    }
    ExitCode::from(u8::from(failed))
}
