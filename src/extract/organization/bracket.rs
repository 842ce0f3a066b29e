//! What stands in brackets behind a name, and names that go on behind it.
//!
//! In: the groups of a passage. Out: the same, with brackets read. Not here: brackets inside a name
//! (`县（市、区）`, `grammar`).
//!
//! `市发展改革委（市粮食和物资储备局）` is one body with two signs, `乡镇人民政府（街道办事处）` are two, and
//! `县人民政府（含管委会，下同）、乡镇人民政府` goes on behind an aside.

use super::super::OrganizationKind;
use super::subject::stands_for;
use super::{Group, Mention};

/// Joins what brackets part, and drops what stands in an aside.
pub(super) fn read(passage: &str, groups: Vec<Group>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::with_capacity(groups.len());
    for group in groups {
        match found.last_mut().and_then(|last| follow(passage, last, &group)) {
            Some(Following::Aside) => {
                if let Some(last) = found.last_mut() {
                    call_by_short(passage, last, &group);
                }
            }
            Some(Following::Joined(end)) => {
                let Some(last) = found.last_mut() else { continue };
                last.mentions.extend(group.mentions);
                last.range.end = end;
            }
            Some(Following::Second(end)) => {
                let Some(last) = found.last_mut() else { continue };
                last.range.end = end;
            }
            None => found.push(group),
        }
    }
    for group in &mut found {
        one_sign(passage, group);
        one_name(passage, group);
        group.range.end += aside(&passage[group.range.end..]);
    }
    found
}

/// What a group is to the one before it.
enum Following {
    /// It stands in an aside: `（含开发区管委会，下同）`.
    Aside,
    /// It goes on with the list, up to a place.
    Joined(usize),
    /// It is another name of the same body, up to a place.
    Second(usize),
}

fn follow(passage: &str, last: &Group, group: &Group) -> Option<Following> {
    let between = passage.get(last.range.end..group.range.start)?;
    let behind = &passage[group.range.end..];
    if between == "（" && behind.starts_with('）') {
        let end = group.range.end + '）'.len_utf8();
        // 县委宣传部|（县网信办）, 县委办公室|（县档案局）
        let office = |kind| matches!(kind, OrganizationKind::Department | OrganizationKind::Party);
        let offices = || group.mentions.iter().all(|one| office(one.kind));
        let before = last.mentions.last()?.kind;
        return match before {
            _ if office(before) && offices() => Some(Following::Second(end)),
            OrganizationKind::Government => Some(Following::Joined(end)),
            _ => None,
        };
    }
    let length = aside(&passage[last.range.end..]);
    if length == 0 {
        return None;
    }
    if last.range.end + length > group.range.start {
        return Some(Following::Aside);
    }
    let joint = &between[length..];
    matches!(joint, "、" | "和" | "及" | "与" | "或" | "或者" | "以及")
        .then_some(Following::Joined(group.range.end))
}

/// 北京市体育产业部门联席会议|（以下简称联席会议）: one body is called as the text goes on to call it.
fn call_by_short(passage: &str, full: &mut Group, short: &Group) {
    let between = passage.get(full.range.end..short.range.start).unwrap_or_default();
    let between = between.trim_end_matches('“');
    let defines = ["简称", "统称", "下称"].iter().any(|word| between.ends_with(word));
    let ([body], [named]) = (full.mentions.as_mut_slice(), short.mentions.as_slice()) else {
        return;
    };
    if defines && stands_for(named, &passage[short.range.clone()], body) {
        body.name.clone_from(&named.name);
    }
}

/// 市发展改革委|（市粮食和物资储备局）: the second sign of one body is none of its own.
fn one_sign(passage: &str, group: &mut Group) {
    let mut at = 1;
    while at < group.mentions.len() {
        let (before, own) = (&group.mentions[at - 1], &group.mentions[at]);
        let departments = [before, own]
            .iter()
            .all(|one| matches!(one.kind, OrganizationKind::Department | OrganizationKind::Party));
        let bracket = passage.get(before.range.end..own.range.start) == Some("（")
            && passage[own.range.end..].starts_with('）');
        if departments && bracket {
            group.mentions.remove(at);
        } else {
            at += 1;
        }
    }
}

/// 重庆市|各级粮食管理部门: two that nothing parts are one.
fn one_name(passage: &str, group: &mut Group) {
    let mut at = 1;
    while at < group.mentions.len() {
        let (before, own) = (&group.mentions[at - 1], &group.mentions[at]);
        let text = &passage[own.range.clone()];
        let region = before.kind == OrganizationKind::Region && text.starts_with("各级");
        // 徐州市|睢宁生态环境局
        let bureau = before.kind == OrganizationKind::Region
            && own.kind == OrganizationKind::Department
            && text.ends_with('局');
        if before.range.end == own.range.start && (region || bureau) {
            let (name, start) = (format!("{}{text}", before.name), before.range.start);
            group.mentions[at].name = name;
            group.mentions[at].range.start = start;
            group.mentions.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// 县（市|、区）水行政主管部门: what was parted inside a bracket is one name, as it is printed.
pub(in super::super) fn whole(passage: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let opens = |name: &str| name.matches('（').count() > name.matches('）').count();
    let closes = |name: &str| name.matches('（').count() < name.matches('）').count();
    if mentions.iter().all(|one| !opens(&one.name) && !closes(&one.name)) {
        return mentions;
    }
    let mut found: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mut mention in mentions {
        // 博物馆（纪念馆|）、美术馆
        let bare = mention.name.trim_start_matches(['）', '、']).len();
        if mention.name.starts_with('）') && bare > 0 {
            if let Some(last) = found.last_mut().filter(|last| opens(&last.name)) {
                last.name.push('）');
            }
            mention.name.drain(..mention.name.len() - bare);
        }
        match found.last_mut().filter(|last| opens(&last.name)) {
            Some(last) if !opens(&mention.name) && last.range.start < mention.range.end => {
                last.range.end = mention.range.end;
                last.name = passage[last.range.clone()].to_owned();
                continue;
            }
            _ => {}
        }
        // 厂长（经理|）
        let after = &passage[mention.range.end..];
        if opens(&mention.name) && after.starts_with('）') {
            mention.name.push('）');
            mention.range.end += '）'.len_utf8();
        }
        if let Some(at) = mention.name.find("（以下").filter(|_| opens(&mention.name)) {
            mention.name.truncate(at);
        }
        // 下同）|企业
        if closes(&mention.name)
            && let Some(at) = mention.name.rfind('）')
        {
            mention.name.drain(..at + '）'.len_utf8());
        }
        if !mention.name.is_empty() {
            found.push(mention);
        }
    }
    found
}

/// How long an aside is that a text begins with: `（以下简称…）`, `（含…，下同）`.
fn aside(text: &str) -> usize {
    const BEGINS: [&str; 9] =
        ["含", "不含", "包括", "以下简称", "以下统称", "以下称", "简称", "下称", "设在"];
    let Some(inside) = text.strip_prefix('（') else { return 0 };
    let Some(end) = inside.find('）').filter(|&end| end <= 240) else { return 0 };
    let held = &inside[..end];
    let said = BEGINS.iter().any(|word| held.starts_with(word))
        || held.ends_with("下同")
        || held.contains("以下简称");
    if said { "（）".len() + end } else { 0 }
}
