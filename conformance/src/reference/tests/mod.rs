//! Tests by area. Each is named by the sentence that it checks.

mod adapter;
mod autonomous;
mod choices;
mod continued;
mod device;
mod expiration;
mod histories;
mod history;
mod launch;
mod life;
mod races;
mod registration;
mod submission;
mod threads;

use bgspec_model::vocabulary::{
    Answer, CardIs, Code, Device, Empty, Event, Kind, Millis, OfIdentifier, OfTask, Record, Request, Started, Starter,
    TaskName, Version,
};

use super::{Caller, Choices, Facts, Raised, Scheduler, SubmitError, VirtualClock};

/// The identifiers that the app of the tests permits exactly, besides `app.export.*`.
const EXACT: [&str; 4] = ["app.a", "app.b", "app.c", "other.x"];

/// A world around one scheduler: the bundle is `app`, everything that the kinds need is there, and `gpu` too.
struct World {
    scheduler: Scheduler,
}

fn facts(major: u16) -> Facts {
    let mut facts = Facts::new(Version::new(major, 0), "app")
        .permits("app.export.*")
        .mode("fetch")
        .mode("processing")
        .entitlement("com.apple.developer.backgroundtasks.healthresearch")
        .entitlement("com.apple.developer.background-tasks.continued-processing.gpu");
    for id in EXACT {
        facts = facts.permits(id);
    }
    facts.study_opt_in = true;
    facts.gpu = true;
    facts
}

impl World {
    fn of(facts: Facts, choices: Choices) -> Self {
        let scheduler = Scheduler::with(VirtualClock::new(), facts, choices);
        Self { scheduler }
    }

    /// A new device with the app installed and no process.
    fn new(major: u16) -> Self {
        Self::of(facts(major), Choices::default())
    }

    /// The app in the foreground, with every exact identifier registered.
    fn opened(major: u16) -> Self {
        Self::new(major).and_opened()
    }

    fn and_opened(self) -> Self {
        self.start(Starter::Person);
        self.register_all();
        self.launch_finished();
        self
    }

    /// The app in the background, with every exact identifier registered.
    fn left(major: u16) -> Self {
        let world = Self::opened(major);
        world.leave();
        world
    }

    fn put(&self, event: Event) {
        self.scheduler.put(&event);
    }

    fn start(&self, by: Starter) {
        self.put(Event::Started(Started { by }));
    }

    fn register_all(&self) {
        for id in EXACT {
            assert_eq!(self.scheduler.register(id, None), Ok(true), "{id}");
        }
    }

    fn launch_finished(&self) {
        self.put(Event::LaunchFinished(Empty {}));
    }

    /// The person leaves the app and puts the device aside.
    fn leave(&self) {
        self.put(Event::Background(Empty {}));
        self.device(Device {
            in_use: Some(false),
            ..Device::default()
        });
    }

    fn device(&self, change: Device) {
        self.put(Event::Device(change));
    }

    fn submit(&self, request: Request) -> Result<(), SubmitError> {
        self.scheduler.submit(request)
    }

    fn granted(&self, id: &str) -> bool {
        self.scheduler.grant(id).is_ok()
    }

    fn handles_expiration(&self, task: &str) {
        self.scheduler.set_expiration_handler(&name(task));
    }

    fn complete(&self, task: &str) {
        self.scheduler.complete(&name(task), true);
    }

    fn pass(&self, millis: Millis) {
        self.scheduler.advance(millis);
    }

    /// What was seen since the last look, in short form: `3000 delivered app.a#1`.
    fn seen(&self) -> Vec<String> {
        self.scheduler.take_events().iter().map(short).collect()
    }

    /// As [`World::seen`], without cards and suspensions.
    fn tasks(&self) -> Vec<String> {
        let noise = |line: &String| line.contains(" card ") || line.ends_with(" suspended");
        self.seen().into_iter().filter(|line| !noise(line)).collect()
    }

    fn listed(&self) -> Vec<String> {
        self.scheduler
            .pending()
            .iter()
            .map(|request| request.id.to_string())
            .collect()
    }
}

fn name(task: &str) -> TaskName {
    task.parse().unwrap()
}

fn of_task(task: &str) -> OfTask {
    OfTask { task: name(task) }
}

fn of_id(id: &str) -> OfIdentifier {
    OfIdentifier { id: id.into() }
}

fn refresh(id: &str) -> Request {
    Request::new(id, Kind::Refresh)
}

fn processing(id: &str) -> Request {
    Request::new(id, Kind::Processing)
}

fn health(id: &str) -> Request {
    Request::new(id, Kind::HealthResearch)
}

fn continued(id: &str) -> Request {
    Request::new(id, Kind::Continued)
}

fn refused(code: Code) -> Result<(), SubmitError> {
    Err(SubmitError::Refused(code))
}

fn raised<T, E: From<Raised>>(text: &str) -> Result<T, E> {
    Err(Raised { text: text.to_owned() }.into())
}

fn short(record: &Record) -> String {
    let event = record.event.as_ref().unwrap();
    let what = match event {
        Event::Launched(launched) => {
            let ids: Vec<_> = launched.ids.iter().flatten().map(ToString::to_string).collect();
            ids.join(" ")
        }
        Event::Delivered(delivered) => delivered.task.to_string(),
        Event::DeliveryRaised(raised) => raised.id.to_string(),
        Event::Expired(expired) => expired.task.to_string(),
        Event::CompletedBySystem(of) => of.task.to_string(),
        Event::Card(card) => {
            let is = match card.is {
                CardIs::Shown => "shown",
                CardIs::Changed => "changed",
                CardIs::Prompting => "prompting",
                CardIs::Finished => "finished",
                CardIs::Failed => "failed",
                CardIs::Gone => "gone",
            };
            format!("{} {is}", card.task)
        }
        Event::SubmissionCompleted(completed) => match completed.error {
            Some(Code(code)) => format!("{} error {code}", completed.submission),
            None => completed.submission.to_string(),
        },
        _ => String::new(),
    };
    format!("{} {} {what}", record.at, event.name()).trim_end().to_owned()
}
