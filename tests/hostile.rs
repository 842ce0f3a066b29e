//! Input that means harm: each is refused or defused, and the library stays sound.

mod support;

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use support::Case;

const RULE: &str =
    "湖南省养犬管理条例\n\n第一条 县级人民政府负责养犬登记。\n第二条 公安机关应当监管养犬。\n";

fn folder(case: &Case) -> String {
    std::fs::create_dir_all(case.path("inbox")).expect("a folder");
    case.path("inbox").display().to_string()
}

#[test]
#[cfg(unix)]
fn names_with_line_breaks_and_escapes_are_printed_harmless() {
    let case = Case::empty();
    let inbox = folder(&case);
    case.file("inbox/a\n\u{1b}[31mevil\r.txt", RULE.as_bytes());
    case.file("inbox/b\nbad.txt", b"\x89PNG\r\n\x1a\n0000");
    let output = case.ends(1, &["ingest", &inbox]);
    for printed in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8_lossy(printed);
        assert!(!printed.contains("\u{1b}[31m") && !printed.contains("\nbad.txt"), "{printed}");
    }
    for typed in
        [&["list"][..], &["list", "--failed"], &["list", "--since", "today"], &["search", "养犬"]]
    {
        let printed = case.prints(typed);
        assert!(!printed.contains("\u{1b}[31m") && !printed.contains("\nbad"), "{printed}");
    }
    // the name itself is kept
    let listed = case.lines(&["list"]);
    assert!(
        listed[0]["path"].as_str().is_some_and(|path| path.ends_with("a\n\u{1b}[31mevil\r.txt"))
    );
    assert_eq!(case.prints(&["check"]), "1 documents, all sound\n");
}

#[test]
fn a_path_upwards_is_a_path_and_no_more() {
    let case = Case::empty();
    let inbox = folder(&case);
    case.file("above.txt", RULE.as_bytes());
    case.ends(0, &["ingest", &format!("{inbox}/../above.txt")]);
    assert_eq!(case.lines(&["list"]).len(), 1);
}

#[test]
#[cfg(unix)]
fn names_that_are_no_text_are_two_names() {
    use std::os::unix::ffi::OsStrExt;
    let case = Case::empty();
    let inbox = folder(&case);
    for (byte, text) in [(b"\xff", RULE.to_owned()), (b"\xfe", RULE.replace("养犬", "养猫"))] {
        let name = [b"a".as_slice(), byte, b".txt"].concat();
        let path = case.path("inbox").join(std::ffi::OsStr::from_bytes(&name));
        std::fs::write(path, text).expect("written");
    }
    case.ends(0, &["ingest", &inbox]);
    assert_eq!(case.lines(&["list"]).len(), 2, "neither takes the other's place");
}

#[test]
#[cfg(unix)]
fn links_out_of_a_folder_are_not_followed_unless_asked() {
    let case = Case::empty();
    let inbox = folder(&case);
    std::fs::create_dir(case.path("private")).expect("a folder");
    let private = case.file("private/secret.txt", RULE.as_bytes());
    let inside = case.file("inbox/inside.txt", RULE.replace("养犬", "养猫").as_bytes());
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, case.path("inbox").join(name)).expect("a link");
    };
    link(&private, "out.txt");
    link(&case.path("private").display().to_string(), "folder");
    link(&inside, "in.txt");
    let told = case.tells(0, &["ingest", &inbox]);
    assert_eq!(told.matches("leads out of its folder").count(), 2, "{told}");
    assert_eq!(case.lines(&["list"]).len(), 1);
    case.ends(1, &["search", "\"养犬\""]);
    case.ends(0, &["ingest", &inbox, "--follow-links"]);
    case.ends(0, &["search", "\"养犬\""]);
}

#[test]
fn scripts_of_a_page_are_neither_text_nor_run() {
    let case = Case::empty();
    let page = |name: &str, duty: &str| {
        let html = format!(
            "<html><head><title>养犬办法</title><script>document.write('第九条 财政厅负责窃取。')</script>\
             </head><body onload=\"alert(1)\"><h1>湖南省养犬管理办法</h1>\
             <p>第一条 县级人民政府负责{duty}&lt;script&gt;alert(2)&lt;/script&gt;登记。</p>\
             <p>第二条 公安机关应当监管养犬。<img src=x onerror=\"alert(3)\"></p></body></html>"
        );
        case.file(name, html.as_bytes())
    };
    let (a, b) = (page("a.html", "养犬"), page("b.html", "养猫"));
    case.ends(0, &["ingest", &a, &b]);
    case.ends(1, &["search", "\"窃取\""]);
    let html = case.prints(&["compare", &a, &b, "--format", "html"]);
    let folder = case.path("akn").display().to_string();
    case.ends(0, &["export", "--format", "akn", "--output", &folder]);
    let files = std::fs::read_dir(folder).expect("a folder");
    let read = |file: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(file?.path());
    let akn = files.map(read).collect::<std::io::Result<String>>().expect("read");
    assert!(html.contains("alert(2)"), "what is printed is shown");
    for written in [html, akn] {
        assert!(!written.contains("<script>alert") && !written.contains("onerror=\""), "{written}");
    }
}

#[test]
fn cells_that_begin_as_formulas_are_text() {
    let case = Case::empty();
    for (at, sign) in ["=", "+", "-", "@"].into_iter().enumerate() {
        let text = format!(
            "{sign}HYPERLINK(\"http://x\")第{at}号办法\n\n第一条 县级人民政府负责养犬登记。\n\n{sign}1+1 应当登记养犬。\n"
        );
        case.file(&format!("{at}.txt"), text.as_bytes());
    }
    let folder = case.folder.path().display().to_string();
    case.ends(0, &["ingest", &folder]);
    let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
    let mut signs = 0;
    for typed in [
        &["list"][..],
        &["search", "登记", "--limit", "0"],
        &["duties"],
        &["who", "养犬登记"],
        &["list", "--since", "today"],
        &["export", "--table", "documents"],
    ] {
        let csv = case.prints(&[typed, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for row in reader.records() {
            for cell in row.expect("a row").iter() {
                assert!(!runs(cell), "{typed:?}: {cell}");
                signs += usize::from(cell.strip_prefix('\'').is_some_and(runs));
            }
        }
    }
    assert!(signs > 0, "no cell began with a sign");
    let xlsx = case.path("all.xlsx").display().to_string();
    case.ends(0, &["export", "--format", "xlsx", "--output", &xlsx]);
    let bytes = std::fs::read(xlsx).expect("written");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut texts = 0;
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
        let cells = book.worksheet_range(&name).expect("a sheet");
        let text = |cell: &Data| matches!(cell, Data::String(text) if runs(text));
        texts += cells.cells().filter(|(_, _, cell)| text(cell)).count();
    }
    assert!(texts > 0, "no cell of the workbook begins with a sign");
}

fn docx(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

const TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

fn body(text: &str) -> String {
    format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
         <w:p><w:r><w:t>湖南省养犬管理条例</w:t></w:r></w:p>\
         <w:p><w:r><w:t>第一条 {text}</w:t></w:r></w:p></w:body></w:document>"
    )
}

#[test]
fn members_of_archives_are_never_files() {
    let case = Case::empty();
    let inbox = folder(&case);
    let evil = case.path("evil.txt").display().to_string();
    let bytes = docx(&[
        ("[Content_Types].xml", TYPES),
        ("word/document.xml", &body("县级人民政府负责养犬登记。")),
        (&evil, "evil"),
        ("../../../evil.txt", "evil"),
        ("/etc/zeren-evil", "evil"),
    ]);
    case.file("inbox/a.docx", &bytes);
    case.ends(0, &["ingest", &inbox]);
    assert_eq!(case.lines(&["list"]).len(), 1);
    assert!(!case.path("evil.txt").exists());
    assert!(!std::path::Path::new("/etc/zeren-evil").exists());
}

#[test]
fn entities_that_multiply_are_not_expanded() {
    let case = Case::empty();
    let mut laughs = String::from("<!DOCTYPE w [<!ENTITY l0 \"养犬\">");
    for at in 1..30 {
        let ten = format!("&l{};", at - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY l{at} \"{ten}\">"));
    }
    laughs.push_str("]>");
    let document = format!("{laughs}{}", body("县级人民政府负责&l29;登记。"));
    let bytes = docx(&[("[Content_Types].xml", TYPES), ("word/document.xml", &document)]);
    let path = case.file("a.docx", &bytes);
    let output = case.command(&["ingest", &path]).output().expect("it runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
    let database = std::fs::metadata(case.library().join("library.sqlite")).expect("a library");
    assert!(database.len() < 2 << 20);
}

#[test]
fn a_gigabyte_of_zeros_is_refused_unread() {
    let case = Case::empty();
    let inbox = folder(&case);
    let zeros = std::fs::File::create(case.path("inbox/zeros.txt")).expect("a file");
    zeros.set_len(1 << 30).expect("sparse");
    case.file("inbox/a.txt", RULE.as_bytes());
    let told = case.tells(1, &["ingest", &inbox]);
    assert!(told.contains("1024 MB"), "{told}");
    assert_eq!(case.lines(&["list"]).len(), 1);
    assert_eq!(case.lines(&["list", "--failed"]).len(), 1);
}
