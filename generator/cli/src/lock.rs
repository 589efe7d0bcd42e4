//! `codegen.lock`: which files are generated, and from what.
//!
//! One line per file, inputs before outputs, each kind sorted by path, and no version: two people who generate the same
//! thing write the same bytes, and a merge conflict stays small.
//!
//! ```text
//! input 2c26b46b…  spec/products-batch-upsert.yaml   a path below the workspace (or below the reference root)
//! output fcde2b2e… src/lib.rs                        a path below the output folder
//! ```

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest as _, Sha256};

/// The name of the lock in the output folder.
pub const FILE: &str = "codegen.lock";

/// The SHA-256 of a file's bytes, as they are on disk: line endings count, `.gitattributes` fixes them to LF.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Returns the hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Hash(Sha256::digest(bytes).into())
    }

    /// Parses what `Display` writes: 64 lower-case hexadecimal digits.
    fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            for digit in pair {
                let value = match digit {
                    b'0'..=b'9' => digit - b'0',
                    b'a'..=b'f' => digit - b'a' + 10,
                    _ => return None,
                };
                *byte = *byte << 4 | value;
            }
        }
        Some(Hash(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The contents of a lock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The documents that were read, by their names.
    pub inputs: BTreeMap<String, Hash>,
    /// The files that were written, by their paths below the output folder.
    pub outputs: BTreeMap<String, Hash>,
}

impl Lock {
    /// Parses the text of a lock. An `Err` is the number of the first invalid line, such as one of a merge conflict.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut lock = Lock::default();
        for (index, line) in text.lines().enumerate() {
            lock.add_line(line).ok_or(index + 1)?;
        }
        Ok(lock)
    }

    fn add_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        let (hash, path) = rest.split_once(' ')?;
        let files = match kind {
            "input" => &mut self.inputs,
            "output" => &mut self.outputs,
            _ => return None,
        };
        let known = files.insert(path.to_owned(), Hash::parse(hash)?);
        // A path that comes twice is left by a careless merge.
        (known.is_none() && !path.is_empty()).then_some(())
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [("input", &self.inputs), ("output", &self.outputs)];
        kinds.into_iter().try_for_each(|(kind, files)| {
            files
                .iter()
                .try_for_each(|(path, hash)| writeln!(f, "{kind} {hash} {path}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Lock {
        Lock {
            inputs: BTreeMap::from([("spec/a b.yaml".to_owned(), Hash::of(b"openapi: 3.0.3\n"))]),
            outputs: BTreeMap::from([
                ("src/types/a.rs".to_owned(), Hash::of(b"a")),
                ("src/lib.rs".to_owned(), Hash::of(b"lib")),
            ]),
        }
    }

    #[test]
    fn a_written_lock_is_parsed_back() {
        let text = sample().to_string();
        assert_eq!(Lock::parse(&text), Ok(sample()));
    }

    #[test]
    fn lines_are_sorted_and_have_no_version() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let mut lock = sample();
        for hash in lock.inputs.values_mut().chain(lock.outputs.values_mut()) {
            *hash = Hash::of(b"");
        }
        let expected = format!(
            "input {empty} spec/a b.yaml\noutput {empty} src/lib.rs\noutput {empty} src/types/a.rs\n"
        );
        assert_eq!(lock.to_string(), expected);
    }

    #[test]
    fn an_invalid_line_is_reported_by_its_number() {
        let good = sample().to_string();
        let first = good.lines().next().expect("the sample has three lines");
        for bad in [
            "<<<<<<< HEAD".to_owned(),
            String::new(),
            "output".to_owned(),
            "output abc src/lib.rs".to_owned(),
            first.replace("input", "version"),
            first.to_uppercase(),
            first.trim_end_matches("spec/a b.yaml").to_owned(),
            first.to_owned(), // a path that comes twice
        ] {
            let text = format!("{first}\n{bad}\n");
            assert_eq!(Lock::parse(&text), Err(2), "{bad:?}");
        }
    }
}
