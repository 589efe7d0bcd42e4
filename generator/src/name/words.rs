//! Splits a wire name into words, in lower case: `GetV2APIKeys` into `get`, `v2`, `api`, `keys`.
//!
//! heck does the splitting. This module prepares the names that heck splits wrongly, and spells symbols out.

use heck::ToSnakeCase;

use super::{confusable, letter, spelling};

/// The number of characters of a name that are read; a longer name is truncated and hashed anyway.
const READ: usize = 400;

/// The kind of name that the words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// `snake_case`, letters of any script.
    Snake,
    /// `UpperCamelCase`, letters of any script.
    Camel,
    /// `snake_case` in ASCII, for the names of files.
    Ascii,
}

/// Returns the words, at least one, and whether they are those of the whole name.
pub(super) fn of(wire: &str, case: Case) -> (Vec<String>, bool) {
    match plain(wire) {
        Some(words) => (words, true),
        None => read(wire, case),
    }
}

/// Returns the words of a name that is `full_name`, `fullName` or `FullName`; `None` for one with digits beside capitals,
/// several capitals in a row, or other letters. Most names are plain, and this takes a tenth of the time of [`read`].
fn plain(wire: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut before = b'_';
    let (mut has_capital, mut has_digit) = (false, false);
    for byte in wire.bytes() {
        match byte {
            b'_' | b'a'..=b'z' => {}
            b'0'..=b'9' => has_digit = true,
            b'A'..=b'Z' if !before.is_ascii_uppercase() => has_capital = true,
            _ => return None,
        }
        if byte.is_ascii_uppercase() || (before == b'_' && byte != b'_') {
            words.push(String::new());
        }
        if byte != b'_' {
            words
                .last_mut()?
                .push(char::from(byte.to_ascii_lowercase()));
        }
        before = byte;
    }
    let has_brand = has_capital && spelling::has_brand(wire);
    let is_plain = wire.len() <= READ && !(has_capital && has_digit) && !has_brand;
    (is_plain && !words.is_empty()).then_some(words)
}

fn read(wire: &str, case: Case) -> (Vec<String>, bool) {
    let mut rest = wire.chars();
    let letters: Vec<char> = rest.by_ref().take(READ).collect();
    let complete = rest.next().is_none();
    if letters.is_empty() {
        return (vec!["empty".to_owned()], complete);
    }
    let words = split(&spelled(&letters, case));
    let confusable = confusable::letters(&words, case);
    let words = if confusable.is_empty() {
        words
    } else {
        let replaced: Vec<char> = letters
            .iter()
            .flat_map(|letter| {
                if confusable.contains(letter) {
                    spelling::code(*letter).chars().collect()
                } else {
                    vec![*letter]
                }
            })
            .collect();
        split(&spelled(&replaced, case))
    };
    if words.is_empty() {
        let names: Vec<String> = letters
            .iter()
            .map(|&letter| spelling::symbol(letter))
            .collect();
        return (split(&names.join("_")), complete);
    }
    (words, complete)
}

/// Splits at underscores and where heck sees a word begin. A part without case is one word: heck would take the vowel
/// signs of some scripts for separators.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in text.split('_').filter(|part| !part.is_empty()) {
        if part.chars().all(char::is_alphanumeric) && part.chars().any(has_case) {
            words.extend(part.to_snake_case().split('_').map(str::to_owned));
        } else {
            split_scripts(part, &mut words);
        }
    }
    words
}

/// Splits a part with vowel signs: each run of letters without case is a word, and heck splits the runs between them.
fn split_scripts(part: &str, words: &mut Vec<String>) {
    let is_plain = |letter: char| letter.is_ascii() || has_case(letter);
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let plain = is_plain(first);
        let end = rest.find(|letter| is_plain(letter) != plain);
        let (run, behind) = rest.split_at(end.unwrap_or(rest.len()));
        if plain && run.chars().any(has_case) {
            words.extend(run.to_snake_case().split('_').map(str::to_owned));
        } else {
            words.push(run.to_owned());
        }
        rest = behind;
    }
}

fn has_case(letter: char) -> bool {
    letter.is_lowercase() || letter.is_uppercase()
}

/// Returns the name with letters, digits and underscores only.
fn spelled(letters: &[char], case: Case) -> String {
    let is_word = |letter: &char| letter.is_alphanumeric();
    let (Some(first), Some(last)) = (
        letters.iter().position(is_word),
        letters.iter().rposition(is_word),
    ) else {
        return String::new();
    };
    let (Some(before), Some(middle), Some(after)) = (
        letters.get(..first),
        letters.get(first..=last),
        letters.get(last + 1..),
    ) else {
        return String::new();
    };
    let mut text = String::new();
    if middle
        .first()
        .is_some_and(|&next| spelling::is_leading_sign(before, next))
    {
        push_symbols(&mut text, before);
    }
    push_words(&mut text, middle, case);
    // A word can end in a vowel sign, which is not alphanumeric for std.
    for &mark in after.iter().take_while(|&&mark| letter::continues(mark)) {
        push_mark(&mut text, mark, case);
    }
    if spelling::is_trailing_sign(after) {
        let is_sharp = after == ['#'];
        text.push('_');
        if is_sharp {
            text.push_str("sharp");
        } else {
            push_symbols(&mut text, after);
        }
    }
    text
}

fn push_symbols(text: &mut String, symbols: &[char]) {
    for &symbol in symbols {
        text.push_str(&spelling::symbol(symbol));
        text.push('_');
    }
}

/// Appends the letters from the first to the last letter or digit.
fn push_words(text: &mut String, letters: &[char], case: Case) {
    let mut at = 0;
    while let Some((&letter, rest)) = letters.get(at..).and_then(<[char]>::split_first) {
        let before = at
            .checked_sub(1)
            .and_then(|before| letters.get(before))
            .copied();
        let tail = letters.get(at..).unwrap_or_default();
        let starts_run = letter.is_uppercase() && !before.is_some_and(char::is_uppercase);
        if let Some((length, snake, camel)) = spelling::written(before, tail) {
            text.push('_');
            text.push_str(if case == Case::Camel { camel } else { snake });
            at += length;
        } else if starts_run && let Some(length) = plural_acronym(tail) {
            push_acronym(text, tail.get(..length).unwrap_or_default());
            at += length;
        } else {
            if starts_run && acronym(tail) >= 2 && ends_in_numbered_word(text) {
                text.push('_');
            }
            push_letter(text, letter, before, rest.first().copied(), case);
            at += 1;
        }
    }
}

/// Returns the length of a plural acronym at the start, such as `IDs`: two or more ASCII capitals and a final `s`.
fn plural_acronym(letters: &[char]) -> Option<usize> {
    let capitals = letters
        .iter()
        .take_while(|letter| letter.is_ascii_uppercase())
        .count();
    let has_s = letters.get(capitals) == Some(&'s');
    let ends = !letters
        .get(capitals + 1)
        .is_some_and(|next| next.is_lowercase());
    (capitals >= 2 && has_s && ends).then_some(capitals + 1)
}

/// Appends `IDs` as `Ids`, which is one word for heck.
fn push_acronym(text: &mut String, letters: &[char]) {
    text.push('_');
    if let Some((first, rest)) = letters.split_first() {
        text.push(*first);
        text.extend(rest.iter().map(char::to_ascii_lowercase));
    }
}

/// Returns the number of capitals before the next word: 3 for `APIKeys`.
fn acronym(letters: &[char]) -> usize {
    let capitals = capitals(letters);
    if letters
        .get(capitals)
        .is_some_and(|next| next.is_lowercase())
    {
        capitals - 1
    } else {
        capitals
    }
}

fn capitals(letters: &[char]) -> usize {
    letters
        .iter()
        .take_while(|letter| letter.is_uppercase())
        .count()
}

/// Returns whether the last word has letters and ends in a digit. Then an acronym after it is a separate word: in
/// `GetV2APIKeys`, but not in `2FA`.
fn ends_in_numbered_word(text: &str) -> bool {
    let word = text.rsplit('_').next().unwrap_or_default();
    word.ends_with(|last: char| last.is_ascii_digit())
        && word.contains(|letter: char| letter.is_alphabetic())
}

/// Appends a single character.
fn push_letter(
    text: &mut String,
    letter: char,
    before: Option<char>,
    next: Option<char>,
    case: Case,
) {
    match letter {
        // The lower case of `İ` is two characters.
        'İ' if case != Case::Ascii => text.push('I'),
        // `don't` is one word.
        '\'' | '’'
            if before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) => {
        }
        _ if letter.is_ascii_alphanumeric() => text.push(letter),
        _ if letter::keeps(letter) && case != Case::Ascii => text.push(letter),
        _ if letter::continues(letter) => push_mark(text, letter, case),
        _ if letter.is_alphanumeric() => text.push_str(&spelling::code(letter)),
        _ => text.push('_'),
    }
}

/// Appends a mark after a letter without case; anywhere else its code point, since it cannot start a word.
fn push_mark(text: &mut String, mark: char, case: Case) {
    let is_script = |last: char| {
        !last.is_ascii() && !has_case(last) && (letter::keeps(last) || letter::continues(last))
    };
    let follows = text.chars().next_back().is_some_and(is_script);
    if follows && case != Case::Ascii {
        text.push(mark);
    } else {
        text.push_str(&spelling::code(mark));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Case, of, read};

    proptest! {
        #[test]
        fn a_plain_name_is_split_like_any_other(
            name in "[a-z0-9_]{0,12}|([A-Z]?[a-z]{0,3}_?){1,6}|(my|i|mac|Os|GitHub|Git|Auth|Url|Ids|Sql|[A-Z]s?){1,4}",
        ) {
            for case in [Case::Snake, Case::Camel, Case::Ascii] {
                prop_assert_eq!(of(&name, case), read(&name, case));
            }
        }
    }
}
