//! Runs the fake of HubSpot's endpoint as a process, until it is killed.
//!
//! `cargo run -p hubspot-products --example fake -- --port 8080 --ledger ledger.jsonl --faults 0.1`
//!
//! It accepts the token `pat-na1-may-write`. The ledger has each request, each product that was written and each
//! response as a line of JSON, to compare with the outcomes of a client.

#[allow(dead_code, reason = "the tests need more of the fake than this")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use clap::Parser;
use support::{Fake, TOKEN};

/// A fake of HubSpot's batch upsert of products.
#[derive(Parser)]
struct Arguments {
    /// The port on 127.0.0.1; 0 for any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The file of the ledger.
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// The share of faulty responses, such as 0.1.
    #[arg(long, default_value_t = 0.0)]
    faults: f64,
    /// The seed of the faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let fake = Fake::serve(arguments.port, arguments.ledger.as_deref())?;
    fake.misbehave(arguments.faults, arguments.seed);
    println!("{} takes the token {TOKEN}", fake.url());
    loop {
        std::thread::park(); // the server has threads of its own
    }
}
