//! One run of an adapter's process: its pipes, the replies that are waited for, and how it ended.
//!
//! A thread with a small runtime of its own owns the process. It writes requests as they come, hands each reply to the
//! call that waits for it, and keeps the end of stderr. Calls wait on a condition variable, so that several threads
//! may have requests open at once and a process that stops reading blocks nobody.
//!
//! Invariants: once a failure is set it stays; a process whose session failed or was dropped is killed, unless it ends
//! by itself when its input does.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::lines::{self, Unfit};
use crate::play::adapter::{Failure, PROTOCOL};
use crate::play::protocol::{Ask, LINE_LIMIT, Reply, Request, Said};
use crate::text::{clip, plain};

/// How long a process may take to end once its output or its input has.
const GRACE: Duration = Duration::from_secs(2);
/// How many bytes of stderr are kept, and how many lines of them are shown.
const STDERR_BYTES: usize = 8 << 10;
const STDERR_LINES: usize = 10;

/// A running process, or one that has failed.
#[derive(Debug)]
pub(super) struct Session {
    shared: Arc<Shared>,
    /// None once the session is over.
    requests: Option<UnboundedSender<Vec<u8>>>,
    driver: Option<JoinHandle<()>>,
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
    open: HashMap<u64, Option<Said>>,
    failure: Option<Failure>,
    stderr: VecDeque<u8>,
}

impl Session {
    /// Runs a command line.
    pub(super) fn start(command: &str) -> Result<Self, Failure> {
        let failed = |why: String| Failure::Start {
            command: command.to_owned(),
            why,
        };
        let words = shlex::split(command).ok_or_else(|| failed("a quotation mark is not closed".to_owned()))?;
        let (program, arguments) = words.split_first().ok_or_else(|| failed("it is empty".to_owned()))?;
        let mut process = Command::new(program);
        process.args(arguments).kill_on_drop(true);
        // A Ctrl-C in the terminal is for bgspec, which ends its adapters itself.
        #[cfg(unix)]
        process.process_group(0);
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
                requests: Some(requests),
                driver: Some(driver),
            }),
            Ok(Err(why)) => Err(failed(why)),
            Err(_) => Err(failed("its thread ended".to_owned())),
        }
    }

    /// Asks, and waits for the reply.
    pub(super) fn ask(&self, ask: Ask, to: &str, timeout: Duration) -> Result<Said, Failure> {
        let id = self.shared.open()?;
        let mut line = serde_json::to_vec(&Request::new(id, ask)).map_err(|error| Failure::Nonsense {
            what: format!("{to} cannot be written: {error}"),
        })?;
        line.push(b'\n');
        if let Some(requests) = &self.requests {
            // Where the driver is gone it has left a failure, which the wait finds.
            let _ = requests.send(line);
        }
        self.shared.wait(id, timeout).unwrap_or_else(|| {
            Err(self.fail(Failure::Hangs {
                to: to.to_owned(),
                seconds: timeout.as_secs(),
            }))
        })
    }

    /// Sets a failure, unless one is set, and kills the process. Gives the failure that holds.
    pub(super) fn fail(&self, failure: Failure) -> Failure {
        let failure = self.shared.fail(failure);
        self.end();
        failure
    }

    /// A reply is wrong: that holds whatever became of the process since it replied.
    pub(super) fn fail_by_reply(&self, failure: Failure) -> Failure {
        self.shared.lock().failure = Some(failure.clone());
        self.end();
        failure
    }

    /// Has the process killed.
    pub(super) fn end(&self) {
        self.shared.kill.notify_one();
    }

    /// The end of what it wrote to stderr.
    pub(super) fn stderr(&self) -> String {
        let bytes: Vec<u8> = self.shared.lock().stderr.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Without requests its input ends; a process that does not end then is killed.
        drop(self.requests.take());
        if let Some(driver) = self.driver.take() {
            // A driver that panicked has nothing to clean up.
            let _ = driver.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a request and gives its number.
    fn open(&self) -> Result<u64, Failure> {
        let mut state = self.lock();
        if let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        state.last_id += 1;
        let id = state.last_id;
        state.open.insert(id, None);
        Ok(id)
    }

    /// Waits for a reply or a failure; none where neither comes in time.
    fn wait(&self, id: u64, timeout: Duration) -> Option<Result<Said, Failure>> {
        let deadline = Instant::now() + timeout;
        let mut state = self.lock();
        loop {
            if let Some(said) = state.open.get_mut(&id).and_then(Option::take) {
                state.open.remove(&id);
                return Some(Ok(said));
            }
            if let Some(failure) = &state.failure {
                return Some(Err(failure.clone()));
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            state = self
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Hands a reply to the call that waits for it.
    fn reply(&self, line: &[u8], number: u64) -> Result<(), Failure> {
        let nonsense = |what: String| Failure::Nonsense {
            what: format!("in line {number} of its output: {what}"),
        };
        let (id, said) = read_reply(line).map_err(nonsense)?;
        if let (0, Said::Error(text)) = (id, &said) {
            let text = clip(text, 1000);
            return Err(Failure::Reports {
                to: "a line that it takes for no request".to_owned(),
                text,
            });
        }
        match self.lock().open.get_mut(&id) {
            Some(place @ None) => *place = Some(said),
            _ => {
                return Err(nonsense(format!(
                    "a reply to request {id}, expected one to a request that is open"
                )));
            }
        }
        self.changed.notify_all();
        Ok(())
    }

    fn fail(&self, failure: Failure) -> Failure {
        let failure = self.lock().failure.get_or_insert(failure).clone();
        self.changed.notify_all();
        failure
    }

    /// The last lines of stderr as a message ends with them, or nothing.
    fn last_words(&self) -> String {
        let bytes: Vec<u8> = self.lock().stderr.iter().copied().collect();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let last = &lines[lines.len().saturating_sub(STDERR_LINES)..];
        last.iter()
            .map(|line| format!("\n  stderr: {}", clip(line, 200)))
            .collect()
    }
}

/// Takes a reply apart; where that fails, what was found and expected.
fn read_reply(line: &[u8]) -> Result<(u64, Said), String> {
    #[derive(Deserialize)]
    struct Version {
        hello: Protocol,
    }
    #[derive(Deserialize)]
    struct Protocol {
        protocol: u32,
    }
    let found = || clip(&String::from_utf8_lossy(line), 120);
    let expected = r#"expected a reply, such as {"id":1,"done":{}}"#;
    let text = str::from_utf8(line).map_err(|_| format!("no UTF-8: found `{}`, {expected}", found()))?;
    let reply: Reply = lines::parse(text).map_err(|(column, unfit)| match lines::parse::<Version>(text) {
        // A newer protocol is named as such, whatever else is new in it.
        Ok(Version {
            hello: Protocol { protocol },
        }) if protocol != PROTOCOL => {
            format!("protocol {protocol}, expected protocol {PROTOCOL}")
        }
        _ => match unfit {
            Unfit::Json { .. } => format!("column {column}: {unfit}, {expected}"),
            Unfit::Form(_) => format!("column {column}: {unfit}; found `{}`, {expected}", found()),
        },
    })?;
    let id = reply.id;
    let said = reply
        .said()
        .ok_or_else(|| format!("no reply, or several at once; found `{}`, {expected}", found()))?;
    Ok((id, said))
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
        tell(Ok(()));
        let failure = drive(&mut child, requests, shared).await;
        shared.fail(failure);
        // Killed and waited for, so that no campaign leaves processes behind.
        let _ = timeout(GRACE, child.kill()).await;
    });
}

/// Stays until the process is over, has failed, or nobody asks any more. Gives what later calls are to hear.
async fn drive(child: &mut Child, requests: UnboundedReceiver<Vec<u8>>, shared: &Arc<Shared>) -> Failure {
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
    let end = tokio::select! {
        end = &mut replies => end,
        // Nobody asks any more: a process that ends with its input is left to it.
        _ = &mut writer => timeout(GRACE, &mut replies).await.unwrap_or(Ok(())),
        () = shared.kill.notified() => return died("the runner ended it", String::new()),
    };
    match end {
        Err(failure) => failure,
        Ok(()) => {
            let status = timeout(GRACE, child.wait()).await.ok().and_then(Result::ok);
            if status.is_some() {
                // What it wrote last is on its way still; another process may hold the pipe open.
                let _ = timeout(GRACE, &mut errors).await;
            }
            died(&how_it_ended(status), shared.last_words())
        }
    }
}

fn how_it_ended(status: Option<ExitStatus>) -> String {
    match status {
        Some(status) => format!("{status}, before it answered"),
        None => "it closed its output and went on".to_owned(),
    }
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
            Ok(_) if line.len() > LINE_LIMIT => return Err(Failure::Floods { limit: LINE_LIMIT }),
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
        let mut state = shared.lock();
        state.stderr.extend(&part[..read]);
        let surplus = state.stderr.len().saturating_sub(STDERR_BYTES);
        state.stderr.drain(..surplus);
    }
}
