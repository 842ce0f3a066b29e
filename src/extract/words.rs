//! The words that clause grammar turns on: predicates, adverbs, modal words, and what opens, ends
//! or marks each construction.
//!
//! In: a phrase. Out: how much of its beginning or end one word takes. Not here: organizations,
//! what a clause means, and how words are found fast (`extract::kinds`).
//!
//! `积极建立健全制度` begins with the adverb `积极`, and what follows with the predicate
//! `建立健全`.

use std::sync::LazyLock;

use super::Modality;
use super::kinds::{Begun, Kinds, Vocabulary};
use crate::text::affixes::{Affixes, Side, width};

static PREDICATES: LazyLock<Affixes<()>> =
    LazyLock::new(|| table(include_str!("../../data/predicates.tsv"), |_| Some(())));
static ADVERBS: LazyLock<Affixes<()>> =
    LazyLock::new(|| table(include_str!("../../data/adverbs.tsv"), |_| Some(())));
static MODALS: LazyLock<Affixes<Modality>> =
    LazyLock::new(|| table(include_str!("../../data/modals.tsv"), modality));
static KINDS: LazyLock<Vocabulary> = LazyLock::new(kinds);
static BEGINS: LazyLock<[Affixes<()>; NAMES.len()]> = LazyLock::new(|| classes(Side::First));
static ENDS: LazyLock<[Affixes<()>; NAMES.len()]> = LazyLock::new(|| classes(Side::Last));

/// The classes of `data/clauses.tsv`: what opens, ends or marks which construction. Their words there
/// are their examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    AboutText,
    Accounting,
    ActNoun,
    ActingPlace,
    AfterSubject,
    Announcing,
    Appointing,
    ApprovalEnd,
    Asking,
    Background,
    Basis,
    BasisEnd,
    BodyEnd,
    Catching,
    CauseEnd,
    Charging,
    Claiming,
    Complaining,
    Completing,
    Conjunction,
    Consequence,
    Cut,
    Describing,
    Directing,
    Doing,
    DoingLoose,
    DoingOfficial,
    DoingPart,
    Each,
    Encouraging,
    Event,
    File,
    Fitting,
    Focusing,
    Giving,
    Governing,
    GovernmentThing,
    Handing,
    InsideVerb,
    ItemsCondition,
    ItemsDuty,
    ItemsThing,
    LastVerb,
    Legal,
    Light,
    Manner,
    MeansEnd,
    ModalInside,
    Mutual,
    ObjectFirst,
    ObjectNoun,
    ObjectVerb,
    OfficeEnd,
    OfficeThing,
    Often,
    Ordering,
    OwnName,
    OwnVerb,
    PartCooperate,
    PartLead,
    PartParticipate,
    PartResponsible,
    PlaceAct,
    PlaceEnd,
    Plan,
    Preposition,
    PrepositionNoun,
    Punishing,
    Region,
    Reporting,
    RoleCooperate,
    RoleLead,
    RoleParticipate,
    Sharing,
    SpanEnd,
    StateNoun,
    SubjectEnd,
    SubjectInside,
    Tell,
    TimeEnd,
    Transitive,
}

/// The classes' names in the table, in the order of [`Class`].
const NAMES: [&str; 81] = [
    "about_text",
    "accounting",
    "act_noun",
    "acting_place",
    "after_subject",
    "announcing",
    "appointing",
    "approval_end",
    "asking",
    "background",
    "basis",
    "basis_end",
    "body_end",
    "catching",
    "cause_end",
    "charging",
    "claiming",
    "complaining",
    "completing",
    "conjunction",
    "consequence",
    "cut",
    "describing",
    "directing",
    "doing",
    "doing_loose",
    "doing_official",
    "doing_part",
    "each",
    "encouraging",
    "event",
    "file",
    "fitting",
    "focusing",
    "giving",
    "governing",
    "government_thing",
    "handing",
    "inside_verb",
    "items_condition",
    "items_duty",
    "items_thing",
    "last_verb",
    "legal",
    "light",
    "manner",
    "means_end",
    "modal_inside",
    "mutual",
    "object_first",
    "object_noun",
    "object_verb",
    "office_end",
    "office_thing",
    "often",
    "ordering",
    "own_name",
    "own_verb",
    "part_cooperate",
    "part_lead",
    "part_participate",
    "part_responsible",
    "place_act",
    "place_end",
    "plan",
    "preposition",
    "preposition_noun",
    "punishing",
    "region",
    "reporting",
    "role_cooperate",
    "role_lead",
    "role_participate",
    "sharing",
    "span_end",
    "state_noun",
    "subject_end",
    "subject_inside",
    "tell",
    "time_end",
    "transitive",
];

/// What may follow a short modal word only where it is part of another word: 要求, 应急, 须知.
fn no_modal(word: &str) -> &'static str {
    match word {
        "不可" => "移抗分逆再替缺预降知思或靠避撤兼",
        "要" => "求素点件闻案么领事害职塞约",
        "应" => "急用对答届聘税诉试纳收邀激力变声付征有",
        "须" => "知",
        "禁止" => "或、和区",
        "需" => "求要",
        _ => "",
    }
}

/// What may follow a verb only where it is part of another word: 联合会, 组织法.
fn no_predicate(word: &str) -> &'static str {
    match word {
        "联合" => "会国体",
        "组织" => "法",
        _ => "",
    }
}

/// The kinds of words beside the classes.
const PREDICATE: usize = NAMES.len();
const ADVERB: usize = NAMES.len() + 1;
const MODAL: usize = NAMES.len() + 2;
const NUMERAL: usize = NAMES.len() + 3;
const MODIFIER: usize = NAMES.len() + 4;
const TURN: usize = NAMES.len() + 5;

/// What numbers are written with.
pub(super) const NUMERALS: [&str; 13] =
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两"];

/// The characters that modifiers begin with beside those of their classes, but for digits.
const MODIFYING: &str = "到至于在截自应年当次本力第视一二三四五六七八九十半每定不通与以为如若除违未经直因依两从受提便利发凡遇凭";

/// 《》, and the characters that words begin with which end a subject: modal words, 负责, 每年.
const TURNING: &str = "《》应不必可严禁有须要需负承履每定";

/// The characters of a phrase that are brackets or quotes, or may begin a word that ends a subject, and
/// where they stand; some other marks may be among them.
pub(super) fn turns(phrase: &str) -> impl Iterator<Item = (usize, char)> {
    const ANY: Kinds = Kinds::of(&[TURN]);
    let words: &Vocabulary = &KINDS;
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(&first) = phrase.as_bytes().get(next) {
            let at = next;
            next += width(first);
            // the vocabulary has no “ and （
            if matches!(first, 0xE2 | 0xEF) || words.opens_at(ANY, phrase, at) {
                return Some((at, phrase[at..].chars().next()?));
            }
        }
        None
    })
}

/// Where marks of grammar stand as words of their own: `向` in `不再向债权人`, not in `方向`. By the characters that make
/// another word of a mark, `after` it and `before` it.
pub(super) fn apart(
    text: &str,
    marks: &[char],
    after: &[(char, &str)],
    before: &[(char, &str)],
) -> impl Iterator<Item = usize> {
    let makes_word = |table: &[(char, &str)], mark: char, beside: Option<char>| {
        beside.is_some_and(|beside| {
            table.iter().any(|(of, parts)| *of == mark && parts.contains(beside))
        })
    };
    text.char_indices()
        .filter(|(_, one)| marks.contains(one))
        .filter(move |&(at, mark)| {
            !makes_word(after, mark, text[at + mark.len_utf8()..].chars().next())
                && !makes_word(before, mark, text[..at].chars().next_back())
        })
        .map(|(at, _)| at)
}

/// Whether a modifier may begin a phrase, by its first character.
#[inline]
pub(super) fn may_modify(phrase: &str) -> bool {
    const ANY: Kinds = Kinds::of(&[
        Class::Conjunction as usize,
        Class::Basis as usize,
        Class::Manner as usize,
        MODIFIER,
    ]);
    KINDS.opens(ANY, phrase) || phrase.bytes().next().is_some_and(|first| first.is_ascii_digit())
}

/// How many bytes a phrase begins with that are a word of a kind: most places begin none, and most words
/// have two characters, so that those tell. Of longer ones a table knows the longest.
#[inline(always)]
fn begun<V: 'static>(kind: usize, phrase: &str, words: impl Fn() -> &'static Affixes<V>) -> usize {
    length(KINDS.begun(kind, phrase), || words().longest(phrase))
}

#[inline(always)]
fn length<V: 'static>(begun: Begun, longest: impl Fn() -> Option<(usize, &'static V)>) -> usize {
    match begun {
        Begun::Nothing => 0,
        Begun::One => "词".len(),
        Begun::Two => "词语".len(),
        Begun::More => longest().map_or(0, |(length, _)| length),
    }
}

/// How many bytes of predicate a phrase begins with; 0 where it begins with none.
#[inline]
pub(super) fn predicate(phrase: &str) -> usize {
    const ANY: Kinds = Kinds::of(&[PREDICATE]);
    if KINDS.opens(ANY, phrase) { known_predicate(phrase) } else { 0 }
}

fn known_predicate(phrase: &str) -> usize {
    let length = begun(PREDICATE, phrase, || &PREDICATES);
    match length == "联合".len() && goes_on(&phrase[length..], no_predicate(&phrase[..length])) {
        true => 0,
        false => length,
    }
}

/// Whether a phrase goes on with one of some characters.
fn goes_on(rest: &str, characters: &str) -> bool {
    !characters.is_empty() && rest.starts_with(|next| characters.contains(next))
}

fn adverb(phrase: &str) -> usize {
    begun(ADVERB, phrase, || &ADVERBS)
}

/// How many bytes of adverbs a phrase begins with, also several: `进一步加快` has one, as 加快 is
/// a predicate.
#[inline]
pub(super) fn adverbs(phrase: &str) -> usize {
    const ANY: Kinds = Kinds::of(&[ADVERB]);
    if KINDS.opens(ANY, phrase) { all_adverbs(phrase) } else { 0 }
}

fn all_adverbs(phrase: &str) -> usize {
    let mut at = 0;
    while let length = adverb(&phrase[at..])
        && length > 0
    {
        at += length;
        // 地 closes a manner; `、` and 和 join two of them: `及时、准确`, `全面和准确`
        for joint in ["地", "、", "和"] {
            let rest = &phrase[at..];
            if rest.starts_with(joint)
                && (joint == "地" || adverb(&rest[joint.len()..]) > 0)
                && !rest.starts_with("地方")
                && !rest.starts_with("地区")
            {
                at += joint.len();
            }
        }
    }
    at
}

/// The modal word a phrase begins with: its length and force.
pub(super) fn modal(phrase: &str) -> Option<(usize, Modality)> {
    if KINDS.begun(MODAL, phrase) == Begun::Nothing {
        return None;
    }
    let (length, force) = MODALS.longest(phrase)?;
    // 应|当事人请求
    let party = phrase.starts_with("应当事人");
    let part = goes_on(&phrase[length..], no_modal(&phrase[..length]));
    (!party && !part).then_some((length, *force))
}

/// Whether a phrase begins with a predicate, after adverbs or by itself (`严格项目验收`, where the
/// adverb is the verb).
pub(super) fn begins_predicate(phrase: &str) -> bool {
    const EITHER: Kinds = Kinds::of(&[ADVERB, PREDICATE]);
    KINDS.opens(EITHER, phrase) && begins_act(phrase)
}

fn begins_act(phrase: &str) -> bool {
    let adverbs = adverbs(phrase);
    predicate(&phrase[adverbs..]) > 0 || (adverbs > 0 && predicate(phrase) > 0)
}

/// How many bytes a phrase begins with that are a word of a class of `data/clauses.tsv`; 0 where it
/// begins with none.
#[inline(always)]
pub(super) fn begins(class: Class, phrase: &str) -> usize {
    match KINDS.begun(class as usize, phrase) {
        Begun::Nothing => 0,
        begun => longest(class, begun, phrase),
    }
}

/// Most places of a text begin no word of a class, so that this stands apart.
#[inline(never)]
fn longest(class: Class, begun: Begun, phrase: &str) -> usize {
    length(begun, || BEGINS[class as usize].longest(phrase))
}

/// Whether a word of one of some classes may begin a phrase, by its first character alone.
#[inline]
pub(super) fn may_begin<const N: usize>(classes: [Class; N], phrase: &str) -> bool {
    KINDS.opens(Kinds::of(&classes.map(|class| class as usize)), phrase)
}

/// What [`may_hold`] can tell of: classes that most clauses hold no word of.
const TOLD: Kinds = Kinds::of(&[
    Class::AboutText as usize,
    Class::Catching as usize,
    Class::Handing as usize,
    Class::Often as usize,
    Class::OwnName as usize,
    Class::Reporting as usize,
    Class::SpanEnd as usize,
    NUMERAL,
]);

/// The classes of which words may stand in a text, for [`may_hold`].
pub(super) fn standing(text: &str) -> Kinds {
    KINDS.standing(TOLD, text)
}

/// Whether a word of a class may stand in a text, or in a part of it: where not, it need not be looked
/// for. Of a class that is not among [`TOLD`], nothing is known.
#[inline]
pub(super) fn may_hold(text: Kinds, class: Class) -> bool {
    !TOLD.has(class as usize) || text.has(class as usize)
}

/// How many bytes a phrase ends with that are a word of a class; 0 where it ends with none.
pub(super) fn ends(class: Class, phrase: &str) -> usize {
    ENDS[class as usize].longest(phrase).map_or(0, |(length, _)| length)
}

/// Whether a Chinese numeral stands in a text.
pub(super) fn may_hold_numeral(text: Kinds) -> bool {
    text.has(NUMERAL)
}

/// Where a word of a class first stands in a phrase.
pub(super) fn find(class: Class, phrase: &str) -> Option<usize> {
    find_from(class, phrase, 0).map(|(at, _)| at)
}

/// Where a word of a class first stands in a phrase from a byte on, and how long it is.
pub(super) fn find_from(class: Class, phrase: &str, from: usize) -> Option<(usize, usize)> {
    let mut from = from;
    loop {
        let (at, begun) = KINDS.find(class as usize, phrase, from)?;
        match length(begun, || BEGINS[class as usize].longest(&phrase[at..])) {
            0 => from = at + "词".len(),
            length => return Some((at, length)),
        }
    }
}

/// Whether a word of a class stands anywhere in a phrase.
pub(super) fn holds(class: Class, phrase: &str) -> bool {
    find(class, phrase).is_some()
}

/// Whether a phrase is a word of a class.
pub(super) fn is(class: Class, phrase: &str) -> bool {
    !phrase.is_empty() && begins(class, phrase) == phrase.len()
}

fn modality(word: &str) -> Option<Modality> {
    match word {
        "obligation" => Some(Modality::Obligation),
        "prohibition" => Some(Modality::Prohibition),
        "permission" => Some(Modality::Permission),
        "encouragement" => Some(Modality::Encouragement),
        _ => None,
    }
}

/// All words with their kinds.
fn kinds() -> Vocabulary {
    let class = |name| NAMES.binary_search(&name).ok();
    let own = class_rows().filter_map(|(word, name)| Some((word, class(name)?)));
    let of = |table, kind| rows(table).map(move |(word, _)| (word, kind));
    Vocabulary::new(
        own.chain(of(include_str!("../../data/predicates.tsv"), PREDICATE))
            .chain(of(include_str!("../../data/adverbs.tsv"), ADVERB))
            .chain(of(include_str!("../../data/modals.tsv"), MODAL))
            .chain(NUMERALS.map(|word| (word, NUMERAL)))
            .chain(MODIFYING.split_inclusive(|_| true).map(|word| (word, MODIFIER)))
            .chain(TURNING.split_inclusive(|_| true).map(|word| (word, TURN))),
    )
}

/// The words of each class, to be looked up at one side of a phrase.
fn classes(side: Side) -> [Affixes<()>; NAMES.len()] {
    let mut words: [Vec<&'static str>; NAMES.len()] = std::array::from_fn(|_| Vec::new());
    for (word, name) in class_rows() {
        if let Ok(class) = NAMES.binary_search(&name) {
            words[class].push(word);
        }
    }
    words.map(|words| Affixes::new(side, words.into_iter().map(|word| (word, ()))))
}

/// The terms of `data/clauses.tsv` with the names of their classes.
fn class_rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("../../data/clauses.tsv"))
}

/// The first two columns of a lexicon.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    })
}

/// A lexicon whose first column is the term and whose second gives its value.
fn table<V>(table: &'static str, value: impl Fn(&str) -> Option<V>) -> Affixes<V> {
    let rows = rows(table).filter_map(|(term, second)| Some((term, value(second)?)));
    Affixes::new(Side::First, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adverbs_chain_and_stop_before_the_predicate() {
        for (phrase, rest) in [
            ("积极建立健全制度", "建立健全制度"),
            ("及时、准确报送数据", "报送数据"),
            ("有针对性地改进服务", "改进服务"),
            ("加强管理", "加强管理"),
        ] {
            assert_eq!(&phrase[adverbs(phrase)..], rest, "{phrase}");
        }
    }

    #[test]
    fn a_mark_in_a_word_is_none() {
        let at = |text: &str| apart(text, &['向'], &[('向', "导")], &[('向', "方")]).next();
        assert_eq!(at("不再向债权人"), Some(6));
        assert_eq!(at("方向"), None);
        assert_eq!(at("向导"), None);
    }

    #[test]
    fn a_modal_word_is_not_part_of_another() {
        assert_eq!(modal("要加强"), Some((3, Modality::Obligation)));
        assert_eq!(modal("要求企业"), None);
        assert_eq!(modal("应急管理"), None);
        assert_eq!(modal("不得擅自"), Some((6, Modality::Prohibition)));
    }

    #[test]
    fn each_class_has_words_and_a_name() {
        for (at, name) in NAMES.iter().enumerate() {
            assert!(class_rows().any(|(_, class)| class == *name), "{name}");
            assert!(at == 0 || NAMES[at - 1] < *name, "{name}");
        }
        for (term, class) in class_rows() {
            assert!(NAMES.contains(&class), "{term}: {class}");
        }
        let last = format!("{:?}", Class::Transitive).to_lowercase();
        assert_eq!(
            (Class::Transitive as usize, last.as_str()),
            (NAMES.len() - 1, NAMES[NAMES.len() - 1])
        );
    }

    #[test]
    fn lexicons_are_sorted_and_sourced() {
        for table in [
            include_str!("../../data/predicates.tsv"),
            include_str!("../../data/adverbs.tsv"),
            include_str!("../../data/modals.tsv"),
            include_str!("../../data/clauses.tsv"),
        ] {
            let lines: Vec<&str> = table.lines().collect();
            assert!(lines[0].starts_with("term\t") && lines[0].ends_with("source"));
            let columns = lines[0].split('\t').count();
            for pair in lines[1..].windows(2) {
                assert!(pair[0] < pair[1], "{} before {}", pair[0], pair[1]);
            }
            for line in &lines[1..] {
                let term = line.split('\t').next().unwrap_or_default();
                // `kinds` tells words by their first two characters
                assert!(
                    term.chars().take(2).all(|c| ('\u{3000}'..='\u{9fff}').contains(&c)),
                    "{term}"
                );
                assert!(
                    line.split('\t').filter(|cell| !cell.is_empty()).count() == columns,
                    "{line}"
                );
            }
        }
    }
}
