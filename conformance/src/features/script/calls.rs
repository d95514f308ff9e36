//! The calls of a scenario: what a run scenario says must come of them, and which of them wait for a task.

use bgspec_model::vocabulary::{Answers, Event, Record, Role, TaskName};

use super::Once;
use crate::features::file::Step;
use crate::features::language::compound;
use crate::features::language::steps::Keyword;
use crate::features::language::{Said, Story};
use crate::features::must;

/// The steps, each compound written out.
pub(super) fn written_out(steps: &[Step]) -> Vec<Step> {
    let mut all = Vec::new();
    for step in steps {
        let Some(lines) = compound::written_out(step.keyword, &step.text) else {
            all.push(step.clone());
            continue;
        };
        let under = compound::table_of(&lines);
        for (place, (keyword, text)) in lines.into_iter().enumerate() {
            let (table, cells) = match place == under {
                true => (step.table.clone(), step.cells.clone()),
                false => (None, Vec::new()),
            };
            all.push(Step {
                keyword,
                text,
                table,
                cells,
                compound: Some(step.text.clone()),
                ..step.clone()
            });
        }
    }
    all
}

/// The column of a place in a step. What a compound says at its end stands at the end of a step that it is written out to.
pub(super) fn column_of(step: &Step, at: usize) -> usize {
    match &step.compound {
        None => step.column + at,
        Some(whole) => {
            let rest = step.text.get(at..).unwrap_or_default();
            let shared = whole.strip_suffix(rest).filter(|_| !rest.is_empty());
            step.column + shared.map_or(0, str::len)
        }
    }
}

/// The steps of a run scenario. A Background and a compound tell their calls with their answers, as trace scenarios do;
/// where an implementation plays they are what must be seen.
pub(super) fn played(steps: &[Step]) -> Vec<Step> {
    let mut played = Vec::new();
    for step in steps {
        let answered = match step.text.rsplit_once(", and it ") {
            Some((call, answer))
                if (step.in_background || step.compound.is_some()) && step.keyword == Keyword::When =>
            {
                Some((call, answer))
            }
            _ => None,
        };
        let Some((call, answer)) = answered else {
            played.push(step.clone());
            continue;
        };
        let colon = if answer.ends_with(':') { ":" } else { "" };
        played.push(Step {
            text: format!("{call}{colon}"),
            ..step.clone()
        });
        played.push(Step {
            keyword: Keyword::Then,
            text: format!("it {}", answer.trim_end_matches(':')),
            table: None,
            column: column_of(step, call.len() + ", and ".len()),
            ..step.clone()
        });
    }
    played
}

/// What stands between a call and the task that it waits for.
pub(super) const SOON: &str = ", as soon as the ";

/// What the app does once a task comes so far: the call, the task and how far; else where it is wrong, and how.
pub(super) fn order(
    story: &Story<'_>,
    does: &str,
    when: &str,
    table: Option<&[Vec<String>]>,
) -> Result<(Record, TaskName, Once), (usize, String)> {
    let at = does.len() + SOON.len();
    let ends = [
        (" is delivered", Once::Delivered),
        (" expires", Once::Expired),
        (" asks whether to go on", Once::Asked),
    ];
    let found = ends
        .into_iter()
        .find_map(|(end, once)| Some((when.strip_suffix(end)?, once)));
    let Some((task, once)) = found else {
        let what = "expected a task that `is delivered`, `expires` or `asks whether to go on`, such as `as soon as the \
                    \"sync\" task expires`";
        return Err((at, what.to_owned()));
    };
    let whole = format!("the app sets the expiration handler of the {task}");
    let Ok(Said::Record(Record {
        event: Some(Event::SetExpirationHandler(of)),
        ..
    })) = story.clone().read(Keyword::When, &whole, None)
    else {
        return Err((at, "expected a task such as `\"sync\" task`".to_owned()));
    };
    match story.clone().read(Keyword::When, does, table) {
        Ok(Said::Record(call)) => Ok((call, of.task, once)),
        Ok(_) => Err((
            0,
            "expected one thing that somebody does before `as soon as`".to_owned(),
        )),
        Err(wrong) => Err((wrong.at, wrong.what)),
    }
}

/// The last call, and where the story was before it.
pub(super) struct Called<'a> {
    pub(super) before: Story<'a>,
    pub(super) step: &'a Step,
}

/// What a Then of a run scenario says must be seen, if it says such a thing; else where it is wrong, and how.
pub(super) fn must(
    story: &Story<'_>,
    call: Option<&Called<'_>>,
    step: &Step,
    skipped: usize,
) -> Result<Option<must::What>, (usize, String)> {
    let text = &step.text[skipped..];
    if text == must::NOTHING {
        return Ok(Some(must::What::NothingDelivered));
    }
    if text.starts_with("it ") {
        let Some(call) = call else {
            return Err((
                0,
                format!("`{text}` behind no call: expected it behind the call that is meant"),
            ));
        };
        let mut answers = Vec::new();
        let mut at = 0;
        for text in text.split(must::OR) {
            answers.push(answer(call, step, text).map_err(|(within, what)| (at + within, what))?);
            at += text.len() + must::OR.len();
        }
        return Ok(Some(must::What::Answer(answers)));
    }
    let mut story = story.clone();
    let now = story.now();
    match story.read(Keyword::Then, text, step.table.as_deref()) {
        Ok(Said::Record(Record {
            event: Some(event), at, ..
        })) if event.role() == Role::Observation => {
            if at != now {
                let what = "what is seen in a run scenario has no time: the implementation chooses it";
                return Err((0, what.to_owned()));
            }
            Ok(Some(must::What::Observed(event)))
        }
        _ => Ok(None),
    }
}

/// One answer of a call that a Then says: the call again, with its answer as a trace scenario has it.
fn answer(call: &Called<'_>, step: &Step, text: &str) -> Result<must::Answer, (usize, String)> {
    if text == must::REFUSED {
        return Ok(must::Answer::Refused);
    }
    // The colon before a table stands at the end.
    let (asked, colon) = match call.step.text.strip_suffix(':') {
        Some(asked) => (asked, ":"),
        None => (call.step.text.as_str(), ""),
    };
    let whole = format!("{asked}, and {text}{colon}");
    let table = step.table.as_deref().or(call.step.table.as_deref());
    match call.before.clone().read(Keyword::When, &whole, table) {
        Ok(Said::Record(Record { event: Some(event), .. })) => Ok(must::Answer::This(event)),
        Ok(_) => Err((0, format!("`{text}`: expected the answer of the call before"))),
        Err(wrong) => {
            let shift = asked.len() + ", and ".len();
            Err((wrong.at.saturating_sub(shift), wrong.what))
        }
    }
}

/// What is wrong with a line in a scenario of this sort.
pub(super) fn misplaced(record: &Record, told: bool) -> Option<&'static str> {
    let Some(event) = &record.event else {
        return (!told).then_some("a run scenario ends by itself: expected no end in it");
    };
    let answer = answered(event);
    match (told, event.role()) {
        (true, Role::Call) if answer == Some(false) && record.call.is_none() => {
            Some("a trace scenario says what came of it: expected `, and it …` behind the call")
        }
        (false, Role::Call) if answer == Some(true) => Some(
            "a run scenario leaves the answer to the implementation: expected nothing behind the call, and what must come of it as `Then it …`",
        ),
        (false, Role::Observation | Role::Gap) => {
            Some("a run scenario leaves the observations to the adapter: expected what the oracle says")
        }
        (false, Role::Call | Role::End) if record.call.is_some() => {
            Some("calls that overlap cannot be played: expected a trace scenario")
        }
        _ => None,
    }
}

/// Whether a call is answered; nothing where it has no answer.
fn answered(event: &Event) -> Option<bool> {
    match (event.answer(), event.row().answer) {
        (_, Answers::None) => None,
        (Some(_), _) => Some(true),
        // That it returned goes without saying.
        (None, Answers::Void) => None,
        (None, _) => Some(false),
    }
}
