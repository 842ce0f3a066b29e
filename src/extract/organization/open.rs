//! Where names go on over words that no table knows.
//!
//! In: a passage and what was read before a head. Out: the same, wider. Not here: known words
//! (`left`).
//!
//! `从事道路旅游客运的经营者` is one name, though its first words are in no table.

use super::super::words::{self, Class};
use super::super::{OrganizationKind, region};
use super::grammar::{Prefix, Reach, Unit, is_generic};
use super::left::{Left, may_be_field};
use super::lexicon::{Head, LEXICON, Modifier, Term};
use super::owner::own;
use super::{Mention, Naming, name};
use crate::text::literal;

/// Where a name may go on over words that no table knows: a temporary body's to its level or to
/// where the clause begins, a subject's to where the conjunct begins.
pub(super) fn open(
    passage: &str,
    naming: &Naming,
    term: &Term,
    previous: &mut Vec<Unit>,
    reach: Reach,
    left: &mut Left,
) {
    if !left.prefixes.is_empty() && !left.after_level {
        return;
    }
    match reach {
        Reach::Known => open_temporary(passage, naming, term, previous, left),
        Reach::Whole if left.after_level => widen(passage, previous, left),
        Reach::Whole => open_subject(passage, naming, term, previous, left),
    }
}

/// In running text, only a temporary body's name goes on, and a field with its owner.
fn open_temporary(
    passage: &str,
    naming: &Naming,
    term: &Term,
    previous: &mut Vec<Unit>,
    left: &mut Left,
) {
    let done = owned_field(passage, term, previous, left) || left.after_level;
    if done || term.kind != OrganizationKind::Temporary {
        return;
    }
    let from = temporary_start(passage, floor(previous, left), left.at);
    if take_from(passage, from, left) {
        leading_level(passage, naming, left);
    }
}

/// A subject's name goes on to where the conjunct begins.
fn open_subject(
    passage: &str,
    naming: &Naming,
    term: &Term,
    previous: &mut Vec<Unit>,
    left: &mut Left,
) {
    if run_on(passage, naming, term, previous, left) || owned_clause(passage, term, previous, left)
    {
        return;
    }
    let from = conjunct_start(passage, floor(previous, left), left.at);
    if lone_conjuncts(passage, from, previous, left) {
        return;
    }
    let shares = left.listed || is_generic(term.text) || term.text == "媒体";
    if shares && first_fields(passage, naming, from, left)
        || !take_from(passage, from, left)
        || split_fields(passage, term, left)
        || distribute(passage, term, left)
    {
        return;
    }
    if !matches!(
        term.kind,
        OrganizationKind::Persons | OrganizationKind::Enterprise | OrganizationKind::Post
    ) {
        leading_level(passage, naming, left);
    }
}

/// What no one is.
const THINGS: [&str; 10] =
    ["项目", "设施", "设备", "场所", "活动", "工程", "产品", "车辆", "船舶", "证"];

/// 工伤保险基金或者|用人单位, 政府、|社会|、学校: nouns that no table knows, each named by itself beside a
/// head.
fn lone_conjuncts(passage: &str, from: usize, previous: &mut Vec<Unit>, left: &Left) -> bool {
    let Some(words) = passage.get(from..left.at) else { return false };
    let Some((at, joint)) = last_joint(words).filter(|(at, joint)| at + joint.len() == words.len())
    else {
        return false;
    };
    let bare = left.clause.is_empty() && left.fields.is_empty() && left.prefixes.is_empty();
    let Some(term) = LEXICON.head("组织").filter(|_| bare) else { return false };
    let mut nouns = Vec::new();
    let mut rest = &words[..at];
    loop {
        let (start, length) = last_joint(rest).map_or((0, 0), |(at, joint)| (at, joint.len()));
        let noun = &rest[start + length..];
        nouns.push(from + start + length..from + start + length + noun.len());
        if length == 0 {
            break;
        }
        rest = &rest[..start];
    }
    let field = |noun: &str| matches!(LEXICON.modifier(noun), Some(Modifier::Field));
    // 民政、|残疾人联合会: departments beside a body
    let fields = joint == "、" && nouns.iter().all(|range| field(&passage[range.clone()]));
    let plain = fields
        || nouns.iter().all(|range| {
            let noun = &passage[range.clone()];
            let short = (2..=10).contains(&noun.chars().count()) || "村镇乡县".contains(noun);
            short
                && !noun.is_empty()
                && !noun.contains(['的', '对', '在', '由', '，', '为'])
                && words::predicate(noun) < noun.len()
                && !words::is(Class::Sharing, noun)
                && !THINGS.iter().any(|thing| noun.ends_with(thing))
                && LEXICON.modifier(noun).is_none_or(|it| matches!(it, Modifier::Level(_)))
        });
    if !plain || joint.is_empty() {
        return false;
    }
    for range in nouns.into_iter().rev() {
        let noun = &passage[range.clone()];
        let (name, kind) = match fields {
            true => ([noun, "部门"].concat(), OrganizationKind::Department),
            // 各|区、各部门
            false => (of_all(noun).to_owned(), OrganizationKind::Other),
        };
        let mention = Mention { name, range, level: None, kind, region: None };
        previous.push(Unit::bare(term, mention));
    }
    true
}

/// 各|镇街: all of them are meant; 各地 is a word.
fn of_all(noun: &str) -> &str {
    noun.strip_prefix('各')
        .filter(|rest| !rest.starts_with(['地', '界', '方', '级']))
        .unwrap_or(noun)
}

/// 勘察、|设计、施工等单位, 市文化广电、|城管部门: the first fields of a list, which no table knows.
fn first_fields(passage: &str, naming: &Naming, from: usize, left: &mut Left) -> bool {
    if left.fields.is_empty() || !left.clause.is_empty() || left.after_level || from >= left.at {
        return false;
    }
    let Some(words) = passage[from..left.at].strip_suffix(['、', '和', '与']) else {
        return false;
    };
    let (prefixes, start) = leading_list(words, from, naming);
    if !words[start..].split('、').all(may_be_field) || words.ends_with('（') {
        return false;
    }
    for word in words[start..].rsplit('、') {
        let at = word.as_ptr() as usize - passage.as_ptr() as usize;
        left.fields.push(at..at + word.len());
    }
    left.at = from;
    left.prefixes.extend(prefixes.into_iter().rev());
    true
}

/// Where the unit before ends, and a name may begin at the earliest.
fn floor(previous: &[Unit], left: &Left) -> usize {
    previous.last().map_or(0, |last| last.range.end).min(left.at)
}

/// Behind the word that joins a conjunct to the unit that ends at `start`.
fn conjunct_start(passage: &str, start: usize, end: usize) -> usize {
    let words = &passage[start..end];
    start + if start > 0 { leading_joint(words) } else { 0 }
}

/// Behind the last 由, which names the one who acts; else `from`.
fn behind_agent(passage: &str, from: usize, end: usize) -> usize {
    passage[from..end].rfind('由').map_or(from, |at| from + at + '由'.len_utf8())
}

/// Takes what stands from `from` on into the name. Whether there is anything.
fn take_from(passage: &str, from: usize, left: &mut Left) -> bool {
    if from >= left.at {
        return false;
    }
    let from = behind_agent(passage, from, left.at);
    if from >= left.at {
        return false;
    }
    left.clause = from..if left.clause.is_empty() { left.at } else { left.clause.end };
    left.at = from;
    true
}

/// 专门委员会的|驻会|成员: what stands between the owner's 的 and what was read.
fn owned_clause(passage: &str, term: &Term, previous: &mut Vec<Unit>, left: &mut Left) -> bool {
    let start = floor(previous, left);
    let Some(words) = passage[start..left.at].strip_prefix('的') else { return false };
    if start == 0 || words.contains(['、', '和', '或', '的']) {
        return false;
    }
    let end = if left.clause.is_empty() { left.at } else { left.clause.end };
    left.clause = start + '的'.len_utf8()..end;
    own_by_particle(term, previous, left);
    true
}

/// 国务院|保险|监督管理机构: a field that no table knows, between its owner and what only follows
/// fields.
fn owned_field(passage: &str, term: &Term, previous: &mut Vec<Unit>, left: &mut Left) -> bool {
    let Some(last) = previous.last() else { return false };
    let owner = last.term.head == Head::Absolute || last.term.kind == OrganizationKind::Government;
    let bare = left.fields.is_empty() && left.clause.is_empty() && !left.after_level;
    if !owner || !bare || left.link.is_empty() || !is_generic(term.text) {
        return false;
    }
    let words = &passage[last.range.end..left.at.max(last.range.end)];
    let plain = !words.contains(|one: char| "，。；：、的由对向和与及或同在应".contains(one));
    if !(1..=10).contains(&words.chars().count()) || !plain || is_verb(words) {
        return false;
    }
    left.clause = last.range.end..left.at;
    left.at = last.range.start;
    if let Some(last) = previous.pop() {
        own(&last, left);
    }
    true
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
    if between.is_empty() || between == "的" || leading_joint(between) > 0 {
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
    // 县级以上人民政府|循环经济发展综合管理|部门 is a name, though 循环 is a verb elsewhere
    let field = owner && is_generic(term.text) && left.dropped.is_empty();
    let verb = is_verb(between) && !between.contains('的') && last.term.head != Head::Region;
    if verb && !field {
        return true;
    }
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

/// 志愿服务组织|招募|志愿者: what stands between two names is a verb, and no part of either.
pub(super) fn is_verb(between: &str) -> bool {
    if words::is(Class::Transitive, between) {
        return true;
    }
    let length = words::predicate(between);
    length >= 6 && LEXICON.modifier(&between[..length]).is_none()
}

/// How much of a phrase what joins takes: 以及|其他单位, but 以及其|办公室.
fn leading_joint(phrase: &str) -> usize {
    let joint = LEADING_JOINTS.iter().find(|joint| {
        let rest = phrase.strip_prefix(**joint);
        rest.is_some_and(|rest| !joint.ends_with('其') || !rest.starts_with(['他', '它']))
    });
    joint.map_or(0, |joint| joint.len())
}

const LEADING_JOINTS: [&str; 10] =
    ["，以及", "以及其", "及其", "以及", "或者", "、", "和", "与", "及", "或"];

/// 对口帮扶双方各级…: a subject's class goes on to where the conjunct begins.
fn widen(passage: &str, previous: &mut Vec<Unit>, left: &mut Left) {
    let start = floor(previous, left);
    let touches = start == left.at;
    let from = if touches && previous.last().is_some_and(|last| last.term.head == Head::Body) {
        previous.pop().map_or(start, |unit| unit.range.start)
    } else {
        conjunct_start(passage, start, left.at)
    };
    let mut from = behind_agent(passage, from, left.at);
    // 运输机场|所在地|地区民用航空管理机构: whose place it is
    if &passage[from..left.at] == "所在地"
        && previous.last().is_some_and(|last| last.range.end == from)
    {
        from = previous.pop().map_or(from, |unit| unit.range.start);
    }
    let words = passage[from..left.at].trim_start_matches(['的', '其']);
    let place = ["行政区域", "辖区", "本市", "本省", "本县", "范围", "所在地"]
        .iter()
        .any(|word| words.contains(word) && !words.ends_with("所在地区的"))
        // 房屋所在地|县级人民政府: which one
        && !words.ends_with("所在地");
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
    let person = owner.term.head == Head::Person;
    // 学校|法定代表人, but 未成年人的父母
    if person || term.head == Head::Person {
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
        // 通信、导航和|其他飞行保障|部门
        let own = word.strip_prefix("其他").filter(|own| !own.is_empty()).unwrap_or(word);
        if !(2..=4).contains(&own.chars().count()) || word.contains('的') {
            return false;
        }
        fields.push(word_start + skipped..word_start + skipped + word.len());
    }
    fields.reverse();
    left.fields = fields;
    left.clause = left.at..left.at;
    true
}

/// 卫星基准站建设|和|运行维护|单位: words that share a common noun, and what stands before the first.
fn distribute(passage: &str, term: &Term, left: &mut Left) -> bool {
    let text = &passage[left.clause.clone()];
    if !is_generic(term.text) && term.text != "企业"
        || text.ends_with('的')
        || !left.fields.is_empty()
    {
        return false;
    }
    let shared = |word: &str| words::is(Class::Sharing, word);
    let mut starts = Vec::new();
    let mut rest = text;
    while let Some((at, joint)) = last_joint(rest) {
        let own = &rest[at + joint.len()..];
        if !shared(own) {
            break;
        }
        starts.push((left.clause.start + at + joint.len(), own.len()));
        rest = &rest[..at];
    }
    let first = words::ends(Class::Sharing, rest);
    if starts.is_empty() || first == 0 {
        return false;
    }
    let lead = left.clause.start + rest.len() - first;
    left.fields = starts.into_iter().map(|(at, length)| at..at + length).collect();
    left.fields.push(lead..lead + first);
    left.clause = left.clause.start..lead;
    left.link = left.link.end..left.link.end;
    true
}

/// The last joint of a phrase, and where it begins.
fn last_joint(phrase: &str) -> Option<(usize, &'static str)> {
    let joints = ["或者", "以及", "、", "和", "与", "及", "或"];
    joints
        .into_iter()
        .filter_map(|joint| Some((literal::rfind(phrase, joint)?, joint)))
        // 街道办事处|以及
        .max_by_key(|(at, joint)| (at + joint.len(), joint.len()))
}

/// Where a temporary body's name begins in running text: behind the last word that is no part
/// of a name.
fn temporary_start(passage: &str, floor: usize, end: usize) -> usize {
    const VERBS: [&str; 33] = [
        "健全", "调整", "充实", "明确", "强化", "推动", "推进", "发挥", "落实", "做好", "开展",
        "实行", "建立", "设立", "成立", "组成", "组建", "加强", "完善", "负责", "协助", "听取",
        "参加", "派出", "召开", "举行", "出席", "主持", "简称", "统称", "根据", "按照", "依据",
    ];
    let window = &passage[floor..end];
    let stop = |one: char| {
        "，。；：、《》（）“”\n由向对经报以将把从在为与和及同给请按依被当因至交的条款并"
            .contains(one)
    };
    let mut from = window
        .rfind(stop)
        .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
    for verb in VERBS {
        from = literal::rfind(&window[from..], verb).map_or(from, |at| from + at + verb.len());
    }
    from = literal::rfind(&window[from..], "或者").map_or(from, |at| from + at + "或者".len());
    // 县级党委和政府|要精心选派|驻村工作队: a predicate and its object
    if let Some((modal, _)) = words::modal(&window[from..]) {
        let rest = &window[from + modal..];
        let verb = words::adverbs(rest) + words::predicate(&rest[words::adverbs(rest)..]);
        from = if verb == 0 { window.len() } else { from + modal + verb };
    }
    if window[from..].chars().count() > 20 { end } else { floor + from }
}

/// 县|脱贫攻坚领导小组: a level or region at the head of what was read.
fn leading_level(passage: &str, naming: &Naming, left: &mut Left) {
    let mut words = &passage[left.clause.clone()];
    while let Some(rest) =
        ["各", "有关", "相关", "本"].iter().find_map(|word| words.strip_prefix(word))
    {
        words = rest;
    }
    let start = left.clause.end - words.len();
    let (prefixes, length) = leading_list(words, start, naming);
    if !prefixes.is_empty() {
        left.prefixes.extend(prefixes.into_iter().rev());
        left.clause = start + length..left.clause.end;
    }
}

/// 重庆市、区县（自治县）|水…: the levels and regions that words begin with, and their length.
fn leading_list(words: &str, start: usize, naming: &Naming) -> (Vec<Prefix>, usize) {
    let mut prefixes = Vec::new();
    let mut at = 0;
    while let Some((prefix, length)) = leading(&words[at..], start + at, naming) {
        let next = at + length;
        prefixes.push(prefix);
        let joint =
            ["、", "和", "以及", "及"].iter().find(|joint| words[next..].starts_with(**joint));
        at = next;
        let Some(joint) = joint else { break };
        if leading(&words[next + joint.len()..], start, naming).is_none() {
            break;
        }
        at += joint.len();
    }
    // 市场|…, but 市、县（市）|…
    let alone = prefixes.len() == 1 && prefixes[0].region.is_none() && prefixes[0].range.len() <= 3;
    if alone { (Vec::new(), 0) } else { (prefixes, at) }
}

/// The level or region that words begin with, and its length, where more follows.
fn leading(words: &str, start: usize, naming: &Naming) -> Option<(Prefix, usize)> {
    const LONGER: [&str; 12] = [
        "市场", "市政", "市容", "市民", "市区", "区域", "县域", "省际", "市域", "区块", "市郊",
        "县乡",
    ];
    if LONGER.iter().any(|longer| words.starts_with(longer)) {
        return None;
    }
    let ends = words.char_indices().take(12).map(|(at, one)| at + one.len_utf8());
    let ends: Vec<usize> = ends.collect();
    let (prefix, length) = ends.into_iter().rev().find_map(|length| {
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
    })?;
    (length < words.len()).then_some((prefix, length))
}
