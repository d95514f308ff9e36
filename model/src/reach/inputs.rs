//! What happens in a walk: to the world, and what the scheduler is seen to do.

use crate::vocabulary::*;

use super::walk::Walk;

impl Walk {
    pub(super) fn world(&mut self) {
        let event = match self.random.below(26) {
            0..=2 => Event::Started(Started {
                by: self.random.of(&[Starter::Person, Starter::Person, Starter::Other]),
            }),
            3..=5 => Event::LaunchFinished(Empty {}),
            6 => Event::Foreground(Empty {}),
            7 | 8 => Event::Background(Empty {}),
            9..=12 => Event::Device(self.device()),
            13 => self.random.of(&[
                Event::Crashed(Crashed::default()),
                Event::MemoryKilled(Empty {}),
                Event::ForceQuit(Empty {}),
                Event::Reboot(Empty {}),
                Event::Updated(AppFacts::default()),
                Event::ForceQuit(Empty {}),
            ]),
            14 if self.random.once_in(6) => Event::Uninstalled(Empty {}),
            14 => Event::Installed(Empty {}),
            15 => Event::KeptAwake(KeptAwake {
                awake: self.random.once_in(2),
            }),
            16 => Event::Debugger(Debugger {
                attached: !self.random.once_in(4),
            }),
            17 => Event::SimulateLaunch(OfIdentifier {
                id: self.known().0.into(),
            }),
            18 => Event::SimulateExpiration(OfIdentifier {
                id: self.known().0.into(),
            }),
            19 | 20 => Event::Grant(OfIdentifier {
                id: self.known().0.into(),
            }),
            21 => Event::TakeBack(OfTask { task: self.task() }),
            _ => {
                let of = OfTask { task: self.task() };
                let does = [
                    Event::PersonStops as fn(OfTask) -> Event,
                    Event::PersonContinues,
                    Event::PersonIgnores,
                    Event::PersonDismisses,
                    Event::PersonClears,
                ];
                self.random.of(&does)(of)
            }
        };
        let record = Record::new(self.now, event);
        // An input may find something owed and not done.
        self.take(&record, 8);
    }

    fn device(&mut self) -> Device {
        let mut device = Device::default();
        let yes = self.random.once_in(2);
        match self.random.below(12) {
            0 => device.network = Some(yes),
            1 => device.power = Some(yes),
            2 => device.in_use = Some(yes),
            3 => device.locked = Some(true),
            4 | 5 => (device.locked, device.unlocked_once) = (Some(false), Some(true)),
            6 => device.low_power = Some(yes),
            7 => {
                device.background_refresh = Some(
                    self.random
                        .of(&[BackgroundRefresh::Available, BackgroundRefresh::Denied]),
                )
            }
            8 => device.background_launches_denied = Some(yes),
            9 => device.pressure = Some(self.random.of(&[Pressure::Calm, Pressure::Calm, Pressure::Pressed])),
            10 => device.places_taken = Some(u16::from(yes)),
            _ => device.in_use = Some(false),
        }
        device
    }

    pub(super) fn observe(&mut self) {
        for _ in 0..4 {
            if self.observation() {
                return;
            }
        }
    }

    fn observation(&mut self) -> bool {
        let (id, kind) = self.known();
        let n = self.deliveries.get(id).copied().unwrap_or(0);
        let name = TaskName::new(id.into(), n.max(1));
        let seen = self
            .random
            .of(&[None, None, None, Some("own".to_owned()), Some("work".to_owned())]);
        let event = match self.random.below(24) {
            0..=8 if self.patient => return false,
            0..=8 => {
                let kind = if self.random.once_in(40) {
                    self.random.of(&Kind::ALL)
                } else {
                    kind
                };
                let task = TaskName::new(id.into(), n + 1);
                let delivered = self.happen(Event::Delivered(Delivered {
                    task,
                    kind,
                    queue: seen,
                }));
                if delivered {
                    self.deliveries.insert(id, n + 1);
                }
                return delivered;
            }
            9..=11 => Event::Launched(Launched {
                ids: self.random.of(&[None, Some(vec![id.into()])]),
            }),
            12 => {
                let text = self
                    .random
                    .of(&["No launch handler registered for task", "something else"])
                    .to_owned();
                Event::DeliveryRaised(DeliveryRaised { id: id.into(), text })
            }
            13..=15 => Event::Expired(Expired {
                task: name,
                queue: seen,
            }),
            16 => Event::CompletedBySystem(OfTask { task: name }),
            17 => Event::Suspended(Empty {}),
            18 => Event::Killed(Killed {
                cause: self
                    .random
                    .of(&[KillCause::Time, KillCause::Cpu, KillCause::Memory, KillCause::Unknown]),
            }),
            19 if self.submissions > 0 => {
                let submission = 1 + self.random.below(self.submissions as usize) as u32;
                let error = self
                    .random
                    .of(&[None, None, Some(Code(1)), Some(Code(2)), Some(Code(3)), Some(Code(4))]);
                Event::SubmissionCompleted(SubmissionCompleted::new(submission, error))
            }
            _ => {
                let is = self.random.of(&[
                    CardIs::Shown,
                    CardIs::Shown,
                    CardIs::Changed,
                    CardIs::Prompting,
                    CardIs::Finished,
                    CardIs::Failed,
                    CardIs::Gone,
                ]);
                let text = self.random.of(&[None, Some("A".to_owned()), Some("B".to_owned())]);
                let task = TaskName::new(id.into(), n.max(1) + u32::from(self.random.once_in(6)));
                Event::Card(Card {
                    task,
                    is,
                    title: text,
                    subtitle: None,
                })
            }
        };
        self.happen(event)
    }
}
