//! Reads lines of Chinese from standard input and prints them in simplified characters.
//!
//! `echo 誰負責扶貧 | cargo run --example simplify` prints `谁负责扶贫`. Each line is judged by itself,
//! as a query is: [`zeren::text::simplify`]. With `--whole`, all of the input is one text, as a file
//! is, whose lines of few telling characters follow the rest.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    if std::env::args().any(|argument| argument == "--whole") {
        let text = io::read_to_string(io::stdin())?;
        return stdout.write_all(zeren::text::simplify(&text).as_bytes());
    }
    for line in io::stdin().lock().lines() {
        writeln!(stdout, "{}", zeren::text::simplify(&line?))?;
    }
    stdout.flush()
}
