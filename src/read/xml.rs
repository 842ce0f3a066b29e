//! XML as a row of tags and text.
//!
//! In: the bytes of an XML part. Out: its tags, by their names without prefix, and its text, with
//! character references resolved. Entities that a part declares are not expanded, so that they
//! cannot multiply; nesting costs nothing, as nothing here is recursive. Not here: what the tags
//! mean.
//!
//! `<w:t xml:space="preserve">第一条</w:t>` gives `Open` of `t`, `Text` of `第一条`, `Close` of `t`.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::encoding;

/// What stands in a part.
pub(super) enum Piece<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// An element ends.
    Close(String),
    /// Text between tags.
    Text(Cow<'x, str>),
}

/// The beginning of an element.
pub(super) struct Tag<'x> {
    start: BytesStart<'x>,
    /// Where its content begins, in bytes of the part.
    pub(super) inner: usize,
}

/// A part that is not well formed.
#[derive(Debug)]
pub(super) struct Malformed;

/// A part being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// Where the piece before the last one ended.
    before: usize,
}

impl<'x> Xml<'x> {
    /// Begins to read a part that [`decoded`] gave.
    pub(super) fn new(text: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Xml { reader, depth: 0, before: 0 }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>, Malformed> {
        loop {
            self.before = self.position();
            let event = self.reader.read_event().map_err(|_| Malformed)?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    Piece::Open(Tag { start, inner: self.position() })
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Piece::Text(text.into_inner()),
                Event::CData(text) => Piece::Text(text.into_inner()),
                Event::GeneralRef(name) => match reference(&name.into_inner()) {
                    Some(text) => Piece::Text(Cow::Owned(text)),
                    None => continue,
                },
                Event::Eof if self.depth > 0 => return Err(Malformed),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }

    /// Where the last piece began, in bytes of the part.
    pub(super) fn before(&self) -> usize {
        self.before
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Passes all that an element holds, and its end. Its beginning has just been read.
    pub(super) fn skip(&mut self) -> Result<(), Malformed> {
        let outer = self.depth - 1;
        while self.depth > outer {
            if self.next()?.is_none() {
                return Err(Malformed);
            }
        }
        Ok(())
    }

    /// The text that an element holds, without that of what stands in it.
    pub(super) fn text(&mut self) -> Result<String, Malformed> {
        let own = self.depth;
        let mut text = String::new();
        while self.depth >= own {
            match self.next()? {
                Some(Piece::Text(piece)) if self.depth == own => text.push_str(&piece),
                Some(_) => {}
                None => return Err(Malformed),
            }
        }
        Ok(text)
    }
}

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        let name = self.start.name().into_inner();
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().with_checks(false).flatten().find(|attribute| {
            let key = attribute.key.into_inner();
            key.rsplit(':').next() == Some(name)
        })?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// The value of an attribute that is a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether it says yes, as `<w:vanish/>` and `<w:vanish w:val="true"/>` do.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The text of a part's bytes: UTF-8 or UTF-16.
pub(super) fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    encoding::decode(bytes, None).map(|(text, _)| text)
}

/// What a reference stands for; `None` of entities that XML does not define.
fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<String, Malformed> {
        let mut xml = Xml::new(text);
        let mut said = String::new();
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Open(tag) => said += &format!("<{}>", tag.name()),
                Piece::Close(name) => said += &format!("</{name}>"),
                Piece::Text(text) => said += &text,
            }
        }
        Ok(said)
    }

    #[test]
    fn pieces() {
        for (xml, said) in [
            ("<w:t a=\"1\">第一条</w:t>", "<t>第一条</t>"),
            ("<a><b/>&lt;&#x7b2c;&#19968;&amp;</a>", "<a><b></b><第一&</a>"),
            ("<a><![CDATA[<甲>]]><!-- 乙 --></a>", "<a><甲></a>"),
            // Entities of its own are left out, however they multiply.
            ("<!DOCTYPE a [<!ENTITY b \"&c;&c;\">]><a>&b;甲</a>", "<a>甲</a>"),
        ] {
            assert_eq!(all(xml).ok().as_deref(), Some(said), "{xml}");
        }
        for broken in ["<a>", "<a></b>", "<a", "<a><b></a>"] {
            assert!(all(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn nesting_costs_nothing() {
        let deep = format!("{}甲{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        assert!(all(&deep).is_ok());
        let mut xml = Xml::new(&deep);
        assert!(matches!(xml.next(), Ok(Some(Piece::Open(_)))));
        assert!(xml.skip().is_ok());
        assert!(matches!(xml.next(), Ok(None)));
    }

    #[test]
    fn attributes() {
        let mut xml = Xml::new("<w:a w:val=\"第%1条&amp;\" n=' 12 '/>");
        let Ok(Some(Piece::Open(tag))) = xml.next() else { panic!("it opens") };
        assert_eq!(tag.get("val").as_deref(), Some("第%1条&"));
        assert_eq!(tag.number::<u32>("n"), Some(12));
        assert_eq!(tag.get("m"), None);
    }
}
