//! What two texts share, told from hashes of their letters.
//!
//! In: text. Out: its letters, hashes of each run of them, and a [`Sketch`] of a whole text: of all
//! runs the least hash in each of 128 bins (one-permutation MinHash: Li, Owen and Zhang 2012), so
//! that equal bins tell the share of runs that two texts have in common. Not here: what is made of it.
//!
//! `第一条 省委负总责。` has the letters 第一条省委负总责.

use super::is_told;

/// The letters and digits of a text; nothing else is compared.
pub fn letters(text: &str) -> Vec<u32> {
    text.chars().filter(|c| is_told(*c)).map(u32::from).collect()
}

/// A hash for each run of so many letters.
pub fn runs(letters: &[u32], length: usize) -> impl Iterator<Item = u32> + '_ {
    letters.windows(length).map(hash)
}

/// FNV-1a over letters, stirred.
fn hash(letters: &[u32]) -> u32 {
    let mix = |sum: u64, letter: &u32| (sum ^ u64::from(*letter)).wrapping_mul(0x0100_0000_01b3);
    let sum = letters.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    (sum.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// How many bins a sketch has.
const BINS: usize = 128;
/// How many letters a run has.
const RUN: usize = 5;
/// A text with fewer letters has no sketch: chance would tell too much of it.
const SHORTEST: usize = 60;
/// How many bins make a band.
const BAND: usize = 6;
/// How many bands are told. Each more is one more row to keep and to look up for a document; of the texts
/// that share just four fifths 15 in 1,000 have none of these in common, of those that share 85 in 100 one.
const BANDS: usize = 14;

/// A text in 128 numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// The sketch of a text; none of one too short.
    pub fn of(text: &str) -> Option<Sketch> {
        let letters = letters(text);
        if letters.len() < SHORTEST {
            return None;
        }
        let mut bins = vec![u32::MAX; BINS];
        for hash in runs(&letters, RUN) {
            let bin = &mut bins[(hash >> 25) as usize];
            *bin = (*bin).min(hash & 0x01ff_ffff);
        }
        // an empty bin takes over what the next one holds, marked by the way
        let full = bins.clone();
        for at in (0..BINS).filter(|&at| full[at] == u32::MAX) {
            let next = (1..BINS).find(|way| full[(at + way) % BINS] != u32::MAX)?;
            bins[at] = full[(at + next) % BINS].wrapping_add((next as u32) << 25);
        }
        Some(Sketch(bins))
    }

    /// The share of runs that both have, of all that either has, estimated: within 0.04 mostly.
    pub fn similarity(&self, other: &Sketch) -> f32 {
        let equal = self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count();
        equal as f32 / BINS as f32
    }

    /// A number for each band of bins. Texts that share four fifths of their runs have a band in
    /// common nearly always, such as share a third seldom.
    pub fn bands(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.chunks_exact(BAND).take(BANDS).zip(0..).map(|(band, number): (_, u32)| {
            let mut numbered = band.to_vec();
            numbered.push(number);
            hash(&numbered)
        })
    }

    /// As bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|bin| bin.to_le_bytes()).collect()
    }

    /// From bytes; none where they are no sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (bins, rest) = bytes.as_chunks::<4>();
        (rest.is_empty() && bins.len() == BINS)
            .then(|| Sketch(bins.iter().map(|bin| u32::from_le_bytes(*bin)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize) -> String {
        (from..to).map(|at| format!("第{at}条 县级人民政府承担第{}项监管责任。", at * 7)).collect()
    }

    #[test]
    fn a_sketch_tells_how_much_is_shared() {
        let sketch = |from, to| Sketch::of(&text(from, to)).expect("long enough");
        let whole = sketch(100, 200);
        assert_eq!(whole.similarity(&whole), 1.0);
        assert!(whole.similarity(&sketch(100, 195)) > 0.8);
        assert!(whole.similarity(&sketch(150, 250)) < 0.6);
        assert!(Sketch::of("第一条 省委负总责。").is_none());
    }

    #[test]
    fn near_texts_share_a_band() {
        let bands = |from, to| {
            let sketch = Sketch::of(&text(from, to)).expect("long enough");
            sketch.bands().collect::<std::collections::BTreeSet<_>>()
        };
        assert!(!bands(100, 200).is_disjoint(&bands(100, 195)));
        assert!(bands(100, 200).is_disjoint(&bands(700, 800)));
    }

    #[test]
    fn a_sketch_is_read_back() {
        let sketch = Sketch::of(&text(100, 104)).expect("long enough");
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        assert_eq!(Sketch::from_bytes(&[1, 2, 3]), None);
    }
}
