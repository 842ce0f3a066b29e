//! One writer at a time.
//!
//! In: a library's folder. Out: a [`Lock`], held until it is dropped or the process ends, however
//! it ends. Not here: what is written.
//!
//! A second writer is told `process 4711`.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// The right to write to a library.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes a lock of the library in `folder`: `lock` of those who write, `watch.lock` of those who
    /// watch.
    ///
    /// # Errors
    ///
    /// [`Error::Locked`] where another process holds it; [`Error::File`] where the folder cannot
    /// be written.
    pub(crate) fn take(folder: &Path, name: &str) -> Result<Lock> {
        let path = folder.join(name);
        let fail = |action| {
            let path = path.clone();
            move |cause| Error::File { action, path, cause }
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(fail("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // A holder that hasn't signed yet is still a holder.
                let _ = file.read_to_string(&mut holder);
                let holder = match holder.trim() {
                    "" => "another process".to_owned(),
                    pid => format!("process {pid}"),
                };
                return Err(Error::Locked { path: folder.to_owned(), holder });
            }
            Err(TryLockError::Error(cause)) => return Err(fail("lock")(cause)),
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(fail("write"))?;
        write!(file, "{}", std::process::id()).map_err(fail("write"))?;
        Ok(Lock { _file: file })
    }
}
