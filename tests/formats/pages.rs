//! The instrument on pages: OFD and PDF.

use std::fmt::Write as _;

use crate::BLOCKS;
use crate::Block::{Numbered, Plain, Row};
use crate::office::archive;

/// How many characters a line has, and how many lines a page.
const MEASURE: usize = 24;
const LINES: usize = 10;

/// A stretch of a line: how many characters from the left, which line of the page, what it says.
type Stretch = (usize, usize, String);

/// The pages of the instrument: lines broken at the measure, a header, a page number.
fn pages() -> Vec<Vec<Stretch>> {
    let mut lines: Vec<Vec<(usize, String)>> = Vec::new();
    for block in BLOCKS {
        match block {
            Plain(text) if lines.len() < 2 => lines.push(vec![(8, (*text).to_owned())]),
            Plain(text) => wrap(text, &mut lines),
            Numbered(0, label, text) => lines.push(vec![(9, format!("{label}\u{3000}{text}"))]),
            Numbered(2, label, text) => wrap(&format!("{label}{text}"), &mut lines),
            Numbered(_, label, text) => wrap(&format!("{label}\u{3000}{text}"), &mut lines),
            Row([first, second]) => {
                lines.push(vec![(3, (*first).to_owned()), (14, (*second).to_owned())]);
            }
        }
    }
    let mut pages = Vec::new();
    for (n, page) in lines.chunks(LINES).enumerate() {
        let mut stretches = vec![(7, 0, "清江县人民政府公报".to_owned())];
        for (row, line) in page.iter().enumerate() {
            stretches.extend(line.iter().map(|(x, text)| (*x, row + 3, text.clone())));
        }
        stretches.push((10, LINES + 5, format!("— {} —", n + 1)));
        pages.push(stretches);
    }
    pages
}

/// Breaks a paragraph into lines, the first set in by two characters; no line begins with a sign
/// that closes.
fn wrap(text: &str, lines: &mut Vec<Vec<(usize, String)>>) {
    let (mut line, mut left) = (String::new(), 2);
    for character in text.chars() {
        let full = line.chars().count() + left >= MEASURE;
        if full && !"，。；：、）".contains(character) {
            lines.push(vec![(left, std::mem::take(&mut line))]);
            left = 0;
        }
        line.push(character);
    }
    lines.push(vec![(left, line)]);
}

/// OFD, with the header on a template page.
pub(crate) fn ofd() -> Vec<u8> {
    let object = |(x, row, text): &Stretch| {
        let count = text.chars().count().max(2) - 1;
        let (x, y) = (20 + 5 * x, 20 + 8 * row);
        format!(
            "<ofd:TextObject ID=\"1\" Boundary=\"{x} {y} 150 7\" Font=\"2\" Size=\"5\"><ofd:TextCode \
             X=\"0\" Y=\"5\" DeltaX=\"g {count} 5\">{text}</ofd:TextCode></ofd:TextObject>"
        )
    };
    let page = |objects: String| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page><ofd:Template TemplateID=\"9\"/>\
             <ofd:Content><ofd:Layer ID=\"3\">{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    };
    let all = pages();
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut list = String::new();
    for (n, stretches) in all.iter().enumerate() {
        let _ = write!(list, "<ofd:Page ID=\"{n}\" BaseLoc=\"Pages/Page_{n}/Content.xml\"/>");
        // In the file, the last line comes first: only its place counts.
        let objects = stretches.iter().skip(1).rev().map(object).collect();
        parts.push((format!("Doc_0/Pages/Page_{n}/Content.xml"), page(objects)));
    }
    parts.push(("Doc_0/Tpls/Tpl_0/Content.xml".to_owned(), page(object(&all[0][0]))));
    let document = format!(
        "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 165</ofd:PhysicalBox>\
         </ofd:PageArea><ofd:TemplatePage ID=\"9\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData>\
         <ofd:Pages>{list}</ofd:Pages></ofd:Document>"
    );
    parts.push(("Doc_0/Document.xml".to_owned(), document));
    let root = "<ofd:OFD DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>/Doc_0/Document.xml\
                </ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    parts.push(("OFD.xml".to_owned(), root.to_owned()));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, part)| (name.as_str(), part.as_bytes())).collect();
    archive(&parts)
}

/// How the font of a PDF writes its characters.
pub(crate) struct Font {
    dictionary: &'static str,
    code: fn(char) -> Vec<u8>,
    to_unicode: bool,
}

fn ucs2(character: char) -> Vec<u8> {
    (character as u32 as u16).to_be_bytes().to_vec()
}

/// Numbers of glyphs that have nothing to do with Unicode.
fn glyph(character: char) -> Vec<u8> {
    (character as u32 as u16 ^ 0x5a5a).to_be_bytes().to_vec()
}

pub(crate) const UCS2: Font =
    Font { dictionary: "/Encoding /UniGB-UCS2-H", code: ucs2, to_unicode: false };

pub(crate) const GBK: Font = Font {
    dictionary: "/Encoding /GBK-EUC-H",
    code: |character| encoding_rs::GBK.encode(character.encode_utf8(&mut [0; 4])).0.into_owned(),
    to_unicode: false,
};

pub(crate) const TO_UNICODE: Font =
    Font { dictionary: "/Encoding /Identity-H /ToUnicode 6 0 R", code: glyph, to_unicode: true };

/// A PDF of objects, the first of which is the catalogue.
pub(crate) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", n + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let table = bytes.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(
        end,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

pub(crate) fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {dictionary} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A PDF in one of the fonts.
pub(crate) fn pdf(font: &Font) -> Vec<u8> {
    written(font, "/MediaBox [0 0 595 420]", |x, y| format!("1 0 0 1 {x} {y} Tm"))
}

/// A PDF whose pages lie on their side.
pub(crate) fn turned() -> Vec<u8> {
    written(&UCS2, "/MediaBox [0 0 420 595] /Rotate 90", |x, y| {
        format!("0 1 -1 0 {} {x} Tm", 420 - y)
    })
}

fn written(font: &Font, page: &str, place: impl Fn(usize, usize) -> String) -> Vec<u8> {
    let all = pages();
    let kids: Vec<String> = (0..all.len()).map(|n| format!("{} 0 R", 7 + 2 * n)).collect();
    let width = "/DW 1000 /W [1 94 500]";
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} {page} >>", kids.join(" "), kids.len())
            .into_bytes(),
        b"<< /Font << /F1 4 0 R >> >>".to_vec(),
        format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun {} /DescendantFonts [5 0 R] >>",
            font.dictionary
        )
        .into_bytes(),
        format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun {width} /CIDSystemInfo \
             << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
        )
        .into_bytes(),
        stream("", cmap(font, &all).as_bytes()),
    ];
    for (n, stretches) in all.iter().enumerate() {
        let mut content = String::from("BT /F1 14 Tf\n");
        for (x, row, text) in stretches {
            let code: String =
                text.chars().flat_map(font.code).map(|byte| format!("{byte:02X}")).collect();
            let _ = writeln!(content, "{} <{code}> Tj", place(80 + 14 * x, 380 - 24 * row));
        }
        let page =
            format!("<< /Type /Page /Parent 2 0 R /Resources 3 0 R /Contents {} 0 R >>", 8 + 2 * n);
        objects.push(page.into_bytes());
        objects.push(stream("", (content + "ET").as_bytes()));
    }
    file(&objects)
}

/// What the glyphs of a font say.
fn cmap(font: &Font, pages: &[Vec<Stretch>]) -> String {
    let mut characters: Vec<char> =
        pages.iter().flatten().flat_map(|(_, _, text)| text.chars()).collect();
    characters.sort_unstable();
    characters.dedup();
    let mut map = String::from("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for some in characters.chunks(100).filter(|_| font.to_unicode) {
        let _ = writeln!(map, "{} beginbfchar", some.len());
        for character in some {
            let code: String =
                (font.code)(*character).iter().map(|byte| format!("{byte:02X}")).collect();
            let _ = writeln!(map, "<{code}> <{:04X}>", *character as u32);
        }
        map.push_str("endbfchar\n");
    }
    map
}
