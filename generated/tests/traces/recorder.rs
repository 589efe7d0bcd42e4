//! Keeps all that is traced, logged or printed by a panic: every field, also those of other crates.

use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SPANS: AtomicU64 = AtomicU64::new(1);
static TURN: Mutex<()> = Mutex::new(());
static INSTALLED: Once = Once::new();

/// Records for one test; others wait until it is dropped.
pub struct Recording(#[allow(dead_code, reason = "a guard, not read")] MutexGuard<'static, ()>);

impl Recording {
    pub fn start() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        INSTALLED.call_once(|| {
            tracing::subscriber::set_global_default(Recorder).expect("nobody else sets one");
            log::set_logger(&Recorder).expect("nobody else sets one");
            log::set_max_level(log::LevelFilter::Trace);
            let printed = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                keep(format!("panic: {panic}"));
                if !is_on_purpose(panic) {
                    printed(panic);
                }
            }));
        });
        lines().clear();
        Recording(turn)
    }

    /// What came since the last time: `DEBUG hubspot_products::… call method="POST" …`
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut lines())
    }
}

/// What a panic on purpose says.
pub const ON_PURPOSE: &str = "on purpose";

fn is_on_purpose(panic: &std::panic::PanicHookInfo<'_>) -> bool {
    let message = panic.payload().downcast_ref::<String>();
    message.is_some_and(|message| message.starts_with(ON_PURPOSE))
}

fn lines() -> MutexGuard<'static, Vec<String>> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn keep(line: String) {
    lines().push(line);
}

/// Writes a line for each span and event.
struct Recorder;

impl Recorder {
    fn note(metadata: &Metadata<'_>, visit: impl FnOnce(&mut Line)) {
        let (level, target) = (metadata.level(), metadata.target());
        let name = if metadata.is_span() {
            metadata.name()
        } else {
            "event"
        };
        let mut line = Line(format!("{level} {target} {name}"));
        visit(&mut line);
        keep(line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("writing to a string does not fail");
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::note(span.metadata(), |line| span.record(line));
        Id::from_u64(SPANS.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line("record".to_owned());
        values.record(&mut line);
        keep(line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::note(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let (level, target) = (record.level(), record.target());
        keep(format!("{level} {target} log {}", record.args()));
    }

    fn flush(&self) {}
}
