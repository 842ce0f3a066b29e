//! Copies of a whole library in one file.
//!
//! In: a library, also while others read and write it. Out: a database with all records, sources, links
//! and the log, as they are at one moment; and a library of it again. The index is no part of it: it is
//! made again from the records. Not here: copies of older versions ([`super::migrate`]).
//!
//! `zeren backup monday.zeren` writes a file that `zeren restore monday.zeren` reads.

use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::lock::Lock;
use super::schema::{APPLICATION, OLDEST, VERSION};
use super::store::{DATABASE, State, Store, failure, make};
use super::{Writer, is_free};
use crate::error::{Error, Result};

/// How many pages are copied at a time: all.
const PAGES: i32 = -1;

/// Writes the library in `folder` to a file that isn't there yet.
///
/// # Errors
///
/// Where the folder is no library, or the file is there or cannot be written.
pub fn backup(folder: &Path, file: &Path) -> Result<()> {
    let fail = |action| move |cause| Error::File { action, path: file.to_owned(), cause };
    if file.exists() {
        let exists = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "it is there already");
        return Err(fail("write")(exists));
    }
    let store = Store::open(folder, false)?;
    // Another name until it is whole.
    let mut unmade = file.as_os_str().to_owned();
    unmade.push(".part");
    let unmade = PathBuf::from(unmade);
    if unmade.exists() {
        std::fs::remove_file(&unmade).map_err(fail("write"))?;
    }
    store.run("VACUUM INTO ?1", [unmade.to_string_lossy()])?;
    std::fs::rename(&unmade, file).map_err(fail("write"))
}

/// Makes the library in `folder` what it was when `file` was written. With `replace` also where it
/// holds documents: they are kept beside it, as `library.sqlite.before`. Out: the library.
///
/// # Errors
///
/// [`Error::NotALibrary`] where the file is no whole backup, or the folder holds something else;
/// [`Error::Locked`] where another program is writing.
pub fn restore(folder: &Path, file: &Path, replace: bool) -> Result<Writer> {
    let from = whole(file)?;
    let refuse = |why: String| Error::NotALibrary { path: folder.to_owned(), why };
    let is_library = folder.join(DATABASE).is_file();
    if !is_library && !is_free(folder) {
        return Err(refuse("it holds other files; name a new or empty folder".to_owned()));
    }
    let fail = |action| move |cause| Error::File { action, path: folder.to_owned(), cause };
    std::fs::create_dir_all(folder).map_err(fail("make"))?;
    let lock = Lock::take(folder, "lock")?;
    if is_library {
        keep_former(folder, replace)?;
    } else {
        make(folder)?;
    }
    let index = folder.join("index");
    if index.exists() {
        std::fs::remove_dir_all(index).map_err(fail("remove the index of"))?;
    }
    let mut to = Connection::open(folder.join(DATABASE)).map_err(|e| failure(folder, e))?;
    Backup::new(&from, &mut to)
        .and_then(|backup| backup.step(PAGES))
        .map_err(|cause| failure(folder, cause))?;
    drop(to);
    drop(lock);
    Writer::open(folder)
}

/// Opens a backup that is a library, of a version that is known, and whole.
fn whole(file: &Path) -> Result<Connection> {
    let refuse = |why: String| Error::NotALibrary { path: file.to_owned(), why };
    let read = || {
        let from = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let number = |name| from.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) = (number("application_id")?, number("user_version")?);
        let check = from.query_row("PRAGMA quick_check", [], |row| row.get::<_, String>(0))?;
        Ok((application, version, check, from))
    };
    let (application, version, check, from) =
        read().map_err(|cause: rusqlite::Error| refuse(format!("it is no backup: {cause}")))?;
    match (application, version) {
        (APPLICATION, OLDEST..=VERSION) if check == "ok" => Ok(from),
        (APPLICATION, OLDEST..=VERSION) => Err(refuse(format!("the backup is damaged: {check}"))),
        (APPLICATION, _) => Err(refuse(format!(
            "the backup is of version {version}, this program knows {OLDEST} to {VERSION}"
        ))),
        _ => Err(refuse("it is no backup of a library".to_owned())),
    }
}

/// Keeps what a library holds before something else takes its place.
fn keep_former(folder: &Path, replace: bool) -> Result<()> {
    let former = Store::open(folder, true)?;
    let held = former.count(State::Whole)? + former.count(State::Missing)?;
    if held > 0 && !replace {
        return Err(Error::NotALibrary {
            path: folder.to_owned(),
            why: format!(
                "it holds {held} documents; `--replace` puts the backup in their place and keeps them \
                 as `{DATABASE}.before`"
            ),
        });
    }
    let kept = folder.join(format!("{DATABASE}.before"));
    let fail = |cause| Error::File { action: "remove", path: kept.clone(), cause };
    if kept.exists() {
        std::fs::remove_file(&kept).map_err(fail)?;
    }
    former.run("VACUUM INTO ?1", [kept.to_string_lossy()]).map(drop)
}
