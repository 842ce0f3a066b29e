//! The program `zeren`; all of it is in [`zeren::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    zeren::cli::run()
}
