//! `bgspec plist`: what it says of example files, and of files that are none.

#![expect(clippy::unwrap_used, reason = "a command that does not run fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The directory of the example files.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// What a command prints in a directory, and how it ends.
fn bgspec(directory: &Path, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
        .args(shlex::split(arguments).unwrap())
        .current_dir(directory)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut shown = format!("$ bgspec {arguments}\n{}", text(output.stdout));
    let errors = text(output.stderr);
    if !errors.is_empty() {
        shown.push_str(&format!("[stderr]\n{errors}"));
    }
    shown + &format!("[exit {}]\n", output.status.code().unwrap())
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
        "plist app.plist --entitlements app.entitlements --os 26.1 --profile field"
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
fn build_variables_are_read_as_written_or_replaced() {
    let text = plist(
        "<key>CFBundleIdentifier</key><string>$(PRODUCT_BUNDLE_IDENTIFIER)</string>\n\
         <key>BGTaskSchedulerPermittedIdentifiers</key>\n\
         <array><string>$(PRODUCT_BUNDLE_IDENTIFIER).export.*</string></array>\n\
         <key>UIBackgroundModes</key><array><string>processing</string></array>",
    );
    let directory = place("variables", &[("Info.plist", text.as_bytes())]);
    let as_written = bgspec(&directory, "plist Info.plist --os 26.1");
    assert!(
        as_written.contains("build variables are read as they are written"),
        "{as_written}"
    );
    assert!(as_written.contains("a wildcard entry"), "{as_written}");
    let replaced = bgspec(&directory, "plist Info.plist --os 26.1 --bundle com.example.app");
    assert!(replaced.contains("com.example.app.export.1"), "{replaced}");
    assert!(!replaced.contains("$("), "{replaced}");
    let spelled = text.replace("$(PRODUCT_BUNDLE_IDENTIFIER).export", "com.example.app.export");
    let directory = place("spelled", &[("Info.plist", spelled.as_bytes())]);
    let not_told = bgspec(&directory, "plist Info.plist --os 26.1");
    assert!(
        not_told.contains("hangs on the bundle identifier (IDN-1)"),
        "{not_told}"
    );
    assert!(not_told.ends_with("[exit 5]\n"), "{not_told}");
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
