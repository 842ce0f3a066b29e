//! What of a record tells how it stands to other documents.
//!
//! In: a [`Record`]. Out: [`Facts`]: which work it is an edition of, of which day, what it repeals, a
//! sketch of its text. Not here: which documents that leads to ([`super::kin`], [`super::force`]).
//!
//! `中华人民共和国防洪法（2016年修正）` is an edition of the work 防洪法.

use std::sync::LazyLock;

use regex::Regex;

use crate::record::{CitationRecord, NodeRecord, Record, TermRecord};
use crate::text::prints::Sketch;

/// What is kept of a record beside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Its title as [`work`] has it.
    pub(crate) work: Option<String>,
    /// Its 发文字号 as [`code`] has it.
    pub(crate) code: Option<String>,
    /// The day of this edition: of the last decision in its history, else when it was issued,
    /// published, or took effect.
    pub(crate) dated: Option<String>,
    pub(crate) effective: Option<String>,
    pub(crate) expires: Option<String>,
    /// The names of its issuers, a line each.
    pub(crate) issuers: String,
    pub(crate) sketch: Option<Sketch>,
    /// The works that it repeals whole, with their numbers where printed.
    pub(crate) repeals: Vec<(String, Option<String>)>,
}

impl Facts {
    pub(crate) fn of(record: &Record) -> Facts {
        let dates = &record.dates;
        let dated = last_decision(record)
            .or_else(|| dates.issued.clone())
            .or_else(|| dates.published.clone())
            .or_else(|| dates.effective.clone());
        let names = record.issuers.iter().map(|issuer| issuer.name.as_str());
        let repeals = record
            .citations
            .iter()
            .filter(|one| one.relation == "repeals" && one.article.is_none());
        Facts {
            work: record.title.as_deref().map(work).filter(|work| !work.is_empty()),
            code: record.number.as_deref().map(code).filter(|code| !code.is_empty()),
            dated,
            effective: dates.effective.clone(),
            expires: dates.expires.clone(),
            issuers: names.collect::<Vec<_>>().join("\n"),
            sketch: Sketch::of(&text(&record.outline)),
            repeals: repeals.filter_map(|one| repealed(one, &record.terms)).collect(),
        }
    }
}

fn repealed(citation: &CitationRecord, terms: &[TermRecord]) -> Option<(String, Option<String>)> {
    let work = work(&in_full(&citation.title, terms));
    let code = citation.number.as_deref().map(code).filter(|code| !code.is_empty());
    (!work.is_empty() || code.is_some()).then_some((work, code))
}

/// All text of an outline.
fn text(outline: &[NodeRecord]) -> String {
    let mut all = String::new();
    for node in outline.iter().flat_map(NodeRecord::walk) {
        for part in [&node.heading, &node.text, &node.tail].into_iter().flatten() {
            all.push_str(part);
        }
    }
    all
}

/// The latest day that the history below a title names, ISO 8601: of
/// `2004年8月28日…修正` 2004-08-28.
fn last_decision(record: &Record) -> Option<String> {
    static DAY: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(\d{4})年(\d{1,2})月(\d{1,2})日").ok());
    let history = record.preface.iter().filter(|statement| statement.field == "history");
    let days = history.flat_map(|statement| DAY.as_ref()?.captures_iter(&statement.value).next());
    days.map(|day| format!("{}-{:0>2}-{:0>2}", &day[1], &day[2], &day[3])).max()
}

/// What a title is found by: without marks and blanks, the state's name, and an edition behind it
/// (`（2018年修正）`, `(2018-10-26)`). 试行 and 草案 are no editions.
pub(crate) fn work(title: &str) -> String {
    let title = title.trim().trim_start_matches('《').trim_end_matches('》');
    let bare = match title.rfind(['（', '(']) {
        Some(at) if title.ends_with(['）', ')']) && is_edition(&title[at..]) => &title[..at],
        _ => title,
    };
    let bare: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    bare.strip_prefix("中华人民共和国").map(str::to_owned).unwrap_or(bare)
}

fn is_edition(bracket: &str) -> bool {
    bracket.contains(|c: char| c.is_ascii_digit())
        || ["修正", "修订", "修改"].iter().any(|word| bracket.contains(word))
}

/// A 发文字号 whatever its brackets are: `湘发〔2016〕7号`, `湘发[2016]7号`.
pub(crate) fn code(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The title that a text's own short name stands for.
pub(crate) fn in_full(title: &str, terms: &[TermRecord]) -> String {
    let short = terms.iter().find(|term| {
        term.term == title && term.meaning.starts_with('《') && term.meaning.ends_with('》')
    });
    match short {
        Some(term) => {
            let inner = term.meaning.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
            inner.unwrap_or(title).to_owned()
        }
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_without_state_and_edition() {
        for (one, other) in [
            ("中华人民共和国防洪法", "防洪法（2016年修正）"),
            ("湖南省农村扶贫开发条例", "湖南省农村扶贫开发条例(2015-11-01)"),
            ("关于印发〈办法〉的通知", "关于印发《办法》的通知"),
        ] {
            assert_eq!(work(one), work(other));
        }
        assert_ne!(work("公文办法（试行）"), work("公文办法"));
        assert_eq!(code("湘发〔2016〕7号"), code("湘发[2016]7号"));
    }

    #[test]
    fn an_edition_is_of_its_last_decision() {
        let mut record: Record =
            serde_json::from_str(include_str!("../../tests/data/record.json")).expect("a record");
        assert_eq!(Facts::of(&record).dated.as_deref(), Some("2016-05-09"));
        for history in
            ["1993年12月29日通过", "2018年10月26日《关于修改〈公司法〉的决定》第四次修正"]
        {
            let mut statement = record.preface[0].clone();
            statement.field = "history".into();
            statement.value = history.into();
            record.preface.push(statement);
        }
        assert_eq!(Facts::of(&record).dated.as_deref(), Some("2018-10-26"));
    }
}
