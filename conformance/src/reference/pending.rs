//! The pending list, and cancelling.

use bgspec_model::vocabulary::{Identifier, Kind, Request};

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
        outstanding.chain(running).cloned().collect()
    }

    pub fn cancel(&mut self, id: &Identifier) {
        self.withdraw(id);
        if self.choices.cancel_stops_delivery
            && let Some(process) = &mut self.process
        {
            process.parked.retain(|launch| launch.request.id != *id);
        }
        if self.choices.cancel_expires_running {
            self.expire_where(|task| task.is_continued() && task.name.id == *id);
        }
    }

    pub fn cancel_all(&mut self) {
        self.book.clear();
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
