//! `bgspec plist`: what it says of example files, and of files that are none.

#![expect(clippy::unwrap_used, reason = "a command that does not run fails the test")]

#[path = "common/session.rs"]
mod session;

use std::fs;
use std::path::{Path, PathBuf};

/// The directory of the example files.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// What a command prints in a directory, and how it ends.
fn bgspec(directory: &Path, arguments: &str) -> String {
    session::shown(arguments, "", |command| command.current_dir(directory))
}

/// A directory of its own, with these files.
fn place(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("plist").join(name);
    fs::create_dir_all(&directory).unwrap();
    for (file, bytes) in files {
        fs::write(directory.join(file), bytes).unwrap();
    }
    directory
}

/// An Info.plist with these lines in its dictionary.
fn plist(lines: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n{lines}\n</dict>\n</plist>\n")
}

#[test]
fn an_app_with_a_wildcard_and_no_entitlements_told() {
    insta::assert_snapshot!(bgspec(&data(), "plist app.plist"));
}

#[test]
fn entitlements_decide_what_hangs_on_them() {
    insta::assert_snapshot!(bgspec(
        &data(),
        "plist app.plist --entitlements app.entitlements --os 26.1 --profile field --all"
    ));
}

#[test]
fn mistakes_are_told_first() {
    insta::assert_snapshot!(bgspec(&data(), "plist mistakes.plist --os 26.1"));
}

#[test]
fn json_has_every_answer() {
    insta::assert_snapshot!(bgspec(&data(), "plist app.plist --format json --os 26.1"));
}

#[test]
fn a_binary_file_says_the_same_as_xml() {
    let value = plist::Value::from_file(data().join("app.plist")).unwrap();
    let mut bytes = Vec::new();
    value.to_writer_binary(&mut bytes).unwrap();
    let directory = place("binary", &[("app.plist", &bytes)]);
    assert!(bytes.starts_with(b"bplist00"));
    assert_eq!(
        bgspec(&directory, "plist app.plist"),
        bgspec(&data(), "plist app.plist")
    );
}

#[test]
fn every_call_in_every_version_is_told_with_all() {
    insta::assert_snapshot!(bgspec(&data(), "plist app.plist --all"));
}

#[test]
fn a_list_that_is_too_long_is_refused_at_its_place() {
    let entries: String = (0..301)
        .map(|n| format!("<string>com.example.app.{n}</string>"))
        .collect();
    let text = plist(&format!(
        "<key>BGTaskSchedulerPermittedIdentifiers</key><array>{entries}</array>"
    ));
    let directory = place("long", &[("Info.plist", text.as_bytes())]);
    let said = bgspec(&directory, "plist Info.plist");
    assert!(
        said.contains("Info.plist:4:1: BGTaskSchedulerPermittedIdentifiers has 301 entries: expected at most 300"),
        "{said}"
    );
    assert!(said.ends_with("[exit 2]\n"), "{said}");
}

/// A made-up project: an app with its extension, a package of somebody else's, and an app that uses no background tasks.
fn project(name: &str) -> PathBuf {
    let app = fs::read(data().join("app.plist")).unwrap();
    let mistakes = fs::read(data().join("mistakes.plist")).unwrap();
    let other = plist("<key>CFBundleIdentifier</key><string>com.example.other</string>");
    let directory = place(name, &[]);
    for folder in ["App", "Widget", "Pods/Kit", "Tests"] {
        fs::create_dir_all(directory.join(folder)).unwrap();
    }
    fs::write(directory.join("App/Info.plist"), app).unwrap();
    fs::write(directory.join("Pods/Kit/Info.plist"), &mistakes).unwrap();
    fs::write(directory.join("Widget/Widget-Info.plist"), mistakes).unwrap();
    fs::write(directory.join("Tests/Info.plist"), other).unwrap();
    fs::write(directory.join("app.json"), "{\"name\": \"bare\"}").unwrap();
    directory
}

#[test]
fn the_files_of_a_folder_are_found() {
    let said = bgspec(&project("folder"), "plist . --os 26.1");
    for told in [
        "./App/Info.plist\n",
        "./Widget/Widget-Info.plist\n",
        "2 apps: 1 nothing wrong, 1 something wrong",
    ] {
        assert!(said.contains(told), "{told} is not told: {said}");
    }
    assert!(
        !said.contains("Pods") && !said.contains("Tests") && !said.contains("app.json"),
        "{said}"
    );
    assert!(said.ends_with("[exit 1]\n"), "{said}");
}

#[test]
fn several_files_are_asked_about_and_the_gravest_counts() {
    let directory = project("several");
    let said = bgspec(&directory, "plist App/Info.plist nowhere.plist Tests");
    assert!(said.contains("2 apps: 1 nothing wrong, 1 unreadable"), "{said}");
    assert!(
        said.contains("error: nowhere.plist: cannot be read: No such file") && said.ends_with("[exit 2]\n"),
        "{said}"
    );
    let said = bgspec(&directory, "plist App Tests/Info.plist --os 26.1");
    assert!(
        said.contains("nothing permitted") && said.ends_with("[exit 4]\n"),
        "{said}"
    );
}

#[test]
fn a_file_without_background_tasks_is_passed_over_where_that_is_asked() {
    let directory = project("where-used");
    let said = bgspec(&directory, "plist Tests/Info.plist app.json --where-used");
    assert!(
        said.contains("2 files passed over") && said.ends_with("[exit 0]\n"),
        "{said}"
    );
    // A green run that checked nothing is one only where it was asked for.
    let said = bgspec(&directory, "plist Tests");
    assert!(said.ends_with("[exit 4]\n"), "{said}");
    let said = bgspec(
        &directory,
        "plist Widget/Widget-Info.plist Tests/Info.plist --where-used --os 26.1",
    );
    assert!(said.ends_with("[exit 1]\n"), "{said}");
}

#[test]
fn a_variable_that_is_none_is_refused() {
    for (given, told) in [
        ("APP_ID", "expected NAME=VALUE"),
        ("APP-ID=a", "no name of a build setting"),
    ] {
        let said = bgspec(&data(), &format!("plist app.plist --set {given}"));
        assert!(said.contains(told) && said.ends_with("[exit 2]\n"), "{said}");
    }
}

#[test]
fn files_that_permit_nothing_or_are_none() {
    let key = "<key>BGTaskSchedulerPermittedIdentifiers</key>";
    let array = format!("{key}<array><string>a.b</string><integer>7</integer></array>");
    let files = [
        ("string", plist(&format!("{key}<string>com.example.app.sync</string>"))),
        ("dictionary", plist(&format!("{key}<dict/>"))),
        ("mixed", plist(&array)),
        (
            "absent",
            plist("<key>CFBundleIdentifier</key><string>com.example.app</string>"),
        ),
        ("empty-array", plist(&format!("{key}<array/>"))),
        ("empty", String::new()),
        ("text", "hello, no property list\n".to_owned()),
        ("cut", plist("").replace("</dict>\n</plist>\n", "")),
        ("an-array", "<plist version=\"1.0\"><array/></plist>".to_owned()),
    ];
    let mut shown = String::new();
    for (name, text) in &files {
        let directory = place(name, &[("Info.plist", text.as_bytes())]);
        shown.push_str(&format!(
            "## {name}\n{}\n",
            bgspec(&directory, "plist Info.plist --os 18")
        ));
    }
    let directory = place("none", &[("Info.plist", files[0].1.as_bytes())]);
    for arguments in [
        "plist nowhere.plist",
        "plist Info.plist --entitlements nowhere.entitlements",
        "plist",
        "plist Info.plist --os 19",
    ] {
        shown.push_str(&format!("{}\n", bgspec(&directory, arguments)));
    }
    insta::assert_snapshot!(shown);
}

/// A file whose objects hold one another twice over and over: read out in full it would fill any memory.
#[test]
fn a_binary_file_that_would_not_fit_in_memory_is_refused() {
    let levels: u8 = 60;
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for level in 0..levels {
        offsets.push(u8::try_from(bytes.len()).unwrap());
        bytes.extend([0xA2, level + 1, level + 1]);
    }
    offsets.push(u8::try_from(bytes.len()).unwrap());
    bytes.push(0xA0);
    let table = bytes.len() as u64;
    bytes.extend(&offsets);
    bytes.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    bytes.extend((offsets.len() as u64).to_be_bytes());
    bytes.extend(0u64.to_be_bytes());
    bytes.extend(table.to_be_bytes());
    let directory = place("tangled", &[("Info.plist", &bytes)]);
    let said = bgspec(&directory, "plist Info.plist");
    assert!(
        said.contains("hold too much of one another") && said.ends_with("[exit 2]\n"),
        "{said}"
    );
}

/// Nesting that would overflow the stack of a reader that calls itself.
#[test]
fn a_file_that_is_nested_deeply_is_answered() {
    let depth = 150_000;
    let nested = format!("<key>a</key>{}{}", "<array>".repeat(depth), "</array>".repeat(depth));
    let directory = place("nested", &[("Info.plist", plist(&nested).as_bytes())]);
    let said = bgspec(&directory, "plist Info.plist");
    assert!(
        said.ends_with("[exit 4]\n"),
        "{}",
        &said[said.len().saturating_sub(300)..]
    );
}

#[test]
fn help_has_examples() {
    insta::assert_snapshot!(bgspec(&data(), "plist --help"));
}
