//! Forms and streams.

use super::{mismatches, url};

#[track_caller]
fn assert_body(content: &str, media_type: &str, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let operation =
            format!("requestBody: {{ content: {{ {content} }} }}, responses: {{ '200': {{}} }}");
        let data = serde_json::json!({ "mimeType": media_type, "text": text });
        let request = format!(r#"{}, "postData": {data}"#, url("/1"));
        let found = mismatches(&operation, &request, r#""content": {}"#);
        assert_eq!(found, *expected, "{content} <- {text}");
    }
}

const MEMBERS: &str = "schema: { type: object, required: [n], additionalProperties: false, properties: { n: { type: integer }, \
    l: { type: array, items: { type: integer } }, o: { $ref: '#/components/schemas/O' }, f: { type: string, maxLength: 2 } } }";

#[test]
fn a_form_is_an_object_of_its_fields() {
    let form = "application/x-www-form-urlencoded";
    assert_body(
        &format!("{form}: {{ {MEMBERS} }}"),
        form,
        &[
            ("n=1&l=1&l=2&f=%C3%A4%2B", &[]),
            ("n=x", &["body: Type(string) /n"]),
            ("l=1", &["body: Missing(n)"]),
            ("n=1&l=1&l=x", &["body: Type(string) /l/*"]),
            ("n=1&o=%7B%22a%22%3A1%7D", &[]),
            ("n=1&o[a]=1&o[b]=true", &[]),
            ("n=1&o[a]=x", &["body: Type(string) /o/a"]),
            ("n=1&f=long", &["body: Bound(maxLength) /f"]),
            ("n=1&zz=1", &["body: Undeclared(Some(zz))"]),
        ],
    );
    assert_body(
        &format!("{form}: {{ {MEMBERS}, encoding: {{ l: {{ explode: false }} }} }}"),
        form,
        &[
            ("n=1&l=1,2", &[]),
            ("n=1&l=1,x", &["body: Type(string) /l/*"]),
        ],
    );
}

#[test]
fn a_multipart_body_is_an_object_of_its_parts() {
    let part = |name: &str, more: &str, text: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n")
    };
    let row = |parts: &[String]| format!("{}--b--\r\n", parts.concat());
    let n = part("n", "", "1");
    let file = part(
        "f",
        "; filename=\"x.bin\"\r\nContent-Type: image/png",
        "0123456789",
    );
    let json = part("o", "\r\nContent-Type: application/json", r#"{ "a": 1 }"#);
    let wrong = part("o", "\r\nContent-Type: application/json", r#"{ "a": [] }"#);
    assert_body(
        &format!("multipart/form-data: {{ {MEMBERS} }}"),
        "multipart/form-data; boundary=b",
        &[
            (&row(&[n.clone(), file.clone(), json]), &[]),
            (&row(&[file]), &["body: Missing(n)"]),
            (&row(&[n.clone(), wrong]), &["body: Type(array) /o/a"]),
            (
                &row(&[n.clone(), part("l", "", "1"), part("l", "", "x")]),
                &["body: Type(string) /l/*"],
            ),
            (
                &row(&[
                    n.clone(),
                    part("l", "\r\nContent-Type: application/json", "[1, 2]"),
                ]),
                &[],
            ),
            (&row(&[part("n", "", "x")]), &["body: Type(string) /n"]),
        ],
    );
}

#[test]
fn the_fields_of_a_form_can_be_all_that_is_recorded() {
    let operation = format!(
        "requestBody: {{ content: {{ multipart/form-data: {{ {MEMBERS} }} }} }}, responses: {{ '200': {{}} }}"
    );
    let params = r#""postData": { "mimeType": "multipart/form-data", "text": "", "params": [{ "name": "n", "value": "x" },
        { "name": "f", "fileName": "a.png", "contentType": "image/png" }] }"#;
    let request = format!("{}, {params}", url("/1"));
    let found = mismatches(&operation, &request, r#""content": {}"#);
    assert_eq!(found, ["body: Type(string) /n"]);
}

#[track_caller]
fn assert_stream(content: &str, media_type: &str, rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        let operation = format!("responses: {{ '200': {{ content: {{ {content} }} }} }}");
        let data = serde_json::json!({ "mimeType": media_type, "text": text });
        let found = mismatches(&operation, &url("/1"), &format!(r#""content": {data}"#));
        assert_eq!(found, *expected, "{content} <- {text}");
    }
}

#[test]
fn each_item_of_a_stream_is_held_against_the_schema_of_one() {
    let item = "$ref: '#/components/schemas/O'";
    let wrong: &[&str] = &["item: Type(string) /a"];
    for content in [
        format!("application/x-ndjson: {{ schema: {{ {item} }} }}"),
        format!("application/x-ndjson: {{ itemSchema: {{ {item} }} }}"),
        format!("application/x-ndjson: {{ schema: {{ type: array, items: {{ {item} }} }} }}"),
    ] {
        assert_stream(
            &content,
            "application/x-ndjson",
            &[
                ("{\"a\":1}\n{\"a\":2}\n", &[]),
                ("{\"a\":1}\n{\"a\":\"x\"}\n", wrong),
                ("{\"a\":1}\nbad\n", &["item: NotJson"]),
                ("{\"a\":1}\n{\"a\":", &[]),
            ],
        );
    }
    let fields = "text/event-stream: { itemSchema: { properties: { event: { type: string }, data: { type: string, \
        contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/O' } } } } }";
    for content in [
        format!("text/event-stream: {{ schema: {{ {item} }} }}").as_str(),
        fields,
    ] {
        assert_stream(
            content,
            "text/event-stream; charset=utf-8",
            &[
                ("event: e\ndata: {\"a\":1}\n\ndata: [DONE]\n\n", &[]),
                ("data: {\"a\":\"x\"}\n\n", wrong),
                ("data: hello\n\n", &["item: NotJson"]),
            ],
        );
    }
    let texts = "text/event-stream: { schema: { type: string, enum: [ping, pong] } }";
    assert_stream(
        texts,
        "text/event-stream",
        &[
            ("data: ping\n\n", &[]),
            ("data: other\n\n", &["item: Value(Some(other))"]),
        ],
    );
}
