//! How long functions are, told from formatted source: a function ends at the first `}` that stands as far left as it begins.

/// The functions of a file by name, each with the number of its lines, attributes and documentation not counted.
pub fn lengths(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &&str| line.get(indent..).is_some_and(|rest| rest.starts_with('}'));
        let length = match line.ends_with(['}', ';']) {
            true => 1,
            false => match lines[start..].iter().position(ends) {
                Some(last) => last + 1,
                None => continue,
            },
        };
        found.push((name.to_owned(), length));
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
fn lengths_are_those_that_one_sees() {
    let text = "fn a() {}\nimpl A {\n    pub fn b(\n        self,\n    ) -> u8 {\n        if c {\n        }\n    }\n}\n";
    assert_eq!(lengths(text), [("a".to_owned(), 1), ("b".to_owned(), 6)]);
}
