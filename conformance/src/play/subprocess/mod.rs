//! The door for programs in any language: an [`Adapter`] that runs a command line and speaks JSON lines with it.
//!
//! The command is split as a shell splits words, without a shell. A failure is named and stays: every later call gets
//! the same one, until [`Subprocess::restart`] runs the command anew. An error that the program itself reports ends
//! nothing. What it writes to stderr is kept, the end of it, and is never a failure; so are the last lines of the wire.
//!
//! The processes and pipes are in `session`, what is kept of the wire in `wire`, what belongs to a process in `group`, the form of the lines in
//! [`crate::play::protocol`].

mod group;
mod session;
mod wire;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bgspec_model::vocabulary::{Header, Record};

use self::session::Session;
use crate::interrupt::Interrupt;
use crate::play::adapter::{Adapter, Applied, Failure, Hello, Trail};
use crate::play::protocol::{self, Ask, Said, Sort};
use crate::text::clip;

/// How long an adapter may take for an answer, unless told otherwise.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// How a command is spoken with.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long each answer may take.
    pub timeout: Duration,
    /// Once it is set, nobody waits for an answer any more.
    pub interrupt: Interrupt,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: TIMEOUT,
            interrupt: Interrupt::default(),
        }
    }
}

/// An implementation under test in a process of its own.
#[derive(Debug)]
pub struct Subprocess {
    command: String,
    options: Options,
    session: Mutex<Arc<Session>>,
    /// What it said of itself first.
    hello: Mutex<Option<Hello>>,
}

impl Subprocess {
    /// Runs a command line; each answer may take [`TIMEOUT`].
    ///
    /// # Errors
    /// The command line cannot be split or its program cannot be started.
    pub fn start(command: &str) -> Result<Self, Failure> {
        Self::with(command, Options::default())
    }

    /// Runs a command line.
    ///
    /// # Errors
    /// As for [`Subprocess::start`].
    pub fn with(command: &str, options: Options) -> Result<Self, Failure> {
        let session = Mutex::new(Arc::new(Session::start(command)?));
        Ok(Self {
            command: command.to_owned(),
            options,
            session,
            hello: Mutex::new(None),
        })
    }

    /// Ends the process, whatever it does, and runs the command anew. Nothing of before is left.
    ///
    /// # Errors
    /// As for [`Subprocess::start`].
    pub fn restart(&self) -> Result<(), Failure> {
        self.session().kill();
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
        self.session().trail().stderr
    }

    fn session(&self) -> Arc<Session> {
        Arc::clone(&self.session.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks, and takes what the reply to this is to be.
    fn ask<T>(&self, ask: Ask, take: impl FnOnce(Said) -> Result<T, String>) -> Result<T, Failure> {
        let session = self.session();
        let sort = Sort::of(&ask);
        let (id, said) = session.ask(ask, &self.options)?;
        match said {
            Said::Error(text) => Err(Failure::Reports {
                to: sort.to_string(),
                text: clip(&text, 1000),
            }),
            said => take(said).map_err(|what| {
                session.fail_by_reply(Failure::Nonsense {
                    what: format!("in its reply to {sort}: {what}; a right reply: {}", sort.example(id)),
                })
            }),
        }
    }
}

impl Adapter for Subprocess {
    fn hello(&self) -> Result<Hello, Failure> {
        let hello = self.ask(Ask::Hello, |said| match said {
            Said::Hello(hello) => protocol::check_hello(&hello).map(|()| *hello),
            said => Err(instead(&said, "hello")),
        })?;
        let mut first = self.hello.lock().unwrap_or_else(PoisonError::into_inner);
        match first
            .as_ref()
            .and_then(|first| protocol::change_of_hello(first, &hello))
        {
            Some(what) => Err(self.session().fail_by_reply(Failure::Changes { what })),
            None => Ok(first.get_or_insert(hello).clone()),
        }
    }

    fn reset(&self, header: &Header) -> Result<(), Failure> {
        self.ask(Ask::Reset(Box::new(header.clone())), |said| match said {
            Said::Done => Ok(()),
            said => Err(instead(&said, "done")),
        })
    }

    fn apply(&self, input: &Record) -> Result<Applied, Failure> {
        self.ask(Ask::Apply(Box::new(input.clone())), |said| match said {
            Said::Applied(applied) => protocol::check(input, &applied).map(|()| *applied),
            said => Err(instead(&said, "applied")),
        })
    }

    /// Asks once more what it is: whatever it wrote before that reply has been read then.
    fn settle(&self) -> Result<(), Failure> {
        self.hello().map(drop)
    }

    fn end(&self) -> Result<(), Failure> {
        self.session().close()
    }

    fn trail(&self) -> Trail {
        self.session().trail()
    }
}

fn instead(said: &Said, expected: &str) -> String {
    format!("`{}`, expected `{expected}`", said.name())
}
