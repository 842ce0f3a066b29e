//! Documents made from others by changing names and numbers: many, all different, and like real ones.

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Writes files of these numbers into `folder`, made of the first bytes of `texts`, with `more` at the end
/// of each.
pub(crate) fn made(
    folder: &Path,
    texts: &[String],
    numbers: Range<usize>,
    more: &str,
) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).expect("a folder");
    let write = |n: usize| {
        let text = beginning(&texts[n % texts.len()]);
        let round = n / texts.len();
        let mut changed = match round {
            0 => text.to_owned(),
            _ => text
                .replace("第一条", &format!("第一条 第{round}号"))
                .replace("管理", &format!("第{round}类管理"))
                .replacen("条例", &format!("第{round}号条例"), 1),
        };
        changed.push_str(more);
        let path = folder.join(format!("{n:06}.txt"));
        std::fs::write(&path, changed).expect("written");
        path
    };
    numbers.map(write).collect()
}

/// The first 4 KB.
fn beginning(text: &str) -> &str {
    let end = (0..=text.len().min(4096)).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or_default()]
}

/// The texts of a folder.
pub(crate) fn texts(folder: OsString) -> Vec<String> {
    let files = zeren::library::sources(&[folder.into()], true).files;
    files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect()
}
