//! The behaviour of iOS background task scheduling as an executable, nondeterministic state machine.
//!
//! What `BGTaskScheduler` does (iOS 13 to 27) is written down here as rules, each a sentence with its basis and its
//! sources beside the code that enforces it, and an oracle judges by them what really happened. The rules leave choices
//! open: a launch may come or not, an error code may be one of several. So the oracle carries the *set* of states that
//! the events so far allow, and names a breach, with the party that it binds, where none is left. The crate is pure: no
//! input or output, no threads, no clock of its own. Adapters, traces as files, generation and the command line are in
//! `bgspec-conformance`.
//!
//! # Judging what happened
//!
//! A trace is a [`vocabulary::Header`] and [`vocabulary::Record`]s. Here an app submits a request and the pending list
//! does not show it:
//!
//! ```
//! use bgspec_model::oracle::{Oracle, Terms};
//! use bgspec_model::report::Verdict;
//! use bgspec_model::rule::Party;
//! use bgspec_model::vocabulary::{
//!     Empty, Event, Header, Kind, Pending, Permitted, Record, Register, RegisterAnswer, Request, Submit, SubmitAnswer,
//!     Version,
//! };
//!
//! let id = "com.example.app.sync";
//! let mut header = Header::new(Version::new(26, 1), "com.example.app");
//! header.permitted = Permitted::List(vec![id.into()]);
//! header.modes = vec!["fetch".into()];
//!
//! let events = [
//!     Event::Register(Register { through: None, id: id.into(), queue: None, answer: Some(RegisterAnswer::Returned(true)) }),
//!     Event::LaunchFinished(Empty {}),
//!     Event::Submit(Submit { answer: Some(SubmitAnswer::Accepted), ..Submit::of(Request::new(id, Kind::Refresh)) }),
//!     Event::Pending(Pending { answer: Some(vec![]) }),
//! ];
//! let mut oracle = Oracle::new(&header, &Terms::default())?;
//! for (at, event) in (0..).zip(events) {
//!     oracle.step(&Record::of(at, 1, event))?;
//! }
//!
//! let report = oracle.finish();
//! assert_eq!(report.verdict, Verdict::Breaks);
//! assert_eq!(report.findings[0].party, Party::Scheduler);
//! # Ok::<(), bgspec_model::oracle::Malformed>(())
//! ```
//!
//! # Map
//!
//! Dependencies point down this list.
//!
//! - [`oracle`]: the set of states, moved on by each event; recovery after a breach; [`report`]: what it says at the end.
//! - [`engine`]: what an engine knows of a specification, and the plain oracle, which says what the fast one means.
//! - [`rules`]: the rulebook, a module an area. Rule code asks [`see::See`] plain questions and says what is allowed; an
//!   open answer is taken both ways. It changes nothing: `apply` carries out what was decided.
//! - [`state`]: one state that may hold, and [`facts`]: what is known of each fact that can be open.
//! - [`context`]: what all states of a trace share, and [`past`]: what names a finding and decides none.
//! - [`profile`] and [`setting`]: every point where sources disagree or are silent, with what `contract` and `field` make
//!   of it; [`rule`]: what a rule is.
//! - [`taken_out`]: the model with one rule less, and [`mutant`], with one small change: by these tests are tested.
//! - [`unmodelled`]: single rules and conditions that an implementation does not model.
//! - [`op`]: events with their names interned; [`vocabulary`]: events as they stand in a trace, plain data with a JSON
//!   form.
//!
//! With the feature `schema` the vocabulary has JSON Schemas.
#![forbid(unsafe_code)]

mod apply;
pub mod context;
pub mod engine;
pub mod facts;
mod interner;
pub mod mutant;
pub mod op;
pub mod oracle;
pub mod past;
pub mod profile;
#[cfg(test)]
mod reach;
pub mod report;
#[macro_use]
pub mod rule;
pub mod rules;
pub mod see;
pub mod setting;
pub mod state;
pub mod taken_out;
pub mod unmodelled;
pub mod vocabulary;
