//! The reference scheduler: a real implementation of background task scheduling.
//!
//! It has its own data structures, locks and clock, and shares the vocabulary with the model and none of its logic. It
//! is the suite's default adapter ([`InProcess`]), and a fake with a clock for the unit tests of an app
//! ([`Scheduler`]). Where the rules leave a choice it is in one place, [`Choices`].
//!
//! A test of an app plays the world: it starts the app, moves it, lets time pass, and grants launches.
//!
//! ```
//! use bgspec_conformance::reference::{Facts, Obstacle, Scheduler, VirtualClock};
//! use bgspec_model::vocabulary::{Kind, Request, Starter, TaskName, Version};
//!
//! let facts = Facts::new(Version::new(18, 0), "com.example.app").permits("com.example.app.sync").mode("fetch");
//! let scheduler = Scheduler::new(VirtualClock::new(), facts);
//!
//! // The person opens the app. It registers and submits, and the person leaves it.
//! scheduler.start(Starter::Person);
//! assert_eq!(scheduler.register("com.example.app.sync", None), Ok(true));
//! scheduler.launch_finished();
//! let request = Request { earliest: Some(3_600_000), ..Request::new("com.example.app.sync", Kind::Refresh) };
//! assert_eq!(scheduler.submit(request), Ok(()));
//! scheduler.background();
//!
//! // The date is a floor.
//! assert_eq!(scheduler.grant("com.example.app.sync"), Err(Obstacle::TooEarly));
//! scheduler.advance(3_600_000);
//! assert_eq!(scheduler.grant("com.example.app.sync"), Ok(()));
//!
//! // The task runs for 30 seconds at most.
//! let task: TaskName = "com.example.app.sync#1".parse().unwrap();
//! scheduler.set_expiration_handler(&task);
//! scheduler.advance(30_000);
//! scheduler.complete(&task, false);
//! let names: Vec<_> = scheduler.take_events().iter().filter_map(|e| Some(e.event.as_ref()?.name())).collect();
//! assert_eq!(names, ["suspended", "delivered", "expired"]);
//! ```
//!
//! In real time: [`RealClock`] and [`drive`].
//!
//! What is where: a file an area (`registration`, `submission`, `pending`, `conditions`, `launch`, `running`,
//! `continued`, `progress`, `cards`, `life`, `device`, `debugging`), each an `impl` of the state in `state`; the lock
//! around it in `scheduler`; what a lock is in `sync`. Only `realtime` knows tokio.

mod adapter;
mod cards;
mod choices;
mod clock;
mod conditions;
mod continued;
mod debugging;
mod device;
mod errors;
mod facts;
mod faults;
mod input;
mod launch;
mod life;
mod outlet;
mod pending;
mod permits;
mod progress;
mod realtime;
mod registration;
mod running;
mod scheduler;
mod state;
mod submission;
mod sync;
#[cfg(test)]
mod tests;

pub use adapter::InProcess;
pub use choices::{Choices, WithoutPrefix};
pub use clock::{Clock, SleepUntil, VirtualClock};
pub use conditions::Obstacle;
pub use errors::{Raised, SubmitError};
pub use facts::Facts;
pub use faults::{BEYOND_REACH, Fault, NoFault};
pub use realtime::{RealClock, drive};
pub use scheduler::{Caller, Scheduler};
