//! Values of an `anyOf` of objects: each is read as the branch that it is, and none loses a member.

use anyof_objects::types::{
    Car, Detailed, Luggage, Meal, Plane, Seat, Ticket, Trip, TripNested, TripProblem, TripVehicle,
};
use serde_json::{Value, json};

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("the document allows this value")
}

#[track_caller]
fn assert_same<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) {
    let written = serde_json::to_value(read::<T>(value)).expect("every value can be written");
    assert_eq!(written, *value);
}

#[test]
fn a_type_or_a_required_member_tells_the_branches_apart() {
    let car = json!({ "doors": 4, "colour": "red", "size": 3 });
    let plane = json!({ "wings": 2, "size": "big" });
    assert!(matches!(read(&car), TripVehicle::Car(_)));
    assert!(matches!(read(&plane), TripVehicle::Plane(_)));
    assert_same::<TripVehicle>(&car);
    assert_same::<TripVehicle>(&plane);
    let trip = Trip::new(Car::new(4, "red")).with_problem(Detailed::new(1, "late"));
    let written = serde_json::to_value(&trip).expect("every value can be written");
    assert_eq!(
        written,
        json!({ "vehicle": { "doors": 4, "colour": "red" }, "problem": { "code": 1, "detail": "late" } })
    );
    assert_eq!(Plane::new(2, "big").size, "big");
}

#[test]
fn an_object_that_fits_both_branches_is_both() {
    let detailed = json!({ "code": 1, "detail": "late" });
    let listed = json!({ "code": 1, "items": ["a"] });
    let both = json!({ "code": 1, "detail": "late", "items": ["a"] });
    assert!(matches!(read(&detailed), TripProblem::Detailed(_)));
    assert!(matches!(read(&listed), TripProblem::Listed(_)));
    assert!(matches!(read(&both), TripProblem::DetailedAndListed(_)));
    for value in [detailed, listed, both] {
        assert_same::<TripProblem>(&value);
    }
    let wrong = json!({ "code": "1", "detail": "late" });
    let error = serde_json::from_value::<TripProblem>(wrong).expect_err("`code` is an integer");
    assert!(error.to_string().contains("code"), "{error}");
}

#[test]
fn branches_that_nothing_tells_apart_are_one_struct() {
    let seat = json!({ "id": "1", "row": 7, "class": "first" });
    let meal = json!({ "id": "1", "dish": null, "note": "vegan", "class": "hot" });
    let all = json!({ "id": "1", "row": 7, "dish": "soup", "note": 3 });
    for value in [&seat, &meal, &all] {
        assert_same::<Ticket>(value);
    }
    assert_eq!(read::<Ticket>(&seat).as_seat(), Some(read::<Seat>(&seat)));
    assert_eq!(read::<Ticket>(&seat).as_meal(), None);
    assert_eq!(Ticket::from(read::<Seat>(&seat)), read::<Ticket>(&seat));
    assert_eq!(Ticket::from(read::<Meal>(&meal)), read::<Ticket>(&meal));
    assert_eq!(Ticket::from(read::<Luggage>(&all)), read::<Ticket>(&all));
}

#[test]
fn an_any_of_in_an_any_of_is_one() {
    assert!(matches!(read(&json!("a")), TripNested::Text(_)));
    assert!(matches!(read(&json!(1)), TripNested::Integer(1)));
    assert!(matches!(read(&json!({ "doors": 2, "colour": "red" })), TripNested::Car(_)));
}
