//! The debugger's hooks: simulated launches and expirations. On devices only.

use bgspec_model::vocabulary::{Identifier, Kind, Platform, Request};

use super::faults::Fault;
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
        let simulator = self.facts.platform == Platform::Simulator && !self.has(Fault::SimulatesOnSimulator);
        if simulator || !alive || self.is_busy(id) && !self.has(Fault::SimulatesASecond) {
            return;
        }
        let from_nothing = match self.choices.fault {
            Some(Fault::SimulatesFromNothing) => true,
            // Nothing is pending there.
            Some(Fault::SimulatesOnSimulator) => self.facts.platform == Platform::Simulator,
            Some(Fault::SimulatesASecond) => self.is_busy(id),
            _ => false,
        };
        let registered = self.living().is_some_and(|process| process.handlers.contains_key(id));
        if pending.is_none() && from_nothing && registered {
            let request = Request::new(id.as_str(), Kind::Refresh);
            return self.hand_over(Launch {
                request,
                simulated: true,
            });
        }
        if let Some(index) = pending {
            if self.has(Fault::SimulationWaits) && self.obstacle(id).is_some() {
                return;
            }
            let request = if self.has(Fault::SimulationKeeps) {
                self.book[index].request.clone()
            } else {
                self.book.remove(index).request
            };
            self.hand_over(Launch {
                request,
                simulated: true,
            });
        }
    }

    /// Expires the running task of an identifier, even where the app blocks its queue.
    pub fn simulate_expiration(&mut self, id: &Identifier) {
        if self.facts.platform == Platform::Simulator || self.has(Fault::SimulatedExpiryWaits) {
            return;
        }
        let name = self
            .running
            .iter()
            .find(|task| task.name.id == *id)
            .map(|task| task.name.clone());
        if let Some(name) = name {
            self.expire_on(&name, !self.has(Fault::SimulatedExpiryBlocks));
        }
    }
}
