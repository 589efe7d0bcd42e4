//! The run of a bulk operation, as a stream of outcomes.

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
use super::{Batch, BatchCall, NotSent, Outcome, Settled, Summary};
use crate::runtime::client::Client;
use crate::runtime::transport::BoxFuture;

/// How many calls are on their way at once, unless it is set.
const CONCURRENCY: usize = 4;

type Tell<'a> = dyn FnMut(&Summary) + Send + 'a;
type Landing<B> = Vec<(Entry<<B as Batch>::Input>, Outcome<B>)>;

/// Sends any number of inputs, and yields what became of each.
///
/// Nothing happens before it is polled, and nothing goes on while it is not: what a caller does between two outcomes
/// delays the calls, so slow work belongs in another task. Memory holds what is on its way and not what was or will be.
///
/// - **Outcomes** come in the order in which calls end, at most a batch of them at once. Each input has exactly one.
/// - **Batches** are as large as the server takes them. One goes out when it is full, when there are no more inputs,
///   or when the inputs make a pause and no call is on its way.
/// - **The same item twice** is not on its way twice: the later input waits until the earlier one is settled, so the
///   server ends up with what came last.
/// - **Dropping** it gives up the calls on their way. Their inputs have no outcome then and may have been written;
///   outcomes that were yielded stay true. To end in order, use [`stop_handle`](Self::stop_handle).
#[must_use = "nothing is sent before the stream is polled"]
pub struct Bulk<'a, B: Batch> {
    /// `None` once there are no more.
    inputs: Option<Pin<Box<dyn Stream<Item = B::Input> + Send + 'a>>>,
    run: Arc<Run<B>>,
    splitter: Splitter<B::Input>,
    jobs: FuturesUnordered<BoxFuture<'static, Landing<B>>>,
    ready: VecDeque<Settled<B>>,
    summary: Summary,
    concurrency: usize,
    on_progress: Option<Box<Tell<'a>>>,
    /// What correlation values begin with that are made here.
    prefix: String,
}

impl<'a, B: Batch> Bulk<'a, B> {
    pub(crate) fn of_iter<I>(client: &Client, inputs: I) -> Self
    where
        I: IntoIterator<Item = B::Input>,
        I::IntoIter: Send + 'a,
    {
        Self::of_stream(client, stream::iter(inputs))
    }

    pub(crate) fn of_stream(
        client: &Client,
        inputs: impl Stream<Item = B::Input> + Send + 'a,
    ) -> Self {
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

    /// How many calls may be on their way at once; 4 unless set, at least 1.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// How long the server may be away before the run halts; 5 minutes unless set.
    ///
    /// While calls fail because nobody answers or the server has no time, their inputs wait and are sent again, with
    /// growing pauses. When it takes longer than this, the run [halts](NotSent::Halted). A client without a timer does
    /// not wait at all.
    pub fn outage_timeout(mut self, time: Duration) -> Self {
        self.change(|run| run.outage_timeout = time);
        self
    }

    /// How long the first pause of an outage may be; 1 second unless set. It is doubled from one to the next.
    pub fn initial_backoff(mut self, time: Duration) -> Self {
        self.change(|run| run.initial_backoff = time);
        self
    }

    /// Changes every call before it is sent, to set its time-outs for example.
    pub fn per_call(
        mut self,
        change: impl Fn(BatchCall<B>) -> BatchCall<B> + Send + Sync + 'static,
    ) -> Self {
        self.change(|run| run.per_call = Some(Box::new(change)));
        self
    }

    /// Is told how far the run is, whenever calls have ended.
    pub fn on_progress(mut self, tell: impl FnMut(&Summary) + Send + 'a) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// What ends the run early.
    pub fn stop_handle(&self) -> StopHandle {
        self.run.stop.clone()
    }

    /// How far the run is: all outcomes that were found, also those that were not yielded yet.
    pub fn summary(&self) -> Summary {
        Summary {
            calls: self.run.calls(),
            ..self.summary
        }
    }

    /// The next outcome; `None` when every input has had its own.
    pub async fn next(&mut self) -> Option<Settled<B>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Runs to the end and gives each outcome to a closure.
    pub async fn for_each(mut self, mut each: impl FnMut(Settled<B>)) -> Summary {
        while let Some(settled) = self.next().await {
            each(settled);
        }
        self.summary()
    }

    /// Before the first poll nobody shares the run.
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
            return match is_over && self.jobs.is_empty() {
                true => Poll::Ready(None),
                false => Poll::Pending,
            };
        }
    }

    /// Takes inputs, as many as calls are waiting for.
    fn take(&mut self, context: &mut Context<'_>) {
        let closed = self.run.closed();
        if let Some(closed) = &closed {
            let unsent = self.splitter.clear();
            self.refuse(unsent, closed);
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
                        Some(closed) => self.refuse(vec![entry], closed),
                        None => self.splitter.push(entry),
                    }
                }
                Poll::Ready(None) => self.inputs = None,
                Poll::Pending => break,
            }
        }
        // nothing else would make these go: no job that lands, and no input that comes
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

    /// Makes calls of what is there; gives whether there is a new one.
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

    /// Inputs that no call will take.
    fn refuse(&mut self, entries: Vec<Entry<B::Input>>, closed: &Closed<B>) {
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

/// `hs_sku`, `SKU-1`: the members that identify, as one text that no others make.
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
    match B::IGNORES_CASE {
        true => Some(whole.to_lowercase()),
        false => Some(whole),
    }
}

impl<B: Batch> Stream for Bulk<'_, B> {
    type Item = Settled<B>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Settled<B>>> {
        self.get_mut().poll(context)
    }
}

/// Nothing in it is pinned in place: the inputs and the calls are pinned by themselves.
impl<B: Batch> Unpin for Bulk<'_, B> {}

impl<B: Batch> fmt::Debug for Bulk<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("concurrency", &self.concurrency)
            .field("on_their_way", &self.jobs.len())
            .field("summary", &self.summary())
            .finish_non_exhaustive()
    }
}
