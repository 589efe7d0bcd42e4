//! A rolling window of requests. It has no clock; the caller passes the time.

use std::collections::VecDeque;
use std::time::Duration;

/// A number of requests in any period of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) requests: u32,
    pub(crate) period: Duration,
}

impl Quota {
    /// Whether it allows fewer requests in the long run.
    fn is_stricter_than(self, other: Quota) -> bool {
        let through = |quota: Quota, period: Duration| {
            u128::from(quota.requests).saturating_mul(period.as_nanos())
        };
        through(self, other.period) < through(other, self.period)
    }
}

/// The requests that count.
#[derive(Debug)]
pub(crate) struct Window {
    /// The limit that was set.
    set: Quota,
    /// The limit in effect: the one that was set, or a stricter one of the server.
    quota: Quota,
    /// The number of requests without a response yet.
    in_flight: u32,
    /// Requests with a response less than a period ago, the oldest first.
    past: VecDeque<Past>,
    /// The number of these.
    count: u32,
    /// No request is sent before.
    paused_until: Duration,
}

/// Requests whose responses came at about the same time; they count as long as the last of them does.
#[derive(Debug)]
struct Past {
    first: Duration,
    last: Duration,
    count: u32,
}

/// The resolution of a period, which bounds the memory of a window.
const PARTS: u32 = 1_000;

impl Window {
    pub(crate) fn new(set: Quota) -> Self {
        Window {
            set,
            quota: set,
            in_flight: 0,
            past: VecDeque::new(),
            count: 0,
            paused_until: Duration::ZERO,
        }
    }

    /// Takes the permission to send a request.
    ///
    /// # Errors
    /// The time to wait before the next try; `None` until a response arrives.
    pub(crate) fn take(&mut self, now: Duration) -> Result<(), Option<Duration>> {
        if let Some(pause) = self.paused_until.checked_sub(now)
            && !pause.is_zero()
        {
            return Err(Some(pause));
        }
        if self.free(now) == 0 {
            let oldest = self.past.front();
            // a moment more, since a timer may be a little early
            return Err(oldest.map(|past| {
                let end = past.last.saturating_add(self.quota.period);
                end.saturating_sub(now).max(Duration::from_millis(1))
            }));
        }
        self.in_flight += 1;
        Ok(())
    }

    /// Returns the number of requests that can be sent now.
    pub(crate) fn free(&mut self, now: Duration) -> u32 {
        while let Some(past) = self.past.front()
            && past.last.saturating_add(self.quota.period) <= now
        {
            self.count -= past.count;
            self.past.pop_front();
        }
        let used = self.in_flight.saturating_add(self.count);
        self.quota.requests.saturating_sub(used)
    }

    /// Returns a permission that was not used.
    pub(crate) fn put_back(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Records the end of a request: from now on it counts for a period.
    pub(crate) fn settle(&mut self, now: Duration) {
        self.put_back();
        self.add(now, 1);
    }

    fn add(&mut self, now: Duration, count: u32) {
        self.count = self.count.saturating_add(count);
        match self.past.back_mut() {
            Some(past) if now.saturating_sub(past.first) <= self.quota.period / PARTS => {
                past.last = past.last.max(now);
                past.count = past.count.saturating_add(count);
            }
            _ => self.past.push_back(Past {
                first: now,
                last: now,
                count,
            }),
        }
    }

    /// Adopts the server's limit if it is stricter than the one that was set.
    pub(crate) fn adapt(&mut self, requests: u32, period: Option<Duration>) {
        let stated = Quota {
            requests: requests.max(1),
            period: period.filter(|it| !it.is_zero()).unwrap_or(self.set.period),
        };
        self.quota = if stated.is_stricter_than(self.set) {
            stated
        } else {
            self.set
        };
    }

    /// Adopts the server's number of remaining requests. If it is lower than the number here, other programs use the
    /// account, and the difference counts as sent now.
    pub(crate) fn leave(&mut self, now: Duration, remaining: u32) {
        let missing = self.free(now).saturating_sub(remaining);
        if missing > 0 {
            self.add(now, missing);
        }
    }

    /// Sends nothing for a time.
    pub(crate) fn pause(&mut self, now: Duration, time: Duration) {
        self.paused_until = self.paused_until.max(now.saturating_add(time));
    }
}
