//! Parameters in every style: the values of the specification's style examples, and what must not leave its place.

use serde_json::{Value, json};

use super::sample::{Item, SERVICE};
use crate::runtime::call::Call;
use crate::runtime::client::{Client, ClientBuilder};
use crate::runtime::parameters::Style;
use crate::runtime::request::RequestBuilder;
use crate::runtime::response;
use crate::runtime::transport::Replay;
use crate::runtime::wire::ToJson;

fn client() -> Client {
    ClientBuilder::new(&SERVICE)
        .transport(Replay::new())
        .build()
        .unwrap()
}

fn sent(request: RequestBuilder) -> Call<(), ()> {
    request.call(response::empty, response::empty)
}

/// The path and query of a request, or why there is none.
fn url(request: RequestBuilder) -> String {
    match sent(request).request() {
        Ok(request) => request.uri().path_and_query().unwrap().to_string(),
        Err(error) => format!("error: {error}"),
    }
}

pub(super) fn query(style: Style, value: &dyn ToJson) -> String {
    let request = RequestBuilder::new(&client(), "GET", "/");
    url(request.query("color", style, value))
}

pub(super) fn path(style: Style, value: &dyn ToJson) -> String {
    let request = RequestBuilder::new(&client(), "GET", "/x{color}");
    url(request.path("color", style, value))
}

pub(super) fn header(explode: bool, value: &dyn ToJson) -> Option<String> {
    let request = RequestBuilder::new(&client(), "GET", "/");
    let call = sent(request.header("color", Style::Simple { explode }, value));
    let request = call.request().unwrap();
    let value = request.headers().get("color")?;
    Some(value.to_str().unwrap().to_owned())
}

/// `empty`, `string`, `array` and `object` of the specification's table.
fn values() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        // the example's order; serde_json sorts names, and so do B, G, R
        json!({ "B": 150, "G": 200, "R": 100 }),
    ]
}

#[test]
fn styles_of_the_path() {
    #[rustfmt::skip]
    let table = [
        (Style::Matrix { explode: false }, [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
        (Style::Matrix { explode: true }, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
        (Style::Label { explode: false }, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (Style::Label { explode: true }, [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
        (Style::Simple { explode: false }, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Style::Simple { explode: true }, ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
    ];
    for (style, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = path(style, value);
            match expected {
                "" => assert!(found.contains("is empty"), "{found}"),
                _ => assert_eq!(found, format!("/x{expected}"), "{style:?}"),
            }
        }
    }
}

#[test]
fn styles_of_the_query() {
    #[rustfmt::skip]
    let table = [
        (Style::Form { explode: false }, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::Form { explode: true }, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        // 3.1 and 3.2 have no exploded form of these; common practice writes the list as `form` does
        (Style::SpaceDelimited { explode: true }, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        (Style::PipeDelimited { explode: true }, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        (Style::SpaceDelimited { explode: false }, ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"]),
        (Style::PipeDelimited { explode: false }, ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"]),
        (Style::DeepObject, ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
    ];
    for (style, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = query(style, value);
            assert_eq!(found, format!("/?{expected}"), "{style:?}");
        }
    }
}

#[test]
fn styles_of_a_header() {
    let [empty, text, list, object] = values();
    for explode in [false, true] {
        assert_eq!(header(explode, &empty).unwrap(), "");
        assert_eq!(header(explode, &text).unwrap(), "blue");
        assert_eq!(header(explode, &list).unwrap(), "blue,black,brown");
    }
    assert_eq!(header(false, &object).unwrap(), "B,150,G,200,R,100");
    assert_eq!(header(true, &object).unwrap(), "B=150,G=200,R=100");
    assert_eq!(header(false, &"a b,c%").unwrap(), "a b,c%");
}

pub(super) fn cookie(style: Style, value: &dyn ToJson) -> Result<String, String> {
    let request = RequestBuilder::new(&client(), "GET", "/");
    let call = sent(request.cookie("color", style, value));
    let request = call.request().map_err(|error| error.to_string())?;
    let value = request.headers().get("cookie");
    Ok(value.map_or("", |value| value.to_str().unwrap()).to_owned())
}

/// `form` of all versions, and `cookie` of 3.2, which encodes nothing.
#[test]
fn styles_of_a_cookie() {
    #[rustfmt::skip]
    let table = [
        (Style::Form { explode: false }, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::Form { explode: true }, ["color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"]),
        (Style::Cookie { explode: false }, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::Cookie { explode: true }, ["color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"]),
    ];
    for (style, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = cookie(style, value);
            assert_eq!(found.as_deref(), Ok(expected), "{style:?}");
        }
    }
    assert_eq!(
        cookie(Style::Form { explode: true }, &"a=b/c").unwrap(),
        "color=a%3Db%2Fc"
    );
    assert_eq!(
        cookie(Style::Cookie { explode: true }, &"a=b/c%20").unwrap(),
        "color=a=b/c%20"
    );
    for smuggled in [
        json!("a; admin=1"),
        json!(["a", "b;c"]),
        json!({ "a;b": 1 }),
    ] {
        let reason = cookie(Style::Cookie { explode: true }, &smuggled).unwrap_err();
        assert!(reason.contains("a cookie cannot have `;`"), "{reason}");
    }
}

/// `allowReserved`: of query in 3.0 and 3.1, of path and cookie in 3.2, too. A value still stays in its place.
#[test]
fn reserved_characters_are_sent_as_they_are_where_that_is_allowed() {
    let text = "a/b?c=d&e:f@g,h;i#j[k]%41%é";
    let request = RequestBuilder::new(&client(), "GET", "/");
    let found = url(request.query_reserved("q", Style::Form { explode: true }, &text));
    assert_eq!(found, "/?q=a/b?c=d&e:f@g,h;i%23j%5Bk%5D%41%25%C3%A9");
    let request = RequestBuilder::new(&client(), "GET", "/");
    let found = url(request.query("q", Style::Form { explode: true }, &text));
    assert_eq!(
        found,
        "/?q=a%2Fb%3Fc%3Dd%26e%3Af%40g%2Ch%3Bi%23j%5Bk%5D%2541%25%C3%A9"
    );
    let request = RequestBuilder::new(&client(), "GET", "/x/{q}");
    let found = url(request.path_reserved("q", Style::Simple { explode: false }, &text));
    assert_eq!(found, "/x/a%2Fb%3Fc=d&e:f@g,h;i%23j%5Bk%5D%41%25%C3%A9");
    let request = RequestBuilder::new(&client(), "GET", "/");
    let call = sent(request.cookie_reserved("q", Style::Form { explode: true }, &"a/b;c,d=e"));
    assert_eq!(
        call.request().unwrap().headers()["cookie"],
        "q=a/b%3Bc%2Cd=e"
    );
    // encoded dots lead nowhere else, either
    let request = RequestBuilder::new(&client(), "GET", "/x/{q}");
    let found = url(request.path_reserved("q", Style::Simple { explode: false }, &"%2e%2E"));
    assert!(found.contains("`.` or `..`"), "{found}");
}

/// `type: number` is often an id, which servers parse as an integer.
#[test]
fn a_whole_number_has_no_point() {
    let path = |value: &dyn ToJson| {
        let request = RequestBuilder::new(&client(), "GET", "/x/{id}");
        url(request.path("id", Style::Simple { explode: false }, value))
    };
    assert_eq!(path(&3.0), "/x/3");
    assert_eq!(path(&-3.0), "/x/-3");
    assert_eq!(path(&-0.0), "/x/0");
    assert_eq!(path(&3.5_f32), "/x/3.5");
    assert_eq!(path(&1e17), "/x/100000000000000000");
    assert_eq!(path(&1e-7), "/x/1e-7");
    let list = vec![1.0, 2.5];
    assert_eq!(
        query(Style::Form { explode: true }, &list),
        "/?color=1&color=2.5"
    );
    assert_eq!(
        query(Style::DeepObject, &json!({ "R": 1.0 })),
        "/?color%5BR%5D=1"
    );
    // what is JSON stays JSON
    assert_eq!(query(Style::Json, &1.0), "/?color=1.0");
    let call = sent(
        RequestBuilder::new(&client(), "POST", "/")
            .header("x-id", Style::Simple { explode: false }, &7.0)
            .cookie("id", Style::Form { explode: true }, &8.0)
            .form(&json!({ "amount": 9.0, "rate": 0.5 }), &[]),
    );
    let request = call.request().unwrap();
    assert_eq!(request.headers()["x-id"], "7");
    assert_eq!(request.headers()["cookie"], "id=8");
    assert_eq!(request.body().as_ref(), b"amount=9&rate=0.5");
}

/// `in: querystring` of 3.2: one parameter is all of the query.
#[test]
fn a_query_can_be_one_value() {
    let whole = |style: Style, value: &dyn ToJson| {
        let request = RequestBuilder::new(&client(), "GET", "/");
        url(request.query_string("all", style, value))
    };
    let json = json!({ "numbers": [1, 2], "flag": null });
    let expected = "/?%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D";
    assert_eq!(whole(Style::Json, &json), expected);
    assert_eq!(
        whole(Style::Simple { explode: false }, &"$.a.b[1:1]"),
        "/?%24.a.b%5B1%3A1%5D"
    );
    assert_eq!(whole(Style::Json, &None::<Item>), "/");
    let form = |value: &dyn ToJson| {
        let request = RequestBuilder::new(&client(), "GET", "/");
        url(request.query_form("all", value, &[(Style::Form { explode: false }, &["ids"])]))
    };
    let value = json!({ "foo": "a + b", "ids": [1, 2], "tags": ["x", "y"] });
    assert_eq!(form(&value), "/?foo=a%20%2B%20b&ids=1,2&tags=x&tags=y");
    assert_eq!(form(&None::<Item>), "/");
    assert!(form(&json!([1])).starts_with("error: "));
}

#[test]
fn cookies_are_in_one_header() {
    let call = sent(
        RequestBuilder::new(&client(), "GET", "/")
            .cookie("color", Style::Form { explode: true }, &"a b")
            .cookie("size", Style::Form { explode: false }, &vec![1, 2])
            .cookie("none", Style::Form { explode: true }, &None::<String>)
            .cookie(
                "list",
                Style::Form { explode: true },
                &vec!["x".to_owned(), "y".to_owned()],
            ),
    );
    let request = call.request().unwrap();
    let headers = request.headers();
    assert_eq!(headers.get_all("cookie").iter().count(), 1);
    assert_eq!(headers["cookie"], "color=a%20b; size=1,2; list=x; list=y");
    assert!(headers["cookie"].is_sensitive());
}

#[test]
fn a_content_of_json_is_one_text() {
    let item = Item {
        id: "7".to_owned(),
        ..Item::default()
    };
    let found = query(Style::Json, &item);
    assert_eq!(found, "/?color=%7B%22id%22%3A%227%22%7D");
    assert_eq!(query(Style::Json, &"a"), "/?color=%22a%22");
}

#[test]
fn deep_objects_are_as_deep_as_the_value() {
    let value = json!({ "created": { "gte": 1 }, "items": [ { "price": "p" } ] });
    let expected = "/?color%5Bcreated%5D%5Bgte%5D=1&color%5Bitems%5D%5B0%5D%5Bprice%5D=p";
    assert_eq!(query(Style::DeepObject, &value), expected);
}

#[test]
fn null_and_empty_values_are_not_sent() {
    for value in [json!(null), json!([]), json!({}), json!([null])] {
        for style in [
            Style::Form { explode: true },
            Style::PipeDelimited { explode: true },
            Style::DeepObject,
        ] {
            assert_eq!(query(style, &value), "/", "{style:?} {value}");
        }
        assert_eq!(header(false, &value), None);
    }
    assert_eq!(
        query(Style::Form { explode: false }, &json!(["a", null, "b"])),
        "/?color=a,b"
    );
}

#[test]
fn a_value_stays_inside_its_segment() {
    let table = [
        ("a/b", "/items/a%2Fb/end"),
        ("a?b#c", "/items/a%3Fb%23c/end"),
        ("%2e%2e", "/items/%252e%252e/end"),
        ("ä", "/items/%C3%A4/end"),
        ("a{b}", "/items/a%7Bb%7D/end"),
        ("a\\b", "/items/a%5Cb/end"),
        ("..a", "/items/..a/end"),
    ];
    for (value, expected) in table {
        let request = RequestBuilder::new(&client(), "GET", "/items/{id}/end");
        assert_eq!(
            url(request.path("id", Style::Simple { explode: false }, &value)),
            expected
        );
    }
}

#[test]
fn a_value_that_changes_the_path_is_rejected() {
    for (value, reason) in [
        ("", "is empty"),
        (".", "`.` or `..`"),
        ("..", "`.` or `..`"),
    ] {
        let request = RequestBuilder::new(&client(), "DELETE", "/items/{id}");
        let found = url(request.path("id", Style::Simple { explode: false }, &value));
        assert!(found.contains(reason), "{value:?}: {found}");
    }
    // two values that are harmless apart
    let request = RequestBuilder::new(&client(), "GET", "/{a}{b}");
    let request = request.path("a", Style::Simple { explode: false }, &".");
    assert!(url(request.path("b", Style::Simple { explode: false }, &".")).contains("`..`"));
}

#[test]
fn a_template_can_name_a_parameter_twice_and_have_a_query() {
    let request = RequestBuilder::new(&client(), "GET", "/{id}:copy/{id}?mode={mode}");
    let request = request
        .path("id", Style::Simple { explode: false }, &7)
        .path("mode", Style::Simple { explode: false }, &"a b")
        .query("n", Style::Form { explode: true }, &1.5);
    assert_eq!(url(request), "/7:copy/7?mode=a%20b&n=1.5");
}

#[test]
fn a_header_cannot_smuggle_another() {
    for value in ["a\r\nb: c", "a\nb", "a\0"] {
        let request = RequestBuilder::new(&client(), "GET", "/");
        let call = sent(request.header("color", Style::Simple { explode: false }, &value));
        let error = call.request().unwrap_err().to_string();
        assert!(error.contains("parameter `color`"), "{error}");
        assert!(!error.contains("b: c"), "{error}");
    }
}

#[test]
fn a_value_that_json_has_no_words_for_is_an_error() {
    let found = query(Style::Form { explode: true }, &f64::NAN);
    assert!(
        found.contains("parameter `color` cannot be sent"),
        "{found}"
    );
    assert!(found.contains("NaN"), "{found}");
}
