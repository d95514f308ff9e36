//! Pages of HTML in a browser without a window, and the audit of accessibility that is put to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[path = "missing.rs"]
mod missing;

/// The browser, where there is one.
pub fn chromium() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let runs = |name: &&str| {
        let version = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        version.is_ok_and(|status| status.success())
    };
    let found = names.into_iter().find(runs);
    missing::or_said("chromium", found.is_some());
    found
}

/// What audits a page.
pub fn axe() -> Option<String> {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/npm/node_modules/axe-core/axe.min.js");
    let path = std::env::var_os("BGSPEC_AXE").map_or(usual, PathBuf::from);
    let found = fs::read_to_string(&path).ok();
    missing::or_said("axe-core", found.is_some());
    found
}

/// What a script says that runs behind the page; `place` is what stands behind the page's address.
pub fn said(chromium: &str, name: &str, page: &str, place: &str, script: &str) -> serde_json::Value {
    let (body, end) = page.rsplit_once("</body>").unwrap();
    let say = "const say = (what) => { const said = document.createElement('pre'); said.id = 'said'; \
               said.textContent = encodeURIComponent(JSON.stringify(what)); document.body.append(said); };";
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("page.html");
    fs::write(&path, format!("{body}<script>{say}\n{script}</script></body>{end}")).unwrap();
    let output = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--dump-dom",
        ])
        .args(["--window-size=1280,900", "--virtual-time-budget=100000"])
        .arg(format!("--user-data-dir={}", directory.join("profile").display()))
        .arg(format!("file://{}{place}", path.display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let text = dom
        .rsplit_once("<pre id=\"said\">")
        .and_then(|(_, rest)| rest.split_once('<'))
        .unwrap_or_else(|| panic!("the script said nothing: {}", String::from_utf8_lossy(&output.stderr)))
        .0;
    serde_json::from_str(&decoded(text)).unwrap()
}

/// A text whose bytes were written as `%20`.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}
