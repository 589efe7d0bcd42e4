//! Unions as branches of unions, and as members of branches: what an inner one preserves, another branch may read.

use serde_json::{Value, json};

use crate::runtime::wire::{self, Branch, Json, ToJson};

/// An object with one required member.
macro_rules! object {
    ($name:ident, $member:literal) => {
        #[derive(Debug, Clone, PartialEq)]
        struct $name(i64);

        impl wire::Object for $name {
            fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
                members.required($member).map(Self)
            }

            fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
                members.required($member, &self.0);
            }
        }

        wire::object!($name);
    };
}

object!(Dog, "bark");
object!(Cat, "purr");
object!(Fish, "swim");

/// An object whose only member is optional, so that it reads every object.
#[derive(Debug, Clone, PartialEq)]
struct Tagless(Option<String>);

impl wire::Object for Tagless {
    fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
        members.optional("note").map(Self)
    }

    fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
        members.optional("note", &self.0);
    }
}

wire::object!(Tagless);

/// A page of values.
#[derive(Debug, Clone, PartialEq)]
struct Page<T>(Vec<T>);

macro_rules! page {
    ($item:ident) => {
        impl wire::Object for Page<$item> {
            fn read(members: &mut wire::Reader<'_>) -> wire::Read<Self> {
                members.required("items").map(Self)
            }

            fn write<'a>(&'a self, members: &mut wire::Writer<'a>) {
                members.required("items", &self.0);
            }
        }

        impl wire::FromJson for Page<$item> {
            fn from_json(json: Json<'_>) -> wire::Read<Self> {
                wire::read_object(json)
            }
        }

        impl ToJson for Page<$item> {
            fn to_json(&self) -> Json<'_> {
                wire::write_object(self)
            }
        }
    };
}

page!(Land);
page!(Water);

/// A union of objects, and the fallbacks that it has: `UNKNOWN` preserves in `Unknown`.
macro_rules! union {
    ($name:ident: $($variant:ident($ty:ty) $required:expr),+; $($constant:ident = $fallback:ident),*) => {
        #[derive(Debug, Clone, PartialEq)]
        enum $name {
            $($variant($ty),)+
            $($fallback(Value),)*
        }

        impl wire::Union for $name {
            const BRANCHES: &'static [Branch<Self>] =
                &[$(Branch::new(|json| json.read().map(Self::$variant)).object(&$required)),+];
            $(const $constant: wire::Fallback<Self> = Some(Self::$fallback);)*
        }

        impl ToJson for $name {
            fn to_json(&self) -> Json<'_> {
                match self {
                    $(Self::$variant(value) => value.to_json(),)+
                    $(Self::$fallback(value) => value.to_json(),)*
                }
            }
        }

        wire::union!($name);
    };
}

union!(Land: Dog(Dog) ["bark"], Cat(Cat) ["purr"]; COMBINED = Combined, UNKNOWN = Unknown);
union!(Water: Fish(Fish) ["swim"], Cat(Cat) ["purr"]; UNKNOWN = Unknown);
union!(Animal: Land(Land) [], Fish(Fish) ["swim"]; UNKNOWN = Unknown);
union!(Thing: Animal(Animal) [], Tagless(Tagless) []; COMBINED = Combined);
union!(Pages: Land(Page<Land>) ["items"], Water(Page<Water>) ["items"];);

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_branch_that_reads_an_object_comes_before_one_that_preserves_it() {
    let fish: Animal = read(json!({ "swim": 1, "new": 2 }));
    assert_eq!(fish, Animal::Fish(Fish(1)));
    let dog: Animal = read(json!({ "bark": 1, "new": 2 }));
    assert_eq!(dog, Animal::Land(Land::Dog(Dog(1))));
    // one more level
    let fish: Thing = read(json!({ "swim": 1 }));
    assert_eq!(fish, Thing::Animal(Animal::Fish(Fish(1))));
    let note: Thing = read(json!({ "note": "x", "new": [1] }));
    assert_eq!(note, Thing::Tagless(Tagless(Some("x".to_owned()))));
    assert_eq!(read::<Thing>(json!({})), Thing::Tagless(Tagless(None)));
}

#[test]
fn what_no_branch_reads_is_preserved_by_the_inner_union() {
    let value = json!({ "fly": 1 });
    let expected = Animal::Land(Land::Unknown(value.clone()));
    assert_eq!(read::<Animal>(value), expected);
    // a fish that cannot be read is still a value of the inner union
    let value = json!({ "swim": "far" });
    let expected = Animal::Land(Land::Unknown(value.clone()));
    assert_eq!(read::<Animal>(value), expected);
}

#[test]
fn an_inner_combination_knows_what_its_best_branch_knows() {
    let both = json!({ "bark": 1, "purr": 2 });
    let expected = Animal::Land(Land::Combined(both.clone()));
    assert_eq!(read::<Animal>(both), expected);
    let value = json!({ "bark": 1, "purr": 2, "swim": 3 });
    assert_eq!(read::<Animal>(value), Animal::Fish(Fish(3)));
    let value = json!({ "bark": 1, "note": "x" });
    assert_eq!(read::<Thing>(value.clone()), Thing::Combined(value));
}

#[test]
fn what_a_member_preserves_is_not_read_either() {
    let fish: Pages = read(json!({ "items": [{ "swim": 1 }, { "purr": 2 }] }));
    let expected = vec![Water::Fish(Fish(1)), Water::Cat(Cat(2))];
    assert_eq!(fish, Pages::Water(Page(expected)));
    let cats: Pages = read(json!({ "items": [{ "purr": 2 }] }));
    assert_eq!(cats, Pages::Land(Page(vec![Land::Cat(Cat(2))])));
    // neither reads this one, the first reads the other one
    let value = json!({ "items": [{ "bark": 1 }, { "fly": 2 }] });
    let read: Pages = read(value.clone());
    assert!(matches!(read, Pages::Land(_)), "{read:?}");
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
}
