//! Compares two JSON values by their meaning.

use chrono::DateTime;
use serde_json::{Number, Value};

/// Returns where two values differ first; `None` when they mean the same: numbers are compared by value, date-times by
/// instant, members in any order. Of all expected members, `droppable` may be missing.
pub fn difference(expected: &Value, found: &Value, droppable: &mut usize) -> Option<String> {
    let mut path = String::from("$");
    differ(expected, found, droppable, &mut path).map(|what| format!("{path}: {what}"))
}

/// Returns the first difference, and leaves its place in `path`.
fn differ(
    expected: &Value,
    found: &Value,
    droppable: &mut usize,
    path: &mut String,
) -> Option<String> {
    let end = path.len();
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (name, value) in expected {
                path.push_str(&format!(".{}", excerpt(name)));
                match found.get(name) {
                    Some(other) => {
                        if let Some(what) = differ(value, other, droppable, path) {
                            return Some(what);
                        }
                    }
                    None if *droppable > 0 => *droppable -= 1,
                    None => return Some("the member is missing".to_owned()),
                }
                path.truncate(end);
            }
            let added = found.keys().find(|name| !expected.contains_key(*name))?;
            path.push_str(&format!(".{}", excerpt(added)));
            Some("the member was added".to_owned())
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.len() != found.len() {
                return Some(format!(
                    "{} elements became {}",
                    expected.len(),
                    found.len()
                ));
            }
            for (index, (value, other)) in expected.iter().zip(found).enumerate() {
                path.push_str(&format!("[{index}]"));
                if let Some(what) = differ(value, other, droppable, path) {
                    return Some(what);
                }
                path.truncate(end);
            }
            None
        }
        (Value::Number(a), Value::Number(b)) if same_number(a, b) => None,
        (Value::String(a), Value::String(b)) if a == b || same_instant(a, b) => None,
        (expected, found) if expected == found => None,
        (expected, found) => Some(format!(
            "{} became {}",
            excerpt(&expected.to_string()),
            excerpt(&found.to_string())
        )),
    }
}

/// Whether two numbers are equal: `1`, `1.0` and `1e0` are. Two whole numbers are compared exactly; if one of them has
/// a fraction or an exponent, they are compared as `f64`, which a `type: number` is read into.
fn same_number(a: &Number, b: &Number) -> bool {
    let whole = |number: &Number| {
        number
            .as_i64()
            .map(i128::from)
            .or_else(|| number.as_u64().map(i128::from))
    };
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_f64() == b.as_f64(),
    }
}

/// Whether two strings are the same date-time. Any other string is written back unchanged.
fn same_instant(a: &str, b: &str) -> bool {
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    instant(a).is_some_and(|a| instant(b) == Some(a))
}

/// Formats a path as decode errors do: `results[0].id`, `properties["a b"]`; `.` for the whole value.
pub fn rendered(path: &[Value]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-$@".contains(&byte);
    let is_word = |name: &str| !name.is_empty() && name.len() <= LONGEST && name.bytes().all(plain);
    let mut text = String::new();
    for part in path {
        match part {
            Value::String(name) if !is_word(name) => text += &format!("[\"{}\"]", excerpt(name)),
            Value::String(name) if text.is_empty() => text += name,
            Value::String(name) => text += &format!(".{name}"),
            index => text += &format!("[{index}]"),
        }
    }
    if text.is_empty() {
        ".".to_owned()
    } else {
        text
    }
}

/// How many characters of a name or value are shown.
const LONGEST: usize = 60;

/// Returns the first characters of a string, with control characters escaped.
fn excerpt(text: &str) -> String {
    let mut short = String::new();
    for letter in text.chars().take(LONGEST) {
        match letter {
            '\'' => short.push(letter),
            _ => short.extend(letter.escape_debug()),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differs(a: &str, b: &str, mut droppable: usize) -> Option<String> {
        let value = |text| serde_json::from_str(text).expect("it is JSON");
        difference(&value(a), &value(b), &mut droppable)
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(differs("1", "1.0", 0), None);
        assert_eq!(differs("-0.0", "0", 0), None);
        assert_eq!(
            differs("18446744073709551615", "18446744073709551615", 0),
            None
        );
        assert_eq!(
            differs("9223372036854775807", "9.223372036854776e18", 0),
            None
        );
        assert!(differs("9223372036854775807", "9223372036854775806", 0).is_some());
        assert!(differs("1", "1.5", 0).is_some());
        assert!(differs("1", "\"1\"", 0).is_some());
    }

    #[test]
    fn date_times_are_compared_by_instant() {
        assert_eq!(
            differs(
                "\"2024-01-01T12:00:00+02:00\"",
                "\"2024-01-01T10:00:00Z\"",
                0
            ),
            None
        );
        assert_eq!(
            differs(
                "\"2024-01-01T10:00:00.500Z\"",
                "\"2024-01-01T10:00:00.5Z\"",
                0
            ),
            None
        );
        assert!(differs("\"2024-01-01T10:00:00Z\"", "\"2024-01-01T10:00:01Z\"", 0).is_some());
        assert!(differs("\"a\"", "\"b\"", 0).is_some());
    }

    #[test]
    fn the_place_of_the_difference_is_returned() {
        assert_eq!(
            differs(r#"{"a": [1, {"b": 2}]}"#, r#"{"a": [1, {"b": 3}]}"#, 0).as_deref(),
            Some("$.a[1].b: 2 became 3")
        );
        assert_eq!(
            differs(r#"{"a": null}"#, "{}", 0).as_deref(),
            Some("$.a: the member is missing")
        );
        assert_eq!(
            differs("{}", r#"{"a": null}"#, 0).as_deref(),
            Some("$.a: the member was added")
        );
        assert_eq!(
            differs(r#"{"b": 1, "a": 2}"#, r#"{"a": 2, "b": 1}"#, 0),
            None
        );
        assert_eq!(
            differs("[1]", "[1, 2]", 0).as_deref(),
            Some("$: 1 elements became 2")
        );
    }

    #[test]
    fn only_so_many_members_may_be_dropped() {
        assert_eq!(
            differs(r#"{"a": 1, "x": 2, "y": 3}"#, r#"{"a": 1}"#, 2),
            None
        );
        assert!(differs(r#"{"a": 1, "x": 2, "y": 3}"#, r#"{"a": 1}"#, 1).is_some());
    }

    #[test]
    fn a_path_is_formatted_as_in_decode_errors() {
        assert_eq!(
            rendered(&[json!("results"), json!(0), json!("id")]),
            "results[0].id"
        );
        assert_eq!(rendered(&[json!("a b"), json!("c")]), "[\"a b\"].c");
        assert_eq!(rendered(&[json!("")]), "[\"\"]");
        assert_eq!(rendered(&[]), ".");
    }
}
