//! The parts of a multipart body.

use crate::conform::names;
use crate::conform::traffic::Field;

/// Splits a body into its parts; `None` if it has no boundary, or none of that name.
pub(in crate::conform) fn parts(bytes: &[u8], boundary: Option<&str>) -> Option<Vec<Field>> {
    // exporters may leave the header out; a body begins with the boundary
    let first = bytes.split(|byte| *byte == b'\n').next()?;
    let first = first.strip_suffix(b"\r").unwrap_or(first);
    let delimiter = match boundary {
        Some(boundary) => format!("--{boundary}").into_bytes(),
        None => first.starts_with(b"--").then(|| first.to_vec())?,
    };
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, &delimiter) {
        let (before, after) = rest.split_at_checked(at)?;
        pieces.push(before);
        rest = after.get(delimiter.len()..)?;
        if rest.starts_with(b"--") {
            break;
        }
    }
    let mut pieces = pieces.into_iter();
    pieces.next()?; // what is before the first boundary
    Some(pieces.filter_map(part).collect())
}

/// Reads a part: headers, an empty line, content.
fn part(bytes: &[u8]) -> Option<Field> {
    let bytes = without_break_before(bytes);
    let crlf = find(bytes, b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = find(bytes, b"\n\n").map(|at| (at, at + 2));
    let (end, start) = crlf.or(lf)?;
    let head = String::from_utf8_lossy(bytes.get(..end)?);
    let content = bytes.get(start..)?;
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    let mut field = Field {
        name: String::new(),
        bytes: content.to_vec(),
        media_type: String::new(),
        is_file: false,
    };
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => {
                field.name = parameter(value, "name")?;
                field.is_file = parameter(value, "filename").is_some()
                    || parameter(value, "filename*").is_some();
            }
            "content-type" => field.media_type = names::essence(value),
            _ => {}
        }
    }
    Some(field)
}

/// `form-data; name="a"` → `a`
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once(';') {
        let (name, value) = after.split_once('=')?;
        let is_wanted = name.trim().eq_ignore_ascii_case(wanted);
        let value = value.trim_start();
        let (text, next) = match value.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"')?;
                quoted.split_at_checked(end)?
            }
            None => value.split_at_checked(value.find(';').unwrap_or(value.len()))?,
        };
        if is_wanted {
            return Some(text.trim().to_owned());
        }
        rest = next;
    }
    None
}

fn without_break_before(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\r").unwrap_or(bytes);
    bytes.strip_prefix(b"\n").unwrap_or(bytes)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str, boundary: Option<&str>) -> Vec<String> {
        let parts = parts(body.as_bytes(), boundary).expect("it has a boundary");
        let show = |field: Field| {
            let text = String::from_utf8_lossy(&field.bytes).into_owned();
            let kind = if field.is_file { " file" } else { "" };
            format!("{} [{}]{kind} {text}", field.name, field.media_type)
        };
        parts.into_iter().map(show).collect()
    }

    #[test]
    fn parts_have_names_types_and_contents() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\r\n2\r\n--x\r\n\
            content-disposition: form-data; name=f; filename=\"a;b.json\"\r\nContent-Type: Application/JSON; charset=x\r\n\r\n\
            {}\r\n--x--\r\nafter";
        let expected = ["a [] 1\r\n\r\n2", "f [application/json] file {}"];
        assert_eq!(shown(body, Some("x")), expected);
        assert_eq!(shown(body, None), expected);
        assert_eq!(
            shown(&body.replace("\r\n", "\n"), Some("x"))[1],
            expected[1]
        );
        assert!(parts(b"a=1", None).is_none());
        assert!(parts(body.as_bytes(), Some("y")).is_none());
    }
}
