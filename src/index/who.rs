//! Who holds a duty: questions to bearers.
//!
//! In: a question in plain Chinese or keywords, and the regions of the library. Out:
//! [`Answers`]: bearers, the best first, each with the duties that show it. A duty is as good as
//! the part of the question it covers: a word in its action counts full, in its bearers, its
//! sentence or what stands above them less, a synonym less than the word; what else the question
//! asks for (a role, a tier) is a preference. Not here: taking the question apart
//! ([`super::question`]), showing the duties.
//!
//! `谁负责扶贫资金监管` asks for 扶贫, 资金 and 监管.

use std::collections::BTreeMap;

use tantivy::collector::TopDocs;
use tantivy::columnar::StrColumn;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::fields::Unit;
use super::query::{Filter, Hit, SYNONYM, Scope, any};
use super::question::{self, Question};
use super::{Index, failure, synonym};
use crate::error::Result;

/// How many duties are weighed.
const WEIGHED: usize = 400;

/// Bearers for a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The words that were looked for.
    pub words: Vec<String>,
    /// The regions that the question named, code and name.
    pub regions: Vec<(String, String)>,
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
    typed: &str,
    regions: &[(String, String)],
    filter: &Filter,
    limit: usize,
) -> tantivy::Result<Answers> {
    let question = question::read(typed, regions);
    let mut filter = Filter { unit: Unit::Duty, ..filter.clone() };
    let narrowed = filter.regions.is_empty() && !question.regions.is_empty();
    if narrowed {
        filter.regions = question.regions.iter().map(|(code, _)| code.clone()).collect();
    }
    let words = words(scope, &question.rest, filter.synonyms)?;
    let mut answers = Answers { words, regions: question.regions.clone(), ..Answers::default() };
    if answers.words.is_empty() {
        return Ok(answers);
    }
    let weights = weights(scope, &answers.words)?;
    let clauses = clauses(scope, &answers.words, &weights, filter.synonyms);
    let preferred = preferences(scope, &question, &answers.words, &weights);
    let needed = enough(clauses.len());
    let found = |filter: &Filter, needed| -> tantivy::Result<_> {
        let query = ranking(scope, filter, &clauses, &preferred, needed)?;
        group(scope, &query, limit)
    };
    answers.answers = found(&filter, needed)?;
    answers.covered = !answers.answers.is_empty();
    if !answers.covered {
        answers.answers = found(&filter, 1)?;
    }
    if answers.answers.is_empty() && narrowed {
        filter.regions.clear();
        answers.answers = found(&filter, needed)?;
    }
    Ok(answers)
}

/// How many of a question's words a duty must cover to be an answer.
fn enough(words: usize) -> usize {
    (words * 3).div_ceil(5).max(1)
}

/// The words that a question is about.
fn words(scope: &Scope<'_>, rest: &str, synonyms: bool) -> tantivy::Result<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    for run in rest.split_whitespace() {
        for word in scope.words(run, synonyms)? {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    Ok(words)
}

/// What each word counts: rare words more.
fn weights(scope: &Scope<'_>, words: &[String]) -> tantivy::Result<Vec<f32>> {
    let total = scope.searcher.num_docs().max(1) as f32;
    let weight = |word: &String| {
        let held = Term::from_field_text(scope.fields.body_words, word);
        Ok((1.0 + total / (1.0 + scope.searcher.doc_freq(&held)? as f32)).ln())
    };
    words.iter().map(weight).collect()
}

/// One clause a word: where it or a synonym stands in the duty decides what it counts.
fn clauses(
    scope: &Scope<'_>,
    words: &[String],
    weights: &[f32],
    synonyms: bool,
) -> Vec<Box<dyn Query>> {
    let fields = scope.fields;
    let mut clauses: Vec<Box<dyn Query>> = Vec::new();
    for (word, weight) in words.iter().zip(weights) {
        let others = if synonyms { synonym::of(word) } else { &[] };
        let forms = others.iter().map(|other| (*other, SYNONYM));
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for (form, counts) in std::iter::once((word.as_str(), 1.0)).chain(forms) {
            for (zone, share) in [(fields.focus, 1.0), (fields.body, 0.6), (fields.context, 0.5)] {
                ways.push(worth(scope.phrase(zone, form), weight * counts * share));
            }
        }
        let term = Term::from_field_text(fields.focus_words, word);
        let frequency = TermQuery::new(term, IndexRecordOption::WithFreqs);
        ways.push(Box::new(BoostQuery::new(Box::new(frequency), 0.02)));
        clauses.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.05)));
    }
    clauses
}

/// A query that counts the same wherever it holds.
fn worth(query: Box<dyn Query>, counts: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, counts))
}

/// What speaks for one duty before another that covers the same words, as shares of a word:
/// a word of the question as its verb (`…情况进行考核`, not `建立考核机制`), neighbouring words that
/// stand together, the role and the tier asked for, a responsibility
/// by name, a document that is issued and has a region.
fn preferences(
    scope: &Scope<'_>,
    question: &Question,
    words: &[String],
    weights: &[f32],
) -> Vec<Box<dyn Query>> {
    let fields = scope.fields;
    let word = weights.iter().sum::<f32>() / weights.len() as f32;
    let one_of = |field, values: &[&str], share: f32| {
        worth(any(field, values.iter().map(|value| (*value).to_owned()).collect()).1, share * word)
    };
    let mut preferred = vec![
        one_of(fields.status, &["issued"], 0.05),
        one_of(fields.level, &["national", "province", "city", "county"], 0.1),
    ];
    if words.len() > 1 {
        let words = words.iter().map(String::as_str).collect::<Vec<_>>();
        preferred.push(one_of(fields.ends, &words, 0.6));
    }
    for pair in words.windows(2) {
        preferred.push(worth(scope.phrase(fields.focus, &pair.concat()), 0.15 * word));
    }
    match question.roles.as_slice() {
        [] => preferred.push(one_of(fields.role, &["lead", "responsible"], 0.15)),
        roles => preferred.push(one_of(fields.role, roles, 1.0)),
    }
    if question.responsible {
        preferred.push(one_of(fields.role, RESPONSIBILITIES, 1.0));
        // 公安机关负责养犬登记 rather than 养犬人办理养犬登记.
        preferred.push(one_of(fields.ends, &["负责", "承担", "主管"], 0.3));
    }
    if !question.levels.is_empty() {
        preferred.push(one_of(fields.bearer_level, &question.levels, 0.5));
    }
    preferred
}

/// Responsibilities by name: 负总责, 主体责任, 首要责任 …
const RESPONSIBILITIES: &[&str] =
    &["overall", "primary", "foremost", "first", "direct", "leadership"];

/// Duties that cover at least `needed` of the clauses.
fn ranking(
    scope: &Scope<'_>,
    filter: &Filter,
    clauses: &[Box<dyn Query>],
    preferred: &[Box<dyn Query>],
    needed: usize,
) -> tantivy::Result<BooleanQuery> {
    let covering = clauses.iter().map(|clause| (Occur::Should, clause.box_clone())).collect();
    let covering = BooleanQuery::with_minimum_required_clauses(covering, needed);
    let mut parts = scope.filters(filter)?;
    parts.push((Occur::Must, Box::new(covering)));
    parts.extend(preferred.iter().map(|query| (Occur::Should, query.box_clone())));
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
    let top = |duties: &[(f32, _)]| duties.first().map_or(0.0, |(score, _)| *score);
    let best = answers.iter().map(|(_, _, duties)| top(duties)).fold(0.0, f32::max);
    answers.retain(|(_, _, duties)| top(duties) >= ANSWER * best);
    answers.sort_by(|a, b| b.1.total_cmp(&a.1));
    answers.truncate(limit);
    answers
        .into_iter()
        .map(|(bearer, score, duties)| {
            Ok(Answer { bearer, score, evidence: shown(scope, &duties)? })
        })
        .collect()
}

/// The best of a bearer's duties. Those that fit equally well come in the order of documents and of
/// their text, not of the index, which differs from one ingest to the next.
fn shown(scope: &Scope<'_>, duties: &[(f32, DocAddress)]) -> tantivy::Result<Vec<Hit>> {
    let (Some(best), last) = (duties.first(), duties.get(EVIDENCE - 1)) else {
        return Ok(Vec::new());
    };
    let floor = last.map_or(0.0, |last| last.0).max(SHOWS * best.0);
    let mut hits = duties
        .iter()
        .filter(|(score, _)| *score >= floor)
        .map(|(score, address)| scope.hit(Unit::Duty, *score, *address))
        .collect::<tantivy::Result<Vec<Hit>>>()?;
    let place = |hit: &Hit| (hit.document.clone(), hit.key.parse::<usize>().ok());
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b))));
    hits.truncate(EVIDENCE);
    Ok(hits)
}

/// How good a bearer's best duty must be, as a share of the best of all.
const ANSWER: f32 = 0.5;

/// How good a duty must be to show a bearer, as a share of its best.
const SHOWS: f32 = 0.75;

/// How many duties show a bearer at the most.
const EVIDENCE: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_words_must_be_covered() {
        let needed = [1, 2, 3, 4, 5].map(enough);
        assert_eq!(needed, [1, 2, 2, 3, 3]);
    }
}
