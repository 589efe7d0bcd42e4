//! UUIDs: read in any case, written in lower case with hyphens.

use uuid::Uuid;

use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

impl FromJson for Uuid {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_text("a UUID")?;
        Uuid::try_parse(&text).map_err(|_| Mismatch::expected("a UUID", &Json::Text(text)))
    }
}

impl ToJson for Uuid {
    fn to_json(&self) -> Json<'_> {
        Json::Text(self.to_string().into())
    }
}
