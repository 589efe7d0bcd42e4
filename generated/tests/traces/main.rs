//! What is traced, and that no secret is, nor shown in any other way. A process of its own, since there is one
//! subscriber, one logger and one panic hook in it.

#[allow(dead_code, reason = "others need more of the fake than this")]
#[path = "../support/mod.rs"]
mod support;

mod attempts;
mod canary;
mod recorder;

use hubspot_products::{UpsertBatch, UpsertInput};

/// Two products that can be written.
fn batch() -> UpsertBatch {
    UpsertBatch::new(["SKU-1", "SKU-2"].map(|sku| {
        UpsertInput::new(sku, [("price", "9.99")])
            .with_id_property("hs_sku")
            .with_object_write_trace_id(sku)
    }))
}
