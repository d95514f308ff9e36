//! What a lock is in the unit tests: `std`'s, or loom's while loom explores ([`explore`]); and the races that are seeded
//! there ([`Race`]), so that what looks for them can fail.
//!
//! loom runs the threads of an execution as coroutines of one thread of the system. So a flag of that thread says whether
//! it explores, and other tests go on beside it with `std`'s locks.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;
use std::sync::{LockResult, PoisonError};

/// A race that is seeded on purpose: between a look and what follows from it the lock is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reference) enum Race {
    /// An event is taken from the queue before the turn to speak is.
    TwoSpeakers,
    /// Who speaks looks for more events, and gives up its turn afterwards.
    LooksBeforeItLeaves,
    /// What waits is copied, and cleared afterwards.
    TakesInTwoSteps,
    /// Events reach the queue after the state's lock is let go.
    PublishesAfterwards,
    /// What waits is spoken before the listener is there.
    ListensTooLate,
    /// The time to advance from is read before the lock is taken.
    ReadsTheClockBefore,
    /// An unsaid process is begun where it was found missing a moment ago.
    BeginsTwice,
    /// A driver asks what is due before it is told of changes.
    DrivesBeforeItListens,
    /// A driver is told of a change before it is made.
    SaysChangedBefore,
    /// A notice that comes while the driver is busy is lost.
    ForgetsANotice,
}

thread_local! {
    static EXPLORES: Cell<bool> = const { Cell::new(false) };
    static SEED: Cell<Option<Race>> = const { Cell::new(None) };
    /// The thread whose calls are torn, where loom explores.
    static TORN: Cell<Option<loom::thread::ThreadId>> = const { Cell::new(None) };
    /// What comes between the halves of a torn call of this thread, where loom does not.
    static BETWEEN: RefCell<Option<Box<dyn FnMut()>>> = const { RefCell::new(None) };
    static TICKS: Cell<u64> = const { Cell::new(0) };
    /// The threads that wait for the first lock of a call, and when they had it.
    static FIRST: RefCell<Vec<(loom::thread::ThreadId, Option<u64>)>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` with loom's locks. What `race` seeds is there in it.
pub(in crate::reference) fn explore<R>(race: Option<Race>, work: impl FnOnce() -> R) -> R {
    struct Off;
    impl Drop for Off {
        fn drop(&mut self) {
            EXPLORES.set(false);
            SEED.set(None);
            TORN.set(None);
            FIRST.take();
        }
    }
    let _off = Off;
    EXPLORES.set(true);
    SEED.set(race);
    work()
}

pub(in crate::reference) fn explores() -> bool {
    EXPLORES.get()
}

pub(in crate::reference) fn seeded(race: Race) -> bool {
    SEED.get() == Some(race)
}

/// Lets a lock go for a moment, where that is seeded.
pub(in crate::reference) fn breathe<'a, T>(
    race: Race,
    guard: MutexGuard<'a, T>,
    mutex: &'a Mutex<T>,
) -> MutexGuard<'a, T> {
    if seeded(race) {
        drop(guard);
        super::lock(mutex)
    } else {
        guard
    }
}

// ---- torn calls

/// From now on a call of this thread copies the state, works on the copy, and puts it back.
pub(in crate::reference) fn tear() {
    TORN.set(Some(loom::thread::current().id()));
}

/// As [`tear`], without loom; `between` runs before the copy is put back.
pub(in crate::reference) fn tear_here(between: impl FnMut() + 'static) {
    BETWEEN.with_borrow_mut(|kept| *kept = Some(Box::new(between)));
}

pub(in crate::reference) fn is_torn() -> bool {
    if explores() {
        TORN.get().is_some_and(|thread| thread == loom::thread::current().id())
    } else {
        BETWEEN.with_borrow(Option::is_some)
    }
}

/// Between the halves of a torn call.
pub(in crate::reference) fn between() {
    // Taken out, and put back: it may call the scheduler.
    if let Some(mut between) = BETWEEN.take() {
        between();
        tear_here(between);
    }
}

// ---- moments

/// A moment that comes after those before it.
pub(in crate::reference) fn tick() -> u64 {
    TICKS.set(TICKS.get() + 1);
    TICKS.get()
}

/// A call of this thread begins, as far as anybody can tell, when it has its first lock.
pub(in crate::reference) fn begins() {
    let thread = loom::thread::current().id();
    FIRST.with_borrow_mut(|first| first.push((thread, None)));
}

/// When the call had its first lock.
pub(in crate::reference) fn begun() -> Option<u64> {
    let thread = loom::thread::current().id();
    FIRST.with_borrow_mut(|first| {
        let index = first.iter().position(|(of, _)| *of == thread)?;
        first.remove(index).1
    })
}

fn locked() {
    let waits = FIRST.with_borrow(|first| !first.is_empty());
    if !waits {
        return;
    }
    let thread = loom::thread::current().id();
    FIRST.with_borrow_mut(|first| {
        if let Some((_, moment @ None)) = first.iter_mut().find(|(of, _)| *of == thread) {
            *moment = Some(tick());
        }
    });
}

// ---- locks

/// `std`'s lock or loom's.
pub(in crate::reference) enum Mutex<T> {
    Std(std::sync::Mutex<T>),
    Loom(loom::sync::Mutex<T>),
}

/// Its guard.
pub(in crate::reference) enum MutexGuard<'a, T> {
    Std(std::sync::MutexGuard<'a, T>),
    Loom(loom::sync::MutexGuard<'a, T>),
}

impl<T> Mutex<T> {
    pub fn new(value: T) -> Self {
        if explores() {
            Self::Loom(loom::sync::Mutex::new(value))
        } else {
            Self::Std(std::sync::Mutex::new(value))
        }
    }

    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        match self {
            Self::Std(mutex) => match mutex.lock() {
                Ok(guard) => Ok(MutexGuard::Std(guard)),
                Err(poisoned) => Err(PoisonError::new(MutexGuard::Std(poisoned.into_inner()))),
            },
            Self::Loom(mutex) => {
                let guard = mutex.lock();
                locked();
                match guard {
                    Ok(guard) => Ok(MutexGuard::Loom(guard)),
                    Err(poisoned) => Err(PoisonError::new(MutexGuard::Loom(poisoned.into_inner()))),
                }
            }
        }
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Std(mutex) => mutex.fmt(f),
            Self::Loom(mutex) => mutex.fmt(f),
        }
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        match self {
            Self::Std(guard) => guard,
            Self::Loom(guard) => guard,
        }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        match self {
            Self::Std(guard) => guard,
            Self::Loom(guard) => guard,
        }
    }
}

/// `std`'s atomic number or loom's.
#[derive(Debug)]
pub(in crate::reference) enum AtomicI64 {
    Std(std::sync::atomic::AtomicI64),
    Loom(loom::sync::atomic::AtomicI64),
}

impl AtomicI64 {
    pub fn new(value: i64) -> Self {
        if explores() {
            Self::Loom(loom::sync::atomic::AtomicI64::new(value))
        } else {
            Self::Std(std::sync::atomic::AtomicI64::new(value))
        }
    }

    pub fn load(&self, order: Ordering) -> i64 {
        match self {
            Self::Std(number) => number.load(order),
            Self::Loom(number) => number.load(order),
        }
    }

    pub fn fetch_max(&self, value: i64, order: Ordering) -> i64 {
        match self {
            Self::Std(number) => number.fetch_max(value, order),
            Self::Loom(number) => number.fetch_max(value, order),
        }
    }
}
