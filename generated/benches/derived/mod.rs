//! The types of the endpoint with serde's derives, and a response with 100 results, for comparison.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The body of a 200, as one would write it by hand.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Derived {
    pub status: Status,
    pub results: Vec<DerivedProduct>,
    pub started_at: DateTime<Utc>,
    pub completed_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    Pending,
    Processing,
    Canceled,
    Complete,
    #[serde(untagged)]
    Unknown(String),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DerivedProduct {
    pub id: String,
    pub properties: BTreeMap<String, Option<String>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub archived: bool,
    pub new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_write_trace_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties_with_history: Option<BTreeMap<String, Vec<History>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<Vec<Warning>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct History {
    pub value: String,
    pub timestamp: DateTime<Utc>,
    pub source_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by_user_id: Option<i32>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Warning {
    pub category: String,
    pub message: String,
    pub context: BTreeMap<String, String>,
}

/// A batch, as one would write it by hand.
#[derive(Debug, Serialize)]
pub struct DerivedBatch {
    pub inputs: Vec<DerivedInput>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DerivedInput {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_property: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_write_trace_id: Option<String>,
    pub properties: BTreeMap<String, String>,
}

/// Returns about 46 KB, with members in the order of the endpoint.
pub fn response() -> Bytes {
    let product = |number: usize| {
        format!(
            r#"{{"id":"1029384{number}","properties":{{"createdate":"2026-03-02T09:15:30.118Z","description":"A \"longer\" text that says what this is about","hs_lastmodifieddate":"2026-03-02T09:15:30.118Z","hs_object_id":"1029384{number}","hs_sku":"sku-{number}","name":"Widget {number}","price":"9.99","tax":null}},"createdAt":"2026-03-02T09:15:30.118Z","updatedAt":"2026-03-02T09:15:30.118Z","archived":false,"new":true,"objectWriteTraceId":"row-{number}","url":"https://app.hubspot.com/contacts/62515/record/0-7/1029384{number}"}}"#
        )
    };
    let products: Vec<String> = (0..100).map(product).collect();
    let products = products.join(",");
    format!(
        r#"{{"status":"COMPLETE","results":[{products}],"startedAt":"2026-03-02T09:15:30.118Z","completedAt":"2026-03-02T09:15:31.020Z"}}"#
    )
    .into()
}
