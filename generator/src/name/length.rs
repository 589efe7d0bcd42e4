//! How long a name may get, and what stands for the rest of one that is longer.

/// `h` and 16 hexadecimal digits, and the underscore before them.
const HASH: usize = 18;

/// The words as they are when they fit in `limit` bytes; else the first of them and a hash of the whole name.
///
/// `complete` is false when `words` are only the beginning of the wire name. The hash keeps two long names apart
/// that begin alike (`…_request`, `…_response`).
pub(super) fn fit(words: Vec<String>, complete: bool, wire: &str, limit: usize) -> Vec<String> {
    if complete && length(&words) <= limit {
        return words;
    }
    let room = limit.saturating_sub(HASH);
    let mut kept: Vec<String> = Vec::new();
    let mut used = 0;
    for word in words {
        let end = used + size(&word) + 1;
        if end > room {
            if kept.is_empty() {
                kept.push(cut(&word, room.saturating_sub(growth(&word))).to_owned());
            }
            break;
        }
        used = end;
        kept.push(word);
    }
    kept.push(format!("h{:016x}", fnv1a(wire)));
    kept
}

/// The bytes of the words with an underscore between them, and one more for a digit or a keyword.
fn length(words: &[String]) -> usize {
    words.iter().map(|word| size(word) + 1).sum()
}

/// The bytes of a word, in either case.
fn size(word: &str) -> usize {
    word.len() + growth(word)
}

/// How many bytes the first letter gains as a capital: `ΐ` becomes three characters.
fn growth(word: &str) -> usize {
    let Some(first) = word.chars().next() else {
        return 0;
    };
    let capital: usize = first.to_uppercase().map(char::len_utf8).sum();
    capital.saturating_sub(first.len_utf8())
}

/// The longest beginning of `word` in at most `room` bytes.
fn cut(word: &str, room: usize) -> &str {
    let end = (0..=room.min(word.len()))
        .rev()
        .find(|&end| word.is_char_boundary(end));
    end.and_then(|end| word.get(..end)).unwrap_or_default()
}

/// 64-bit FNV-1a. Written out because a name must be the same with every release of std and of this crate, which
/// `std::hash` does not promise; nobody gains from a forged collision, so it need not be cryptographic.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
