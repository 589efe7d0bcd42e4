//! Work on many items in parallel, with a thread for each core.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer items than this are not worth a second thread.
const FEW: usize = 32;

/// More threads than this wait for memory.
const THREADS: usize = 8;

/// Does the work on all items and returns the results in the order of the items.
pub(super) fn all<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let helpers = match things.len() {
        0..FEW => 0,
        _ => cores.min(THREADS) - 1,
    };
    let next = AtomicUsize::new(0);
    let share = || -> Vec<(usize, R)> {
        let indexes = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let rest = indexes.map_while(|index| Some((index, things.get(index)?)));
        rest.map(|(index, thing)| (index, work(thing))).collect()
    };
    let mut done = thread::scope(|scope| {
        // where the system gives no thread, the others do its share
        let helpers: Vec<_> = (0..helpers)
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, share).ok())
            .collect();
        let mut done = share();
        for helper in helpers {
            match helper.join() {
                Ok(share) => done.extend(share),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_order_of_the_things() {
        for count in [0, 1, 31, 32, 1000] {
            let things: Vec<usize> = (0..count).collect();
            let squares: Vec<usize> = things.iter().map(|thing| thing * thing).collect();
            assert_eq!(super::all(&things, |thing| thing * thing), squares);
        }
    }
}
