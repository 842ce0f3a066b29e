//! A question cut into words.
//!
//! In: a run of characters. Out: its words, by how often words occur in statutes
//! (`data/words.tsv`); what the table doesn't know stays together. The table is searched as it lies
//! in the program, so that a question loads nothing. Not here: what the words are looked for in;
//! texts are not cut at all.
//!
//! `扶贫资金监管` is 扶贫, 资金 and 监管.

use super::synonym;

/// Words with their counts, a line each, sorted.
static TABLE: &str = include_str!("../../data/words.tsv");

/// The longest word, in characters.
const LONGEST: usize = 12;

/// About how many words the counts are of.
const TOTAL: f64 = 8e6;

/// What a word of two characters counts that the table doesn't know but that has synonyms.
const EVERYDAY: f64 = 50.0;

/// What a character alone counts that the table doesn't know.
const ALONE: f64 = 0.5;

/// Cuts what was typed into words of two characters or more; a character is a word only where it
/// stands alone. With `synonyms`, a long word that has them stays whole.
pub(crate) fn cut(typed: &str, synonyms: bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for run in typed.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let characters = run.chars().collect::<Vec<_>>();
        let mut cut = with_unknown(&likeliest(&characters, synonyms));
        if cut.is_empty() {
            cut.push(run.to_owned());
        }
        words.extend(cut);
    }
    words.dedup();
    words
}

/// As [`cut`], with the characters that stand alone and may say something: 巡 of `巡一次河`.
pub(crate) fn with_single(typed: &str, synonyms: bool) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for run in typed.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let cut = likeliest(&run.chars().collect::<Vec<_>>(), synonyms);
        words.extend(with_unknown(&cut));
        words.extend(cut.into_iter().filter(|word| {
            word.chars().count() == 1 && !PARTICLES.contains(&**word) && !word.is_ascii()
        }));
    }
    words
}

/// How often a word occurs in statutes; none where the table hasn't got it.
pub(crate) fn count(word: &str) -> Option<u32> {
    let bytes = TABLE.as_bytes();
    let (mut low, mut high) = (TABLE.find('\n').map_or(0, |at| at + 1), TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let begin =
            bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |n| low + n + 1);
        let end = bytes[begin..].iter().position(|&b| b == b'\n').map_or(high, |n| begin + n);
        let (known, count) = TABLE[begin..end].split_once('\t')?;
        match known.cmp(word) {
            std::cmp::Ordering::Equal => return count.parse().ok(),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = begin,
        }
    }
    None
}

/// The cut whose words are together the most frequent.
fn likeliest(run: &[char], synonyms: bool) -> Vec<String> {
    let mut best = vec![(0.0, 0); run.len() + 1];
    for end in 1..=run.len() {
        best[end] = (f64::NEG_INFINITY, end - 1);
        for start in end.saturating_sub(LONGEST)..end {
            let word = run[start..end].iter().collect::<String>();
            let known = count(&word).map(f64::from);
            let has_synonyms = || synonyms && !synonym::of(&word).is_empty();
            let counts = match end - start {
                1 => Some(known.unwrap_or(ALONE)),
                2 if known.is_none() && has_synonyms() => Some(EVERYDAY),
                2 => known,
                _ if has_synonyms() => Some(TOTAL),
                _ => known,
            };
            let Some(counts) = counts else { continue };
            let score = best[start].0 + (counts / TOTAL).ln();
            if score > best[end].0 {
                best[end] = (score, start);
            }
        }
    }
    let mut words = Vec::new();
    let mut end = run.len();
    while end > 0 {
        let start = best[end].1;
        words.push(run[start..end].iter().collect());
        end = start;
    }
    words.reverse();
    joined(words)
}

/// Letters and digits stay together: `GB18030`.
fn joined(cut: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in cut {
        match words.last_mut() {
            Some(last) if last.is_ascii() && word.is_ascii() => last.push_str(&word),
            _ => words.push(word),
        }
    }
    words
}

/// The words of a cut, with what stands between them where it is longer than a character: a word
/// that the table doesn't know. A character alone is a particle.
fn with_unknown(cut: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut unknown = String::new();
    for word in cut.iter().map(String::as_str).chain([""]) {
        let alone = word.chars().count() == 1;
        if alone && !PARTICLES.contains(word) {
            unknown.push_str(word);
            continue;
        }
        let whole = std::mem::take(&mut unknown);
        words.extend(
            [&whole, word].into_iter().filter(|w| w.chars().count() > 1).map(str::to_owned),
        );
    }
    words
}

/// Characters that join words and are no part of one.
const PARTICLES: &str =
    "的和与及或在对向由为是被把将从于以等有了之其所因到要该应里时个每就也都还又再能会可让给";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        let lines = TABLE.lines().collect::<Vec<_>>();
        assert_eq!(lines[0], "word\tcount");
        let words = lines[1..].iter().map(|line| line.split_once('\t').expect("two columns"));
        let words = words.map(|(word, count)| (word, count.parse::<u32>().expect("a count")));
        assert!(words.clone().is_sorted());
        for (word, counted) in words.step_by(97) {
            assert_eq!(count(word), Some(counted), "`{word}`");
        }
        assert!(lines[1].split('\t').next().and_then(count).is_some());
        assert_eq!(count("乌有"), None);
    }

    #[test]
    fn a_question_is_cut_into_words() {
        assert_eq!(cut("贫困退出考核", false), ["贫困", "退出", "考核"]);
        assert_eq!(cut("养犬登记的监督管理", true), ["养犬", "登记", "监督管理"]);
        assert_eq!(cut("河长巡查", true), ["河长", "巡查"]);
        assert_eq!(cut("法", true), ["法"]);
        assert_eq!(cut("2019年 GDP", true), ["2019", "GDP"]);
    }
}
