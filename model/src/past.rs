//! What anyone who reads the trace knows of its past. It decides no verdict: it names the rule that a finding is about,
//! and it is what advice goes by.

use crate::context::{Context, Named};
use crate::op::{Caller, Death, Now, Op, Reply, TaskRef};
use crate::rule::Rule;
use crate::state::{By, Sym};
use crate::vocabulary::Kind;

/// A breach tells nothing of who called.
const NOBODY: Now = Now {
    earliest: 0,
    at: 0,
    latest: 0,
    caller: Caller {
        app: true,
        schedules: false,
        person: false,
        main_thread: false,
    },
};

/// What became of the last request of an identifier, as far as the trace shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// There was none, or it may be outstanding.
    #[default]
    Open,
    /// The submission was refused.
    Refused,
    /// The submission was refused without a word, for this rule.
    Unreported(&'static Rule),
    /// Cancelled by itself.
    Cancelled,
    /// Cancelled with all the others.
    CancelledWithAll,
    /// Delivered.
    Delivered,
    /// Delivered, and completed as a success.
    Succeeded,
    /// Delivered, and completed as a failure.
    Failed,
    /// Delivered, and lost with its process.
    Lost,
    /// Ended with the app, by the person.
    ForceQuit,
    /// Ended by a boot or an update.
    Ended,
    /// The app was removed.
    Uninstalled,
}

/// The past of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    /// What became of its last request.
    pub fate: Fate,
    /// The app changed a request object of it that it had submitted.
    pub changed_submitted: bool,
    /// The app changed a request object of it that it had been given.
    pub changed_listed: bool,
    /// It was submitted last for continued processing.
    pub continued: bool,
    /// It was submitted last under the strategy `fail`.
    pub at_once: bool,
    /// A request of it was accepted, and nothing is known to have ended it.
    accepted: bool,
    /// Its last submission replaced another that was accepted.
    pub replaced: bool,
    /// An extension submitted it last.
    pub by_extension: bool,
    /// It was cancelled before its last submission.
    pub was_cancelled: bool,
    /// A submission of it was refused since the last one that was accepted.
    pub was_refused: bool,
    /// The number of its last task.
    last_task: u32,
    /// That task was completed.
    is_over: bool,
    /// The debugger simulated a launch of it.
    pub simulated: bool,
    /// One of its tasks was completed again after it was over.
    pub completed_late: bool,
    /// One of its continued tasks was completed as a success.
    pub succeeded: bool,
    /// Where its last submission was accepted: the rule that it would have broken if it had not been refused without a
    /// word.
    pub overdue: Option<&'static Rule>,
    /// How many times something had become of all identifiers when this was brought up to date.
    swept: u32,
    /// How many processes had died when it was submitted last.
    deaths: u32,
    /// How often the pending list had been asked for when it was submitted last.
    lists: u32,
}

/// The past of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Story {
    /// How many times something became of all identifiers at once, and what the last time. Each identifier learns it
    /// when it is looked at next.
    sweeps: u32,
    swept: Fate,
    deaths: u32,
    lists: u32,
    /// The last process died of a crash, of memory, or was killed.
    pub died: bool,
    /// The device booted since the last force-quit.
    pub rebooted: bool,
    /// A task completed since the process started.
    pub completed: bool,
    /// One that was over was completed again since the process started.
    pub completed_late: bool,
    /// The person closed the app in the app switcher.
    quit: bool,
    /// The person opened the app since they closed it.
    pub reopened: bool,
    /// A submission was refused.
    pub refused: bool,
    /// Some call was marked as caused by a person.
    pub marks_persons: bool,
}

impl Story {
    /// The past of an identifier that is met now.
    pub(crate) fn begin(&self) -> Past {
        Past {
            swept: self.sweeps,
            ..Past::default()
        }
    }

    /// The same became of every identifier.
    const fn sweep(&mut self, fate: Fate) {
        self.sweeps += 1;
        self.swept = fate;
    }
}

impl Past {
    /// Whether something became of all identifiers that this one has not learned.
    #[inline]
    pub(crate) const fn is_stale(&self, story: &Story) -> bool {
        self.swept != story.sweeps
    }

    /// Learns what became of all identifiers.
    pub(crate) const fn refresh(&mut self, story: &Story) {
        if self.is_stale(story) {
            self.fate = story.swept;
            self.swept = story.sweeps;
        }
    }

    /// Whether a process died since its last submission.
    #[must_use]
    pub fn outlived_process(&self, story: &Story) -> bool {
        story.deaths > self.deaths
    }

    /// Whether it was cancelled, before its last submission or since.
    #[must_use]
    pub const fn was_ever_cancelled(&self) -> bool {
        self.was_cancelled || matches!(self.fate, Fate::Cancelled | Fate::CancelledWithAll)
    }

    /// Whether the pending list was asked for since its last submission.
    #[must_use]
    pub fn was_looked_up(&self, story: &Story) -> bool {
        story.lists > self.lists
    }
}

/// Notes an event that was judged. `unreported` is the rule for which an accepted submission was refused all the same.
pub(crate) fn note(cx: &mut Context, op: &Op, reply: Reply, now: &Now, unreported: Option<&'static Rule>) {
    cx.story.marks_persons |= now.caller.person;
    match op {
        Op::Submit(submission) => {
            let story = cx.story;
            let past = cx.past_mut(submission.request.id);
            let was_open = past.fate == Fate::Open;
            let cancelled = matches!(past.fate, Fate::Cancelled | Fate::CancelledWithAll);
            match (reply, unreported) {
                (Reply::Refused(_), _) => {
                    if !matches!(past.fate, Fate::Open) {
                        past.fate = Fate::Refused;
                    }
                    past.was_refused = true;
                    cx.story.refused = true;
                    return;
                }
                (Reply::Raised(_), _) => return,
                (_, Some(rule)) => {
                    past.fate = Fate::Unreported(rule);
                    cx.story.refused = true;
                }
                _ => {
                    past.fate = Fate::Open;
                    past.was_cancelled = cancelled;
                }
            }
            // An asynchronous one has not been accepted yet.
            let continued = submission.request.kind == Kind::Continued && submission.number.is_none();
            if continued {
                cx.continued.add(submission.request.id, &cx.ids, |past| past.continued);
            }
            let past = cx.past_mut(submission.request.id);
            past.by_extension = !now.caller.app;
            past.was_refused = false;
            past.overdue = None;
            past.continued = continued;
            (past.replaced, past.accepted) = (past.accepted && was_open, unreported.is_none());
            past.at_once = submission.request.starts_at_once();
            (past.changed_submitted, past.changed_listed) = (false, false);
            (past.deaths, past.lists) = (story.deaths, story.lists);
        }
        Op::ChangeObject { id, listed: false } => cx.past_mut(*id).changed_submitted = true,
        Op::ChangeObject { id, listed: true } => cx.past_mut(*id).changed_listed = true,
        Op::Cancel(id) => cx.past_mut(*id).fate = Fate::Cancelled,
        Op::CancelAll => cx.story.sweep(Fate::CancelledWithAll),
        Op::Pending => cx.story.lists += 1,
        Op::SimulateLaunch(id) => cx.past_mut(*id).simulated = true,
        Op::Delivered { task, .. } => {
            cx.delivered.add(task.id, &cx.ids, |past| past.fate == Fate::Delivered);
            let past = cx.past_mut(task.id);
            (past.fate, past.accepted) = (Fate::Delivered, false);
            (past.last_task, past.is_over) = (task.n, false);
        }
        Op::CompletedBySystem(task) => cx.past_mut(task.id).is_over = true,
        Op::Complete { task, success } => complete(cx, *task, *success),
        Op::Dies(Death::ForceQuit) => {
            dies(cx, false);
            cx.story.rebooted = false;
            (cx.story.quit, cx.story.reopened) = (true, false);
            end_continued(cx, Fate::ForceQuit);
        }
        Op::Dies(_) | Op::Killed(_) => dies(cx, true),
        Op::Reboot | Op::Updated { .. } => {
            let boots = !matches!(op, Op::Updated { upgrades: false });
            dies(cx, false);
            cx.story.rebooted |= boots;
            end_continued(cx, Fate::Ended);
        }
        Op::Uninstalled => {
            dies(cx, false);
            cx.story.sweep(Fate::Uninstalled);
        }
        Op::Started { by: By::Person, .. } => {
            let story = &mut cx.story;
            (story.quit, story.reopened) = (false, story.quit || story.reopened);
        }
        Op::Settle
        | Op::Clock
        | Op::Device(_)
        | Op::Installed
        | Op::Started { .. }
        | Op::LaunchFinished
        | Op::Foreground
        | Op::Background
        | Op::KeptAwake(_)
        | Op::Person(..)
        | Op::Debugger(_)
        | Op::SimulateExpiration(_)
        | Op::Grant(_)
        | Op::TakeBack(_)
        | Op::Register { .. }
        | Op::SupportedResources
        | Op::SetExpirationHandler { .. }
        | Op::Progress { .. }
        | Op::UpdateTitle { .. }
        | Op::BlockQueue(_)
        | Op::UnblockQueue(_)
        | Op::WorkBegan(_)
        | Op::WorkEnded(_)
        | Op::GpuWork
        | Op::NeuralEngineWork
        | Op::ProtectedRead(_)
        | Op::Launched { .. }
        | Op::DeliveryRaised(..)
        | Op::Expired { .. }
        | Op::Suspended
        | Op::Card { .. }
        | Op::SubmissionCompleted { .. } => {}
    }
}

/// Notes an event that nothing allowed: a submission says nothing of what is outstanding.
pub(crate) fn note_breach(cx: &mut Context, op: &Op) {
    if let Op::Submit(submission) = op {
        cx.past_mut(submission.request.id).continued = false;
    } else {
        note(cx, op, Reply::Nothing, &NOBODY, None);
    }
}

/// Continued requests end with the app or the boot; pending ones may survive.
fn end_continued(cx: &mut Context, fate: Fate) {
    for id in cx.continued.take() {
        let past = cx.past_mut(id);
        if past.continued && past.fate == Fate::Open {
            past.fate = fate;
        }
    }
}

fn complete(cx: &mut Context, task: TaskRef, success: bool) {
    cx.story.completed = true;
    let past = cx.past_mut(task.id);
    let late = task.n != past.last_task || past.is_over;
    past.is_over = true;
    past.completed_late |= late;
    // Submitted again in its handler, the identifier has a request that may be outstanding.
    if past.fate == Fate::Delivered && !late {
        past.fate = if success { Fate::Succeeded } else { Fate::Failed };
        past.succeeded |= success;
    }
    cx.story.completed_late |= late;
}

fn dies(cx: &mut Context, by_itself: bool) {
    cx.story.deaths += 1;
    cx.story.died = by_itself;
    (cx.story.completed, cx.story.completed_late) = (false, false);
    for id in cx.delivered.take() {
        let past = cx.past_mut(id);
        if past.fate == Fate::Delivered {
            past.fate = Fate::Lost;
        }
    }
}

/// Identifiers to which something happens when a process ends: those that it may concern, so that nobody has to look at
/// all that were ever met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Concerned(Vec<Sym>);

impl Concerned {
    /// Adds one. Those that it does not concern any more are forgotten now and then.
    fn add(&mut self, id: Sym, named: &[Named], concerns: fn(&Past) -> bool) {
        if self.0.len() == self.0.capacity() {
            self.0.sort_unstable();
            self.0.dedup();
            self.0.retain(|id| concerns(&named[id.0 as usize].past));
            self.0.reserve(self.0.len() + 8);
        }
        self.0.push(id);
    }

    fn take(&mut self) -> Vec<Sym> {
        std::mem::take(&mut self.0)
    }
}
