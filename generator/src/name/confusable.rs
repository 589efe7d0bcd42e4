//! Letters of other scripts that look like Latin ones: the Greek `Μ` of `Μg`, the Cyrillic `со`.
//!
//! rustc warns about a crate that uses a script only for such letters (`mixed_script_confusables`), and about two names
//! that look alike (`confusable_idents`). Words of Greek or Russian also have letters that look like no Latin one, so
//! they are unchanged.

use unicode_security::is_potential_mixed_script_confusable_char;
use unicode_security::mixed_script::AugmentedScriptSet;

use super::words::Case;

/// Returns the letters of a name, in both cases, of each script whose letters in the name all look Latin.
pub(super) fn letters(words: &[String], case: Case) -> Vec<char> {
    if case == Case::Ascii || words.iter().all(|word| word.is_ascii()) {
        return Vec::new();
    }
    let latin = AugmentedScriptSet::for_char('a');
    let foreign: Vec<(AugmentedScriptSet, char)> = words
        .iter()
        .flat_map(|word| as_written(word, case))
        .filter(|letter| !letter.is_ascii())
        .map(|letter| (AugmentedScriptSet::for_char(letter), letter))
        .filter(|(script, _)| *script != latin)
        .collect();
    let is_clear = |script: &AugmentedScriptSet| {
        let mut own = foreign.iter().filter(|(other, _)| other == script);
        own.any(|(_, letter)| !is_potential_mixed_script_confusable_char(*letter))
    };
    foreign
        .iter()
        .filter(|(script, _)| !is_clear(script))
        .flat_map(|(_, letter)| letter.to_lowercase().chain(letter.to_uppercase()))
        .collect()
}

/// Returns the letters of a word as they appear in the name: a type name starts with a capital.
fn as_written(word: &str, case: Case) -> impl Iterator<Item = char> {
    let mut letters = word.chars();
    let first = letters.next();
    let capital = (case == Case::Camel)
        .then_some(first)
        .flatten()
        .into_iter()
        .flat_map(char::to_uppercase);
    let plain = first.filter(|_| case != Case::Camel);
    capital.chain(plain).chain(letters)
}

#[cfg(test)]
mod tests {
    use super::{Case, letters};

    fn of(words: &[&str], case: Case) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        letters(&words, case).into_iter().collect()
    }

    #[test]
    fn only_letters_that_look_latin_are_returned() {
        assert_eq!(of(&["μg"], Case::Camel), "μΜ");
        assert_eq!(of(&["со"], Case::Snake), "сСоО");
        for clear in ["größe", "λόγος", "слово", "名前", "plain"] {
            assert_eq!(of(&[clear], Case::Camel), "", "{clear}");
        }
        assert_eq!(of(&["μg"], Case::Ascii), "");
    }
}
