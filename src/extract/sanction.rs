//! What follows a breach: situation, whom it meets, consequence, who decides.
//!
//! In: the passages of a document with who is named in them. Out: [`Sanction`]s in the order of the
//! text. Not here: whether a consequence is somebody's duty too (`extract::duty`).
//!
//! `生产经营单位未将有关情况备案的，由应急管理部门责令限期改正；逾期未改正的，处五千元以下罚款` are two: both meet
//! 生产经营单位, both are for 应急管理部门 to decide, the second where 逾期未改正.

use std::ops::Range;

use super::clause::{self, Reading, Subject};
use super::gather::Told;
use super::modifier::Modifier;
use super::organization::{self, Naming};
use super::provision::parties;
use super::sentence::Piece;
use super::{Party, Sanction, exclusion, subject};
use crate::structure::Kind;
use crate::text::{Passage, literal};

/// Finds the sanctions of a document.
pub(super) fn sanctions(passages: &[Told<'_>], naming: &Naming) -> Vec<Sanction> {
    let mut found: Vec<Sanction> = Vec::new();
    let mut stem: Option<Stem> = None;
    for told in passages {
        stem = stem.filter(|stem| stem.holds(told));
        let kept = stem.as_ref().map(|stem| stem.known.clone()).unwrap_or_default();
        let before = found.len();
        let known = match may_punish(&told.passage) {
            true => Reader { told, naming }.passage(kept, &mut found),
            false => kept,
        };
        if found.len() > before {
            let listing = (before..found.len()).find(|&at| lists(&found[at]));
            if stem.is_none() {
                stem = Some(Stem { eid: told.node.eid.clone(), listing, known });
            }
        } else if let Some(at) = stem.as_ref().and_then(|stem| stem.listing) {
            situation(&mut found[at], told);
        }
    }
    found
}

/// A passage with a list below it, whose items are situations or consequences of their own.
struct Stem {
    eid: String,
    /// The sanction whose situations are listed.
    listing: Option<usize>,
    known: Known,
}

impl Stem {
    /// Whether a passage is an item of its list.
    fn holds(&self, told: &Told<'_>) -> bool {
        let below = told.node.eid.strip_prefix(&self.eid);
        matches!(told.node.kind, Kind::Subparagraph | Kind::Point)
            && below.is_some_and(|rest| rest.starts_with("__"))
    }
}

/// Whom a breach meets and who decides, for what comes next: 逾期未改正的，处….
#[derive(Clone, Default)]
struct Known {
    subjects: Vec<Party>,
    by: Vec<Party>,
    /// Who was told to act last, and so decides on what he finds.
    actor: Vec<Party>,
}

/// Whether a passage has what every sanction has: a situation that 的 closes, and a word of a
/// consequence.
fn may_punish(passage: &Passage<'_>) -> bool {
    const CONSEQUENCES: [&str; 7] = ["罚", "责", "处分", "吊销", "没收", "撤销", "警告"];
    passage.holds("的") && passage.holds_any(&CONSEQUENCES)
}

/// What the words of a consequence have in common, of which each has one.
const MARKS: [&str; 14] =
    ["罚", "责", "处", "吊", "没收", "撤", "追", "赔", "警", "拘", "移送", "取消", "依照", "犯罪"];

/// `有下列情形之一的`: what is listed below are its situations.
fn lists(sanction: &Sanction) -> bool {
    sanction.conditions.iter().any(|condition| condition.contains("下列"))
}

/// An item under `有下列情形之一的，…` is a situation of that sanction.
fn situation(sanction: &mut Sanction, told: &Told<'_>) {
    if lists(sanction) {
        sanction.conditions.clear();
    }
    let text = told.passage.text.trim_end_matches(['；', '。', '，']).trim_end_matches('的');
    sanction.conditions.push(text.to_owned());
    sanction.span = sanction.span.cover(told.node.span);
}

/// What is at hand while a passage is read.
struct Reader<'a> {
    told: &'a Told<'a>,
    naming: &'a Naming,
}

impl Reader<'_> {
    fn passage(&self, mut known: Known, found: &mut Vec<Sanction>) -> Known {
        for sentence in self.told.sentences() {
            let pieces = &sentence.pieces;
            let opens = |&at: &usize| at == pieces.len() || (at > 0 && pieces[at].opens);
            let mut start = 0;
            while let Some(end) = (start + 1..=pieces.len()).find(opens) {
                self.segment(&pieces[..end], start, &mut known, found);
                start = end;
            }
            if let Some(actor) = self.actor(&pieces[..1]) {
                known.actor = actor;
            }
        }
        known
    }

    /// Reads what stands between two ；, the pieces from `from` on of a sentence: situations and what
    /// follows them, in turns.
    fn segment(
        &self,
        pieces: &[Piece],
        mut from: usize,
        known: &mut Known,
        found: &mut Vec<Sanction>,
    ) {
        let closed = |from: usize| (from..pieces.len()).find(|&at| self.closes(pieces, at));
        while let Some(mut close) = closed(from) {
            // 未取得许可证的，或者许可证失效的，处…: one situation, closed twice
            while closed(close + 1) == Some(close + 1) {
                close += 1;
            }
            let end = closed(close + 1).unwrap_or(pieces.len());
            let region = &pieces[close + 1..end];
            let Some(last) = region.iter().rposition(|piece| self.punishes(piece)) else {
                from = close + 1;
                continue;
            };
            let situation = self.situation(&pieces[..=close], from);
            if situation.found {
                let actor = self.actor(&pieces[..situation.opens]);
                known.by = actor.unwrap_or_else(|| known.actor.clone());
            }
            self.consequences(&region[..=last], &situation, known, found);
            from = close + last + 2;
        }
    }

    /// Whether a piece ends a situation: `逾期未改正的`, or `对拒不改正的单位` right before what follows.
    fn closes(&self, pieces: &[Piece], at: usize) -> bool {
        let text = self.text(&pieces[at]);
        let fronted = || {
            text.starts_with('对')
                && text.contains('的')
                && pieces.get(at + 1).is_some_and(|next| self.punishes(next))
        };
        (text.ends_with('的') && text.len() > "的的".len()) || fronted()
    }

    /// Whether a piece is what follows a breach, whoever decides it.
    fn punishes(&self, piece: &Piece) -> bool {
        let said = self.text(piece).trim_start_matches(['并', '且', '再']);
        if said.starts_with("限期") || literal::holds(said, "罚款") || exclusion::consequence(said)
        {
            return true;
        }
        // most clauses have nothing of a consequence, and need not be read
        literal::holds_any(said, &MARKS) && {
            let action = &self.told.passage.text[self.read(piece).action.clone()];
            exclusion::consequence(action.trim_start_matches(['并', '且']))
        }
    }

    /// Reads the situation that ends with the last of a sentence's pieces; those before `from` are
    /// none of it, nor is what is demanded of whoever decides (`市人民政府应当加强监督，|对不履行职责的，依法追究
    /// 责任`).
    fn situation(&self, pieces: &[Piece], from: usize) -> Situation {
        let last = pieces.len() - 1;
        let fronted = |at: usize| {
            let text = self.text(&pieces[at]);
            ["对", "发现", "接到"].iter().any(|word| text.starts_with(word))
        };
        let demands = |at: &usize| {
            let text = self.text(&pieces[*at]);
            !text.ends_with('的')
                && !text.starts_with("违反")
                && self.read(&pieces[*at]).modality.is_some()
        };
        let start = match fronted(last) {
            true => last,
            false => (from..last).rev().find(demands).map_or(from, |at| at + 1),
        };
        let subjects = pieces[start..].iter().map(|piece| self.subjects(piece));
        let subjects = subjects.into_iter().find(|parties| !parties.is_empty());
        let range = pieces[start].range.start..pieces[last].range.end;
        let text = self.told.passage.text[range.clone()].trim_start_matches('对');
        Situation {
            text: text.trim_end_matches('的').to_owned(),
            subjects: subjects.unwrap_or_default(),
            found: fronted(start),
            opens: start,
            start: range.start,
        }
    }

    /// Who is last told to act in pieces, situations apart.
    fn actor(&self, pieces: &[Piece]) -> Option<Vec<Party>> {
        let acting = pieces.iter().rev().filter(|piece| !self.text(piece).ends_with('的'));
        let parties = acting.map(|piece| self.parties(&self.read(piece).subject));
        parties.into_iter().find(|parties| !parties.is_empty())
    }

    /// Of whom a piece of a situation is said: `生产经营单位未…的`, `产生危险废物的单位|未如实记载`.
    fn subjects(&self, piece: &Piece) -> Vec<Party> {
        let text = self.text(piece);
        if text.starts_with("违反") || text.starts_with('对') {
            return Vec::new();
        }
        let reading = self.read(piece);
        if reading.agent {
            return Vec::new();
        }
        let start = piece.range.start;
        let printed = self.parties(&reading.subject);
        if !printed.is_empty() {
            return printed;
        }
        // 矿山、建筑施工等行业的生产经营单位|违反本条例
        let breach = ["违反", "未", "有下列", "有前款", "擅自"]
            .iter()
            .filter_map(|word| literal::find(text, word));
        if let Some(cut) = breach.min().filter(|cut| *cut >= "单位".len()) {
            let mentions = organization::subject(&text[..cut], self.naming);
            if !mentions.is_empty() {
                return parties(&self.told.passage, &subject::shifted(mentions, start));
            }
        }
        let open = subject::conditional_subject(text, start, Modifier::Condition, self.naming);
        let open = self.parties(&open);
        // 经营者|伪造票据的: a name at its head, whatever it did
        let head = || {
            let group = self.told.groups.iter().find(|group| group.range.start == start)?;
            let after = &self.told.passage.text[group.range.end..];
            (!after.starts_with('的')).then(|| parties(&self.told.passage, &group.mentions))
        };
        if open.is_empty() { head().unwrap_or_default() } else { open }
    }

    /// Reads what follows a situation: one sanction for each who decides.
    fn consequences(
        &self,
        pieces: &[Piece],
        situation: &Situation,
        known: &mut Known,
        found: &mut Vec<Sanction>,
    ) {
        if !situation.subjects.is_empty() {
            known.subjects = situation.subjects.clone();
        }
        let mut from = 0;
        while from < pieces.len() {
            let acts = |piece: &Piece| {
                let reading = self.read(piece);
                reading.agent && matches!(reading.subject, Subject::Parties(_))
            };
            let end = (from + 1..pieces.len()).find(|&at| acts(&pieces[at]));
            let own = &pieces[from..end.unwrap_or(pieces.len())];
            from += own.len();
            let range = own[0].range.start..own[own.len() - 1].range.end;
            let consequence = &self.told.passage.text[range.clone()];
            let by = self.decide(&own[0], consequence, known);
            let mut subjects = known.subjects.clone();
            for party in self.met(range.clone()) {
                if subjects.iter().all(|one| one.name != party.name) {
                    subjects.push(party);
                }
            }
            found.push(Sanction {
                eid: self.told.node.eid.clone(),
                subjects,
                conditions: vec![situation.text.clone()],
                consequence: consequence.to_owned(),
                by,
                span: self.told.passage.span(situation.start..range.end),
            });
        }
    }

    /// Who decides: printed, or whoever decided before. Courts try and debtors pay without being named.
    fn decide(&self, first: &Piece, consequence: &str, known: &mut Known) -> Vec<Party> {
        let reading = self.read(first);
        let action = &self.told.passage.text[reading.action.clone()];
        let borne = ["承担", "赔偿", "负"].iter().any(|verb| action.starts_with(verb));
        let printed = self.parties(&reading.subject);
        if borne || (consequence.contains("刑事责任") && printed.is_empty()) {
            return Vec::new();
        }
        if !printed.is_empty() {
            known.by = printed;
        }
        known.by.clone()
    }

    /// Whom a consequence names as met by it: `对|直接责任人员|给予处分`, `追究|相关部门|责任`.
    fn met(&self, range: Range<usize>) -> Vec<Party> {
        let text = &self.told.passage.text;
        let groups = self.told.groups.iter().filter(|group| {
            range.start <= group.range.start && group.range.end <= range.end && {
                let before = &text[range.start..group.range.start];
                ["对", "对其", "追究", "责令"].iter().any(|word| before.ends_with(word))
            }
        });
        let mut met: Vec<Party> =
            groups.flat_map(|group| parties(&self.told.passage, &group.mentions)).collect();
        // 追究|相关部门和人员|责任: 人员 is known by what it stands beside
        if let Some(at) = text[range.clone()].find("追究") {
            let start = range.start + at + "追究".len();
            let object = text[start..range.end].split("责任").next().unwrap_or_default();
            let object = object.strip_suffix('的').unwrap_or(object);
            let mentions = organization::subject(object, self.naming);
            met.extend(parties(&self.told.passage, &subject::shifted(mentions, start)));
        }
        met
    }

    fn read<'p>(&self, piece: &'p Piece) -> &'p Reading {
        let Told { passage, groups, .. } = self.told;
        clause::of(piece, &passage.text, groups, self.naming)
    }

    fn parties(&self, subject: &Subject) -> Vec<Party> {
        match subject {
            Subject::Parties(mentions) => parties(&self.told.passage, mentions),
            _ => Vec::new(),
        }
    }

    fn text(&self, piece: &Piece) -> &str {
        &self.told.passage.text[piece.range.clone()]
    }
}

/// What is breached, and by whom.
struct Situation {
    text: String,
    subjects: Vec<Party>,
    /// Whether who is told to act before it finds it, and so decides: 对…的, 发现…的.
    found: bool,
    /// The piece that opens it.
    opens: usize,
    /// Where it begins in the passage.
    start: usize,
}
