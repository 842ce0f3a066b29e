//! A web page: the text that its tags leave, and which of it is not its main content.
//!
//! In: HTML. Out: a [`Page`]. Not here: what the main content says, and what becomes of the rest
//! ([`crate::structure`] sets it aside with its reason, so that nothing is lost).
//!
//! Of `<a href="/">首页</a><p>第一条&nbsp;为了…</p><p>第二条` there are three lines, of which the first is
//! outside of the main content.

mod content;
mod head;
mod walk;

use std::ops::Range;

use dom_query::Document;
use encoding_rs::Encoding;

/// How many bytes at the beginning tell whether a text is HTML, and its encoding.
const PREFIX: usize = 1 << 12;

/// How deep elements may stand within each other. Pages of offices stay below 100; the parser's
/// time grows with the depth of each element, and deeper ones are made to harm.
const DEEPEST: usize = 1000;

/// A page as text.
pub(crate) struct Page {
    /// What its tags leave. Where the body lacks a title or a date that the head has, they stand
    /// in front.
    pub(crate) text: String,
    /// The lines that are not main content, in order: menus, lists of other pages, feet.
    pub(crate) outside: Vec<Range<usize>>,
}

/// Reads a page.
pub(crate) fn page(html: &str) -> Page {
    let html = without_header(html);
    if depth(html) > DEEPEST {
        return Page { text: strip(html), outside: Vec::new() };
    }
    let document = Document::from(html);
    let walked = walk::walk(&document);
    let head = head::head(&document);
    let outside = content::outside(&walked, &head.title);
    let lead = head::lead(&head, &walked.text, &outside);
    let shifted = |range: Range<usize>| range.start + lead.len()..range.end + lead.len();
    let outside = outside.into_iter().map(shifted).collect();
    Page { text: lead + &walked.text, outside }
}

/// A page without the header of the answer that it came in, which some tools save with it.
fn without_header(html: &str) -> &str {
    if !html.starts_with("HTTP/") {
        return html;
    }
    let ends = ["\r\n\r\n", "\n\n"].iter().filter_map(|end| Some(html.find(end)? + end.len()));
    ends.min().map_or(html, |end| &html[end..])
}

/// Whether a text is HTML: it begins as such, or tags abound in its beginning.
pub(crate) fn is_html(text: &str) -> bool {
    let head = head(text).trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if !head.contains('<') {
        return false;
    }
    let head = head.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag)) {
        return true;
    }
    let known = ["</p>", "<br", "</div>", "</span>", "</td>", "</tr>", "</a>", "</h1>", "</li>"];
    let tags: usize = known.iter().map(|tag| head.matches(tag).count()).sum();
    let page = head.contains("<html") || head.contains("<body");
    page || tags >= 8 || (head.starts_with('<') && tags >= 1)
}

/// The encoding that a page names in its head, or in that of the answer it came in.
pub(crate) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let prefix = bytes[..bytes.len().min(PREFIX)].to_ascii_lowercase();
    let after = |name: &[u8]| memchr::memmem::find(&prefix, name).map(|at| at + name.len());
    let declared = || after(b" encoding=").filter(|_| prefix.starts_with(b"<?xml"));
    let rest = &prefix[after(b"charset=").or_else(declared)?..];
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_".contains(b)))?;
    Encoding::for_label(&rest[..end])
}

/// The deepest that tags stand within each other, if none of them is closed by another.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut depth, mut deepest) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Whether a tag begins an element that is never closed, or often isn't.
fn is_void(tag: &[u8]) -> bool {
    let end = tag.iter().take(12).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(0);
    let name = tag[..end].to_ascii_lowercase();
    [
        "br", "hr", "img", "input", "link", "meta", "p", "li", "td", "th", "tr", "option", "wbr",
        "col", "area", "base", "dt", "dd", "source", "param", "embed",
    ]
    .iter()
    .any(|known| known.as_bytes() == name)
}

/// The text between the tags, for pages no parser should see.
fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(PREFIX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_page() {
        assert!(is_html("<!DOCTYPE html><html>"));
        assert!(is_html("\n<p>第一条</p>"));
        assert!(!is_html("第一条 <本法> 适用"));
        assert!(!is_html("<本法>"));
        assert!(!is_html("html模版"));
    }

    #[test]
    fn the_encoding_of_a_page() {
        assert_eq!(charset(b"<meta charset=\"gb2312\">"), Some(encoding_rs::GBK));
        assert_eq!(charset(b"<meta content='text/html; charset=big5'>"), Some(encoding_rs::BIG5));
        assert_eq!(charset(b"<META CHARSET=GB2312>"), Some(encoding_rs::GBK));
        assert_eq!(charset(b"<?xml version='1.0' encoding='big5'?>"), Some(encoding_rs::BIG5));
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GBK\r\n\r\n<html>";
        assert_eq!(charset(answer), Some(encoding_rs::GBK));
        assert_eq!(charset(b"<meta>"), None);
    }

    #[test]
    fn deep_pages_are_stripped() {
        let deep = format!("{}第一条{}", "<div>".repeat(50_000), "<b>x".repeat(50_000));
        assert!(page(&deep).text.starts_with("第一条\n"));
    }
}
