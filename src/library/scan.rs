//! The files that paths name.
//!
//! In: paths as typed. Out: [`Sources`]: a file is taken as it is, a folder is searched for texts, in
//! the order of names. A link in a folder is not followed: what it leads to within the folder is
//! read where it lies, and what lies outside was not named. Not here: reading them.
//!
//! `湖南/` with `a.txt`, `b.jpg` and a link to `/etc` gives `a.txt`, and tells of the others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::Error;

/// What folders are searched for: texts, pages, and the documents of office programs. What each
/// file is, its bytes say.
const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "htm", "html", "xhtml", "shtml", "mht", "mhtml", "docx", "docm", "doc",
    "wps", "rtf", "pdf", "ofd",
];

/// The files to read, and what was passed over.
#[derive(Debug, Default)]
pub struct Sources {
    /// Files, sorted within each folder.
    pub files: Vec<PathBuf>,
    /// Files in folders that are of other sorts: how many of each extension, in small letters;
    /// empty for those without one.
    pub passed_over: BTreeMap<String, usize>,
    /// Links in folders that lead out of them, which are not followed.
    pub links: Vec<PathBuf>,
    /// What could not be looked into.
    pub failures: Vec<Error>,
}

/// Finds the files that paths name. With `follow`, links in folders are followed wherever they lead.
pub fn sources(paths: &[PathBuf], follow: bool) -> Sources {
    let mut sources = Sources::default();
    for path in paths {
        if path.is_dir() {
            search_folder(path, follow, &mut sources);
        } else {
            sources.files.push(path.clone());
        }
    }
    sources
}

fn search_folder(folder: &Path, follow: bool, sources: &mut Sources) {
    // A folder that is named may be a link itself.
    let root = folder.canonicalize();
    for entry in WalkDir::new(folder).follow_links(follow).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.path_is_symlink() && !follow && entry.depth() > 0 => {
                match (entry.path().canonicalize(), &root) {
                    (Ok(target), Ok(root)) if target.starts_with(root) => {}
                    (Ok(_), _) => sources.links.push(entry.into_path()),
                    (Err(cause), _) => sources.failures.push(Error::File {
                        action: "read",
                        path: entry.into_path(),
                        cause,
                    }),
                }
            }
            Ok(entry) if entry.file_type().is_file() => file(entry, sources),
            Ok(_) => {}
            // A link back to a folder it stands in: its files are read there.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => sources.failures.push(Error::File {
                action: "read",
                path: error.path().unwrap_or(folder).to_owned(),
                cause: error.into(),
            }),
        }
    }
}

fn file(entry: DirEntry, sources: &mut Sources) {
    if is_text(entry.path()) {
        sources.files.push(entry.into_path());
    } else {
        *sources.passed_over.entry(extension(entry.path())).or_insert(0) += 1;
    }
}

/// Whether a file in a folder is read, by its name.
pub(crate) fn is_text(path: &Path) -> bool {
    EXTENSIONS.contains(&extension(path).as_str())
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// A path as the library keeps it: bytes that are no UTF-8 as `\xff`, so that no two paths are one.
pub(crate) fn name(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02x}")));
    }
    name
}
