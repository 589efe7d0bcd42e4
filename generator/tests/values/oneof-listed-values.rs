//! Which branch reads an object when both enums are open.

use oneof_listed_values::types::{Plant, Reading};

#[test]
fn the_branch_that_lists_the_value_reads_it() {
    let read = |kind: &str| {
        let text = format!(r#"{{"kind":"{kind}","height":2.5}}"#);
        let plant: Plant = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&plant).unwrap(), text);
        plant
    };
    for kind in ["oak", "elm"] {
        assert!(matches!(read(kind), Plant::Tree(_)), "{kind}");
    }
    for kind in ["fern", "moss"] {
        assert!(matches!(read(kind), Plant::Herb(_)), "{kind}");
    }
    // no branch lists it: the first
    assert!(matches!(read("kelp"), Plant::Tree(_)));
}

#[test]
fn integers_are_told_like_strings() {
    let read = |step: i64| -> Reading {
        serde_json::from_str(&format!(r#"{{"step":{step}}}"#)).unwrap()
    };
    assert!(matches!(read(100), Reading::Coarse(_)));
    assert!(matches!(read(2), Reading::Fine(_)));
    assert!(matches!(read(3), Reading::Coarse(_)));
}
