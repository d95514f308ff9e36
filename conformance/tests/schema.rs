//! The committed schemas are what `bgspec schema` prints.

use std::process::Command;

#[test]
fn the_committed_schemas_are_up_to_date() {
    for name in ["trace", "protocol", "report", "run", "datasheet", "explanation"] {
        let output = Command::new(env!("CARGO_BIN_EXE_bgspec"))
            .args(["schema", name])
            .output()
            .unwrap();
        assert!(output.status.success());
        let path = format!("{}/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(
            committed.as_bytes() == output.stdout,
            "stale; run: cargo run -- schema {name} > conformance/schema/{name}.json"
        );
    }
}
