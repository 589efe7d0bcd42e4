//! What a reference such as `../common.yaml#/components/schemas/Id` leads to.

use crate::diagnostic::{Diagnostic, Place, code};
use crate::pointer::Pointer;

/// Why a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReference {
    /// It is a URL.
    Remote,
    /// It leads above the reference root.
    OutsideRoot,
    /// It is no reference to a file; the text tells why.
    Malformed(&'static str),
}

impl BadReference {
    /// The finding for a reference of this text at a place.
    pub fn diagnostic(self, reference: &str, at: impl Into<Place>) -> Diagnostic {
        match self {
            BadReference::Remote => {
                let message =
                    format!("`{reference}` is a URL, and nothing is read from the network");
                Diagnostic::new(code::REMOTE_REFERENCE, at, message)
                    .help("check the file in beside the document, and refer to it by its path")
            }
            BadReference::OutsideRoot => {
                let message = format!("`{reference}` leads out of the reference root");
                Diagnostic::new(code::OUTSIDE_ROOT, at, message)
                    .help("if the file belongs to the description, choose a higher `ref_root`")
            }
            BadReference::Malformed(why) => {
                let message = format!("`{reference}` is not a usable reference: {why}");
                Diagnostic::new(code::BAD_REFERENCE, at, message)
            }
        }
    }
}

/// The place that a reference leads to, when it stands in the file of `from`. Whether there is such a place is not asked here; for the
/// name of an anchor, [`Loaded::target`](super::Loaded::target) knows.
///
/// # Errors
///
/// [`BadReference`] for a URL, a path above the reference root, and what is neither a path, a JSON Pointer nor an anchor.
pub fn target(from: &Pointer, reference: &str) -> Result<Pointer, BadReference> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = decode(fragment)?;
    if !path.is_empty() && !path.starts_with('/') && !is_anchor(&path) {
        return Err(BadReference::Malformed(
            "behind `#` stands neither a JSON Pointer, which would begin with `/`, nor the name of an anchor",
        ));
    }
    if file.is_empty() {
        return Ok(from.in_same_file(path));
    }
    if is_url(file) {
        return Err(BadReference::Remote);
    }
    if file.contains(['\\', '?']) {
        return Err(BadReference::Malformed("a path has no `\\` and no `?`"));
    }
    let file = relative(from.file(), &decode(file)?)?;
    Ok(Pointer::root(file).in_same_file(path))
}

/// Whether a text can be an `$anchor`: a letter or `_`, then these, digits, `-` and `.`.
fn is_anchor(text: &str) -> bool {
    let first = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    text.starts_with(first)
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter))
}

/// `https://…`, `file:…`, `//host/…`, and `C:…`, which looks like one of them.
fn is_url(file: &str) -> bool {
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| {
        text.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && text
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    };
    file.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// A path beside the file `base`, with `.` and `..` resolved: `a/b.yaml` and `../c.yaml` give `c.yaml`.
fn relative(base: &str, path: &str) -> Result<String, BadReference> {
    if path.starts_with('/') {
        return Err(BadReference::OutsideRoot);
    }
    if path.contains(|letter: char| letter.is_control() || letter == '\\') {
        return Err(BadReference::Malformed(
            "a path has no control characters and no `\\`",
        ));
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(BadReference::OutsideRoot)?;
            }
            name => parts.push(name),
        }
    }
    if path.ends_with('/') || matches!(parts.last(), None | Some(&"")) {
        return Err(BadReference::Malformed("it names a folder"));
    }
    Ok(parts.join("/"))
}

/// Percent-decodes a part of a URI reference.
fn decode(text: &str) -> Result<String, BadReference> {
    const WRONG: BadReference =
        BadReference::Malformed("`%` is not followed by two hex digits of UTF-8");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || {
                let digit = char::from(rest.next().ok_or(WRONG)?);
                digit.to_digit(16).ok_or(WRONG)
            };
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).map_err(|_| WRONG)?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| WRONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads_to(from: &str, reference: &str) -> String {
        match target(&Pointer::root(from), reference) {
            Ok(pointer) => pointer.to_string(),
            Err(bad) => format!("{bad:?}"),
        }
    }

    #[test]
    fn paths_are_relative_to_the_referring_file() {
        let cases = [
            (
                "api.yaml",
                "#/components/schemas/Id",
                "api.yaml#/components/schemas/Id",
            ),
            ("api.yaml", "#", "api.yaml#"),
            ("api.yaml", "common.yaml#/Id", "common.yaml#/Id"),
            ("api.yaml", "./common.yaml", "common.yaml#"),
            ("v1/api.yaml", "../common.yaml#/a~1b", "common.yaml#/a~1b"),
            ("v1/api.yaml", "x/./../y.yaml", "v1/y.yaml#"),
            (
                "api.yaml",
                "my%20types.yaml#/paths/~1a%7Bid%7D",
                "my types.yaml#/paths/~1a{id}",
            ),
        ];
        for (from, reference, expected) in cases {
            assert_eq!(leads_to(from, reference), expected, "{reference}");
        }
    }

    #[test]
    fn nothing_above_the_root_and_nothing_remote() {
        let outside = [
            "../x.yaml",
            "/etc/passwd",
            "a/../../x.yaml",
            "%2e%2e/x.yaml",
            "..%2Fx.yaml",
            "%2Fx",
        ];
        for reference in outside {
            assert_eq!(
                leads_to("api.yaml", reference),
                "OutsideRoot",
                "{reference}"
            );
        }
        let remote = [
            "https://example.com/a.yaml#/x",
            "file:///etc/passwd",
            "//host/a.yaml",
            "C:/a.yaml",
            "HTTP:a",
        ];
        for reference in remote {
            assert_eq!(leads_to("api.yaml", reference), "Remote", "{reference}");
        }
    }

    #[test]
    fn what_is_no_reference_is_refused() {
        let malformed = [
            "a\\b.yaml",
            "a.yaml?x",
            "#1d",
            "#a b",
            "%zz.yaml",
            "%ff.yaml",
            "a%00.yaml",
            "a%5Cb",
            "x/",
            ".",
            "%4",
        ];
        for reference in malformed {
            let got = leads_to("api.yaml", reference);
            assert!(got.starts_with("Malformed"), "{reference}: {got}");
        }
    }
}
