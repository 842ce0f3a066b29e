//! Which lines of a page are not its main content.
//!
//! In: a page's text, blocks and links. Out: the lines outside, which [`crate::structure`] sets aside
//! with a reason. Not here: single words of a page's tools within a line, and what a line states.
//!
//! Of `首页 | 政务公开`, `某县护林办法`, `第一条 …`, `上一篇：…` the first and the last are outside.
//!
//! The main content is the smallest block that holds four fifths of the page's running text, and
//! every line that begins as an article does: losing one of those is the worst failure. Lines
//! that are links count for nothing. The block grows by what stands right beside it without links
//! (a title, a signature), and lines of links within it are outside all the same.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::head::{is_untitled, own, squeezed};
use super::walk::{Role, Walked};

/// What a label is worth, in characters of running text.
const LABEL: usize = 20;

/// The longest heading of a list of links, in characters.
const HEADING: usize = 8;

/// What feet of pages say, in whatever block they stand.
const FEET: &[&str] = &[
    "版权所有",
    "版權所有",
    "ICP备",
    "Copyright",
    "网站标识码",
    "技术支持",
    "主办单位",
    "分辨率",
    "转载",
];

/// A line of the page.
#[derive(Debug, Default)]
struct Line {
    range: Range<usize>,
    /// How many characters it has, without white space, and how many of them are links.
    chars: usize,
    linked: usize,
    /// What it counts as running text.
    weight: usize,
    /// Whether it begins with a number, or as an article does.
    numbered: bool,
    article: bool,
    /// The smallest block that holds it.
    block: usize,
}

impl Line {
    fn is_link(&self) -> bool {
        self.linked * 2 > self.chars
    }
}

/// The lines outside of the main content, in order. `titles` is what the head calls the page.
pub(super) fn outside(page: &Walked, titles: &[String]) -> Vec<Range<usize>> {
    let mut lines = lines(page);
    for row in teasers(page, &lines) {
        lines[row].weight = 0;
    }
    let beside = beside(page, &lines);
    for line in lines.iter_mut().filter(|line| beside[line.block]) {
        line.weight = 0;
    }
    if lines.iter().all(|line| line.weight == 0) {
        return Vec::new();
    }
    let main = grown(page, &lines, &beside, core(page, &lines));
    let mut inside: Vec<bool> = (0..lines.len()).map(|row| main.contains(&row)).collect();
    for row in main.clone() {
        inside[row] = !beside[lines[row].block];
    }
    drop_links(page, &lines, main.clone(), &mut inside);
    keep_title(page, &lines, main, titles, &mut inside);
    for (row, line) in lines.iter().enumerate() {
        let text = &page.text[line.range.clone()];
        inside[row] |= line.article || text.trim_start().starts_with("附件") && !line.is_link();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (row, line) in lines.iter().enumerate().filter(|&(row, _)| !inside[row]) {
        match found.last_mut().filter(|_| row > 0 && !inside[row - 1]) {
            Some(last) => last.end = line.range.end,
            None => found.push(line.range.clone()),
        }
    }
    found
}

/// The lines of a page that have anything to see, each with the smallest block that holds it.
fn lines(page: &Walked) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut block, mut link) = (0, 0, 0);
    let mut open: Vec<usize> = Vec::new();
    for text in page.text.split_inclusive('\n') {
        let lead = text.len() - text.trim_start().len();
        let range = start + lead..start + lead.max(text.trim_end().len());
        start += text.len();
        if range.is_empty() {
            continue;
        }
        while page.blocks.get(block).is_some_and(|next| next.range.start <= range.start) {
            open.push(block);
            block += 1;
        }
        while open.last().is_some_and(|&index| page.blocks[index].range.end < range.end) {
            open.pop();
        }
        let mut line = Line { block: open.last().copied().unwrap_or(0), ..Line::default() };
        while page.links.get(link).is_some_and(|link| link.end <= range.start) {
            link += 1;
        }
        let over = page.links[link..].iter().take_while(|link| link.start < range.end);
        line.linked = over
            .map(|link| seen(&page.text[link.start.max(range.start)..link.end.min(range.end)]))
            .sum();
        line.range = range;
        measure(&page.text[line.range.clone()], &mut line);
        lines.push(line);
    }
    lines
}

/// How many characters are no white space.
fn seen(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Measures a line as running text.
fn measure(text: &str, line: &mut Line) {
    line.chars = seen(text);
    let start = squeezed(&text.chars().take(40).collect::<String>());
    let label = label(&start);
    line.numbered = label.is_some();
    line.article = matches!(label, Some('条' | '條')) && !line.is_link();
    if line.is_link() || FEET.iter().any(|foot| text.contains(foot)) {
        return;
    }
    let prose = text.contains(['。', '；', '！']) || text.contains('，') && line.chars >= 20;
    if prose || line.numbered {
        line.weight = line.chars - line.linked + if line.numbered { LABEL } else { 0 };
    }
}

/// What closes the number that a line begins with: `条` of `第三条`, `、` of `一、`.
fn label(line: &str) -> Option<char> {
    let bare = line.trim_start_matches(['第', '（', '(']);
    let rest = bare.trim_start_matches(|c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || "一二三四五六七八九十百千〇零两".contains(c)
    });
    let close = rest.chars().next().filter(|_| rest.len() < bare.len())?;
    match line.chars().next()? {
        '第' => "编編章节節条條".contains(close).then_some(close),
        '（' | '(' => "）)".contains(close).then_some(close),
        _ => "、".contains(close).then_some(close),
    }
}

/// The lines that tell of another page: a small block begins with a link and says more of it.
fn teasers(page: &Walked, lines: &[Line]) -> Vec<usize> {
    let tells = |row: &usize| {
        let parent = page.blocks[lines[*row].block].parent;
        let around = rows(lines, &page.blocks[parent].range);
        around.len() <= 4 && around.start < *row && lines[around.start].is_link()
    };
    let weighing = (0..lines.len()).filter(|&row| lines[row].weight > 0 && !lines[row].numbered);
    weighing.filter(tells).collect()
}

/// Which blocks stand beside the content by their name. A name is not believed of a block with
/// most of the page's text, or with numbered lines: some call all of a page its menu.
fn beside(page: &Walked, lines: &[Line]) -> Vec<bool> {
    let sums = sums(lines, |line| line.weight);
    let numbers = sums_of_numbers(lines);
    let total = sums[lines.len()];
    let mut found = vec![false; page.blocks.len()];
    for (index, block) in page.blocks.iter().enumerate() {
        let rows = rows(lines, &block.range);
        let weight = sums[rows.end] - sums[rows.start];
        let numbered = numbers[rows.end] > numbers[rows.start];
        found[index] = block.role == Role::Beside && weight * 5 <= total * 4 && !numbered
            || index > 0 && found[block.parent];
    }
    found
}

fn sums_of_numbers(lines: &[Line]) -> Vec<usize> {
    sums(lines, |line| usize::from(line.numbered && !line.is_link()))
}

/// The sums over the first 0, 1, 2 … lines.
fn sums(lines: &[Line], value: impl Fn(&Line) -> usize) -> Vec<usize> {
    let mut sum = 0;
    let rest = lines.iter().map(|line| {
        sum += value(line);
        sum
    });
    [0].into_iter().chain(rest.collect::<Vec<_>>()).collect()
}

/// The lines of a stretch of the text.
fn rows(lines: &[Line], range: &Range<usize>) -> Range<usize> {
    let start = lines.partition_point(|line| line.range.start < range.start);
    start..lines.partition_point(|line| line.range.start < range.end).max(start)
}

/// The smallest block with four fifths of the running text, all articles, and two lines.
fn core(page: &Walked, lines: &[Line]) -> usize {
    let weights = sums(lines, |line| line.weight);
    let articles = sums(lines, |line| usize::from(line.article));
    let all = |sums: &[usize]| sums[lines.len()];
    let mut found = 0;
    // The blocks of one within another follow it, so that one way down is one way through.
    for (index, block) in page.blocks.iter().enumerate().skip(1) {
        let rows = rows(lines, &block.range);
        let holds = |sums: &[usize]| sums[rows.end] - sums[rows.start];
        if block.parent <= found
            && page.blocks[found].range.start <= block.range.start
            && block.range.end <= page.blocks[found].range.end
            && rows.len() >= 2
            && holds(&weights) * 5 >= all(&weights) * 4
            && holds(&articles) == all(&articles)
        {
            found = index;
        }
    }
    found
}

/// The rows of a block, with those right beside it, in the next block that holds more, that are
/// neither links nor stand beside the content.
fn grown(page: &Walked, lines: &[Line], beside: &[bool], block: usize) -> Range<usize> {
    let mut main = rows(lines, &page.blocks[block].range);
    let (mut around, mut limit) = (block, main.clone());
    while around != 0 && limit == main {
        around = page.blocks[around].parent;
        limit = rows(lines, &page.blocks[around].range);
    }
    let joins = |row: usize| {
        let text = &page.text[lines[row].range.clone()];
        lines[row].linked == 0
            && !beside[lines[row].block]
            && !FEET.iter().any(|foot| text.contains(foot))
    };
    while main.start > limit.start && joins(main.start - 1) {
        main.start -= 1;
    }
    let heads = |row: usize| page.blocks[lines[row].block].role == Role::Heading;
    while main.end < limit.end && joins(main.end) && !heads(main.end) {
        main.end += 1;
    }
    main
}

/// Drops the lines of links within the main content: two and more that follow each other, a
/// path of the page, and what stands before or behind all running text.
fn drop_links(page: &Walked, lines: &[Line], main: Range<usize>, inside: &mut [bool]) {
    let is_link = |row: usize| lines[row].is_link() && !lines[row].numbered;
    let near = |row: usize| row.saturating_sub(1).max(main.start)..(row + 2).min(main.end);
    let weighs = |row: &usize| lines[*row].weight > 0;
    let first = main.clone().find(weighs).unwrap_or(main.start);
    let last = main.clone().rfind(weighs).unwrap_or(main.end);
    let labelled = lines.iter().filter(|line| line.numbered && !line.is_link()).count();
    for row in main.clone() {
        let line = &lines[row];
        let list = line.numbered && line.is_link() && labelled > 3;
        if list && near(row).filter(|&other| lines[other].is_link()).count() == 3 {
            // The headings as links, which the text below says again.
            inside[row] = false;
        } else if row > last && line.linked * 4 > line.chars && !line.numbered {
            inside[row] = false;
        }
    }
    let tools = repeated(page, lines, main.clone().filter(|&row| is_link(row)));
    for row in main.clone().filter(|&row| is_link(row)) {
        let run = row > main.start && is_link(row - 1) || row + 1 < main.end && is_link(row + 1);
        let path = page.text[lines[row].range.clone()].contains(['>', '＞', '›', '»', '|', '｜']);
        if run || path || row < first || row > last || tools.contains(&row) {
            inside[row] = false;
        }
    }
    // `相关阅读：` above links.
    for row in main.clone().skip(1) {
        let above = &lines[row - 1];
        if row > last + 1
            && !inside[row]
            && above.chars <= HEADING
            && above.weight == 0
            && is_link(row)
        {
            inside[row - 1] = false;
        }
    }
}

/// Lines of links that say the same three times and more: the tools of each article.
fn repeated(page: &Walked, lines: &[Line], rows: impl Iterator<Item = usize>) -> FxHashSet<usize> {
    let mut said: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for row in rows {
        let text = page.text[lines[row].range.clone()].chars();
        let words = text.filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
        said.entry(words).or_default().push(row);
    }
    said.into_values().filter(|rows| rows.len() >= 3).flatten().collect()
}

/// Keeps the title above the main content: the line nearest to it that the head calls so too,
/// with what of it stands right above; or else the nearest heading; or else, where the content
/// begins without any title, the nearest line that may be one.
fn keep_title(
    page: &Walked,
    lines: &[Line],
    main: Range<usize>,
    titles: &[String],
    inside: &mut [bool],
) {
    let titles: Vec<String> = titles.iter().map(|title| squeezed(own(title))).collect();
    let part = |row: usize, share: usize| {
        let text = squeezed(&page.text[lines[row].range.clone()]);
        let long = |title: &String| text.chars().count() * share >= title.chars().count();
        let called = titles.iter().any(|title| title.contains(&text) && long(title));
        called && text.chars().count() >= 6 && !lines[row].is_link()
    };
    let called = |row: usize| part(row, 2);
    if main.clone().take(12).filter(|&row| inside[row]).any(called) {
        return;
    }
    let above = || (main.start.saturating_sub(60)..main.start).rev();
    let heading = |row: &usize| {
        page.blocks[lines[*row].block].role == Role::Heading && !lines[*row].is_link()
    };
    let nearest = || {
        let text = |row: usize| page.text[lines[row].range.clone()].trim();
        let first = main.clone().find(|&row| inside[row]).filter(|&row| is_untitled(text(row)));
        let names = |row: &usize| {
            let text = text(*row);
            let long = (6..=80).contains(&lines[*row].chars);
            long && lines[*row].linked == 0 && !text.contains(['：', ':', '。', '[', '【', '|'])
        };
        first.and_then(|_| above().take(8).find(names))
    };
    let found = above().find(|&row| called(row)).or_else(|| above().find(heading));
    let Some(row) = found.or_else(nearest) else { return };
    inside[row] = true;
    for row in (0..row).rev().take_while(|&row| part(row, usize::MAX / 1000)) {
        inside[row] = true;
    }
}

#[cfg(test)]
mod tests {
    use super::super::page;

    /// The lines of a page's main content.
    fn main(html: &str) -> Vec<String> {
        let page = page(html);
        let mut kept = String::new();
        let mut from = 0;
        for range in &page.outside {
            kept.push_str(&page.text[from..range.start]);
            from = range.end;
        }
        kept.push_str(&page.text[from..]);
        kept.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    const ARTICLES: &str = "<p>第一条 为了保护森林，制定本办法。</p><p>第二条 县林业局负责护林。</p>\
                            <p>第三条 本办法自公布之日起施行。</p>";

    const LINES: [&str; 3] = [
        "第一条 为了保护森林，制定本办法。",
        "第二条 县林业局负责护林。",
        "第三条 本办法自公布之日起施行。",
    ];

    #[test]
    fn what_stands_around_is_outside() {
        let title = "<h1>某县护林办法</h1>";
        let menu = "<div><a href=/>首页</a> | <a href=/zw>政务公开</a></div>";
        let teaser = "<li><a href=1.htm>某县召开会议</a></li><li><a href=2.htm>某县走访</a></li>";
        for body in [
            format!("{menu}<div>{title}<div>{ARTICLES}</div></div><ul>{teaser}</ul>"),
            format!(
                "<form>{menu}{title}{ARTICLES}<p>上一篇：<a href=3.htm>某县开会了</a></p></form>"
            ),
            format!("<table><tr><td>{menu}<ul>{teaser}</ul><td>{title}{ARTICLES}</table>"),
            format!("{title}{menu}<div id=c>{ARTICLES}</div><div class=footer>电话。</div>"),
        ] {
            let mut expected = vec!["某县护林办法"];
            expected.extend(LINES);
            assert_eq!(main(&body), expected, "{body}");
        }
    }

    #[test]
    fn no_article_is_outside() {
        let rest = "<div class=footer><p>第四条 县财政局负责资金。</p></div>";
        let body = format!("<div>{}</div><div>甲</div>{rest}", ARTICLES.repeat(20));
        assert!(main(&body).contains(&"第四条 县财政局负责资金。".to_owned()));
    }

    #[test]
    fn what_belongs_to_the_document_stays() {
        for body in [
            "<p>各镇：</p><div><p>现将护林工作通知如下。</p><p>请执行。</p></div><p>县林业局</p><p>2019年3月8日</p>",
            "<p>现将护林工作通知如下。</p><p>请执行。</p><p>附件：<a href=1.doc>名单</a></p>",
            "<p>依照<a href=1.htm>《森林法》</a>护林。</p><p>请执行。</p>",
            "<div><a href=1.htm>第一条</a></div><div>为了护林。</div><div><a href=2.htm>第二条</a></div>",
            "<p>无句</p><p>无点</p>",
        ] {
            let page = page(body);
            assert!(page.outside.is_empty(), "{:?} of {}", page.outside, page.text);
        }
    }

    #[test]
    fn labels_open_lines() {
        for (line, label) in [
            ("第三条为了", Some('条')),
            ("第12條", Some('條')),
            ("一、总则", Some('、')),
            ("（三）某", Some('）')),
            ("三农问题", None),
            ("第三方", None),
            ("", None),
        ] {
            assert_eq!(super::label(line), label, "{line}");
        }
    }
}
