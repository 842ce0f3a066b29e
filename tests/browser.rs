//! The page of a comparison in a real browser: Chromium, headless, in both languages and at both
//! widths. Skipped, and said, where there is none (`ZEREN_CHROMIUM` names one elsewhere).

use std::path::{Path, PathBuf};
use std::process::Command;

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
      const texts = d.querySelector('.texts').children;
      const beside = texts[0].getBoundingClientRect().top === texts[1].getBoundingClientRect().top;
      seen.push([width, lang, d.documentElement.scrollWidth <= width ? 'fits' : 'too wide',
        style('del', 'textDecorationLine'), style('ins', 'textDecorationLine'),
        shown('.zh') > 0, shown('.en') > 0, beside ? 'beside' : 'below',
        d.querySelectorAll('.bar a').length].join(' '));
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

#[test]
fn the_page_fits_and_needs_no_colour() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no Chromium; install it or name it in `ZEREN_CHROMIUM`");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str, n: usize| {
        let path = root.join("corpus").join(path);
        let bytes = std::fs::read(&path).expect("a file");
        zeren::parse::parse(&path, &bytes).expect("text").swap_remove(n - 1)
    };
    let a = read("000_ad1dc665d4595636.txt", 1);
    let b = read("003_316c6a89e7b059df.txt", 2);
    let comparison = zeren::compare::compare(&a, &b);
    let page = zeren::compare::page::page(&comparison, &a, &b);
    assert!(!page.contains("<script") && !page.contains("http"), "the page stands alone");

    let folder = tempfile::tempdir().expect("a folder");
    let literal = serde_json::to_string(&page).expect("JSON").replace("</", "<\\/");
    let probe = folder.path().join("probe.html");
    std::fs::write(&probe, PROBE.replace("PAGE", &literal)).expect("written");
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
    let bars = comparison.a.len() + comparison.b.len();
    let expected = [
        format!("1280 zh fits line-through underline true false beside {bars}"),
        format!("1280 en fits line-through underline false true beside {bars}"),
        format!("390 zh fits line-through underline true false below {bars}"),
        format!("390 en fits line-through underline false true below {bars}"),
    ];
    assert_eq!(seen, expected.join("\n"));
}
