//! What really happened at the endpoint, for an audit. No client sees it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

/// The books.
#[derive(Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// Where the entries are written, too, as a line of JSON each.
    file: Option<BufWriter<File>>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A request arrived whole, with these inputs; whatever was answered.
    Received {
        /// The number of the request, from 1.
        call: usize,
        /// The ids of its inputs.
        ids: Vec<String>,
        /// Their trace ids.
        traces: Vec<String>,
    },
    /// A reply went out whole.
    Answered {
        /// The number of the request, from 1.
        call: usize,
        /// The trace ids in its results and errors.
        traces: Vec<String>,
    },
    /// A product was written.
    Committed {
        /// The number of the request, from 1.
        call: usize,
        /// The id of the input.
        id: String,
        /// Its trace id.
        trace: Option<String>,
        /// Its properties, as they were sent.
        properties: BTreeMap<String, String>,
    },
}

impl Ledger {
    /// Books that are written to a file.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Ledger {
            entries: Vec::new(),
            file: Some(BufWriter::new(File::create(path)?)),
        })
    }

    /// Reads such a file.
    pub fn read(path: &Path) -> io::Result<Vec<Entry>> {
        let text = std::fs::read_to_string(path)?;
        let lines = text.lines().map(|line| {
            let line: Value = serde_json::from_str(line).map_err(io::Error::other)?;
            entry(&line).ok_or_else(|| io::Error::other(format!("no entry: {line}")))
        });
        lines.collect()
    }

    /// All entries, in the order of what happened.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds an entry; a ledger with a file keeps it there alone.
    pub fn add(&mut self, entry: Entry) {
        match &mut self.file {
            Some(file) => writeln!(file, "{}", line(&entry)).expect("the ledger can be written"),
            None => self.entries.push(entry),
        }
    }

    /// Writes the added entries to the file, before a response is sent.
    pub fn flush(&mut self) {
        if let Some(file) = &mut self.file {
            file.flush().expect("the ledger can be written");
        }
    }
}

fn line(entry: &Entry) -> Value {
    match entry {
        Entry::Received { call, ids, traces } => {
            json!({"received": call, "ids": ids, "traces": traces})
        }
        Entry::Answered { call, traces } => json!({"answered": call, "traces": traces}),
        Entry::Committed {
            call,
            id,
            trace,
            properties,
        } => json!({"committed": call, "id": id, "trace": trace, "properties": properties}),
    }
}

fn entry(line: &Value) -> Option<Entry> {
    let number = |name: &str| usize::try_from(line.get(name)?.as_u64()?).ok();
    let text = |name: &str| line.get(name)?.as_str().map(str::to_owned);
    let strings = |name: &str| -> Option<Vec<String>> {
        let list = line.get(name)?.as_array()?.iter();
        Some(
            list.filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
        )
    };
    if let Some(call) = number("received") {
        let (ids, traces) = (strings("ids")?, strings("traces")?);
        return Some(Entry::Received { call, ids, traces });
    }
    if let Some(call) = number("answered") {
        let traces = strings("traces")?;
        return Some(Entry::Answered { call, traces });
    }
    let properties = line.get("properties")?.as_object()?.iter();
    Some(Entry::Committed {
        call: number("committed")?,
        id: text("id")?,
        trace: text("trace"),
        properties: properties
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect(),
    })
}
