//! Whether a library is sound, and what can be mended.
//!
//! In: a library. Out: what is wrong with it, a sentence each; and, of a writer, what was mended: a
//! damaged record is made again from its kept source or the file it was read from, the index from
//! the records. Not here: what a killed program left, which whoever opens the library completes.
//!
//! A record with a flipped bit is told, and mended while its source is whole.

use std::collections::BTreeSet;

use super::reparse::stored;
use super::store::Stored;
use super::{Library, Writer, ingest};
use crate::error::{Error, Result};
use crate::index;
use crate::record::Record;

/// What is wrong with a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// All of it, a sentence each; none where all is well.
    pub wrong: Vec<String>,
    /// The documents whose records are damaged.
    records: BTreeSet<String>,
    /// The documents of which what a search shows is damaged.
    passages: BTreeSet<String>,
    /// The digests of kept sources that are damaged.
    sources: BTreeSet<String>,
    /// Whether the index is to be made again.
    index: bool,
}

impl Library {
    /// What is wrong with the library: digests of records and sources, the database's own tables, the
    /// index's files, and whether all of them speak of the same documents.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be read at all.
    pub fn check(&self) -> Result<Health> {
        let mut health = Health::default();
        for sentence in self.store.quick_check()? {
            health.wrong.push(format!("the database is damaged: {sentence}; restore a backup"));
        }
        let mut indexed = self.index.documents()?;
        for (entries, is_former) in [(self.store.entries()?, false), (self.store.former()?, true)] {
            for id in entries.into_iter().map(|entry| entry.id) {
                self.check_record(&id, &mut health)?;
                if !is_former && !indexed.remove(&id) {
                    let what = format!("document `{id}` is not in the index");
                    health.index(format!("{what}; `zeren reindex` adds it"));
                }
                if self.store.places(Some(&id))?.is_empty() {
                    health.wrong.push(format!("document `{id}` has no source"));
                }
            }
        }
        for id in indexed {
            let what = format!("the index holds `{id}`, the library doesn't");
            health.index(format!("{what}; run `zeren reindex`"));
        }
        if !self.agrees()? {
            health.index("the index was not made for this library; run `zeren reindex`".to_owned());
        }
        for file in self.index.damaged()? {
            health.index(format!("the index's file `{file}` is damaged; run `zeren reindex`"));
        }
        for sha256 in self.store.contents()? {
            if self.store.content(&sha256)?.is_none() {
                health.wrong.push(format!("the kept source `{sha256}` is not what was read"));
                health.sources.insert(sha256);
            }
        }
        Ok(health)
    }

    fn check_record(&self, id: &str, health: &mut Health) -> Result<()> {
        let mut wrong = Vec::new();
        if !self.store.is_sound(id)? {
            wrong.push(format!("record `{id}` is not what was written"));
        }
        match self.record::<Record>(id) {
            Ok(record) if record.id == *id => {}
            Ok(record) => wrong.push(format!("record `{id}` says it is `{}`", record.id)),
            Err(error) => wrong.push(error.to_string()),
        }
        if !wrong.is_empty() {
            health.records.insert(id.to_owned());
        } else if !self.store.has_sound_passages(id)? {
            wrong.push(format!("what a search shows of `{id}` is damaged"));
            health.passages.insert(id.to_owned());
        }
        health.wrong.append(&mut wrong);
        Ok(())
    }

    /// Which of the files that were read are gone or have changed since, a sentence each: nothing
    /// is wrong with the library for that.
    ///
    /// # Errors
    ///
    /// Where the database cannot be read.
    pub fn stale(&self) -> Result<Vec<String>> {
        let mut stale = Vec::new();
        for (sha256, path) in self.store.files()? {
            match std::fs::read(&path) {
                Ok(bytes) if ingest::sha256(&bytes) == sha256 => {}
                Ok(_) => stale.push(format!("`{path}` has changed since it was read")),
                Err(_) => stale.push(format!("`{path}` is no longer there")),
            }
        }
        stale.sort();
        Ok(stale)
    }
}

impl Health {
    fn index(&mut self, sentence: String) {
        self.wrong.push(sentence);
        self.index = true;
    }
}

impl Writer {
    /// Mends what can be mended. Out: what was, a sentence each; what is still wrong,
    /// [`Library::check`] tells.
    ///
    /// # Errors
    ///
    /// Where database or index cannot be read or written.
    pub fn repair(&mut self) -> Result<Vec<String>> {
        let health = self.library.check()?;
        let mut mended = Vec::new();
        for sha256 in &health.sources {
            let bytes = self.read_again(sha256)?;
            self.library.store.together(|| {
                let store = &self.library.store;
                store.drop_content(sha256)?;
                match bytes.as_deref().and_then(|bytes| super::pack::bytes(bytes).ok()) {
                    Some(packed) => store.add_content(sha256, &packed),
                    None => Ok(()),
                }
            })?;
            let what = if bytes.is_some() { "kept again from its file" } else { "dropped" };
            mended.push(format!("the damaged source `{sha256}` was {what}"));
        }
        for id in &health.passages {
            let record: Record = self.library.record(id)?;
            let chunks = index::chunks(index::passages(&record));
            let fail = |cause: std::io::Error| self.damaged(id, cause.to_string());
            let stored = Stored::new(record, &chunks).map_err(fail)?;
            self.put(stored)?;
            mended.push(format!("what a search shows of `{id}` was made again"));
        }
        for id in &health.records {
            if let Some(stored) = self.made_again(id)? {
                self.put(stored)?;
                mended.push(format!("record `{id}` was made again from its source"));
            }
        }
        if health.index {
            self.reindex()?;
            mended.push("the index was made again".to_owned());
        }
        self.complete()?;
        Ok(mended)
    }

    fn damaged(&self, id: &str, why: String) -> Error {
        Error::Record { path: self.library.folder.clone(), id: id.to_owned(), why }
    }

    fn put(&self, stored: Stored) -> Result<()> {
        let store = &self.library.store;
        store.together(|| {
            store.forget_digest(&stored.record.id)?;
            store.replace(&stored)
        })
    }

    /// A damaged document's record from its source, where that still gives it.
    fn made_again(&self, id: &str) -> Result<Option<Stored>> {
        for place in self.library.store.places(Some(id))? {
            let kept = self.library.store.content(&place.sha256)?;
            let bytes = match kept {
                Some(bytes) => Some(bytes),
                None => self.read_again(&place.sha256)?,
            };
            let Some(bytes) = bytes else { continue };
            let records = stored(&place.path, &bytes).unwrap_or_default();
            let own = records.into_iter().find(|stored| stored.record.id == id);
            if own.is_some() {
                return Ok(own);
            }
        }
        Ok(None)
    }

    /// The bytes of a digest from the files they were read from.
    fn read_again(&self, sha256: &str) -> Result<Option<Vec<u8>>> {
        let paths = self.library.store.paths_of(sha256)?.into_iter();
        let read = paths.filter_map(|path| std::fs::read(path).ok());
        Ok({ read }.find(|bytes| ingest::sha256(bytes) == *sha256))
    }
}
