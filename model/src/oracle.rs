//! The oracle.

use std::fmt;

use crate::report::{Finding, Report};
use crate::vocabulary::{Header, Record, Version};

/// What the reader of a trace lays down over its header.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The profile, in place of the header's.
    pub profile: Option<String>,
    /// The version, in place of the header's.
    pub os: Option<Version>,
    /// Settings pinned besides the header's: name and value.
    pub pins: Vec<(String, String)>,
}

/// A trace that contradicts itself or speaks of what the version does not have. Never a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong: what was found and what was expected.
    pub what: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Malformed {}

/// Judges one trace, event by event.
#[derive(Debug)]
pub struct Oracle {}

impl Oracle {
    /// An oracle at time zero of a trace with this header.
    ///
    /// # Errors
    /// A format of another version, an unknown profile or setting, an extension named twice.
    pub fn new(_header: &Header, _terms: &Terms) -> Result<Self, Malformed> {
        unimplemented!()
    }

    /// Judges the next line. Findings are kept; see [`Oracle::findings`].
    ///
    /// # Errors
    /// The line contradicts the trace so far. The oracle stays as it was.
    pub fn step(&mut self, _record: &Record) -> Result<(), Malformed> {
        unimplemented!()
    }

    /// What has been found so far, breaches and advice, in the order of the events.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        unimplemented!()
    }

    /// The report. A trace whose end line has not come counts as cut.
    #[must_use]
    pub fn finish(self) -> Report {
        unimplemented!()
    }
}
