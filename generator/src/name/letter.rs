//! The letters and marks that identifiers can contain; others are spelled by their code points.
//!
//! The letters are those of the scripts in general use, out of Unicode's XID classes. Three kinds are left out: letters
//! that rustc warns about (`uncommon_codepoints`: archaic, technical and compatibility letters), letters that rustc
//! normalizes to others (by NFC, so two names could become one), and letters with only one case (`ĸ`), which are wrong
//! either in a type or in a field.

use std::ops::RangeInclusive;

/// Blocks of letters with two cases. Their letters with one case or none are excluded by [`is_cased`].
#[rustfmt::skip]
const CASED: &[RangeInclusive<char>] = &[
    '\u{c0}'..='\u{131}', // Latin
    '\u{134}'..='\u{13e}', // Latin
    '\u{141}'..='\u{148}', // Latin
    '\u{14a}'..='\u{17e}', // Latin
    '\u{18f}'..='\u{18f}', // Latin
    '\u{1a0}'..='\u{1a1}', // Latin
    '\u{1af}'..='\u{1b0}', // Latin
    '\u{1cd}'..='\u{1dc}', // Latin
    '\u{1de}'..='\u{1e3}', // Latin
    '\u{1e6}'..='\u{1ef}', // Latin
    '\u{1f4}'..='\u{1f5}', // Latin
    '\u{1f8}'..='\u{21b}', // Latin
    '\u{21e}'..='\u{21f}', // Latin
    '\u{226}'..='\u{233}', // Latin
    '\u{259}'..='\u{259}', // Latin
    '\u{386}'..='\u{3ce}', // Greek
    '\u{400}'..='\u{45f}', // Cyrillic
    '\u{48a}'..='\u{4ff}', // Cyrillic
    '\u{510}'..='\u{529}', // Cyrillic
    '\u{531}'..='\u{586}', // Armenian
    '\u{10d0}'..='\u{10f0}', // Georgian
    '\u{1e00}'..='\u{1e99}', // Latin
    '\u{1e9e}'..='\u{1ef9}', // Latin
];

/// Blocks of scripts without upper and lower case. Unassigned code points are excluded, since std has no letter there.
#[rustfmt::skip]
const CASELESS: &[RangeInclusive<char>] = &[
    '\u{5d0}'..='\u{5ea}', // Hebrew
    '\u{620}'..='\u{63f}', // Arabic
    '\u{641}'..='\u{64a}', // Arabic
    '\u{671}'..='\u{672}', // Arabic
    '\u{679}'..='\u{68d}', // Arabic
    '\u{68f}'..='\u{6a0}', // Arabic
    '\u{6a2}'..='\u{6d3}', // Arabic
    '\u{904}'..='\u{939}', // Devanagari
    '\u{960}'..='\u{961}', // Devanagari
    '\u{985}'..='\u{9b9}', // Bengali
    '\u{a05}'..='\u{a32}', // Gurmukhi
    '\u{a35}'..='\u{a35}', // Gurmukhi
    '\u{a38}'..='\u{a39}', // Gurmukhi
    '\u{a85}'..='\u{ab9}', // Gujarati
    '\u{b05}'..='\u{b39}', // Oriya
    '\u{b83}'..='\u{bb9}', // Tamil
    '\u{c05}'..='\u{c33}', // Telugu
    '\u{c35}'..='\u{c39}', // Telugu
    '\u{c85}'..='\u{cb9}', // Kannada
    '\u{d05}'..='\u{d3a}', // Malayalam
    '\u{d85}'..='\u{d8e}', // Sinhala
    '\u{d91}'..='\u{da5}', // Sinhala
    '\u{da7}'..='\u{dc6}', // Sinhala
    '\u{e01}'..='\u{e30}', // Thai
    '\u{e40}'..='\u{e46}', // Thai
    '\u{e81}'..='\u{eb0}', // Lao
    '\u{ec0}'..='\u{ec6}', // Lao
    '\u{1000}'..='\u{102a}', // Myanmar
    '\u{1200}'..='\u{135a}', // Ethiopic
    '\u{1780}'..='\u{17a2}', // Khmer
    '\u{17a9}'..='\u{17b3}', // Khmer
    '\u{3005}'..='\u{3007}', // ideographic iteration mark and zero
    '\u{3041}'..='\u{3096}', // Hiragana
    '\u{30a1}'..='\u{30fa}', // Katakana
    '\u{30fc}'..='\u{30fe}', // Katakana
    '\u{3105}'..='\u{312d}', // Bopomofo
    '\u{3400}'..='\u{4dbf}', // Han
    '\u{4e00}'..='\u{9fff}', // Han
    '\u{ac00}'..='\u{d7a3}', // Hangul
    '\u{20000}'..='\u{2a6df}', // Han
];

/// Marks that are not letters for std, but without which a word is misspelled.
#[rustfmt::skip]
const MARKS: &[char] = &[
    '\u{93c}', '\u{94d}', // Devanagari nukta, virama
    '\u{9bc}', '\u{9cd}', // Bengali nukta, virama
    '\u{a3c}', '\u{a4d}', // Gurmukhi nukta, virama
    '\u{abc}', '\u{acd}', // Gujarati nukta, virama
    '\u{b3c}', '\u{b4d}', // Oriya nukta, virama
    '\u{bcd}', // Tamil pulli
    '\u{c4d}', '\u{ccd}', '\u{d4d}', '\u{dca}', // Telugu, Kannada, Malayalam, Sinhala viramas
    '\u{e47}', '\u{e48}', '\u{e49}', '\u{e4a}', '\u{e4b}', '\u{e4c}', // Thai tones and others
    '\u{ec8}', '\u{ec9}', '\u{eca}', '\u{ecb}', '\u{ecc}', // Lao tones
    '\u{1039}', '\u{103a}', // Myanmar virama, asat
    '\u{17d2}', // Khmer coeng
];

/// Returns whether an identifier can contain the letter or digit, a digit not at the start.
pub(super) fn keeps(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || (!letter.is_ascii() && (is_cased(letter) || is_caseless(letter)))
}

/// Returns whether an identifier can contain the mark after a letter of the same script.
pub(super) fn continues(mark: char) -> bool {
    let is_vowel_sign = mark.is_alphabetic()
        && !mark.is_lowercase()
        && !mark.is_uppercase()
        && ('\u{591}'..='\u{17ff}').contains(&mark);
    is_vowel_sign || MARKS.contains(&mark)
}

/// Returns whether the letter has both cases, so that types and fields can have it.
fn is_cased(letter: char) -> bool {
    let has_both = if letter.is_uppercase() {
        let mut lower = letter.to_lowercase();
        lower.next().is_some_and(|first| first != letter) && lower.next().is_none()
    } else {
        letter.is_lowercase() && letter.to_uppercase().next() != Some(letter)
    };
    has_both && is_among(letter, CASED)
}

fn is_caseless(letter: char) -> bool {
    letter.is_alphabetic() && is_among(letter, CASELESS)
}

fn is_among(letter: char, ranges: &[RangeInclusive<char>]) -> bool {
    ranges.iter().any(|range| range.contains(&letter))
}
