//! Queries to duties.
//!
//! In: the clauses of a query, and the provisions that may hold them, best first. Out: the duties in
//! them that hold all of it: a word in the action, in the bearers, in the condition or in what stands
//! above; a phrase in the action. The index has no units of its own for duties, so that it holds each
//! text once; they are looked through on the passages. Not here: finding the provisions.
//!
//! `财政厅 资金` finds the duty `管理扶贫资金` of 湖南省财政厅.

use std::collections::BTreeMap;

use super::fields::{Place, Unit};
use super::filter::{Facet, Filter};
use super::grammar::{Atom, Clause};
use super::passage::{Passage, PassageDuty};
use super::query::Hit;
use super::weigh::{self, Around, Asked, Wishes};
use super::{analyzer, synonym, words};

/// What a duty is asked to hold.
pub(crate) struct Wanted {
    clauses: Vec<(bool, Vec<Test>)>,
    asked: Vec<Asked>,
    wishes: Wishes,
    conditions: Vec<(Facet, String)>,
}

/// One way to hold a clause.
enum Test {
    /// Each of the words, or a synonym of it.
    Words(Vec<Vec<Vec<char>>>),
    Phrase(Vec<char>),
    Is(Facet, String),
}

impl Wanted {
    pub(crate) fn of(clauses: &[Clause], filter: &Filter) -> Wanted {
        let mut asked = Vec::new();
        let mut tests = Vec::new();
        for clause in clauses {
            let atoms = clause.atoms.iter().map(|atom| test(atom, filter.synonyms)).collect();
            tests.push((clause.excluded, atoms));
            for atom in clause.atoms.iter().filter(|_| !clause.excluded) {
                if let Atom::Words(text) | Atom::Phrase(text) = atom {
                    asked.extend(words::cut(text, filter.synonyms).into_iter().map(|word| Asked {
                        word,
                        weight: 1.0,
                        predicate: false,
                        single: false,
                    }));
                }
            }
        }
        let wishes = Wishes { synonyms: filter.synonyms, ..Wishes::default() };
        Wanted { clauses: tests, asked, wishes, conditions: filter.conditions.clone() }
    }

    /// The duties of a passage that may be meant, weighed, each with whether it holds all of it.
    pub(crate) fn in_passage(
        &self,
        document: &str,
        place: Place,
        passage: &Passage,
    ) -> Vec<(bool, Hit)> {
        let meant = passage.duties.iter().zip(0..).filter(|(duty, _)| self.may_be(passage, duty));
        let around = Around::of(&self.asked, &self.wishes, passage);
        let weighed = meant.map(|(duty, n)| {
            let score = weigh::duty(&self.asked, &self.wishes, &around, duty);
            let place = Place { duty: n, ..place };
            let hit = Hit {
                unit: Unit::Duty,
                document: document.to_owned(),
                place,
                score,
                liability: false,
            };
            (self.is_held(passage, duty), hit)
        });
        weighed.collect()
    }

    /// Whether it is what must be, and none of what may not be.
    fn may_be(&self, passage: &Passage, duty: &PassageDuty) -> bool {
        self.conditions.iter().all(|(facet, value)| is(*facet, value, duty))
            && self.clauses.iter().all(|(excluded, tests)| {
                let is = |test: &Test| matches!(test, Test::Is(..) | Test::Phrase(_));
                let holds = || tests.iter().any(|test| test.holds(*excluded, passage, duty));
                (!*excluded && !tests.iter().all(is)) || holds() != *excluded
            })
    }

    fn is_held(&self, passage: &Passage, duty: &PassageDuty) -> bool {
        self.clauses.iter().all(|(excluded, tests)| {
            tests.iter().any(|test| test.holds(*excluded, passage, duty)) != *excluded
        })
    }
}

fn test(atom: &Atom, synonyms: bool) -> Test {
    match atom {
        Atom::Words(text) => {
            let ways = |word: String| {
                let others = if synonyms { synonym::of(&word) } else { &[] };
                let all = std::iter::once(word.as_str()).chain(others.iter().copied());
                all.map(analyzer::characters).collect()
            };
            Test::Words(words::cut(text, synonyms).into_iter().map(ways).collect())
        }
        Atom::Phrase(text) => Test::Phrase(analyzer::characters(text)),
        Atom::Is(facet, value, _) => Test::Is(*facet, value.clone()),
    }
}

impl Test {
    fn holds(&self, excluded: bool, passage: &Passage, duty: &PassageDuty) -> bool {
        match self {
            Test::Phrase(phrase) => analyzer::holds(&duty.action, phrase),
            Test::Words(words) if excluded => {
                words.iter().flatten().any(|word| analyzer::holds(&duty.action, word))
            }
            Test::Words(words) => words.iter().all(|ways| {
                let texts = texts(passage, duty);
                ways.iter().any(|word| texts.iter().any(|text| analyzer::holds(text, word)))
            }),
            Test::Is(facet, value) => is(*facet, value, duty),
        }
    }
}

/// What a word of a query may stand in.
fn texts<'p>(passage: &'p Passage, duty: &'p PassageDuty) -> Vec<&'p str> {
    let mut texts = vec![duty.action.as_str(), &passage.above];
    texts.extend(passage.heading.as_deref());
    texts.extend(duty.condition.as_deref());
    for bearer in &duty.bearers {
        texts.push(&bearer.name);
        texts.extend(bearer.text.as_deref());
    }
    texts
}

/// Whether a duty itself is what a field asks of it; what a document is, the index knows.
pub(crate) fn is(facet: Facet, value: &str, duty: &PassageDuty) -> bool {
    match facet {
        Facet::Role => duty.role == value || duty.responsibility.as_deref() == Some(value),
        Facet::Modality => duty.modality == value,
        Facet::Bearer => {
            let name = analyzer::fold(value);
            duty.bearers.iter().any(|bearer| bearer.name.contains(&name))
        }
        _ => true,
    }
}

/// How many of some duties have which value of a facet that duties have.
pub(crate) fn counted<'d>(
    facet: Facet,
    duties: impl Iterator<Item = &'d PassageDuty>,
) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for duty in duties {
        let values: Vec<&str> = match facet {
            Facet::Bearer => duty.bearers.iter().map(|bearer| bearer.name.as_str()).collect(),
            Facet::Role => vec![&duty.role],
            _ => vec![&duty.modality],
        };
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts = counts.into_iter().map(|(v, n)| (v.to_owned(), n)).collect::<Vec<_>>();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
