//! Who holds a duty: questions to bearers.
//!
//! In: a question in plain Chinese or keywords. Out: [`Answers`]: bearers, the best first, each with
//! the duties and sanctions that show it. The index gives the provisions that speak of it, the library
//! their passages, and each duty in them is weighed ([`super::weigh`]). Not here: taking the question
//! apart ([`super::question`]), showing the answers.
//!
//! `谁负责扶贫资金监管` asks for 扶贫, 资金 and 监管.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query};
use tantivy::{TantivyError, Term};

use super::collect::Columns;
use super::fields::{Place, Unit};
use super::filter::{Facet, Filter};
use super::passage::{Bearer, Chunk, PassageDuty, PassageSanction};
use super::query::SearchError;
use super::question::{self, Question};
use super::scope::{Part, Scope, any};
use super::weigh::{self, Around, Asked, Wishes};
use super::{Index, analyzer, synonym, words};
use crate::error::Result;
use crate::extract::region;
use crate::span::SourceSpan;

/// How many provisions are weighed.
const WEIGHED: usize = 90;

/// What a duty counts whose document belongs to none of the regions that the question names.
const ELSEWHERE: f32 = 0.6;

/// What a duty counts of a document of another tier than the region that is asked for; where none is, the
/// nation.
const LOWER: f32 = 0.94;

/// How much of a question an answer must cover.
const COVERED: f32 = 0.3;

/// Bearers for a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The words that were looked for.
    pub words: Vec<String>,
    /// The regions that the question named, code and name.
    pub regions: Vec<(String, String)>,
    /// Whether duties cover enough of the words; else these are the nearest.
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
    /// What shows it, the best first.
    pub evidence: Vec<Evidence>,
}

/// A duty or a sanction that shows who holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The document's id.
    pub document: String,
    /// Where in the document.
    pub place: Place,
    /// The node of the provision.
    pub eid: String,
    /// How much of the question it covers, and what else speaks for it.
    pub score: f32,
    /// What it is.
    pub fact: Fact,
}

/// What shows who holds a duty.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A duty that it bears.
    Duty(PassageDuty),
    /// A duty of others, in which it receives.
    Received(PassageDuty),
    /// A clause that names it beside what is asked for.
    Named(Clause),
    /// A sanction, with the printed path of its provision.
    Sanction(String, PassageSanction),
}

/// A clause that names somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// The printed path of its provision.
    pub provision: String,
    /// Its text.
    pub text: String,
    /// Where the name is printed.
    pub span: SourceSpan,
}

impl Fact {
    /// The printed path of the provision it stands in.
    pub fn provision(&self) -> &str {
        match self {
            Fact::Duty(duty) | Fact::Received(duty) => &duty.unit,
            Fact::Named(clause) => &clause.provision,
            Fact::Sanction(provision, _) => provision,
        }
    }
}

/// Gives a piece of a document's passages.
pub type Read<'r> = &'r dyn Fn(&str, u32) -> Result<Arc<Chunk>>;

/// Finds who holds the duty that a question asks for. `filter` narrows as it does a search.
///
/// # Errors
///
/// Where what narrows cannot be read; where index or library fail.
pub fn who(
    index: &Index,
    read: Read<'_>,
    typed: &str,
    filter: &Filter,
    limit: usize,
) -> std::result::Result<Answers, SearchError> {
    let searcher = index.searcher();
    let scope = Scope::of(index, &searcher, None);
    let fail = |cause: TantivyError| scope.failure(cause);
    let known = scope.regions().map_err(fail)?;
    let question = question::read(typed, &known);
    let asked = asked(scope, &question, filter.synonyms).map_err(fail)?;
    let mut answers = Answers {
        words: asked.iter().filter(|one| one.is_word()).map(|one| one.word.clone()).collect(),
        regions: question.regions.clone(),
        ..Answers::default()
    };
    if answers.words.is_empty() {
        return Ok(answers);
    }
    let mut must = Vec::new();
    for (facet, value) in &filter.conditions {
        must.push((
            Occur::Must,
            scope.is(*facet, value).map_err(fail)?.map_err(SearchError::Filter)?,
        ));
    }
    must.extend(scope.documents(filter));
    let regions = match filter.names(Facet::Region) {
        true => Vec::new(),
        false => question.regions.iter().map(|(code, _)| code.clone()).collect(),
    };
    let near = near(scope, &asked, &must, &regions, filter.synonyms).map_err(fail)?;
    let wishes = wishes(&question, filter.synonyms);
    let weighed = weighed(&near, read, &asked, &wishes, filter)?;
    answers.answers = grouped(weighed, &asked, &wishes, limit);
    let Some(best) = answers.answers.first().and_then(|answer| answer.evidence.first()) else {
        return Ok(answers);
    };
    let inside =
        |one: &Evidence| near[&(one.document.clone(), one.place.chunk, one.place.passage)] >= LOWER;
    let read = read(&best.document, best.place.chunk)?;
    let passage = read.get(best.place.passage as usize);
    let speaks = passage.is_some_and(|passage| weigh::speaks(&asked, filter.synonyms, passage));
    answers.covered = best.score >= COVERED && speaks && inside(best);
    if answers.covered {
        // What holds elsewhere is no answer where there is one.
        answers.answers.retain(|answer| answer.evidence.first().is_some_and(inside));
        answers.answers.iter_mut().for_each(|answer| answer.evidence.retain(inside));
    }
    Ok(answers)
}

fn wishes(question: &Question, synonyms: bool) -> Wishes {
    Wishes {
        levels: question.levels.clone(),
        roles: question.roles.clone(),
        responsible: question.responsible,
        department: question.department,
        question: question.asks.clone(),
        forbids: question.forbids,
        receives: question.receives,
        named: question.named.clone(),
        liability: weigh::asks_liability(&question.rest),
        synonyms,
    }
}

/// The words that a question is about, with what they count.
fn asked(scope: Scope<'_>, question: &Question, synonyms: bool) -> tantivy::Result<Vec<Asked>> {
    let mut all: Vec<Asked> = Vec::new();
    let parts = [(&question.rest, false), (&question.predicate, true)];
    for (text, predicate) in parts {
        for word in words::with_single(text, synonyms) {
            match all.iter_mut().find(|known| known.word == word) {
                Some(known) => known.predicate |= predicate,
                None => {
                    let others = if synonyms { synonym::of(&word) } else { &[] };
                    let alone = word.chars().count() == 1;
                    let weight = match others.iter().find(|other| other.chars().count() > 1) {
                        Some(other) if alone => weight(scope, other)?,
                        _ if alone => ALONE * weight(scope, &word)?,
                        _ => weight(scope, &word)?,
                    };
                    let single = alone && others.is_empty();
                    all.push(Asked { word, weight, predicate, single });
                }
            }
        }
    }
    Ok(all)
}

/// What a character alone counts: it may be a word, or a part of one that the table doesn't know.
const ALONE: f32 = 0.3;

/// What a word counts: rare words far more; of a long one its rarest pair of characters tells.
fn weight(scope: Scope<'_>, word: &str) -> tantivy::Result<f32> {
    let total = scope.searcher.num_docs().max(1) as f32;
    let mut rarest = total;
    for pair in analyzer::characters(word).windows(2) {
        let term = Term::from_field_text(scope.fields.text, &String::from_iter(pair));
        rarest = rarest.min(scope.searcher.doc_freq(&term)? as f32);
    }
    // A word that no text has tells nothing but by its characters.
    let rarest = if rarest == 0.0 { UNKNOWN * total } else { rarest };
    Ok((1.0 + total / rarest).ln().powf(RARE))
}

/// How much more a rare word counts.
const RARE: f32 = 1.3;

/// As how frequent a word is taken that no text has.
const UNKNOWN: f32 = 0.02;

/// A passage that may answer, and what its duties count.
type Near = FxHashMap<(String, u32, u32), f32>;

/// The passages that speak of what is asked for: of the regions named, and, counting less, of all.
fn near(
    scope: Scope<'_>,
    asked: &[Asked],
    must: &[Part],
    regions: &[String],
    synonyms: bool,
) -> tantivy::Result<Near> {
    let columns = Columns::of(scope.searcher)?;
    let level = regions.first().and_then(|code| region::by_code(code));
    let level = level.map_or("national", |region| region.level.as_str());
    let speaking = speaking(scope, asked, synonyms);
    let mut passes = vec![(None, WEIGHED, if regions.is_empty() { 1.0 } else { ELSEWHERE })];
    if !regions.is_empty() {
        passes[0].1 = WEIGHED / 3;
        passes.push((Some(any(scope.fields.region, regions.to_vec())), WEIGHED, 1.0));
    }
    let mut near = Near::default();
    for (narrowed, limit, counts) in passes {
        let mut parts = must.iter().map(|(o, q)| (*o, q.box_clone())).collect::<Vec<_>>();
        parts
            .push((Occur::Must, any(scope.fields.unit, vec![Unit::Provision.as_str().to_owned()])));
        parts.extend(narrowed.map(|query| (Occur::Must, query)));
        parts.push((Occur::Must, speaking.box_clone()));
        let top = TopDocs::with_limit(limit).order_by_score();
        for (_, address) in scope.searcher.search(&BooleanQuery::new(parts), &top)? {
            let hit = columns.hit(Unit::Provision, 0.0, address)?;
            let counts = counts * if columns.is_of(level, address) { 1.0 } else { LOWER };
            let known = near.entry((hit.document, hit.place.chunk, hit.place.passage));
            let known = known.or_insert(counts);
            *known = known.max(counts);
        }
    }
    Ok(near)
}

/// What speaks of the words, of parts of a long one, or of two neighbours together.
fn speaking(scope: Scope<'_>, asked: &[Asked], synonyms: bool) -> Box<dyn Query> {
    let mut parts: Vec<Part> = Vec::new();
    let mut partly = |phrase: &[char]| {
        let query = BoostQuery::new(scope.phrase(phrase), PARTLY);
        parts.push((Occur::Should, Box::new(query)));
    };
    for one in asked {
        let characters = analyzer::characters(&one.word);
        if characters.len() > 2 {
            characters.windows(2).for_each(&mut partly);
        }
    }
    for pair in asked.windows(2) {
        partly(&analyzer::characters(&format!("{}{}", pair[0].word, pair[1].word)));
    }
    let whole = asked.iter().filter(|one| one.is_word());
    parts.extend(whole.map(|one| (Occur::Should, scope.word(&one.word, synonyms))));
    Box::new(BooleanQuery::new(parts))
}

/// What a part of a word counts of the whole, and what two words gain that stand together.
const PARTLY: f32 = 0.3;

/// Each duty and sanction of the passages that a filter lets through, weighed.
fn weighed(
    near: &Near,
    read: Read<'_>,
    asked: &[Asked],
    wishes: &Wishes,
    filter: &Filter,
) -> Result<Vec<(Vec<String>, Evidence)>> {
    let mut all = Vec::new();
    for ((document, chunk, at), counts) in near {
        let read = read(document, *chunk)?;
        let Some(passage) = read.get(*at as usize) else { continue };
        let around = Around::of(asked, wishes, passage);
        let mut tell = |names: Vec<String>, duty: u32, eid: &str, score: f32, fact: Fact| {
            let place = Place { chunk: *chunk, passage: *at, duty };
            let document = document.clone();
            let score = counts * score;
            all.push((names, Evidence { document, place, eid: eid.to_owned(), score, fact }));
        };
        let names = |all: &[Bearer]| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        for (duty, n) in passage.duties.iter().zip(0..) {
            if !passes(filter, duty) {
                continue;
            }
            let score = weigh::duty(asked, wishes, &around, duty);
            let bears = score * weigh::bearing(wishes);
            tell(names(&duty.bearers), n, &duty.eid, bears, Fact::Duty(duty.clone()));
            if !duty.recipients.is_empty() {
                let receives = score * weigh::receiving(asked, wishes, duty);
                let fact = Fact::Received(duty.clone());
                tell(names(&duty.recipients), n, &duty.eid, receives, fact);
            }
        }
        if filter.names(Facet::Role) || filter.names(Facet::Modality) {
            continue;
        }
        for sanction in &passage.sanctions {
            let score = weigh::sanction(asked, wishes, &around, sanction);
            let fact = Fact::Sanction(passage.path.clone(), sanction.clone());
            tell(sanction.by.clone(), OTHERS, &passage.eid, score, fact);
        }
        for (named, n) in passage.named.iter().zip(0..) {
            let Some((score, text)) = weigh::named(asked, wishes, &around, &named.text) else {
                continue;
            };
            let (provision, text) = (passage.path.clone(), text.to_owned());
            let fact = Fact::Named(Clause { provision, text, span: named.span });
            tell(vec![named.name.clone()], OTHERS + n, &passage.eid, score, fact);
        }
    }
    Ok(all)
}

/// The places of what is no duty, behind all duties.
const OTHERS: u32 = u32::MAX >> 8;

/// Whether a duty itself is what a filter asks of it.
fn passes(filter: &Filter, duty: &PassageDuty) -> bool {
    filter.conditions.iter().all(|(facet, value)| match facet {
        Facet::Role => {
            duty.role == *value || duty.responsibility.as_deref() == Some(value.as_str())
        }
        Facet::Modality => duty.modality == *value,
        Facet::Bearer => duty.bearers.iter().any(|bearer| bearer.name.contains(value.as_str())),
        _ => true,
    })
}

/// What was weighed, by bearers. A bearer is as good as its best duty; more of them speak for it, each
/// less than the one before.
fn grouped(
    mut weighed: Vec<(Vec<String>, Evidence)>,
    asked: &[Asked],
    wishes: &Wishes,
    limit: usize,
) -> Vec<Answer> {
    weighed.sort_by(|(_, a), (_, b)| {
        let place = |one: &Evidence| (one.document.clone(), one.place);
        b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
    });
    weighed.truncate(4 * WEIGHED);
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let mut order = Vec::new();
    let mut seen = FxHashSet::default();
    for (names, evidence) in weighed {
        for name in names {
            let place = (name.clone(), evidence.document.clone(), evidence.place);
            if !seen.insert(place) || evidence.score <= 0.0 {
                continue;
            }
            let answer = answers.entry(name.clone()).or_insert_with(|| {
                order.push(name.clone());
                Answer { bearer: name, score: 0.0, evidence: Vec::new() }
            });
            let n = answer.evidence.len() + 1;
            let speaks = weigh::bearer(asked, wishes, &answer.bearer) * evidence.score;
            answer.score += if n == 1 { speaks } else { MORE * speaks / (n * n) as f32 };
            answer.evidence.push(evidence.clone());
        }
    }
    let mut answers =
        order.into_iter().filter_map(|name| answers.remove(&name)).collect::<Vec<_>>();
    answers.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = answers.first().map_or(0.0, |answer| answer.score);
    answers.retain(|answer| answer.score >= ANSWER * best);
    answers.truncate(limit);
    for answer in &mut answers {
        let floor = SHOWS * answer.evidence.first().map_or(0.0, |evidence| evidence.score);
        answer.evidence.retain(|evidence| evidence.score >= floor);
        answer.evidence.truncate(EVIDENCE);
    }
    answers
}

/// What more duties of a bearer count, of its best.
const MORE: f32 = 0.03;

/// How good a bearer must be, as a share of the best of all.
const ANSWER: f32 = 0.5;

/// How good a duty must be to show a bearer, as a share of its best.
const SHOWS: f32 = 0.75;

/// How many duties show a bearer at the most.
const EVIDENCE: usize = 3;
