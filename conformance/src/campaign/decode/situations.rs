//! Situations that a sequence of single steps rarely comes to by itself, and in which rules are broken that nothing else
//! looks at: acts while a process is launching, a crowd of continued tasks, work of half an hour, a switch that is off
//! when a grant comes, the end of everything while tasks run and wait.
//!
//! Each is a short script with its own choices in it. What the world does not admit any more falls away.

use bgspec_model::vocabulary::*;

use super::choices::Block;
use super::intent::{Intent, complete, progress, stop, take_back, wait};
use super::verbs::pending;
use super::{Decoder, cast, details};
use crate::play::action::{Action, Input};
use crate::play::world::World;

/// More identifiers that only a wildcard covers: with the usual ones, more than have places.
const CROWD: [&str; 6] = [
    "com.example.app.export.A1",
    "com.example.app.export.B2",
    "com.example.app.export.C3",
    "com.example.app.export.D4",
    "com.example.app.export.E5",
    "com.example.app.render",
];

type Situation<'d> = fn(&Decoder<'d>, &mut Block, &World) -> Vec<Intent>;

impl<'d> Decoder<'d> {
    /// One of the situations that the declared areas and kinds allow.
    pub(super) fn situation(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let continued = self.kinds.contains(&Kind::Continued);
        let launches = self.limits.has(Area::Launch);
        let life = self.limits.has(Area::Life);
        let quits = self.limits.looks_at_quits_and_boots();
        let all: [(bool, Situation<'d>); 14] = [
            (launches && cast::is_driven(self.limits), Self::while_launching),
            (launches, Self::switched_off),
            (launches && quits, Self::closed_in_the_switcher),
            (launches, Self::failed_and_granted),
            (launches, Self::completed_late),
            (
                launches && self.limits.has(Area::Cancelling),
                Self::cancelled_and_granted,
            ),
            (launches, Self::used_while_it_runs),
            (launches, Self::runs_long),
            (launches && life, Self::gone_and_granted),
            (self.limits.has(Area::Debugging), Self::under_the_debugger),
            (continued, Self::crowd),
            (continued, Self::long_work),
            (continued, Self::new_titles),
            (continued, Self::stopped),
        ];
        let open: Vec<_> = all.into_iter().filter(|(open, _)| *open).map(|(_, it)| it).collect();
        match block.any(&open) {
            Some(situation) => situation(self, block, world),
            None => Vec::new(),
        }
    }

    /// A pending request of the usual cast: one that is there, or else a new one, submitted first.
    fn request(&self, block: &mut Block, world: &World, kinds: &[Kind]) -> (Identifier, Vec<Intent>) {
        let there = world.outstanding.iter();
        let there: Vec<_> = there
            .filter(|(_, (request, _))| kinds.contains(&request.kind))
            .map(|(id, _)| id.clone())
            .collect();
        if let Some(id) = block.any(&there) {
            return (id.clone(), Vec::new());
        }
        let kinds: Vec<_> = kinds.iter().copied().filter(|kind| self.kinds.contains(kind)).collect();
        let kind = block.any(&kinds).copied().unwrap_or(Kind::Refresh);
        let id = Identifier::from(match kind {
            Kind::Refresh => block.of(&cast::REFRESH[..2]),
            Kind::Processing => block.of(&cast::PROCESSING[..2]),
            Kind::HealthResearch => cast::HEALTH[0],
            Kind::Continued => block.of(&cast::CONTINUED),
        });
        let request = Request::new(id.clone(), kind);
        let mut intents = vec![Intent::Open(block.clone())];
        intents.push(Intent::Submit(request, true));
        (id, intents)
    }

    /// Everything that a launch waits for, and the grant.
    fn launched(&self, block: &Block, id: &Identifier) -> Vec<Intent> {
        vec![
            Intent::Leave,
            Intent::Suit(id.clone()),
            Intent::Floor(id.clone(), 0),
            Intent::Ask(id.clone()),
            Intent::Handlers(block.clone()),
            Intent::Finish(block.clone()),
        ]
    }

    /// The next task of an identifier.
    fn next_task(world: &World, id: &Identifier) -> TaskName {
        let came = world.deliveries.get(id).copied().unwrap_or(0);
        TaskName::new(id.clone(), came.saturating_add(1))
    }

    /// Sets the expiration handler, where that is something that the implementation knows.
    fn set_handler(&self, task: &TaskName) -> Vec<Intent> {
        let set = SetExpirationHandler {
            task: task.clone(),
            set: true,
        };
        let knows = self.limits.has(Area::Expiration);
        knows
            .then(|| Event::SetExpirationHandler(set).into())
            .into_iter()
            .collect()
    }

    /// A process is launching, and something happens before it has finished.
    fn while_launching(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        intents.push(Intent::Leave);
        intents.push(Event::MemoryKilled(Empty {}).into());
        intents.extend([Intent::Suit(id.clone()), Intent::Floor(id.clone(), 0)]);
        let by = block.of(&[Starter::Other, Starter::Person]);
        let starts = || Event::Started(Started { by }).into();
        match block.below(3) {
            0 => intents.extend([Intent::Ask(id.clone()), Intent::Handlers(block.clone())]),
            _ => intents.extend([starts(), Intent::Handlers(block.clone()), Intent::Ask(id.clone())]),
        }
        let cancels = self.limits.has(Area::Cancelling);
        match block.below(8) {
            0 | 1 => {}
            2 => intents.push(wait(block.of(&[1_000, 60_000, 60_001, 3_600_000]))),
            3 if cancels => intents.push(Event::Cancel(OfIdentifier { id: id.clone() }).into()),
            4 => intents.push(Intent::Submit(Request::new(id.clone(), Kind::Refresh), true)),
            5 if self.limits.has(Area::Conditions) => {
                intents.push(Event::Device(details::change(block, world)).into());
            }
            6 => intents.push(Intent::Submit(self.continued(CROWD[5], Strategy::Fail), true)),
            _ => intents.push(Intent::Ask(id)),
        }
        intents.extend([
            Intent::Finish(block.clone()),
            Intent::Serve(block.clone()),
            wait(60_001),
        ]);
        intents
    }

    /// The person switches something off while a request is pending; it is granted, and once more when all is on again.
    fn switched_off(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing, Kind::HealthResearch]);
        intents.extend([
            Intent::Leave,
            Intent::Suit(id.clone()),
            Intent::Floor(id.clone(), block.of(&[0, -1, 1])),
        ]);
        let mut off = Device::default();
        match block.below(5) {
            0 => off.background_refresh = Some(block.of(&[BackgroundRefresh::Denied, BackgroundRefresh::Restricted])),
            1 if world.header.os >= Version::new(26, 0) => off.background_launches_denied = Some(true),
            2 => off.low_power = Some(true),
            3 => off.in_use = Some(true),
            _ => (off.network, off.power) = (Some(false), Some(false)),
        }
        intents.push(Event::Device(off).into());
        intents.extend([Intent::Ask(id.clone()), Intent::Suit(id.clone())]);
        intents.extend(self.launched(block, &id));
        intents.push(Intent::Serve(block.clone()));
        intents
    }

    /// The person closes the app in the switcher while something is pending, runs and waits.
    fn closed_in_the_switcher(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        if self.kinds.contains(&Kind::Continued) && block.below(2) == 1 {
            intents.push(Intent::Open(block.clone()));
            let crowd = CROWD[..3].iter().chain(&CROWD[5..]);
            intents.extend(crowd.map(|id| Intent::Submit(self.continued(id, Strategy::Queue), true)));
            let first = Self::next_task(world, &CROWD[0].into());
            intents.extend(self.set_handler(&first));
        }
        intents.push(Event::ForceQuit(Empty {}).into());
        intents.extend([Intent::Suit(id.clone()), Intent::Floor(id.clone(), 0)]);
        match block.below(4) {
            0 | 1 => intents.push(Intent::Ask(id.clone())),
            2 => {
                intents.extend([
                    Event::Reboot(Empty {}).into(),
                    Intent::Suit(id.clone()),
                    Intent::Ask(id.clone()),
                ]);
            }
            _ => {}
        }
        intents.extend([wait(60_001), Intent::Open(block.clone())]);
        intents.extend(self.launched(block, &id));
        intents.push(wait(60_001));
        intents
    }

    /// A task fails, and its identifier is granted again though nobody submitted it.
    fn failed_and_granted(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        let task = Self::next_task(world, &id);
        intents.extend(self.launched(block, &id));
        intents.extend([complete(&task, false), wait(block.of(&[0, 86_400_000]))]);
        intents.push(Intent::Ask(id));
        if self.limits.has(Area::PendingList) {
            intents.push(pending());
        }
        intents
    }

    /// A task is completed when the next one of its identifier runs already.
    fn completed_late(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        let first = Self::next_task(world, &id);
        let second = TaskName::new(id.clone(), first.n.saturating_add(1));
        let kind = world
            .outstanding
            .get(&id)
            .map_or(Kind::Refresh, |(request, _)| request.kind);
        intents.extend(self.launched(block, &id));
        intents.extend(self.set_handler(&first));
        intents.extend([
            complete(&first, true),
            Intent::Submit(Request::new(id.clone(), kind), true),
        ]);
        intents.extend(self.launched(block, &id));
        intents.extend(self.set_handler(&second));
        intents.extend([complete(&first, block.below(2) == 0), wait(1_000)]);
        intents.extend(match block.below(3) {
            0 => vec![take_back(&second), complete(&second, false)],
            1 => vec![wait(29_001), complete(&second, false)],
            _ => vec![complete(&second, true), complete(&second, false)],
        });
        intents
    }

    /// A cancelled request is granted.
    fn cancelled_and_granted(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing, Kind::HealthResearch]);
        let of = OfIdentifier { id: id.clone() };
        intents.push(match block.below(3) {
            2 => Event::CancelAll(Empty {}).into(),
            _ => Event::Cancel(of).into(),
        });
        intents.extend(self.launched(block, &id));
        if block.below(2) == 1 {
            intents.push(Intent::Open(block.clone()));
            intents.push(Intent::Submit(Request::new(id, Kind::Refresh), true));
            intents.push(pending());
        }
        intents
    }

    /// Somebody uses, locks, or takes the network from the device while a task runs.
    fn used_while_it_runs(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let kinds = [Kind::Processing, Kind::Refresh, Kind::HealthResearch];
        let (id, mut intents) = self.request(block, world, &kinds);
        let task = Self::next_task(world, &id);
        intents.extend(self.launched(block, &id));
        if block.below(3) < 2 {
            intents.extend(self.set_handler(&task));
        }
        let device = |device| Event::Device(device).into();
        intents.push(match block.below(5) {
            0 | 1 if self.limits.has(Area::Conditions) => device(Device {
                in_use: Some(true),
                ..Device::default()
            }),
            2 if self.limits.has(Area::Conditions) => device(Device {
                locked: Some(true),
                ..Device::default()
            }),
            3 if self.limits.has(Area::Conditions) => device(Device {
                network: Some(false),
                power: Some(false),
                ..Device::default()
            }),
            _ => Intent::Open(block.clone()),
        });
        if block.below(2) == 1 && self.limits.has(Area::Cancelling) {
            intents.push(Event::Cancel(OfIdentifier { id: id.clone() }).into());
        }
        intents.extend([wait(block.of(&[5_000, 0, 60_001])), complete(&task, false)]);
        intents
    }

    /// Processing that requires power runs for minutes.
    fn runs_long(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        if !self.kinds.contains(&Kind::Processing) {
            return Vec::new();
        }
        let id = Identifier::from(cast::PROCESSING[0]);
        let task = Self::next_task(world, &id);
        let request = Request {
            power: block.below(4) > 0,
            network: block.once_in(4),
            ..Request::new(id.clone(), Kind::Processing)
        };
        let mut intents = vec![Intent::Open(block.clone()), Intent::Submit(request, true)];
        intents.extend(self.launched(block, &id));
        intents.extend(self.set_handler(&task));
        intents.extend([wait(block.of(&[120_000, 61_000, 599_999])), complete(&task, true)]);
        intents
    }

    /// The process goes without a word, and what is pending is granted.
    fn gone_and_granted(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        intents.push(Intent::Leave);
        intents.push(match block.below(4) {
            0 => Event::MemoryKilled(Empty {}).into(),
            1 => Event::Crashed(Crashed::default()).into(),
            2 => Event::Updated(AppFacts::default()).into(),
            _ => Event::Reboot(Empty {}).into(),
        });
        if block.below(3) == 2 {
            intents.push(Intent::Ask(id.clone()));
        }
        intents.extend(self.launched(block, &id));
        intents.extend([Intent::Serve(block.clone()), pending()]);
        intents
    }

    /// The debugger launches and expires what the conditions would not let run, twice, and with the queue blocked.
    fn under_the_debugger(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let (id, mut intents) = self.request(block, world, &[Kind::Refresh, Kind::Processing]);
        let task = Self::next_task(world, &id);
        let of = || OfIdentifier { id: id.clone() };
        let queue = world
            .process
            .as_ref()
            .and_then(|process| process.registered.get(&id).cloned());
        intents.push(Event::Debugger(Debugger { attached: true }).into());
        intents.push(Event::SimulateLaunch(of()).into());
        intents.extend(self.set_handler(&task));
        let pending = || self.limits.has(Area::PendingList).then(pending);
        match block.below(4) {
            0 => intents.extend(pending()),
            1 => intents.push(Event::SimulateLaunch(of()).into()),
            2 => intents.extend([complete(&task, true), Event::SimulateLaunch(of()).into()]),
            _ => {
                if let Some(queue) = queue.flatten().filter(|_| self.limits.has(Area::Expiration)) {
                    intents.push(Event::BlockQueue(OfQueue { queue }).into());
                }
                intents.extend([Event::SimulateExpiration(of()).into(), wait(60_001)]);
            }
        }
        intents.push(complete(&task, false));
        intents
    }

    /// A continued request with titles.
    fn continued(&self, id: &str, strategy: Strategy) -> Request {
        Request {
            strategy,
            title: Some("Exporting".to_owned()),
            subtitle: Some("Three files".to_owned()),
            ..Request::new(id, Kind::Continued)
        }
    }

    /// More continued work than there are places: some runs, some waits, and something becomes of each.
    fn crowd(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let mut intents = vec![Intent::Open(block.clone())];
        let many = block.of(&[4, 5, 6]);
        for id in &CROWD[..many] {
            let mut request = self.continued(id, Strategy::Queue);
            request.earliest = block.once_in(4).then_some(3_600_000);
            intents.push(Intent::Submit(request, true));
        }
        let name = |place: usize| Self::next_task(world, &CROWD[place].into());
        let cancel = |place: usize| {
            Event::Cancel(OfIdentifier {
                id: CROWD[place].into(),
            })
            .into()
        };
        let reports = self.limits.has(Area::Progress);
        match block.below(6) {
            0 | 1 => {}
            2 if self.limits.has(Area::Cancelling) => intents.push(cancel(2)),
            3 if self.limits.has(Area::Cancelling) => intents.push(Event::CancelAll(Empty {}).into()),
            4 if self.limits.has(Area::Life) => intents.extend([Event::ForceQuit(Empty {}).into(), wait(60_001)]),
            5 if self.limits.has(Area::Life) => {
                intents.extend([Event::Reboot(Empty {}).into(), Intent::Open(block.clone()), wait(1_000)]);
            }
            _ => {}
        }
        if self.limits.has(Area::PendingList) {
            intents.push(pending());
        }
        for place in [1, 0, 2, 3] {
            if reports {
                intents.push(progress(&name(place), Some(4), Some(1)));
            }
            intents.push(wait(block.of(&[1_000, 0])));
            intents.push(complete(&name(place), true));
        }
        intents
    }

    /// Work of a quarter of an hour and more that reports its progress in time, in large numbers or small steps.
    fn long_work(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = Identifier::from(CROWD[5]);
        let task = Self::next_task(world, &id);
        let mut intents = vec![
            Intent::Open(block.clone()),
            Event::Device(Device {
                pressure: Some(Pressure::Calm),
                ..Device::default()
            })
            .into(),
            Intent::Submit(self.continued(CROWD[5], Strategy::Queue), true),
        ];
        intents.extend(self.set_handler(&task));
        if block.below(2) == 1 {
            intents.push(Intent::Leave);
        }
        let (total, step) = block.of(&[(100, 1), (1_000_000, 10), (5_000_000_000, 1), (40, 1)]);
        if self.limits.has(Area::Progress) {
            intents.push(progress(&task, Some(total), Some(0)));
            for unit in 1..=block.of(&[24, 8]) {
                intents.extend([wait(29_999), progress(&task, None, Some(unit * step))]);
            }
        }
        let locked = Device {
            locked: Some(true),
            ..Device::default()
        };
        match block.below(4) {
            0 if self.limits.has(Area::Conditions) => {
                intents.extend([Intent::Leave, Event::Device(locked).into(), wait(20_000)]);
                if self.limits.has(Area::Card) && block.below(2) == 1 {
                    intents.extend([stop(&task), wait(60_001)]);
                }
            }
            1 => intents.push(Event::PersonContinues(OfTask { task: task.clone() }).into()),
            2 => intents.push(wait(block.of(&[29_999, 30_000]))),
            // It stalled, and reports all the same.
            _ if self.limits.has(Area::Progress) => {
                let late = wait(block.of(&[30_000, 60_001, 180_001]));
                intents.extend([late, progress(&task, None, Some(1 + step * 25))]);
            }
            _ => {}
        }
        intents.extend([complete(&task, true), wait(4_000)]);
        intents
    }

    /// A card with new titles, twice, and once more when it is too late.
    fn new_titles(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = Identifier::from(CROWD[5]);
        let task = Self::next_task(world, &id);
        let title = |title: &str, subtitle: &str| -> Intent {
            Event::UpdateTitle(UpdateTitle {
                task: task.clone(),
                title: title.to_owned(),
                subtitle: subtitle.to_owned(),
            })
            .into()
        };
        let mut intents = vec![
            Intent::Open(block.clone()),
            Intent::Submit(self.continued(CROWD[5], Strategy::Fail), true),
        ];
        intents.extend(self.set_handler(&task));
        intents.extend([
            Intent::Leave,
            wait(1_000),
            title("Half of it", "Two files"),
            wait(3_000),
        ]);
        if self.limits.has(Area::Progress) {
            intents.push(progress(&task, Some(4), Some(2)));
        }
        intents.extend([title("Half of it", "One file"), wait(block.of(&[20_000, 1_000]))]);
        intents.extend([
            complete(&task, block.below(3) > 0),
            wait(1_000),
            title("Done", "No file"),
            wait(60_001),
        ]);
        intents
    }

    /// The person stops a task: with a handler, without one, with its queue blocked.
    fn stopped(&self, block: &mut Block, world: &World) -> Vec<Intent> {
        let id = Identifier::from(CROWD[5]);
        let task = Self::next_task(world, &id);
        let submit = Event::Submit(Submit::of(self.continued(CROWD[5], Strategy::Queue)));
        let mut intents = vec![Intent::Open(block.clone())];
        if self.limits.has(Area::Registration) && !world.is_registered(&id) {
            intents.push(super::intent::register(id, Some("work")));
        }
        intents.push(Intent::Do(Action::Do(Input {
            event: submit,
            by: None,
            person: true,
            main: false,
        })));
        let style = block.below(4);
        if style > 0 {
            intents.extend(self.set_handler(&task));
        }
        intents.push(Intent::Leave);
        if style == 3 && self.limits.has(Area::Expiration) {
            let queue = "work".to_owned();
            intents.push(Event::BlockQueue(OfQueue { queue }).into());
        }
        intents.extend([
            stop(&task),
            wait(block.of(&[0, 60_001])),
            complete(&task, false),
            wait(1_000),
        ]);
        intents
    }
}
