//! How names are put together: heads with what stands before them, and coordinations.
//!
//! In: a passage. Out: [`Unit`]s (a head with levels, regions, fields, an owner), put in groups.
//! Not here: what a unit is called (`name`).
//!
//! `市、县人民政府及其教育、民政等部门` is two units, joined by 及其.

use std::ops::Range;

use super::super::words;
use super::super::{Level, OrganizationKind, Region, region};
use super::committee;
use super::inherit::inherit;
use super::left::{self, Left};
use super::lexicon::{Head, LEXICON, Term};
use super::merged;
use super::open::open;
use super::{Group, Mention, Naming, actor, name, owner};

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
    /// Whether 及其 joins it to the one before, whose it is.
    pub back: bool,
    pub mentions: Vec<Mention>,
}

impl Unit {
    /// A head that is a name by itself, with nothing before it.
    pub(super) fn bare(term: &'static Term, mention: Mention) -> Unit {
        let range = mention.range.clone();
        let none = range.start..range.start;
        Unit {
            range: range.clone(),
            term,
            head: range,
            prefixes: Vec::new(),
            fields: vec![none.clone()],
            link: none.clone(),
            clause: none.clone(),
            dropped: none,
            back: false,
            mentions: vec![mention],
        }
    }
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

/// The units of a passage in groups.
pub(super) fn scan(passage: &str, naming: &Naming, reach: Reach) -> Vec<Vec<Unit>> {
    let mut groups: Vec<Vec<Unit>> = Vec::new();
    let mut at = 0;
    while let Some((term, mut head)) = LEXICON.find(passage, at) {
        let term = committee::office(passage, term, &mut head);
        if let Some(unit) = actor::bureau(passage, term, &head) {
            at = unit.range.end;
            groups.push(vec![unit]);
            continue;
        }
        if let Some(unit) = actor::armed(passage, term, &head) {
            at = head.end;
            // 武警|徐州市|支队: the region is a part of the name
            groups.retain_mut(|group| {
                group.retain(|before| before.range.end <= unit.range.start);
                !group.is_empty()
            });
            let previous = groups.pop().unwrap_or_default();
            join(passage, naming, &mut groups, previous, unit);
            continue;
        }
        if term.head == Head::Actor && reach == Reach::Known && actor::acts(passage, &head) {
            groups.extend(actor::unit(term, head.clone(), naming).map(|unit| vec![unit]));
            at = head.end;
            continue;
        }
        if !stands_alone(passage, term, &head) {
            at = head.start + passage[head.start..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let term = committee::of_region(passage, term, &mut head);
        let term = LEXICON.on(term, naming.date.as_deref());
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
    if between == Some("")
        && let Some(committee) = previous.last_mut()
        && is_of_committee(committee, &unit)
    {
        // 县委|农村工作领导小组办公室, 北京市|体育产业部门联席会议
        let own = &passage[unit.range.clone()];
        committee.mentions.truncate(1);
        for mention in &mut committee.mentions {
            mention.name.push_str(own);
            mention.range.end = unit.range.end;
            mention.kind = unit.term.kind;
        }
        committee.range.end = unit.range.end;
        committee.term = unit.term;
        groups.push(previous);
        return;
    }
    if between.is_some_and(joins) {
        if unit.mentions.is_empty() {
            inherit(passage, &previous, &mut unit);
            unit.mentions = name::mentions(passage, naming, &unit);
            name::take_place(&previous, &mut unit);
        }
        previous.push(unit);
        groups.push(previous);
    } else {
        restore(groups, previous);
        if unit.mentions.is_empty() {
            unit.mentions = name::mentions(passage, naming, &unit);
        }
        groups.push(vec![unit]);
    }
}

/// Whether a temporary body belongs to the party committee or the region right before it.
fn is_of_committee(committee: &Unit, body: &Unit) -> bool {
    (committee.term.level.is_some() || committee.term.head == Head::Region)
        && committee.mentions.len() == 1
        && body.term.kind == OrganizationKind::Temporary
        && body.prefixes.is_empty()
}

/// Nouns that name nothing by themselves.
pub(super) fn is_generic(text: &str) -> bool {
    matches!(
        text,
        "部门"
            | "部门（单位）"
            | "单位"
            | "人员"
            | "机构"
            | "机关"
            | "组织"
            | "个人"
            | "方面"
            | "人"
    )
}

/// Whether what an automaton found is a word there: not 县委 of 县委员会, not 长沙市 of 长沙市场.
fn stands_alone(passage: &str, term: &Term, head: &Range<usize>) -> bool {
    let after = &passage[head.end..];
    let before = &passage[..head.start];
    if term.level.is_some() {
        return !["员", "托", "派", "任"].iter().any(|word| after.starts_with(word));
    }
    match term.head {
        Head::Actor => false,
        Head::Region if region::is_joint(before, term.text) => false,
        // 沿|海城市
        Head::Region if term.text == "海城市" && before.ends_with('沿') => false,
        Head::Region => {
            !["场", "域", "区", "里"].iter().any(|word| after.starts_with(word))
                || after.starts_with("区人民")
        }
        // 县级市|民政部门
        Head::Person if term.text == "市民" && after.starts_with(['政', '族']) => false,
        Head::Person if term.text == "业主" => {
            !(before.ends_with(['行', '企', '产', '农', '工', '商', '作', '专'])
                && after.starts_with('管'))
        }
        Head::Person if term.text == "人" || term.text == "者" => {
            !["民", "口", "力", "大", "事", "员", "民币", "类", "身", "体", "工", "均"]
                .iter()
                .any(|word| after.starts_with(word))
                // 使用无人|驾驶航空器
                && !before.ends_with(['或', '无'])
        }
        // 驻中华人民共和国使馆, 第一责任人: an office held, not who holds it
        Head::Person if term.text.ends_with('人') => {
            let held = term.text.ends_with("责任人") && before.ends_with("第一");
            let other = after.starts_with(['民', '口', '均', '类'])
                || before.ends_with('无')
                || (after.starts_with('员') && !after.starts_with("员工"));
            !held && !other && term.text != "第一责任人"
        }
        Head::Person if term.text == "代表" => is_who_represents(after),
        // 县|河长|制工作领导小组
        Head::Post
            if ["河长", "林长", "湖长", "田长", "路长", "链长"]
                .iter()
                .any(|post| term.text.ends_with(post)) =>
        {
            // 上报至镇|河长办
            !after.starts_with(['制', '办'])
        }
        // 党的|领导, 统一|领导: what is done, and no one who does it
        Head::Post if term.text == "领导" => {
            !before.ends_with(['的', '党', '委', '一', '中', '受', '强', '治', '持', '织'])
        }
        // 广播、电视、|报刊|、互联网等媒体: a word of those listed
        Head::Body if matches!(term.text, "报刊" | "报纸" | "期刊") => {
            let clause = after.split(['，', '。', '；', '应']).next().unwrap_or(after);
            !clause.contains(['媒', '闻'])
        }
        // 国家法定计量|单位
        Head::Body
            if term.text == "单位" && (before.ends_with("计量") || before.ends_with("计算")) =>
        {
            false
        }
        // 以宗地为|单位
        Head::Body if term.text == "单位" && before.ends_with('为') => {
            !before.rfind(['，', '。', '；']).map_or(before, |at| &before[at..]).contains('以')
        }
        Head::Absolute
            if after.starts_with('门')
                || (term.text == "中央"
                    && after.starts_with([
                        '驻', '财', '预', '国', '企', '单', '级', '机', '统', '决', '有',
                    ]))
                // 中央|在甘单位
                || term.text == "中央" && is_seated(after) =>
        {
            false
        }
        _ => {
            let purchase = term.text == "政府" && super::is_thing_of_government(after);
            let handling = term.text.ends_with('处')
                && after.starts_with(['罚', '分', '理', '置', '以', '于']);
            let relative = term.text.ends_with('所') && after.starts_with(['需', '得', '有']);
            // 市或者|区财政: read as a whole where it is a subject
            let listed = term.text.ends_with("财政") && term.text.chars().count() == 3;
            if listed && before.ends_with(['、', '和', '或', '者', '及']) {
                return false;
            }
            // 中央财政|部门, 同级财政|资金
            if term.text.ends_with("财政") && !is_payer(after) {
                return false;
            }
            // 法人和其他|组织|以投资等方式参与
            let named = ["其他", "其它", "非法人"].iter().any(|word| before.ends_with(word));
            // 由市指挥部办公室|组织
            let acted =
                ["办公室", "指挥部", "政府", "局", "厅", "领导小组", "委员会", "部门", "中心"];
            let closed = after.is_empty() || after.starts_with(['，', '。', '；']);
            let last = closed && acted.iter().any(|body| before.ends_with(body));
            let verb = term.text == "组织" && !named && (last || !is_noun_use(after));
            !(purchase || handling || relative || verb || before.ends_with('非'))
        }
    }
}

/// 中央|在甘单位: those who are of it and sit elsewhere.
fn is_seated(after: &str) -> bool {
    let Some(place) = after.strip_prefix('在') else { return false };
    let end = place.char_indices().nth(4).map_or(place.len(), |(at, _)| at);
    ["单位", "企业", "各单位", "高校"].iter().any(|noun| place[..end].contains(noun))
}

/// 代表 as a noun: 妇女联合会代表妇女 has the verb, 代表建议 is a thing.
fn is_who_represents(after: &str) -> bool {
    const OBJECTS: [&str; 14] = [
        "妇女",
        "本",
        "国家",
        "人民",
        "政府",
        "其",
        "职工",
        "公众",
        "会员",
        "消费者",
        "委托",
        "建议",
        "大会",
        "性",
    ];
    !OBJECTS.iter().any(|word| after.starts_with(word))
}

/// 财政 as who pays: what follows is a verb, and no noun of its own.
fn is_payer(after: &str) -> bool {
    let joint = ["、", "和", "与", "应当", "对", "按", "根据", "可以", "每年", "要"];
    // 各级财政、|教育、民政部门: a field among fields
    let next =
        after.strip_prefix('、').map(|next| next.split(['、', '和', '部']).next().unwrap_or(next));
    if next
        .is_some_and(|next| matches!(LEXICON.modifier(next), Some(super::lexicon::Modifier::Field)))
    {
        return false;
    }
    after.is_empty()
        || joint.iter().any(|word| after.starts_with(word))
        || (words::begins_predicate(after) && !after.starts_with("预算"))
}

/// 组织 as a noun: what follows is no object.
fn is_noun_use(after: &str) -> bool {
    const NEXT: [&str; 14] = [
        "、", "，", "。", "；", "）", "和", "与", "及", "或", "以及", "应当", "不得", "可以",
        "负责",
    ];
    after.is_empty() || NEXT.iter().any(|word| after.starts_with(word))
}

/// 监督|燃气企业, 管理|军队院校: the field is a verb whose object the head is.
fn is_acted_on(passage: &str, unit: &Unit) -> bool {
    const VERBS: [&str; 11] =
        ["管理", "监督", "协调", "建设", "规划", "编制", "指挥", "服务", "检查", "审批", "登记"];
    let alone = unit.prefixes.is_empty() && unit.clause.is_empty() && unit.fields.len() == 1;
    let words = &passage[unit.fields[0].start.min(unit.link.start)..unit.head.start];
    // 监督|有关|部门: a word between verb and noun makes an object of the noun
    let parted = !unit.dropped.is_empty() && unit.dropped.start >= unit.fields[0].end;
    let takes =
        !parted && (is_generic(unit.term.text) || unit.term.kind == OrganizationKind::Department);
    alone && !takes && VERBS.iter().any(|verb| words.starts_with(verb))
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
    let mut left = Left::at(head.start);
    let (term, head) = left::take_shared(passage, term, head, floor, &mut left);
    if let Some(level) = term.level {
        left::left_level(passage, naming, level, &head, floor, &mut left);
    } else if term.head != Head::Region {
        if let Some(at) = merged::begins(passage, term, floor, head.start) {
            left.clause = at..head.start;
            left.at = at;
        }
        left::read_left(passage, naming, term, floor, previous, &mut left);
        if term.head != Head::Absolute {
            owner::branch(passage, term, &head, previous, &mut left);
            open(passage, naming, term, previous, reach, &mut left);
            left::distribute(passage, &mut left);
        }
    }
    if left.listed && left.fields.is_empty() && left.prefixes.is_empty() {
        close_list(passage, previous, left.at, head.end);
        return None;
    }
    let mut unit = assemble(term, head, left);
    super::tier::tiers_together(passage, &mut unit.prefixes);
    if is_second_kind(passage, previous, &unit) {
        if let Some(last) = previous.last_mut() {
            last.range.end = unit.range.end;
        }
        return None;
    }
    let stands = reach == Reach::Whole
        || shares_prefixes(passage, previous, &unit)
        || is_listed(passage, previous, &unit)
        || is_alternative(passage, previous, &unit)
        || is_named(passage, &unit);
    stands.then_some(unit)
}

/// 残疾人联合会等部门|和团体: another word for those listed.
fn is_second_kind(passage: &str, previous: &[Unit], unit: &Unit) -> bool {
    let Some(last) = previous.last() else { return false };
    let bare = unit.prefixes.is_empty()
        && unit.fields.iter().all(|field| field.is_empty())
        && unit.clause.is_empty()
        && unit.dropped.is_empty();
    let listed = last.fields.len() > 1
        && last.term.text == "部门"
        && passage[last.fields[last.fields.len() - 1].end..].starts_with('等');
    let closed = last.range.end > last.head.end && passage[..last.range.end].ends_with("等部门");
    bare && (closed || listed)
        && matches!(unit.term.text, "团体" | "单位" | "组织" | "机构")
        && matches!(&passage[last.range.end..unit.range.start], "和" | "、" | "与")
}

/// 省妇联|等部门: the list before it ends here.
fn close_list(passage: &str, previous: &mut [Unit], at: usize, end: usize) {
    if let Some(last) = previous.last_mut()
        && passage[last.range.end..at.max(last.range.end)].is_empty()
    {
        last.range.end = end;
    }
}

/// Puts a head and what was read before it together, in the order of the text.
fn assemble(term: &'static Term, head: Range<usize>, mut left: Left) -> Unit {
    if left.listed && term.text == "新闻媒体" {
        // 报纸、广播、电视等新闻媒体: what they print is no name of them
        left.fields.clear();
        left.clause = left.at..left.at;
    }
    if left.listed {
        // 环保等|其他|部门 are those before
        left.dropped = left.at..left.at;
    }
    if left.fields.is_empty() {
        left.fields.push(left.at..left.at);
    }
    left.prefixes.reverse();
    left.fields.reverse();
    let listed = left.prefixes.len() > 1
        && left.prefixes.iter().any(|prefix| matches!(prefix.text.as_str(), "自治区" | "直辖市"));
    if listed {
        // 省、自治区、直辖市: any of them, not the document's own
        left.prefixes.iter_mut().for_each(|prefix| prefix.region = None);
    }
    Unit {
        range: left.at..head.end,
        term,
        head,
        prefixes: left.prefixes,
        fields: left.fields,
        link: left.link,
        clause: left.clause,
        dropped: left.dropped,
        back: left.back,
        mentions: Vec::new(),
    }
}

/// 县级党委和|政府: bare, but what stands before the first holds for it.
fn shares_prefixes(passage: &str, previous: &[Unit], unit: &Unit) -> bool {
    let Some(last) = previous.last() else { return false };
    !last.prefixes.is_empty()
        && last.term.head == Head::Local
        && unit.term.head == Head::Local
        && passage.get(last.range.end..unit.range.start).is_some_and(joins)
}

/// 行业协会、|学会|等社会组织: a common noun in a list of bodies.
fn is_listed(passage: &str, previous: &[Unit], unit: &Unit) -> bool {
    let Some(last) = previous.last() else { return false };
    if unit.term.head != Head::Body || last.term.head != Head::Body || is_generic(unit.term.text) {
        return false;
    }
    let between = passage.get(last.range.end..unit.range.start);
    let after = &passage[unit.range.end..];
    between.is_some_and(|it| !it.is_empty() && joins(it))
        && (after.starts_with('等') || is_noun_use(after))
}

/// 建设单位或者|个人|应当: a bare noun joined to a body, where the two are a subject.
fn is_alternative(passage: &str, previous: &[Unit], unit: &Unit) -> bool {
    const NEXT: [&str; 6] = ["应当", "不得", "可以", "必须", "有权", "未"];
    let Some(last) = previous.last() else { return false };
    let after = &passage[unit.range.end..];
    // 任何单位或者|个人|发现文物
    let any = passage[last.range.start..].starts_with("任何")
        && (words::begins_predicate(after) || after.starts_with("需要") || after.starts_with('对'));
    is_generic(unit.term.text)
        && matches!(last.term.head, Head::Body | Head::Person)
        && (any || NEXT.iter().any(|word| after.starts_with(word)))
        && passage
            .get(last.range.end..unit.range.start)
            .is_some_and(|between| !between.is_empty() && joins(between))
}

/// In running text a bare common noun (单位, 人员, 企业) names nobody.
fn is_named(passage: &str, unit: &Unit) -> bool {
    let bare = unit.prefixes.is_empty()
        && unit.fields.iter().all(|field| field.is_empty())
        && unit.link.is_empty()
        && unit.dropped.is_empty()
        && unit.clause.is_empty();
    let short = unit.head.len() <= 9;
    // 该机构, 前款规定的部门: named before
    if is_generic(unit.term.text)
        && unit.head == (unit.dropped.end..unit.range.end)
        && matches!(&passage[unit.dropped.clone()], "该" | "前款规定的" | "上述")
    {
        return false;
    }
    match unit.term.head {
        Head::Body if is_acted_on(passage, unit) => false,
        Head::Body => !bare || !short,
        Head::Person => !bare || !short,
        Head::Post => !bare || unit.head.len() >= 12,
        Head::Local => {
            !bare || unit.head.len() >= 9 && unit.term.kind != OrganizationKind::Government
        }
        Head::Absolute | Head::Region | Head::Actor => true,
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
