//! What the library keeps, compressed.
//!
//! In: the bytes of sources, values as JSON. Out: the same, compressed, and back. Not here: where they lie
//! ([`super::store`], [`super::content`]).
//!
//! The record of a statute of 20 KB is 200 KB of JSON, and 25 KB here.

use std::cell::RefCell;
use std::io::Result;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zstd::bulk::Compressor;

/// How hard all is compressed: the least, which makes a seventh of records and a third of sources.
const LEVEL: i32 = 1;

/// How many bytes of room a packer keeps.
const KEPT: usize = 8 << 20;

/// What packs, with its room.
struct Packer {
    compressor: Compressor<'static>,
    json: Vec<u8>,
    packed: Vec<u8>,
}

/// A value as JSON, compressed.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    with_packer(|packer| {
        packer.json.clear();
        serde_json::to_writer(&mut packer.json, value)?;
        let json = std::mem::take(&mut packer.json);
        let packed = packer.packed(&json);
        packer.json = json;
        // A record of a very long text isn't kept in mind.
        packer.json.shrink_to(KEPT);
        packed
    })
}

/// Bytes, compressed.
pub(crate) fn bytes(bytes: &[u8]) -> Result<Vec<u8>> {
    with_packer(|packer| packer.packed(bytes))
}

/// The value that was packed as JSON.
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T> {
    Ok(serde_json::from_slice(&zstd::decode_all(packed)?)?)
}

/// Works with the packer of this thread: making one costs more than a piece of text, and so does fresh
/// memory for its JSON.
fn with_packer<T>(work: impl FnOnce(&mut Packer) -> Result<T>) -> Result<T> {
    thread_local! {
        static PACKER: RefCell<Option<Packer>> = const { RefCell::new(None) };
    }
    PACKER.with_borrow_mut(|kept| {
        work(match kept {
            Some(packer) => packer,
            None => kept.insert(Packer {
                compressor: Compressor::new(LEVEL)?,
                json: Vec::new(),
                packed: Vec::new(),
            }),
        })
    })
}

impl Packer {
    fn packed(&mut self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.packed.clear();
        self.packed.reserve(zstd::zstd_safe::compress_bound(bytes.len()));
        self.compressor.compress_to_buffer(bytes, &mut self.packed)?;
        let packed = self.packed.as_slice().to_vec();
        self.packed.shrink_to(KEPT);
        Ok(packed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        let value = vec!["省委负总责".repeat(9), "市委".to_owned()];
        let packed = json(&value).expect("packed");
        assert!(packed.len() < 100, "{}", packed.len());
        assert_eq!(unpack::<Vec<String>>(&packed).expect("unpacked"), value);
        assert_eq!(zstd::decode_all(&*bytes(b"raw").expect("packed")).expect("unpacked"), b"raw");
    }
}
