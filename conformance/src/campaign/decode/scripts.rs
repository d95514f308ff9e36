//! Verbs that take several steps: a request all the way to its handler, continued work from the tap to its end,
//! processing up to the limit, what a force-quit and a reboot may change.

use bgspec_model::vocabulary::*;

use super::choices::Block;
use super::intent::{Intent, may_register, register, wait};
use super::verbs::pending;
use super::{Decoder, cast, details};
use crate::play::action::{Action, Input};
use crate::play::world::World;

impl Decoder<'_> {
    /// Processing up to the limit: the last one or two are at the boundary.
    pub(super) fn fill(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let last = block.of(&[11, 10]);
        let kind = if self.kinds.contains(&Kind::HealthResearch) && block.once_in(2) {
            Kind::HealthResearch
        } else {
            Kind::Processing
        };
        let mut intents = Vec::new();
        let jobs = || (0..last).map(|n| Identifier::from(cast::PROCESSING[n]));
        if self.limits.has(Area::Registration) && !may_register(world) {
            // Registered late they would all raise: a process of its own registers them in time.
            intents.push(Event::MemoryKilled(Empty {}).into());
            intents.push(Event::Started(Started { by: Starter::Person }).into());
            let study = (kind == Kind::HealthResearch).then(|| Identifier::from(cast::HEALTH[0]));
            intents.extend(jobs().chain(study).map(|id| register(id, None)));
            intents.push(Intent::Finish(block.clone()));
        }
        intents.extend(
            jobs()
                .filter(|id| !world.outstanding.contains_key(id))
                .map(|id| Intent::Submit(Request::new(id, Kind::Processing), true)),
        );
        if kind == Kind::HealthResearch {
            intents.push(Intent::Submit(Request::new(cast::HEALTH[0], kind), true));
        }
        if self.limits.has(Area::PendingList) {
            intents.push(pending());
        }
        intents
    }

    /// A pending request all the way to its handler.
    pub(super) fn deliver(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let pending: Vec<_> = world
            .outstanding
            .iter()
            .filter(|(_, (request, _))| request.kind != Kind::Continued)
            .map(|(id, _)| id.clone())
            .collect();
        let Some(id) = block.any(&pending).cloned() else {
            return vec![Intent::Leave];
        };
        let life = self.limits.has(Area::Life);
        let mut intents = match block.below(8) {
            4 if life => vec![Event::Crashed(Crashed::default()).into()],
            5 if life => vec![Intent::Leave, Event::MemoryKilled(Empty {}).into()],
            6 => Vec::new(),
            _ => vec![Intent::Leave],
        };
        if !block.once_in(8) {
            intents.push(Intent::Suit(id.clone()));
        }
        if !block.once_in(8) {
            intents.push(Intent::Floor(id.clone(), block.of(&[0, 0, 3_600_000, 1, -1])));
        }
        if self.limits.has(Area::Conditions) && block.once_in(5) {
            intents.push(Event::Device(details::change(block, world)).into());
        }
        intents.extend(self.launch(block, id));
        intents
    }

    /// Asks for a launch, and has the app do what it does then.
    pub(super) fn launch(&self, block: &Block, id: Identifier) -> Vec<Intent> {
        vec![
            Intent::Ask(id),
            Intent::Handlers(block.clone()),
            Intent::Finish(block.clone()),
            Intent::Serve(block.clone()),
        ]
    }

    /// Continued processing, from the person's tap to the end of the work.
    pub(super) fn continue_work(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        if !self.kinds.contains(&Kind::Continued) {
            return Vec::new();
        }
        let id = cast::usual(block, Kind::Continued);
        let request = details::request(block, id, Kind::Continued);
        let mut intents = Vec::new();
        if !block.once_in(8) {
            intents.push(Intent::Open(block.clone()));
        }
        if request.gpu && self.limits.has(Area::Resources) && !block.once_in(4) {
            intents.push(Event::SupportedResources(SupportedResources::default()).into());
        }
        match block.below(8) {
            6 => intents.extend([Intent::Leave, wait(block.of(&[999, 1_000, 1_001]))]),
            7 if world.has_continued() && self.limits.has(Area::Conditions) => {
                let places_taken = Some(block.of(&[1, 2, 8]));
                let change = Device {
                    places_taken,
                    ..Device::default()
                };
                intents.push(Event::Device(change).into());
            }
            _ => {}
        }
        intents.push(Intent::Submit(request, true));
        intents.push(Intent::Serve(block.clone()));
        intents
    }

    pub(super) fn simulate(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = self.some_id(block, world);
        let of = || OfIdentifier { id: id.clone() };
        let mut intents: Vec<Intent> = Vec::new();
        if !world.debugger {
            intents.push(Event::Debugger(Debugger { attached: true }).into());
        }
        let launch = Event::SimulateLaunch(of()).into();
        let expire = Event::SimulateExpiration(of()).into();
        match block.below(6) {
            0 => intents.extend([launch, Intent::Serve(block.clone())]),
            1 => intents.extend([launch, expire, wait(60_000)]),
            2 => intents.extend([launch, Event::SimulateLaunch(of()).into()]),
            3 => intents.push(expire),
            4 => intents.extend([launch, wait(60_001)]),
            _ => intents.push(Event::Debugger(Debugger { attached: false }).into()),
        }
        intents
    }

    pub(super) fn force_quit(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = self.some_id(block, world);
        let mut intents = vec![Event::ForceQuit(Empty {}).into(), Intent::Suit(id.clone())];
        match block.below(4) {
            0 => intents.extend([Intent::Floor(id.clone(), 0), Intent::Ask(id)]),
            1 => intents.extend([Intent::Open(block.clone()), Intent::Leave, Intent::Ask(id)]),
            2 => intents.push(Event::Reboot(Empty {}).into()),
            _ => {}
        }
        intents
    }

    pub(super) fn reboot(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = self.some_id(block, world);
        let mut intents = vec![Event::Reboot(Empty {}).into(), Intent::Floor(id.clone(), 0)];
        if block.below(3) > 0 {
            intents.push(Intent::Ask(id.clone()));
        }
        intents.push(Intent::Suit(id.clone()));
        if block.below(3) > 0 {
            intents.extend(self.launch(block, id));
        }
        intents
    }

    pub(super) fn extension(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let kind = self.some_kind(block);
        let id = match block.below(3) {
            2 => self.some_id(block, world),
            _ => cast::usual(block, kind),
        };
        let request = details::request(block, id, kind);
        let by = Some(block.of(&[cast::EXTENSION, cast::EXTENSION, cast::BARRED_EXTENSION]));
        let mut intents = vec![Intent::Do(Action::Do(Input {
            event: Event::Submit(Submit::of(request)),
            by,
            person: false,
            main: false,
        }))];
        if self.limits.has(Area::PendingList) {
            intents.push(pending());
        }
        intents
    }
}
