//! What is gathered of the units that a query finds.
//!
//! In: queries. Out: hits with their places, documents, counts by a facet. Not here: the queries.
//!
//! `--count-by region` over 扶贫 tells 430000 (湖南省) with how many provisions speak of it there, its
//! cities' and counties' among them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyError};

use super::fields::{Place, Unit};
use super::filter::Facet;
use super::query::{Counts, Hit};

/// Where the units of each segment stand.
pub(crate) struct Columns {
    segments: Vec<(StrColumn, Column<u64>)>,
    /// The tiers that the documents are of.
    levels: Vec<Option<StrColumn>>,
}

impl Columns {
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<Columns> {
        let mut segments = Vec::new();
        let mut levels = Vec::new();
        for segment in searcher.segment_readers() {
            let fast = segment.fast_fields();
            let missing = || TantivyError::InternalError("a segment without documents".to_owned());
            levels.push(fast.str("level")?);
            segments.push((fast.str("document")?.ok_or_else(missing)?, fast.u64("place")?));
        }
        Ok(Columns { segments, levels })
    }

    /// The hit at an address.
    pub(crate) fn hit(&self, unit: Unit, score: f32, at: DocAddress) -> tantivy::Result<Hit> {
        let (documents, places) = &self.segments[at.segment_ord as usize];
        let mut document = String::new();
        if let Some(ordinal) = documents.term_ords(at.doc_id).next() {
            documents.ord_to_str(ordinal, &mut document)?;
        }
        let packed = places.first(at.doc_id).unwrap_or_default();
        let place = Place::of(packed >> 1);
        Ok(Hit { unit, document, place, score, liability: packed & 1 == 1 })
    }

    /// Whether the document of a unit is of a tier; one without a tier is the nation's.
    pub(crate) fn is_of(&self, level: &str, at: DocAddress) -> bool {
        let Some(column) = &self.levels[at.segment_ord as usize] else {
            return level == "national";
        };
        let Some(ordinal) = column.term_ords(at.doc_id).next() else { return level == "national" };
        let mut known = String::new();
        column.ord_to_str(ordinal, &mut known).is_ok_and(|found| found && known == level)
    }

    /// The documents that some units belong to.
    pub(crate) fn documents(
        &self,
        units: impl IntoIterator<Item = DocAddress>,
    ) -> tantivy::Result<BTreeSet<String>> {
        let mut found = vec![BTreeSet::new(); self.segments.len()];
        for address in units {
            let segment = address.segment_ord as usize;
            found[segment].extend(self.segments[segment].0.term_ords(address.doc_id));
        }
        let mut ids = BTreeSet::new();
        for ((column, _), ordinals) in self.segments.iter().zip(found) {
            for ordinal in ordinals {
                let mut id = String::new();
                column.ord_to_str(ordinal, &mut id)?;
                ids.insert(id);
            }
        }
        Ok(ids)
    }
}

/// Sorts hits by their scores, and what fits equally well by where it stands.
pub(crate) fn settle(hits: &mut [Hit]) {
    hits.sort_by(|a, b| {
        let place = |hit: &Hit| (hit.document.clone(), hit.place);
        b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
    });
}

/// The score of each document: of its best unit, and a little of the others.
pub(crate) fn by_document(
    searcher: &Searcher,
    query: &dyn Query,
) -> tantivy::Result<BTreeMap<String, f32>> {
    searcher.search(query, &ByDocument)
}

struct ByDocument;

struct OfSegment {
    documents: Option<StrColumn>,
    scores: FxHashMap<u64, (f32, f32)>,
}

/// What all other units of a document count together, of what each counts alone.
const OTHERS: f32 = 0.02;

impl Collector for ByDocument {
    type Fruit = BTreeMap<String, f32>;
    type Child = OfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        let documents = reader.fast_fields().str("document")?;
        Ok(OfSegment { documents, scores: FxHashMap::default() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(
        &self,
        fruits: Vec<tantivy::Result<BTreeMap<String, f32>>>,
    ) -> tantivy::Result<BTreeMap<String, f32>> {
        // A document lies in one segment.
        let mut all = BTreeMap::new();
        for fruit in fruits {
            all.append(&mut fruit?);
        }
        Ok(all)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = tantivy::Result<BTreeMap<String, f32>>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let ordinal = self.documents.as_ref().and_then(|column| column.term_ords(doc).next());
        let Some(ordinal) = ordinal else { return };
        let (best, sum) = self.scores.entry(ordinal).or_default();
        *best = best.max(score);
        *sum += score;
    }

    fn harvest(self) -> Self::Fruit {
        let Some(column) = self.documents else { return Ok(BTreeMap::new()) };
        let mut scores = BTreeMap::new();
        for (ordinal, (best, sum)) in self.scores {
            let mut id = String::new();
            column.ord_to_str(ordinal, &mut id)?;
            scores.insert(id, best + OTHERS * (sum - best));
        }
        Ok(scores)
    }
}

/// How many of the units that a query finds have which value of a facet; the most first, of regions
/// and years in their order.
pub(crate) fn counts(
    searcher: &Searcher,
    query: &dyn Query,
    facets: &[Facet],
) -> tantivy::Result<Counts> {
    let mut all = Vec::new();
    for &facet in facets.iter().filter(|facet| facet.counts()) {
        let counted = searcher.search(query, &ByValue(facet.as_str()))?;
        let mut counted = counted.into_iter().collect::<Vec<_>>();
        if !matches!(facet, Facet::Region | Facet::Year) {
            counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        all.push((facet, counted));
    }
    Ok(all)
}

struct ByValue(&'static str);

struct Values {
    column: Option<StrColumn>,
    counts: FxHashMap<u64, u64>,
}

impl Collector for ByValue {
    type Fruit = BTreeMap<String, u64>;
    type Child = Values;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Values> {
        Ok(Values { column: reader.fast_fields().str(self.0)?, counts: FxHashMap::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        fruits: Vec<tantivy::Result<BTreeMap<String, u64>>>,
    ) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut all = BTreeMap::new();
        for fruit in fruits {
            for (value, count) in fruit? {
                *all.entry(value).or_insert(0) += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for Values {
    type Fruit = tantivy::Result<BTreeMap<String, u64>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for ordinal in self.column.iter().flat_map(|column| column.term_ords(doc)) {
            *self.counts.entry(ordinal).or_insert(0) += 1;
        }
    }

    fn harvest(self) -> Self::Fruit {
        let Some(column) = self.column else { return Ok(BTreeMap::new()) };
        let mut counts = BTreeMap::new();
        for (ordinal, count) in self.counts {
            let mut value = String::new();
            column.ord_to_str(ordinal, &mut value)?;
            counts.insert(value, count);
        }
        Ok(counts)
    }
}
