//! The steps of normalising: look-alikes, script, width, white space.
//!
//! In: the decoded source. Out: the normalised text, its [`Offsets`], and what was found on the
//! way. Not here: what a character is ([`super::class`]) and what it becomes among others
//! ([`super::width`], [`super::hans`]).
//!
//! `第 四條　省委,` gives `第四条省委，`.

use super::class::{self, Class};
use super::hans::{self, Count, Given, Mode};
use super::offsets::Offsets;
use super::width::Brackets;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// How many places a diagnostic names.
const PLACES: usize = 10;

/// A normalised text in the making, and then done.
#[derive(Debug, Default)]
pub(crate) struct Normalised {
    /// The text.
    pub(crate) content: String,
    /// Where it comes from.
    pub(crate) offsets: Offsets,
    /// Whether anything in it is traditional.
    pub(crate) traditional: bool,
    findings: Vec<Finding>,
}

/// Occurrences of one oddity.
#[derive(Debug)]
struct Finding {
    code: Code,
    found: char,
    read: char,
    count: usize,
    /// Code points of the source, of the first few.
    points: Vec<usize>,
}

/// Normalises a source, building the map as it goes. In a source whose format has tables, `rows`, a tab
/// parts their cells; in another it does in lines that plainly are rows, else it is white space.
pub(crate) fn normalise(source: &str, rows: bool) -> Normalised {
    let mut writer = Writer::new(source, rows);
    if hans::may_be_traditional(source) {
        let whole = Count::of(source);
        writer.done.traditional = whole.traditional > 0;
        for line in hans::lines(source) {
            writer.take(line, hans::mode(line, || whole));
        }
    } else {
        writer.take(source, Mode::Keep);
    }
    let mut done = writer.done;
    done.offsets.finish(&done.content);
    done
}

impl Normalised {
    /// What was found, as diagnostics: one for each kind of character.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let place = |finding: &Finding| {
            let at = self.offsets.at_point(&self.content, finding.points[0]);
            let length = self.content[at..].chars().next().map_or(0, char::len_utf8);
            Span::new(at, at + length)
        };
        self.findings
            .iter()
            .map(|finding| Diagnostic::new(finding.code, finding.message(), place(finding)))
            .collect()
    }
}

impl Finding {
    fn message(&self) -> String {
        let Finding { found, read, count, .. } = self;
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        match self.code {
            Code::Undecodable => {
                let places: Vec<String> = self.points.iter().map(usize::to_string).collect();
                let more = if *count > places.len() { " …" } else { "" };
                format!(
                    "`{found}` stands for undecodable bytes {times}, at {}{more}",
                    places.join(", ")
                )
            }
            Code::LookAlike => {
                format!("`{found}` is read as `{read}`, which it looks like, {times}")
            }
            _ => format!("`{found}` was converted too far and is read as `{read}`, {times}"),
        }
    }
}

/// A character of the source that is kept, and its place there.
#[derive(Clone, Copy)]
struct Kept {
    byte: usize,
    point: usize,
}

/// Writes the normalised text.
struct Writer<'s> {
    done: Normalised,
    source: &'s str,
    /// The next byte and code point of the source.
    byte: usize,
    point: usize,
    /// Whether the source's format has tables.
    rows: bool,
    /// The byte where the line begins.
    opened: usize,
    /// Where the blanks before the next character begin, if there are any, and what they leave
    /// between any two characters.
    gap: Option<(Kept, Option<char>)>,
    /// Where the line breaks before the next character begin.
    broken: Option<Kept>,
    /// The last character before the next one; `\n` at the beginning of a line.
    before: char,
    brackets: Brackets,
    chinese: bool,
    /// The line to be converted: its characters, and where they are from.
    line: Vec<char>,
    places: Vec<Kept>,
}

impl<'s> Writer<'s> {
    fn new(source: &'s str, rows: bool) -> Writer<'s> {
        let done =
            Normalised { content: String::with_capacity(source.len()), ..Normalised::default() };
        Writer {
            done,
            source,
            byte: 0,
            point: 0,
            rows,
            opened: 0,
            gap: None,
            broken: None,
            before: '\n',
            brackets: Brackets::default(),
            chinese: source.chars().any(class::is_chinese),
            line: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Takes the next stretch of the source.
    fn take(&mut self, stretch: &str, mode: Mode) {
        let end = self.byte + stretch.len();
        while let Some(character) = self.source[self.byte..end].chars().next() {
            let place = Kept { byte: self.byte, point: self.point };
            self.byte += character.len_utf8();
            self.point += 1;
            match class::of(character) {
                Class::Plain => {
                    self.keep(character, place, mode);
                    if mode == Mode::Keep {
                        self.copy(end);
                    }
                }
                Class::Blank => {
                    let left = (character == '\t' && self.parts_cells(place.byte)).then_some('\t');
                    let gap = self.gap.get_or_insert((place, None));
                    gap.1 = gap.1.or(left);
                }
                Class::Dropped => {}
                Class::Break => self.end_line(place),
                Class::Folded => self.fold(character, place, mode),
                Class::Mark if !self.chinese => self.keep(character, place, mode),
                Class::Mark => {
                    let rest = &self.source[self.byte..];
                    let mark = self.brackets.mark(character, self.before, rest);
                    self.keep(mark, place, mode);
                }
                Class::Broken => {
                    self.keep(character, place, mode);
                    self.find(Code::Undecodable, character, character, place.point);
                }
            }
        }
        self.convert(mode);
    }

    /// Takes the plain characters that follow a plain one, as they are.
    fn copy(&mut self, end: usize) {
        let plain = class::plain(&self.source[self.byte..end]);
        let place = Kept { byte: self.byte, point: self.point };
        let chars = self.done.copy(plain, place);
        self.before = plain.chars().next_back().unwrap_or(self.before);
        self.byte += plain.len();
        self.point += chars;
    }

    /// Whether the tab at a byte stands between two cells, not behind the label of a heading, where word
    /// processors put one too: `第一条⇥为了…`.
    fn parts_cells(&self, at: usize) -> bool {
        let before = self.source.get(self.opened..at).unwrap_or_default().trim();
        let after = self.source[at..].lines().next().unwrap_or_default().trim();
        if !self.rows {
            return is_row(before) && is_row(after);
        }
        if before.contains('\t') || after.contains('\t') {
            return true;
        }
        let label =
            before.starts_with('第') && before.ends_with(['编', '章', '节', '条', '款', '目']);
        let short = before.chars().count() <= 6;
        !(label || short && before.ends_with(['、', '.', '．', '）', ')']))
    }

    fn end_line(&mut self, place: Kept) {
        self.gap = None;
        self.opened = place.byte + 1;
        self.broken.get_or_insert(place);
        self.before = '\n';
        self.brackets.clear();
    }

    fn fold(&mut self, character: char, place: Kept, mode: Mode) {
        let folded = class::fold(character);
        self.keep(folded, place, mode);
        if class::look_alike(character).is_some() {
            self.find(Code::LookAlike, character, folded, place.point);
        }
    }

    /// Keeps a character, after the line break or blank that belongs before it.
    fn keep(&mut self, character: char, place: Kept, mode: Mode) {
        if let Some(broken) = self.broken.take()
            && self.any()
        {
            self.put('\n', broken, mode);
        }
        if let Some((gap, left)) = self.gap.take()
            && self.before != '\n'
        {
            let words = self.before.is_ascii_alphanumeric() && character.is_ascii_alphanumeric();
            if let Some(left) = left.or(words.then_some(' ')) {
                self.put(left, gap, mode);
            }
        }
        self.before = character;
        self.put(character, place, mode);
    }

    fn put(&mut self, character: char, place: Kept, mode: Mode) {
        if mode == Mode::Keep {
            self.done.write(character, place);
        } else {
            self.line.push(character);
            self.places.push(place);
        }
    }

    fn any(&self) -> bool {
        !self.done.content.is_empty() || !self.line.is_empty()
    }

    /// Writes the line that waits, converted.
    fn convert(&mut self, mode: Mode) {
        let (line, places) = (std::mem::take(&mut self.line), std::mem::take(&mut self.places));
        let mut at = 0;
        while at < line.len() {
            let step = hans::step(&line[at..], mode);
            let from = &places[at..at + step.taken];
            match step.given {
                Given::Character(character) => self.done.write(character, from[0]),
                Given::Word(word) => self.done.write_word(word, from, self.source),
                Given::OverConverted(character) => {
                    self.done.write(character, from[0]);
                    self.find(Code::OverConverted, line[at], character, from[0].point);
                }
            }
            at += step.taken;
        }
        (self.line, self.places) = (line, places);
        self.line.clear();
        self.places.clear();
    }

    fn find(&mut self, code: Code, found: char, read: char, point: usize) {
        let findings = &mut self.done.findings;
        let known =
            findings.iter_mut().find(|finding| finding.code == code && finding.found == found);
        match known {
            Some(finding) => {
                finding.count += 1;
                if finding.points.len() < PLACES {
                    finding.points.push(point);
                }
            }
            None => findings.push(Finding { code, found, read, count: 1, points: vec![point] }),
        }
    }
}

/// Whether a stretch of a plain line can be cells of a row: short words, parted by tabs.
fn is_row(cells: &str) -> bool {
    let is_cell = |cell: &str| {
        let length = cell.trim().chars().take(21).count();
        (2..=20).contains(&length) && !cell.contains(['，', '。', '；', '：', ',', ';', ':'])
    };
    !cells.starts_with('第') && cells.split('\t').all(is_cell)
}

impl Normalised {
    fn write(&mut self, character: char, place: Kept) {
        self.offsets.note(self.content.len(), place.byte, place.point, 1);
        self.content.push(character);
    }

    /// Writes characters as they stand in the source, and counts them.
    fn copy(&mut self, stretch: &str, place: Kept) -> usize {
        let chars = stretch.chars().count();
        self.offsets.note(self.content.len(), place.byte, place.point, chars);
        self.content.push_str(stretch);
        chars
    }

    /// Writes a word for the characters at `from`: one for one, and what is left over belongs to
    /// the last.
    fn write_word(&mut self, word: &[char], from: &[Kept], source: &str) {
        for (index, &character) in word.iter().enumerate() {
            let place = from[index.min(from.len() - 1)];
            let at = self.content.len();
            self.write(character, place);
            if index + 1 == word.len() && from.len() > word.len() {
                let last = from[from.len() - 1];
                let end = last.byte + source[last.byte..].chars().next().map_or(0, char::len_utf8);
                self.offsets.note_wide(at, last.point + 1 - place.point, end - place.byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (source, expected) in [
            ("第 四條　省委,", "第四条省委，"),
            ("\u{feff}\r\n第一章總 則\r\n\r\n第一條", "第一章总则\n第一条"),
            ("时间 00:00,共10,000元", "时间00:00，共10,000元"),
            ("访问 http://www.x.cn:80/?a=1;b=2 即可", "访问http://www.x.cn:80/?a=1;b=2即可"),
            ("(1)加强领导(2018-12-29)", "（1）加强领导（2018-12-29）"),
            ("执行ISO9001(2015)标准", "执行ISO9001（2015）标准"),
            ("f(x)=1是f(2)", "f(x)=1是f(2)"),
            ("Plain text, only (really)!", "Plain text,only(really)!"),
            ("发布时间:2016\n来源:\n甲", "发布时间：2016\n来源：\n甲"),
            ("１００％的Ａ类，1．幼儿园", "100%的A类，1.幼儿园"),
            ("a\u{200b}b\0c", "abc"),
            ("A　 B", "A B"),
            ("⽅法釆用", "方法采用"),
            ("一\u{2028}二\u{b}三\u{c}四\r五", "一\n二\n三\n四\n五"),
            ("甲\r乙\r\n丙\n丁\u{85}戊\u{2029}己\r\r庚", "甲\n乙\n丙\n丁\n戊\n己\n庚"),
            ("第\0四\u{200b}条\u{feff}\u{200d}", "第四条"),
            ("赵\u{e81e}、\u{e863}镇\u{e78f}", "赵\u{9fb4}、䶮镇。"),
            ("\u{e004}（一）", "\u{e004}（一）"),
            (" \n\t\n", ""),
        ] {
            assert_eq!(normalise(source, false).content, expected, "{source:?}");
        }
    }

    #[test]
    fn tabs_in_plain_text_part_cells_of_rows_alone() {
        for (source, expected) in [
            ("牵头单位\t省农委", "牵头单位\t省农委"),
            ("第一条\t总则", "第一条总则"),
            ("为了\t加强管理，制定本办法", "为了加强管理，制定本办法"),
            ("发布时间：2016\t来源：本站", "发布时间：2016来源：本站"),
            ("省\t政\t府", "省政府"),
        ] {
            assert_eq!(normalise(source, false).content, expected, "{source:?}");
        }
    }

    #[test]
    fn tabs_keep_cells_apart_in_rows() {
        for (source, expected) in [
            (
                "序号\t任务\t牵头单位\n1\t产业扶贫 \t 省农委\t",
                "序号\t任务\t牵头单位\n1\t产业扶贫\t省农委",
            ),
            ("牵头单位\t省农委", "牵头单位\t省农委"),
            ("第一条\t为了加强\n（一）\t宣传\n一、\t总则", "第一条为了加强\n（一）宣传\n一、总则"),
        ] {
            assert_eq!(normalise(source, true).content, expected, "{source:?}");
        }
    }

    #[test]
    fn findings_are_counted_and_placed() {
        let done = normalise("乙\u{fffd}做瞭釆，國傢，做瞭釆\n\u{fffd}", false);
        let found: Vec<(&str, &str)> = Vec::from_iter(
            done.diagnostics()
                .iter()
                .map(|d| (d.code.as_str(), &done.content[d.span.start..d.span.end])),
        );
        assert_eq!(
            found,
            [
                ("undecodable", "\u{fffd}"),
                ("look_alike", "采"),
                ("over_converted", "了"),
                ("over_converted", "家")
            ]
        );
        let messages: Vec<String> = done.diagnostics().into_iter().map(|d| d.message).collect();
        assert_eq!(messages[0], "`\u{fffd}` stands for undecodable bytes 2 times, at 1, 13");
        assert_eq!(messages[2], "`瞭` was converted too far and is read as `了`, 2 times");
    }
}
