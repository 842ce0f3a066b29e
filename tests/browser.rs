//! The pages of a comparison and of a matrix in a real browser: Chromium, headless, in both languages and at both
//! widths. Skipped, and said, where there is none (`ZEREN_CHROMIUM` names one elsewhere).

use std::path::{Path, PathBuf};
use std::process::Command;

use zeren::compare::{Cell, Difference, Held, Side};
use zeren::record::Record;

/// Puts the page into a frame of a width, chooses a language, and writes what it sees.
const PROBE: &str = r#"<!doctype html><meta charset="utf-8"><body><script>
const page = PAGE;
const seen = [];
function look(width, lang) {
  return new Promise(done => {
    const frame = document.createElement('iframe');
    frame.style.cssText = `width:${width}px;height:900px;border:0`;
    frame.onload = () => {
      const d = frame.contentDocument, w = frame.contentWindow;
      d.getElementById('lang-' + lang).click();
      const style = (name, key) => w.getComputedStyle(d.querySelector(name))[key];
      const shown = name => [...d.querySelectorAll(name)].filter(one => one.offsetParent).length;
      const top = one => one.getBoundingClientRect().top;
      const beside = ([one, other]) => top(one) === top(other) ? 'beside' : 'below';
      seen.push([width, lang, d.documentElement.scrollWidth <= width ? 'fits' : 'too wide',
        shown('.zh') > 0, shown('.en') > 0, ...MORE].join(' '));
      done();
    };
    frame.srcdoc = page;
    document.body.append(frame);
  });
}
(async () => {
  for (const width of [1280, 390]) for (const lang of ['zh', 'en']) await look(width, lang);
  document.body.innerHTML = '<pre>SEEN\n' + seen.join('\n') + '\nEND</pre>';
})();
</script></body>"#;

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("ZEREN_CHROMIUM").map(PathBuf::from);
    let known = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| known.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    named.or(found)
}

/// What the browser sees of a page, a line a width and language; `see` are more things to be seen, in
/// JavaScript. None where there is no browser.
fn seen(page: &str, see: &str) -> Option<Vec<String>> {
    let Some(browser) = browser() else {
        eprintln!("skipped: no Chromium; install it or name it in `ZEREN_CHROMIUM`");
        return None;
    };
    assert!(!page.contains("<script") && !page.contains("http"), "the page stands alone");
    let folder = tempfile::tempdir().expect("a folder");
    let literal = serde_json::to_string(page).expect("JSON").replace("</", "<\\/");
    let probe = folder.path().join("probe.html");
    std::fs::write(&probe, PROBE.replace("PAGE", &literal).replace("MORE", see)).expect("written");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(["--window-size=1400,1000", "--dump-dom"])
        .arg(format!("file://{}", probe.display()))
        .output()
        .expect("the browser runs");
    let dom = String::from_utf8_lossy(&output.stdout);
    let seen = dom.split_once("SEEN\n").and_then(|(_, rest)| rest.split_once("\nEND"));
    let seen = seen.unwrap_or_else(|| panic!("the browser showed nothing: {dom:.300}")).0;
    Some(seen.lines().map(str::to_owned).collect())
}

fn record(path: &str, n: usize) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path);
    let bytes = std::fs::read(&path).expect("a file");
    zeren::parse::parse(&path, &bytes).expect("text").swap_remove(n - 1)
}

#[test]
fn the_page_fits_and_needs_no_colour() {
    let a = record("000_ad1dc665d4595636.txt", 1);
    let b = record("003_316c6a89e7b059df.txt", 2);
    let comparison = zeren::compare::compare(&a, &b);
    let page = zeren::compare::page::page(&comparison, &a, &b);
    let see = "[style('del', 'textDecorationLine'), style('ins', 'textDecorationLine'), \
               beside(d.querySelector('.texts').children), d.querySelectorAll('.bar a').length]";
    let Some(seen) = seen(&page, see) else { return };
    let bars = comparison.a.len() + comparison.b.len();
    let expected = [
        format!("1280 zh fits true false line-through underline beside {bars}"),
        format!("1280 en fits false true line-through underline beside {bars}"),
        format!("390 zh fits true false line-through underline below {bars}"),
        format!("390 en fits false true line-through underline below {bars}"),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn the_matrix_fits_and_says_what_differs() {
    let side = |path, n| {
        let record = record(path, n);
        let (document, title) = (record.id, record.title);
        let name = record.region.map_or_else(String::new, |region| region.name);
        let duties = record.duties.into_iter();
        let held = |duty| Held { document: document.clone(), title: title.clone(), duty };
        Side { name, duties: duties.map(held).collect() }
    };
    let sides = vec![side("000_ad1dc665d4595636.txt", 1), side("003_316c6a89e7b059df.txt", 2)];
    let matrix = zeren::compare::matrix(sides, &["驻村帮扶".to_owned(), "责任书".to_owned()]);
    let page = zeren::compare::page::matrix_page(&matrix);
    // What differs is said in words, a list a cell; on a narrow screen each cell names its column.
    let see = "[beside(d.querySelector('tbody tr').querySelectorAll('td')), shown('.column') > 0, \
               d.querySelectorAll('td').length, d.querySelectorAll('.differences').length]";
    let Some(seen) = seen(&page, see) else { return };
    let cells = 2 * matrix.rows.len();
    let all = matrix.rows.iter().flat_map(|row| &row.cells);
    let nobody = |cell: &&Cell| cell.differences == [Difference::Nobody] && !cell.duties.is_empty();
    let differ = all.filter(|cell| !cell.differences.is_empty() && !nobody(cell)).count();
    assert!(differ > 0);
    let expected = [
        format!("1280 zh fits true false beside false {cells} {differ}"),
        format!("1280 en fits false true beside false {cells} {differ}"),
        format!("390 zh fits true false below true {cells} {differ}"),
        format!("390 en fits false true below true {cells} {differ}"),
    ];
    assert_eq!(seen, expected);
}
