//! Which format bytes are of, by their first bytes.
//!
//! In: bytes. Out: what they are, if they aren't a plain text or a page; for what is not read, also
//! what can be done. Not here: reading any of them.
//!
//! `89 50 4E 47 …` is `a PNG image`; `%PDF-` is to be read as PDF.

/// A format that is told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A ZIP archive: DOCX, OFD and others, see [`archive`].
    Zip,
    /// PDF
    Pdf,
    /// RTF
    Rtf,
    /// A compound file: old DOC, and whatever Office encrypts.
    Ole,
    /// A page with what belongs to it, as one message.
    Mhtml,
    /// A Word document as one XML file.
    WordXml,
    /// What has no text for us: what it is, and what can be done.
    Other(&'static str),
}

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// DOCX, by whatever program.
    Word,
    /// OFD
    Ofd,
    /// What has no text for us: what it is, and what can be done.
    Other(&'static str),
}

/// First bytes, and what they tell. Of two that fit, the first counts.
const FORMATS: &[(&[u8], Format)] = &[
    (b"PK\x03\x04", Format::Zip),
    (b"{\\rtf", Format::Rtf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format::Ole),
    (
        b"\x89PNG\r\n\x1a\n",
        Format::Other("a PNG image; to have its text read, recognise it with an OCR program"),
    ),
    (
        b"\xff\xd8\xff",
        Format::Other("a JPEG image; to have its text read, recognise it with an OCR program"),
    ),
    (b"GIF87a", Format::Other("a GIF image")),
    (b"GIF89a", Format::Other("a GIF image")),
    (
        b"II*\0",
        Format::Other("a TIFF image; to have its text read, recognise it with an OCR program"),
    ),
    (
        b"MM\0*",
        Format::Other("a TIFF image; to have its text read, recognise it with an OCR program"),
    ),
    (b"PK\x05\x06", Format::Other("an empty ZIP archive")),
    (b"\x1f\x8b", Format::Other("a gzip archive; unpack it first")),
    (b"BZh", Format::Other("a bzip2 archive; unpack it first")),
    (b"\xfd7zXZ\0", Format::Other("an xz archive; unpack it first")),
    (b"\x28\xb5\x2f\xfd", Format::Other("a Zstandard archive; unpack it first")),
    (b"7z\xbc\xaf\x27\x1c", Format::Other("a 7z archive; unpack it first")),
    (b"Rar!\x1a\x07", Format::Other("a RAR archive; unpack it first")),
    (b"CAJ\0", Format::Other("a CAJ document; save it as PDF")),
    (b"SQLite format 3\0", Format::Other("an SQLite database")),
    (b"\x7fELF", Format::Other("a program (ELF)")),
    (b"\xcf\xfa\xed\xfe", Format::Other("a program (Mach-O)")),
    (b"\xca\xfe\xba\xbe", Format::Other("a program (Java or Mach-O)")),
    (b"\0asm", Format::Other("a program (WebAssembly)")),
    (b"OggS", Format::Other("an Ogg recording")),
    (b"fLaC", Format::Other("a FLAC recording")),
    (b"ID3", Format::Other("an MP3 recording")),
    (b"\0\0\x01\0", Format::Other("an icon")),
    (b"wOFF", Format::Other("a font")),
    (b"wOF2", Format::Other("a font")),
];

/// Beginnings of names within a ZIP archive, and what they tell.
const PACKAGES: &[(&str, Package)] = &[
    ("word/", Package::Word),
    ("OFD.xml", Package::Ofd),
    ("xl/", Package::Other("a spreadsheet (XLSX); save what is to be read as DOCX or text")),
    ("ppt/", Package::Other("a presentation (PPTX); save what is to be read as DOCX or text")),
    ("META-INF/container.xml", Package::Other("an EPUB book; unpack it and read its pages")),
    ("content.xml", Package::Other("an OpenDocument file; save it as DOCX or text")),
];

/// How far into a file a PDF may begin.
const PDF_HEAD: usize = 1024;

/// How many bytes at the beginning are looked at.
const PREFIX: usize = 1 << 12;

/// The format of bytes that are not a plain text or a page.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12)? {
            b"WEBP" => Some(Format::Other("a WebP image")),
            b"WAVE" => Some(Format::Other("a WAV recording")),
            b"AVI " => Some(Format::Other("a film (AVI)")),
            _ => None,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Format::Other("a film, recording or image (MP4 family)"));
    }
    // Two letters only, so that what follows has to fit.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(Format::Other("a BMP image"));
    }
    if bytes.starts_with(b"MZ") && bytes.get(..64).is_some_and(|head| head.contains(&0)) {
        return Some(Format::Other("a program (EXE)"));
    }
    let known = FORMATS.iter().find(|(head, _)| bytes.starts_with(head));
    known.map(|&(_, format)| format).or_else(|| within(bytes))
}

/// A format that is told by what stands a little behind the beginning.
fn within(bytes: &[u8]) -> Option<Format> {
    let holds = |prefix: &[u8], words: &[u8]| memchr::memmem::find(prefix, words).is_some();
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    let at = memchr::memmem::find(head, b"%PDF-");
    // Before a PDF, other programs leave bytes of their own, but hardly a text that speaks of PDF.
    if at == Some(0) || at.is_some_and(|at| holds(bytes, b"%%EOF") && !bytes[..at].is_ascii()) {
        return Some(Format::Pdf);
    }
    let prefix = bytes[..bytes.len().min(PREFIX)].trim_ascii_start();
    let prefix = prefix.strip_prefix(b"\xef\xbb\xbf").unwrap_or(prefix);
    if prefix.starts_with(b"<?xml")
        && (holds(prefix, b"<pkg:package") || holds(prefix, b":wordDocument"))
    {
        return Some(Format::WordXml);
    }
    super::mhtml::is_message(prefix).then_some(Format::Mhtml)
}

/// What an archive is, by the names of its parts.
pub(super) fn archive(names: &[String]) -> Package {
    let known = PACKAGES.iter().find(|(head, _)| names.iter().any(|name| begins(name, head)));
    known.map_or(Package::Other("a ZIP archive; unpack it first"), |&(_, package)| package)
}

fn begins(name: &str, head: &str) -> bool {
    name.get(..head.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(head))
}

/// What an archive seems to be, by its first bytes, where its list of parts cannot be had.
pub(super) fn archive_prefix(bytes: &[u8]) -> &'static str {
    let prefix = &bytes[..bytes.len().min(PREFIX * 4)];
    let within = |name: &[u8]| memchr::memmem::find(prefix, name).is_some();
    if within(b"word/") {
        "a Word document (DOCX)"
    } else if within(b"OFD.xml") || within(b"Doc_0/") {
        "an OFD document"
    } else {
        "a ZIP archive"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let other = |bytes: &[u8]| match format(bytes) {
            Some(Format::Other(what)) => {
                Some(what.split(';').next().unwrap_or_default().to_owned())
            }
            _ => None,
        };
        for (bytes, what) in [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "a PNG image"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP image"),
            (b"\x1f\x8b\x08", "a gzip archive"),
        ] {
            assert_eq!(other(bytes).as_deref(), Some(what), "{bytes:?}");
        }
        for (bytes, known) in [
            (b"PK\x03\x04\x14\0[Content_Types].xml".as_slice(), Some(Format::Zip)),
            (b"%PDF-1.7", Some(Format::Pdf)),
            (b"\xef\xbb\xbf%PDF-1.7 %%EOF", Some(Format::Pdf)),
            (b"{\\rtf1\\ansi", Some(Format::Rtf)),
            (b"\xef\xbb\xbf<?xml version=\"1.0\"?><pkg:package>", Some(Format::WordXml)),
            (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n", Some(Format::Mhtml)),
            (b"RIFF", None),
            (b"BM is a text", None),
            (b"MZ", None),
            ("第一条 %PDF- 开头的文件".as_bytes(), None),
            ("第一条".as_bytes(), None),
            (b"", None),
        ] {
            assert_eq!(format(bytes), known, "{bytes:?}");
        }
    }

    #[test]
    fn packages() {
        for (name, package) in [
            ("word/document.xml", Some(Package::Word)),
            ("OFD.xml", Some(Package::Ofd)),
            ("ofd.xml", Some(Package::Ofd)),
            ("xl/workbook.xml", None),
        ] {
            let names = ["[Content_Types].xml".to_owned(), name.to_owned()];
            let found = archive(&names);
            assert_eq!(Some(found).filter(|found| !matches!(found, Package::Other(_))), package);
        }
    }
}
