//! What may be put to a state of a closed system: the events of each step of its area, where a trace could have them.

use crate::facts::Fact;
use crate::op::{Death, Exception, Op, Seen, Submission, TaskRef};
use crate::state::{Outstanding, State, Sym, Text};
use crate::vocabulary::{Kind, Millis, Strategy};

use super::super::areas::{LAUNCHES, Request, Step};
use super::World;

impl World {
    /// Each event of a step.
    pub(super) fn ask(&self, step: Step, state: &State, mut put: impl FnMut(Op)) {
        let alive = state.process.is_some();
        let awake = state.process.is_some_and(|process| !process.suspended);
        let foreground = state.facts.surely(Fact::Foreground);
        let finished = state.facts.surely(Fact::Finished);
        let each_task = |put: &mut dyn FnMut(TaskRef)| {
            for task in &state.tasks {
                put(TaskRef { id: task.id, n: task.n });
            }
        };
        let each_id = |put: &mut dyn FnMut(Sym)| self.ids.iter().for_each(|id| put(*id));
        let launched = |id: Sym| state.spent.iter().filter(|spent| spent.id == id).count();
        let each_launchable = |put: &mut dyn FnMut(Sym)| {
            let few = self.ids.iter().filter(|id| launched(**id) < LAUNCHES);
            few.for_each(|id| put(*id));
        };
        match step {
            Step::TimePasses => {}
            Step::Starts(by) if !alive && state.installed => put(Op::Started { pid: 1, by }),
            Step::FinishesLaunching if alive && !finished => put(Op::LaunchFinished),
            Step::Foreground if alive && !foreground => put(Op::Foreground),
            Step::Background if foreground => put(Op::Background),
            Step::KeptAwake if alive => {
                let kept = state.process.is_some_and(|process| process.kept_awake);
                put(Op::KeptAwake(!kept));
            }
            Step::Dies(Death::ForceQuit) if state.installed => put(Op::Dies(Death::ForceQuit)),
            Step::Dies(death) if alive => put(Op::Dies(death)),
            Step::Reboots => put(Op::Reboot),
            Step::Updated if state.installed => put(Op::Updated { upgrades: false }),
            Step::Uninstalled if state.installed => put(Op::Uninstalled),
            Step::Installed if !state.installed => put(Op::Installed),
            Step::Device(change) => {
                let locked_in_front = foreground && change.locked == Some(true);
                let mut facts = state.facts;
                crate::context::tell(&mut facts, &change);
                let places = change.places_taken.is_some_and(|places| places != state.places_taken);
                if !locked_in_front && (facts != state.facts || places) {
                    put(Op::Device(change));
                }
            }
            Step::Person(does) => {
                let cards = state.cards.iter().map(|card| TaskRef { id: card.id, n: card.n });
                cards.for_each(|card| put(Op::Person(does, card)));
            }
            Step::Debugger if alive => {
                let attached = state.process.is_some_and(|process| process.debugger);
                put(Op::Debugger(!attached));
            }
            Step::SimulatesLaunch if awake => each_launchable(&mut |id| put(Op::SimulateLaunch(id))),
            Step::SimulatesExpiration if awake => each_id(&mut |id| put(Op::SimulateExpiration(id))),
            Step::Grants if !state.awaits_answer() => each_launchable(&mut |id| put(Op::Grant(id))),
            Step::TakesBack if !state.awaits_answer() => each_task(&mut |task| put(Op::TakeBack(task))),
            Step::Settles if state.awaits_answer() => put(Op::Settle),
            Step::Registers if awake => each_id(&mut |id| {
                put(Op::Register {
                    id,
                    queue: self.queue,
                    swiftui: false,
                })
            }),
            Step::Submits(request) if awake => self.submits(request, |request| {
                put(Op::Submit(Submission { request, number: None }));
            }),
            Step::SubmitsInFlight(request) if awake && state.flights.len() < self.area.flights => {
                let number = Some(state.flights.len() as u32);
                self.submits(request, |request| put(Op::Submit(Submission { request, number })));
            }
            Step::Cancels if awake => each_id(&mut |id| put(Op::Cancel(id))),
            Step::CancelsAll if awake => put(Op::CancelAll),
            Step::Lists if awake => put(Op::Pending),
            Step::SetsHandler(set) if awake => each_task(&mut |task| put(Op::SetExpirationHandler { task, set })),
            Step::Progresses(total, completed, child) if awake => each_task(&mut |task| {
                put(Op::Progress {
                    task,
                    total,
                    completed,
                    child,
                });
            }),
            Step::Completes(success) if awake => each_task(&mut |task| put(Op::Complete { task, success })),
            Step::BlocksQueue if awake => put(Op::BlockQueue(self.queue)),
            Step::UnblocksQueue if awake => put(Op::UnblockQueue(self.queue)),
            Step::Reads(class) if awake => put(Op::ProtectedRead(class)),
            Step::Launched if !alive && state.installed => put(Op::Launched { pid: 1, known: false }),
            Step::Delivered if alive => self.deliveries(state, self.area.tasks, put),
            Step::DeliveryRaised if alive => each_id(&mut |id| {
                put(Op::DeliveryRaised(id, Exception::NoHandler));
            }),
            Step::Expires if alive => each_task(&mut |task| put(Op::Expired { task, queue: Seen::No })),
            Step::CompletedBySystem if alive => each_task(&mut |task| put(Op::CompletedBySystem(task))),
            Step::Suspended if awake => put(Op::Suspended),
            Step::Killed(cause) if alive => put(Op::Killed(cause)),
            Step::Card(is) => {
                for card in &state.cards {
                    let task = TaskRef { id: card.id, n: card.n };
                    let (title, subtitle) = (None, None);
                    put(Op::Card {
                        task,
                        is,
                        title,
                        subtitle,
                    });
                }
            }
            Step::SubmissionCompletes(error) => {
                for flight in &state.flights {
                    let number = flight.number;
                    put(Op::SubmissionCompleted {
                        number,
                        error,
                        foreign: false,
                    });
                }
            }
            _ => {}
        }
    }

    fn submits(&self, of: Request, mut put: impl FnMut(Outstanding)) {
        for (id, (_, kind)) in self.ids.iter().zip(self.area.ids) {
            if !of.kinds.contains(kind) {
                continue;
            }
            let continued = *kind == Kind::Continued;
            let title = if continued { Text(self.queue.0 + 1) } else { Text::NONE };
            put(Outstanding {
                earliest: of.in_ms.unwrap_or(Millis::MIN),
                network: of.network,
                power: of.power,
                strategy: if of.fails { Strategy::Fail } else { Strategy::default() },
                title,
                subtitle: title,
                ..Outstanding::of(*id, of.as_kind.unwrap_or(*kind))
            });
        }
    }

    /// Each request that is there, as the delivery that it would be, while an identifier has no more tasks than this.
    pub(super) fn deliveries(&self, state: &State, most: usize, mut put: impl FnMut(Op)) {
        for id in &self.ids {
            let of = |request: &&Outstanding| request.id == *id;
            let mut kinds: Vec<_> = state
                .requests
                .iter()
                .chain(&state.spent)
                .filter(of)
                .map(|request| request.kind)
                .collect();
            kinds.sort_unstable();
            kinds.dedup();
            let tasks = state.tasks.iter().filter(|task| task.id == *id).map(|task| task.n);
            let cards = state.cards.iter().filter(|card| card.id == *id).map(|card| card.n);
            let n = tasks.chain(cards).max().unwrap_or(0) + 1;
            if n as usize <= most {
                let task = TaskRef { id: *id, n };
                let queue = Seen::No;
                kinds.iter().for_each(|kind| {
                    put(Op::Delivered {
                        task,
                        kind: *kind,
                        queue,
                    })
                });
            }
        }
    }
}
