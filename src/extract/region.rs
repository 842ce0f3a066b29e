//! Regions of China: what they are called, what they belong to, and whose rule a text is.
//!
//! In: a name, a code, or a document's title, issuers and text. Out: [`Region`]s of GB/T 2260
//! (`data/regions.tsv`, current and former names). Not here: what an organization is called
//! (`organization`).
//!
//! `威远县` is 511024; 内江市 and 四川省 are above it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Level, Region};
use crate::text::literal;

/// The whole country.
pub const NATION: &str = "000000";

/// A line of the table.
#[derive(Debug)]
struct Entry {
    code: &'static str,
    name: &'static str,
    level: Level,
    parent: &'static str,
    former: bool,
}

/// The table with its indexes.
struct Table {
    entries: Vec<Entry>,
    by_code: FxHashMap<&'static str, usize>,
    by_name: FxHashMap<&'static str, Vec<usize>>,
    by_short: FxHashMap<&'static str, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        entries: Vec::new(),
        by_code: FxHashMap::default(),
        by_name: FxHashMap::default(),
        by_short: FxHashMap::default(),
    };
    for line in include_str!("../../data/regions.tsv").lines().skip(1) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (code, name, level, parent, status) = (next(), next(), next(), next(), next());
        let level = match level {
            "province" => Level::Province,
            "prefecture" => Level::City,
            _ => Level::County,
        };
        if name.contains('-') {
            continue;
        }
        let at = table.entries.len();
        table.entries.push(Entry { code, name, level, parent, former: status == "former" });
        let known = table.by_code.entry(code).or_insert(at);
        if table.entries[*known].former {
            *known = at;
        }
        table.by_name.entry(name).or_default().push(at);
        if let Some(short) = short_name(name) {
            table.by_short.entry(short).or_default().push(at);
        }
    }
    table
});

/// What a region is called without its suffix: `湖南`, `威远`, `内蒙古`, `湘西`. Names of one
/// character (`安县`) have none.
fn short_name(name: &'static str) -> Option<&'static str> {
    const PEOPLES: [&str; 31] = [
        "壮族",
        "回族",
        "维吾尔",
        "土家族",
        "藏族",
        "苗族",
        "侗族",
        "瑶族",
        "彝族",
        "白族",
        "傣族",
        "哈尼族",
        "景颇族",
        "傈僳族",
        "布依族",
        "羌族",
        "朝鲜族",
        "满族",
        "黎族",
        "畲族",
        "水族",
        "佤族",
        "拉祜族",
        "纳西族",
        "各族",
        "仡佬族",
        "毛南族",
        "仫佬族",
        "独龙族",
        "布朗族",
        "蒙古族",
    ];
    let mut stem = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .or_else(|| name.strip_suffix(['省', '市', '县', '区', '旗', '盟']))?;
    if literal::holds(stem, "族")
        && let Some(at) = PEOPLES.iter().filter_map(|people| literal::find(stem, people)).min()
        && at > 0
    {
        stem = &stem[..at];
    }
    (stem.chars().count() >= 2).then_some(stem)
}

fn region(at: usize) -> Region {
    let entry = &TABLE.entries[at];
    Region { code: entry.code, name: entry.name, level: entry.level }
}

/// The whole country as a region.
pub fn nation() -> Region {
    Region { code: NATION, name: "全国", level: Level::National }
}

/// The region with a code.
pub fn by_code(code: &str) -> Option<Region> {
    if code == NATION {
        return Some(nation());
    }
    TABLE.by_code.get(code).map(|&at| region(at))
}

/// The region right above: of 威远县 it is 内江市, of a province the nation.
pub fn parent(of: &Region) -> Option<Region> {
    if of.level == Level::National {
        return None;
    }
    let at = *TABLE.by_code.get(of.code)?;
    match TABLE.entries[at].parent {
        "" => Some(nation()),
        code => by_code(code).or_else(|| by_code(&format!("{}0000", &of.code[..2]))),
    }
}

/// The regions above, the nearest first, without the nation.
pub fn ancestors(of: &Region) -> Vec<Region> {
    std::iter::successors(parent(of), parent).filter(|one| one.level != Level::National).collect()
}

/// Whether a region is 北京市, 天津市, 上海市 or 重庆市.
pub fn is_municipality(region: &Region) -> bool {
    region.level == Level::Province && region.name.ends_with('市')
}

/// The region of a full name (`威远县`), or of a short one (`湖南`, `武邑`) where only one region
/// of its tier or above has it. Of several with the same name, the one `near` (itself, its child
/// or its ancestor) is taken; without one, none.
pub fn lookup(name: &str, near: Option<&Region>) -> Option<Region> {
    pick(called(name)?.1, near).map(region)
}

/// The same by the name that was looked up: 湖南, which a short name means, stays 湖南.
pub(super) fn lookup_as_printed(name: &str, near: Option<&Region>) -> Option<Region> {
    let (name, found) = called(name)?;
    pick(found, near).map(|at| Region { name, ..region(at) })
}

/// The regions of a full or a short name, and that name.
fn called(name: &str) -> Option<(&'static str, &'static [usize])> {
    let found = TABLE.by_name.get_key_value(name).or_else(|| TABLE.by_short.get_key_value(name));
    found.map(|(&name, found)| (name, found.as_slice()))
}

/// Whether this is the full name of a region, now or formerly.
pub fn is_full_name(name: &str) -> bool {
    TABLE.by_name.contains_key(name)
}

/// All full names.
pub fn full_names() -> impl Iterator<Item = &'static str> {
    TABLE.by_name.keys().copied()
}

/// Of entries with one name, the one meant: the only one; else the only one of the highest tier;
/// else the only one near.
fn pick(found: &[usize], near: Option<&Region>) -> Option<usize> {
    let mut codes: Vec<usize> = Vec::new();
    for &at in found {
        let entry = &TABLE.entries[at];
        let same = codes.iter().position(|&other| TABLE.entries[other].code == entry.code);
        match same {
            Some(_) => {}
            None => codes.push(at),
        }
    }
    if let Some(near) = near {
        let stem = near.code.trim_end_matches("00");
        let kin: Vec<usize> = codes
            .iter()
            .copied()
            .filter(|&at| {
                TABLE.entries[at].code.starts_with(stem)
                    || near.code.starts_with(TABLE.entries[at].code.trim_end_matches("00"))
            })
            .collect();
        if let [only] = kin[..] {
            return Some(only);
        }
    }
    let current: Vec<usize> =
        codes.iter().copied().filter(|&at| !TABLE.entries[at].former).collect();
    let codes = if current.is_empty() { codes } else { current };
    let top = codes.iter().map(|&at| TABLE.entries[at].level).min()?;
    let highest: Vec<usize> =
        codes.iter().copied().filter(|&at| TABLE.entries[at].level == top).collect();
    match highest[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The full region name that ends at the end of `text`, in bytes of its start: of `由湖南省` the
/// last nine. The longest wins.
pub(super) fn name_before(text: &str) -> Option<&str> {
    if !text.ends_with(['省', '市', '县', '区', '州', '旗', '盟']) {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().rev().take(16).map(|(at, _)| at).collect();
    let mut names = starts.iter().rev().map(|&at| (&text[..at], &text[at..]));
    names.find(|(before, name)| is_full_name(name) && !is_joint(before, name)).map(|(_, name)| name)
}

/// 县委|和县|政府, 扶贫办|会同县|财政局: counties whose names are nearly always a word and a level.
pub(super) fn is_joint(before: &str, name: &str) -> bool {
    match name {
        "和县" => !before.ends_with("马鞍山市") && !before.ends_with("安徽省"),
        "会同县" => {
            let opens = before.ends_with(['。', '；', '\n', '、']);
            !opens && !before.ends_with("怀化市") && !before.ends_with("湖南省")
        }
        _ => false,
    }
}

/// The short region name that ends at the end of `text`: `湖南` of `由湖南`.
pub(super) fn short_before(text: &str) -> Option<&str> {
    let starts: Vec<usize> = text.char_indices().rev().take(6).map(|(at, _)| at).collect();
    starts
        .iter()
        .rev()
        .map(|&at| &text[at..])
        // 民政局|会同|教育局: nearly always a word, and no county
        .filter(|name| *name != "会同")
        .find(|name| TABLE.by_short.get(name).is_some_and(|found| pick(found, None).is_some()))
}

/// The region that a text begins with: its full name, or its short one before a word that is
/// not its suffix (`武邑落实…`, `广东脱贫攻坚…`).
fn leading(text: &str) -> Option<Region> {
    let ends: Vec<usize> =
        text.char_indices().take(16).map(|(at, one)| at + one.len_utf8()).collect();
    let full = ends.iter().rev().map(|&end| &text[..end]).find(|name| is_full_name(name));
    if let Some(name) = full {
        // 湖南省长沙市…: the region is the last of the chain
        let outer = lookup(name, None);
        let rest = &text[name.len()..];
        let inner = leading_full(rest).and_then(|name| lookup(name, outer.as_ref()));
        return inner.or(outer);
    }
    ends.iter()
        .take(5)
        .rev()
        .map(|&end| &text[..end])
        .filter(|name| name.chars().count() >= 2)
        // 红桥|镇 is no 红桥区
        .filter(|name| !text[name.len()..].starts_with(['镇', '乡', '村', '街']))
        .find_map(|name| {
            let outer = TABLE.by_short.get(name).and_then(|found| pick(found, None)).map(region)?;
            let inner =
                leading_full(&text[name.len()..]).and_then(|name| lookup(name, Some(&outer)));
            Some(inner.unwrap_or(outer))
        })
}

fn leading_full(text: &str) -> Option<&str> {
    let ends: Vec<usize> =
        text.char_indices().take(16).map(|(at, one)| at + one.len_utf8()).collect();
    ends.iter().rev().map(|&end| &text[..end]).find(|name| is_full_name(name))
}

/// `下坳镇防溺水工作方案`: the township or street at the head of a title, behind the region it is in.
pub(super) fn town(title: &str) -> Option<String> {
    const WORDS: [&str; 13] = [
        "城镇", "乡镇", "村镇", "集镇", "城乡", "家乡", "下乡", "返乡", "小镇", "古镇", "名镇",
        "点镇", "制镇",
    ];
    let mut rest = title.trim_start_matches(['《', '“', ' ', '关', '于', '.', '．', '·', '*', '★']);
    while let Some(name) = leading_full(rest) {
        rest = &rest[name.len()..];
    }
    let end =
        rest.char_indices().skip(1).take(4).find(|(_, one)| matches!(one, '镇' | '乡' | '街'));
    let (at, last) = end?;
    let end = match last {
        '街' => at + rest[at..].strip_prefix("街道").map(|_| "街道".len())?,
        _ => at + last.len_utf8(),
    };
    let name = &rest[..end];
    let plain = name.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
        && !name.contains(['各', '全', '本', '的', '和', '对', '与', '强', '化'])
        && !WORDS.iter().any(|word| {
            name.ends_with(word) || rest[at..].starts_with("乡村") || rest[at..].starts_with("镇村")
        })
        && !rest[end..].starts_with(['市', '县', '级', '长', '区']);
    plain.then(|| name.to_owned())
}

/// Whose rule a document is: by its title (`湖南省…实施细则`, `武邑落实…`, `中华人民共和国…`), then
/// by its issuers (`国务院` gives the whole country), by the title of the notice that carries it, then by what its
/// text calls its own (`中共吉林省委、吉林省人民政府`). `None` where nothing tells.
pub fn document_region(
    title: &str,
    issuers: &[&str],
    carrier: Option<&str>,
    body: &str,
) -> Option<Region> {
    by_title(title)
        .or_else(|| issuers.iter().find_map(|issuer| by_issuer(issuer)))
        .or_else(|| carrier.and_then(by_title))
        .or_else(|| by_body(body))
}

fn by_title(title: &str) -> Option<Region> {
    const NATIONAL: [&str; 12] = [
        "中华人民共和国",
        "全国人民代表大会",
        "国务院",
        "中共中央",
        "最高人民法院",
        "最高人民检察院",
        "国家",
        "中央",
        "中国共产党",
        "全国人大",
        "中国人民",
        "中国证",
    ];
    let title = title.trim_start_matches(['《', '“', ' ', '关', '于', '.', '．', '·', '*', '★']);
    if NATIONAL.iter().any(|head| title.starts_with(head)) {
        return Some(nation());
    }
    // 中国（浙江）自由贸易试验区条例
    let title =
        title.strip_prefix("中国（").or_else(|| title.strip_prefix("中共")).unwrap_or(title);
    leading(title)
}

fn by_issuer(issuer: &str) -> Option<Region> {
    if let Some(found) = leading(issuer.strip_prefix("中共").unwrap_or(issuer)) {
        return Some(found);
    }
    super::organization::is_national(issuer).then(nation)
}

/// The region below a province whose own tier a text speaks of (全市, 我县), else the province that it names far
/// more than any other, by its full name or its short one (`吉林省`, `江西`); or once, where it speaks of that
/// province's own government.
fn by_body(body: &str) -> Option<Region> {
    let head = body.char_indices().nth(300).map_or(body, |(at, _)| &body[..at]);
    if ["国务院令", "国务院发布", "国务院常务会议", "国务院第", "国务院批准"]
        .iter()
        .any(|word| head.contains(word))
    {
        return Some(nation());
    }
    if let Some(own) = written_for(body) {
        return Some(own);
    }
    if let Some(tier) = own_tier(body) {
        return by_tier(body, tier);
    }
    if let Some(own) = head_owner(head) {
        return Some(own);
    }
    let provinces = TABLE.entries.iter().filter(|one| one.level == Level::Province && !one.former);
    let mut ranked: Vec<(usize, &Entry)> = provinces
        .filter_map(|one| Some((body.matches(short_name(one.name)?).count(), one)))
        .filter(|(count, _)| *count > 0)
        .collect();
    ranked.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.code.cmp(other.1.code)));
    let (count, own) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |(count, _)| *count);
    let leads = count >= 2 && count >= 2 * second && body.contains(own.name);
    (leads || (count > second && owns(body, own.name))).then(|| by_code(own.code)).flatten()
}

/// The last character of the regions whose own a text speaks of, below a province: 市 where it says 全市, 市委, and
/// neither 全省 nor 全县 as often.
fn own_tier(body: &str) -> Option<char> {
    const OWN: [&str; 3] = ["全", "我", "本"];
    const BODIES: [&str; 4] = ["委、", "政府", "直", "人民政府"];
    let count = |tier: char| -> usize {
        body.match_indices(tier)
            .filter(|(at, tier)| {
                let (before, after) = (&body[..*at], &body[at + tier.len()..]);
                OWN.iter().any(|own| before.ends_with(own))
                    || BODIES.iter().any(|own| after.starts_with(own))
                        && !before.ends_with(['、', '级', '各', '和', '（'])
            })
            .count()
    };
    let counts = ['省', '市', '县', '区'].map(|tier| (count(tier), tier));
    let (most, tier) = counts.into_iter().max_by_key(|(count, _)| *count)?;
    let next = counts.iter().filter(|one| one.1 != tier).map(|one| one.0).max()?;
    (most >= 3 && most >= 2 * next && tier != '省').then_some(tier)
}

/// `中共秦安县委书记 程某`: the region below a province whose committee or government a text names at its head.
fn head_owner(head: &str) -> Option<Region> {
    let owned = head.match_indices(['市', '县', '区']).find_map(|(at, tier)| {
        let end = at + tier.len();
        let rest = &head[end..];
        let own =
            ["委书记", "委办", "人民政府", "政府办"].iter().any(|word| rest.starts_with(word));
        own.then(|| name_before(&head[..end])).flatten()
    });
    lookup(owned?, None).filter(|own| own.level != Level::Province)
}

/// `结合莆田实际`: the region that a text says it is written for.
fn written_for(body: &str) -> Option<Region> {
    let at = body.find("实际")?;
    let from = body[..at].rfind("结合")? + "结合".len();
    let named = &body[from..at];
    let named = ["我", "本"].iter().find_map(|own| named.strip_prefix(own)).unwrap_or(named);
    leading(named).filter(|_| named.chars().count() <= 12)
}

/// Of the regions that end in such a character, the one that a text names far more than any other:
/// `中共广州市委、广州市人民政府`.
fn by_tier(body: &str, tier: char) -> Option<Region> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, end) in body.match_indices(tier) {
        if let Some(name) = name_before(&body[..at + end.len()]) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, &str)> = counts.into_iter().map(|(name, n)| (n, name)).collect();
    ranked.sort_by(|one, other| other.cmp(one));
    let (most, own) = *ranked.first()?;
    let next = ranked.get(1).map_or(0, |(count, _)| *count);
    (most >= 2 * next && (most > 1 || owns(body, own))).then(|| lookup(own, None)).flatten()
}

/// Whether the text speaks of the region's own party committee or government.
fn owns(body: &str, name: &str) -> bool {
    body.match_indices(name).any(|(at, _)| {
        let rest = &body[at + name.len()..];
        ["委", "人民政府", "政府"].iter().any(|head| rest.starts_with(head))
    })
}
