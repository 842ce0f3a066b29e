//! Files that are damaged, locked, empty of text or made to harm, each with its message.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zeren::parse::parse;

use crate::office::{archive, body, docx};
use crate::pages::{UCS2, file, ofd, pdf, stream};
use crate::plain;

const PAGE: &[u8] = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>";
const CATALOG: &[u8] = b"<< /Type /Catalog /Pages 2 0 R >>";

/// A PDF of one page with a content.
fn page(content: Vec<u8>) -> Vec<u8> {
    let pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    file(&[CATALOG.to_vec(), pages.to_vec(), PAGE.to_vec(), content])
}

/// A compound file with one stream.
fn compound(name: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    let mut stream = file.create_stream(name).expect("a stream");
    stream.write_all(b"abc").expect("written");
    drop(stream);
    file.into_inner().into_inner()
}

/// The same archive, its parts marked as encrypted.
fn encrypted(mut bytes: Vec<u8>) -> Vec<u8> {
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let heads = bytes.windows(4).enumerate().filter(|(_, window)| window == mark);
        let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
        heads.into_iter().for_each(|at| bytes[at + flags] |= 1);
    }
    bytes
}

/// Some megabytes of one letter between two texts.
fn long(before: &str, megabytes: u64, after: &str) -> impl Read {
    let middle = std::io::repeat(b'a').take(megabytes << 20);
    Cursor::new(before.to_owned()).chain(middle).chain(Cursor::new(after.to_owned()))
}

fn zip_bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).expect("a part");
    let mut content = long("<w:document><w:t>", 260, "</w:t></w:document>");
    std::io::copy(&mut content, &mut zip).expect("written");
    zip.finish().expect("an archive").into_inner()
}

fn pdf_bomb() -> Vec<u8> {
    let mut inflated = ZlibEncoder::new(Vec::new(), Compression::fast());
    std::io::copy(&mut long("BT ", 260, " ET"), &mut inflated).expect("written");
    page(stream("/Filter /FlateDecode", &inflated.finish().expect("deflated")))
}

/// A form that draws itself over and over.
fn pdf_of_forms() -> Vec<u8> {
    let draw = b"/F Do ".repeat(200);
    let resources =
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>";
    let page =
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>";
    let pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
    let content = stream("", b"/F Do");
    file(&[CATALOG.to_vec(), pages.to_vec(), page.to_vec(), content, stream(resources, &draw)])
}

fn locked_pdf() -> Vec<u8> {
    let mut bytes = String::from_utf8_lossy(&page(stream("", b"BT ET"))).into_owned();
    let key = "61".repeat(32);
    let encrypt = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >> /ID [<61> <61>] /Root"
    );
    bytes = bytes.replace("/Root", &encrypt);
    bytes.into_bytes()
}

fn cut(bytes: Vec<u8>, share: usize) -> Vec<u8> {
    bytes[..bytes.len() * share / 100].to_vec()
}

/// Each bad file: its name, its bytes, what is said of it after its name.
pub(crate) fn files() -> &'static [Bad] {
    &FILES
}

/// A file: its name, its bytes, what is said of it.
pub(crate) type Bad = (&'static str, Vec<u8>, &'static str);

/// Made once, as bombs take their time.
static FILES: LazyLock<Vec<Bad>> = LazyLock::new(made);

fn made() -> Vec<Bad> {
    let good = || docx(&body(true));
    vec![
        ("bomb.docx", zip_bomb(), "it is a Word document (DOCX) that inflates to more than 256 MB"),
        ("cut.docx", cut(good(), 70), "it is a Word document (DOCX) that is damaged or cut off"),
        ("locked.docx", encrypted(good()), "it is a Word document (DOCX) that a password protects; save a copy without it"),
        ("office.docx", compound("EncryptedPackage"), "it is an Office document that a password protects; save a copy without it"),
        ("hollow.docx", archive(&[("word/a.xml", b"<a/>")]), "it is a Word document (DOCX) without the part `word/document.xml`"),
        ("torn.docx", archive(&[("word/document.xml", b"<w:document><w:p>")]), "it is a Word document (DOCX) whose part `document.xml` is damaged"),
        ("cut.ofd", cut(ofd(), 60), "it is an OFD document that is damaged or cut off"),
        ("scan.ofd", archive(&[("OFD.xml", b"<a><DocRoot>d.xml</DocRoot></a>"), ("d.xml", b"<a><Page BaseLoc='p.xml'/></a>"), ("p.xml", b"<a><ImageObject/></a>")]), "it is an OFD document without a text layer (a scan, or empty); recognise its text with an OCR program first"),
        ("tricks.ofd", archive(&[("OFD.xml", b"<a><DocRoot>../../../../etc/passwd</DocRoot></a>")]), "it is an OFD document without the part `etc/passwd`"),
        ("scan.pdf", page(stream("", b"q 100 0 0 100 0 0 cm /Im0 Do Q")), "it is a PDF without a text layer (a scan, or empty); recognise its text with an OCR program first"),
        ("locked.pdf", locked_pdf(), "it is a PDF that a password protects; save a copy without it"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type".to_vec(), "it is a PDF that is damaged or cut off"),
        ("bomb.pdf", pdf_bomb(), "it is a PDF that inflates to more than 256 MB"),
        ("forms.pdf", pdf_of_forms(), "it is a PDF that inflates to more than 256 MB"),
        ("loop.pdf", file(&[CATALOG.to_vec(), b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_vec()]), "it is a PDF that is damaged or cut off"),
        ("cut.rtf", b"{\\rtf1\\ansi {\\b a".to_vec(), "it is an RTF document that is damaged or cut off"),
        ("empty.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: image/png\n\nx\n--a--\n".to_vec(), "it is a web archive (MHT) without a page in it"),
        ("cut.doc", cut(crate::office::doc(), 50), "it is an old Office document (DOC) that is damaged or cut off"),
    ]
}

/// Each file of a sort without text: its name, its bytes, what it is.
fn others() -> Vec<Bad> {
    vec![
        (
            "a.xlsx",
            archive(&[("xl/workbook.xml", b"<a/>")]),
            "a spreadsheet (XLSX); save what is to be read as DOCX or text",
        ),
        (
            "a.xls",
            compound("Workbook"),
            "an old spreadsheet (XLS); save what is to be read as DOCX or text",
        ),
        ("a.zip", archive(&[("a.txt", b"a")]), "a ZIP archive; unpack it first"),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "a PNG image; to have its text read, recognise it with an OCR program",
        ),
    ]
}

#[test]
fn bad_files_say_what_is_wrong() {
    for (name, bytes, why) in files() {
        let told = match parse(Path::new(name), bytes) {
            Ok(records) => panic!("{name} gave {} records", records.len()),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, format!("cannot read the text of `{name}`: {why}"));
    }
    for (name, bytes, what) in others() {
        let told = parse(Path::new(name), &bytes).expect_err(name).to_string();
        assert_eq!(told, format!("`{name}` is not text: it is {what}"));
    }
}

#[test]
fn depth_does_no_harm() {
    let deep = |open: &str, close: &str, depth: usize| open.repeat(depth) + &close.repeat(depth);
    let xml = format!("<w:document>{}</w:document>", deep("<w:p>", "</w:p>", 100_000));
    assert!(parse(Path::new("deep.docx"), &docx_of(xml.as_bytes())).is_ok());
    let cells = deep("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", 20_000);
    assert!(
        parse(
            Path::new("cells.docx"),
            &docx_of(format!("<w:document>{cells}</w:document>").as_bytes())
        )
        .is_ok()
    );
    for nested in [deep("[", "]", 500_000), deep("<< /A ", ">>", 200_000), deep("(", ")", 500_000)]
    {
        for content in [format!("BT {nested} TJ ET"), format!("/P {nested} BDC EMC")] {
            assert!(parse(Path::new("deep.pdf"), &page(stream("", content.as_bytes()))).is_err());
        }
        let object = file(&[CATALOG.to_vec(), nested.into_bytes()]);
        assert!(parse(Path::new("deep.pdf"), &object).is_err());
    }
    let chain: Vec<Vec<u8>> = std::iter::once(CATALOG.to_vec())
        .chain(
            (3..50_000)
                .map(|n| format!("<< /Type /Pages /Kids [{n} 0 R] /Count 1 >>").into_bytes()),
        )
        .collect();
    assert!(parse(Path::new("chain.pdf"), &file(&chain)).is_err());
}

fn docx_of(document: &[u8]) -> Vec<u8> {
    archive(&[("word/document.xml", document)])
}

/// Entities of a part's own are not expanded.
#[test]
fn entities_do_not_multiply() {
    let mut part = String::from("<!DOCTYPE w [<!ENTITY a0 \"aaaaaaaaaa\">");
    for n in 1..40 {
        part += &format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};&a{0};\">", n - 1);
    }
    part += "]><w:document><w:p><w:r><w:t>第一条　镇负责。&a39;</w:t></w:r></w:p></w:document>";
    let source = zeren::read::read(&docx_of(part.as_bytes())).expect("it is read");
    assert_eq!(source.text, "第一条　镇负责。\n");
}

/// Wherever a file is cut off or a byte is wrong, it is read or refused, and nothing else.
#[test]
fn damage_is_no_panic() {
    let all: Vec<Vec<u8>> = vec![
        docx(&body(true)),
        crate::office::doc(),
        crate::office::flat(),
        crate::office::rtf(true),
        crate::office::mht("base64"),
        ofd(),
        pdf(&UCS2),
        pdf(&crate::pages::TO_UNICODE),
        plain().into_bytes(),
    ];
    for (n, bytes) in all.iter().enumerate() {
        for step in 0..60 {
            let length = bytes.len() * step / 60;
            let _ = zeren::read::read(&bytes[..length]);
            let mut wrong = bytes.clone();
            let at = (length * 7 + n * 31 + step * 13) % bytes.len();
            wrong[at] ^= 1 << (step % 8);
            wrong[length] = wrong[length].wrapping_add(0x55);
            let _ = zeren::read::read(&wrong);
        }
    }
}
