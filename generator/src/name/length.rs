//! The maximum length of a name: a longer one is truncated, and ends in a hash.

/// `h` and 16 hexadecimal digits, and the underscore before them.
const HASH: usize = 18;

/// Returns the words if they fit in `limit` bytes, otherwise the first of them and a hash of the wire name.
///
/// `complete` is false if `words` are only the beginning of the wire name. Because of the hash two long names with the
/// same beginning differ (`…_request`, `…_response`).
pub(super) fn fit(words: Vec<String>, complete: bool, wire: &str, limit: usize) -> Vec<String> {
    if complete && length(&words) <= limit {
        return words;
    }
    let room = limit.saturating_sub(HASH);
    let mut fitting: Vec<String> = Vec::new();
    let mut used = 0;
    for word in words {
        let end = used + size(&word) + 1;
        if end > room {
            if fitting.is_empty() {
                fitting.push(cut(&word, room.saturating_sub(growth(&word))).to_owned());
            }
            break;
        }
        used = end;
        fitting.push(word);
    }
    fitting.push(hash(wire));
    fitting
}

/// Returns a word that no other wire name has: `hd0e3d86864f0a245`.
pub(super) fn hash(wire: &str) -> String {
    format!("h{:016x}", fnv1a(wire))
}

/// Returns the bytes of the words with underscores between them, and one more for a leading digit or a keyword.
fn length(words: &[String]) -> usize {
    words.iter().map(|word| size(word) + 1).sum()
}

/// Returns the bytes of a word in the longer one of its spellings, with and without a leading capital.
fn size(word: &str) -> usize {
    word.len() + growth(word)
}

/// Returns the number of bytes by which the capital of the first letter is longer: `ΐ` becomes three characters.
fn growth(word: &str) -> usize {
    let Some(first) = word.chars().next() else {
        return 0;
    };
    let capital: usize = first.to_uppercase().map(char::len_utf8).sum();
    capital.saturating_sub(first.len_utf8())
}

/// Returns the longest prefix of `word` in at most `room` bytes.
fn cut(word: &str, room: usize) -> &str {
    let end = (0..=room.min(word.len()))
        .rev()
        .find(|&end| word.is_char_boundary(end));
    end.and_then(|end| word.get(..end)).unwrap_or_default()
}

/// Returns the 64-bit FNV-1a hash. A name must be the same with every release of std and of this crate, which
/// `std::hash` does not guarantee. A forged collision is harmless, so the hash need not be cryptographic.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
