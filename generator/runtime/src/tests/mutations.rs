//! Thousands of mutated bodies: none panics, and each is decoded like serde_json does.

use serde_json::Value;

use super::sample::{Contact, Item, Owner};
use crate::runtime::wire::{Json, Read};

const SEED: &str = r#"{"id":"1\u00e9","kind":"BIG","price":-1.5e3,"tags":["a",""],"parent":{"id":"2","extra":null},
    "extra":{"a":[1,18446744073709551615,{"b":true}],"type":"TEAM"},"name":null,"note":"x"}"#;

/// A small generator of its own, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}

fn mutate(dice: &mut Dice) -> Vec<u8> {
    const PIECES: [&[u8]; 12] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b",",
        b":",
        b"null",
        b"1e99",
        b"\"id\":0,",
        b"\xff",
        b"\\u0000",
    ];
    let mut body = SEED.as_bytes().to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(body.len());
        match dice.below(4) {
            0 => body[at] = dice.below(256) as u8,
            1 => drop(body.remove(at)),
            2 => drop(body.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            _ => {
                let end = at + dice.below((body.len() - at).min(20));
                let copy = body[at..end].to_vec();
                drop(body.splice(at..at, copy));
            }
        }
    }
    body
}

#[test]
fn broken_bodies_are_read_like_serde_json_does_or_rejected() {
    let mut dice = Dice(7);
    let (mut read, mut rejected) = (0, 0);
    for _ in 0..20_000 {
        let body = mutate(&mut dice);
        let expected = serde_json::from_slice::<Value>(&body);
        let Ok(json) = Json::parse(&body) else {
            assert!(expected.is_err(), "{}", String::from_utf8_lossy(&body));
            rejected += 1;
            continue;
        };
        let ours: Read<Value> = json.clone().read();
        match (ours, expected) {
            (Ok(ours), Ok(expected)) => assert_eq!(ours, expected),
            // serde_json takes the last of two members of a name
            (Err(error), Ok(_)) => assert_eq!(error.reason(), "is duplicate"),
            (ours, Err(error)) => panic!("{ours:?}, {error}: {}", String::from_utf8_lossy(&body)),
        }
        if let Ok(item) = json.clone().read::<Item>() {
            let again = serde_json::to_vec(&item).unwrap();
            // Not `assert_eq`: without its feature `float_roundtrip` serde_json reads a long float a little
            // differently.
            assert_eq!(serde_json::from_slice::<Item>(&again).unwrap().id, item.id);
            read += 1;
        }
        let _: Read<Contact> = json.clone().read();
        let _: Read<Owner> = json.read();
    }
    assert!(
        read > 1_000 && rejected > 1_000,
        "{read} read, {rejected} rejected"
    );
}
