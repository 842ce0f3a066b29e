//! Who is named: organizations, posts and classes of them, with canonical names.
//!
//! In: a passage and the document's [`Naming`]. Out: [`Group`]s, coordinations of organizations
//! as they stand in the text, split and named. Not here: whether they bear a duty
//! (`extract::clause`).
//!
//! In a text of Hunan, `省委和省人民政府` is one group of 中共湖南省委 and 湖南省人民政府.

use std::ops::Range;

use super::words::{self, Class};
use super::{Level, OrganizationKind, Region};
use crate::text::Passage;
use grammar::Reach;
use lexicon::{Head, LEXICON};

pub use alias::{Alias, Aliases};
pub use known::Subjects;

mod actor;
mod alias;
mod bracket;
mod committee;
mod grammar;
mod inherit;
mod known;
mod left;
mod levels;
mod lexicon;
mod merged;
mod name;
mod open;
mod owner;
mod share;
mod subject;
mod tier;

/// What relative names of a document are read by.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// The document's own region: 省委 is its own.
    pub region: Option<Region>,
    /// The township or street that a document is of, which no table of regions has: 镇纪委 is its own.
    pub town: Option<String>,
    /// It is an institution's own (a school, a company, a development zone): names without a tier are not the region's.
    pub institution: bool,
    /// The document's date, ISO 8601: names are those of that day.
    pub date: Option<String>,
    /// Short names that the text defines with 以下简称.
    pub aliases: Aliases,
    /// Whom the phrases read so far name: a document says the same ones again and again.
    pub subjects: Subjects,
}

impl Naming {
    /// 镇|财政所: a name that begins with the tier of the document's town, as the town's own.
    fn of_town(&self, name: &str) -> Option<String> {
        let town = self.town.as_deref()?;
        let tier = ["街道", "镇", "乡"].into_iter().find(|tier| town.ends_with(tier))?;
        let own = name.strip_prefix(tier)?;
        (!own.is_empty()).then(|| [town, own].concat())
    }

    /// The same without what the text defines.
    fn without_aliases(&self) -> Naming {
        Naming {
            region: self.region,
            town: self.town.clone(),
            institution: self.institution,
            date: self.date.clone(),
            aliases: Aliases::default(),
            subjects: Subjects::default(),
        }
    }
}

/// One organization, post or class, in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Canonical name.
    pub name: String,
    /// Where it is printed: a byte range of the passage. Of a distributed name
    /// (`市、县级河长`) its own part.
    pub range: Range<usize>,
    /// Its tier.
    pub level: Option<Level>,
    /// What sort it is.
    pub kind: OrganizationKind,
    /// The code of its region, where that is known.
    pub region: Option<&'static str>,
}

/// A coordination of organizations: `省委和省人民政府`, `发展改革、教育、民政等部门`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its members, in the order of the text.
    pub mentions: Vec<Mention>,
    /// All of it, with what introduces (各, 有关) and closes it (等部门).
    pub range: Range<usize>,
}

/// All groups of a phrase, from left to right, without overlap.
pub fn groups(phrase: &str, naming: &Naming) -> Vec<Group> {
    let called = naming.aliases.are_in(phrase);
    read(phrase, naming, called)
}

/// The same of a passage, of which it is known which characters it holds.
pub(super) fn groups_of(passage: &Passage<'_>, naming: &Naming) -> Vec<Group> {
    let called = naming.aliases.are_in_passage(passage);
    read(&passage.text, naming, called)
}

/// `called`: whether the text calls some by short names of its own.
fn read(passage: &str, naming: &Naming, called: bool) -> Vec<Group> {
    let groups = grammar::scan(passage, naming, Reach::Known)
        .into_iter()
        .map(grammar::group)
        .filter(|group| !group.mentions.is_empty())
        .collect();
    let groups = if called { alias::insert(passage, naming, groups) } else { groups };
    bracket::read(passage, groups)
}

/// Reads a phrase that grammar shows to be a subject (`生产经营单位`, `国有及民营企业、社会组织`) as
/// bearers, also where no lexicon knows them. Empty where the phrase is no body or person but a
/// thing (`省级一般性转移支付资金`). Ranges count in `phrase`.
pub fn subject(phrase: &str, naming: &Naming) -> Vec<Mention> {
    naming.subjects.of(phrase, || subject::read(phrase, naming))
}

/// Mentions of a passage, those that a bracket parts as one.
pub(super) fn whole(passage: &str, mentions: &[Mention]) -> Vec<Mention> {
    bracket::whole(passage, mentions.to_vec())
}

/// Whether a phrase may be a subject by its end: a cheap look before [`subject`].
pub(super) fn may_end_subject(phrase: &str) -> bool {
    // 无法兑付或者|经营场所变更: no one who does
    (LEXICON.is_ended_by_head(phrase.strip_suffix('等').unwrap_or(phrase))
        && !phrase.ends_with("或者"))
        || phrase.ends_with('）')
        || phrase.ends_with("的领导")
}

/// Whether a word is a class of persons: 乘客, 学生.
pub(super) fn is_person(word: &str) -> bool {
    LEXICON.head(word).is_some_and(|term| term.head == Head::Person)
}

/// Reads a phrase as one organization: an issuer, an addressee. Its name is canonical, as the
/// document's region has it. `None` where it is none or more than one.
pub fn party(phrase: &str, naming: &Naming) -> Option<Mention> {
    match subject::read(phrase, naming).as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// An organization that no table knows, called as it is printed: `市文化广播影视局`, with the document's own region for 市.
pub(super) fn as_printed(name: &str, range: Range<usize>, naming: &Naming) -> Mention {
    let level = name.chars().next().filter(|level| "省市县区州".contains(*level));
    let word = &name[..level.map_or(0, char::len_utf8)];
    let region = naming.region.as_ref().and_then(|own| name::own_region(word, own));
    let own = &name[level.map_or(0, char::len_utf8)..];
    // 县委|巡察办
    let full = region.map(|region| [name::party(own), region.name, own].concat());
    let full = full.or_else(|| naming.of_town(name));
    Mention {
        name: full.unwrap_or_else(|| name.to_owned()),
        range,
        level: region.map(|region| region.level),
        kind: OrganizationKind::Department,
        region: region.map(|region| region.code),
    }
}

/// `政府|采购应当优先`: what 政府 names with the word behind it is a thing, and nobody.
pub(super) fn is_thing_of_government(after: &str) -> bool {
    words::begins(Class::GovernmentThing, after) > 0
}

/// Whether this is a body of the whole country: 国务院, 财政部.
pub(super) fn is_national(name: &str) -> bool {
    LEXICON.absolute(name).is_some() || name.starts_with("国务院")
}
