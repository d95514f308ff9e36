//! Runs scenarios and says what came of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bgspec_model::report::{Finding, Report, Verdict as Whole};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Area, Discretion, Kind};

use super::file::{Error, File};
use super::judge::{self, Overlay};
use super::language::Verdict;
use super::must;
use super::otherwise;
use super::play;
use super::script::{self, Conditions, Script, Sort};
use super::weak;
use crate::exit::Exit;
use crate::play::adapter::{Adapter, Failure, Hello};
use crate::play::protocol::every_observation;
use crate::play::runner::Trouble;

/// Who plays the scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// An implementation that somebody named: trace scenarios are not applicable.
    Named,
    /// The one that comes along: trace scenarios are judged by the oracle alone.
    Own,
}

/// What came of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The oracle said what the scenario states, under all its terms.
    Passed,
    /// It said something else.
    Failed(Vec<String>),
    /// It could not tell, and the scenario states that it can.
    Inconclusive(Vec<String>),
    /// It cannot be run there, and why.
    NotApplicable(String),
    /// The adapter failed.
    AdapterFailed(String),
    /// The scenario contradicts itself.
    Malformed(Error),
}

impl Outcome {
    /// What the program ends with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Passed => Exit::Conforms,
            Self::Failed(_) => Exit::Breaks,
            Self::Inconclusive(_) => Exit::Inconclusive,
            Self::NotApplicable(_) => Exit::NothingChecked,
            Self::AdapterFailed(_) => Exit::AdapterFailed,
            Self::Malformed(_) => Exit::Unusable,
        }
    }
}

/// The feature files under these paths, sorted; a file that is named counts whatever its name.
///
/// # Errors
/// A path that cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in paths {
        collect(path, true, &mut found)?;
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn collect(path: &Path, named: bool, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |error: std::io::Error| {
        Error::at(
            &path.display().to_string(),
            0,
            0,
            crate::trace::Problem::unreadable(&error).to_string(),
        )
    };
    // What is named is followed; in a directory regular files count alone, and no link leads in a circle.
    let is_file = named || path.is_file();
    if !path.is_dir() {
        if named || is_file && path.extension().is_some_and(|extension| extension == "feature") {
            found.push(path.to_owned());
        }
        return Ok(());
    }
    if !named && path.is_symlink() {
        return Ok(());
    }
    for entry in path.read_dir().map_err(unreadable)? {
        collect(&entry.map_err(unreadable)?.path(), false, found)?;
    }
    Ok(())
}

/// The scripts of these files, and everything that is wrong with them.
#[must_use]
pub fn scripts(paths: &[PathBuf]) -> (Vec<Script>, Vec<Error>) {
    let mut scripts = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match File::open(path) {
            Ok(file) => {
                let (more, wrong) = script::of_file(&file);
                scripts.extend(more);
                errors.extend(wrong);
            }
            Err(wrong) => errors.extend(wrong),
        }
    }
    let mut seen: BTreeMap<(&str, &str), &Script> = BTreeMap::new();
    for script in &scripts {
        if let Some(first) = seen.insert((&script.feature, &script.name), script)
            && first.file != script.file
        {
            let what = format!(
                "two scenarios of the name `{}` in features of one name: the first is in {}:{}",
                script.name, first.file, first.line
            );
            errors.push(Error::at(&script.file, script.line, 1, what));
        }
    }
    (scripts, errors)
}

/// An implementation and what it says of itself.
pub struct Implementation {
    adapter: Box<dyn Adapter>,
    hello: Hello,
    cast: Cast,
}

impl Implementation {
    /// Asks an implementation what it is.
    ///
    /// # Errors
    /// It fails.
    pub fn new(adapter: Box<dyn Adapter>, cast: Cast) -> Result<Self, Failure> {
        let hello = adapter.hello()?;
        Ok(Self { adapter, hello, cast })
    }

    /// What it says of itself.
    #[must_use]
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Runs a scenario under all its terms.
    #[must_use]
    pub fn run(&self, script: &Script, overlay: &Overlay) -> Outcome {
        if script.sort == Sort::Trace && self.cast == Cast::Named {
            return Outcome::NotApplicable("a trace scenario: the observations stand in the text".to_owned());
        }
        if script.sort == Sort::Run
            && let Some(why) = play::obstacle(script, &self.hello)
        {
            return Outcome::NotApplicable(why);
        }
        let rounds = judge::rounds(script, overlay);
        if rounds.is_empty() {
            return Outcome::NotApplicable("it states nothing about this profile or version".to_owned());
        }
        let mut failed = Vec::new();
        let mut unsure = Vec::new();
        let mut inapplicable = None;
        for (terms, expected) in &rounds {
            let round = match script.sort {
                Sort::Trace => told(script, terms, &expected.says),
                Sort::Run => self.played(script, terms, &expected.says),
            };
            let named = |text: String| (terms.prefix(), text);
            match round {
                Outcome::Passed => {}
                Outcome::Failed(texts) => failed.extend(texts.into_iter().map(named)),
                Outcome::Inconclusive(texts) => unsure.extend(texts.into_iter().map(named)),
                Outcome::NotApplicable(why) => inapplicable = Some(why),
                other => return other,
            }
        }
        let said = |texts: Vec<(String, String)>| -> Vec<String> {
            let same = texts.len() == rounds.len() && texts.windows(2).all(|pair| pair[0].1 == pair[1].1);
            let count = if same { 1 } else { texts.len() };
            let texts = texts.into_iter().take(count);
            texts
                .map(|(terms, text)| if same { text } else { terms + &text })
                .collect()
        };
        match (failed.is_empty(), unsure.is_empty(), inapplicable) {
            (false, ..) => Outcome::Failed(said(failed)),
            (_, false, _) => Outcome::Inconclusive(said(unsure)),
            (.., Some(why)) => Outcome::NotApplicable(why),
            _ => Outcome::Passed,
        }
    }

    fn played(&self, script: &Script, terms: &Conditions, says: &[Verdict]) -> Outcome {
        let played = match play::play(&*self.adapter, &self.hello, script, terms) {
            Ok(played) => played,
            Err(malformed) => return Outcome::Malformed(Error::at(&script.file, script.line, 1, malformed.what())),
        };
        match &played.trouble {
            Some(trouble @ Trouble::Adapter { .. }) => return Outcome::AdapterFailed(trouble.to_string()),
            Some(trouble @ Trouble::Runner { .. }) => {
                return Outcome::Malformed(Error::at(&script.file, script.line, 1, trouble.to_string()));
            }
            None => {}
        }
        if let Some((_, action, why)) = played.skipped.first() {
            let by_scheduler = |finding: &Finding| finding.party == Party::Scheduler;
            // What came of it may be the scheduler's own fault, and then it says so.
            if !played.report.findings.iter().any(by_scheduler) {
                let event = match action {
                    crate::play::action::Action::Do(input) => input.event.name(),
                    crate::play::action::Action::Wait(_) => "wait",
                };
                let what = format!("`{event}` makes no sense in what came of it: {why}");
                // Where nothing is left open, the implementation alone made it so.
                return if self.declares_all() && self.hello.discretion == Discretion::Driven {
                    Outcome::Failed(vec![what])
                } else {
                    Outcome::NotApplicable(what)
                };
            }
        }
        match compare(&played.report, says) {
            Outcome::Failed(_) if self.lacks(&played.report, says) => Outcome::NotApplicable(
                "what the app is blamed for does not come about without what it leaves undeclared".to_owned(),
            ),
            Outcome::Passed => match must::unseen(script, &self.hello, &played.records, terms) {
                Some(what) if self.declares_all() => Outcome::Failed(vec![what]),
                Some(_) => Outcome::NotApplicable("what must be seen hangs on what it leaves undeclared".to_owned()),
                None => self.notices(script, terms, says),
            },
            outcome => outcome,
        }
    }

    /// A pass counts where a rule of a declared area would be missed: else nothing was checked.
    fn notices(&self, script: &Script, terms: &Conditions, says: &[Verdict]) -> Outcome {
        if self.declares_all() {
            return Outcome::Passed;
        }
        match weak::notices_declared(script, &self.hello, terms, says) {
            Ok(true) => Outcome::Passed,
            Ok(false) => Outcome::NotApplicable("it notices no rule of the areas that are declared".to_owned()),
            Err(failure) => Outcome::AdapterFailed(failure.to_string()),
        }
    }

    /// Whether it declares every area, kind and observation.
    fn declares_all(&self) -> bool {
        let observes = |name: &str| self.hello.observes.iter().any(|declared| declared == name);
        self.hello.areas.len() == Area::ALL.len()
            && self.hello.unmodelled.is_empty()
            && self.hello.kinds.len() == Kind::ALL.len()
            && every_observation().iter().all(|name| observes(name))
    }

    /// Whether the app only failed to come into the state that it is blamed for, where something is not modelled.
    fn lacks(&self, report: &Report, says: &[Verdict]) -> bool {
        let by_others = report.findings.iter().any(|finding| finding.party != Party::App);
        let blamed = says
            .iter()
            .any(|says| matches!(says, Verdict::Blames(Party::App, _) | Verdict::Advises(_)));
        !self.declares_all() && !by_others && blamed
    }
}

fn told(script: &Script, terms: &Conditions, says: &[Verdict]) -> Outcome {
    match judge::told(script, terms) {
        Ok(report) => match compare(&report, says) {
            Outcome::Passed => told_otherwise(script, terms, says),
            outcome => outcome,
        },
        Err((line, what)) => Outcome::Malformed(Error::at(&script.file, line, 1, what)),
    }
}

/// Whether what would be blamed if the scenario went otherwise is blamed.
fn told_otherwise(script: &Script, terms: &Conditions, says: &[Verdict]) -> Outcome {
    for verdict in says {
        let Verdict::WouldBlame(party, rule) = verdict else {
            continue;
        };
        match otherwise::would_blame(script, terms, (*party, *rule), None) {
            Ok(true) => {}
            Ok(false) => {
                let text = format!("were any one line different, the {party} does not break {rule}");
                return Outcome::Failed(vec![text]);
            }
            Err(malformed) => return Outcome::Malformed(Error::at(&script.file, script.line, 1, malformed.what())),
        }
    }
    Outcome::Passed
}

fn compare(report: &Report, says: &[Verdict]) -> Outcome {
    if judge::agrees(report, says) {
        return Outcome::Passed;
    }
    let difference = vec![judge::difference(report, says)];
    if report.verdict == Whole::Inconclusive {
        Outcome::Inconclusive(difference)
    } else {
        Outcome::Failed(difference)
    }
}
