//! Which words of traffic can be shown: those that look like names, as `createdAt` does, and not like somebody's data,
//! as `2f6c1d` or `ada@example.com` do.
//!
//! Reports and overlays contain names and shapes only. Names of members, media types and listed values pass this check;
//! any other word is left out, or replaced by `{}` in a path.

/// The longest word that is shown.
const MAX_LENGTH: usize = 40;

/// The longest part between separators and capitals: `configuration`. A longer one is a token.
const MAX_PART: usize = 20;

/// Returns whether a word looks like a name: a letter first, then letters, digits and separators, and few digits.
pub(super) fn is_name(word: &str) -> bool {
    let starts_well =
        word.starts_with(|letter: char| letter.is_ascii_alphabetic() || "_$@".contains(letter));
    let has_known_letters = word
        .chars()
        .skip(1)
        .all(|letter| letter.is_ascii_alphanumeric() || "_-.:$".contains(letter));
    let has_letter = word.chars().any(|letter| letter.is_ascii_alphabetic());
    starts_well
        && has_known_letters
        && has_letter
        && word.len() <= MAX_LENGTH
        && !looks_like_data(word)
}

/// Returns whether a segment of a path that is in no template can be shown: `users` and `v1`, not `12` or `a.b@c.example`.
pub(super) fn is_segment(word: &str) -> bool {
    word.is_empty() || (is_name(word) && !word.contains([':', '$', '@']))
}

/// Returns `type/subtype` of a media type in lower case, without parameters, if it looks like one.
pub(super) fn media_type(header: &str) -> Option<String> {
    const TYPES: [&str; 9] = [
        "application",
        "audio",
        "font",
        "image",
        "message",
        "model",
        "multipart",
        "text",
        "video",
    ];
    let essence = essence(header);
    let (kind, subtype) = essence.split_once('/')?;
    let is_known = TYPES.contains(&kind) && subtype.split('+').all(is_subtype);
    is_known.then_some(essence)
}

/// Returns whether a part of a subtype looks like a name. It can begin with a digit, as `3gpp` does, and frameworks send
/// `application/.json`.
fn is_subtype(word: &str) -> bool {
    let word = word.strip_prefix('.').unwrap_or(word);
    let begins = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    is_name(begins) && !looks_like_data(word)
}

/// Returns a media type in lower case without its parameters: `application/json` of `Application/JSON; charset=utf-8`.
pub(super) fn essence(header: &str) -> String {
    let essence = header.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Digits in several places, or many of them: `a1b2c3`, `id-2024-11-27`. Many capitals among small letters:
/// `QWxhZGRpbjpv`. A part without end: `xkqjzvbwmptrhdfgnlsyc`.
fn looks_like_data(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = letters
        .iter()
        .filter(|letter| letter.is_ascii_digit())
        .count();
    let changes = letters
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    let capitals = letters
        .iter()
        .filter(|letter| letter.is_ascii_uppercase())
        .count();
    let has_small = letters.iter().any(char::is_ascii_lowercase);
    let is_mixed = has_small && letters.len() > 10 && capitals * 3 > letters.len();
    digits > 3 || changes > 2 || is_mixed || longest_part(word) > MAX_PART
}

fn longest_part(word: &str) -> usize {
    let (mut longest, mut current) = (0, 0);
    let mut before_is_small = false;
    for letter in word.chars() {
        let begins = letter.is_ascii_uppercase() && before_is_small;
        current = match letter.is_ascii_alphanumeric() {
            false => 0,
            true if begins => 1,
            true => current + 1,
        };
        before_is_small = letter.is_ascii_lowercase();
        longest = longest.max(current);
    }
    longest
}

/// How the letters of a listed value are written: values of one list are written alike.
#[derive(Debug, PartialEq, Eq)]
struct Style {
    has_capitals: bool,
    has_small: bool,
    has_digits: bool,
}

impl Style {
    fn of(word: &str) -> Self {
        Style {
            has_capitals: word.contains(|letter: char| letter.is_ascii_uppercase()),
            has_small: word.contains(|letter: char| letter.is_ascii_lowercase()),
            has_digits: word.contains(|letter: char| letter.is_ascii_digit()),
        }
    }
}

/// Returns whether a value can be added to a list of values: it looks like a name, and is written like one that is
/// listed. `ARCHIVED` belongs beside `ACTIVE`; `Ada` and `hunter2` do not.
///
/// The values of an enum are names that programmers chose, as those of members are, so they can be shown. A server that
/// sends free text where the document lists values is found by this check, too: its words are not all alike.
pub(super) fn is_listed_alike<'l>(word: &str, mut listed: impl Iterator<Item = &'l str>) -> bool {
    let style = Style::of(word);
    is_name(word) && listed.any(|other| Style::of(other) == style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_data() {
        for name in [
            "id",
            "createdAt",
            "created_at",
            "X-Request-Id",
            "sha256",
            "oauth2",
            "@type",
            "$ref",
            "userID",
            "v1",
            "addressLine1",
            "ns:name",
            "CONFIGURATION_CHANGED",
            "vnd.example.v2",
            "_links",
            "hs_sku",
        ] {
            assert!(is_name(name), "{name}");
        }
        for data in [
            "",
            "12",
            "2f6c1d",
            "ada@example.com",
            "a1b2c3d4",
            "3f2a8c1e-5d0b-4c67-9a6e-0b8f1d2c4e71",
            "Ada Lovelace",
            "2024-11-27",
            "s3cr3t",
            "x20241127",
            "QWxhZGRpbjpvcGVu",
            "xkqjzvbwmptrhdfgnlsycq",
            "größe",
            "+49",
            "_",
            "a/b",
        ] {
            assert!(!is_name(data), "{data}");
        }
    }

    #[test]
    fn media_types_have_no_parameters() {
        for (header, expected) in [
            ("Application/JSON; charset=utf-8", Some("application/json")),
            (
                "application/vnd.github.v3+json",
                Some("application/vnd.github.v3+json"),
            ),
            ("application/.json", Some("application/.json")),
            ("video/3gpp", Some("video/3gpp")),
            ("x-unknown", None),
            ("application/secret-20241127", None),
            ("application/2f6c1d", None),
            ("secret/json", None),
            ("", None),
        ] {
            assert_eq!(media_type(header).as_deref(), expected, "{header}");
        }
    }

    #[test]
    fn a_value_is_listed_with_values_of_its_style() {
        let is_alike = |word: &str, listed: &[&str]| is_listed_alike(word, listed.iter().copied());
        assert!(is_alike("ARCHIVED", &["ACTIVE", "DELETED"]));
        assert!(is_alike("in_progress", &["done", "open"]));
        assert!(is_alike("inProgress", &["done", "notStarted"]));
        assert!(!is_alike("Ada", &["done", "open"]));
        assert!(!is_alike("hunter2", &["done", "open"]));
        assert!(!is_alike("SECRET", &["done", "open"]));
        assert!(!is_alike("free text", &["done"]));
    }
}
