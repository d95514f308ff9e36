//! The clock, and the driver in real time: nobody sleeps past what is due.

use std::pin::pin;
use std::task::{Context, Poll, Wake, Waker};

use bgspec_model::vocabulary::KeptAwake;

use super::super::super::clock::{Clock, SleepUntil};
use super::super::super::realtime::{Notice, drive_by};
use super::*;

#[test]
fn two_threads_that_let_time_pass_let_both_times_pass() {
    let work = || {
        let clock = VirtualClock::new();
        let scheduler = Scheduler::new(clock.clone(), facts(18));
        let other = loom::thread::spawn({
            let scheduler = scheduler.clone();
            move || scheduler.advance(20)
        });
        scheduler.advance(10);
        other.join().unwrap();
        clock.now()
    };
    finds("two threads let time pass", &[Race::ReadsTheClockBefore], work, |now| {
        *now == 30
    });
}

/// A clock that others move, and that can be waited on.
#[derive(Clone)]
struct Hand(Arc<loom::sync::Mutex<(Millis, Option<Waker>)>>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(loom::sync::Mutex::new((0, None))))
    }

    fn move_to(&self, at: Millis) {
        let mut held = self.0.lock().unwrap();
        held.0 = at;
        let waker = held.1.take();
        drop(held);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Clock for Hand {
    fn now(&self) -> Millis {
        self.0.lock().unwrap().0
    }

    fn pass_to(&self, _: Millis) {}
}

impl SleepUntil for Hand {
    async fn sleep_until(&self, at: Millis) {
        std::future::poll_fn(|context| {
            let mut held = self.0.lock().unwrap();
            if held.0 >= at {
                return Poll::Ready(());
            }
            held.1 = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// What tokio's `Notify` does for one who waits, with loom's lock: a notice is kept until it is waited for.
#[derive(Default)]
struct Kept(loom::sync::Mutex<(bool, Option<Waker>)>);

impl Notice for Kept {
    fn give(&self) {
        let mut held = self.0.lock().unwrap();
        let waker = held.1.take();
        held.0 = waker.is_some() || !sync::seeded(Race::ForgetsANotice);
        drop(held);
        waker.into_iter().for_each(Waker::wake);
    }

    async fn given(&self) {
        std::future::poll_fn(|context| {
            let mut held = self.0.lock().unwrap();
            if std::mem::take(&mut held.0) {
                return Poll::Ready(());
            }
            held.1 = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// What the driver is woken by, and who polls it then. It decides nothing that is explored, so its lock is `std`'s.
#[derive(Default)]
struct Bell(Mutex<Rung>);

#[derive(Default)]
struct Rung {
    woken: bool,
    over: bool,
    polls: Option<Waker>,
}

impl Bell {
    fn ring(&self, note: impl FnOnce(&mut Rung)) {
        let mut rung = self.0.lock().unwrap();
        note(&mut rung);
        let polls = rung.polls.take();
        drop(rung);
        polls.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.ring(|rung| rung.woken = true);
    }
}

/// Polls `driver` when it was woken and never otherwise, until it is over and nothing has woken the driver.
fn run(driver: impl Future<Output = ()>, bell: &Arc<Bell>) {
    let mut driver = pin!(driver);
    let waker = Waker::from(Arc::clone(bell));
    waker.wake_by_ref();
    loom::future::block_on(std::future::poll_fn(|context| {
        loop {
            // With the lock held nothing is done that loom sees: it would let others go on.
            let waits = context.waker().clone();
            let mut rung = bell.0.lock().unwrap();
            let waited = rung.polls.replace(waits);
            let (woken, over) = (std::mem::take(&mut rung.woken), rung.over);
            drop(rung);
            drop(waited);
            match (woken, over) {
                (true, _) => assert!(driver.as_mut().poll(&mut Context::from_waker(&waker)).is_pending()),
                (false, true) => return Poll::Ready(()),
                (false, false) => return Poll::Pending,
            }
        }
    }));
}

/// What is submitted and falls due while the driver looks, sleeps or is being woken happens at its time, and nobody but
/// the driver brings it about.
#[test]
fn a_driver_sleeps_past_nothing_that_falls_due() {
    let work = || {
        let clock = Hand::new();
        let scheduler = Scheduler::with(clock.clone(), facts(18), Choices::autonomous());
        scheduler.start(Starter::Person);
        scheduler.register("app.a", None).unwrap();
        scheduler.launch_finished();
        scheduler.background();
        // So that nothing is due before the request is.
        scheduler.put(&Event::KeptAwake(KeptAwake { awake: true }));
        scheduler.device(Device {
            in_use: Some(false),
            ..Device::default()
        });
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        scheduler.listen(move |record| log.lock().unwrap().push(short(record)));
        let bell = Arc::new(Bell::default());
        let app = loom::thread::spawn({
            let (scheduler, clock, bell) = (scheduler.clone(), clock.clone(), Arc::clone(&bell));
            move || {
                scheduler.submit(refresh("app.a")).unwrap();
                clock.move_to(60_000);
                bell.ring(|rung| rung.over = true);
            }
        });
        run(drive_by(scheduler, clock, Arc::new(Kept::default())), &bell);
        app.join().unwrap();
        heard.lock().unwrap().clone()
    };
    let races = [
        Race::DrivesBeforeItListens,
        Race::SaysChangedBefore,
        Race::ForgetsANotice,
    ];
    // Without a bound there are too many.
    finds_within(Some(5), "a driver sleeps past nothing", &races, work, |heard| {
        heard.contains(&"60000 delivered app.a#1".to_owned())
    });
}
