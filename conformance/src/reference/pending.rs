//! The pending list, and cancelling.

use bgspec_model::vocabulary::{Identifier, Kind, Request};

use super::faults::Fault;
use super::scheduler::Caller;
use super::state::State;

impl State {
    /// The pending list: copies of the requests.
    pub fn pending(&self) -> Vec<Request> {
        let listed = |request: &&Request| request.kind != Kind::Continued || self.choices.continued_in_pending;
        let outstanding = self.book.iter().map(|held| &held.request).filter(listed);
        let running = self.running.iter().map(|task| &task.request);
        let running = running.filter(|request| {
            self.choices.pending_includes_running && listed(request) && self.held(&request.id).is_none()
        });
        let mut list: Vec<_> = outstanding.chain(running).cloned().collect();
        match self.choices.fault {
            Some(Fault::ListRepeats) => list.extend(list.first().cloned()),
            Some(Fault::ListIsShort) if list.len() > 1 => list.truncate(list.len() - 1),
            Some(Fault::ListWithoutDates) => list.iter_mut().for_each(|request| request.earliest = None),
            _ => {}
        }
        list
    }

    /// Nobody cancels in the name of a process that is gone.
    fn may_cancel(&self, caller: &Caller) -> bool {
        *caller != Caller::App || self.process.is_some()
    }

    pub fn cancel(&mut self, caller: &Caller, id: &Identifier) {
        if !self.may_cancel(caller) {
            return;
        }
        self.forgotten.insert(id.clone());
        let waits = self.held(id).is_some_and(|held| held.request.kind == Kind::Continued);
        match self.choices.fault {
            Some(Fault::CancelForgets) => return,
            Some(Fault::CancelLeavesWaiting) if waits => {}
            _ => self.withdraw(id),
        }
        if self.has(Fault::CancelEndsTheTask) {
            self.expire_where(|task| task.kind() == Kind::Refresh && task.name.id == *id);
        }
        if self.has(Fault::CancelUnregisters)
            && let Some(process) = &mut self.process
        {
            process.handlers.remove(id);
        }
        if self.choices.cancel_stops_delivery
            && let Some(process) = &mut self.process
        {
            process.parked.retain(|launch| launch.request.id != *id);
        }
        if self.choices.cancel_expires_running {
            self.expire_where(|task| task.is_continued() && task.name.id == *id);
        }
    }

    pub fn cancel_all(&mut self, caller: &Caller) {
        if !self.may_cancel(caller) {
            return;
        }
        match self.choices.fault {
            Some(Fault::CancelAllLeavesOne) => self.book.truncate(1),
            Some(Fault::CancelAllLeavesProcessing) => {
                self.book.retain(|held| held.request.kind == Kind::Processing);
            }
            _ => self.book.clear(),
        }
        if self.choices.cancel_stops_delivery
            && let Some(process) = &mut self.process
        {
            process.parked.clear();
        }
        if self.choices.cancel_expires_running {
            self.expire_where(super::state::Running::is_continued);
        }
    }

    /// Takes an outstanding request out of the book.
    pub fn withdraw(&mut self, id: &Identifier) {
        self.book.retain(|held| held.request.id != *id);
    }
}
