//! A scenario as it is run: its header, its lines, and what the oracle is to say under which terms.

mod calls;
mod terms;

use bgspec_model::profile::Named;
use bgspec_model::rule::Id;
use bgspec_model::setting::Setting;
use bgspec_model::vocabulary::{Header, Record, Role, TaskName, Version};

pub use self::terms::Conditions;

use self::calls::{Called, SOON, column_of, misplaced, must, order, played, written_out};
use super::file::{Error, File, Scenario, Step};
use super::language::steps::Keyword;
use super::language::{Facts, Said, Story, Verdict};
use super::must::{self, Must};

/// Which kind of scenario it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Any adapter plays the scheduler; the text says only what the world and the app do.
    Run,
    /// The observations stand in the text, and the oracle alone judges.
    Trace,
}

/// A line of a scenario, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The line.
    pub record: Record,
    /// The line in the file.
    pub line: usize,
}

/// What the app or the person does once a task comes so far, whenever the implementation lets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// What is done.
    pub deed: Record,
    /// The task.
    pub task: TaskName,
    /// What has to come of the task.
    pub once: Once,
    /// Behind so many lines of the scenario it holds.
    pub after: usize,
}

/// How far a task has to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// Its handler is called.
    Delivered,
    /// Its expiration handler is called.
    Expired,
    /// Its card asks whether to go on.
    Asked,
}

/// What the oracle is to say under some terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The terms; no profile means every profile for which nothing else is said.
    pub terms: Conditions,
    /// What it is to say, in the order of the text.
    pub says: Vec<Verdict>,
    /// The line of the first of them.
    pub line: usize,
}

/// A scenario as it is run.
#[derive(Debug, Clone)]
pub struct Script {
    /// The file.
    pub file: String,
    /// The name of the feature.
    pub feature: String,
    /// The name of the scenario.
    pub name: String,
    /// Its tags, without `@`.
    pub tags: Vec<String>,
    /// The line that it begins in.
    pub line: usize,
    /// The line of its row among the examples of an outline; else the one that it begins in.
    pub row: usize,
    /// Run or trace.
    pub sort: Sort,
    /// The terms that its tags give.
    pub terms: Conditions,
    /// What is known before anything happens.
    pub header: Header,
    /// What happens, in order.
    pub records: Vec<Placed>,
    /// What must be seen in a run scenario.
    pub musts: Vec<Must>,
    /// What the app does in a run scenario as soon as a task comes so far.
    pub orders: Vec<Order>,
    /// What the oracle is to say.
    pub expected: Vec<Expected>,
}

/// The tags that have a value, and what it is.
const VALUED: [(&str, &str); 6] = [
    ("rule", "a rule of the catalogue, such as @rule:SUB-4"),
    ("source", "a source, such as @source:forum-807370"),
    ("case", "a documented case, such as @case:F04"),
    ("os", "a version of iOS, such as @os:26.1"),
    ("profile", "@profile:contract or @profile:field"),
    ("setting", "a setting and its value, such as @setting:refresh_limit=2"),
];

/// The scripts of a file, and everything that is wrong with it.
#[must_use]
pub fn of_file(file: &File) -> (Vec<Script>, Vec<Error>) {
    let mut scripts = Vec::new();
    let mut errors = Vec::new();
    for scenario in &file.scenarios {
        match read(file, scenario, true) {
            Ok(script) => scripts.push(script),
            // An outline says the same of each of its rows.
            Err(more) => more.into_iter().for_each(|error| {
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }),
        }
    }
    (scripts, errors)
}

/// The script of one scenario. One that is not `judged` need not say what the oracle says, nor by a tag that it is a trace.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(file: &File, scenario: &Scenario, judged: bool) -> Result<Script, Vec<Error>> {
    let mut reading = Reading {
        file,
        scenario,
        errors: Vec::new(),
    };
    let tags = reading.tags(judged);
    let script = reading.script(tags, judged);
    match script {
        Some(script) if reading.errors.is_empty() => Ok(script),
        _ => Err(reading.errors),
    }
}

struct Reading<'a> {
    file: &'a File,
    scenario: &'a Scenario,
    errors: Vec<Error>,
}

impl Reading<'_> {
    fn wrong(&mut self, line: usize, column: usize, what: impl Into<String>) {
        self.errors.push(Error::at(&self.file.path, line, column, what));
    }

    /// Whether it is a run or a trace, and the terms that its tags give.
    fn tags(&mut self, judged: bool) -> (Option<Sort>, Conditions) {
        let line = self.scenario.line;
        let mut terms = Conditions::default();
        let mut sorts = Vec::new();
        for tag in &self.scenario.tags {
            match tag.as_str() {
                // The second of each is what it was called once.
                "run" | "played" => sorts.push(Sort::Run),
                "trace" | "told" => sorts.push(Sort::Trace),
                _ => {}
            }
            let Some((name, value)) = tag.split_once(':') else {
                continue;
            };
            let Some((_, what)) = VALUED.iter().find(|(known, _)| *known == name) else {
                let names: Vec<_> = VALUED.iter().map(|(name, _)| format!("@{name}:")).collect();
                self.wrong(
                    line,
                    1,
                    format!("the tag @{tag} is unknown: expected one of {}", names.join(", ")),
                );
                continue;
            };
            let good = match name {
                "rule" => value
                    .parse::<Id>()
                    .is_ok_and(|id| bgspec_model::rules::find(id).is_some()),
                "os" => value.parse::<Version>().is_ok(),
                "profile" => value
                    .parse::<Named>()
                    .map(|profile| terms.profile = Some(profile))
                    .is_ok(),
                "setting" => value.split_once('=').is_some_and(|(setting, value)| {
                    terms.pins.insert(setting.to_owned(), value.replace('_', " "));
                    Setting::named(setting).is_some()
                }),
                _ => !value.is_empty(),
            };
            if !good {
                self.wrong(line, 1, format!("the tag @{tag}: expected {what}"));
            }
        }
        sorts.dedup();
        if sorts.is_empty() && !judged {
            sorts.push(Sort::Trace);
        }
        if sorts.len() != 1 {
            let found = if sorts.is_empty() {
                "neither @run nor @trace"
            } else {
                "@run and @trace"
            };
            self.wrong(
                line,
                1,
                format!("{found} at the scenario or its feature: expected one of them"),
            );
        }
        (sorts.pop(), terms)
    }

    fn script(&mut self, (sort, tagged): (Option<Sort>, Conditions), judged: bool) -> Option<Script> {
        let (scenario, path) = (self.scenario, &self.file.path);
        let told = sort != Some(Sort::Run);
        let written = written_out(&scenario.steps);
        let steps = if told { written } else { played(&written) };
        let bundle = steps
            .iter()
            .filter(|step| step.keyword == Keyword::Given)
            .find_map(|step| Facts::bundle_in(&step.text));
        let bundle = bundle.unwrap_or_default();
        let mut story = Story::new(&bundle);
        let mut facts = Facts::default();
        let mut records: Vec<Placed> = Vec::new();
        let mut musts = Vec::new();
        let mut orders = Vec::new();
        let mut call: Option<Called<'_>> = None;
        let mut expected: Vec<Expected> = Vec::new();
        let mut last = Keyword::Given;
        for step in &steps {
            let place = |at: usize| (step.line, column_of(step, at));
            let (terms, skipped) = match (step.keyword, Conditions::read(&step.text)) {
                (Keyword::Then, Ok(found)) => found,
                (Keyword::Then, Err((at, what))) => {
                    self.wrong(step.line, column_of(step, at), what);
                    continue;
                }
                _ => (Conditions::default(), 0),
            };
            if !told && step.keyword == Keyword::Then {
                match must(&story, call.as_ref(), step, skipped) {
                    Ok(Some(what)) => {
                        let after = must::inputs(records.iter().map(|placed: &Placed| &placed.record));
                        musts.push(Must {
                            after,
                            terms,
                            what,
                            line: step.line,
                        });
                        last = step.keyword;
                        continue;
                    }
                    Ok(None) => {}
                    Err((at, what)) => {
                        self.wrong(step.line, column_of(step, skipped + at), what);
                        continue;
                    }
                }
            }
            if !told
                && step.keyword == Keyword::When
                && let Some((does, when)) = step.text.rsplit_once(SOON)
            {
                match order(&story, does, when, step.table.as_deref()) {
                    Ok((deed, task, once)) => orders.push(Order {
                        deed,
                        task,
                        once,
                        after: records.len(),
                    }),
                    Err((at, what)) => self.wrong(step.line, column_of(step, at), what),
                }
                last = step.keyword;
                continue;
            }
            let before = story.clone();
            let said = match story.read(step.keyword, &step.text[skipped..], step.table.as_deref()) {
                Ok(said) => said,
                Err(wrong) => {
                    let cell = wrong.cell.and_then(|(row, column)| step.cells.get(row)?.get(column));
                    let (line, column) = cell.copied().unwrap_or_else(|| place(skipped + wrong.at));
                    self.wrong(line, column, wrong.what);
                    continue;
                }
            };
            if step.keyword == Keyword::Given && last != Keyword::Given {
                self.wrong(
                    step.line,
                    step.column,
                    "a Given behind a When or a Then: expected the facts first",
                );
            }
            last = step.keyword;
            match said {
                Said::Facts(more) => {
                    if let Err(wrong) = facts.add(more) {
                        self.wrong(step.line, step.column, wrong.what);
                    }
                }
                Said::Record(_) | Said::Series(_) if skipped > 0 => {
                    self.wrong(step.line, step.column, "these terms belong before `the oracle …`");
                }
                Said::Series(series) => records.extend(series.into_iter().map(|record| Placed {
                    record,
                    line: step.line,
                })),
                Said::Record(record) => {
                    if !expected.is_empty() {
                        self.wrong(
                            step.line,
                            step.column,
                            "an event behind what the oracle says: expected it before",
                        );
                    }
                    if let Some(what) = misplaced(&record, told) {
                        self.wrong(step.line, step.column, what);
                    }
                    let is_call = record.event.as_ref().is_some_and(|event| event.role() == Role::Call);
                    call = is_call.then_some(Called { before, step });
                    records.push(Placed {
                        record,
                        line: step.line,
                    });
                }
                Said::Verdict(Verdict::WouldBlame(..)) if !told => {
                    let what = "a run scenario cannot go otherwise: expected a trace scenario";
                    self.wrong(step.line, step.column, what);
                }
                Said::Verdict(verdict) => {
                    let terms = terms.over(&tagged);
                    match expected.iter_mut().find(|other| other.terms == terms) {
                        Some(other) => other.says.push(verdict),
                        None => expected.push(Expected {
                            terms,
                            says: vec![verdict],
                            line: step.line,
                        }),
                    }
                }
            }
        }
        self.verdicts(&expected, judged);
        if records.is_empty() && self.errors.is_empty() {
            self.wrong(scenario.line, 1, "a scenario in which nothing happens: expected a When");
        }
        let header = match facts.header(scenario.description.clone()) {
            Ok(header) => header,
            Err(what) => {
                if self.errors.is_empty() {
                    let line = scenario.steps.first().map_or(scenario.line, |step: &Step| step.line);
                    self.wrong(line, 1, what);
                }
                return None;
            }
        };
        Some(Script {
            file: path.clone(),
            feature: self.file.name.clone(),
            name: scenario.name.clone(),
            tags: scenario.tags.clone(),
            line: scenario.line,
            row: scenario.row,
            sort: sort?,
            terms: tagged,
            header,
            records,
            musts,
            orders,
            expected,
        })
    }

    fn verdicts(&mut self, expected: &[Expected], judged: bool) {
        let line = self.scenario.line;
        if judged && !self.scenario.steps.iter().any(|step| step.keyword == Keyword::Then) {
            self.wrong(line, 1, "a scenario without a Then: expected what the oracle says, such as `Then the oracle says that the trace conforms`");
        } else if judged && expected.is_empty() && self.errors.is_empty() {
            self.wrong(
                line,
                1,
                "a scenario without a verdict: expected a Then such as `the oracle blames the app under SUB-27`",
            );
        }
        for group in expected {
            let whole = group
                .says
                .iter()
                .filter(|says| matches!(says, Verdict::Conforms | Verdict::Inconclusive | Verdict::Clears(_)))
                .count();
            let clears = group.says.len() > 1 && group.says.iter().any(|says| matches!(says, Verdict::Clears(_)));
            let blames = group.says.iter().any(|says| matches!(says, Verdict::Blames(..)));
            if whole > 1 || clears || (whole == 1 && blames) {
                self.wrong(group.line, 1, "the oracle says one thing under the same terms: it conforms, it cannot be told, or somebody is blamed");
            }
        }
    }
}
