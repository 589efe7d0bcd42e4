//! A rolling window: which requests count at a moment. No clock here; the moments come from outside.

use std::collections::VecDeque;
use std::time::Duration;

/// So many requests in any period of this length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) requests: u32,
    pub(crate) period: Duration,
}

impl Quota {
    /// Whether it lets less through in the long run.
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
    /// What was set: never more than that.
    set: Quota,
    /// What counts: that, or what the server said when it is stricter.
    quota: Quota,
    /// Sent, and not answered yet.
    under_way: u32,
    /// Answered less than a period ago; the oldest comes first.
    past: VecDeque<Past>,
    /// How many these are.
    count: u32,
    /// Nobody sends before.
    paused_until: Duration,
}

/// Requests that were answered at about the same time; all of them count as long as the last of them does.
#[derive(Debug)]
struct Past {
    first: Duration,
    last: Duration,
    count: u32,
}

/// A period is told in so many parts, which bounds the memory that a window takes.
const PARTS: u32 = 1_000;

impl Window {
    pub(crate) fn new(set: Quota) -> Self {
        Window {
            set,
            quota: set,
            under_way: 0,
            past: VecDeque::new(),
            count: 0,
            paused_until: Duration::ZERO,
        }
    }

    /// Takes the right to send a request.
    ///
    /// # Errors
    /// How long to wait before asking again; `None` until something changes.
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
        self.under_way += 1;
        Ok(())
    }

    /// How many requests may be sent now.
    pub(crate) fn free(&mut self, now: Duration) -> u32 {
        while let Some(past) = self.past.front()
            && past.last.saturating_add(self.quota.period) <= now
        {
            self.count -= past.count;
            self.past.pop_front();
        }
        let used = self.under_way.saturating_add(self.count);
        self.quota.requests.saturating_sub(used)
    }

    /// A request was never sent.
    pub(crate) fn put_back(&mut self) {
        self.under_way = self.under_way.saturating_sub(1);
    }

    /// A request is answered, or given up: from now on it counts for a period.
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

    /// The server has told its limit. One that lets more through than was set changes nothing.
    pub(crate) fn adapt(&mut self, requests: u32, period: Option<Duration>) {
        let told = Quota {
            requests: requests.max(1),
            period: period.filter(|it| !it.is_zero()).unwrap_or(self.set.period),
        };
        self.quota = match told.is_stricter_than(self.set) {
            true => told,
            false => self.set,
        };
    }

    /// The server has told that so many requests remain: where that is less than is free here, somebody else has used
    /// the account, and what is missing counts as if it had been sent now.
    pub(crate) fn leave(&mut self, now: Duration, remaining: u32) {
        let missing = self.free(now).saturating_sub(remaining);
        if missing > 0 {
            self.add(now, missing);
        }
    }

    /// Nobody sends for so long.
    pub(crate) fn pause(&mut self, now: Duration, time: Duration) {
        self.paused_until = self.paused_until.max(now.saturating_add(time));
    }
}
