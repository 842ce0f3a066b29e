//! Pages saved as one message: MHT, and Word's "single file web page" under the name of a DOC.
//!
//! In: bytes of a message (RFC 2557). Out: the text of its first page, or of its plain text where
//! it has no page. Not here: the pictures beside it, mail as such.
//!
//! A part `Content-Type: text/html` in `quoted-printable` that says `=E7=AC=AC` gives `第`.

use encoding_rs::Encoding;

use super::{Refusal, Written};

/// How deep parts may stand within each other.
const DEEPEST: usize = 8;

/// Whether bytes begin as a message with parts, or with a page as its only part.
pub(super) fn is_message(prefix: &[u8]) -> bool {
    let headers = Headers::read(prefix).0;
    let kind = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    headers.get("mime-version").is_some()
        && (kind.starts_with("multipart/") || kind.starts_with("text/html"))
}

/// Reads a message.
pub(super) fn read(bytes: &[u8]) -> Result<Written, Refusal> {
    let bytes = bytes.trim_ascii_start();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let part = find(bytes, "text/html", 0).or_else(|| find(bytes, "text/plain", 0));
    let Some(part) = part else {
        return Err(Refusal::unreadable("it is a web archive (MHT) without a page in it"));
    };
    let written = super::text(&part.content, part.charset)?;
    Ok(Written { media_type: "multipart/related", ..written })
}

/// A part of the message, decoded.
struct Part {
    content: Vec<u8>,
    charset: Option<&'static Encoding>,
}

/// The first part of a kind.
fn find(bytes: &[u8], wanted: &str, depth: usize) -> Option<Part> {
    let (headers, content) = Headers::read(bytes);
    let kind = headers.get("content-type").unwrap_or("text/plain");
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < DEEPEST {
        let border = format!("--{}", parameter(kind, "boundary")?);
        return parts(content, border.as_bytes()).find_map(|part| find(part, wanted, depth + 1));
    }
    if !lower.starts_with(wanted) {
        return None;
    }
    let coding = headers.get("content-transfer-encoding").unwrap_or_default();
    let content = match coding.to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted_printable(content),
        "base64" => base64(content),
        _ => content.to_vec(),
    };
    let charset =
        parameter(kind, "charset").and_then(|label| Encoding::for_label(label.as_bytes()));
    Some(Part { content, charset })
}

/// What stands between borders, which are lines of their own.
fn parts<'b>(content: &'b [u8], border: &'b [u8]) -> impl Iterator<Item = &'b [u8]> {
    let opens_line = |at: usize| at == 0 || content[at - 1] == b'\n';
    let mut borders: Vec<usize> =
        memchr::memmem::find_iter(content, border).filter(|&at| opens_line(at)).collect();
    borders.push(content.len());
    let ends: Vec<(usize, usize)> =
        borders.windows(2).map(|pair| (pair[0] + border.len(), pair[1])).collect();
    ends.into_iter().map_while(move |(start, end)| {
        let part = &content[start..end];
        // Two dashes close the last part; what follows is none.
        if part.starts_with(b"--") {
            return None;
        }
        let line = memchr::memchr(b'\n', part);
        Some(line.map_or(&[][..], |line| &part[line + 1..]))
    })
}

/// The headers of a message or part, names in small letters, folded lines joined.
struct Headers(Vec<(String, String)>);

impl Headers {
    /// The headers, and what follows them.
    fn read(bytes: &[u8]) -> (Headers, &[u8]) {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            let (line, after) = rest.split_at(end);
            let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
            if line.is_empty() {
                return (Headers(found), after);
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = found.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            } else {
                return (Headers(found), rest);
            }
            rest = after;
        }
        (Headers(found), rest)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A parameter of a header: `charset` of `text/html; charset="gb2312"`.
fn parameter<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// Decodes `=E7=AC` and joins lines that end in `=`.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'=' {
            decoded.push(byte);
        } else if let (Some(high), Some(low)) = (digit(bytes.get(at)), digit(bytes.get(at + 1))) {
            decoded.extend(u8::try_from(high * 16 + low));
            at += 2;
        } else {
            let blanks =
                bytes[at..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
            match bytes.get(at + blanks) {
                Some(b'\n') => at += blanks + 1,
                _ => decoded.push(b'='),
            }
        }
    }
    decoded
}

/// Decodes base64, passing over what is no digit of it.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for &byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push((bits >> held & 0xff) as u8);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings() {
        for (coded, plain) in [
            ("=E7=AC=AC=\r\n=E4=B8=80", "第一"),
            ("a=b=3D", "a=b="),
            ("a=  \nb=", "ab="),
            ("=", "="),
        ] {
            assert_eq!(quoted_printable(coded.as_bytes()), plain.as_bytes(), "{coded}");
        }
        assert_eq!(base64(b"56ys\r\n5LiA"), "第一".as_bytes());
        assert_eq!(base64(b"YQ=="), b"a");
    }

    #[test]
    fn messages() {
        let message = "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
            \tboundary=\"=_b\"\r\n\r\nThis is.\r\n--=_b\r\nContent-Type: text/html; charset=\"utf-8\"\
            \r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E7=AC=AC</p>\r\n--=_b\r\n\
            Content-Type: image/png\r\n\r\nx\r\n--=_b--\r\n";
        assert!(is_message(message.as_bytes()));
        let Ok(written) = read(message.as_bytes()) else { panic!("it is a page") };
        assert_eq!(written.text.trim(), "第");
        assert!(!is_message("MIME-Version: 1.0 是什么".as_bytes()));
        assert!(!is_message(b"Content-Type: text/html\r\n\r\n"));
    }

    #[test]
    fn parts_within_parts_have_an_end() {
        let mut message = String::new();
        for _ in 0..10_000 {
            message += "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n";
        }
        assert!(read(message.as_bytes()).is_ok_and(|written| written.text.len() < message.len()));
    }
}
