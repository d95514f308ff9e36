//! The debugger's hooks: simulated launches and expirations. On devices only.

use bgspec_model::vocabulary::{Identifier, Kind, Platform};

use super::state::{Launch, State};

impl State {
    /// Launches the pending request of an identifier whatever the conditions, the foreground included. Without such a
    /// request, with no process, or while a task of the identifier runs nothing happens.
    pub fn simulate_launch(&mut self, id: &Identifier) {
        let alive = self.living().is_some();
        let pending = self
            .book
            .iter()
            .position(|held| held.request.id == *id && held.request.kind != Kind::Continued);
        if self.facts.platform == Platform::Simulator || !alive || self.is_busy(id) {
            return;
        }
        if let Some(index) = pending {
            let request = self.book.remove(index).request;
            self.hand_over(Launch {
                request,
                simulated: true,
                started: None,
            });
        }
    }

    /// Expires the running task of an identifier, even where the app blocks its queue.
    pub fn simulate_expiration(&mut self, id: &Identifier) {
        if self.facts.platform == Platform::Simulator {
            return;
        }
        let name = self
            .running
            .iter()
            .find(|task| task.name.id == *id)
            .map(|task| task.name.clone());
        if let Some(name) = name {
            self.expire_on(&name, true);
        }
    }
}
