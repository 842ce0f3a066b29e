//! Subjects: phrases that grammar shows to be what a predicate is said of.
//!
//! In: a phrase. Out: who it names, or nobody where it is a thing. Not here: finding subjects
//! (`extract::clause`).
//!
//! `从事种植业的承包农户和农业企业` names two, `扶贫资金` none.

use super::super::OrganizationKind;
use super::super::words::{self, Class};
use super::grammar::{self, Reach, Unit, is_generic};
use super::levels::{described_levels, levels, purses, tiers_first, towns, with_tiers};
use super::lexicon::{ACTORS, LEXICON};
use super::open::is_verb;
use super::{Mention, Naming, actor, share};
use crate::text::{literal, numeral};

/// Who a subject names.
pub(super) fn read(phrase: &str, naming: &Naming) -> Vec<Mention> {
    let trimmed = trim(phrase);
    let trimmed = behind_object(before_clause(trimmed));
    if is_no_subject(trimmed, naming) || is_clause(trimmed) {
        return Vec::new();
    }
    let trimmed = before_adverbial(agent(trimmed));
    let trimmed = before_kind(trimmed);
    if let Some(mention) = whole(trimmed, naming) {
        return vec![shift(mention, phrase, trimmed)];
    }
    let found = in_charge(trimmed)
        .or_else(|| world(trimmed))
        .or_else(|| levels(trimmed, naming))
        .or_else(|| tiers_first(trimmed, naming))
        .or_else(|| towns(trimmed))
        .or_else(|| purses(trimmed, naming))
        .or_else(|| described_levels(trimmed, naming))
        .or_else(|| short_names(trimmed, naming))
        .or_else(|| share::read(trimmed, naming));
    if let Some(found) = found {
        return found.into_iter().map(|mention| shift(mention, phrase, trimmed)).collect();
    }
    if let Some(found) = with_tiers(trimmed, naming) {
        return found.into_iter().map(|mention| shift(mention, phrase, trimmed)).collect();
    }
    if !may_name(trimmed) {
        return Vec::new();
    }
    let mut groups = grammar::scan(trimmed, naming, Reach::Whole);
    if acts_on(trimmed, &groups) {
        groups.truncate(1);
    } else {
        // what does not reach the end of the phrase is a modifier of the thing that does
        let end = groups.last().and_then(|last| last.last()).map_or(0, |unit| unit.range.end);
        if !closes(&trimmed[end..]) {
            return Vec::new();
        }
    }
    let found = groups.pop().into_iter().flatten().flat_map(|unit: Unit| unit.mentions);
    let mut found: Vec<Mention> = found.collect();
    if found.iter().any(|one| is_no_name(&trimmed[one.range.clone()])) {
        return Vec::new();
    }
    owned_before(trimmed, &mut found);
    found = found.into_iter().map(|mention| shift(mention, phrase, trimmed)).collect();
    match bracket(phrase.trim_end()) {
        Some((_, added)) if added.starts_with("以下") => call_by_short(&mut found, added, naming),
        // 乡镇人民政府（街道办事处）
        Some((_, added)) if !found.is_empty() => {
            // 县委宣传部（县网信办）: another sign of the same body
            let office = |one: &Mention| {
                matches!(one.kind, OrganizationKind::Department | OrganizationKind::Party)
            };
            let others = read(added, naming);
            let sign = found.last().is_some_and(office) && others.iter().all(office);
            if !sign {
                found.extend(others.into_iter().map(|mention| shift(mention, phrase, added)));
            }
        }
        _ => {}
    }
    found
}

/// 主管部门或者其|委托的机构、组织: 其 stands for the one before, or for all of its sort.
fn owned_before(text: &str, found: &mut Vec<Mention>) {
    let refers = |one: &Mention| {
        let printed = &text[one.range.clone()];
        let own = printed.strip_prefix('其');
        (own.is_some() || text[..one.range.start].ends_with('其'))
            && one.name == own.unwrap_or(printed)
            && one.name.contains('的')
            && !one.name.starts_with("任何")
    };
    let Some(at) = found.iter().position(refers).filter(|&at| at > 0) else { return };
    let last = &found[at - 1];
    let sort = last.name.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let end = &last.name[sort..];
    let same = |one: &&Mention| one.kind == last.kind && one.name.ends_with(end);
    let owners: Vec<String> = found[..at].iter().filter(same).map(|one| one.name.clone()).collect();
    let clause = &found[at].name[..found[at].name.find('的').unwrap_or(0)];
    let count = found[at..].iter().take_while(|one| one.name.starts_with(clause)).count();
    let owned: Vec<Mention> = found.drain(at..at + count).collect();
    let of = |owner: &String, one: &Mention| Mention {
        name: [owner, one.name.as_str()].concat(),
        ..one.clone()
    };
    let all = owners.iter().flat_map(|owner| owned.iter().map(move |one| of(owner, one)));
    found.splice(at..at, all);
}

/// 北京市体育产业部门联席会议（以下简称联席会议）: one body is called as the text goes on to call it; a class keeps
/// what tells which.
fn call_by_short(found: &mut [Mention], added: &str, naming: &Naming) {
    let [body] = found else { return };
    let Some(at) = added.find('称') else { return };
    let short = added[at + '称'.len_utf8()..].trim_matches(['“', '”', '：']);
    if let [named] = read(short, naming).as_slice()
        && stands_for(named, short, body)
    {
        body.name.clone_from(&named.name);
    }
}

/// Whether a short name stands for a body throughout. Classes keep what tells which (县级以上人民政府…), and bodies of
/// a region their names, but where the short one has the region too (市主管部门): 市计委 and 常务委员会 are only
/// short for them.
pub(super) fn stands_for(named: &Mention, short: &str, body: &Mention) -> bool {
    let own = body.region.is_none() && body.level.is_none();
    let office = body.kind == OrganizationKind::Temporary || short.ends_with("办公室");
    let tier = short.starts_with(['省', '市', '县', '区', '州', '镇', '乡']);
    match tier {
        true => named.region.is_some() && named.region == body.region,
        false => own || office,
    }
}

/// 银行卡|任何人: the object before who may not touch it.
fn behind_object(text: &str) -> &str {
    let at = literal::find(text, "任何").filter(|&at| at > 0);
    let plain = |before: &str| {
        !before.ends_with(['、', '和', '或', '者', '及', '的', '与', '，'])
            && !before.contains('的')
    };
    at.filter(|&at| plain(&text[..at])).map_or(text, |at| &text[at..])
}

/// 律师事务所、资产评估机构|等中介服务机构: those listed, without the word for all of them.
fn before_kind(text: &str) -> &str {
    let Some(at) = text.rfind('等').filter(|&at| at > 0) else { return text };
    let (listed, kind) = (&text[..at], &text[at + '等'.len_utf8()..]);
    let word = kind.starts_with(['级', '于', '价', '同', '院', '学'])
        || listed.ends_with(['平', '中', '高', '初', '同', '对']);
    let whole = listed.contains('、')
        && !kind.contains(['、', '和', '或'])
        && !kind.is_empty()
        && !is_generic(kind)
        && is_kind_of_body(kind)
        && mostly(listed);
    if whole && !word { listed } else { text }
}

/// 等|地方人民政府的派出机关: whose they are; 等|单位的负责人 names others than those listed.
fn is_kind_of_body(kind: &str) -> bool {
    const BODIES: [&str; 5] = ["机关", "机构", "组织", "单位", "企业"];
    kind.split_once('的').is_none_or(|(whose, body)| {
        !is_generic(whose) && BODIES.iter().any(|end| body.ends_with(end))
    })
}

/// 商场、|市场|、车站、医院: whether most words of a list, and its ends, name somebody.
fn mostly(listed: &str) -> bool {
    let named = |word: &&str| LEXICON.is_ended_by_head(word);
    let (count, known) = (listed.split('、').count(), listed.split('、').filter(named).count());
    let ends = listed.split('、').next().is_some_and(|first| named(&first)) && named(&listed);
    let plain = || listed.split('、').all(|word| word.chars().count() <= 6);
    known == count || ends && known * 3 >= count * 2 && plain()
}

/// Whether a phrase can name anybody: it ends in a name, or has one before a verb and its object. Most
/// phrases do neither, and reading them is slow.
fn may_name(text: &str) -> bool {
    let end = text.strip_suffix('等').unwrap_or(text);
    LEXICON.is_ended_by_head(end) || text.ends_with('）') || LEXICON.has_two_heads(text)
}

/// 志愿服务组织|招募|志愿者: the first name is the subject, the last one an object.
fn acts_on(text: &str, groups: &[Vec<Unit>]) -> bool {
    let [first, next, ..] = groups else { return false };
    let (Some(start), Some(last), Some(object)) = (first.first(), first.last(), next.first())
    else {
        return false;
    };
    let between = text.get(last.range.end..object.range.start).unwrap_or_default();
    start.range.start == 0 && !between.contains('的') && is_verb(between)
}

/// Whether a phrase names nobody, whatever names stand in it.
fn is_no_subject(text: &str, naming: &Naming) -> bool {
    // 每增加1人: how many; 会同县交通局: with whom; 协助公安派出所: whom
    // 报主管部门; 每趟次须有1名人员
    let report = text.strip_prefix('报').is_some_and(|rest| {
        !rest.starts_with(['社', '账', '名', '纸', '刊', '业', '告', '检', '警'])
    });
    let each = text.starts_with('每') && text.contains(['须', '应', '要', '至']);
    // 除新闻媒体|外, 未经有管辖权的主管部门|批准, 或者其监护人|自愿提出申请
    let aside = text.starts_with(['或', '虽'])
        || text.starts_with('除')
        || text.starts_with("未经") && text.ends_with("部门");
    if report
        || each
        || aside
        || ["会同", "协助", "配合", "关于", "必要时"].iter().any(|verb| text.starts_with(verb))
        || text.starts_with('逐')
        || is_named_before(text)
        || equips(text)
        || text.starts_with("每增加")
    {
        return true;
    }
    // 编制规划|的机关: 的 makes a modifier of all that follows
    if literal::holds(text, "的") {
        return false;
    }
    // 代表建议、批评和意见需要两个以上单位: a thing of theirs
    if literal::holds(text, "建议、批评") {
        return true;
    }
    // 组织|研究重大问题: a verb before another; 组织编制|机关 is a name
    let organizes = text.strip_prefix("组织").is_some_and(words::begins_predicate)
        && !LEXICON.is_ended_by_head(text);
    organizes || acts_on_a_thing(text) || begins_preposition(text) || governs(text, naming)
}

/// 设置、使用|无线电台: two verbs with a thing; 使用、管理|单位 is a body.
fn acts_on_a_thing(text: &str) -> bool {
    let first = words::predicate(text);
    let Some(next) = text[first..].strip_prefix('、').filter(|_| first >= 6) else { return false };
    let object = &next[words::predicate(next)..];
    words::predicate(next) >= 6
        && object.chars().count() >= 2
        && ["台", "站", "场"].iter().any(|end| object.ends_with(end))
}

/// 人民政府|对作出突出贡献的老年人, 被告人|须另行委托辩护人: without what follows the one who acts.
fn before_clause(text: &str) -> &str {
    let mut from = 6;
    while let Some((at, length)) = words::find_from(Class::SubjectEnd, text, from) {
        let (mark, after) = text[at..].split_at(length);
        let clause = match mark {
            // 人民政府对安全生产负有监管职责的部门 is a part of it
            "对" => !(after.contains('负') && after.ends_with(['门', '构', '位', '关', '织'])),
            // 中央|在甘单位: part of a name
            "在" => {
                let seated = after.chars().count() <= 6
                    && text[..at].ends_with(['央', '省', '部'])
                    && ["单位", "企业", "高校"].iter().any(|noun| after.ends_with(noun));
                !after.contains('的') && !seated
            }
            "依法" => !after.contains('的'),
            _ => true,
        };
        let whole = words::begins(Class::SubjectInside, &text[at..]) > 0;
        // a mark that stood before did not end it, and does not here
        if clause && !whole && LEXICON.is_ended_by_head(&text[..at]) && !text[..at].contains(mark) {
            return &text[..at];
        }
        from = at + length;
    }
    text
}

/// 对人民政府, 受本级人民政府, 举办民办职业培训机构: a preposition or a verb with its object.
fn is_no_name(text: &str) -> bool {
    const OBJECT: [&str; 7] = ["给予", "鼓励", "支持", "引导", "督促", "动员", "及时"];
    const ABOUT: [&str; 6] = ["负有", "负责", "进行", "实施", "承担", "有"];
    if literal::holds(text, "的") {
        // 对经济困难的学生, but 对供电可靠性有特殊要求的用电人
        let about = text.starts_with('对')
            && !["对口", "对外", "对台", "对方"].iter().any(|word| text.starts_with(word))
            // 对未进行健康检查的劳动者
            && (text.starts_with("对未") || !ABOUT.iter().any(|word| text.contains(word)));
        // 为资源税的纳税人: a copula
        let told = text.starts_with('为') && !text.starts_with("为首");
        return about || told || OBJECT.iter().any(|word| text.starts_with(word));
    }
    begins_preposition(text) || takes_object(text) || acts_inside(text)
}

/// 土地使用权确认给现使用者, 社会治安综合治理实行党委领导: verbs that no name has inside.
fn acts_inside(text: &str) -> bool {
    const SPANS: [&str; 5] = ["日内", "个月内", "分钟内", "小时内", "天内"];
    let verb = words::find_from(Class::InsideVerb, text, 6).is_some();
    // 乡、镇设立选举委员会, but 公共休闲场所设立机关
    let founds = literal::find(text, "设立").filter(|&at| at > 0).is_some_and(|at| {
        let body = &text[at + "设立".len()..];
        !["单位", "机关", "人", "部门", "者", "方"].iter().any(|noun| body.starts_with(noun))
    });
    verb || founds
        // 中心收到事件后30分钟内分派至责任部门
        || literal::holds(text, "内") && literal::holds_any(text, &SPANS)
        || is_parted(text)
}

/// 更新行动计划经专家委员会, 债务人不再向该债权人, 签发日期为公司: a word of grammar inside, which no name has.
fn is_parted(text: &str) -> bool {
    const AFTER: [(char, &str); 3] =
        [('经', "营济办销纪理信贸费开发常过历验核科委局管"), ('向', "导阳上"), ('为', "首主本")];
    const BEFORE: [(char, &str); 3] =
        [('经', "已曾财神未所"), ('向', "方定导面转意走"), ('为', "行作人勇")];
    let inside = |at: usize| at >= 6;
    words::apart(text, &['经', '向', '为'], &AFTER, &BEFORE).any(inside)
}

/// 解聘会计师事务所, 设立企业: verbs that no body is called by, with what they are done to.
fn takes_object(text: &str) -> bool {
    // 委托单位 is a body, 帮助他人 is none
    const ACTED_ON: [&str; 15] = [
        "企业", "公司", "学生", "公民", "他人", "居民", "村民", "用户", "儿童", "教师", "律师",
        "民兵", "职工", "群众", "政府",
    ];
    let verb = words::begins(Class::ObjectVerb, text);
    verb > 0
        && (text.len() > verb + 6 || text.len() == verb || ACTED_ON.contains(&&text[verb..]))
        && words::begins(Class::ObjectNoun, text) == 0
}

/// 监护人是家庭教育的直接责任主体, 样品应当退还被检查人: a whole clause, whose last name is no subject.
fn is_clause(text: &str) -> bool {
    is_definition(text) || has_modal(text) || text.starts_with(['（', '）', '、', '，', '者', '的'])
}

/// 义务植树是适龄公民应履行的义务: 是 as a word of its own.
fn is_definition(text: &str) -> bool {
    const BEFORE: [&str; 12] =
        ["或者", "还", "凡", "但", "于", "若", "只要", "特别", "尤其", "如果", "都", "不"];
    literal::holds(text, "是")
        && text.match_indices('是').any(|(at, is)| {
            let inner = BEFORE.iter().any(|word| at > 0 && text[..at].ends_with(word));
            !inner && !text[at + is.len()..].starts_with(['否', '非'])
        })
}

/// 事故调查报告应当抄送有关部门: a modal word that is not inside a clause before a noun (依法应当招标的项目).
fn has_modal(text: &str) -> bool {
    const OPEN: [&str; 9] = ["法", "规定", "或者", "者", "、", "知道", "条例", "约定", "标准"];
    ["应当", "不得", "必须", "可以"].iter().any(|modal| {
        literal::find(text, modal).is_some_and(|at| {
            at > 0
                && !OPEN.iter().any(|word| text[..at].ends_with(word))
                && words::modal(&text[at..]).is_some()
        })
    })
}

/// 该机构, 双方: who it was is said before. 第一责任人 is an office.
fn is_named_before(text: &str) -> bool {
    const BACK: [&str; 7] =
        ["该", "上述", "此类", "前款规定的", "前项规定的", "前两款规定的", "前款"];
    let noun = BACK.iter().find_map(|word| text.strip_prefix(word));
    noun.is_some_and(|noun| is_generic(noun) || matches!(noun, "企业" | "公司" | "场所" | "法人"))
        || text == "双方"
        || text.ends_with("第一责任人")
}

/// 并|配备相应的专业技术人员
fn equips(text: &str) -> bool {
    let object = ["配备", "安排", "指定"].iter().find_map(|verb| text.strip_prefix(verb));
    object.is_some_and(|object| {
        ["相应的", "必要的", "专职"].iter().any(|word| object.starts_with(word))
    })
}

/// 因…机构调整, 对社会团体; but 从业人员
fn begins_preposition(text: &str) -> bool {
    words::begins(Class::Preposition, text) > 0 && words::begins(Class::PrepositionNoun, text) == 0
}

/// 编制|机动车驾驶员培训…, 督促|有关企业: a verb with its object. Temporary bodies and departments
/// are called by such verbs themselves (监督管理部门).
fn governs(text: &str, naming: &Naming) -> bool {
    const DETERMINERS: [&str; 7] = ["本", "其", "有关", "各", "所属", "下级", "境外"];
    let verb = words::begins(Class::Governing, text);
    if verb == 0 {
        return false;
    }
    let object = &text[verb..];
    // 督促|企业: no name begins so
    let asks = ["督促", "责令", "要求", "鼓励", "引导", "动员", "约谈"];
    if asks.iter().any(|verb| text.starts_with(verb)) && LEXICON.is_ended_by_head(object) {
        return true;
    }
    if DETERMINERS.iter().any(|word| object.starts_with(word)) {
        return !object.starts_with("其他");
    }
    let groups = grammar::scan(object, naming, Reach::Known);
    groups.first().and_then(|group| group.first()).is_some_and(|unit| {
        unit.range.start == 0
            && !matches!(unit.term.kind, OrganizationKind::Temporary | OrganizationKind::Department)
    })
}

/// 居民生活垃圾由|环境卫生专业单位: 由 names the one who acts.
fn agent(text: &str) -> &str {
    let Some(by) = text.rfind('由').filter(|&by| by > 0) else { return text };
    let after = &text[by + '由'.len_utf8()..];
    let word = text[..by].ends_with(['自', '理', '事', '缘']);
    if word || after.contains('的') || after.is_empty() { text } else { after }
}

/// 国务院其他有关部门|在各自职责范围内: without the place or basis after it.
fn before_adverbial(text: &str) -> &str {
    let place = text.match_indices('在').map(|(at, _)| at).find(|&at| {
        at >= 6
            && !text[..at].ends_with(['所', '现', '存', '的'])
            && text.ends_with(['内', '中', '下', '时', '上', '后', '前'])
    });
    match place.or_else(|| basis(text)) {
        Some(at) => &text[..at],
        None => text,
    }
}

/// 有关部门|按照职责分工: where a basis begins.
fn basis(text: &str) -> Option<usize> {
    // one look for their last characters spares most phrases five searches
    if !literal::holds_any(text, &["照", "据", "同"]) {
        return None;
    }
    ["按照", "依照", "根据", "会同", "依据"]
        .iter()
        .filter_map(|word| literal::find(text, word).filter(|&at| at >= 6))
        .filter(|&at| !text[..at].ends_with('的') && !text[at..].contains('的'))
        // 粮食局会同财政厅|制定: a whole clause
        .filter(|&at| !text[at..].starts_with("会同") || LEXICON.is_ended_by_head(text))
        .min()
}

/// 县级以上河长办, by the short name that the text has defined.
fn short_names(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    if !naming.aliases.are_in(text) {
        return None;
    }
    let mut groups = super::groups(text, naming);
    let only = groups.pop().filter(|group| groups.is_empty() && group.range == (0..text.len()))?;
    Some(only.mentions)
}

/// Whether nothing of weight follows the last name.
fn closes(rest: &str) -> bool {
    rest.is_empty() || rest == "等" || (rest.starts_with('（') && rest.ends_with('）'))
}

/// 行业协会|（学会）: what a bracket at the end adds; not 县（市、区）.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix('）')?;
    let at = inside.rfind('（').filter(|&at| at >= 6)?;
    let added = &inside[at + '（'.len_utf8()..];
    let word = added
        .chars()
        .all(|one| "市区县、旗特州盟镇乡街道党组站点所行委地社开发管理园场".contains(one));
    // 各部门（单位）: one name for either
    (!word && added != "单位").then_some((&text[..at], added))
}

/// The phrase without what may stand around a subject.
fn trim(phrase: &str) -> &str {
    const BEFORE: [&str; 9] = ["对于", "凡", "但", "由", "，", "其中", "有关的", "相关的", "每个"];
    const AFTER: [&str; 13] =
        ["之间", "还", "都", "也", "均", "又", "则", "，", "依法", "分别", "共同", "及时", "一般"];
    let mut text = phrase.trim();
    if text.starts_with('（')
        && let Some(end) = text.find('）').filter(|&end| end <= 12)
    {
        text = &text[end + '）'.len_utf8()..];
    }
    if let Some((outside, _)) = bracket(text) {
        text = outside;
    }
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest;
    }
    // 全市|有防汛任务的部门
    let whole =
        ["全省", "全市", "全县", "全区", "全镇"].iter().find_map(|all| text.strip_prefix(all));
    text = whole.filter(|rest| rest.starts_with(['有', '承', '从', '负', '所'])).unwrap_or(text);
    // 有条件的|地方, 符合条件的|企业
    text = &text[words::begins(Class::Fitting, text)..];
    while let Some(rest) = AFTER.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    signers(text).unwrap_or(text)
}

/// 代表|十人以上联名: those of whom so many sign.
fn signers(text: &str) -> Option<&str> {
    let count = text.strip_suffix("联名").or_else(|| text.strip_suffix("附议"))?;
    let count = count.strip_suffix("书面").unwrap_or(count);
    let Some(number) = count.strip_suffix("人以上").or_else(|| count.strip_suffix("名以上"))
    else {
        return Some(count);
    };
    Some(number.trim_end_matches(|one: char| one.is_ascii_digit() || numeral::is_chinese(one)))
}

/// 国家, 本市, 全社会: words that are a bearer only as a whole subject.
fn whole(text: &str, naming: &Naming) -> Option<Mention> {
    if ACTORS.contains(&text) {
        return actor::mention(text, 0..text.len(), naming);
    }
    // 所需资金由|财政|负担
    if text == "财政" {
        let (range, kind) = (0..text.len(), OrganizationKind::Department);
        return Some(Mention { name: text.to_owned(), range, level: None, kind, region: None });
    }
    // 自贸试验区: a region that the text itself names; 贫困地区: a class of regions; 被考核地方
    let passive = text.starts_with('被') && text.chars().count() <= 6;
    let region = text.ends_with('区') && naming.aliases.holds(text)
        || words::is(Class::Region, text)
        || passive && (text.ends_with("地方") || text.ends_with("地区"));
    region.then(|| Mention {
        name: text.to_owned(),
        range: 0..text.len(),
        level: None,
        kind: OrganizationKind::Region,
        region: None,
    })
}

/// 分管安全生产工作的领导: a post by its field, where its noun is also a verb.
fn in_charge(text: &str) -> Option<Vec<Mention>> {
    let post = ["分管", "主管", "协管", "联系"].iter().any(|verb| text.starts_with(verb))
        && ["的领导", "的领导同志", "的班子成员", "的同志"].iter().any(|end| text.ends_with(end))
        && !text.contains(['，', '、', '是', '对'])
        && text.chars().count() <= 20;
    post.then(|| {
        let (range, kind) = (0..text.len(), OrganizationKind::Post);
        vec![Mention { name: text.to_owned(), range, level: None, kind, region: None }]
    })
}

/// 国家和社会, 学校、家庭和社会: words that are a bearer only beside each other.
fn world(text: &str) -> Option<Vec<Mention>> {
    let all = || text.split(['、', '和']);
    if all().count() < 2 || !all().all(|word| matches!(word, "国家" | "社会" | "家庭" | "学校"))
    {
        return None;
    }
    let mention = |word: &str| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let kind = OrganizationKind::Other;
        Mention {
            name: word.to_owned(),
            range: at..at + word.len(),
            level: None,
            kind,
            region: None,
        }
    };
    Some(all().map(mention).collect())
}

/// Moves a mention from the trimmed phrase to the phrase.
fn shift(mention: Mention, phrase: &str, trimmed: &str) -> Mention {
    let by = trimmed.as_ptr() as usize - phrase.as_ptr() as usize;
    Mention { range: mention.range.start + by..mention.range.end + by, ..mention }
}
