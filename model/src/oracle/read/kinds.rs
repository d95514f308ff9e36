//! Of which kind the tasks of a trace are, so that what a kind does not have is refused (CFG-10).
//!
//! Of each identifier only the last delivery is kept, and which kinds were asked for: a trace of any length needs no more
//! memory. What is not known is never refused.

use crate::context::Context;
use crate::op::{Ask, Op};
use crate::state::{Outstanding, Sym};
use crate::vocabulary::{Event, Feature, Kind, Lack, TaskName};

/// The kinds of every identifier, by its number.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds(Vec<Known>);

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// The last delivery: which, and of which kind.
    delivered: Option<(u32, Kind)>,
    /// The kind that was asked for, if it was one alone.
    asked: Asked,
}

#[derive(Debug, Clone, Copy, Default)]
enum Asked {
    #[default]
    Nothing,
    Always(Kind),
    Several,
}

impl Kinds {
    /// What a line shows of a task that a task of its kind does not have.
    #[inline]
    pub(super) fn lack(&self, event: &Event, task: &TaskName, partial: bool, cx: &mut Context) -> Option<Lack> {
        if event.row().exists == Feature::Scheduler {
            return None;
        }
        let id = cx.id(task.id.as_str());
        let known = self.0.get(id.0 as usize)?;
        let kind = match (known.delivered, known.asked) {
            (_, Asked::Several) => return None,
            // Delivered as what nobody asked for is a breach: of which kind it is then, is not known.
            (Some((n, kind)), Asked::Always(asked)) if n == task.n && kind != asked => return None,
            (Some((n, kind)), Asked::Nothing | Asked::Always(_)) if n == task.n => kind,
            // The request that would become the next task: a line that nobody saw may have asked for another kind.
            (_, Asked::Always(kind)) if !partial && cx.named(id).deliveries.checked_add(1) == Some(task.n) => kind,
            (_, Asked::Nothing | Asked::Always(_)) => return None,
        };
        event.lack_of_kind(kind)
    }

    /// Takes in a line that was read.
    #[inline]
    pub(super) fn note(&mut self, ask: &Ask) {
        if let Op::Delivered { task, kind, .. } = &ask.op {
            self.of(task.id).delivered = Some((task.n, *kind));
        } else if let Op::Submit(submission) = &ask.op {
            self.ask(&submission.request);
        }
        ask.listed.iter().for_each(|listed| self.ask(listed));
    }

    fn ask(&mut self, request: &Outstanding) {
        let known = self.of(request.id);
        known.asked = match known.asked {
            Asked::Nothing => Asked::Always(request.kind),
            Asked::Always(kind) if kind == request.kind => Asked::Always(kind),
            Asked::Always(_) | Asked::Several => Asked::Several,
        };
    }

    fn of(&mut self, id: Sym) -> &mut Known {
        let place = id.0 as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, Known::default());
        }
        &mut self.0[place]
    }
}
