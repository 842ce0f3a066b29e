//! What stands before a predicate and is no part of the duty: conjunctions, basis, means, time,
//! place, purpose, condition (duties.md, "Unit" and "action").
//!
//! In: a clause, or what is left of it. Out: how much of its beginning modifies, and as what.
//! Not here: subjects and modal words (`extract::clause`).
//!
//! `按照有关规定对成效显著的单位予以表彰` begins with the basis `按照有关规定`; `通过劳务协作等措施`
//! modifies as a whole.

use super::construction;
use super::organization;
use super::when::{after_event, by_event, time_phrase, until};
use super::words::{self, Class};
use crate::text::literal;

/// What a modifier says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    /// 并, 同时
    Conjunction,
    /// 根据…, 按照…, 结合…实际
    Basis,
    /// 通过…措施, 以…为…
    Means,
    /// 在…领导下, 在贫困地区
    Place,
    /// …时, …后
    Time,
    /// 每年
    Frequency,
    /// 到2019年底
    Deadline,
    /// 为压实责任
    Purpose,
    /// …的, 经…批准
    Condition,
}

/// The modifier a phrase begins with: its length in bytes (all of the phrase where nothing is left
/// that could be a predicate), and what it says.
pub(super) fn leading(phrase: &str) -> Option<(usize, Modifier)> {
    if !words::may_modify(phrase) {
        // then only its end can tell, or a time inside
        return by_event(phrase)
            .or_else(|| ends_modifying(phrase).then(|| condition(phrase)).flatten());
    }
    conjunction(phrase)
        .or_else(|| time_phrase(phrase))
        .or_else(|| basis(phrase))
        .or_else(|| means(phrase))
        .or_else(|| place(phrase))
        .or_else(|| purpose(phrase))
        .or_else(|| cause(phrase))
        .or_else(|| by_event(phrase))
        .or_else(|| condition(phrase))
}

/// Whether a modifier of that sort may hold the predicate itself where nothing follows it.
pub(super) fn may_act(what: Modifier) -> bool {
    use Modifier::{Basis, Means, Place, Purpose};
    matches!(what, Basis | Means | Place | Purpose)
}

/// How much of a phrase modifies what follows in it. Where only its end shows that a phrase modifies,
/// all of it does, so that its first character tells.
pub(super) fn leading_part(phrase: &str) -> Option<usize> {
    if !words::may_modify(phrase) {
        return None;
    }
    leading(phrase).map(|(length, _)| length).filter(|&length| length < phrase.len())
}

/// Whether the end of a phrase may show that it modifies, whatever it begins with.
fn ends_modifying(phrase: &str) -> bool {
    ends_with_case(phrase)
        || phrase.ends_with('外')
        || literal::holds(prefix(phrase, 18), "一经")
        || (phrase.ends_with("规定") && literal::holds(phrase, "违反"))
        || words::ends(Class::TimeEnd, phrase) > 0
}

/// `需要调整的`, not `以营利为目的`: a case by its 的.
fn ends_with_case(phrase: &str) -> bool {
    phrase.ends_with('的') && !phrase.ends_with("为目的")
}

/// `并组织实施`, `同时做好…`
fn conjunction(phrase: &str) -> Option<(usize, Modifier)> {
    let length = words::begins(Class::Conjunction, phrase);
    (length > 0).then_some((length, Modifier::Conjunction))
}

/// `按政策要求|组织实施…`, or all of `根据财力增长情况`
fn basis(phrase: &str) -> Option<(usize, Modifier)> {
    let word = words::begins(Class::Basis, phrase);
    // 按时, 结合 as an adverb's beginning: 按 may open another word
    if word == 0 || words::adverbs(phrase) >= word {
        return None;
    }
    Some((boundary(phrase, word, Class::BasisEnd).unwrap_or(phrase.len()), Modifier::Basis))
}

/// `按照规定的版面、时段|发布公益广告`: where a verb with its object begins behind the noun of a basis.
pub(super) fn act_behind(basis: &str) -> Option<usize> {
    basis.char_indices().map(|(at, _)| at).skip(4).find(|&at| {
        let verb = words::predicate(&basis[at..]);
        let after = &basis[at + verb..];
        verb >= 6
            && (!after.contains('》') || after.contains('《'))
            && after.chars().count() >= 2
            && !after.starts_with(['的', '、', '和', '与', '或', '要', '规', '标', '制', '需'])
            && !basis[..at].ends_with(['的', '、', '和', '与', '或', '关', '关'])
    })
}

/// `通过爱心捐助等形式|参与扶贫`; `以市场为导向` as a whole
fn means(phrase: &str) -> Option<(usize, Modifier)> {
    if phrase.starts_with("通过") {
        let end = boundary(phrase, "通过".len(), Class::MeansEnd);
        // 通过媒体发布的广告|应当标明: a noun that a clause describes
        if end.is_none() && words::holds(Class::ModalInside, phrase) {
            return None;
        }
        return Some((end.unwrap_or(phrase.len()), Modifier::Means));
    }
    // 凭营业执照、登记证书，|申请登记
    if phrase.starts_with('凭')
        && [
            "证",
            "证件",
            "证明",
            "印章",
            "证书",
            "文件",
            "执照",
            "材料",
            "通知书",
            "复印件",
            "合同",
        ]
        .iter()
        .any(|end| phrase.ends_with(end))
    {
        return Some((phrase.len(), Modifier::Means));
    }
    // 依托互联网平台，|为未成年人提供服务
    if let Some(rest) = phrase.strip_prefix("依托")
        && !rest.char_indices().any(|(at, _)| words::predicate(&rest[at..]) >= 6)
    {
        return Some((phrase.len(), Modifier::Means));
    }
    if phrase.starts_with('与') && ["一起", "一道", "共同"].iter().any(|end| phrase.ends_with(end))
    {
        return Some((phrase.len(), Modifier::Means));
    }
    // 从县、乡、村各层次; 从实际出发
    if phrase.starts_with('从')
        && ["出发", "层次", "方面", "角度", "层面"].iter().any(|end| phrase.ends_with(end))
    {
        return Some((phrase.len(), Modifier::Means));
    }
    if words::is(Class::Manner, phrase) {
        return Some((phrase.len(), Modifier::Means));
    }
    let rest = phrase.strip_prefix('以')?;
    if words::ends(Class::MeansEnd, rest) > 0 && words::adverbs(phrase) == 0 {
        return Some((phrase.len(), Modifier::Means));
    }
    let copula = rest.find('为')?;
    let known = words::adverbs(phrase) > 0 || rest[..copula].chars().count() < 2;
    if known {
        return None;
    }
    // 以项目为单位|开设专用账户
    let whole = "以".len() + copula + "为".len();
    let end = [
        "单位", "依据", "主体", "重点", "基础", "核心", "抓手", "载体", "目标", "导向", "主线",
        "契机", "平台",
    ]
    .iter()
    .find(|noun| phrase[whole..].starts_with(**noun))
    .map(|noun| whole + noun.len())
    .filter(|&end| may_follow(&phrase[end..]));
    Some((end.unwrap_or(phrase.len()), Modifier::Means))
}

/// `在省委领导下`, `在贫困地区|推广…`
fn place(phrase: &str) -> Option<(usize, Modifier)> {
    let rest = phrase.strip_prefix('在')?;
    if let Some(end) = after_event(phrase, prefix(phrase, 90))
        && may_follow(&phrase[end..])
    {
        return Some((end, Modifier::Deadline));
    }
    // 在村工作时间不少于20天 asks itself
    if literal::holds(rest, "时间不") {
        return None;
    }
    let end = boundary(phrase, "在".len(), Class::PlaceEnd)
        .or_else(|| (words::ends(Class::PlaceEnd, rest) > 0).then_some(phrase.len()))
        .or_else(|| before_unknown(phrase))?;
    if describes_who(&phrase[end..]) || describes_what(&phrase["在".len()..end], &phrase[end..]) {
        return None;
    }
    match until(&phrase[..end]) {
        Modifier::Deadline => Some((end, Modifier::Deadline)),
        _ => Some((end, Modifier::Place)),
    }
}

/// `经许可|利用海岛的单位和个人`, `在保护区内|从事爆破等作业的单位应当`: whether what follows only describes who is
/// to act.
fn describes_who(rest: &str) -> bool {
    const MODALS: [&str; 5] = ["应当", "必须", "不得", "可以", "有权"];
    let modal = MODALS.iter().filter_map(|modal| literal::find(rest, modal)).min();
    let head = &rest[..modal.unwrap_or(rest.len())];
    let verb = words::predicate(head);
    verb > 0
        && head.rfind('的').is_some_and(|at| {
            let noun = &head[at + "的".len()..];
            let described = &head[..at];
            at > verb
                && !described.contains(['的', '将', '向', '对', '由', '经'])
                && noun.chars().count() <= 12
                && !noun.contains(['并', '将', '给', '告', '报', '到'])
                && organization::may_end_subject(noun)
                && (modal.is_some() || !noun.contains("管理"))
        })
}

/// `在本市|销售的食品应当符合标准`: where what is demanded of is sold, no place of the demand.
fn describes_what(place: &str, rest: &str) -> bool {
    let modal =
        ["应当", "不得", "必须"].iter().filter_map(|modal| literal::find(rest, modal)).min();
    matches!(place, "本市" | "本省" | "本县" | "农村")
        && modal.map_or_else(|| construction::is_bare_object(rest), |at| rest[..at].contains('的'))
}

/// `在设施设备上|涂写、刻画`: where a place ends before a verb that no table knows.
fn before_unknown(phrase: &str) -> Option<usize> {
    let at = phrase.rfind(['上', '内']).filter(|&at| at >= 9)?;
    let end = at + "上".len();
    let after = &phrase[end..];
    let verb = (2..=12).contains(&after.chars().count())
        && !after.contains('的')
        && !after.starts_with(['、', '和', '或', '及', '与', '级', '市', '设', '部', '下']);
    verb.then_some(end)
}

/// `为压实行业部门责任`, but not `为脱贫攻坚提供综合金融服务` and not `为第一责任人`
fn purpose(phrase: &str) -> Option<(usize, Modifier)> {
    // 便于当事人处理事故
    if ["便于", "利于", "有利于"].iter().any(|word| phrase.starts_with(word)) {
        return Some((phrase.len(), Modifier::Purpose));
    }
    // 以加强部门联系
    if let Some(rest) = phrase.strip_prefix('以') {
        let aim = words::adverbs(phrase) == 0
            && [
                "加强", "确保", "保证", "保障", "促进", "推动", "便于", "利于", "防止", "避免",
                "提高",
            ]
            .iter()
            .any(|verb| rest.starts_with(verb));
        return aim.then_some((phrase.len(), Modifier::Purpose));
    }
    let rest = phrase.strip_prefix('为')?;
    // 为|检举人|保密: for whom
    let verb = words::predicate(rest);
    let person = verb > 0 && rest[verb..].starts_with(['人', '者']);
    let purpose = rest.starts_with('了')
        || (!person && words::begins_predicate(rest) && !words::holds(Class::Giving, rest));
    purpose.then_some((phrase.len(), Modifier::Purpose))
}

/// `因特殊情况|延期…`, `因侦察间谍行为的需要`
fn cause(phrase: &str) -> Option<(usize, Modifier)> {
    let rest = phrase.strip_prefix('因')?;
    if words::adverbs(phrase) > 0 {
        return None;
    }
    let end = boundary(phrase, "因".len(), Class::CauseEnd)
        .or_else(|| (words::ends(Class::CauseEnd, rest) > 0).then_some(phrase.len()))?;
    Some((end, Modifier::Condition))
}

/// `需要调整的`, `经省人民政府批准`, `发现问题后`
fn condition(phrase: &str) -> Option<(usize, Modifier)> {
    let supposed = ["如果", "如有", "如遇", "如需", "如因", "如确", "如发", "如无"]
        .iter()
        .any(|word| phrase.starts_with(word))
        || (phrase.starts_with('若') && !phrase.starts_with("若干"));
    let lasts = phrase.strip_prefix("直至").or(phrase.strip_prefix("直到"));
    // 直至取消资格 is one more penalty
    let penalty = |rest: &str| {
        ["取消", "禁止", "吊销", "撤销", "开除", "解除"].iter().any(|word| rest.starts_with(word))
    };
    if lasts.is_some_and(|rest| !penalty(rest)) {
        return Some((phrase.len(), Modifier::Time));
    }
    // 凡能通过共享获取的|一律不得要求提供
    if phrase.starts_with('凡')
        && let Some(at) = phrase.find("的一律").or_else(|| phrase.find("的，"))
    {
        return Some((at + "的".len(), Modifier::Condition));
    }
    if let Some(found) = finding(phrase) {
        return Some((found, Modifier::Condition));
    }
    // 视资金落实情况
    if phrase.starts_with('视') && ["情况", "需要", "实际"].iter().any(|end| phrase.ends_with(end))
    {
        return Some((phrase.len(), Modifier::Condition));
    }
    // 受市长委托, 应当事人请求
    let asked = [("受", ["委托", "指派", "影响"]), ("应", ["请求", "要求", "邀请"])];
    if asked.iter().any(|(begin, ends)| {
        phrase.starts_with(begin) && ends.iter().any(|end| phrase.ends_with(end))
    }) && words::modal(phrase).is_none()
    {
        return Some((phrase.len(), Modifier::Condition));
    }
    // 一经查实, 网格一经划定
    if literal::find(phrase, "一经").is_some_and(|at| at <= 12) && phrase.chars().count() <= 12 {
        return Some((phrase.len(), Modifier::Condition));
    }
    // 当事人除向海事管理机构报告外
    let excepted = phrase.ends_with('外')
        && (phrase.starts_with('除') || literal::find(phrase, "除").is_some_and(|at| at <= 36));
    // 除海关特准的外|应当申报
    if phrase.starts_with('除')
        && let Some(at) = phrase.find('外').map(|at| at + '外'.len_utf8())
        && words::modal(&phrase[at..]).is_some()
    {
        return Some((at, Modifier::Condition));
    }
    // 经营者违反本条例第二条规定
    let breach = phrase.ends_with("规定")
        && literal::find(phrase, "违反").is_some_and(|at| at <= 60)
        && !["应当", "不得", "可以"].iter().any(|word| phrase.contains(word));
    let told = phrase.starts_with("违反") || breach;
    if ends_with_case(phrase) || told || supposed || excepted {
        return Some((phrase.len(), Modifier::Condition));
    }
    if phrase.starts_with("未经")
        || (phrase.starts_with('经')
            && words::predicate(phrase) == 0
            && words::adverbs(phrase) == 0)
    {
        let end = boundary(phrase, "经".len(), Class::ApprovalEnd);
        // 经批准的许可内容不得擅自变更: it modifies a noun
        // 经批准设立的机构应当公示
        let demanded = literal::holds(phrase, "应当");
        let approved = (words::ends(Class::ApprovalEnd, phrase) > 0 && !demanded)
            || ["决定", "审议", "认定", "授权"].iter().any(|end| phrase.ends_with(end));
        if end.is_none() && !approved && phrase.contains('的') && !phrase.starts_with("未经") {
            return None;
        }
        if end.is_some_and(|end| describes_who(&phrase[end..])) {
            return None;
        }
        return Some((end.unwrap_or(phrase.len()), Modifier::Condition));
    }
    // 双方应当|在会议举行的七日前: who is to act stands before it
    let demanded =
        ["应当在", "应当于", "应当自", "不得在"].iter().any(|word| literal::holds(phrase, word));
    let timed = words::ends(Class::TimeEnd, phrase) > 0 && !phrase.ends_with("按时") && !demanded;
    timed.then_some((phrase.len(), until(phrase)))
}

/// `发现问题|及时报告`: what is found before what is to be done about it.
fn finding(phrase: &str) -> Option<usize> {
    let rest = ["发现", "遇有", "遇到"].iter().find_map(|verb| phrase.strip_prefix(verb))?;
    let acts = ["及时", "立即", "应当", "应", "要", "必须", "迅速", "马上"];
    let at = acts.iter().filter_map(|act| literal::find(rest, act)).min()?;
    let found = &rest[..at];
    let plain =
        (2..=10).contains(&found.chars().count()) && !found.contains(['的', '并', '和', '对']);
    plain.then_some("发现".len() + at)
}

/// The first place after one of the ends where the rest can be a predicate.
fn boundary(phrase: &str, from: usize, ends: Class) -> Option<usize> {
    let mut depth = 0usize;
    for (at, character) in phrase.char_indices().filter(|(at, _)| *at >= from) {
        match character {
            '《' | '“' | '（' => depth += 1,
            '》' | '”' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = at + character.len_utf8();
        if depth > 0 || next >= phrase.len() {
            continue;
        }
        let length = words::ends(ends, &phrase[from..next]);
        // 在省级药品|集中|采购平台上
        let ended =
            length > 0 && !["集中", "其中"].iter().any(|word| phrase[..next].ends_with(word));
        // 按照规定|在河岸设立公示牌
        let placed = ends == Class::BasisEnd && phrase[next..].starts_with('在');
        if ended && (placed || may_follow(&phrase[next..])) {
            // 按照规划编制程序|报批: a plan may be the beginning of a longer name
            let plan = words::is(Class::Plan, &phrase[next - length..next]);
            let longer = plan.then(|| boundary(phrase, next, ends)).flatten();
            // 通过提供复制件等|适当形式|提供
            let others = ends == Class::MeansEnd && phrase[..next].ends_with('等');
            let longer = match others {
                true => boundary(phrase, next, ends).filter(|end| end - next <= 15),
                false => longer.filter(|end| end - next <= 12),
            };
            return longer.or(Some(next));
        }
    }
    None
}

/// Whether a phrase can go on where a modifier has ended: with a predicate, an adverb, a modal word,
/// an object that precedes its verb, or an agent.
pub(super) fn may_follow(rest: &str) -> bool {
    let next = rest.chars().next();
    // what follows may still belong to the noun: 规定的, 情况和, 要求、
    if next.is_none_or(|c| "的和、及与或等".contains(c)) && !rest.starts_with("及时") {
        return false;
    }
    let verb = words::predicate(rest);
    // 在法定期限内|不申请复议, 五年内|不再受理
    let refrains = rest.strip_prefix("不再").or(rest.strip_prefix('不'));
    words::adverbs(rest) > 0
        || refrains.is_some_and(|act| words::predicate(act) >= 6)
        // 通过媒体|发布的广告: the verb is of a noun
        || (verb > 0 && !rest[verb..].starts_with('的'))
        || words::modal(rest).is_some()
        || words::begins(Class::ObjectFirst, rest) > 0
        || rest.starts_with('由')
        || rest.starts_with("负责")
}

/// At most so many bytes of a phrase, on a character boundary.
pub(super) fn prefix(phrase: &str, bytes: usize) -> &str {
    let mut end = bytes.min(phrase.len());
    while !phrase.is_char_boundary(end) {
        end -= 1;
    }
    &phrase[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_that_modifies() {
        use Modifier::*;
        for (phrase, length, what) in [
            ("按照有关规定对单位予以表彰", "按照有关规定", Basis),
            ("按政策要求组织实施退出工作", "按政策要求", Basis),
            ("根据财力增长情况", "根据财力增长情况", Basis),
            ("通过爱心捐助、志愿服务等形式参与扶贫", "通过爱心捐助、志愿服务等形式", Means),
            ("以市场为导向", "以市场为导向", Means),
            ("在省委、省人民政府领导下", "在省委、省人民政府领导下", Place),
            ("在贫困地区推广抵押贷款试点", "在贫困地区", Place),
            ("每年向中央报告进展情况", "每年", Frequency),
            ("定期听取汇报", "定期", Frequency),
            ("到2019年底完成危房改造", "到2019年底", Deadline),
            ("年底组织脱贫验收", "年底", Deadline),
            ("3月底前组织一次全面摸排", "3月底前", Deadline),
            ("自收到申请之日起三十日内作出决定", "自收到申请之日起三十日内", Deadline),
            ("为压实行业部门责任", "为压实行业部门责任", Purpose),
            ("需要调整的", "需要调整的", Condition),
            ("并组织实施", "并", Conjunction),
        ] {
            let expected = Some((length.len(), what));
            assert_eq!(leading(phrase), expected, "{phrase}");
        }
    }

    #[test]
    fn predicates_are_no_modifiers() {
        for phrase in [
            "为脱贫攻坚提供综合金融服务",
            "为第一责任人",
            "对全省脱贫攻坚工作负总责",
            "加强政策宣传",
            "依托互联网开展宣传",
            "按时报送数据",
        ] {
            assert_eq!(leading(phrase), None, "{phrase}");
        }
    }
}
