//! Nothing is told that the text doesn't say: every fact of a record is its source at its span.
//!
//! Over the corpus always, and over the statutes in the folder that `ZEREN_LAWS` names. Both sides are
//! folded (script, width, white space), as spans count in the source and texts are normalised.

use std::path::{Path, PathBuf};

use zeren::parse::parse;
use zeren::read;
use zeren::record::{DutyRecord, PartyRecord, Record};
use zeren::span::SourceSpan;
use zeren::text::Text;

/// The source of a record and what is wrong with it.
struct Sweep<'s> {
    source: Vec<char>,
    path: &'s str,
    wrong: Vec<String>,
    seen: usize,
}

impl Sweep<'_> {
    /// The source at a span, folded.
    fn at(&self, span: SourceSpan) -> Option<String> {
        let stretch: String = self.source.get(span.start..span.end)?.iter().collect();
        Some(folded(&stretch))
    }

    fn equal(&mut self, what: &str, text: &str, span: SourceSpan) {
        let holds = self.at(span).is_some_and(|source| source == folded(text));
        self.note(holds, what, text, span);
    }

    /// The parts of a text stand in the span one after the other: what a span covers may have more.
    fn within(&mut self, what: &str, text: &str, span: SourceSpan) {
        let holds = self.at(span).is_some_and(|source| source.contains(&folded(text)));
        self.note(holds, what, text, span);
    }

    fn note(&mut self, holds: bool, what: &str, text: &str, span: SourceSpan) {
        self.seen += 1;
        if !holds {
            let source = self.at(span);
            self.wrong.push(format!("{}: {what} `{text}` is not {source:?} {span:?}", self.path));
        }
    }

    fn parties(&mut self, what: &str, parties: &[PartyRecord]) {
        parties.iter().for_each(|party| self.equal(what, &party.text, party.span));
    }

    /// The action is in the text: each of its parts in the clause, or (a fronted object) in the same
    /// provision.
    fn duty(&mut self, record: &Record, duty: &DutyRecord) {
        self.parties("bearer", &duty.bearers);
        self.parties("recipient", &duty.recipients);
        for quantity in &duty.quantities {
            self.equal("quantity", &quantity.text, quantity.span);
        }
        let nodes = record.outline.iter().flat_map(|node| node.walk());
        let node = nodes.into_iter().find(|node| node.eid == duty.eid);
        let whole = node.and_then(|node| self.at(node.span)).unwrap_or_default();
        let heading = node.and_then(|node| node.heading.clone()).unwrap_or_default();
        let clause = self.at(duty.span).unwrap_or_default();
        let action = folded(&duty.action);
        // 具体办法由省人民政府制定 has its object before, its verb behind its agent
        let split = (1..action.chars().count()).any(|n| {
            let at = action.char_indices().nth(n).map_or(0, |(at, _)| at);
            whole.contains(&action[..at]) && clause.ends_with(&action[at..])
        });
        let parts = duty.action.split('，').all(|part| whole.contains(&folded(part)));
        let holds = clause.contains(&action)
            || folded(&heading).contains(&action)
            || (parts && whole.contains(&clause))
            || (split && whole.contains(&clause));
        self.note(holds, "action", &duty.action, duty.span);
        for said in [&duty.frequency, &duty.deadline, &duty.condition].into_iter().flatten() {
            self.note(whole.contains(&folded(said)), "modifier", said, duty.span);
        }
    }

    fn record(&mut self, record: &Record) {
        for organization in &record.organizations {
            self.equal("organization", &organization.text, organization.span);
        }
        record.duties.iter().for_each(|duty| self.duty(record, duty));
        self.parties("issuer", &record.issuers);
        // the mark behind an addressee is in its span
        for addressee in &record.addressees {
            self.within("addressee", &addressee.text, addressee.span);
        }
        self.parties("interpreter", &record.interpreters);
        for citation in &record.citations {
            self.equal("citation", &format!("《{}》", citation.title), citation.span);
        }
        for term in &record.terms {
            self.within("term", &term.term, term.span);
            self.within("meaning", &term.meaning, term.span);
        }
        for scope in &record.scope {
            self.equal("scope", &scope.text, scope.span);
        }
        for sanction in &record.sanctions {
            self.parties("subject", &sanction.subjects);
            self.parties("by", &sanction.by);
            for part in sanction.consequence.split('，') {
                self.within("consequence", part, sanction.span);
            }
            for part in sanction.conditions.iter().flat_map(|condition| condition.split('，')) {
                self.within("situation", part, sanction.span);
            }
        }
        self.tables(record);
    }

    fn tables(&mut self, record: &Record) {
        let tables = &record.tables;
        for one in &tables.reports {
            self.parties("from", &one.from);
            self.parties("to", &one.to);
            if let Some(what) = &one.what {
                self.note(one.action.contains(what.as_str()), "what", what, one.span);
            }
        }
        for one in &tables.roles {
            self.parties("lead", &one.lead);
            self.parties("cooperate", &one.cooperate);
        }
        for one in &tables.targets {
            self.equal("target", &one.what, one.span);
            self.parties("bearer of a target", &one.bearers);
            for quantity in &one.quantities {
                self.equal("quantity", &quantity.text, quantity.span);
            }
        }
        for one in &tables.pairs {
            self.parties("giver", &one.givers);
            self.parties("receiver", &one.receivers);
            self.within("relation", &one.relation, one.span);
        }
        for one in &tables.registers {
            self.equal("register", &one.name, one.span);
            self.parties("keeper", &one.keepers);
        }
    }
}

/// Simplified, in one width, without white space.
fn folded(text: &str) -> String {
    let source = read::Source { text: text.to_owned(), ..empty() };
    Text::of(&source).as_str().split_whitespace().collect()
}

fn empty() -> read::Source {
    read::read(b"\xe6\x96\x87").expect("it is text")
}

/// Sweeps files: how many facts were held against their source, and which are wrong.
fn sweep(files: &[PathBuf]) -> (usize, Vec<String>) {
    let (mut seen, mut wrong) = (0, Vec::new());
    for path in files {
        let bytes = std::fs::read(path).expect("a file");
        let (Ok(records), Ok(source)) = (parse(path, &bytes), read::read(&bytes)) else { continue };
        let path = path.to_string_lossy();
        let mut sweep = Sweep {
            source: source.text.chars().collect(),
            path: &path,
            wrong: Vec::new(),
            seen: 0,
        };
        records.iter().for_each(|record| sweep.record(record));
        seen += sweep.seen;
        wrong.extend(sweep.wrong);
    }
    (seen, wrong)
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.expect("it can be read").into_path());
    files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect()
}

#[test]
fn the_corpus_says_all_that_is_told_of_it() {
    let (seen, wrong) = sweep(&texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")));
    assert!(seen > 2000, "only {seen} facts");
    assert!(wrong.is_empty(), "{} of {seen}: {wrong:#?}", wrong.len());
}

#[test]
fn statutes_say_all_that_is_told_of_them() {
    let Some(folder) = std::env::var_os("ZEREN_LAWS") else {
        println!("skipped: `ZEREN_LAWS` names no folder of statutes");
        return;
    };
    let (seen, wrong) = sweep(&texts(Path::new(&folder)));
    println!("{seen} facts");
    assert!(seen > 0, "no text lies there");
    assert!(wrong.is_empty(), "{} of {seen}: {:#?}", wrong.len(), &wrong[..wrong.len().min(40)]);
}
