//! Lengths of functions in formatted source: a function ends at the first `}` with the indentation of its first line.

/// Returns the functions of a file with their number of lines, without attributes and documentation.
pub fn lengths(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &&str| line.get(indent..).is_some_and(|rest| rest.starts_with('}'));
        let is_one_line = line.ends_with(['}', ';']);
        let end = lines[start..]
            .iter()
            .position(|line| is_one_line || ends(line));
        let Some(last) = end else { continue };
        found.push((name.to_owned(), last + 1));
    }
    found
}

/// `    pub(crate) fn read(` is `read`.
fn name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

#[test]
fn lengths_count_visible_lines() {
    let text = "fn a() {}\nimpl A {\n    pub fn b(\n        self,\n    ) -> u8 {\n        if c {\n        }\n    }\n}\n";
    assert_eq!(lengths(text), [("a".to_owned(), 1), ("b".to_owned(), 6)]);
}
