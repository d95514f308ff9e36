//! The cards that the person sees of continued tasks.
//!
//! A running task has at most one card. A finished card goes by itself, a failed one stays until the person clears it.

use bgspec_model::vocabulary::{Card, CardIs, Event, Identifier, Millis, TaskName};

use super::faults::Fault;
use super::state::{Running, State};

/// A card that is on the screen.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Face {
    task: TaskName,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Running,
    /// It says that the task finished, and goes at that time.
    Finished(Millis),
    Failed,
}

impl State {
    /// Every running continued task gets its card when the app leaves the foreground.
    pub fn show_cards(&mut self) {
        let names: Vec<_> = self
            .running
            .iter()
            .filter(|task| task.is_continued())
            .map(|task| task.name.clone())
            .collect();
        for name in &names {
            self.show_card(name);
        }
    }

    pub fn card_at_delivery(&mut self, name: &TaskName) {
        if self.choices.retry_replaces_failed_card {
            self.drop_failed(&name.id);
        }
        if self.choices.card_in_foreground || !self.in_foreground() {
            self.show_card(name);
        }
    }

    pub fn card_at_new_title(&mut self, name: &TaskName) {
        if self.stage(name) == Some(Stage::Running) {
            self.emit_card(name, CardIs::Changed);
        }
    }

    /// A task ended: its card says so.
    pub fn card_at_end(&mut self, name: &TaskName, success: bool) {
        let goes = self.now.saturating_add(self.choices.finished_card_stays);
        let Some(face) = self.face(name) else {
            return;
        };
        face.stage = if success { Stage::Finished(goes) } else { Stage::Failed };
        let looks_good = success && !self.has(Fault::SuccessLooksFailed);
        self.emit_card(name, if looks_good { CardIs::Finished } else { CardIs::Failed });
    }

    /// The person closed the app: its running tasks end, and their cards go.
    pub fn card_gone(&mut self, name: &TaskName) {
        if self.stage(name).is_some() {
            self.cards.retain(|face| face.task != *name);
            self.emit_card(name, CardIs::Gone);
        }
    }

    /// The person dismisses the card of a running task: it does not come back.
    pub fn person_dismisses(&mut self, name: &TaskName) {
        if let Some(task) = self.task_mut(name) {
            task.dismissed = true;
        }
        self.cards
            .retain(|face| face.task != *name || face.stage != Stage::Running);
    }

    /// The person clears the card of a failed task.
    pub fn person_clears(&mut self, name: &TaskName) {
        self.cards
            .retain(|face| face.task != *name || face.stage != Stage::Failed);
    }

    fn prompt_time(&self, task: &Running) -> Option<Millis> {
        let after = self.choices.prompt_after?;
        let asks = task.is_continued()
            && !task.prompted
            && task.expired.is_none()
            && task.progress.is_slow()
            && self.stage(&task.name) == Some(Stage::Running);
        asks.then(|| task.delivered.saturating_add(after))
    }

    pub fn next_card_gone(&self) -> Option<Millis> {
        let goes = self.cards.iter().filter_map(|face| match face.stage {
            Stage::Finished(goes) => Some(goes),
            Stage::Running | Stage::Failed => None,
        });
        goes.min()
    }

    pub fn next_prompt(&self) -> Option<Millis> {
        self.running.iter().filter_map(|task| self.prompt_time(task)).min()
    }

    pub fn move_cards(&mut self) {
        let now = self.now;
        while let Some(index) = self.cards.iter().position(|face| match face.stage {
            Stage::Finished(goes) => goes <= now,
            Stage::Running | Stage::Failed => false,
        }) {
            let mut face = self.cards.remove(index);
            if self.has(Fault::FinishedTurnsFailed) {
                self.emit_card(&face.task, CardIs::Failed);
                face.stage = Stage::Failed;
                self.cards.push(face);
                continue;
            }
            self.emit_card(&face.task, CardIs::Gone);
        }
    }

    pub fn prompt_due(&mut self) {
        let now = self.now;
        let asks = |state: &Self, task: &Running| state.prompt_time(task).is_some_and(|at| at <= now);
        let names: Vec<_> = self
            .running
            .iter()
            .filter(|task| asks(self, task))
            .map(|task| task.name.clone())
            .collect();
        for name in &names {
            if let Some(task) = self.task_mut(name) {
                task.prompted = true;
                task.prompted_at = task.progress.highest();
            }
            self.emit_card(name, CardIs::Prompting);
        }
    }

    fn show_card(&mut self, name: &TaskName) {
        if self.has(Fault::ShowsNoCard) {
            return;
        }
        let hidden = self.stage(name).is_none() && self.task(name).is_some_and(|task| !task.dismissed);
        if hidden {
            self.cards.push(Face {
                task: name.clone(),
                stage: Stage::Running,
            });
            self.emit_card(name, CardIs::Shown);
        }
    }

    fn drop_failed(&mut self, id: &Identifier) {
        let failed = self
            .cards
            .iter()
            .filter(|face| face.task.id == *id && face.stage == Stage::Failed);
        let names: Vec<_> = failed.map(|face| face.task.clone()).collect();
        for name in &names {
            self.card_gone(name);
        }
    }

    fn face(&mut self, name: &TaskName) -> Option<&mut Face> {
        self.cards.iter_mut().find(|face| face.task == *name)
    }

    fn stage(&self, name: &TaskName) -> Option<Stage> {
        self.cards.iter().find(|face| face.task == *name).map(|face| face.stage)
    }

    fn emit_card(&mut self, name: &TaskName, is: CardIs) {
        let texts = matches!(is, CardIs::Shown | CardIs::Changed);
        let task = self.task(name).filter(|_| texts);
        let title = task.and_then(|task| task.title.clone());
        let subtitle = task.and_then(|task| task.subtitle.clone());
        let bare = self.has(Fault::CardWithoutTitles) && is == CardIs::Shown;
        let [title, subtitle] = [title, subtitle].map(|text| if bare { text.map(|_| String::new()) } else { text });
        self.emit(Event::Card(Card {
            task: name.clone(),
            is,
            title,
            subtitle,
        }));
    }
}
