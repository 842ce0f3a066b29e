//! Countries and regions that act: `国家鼓励…`, `本市建立…`.
//!
//! In: a passage and where such a word stands. Out: whether it acts there, and who it is. Not here:
//! regions by their names (`grammar`).
//!
//! `国家支持农业` has an actor, `国家规定的标准` and `国家机关` have none.

use std::ops::Range;

use super::super::words::{self, Class};
use super::super::{Level, OrganizationKind, region};
use super::grammar::Unit;
use super::lexicon::Term;
use super::{Mention, Naming};
use crate::text::literal;

/// Whether a word for a country or region is the subject of what follows: it opens a clause, and a
/// predicate follows that is no modifier of a noun.
pub(super) fn acts(passage: &str, head: &Range<usize>) -> bool {
    const OPENING: [char; 11] = ['，', '。', '；', '：', '）', '由', '\n', '　', ' ', '、', '”'];
    let before = &passage[..head.start];
    if !(before.is_empty() || before.ends_with(OPENING)) || before.ends_with('、') {
        return false;
    }
    let after = &passage[head.end..];
    let after = &after[words::adverbs(after)..];
    if words::begins(Class::StateNoun, after) > 0 {
        return false;
    }
    let length = words::predicate(after);
    let verb = length > 0 && !after[length..].starts_with('的') && !attributive(&after[length..]);
    verb || words::modal(after).is_some()
        || after.starts_with(['对', '将', '把'])
        || after.starts_with("依法")
}

/// 国家鼓励|类产业, 国家建立的|保护区: what follows makes a noun of verb and word.
fn attributive(after: &str) -> bool {
    after.starts_with(['类', '级', '区', '型', '性'])
}

/// 国家核安全局, 国家出口管制管理部门: a body of the whole country by the form of its name, where no table knows it.
pub(super) fn bureau(passage: &str, term: &'static Term, head: &Range<usize>) -> Option<Unit> {
    const STOPS: &str = "的和与或及对为在将把由向、，。；：是应依其该有";
    if term.text != "国家" {
        return None;
    }
    let rest = &passage[head.end..];
    let (at, last) =
        rest.char_indices().take(12).take_while(|(_, one)| !STOPS.contains(*one)).find(
            |&(at, one)| at >= 6 && (one == '局' || rest[..at].ends_with('部') && one == '门'),
        )?;
    let end = head.end + at + last.len_utf8();
    let department = ["管理部门", "主管部门", "行政部门"];
    if last == '门' && !department.iter().any(|word| passage[..end].ends_with(word)) {
        return None;
    }
    if passage[end..].starts_with(['部', '面', '势', '限', '长']) {
        return None;
    }
    let range = head.start..end;
    let (level, region) = (Some(Level::National), Some(region::NATION));
    let kind = OrganizationKind::Department;
    let name = passage[range.clone()].to_owned();
    Some(Unit::bare(term, Mention { name, range, level, kind, region }))
}

/// 武警西宁市支队, 国网威远县供电公司: a unit of the armed police or of the grid, called as it is printed.
pub(super) fn armed(passage: &str, term: &'static Term, head: &Range<usize>) -> Option<Unit> {
    let (whose, kind) = match term.text {
        "总队" | "支队" | "中队" => ("武警", OrganizationKind::Military),
        _ if term.text.ends_with("公司") => ("国网", OrganizationKind::Enterprise),
        _ => return None,
    };
    let start = literal::rfind(&passage[..head.start], whose).filter(|at| head.start - at <= 36)?;
    let plain = passage[start..head.start].chars().all(|one| !"，。；：、的和与对由".contains(one));
    let range = start..head.end;
    let name = passage[range.clone()].to_owned();
    plain.then(|| Unit::bare(term, Mention { name, range, level: None, kind, region: None }))
}

/// Who acts: the country, or the document's own region.
pub(super) fn mention(word: &str, range: Range<usize>, naming: &Naming) -> Option<Mention> {
    let kind = OrganizationKind::Region;
    if word == "国家" {
        let (level, region) = (Some(Level::National), Some(region::NATION));
        return Some(Mention { name: word.to_owned(), range, level, kind, region });
    }
    let own = naming.region.as_ref()?;
    let (level, region) = (Some(own.level), Some(own.code));
    Some(Mention { name: own.name.to_owned(), range, level, kind, region })
}

/// The same as a unit of its own.
pub(super) fn unit(term: &'static Term, head: Range<usize>, naming: &Naming) -> Option<Unit> {
    mention(term.text, head, naming).map(|mention| Unit::bare(term, mention))
}
