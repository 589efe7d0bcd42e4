//! The state that the jobs of a run share: the client, the stop handle, and the backoff in outages.

use std::borrow::Borrow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::task::AtomicWaker;

use super::Batch;
use super::classify::FailureClass;
use super::split::Entry;
use crate::runtime::call::Call;
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::response::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::timer::Timer;

/// The maximum pause between two calls of an outage, and the time after which a pause checks for a stop.
const MAX_BACKOFF: Duration = Duration::from_secs(30);
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

type Failure<B> = CallError<<B as Batch>::Failure>;
type PerCall<B> = dyn Fn(<B as Batch>::Call) -> <B as Batch>::Call + Send + Sync;

/// Stops a run early, from any task or thread.
#[derive(Debug, Clone, Default)]
pub struct StopHandle(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_set: AtomicBool,
    waker: AtomicWaker,
}

impl StopHandle {
    /// Stops the run: no more inputs are taken, and no more calls are started. Calls in flight complete; inputs that
    /// were taken and not sent are [`NotSent`](super::NotSent).
    pub fn stop(&self) {
        self.0.is_set.store(true, Ordering::SeqCst);
        self.0.waker.wake();
    }

    /// Whether the run was stopped.
    pub fn is_stopped(&self) -> bool {
        self.0.is_set.load(Ordering::SeqCst)
    }

    pub(super) fn register(&self, waker: &std::task::Waker) {
        self.0.waker.register(waker);
    }
}

/// Why no more calls are started.
pub(super) enum Closed<B: Batch> {
    Stopped,
    Halted(Arc<Failure<B>>),
}

pub(super) struct Run<B: Batch> {
    pub(super) client: Client,
    /// The client that makes the calls.
    own: B::Client,
    pub(super) stop: StopHandle,
    pub(super) outage_timeout: Duration,
    pub(super) initial_backoff: Duration,
    pub(super) per_call: Option<Box<PerCall<B>>>,
    calls: AtomicU64,
    state: Mutex<State<B>>,
}

struct State<B: Batch> {
    halted: Option<Arc<Failure<B>>>,
    /// The number of rejected calls since the last success.
    rejections: usize,
    outage: Option<Outage>,
}

/// Calls that failed independently of their inputs since the last response.
#[derive(Clone, Copy)]
struct Outage {
    /// The start, by the timer.
    since: Duration,
    failures: u32,
    /// Whether the server does not respond; not if it only throttles.
    is_unavailable: bool,
}

impl<B: Batch> Run<B> {
    pub(super) fn new(client: B::Client) -> Self {
        Run {
            client: client.borrow().clone(),
            own: client,
            stop: StopHandle::default(),
            outage_timeout: Duration::from_secs(300),
            initial_backoff: Duration::from_secs(1),
            per_call: None,
            calls: AtomicU64::new(0),
            state: Mutex::new(State {
                halted: None,
                rejections: 0,
                outage: None,
            }),
        }
    }

    /// Returns the number of calls.
    pub(super) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    pub(super) fn closed(&self) -> Option<Closed<B>> {
        match &self.state().halted {
            Some(error) => Some(Closed::Halted(error.clone())),
            None => self.stop.is_stopped().then_some(Closed::Stopped),
        }
    }

    /// Waits for the backoff of an outage. Returns why no call can be made, or `None` if one can. `pauses` is the
    /// number of successive responses that asked for a pause.
    pub(super) async fn ready(&self, pauses: u32) -> Option<Closed<B>> {
        let mut left = self.pause(pauses);
        loop {
            let closed = self.closed();
            let (None, Some(timer), false) = (&closed, self.timer(), left.is_zero()) else {
                return closed;
            };
            let wait = left.min(CHECK_INTERVAL);
            timer.sleep(wait).await;
            left -= wait;
        }
    }

    /// Makes a call, and returns its inputs with the result.
    pub(super) async fn call(
        &self,
        entries: Vec<Entry<B::Input>>,
    ) -> (Vec<Entry<B::Input>>, Result<Reply<B::Reply>, Failure<B>>) {
        let (rest, inputs): (Vec<_>, Vec<_>) = entries.into_iter().map(Entry::split).unzip();
        let (call, inputs) = B::call(&self.own, inputs);
        let call = match &self.per_call {
            Some(change) => change(call),
            None => call,
        };
        let call: Call<B::Reply, B::Failure, B::Operation> = call.into();
        // a single request shows whether the server is available again
        let call = match self.state().outage {
            Some(outage) if outage.is_unavailable => call.retry(RetryPolicy::none()),
            _ => call,
        };
        self.calls.fetch_add(1, Ordering::Relaxed);
        let result = call.send().await;
        let entries = rest.into_iter().zip(inputs);
        (
            entries.map(|(entry, input)| entry.with(input)).collect(),
            result,
        )
    }

    pub(super) fn succeeded(&self) {
        let mut state = self.state();
        state.rejections = 0;
        state.outage = None;
    }

    /// Records a failure; returns whether it is not part of an outage that other calls met before.
    pub(super) fn failed(&self, class: FailureClass, error: &Arc<Failure<B>>) -> bool {
        let mut state = self.state();
        if class == FailureClass::Fatal {
            state.halted.get_or_insert_with(|| error.clone());
        }
        if !class.is_outage() {
            state.outage = None; // the server responds
            if matches!(class, FailureClass::Rejected | FailureClass::Unclear) {
                state.rejections += 1;
            }
            // splitting a batch of invalid inputs takes this number of calls; more than that needs a person
            if state.rejections > 2 * B::MAX_INPUTS {
                state.halted.get_or_insert_with(|| error.clone());
            }
            return true;
        }
        let now = self.timer().map(Timer::now);
        let outage = state.outage.get_or_insert(Outage {
            since: now.unwrap_or_default(),
            failures: 0,
            is_unavailable: false,
        });
        outage.failures += 1;
        outage.is_unavailable = class != FailureClass::Throttled;
        let (outage, waited) = (*outage, now.unwrap_or_default());
        if waited.saturating_sub(outage.since) > self.outage_timeout {
            state.halted.get_or_insert_with(|| error.clone());
        }
        // without a timer there is no pause during which an outage could end
        outage.failures == 1 || now.is_none()
    }

    /// Returns the delay before the next call: uniform, with a bound of 1, 2, 4 … 30 seconds.
    fn pause(&self, pauses: u32) -> Duration {
        let failures = self.state().outage.map_or(0, |outage| outage.failures);
        let Some(doublings) = failures.max(pauses).checked_sub(1) else {
            return Duration::ZERO;
        };
        let doublings = doublings.min(16);
        let bound = self.initial_backoff.saturating_mul(1 << doublings);
        bound.min(MAX_BACKOFF).mul_f64(fastrand::f64())
    }

    fn timer(&self) -> Option<&dyn Timer> {
        self.client.shared.timer.as_deref()
    }

    fn state(&self) -> MutexGuard<'_, State<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
