//! Assistance pairs: who helps whom.
//!
//! In: a passage with its organizations. Out: [`Pair`]s. Not here: which of several on one side goes
//! with which on the other; both sides keep the order of the text.
//!
//! `长沙市、株洲市对口帮扶龙山县、泸溪县` has two givers and two receivers.

use super::Pair;
use crate::extract::gather::Told;
use crate::extract::organization::Group;
use crate::extract::provision::parties;
use crate::text::Passage;

/// The words between the two sides, longer ones first.
const RELATIONS: [&str; 8] =
    ["对口帮扶", "对口支援", "对口协作", "结对帮扶", "结对支援", "定点帮扶", "帮扶", "支援"];

/// Adds the pairs of a passage.
pub(super) fn pairs(told: &Told<'_>, found: &mut Vec<Pair>) {
    let text = told.passage.text.as_ref();
    if told.groups.len() < 2 || !told.passage.holds_any(&["帮扶", "支援", "协作"]) {
        return;
    }
    for (index, group) in told.groups.iter().enumerate() {
        let Some(receiving) = told.groups.get(index + 1) else { break };
        let between = text[group.range.end..receiving.range.start].trim_start_matches("分别");
        let Some(relation) = RELATIONS.iter().find(|&&word| between.starts_with(word)) else {
            continue;
        };
        // 帮扶湘西自治州龙山县: the region above may stand before the name
        let rest = &between[relation.len()..];
        let near = rest.is_empty() || (rest.ends_with(['州', '市', '区']) && rest.len() <= 30);
        if near && takes(&text[receiving.range.end..]) {
            found.push(pair(told, relation, group, receiving));
        }
    }
}

/// Whether what follows lets the second side be the whole object: `帮扶贫困村发展产业` goes on.
fn takes(after: &str) -> bool {
    after.is_empty() || after.starts_with(['，', '。', '；', '、', '（'])
}

fn pair(told: &Told<'_>, relation: &'static str, giving: &Group, receiving: &Group) -> Pair {
    let passage: &Passage<'_> = &told.passage;
    Pair {
        eid: told.node.eid.clone(),
        givers: parties(passage, &giving.mentions),
        receivers: parties(passage, &receiving.mentions),
        relation,
        span: passage.span(giving.range.start..receiving.range.end),
    }
}
