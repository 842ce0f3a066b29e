//! Queries to hits.
//!
//! In: what was typed (`驻村 "帮扶队员" -企业`) and a [`Filter`]. Out: [`Found`]. Words are ranked:
//! units that hold all of them come first; a phrase in quotes is found exactly, also across line
//! breaks of the source; `-` excludes. Not here: showing the hits.
//!
//! The words of a query are cut by the words that the index holds, so that no dictionary is
//! loaded: `贫困退出考核` is 贫困, 退出 and 考核.

use std::collections::BTreeSet;

use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery,
    Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError, Term};

use super::fields::{Fields, Unit};
use super::{Index, analyzer, failure, synonym};
use crate::error::Result;

/// What narrows a search.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What is searched for.
    pub unit: Unit,
    /// Codes of regions, one of which the document's own is or lies in; empty for all.
    pub regions: Vec<String>,
    /// The tier of the document's region.
    pub level: Option<String>,
    /// `regulation`, `opinion` …
    pub genre: Option<String>,
    /// 文种
    pub kind: Option<String>,
    /// A bearer's canonical name, or a part of it.
    pub bearer: Option<String>,
    /// `lead`, `cooperate` …
    pub role: Option<String>,
    /// `obligation`, `prohibition` …
    pub modality: Option<String>,
    /// A document's id.
    pub document: Option<String>,
    /// Whether synonyms count too, less than the words themselves.
    pub synonyms: bool,
}

impl Filter {
    /// All units of one sort.
    pub fn of(unit: Unit) -> Filter {
        Filter {
            unit,
            regions: Vec::new(),
            level: None,
            genre: None,
            kind: None,
            bearer: None,
            role: None,
            modality: None,
            document: None,
            synonyms: true,
        }
    }
}

/// One unit that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub unit: Unit,
    /// The document's id.
    pub document: String,
    /// Which unit of the document: an eid, or a duty's place counted from 0; empty for the
    /// document itself.
    pub key: String,
    /// How well it fits; comparable within one search only.
    pub score: f32,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many units hold all words and phrases.
    pub complete: usize,
    /// The best, best first; past the complete ones, those that hold some of the words.
    pub hits: Vec<Hit>,
}

/// A query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {} of the query", at + 1)]
pub struct QueryError {
    /// What is wrong.
    pub message: &'static str,
    /// Where: characters before it.
    pub at: usize,
}

/// Why a search gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] crate::error::Error),
}

/// Searches the index for the best `limit` units.
///
/// # Errors
///
/// A query that cannot be read, with the place; an index that fails.
pub fn search(
    index: &Index,
    typed: &str,
    filter: &Filter,
    limit: usize,
) -> std::result::Result<Found, SearchError> {
    let clauses = parse(typed)?;
    let searcher = index.searcher();
    let run = || -> tantivy::Result<Found> {
        let scope = Scope { searcher: &searcher, fields: &index.fields };
        let (query, complete) = scope.query(&clauses, filter)?;
        let complete = searcher.search(&complete, &Count)?;
        let best = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let hits = best
            .into_iter()
            .map(|(score, address)| scope.hit(filter.unit, score, address))
            .collect::<tantivy::Result<_>>()?;
        Ok(Found { complete, hits })
    };
    Ok(run().map_err(|cause| failure(&index.path, cause))?)
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    exact: bool,
    excluded: bool,
    text: String,
}

/// Takes a query apart.
fn parse(typed: &str) -> std::result::Result<Vec<Clause>, QueryError> {
    let characters = typed.chars().collect::<Vec<_>>();
    let mut clauses = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_whitespace() {
            at += 1;
            continue;
        }
        let begin = at;
        let excluded = matches!(characters[at], '-' | '－') && at + 1 < characters.len();
        at += usize::from(excluded);
        let exact = is_quote(characters[at]);
        let ends = |c: &char| if exact { is_quote(*c) } else { c.is_whitespace() || is_quote(*c) };
        at += usize::from(exact);
        let length = characters[at..].iter().position(ends);
        if exact && length.is_none() {
            return Err(QueryError { message: "a quote is not closed", at: begin });
        }
        let end = length.map_or(characters.len(), |length| at + length);
        let text = analyzer::fold(&characters[at..end].iter().collect::<String>());
        if text.chars().any(char::is_alphanumeric) {
            clauses.push(Clause { exact, excluded, text });
        }
        at = end + usize::from(exact);
    }
    if clauses.iter().all(|clause| clause.excluded) {
        return Err(QueryError { message: "the query names nothing to look for", at: 0 });
    }
    Ok(clauses)
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '＂')
}

/// The ids of all documents of an index.
pub(crate) fn documents(index: &Index) -> Result<BTreeSet<String>> {
    let searcher = index.searcher();
    let unit = Term::from_field_text(index.fields.unit, Unit::Document.as_str());
    let run = || -> tantivy::Result<BTreeSet<String>> {
        let scope = Scope { searcher: &searcher, fields: &index.fields };
        scope.documents(&TermQuery::new(unit, IndexRecordOption::Basic))
    };
    run().map_err(|cause| failure(&index.path, cause))
}

/// The ids of the documents with a unit that a filter lets through.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn documents_with(index: &Index, filter: &Filter) -> Result<BTreeSet<String>> {
    let searcher = index.searcher();
    let scope = Scope { searcher: &searcher, fields: &index.fields };
    let run = || -> tantivy::Result<BTreeSet<String>> {
        let query = BooleanQuery::new(scope.filters(filter)?);
        scope.documents(&query)
    };
    run().map_err(|cause| failure(&index.path, cause))
}

type Part = (Occur, Box<dyn Query>);

/// An index as it stands while a query runs.
pub(crate) struct Scope<'i> {
    pub(crate) searcher: &'i Searcher,
    pub(crate) fields: &'i Fields,
}

impl Scope<'_> {
    /// The ranking query, and the one that holds only where all is there.
    fn query(
        &self,
        clauses: &[Clause],
        filter: &Filter,
    ) -> tantivy::Result<(BooleanQuery, BooleanQuery)> {
        let mut must = self.filters(filter)?;
        let mut wanted: Vec<Box<dyn Query>> = Vec::new();
        let mut phrases: Vec<Box<dyn Query>> = Vec::new();
        for clause in clauses {
            if clause.excluded {
                must.push((Occur::MustNot, self.exact(&clause.text)));
            } else if clause.exact {
                must.push((Occur::Must, self.exact(&clause.text)));
            } else {
                let words = self.words(&clause.text, filter.synonyms)?;
                if words.len() > 1 {
                    phrases.push(Box::new(BoostQuery::new(self.exact(&clause.text), 2.0)));
                }
                wanted.extend(words.iter().map(|word| self.ranked(word, filter.synonyms)));
            }
        }
        let mut complete = boxed(&must);
        complete.extend(wanted.iter().map(|word| (Occur::Must, word.box_clone())));
        let complete = BooleanQuery::new(complete);
        if !wanted.is_empty() {
            let all = wanted.iter().map(|word| word.box_clone()).collect();
            let bonus = ConstScoreQuery::new(Box::new(BooleanQuery::intersection(all)), COMPLETE);
            let mut some = wanted.into_iter().map(|word| (Occur::Should, word)).collect::<Vec<_>>();
            some.extend(phrases.into_iter().map(|phrase| (Occur::Should, phrase)));
            some.push((Occur::Should, Box::new(bonus)));
            must.push((Occur::Must, Box::new(BooleanQuery::new(some))));
        }
        Ok((BooleanQuery::new(must), complete))
    }

    /// The documents that the units belong to which a query finds.
    fn documents(&self, query: &dyn Query) -> tantivy::Result<BTreeSet<String>> {
        let mut columns = Vec::new();
        for segment in self.searcher.segment_readers() {
            columns.push(segment.fast_fields().str("document")?);
        }
        let mut found = vec![BTreeSet::new(); columns.len()];
        for address in self.searcher.search(query, &DocSetCollector)? {
            let segment = address.segment_ord as usize;
            if let Some(column) = &columns[segment] {
                found[segment].extend(column.term_ords(address.doc_id));
            }
        }
        let mut ids = BTreeSet::new();
        for (column, ordinals) in columns.iter().zip(found) {
            let Some(column) = column else { continue };
            for ordinal in ordinals {
                let mut id = String::new();
                column.ord_to_str(ordinal, &mut id)?;
                ids.insert(id);
            }
        }
        Ok(ids)
    }

    /// What a unit must be, without a score.
    pub(crate) fn filters(&self, filter: &Filter) -> tantivy::Result<Vec<Part>> {
        let fields = self.fields;
        let mut parts = vec![one(fields.unit, filter.unit.as_str())];
        for (field, value) in [
            (fields.level, &filter.level),
            (fields.genre, &filter.genre),
            (fields.kind, &filter.kind),
            (fields.role, &filter.role),
            (fields.modality, &filter.modality),
            (fields.document, &filter.document),
        ] {
            parts.extend(value.as_ref().map(|value| one(field, value)));
        }
        if !filter.regions.is_empty() {
            parts.push(any(fields.region, filter.regions.clone()));
        }
        if let Some(name) = &filter.bearer {
            parts.push(any(fields.bearer, self.bearers(&analyzer::fold(name))?));
        }
        Ok(parts)
    }

    /// The canonical names that are `name`, or else contain it.
    fn bearers(&self, name: &str) -> tantivy::Result<Vec<String>> {
        let mut containing = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let terms = segment.inverted_index(self.fields.bearer)?;
            let mut stream = terms.terms().stream()?;
            while stream.advance() {
                let known = String::from_utf8_lossy(stream.key());
                if known == name {
                    return Ok(vec![name.to_owned()]);
                }
                if known.contains(name) {
                    containing.insert(known.into_owned());
                }
            }
        }
        Ok(containing.into_iter().collect())
    }

    /// A word or one of its synonyms.
    fn ranked(&self, word: &str, synonyms: bool) -> Box<dyn Query> {
        let mut ways = self.ways(word, 1.0);
        if synonyms {
            ways.extend(synonym::of(word).iter().flat_map(|other| self.ways(other, SYNONYM)));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.3))
    }

    /// A word where it ranks: as a word and as it is printed, in each zone.
    fn ways(&self, word: &str, counts: f32) -> Vec<Box<dyn Query>> {
        let fields = self.fields;
        let scored = |field, boost: f32| -> Box<dyn Query> {
            let term = Term::from_field_text(field, word);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(Box::new(query), boost * counts))
        };
        let printed = |field, boost: f32| -> Box<dyn Query> {
            Box::new(BoostQuery::new(self.phrase(field, word), boost * counts))
        };
        vec![
            scored(fields.focus_words, 2.0),
            scored(fields.body_words, 1.0),
            printed(fields.focus, 1.6),
            printed(fields.body, 0.8),
            printed(fields.context, 0.4),
        ]
    }

    /// A phrase as it is printed, in the unit's own text.
    fn exact(&self, phrase: &str) -> Box<dyn Query> {
        let fields = self.fields;
        let focus = BoostQuery::new(self.phrase(fields.focus, phrase), 2.0);
        Box::new(BooleanQuery::union(vec![Box::new(focus), self.phrase(fields.body, phrase)]))
    }

    /// A phrase in one zone, by its pairs of characters and their places; in the context, which
    /// has no places, by its pairs alone.
    pub(crate) fn phrase(&self, zone: Field, phrase: &str) -> Box<dyn Query> {
        let mut grams = analyzer::grams(phrase)
            .into_iter()
            .map(|(at, gram)| (at, Term::from_field_text(zone, &gram)))
            .collect::<Vec<_>>();
        match grams.len() {
            0 => self.character(phrase),
            1 => Box::new(TermQuery::new(grams.remove(0).1, IndexRecordOption::WithFreqs)),
            _ if zone == self.fields.context => {
                let pair = |(_, gram)| -> Box<dyn Query> {
                    Box::new(TermQuery::new(gram, IndexRecordOption::Basic))
                };
                Box::new(BooleanQuery::intersection(grams.into_iter().map(pair).collect()))
            }
            _ => Box::new(PhraseQuery::new_with_offset(grams)),
        }
    }

    /// A single character, wherever it stands.
    fn character(&self, phrase: &str) -> Box<dyn Query> {
        match phrase.chars().find(|c| c.is_alphanumeric()) {
            Some(character) => {
                let term = Term::from_field_text(self.fields.characters, &character.to_string());
                let query = TermQuery::new(term, IndexRecordOption::Basic);
                Box::new(ConstScoreQuery::new(Box::new(query), 0.1))
            }
            None => Box::new(AllQuery),
        }
    }

    /// Cuts a run of text into the likeliest words that the index holds; long words with synonyms
    /// stay whole.
    pub(crate) fn words(&self, run: &str, synonyms: bool) -> tantivy::Result<Vec<String>> {
        let mut words = Vec::new();
        for run in run.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
            let known = if synonyms { self.cut_around(run)? } else { self.cut(&chars(run))? };
            let single = known.iter().all(|word| word.chars().count() == 1);
            if single {
                words.push(run.to_owned());
            } else {
                words.extend(with_unknown(known));
            }
        }
        words.dedup();
        Ok(words)
    }

    /// Cuts what stands around the long words that have synonyms.
    fn cut_around(&self, run: &str) -> tantivy::Result<Vec<String>> {
        let characters = chars(run);
        let mut words = Vec::new();
        let (mut from, mut at) = (0, 0);
        while at < characters.len() {
            match synonym::leading(&characters[at..]).filter(|&length| length > 2) {
                Some(length) => {
                    words.extend(self.cut(&characters[from..at])?);
                    words.push(characters[at..at + length].iter().collect());
                    at += length;
                    from = at;
                }
                None => at += 1,
            }
        }
        words.extend(self.cut(&characters[from..])?);
        Ok(words)
    }

    /// The cut whose words are together the most frequent.
    fn cut(&self, run: &[char]) -> tantivy::Result<Vec<String>> {
        let total = self.searcher.num_docs().max(1) as f64;
        let mut best = vec![(0.0, 0); run.len() + 1];
        for end in 1..=run.len() {
            best[end] = (f64::NEG_INFINITY, end - 1);
            for start in end.saturating_sub(LONGEST)..end {
                let frequency = match end - start {
                    1 => 0.05,
                    _ => self.frequency(&run[start..end].iter().collect::<String>())?,
                };
                let score = best[start].0 + (frequency / total).ln();
                if frequency > 0.0 && score > best[end].0 {
                    best[end] = (score, start);
                }
            }
        }
        let mut words = Vec::new();
        let mut end = run.len();
        while end > 0 {
            let start = best[end].1;
            words.push(run[start..end].iter().collect());
            end = start;
        }
        words.reverse();
        Ok(words)
    }

    /// How many units hold a word.
    fn frequency(&self, word: &str) -> tantivy::Result<f64> {
        let term = Term::from_field_text(self.fields.body_words, word);
        Ok(self.searcher.doc_freq(&term)? as f64)
    }

    /// What stands at a place of the index.
    pub(crate) fn hit(&self, unit: Unit, score: f32, at: DocAddress) -> tantivy::Result<Hit> {
        let stored: TantivyDocument = self.searcher.doc(at)?;
        let text = |field| {
            stored.get_first(field).and_then(|value| value.as_str()).map(str::to_owned).ok_or_else(
                || TantivyError::InternalError("a unit without its document".to_owned()),
            )
        };
        Ok(Hit { unit, document: text(self.fields.document)?, key: text(self.fields.key)?, score })
    }
}

/// The words of a cut, with what stands between them where it is longer than a character: a word
/// that the index doesn't hold. A character alone is a particle.
fn with_unknown(cut: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut unknown = String::new();
    for word in cut.into_iter().chain([String::new()]) {
        if word.chars().count() == 1 {
            unknown.push_str(&word);
            continue;
        }
        let whole = std::mem::take(&mut unknown);
        words.extend([whole, word].into_iter().filter(|word| word.chars().count() > 1));
    }
    words
}

fn chars(run: &str) -> Vec<char> {
    run.chars().collect()
}

/// What a synonym counts of the word itself.
pub(crate) const SYNONYM: f32 = 0.8;

/// The longest word looked up, in characters.
const LONGEST: usize = 8;

/// What a unit gains that holds all words: more than words alone can weigh.
const COMPLETE: f32 = 100.0;

fn one(field: Field, value: &str) -> Part {
    any(field, vec![value.to_owned()])
}

/// One of some values, without a score.
pub(crate) fn any(field: Field, values: Vec<String>) -> Part {
    let terms = values.iter().map(|value| Term::from_field_text(field, value)).collect::<Vec<_>>();
    let query: Box<dyn Query> = match terms.as_slice() {
        [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
        _ => Box::new(TermSetQuery::new(terms)),
    };
    (Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0)))
}

fn boxed(parts: &[Part]) -> Vec<Part> {
    parts.iter().map(|(occur, query)| (*occur, query.box_clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(exact: bool, excluded: bool, text: &str) -> Clause {
        Clause { exact, excluded, text: text.to_owned() }
    }

    #[test]
    fn a_query_is_words_phrases_and_exclusions() {
        assert_eq!(
            parse("驻村 \"帮扶 队员\" -企业 -“国有企业” …"),
            Ok(vec![
                clause(false, false, "驻村"),
                clause(true, false, "帮扶 队员"),
                clause(false, true, "企业"),
                clause(true, true, "国有企业"),
            ])
        );
    }

    #[test]
    fn what_the_index_does_not_hold_is_a_word_too() {
        let cut = ["养", "犬", "登记", "的", "监管"].map(str::to_owned).to_vec();
        assert_eq!(with_unknown(cut), ["养犬", "登记", "监管"]);
    }

    #[test]
    fn a_wrong_query_says_where() {
        let error = parse("驻村 \"帮扶").unwrap_err();
        assert_eq!(error.to_string(), "a quote is not closed at character 4 of the query");
        assert!(parse("-企业").is_err());
        assert!(parse("，").is_err());
    }
}
