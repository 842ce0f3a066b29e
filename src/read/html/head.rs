//! What the head of a page says of the document on it.
//!
//! In: a parsed page. Out: its title, and the lines that stand for what the body doesn't say. Not
//! here: the body ([`super::walk`]).
//!
//! `<meta name="PubDate" content="2019-03-02">` is the line `PubDate：2019-03-02`, where the body has no
//! such date. The names are those that government sites are to use (政府网站发展指引, 2017).

use std::ops::Range;

use dom_query::Document;

/// The head of a page.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// What `<title>` and `ArticleTitle` say, each as it stands.
    pub(super) title: Vec<String>,
    /// `PubDate` and `ContentSource`, with their names.
    facts: Vec<(&'static str, String)>,
}

/// Reads the head.
pub(super) fn head(document: &Document) -> Head {
    let mut head = Head::default();
    for node in document.select("meta[name]").nodes() {
        let value = |name: &str| {
            node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let (Some(name), Some(content)) = (value("name"), value("content")) else { continue };
        match name.to_ascii_lowercase().as_str() {
            "articletitle" => head.title.push(content),
            "pubdate" => head.facts.push(("PubDate", content)),
            "contentsource" => head.facts.push(("ContentSource", content)),
            _ => {}
        }
    }
    let title = document.select("title").first().text();
    head.title.push(title.split_whitespace().collect::<Vec<_>>().join(" "));
    head.title.retain(|title| !title.is_empty());
    head
}

/// The lines in front of the body: what of the head the body lacks.
pub(super) fn lead(head: &Head, body: &str, outside: &[Range<usize>]) -> String {
    let mut lead = String::new();
    if let Some(title) = head.title.first().map(|title| own(title))
        && lacks_title(body, outside, title)
    {
        lead = format!("{title}\n");
    }
    for (name, value) in &head.facts {
        let day: String = value.chars().take(10).collect();
        let known = body.contains(day.as_str()) || body.contains(&in_chinese(&day));
        if !known && !value.contains('\n') {
            lead.push_str(&format!("{name}：{value}\n"));
        }
    }
    lead
}

/// A text without white space.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The title of the document in that of the page: what stands before the name of the site.
pub(super) fn own(title: &str) -> &str {
    let cut = title.find(['_', '|', '｜']).or_else(|| title.find("--"));
    let dash = || title.rfind(['-', '–', '—']).filter(|&at| at >= 6 * '某'.len_utf8());
    cut.or_else(dash).map_or(title, |at| &title[..at]).trim()
}

/// Whether the main content begins without any title: with a sentence, who passed it, or a
/// first article.
fn lacks_title(body: &str, outside: &[Range<usize>], title: &str) -> bool {
    let named =
        title.chars().count() >= 6 && !["首页", "无标题"].iter().any(|no| title.contains(no));
    let mut start = 0;
    let lines = body.split_inclusive('\n').filter_map(|line| {
        let at = start;
        start += line.len();
        (!outside.iter().any(|range| range.contains(&at)) && !line.trim().is_empty())
            .then(|| line.trim())
    });
    let mut first = lines.take(1);
    let opens = first.next().is_some_and(is_untitled);
    let (title, most) = (squeezed(title), title.chars().count() + 12);
    let says = |line: &str| {
        line.chars().count() <= 2 * most && {
            let line = squeezed(line);
            line.contains(&title) && line.chars().count() <= most
        }
    };
    named && opens && !body.lines().any(says)
}

/// Whether a text that begins with this line has no title: it is a sentence, an address, who
/// passed it, a number, or a first article.
pub(super) fn is_untitled(line: &str) -> bool {
    line.ends_with(['。', '：', '；', ':', '号', '號'])
        || line.starts_with("第一")
        || line.starts_with(['（', '(', '1', '2'])
}

/// `2019-03-02` as `2019年3月2日`.
fn in_chinese(day: &str) -> String {
    let mut parts = day.split(['-', '/', '.']).map(|part| part.trim_start_matches('0'));
    let mut part = || parts.next().unwrap_or("");
    format!("{}年{}月{}日", part(), part(), part())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(head: &str, body: &str) -> String {
        let page = format!("<html><head>{head}</head><body>{body}</body></html>");
        super::super::page(&page).text
    }

    #[test]
    fn the_head_says_what_the_body_does_not() {
        let articles = "<p>第一条 为了护林，制定本办法。</p><p>第二条 镇负责护林。</p>";
        let title = "<title>某县护林办法_某县人民政府</title>";
        let lines = "第一条 为了护林，制定本办法。\n第二条 镇负责护林。\n";
        for (head, body, expected) in [
            (title, articles.to_owned(), format!("某县护林办法\n{lines}")),
            (title, format!("<h1>某县护林办法</h1>{articles}"), format!("某县护林办法\n{lines}")),
            ("<title>首页</title>", articles.to_owned(), lines.to_owned()),
            (
                "<meta name=PubDate content='2019-03-02 10:00'>",
                articles.to_owned(),
                format!("PubDate：2019-03-02 10:00\n{lines}"),
            ),
            (
                "<meta name=PubDate content='2019-03-02 10:00'>",
                format!("{articles}<p>2019年3月2日</p>"),
                format!("{lines}2019年3月2日\n"),
            ),
        ] {
            assert_eq!(led(head, &body), expected, "{head}{body}");
        }
    }

    #[test]
    fn the_name_of_the_site_is_no_title() {
        for (title, expected) in [
            ("某县护林办法_某县人民政府", "某县护林办法"),
            ("某县护林办法 - 某县人民政府", "某县护林办法"),
            ("某县护林办法--某网", "某县护林办法"),
            ("某县护林办法-某县政府", "某县护林办法"),
            ("某县护林办法", "某县护林办法"),
        ] {
            assert_eq!(own(title), expected);
        }
    }
}
