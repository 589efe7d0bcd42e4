//! The items of streams: lines of JSON, and the data of server-sent events.

/// Returns the lines that are values, and whether the last of them has no end, so that it may have been cut off.
pub(in crate::conform) fn lines(text: &str) -> (Vec<&str>, bool) {
    // a JSON text sequence (RFC 7464) has this character before each value
    let lines = text
        .split('\n')
        .map(|line| line.trim_start_matches('\u{1e}').trim());
    (
        lines.filter(|line| !line.is_empty()).collect(),
        !text.ends_with('\n'),
    )
}

/// Returns the data of complete events, up to `[DONE]`, with which some servers mark the end.
pub(in crate::conform) fn events(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut found = Vec::new();
    let mut data: Option<String> = None;
    for line in text.split_inclusive('\n') {
        let Some(line) = line.strip_suffix('\n') else {
            break; // cut off
        };
        if line.is_empty() {
            match data.take() {
                Some(end) if end == "[DONE]" => break,
                complete => found.extend(complete),
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        if field == "data" {
            match &mut data {
                Some(data) => data.extend(["\n", value]),
                None => data = Some(value.to_owned()),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_whole() {
        assert_eq!(lines("1\n\n\u{1e}{}\r\n"), (vec!["1", "{}"], false));
        assert_eq!(lines("1\n{\"a\": "), (vec!["1", "{\"a\":"], true));
        let text =
            ": hello\n\nevent: x\ndata: 1\ndata:2\nid: 7\n\nretry: 5\n\ndata: {}\r\n\r\ndata: cut";
        assert_eq!(events(text), ["1\n2", "{}"]);
        assert_eq!(events("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"), ["1"]);
    }
}
