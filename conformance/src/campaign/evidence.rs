//! What a run leaves on disk under `--report DIR`, written as it comes: nothing that was seen is lost with the run.
//!
//! ```text
//! DIR/progress.ndjson      what happened, one JSON object a line, as it happened
//! DIR/CAN-1.jsonl          the counterexample as a trace, its deciding input the last one; played first next time
//! DIR/CAN-1.svg            a picture of it: what the process, the requests and the tasks were in at each line
//! DIR/CAN-1.feature        the same as a feature file that any implementation can run
//! DIR/CAN-1/first.jsonl    the case as it was seen first, with the wire (first.wire) and stderr (first.stderr)
//! DIR/CAN-1/shrunk.wire    the last lines of the wire of the shrunk one, and stderr (shrunk.stderr)
//! DIR/CAN-1/anew.jsonl     where it was flaky: the case as it was played anew
//! DIR/report.json          the report, at the end, and the same for build servers (report.xml, as JUnit writes it) and
//! DIR/report.html          as one page for people, with nothing to fetch
//! ```

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use bgspec_model::rule::Party;

use super::generate::{Counterexample, Fault, Step, Try};
use super::report::{self, Timeline};
use super::stream::Happened;
use super::summary::Summary;
use crate::features::language::Verdict;
use crate::features::script::Conditions;
use crate::features::write::{Tale, feature};
use crate::play::replay;
use crate::play::runner::Played;
use crate::trace::Writer;

/// A directory for what a run finds.
#[derive(Debug)]
pub struct Evidence {
    directory: PathBuf,
    progress: Mutex<File>,
    /// The first thing that could not be written.
    lost: Mutex<Option<io::Error>>,
}

impl Evidence {
    /// Makes the directory where it is not there, and begins to write.
    ///
    /// # Errors
    /// It cannot be made, or nothing can be written into it.
    pub fn open(directory: &Path) -> io::Result<Self> {
        fs::create_dir_all(directory)?;
        let progress = Mutex::new(File::create(directory.join("progress.ndjson"))?);
        Ok(Self {
            directory: directory.to_owned(),
            progress,
            lost: Mutex::new(None),
        })
    }

    /// Keeps what a step is worth.
    pub fn see(&self, step: &Step<'_>) {
        if let Some(happened) = Happened::of(step) {
            self.keep(self.line(&happened));
        }
        self.keep(match step {
            Step::Found(fault, _, tried) => self.one_try(&fault.slug(), "first", tried),
            Step::Shrunk(failure) => self.counterexample(failure),
            Step::Played(_) | Step::Cases(..) | Step::Shrinking(_) => Ok(()),
        });
    }

    /// Where the trace of a failure is.
    #[must_use]
    pub fn trace_of(&self, fault: &Fault) -> PathBuf {
        self.directory.join(format!("{}.jsonl", fault.slug()))
    }

    /// Writes the report, and says what could not be written on the way.
    ///
    /// # Errors
    /// Something could not be written.
    pub fn finish(self, summary: &Summary) -> io::Result<()> {
        self.line(&Happened::Report(summary))?;
        let file = |name| File::create(self.directory.join(name)).map(BufWriter::new);
        let mut json = file("report.json")?;
        serde_json::to_writer_pretty(&mut json, summary)?;
        json.flush()?;
        let mut junit = file("report.xml")?;
        report::junit(&mut junit, summary)?;
        junit.flush()?;
        fs::write(self.directory.join("report.html"), report::html(summary))?;
        self.lost
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .map_or(Ok(()), Err)
    }

    fn keep(&self, written: io::Result<()>) {
        if let Err(error) = written {
            self.lost
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(error);
        }
    }

    fn line(&self, happened: &Happened<'_>) -> io::Result<()> {
        let line = happened.line()?;
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(progress, "{line}")
    }

    fn counterexample(&self, failure: &Counterexample) -> io::Result<()> {
        let slug = failure.fault.slug();
        let played = &failure.shown.played;
        trace(&self.trace_of(&failure.fault), played)?;
        // Not every line can be said in a step: the trace is there all the same.
        if let Some(text) = as_feature(&slug, played) {
            fs::write(self.directory.join(format!("{slug}.feature")), text)?;
        }
        self.one_try(&slug, "first", &failure.first)?;
        self.trail(&slug, "shrunk", &failure.shown)?;
        if let Some(anew) = &failure.flaky {
            self.one_try(&slug, "anew", anew)?;
        }
        let deciding = failure.finding.as_ref().map(|finding| finding.event);
        let picture = report::picture(&failure.fault.to_string(), &Timeline::of(&played.lines()), deciding);
        fs::write(self.directory.join(format!("{slug}.svg")), picture)
    }

    fn one_try(&self, slug: &str, name: &str, tried: &Try) -> io::Result<()> {
        let room = self.directory.join(slug);
        fs::create_dir_all(&room)?;
        trace(&room.join(format!("{name}.jsonl")), &tried.played)?;
        self.trail(slug, name, tried)
    }

    /// The wire and stderr of a try, where there are some.
    fn trail(&self, slug: &str, name: &str, tried: &Try) -> io::Result<()> {
        let room = self.directory.join(slug);
        let wire = tried
            .trail
            .wire
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>();
        for (kind, text) in [("wire", &wire), ("stderr", &tried.trail.stderr)] {
            if !text.is_empty() {
                fs::create_dir_all(&room)?;
                fs::write(room.join(format!("{name}.{kind}")), text)?;
            }
        }
        Ok(())
    }
}

/// Writes a case as a trace.
fn trace(path: &Path, played: &Played) -> io::Result<()> {
    let mut writer = Writer::new(BufWriter::new(File::create(path)?), &played.header)?;
    for record in &played.lines() {
        writer.record(record)?;
    }
    writer.finish()?.flush()
}

/// A case as a feature file that any implementation can run; none where a line cannot be said.
#[must_use]
pub fn as_feature(name: &str, played: &Played) -> Option<String> {
    let records = replay::inputs(played.lines());
    let verdicts = [(Conditions::default(), vec![Verdict::Clears(Party::Scheduler)])];
    let tale = Tale {
        name,
        tags: &["run".to_owned()],
        header: &played.header,
        records: &records,
        verdicts: &verdicts,
    };
    feature(name, None, &[tale]).ok()
}
