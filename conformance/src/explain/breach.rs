//! How a breach came about: what each possible state said against it, what was allowed instead, and the smallest edit.

use bgspec_model::oracle::explain::{Account, Refusal, Standing};
use bgspec_model::oracle::{Foresight, Oracle};
use bgspec_model::report::{Alternative, Finding, Report};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::{Event, Identifier, Millis, Record};

use super::form::{Breach, Refused, ids};
use super::{Asked, act, clock, edit, narrate, nearest};
use crate::report::{Found, Instead};
use crate::text::humane;

/// So many breaches are told with their edits; the rest without.
const MOST_EDITED: usize = 8;
/// So many events that were allowed are shown.
const MOST_NEAREST: usize = 3;

/// Tells every breach of a trace.
pub(super) fn tell(asked: &Asked<'_>, report: &Report, accounts: &[Account]) -> Vec<Breach> {
    let tell = |(number, finding): (usize, &Finding)| {
        let account = account_of(finding, accounts);
        let (edit, tried) = if number < MOST_EDITED {
            edit::smallest(asked, report, finding, account)
        } else {
            (None, 0)
        };
        let mut found = Found::new(finding, true, asked.places);
        found.what = humane(&found.what);
        Breach {
            finding: found,
            to_do: act::about(finding).to_owned(),
            states: account.map_or_else(Vec::new, |account| account.states.iter().map(Refused::from).collect()),
            nearest: if number < MOST_EDITED && finding.party != Party::App {
                nearest(asked, finding, account)
            } else {
                Vec::new()
            },
            edit,
            tried,
        }
    };
    report.findings.iter().enumerate().map(tell).collect()
}

/// The account of a finding: of the same event, and with one of its rules.
fn account_of<'a>(finding: &Finding, accounts: &'a [Account]) -> Option<&'a Account> {
    let fits = |account: &&Account| {
        let mut said = account
            .states
            .iter()
            .flat_map(|state| state.rules.iter().chain(state.instead.iter().map(|other| &other.rule)));
        account.event == finding.event && account.at == finding.at && said.any(|rule| finding.rules.contains(rule))
    };
    accounts.iter().find(fits)
}

impl From<&Refusal> for Refused {
    fn from(refusal: &Refusal) -> Self {
        Self {
            state: refusal.state.clone(),
            supposes: refusal.supposes.clone(),
            rules: ids(&refusal.rules),
            instead: refusal.instead.iter().map(Instead::from).collect(),
            owed: refusal.owed.iter().map(narrate::event).collect(),
        }
    }
}

impl From<&Alternative> for Instead {
    fn from(other: &Alternative) -> Self {
        Self {
            what: other.what.clone(),
            rule: other.rule.id.to_string(),
        }
    }
}

/// What the scheduler might have done at that place, or with the same event at the earliest later time.
fn nearest(asked: &Asked<'_>, finding: &Finding, account: Option<&Account>) -> Vec<Instead> {
    let place = finding.event as usize - 1;
    let Some((record, event)) = asked
        .records
        .get(place)
        .and_then(|record| Some((record, record.event.as_ref()?)))
    else {
        return Vec::new();
    };
    let Ok(mut oracle) = Oracle::new(asked.header, asked.terms) else {
        return Vec::new();
    };
    oracle.foresee(Foresight::of(asked.records));
    for earlier in &asked.records[..place] {
        if oracle.step(earlier).is_err() {
            return Vec::new();
        }
    }
    let mut nearest: Vec<Instead> = Vec::new();
    let mut offer = |record: &Record, prefix: &str| {
        if let Some(by) = oracle.allows(record) {
            nearest.push(Instead {
                what: format!("{prefix}{}", narrate::line(record)),
                rule: ids(&by).join(", "),
            });
        }
    };
    let launches = matches!(
        event,
        Event::Launched(_) | Event::Delivered(_) | Event::DeliveryRaised(_)
    );
    for at in floors(account, record.at).into_iter().filter(|_| launches) {
        let later = Record { at, ..record.clone() };
        offer(&later, &format!("from {} on: ", clock(at)));
    }
    if let Some(later) = nearest::later(&oracle, record, event) {
        offer(&later, &format!("from {} on: ", clock(later.at)));
    }
    for other in nearest::others(event, asked) {
        let other = Record {
            event: Some(other),
            ..record.clone()
        };
        offer(&other, "");
    }
    nearest.extend(nearest::after(&oracle, record, event, &asked.records[..place]));
    let launched = |id: &Identifier| {
        let waiting = oracle.why_not(id.as_str(), record.at);
        waiting.is_some_and(|waiting| waiting.may_be(Standing::Launched))
    };
    let is_due = matches!(event, Event::Delivered(delivered) if launched(&delivered.task.id));
    if launches && !is_due {
        nearest.push(Instead {
            what: "no launch yet, or none at all".to_owned(),
            rule: "CON-12".to_owned(),
        });
    }
    nearest.truncate(MOST_NEAREST);
    nearest
}

/// The earliest begin dates that were still to come, soonest first.
pub(super) fn floors(account: Option<&Account>, at: Millis) -> Vec<Millis> {
    let states = account.into_iter().flat_map(|account| &account.states);
    let dates = states
        .flat_map(|state| &state.outstanding)
        .filter_map(|request| request.earliest);
    let mut dates: Vec<_> = dates.filter(|date| *date > at).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}
