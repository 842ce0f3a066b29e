//! Short names that a text defines by itself.
//!
//! In: a passage and the document's aliases. Out: where bodies are called by them. Not here: finding
//! the definitions (`extract::term`).
//!
//! After `河长制工作机构（以下简称河长办）`, `县级以上河长办` is one mention by that name.

use std::ops::Range;
use std::sync::OnceLock;

use super::super::{OrganizationKind, region};
use super::grammar::{self, Prefix, Reach};
use super::lexicon::{ACTORS, LEXICON, Modifier};
use super::{Group, Mention, Naming, name};
use crate::text::affixes::{Affixes, Side};
use crate::text::{Passage, literal};

/// A short name that a document defines: `河长办` for `河长制工作机构`.
#[derive(Clone, Debug)]
pub struct Alias {
    /// As the document goes on to say it.
    pub short: String,
    /// What it stands for.
    pub full: String,
    /// What sort of body it is, read where first asked for: most are of none.
    kind: OnceLock<Option<OrganizationKind>>,
}

impl Alias {
    /// A short name and what it stands for.
    pub fn new(short: &str, full: &str) -> Alias {
        Alias { short: short.to_owned(), full: full.to_owned(), kind: OnceLock::new() }
    }
}

/// All short names of a document.
#[derive(Clone, Debug)]
pub struct Aliases {
    all: Vec<Alias>,
    /// By the short name, where in `all`.
    begins: Affixes<usize>,
}

impl Aliases {
    /// The short names, of which the later one counts where two are the same.
    pub fn new(all: Vec<Alias>) -> Aliases {
        let shorts = all.iter().enumerate().map(|(at, alias)| (alias.short.clone(), at));
        Aliases { begins: Affixes::new(Side::First, shorts), all }
    }

    /// All of them.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Alias> {
        self.all.iter()
    }

    /// Whether a text calls something by one of them.
    pub(super) fn are_in(&self, text: &str) -> bool {
        match self.all.len() {
            0..=FEW => self.each().any(|alias| literal::holds(text, &alias.short)),
            _ => self.begins.find(text, 0).is_some(),
        }
    }

    /// Whether a passage does.
    pub(super) fn are_in_passage(&self, passage: &Passage<'_>) -> bool {
        match self.all.len() {
            0..=FEW => self.each().any(|alias| passage.holds(&alias.short)),
            _ => self.begins.find(&passage.text, 0).is_some(),
        }
    }

    /// Those that can be found.
    fn each(&self) -> impl Iterator<Item = &Alias> {
        self.all.iter().filter(|alias| alias.short.len() >= 3)
    }

    /// Whether a whole text is one of them.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.begins.longest(text).is_some_and(|(length, _)| length == text.len())
    }

    /// The first place of a text, from a byte on, where one of them stands.
    fn find(&self, text: &str, from: usize) -> Option<(usize, &Alias)> {
        self.begins.find(text, from).map(|(at, _, &alias)| (at, &self.all[alias]))
    }
}

/// So many short names are sooner looked for one by one than together.
const FEW: usize = 16;

impl Default for Aliases {
    fn default() -> Aliases {
        Aliases::new(Vec::new())
    }
}

/// Puts the bodies that the text has short names for among the groups of a passage.
pub(super) fn insert(passage: &str, naming: &Naming, mut groups: Vec<Group>) -> Vec<Group> {
    let mut from = 0;
    while let Some((at, alias)) = naming.aliases.find(passage, from) {
        let short = alias.short.as_str();
        from = at + passage[at..].chars().next().map_or(1, char::len_utf8);
        if !is_short(short) {
            continue;
        }
        let prefix = prefix(passage, at, short, naming);
        let start = prefix.as_ref().map_or(at, |prefix| prefix.range.start);
        let range = start..at + short.len();
        if groups.iter().any(|group| covers(group, &range)) {
            continue;
        }
        // read only where the lexicon's own names leave a place to it
        let kind = alias.kind.get_or_init(|| kind(short, &alias.full, naming));
        if let Some(kind) = *kind {
            place(passage, &mut groups, mention(short, range, prefix, kind, naming));
        }
    }
    groups
}

/// Whether a short name may be one body's: 单位和个人 are two, whatever the text calls them together.
fn is_short(short: &str) -> bool {
    short.len() > 3 && !short.contains(['、', '和', '或', '及', '《', '，'])
}

/// What sort of body a short name is of; `None` where it is a thing, or a name that the lexicon
/// reads by itself.
fn kind(short: &str, full: &str, naming: &Naming) -> Option<OrganizationKind> {
    let known = grammar::scan(short, naming, Reach::Known);
    let covers = known.len() == 1
        && known[0].first().is_some_and(|unit| unit.range.start == 0)
        && known[0].last().is_some_and(|unit| unit.range.end == short.len());
    if covers {
        return None;
    }
    let plain = naming.without_aliases();
    let full = full.trim_end_matches(['。', '；']);
    let full = full.rsplit(['，', '；', '。', '：']).next().unwrap_or(full);
    let read = [short, full].iter().find_map(|phrase| {
        let found = super::subject::read(phrase, &plain);
        found.last().map(|mention| mention.kind)
    });
    // 工商所
    let body = short.ends_with(['所', '站', '队', '办', '局', '院', '委', '馆', '社']);
    read.or_else(|| (body && !short.ends_with("场所")).then_some(OrganizationKind::Other))
}

/// 县级以上|河长办, 市|河长办: the level or region before it. 本市河长办 has it inside.
fn prefix(passage: &str, at: usize, short: &str, naming: &Naming) -> Option<Prefix> {
    if naming.region.is_some() && own_part(short).is_some() {
        return None;
    }
    let before = &passage[..at];
    if let Some(name) = region::name_before(before) {
        return Some(name::region_prefix(name, at - name.len()..at, naming));
    }
    let (word, Modifier::Level(level)) = LEXICON.modifier_before(before)? else { return None };
    let start = at - word.len();
    let stands = !super::tier::is_part_of_word(&before[..start], word);
    stands.then(|| name::level_prefix(word, level, start..at, naming))
}

/// 本市|河长办: what follows a word for the document's own region; 国家出资企业 is a class.
fn own_part(short: &str) -> Option<&str> {
    ACTORS.iter().filter(|word| **word != "国家").find_map(|word| short.strip_prefix(word))
}

/// A body by its short name, with the level or region before it.
fn mention(
    short: &str,
    range: Range<usize>,
    prefix: Option<Prefix>,
    kind: OrganizationKind,
    naming: &Naming,
) -> Mention {
    if let Some((rest, own)) = own_part(short).zip(naming.region.as_ref()) {
        let (level, region) = (Some(own.level), Some(own.code));
        return Mention { name: format!("{}{rest}", own.name), range, level, kind, region };
    }
    let Some(prefix) = prefix else {
        // 市河湖长办, 市委巡察办: of the document's own region
        if short.starts_with(['省', '市', '县', '区', '州'])
            && short.ends_with(['办', '委', '室', '组'])
        {
            return Mention { kind, ..super::as_printed(short, range, naming) };
        }
        return Mention { name: short.to_owned(), range, level: None, kind, region: None };
    };
    let own = prefix.region.filter(|region| region.code != region::NATION);
    let owner = own.map_or(prefix.text.as_str(), |region| region.name);
    Mention {
        name: format!("{owner}{short}"),
        range,
        level: prefix.level,
        kind,
        region: prefix.region.map(|region| region.code),
    }
}

/// Puts a mention where it belongs, in place of what it meets; joins it to its neighbours.
fn place(passage: &str, groups: &mut Vec<Group>, mention: Mention) {
    let range = mention.range.clone();
    let meets = |group: &Group| group.range.start < range.end && range.start < group.range.end;
    groups.retain(|group| !meets(group));
    let mut at = groups.partition_point(|group| group.range.start < range.start);
    groups.insert(at, Group { mentions: vec![mention], range });
    for next in [at + 1, at] {
        if next == 0 || next >= groups.len() {
            continue;
        }
        let between = &passage[groups[next - 1].range.end..groups[next].range.start];
        if !between.is_empty() && grammar::joins(between) {
            let right = groups.remove(next);
            at = next - 1;
            groups[at].range.end = right.range.end;
            groups[at].mentions.extend(right.mentions);
        }
    }
}

/// Whether one of a group's own names holds this place whole.
fn covers(group: &Group, place: &Range<usize>) -> bool {
    let mut own = group.mentions.iter().map(|mention| &mention.range);
    group.range.start < place.end
        && place.start < group.range.end
        && own.any(|own| own.start <= place.start && place.end <= own.end)
}
