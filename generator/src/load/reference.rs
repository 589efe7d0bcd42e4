//! Resolves references such as `../common.yaml#/components/schemas/Id` to pointers.

use crate::diagnostic::{Diagnostic, Place, code};
use crate::pointer::Pointer;

/// Why a reference cannot be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadReference {
    /// The reference is a URL.
    Remote,
    /// The reference leads outside the reference root.
    OutsideRoot,
    /// The reference is malformed; the text says why.
    Malformed(&'static str),
}

impl BadReference {
    /// Creates the diagnostic for the reference with this text.
    pub fn diagnostic(self, reference: &str, at: impl Into<Place>) -> Diagnostic {
        match self {
            BadReference::Remote => {
                let message = format!("`{reference}` is a URL; remote files are not read");
                Diagnostic::new(code::REMOTE_REFERENCE, at, message)
                    .help("check the file in beside the document, and reference it by its path")
            }
            BadReference::OutsideRoot => {
                let message = format!("`{reference}` is outside the reference root");
                Diagnostic::new(code::OUTSIDE_ROOT, at, message)
                    .help("if the file belongs to the description, set a higher `ref_root`")
            }
            BadReference::Malformed(why) => {
                let message = format!("invalid reference `{reference}`: {why}");
                Diagnostic::new(code::BAD_REFERENCE, at, message)
            }
        }
    }
}

/// Returns the target of a reference in the file of `from`. The target need not exist; anchors are resolved by
/// [`Loaded::target`](super::Loaded::target).
///
/// # Errors
///
/// [`BadReference`] for a URL, a path outside the reference root, and a malformed path or fragment.
pub fn target(from: &Pointer, reference: &str) -> Result<Pointer, BadReference> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = decode(fragment)?;
    if !path.is_empty() && !path.starts_with('/') && !is_anchor(&path) {
        return Err(BadReference::Malformed(
            "the fragment is neither a JSON Pointer, which starts with `/`, nor the name of an anchor",
        ));
    }
    if file.is_empty() {
        return Ok(from.in_same_file(path));
    }
    if is_url(file) {
        return Err(BadReference::Remote);
    }
    if file.contains(['\\', '?']) {
        return Err(BadReference::Malformed("the path contains `\\` or `?`"));
    }
    let file = relative(from.file(), &decode(file)?)?;
    Ok(Pointer::root(file).in_same_file(path))
}

/// Returns whether a fragment can be an `$anchor`: a letter or `_`, then letters, digits, `_`, `-` and `.`.
fn is_anchor(fragment: &str) -> bool {
    fragment.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && fragment
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(letter))
}

/// Returns whether a reference is a URL: `https://…`, `file:…`, `//host/…`, and `C:…`, which looks like one.
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

/// Resolves a path relative to the file `base`: `../c.yaml` in `a/b.yaml` is `c.yaml`.
fn relative(base: &str, path: &str) -> Result<String, BadReference> {
    if path.starts_with('/') {
        return Err(BadReference::OutsideRoot);
    }
    if path.contains(|letter: char| letter.is_control() || letter == '\\') {
        return Err(BadReference::Malformed(
            "the path contains a control character or `\\`",
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
        return Err(BadReference::Malformed("the path names a folder"));
    }
    Ok(parts.join("/"))
}

/// Decodes the percent-encoding of a part of a URI reference.
fn decode(text: &str) -> Result<String, BadReference> {
    const WRONG: BadReference = BadReference::Malformed("invalid percent-encoding of UTF-8");
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
    fn malformed_references_are_rejected() {
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
