//! The door for programs in any language: an [`Adapter`] that runs a command line and speaks JSON lines with it.
//!
//! The command is split as a shell splits words, without a shell. A failure is named and stays: every later call gets
//! the same one, until [`Subprocess::restart`] runs the command anew. An error that the program itself reports ends
//! nothing. What it writes to stderr is kept, the end of it, and is never a failure.
//!
//! The processes and pipes are in `session`, the form of the lines in [`crate::play::protocol`].

mod session;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bgspec_model::vocabulary::{Event, Header, Record};

use self::session::Session;
use crate::play::adapter::{Adapter, Applied, Failure, Hello};
use crate::play::protocol::{self, Ask, Said};

/// How long an adapter may take for an answer, unless told otherwise.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// An implementation under test in a process of its own.
#[derive(Debug)]
pub struct Subprocess {
    command: String,
    timeout: Duration,
    session: Mutex<Arc<Session>>,
}

impl Subprocess {
    /// Runs a command line; each answer may take [`TIMEOUT`].
    ///
    /// # Errors
    /// The command line cannot be split or its program cannot be started.
    pub fn start(command: &str) -> Result<Self, Failure> {
        Self::with_timeout(command, TIMEOUT)
    }

    /// Runs a command line; each answer may take `timeout`.
    ///
    /// # Errors
    /// As for [`Subprocess::start`].
    pub fn with_timeout(command: &str, timeout: Duration) -> Result<Self, Failure> {
        let session = Mutex::new(Arc::new(Session::start(command)?));
        Ok(Self {
            command: command.to_owned(),
            timeout,
            session,
        })
    }

    /// Ends the process, whatever it does, and runs the command anew. Nothing of before is left.
    ///
    /// # Errors
    /// As for [`Subprocess::start`].
    pub fn restart(&self) -> Result<(), Failure> {
        self.session().end();
        let session = Arc::new(Session::start(&self.command)?);
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = session;
        Ok(())
    }

    /// The command line.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.command
    }

    /// The end of what the process has written to stderr since it was started.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.session().stderr()
    }

    fn session(&self) -> Arc<Session> {
        Arc::clone(&self.session.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks, and takes what the reply to this is to be.
    fn ask<T>(&self, ask: Ask, to: &str, take: impl FnOnce(Said) -> Result<T, String>) -> Result<T, Failure> {
        let session = self.session();
        match session.ask(ask, to, self.timeout)? {
            Said::Error(text) => Err(Failure::Reports {
                to: to.to_owned(),
                text: crate::text::clip(&text, 1000),
            }),
            said => take(said).map_err(|what| {
                session.fail_by_reply(Failure::Nonsense {
                    what: format!("in its reply to {to}: {what}"),
                })
            }),
        }
    }
}

impl Adapter for Subprocess {
    fn hello(&self) -> Result<Hello, Failure> {
        self.ask(Ask::Hello, "hello", |said| match said {
            Said::Hello(hello) => protocol::check_hello(&hello).map(|()| *hello),
            said => Err(instead(&said, "hello")),
        })
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.ask(Ask::Reset(Box::new(header.clone())), "reset", |said| match said {
            Said::Done => Ok(()),
            said => Err(instead(&said, "done")),
        })
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        let to = format!("apply {}", input.event.as_ref().map_or("nothing", Event::name));
        self.ask(Ask::Apply(Box::new(input.clone())), &to, |said| match said {
            Said::Applied(applied) => protocol::check(input, &applied).map(|()| *applied),
            said => Err(instead(&said, "applied")),
        })
    }
}

fn instead(said: &Said, expected: &str) -> String {
    format!("`{}`, expected `{expected}`", said.name())
}
