//! Phrases that go over the end of a provision.
//!
//! In: the characters of a phrase. Out: queries, one for each of its places where the end may lie. The
//! index knows [`AHEAD`] characters of what follows a unit; where a phrase goes on behind them, the texts
//! of the few units found so far tell whether it is there. Not here: phrases within a provision
//! ([`super::scope`]).
//!
//! `加强领导。第三条养犬人不得遗弃犬只` begins in 第二条 and goes on for thirteen characters.

use tantivy::Term;
use tantivy::collector::DocSetCollector;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::analyzer::{self, MARK};
use super::collect::Columns;
use super::fields::{AHEAD, Place, Unit};
use super::scope::{Scope, any, any_of};
use super::who::Read;

/// The ways in which a phrase begins in one provision and ends in what follows: one for each place of
/// its end where some unit of the index ends like that.
pub(crate) fn over(scope: Scope<'_>, phrase: &[char]) -> tantivy::Result<Vec<Box<dyn Query>>> {
    let field = scope.fields.text;
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for before in 1..phrase.len() {
        let known = phrase.len().min(before + AHEAD);
        let pairs = analyzer::over_border(&phrase[..known], before);
        let term = |(at, pair): &(usize, String)| (*at, Term::from_field_text(field, pair));
        let border = term(&pairs[before - 1]).1;
        if scope.searcher.doc_freq(&border)? == 0 {
            continue;
        }
        let way: Box<dyn Query> = match pairs.len() {
            1 => Box::new(TermQuery::new(border, IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new_with_offset(pairs.iter().map(term).collect())),
        };
        match scope.read {
            Some(read) if known < phrase.len() => {
                ways.extend(held(scope, read, &*way, &phrase[before..])?);
            }
            _ => ways.push(way),
        }
    }
    Ok(ways)
}

/// Those of the units that a query finds which the rest of a phrase follows.
fn held(
    scope: Scope<'_>,
    read: Read<'_>,
    way: &dyn Query,
    rest: &[char],
) -> tantivy::Result<Option<Box<dyn Query>>> {
    let columns = Columns::of(scope.searcher)?;
    let mut units: Vec<Box<dyn Query>> = Vec::new();
    for unit in [Unit::Document, Unit::Provision] {
        let is = any(scope.fields.unit, vec![unit.as_str().to_owned()]);
        let query = BooleanQuery::intersection(vec![is.box_clone(), way.box_clone()]);
        for address in scope.searcher.search(&query, &DocSetCollector)? {
            let hit = columns.hit(unit, 0.0, address)?;
            if !follows(read, unit, &hit.document, hit.place, rest) {
                continue;
            }
            let packed = hit.place.packed() << 1;
            let bound =
                |place| std::ops::Bound::Included(Term::from_field_u64(scope.fields.place, place));
            let there = RangeQuery::new(bound(packed), bound(packed | 1));
            units.push(Box::new(BooleanQuery::new(vec![
                (Occur::Must, is.box_clone()),
                (Occur::Must, any(scope.fields.document, vec![hit.document])),
                (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(there), 1.0))),
            ])));
        }
    }
    Ok((!units.is_empty()).then(|| any_of(units)))
}

/// Whether what follows a unit begins with the rest of a phrase.
fn follows(read: Read<'_>, unit: Unit, document: &str, place: Place, rest: &[char]) -> bool {
    let told =
        |characters: &[char]| characters.strip_prefix(&[MARK]).unwrap_or(characters).to_vec();
    let wanted = told(rest);
    let mut passed = if unit == Unit::Document { 0 } else { place.passage as usize + 1 };
    let mut text = String::new();
    // Behind the last piece there is none.
    for chunk in (place.chunk..).map_while(|chunk| read(document, chunk).ok()) {
        for passage in chunk.iter().skip(std::mem::take(&mut passed)) {
            text.push_str(&passage.text);
            let begun = analyzer::Characters::of(&text).map(|(_, _, c)| c).collect::<Vec<_>>();
            let begun = told(&begun);
            // A run of punctuation may go on in the next passage.
            if begun.len() > wanted.len() {
                return begun.starts_with(&wanted);
            }
        }
    }
    let begun = analyzer::Characters::of(&text).map(|(_, _, c)| c).collect::<Vec<_>>();
    told(&begun).starts_with(&wanted)
}
