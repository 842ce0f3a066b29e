//! Any bytes give records, or the error that they are no text: no panic, no hang, no memory
//! without bound.
//!
//! How to run it: `docs/measures.md`.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use zeren::parse::parse;

fuzz_target!(|bytes: &[u8]| {
    let Ok(records) = parse(Path::new("any.txt"), bytes) else { return };
    for record in &records {
        assert!(serde_json::to_string(record).is_ok());
    }
});
