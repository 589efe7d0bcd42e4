//! The generated types of the fixture `hierarchies`: a base is the union of its subtypes and itself, and loses nothing.

use hierarchies::types::{
    Animal, Bike, Cat, Circle, Dog, Everything, EverythingShape, Pet, PetBase, Square, Vehicle,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a text, which has to be written back byte by byte.
fn read<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let value: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(written(&value), text);
    value
}

fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn a_value_of_a_base_is_one_of_its_subtypes() {
    let pet: Pet = read(r#"{"petType":"dog","name":"Rex","packSize":3}"#);
    assert_eq!(pet, Dog::new("Rex", 3).into());
    // the mapping is that of the base above, and the name counts where it has no entry
    let text = r#"{"petType":"Cat","name":"Tom","huntingSkill":"lazy","friend":{"petType":"dog","name":"Rex","packSize":3}}"#;
    assert!(matches!(read(text), Pet::Cat(_)));
    assert!(matches!(read(text), Animal::Cat(_)));
    let pets = r#"{"pets":[{"petType":"Cat","name":"Tom"},{"petType":"Pet","name":"It"}],"favourite":null}"#;
    let everything: Everything = read(pets);
    assert!(matches!(everything.pets.as_deref(), Some([Pet::Cat(_), Pet::Base(_)])));
}

#[test]
fn an_unknown_tag_is_of_the_base_if_nothing_is_lost() {
    assert!(matches!(read(r#"{"petType":"Pet","name":"It"}"#), Pet::Base(_)));
    assert!(matches!(read(r#"{"petType":"newt","name":"It"}"#), Pet::Base(_)));
    assert!(matches!(read(r#"{"gills":2,"name":"It","petType":"newt"}"#), Pet::Unknown(_)));
    assert!(matches!(read(r#"{"petType":"newt"}"#), Animal::Base(_)));
    assert!(matches!(read(r#"{"petType":"Pet","name":"It"}"#), Animal::Pet(_)));
    let error = serde_json::from_str::<Pet>(r#"{"petType":"dog","name":"Rex"}"#).unwrap_err();
    assert_eq!(error.to_string(), "packSize: is missing and required");
}

#[test]
fn a_new_value_has_the_tag_of_its_type() {
    assert_eq!(written(&Dog::new("Rex", 3)), r#"{"petType":"dog","name":"Rex","packSize":3}"#);
    let mut cat = Cat::new("Tom");
    cat.pet_type = "dog".to_owned();
    assert_eq!(written(&Pet::from(cat)), r#"{"petType":"Cat","name":"Tom"}"#);
    let mut base = PetBase::new("It");
    assert_eq!(written(&base), r#"{"petType":"Pet","name":"It"}"#);
    base.pet_type = "dog".to_owned();
    assert_eq!(written(&Pet::from(base)), r#"{"petType":"Pet","name":"It"}"#);
}

#[test]
fn a_list_of_subtypes_is_told_by_the_discriminator_of_their_base() {
    assert!(matches!(read(r#"{"typeName":"circle","size":1}"#), EverythingShape::Circle(_)));
    assert!(matches!(read(r#"{"typeName":"square","size":1}"#), EverythingShape::Square(_)));
    assert_eq!(written(&Circle::default()), r#"{"typeName":"circle"}"#);
    assert_eq!(written(&Square::default().with_size(1)), r#"{"typeName":"square","size":1}"#);
}

#[test]
fn a_base_may_list_subtypes_that_lead_back_to_it() {
    assert!(matches!(read(r#"{"kind":"car","wheels":4,"doors":5}"#), Vehicle::Car(_)));
    let bike = Bike::default().with_wheels(2);
    assert_eq!(written(&bike), r#"{"kind":"bike","wheels":2}"#);
    assert!(matches!(read(r#"{"kind":"bus","seats":40}"#), Vehicle::Unknown(_)));
}
