//! Breaches that are expected, and runs in parts: each part alone, and all of them merged.
//!
//! The scheduler under test is the reference scheduler with one of its seeded faults.
#![expect(clippy::unwrap_used, reason = "a test fails where anything is missing")]

use std::path::PathBuf;
use std::process::Command;

const BGSPEC: &str = env!("CARGO_BIN_EXE_bgspec");

/// A place for files that is gone after the test.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let place = std::env::temp_dir().join(format!("bgspec-parts-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&place);
        std::fs::create_dir_all(&place).unwrap();
        Self(place)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).unwrap();
        self.file(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn bgspec(arguments: &[&str], exit: i32, phrases: &[&str]) -> String {
    let output = Command::new(BGSPEC).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {text}");
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for phrase in phrases {
        assert!(told.contains(phrase), "`{phrase}` is missing in {text}");
    }
    text
}

fn known(rule: &str) -> String {
    format!("[[known]]\nrule = \"{rule}\"\nreason = \"not done yet\"\nlink = \"https://example.com/7\"\n")
}

/// A scheduler that lists a request twice, which breaks PEN-1.
fn faulty() -> String {
    format!("'{BGSPEC}' serve --fault list-repeats")
}

/// The rules that the faulty scheduler breaks in a short run, as `--update` writes them.
fn update(place: &Place, adapter: &str) -> String {
    let file = place.file("known.toml");
    let run = [
        "test",
        "--adapter",
        adapter,
        "--os",
        "26.1",
        "--cases",
        "60",
        "--known",
        &file,
        "--update",
    ];
    bgspec(&run, 0, &["broken, as --known expects:"]);
    file
}

#[test]
fn what_is_known_is_expected_and_no_failure() {
    let place = Place::new("known");
    let adapter = faulty();
    let run = ["test", "--adapter", &adapter, "--os", "26.1", "--cases", "60"];
    bgspec(&run, 1, &["FAILED: the scheduler breaks PEN-1"]);
    let file = update(&place, &adapter);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("rule = \"PEN-1\"\nreason = \"not looked at yet; found by bgspec test --seed 1\""),
        "{text}"
    );
    let again = [run.as_slice(), &["--known", &file]].concat();
    bgspec(
        &again,
        0,
        &[
            "EXPECTED: the scheduler breaks PEN-1",
            "broken, as --known expects: PEN-1 (not looked at yet",
        ],
    );
}

#[test]
fn a_line_whose_rule_is_kept_passes_unexpectedly_and_an_update_takes_it_out() {
    let place = Place::new("passes");
    let file = place.write("known.toml", &known("CAN-1"));
    let run = ["test", "--os", "26.1", "--cases", "60", "--known", &file];
    bgspec(
        &run,
        1,
        &[
            "not broken, and --known expects it",
            "CAN-1 (not done yet, https://example.com/7)",
        ],
    );
    bgspec(&[run.as_slice(), &["--update"]].concat(), 0, &[]);
    assert!(!std::fs::read_to_string(&file).unwrap().contains("CAN-1"));
    // What a short or a filtered run cannot tell stays.
    let file = place.write("rare.toml", &known("CAN-1"));
    let short = [
        "test",
        "--os",
        "26.1",
        "--cases",
        "60",
        "--filter",
        "area(REG)",
        "--known",
        &file,
        "--update",
    ];
    bgspec(&short, 0, &["in --known, and not decided by this run: CAN-1"]);
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("reason = \"not done yet\"\nlink = \"https://example.com/7\"")
    );
}

#[test]
fn a_file_with_a_mistake_is_told_with_its_line_before_anything_is_played() {
    let place = Place::new("mistakes");
    let file = place.write("twice.toml", &(known("CAN-1") + &known("CAN-1")));
    bgspec(
        &["test", "--known", &file],
        2,
        &["twice.toml:6:8: CAN-1 stands in line 2 already, expected it once"],
    );
    let stale = known("CAN-1") + "expires = \"2020-01-31\"\n";
    let file = place.write("stale.toml", &stale);
    bgspec(
        &["test", "--known", &file],
        2,
        &["stale.toml:5:11: CAN-1 expired on 2020-01-31, expected a later date, or no line"],
    );
    let file = place.write("none.toml", &known("CAN-77"));
    bgspec(
        &["test", "--known", &file],
        2,
        &["none.toml:2:8: there is no rule `CAN-77`: the nearest are CAN-"],
    );
    bgspec(
        &["test", "--known", &place.file("gone.toml")],
        2,
        &["gone.toml: cannot be read: No such file"],
    );
    bgspec(
        &["test", "--known", &place.file("")],
        2,
        &["cannot be read: no regular file"],
    );
    bgspec(&["test", "--update"], 2, &["--known"]);
}

/// The two scripts of the worked example, with the index set by hand.
#[cfg(unix)]
#[test]
fn the_parts_of_a_run_are_together_the_whole() {
    let place = Place::new("whole");
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/shards");
    let bin = PathBuf::from(BGSPEC).parent().unwrap().display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap_or_default());
    let adapter = faulty();
    let script = |words: &[&str], known: &str| {
        let mut command = Command::new("sh");
        command
            .args(words)
            .env("PATH", &path)
            .env("BGSPEC_ADAPTER", &adapter)
            .env("BGSPEC_CASES", "240");
        if !known.is_empty() {
            command.env("BGSPEC_KNOWN", known);
        }
        let output = command.output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), text)
    };
    let reports = place.file("reports");
    let shard = format!("{examples}/shard.sh");
    for index in ["0", "1", "2", "3"] {
        let (exit, text) = script(&[&shard, index, "4", &reports], "");
        assert!([0, 1].contains(&exit), "{text}");
    }
    let merge = format!("{examples}/merge.sh");
    let (exit, merged) = script(&[&merge, &reports], "");
    assert_eq!(exit, 1, "{merged}");
    let whole = bgspec(
        &["test", "--adapter", &adapter, "--cases", "240"],
        1,
        &["the scheduler breaks PEN-1"],
    );
    // The claim counts cases, events and rules: it is the same line.
    let claim = |text: &str| {
        text.lines()
            .find(|line| line.starts_with("bgspec 0"))
            .map(str::to_owned)
    };
    assert_eq!(claim(&merged), claim(&whole));
    assert!(merged.starts_with("240 cases in 4 parts with "), "{merged}");
    // What a part cannot decide the merged run does.
    let file = place.file("known.toml");
    let all = [
        "test",
        "--adapter",
        &adapter,
        "--cases",
        "240",
        "--known",
        &file,
        "--update",
    ];
    bgspec(&all, 0, &[]);
    let (exit, text) = script(&[&merge, &reports], &file);
    assert_eq!(exit, 0, "{text}");
}

#[test]
fn reports_that_are_no_parts_of_one_run_are_refused() {
    let place = Place::new("refused");
    let part = |name: &str, more: &[&str]| {
        let report = place.file(name);
        let run = ["test", "--os", "26.1", "--cases", "20", "--report", &report];
        bgspec(&[run.as_slice(), more].concat(), 0, &[]);
        report
    };
    let first = part("first", &["--shard", "1/2"]);
    let second = part("second", &["--shard", "2/2"]);
    let other = part("other", &["--shard", "2/2", "--seed", "9"]);
    let third = part("third", &["--shard", "3/3"]);
    let alone = part("alone", &[]);
    bgspec(&["merge", &first, &second], 0, &["20 cases in 2 parts"]);
    bgspec(&["merge", &first], 2, &["missing: part 2/2: expected all 2 parts"]);
    bgspec(
        &["merge", &first, &first],
        2,
        &["part 1/2, which", "is already: expected each part once"],
    );
    bgspec(
        &["merge", &first, &other],
        2,
        &["the seed 9, expected 1, as in", "expected parts of one run"],
    );
    bgspec(&["merge", &first, &third], 2, &["part 3/3, expected one of 2 parts"]);
    bgspec(
        &["merge", &alone],
        2,
        &["the report of a whole run, expected one of a part"],
    );
    let junk = place.write("junk.json", "{\"a\":1}");
    bgspec(&["merge", &junk], 2, &["junk.json:1:", "no report of bgspec test: "]);
    bgspec(
        &["merge", &place.file("none.json")],
        2,
        &["none.json: cannot be read: No such file"],
    );
    bgspec(
        &["test", "--shard", "3/2"],
        2,
        &["expected I/N with I from 1 to N, such as 1/4; found `3/2`"],
    );
    bgspec(
        &["test", "--shard", "2/2", "--cases", "1", "--os", "26.1"],
        4,
        &["there is no case to play in the part 2/2"],
    );
}

/// The commands of the matrix and of the job are those that the tests run.
#[test]
fn the_worked_examples_run_the_scripts() {
    let matrix = include_str!("../examples/shards/matrix.yml");
    let job = include_str!("../examples/shards/job.yaml");
    assert!(
        matrix.contains("run: sh shard.sh ${{ matrix.index }} 4 reports")
            && matrix.contains("run: sh merge.sh reports")
    );
    assert!(
        job.contains("exec sh shard.sh $JOB_COMPLETION_INDEX 4 /reports") && job.contains("exec sh merge.sh /reports")
    );
    assert!(job.contains("on a cluster it is untried"));
}
