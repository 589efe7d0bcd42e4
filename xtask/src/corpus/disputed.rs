//! Documents that contradict the specification although the corpus expects them: shown as disputed and not counted.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use oasmith_cli::exit::Failure;

/// Their list: path, section of the specification and reason, separated by tabs.
const FILE: &str = "generator/tests/disputed.tsv";

/// How many there may be; a longer list would hide faults.
const MOST: usize = 5;

/// Why documents do not count, by their names.
#[derive(Debug, Clone, Default)]
pub struct Disputed(BTreeMap<String, String>);

impl Disputed {
    /// Reads the list of a workspace; without the file nothing is disputed.
    pub fn read(workspace: &Path) -> Result<Self, Failure> {
        let path = workspace.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => parse(&text).map_err(|why| Failure::new(format!("{FILE}: {why}"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::disk("read", &path, &error)),
        }
    }

    /// Returns why this document does not count.
    pub fn reason(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

fn parse(text: &str) -> Result<Disputed, String> {
    let mut all = BTreeMap::new();
    let rows = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for row in rows {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        match cells.as_slice() {
            [path, section, reason] if !section.is_empty() && !reason.is_empty() => {
                all.insert((*path).to_owned(), format!("{reason} ({section})"));
            }
            _ => {
                return Err(format!(
                    "expected a path, a section and a reason separated by tabs, found `{row}`"
                ));
            }
        }
    }
    let count = all.len();
    if count > MOST {
        return Err(format!(
            "at most {MOST} documents may be listed, found {count}"
        ));
    }
    Ok(Disputed(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_needs_a_section_and_a_reason() {
        let list = parse("# path, section, reason\na.yaml\t4.8.9\tthe status is no status\n")
            .expect("the list is right");
        assert_eq!(
            list.reason("a.yaml").as_deref(),
            Some("the status is no status (4.8.9)")
        );
        assert_eq!(list.reason("b.yaml"), None);
        assert!(parse("a.yaml\t4.8.9\n").is_err());
        assert!(parse("a.yaml\t4.8.9\t\n").is_err());
    }

    #[test]
    fn the_list_stays_short() {
        let rows = |count| {
            (0..count)
                .map(|n| format!("{n}.yaml\t1\tx\n"))
                .collect::<String>()
        };
        assert!(parse(&rows(MOST)).is_ok());
        assert!(parse(&rows(MOST + 1)).is_err());
    }
}
