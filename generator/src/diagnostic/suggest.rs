//! Suggestions for misspelt names: the known name that was probably meant.
//!
//! It is a pure function beside the values and not part of a report: only the stage that writes the help knows the
//! candidates (keys of a section, schemas of a document) and what they may cost, and the help it writes is the same in
//! every format.

/// Longer words are not compared: nobody wrote them by hand, and the cost is quadratic in their length.
const MAX_CHARS: usize = 100;

/// Returns the candidate closest to `word`, if `word` can be a misspelling of one: `operatons` gives `operations`.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    if length > MAX_CHARS {
        return None;
    }
    // A third of the letters can differ; with more, unrelated words would be suggested.
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (distance(word, candidate, allowed), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns ``did you mean `operations`?``, if there is a close candidate.
pub fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    closest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Counts the letters to insert, remove, replace, or swap with their neighbour, ignoring case. Any number above `limit`
/// means more than `limit`.
#[expect(
    clippy::indexing_slicing,
    reason = "a row has one element more than b has letters, and j is below that; a[i - 1] is behind i > 0"
)]
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    if a.len().abs_diff(b.len()) > limit {
        return usize::MAX;
    }
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, other) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(letter != other);
            row[j + 1] = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && a[i - 1] == *other && b[j - 1] == *letter;
            if swapped {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_recognised() {
        let known = ["operations", "output", "package", "rename"];
        assert_eq!(closest("operatons", known), Some("operations"));
        assert_eq!(closest("outptu", known), Some("output"));
        assert_eq!(closest("Rename", known), Some("rename"));
        assert_eq!(closest("colour", known), None);
        assert_eq!(closest("", known), None);
        assert_eq!(
            did_you_mean("packge", known).as_deref(),
            Some("did you mean `package`?")
        );
    }

    #[test]
    fn long_words_are_not_compared() {
        let long = "x".repeat(1_000_000);
        assert_eq!(closest(&long, ["output", long.as_str()]), None);
    }
}
