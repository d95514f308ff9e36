//! Intents: what a scripted app, person or device is about to do, made into actions when its turn comes.
//!
//! The scripted app is mostly a good one: it registers at launch, sets the expiration handler first, completes. By
//! choice it forgets, comes late, or does it twice.

use bgspec_model::vocabulary::*;

use super::choices::Block;
use super::{Decoder, cast, details};
use crate::play::action::{Action, Input};
use crate::play::world::{Task, World};

/// What is about to happen.
#[derive(Debug, Clone)]
pub(super) enum Intent {
    /// This.
    Do(Action),
    /// The app comes to the foreground, launched or installed first where it must be.
    Open(Block),
    /// The app is launched in the background for another reason than the scheduler's.
    StartOther(Block),
    /// The app registers what it registers at launch.
    Handlers(Block),
    /// The app finishes launching, if it is launching.
    Finish(Block),
    /// The app leaves the foreground, if it is there.
    Leave,
    /// The device is made to suit the launch of this request.
    Suit(Identifier),
    /// Time passes until this long after the request's date.
    Floor(Identifier, Millis),
    /// The request's launch is asked for: granted, or waited for.
    Ask(Identifier),
    /// The app looks after the tasks that were delivered.
    Serve(Block),
    /// The app submits this, registered first where it has no handler and `register` says so.
    Submit(Request, bool),
}

impl From<Event> for Intent {
    fn from(event: Event) -> Self {
        Self::Do(event.into())
    }
}

/// Whether a registration of a permitted identifier raises nothing now.
pub(super) fn may_register(world: &World) -> bool {
    world.is_launching() || world.header.os >= Version::new(26, 0)
}

/// A wait of this length.
pub(super) fn wait(millis: Millis) -> Intent {
    Intent::Do(Action::Wait(millis))
}

/// A registration, with the scheduler's own queue or one of the app's.
pub(super) fn register(id: Identifier, queue: Option<&str>) -> Intent {
    let queue = queue.map(str::to_owned);
    let answer = None;
    Event::Register(Register {
        through: None,
        id,
        queue,
        answer,
    })
    .into()
}

impl Decoder<'_> {
    /// What an intent comes to in this world.
    pub(super) fn expand(&self, intent: Intent, world: &World) -> Vec<Intent> {
        match intent {
            Intent::Do(_) => vec![intent],
            Intent::Open(block) => open(block, world),
            Intent::StartOther(block) => {
                if !world.installed || world.process.is_some() {
                    return Vec::new();
                }
                let by = Starter::Other;
                vec![
                    Event::Started(Started { by }).into(),
                    Intent::Handlers(block.clone()),
                    Intent::Finish(block),
                ]
            }
            Intent::Handlers(block) => self.handlers(block, world),
            Intent::Finish(block) => {
                if !world.is_launching() {
                    return Vec::new();
                }
                vec![Intent::Handlers(block), Event::LaunchFinished(Empty {}).into()]
            }
            Intent::Leave if world.is_foreground() && !world.is_launching() => {
                vec![Event::Background(Empty {}).into()]
            }
            Intent::Leave => Vec::new(),
            Intent::Suit(id) => {
                let change = world
                    .outstanding
                    .get(&id)
                    .and_then(|(request, _)| details::suit(world, request));
                change.map(|change| Event::Device(change).into()).into_iter().collect()
            }
            Intent::Floor(id, after) => {
                let date = world.outstanding.get(&id).and_then(|(request, _)| request.earliest);
                let length = date.map_or(0, |date| date.saturating_add(after) - world.now);
                if length > 0 { vec![wait(length)] } else { Vec::new() }
            }
            // Without the area nothing is launched, and a grant that nobody can see would only mislead.
            Intent::Ask(_) if !self.limits.has(Area::Launch) => Vec::new(),
            Intent::Ask(id) if cast::is_driven(self.limits) => vec![Event::Grant(OfIdentifier { id }).into()],
            Intent::Ask(_) => vec![wait(6 * 3_600_000)],
            Intent::Serve(block) => self.serve(block, world),
            Intent::Submit(request, with_handler) => self.submit(request, with_handler, world),
        }
    }

    fn handlers(&self, mut block: Block, world: &World) -> Vec<Intent> {
        if !world.is_launching() || !self.limits.has(Area::Registration) {
            return Vec::new();
        }
        let mut ids = cast::handlers(&world.header, &self.kinds);
        // What may be launched gets its handler too, whatever it is: a good app knows (CFG-9).
        for id in world.launched.iter().chain(world.outstanding.keys()) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        match block.below(10) {
            8 => ids.retain(|id| !world.launched.contains(id)),
            9 => ids.clear(),
            _ => {}
        }
        let queue = block.of(&[None, None, Some("work")]);
        ids.retain(|id| !world.is_registered(id));
        ids.into_iter().map(|id| register(id, queue)).collect()
    }

    fn submit(&self, request: Request, with_handler: bool, world: &World) -> Vec<Intent> {
        let mut intents = Vec::new();
        let known = world.is_registered(&request.id) || !self.limits.has(Area::Registration);
        if with_handler && !known && may_register(world) {
            intents.push(register(request.id.clone(), None));
        }
        let person = request.kind == Kind::Continued;
        intents.push(Intent::Do(Action::Do(Input {
            event: Event::Submit(Submit::of(request)),
            by: None,
            person,
            main: false,
        })));
        intents
    }

    fn serve(&self, mut block: Block, world: &World) -> Vec<Intent> {
        let mut intents = Vec::new();
        for (name, task) in world.running().filter(|(_, task)| !task.served) {
            let served = match task.kind {
                Kind::Continued => self.serve_continued(&mut block, name, task),
                _ => self.serve_plain(&mut block, name, task, world),
            };
            intents.extend(served);
        }
        intents
    }

    fn serve_plain(&self, block: &mut Block, name: &TaskName, task: &Task, world: &World) -> Vec<Intent> {
        let handler = |set| handler(name, set);
        let around_budget = |block: &mut Block| {
            let until = task.since + 30_000 - world.now;
            wait((until + block.of(&[0, -1, 1])).max(0))
        };
        let style = block.below(14);
        let expires = self.limits.has(Area::Expiration);
        let mut intents = Vec::new();
        if expires && !matches!(style, 7 | 10 | 12) {
            intents.push(handler(true));
        }
        match style {
            0..=3 => {
                intents.push(wait(block.of(&[1_000, 0, 10_000, 29_999])));
                intents.push(complete(name, style != 3));
            }
            4 | 5 => {
                // The usual recurring task: submitted again first thing, then completed.
                let mut again = Request::new(name.id.clone(), task.kind);
                again.earliest = Some(900_000);
                intents.push(Intent::Submit(again, false));
                intents.extend([wait(block.of(&[1_000, 5_000])), complete(name, true)]);
            }
            6 => intents.extend([around_budget(block), complete(name, false)]),
            7 => intents.extend([around_budget(block), wait(60_000)]),
            8 => intents.extend([take_back(name), wait(block.of(&[0, 1_000])), complete(name, false)]),
            9 => intents.extend([complete(name, true), wait(1), complete(name, false)]),
            10 => intents.extend([complete(name, true), handler(true), take_back(name)]),
            11 => {
                let block_queue = |queue| Event::BlockQueue(OfQueue { queue }).into();
                let unblock = |queue| Event::UnblockQueue(OfQueue { queue }).into();
                let queue = world
                    .process
                    .as_ref()
                    .and_then(|process| process.registered.get(&name.id).cloned());
                if let Some(queue) = queue.flatten() {
                    intents.extend([
                        block_queue(queue.clone()),
                        around_budget(block),
                        wait(1_000),
                        unblock(queue),
                    ]);
                }
                intents.push(complete(name, true));
            }
            12 => intents.extend([handler(true), handler(false), around_budget(block)]),
            _ => {}
        }
        intents
    }

    fn serve_continued(&self, block: &mut Block, name: &TaskName, task: &Task) -> Vec<Intent> {
        let expires = self.limits.has(Area::Expiration);
        let reports = self.limits.has(Area::Progress);
        let style = block.below(13);
        let mut intents = Vec::new();
        if expires && style != 6 {
            intents.push(handler(name, true));
        }
        if reports {
            intents.push(progress(name, Some(100), Some(0)));
        }
        if matches!(style, 1 | 2 | 5 | 7 | 9 | 10 | 11) {
            intents.push(Intent::Leave);
        }
        let mut units = task.units;
        let mut step = |intents: &mut Vec<Intent>| {
            units += 1;
            if reports {
                intents.push(progress(name, None, Some(units)));
            }
        };
        match style {
            0 | 1 => {
                step(&mut intents);
                intents.extend([wait(5_000), complete(name, true)]);
            }
            2 => {
                for length in [29_999, 29_000, 29_999] {
                    intents.push(wait(length));
                    step(&mut intents);
                }
                intents.push(complete(name, true));
            }
            3 => intents.extend([wait(block.of(&[30_000, 29_999, 30_001])), complete(name, false)]),
            4 => intents.extend([complete(name, false), wait(1_000)]),
            5 => intents.extend([title(name), wait(1_000), complete(name, true)]),
            6 | 7 => intents.extend([stop(name), wait(block.of(&[0, 60_000, 60_001])), complete(name, false)]),
            10 => {
                let of = || OfTask { task: name.clone() };
                intents.push(Event::PersonDismisses(of()).into());
                intents.extend([
                    wait(block.of(&[1_000, 0])),
                    complete(name, block.below(2) == 0),
                    wait(1_000),
                ]);
                intents.push(Event::PersonClears(of()).into());
            }
            11 => {
                // Long enough for a question to the person, and slow enough for one.
                for _ in 0..block.of(&[11, 3]) {
                    intents.push(wait(29_000));
                    step(&mut intents);
                }
                let task = name.clone();
                intents.push(match block.below(3) {
                    0 => Event::PersonContinues(OfTask { task }).into(),
                    1 => Event::PersonIgnores(OfTask { task }).into(),
                    _ => stop(name),
                });
                intents.extend([wait(60_000), complete(name, true)]);
            }
            8 => intents.extend([take_back(name), complete(name, false)]),
            9 => intents.extend([
                progress(name, Some(0), Some(0)),
                progress(name, Some(-1), None),
                progress(name, Some(10), Some(11)),
                wait(10_000),
            ]),
            _ => {}
        }
        intents
    }
}

fn open(block: Block, world: &World) -> Vec<Intent> {
    let mut intents = Vec::new();
    if !world.installed {
        intents.push(Event::Installed(Empty {}).into());
    }
    if world.is_locked() {
        let unlocked = Device {
            locked: Some(false),
            unlocked_once: Some(true),
            ..Device::default()
        };
        intents.push(Event::Device(unlocked).into());
    }
    match &world.process {
        None => {
            let by = Starter::Person;
            intents.push(Event::Started(Started { by }).into());
            intents.push(Intent::Finish(block));
        }
        Some(_) if world.is_foreground() => intents.push(Intent::Finish(block)),
        Some(_) => intents.extend([Intent::Finish(block), Event::Foreground(Empty {}).into()]),
    }
    intents
}

fn handler(name: &TaskName, set: bool) -> Intent {
    let task = name.clone();
    Event::SetExpirationHandler(SetExpirationHandler { task, set }).into()
}

/// A completion.
pub(super) fn complete(name: &TaskName, success: bool) -> Intent {
    let task = name.clone();
    Event::Complete(Complete { task, success }).into()
}

/// The runner takes the time of a task back.
pub(super) fn take_back(name: &TaskName) -> Intent {
    Event::TakeBack(OfTask { task: name.clone() }).into()
}

/// The person stops a task.
pub(super) fn stop(name: &TaskName) -> Intent {
    Event::PersonStops(OfTask { task: name.clone() }).into()
}

/// A report of progress.
pub(super) fn progress(name: &TaskName, total: Option<i64>, completed: Option<i64>) -> Intent {
    Event::Progress(Progress {
        task: name.clone(),
        total,
        completed,
        child: None,
    })
    .into()
}

/// New texts for a task's card.
pub(super) fn title(name: &TaskName) -> Intent {
    Event::UpdateTitle(UpdateTitle {
        task: name.clone(),
        title: "Almost done".to_owned(),
        subtitle: "One file".to_owned(),
    })
    .into()
}
