//! What narrows a search, and what it is counted by.
//!
//! In: names of fields and values, as typed. Out: [`Facet`]s, a [`Filter`]. Not here: what they find
//! in the index ([`super::query`]).
//!
//! `region:湖南` is [`Facet::Region`] with `湖南`.

use super::fields::Unit;

/// What a unit can be asked for by a field of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// `document`, `provision`, `duty`
    Unit,
    /// A region by name or code, with all that lies in it.
    Region,
    /// The tier of the document's region.
    Level,
    /// `regulation`, `opinion` …
    Genre,
    /// 文种
    Kind,
    /// `issued` or `draft`
    Status,
    /// The document's year, or `2016..2019`.
    Year,
    /// A day, a month or a year, or later.
    After,
    /// Before a day, a month or a year.
    Before,
    /// Who issued the document.
    Issuer,
    /// Who bears the duty: a canonical name, or a part of it.
    Bearer,
    /// `lead`, `cooperate` …, or a responsibility: `primary` …
    Role,
    /// `obligation`, `prohibition` …
    Modality,
    /// A document's id.
    Document,
}

impl Facet {
    /// All of them.
    pub const ALL: [Facet; 14] = [
        Facet::Unit,
        Facet::Region,
        Facet::Level,
        Facet::Genre,
        Facet::Kind,
        Facet::Status,
        Facet::Year,
        Facet::After,
        Facet::Before,
        Facet::Issuer,
        Facet::Bearer,
        Facet::Role,
        Facet::Modality,
        Facet::Document,
    ];

    /// Its name in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Unit => "unit",
            Facet::Region => "region",
            Facet::Level => "level",
            Facet::Genre => "genre",
            Facet::Kind => "kind",
            Facet::Status => "status",
            Facet::Year => "year",
            Facet::After => "after",
            Facet::Before => "before",
            Facet::Issuer => "issuer",
            Facet::Bearer => "bearer",
            Facet::Role => "role",
            Facet::Modality => "modality",
            Facet::Document => "document",
        }
    }

    /// The field of a name.
    pub fn of(name: &str) -> Option<Facet> {
        Facet::ALL.into_iter().find(|facet| facet.as_str() == name)
    }

    /// The words that may stand for it; none where any may.
    pub(crate) fn values(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Facet::Unit => &["document", "provision", "duty"],
            Facet::Level => &["national", "province", "city", "county", "township", "village"],
            Facet::Genre => &["regulation", "opinion", "notice", "report", "news", "other"],
            Facet::Status => &["issued", "draft"],
            Facet::Role => ROLES,
            Facet::Modality => &["obligation", "prohibition", "permission", "encouragement"],
            _ => return None,
        })
    }

    /// Whether hits can be counted by it.
    pub fn counts(self) -> bool {
        !matches!(self, Facet::After | Facet::Before)
    }
}

const ROLES: &[&str] = &[
    "lead",
    "cooperate",
    "participate",
    "responsible",
    "overall",
    "primary",
    "foremost",
    "first",
    "direct",
    "leadership",
];

/// What narrows a search, besides the query itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What is searched for, unless the query says it.
    pub unit: Unit,
    /// What the unit must be; all of it.
    pub conditions: Vec<(Facet, String)>,
    /// Whether synonyms count too, less than the words themselves.
    pub synonyms: bool,
    /// The documents that are looked at, by their ids; all where there is none.
    pub within: Option<Vec<String>>,
    /// The documents that are not, by their ids.
    pub without: Vec<String>,
}

impl Filter {
    /// All units of one sort.
    pub fn of(unit: Unit) -> Filter {
        Filter { unit, conditions: Vec::new(), synonyms: true, within: None, without: Vec::new() }
    }

    /// The filter with one more condition, where there is a value for it.
    #[must_use]
    pub fn with(mut self, facet: Facet, value: Option<impl Into<String>>) -> Filter {
        self.conditions.extend(value.map(|value| (facet, value.into())));
        self
    }

    /// Whether something must be so.
    pub(crate) fn names(&self, facet: Facet) -> bool {
        self.conditions.iter().any(|(one, _)| *one == facet)
    }
}
