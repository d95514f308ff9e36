//! Verbs: what a block of choices means in the world as it is.
//!
//! Each verb has a weight in each situation. The weights lean towards sequences that mean something, so that runs
//! reach deliveries often; every verb stays possible wherever it makes sense.

use bgspec_model::vocabulary::*;

use super::choices::Block;
use super::intent::{Intent, complete, may_register, progress, register, stop, take_back, title, wait};
use super::{Decoder, cast, details};
use crate::play::action::{Action, Input};
use crate::play::world::World;

/// What a block may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Open,
    StartOther,
    Finish,
    Register,
    Submit,
    SubmitOdd,
    SubmitAsync,
    Resubmit,
    Fill,
    SecondRefresh,
    Deliver,
    Continue,
    Serve,
    TaskCall,
    Grant,
    Cancel,
    CancelAll,
    Pending,
    Move,
    Wait,
    Change,
    Simulate,
    Die,
    ForceQuit,
    Reboot,
    Update,
    Reinstall,
    KeepAwake,
    Resources,
    Extension,
    ChangeObject,
    DeviceWork,
    Situation,
}

/// How often a situation comes.
const SITUATIONS: u32 = 24;

impl Decoder<'_> {
    /// What a block means in this world.
    pub(super) fn plan(&self, mut block: Block, world: &World) -> Vec<Intent> {
        let weights = self.weights(world);
        let Some(verb) = block.weighted(&weights) else {
            return vec![Intent::Open(block)];
        };
        let block = &mut block;
        match verb {
            Verb::Open => vec![Intent::Open(block.clone())],
            Verb::StartOther => vec![Intent::StartOther(block.clone())],
            Verb::Finish => vec![Intent::Finish(block.clone())],
            Verb::Register => self.register(block, world),
            Verb::Submit => self.submit_usual(block, world),
            Verb::SubmitOdd => self.submit_odd(block),
            Verb::SubmitAsync => self.submit_async(block, world),
            Verb::Resubmit => self.resubmit(block, world),
            Verb::Fill => self.fill(block, world),
            Verb::SecondRefresh => (0..2)
                .map(|n| Intent::Submit(Request::new(cast::REFRESH[n], Kind::Refresh), true))
                .collect(),
            Verb::Deliver => self.deliver(block, world),
            Verb::Continue => self.continue_work(block, world),
            Verb::Serve => vec![Intent::Serve(block.clone())],
            Verb::TaskCall => task_call(block, world),
            Verb::Grant => vec![Intent::Ask(self.some_id(block, world))],
            Verb::Cancel => {
                let id = self.some_id(block, world);
                vec![Event::Cancel(OfIdentifier { id }).into()]
            }
            Verb::CancelAll => vec![Event::CancelAll(Empty {}).into()],
            Verb::Pending => vec![Event::Pending(Pending::default()).into()],
            Verb::Move if world.is_foreground() => vec![Intent::Leave],
            Verb::Move => vec![Intent::Open(block.clone())],
            Verb::Wait => vec![wait(details::wait(block, world))],
            Verb::Change if self.limits.has(Area::Conditions) => {
                vec![Event::Device(details::change(block, world)).into()]
            }
            Verb::Change => vec![Event::Device(details::switch(block, world)).into()],
            Verb::Simulate => self.simulate(block, world),
            Verb::Die if block.below(2) == 1 => vec![Event::MemoryKilled(Empty {}).into()],
            Verb::Die => vec![Event::Crashed(Crashed::default()).into()],
            Verb::ForceQuit => self.force_quit(block, world),
            Verb::Reboot => self.reboot(block, world),
            Verb::Update => {
                let facts = details::facts(block, self.limits);
                vec![Event::Updated(facts).into(), Intent::Open(block.clone())]
            }
            Verb::Reinstall => {
                let id = self.some_id(block, world);
                let gone: Intent = Event::Uninstalled(Empty {}).into();
                let back = Event::Installed(Empty {}).into();
                vec![gone, back, Intent::Ask(id), Intent::Open(block.clone()), pending()]
            }
            Verb::KeepAwake => {
                let awake = world.process.as_ref().is_some_and(|process| !process.awake);
                vec![Event::KeptAwake(KeptAwake { awake }).into()]
            }
            Verb::Resources => vec![Event::SupportedResources(SupportedResources::default()).into()],
            Verb::Extension => self.extension(block, world),
            Verb::ChangeObject => change_object(block, world),
            Verb::DeviceWork => vec![device_work(block)],
            Verb::Situation => self.situation(block, world),
        }
    }

    /// How often each verb comes in this world.
    fn weights(&self, world: &World) -> Vec<(u32, Verb)> {
        let has = |area, weight| if self.limits.has(area) { weight } else { 0 };
        let kind = |kind, weight| if self.kinds.contains(&kind) { weight } else { 0 };
        let when = |holds: bool, weight| if holds { weight } else { 0 };
        let driven = cast::is_driven(self.limits);
        let outstanding = !world.outstanding.is_empty();
        let launches = outstanding && self.limits.has(Area::Launch);
        let lives = world.process.is_some();
        // Submissions look at the person's switches, whoever models the other conditions.
        let changes = has(Area::Conditions, 7).max(has(Area::Submission, 3));
        let quits = self.limits.looks_at_quits_and_boots();
        let mut weights = if !world.installed {
            vec![(16, Verb::Open)]
        } else if !lives {
            vec![
                (40, Verb::Open),
                (2, Verb::StartOther),
                (when(launches, 40), Verb::Deliver),
            ]
        } else if world.is_launching() {
            vec![
                (24, Verb::Finish),
                (has(Area::Registration, 8), Verb::Register),
                (8, Verb::Submit),
            ]
        } else {
            let late = if may_register(world) { 8 } else { 2 };
            vec![
                (28, Verb::Submit),
                (when(launches, 40), Verb::Deliver),
                (8, Verb::Move),
                (has(Area::Registration, late), Verb::Register),
                (has(Area::Identifiers, 6), Verb::SubmitOdd),
                (when(outstanding, 10), Verb::Resubmit),
                (kind(Kind::Processing, 3), Verb::Fill),
                (kind(Kind::Refresh, 4), Verb::SecondRefresh),
                (kind(Kind::Continued, 20), Verb::Continue),
                (has(Area::Debugging, 6), Verb::Simulate),
            ]
        };
        if world.can_call() {
            let tasks = !world.tasks.is_empty();
            let unserved = world.running().any(|(_, task)| !task.served);
            let os = world.header.os;
            weights.extend([
                (when(unserved, 30), Verb::Serve),
                (when(tasks, 16), Verb::TaskCall),
                (has(Area::PendingList, 8), Verb::Pending),
                (has(Area::Cancelling, 7), Verb::Cancel),
                (has(Area::Cancelling, 2), Verb::CancelAll),
                (has(Area::Resources, when(world.has_continued(), 1)), Verb::Resources),
                (3, Verb::ChangeObject),
                (when(self.limits.hello.device, 3), Verb::DeviceWork),
                (when(os >= Version::new(27, 0), 20), Verb::SubmitAsync),
            ]);
        }
        if world.installed {
            weights.extend([
                (has(Area::Launch, when(driven, 5)), Verb::Grant),
                (has(Area::Life, 1), Verb::Update),
                (has(Area::Life, 1), Verb::Reinstall),
                (when(!world.header.extensions.is_empty(), 3), Verb::Extension),
            ]);
        }
        if lives {
            weights.extend([
                (has(Area::Life, 2), Verb::Die),
                (when(quits, 2), Verb::ForceQuit),
                (has(Area::Life, 1), Verb::KeepAwake),
            ]);
        }
        weights.extend([
            (when(world.installed, SITUATIONS), Verb::Situation),
            (8, Verb::Wait),
            (changes, Verb::Change),
            (when(quits, 1), Verb::Reboot),
        ]);
        weights
    }

    /// A kind that is there.
    pub(super) fn some_kind(&self, block: &mut Block) -> Kind {
        block.any(&self.kinds).copied().unwrap_or(Kind::Refresh)
    }

    /// An identifier that something may be about: outstanding, registered, usual, or odd.
    pub(super) fn some_id(&self, block: &mut Block, world: &World) -> Identifier {
        let outstanding: Vec<_> = world.outstanding.keys().cloned().collect();
        let registered: Vec<_> = world
            .process
            .iter()
            .flat_map(|process| process.registered.keys().cloned())
            .collect();
        match block.below(8) {
            0..=3 if !outstanding.is_empty() => block.of(&outstanding),
            4 | 5 if !registered.is_empty() => block.of(&registered),
            7 if self.limits.has(Area::Identifiers) => cast::odd(block),
            _ => {
                let kind = self.some_kind(block);
                cast::usual(block, kind)
            }
        }
    }

    /// An identifier that a kind is at home with; where it is too late to register, mostly one that is registered.
    fn usual(&self, block: &mut Block, kind: Kind, world: &World) -> Identifier {
        let registered: Vec<_> = cast::handlers(&world.header, &[kind])
            .into_iter()
            .filter(|id| world.is_registered(id))
            .collect();
        let late = self.limits.has(Area::Registration) && !may_register(world);
        if late && !registered.is_empty() && !block.once_in(12) {
            return block.of(&registered);
        }
        cast::usual(block, kind)
    }

    fn register(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = match block.below(4) {
            3 if self.limits.has(Area::Identifiers) => cast::odd(block),
            _ => self.some_id(block, world),
        };
        vec![register(id, block.of(&[None, None, Some("work"), Some("other")]))]
    }

    fn submit_usual(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let kind = self.some_kind(block);
        // Now and then one kind under an identifier that another is at home with.
        let home = if block.once_in(8) { self.some_kind(block) } else { kind };
        let id = self.usual(block, home, world);
        let with_handler = !block.once_in(10);
        vec![Intent::Submit(details::request(block, id, kind), with_handler)]
    }

    fn submit_odd(&self, block: &mut Block) -> Vec<Intent> {
        let id = cast::odd(block);
        let kind = self.some_kind(block);
        let with_handler = block.below(3) < 2;
        vec![Intent::Submit(details::request(block, id, kind), with_handler)]
    }

    fn submit_async(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let kind = self.some_kind(block);
        let id = match block.below(4) {
            3 => self.some_id(block, world),
            _ => cast::usual(block, kind),
        };
        let request = details::request(block, id, kind);
        let main = block.once_in(6);
        let person = kind == Kind::Continued;
        let mut intents = Vec::new();
        if self.limits.has(Area::Registration) && !world.is_registered(&request.id) && !block.once_in(8) {
            intents.push(register(request.id.clone(), None));
        }
        intents.push(Intent::Do(Action::Do(Input {
            event: Event::SubmitAsync(SubmitAsync::of(request, 0)),
            by: None,
            person,
            main,
        })));
        if block.below(2) == 1 {
            intents.push(wait(block.of(&[1, 1_000, 60_000])));
        }
        intents
    }

    fn resubmit(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let outstanding: Vec<_> = world.outstanding.values().map(|(request, _)| request.clone()).collect();
        let Some(old) = block.any(&outstanding).cloned() else {
            return Vec::new();
        };
        let kind = if block.once_in(4) {
            self.some_kind(block)
        } else {
            old.kind
        };
        let mut intents = vec![Intent::Submit(details::request(block, old.id, kind), true)];
        if self.limits.has(Area::PendingList) {
            intents.push(pending());
        }
        intents
    }
}

/// The app asks for the pending list.
pub(super) fn pending() -> Intent {
    Event::Pending(Pending::default()).into()
}

/// A call about one of the tasks of the living process, completed ones included.
fn task_call(block: &mut Block, world: &World) -> Vec<Intent> {
    let names: Vec<_> = world.tasks.keys().cloned().collect();
    let Some(name) = block.any(&names).cloned() else {
        return Vec::new();
    };
    let continued = world.tasks.get(&name).is_some_and(|task| task.kind == Kind::Continued);
    let of = || OfTask { task: name.clone() };
    let plain = match block.below(8) {
        0 => complete(&name, true),
        1 => complete(&name, false),
        2 | 3 => take_back(&name),
        4 => Event::SetExpirationHandler(SetExpirationHandler {
            task: name.clone(),
            set: true,
        })
        .into(),
        5 => Event::WorkBegan(OfIdentifier { id: name.id.clone() }).into(),
        6 => Event::WorkEnded(OfIdentifier { id: name.id.clone() }).into(),
        _ => Intent::Leave,
    };
    if !continued || block.below(2) == 0 {
        return vec![plain];
    }
    let units = world.tasks.get(&name).map_or(0, |task| task.units);
    vec![match block.below(10) {
        0 => progress(&name, None, Some(units + 1)),
        1 => progress(&name, Some(100), Some(units)),
        2 => progress(&name, None, Some(units - 1)),
        3 => Event::Progress(Progress {
            task: name.clone(),
            total: None,
            completed: None,
            child: Some(0.5),
        })
        .into(),
        4 => title(&name),
        5 => stop(&name),
        6 => Event::PersonDismisses(of()).into(),
        7 => Event::PersonContinues(of()).into(),
        8 => Event::PersonIgnores(of()).into(),
        _ => Event::PersonClears(of()).into(),
    }]
}

/// The app changes a request object that it has: nothing may come of it.
fn change_object(block: &mut Block, world: &World) -> Vec<Intent> {
    let Some(process) = &world.process else {
        return Vec::new();
    };
    let submitted: Vec<_> = process.submitted.values().cloned().collect();
    let listed = &process.listed;
    let (objects, of_list) = if block.below(2) == 1 {
        (listed, true)
    } else {
        (&submitted, false)
    };
    let Some(old) = block.any(objects).cloned() else {
        return vec![pending()];
    };
    let mut changed = details::request(block, old.id, old.kind);
    changed.earliest = changed.earliest.or(Some(7_200_000));
    let event = if of_list {
        Event::ChangeListed(changed)
    } else {
        Event::ChangeSubmitted(changed)
    };
    vec![event.into(), pending()]
}

fn device_work(block: &mut Block) -> Intent {
    let class = block.of(&[
        Protection::Complete,
        Protection::CompleteUntilFirstUserAuthentication,
        Protection::None,
    ]);
    match block.below(3) {
        0 => Event::ProtectedRead(ProtectedRead { class, answer: None }).into(),
        1 => Event::GpuWork(Work::default()).into(),
        _ => Event::NeuralEngineWork(Work::default()).into(),
    }
}
