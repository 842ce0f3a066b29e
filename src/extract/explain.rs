//! A clause shown in its parts, and what the rules say that find duties.
//!
//! In: a clause as printed, its subject and its predicate. Out: the parts in order; together they are
//! the clause. Not here: finding the duty.
//!
//! `省财政厅每年应当向省委报告` is ［subject 省财政厅］［modifier 每年］［modal 应当］［predicate 向省委报告］.

use super::{modifier, words};

/// What a stretch of a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who acts.
    Subject,
    /// 应当, 不得, 可以
    Modal,
    /// Basis, time, condition, place, manner.
    Modifier,
    /// What is done.
    Predicate,
    /// What joins or introduces: 由, 并, 各
    Other,
}

/// Cuts a clause into its parts. `subjects` are the bearers as printed; `predicate` is its end.
pub fn parts<'c>(clause: &'c str, subjects: &[&str], predicate: &str) -> Vec<(Part, &'c str)> {
    let lead = clause.strip_suffix(predicate).unwrap_or(clause);
    let mut parts: Vec<(Part, &str)> = Vec::new();
    let mut at = 0;
    while at < lead.len() {
        let rest = &lead[at..];
        let printed =
            subjects.iter().filter(|name| rest.starts_with(**name)).map(|name| name.len());
        let (part, length) = if let Some(length) = printed.max().filter(|length| *length > 0) {
            (Part::Subject, length)
        } else if let Some((length, _)) = words::modal(rest) {
            (Part::Modal, length)
        } else if let Some((length, _)) = modifier::leading(rest) {
            (Part::Modifier, length)
        } else {
            (Part::Other, rest.chars().next().map_or(rest.len(), char::len_utf8))
        };
        match parts.last_mut() {
            Some((last, text)) if *last == part && part == Part::Other => {
                let start = at - text.len();
                *text = &lead[start..at + length];
            }
            _ => parts.push((part, &lead[at..at + length])),
        }
        at += length;
    }
    join_subjects(&mut parts, clause);
    if lead.len() < clause.len() {
        parts.push((Part::Predicate, &clause[lead.len()..]));
    }
    parts
}

/// `省委` `和` `省人民政府` are one subject.
fn join_subjects<'c>(parts: &mut Vec<(Part, &'c str)>, clause: &'c str) {
    let mut at = 0;
    let mut joined: Vec<(Part, &'c str)> = Vec::with_capacity(parts.len());
    for (part, said) in parts.drain(..) {
        at += said.len();
        if part == Part::Subject
            && let [.., (Part::Subject, first), (Part::Other, joint)] = joined.as_slice()
            && matches!(*joint, "和" | "、" | "及" | "与" | "及其" | "以及" | "或者")
        {
            let start = at - said.len() - joint.len() - first.len();
            joined.truncate(joined.len() - 2);
            joined.push((Part::Subject, &clause[start..at]));
        } else {
            joined.push((part, said));
        }
    }
    *parts = joined;
}

/// What the rule of this name says.
pub fn rule(name: &str) -> &'static str {
    match name {
        "subject" => "a clause states what its own printed subject does",
        "inherited" => "a clause without a subject takes over the one before it in its provision",
        "unnamed" => "a clause states a duty and names nobody, even by what stands before it",
        "jointly" => "A会同B…: A does it, and B helps",
        "encouraged" => "鼓励、支持…: who is named behind it may act, where nobody is named before",
        "organized" => "组织X…: X is to act, where nobody is named who organizes",
        "part_taken" => "由A牵头，B配合: the part each takes in the task of the heading",
        "attributed" => "（A牵头，B配合）: a note behind an item says who answers for its task",
        _ => "a rule of the grammar",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_the_clause() {
        let both = parts("省委和省人民政府负总责", &["省委", "省人民政府"], "负总责");
        assert_eq!(both, [(Part::Subject, "省委和省人民政府"), (Part::Predicate, "负总责")]);
        let clause = "省财政厅每年应当向省委报告";
        let found = parts(clause, &["省财政厅"], "向省委报告");
        let expected = [
            (Part::Subject, "省财政厅"),
            (Part::Modifier, "每年"),
            (Part::Modal, "应当"),
            (Part::Predicate, "向省委报告"),
        ];
        assert_eq!(found, expected);
        assert_eq!(found.iter().map(|(_, text)| *text).collect::<String>(), clause);
    }
}
