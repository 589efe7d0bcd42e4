//! What a server and a network can do to a run, each with batches of several sizes.

use std::time::Duration;

use serde_json::json;

use super::{Books, hasty, products, send_by, waiting};
use crate::support::{Fake, Scenario};

/// Fewer than a batch, one less, one, one more, and several.
const SIZES: [usize; 5] = [1, 99, 100, 101, 250];

/// Sends so many inputs, the first replies going wrong in turn.
async fn through(faults: &[Scenario], inputs: usize) -> Books {
    let fake = Fake::start();
    for fault in faults {
        fake.answer(fault.clone());
    }
    let hangs = |fault: &Scenario| matches!(fault, Scenario::Silent | Scenario::Stalled);
    let client = if faults.iter().any(hangs) {
        waiting(&fake, Duration::from_millis(400))
    } else {
        hasty(&fake)
    };
    send_by(&client, &fake, products(inputs)).await
}

/// Runs these faults with each number of inputs.
async fn each_size(faults: &[Scenario], expected: impl Fn(usize) -> Books) {
    for size in SIZES {
        let books = through(faults, size).await;
        assert_eq!(
            books.plain(),
            expected(size),
            "{faults:?} with {size} inputs"
        );
    }
}

/// The faults do no harm: all inputs are written in the end.
async fn all_are_written(faults: &[Scenario]) {
    each_size(faults, Books::all).await;
}

/// All are written, and of one that is alone it is known that it may have been before.
async fn all_are_written_after_doubt(faults: &[Scenario]) {
    all_are_written(faults).await;
    let books = through(faults, 1).await;
    assert_eq!(books.after_ambiguous_attempt, 1, "{faults:?}");
}

macro_rules! scenarios {
    ($($name:ident: $check:ident($($fault:expr),*);)*) => {
        $(#[tokio::test]
        async fn $name() {
            $check(&[$($fault),*]).await;
        })*
    };
}

const SHORT: Duration = Duration::from_millis(20);
const ROLLING: &str = "TEN_SECONDLY_ROLLING";

scenarios! {
    nothing_goes_wrong: all_are_written();
    a_late_reply: all_are_written(Scenario::Late(SHORT));
    a_slow_body: all_are_written(Scenario::Slow(Duration::from_millis(5)));
    a_reset_before_the_reply: all_are_written_after_doubt(Scenario::ResetBefore);
    a_reset_before_each_attempt: all_are_written_after_doubt(Scenario::ResetBefore, Scenario::ResetBefore, Scenario::ResetBefore, Scenario::ResetBefore);
    a_commit_and_then_a_reset: all_are_written_after_doubt(Scenario::CommitThenReset);
    a_commit_and_then_the_end: all_are_written_after_doubt(Scenario::CommitThenClose);
    a_reset_in_the_middle_of_the_reply: all_are_written_after_doubt(Scenario::ResetMidway);
    a_truncated_reply: all_are_written_after_doubt(Scenario::Truncated);
    a_reply_that_stalls: all_are_written_after_doubt(Scenario::Stalled);
    a_commit_without_any_reply: all_are_written_after_doubt(Scenario::Silent);
    too_many_calls: all_are_written(Scenario::RateLimited(ROLLING), Scenario::RateLimited("SECONDLY"));
    a_storm_of_429: all_are_written(
        Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING),
        Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING), Scenario::RateLimited(ROLLING)
    );
    a_storm_of_429_with_a_wait: all_are_written(
        Scenario::RetryAfter("0"), Scenario::RetryAfter("0"), Scenario::RetryAfter("0"), Scenario::RetryAfter("0"), Scenario::RetryAfter("0")
    );
    a_wait_that_nobody_understands: all_are_written(Scenario::RetryAfter("soon"));
    a_wait_that_is_over: all_are_written(Scenario::RetryAfter("Wed, 21 Oct 2015 07:28:00 GMT"));
    no_time_for_one_call: all_are_written_after_doubt(Scenario::Unavailable);
    a_burst_of_503: all_are_written_after_doubt(
        Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable,
        Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable, Scenario::Unavailable
    );
    html_from_a_gateway: all_are_written_after_doubt(Scenario::Gateway(502), Scenario::Gateway(521));
    a_gateway_that_gives_up_too_early: all_are_written_after_doubt(Scenario::LateGateway);
    a_redirect: all_are_written_after_doubt(Scenario::Redirect("http://127.0.0.1:9/".to_owned()));
    an_undeclared_201: all_are_written(Scenario::Status(201));
    a_204: all_are_written_after_doubt(Scenario::NoContent);
    a_success_that_cannot_be_read: all_are_written_after_doubt(Scenario::MemberTwice);
    a_success_of_another_form: all_are_written_after_doubt(Scenario::Reply(200, json!({"ok": true})));
    results_without_trace_ids: all_are_written(Scenario::Untraced);
    some_results_without_trace_ids: all_are_written(Scenario::PartlyUntraced(3));
    half_of_the_results: all_are_written(Scenario::HalfTold);
    a_success_without_results: all_are_written_after_doubt(Scenario::NothingTold);
    a_success_that_did_nothing: all_are_written_after_doubt(Scenario::NothingDone);
    results_in_another_order: all_are_written(Scenario::Sorted);
    results_that_come_twice: all_are_written(Scenario::TwiceTold);
    inputs_that_fail_for_now: all_are_written(Scenario::BusyRows(5));
    inputs_that_fail_for_now_twice: all_are_written(Scenario::BusyRows(5), Scenario::BusyRows(1));
    an_error_that_is_counted_and_not_listed: all_are_written(Scenario::CountsAnError);
    what_nobody_knows_yet: all_are_written(Scenario::FromTheFuture);
    a_property_without_a_value: all_are_written(Scenario::NullProperty);
    a_batch_that_is_refused_once: all_are_written_but_one();
    one_thing_after_the_other: all_are_written_after_doubt(
        Scenario::Truncated, Scenario::RateLimited(ROLLING), Scenario::Gateway(502), Scenario::PartlyUntraced(2), Scenario::CommitThenReset,
        Scenario::NothingTold, Scenario::Unavailable, Scenario::BusyRows(2)
    );
}

/// A 400 for no reason: a batch of one is rejected, a larger one is split, and its parts are taken.
async fn all_are_written_but_one(_: &[Scenario]) {
    let rejection = Scenario::Reply(
        400,
        json!({"category": "VALIDATION_ERROR", "message": "No."}),
    );
    each_size(&[rejection], |size| match size {
        1 => Books {
            rejected: 1,
            ..Books::default()
        },
        _ => Books::all(size),
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_contradicts_itself() {
    each_size(&[Scenario::Contradiction], |size| Books {
        written: size - 1,
        unaccounted: 1,
        ..Books::default()
    })
    .await;
}

/// Nothing ever names an input, so nothing is known of any; but a batch of one needs no name.
#[tokio::test]
async fn trace_ids_never_come_back() {
    let always = vec![Scenario::Untraced; 50];
    each_size(&always, |size| match size {
        1 => Books::all(1),
        101 => Books {
            written: 1,
            unaccounted: 100,
            ..Books::default()
        },
        _ => Books {
            unaccounted: size,
            ..Books::default()
        },
    })
    .await;
}

/// If no response can be decoded, a batch is sent three times, and its inputs are unaccounted for.
#[tokio::test]
async fn successes_can_never_be_read() {
    let always = vec![Scenario::NoContent; 50];
    each_size(&always, |size| Books {
        unaccounted: size,
        ..Books::default()
    })
    .await;
}

/// Errors that never pass are rejections in the end.
#[tokio::test]
async fn inputs_fail_for_now_for_ever() {
    let always = vec![Scenario::BusyRows(100); 50];
    each_size(&always, |size| Books {
        rejected: size,
        ..Books::default()
    })
    .await;
}
