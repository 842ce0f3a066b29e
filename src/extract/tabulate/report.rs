//! Lines of report and signature.
//!
//! In: duties. Out: a [`Report`] for each that hands something to somebody. Not here: who receives it
//! (`extract::detail`).
//!
//! `向省委、省人民政府签署脱贫责任书` is signed to 中共湖南省委 and 湖南省人民政府; what is signed is
//! `脱贫责任书`.

use super::Report;
use crate::extract::{Duty, Modality};

/// The verbs and their acts: where several stand in an action, the first of this list counts.
const ACTS: [(&str, &str); 25] = [
    ("备案", "file"),
    ("审批", "approve"),
    ("审定", "approve"),
    ("审核", "approve"),
    ("审查", "approve"),
    ("批准", "approve"),
    ("核准", "approve"),
    ("同意", "approve"),
    ("签订", "sign"),
    ("签署", "sign"),
    ("提出", "propose"),
    ("提交", "submit"),
    ("提供", "submit"),
    ("报送", "submit"),
    ("上报", "submit"),
    ("呈报", "submit"),
    ("申报", "submit"),
    ("移送", "submit"),
    ("移交", "submit"),
    ("反馈", "report"),
    ("通报", "report"),
    ("通知", "report"),
    ("汇报", "report"),
    ("报告", "report"),
    ("述职", "report"),
];

/// The lines of report among duties. A prohibition is none, nor what only describes a thing
/// (`报国务院审批的城市总体规划`).
pub(super) fn reports(duties: &[Duty]) -> Vec<Report> {
    let handing = duties.iter().filter(|duty| {
        !duty.recipients.is_empty()
            && duty.modality != Modality::Prohibition
            && !duty.action.starts_with("不能")
    });
    handing
        .filter_map(|duty| {
            let last = duty.recipients.iter().map(|party| party.text.as_str());
            let (act, what) = act(&duty.action, last);
            if what.as_ref().is_some_and(|what| what.starts_with('的')) {
                return None;
            }
            Some(Report {
                eid: duty.eid.clone(),
                from: duty.bearers.clone(),
                to: duty.recipients.clone(),
                act,
                action: duty.action.clone(),
                what,
                frequency: duty.frequency.clone(),
                deadline: duty.deadline.clone(),
                span: duty.span,
            })
        })
        .collect()
}

/// The act of an action, and what it hands over: what stands behind a verb behind those who receive it
/// (`向省委报告进展情况`), or was fronted (`将进展情况报省委备案`).
fn act<'t>(
    action: &str,
    recipients: impl Iterator<Item = &'t str>,
) -> (&'static str, Option<String>) {
    let ends = recipients.filter_map(|name| action.rfind(name).map(|at| at + name.len()));
    let named = ends.max().unwrap_or_default();
    let fronted = || {
        let object = action.strip_prefix('将').or(action.strip_prefix('把'))?;
        let end = ["报", "向", "上报", "提交", "抄", "移", "通报", "送"]
            .iter()
            .filter_map(|w| object.find(w));
        Some(object[..end.min()?].to_owned()).filter(|object| !object.is_empty())
    };
    let after = &action[named..];
    if let Some((verb, act)) = ACTS.iter().find(|(verb, _)| after.contains(verb)) {
        let at = after.find(verb).map_or(0, |at| at + verb.len());
        let what = after[at..].trim_start_matches('了');
        let what = what.strip_suffix("的义务").unwrap_or(what);
        if what.starts_with('的') {
            return (act, Some(what.to_owned()));
        }
        let whole =
            !what.is_empty() && !what.starts_with(['，', '和', '并', '后']) && *act != "approve";
        return (act, if whole { Some(what.to_owned()) } else { fronted() });
    }
    // 通报有关部门, 报送上级: the verb stands before them
    let before = &action[..named];
    let verb = ACTS
        .iter()
        .find(|(verb, act)| matches!(*act, "submit" | "report") && before.contains(verb));
    (verb.map_or("submit", |(_, act)| act), fronted())
}

#[cfg(test)]
mod tests {
    use super::act;

    #[test]
    fn acts_and_what_they_take() {
        for (action, to, expected, what) in [
            ("向省委、省人民政府签署脱贫责任书", "省人民政府", "sign", Some("脱贫责任书")),
            ("每年向中央报告扶贫脱贫进展情况", "中央", "report", Some("扶贫脱贫进展情况")),
            ("将调整方案报省扶贫开发领导小组备案", "省扶贫开发领导小组", "file", Some("调整方案")),
            ("报县扶贫开发领导小组审定", "县扶贫开发领导小组", "approve", None),
            ("向县人民政府提出书面报告", "县人民政府", "propose", Some("书面报告")),
            ("对项目进行审核并汇总报县扶贫办", "县扶贫办", "submit", None),
            ("通报有关部门", "有关部门", "report", None),
            ("向行政部门报告和告知消费者", "行政部门", "report", None),
        ] {
            let found = act(action, std::iter::once(to));
            assert_eq!(found, (expected, what.map(str::to_owned)), "{action}");
        }
    }
}
