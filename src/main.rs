//! The program `zeren`; all of it is in [`zeren::cli`].

use std::process::ExitCode;

/// Parsing makes a great many short strings, which this allocator serves faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zeren::cli::run()
}
