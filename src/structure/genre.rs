//! What sort of text a document is: 文种 from its title, genre from title and outline.
//!
//! In: a title, an outline. Out: kind and [`Genre`]. Not here: finding the title.
//!
//! `…工作责任追究暂行办法` is of the kind `暂行办法`, a regulation.

use std::sync::LazyLock;

use super::{Genre, Kind, Node};

/// The kinds, longest first, with the genre each speaks for.
static KINDS: LazyLock<Vec<(&'static str, Genre)>> = LazyLock::new(|| {
    let mut kinds: Vec<(&str, Genre)> = include_str!("../../data/genres.tsv")
        .lines()
        .skip(1)
        .filter_map(|row| {
            let mut cells = row.split('\t');
            let kind = cells.next()?;
            let genre = match cells.next()? {
                "notice" => Genre::Notice,
                "opinion" => Genre::Opinion,
                "report" => Genre::Report,
                _ => Genre::Regulation,
            };
            Some((kind, genre))
        })
        .collect();
    kinds.sort_by_key(|(kind, _)| std::cmp::Reverse(kind.len()));
    kinds
});

/// Words that show from where a text speaks, with their genre.
static VOICES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../../data/voices.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let (word, rest) = row.split_once('\t')?;
        Some((word, rest.split_once('\t')?.0))
    })
    .collect()
});

/// The kind that a title ends in, without what stands in brackets behind it.
pub(super) fn of_title(title: &str) -> Option<(&'static str, Genre)> {
    let bare = without_tail(title);
    KINDS.iter().find(|(kind, _)| bare.ends_with(kind)).copied()
}

/// A title without `（试行）`, `第3篇` and the like behind it.
fn without_tail(title: &str) -> &str {
    let mut bare = title.trim_end();
    while bare.ends_with('）') {
        let Some(open) = bare.rfind('（') else { break };
        bare = &bare[..open];
    }
    if bare.ends_with('篇')
        && let Some(at) = bare.rfind('第')
    {
        bare = &bare[..at];
    }
    bare
}

/// Kind and genre of a document. `body` is its whole text.
pub(super) fn judge(title: &str, outline: &[Node], body: &str) -> (Option<String>, Genre) {
    let named = of_title(title);
    let nodes = || outline.iter().flat_map(Node::walk);
    let articles = nodes().filter(|node| node.kind == Kind::Article).take(2).count();
    let levels = nodes().any(|node| node.kind == Kind::Level);
    let kind = |name: &str| Some(name.to_owned());
    match named {
        Some((_, Genre::Regulation)) if articles == 0 && !levels && speaks(body, "news") => {
            (None, Genre::News)
        }
        Some((_, Genre::Regulation)) if articles == 0 && announces(title) => (None, Genre::News),
        Some((name, Genre::Regulation | Genre::Report)) => {
            let genre = if named.is_some_and(|(_, genre)| genre == Genre::Report) {
                Genre::Report
            } else {
                Genre::Regulation
            };
            (kind(name), genre)
        }
        Some((name, Genre::Notice)) => (kind(name), Genre::Notice),
        _ if articles > 1 => {
            let own = of_text(body).or(named.map(|(name, _)| name));
            (own.map(str::to_owned), Genre::Regulation)
        }
        Some((name, _)) if tells_of(body, name) => (None, Genre::News),
        Some((name, genre)) if levels => (kind(name), genre),
        _ if speaks(body, "news") => (None, Genre::News),
        // 二、总经理（二）听取汇报: who has levels of duties tells of no meeting
        _ if !levels && speaks(body, "report") => (None, Genre::Report),
        Some((name, genre)) => (kind(name), genre),
        None => (None, if levels { Genre::Opinion } else { Genre::Other }),
    }
}

/// Whether a title tells that somebody has issued a rule: `我省发布责任制实施细则`, `某市出台管理办法`.
fn announces(title: &str) -> bool {
    let ours = title.strip_prefix('我').is_some_and(|rest| {
        rest.starts_with(['省', '市', '县', '区', '州'])
            && ["发布", "印发", "制定", "推出"].iter().any(|verb| rest.contains(verb))
    });
    (ours || title.contains("出台")) && !title.contains("关于")
}

/// The kind by which a text of articles calls itself: `本细则`, `本办法`. A 细则 carries out
/// another rule, and is an 实施细则 where the text says no more.
fn of_text(body: &str) -> Option<&'static str> {
    for name in [
        "实施细则",
        "暂行办法",
        "实施办法",
        "暂行规定",
        "细则",
        "办法",
        "规定",
        "条例",
        "规则",
        "制度",
    ] {
        if body.contains(&format!("本{name}")) {
            return Some(if name == "细则" { "实施细则" } else { name });
        }
    }
    None
}

/// Whether a text speaks of the rule it is named after from outside: `《实施意见》指出，…`. Where it
/// defines that name itself, it speaks of another.
fn tells_of(body: &str, name: &str) -> bool {
    let quoted = format!("《{name}》");
    !body.contains("简称")
        && body.match_indices(&quoted).any(|(at, _)| {
            let rest = &body[at + quoted.len()..];
            ["指出", "明确", "提出", "强调", "要求", "规定", "还明确", "强调指出"]
                .iter()
                .any(|verb| rest.starts_with(verb))
        })
}

/// Whether a text speaks as texts of a genre do.
fn speaks(body: &str, genre: &str) -> bool {
    VOICES.iter().any(|&(word, of)| of == genre && body.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_kind() {
        for (title, kind) in [
            ("某省扶贫责任追究暂行办法", Some("暂行办法")),
            ("某省扶贫实施细则（试行）", Some("实施细则")),
            ("某县扶贫责任制度第3篇", Some("制度")),
            ("关于印发《某办法》的通知", Some("通知")),
            ("某县召开会议", None),
            ("", None),
        ] {
            assert_eq!(of_title(title).map(|(kind, _)| kind), kind, "{title}");
        }
    }

    #[test]
    fn genre_comes_from_title_and_text() {
        for (title, body, genre) in [
            ("某县护林办法", "第一条", Genre::Regulation),
            ("某县出台护林办法", "近日，记者获悉", Genre::News),
            ("我省发布护林办法", "日前，省政府办公厅印发办法。", Genre::News),
            ("关于护林的通知", "各乡镇：", Genre::Notice),
            ("关于护林的意见", "为了护林", Genre::Opinion),
            ("关于护林的意见", "《意见》指出，应当护林。", Genre::News),
            ("某县护林", "与会人员听取了汇报", Genre::Report),
            ("某县护林", "护林", Genre::Other),
        ] {
            assert_eq!(judge(title, &[], body).1, genre, "{title}");
        }
    }

    /// Checks a table of a word, its genre and its source.
    fn check(table: &str, head: &str, genres: &[&str]) {
        assert_eq!(table.lines().next(), Some(head));
        let rows: Vec<Vec<&str>> =
            table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
        assert!(rows.windows(2).all(|pair| pair[0][0] < pair[1][0]), "sorted, each once");
        for row in &rows {
            assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            assert!(genres.contains(&row[1]), "{row:?}");
        }
    }

    #[test]
    fn the_tables_are_in_order() {
        let kinds = include_str!("../../data/genres.tsv");
        check(kinds, "kind\tgenre\tsource", &["notice", "opinion", "report", "regulation"]);
        check(include_str!("../../data/voices.tsv"), "word\tgenre\tsource", &["news", "report"]);
    }
}
