//! What a writer forgets.
//!
//! In: a document's term, and the segments that were written after it was to be forgotten. Out: a query
//! that finds the document's units everywhere else. The engine applies it when it commits, also to segments
//! that were given to it in the meantime. Not here: when ([`super::writer`]).
//!
//! A document of another ruling on `河道采砂` is forgotten, and the same document read anew is not.

use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// The units with a term, outside of some segments.
#[derive(Clone, Debug)]
pub(crate) struct Forget {
    term: Term,
    later: Arc<[SegmentId]>,
}

impl Forget {
    pub(crate) fn new(term: Term, later: &[SegmentId]) -> Forget {
        Forget { term, later: later.into() }
    }
}

impl Query for Forget {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let units = TermQuery::new(self.term.clone(), IndexRecordOption::Basic).weight(scoring)?;
        Ok(Box::new(Elsewhere { units, later: self.later.clone() }))
    }
}

struct Elsewhere {
    units: Box<dyn Weight>,
    later: Arc<[SegmentId]>,
}

impl Weight for Elsewhere {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.later.contains(&reader.segment_id()) {
            return Ok(Box::new(EmptyScorer));
        }
        self.units.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.units.explain(reader, doc)
    }
}
