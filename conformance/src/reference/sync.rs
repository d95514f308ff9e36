//! The locks and atomics of the scheduler: everything shared between threads goes through here.
//!
//! Nothing in the modules that hold a lock names `std::sync` itself, and none of them uses tokio. So one file decides
//! what a lock is, and a build that explores every interleaving can put other types here.

pub(super) use std::sync::atomic::{AtomicI64, Ordering};
pub(super) use std::sync::{Arc, Mutex, MutexGuard};

/// Takes a lock. A thread that panicked with the lock held has left whole values behind: every change of the state is
/// made by total functions, so the lock is taken all the same.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}
