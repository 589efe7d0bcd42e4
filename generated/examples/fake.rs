//! The fake of HubSpot's endpoint as a process of its own, to point programs at: it runs until it is killed.
//!
//! `cargo run -p hubspot-products --example fake -- --port 8080 --ledger ledger.jsonl --faults 0.1`
//!
//! It takes the token `pat-na1-may-write`. The ledger is what an audit compares with what a client believes: each
//! request that arrived, each product that was written and each reply that went out, as a line of JSON.

#[allow(dead_code, reason = "the tests need more of the fake than this")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use clap::Parser;
use support::{Fake, TOKEN};

/// A fake of HubSpot's batch upsert of products.
#[derive(Parser)]
struct Arguments {
    /// The port on 127.0.0.1; 0 for any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The file to which the ledger is written.
    #[arg(long)]
    ledger: Option<PathBuf>,
    /// The share of replies that go wrong: 0.1 is one in ten.
    #[arg(long, default_value_t = 0.0)]
    faults: f64,
    /// Where the dice for the faults begin.
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
