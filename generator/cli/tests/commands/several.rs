//! Several descriptions as one crate: what they share is listed, and `--target crm/deals` names one of them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::workspace::{Ended, run_in};

const DEALS: &str = "deals.yaml";

/// A folder with three descriptions that share types, and the choices for them.
fn crm() -> TempDir {
    let fixture = "../tests/fixtures/config/crm";
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for file in ["codegen.yaml", "products.yaml", DEALS, "contacts.yaml"] {
        fs::copy(from.join(file), folder.path().join(file)).expect("it can be copied");
    }
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Ended {
    run_in(folder.path(), arguments, &[])
}

fn read(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).expect("the file is there")
}

/// The description of deals with another type of a member that the descriptions share.
fn newer(folder: &TempDir) -> String {
    let (old, new) = ("after: { type: string }", "after: { type: integer }");
    let text = read(folder, DEALS);
    assert!(text.contains(old), "{text}");
    text.replace(old, new)
}

#[track_caller]
fn assert_told(ended: &Ended, texts: &[&str]) {
    for text in texts {
        assert!(ended.stdout.contains(text), "{text:?} in {ended:#?}");
    }
}

#[test]
fn what_the_descriptions_share_is_listed_and_nothing_is_written() {
    let folder = crm();
    let ended = run(&folder, &["generate", "--joined"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    assert_eq!(ended.stdout, include_str!("several/joined.txt"));
    assert!(!folder.path().join("crm").exists());
}

#[test]
fn a_type_that_two_no_longer_share_is_told() {
    let folder = crm();
    let newer = newer(&folder);
    fs::write(folder.path().join(DEALS), newer).expect("it can be written");
    let ended = run(&folder, &["generate", "--joined"]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let apart = "NextPage: contacts, products | deals: member `after` differs";
    assert_told(&ended, &[apart]);
}

#[test]
fn one_of_several_descriptions_is_compared() {
    let folder = crm();
    let newer = newer(&folder);
    fs::write(folder.path().join("newer.yaml"), newer).expect("it can be written");
    let sides = ["diff", "--from", DEALS, "--to", "newer.yaml"];
    let ended = run(&folder, &[&sides[..], &["--target", "crm/deals"]].concat());
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let change = "`NextPage::after` is i64 instead of String";
    assert_told(&ended, &[change, "+ newer.yaml:121:9", "1 break; major"]);
}

#[test]
fn one_of_several_descriptions_is_updated() {
    let folder = crm();
    let before = ["products.yaml", "contacts.yaml"].map(|file| read(&folder, file));
    let newer = newer(&folder);
    fs::write(folder.path().join("newer.yaml"), &newer).expect("it can be written");
    let ended = run(&folder, &["update-spec", "newer.yaml"]);
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let choice = "choose one by `--target`: `crm/contacts`, `crm/deals`, `crm/products`";
    assert!(ended.stderr.contains(choice), "{ended:#?}");
    let ended = run(
        &folder,
        &["update-spec", "newer.yaml", "--target", "crm/deals"],
    );
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let change = "`NextPage::after` is i64 instead of String";
    assert_told(&ended, &[change, "Wrote deals.yaml"]);
    assert_eq!(read(&folder, DEALS), newer);
    let after = ["products.yaml", "contacts.yaml"].map(|file| read(&folder, file));
    assert_eq!(after, before);
}

#[test]
fn traffic_is_held_against_one_of_several_descriptions() {
    let folder = crm();
    let body = r#"{"results":[{"id":"1","amount":"5"}],"paging":{"next":{"after":2}}}"#;
    let traffic = serde_json::json!({"log": {"version": "1.2", "entries": [{
        "request": {"method": "GET", "url": "https://api.example.com/deals",
            "headers": [{"name": "authorization", "value": "Bearer t"}], "queryString": []},
        "response": {"status": 200, "headers": [],
            "content": {"mimeType": "application/json", "text": body}},
    }]}});
    fs::write(folder.path().join("traffic.har"), traffic.to_string()).expect("it can be written");
    let ended = run(
        &folder,
        &["conform", "traffic.har", "--target", "crm/deals"],
    );
    assert_eq!(ended.code, Some(4), "{ended:#?}");
    assert_told(&ended, &["1 exchange, 1 of 3 operations: 1 mismatch"]);
    let place = "`/paging/next/after` is `integer`, not `string`, in 1 of 1 reply\n   --> deals.yaml:121:24";
    assert!(ended.stderr.contains(place), "{ended:#?}");
}
