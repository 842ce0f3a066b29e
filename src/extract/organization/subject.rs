//! Subjects: phrases that grammar shows to be what a predicate is said of.
//!
//! In: a phrase. Out: who it names, or nobody where it is a thing. Not here: finding subjects
//! (`extract::clause`).
//!
//! `从事种植业的承包农户和农业企业` names two, `扶贫资金` none.

use super::super::{Level, OrganizationKind, region};
use super::grammar::{self, Reach, Unit};
use super::lexicon::{LEXICON, Modifier};
use super::{Mention, Naming, name};

/// Who a subject names.
pub(super) fn read(phrase: &str, naming: &Naming) -> Vec<Mention> {
    let trimmed = trim(phrase);
    if let Some(mention) = whole(trimmed, naming) {
        return vec![shift(mention, phrase, trimmed)];
    }
    if let Some(found) = levels(trimmed, naming) {
        return found.into_iter().map(|mention| shift(mention, phrase, trimmed)).collect();
    }
    let groups = grammar::scan(trimmed, naming, Reach::Whole);
    // what does not reach the end of the phrase is a modifier of the thing that does
    let Some(last) = groups.into_iter().next_back() else { return Vec::new() };
    let end = last.last().map_or(0, |unit| unit.range.end);
    if !closes(&trimmed[end..]) {
        return Vec::new();
    }
    last.into_iter()
        .flat_map(|unit: Unit| unit.mentions)
        .map(|mention| shift(mention, phrase, trimmed))
        .collect()
}

/// Whether nothing of weight follows the last name.
fn closes(rest: &str) -> bool {
    rest.is_empty() || rest == "等" || (rest.starts_with('（') && rest.ends_with('）'))
}

/// The phrase without what may stand around a subject.
fn trim(phrase: &str) -> &str {
    const BEFORE: [&str; 6] = ["对于", "凡", "但", "由", "，", "其中"];
    const AFTER: [&str; 12] =
        ["还", "都", "也", "均", "又", "则", "，", "依法", "分别", "共同", "及时", "一般"];
    let mut text = phrase.trim();
    if text.starts_with('（')
        && let Some(end) = text.find('）').filter(|&end| end <= 12)
    {
        text = &text[end + '）'.len_utf8()..];
    }
    if let Some(at) = text.find("（以下").filter(|_| text.ends_with('）')) {
        text = &text[..at];
    }
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest;
    }
    while let Some(rest) = AFTER.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    text
}

/// 国家, 本市, 全社会: words that are a bearer only as a whole subject.
fn whole(text: &str, naming: &Naming) -> Option<Mention> {
    let mention = |name: String, level, kind, region| {
        Some(Mention { name, range: 0..text.len(), level, kind, region })
    };
    match text {
        "国家" => mention(
            text.to_owned(),
            Some(Level::National),
            OrganizationKind::Region,
            Some(region::NATION.to_owned()),
        ),
        "本市" | "本省" | "本县" | "本区" | "本自治区" | "我省" | "我市" | "我县" =>
        {
            let own = naming.region.as_ref()?;
            mention(
                own.name.clone(),
                Some(own.level),
                OrganizationKind::Region,
                Some(own.code.clone()),
            )
        }
        _ => naming
            .aliases
            .iter()
            .find(|(short, _)| short == text)
            .and_then(|(short, _)| mention(short.clone(), None, OrganizationKind::Other, None)),
    }
}

/// 各市州、县市区: levels as actors.
fn levels(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    let rest = text.strip_prefix('各').unwrap_or(text);
    let mut at = text.len() - rest.len();
    let mut found = Vec::new();
    for word in rest.split(['、', '和']) {
        let Some(Modifier::Level(level)) = LEXICON.modifier(word) else { return None };
        if word.contains('级') || word.contains('直') || word.contains("以上") {
            return None;
        }
        let range = at..at + word.len();
        at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        let prefix = name::level_prefix(word, level, range.clone(), naming);
        let region = if rest.len() == text.len() { prefix.region } else { None };
        let name = region.as_ref().map_or(prefix.text, |region| region.name.clone());
        let code = region.map(|region| region.code);
        found.push(Mention { name, range, level, kind: OrganizationKind::Region, region: code });
    }
    Some(found)
}

/// Moves a mention from the trimmed phrase to the phrase.
fn shift(mention: Mention, phrase: &str, trimmed: &str) -> Mention {
    let by = trimmed.as_ptr() as usize - phrase.as_ptr() as usize;
    Mention { range: mention.range.start + by..mention.range.end + by, ..mention }
}
