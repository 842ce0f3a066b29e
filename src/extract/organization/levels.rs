//! Levels and places as actors, alone and in lists.
//!
//! In: a phrase that may be a subject. Out: the levels it names, each as a bearer. Not here: bodies of a level
//! (`organization::grammar`), regions by name (`extract::region`).
//!
//! `各市州、县市区` names two, `乡镇（街道）` one class of one level.

use super::super::{Level, OrganizationKind, words};
use super::lexicon::{LEXICON, Modifier};
use super::subject::read;
use super::{Mention, Naming, name};
use crate::text::literal;

/// 市直各部门、|各县（市、区）: a list that ends with places as actors.
pub(super) fn with_tiers(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    let at = literal::rfind(text, "、各").or_else(|| literal::rfind(text, "和各"))?;
    let joint = '、'.len_utf8();
    let tail = levels(&text[at + joint..], naming)?;
    let mut found = read(&text[..at], naming);
    if found.is_empty() {
        return None;
    }
    found.extend(tail.into_iter().map(|one| Mention {
        range: one.range.start + at + joint..one.range.end + at + joint,
        ..one
    }));
    Some(found)
}

/// 各镇、|县直各部门; 各乡镇（街道）、|各有关部门: a list that begins with places as actors.
pub(super) fn tiers_first(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    const OTHERS: [&str; 10] =
        ["各", "有关", "相关", "县直", "市直", "省直", "区直", "州直", "直属", "机关"];
    // 各乡镇、各部门|主要负责人
    let post = ["负责人", "负责同志", "领导"].iter().any(|end| text.ends_with(end));
    let begins =
        !post && text.starts_with('各') && !text.starts_with("各级") && !text.starts_with("各地");
    let joints = text.char_indices().filter(|(_, one)| begins && matches!(one, '、' | '和'));
    let at = joints.map(|(at, _)| at).find(|&at| {
        let rest = &text[at + '、'.len_utf8()..];
        OTHERS.iter().any(|word| rest.starts_with(word)) && !rest.starts_with("各级")
    })?;
    let mut found = levels(&text[..at], naming)?;
    let from = at + '、'.len_utf8();
    let rest = read(&text[from..], naming);
    if rest.is_empty() {
        return None;
    }
    found.extend(
        rest.into_iter()
            .map(|one| Mention { range: one.range.start + from..one.range.end + from, ..one }),
    );
    Some(found)
}

/// 县乡两级, 各级: tiers as actors, of which each is named.
fn tiers(text: &str) -> Option<Vec<Mention>> {
    let mention = |name: String, range| Mention {
        name,
        range,
        level: None,
        kind: OrganizationKind::Region,
        region: None,
    };
    if text == "各级" {
        return Some(vec![mention(text.to_owned(), 0..text.len())]);
    }
    let words = ["两级", "三级", "四级", "五级"].iter().find_map(|end| text.strip_suffix(end))?;
    let tier = |one: &char| "省市县区乡镇村".contains(*one);
    let plain = words.chars().all(|one| tier(&one) || one == '、');
    let named = words.char_indices().filter(|(_, one)| tier(one));
    let found: Vec<Mention> =
        named.map(|(at, one)| mention(format!("{one}级"), at..at + one.len_utf8())).collect();
    (plain && found.len() > 1).then_some(found)
}

/// 各市州、县市区: levels as actors.
pub(super) fn levels(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    if let Some(tiers) = tiers(text) {
        return Some(tiers);
    }
    // 有关|县（市、区）
    let any = ["各", "有关", "相关"].iter().find_map(|word| text.strip_prefix(word));
    let rest = any.unwrap_or(text);
    let mut at = text.len() - rest.len();
    let mut found = Vec::new();
    let mut depth = 0_i32;
    let outside = |one: char| {
        depth += i32::from(one == '（') - i32::from(one == '）');
        depth == 0 && matches!(one, '、' | '和')
    };
    for word in rest.split(outside) {
        // 乡镇（办事处）
        let plain = word
            .replace("办事处", "办")
            .chars()
            .all(|one| "省市县区州旗盟乡镇街道村地行委开发管理园场社办（）、".contains(one));
        let level = match LEXICON.modifier(word) {
            Some(Modifier::Level(level)) => level,
            // 州（地、市）, 县（市、行委）
            None if plain && word.ends_with('）') && any.is_some() => None,
            // 各镇、场
            None if word == "场" && !found.is_empty() => None,
            _ => return None,
        };
        if (level.is_none() && !plain)
            || (word.contains('级') && !word.starts_with("县级市"))
            || word.contains('直')
            || word.contains("以上")
            || word.starts_with('全')
        {
            return None;
        }
        let range = at..at + word.len();
        at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        let prefix = name::level_prefix(word, level, range.clone(), naming);
        let region = if rest.len() == text.len() { prefix.region } else { None };
        let name = region.map_or(prefix.text, |region| region.name.to_owned());
        let code = region.map(|region| region.code);
        let kind = OrganizationKind::Region;
        for name in sorts(&name) {
            found.push(Mention { name, range: range.clone(), level, kind, region: code });
        }
    }
    Some(found)
}

/// 严陵镇, 新店镇、|向义镇: towns by their names, which no table has.
pub(super) fn towns(text: &str) -> Option<Vec<Mention>> {
    const CLASSES: [&str; 22] = [
        "城镇",
        "乡镇",
        "集镇",
        "小镇",
        "古镇",
        "强镇",
        "名镇",
        "重镇",
        "村镇",
        "建制镇",
        "中心镇",
        "示范镇",
        "县镇",
        "家乡",
        "故乡",
        "水乡",
        "下乡",
        "返乡",
        "之乡",
        "民族乡",
        "城乡",
        "村街道",
    ];
    let town = |word: &str| {
        let end = ["街道", "镇", "乡"].into_iter().find(|end| word.ends_with(end));
        end.is_some_and(|end| {
            let own = &word[..word.len() - end.len()];
            (2..=4).contains(&own.chars().count())
                && own.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
                && !CLASSES.iter().any(|class| word.ends_with(class))
                && !own.contains([
                    '的', '各', '本', '该', '有', '所', '相', '每', '全', '上', '级', '等', '在',
                    '向', '对', '由',
                ])
                && !own.ends_with(['省', '市', '县', '区', '州'])
                && words::predicate(own) == 0
        })
    };
    if !text.ends_with(['镇', '乡', '道']) || !text.split(['、', '和']).all(town) {
        return None;
    }
    let mention = |word: &str| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        Mention {
            name: word.to_owned(),
            range: at..at + word.len(),
            level: Some(Level::Township),
            kind: OrganizationKind::Region,
            region: None,
        }
    };
    Some(text.split(['、', '和']).map(mention).collect())
}

/// 市或者区|财政: the purses of several tiers.
pub(super) fn purses(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    let tiers = text.strip_suffix("财政").filter(|tiers| !tiers.is_empty())?;
    let mut found = Vec::new();
    for tier in tiers.split("或者").flat_map(|part| part.split('或')) {
        let at = tier.as_ptr() as usize - text.as_ptr() as usize;
        for mention in levels(tier, naming)? {
            let name = [mention.name.as_str(), "财政"].concat();
            let range = mention.range.start + at..mention.range.end + at;
            let kind = OrganizationKind::Department;
            found.push(Mention { name, range, kind, ..mention });
        }
    }
    Some(found)
}

/// 镇（场）, 街道（开发区）: two sorts of bodies; 乡镇（街道）, 村（社区） are one class, whatever a place has of it.
fn sorts(name: &str) -> Vec<String> {
    const OTHERS: [&str; 8] =
        ["街道", "街道办", "街道办事处", "社区", "开发区", "管理区", "园区", "场"];
    let split = name.strip_suffix('）').and_then(|open| open.split_once('（'));
    let two = split.filter(|(one, others)| {
        matches!(*one, "街道" | "乡镇" | "镇" | "村")
            && others.split('、').all(|other| OTHERS.contains(&other))
            && others.split('、').any(|other| other.ends_with(['区', '场']) && other != "社区")
    });
    match two {
        Some((one, others)) => {
            let full = |one| if one == "街道办" { "街道办事处" } else { one };
            std::iter::once(one).chain(others.split('、').map(full)).map(str::to_owned).collect()
        }
        None => vec![name.to_owned()],
    }
}

/// 脱贫任务重的|乡（镇）, 全镇15个|村: levels with what tells which.
pub(super) fn described_levels(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    let at = match text.rfind('的') {
        Some(at) => at + '的'.len_utf8(),
        None => {
            text.rfind('个').filter(|&at| text[..at].ends_with(|c: char| c.is_ascii_digit()))? + 3
        }
    };
    let found = levels(&text[at..], naming)?;
    let plain = !text.contains(['、', '，', '对', '由']) && text.chars().count() <= 24;
    plain.then(|| {
        let named = |one: Mention| Mention {
            name: [&text[..at], &one.name].concat(),
            range: 0..text.len(),
            region: None,
            ..one
        };
        found.into_iter().map(named).collect()
    })
}
