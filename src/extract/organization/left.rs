//! What stands before a head: levels, regions, fields, owners, as far as the tables know.
//!
//! In: a passage and the place of a head. Out: [`Left`]. Not here: heads (`grammar`), words that
//! no table knows (`open`).
//!
//! Before the head `部门` of `市、县人民政府教育、民政等部门` stand two fields and two owners.

use std::ops::Range;

use super::super::region;
use super::super::words::{self, Class};
use super::grammar::{Prefix, Unit};
use super::lexicon::{Head, LEXICON, Modifier, Term};
use super::owner::{is_back_reference, is_of_government, refer_back, take_owner};
use super::{Naming, name};
use crate::text::literal;

/// What was read to the left of a head.
pub(super) struct Left {
    pub at: usize,
    pub prefixes: Vec<Prefix>,
    pub fields: Vec<Range<usize>>,
    pub link: Range<usize>,
    pub clause: Range<usize>,
    pub dropped: Range<usize>,
    /// 等 between fields and head.
    pub listed: bool,
    /// Whether the last word read was a level.
    pub after_level: bool,
    /// 设计、施工|单位: short words before a common noun that they share.
    pub shared: bool,
    /// 及其 before it: it is of the one before.
    pub back: bool,
}

impl Left {
    /// Before anything is read to the left of a head that begins at `start`.
    pub(super) fn at(start: usize) -> Left {
        Left {
            at: start,
            prefixes: Vec::new(),
            fields: Vec::new(),
            link: start..start,
            clause: start..start,
            dropped: start..start,
            listed: false,
            after_level: false,
            shared: false,
            back: false,
        }
    }
}

/// 设计、|施工单位: where the head's own word shares its common noun with the word before, the noun is
/// the head, and the own word a field.
pub(super) fn take_shared(
    passage: &str,
    term: &'static Term,
    head: Range<usize>,
    floor: usize,
    left: &mut Left,
) -> (&'static Term, Range<usize>) {
    let common = shared(passage, term, &head, floor)
        .and_then(|(noun, own)| Some((noun, own, LEXICON.head(&passage[noun..head.end])?)));
    let Some((noun, own, common)) = common else { return (term, head) };
    *left = Left::at(noun);
    left.at -= own;
    left.fields.push(left.at..noun);
    left.shared = true;
    (common, noun..head.end)
}

/// Where the common noun begins that the head's own word shares with the word before, and how long its
/// own word is.
fn shared(passage: &str, term: &Term, head: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
    if term.head != Head::Body {
        return None;
    }
    let noun = NOUNS.iter().find(|noun| term.text.ends_with(**noun))?;
    let verbs = !matches!(*noun, "部门" | "人员" | "组织");
    let start = head.end - noun.len();
    let whole = sharing(&passage[floor..start], verbs);
    let own = if start > head.start && whole.is_none_or(|own| own.len() < start - head.start) {
        &passage[head.start..start]
    } else {
        whole?
    };
    let before = &passage[floor..start - own.len()];
    // 勘察、设计、|工程监理单位: its own word may be a longer one
    let more = before.rfind('、').map_or("", |at| &before[at + '、'.len_utf8()..]);
    let more = if more.chars().count() <= 2 { more } else { "" };
    let own = &passage[start - own.len() - more.len()..start];
    let before = &before[..before.len() - more.len()];
    let joint = joint_before(before)?;
    sharing(&before[..before.len() - joint.len()], verbs)?;
    let shares = match more.is_empty() && !verbs {
        true => words::is(Class::Sharing, own),
        false => sharing(own, verbs).is_some() && own.chars().count() <= 5,
    };
    shares.then_some((start, own.len()))
}

/// 电影、广播电视|生产、发行机构: what several words before shared ones say holds for each.
pub(super) fn distribute(passage: &str, left: &mut Left) {
    let words = &passage[left.clause.clone()];
    if !left.shared || !left.prefixes.is_empty() || !words.contains('、') {
        return;
    }
    let plain = |word: &str| (2..=6).contains(&word.chars().count()) && !word.contains('的');
    if !words.split('、').all(plain) {
        return;
    }
    for word in words.rsplit('、') {
        let at = word.as_ptr() as usize - passage.as_ptr() as usize;
        let range = at..at + word.len();
        left.prefixes.push(Prefix {
            text: word.to_owned(),
            level: None,
            region: None,
            owner: None,
            range,
        });
    }
    left.clause = left.at..left.at;
}

/// Common nouns that words share.
const NOUNS: [&str; 7] = ["单位", "机构", "企业", "部门", "人员", "组织", "机关"];

/// The word that may share a noun with its neighbours, at the end of `text`: 勘察、设计、施工、监理
/// 单位.
fn sharing(text: &str, verbs: bool) -> Option<&str> {
    let length = words::ends(Class::Sharing, text);
    if length > 0 {
        return Some(&text[text.len() - length..]);
    }
    if !verbs {
        return None;
    }
    // 武器装备|研制、生产单位: any verb of two characters does
    let verb = text.char_indices().rev().nth(1).map(|(at, _)| &text[at..])?;
    let causes = words::begins(Class::Governing, verb) + words::begins(Class::Encouraging, verb);
    let plain = words::predicate(verb) == verb.len() && causes == 0 && verb != "改革";
    (plain && LEXICON.modifier(verb).is_none()).then_some(verb)
}

/// 省委: the level is the head's own first character; a region's full name may stand before it.
pub(super) fn left_level(
    passage: &str,
    naming: &Naming,
    level: &'static str,
    head: &Range<usize>,
    floor: usize,
    left: &mut Left,
) {
    let lead = passage[head.clone()].find(level).unwrap_or(0);
    let end = head.start + lead + level.len();
    if lead > 0 {
        left.prefixes.push(name::level_prefix(level, None, head.start + lead..end, naming));
        return;
    }
    let before = &passage[floor.min(head.start)..head.start];
    if let Some(class) = ["设区市", "设区的市"].iter().find(|class| before.ends_with(**class))
    {
        // 设区市|市委
        left.at = head.start - class.len();
        let text = (*class).to_owned();
        let range = left.at..end;
        left.prefixes.push(Prefix {
            text,
            level: Some(super::super::Level::City),
            region: None,
            owner: None,
            range,
        });
    } else if let Some(name) = region::name_before(&passage[floor.min(head.start)..end]) {
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
pub(super) fn read_left(
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
                take_owner(passage, term, previous, left, naming);
            }
            // 市、县（市）、吉利区|人民政府: levels go on before the regions
            let mut goes_on = left.after_level;
            while goes_on {
                let floor = previous.last().map_or(0, |last| last.range.end).min(left.at);
                goes_on = coordinated(&passage[floor..left.at], term, naming, left);
            }
            return;
        }
        if let Some(length) = aside_before(before, left) {
            *left = Left::at(left.at - length);
            continue;
        }
        let back = is_back_reference(before) || is_of_government(before, term, left, previous);
        if floor > 0 && !left.after_level && back {
            refer_back(previous, left, before.len());
            return;
        }
        if region_name(before, naming, left) || list_end(before, term, left) {
            continue;
        }
        if short_region(before, naming, term, left) {
            return;
        }
        let goes_on = stationed(before, naming, left)
            || level_particle(before, term, left)
            || clause_before(before, floor, left)
            || listed_field(before, term, left)
            || known_word(before, term, naming, left)
            || coordinated(before, term, naming, left);
        if !goes_on {
            return;
        }
    }
}

/// 市、县|（含市、区，下同）|政府: how long an aside is between levels and the head.
fn aside_before(before: &str, left: &Left) -> Option<usize> {
    let bare = left.prefixes.is_empty() && left.fields.is_empty() && left.link.is_empty();
    let open = before.strip_suffix("下同）").filter(|_| bare && left.clause.is_empty())?;
    let at = open.rfind('（')?;
    Some(before.len() - at)
}

/// 湖南省|省直机关, 长沙市|人民政府: a region's full name; before a level it only says where.
fn region_name(before: &str, naming: &Naming, left: &mut Left) -> bool {
    let Some(name) = region::name_before(before) else { return false };
    let range = left.at - name.len()..left.at;
    left.at = range.start;
    if !left.after_level {
        left.prefixes.push(name::region_prefix(name, range, naming));
    }
    left.after_level = true;
    true
}

/// 设区的市、自治州|的|人民代表大会: a list of levels with 的.
fn level_particle(before: &str, term: &Term, left: &mut Left) -> bool {
    let Some(levels) = before.strip_suffix('的') else { return false };
    let bare = left.prefixes.is_empty() && left.fields.is_empty() && left.clause.is_empty();
    if term.head != Head::Local || !bare || left.listed || left.at != left.link.start {
        return false;
    }
    let Some((word, Modifier::Level(_))) = LEXICON.modifier_before(levels) else { return false };
    let lead = &levels[..levels.len() - word.len()];
    let stands = !word.ends_with('的')
        && !super::tier::is_part_of_word(lead, word)
        && (lead.is_empty() || joint_before(lead).is_some());
    if stands {
        left.at -= '的'.len_utf8();
        left.link = left.at..left.at;
        left.clause = left.at..left.at;
        left.dropped = left.at..left.at;
    }
    stands
}

/// 教育、民政|等|部门
fn list_end(before: &str, term: &Term, left: &mut Left) -> bool {
    let ends = (before.ends_with('等') || before.ends_with("等参与"))
        && matches!(term.head, Head::Body | Head::Person)
        && !left.after_level
        && left.fields.is_empty();
    // 公安、民政|等参与|部门
    let word = if before.ends_with("等参与") { "等参与" } else { "等" };
    if ends {
        left.listed = true;
        left.at -= word.len();
    }
    ends
}

/// 湖南|银监局: a region's short name, right before the head.
fn short_region(before: &str, naming: &Naming, term: &Term, left: &mut Left) -> bool {
    if term.head != Head::Local || left.at != left.link.end || !left.prefixes.is_empty() {
        return false;
    }
    let Some(name) = region::short_before(before) else { return false };
    if LEXICON.modifier(name).is_some() {
        return false;
    }
    let range = left.at - name.len()..left.at;
    left.at = range.start;
    left.prefixes.push(name::short_region_prefix(name, range, naming));
    true
}

/// 中央驻湘|单位
fn stationed(before: &str, naming: &Naming, left: &mut Left) -> bool {
    if left.after_level {
        return false;
    }
    let Some(word) = super::tier::stationed_before(before) else { return false };
    let range = left.at - word.len()..left.at;
    left.at = range.start;
    left.prefixes.push(name::level_prefix(word, None, range, naming));
    left.after_level = true;
    true
}

/// 教育、|数据资源|等部门, 气象、|船舶检验|等部门, 公安、|广播电影电视|部门: the last field of a list,
/// though no table knows it, or only its end.
fn listed_field(before: &str, term: &Term, left: &mut Left) -> bool {
    if !left.fields.is_empty() || left.after_level || !left.link.is_empty() {
        return false;
    }
    if !left.listed && term.text != "部门" {
        return false;
    }
    let Some(word) = unknown_field(before) else { return false };
    let lead = before[..before.len() - word.len()].trim_end_matches('、');
    let listed = left.listed
        || (term.text == "部门"
            && matches!(
                LEXICON.modifier_before(lead),
                Some((_, Modifier::Field | Modifier::Link))
            ));
    let whole = match LEXICON.modifier_before(before) {
        None => true,
        Some((known, Modifier::Field | Modifier::Link)) => {
            longer_field(before, known).len() > known.len()
        }
        Some(_) => false,
    };
    if !listed || !whole || word.contains('等') {
        return false;
    }
    left.fields.push(left.at - word.len()..left.at);
    left.at -= word.len();
    true
}

/// Takes one modifier to the left.
fn known_word(before: &str, term: &Term, naming: &Naming, left: &mut Left) -> bool {
    let Some((word, modifier)) = LEXICON.modifier_before(before) else { return false };
    let range = left.at - word.len()..left.at;
    match modifier {
        Modifier::Drop => {
            if left.dropped.is_empty() {
                left.dropped = range.clone();
            }
        }
        Modifier::Link
            if !left.after_level
                && left.fields.is_empty()
                // 财政、地方金融监管|等|部门: 监管 is of the last field only
                && !left.listed
                && (left.link.is_empty() || left.link.start == range.end) =>
        {
            let end = if left.link.is_empty() { range.end } else { left.link.end };
            left.link = range.start..end;
        }
        Modifier::Field | Modifier::Link if !left.after_level => match left.fields.last_mut() {
            // 危险化学品|生产、经营|企业
            Some(field) if field.start == range.end && left.shared => {
                let end = if left.clause.is_empty() { range.end } else { left.clause.end };
                left.clause = range.start..end;
            }
            Some(field) if field.start == range.end => field.start = range.start,
            Some(_) => return false,
            None => left.fields.push(range.clone()),
        },
        Modifier::Level(level)
            if !super::tier::is_part_of_word(&before[..before.len() - word.len()], word) =>
        {
            // 沿海|县级以上人民政府
            if left.after_level
                && word == "沿海"
                && let Some(prefix) = left.prefixes.last_mut()
                && prefix.region.is_none()
            {
                left.prefixes.iter_mut().for_each(|prefix| prefix.text.insert_str(0, word));
                left.at = range.start;
                return true;
            }
            if left.after_level {
                // 本市各级: what stands before a level only says where
                return false;
            }
            // 市县政府: two of them
            if word == "市县" && term.head == Head::Local {
                let middle = range.start + '市'.len_utf8();
                left.prefixes.push(name::level_prefix("县", None, middle..range.end, naming));
                left.prefixes.push(name::level_prefix("市", None, range.start..middle, naming));
            } else {
                left.prefixes.push(name::level_prefix(word, level, range.clone(), naming));
            }
            left.after_level = true;
            left.at = range.start;
            super::tier::joined_tiers(&before[..before.len() - word.len()], word, left);
            return true;
        }
        _ => return false,
    }
    left.at = range.start;
    true
}

/// 市、县级…, 发展改革、教育、民政等部门: goes on behind what joins.
fn coordinated(before: &str, term: &Term, naming: &Naming, left: &mut Left) -> bool {
    let Some(joint) = joint_before(before) else { return false };
    let rest = &before[..before.len() - joint.len()];
    let end = left.at - joint.len();
    if left.after_level {
        let Some(prefix) = joined_prefix(rest, end, naming, left) else { return false };
        left.at = prefix.range.start;
        left.prefixes.push(prefix);
        return true;
    }
    // 审计以及|其他有关部门: two, the second of no field
    let others = left.fields.is_empty()
        && joint != "、"
        && term.text == "部门"
        && left.clause.is_empty()
        && left.dropped.start == left.at
        && !left.dropped.is_empty();
    if left.fields.is_empty() && !others {
        return false;
    }
    let Some(word) = joined_field(rest, joint, left) else { return false };
    if others && !matches!(LEXICON.modifier_before(rest), Some((_, Modifier::Field))) {
        return false;
    }
    if others {
        left.fields.push(left.at..left.at);
    }
    left.at = end - word.len();
    left.fields.push(left.at..end);
    true
}

/// 市|、县级: the level or region at the end of `rest`, which ends at `end`.
fn joined_prefix(rest: &str, end: usize, naming: &Naming, left: &Left) -> Option<Prefix> {
    if let Some(word) = super::tier::stationed_before(rest) {
        return Some(name::level_prefix(word, None, end - word.len()..end, naming));
    }
    if let Some((word, Modifier::Level(level))) = LEXICON.modifier_before(rest)
        && !super::tier::is_part_of_word(&rest[..rest.len() - word.len()], word)
    {
        // 各镇、|县直各部门: places, and not the tier of the departments
        let seated = left.prefixes.last().is_some_and(|last| last.text.ends_with('直'));
        if seated && rest[..rest.len() - word.len()].ends_with('各') {
            return None;
        }
        let mut prefix = name::level_prefix(word, level, end - word.len()..end, naming);
        let class = left.prefixes.last().is_some_and(|last| last.text.ends_with('级'));
        if class && word.chars().count() == 1 {
            prefix.text.push('级');
            prefix.region = None;
        }
        return Some(prefix);
    }
    let name = region::name_before(rest)?;
    Some(name::region_prefix(name, end - name.len()..end, naming))
}

/// 教育|、民政: the field at the end of `rest`.
fn joined_field<'t>(rest: &'t str, joint: &str, left: &Left) -> Option<&'t str> {
    let known = LEXICON.modifier_before(rest);
    if let Some((word, Modifier::Field)) = known {
        return Some(longer_field(rest, word));
    }
    if left.shared
        && let Some(word) = sharing(rest, true)
    {
        return Some(word);
    }
    match known {
        // 药品监督管理、|农业农村部门
        Some((link, Modifier::Link)) => {
            let lead = &rest[..rest.len() - link.len()];
            match LEXICON.modifier_before(lead) {
                Some((field, Modifier::Field)) => Some(&rest[lead.len() - field.len()..]),
                _ => unknown_field(rest),
            }
        }
        None if joint == "、" || left.listed => unknown_field(rest),
        _ => None,
    }
}

/// 食药监 between two 、, though the tables know only 药监: the whole word, where it is not much longer
/// and what is before is no modifier (市教育).
fn longer_field<'t>(rest: &'t str, word: &'t str) -> &'t str {
    let Some(whole) = unknown_field(rest) else { return word };
    let extra = &whole[..whole.len().saturating_sub(word.len())];
    let glued = whole.ends_with(word)
        && (1..=6).contains(&extra.chars().count())
        && LEXICON.modifier(extra).is_none()
        && !extra.ends_with(['省', '市', '县', '区', '州', '和', '与', '及']);
    if glued { whole } else { word }
}

/// How many characters a field has at most.
const LONGEST_FIELD: usize = 10;

/// A field that no table knows, between two 、.
fn unknown_field(text: &str) -> Option<&str> {
    let mut nearest = text.char_indices().rev().take(LONGEST_FIELD + 1);
    let start = nearest.find(|(_, one)| *one == '、')?.0 + '、'.len_utf8();
    let word = &text[start..];
    may_be_field(word).then_some(word)
}

/// Whether a word that no table knows may be a field: short, plain, and no body.
pub(super) fn may_be_field(word: &str) -> bool {
    if !(2..=LONGEST_FIELD).contains(&word.chars().count()) {
        return false;
    }
    let marks = ['，', '。', '；', '：', '的', '应', '《', '》', '\n'];
    // 城市管理（综合执法）
    let opened = word.contains('（') && !word.starts_with('（');
    let closed = word.ends_with('）') == opened && word.contains('）') == opened;
    let joint = word.ends_with(['和', '与', '及', '或', '者']) || word.contains("以及");
    let plain = closed && !joint && !word.contains(marks);
    let body = ["单位", "部门", "机构", "企业", "组织", "机关", "委员会", "人员"]
        .iter()
        .any(|noun| word.ends_with(noun));
    plain && !body
}

/// 负有安全生产监督管理职责的部门: the clause before the head.
fn clause_before(before: &str, floor: usize, left: &mut Left) -> bool {
    const ENDS: [&str; 7] = ["职责的", "工作的", "管理的", "监督的", "任务的", "登记的", "执法的"];
    const VERBS: [&str; 6] = ["负责", "负有", "承担", "行使", "履行", "主管"];
    if !before.ends_with('的') || !left.clause.is_empty() || left.after_level {
        return false;
    }
    let start = before.char_indices().rev().take(30).last().map_or(0, |(at, _)| at);
    let window = &before[start..];
    // 人民政府|分管消防安全的|负责人: whatever it is
    let in_charge =
        literal::rfind(window, "分管").filter(|&at| !window[at..].contains(['，', '、', '应']));
    if in_charge.is_none() && !ENDS.iter().any(|end| before.ends_with(end)) {
        return false;
    }
    let clean = window
        .rfind(['，', '。', '；', '：', '》', '\n'])
        .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
    // 国务院|管理节能工作的部门: the verb may stand for charge only where the clause begins with it
    let verb =
        match ["管理", "主管", "监督管理", "分管"].iter().any(|verb| window.starts_with(verb))
        {
            true if start == 0 && floor > 0 => Some(0),
            _ => VERBS.iter().filter_map(|verb| literal::rfind(&window[clean..], verb)).max(),
        };
    let verb = verb.or(in_charge.and_then(|at| at.checked_sub(clean)));
    let Some(verb) = verb else { return false };
    let from = floor + start + clean + verb;
    left.clause = from..left.at;
    left.at = from;
    true
}

/// What joins at the end of `text`, the longest.
fn joint_before(text: &str) -> Option<&'static str> {
    ["以及", "或者", "、", "和", "与", "及", "或"].into_iter().find(|joint| text.ends_with(joint))
}
