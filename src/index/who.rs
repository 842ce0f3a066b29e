//! Who holds a duty: questions to bearers.
//!
//! In: a question in plain Chinese or keywords, and the regions that are known. Out:
//! [`Answers`]: bearers, the best first, each with the duties that show it. A duty is as good as
//! the part of the question it covers: a word in its action counts full, in its bearers, its
//! provision or what stands above them less; how often a word occurs decides only between
//! equals. Not here: showing the duties.
//!
//! `谁负责扶贫资金监管` asks for 扶贫, 资金 and 监管.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::TermQuery;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::fields::Unit;
use super::query::{Filter, Hit, Scope};
use super::{Index, analyzer, failure};
use crate::error::Result;

/// How many duties are weighed.
const WEIGHED: usize = 400;

/// What asks and isn't asked for; the longer before those they contain.
const QUESTION: &[&str] = &[
    "由哪个部门",
    "由哪些部门",
    "是哪个部门",
    "哪一个部门",
    "哪个部门",
    "哪些部门",
    "什么部门",
    "哪个机关",
    "哪个单位",
    "哪些单位",
    "什么单位",
    "哪个机构",
    "什么机构",
    "归谁管",
    "谁来管",
    "谁管",
    "由谁来",
    "由谁",
    "归谁",
    "是谁",
    "向谁",
    "对谁",
    "谁来",
    "谁",
    "负有责任",
    "承担责任",
    "负责",
    "有责任",
    "有义务",
    "应当",
    "应该",
    "必须",
    "需要",
    "如何",
    "怎么",
    "怎样",
    "为什么",
    "什么",
    "哪里",
    "哪个",
    "哪些",
    "请问",
    "吗",
    "呢",
    "的工作",
    "工作的",
];

/// Bearers for a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The words that were looked for.
    pub words: Vec<String>,
    /// The names of the regions that the question named.
    pub regions: Vec<String>,
    /// Whether duties cover most of the words; else these are the nearest.
    pub covered: bool,
    /// Who, the best first.
    pub answers: Vec<Answer>,
}

/// A bearer and what shows that it holds the duty.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Canonical name.
    pub bearer: String,
    /// How much speaks for it; comparable within one question only.
    pub score: f32,
    /// The duties, the best first.
    pub evidence: Vec<Evidence>,
}

/// A duty that shows who holds it: a hit of [`Unit::Duty`].
pub type Evidence = Hit;

/// Finds who holds the duty that a question asks for. `regions` are the known ones, code and
/// name; `filter` narrows as it does a search.
///
/// # Errors
///
/// Where the index fails.
pub fn who(
    index: &Index,
    question: &str,
    regions: &[(String, String)],
    filter: &Filter,
    limit: usize,
) -> Result<Answers> {
    let searcher = index.searcher();
    let scope = Scope { searcher: &searcher, fields: &index.fields };
    answer(&scope, question, regions, filter, limit).map_err(|cause| failure(&index.path, cause))
}

fn answer(
    scope: &Scope<'_>,
    question: &str,
    regions: &[(String, String)],
    filter: &Filter,
    limit: usize,
) -> tantivy::Result<Answers> {
    let mut filter = Filter { unit: Unit::Duty, ..filter.clone() };
    let mut rest = fold_words(question);
    let named = take_regions(&mut rest, regions);
    if filter.regions.is_empty() {
        filter.regions = named.iter().map(|(code, _)| code.clone()).collect();
    }
    let words = words(scope, &rest)?;
    let mut answers = Answers {
        words,
        regions: named.into_iter().map(|(_, name)| name).collect(),
        covered: false,
        answers: Vec::new(),
    };
    if answers.words.is_empty() {
        return Ok(answers);
    }
    let clauses = clauses(scope, &answers.words)?;
    let needed = enough(clauses.len());
    let mut query = ranking(scope, &filter, &clauses, needed)?;
    answers.covered = scope.searcher.search(&query, &Count)? > 0;
    if !answers.covered {
        query = ranking(scope, &filter, &clauses, 1)?;
    }
    answers.answers = group(scope, &query, limit)?;
    Ok(answers)
}

/// How many of a question's words a duty must cover to be an answer.
fn enough(words: usize) -> usize {
    (words * 3).div_ceil(5).max(1)
}

/// The question with its blanks, folded.
fn fold_words(question: &str) -> String {
    question.split_whitespace().map(analyzer::fold).collect::<Vec<_>>().join(" ")
}

/// Takes the regions that a question names out of it.
fn take_regions(rest: &mut String, regions: &[(String, String)]) -> Vec<(String, String)> {
    let mut names = regions
        .iter()
        .flat_map(|region| [(region.1.as_str(), region), (short(&region.1), region)])
        .filter(|(name, _)| name.chars().count() > 1)
        .collect::<Vec<_>>();
    names.sort_by_key(|(name, region)| (std::cmp::Reverse(name.len()), &region.0));
    let mut taken: Vec<(String, String)> = Vec::new();
    for (name, region) in names {
        if taken.contains(region) {
            *rest = rest.replace(name, " ");
        } else if rest.contains(name) {
            *rest = rest.replace(name, " ");
            taken.push(region.clone());
        }
    }
    taken
}

/// The codes of the known regions that a name or code means: `湖南` is 湖南省.
pub fn region_codes(typed: &str, regions: &[(String, String)]) -> Vec<String> {
    if typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![typed.to_owned()];
    }
    let typed = analyzer::fold(typed);
    let exact = regions.iter().filter(|(_, name)| *name == typed).collect::<Vec<_>>();
    let meant = match exact.as_slice() {
        [] => regions.iter().filter(|(_, name)| short(name) == typed).collect(),
        _ => exact,
    };
    meant.into_iter().map(|(code, _)| code.clone()).collect()
}

/// A region's name without its class: 湖南省 is 湖南.
fn short(name: &str) -> &str {
    const CLASSES: &[&str] = &[
        "特别行政区",
        "维吾尔自治区",
        "壮族自治区",
        "回族自治区",
        "自治区",
        "自治州",
        "自治县",
        "地区",
        "省",
        "市",
        "县",
        "区",
        "旗",
        "盟",
    ];
    CLASSES.iter().find_map(|class| name.strip_suffix(class)).unwrap_or(name)
}

/// The words that a question is about.
fn words(scope: &Scope<'_>, rest: &str) -> tantivy::Result<Vec<String>> {
    let mut rest = rest.to_owned();
    for asking in QUESTION {
        rest = rest.replace(asking, " ");
    }
    let mut words: Vec<String> = Vec::new();
    for run in rest.split_whitespace() {
        for word in scope.words(run)? {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    Ok(words)
}

/// One clause a word: where it stands in the duty decides what it counts, rare words count more.
fn clauses(scope: &Scope<'_>, words: &[String]) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let total = scope.searcher.num_docs().max(1) as f32;
    let fields = scope.fields;
    let mut clauses: Vec<Box<dyn Query>> = Vec::new();
    for word in words {
        let held = Term::from_field_text(fields.body_words, word);
        let weight = (1.0 + total / (1.0 + scope.searcher.doc_freq(&held)? as f32)).ln();
        let at = |zone: Field, counts: f32| -> Box<dyn Query> {
            Box::new(ConstScoreQuery::new(scope.phrase(zone, word), weight * counts))
        };
        let frequency = TermQuery::new(
            Term::from_field_text(fields.focus_words, word),
            IndexRecordOption::WithFreqs,
        );
        clauses.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(
            vec![
                at(fields.focus, 1.0),
                at(fields.body, 0.6),
                at(fields.context, 0.5),
                Box::new(BoostQuery::new(Box::new(frequency), 0.02)),
            ],
            0.1,
        )));
    }
    Ok(clauses)
}

/// Duties that cover at least `needed` of the clauses.
fn ranking(
    scope: &Scope<'_>,
    filter: &Filter,
    clauses: &[Box<dyn Query>],
    needed: usize,
) -> tantivy::Result<BooleanQuery> {
    let covering = clauses.iter().map(|clause| (Occur::Should, clause.box_clone())).collect();
    let covering = BooleanQuery::with_minimum_required_clauses(covering, needed);
    let mut parts = scope.filters(filter)?;
    parts.push((Occur::Must, Box::new(covering)));
    Ok(BooleanQuery::new(parts))
}

/// The best duties by their bearers. A bearer is as good as its best duty; more of them speak
/// for it, each less than the one before.
fn group(scope: &Scope<'_>, query: &dyn Query, limit: usize) -> tantivy::Result<Vec<Answer>> {
    let best = scope.searcher.search(query, &TopDocs::with_limit(WEIGHED).order_by_score())?;
    let mut columns: Vec<Option<StrColumn>> = Vec::new();
    for segment in scope.searcher.segment_readers() {
        columns.push(segment.fast_fields().str("bearer")?);
    }
    let mut bearers: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (score, address) in best {
        let Some(column) = &columns[address.segment_ord as usize] else { continue };
        for ordinal in column.term_ords(address.doc_id) {
            let mut name = String::new();
            column.ord_to_str(ordinal, &mut name)?;
            bearers.entry(name).or_default().push((score, address));
        }
    }
    let mut answers = bearers
        .into_iter()
        .map(|(bearer, duties)| {
            let more: f32 =
                duties.iter().zip(1..).map(|((score, _), n)| score / (n * n) as f32).sum();
            (bearer, more, duties)
        })
        .collect::<Vec<_>>();
    answers.sort_by(|a, b| b.1.total_cmp(&a.1));
    answers.truncate(limit);
    answers
        .into_iter()
        .map(|(bearer, score, duties)| {
            let evidence = duties
                .into_iter()
                .take(EVIDENCE)
                .map(|(score, address)| scope.hit(Unit::Duty, score, address))
                .collect::<tantivy::Result<_>>()?;
            Ok(Answer { bearer, score, evidence })
        })
        .collect()
}

/// How many duties show a bearer at the most.
const EVIDENCE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_taken_out_by_name_or_short_name() {
        let known = [("430000".to_owned(), "湖南省".to_owned())];
        let mut rest = "湖南谁负责扶贫".to_owned();
        assert_eq!(take_regions(&mut rest, &known), known);
        assert_eq!(rest, " 谁负责扶贫");
    }

    #[test]
    fn most_words_must_be_covered() {
        let needed = [1, 2, 3, 4, 5].map(enough);
        assert_eq!(needed, [1, 2, 2, 3, 3]);
    }
}
