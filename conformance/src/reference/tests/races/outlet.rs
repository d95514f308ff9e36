//! The queue of the events, and the turn at the listener.

use super::*;

/// The app in the foreground, in every interleaving anew.
fn opened() -> Scheduler {
    let scheduler = Scheduler::new(VirtualClock::new(), facts(26));
    scheduler.start(Starter::Person);
    for id in ["app.a", "app.b"] {
        scheduler.register(id, None).unwrap();
    }
    scheduler.launch_finished();
    scheduler
}

/// Keeps what it hears, and whether it heard two at once.
#[derive(Clone, Default)]
struct Ear {
    heard: Arc<Mutex<Vec<String>>>,
    listening: Arc<Mutex<bool>>,
}

impl Ear {
    fn hears(&self, scheduler: &Scheduler) -> impl Fn(&Record) + Send + Sync + use<> {
        let (ear, scheduler) = (self.clone(), scheduler.clone());
        move |record| {
            let meets = std::mem::replace(&mut *ear.listening.lock().unwrap(), true);
            // It may call the scheduler, and other threads get on meanwhile.
            let _ = scheduler.next_due();
            let at_once = if meets { "at once " } else { "" };
            ear.heard.lock().unwrap().push(format!("{at_once}{}", short(record)));
            *ear.listening.lock().unwrap() = false;
        }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// Each thread of `work`, with the scheduler.
fn at_once(scheduler: &Scheduler, work: [fn(&Scheduler); 2]) {
    let threads = work.map(|work| {
        let scheduler = scheduler.clone();
        loom::thread::spawn(move || work(&scheduler))
    });
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn a_listener_hears_every_event_once_in_order_and_one_at_a_time() {
    let work = || {
        let (scheduler, ear) = (opened(), Ear::default());
        scheduler.listen(ear.hears(&scheduler));
        scheduler.submit(continued("app.a")).unwrap();
        // What the first of them causes comes before what the other does.
        at_once(
            &scheduler,
            [
                |world| world.background(),
                |world| {
                    world.complete(&name("app.a#1"), true);
                },
            ],
        );
        ear.heard()
    };
    let races = [Race::TwoSpeakers, Race::LooksBeforeItLeaves, Race::PublishesAfterwards];
    finds("a listener hears everything in order", &races, work, |heard| {
        let card = ["0 delivered app.a#1", "0 card app.a#1 shown", "0 card app.a#1 finished"];
        // Completed before it left the foreground: there never was a card.
        *heard == card || *heard == card[..1]
    });
}

#[test]
fn what_two_threads_bring_about_is_heard_by_both_or_by_one() {
    let work = || {
        let (scheduler, ear) = (opened(), Ear::default());
        scheduler.listen(ear.hears(&scheduler));
        at_once(
            &scheduler,
            [
                |world| world.submit(continued("app.a")).unwrap(),
                |world| world.submit(continued("app.b")).unwrap(),
            ],
        );
        ear.heard()
    };
    finds(
        "two threads and a listener",
        &[Race::LooksBeforeItLeaves],
        work,
        |heard| {
            let mut sorted = heard.clone();
            sorted.sort();
            sorted == ["0 delivered app.a#1", "0 delivered app.b#1"]
        },
    );
}

#[test]
fn a_listener_that_comes_while_something_happens_misses_nothing() {
    let work = || {
        let (scheduler, ear) = (opened(), Ear::default());
        let submits = loom::thread::spawn({
            let scheduler = scheduler.clone();
            move || scheduler.submit(continued("app.a")).unwrap()
        });
        scheduler.listen(ear.hears(&scheduler));
        submits.join().unwrap();
        ear.heard()
    };
    finds("a listener comes", &[Race::ListensTooLate], work, |heard| {
        *heard == ["0 delivered app.a#1"]
    });
}

#[test]
fn whoever_takes_events_gets_each_once_and_in_order() {
    let work = || {
        let scheduler = opened();
        scheduler.submit(continued("app.a")).unwrap();
        let submits = loom::thread::spawn({
            let scheduler = scheduler.clone();
            move || scheduler.submit(continued("app.b")).unwrap()
        });
        let first = scheduler.take_events();
        submits.join().unwrap();
        first
            .iter()
            .chain(&scheduler.take_events())
            .map(short)
            .collect::<Vec<_>>()
    };
    finds("events are taken", &[Race::TakesInTwoSteps], work, |taken| {
        *taken == ["0 delivered app.a#1", "0 delivered app.b#1"]
    });
}
