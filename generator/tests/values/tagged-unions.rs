//! The generated types of the fixture `tagged-unions`: which branch a value is read as, and which tag is written.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tagged_unions::types::{
    Card, Draft, FieldProblem, FieldProblemType, FileTool, First, FunctionTool, Gift, Lizard, Other, Outer, Pet, Plain,
    Problem, Request, RequestV1, RequestV2, RequestVersion, Rich, Tool, Toy, V1, V2, Version,
};

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
fn a_constant_of_the_branch_is_its_tag() {
    let tool: Tool = read(r#"{"type":"function","name":"f"}"#);
    assert_eq!(tool, FunctionTool::new("f").into());
    assert!(matches!(read(r#"{"type":"file"}"#), Tool::FileTool(_)));
    assert!(matches!(read(r#"{"type":"FileTool"}"#), Tool::Unknown(_)));
    assert_eq!(written(&FunctionTool::new("f")), r#"{"type":"function","name":"f"}"#);
    assert_eq!(written(&Tool::from(FileTool::default())), r#"{"type":"file"}"#);
    let error = serde_json::from_str::<FunctionTool>(r#"{"type":"file","name":"f"}"#).unwrap_err();
    assert_eq!(error.to_string(), r#"type: expected one of "function"; found the string "file""#);
}

#[test]
fn every_value_of_a_mapping_is_read_and_written_as_it_came() {
    for tag in ["lizard", "reptile"] {
        let text = format!(r#"{{"petType":"{tag}","scales":7}}"#);
        assert!(matches!(read(&text), Pet::Lizard(_)));
    }
    // the first is for a new value, and a wrong one is corrected
    let mut lizard = Lizard::default();
    assert_eq!(written(&lizard), r#"{"petType":"lizard"}"#);
    lizard.pet_type = "cat".to_owned();
    assert_eq!(written(&Pet::from(lizard)), r#"{"petType":"lizard"}"#);
    assert!(matches!(read(r#"{"petType":"cat","lives":9}"#), Pet::Cat(_)));
    assert!(matches!(read(r#"{"petType":"fish","gills":2}"#), Pet::Fish(_)));
    assert!(matches!(read(r#"{"gills":2,"petType":"newt"}"#), Pet::Unknown(_)));
}

#[test]
fn integers_and_booleans_are_tags() {
    assert_eq!(read::<Version>(r#"{"version":1,"a":"x"}"#), V1::default().with_a("x").into());
    assert!(matches!(read(r#"{"version":2}"#), Version::V2(_)));
    assert!(matches!(read(r#"{"version":false}"#), Version::Draft(_)));
    assert!(matches!(read(r#"{"version":3}"#), Version::Unknown(_)));
    assert_eq!(written(&Version::from(V2::default())), r#"{"version":2}"#);
    assert_eq!(written(&Version::from(Draft::default())), r#"{"version":false}"#);
    let mut second = V2::default();
    second.version = 1;
    assert_eq!(written(&Version::from(second)), r#"{"version":2}"#);
}

#[test]
fn a_branch_goes_out_under_its_own_tag() {
    assert!(matches!(read(r#"{"version":"v1","id":"7"}"#), Request::V1(_)));
    assert!(matches!(read(r#"{"version":"v2","id":"7"}"#), Request::V2(_)));
    let mut first = RequestV1::default();
    assert_eq!(written(&first), r#"{"version":"v1"}"#);
    first.version = RequestVersion::V2;
    assert_eq!(written(&Request::from(first)), r#"{"version":"v1"}"#);
}

#[test]
fn a_union_in_a_union_has_the_tags_of_its_branches() {
    let outer: Outer = read(r#"{"version":"v2","id":"7"}"#);
    assert_eq!(outer, Request::from(RequestV2::default().with_id("7")).into());
    assert!(matches!(read(r#"{"version":"v1"}"#), Outer::Request(Request::V1(_))));
    assert!(matches!(read(r#"{"version":"o","o":1}"#), Outer::Other(_)));
    assert!(matches!(read(r#"{"lives":1,"version":"c"}"#), Outer::Unknown(_)));
    assert_eq!(written(&Outer::from(Other::default())), r#"{"version":"o"}"#);
    assert!(matches!(read(r#"{"version":"o","o":1}"#), First::Other(_)));
    assert!(matches!(read(r#"{"p":1,"version":"p"}"#), First::Unknown(_)));
}

#[test]
fn an_optional_tag_is_written_where_nothing_else_tells() {
    assert!(matches!(read(r#"{"text":"x"}"#), Card::Plain(_)));
    assert!(matches!(read(r#"{"text":"x","image":"y"}"#), Card::Rich(_)));
    assert!(matches!(read(r#"{"kind":"rich","text":"x"}"#), Card::Rich(_)));
    assert_eq!(written(&Card::from(Plain::default())), "{}");
    assert_eq!(written(&Card::from(Rich::default())), r#"{"kind":"rich"}"#);
}

#[test]
fn a_tag_that_no_branch_has_is_written_by_the_union() {
    assert_eq!(written(&Gift::from(Toy::default())), r#"{"what":"Toy"}"#);
    assert!(matches!(read(r#"{"what":"Book","pages":7}"#), Gift::Book(_)));
}

#[test]
fn a_mapping_at_odds_with_its_branches_is_read_and_what_they_list_as_well() {
    for tag in ["passport", "visa", "address", "field"] {
        let text = format!(r#"{{"type":"{tag}","name":"n"}}"#);
        assert!(matches!(read(&text), Problem::FieldProblem(_)), "{text}");
    }
    for tag in ["passport", "visa", "file"] {
        let text = format!(r#"{{"type":"{tag}","hash":"h"}}"#);
        assert!(matches!(read(&text), Problem::FileProblem(_)), "{text}");
    }
    assert!(matches!(read(r#"{"hash":"h","type":"other"}"#), Problem::Unknown(_)));
    let problem = FieldProblem::new(FieldProblemType::Visa, "n");
    assert_eq!(written(&Problem::from(problem)), r#"{"type":"visa","name":"n"}"#);
}
