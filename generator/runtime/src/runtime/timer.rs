//! Timers: the [`Timer`] trait, tokio's clock by default.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use crate::runtime::transport::BoxFuture;

/// Provides the time and sleeps.
///
/// With the feature `timer`, which `reqwest` enables, a client uses tokio's clock. A client without a timer can send
/// calls, but it neither retries nor supports a rate limiter.
pub trait Timer: Send + Sync + 'static {
    /// Returns the time since a fixed moment. It never decreases.
    fn now(&self) -> Duration;

    /// Completes after a time.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;
}

impl<T: Timer + ?Sized> Timer for Arc<T> {
    fn now(&self) -> Duration {
        T::now(self)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        T::sleep(self, time)
    }
}

/// tokio's clock, which tests can pause.
#[cfg(all(feature = "timer", not(target_family = "wasm")))]
#[derive(Debug)]
pub(crate) struct TokioTimer(tokio::time::Instant);

#[cfg(all(feature = "timer", not(target_family = "wasm")))]
impl TokioTimer {
    pub(crate) fn start() -> Self {
        TokioTimer(tokio::time::Instant::now())
    }
}

#[cfg(all(feature = "timer", not(target_family = "wasm")))]
impl Timer for TokioTimer {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Returns the default timer of a client.
pub(crate) fn default_timer() -> Option<Arc<dyn Timer>> {
    #[cfg(all(feature = "timer", not(target_family = "wasm")))]
    return Some(Arc::new(TokioTimer::start()));
    #[cfg(not(all(feature = "timer", not(target_family = "wasm"))))]
    return None;
}

/// Measures time by the standard library's clock; on wasm, which has none, it is always zero.
pub(crate) struct Stopwatch(#[cfg(not(target_family = "wasm"))] std::time::Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Stopwatch(
            #[cfg(not(target_family = "wasm"))]
            std::time::Instant::now(),
        )
    }

    pub(crate) fn elapsed(&self) -> Duration {
        #[cfg(not(target_family = "wasm"))]
        return self.0.elapsed();
        #[cfg(target_family = "wasm")]
        return Duration::ZERO;
    }
}

/// Waits for a future; `None` if the time expires first. Without a timer there is no limit.
///
/// The timer is not used if the future is ready at once, as it mostly is before a call is sent.
pub(crate) async fn within<F: Future>(
    timer: Option<&dyn Timer>,
    time: Duration,
    future: F,
) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut alarm = None;
    std::future::poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let Some(timer) = timer else {
            return Poll::Pending;
        };
        let alarm = alarm.get_or_insert_with(|| timer.sleep(time));
        alarm.as_mut().poll(context).map(|()| None)
    })
    .await
}
