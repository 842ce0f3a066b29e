//! What is in force.
//!
//! In: what documents say of themselves and of each other. Out: a [`Lapse`] for each that has lost its
//! force, as far as the library can tell: a later document repeals it whole, a later edition has taken
//! effect, or the day is past until which it holds. Asked for when it is needed, so that it is right on
//! each day and whatever comes and goes. Not here: finding editions ([`super::kin`]).
//!
//! `《湖南省农村扶贫开发条例》同时废止` takes the documents of that title out of force that are older.

use std::collections::BTreeMap;

use serde::Serialize;

use super::store::Store;
use crate::error::Result;

/// Why a document is no longer in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lapse {
    /// `repealed`, `replaced`, `expired`
    pub why: &'static str,
    /// The document that did it; none where its own time is over.
    pub by: Option<String>,
    /// Since when, ISO 8601: the day that document took effect or is of, or the last day it held.
    pub since: Option<String>,
}

/// Documents that a later one repeals whole, by title or number (`{key}`). A document without a day is
/// older than what repeals it, unless both are of one title.
const REPEALED: &str = "
SELECT d.id, b.id, coalesce(b.effective, b.dated)
FROM documents d JOIN repeals r ON {key} JOIN documents b ON b.id = r.document
WHERE d.state < 2 AND b.state < 2 AND b.status = 'issued' AND d.id <> b.id
  AND coalesce(b.effective, b.dated, '') <= date('now', 'localtime')
  AND (d.region IS NULL OR b.region IS NULL OR d.region = b.region)
  AND CASE WHEN d.dated IS NULL OR b.dated IS NULL THEN d.work IS NOT b.work
           ELSE d.dated < b.dated END";

/// Documents of which a later edition has taken effect. An edition says when the first of all took effect, so
/// it counts from its own day on.
const REPLACED: &str = "
SELECT d.id, b.id, max(coalesce(b.effective, b.dated), b.dated)
FROM documents d JOIN links l ON {key} JOIN documents b ON b.id = {other}
WHERE l.relation = 'edition' AND d.state < 2 AND b.state < 2 AND b.status = 'issued'
  AND d.genre IN ('regulation', 'opinion', 'notice') AND d.dated < b.dated
  AND coalesce(b.effective, b.dated) <= date('now', 'localtime')";

const EXPIRED: &str = "
SELECT d.id, NULL, d.expires FROM documents d
WHERE d.state < 2 AND d.expires < date('now', 'localtime')";

impl Store {
    /// Why documents are no longer in force: one of them, or all. Of several reasons the earliest.
    pub(crate) fn lapses(&self, id: Option<&str>) -> Result<BTreeMap<String, Lapse>> {
        let replaced =
            |key: &str, other: &str| REPLACED.replace("{key}", key).replace("{other}", other);
        let asked = [
            ("repealed", REPEALED.replace("{key}", "r.work = d.work AND r.work <> ''")),
            ("repealed", REPEALED.replace("{key}", "r.code = d.code")),
            ("replaced", replaced("l.document = d.id", "l.other")),
            ("replaced", replaced("l.other = d.id", "l.document")),
            ("expired", EXPIRED.to_owned()),
        ];
        let mut lapses: BTreeMap<String, Lapse> = BTreeMap::new();
        for (why, query) in asked {
            let narrowed = format!("{query} AND (?1 IS NULL OR d.id = ?1) ORDER BY 1, 3, 2");
            let of_one = format!("{query} AND d.id = ?1 ORDER BY 1, 3, 2");
            let query = if id.is_some() { of_one } else { narrowed };
            let row = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, Lapse { why, by: row.get(1)?, since: row.get(2)? }))
            };
            for (id, lapse) in self.all::<(String, Lapse)>(&query, [id], row)? {
                let known = lapses.entry(id).or_insert_with(|| lapse.clone());
                if (known.since.is_none() && lapse.since.is_some()) || lapse.since < known.since {
                    *known = lapse;
                }
            }
        }
        Ok(lapses)
    }
}

impl Lapse {
    /// In a few words: `repealed by 53c1… since 2020-05-01`.
    pub fn in_words(&self) -> String {
        let by = self.by.as_ref().map(|id| format!(" by {id}")).unwrap_or_default();
        let since = self.since.as_ref().map(|day| format!(" since {day}")).unwrap_or_default();
        format!("{}{by}{since}", self.why)
    }
}
