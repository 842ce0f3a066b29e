//! Queries to hits.
//!
//! In: what was typed (`驻村 "帮扶队员" -企业`) and a [`Filter`]. Out: [`Found`]. Words are ranked:
//! units that hold all of them come first; a phrase in quotes is found exactly; `-` excludes. Not
//! here: reading the query ([`super::grammar`]), showing the hits.
//!
//! A document is found by all that it holds: one word in its title, the other in an article.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Order, Term};

use super::collect::{self, Columns};
use super::duties::{self, Wanted as WantedDuty};
use super::fields::{Place, Unit};
use super::filter::{Facet, Filter};
use super::grammar::{self, Atom, Clause, QueryError};
use super::scope::{Part, Scope, any, any_of};
use super::who::Read;
use super::{Index, analyzer, failure, synonym, weigh, words};
use crate::error::Result;

/// One unit that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub unit: Unit,
    /// The document's id.
    pub document: String,
    /// Where in the document; nowhere in particular of the document itself.
    pub place: Place,
    /// How well it fits; comparable within one search only.
    pub score: f32,
    /// Whether it stands among the consequences of a breach.
    pub liability: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What was searched for.
    pub unit: Unit,
    /// How many units hold all words and phrases.
    pub complete: usize,
    /// The first in their order; past the complete ones, those that hold some of the words.
    pub hits: Vec<Hit>,
    /// How many hold what, where that was asked for: a facet's values with their counts.
    pub counts: Counts,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Score,
    /// The latest first.
    Date,
    /// By the codes of their regions.
    Region,
}

/// How much of what is found is told, and how.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// How many hits at the most.
    pub limit: usize,
    /// In which order.
    pub sort: Sort,
    /// By what they are counted.
    pub count_by: Vec<Facet>,
}

impl Page {
    /// The best hits.
    pub fn best(limit: usize) -> Page {
        Page { limit, ..Page::default() }
    }
}

/// Why a search gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// What narrows the search cannot be read.
    #[error("{0}")]
    Filter(String),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] crate::error::Error),
}

/// Searches the index.
///
/// # Errors
///
/// A query that cannot be read, with the place; an index that fails.
pub fn search(
    index: &Index,
    read: Read<'_>,
    typed: &str,
    filter: &Filter,
    page: &Page,
) -> std::result::Result<Found, SearchError> {
    let clauses = grammar::parse(typed)?;
    let searcher = index.searcher();
    let scope = Scope::of(index, &searcher, Some(read));
    let fail = |cause| scope.failure(cause);
    let asked = asked(scope, &clauses, filter).map_err(fail)??;
    match asked.unit {
        Unit::Document => documents_found(scope, &asked, page).map_err(fail),
        Unit::Provision => provisions_found(scope, &asked, page),
        Unit::Duty => {
            let wanted = WantedDuty::of(&clauses, filter);
            let near = near_duties(scope, &asked).map_err(fail)?;
            let counts =
                |facet: &Facet| {
                    let of_duties = matches!(facet, Facet::Bearer | Facet::Role | Facet::Modality);
                    (!of_duties).then(|| SearchError::Filter(format!(
                    "duties are counted by bearer, role or modality; `{}` counts provisions or \
                     documents", facet.as_str()
                )))
                };
            match page.count_by.iter().find_map(counts) {
                Some(error) => Err(error),
                None => Ok(duties_found(near, read, &wanted, page)?),
            }
        }
    }
}

/// What a query looks for, and what stands for it: words, their synonyms, phrases.
///
/// # Errors
///
/// A query that cannot be read, with the place.
pub fn phrases(typed: &str, synonyms: bool) -> std::result::Result<Vec<String>, QueryError> {
    let mut phrases = Vec::new();
    let clauses = grammar::parse(typed)?.into_iter().filter(|clause| !clause.excluded);
    for atom in clauses.flat_map(|clause| clause.atoms) {
        match atom {
            Atom::Phrase(text) => phrases.push(text),
            Atom::Words(text) => {
                for word in words::cut(&text, synonyms) {
                    let others = if synonyms { synonym::of(&word) } else { &[] };
                    phrases.extend(others.iter().map(|other| (*other).to_owned()));
                    phrases.push(word);
                }
            }
            Atom::Is(..) => {}
        }
    }
    Ok(phrases)
}

/// A query as it runs.
struct Asked {
    unit: Unit,
    /// What a unit must be, and what it may not hold.
    must: Vec<Part>,
    /// What it should hold, a query a word or phrase; phrases must be there.
    wanted: Vec<Wanted>,
    /// What it may not hold, again, for documents.
    excluded: Vec<Box<dyn Query>>,
    /// What lets a unit rank before others that hold the same.
    preferred: Vec<Box<dyn Query>>,
    /// Whether the consequences of a breach are asked for.
    liability: bool,
}

struct Wanted {
    exact: bool,
    query: Box<dyn Query>,
}

/// What clauses and filter ask for.
fn asked(
    scope: Scope<'_>,
    clauses: &[Clause],
    filter: &Filter,
) -> tantivy::Result<std::result::Result<Asked, SearchError>> {
    let mut asked = Asked {
        unit: unit_of(clauses).unwrap_or(filter.unit),
        must: Vec::new(),
        wanted: Vec::new(),
        excluded: Vec::new(),
        preferred: Vec::new(),
        liability: clauses.iter().flat_map(|clause| &clause.atoms).any(|atom| match atom {
            Atom::Words(text) | Atom::Phrase(text) => weigh::asks_liability(text),
            Atom::Is(..) => false,
        }),
    };
    for (facet, value) in &filter.conditions {
        match scope.is(*facet, value)? {
            Ok(query) => asked.must.push((Occur::Must, query)),
            Err(message) => return Ok(Err(SearchError::Filter(message))),
        }
    }
    asked.must.extend(scope.documents(filter));
    if !filter.without.is_empty() {
        asked.excluded.push(any(scope.fields.document, filter.without.clone()));
    }
    let names_unit = |clause: &&Clause| matches!(&clause.atoms[..], [Atom::Is(Facet::Unit, ..)]);
    for clause in clauses.iter().filter(|clause| clause.excluded || !names_unit(clause)) {
        if let Err(error) = asked.add(scope, clause, filter.synonyms)? {
            return Ok(Err(error.into()));
        }
    }
    Ok(Ok(asked))
}

/// The unit that a query names itself.
fn unit_of(clauses: &[Clause]) -> Option<Unit> {
    clauses.iter().filter(|clause| !clause.excluded).find_map(|clause| match &clause.atoms[..] {
        [Atom::Is(Facet::Unit, name, _)] => Unit::ALL.into_iter().find(|u| u.as_str() == name),
        _ => None,
    })
}

impl Asked {
    fn add(
        &mut self,
        scope: Scope<'_>,
        clause: &Clause,
        synonyms: bool,
    ) -> tantivy::Result<std::result::Result<(), QueryError>> {
        if let ([Atom::Words(text)], false) = (&clause.atoms[..], clause.excluded) {
            self.add_words(scope, text, synonyms);
            return Ok(Ok(()));
        }
        let mut ways = Vec::new();
        let mut fields = 0;
        for atom in &clause.atoms {
            ways.push(match atom {
                Atom::Words(text) if clause.excluded => scope.exact(text)?,
                Atom::Words(text) => {
                    let parts = words::cut(text, synonyms).into_iter();
                    let parts = parts.map(|word| scope.word(&word, synonyms));
                    Box::new(BooleanQuery::intersection(parts.collect()))
                }
                Atom::Phrase(text) => scope.exact(text)?,
                Atom::Is(facet, value, at) => {
                    fields += 1;
                    match scope.is(*facet, value)? {
                        Ok(query) => query,
                        Err(message) => return Ok(Err(QueryError::new(*at, message))),
                    }
                }
            });
        }
        let query = any_of(ways);
        // What a duty may not hold, its provision may.
        if clause.excluded && self.unit == Unit::Duty {
            return Ok(Ok(()));
        }
        if clause.excluded {
            self.excluded.push(query.box_clone());
            self.must.push((Occur::MustNot, query));
        } else if fields == clause.atoms.len() {
            self.must.push((Occur::Must, query));
        } else {
            let exact = clause.atoms.iter().all(|atom| !matches!(atom, Atom::Words(_)));
            self.wanted.push(Wanted { exact, query });
        }
        Ok(Ok(()))
    }

    /// A run of words: each of them ranks, and so do neighbours that stand together.
    fn add_words(&mut self, scope: Scope<'_>, text: &str, synonyms: bool) {
        let words = words::cut(text, synonyms);
        for pair in words.windows(2) {
            let joined = analyzer::characters(&pair.concat());
            let query = scope.phrase(&joined);
            self.preferred.push(Box::new(BoostQuery::new(query, NEIGHBOURS)));
        }
        for word in words {
            let query = scope.word(&word, synonyms);
            self.wanted.push(Wanted { exact: false, query });
        }
    }

    /// What holds all of it.
    fn complete(&self, unit: &[Unit]) -> BooleanQuery {
        let mut parts = self.must(unit);
        parts.extend(self.wanted.iter().map(|wanted| (Occur::Must, wanted.query.box_clone())));
        parts.extend(self.preferred.iter().map(|query| (Occur::Should, query.box_clone())));
        BooleanQuery::new(parts)
    }

    /// What holds the phrases and some of the words.
    fn some(&self, unit: &[Unit]) -> BooleanQuery {
        let mut parts = self.must(unit);
        let mut some = Vec::new();
        for wanted in &self.wanted {
            let query = wanted.query.box_clone();
            if wanted.exact {
                parts.push((Occur::Must, query));
            } else {
                some.push((Occur::Should, query));
            }
        }
        if !some.is_empty() {
            let phrases = some.len() < self.wanted.len();
            some.extend(self.preferred.iter().map(|query| (Occur::Should, query.box_clone())));
            let occur = if phrases { Occur::Should } else { Occur::Must };
            parts.push((occur, Box::new(BooleanQuery::new(some))));
        }
        BooleanQuery::new(parts)
    }

    fn must(&self, units: &[Unit]) -> Vec<Part> {
        let names = units.iter().map(|unit| unit.as_str().to_owned()).collect();
        let mut parts = self.must.iter().map(|(o, q)| (*o, q.box_clone())).collect::<Vec<_>>();
        parts.push((Occur::Must, scope_unit(names)));
        parts
    }
}

fn scope_unit(names: Vec<String>) -> Box<dyn Query> {
    any(super::fields::schema().1.unit, names)
}

/// What neighbouring words that stand together count.
const NEIGHBOURS: f32 = 0.3;

/// How many provisions are looked through for duties.
const PROVISIONS: usize = 2000;

/// How many where none holds all of it.
const SOME: usize = 100;

/// The provisions whose duties may be what is asked for, the best first.
fn near_duties(scope: Scope<'_>, asked: &Asked) -> tantivy::Result<Vec<Hit>> {
    let columns = Columns::of(scope.searcher)?;
    let query = asked.complete(&[Unit::Provision]);
    let top = |limit| TopDocs::with_limit(limit).order_by_score();
    let mut near = scope.searcher.search(&query, &top(PROVISIONS))?;
    if near.is_empty() {
        near = scope.searcher.search(&asked.some(&[Unit::Provision]), &top(SOME))?;
    }
    let near = near.into_iter();
    near.map(|(score, address)| columns.hit(Unit::Provision, score, address)).collect()
}

/// Duties: those in the provisions that hold all of it, else those that hold the most.
fn duties_found(near: Vec<Hit>, read: Read<'_>, wanted: &WantedDuty, page: &Page) -> Result<Found> {
    let (mut hits, mut some) = (Vec::new(), Vec::new());
    for provision in &near {
        let chunk = read(&provision.document, provision.place.chunk)?;
        if let Some(passage) = chunk.get(provision.place.passage as usize) {
            let weighed = wanted.in_passage(&provision.document, provision.place, passage);
            let (whole, part): (Vec<_>, Vec<_>) =
                weighed.into_iter().partition(|(whole, _)| *whole);
            hits.extend(whole.into_iter().map(|(_, hit)| hit));
            some.extend(part.into_iter().map(|(_, hit)| hit));
        }
    }
    let complete = hits.len();
    if complete == 0 {
        hits = some;
    }
    collect::settle(&mut hits);
    let mut duties = Vec::new();
    if !page.count_by.is_empty() {
        for hit in &hits {
            let chunk = read(&hit.document, hit.place.chunk)?;
            let passage = chunk.get(hit.place.passage as usize);
            duties.extend(passage.and_then(|p| p.duties.get(hit.place.duty as usize)).cloned());
        }
    }
    let counts = |facet: &Facet| (*facet, duties::counted(*facet, duties.iter()));
    let counts = page.count_by.iter().map(counts).collect();
    hits.truncate(page.limit);
    Ok(Found { unit: Unit::Duty, complete, hits, counts })
}

/// Provisions.
fn provisions_found(
    scope: Scope<'_>,
    asked: &Asked,
    page: &Page,
) -> std::result::Result<Found, SearchError> {
    let ranked = provisions_ranked(scope, asked, page).map_err(|cause| scope.failure(cause))?;
    let (complete, mut hits, counts) = ranked;
    if page.sort == Sort::Score {
        if asked.wanted.iter().any(|wanted| !wanted.exact) && !asked.liability {
            // They repeat the words of the duties.
            for hit in hits.iter_mut().filter(|hit| hit.liability) {
                hit.score *= weigh::LIABILITY;
            }
        }
        // What fits equally well comes in the order of the texts, not of the index, which differs
        // from one ingest to the next.
        let whole = complete.min(hits.len());
        collect::settle(&mut hits[..whole]);
        collect::settle(&mut hits[whole..]);
    }
    hits.truncate(page.limit);
    Ok(Found { unit: asked.unit, complete, hits, counts })
}

/// Facets, each with its values and how many have them.
pub type Counts = Vec<(Facet, Vec<(String, u64)>)>;

/// How many hold all of it; the best of them, and behind them those that hold some; the counts.
fn provisions_ranked(
    scope: Scope<'_>,
    asked: &Asked,
    page: &Page,
) -> tantivy::Result<(usize, Vec<Hit>, Counts)> {
    let unit = [asked.unit];
    let complete = asked.complete(&unit);
    let columns = Columns::of(scope.searcher)?;
    let page = &Page { limit: page.limit.max(RERANKED), ..page.clone() };
    let (count, mut best) = ranked(scope, &complete, page)?;
    if count < page.limit && asked.wanted.iter().any(|wanted| !wanted.exact) {
        let (_, some) = ranked(scope, &asked.some(&unit), page)?;
        let known = best.iter().map(|(_, address)| *address).collect::<FxHashSet<_>>();
        best.extend(some.into_iter().filter(|(_, address)| !known.contains(address)));
    }
    let hits = best
        .into_iter()
        .map(|(score, address)| columns.hit(asked.unit, score, address))
        .collect::<tantivy::Result<Vec<_>>>()?;
    Ok((count, hits, collect::counts(scope.searcher, &complete, &page.count_by)?))
}

/// How many of the best are looked at again.
const RERANKED: usize = 30;

type Best = Vec<(f32, DocAddress)>;

fn ranked(scope: Scope<'_>, query: &dyn Query, page: &Page) -> tantivy::Result<(usize, Best)> {
    let top = TopDocs::with_limit(page.limit.max(1));
    match page.sort {
        Sort::Score => scope.searcher.search(query, &(Count, top.order_by_score())),
        Sort::Date => {
            let top = top.order_by_fast_field::<u64>("date", Order::Desc);
            let (count, best) = scope.searcher.search(query, &(Count, top))?;
            Ok((count, best.into_iter().map(|(_, address)| (0.0, address)).collect()))
        }
        Sort::Region => {
            let top = top.order_by_string_fast_field("region", Order::Asc);
            let (count, best) = scope.searcher.search(query, &(Count, top))?;
            Ok((count, best.into_iter().map(|(_, address)| (0.0, address)).collect()))
        }
    }
}

/// Documents: those whose units together hold all of it, the best by their best units.
fn documents_found(scope: Scope<'_>, asked: &Asked, page: &Page) -> tantivy::Result<Found> {
    const WITHIN: [Unit; 2] = [Unit::Document, Unit::Provision];
    let columns = Columns::of(scope.searcher)?;
    let within = |query: &dyn Query| -> tantivy::Result<BTreeSet<String>> {
        let mut parts =
            vec![(Occur::Must, scope_unit(WITHIN.map(|u| u.as_str().to_owned()).into()))];
        parts.push((Occur::Must, query.box_clone()));
        let found = scope.searcher.search(&BooleanQuery::new(parts), &DocSetCollector)?;
        columns.documents(found)
    };
    let be = asked.must.iter().filter(|(occur, _)| *occur == Occur::Must);
    let mut complete = None;
    for query in asked.wanted.iter().map(|wanted| &wanted.query).chain(be.map(|(_, query)| query)) {
        let found = within(query)?;
        complete = Some(match complete {
            None => found,
            Some(known) => &known & &found,
        });
    }
    let mut excluded = BTreeSet::new();
    for query in &asked.excluded {
        excluded.append(&mut within(query)?);
    }
    let complete = complete.unwrap_or_default();
    let complete = complete.difference(&excluded).cloned().collect::<BTreeSet<String>>();
    let scores = collect::by_document(scope.searcher, &asked.some(&WITHIN))?;
    let mut hits = scores
        .into_iter()
        .filter(|(id, _)| !excluded.contains(id))
        .map(|(document, score)| {
            let whole = if complete.contains(&document) { COMPLETE } else { 0.0 };
            Hit {
                unit: Unit::Document,
                document,
                place: Place::default(),
                score: score + whole,
                liability: false,
            }
        })
        .collect::<Vec<_>>();
    let exact = asked.wanted.iter().any(|wanted| wanted.exact);
    hits.retain(|hit| !exact || complete.contains(&hit.document));
    collect::settle(&mut hits);
    let named = any(scope.fields.document, complete.iter().cloned().collect());
    let unit = scope_unit(vec![Unit::Document.as_str().to_owned()]);
    let query = BooleanQuery::intersection(vec![named, unit]);
    if page.sort != Sort::Score {
        let (_, sorted) = ranked(scope, &query, page)?;
        let hit = |(score, address)| columns.hit(Unit::Document, score, address);
        hits = sorted.into_iter().map(hit).collect::<tantivy::Result<_>>()?;
    }
    hits.truncate(page.limit);
    let counts = collect::counts(scope.searcher, &query, &page.count_by)?;
    Ok(Found { unit: Unit::Document, complete: complete.len(), hits, counts })
}

/// What a document gains that holds all of it: more than words can weigh.
const COMPLETE: f32 = 1000.0;

/// The ids of all documents of an index.
pub(crate) fn documents(index: &Index) -> Result<BTreeSet<String>> {
    let searcher = index.searcher();
    let unit = Term::from_field_text(index.fields.unit, Unit::Document.as_str());
    let run = || -> tantivy::Result<BTreeSet<String>> {
        let query = TermQuery::new(unit, IndexRecordOption::Basic);
        Columns::of(&searcher)?.documents(searcher.search(&query, &DocSetCollector)?)
    };
    run().map_err(|cause| failure(&index.path, cause))
}

/// The ids of the documents with a unit that a filter lets through.
///
/// # Errors
///
/// A value that cannot be; an index that cannot be read.
pub fn documents_with(
    index: &Index,
    filter: &Filter,
) -> std::result::Result<BTreeSet<String>, SearchError> {
    let searcher = index.searcher();
    let scope = Scope::of(index, &searcher, None);
    let fail = |cause| scope.failure(cause);
    let asked = asked(scope, &[], filter).map_err(fail)??;
    let units = [if filter.unit == Unit::Duty { Unit::Provision } else { filter.unit }];
    let query = ConstScoreQuery::new(Box::new(BooleanQuery::new(asked.must(&units))), 1.0);
    let found = searcher.search(&query, &DocSetCollector).map_err(fail)?;
    Columns::of(&searcher).and_then(|columns| columns.documents(found)).map_err(fail)
}
