//! Where lines may be missing: an unknown beginning, a gap, a kind of line that is not recorded, the end of a process that
//! nobody saw. What that leaves of a state: [`unseen`].

use crate::op::Now;
use crate::state::{NEVER, Sym};
use crate::vocabulary::{Event, Gap, Record};

use super::factors;
use super::pass::{Hidden, Pass};
use super::unseen::{self, Missing};

impl Pass {
    /// Where lines may be missing just before this one: since when, which, and about which identifiers.
    pub(super) fn missing_at(&mut self, record: &Record) -> Vec<Hidden> {
        if !self.foresight.has_gaps() {
            return Vec::new();
        }
        let mut missing = Vec::new();
        for gap in self.foresight.gaps_at(self.events + 1, record.at) {
            let ids = gap
                .ids
                .as_ref()
                .map(|ids| ids.iter().map(|id| self.cx.id(id.as_str())).collect());
            missing.push((gap.from, Missing::of(gap), ids));
        }
        for (_, missing, _) in &missing {
            self.reader.miss(*missing);
            self.miss(*missing);
        }
        missing
    }

    /// What the trace did not show since the line before may have changed anything that it concerns.
    pub(super) fn look_past(&mut self, missing: &[Hidden], now: &Now) {
        let looks = unseen::looks_past(&self.cx);
        if missing.is_empty() && !looks || !self.unfold_all() {
            return;
        }
        for (from, missing, ids) in missing {
            self.time_passes(&Now {
                earliest: (from - 2 * self.cx.tolerance).min(now.earliest),
                ..*now
            });
            self.look_away(*missing, ids.as_deref(), now);
        }
        if looks {
            for branch in &mut self.set {
                unseen::look_past(&mut branch.state, &self.cx, now, self.may_be_dead);
            }
            self.merge_set();
        }
        if !missing.is_empty() {
            self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
        }
    }

    /// A branch for each state; false where there are too many.
    pub(super) fn unfold_all(&mut self) -> bool {
        if self.is_factored() && !factors::unfold_all(&mut self.set, self.workings.most_states) {
            self.give_up_on_states();
        }
        !self.gave_up
    }

    /// The identifiers that a gap speaks of; none: any.
    pub(super) fn ids_of(&mut self, gap: &Gap) -> Option<Vec<Sym>> {
        let ids = gap.ids.as_ref()?;
        Some(ids.iter().map(|id| self.cx.id(id.as_str())).collect())
    }

    pub(super) fn miss(&mut self, missing: Missing) {
        self.cx.miss(missing.life, missing.facts, missing.device);
    }

    pub(super) fn look_away(&mut self, missing: Missing, ids: Option<&[Sym]>, now: &Now) {
        if !self.unfold_all() {
            return;
        }
        for branch in &mut self.set {
            unseen::look_away(&mut branch.state, &mut self.cx, now, missing, ids);
        }
        self.merge_set();
    }

    pub(super) fn end_process_unseen(&mut self, now: &Now) {
        if !self.unfold_all() {
            return;
        }
        for branch in &mut self.set {
            unseen::end_unseen(&mut branch.state, &self.cx, now);
        }
        self.merge_set();
        self.due = self.set.iter().map(|branch| branch.state.due).min().unwrap_or(NEVER);
    }

    /// What the trace did not look at may matter from now on: at its first line everything, later the identifiers that
    /// it names for the first time.
    pub(super) fn look_back(&mut self, now: &Now) {
        if self.events == 1 {
            for branch in &mut self.set {
                unseen::begin_late(&mut branch.state, &mut self.cx, now);
            }
        }
        let met = std::mem::replace(&mut self.met, self.cx.count_ids());
        for id in (met..self.met).map(Sym) {
            for branch in &mut self.set {
                unseen::meet(&mut branch.state, id);
            }
        }
    }

    pub(super) fn take_gap(&mut self, record: &Record, now: &Now) {
        let Some(Event::Gap(gap)) = &record.event else { return };
        let ids = self.ids_of(gap);
        let missing = Missing::of(gap);
        self.miss(missing);
        self.look_away(missing, ids.as_deref(), now);
        if self.set.iter().any(|branch| branch.state.awaits_answer()) {
            self.unsettled.push((gap.from, missing.again(), ids));
        }
    }
}
