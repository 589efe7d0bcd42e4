//! What the jobs of a run share: the client, whether to go on, and the brake for outages.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::task::AtomicWaker;

use super::split::Entry;
use super::verdict::Verdict;
use super::{Batch, BatchCall};
use crate::runtime::client::Client;
use crate::runtime::error::CallError;
use crate::runtime::response::Reply;
use crate::runtime::retry::RetryPolicy;
use crate::runtime::timer::Timer;

/// The longest pause between two calls of an outage, and how long a pause lasts before somebody looks whether the run
/// was stopped.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const NAP: Duration = Duration::from_secs(1);

type Failure<B> = CallError<<B as Batch>::Failure>;
type PerCall<B> = dyn Fn(BatchCall<B>) -> BatchCall<B> + Send + Sync;

/// Ends a run early. It can be cloned and called from anywhere.
#[derive(Debug, Clone, Default)]
pub struct StopHandle(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_set: AtomicBool,
    waker: AtomicWaker,
}

impl StopHandle {
    /// Takes no more inputs and begins no more calls. Calls on their way are waited for; inputs that were taken and
    /// not sent are [`NotSent`](super::NotSent).
    pub fn stop(&self) {
        self.0.is_set.store(true, Ordering::SeqCst);
        self.0.waker.wake();
    }

    /// Whether it was called.
    pub fn is_stopped(&self) -> bool {
        self.0.is_set.load(Ordering::SeqCst)
    }

    pub(super) fn register(&self, waker: &std::task::Waker) {
        self.0.waker.register(waker);
    }
}

/// Why no call is begun any more.
pub(super) enum Closed<B: Batch> {
    Stopped,
    Halted(Arc<Failure<B>>),
}

pub(super) struct Run<B: Batch> {
    pub(super) client: Client,
    pub(super) stop: StopHandle,
    pub(super) outage_timeout: Duration,
    pub(super) initial_backoff: Duration,
    pub(super) per_call: Option<Box<PerCall<B>>>,
    calls: AtomicU64,
    state: Mutex<State<B>>,
}

struct State<B: Batch> {
    halted: Option<Arc<Failure<B>>>,
    /// Calls that were refused, without a success since.
    refusals: usize,
    outage: Option<Outage>,
}

/// Calls that failed for no fault of their inputs, without an answer since.
#[derive(Clone, Copy)]
struct Outage {
    /// By the timer.
    since: Duration,
    failures: u32,
    /// Whether nobody seems to be there; not when the server only asks for a pause.
    is_away: bool,
}

impl<B: Batch> Run<B> {
    pub(super) fn new(client: Client) -> Self {
        Run {
            client,
            stop: StopHandle::default(),
            outage_timeout: Duration::from_secs(300),
            initial_backoff: Duration::from_secs(1),
            per_call: None,
            calls: AtomicU64::new(0),
            state: Mutex::new(State {
                halted: None,
                refusals: 0,
                outage: None,
            }),
        }
    }

    /// How many calls were made.
    pub(super) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    pub(super) fn closed(&self) -> Option<Closed<B>> {
        match &self.state().halted {
            Some(error) => Some(Closed::Halted(error.clone())),
            None => self.stop.is_stopped().then_some(Closed::Stopped),
        }
    }

    /// Waits while calls do not get through. `None` when a call can be made; otherwise why none is.
    /// `pauses` is how often the server asked for one otherwise.
    pub(super) async fn ready(&self, pauses: u32) -> Option<Closed<B>> {
        let mut left = self.pause(pauses);
        loop {
            let closed = self.closed();
            let (None, Some(timer), false) = (&closed, self.timer(), left.is_zero()) else {
                return closed;
            };
            let nap = left.min(NAP);
            timer.sleep(nap).await;
            left -= nap;
        }
    }

    /// Makes a call of these inputs, and gives them back with the answer.
    pub(super) async fn call(
        &self,
        entries: Vec<Entry<B::Input>>,
    ) -> (Vec<Entry<B::Input>>, Result<Reply<B::Reply>, Failure<B>>) {
        let (rest, inputs): (Vec<_>, Vec<_>) = entries.into_iter().map(Entry::split).unzip();
        let (call, inputs) = B::call(&self.client, inputs);
        let call = match &self.per_call {
            Some(change) => change(call),
            None => call,
        };
        // one request is enough to see whether somebody is there again
        let call = match self.state().outage {
            Some(outage) if outage.is_away => call.retry(RetryPolicy::none()),
            _ => call,
        };
        self.calls.fetch_add(1, Ordering::Relaxed);
        let answer = call.send().await;
        let entries = rest.into_iter().zip(inputs);
        (
            entries.map(|(entry, input)| entry.with(input)).collect(),
            answer,
        )
    }

    pub(super) fn succeeded(&self) {
        let mut state = self.state();
        state.refusals = 0;
        state.outage = None;
    }

    /// Notes a failure; gives whether it stands alone, and is none of an outage that others have seen before.
    pub(super) fn failed(&self, verdict: Verdict, error: &Arc<Failure<B>>) -> bool {
        let mut state = self.state();
        if verdict == Verdict::Fatal {
            state.halted.get_or_insert_with(|| error.clone());
        }
        if !verdict.is_outage() {
            state.outage = None; // somebody is there
            if matches!(verdict, Verdict::Refused | Verdict::Unclear) {
                state.refusals += 1;
            }
            // a batch whose inputs are all wrong takes so many calls to split; then it is time to ask a person
            if state.refusals > 2 * B::MAX_INPUTS {
                state.halted.get_or_insert_with(|| error.clone());
            }
            return true;
        }
        let now = self.timer().map(Timer::now);
        let outage = state.outage.get_or_insert(Outage {
            since: now.unwrap_or_default(),
            failures: 0,
            is_away: false,
        });
        outage.failures += 1;
        outage.is_away = verdict != Verdict::Busy;
        let (outage, waited) = (*outage, now.unwrap_or_default());
        if waited.saturating_sub(outage.since) > self.outage_timeout {
            state.halted.get_or_insert_with(|| error.clone());
        }
        // without a timer there is no pause in which an outage could pass
        outage.failures == 1 || now.is_none()
    }

    /// How long to wait before the next call: something up to 1, 2, 4 … 30 seconds.
    fn pause(&self, pauses: u32) -> Duration {
        let failures = self.state().outage.map_or(0, |outage| outage.failures);
        let Some(doublings) = failures.max(pauses).checked_sub(1) else {
            return Duration::ZERO;
        };
        let doublings = doublings.min(16);
        let bound = self.initial_backoff.saturating_mul(1 << doublings);
        bound.min(LONGEST_PAUSE).mul_f64(fastrand::f64())
    }

    fn timer(&self) -> Option<&dyn Timer> {
        self.client.shared.timer.as_deref()
    }

    fn state(&self) -> MutexGuard<'_, State<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
