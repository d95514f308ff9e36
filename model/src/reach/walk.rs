//! One walk: a small app on a small device, and whatever the model lets happen to it.

use std::collections::BTreeMap;

use crate::oracle::Oracle;
use crate::report::Report;
use crate::vocabulary::*;

use super::cast::{IDS, Random, about, header};

/// A walk, at the place that it has come to.
#[derive(Clone)]
pub(super) struct Walk {
    pub(super) random: Random,
    pub(super) oracle: Oracle,
    pub(super) now: Millis,
    pub(super) deliveries: BTreeMap<&'static str, u32>,
    pub(super) submitted: Vec<Request>,
    /// What this walk is about: a few identifiers take it deeper than all of them.
    pub(super) ids: Vec<(&'static str, Kind)>,
    pub(super) submissions: u32,
    /// Calls that overlap: the number, and the answer that is to come.
    pub(super) open: Vec<(u32, Answer)>,
    pub(super) calls: u32,
    pub(super) extensions: bool,
    /// Nothing is delivered for a while, so that things may wait.
    pub(super) patient: bool,
    /// Nothing was broken so far, and the trace saw everything.
    clean: bool,
}

impl Walk {
    /// A walk at its beginning.
    pub(super) fn new(mut random: Random) -> Self {
        let (header, terms) = header(&mut random);
        let ids = about(&mut random, header.os);
        let mut walk = Self {
            random,
            oracle: Oracle::new(&header, &terms).unwrap_or_else(|error| panic!("{error}")),
            now: 0,
            deliveries: BTreeMap::new(),
            submitted: Vec::new(),
            ids,
            submissions: 0,
            open: Vec::new(),
            calls: 0,
            extensions: !header.extensions.is_empty(),
            patient: false,
            clean: header.initial == Initial::Known && header.untracked.is_empty() && header.recorded.is_none(),
        };
        walk.begin();
        walk
    }

    /// Goes another way from here.
    pub(super) fn turn(&self, random: Random) -> Self {
        Self { random, ..self.clone() }
    }

    /// The end: what the oracle says.
    pub(super) fn finish(mut self) -> Report {
        self.close();
        self.oracle.finish()
    }

    /// The app is there, most of the time.
    fn begin(&mut self) {
        if self.random.once_in(6) {
            return;
        }
        let by = self.random.of(&[Starter::Person, Starter::Other]);
        self.take(&Record::new(0, Event::Started(Started { by })), 1);
        for (id, _) in self.ids.clone() {
            let queue = self.random.of(&[None, Some("work".to_owned())]);
            let register = Event::Register(Register {
                through: None,
                id: id.into(),
                queue,
                answer: Some(RegisterAnswer::Returned(true)),
            });
            self.happen(register);
        }
        self.take(&Record::new(0, Event::LaunchFinished(Empty {})), 1);
    }

    pub(super) fn step(&mut self) {
        if self.random.once_in(12) {
            self.patient = self.random.once_in(2);
        }
        match self.random.below(40) {
            0..=3 => self.wait(),
            4..=8 => self.world(),
            9..=22 => self.call(),
            23 if self.random.once_in(2) => self.script(),
            23 => self.gap(),
            _ => self.observe(),
        }
    }

    /// Whether a line breaks nothing now.
    fn may(&self, record: &Record) -> bool {
        let mut oracle = self.oracle.clone();
        oracle.step(record).is_ok() && oracle.breaches_of_others() <= self.oracle.breaches_of_others()
    }

    /// Takes a line in if it breaks nothing, and once in so many times if it does. One that makes no sense now is left
    /// out.
    pub(super) fn take(&mut self, record: &Record, once_in: usize) -> bool {
        if !self.may(record) {
            if !self.random.once_in(once_in) {
                return false;
            }
            self.clean = false;
        }
        self.clean &= !matches!(record.event, Some(Event::Gap(_)));
        super::record(Some(self.clean));
        let taken = self.oracle.step(record).is_ok();
        super::record(None);
        taken
    }

    /// An observation: seldom one that breaks something.
    pub(super) fn happen(&mut self, event: Event) -> bool {
        self.take(&Record::new(self.now, event), 200)
    }

    /// Lets time pass, unless something is owed before.
    fn wait(&mut self) {
        let times = [1, 900, 4_000, 9_000, 26_000, 31_000, 61_000, 101_000, 3_600_000];
        let by = self.random.of(&times);
        self.pass(by);
    }

    fn pass(&mut self, by: Millis) {
        let to = self.now + by;
        let record = Record::new(to, Event::Clock(Empty {}));
        if self.take(&record, 12) {
            self.now = to;
        }
    }

    /// Lets time pass up to the moment at which something is owed, a minute at most.
    fn pass_until_owed(&mut self) {
        for step in (0..=15).rev().map(|power| 1 << power) {
            let record = Record::new(self.now + step, Event::Clock(Empty {}));
            if self.may(&record) && self.take(&record, 1) {
                self.now += step;
            }
        }
    }

    /// A processing task from its registration to its delivery, as far as that may be.
    fn deliver_processing(&mut self) {
        let request = Request::new("app.p", Kind::Processing);
        let register = Register {
            answer: Some(RegisterAnswer::Returned(true)),
            ..Register::new("app.p")
        };
        self.happen(Event::Register(register));
        self.happen(Event::LaunchFinished(Empty {}));
        self.happen(Event::Submit(Submit {
            answer: Some(SubmitAnswer::Accepted),
            ..Submit::of(request)
        }));
        self.happen(Event::Background(Empty {}));
        let idle = Device {
            in_use: Some(false),
            ..Device::default()
        };
        self.happen(Event::Device(idle));
        self.happen(Event::Grant(OfIdentifier { id: "app.p".into() }));
        let n = self.deliveries.get("app.p").copied().unwrap_or(0) + 1;
        let delivered = Delivered {
            task: TaskName::new("app.p".into(), n),
            kind: Kind::Processing,
            queue: None,
        };
        if self.happen(Event::Delivered(delivered)) {
            self.deliveries.insert("app.p", n);
        }
    }

    /// A few steps that lead somewhere only together.
    fn script(&mut self) {
        let (id, kind) = self.random.of(&self.ids);
        let n = self.deliveries.get(id).copied().unwrap_or(0);
        let running = TaskName::new(id.into(), n.max(1));
        match self.random.below(4) {
            // Processing that runs until its budget is over, where one is declared.
            3 => {
                self.deliver_processing();
                let task = TaskName::new("app.p".into(), self.deliveries.get("app.p").copied().unwrap_or(1));
                let handler = SetExpirationHandler {
                    task: task.clone(),
                    set: true,
                };
                self.happen(Event::SetExpirationHandler(handler));
                self.pass_until_owed();
                self.happen(Event::Expired(Expired { task, queue: None }));
            }
            // Progress of a child alone, and an expiry within the stall time-out of it.
            0 => {
                let handler = SetExpirationHandler {
                    task: running.clone(),
                    set: true,
                };
                let progress = Progress {
                    task: running.clone(),
                    total: None,
                    completed: None,
                    child: Some(1.0),
                };
                self.happen(Event::Device(Device {
                    pressure: Some(Pressure::Calm),
                    low_power: Some(false),
                    background_refresh: Some(BackgroundRefresh::Available),
                    ..Device::default()
                }));
                self.happen(Event::SetExpirationHandler(handler));
                self.pass(26_000);
                self.happen(Event::Progress(progress));
                self.pass(9_000);
                self.happen(Event::Expired(Expired {
                    task: running,
                    queue: None,
                }));
            }
            // A simulated launch, and a simulated expiration of its task.
            1 => {
                let of = OfIdentifier { id: id.into() };
                self.happen(Event::Debugger(Debugger { attached: true }));
                self.happen(Event::SimulateLaunch(of.clone()));
                let task = TaskName::new(id.into(), n + 1);
                if self.happen(Event::Delivered(Delivered {
                    task,
                    kind,
                    queue: None,
                })) {
                    self.deliveries.insert(id, n + 1);
                }
                self.happen(Event::SimulateExpiration(of));
            }
            // Several wait, and the first of them is submitted again.
            _ => {
                for (id, kind) in self.ids.iter().chain(self.ids.first()).copied().collect::<Vec<_>>() {
                    let request = Request::new(id, kind);
                    self.submitted.push(request.clone());
                    let answer = Some(SubmitAnswer::Accepted);
                    self.happen(Event::Submit(Submit {
                        answer,
                        ..Submit::of(request)
                    }));
                }
            }
        }
    }

    fn gap(&mut self) {
        if self.random.once_in(12) {
            let gap = Gap {
                from: self.now,
                events: None,
                ids: None,
            };
            self.take(&Record::new(self.now, Event::Gap(gap)), 1);
        }
    }

    pub(super) fn id(&mut self) -> (&'static str, Kind) {
        self.random.of(&self.ids)
    }

    /// An identifier, mostly one that was submitted lately.
    pub(super) fn known(&mut self) -> (&'static str, Kind) {
        let near = self.submitted.len().min(4);
        let last = self.submitted.len() - self.random.below(near.max(1)).min(self.submitted.len());
        let id = last
            .checked_sub(1)
            .and_then(|last| self.submitted.get(last))
            .map(|request| request.id.clone());
        let id = id.and_then(|id| IDS.iter().find(|(name, _)| *name == id.as_str()).copied());
        id.filter(|_| !self.random.once_in(5))
            .unwrap_or_else(|| self.random.of(&self.ids))
    }

    pub(super) fn task(&mut self) -> TaskName {
        let (id, _) = self.known();
        TaskName::new(id.into(), self.deliveries.get(id).copied().unwrap_or(1))
    }

    fn close(&mut self) {
        while let Some((call, answer)) = self.open.pop() {
            let end = Event::End(answer);
            let record = Record {
                call: Some(call),
                ..Record::new(self.now, end)
            };
            self.take(&record, 1);
        }
        self.take(&Record::end(self.now, End::Closed), 1);
    }
}
