//! What the index holds of a record: its units and their fields.
//!
//! In: a [`Record`] and its passages. Out: [`Units`] in the order of the text: the document, then its
//! provisions, each with what its duties say of it (who, how, with what force). The index holds no text,
//! only where it stands: [`Place`]. Not here: how text becomes pairs ([`super::pairs`]), how all of it is
//! written ([`super::segment`]), what is shown of a unit ([`super::passage`]).
//!
//! `第四条 省委和省人民政府对全省脱贫攻坚工作负总责` is one unit, with the bearers 省委 and 省人民政府.

use tantivy::Term;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::analyzer::{self, BORDER};
use super::pairs::Pieces;
use super::passage::{Chunk, Passage, PassageDuty};
use super::weigh;
use crate::record::{Record, Word};

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A whole document.
    Document,
    /// An article, a level with its own text, a heading.
    Provision,
    /// A duty; no unit of the index, but found in the provisions.
    Duty,
}

impl Unit {
    /// All of them.
    pub const ALL: [Unit; 3] = [Unit::Document, Unit::Provision, Unit::Duty];

    /// The word the index and the command line use.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Document => "document",
            Unit::Provision => "provision",
            Unit::Duty => "duty",
        }
    }
}

/// Where a unit stands in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which chunk.
    pub chunk: u32,
    /// Which passage of the chunk.
    pub passage: u32,
    /// Which duty of the passage.
    pub duty: u32,
}

impl Place {
    /// The place of a provision as one number, in the order of the text; a chunk holds 32 at the most.
    pub(crate) fn packed(self) -> u64 {
        u64::from(self.chunk) << 5 | u64::from(self.passage)
    }

    /// The place of a number.
    pub(crate) fn of(packed: u64) -> Place {
        let part = |number: u64| u32::try_from(number).unwrap_or_default();
        Place { chunk: part(packed >> 5), passage: part(packed & 31), duty: 0 }
    }
}

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) unit: Field,
    /// The document's id.
    pub(crate) document: Field,
    /// Where in the document, and in the last bit whether among the consequences of a breach.
    pub(crate) place: Field,
    /// The codes of the document's region and of those it lies in.
    pub(crate) region: Field,
    pub(crate) level: Field,
    pub(crate) genre: Field,
    pub(crate) kind: Field,
    pub(crate) status: Field,
    pub(crate) year: Field,
    /// The document's day, as 20160501.
    pub(crate) date: Field,
    pub(crate) issuer: Field,
    pub(crate) bearer: Field,
    /// The role, and the responsibility where one is named: `responsible`, `foremost`.
    pub(crate) role: Field,
    pub(crate) modality: Field,
    /// The text of a provision and the beginning of what follows; of a document its title and
    /// preface. Exact.
    pub(crate) text: Field,
    /// What stands above a provision: title and headings. It only ranks.
    pub(crate) context: Field,
}

/// What the schema calls the pairs of characters. No analyzer of the engine's makes them.
const PAIRS: &str = "grams";

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let text = |option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(PAIRS)
                .set_index_option(option)
                .set_fieldnorms(norms),
        )
    };
    let plain = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let facet = plain.clone() | FAST;
    let exact = IndexRecordOption::WithFreqsAndPositions;
    let mut schema = Schema::builder();
    let fields = Fields {
        unit: schema.add_text_field("unit", facet.clone()),
        document: schema.add_text_field("document", facet.clone()),
        place: schema.add_u64_field("place", FAST),
        region: schema.add_text_field("region", facet.clone()),
        level: schema.add_text_field("level", facet.clone()),
        genre: schema.add_text_field("genre", facet.clone()),
        kind: schema.add_text_field("kind", facet.clone()),
        status: schema.add_text_field("status", facet.clone()),
        year: schema.add_text_field("year", facet.clone()),
        date: schema.add_u64_field("date", FAST),
        issuer: schema.add_text_field("issuer", facet.clone()),
        bearer: schema.add_text_field("bearer", facet.clone()),
        role: schema.add_text_field("role", facet.clone()),
        modality: schema.add_text_field("modality", facet),
        text: schema.add_text_field("text", text(exact, true)),
        context: schema.add_text_field("context", text(IndexRecordOption::Basic, false)),
    };
    (schema.build(), fields)
}

/// How many characters of what follows a provision are indexed with it, for phrases that go over its
/// end; the rest of a longer phrase is read in the texts ([`super::border`]).
pub(crate) const AHEAD: usize = 8;

/// The units of a record, as they are written.
#[derive(Default)]
pub(crate) struct Units {
    /// The document's id.
    pub(crate) document: String,
    /// What all of them say.
    pub(crate) shared: Vec<(Field, Word)>,
    /// The document's day.
    pub(crate) date: Option<u64>,
    /// Where each stands, as the index has it.
    pub(crate) places: Vec<u64>,
    /// What each says besides, by their numbers.
    pub(crate) said: Vec<(u32, Field, Word)>,
    /// The text of each.
    pub(crate) text: Pieces,
    /// What stands above runs of units, each pair once.
    pub(crate) context: Pieces,
    /// Those runs: the first unit, how many, how many pairs with all their repetitions.
    pub(crate) below: Vec<Run>,
}

/// Units that the same stands above.
pub(crate) struct Run {
    /// The first.
    pub(crate) first: u32,
    /// How many.
    pub(crate) count: u32,
    /// How many pairs stand above each.
    pub(crate) pairs: usize,
}

impl Fields {
    /// The term that all units of a document share.
    pub(crate) fn of_document(&self, id: &str) -> Term {
        Term::from_field_text(self.document, id)
    }

    /// All units of a record, in the order of the text.
    pub(crate) fn units(&self, record: &Record, chunks: &[Chunk]) -> Units {
        let mut units = Units {
            document: record.id.clone(),
            shared: self.shared(record),
            date: date(record).map(day),
            ..Units::default()
        };
        let passages = chunks.iter().flatten().collect::<Vec<_>>();
        let mut text = String::new();
        units.places.push(Place::default().packed() << 1);
        units.said.push((0, self.unit, Unit::Document.as_str().into()));
        document_text(record, &mut text);
        ahead(&passages, &mut text);
        units.text.add(&text);
        let places = chunks.iter().zip(0..).flat_map(|(chunk, number)| {
            (0..chunk.len() as u32).map(move |inside| Place {
                chunk: number,
                passage: inside,
                duty: 0,
            })
        });
        let mut above = None;
        for ((at, passage), place) in (1..).zip(&passages).zip(places) {
            let liability = u64::from(weigh::is_liability(&passage.above));
            units.places.push(place.packed() << 1 | liability);
            units.said.push((at, self.unit, Unit::Provision.as_str().into()));
            self.of_duties(&passage.duties, at, &mut units.said);
            text.clear();
            text.push_str(&passage.text);
            ahead(&passages[at as usize..], &mut text);
            units.text.add(&text);
            match units.below.last_mut().filter(|_| above == Some(&passage.above)) {
                Some(run) => run.count += 1,
                None => {
                    let pairs = units.context.add_once(&passage.above);
                    units.below.push(Run { first: at, count: 1, pairs });
                }
            }
            above = Some(&passage.above);
        }
        units
    }

    /// What all units of a document say of it.
    fn shared(&self, record: &Record) -> Vec<(Field, Word)> {
        let mut shared = vec![(self.document, record.id.clone().into())];
        if let Some(region) = &record.region {
            shared.extend(lineage(&region.code).into_iter().map(|code| (self.region, code.into())));
            shared.push((self.level, region.level.clone()));
        }
        shared.push((self.genre, record.genre.clone()));
        shared.extend(record.kind.iter().map(|kind| (self.kind, kind.clone().into())));
        shared.push((self.status, record.status.clone()));
        shared.extend(record.issuers.iter().map(|one| (self.issuer, one.name.clone().into())));
        let year = date(record).map(|date| date.get(..4).unwrap_or_default());
        shared.extend(year.map(|year| (self.year, year.to_owned().into())));
        shared
    }

    /// What duties say of the unit that holds them: who, how, with what force; each once.
    fn of_duties(&self, duties: &[PassageDuty], unit: u32, said: &mut Vec<(u32, Field, Word)>) {
        let from = said.len();
        let mut say = |field, value: Word| {
            if !said[from..].iter().any(|(_, known, word)| *known == field && *word == value) {
                said.push((unit, field, value));
            }
        };
        for duty in duties {
            for bearer in &duty.bearers {
                say(self.bearer, bearer.name.clone().into());
            }
            say(self.role, duty.role.clone());
            duty.responsibility.iter().for_each(|word| say(self.role, word.clone()));
            say(self.modality, duty.modality.clone());
        }
    }
}

/// The day that a document is known by.
fn date(record: &Record) -> Option<&str> {
    let dates = &record.dates;
    let date = dates.issued.as_ref().or(dates.published.as_ref()).or(dates.effective.as_ref());
    date.map(String::as_str)
}

/// The title of a document and its preface.
fn document_text(record: &Record, text: &mut String) {
    text.push_str(record.title.as_deref().unwrap_or_default());
    text.push('\n');
    for statement in record.preface.iter().filter(|s| s.field != "title") {
        text.push_str(&statement.value);
        text.push('\n');
    }
}

/// Puts the beginning of what follows behind a border.
fn ahead(later: &[&Passage], text: &mut String) {
    text.push(BORDER);
    let follows = later.iter().flat_map(|passage| passage.text.chars());
    // As a phrase counts them: runs of punctuation in one, that at the border to what stands before.
    let (mut counted, mut marked) = (0, true);
    for character in follows.filter(|c| !c.is_whitespace()) {
        let mark = !analyzer::is_told(character);
        counted += usize::from(!mark || !marked);
        marked = mark;
        text.push(character);
        if counted == AHEAD {
            break;
        }
    }
}

/// A date as a number: of `2016-05` 20160500.
pub(crate) fn day(date: &str) -> u64 {
    let mut parts = date.split('-').map(|part| part.parse::<u64>().unwrap_or_default());
    let mut part = || parts.next().unwrap_or_default();
    (part() * 100 + part()) * 100 + part()
}

/// A region's code and those of the regions it lies in: 430121, 430100, 430000.
pub(crate) fn lineage(code: &str) -> Vec<String> {
    let mut codes = vec![code.to_owned()];
    for digits in [4, 2] {
        if let Some(head) = code.get(..digits).filter(|_| code.len() == 6) {
            let wider = format!("{head:0<6}");
            if !codes.contains(&wider) && wider != "000000" {
                codes.push(wider);
            }
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_lies_in_its_city_and_province() {
        assert_eq!(lineage("430121"), ["430121", "430100", "430000"]);
        assert_eq!(lineage("430000"), ["430000"]);
        assert_eq!(lineage("000000"), ["000000"]);
    }

    #[test]
    fn a_place_is_a_number_in_the_order_of_the_text() {
        let place = Place { chunk: 3, passage: 31, duty: 0 };
        assert_eq!(Place::of(place.packed()), place);
        assert!(Place { chunk: 2, ..place }.packed() < place.packed());
    }

    #[test]
    fn a_day_is_a_number() {
        assert_eq!(day("2016-05-01"), 20_160_501);
        assert_eq!(day("2016"), 20_160_000);
    }
}
