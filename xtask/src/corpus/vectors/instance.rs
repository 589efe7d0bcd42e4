//! The lines of a file of instances.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use oasmith_cli::exit::Failure;

use super::super::roots::Root;

/// Flags of lines that lie outside the letter of the specification; they are counted apart.
const APART: [&str; 8] = [
    "discriminator-from-branch",
    "discriminator-inline-branch",
    "discriminator-mismatch",
    "discriminator-of-child",
    "discriminator-undeclared",
    "in-union",
    "lenient-null",
    "tag-decides",
];

/// What must become of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// It is read, and written back as it came.
    Same,
    /// It is read; members that the schema does not name may be dropped.
    Extra,
    /// It is refused, with the path.
    Wrong,
    /// It is read and written back where responses reach the type; elsewhere it may be refused.
    UnknownEnum,
}

/// A line: an instance of a schema.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The line in its file, from 1.
    pub line: usize,
    /// Where the schema stands: `#/components/schemas/Foo`.
    pub schema: String,
    /// What kind of line it is, as the file says.
    pub tag: String,
    /// What must become of it.
    pub rule: Tag,
    /// What is special about it.
    pub flags: Vec<String>,
    /// The value.
    pub value: Value,
    /// Where it is not as the schema says: `results[0].id`.
    pub path: Vec<Value>,
}

impl Instance {
    /// The flag that keeps the line from being counted with the others.
    pub fn apart(&self) -> Option<&str> {
        self.flags
            .iter()
            .map(String::as_str)
            .find(|flag| APART.contains(flag))
    }
}

/// The instances of a document; none when there is no file.
pub fn read(folder: &Path, root: &Root) -> Result<Vec<Instance>, Failure> {
    let path = folder
        .join(root.group())
        .join(format!("{}.jsonl", root.file()));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::disk("read", &path, &error)),
    };
    // only a line feed ends a line: a text may hold U+2028
    let lines = text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    let parsed = lines.map(|(index, line)| {
        let line_number = index + 1;
        let broken = |why: String| Failure::new(format!("{}:{line_number}: {why}", path.display()));
        let value = serde_json::from_str(line).map_err(|error| broken(error.to_string()))?;
        instance(value, line_number).map_err(broken)
    });
    parsed.collect()
}

fn instance(mut line: Value, number: usize) -> Result<Instance, String> {
    let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
    let list = |name: &str| {
        line.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let tag = text("tag").ok_or("there is no `tag`")?;
    Ok(Instance {
        line: number,
        schema: text("schema").ok_or("there is no `schema`")?,
        rule: match tag.as_str() {
            "minimal" | "full" | "random" => Tag::Same,
            "extra" => Tag::Extra,
            "wrong" => Tag::Wrong,
            "unknown-enum" => Tag::UnknownEnum,
            other => return Err(format!("nobody knows the tag `{other}`")),
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
            .ok_or("there is no `instance`")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_line_says_what_must_become_of_it() {
        let line = json!({"schema": "#/components/schemas/A", "tag": "unknown-enum", "instance": null,
            "flags": ["optional-null", "in-union"], "path": ["a", 0]});
        let read = instance(line, 7).expect("the line is right");
        assert_eq!(
            (read.rule, read.apart(), read.line),
            (Tag::UnknownEnum, Some("in-union"), 7)
        );
        assert_eq!(read.path, [json!("a"), json!(0)]);
        assert!(instance(json!({"schema": "#/a", "tag": "other", "instance": 1}), 1).is_err());
        assert!(instance(json!({"schema": "#/a", "tag": "full"}), 1).is_err());
    }
}
