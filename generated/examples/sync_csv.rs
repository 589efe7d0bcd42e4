//! Synchronizes the products of an account with a CSV file, and can be interrupted at any moment.
//!
//! ```text
//! sync_csv --sample 1000 products.csv            writes a sample CSV file
//! sync_csv products.csv outcomes.csv             sends it
//! sync_csv products.csv outcomes.csv --dry-run   prints what would be sent
//! ```
//!
//! The column `id` has the unique value that identifies the product, each other column a property; an empty cell clears
//! the property. The outcome of each row is appended to the second file as soon as it is known: `id,outcome,reason`.
//! After a restart the program sends the rows without an outcome, so that after Ctrl-C, a crash or `kill -9` at most
//! the batches in flight are sent twice. Rows that were not sent get no line. To send a row again, remove its line.
//!
//! With `HUBSPOT_TOKEN` it uses HubSpot; otherwise a built-in fake, or the one at `--base-url`.

#[allow(dead_code, reason = "the tests need more of the fake than this")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::HashMap;
use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use csv::{Reader, StringRecord};
use hubspot_products::bulk::{Outcome, Settled, StopHandle, Summary, UpsertProductsBatch};
use hubspot_products::{Client, UpsertInput};
use indicatif::{ProgressBar, ProgressStyle};
use support::{Fake, TOKEN};

type Failure = Box<dyn Error + Send + Sync>;

/// The column that identifies the product.
const ID: &str = "id";

/// Synchronizes the products of an account with a CSV file.
#[derive(Parser)]
struct Arguments {
    /// The CSV file, with a column `id` and a column for each property.
    input: PathBuf,
    /// The file to which outcomes are appended.
    #[arg(required_unless_present = "sample")]
    output: Option<PathBuf>,
    /// Write this number of products to INPUT, and send nothing.
    #[arg(long, value_name = "N", conflicts_with = "output")]
    sample: Option<usize>,
    /// Override the server.
    #[arg(long)]
    base_url: Option<String>,
    /// The unique property of the ids.
    #[arg(long, default_value = "hs_sku")]
    id_property: String,
    /// Print what would be sent, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match sync(&Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sync_csv: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn sync(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if let Some(count) = arguments.sample {
        sample(&arguments.input, count)?;
        return Ok(ExitCode::SUCCESS);
    }
    let output = arguments.output.as_deref().ok_or("OUTPUT is missing")?;
    let rows = check(&arguments.input)?;
    let done = done(output)?;
    let left = rows.saturating_sub(done.values().sum());
    if arguments.dry_run {
        println!(
            "{rows} rows, {left} of them without an outcome: at least {} calls",
            left.div_ceil(100)
        );
        return Ok(ExitCode::SUCCESS);
    }
    let inputs = inputs(&arguments.input, &arguments.id_property, done)?;
    let fake; // lives as long as the client that speaks with it
    let client = match (std::env::var("HUBSPOT_TOKEN"), &arguments.base_url) {
        (Ok(token), Some(url)) => Client::builder().token(token).base_url(url),
        (Ok(token), None) => Client::builder().token(token),
        (Err(_), Some(url)) => Client::builder().token(TOKEN).base_url(url),
        (Err(_), None) => {
            fake = Fake::serve(0, None)?;
            Client::builder().token(TOKEN).base_url(fake.url())
        }
    };
    let outcomes = open(output)?;
    let summary = send(&client.build()?, inputs, outcomes, left as u64).await?;
    println!("{summary}; {} calls", summary.calls);
    if summary.settled() == left as u64 && summary.not_sent == 0 {
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE) // some rows have no outcome yet
    }
}

/// Sends the inputs, and writes each outcome before it takes the next.
async fn send(
    client: &Client,
    inputs: impl Iterator<Item = UpsertInput> + Send,
    mut outcomes: File,
    left: u64,
) -> Result<Summary, Failure> {
    let bar = ProgressBar::new(left);
    bar.set_style(ProgressStyle::with_template(
        "{wide_bar} {pos}/{len}, {per_sec}, {eta} left: {msg}",
    )?);
    let told = bar.clone();
    let mut run = client
        .upsert_products_all(inputs)
        .on_progress(move |summary| {
            told.set_position(summary.settled());
            told.set_message(format!(
                "{} written, {} rejected, {} not sent, {} unaccounted",
                summary.written, summary.rejected, summary.not_sent, summary.unaccounted
            ));
        });
    stop_on_interrupt(run.stop_handle());
    let mut unsent = None;
    while let Some(settled) = run.next().await {
        match &settled.outcome {
            Outcome::NotSent(why) => {
                unsent.get_or_insert_with(|| why.to_string());
            }
            _ => outcomes.write_all(&line(&settled)?)?, // one write, so that a crash tears at most one line
        }
    }
    bar.finish();
    outcomes.sync_all()?;
    if let Some(why) = unsent {
        eprintln!("sync_csv: rows were not sent, the first because: {why}");
    }
    Ok(run.summary())
}

/// The first Ctrl-C waits for the batches in flight; the second exits at once.
fn stop_on_interrupt(stop: StopHandle) {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if stop.is_stopped() {
                std::process::exit(130);
            }
            stop.stop();
        }
    });
}

/// Formats `SKU-1,written,new` with its line ending.
fn line(settled: &Settled<UpsertProductsBatch>) -> Result<Vec<u8>, Failure> {
    let mut line = csv::Writer::from_writer(Vec::new());
    let reason = settled.outcome.to_string().replace(['\r', '\n'], " ");
    line.write_record([settled.input.id.as_str(), settled.outcome.as_str(), &reason])?;
    Ok(line.into_inner()?)
}

/// Checks all rows before anything is sent, and returns their number.
fn check(path: &Path) -> Result<usize, Failure> {
    let mut reader = reader(path)?;
    let id = column(&mut reader, path)?;
    let mut rows = 0;
    for record in reader.records() {
        let record = record.map_err(|error| format!("{}: {error}", path.display()))?;
        let (value, position) = (record.get(id).unwrap_or_default(), record.position());
        if value.is_empty() || value.contains(['\r', '\n']) {
            let place = position.map_or(0, csv::Position::line);
            return Err(format!(
                "{}:{place}: `{ID}` is empty, or has a line break in it",
                path.display()
            )
            .into());
        }
        rows += 1;
    }
    Ok(rows)
}

fn reader(path: &Path) -> Result<Reader<File>, Failure> {
    let reader = csv::ReaderBuilder::new().from_path(path);
    Ok(reader.map_err(|error| format!("{}: {error}", path.display()))?)
}

fn column(reader: &mut Reader<File>, path: &Path) -> Result<usize, Failure> {
    let found = reader.headers()?.iter().position(|name| name == ID);
    let missing = || format!("{}: there is no column `{ID}`", path.display());
    Ok(found.ok_or_else(missing)?)
}

/// Returns the rows without an outcome. If an id is in several rows, its outcomes are in the order of its rows.
fn inputs(
    path: &Path,
    id_property: &str,
    mut done: HashMap<String, usize>,
) -> Result<impl Iterator<Item = UpsertInput> + Send + use<>, Failure> {
    let mut reader = reader(path)?;
    let id = column(&mut reader, path)?;
    let (headers, id_property) = (reader.headers()?.clone(), id_property.to_owned());
    let records = reader.into_records().map_while(Result::ok); // `check` has read them all
    let left =
        records.filter(
            move |record| match done.get_mut(record.get(id).unwrap_or_default()) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            },
        );
    Ok(left.map(move |record| input(&headers, &record, id, &id_property)))
}

fn input(headers: &StringRecord, record: &StringRecord, id: usize, property: &str) -> UpsertInput {
    let cells = headers.iter().zip(record).enumerate();
    let properties = cells
        .filter(|(place, _)| *place != id)
        .map(|(_, cell)| cell);
    UpsertInput::new(record.get(id).unwrap_or_default(), properties).with_id_property(property)
}

/// Returns the number of outcomes of each id. A line without an ending is incomplete after a crash, and does not count.
fn done(path: &Path) -> Result<HashMap<String, usize>, Failure> {
    let mut done = HashMap::new();
    let Some(mut file) = existing(path)? else {
        return Ok(done);
    };
    let length = whole_lines(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    for record in csv::Reader::from_reader(file.take(length)).records() {
        let record = record.map_err(|error| format!("{}: {error}", path.display()))?;
        *done
            .entry(record.get(0).unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    Ok(done)
}

/// Opens the outcomes after the last complete line; a new file starts with a header.
fn open(path: &Path) -> Result<File, Failure> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let length = whole_lines(&mut file)?;
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length))?;
    if length == 0 {
        file.write_all(b"id,outcome,reason\n")?;
    }
    Ok(file)
}

fn existing(path: &Path) -> Result<Option<File>, Failure> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// Returns the length of the file up to its last line ending.
fn whole_lines(file: &mut File) -> std::io::Result<u64> {
    let mut length = 0;
    let mut read = 0;
    let mut piece = [0; 1 << 16];
    loop {
        let count = file.read(&mut piece)?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok(length);
        };
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            length = read + end as u64 + 1;
        }
        read += count as u64;
    }
}

/// Returns sample products.
fn sample(path: &Path, count: usize) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(BufWriter::new(File::create(path)?));
    writer.write_record([ID, "name", "price", "color", "description"])?;
    for number in 0..count {
        let color = ["red", "green", "blue"][number % 3];
        writer.write_record([
            &format!("SKU-{number:06}"),
            &format!("Widget {number}"),
            &format!("{}.{:02}", 1 + number % 500, number % 100),
            color,
            &format!("A {color} widget, \"number {number}\" of the sample"),
        ])?;
    }
    writer.flush()?;
    Ok(())
}
