//! The changes: what a wrong scheduler, or a wrong recording of a right one, could have made of one line.

use std::collections::{BTreeMap, BTreeSet};

use bgspec_model::vocabulary::{
    Answer, Area, Card, CardIs, Code, Delivered, DeliveryRaised, Empty, Event, Expired, Identifier, KillCause, Killed,
    Kind, Launched, Millis, OfTask, Process, Record, Role, Subject, SubmissionCompleted, TaskName,
};

use super::Base;
use super::json;

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The line is left out.
    LeftOut,
    /// It comes twice.
    Doubled,
    /// It changes places with the next one; the times stay where they were.
    Exchanged,
    /// It comes at the time of the line before it.
    AsThePredecessor,
    /// It and all that follows come so much later.
    Later(Millis),
    /// A call has another answer, an exception another text.
    Answer,
    /// It is about another identifier.
    Identifier,
    /// It is of another kind, or has another cause.
    Kind,
    /// It is about another task or submission of the same identifier.
    Number,
    /// Something else happens to the card.
    Card,
    /// The card or the request has another title or subtitle.
    Title,
    /// It happens on another queue.
    Queue,
    /// Another attribute is another.
    Attribute,
    /// An observation that nothing led to.
    Inserted,
}

/// By how much a line and all that follows come later.
pub const LATER: [Millis; 4] = [31_000, 61_000, 3_600_000, 30 * 3_600_000];

impl Sort {
    /// In a cell of a table.
    #[must_use]
    pub fn name(self) -> String {
        let text = match self {
            Self::LeftOut => "left out",
            Self::Doubled => "doubled",
            Self::Exchanged => "exchanged with the next",
            Self::AsThePredecessor => "at its predecessor's time",
            Self::Later(by) if by % 3_600_000 == 0 => return format!("{} h later", by / 3_600_000),
            Self::Later(by) => return format!("{} s later", by / 1000),
            Self::Answer => "another answer",
            Self::Identifier => "another identifier",
            Self::Kind => "another kind",
            Self::Number => "another number",
            Self::Card => "another card",
            Self::Title => "another title",
            Self::Queue => "another queue",
            Self::Attribute => "another attribute",
            Self::Inserted => "inserted",
        };
        text.to_owned()
    }

    /// Whether it says something else of the scheduler, at the same time: accepted without a reason it is a hole.
    #[must_use]
    pub const fn says_otherwise(self) -> bool {
        match self {
            Self::Answer | Self::Identifier | Self::Kind | Self::Number | Self::Card | Self::Title | Self::Queue => {
                true
            }
            Self::LeftOut
            | Self::Doubled
            | Self::Exchanged
            | Self::AsThePredecessor
            | Self::Later(_)
            | Self::Attribute
            | Self::Inserted => false,
        }
    }
}

/// How the lines differ.
#[derive(Debug, Clone)]
enum Edit {
    Remove,
    Replace(Record),
    Insert(Record),
    Exchange,
    At(Millis),
    Shift(Millis),
}

/// A change of the line at this place.
#[derive(Debug, Clone)]
pub struct Change {
    /// What it does.
    pub sort: Sort,
    /// The line, from 0 for the first one behind the header.
    pub place: usize,
    /// The area that the line is about.
    pub area: Area,
    /// The name of the line's event.
    pub event: &'static str,
    /// Whether it is the scheduler's doing: an observation, or the answer of a call.
    pub is_the_schedulers: bool,
    edit: Edit,
}

impl Change {
    /// The first line that differs.
    #[must_use]
    pub const fn begins(&self) -> usize {
        match self.edit {
            Edit::Insert(_) => self.place + 1,
            Edit::Remove | Edit::Replace(_) | Edit::Exchange | Edit::At(_) | Edit::Shift(_) => self.place,
        }
    }

    /// The line that comes in its place, where one does.
    #[must_use]
    pub const fn line(&self) -> Option<&Record> {
        match &self.edit {
            Edit::Replace(record) | Edit::Insert(record) => Some(record),
            Edit::Remove | Edit::Exchange | Edit::At(_) | Edit::Shift(_) => None,
        }
    }

    /// Whether it says when something happens, and not what.
    #[must_use]
    pub const fn moves(&self) -> bool {
        match self.edit {
            Edit::Exchange | Edit::At(_) | Edit::Shift(_) => true,
            Edit::Remove | Edit::Replace(_) | Edit::Insert(_) => false,
        }
    }

    /// The place of the line that has to be allowed: among the changed lines, or, of one that is left out, among those
    /// as they were. Of two that were exchanged it is the scheduler's, or the one that comes first now.
    #[must_use]
    pub fn judged_at(&self, changed: &[Record]) -> usize {
        let observed = |place: usize| {
            let event = changed.get(place).and_then(|record| record.event.as_ref());
            event.is_some_and(|event| event.role() == Role::Observation)
        };
        match self.edit {
            Edit::Insert(_) => self.place + 1,
            Edit::Exchange if !observed(self.place) => self.place + 1,
            Edit::Exchange | Edit::Remove | Edit::Replace(_) | Edit::At(_) | Edit::Shift(_) => self.place,
        }
    }

    /// The lines with it.
    #[must_use]
    pub fn apply(&self, records: &[Record]) -> Vec<Record> {
        let mut records = records.to_vec();
        let place = self.place;
        match &self.edit {
            Edit::Remove => {
                records.remove(place);
            }
            Edit::Replace(record) => records[place] = record.clone(),
            Edit::Insert(record) => records.insert(place + 1, record.clone()),
            Edit::Exchange => {
                let (before, after) = (records[place].at, records[place + 1].at);
                records.swap(place, place + 1);
                (records[place].at, records[place + 1].at) = (before, after);
            }
            Edit::At(at) => records[place].at = *at,
            Edit::Shift(by) => records[place..].iter_mut().for_each(|record| {
                record.at += by;
                record.to = record.to.map(|to| to + by);
            }),
        }
        records
    }
}

/// Every change of a trace, in the order of its lines; none of them leaves it as it was.
#[must_use]
pub fn of(base: &Base) -> Vec<Change> {
    let records = &base.records;
    let ids = identifiers(base);
    let mut changes = Vec::new();
    let mut seen = Seen::default();
    for (place, record) in records.iter().enumerate() {
        let Some(event) = &record.event else { continue };
        let role = event.role();
        let mut change = |sort, is_the_schedulers, edit| {
            changes.push(Change {
                sort,
                place,
                area: area_of(event),
                event: event.name(),
                is_the_schedulers,
                edit,
            });
        };
        let observed = role == Role::Observation;
        change(Sort::LeftOut, observed, Edit::Remove);
        change(Sort::Doubled, observed, Edit::Insert(record.clone()));
        let before = place.checked_sub(1).map(|before| records[before].at);
        if let Some(before) = before.filter(|before| *before < record.at) {
            change(Sort::AsThePredecessor, observed, Edit::At(before));
        }
        for by in LATER {
            change(Sort::Later(by), observed, Edit::Shift(by));
        }
        for (sort, other) in json::others(record, &ids) {
            let answers = sort == Sort::Answer;
            change(sort, observed || answers, Edit::Replace(other));
        }
        if let Some(Some(next)) = records.get(place + 1).map(|next| &next.event)
            && next != event
        {
            // It is about the observation that moves, where one does.
            let moved = if next.role() == Role::Observation { next } else { event };
            changes.push(Change {
                sort: Sort::Exchanged,
                place,
                area: area_of(moved),
                event: moved.name(),
                is_the_schedulers: moved.role() == Role::Observation,
                edit: Edit::Exchange,
            });
        }
        seen.note(record.pid, event);
        if record.call.is_none() {
            for event in seen.what_nothing_led_to(&ids) {
                let (area, name) = (area_of(&event), event.name());
                let pid = match event.row().process {
                    Process::Starts => seen.pid + 1,
                    Process::None | Process::Lives | Process::Dies | Process::Closes | Process::Ends => seen.pid,
                };
                let inserted = Record {
                    to: record.to,
                    ..Record::of(record.at, pid, event)
                };
                changes.push(Change {
                    sort: Sort::Inserted,
                    place,
                    area,
                    event: name,
                    is_the_schedulers: true,
                    edit: Edit::Insert(inserted),
                });
            }
        }
    }
    // What is inserted behind a line begins where what changes the next one does.
    changes.sort_by_key(Change::begins);
    changes
}

/// The identifiers that the trace speaks of.
fn identifiers(base: &Base) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let exact = base.header.permitted.entries().iter().filter(|id| !id.contains('*'));
    ids.extend(exact.cloned());
    for event in base.records.iter().filter_map(|record| record.event.as_ref()) {
        match event.subject() {
            Subject::Nothing | Subject::EveryIdentifier | Subject::Identifiers(None) => {}
            Subject::Identifier(id) => drop(ids.insert(id.as_str().to_owned())),
            Subject::Identifiers(Some(some)) => ids.extend(some.iter().map(|id| id.as_str().to_owned())),
            Subject::Task(task) => drop(ids.insert(task.id.as_str().to_owned())),
        }
    }
    /// More identifiers show nothing that these do not.
    const MOST: usize = 4;
    ids.into_iter().take(MOST).collect()
}

/// What there was so far that an observation may be about.
#[derive(Debug, Default)]
struct Seen {
    /// How many tasks of an identifier.
    tasks: BTreeMap<Identifier, u32>,
    submissions: BTreeSet<u32>,
    kinds: BTreeSet<Kind>,
    pid: u32,
}

impl Seen {
    fn note(&mut self, pid: Option<u32>, event: &Event) {
        self.pid = pid.unwrap_or(self.pid);
        if let Event::Delivered(delivered) = event {
            self.tasks.insert(delivered.task.id.clone(), delivered.task.n);
        }
        if let Event::SubmitAsync(submit) = event {
            self.submissions.insert(submit.submission);
            self.kinds.insert(submit.kind);
        }
        if let Event::Submit(submit) = event {
            self.kinds.insert(submit.kind);
        }
    }

    /// Every observation, of each identifier and task.
    fn what_nothing_led_to(&self, ids: &[String]) -> Vec<Event> {
        let mut all = vec![Event::Suspended(Empty {}), Event::Launched(Launched::default())];
        all.extend(KillCause::ALL.map(|cause| Event::Killed(Killed { cause })));
        for id in ids {
            let id = Identifier::from(id.as_str());
            let text = format!("No launch handler registered for task with identifier {}", id.as_str());
            all.push(Event::DeliveryRaised(DeliveryRaised { id: id.clone(), text }));
            let last = self.tasks.get(&id).copied().unwrap_or_default();
            for kind in &self.kinds {
                all.push(Event::Delivered(Delivered {
                    task: TaskName::new(id.clone(), last + 1),
                    kind: *kind,
                    queue: None,
                }));
            }
            let task = TaskName::new(id, last.max(1));
            all.push(Event::Expired(Expired {
                task: task.clone(),
                queue: None,
            }));
            all.push(Event::CompletedBySystem(OfTask { task: task.clone() }));
            all.extend(CardIs::ALL.map(|is| {
                Event::Card(Card {
                    task: task.clone(),
                    is,
                    title: None,
                    subtitle: None,
                })
            }));
        }
        for submission in &self.submissions {
            for error in [None, Some(Code(1)), Some(Code(2)), Some(Code(3))] {
                all.push(Event::SubmissionCompleted(SubmissionCompleted::new(*submission, error)));
            }
        }
        all
    }
}

/// The area that a line is about first of all.
const fn area_of(event: &Event) -> Area {
    match event {
        Event::Register(_) | Event::End(Answer::Register(_)) => Area::Registration,
        Event::Submit(_)
        | Event::SubmitAsync(_)
        | Event::ChangeSubmitted(_)
        | Event::SubmissionCompleted(_)
        | Event::End(Answer::Submit(_)) => Area::Submission,
        Event::Cancel(_) | Event::CancelAll(_) | Event::End(Answer::Void(_)) => Area::Cancelling,
        Event::Pending(_) | Event::ChangeListed(_) | Event::End(Answer::Pending(_)) => Area::PendingList,
        Event::Device(_) => Area::Conditions,
        Event::Launched(_)
        | Event::Delivered(_)
        | Event::DeliveryRaised(_)
        | Event::LaunchFinished(_)
        | Event::Grant(_) => Area::Launch,
        Event::Expired(_)
        | Event::SetExpirationHandler(_)
        | Event::TakeBack(_)
        | Event::BlockQueue(_)
        | Event::UnblockQueue(_) => Area::Expiration,
        Event::Complete(_) | Event::CompletedBySystem(_) | Event::WorkBegan(_) | Event::WorkEnded(_) => {
            Area::Completion
        }
        Event::Clock(_)
        | Event::Installed(_)
        | Event::Updated(_)
        | Event::Uninstalled(_)
        | Event::Started(_)
        | Event::Foreground(_)
        | Event::Background(_)
        | Event::KeptAwake(_)
        | Event::ForceQuit(_)
        | Event::Crashed(_)
        | Event::MemoryKilled(_)
        | Event::Reboot(_)
        | Event::Suspended(_)
        | Event::Killed(_)
        | Event::Gap(_) => Area::Life,
        Event::SupportedResources(_)
        | Event::GpuWork(_)
        | Event::NeuralEngineWork(_)
        | Event::End(Answer::SupportedResources(_) | Answer::Work(_)) => Area::Resources,
        Event::Progress(_) => Area::Progress,
        Event::UpdateTitle(_)
        | Event::Card(_)
        | Event::PersonStops(_)
        | Event::PersonContinues(_)
        | Event::PersonIgnores(_)
        | Event::PersonDismisses(_)
        | Event::PersonClears(_) => Area::Card,
        Event::Debugger(_) | Event::SimulateLaunch(_) | Event::SimulateExpiration(_) => Area::Debugging,
        Event::ProtectedRead(_) => Area::Data,
    }
}
