//! Any bytes as a document, in either syntax: an output or diagnostics, and the same twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../oracle.rs"]
mod oracle;

fuzz_target!(|bytes: &[u8]| {
    oracle::check("api.yaml", bytes);
    oracle::check("api.json", bytes);
});
