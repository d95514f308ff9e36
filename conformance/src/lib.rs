//! Judges any implementation of iOS background task scheduling by the [`bgspec_model`] state machine.
//!
//! Three doors lead to its oracle: the Rust trait [`play::adapter::Adapter`], a program in any language that speaks JSON
//! lines ([`play::protocol`], [`play::subprocess`]), and a recorded trace ([`trace`]). The command `bgspec` is this crate's [`cli`].
//!
//! # Judging a trace
//!
//! ```
//! use bgspec_conformance::trace::Reader;
//! use bgspec_model::oracle::{Oracle, Terms};
//! use bgspec_model::report::Verdict;
//!
//! let file = r#"{"bgspec":1,"os":"18.0","origin":"made up","bundle":"com.example.app","permitted":["com.example.app.sync"],"modes":["fetch"],"initial":"known"}
//! {"at":0,"pid":1,"event":{"register":{"id":"com.example.app.sync","answer":true}}}
//! {"at":5,"pid":1,"event":{"launch_finished":{}}}
//! {"at":10,"pid":1,"event":{"submit":{"id":"com.example.app.sync","kind":"refresh","answer":"accepted"}}}
//! {"at":20,"end":"closed"}
//! "#;
//! let mut trace = Reader::new(file.as_bytes(), "sync.jsonl")?;
//! let mut oracle = Oracle::new(trace.header(), &Terms::default())?;
//! while let Some(record) = trace.next() {
//!     // A line that contradicts the trace gets its place: file, line, column.
//!     oracle.step(&record?).map_err(|malformed| trace.malformed(malformed))?;
//! }
//! assert_eq!(oracle.finish().verdict, Verdict::Conforms);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Driving an implementation
//!
//! [`reference::InProcess`] is the reference scheduler behind the trait. An implementation of one's own takes its place,
//! here or, as a program, behind `bgspec test --adapter`.
//!
//! ```
//! use bgspec_conformance::play::adapter::Adapter;
//! use bgspec_conformance::reference::InProcess;
//! use bgspec_model::vocabulary::{Empty, Event, Header, Record, Started, Starter, Version};
//!
//! let scheduler = InProcess::new();
//! assert!(scheduler.hello()?.observes.contains(&"delivered".to_owned()));
//! scheduler.reset(&Header::new(Version::new(26, 1), "com.example.app"))?;
//! scheduler.apply(&Record::of(0, 1, Event::Started(Started { by: Starter::Person })))?;
//! let applied = scheduler.apply(&Record::of(0, 1, Event::LaunchFinished(Empty {})))?;
//! assert!(applied.observed.is_empty(), "nothing was submitted, so nothing happens");
//! # Ok::<(), bgspec_conformance::play::adapter::Failure>(())
//! ```
//!
//! # Map
//!
//! - [`play`]: the trait of an adapter, the same by JSON lines, and the runner that plays it.
//! - [`mod@reference`]: a real scheduler with a clock of its own. It shares the vocabulary with the model and none of
//!   its logic.
//! - [`campaign`]: one total function from choices to inputs, shrinking, and the summary by rule.
//! - [`features`]: scenarios in Gherkin, played against an implementation or told to the oracle; [`mod@corpus`]: the traces
//!   with their verdicts.
//! - [`mutate`]: changes of traces that conform, and what allows those that are accepted; [`mutants`]: changes of the model,
//!   and what notices them; [`vectors`]: frozen traces with what is allowed at each line; [`independence`]: whether the
//!   rules stand each for itself.
//! - [`explain`]: why a request was not launched; [`info_plist`]: what an app's own files permit; [`rulebook`]: the rules to
//!   read.
//! - [`trace`] and [`lines`]: files, in constant memory, with errors that say where and what was expected.
//! - Ctrl-C: [`interrupt`].
//! - [`annotate`]: findings in the forms of Xcode, GitHub and SARIF.
//! - [`report`], [`mod@schema`], [`exit`]: what `bgspec` prints for programs, its JSON Schemas, and its exit codes.
//! - [`cli`], [`text`]: the command line and its words.
#![forbid(unsafe_code)]

pub mod annotate;
pub mod campaign;
pub mod cli;
pub mod corpus;
pub mod events;
pub mod exit;
pub mod explain;
pub mod features;
pub mod independence;
pub mod info_plist;
pub mod interrupt;
pub mod lines;
pub mod mutants;
pub mod mutate;
mod parallel;
pub mod play;
pub mod reference;
pub mod report;
pub mod rulebook;
pub mod schema;
pub mod text;
pub mod trace;
pub mod vectors;
