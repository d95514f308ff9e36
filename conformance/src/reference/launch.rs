//! Launch and delivery.

use bgspec_model::vocabulary::{Delivered, DeliveryRaised, Event, Identifier, Kind, Launched, Millis, TaskName};

use super::errors;
use super::progress::Advance;
use super::state::{Launch, OWN_QUEUE, Process, Running, State};

impl State {
    /// The runner grants a launch: an eligible request is launched, and nothing else happens.
    pub fn grant(&mut self, id: &Identifier) {
        if self.obstacle(id).is_none() {
            self.launch(std::slice::from_ref(id));
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
                requests.push(self.book.remove(index).request);
            }
        }
        let started = self.process.is_none().then_some(self.now);
        if started.is_some() {
            self.process = Some(Process::new(false, self.now));
            self.emit(Event::Launched(Launched {
                ids: Some(ids.to_vec()),
            }));
        }
        for request in requests {
            self.hand_over(Launch {
                request,
                simulated: false,
                started,
            });
        }
    }

    /// Hands a launched request to its handler now, or at the end of launching.
    pub fn hand_over(&mut self, launch: Launch) {
        match &mut self.process {
            Some(process) if !process.finished => process.parked.push(launch),
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
        for launch in std::mem::take(&mut process.parked) {
            self.deliver(launch);
        }
    }

    fn deliver(&mut self, launch: Launch) {
        let Launch {
            request,
            simulated,
            started,
        } = launch;
        let Some(process) = self.process.as_mut().filter(|process| !process.doomed) else {
            return;
        };
        let Some(queue) = process.handlers.get(&request.id) else {
            process.doomed = true;
            let text = errors::no_handler(&request.id).text;
            return self.emit(Event::DeliveryRaised(DeliveryRaised { id: request.id, text }));
        };
        let queue = queue.clone().unwrap_or_else(|| OWN_QUEUE.to_owned());
        process.suspended = false;
        let count = self.deliveries.entry(request.id.clone()).or_default();
        *count += 1;
        let name = TaskName::new(request.id.clone(), *count);
        let kind = request.kind;
        let deadline = self
            .budget(kind)
            .map(|budget| started.unwrap_or(self.now).saturating_add(budget));
        let needs_met = simulated || (!(self.needs_idle(kind) && self.conditions.in_use) && self.has_needs(&request));
        self.running.push(Running {
            name: name.clone(),
            queue: queue.clone(),
            handler: false,
            simulated,
            deadline,
            expired: None,
            owed: None,
            delivered: self.now,
            progress: Advance::new(self.now),
            prompted: false,
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
