//! The retry rules and idempotency of `codegen.yaml`.

use super::Operations;
use crate::ir::{self, Idempotency, RateLimitHeaders, RetryRule, Step, Unit};
use crate::options::{self, Options};
use crate::resolve::OperationEntry;

/// Returns the retry rules, in their order.
pub(in crate::lower) fn retry_rules(options: &Options) -> Vec<RetryRule> {
    let rules = options.retry.iter().map(|rule| RetryRule {
        status: rule.status,
        only: rule
            .only
            .as_ref()
            .map(|(place, text)| (locator(place), text.clone())),
        again_after: rule.again_after,
    });
    rules.collect()
}

/// Returns the headers that report the rate limit.
pub(in crate::lower) fn rate_limit(options: &Options) -> Option<RateLimitHeaders> {
    let names = options.rate_limit.as_ref()?;
    let of = |name: &Option<String>, unit| name.clone().map(|name| (name, unit));
    let seconds = of(&names.period_seconds, Unit::Seconds);
    Some(RateLimitHeaders {
        limit: names.limit.clone(),
        remaining: names.remaining.clone(),
        period: seconds.or_else(|| of(&names.period_milliseconds, Unit::Milliseconds)),
    })
}

impl Operations<'_, '_> {
    /// Returns the idempotency of an operation, which `codegen.yaml` names by its id or as `POST /path`.
    pub(super) fn idempotency(&mut self, entry: &OperationEntry) -> Idempotency {
        let id = entry.operation.operation_id.as_deref();
        let address = entry.address();
        let mut keys = [id, Some(address.as_str())].into_iter().flatten();
        let said = keys.find_map(|key| self.options.idempotent.get(key));
        match said {
            None => Idempotency::ByMethod,
            Some(options::Idempotency::Known(known)) => Idempotency::Known(*known),
            Some(options::Idempotency::WhenPresent(path)) => {
                let steps = path.iter().map(|step| match step {
                    options::Step::Member(name) => Step::Member(name.clone()),
                    options::Step::Each => Step::Each,
                });
                Idempotency::WhenPresent(steps.collect())
            }
        }
    }
}

/// Returns where an error's message or correlation id is.
pub(in crate::lower) fn locator(locator: &options::Locator) -> ir::Locator {
    match locator {
        options::Locator::Member(path) => ir::Locator::Member(path.clone()),
        options::Locator::Header(name) => ir::Locator::Header(name.clone()),
    }
}
