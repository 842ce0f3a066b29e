//! Nothing is lost and nothing counted twice, whatever the text.
//!
//! Every character of a source that is to be seen lies in exactly one piece: a label, heading,
//! text or tail of a node, a statement of a preface, or what was discarded. Checked over the
//! corpus, over made-up texts, and over a sample of real statutes where those are at hand.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zeren::parse::parse;
use zeren::read::{self, Source};
use zeren::record::{NodeRecord, Record};
use zeren::span::{SourceSpan, Span};
use zeren::structure::{Document, Kind, Node, Reason, documents};
use zeren::text::{Text, is_white, simplify};

/// The pieces of a node and all below it, in the order of the text. The mark that ends a
/// heading belongs to it, though a record leaves it out.
fn pieces(text: &Text<'_>, node: &Node, found: &mut Vec<Span>) {
    found.extend(node.label);
    found.extend(&node.heading);
    if let Some(last) = node.heading.last()
        && let rest = &text.as_str()[last.end..]
        && node.kind == Kind::Level
        && rest.starts_with(['。', '：'])
    {
        found.push(Span::new(last.end, last.end + '。'.len_utf8()));
    }
    found.extend(&node.text);
    for child in &node.children {
        pieces(text, child, found);
    }
    found.extend(&node.tail);
}

/// What a document claims of its stretch: its nodes', its preface's and its discarded pieces.
fn claims(text: &Text<'_>, document: &Document) -> Vec<Span> {
    let mut found = Vec::new();
    for node in &document.outline {
        pieces(text, node, &mut found);
    }
    // What the notice before it states is counted there.
    let own = document.preface.iter().map(|statement| statement.span);
    found.extend(own.filter(|span| document.span.contains(*span)));
    found.extend(document.discarded.iter().map(|(_, span)| *span));
    found
}

/// Why a text is not accounted for, character by character.
fn uncovered(text: &Text<'_>, found: &[Document]) -> Result<(), String> {
    let seen: Vec<char> = text.source().text.chars().collect();
    let mut steps = vec![0i32; seen.len() + 1];
    for piece in found.iter().flat_map(|document| claims(text, document)) {
        if !piece.is_empty() {
            let place = text.source_span(piece);
            steps[place.start] += 1;
            steps[place.end] -= 1;
        }
    }
    let mut count = 0;
    for (at, &character) in seen.iter().enumerate() {
        count += steps[at];
        if !is_white(character) && count != 1 {
            let around: String =
                seen[at.saturating_sub(20)..seen.len().min(at + 20)].iter().collect();
            return Err(format!("`{character}` at {at} lies in {count} pieces: {around:?}"));
        }
    }
    Ok(())
}

/// Why the nodes of a document are not in order, each in its parent.
fn disordered(text: &Text<'_>, node: &Node) -> Result<(), String> {
    let mut own = Vec::new();
    pieces(text, node, &mut own);
    for pair in own.windows(2) {
        if pair[0].end > pair[1].start {
            return Err(format!("`{}`: {:?} stands before {:?}", node.eid, pair[0], pair[1]));
        }
    }
    let whole = own.iter().copied().reduce(Span::cover).unwrap_or_default();
    if !whole.contains(node.span) || whole.start != node.span.start {
        return Err(format!("`{}` claims {:?}, its pieces {whole:?}", node.eid, node.span));
    }
    for child in &node.children {
        if !node.span.contains(child.span) {
            return Err(format!("`{}` does not hold `{}`", node.eid, child.eid));
        }
        disordered(text, child)?;
    }
    Ok(())
}

/// A text folded so that source and normalised form can be compared.
fn folded(text: &str) -> String {
    let simplified = simplify(text);
    let seen: String = simplified.chars().filter(|&c| !is_white(c)).collect();
    zeren::text::fold_query(&seen)
}

/// Why documents are not as they should be.
fn faults(text: &Text<'_>, found: &[Document]) -> Result<(), String> {
    uncovered(text, found)?;
    let mut end = 0;
    for (index, document) in found.iter().enumerate() {
        if document.span.start != end || document.n != index + 1 {
            return Err(format!(
                "document {} begins at {}, not at {end}",
                index + 1,
                document.span.start
            ));
        }
        end = document.span.end;
        let mut eids = HashSet::new();
        let mut last = 0;
        for node in &document.outline {
            if node.span.start < last {
                return Err(format!("`{}` begins before the node before it ends", node.eid));
            }
            last = node.span.end;
            disordered(text, node)?;
        }
        for node in document.nodes() {
            if !document.span.contains(node.span) {
                return Err(format!("`{}` lies outside its document", node.eid));
            }
            if !eids.insert(&node.eid) {
                return Err(format!("`{}` stands twice", node.eid));
            }
        }
        for diagnostic in &document.diagnostics {
            if !document.span.contains(diagnostic.span) {
                return Err(format!("{diagnostic:?} points out of its document"));
            }
        }
    }
    let whole = text.as_str().len();
    if end != whole && whole > 0 {
        return Err(format!("the documents end at {end}, the text at {whole}"));
    }
    Ok(())
}

/// Why the places of a record do not point at its words. Only of texts whose words normalising
/// leaves as they are, but for white space and width.
fn misplaced(source: &[char], node: &NodeRecord) -> Result<(), String> {
    let SourceSpan { start, end } = node.span;
    let Some(printed) = source.get(start..end) else {
        return Err(format!("`{}` points out of the source", node.eid));
    };
    let printed = folded(&printed.iter().collect::<String>());
    let mut from = 0;
    for said in words(node) {
        let said = folded(said);
        match printed[from..].find(&said) {
            Some(at) => from += at + said.len(),
            None => return Err(format!("`{}` has no {said:?} in {printed:?}", node.eid)),
        }
    }
    node.children.iter().try_for_each(|child| misplaced(source, child))
}

/// What a node says, in order, its first words first.
fn words(node: &NodeRecord) -> impl Iterator<Item = &str> {
    [&node.label, &node.heading, &node.text, &node.tail]
        .into_iter()
        .filter_map(|said| said.as_deref())
}

/// Checks a file: its documents, and the places in its records.
fn check_file(path: &Path) -> Result<usize, String> {
    let bytes = std::fs::read(path).expect("the file is there");
    let source = read::read(&bytes).expect("it is text");
    let text = Text::of(&source);
    let found = documents(&text);
    faults(&text, &found)?;
    let records: Vec<Record> = parse(path, &bytes).expect("it is text");
    let seen: Vec<char> = source.text.chars().collect();
    if !records.iter().any(|record| record.script != "hans") {
        for node in records.iter().flat_map(|record| &record.outline) {
            misplaced(&seen, node)?;
        }
    }
    Ok(found.iter().map(|document| document.nodes().count()).sum())
}

#[test]
fn the_corpus_is_accounted_for() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut nodes = 0;
    for entry in std::fs::read_dir(corpus).expect("the corpus is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            nodes += check_file(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        }
    }
    assert!(nodes > 300, "only {nodes} nodes were read");
}

#[test]
fn statutes_are_accounted_for() {
    let Some(folder) = std::env::var_os("ZEREN_LAWS").filter(|f| Path::new(f).is_dir()) else {
        println!("skipped: no folder of statutes; name one in `ZEREN_LAWS`");
        return;
    };
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let step = std::env::var("ZEREN_LAWS_STEP").ok().and_then(|step| step.parse().ok());
    let wrong: Vec<String> = paths
        .iter()
        .step_by(step.unwrap_or(25))
        .filter_map(|path| check_file(path).err().map(|why| format!("{}: {why}", path.display())))
        .collect();
    assert!(wrong.is_empty(), "{} files: {}", wrong.len(), wrong.join("\n"));
}

/// A checker that finds nothing is worth nothing: it must see what is left out and what is
/// counted twice.
#[test]
fn the_checker_catches_faults() {
    let source =
        Source::plain("某办法\n第一条 为了扶贫。\n第二条 镇负责：\n（一）走访；\n（二）建档。\n");
    let text = Text::of(&source);
    let sound = documents(&text);
    assert_eq!(faults(&text, &sound), Ok(()));
    let spoilt: [fn(&mut Document); 6] = [
        |document| drop(document.outline[1].children.pop()),
        |document| document.outline[0].text.clear(),
        |document| drop(document.preface.remove(0)),
        |document| document.discarded.push((Reason::Debris, document.outline[0].span)),
        |document| document.outline.swap(0, 1),
        |document| document.outline[1].eid = document.outline[0].eid.clone(),
    ];
    for spoil in spoilt {
        let mut found = documents(&text);
        spoil(&mut found[0]);
        assert!(faults(&text, &found).is_err());
    }
}

/// What texts are made of.
fn token() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        4 => "[一二三四五六七八九十]{1,3}",
        1 => "[1-9][0-9]{0,2}",
        1 => "百?零?〇?[千万]?",
    ];
    let unit = prop::sample::select(vec!["条", "章", "节", "编", "分编", "款", "项", "篇"]);
    let numbered = (number, unit).prop_map(|(number, unit)| format!("第{number}{unit}"));
    let list = prop_oneof![
        "[一二三四五六七八九十]{1,2}、",
        "（[一二三四五]）",
        "[1-9]{1,2}[.、．]",
        "[（(][1-9][)）]",
        "[①②③④]",
    ];
    let words = prop::sample::select(vec![
        "总则",
        "附则",
        "为了加强扶贫工作，制定本办法。",
        "县级人民政府负责：",
        "镇人民政府应当建档；",
        "依照本法第十二条的规定",
        "第三条、第四条",
        "之一",
        "简称“办法”。",
        "修改为：“第三条 贫困户",
        "”。",
        "某省人民政府关于印发《某省扶贫办法》的通知",
        "某省扶贫办法",
        "某省扶贫实施细则（征求意见稿）",
        "各县人民政府：",
        "某省人民政府",
        "2016年12月9日",
        "2016-12-09 10:45:07",
        "二〇一六年十二月九日",
        "某政发〔2016〕7号",
        "目录",
        "附件：名单",
        "附件1",
        "篇2：某省扶贫办法",
        "某省办法第3篇",
        "【关闭窗口】",
        "打印本页】【关闭窗口",
        "打印本页",
        "上一篇：某文",
        "分享到：微信",
        "首页|新闻|公告|政务",
        "A786D2DF5EE2CB50",
        "来源：县扶贫办",
        "发布时间：2016-12-09 00:00 来源：县扶贫办 字体：大中小",
        "（2016年12月9日某省人民代表大会通过）",
        "各级政府負責貧困戶建檔立卡。",
        "產業扶貧。由省農委牽頭",
        "html模版",
        "（本刊编辑部整理）",
        "记者从会上获悉，《办法》指出，",
        "abc",
        "12345",
        "**",
        "## ",
        "◆",
        "【第一条】",
        "第一条【目的】",
        "第二条：",
        "&nbsp;",
        "— 3 —",
        "12\n",
        "目录\n",
        "目录第一章总则",
        "第一章 总则……1\n",
        "总体要求全面贯彻方针，",
        "下列行为：\n乱扔烟头；\n（二）随地吐痰；\n",
        "某省扶贫条例2016年12月9日某省人民代表大会通过",
        "⒈",
        "㈡",
        "。",
        "；",
        "，",
        "：",
        "（",
        "）",
    ])
    .prop_map(str::to_owned);
    let gap =
        prop::sample::select(vec!["\n", "\n\n", "\r\n", "　　", " ", "", "\u{feff}", "\u{200b}"])
            .prop_map(str::to_owned);
    prop_oneof![4 => numbered, 3 => list, 8 => words, 8 => gap, 1 => "[一-龥]{1,30}"]
}

proptest! {
    #[test]
    fn glued_texts_are_accounted_for(tokens in prop::collection::vec(token(), 0..60)) {
        let source = Source::plain(&tokens.concat());
        let text = Text::of(&source);
        let found = documents(&text);
        prop_assert_eq!(faults(&text, &found), Ok(()));
    }

    #[test]
    fn any_text_is_accounted_for(said in any::<String>()) {
        let source = Source::plain(&said);
        let text = Text::of(&source);
        let found = documents(&text);
        prop_assert_eq!(faults(&text, &found), Ok(()));
        prop_assert_eq!(found.is_empty(), said.chars().all(is_white));
    }

    #[test]
    fn records_point_into_their_source(tokens in prop::collection::vec(token(), 0..40)) {
        let said = tokens.concat();
        let seen = said.trim_start_matches('\u{feff}').chars().count();
        for record in parse(Path::new("any.txt"), said.as_bytes()).unwrap_or_default() {
            for node in record.outline.iter().flat_map(NodeRecord::walk) {
                prop_assert!(node.span.start <= node.span.end && node.span.end <= seen.max(said.chars().count()));
            }
        }
    }
}
