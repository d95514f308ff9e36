//! Ctrl-C: the first one asks a run to stop where it can still report, the second one ends it at once.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::exit::Exit;

/// Whether a run was asked to stop. Clones ask and tell of the same run.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// One that Ctrl-C sets. The second Ctrl-C ends the process, with the code of [`Exit::Interrupted`].
    ///
    /// # Errors
    /// The system lends no thread or no signal.
    pub fn on_ctrl_c() -> io::Result<Self> {
        let interrupt = Self::default();
        let asked = interrupt.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let mut listening = {
            let _entered = runtime.enter();
            Signal::new()?
        };
        thread::Builder::new().name("ctrl-c".to_owned()).spawn(move || {
            runtime.block_on(async {
                while listening.comes().await {
                    if asked.0.swap(true, Ordering::Relaxed) {
                        process::exit(Exit::Interrupted.code().into());
                    }
                }
            });
        })?;
        Ok(interrupt)
    }

    /// Asks the run to stop.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the run was asked to stop.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The signal is listened for from its making on, not from the first time that it is waited for.
#[cfg(unix)]
struct Signal(tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signal {
    fn new() -> io::Result<Self> {
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()).map(Self)
    }

    async fn comes(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}

#[cfg(windows)]
struct Signal(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signal {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn comes(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}
