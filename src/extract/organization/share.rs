//! Lists whose members share a word: a post, a noun, a clause with 的.
//!
//! In: a phrase that is a subject as a whole. Out: who it names, each with what is shared. Not here: short
//! words before a common noun (`left`), what units own (`owner`).
//!
//! `本级人民政府、人民法院负责人` is 本级人民政府负责人 and 本级人民法院负责人.

use super::super::OrganizationKind;
use super::lexicon::{Head, LEXICON};
use super::{Mention, Naming, subject};

/// Who a list with a shared word names.
pub(super) fn read(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    if !text.contains(['、', '和', '或', '及']) {
        return None;
    }
    posts(text, naming).or_else(|| movers(text)).or_else(|| sorts(text)).or_else(|| nouns(text))
}

/// 人民政府、人民法院、人民检察院|负责人; 独资企业和独资公司的|主要负责人.
fn posts(text: &str, naming: &Naming) -> Option<Vec<Mention>> {
    const POSTS: [&str; 5] = ["主要负责人", "直接负责人", "分管负责人", "负责人", "法定代表人"];
    let post = POSTS.iter().find(|post| text.ends_with(**post))?;
    let list = &text[..text.len() - post.len()];
    let owners = list.strip_suffix('的').unwrap_or(list);
    if owners.len() == list.len() && !list.contains('、') {
        return None;
    }
    let mut found = subject::read(owners, naming);
    let bodies = found.len() > 1
        && found.iter().all(|one| {
            !matches!(one.kind, OrganizationKind::Persons | OrganizationKind::Post)
                && !one.name.contains('的')
        })
        && found.last().is_some_and(|last| last.range.end == owners.len());
    // 本级人民政府、|人民法院
    let tier = found.first().and_then(|first| first.name.strip_prefix("本级")).is_some();
    for one in &mut found {
        if tier && matches!(one.name.as_str(), "人民法院" | "人民检察院") {
            one.name.insert_str(0, "本级");
        }
        // 各部门|主要负责人: of whoever owns something, all are meant
        if one.name.starts_with('各') && !one.name.starts_with("各级") {
            one.name.drain(.."各".len());
        }
        one.name.push_str(post);
        one.kind = OrganizationKind::Post;
    }
    bodies.then_some(found)
}

/// 参加搜救的|船舶、设施、航空器及人员: what moves by itself acts, beside persons.
fn movers(text: &str) -> Option<Vec<Mention>> {
    const MOVING: [&str; 6] = ["船舶", "设施", "海上设施", "航空器", "车辆", "机动车"];
    let at = text.rfind('的')? + '的'.len_utf8();
    let (clause, list) = text.split_at(at);
    let all: Vec<&str> = list.split(['、', '和', '及', '或']).collect();
    let person = |word: &str| matches!(word, "人员" | "个人" | "单位");
    let (last, others) = all.split_last()?;
    let moving = !others.is_empty()
        && person(last)
        && others.iter().any(|word| MOVING.contains(word))
        && others.iter().all(|word| MOVING.contains(word) || person(word));
    moving.then(|| each(text, &all, |word| [clause, word].concat(), OrganizationKind::Persons))
}

/// 区域性、行业性|工会组织: words that say of what sort.
fn sorts(text: &str) -> Option<Vec<Mention>> {
    let at = text.rfind('性')? + '性'.len_utf8();
    let (list, noun) = text.split_at(at);
    let all: Vec<&str> = list.split(['、', '和', '或']).collect();
    let sorts = all.len() > 1
        && all.iter().all(|word| word.ends_with('性') && (3..=5).contains(&word.chars().count()))
        && LEXICON.is_ended_by_head(noun)
        && noun.chars().count() <= 8
        && !noun.contains(['、', '和', '与', '的', '及']);
    sorts.then(|| each(text, &all, |word| [word, noun].concat(), OrganizationKind::Other))
}

/// 道路测试、示范应用、应用试点|主体; 网络、电视等|交易平台提供者.
fn nouns(text: &str) -> Option<Vec<Mention>> {
    let (list, noun) = match text.split_once('等') {
        Some((list, noun)) if noun.ends_with('者') && noun.chars().count() >= 4 => (list, noun),
        Some(_) => return None,
        None => (text.strip_suffix("主体")?, "主体"),
    };
    let all: Vec<&str> = list.split(['、', '和']).collect();
    let plain = |word: &&str| {
        (2..=8).contains(&word.chars().count())
            && !word.contains(['的', '对', '由', '各', '本'])
            && !LEXICON.is_ended_by_head(word)
            && LEXICON.head(word).is_none_or(|term| term.head == Head::Region)
    };
    let shared = all.len() > 1 && all.iter().all(plain) && !noun.contains(['、', '的', '和']);
    shared.then(|| each(text, &all, |word| [word, noun].concat(), OrganizationKind::Enterprise))
}

/// A mention for each word of a list.
fn each(
    text: &str,
    words: &[&str],
    name: impl Fn(&str) -> String,
    kind: OrganizationKind,
) -> Vec<Mention> {
    let mention = |word: &&str| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let range = at..at + word.len();
        Mention { name: name(word), range, level: None, kind, region: None }
    };
    words.iter().map(mention).collect()
}
