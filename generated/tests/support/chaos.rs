//! Replies that go wrong by chance.

use std::time::Duration;

use super::scenario::Scenario;

/// Dice that fall the same way for the same seed.
pub struct Chaos {
    state: u64,
    rate: f64,
}

impl Chaos {
    /// `rate` is the share of replies that go wrong.
    pub fn new(rate: f64, seed: u64) -> Self {
        Chaos { state: seed, rate }
    }

    /// What happens to the next reply, if anything does.
    pub fn throw(&mut self) -> Option<Scenario> {
        let goes_wrong = (self.next() as f64) < self.rate * f64::from(u32::MAX);
        if !goes_wrong {
            return None;
        }
        let faults = [
            Scenario::ResetBefore,
            Scenario::CommitThenReset,
            Scenario::CommitThenClose,
            Scenario::ResetMidway,
            Scenario::Truncated,
            Scenario::Unavailable,
            Scenario::Gateway(502),
            Scenario::LateGateway,
            Scenario::RateLimited("TEN_SECONDLY_ROLLING"),
            Scenario::RetryAfter("0"),
            Scenario::Late(Duration::from_millis(20)),
            Scenario::Slow(Duration::from_millis(2)),
            Scenario::PartlyUntraced(7),
            Scenario::NothingTold,
            Scenario::NothingDone,
            Scenario::HalfTold,
            Scenario::TwiceTold,
            Scenario::BusyRows(5),
            Scenario::NoContent,
            Scenario::Status(201),
        ];
        let chosen = self.next() as usize % faults.len();
        faults.into_iter().nth(chosen)
    }

    /// The upper half of a linear congruential generator.
    fn next(&mut self) -> u32 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 32) as u32
    }
}
