//! Read-only members are not demanded of callers, write-only ones not of the server, and `null` is preserved.

use readonly_and_writeonly::types::{Address, OnlyReceived, OnlySent, User, UserRequired};
use serde_json::{Value, json};

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the document allows this value")
}

fn write(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("every value can be written")
}

#[test]
fn a_request_has_what_it_requires_and_nothing_that_only_the_server_sets() {
    let address = Address::new("Main Street", "ring twice");
    let user = User::new(UserRequired {
        name: "Ada".to_owned(),
        password: "secret".to_owned(),
        code: None,
        addresses: vec![address],
        pin: "1234".into(),
    });
    let address = json!({ "street": "Main Street", "note": "ring twice" });
    assert_eq!(
        write(&user),
        json!({ "name": "Ada", "password": "secret", "code": null, "addresses": [address], "pin": "1234" })
    );
    assert_eq!(write(&OnlySent::new("s")), json!({ "secret": "s" }));
}

#[test]
fn a_reply_without_write_only_members_is_read_and_written_as_it_came() {
    let address = json!({ "key": 1, "street": "Main Street" });
    let reply = json!({ "id": "7", "name": "Ada", "approved": null, "addresses": [address], "owner": address });
    let user: User = read(reply.clone());
    assert_eq!(user.password, None);
    assert_eq!(write(&user), reply);
    assert_eq!(read::<OnlyReceived>(json!({ "id": "7" })).id, "7");
}

#[test]
fn what_a_reply_requires_is_still_required() {
    let without_id = serde_json::from_value::<OnlyReceived>(json!({}));
    assert!(without_id.is_err());
}
