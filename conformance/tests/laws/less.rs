//! Telling less accuses nobody: of a party to whose deeds in a trace there is nothing to say, there is nothing to say
//! either where the same trace says less of what happened, and no such trace contradicts itself.

use bgspec_model::report::Report;
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::*;

use crate::judge::{judge, no_complaints, sort_of};
use crate::source::{Random, Trace, many};

/// How a trace tells less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Less {
    /// What was before is not known.
    UnknownBeginning,
    /// Its first lines are gone.
    CutFront,
    /// A line is gone, and a gap stands in its place.
    Gap,
    /// A line is gone, and the gap that says so comes some lines later.
    LateGap,
    /// A gap names one line's event and identifier without anything missing.
    IdleGap,
    /// An observation is not recorded.
    Kind,
    /// Two observations are not recorded.
    TwoKinds,
    /// Each call is a begin and an end, and half of one of them is a gap.
    HalfCall,
    /// Each call is a begin and an end.
    SplitCalls,
    /// A condition is not known at time zero, or two.
    Unknown,
    /// A condition is not followed, nor told, or two.
    Untracked,
    /// It is retold from a report, without a word about the device.
    Retold,
    /// An area is not declared.
    Area,
    /// Two areas are not declared.
    TwoAreas,
}

/// The names that a line speaks of.
fn ids_of(event: &Event) -> Option<Vec<Identifier>> {
    let id = match event {
        Event::Register(of) => of.id.clone(),
        Event::Submit(of) => of.id.clone(),
        Event::SubmitAsync(of) => of.id.clone(),
        Event::Cancel(of) => of.id.clone(),
        Event::Delivered(of) => of.task.id.clone(),
        Event::Complete(of) => of.task.id.clone(),
        Event::Progress(of) => of.task.id.clone(),
        Event::Expired(of) => of.task.id.clone(),
        Event::Card(of) => of.task.id.clone(),
        Event::DeliveryRaised(of) => of.id.clone(),
        Event::SetExpirationHandler(of) => of.task.id.clone(),
        _ => return None,
    };
    Some(vec![id])
}

fn gap_for(record: &Record, at: Millis) -> Option<Record> {
    let event = record.event.as_ref()?;
    let gap = Gap {
        from: record.at,
        events: Some(vec![event.name().to_owned()]),
        ids: ids_of(event),
    };
    Some(Record::new(at, Event::Gap(gap)))
}

/// Lines that can be missing: no half of a call, and no line that keeps the clock.
fn can_go(record: &Record) -> bool {
    record.call.is_none() && !matches!(record.event, None | Some(Event::Clock(_) | Event::Gap(_)))
}

fn split(record: &Record, number: u32) -> Vec<Record> {
    let mut begin = record.clone();
    begin.call = Some(number);
    let answer = match begin.event.as_mut() {
        Some(Event::Register(call)) => call.answer.take().map(Answer::Register),
        Some(Event::Submit(call)) => call.answer.take().map(Answer::Submit),
        Some(Event::SubmitAsync(call)) => call.answer.take().map(Answer::Void),
        Some(Event::Pending(call)) => call.answer.take().map(Answer::Pending),
        Some(Event::SupportedResources(call)) => call.answer.take().map(Answer::SupportedResources),
        Some(Event::GpuWork(call) | Event::NeuralEngineWork(call)) => call.answer.take().map(Answer::Work),
        Some(Event::ProtectedRead(call)) => call.answer.take().map(Answer::Work),
        _ => Some(Answer::Void(ReturnAnswer::Returned)),
    };
    let Some(answer) = answer else {
        return vec![record.clone()];
    };
    let mut end = Record::new(record.at, Event::End(answer));
    (end.pid, end.by, end.call) = (record.pid, record.by.clone(), Some(number));
    vec![begin, end]
}

fn with_split_calls(records: &[Record]) -> Vec<Record> {
    let base = records.iter().filter_map(|record| record.call).max().unwrap_or(0) + 1;
    let calls = |record: &Record| {
        record.call.is_none() && record.event.as_ref().is_some_and(|event| event.role() == Role::Call)
    };
    let mut number = base;
    records
        .iter()
        .flat_map(|record| {
            if calls(record) {
                number += 1;
                split(record, number)
            } else {
                vec![record.clone()]
            }
        })
        .collect()
}

fn observations() -> Vec<String> {
    Name::of(Role::Observation).map(|name| name.text().to_owned()).collect()
}

/// The trace without what was not recorded.
fn without_kinds(trace: &Trace, kinds: &[String]) -> Trace {
    let mut less = trace.clone();
    let recorded = less.header.recorded.take().unwrap_or_else(observations);
    less.header.recorded = Some(recorded.into_iter().filter(|name| !kinds.contains(name)).collect());
    let hidden = |record: &Record| {
        let event = record.event.as_ref();
        event.is_some_and(|event| kinds.iter().any(|kind| kind == event.name()))
    };
    less.records.retain(|record| !hidden(record));
    less
}

fn tell_less_of(trace: &mut Trace, condition: Condition) {
    let clear = |device: &mut Device| match condition {
        Condition::Network => device.network = None,
        Condition::Power => device.power = None,
        Condition::InUse => device.in_use = None,
        Condition::Locked => device.locked = None,
        Condition::UnlockedOnce => device.unlocked_once = None,
        Condition::LowPower => device.low_power = None,
        Condition::BackgroundRefresh => device.background_refresh = None,
        Condition::BackgroundLaunches => device.background_launches_denied = None,
        Condition::Pressure => device.pressure = None,
    };
    clear(&mut trace.header.device);
    trace.header.untracked.push(condition);
    for record in &mut trace.records {
        if let Some(Event::Device(device)) = &mut record.event {
            clear(device);
        }
    }
}

/// The trace as it tells less; none where it has nothing to leave out.
fn less(trace: &Trace, how: Less, random: &mut Random) -> Option<Trace> {
    let mut less = trace.clone();
    let count = trace.records.len() - 1;
    let pick = |random: &mut Random| {
        let places: Vec<_> = (0..count).filter(|place| can_go(&trace.records[*place])).collect();
        places.get(random.below(places.len())).copied()
    };
    let some_area = |random: &mut Random| Area::ALL[random.below(Area::ALL.len())];
    let some_condition = |random: &mut Random| Condition::ALL[random.below(Condition::ALL.len())];
    let unknown = |less: &mut Trace| {
        less.header.initial = Initial::Unknown;
        less.header.device = Device::default();
    };
    match how {
        Less::UnknownBeginning => unknown(&mut less),
        Less::CutFront => {
            unknown(&mut less);
            let cut = 1 + random.below(count / 2);
            for record in &trace.records[..cut] {
                if let Some(Event::Updated(facts)) = &record.event {
                    tell_update(&mut less.header, facts);
                }
            }
            let open = |record: &Record| {
                let calls = trace.records[..cut].iter().any(|other| other.call == record.call);
                record.call.is_some() && calls
            };
            less.records = trace.records[cut..]
                .iter()
                .filter(|record| !open(record))
                .cloned()
                .collect();
        }
        Less::Gap => {
            let place = pick(random)?;
            less.records[place] = gap_for(&trace.records[place], trace.records[place].at)?;
        }
        Less::LateGap => {
            let place = pick(random)?;
            let later = (place + 1 + random.below(4)).min(count);
            let at = trace.records[later - 1].at;
            less.records.insert(later, gap_for(&trace.records[place], at)?);
            less.records.remove(place);
        }
        Less::IdleGap => {
            let place = pick(random)?;
            let gap = gap_for(&trace.records[place], trace.records[place].at)?;
            less.records.insert(place + 1, gap);
        }
        Less::Kind => {
            let names = observations();
            return Some(without_kinds(trace, &[names[random.below(names.len())].clone()]));
        }
        Less::TwoKinds => {
            let names = observations();
            let two = [0, 0].map(|_| names[random.below(names.len())].clone());
            return Some(without_kinds(trace, &two));
        }
        Less::SplitCalls => less.records = with_split_calls(&trace.records),
        Less::HalfCall => {
            less.records = with_split_calls(&trace.records);
            let halves: Vec<_> = (0..less.records.len())
                .filter(|place| less.records[*place].call.is_some())
                .collect();
            let place = *halves.get(random.below(halves.len()))?;
            let at = less.records[place].at;
            less.records[place] = gap_for(&less.records[place], at)?;
        }
        Less::Unknown => {
            less.header.unknown.push(some_condition(random));
            less.header.unknown.push(some_condition(random));
        }
        Less::Untracked => {
            let (one, other) = (some_condition(random), some_condition(random));
            tell_less_of(&mut less, one);
            tell_less_of(&mut less, other);
        }
        Less::Retold => {
            less.header.origin = Origin::FromAReport;
            // A switch that goes off and may drop what is pending (CON-17) is told: nobody supposes one.
            let switches = [Condition::BackgroundRefresh, Condition::BackgroundLaunches];
            let silent = |condition: &Condition| !switches.contains(condition);
            for condition in Condition::ALL.into_iter().filter(silent) {
                tell_less_of(&mut less, condition);
            }
            less.header.untracked.clear();
        }
        Less::Area => less.header.without.push(some_area(random)),
        Less::TwoAreas => less.header.without.extend([some_area(random), some_area(random)]),
    }
    Some(less)
}

/// What a header says after an update.
fn tell_update(header: &mut Header, facts: &AppFacts) {
    let facts = facts.clone();
    header.permitted = facts.permitted.unwrap_or(header.permitted.clone());
    header.modes = facts.modes.unwrap_or(header.modes.clone());
    header.entitlements = facts.entitlements.unwrap_or(header.entitlements.clone());
    header.study_opt_in = facts.study_opt_in.unwrap_or(header.study_opt_in);
}

/// The parties that a report accuses.
fn accused(report: &Report) -> Vec<Party> {
    report.findings.iter().map(|finding| finding.party).collect()
}

fn law(how: Less) {
    let mut complaints = Vec::new();
    let mut compared = 0;
    for (place, (trace, whole)) in many().iter().enumerate() {
        let mut random = Random::new(place as u64 * 31 + how as u64);
        let Some(less) = less(trace, how, &mut random) else {
            continue;
        };
        compared += 1;
        let length = less.records.len();
        match judge(&less) {
            Err(malformed) => {
                let words: Vec<_> = malformed
                    .what()
                    .split(' ')
                    .filter(|word| !word.contains(['.', '#', ':']))
                    .collect();
                let sort = format!("malformed: {}", words.join(" ").replace(char::is_numeric, ""));
                complaints.push((length, sort, format!("{malformed}\n{}", less.lines())));
            }
            Ok(told) => {
                let parties = accused(&whole.report);
                let new = told
                    .report
                    .findings
                    .iter()
                    .find(|finding| !parties.contains(&finding.party));
                if let Some(finding) = new {
                    let sort = format!("{} {}", finding.party, sort_of(finding));
                    complaints.push((length, sort, format!("{}\n{}", told.short(), less.lines())));
                }
            }
        }
    }
    println!("{how:?}: {compared} traces");
    assert!(
        compared * 10 >= many().len() * 9,
        "{compared} of {} traces say anything to leave out",
        many().len()
    );
    no_complaints(&format!("{how:?}"), complaints);
}

#[test]
fn an_unknown_beginning_accuses_nobody() {
    law(Less::UnknownBeginning);
}

#[test]
fn a_cut_front_accuses_nobody() {
    law(Less::CutFront);
}

#[test]
fn a_gap_in_place_of_a_line_accuses_nobody() {
    law(Less::Gap);
}

#[test]
fn a_gap_told_later_accuses_nobody() {
    law(Less::LateGap);
}

#[test]
fn a_gap_in_which_nothing_is_missing_accuses_nobody() {
    law(Less::IdleGap);
}

#[test]
fn an_observation_that_is_not_recorded_accuses_nobody() {
    law(Less::Kind);
}

#[test]
fn two_observations_that_are_not_recorded_accuse_nobody() {
    law(Less::TwoKinds);
}

#[test]
fn calls_with_a_begin_and_an_end_accuse_nobody() {
    law(Less::SplitCalls);
}

#[test]
fn a_gap_in_place_of_half_a_call_accuses_nobody() {
    law(Less::HalfCall);
}

#[test]
fn a_condition_that_is_not_known_at_first_accuses_nobody() {
    law(Less::Unknown);
}

#[test]
fn a_condition_that_is_not_followed_accuses_nobody() {
    law(Less::Untracked);
}

#[test]
fn a_report_without_a_word_about_the_device_accuses_nobody() {
    law(Less::Retold);
}

#[test]
fn an_area_that_is_not_declared_accuses_nobody() {
    law(Less::Area);
}

#[test]
fn two_areas_that_are_not_declared_accuse_nobody() {
    law(Less::TwoAreas);
}
