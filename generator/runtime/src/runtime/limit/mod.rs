//! A rate limit of the client's own: it waits rather than be refused.

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

/// How long everybody waits after a 429 that does not say how long, and the longest that one can ask of everybody.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Lets at most so many requests through in any period of a given length, and makes the others wait in their order.
///
/// It is given to [`ClientBuilder::rate_limit`](crate::runtime::client::ClientBuilder::rate_limit). All clones of the
/// client share it; a clone of it can be given to several clients that use one account.
///
/// It is exact where a token bucket is not: with 100 in 10 seconds a bucket lets up to 199 through in some 10 seconds, and
/// a server that counts a rolling window refuses the second hundred. A request counts from the moment it is sent to one
/// period after its reply, since nobody knows when in between the server counted it.
///
/// It learns from the headers that the service is known to send, such as `x-ratelimit-remaining`: it never lets more
/// through than was set, and less when the server says so, for example because other programs use the same account.
/// After a 429 nobody sends for as long as `Retry-After` says (at most a minute), or for a second.
///
/// Who waits and is dropped leaves no trace. A wait that would go beyond the deadline fails with
/// [`TransportErrorKind::NotSent`](crate::runtime::transport::TransportErrorKind::NotSent).
#[derive(Clone)]
pub struct RateLimiter(Arc<Shared>);

struct Shared {
    window: Mutex<Window>,
    /// Who waits for the window; the others wait for the lock, which is fair.
    turn: tokio::sync::Mutex<()>,
    /// Tells who waits that something has changed.
    changed: Notify,
    /// The clock of the first client that it was given to, so that all of them mean the same by a moment.
    timer: OnceLock<Arc<dyn Timer>>,
}

impl RateLimiter {
    /// At most so many requests (at least one) in any period of this length.
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

    /// Takes the clock of the first client.
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
                // all that counts is under way, and each reply is a change
                _ => changed.await,
            }
        }
    }

    /// Learns from a reply. `is_final` says of a 429 that waiting would not help.
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
            let wish = retry_after(headers).unwrap_or(PAUSE);
            window.pause(now, wish.min(LONGEST_PAUSE));
        }
    }

    /// How many requests could be sent at once.
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

/// The right to send one request. Dropped before that, it goes back as if nothing had been.
pub(crate) struct Permit<'a> {
    shared: &'a Shared,
    is_sent: bool,
}

impl Permit<'_> {
    /// The request goes out now; from here on the server may count it.
    pub(crate) fn sent(&mut self) {
        self.is_sent = true;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let now = self.shared.now();
        match self.is_sent {
            true => self.shared.window().settle(now),
            false => self.shared.window().put_back(),
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
