//! PROTOCOL.md and the vocabulary say the same.

use std::fs;
use std::path::Path;

const BEGIN: &str =
    "<!-- events: printed by the table of events; write it anew: BGSPEC_README=write cargo test --test protocol -->\n";
const END: &str = "<!-- end of events -->\n";

#[test]
fn the_ordinary_device_of_the_page_is_that_of_the_vocabulary() {
    let page = include_str!("../PROTOCOL.md");
    let device = serde_json::to_string(&bgspec_model::vocabulary::Device {
        places_taken: None,
        ..bgspec_model::vocabulary::Device::ORDINARY
    });
    let device = device.unwrap();
    assert!(page.contains(&format!("```json\n{device}\n```")), "expected {device}");
}

#[test]
fn every_manner_in_which_an_adapter_fails_stands_in_the_page() {
    use bgspec_conformance::play::adapter::Manner;
    let page = include_str!("../PROTOCOL.md");
    for manner in Manner::ALL {
        assert!(page.contains(&format!("| {manner} |")), "{manner}");
    }
}

#[test]
fn the_tables_of_the_protocol_are_those_of_the_vocabulary() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("PROTOCOL.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the marker of the tables' begin");
    let (table, behind) = rest.split_once(END).expect("the marker of the tables' end");
    let expected = format!("\n{}\n", bgspec_conformance::events::markdown());
    if std::env::var("BGSPEC_README").is_ok_and(|what| what == "write") {
        fs::write(&path, format!("{before}{BEGIN}{expected}{END}{behind}")).unwrap();
    } else {
        assert!(
            table == expected,
            "stale; run: BGSPEC_README=write cargo test --test protocol"
        );
    }
}
