//! What was typed as a query.
//!
//! In: a query. Out: its [`Clause`]s, all of which must hold, or a [`QueryError`] with its place. Not
//! here: what they find.
//!
//! ```text
//! query  = clause { clause }
//! clause = ["-"] atom { "OR" atom }
//! atom   = word | '"' phrase '"' | field ":" ( word | '"' phrase '"' )
//! ```
//!
//! `驻村 OR "帮扶 队员" -企业 region:湖南` is three clauses, the second of which excludes.

use super::analyzer;
use super::filter::Facet;

/// A part of a query: one of its atoms must hold, or none of them may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) excluded: bool,
    pub(crate) atoms: Vec<Atom>,
}

/// The least part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    /// Words, which rank.
    Words(String),
    /// A phrase, as it is printed.
    Phrase(String),
    /// What the unit must be; where it was typed: characters before it.
    Is(Facet, String, usize),
}

/// A query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} at character {} of the query", at + 1)]
pub struct QueryError {
    /// What is wrong.
    pub message: String,
    /// Where: characters before it.
    pub at: usize,
}

impl QueryError {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> QueryError {
        QueryError { message: message.into(), at }
    }
}

/// Takes a query apart.
pub(crate) fn parse(typed: &str) -> Result<Vec<Clause>, QueryError> {
    let characters = typed.chars().collect::<Vec<_>>();
    let mut reader = Reader { characters: &characters, at: 0 };
    let mut clauses: Vec<Clause> = Vec::new();
    // Where an OR stands that still wants what follows it.
    let mut or = None;
    while reader.skip_white() {
        let begin = reader.at;
        if reader.takes_or() {
            if clauses.is_empty() || or.is_some() {
                return Err(QueryError::new(begin, "`OR` has nothing before it"));
            }
            or = Some(begin);
            continue;
        }
        let excluded = reader.takes_minus();
        let Some(atom) = reader.atom()? else { continue };
        match (or.take(), clauses.last_mut()) {
            (Some(_), Some(last)) if excluded || last.excluded => {
                return Err(QueryError::new(begin, "`OR` goes with nothing excluded"));
            }
            (Some(_), Some(last)) => last.atoms.push(atom),
            _ => clauses.push(Clause { excluded, atoms: vec![atom] }),
        }
    }
    if let Some(at) = or {
        return Err(QueryError::new(at, "`OR` has nothing behind it"));
    }
    if clauses.iter().all(|clause| clause.excluded) {
        return Err(QueryError::new(0, "the query names nothing to look for"));
    }
    Ok(clauses)
}

struct Reader<'c> {
    characters: &'c [char],
    at: usize,
}

impl Reader<'_> {
    /// Goes on to what is no white space; false at the end.
    fn skip_white(&mut self) -> bool {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.at < self.characters.len()
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn takes_or(&mut self) -> bool {
        let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_quote(c));
        let is =
            matches!((self.peek(0), self.peek(1)), (Some('O'), Some('R'))) && ends(self.peek(2));
        self.at += if is { 2 } else { 0 };
        is
    }

    fn takes_minus(&mut self) -> bool {
        let is = matches!(self.peek(0), Some('-' | '－'))
            && self.peek(1).is_some_and(|next| !next.is_whitespace());
        self.at += usize::from(is);
        is
    }

    /// An atom; none where there is only punctuation.
    fn atom(&mut self) -> Result<Option<Atom>, QueryError> {
        let begin = self.at;
        if let Some(name) = self.field_name() {
            let Some(facet) = Facet::of(&name) else {
                let known = Facet::ALL.map(Facet::as_str).join(", ");
                let message = format!("no field is called `{name}` (there are {known})");
                return Err(QueryError::new(begin, message));
            };
            let at = self.at;
            let (value, _) = self.text()?;
            let value = value.trim().to_owned();
            if value.is_empty() {
                return Err(QueryError::new(at, format!("`{name}:` wants a value")));
            }
            return Ok(Some(Atom::Is(facet, value, at)));
        }
        let (text, quoted) = self.text()?;
        let text = analyzer::fold(&text);
        let told = text.chars().any(char::is_alphanumeric);
        let atom = if quoted { Atom::Phrase(text) } else { Atom::Words(text) };
        Ok(told.then_some(atom))
    }

    /// Latin letters before a colon, which are passed.
    fn field_name(&mut self) -> Option<String> {
        let rest = &self.characters[self.at..];
        let length = rest.iter().position(|c| !c.is_ascii_alphabetic())?;
        if length == 0 || !matches!(rest[length], ':' | '：') {
            return None;
        }
        self.at += length + 1;
        Some(rest[..length].iter().collect::<String>().to_lowercase())
    }

    /// What stands up to the next white space or quote, or between quotes.
    fn text(&mut self) -> Result<(String, bool), QueryError> {
        let begin = self.at;
        let opened = self.peek(0).filter(|c| is_quote(*c));
        let quoted = opened.is_some();
        self.at += usize::from(quoted);
        let rest = &self.characters[self.at..];
        let ends = |c: &char| match opened {
            Some(quote) => closes(quote, *c),
            None => is_quote(*c) || c.is_whitespace(),
        };
        let length = match rest.iter().position(ends) {
            None if quoted => return Err(QueryError::new(begin, "a quote is not closed")),
            length => length.unwrap_or(rest.len()),
        };
        let text = rest[..length].iter().collect();
        self.at += length + usize::from(quoted);
        Ok((text, quoted))
    }
}

/// Whether a quote ends what another began: a text in straight quotes may hold curly ones.
fn closes(opened: char, character: char) -> bool {
    match opened {
        '"' | '＂' => matches!(character, '"' | '＂'),
        _ => matches!(character, '“' | '”'),
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '＂')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Atom {
        Atom::Words(text.to_owned())
    }

    fn phrase(text: &str) -> Atom {
        Atom::Phrase(text.to_owned())
    }

    fn clause(excluded: bool, atoms: &[Atom]) -> Clause {
        Clause { excluded, atoms: atoms.to_vec() }
    }

    #[test]
    fn a_query_is_words_phrases_and_exclusions() {
        assert_eq!(
            parse("驻村 \"帮扶 队员\" -企业 -“国有企业” …"),
            Ok(vec![
                clause(false, &[words("驻村")]),
                clause(false, &[phrase("帮扶 队员")]),
                clause(true, &[words("企业")]),
                clause(true, &[phrase("国有企业")]),
            ])
        );
    }

    #[test]
    fn curly_quotes_stand_within_straight_ones() {
        assert_eq!(
            parse("\"的“两不愁”标准\""),
            Ok(vec![clause(false, &[phrase("的“两不愁”标准")])])
        );
    }

    #[test]
    fn or_joins_its_neighbours() {
        assert_eq!(
            parse("养犬 OR \"犬只\" OR 犬 登记"),
            Ok(vec![
                clause(false, &[words("养犬"), phrase("犬只"), words("犬")]),
                clause(false, &[words("登记")]),
            ])
        );
        assert_eq!(parse("ORDER").map(|clauses| clauses.len()), Ok(1));
    }

    #[test]
    fn a_field_is_named_before_a_colon() {
        let is = |facet, value: &str, at| Atom::Is(facet, value.to_owned(), at);
        assert_eq!(
            parse("region:湖南 -bearer:\"省 财政厅\""),
            Ok(vec![
                clause(false, &[is(Facet::Region, "湖南", 7)]),
                clause(true, &[is(Facet::Bearer, "省 财政厅", 18)]),
            ])
        );
        assert_eq!(parse("时间：2016"), Ok(vec![clause(false, &[words("时间：2016")])]));
    }

    #[test]
    fn a_wrong_query_says_where() {
        let error = |typed| parse(typed).expect_err("an error").to_string();
        assert_eq!(error("驻村 \"帮扶"), "a quote is not closed at character 4 of the query");
        assert_eq!(error("驻村 OR"), "`OR` has nothing behind it at character 4 of the query");
        assert_eq!(error("OR 驻村"), "`OR` has nothing before it at character 1 of the query");
        assert_eq!(error("a OR -b"), "`OR` goes with nothing excluded at character 6 of the query");
        assert_eq!(error("驻村 year:"), "`year:` wants a value at character 9 of the query");
        assert!(
            error("驻村 place:湖南").starts_with("no field is called `place` (there are unit, ")
        );
        assert!(error("驻村 place:湖南").ends_with("at character 4 of the query"));
        assert!(parse("-企业").is_err());
        assert!(parse("，").is_err());
    }
}
