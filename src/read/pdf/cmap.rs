//! CMaps: what the codes of a font stand for.
//!
//! In: the bytes of a CMap in a file. Out: which codes there are, and what each says or which glyph
//! it draws. Not here: CMaps that have a name only ([`super::font`]).
//!
//! `1 beginbfchar <0012> <7B2C> endbfchar` lets 0x0012 say `第`.

/// A map of codes.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Codes that there are: their length in bytes, the first and the last.
    spaces: Vec<(usize, u32, u32)>,
    /// First code, last code, and what the first one says. Sorted.
    texts: Vec<(u32, u32, Vec<u16>)>,
    /// First code, last code, and the glyph of the first. Sorted.
    glyphs: Vec<(u32, u32, u32)>,
}

impl CMap {
    /// Reads a CMap. What it says amiss is left out.
    pub(super) fn read(bytes: &[u8]) -> CMap {
        let mut found = CMap::default();
        let mut tokens = Tokens { bytes, at: 0 };
        let mut operands: Vec<Token> = Vec::new();
        while let Some(token) = tokens.next() {
            match &token {
                Token::Word(word) => {
                    match word.as_slice() {
                        b"endcodespacerange" => found.spaces(&operands),
                        b"endbfchar" => found.characters(&operands),
                        b"endbfrange" => found.ranges(&operands),
                        b"endcidchar" => found.glyphs(&operands, 2),
                        b"endcidrange" => found.glyphs(&operands, 3),
                        _ => {}
                    }
                    operands.clear();
                }
                _ => operands.push(token),
            }
        }
        // Of two that say something of a code, the later counts.
        found.texts.reverse();
        found.texts.sort_by_key(|entry| entry.0);
        found.glyphs.sort_unstable();
        found
    }

    fn spaces(&mut self, operands: &[Token]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Code(first), Token::Code(last)] = pair {
                self.spaces.push((first.len(), number(first), number(last)));
            }
        }
    }

    fn characters(&mut self, operands: &[Token]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Code(code), Token::Code(text)] = pair {
                self.texts.push((number(code), number(code), units(text)));
            }
        }
    }

    fn ranges(&mut self, operands: &[Token]) {
        let mut rest = operands;
        while let [Token::Code(first), Token::Code(last), third, ..] = rest {
            rest = &rest[3..];
            let (first, last) = (number(first), number(last));
            match third {
                Token::Code(text) => self.texts.push((first, last, units(text))),
                Token::Open => {
                    let end = rest.iter().position(|token| *token == Token::Close);
                    let end = end.unwrap_or(rest.len());
                    for (code, text) in (first..=last).zip(&rest[..end]) {
                        if let Token::Code(text) = text {
                            self.texts.push((code, code, units(text)));
                        }
                    }
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                _ => {}
            }
        }
    }

    fn glyphs(&mut self, operands: &[Token], each: usize) {
        for entry in operands.chunks_exact(each) {
            if let (Token::Code(first), Token::Code(last), Token::Number(glyph)) =
                (&entry[0], &entry[each - 2], &entry[each - 1])
            {
                self.glyphs.push((number(first), number(last), *glyph));
            }
        }
    }

    /// The first code of bytes, and its length; `None` where the CMap states none.
    pub(super) fn code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        (1..=bytes.len().min(4)).find_map(|length| {
            let code = number(&bytes[..length]);
            let fits = |&(size, first, last): &(usize, u32, u32)| {
                // Each byte has its own bounds.
                size == length
                    && (0..length).all(|byte| {
                        let of = |code: u32| code >> (8 * byte) & 0xff;
                        (of(first)..=of(last)).contains(&of(code))
                    })
            };
            self.spaces.iter().any(fits).then_some((code, length))
        })
    }

    /// What a code says.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let end = self.texts.partition_point(|entry| entry.0 <= code);
        let (first, _, units) =
            self.texts[..end].iter().rev().take(8).find(|entry| code <= entry.1)?;
        let mut units = units.clone();
        let last = units.last_mut()?;
        *last = last.wrapping_add(u16::try_from(code - first).ok()?);
        let text = String::from_utf16_lossy(&units);
        // Some programs give codes without a character the text NUL.
        (!text.chars().all(|c| c == '\0' || c == char::REPLACEMENT_CHARACTER)).then_some(text)
    }

    /// The glyph that a code draws.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let end = self.glyphs.partition_point(|entry| entry.0 <= code);
        let (first, _, glyph) =
            self.glyphs[..end].iter().rev().take(8).find(|entry| code <= entry.1)?;
        Some(glyph + (code - first))
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, &byte| number << 8 | u32::from(byte))
}

fn units(text: &[u8]) -> Vec<u16> {
    match text {
        [byte] => vec![u16::from(*byte)],
        text => text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

/// A word of a CMap.
#[derive(Debug, PartialEq)]
enum Token {
    Code(Vec<u8>),
    Number(u32),
    Open,
    Close,
    /// A name or another thing that is of no use.
    Other,
    Word(Vec<u8>),
}

struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Tokens<'_> {
    fn next(&mut self) -> Option<Token> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'%' => {
                    self.until(|byte| matches!(byte, b'\n' | b'\r'));
                    continue;
                }
                b'<' if self.bytes.get(self.at) == Some(&b'<') => {
                    self.at += 1;
                    Token::Other
                }
                b'<' => {
                    let digits = self.until(|byte| byte == b'>').to_vec();
                    self.at += 1;
                    Token::Code(hex(&digits))
                }
                b'[' => Token::Open,
                b']' => Token::Close,
                b'(' => {
                    self.until(|byte| byte == b')');
                    self.at += 1;
                    Token::Other
                }
                b'/' => {
                    self.until(delimits);
                    Token::Other
                }
                byte if delimits(byte) => continue,
                _ => {
                    self.at -= 1;
                    let word = self.until(delimits).to_vec();
                    let number = std::str::from_utf8(&word).ok().and_then(|word| word.parse().ok());
                    number.map_or(Token::Word(word), Token::Number)
                }
            });
        }
    }

    /// The bytes up to one that ends them.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> &[u8] {
        let start = self.at;
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
        &self.bytes[start..self.at]
    }
}

fn delimits(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"<>[](){}/%".contains(&byte)
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|&digit| u8::try_from(char::from(digit).to_digit(16)?).ok())
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_texts() {
        let map = CMap::read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> \
              endcodespacerange 2 beginbfchar <0012> <7B2C> <0013> <4E006761> endbfchar \
              2 beginbfrange <0020> <0022> <4E00> <0030> <0031> [<7532> <4E59>] endbfrange \
              1 begincidrange <0100> <01FF> 34 endcidrange",
        );
        for (code, text) in [
            (0x12, Some("第")),
            (0x13, Some("一条")),
            (0x22, Some("丂")),
            (0x31, Some("乙")),
            (0x32, None),
            (0x11, None),
        ] {
            assert_eq!(map.text(code).as_deref(), text, "{code:x}");
        }
        assert_eq!(map.code(b"\x00\x12\x00"), Some((0x12, 2)));
        assert_eq!(map.code(b"\x00"), None);
        assert_eq!(map.glyph(0x102), Some(36));
    }

    #[test]
    fn odd_maps_are_read() {
        for odd in [
            "<",
            "<00",
            "1 beginbfrange <00> <01> [",
            "endbfchar",
            "(",
            "beginbfchar <> <> endbfchar",
        ] {
            assert_eq!(CMap::read(odd.as_bytes()).text(1), None, "{odd}");
        }
    }
}
