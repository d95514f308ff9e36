//! In which line of its file each event of a trace stands.

use std::sync::Arc;

use super::line_of;

/// Where the events stand, by their numbers from 1.
#[derive(Debug, Clone, Default)]
pub enum Places {
    /// In a trace: one a line, behind the header.
    #[default]
    Trace,
    /// In a case as it is printed: one a line, the header not counted.
    Case,
    /// In a feature file: these lines, that of the first event first.
    Feature(Arc<[u64]>),
}

impl Places {
    /// The line of an event; for what is no event, that of the nearest.
    #[must_use]
    pub fn line(&self, event: u64) -> u64 {
        match self {
            Self::Trace => line_of(event),
            Self::Case => event,
            Self::Feature(lines) => {
                let place = usize::try_from(event).unwrap_or(usize::MAX).saturating_sub(1);
                lines.get(place).or(lines.last()).copied().unwrap_or(1)
            }
        }
    }
}
