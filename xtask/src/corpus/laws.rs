//! `corpus --laws`: what `compare` has to say about any document, whatever it describes.
//!
//! Nothing, where a document is compared with itself or with the same description in another order, syntax or version
//! of OpenAPI, or with other operationIds whose methods keep their names; texts and nothing else, where the texts
//! differ. Where the document is edited at random: each difference of the public items belongs to a change, and what
//! happens to old programs is what happens with old servers when the two sides are exchanged.

mod edits;
mod spellings;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use oasmith::compare::{Change, Changes, Level, Wire, compare, surface_changes};
use oasmith::diagnostic::{Diagnostics, Severity};
use oasmith::load::{Node, SourceError, Sources, load, write};
use oasmith::options::Options;
use oasmith::{Output, generate};
use oasmith_cli::disk::DiskSources;
use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line, seconds, visible};

use super::roots::Root;

/// The faults of each law that are printed.
const NAMED: usize = 40;

/// The random edits of each document.
const EDITS: u64 = 6;

/// The name of each law, in the order of the report.
const LAWS: [&str; 7] = [
    "itself",
    "order",
    "syntax",
    "version",
    "texts",
    "operationIds",
    "edits",
];

/// What was seen of one document: the laws that apply to it, each with what does not hold.
type Seen = Vec<(&'static str, Option<String>)>;

/// Checks all documents, and prints a line for each law.
pub fn run(roots: Vec<Root>, jobs: usize, terminal: &Terminal) -> Result<Exit, Failure> {
    let clock = Instant::now();
    let seen = super::each("Compare", roots, jobs, |root| {
        let checked = catch_unwind(AssertUnwindSafe(|| check(&root)));
        let panicked = |_| Some(vec![("itself", Some("a panic".to_owned()))]);
        let seen = checked.unwrap_or_else(panicked);
        (root.name, seen)
    });
    let documents = seen.iter().filter(|(_, seen)| seen.is_some()).count();
    let mut laws: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for (name, law, fault) in seen.iter().flat_map(|(name, seen)| {
        let each = seen.iter().flatten();
        each.map(move |(law, fault)| (name, law, fault))
    }) {
        let row = laws.entry(*law).or_default();
        row.0 += 1;
        row.1
            .extend(fault.as_ref().map(|why| format!("{name}: {why}")));
    }
    let mut is_clean = documents > 0;
    for law in LAWS {
        let (count, faults) = laws.remove(law).unwrap_or_default();
        is_clean &= faults.is_empty();
        let tone = if faults.is_empty() {
            Tone::Good
        } else {
            Tone::Bad
        };
        let about = format!("{law}: {count} times, {} faults", faults.len());
        terminal.report(&line(tone, "Held", &about));
        for fault in faults.iter().take(NAMED) {
            terminal.problem(&line(Tone::Bad, "Fault", &visible(fault)));
        }
    }
    let about = format!("{documents} documents in {}", seconds(clock.elapsed()));
    let tone = if is_clean { Tone::Good } else { Tone::Bad };
    terminal.report(&line(tone, "Laws", &about));
    Ok(if is_clean { Exit::Fresh } else { Exit::Failure })
}

/// Checks each law that applies to a document; `None` for one that does not generate.
fn check(root: &Root) -> Option<Seen> {
    let disk = DiskSources::new(&root.ref_root, None).ok()?;
    let options = Options::new(disk.name_of(&root.path)?, "client");
    let output = generate(&disk, &options).ok()?;
    let loaded = load(
        &disk,
        &options.input,
        &options.budgets,
        &mut Diagnostics::new(),
    )?;
    let document = loaded.document()?.clone();
    let of = |text: String, options: &Options| {
        let bytes = text.into_bytes();
        let sources = Replaced {
            disk: &disk,
            name: options.input.clone(),
            bytes,
        };
        generate(&sources, options).map_err(|found| {
            let first = found.iter().find(|one| one.severity == Severity::Error);
            first.map_or_else(String::new, |one| one.message.clone())
        })
    };
    let with = |document: &Node| of(write::json(document), &options);
    let mut seen = vec![("itself", nothing(&output, &Ok(output.clone())))];
    let mut other = options.clone();
    let other_syntax = match options.input.strip_suffix(".json") {
        Some(name) => {
            other.input = format!("{name}.yaml");
            write::yaml(&document)
        }
        None => {
            other.input += ".json";
            write::json(&document)
        }
    };
    // its own files may refer to it by its name, which says what syntax it has
    if loaded.files().count() == 1 {
        seen.push(("syntax", nothing(&output, &of(other_syntax, &other))));
    }
    let shuffled = spellings::shuffled(&document, &mut random(root, 0));
    seen.push(("order", nothing(&output, &with(&shuffled))));
    if let Some(newer) = spellings::as_3_1(&document) {
        seen.push(("version", nothing(&output, &with(&newer))));
    }
    seen.push((
        "texts",
        only_texts(&output, &with(&spellings::reworded(&document))),
    ));
    let (renumbered, renames) = spellings::other_ids(&document, &output.api);
    if !renames.is_empty() {
        let mut options = options.clone();
        options.rename.operations = renames;
        let renamed = of(write::json(&renumbered), &options);
        seen.push(("operationIds", nothing(&output, &renamed)));
    }
    for seed in 1..=EDITS {
        let (edited, what) = edits::edited(&document, &mut random(root, seed));
        // an edit may leave a document that is not valid
        if let Ok(edited) = with(&edited) {
            let (there, back) = (compare(&output, &edited), compare(&edited, &output));
            let fault = fault([&output, &edited], &there, &back);
            seen.push((
                "edits",
                fault.map(|why| format!("{why} ({})", what.join(", "))),
            ));
        }
    }
    Some(seen)
}

/// Random numbers that are the same in each run.
fn random(root: &Root, seed: u64) -> fastrand::Rng {
    let of_name = root.name.bytes().fold(seed, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    fastrand::Rng::with_seed(of_name)
}

/// A folder in which one file has another text.
struct Replaced<'a> {
    disk: &'a DiskSources,
    name: String,
    bytes: Vec<u8>,
}

impl Sources for Replaced<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        if path == self.name {
            return Ok(self.bytes.clone());
        }
        self.disk.read(path)
    }
}

/// Returns what users would notice, if there is something: the order of members is nothing to them.
fn nothing(old: &Output, new: &Result<Output, String>) -> Option<String> {
    let changes = match new {
        Ok(new) => compare(old, new),
        Err(why) => return Some(format!("does not generate: {why}")),
    };
    let texts = (changes.texts > 0).then(|| format!("{} texts", changes.texts));
    noticed(&changes).or(texts)
}

/// Returns what users would notice beside texts, or that they would not notice these.
fn only_texts(old: &Output, new: &Result<Output, String>) -> Option<String> {
    let new = match new {
        Ok(new) => new,
        Err(why) => return Some(format!("does not generate: {why}")),
    };
    let changes = compare(old, new);
    let is_missed = changes.texts == 0 && old.files != new.files;
    noticed(&changes).or_else(|| is_missed.then(|| "no text differs".to_owned()))
}

fn noticed(changes: &Changes) -> Option<String> {
    let is_noticed = |change: &&Change| change.source > Level::None;
    let change = changes.list.iter().find(is_noticed)?;
    Some(format!("{} [{}]", change.text, change.rule))
}

/// Returns what is wrong with the changes from one output to another, and with those back: a difference that none of
/// them explains, or that the two directions contradict each other.
pub fn fault(sides: [&Output; 2], there: &Changes, back: &Changes) -> Option<String> {
    for changes in [there, back] {
        let is_generic = |change: &&Change| {
            change.rule.starts_with("item-") || change.rule == "generator-changed"
        };
        if let Some(change) = changes.list.iter().find(is_generic) {
            return Some(format!("not explained: {} [{}]", change.text, change.rule));
        }
    }
    let [old, new] = sides;
    if there.list.is_empty() && !surface_changes(&old.files, &new.files).is_empty() {
        return Some("public items differ without a change".to_owned());
    }
    let ((old_client, old_server), mirrored) = (worst(there), worst(back));
    ((old_server, old_client) != mirrored)
        .then(|| format!("{:?}, and back {mirrored:?}", (old_client, old_server)))
}

/// Returns the worst that happens to old programs, and to new ones with an old server.
fn worst(changes: &Changes) -> (Wire, Wire) {
    let worst = |side: fn(&Change) -> Wire| {
        let all = changes.list.iter().map(side).max();
        all.map_or(Wire::Works, |wire| wire.max(Wire::Works))
    };
    (
        worst(|change| change.old_client),
        worst(|change| change.old_server),
    )
}
