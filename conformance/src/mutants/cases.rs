//! The deciding set: every trace of the corpus under each row of its manifest, and every feature scenario.

use std::fmt;

use bgspec_model::mutant::{Limit, Mutant};
use bgspec_model::oracle::{Malformed, Oracle, Terms};
use bgspec_model::report::Report;
use bgspec_model::rule::{Id, Rule};
use bgspec_model::vocabulary::{Header, Record};

use crate::corpus::{self, Row};
use crate::features::file::File;
use crate::features::judge;
use crate::features::language::Verdict;
use crate::features::script::{self, Sort};
use crate::features::weak;

/// Lines, the terms under which they are judged, and what they are to get.
#[derive(Debug)]
pub struct Case {
    /// The trace and its terms, or the place of the scenario.
    pub name: String,
    header: Header,
    records: Vec<Record>,
    terms: Terms,
    says: Vec<Verdict>,
    /// The rules that it names.
    named: Vec<Id>,
    /// The rules that had a say.
    consulted: Vec<Id>,
}

/// The deciding set cannot be used: a file that cannot be read, or a case that does not get what it states as it is.
#[derive(Debug)]
pub struct Unusable {
    place: String,
    what: String,
}

impl Unusable {
    pub(super) fn new(place: impl Into<String>, what: &impl fmt::Display) -> Self {
        Self {
            place: place.into(),
            what: what.to_string(),
        }
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Unusable {}

/// Every case, each of which gets what it states by the model as it is.
///
/// # Errors
/// A case cannot be read, or does not.
pub fn cases() -> Result<Vec<Case>, Unusable> {
    let mut cases = Vec::new();
    let corpus = corpus::embedded().map_err(|error| Unusable::new("the manifests", &error))?;
    for row in &corpus.expect {
        cases.push(of_row(row)?);
    }
    for (path, text) in corpus::features() {
        of_feature(path, text, &mut cases)?;
    }
    for case in &mut cases {
        let report = case
            .report(None)
            .map_err(|malformed| Unusable::new(case.name.as_str(), &malformed))?
            .0;
        if !judge::agrees(&report, &case.says) {
            let difference = judge::difference(&report, &case.says);
            return Err(Unusable::new(case.name.as_str(), &difference));
        }
        case.consulted = report.exercised.iter().map(|(rule, _)| rule.id).collect();
    }
    Ok(cases)
}

fn of_row(row: &Row) -> Result<Case, Unusable> {
    let name = row.name();
    let text = corpus::trace(&row.trace).ok_or_else(|| Unusable::new(name.as_str(), &"no such trace"))?;
    let unreadable = |error: serde_json::Error| Unusable::new(name.as_str(), &error);
    let (header, lines) = text.split_once('\n').unwrap_or((text, ""));
    let header: Header = serde_json::from_str(header).map_err(unreadable)?;
    let records: Result<Vec<Record>, _> = lines.lines().map(serde_json::from_str).collect();
    let records = records.map_err(unreadable)?;
    let id = |rule: &str| rule.parse::<Id>().map_err(|error| Unusable::new(name.as_str(), &error));
    let mut says = Vec::new();
    match row.verdict.as_str() {
        "conforms" => says.push(Verdict::Conforms),
        "inconclusive" => says.push(Verdict::Inconclusive),
        _ => {}
    }
    for breach in &row.findings {
        says.push(Verdict::Blames(breach.party, id(&breach.rule)?));
    }
    for rule in &row.advice {
        says.push(Verdict::Advises(id(rule)?));
    }
    let os = row.os.as_deref().map(str::parse).transpose();
    let os = os.map_err(|error| Unusable::new(name.as_str(), &error))?;
    Ok(Case {
        terms: Terms {
            profile: Some(row.profile.clone()),
            os,
            pins: row.pins.clone().into_iter().collect(),
        },
        header,
        records,
        says,
        named: row.named().collect(),
        consulted: Vec::new(),
        name,
    })
}

fn of_feature(path: &str, text: &str, cases: &mut Vec<Case>) -> Result<(), Unusable> {
    let first = |errors: Vec<crate::features::file::Error>| match errors.first() {
        Some(error) => Unusable::new(path, error),
        None => Unusable::new(path, &"unreadable"),
    };
    let file = File::parse(path, text).map_err(first)?;
    let (scripts, errors) = script::of_file(&file);
    if !errors.is_empty() {
        return Err(first(errors));
    }
    for script in scripts {
        let name = format!("{path}:{}", script.line);
        let lines = weak::lines(&script).map_err(|error| Unusable::new(name.as_str(), &error))?;
        let sort = if script.sort == Sort::Run {
            ", as the model plays it"
        } else {
            ""
        };
        cases.extend(lines.into_iter().map(|lines| Case {
            name: format!("{name}{sort}"),
            terms: lines.terms.terms(),
            says: lines.says,
            header: lines.header,
            records: lines.records,
            named: weak::own(&script),
            consulted: Vec::new(),
        }));
    }
    Ok(())
}

impl Case {
    /// How many lines it has.
    pub(super) const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it names a rule.
    pub(super) fn names(&self, rule: &Rule) -> bool {
        self.named.contains(&rule.id)
    }

    /// Whether a rule has a say in it.
    pub(super) fn consults(&self, rule: &Rule) -> bool {
        self.consulted.contains(&rule.id)
    }

    /// Whether it pins the number that is moved.
    pub(super) fn pins(&self, mutant: Mutant) -> bool {
        let Mutant::Moved(Limit::Of(setting), _) = mutant else {
            return false;
        };
        let name = setting.entry().name;
        self.terms.pins.iter().any(|(pinned, _)| pinned == name) || self.header.pins.contains_key(name)
    }

    /// Whether it gets something else by the changed model than it states, and whether the turned guard was asked.
    pub(super) fn notices(&self, mutant: Mutant) -> (bool, bool) {
        match self.report(Some(mutant)) {
            Ok((report, asked)) => (!judge::agrees(&report, &self.says), asked),
            Err(_) => (true, true),
        }
    }

    fn report(&self, mutant: Option<Mutant>) -> Result<(Report, bool), Malformed> {
        let mut oracle = Oracle::new(&self.header, &self.terms)?;
        if let Some(mutant) = mutant {
            oracle = oracle.mutated(mutant);
        }
        let oracle = oracle.judged(&self.records)?;
        let asked = oracle.asked_what_is_turned();
        Ok((oracle.finish(), asked))
    }
}
