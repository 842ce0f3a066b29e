//! Normalised text to documents: floor 2.
//!
//! In: a [`crate::text::Text`], as a file holds it. Out: its [`Document`]s, each with its preface, its
//! outline and what was discarded; every non-white character lies in one of them. Not here:
//! who the organizations are and what they owe ([`crate::extract`]).
//!
//! `第二章省负总责\n第四条省委…` gives a chapter 二 headed `省负总责` that holds article 四.

mod candidate;
mod chain;
mod contents;
mod date;
mod diagnose;
mod document;
mod event;
mod genre;
mod glued;
mod heading;
mod identify;
mod leftover;
mod level;
mod line;
mod marker;
mod noise;
mod outline;
mod page;
mod preface;
mod split;

pub use document::documents;
pub use identify::{step, unit_path};

use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// What a node of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// What stands between title and first heading (序言): `党的十八大以来…提出如下意见。`
    Preamble,
    /// 编
    Part,
    /// 分编
    Subpart,
    /// 章
    Chapter,
    /// 节
    Section,
    /// 条
    Article,
    /// 款; also an unnumbered paragraph of a level, a preamble, or a text without any numbers.
    Paragraph,
    /// 项（一）
    Subparagraph,
    /// 目 1.
    Point,
    /// 一、（一）1.（1） of opinions and notices.
    Level,
    /// 附件, 附表
    Annex,
}

impl Kind {
    /// The word a record uses; of Akoma Ntoso where it has one.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Preamble => "preamble",
            Kind::Part => "part",
            Kind::Subpart => "subpart",
            Kind::Chapter => "chapter",
            Kind::Section => "section",
            Kind::Article => "article",
            Kind::Paragraph => "paragraph",
            Kind::Subparagraph => "subparagraph",
            Kind::Point => "point",
            Kind::Level => "level",
            Kind::Annex => "annex",
        }
    }
}

/// One node of an outline. Text is given as its pieces in the normalised text: one a line that
/// a 款 was broken into, in order, without the line breaks between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its identifier: `art_4__para_2__subpara_1`, `lvl_1__lvl_2`, `chp_2` (articles do not
    /// carry their chapter's, as they are counted through). Unique in the document: a second
    /// node of the same number gets `-2`.
    pub eid: String,
    /// `第四条`, `（一）`, `1.`, `一、`, with what closes it; none of a 款.
    pub label: Option<Span>,
    /// The number in its label; of a 款 its place in the article.
    pub number: Option<u32>,
    /// The 之N of `第四条之一`.
    pub branch: Option<u32>,
    /// Of a level, 1 to 4 by its place in the document, not by its marker; else 0.
    pub depth: u8,
    /// The heading after the label: `总则`, `产业扶贫` (without the mark that ends it).
    pub heading: Vec<Span>,
    /// The text before its children.
    pub text: Vec<Span>,
    /// What hangs below it.
    pub children: Vec<Node>,
    /// The text after its children.
    pub tail: Vec<Span>,
    /// From its first character to its last.
    pub span: Span,
}

impl Node {
    /// The node and all below it, in the order of the text.
    pub fn walk(&self) -> impl Iterator<Item = &Node> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let node = stack.pop()?;
            stack.extend(node.children.iter().rev());
            Some(node)
        })
    }
}

/// What sort of text a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Genre {
    /// Articles: 法律, 条例, 办法, 细则, 规定 …
    Regulation,
    /// 意见, 方案, 规划 and others in levels.
    Opinion,
    /// 通知 and other letters, that carry another document or stand alone.
    Notice,
    /// 报告, 纪要, and what was said at a meeting.
    Report,
    /// News about a rule.
    News,
    /// None of these.
    Other,
}

impl Genre {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Genre::Regulation => "regulation",
            Genre::Opinion => "opinion",
            Genre::Notice => "notice",
            Genre::Report => "report",
            Genre::News => "news",
            Genre::Other => "other",
        }
    }
}

/// Which fact of the preface a stretch of text states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// 标题
    Title,
    /// 发文机关, also where it signs at the end.
    Issuer,
    /// 发文字号: `湘发〔2016〕7号`
    Number,
    /// 主送: one field an addressee.
    Addressee,
    /// 成文日期
    Issued,
    /// 发布时间, of the page.
    Published,
    /// The state of a draft: `（征求意见稿）`
    Status,
    /// 来源
    Origin,
    /// Who passed, approved, announced or amended it, and when: `2021年8月20日…会议通过`
    History,
}

impl Field {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Issuer => "issuer",
            Field::Number => "number",
            Field::Addressee => "addressee",
            Field::Issued => "issued",
            Field::Published => "published",
            Field::Status => "status",
            Field::Origin => "origin",
            Field::History => "history",
        }
    }
}

/// A fact that the preface states, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which fact.
    pub field: Field,
    /// Its value, as printed without line breaks; of dates, ISO 8601.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

/// Why a stretch of text belongs to no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Menus, share buttons, page tools: `【关闭窗口】`
    Navigation,
    /// Other people's wares.
    Advertisement,
    /// Teasers of other news, `上一篇 … 下一篇 …`
    OtherNews,
    /// Hash strings, serial numbers of pages, stray marks.
    Debris,
    /// The headings of a compilation, and its editors' notes: `篇2：…`
    Compilation,
    /// A table of contents, which repeats the headings.
    TableOfContents,
    /// What stands around the main content of a web page.
    Surroundings,
}

impl Reason {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Navigation => "navigation",
            Reason::Advertisement => "advertisement",
            Reason::OtherNews => "other_news",
            Reason::Debris => "debris",
            Reason::Compilation => "compilation",
            Reason::TableOfContents => "table_of_contents",
            Reason::Surroundings => "surroundings",
        }
    }
}

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// 1, 2 … within the file.
    pub n: usize,
    /// Its title as it should be cited, without draft marks; `None` where there is none.
    pub title: Option<String>,
    /// What sort of text it is.
    pub genre: Genre,
    /// 文种, as its title or text names it: `实施细则`, `意见`, `通知`.
    pub kind: Option<String>,
    /// `讨论稿`, `征求意见稿`; `None` for what was issued.
    pub draft: Option<String>,
    /// What its preface and its signature state, in the order of the text. A document that a
    /// notice carries takes issuer, number and date from the notice; those statements point
    /// there.
    pub preface: Vec<Statement>,
    /// The title of the notice that carries it: `中共赣州市委办公室印发《…》的通知`.
    pub carrier: Option<String>,
    /// Its body.
    pub outline: Vec<Node>,
    /// What lies in its stretch of the file and is no part of it.
    pub discarded: Vec<(Reason, Span)>,
    /// Oddities.
    pub diagnostics: Vec<Diagnostic>,
    /// Its stretch of the file; the stretches of a file's documents follow each other and
    /// leave nothing out.
    pub span: Span,
}

impl Document {
    /// All nodes, in the order of the text.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.outline.iter().flat_map(Node::walk)
    }

    /// The first value of a field.
    pub fn stated(&self, field: Field) -> Option<&Statement> {
        self.preface.iter().find(|statement| statement.field == field)
    }
}
