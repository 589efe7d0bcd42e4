//! UUIDs: decoded in any case, encoded in lower case with hyphens.

use uuid::Uuid;

use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

impl FromJson for Uuid {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_string("a UUID")?;
        Uuid::try_parse(&text).map_err(|_| Mismatch::expected("a UUID", &Json::String(text)))
    }
}

impl ToJson for Uuid {
    fn to_json(&self) -> Json<'_> {
        Json::String(self.to_string().into())
    }
}
