//! The earlier event that a breach contradicts: where an identifier was registered that is registered again, where the card
//! went that does something all the same, since when the device is in use.

use crate::context::Context;
use crate::op::{Ask, Op, Reply};
use crate::report::About;
use crate::rule::Rule;
use crate::rules::{card, conditions, registration};
use crate::state::By;
use crate::vocabulary::CardIs;

use super::pass::Pass;

/// Notes where an identifier was registered, where its card went, and since when the device is in use.
pub(super) fn note(pass: &mut Pass, ask: &Ask) {
    if let (Op::Register { id, .. }, Reply::Returned(true)) = (&ask.op, ask.reply) {
        pass.cx.lines_of(*id).registered = pass.events;
    }
    if let Op::Card {
        task, is: CardIs::Gone, ..
    } = &ask.op
    {
        pass.cx.lines_of(task.id).went = pass.events;
    }
    if begins_use(&ask.op) {
        pass.cx.used_since = pass.events;
    }
}

/// Whether somebody uses the device from this event on.
fn begins_use(op: &Op) -> bool {
    if let Op::Device(change) = op {
        return change.in_use == Some(true);
    }
    matches!(op, Op::Foreground) || matches!(op, Op::Started { by: By::Person, .. })
}

/// The earlier event that a breach of these rules contradicts.
pub(super) fn contradicted(cx: &Context, rules: &[&Rule], about: &About) -> Option<u64> {
    let lines = cx.named(cx.find_id(about.ids.first()?.as_str())?).lines;
    let names = |rule: &Rule| rules.iter().any(|named| **named == *rule);
    let event = if names(&conditions::CON_4) {
        cx.used_since
    } else if names(&registration::REG_12) {
        lines.registered
    } else if names(&card::UIX_1) {
        lines.went
    } else {
        0
    };
    (event > 0).then_some(event)
}
