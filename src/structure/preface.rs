//! What a document says of itself before its body, and in its signature.
//!
//! In: the lines of a document. Out: [`Statement`]s, and which stretches of the lines they and
//! the tools of the page take. Not here: who the organizations are ([`crate::extract`]), and what
//! the page around the document says ([`super::page`]).
//!
//! `（1992年2月25日某县人民代表大会通过）` is its history; `各镇人民政府、县级各有关部门：` are two
//! addressees.

use std::sync::LazyLock;

use super::line::{Line, prose};
use super::marker::list_marker;
use super::{Field, Reason, Statement, date, genre, page};
use crate::span::Span;
use crate::text::Text;

/// What was found.
#[derive(Default)]
pub(super) struct Preface {
    /// The statements, in the order of the text.
    pub(super) statements: Vec<Statement>,
    /// What the page's tools say among them.
    pub(super) discarded: Vec<(Reason, Span)>,
    /// The place from where on the body runs.
    pub(super) body: usize,
    /// Whether the title was read.
    titled: bool,
    /// Whether a bracket of its history is still open.
    open_history: bool,
    /// The title that an information table of the page names.
    named: Vec<Statement>,
    /// The label on the line before, whose value is this line.
    label: Option<page::Label>,
}

/// Reads the lines above the body. `known` is the title, where something else names it; `limit`
/// is where the first heading stands; `holes` is noise.
pub(super) fn head(
    text: &Text<'_>,
    lines: &[Line],
    known: Option<Span>,
    limit: usize,
    holes: &[(Reason, Span)],
) -> Preface {
    let mut found =
        Preface { body: lines.first().map_or(0, |l| l.span.start), ..Preface::default() };
    for (row, line) in lines.iter().enumerate() {
        let span = free(line.span, holes);
        if span.start >= limit {
            break;
        }
        found.body = line.span.end;
        if span.is_empty() {
            continue;
        }
        if let Some(title) = known.filter(|title| span.contains(*title) && !found.titled) {
            found.title(text, title);
            if title.end == span.end {
                continue;
            }
            found.body = title.end;
            break;
        }
        if limit < span.end {
            found.body = line.span.start;
            if !found.titled {
                found.lead(text, Span::new(span.start, limit));
            }
            break;
        }
        if !found.fact(text, span) && !found.name(text, span, row == 0, lines.get(row + 1)) {
            found.body = line.span.start;
            break;
        }
    }
    found.settle_title();
    found
}

impl Preface {
    /// Takes the title from the page's table where the document has none of its own.
    fn settle_title(&mut self) {
        for named in std::mem::take(&mut self.named) {
            if self.titled {
                self.discarded.push((Reason::Navigation, named.span));
            } else {
                self.statements.push(named);
                self.titled = true;
            }
        }
        self.statements.sort_by_key(|statement| statement.span.start);
    }

    /// Takes what a page says of the document.
    fn take(&mut self, (statements, tools): (Vec<Statement>, Vec<(Reason, Span)>)) {
        let (named, stated) = statements.into_iter().partition(|s| s.field == Field::Title);
        self.named.extend::<Vec<Statement>>(named);
        self.statements.extend::<Vec<Statement>>(stated);
        self.discarded.extend(tools);
    }

    /// Reads a line of facts, of the page or the document; says whether it was one.
    fn fact(&mut self, text: &Text<'_>, span: Span) -> bool {
        let content = text.slice(span);
        if self.open_history && content.chars().count() > 200 {
            self.open_history = false;
        }
        let label = self.label.take();
        if !self.open_history {
            self.label = page::label(text, span);
            let value = || label.filter(|_| self.label.is_none())?.value(text, span);
            if let Some(facts) = value().or_else(|| page::facts(text, span)) {
                self.take(facts);
                return true;
            }
        }
        if self.open_history || history(content, self.is_titled()) {
            self.state(text, Field::History, span);
            self.open_history = content.matches('（').count() + usize::from(self.open_history)
                > content.matches('）').count();
            return true;
        }
        read(text, content, span, self)
    }

    /// Reads a line that is the title, more of it, or who issues, above it; says whether it was
    /// one.
    fn name(&mut self, text: &Text<'_>, span: Span, first: bool, next: Option<&Line>) -> bool {
        let content = text.slice(span);
        if let Some(title) = self.title_end(text).filter(|_| self.titled) {
            let more = title == content
                || self.again(text, content, next)
                || (!first && goes_on(title, content));
            if more {
                self.state(text, Field::Title, span);
            }
            return more;
        }
        if self.titled || prose(content) || list_marker(content).is_some() {
            return false;
        }
        if issuer_above(text, content, next) {
            self.state(text, Field::Issuer, span);
        } else if content.starts_with('（') && content.ends_with('）') {
            // `（版本日期：2018年9月1日）` above a title tells of the text.
            self.state(text, Field::History, span);
        } else if dateline(content) {
            self.state(text, Field::Origin, span);
        } else {
            self.title(text, span);
        }
        true
    }

    /// Whether a line right below the title says a part of it again, as where the page's title
    /// is followed by that of the document on two lines. A name alone may be who announces it.
    fn again(&self, text: &Text<'_>, content: &str, next: Option<&Line>) -> bool {
        let from = self.statements.iter().rposition(|s| s.field != Field::Title);
        let [title, said @ ..] = &self.statements[from.map_or(0, |at| at + 1)..] else {
            return false;
        };
        let said: usize = said.iter().map(|statement| statement.value.len()).sum();
        let rest = title.value.get(said..).and_then(|rest| rest.strip_prefix(content));
        let next = next.map_or("", |line| text.slice(line.span));
        rest.is_some_and(|rest| rest.is_empty() || !next.is_empty() && rest.starts_with(next))
    }

    fn title(&mut self, text: &Text<'_>, span: Span) {
        self.state(text, Field::Title, span);
        self.titled = true;
    }

    /// Reads what stands before the first heading of its line, where it is a title.
    fn lead(&mut self, text: &Text<'_>, lead: Span) {
        let Some(length) = title_before(text.slice(lead)) else { return };
        let end = lead.start + length;
        self.state(text, Field::Title, Span::new(lead.start, end));
        if end < lead.end {
            self.state(text, Field::History, Span::new(end, lead.end));
        }
        self.body = lead.end;
    }

    fn state(&mut self, text: &Text<'_>, field: Field, span: Span) {
        self.statements.push(Statement { field, value: text.slice(span).to_owned(), span });
    }

    /// Whether the document or its page has named the title.
    fn is_titled(&self) -> bool {
        self.titled || !self.named.is_empty()
    }

    fn title_end<'t>(&self, text: &'t Text<'_>) -> Option<&'t str> {
        let title = self.statements.iter().rfind(|s| s.field == Field::Title)?;
        Some(text.slice(title.span))
    }
}

/// A line without the noise at its ends. The noise is in order.
pub(super) fn free(line: Span, holes: &[(Reason, Span)]) -> Span {
    let (mut start, mut end) = (line.start, line.end);
    let first = holes.partition_point(|(_, hole)| hole.end <= line.start);
    for (_, hole) in holes[first..].iter().take_while(|(_, hole)| hole.start < line.end) {
        if hole.start <= start {
            start = hole.end.min(end);
        } else if hole.end >= end {
            end = hole.start;
        }
    }
    Span::new(start, end.max(start))
}

/// Whether a title goes on in the next line: it does not end as titles do, and the next line
/// does.
fn goes_on(title: &str, next: &str) -> bool {
    let short = next.chars().count() <= 60 && !prose(next) && list_marker(next).is_none();
    short && genre::of_title(title).is_none() && genre::of_title(next).is_some()
}

/// Whether a line says from where an agency reports: `新华社北京12月29日电`.
fn dateline(content: &str) -> bool {
    content.ends_with('电') && content.contains("社") && content.chars().count() <= 20
}

/// The length of the title, where nothing but a title, and who passed it, stands in front of the
/// first heading of a line: `清江县公厕管理规定（2020年3月1日县政府常务会议通过）第一章 总则`.
pub(super) fn title_before(lead: &str) -> Option<usize> {
    // Asked for every mark of a line, so that what is too long must cost nothing.
    if lead.len() > 600 {
        return None;
    }
    let name = match lead.rfind('（').filter(|&open| history(&lead[open..], true)) {
        Some(open) => &lead[..open],
        None => lead,
    };
    let plain = !name.contains(['。', '；', '，', '：', '\n']) && name.chars().count() <= 60;
    let (kind, _) = genre::of_title(name).filter(|_| plain && list_marker(name).is_none())?;
    (name.len() > kind.len() + "本".len()).then_some(name.len())
}

/// What is done to a text as a whole, in its history.
static ACTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../data/acts.tsv").lines().skip(1);
    rows.filter_map(|row| row.split('\t').next()).collect()
});

/// Who passed, announced or amended it: `（1992年2月25日…通过）`, `2018年…修正`.
fn history(content: &str, titled: bool) -> bool {
    let body = content.trim_start_matches(['（', '(']);
    titled
        && (!prose(content) || content.starts_with('（'))
        && (date::leading(body).is_some() || date::first(content).is_some())
        && ACTS.iter().any(|act| content.contains(act))
        && date::leading(body).is_none_or(|(_, length)| length < body.len())
        && !content.contains("各单位")
}

/// Reads a line of facts; says whether it was one.
fn read(text: &Text<'_>, content: &str, span: Span, found: &mut Preface) -> bool {
    if draft(content).is_some_and(|mark| mark.len() + 6 >= content.len()) {
        found.state(text, Field::Status, span);
        return true;
    }
    if let Some(value) = number(content) {
        found.statements.push(Statement { field: Field::Number, value, span });
        return true;
    }
    if let Some((iso, length)) = date::leading(content)
        && length == content.len()
    {
        let field = if content.contains('年') { Field::Issued } else { Field::Published };
        found.statements.push(Statement { field, value: iso, span });
        return true;
    }
    found.is_titled() && addressees(content, span, found)
}

/// The mark of a draft: `讨论稿`.
pub(super) fn draft(content: &str) -> Option<&'static str> {
    ["征求意见稿", "公开征求意见稿", "讨论稿", "送审稿", "草案", "草稿", "修订草案", "试点稿"]
        .into_iter()
        .filter(|mark| content.split('（').skip(1).any(|inside| inside.starts_with(mark)))
        .max_by_key(|mark| mark.len())
}

/// A document number, with its year in 〔〕: `威脱贫攻坚办〔2016〕74号`.
fn number(content: &str) -> Option<String> {
    if content.chars().count() > 40 || !content.ends_with('号') {
        return None;
    }
    let open = content.find(['〔', '[', '【', '（', '［', '﹝'])?;
    let rest = &content[open..];
    let after = &rest[rest.chars().next()?.len_utf8()..];
    let year = after.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    let after = &after[4..];
    let close = after.chars().next().filter(|c| ['〕', ']', '】', '）', '］', '﹞'].contains(c))?;
    let serial = after[close.len_utf8()..].trim_start_matches('第').strip_suffix('号')?;
    let digits = !serial.is_empty() && serial.bytes().all(|b| b.is_ascii_digit());
    (digits && open > 0).then(|| format!("{}〔{year}〕{serial}号", &content[..open]))
}

/// Whom a document addresses: `各镇人民政府、县级各有关部门：`
fn addressees(content: &str, span: Span, found: &mut Preface) -> bool {
    let Some(named) = content.strip_suffix('：') else { return false };
    let organ = named.chars().next_back().is_some_and(|c| ORGANS.contains(c));
    if !organ || named.contains(['。', '；', '“']) || named.chars().count() > 200 {
        return false;
    }
    let mut start = span.start;
    let mut pieces: Vec<&str> = named.split('，').collect();
    if pieces.len() == 1 {
        pieces = organs(named);
    }
    let last = pieces.len() - 1;
    for (index, piece) in pieces.iter().enumerate() {
        let end = start + piece.len();
        let mark = if index == last { '：'.len_utf8() } else { '、'.len_utf8() };
        let place = Span::new(start, end + mark);
        let value = (*piece).to_owned();
        found.statements.push(Statement { field: Field::Addressee, value, span: place });
        start = place.end;
    }
    true
}

/// What the names of organizations end in.
const ORGANS: &str = "府门位会局厅办院部室司校团处心织构行厂社署委关队站所企组";

/// Whether a line may be the name of an organization.
pub(super) fn is_organ(content: &str) -> bool {
    content.chars().next_back().is_some_and(|c| ORGANS.contains(c))
}

/// Names that 、 keeps apart, where the name before it is complete: not in `各省、自治区人民政府`.
fn organs(named: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, mark) in named.match_indices('、') {
        if named[..at].chars().next_back().is_some_and(|c| ORGANS.contains(c)) {
            pieces.push(&named[start..at]);
            start = at + mark.len();
        }
    }
    pieces.push(&named[start..]);
    pieces
}

/// Whether a line above the title names who issues.
fn issuer_above(text: &Text<'_>, content: &str, next: Option<&Line>) -> bool {
    let organ = content.chars().next_back().is_some_and(|c| ORGANS.contains(c));
    let next = next.map_or("", |line| text.slice(line.span));
    organ
        && content.chars().count() <= 30
        && genre::of_title(content).is_none()
        && next.starts_with("关于")
        && genre::of_title(next).is_some()
}

/// The signature at the end of the lines: who, and when. Gives its statements and the row where
/// it begins.
pub(super) fn signature(
    text: &Text<'_>,
    lines: &[Line],
    holes: &[(Reason, Span)],
) -> Option<(Vec<Statement>, usize)> {
    let taken = |line: &Line| free(line.span, holes).is_empty();
    let rows: Vec<usize> = (0..lines.len()).rev().filter(|&r| !taken(&lines[r])).take(12).collect();
    let at = rows.iter().take(2).position(|&row| {
        let content = text.slice(lines[row].span);
        date::leading(content).is_some_and(|(_, length)| length == content.len())
    })?;
    let (iso, _) = date::leading(text.slice(lines[rows[at]].span))?;
    let mut begin = rows[at];
    let mut statements =
        vec![Statement { field: Field::Issued, value: iso, span: lines[rows[at]].span }];
    for &row in &rows[at + 1..] {
        let content = text.slice(lines[row].span);
        if lines[row].chars > 40
            || content.contains(['，', '。', '；', '：', '《', '“', '、'])
            || list_marker(content).is_some()
            || content.starts_with('第')
            || !content.chars().next_back().is_some_and(|c| ORGANS.contains(c))
        {
            break;
        }
        let mut names = names(text, lines[row].span);
        names.append(&mut statements);
        statements = names;
        begin = row;
    }
    (statements.len() > 1 || begin > 0).then_some((statements, begin))
}

/// The names on a line, which blanks keep apart: `中国人民银行 发展改革委`.
fn names(text: &Text<'_>, line: Span) -> Vec<Statement> {
    let content = text.slice(line);
    let mut cuts: Vec<usize> = content
        .char_indices()
        .skip(2)
        .map(|(at, _)| line.start + at)
        .filter(|&at| text.gap_before(at))
        .filter(|&at| {
            let before = text.slice(Span::new(line.start, at));
            before.chars().next_back().is_some_and(|c| ORGANS.contains(c))
        })
        .collect();
    cuts.push(line.end);
    let mut start = line.start;
    let mut found = Vec::new();
    for end in cuts {
        let span = Span::new(start, end);
        found.push(Statement { field: Field::Issuer, value: text.slice(span).to_owned(), span });
        start = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use crate::structure::documents;

    /// What a text states, as `field: value`.
    fn stated(said: &str) -> Vec<String> {
        let Ok(source) = read::read(said.as_bytes()) else { panic!("it is text") };
        let found = documents(&Text::of(&source));
        let said = |s: &Statement| format!("{}: {}", s.field.as_str(), s.value);
        found[0].preface.iter().map(said).collect()
    }

    #[test]
    fn a_head_states_its_facts() {
        for (head, expected) in [
            ("某县护林办法", vec!["title: 某县护林办法"]),
            (
                "某县护林办法\n某政发〔2016〕7号",
                vec!["title: 某县护林办法", "number: 某政发〔2016〕7号"],
            ),
            (
                "某县护林办法\n（2016年12月9日某县人民代表大会通过）",
                vec!["title: 某县护林办法", "history: （2016年12月9日某县人民代表大会通过）"],
            ),
            (
                "某县护林办法\n发布时间：2016-12-09 09:30 来源：县林业局",
                vec!["title: 某县护林办法", "published: 2016-12-09", "origin: 县林业局"],
            ),
            (
                "某县护林办法\n各镇人民政府、县级各有关部门：",
                vec!["title: 某县护林办法", "addressee: 各镇人民政府", "addressee: 县级各有关部门"],
            ),
            ("某县人民政府\n关于护林的意见", vec!["issuer: 某县人民政府", "title: 关于护林的意见"]),
            ("某县护林办法\n（征求意见稿）", vec!["title: 某县护林办法", "status: （征求意见稿）"]),
        ] {
            assert_eq!(stated(&format!("{head}\n第一条 为了护林。\n第二条 某。\n")), expected);
        }
    }

    #[test]
    fn a_signature_names_who_and_when() {
        let text = "关于护林的通知\n各镇要护林。\n县林业局 县水利局\n2019年3月8日\n";
        let signed = ["issuer: 县林业局", "issuer: 县水利局", "issued: 2019-03-08"];
        assert_eq!(stated(text)[1..], signed);
    }

    #[test]
    fn a_title_may_stand_before_the_first_heading_of_its_line() {
        for (lead, title) in [
            ("某县公厕管理规定", Some("某县公厕管理规定")),
            ("某县公厕管理规定（2020年3月1日县政府会议通过）", Some("某县公厕管理规定")),
            ("某县公厕管理规定（试行）", Some("某县公厕管理规定（试行）")),
            ("为了改善公厕，制定本规定", None),
            ("规定", None),
            ("", None),
        ] {
            assert_eq!(title_before(lead).map(|length| &lead[..length]), title, "{lead}");
        }
    }

    #[test]
    fn history_says_what_was_done_and_when() {
        for (line, expected) in [
            ("（1992年2月25日某县人民代表大会通过）", true),
            ("2018年3月1日修正", true),
            ("（某县人民代表大会通过）", false),
            ("（2018年3月1日）", false),
            ("2018年3月1日", false),
        ] {
            assert_eq!(history(line, true), expected, "{line}");
            assert!(!history(line, false), "{line}");
        }
    }

    #[test]
    fn a_history_goes_on_until_its_bracket_closes() {
        let text =
            "某县护林办法\n（2016年12月9日通过\n2018年3月1日修正）\n第一条 某。\n第二条 某。\n";
        let history = ["history: （2016年12月9日通过", "history: 2018年3月1日修正）"];
        assert_eq!(stated(text)[1..], history);
    }

    #[test]
    fn a_title_goes_on_and_is_said_again() {
        let text = "某县关于护林的\n实施办法\n实施办法\n第一条 某。\n第二条 某。\n";
        let titles = ["title: 某县关于护林的", "title: 实施办法", "title: 实施办法"];
        assert_eq!(stated(text), titles);
    }

    #[test]
    fn a_page_says_the_title_that_the_document_has_on_two_lines() {
        let text =
            "某县人民政府关于护林的意见\n某县人民政府\n关于护林的意见\n第一条 某。\n第二条 某。\n";
        let titles = ["某县人民政府关于护林的意见", "某县人民政府", "关于护林的意见"];
        assert_eq!(stated(text), titles.map(|title| format!("title: {title}")));
        let signed = "某院关于护林的意见\n某院\n第一条 某。\n第二条 某。\n";
        assert_eq!(stated(signed), ["title: 某院关于护林的意见"]);
    }

    #[test]
    fn the_acts_are_in_order() {
        let table = include_str!("../../data/acts.tsv");
        assert!(table.starts_with("act\tsource\n"));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        assert!(rows.iter().all(|row| row.len() == 2 && row.iter().all(|cell| !cell.is_empty())));
    }
}
