//! Decodes the bytes of a file into text, and detects its syntax.

use serde::de::IgnoredAny;

/// The text of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'b> {
    /// The text without a byte order mark.
    pub(crate) text: &'b str,
    /// The offset of the text in the file: 3 after a byte order mark, else 0.
    pub(crate) base: usize,
    pub(crate) syntax: Syntax,
}

/// The syntax of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Yaml,
}

impl<'b> Text<'b> {
    /// Decodes the file `path`.
    ///
    /// # Errors
    ///
    /// The offset of the first byte that is not UTF-8.
    pub(crate) fn decode(path: &str, bytes: &'b [u8]) -> Result<Self, usize> {
        let whole = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
        let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        Ok(Text {
            text,
            base: whole.len() - text.len(),
            syntax: Syntax::of(path, text),
        })
    }
}

impl Syntax {
    /// Detects the syntax: JSON for a file named `.json`, else YAML, unless it is well-formed JSON: YAML rejects some
    /// escapes of JSON.
    fn of(path: &str, text: &str) -> Self {
        let named_json = path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("json"));
        let looks_like_json = || {
            text.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
        };
        if named_json || looks_like_json() {
            Syntax::Json
        } else {
            Syntax::Yaml
        }
    }
}
