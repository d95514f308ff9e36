//! Continued processing: room, the queue, and what the person does.

use bgspec_model::vocabulary::{Kind, Pressure, Request, TaskName};

use super::state::State;

impl State {
    /// Whether a place for a continued task is free.
    fn has_room(&self) -> bool {
        let parked = self.process.iter().flat_map(|process| &process.parked);
        let ours = self.running.iter().filter(|task| task.is_continued()).count()
            + parked.filter(|launch| launch.request.kind == Kind::Continued).count();
        ours + usize::from(self.conditions.places_taken) < self.choices.continued_capacity
    }

    /// Whether a continued request can start at once.
    pub fn can_start(&self, request: &Request) -> bool {
        self.has_room() && !self.waits_for_gpu(request) && !self.is_busy(&request.id)
    }

    fn waits_for_gpu(&self, request: &Request) -> bool {
        request.gpu && self.choices.pressure_delays_gpu && self.conditions.pressure == Pressure::Pressed
    }

    /// Starts a continued request; an app that is still launching gets it at the end of launching.
    pub fn start_continued(&mut self, request: Request) {
        self.hand_over(request, false);
    }

    /// Starts what waits and can start, in the order of submission. What waits for the GPU lets others pass.
    pub fn start_waiting(&mut self) {
        while let Some(index) = self.next_waiting() {
            let request = self.book.remove(index).request;
            self.start_continued(request);
        }
    }

    fn next_waiting(&self) -> Option<usize> {
        let process = self.process.as_ref()?;
        let may_run = process.foreground || self.choices.waiting_starts_in_background;
        if !process.finished || process.doomed || !may_run {
            return None;
        }
        let mut waiting = self.book.iter().enumerate().filter(|(_, held)| {
            let request = &held.request;
            request.kind == Kind::Continued && !self.waits_for_gpu(request)
        });
        let (index, held) = waiting.next()?;
        self.can_start(&held.request).then_some(index)
    }

    /// The person stops a running continued task.
    pub fn person_stops(&mut self, name: &TaskName) {
        self.expire_where(|task| task.is_continued() && task.name == *name);
    }

    /// The person leaves a prompt unanswered.
    pub fn person_ignores(&mut self, name: &TaskName) {
        if self.choices.ignored_prompt_expires {
            self.expire_where(|task| task.is_continued() && task.prompted && task.name == *name);
        }
    }

    /// The runner takes a task's time back.
    pub fn take_back(&mut self, name: &TaskName) {
        self.expire(name);
    }

    pub fn update_title(&mut self, name: &TaskName, title: &str, subtitle: &str) {
        let Some(task) = self.task_mut(name).filter(|task| task.is_continued()) else {
            return;
        };
        task.title = Some(title.to_owned());
        task.subtitle = Some(subtitle.to_owned());
        self.card_at_new_title(name);
    }
}
