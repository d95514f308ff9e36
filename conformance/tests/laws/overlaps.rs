//! Which calls are tried before an event is a matter of speed: to try every open call before everything, in every
//! order, comes to the same verdict and the same findings. `BGSPEC_OVERLAPS=N` compares N times as many histories.

use bgspec_conformance::play::adapter::Adapter;
use bgspec_conformance::reference::{Choices, InProcess};
use bgspec_model::oracle::{Terms, Workings};
use bgspec_model::report::{Finding, Verdict};
use bgspec_model::rule::Party;
use bgspec_model::vocabulary::*;

use crate::change::some;
use crate::judge::{Judged, conforming, conforming_corpus, judge_by, no_complaints, sort_of};
use crate::source::{Random, Trace};

/// The begin of a call and its end, of a line that is both.
fn parted(record: &Record, call: u32) -> Option<(Record, Record)> {
    let mut event = record.event.clone()?;
    if record.call.is_some() || event.role() != Role::Call {
        return None;
    }
    let work = |answer: Option<WorkAnswer>| answer.map(Answer::Work);
    let answer = match &mut event {
        Event::Register(register) => register.answer.take().map(Answer::Register),
        Event::Submit(submit) => submit.answer.take().map(Answer::Submit),
        Event::SubmitAsync(submit) => submit.answer.take().map(Answer::Void),
        Event::Pending(pending) => pending.answer.take().map(Answer::Pending),
        Event::SupportedResources(supported) => supported.answer.take().map(Answer::SupportedResources),
        Event::GpuWork(used) | Event::NeuralEngineWork(used) => work(used.answer.take()),
        Event::ProtectedRead(read) => work(read.answer.take()),
        _ => None,
    };
    let answer = answer.unwrap_or(Answer::Void(ReturnAnswer::Returned));
    let call = Some(call);
    let begin = Record {
        call,
        event: Some(event),
        ..record.clone()
    };
    let end = Record {
        call,
        ..Record::of(record.at, record.pid?, Event::End(answer))
    };
    Some((begin, end))
}

/// Lines over which the begin or the end of a call is not moved: the process of the call is another beyond.
fn is_wall(record: &Record) -> bool {
    let ends = |event: &Event| {
        matches!(
            event,
            Event::Started(_)
                | Event::Launched(_)
                | Event::ForceQuit(_)
                | Event::Crashed(_)
                | Event::MemoryKilled(_)
                | Event::Reboot(_)
                | Event::Killed(_)
                | Event::Updated(_)
                | Event::Installed(_)
                | Event::Uninstalled(_)
                | Event::Gap(_)
        )
    };
    record.end.is_some() || record.event.as_ref().is_none_or(ends)
}

/// The answer to a grant, or to time that is taken back: the runner makes no call before it.
fn answers_the_runner(record: &Record) -> bool {
    matches!(
        record.event,
        Some(Event::Launched(_) | Event::Delivered(_) | Event::DeliveryRaised(_) | Event::Expired(_))
    )
}

/// Whether a call is about the task that the line delivers.
fn makes_its_task(record: &Record, call: &Record) -> bool {
    let about = match &call.event {
        Some(Event::SetExpirationHandler(of)) => &of.task,
        Some(Event::Progress(of)) => &of.task,
        Some(Event::UpdateTitle(of)) => &of.task,
        Some(Event::Complete(of)) => &of.task,
        _ => return false,
    };
    matches!(&record.event, Some(Event::Delivered(delivered)) if delivered.task == *about)
}

/// The same story told by threads: some calls begin earlier and end later than the moment at which they took effect,
/// at most `threads` of them at once. What a trace says before stays true: the old moment lies between.
pub fn overlapped(trace: &Trace, threads: usize, random: &mut Random) -> Trace {
    const FAR: usize = 7;
    let driven = trace.header.discretion == Discretion::Driven;
    let mut records: Vec<Record> = trace.records.clone();
    let mut number = 0;
    let mut place = 0;
    while place < records.len() {
        let parts = if random.once_in(3) {
            None
        } else {
            parted(&records[place], number)
        };
        let Some((mut begin, mut end)) = parts else {
            place += 1;
            continue;
        };
        let mut first = place;
        let mut reach = random.below(FAR);
        while reach > 0 && first > 0 {
            let before = &records[first - 1];
            if is_wall(before) || makes_its_task(before, &begin) || answers_the_runner(before) && driven {
                break;
            }
            first -= 1;
            reach -= 1;
        }
        let mut last = place + 1;
        let mut reach = random.below(FAR);
        while reach > 0 && last < records.len() && !is_wall(&records[last]) {
            last += 1;
            reach -= 1;
        }
        begin.at = records[first].at;
        end.at = records[last - 1].at;
        let mut moved = records.clone();
        moved.insert(last, end);
        moved.remove(place);
        moved.insert(first, begin);
        if open_at_once(&moved) <= threads {
            records = moved;
            number += 1;
        }
        place += 1;
    }
    Trace {
        name: format!("{} on {threads} threads", trace.name),
        records,
        ..trace.clone()
    }
}

/// How many calls are open at once, at most.
pub fn open_at_once(records: &[Record]) -> usize {
    let (mut open, mut most) = (0, 0);
    for record in records.iter().filter(|record| record.call.is_some()) {
        match record.event {
            Some(Event::End(_)) => open -= 1,
            _ => open += 1,
        }
        most = most.max(open);
    }
    most
}

/// What the findings say, in an order that does not hang on when each became certain. Of two lines by which the app did
/// the same wrong, either may be named, and so of two duties one line may have broken both.
pub fn said(judged: &Judged) -> Vec<String> {
    let lines = |finding: &Finding| {
        let mut rules: Vec<_> = finding.rules.iter().map(|rule| rule.id.to_string()).collect();
        rules.sort();
        let mut instead: Vec<_> = finding
            .instead
            .iter()
            .map(|other| format!("{} {}", other.rule.id, other.what))
            .collect();
        instead.sort();
        let party = finding.party;
        match party {
            Party::App => rules.iter().map(|rule| format!("{party} {rule}")).collect(),
            _ => vec![format!(
                "line {} {party} {rules:?} {} {instead:?}",
                finding.event + 1,
                finding.what
            )],
        }
    };
    let report = &judged.report;
    let mut lines: Vec<_> = report.findings.iter().chain(&report.advice).flat_map(lines).collect();
    lines.sort();
    lines
}

#[derive(Default)]
struct Compared {
    traces: usize,
    broken: usize,
    /// Histories with fewer states than where everything is tried.
    fewer: usize,
    most: usize,
    most_of_everything: usize,
    complaints: Vec<(usize, String, String)>,
}

impl Compared {
    /// Whether the verdict and the findings are those of an oracle that tries everything.
    fn compare(&mut self, trace: &Trace, withholds_answers: bool) {
        let workings = Workings {
            withholds_answers,
            most_states: 3_000,
            ..Workings::default()
        };
        let everything = Workings {
            closes_over_everything: true,
            ..workings
        };
        let (Ok(some), Ok(every)) = (judge_by(trace, workings), judge_by(trace, everything)) else {
            return;
        };
        if some.gave_up() || every.gave_up() {
            return;
        }
        self.traces += 1;
        self.broken += usize::from(every.report.verdict == Verdict::Breaks);
        self.fewer += usize::from(some.report.most_states < every.report.most_states);
        self.most = self.most.max(some.report.most_states);
        self.most_of_everything = self.most_of_everything.max(every.report.most_states);
        if said(&some) == said(&every) && some.report.verdict == every.report.verdict {
            return;
        }
        let sort = some
            .report
            .findings
            .iter()
            .chain(&every.report.findings)
            .next()
            .map_or_else(String::new, sort_of);
        let what = format!(
            "what depends:\n{}\n{:#?}\neverything:\n{}\n{:#?}\n{}",
            some.short(),
            said(&some),
            every.short(),
            said(&every),
            trace.lines()
        );
        self.complaints.push((trace.records.len(), sort, what));
    }
}

const IDS: [&str; 4] = ["app.a", "app.b", "app.c", "app.d"];
const PENDING: [Kind; 3] = [Kind::Refresh, Kind::Processing, Kind::HealthResearch];

/// Calls of one app on every kind, more than anybody makes, with a change of the device now and then, as the reference
/// scheduler answers them.
pub fn busy(seed: u64) -> Trace {
    let mut random = Random::new(seed);
    let version: Version = ["18", "26", "27"][random.below(3)].parse().unwrap();
    let mut header = Header::new(version, "app");
    header.permitted = Permitted::List(IDS[..3].iter().map(|id| (*id).to_owned()).collect());
    header.modes = vec!["fetch".to_owned(), "processing".to_owned()];
    header.entitlements = vec!["com.apple.developer.backgroundtasks.healthresearch".to_owned()];
    header.study_opt_in = true;
    header.discretion = Discretion::Driven;
    header.profile = random.once_in(2).then(|| "field".to_owned());
    let few = random.once_in(2);
    if few {
        header.pins.insert("processing_limit".to_owned(), "2".to_owned());
    }
    let adapter = InProcess::with(Choices {
        processing_limit: if few { 2 } else { 10 },
        continued_capacity: 1,
        ..Choices::default()
    });
    header.pins.insert("continued_capacity".to_owned(), "1".to_owned());
    adapter.reset(&header).unwrap();
    if random.once_in(3) {
        header.unknown = vec![Condition::LowPower, Condition::BackgroundRefresh];
    }
    let mut records = Vec::new();
    let mut say = |event: Event| {
        let mut record = Record::of(0, 1, event);
        let applied = adapter.apply(&record).unwrap();
        if let (Some(event), Some(answer)) = (&mut record.event, applied.answer) {
            merge(event, answer);
        }
        records.push(record);
        records.extend(applied.observed);
    };
    say(Event::Started(Started { by: Starter::Person }));
    for id in IDS.iter().filter(|_| !random.once_in(4)) {
        say(Event::Register(Register {
            through: None,
            id: (*id).into(),
            queue: None,
            answer: None,
        }));
    }
    say(Event::LaunchFinished(Empty {}));
    let kinds = if version >= Version::new(26, 0) {
        &Kind::ALL[..]
    } else {
        &PENDING[..]
    };
    for _ in 0..16 {
        let id = IDS[random.below(IDS.len())];
        say(match random.below(12) {
            0..5 => Event::Submit(Submit::of(Request {
                power: random.once_in(2),
                title: Some("Exporting".to_owned()),
                ..Request::new(id, kinds[random.below(kinds.len())])
            })),
            5 | 6 => Event::Cancel(OfIdentifier { id: id.into() }),
            7 => Event::CancelAll(Empty {}),
            8 | 9 => Event::Pending(Pending::default()),
            10 => Event::Register(Register {
                through: None,
                id: id.into(),
                queue: None,
                answer: None,
            }),
            _ => Event::Device(Device {
                low_power: Some(random.once_in(2)),
                ..Device::default()
            }),
        });
    }
    records.push(Record::end(0, End::Closed));
    Trace {
        name: format!("busy, seed {seed}"),
        header,
        records,
        terms: Terms::default(),
    }
}

/// Puts an answer into its call.
fn merge(event: &mut Event, answer: Answer) {
    match (event, answer) {
        (Event::Register(call), Answer::Register(answer)) => call.answer = Some(answer),
        (Event::Submit(call), Answer::Submit(answer)) => call.answer = Some(answer),
        (Event::Pending(call), Answer::Pending(answer)) => call.answer = Some(answer),
        _ => {}
    }
}

#[test]
fn to_try_every_call_before_everything_finds_the_same() {
    let mut compared = Compared::default();
    let mut random = Random::new(17);
    let rounds: u64 = std::env::var("BGSPEC_OVERLAPS").map_or(1, |rounds| rounds.parse().unwrap());
    for round in 0..rounds {
        let changed = [
            some(conforming(), 2, 1000 * round + 71),
            some(conforming_corpus(), 1, 1000 * round + 72),
        ]
        .concat();
        for trace in conforming().iter().chain(conforming_corpus()).chain(&changed) {
            let threads = 2 + random.below(3);
            let trace = overlapped(trace, threads, &mut random);
            if open_at_once(&trace.records) > 1 {
                compared.compare(&trace, random.once_in(3));
            }
        }
    }
    for seed in 0..200 * rounds {
        let trace = busy(seed);
        let changed = some(std::slice::from_ref(&trace), 2, seed);
        for trace in std::iter::once(&trace).chain(&changed) {
            let threads = 2 + random.below(3);
            compared.compare(&overlapped(trace, threads, &mut random), random.once_in(3));
        }
    }
    println!(
        "{} histories, {} of them broken, {} with fewer states, at most {} states, {} where everything is tried",
        compared.traces, compared.broken, compared.fewer, compared.most, compared.most_of_everything
    );
    assert!(compared.traces > 500, "{}", compared.traces);
    assert!(compared.broken > 100, "{}", compared.broken);
    assert!(compared.fewer * 4 > compared.traces, "{}", compared.fewer);
    no_complaints("overlaps", compared.complaints);
}

#[test]
fn a_story_that_is_told_by_threads_breaks_no_rule_that_it_kept_before() {
    let mut complaints = Vec::new();
    let mut random = Random::new(29);
    let mut judged = 0;
    for trace in conforming().iter().chain(conforming_corpus()) {
        let threads = 2 + random.below(3);
        let trace = overlapped(trace, threads, &mut random);
        let workings = Workings {
            withholds_answers: random.once_in(3),
            ..Workings::default()
        };
        let Ok(found) = judge_by(&trace, workings) else {
            continue;
        };
        judged += 1;
        if let Some(finding) = found.scheduler().next() {
            complaints.push((
                trace.records.len(),
                sort_of(finding),
                format!("{}\n{}", found.short(), trace.lines()),
            ));
        }
    }
    assert!(judged > 500, "{judged}");
    no_complaints("told by threads", complaints);
}
