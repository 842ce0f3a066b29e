//! What a reader of the source should know: oddities, each with its place.
//!
//! In: findings of any stage. Out: [`Diagnostic`] values that travel with the result. Not
//! here: failures of files and indexes ([`crate::error`]); a text is never refused.
//!
//! `一、二、四、` gives `number_gap`: "item 3 is missing between `二、` and `四、`".

use crate::span::Span;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Something is likely missing or wrong in the source, or in our reading of it.
    Warning,
}

impl Severity {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
        }
    }
}

/// What kind of oddity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Bytes that no character stands for; they are U+FFFD in the source.
    Undecodable,
    /// A character that was read as another one that looks like it (釆 for 采).
    LookAlike,
    /// Traditional characters that no region uses there (瞭 for 了): converted too far.
    OverConverted,
    /// A number is missing in a sequence.
    NumberGap,
    /// A sequence does not begin at one.
    NumberStart,
    /// A sequence starts again without a new parent.
    NumberRestart,
    /// A number stands twice.
    NumberDuplicate,
    /// A number is smaller than the one before it.
    NumberOrder,
    /// A heading or number with no text below it.
    Empty,
    /// A heading whose number is missing.
    HeadingWithoutNumber,
    /// A document without a title.
    TitleMissing,
    /// The title was taken from what surrounds the document.
    TitleBorrowed,
    /// Text that stands after the end of the document.
    TextAfterEnd,
    /// A table of contents, which was kept out of the body.
    TableOfContents,
    /// What a file holds beside its text: page numbers, deleted and hidden passages.
    LeftOut,
}

impl Code {
    /// The word a record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Undecodable => "undecodable",
            Code::LookAlike => "look_alike",
            Code::OverConverted => "over_converted",
            Code::NumberGap => "number_gap",
            Code::NumberStart => "number_start",
            Code::NumberRestart => "number_restart",
            Code::NumberDuplicate => "number_duplicate",
            Code::NumberOrder => "number_order",
            Code::Empty => "empty",
            Code::HeadingWithoutNumber => "heading_without_number",
            Code::TitleMissing => "title_missing",
            Code::TitleBorrowed => "title_borrowed",
            Code::TextAfterEnd => "text_after_end",
            Code::TableOfContents => "table_of_contents",
            Code::LeftOut => "left_out",
        }
    }

    /// How much this kind matters.
    pub fn severity(self) -> Severity {
        match self {
            Code::LookAlike
            | Code::OverConverted
            | Code::TitleBorrowed
            | Code::TableOfContents
            | Code::LeftOut => Severity::Info,
            _ => Severity::Warning,
        }
    }
}

/// An oddity of a text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind it is.
    pub code: Code,
    /// A lowercase sentence, the offender in backticks.
    pub message: String,
    /// Where, in the normalised text.
    pub span: Span,
}

impl Diagnostic {
    /// A diagnostic at a place.
    pub fn new(code: Code, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic { code, message: message.into(), span }
    }
}
