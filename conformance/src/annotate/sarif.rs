//! SARIF 2.1.0, which code scanning reads.
//!
//! One run. A rule stands in the driver once for each sort of result; a file is a URI reference, relative where it was
//! named so; columns count characters.

use serde::Serialize;
use std::io::{self, Write};

use super::{Annotation, Level};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: String,
    short_description: Message,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
}

/// Writes annotations.
///
/// # Errors
/// The output cannot be written.
pub fn write(out: &mut impl Write, annotations: &[Annotation]) -> io::Result<()> {
    let mut rules: Vec<Descriptor> = Vec::new();
    let mut results = Vec::new();
    for annotation in annotations {
        let id = annotation.sort.id();
        let known = rules.iter().position(|rule| rule.id == id);
        let rule_index = known.unwrap_or(rules.len());
        if known.is_none() {
            rules.push(Descriptor {
                id: id.clone(),
                short_description: message(annotation.sort.about()),
            });
        }
        results.push(SarifResult {
            rule_id: id,
            rule_index,
            level: match annotation.level {
                Level::Note => "note",
                Level::Warning => "warning",
                Level::Error => "error",
            },
            message: message(&annotation.text),
            locations: [Location {
                physical_location: Physical {
                    artifact_location: Artifact {
                        uri: uri(&annotation.file),
                    },
                    region: annotation.line.map(|start_line| Region {
                        start_line,
                        start_column: annotation.column,
                    }),
                },
            }],
        });
    }
    let driver = Driver {
        name: "bgspec",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules,
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned() }
}

/// A path as a URI reference: relative as it is, absolute with its scheme.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("App/Info.plist"), "App/Info.plist");
        assert_eq!(uri("./My App/Info.plist"), "My%20App/Info.plist");
        assert_eq!(uri("a:b/ä.plist"), "a%3Ab/%C3%A4.plist");
        assert_eq!(uri("/Users/me/Info.plist"), "file:///Users/me/Info.plist");
    }
}
