//! Words that organizations are named with: `data/*.tsv` as tables.
//!
//! In: nothing. Out: [`Lexicon`]: heads to look for in a text, and the words that may stand
//! before them. Not here: how they go together (`grammar`), what they are called (`name`).
//!
//! `发改委` is a head, short for 发展和改革委员会; `县级以上` is a modifier, a level.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::kinds::Vocabulary;
use super::super::{Level, OrganizationKind};
use crate::text::affixes::{Affixes, Side};

/// What a word at the end of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A body known by its whole name: `国务院`, `财政部`.
    Absolute,
    /// A body of a region, whose name takes the region's: `省委`, `发改委`, `人民政府`.
    Local,
    /// A common noun for bodies: `部门`, `企业`, `生产经营单位`.
    Body,
    /// A common noun for persons: `经营者`, `工作人员`.
    Person,
    /// A post: `主要负责人`, `县长`.
    Post,
    /// A region by its full name: `长沙市`.
    Region,
    /// A whole country or region that acts: `国家`, `本市`.
    Actor,
}

/// A head with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub text: &'static str,
    pub head: Head,
    pub kind: OrganizationKind,
    /// The full name; `{}` stands for the region.
    pub name: &'static str,
    /// The level that the word itself says: 省委.
    pub level: Option<&'static str>,
    /// The first and the last year of the name, where known.
    pub years: (Option<u16>, Option<u16>),
}

/// What a word before a head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    /// A field of administration: `教育`.
    Field,
    /// What stands between field and head: `行政主管`.
    Link,
    /// `省`, `县级以上`, `各级`
    Level(Option<Level>),
    /// `各`, `有关`
    Drop,
}

/// All words.
pub(super) struct Lexicon {
    /// What heads begin with.
    openings: Vocabulary,
    /// By text, where in `terms`.
    heads: Affixes<usize>,
    ends: Affixes<()>,
    /// The heads, and those known by their whole names only.
    terms: Vec<Term>,
    absolute: FxHashMap<&'static str, usize>,
    /// Short forms that meant different bodies at different times.
    named: FxHashMap<&'static str, Vec<Term>>,
    modifiers: Affixes<Modifier>,
}

/// The lexicon, made when it is first used.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    fn new() -> Lexicon {
        let Gathered { terms, absolute: wholes, mut named } = Gathered::read();
        let mut terms: Vec<Term> = terms.into_values().collect();
        let openings = Vocabulary::new(terms.iter().map(|term| (term.text, 0)));
        let heads = terms.iter().enumerate().map(|(at, term)| (term.text, at));
        let heads = Affixes::new(Side::First, heads);
        let ends = Affixes::new(Side::Last, terms.iter().map(|term| (term.text, ())));
        let mut absolute = FxHashMap::default();
        for (text, term) in wholes {
            absolute.insert(text, terms.len());
            terms.push(term);
        }
        named.retain(|_, terms| terms.len() > 1);
        let modifiers = Affixes::new(Side::Last, modifiers());
        Lexicon { openings, heads, ends, terms, absolute, named, modifiers }
    }

    /// The first head at or after `from`, the longest there.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<(&Term, Range<usize>)> {
        let (at, length, term) = self.find_head(text, from)?;
        Some((&self.terms[term], at..at + length))
    }

    fn find_head(&self, text: &str, from: usize) -> Option<(usize, usize, usize)> {
        let mut from = from;
        loop {
            let at = self.openings.find_any(text, from)?;
            if let Some((length, &term)) = self.heads.longest(&text[at..]) {
                return Some((at, length, term));
            }
            from = at + "词".len();
        }
    }

    /// Whether a text ends with a head.
    pub(super) fn is_ended_by_head(&self, text: &str) -> bool {
        self.ends.longest(text).is_some()
    }

    /// Whether heads begin at two places of a text.
    pub(super) fn has_two_heads(&self, text: &str) -> bool {
        let second = |from: usize| self.find_head(text, from).is_some();
        let first = self.find_head(text, 0).map(|(at, ..)| at);
        first.and_then(|at| Some(at + text[at..].chars().next()?.len_utf8())).is_some_and(second)
    }

    /// The body whose whole name this is.
    pub(super) fn absolute(&self, text: &str) -> Option<&Term> {
        self.absolute.get(text).map(|&at| &self.terms[at])
    }

    /// The head whose whole text this is.
    pub(super) fn head(&self, text: &str) -> Option<&Term> {
        let (_, &at) = self.heads.longest(text).filter(|(length, _)| *length == text.len())?;
        Some(&self.terms[at])
    }

    /// What a short form meant on a day: of 农委 in 2017 农业委员会, in 2020 农业农村委员会.
    pub(super) fn on<'t>(&'t self, term: &'t Term, date: Option<&str>) -> &'t Term {
        if date.is_none() || term.years == (None, None) {
            return term;
        }
        let Some(terms) = self.named.get(term.text) else { return term };
        let Some(year) = date.and_then(|date| date.get(..4)).and_then(|year| year.parse().ok())
        else {
            return term;
        };
        let held = |one: &&Term| {
            one.head == term.head
                && one.years.0.is_none_or(|from| from <= year)
                && one.years.1.is_none_or(|until| year <= until)
        };
        terms.iter().filter(held).min_by_key(|one| one.years.1.unwrap_or(u16::MAX)).unwrap_or(term)
    }

    /// The longest modifier that ends at the end of `text`.
    pub(super) fn modifier_before<'t>(&self, text: &'t str) -> Option<(&'t str, Modifier)> {
        let (length, &modifier) = self.modifiers.longest(text)?;
        Some((&text[text.len() - length..], modifier))
    }

    /// Whether this whole word is a modifier.
    pub(super) fn modifier(&self, word: &str) -> Option<Modifier> {
        self.modifier_before(word).filter(|(known, _)| known.len() == word.len()).map(|(_, it)| it)
    }
}

/// Words that stand for a whole country or region.
pub(super) const ACTORS: [&str; 9] =
    ["国家", "本省", "本市", "本县", "本区", "本自治区", "我省", "我市", "我县"];

/// Party committees and their offices, named by their level in one word.
const COMMITTEES: [(&str, &str); 17] = [
    ("团区委", "区"),
    ("团县委", "县"),
    ("团州委", "州"),
    ("团市委", "市"),
    ("团省委", "省"),
    ("区委", "区"),
    ("县委", "县"),
    ("州委", "州"),
    ("市委", "市"),
    ("旗委", "旗"),
    ("盟委", "盟"),
    ("省委", "省"),
    ("区委办", "区"),
    ("县委办", "县"),
    ("州委办", "州"),
    ("市委办", "市"),
    ("省委办", "省"),
];

/// Heads as the tables give them, before they are sorted.
#[derive(Default)]
struct Gathered {
    /// By its text, the one meaning that a text is read in.
    terms: FxHashMap<&'static str, Term>,
    absolute: FxHashMap<&'static str, Term>,
    /// All that a short form has meant.
    named: FxHashMap<&'static str, Vec<Term>>,
}

impl Gathered {
    /// Reads all tables of heads; where two know a text, the later one holds.
    fn read() -> Gathered {
        let mut all = Gathered::default();
        all.add_regions();
        all.add_nouns();
        all.add_organizations();
        all.add_committees();
        all
    }

    fn put(&mut self, term: Term) {
        self.terms.insert(term.text, term);
    }

    fn add_regions(&mut self) {
        for name in super::super::region::full_names() {
            self.put(plain(name, Head::Region, OrganizationKind::Region));
        }
        for text in ACTORS {
            self.put(plain(text, Head::Actor, OrganizationKind::Region));
        }
    }

    fn add_nouns(&mut self) {
        for row in rows(include_str!("../../../data/persons.tsv")) {
            self.put(plain(row[0], Head::Person, OrganizationKind::Persons));
        }
        for row in rows(include_str!("../../../data/bodies.tsv")) {
            self.put(plain(row[0], Head::Body, kind(row[1])));
        }
        for row in rows(include_str!("../../../data/posts.tsv")) {
            self.put(plain(row[0], Head::Post, OrganizationKind::Post));
        }
    }

    fn add_organizations(&mut self) {
        for row in rows(include_str!("../../../data/organizations.tsv")) {
            let (name, kind) = (row[0], kind(row[2]));
            let head = if name.contains("{}") { Head::Local } else { Head::Absolute };
            let whole = (head == Head::Absolute).then_some(name);
            let years = (row[3].parse().ok(), row[4].parse().ok());
            for text in row[1].split(',').filter(|text| !text.is_empty()).chain(whole) {
                self.add_organization(Term { text, head, kind, name, level: None, years });
            }
        }
    }

    /// A text that may mean a body of a region is read as that.
    fn add_organization(&mut self, term: Term) {
        self.named.entry(term.text).or_default().push(term.clone());
        if term.head == Head::Absolute {
            self.absolute.insert(term.text, term.clone());
        }
        let is_local = |old: &Term| old.head == Head::Local;
        if is_local(&term) || !self.terms.get(term.text).is_some_and(is_local) {
            self.put(term);
        }
    }

    fn add_committees(&mut self) {
        for (text, level) in COMMITTEES {
            let (kind, name) = match text {
                "省委办" => (OrganizationKind::Party, "中共{}委办公厅"),
                _ if text.ends_with('办') => (OrganizationKind::Party, "中共{}委办公室"),
                _ if text.starts_with('团') => (OrganizationKind::Group, "共青团{}委"),
                _ => (OrganizationKind::Party, "中共{}委"),
            };
            self.put(Term { name, level: Some(level), ..plain(text, Head::Local, kind) });
        }
        self.put(plain("党政", Head::Local, OrganizationKind::Party));
    }
}

/// The words before heads.
fn modifiers() -> impl Iterator<Item = (&'static str, Modifier)> {
    rows(include_str!("../../../data/modifiers.tsv")).map(|row| {
        let modifier = match row[1] {
            "field" => Modifier::Field,
            "link" => Modifier::Link,
            "drop" => Modifier::Drop,
            _ => Modifier::Level(level(row[2])),
        };
        (row[0], modifier)
    })
}

fn plain(text: &'static str, head: Head, kind: OrganizationKind) -> Term {
    Term { text, head, kind, name: text, level: None, years: (None, None) }
}

/// The lines of a table without its header, in columns.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

fn level(word: &str) -> Option<Level> {
    Some(match word {
        "national" => Level::National,
        "province" => Level::Province,
        "city" => Level::City,
        "county" => Level::County,
        "township" => Level::Township,
        "village" => Level::Village,
        _ => return None,
    })
}

fn kind(word: &str) -> OrganizationKind {
    match word {
        "party" => OrganizationKind::Party,
        "government" => OrganizationKind::Government,
        "department" => OrganizationKind::Department,
        "congress" => OrganizationKind::Congress,
        "judicial" => OrganizationKind::Judicial,
        "temporary" => OrganizationKind::Temporary,
        "group" => OrganizationKind::Group,
        "enterprise" => OrganizationKind::Enterprise,
        "military" => OrganizationKind::Military,
        "grassroots" => OrganizationKind::Grassroots,
        "persons" => OrganizationKind::Persons,
        _ => OrganizationKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_is_found_where_it_stands() {
        let heads: Vec<&Term> =
            LEXICON.terms.iter().filter(|term| LEXICON.head(term.text).is_some()).collect();
        assert!(heads.len() > 4000, "{}", heads.len());
        for term in heads {
            let text = format!("——a{}。", term.text);
            let (found, range) = LEXICON.find(&text, 3).expect(term.text);
            assert_eq!((found.text, &text[range]), (term.text, term.text));
        }
        assert!(LEXICON.find("——a，之。", 0).is_none());
        assert!(LEXICON.find("", 0).is_none());
    }
}
