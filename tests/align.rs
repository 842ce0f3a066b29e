//! Alignment held to what is known for sure: provisions that a program dropped, moved, merged,
//! split, added and reworded are found again.
//!
//! On `corpus/`, and on 60 statutes of the folder that `ZEREN_LAWS` names. `cargo test --release
//! --test align -- --nocapture` prints the table of docs/measures.md.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zeren::compare::{Provision, align, provisions};

/// What was done to a document, or found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    /// A provision of the first stands for one of the second.
    Link(usize, usize),
    Dropped(usize),
    Added(usize),
    /// Links in another order than those around them, by the place in the first.
    Moved(usize),
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A text in which about `rate` of the characters are others: stretches of two to four are taken
/// out, replaced by one from elsewhere in the document, or put in.
fn reworded(text: &str, rate: f64, elsewhere: &[char], dice: &mut Dice) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < characters.len() {
        let length = 2 + dice.below(3);
        if dice.share() < rate / 3.0 {
            let from = dice.below(elsewhere.len());
            let other = &elsewhere[from..(from + length).min(elsewhere.len())];
            match dice.below(3) {
                0 => at += length,
                1 => {
                    out.extend(other);
                    at += length;
                }
                _ => out.extend(other),
            }
        } else {
            out.push(characters[at]);
            at += 1;
        }
    }
    out
}

/// The place in the middle of a text where a sentence ends, in bytes, if both halves say something.
fn middle(text: &str) -> Option<usize> {
    let ends = text.match_indices(['。', '；']).map(|(at, mark)| at + mark.len());
    let best = ends.min_by_key(|at| at.abs_diff(text.len() / 2))?;
    let long = |half: &str| half.chars().count() >= 25;
    (long(&text[..best]) && long(&text[best..])).then_some(best)
}

/// A document changed by program, and what was done.
fn changed(
    list: &[Provision],
    other: &[Provision],
    rate: f64,
    dice: &mut Dice,
) -> (Vec<Provision>, BTreeSet<Done>) {
    let elsewhere: Vec<char> = list.iter().flat_map(|one| one.text.chars()).collect();
    // each new provision with the old ones it is made of
    let mut made: Vec<(String, Vec<usize>)> = Vec::new();
    let mut truth = BTreeSet::new();
    let mut at = 0;
    while at < list.len() {
        let text = &list[at].text;
        match (dice.below(20), middle(text)) {
            (0 | 1, _) => {
                truth.insert(Done::Dropped(at));
            }
            (2, _) if at + 1 < list.len() => {
                made.push((format!("{text}{}", list[at + 1].text), vec![at, at + 1]));
                at += 1;
            }
            (3, Some(cut)) => {
                made.push((text[..cut].to_owned(), vec![at]));
                made.push((text[cut..].to_owned(), vec![at]));
            }
            (4, _) if !other.is_empty() => {
                made.push((text.clone(), vec![at]));
                made.push((other[dice.below(other.len())].text.clone(), Vec::new()));
            }
            _ => made.push((text.clone(), vec![at])),
        }
        at += 1;
    }
    for _ in 0..made.len() / 25 {
        let from = dice.below(made.len());
        let to = (from + made.len() / 3 + dice.below(made.len() / 3)) % made.len();
        let whole = |one: &(String, Vec<usize>), all: &[(String, Vec<usize>)]| {
            one.1.len() == 1 && all.iter().filter(|other| other.1 == one.1).count() == 1
        };
        if whole(&made[from], &made) && !truth.contains(&Done::Moved(made[from].1[0])) {
            let moved = made.remove(from);
            truth.insert(Done::Moved(moved.1[0]));
            made.insert(to.min(made.len()), moved);
        }
    }
    let mut new = Vec::new();
    for (to, (text, of)) in made.into_iter().enumerate() {
        if of.is_empty() {
            truth.insert(Done::Added(to));
        }
        truth.extend(of.iter().map(|&from| Done::Link(from, to)));
        let text = reworded(&text, rate, &elsewhere, dice);
        let headings = of.first().map_or(Vec::new(), |&from| list[from].headings.clone());
        new.push(Provision {
            eid: format!("new_{to}"),
            unit: format!("{to}"),
            headings,
            shown: text.clone(),
            text,
        });
    }
    (new, truth)
}

/// What the alignment says was done.
fn found(a: &[Provision], b: &[Provision]) -> BTreeSet<Done> {
    let mut found = BTreeSet::new();
    for group in align(a, b).groups {
        match (group.a.as_slice(), group.b.as_slice()) {
            (a, []) => found.extend(a.iter().map(|&at| Done::Dropped(at))),
            ([], b) => found.extend(b.iter().map(|&at| Done::Added(at))),
            (a, b) => {
                let links =
                    a.iter().flat_map(|&from| b.iter().map(move |&to| Done::Link(from, to)));
                found.extend(links);
                if group.moved {
                    found.insert(Done::Moved(a[0]));
                }
            }
        }
    }
    found
}

/// Whether an operation is of a sort.
type Sort = fn(&Done) -> bool;

/// Right, found and true operations, summed.
#[derive(Clone, Copy, Default)]
struct Score {
    right: usize,
    found: usize,
    truth: usize,
}

impl Score {
    fn add(&mut self, found: &BTreeSet<Done>, truth: &BTreeSet<Done>, of: Sort) {
        self.right += found.intersection(truth).filter(|one| of(one)).count();
        self.found += found.iter().filter(|one| of(one)).count();
        self.truth += truth.iter().filter(|one| of(one)).count();
    }

    fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.truth).max(1) as f64
    }
}

const RATES: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

/// F1 by rate of rewording, over all operations; printed with those of each sort.
fn measure(documents: &[Vec<Provision>]) -> Vec<f64> {
    let sorts: [(&str, Sort); 5] = [
        ("all", |_| true),
        ("links", |one| matches!(one, Done::Link(..))),
        ("dropped", |one| matches!(one, Done::Dropped(_))),
        ("added", |one| matches!(one, Done::Added(_))),
        ("moved", |one| matches!(one, Done::Moved(_))),
    ];
    let names: Vec<&str> = sorts.iter().map(|(name, _)| *name).collect();
    println!("| reworded | {} |", names.join(" | "));
    let mut all = Vec::new();
    for rate in RATES {
        let mut scores = [Score::default(); 5];
        for (at, list) in documents.iter().enumerate() {
            let other = &documents[(at + 1) % documents.len()];
            let mut dice = Dice(4711 + at as u64);
            let (new, truth) = changed(list, other, rate, &mut dice);
            let found = found(list, &new);
            for (score, (_, of)) in scores.iter_mut().zip(sorts) {
                score.add(&found, &truth, of);
            }
        }
        let shown: Vec<String> = scores.iter().map(|one| format!("{:.3}", one.f1())).collect();
        println!("| {:.0} % | {} |", rate * 100.0, shown.join(" | "));
        all.push(scores[0].f1());
    }
    all
}

fn read(path: &Path) -> Vec<Vec<Provision>> {
    let bytes = std::fs::read(path).expect("a file");
    let records = zeren::parse::parse(path, &bytes).unwrap_or_default();
    records
        .iter()
        .map(|record| provisions(&record.outline))
        .filter(|list| list.len() >= 12)
        .collect()
}

/// The texts below a folder.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = files.map(|entry| entry.into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect()
}

#[test]
fn what_was_done_to_the_corpus_is_found() {
    let files = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    let documents: Vec<_> = files.iter().flat_map(|path| read(path)).collect();
    assert!(documents.len() >= 5, "{} documents", documents.len());
    println!("corpus, {} documents", documents.len());
    let f1 = measure(&documents);
    assert!(f1[0] >= 0.97 && f1[1] >= 0.95, "{f1:?}");
}

#[test]
fn what_was_done_to_statutes_is_found() {
    let Some(laws) = std::env::var_os("ZEREN_LAWS") else {
        eprintln!("skipped: `ZEREN_LAWS` names no folder of statutes");
        return;
    };
    let files = texts(Path::new(&laws));
    let chosen = files.iter().step_by(files.len().div_ceil(60));
    let documents: Vec<_> = chosen.flat_map(|path| read(path)).collect();
    println!("statutes, {} documents", documents.len());
    let f1 = measure(&documents);
    assert!(f1[0] >= 0.97 && f1[1] >= 0.95, "{f1:?}");
}
