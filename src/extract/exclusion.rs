//! What is no duty (duties.md, "Not duties"): bases, scope, definitions, force, interpretation,
//! description, consequences of a breach, rights.
//!
//! In: a sentence or an action. Out: whether it is one of these. Not here: purposes and conditions
//! inside a clause (`extract::modifier`).
//!
//! `本办法自发布之日起施行` and `依法追究刑事责任` are none; `由县纪委实施责任追究` is a duty.

/// Whether a whole sentence speaks of the text itself: why it was made, what it covers, what its
/// words mean, from when it holds, who explains it.
pub(super) fn about_the_text(sentence: &str) -> bool {
    basis(sentence) || scope(sentence) || definition(sentence) || force(sentence)
}

/// `根据《…》，制定本实施细则`, `现就…提出如下意见`
fn basis(sentence: &str) -> bool {
    [
        "制定本",
        "制订本",
        "特制定",
        "提出如下",
        "提出以下",
        "作如下规定",
        "通知如下",
        "公告如下",
        "解释如下",
    ]
    .iter()
    .any(|words| sentence.contains(words))
}

/// `本办法适用于…`, `…适用本条例`, `…依照本法执行`
fn scope(sentence: &str) -> bool {
    sentence.contains("适用本")
        || sentence.contains("不适用本")
        || (sentence.contains("适用于") && sentence.starts_with('本'))
        || (sentence.contains("适用") && sentence.contains("本") && sentence.starts_with("本"))
        || ["另有规定的", "从其规定", "参照本", "比照本"]
            .iter()
            .any(|words| sentence.contains(words))
}

/// `本条例所称…，是指…`, `下列用语的含义`
fn definition(sentence: &str) -> bool {
    ["所称", "是指", "用语的含义", "下列用语", "以下简称本"]
        .iter()
        .any(|words| sentence.contains(words))
}

/// `自2017年3月21日起施行`, `同时废止`, `由…负责解释`
fn force(sentence: &str) -> bool {
    ["起施行", "起实施", "起执行", "起生效", "同时废止", "予以废止", "负责解释", "解释权", "有效期"]
        .iter()
        .any(|words| sentence.contains(words))
}

/// Whether an action tells what something is, not what is to be done: `包括…`, `是…`; what names a
/// responsibility is a duty all the same (`是第一责任人`).
pub(super) fn describes(action: &str) -> bool {
    let copula = (action.starts_with('是') || action.starts_with('为'))
        && !["责任", "主管", "负责", "提供", "创造", "奠定", "营造"]
            .iter()
            .any(|word| action.contains(word));
    copula
        || [
            "包括",
            "包含",
            "属于",
            "分为",
            "具有",
            "享有",
            "有权",
            "组成",
            "由",
            "视为",
            "即为",
            "享受",
            "符合",
            "构成",
            "位于",
            "达到前款",
            "无效",
            "受到",
            "发生",
        ]
        .iter()
        .any(|word| action.starts_with(word))
}

/// Whether an action is what follows a breach: it is a duty only of a body that is told to carry
/// it out.
pub(super) fn consequence(action: &str) -> bool {
    let begins = |words: &[&str]| words.iter().any(|word| action.starts_with(word));
    begins(&[
        "责令",
        "没收",
        "吊销",
        "追究",
        "并处",
        "处以",
        "可处",
        "构成犯罪",
        "给予警告",
        "移送司法",
        "罚款",
        "予以警告",
        "予以罚款",
        "进行责任追究",
        "依照",
        "撤销其",
        "取消其",
        "处五",
        "处一",
        "处二",
        "处三",
        "处十",
        "处警告",
        "赔偿",
    ]) || (begins(&["给予", "予以"])
        && ["处分", "处罚", "罚款", "警告"].iter().any(|word| action.ends_with(word)))
        || (begins(&["承担", "负"])
            && [
                "赔偿",
                "民事",
                "法律责任",
                "刑事",
                "违约",
                "连带",
                "侵权",
                "相应责任",
                "相应的责任",
            ]
            .iter()
            .any(|word| action.contains(word)))
        || (action.starts_with('处') && action.contains("罚款"))
        || ["责任追究", "刑事责任", "行政处罚"].iter().any(|word| action.ends_with(word))
}

/// Whether an item of a list only catches what is left: `其他职责`, `法律、法规规定的其他职责`.
pub(super) fn catch_all(item: &str) -> bool {
    let item = item.trim_end_matches(['。', '；']);
    item.chars().count() <= 40
        && (item.starts_with("其他")
            || item.starts_with("其它")
            || item.contains("的其他")
            || item.contains("规定的其它"))
        && [
            "职责", "行为", "事项", "工作", "义务", "措施", "情形", "任务", "权利", "职权", "条件",
            "内容",
        ]
        .iter()
        .any(|word| item.ends_with(word))
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
            assert!(about_the_text(sentence), "{sentence}");
        }
        for sentence in ["县级党委制定年度实施计划", "省审计厅对资金进行跟踪审计"]
        {
            assert!(!about_the_text(sentence), "{sentence}");
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
