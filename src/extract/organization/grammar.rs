//! How names are put together: heads with what stands before them, and coordinations.
//!
//! In: a passage. Out: [`Unit`]s (a head with levels, regions, fields, an owner), put in groups.
//! Not here: what a unit is called (`name`).
//!
//! `市、县人民政府及其教育、民政等部门` is two units, joined by 及其.

use std::ops::Range;

use aho_corasick::Input;

use super::super::{Level, OrganizationKind, Region, region};
use super::lexicon::{Head, LEXICON, Modifier, Term};
use super::{Group, Mention, Naming, name};

/// What stands before the head and says whose it is.
#[derive(Clone, Debug)]
pub(super) struct Prefix {
    /// As a class: `县级以上`; of an owner its canonical name.
    pub text: String,
    pub level: Option<Level>,
    /// The region that it means.
    pub region: Option<Region>,
    /// What sort the owner is; none of a level or region.
    pub owner: Option<OrganizationKind>,
    pub range: Range<usize>,
}

/// A head with what belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub range: Range<usize>,
    pub term: &'static Term,
    pub head: Range<usize>,
    pub prefixes: Vec<Prefix>,
    /// The fields, one a department; one empty one where there is none.
    pub fields: Vec<Range<usize>>,
    /// What stands between fields and head: `行政主管`, without 等.
    pub link: Range<usize>,
    /// A clause before it: `负有安全生产监督管理职责的`.
    pub clause: Range<usize>,
    /// The dropped word: `有关`.
    pub dropped: Range<usize>,
    pub mentions: Vec<Mention>,
}

/// How freely names may reach to the left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// In running text: over known words only.
    Known,
    /// In a subject: to where the conjunct begins.
    Whole,
}

/// Whether there is nothing, or what joins, between two units.
pub(super) fn joins(between: &str) -> bool {
    matches!(
        between,
        "" | "、"
            | "和"
            | "与"
            | "及"
            | "或"
            | "或者"
            | "以及"
            | "同"
            | "、以及"
            | "及其"
            | "以及其"
            | "，以及"
            | "和其"
    )
}

/// What joins at the end of `text`, the longest.
fn joint_before(text: &str) -> Option<&'static str> {
    ["以及", "或者", "、", "和", "与", "及", "或"].into_iter().find(|joint| text.ends_with(joint))
}

/// Words that say "of the one before" at the end of `text`.
fn back_reference(text: &str) -> Option<&'static str> {
    ["以及其", "或者其", "及其", "和其", "与其", "或其"]
        .into_iter()
        .find(|word| text.ends_with(word))
}

/// The units of a passage in groups.
pub(super) fn scan(passage: &str, naming: &Naming, reach: Reach) -> Vec<Vec<Unit>> {
    let mut groups: Vec<Vec<Unit>> = Vec::new();
    let mut at = 0;
    while let Some(found) = LEXICON.heads.find(Input::new(passage).span(at..passage.len())) {
        let term = &LEXICON.terms[found.pattern().as_usize()];
        let mut head = found.start()..found.end();
        if !stands_alone(passage, term, &head) {
            at = head.start + passage[head.start..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let term = committee_of_region(passage, term, &mut head);
        at = head.end;
        if reach == Reach::Known && term.head == Head::Person && head.len() < 6 {
            continue;
        }
        let mut previous = groups.pop().unwrap_or_default();
        match unit(passage, naming, term, head, &mut previous, reach) {
            Some(unit) => join(passage, naming, &mut groups, previous, unit),
            None => restore(&mut groups, previous),
        }
    }
    groups
}

fn restore(groups: &mut Vec<Vec<Unit>>, group: Vec<Unit>) {
    if !group.is_empty() {
        groups.push(group);
    }
}

/// Puts a unit into the group before it, or opens a new one.
fn join(
    passage: &str,
    naming: &Naming,
    groups: &mut Vec<Vec<Unit>>,
    mut previous: Vec<Unit>,
    mut unit: Unit,
) {
    let between = previous.last().and_then(|last| passage.get(last.range.end..unit.range.start));
    if between.is_some_and(joins) {
        inherit(&previous, &mut unit);
        unit.mentions = name::mentions(passage, naming, &unit);
        previous.push(unit);
        groups.push(previous);
    } else {
        restore(groups, previous);
        unit.mentions = name::mentions(passage, naming, &unit);
        groups.push(vec![unit]);
    }
}

/// 县级党委和政府, 各级党委和政府、扶贫开发领导小组, 有关部门和单位: what stands before the first
/// holds for the next, too.
fn inherit(previous: &[Unit], unit: &mut Unit) {
    let Some(last) = previous.last() else { return };
    let takes = |unit: &Unit| {
        (unit.term.head == Head::Local && unit.term.kind != OrganizationKind::Judicial)
            || unit.term.kind == OrganizationKind::Temporary
            || unit.term.kind == OrganizationKind::Military
    };
    let bare = unit.prefixes.is_empty() && unit.dropped.is_empty() && unit.clause.is_empty();
    if bare && takes(unit) && takes(last) {
        unit.prefixes = last.prefixes.clone();
    }
    // 未成年人的父母或者其他监护人
    if unit.term.head == Head::Person
        && last.term.head == Head::Person
        && unit.prefixes.is_empty()
        && last.prefixes.iter().any(|prefix| prefix.text.ends_with('的'))
    {
        unit.prefixes = last.prefixes.clone();
    }
    let generic = |unit: &Unit| {
        unit.fields[0].is_empty() && unit.link.is_empty() && is_generic(unit.term.text)
    };
    if bare && generic(unit) && generic(last) {
        unit.dropped = last.dropped.clone();
        if !last.clause.is_empty() {
            unit.clause = last.clause.clone();
        }
    }
}

/// Nouns that name nothing by themselves.
pub(super) fn is_generic(text: &str) -> bool {
    matches!(text, "部门" | "单位" | "人员" | "机构" | "机关" | "组织" | "个人" | "方面" | "人")
}

/// Whether what an automaton found is a word there: not 县委 of 县委员会, not 长沙市 of 长沙市场.
fn stands_alone(passage: &str, term: &Term, head: &Range<usize>) -> bool {
    let after = &passage[head.end..];
    let before = &passage[..head.start];
    if term.level.is_some() {
        return !["员", "托", "派", "任"].iter().any(|word| after.starts_with(word));
    }
    match term.head {
        Head::Region if term.text == "和县" => {
            before.ends_with("马鞍山市") || before.ends_with("安徽省")
        }
        Head::Region => {
            !["场", "域", "区", "里"].iter().any(|word| after.starts_with(word))
                || after.starts_with("区人民")
        }
        Head::Person if term.text == "业主" => {
            !(before.ends_with(['行', '企', '产', '农', '工', '商', '作', '专'])
                && after.starts_with('管'))
        }
        Head::Person if term.text == "人" || term.text == "者" => {
            !["民", "口", "力", "大", "事", "员", "民币", "类", "身", "体", "工"]
                .iter()
                .any(|word| after.starts_with(word))
                && !before.ends_with("或")
        }
        Head::Absolute
            if after.starts_with('门')
                || (term.text == "中央"
                    && !after.starts_with(['、', '和', '，'])
                    && !after.is_empty()) =>
        {
            false
        }
        _ => {
            !(term.text == "政府" && after.starts_with("采购"))
                && !(term.text == "代表" && (after.starts_with("大会") || after.starts_with("性")))
                && !(term.text == "组织" && !is_noun_use(after))
                && !(term.text.ends_with('处')
                    && after.starts_with(['罚', '分', '理', '置', '以', '于']))
                && !(term.text.ends_with('所') && after.starts_with(['需', '得', '有']))
        }
    }
}

/// 组织 as a noun: what follows is no object.
fn is_noun_use(after: &str) -> bool {
    const NEXT: [&str; 20] = [
        "、", "，", "。", "；", "）", "和", "与", "及", "或", "以及", "应当", "不得", "可以", "的",
        "等", "在", "依", "按", "负责", "成员",
    ];
    after.is_empty() || NEXT.iter().any(|word| after.starts_with(word))
}

/// 湖南省委: the automaton finds 湖南省; the party committee is meant.
fn committee_of_region(
    passage: &str,
    term: &'static Term,
    head: &mut Range<usize>,
) -> &'static Term {
    if term.head != Head::Region {
        return term;
    }
    let rest = &passage[head.end..];
    let level = passage[..head.end].chars().next_back().map_or(3, char::len_utf8);
    if !rest.starts_with('委') || ["委员", "委托", "委派"].iter().any(|word| rest.starts_with(word))
    {
        return term;
    }
    let short = &passage[head.end - level..head.end + '委'.len_utf8()];
    let Some(found) = LEXICON.terms.iter().find(|term| term.text == short && term.level.is_some())
    else {
        return term;
    };
    head.start = head.end - level;
    head.end += '委'.len_utf8();
    found
}

/// What was read to the left of a head.
struct Left {
    at: usize,
    prefixes: Vec<Prefix>,
    fields: Vec<Range<usize>>,
    link: Range<usize>,
    clause: Range<usize>,
    dropped: Range<usize>,
    /// 等 between fields and head.
    listed: bool,
    /// Whether the last word read was a level.
    after_level: bool,
}

/// Reads a head's unit. `None` where it is none, or only closes the list before it (等部门).
fn unit(
    passage: &str,
    naming: &Naming,
    term: &'static Term,
    head: Range<usize>,
    previous: &mut Vec<Unit>,
    reach: Reach,
) -> Option<Unit> {
    let floor = previous.last().map_or(0, |last| last.range.end).min(head.start);
    let mut left = Left {
        at: head.start,
        prefixes: Vec::new(),
        fields: Vec::new(),
        link: head.start..head.start,
        clause: head.start..head.start,
        dropped: head.start..head.start,
        listed: false,
        after_level: false,
    };
    if let Some(level) = term.level {
        left_level(passage, naming, level, &head, floor, &mut left);
    } else if term.head != Head::Region {
        read_left(passage, naming, term, floor, previous, &mut left);
        if term.head != Head::Absolute {
            branch(passage, term, previous, &mut left);
            open(passage, naming, term, previous, reach, &mut left);
        }
    }
    if left.listed && left.fields.is_empty() && left.prefixes.is_empty() {
        // 省妇联等部门: the list before it ends here
        if let Some(last) = previous.last_mut()
            && passage[last.range.end..left.at.max(last.range.end)].is_empty()
        {
            last.range.end = head.end;
        }
        return None;
    }
    if left.fields.is_empty() {
        left.fields.push(left.at..left.at);
    }
    left.prefixes.reverse();
    left.fields.reverse();
    if left.prefixes.iter().any(|prefix| matches!(prefix.text.as_str(), "自治区" | "直辖市"))
    {
        // 省、自治区、直辖市: any of them, not the document's own
        left.prefixes.iter_mut().for_each(|prefix| prefix.region = None);
    }
    let unit = Unit {
        range: left.at..head.end,
        term,
        head,
        prefixes: left.prefixes,
        fields: left.fields,
        link: left.link,
        clause: left.clause,
        dropped: left.dropped,
        mentions: Vec::new(),
    };
    (reach == Reach::Whole || is_named(&unit)).then_some(unit)
}

/// In running text a bare common noun (单位, 人员, 企业) names nobody.
fn is_named(unit: &Unit) -> bool {
    let bare = unit.prefixes.is_empty()
        && unit.fields.iter().all(|field| field.is_empty())
        && unit.link.is_empty()
        && unit.dropped.is_empty()
        && unit.clause.is_empty();
    let short = unit.head.len() <= 9;
    match unit.term.head {
        Head::Body => !bare || !short,
        Head::Person => !bare || !short,
        Head::Post => !bare || unit.head.len() >= 12,
        Head::Local => {
            !bare || unit.head.len() >= 9 && unit.term.kind != OrganizationKind::Government
        }
        Head::Absolute | Head::Region => true,
    }
}

/// 省委: the level is the head's own first character; a region's full name may stand before it.
fn left_level(
    passage: &str,
    naming: &Naming,
    level: &'static str,
    head: &Range<usize>,
    floor: usize,
    left: &mut Left,
) {
    let lead = head.len() - level.len() - '委'.len_utf8();
    let end = head.start + lead + level.len();
    if lead > 0 {
        left.prefixes.push(name::level_prefix(level, None, head.start + lead..end, naming));
        return;
    }
    if let Some(name) = region::name_before(&passage[floor.min(head.start)..end]) {
        left.at = end - name.len();
        left.prefixes.push(name::region_prefix(name, left.at..end, naming));
    } else {
        left.prefixes.push(name::level_prefix(level, None, head.start..end, naming));
    }
    for word in ["中国共产党", "中共"] {
        if left.at >= floor && passage[floor..left.at].ends_with(word) {
            left.at -= word.len();
        }
    }
}

/// Reads known words to the left, as long as they go together.
fn read_left(
    passage: &str,
    naming: &Naming,
    term: &Term,
    floor: usize,
    previous: &mut Vec<Unit>,
    left: &mut Left,
) {
    loop {
        let before = &passage[floor..left.at];
        if before.is_empty() {
            let closes = left.listed && left.fields.is_empty();
            if !previous.is_empty() && !left.after_level && !closes {
                take_owner(term, previous, left, naming);
            }
            return;
        }
        if let Some(word) = back_reference(before)
            && floor > 0
            && before.len() == word.len()
            && !left.after_level
        {
            refer_back(previous, left, word.len());
            return;
        }
        if let Some(name) = region::name_before(before) {
            let range = left.at - name.len()..left.at;
            if !left.after_level {
                left.prefixes.push(name::region_prefix(name, range.clone(), naming));
            }
            left.at = range.start;
            left.after_level = true;
            continue;
        }
        if before.ends_with('等') && !left.after_level && left.fields.is_empty() {
            left.listed = true;
            left.at -= '等'.len_utf8();
            continue;
        }
        if term.head == Head::Local && left.at == left.link.end && left.prefixes.is_empty() {
            if let Some(name) = region::short_before(before)
                && LEXICON.modifier(name).is_none()
            {
                let range = left.at - name.len()..left.at;
                left.prefixes.push(name::short_region_prefix(name, range.clone(), naming));
                left.at = range.start;
                return;
            }
        }
        if !left.after_level
            && let Some(word) = stationed_before(before)
        {
            let range = left.at - word.len()..left.at;
            left.at = range.start;
            left.prefixes.push(name::level_prefix(word, None, range, naming));
            left.after_level = true;
            continue;
        }
        if before.ends_with('的') && clause_before(passage, floor, left) {
            continue;
        }
        if left.listed
            && left.fields.is_empty()
            && LEXICON.modifier_before(before).is_none()
            && let Some(word) = unknown_field(before)
        {
            left.fields.push(left.at - word.len()..left.at);
            left.at -= word.len();
            continue;
        }
        if !known_word(passage, floor, naming, left) && !coordinated(passage, floor, naming, left) {
            return;
        }
    }
}

/// 驻湘, 中央驻湘: where a body stands that isn't the region's own.
fn stationed_before(text: &str) -> Option<&str> {
    let place = text.chars().next_back()?;
    let rest = text[..text.len() - place.len_utf8()].strip_suffix('驻')?;
    if matches!(place, '村' | '场' | '军' | '地' | '留' | '守' | '扎') {
        return None;
    }
    let start = rest.strip_suffix("中央").unwrap_or(rest).len();
    Some(&text[start..])
}

/// Takes one modifier to the left.
fn known_word(passage: &str, floor: usize, naming: &Naming, left: &mut Left) -> bool {
    let before = &passage[floor..left.at];
    let Some((word, modifier)) = LEXICON.modifier_before(before) else { return false };
    let range = left.at - word.len()..left.at;
    match modifier {
        Modifier::Drop => {
            if left.dropped.is_empty() {
                left.dropped = range.clone();
            }
        }
        Modifier::Link if !left.after_level && left.fields.is_empty() => {
            let end = if left.link.is_empty() { range.end } else { left.link.end };
            left.link = range.start..end;
        }
        Modifier::Field | Modifier::Link if !left.after_level => match left.fields.last_mut() {
            Some(field) if field.start == range.end => field.start = range.start,
            Some(_) => return false,
            None => left.fields.push(range.clone()),
        },
        Modifier::Level(level) if !is_part_of_word(&before[..before.len() - word.len()], word) => {
            if left.after_level {
                // 本市各级: what stands before a level only says where
                return false;
            }
            left.prefixes.push(name::level_prefix(word, level, range.clone(), naming));
            left.after_level = true;
        }
        _ => return false,
    }
    left.at = range.start;
    true
}

/// Whether a level's character belongs to a longer word: 区 of 园区, 市 of 上市.
fn is_part_of_word(before: &str, word: &str) -> bool {
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

/// 市、县级…, 发展改革、教育、民政等部门: goes on behind what joins.
fn coordinated(passage: &str, floor: usize, naming: &Naming, left: &mut Left) -> bool {
    let before = &passage[floor..left.at];
    let Some(joint) = joint_before(before) else { return false };
    let rest = &before[..before.len() - joint.len()];
    let end = left.at - joint.len();
    if left.after_level {
        if let Some(word) = stationed_before(rest) {
            let range = end - word.len()..end;
            left.prefixes.push(name::level_prefix(word, None, range.clone(), naming));
            left.at = range.start;
            return true;
        }
        if let Some((word, Modifier::Level(level))) = LEXICON.modifier_before(rest)
            && !is_part_of_word(&rest[..rest.len() - word.len()], word)
        {
            let range = end - word.len()..end;
            let mut prefix = name::level_prefix(word, level, range.clone(), naming);
            if let Some(last) = left.prefixes.last()
                && last.text.ends_with('级')
                && word.chars().count() == 1
            {
                prefix.text.push('级');
                prefix.region = None;
            }
            left.prefixes.push(prefix);
            left.at = range.start;
            return true;
        }
        if let Some(name) = region::name_before(rest) {
            let range = end - name.len()..end;
            left.prefixes.push(name::region_prefix(name, range.clone(), naming));
            left.at = range.start;
            return true;
        }
        return false;
    }
    if left.fields.is_empty() {
        return false;
    }
    let word = match LEXICON.modifier_before(rest) {
        Some((word, Modifier::Field)) => word,
        Some(_) => return false,
        None if joint == "、" || left.listed => match unknown_field(rest) {
            Some(word) => word,
            None => return false,
        },
        None => return false,
    };
    left.fields.push(end - word.len()..end);
    left.at = end - word.len();
    true
}

/// A field that no table knows, between two 、.
fn unknown_field(text: &str) -> Option<&str> {
    let start = text.rfind('、')? + '、'.len_utf8();
    let word = &text[start..];
    let length = word.chars().count();
    let plain = !word.contains(['，', '。', '；', '：', '的', '应', '《', '》', '（', '）', '\n']);
    ((2..=10).contains(&length) && plain).then_some(word)
}

/// 负有安全生产监督管理职责的部门: the clause before the head.
fn clause_before(passage: &str, floor: usize, left: &mut Left) -> bool {
    const ENDS: [&str; 7] = ["职责的", "工作的", "管理的", "监督的", "任务的", "登记的", "执法的"];
    const VERBS: [&str; 6] = ["负责", "负有", "承担", "行使", "履行", "主管"];
    if !left.clause.is_empty() || left.after_level {
        return false;
    }
    let before = &passage[floor..left.at];
    if !ENDS.iter().any(|end| before.ends_with(end)) {
        return false;
    }
    let start = before.char_indices().rev().take(30).last().map_or(0, |(at, _)| at);
    let window = &before[start..];
    let clean = window
        .rfind(['，', '。', '；', '：', '》', '\n'])
        .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
    let Some(verb) = VERBS.iter().filter_map(|verb| window[clean..].rfind(verb)).max() else {
        return false;
    };
    let from = floor + start + clean + verb;
    left.clause = from..left.at;
    left.at = from;
    true
}

/// 县级人民政府|教育部门, 领导小组|办公室, 省委|主要负责人: the unit before owns this one.
fn take_owner(term: &Term, previous: &mut Vec<Unit>, left: &mut Left, naming: &Naming) {
    let Some(last) = previous.last() else { return };
    if last.term.head == Head::Region {
        // 长沙市、株洲市|人民政府
        while let Some(unit) = previous.last()
            && unit.term.head == Head::Region
        {
            let mention = &unit.mentions[0];
            let chained = left
                .prefixes
                .last()
                .is_some_and(|next: &Prefix| next.range.start == unit.range.end);
            if !chained {
                left.prefixes.push(name::region_prefix(&mention.name, unit.range.clone(), naming));
            }
            left.at = unit.range.start;
            previous.pop();
            if term.head == Head::Person || left.prefixes.is_empty() {
                break;
            }
        }
        return;
    }
    let shared = term.head == Head::Post
        && matches!(last.term.kind, OrganizationKind::Government | OrganizationKind::Party);
    loop {
        let Some(owner) = previous.pop() else { return };
        left.at = owner.range.start;
        own(&owner, left);
        let more = shared
            && previous.last().is_some_and(|next| {
                next.term.head == Head::Local
                    && matches!(
                        next.term.kind,
                        OrganizationKind::Government | OrganizationKind::Party
                    )
            });
        if !more {
            return;
        }
    }
}

/// 人民银行|长沙|中心支行: a bank's branch is named with its bank.
fn branch(passage: &str, term: &Term, previous: &mut Vec<Unit>, left: &mut Left) {
    if !term.text.ends_with("行") || !matches!(term.text, "分行" | "支行" | "中心支行") {
        return;
    }
    let place = previous
        .last()
        .filter(|unit| unit.term.head == Head::Region)
        .map(|unit| unit.range.clone());
    let bank = previous.iter().rev().find(|unit| unit.term.head != Head::Region);
    let Some(bank) = bank.filter(|unit| unit.term.text.ends_with("银行")) else { return };
    let mut between = &passage[bank.range.end..left.at];
    if between.is_empty()
        && let Some(prefix) = left.prefixes.first()
    {
        between = &passage[prefix.range.clone()];
    }
    let spelled = passage[bank.range.end..]
        .find(term.text)
        .map(|length| &passage[bank.range.end..bank.range.end + length]);
    let between = spelled.unwrap_or(between);
    if between.len() > 30 || between.contains(['、', '，', '和']) {
        return;
    }
    let text = [&bank.mentions[0].name, between].concat();
    let range = bank.range.clone();
    if place.is_some() {
        previous.pop();
    }
    previous.pop();
    left.at = range.start;
    left.prefixes = vec![Prefix {
        text,
        level: None,
        region: None,
        owner: Some(OrganizationKind::Enterprise),
        range,
    }];
}

/// Makes a unit's mentions the owners of what is read.
fn own(owner: &Unit, left: &mut Left) {
    for mention in owner.mentions.iter().rev() {
        left.prefixes.push(Prefix {
            text: mention.name.clone(),
            level: mention.level,
            region: mention.region.as_deref().and_then(region::by_code),
            owner: Some(mention.kind),
            range: mention.range.clone(),
        });
    }
}

/// 县级以上人民政府及其|有关部门: the unit before stays, and owns this one.
fn refer_back(previous: &[Unit], left: &mut Left, length: usize) {
    let Some(last) = previous.last() else { return };
    own(last, left);
    for prefix in &mut left.prefixes {
        prefix.range = left.at..left.at;
    }
    left.at -= length;
}

/// Where a name may go on over words that no table knows: a temporary body's to its level or to
/// where the clause begins, a subject's to where the conjunct begins.
fn open(
    passage: &str,
    naming: &Naming,
    term: &Term,
    previous: &mut Vec<Unit>,
    reach: Reach,
    left: &mut Left,
) {
    if left.prefixes.iter().any(|prefix| prefix.owner.is_some()) {
        return;
    }
    if reach == Reach::Whole && !left.after_level && run_on(passage, naming, term, previous, left) {
        return;
    }
    let start = previous.last().map_or(0, |last| last.range.end).min(left.at);
    if left.after_level {
        if reach == Reach::Whole {
            widen(passage, start, previous, left);
        }
        return;
    }
    if reach == Reach::Whole && &passage[start..left.at] == "的" && start > 0 {
        own_by_particle(term, previous, left);
        return;
    }
    let from = match reach {
        Reach::Whole => {
            let joint = LEADING_JOINTS
                .iter()
                .find(|joint| passage[start..left.at].starts_with(**joint) && start > 0);
            start + joint.map_or(0, |joint| joint.len())
        }
        Reach::Known if term.kind == OrganizationKind::Temporary => {
            temporary_start(passage, start, left.at)
        }
        Reach::Known => return,
    };
    if from >= left.at {
        return;
    }
    let from = passage[from..left.at].rfind('由').map_or(from, |at| from + at + '由'.len_utf8());
    if from >= left.at {
        return;
    }
    left.clause = from..if left.clause.is_empty() { left.at } else { left.clause.end };
    left.at = from;
    if reach == Reach::Whole && split_fields(passage, term, left) {
        return;
    }
    if !matches!(
        term.kind,
        OrganizationKind::Persons | OrganizationKind::Enterprise | OrganizationKind::Post
    ) {
        leading_level(passage, naming, left);
    }
}

/// 从事道路旅游客运|的经营者, 县级以上人民政府|循环经济综合管理部门: what looked like a name before is
/// a part of this one, or its owner.
fn run_on(
    passage: &str,
    naming: &Naming,
    term: &Term,
    previous: &mut Vec<Unit>,
    left: &mut Left,
) -> bool {
    let Some(last) = previous.last() else { return false };
    let between = &passage[last.range.end..left.at.max(last.range.end)];
    if between.is_empty()
        || between == "的"
        || LEADING_JOINTS.iter().any(|joint| between.starts_with(joint))
    {
        return false;
    }
    let clause = last.range.end..if left.clause.is_empty() { left.at } else { left.clause.end };
    let owner = matches!(
        last.term.kind,
        OrganizationKind::Government
            | OrganizationKind::Congress
            | OrganizationKind::Temporary
            | OrganizationKind::Region
    ) || last.term.head == Head::Absolute;
    let owned = owner && term.head == Head::Body && !between.contains(['的', '由', '对', '和']);
    let Some(last) = previous.pop() else { return false };
    left.at = last.range.start;
    if owned && last.term.head == Head::Region {
        left.prefixes.push(name::region_prefix(last.term.text, last.range.clone(), naming));
        left.clause = clause;
    } else if owned {
        own(&last, left);
        left.clause = clause;
    } else {
        left.clause = last.range.start..left.link.end;
        left.fields.clear();
        left.link = left.link.end..left.link.end;
    }
    true
}

const LEADING_JOINTS: [&str; 9] = ["以及其", "及其", "以及", "或者", "、", "和", "与", "及", "或"];

/// 对口帮扶双方各级…: a subject's class goes on to where the conjunct begins.
fn widen(passage: &str, start: usize, previous: &mut Vec<Unit>, left: &mut Left) {
    let between = &passage[start..left.at];
    let from = if between.is_empty()
        && previous.last().is_some_and(|last| last.term.head == Head::Body)
    {
        previous.pop().map_or(start, |unit| unit.range.start)
    } else {
        let joint = LEADING_JOINTS.iter().find(|joint| between.starts_with(**joint) && start > 0);
        start + joint.map_or(0, |joint| joint.len())
    };
    let from = passage[from..left.at].rfind('由').map_or(from, |at| from + at + '由'.len_utf8());
    let words = &passage[from..left.at];
    let place = ["行政区域", "辖区", "本市", "本省", "本县", "范围", "所在地"]
        .iter()
        .any(|word| words.contains(word));
    if words.is_empty() || place {
        return;
    }
    for prefix in left.prefixes.iter_mut().filter(|prefix| prefix.region.is_none()) {
        prefix.text.insert_str(0, words);
    }
    left.at = from;
}

/// 未成年人的|父母: the unit before owns this one by 的.
fn own_by_particle(term: &Term, previous: &mut Vec<Unit>, left: &mut Left) {
    let Some(owner) = previous.pop() else { return };
    own(&owner, left);
    if matches!(term.head, Head::Person | Head::Post) {
        for prefix in &mut left.prefixes {
            prefix.text.push('的');
        }
    }
    left.at = owner.range.start;
}

/// 医疗、保健|机构: short words that share a common noun.
fn split_fields(passage: &str, term: &Term, left: &mut Left) -> bool {
    let words = &passage[left.clause.clone()];
    let shares = is_generic(term.text) || matches!(term.text, "企业" | "团体" | "学校" | "工程师");
    if !shares || !words.contains('、') || !left.fields.is_empty() {
        return false;
    }
    let mut fields = Vec::new();
    let mut from = left.clause.start;
    for word in words.split(['、', '和', '或']) {
        let word_start = from;
        from += word.len() + passage[from + word.len()..].chars().next().map_or(0, char::len_utf8);
        let word = word.strip_prefix('者').unwrap_or(word);
        let skipped = if word.len() + word_start < from && passage[word_start..].starts_with('者')
        {
            3
        } else {
            0
        };
        if !(2..=4).contains(&word.chars().count()) || word.contains('的') {
            return false;
        }
        fields.push(word_start + skipped..word_start + skipped + word.len());
    }
    fields.reverse();
    left.fields = fields;
    left.clause = left.at..left.at;
    true
}

/// Where a temporary body's name begins in running text: behind the last word that is no part
/// of a name.
fn temporary_start(passage: &str, floor: usize, end: usize) -> usize {
    let window = &passage[floor..end];
    let stop = |one: char| {
        "，。；：、《》（）“”\n由向对经报以将把从在为与和及同给请按依被当因至交的".contains(one)
    };
    let from = window
        .rfind(stop)
        .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
    if window[from..].chars().count() > 20 { end } else { floor + from }
}

/// 县|脱贫攻坚领导小组: a level or region at the head of what was read.
fn leading_level(passage: &str, naming: &Naming, left: &mut Left) {
    const LONGER: [&str; 12] = [
        "市场", "市政", "市容", "市民", "市区", "区域", "县域", "省际", "市域", "区块", "市郊",
        "县乡",
    ];
    let mut words = &passage[left.clause.clone()];
    while let Some(rest) =
        ["各", "有关", "相关", "本"].iter().find_map(|word| words.strip_prefix(word))
    {
        words = rest;
    }
    let start = left.clause.end - words.len();
    if LONGER.iter().any(|longer| words.starts_with(longer)) {
        return;
    }
    let lengths: Vec<usize> =
        words.char_indices().take(12).map(|(at, one)| at + one.len_utf8()).collect();
    let found = lengths.iter().rev().find_map(|&length| {
        let word = &words[..length];
        let range = start..start + length;
        if region::is_full_name(word) {
            return Some((name::region_prefix(word, range, naming), length));
        }
        match LEXICON.modifier(word) {
            Some(Modifier::Level(level)) => {
                Some((name::level_prefix(word, level, range, naming), length))
            }
            _ => None,
        }
    });
    if let Some((prefix, length)) = found
        && length < words.len()
        && (prefix.region.is_some() || length > 3)
    {
        left.prefixes.push(prefix);
        left.clause = start + length..left.clause.end;
    }
}

/// Units to what the outside sees.
pub(super) fn group(units: Vec<Unit>) -> Group {
    let start = units.first().map_or(0, |unit| unit.range.start);
    let end = units.last().map_or(0, |unit| unit.range.end);
    Group {
        mentions: units.into_iter().flat_map(|unit| unit.mentions).collect(),
        range: start..end,
    }
}
