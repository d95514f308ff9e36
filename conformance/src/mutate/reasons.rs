//! Why a changed trace is accepted: asked of the model, by taking away one thing after the other that may allow it.
//!
//! Both traces, as it was and changed, are judged anew: with what the header leaves untold told, with a setting pinned,
//! without a rule, with an end long after. Where they are then told apart, by a finding that only one of them has, what
//! was taken away is the reason. For a line that says something else it has to be the changed trace that is refused.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};

use bgspec_model::oracle::{Foresight, Malformed, Oracle, Terms};
use bgspec_model::profile::{Named, Profile};
use bgspec_model::report::{Finding, Report};
use bgspec_model::rule::{Force, Id, Party, Rule};
use bgspec_model::rules;
use bgspec_model::see::Allowed;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::{End, Header, Initial, Millis, Origin, Record};

use super::changes::{Change, Sort};
use super::{Base, judge};

/// What allows a changed trace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A rule: without it the two are told apart.
    Rule(Id),
    /// A setting: with it pinned to this value they are.
    Setting(&'static str),
    /// The header tells too little.
    Untold(&'static str),
    /// The trace ends before it would matter.
    TheEnd,
    /// It is the app's, the person's or the device's doing, and theirs to do.
    NotTheSchedulers,
    /// None was found.
    None,
}

impl Reason {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Rule(id) => match rules::find(*id) {
                Some(rule) => format!("{id} ({}): {}", rule.force, rule.title),
                None => id.to_string(),
            },
            Self::Setting(name) => {
                let ids = Setting::named(name).map_or_else(String::new, |setting| setting.entry().rule_ids());
                format!("the setting {name} ({ids})")
            }
            Self::Untold(what) => (*what).to_owned(),
            Self::TheEnd => "the trace ends before it would matter".to_owned(),
            Self::NotTheSchedulers => "what the app, the person and the device do is theirs".to_owned(),
            Self::None => "no rule and no setting".to_owned(),
        }
    }
}

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Away {
    Untold(&'static str),
    Pin(Setting, &'static str),
    Rule(Id),
    TheEnd,
}

/// Parties and rules of the findings, and how often each.
type Found = BTreeMap<(Party, Vec<Id>), usize>;

/// Asks for the reasons of the changes of one trace.
#[derive(Debug)]
pub struct Reasons<'a> {
    base: &'a Base,
    /// What is found in the trace as it was; none where it contradicts itself then.
    before: HashMap<Away, Option<Found>>,
    values: Vec<(Setting, &'static str)>,
}

/// A sentence that leaves open what a line says: the rule allows the line, whatever it is.
struct Says {
    rule: &'static str,
    /// The words of the rule that say so: a test looks for them in its sentence.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares it with the sentence"))]
    words: &'static str,
    event: &'static str,
    sort: Sort,
}

/// Where asking the model for another value cannot tell a rule that leaves it open from one that forgot to look.
const SAYS: [Says; 1] = [Says {
    rule: "DBG-4",
    words: "with a text of its own",
    event: "delivery_raised",
    sort: Sort::Answer,
}];

/// How long after the last line the end comes that is long after.
const LONG: Millis = 40 * 24 * 3_600_000;

const UNTOLD: [&str; 4] = [
    "what is recorded",
    "conditions that nobody told",
    "the beginning is unknown",
    "the tolerance",
];

impl<'a> Reasons<'a> {
    /// Of the changes of this trace.
    #[must_use]
    pub fn of(base: &'a Base) -> Self {
        Self {
            base,
            before: HashMap::new(),
            values: values(base),
        }
    }

    /// Why this one is accepted.
    pub fn find(&mut self, change: &Change, changed: &[Record], report: &Report) -> Reason {
        if !change.is_the_schedulers {
            return Reason::NotTheSchedulers;
        }
        let candidates = self.candidates(report);
        let apart = candidates.iter().find(|away| self.tells_apart(**away, change, changed));
        if let Some(away) = apart {
            return away.reason();
        }
        let needed = candidates.iter().find(|away| self.is_needed(**away, change, changed));
        if let Some(away) = needed {
            return away.reason();
        }
        self.by_the_line(change, changed)
            .map_or(Reason::None, |rule| Reason::Rule(rule.id))
    }

    /// Whether the line that was moved, left out or put in is refused too with this taken away, as it would be in the
    /// trace as it was. Of a line that says something else this proves little: only a `must` that allows by itself does,
    /// or a setting whose own rule is what is broken then.
    fn is_needed(&self, away: Away, change: &Change, changed: &[Record]) -> bool {
        let records = if change.sort == Sort::LeftOut {
            &self.base.records
        } else {
            changed
        };
        let event = change.judged_at(changed) as u64 + 1;
        let decides: &[&Rule] = match away {
            Away::Pin(setting, _) => setting.entry().rules,
            Away::Rule(id)
                if !change.sort.says_otherwise() || rules::find(id).is_some_and(|rule| rule.force == Force::Must) =>
            {
                &[]
            }
            Away::Untold(_) if !change.sort.says_otherwise() => &[],
            Away::Rule(_) | Away::Untold(_) | Away::TheEnd => return false,
        };
        let Ok(report) = reported(self.base, records, away) else {
            return false;
        };
        let names = |finding: &Finding| {
            let is_own = finding.rules.iter().any(|rule| decides.contains(rule));
            decides.is_empty() || !change.sort.says_otherwise() || is_own
        };
        // Where only the order or the time is another, it may show in any line.
        let is_there = |found: u64| found == event || change.moves();
        let mut findings = report.findings.iter();
        findings.any(|finding| is_there(finding.event) && names(finding))
    }

    /// The oracle before the line at this place.
    fn before(&self, records: &[Record], at: usize) -> Option<Oracle> {
        let mut oracle = self.base.oracle().ok()?;
        oracle.foresee(Foresight::of(records));
        for record in records.get(..at)? {
            oracle.step(record).ok()?;
        }
        Some(oracle)
    }

    /// The rule by which the model allows the line. Of a line that says something else it has to be another than before,
    /// or one that offers both answers.
    fn by_the_line(&self, change: &Change, changed: &[Record]) -> Option<&'static Rule> {
        let at = change.judged_at(changed);
        let base = &self.base.records;
        let left_out = change.sort == Sort::LeftOut;
        let records = if left_out { base } else { changed };
        let oracle = self.before(records, at)?;
        let line = records.get(at)?;
        let now = oracle.allowed_by(line).ok()?;
        if !change.sort.says_otherwise() {
            // What is still under way has no rule yet; where it stood it had one.
            let stood = || {
                let at = base.iter().position(|record| record.event == line.event)?;
                self.before(base, at)?.allowed_by(&base[at]).ok()?.first().copied()
            };
            return now.first().copied().or_else(stood);
        }
        if let Some(says) = SAYS
            .iter()
            .find(|says| says.sort == change.sort && says.event == change.event)
        {
            let rule = now.iter().find(|rule| rule.id.to_string() == says.rule);
            if rule.is_some() {
                return rule.copied();
            }
        }
        // A face of a card that a `may` allows among others.
        if change.sort == Sort::Card
            && let Some(may) = now.iter().find(|rule| rule.force == Force::May)
        {
            return Some(may);
        }
        let before = oracle.allowed_by(self.base.records.get(at)?).ok()?;
        if let Some(other) = now.iter().find(|rule| !before.contains(rule)) {
            return Some(other);
        }
        // A rule that names several answers allows each of them.
        let offers = oracle.offers(line).ok()?;
        let several = |rule: &&&Rule| {
            let mut by = offers.iter().filter(|offer| offer.rule == **rule);
            let one = by.next().map(|offer| offer.answer);
            let lists = one.is_some_and(|answer| matches!(answer, Allowed::Refuses(codes) if codes.iter().count() > 1));
            lists || one == Some(Allowed::Anything) || by.next().is_some()
        };
        now.iter().find(several).copied()
    }

    /// What may allow it, the plainest first.
    fn candidates(&self, report: &Report) -> Vec<Away> {
        let exercised = || report.exercised.iter().map(|(rule, _)| *rule);
        let may = exercised().filter(|rule| rule.force == Force::May);
        let must = exercised().filter(|rule| rule.force == Force::Must);
        // Of a model without a rule no other rule can be taken out.
        let whole = self.base.without.is_none();
        let rules = move |rule: &'static Rule| whole.then_some(Away::Rule(rule.id));
        let pins = self.values.iter().filter(|(setting, _)| {
            let decides = setting.entry().rules;
            decides.is_empty() || exercised().any(|rule| decides.contains(&rule))
        });
        let header = &self.base.header;
        let untold = UNTOLD.into_iter().filter(|what| told(header, what) != *header);
        untold
            .map(Away::Untold)
            .chain(may.filter_map(rules))
            .chain(pins.map(|(setting, value)| Away::Pin(*setting, value)))
            .chain(must.filter_map(rules))
            .chain([Away::TheEnd])
            .collect()
    }

    fn tells_apart(&mut self, away: Away, change: &Change, changed: &[Record]) -> bool {
        let base = self.base;
        let before = match self.before.entry(away) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(found(base, &base.records, away)),
        };
        let Some(before) = before else { return false };
        let Some(after) = found(base, changed, away) else {
            return true;
        };
        let more = |one: &Found, other: &Found| {
            one.iter()
                .any(|(what, times)| *times > other.get(what).copied().unwrap_or_default())
        };
        let may = match away {
            Away::Rule(id) => rules::find(id).is_some_and(|rule| rule.force == Force::May),
            Away::Pin(..) => true,
            Away::Untold(_) | Away::TheEnd => false,
        };
        more(&after, before) || (may || !change.sort.says_otherwise()) && more(before, &after)
    }
}

impl Away {
    fn reason(self) -> Reason {
        match self {
            Self::Untold(what) => Reason::Untold(what),
            Self::Pin(setting, _) => Reason::Setting(setting.entry().name),
            Self::Rule(id) => Reason::Rule(id),
            Self::TheEnd => Reason::TheEnd,
        }
    }
}

/// What is found with something taken away; none where the trace contradicts itself then.
fn found(base: &Base, records: &[Record], away: Away) -> Option<Found> {
    let report = reported(base, records, away).ok()?;
    let mut found = Found::new();
    for Finding { party, rules, .. } in &report.findings {
        let rules = rules.iter().map(|rule| rule.id).collect();
        *found.entry((*party, rules)).or_default() += 1;
    }
    Some(found)
}

/// The report with something taken away.
fn reported(base: &Base, records: &[Record], away: Away) -> Result<Report, Malformed> {
    match away {
        Away::Untold(what) => judge(&told(&base.header, what), &base.terms, records, base.without),
        Away::Pin(setting, value) => {
            let mut terms = base.terms.clone();
            terms.pins.retain(|(name, _)| name != setting.entry().name);
            terms.pins.push((setting.entry().name.to_owned(), value.to_owned()));
            judge(&base.header, &terms, records, base.without)
        }
        Away::Rule(id) => judge(&base.header, &base.terms, records, rules::find(id)),
        Away::TheEnd => {
            let mut records = records.to_vec();
            let last = records.iter().rposition(|record| record.end.is_some());
            let at = records.last().map_or(0, |last| last.at) + LONG;
            last.into_iter().for_each(|end| drop(records.remove(end)));
            records.push(Record::end(at, End::Closed));
            judge(&base.header, &base.terms, &records, base.without)
        }
    }
}

/// The header with something told that it leaves open.
fn told(header: &Header, what: &str) -> Header {
    let mut header = header.clone();
    match UNTOLD.iter().position(|untold| *untold == what).unwrap_or_default() {
        0 => header.recorded = None,
        1 => {
            header.origin = Origin::MadeUp;
            header.unknown.clear();
            header.untracked.clear();
        }
        2 => header.initial = Initial::Known,
        _ => header.tolerance = 0,
    }
    header
}

/// The values of settings that the trace is not judged by: of a choice every other one, of a number some.
fn values(base: &Base) -> Vec<(Setting, &'static str)> {
    let Terms { profile, os, pins } = &base.terms;
    let named = profile.as_deref().or(base.header.profile.as_deref());
    let named = named.and_then(|name| name.parse().ok()).unwrap_or(Named::Contract);
    let mut profile = Profile::new(named, os.unwrap_or(base.header.os));
    for (name, value) in base
        .header
        .pins
        .iter()
        .chain(pins.iter().map(|(name, value)| (name, value)))
    {
        // The trace was judged by it, so that it is one.
        drop(profile.pin(name, value));
    }
    let numbers = |setting: &Setting| match setting.entry().kind {
        Type::Choice(values) => values,
        Type::Count => &["0", "1", "2", "10"],
        Type::Duration => &["1 ms", "1 s", "20 s", "50 s", "10 min", "3 h", "20 d"],
    };
    let all = Setting::ALL.iter().flat_map(|setting| {
        let values = numbers(setting).iter().map(|value| (*setting, *value));
        let now = profile.value(*setting);
        values.filter(move |(_, value)| *value != now)
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_is_said_to_leave_open_stands_in_its_sentence() {
        for says in SAYS {
            let mut rules = rules::all().filter(|rule| rule.id.to_string() == says.rule);
            assert!(
                rules.any(|rule| rule.text.contains(says.words)),
                "{}: {}",
                says.rule,
                says.words
            );
        }
    }
}
