//! What repeating is made of: waits, the server's wish, the budget.

use std::time::Duration;

use http::HeaderMap;

use crate::runtime::retry::{RetryBudget, RetryPolicy, retry_after};

fn wish(value: &str, date: Option<&str>) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", value.parse().unwrap());
    if let Some(date) = date {
        headers.insert("date", date.parse().unwrap());
    }
    retry_after(&headers)
}

#[test]
fn retry_after_is_read_in_both_forms() {
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let date = Some("Wed, 21 Oct 2026 07:28:00 GMT");
    for (value, date, expected) in [
        ("0", None, seconds(0)),
        ("120", None, seconds(120)),
        (" 7 ", None, seconds(7)),
        ("86400", None, seconds(86_400)),
        // too large for any number
        ("99999999999999999999999999", None, seconds(u64::MAX)),
        // the server's own clock counts, whatever the date is here
        ("Wed, 21 Oct 2026 07:28:30 GMT", date, seconds(30)),
        ("Wednesday, 21-Oct-26 07:28:30 GMT", date, seconds(30)),
        ("Wed Oct 21 07:28:30 2026", date, seconds(30)),
        ("Wed, 21 Oct 2026 07:27:00 GMT", date, seconds(0)),
        ("Wed, 21 Oct 1998 07:28:00 GMT", None, seconds(0)),
        ("Wed, 21 Oct 2026 07:28:30 GMT", Some("garbage"), None),
        ("", None, None),
        ("soon", None, None),
        ("-5", None, None),
        ("1.5", None, None),
        ("5s", None, None),
        ("Wed, 99 Oct 2026 07:28:00 GMT", date, None),
    ] {
        let wish = wish(value, date);
        match expected {
            None if date == Some("garbage") => assert!(wish.is_some(), "{value}"),
            expected => assert_eq!(wish, expected, "{value}"),
        }
    }
    assert_eq!(retry_after(&HeaderMap::new()), None);
}

#[test]
fn waits_double_up_to_the_longest() {
    let policy = RetryPolicy::new();
    let bounds: Vec<u64> = (1..9).map(|sent| policy.bound(sent).as_secs()).collect();
    assert_eq!(bounds, [1, 2, 4, 8, 16, 20, 20, 20]);
    assert_eq!(policy.bound(u32::MAX), Duration::from_secs(20));
    let policy = policy.backoff(Duration::from_secs(3), Duration::from_secs(5));
    assert_eq!(policy.bound(1), Duration::from_secs(3));
    assert_eq!(policy.bound(2), Duration::from_secs(5));
    // a longest wait below the first would make the second shorter than the first
    let policy = policy.backoff(Duration::from_secs(3), Duration::ZERO);
    assert_eq!(policy.bound(7), Duration::from_secs(3));
}

#[test]
fn a_wait_is_drawn_from_the_whole_range() {
    let policy = RetryPolicy::new();
    let waits: Vec<f64> = (0..2_000).map(|_| policy.wait(3).as_secs_f64()).collect();
    assert!(waits.iter().all(|wait| (0.0..=4.0).contains(wait)));
    for quarter in 0..4 {
        let (from, to) = (f64::from(quarter), f64::from(quarter + 1));
        let count = waits.iter().filter(|wait| (from..to).contains(*wait));
        // 500 are expected; 19 standard deviations are 370
        assert!(count.count() > 130, "{quarter}");
    }
}

#[test]
fn the_budget_pays_for_35_repeats_or_100_after_429() {
    for (throttled, expected) in [(false, 35), (true, 100)] {
        let budget = RetryBudget::new(500);
        let mut paid = 0;
        while let Some(withdrawal) = budget.withdraw(throttled) {
            paid += 1;
            withdrawal.spend();
        }
        assert_eq!(paid, expected);
    }
}

#[test]
fn unused_tokens_are_returned() {
    let budget = RetryBudget::new(20);
    let withdrawal = budget.withdraw(false);
    assert_eq!(budget.tokens(), 6);
    assert!(budget.withdraw(false).is_none());
    drop(withdrawal);
    assert_eq!(budget.tokens(), 20);
    let cost = budget.withdraw(false).unwrap().spend();
    assert_eq!((cost, budget.tokens()), (14, 6));
    budget.deposit(cost);
    budget.deposit(1);
    assert_eq!(budget.tokens(), 20, "never more than it holds");
}

#[test]
fn a_budget_of_nothing_pays_for_nothing() {
    assert!(RetryBudget::new(0).withdraw(true).is_none());
}
