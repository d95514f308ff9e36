//! Launch and delivery.

use bgspec_model::vocabulary::{
    Delivered, DeliveryRaised, Event, Identifier, Kind, Launched, Millis, Request, TaskName,
};

use super::errors;
use super::faults::Fault;
use super::progress::Advance;
use super::state::{Held, Launch, OWN_QUEUE, Running, State};

impl State {
    /// The runner grants a launch: an eligible request is launched, and nothing else happens.
    pub fn grant(&mut self, id: &Identifier) {
        let forgotten = self.has(Fault::LaunchesTheCancelled) && self.forgotten.contains(id) && self.held(id).is_none();
        if forgotten && self.living().is_none_or(|process| !process.foreground) {
            self.book.push(Held {
                request: Request::new(id.as_str(), Kind::Refresh),
                ready_since: None,
                until: None,
            });
        }
        if self.obstacle(id).is_some() {
            return;
        }
        match self.choices.fault {
            Some(Fault::IgnoresGrants) if self.held(id).is_some_and(|held| held.request.kind == Kind::Refresh) => {}
            Some(Fault::LaunchesUngranted) => {
                let all: Vec<_> = self.book.iter().map(|held| held.request.id.clone()).collect();
                let all: Vec<_> = all.into_iter().filter(|id| self.obstacle(id).is_none()).collect();
                self.launch(&all);
            }
            _ => self.launch(std::slice::from_ref(id)),
        }
    }

    /// Launches what is due at the scheduler's own time.
    pub fn launch_due(&mut self) {
        let ids = self.launches_due();
        if !ids.is_empty() {
            self.launch(&ids);
        }
    }

    /// Launches outstanding requests, all of them in one launch. They are spent.
    fn launch(&mut self, ids: &[Identifier]) {
        let mut requests = Vec::new();
        for id in ids {
            if let Some(index) = self.book.iter().position(|held| held.request.id == *id) {
                let kept = self.has(Fault::DeliveredTwice) && self.book[index].request.kind == Kind::Processing;
                requests.push(if kept {
                    self.book[index].request.clone()
                } else {
                    self.book.remove(index).request
                });
            }
        }
        let sleeps = self.living().is_some_and(|process| process.suspended);
        if sleeps && self.has(Fault::LaunchesTheLiving) {
            self.process = None;
        }
        if self.process.is_none() {
            self.process = Some(self.new_process(false));
            self.emit(Event::Launched(Launched {
                ids: Some(ids.to_vec()),
            }));
        }
        for request in requests {
            self.hand_over(Launch {
                request,
                simulated: false,
            });
        }
    }

    /// Hands a launched request to its handler now, or at the end of launching.
    pub fn hand_over(&mut self, launch: Launch) {
        match &mut self.process {
            Some(process) if !process.finished && self.choices.fault != Some(Fault::DeliversWhileLaunching) => {
                process.parked.push(launch);
            }
            Some(_) => self.deliver(launch),
            None => {}
        }
    }

    /// The process has finished launching: what was launched before is delivered.
    pub fn launch_finished(&mut self) {
        let now = self.now;
        let Some(process) = self.process.as_mut().filter(|process| !process.finished) else {
            return;
        };
        process.finished = true;
        process.idle_since = now;
        let parked = std::mem::take(&mut process.parked);
        if self.has(Fault::LaunchWithoutDelivery) {
            return;
        }
        for launch in parked {
            self.deliver(launch);
        }
    }

    fn deliver(&mut self, launch: Launch) {
        let Launch { request, simulated } = launch;
        let neighbour = self.living().is_some_and(|process| self.serves(process, &request.id));
        let faulty = self.choices.fault;
        let Some(process) = self.process.as_mut().filter(|process| !process.doomed) else {
            return;
        };
        let unnamed = None;
        let served = process.handlers.get(&request.id).or(neighbour.then_some(&unnamed));
        let Some(queue) = served else {
            if faulty == Some(Fault::NoHandlerIsQuiet) {
                return;
            }
            process.doomed = true;
            let text = errors::no_handler(&request.id).text;
            return self.emit(Event::DeliveryRaised(DeliveryRaised { id: request.id, text }));
        };
        let queue = queue.clone().filter(|_| faulty != Some(Fault::OwnQueueAlways));
        let queue = queue.unwrap_or_else(|| OWN_QUEUE.to_owned());
        let swiftui = process.swiftui.contains(&request.id);
        process.suspended = false;
        let count = self.deliveries.entry(request.id.clone()).or_default();
        *count += 1;
        let name = TaskName::new(request.id.clone(), *count);
        let kind = match request.kind {
            Kind::Processing if faulty == Some(Fault::DeliversRefresh) => Kind::Refresh,
            kind => kind,
        };
        let deadline = self.budget(kind).map(|budget| self.now.saturating_add(budget));
        let needs_met = simulated || (!(self.needs_idle(kind) && self.conditions.in_use) && self.has_needs(&request));
        self.running.push(Running {
            name: name.clone(),
            queue: queue.clone(),
            handler: swiftui,
            moved: false,
            simulated,
            deadline,
            expired: None,
            owed: None,
            delivered: self.now,
            progress: Advance::new(self.now),
            prompted: false,
            prompted_at: 0,
            dismissed: false,
            title: request.title.clone(),
            subtitle: request.subtitle.clone(),
            request,
        });
        let queue = Some(queue);
        self.emit(Event::Delivered(Delivered {
            task: name.clone(),
            kind,
            queue,
        }));
        if kind == Kind::Continued {
            self.card_at_delivery(&name);
        } else if !needs_met {
            self.expire(&name);
        }
    }

    /// How long a task of this kind may run.
    fn budget(&self, kind: Kind) -> Option<Millis> {
        match kind {
            Kind::Refresh => Some(self.choices.refresh_budget),
            Kind::Processing | Kind::HealthResearch => self.choices.processing_budget,
            Kind::Continued => None,
        }
    }
}
