//! What a predicate tells besides the act: role and responsibility.
//!
//! In: an action. Out: the fields of a duty. Not here: bearers, force, recipients
//! (`extract::recipient`).
//!
//! `对全省脱贫攻坚工作负总责` gives the overall responsibility, `协助乡镇做好…` the role of a helper.

use super::words::{self, Class};
use super::{Responsibility, Role};
use crate::text::literal;

/// How the bearers take part, by the head of the action: `协助乡镇做好…`, `积极参与…`, `牵头抓总`.
pub(super) fn role(action: &str) -> Role {
    let head = &action[words::adverbs(action)..];
    if words::begins(Class::RoleLead, head) > 0
        || action.ends_with("牵头")
        || literal::holds(action, "牵头抓总")
    {
        Role::Lead
    } else if words::begins(Class::RoleCooperate, head) > 0 || helps_too(head) {
        Role::Cooperate
    } else if words::begins(Class::RoleParticipate, head) > 0 || takes_part(head) {
        Role::Participate
    } else {
        Role::Responsible
    }
}

/// `督促并|协助用人单位`, `支持和|协助监察机构`: the second of two verbs helps.
fn helps_too(head: &str) -> bool {
    let rest = &head[words::predicate(head)..];
    let joined = rest
        .strip_prefix('并')
        .or_else(|| rest.strip_prefix('和'))
        .filter(|_| rest.len() < head.len());
    joined.is_some_and(|rest| words::begins(Class::RoleCooperate, rest) > 0)
}

/// `发挥自身优势参与脱贫攻坚`, `采取定向承销等方式参与债务置换`: how they take part stands first.
fn takes_part(head: &str) -> bool {
    // most actions begin otherwise, and need not be looked through
    let at = match head.starts_with(['发', '采', '以']) {
        true => literal::find(head, "参与"),
        false => None,
    };
    let Some(at) = at else { return false };
    (head.starts_with("发挥") && head[..at].ends_with(['势', '用', '长', '力', '量']))
        || (head.starts_with("采取") && head[..at].ends_with("方式"))
        || manner(head) == Some(at)
}

/// `以投资、捐赠等方式|参与养老服务`: how something is done, and where the act begins.
pub(super) fn manner(phrase: &str) -> Option<usize> {
    let rest = phrase.strip_prefix('以')?;
    let ends = ["等方式", "等形式", "等多种方式", "等多种形式", "的方式", "的形式", "的价格"];
    let bare = ["形式", "方式"].iter().filter_map(|noun| {
        // 以志愿服务形式|参与巡查
        let end = literal::find(rest, noun)? + noun.len();
        words::begins_predicate(&rest[end..]).then_some(end)
    });
    let ended = ends.iter().filter_map(|end| Some(literal::find(rest, end)? + end.len()));
    let end = ended.chain(bare).min()?;
    let act = "以".len() + end;
    (act < phrase.len() && !rest[..end].contains(['，', '；'])).then_some(act)
}

/// The responsibility a clause gives by name: `对…负总责`, `承担主体责任`, `是第一责任人`.
pub(super) fn responsibility(action: &str) -> Option<Responsibility> {
    // one look spares most actions seven searches
    if !literal::holds(action, "责") {
        return None;
    }
    let (at, kind) = [
        ("负总责", Responsibility::Overall),
        ("负总责任", Responsibility::Overall),
        ("担总责任", Responsibility::Overall),
        ("主体责任", Responsibility::Primary),
        ("责任主体", Responsibility::Primary),
        ("首要责任", Responsibility::Foremost),
        ("第一责任", Responsibility::First),
        ("直接责任", Responsibility::Direct),
        ("领导责任", Responsibility::Leadership),
    ]
    .into_iter()
    .find_map(|(word, kind)| literal::find(action, word).map(|at| (at, kind)))?;
    let before = &action[..at];
    // 给予其他直接责任人员处分
    if action[at..].starts_with("直接责任人员") {
        return None;
    }
    let carried = action[at..].starts_with('负')
        || ["负", "承担", "担负", "履行"].iter().any(|verb| before.contains(verb))
        || before.starts_with('是')
        || before.starts_with('为');
    carried.then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_the_head_of_the_action() {
        for (action, expected) in [
            ("牵头抓总", Role::Lead),
            ("对本行政区域内脱贫攻坚牵头抓总", Role::Lead),
            ("协助乡镇做好政策宣传", Role::Cooperate),
            ("督促并协助用人单位开展培训", Role::Cooperate),
            ("主动支持和参与脱贫攻坚", Role::Participate),
            ("组织人大代表参与支持脱贫攻坚", Role::Responsible),
            ("广泛动员社会力量参与", Role::Responsible),
        ] {
            assert_eq!(role(action), expected, "{action}");
        }
    }

    #[test]
    fn responsibility_is_given_not_mentioned() {
        for (action, expected) in [
            ("对全省脱贫攻坚工作负总责", Some(Responsibility::Overall)),
            ("承担脱贫攻坚主体责任", Some(Responsibility::Primary)),
            ("是第一责任人", Some(Responsibility::First)),
            ("压实主体责任", None),
            ("加强管理", None),
        ] {
            assert_eq!(responsibility(action), expected, "{action}");
        }
    }
}
