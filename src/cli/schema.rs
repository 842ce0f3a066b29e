//! `zeren schema`: the JSON Schema of records.

use std::io::Write;

use clap::ValueEnum;

use super::Done;

#[derive(clap::Args)]
#[command(after_help = "Example:\n  zeren schema duty > duty.schema.json")]
pub(super) struct Typed {
    /// Of what
    #[arg(value_enum, default_value_t = Of::Document)]
    of: Of,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// Of a record
    Document,
    /// Of one duty
    Duty,
}

pub(super) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let schema = match typed.of {
        Of::Document => include_str!("../../schemas/document.schema.json"),
        Of::Duty => include_str!("../../schemas/duty.schema.json"),
    };
    std::io::stdout().lock().write_all(schema.as_bytes())?;
    Ok(Done::Found)
}
