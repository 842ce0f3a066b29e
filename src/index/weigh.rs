//! How well a duty answers a question.
//!
//! In: what a question asks for, and a passage that may hold it. Out: how much each duty and sanction
//! of the passage covers of the question, 0 to 1: a word in the action counts full, in the condition,
//! the sentence, the bearers, the provision or what stands above it less; a synonym less than the
//! word, and a word of which a character alone is there less still. Not here: which passages.
//!
//! `餐厨垃圾由谁收运` is covered by `负责餐厨垃圾的收集、运输` where 收 and 运 stand apart.

use super::passage::{Bearer, Passage, PassageDuty, PassageSanction};
use super::scope::SYNONYM;
use super::synonym;
use crate::extract::region;

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) word: String,
    /// What it counts: rare words more.
    pub(crate) weight: f32,
    /// Whether it says what is done, rather than to what.
    pub(crate) predicate: bool,
    /// Whether it is a character alone, of which nothing says that it is a word.
    pub(crate) single: bool,
}

impl Asked {
    /// Whether it is a word, by itself or by its synonyms.
    pub(crate) fn is_word(&self) -> bool {
        !self.single
    }
}

/// What besides the words lets one answer go before another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wishes {
    /// Tiers of bearers.
    pub(crate) levels: Vec<&'static str>,
    /// Roles.
    pub(crate) roles: Vec<&'static str>,
    /// Whether it asks who is responsible.
    pub(crate) responsible: bool,
    /// Whether it asks for a department or an organization, not for a person.
    pub(crate) department: bool,
    /// Whether it asks who receives something.
    pub(crate) receives: bool,
    /// What the bearer is called: of `哪一级河长` 河长.
    pub(crate) named: Option<String>,
    /// Whether it asks for what follows a breach.
    pub(crate) liability: bool,
    /// The question itself, where it asks who among those it doesn't name.
    pub(crate) question: Option<String>,
    /// Whether it asks for what is forbidden.
    pub(crate) forbids: bool,
    /// Whether synonyms count.
    pub(crate) synonyms: bool,
}

/// The parts of a passage that a duty is looked for in, with what a word in them counts.
struct Zones<'p> {
    zones: Vec<(&'p str, f32)>,
}

const ACTION: f32 = 1.0;
const CONDITION: f32 = 0.9;
const SENTENCE: f32 = 0.75;
const BEARER: f32 = 0.6;
const ABOVE: f32 = 0.6;
// What all of a text is about tells none of its duties from another.
const TITLE: f32 = 0.95;
const PROVISION: f32 = 0.55;

/// What a word counts of which only a character is there.
const PARTLY: f32 = 0.3;

/// What a character counts that is a word by its synonyms.
const CHARACTER: f32 = 0.5;

/// How much more a word counts that says what is done.
const PREDICATE: f32 = 2.0;

/// A passage, with what the words of a question count by standing anywhere in it or above it: the
/// same for all its duties.
pub(crate) struct Around<'p> {
    passage: &'p Passage,
    place: f32,
    words: Vec<Word>,
}

/// What a word counts where it is printed, and each of its characters.
struct Word {
    printed: f32,
    characters: Vec<f32>,
}

impl<'p> Around<'p> {
    pub(crate) fn of(asked: &[Asked], wishes: &Wishes, passage: &'p Passage) -> Around<'p> {
        let mut zones = above(passage).collect::<Vec<_>>();
        zones.push((&passage.text, PROVISION));
        let zones = Zones { zones };
        let word = |one: &Asked| Word {
            printed: zones.printed(&one.word, wishes.synonyms),
            characters: one.word.chars().map(|character| zones.character(character)).collect(),
        };
        let liability = is_liability(&passage.above) && !wishes.liability;
        Around {
            passage,
            place: if liability { LIABILITY } else { 1.0 },
            words: asked.iter().map(word).collect(),
        }
    }
}

/// How well a duty of a passage answers.
pub(crate) fn duty(
    asked: &[Asked],
    wishes: &Wishes,
    around: &Around<'_>,
    duty: &PassageDuty,
) -> f32 {
    let mut zones = vec![(duty.action.as_str(), ACTION)];
    zones.extend(duty.condition.iter().map(|condition| (condition.as_str(), CONDITION)));
    zones.push((sentence(&around.passage.text, &duty.action), SENTENCE));
    for bearer in &duty.bearers {
        zones.push((&bearer.name, BEARER));
        zones.extend(bearer.text.iter().map(|text| (text.as_str(), BEARER)));
    }
    let covered = Zones { zones }.covered(asked, around, wishes.synonyms);
    let shape = dense(asked, &duty.action) + ends(asked, &duty.action);
    covered * around.place * (1.0 + preferred(wishes, duty) + shape)
}

/// What a duty counts for those who bear it where it is asked who receives, and the reverse.
const OTHER_SIDE: f32 = 0.65;

/// How far a duty speaks for those who bear it.
pub(crate) fn bearing(wishes: &Wishes) -> f32 {
    if wishes.receives { OTHER_SIDE } else { 1.0 }
}

/// How far a duty speaks for those who receive what it hands over: where that is asked for, or what they
/// do with it: 批准 of `报省人民政府批准`.
pub(crate) fn receiving(asked: &[Asked], wishes: &Wishes, duty: &PassageDuty) -> f32 {
    if wishes.receives {
        return 1.0;
    }
    let behind = |party: &Bearer| {
        let text = party.text.as_deref().unwrap_or(&party.name);
        duty.action.split_once(text).map(|(_, behind)| behind)
    };
    let acts = |behind: &str| {
        let told = |word: &str| !word.is_empty() && behind.contains(word);
        asked.iter().filter(|one| one.predicate && one.word.chars().count() > 1).any(|one| {
            told(&one.word) || (wishes.synonyms && synonym::of(&one.word).iter().any(|w| told(w)))
        })
    };
    if duty.recipients.iter().filter_map(behind).any(acts) { ACTS } else { OTHER_SIDE }
}

/// What a duty counts for a receiver who does what is asked.
const ACTS: f32 = 0.95;

/// How well a clause answers in which a party is named, and the clause.
pub(crate) fn named<'p>(
    asked: &[Asked],
    wishes: &Wishes,
    around: &Around<'p>,
    party: &str,
) -> Option<(f32, &'p str)> {
    let text = &*around.passage.text;
    let weighed = text.match_indices(party).map(|(at, _)| {
        let before = &text[..at];
        let behind = &text[at + party.len()..];
        let end = behind.find(ends_clause).unwrap_or(behind.len());
        let start = before
            .rfind(ends_clause)
            .map_or(0, |mark| mark + before[mark..].chars().next().map_or(0, char::len_utf8));
        let zones = vec![
            (&behind[..end], ACTION),
            (&text[start..at + party.len() + end], CONDITION),
            (sentence(text, &text[at..at + party.len() + end]), SENTENCE),
            (party, BEARER),
        ];
        let towards = RECEIVES.iter().any(|word| before.ends_with(word));
        let does = DOES.iter().any(|word| before.ends_with(word)) || start == at;
        let counts = match wishes.receives {
            true if towards => NAMED,
            false if does => NAMED,
            _ => NAMED * OTHER_SIDE,
        };
        let covered = Zones { zones }.covered(asked, around, wishes.synonyms);
        let holder = |text: &str| HOLDER.iter().any(|word| text.contains(word));
        let counts = match &wishes.question {
            Some(question) if holder(question) && holder(&behind[..end]) => counts * HOLDS,
            _ => counts,
        };
        (counts * around.place * covered, &text[start..at + party.len() + end])
    });
    weighed.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// What a clause counts in which a party is named, of what a duty of it counts.
const NAMED: f32 = 0.85;

/// What who holds a duty is called.
const HOLDER: &[&str] = &["责任人", "责任主体", "责任单位", "主体责任"];

/// How much more a clause counts that says who that is.
const HOLDS: f32 = 1.4;

/// What stands before who acts.
const DOES: &[&str] = &[
    "由", "经", "是", "为", "请", "报", "经过", "责成", "要求", "指定", "委托", "授权", "会同",
    "通知",
];

/// What stands before who receives.
const RECEIVES: &[&str] =
    &["向", "报", "给", "送", "交", "请", "经", "告", "知", "到", "对", "征求", "听取"];

fn ends_clause(character: char) -> bool {
    matches!(character, '，' | ',') || ends_sentence(character)
}

/// What stands above a passage: the title, the headings.
fn above(passage: &Passage) -> impl Iterator<Item = (&str, f32)> {
    let lines = passage.above.lines().enumerate();
    lines.map(|(at, line)| (line, if at == 0 { TITLE } else { ABOVE }))
}

/// Whether what stands below these headings says what follows a breach, not who does what.
pub(crate) fn is_liability(above: &str) -> bool {
    ["法律责任", "罚则", "处罚"].iter().any(|word| above.contains(word))
}

/// Whether a question asks for what follows a breach.
pub(crate) fn asks_liability(typed: &str) -> bool {
    ["罚", "处分", "责令", "法律责任", "没收", "吊销"].iter().any(|word| typed.contains(word))
}

/// What a provision on the consequences of a breach counts where they are not asked for.
pub(crate) const LIABILITY: f32 = 0.7;

/// How well a sanction of a passage answers: it is asked for by what follows.
pub(crate) fn sanction(
    asked: &[Asked],
    wishes: &Wishes,
    around: &Around<'_>,
    sanction: &PassageSanction,
) -> f32 {
    let mut zones = vec![(sanction.consequence.as_str(), ACTION)];
    zones.extend(sanction.subjects.iter().map(|subject| (subject.as_str(), CONDITION)));
    zones.push((sentence(&around.passage.text, &sanction.consequence), SENTENCE));
    zones.extend(sanction.by.iter().map(|by| (by.as_str(), BEARER)));
    let place = if wishes.liability { 1.0 } else { LIABILITY };
    place * Zones { zones }.covered(asked, around, wishes.synonyms)
}

/// What speaks for one of several bearers, as a share of its score. Of keywords, that they name it; but
/// whom a question names, it doesn't ask for: 村民委员会 of `谁指导村民委员会`.
pub(crate) fn bearer(asked: &[Asked], wishes: &Wishes, name: &str) -> f32 {
    if wishes.question.as_ref().is_some_and(|question| names(question, name)) {
        return ASKS_NOT;
    }
    let named = |one: &&Asked| one.word.chars().count() > 1 && name.contains(&one.word);
    if asked.iter().any(|one| named(&one)) { 1.01 } else { 1.0 }
}

/// Whether a question names somebody, by the end of the name; not as in `哪个行政主管部门`.
fn names(question: &str, name: &str) -> bool {
    let length = name.chars().count();
    let ends = name
        .char_indices()
        .take((length + 1).saturating_sub(NAME.min(length)))
        .map(|(at, _)| &name[at..]);
    ends.into_iter().any(|end| {
        question.match_indices(end).any(|(at, _)| {
            !["哪个", "哪些", "什么", "哪一个", "哪家"]
                .iter()
                .any(|asks| question[..at].ends_with(asks))
        })
    })
}

/// How many characters of a name's end name somebody.
const NAME: usize = 4;

/// What is left of the score of a bearer whom the question names.
const ASKS_NOT: f32 = 0.7;

impl Zones<'_> {
    /// How much of what is asked for is there, 0 to 1.
    fn covered(&self, asked: &[Asked], around: &Around<'_>, synonyms: bool) -> f32 {
        let (mut sum, mut all) = (0.0, 0.0);
        for (one, near) in asked.iter().zip(&around.words) {
            let weight = one.weight * if one.predicate { PREDICATE } else { 1.0 };
            all += weight;
            sum += weight * self.word(&one.word, near, synonyms);
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    /// What a word counts where it counts most.
    fn word(&self, word: &str, near: &Word, synonyms: bool) -> f32 {
        let printed = self.printed(word, synonyms).max(near.printed);
        if printed > PARTLY { printed } else { printed.max(PARTLY * self.partly(word, near)) }
    }

    /// What a word or a synonym of it counts where it is printed.
    fn printed(&self, word: &str, synonyms: bool) -> f32 {
        let printed = |word: &str| {
            let holding = self.zones.iter().filter(|(text, _)| text.contains(word));
            holding.map(|(_, counts)| *counts).fold(0.0, f32::max)
        };
        let others = if synonyms { synonym::of(word) } else { &[] };
        // A character is a part of many words: 抓 of 抓好.
        let itself = if word.chars().nth(1).is_none() { CHARACTER } else { 1.0 } * printed(word);
        others.iter().fold(itself, |best, other| best.max(SYNONYM * printed(other)))
    }

    fn character(&self, character: char) -> f32 {
        let holding = self.zones.iter().filter(|(text, _)| text.contains(character));
        holding.map(|(_, counts)| *counts).fold(0.0, f32::max)
    }

    /// What the characters of a word count that stand apart, in the middle.
    fn partly(&self, word: &str, near: &Word) -> f32 {
        let characters = word.chars().zip(&near.characters);
        let sum = characters.map(|(c, near)| self.character(c).max(*near)).sum::<f32>();
        // What of a provision holds the character says little: any long text holds it.
        let all = near.characters.len().max(1) as f32;
        (sum / all - PROVISION).max(0.0) / (ACTION - PROVISION)
    }
}

/// What speaks for a duty besides its words, as a share of what they count.
fn preferred(wishes: &Wishes, duty: &PassageDuty) -> f32 {
    let mut sum = 0.0;
    let is = |roles: &[&str]| {
        roles.contains(&&*duty.role) || duty.responsibility.iter().any(|r| roles.contains(&&**r))
    };
    if !wishes.roles.is_empty() {
        sum += if is(&wishes.roles) { 0.3 } else { 0.0 };
    } else if is(&["lead", "responsible"]) {
        sum += 0.03;
    }
    if wishes.responsible && duty.responsibility.is_some() {
        sum += 0.45;
    }
    let level = |level: &str| wishes.levels.contains(&level);
    if duty.bearers.iter().any(|bearer| bearer.level.as_deref().is_some_and(level)) {
        sum += 0.15;
    }
    if wishes.department && duty.bearers.iter().any(|bearer| is_department(&bearer.name)) {
        sum += 0.1;
    }
    if let Some(named) = &wishes.named
        && duty.bearers.iter().any(|bearer| bearer.name.contains(named))
    {
        sum += 0.25;
    }
    if duty.bearers.iter().all(|bearer| says_nothing(&bearer.name) || is_region(&bearer.name)) {
        sum -= 0.4;
    }
    if duty.inherited {
        sum -= 0.02;
    }
    if duty.modality == "prohibition" {
        sum -= if wishes.question.is_some() && !wishes.forbids { FORBIDDEN } else { 0.1 };
    }
    sum
}

/// What a prohibition loses where it isn't asked for: it says who may not.
const FORBIDDEN: f32 = 0.35;

/// Whether a name leaves open who is meant: 下列单位.
fn says_nothing(name: &str) -> bool {
    ["下列", "上述", "前款", "本条", "任何"].iter().any(|head| name.starts_with(head))
}

/// Whether a name is one of a region, which acts by its bodies: of `上海市实行…` nobody is told.
fn is_region(name: &str) -> bool {
    name == "国家" || region::is_full_name(name)
}

/// Whether a name is one of a department or another organization rather than of a person.
fn is_department(name: &str) -> bool {
    const ENDS: &[&str] =
        &["部门", "局", "委员会", "厅", "机关", "机构", "单位", "办公室", "中心", "院"];
    ENDS.iter().any(|end| name.ends_with(end))
}

/// What a word that was asked for says where an action begins or ends, where its verb stands:
/// `…情况进行考核`, not `建立考核机制`.
fn ends(asked: &[Asked], action: &str) -> f32 {
    let action = action.trim_start_matches('为');
    let mut words = asked.iter().map(|one| &*one.word).filter(|word| word.chars().count() > 1);
    if words.any(|word| action.starts_with(word) || action.ends_with(word)) { 0.2 } else { 0.0 }
}

/// Whether a passage speaks of more than half of the words: less is another matter.
pub(crate) fn speaks(asked: &[Asked], synonyms: bool, passage: &Passage) -> bool {
    let mut texts = vec![&*passage.text, &*passage.above];
    for bearer in passage.duties.iter().flat_map(|duty| &duty.bearers) {
        texts.push(&bearer.name);
    }
    let said = |word: &str| texts.iter().any(|text| text.contains(word));
    let words = asked.iter().filter(|one| one.is_word()).collect::<Vec<_>>();
    let held = words.iter().filter(|one| {
        said(&one.word) || (synonyms && synonym::of(&one.word).iter().any(|other| said(other)))
    });
    2 * held.count() > words.len()
}

/// How much of an action is what was asked for: short actions say it, long ones also hold it.
fn dense(asked: &[Asked], action: &str) -> f32 {
    let length = action.chars().count().max(1) as f32;
    let held = asked.iter().filter(|one| action.contains(&one.word));
    let covered = held.map(|one| one.word.chars().count()).sum::<usize>() as f32;
    0.1 * (covered / length).min(1.0)
}

/// The sentence of a text in which an action begins; nothing where the text hasn't got it.
fn sentence<'t>(text: &'t str, action: &str) -> &'t str {
    let head = action.char_indices().nth(6).map_or(action, |(end, _)| &action[..end]);
    let Some(at) = text.find(action).or_else(|| text.find(head)) else { return "" };
    let before = text[..at].char_indices().rfind(|(_, c)| ends_sentence(*c));
    let start = before.map_or(0, |(at, c)| at + c.len_utf8());
    let after = text[at..].char_indices().find(|(_, c)| ends_sentence(*c));
    let end = after.map_or(text.len(), |(end, c)| at + end + c.len_utf8());
    &text[start..end]
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '；' | ';' | '！' | '？' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_is_found_with_its_sentence() {
        let text = "市州负总责。省财政厅负责管理资金，加强监督；其他部门配合。";
        assert_eq!(sentence(text, "加强监督"), "省财政厅负责管理资金，加强监督；");
        assert_eq!(sentence(text, "负总责"), "市州负总责。");
        assert_eq!(sentence(text, "养犬"), "");
    }

    #[test]
    fn a_word_counts_where_it_counts_most() {
        let zones = Zones {
            zones: vec![("负责收集、运输餐厨垃圾", ACTION), ("收运", PROVISION)]
        };
        let count = |word: &str| {
            let near = Word { printed: 0.0, characters: vec![0.0; word.chars().count()] };
            zones.word(word, &near, true)
        };
        assert_eq!(count("餐厨垃圾"), ACTION);
        assert_eq!(count("收运"), PROVISION);
        assert!(count("转运") < PARTLY);
        assert_eq!(count("养犬"), 0.0);
    }
}
