//! rexecutor's in-memory backend behind the adapter protocol, on the clock of the wall.
//!
//! A submission is a job with a date, unique by its identifier; a cancel cancels it, the pending list is a query, and a task is
//! a job that the library executes: what the library does is passed on, and nothing is done in its place. The library
//! lives in the app's process and keeps its jobs in memory: they end with the process. Its clock is that of the wall; the
//! adapter says how many times slower the runner's is, and takes the runner's time for the start of each command. README.md says
//! what differs, and whether that is a choice or a breach.
//!
//! With `--without CALL` it leaves one call of the library out, to see that the suite misses it.

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bgspec_conformance::play::adapter::{Adapter, Applied, Failure, Hello};
use bgspec_conformance::play::serve::serve;
use bgspec_model::vocabulary::*;
use chrono::{DateTime, TimeDelta, Utc};
use rexecutor::backend::memory::InMemoryBackend;
use rexecutor::backend::{Backend, ExecutionError, Query};
use rexecutor::executor::{ExecutionResult, Executor};
use rexecutor::job::uniqueness_criteria::{Replace, UniquenessCriteria};
use rexecutor::job::{ErrorType, Job, JobId, JobStatus};
use rexecutor::{DropGuard, Rexecutor};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// How many milliseconds of the runner's pass in one of the wall's.
const SPEED: i64 = 100_000;
/// The library executes what is due within 15 ms, and a command takes its time too.
const TOLERANCE: Millis = 45 * SPEED;
/// How long something due may take to begin, in milliseconds of the wall.
const SOON: i64 = 15;

const CALLS: [&str; 3] = ["mark_job_cancelled", "unique", "schedule_at"];

/// What the library executes.
struct Task;

#[async_trait::async_trait]
impl Executor for Task {
    /// In which run, and the request.
    type Data = (u64, Request);
    type Metadata = ();
    const NAME: &'static str = "task";
    const MAX_ATTEMPTS: u16 = 1;

    async fn execute(job: Job<Self::Data, Self::Metadata>) -> ExecutionResult {
        let (run, request) = job.data;
        let completed = state().deliver(run, request);
        if let Some(completed) = completed {
            // It lasts until the app completes it, or is gone.
            let _ = completed.await;
        }
        ExecutionResult::Done
    }
}

/// The library calls a function that has nothing but the job.
static STATE: Mutex<State> = Mutex::new(State::new());

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

struct State {
    run: u64,
    /// The runner's time, and the wall's then.
    now: (Millis, DateTime<Utc>),
    seen: Vec<Record>,
    deliveries: BTreeMap<Identifier, u32>,
    running: BTreeMap<String, oneshot::Sender<()>>,
    /// The job of each identifier.
    jobs: BTreeMap<Identifier, JobId>,
}

impl State {
    const fn new() -> Self {
        Self {
            run: 0,
            now: (0, DateTime::UNIX_EPOCH),
            seen: Vec::new(),
            deliveries: BTreeMap::new(),
            running: BTreeMap::new(),
            jobs: BTreeMap::new(),
        }
    }

    fn deliver(&mut self, run: u64, request: Request) -> Option<oneshot::Receiver<()>> {
        if run != self.run {
            return None;
        }
        let n = self.deliveries.entry(request.id.clone()).or_default();
        *n += 1;
        let task = TaskName::new(request.id, *n);
        let (complete, completed) = oneshot::channel();
        self.running.insert(task.to_string(), complete);
        let delivered = Event::Delivered(Delivered {
            task,
            kind: request.kind,
            queue: None,
        });
        let record = Record::new(self.time(), delivered);
        self.seen.push(record);
        Some(completed)
    }

    /// The runner's time.
    fn time(&self) -> Millis {
        let (then, wall) = self.now;
        then + (Utc::now() - wall).num_microseconds().unwrap_or(0) * SPEED / 1_000
    }

    /// When that is on the wall.
    fn wall(&self, at: Millis) -> DateTime<Utc> {
        let (then, wall) = self.now;
        wall + TimeDelta::microseconds((at - then).saturating_mul(1_000) / SPEED)
    }
}

struct Library {
    runtime: Runtime,
    process: Mutex<Option<(InMemoryBackend, DropGuard)>>,
    without: Option<String>,
}

impl Library {
    fn lacks(&self, call: &str) -> bool {
        self.without.as_deref() == Some(call)
    }

    /// The library in a new process of the app: without jobs.
    fn restart(&self) {
        let mut state = state();
        state.run += 1;
        state.running.clear();
        state.jobs.clear();
        // What began as the process ended nobody saw.
        for record in std::mem::take(&mut state.seen) {
            if let Some(Event::Delivered(delivered)) = record.event {
                *state.deliveries.entry(delivered.task.id).or_default() -= 1;
            }
        }
        drop(state);
        let _inside = self.runtime.enter();
        let backend = InMemoryBackend::new();
        let guard = Rexecutor::new(backend.clone()).with_executor::<Task>().drop_guard();
        *self.process.lock().unwrap_or_else(PoisonError::into_inner) = Some((backend, guard));
    }

    fn with<T>(&self, ask: impl AsyncFnOnce(&InMemoryBackend) -> Result<T, String>) -> Result<T, Failure> {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |text: String| Failure::Reports {
            to: "the library".to_owned(),
            text,
        };
        let (backend, _) = process.as_ref().ok_or_else(|| failed("no reset came".to_owned()))?;
        self.runtime.block_on(ask(backend)).map_err(failed)
    }

    fn submit(&self, request: Request) -> Result<(), Failure> {
        let (run, date, now) = {
            let state = state();
            let now = state.now.0;
            let date = state.wall(request.earliest.unwrap_or(now).max(now));
            (state.run, date, state.wall(now))
        };
        let id = request.id.clone();
        let on_conflict = Replace::scheduled_at().and_data().for_statuses(&[JobStatus::Scheduled]);
        let unique = UniquenessCriteria::by_key(&id.as_str())
            .and_executor()
            .and_statuses(&[JobStatus::Scheduled])
            .on_conflict(on_conflict);
        let mut job = Task::builder().with_data((run, request));
        job = job.schedule_at(if self.lacks("schedule_at") { now } else { date });
        if !self.lacks("unique") {
            job = job.unique(unique);
        }
        let number =
            self.with(async |backend| job.enqueue_to_backend(backend).await.map_err(|error| error.to_string()))?;
        state().jobs.insert(id, number);
        Ok(())
    }

    fn jobs(&self, status: JobStatus) -> Result<Vec<rexecutor::backend::Job>, Failure> {
        self.with(async |backend| {
            let query = Query::StatusEqual(status);
            backend.query(query).await.map_err(|error| error.to_string())
        })
    }

    /// What is due by now has begun before anything is answered, or is slow.
    fn begin_what_is_due(&self) -> Result<(), Failure> {
        for _ in 0..4 * SOON {
            let soon = Utc::now() + TimeDelta::milliseconds(SOON);
            let later = |job: &rexecutor::backend::Job| job.scheduled_at > soon;
            // What the library has taken up and not called yet, or what was completed and it has not noted yet.
            let called = self.jobs(JobStatus::Executing)?.len() <= state().running.len();
            if called && self.jobs(JobStatus::Scheduled)?.iter().all(later) {
                break;
            }
            std::thread::sleep(Duration::from_micros(250));
        }
        Ok(())
    }

    fn cancel(&self, ids: Vec<JobId>) -> Result<(), Failure> {
        if self.lacks("mark_job_cancelled") {
            return Ok(());
        }
        self.with(async |backend| {
            for id in ids {
                let error = ExecutionError {
                    error_type: ErrorType::Cancelled,
                    message: "by the app".to_owned(),
                };
                backend
                    .mark_job_cancelled(id, error)
                    .await
                    .map_err(|error| error.to_string())?;
            }
            Ok(())
        })
    }

    fn pending(&self) -> Result<Vec<Request>, Failure> {
        let jobs = self.jobs(JobStatus::Scheduled)?;
        let request = |job: rexecutor::backend::Job| serde_json::from_value::<(u64, Request)>(job.data).ok();
        Ok(jobs
            .into_iter()
            .filter_map(request)
            .map(|(_, request)| request)
            .collect())
    }

    /// Time passes until the first moment with observations.
    fn pass(&self, until: Millis) -> Millis {
        loop {
            let state = state();
            let now = state.time();
            if !state.seen.is_empty() || now >= until {
                return now.min(until);
            }
            let left = (until - now) / SPEED;
            drop(state);
            std::thread::sleep(Duration::from_millis(left.clamp(1, 5).unsigned_abs()));
        }
    }
}

impl Adapter for Library {
    fn hello(&self) -> Result<Hello, Failure> {
        use Area::*;
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Ok(Hello {
            kinds: vec![Kind::Refresh, Kind::Processing],
            areas: vec![
                Submission,
                Cancelling,
                PendingList,
                Conditions,
                Launch,
                Completion,
                Life,
            ],
            unmodelled: words(&[
                "network",
                "power",
                "in_use",
                "unlocked_once",
                "low_power",
                "background_refresh",
                "background_launches",
                "SUB-3",
                "SUB-5",
                "SUB-6",
                "CON-8",
                "CON-9",
                "CON-10",
                "CON-11",
                "LIF-1",
                "SUB-14",
            ]),
            observes: words(&["delivered", "delivery_raised", "suspended", "killed"]),
            discretion: Discretion::Autonomous,
            tolerance: TOLERANCE,
            speed: Some(SPEED as f64),
            ..Hello::new("rexecutor", "0.1.1")
        })
    }

    fn reset(&self, _: &Header) -> Result<(), Failure> {
        self.restart();
        let mut state = state();
        state.now = (0, Utc::now());
        state.deliveries.clear();
        Ok(())
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let Some(event) = input.event.clone() else {
            return Ok(Applied::default());
        };
        let mut applied = Applied::default();
        if !matches!(event, Event::Clock(_)) {
            state().now = (input.at, Utc::now());
        }
        let returned = || Answer::Void(ReturnAnswer::Returned);
        let is_call = event.role() == Role::Call;
        let mut at = input.at;
        match event {
            Event::Clock(_) => {
                state().now.1 = Utc::now();
                at = self.pass(input.at);
                applied.reached = Some(at);
                state().now = (at, Utc::now());
            }
            Event::Register(_) => applied.answer = Some(Answer::Register(RegisterAnswer::Returned(true))),
            Event::SupportedResources(_) => {
                applied.answer = Some(Answer::SupportedResources(Resources { gpu: false }));
            }
            Event::Submit(submit) => {
                self.submit(submit.request().clone())?;
                applied.answer = Some(Answer::Submit(SubmitAnswer::Accepted));
            }
            Event::SubmitAsync(submit) => {
                self.submit(submit.request().clone())?;
                applied.answer = Some(returned());
            }
            Event::Pending(_) => applied.answer = Some(Answer::Pending(self.pending()?)),
            Event::Cancel(of) => {
                let job = state().jobs.get(&of.id).copied();
                self.cancel(job.into_iter().collect())?;
                applied.answer = Some(returned());
            }
            Event::CancelAll(_) => {
                let jobs = self
                    .jobs(JobStatus::Scheduled)?
                    .iter()
                    .map(|job| JobId::from(job.id))
                    .collect();
                self.cancel(jobs)?;
                applied.answer = Some(returned());
            }
            Event::Complete(complete) => {
                // The task ends with the sender.
                state().running.remove(&complete.task.to_string());
                applied.answer = Some(returned());
            }
            Event::Crashed(_)
            | Event::MemoryKilled(_)
            | Event::ForceQuit(_)
            | Event::Reboot(_)
            | Event::Updated(_)
            | Event::Uninstalled(_) => self.restart(),
            _ if is_call => applied.answer = Some(returned()),
            _ => {}
        }
        self.begin_what_is_due()?;
        let mut seen = std::mem::take(&mut state().seen);
        for record in &mut seen {
            record.at = record.at.min(at);
        }
        applied.observed = seen;
        Ok(applied)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let without = match arguments.as_slice() {
        [] => None,
        [word] if word == "--version" => {
            println!("rexecutor 0.1.1");
            return ExitCode::SUCCESS;
        }
        [word, call] if word == "--without" && CALLS.contains(&call.as_str()) => Some(call.clone()),
        _ => {
            eprintln!("expected nothing, or --without and one of {}", CALLS.join(", "));
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_time()
        .build();
    let served = runtime.and_then(|runtime| {
        let library = Library {
            runtime,
            process: Mutex::default(),
            without,
        };
        serve(&library, io::stdin().lock(), io::stdout())
    });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
