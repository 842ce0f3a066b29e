//! What finds a word, a phrase or a field's value in the index.
//!
//! In: folded text, values of fields. Out: tantivy queries. Not here: how they are put together
//! ([`super::query`], [`super::who`]).
//!
//! `扶贫资金` is the pairs 扶贫 and 资金, the second two characters behind the first.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery,
    InvertedIndexRangeQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use super::fields::{Fields, day};
use super::filter::{Facet, Filter};
use super::query::SearchError;
use super::who::Read;
use super::{Index, analyzer, border, failure, question, synonym};
use crate::extract::region;

/// A part of a boolean query.
pub(crate) type Part = (Occur, Box<dyn Query>);

/// What a synonym counts of the word itself.
pub(crate) const SYNONYM: f32 = 0.8;

/// An index as it stands while a query runs.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'i> {
    index: &'i Index,
    pub(crate) searcher: &'i Searcher,
    pub(crate) fields: &'i Fields,
    /// What gives the texts, where they are at hand.
    pub(crate) read: Option<Read<'i>>,
}

impl<'i> Scope<'i> {
    pub(crate) fn of(
        index: &'i Index,
        searcher: &'i Searcher,
        read: Option<Read<'i>>,
    ) -> Scope<'i> {
        Scope { index, searcher, fields: &index.fields, read }
    }

    /// A failure of the index.
    pub(crate) fn failure(&self, cause: TantivyError) -> SearchError {
        SearchError::Index(failure(&self.index.path, cause))
    }

    /// Which documents a filter lets through.
    pub(crate) fn documents(&self, filter: &Filter) -> Vec<Part> {
        let ids = |ids: &Vec<String>| any(self.fields.document, ids.clone());
        let mut parts = Vec::new();
        parts.extend(filter.within.as_ref().map(|within| (Occur::Must, ids(within))));
        if !filter.without.is_empty() {
            parts.push((Occur::MustNot, ids(&filter.without)));
        }
        parts
    }

    /// A phrase as it is printed, in the unit's own text or over its end.
    pub(crate) fn exact(&self, phrase: &str) -> tantivy::Result<Box<dyn Query>> {
        let characters = analyzer::characters(phrase);
        let mut ways = vec![self.phrase(&characters)];
        ways.extend(border::over(*self, &characters)?);
        Ok(any_of(ways))
    }

    /// A phrase in the text of a unit. Every character stands in one of the pairs: that is enough
    /// to be exact, and every second pair does it.
    pub(crate) fn phrase(&self, phrase: &[char]) -> Box<dyn Query> {
        let field = self.fields.text;
        let pair =
            |at: usize| (at, Term::from_field_text(field, &String::from_iter(&phrase[at..at + 2])));
        match phrase.len() {
            0 => Box::new(EmptyQuery),
            1 => self.character(field, phrase[0]),
            2 => Box::new(TermQuery::new(pair(0).1, IndexRecordOption::WithFreqs)),
            length => {
                let mut pairs = (0..length - 1).step_by(2).map(pair).collect::<Vec<_>>();
                if length % 2 == 1 {
                    pairs.push(pair(length - 2));
                }
                Box::new(PhraseQuery::new_with_offset(pairs))
            }
        }
    }

    /// A single character: it is the first of a pair wherever it stands.
    fn character(&self, field: Field, character: char) -> Box<dyn Query> {
        let bound = |text: String| Term::from_field_text(field, &text);
        let next = char::from_u32(u32::from(character) + 1).unwrap_or(char::MAX);
        let range = InvertedIndexRangeQuery::new(
            Bound::Included(bound(character.to_string())),
            Bound::Excluded(bound(next.to_string())),
        );
        Box::new(ConstScoreQuery::new(Box::new(range), 0.1))
    }

    /// A phrase in what stands above a unit, by its pairs alone.
    pub(crate) fn above(&self, phrase: &[char]) -> Box<dyn Query> {
        let field = self.fields.context;
        let pair = |pair: &[char]| -> Box<dyn Query> {
            let term = Term::from_field_text(field, &String::from_iter(pair));
            Box::new(TermQuery::new(term, IndexRecordOption::Basic))
        };
        match phrase.len() {
            0 => Box::new(EmptyQuery),
            1 => self.character(field, phrase[0]),
            2 => pair(phrase),
            _ => Box::new(BooleanQuery::intersection(phrase.windows(2).map(pair).collect())),
        }
    }

    /// A word or one of its synonyms, where it ranks.
    pub(crate) fn word(&self, word: &str, synonyms: bool) -> Box<dyn Query> {
        let mut ways = self.ways(word, 1.0);
        if synonyms {
            let others = synonym::of(word).iter();
            ways.extend(others.flat_map(|other| self.ways(other, SYNONYM)));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, 0.2))
    }

    fn ways(&self, word: &str, counts: f32) -> Vec<Box<dyn Query>> {
        let characters = analyzer::characters(word);
        vec![
            Box::new(BoostQuery::new(self.phrase(&characters), counts)),
            Box::new(BoostQuery::new(self.above(&characters), ABOVE * counts)),
        ]
    }

    /// What a unit must be, without a score; an error says what is wrong with the value.
    pub(crate) fn is(
        &self,
        facet: Facet,
        value: &str,
    ) -> tantivy::Result<Result<Box<dyn Query>, String>> {
        if let Some(known) = facet.values().filter(|known| !known.contains(&value)) {
            let known = known.join(", ");
            return Ok(Err(format!("`{value}` is no {} ({known})", facet.as_str())));
        }
        let fields = self.fields;
        let folded = analyzer::fold(value);
        let field = match facet {
            Facet::Unit => fields.unit,
            Facet::Region => {
                let codes = question::region_codes(value, &self.regions()?);
                if codes.is_empty() {
                    return Ok(Err(format!("no region is called `{value}`")));
                }
                return Ok(Ok(any(fields.region, codes)));
            }
            Facet::Bearer => {
                return Ok(Ok(any(fields.bearer, self.names(fields.bearer, &folded)?)));
            }
            Facet::Issuer => {
                return Ok(Ok(any(fields.issuer, self.names(fields.issuer, &folded)?)));
            }
            Facet::Year | Facet::After | Facet::Before => return Ok(self.time(facet, value)),
            Facet::Level => fields.level,
            Facet::Genre => fields.genre,
            Facet::Kind => fields.kind,
            Facet::Status => fields.status,
            Facet::Role => fields.role,
            Facet::Modality => fields.modality,
            Facet::Document => fields.document,
        };
        Ok(Ok(any(field, vec![folded])))
    }

    /// Days, as `2016`, `2016-05`, `2016-05-01`; a year as `2016..2019` too.
    fn time(&self, facet: Facet, value: &str) -> Result<Box<dyn Query>, String> {
        let (from, to) = value.split_once("..").unwrap_or((value, value));
        let (from, to) = match (facet, moment(from), moment(to)) {
            (Facet::Year, Some(from), Some(to)) => (from, to + 9999),
            (Facet::After, Some(from), _) => (from, u64::MAX),
            (Facet::Before, Some(from), _) => (0, from - 1),
            _ => return Err(format!("`{value}` is no date (2016, 2016-05, 2016-05-01)")),
        };
        let bound = |day| Bound::Included(Term::from_field_u64(self.fields.date, day));
        let range = RangeQuery::new(bound(from), bound(to));
        Ok(Box::new(ConstScoreQuery::new(Box::new(range), 0.0)))
    }

    /// The names of a field that are or contain `name`.
    fn names(&self, field: Field, name: &str) -> tantivy::Result<Vec<String>> {
        let mut names = self.terms(field)?;
        names.retain(|known| known.contains(name));
        Ok(names.into_iter().collect())
    }

    /// The regions that the documents belong to or lie in: code and name.
    pub(crate) fn regions(&self) -> tantivy::Result<Vec<(String, String)>> {
        let codes = self.terms(self.fields.region)?;
        let named = |code: String| {
            let name = region::by_code(&code)?.name.to_owned();
            Some((code, name))
        };
        Ok(codes.into_iter().filter_map(named).collect())
    }

    /// All values of a field.
    fn terms(&self, field: Field) -> tantivy::Result<BTreeSet<String>> {
        let mut terms = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                terms.insert(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        Ok(terms)
    }
}

/// A word above a unit counts so much of one in its own text.
const ABOVE: f32 = 0.9;

/// `2016-05` as 20160500; nothing where it is no date.
fn moment(typed: &str) -> Option<u64> {
    let parts = typed.split('-').collect::<Vec<_>>();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let well = parts.len() <= 3 && parts.iter().all(digits) && parts[0].len() == 4;
    let day = day(typed);
    (well && day / 100 % 100 <= 12 && day % 100 <= 31).then_some(day)
}

/// One of several queries; the best counts.
pub(crate) fn any_of(mut ways: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match ways.len() {
        0 => Box::new(EmptyQuery),
        1 => ways.remove(0),
        _ => Box::new(DisjunctionMaxQuery::new(ways)),
    }
}

/// One of some values, without a score.
pub(crate) fn any(field: Field, values: Vec<String>) -> Box<dyn Query> {
    let terms = values.iter().map(|value| Term::from_field_text(field, value)).collect::<Vec<_>>();
    let query: Box<dyn Query> = match terms.as_slice() {
        [] => Box::new(EmptyQuery),
        [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
        _ => Box::new(TermSetQuery::new(terms)),
    };
    Box::new(ConstScoreQuery::new(query, 0.0))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_a_year_a_month_or_a_day() {
        assert_eq!(moment("2016"), Some(20_160_000));
        assert_eq!(moment("2016-05-31"), Some(20_160_531));
        assert!(["16", "2016-13", "2016-05-32", "2016-", "二〇一六"].map(moment) == [None; 5]);
    }
}
