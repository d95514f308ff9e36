//! Settings: what is open is every value at once, and what is wider refuses less.

use bgspec_model::report::Finding;
use bgspec_model::rule::Party;
use bgspec_model::setting::{Setting, Type};
use bgspec_model::vocabulary::Version;

use crate::change::some;
use crate::judge::{Judged, conforming, conforming_corpus, judge, no_complaints, sort_of};
use crate::source::{Trace, many};

/// The trace with settings pinned besides its own.
fn pinned(trace: &Trace, pins: &[(Setting, &str)]) -> Trace {
    let mut trace = trace.clone();
    let pins = pins
        .iter()
        .map(|(setting, value)| (setting.entry().name.to_owned(), (*value).to_owned()));
    trace.terms.pins.extend(pins);
    trace
}

/// Every combination of values of these settings.
fn combinations(settings: &[Setting]) -> Vec<Vec<(Setting, &'static str)>> {
    let mut all = vec![Vec::new()];
    for setting in settings {
        all = all
            .into_iter()
            .flat_map(|pins| {
                setting.values().iter().map(move |value| {
                    let mut pins: Vec<(Setting, &'static str)> = pins.clone();
                    pins.push((*setting, *value));
                    pins
                })
            })
            .collect();
    }
    all
}

/// The place of the first breach; later than any where there is none.
fn first(judged: &Judged) -> u64 {
    judged.first().unwrap_or(u64::MAX)
}

/// What the app is blamed for: the event and the rules.
fn blames_of_the_app(judged: &Judged) -> Vec<(u64, String)> {
    let of_the_app = |finding: &&Finding| finding.party == Party::App;
    let findings = judged.report.findings.iter().filter(of_the_app);
    findings.map(|finding| (finding.event, sort_of(finding))).collect()
}

/// What is wrong with masks on one trace, if it asks for few enough open settings.
fn against_pins(trace: &Trace, compared: &mut u32) -> Option<(usize, String, String)> {
    const MOST: usize = 32;
    let open = judge(trace).ok()?;
    let asked: Vec<_> = open
        .asked
        .iter()
        .copied()
        .filter(|setting| setting.entry().fixed)
        .collect();
    let combinations = combinations(&asked);
    if asked.is_empty() || combinations.len() > MOST || open.gave_up() {
        return None;
    }
    *compared += 1;
    let each: Vec<_> = combinations
        .iter()
        .map(|pins| judge(&pinned(trace, pins)).map(|judged| (pins, first(&judged), blames_of_the_app(&judged))))
        .collect::<Result<_, _>>()
        .ok()?;
    let last = each.iter().map(|(_, first, _)| *first).max()?;
    let best: Vec<_> = each
        .iter()
        .filter(|(_, first, _)| *first == last)
        .map(|(pins, ..)| *pins)
        .collect();
    let say = |sort: &str, what: String| {
        let names: Vec<_> = asked.iter().map(|setting| setting.entry().name).collect();
        let what = format!(
            "{what}\nasked: {}\n{}\n{}",
            names.join(" "),
            open.short(),
            trace.lines()
        );
        Some((trace.records.len(), sort.to_owned(), what))
    };
    if first(&open) != last {
        let rule = open.scheduler().next().map_or_else(|| "nothing".to_owned(), sort_of);
        let names: Vec<_> = asked.iter().map(|setting| setting.entry().name).collect();
        return say(
            &format!("{rule}, asked {}", names.join(" ")),
            format!(
                "open: the first breach at event {}; pinned: {last}, with {:?}",
                first(&open),
                best[0]
            ),
        );
    }
    // Each party by itself: the app is blamed for what every combination blames it for under which the scheduler has broken
    // nothing until then. Where one choice blames the scheduler and the other the app, nobody is blamed.
    let open_blames = blames_of_the_app(&open);
    for (event, rules) in &open_blames {
        let mut alive = each.iter().filter(|(_, first, _)| first >= event);
        if let Some((pins, ..)) = alive.find(|(.., blames)| !blames.iter().any(|(other, _)| other == event)) {
            return say(
                &format!("the app, {rules}"),
                format!("open: the app breaks {rules} at event {event}; not with {pins:?}"),
            );
        }
    }
    for (event, rules) in each.iter().flat_map(|(.., blames)| blames) {
        let alive = each
            .iter()
            .filter(|(_, first, _)| first >= event)
            .map(|(.., blames)| blames);
        let mut everywhere = alive
            .clone()
            .filter(|blames| !blames.iter().any(|(other, _)| other == event));
        let is_open = open_blames.iter().any(|(other, _)| other == event);
        if !is_open && first(&open) >= *event && everywhere.next().is_none() && alive.count() > 0 {
            return say(
                &format!("the app is cleared, {rules}"),
                format!("every combination: the app breaks {rules} at event {event}"),
            );
        }
    }
    // What was chosen is what every combination has that goes as far.
    if last != u64::MAX {
        return None;
    }
    for setting in asked.iter().copied() {
        let value =
            |pins: &Vec<(Setting, &'static str)>| pins.iter().find(|(other, _)| *other == setting).map(|pin| pin.1);
        let one = value(best[0]).filter(|one| best.iter().all(|pins| value(pins) == Some(one)));
        let name = setting.entry().name;
        let chosen = open
            .report
            .chosen
            .iter()
            .find(|(other, _)| *other == name)
            .map(|pin| pin.1);
        if one != chosen {
            return say(
                &format!("chosen {name}"),
                format!("{name}: chosen {chosen:?}, by pins {one:?}"),
            );
        }
    }
    None
}

#[test]
fn open_settings_refuse_what_every_combination_of_pins_refuses_and_where() {
    let mut complaints = Vec::new();
    let mut compared = 0;
    let right = many().iter().map(|(trace, _)| trace);
    let changed = [some(conforming(), 3, 11), some(conforming_corpus(), 2, 12)].concat();
    for trace in right.chain(conforming_corpus()).chain(&changed) {
        complaints.extend(against_pins(trace, &mut compared));
    }
    println!("{compared} traces against all their pins");
    assert!(compared >= 2000, "{compared}");
    no_complaints("masks against pins", complaints);
}

/// What a wider profile refuses that a narrower one accepts.
fn refuses_more(narrow: &Trace, wide: &Trace) -> Option<(usize, String, String)> {
    let (Ok(before), Ok(after)) = (judge(narrow), judge(wide)) else {
        return None;
    };
    if before.gave_up() || after.gave_up() || first(&after) >= first(&before) {
        return None;
    }
    let sort = after.scheduler().next().map_or_else(String::new, sort_of);
    let what = format!("narrow: {}\nwide: {}\n{}", before.short(), after.short(), wide.lines());
    Some((wide.records.len(), sort, what))
}

/// The trace with a pin of its own widened.
fn widened(trace: &Trace, setting: Setting) -> Trace {
    let wide = match setting.entry().kind {
        Type::Choice(_) => "either",
        Type::Count | Type::Duration => "unknown",
    };
    pinned(trace, &[(setting, wide)])
}

#[test]
fn a_wider_setting_never_refuses_more() {
    let mut complaints = Vec::new();
    let (mut traces, mut compared) = (0, 0);
    let changed = some(conforming(), 1, 21);
    let all = many().iter().map(|(trace, _)| trace);
    let all = all.chain(&changed).chain(conforming_corpus().iter().step_by(6));
    for (turn, trace) in all.enumerate() {
        traces += 1;
        // Each trace with a few of the settings, another few for the next.
        for setting in Setting::ALL.iter().skip(turn % 12).step_by(12) {
            compared += 1;
            complaints.extend(refuses_more(trace, &widened(trace, *setting)));
            for value in setting.values() {
                let narrow = pinned(trace, &[(*setting, value)]);
                complaints.extend(refuses_more(&narrow, &widened(trace, *setting)));
            }
        }
    }
    println!("{compared} widenings of {traces} traces");
    assert!(traces >= 2000, "{traces}");
    no_complaints("a wider setting", complaints);
}

#[test]
fn field_accepts_what_contract_accepts() {
    let mut complaints = Vec::new();
    let changed = [some(conforming(), 2, 31), some(conforming_corpus(), 1, 32)].concat();
    for trace in conforming().iter().chain(conforming_corpus()).chain(&changed) {
        let by = |profile: &str| {
            let mut trace = trace.clone();
            trace.terms.profile = Some(profile.to_owned());
            trace
        };
        complaints.extend(refuses_more(&by("contract"), &by("field")));
    }
    no_complaints("the field", complaints);
}

#[test]
fn every_version_has_a_value_for_every_setting_that_a_pin_can_widen() {
    let os = Version::new(27, 0);
    for setting in Setting::ALL {
        let mut profile = bgspec_model::profile::Profile::new(bgspec_model::profile::Named::Contract, os);
        let wide = if setting.values().is_empty() {
            "unknown"
        } else {
            "either"
        };
        profile.pin(setting.entry().name, wide).unwrap();
        assert_eq!(profile.value(*setting), wide);
    }
}
