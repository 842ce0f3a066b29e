//! The text that the tags of a page leave.
//!
//! In: HTML. Out: its text: block elements and `<br>` break lines, the cells of a table are kept
//! apart by a tab, scripts, styles and the head are gone. Not here: what of it is the document
//! and what is menus and advertisements ([`crate::structure`]).
//!
//! `<p>第一条&nbsp;为了…</p><p>第二条` gives two lines.

use dom_query::{Document, NodeRef};
use encoding_rs::Encoding;

/// How many bytes at the beginning tell whether a text is HTML, and its encoding.
const PREFIX: usize = 1 << 12;

/// How deep elements may stand within each other. Pages of offices stay below 100; the parser's
/// time grows with the depth of each element, and deeper ones are made to harm.
const DEEPEST: usize = 1000;

/// Elements whose text is not shown.
const HIDDEN: &[&str] =
    &["head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select"];

/// Elements that stand in a line of text; all others break it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
];

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

/// The encoding that a page names in its head.
pub(crate) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    let at = memchr::memmem::find(prefix, b"charset=")? + "charset=".len();
    let rest = &prefix[at..];
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_".contains(b)))?;
    Encoding::for_label(&rest[..end])
}

/// The text of a page.
pub(crate) fn text(html: &str) -> String {
    if depth(html) > DEEPEST {
        return strip(html);
    }
    let document = Document::from(html);
    let mut page = Page { text: String::with_capacity(html.len() / 2), verbatim: 0 };
    let root = document.root();
    let mut node = root.first_child();
    while let Some(current) = node {
        if page.open(&current)
            && let Some(child) = current.first_child()
        {
            node = Some(child);
            continue;
        }
        node = next(&mut page, current, &root);
    }
    page.text
}

/// The next node after all of `node` is done, closing what ends on the way.
fn next<'d>(page: &mut Page, node: NodeRef<'d>, root: &NodeRef<'d>) -> Option<NodeRef<'d>> {
    let mut done = node;
    loop {
        page.close(&done);
        if let Some(sibling) = done.next_sibling() {
            return Some(sibling);
        }
        done = done.parent().filter(|parent| parent.id != root.id)?;
    }
}

/// The text of a page in the making.
struct Page {
    text: String,
    /// How many `<pre>` are open.
    verbatim: usize,
}

impl Page {
    /// Writes what a node begins with; whether to go into it.
    fn open(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            let text = node.text();
            if self.verbatim > 0 {
                self.text.push_str(&text)
            } else {
                self.flow(&text)
            }
            return false;
        }
        let Some(name) = node.node_name() else { return false };
        if HIDDEN.contains(&&*name) {
            return false;
        }
        self.verbatim += usize::from(&*name == "pre");
        match &*name {
            "br" => self.text.push('\n'),
            "td" | "th" => {
                if node.prev_element_sibling().is_some() {
                    self.text.push('\t');
                }
            }
            inline if INLINE.contains(&inline) => {}
            _ => self.break_line(),
        }
        true
    }

    fn close(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        if HIDDEN.contains(&&*name) {
            return;
        }
        self.verbatim -= usize::from(&*name == "pre");
        if &*name != "br" && !INLINE.contains(&&*name) {
            self.break_line();
        }
    }

    /// Writes text whose white space means nothing but one blank.
    fn flow(&mut self, text: &str) {
        for character in text.chars() {
            if !character.is_ascii_whitespace() {
                self.text.push(character);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    fn break_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
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
    fn pages() {
        for (html, expected) in [
            ("<p>第一条&nbsp;为了</p><p>第二条", "第一条\u{a0}为了\n第二条\n"),
            (
                "<html><head><title>甲</title></head><body>乙<br>丙<script>x</script></body></html>",
                "乙\n丙\n",
            ),
            (
                "<table><tr><td>文号</td><td>7号</td></tr><tr><td>日期</td></tr></table>",
                "文号\t7号\n日期\n",
            ),
            ("<pre>甲\n 乙</pre>", "甲\n 乙\n"),
            ("<div>一\n  二<b>三</b>&lt;四&gt;</div>", "一 二三<四>\n"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

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
        assert_eq!(charset(b"<meta>"), None);
    }

    #[test]
    fn deep_pages_are_stripped() {
        let deep = format!("{}第一条{}", "<div>".repeat(50_000), "<b>x".repeat(50_000));
        assert!(text(&deep).starts_with("第一条\n"));
    }
}
