//! Phrases that were read before.
//!
//! In: a phrase, and how it is read. Out: whom it names, read once. Not here: reading
//! (`organization::subject`).
//!
//! `县级以上人民政府` stands in a document a hundred times, and is asked of several times at each place.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::Mention;

/// So many phrases are remembered at the most, so that a long document takes no more room than a short one.
const MOST: usize = 4096;

/// Whom the phrases read so far name, with one [`Naming`](super::Naming).
#[derive(Clone, Debug, Default)]
pub struct Subjects(RefCell<FxHashMap<Box<str>, Vec<Mention>>>);

impl Subjects {
    /// Whom a phrase names.
    pub(super) fn of(&self, phrase: &str, read: impl FnOnce() -> Vec<Mention>) -> Vec<Mention> {
        if let Some(known) = self.0.borrow().get(phrase) {
            return known.clone();
        }
        let found = read();
        let mut all = self.0.borrow_mut();
        if all.len() == MOST {
            all.clear();
        }
        all.insert(phrase.into(), found.clone());
        found
    }
}
