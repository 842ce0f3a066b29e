//! Subjects that no lexicon knows but grammar shows.
//!
//! In: a clause, or what is left of it. Out: who stands at its head, and where it goes on. Not here: who
//! a phrase names (`extract::organization`), the other parts of a clause (`extract::clause`).
//!
//! `生产经营单位应当…`, `养犬人携带犬只出户应当…` and `禁止评价单位以其他单位的名义承揽业务` have one.

use std::ops::Range;

use super::clause::{Reading, Subject, is_bound, is_request};
use super::doer::doer;
use super::follow::{
    are_acted_on, is_body, is_longer_name, is_of_an_act, is_of_costs, may_follow_name, names_work,
    says_which,
};
use super::modifier::{self, Modifier};
use super::organization::{self, Group, Mention, Naming};
use super::when;
use super::words::{self, Class};
use crate::text::{literal, numeral};

/// A subject that no lexicon knows but grammar shows: `生产经营单位应当…`, `养犬人携带犬只出户应当…`.
/// Gives where the clause goes on.
pub(super) fn open_subject(
    passage: &str,
    rest: Range<usize>,
    groups: &[Group],
    naming: &Naming,
    reading: &mut Reading,
) -> Option<usize> {
    if reading.subject != Subject::None {
        return None;
    }
    let text = &passage[rest.clone()];
    if let Some(agent) = text.strip_prefix('由') {
        let start = rest.start + "由".len();
        let known = groups.iter().find(|group| group.range.start == start);
        let known = known.map_or(0, |group| group.range.end - start);
        return open_agent(agent, start, known, naming, reading);
    }
    // 请|各镇、各部门|于5月20日前报送
    if let Some(asked) = text.strip_prefix('请').filter(|_| is_request(text)) {
        let next = open_agent(asked, rest.start + "请".len(), 0, naming, reading);
        reading.agent = false;
        if next.is_some() {
            return next;
        }
    }
    if reading.modality.is_some() {
        let forbidden = ["禁止", "严禁"].iter().any(|word| passage[..rest.start].ends_with(word));
        return forbidden.then(|| forbidden_party(text, rest.start, naming, reading)).flatten();
    }
    if let Some(at) = titled(text) {
        let mut mentions = organization::subject(&text[..at], naming);
        if mentions.is_empty() && is_local(text) {
            mentions = named_offices(&text[..at], 0, naming);
        }
        if !mentions.is_empty() {
            reading.subject = Subject::Parties(shifted(mentions, rest.start));
            return Some(rest.start + at);
        }
    }
    // 对|直接负责的主管人员可以给予处分: whom it is done to
    if text.starts_with("对直接") {
        return None;
    }
    let modal = modal_inside(text)?;
    // 明确专人负责扶贫工作: 负责 marks a subject only where no verb stands before it
    let cue = words::modal(&text[modal..]).is_none();
    if cue && words::begins(Class::Appointing, &text[words::adverbs(text)..]) > 0 {
        return None;
    }
    // 还应当, 一般应当: an adverb before the modal word belongs to neither
    let before = text[..modal].trim_end_matches(['还', '也', '均', '都', '并']);
    let before = before.strip_suffix("一般").unwrap_or(before);
    let before = before.strip_suffix("终身").unwrap_or(before);
    // 无正当理由 has no agent
    let by = |(at, _): (usize, &str)| {
        let acted = ["管理", "处理", "办理", "受理", "治理", "审理"];
        acted.iter().any(|verb| before[..at].ends_with(verb))
            || !before[..at].ends_with(['理', '自', '事', '缘'])
    };
    if before.match_indices('由').any(by) {
        return None;
    }
    if let Some((mentions, cut)) = before_years(before, naming) {
        reading.subject = Subject::Parties(shifted(mentions, rest.start));
        reading.deadline = Some(rest.start + cut..rest.start + before.len());
        return Some(rest.start + modal);
    }
    if before.ends_with('的') || words::ends(Class::TimeEnd, before) > 0 {
        let said = rest.start..rest.start + before.len();
        match when::until(before) {
            Modifier::Deadline => {
                // 筹备组|成立后三个月内应当
                let within = before.ends_with('内').then(|| doer(before, naming)).flatten();
                let cut = within.as_ref().map_or(0, |(_, cut)| *cut);
                if let Some((mentions, _)) = within {
                    reading.subject = Subject::Parties(shifted(mentions, rest.start));
                }
                reading.deadline = Some(said.start + cut..said.end);
            }
            what => {
                // 收货人及其代收人|在签收时应当
                reading.subject = conditional_subject(before, rest.start, what, naming);
                reading.condition = Some(said);
            }
        }
        return Some(rest.start + modal);
    }
    let offices = offices(before, &text[modal..], rest.start, naming);
    if !offices.is_empty() {
        reading.subject = Subject::Parties(offices);
        let charged = words::modal(&text[modal..]).is_none();
        return Some(rest.start + if charged { before.len() } else { modal });
    }
    let whole = is_own_body(before) && is_of_committee(before);
    let cuts = std::iter::once(before.len()).chain(verb_cuts(before));
    for cut in cuts {
        let mentions = with_role(&before[..cut], organization::subject(&before[..cut], naming));
        let mentions = shifted(mentions, rest.start);
        if mentions.is_empty() || (whole && cut < before.len()) {
            continue;
        }
        // 政府|采购应当优先: a thing
        if before[..cut].ends_with("政府") && organization::is_thing_of_government(&text[cut..]) {
            break;
        }
        if cut < before.len() && says_which(&text[cut..]) {
            // 行政复议机关|负责法制工作的机构|应当, 鉴定人|已经收取的费用|应当
            return is_body(before).then(|| {
                let range = rest.start..rest.start + before.len();
                let whole = organization::as_printed(before, range, naming);
                reading.subject = Subject::Parties(vec![whole]);
                rest.start + modal
            });
        }
        if cut < before.len() && names_work(&text[cut..]) {
            break;
        }
        let act = is_of_an_act(&text[cut..]) || is_longer_name(&text[cut..]);
        if are_acted_on(&mentions) && act {
            break;
        }
        let cut = without_object(before, cut, &mentions, rest.start);
        reading.subject = Subject::Parties(mentions);
        // 主要负责人牵头具体负责: 负责 is no modal word, what stands before it belongs to the predicate
        if is_charge(&text[modal..]) || words::modal(&text[modal..]).is_none() {
            return Some(rest.start + cut);
        }
        if before[cut..].starts_with('对') {
            // 经营者|对医院的洗涤品应当分类清洗: the object before the modal word stays
            reading.modality = words::modal(&text[modal..]).map(|(_, force)| force);
            return Some(rest.start + cut);
        }
        if cut < before.len() {
            let said = rest.start + cut..rest.start + before.len();
            match when::until(&before[cut..]) {
                Modifier::Deadline => reading.deadline = Some(said),
                _ => reading.condition = Some(said),
            }
        }
        return Some(rest.start + modal);
    }
    // 市招商引资推进办公室|要主动联系
    (is_own_body(before) || is_acting_place(before, &text[modal..])).then(|| {
        let range = rest.start..rest.start + before.len();
        reading.subject = Subject::Parties(vec![organization::as_printed(before, range, naming)]);
        rest.start + if cue { before.len() } else { modal }
    })
}

/// `申请人|三年内|不得再次申请`: who stands before how long something is forbidden, and where that begins.
fn before_years(before: &str, naming: &Naming) -> Option<(Vec<Mention>, usize)> {
    let length = before.strip_suffix('内')?;
    let number = ["年", "个月"].iter().find_map(|unit| length.strip_suffix(unit))?;
    let who = number.trim_end_matches(|one: char| one.is_ascii_digit() || numeral::is_chinese(one));
    let mentions = organization::subject(who, naming);
    (who.len() < number.len() && !mentions.is_empty()).then_some((mentions, who.len()))
}

/// `商品交易市场|开办者`: who runs what was taken for the subject.
fn with_role(name: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    if let [only] = mentions.as_mut_slice() {
        let role = name.get(only.range.end..).unwrap_or("");
        if role.ends_with(['者', '方', '人'])
            && role.chars().count() <= 4
            && words::predicate(role) >= 6
        {
            only.name.push_str(role);
            only.range.end = name.len();
        }
    }
    mentions
}

/// `市招商引资推进办公室`: a body of its own, with verbs in its name.
fn is_own_body(name: &str) -> bool {
    const ENDS: [&str; 5] = ["办公室", "委员会", "领导小组", "指挥部", "中心"];
    is_local(name)
        && ENDS.iter().any(|end| name.ends_with(end))
        && !name.contains(['的', '，', '、', '由', '对', '向', '在', '和'])
        && name.chars().count() <= 16
}

/// `科普场馆|应当加强信息化建设`: a place that stands for who runs it, where what is demanded only somebody can do.
fn is_acting_place(name: &str, demand: &str) -> bool {
    let Some((length, _)) = words::modal(demand) else { return false };
    let act = &demand[length..];
    let act = &act[words::adverbs(act)..];
    words::ends(Class::ActingPlace, name) > 0
        && words::begins(Class::PlaceAct, act) > 0
        && (words::predicate(name) == 0 || name.contains('的'))
        && name.chars().count() <= 20
        && !name.starts_with(['在', '对', '经', '向'])
        && !name.contains(['，', '由', '将'])
}

/// `县委全面深化改革委员会办公室`: a body of a party committee.
fn is_of_committee(name: &str) -> bool {
    ["省委", "市委", "县委", "区委", "州委"].iter().any(|committee| name.starts_with(committee))
}

/// `县扫黑办`: whether a name begins with its tier.
pub(super) fn is_local(name: &str) -> bool {
    name.starts_with(['省', '市', '县', '区', '镇', '乡'])
}

/// `分管负责人|为主要责任人`, `市驻外招商机构|是市政府派出的机构`: where what somebody is begins, where that is who answers
/// for something, or a body.
fn titled(text: &str) -> Option<usize> {
    let answers = ["责任人", "责任主体", "责任单位"].iter().any(|end| text.ends_with(end));
    let body = ["机构", "主管部门", "的组织"].iter().any(|end| text.ends_with(end));
    if body {
        return text.find('是').filter(|&at| at > 0 && !text[..at].contains(['的', '应', '，']));
    }
    if !answers {
        return None;
    }
    text.find(['为', '是']).filter(|&at| at > 0 && !text[..at].ends_with(['作', '成', '行']))
}

/// `财务科|负责经费保障`, `市建管中心、市公路段|要加强监督`: offices that no table knows, by their last words.
fn offices(before: &str, cue: &str, at: usize, naming: &Naming) -> Vec<Mention> {
    let charged = cue.starts_with("负责");
    let sure = charged || is_local(before) || !before.ends_with(['处', '站', '所', '院']);
    if !sure || organization::may_end_subject(before) {
        return Vec::new();
    }
    named_offices(before, at, naming)
}

/// `农业办`, `市建管中心、市公路段`: offices by their last words, each a name of its own.
pub(super) fn named_offices(text: &str, at: usize, naming: &Naming) -> Vec<Mention> {
    let plain = |office: &str| {
        (3..=10).contains(&office.chars().count())
            && office.chars().all(|one| ('\u{4e00}'..='\u{9fff}').contains(&one))
            // 市对口办
            && !office.replacen("对口", "", 1).contains(['的', '在', '向', '对', '由', '经', '为', '将', '各', '本', '该', '依', '会'])
            && words::ends(Class::OfficeEnd, office) > 0
            // 路段, but 公路段
            && (words::ends(Class::OfficeThing, office) == 0 || office.ends_with("公路段"))
            && words::predicate(office) == 0
    };
    let offices = || text.split(['、', '和']);
    if !offices().any(plain) {
        return Vec::new();
    }
    // 镇水利站、|综治办: offices of one place
    let tier = text.chars().next().filter(|_| is_local(text)).map_or(0, char::len_utf8);
    let mut start = at;
    let mut found = Vec::new();
    for office in offices() {
        let known = organization::subject(office, naming);
        if known.is_empty() && !plain(office) {
            return Vec::new();
        }
        match known.is_empty() {
            true => {
                let range = start..start + office.len();
                let own = if is_local(office) { "" } else { &text[..tier] };
                found.push(organization::as_printed(&[own, office].concat(), range, naming));
            }
            false => found.extend(shifted(known, start)),
        }
        start += office.len() + "、".len();
    }
    found
}

/// `禁止|评价单位|以其他单位的名义承揽业务`: to whom it is forbidden. Gives where the clause goes on.
fn forbidden_party(
    text: &str,
    start: usize,
    naming: &Naming,
    reading: &mut Reading,
) -> Option<usize> {
    // 禁止|隐瞒、谎报或者授意他人隐瞒灾情: verbs in a row
    let verb = words::predicate(text);
    if text.starts_with("下列") || verb > 0 && text[verb..].starts_with('、') {
        return None;
    }
    let cuts = text.char_indices().map(|(at, _)| at).filter(|&at| {
        let rest = &text[at..];
        let verb = words::predicate(rest);
        // 任何单位和个人|非法制造; 乘客|携带: a class of persons may be short
        at >= 6
            && (at >= 9 || organization::is_person(&text[..at]))
            && (rest.starts_with(['以', '将', '向', '在', '对'])
                || words::adverbs(rest) >= 6
                || (verb >= 6 && verb < rest.len() && !rest[verb..].starts_with('的')))
    });
    let (cut, mentions) = cuts.take(3).find_map(|cut| {
        let mentions = organization::subject(&text[..cut], naming);
        (!mentions.is_empty()).then_some((cut, mentions))
    })?;
    reading.subject = Subject::Parties(shifted(mentions, start));
    Some(start + cut)
}

/// `项目单位|对材料的真实性负责`: where the names of a subject end, if an object follows them in what was
/// read as the subject up to `cut`. `start` is where the clause's rest begins in the passage.
fn without_object(before: &str, cut: usize, mentions: &[Mention], start: usize) -> usize {
    let named = mentions.iter().map(|mention| mention.range.end - start).max().unwrap_or(cut);
    let object = before.get(named..cut).is_some_and(|rest| rest.starts_with(['对', '向', '将']));
    if object { named } else { cut }
}

/// `任何单位和个人|观察到异常现象时`: the names that a condition begins with.
pub(super) fn head_of(
    passage: &str,
    phrase: Range<usize>,
    what: Modifier,
    groups: &[Group],
) -> Option<Subject> {
    if !matches!(what, Modifier::Condition | Modifier::Time) {
        return None;
    }
    let index = groups.partition_point(|group| group.range.start < phrase.start);
    let group = groups.get(index).filter(|group| {
        group.range.start == phrase.start && group.range.end + "违反".len() <= phrase.end
    })?;
    let after = &passage[group.range.end..phrase.end];
    // 监事会|成员
    let members =
        ["成员", "委员", "组成人员", "工作人员", "主席"].iter().any(|word| after.starts_with(word));
    let goes_on = members || after.starts_with(['的', '、', '和', '或', '与', '及', '（']);
    (!goes_on && !is_longer_name(after) && !is_of_costs(after) && !are_acted_on(&group.mentions))
        .then(|| Subject::Parties(group.mentions.clone()))
}

/// `养犬人携带犬只出户的`, `医疗保健机构在进行接种前`: who stands at the head of a condition that no
/// lexicon knows.
pub(super) fn conditional_subject(
    phrase: &str,
    at: usize,
    what: Modifier,
    naming: &Naming,
) -> Subject {
    let until = what == Modifier::Deadline;
    if !(until || matches!(what, Modifier::Condition | Modifier::Time))
        || phrase.starts_with(['对', '在'])
        || (phrase.starts_with('经') && !is_by_trade(phrase))
        || words::begins(Class::Event, phrase) > 0
    {
        return Subject::None;
    }
    // 如果|提案人认为必须制定该法规
    let supposed = phrase.strip_prefix("如果").filter(|rest| rest.contains("认为"));
    let bare = supposed.unwrap_or(phrase);
    match doer(bare, naming) {
        // 建设单位或者个人|在取得许可证前: what takes place before is another matter
        Some((_, cut)) if until && !bare[cut..].starts_with('在') => Subject::None,
        Some((mentions, _)) => Subject::Parties(shifted(mentions, at + phrase.len() - bare.len())),
        None => Subject::None,
    }
}

/// `经营者违反规定的`, not `经主管部门批准的`
fn is_by_trade(phrase: &str) -> bool {
    ["经营", "经纪", "经销", "经理", "经办"].iter().any(|word| phrase.starts_with(word))
}

/// `由发证机关吊销许可证`: an agent that no lexicon knows, or only its first `known` bytes.
fn open_agent(
    phrase: &str,
    at: usize,
    known: usize,
    naming: &Naming,
    reading: &mut Reading,
) -> Option<usize> {
    let mut cuts = phrase.char_indices().map(|(cut, _)| cut).filter(|&cut| {
        // 有|管理权的部门: a verb of a noun
        let rest = &phrase[cut..];
        // 两个以上单位|共同|办理|的建议
        let act = &rest[words::adverbs(rest)..];
        let after = &act[words::predicate(act)..];
        // 共同办理的代表|建议: a noun
        let noun = rest.starts_with("建议") && phrase[..cut].ends_with("代表");
        // 所在单位|或者|上级主管部门|给予处分
        let joined = ["或者", "和", "以及", "或"].iter().any(|joint| rest.starts_with(joint));
        cut >= 6
            && !noun
            && cut > known
            && !joined
            && !rest.starts_with("办事")
            && may_follow_name(rest)
            && !after.starts_with(['的', '权'])
    });
    // 登记|机关: a name may hold a verb
    let mut tried = 0;
    let ended = cuts.by_ref().filter(|&cut| {
        tried += 1;
        tried <= 3 || organization::may_end_subject(&phrase[..cut])
    });
    let (cut, mut mentions) = ended.take(5).find_map(|cut| {
        let mentions = shifted(organization::subject(&phrase[..cut], naming), at);
        (!mentions.is_empty()).then_some((cut, mentions))
    })?;
    // 业主或者业主|委托物业服务企业养护
    mentions.dedup_by(|next, before| next.name == before.name);
    reading.subject = Subject::Parties(mentions);
    reading.agent = true;
    Some(at + cut)
}

/// Mentions of a phrase as mentions of the passage it begins in at `at`.
pub(super) fn shifted(mut mentions: Vec<Mention>, at: usize) -> Vec<Mention> {
    for mention in &mut mentions {
        mention.range = mention.range.start + at..mention.range.end + at;
    }
    mentions
}

/// Where in a phrase a verb or preposition may end the subject, from right to left.
fn verb_cuts(phrase: &str) -> impl Iterator<Item = usize> {
    phrase.char_indices().rev().map(|(at, _)| at).filter(move |&at| {
        let rest = &phrase[at..];
        // 燃气企业选用的贮罐应当: with 的 behind it the verb belongs to a thing
        let length = words::predicate(rest);
        // 偿付能力报告、财务会计|报告、精算报告应当: no verb, but a noun among nouns
        let listed = rest[length..].strip_prefix('、').is_some_and(|next| {
            words::predicate(next) == 0 && length + '、'.len_utf8() + next.len() == rest.len()
        });
        let verb = length >= 6 && !listed && !rest.contains('的');
        at >= 6 && (verb || words::adverbs(rest) > 0 || words::begins(Class::Cut, rest) > 0)
    })
}

/// 专门|负责定密的工作人员应当: who is charged, not with what.
fn names_charged(rest: &str) -> bool {
    rest.match_indices('的').any(|(at, _)| {
        let noun = &rest[at + "的".len()..];
        ["工作人员", "人员", "部门", "机构", "单位", "机关", "组织"]
            .iter()
            .find_map(|body| noun.strip_prefix(body))
            .is_some_and(|rest| {
                words::modal(rest).is_some_and(|(length, _)| length >= "应当".len())
            })
    })
}

/// The first modal word inside a clause, outside quotes; 负责 counts as one here.
pub(super) fn modal_inside(clause: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, character) in words::turns(clause) {
        match character {
            '“' | '《' | '（' => depth += 1,
            '”' | '》' | '）' => depth = depth.saturating_sub(1),
            '应' | '不' | '必' | '可' | '严' | '禁' | '有' | '须' | '要' | '需' | '负' | '承'
            | '履'
                if depth == 0 && at > 0 =>
            {
                let rest = &clause[at..];
                // 所|有权人
                let office = ["事务所", "研究所", "交易所", "派出所"];
                let owned = character == '有'
                    && clause[..at].ends_with('所')
                    && !office.iter().any(|office| clause[..at].ends_with(office));
                // 适应教育发展的|需要, 满足旅游者|需要: a noun
                let noun = character == '需' && (clause[..at].ends_with('的') || rest == "需要");
                // 专|有权, 国|有权益
                let right = rest.starts_with("有权")
                    && clause[..at]
                        .ends_with(['专', '国', '共', '公', '私', '具', '享', '拥', '占']);
                let owned = owned || noun || right;
                let long = !owned && words::modal(rest).is_some_and(|(length, _)| length >= 6);
                let short = matches!(character, '应' | '须' | '要' | '可' | '需')
                    && words::modal(rest).is_some_and(|(length, _)| {
                        let after = &rest[length..];
                        may_act(after)
                            || modifier::leading(after).is_some()
                            // 应|尽赡养老人的义务
                            || (after.starts_with('尽')
                                && (after.ends_with("义务") || after.ends_with("责任")))
                            // 要|以县为单元编制规划
                            || (character == '要' && after.starts_with('以') && after.contains('为'))
                            // 要|主动与联络人联系
                            || (character == '要' && words::adverbs(after) > 0)
                    })
                    && !noun
                    && !ends_in_word(&clause[..at], character);
                // 各村都|要有车间
                let short = short || (character == '要' && clause[..at].ends_with(['都', '均']));
                let bound = character == '有' && is_bound(rest);
                // 指导|重点单位履行职责: the verb before it governs it
                let bearing = is_bearing(rest) && !has_others_act(clause);
                if long || short || bound || bearing || is_charge(rest) && !names_charged(rest) {
                    return Some(at);
                }
            }
            // 双方首席代表每年至少报告一次: what says how often begins the predicate
            '每' | '定' if depth == 0 && at > 0 => {
                let rest = &clause[at..];
                // 在法|定期限内
                let often = ["每年", "每季度", "每月", "每半年", "每两年", "定期"]
                    .iter()
                    .any(|word| rest.starts_with(word));
                if often && !rest.starts_with("定期限") {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// 负责 as a verb, not in 负责人.
fn is_charge(rest: &str) -> bool {
    rest.strip_prefix("负责").is_some_and(|after| !after.starts_with(['人', '的', '制']))
}

/// 运输单位|承担主体责任, 镇|履行职责: what somebody, not something, does.
fn is_bearing(rest: &str) -> bool {
    let object = rest.strip_prefix("承担").or(rest.strip_prefix("履行"));
    // 分管领导|负直接领导责任
    let object = object.or(rest.strip_prefix('负').filter(|rest| !rest.starts_with(['责', '有'])));
    object.is_some_and(|object| {
        !object.starts_with(['的', '、', '和'])
            && ["责任", "职责", "义务"].iter().any(|noun| object.ends_with(noun))
    })
}

/// Whether a clause begins with a verb that makes others act: 督促, 大力倡导, 配合.
pub(super) fn has_others_act(clause: &str) -> bool {
    let head = &clause[words::adverbs(clause)..];
    [Class::Governing, Class::Encouraging, Class::RoleCooperate]
        .into_iter()
        .any(|class| words::begins(class, head) > 0)
        || ["督促", "监督", "要求", "责令", "保障", "依照"]
            .iter()
            .any(|verb| head.starts_with(verb))
}

/// What may follow a short modal word.
pub(super) fn may_act(rest: &str) -> bool {
    words::begins_predicate(rest)
        || words::begins(Class::ObjectFirst, rest) > 0
        || modifier::leading(rest).is_some_and(|(length, _)| length < rest.len())
}

/// Whether a short modal word is the end of another word: 主要, 相应, 无须.
fn ends_in_word(before: &str, character: char) -> bool {
    let ends = match character {
        '应' => "相对响供反适效感顺答",
        '要' => "主重需必首纪摘概只扼",
        '需' => "所急必亟供军确按",
        '可' => "许认尚不非",
        _ => "无必",
    };
    before.chars().next_back().is_some_and(|last| ends.contains(last))
}

/// 学校|保密委员会统一领导: what follows the name is a body of its own, which no table knows.
pub(super) fn is_committee(after: &str) -> bool {
    let forms = ["成立", "设立", "组建", "建立", "召开", "调整", "设"];
    let led = words::begins(Class::Basis, after) + words::begins(Class::Preposition, after) > 0;
    if led || forms.iter().any(|verb| after.starts_with(verb)) || words::modal(after).is_some() {
        return false;
    }
    let end = after.char_indices().nth(13).map_or(after.len(), |(end, _)| end);
    let head = &after[..end];
    ["委员会", "领导小组", "指挥部"].iter().any(|end| {
        literal::find(head, end).is_some_and(|at| {
            let (before, rest) = (&after[..at], &after[at + end.len()..]);
            let rest = rest.strip_prefix("办公室").unwrap_or(rest);
            at > 0
                && !before.contains(['的', '由', '对', '向', '在', '、', '和', '及', '或'])
                && (words::begins_predicate(rest) || words::modal(rest).is_some())
        })
    })
}
