//! What a unit is called: canonical names by region and class.
//!
//! In: a [`Unit`] and the document's [`Naming`]. Out: its [`Mention`]s. Not here: where units
//! begin and end (`grammar`).
//!
//! In a text of Hunan `省农委` is 湖南省农业委员会; `县级党委` stays a class.

use std::borrow::Cow;
use std::ops::Range;

use super::super::{Level, OrganizationKind, Region, region};
use super::grammar::{Prefix, Unit, is_generic};
use super::lexicon::{Head, LEXICON, Term};
use super::{Mention, Naming};
use crate::text::literal;

/// A region printed by its full name.
pub(super) fn region_prefix(name: &str, range: Range<usize>, naming: &Naming) -> Prefix {
    let region = region::lookup_as_printed(name, naming.region.as_ref());
    let level = region.map(|region| region.level);
    Prefix { text: name.to_owned(), level, region, owner: None, range }
}

/// A region printed by its short name: 湖南 of 湖南银监局, which stays.
pub(super) fn short_region_prefix(name: &str, range: Range<usize>, naming: &Naming) -> Prefix {
    region_prefix(name, range, naming)
}

/// A level word: the document's own region or one above it, else a class.
pub(super) fn level_prefix(
    word: &str,
    level: Option<Level>,
    range: Range<usize>,
    naming: &Naming,
) -> Prefix {
    let level = level.or(match word {
        "省" => Some(Level::Province),
        "市" | "州" | "盟" => Some(Level::City),
        "县" | "区" | "旗" => Some(Level::County),
        _ => None,
    });
    let region = naming.region.as_ref().and_then(|own| own_region(word, own));
    let text = match word {
        "本省" | "我省" | "全省" => "省",
        "本市" | "我市" | "全市" => "市",
        "本县" | "我县" | "全县" => "县",
        "本区" | "我区" | "全区" => "区",
        "本镇" | "我镇" | "全镇" => "镇",
        "有关地方" | "各地方" => "地方",
        "各乡镇" => "乡镇",
        "各级各类" => "各级",
        word => word,
    };
    let level = region.map_or(level, |region| Some(region.level));
    let town = naming.town.as_deref().filter(|town| match word {
        "镇" | "乡" | "街道" => town.ends_with(word),
        "本镇" | "我镇" | "全镇" => town.ends_with('镇'),
        "本乡" | "我乡" | "全乡" => town.ends_with('乡'),
        _ => false,
    });
    Prefix { text: town.unwrap_or(text).to_owned(), level, region, owner: None, range }
}

/// The region that a relative word means in a text of `own`: 省 in a text of 湖南省 is itself, 市
/// in one of 威远县 is 内江市. 县 in one of a city is a class.
pub(super) fn own_region(word: &str, own: &Region) -> Option<Region> {
    let ends: &[char] = match word {
        "省" | "本省" | "我省" | "全省" => &['省'],
        "自治区" => &['区'],
        "市" | "本市" | "我市" | "全市" => &['市'],
        "州" | "自治州" => &['州'],
        "盟" => &['盟'],
        "县" | "本县" | "我县" | "全县" | "自治县" => &['县'],
        "区" | "本区" | "我区" | "全区" => &['区'],
        "旗" => &['旗'],
        _ => return None,
    };
    std::iter::once(*own).chain(region::ancestors(own)).find(|region| {
        region.name.ends_with(ends)
            && match word {
                "省" | "本省" | "我省" | "全省" | "自治区" => {
                    region.level == Level::Province
                }
                "县" | "区" | "旗" | "自治县" | "本县" => {
                    region.level == Level::County || (word == "本区" || word == "我区")
                }
                _ => true,
            }
    })
}

/// The mentions of a unit: one for each prefix and field.
pub(super) fn mentions(passage: &str, naming: &Naming, unit: &Unit) -> Vec<Mention> {
    let prefixes = unit.prefixes.len().max(1);
    let mut mentions = Vec::with_capacity(prefixes * unit.fields.len());
    let last = prefixes * unit.fields.len() - 1;
    for p in 0..prefixes {
        let prefix = unit.prefixes.get(p);
        for (f, field) in unit.fields.iter().enumerate() {
            let at = p * unit.fields.len() + f;
            let own = if unit.fields.len() > 1 {
                Some(field.clone())
            } else {
                prefix.map(|prefix| prefix.range.clone())
            };
            let own = own.unwrap_or(unit.range.clone());
            let start = if at == 0 { unit.range.start } else { own.start };
            let end = if at == last { unit.range.end } else { own.end };
            let (start, end) =
                if start < end { (start, end) } else { (unit.range.start, unit.range.end) };
            let modifier = modifier(passage, unit, field);
            let (name, other) = names(passage, naming, unit, prefix, &modifier);
            mentions.push(mention(naming, unit, prefix, name, start..end));
            let other = other.map(|name| mention(naming, unit, prefix, name, start..end));
            mentions.extend(other);
        }
    }
    // most names are no word for two
    let either_of = |mention: &Mention| EITHER.iter().any(|end| mention.name.ends_with(end));
    match mentions.iter().any(either_of) {
        true => mentions.into_iter().flat_map(either).collect(),
        false => mentions,
    }
}

/// What every word for two ends with.
const EITHER: [&str; 3] = ["委会", "党委政府", "纪委监委"];

/// 村（居）委会, 镇|党委政府: one word for two.
fn either(mut mention: Mention) -> Vec<Mention> {
    const SHORT: [(&str, &str); 2] = [("村委会", "村民委员会"), ("居委会", "居民委员会")];
    for (short, full) in SHORT {
        if let Some(before) = mention.name.strip_suffix(short) {
            // 村|村委会
            mention.name = [before.trim_end_matches('村'), full].concat();
        }
    }
    const TWO: [(&str, [&str; 2]); 2] = [
        ("村（居）委会", ["村民委员会", "居民委员会"]),
        // 镇|党委政府
        ("党委政府", ["党委", "人民政府"]),
    ];
    // 县纪委监委: the committee of the party and the commission of the state
    if let Some(before) = mention.name.strip_suffix("纪委监委") {
        let state = [before.strip_prefix("中共").unwrap_or(before), "监察委员会"].concat();
        let party = [before, "纪委"].concat();
        return [party, state].map(|name| Mention { name, ..mention.clone() }).to_vec();
    }
    let two = TWO.iter().find_map(|(end, two)| Some((mention.name.strip_suffix(end)?, two)));
    let Some((before, two)) = two else { return vec![mention] };
    let before = match before.strip_prefix('各') {
        Some(rest) if !rest.starts_with('级') => rest.to_owned(),
        _ => before.to_owned(),
    };
    two.map(|own| Mention { name: [before.as_str(), own].concat(), ..mention.clone() }).to_vec()
}

/// 发生地|乡镇人民政府、街道办事处, 任何|国际组织、外国的组织: the word for where or which holds for all that
/// are joined.
pub(super) fn take_place(previous: &[Unit], unit: &mut Unit) {
    const PLACES: [&str; 9] =
        ["发生地", "所在地", "当地", "属地", "居住地", "户籍地", "经营地", "注册地", "任何"];
    let Some(first) = previous.first().and_then(|first| first.mentions.first()) else { return };
    let place = PLACES.iter().find_map(|place| {
        let at = literal::find(&first.name, place).filter(|&at| at <= "嵩山历史建筑群".len())?;
        // 文物所在地的|乡人民政府、街道办事处
        let end = at + place.len();
        let of = if first.name[end..].starts_with('的') { '的'.len_utf8() } else { 0 };
        Some(&first.name[..end + of])
    });
    let Some(place) = place else { return };
    let own = unit.prefixes.iter().any(|prefix| prefix.region.is_some() || prefix.owner.is_some())
        || unit.term.head == Head::Absolute
        || unit.term.head == Head::Region
        || !unit.dropped.is_empty();
    let local = matches!(
        unit.term.kind,
        OrganizationKind::Government | OrganizationKind::Department | OrganizationKind::Grassroots
    ) || unit.term.text == "街道办事处"
        // 当地学校、文化馆, 现居住地医疗机构
        || (unit.term.head == Head::Body && (place == "当地" || place.ends_with("居住地")));
    if own || !(local || place == "任何") {
        return;
    }
    for mention in &mut unit.mentions {
        let other = ["县级", "省", "市", "上级", "本级", "各级", "有关", "国务院"];
        // 毗邻地区的人民政府, 死者生前所在单位: told otherwise which
        let own = mention.name.trim_start_matches("设区的");
        let told = place != "任何" && (own.contains('的') || own.contains("所在"));
        if !mention.name.contains(place.trim_end_matches('的'))
            && !told
            && !other.iter().any(|word| mention.name.starts_with(word))
        {
            mention.name.insert_str(0, place);
        }
    }
}

fn mention(
    naming: &Naming,
    unit: &Unit,
    prefix: Option<&Prefix>,
    name: String,
    range: Range<usize>,
) -> Mention {
    let printed = (unit.term.head == Head::Region)
        .then(|| region::lookup(unit.term.text, naming.region.as_ref()))
        .flatten();
    let region = prefix.and_then(|prefix| prefix.region).or(printed).or_else(|| {
        let own = naming.region?;
        name.starts_with(own.name).then_some(own)
    });
    let national = unit.term.head == Head::Absolute;
    let level = match (&region, prefix) {
        (Some(region), _) => Some(region.level),
        (None, Some(prefix)) => prefix.level,
        (None, None) if national => Some(Level::National),
        (None, None) => None,
    };
    let code = region.map(|region| region.code).or(national.then_some(region::NATION));
    let name = without_whole(name);
    // 街道党工委副书记, in a text of a street; not 各街道党工委
    let own = unit.dropped.is_empty() && name.starts_with("街道");
    let name = own.then(|| naming.of_town(&name)).flatten().unwrap_or(name);
    Mention { name, range, level, kind: unit.term.kind, region: code }
}

/// 全市|各级人民政府: the levels say as much.
fn without_whole(name: String) -> String {
    let rest = name.strip_prefix('全').and_then(|rest| rest.get('市'.len_utf8()..));
    match rest.filter(|rest| rest.starts_with("各级")) {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// The clause, field and link before the head.
fn modifier<'t>(passage: &'t str, unit: &Unit, field: &Range<usize>) -> Cow<'t, str> {
    let clause = trim_drops(&passage[unit.clause.clone()]);
    let field = &passage[field.clone()];
    let mut link = &passage[unit.link.clone()];
    // 市场监督管理等行政管理部门 are 市场监督管理部门
    if field.ends_with("管理") && link.ends_with("管理") {
        link = "";
    }
    match (clause, field, link) {
        (only, "", "") | ("", only, "") | ("", "", only) => Cow::Borrowed(only),
        _ => Cow::Owned([clause, field, link].concat()),
    }
}

/// A verbatim modifier without 各, 有关 at its head.
fn trim_drops(mut text: &str) -> &str {
    const DROPS: [&str; 11] =
        ["有关", "相关", "广大", "各类", "各级各类", "本", "各", "上述", "其", "的", "该"];
    if text.starts_with("各级") {
        return text;
    }
    while let Some(rest) = DROPS.iter().find_map(|word| text.strip_prefix(word)) {
        if text.starts_with("其他") {
            break;
        }
        text = rest;
    }
    // 各地|中国人民银行分支机构
    match text.strip_prefix('地') {
        Some(rest) if rest.starts_with("中国") => rest,
        _ => text,
    }
}

/// The names of a unit with one prefix: one, or two of 党政.
fn names(
    passage: &str,
    naming: &Naming,
    unit: &Unit,
    prefix: Option<&Prefix>,
    modifier: &str,
) -> (String, Option<String>) {
    let term = unit.term;
    let Some(prefix) = prefix else {
        return (bare(passage, naming, unit, modifier), None);
    };
    let owned = prefix.owner.is_some();
    if term.text == "党政" {
        let (committee, place) = match prefix.region {
            Some(region) => (["中共", region.name, "委"].concat(), region.name),
            None => ([&prefix.text, "党委"].concat(), prefix.text.as_str()),
        };
        return (committee, Some([place, "人民政府"].concat()));
    }
    if let Some(region) = &prefix.region
        && term.head == Head::Local
        && modifier.is_empty()
        && (!owned
            || matches!(prefix.owner, Some(OrganizationKind::Government | OrganizationKind::Party)))
    {
        let own = as_defined(term, naming).unwrap_or_else(|| court(term, region.level));
        let name = match own == term.name {
            true => of_region(own, region.name),
            false => [region.name, own].concat(),
        };
        return (name, None);
    }
    // 市人民代表大会及其|常委会
    if matches!(term.text, "常务委员会" | "常委会")
        && let Some(place) = prefix.text.strip_suffix("人民代表大会")
    {
        let defined = naming.aliases.iter().any(|alias| alias.short.ends_with("人大常委会"));
        let name = if defined { "人大常委会" } else { "人民代表大会常务委员会" };
        return ([place, name].concat(), None);
    }
    if naming.town.as_deref() == Some(prefix.text.as_str()) && term.text.contains("纪委") {
        return (["中共", &prefix.text, term.text].concat(), None);
    }
    let owner = match (&prefix.region, owned) {
        (Some(region), false) => region.name,
        _ => prefix.text.as_str(),
    };
    // 市|工商|质监局: where a field stands before it, nobody knows how a short name goes on
    let core = if modifier.is_empty() { core(term) } else { term.text };
    let core = if owned { core.trim_start_matches("人民政府") } else { core };
    let core = if core.is_empty() { term.text } else { core };
    // 市|市委宣传部, 市|团市委: the level is a part of the name
    let level = owner.chars().count() == 1 && modifier.is_empty();
    if level
        && core
            .trim_start_matches('团')
            .strip_prefix(owner)
            .is_some_and(|rest| rest.starts_with('委'))
    {
        return (core.to_owned(), None);
    }
    ([owner, other(passage, unit), modifier, core].concat(), None)
}

/// 省法院, 市法院, 县法院: the court of a region is called by its tier.
fn court(term: &Term, level: Level) -> &'static str {
    match (term.text, level) {
        ("法院", Level::Province) => "{}高级人民法院",
        ("法院", Level::City) => "{}中级人民法院",
        _ => term.name,
    }
}

/// The full name of a region's body, in which `{}` stands for the region.
fn of_region(name: &str, region: &str) -> String {
    match name.split_once("{}") {
        Some((before, after)) => [before, region, after].concat(),
        None => name.to_owned(),
    }
}

/// 以下简称市人大常委会: a standing committee by the short name that the text has defined for it.
fn as_defined<'t>(term: &Term, naming: &'t Naming) -> Option<&'t str> {
    if term.kind != OrganizationKind::Congress || !term.name.ends_with("常务委员会") {
        return None;
    }
    naming.aliases.iter().find_map(|alias| {
        let at = literal::find(&alias.short, "人大常委会")?;
        (at <= 3).then(|| &alias.short[at..])
    })
}

/// The name of a head without its region.
fn core(term: &Term) -> &'static str {
    match term.name.strip_prefix("{}") {
        Some(core) if term.head == Head::Local && term.kind != OrganizationKind::Congress => core,
        _ => term.text,
    }
}

/// A unit without level, region or owner.
fn bare(passage: &str, naming: &Naming, unit: &Unit, modifier: &str) -> String {
    let term = unit.term;
    let own = naming.region.as_ref().filter(|region| region.level != Level::National);
    let own = own.filter(|_| !naming.institution);
    match (term.head, own) {
        (Head::Absolute, _) => term.name.to_owned(),
        (Head::Local, Some(region))
            if term.kind == OrganizationKind::Department && modifier.is_empty() =>
        {
            of_region(term.name, region.name)
        }
        // 市长 in a text of 鞍山市
        (Head::Post, Some(region))
            if matches!(modifier, "" | "常务" | "分管") && heads(term.text, region.name) =>
        {
            [region.name, modifier, term.text].concat()
        }
        // 县委书记和|政府县长
        (Head::Post, Some(region)) if modifier.is_empty() && term.text.starts_with("政府") => {
            format!("{}人民{}", region.name, term.text)
        }
        // 市财政 in a text of 丽水市
        (Head::Body, Some(region)) if modifier.is_empty() && pays(term.text, region.name) => {
            [region.name, "财政"].concat()
        }
        (Head::Local, _) => match LEXICON.absolute(term.text) {
            Some(absolute) if modifier.is_empty() => absolute.name.to_owned(),
            _ => [modifier, term.text].concat(),
        },
        (Head::Body, Some(region))
            if term.kind == OrganizationKind::Temporary
                && TEMPORARY.iter().any(|word| term.text.ends_with(word))
                && !modifier.is_empty() =>
        {
            // 县|人居环境整治|领导小组, 县委|农村工作|领导小组
            let level = region.name.chars().next_back();
            let own = level.and_then(|level| modifier.strip_prefix(level)).unwrap_or(modifier);
            let party = party(own);
            let own = if is_of_any(own) { return [own, term.text].concat() } else { own };
            [party, region.name, own, term.text].concat()
        }
        _ => {
            let keep = modifier.is_empty() && is_generic(term.text);
            let dropped = match keep {
                true => kept(&passage[unit.dropped.clone()]),
                false => other(passage, unit),
            };
            [dropped, modifier, term.text].concat()
        }
    }
}

/// 县|委巡察办: what stands before the region of a party committee's body.
pub(super) fn party(own: &str) -> &'static str {
    if own.starts_with('委') && !own.starts_with("委员") { "中共" } else { "" }
}

/// 专项应急|指挥部: a class of bodies, of which a region has several.
fn is_of_any(modifier: &str) -> bool {
    ["专项", "相应", "相关", "有关", "其他"].iter().any(|word| modifier.starts_with(word))
}

/// 市长, 副市长: who heads a region of that sort, by the last character of its name.
fn heads(post: &str, region: &str) -> bool {
    let post = post.strip_prefix("分管").unwrap_or(post);
    let post = post.strip_prefix('副').unwrap_or(post);
    let level = post.strip_suffix('长').filter(|level| level.chars().count() == 1);
    level.is_some_and(|level| region.ends_with(level))
}

/// 市财政: the purse of a region of that sort.
fn pays(term: &str, region: &str) -> bool {
    term.strip_suffix("财政")
        .is_some_and(|tier| tier.chars().count() == 1 && region.ends_with(tier))
}

/// Temporary bodies that every region has its own of.
const TEMPORARY: [&str; 4] = ["领导小组", "指挥部", "协调小组", "联席会议"];

/// 未成年人的|其他|监护人, 任何|国际组织: the word tells who is meant; not behind a list (公安、环保等其他部门).
fn other<'p>(passage: &'p str, unit: &Unit) -> &'p str {
    let dropped = &passage[unit.dropped.clone()];
    // 各级|各|部门: two words for all of them
    if dropped == "各"
        && passage[..unit.dropped.start].ends_with("各级")
        && is_generic(unit.term.text)
    {
        return dropped;
    }
    let lone = unit.fields.len() == 1 && !passage[..unit.dropped.start].ends_with('等');
    match dropped.get(.."其他".len()) {
        Some(word) if lone && matches!(word, "其他" | "其它" | "任何") => word,
        _ => "",
    }
}

/// What stays before a bare 部门: 有关部门.
fn kept(dropped: &str) -> &str {
    match dropped {
        "其" | "该" => "",
        "各有关" | "本级有关" => "有关",
        "各相关" => "相关",
        word => word,
    }
}
