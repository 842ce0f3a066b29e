//! The duties of a text, a line each, to be compared with what is expected.
//!
//! A duty is shown as `unit [bearers] role modality action`, with `+` before inherited bearers; role
//! and modality only where they are not `responsible` and `obligation`; then `| frequency`, `| deadline` and
//! `> recipient`.

use std::path::Path;

use zeren::parse::parse;

/// The duties of a text, a line each.
pub(crate) fn shown(text: &str) -> Vec<String> {
    let records = parse(Path::new("case.txt"), text.as_bytes()).expect("it is text");
    let mut lines = Vec::new();
    for duty in records.iter().flat_map(|record| &record.duties) {
        let names: Vec<&str> = duty.bearers.iter().map(|bearer| bearer.name.as_str()).collect();
        let mut line = format!("{} ", duty.unit);
        line.push_str(if duty.inherited { "+[" } else { "[" });
        line.push_str(&names.join(" "));
        line.push_str("] ");
        if duty.role != "responsible" {
            line.push_str(&format!("{} ", duty.role));
        }
        if duty.modality != "obligation" {
            line.push_str(&format!("{} ", duty.modality));
        }
        line.push_str(&duty.action);
        if let Some(frequency) = &duty.frequency {
            line.push_str(&format!(" | {frequency}"));
        }
        if let Some(deadline) = &duty.deadline {
            line.push_str(&format!(" | {deadline}"));
        }
        for recipient in &duty.recipients {
            line.push_str(&format!(" > {}", recipient.name));
        }
        lines.push(line);
    }
    lines
}

/// Reads the articles as of a regulation of Hunan and compares the duties.
pub(crate) fn check(articles: &str, expected: &[&str]) {
    let text =
        format!("湖南省责任制实施细则\n{articles}\n第九十条 本细则自2017年3月21日起施行。\n");
    assert_eq!(shown(&text), expected, "{articles}");
}
