//! Tiers that stand together before a head, and characters of tiers that are none.
//!
//! In: what stands before a head. Out: its tiers, each a class of its own. Not here: reading to the left
//! (`left`), what a tier is called (`name`).
//!
//! `镇村级河长` are 镇级河长 and 村级河长, `县、乡两级政府` 县级人民政府 and 乡级人民政府.

use super::grammar::Prefix;
use super::left::Left;

/// 镇|村级河长: tiers that share one 级, each its own.
pub(super) fn joined_tiers(before: &str, word: &str, left: &mut Left) {
    let tier = |one: char| "省市县区乡镇".contains(one);
    let own = matches!(word, "村级" | "镇级" | "乡级" | "区级" | "县级" | "市级");
    let joined: Vec<char> = before.chars().rev().take_while(|&one| tier(one)).collect();
    let rest = &before[..before.len() - joined.iter().map(|one| one.len_utf8()).sum::<usize>()];
    let opens = rest.is_empty() || rest.ends_with(['各', '、', '和', '由', '，', '请']);
    if !own || !opens || joined.len() > 3 {
        return;
    }
    for one in joined {
        let range = left.at - one.len_utf8()..left.at;
        let (text, level) = (format!("{one}级"), None);
        left.prefixes.push(Prefix { text, level, region: None, owner: None, range: range.clone() });
        left.at = range.start;
    }
}

/// 县、乡、村|三级|林长: each tier is a class of its own.
pub(super) fn tiers_together(passage: &str, prefixes: &mut [Prefix]) {
    let Some(last) = prefixes.last().filter(|_| prefixes.len() > 1) else { return };
    let after = &passage[last.range.end..];
    if !["两级", "三级", "四级", "五级"].iter().any(|together| after.starts_with(together))
    {
        return;
    }
    for prefix in prefixes {
        let tier = &passage[prefix.range.clone()];
        if tier.chars().count() == 1 {
            prefix.text = [tier, "级"].concat();
            prefix.region = None;
        }
    }
}

/// Whether a level's character belongs to a longer word: 区 of 园区, 市 of 上市.
pub(super) fn is_part_of_word(before: &str, word: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    match word {
        "村" if last == '乡' || last == '农' => true,
        "区" => "园库景校辖片灾牧林山特城郊小街厂矿港新发税域范验能护教学军战社地".contains(last),
        "市" => "上入集超夜股门城楼".contains(last),
        "县" => "".contains(last),
        "镇" => "城村集".contains(last),
        "乡" => "城下家".contains(last),
        "州" | "省" | "村" | "旗" | "盟" => "节反农同联加广".contains(last),
        _ => false,
    }
}

/// 驻湘, 中央驻湘: where a body stands that isn't the region's own.
pub(super) fn stationed_before(text: &str) -> Option<&str> {
    let place = text.chars().next_back()?;
    let rest = text[..text.len() - place.len_utf8()].strip_suffix('驻')?;
    if matches!(
        place,
        '的' | '在'
            | '有'
            | '和'
            | '及'
            | '于'
            | '村'
            | '场'
            | '军'
            | '地'
            | '留'
            | '守'
            | '扎'
            | '会'
            | '校'
            | '厂'
            | '店'
            | '所'
            | '勤'
    ) {
        return None;
    }
    let start = rest.strip_suffix("中央").unwrap_or(rest).len();
    Some(&text[start..])
}
