//! A question taken apart.
//!
//! In: a question in plain Chinese, or keywords. Out: a [`Question`]: the regions it names, the
//! tiers and roles it asks for, and what is left of it. Not here: cutting the rest into words,
//! and looking for them.
//!
//! `湖南省县级由谁牵头扶贫资金监管` names 湖南省, prefers bearers of the county and those that lead,
//! and leaves `扶贫资金监管`.

use super::{analyzer, words};
use crate::extract::{Level, Region, region};

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// The regions it names, code and name; of two that lie in each other the narrower.
    pub(super) regions: Vec<(String, String)>,
    /// The tiers of bearers it prefers.
    pub(super) levels: Vec<&'static str>,
    /// The roles it prefers.
    pub(super) roles: Vec<&'static str>,
    /// Whether it asks who is responsible.
    pub(super) responsible: bool,
    /// Whether it asks for a department or an organization, not for a person.
    pub(super) department: bool,
    /// The question itself, where it asks who among those it doesn't name: not of `省发改委还是省扶贫办`.
    pub(super) asks: Option<String>,
    /// Whether it asks for what is forbidden.
    pub(super) forbids: bool,
    /// Whether it asks who receives something: `向谁报告`, `报哪个部门批准`.
    pub(super) receives: bool,
    /// What the bearer is called: of `哪一级河长` 河长.
    pub(super) named: Option<String>,
    /// What it is about, with blanks where words were taken out.
    pub(super) rest: String,
    /// What is done, as far as the question tells: what stands behind 谁.
    pub(super) predicate: String,
}

/// Words for tiers, as a question has them.
const LEVELS: &[(&str, &str)] = &[
    ("国家级", "national"),
    ("中央", "national"),
    ("省级", "province"),
    ("省直", "province"),
    ("市级", "city"),
    ("市州", "city"),
    ("县级", "county"),
    ("区县", "county"),
    ("县区", "county"),
    ("乡级", "township"),
    ("乡镇", "township"),
    ("街道", "township"),
    ("村级", "village"),
];

/// Words for roles.
const ROLES: &[(&str, &str)] = &[
    ("牵头", "lead"),
    ("主办", "lead"),
    ("配合", "cooperate"),
    ("协办", "cooperate"),
    ("协助", "cooperate"),
    ("参与", "participate"),
];

/// What asks and isn't asked for; the longer before those they contain.
const ASKING: &[&str] = &[
    "由哪个部门",
    "由哪些部门",
    "是哪个部门",
    "哪一个部门",
    "哪个部门",
    "哪些部门",
    "什么部门",
    "哪个机关",
    "哪个单位",
    "哪些单位",
    "什么单位",
    "哪个机构",
    "什么机构",
    "是哪家的活",
    "的责任主体是谁",
    "责任主体是谁",
    "哪一级",
    "哪家单位",
    "哪家",
    "好几家",
    "该由",
    "归哪个部门管",
    "归哪个部门",
    "归谁管",
    "应由谁",
    "应当由",
    "由谁负责",
    "谁来管",
    "谁管",
    "由谁来",
    "由谁",
    "归谁",
    "是谁",
    "向谁",
    "对谁",
    "谁来",
    "谁",
    "负有责任",
    "承担责任",
    "负责",
    "有责任",
    "有义务",
    "应当",
    "应该",
    "必须",
    "需要",
    "如何",
    "怎么",
    "怎样",
    "为什么",
    "什么",
    "哪里",
    "哪个",
    "哪些",
    "请问",
    "吗",
    "呢",
    "的工作",
    "工作的",
];

/// Takes a question apart; `known` are the library's regions, code and name.
pub(super) fn read(typed: &str, known: &[(String, String)]) -> Question {
    let folded = typed.split_whitespace().map(analyzer::fold).collect::<Vec<_>>().join(" ");
    let (regions, mut rest) = take_regions(&folded, known);
    let mut question = Question {
        regions,
        responsible: rest.contains("负责") || rest.contains("责任"),
        ..Question::default()
    };
    question.department = ["部门", "单位", "机关", "机构"].iter().any(|word| rest.contains(word))
        && ["哪", "什么"].iter().any(|word| rest.contains(word));
    let choice = ["还是", "是不是", "是否", "吗"].iter().any(|word| rest.contains(word));
    question.asks = (["谁", "哪", "什么"].iter().any(|asks| rest.contains(asks)) && !choice)
        .then(|| rest.clone());
    question.forbids = ["不得", "禁止", "不能", "不准", "不许"].iter().any(|w| rest.contains(w));
    question.receives = receives(&rest);
    question.named = named_bearer(&rest);
    question.predicate = predicate(&rest);
    for asking in ASKING {
        rest = rest.replace(asking, " ");
        question.predicate = question.predicate.replace(asking, " ");
    }
    question.levels = take(&mut rest, LEVELS);
    question.roles = take(&mut rest, ROLES);
    question.rest = rest;
    question
}

/// What stands before the word that asks, where it asks who receives.
const TOWARDS: &[&str] = &[
    "向", "给", "报", "找", "到", "去", "送", "交", "经", "请", "报告", "通知", "告知", "告诉",
    "移送", "移交", "提请", "报请", "征求", "听取", "对",
];

/// Whether a question asks who receives something.
fn receives(question: &str) -> bool {
    ["谁", "哪", "什么部门", "什么单位", "什么机关", "什么机构", "什么人"].iter().any(|asks| {
        question.match_indices(asks).any(|(at, _)| {
            let before = &question[..at];
            TOWARDS.iter().any(|towards| before.ends_with(towards))
        })
    })
}

/// What the bearer is called, where the question says so.
fn named_bearer(question: &str) -> Option<String> {
    let asking = ["哪一级", "哪级", "哪一个", "哪个", "哪类", "什么"];
    let behind = asking.iter().find_map(|asks| question.split_once(asks))?.1;
    let word = words::cut(behind, false).into_iter().next()?;
    let open = ["部门", "单位", "机关", "机构", "时候", "情况", "地方"].contains(&word.as_str());
    (behind.starts_with(&word) && !open).then_some(word)
}

/// What is done: what stands behind the word that asks who.
fn predicate(question: &str) -> String {
    let asking = ["谁", "哪个部门", "什么部门", "哪个单位", "什么单位", "哪家"];
    let ends = asking.iter().filter_map(|asks| Some(question.rfind(asks)? + asks.len()));
    let behind = ends.max().map_or("", |end| &question[end..]);
    behind.chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// Takes words out that mean something else than a topic; where nothing else would be left, they
/// are the topic.
fn take(rest: &mut String, table: &[(&str, &'static str)]) -> Vec<&'static str> {
    let mut meant = Vec::new();
    let mut left = rest.clone();
    for (word, means) in table {
        if left.contains(word) {
            left = left.replace(word, " ");
            meant.push(*means);
        }
    }
    if !left.trim().is_empty() {
        *rest = left;
    }
    meant
}

/// The codes of the regions that a name or code means: `湖南` is 湖南省. Of a name that several
/// regions have, those that the library knows.
pub fn region_codes(typed: &str, known: &[(String, String)]) -> Vec<String> {
    if typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![typed.to_owned()];
    }
    let name = analyzer::fold(typed);
    match region::lookup(&name, None) {
        Some(one) => vec![one.code.to_owned()],
        None => known.iter().filter(|(_, full)| *full == name).map(|(c, _)| c.clone()).collect(),
    }
}

/// The regions that a question names, and the question without them.
fn take_regions(question: &str, known: &[(String, String)]) -> (Vec<(String, String)>, String) {
    let characters = question.chars().collect::<Vec<_>>();
    let mut regions: Vec<Region> = Vec::new();
    let mut rest = String::with_capacity(question.len());
    let mut at = 0;
    while at < characters.len() {
        let longest = (2..=LONGEST.min(characters.len() - at)).rev().find_map(|length| {
            let name = characters[at..at + length].iter().collect::<String>();
            named(&name, regions.last(), known).map(|region| (length, region))
        });
        match longest {
            Some((length, region)) => {
                regions.push(region);
                rest.push(' ');
                at += length;
            }
            None => {
                rest.push(characters[at]);
                at += 1;
            }
        }
    }
    let wider = |one: &Region| {
        regions.iter().any(|other| region::ancestors(other).iter().any(|a| a.code == one.code))
    };
    let kept = regions.iter().filter(|one| !wider(one));
    (kept.map(|one| (one.code.to_owned(), one.name.to_owned())).collect(), rest)
}

/// The longest name of a region, in characters.
const LONGEST: usize = 15;

/// The region of a name. Short names of counties are too often other words (公安, 和平, 资源):
/// they count only where the library knows the county.
fn named(name: &str, near: Option<&Region>, known: &[(String, String)]) -> Option<Region> {
    let found = region::lookup(name, near)?;
    let sure = (region::is_full_name(name) && name.chars().count() > 2)
        || matches!(found.level, Level::Province | Level::City)
        || known.iter().any(|(code, _)| *code == found.code);
    sure.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(question: &str) -> (Vec<String>, String) {
        let read = read(question, &[]);
        (read.regions.into_iter().map(|(_, name)| name).collect(), read.rest.trim().to_owned())
    }

    #[test]
    fn regions_are_taken_out_by_name_or_short_name() {
        assert_eq!(names("湖南谁负责扶贫"), (vec!["湖南省".to_owned()], "扶贫".to_owned()));
        assert_eq!(names("浙江省杭州市谁监管"), (vec!["杭州市".to_owned()], "监管".to_owned()));
        assert_eq!(names("公安机关监管"), (vec![], "公安机关监管".to_owned()));
    }

    #[test]
    fn tiers_and_roles_are_preferred_not_looked_for() {
        let question = read("县级哪个部门牵头易地扶贫搬迁", &[]);
        assert_eq!(question.levels, ["county"]);
        assert_eq!(question.roles, ["lead"]);
        assert_eq!(question.rest.trim(), "易地扶贫搬迁");
        assert_eq!(read("乡镇", &[]).rest, "乡镇");
        assert!(read("誰負責扶貧", &[]).responsible);
    }

    #[test]
    fn a_region_filter_takes_names_and_codes() {
        assert_eq!(region_codes("湖南", &[]), ["430000"]);
        assert_eq!(region_codes("威遠縣", &[]), ["511024"]);
        assert_eq!(region_codes("430100", &[]), ["430100"]);
        assert!(region_codes("乌有省", &[]).is_empty());
    }
}
