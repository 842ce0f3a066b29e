//! Numbers within bytes, the low byte first; nothing is read past the end.
//!
//! In: bytes and a place. Out: the number there, if there is one. Not here: what it means.
//!
//! `EC A5` at 0 is 0xA5EC.

/// Bytes to read numbers from.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'b>(pub(super) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// A stretch; `None` where it is empty or doesn't lie within.
    pub(super) fn range(self, at: u32, length: u32) -> Option<&'b [u8]> {
        let (at, length) = (usize::try_from(at).ok()?, usize::try_from(length).ok()?);
        self.0.get(at..at.checked_add(length)?).filter(|range| !range.is_empty())
    }

    /// What follows a place.
    pub(super) fn from(self, at: usize) -> Option<Bytes<'b>> {
        self.0.get(at..).map(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ends() {
        let bytes = Bytes(&[0xec, 0xa5, 1, 0]);
        assert_eq!(bytes.u16(0), Some(0xa5ec));
        assert_eq!(bytes.u32(0), Some(0x1a5ec));
        assert_eq!((bytes.u8(4), bytes.u16(3), bytes.u32(usize::MAX)), (None, None, None));
        assert_eq!(bytes.range(2, 2), Some(&[1, 0][..]));
        assert_eq!((bytes.range(2, 3), bytes.range(u32::MAX, u32::MAX)), (None, None));
    }
}
