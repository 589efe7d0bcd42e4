//! Base64 strings.

use std::fmt;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

use crate::runtime::wire::{FromJson, Json, Mismatch, Read, ToJson};

/// Bytes that are a base64 string in JSON (RFC 4648, the standard alphabet).
///
/// Padding is optional when decoding, and a decoded value is encoded as it was. New values have padding.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64 {
    bytes: Bytes,
    unpadded: bool,
}

const PADDED: GeneralPurpose = engine(true);
const UNPADDED: GeneralPurpose = engine(false);

const fn engine(padded: bool) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(padded)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&base64::alphabet::STANDARD, config)
}

impl Base64 {
    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the bytes, owned.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = PADDED.decode(text).ok()?;
        Some(Base64 {
            unpadded: !text.len().is_multiple_of(4),
            bytes: bytes.into(),
        })
    }
}

impl<T: Into<Bytes>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Base64 {
            bytes: bytes.into(),
            unpadded: false,
        }
    }
}

/// Displays base64, as it is sent.
impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = if self.unpadded { UNPADDED } else { PADDED };
        f.pad(&engine.encode(&self.bytes))
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.bytes.len())
    }
}

impl FromJson for Base64 {
    fn from_json(json: Json<'_>) -> Read<Self> {
        let text = json.into_string("base64")?;
        Base64::parse(&text).ok_or_else(|| Mismatch::expected("base64", &Json::String(text)))
    }
}

impl ToJson for Base64 {
    fn to_json(&self) -> Json<'_> {
        Json::String(self.to_string().into())
    }
}

impl<'de> serde::Deserialize<'de> for Base64 {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        crate::runtime::wire::deserialize(source)
    }
}

impl serde::Serialize for Base64 {
    fn serialize<S: serde::Serializer>(&self, target: S) -> Result<S::Ok, S::Error> {
        crate::runtime::wire::serialize(self, target)
    }
}
