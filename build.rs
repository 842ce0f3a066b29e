//! Gives the rules a version, so that a library knows by which of them each record was made.
//!
//! In: the data and the sources that make a record of a text. Out: `ZEREN_RULES`, the program's version
//! and a digest (FNV-1a) of them, without line endings. Not here: what the version is used for.

use std::path::{Path, PathBuf};

/// What makes records: floors 0 to 4, and the words they know.
const MAKERS: &[&str] = &[
    "data",
    "src/diagnostic.rs",
    "src/extract",
    "src/parse.rs",
    "src/read",
    "src/record",
    "src/span.rs",
    "src/structure",
    "src/text",
];

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for maker in MAKERS {
        println!("cargo:rerun-if-changed={maker}");
        collect(Path::new(maker), &mut files)?;
    }
    files.sort();
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in std::fs::read(file)?.into_iter().filter(|byte| *byte != b'\r') {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo:rustc-env=ZEREN_RULES={version}-{digest:016x}");
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}
