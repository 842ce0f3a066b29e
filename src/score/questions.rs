//! How near search comes to questions with known answers.
//!
//! In: [`Question`]s with the provisions that answer them, and what was found for each, in order. Out:
//! a [`Tally`]: success at 1 and at 5, the mean reciprocal rank, and of questions for a bearer whether
//! the first answer names it. Not here: searching.
//!
//! Asked for `第八条（一）`, a hit on `第八条` is right, as one on `第八条（一）` is for `第八条`.

use serde::{Deserialize, Serialize};

use super::Share;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name.
    pub id: String,
    /// `who` asks for a bearer; `words`, `phrase` and `facet` for provisions.
    pub kind: String,
    /// `simplified` or `traditional`
    #[serde(default)]
    pub script: String,
    /// As it is typed.
    pub query: String,
    /// What answers it, any of them.
    pub answers: Vec<Answer>,
}

/// A provision that answers a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The end of the file's path; `laws/` at its head is the folder of the statutes.
    pub file: String,
    /// Which document of the file, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<usize>,
    /// The printed path of the provision; empty for any of the document.
    pub article: String,
    /// Who bears the duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearer: Option<String>,
    /// Who bears it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bearers: Vec<String>,
}

/// What was found in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// All files that hold it, each with which document of it.
    pub files: Vec<(String, usize)>,
    /// The printed path of the provision.
    pub article: String,
    /// Who bears it, where that was asked for.
    pub bearer: Option<String>,
}

impl Answer {
    fn is_in(&self, found: &Found) -> bool {
        let file = self.file.strip_prefix("laws/").unwrap_or(&self.file);
        let named = |path: &str| path == file || path.ends_with(&format!("/{file}"));
        let right = found.files.iter().any(|(path, n)| {
            named(&path.replace('\\', "/")) && self.n.is_none_or(|wanted| wanted == *n)
        });
        right && (self.article.is_empty() || same_provision(&self.article, &found.article))
    }

    /// Whether a bearer is one of those who are right; found, a name may have more before it:
    /// `所在地县级人民政府` is `县级人民政府`.
    fn names(&self, bearer: &str) -> bool {
        self.bearers.iter().chain(&self.bearer).any(|name| bearer.ends_with(name.as_str()))
    }
}

/// Whether two printed paths mean the same provision, or one a part of the other's article.
fn same_provision(wanted: &str, found: &str) -> bool {
    if wanted == found {
        return true;
    }
    let below = |whole: &str, part: &str, marks: &[char]| {
        !whole.is_empty() && part.strip_prefix(whole).is_some_and(|rest| rest.starts_with(marks))
    };
    below(found, wanted, &['（']) || below(wanted, found, &['（', '/'])
}

/// Where the first right one stands, counted from 1.
pub fn rank(question: &Question, found: &[Found]) -> Option<usize> {
    let right = |found: &Found| {
        question.answers.iter().any(|answer| {
            answer.is_in(found) && found.bearer.as_ref().is_none_or(|bearer| answer.names(bearer))
        })
    };
    found.iter().position(right).map(|at| at + 1)
}

/// Whether what was found first names a bearer who is right.
pub fn bearer(question: &Question, found: &[Found]) -> bool {
    let named = found.first().and_then(|found| found.bearer.as_deref());
    named.is_some_and(|name| question.answers.iter().any(|answer| answer.names(name)))
}

/// Figures over questions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many were asked.
    pub of: usize,
    /// How many were answered first.
    pub at_1: usize,
    /// How many were answered among the first five.
    pub at_5: usize,
    /// The sum of reciprocal ranks.
    pub reciprocal: f64,
    /// How many asked for a bearer, and how many of them the first answer names.
    pub bearer: Share,
}

impl Tally {
    /// Counts one more question, by the rank of its answer.
    pub fn count(&mut self, rank: Option<usize>, bearer: Option<bool>) {
        self.of += 1;
        self.at_1 += usize::from(rank == Some(1));
        self.at_5 += usize::from(rank.is_some_and(|rank| rank <= 5));
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / rank as f64);
        self.bearer.of += usize::from(bearer.is_some());
        self.bearer.right += usize::from(bearer == Some(true));
    }

    /// The mean reciprocal rank.
    pub fn mrr(&self) -> f64 {
        self.reciprocal / self.of.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_a_part_of_its_article() {
        assert!(same_provision("第八条（一）", "第八条"));
        assert!(same_provision("第八条", "第八条（一）"));
        assert!(same_provision("一/（二）", "一/（二）/3"));
        assert!(!same_provision("一/（二）", "一"));
        assert!(!same_provision("第八条", "第八十条"));
        assert!(!same_provision("第八条", ""));
    }
}
