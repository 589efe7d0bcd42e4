//! Bytes as a document, by either reader: a result or findings, and the same twice.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../oracle.rs"]
mod oracle;

fuzz_target!(|bytes: &[u8]| {
    oracle::check("api.yaml", bytes);
    oracle::check("api.json", bytes);
});
