//! Continued processing: room, the queue, and what the person does.

use bgspec_model::vocabulary::{Kind, Pressure, Request, Strategy, TaskName};

use super::faults::Fault;
use super::state::{Held, Launch, Running, State};

impl State {
    /// Whether a place for a continued task is free, this many more apart.
    pub fn has_room_beside(&self, more: usize) -> bool {
        let ours = self.running.iter().filter(|task| task.is_continued()).count();
        ours + more + usize::from(self.conditions.places_taken) < self.choices.continued_capacity
    }

    /// Whether a continued request can start now, or as soon as the app has finished launching.
    pub fn can_start(&self, request: &Request) -> bool {
        self.has_place(request) && !self.is_busy(&request.id)
    }

    /// Whether neither lack of room nor load is in its way.
    pub fn has_place(&self, request: &Request) -> bool {
        let launching = self.process.as_ref().is_some_and(|process| !process.finished);
        let before = |held: &&Held| held.request.kind == Kind::Continued && held.request.id != request.id;
        // What never runs was accepted for its place all the same.
        let promised = |held: &&Held| launching || held.until.is_some() && request.strategy == Strategy::Fail;
        let promised = self.book.iter().filter(before).filter(promised).count();
        self.has_room_beside(promised) && !self.waits_for_gpu(request)
    }

    fn waits_for_gpu(&self, request: &Request) -> bool {
        request.gpu && self.choices.pressure_delays_gpu && self.conditions.pressure == Pressure::Pressed
    }

    /// Starts what waits and can start, in the order of submission. What waits for the GPU lets others pass.
    pub fn start_waiting(&mut self) {
        while let Some(index) = self.next_waiting() {
            let request = self.book.remove(index).request;
            self.hand_over(Launch {
                request,
                simulated: false,
            });
        }
    }

    fn next_waiting(&self) -> Option<usize> {
        let process = self.living()?;
        let may_run = process.foreground || self.choices.waiting_starts_in_background;
        if !process.finished || !may_run {
            return None;
        }
        let mut somebody_waits = false;
        let order: Vec<_> = if self.has(Fault::QueueIsAStack) {
            (0..self.book.len()).rev().collect()
        } else {
            (0..self.book.len()).collect()
        };
        for index in order {
            let held = &self.book[index];
            let request = &held.request;
            if request.kind != Kind::Continued || held.until.is_some() || self.waits_for_gpu(request) {
                continue;
            }
            let early = request.earliest.is_some_and(|earliest| earliest > self.now);
            if early && self.has(Fault::ContinuedWaitsForDate) {
                continue;
            }
            let starts = match request.strategy {
                // What was accepted under `fail` has its place, whoever took places while the app launched.
                Strategy::Fail => {
                    !self.is_busy(&request.id) && (!self.has(Fault::FailWaits) || self.can_start(request))
                }
                Strategy::Queue => !somebody_waits && self.can_start(request),
            };
            if starts {
                return Some(index);
            }
            somebody_waits = true;
        }
        None
    }

    /// The person stops a running continued task.
    pub fn person_stops(&mut self, name: &TaskName) {
        match self.choices.fault {
            Some(Fault::StopDoesNothing) => {}
            Some(Fault::StopNeedsAHandler) => self.expire_where(|task| task.name == *name && task.handler),
            _ => self.expire_where(|task| task.is_continued() && task.name == *name),
        }
    }

    /// The person leaves a prompt unanswered.
    pub fn person_ignores(&mut self, name: &TaskName) {
        if self.choices.ignored_prompt_expires {
            // What has moved on since is expired no more (PRG-6).
            let asked = |task: &Running| task.prompted && task.progress.highest() <= task.prompted_at;
            self.expire_where(|task| task.is_continued() && asked(task) && task.name == *name);
        }
    }

    /// The runner takes a task's time back.
    pub fn take_back(&mut self, name: &TaskName) {
        if !self.has(Fault::KeepsTheTime) {
            self.expire(name);
        }
    }

    /// The person lets a task go on: it stalls as before. Time has passed already.
    pub fn person_continues(&mut self, name: &TaskName) {
        if self.has(Fault::ContinueExpires) {
            self.expire(name);
        }
    }

    pub fn update_title(&mut self, name: &TaskName, title: &str, subtitle: &str) {
        let faulty = self.choices.fault;
        let Some(task) = self.task_mut(name).filter(|task| task.is_continued()) else {
            return;
        };
        match faulty {
            Some(Fault::TitleStays) => {}
            Some(Fault::HalfATitle) => task.title = Some(title.to_owned()),
            _ => (task.title, task.subtitle) = (Some(title.to_owned()), Some(subtitle.to_owned())),
        }
        self.card_at_new_title(name);
    }
}
