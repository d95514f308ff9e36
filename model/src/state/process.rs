//! A process of the app, and what it registered.

use crate::vocabulary::Millis;

use super::{Sym, Text};

/// A process of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Process {
    /// Its id in the trace.
    pub pid: u32,
    /// Who started it.
    pub by: By,
    /// It is suspended.
    pub suspended: bool,
    /// Since when, where it is.
    pub suspended_at: Millis,
    /// When a task was last delivered to a handler that was registered without a queue.
    pub delivered_on_own: Option<Millis>,
    /// When it left the foreground, if it was there.
    pub left_foreground: Option<Millis>,
    /// Started by the scheduler, and nothing was delivered to it yet: something has to be by then.
    pub owes_delivery: Option<Millis>,
    /// Until then what was launched with it, or while it was launching, is delivered (LAU-2).
    pub launches_until: Millis,
    /// That time is over: no request may have been launched that nobody saw.
    pub launches_over: bool,
    /// Something else keeps it awake.
    pub kept_awake: bool,
    /// A debugger is attached.
    pub debugger: bool,
    /// `supportedResources`, read in this process, said that the device has the GPU.
    pub gpu_told: Option<bool>,
    /// It may have lived where the trace did not look: what it registered there is not known, nor what runs in it.
    pub from_before: bool,
    /// The work of an accepted continued request has begun in it.
    pub work_began: bool,
}

/// Who started a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// The person.
    Person,
    /// The scheduler, for a task.
    Scheduler,
    /// The system, for another reason.
    Other,
}

/// A launch handler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Handler {
    /// The identifier that it serves.
    pub id: Sym,
    /// Whether it is there.
    pub there: Presence,
    /// Registered after launch had finished.
    pub late: bool,
    /// The queue given at registration.
    pub queue: Text,
    /// Registered through SwiftUI's `.backgroundTask`.
    pub swiftui: bool,
}

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Not known.
    Open,
}

impl Handler {
    /// The queue as a delivery shows it.
    #[must_use]
    pub fn queue_seen(&self) -> crate::op::Seen {
        if self.queue == Text::NONE {
            crate::op::Seen::Own
        } else {
            crate::op::Seen::Given(self.queue)
        }
    }
}
