//! Records made anew from the kept sources.
//!
//! In: a library with records of other rules than this program's. Out: the same with records of its
//! own, and what [`Change`]d. A batch of sources at a time, each whole or not at all: what a killed
//! program has left is made the next time. Not here: the index, which takes in what changed as after
//! any writing.
//!
//! After a word was added to the lexicons, 湖南省脱贫攻坚责任制实施细则 has two duties more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use super::store::{State, Stored};
use super::{Place, Writer};
use crate::error::{Error, Result};
use crate::index;
use crate::parse::{RULES, parse};
use crate::record::{DutyRecord, Record};

/// What became of a source's records, where they are not as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The source's path.
    pub path: String,
    /// The documents that were in it, by their ids.
    pub before: Vec<String>,
    /// Those that are.
    pub after: Vec<String>,
    /// How many duties are found that were not.
    pub gained: usize,
    /// How many were found and are not.
    pub lost: usize,
    /// Which other parts of the records have changed: `title`, `outline` …
    pub parts: Vec<String>,
}

/// What came of making records anew.
#[derive(Debug, Default)]
pub struct Reparsed {
    /// How many sources were read again.
    pub sources: usize,
    /// Those with changes.
    pub changes: Vec<Change>,
    /// How many documents stay as they are because their source is not kept.
    pub unkept: usize,
    /// The sources that this program cannot read; their records stay.
    pub failures: Vec<Error>,
}

/// How many sources are read at a time.
const BATCH: usize = 64;

impl Writer {
    /// Makes the records anew that were made by other rules, or all; `told` hears how many of how
    /// many sources are done.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be read or written.
    pub fn reparse(&self, all: bool, told: &mut dyn FnMut(usize, usize)) -> Result<Reparsed> {
        let store = &self.library.store;
        let sources = store.outdated(RULES, all)?;
        let mut done = Reparsed::default();
        for batch in sources.chunks(BATCH) {
            let read = |sha256: &String| {
                let path = store.places_with(sha256)?.into_iter().next().map(|place| place.path);
                let path = path.unwrap_or_default();
                Ok((sha256.clone(), path, store.content(sha256)?))
            };
            let kept = batch.iter().map(read).collect::<Result<Vec<_>>>()?;
            let parsed = kept
                .into_par_iter()
                .map(|(sha256, path, bytes)| {
                    let bytes = bytes.ok_or_else(|| Error::Unreadable {
                        path: path.clone().into(),
                        why: "its source is not kept".to_owned(),
                    })?;
                    Ok((sha256, stored(&path, &bytes)?))
                })
                .collect::<Vec<_>>();
            store.together(|| {
                for one in parsed {
                    match one {
                        Ok((sha256, records)) => {
                            let change = self.renew(&sha256, records)?;
                            done.changes.extend(change);
                        }
                        Err(error) => done.failures.push(error),
                    }
                }
                Ok(())
            })?;
            done.sources += batch.len();
            told(done.sources, sources.len());
        }
        done.unkept = store.unkept(RULES)?;
        self.complete()?;
        Ok(done)
    }

    /// Puts records in place of those that a source gave before.
    fn renew(&self, sha256: &str, records: Vec<Stored>) -> Result<Option<Change>> {
        let store = &self.library.store;
        let places = store.places_with(sha256)?;
        let paths: BTreeMap<String, bool> =
            places.iter().map(|place| (place.path.clone(), place.current)).collect();
        let ids: BTreeSet<String> = places.iter().map(|place| place.document.clone()).collect();
        let mut before = Vec::new();
        for id in &ids {
            // A damaged record tells nothing of what was before.
            before.extend(self.library.record::<Record>(id).ok());
        }
        before.sort_by_key(|record| record.source.n);
        let change = change(&before, &records);
        for path in paths.keys() {
            store.clear_places(sha256, path)?;
        }
        for stored in records {
            let id = stored.record.id.clone();
            let own = before.iter().find(|record| record.id == id);
            let is_own = own.is_none_or(|record| record.source.sha256 == sha256);
            for (path, current) in &paths {
                store.add_place(&Place {
                    path: path.clone(),
                    sha256: sha256.to_owned(),
                    n: stored.record.source.n,
                    document: id.clone(),
                    current: *current,
                })?;
            }
            let is_new = store.entry(&id)?.is_none();
            if is_new {
                store.add(&stored)?;
                let region = stored.record.region.as_ref().map(|region| &*region.code);
                store.link(&id, region, &stored.facts)?;
            } else if is_own {
                store.replace(&stored)?;
            }
            if is_new && paths.values().all(|current| !current) {
                store.set(&id, State::Retiring)?;
            }
        }
        for id in ids {
            if store.places(Some(&id))?.is_empty() {
                store.set(&id, State::Leaving)?;
            }
        }
        Ok(change)
    }
}

/// A source's records, ready to be kept.
pub(super) fn stored(path: &str, bytes: &[u8]) -> Result<Vec<Stored>> {
    let path = Path::new(path);
    let fail = |cause| Error::File { action: "read", path: path.to_owned(), cause };
    let records = parse(path, bytes)?.into_iter().map(|record| {
        let chunks = index::chunks(index::passages(&record));
        Stored::new(record, &chunks).map_err(fail)
    });
    records.collect()
}

/// What is not as it was; nothing where all is.
fn change(before: &[Record], after: &[Stored]) -> Option<Change> {
    let duties = |records: &mut dyn Iterator<Item = &Record>| {
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for duty in records.flat_map(|record| &record.duties) {
            *counted.entry(essence(duty)).or_default() += 1;
        }
        counted
    };
    let old = duties(&mut before.iter());
    let new = duties(&mut after.iter().map(|stored| &stored.record));
    let more = |one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| {
        let extra = |(key, count): (&String, &usize)| {
            count.saturating_sub(other.get(key).copied().unwrap_or_default())
        };
        one.iter().map(extra).sum::<usize>()
    };
    let path = before.first().map(|record| record.source.path.clone()).unwrap_or_default();
    let mut change =
        Change { path, gained: more(&new, &old), lost: more(&old, &new), ..Change::default() };
    change.before = before.iter().map(|record| record.id.clone()).collect();
    change.after = after.iter().map(|stored| stored.record.id.clone()).collect();
    let mut parts = BTreeSet::new();
    for (one, other) in before.iter().zip(after) {
        parts.extend(differing(one, &other.record));
    }
    change.parts = parts.into_iter().collect();
    let same = change.gained + change.lost == 0
        && change.parts.is_empty()
        && change.before == change.after;
    (!same).then_some(change)
}

/// What makes a duty the same as another: provision, bearers, role, modality, action.
fn essence(duty: &DutyRecord) -> String {
    let bearers = duty.bearers.iter().map(|bearer| bearer.name.as_str());
    let bearers = bearers.collect::<Vec<_>>().join("、");
    format!("{}\t{bearers}\t{}\t{}\t{}", duty.unit, duty.role, duty.modality, duty.action)
}

/// The parts of two records that are not the same, but for duties, which are counted.
fn differing(one: &Record, other: &Record) -> Vec<String> {
    let parts = |record: &Record| match serde_json::to_value(record) {
        Ok(serde_json::Value::Object(parts)) => parts,
        _ => serde_json::Map::new(),
    };
    let (one, other) = (parts(one), parts(other));
    let told = |name: &&String| !matches!(name.as_str(), "id" | "source" | "duties");
    let differs = |name: &&String| one.get(*name) != other.get(*name);
    other.keys().filter(told).filter(differs).cloned().collect()
}
