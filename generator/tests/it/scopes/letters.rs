//! Names that look alike on a screen: rustc's lints `confusable_idents` and `mixed_script_confusables`, for Greek and
//! Cyrillic letters.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Letters that look like Latin ones, and those, in the same order.
const FOREIGN: &str = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορАВЕКМНОРСТХаеорсух";
const LATIN: &str = "ABEZHIKMNOPTYXavopABEKMHOPCTXaeopcyx";

/// The scripts that have such letters.
const SCRIPTS: [RangeInclusive<char>; 2] = ['\u{370}'..='\u{3ff}', '\u{400}'..='\u{52f}'];

fn latin(letter: char) -> Option<char> {
    let mut pairs = FOREIGN.chars().zip(LATIN.chars());
    pairs
        .find(|(foreign, _)| *foreign == letter)
        .map(|(_, latin)| latin)
}

/// Describes each pair of a crate's names that look alike, and each script that it has only for letters that look
/// Latin.
pub fn complaints(names: &BTreeSet<String>) -> Vec<String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for name in names {
        let look = name.chars().map(|one| latin(one).unwrap_or(one)).collect();
        if let Some(other) = seen.insert(look, name) {
            found.push(format!("`{other}` and `{name}` look alike"));
        }
    }
    for script in SCRIPTS {
        let letters = names.iter().flat_map(|name| name.chars());
        let letters: BTreeSet<char> = letters.filter(|one| script.contains(one)).collect();
        if !letters.is_empty() && letters.iter().all(|one| latin(*one).is_some()) {
            found.push(format!("names can be taken for Latin: {letters:?}"));
        }
    }
    found
}
