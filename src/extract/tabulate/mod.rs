//! What a text itself tabulates: lines of report, parts in a task, targets, pairs, registers.
//!
//! In: the duties of a document and its passages. Out: [`Tables`], each row with its place. Not here:
//! finding duties; sanctions are rows of their own already (`extract::sanction`).
//!
//! `市州党委主要负责人每年向省委报告扶贫脱贫进展情况` is a line of report: who, to whom, what, how often.

mod pair;
mod part;
mod register;
mod report;
mod target;

use std::ops::Range;

use super::gather::Told;
use super::{Duty, Party, Quantity};
use crate::span::Span;
use crate::structure::Kind;

/// Who reports, signs, files or proposes something to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The node it stands in.
    pub eid: String,
    /// Who does it.
    pub from: Vec<Party>,
    /// Who receives it.
    pub to: Vec<Party>,
    /// `report`, `sign`, `file`, `approve` (it is submitted to be approved), `propose`, `submit`.
    pub act: &'static str,
    /// The whole act: `向省委、省人民政府报告扶贫脱贫进展情况`.
    pub action: String,
    /// What is handed over, where it stands behind the verb: `扶贫脱贫进展情况`.
    pub what: Option<String>,
    /// `每年`
    pub frequency: Option<String>,
    /// `年底前`
    pub deadline: Option<String>,
    /// Where.
    pub span: Span,
}

/// Who leads and who helps in one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The node it stands in.
    pub eid: String,
    /// The task: `产业扶贫`.
    pub task: String,
    /// Who leads, or does it together with the helpers.
    pub lead: Vec<Party>,
    /// Who helps.
    pub cooperate: Vec<Party>,
    /// Where.
    pub span: Span,
}

/// What is to be reached by when, or by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The node it stands in.
    pub eid: String,
    /// Who is to reach it; none where the text names none.
    pub bearers: Vec<Party>,
    /// The clause: `完成全省建档立卡贫困农户的危房改造`.
    pub what: String,
    /// The year, where one holds.
    pub year: Option<u32>,
    /// The same as printed: `到2019年底`.
    pub deadline: Option<String>,
    /// Its numbers.
    pub quantities: Vec<Quantity>,
    /// Where the clause stands.
    pub span: Span,
}

/// Who helps whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The node it stands in.
    pub eid: String,
    /// Those who help, in the order of the text.
    pub givers: Vec<Party>,
    /// Those who are helped, in the order of the text.
    pub receivers: Vec<Party>,
    /// `对口帮扶`
    pub relation: &'static str,
    /// Where.
    pub span: Span,
}

/// A system, register or file that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The node it stands in.
    pub eid: String,
    /// Its name: `精准扶贫、精准脱贫大数据平台`.
    pub name: String,
    /// `platform`, `system`, `database`, `ledger`, `file`, `roster`, `list`, `registration`.
    pub kind: &'static str,
    /// What is done with it: `管理`.
    pub verb: String,
    /// Who keeps it; none where the text names none.
    pub keepers: Vec<Party>,
    /// Where its name stands.
    pub span: Span,
}

/// All rows of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Lines of report and signature.
    pub reports: Vec<Report>,
    /// Leading and cooperating bodies by task.
    pub parts: Vec<Part>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Assistance pairs.
    pub pairs: Vec<Pair>,
    /// Systems and registers.
    pub registers: Vec<Register>,
}

/// Finds the rows of a document.
pub(super) fn tables(duties: &[Duty], passages: &[Told<'_>]) -> Tables {
    let mut tables = Tables {
        reports: report::reports(duties),
        parts: part::parts(duties),
        ..Tables::default()
    };
    let book = Book::new(duties);
    for told in passages.iter().filter(|told| told.node.kind != Kind::Preamble) {
        pair::pairs(told, &mut tables.pairs);
        target::targets(told, &book, &mut tables.targets);
        register::registers(told, &book, &mut tables.registers);
    }
    tables
}

/// How many duties that begin before a place are looked at for the one that holds it.
const NEAR: usize = 4;

/// Duties by their places.
struct Book<'d> {
    sorted: Vec<&'d Duty>,
}

impl<'d> Book<'d> {
    fn new(duties: &'d [Duty]) -> Book<'d> {
        let mut sorted: Vec<&Duty> = duties.iter().collect();
        sorted.sort_by_key(|duty| duty.span.start);
        Book { sorted }
    }

    /// Whether a duty may reach into a passage: into one without, no place is held by one.
    fn reaches(&self, passage: Span) -> bool {
        let before = self.sorted.partition_point(|duty| duty.span.start < passage.end);
        let mut last = self.sorted[..before].iter().rev().take(NEAR);
        last.any(|duty| duty.span.end > passage.start)
    }

    /// The duty whose clause holds a place. Of several (a helper's has the same place) the first.
    fn at(&self, span: Span) -> Option<&'d Duty> {
        let after = self.sorted.partition_point(|duty| duty.span.start <= span.start);
        let holding = |duty: &&&Duty| duty.span.contains(span);
        let last = self.sorted[..after].iter().rev().take(NEAR).find(holding)?;
        let from = self.sorted.partition_point(|duty| duty.span.start < last.span.start);
        self.sorted[from..after].iter().find(holding).copied()
    }
}

/// The clause around a place: from the mark before it to the mark after it.
fn clause_around(text: &str, at: usize) -> Range<usize> {
    const MARKS: [char; 6] = ['，', '；', '：', '。', '！', '？'];
    let start = text[..at].rfind(MARKS).map_or(0, |mark| mark + '，'.len_utf8());
    let end = text[at..].find(MARKS).map_or(text.len(), |mark| at + mark);
    start..end
}
