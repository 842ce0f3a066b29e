//! The levels of opinions and notices: 一、（一）1.（1）.
//!
//! In: the events from one list mark on. Out: nested nodes, each with its heading and text. Not
//! here: levels that hold articles ([`super::event::promote`]).
//!
//! `一、总体要求全面贯彻…。` has the heading `总体要求`, glued to its text.

use std::sync::LazyLock;

use super::event::Event;
use super::marker::Style;
use super::outline::{fill, labelled};
use super::{Kind, Node};
use crate::span::Span;
use crate::text::Text;

/// The levels of a region that begins with a list mark.
pub(super) fn levels(text: &Text<'_>, region: &[Event]) -> Vec<Node> {
    let mut top: Vec<Node> = Vec::new();
    let mut stack: Vec<(Style, Node)> = Vec::new();
    let mut at = 0;
    while at < region.len() {
        let Event::Mark(mark) = region[at] else { break };
        let step = region[at + 1..].iter().position(|e| matches!(e, Event::Mark(_)));
        let next = step.map_or(region.len(), |step| at + 1 + step);
        let known = stack.iter().any(|(style, _)| *style == mark.style);
        while stack.last().is_some_and(|(style, _)| {
            if known { !stack_ends(&stack, mark.style) } else { *style > mark.style }
        }) {
            close(&mut top, &mut stack);
        }
        if known {
            close(&mut top, &mut stack);
        }
        let mut node = labelled(Kind::Level, mark);
        node.depth = u8::try_from(stack.len() + 1).unwrap_or(u8::MAX);
        open_level(text, &mut node, &region[at + 1..next]);
        stack.push((mark.style, node));
        at = next;
    }
    while !stack.is_empty() {
        close(&mut top, &mut stack);
    }
    unglue(text, &mut top);
    top
}

fn stack_ends(stack: &[(Style, Node)], style: Style) -> bool {
    stack.last().is_some_and(|(last, _)| *last == style)
}

fn close(top: &mut Vec<Node>, stack: &mut Vec<(Style, Node)>) {
    if let Some((_, node)) = stack.pop() {
        match stack.last_mut() {
            Some((_, parent)) => parent.children.push(node),
            None => top.push(node),
        }
    }
}

/// Fills a level: its heading, and its text.
fn open_level(text: &Text<'_>, node: &mut Node, events: &[Event]) {
    let Some(&Event::Text { span, .. }) = events.first() else { return };
    let line = text.slice(span);
    // 推进电子化登记。 in a line of its own, above paragraphs
    let above = matches!(
        events.get(1),
        Some(Event::Text { fresh: true, span }) if text.length(*span) >= 20
    );
    let alone = line.find('。').filter(|at| at + '。'.len_utf8() == line.len());
    if let Some(at) = alone.filter(|_| above && !line.contains(['：', '“']))
        && line.chars().count() <= 26
    {
        node.heading = vec![Span::new(span.start, span.start + at)];
        return fill(node, &events[1..]);
    }
    let more = matches!(events.get(1), Some(Event::Text { fresh: false, .. }));
    let Some((heading, after)) = level_heading(line, more) else {
        return fill(node, events);
    };
    node.heading = vec![Span::new(span.start, span.start + heading)];
    let rest = Span::new(span.start + after, span.end);
    let mut events = events[1..].to_vec();
    if !rest.is_empty() {
        events.insert(0, Event::Text { span: rest, fresh: true });
    }
    fill(node, &events);
}

/// The heading at the start of a level's line: its length, and where the text begins.
///
/// `产业扶贫。由省农委牵头…`, `聚焦深度贫困`, `镇扶贫工作站工作职责：统揽…`, `总体要求全面贯彻…`
fn level_heading(line: &str, more: bool) -> Option<(usize, usize)> {
    if let Some(length) = set_heading(line) {
        return Some((length, length));
    }
    if !more && is_noted(line) {
        return Some((line.len(), line.len()));
    }
    let stop = line.find(['。', '；', '：', '！', '？']);
    let Some(at) = stop else {
        let short = line.chars().count() <= 60 && !line.ends_with(['，', '、']);
        return (short && !more).then_some((line.len(), line.len()));
    };
    let mark = line[at..].chars().next()?;
    let (head, after) = (&line[..at], at + mark.len_utf8());
    let chars = head.chars().count();
    let followed = after < line.len() || more;
    let named = chars <= 40 && matches!(mark, '。') && followed;
    let quotes = head.ends_with('为') || line[after..].starts_with('“');
    let titled = chars <= 16 && mark == '：' && followed && !quotes && !head.contains(['，', '《']);
    (chars > 0 && (named || titled)).then_some((at, after))
}

/// `后勤保障（牵头单位：后勤处；配合单位：财务处）`: a heading with a note of who answers for it.
fn is_noted(line: &str) -> bool {
    let Some(at) = line.find('（').filter(|_| line.ends_with('）')) else { return false };
    let (head, note) = line.split_at(at);
    let plain = !head.is_empty() && !head.contains(['。', '；', '：', '，']);
    let labels = ["牵头", "责任单位", "责任部门", "配合单位", "责任领导", "负责）"];
    plain && head.chars().count() <= 40 && labels.iter().any(|label| note.contains(label))
}

/// The length of a heading that opinions set again and again, where the text is glued to it:
/// `总体要求全面贯彻…`, but not `组织领导和保障`, `总体要求是…`.
fn set_heading(line: &str) -> Option<usize> {
    let length = HEADINGS.iter().filter(|h| line.starts_with(**h)).map(|h| h.len()).max()?;
    let rest = &line[length..];
    let goes_on = "是为的和及与、，：；。）（“《工小机体制到方范中上下层责";
    let next = rest.chars().next().filter(|&c| !goes_on.contains(c))?;
    // A heading that only begins so has no sentence behind it.
    (!next.is_ascii_punctuation() && rest.contains(['，', '。'])).then_some(length)
}

/// Takes headings off the text that they are glued to, where others of the row have headings and
/// the text takes up a word of its heading: `…明确脱贫攻坚职责任务脱贫攻坚是全党的使命，…`.
fn unglue(text: &Text<'_>, row: &mut [Node]) {
    let headed = row.iter().any(|node| !node.heading.is_empty());
    for node in row {
        unglue(text, &mut node.children);
        if !headed || !node.heading.is_empty() || node.kind != Kind::Level {
            continue;
        }
        let own = match node.text.first_mut() {
            Some(own) => Some(own),
            None => node
                .children
                .first_mut()
                .and_then(|child| child.text.first_mut().filter(|_| child.kind == Kind::Paragraph)),
        };
        let Some(own) = own else { continue };
        if let Some(length) = taken_up(text.slice(*own)) {
            let (start, end) = (own.start, own.start + length);
            *own = Span::new(end, own.end);
            node.heading = vec![Span::new(start, end)];
        }
    }
}

/// The length of the words before those that a line says again, within its first clause.
fn taken_up(line: &str) -> Option<usize> {
    let clause = &line[..line.find(['，', '。', '；', '：'])?];
    let places: Vec<usize> = clause.char_indices().map(|(at, _)| at).take(40).collect();
    let again = |&&at: &&usize| {
        let (head, rest) = clause.split_at(at);
        let end = rest.char_indices().nth(4).map(|(end, _)| end);
        end.is_some_and(|end| head.contains(&rest[..end]))
            && NOUNS.iter().any(|noun| head.ends_with(noun))
            && !head.contains(['、', '（', '《', '“'])
    };
    places.iter().skip(8).find(again).copied()
}

/// What headings of sections end in.
const NOUNS: [&str; 14] = [
    "任务", "要求", "责任", "措施", "机制", "制度", "体系", "保障", "监管", "管理", "领导", "监督",
    "工作", "建设",
];

/// Headings of `data/headings.tsv`.
static HEADINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/headings.tsv").lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_end_where_the_text_begins() {
        for (line, heading) in [
            ("产业扶贫。由省农委牵头。", Some("产业扶贫")),
            ("聚焦深度贫困", Some("聚焦深度贫困")),
            ("工作职责：统揽全镇工作。", Some("工作职责")),
            ("总体要求全面贯彻落实党的方针，做好工作。", Some("总体要求")),
            ("加强组织领导各级要高度重视，落实责任。", Some("加强组织领导")),
            ("组织领导和保障", Some("组织领导和保障")),
            (
                "总体要求是全面贯彻党的方针，做好工作，把扶贫放在各项工作的首位，抓紧抓好抓实抓细，抓出成效。",
                None,
            ),
        ] {
            let found = level_heading(line, false).map(|(length, _)| &line[..length]);
            assert_eq!(found, heading, "{line}");
        }
    }

    #[test]
    fn a_text_takes_up_the_words_of_its_heading() {
        for (line, heading) in [
            (
                "明确行业部门脱贫攻坚职责任务脱贫攻坚是使命，应当抓好。",
                Some("明确行业部门脱贫攻坚职责任务"),
            ),
            ("明确脱贫攻坚任务和脱贫攻坚责任，应当抓好。", None),
            ("明确脱贫攻坚任务，脱贫攻坚是使命。", None),
        ] {
            assert_eq!(taken_up(line).map(|length| &line[..length]), heading, "{line}");
        }
    }

    #[test]
    fn the_headings_are_in_order() {
        let table = include_str!("../../data/headings.tsv");
        assert!(table.starts_with("heading\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        assert!(rows.iter().all(|row| row.len() == 2 && row.iter().all(|cell| !cell.is_empty())));
    }
}
