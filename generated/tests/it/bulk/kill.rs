//! `sync_csv` against the fake as a process, killed at moments that dice choose, and started again: in the end every
//! row has one outcome, and the outcomes agree with the fake's ledger.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::{Entry, Ledger};

/// How many calls are on their way at once, and how many inputs a call has.
const ON_THEIR_WAY: usize = 4 * 100;

/// A process of an example; it ends with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it may have ended by itself
        let _ = self.0.wait();
    }
}

/// The folder of the examples, which are built first: `cargo test --test it` does not.
fn examples() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("it is `tmp` in the target directory");
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--offline",
            "--example",
            "fake",
            "--example",
            "sync_csv",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_TARGET_DIR", target)
        .status();
    assert!(
        built
            .expect("cargo runs, since it runs this test")
            .success()
    );
    target.join("debug/examples")
}

/// Starts the fake; gives where it listens, too.
fn fake(examples: &Path, ledger: &Path, seed: u64) -> (Process, String) {
    let mut fake = Command::new(examples.join("fake"))
        .args(["--faults", "0.1", "--seed", &seed.to_string(), "--ledger"])
        .arg(ledger)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it was built");
    let said = fake.stdout.take().expect("it is piped");
    let mut line = String::new();
    BufReader::new(said)
        .read_line(&mut line)
        .expect("it says where it listens");
    let url = line.split(' ').next().expect("a line has a first word");
    (Process(fake), url.to_owned())
}

fn sync_csv(examples: &Path, input: &Path, output: &Path, url: &str) -> Process {
    let process = Command::new(examples.join("sync_csv"))
        .args([input, output])
        .args(["--base-url", url])
        .env_remove("HUBSPOT_TOKEN")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Process(process.expect("it was built"))
}

fn lines(path: &Path) -> usize {
    std::fs::read(path).map_or(0, |bytes| {
        bytes.iter().filter(|byte| **byte == b'\n').count()
    })
}

/// A fake with faults, and a file of rows for it.
struct Setup {
    examples: PathBuf,
    input: PathBuf,
    output: PathBuf,
    ledger: PathBuf,
    _fake: Process,
    url: String,
}

impl Setup {
    fn new(name: &str, rows: usize, seed: u64) -> Self {
        let examples = examples();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder); // of an earlier run
        std::fs::create_dir_all(&folder).expect("a folder of this test");
        let [input, output, ledger] =
            ["in.csv", "out.csv", "ledger.jsonl"].map(|file| folder.join(file));
        let mut sample = Command::new(examples.join("sync_csv"));
        let sample = sample
            .args(["--sample", &rows.to_string()])
            .arg(&input)
            .status();
        assert!(sample.expect("it was built").success());
        let (fake, url) = fake(&examples, &ledger, seed);
        Setup {
            examples,
            input,
            output,
            ledger,
            _fake: fake,
            url,
        }
    }

    fn sync(&self) -> Process {
        sync_csv(&self.examples, &self.input, &self.output, &self.url)
    }
}

/// Kills it so many times, and then lets it end.
fn kill_again_and_again(name: &str, rows: usize, kills: usize, seed: u64) {
    let setup = Setup::new(name, rows, seed);
    let output = &setup.output;
    let mut dice = seed;
    for _ in 0..kills {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let more = (dice >> 33) as usize % (rows / kills);
        let (begin, mut process) = (lines(output), setup.sync());
        while lines(output) < begin + more && process.0.try_wait().expect("it is ours").is_none() {
            std::thread::yield_now();
        }
        drop(process); // by SIGKILL
    }
    let mut last = setup.sync();
    assert!(last.0.wait().expect("it is ours").success());
    compare(rows, kills, &setup);
}

/// A file of records behind a header, by the first cell.
fn read(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_path(path).expect("it was written");
    let mut rows = BTreeMap::new();
    for record in reader.records() {
        let record: Vec<String> = record
            .expect("a whole line")
            .iter()
            .map(str::to_owned)
            .collect();
        let before = rows.insert(record[0].clone(), record);
        assert!(before.is_none(), "{before:?} is there twice");
    }
    rows
}

fn compare(rows: usize, kills: usize, setup: &Setup) {
    let (sent, outcomes) = (read(&setup.input), read(&setup.output));
    assert_eq!(outcomes.len(), rows);
    let mut commits: HashMap<String, usize> = HashMap::new();
    let (mut calls, mut received) = (0, 0);
    for entry in Ledger::read(&setup.ledger).expect("a ledger") {
        match entry {
            Entry::Received { ids, .. } => {
                calls += 1;
                received += ids.len();
            }
            Entry::Committed { id, properties, .. } => {
                let names = ["name", "price", "color", "description"];
                let sent = names.iter().zip(&sent[&id][1..]);
                assert!(
                    sent.eq(properties_in(&properties, &names)),
                    "{id}: {properties:?}"
                );
                *commits.entry(id).or_default() += 1;
            }
            Entry::Answered { .. } => {}
        }
    }
    for (id, outcome) in &outcomes {
        assert_eq!(outcome[1], "written", "{outcome:?}");
        assert!(commits.contains_key(id), "{id} was never written");
    }
    assert_eq!(commits.len(), rows);
    let again: usize = commits.values().map(|times| times - 1).sum();
    println!(
        "{rows} rows, {kills} kills: {calls} requests with {received} inputs; all written, {again} of them again"
    );
    assert!(
        received <= 2 * rows + kills * ON_THEIR_WAY,
        "{received} inputs were sent"
    );
}

fn properties_in<'a>(
    properties: &'a BTreeMap<String, String>,
    names: &'a [&'static str],
) -> impl Iterator<Item = (&'a &'static str, &'a String)> {
    names.iter().map(|name| (name, &properties[*name]))
}

#[test]
fn a_few_times() {
    kill_again_and_again("kill", 2_000, 3, 7);
}

/// `cargo test -p hubspot-products --test it -- --ignored --nocapture kill`
#[test]
#[ignore = "takes minutes"]
fn twenty_times() {
    kill_again_and_again("kill-20", 20_000, 20, 2026);
}

/// One reply in ten goes wrong, and the client is a process of its own, whose memory is looked at:
/// `cargo test -p hubspot-products --test it -- --ignored --nocapture hundred_thousand_rows`
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes"]
fn a_hundred_thousand_rows_in_little_memory() {
    let rows = 100_000;
    let setup = Setup::new("memory", rows, 2026);
    let start = std::time::Instant::now();
    let mut client = setup.sync();
    let mut peak = 0;
    let status = loop {
        if let Some(status) = client.0.try_wait().expect("it is ours") {
            break status;
        }
        peak = peak_memory(client.0.id()).unwrap_or(peak);
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    let (time, input) = (start.elapsed(), std::fs::metadata(&setup.input));
    let input = input.expect("it was written").len();
    println!("{rows} rows, {input} bytes: {time:.1?}, at most {peak} bytes of memory");
    assert!(status.success() && peak > 0);
    assert!(peak < (64 << 20) + input, "{peak}");
    compare(rows, 0, &setup);
}

/// The most memory that a process has had, as long as it runs.
#[cfg(target_os = "linux")]
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().split(' ').next()?.parse().ok()?;
    Some(kilobytes * 1024)
}
