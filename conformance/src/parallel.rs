//! Work on many things at once, as many as there are processors; what comes of it stands in their order.

use std::sync::atomic::{AtomicUsize, Ordering};

/// What comes of each.
///
/// # Panics
/// The work on one panics.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else { return done };
            done.push((place, work(item)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.min(items.len())).map(|_| scope.spawn(share)).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .flat_map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_comes_of_each_stands_in_their_order() {
        quickcheck::quickcheck(
            (|items: Vec<u8>| {
                super::map(&items, |item| u16::from(*item) + 1)
                    == items.iter().map(|item| u16::from(*item) + 1).collect::<Vec<_>>()
            }) as fn(Vec<u8>) -> bool,
        );
    }
}
