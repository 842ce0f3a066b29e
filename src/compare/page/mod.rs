//! A comparison as a page that stands alone.
//!
//! In: a [`Comparison`] and its records. Out: HTML in Chinese and English, without scripts and
//! without anything from elsewhere: the documents side by side, what changed struck out or
//! underlined (colour only helps), and a bar a document that shows it whole. Not here: what is
//! compared.
//!
//! 应当 struck out on the left stands for 可以 underlined on the right.

mod matrix;

use std::fmt::Write;

pub use matrix::matrix_page;

use super::comparison::{Comparison, Kind, Pair};
use super::diff::Op;
use super::provision::Provision;
use crate::record::Record;

/// A word of the page in both languages.
type Word = (&'static str, &'static str);

/// The page of a comparison.
pub fn page(comparison: &Comparison, a: &Record, b: &Record) -> String {
    let title = |one: &Record| one.title.clone().unwrap_or_else(|| "(no title)".to_owned());
    let mut page = begin(&format!("{} ↔ {}", title(a), title(b)));
    page += &header(comparison, a, b);
    page += &bars(comparison);
    page += "<main>\n";
    for (at, pair) in comparison.pairs.iter().enumerate() {
        article(&mut page, comparison, pair, at);
    }
    page += "</main>\n<footer>";
    page += &said((
        "相似度按两段文字共有的二、三字词片加权计算：常用套语权重低，少见用语权重高。沿用率是 B 中与 A 逐字相同的部分。",
        "Likeness weighs the 2- and 3-character pieces that both share: stock phrases little, rare words much. Reuse is the part of B that stands in A word for word.",
    ));
    page + "</footer>\n</body>\n</html>\n"
}

/// How a page begins, with its title.
fn begin(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        escape(title),
        include_str!("style.css")
    )
}

/// What chooses the language.
fn languages() -> String {
    format!(
        "<fieldset><legend>{}</legend>\
         <label><input type=\"radio\" name=\"lang\" id=\"lang-zh\" checked> 中文</label>\
         <label><input type=\"radio\" name=\"lang\" id=\"lang-en\"> English</label></fieldset>",
        said(("语言", "Language"))
    )
}

/// Both languages of a word; the page shows one.
fn said((zh, en): Word) -> String {
    format!("<span class=\"zh\">{zh}</span><span class=\"en\" lang=\"en\">{en}</span>")
}

fn header(comparison: &Comparison, a: &Record, b: &Record) -> String {
    let shares = comparison.shares;
    let share = |class: &str, word: Word, share: f32| {
        let key = format!("<span class=\"key {class}\"></span>");
        format!("<li>{key}<b>{:.0} %</b> {}</li>", share * 100.0, said(word))
    };
    format!(
        "<header>\n<div class=\"top\"><h1>{}</h1>{}</div>\n\
         <div class=\"documents\">{}{}</div>\n<ul class=\"shares\">{}{}{}{}</ul>\n\
         <label><input type=\"checkbox\" id=\"hide-copied\"> {}</label>\n</header>\n",
        said(("条文对照", "Provisions side by side")),
        languages(),
        document("A", a, comparison.a.len()),
        document("B", b, comparison.b.len()),
        share("copied", ("B 逐字沿用", "of B copied"), shares.copied),
        share("adapted", ("B 改写", "of B adapted"), shares.adapted),
        share("added", ("B 新增", "of B added"), shares.added),
        share("dropped", ("A 未沿用", "of A dropped"), shares.dropped),
        said(("隐藏相同条文", "hide what is the same")),
    )
}

fn document(side: &str, one: &Record, provisions: usize) -> String {
    let region = one.region.as_ref().map(|region| region.name.as_str());
    let file = std::path::Path::new(&one.source.path).file_stem().and_then(|stem| stem.to_str());
    let facts = [region, one.number.as_deref(), one.dates.issued.as_deref(), file];
    let facts: Vec<String> = facts.into_iter().flatten().map(escape).collect();
    format!(
        "<div class=\"document\"><span class=\"side\">{side}</span><b>{}</b><br><small>{}{} {} · {}</small></div>",
        escape(one.title.as_deref().unwrap_or("(no title)")),
        facts.iter().map(|fact| format!("{fact} · ")).collect::<String>(),
        provisions,
        said(("条（段）", "provisions")),
        one.id
    )
}

/// A bar a document: a segment a provision, as wide as it is long, to be clicked.
fn bars(comparison: &Comparison) -> String {
    let bar = |side: &str, list: &[Provision], of: fn(&Pair) -> &Vec<usize>| {
        let mut segments: Vec<(usize, String)> = Vec::new();
        for (at, pair) in comparison.pairs.iter().enumerate() {
            for &place in of(pair) {
                let length = list[place].text.chars().count().max(1);
                let class = pair.kind.as_str();
                let unit = escape(&list[place].unit);
                let segment = format!(
                    "<a class=\"{class}\" style=\"flex-grow:{length}\" href=\"#p{at}\" title=\"{unit}\" aria-label=\"{side} {unit}\"></a>"
                );
                segments.push((place, segment));
            }
        }
        segments.sort();
        let segments: String = segments.into_iter().map(|(_, segment)| segment).collect();
        format!(
            "<div><span class=\"side\">{side}</span><span class=\"bar\">{segments}</span></div>"
        )
    };
    let (a, b) = (bar("A", &comparison.a, |pair| &pair.a), bar("B", &comparison.b, |pair| &pair.b));
    format!("<nav aria-label=\"overview\">{a}{b}</nav>\n")
}

fn article(page: &mut String, comparison: &Comparison, pair: &Pair, at: usize) {
    let kind = pair.kind.as_str();
    let word = match pair.kind {
        Kind::Copied => ("相同", "copied"),
        Kind::Adapted => ("改写", "adapted"),
        Kind::Split => ("拆分", "split"),
        Kind::Merged => ("合并", "merged"),
        Kind::Added => ("B 新增", "added in B"),
        Kind::Dropped => ("A 未沿用", "dropped from A"),
    };
    let mut how = format!("<b><span class=\"key {kind}\"></span>{}</b>", said(word));
    if pair.moved {
        how += &format!("<b>⇅ {}</b>", said(("移位", "moved")));
    }
    if !matches!(pair.kind, Kind::Added | Kind::Dropped) {
        let number = |word: Word, share: f32| {
            format!("<span class=\"number\">{} {share:.2}</span>", said(word))
        };
        how += &number(("相似度", "alike"), pair.similarity);
        how += &number(("沿用率", "reused"), pair.reused);
    }
    let a = side(comparison, pair, Side::A);
    let b = side(comparison, pair, Side::B);
    page.push_str(&format!(
        "<article id=\"p{at}\" class=\"of-{kind}\"><div class=\"how\">{how}</div>\
         <div class=\"texts\">{a}{b}</div></article>\n"
    ));
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    A,
    B,
}

/// One side of a pair: its provisions, what changed marked.
fn side(comparison: &Comparison, pair: &Pair, side: Side) -> String {
    let (name, list, places, mark) = match side {
        Side::A => ("A", &comparison.a, &pair.a, "del"),
        Side::B => ("B", &comparison.b, &pair.b, "ins"),
    };
    let mut html = String::from("<div>");
    if places.is_empty() {
        let none = said(("没有对应条文", "nothing corresponds"));
        let _ =
            write!(html, "<span class=\"side\">{name}</span><span class=\"none\">{none}</span>");
    }
    let one_sided = pair.a.is_empty() || pair.b.is_empty();
    let mut begin = 0;
    for &place in places {
        let provision = &list[place];
        let shown: Vec<char> = provision.shown.chars().collect();
        let headings = provision.headings.iter().map(|heading| escape(heading)).collect::<Vec<_>>();
        let _ = write!(
            html,
            "<div class=\"unit\"><span class=\"side\">{name}</span>{} <small>{}</small></div><p class=\"text\">",
            escape(&provision.unit),
            headings.join(" › ")
        );
        for edit in &pair.edits {
            let range = if side == Side::A { &edit.a } else { &edit.b };
            let from = range.start.clamp(begin, begin + shown.len()) - begin;
            let to = range.end.clamp(begin, begin + shown.len()) - begin;
            if from < to {
                let text = escape(&shown[from..to].iter().collect::<String>());
                if edit.op == Op::Same || one_sided {
                    html += &text;
                } else {
                    let _ = write!(html, "<{mark}>{text}</{mark}>");
                }
            }
        }
        html += "</p>";
        // the line break that joins it with the next
        begin += shown.len() + 1;
    }
    html + "</div>"
}

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
