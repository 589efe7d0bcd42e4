//! The lines of a file of instances.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use oasmith_cli::exit::Failure;

use super::super::roots::Root;

/// Flags of lines that are outside the letter of the specification; they do not count.
const SEPARATE: [&str; 7] = [
    "discriminator-inline-branch",
    "discriminator-mismatch",
    "discriminator-of-child",
    "discriminator-undeclared",
    "in-union",
    "lenient-null",
    "tag-decides",
];

/// What is expected of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It is read, and written back unchanged.
    Same,
    /// It is read; members that the schema does not name may be dropped.
    Extra,
    /// It is read, whatever is dropped: it is of another revision of the schema.
    Readable,
    /// It is rejected, with the path.
    Wrong,
    /// It is read and written back where responses contain the type; elsewhere it may be rejected.
    UnknownEnum,
}

/// A line: an instance of a schema.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The line in its file, from 1.
    pub line: usize,
    /// The place of the schema: `#/components/schemas/Foo`.
    pub schema: String,
    /// What kind of line it is, as the file says.
    pub tag: String,
    /// What is expected of it.
    pub rule: Rule,
    /// What is special about it.
    pub flags: Vec<String>,
    /// The value.
    pub value: Value,
    /// The place that the schema does not allow: `results[0].id`.
    pub path: Vec<Value>,
}

impl Instance {
    /// Returns the flag because of which the line does not count.
    pub fn separate_flag(&self) -> Option<&str> {
        self.flags
            .iter()
            .map(String::as_str)
            .find(|flag| SEPARATE.contains(flag))
    }
}

/// Reads the instances of a document; none when there is no file.
pub fn read(folder: &Path, root: &Root) -> Result<Vec<Instance>, Failure> {
    let path = folder
        .join(root.group())
        .join(format!("{}.jsonl", root.file()));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::disk("read", &path, &error)),
    };
    // Only a line feed ends a line: a string may contain U+2028.
    text.split('\n')
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let number = index + 1;
            let invalid =
                |why: String| Failure::new(format!("`{}:{number}`: {why}", path.display()));
            serde_json::from_str(line)
                .map_err(|error| error.to_string())
                .and_then(|value| instance(value, number))
                .map_err(invalid)
        })
        .collect()
}

fn instance(mut line: Value, number: usize) -> Result<Instance, String> {
    let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
    let list = |name: &str| {
        line.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let tag = text("tag").ok_or("missing `tag`")?;
    Ok(Instance {
        line: number,
        schema: text("schema").ok_or("missing `schema`")?,
        rule: match tag.as_str() {
            "minimal" | "full" | "random" => Rule::Same,
            "extra" => Rule::Extra,
            "readable" => Rule::Readable,
            "wrong" => Rule::Wrong,
            "unknown-enum" => Rule::UnknownEnum,
            other => return Err(format!("unknown tag `{other}`")),
        },
        tag,
        flags: list("flags")
            .iter()
            .filter_map(|flag| flag.as_str().map(str::to_owned))
            .collect(),
        path: list("path"),
        value: line
            .get_mut("instance")
            .map(Value::take)
            .ok_or("missing `instance`")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_says_what_is_expected() {
        let line = json!({"schema": "#/components/schemas/A", "tag": "unknown-enum", "instance": null,
            "flags": ["optional-null", "in-union"], "path": ["a", 0]});
        let read = instance(line, 7).expect("the line is right");
        assert_eq!(
            (read.rule, read.separate_flag(), read.line),
            (Rule::UnknownEnum, Some("in-union"), 7)
        );
        assert_eq!(read.path, [json!("a"), json!(0)]);
        assert!(instance(json!({"schema": "#/a", "tag": "other", "instance": 1}), 1).is_err());
        assert!(instance(json!({"schema": "#/a", "tag": "full"}), 1).is_err());
    }
}
