//! The course of a case: what happened line by line, and beside each line what the process, the requests, the tasks and
//! the cards were in then.
//!
//! Only what stands in the trace: a request is pending from the submission that was accepted until it is delivered,
//! cancelled or gone with the app. What the system did unseen is the oracle's to say.

use std::collections::BTreeMap;

use bgspec_model::vocabulary::*;

use crate::campaign::story;
use crate::text::clip;

/// More lanes than anybody tells apart.
const MOST_LANES: usize = 24;

/// The course of a case.
#[derive(Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What has a state in it, in the order in which it comes up; the device and the process first.
    pub lanes: Vec<Lane>,
    /// Lanes that came up besides, and are left out.
    pub left_out: usize,
    /// The lines.
    pub rows: Vec<Row>,
}

/// Something that has a state.
#[derive(Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it is, such as "request com.example.app.refresh".
    pub name: String,
    /// In the state of each line it is after that line.
    pub states: Vec<State>,
    /// The lines that are about it, from 0.
    pub touched: Vec<usize>,
}

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the trace, the header not counted.
    pub number: u64,
    /// When.
    pub at: Millis,
    /// How long after the line before.
    pub after: Millis,
    /// Who it is from.
    pub from: From,
    /// What happened.
    pub what: String,
}

/// Who a line is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The world: the device, the person, the clock, the runner.
    World,
    /// The app.
    App,
    /// The scheduler.
    Scheduler,
    /// The recording.
    Recording,
}

impl From {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::World => "world",
            Self::App => "app",
            Self::Scheduler => "scheduler",
            Self::Recording => "recording",
        }
    }
}

/// What something is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It is not there, or has no state.
    #[default]
    Absent,
    /// A process that launches.
    Launching,
    /// A process in the background.
    Background,
    /// A process in the foreground.
    Foreground,
    /// A process that is suspended.
    Suspended,
    /// A request that is outstanding.
    Pending,
    /// A task that runs.
    Running,
    /// A task that expired and is not completed.
    Expired,
    /// A card that shows.
    Shown,
    /// A card that asks.
    Prompting,
    /// A card that says how it ended.
    Ended,
}

impl State {
    /// Every state that shows.
    pub const SHOWN: [Self; 10] = [
        Self::Launching,
        Self::Background,
        Self::Foreground,
        Self::Suspended,
        Self::Pending,
        Self::Running,
        Self::Expired,
        Self::Shown,
        Self::Prompting,
        Self::Ended,
    ];

    /// In a word; empty where there is nothing.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Absent => "",
            Self::Launching => "launching",
            Self::Background => "background",
            Self::Foreground => "foreground",
            Self::Suspended => "suspended",
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Expired => "expired",
            Self::Shown => "shown",
            Self::Prompting => "prompting",
            Self::Ended => "ended",
        }
    }
}

/// What has a lane.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Device,
    Process,
    Request(Identifier),
    Task(TaskName),
    Card(TaskName),
}

impl Thing {
    fn name(&self) -> String {
        let text = match self {
            Self::Device => "device".to_owned(),
            Self::Process => "process".to_owned(),
            Self::Request(id) => format!("request {}", story::named(id)),
            Self::Task(task) => format!("task {task}"),
            Self::Card(task) => format!("card of {task}"),
        };
        clip(&text, 120)
    }
}

impl Timeline {
    /// Of the lines of a case.
    #[must_use]
    pub fn of(records: &[Record]) -> Self {
        let mut follower = Follower::default();
        let mut rows = Vec::new();
        let mut before = records.first().map_or(0, |first| first.at);
        for (place, record) in records.iter().enumerate() {
            follower.see(place, record);
            rows.push(Row {
                number: place as u64 + 1,
                at: record.at,
                after: record.at - before,
                from: from(record),
                what: story::what(record),
            });
            before = record.at;
        }
        let mut lanes = follower.lanes();
        let left_out = lanes.len().saturating_sub(MOST_LANES);
        lanes.truncate(MOST_LANES);
        Self { lanes, left_out, rows }
    }
}

fn from(record: &Record) -> From {
    match record.event.as_ref().map(Event::role) {
        Some(Role::World) => From::World,
        Some(Role::Call) => From::App,
        // The scheduler answers.
        Some(Role::End | Role::Observation) => From::Scheduler,
        Some(Role::Gap) | None => From::Recording,
    }
}

/// What things are in, line by line.
#[derive(Debug, Default)]
struct Follower {
    now: BTreeMap<Thing, State>,
    /// The process that launches was opened by the person.
    is_in_front: bool,
    /// In the order in which they came up.
    order: Vec<Thing>,
    states: BTreeMap<Thing, Vec<State>>,
    touched: BTreeMap<Thing, Vec<usize>>,
    /// What calls submit that overlap others, and asynchronous ones.
    calls: BTreeMap<u32, Identifier>,
    flights: BTreeMap<u32, Identifier>,
}

impl Follower {
    fn see(&mut self, place: usize, record: &Record) {
        if let Some(event) = &record.event {
            self.event(place, event, record.call);
        }
        for thing in &self.order {
            let states = self.states.entry(thing.clone()).or_default();
            states.resize(place, State::Absent);
            states.push(self.now.get(thing).copied().unwrap_or_default());
        }
    }

    fn touch(&mut self, place: usize, thing: &Thing) {
        if !self.order.contains(thing) {
            self.order.push(thing.clone());
        }
        let touched = self.touched.entry(thing.clone()).or_default();
        if touched.last() != Some(&place) {
            touched.push(place);
        }
    }

    fn put(&mut self, place: usize, thing: Thing, state: State) {
        self.touch(place, &thing);
        self.now.insert(thing, state);
    }

    /// Every thing of a sort is in this state from now on.
    fn all(&mut self, place: usize, state: State, is: fn(&Thing) -> bool) {
        let there = self
            .now
            .iter()
            .filter(|(thing, now)| is(thing) && **now != State::Absent);
        let things: Vec<_> = there.map(|(thing, _)| thing.clone()).collect();
        for thing in things {
            self.put(place, thing, state);
        }
    }

    fn event(&mut self, place: usize, event: &Event, call: Option<u32>) {
        if event.row().process.ends() {
            self.all(place, State::Absent, |thing| {
                matches!(thing, Thing::Process | Thing::Task(_))
            });
        }
        match event {
            Event::Device(_) | Event::Reboot(_) => self.touch(place, &Thing::Device),
            Event::Uninstalled(_) | Event::CancelAll(_) => {
                self.all(place, State::Absent, |thing| matches!(thing, Thing::Request(_)));
            }
            Event::Started(started) => {
                self.is_in_front = started.by == Starter::Person;
                self.put(place, Thing::Process, State::Launching);
            }
            Event::Launched(_) => {
                self.is_in_front = false;
                self.put(place, Thing::Process, State::Launching);
            }
            Event::LaunchFinished(_) if self.is_in_front => self.put(place, Thing::Process, State::Foreground),
            Event::LaunchFinished(_) | Event::Background(_) => self.put(place, Thing::Process, State::Background),
            Event::Foreground(_) => self.put(place, Thing::Process, State::Foreground),
            Event::Suspended(_) => self.put(place, Thing::Process, State::Suspended),
            Event::Submit(submit) => match (&submit.answer, call) {
                (Some(SubmitAnswer::Accepted), _) => {
                    self.put(place, Thing::Request(submit.id.clone()), State::Pending);
                }
                (None, Some(call)) => {
                    self.touch(place, &Thing::Request(submit.id.clone()));
                    self.calls.insert(call, submit.id.clone());
                }
                (Some(SubmitAnswer::Refused(_) | SubmitAnswer::Raised(_)) | None, _) => {
                    self.touch(place, &Thing::Request(submit.id.clone()));
                }
            },
            Event::SubmitAsync(submit) => {
                self.touch(place, &Thing::Request(submit.id.clone()));
                self.flights.insert(submit.submission, submit.id.clone());
            }
            Event::End(answer) => {
                let id = call.and_then(|call| self.calls.remove(&call));
                if let (Some(id), Answer::Submit(answer)) = (id, answer) {
                    self.answered(place, id, *answer == SubmitAnswer::Accepted);
                }
            }
            Event::SubmissionCompleted(done) => {
                if let Some(id) = self.flights.remove(&done.submission) {
                    self.answered(place, id, done.error.is_none());
                }
            }
            Event::Cancel(of) => self.put(place, Thing::Request(of.id.clone()), State::Absent),
            Event::Delivered(delivered) => {
                let task = &delivered.task;
                self.put(place, Thing::Request(task.id.clone()), State::Absent);
                self.put(place, Thing::Task(task.clone()), State::Running);
            }
            Event::DeliveryRaised(raised) => self.put(place, Thing::Request(raised.id.clone()), State::Absent),
            Event::Expired(expired) => self.put(place, Thing::Task(expired.task.clone()), State::Expired),
            Event::CompletedBySystem(of) => self.put(place, Thing::Task(of.task.clone()), State::Absent),
            Event::Complete(complete) => self.put(place, Thing::Task(complete.task.clone()), State::Absent),
            Event::Card(card) => {
                let state = match card.is {
                    CardIs::Shown | CardIs::Changed => State::Shown,
                    CardIs::Prompting => State::Prompting,
                    CardIs::Finished | CardIs::Failed => State::Ended,
                    CardIs::Gone => State::Absent,
                };
                self.put(place, Thing::Card(card.task.clone()), state);
            }
            Event::PersonStops(of)
            | Event::PersonContinues(of)
            | Event::PersonIgnores(of)
            | Event::PersonDismisses(of)
            | Event::PersonClears(of) => self.touch(place, &Thing::Card(of.task.clone())),
            Event::TakeBack(of) => self.touch(place, &Thing::Task(of.task.clone())),
            Event::SetExpirationHandler(set) => self.touch(place, &Thing::Task(set.task.clone())),
            Event::Progress(progress) => self.touch(place, &Thing::Task(progress.task.clone())),
            Event::UpdateTitle(update) => self.touch(place, &Thing::Task(update.task.clone())),
            Event::ChangeSubmitted(request) | Event::ChangeListed(request) => {
                self.touch(place, &Thing::Request(request.id.clone()));
            }
            Event::Grant(of) | Event::SimulateLaunch(of) => self.touch(place, &Thing::Request(of.id.clone())),
            Event::Clock(_)
            | Event::Installed(_)
            | Event::Updated(_)
            | Event::KeptAwake(_)
            | Event::ForceQuit(_)
            | Event::Crashed(_)
            | Event::MemoryKilled(_)
            | Event::Debugger(_)
            | Event::SimulateExpiration(_)
            | Event::Register(_)
            | Event::Pending(_)
            | Event::SupportedResources(_)
            | Event::BlockQueue(_)
            | Event::UnblockQueue(_)
            | Event::WorkBegan(_)
            | Event::WorkEnded(_)
            | Event::GpuWork(_)
            | Event::NeuralEngineWork(_)
            | Event::ProtectedRead(_)
            | Event::Killed(_)
            | Event::Gap(_) => {}
        }
    }

    /// A submission was answered.
    fn answered(&mut self, place: usize, id: Identifier, accepted: bool) {
        if accepted {
            self.put(place, Thing::Request(id), State::Pending);
        } else {
            self.touch(place, &Thing::Request(id));
        }
    }

    fn lanes(mut self) -> Vec<Lane> {
        // The device and the process stand first.
        self.order.sort_by_key(|thing| match thing {
            Thing::Device => 0,
            Thing::Process => 1,
            Thing::Request(_) | Thing::Task(_) | Thing::Card(_) => 2,
        });
        let lane = |thing: &Thing| Lane {
            name: thing.name(),
            states: self.states.get(thing).cloned().unwrap_or_default(),
            touched: self.touched.get(thing).cloned().unwrap_or_default(),
        };
        self.order.iter().map(lane).collect()
    }
}
