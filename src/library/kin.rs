//! Editions and near copies.
//!
//! In: what of a document tells how it stands to others ([`Facts`]). Out: [`Link`]s to those that came
//! earlier. Same title and issuer, another day: another edition. The same text but for a few places,
//! and nothing against it in title, region and day: a near copy. Not here: whether an edition takes
//! another out of force ([`super::force`]).
//!
//! 公司法 of 2018-10-26 and of 2023-12-29 are editions; the latter from two sites, with a line of one
//! of them in the text, is a near copy.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Row, params};
use serde::Serialize;

use super::facts::Facts;
use super::store::Store;
use crate::error::Result;
use crate::text::prints::Sketch;

/// How a document stands to one that came earlier, or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// Two editions of one work.
    Edition,
    /// Nearly the same text.
    Near,
}

impl Relation {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Edition => "edition",
            Relation::Near => "near",
        }
    }
}

/// Two documents that belong together; it holds both ways.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The one that came later.
    pub document: String,
    /// The one that came earlier.
    pub other: String,
    /// What they are to each other.
    pub relation: Relation,
    /// The share of the text that they have in common, 0 to 1, estimated; none of short texts.
    pub similarity: Option<f32>,
}

/// From which share of common text on a document is a near copy.
const NEAR: f32 = 0.8;
/// From which share on two texts of one title are editions where nobody says who issued them.
const ALIKE: f32 = 0.3;
/// A shorter title names no work: 通知.
const TITLE: usize = 4;
/// How many documents of one title are looked at, the latest, and of one band, the first. A library with
/// many versions of a text would otherwise take the longer for each the more it has.
const LOOKED_AT: usize = 16;
/// How many candidates for a near copy are compared, those that share most bands.
const COMPARED: usize = 8;

/// What the band of a document that came lately bears beside its print, so that such bands lie together.
/// In their places each would change a page of its own, 14 a document, and a batch all of the table.
const LATE: i64 = 1 << 32;
/// From how many late bands on they are put in their places, which writes the whole table: those of 8,000
/// documents.
pub(crate) const LATE_BANDS: u32 = 8000 * 14;

/// A document that may belong to another.
struct Candidate {
    id: String,
    work: Option<String>,
    dated: Option<String>,
    region: Option<String>,
    issuers: String,
    sketch: Option<Sketch>,
}

const CANDIDATE: &str = "SELECT id, work, dated, region, issuers, sketch FROM documents";

impl Store {
    /// Puts what a record tells beside itself in place of what is kept of its document.
    pub(crate) fn set_facts(&self, number: i64, facts: &Facts) -> Result<()> {
        self.run(
            "UPDATE documents SET work = ?2, code = ?3, dated = ?4, effective = ?5, expires = ?6,
                    issuers = ?7, sketch = ?8 WHERE number = ?1",
            params![
                number,
                facts.work,
                facts.code,
                facts.dated,
                facts.effective,
                facts.expires,
                facts.issuers,
                facts.sketch.as_ref().map(Sketch::to_bytes),
            ],
        )
        .map(drop)
    }

    /// Keeps what a record is found by as a near copy, and what it repeals.
    pub(crate) fn add_bands_and_repeals(&self, number: i64, id: &str, facts: &Facts) -> Result<()> {
        let bands: BTreeSet<u32> = facts.sketch.iter().flat_map(Sketch::bands).collect();
        for print in bands {
            let add = "INSERT OR IGNORE INTO bands (print, document) VALUES (?1, ?2)";
            self.run(add, params![i64::from(print) + LATE, number])?;
        }
        for (work, code) in &facts.repeals {
            let add = "INSERT OR IGNORE INTO repeals (document, work, code) VALUES (?1, ?2, ?3)";
            self.run(add, params![id, work, code])?;
        }
        Ok(())
    }

    /// Forgets the bands of a document, by its sketch.
    pub(crate) fn drop_bands(&self, number: i64) -> Result<()> {
        let own = format!("{CANDIDATE} WHERE number = ?1");
        let own = self.all(&own, [number], candidate)?.pop();
        let drop = "DELETE FROM bands WHERE print IN (?1, ?1 + ?2) AND document = ?3";
        for print in own.and_then(|own| own.sketch).iter().flat_map(Sketch::bands) {
            self.run(drop, params![print, LATE, number])?;
        }
        Ok(())
    }

    /// Puts late bands in their places, once there are more than so many.
    pub(crate) fn put_bands_away(&self, many: u32) -> Result<()> {
        let more = "SELECT 1 FROM bands WHERE print >= ?1 LIMIT 1 OFFSET ?2";
        if self.all(more, params![LATE, many], |_| Ok(()))?.is_empty() {
            return Ok(());
        }
        let put = "INSERT OR IGNORE INTO bands (print, document)
                   SELECT print - ?1, document FROM bands WHERE print >= ?1";
        self.run(put, [LATE])?;
        self.run("DELETE FROM bands WHERE print >= ?1", [LATE]).map(drop)
    }

    /// Links a document to those before it. Out: the link that says most of it, a near copy first,
    /// then the edition nearest in time.
    pub(crate) fn link(
        &self,
        id: &str,
        region: Option<&str>,
        facts: &Facts,
    ) -> Result<Option<Link>> {
        let number = "SELECT number FROM documents WHERE id = ?1";
        let Some(number) = self.all(number, [id], |row| row.get(0))?.pop() else {
            return Ok(None);
        };
        let own = Candidate {
            id: id.to_owned(),
            work: facts.work.clone(),
            dated: facts.dated.clone(),
            region: region.map(str::to_owned),
            issuers: facts.issuers.clone(),
            sketch: facts.sketch.clone(),
        };
        let mut near: Option<Link> = None;
        let mut editions = Vec::new();
        for other in self.of_one_work(number, &own)?.into_iter().chain(self.alike(number, &own)?) {
            let Some((relation, similarity)) = relation(&own, &other) else { continue };
            let link =
                Link { document: own.id.clone(), other: other.id.clone(), relation, similarity };
            match relation {
                Relation::Edition => editions.push((apart(&own, &other), link)),
                Relation::Near if near.as_ref().is_none_or(|best| best.similarity < similarity) => {
                    near = Some(link);
                }
                Relation::Near => {}
            }
        }
        editions.sort_by(|(one, a), (other, b)| one.cmp(other).then(a.other.cmp(&b.other)));
        for link in near.iter().chain(editions.iter().map(|(_, link)| link)) {
            let add = "INSERT OR IGNORE INTO links (document, other, relation, similarity)
                       VALUES (?1, ?2, ?3, ?4)";
            let relation = link.relation.as_str();
            self.run(add, params![link.document, link.other, relation, link.similarity])?;
        }
        Ok(near.or_else(|| editions.into_iter().next().map(|(_, link)| link)))
    }

    /// Earlier documents of the same title, the latest first. Those of another region are other works.
    fn of_one_work(&self, number: i64, own: &Candidate) -> Result<Vec<Candidate>> {
        let long = |work: &&String| work.chars().count() >= TITLE;
        let Some(work) = own.work.as_ref().filter(long) else { return Ok(Vec::new()) };
        self.all(
            &format!(
                "{CANDIDATE} WHERE work = ?1 AND number < ?2 AND state <> 2
                 AND (region = ?3 OR region IS NULL OR ?3 IS NULL)
                 ORDER BY number DESC LIMIT {LOOKED_AT}"
            ),
            params![work, number, own.region],
            candidate,
        )
    }

    /// Earlier documents of another title that share a band, those that share most first.
    fn alike(&self, number: i64, own: &Candidate) -> Result<Vec<Candidate>> {
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        let bands: BTreeSet<u32> = own.sketch.iter().flat_map(Sketch::bands).collect();
        for print in bands {
            let of_band = format!(
                "SELECT document FROM bands WHERE print = ?1 AND document < ?2
                 UNION ALL SELECT document FROM bands WHERE print = ?1 + {LATE} AND document < ?2
                 LIMIT {LOOKED_AT}"
            );
            for other in self.all(&of_band, params![print, number], |row| row.get(0))? {
                *shared.entry(other).or_default() += 1;
            }
        }
        let mut shared: Vec<(usize, i64)> =
            shared.into_iter().map(|(number, bands)| (bands, number)).collect();
        shared.sort_by(|one, other| other.cmp(one));
        let mut all = Vec::new();
        for (_, number) in shared.into_iter().take(COMPARED) {
            let of_number = format!("{CANDIDATE} WHERE number = ?1 AND state <> 2");
            all.extend(self.all(&of_number, [number], candidate)?);
        }
        all.retain(|other| other.work.is_none() || other.work != own.work);
        Ok(all)
    }

    /// The links from a document and to it; all where `id` is none.
    pub(crate) fn links(&self, id: Option<&str>) -> Result<Vec<Link>> {
        let all = "SELECT document, other, relation, similarity FROM links";
        match id {
            Some(id) => self.all(
                &format!("{all} WHERE document = ?1 OR other = ?1 ORDER BY document, other"),
                [id],
                link,
            ),
            None => self.all(&format!("{all} ORDER BY other, document"), [], link),
        }
    }
}

/// What a document is to another, with the share of text that both have.
fn relation(own: &Candidate, other: &Candidate) -> Option<(Relation, Option<f32>)> {
    let sketches = own.sketch.as_ref().zip(other.sketch.as_ref());
    let similarity = sketches.map(|(one, other)| one.similarity(other));
    let shared = similarity.unwrap_or_default();
    let both = |one: &Option<String>, other: &Option<String>| {
        one.as_ref().zip(other.as_ref()).map(|(one, other)| one == other)
    };
    let region = both(&own.region, &other.region);
    let day = both(&own.dated, &other.dated);
    let title = own.work.as_ref().zip(other.work.as_ref());
    if title.is_some_and(|(one, other)| one == other) && region != Some(false) {
        let near = shared >= NEAR && day != Some(false);
        // one day has one edition: what differs much is a part of it, or another's word for it
        if near || day == Some(true) {
            return near.then_some((Relation::Near, similarity));
        }
        return one_issuer(own, other, region, shared).then_some((Relation::Edition, similarity));
    }
    let within = title.is_none_or(|(one, other)| one.contains(&**other) || other.contains(&**one));
    let near = shared >= NEAR && within && region != Some(false) && day != Some(false);
    near.then_some((Relation::Near, similarity))
}

/// Whether two documents of one title are of one issuer, as far as is known.
fn one_issuer(own: &Candidate, other: &Candidate, region: Option<bool>, shared: f32) -> bool {
    if own.issuers.is_empty() || other.issuers.is_empty() {
        return region == Some(true) || shared >= ALIKE;
    }
    own.issuers.lines().any(|issuer| other.issuers.lines().any(|one| one == issuer))
}

/// How far two editions are apart, in days about; those without a day are farthest.
fn apart(own: &Candidate, other: &Candidate) -> u32 {
    let day = |one: &Candidate| {
        let digits = |part: &str| part.parse::<u32>().ok();
        let mut parts = one.dated.as_deref()?.split('-').map(digits);
        let mut part = || parts.next().flatten();
        let year = part()?;
        Some((year * 12 + part().unwrap_or(1)) * 31 + part().unwrap_or(1))
    };
    match (day(own), day(other)) {
        (Some(one), Some(other)) => one.abs_diff(other),
        _ => u32::MAX,
    }
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    let sketch: Option<Vec<u8>> = row.get(5)?;
    Ok(Candidate {
        id: row.get(0)?,
        work: row.get(1)?,
        dated: row.get(2)?,
        region: row.get(3)?,
        issuers: row.get(4)?,
        sketch: sketch.and_then(|bytes| Sketch::from_bytes(&bytes)),
    })
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let relation: String = row.get(2)?;
    Ok(Link {
        document: row.get(0)?,
        other: row.get(1)?,
        relation: if relation == "near" { Relation::Near } else { Relation::Edition },
        similarity: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::store::Stored;
    use super::*;
    use crate::record::Record;

    fn text(articles: std::ops::Range<usize>) -> Option<Sketch> {
        let article = |at| format!("第{at}条 县级人民政府承担第{}项监管责任。", at * 7);
        Sketch::of(&articles.map(article).collect::<String>())
    }

    fn one(title: &str, day: Option<&str>, sketch: Option<Sketch>) -> Candidate {
        Candidate {
            id: String::new(),
            work: Some(title.to_owned()),
            dated: day.map(str::to_owned),
            region: Some("430000".to_owned()),
            issuers: "湖南省人民政府".to_owned(),
            sketch,
        }
    }

    fn between(one: &Candidate, other: &Candidate) -> Option<Relation> {
        relation(one, other).map(|(relation, _)| relation)
    }

    #[test]
    fn another_day_is_another_edition() {
        let old = one("湖南省扶贫条例", Some("2010-01-01"), text(100..200));
        let new = one("湖南省扶贫条例", Some("2020-01-01"), text(100..199));
        assert_eq!(between(&new, &old), Some(Relation::Edition));
        let other = Candidate { issuers: "长沙市人民政府".to_owned(), ..new };
        assert_eq!(between(&other, &old), None);
    }

    #[test]
    fn the_same_day_is_a_near_copy() {
        let day = Some("2010-01-01");
        let old = one("湖南省扶贫条例", day, text(100..200));
        let near = one("湖南省扶贫条例", day, text(100..195));
        assert_eq!(between(&near, &old), Some(Relation::Near));
        assert_eq!(
            between(&one("湖南省扶贫条例", None, text(100..195)), &old),
            Some(Relation::Near)
        );
        assert_eq!(between(&one("湖南省扶贫条例", day, text(500..600)), &old), None);
        let headed = one("转发湖南省扶贫条例", day, text(100..195));
        assert_eq!(between(&headed, &old), Some(Relation::Near));
    }

    #[test]
    fn a_near_copy_of_another_title_is_found_whether_bands_are_late_or_put_away() {
        let mut record: Record =
            serde_json::from_str(include_str!("../../tests/data/record.json")).expect("a record");
        record.outline[0].text =
            Some((0..40).map(|at| format!("{at}类事项由市县负责。")).collect());
        let region = record.region.as_ref().map(|region| region.code.clone());
        let copy = |id: &str| {
            let title = record.title.as_ref().map(|title| format!("转发{title}{id}"));
            Record { id: id.to_owned(), title, ..record.clone() }
        };
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), true).expect("a database");
        let found = |record: Record| {
            let stored = Stored::new(record, &[]).expect("packed");
            store.add(&stored).expect("added");
            let id = &stored.record.id;
            let link = store.link(id, region.as_deref(), &stored.facts).expect("linked");
            link.map(|link| link.other)
        };
        assert_eq!(found(record.clone()), None);
        assert_eq!(found(copy("late")), Some(record.id.clone()));
        store.put_bands_away(0).expect("put away");
        let late = "SELECT 1 FROM bands WHERE print >= ?1";
        assert!(store.all(late, [LATE], |_| Ok(())).expect("bands").is_empty());
        store.drop_bands(2).expect("dropped");
        assert_eq!(found(copy("later")), Some(record.id.clone()));
        store.drop_bands(1).expect("dropped");
        store.drop_bands(3).expect("dropped");
        let left: Vec<i64> =
            store.all("SELECT document FROM bands", [], |row| row.get(0)).expect("bands");
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn neighbours_that_copy_are_no_copies() {
        let old = one("长沙市养犬条例", None, text(100..200));
        let taken = one("株洲市养犬条例", None, text(100..199));
        assert_eq!(between(&taken, &old), None);
    }
}
