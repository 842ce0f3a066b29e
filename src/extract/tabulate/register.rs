//! Systems, registers and files, and who keeps them.
//!
//! In: a passage and the duties in it. Out: [`Register`]s. Not here: what is done by means of one
//! (`通过大数据平台，…`), and what a word of it says of people (建档立卡贫困户).
//!
//! `省扶贫办管理精准扶贫、精准脱贫大数据平台` names the platform, and 湖南省扶贫开发办公室 as its keeper.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Book, Register, clause_around};
use crate::extract::gather::Told;

/// What a name ends with, and its kind.
static HEADS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/registers.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?))
    })
    .collect()
});
static ANY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let heads: Vec<&str> = HEADS.iter().map(|(head, _)| *head).collect();
    Regex::new(&heads.join("|")).ok()
});

/// What is done by who keeps a register, longer words before those they begin with.
const KEEPING: [&str; 23] = [
    "建设和管理",
    "建设、管理",
    "建立和完善",
    "建立并完善",
    "建立健全",
    "建立完善",
    "建立",
    "建设",
    "健全完善",
    "健全",
    "完善",
    "搭建",
    "构建",
    "设立",
    "设置",
    "编制",
    "管理、维护",
    "管理和维护",
    "管理",
    "维护",
    "开发",
    "形成",
    "组建",
];

/// What tells a platform or system of information from one of pipes or people.
const TOLD: [&str; 18] = [
    "信息", "数据", "网", "电子", "监测", "监管", "监控", "管理", "追溯", "登记", "信用", "政务",
    "智慧", "数字", "共享", "公示", "交易", "档案",
];

/// Adds the registers of a passage.
pub(super) fn registers(told: &Told<'_>, book: &Book<'_>, found: &mut Vec<Register>) {
    let text = told.passage.text.as_ref();
    let Some(any) = ANY.as_ref() else { return };
    // what is kept, somebody's duty keeps
    if !book.reaches(told.passage.span(0..text.len())) {
        return;
    }
    for head in any.find_iter(text) {
        let kind = HEADS.iter().find(|(name, _)| *name == head.as_str()).map_or("", |row| row.1);
        let named = match kind {
            "registration" => registration(text, head.range()),
            _ => named(text, head.range(), kind),
        };
        let Some((verb, name)) = named else { continue };
        let span = told.passage.span(name.clone());
        let Some(duty) = book.at(span) else { continue };
        found.push(Register {
            eid: told.node.eid.clone(),
            name: text[name].to_owned(),
            kind,
            verb: verb.to_owned(),
            keepers: duty.bearers.clone(),
            span,
        });
    }
}

/// `贫困人口建档立卡和退出工作`: as an act of its own, not as a mark of people.
fn registration(text: &str, head: Range<usize>) -> Option<(&'static str, Range<usize>)> {
    let after = &text[head.end..];
    (closes(after) || after.starts_with("工作")).then_some(("建档立卡", head))
}

/// The name that ends with this head, and the verb before it.
fn named(text: &str, head: Range<usize>, kind: &str) -> Option<(&'static str, Range<usize>)> {
    if !closes(&text[head.end..]) {
        return None;
    }
    let clause = clause_around(text, head.start);
    let (verb, start) = keeping(&text[clause.start..head.start])?;
    let start = shortened(text, clause.start + start..head.end);
    let name = &text[start..head.end];
    let long = name.chars().count();
    let informs = TOLD.iter().any(|word| name.contains(word));
    let fits = match kind {
        "platform" | "system" => informs,
        "database" => long > 2,
        _ => true,
    };
    // 信用信息纳入信息系统: put into one, not kept
    let put = ["纳入", "录入", "接入", "上传", "应当", "通过", "利用", "或者"];
    let clean = !name.contains(['“', '《', '（']) && !put.iter().any(|word| name.contains(word));
    (fits && long <= 30 && clean).then_some((verb, start..head.end))
}

/// Whether a name ends here: 台账管理制度 is no ledger.
fn closes(after: &str) -> bool {
    after.is_empty()
        || after.starts_with([
            '，', '。', '；', '：', '、', '和', '及', '与', '或', '并', '（', '”', '进',
        ])
}

/// The verb of keeping that governs what stands at the end, and where its object begins. 管理 inside a
/// name is none: it must open the clause or follow 负责, 并 or a subject.
fn keeping(before: &str) -> Option<(&'static str, usize)> {
    let strong = KEEPING.iter().filter(|verb| !verb.starts_with("管理"));
    // 建设用地, 城乡建设档案: no verb
    let noun = |at: usize, verb: &str| {
        let after = &before[at + verb.len()..];
        verb == "建设"
            && (["用地", "工程", "项目", "单位"].iter().any(|word| after.starts_with(word))
                || ["城乡", "城市", "工程", "项目"].iter().any(|word| before[..at].ends_with(word)))
    };
    let last = strong
        .flat_map(|verb| before.rmatch_indices(verb).next().map(|(at, _)| (at, *verb)))
        .filter(|(at, verb)| !noun(*at, verb))
        .max_by_key(|(at, verb)| (at + verb.len(), verb.len()));
    last.or_else(|| {
        let weak = KEEPING.iter().filter(|verb| verb.starts_with("管理"));
        let mut opening = weak.filter_map(|verb| {
            let at = before.find(verb)?;
            let head = &before[..at];
            (head.is_empty() || head.ends_with("负责") || head.ends_with('并'))
                .then_some((at, *verb))
        });
        opening.next()
    })
    .map(|(at, verb)| (verb, at + verb.len()))
}

/// Without what only describes the name (`全省统一的`), and without what is listed before it
/// (`管理制度、考核办法和台账`).
fn shortened(text: &str, name: Range<usize>) -> usize {
    let mut start = name.start;
    let said = &text[start..name.end];
    if let Some((at, of)) = said.rmatch_indices('的').next()
        && said[at + of.len()..].chars().count() > 2
    {
        start += at + of.len();
    }
    for (at, mark) in text[start..name.end].rmatch_indices(['、', '和', '及', '与']) {
        let before = &text[start..start + at];
        let whole = [
            "制度", "机制", "体系", "办法", "规定", "方案", "标准", "规范", "网络", "队伍", "电话",
            "网站", "热线",
        ];
        let listed = whole.iter().any(|end| before.ends_with(end))
            || HEADS.iter().any(|(head, _)| before.ends_with(head));
        if listed {
            return start + at + mark.len();
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_verbs() {
        for (text, head, expected) in [
            (
                "管理精准扶贫、精准脱贫大数据平台，做好统计",
                "平台",
                Some(("管理", "精准扶贫、精准脱贫大数据平台")),
            ),
            ("建立扶贫项目库", "项目库", Some(("建立", "扶贫项目库"))),
            ("建立健全全省统一的信用信息共享平台", "平台", Some(("建立健全", "信用信息共享平台"))),
            ("建立健全管理制度、考核办法和工作台账", "台账", Some(("建立健全", "工作台账"))),
            ("建立台账管理制度", "台账", None),
            ("建设农田灌溉系统", "系统", None),
            ("推动扶贫系统", "系统", None),
            ("移交城乡建设档案", "档案", None),
            ("开发企业信息应当纳入信用信息平台", "平台", None),
            (
                "建设和管理公共法律服务网络平台",
                "平台",
                Some(("建设和管理", "公共法律服务网络平台")),
            ),
        ] {
            let at = text.find(head).unwrap_or_default();
            let kind = HEADS.iter().find(|(name, _)| *name == head).map_or("", |row| row.1);
            let shown = named(text, at..at + head.len(), kind);
            let shown = shown.map(|(verb, name)| (verb, &text[name]));
            assert_eq!(shown, expected, "{text}");
        }
    }

    #[test]
    fn heads_are_sorted_and_of_known_kinds() {
        let kinds =
            ["platform", "system", "database", "ledger", "file", "roster", "list", "registration"];
        assert!(HEADS.is_sorted() && HEADS.iter().all(|(_, kind)| kinds.contains(kind)));
    }
}
