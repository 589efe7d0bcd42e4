//! A bulk operation as a stream of outcomes.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::stream::{self, FuturesUnordered, Stream};

use super::job::Job;
use super::run::{Closed, Run, StopHandle};
use super::split::{Entry, Splitter};
use super::{Batch, NotSent, Outcome, Settled, Summary};
use crate::runtime::transport::BoxFuture;

/// The default number of concurrent calls.
const CONCURRENCY: usize = 4;

type Tell<'a> = dyn FnMut(&Summary) + Send + 'a;
type Landing<B> = Vec<(Entry<<B as Batch>::Input>, Outcome<B>)>;

/// Sends any number of inputs, and yields the outcome of each.
///
/// It only makes progress while it is polled: work of the caller between two outcomes delays the calls, so slow work
/// belongs in another task. Memory is bounded by the inputs in flight.
///
/// - **Outcomes** come in the order in which calls end. Each input has exactly one.
/// - **Batches** are as large as the server allows. One is sent if it is full, if there are no more inputs, or if the
///   inputs pause and no call is in flight.
/// - **Inputs of the same item** are not in flight together: the later one waits until the earlier one is settled, so
///   the last one wins.
/// - **Dropping** it cancels the calls in flight. Their inputs have no outcome, and may have been written. To end in
///   order, use [`stop_handle`](Self::stop_handle).
#[must_use = "nothing is sent before the stream is polled"]
pub struct Bulk<'a, B: Batch> {
    /// `None` at the end.
    inputs: Option<Pin<Box<dyn Stream<Item = B::Input> + Send + 'a>>>,
    run: Arc<Run<B>>,
    splitter: Splitter<B::Input>,
    jobs: FuturesUnordered<BoxFuture<'static, Landing<B>>>,
    ready: VecDeque<Settled<B>>,
    summary: Summary,
    concurrency: usize,
    on_progress: Option<Box<Tell<'a>>>,
    /// The prefix of generated correlation values.
    prefix: String,
}

impl<'a, B: Batch> Bulk<'a, B> {
    #[doc(hidden)]
    pub fn of_iter<I>(client: &B::Client, inputs: I) -> Self
    where
        I: IntoIterator<Item = B::Input>,
        I::IntoIter: Send + 'a,
    {
        Self::of_stream(client, stream::iter(inputs))
    }

    #[doc(hidden)]
    pub fn of_stream(client: &B::Client, inputs: impl Stream<Item = B::Input> + Send + 'a) -> Self {
        Bulk {
            inputs: Some(Box::pin(inputs)),
            run: Arc::new(Run::new(client.clone())),
            splitter: Splitter::new(B::MAX_INPUTS),
            jobs: FuturesUnordered::new(),
            ready: VecDeque::new(),
            summary: Summary::default(),
            concurrency: CONCURRENCY,
            on_progress: None,
            prefix: format!("{:016x}-", fastrand::u64(..)),
        }
    }

    /// Sets the number of concurrent calls; 4 by default, at least 1.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Sets the maximum length of an outage; 5 minutes by default.
    ///
    /// While the server does not respond or throttles, inputs wait and are retried with growing delays. After this time
    /// the run [halts](NotSent::Halted). A client without a timer does not wait.
    pub fn outage_timeout(mut self, timeout: Duration) -> Self {
        self.change(|run| run.outage_timeout = timeout);
        self
    }

    /// Sets the bound of the first delay of an outage; 1 second by default. The bound doubles with each delay.
    pub fn initial_backoff(mut self, bound: Duration) -> Self {
        self.change(|run| run.initial_backoff = bound);
        self
    }

    /// Configures each call before it is sent, for example its timeouts.
    pub fn per_call(mut self, change: impl Fn(B::Call) -> B::Call + Send + Sync + 'static) -> Self {
        self.change(|run| run.per_call = Some(Box::new(change)));
        self
    }

    /// Calls a closure with the progress of the run whenever a call ends.
    pub fn on_progress(mut self, tell: impl FnMut(&Summary) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Returns a handle that stops the run.
    pub fn stop_handle(&self) -> StopHandle {
        self.run.stop.clone()
    }

    /// Returns the counts so far, including outcomes that are not yielded yet.
    pub fn summary(&self) -> Summary {
        Summary {
            calls: self.run.calls(),
            ..self.summary
        }
    }

    /// Returns the next outcome; `None` at the end.
    pub async fn next(&mut self) -> Option<Settled<B>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Runs to the end, and calls a closure with each outcome.
    pub async fn for_each(mut self, mut each: impl FnMut(Settled<B>)) -> Summary {
        while let Some(settled) = self.next().await {
            each(settled);
        }
        self.summary()
    }

    /// Changes the settings; before the first poll the run is not shared.
    fn change(&mut self, change: impl FnOnce(&mut Run<B>)) {
        if let Some(run) = Arc::get_mut(&mut self.run) {
            change(run);
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Settled<B>>> {
        self.run.stop.register(context.waker());
        loop {
            if let Some(settled) = self.ready.pop_front() {
                return Poll::Ready(Some(settled));
            }
            if let Poll::Ready(Some(landed)) = Pin::new(&mut self.jobs).poll_next(context) {
                self.land(landed);
                continue;
            }
            self.take(context);
            if self.launch() || !self.ready.is_empty() {
                continue; // a job does nothing before it is polled
            }
            let is_over = self.inputs.is_none() && self.splitter.is_empty();
            return if is_over && self.jobs.is_empty() {
                Poll::Ready(None)
            } else {
                Poll::Pending
            };
        }
    }

    /// Takes inputs, as many as calls are waiting for.
    fn take(&mut self, context: &mut Context<'_>) {
        let closed = self.run.closed();
        if let Some(closed) = &closed {
            let unsent = self.splitter.clear();
            self.settle_unsent(unsent, closed);
            if let Closed::Stopped = closed {
                self.inputs = None;
            }
        }
        let free = self.concurrency.saturating_sub(self.jobs.len());
        while let Some(inputs) = &mut self.inputs
            && self.splitter.has_room(free)
            && self.ready.is_empty()
        {
            match inputs.as_mut().poll_next(context) {
                Poll::Ready(Some(input)) => {
                    let entry = self.entry(input);
                    match &closed {
                        Some(closed) => self.settle_unsent(vec![entry], closed),
                        None => self.splitter.push(entry),
                    }
                }
                Poll::Ready(None) => self.inputs = None,
                Poll::Pending => break,
            }
        }
        // nothing else would send these: no job completes, and no input arrives
        if self.inputs.is_none() || (self.jobs.is_empty() && !self.splitter.has_batch()) {
            self.splitter.flush();
        }
    }

    fn entry(&mut self, mut input: B::Input) -> Entry<B::Input> {
        let index = self.summary.taken;
        self.summary.taken += 1;
        let correlation = B::correlation(&mut input);
        if correlation.is_empty() {
            *correlation = format!("{}{index}", self.prefix);
        }
        let correlation = correlation.clone();
        Entry {
            index,
            identity: identity::<B>(&input),
            input,
            correlation,
            open: 0,
            failed: 0,
            doubtful: false,
        }
    }

    /// Starts calls for full batches; returns whether there is a new one.
    fn launch(&mut self) -> bool {
        let mut launched = false;
        while self.jobs.len() < self.concurrency
            && let Some(batch) = self.splitter.batch()
        {
            let job = Job::new(self.run.clone(), batch);
            self.jobs.push(Box::pin(job.settle()));
            launched = true;
        }
        launched
    }

    fn land(&mut self, landed: Landing<B>) {
        for (entry, outcome) in landed {
            self.splitter.settled(&entry);
            self.settle(entry, outcome);
        }
        self.splitter.release();
        let summary = self.summary();
        if let Some(tell) = &mut self.on_progress {
            tell(&summary);
        }
    }

    /// Settles inputs that are not sent.
    fn settle_unsent(&mut self, entries: Vec<Entry<B::Input>>, closed: &Closed<B>) {
        for entry in entries {
            let reason = match closed {
                Closed::Stopped => NotSent::Stopped,
                Closed::Halted(error) => NotSent::Halted(error.clone()),
            };
            self.settle(entry, Outcome::NotSent(reason));
        }
    }

    fn settle(&mut self, entry: Entry<B::Input>, outcome: Outcome<B>) {
        self.summary.count(&outcome);
        self.ready.push_back(Settled {
            index: entry.index,
            input: entry.input,
            outcome,
        });
    }
}

/// Joins the identifying members, such as `hs_sku` and `SKU-1`, into one unambiguous string.
fn identity<B: Batch>(input: &B::Input) -> Option<String> {
    let members = B::identity(input).into_iter();
    let members: Option<Vec<&str>> = members
        .map(|member| member.filter(|text| !text.is_empty()))
        .collect();
    let members = members.filter(|members| !members.is_empty())?;
    let mut whole = String::new();
    for member in members {
        whole.push_str(&format!("{}:{member}", member.len()));
    }
    Some(if B::IGNORES_CASE {
        whole.to_lowercase()
    } else {
        whole
    })
}

impl<B: Batch> Stream for Bulk<'_, B> {
    type Item = Settled<B>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Settled<B>>> {
        self.get_mut().poll(context)
    }
}

/// Inputs and calls are pinned by themselves.
impl<B: Batch> Unpin for Bulk<'_, B> {}

impl<B: Batch> fmt::Debug for Bulk<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("concurrency", &self.concurrency)
            .field("in_flight", &self.jobs.len())
            .field("summary", &self.summary())
            .finish_non_exhaustive()
    }
}
