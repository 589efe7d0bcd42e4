//! A short stable name of a change.

use sha2::{Digest, Sha256};

/// Returns twelve hexadecimal digits for a rule and what identifies the edit.
///
/// Neither lines nor the order of files or members take part, so the same edit has the same name wherever it is made.
pub fn fingerprint(rule: &str, place: &str, was: Option<&str>, is: Option<&str>) -> String {
    let mut hash = Sha256::new();
    for part in [Some(rule), Some(place), was, is] {
        // absent and empty differ, and no part runs into the next one
        let (mark, text) = part.map_or((b'0', ""), |text| (b'1', text));
        hash.update([mark]);
        hash.update(text.len().to_string().as_bytes());
        hash.update(text.as_bytes());
    }
    let digits = hash
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    digits
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn it_depends_on_each_part_and_on_nothing_else() {
        let all = [
            fingerprint("a", "b", Some("c"), Some("d")),
            fingerprint("ab", "", Some("c"), Some("d")),
            fingerprint("a", "b", None, Some("d")),
            fingerprint("a", "b", Some(""), Some("d")),
            fingerprint("a", "b", Some("d"), Some("c")),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        assert!(all.iter().all(|one| one.len() == 12));
        assert_eq!(all[0], fingerprint("a", "b", Some("c"), Some("d")));
    }
}
