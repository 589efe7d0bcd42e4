//! String enums: open ones preserve unknown values, closed ones reject them.

use std::collections::{BTreeSet, HashSet};

use super::sample::{Kind, Order};

#[test]
fn open_enums_preserve_unknown_values() {
    for (text, kind) in [
        ("BIG", Kind::Big),
        ("SMALL", Kind::Small),
        ("huge", Kind::Unknown("huge".to_owned())),
        ("", Kind::Unknown(String::new())),
    ] {
        let quoted = format!("\"{text}\"");
        assert_eq!(serde_json::from_str::<Kind>(&quoted).unwrap(), kind);
        assert_eq!(serde_json::to_string(&kind).unwrap(), quoted);
        assert_eq!(text.parse::<Kind>().unwrap(), kind);
        assert_eq!(kind.to_string(), text);
        assert_eq!(kind.as_str(), text);
    }
    assert_eq!(format!("{:>5}|", Kind::Big), "  BIG|");
    let error = serde_json::from_str::<Kind>("7").unwrap_err().to_string();
    assert_eq!(error, ".: expected a string, found the number 7");
}

#[test]
fn open_enums_are_compared_as_their_strings() {
    // listed after `SMALL`, and before it in the order of strings
    let mut kinds = [
        Kind::Unknown("a".to_owned()),
        Kind::Small,
        Kind::Unknown("MEDIUM".to_owned()),
        Kind::Big,
    ];
    kinds.sort();
    assert_eq!(
        kinds.map(|kind| kind.to_string()),
        ["BIG", "MEDIUM", "SMALL", "a"]
    );
    // whoever made it by hand means the same value
    let by_hand = Kind::Unknown("BIG".to_owned());
    assert_eq!(by_hand, Kind::Big);
    assert_eq!(HashSet::from([by_hand, Kind::Big]).len(), 1);
}

#[test]
fn closed_enums_list_the_allowed_values() {
    assert_eq!(
        serde_json::from_str::<Order>("\"asc\"").unwrap(),
        Order::Ascending
    );
    assert_eq!(
        serde_json::to_string(&Order::Descending).unwrap(),
        "\"desc\""
    );
    assert_eq!("desc".parse::<Order>().unwrap(), Order::Descending);
    assert_eq!(Order::Ascending.to_string(), "asc");
    let message = r#".: expected one of "asc", "desc"; found the string "up""#;
    assert_eq!("up".parse::<Order>().unwrap_err().to_string(), message);
    let error = serde_json::from_str::<Order>("\"up\"").unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[test]
fn they_are_keys() {
    let kinds = [Kind::Small, Kind::Big, Kind::Unknown("x".to_owned())];
    let hashed: HashSet<Kind> = kinds.iter().cloned().collect();
    let sorted: BTreeSet<Kind> = kinds.iter().cloned().collect();
    assert_eq!((hashed.len(), sorted.len()), (3, 3));
}
