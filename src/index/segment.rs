//! A segment of the index, written at once.
//!
//! In: the [`Units`] of many records. Out: the files of a segment as the engine has them, for it to take
//! up. The engine's own way keeps a table of all terms, and looks each pair of characters up in it; here
//! all pairs are sorted, and each term is written whole. Not here: when that is done
//! ([`super::writer`]).
//!
//! Of `负责` is written: 12 units hold it, the 3rd once behind 7 characters, the 4th twice …

use rustc_hash::FxHashMap;
use tantivy::columnar::{ColumnType, ColumnarWriter};
use tantivy::directory::TerminatingWrite;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, FieldType};
use tantivy::store::StoreWriter;
use tantivy::{Segment, TantivyDocument};

use super::Index;
use super::fields::{Fields, Units};
use super::pairs::Sorted;

/// The longest value, in bytes, that is searched for: the engine's own bound.
const LONGEST: usize = 65_530;

/// Writes a segment with the units of some records, in their order.
pub(crate) fn write(index: &Index, mut records: Vec<Units>) -> tantivy::Result<Segment> {
    let segment = index.engine.new_segment();
    let fields = &index.fields;
    let count = records.iter().map(|record| record.places.len() as u32).sum();
    norms(&segment, fields, &records)?;
    columns(&segment, fields, &records, count)?;
    store(&segment, count)?;
    lists(&segment, fields, &mut records)?;
    Ok(segment.with_max_doc(count))
}

/// How many pairs each unit has, by which it is weighed.
fn norms(segment: &Segment, fields: &Fields, records: &[Units]) -> tantivy::Result<()> {
    let mut norms = FieldNormsWriter::for_schema(&segment.schema());
    let lengths = records.iter().flat_map(|record| record.text.lengths());
    for (unit, length) in (0..).zip(lengths) {
        norms.record(unit, fields.text, length as u32);
    }
    let file = segment.open_write(SegmentComponent::FieldNorms)?;
    Ok(norms.serialize(FieldNormsSerializer::from_write(file)?, None)?)
}

/// What is read of a unit that was found, and what units are counted by.
fn columns(
    segment: &Segment,
    fields: &Fields,
    records: &[Units],
    count: u32,
) -> tantivy::Result<()> {
    let schema = segment.schema();
    let mut columns = ColumnarWriter::default();
    for (_, entry) in schema.fields().filter(|(_, entry)| entry.is_fast()) {
        let is_text = matches!(entry.field_type(), FieldType::Str(_));
        let kind = if is_text { ColumnType::Str } else { ColumnType::U64 };
        columns.record_column_type(entry.name(), kind, false);
    }
    let name = |field: Field| schema.get_field_name(field);
    let mut first = 0;
    for record in records {
        let units = first..first + record.places.len() as u32;
        // A column takes all values of a unit before those of the next.
        for unit in units.clone() {
            for (field, value) in &record.shared {
                columns.record_str(unit, name(*field), value);
            }
        }
        for (unit, field, value) in &record.said {
            columns.record_str(first + unit, name(*field), value);
        }
        for (unit, place) in units.clone().zip(&record.places) {
            columns.record_numerical(unit, name(fields.place), *place);
        }
        if let Some(date) = record.date {
            units.clone().for_each(|unit| columns.record_numerical(unit, name(fields.date), date));
        }
        first = units.end;
    }
    let mut file = segment.open_write(SegmentComponent::FastFields)?;
    columns.serialize(count, None, &mut file)?;
    Ok(file.terminate()?)
}

/// Nothing is stored, but the engine wants it so of each unit.
fn store(segment: &Segment, count: u32) -> tantivy::Result<()> {
    let file = segment.open_write(SegmentComponent::Store)?;
    let settings = segment.index().settings();
    let mut store =
        StoreWriter::new(file, settings.docstore_compression, settings.docstore_blocksize, false)?;
    let (schema, nothing) = (segment.schema(), TantivyDocument::default());
    for _ in 0..count {
        store.store(&nothing, &schema)?;
    }
    Ok(store.close()?)
}

/// Which units hold what.
fn lists(segment: &Segment, fields: &Fields, records: &mut [Units]) -> tantivy::Result<()> {
    let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
    let mut lists = InvertedIndexSerializer::open(segment)?;
    values(records, &mut lists)?;
    let all = records.iter().map(|record| record.text.len() as u64).sum();
    let text = Sorted::of(records.iter_mut().map(|record| &mut record.text));
    write_text(&text, lists.new_field(fields.text, all, norms.get_field(fields.text)?)?)?;
    drop(text);
    let mut above = Vec::new();
    let (mut first, mut all) = (0, 0);
    for record in records.iter() {
        for run in &record.below {
            above.push(first + run.first..first + run.first + run.count);
            all += u64::from(run.count) * run.pairs as u64;
        }
        first += record.places.len() as u32;
    }
    let context = Sorted::of(records.iter_mut().map(|record| &mut record.context));
    let mut field = lists.new_field(fields.context, all, None)?;
    let mut term = String::new();
    for (pair, spots) in context.groups() {
        pair.term(&mut term);
        field.new_term(term.as_bytes(), 0, false)?;
        let units = spots.flat_map(|spot| above[spot.piece].clone());
        units.for_each(|unit| field.write_doc(unit, 0, &[]));
        field.close_term()?;
    }
    field.close()?;
    Ok(lists.close()?)
}

/// The texts of units: which of them have a pair, how often, and behind how many characters.
fn write_text(text: &Sorted, mut field: FieldSerializer<'_>) -> tantivy::Result<()> {
    let mut term = String::new();
    // The units of a pair, each with how often it has it; the steps from one place to the next.
    let mut units: Vec<(usize, u32)> = Vec::new();
    let mut steps = Vec::new();
    for (pair, spots) in text.groups() {
        units.clear();
        steps.clear();
        let mut before = 0;
        for spot in spots {
            match units.last_mut().filter(|(unit, _)| *unit == spot.piece) {
                Some((_, times)) => *times += 1,
                None => {
                    units.push((spot.piece, 1));
                    before = 0;
                }
            }
            steps.push(spot.at - before);
            before = spot.at;
        }
        pair.term(&mut term);
        field.new_term(term.as_bytes(), units.len() as u32, true)?;
        let mut rest = steps.as_slice();
        for (unit, times) in &units {
            let (own, others) = rest.split_at(*times as usize);
            field.write_doc(*unit as u32, *times, own);
            rest = others;
        }
        field.close_term()?;
    }
    Ok(field.close()?)
}

/// The values of plain fields.
fn values(records: &[Units], lists: &mut InvertedIndexSerializer) -> tantivy::Result<()> {
    let mut held: FxHashMap<(Field, &str), Vec<std::ops::Range<u32>>> = FxHashMap::default();
    let mut totals: FxHashMap<Field, u64> = FxHashMap::default();
    let mut first = 0;
    for record in records {
        let units = first..first + record.places.len() as u32;
        let shared = record.shared.iter().map(|(field, value)| (units.clone(), field, value));
        let said = record
            .said
            .iter()
            .map(|(unit, field, value)| (first + unit..first + unit + 1, field, value));
        for (units, field, value) in shared.chain(said).filter(|(.., value)| value.len() <= LONGEST)
        {
            *totals.entry(*field).or_default() += units.len() as u64;
            let runs = held.entry((*field, value)).or_default();
            match runs.last_mut() {
                // A value that is said twice.
                Some(last) if units.end <= last.end => {}
                Some(last) if units.start <= last.end => last.end = units.end,
                _ => runs.push(units),
            }
        }
        first = units.end;
    }
    let mut held = held.into_iter().collect::<Vec<_>>();
    held.sort_unstable_by_key(|(named, _)| *named);
    for values in held.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
        let field = values[0].0.0;
        let mut list = lists.new_field(field, totals[&field], None)?;
        for ((_, value), runs) in values {
            list.new_term(value.as_bytes(), 0, false)?;
            runs.iter().cloned().flatten().for_each(|unit| list.write_doc(unit, 0, &[]));
            list.close_term()?;
        }
        list.close()?;
    }
    Ok(())
}
