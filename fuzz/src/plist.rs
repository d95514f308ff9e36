//! Whatever the file is, an Info.plist (in either form), an app.json or a project.yml, its study ends with an answer, and
//! the findings lie in the file and are plain.

use bgspec_conformance::annotate::{Annotation, Level, Sort, xcode};
use bgspec_conformance::info_plist::files::read_bytes;
use bgspec_conformance::info_plist::subject::{Given, read, speaks_of_tasks};
use bgspec_conformance::info_plist::tree::Place;
use bgspec_conformance::info_plist::{Versions, study};
use bgspec_model::profile::Named;
use bgspec_model::vocabulary::Version;

use crate::shown::{is_one_plain_line, is_plain};

/// As a file of an app.
pub fn run(bytes: &[u8]) {
    for name in ["Info.plist", "app.json", "project.yml"] {
        as_file(name, bytes);
    }
}

fn as_file(name: &str, bytes: &[u8]) {
    // A line may end with a carriage return alone.
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).count();
    let lies = |place: Option<Place>| {
        if let Some(place) = place {
            assert!(place.line >= 1 && place.line <= lines + 1, "{place} of {lines} lines");
        }
    };
    let (kind, node) = match read_bytes(name, bytes) {
        Ok(read) => read,
        Err(error) => {
            lies(error.place);
            return is_plain(&error.to_string());
        }
    };
    let _ = speaks_of_tasks(&node);
    let subjects = match read(name, kind, &node, &Given::default()) {
        Ok(subjects) => subjects,
        Err(error) => return is_plain(&error.to_string()),
    };
    for subject in &subjects {
        for os in [Version::new(18, 0), Version::new(27, 0)] {
            let studied = study(subject, &Versions::only(os), Named::Contract);
            for finding in &studied.findings {
                lies(finding.place);
                let annotation = Annotation {
                    file: name.to_owned(),
                    line: finding.place.map(|place| place.line),
                    column: finding.place.map(|place| place.column),
                    level: Level::Error,
                    sort: Sort::Named(finding.name, "What an app's files say."),
                    text: format!("{}. {}", finding.what, finding.remedy),
                };
                let mut line = Vec::new();
                xcode::write(&mut line, &[annotation]).expect("memory is written");
                let line = String::from_utf8(line).expect("text");
                is_one_plain_line(line.trim_end_matches('\n'));
            }
        }
    }
}
