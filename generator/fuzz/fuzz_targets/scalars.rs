//! Plain scalars: a JSON number has the value nearest to its text, and nothing else is a number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oasmith::load::ScalarKind;
use oasmith::step;
use serde_json::Number;

fuzz_target!(|text: &str| {
    let (kind, number) = step::scalar(text);
    let is_number = matches!(kind, ScalarKind::Integer | ScalarKind::Float);
    assert!(is_number || number.is_none());
    if serde_json::from_str::<Number>(text).is_err() {
        return;
    }
    if text.trim() != text {
        return;
    }
    assert!(is_number, "{text:?} is a number in JSON");
    // `-0` is a float to serde_json and the integer 0 here
    let value = number.expect("a JSON number has a value");
    assert_eq!(value.as_f64(), text.parse().ok(), "{text:?}");
});
