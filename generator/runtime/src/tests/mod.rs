//! Tests of the files that generated crates contain. They are outside of `runtime`, all of which is copied.
//!
//! `sample` is a small piece of what the generator writes; the others are named after what they test.

use std::fmt::Debug;

use crate::runtime::wire::{FromJson, Json, Read, ToJson};

mod authorization;
mod base_url;
mod bodies;
mod builder;
mod bulk;
mod bulk_outages;
mod call;
mod date_times;
mod escape_hatch;
mod failure;
mod headers;
mod kinds;
mod limits;
#[cfg(feature = "reqwest")]
mod loopback;
mod media_types;
mod mutations;
mod nested_parameters;
mod numbers;
#[cfg(feature = "timer")]
mod oauth;
mod objects;
#[cfg(feature = "timer")]
mod outages;
mod parameters;
mod promises;
#[cfg(feature = "timer")]
mod rate_limit;
mod received;
#[cfg(feature = "timer")]
mod retries;
mod retry_parts;
mod sample;
mod secrets;
mod servers;
mod setters;
#[cfg(feature = "reqwest")]
mod sockets;
mod streams;
#[cfg(feature = "testing")]
mod testing;
mod text_enums;
#[cfg(feature = "timer")]
mod tokens;
mod transports;
mod undeclared;
mod unions;
mod unions_in_unions;
mod values;

/// Decodes a JSON text as a type.
fn read<T: FromJson>(text: &str) -> Read<T> {
    Json::parse(text.as_bytes()).expect("it is JSON").read()
}

/// Returns the error of decoding a JSON text as a type.
fn error_of<T: FromJson + Debug>(text: &str) -> String {
    read::<T>(text).expect_err("it does not fit").to_string()
}

/// Encodes a value as JSON text.
fn written(value: &impl ToJson) -> String {
    serde_json::to_string(&value.to_json()).expect("it can be encoded")
}

/// Runs a future to its end, with a runtime of its own.
fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime with no settings")
        .block_on(future)
}
