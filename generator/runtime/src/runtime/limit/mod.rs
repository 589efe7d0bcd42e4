//! The rate limiter of a client: requests wait instead of being rejected with 429.

mod window;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::sync::Notify;

pub(crate) use self::window::{Quota, Window};
use crate::runtime::retry::retry_after;
use crate::runtime::service::{RateLimitHeaders, Unit};
use crate::runtime::timer::{Timer, within};

/// The pause after a 429 without `Retry-After`, and the longest pause that `Retry-After` can cause.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Limits the number of requests in any period of a given length. Further requests wait in order.
///
/// It is set with `ClientBuilder::rate_limit`. All clones of the client share it, and clones of it can be set on
/// several clients of one account.
///
/// It counts a rolling window. A token bucket would not do: with 100 requests in 10 seconds it allows up to 199 in some
/// periods of 10 seconds, and a server with a rolling window rejects the excess. A request counts from the moment it is
/// sent until one period after its response, since the server can count it at any time in between.
///
/// It adapts to the rate limit headers of the service, such as `x-ratelimit-remaining`: it never allows more than was
/// set, and less if the server says so, for example because other programs use the same account. After a 429 it pauses
/// for the time in `Retry-After` (at most a minute), or for a second.
///
/// A call that is dropped while it waits does not count. A wait beyond the deadline fails with
/// [`TransportErrorKind::NotSent`](crate::runtime::transport::TransportErrorKind::NotSent).
#[derive(Clone)]
pub struct RateLimiter(Arc<Shared>);

struct Shared {
    window: Mutex<Window>,
    /// Held by the request that waits for the window; the others wait for the lock, which is fair.
    turn: tokio::sync::Mutex<()>,
    /// Wakes the request that waits for the window.
    changed: Notify,
    /// The clock of the first client, so that all clients use the same one.
    timer: OnceLock<Arc<dyn Timer>>,
}

impl RateLimiter {
    /// Creates a limit of `requests` (at least one) in any period of this length.
    pub fn new(requests: u32, period: Duration) -> Self {
        RateLimiter(Arc::new(Shared {
            window: Mutex::new(Window::new(Quota {
                requests: requests.max(1),
                period,
            })),
            turn: tokio::sync::Mutex::new(()),
            changed: Notify::new(),
            timer: OnceLock::new(),
        }))
    }

    /// Sets the clock, unless another client did.
    pub(crate) fn adopt(&self, timer: &Arc<dyn Timer>) {
        self.0.timer.get_or_init(|| timer.clone());
    }

    /// Waits until a request may be sent.
    pub(crate) async fn acquire(&self) -> Permit<'_> {
        let shared = &*self.0;
        let _turn = shared.turn.lock().await;
        loop {
            let changed = shared.changed.notified();
            let wait = match shared.window().take(shared.now()) {
                Ok(()) => {
                    return Permit {
                        shared,
                        is_sent: false,
                    };
                }
                Err(wait) => wait,
            };
            match (wait, shared.timer.get()) {
                (Some(wait), Some(timer)) => {
                    within(Some(&**timer), wait, changed).await;
                }
                // all requests that count are in flight, and each response wakes this one
                _ => changed.await,
            }
        }
    }

    /// Updates the limit from a response. `is_final` marks a 429 after which waiting does not help.
    pub(crate) fn observe(
        &self,
        names: Option<&RateLimitHeaders>,
        status: StatusCode,
        headers: &HeaderMap,
        is_final: bool,
    ) {
        let shared = &*self.0;
        let now = shared.now();
        let mut window = shared.window();
        if let Some(names) = names {
            let number = |name: Option<&str>| -> Option<u64> {
                headers.get(name?)?.to_str().ok()?.trim().parse().ok()
            };
            let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
            let period = names.period.and_then(|(name, unit)| {
                let number = number(Some(name))?;
                Some(match unit {
                    Unit::Seconds => Duration::from_secs(number),
                    Unit::Milliseconds => Duration::from_millis(number),
                })
            });
            if let Some(limit) = number(names.limit) {
                window.adapt(small(limit), period);
            }
            if let Some(remaining) = number(names.remaining) {
                window.leave(now, small(remaining));
            }
        }
        if status == StatusCode::TOO_MANY_REQUESTS && !is_final {
            let pause = retry_after(headers).unwrap_or(PAUSE);
            window.pause(now, pause.min(LONGEST_PAUSE));
        }
    }

    /// Returns the number of requests that can be sent now.
    pub(crate) fn free(&self) -> u32 {
        self.0.window().free(self.0.now())
    }
}

impl Shared {
    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.timer.get().map_or(Duration::ZERO, |timer| timer.now())
    }
}

/// The permission to send one request. It is returned if it is dropped before the request is sent.
pub(crate) struct Permit<'a> {
    shared: &'a Shared,
    is_sent: bool,
}

impl Permit<'_> {
    /// Records that the request is sent; from now on the server may count it.
    pub(crate) fn sent(&mut self) {
        self.is_sent = true;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let now = self.shared.now();
        if self.is_sent {
            self.shared.window().settle(now);
        } else {
            self.shared.window().put_back();
        }
        self.shared.changed.notify_one();
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RateLimiter")
            .field(&self.0.window())
            .finish()
    }
}
