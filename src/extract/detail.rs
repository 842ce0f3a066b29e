//! What a predicate tells besides the act: role, responsibility, recipients.
//!
//! In: an action. Out: the fields of a duty. Not here: bearers and force.
//!
//! `向省委、省人民政府签署脱贫责任书` has the recipients 中共湖南省委 and 湖南省人民政府.

use std::ops::Range;

use super::organization::{self, Group, Mention, Naming};
use super::words::{self, Class};
use super::{Responsibility, Role, clause};

/// How the bearers take part, by the head of the action: `协助乡镇做好…`, `积极参与…`, `牵头抓总`.
pub(super) fn role(action: &str) -> Role {
    let head = &action[words::adverbs(action)..];
    if words::begins(Class::RoleLead, head) > 0
        || action.contains("牵头抓总")
        || action.ends_with("牵头")
    {
        Role::Lead
    } else if words::begins(Class::RoleCooperate, head) > 0 {
        Role::Cooperate
    } else if words::begins(Class::RoleParticipate, head) > 0 {
        Role::Participate
    } else {
        Role::Responsible
    }
}

/// The responsibility a clause gives by name: `对…负总责`, `承担主体责任`, `是第一责任人`.
pub(super) fn responsibility(action: &str) -> Option<Responsibility> {
    // one look spares most actions seven searches
    if !action.contains('责') {
        return None;
    }
    let (at, kind) = [
        ("负总责", Responsibility::Overall),
        ("总责任", Responsibility::Overall),
        ("主体责任", Responsibility::Primary),
        ("首要责任", Responsibility::Foremost),
        ("第一责任", Responsibility::First),
        ("直接责任", Responsibility::Direct),
        ("领导责任", Responsibility::Leadership),
    ]
    .into_iter()
    .find_map(|(word, kind)| action.find(word).map(|at| (at, kind)))?;
    let before = &action[..at];
    let carried = action[at..].starts_with('负')
        || ["负", "承担", "担负", "履行"].iter().any(|verb| before.contains(verb))
        || before.starts_with('是')
        || before.starts_with('为');
    carried.then_some(kind)
}

/// Who receives a report, signature, filing or proposal: `向…报告`, `报…备案`.
pub(super) fn recipients(
    passage: &str,
    action: Range<usize>,
    groups: &[Group],
    naming: &Naming,
) -> Vec<Mention> {
    let mut found = Vec::new();
    let from = groups.partition_point(|group| group.range.start < action.start);
    for group in groups[from..].iter().take_while(|group| group.range.end <= action.end) {
        let before = &passage[action.start..group.range.start];
        let after = &passage[group.range.end..action.end];
        let near =
            |class: Class, within: usize| words::find(class, after).is_some_and(|at| at <= within);
        let filed = before.ends_with('报') || before.ends_with("报请");
        let told = (before.ends_with('向') && near(Class::Tell, 24))
            || (before.ends_with('与') && (after.starts_with("签订") || after.starts_with("签署")))
            || (filed && (after.is_empty() || near(Class::File, 3)))
            || ["报送", "抄送", "抄报"].iter().any(|verb| before.ends_with(verb));
        if told {
            found.extend(group.mentions.iter().cloned());
        }
    }
    if found.is_empty() { unlisted_recipients(passage, action, naming) } else { found }
}

/// `向原审批部门提出申请`, `报原发证机关备案`: recipients that no lexicon knows.
fn unlisted_recipients(passage: &str, action: Range<usize>, naming: &Naming) -> Vec<Mention> {
    let text = &passage[action.clone()];
    let spoken =
        [('向', Class::Tell), ('报', Class::File)].into_iter().find_map(|(verb, class)| {
            let start = text.find(verb)? + verb.len_utf8();
            let length = words::find(class, &text[start..]).filter(|length| *length > 0)?;
            Some(start..start + length)
        });
    let Some(phrase) = spoken.filter(|phrase| phrase.len() <= 90) else { return Vec::new() };
    let at = action.start + phrase.start;
    clause::shifted(organization::subject(&text[phrase], naming), at)
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
