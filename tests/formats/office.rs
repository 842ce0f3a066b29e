//! The instrument as office programs write it.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use encoding_rs::GBK;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::Block::{Numbered, Plain, Row};
use crate::{BLOCKS, TITLE};

/// A page.
pub(crate) fn html() -> String {
    let mut page = format!("<html><head><title>{TITLE}</title></head><body>\n");
    for block in BLOCKS {
        let _ = match block {
            Plain(text) => writeln!(page, "<p>{text}</p>"),
            Numbered(2, label, text) => writeln!(page, "<p>{label}{text}</p>"),
            Numbered(_, label, text) => writeln!(page, "<p>{label}&#12288;{text}</p>"),
            Row([first, second]) => {
                writeln!(page, "<table><tr><td>{first}</td><td>{second}</td></tr></table>")
            }
        };
    }
    page + "</body></html>\n"
}

/// A page as Word saves it under the name of a DOC, its bytes in GBK.
pub(crate) fn mht(coding: &str) -> Vec<u8> {
    let page = html();
    let (page, ..) = GBK.encode(&page);
    let mut body = String::new();
    if coding == "base64" {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (row, three) in page.chunks(3).enumerate() {
            let bits = three.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte));
            let bits = bits << (8 * (3 - three.len()));
            for digit in 0..=three.len() {
                body.push(char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize]));
            }
            body.push_str(if row % 19 == 18 { "\r\n" } else { "" });
        }
    } else {
        for (row, byte) in page.iter().enumerate() {
            let _ = write!(body, "={byte:02X}");
            body.push_str(if row % 25 == 24 { "=\r\n" } else { "" });
        }
    }
    format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"----=_Part\"\r\n\r\n\
         ------=_Part\r\nContent-Location: file:///C:/1.htm\r\nContent-Transfer-Encoding: {coding}\r\n\
         Content-Type: text/html; charset=\"gb2312\"\r\n\r\n{body}\r\n\r\n------=_Part\r\n\
         Content-Type: image/png\r\n\r\nabc\r\n------=_Part--\r\n"
    )
    .into_bytes()
}

/// Paragraphs of Word, with automatic numbers or with numbers as text.
pub(crate) fn body(automatic: bool) -> String {
    let paragraph = |properties: &str, text: &str| {
        format!(
            "<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
        )
    };
    let mut body = String::new();
    for block in BLOCKS {
        match block {
            Plain(text) => body += &paragraph("", text),
            Numbered(0, _, text) if automatic => {
                body += &paragraph("<w:pStyle w:val=\"Zhang\"/>", text)
            }
            Numbered(level, _, text) if automatic => {
                let list =
                    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"3\"/></w:numPr>");
                body += &paragraph(&list, text);
            }
            Numbered(2, label, text) => body += &paragraph("", &format!("{label}{text}")),
            Numbered(_, label, text) => body += &paragraph("", &format!("{label}\u{3000}{text}")),
            Row(cells) => {
                let cells = cells.map(|cell| format!("<w:tc>{}</w:tc>", paragraph("", cell)));
                body += &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
            }
        }
    }
    body
}

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{NAMESPACE}\"><w:body>{body}\
         <w:sectPr/></w:body></w:document>"
    )
}

fn numbering() -> String {
    let level = |at: u8, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
             <w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels = [
        level(0, "chineseCountingThousand", "第%1章", "<w:pStyle w:val=\"Zhang\"/>"),
        level(1, "chineseCountingThousand", "第%2条", "<w:lvlRestart w:val=\"0\"/>"),
        level(2, "chineseCounting", "（%3）", "<w:suff w:val=\"nothing\"/>"),
    ];
    format!(
        "<w:numbering xmlns:w=\"{NAMESPACE}\"><w:abstractNum w:abstractNumId=\"5\">{}</w:abstractNum>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/></w:num></w:numbering>",
        levels.concat()
    )
}

fn styles() -> String {
    format!(
        "<w:styles xmlns:w=\"{NAMESPACE}\"><w:style w:type=\"paragraph\" w:styleId=\"Zhang\"><w:pPr>\
         <w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>"
    )
}

fn relations(entries: &[(&str, &str)]) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let entry = |(n, (kind, name)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"r{n}\" Type=\"{base}/{kind}\" Target=\"{name}\"/>")
    };
    let entries: String = entries.iter().enumerate().map(entry).collect();
    format!("<Relationships>{entries}</Relationships>")
}

/// An archive of parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The parts of a DOCX.
fn parts(body: &str) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        (
            "word/_rels/document.xml.rels",
            relations(&[("numbering", "numbering.xml"), ("styles", "/word/styles.xml")]),
        ),
        ("word/document.xml", document(body)),
        ("word/numbering.xml", numbering()),
        ("word/styles.xml", styles()),
    ]
}

pub(crate) fn docx(body: &str) -> Vec<u8> {
    let parts = parts(body);
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (*name, part.as_bytes())).collect();
    archive(&parts)
}

/// The same with the namespaces of ISO 29500 strict, and other prefixes.
pub(crate) fn strict() -> Vec<u8> {
    let purl = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let parts = parts(&body(true));
    let strict = |part: &str| {
        let part =
            part.replace(NAMESPACE, purl).replace("w:", "x:").replace("xmlns:w=", "xmlns:x=");
        part.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
    };
    let parts: Vec<(&str, String)> =
        parts.iter().map(|(name, part)| (*name, strict(part))).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (*name, part.as_bytes())).collect();
    archive(&parts)
}

/// The same in UTF-16, its parts with the separators of Windows.
pub(crate) fn backslashes() -> Vec<u8> {
    let utf_16 = |part: &str| -> Vec<u8> {
        let units = part.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let parts = parts(&body(true));
    let parts: Vec<(String, Vec<u8>)> =
        parts.iter().map(|(name, part)| (name.replace('/', "\\"), utf_16(part))).collect();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect();
    archive(&parts)
}

/// The parts in one file.
pub(crate) fn flat() -> Vec<u8> {
    let mut file = String::from(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><pkg:package>",
    );
    for (name, part) in parts(&body(true)).iter().skip(1) {
        let part = part.split_once("?>").map_or(part.as_str(), |(_, part)| part);
        let _ = write!(
            file,
            "<pkg:part pkg:name=\"/{name}\"><pkg:xmlData>{part}</pkg:xmlData></pkg:part>"
        );
    }
    (file + "</pkg:package>").into_bytes()
}

/// The XML of Word 2003, which holds the numbers as text beside the paragraph.
pub(crate) fn word_2003() -> Vec<u8> {
    let mut body = String::new();
    for block in BLOCKS {
        let paragraph = |list: &str, text: &str| {
            format!("<w:p><w:pPr>{list}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
        };
        match block {
            Plain(text) => body += &paragraph("", text),
            Numbered(_, label, text) => {
                let list =
                    format!("<w:listPr><w:ilvl w:val=\"0\"/><wx:t wx:val=\"{label}\"/></w:listPr>");
                body += &paragraph(&list, text);
            }
            Row(cells) => {
                let cells = cells.map(|cell| format!("<w:tc>{}</w:tc>", paragraph("", cell)));
                body += &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
            }
        }
    }
    format!(
        "<?xml version=\"1.0\"?><w:wordDocument><w:styles><w:style><w:name w:val=\"甲\"/></w:style>\
         </w:styles><w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    )
    .into_bytes()
}

/// RTF, its characters by a code page or by Unicode.
pub(crate) fn rtf(unicode: bool) -> Vec<u8> {
    let coded = |text: &str| {
        let mut coded = String::new();
        for character in text.chars() {
            let one = character.to_string();
            let (bytes, ..) = GBK.encode(&one);
            if character.is_ascii() {
                coded.push(character);
            } else if unicode {
                let _ = write!(coded, "\\u{} ?", i32::from(character as u32 as u16 as i16));
            } else {
                bytes.iter().for_each(|byte| coded += &format!("\\'{byte:02x}"));
            }
        }
        coded
    };
    let mut file =
        String::from("{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0\n");
    for block in BLOCKS {
        let _ = match block {
            Plain(text) => writeln!(file, "\\pard {}\\par", coded(text)),
            Numbered(2, label, text) => {
                writeln!(file, "\\pard {{\\listtext {}}}{}\\par", coded(label), coded(text))
            }
            Numbered(_, label, text) => {
                writeln!(file, "\\pard {{\\listtext {}\\tab}}{}\\par", coded(label), coded(text))
            }
            Row([first, second]) => writeln!(
                file,
                "\\trowd\\pard\\intbl {}\\cell {}\\cell\\row",
                coded(first),
                coded(second)
            ),
        };
    }
    (file + "}").into_bytes()
}

/// Binary DOC: one piece of UTF-16, and the formats of paragraphs that make rows.
pub(crate) fn doc() -> Vec<u8> {
    const TEXT: usize = 2048;
    let mut text: Vec<u16> = Vec::new();
    // Where each paragraph ends, and its format: in a table, the end of a row.
    let mut runs: Vec<(usize, u8)> = Vec::new();
    for block in BLOCKS {
        let mut paragraph = |said: &str, mark: u16, format: u8| {
            text.extend(said.encode_utf16().chain([mark]));
            runs.push((TEXT + text.len() * 2, format));
        };
        match block {
            Plain(said) => paragraph(said, 13, 0),
            Numbered(2, label, said) => paragraph(&format!("{label}{said}"), 13, 0),
            Numbered(_, label, said) => paragraph(&format!("{label}\u{3000}{said}"), 13, 0),
            Row(cells) => {
                cells.iter().for_each(|cell| paragraph(cell, 7, 1));
                paragraph("", 7, 2);
            }
        }
    }
    let mut table = vec![2, 16, 0, 0, 0];
    let piece = [0, text.len() as u32, 0, TEXT as u32, 0];
    let piece: Vec<u8> = piece.iter().flat_map(|number| number.to_le_bytes()).collect();
    // Two characters' places, then two bytes of flags, the place, two bytes of changes.
    table.extend_from_slice(&piece[..8]);
    table.extend_from_slice(&[0, 0]);
    table.extend_from_slice(&(TEXT as u32).to_le_bytes());
    table.extend_from_slice(&[0, 0]);
    let end = TEXT + text.len() * 2;
    let page = end.div_ceil(512);
    let formats = table.len() as u32;
    for number in [TEXT as u32, end as u32, page as u32] {
        table.extend_from_slice(&number.to_le_bytes());
    }
    let mut main = vec![0u8; page * 512];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xec, 0xa5, 0xc1, 0]);
    put(0x0b, &[2]);
    put(0x4c, &(text.len() as u32).to_le_bytes());
    put(0x102, &formats.to_le_bytes());
    put(0x106, &12u32.to_le_bytes());
    put(0x1a2, &0u32.to_le_bytes());
    put(0x1a6, &21u32.to_le_bytes());
    let units: Vec<u8> = text.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    put(TEXT, &units);
    main.extend(format_page(TEXT, &runs));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for (name, content) in [("/WordDocument", &main), ("/1Table", &table)] {
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(content).expect("written");
    }
    file.into_inner().into_inner()
}

/// A page of formats of paragraphs: nothing, in a table, the end of a row.
fn format_page(start: usize, runs: &[(usize, u8)]) -> Vec<u8> {
    let mut page = vec![0u8; 512];
    page[511] = runs.len() as u8;
    // Units of two bytes: three formats at the end of the page.
    page[480..486].copy_from_slice(&[3, 0, 0, 0x16, 0x24, 1]);
    page[490..499].copy_from_slice(&[5, 0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1]);
    let starts = std::iter::once(start).chain(runs.iter().map(|run| run.0));
    for (n, place) in starts.enumerate() {
        page[n * 4..n * 4 + 4].copy_from_slice(&(place as u32).to_le_bytes());
    }
    for (n, (_, format)) in runs.iter().enumerate() {
        page[(runs.len() + 1) * 4 + n * 13] = [0, 240, 245][usize::from(*format)];
    }
    page
}
