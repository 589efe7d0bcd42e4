//! Parameters in every style: the values of the specification's style examples, and what must not leave its place.

use http::Method;
use serde_json::{Value, json};

use super::sample::{Item, SERVICE};
use crate::runtime::call::{self, Call};
use crate::runtime::client::{Client, ClientBuilder, Draft};
use crate::runtime::parameters::Style;
use crate::runtime::transport::Replay;
use crate::runtime::wire::ToJson;

fn client() -> Client {
    ClientBuilder::new(&SERVICE)
        .transport(Replay::new())
        .build()
        .unwrap()
}

fn sent(draft: Draft) -> Call<(), ()> {
    draft.call(call::empty, call::empty)
}

/// The path and query of a request, or why there is none.
fn url(draft: Draft) -> String {
    match sent(draft).request() {
        Ok(request) => request.uri().path_and_query().unwrap().to_string(),
        Err(error) => format!("error: {error}"),
    }
}

fn query(style: Style, explode: bool, value: &dyn ToJson) -> String {
    let draft = client().draft(Method::GET, "/");
    url(draft.query("color", style, explode, value))
}

fn path(style: Style, explode: bool, value: &dyn ToJson) -> String {
    let draft = client().draft(Method::GET, "/x{color}");
    url(draft.path("color", style, explode, value))
}

fn header(explode: bool, value: &dyn ToJson) -> Option<String> {
    let draft = client().draft(Method::GET, "/");
    let call = sent(draft.header("color", Style::Simple, explode, value));
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
    use Style::{Label, Matrix, Simple};
    #[rustfmt::skip]
    let table = [
        (Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
        (Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
        (Label, false, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (Label, true, [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
        (Simple, false, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Simple, true, ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
    ];
    for (style, explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = path(style, explode, value);
            match expected {
                "" => assert!(found.contains("is empty"), "{found}"),
                _ => assert_eq!(found, format!("/x{expected}"), "{style:?} {explode}"),
            }
        }
    }
}

#[test]
fn styles_of_the_query() {
    use Style::{DeepObject, Form, PipeDelimited, SpaceDelimited};
    #[rustfmt::skip]
    let table = [
        (Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Form, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        // 3.1 and 3.2 have no exploded form of these; common practice writes the list as `form` does
        (SpaceDelimited, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        (PipeDelimited, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
        (DeepObject, false, ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
        (SpaceDelimited, false, ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"]),
        (PipeDelimited, false, ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"]),
        (DeepObject, true, ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"]),
    ];
    for (style, explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = query(style, explode, value);
            assert_eq!(found, format!("/?{expected}"), "{style:?} {explode}");
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

fn cookie(style: Style, explode: bool, value: &dyn ToJson) -> Result<String, String> {
    let draft = client().draft(Method::GET, "/");
    let call = sent(draft.cookie("color", style, explode, value));
    let request = call.request().map_err(ToString::to_string)?;
    let value = request.headers().get("cookie");
    Ok(value.map_or("", |value| value.to_str().unwrap()).to_owned())
}

/// `form` of all versions, and `cookie` of 3.2, which encodes nothing.
#[test]
fn styles_of_a_cookie() {
    #[rustfmt::skip]
    let table = [
        (Style::Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::Form, true, ["color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"]),
        (Style::Cookie, false, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::Cookie, true, ["color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"]),
    ];
    for (style, explode, expected) in table {
        for (value, expected) in values().iter().zip(expected) {
            let found = cookie(style, explode, value);
            assert_eq!(found.as_deref(), Ok(expected), "{style:?} {explode}");
        }
    }
    assert_eq!(
        cookie(Style::Form, true, &"a=b/c").unwrap(),
        "color=a%3Db%2Fc"
    );
    assert_eq!(
        cookie(Style::Cookie, true, &"a=b/c%20").unwrap(),
        "color=a=b/c%20"
    );
    for smuggled in [
        json!("a; admin=1"),
        json!(["a", "b;c"]),
        json!({ "a;b": 1 }),
    ] {
        let reason = cookie(Style::Cookie, true, &smuggled).unwrap_err();
        assert!(reason.contains("a cookie has no `;`"), "{reason}");
    }
}

/// `allowReserved`: of query in 3.0 and 3.1, of path and cookie in 3.2, too. A value still stays in its place.
#[test]
fn reserved_characters_are_sent_as_they_are_where_that_is_allowed() {
    let text = "a/b?c=d&e:f@g,h;i#j[k]%41%é";
    let draft = client().draft(Method::GET, "/");
    let found = url(draft.query_reserved("q", Style::Form, true, &text));
    assert_eq!(found, "/?q=a/b?c=d&e:f@g,h;i%23j%5Bk%5D%41%25%C3%A9");
    let draft = client().draft(Method::GET, "/");
    let found = url(draft.query("q", Style::Form, true, &text));
    assert_eq!(
        found,
        "/?q=a%2Fb%3Fc%3Dd%26e%3Af%40g%2Ch%3Bi%23j%5Bk%5D%2541%25%C3%A9"
    );
    let draft = client().draft(Method::GET, "/x/{q}");
    let found = url(draft.path_reserved("q", Style::Simple, false, &text));
    assert_eq!(found, "/x/a%2Fb%3Fc=d&e:f@g,h;i%23j%5Bk%5D%41%25%C3%A9");
    let draft = client().draft(Method::GET, "/");
    let call = sent(draft.cookie_reserved("q", Style::Form, true, &"a/b;c,d=e"));
    assert_eq!(
        call.request().unwrap().headers()["cookie"],
        "q=a/b%3Bc%2Cd=e"
    );
    // encoded dots lead nowhere else, either
    let draft = client().draft(Method::GET, "/x/{q}");
    let found = url(draft.path_reserved("q", Style::Simple, false, &"%2e%2E"));
    assert!(found.contains("`.` or `..`"), "{found}");
}

/// `in: querystring` of 3.2: one parameter is all of the query.
#[test]
fn a_query_can_be_one_value() {
    let whole = |style: Style, value: &dyn ToJson| {
        let draft = client().draft(Method::GET, "/");
        url(draft.query_string("all", style, value))
    };
    let json = json!({ "numbers": [1, 2], "flag": null });
    let expected = "/?%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D";
    assert_eq!(whole(Style::Json, &json), expected);
    assert_eq!(whole(Style::Simple, &"$.a.b[1:1]"), "/?%24.a.b%5B1%3A1%5D");
    assert_eq!(whole(Style::Json, &None::<Item>), "/");
    let form = |value: &dyn ToJson| {
        let draft = client().draft(Method::GET, "/");
        url(draft.query_form("all", value, &[(Style::Form, false, &["ids"])]))
    };
    let value = json!({ "foo": "a + b", "ids": [1, 2], "tags": ["x", "y"] });
    assert_eq!(form(&value), "/?foo=a%20%2B%20b&ids=1,2&tags=x&tags=y");
    assert_eq!(form(&None::<Item>), "/");
    assert!(form(&json!([1])).starts_with("error: "));
}

#[test]
fn cookies_stand_in_one_header() {
    let call = sent(
        client()
            .draft(Method::GET, "/")
            .cookie("color", Style::Form, true, &"a b")
            .cookie("size", Style::Form, false, &vec![1, 2])
            .cookie("none", Style::Form, true, &None::<String>)
            .cookie(
                "list",
                Style::Form,
                true,
                &vec!["x".to_owned(), "y".to_owned()],
            ),
    );
    let headers = call.request().unwrap().headers();
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
    let found = query(Style::Json, false, &item);
    assert_eq!(found, "/?color=%7B%22id%22%3A%227%22%7D");
    assert_eq!(query(Style::Json, false, &"a"), "/?color=%22a%22");
}

#[test]
fn deep_objects_are_as_deep_as_the_value() {
    let value = json!({ "created": { "gte": 1 }, "items": [ { "price": "p" } ] });
    let expected = "/?color%5Bcreated%5D%5Bgte%5D=1&color%5Bitems%5D%5B0%5D%5Bprice%5D=p";
    assert_eq!(query(Style::DeepObject, true, &value), expected);
}

#[test]
fn what_is_null_or_has_nothing_in_it_is_not_sent() {
    for value in [json!(null), json!([]), json!({}), json!([null])] {
        for style in [Style::Form, Style::PipeDelimited, Style::DeepObject] {
            assert_eq!(query(style, true, &value), "/", "{style:?} {value}");
        }
        assert_eq!(header(false, &value), None);
    }
    assert_eq!(
        query(Style::Form, false, &json!(["a", null, "b"])),
        "/?color=a,b"
    );
}

#[test]
fn lists_and_objects_inside_of_others_are_json() {
    let value = json!({ "tags": ["a", "b"], "plain": true });
    let expected = "/?plain=true&tags=%5B%22a%22%2C%22b%22%5D";
    assert_eq!(query(Style::Form, true, &value), expected);
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
        let draft = client().draft(Method::GET, "/items/{id}/end");
        assert_eq!(
            url(draft.path("id", Style::Simple, false, &value)),
            expected
        );
    }
}

#[test]
fn a_value_that_leads_to_another_path_is_refused() {
    for (value, reason) in [
        ("", "is empty"),
        (".", "`.` or `..`"),
        ("..", "`.` or `..`"),
    ] {
        let draft = client().draft(Method::DELETE, "/items/{id}");
        let found = url(draft.path("id", Style::Simple, false, &value));
        assert!(found.contains(reason), "{value:?}: {found}");
    }
    // two values that are harmless apart
    let draft = client().draft(Method::GET, "/{a}{b}");
    let draft = draft.path("a", Style::Simple, false, &".");
    assert!(url(draft.path("b", Style::Simple, false, &".")).contains("`..`"));
}

#[test]
fn a_template_can_name_a_parameter_twice_and_have_a_query() {
    let draft = client().draft(Method::GET, "/{id}:copy/{id}?mode={mode}");
    let draft = draft
        .path("id", Style::Simple, false, &7)
        .path("mode", Style::Simple, false, &"a b")
        .query("n", Style::Form, true, &1.5);
    assert_eq!(url(draft), "/7:copy/7?mode=a%20b&n=1.5");
}

#[test]
fn a_header_cannot_smuggle_another() {
    for value in ["a\r\nb: c", "a\nb", "a\0"] {
        let draft = client().draft(Method::GET, "/");
        let call = sent(draft.header("color", Style::Simple, false, &value));
        let error = call.request().unwrap_err().to_string();
        assert!(error.contains("parameter `color`"), "{error}");
        assert!(!error.contains("b: c"), "{error}");
    }
}

#[test]
fn a_value_that_json_has_no_words_for_is_an_error() {
    let found = query(Style::Form, true, &f64::NAN);
    assert!(
        found.contains("parameter `color` cannot be sent"),
        "{found}"
    );
    assert!(found.contains("NaN"), "{found}");
}
