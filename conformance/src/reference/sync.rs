//! The locks and atomics of the scheduler: everything shared between threads goes through here.
//!
//! Nothing in the modules that hold a lock names `std::sync` itself, and none of them uses tokio. So one file decides
//! what a lock is: `std`'s, and in this crate's unit tests either that or loom's, which tries every interleaving
//! (`explored`). Reference counts are `std`'s in both: nothing is decided by one.

#[cfg(test)]
mod explored;

pub(super) use std::sync::Arc;
pub(super) use std::sync::atomic::Ordering;
#[cfg(not(test))]
pub(super) use std::sync::{Mutex, MutexGuard, atomic::AtomicI64};

#[cfg(test)]
pub(super) use explored::*;

/// Takes a lock. A thread that panicked with the lock held has left whole values behind: every change of the state is
/// made by total functions, so the lock is taken all the same.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}
