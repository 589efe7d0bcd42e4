//! What `Debug` shows of values that must not be seen.

use secrets::types::Login;

#[test]
fn debug_does_not_show_passwords() {
    let text = r#"{"user":"ada","password":"p4ss","pin":"1234","hint":"12..","note":"home"}"#;
    let login: Login = serde_json::from_str(text).unwrap();
    assert_eq!(
        format!("{login:?}"),
        r#"Login { user: "ada", password: "[REDACTED]", pin: "[REDACTED]", hint: "[REDACTED]", additional_properties: {"note": "home"} }"#
    );
    assert_eq!(serde_json::to_string(&login).unwrap(), text);
}
