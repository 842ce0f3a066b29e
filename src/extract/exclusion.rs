//! What is no duty (duties.md, "Not duties"): bases, scope, definitions, force, interpretation,
//! description, consequences of a breach, rights.
//!
//! In: a sentence or an action. Out: whether it is one of these. Not here: purposes and conditions
//! inside a clause (`extract::modifier`).
//!
//! `本办法自发布之日起施行` and `依法追究刑事责任` are none; `由县纪委实施责任追究` is a duty.

use super::kinds::Kinds;
use super::words::{self, Class};
use crate::text::literal;

/// Whether a whole sentence speaks of the text itself: why it was made (`制定本细则`), what it covers
/// (`适用本条例`), what its words mean (`所称…，是指…`), from when it holds (`自…起施行`), who explains it.
pub(super) fn about_the_text(sentence: &str, kinds: Kinds) -> bool {
    let may_hold = |class| words::may_hold(kinds, class);
    (may_hold(Class::AboutText) && words::holds(Class::AboutText, sentence))
        || lasts(sentence)
        || may_hold(Class::OwnName)
            && sentence.match_indices('本').any(|(at, own)| {
                // 制定本细则, but not 制定本级规划
                let (before, after) = (&sentence[..at], &sentence[at + own.len()..]);
                let named = words::begins(Class::OwnName, after) > 0;
                // 市政府要参照本办法，|制定具体考核办法
                let follows = before.ends_with("参照")
                    && ["制定", "建立", "开展", "组织", "落实"]
                        .iter()
                        .any(|act| after.contains(act));
                named
                    && !follows
                    && (words::ends(Class::OwnVerb, before) > 0
                        || (at == 0 && sentence.contains("适用于")))
            })
}

/// `有效期5年`, `本规定有效期五年`: how long the text itself holds; not `许可证有效期届满，应当申请延续`.
fn lasts(sentence: &str) -> bool {
    literal::find(sentence, "有效期").is_some_and(|at| {
        let before = &sentence[..at];
        let own = |rest: &str| words::begins(Class::OwnName, rest) > 0;
        let names =
            before.match_indices('本').any(|(at, own_word)| own(&before[at + own_word.len()..]));
        before.chars().count() <= 12
            && (names || before.is_empty())
            && !words::holds(Class::ModalInside, sentence)
    })
}

/// Whether an action tells what something is, not what is to be done: `包括…`, `是…`; what names a
/// responsibility is a duty all the same (`是第一责任人`).
pub(super) fn describes(action: &str) -> bool {
    is_copula(action)
        || measures(action)
        || action.starts_with("设在")
        || action == "有效"
        || ["失效", "终了", "届满", "无效", "为准", "计算在内"]
            .iter()
            .any(|end| action.ends_with(end))
        || (action.ends_with("组成") && action.contains('由'))
        || words::begins(Class::Describing, action) > 0
        || words::begins(Class::Describing, &action[words::adverbs(action)..]) > 0
        || action.ends_with("的权利")
        || literal::holds(action, "不适用")
        || literal::holds(action, "享有")
}

/// `保留期为2个月`: how long or how much.
fn measures(action: &str) -> bool {
    literal::holds(action, "有效期不超过")
        || action.find('为').is_some_and(|at| {
            let after = &action[at + '为'.len_utf8()..];
            action[..at].ends_with(['期', '限', '额', '率', '度', '量', '龄', '间'])
                && after.starts_with(|c: char| {
                    c.is_ascii_digit() || "一二三四五六七八九十百两半".contains(c)
                })
        })
}

/// `是…`, `为不征税收入`; not `为贫困户购买保险`, which has its verb behind.
fn is_copula(action: &str) -> bool {
    let acts = |rest: &str| {
        rest.char_indices().any(|(at, _)| {
            let length = words::predicate(&rest[at..]);
            let after = &rest[at + length..];
            // 本村经济|合作|社社员, 被|侵权|人的损失: a part of a noun; 培养|人才 is none
            let person = after.starts_with(['人', '者']) && !after.starts_with("人才");
            let noun = person || after.starts_with('的') || after.starts_with("社社");
            // 为检举人、控告人|保密
            let whom = rest[..at].ends_with(['人', '者', '员', '其']);
            length >= 6 && !noun && (!after.is_empty() || whom)
        })
    };
    let copula =
        action.starts_with('是') || action.strip_prefix('为').is_some_and(|rest| !acts(rest));
    let office = || ["主管部门", "行政部门", "主管机关"].iter().any(|end| action.ends_with(end));
    copula && (office() || !words::holds(Class::Charging, action))
}

/// Whether a clause says what something is: `脱贫攻坚是全社会的共同使命`. A responsibility by name is
/// another thing (`是第一责任人`).
pub(super) fn equates(clause: &str) -> bool {
    literal::holds(clause, "是")
        && clause.match_indices('是').any(|(at, is)| {
            let (before, after) = (&clause[..at], &clause[at + is.len()..]);
            let other = after.starts_with('否')
                || ["特别", "尤其", "无论", "不论", "还", "凡", "但", "于"]
                    .iter()
                    .any(|word| before.ends_with(word));
            !other && !words::holds(Class::Charging, after)
        })
}

/// Whether a clause about a thing says what it is: `普查内容包括基本情况`, `普查范围为全镇各村`.
pub(super) fn tells_of_a_thing(clause: &str) -> bool {
    // 考核结果分为四个等次, but 划分为86个网格
    let sorted = literal::find(clause, "分为").is_some_and(|at| !clause[..at].ends_with('划'));
    // 考核采取日常监测与年终考核相结合的方式进行
    let way = clause.ends_with("方式进行") && literal::holds(clause, "采取");
    sorted
        || way
        || clause.contains("包括")
        || clause.find('为').is_some_and(|at| {
            let word = clause[..at].ends_with([
                '以', '列', '作', '定', '视', '设', '成', '分', '称', '改', '变', '转', '因', '行',
            ]);
            at > 0 && !word && is_copula(&clause[at..])
        })
}

/// `搬迁费包括拆卸费、搬运费`: what a thing consists of, where 包括 stands behind a noun.
pub(super) fn lists_parts(action: &str) -> bool {
    let Some(at) = literal::find(action, "主要包括").or_else(|| literal::find(action, "包括"))
    else {
        return literal::find(action, "结果分为").is_some();
    };
    let noun = ["费", "款", "金", "内容", "范围", "材料", "信息", "财产", "收入", "支出"];
    at > 0
        && (!words::begins_predicate(action) || noun.iter().any(|end| action[..at].ends_with(end)))
        && !action[..at].contains(['，', '的', '应', '对', '将', '在'])
        && action[..at].chars().count() <= 10
}

/// Whether an action tells what has been done: `取得了一定成效`, `明确了分工方案`.
pub(super) fn narrates(action: &str) -> bool {
    literal::holds(action, "了")
        && action.match_indices('了').any(|(at, le)| {
            let rest = &action[at + le.len()..];
            let word = rest.starts_with('解') || rest.starts_with('结') || rest.starts_with('断');
            !word
                && !["为", "除", "明", "瞭", "受不", "未", "终", "不"]
                    .iter()
                    .any(|head| action[..at].ends_with(head))
        })
}

/// Whether a permission that names nobody is a right of whoever it concerns:
/// `可以依法申请行政复议`.
pub(super) fn right(action: &str) -> bool {
    words::begins(Class::Claiming, action) > 0 || words::holds(Class::Complaining, action)
}

/// Whether an action is a principle: `坚持…原则`. Where it names nobody it is no duty.
pub(super) fn principle(action: &str) -> bool {
    ["原则", "方针", "理念"].iter().any(|end| action.ends_with(end))
        && literal::holds_any(action, &["坚持", "遵循", "贯彻"])
}

/// Whether an action says by which institution a thing is run: `河道采砂管理实行责任制`. Where it names nobody it is
/// no duty.
pub(super) fn institutes(action: &str) -> bool {
    ["制", "制度"].iter().any(|end| action.ends_with(end))
        && literal::holds(action, "实行")
        && !literal::holds_any(action, &["应当", "必须", "不得", "依法"])
}

/// Whether a clause about a thing says what it upholds: `合作区建设应当坚持解放思想`.
pub(super) fn upholds(action: &str) -> bool {
    literal::holds_any(action, &["坚持", "应当遵循", "应当贯彻"])
}

/// Whether an action is an aim: `应当有利于审计监督工作的法制化`.
pub(super) fn aims(action: &str) -> bool {
    ["有利于", "有助于"].iter().any(|verb| action.starts_with(verb))
}

/// Whether an action is what follows a breach: it is a duty only of a body that is told to carry
/// it out.
pub(super) fn consequence(action: &str) -> bool {
    // 严格落实责任追究, 建立责任追究制度 are what a body does
    let carries = ["严格", "落实", "强化", "加强", "加大", "建立", "健全", "完善"];
    if carries.iter().any(|verb| action.starts_with(verb)) {
        return false;
    }
    // 严肃|追究学校主要负责人责任
    let action = &action[words::adverbs(action)..];
    let given = ["给予", "予以", "承担", "负", "处"].iter().any(|verb| action.starts_with(verb));
    let fined = ["罚款", "处分", "拘留"].iter().any(|end| action.ends_with(end));
    words::begins(Class::Consequence, action) > 0
        || (fined && action.starts_with('对') && (action.contains('处') || action.contains("给予")))
        || (given && words::holds(Class::Punishing, action))
        || words::ends(Class::Accounting, action) > 0
}

/// Whether an item of a list only catches what is left: `其他职责`, `法律、法规规定的其他职责`.
pub(super) fn catch_all(item: &str) -> bool {
    let item = item.trim_end_matches(['。', '；']);
    let rest = || {
        item.starts_with("其他")
            || item.starts_with("其它")
            || item.contains("的其他")
            || item.contains("的其它")
    };
    words::ends(Class::Catching, item) > 0 && item.chars().count() <= 40 && rest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_the_text() {
        for sentence in [
            "为了全面落实责任制，结合我县实际，特制定本办法",
            "本实施细则适用于全省各市州党委和政府",
            "本条例所称秸秆，是指水稻等农作物茎叶",
            "本办法自发布之日起施行",
            "本办法由威远县脱贫攻坚领导小组负责解释",
        ] {
            assert!(about_the_text(sentence, words::standing(sentence)), "{sentence}");
        }
        for sentence in ["县级党委制定年度实施计划", "省审计厅对资金进行跟踪审计"]
        {
            assert!(!about_the_text(sentence, words::standing(sentence)), "{sentence}");
        }
    }

    #[test]
    fn what_follows_a_breach() {
        for action in ["处五千元以上一万元以下罚款", "追究刑事责任", "承担赔偿责任", "给予处分"]
        {
            assert!(consequence(action), "{action}");
        }
        for action in ["承担脱贫攻坚主体责任", "给予支持", "处理涉贫舆情"] {
            assert!(!consequence(action), "{action}");
        }
    }

    #[test]
    fn items_that_catch_the_rest() {
        assert!(catch_all("法律、法规规定的其他职责。"));
        assert!(!catch_all("组织实施其他地区的帮扶工作计划"));
    }
}
