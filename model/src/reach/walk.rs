//! One walk: a small app on a small device, and whatever the model lets happen to it.

use std::collections::BTreeMap;

use crate::op::Exception;
use crate::oracle::offers::Offer;
use crate::oracle::{Oracle, Terms};
use crate::report::Report;
use crate::rule::Party;
use crate::see::Allowed;
use crate::vocabulary::*;

/// A small generator of numbers, the same in every run.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % n.max(1) as u64).unwrap_or(0)
    }

    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

const IDS: [(&str, Kind); 8] = [
    ("app.r", Kind::Refresh),
    ("app.s", Kind::Refresh),
    ("app.p", Kind::Processing),
    ("app.h", Kind::HealthResearch),
    ("app.x.1", Kind::Continued),
    ("app.x.2", Kind::Continued),
    ("app.x.deep.1", Kind::Continued),
    ("other.job", Kind::Continued),
];

/// Identifiers that nothing permits, or that mean something of their own.
const ODD: [&str; 5] = ["app.none", "app.x.*", "app.*stray", "", "app.R"];

struct Walk<'a> {
    random: &'a mut Random,
    oracle: Oracle,
    now: Millis,
    deliveries: BTreeMap<&'static str, u32>,
    submitted: Vec<Request>,
    submissions: u32,
    /// Calls that overlap: the number, and the answer that is to come.
    open: Vec<(u32, Option<Answer>)>,
    calls: u32,
    extensions: bool,
    clean: &'a dyn Fn(bool),
}

/// Walks, and says before each step whether everything was clean so far.
pub(super) fn walk(random: &mut Random, steps: usize, clean: &dyn Fn(bool)) -> Report {
    let (header, terms) = header(random);
    clean(header.initial == Initial::Known);
    let oracle = Oracle::new(&header, &terms).unwrap_or_else(|error| panic!("{error}"));
    let mut walk = Walk {
        random,
        oracle,
        now: 0,
        deliveries: BTreeMap::new(),
        submitted: Vec::new(),
        submissions: 0,
        open: Vec::new(),
        calls: 0,
        extensions: !header.extensions.is_empty(),
        clean,
    };
    for _ in 0..steps {
        walk.step();
    }
    walk.close();
    walk.oracle.finish()
}

fn header(random: &mut Random) -> (Header, Terms) {
    let os: Version = random
        .of(&["13.0", "17.0", "18.0", "26.0", "26.1", "26.1", "27.0", "27.0"])
        .parse()
        .unwrap_or(Version::OLDEST);
    let mut header = Header::new(os, "app");
    let permitted = ["app.r", "app.s", "app.p", "app.h", "app.x.*", "other.job", "app.*stray"].map(str::to_owned);
    header.permitted = Permitted::List(if random.once_in(30) {
        Vec::new()
    } else {
        permitted.to_vec()
    });
    header.modes = if random.once_in(6) {
        Vec::new()
    } else {
        ["fetch", "processing"].map(str::to_owned).to_vec()
    };
    header.entitlements = if random.once_in(3) {
        Vec::new()
    } else {
        use crate::context::names::{GPU, HEALTH, INFERENCE};
        [HEALTH, GPU, INFERENCE].map(str::to_owned).to_vec()
    };
    header.study_opt_in = !random.once_in(6);
    header.gpu = random.once_in(2);
    header.passcode = !random.once_in(3);
    if random.once_in(12) {
        header.platform = random.of(&[
            Platform::Ipad,
            Platform::Mac,
            Platform::Simulator,
            Platform::Tvos,
            Platform::Visionos,
        ]);
    }
    if random.once_in(5) {
        let extension = |name: &str, schedules| Extension {
            name: name.to_owned(),
            schedules,
        };
        header.extensions = vec![extension("share", false), extension("provider", true)];
    }
    header.initial = if random.once_in(6) {
        Initial::Unknown
    } else {
        Initial::Known
    };
    header.device.pressure = random.of(&[None, Some(Pressure::Calm)]);
    if random.once_in(4) {
        header.unknown = vec![random.of(&Condition::ALL)];
    }
    if random.once_in(8) {
        header.untracked = vec![random.of(&Condition::ALL)];
    }
    if random.once_in(2) {
        header.discretion = Discretion::Driven;
    }
    if random.once_in(10) {
        let names = [
            "launched",
            "delivered",
            "delivery_raised",
            "expired",
            "suspended",
            "killed",
            "card",
            "submission_completed",
        ];
        header.recorded = Some(names.map(str::to_owned).to_vec());
    }
    let mut pins: Vec<(String, String)> = Vec::new();
    for (name, value) in PINS {
        if random.once_in(8) {
            pins.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let profile = random.of(&["contract", "field"]).to_owned();
    (
        header,
        Terms {
            profile: Some(profile),
            pins,
            ..Terms::default()
        },
    )
}

const PINS: &[(&str, &str)] = &[
    ("promptness", "100 s"),
    ("processing_budget", "60 s"),
    ("expiration_grace", "5 s"),
    ("continued_capacity", "1"),
    ("continued_capacity", "2"),
    ("processing_limit", "1"),
    ("late_launch_registration", "either"),
    ("unpermitted_register", "either"),
    ("wildcard_literal_register", "either"),
    ("processing_after_force_quit", "either"),
    ("low_power_blocks_refresh", "either"),
    ("mac_scheduler", "either"),
    ("cancel_running_continued", "expires"),
    ("failed_card_replaced_on_retry", "yes"),
    ("failed_card_replaced_on_retry", "no"),
    ("health_needs_idle", "yes"),
];

impl Walk<'_> {
    fn step(&mut self) {
        match self.random.below(40) {
            0..=3 => self.wait(),
            4..=8 => self.world(),
            9..=22 => self.call(),
            23 => self.gap(),
            _ => self.observe(),
        }
    }

    /// What the model answers for so far.
    fn faults(oracle: &Oracle) -> usize {
        let blamed = oracle.findings().iter().filter(|finding| finding.party != Party::App);
        blamed.count()
    }

    /// Takes a line in; one that makes no sense now is left out.
    fn take(&mut self, record: &Record) -> bool {
        let before = Self::faults(&self.oracle);
        let taken = self.oracle.step(record).is_ok();
        if Self::faults(&self.oracle) > before || matches!(record.event, Some(Event::Gap(_))) {
            (self.clean)(false);
        }
        taken
    }

    /// Whether a line breaks nothing now.
    fn may(&self, record: &Record) -> bool {
        let mut oracle = self.oracle.clone();
        oracle.step(record).is_ok() && Self::faults(&oracle) <= Self::faults(&self.oracle)
    }

    /// Takes in what breaks nothing, and seldom what does.
    fn happen(&mut self, event: Event) -> bool {
        let record = Record::new(self.now, event);
        (self.may(&record) || self.random.once_in(200)) && self.take(&record)
    }

    /// Lets time pass, unless something is owed before.
    fn wait(&mut self) {
        let to = self.now
            + self
                .random
                .of(&[1, 900, 4_000, 9_000, 26_000, 31_000, 61_000, 101_000, 3_600_000]);
        let record = Record::new(to, Event::Clock(Empty {}));
        if (self.may(&record) || self.random.once_in(12)) && self.take(&record) {
            self.now = to;
        }
    }

    fn gap(&mut self) {
        if self.random.once_in(12) {
            let gap = Gap {
                from: self.now,
                events: None,
                ids: None,
            };
            self.take(&Record::new(self.now, Event::Gap(gap)));
        }
    }

    fn id(&mut self) -> (&'static str, Kind) {
        self.random.of(&IDS)
    }

    /// An identifier, mostly one that was submitted lately.
    fn known(&mut self) -> (&'static str, Kind) {
        let near = self.submitted.len().min(4);
        let last = self.submitted.len() - self.random.below(near.max(1)).min(self.submitted.len());
        let id = last
            .checked_sub(1)
            .and_then(|last| self.submitted.get(last))
            .map(|request| request.id.clone());
        let id = id.and_then(|id| IDS.iter().find(|(name, _)| *name == id.as_str()).copied());
        id.filter(|_| !self.random.once_in(5))
            .unwrap_or_else(|| self.random.of(&IDS))
    }

    fn task(&mut self) -> TaskName {
        let (id, _) = self.known();
        TaskName::new(id.into(), self.deliveries.get(id).copied().unwrap_or(1))
    }

    fn world(&mut self) {
        let event = match self.random.below(26) {
            0..=2 => Event::Started(Started {
                by: self.random.of(&[Starter::Person, Starter::Person, Starter::Other]),
            }),
            3..=5 => Event::LaunchFinished(Empty {}),
            6 => Event::Foreground(Empty {}),
            7 | 8 => Event::Background(Empty {}),
            9..=12 => Event::Device(self.device()),
            13 => self.random.of(&[
                Event::Crashed(Empty {}),
                Event::MemoryKilled(Empty {}),
                Event::ForceQuit(Empty {}),
                Event::Reboot(Empty {}),
                Event::Updated(AppFacts::default()),
                Event::ForceQuit(Empty {}),
            ]),
            14 if self.random.once_in(6) => Event::Uninstalled(Empty {}),
            14 => Event::Installed(Empty {}),
            15 => Event::KeptAwake(KeptAwake {
                awake: self.random.once_in(2),
            }),
            16 => Event::Debugger(Debugger {
                attached: !self.random.once_in(4),
            }),
            17 => Event::SimulateLaunch(OfIdentifier {
                id: self.known().0.into(),
            }),
            18 => Event::SimulateExpiration(OfIdentifier {
                id: self.known().0.into(),
            }),
            19 | 20 => Event::Grant(OfIdentifier {
                id: self.known().0.into(),
            }),
            21 => Event::TakeBack(OfTask { task: self.task() }),
            _ => {
                let of = OfTask { task: self.task() };
                let does = [
                    Event::PersonStops as fn(OfTask) -> Event,
                    Event::PersonContinues,
                    Event::PersonIgnores,
                    Event::PersonDismisses,
                    Event::PersonClears,
                ];
                self.random.of(&does)(of)
            }
        };
        let record = Record::new(self.now, event);
        // An input may find something owed and not done.
        if self.may(&record) || self.random.once_in(8) {
            self.take(&record);
        }
    }

    fn device(&mut self) -> Device {
        let mut device = Device::default();
        let yes = self.random.once_in(2);
        match self.random.below(12) {
            0 => device.network = Some(yes),
            1 => device.power = Some(yes),
            2 => device.in_use = Some(yes),
            3 => device.locked = Some(true),
            4 | 5 => (device.locked, device.unlocked_once) = (Some(false), Some(true)),
            6 => device.low_power = Some(yes),
            7 => {
                device.background_refresh = Some(
                    self.random
                        .of(&[BackgroundRefresh::Available, BackgroundRefresh::Denied]),
                )
            }
            8 => device.background_launches_denied = Some(yes),
            9 => device.pressure = Some(self.random.of(&[Pressure::Calm, Pressure::Calm, Pressure::Pressed])),
            10 => device.places_taken = Some(u16::from(yes)),
            _ => device.in_use = Some(false),
        }
        device
    }

    fn request(&mut self) -> Request {
        let (mut id, kind) = self.id();
        if self.random.once_in(15) {
            id = self.random.of(&ODD);
        }
        let kind = if self.random.once_in(15) {
            self.random.of(&Kind::ALL)
        } else {
            kind
        };
        let mut request = Request::new(id, kind);
        request.earliest = self.random.of(&[None, None, Some(self.now + 60_000)]);
        request.network = self.random.once_in(4);
        request.power = self.random.once_in(4);
        request.protection = self
            .random
            .of(&[Protection::None, Protection::Complete, Protection::default()]);
        if kind == Kind::Continued {
            request.strategy = self.random.of(&[Strategy::Fail, Strategy::Queue]);
            request.gpu = self.random.once_in(5);
            let text = |random: &mut Random| (!random.once_in(12)).then(|| random.of(&["A", "B"]).to_owned());
            (request.title, request.subtitle) = (text(self.random), text(self.random));
        }
        request
    }

    fn call(&mut self) {
        if let Some((call, answer)) = self.open.pop() {
            if self.random.once_in(3) {
                let end = Event::End(answer.unwrap_or(Answer::Void(ReturnAnswer::Returned)));
                self.take(&Record {
                    call: Some(call),
                    ..Record::new(self.now, end)
                });
                return;
            }
            self.open.push((call, answer));
        }
        let event = self.calls();
        let mut record = Record::new(self.now, event);
        if self.extensions && self.random.once_in(6) {
            record.by = Some(self.random.of(&["share", "provider"]).to_owned());
        }
        record.person = self.random.once_in(3);
        if let Some(Event::Pending(_)) = record.event {
            return self.pending(record);
        }
        let offers = self.oracle.offers(&record).unwrap_or_default();
        let answers: Vec<_> = offers
            .iter()
            .filter_map(|offer| answer(record.event.as_ref(), offer))
            .collect();
        if answers.is_empty() {
            return;
        }
        let answer = self.random.of(&answers);
        if self.random.once_in(12) && self.open.len() < 3 {
            self.calls += 1;
            record.call = Some(self.calls);
            if self.take(&record) {
                self.open.push((self.calls, Some(answer)));
            }
            return;
        }
        let Some(event) = &mut record.event else { return };
        answered(event, answer);
        let request = match event {
            Event::Submit(submit) => Some(submit.request()),
            Event::SubmitAsync(submit) => Some(submit.request()),
            _ => None,
        };
        if (self.may(&record) || self.random.once_in(20)) && self.take(&record) {
            self.submitted.extend(request);
        }
    }

    fn calls(&mut self) -> Event {
        let (id, _) = self.known();
        let of = OfIdentifier { id: id.into() };
        let queue = self.random.of(&[None, None, Some("work".to_owned())]);
        match self.random.below(44) {
            0..=11 => {
                let id = if self.random.once_in(12) {
                    self.random.of(&ODD)
                } else {
                    self.id().0
                };
                Event::Register(Register {
                    id: id.into(),
                    queue,
                    answer: None,
                })
            }
            12..=23 => Event::Submit(Submit::of(self.request())),
            24 | 25 => {
                self.submissions += 1;
                let request = Submit::of(self.request());
                let Submit {
                    id,
                    kind,
                    earliest,
                    network,
                    power,
                    protection,
                    strategy,
                    gpu,
                    title,
                    subtitle,
                    ..
                } = request;
                let submission = self.submissions;
                Event::SubmitAsync(SubmitAsync {
                    id,
                    kind,
                    earliest,
                    network,
                    power,
                    protection,
                    strategy,
                    gpu,
                    title,
                    subtitle,
                    submission,
                    answer: None,
                })
            }
            26 => Event::ChangeSubmitted(self.request()),
            27 => Event::ChangeListed(self.request()),
            28 => Event::Cancel(of),
            29 => Event::CancelAll(Empty {}),
            30 | 31 => Event::Pending(Pending { answer: None }),
            32 => Event::SupportedResources(SupportedResources { answer: None }),
            33 => Event::SetExpirationHandler(SetExpirationHandler {
                task: self.task(),
                set: !self.random.once_in(5),
            }),
            34 | 35 => {
                let task = self.task();
                let total = self.random.of(&[None, Some(10), Some(-1)]);
                let completed = self.random.of(&[None, Some(0), Some(1), Some(2), Some(5)]);
                let child = self.random.of(&[None, Some(0.25), Some(0.5)]);
                Event::Progress(Progress {
                    task,
                    total,
                    completed,
                    child,
                })
            }
            36 => Event::UpdateTitle(UpdateTitle {
                task: self.task(),
                title: "B".into(),
                subtitle: "C".into(),
            }),
            37 | 38 => Event::Complete(Complete {
                task: self.task(),
                success: self.random.once_in(2),
            }),
            39 => Event::BlockQueue(OfQueue { queue: "work".into() }),
            40 => Event::UnblockQueue(OfQueue { queue: "work".into() }),
            41 => self.random.of(&[Event::WorkBegan(of.clone()), Event::WorkEnded(of)]),
            42 => self.random.of(&[
                Event::GpuWork(Work { answer: None }),
                Event::NeuralEngineWork(Work { answer: None }),
            ]),
            _ => Event::ProtectedRead(ProtectedRead {
                class: self.random.of(&[
                    Protection::Complete,
                    Protection::None,
                    Protection::CompleteUntilFirstUserAuthentication,
                ]),
                answer: None,
            }),
        }
    }

    /// The pending list: some of what was submitted, as it fits.
    fn pending(&mut self, record: Record) {
        for attempt in 0..6 {
            let mut list: Vec<Request> = Vec::new();
            for request in self.submitted.iter().rev().take(12) {
                let taken = attempt == 0 || self.random.0 >> (attempt + list.len()) & 1 == 0;
                if taken && list.iter().all(|other| other.id != request.id) {
                    list.push(request.clone());
                }
            }
            if attempt == 5 {
                list.clear();
            }
            self.random.below(2);
            let event = Event::Pending(Pending { answer: Some(list) });
            let record = Record {
                event: Some(event),
                ..record.clone()
            };
            if self.may(&record) {
                self.take(&record);
                return;
            }
        }
    }

    fn observe(&mut self) {
        for _ in 0..4 {
            if self.observation() {
                return;
            }
        }
    }

    fn observation(&mut self) -> bool {
        let (id, kind) = self.known();
        let n = self.deliveries.get(id).copied().unwrap_or(0);
        let name = TaskName::new(id.into(), n.max(1));
        let seen = self
            .random
            .of(&[None, None, None, Some("own".to_owned()), Some("work".to_owned())]);
        let event = match self.random.below(24) {
            0..=8 => {
                let kind = if self.random.once_in(40) {
                    self.random.of(&Kind::ALL)
                } else {
                    kind
                };
                let task = TaskName::new(id.into(), n + 1);
                let delivered = self.happen(Event::Delivered(Delivered {
                    task,
                    kind,
                    queue: seen,
                }));
                if delivered {
                    self.deliveries.insert(id, n + 1);
                }
                return delivered;
            }
            9..=11 => Event::Launched(Launched {
                ids: self.random.of(&[None, Some(vec![id.into()])]),
            }),
            12 => {
                let text = self
                    .random
                    .of(&["No launch handler registered for task", "something else"])
                    .to_owned();
                Event::DeliveryRaised(DeliveryRaised { id: id.into(), text })
            }
            13..=15 => Event::Expired(Expired {
                task: name,
                queue: seen,
            }),
            16 => Event::CompletedBySystem(OfTask { task: name }),
            17 => Event::Suspended(Empty {}),
            18 => Event::Killed(Killed {
                cause: self
                    .random
                    .of(&[KillCause::Time, KillCause::Cpu, KillCause::Memory, KillCause::Unknown]),
            }),
            19 if self.submissions > 0 => {
                let submission = 1 + self.random.below(self.submissions as usize) as u32;
                let error = self
                    .random
                    .of(&[None, None, Some(Code(1)), Some(Code(2)), Some(Code(3)), Some(Code(4))]);
                Event::SubmissionCompleted(SubmissionCompleted { submission, error })
            }
            _ => {
                let is = self.random.of(&[
                    CardIs::Shown,
                    CardIs::Shown,
                    CardIs::Changed,
                    CardIs::Prompting,
                    CardIs::Finished,
                    CardIs::Failed,
                    CardIs::Gone,
                ]);
                let text = self.random.of(&[None, Some("A".to_owned()), Some("B".to_owned())]);
                let task = TaskName::new(id.into(), n.max(1) + u32::from(self.random.once_in(6)));
                Event::Card(Card {
                    task,
                    is,
                    title: text,
                    subtitle: None,
                })
            }
        };
        self.happen(event)
    }

    fn close(&mut self) {
        while let Some((call, answer)) = self.open.pop() {
            let end = Event::End(answer.unwrap_or(Answer::Void(ReturnAnswer::Returned)));
            self.take(&Record {
                call: Some(call),
                ..Record::new(self.now, end)
            });
        }
        self.take(&Record::end(self.now, End::Closed));
    }
}

/// The answer that an offer makes to a call.
fn answer(event: Option<&Event>, offer: &Offer) -> Option<Answer> {
    let returned = Answer::Void(ReturnAnswer::Returned);
    Some(match (event?, offer.answer) {
        (Event::Register(_), Allowed::Returns(value)) => Answer::Register(RegisterAnswer::Returned(value)),
        (Event::Register(_), Allowed::Raises(exception)) => {
            Answer::Register(RegisterAnswer::Raised(exception.text().to_owned()))
        }
        (Event::Submit(_), Allowed::Accepts) => Answer::Submit(SubmitAnswer::Accepted),
        (Event::Submit(_), Allowed::Refuses(codes)) => {
            Answer::Submit(SubmitAnswer::Refused(codes.iter().last().unwrap_or(Code(9))))
        }
        (Event::Submit(_), Allowed::Raises(exception)) => {
            Answer::Submit(SubmitAnswer::Raised(exception.text().to_owned()))
        }
        (Event::Submit(_), Allowed::Anything) => Answer::Submit(SubmitAnswer::Accepted),
        (Event::SubmitAsync(_), Allowed::Raises(_)) => {
            Answer::Void(ReturnAnswer::Raised(Exception::NoHandler.text().to_owned()))
        }
        (Event::SupportedResources(_), Allowed::Resources(gpu)) => Answer::SupportedResources(Resources { gpu }),
        (_, Allowed::Works(true)) => Answer::Work(WorkAnswer::Succeeded),
        (_, Allowed::Works(false)) => Answer::Work(WorkAnswer::Failed),
        (Event::GpuWork(_) | Event::NeuralEngineWork(_) | Event::ProtectedRead(_), _) => {
            Answer::Work(WorkAnswer::Succeeded)
        }
        (Event::Register(_) | Event::SupportedResources(_), _) => return None,
        _ => returned,
    })
}

fn answered(event: &mut Event, answer: Answer) {
    match (event, answer) {
        (Event::Register(call), Answer::Register(answer)) => call.answer = Some(answer),
        (Event::Submit(call), Answer::Submit(answer)) => call.answer = Some(answer),
        (Event::SubmitAsync(call), Answer::Void(answer)) => call.answer = Some(answer),
        (Event::SupportedResources(call), Answer::SupportedResources(answer)) => call.answer = Some(answer),
        (Event::GpuWork(call) | Event::NeuralEngineWork(call), Answer::Work(answer)) => call.answer = Some(answer),
        (Event::ProtectedRead(call), Answer::Work(answer)) => call.answer = Some(answer),
        _ => {}
    }
}
