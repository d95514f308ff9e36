//! One app, visit after visit: it submits, asks for its pending requests, now and then exports something with progress,
//! goes to the background, and is given its tasks there.

use bgspec_model::vocabulary::{
    Code, Complete, Delivered, Device, Empty, End, Event, Expired, Identifier, Kind, Millis, OfIdentifier, Pending,
    Progress, Record, Register, RegisterAnswer, Request, SetExpirationHandler, Started, Starter, Strategy, Submit,
    SubmitAnswer, TaskName,
};

use crate::{CONTINUED, PROCESSING, REFRESH, Trace, header, ids};

/// After so many visits the person closes the app in the switcher.
const VISITS_OF_A_PROCESS: usize = 24;

/// At least this many events of a conforming app on a conforming scheduler, and an end.
#[must_use]
pub fn sequential(events: usize, lists: bool) -> Trace {
    let mut app = App {
        now: 0,
        pid: 0,
        records: Vec::with_capacity(events + 64),
        ids: ids().map(Identifier::from).collect(),
        pending: Vec::new(),
        deliveries: vec![0; ids().count()],
        lists,
    };
    let mut visit = 0;
    while app.records.len() < events {
        if visit % VISITS_OF_A_PROCESS == 0 {
            app.starts();
        } else {
            app.says(Event::Foreground(Empty {}));
        }
        app.visits(visit);
        visit += 1;
        if visit % VISITS_OF_A_PROCESS == 0 {
            app.says(Event::ForceQuit(Empty {}));
        }
    }
    app.now += 1;
    app.records.push(Record::end(app.now, End::Closed));
    Trace {
        header: header(),
        records: app.records,
    }
}

struct App {
    now: Millis,
    pid: u32,
    records: Vec<Record>,
    /// Shared by all records, as where a program makes them.
    ids: Vec<Identifier>,
    pending: Vec<Request>,
    deliveries: Vec<u32>,
    lists: bool,
}

const SECOND: Millis = 1000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

impl App {
    fn visits(&mut self, visit: usize) {
        let refresh = REFRESH[visit % 2];
        let [first, second] = [PROCESSING[visit % 6], PROCESSING[(visit + 1) % 6]];
        let continued = CONTINUED[visit % 2];
        // In the foreground.
        self.submits(Request {
            earliest: Some(self.now + 15 * MINUTE),
            ..Request::new(refresh, Kind::Refresh)
        });
        self.submits(Request {
            network: true,
            power: true,
            ..Request::new(first, Kind::Processing)
        });
        self.submits(Request::new(second, Kind::Processing));
        self.asks_for_the_list();
        // Submitted again, it replaces the one before.
        self.submits(Request {
            power: true,
            ..Request::new(second, Kind::Processing)
        });
        match visit % 8 {
            2 | 5 => self.exports(continued),
            7 => self.exports_and_cancels(continued),
            _ => {}
        }
        self.cancels(PROCESSING[(visit + 3) % 6]);
        if visit % 8 == 3 {
            self.saves_power(refresh);
        }
        // In the background.
        self.says(Event::Background(Empty {}));
        self.device(Device {
            in_use: Some(false),
            power: Some(true),
            ..Device::default()
        });
        self.says(Event::Suspended(Empty {}));
        self.waits(20 * MINUTE);
        let task = self.is_given(refresh, Kind::Refresh);
        self.submits(Request {
            earliest: Some(self.now + 4 * HOUR),
            ..Request::new(refresh, Kind::Refresh)
        });
        self.waits(5 * SECOND);
        self.completes(task, true);
        self.says(Event::Suspended(Empty {}));
        self.waits(2 * HOUR);
        let task = self.is_given(first, Kind::Processing);
        if visit % 8 == 1 {
            // The list holds the request of the running task, too.
            let request = Request {
                network: true,
                power: true,
                ..Request::new(first, Kind::Processing)
            };
            self.pending.push(request);
            self.asks_for_the_list();
        }
        let other = self.is_given(second, Kind::Processing);
        self.submits(Request::new(first, Kind::Processing));
        self.waits(MINUTE);
        self.completes(task, true);
        self.waits(4 * MINUTE);
        self.says(Event::Expired(Expired {
            task: other.clone(),
            queue: Some("own".to_owned()),
        }));
        self.completes(other, false);
        self.asks_for_the_list();
        self.cancels(first);
        self.pending.clear();
        self.says(Event::CancelAll(Empty {}));
        self.says(Event::Suspended(Empty {}));
        self.waits(HOUR);
        self.device(Device {
            power: Some(false),
            ..Device::default()
        });
    }

    fn saves_power(&mut self, refresh: &str) {
        let low_power = |low_power| Device {
            low_power: Some(low_power),
            ..Device::default()
        };
        self.device(low_power(true));
        self.says(Event::Submit(Submit {
            answer: Some(SubmitAnswer::Refused(Code::UNAVAILABLE.into())),
            ..Submit::of(Request::new(refresh, Kind::Refresh))
        }));
        self.device(low_power(false));
    }

    fn begins_to_export(&mut self, id: &str) -> TaskName {
        let request = Request {
            strategy: Strategy::Fail,
            title: Some("Export".to_owned()),
            subtitle: Some("Pictures".to_owned()),
            ..Request::new(id, Kind::Continued)
        };
        self.submits(request);
        self.is_given(id, Kind::Continued)
    }

    fn exports_and_cancels(&mut self, id: &str) {
        let task = self.begins_to_export(id);
        self.says(Event::Progress(Progress {
            task: task.clone(),
            total: Some(1),
            completed: None,
            child: Some(0.5),
        }));
        self.cancels(id);
        self.says(Event::Expired(Expired {
            task: task.clone(),
            queue: None,
        }));
        self.completes(task, false);
    }

    fn exports(&mut self, id: &str) {
        const STEPS: i64 = 5;
        let task = self.begins_to_export(id);
        for done in 0..=STEPS {
            self.waits(SECOND);
            self.says(Event::Progress(Progress {
                task: task.clone(),
                total: (done == 0).then_some(STEPS),
                completed: (done > 0).then_some(done),
                child: None,
            }));
        }
        self.completes(task, true);
    }

    fn starts(&mut self) {
        self.pid += 1;
        self.says(Event::Started(Started { by: Starter::Person }));
        for id in ids() {
            self.says(Event::Register(Register {
                through: None,
                id: id.into(),
                queue: None,
                answer: Some(RegisterAnswer::Returned(true)),
            }));
        }
        self.says(Event::LaunchFinished(Empty {}));
    }

    /// The shared identifier of this text.
    fn id(&self, text: &str) -> Identifier {
        match self.ids.iter().find(|id| id.as_str() == text) {
            Some(id) => id.clone(),
            None => text.into(),
        }
    }

    fn submits(&mut self, mut request: Request) {
        request.id = self.id(request.id.as_str());
        self.pending.retain(|other| other.id != request.id);
        self.pending.push(request.clone());
        let answer = Some(SubmitAnswer::Accepted);
        self.says(Event::Submit(Submit {
            answer,
            ..Submit::of(request)
        }));
    }

    fn cancels(&mut self, id: &str) {
        self.pending.retain(|request| request.id.as_str() != id);
        let id = self.id(id);
        self.says(Event::Cancel(OfIdentifier { id }));
    }

    fn asks_for_the_list(&mut self) {
        if self.lists {
            let answer = Some(self.pending.clone());
            self.says(Event::Pending(Pending { answer }));
        }
    }

    fn is_given(&mut self, id: &str, kind: Kind) -> TaskName {
        let place = ids().position(|other| other == id).unwrap_or_default();
        self.deliveries[place] += 1;
        self.pending.retain(|request| request.id.as_str() != id);
        let task = TaskName::new(self.id(id), self.deliveries[place]);
        self.says(Event::Delivered(Delivered {
            task: task.clone(),
            kind,
            queue: None,
        }));
        self.says(Event::SetExpirationHandler(SetExpirationHandler {
            task: task.clone(),
            set: true,
        }));
        task
    }

    fn completes(&mut self, task: TaskName, success: bool) {
        self.says(Event::Complete(Complete { task, success }));
    }

    fn waits(&mut self, span: Millis) {
        self.now += span;
    }

    fn device(&mut self, change: Device) {
        self.records.push(Record::new(self.now, Event::Device(change)));
    }

    fn says(&mut self, event: Event) {
        self.now += 1;
        self.records.push(Record::of(self.now, self.pid, event));
    }
}
