//! Formats that are not plain text, by their first bytes.
//!
//! In: bytes. Out: what they are, if they aren't a text. Not here: reading any of them.
//!
//! `89 50 4E 47 …` is `a PNG image`.

/// First bytes, and what they tell. Of two that fit, the first counts.
const FORMATS: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS, PPT or WPS)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)"),
    (b"\xca\xfe\xba\xbe", "a program (Java or Mach-O)"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"ID3", "an MP3 recording"),
    (b"\0\0\x01\0", "an icon"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Names within a ZIP archive, and what they tell.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "a spreadsheet (XLSX)"),
    (b"ppt/", "a presentation (PPTX)"),
    (b"OFD.xml", "an OFD document"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
];

/// How many bytes of an archive are searched for names.
const PREFIX: usize = 1 << 14;

/// The format of bytes that are not a text.
pub(crate) fn format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        let prefix = &bytes[..bytes.len().min(PREFIX)];
        let within = |name: &[u8]| memchr::memmem::find(prefix, name).is_some();
        let known = ARCHIVES.iter().find(|(name, _)| within(name));
        return Some(known.map_or("a ZIP archive", |&(_, what)| what));
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12)? {
            b"WEBP" => Some("a WebP image"),
            b"WAVE" => Some("a WAV recording"),
            b"AVI " => Some("a film (AVI)"),
            _ => None,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a film, recording or image (MP4 family)");
    }
    // Two letters only, so that what follows has to fit.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some("a BMP image");
    }
    if bytes.starts_with(b"MZ") && bytes.get(..64).is_some_and(|head| head.contains(&0)) {
        return Some("a program (EXE)");
    }
    FORMATS.iter().find(|(head, _)| bytes.starts_with(head)).map(|&(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let cases: &[(&[u8], Option<&str>)] = &[
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some("a PNG image")),
            (b"PK\x03\x04\x14\0[Content_Types].xml", Some("a ZIP archive")),
            (
                b"PK\x03\x04\x14\0[Content_Types].xml ... word/document.xml",
                Some("a Word document (DOCX)"),
            ),
            (b"PK\x03\x04\x14\0OFD.xml", Some("an OFD document")),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some("a WebP image")),
            (b"RIFF", None),
            (b"BM is a text", None),
            (b"MZ", None),
            ("第一条".as_bytes(), None),
            (b"", None),
        ];
        for (bytes, what) in cases {
            assert_eq!(format(bytes), *what, "{bytes:?}");
        }
    }
}
