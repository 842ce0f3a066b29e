//! Folders that are watched: what comes in is found, whole; one watcher a library; a clean end.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::time::Duration;

use support::Case;

/// How long a test waits for what must come, before it fails.
const LONG: Duration = Duration::from_secs(60);

fn rule(n: usize, articles: usize) -> String {
    let article = |at| format!("第{at}条 县级人民政府负责第{n}号登记和第{at}项监管。\n");
    format!("第{n}号登记办法\n\n{}", (1..=articles).map(article).collect::<String>())
}

/// A program that watches; killed where a test ends.
struct Watching {
    child: Child,
    told: BufReader<ChildStderr>,
}

impl Watching {
    fn of(case: &Case, folder: &Path, more: &[&str]) -> Watching {
        let folder = folder.display().to_string();
        let mut command = case.command(&[&["ingest", "--watch", &folder], more].concat());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it runs");
        let told = BufReader::new(child.stderr.take().expect("piped"));
        let mut watching = Watching { child, told };
        watching.hears("watching");
        watching
    }

    /// The next line that says so.
    fn hears(&mut self, what: &str) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            let read = self.told.read_line(&mut line).expect("UTF-8");
            all.push_str(&line);
            assert!(read > 0, "it never said `{what}`: {all}");
            if line.contains(what) {
                return line;
            }
        }
    }

    #[cfg(unix)]
    fn stop(mut self, signal: &str) -> String {
        let pid = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args([signal, &pid]).status();
        assert!(sent.expect("kill runs").success());
        let line = self.hears("stopped");
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        line
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks until it is so.
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !is() {
        assert!(begun.elapsed() < LONG, "never {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn found(case: &Case, query: &str) -> bool {
    case.command(&["search", query]).output().expect("it runs").status.success()
}

fn inbox(case: &Case) -> std::path::PathBuf {
    let inbox = case.path("inbox");
    std::fs::create_dir_all(inbox.join("sub")).expect("folders");
    inbox
}

#[test]
#[cfg(unix)]
fn what_comes_into_the_folder_is_found_and_a_signal_ends_it() {
    for signal in ["-TERM", "-INT"] {
        let case = Case::empty();
        let inbox = inbox(&case);
        case.file("inbox/there.txt", rule(1, 3).as_bytes());
        let mut watching = Watching::of(&case, &inbox, &[]);
        watching.hears("there.txt: new");
        case.file("inbox/sub/new.txt", rule(2, 3).as_bytes());
        watching.hears("new.txt: new");
        until("found", || found(&case, "\"第2号登记\""));
        // another page takes the place of the former
        case.file("inbox/sub/new.txt", rule(3, 3).as_bytes());
        watching.hears("new.txt: changed");
        until("changed", || found(&case, "\"第3号登记\"") && !found(&case, "\"第2号登记\""));
        // a folder that is moved in whole
        std::fs::create_dir(case.path("made")).expect("a folder");
        case.file("made/moved.txt", rule(4, 3).as_bytes());
        std::fs::rename(case.path("made"), inbox.join("moved")).expect("moved");
        watching.hears("moved.txt: new");
        // what cannot be read is told, and read when it has changed
        case.file("inbox/bad.txt", b"\x89PNG\r\n\x1a\n0000");
        watching.hears("is not text");
        case.file("inbox/bad.txt", rule(5, 3).as_bytes());
        watching.hears("bad.txt: new");
        let line = watching.stop(signal);
        assert!(line.contains("0 not yet"), "{line}");
        assert_eq!(case.prints(&["check"]), "4 documents, all sound\n");
    }
}

#[test]
fn a_file_that_grows_is_read_when_it_is_whole() {
    let case = Case::empty();
    let inbox = inbox(&case);
    let mut watching = Watching::of(&case, &inbox, &[]);
    let text = rule(1, 12);
    let mut file = std::fs::File::create(inbox.join("grows.txt")).expect("a file");
    for line in text.split_inclusive('\n') {
        file.write_all(line.as_bytes()).expect("written");
        file.flush().expect("written");
        std::thread::sleep(Duration::from_millis(100));
    }
    drop(file);
    watching.hears("grows.txt: new");
    until("found", || found(&case, "\"第12项监管\""));
    assert_eq!(case.lines(&["list", "--since", "today"]).len(), 1, "it came once");
}

#[test]
fn a_file_that_is_gone_again_is_no_matter() {
    let case = Case::empty();
    let inbox = inbox(&case);
    let mut watching = Watching::of(&case, &inbox, &[]);
    for n in 0..20 {
        let path = case.file("inbox/gone.txt", rule(n, 3).as_bytes());
        std::fs::remove_file(path).expect("removed");
    }
    case.file("inbox/stays.txt", rule(99, 3).as_bytes());
    watching.hears("stays.txt: new");
    until("forgotten", || case.lines(&["list", "--failed"]).is_empty());
}

#[test]
fn a_file_that_is_removed_is_logged_and_its_documents_stay() {
    let case = Case::empty();
    let inbox = inbox(&case);
    let mut watching = Watching::of(&case, &inbox, &[]);
    for (n, name) in ["one.txt", "sub/two.txt"].into_iter().enumerate() {
        case.file(&format!("inbox/{name}"), rule(n, 3).as_bytes());
        watching.hears(&format!("{name}: new"));
    }
    std::fs::remove_file(inbox.join("one.txt")).expect("removed");
    watching.hears("one.txt: gone");
    std::fs::rename(inbox.join("sub"), case.path("elsewhere")).expect("moved");
    watching.hears("two.txt: gone");
    let what = || -> Vec<String> {
        let rows = case.lines(&["list", "--since", "today"]);
        rows.iter().map(|row| row["what"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(what(), ["new", "new", "gone", "gone"]);
    assert!(found(&case, "\"第0号登记\"") && found(&case, "\"第1号登记\""));
    // what comes back is as it was
    std::fs::rename(case.path("elsewhere"), inbox.join("sub")).expect("moved");
    case.file("inbox/one.txt", rule(7, 3).as_bytes());
    watching.hears("one.txt: changed");
    assert_eq!(what()[4..], ["new", "former"]);
}

#[test]
fn a_second_watcher_is_refused_and_others_may_write() {
    let case = Case::empty();
    let inbox = inbox(&case);
    case.file("inbox/a.txt", rule(1, 3).as_bytes());
    let mut watching = Watching::of(&case, &inbox, &[]);
    watching.hears("a.txt: new");
    let folder = inbox.display().to_string();
    let told = case.tells(1, &["ingest", "--watch", &folder]);
    assert!(told.contains(&format!("process {} watches", watching.child.id())), "{told}");
    case.ends(0, &["ingest", "corpus"]);
    case.file("inbox/b.txt", rule(2, 3).as_bytes());
    watching.hears("b.txt: new");
    until("17 documents", || case.lines(&["list"]).len() == 17);
}

#[test]
fn alerts_are_told_while_watching() {
    let case = Case::with_corpus();
    case.ends(0, &["alert", "add", "seven", "第7号登记"]);
    let inbox = inbox(&case);
    let mut watching = Watching::of(&case, &inbox, &[]);
    case.file("inbox/a.txt", rule(7, 3).as_bytes());
    assert!(watching.hears("alert `seven`").contains("县级人民政府"));
}

#[test]
fn only_folders_are_watched() {
    let case = Case::empty();
    let file = case.file("a.txt", rule(1, 3).as_bytes());
    assert!(case.tells(2, &["ingest", "--watch", &file]).contains("is no folder"));
}
