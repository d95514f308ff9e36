//! What a version, a platform or a kind of task does not have is malformed: refused at its line, with the row of the table
//! that it is not in (CFG-10).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The file, the line that is refused, and the row of the table.
const REFUSED: [(&str, usize, &str); 13] = [
    (
        "background-launches-denied-on-18",
        1,
        "the denial of background launches",
    ),
    ("card-on-18", 7, "continued processing"),
    ("continued-on-visionos", 5, "continued processing"),
    ("person-stops-a-processing-task-on-26", 7, "continued processing"),
    ("person-stops-a-refresh-on-18", 7, "continued processing"),
    ("processing-with-a-strategy", 5, "continued processing"),
    ("progress-of-a-refresh-on-18", 7, "continued processing"),
    ("progress-of-a-refresh-on-26", 7, "continued processing"),
    ("prompt-of-a-refresh-on-26", 7, "continued processing"),
    ("refresh-that-requires-power", 5, "network and power requirements"),
    ("refresh-with-a-title", 5, "continued processing"),
    ("title-of-a-processing-task-on-26", 7, "continued processing"),
    ("title-of-a-refresh-on-18", 7, "continued processing"),
];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/refused")
}

#[test]
fn what_does_not_exist_is_refused_at_its_line_with_the_row_of_the_table() {
    for (name, line, row) in REFUSED {
        let file = data().join(format!("{name}.jsonl"));
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .arg("check")
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(&format!("{name}.jsonl:{line}:")), "{name}: {said}");
        assert!(said.contains(&format!("(CFG-10: {row})")), "{name}: {said}");
        assert!(said.contains("expected"), "{name}: {said}");
    }
}

#[test]
fn every_trace_beside_this_test_is_expected_to_be_refused() {
    let files = fs::read_dir(data()).unwrap().map(|file| file.unwrap().path());
    let files: BTreeSet<_> = files
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let expected: BTreeSet<_> = REFUSED.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files, expected);
}
