//! One run of an adapter's process: its pipes, the replies that are waited for, and how it ended.
//!
//! A thread with a small runtime of its own owns the process. It writes requests as they come, hands each reply to the
//! call that waits for it, and keeps the end of stderr. Calls wait on a condition variable, so that several threads
//! may have requests open at once and a process that stops reading blocks nobody.
//!
//! Invariants: once a failure is set it stays; a process whose session failed or was dropped is killed with all that
//! belongs to it, unless it ends by itself when its input does.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use super::Options;
use super::group::Group;
use super::wire::{Way, Wire};
use crate::play::adapter::{Failure, Trail};
use crate::play::protocol::{Ask, LINE_LIMIT, Request, Said, Sort, read_reply};
use crate::text::{clip, plain};

/// How long a process may take to end once its input has.
const GRACE: Duration = Duration::from_secs(2);
/// How long what belongs together may take to follow: the status behind the end of the output, the end of the pipes
/// and of the other processes behind that of the first.
const SHORTLY: Duration = Duration::from_millis(500);
/// How often an open call looks whether the run was interrupted.
const LOOK: Duration = Duration::from_millis(100);
/// How many of the last answered requests are known by name.
const ANSWERED: usize = 64;

/// A running process, or one that has failed.
#[derive(Debug)]
pub(super) struct Session {
    shared: Arc<Shared>,
    /// None once the session is over.
    requests: Mutex<Option<UnboundedSender<Vec<u8>>>>,
    driver: Mutex<Option<JoinHandle<()>>>,
}

/// What the calls and the driver share.
#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Told when the process is to be killed.
    kill: Notify,
}

#[derive(Debug, Default)]
struct State {
    last_id: u64,
    /// The requests that wait, and the replies that nobody has taken yet.
    open: HashMap<u64, (Sort, Option<Said>)>,
    /// The requests that were answered last.
    answered: VecDeque<(u64, Sort)>,
    failure: Option<Failure>,
    /// What it left behind when it ended by itself.
    left: Option<Failure>,
    wire: Wire,
}

impl Session {
    /// Runs a command line.
    pub(super) fn start(command: &str) -> Result<Self, Failure> {
        let failed = |why: String| Failure::Start {
            command: clip(command, 200),
            why,
        };
        let words = shlex::split(command).ok_or_else(|| failed("a quotation mark is not closed".to_owned()))?;
        let (program, arguments) = words.split_first().ok_or_else(|| failed("it is empty".to_owned()))?;
        let mut process = Command::new(program);
        process.args(arguments).kill_on_drop(true);
        Group::lead(&mut process);
        process
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());

        let shared = Arc::new(Shared::default());
        let (requests, receiver) = unbounded_channel();
        let (started, start) = mpsc::channel();
        let driver = std::thread::Builder::new().name("adapter".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || run(process, receiver, &shared, &started)
        });
        let driver = driver.map_err(|error| failed(error.to_string()))?;
        match start.recv() {
            Ok(Ok(())) => Ok(Self {
                shared,
                requests: Mutex::new(Some(requests)),
                driver: Mutex::new(Some(driver)),
            }),
            Ok(Err(why)) => Err(failed(why)),
            Err(_) => Err(failed("its thread ended".to_owned())),
        }
    }

    /// Asks, and waits for the reply: the number of the request, and what was said.
    pub(super) fn ask(&self, ask: Ask, options: &Options) -> Result<(u64, Said), Failure> {
        let sort = Sort::of(&ask);
        let (id, line) = self.shared.open(ask, sort)?;
        if let Some(requests) = &*self.requests.lock().unwrap_or_else(PoisonError::into_inner) {
            // Where the driver is gone it has left a failure, which the wait finds.
            let _ = requests.send(line);
        }
        match self.shared.wait(id, options) {
            Waited::Came(said) => Ok((id, said)),
            Waited::Failed(failure) => Err(failure),
            Waited::TooLong => {
                let stderr = self.shared.lock().wire.last_words();
                Err(self.fail(Failure::Hangs {
                    to: sort.to_string(),
                    seconds: seconds(options.timeout),
                    stderr,
                }))
            }
            Waited::Interrupted => Err(self.fail(Failure::Interrupted { to: sort.to_string() })),
        }
    }

    /// Sets a failure, unless one is set, and kills the process. Gives the failure that holds.
    fn fail(&self, failure: Failure) -> Failure {
        let failure = self.shared.fail(failure);
        self.kill();
        failure
    }

    /// A reply is wrong: that holds whatever became of the process since it replied.
    pub(super) fn fail_by_reply(&self, failure: Failure) -> Failure {
        self.shared.lock().failure = Some(failure.clone());
        self.kill();
        failure
    }

    /// Has the process killed.
    pub(super) fn kill(&self) {
        self.shared.kill.notify_one();
    }

    /// Ends its input, waits until the process is gone, and says what it left behind.
    pub(super) fn close(&self) -> Result<(), Failure> {
        // Without requests its input ends; a process that does not end then is killed.
        drop(self.requests.lock().unwrap_or_else(PoisonError::into_inner).take());
        let driver = self.driver.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(driver) = driver {
            // A driver that panicked has nothing to clean up.
            let _ = driver.join();
        }
        self.shared.lock().left.take().map_or(Ok(()), Err)
    }

    /// What is kept of the wire.
    pub(super) fn trail(&self) -> Trail {
        self.shared.lock().wire.trail()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Whoever wants to know what was left behind has closed it before.
        let _ = self.close();
    }
}

/// What a wait came to.
enum Waited {
    Came(Said),
    Failed(Failure),
    TooLong,
    Interrupted,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a request and gives its number and its line.
    fn open(&self, ask: Ask, sort: Sort) -> Result<(u64, Vec<u8>), Failure> {
        let mut state = self.lock();
        if let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        state.last_id += 1;
        let id = state.last_id;
        let mut line = serde_json::to_vec(&Request::new(id, ask)).map_err(|error| Failure::Nonsense {
            what: format!("{sort} cannot be written: {error}"),
        })?;
        state.wire.line(Way::To, &line);
        line.push(b'\n');
        state.open.insert(id, (sort, None));
        Ok((id, line))
    }

    /// Waits for a reply or a failure.
    fn wait(&self, id: u64, options: &Options) -> Waited {
        let deadline = Instant::now() + options.timeout;
        let mut state = self.lock();
        loop {
            if state.open.get(&id).is_some_and(|(_, said)| said.is_some())
                && let Some((sort, Some(said))) = state.open.remove(&id)
            {
                if state.answered.len() == ANSWERED {
                    state.answered.pop_front();
                }
                state.answered.push_back((id, sort));
                return Waited::Came(said);
            }
            if let Some(failure) = &state.failure {
                return Waited::Failed(failure.clone());
            }
            if options.interrupt.is_set() {
                return Waited::Interrupted;
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()) else {
                return Waited::TooLong;
            };
            state = self
                .changed
                .wait_timeout(state, left.min(LOOK))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Hands a reply to the call that waits for it.
    fn reply(&self, line: &[u8], number: u64) -> Result<(), Failure> {
        let mut state = self.lock();
        state.wire.line(Way::From, line);
        let oldest = state.open.iter().min_by_key(|(id, _)| **id);
        let (id, sort) = oldest.map_or((1, Sort::Reset), |(id, (sort, _))| (*id, *sort));
        let nonsense = |what: String| Failure::Nonsense {
            what: format!("in line {number} of its output: {what}"),
        };
        let found = || clip(&String::from_utf8_lossy(line), 120);
        let example = || sort.example(id);
        let (answered, said) = read_reply(line, &example).map_err(nonsense)?;
        if let (0, Said::Error(text)) = (answered, &said) {
            let text = clip(text, 1000);
            return Err(Failure::Reports {
                to: "a line that it takes for no request".to_owned(),
                text,
            });
        }
        let twice = |sort: Sort| Failure::Twice {
            what: format!(
                "line {number} of its output is a second reply to request {answered}, {sort}, expected one; found `{}`",
                found()
            ),
        };
        if let Some((_, place @ None)) = state.open.get_mut(&answered) {
            *place = Some(said);
            self.changed.notify_all();
            return Ok(());
        }
        let done = state.answered.iter().find(|(id, _)| *id == answered);
        let waits = state.open.get(&answered).map(|(sort, _)| *sort);
        Err(match waits.or(done.map(|(_, sort)| *sort)) {
            Some(sort) => twice(sort),
            None if oldest_is_open(&state) => nonsense(format!(
                "a reply to request {answered}, expected one to request {id}, {sort}, such as {}",
                example()
            )),
            None => nonsense(format!(
                "a reply to request {answered}, which was not asked, expected none: no request is open"
            )),
        })
    }

    fn fail(&self, failure: Failure) -> Failure {
        let failure = self.lock().failure.get_or_insert(failure).clone();
        self.changed.notify_all();
        failure
    }
}

fn oldest_is_open(state: &State) -> bool {
    state.open.values().any(|(_, said)| said.is_none())
}

/// A length of time in seconds, as short as it can be written.
fn seconds(time: Duration) -> String {
    time.as_secs_f64().to_string()
}

/// The driver: starts the process, says whether that went well, and stays until the process is gone.
fn run(
    mut process: Command,
    requests: UnboundedReceiver<Vec<u8>>,
    shared: &Arc<Shared>,
    started: &mpsc::Sender<Result<(), String>>,
) {
    let tell = |start| {
        // The starter waits for this, so that it is there to hear it.
        let _ = started.send(start);
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return tell(Err(error.to_string())),
    };
    runtime.block_on(async {
        let mut child = match process.spawn() {
            Ok(child) => child,
            Err(error) => return tell(Err(plain(&error.to_string()))),
        };
        let group = Group::of(&child);
        tell(Ok(()));
        let failure = drive(&mut child, group, requests, shared).await;
        shared.fail(failure);
        // Killed and waited for, so that no campaign leaves processes behind.
        group.kill();
        let _ = timeout(GRACE, child.kill()).await;
    });
}

/// How a process came to its end.
enum Ended {
    /// Its output ended, or what came on it is a failure.
    Output(Result<(), Failure>),
    /// It is gone, and its output goes on.
    Process(std::io::Result<ExitStatus>),
    /// Nobody asks any more.
    Requests,
    /// It is to be killed.
    Killed,
}

/// Stays until the process is over, has failed, or nobody asks any more. Gives what later calls are to hear.
async fn drive(child: &mut Child, group: Group, requests: UnboundedReceiver<Vec<u8>>, shared: &Arc<Shared>) -> Failure {
    let died = |how: &str, stderr| Failure::Died {
        how: how.to_owned(),
        stderr,
    };
    let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return died("it has no pipes", String::new());
    };
    let mut writer = tokio::spawn(write_requests(stdin, requests));
    let mut errors = tokio::spawn(keep_stderr(stderr, Arc::clone(shared)));
    let mut replies = pin!(read_replies(stdout, shared));
    let ended = tokio::select! {
        biased;
        () = shared.kill.notified() => Ended::Killed,
        end = &mut replies => Ended::Output(end),
        status = child.wait() => Ended::Process(status),
        _ = &mut writer => Ended::Requests,
    };
    let (output, status, asked) = match ended {
        Ended::Killed => return died("the runner ended it", String::new()),
        Ended::Output(Err(failure)) => return failure,
        Ended::Output(Ok(())) => {
            let status = timeout(SHORTLY, child.wait()).await.ok().and_then(Result::ok);
            (Some(Ok(())), status, true)
        }
        Ended::Process(status) => (timeout(SHORTLY, &mut replies).await.ok(), status.ok(), true),
        // A process that ends with its input is left to it.
        Ended::Requests => {
            let output = timeout(GRACE, &mut replies).await.ok();
            let status = timeout(SHORTLY, child.wait()).await.ok().and_then(Result::ok);
            (output, status, false)
        }
    };
    if let Some(Err(failure)) = output {
        return failure;
    }
    let Some(status) = status else {
        return died("it closed its output and went on", shared.lock().wire.last_words());
    };
    // What it wrote last is on its way still.
    let _ = timeout(SHORTLY, &mut errors).await;
    let holds = output.is_none();
    if holds || !asked && !are_gone(group).await {
        let how = format!(
            "{status}; a process that it had started {}, and was ended by the runner",
            if holds { "still held its output" } else { "still ran" }
        );
        let leaks = Failure::Leaks { how };
        shared.lock().left = Some(leaks.clone());
        return leaks;
    }
    died(
        &format!("{status}, before it answered"),
        shared.lock().wire.last_words(),
    )
}

/// Whether every process of the group is gone, shortly after the first.
async fn are_gone(group: Group) -> bool {
    const STEP: Duration = Duration::from_millis(10);
    let gone = async {
        while group.lives() {
            tokio::time::sleep(STEP).await;
        }
    };
    timeout(SHORTLY, gone).await.is_ok()
}

/// Writes requests until nobody can send any. A process that does not read is found by the time that its answers take.
async fn write_requests(mut stdin: ChildStdin, mut requests: UnboundedReceiver<Vec<u8>>) {
    let mut open = true;
    while let Some(line) = requests.recv().await {
        open = open && stdin.write_all(&line).await.is_ok() && stdin.flush().await.is_ok();
    }
}

/// Hands out replies until the output ends.
async fn read_replies(stdout: ChildStdout, shared: &Shared) -> Result<(), Failure> {
    let mut stdout = BufReader::new(stdout);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let read = (&mut stdout)
            .take(LINE_LIMIT as u64 + 1)
            .read_until(b'\n', &mut line)
            .await;
        match read {
            Ok(_) if line.last() == Some(&b'\n') => {}
            Ok(_) if line.len() > LINE_LIMIT => {
                let what = format!("a line of more than {LINE_LIMIT} bytes");
                return Err(Failure::Floods { what });
            }
            // A line that it did not finish is no reply.
            Ok(_) | Err(_) => return Ok(()),
        }
        line.pop();
        number += 1;
        if !line.trim_ascii().is_empty() {
            shared.reply(&line, number)?;
        }
    }
}

/// Keeps the end of what comes on stderr, until it ends.
async fn keep_stderr(mut stderr: ChildStderr, shared: Arc<Shared>) {
    let mut part = [0; 1024];
    while let Ok(read @ 1..) = stderr.read(&mut part).await {
        shared.lock().wire.stderr(&part[..read]);
    }
}
