//! Bodies other than plain JSON: forms, multipart, text, bytes.

use bytes::Bytes;
use serde_json::json;

use super::sample::SERVICE;
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::multipart::{Multipart, Part};
use crate::runtime::parameters::Style;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::Replay;

fn request() -> RequestBuilder {
    let client: Client = ClientBuilder::new(&SERVICE)
        .transport(Replay::new())
        .build()
        .unwrap();
    RequestBuilder::new(&client, "POST", "/")
}

/// The content type and the body of a request, or why there is none.
fn sent(request: RequestBuilder) -> (String, String) {
    let call: Call<(), ()> = request.call(response::empty, response::empty);
    match call.request() {
        Ok(request) => (
            request.headers()["content-type"]
                .to_str()
                .unwrap()
                .to_owned(),
            String::from_utf8_lossy(request.body()).into_owned(),
        ),
        Err(error) => ("error".to_owned(), error.to_string()),
    }
}

#[test]
fn a_form_has_a_pair_for_each_member() {
    let body =
        json!({ "a b": "ü&", "list": [1, 2], "none": null, "on": true, "object": { "x": 1 } });
    let expected = "a%20b=%C3%BC%26&list=1&list=2&object=%7B%22x%22%3A1%7D&on=true";
    let found = sent(request().form(&body, &[]));
    let kind = "application/x-www-form-urlencoded".to_owned();
    assert_eq!(found, (kind, expected.to_owned()));
}

#[test]
fn a_member_of_a_form_can_have_a_style_of_its_own() {
    let body = json!({ "expand": ["a", "b"], "metadata": { "x": { "y": 1 } }, "ids": [1, 2] });
    let found = sent(request().form(
        &body,
        &[
            (Style::DeepObject, &["expand", "metadata"]),
            (Style::Form { explode: false }, &["ids"]),
        ],
    ));
    let expected = "expand%5B0%5D=a&expand%5B1%5D=b&ids=1,2&metadata%5Bx%5D%5By%5D=1";
    assert_eq!(found.1, expected);
}

#[test]
fn only_an_object_is_a_form() {
    let (kind, reason) = sent(request().form(&json!([1]), &[]));
    assert_eq!(kind, "error");
    assert!(
        reason.contains("an object, since it is sent as a form"),
        "{reason}"
    );
    let reason = sent(request().form(
        &std::collections::BTreeMap::from([("x".to_owned(), f64::NAN)]),
        &[],
    ))
    .1;
    assert!(reason.contains("x: NaN"), "{reason}");
}

#[test]
fn parts_have_names_and_types() {
    let file = Part::from(&b"\x89PNG"[..])
        .with_file_name("a \"b\"\r\n.png")
        .with_media_type("image/png");
    let body = Multipart::default()
        .files("photo", "application/octet-stream", &file)
        .files("more", "text/csv", &vec![Part::new("a,b"), Part::new("c")])
        .files("none", "text/csv", &None::<Part>)
        .value("name", "", &"Widget")
        .value("tags", "", &vec!["x".to_owned(), "y".to_owned()])
        .value("meta", "", &json!({ "a": 1 }))
        .value("rows", "application/json", &json!([1, 2]))
        .value("gone", "", &None::<String>);
    let (kind, text) = sent(request().multipart("multipart/form-data", body));
    assert_eq!(kind, "multipart/form-data; boundary=part-boundary-0");
    let head = |name: &str| {
        format!("--part-boundary-0\r\ncontent-disposition: form-data; name=\"{name}\"")
    };
    let expected = [
        format!(
            "{}; filename=\"a %22b%22%0D%0A.png\"\r\ncontent-type: image/png\r\n\r\n\u{fffd}PNG\r\n",
            head("photo")
        ),
        format!(
            "{}; filename=\"more\"\r\ncontent-type: text/csv\r\n\r\na,b\r\n",
            head("more")
        ),
        format!(
            "{}; filename=\"more\"\r\ncontent-type: text/csv\r\n\r\nc\r\n",
            head("more")
        ),
        format!("{}\r\n\r\nWidget\r\n", head("name")),
        format!("{}\r\n\r\nx\r\n", head("tags")),
        format!("{}\r\n\r\ny\r\n", head("tags")),
        format!(
            "{}\r\ncontent-type: application/json\r\n\r\n{{\"a\":1}}\r\n",
            head("meta")
        ),
        format!(
            "{}\r\ncontent-type: application/json\r\n\r\n[1,2]\r\n",
            head("rows")
        ),
        "--part-boundary-0--\r\n".to_owned(),
    ];
    assert_eq!(text, expected.concat());
}

/// FastAPI's `UploadFile | str`: a file has a name, and a text has none.
#[test]
fn a_file_has_a_file_name_and_a_text_has_none() {
    let parts = [
        Part::from(vec![1]),
        Part::from(Bytes::from_static(b"b")).with_media_type("image/png"),
        Part::from("text"),
        Part::text("typed").with_media_type("text/markdown"),
        Part::from("named").with_file_name("n.txt"),
    ];
    let heads = |body: Multipart| -> Vec<String> {
        let (_, text) = sent(request().multipart("multipart/form-data", body));
        let parts = text.split("--part-boundary-0\r\n").skip(1);
        let heads = parts.filter_map(|part| part.split_once("\r\n\r\n"));
        heads
            .map(|(head, _)| head.replace("content-disposition: form-data; name=\"f\"", "f"))
            .map(|head| head.replace("\r\ncontent-type:", ""))
            .collect()
    };
    let either = Multipart::default().files_or_texts("f", "image/gif", &parts.to_vec());
    let expected = [
        "f; filename=\"f\" image/gif",
        "f; filename=\"f\" image/png",
        "f",
        "f text/markdown",
        "f; filename=\"n.txt\" image/gif",
    ];
    assert_eq!(heads(either), expected);
    let files = Multipart::default().files("f", "image/gif", &parts.to_vec());
    let expected = [
        "f; filename=\"f\" image/gif",
        "f; filename=\"f\" image/png",
        "f; filename=\"f\" image/gif",
        "f; filename=\"f\" text/markdown",
        "f; filename=\"n.txt\" image/gif",
    ];
    assert_eq!(heads(files), expected);
}

/// FastAPI and Rails would read the text `null`.
#[test]
fn nothing_of_a_null_is_sent() {
    let value = json!({ "a": null, "b": [null, 1, null], "c": { "d": null } });
    let deep: &[crate::runtime::form::Members] = &[(Style::DeepObject, &["c"])];
    assert_eq!(sent(request().form(&value, deep)).1, "b=1");
    let styles = [
        Style::Form { explode: true },
        Style::Form { explode: false },
        Style::DeepObject,
    ];
    for style in styles {
        let body = Multipart::default().styled("x", style, &json!(null));
        let body = body
            .value("x", "", &json!([null]))
            .value("y", "application/json", &json!(null));
        let (_, text) = sent(request().multipart("multipart/form-data", body));
        assert_eq!(text, "--part-boundary-0--\r\n");
    }
}

#[test]
fn parts_have_headers_and_styles_of_their_own() {
    let body = Multipart::default()
        .files("file", "text/csv", &vec![Part::new("a"), Part::new("b")])
        .header("X-Rows", Style::Simple { explode: false }, &3)
        .value("rows", "", &"1")
        .header("X-Gone", Style::Simple { explode: false }, &None::<String>)
        .header("X-Meta", Style::Json, &json!({ "a": 1 }))
        .styled("expand", Style::DeepObject, &json!(["x&y", "ü="]))
        .styled("ids", Style::PipeDelimited { explode: false }, &vec![1, 2])
        .others(&Some(vec![("more".to_owned(), Part::text("c"))]));
    let (_, text) = sent(request().multipart("multipart/form-data", body));
    let parts: Vec<&str> = text.split("--part-boundary-0").map(str::trim).collect();
    let head = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
    let expected = [
        String::new(),
        format!(
            "{}; filename=\"file\"\r\ncontent-type: text/csv\r\nx-rows: 3\r\n\r\na",
            head("file")
        ),
        format!(
            "{}; filename=\"file\"\r\ncontent-type: text/csv\r\nx-rows: 3\r\n\r\nb",
            head("file")
        ),
        format!("{}\r\nx-meta: {{\"a\":1}}\r\n\r\n1", head("rows")),
        format!("{}\r\n\r\nx&y", head("expand[0]")),
        format!("{}\r\n\r\nü=", head("expand[1]")),
        format!("{}\r\n\r\n1|2", head("ids")),
        format!("{}\r\n\r\nc", head("more")),
        "--".to_owned(),
    ];
    assert_eq!(parts, expected);

    let smuggled = Multipart::default().value("a", "", &"b").header(
        "X-A",
        Style::Simple { explode: false },
        &"1\r\nx-evil: 2",
    );
    let (kind, reason) = sent(request().multipart("multipart/form-data", smuggled));
    assert_eq!(kind, "error");
    assert!(
        reason.contains("X-A") && !reason.contains("evil"),
        "{reason}"
    );
}

#[test]
fn no_part_contains_the_boundary() {
    let body = Multipart::default()
        .files("a", "", &Part::new("--part-boundary-0\r\n"))
        .value("b", "", &"x part-boundary-1 y");
    let (kind, text) = sent(request().multipart("multipart/form-data", body));
    assert_eq!(kind, "multipart/form-data; boundary=part-boundary-2");
    assert_eq!(text.matches("part-boundary-2").count(), 3);
}

#[test]
fn a_media_type_cannot_smuggle_a_header() {
    let part = Part::new("x").with_media_type("text/plain\r\nx-evil: 1");
    let body = Multipart::default().files("a", "", &part);
    let (kind, reason) = sent(request().multipart("multipart/form-data", body));
    assert_eq!(
        (kind.as_str(), reason.as_str()),
        ("error", "the media type of a part has control characters")
    );
}

#[test]
fn parts_that_the_description_does_not_name() {
    let parts = [
        ("a".to_owned(), Part::new("1")),
        ("b".to_owned(), Part::text("2")),
    ];
    let (kind, text) = sent(request().parts("multipart/mixed", &parts));
    assert_eq!(kind, "multipart/mixed; boundary=part-boundary-0");
    let file = "name=\"a\"; filename=\"a\"\r\ncontent-type: application/octet-stream\r\n\r\n1\r\n";
    assert!(text.contains(file), "{text}");
    assert!(text.contains("name=\"b\"\r\n\r\n2\r\n"), "{text}");
}

#[test]
fn texts_and_bytes_are_sent_as_they_are() {
    let found = sent(request().text("text/x-markdown", "# ü"));
    assert_eq!(found, ("text/x-markdown".to_owned(), "# ü".to_owned()));
    let found = sent(request().bytes("image/png", &Bytes::from_static(b"PNG")));
    assert_eq!(found, ("image/png".to_owned(), "PNG".to_owned()));
    let found = sent(request().json_as("application/merge-patch+json", &json!({ "a": null })));
    let kind = "application/merge-patch+json".to_owned();
    assert_eq!(found, (kind, r#"{"a":null}"#.to_owned()));
}

#[test]
fn a_body_that_is_not_given_is_not_sent() {
    let call: Call<(), ()> = request().call(response::empty, response::empty);
    let request = call.request().unwrap();
    assert!(request.body().is_empty());
    assert!(!request.headers().contains_key("content-type"));
}
