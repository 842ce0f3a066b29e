//! The text that the tags of a page leave, and what they tell of it.
//!
//! In: a parsed page. Out: [`Walked`]. Block elements and `<br>` break lines, the cells of a row are
//! kept apart by a tab, the numbers that a browser gives the items of a list are written; scripts,
//! styles and the head are gone. Not here: what is main content ([`super::content`]).
//!
//! `<ol><li>为了…<li>依照…</ol>` gives `1.为了…` and `2.依照…`.

use std::ops::Range;

use dom_query::{Document, NodeRef};

use super::head::squeezed;

/// Elements whose text is not shown.
const HIDDEN: &[&str] =
    &["head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select"];

/// Elements that stand in a line of text; all others break it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "td", "th", "time", "tt", "u", "var", "wbr",
];

/// Elements whose white space is shown.
const VERBATIM: &[&str] = &["pre", "textarea", "xmp", "listing", "plaintext"];

/// Elements that stand beside the content of a page by their name.
const BESIDE: &[&str] = &["nav", "aside", "footer", "button"];

/// Parts of a class or an `id` that say the same of an element.
const BESIDE_NAMES: &[&str] = &[
    "aside",
    "banner",
    "bottom",
    "bread",
    "comment",
    "copyright",
    "crumb",
    "foot",
    "hotnews",
    "menu",
    "navi",
    "pagination",
    "recommend",
    "related",
    "relation",
    "search",
    "share",
    "sidebar",
    "toolbar",
];

/// The longest that a cell is part of a line, in characters.
const CELL: usize = 200;

/// The text of a page, with what its elements say of it.
pub(super) struct Walked {
    pub(super) text: String,
    /// The block elements, each behind the one that holds it; the first is the whole page.
    pub(super) blocks: Vec<Block>,
    /// The text of links to other pages, in order.
    pub(super) links: Vec<Range<usize>>,
}

/// A block element.
#[derive(Debug)]
pub(super) struct Block {
    /// Where its text lies.
    pub(super) range: Range<usize>,
    /// The block that holds it, itself for the first.
    pub(super) parent: usize,
    pub(super) role: Role,
}

/// What an element is for, by its name and class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It doesn't tell.
    Plain,
    /// `<h1>`, `<h2>` …
    Heading,
    /// Menus, feet, and what is not shown.
    Beside,
}

/// Reads a page.
pub(super) fn walk(document: &Document) -> Walked {
    let mut writer = Writer::default();
    writer.blocks.push(Block { range: 0..0, parent: 0, role: Role::Plain });
    writer.open.push(0);
    let root = document.root();
    let mut node = root.first_child();
    while let Some(current) = node {
        if writer.open(&current)
            && let Some(child) = current.first_child()
        {
            node = Some(child);
            continue;
        }
        node = next(&mut writer, current, &root);
    }
    writer.blocks[0].range.end = writer.text.len();
    Walked { text: writer.text, blocks: writer.blocks, links: writer.links }
}

/// The next node after all of `node` is done, closing what ends on the way.
fn next<'d>(writer: &mut Writer, node: NodeRef<'d>, root: &NodeRef<'d>) -> Option<NodeRef<'d>> {
    let mut done = node;
    loop {
        writer.close(&done);
        if let Some(sibling) = done.next_sibling() {
            return Some(sibling);
        }
        done = done.parent().filter(|parent| parent.id != root.id)?;
    }
}

/// A page in the making.
#[derive(Default)]
struct Writer {
    text: String,
    blocks: Vec<Block>,
    links: Vec<Range<usize>>,
    /// The blocks that are open.
    open: Vec<usize>,
    /// Where the link that is open begins.
    link: Option<usize>,
    /// How many elements are open that show their white space.
    verbatim: usize,
    /// How many rows are open that are one line.
    rows: usize,
    /// The next number of each list that is open; none of lists without numbers.
    lists: Vec<Option<Counter>>,
}

/// The numbers of a list.
#[derive(Clone, Copy)]
struct Counter {
    next: i32,
    style: Style,
}

#[derive(Clone, Copy)]
enum Style {
    Decimal,
    Letter,
    Chinese,
}

impl Writer {
    /// Writes what a node begins with; whether to go into it.
    fn open(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.write(&node.text());
            return false;
        }
        let Some(name) = node.node_name() else { return false };
        let name = &*name;
        if HIDDEN.contains(&name) {
            return false;
        }
        self.verbatim += usize::from(VERBATIM.contains(&name));
        match name {
            "br" => self.end_line(),
            "a" if leads_away(node) => self.link = self.link.or(Some(self.text.len())),
            "td" | "th" => {
                if node.prev_element_sibling().is_some() {
                    self.text.push('\t');
                }
                self.begin(node, name);
            }
            inline if INLINE.contains(&inline) => {}
            _ => {
                self.break_line();
                self.begin(node, name);
                self.rows += usize::from(name == "tr" && (self.rows > 0 || is_row(node)));
                match name {
                    "ol" => self.lists.push(counter(node)),
                    "ul" | "menu" => self.lists.push(None),
                    "li" => self.number(node),
                    _ => {}
                }
            }
        }
        true
    }

    fn close(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        let name = &*name;
        if HIDDEN.contains(&name) || name == "br" {
            return;
        }
        self.verbatim -= usize::from(VERBATIM.contains(&name));
        match name {
            "a" => {
                if let Some(start) = self.link.take() {
                    self.links.push(start..self.text.len());
                }
            }
            "td" | "th" => self.end(),
            inline if INLINE.contains(&inline) => {}
            _ => {
                if matches!(name, "ol" | "ul" | "menu") {
                    self.lists.pop();
                }
                self.rows -= usize::from(name == "tr" && self.rows > 0);
                self.end();
                self.break_line();
            }
        }
    }

    /// Begins a block.
    fn begin(&mut self, node: &NodeRef<'_>, name: &str) {
        let parent = self.open.last().copied().unwrap_or(0);
        let start = self.text.len();
        self.open.push(self.blocks.len());
        self.blocks.push(Block { range: start..start, parent, role: role(node, name) });
    }

    /// Ends the block that was begun last.
    fn end(&mut self) {
        if let Some(index) = self.open.pop() {
            self.blocks[index].range.end = self.text.len();
        }
    }

    fn write(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.text.push_str(text);
            return;
        }
        // White space means nothing but one blank.
        for character in text.chars() {
            if !character.is_ascii_whitespace() {
                self.text.push(character);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }

    /// Writes the number that a browser gives an item of a list.
    fn number(&mut self, node: &NodeRef<'_>) {
        let Some(Some(counter)) = self.lists.last_mut() else { return };
        let value = node.attr("value").and_then(|value| value.trim().parse().ok());
        let number = value.unwrap_or(counter.next);
        counter.next = number.saturating_add(1);
        let style = counter.style;
        if !has_own_number(node) {
            self.text.push_str(&label(number, style));
        }
    }

    fn end_line(&mut self) {
        if self.rows > 0 {
            self.write(" ");
        } else {
            self.text.push('\n');
        }
    }

    fn break_line(&mut self) {
        let written = self.text.trim_end_matches('\t');
        if !written.is_empty() && !written.ends_with('\n') {
            self.end_line();
        }
    }
}

/// Whether a link leads away from the text: not to a file that comes with the document.
fn leads_away(node: &NodeRef<'_>) -> bool {
    let Some(target) = node.attr("href") else { return false };
    let target = target.trim().to_ascii_lowercase();
    let files = ["doc", "docx", "pdf", "xls", "xlsx", "wps", "ofd", "zip", "rar", "et", "ppt"];
    let kind = target.rsplit('.').next().unwrap_or("");
    !files.contains(&kind)
}

/// What an element is for.
fn role(node: &NodeRef<'_>, name: &str) -> Role {
    if matches!(name, "h1" | "h2" | "h3") {
        return Role::Heading;
    }
    let unseen = node.attr("style").is_some_and(|style| {
        style.to_ascii_lowercase().split_whitespace().collect::<String>().contains("display:none")
    });
    let named = |attribute: &str| {
        node.attr(attribute).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            BESIDE_NAMES.iter().any(|part| value.contains(part))
        })
    };
    if BESIDE.contains(&name) || unseen || name != "body" && (named("class") || named("id")) {
        Role::Beside
    } else {
        Role::Plain
    }
}

/// Whether a row is one line of a table of data: two cells or more, all of them short.
fn is_row(row: &NodeRef<'_>) -> bool {
    let cells = row.element_children();
    cells.len() >= 2 && cells.iter().all(is_cell)
}

/// Whether a cell is short and holds no layout. It stops reading where it is not.
fn is_cell(cell: &NodeRef<'_>) -> bool {
    let (mut characters, mut blocks) = (0, 0);
    for node in cell.descendants_it() {
        if node.is_text() {
            characters += node.text().chars().filter(|c| !c.is_whitespace()).count();
        } else if let Some(name) = node.node_name() {
            if matches!(&*name, "table" | "ul" | "ol" | "script" | "form" | "h1" | "h2") {
                return false;
            }
            blocks += usize::from(matches!(&*name, "p" | "div" | "br"));
        }
        if characters > CELL || blocks > 6 {
            return false;
        }
    }
    true
}

/// Whether the items of a list have numbers to see, and from which on.
fn counter(list: &NodeRef<'_>) -> Option<Counter> {
    let attribute = |name: &str| list.attr(name).map(|value| value.trim().to_owned());
    let css: String = attribute("style").unwrap_or_default().split_whitespace().collect::<String>();
    let css = css.to_ascii_lowercase();
    let said = css.split(';').find_map(|rule| {
        rule.strip_prefix("list-style:").or(rule.strip_prefix("list-style-type:"))
    });
    let style = match said {
        Some("none") => return None,
        Some("cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal") => {
            Style::Chinese
        }
        Some("lower-alpha" | "lower-latin") => Style::Letter,
        _ if attribute("type").as_deref() == Some("a") => Style::Letter,
        _ => Style::Decimal,
    };
    let next = attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    Some(Counter { next, style })
}

/// Whether an item of a list says its number itself, or is but a link, as those of menus are.
fn has_own_number(item: &NodeRef<'_>) -> bool {
    let mut seen = item
        .children_it(false)
        .filter(|node| !(node.is_text() && node.text().trim().is_empty() || node.is_comment()));
    let first = seen.next();
    if first.as_ref().is_some_and(|node| node.node_name().as_deref() == Some("a"))
        && seen.next().is_none()
    {
        return true;
    }
    let mut texts = item.descendants_it().filter(|node| node.is_text()).map(|node| node.text());
    let Some(text) = texts.find(|text| !text.trim().is_empty()) else { return true };
    let text = squeezed(&text.chars().take(40).collect::<String>());
    let bare = text.trim_start_matches(['第', '（', '(', '〔', '[']);
    let rest = bare.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(c)
    });
    let closed =
        rest.starts_with(['、', '.', '．', '）', ')', '条', '條', '章', '节', '節', '〕', ']']);
    rest.len() < bare.len() && closed || text.starts_with(|c: char| matches!(c, '①'..='⒛'))
}

/// The label of an item: `3.`, `c.`, `三、`.
fn label(number: i32, style: Style) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (style, usize::try_from(number)) {
        (Style::Letter, Ok(number @ 1..=26)) => format!("{}.", (b'a' + number as u8 - 1) as char),
        (Style::Chinese, Ok(number @ 1..=99)) => {
            let (tens, ones) = (number / 10, number % 10);
            let tens = match tens {
                0 => String::new(),
                1 => "十".to_owned(),
                _ => format!("{}十", DIGITS[tens]),
            };
            format!("{tens}{}、", DIGITS[ones])
        }
        _ => format!("{number}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        walk(&Document::from(html)).text
    }

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
            ("<textarea>甲\n 乙</textarea>", "甲\n 乙\n"),
            ("<div>一\n  二<b>三</b>&lt;四&gt;</div>", "一 二三<四>\n"),
            ("<div>10<sup>2</sup>米<br>\n<br>乙</div>", "102米\n\n乙\n"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn the_cells_of_a_row_stand_in_one_line() {
        for (html, expected) in [
            (
                "<tr><td><p>乡镇</p></td><td><p>户数<br>（户）</p></td></tr>",
                "乡镇 \t户数 （户） \n",
            ),
            // A table for layout.
            (
                "<tr><td><ul><li>首页</ul></td><td><p>第一条</p><p>第二条</p></td></tr>",
                "首页\n\t第一条\n第二条\n",
            ),
        ] {
            assert_eq!(text(&format!("<table>{html}</table>")), expected, "{html}");
        }
    }

    #[test]
    fn lists_are_numbered_as_shown() {
        for (html, expected) in [
            ("<ol><li>甲<li>乙</ol>", "1.甲\n2.乙\n"),
            ("<ol start=3><li>甲<li value=7>乙</ol>", "3.甲\n7.乙\n"),
            ("<ol type=a><li>甲<ol><li>乙</ol><li>丙</ol>", "a.甲\n1.乙\nb.丙\n"),
            ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", "一、甲\n二、乙\n"),
            ("<ol style='list-style:none'><li>甲</ol>", "甲\n"),
            ("<ol><li>（一）甲<li>2、乙<li>第三条 丙</ol>", "（一）甲\n2、乙\n第三条 丙\n"),
            ("<ol class=breadcrumb><li><a href=/>首页</a></ol>", "首页\n"),
            ("<ul><li>甲</ul>", "甲\n"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
        assert_eq!(label(23, Style::Chinese), "二十三、");
    }

    #[test]
    fn links_lead_away() {
        let html = "<a href='/x.html'>甲</a><a name=y>乙</a><a href=''>丙</a><a href=b.doc>丁</a>";
        let walked = walk(&Document::from(html));
        assert_eq!(walked.links, [0..3, 6..9]);
    }
}
