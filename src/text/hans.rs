//! Traditional to simplified, on OpenCC's dictionaries.
//!
//! In: characters. Out: simplified characters, each with the characters it comes from, and what
//! script a stretch is in. Not here: other steps of normalising, and where the characters lie.
//!
//! `瞭解` gives `了解`, `乾坤` stays, and `做瞭` (converted too far) gives `做了`.
//!
//! Only what is traditional is converted. A line with more characters that only traditional
//! writing has (`國`) than ones that only simplified writing has (`国`) is traditional, and goes
//! through OpenCC's words and characters, the longest word first. In any other line just the
//! traditional characters themselves change, so that `著作权`, `乾元山` and `答覆` stay.

use std::sync::LazyLock;

use opencc_fmmseg::DictionaryMaxlength;
use rustc_hash::{FxHashMap, FxHashSet};

use super::class;
use crate::read;

/// Characters of GB 2312 that today's simplified writing never uses: in it they are a sign of
/// traditional text like any other.
const NEVER_SIMPLIFIED: &str = "後於徵菸";

/// In a line with fewer telling characters than this, the whole text decides.
const ENOUGH: usize = 3;

/// The longest stretch that is judged as one line, in characters.
const LONGEST: usize = 4096;

/// What a character says about the script it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tell {
    /// It is used in both.
    Nothing,
    /// It is used in traditional writing only.
    Traditional,
    /// It is used in simplified writing only.
    Simplified,
}

/// How many characters of each script a stretch holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    /// Characters of traditional writing only.
    pub(crate) traditional: usize,
    /// Characters of simplified writing only.
    pub(crate) simplified: usize,
}

impl Count {
    /// Counts the characters of a stretch.
    pub(crate) fn of(stretch: &str) -> Count {
        let mut count = Count::default();
        for character in stretch.chars() {
            match tell(character) {
                Tell::Traditional => count.traditional += 1,
                Tell::Simplified => count.simplified += 1,
                Tell::Nothing => {}
            }
        }
        count
    }

    fn leans_traditional(self) -> bool {
        self.traditional > self.simplified
    }
}

/// Whether a text may hold anything to convert. It is quick, and needs no dictionary: characters
/// of GB 2312 are never converted by themselves.
pub(crate) fn may_be_traditional(text: &str) -> bool {
    let rare = RARE.as_slice();
    text.chars().any(|c| rare.get(c as usize).copied().unwrap_or_else(|| is_hanzi(c)))
}

/// What a character, or the one it looks like, tells of the script.
pub(crate) fn tell(character: char) -> Tell {
    TABLES.tells.get(character as usize).copied().unwrap_or(Tell::Nothing)
}

/// How to convert a stretch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Not at all.
    Keep,
    /// Just characters and words that ordinary simplified writing doesn't have.
    Strays,
    /// All words and characters.
    All,
}

/// How to convert one line of a text, given the count of the whole, which few lines ask for.
pub(crate) fn mode(line: &str, whole: impl Fn() -> Count) -> Mode {
    let count = Count::of(line);
    let told = count.traditional + count.simplified >= ENOUGH;
    if count.leans_traditional() || (!told && whole().leans_traditional()) {
        Mode::All
    } else if may_be_traditional(line) {
        Mode::Strays
    } else {
        Mode::Keep
    }
}

/// The lines of a text with their ends; very long ones in pieces.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut ended = false;
        let (mut end, mut count) = (rest.len(), 0);
        for (at, character) in rest.char_indices() {
            if ended || count == LONGEST {
                end = at;
                break;
            }
            count += 1;
            ended = class::of(character) == class::Class::Break;
        }
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// One step of a conversion.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// How many characters are replaced, at least one.
    pub(crate) taken: usize,
    /// What they become.
    pub(crate) given: Given,
}

/// What characters become.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given {
    /// One character.
    Character(char),
    /// A character that no writing of the world has there: `瞭` of `做瞭`.
    OverConverted(char),
    /// A word.
    Word(&'static [char]),
}

/// The step at the head of `rest`, which is not empty.
pub(crate) fn step(rest: &[char], mode: Mode) -> Step {
    let first = rest[0];
    let keep = Step { taken: 1, given: Given::Character(first) };
    if mode == Mode::Keep || !is_hanzi(first) {
        return keep;
    }
    let tables: &'static Tables = &TABLES;
    let basic = (first as usize).wrapping_sub(FIRST);
    if tables.leads.get(basic).is_none_or(|&leads| leads)
        && let Some(words) = tables.words.get(&first)
    {
        let found = words.iter().find(|word| rest.starts_with(&word.from));
        if let Some(word) = found
            && (mode == Mode::All || word.ours || word.from.iter().any(|&c| is_rare(c)))
        {
            return Step { taken: word.from.len(), given: Given::Word(&word.to) };
        }
    }
    if mode == Mode::Strays && !changes_anywhere(first) {
        return keep;
    }
    let given = match first {
        '瞭' => Given::OverConverted('了'),
        '傢' if !rest.get(1).is_some_and(|c| "俱具伙夥什私".contains(*c)) => {
            Given::OverConverted('家')
        }
        _ => Given::Character(match tables.basic.get(basic) {
            Some(&given) => given,
            None => tables.characters.get(&first).copied().unwrap_or(first),
        }),
    };
    Step { taken: 1, given }
}

/// Whether a character is converted in a simplified line, too. `鱀` of `白鱀豚` has a simplified form,
/// but one beyond the basic plane, that hardly any text is written with.
fn changes_anywhere(character: char) -> bool {
    let basic = || TABLES.characters.get(&character).is_some_and(|&to| to <= '\u{ffff}');
    character == '瞭' || tell(character) == Tell::Traditional && basic()
}

fn is_hanzi(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a hanzi outside GB 2312, or one of [`NEVER_SIMPLIFIED`].
fn is_rare(character: char) -> bool {
    RARE.get(character as usize).copied().unwrap_or_else(|| is_hanzi(character))
}

/// Which characters of the basic plane are rare.
static RARE: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let folded =
        |c| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}') && class::fold(c) != c;
    let rare = |code| char::from_u32(code).is_some_and(|c| is_hanzi(c) || folded(c));
    let mut table: Vec<bool> = (0..=0xffff).map(rare).collect();
    for character in read::gb2312() {
        if let Some(slot) = table.get_mut(character as usize) {
            *slot = NEVER_SIMPLIFIED.contains(character);
        }
    }
    table
});

/// The first hanzi of the basic plane, and the end of those that are looked up by their place.
const FIRST: usize = 0x3400;
const END: usize = 0xa000;

struct Tables {
    /// What the hanzi of the basic plane become.
    basic: Vec<char>,
    /// Whether words begin with them.
    leads: Vec<bool>,
    /// Single characters, `國` → `国`.
    characters: FxHashMap<char, char>,
    /// Words by their first character, the longest first.
    words: FxHashMap<char, Vec<Word>>,
    /// What the characters of the basic plane tell.
    tells: Vec<Tell>,
}

/// A word that is converted, or kept, as a whole.
struct Word {
    from: Box<[char]>,
    to: Box<[char]>,
    /// Whether it is one of `data/hans.tsv`, which hold in every line.
    ours: bool,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

impl Tables {
    /// Takes what is needed out of OpenCC's dictionaries, and adds `data/hans.tsv`. Were the
    /// dictionaries that the library embeds ever unreadable, nothing would be converted; a test
    /// holds that they are not.
    fn new() -> Tables {
        let mut tables = Tables {
            basic: Vec::new(),
            leads: Vec::new(),
            characters: FxHashMap::default(),
            words: FxHashMap::default(),
            tells: vec![Tell::Nothing; 0x10000],
        };
        let Ok(opencc) = DictionaryMaxlength::new() else { return tables };
        for (from, to) in opencc.ts_characters.iter() {
            if let (&[from], Some(to)) = (from, to.chars().next()) {
                tables.characters.insert(from, to);
            }
        }
        for (from, to) in opencc.ts_phrases.iter() {
            tables.add(Word { from: from.into(), to: to.chars().collect(), ours: false });
        }
        for line in include_str!("../../data/hans.tsv").lines().skip(1) {
            let mut fields = line.split('\t').map(|field| field.chars().collect());
            if let (Some(from), Some(to)) = (fields.next(), fields.next()) {
                tables.add(Word { from, to, ours: true });
            }
        }
        for words in tables.words.values_mut() {
            words.sort_by(|a, b| b.from.len().cmp(&a.from.len()).then(a.from.cmp(&b.from)));
        }
        // A character that some word keeps in traditional writing (`里` of `公里`) tells nothing.
        let mut both: FxHashSet<char> = FxHashSet::default();
        for (from, to) in opencc.st_phrases.iter() {
            both.extend(from.iter().copied().zip(to.chars()).filter(|(a, b)| a == b).map(|p| p.0));
        }
        let simplified = opencc.st_characters.iter().filter_map(|(from, to)| match from {
            &[from] if !to.contains(from) && !both.contains(&from) => Some(from),
            _ => None,
        });
        tables.learn_tells(simplified.collect());
        let places = || (FIRST as u32..END as u32).filter_map(char::from_u32);
        let given = |from: char| tables.characters.get(&from).copied().unwrap_or(from);
        tables.basic = places().map(given).collect();
        tables.leads = places().map(|from| tables.words.contains_key(&from)).collect();
        tables
    }

    /// Adds a word; a later one replaces an earlier one.
    fn add(&mut self, word: Word) {
        let Some(&first) = word.from.first() else { return };
        let words = self.words.entry(first).or_default();
        words.retain(|known| known.from != word.from);
        words.push(word);
    }

    fn learn_tells(&mut self, simplified: Vec<char>) {
        for character in simplified {
            if !is_rare(character)
                && !self.characters.contains_key(&character)
                && let Some(tell) = self.tells.get_mut(character as usize)
            {
                *tell = Tell::Simplified;
            }
        }
        for (&from, &to) in &self.characters {
            if is_rare(from)
                && from != to
                && let Some(tell) = self.tells.get_mut(from as usize)
            {
                *tell = Tell::Traditional;
            }
        }
        // The look-alikes, among them radicals, tell what they are read as.
        for code in 0..self.tells.len() {
            let character = char::from_u32(code as u32).unwrap_or('\0');
            let folded = class::fold(character);
            if folded != character {
                self.tells[code] =
                    self.tells.get(folded as usize).copied().unwrap_or(Tell::Nothing);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::simplify;

    #[test]
    fn the_dictionaries_are_there() {
        assert!(TABLES.characters.len() > 3000);
        assert!(TABLES.words.values().map(Vec::len).sum::<usize>() > 400);
    }

    #[test]
    fn our_words_are_sorted() {
        let rows: Vec<Vec<&str>> = include_str!("../../data/hans.tsv")
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .collect();
        assert!(rows.is_sorted());
        assert!(rows.iter().all(|row| row.len() == 3));
    }

    #[test]
    fn what_tells() {
        for (character, expected) in [
            ('國', Tell::Traditional),
            ('於', Tell::Traditional),
            ('国', Tell::Simplified),
            ('著', Tell::Nothing),
            ('乾', Tell::Nothing),
            ('里', Tell::Nothing),
            ('后', Tell::Nothing),
        ] {
            assert_eq!(tell(character), expected, "{character}");
        }
    }

    #[test]
    fn conversions() {
        for (from, to) in [
            ("誰負責扶貧資金監管", "谁负责扶贫资金监管"),
            ("公里，裏面，綫路，爲了，隨著", "公里，里面，线路，为了，随着"),
            ("著作權人應當在顯著位置標明", "著作权人应当在显著位置标明"),
            ("瞭解情況，明瞭，瞭望，做瞭", "了解情况，明瞭，瞭望，做了"),
            ("國傢機關，傢具", "国家机关，家具"),
            ("以後", "以后"),
            (
                "著作权、乾坤、瞭望、答覆、显著、乾元山、薰蒸、二噁英",
                "著作权、乾坤、瞭望、答覆、显著、乾元山、薰蒸、二噁英",
            ),
            // Simplified texts with characters that traditional ones have otherwise, too.
            (
                "干部、干预、皇后、方面、面粉、答复、复杂、伙夫、白鱀豚、斑原鮡、征收、余姚、松花江",
                "干部、干预、皇后、方面、面粉、答复、复杂、伙夫、白鱀豚、斑原鮡、征收、余姚、松花江",
            ),
            (
                "乾隆、乾县、沈阳、藉此、慰藉、狼藉、名著、执着于、宫商角徵羽、覆盖、颠覆、回覆",
                "乾隆、乾县、沈阳、藉此、慰藉、狼藉、名著、执着于、宫商角徵羽、覆盖、颠覆、回覆",
            ),
            ("于、余、干、后、里、面、台、系、制、准", "于、余、干、后、里、面、台、系、制、准"),
            ("和广大人民群諮的事", "和广大人民群咨的事"),
        ] {
            assert_eq!(simplify(from), to);
        }
    }

    #[test]
    fn lines_lose_nothing_and_end() {
        let long = "条".repeat(LONGEST * 2 + 1);
        for text in ["", "\n", "甲\n乙", "\n\n甲\n", long.as_str()] {
            assert_eq!(lines(text).collect::<String>(), text);
        }
        assert_eq!(lines(&long).count(), 3);
    }
}
