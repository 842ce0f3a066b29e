//! Short names that a text defines by itself.
//!
//! In: a passage and the document's aliases. Out: where bodies are called by them. Not here: finding
//! the definitions (`extract::term`).
//!
//! After `河长制工作机构（以下简称河长办）`, `县级以上河长办` is one mention by that name.

use super::super::{OrganizationKind, region};
use super::grammar::{self, Reach};
use super::lexicon::{ACTORS, LEXICON, Modifier};
use super::{Group, Mention, Naming, name};

/// Puts the bodies that the text has short names for among the groups of a passage.
pub(super) fn insert(passage: &str, naming: &Naming, mut groups: Vec<Group>) -> Vec<Group> {
    for (short, full) in &naming.aliases {
        if !passage.contains(short.as_str()) {
            continue;
        }
        let Some(kind) = kind(short, full, naming) else { continue };
        for (at, _) in passage.match_indices(short.as_str()) {
            let mention = mention(passage, at..at + short.len(), kind, naming);
            place(passage, &mut groups, mention);
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
    if !is_short(short) {
        return None;
    }
    let plain = naming.without_aliases();
    let known = grammar::scan(short, &plain, Reach::Known);
    let covers = known.len() == 1
        && known[0].first().is_some_and(|unit| unit.range.start == 0)
        && known[0].last().is_some_and(|unit| unit.range.end == short.len());
    if covers {
        return None;
    }
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

/// 县级以上|河长办, 市|河长办: with the level or region before it.
fn mention(
    passage: &str,
    range: std::ops::Range<usize>,
    kind: OrganizationKind,
    naming: &Naming,
) -> Mention {
    let short = &passage[range.clone()];
    let own = naming.region.as_ref();
    if let Some((rest, own)) = ACTORS.iter().find_map(|word| short.strip_prefix(word)).zip(own) {
        let (level, region) = (Some(own.level), Some(own.code.clone()));
        return Mention { name: format!("{}{rest}", own.name), range, level, kind, region };
    }
    let before = &passage[..range.start];
    let prefix = if let Some(name) = region::name_before(before) {
        Some(name::region_prefix(name, range.start - name.len()..range.start, naming))
    } else if let Some((word, Modifier::Level(level))) = LEXICON.modifier_before(before)
        && !super::left::is_part_of_word(&before[..before.len() - word.len()], word)
    {
        Some(name::level_prefix(word, level, range.start - word.len()..range.start, naming))
    } else {
        None
    };
    let Some(prefix) = prefix else {
        return Mention { name: short.to_owned(), range, level: None, kind, region: None };
    };
    let own = prefix.region.as_ref().filter(|region| region.code != region::NATION);
    let owner = own.map_or(prefix.text.as_str(), |region| region.name.as_str());
    Mention {
        name: format!("{owner}{short}"),
        range: prefix.range.start..range.end,
        level: prefix.level,
        kind,
        region: prefix.region.as_ref().map(|region| region.code.clone()),
    }
}

/// Puts a mention where it belongs, unless a longer name covers it; joins it to its neighbours.
fn place(passage: &str, groups: &mut Vec<Group>, mention: Mention) {
    let range = mention.range.clone();
    let meets = |group: &Group| group.range.start < range.end && range.start < group.range.end;
    if groups.iter().any(|group| meets(group) && covers(group, &mention)) {
        return;
    }
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

/// Whether one of a group's own names holds this one whole.
fn covers(group: &Group, mention: &Mention) -> bool {
    group
        .mentions
        .iter()
        .any(|own| own.range.start <= mention.range.start && mention.range.end <= own.range.end)
}
