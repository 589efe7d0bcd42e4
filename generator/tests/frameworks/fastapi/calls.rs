//! Calls of the generated client against `app.py`, at the address in `SERVER`. Each reply is read into its type, and
//! its values are compared.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use fastapi_shop::types::{self, Circle, Colour, Dog, ItemIn, Level, Square};
use fastapi_shop::*;
use serde_json::{Value, json};

fn client() -> Client {
    let server = std::env::var("SERVER").expect("`SERVER` is the address of the application");
    let builder = Client::builder().base_url(format!("{server}/api"));
    builder.token("ann-token").build().expect("the address is right")
}

/// Returns what a value writes.
fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("it can be written")
}

fn noon() -> DateTime<Utc> {
    "2024-05-01T12:00:00Z".parse().expect("it is a date and time")
}

fn item(name: &str) -> ItemIn {
    ItemIn::new(name, types::ItemInPrice::from("2.50".to_owned()), noon())
}

#[tokio::test]
async fn an_item_is_created_with_all_its_members() {
    let body = item("lamp")
        .with_count(3)
        .with_colour(Colour::LightBlue)
        .with_owner(types::Person::new("Ann"))
        .with_sizes([("l", 4)])
        .with_place(types::ItemInPlace(7, "left".to_owned()))
        .with_tags(["new"])
        .with_secret("hush");
    let reply = client().create_item(&body).send().await.unwrap();
    let item = reply.body;
    assert_eq!(reply.status.as_u16(), 201);
    assert!(reply.headers["location"].to_str().unwrap().ends_with(&item.id.to_string()));
    assert_eq!((item.name.as_str(), item.price.as_str()), ("lamp", "2.50"));
    assert_eq!((item.total.as_str(), item.count), ("7.50", Some(3)));
    assert_eq!((item.made, item.colour), (noon(), Some(Colour::LightBlue)));
    assert_eq!(item.day, NaiveDate::from_ymd_opt(2024, 5, 1).unwrap());
    assert_eq!(item.added.to_rfc3339(), "2024-05-01T12:30:00+00:00");
    assert_eq!(item.sizes, Some(BTreeMap::from([("l".to_owned(), 4)])));
    assert_eq!(written(&item.place.as_option()), json!([7, "left"]));
    assert_eq!(written(&item.owner.as_option()), json!({"name": "Ann", "email": null}));
    assert_eq!(item.level, Tristate::Null);
}

#[tokio::test]
async fn a_price_is_a_number_or_a_string() {
    let body = ItemIn::new("pen", 2.5, noon());
    let item = client().create_item(&body).await.unwrap();
    assert_eq!(item.price, "2.5");
}

#[tokio::test]
async fn a_conflict_has_its_declared_type() {
    let error = client().create_item(&item("taken")).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 409);
    let Some(CreateItemError::Conflict(conflict)) = error.declared() else {
        panic!("{error:?}")
    };
    assert_eq!(conflict.name, "taken");
}

#[tokio::test]
async fn a_rejected_body_names_the_member() {
    let error = client().create_item(&item("x")).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 422);
    let Some(CreateItemError::UnprocessableEntity(invalid)) = error.declared() else {
        panic!("{error:?}")
    };
    let detail = invalid.detail.as_deref().unwrap();
    assert_eq!(written(&detail[0].loc), json!(["body", "name"]));
    assert_eq!(detail[0].type_, "string_too_short");
}

#[tokio::test]
async fn an_undeclared_status_is_not_read_as_another_type() {
    let id = uuid::Uuid::from_u128(7);
    let error = client().read_item(id).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    assert_eq!(error.declared(), None);
    assert_eq!(error.message(), Some("there is no such item"));
}

#[tokio::test]
async fn an_item_is_read_changed_and_deleted() {
    let client = client();
    let id = client.create_item(&item("cup")).await.unwrap().id;
    let read = client.read_item(id).await.unwrap();
    assert_eq!((read.id, read.name.as_str()), (id, "cup"));

    let mut patch = types::ItemPatch::default().with_count(9);
    patch.owner = Tristate::Null;
    let changed = client.change_item(id, &patch).await.unwrap();
    assert_eq!((changed.count, changed.total.as_str()), (Some(9), "22.50"));
    assert_eq!((changed.name.as_str(), changed.owner), ("cup", Tristate::Null));

    client.delete_item(id).await.unwrap();
    let error = client.read_item(id).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}

#[tokio::test]
async fn a_list_among_an_object_and_null_is_read() {
    let client = client();
    client.create_item(&item("hat").with_tags(["warm", "red"])).await.unwrap();
    let call = client
        .list_items()
        .tags(["warm", "none"])
        .limit(5)
        .colour(Colour::LightBlue)
        .since(noon());
    let found = call.await.unwrap();
    let Some(types::ListItemsOk::ItemList(items)) = found else {
        panic!("{found:?}")
    };
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].name, "hat");
}

#[tokio::test]
async fn a_limit_that_is_not_allowed_is_an_error_with_its_place() {
    let error = client().list_items().limit(500).await.unwrap_err();
    let detail = error.declared().unwrap().detail.as_deref().unwrap();
    assert_eq!(written(&detail[0].loc), json!(["query", "limit"]));
}

#[tokio::test]
async fn parameters_of_all_places_arrive() {
    let call = client()
        .echo(&Level::_2, [3, 4])
        .ratio(2.0)
        .day(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())
        .colours([Colour::Red, Colour::LightBlue])
        .x_trace("a, b")
        .session("s1");
    let echo = call.await.unwrap();
    let expected = json!({
        "level": 2, "ids": ["3", "4"], "ratio": 2.0, "day": "2024-02-29", "colours": ["red", "light blue"],
        "trace": "a, b", "session": "s1",
    });
    assert_eq!(written(&echo), expected);
}

#[tokio::test]
async fn a_tag_with_a_default_is_written() {
    let circle = Circle::new(2.5);
    let stored = client().store_shape(&circle.clone().into()).await.unwrap();
    assert_eq!(written(&stored), json!({"kind": "circle", "radius": 2.5}));
    let types::StoreShapeOk::Circle(circle) = stored else {
        panic!("{stored:?}")
    };
    assert_eq!(circle.radius, 2.5);

    // the first of several tags is the default
    let stored = client().store_shape(&Square::new(2.0).into()).await.unwrap();
    assert_eq!(written(&stored), json!({"kind": "square", "side": 2.0, "colour": null}));
}

#[tokio::test]
async fn a_tag_is_written_where_no_discriminator_is_declared() {
    let client = client();
    // without `unit` the application takes either for the first branch, metres
    let feet = client.store_length(&types::Feet::new(3.5).into()).await.unwrap();
    assert_eq!(feet, "3.5 ft");
    let metres = client.store_length(&types::Metres::new(1.5).into()).await.unwrap();
    assert_eq!(metres, "1.5 m");
}

#[tokio::test]
async fn shapes_in_a_group_are_read_into_their_branches() {
    let group = json!({"kind": "group", "shapes": [
        {"kind": "quad", "side": 1.0, "colour": "red"}, {"kind": "group", "shapes": []}, {"kind": "circle", "radius": 1.0}
    ]});
    let body = serde_json::from_value(group.clone()).unwrap();
    let stored = client().store_shape(&body).await.unwrap();
    assert_eq!(written(&stored), group);
    let types::StoreShapeOk::GroupOutput(group) = stored else {
        panic!("{stored:?}")
    };
    use types::GroupOutputShapesItem as Shape;
    let [Shape::Square(_), Shape::GroupOutput(_), Shape::Circle(_)] = group.shapes.as_slice() else {
        panic!("{group:?}")
    };
}

#[tokio::test]
async fn an_embedded_union_goes_out_as_its_branch() {
    let body = types::BodyReplaceShapeShapesKeyPut::new(Square::new(2.0), "four");
    let stored = client().replace_shape("a/b", &body).await;
    // the application has no path with a slash
    assert_eq!(stored.unwrap_err().status().unwrap().as_u16(), 404);
    let stored = client().replace_shape("key", &body).await.unwrap();
    let expected = json!({
        "key": {"kind": "square", "side": 2.0, "colour": null},
        "note": {"kind": "square", "side": 4.0, "colour": "light blue"},
    });
    assert_eq!(written(&stored), expected);
}

#[tokio::test]
async fn models_without_a_tag_are_read_by_their_members() {
    let dog = client().read_pet("rex").await.unwrap();
    assert_eq!(written(&dog), json!({"name": "rex", "good": true, "toys": ["ball"]}));
    assert!(matches!(dog, types::ReadPetOk::Dog(_)), "{dog:?}");
    let cat = client().read_pet("tom").await.unwrap();
    assert_eq!(written(&cat), json!({"name": "tom", "lives": 7}));
    let types::ReadPetOk::Cat(cat) = cat else {
        panic!("{cat:?}")
    };
    assert_eq!(cat.lives, Some(7));
}

#[tokio::test]
async fn a_scalar_beside_models_is_sent_and_read() {
    let client = client();
    let text = client.add_pet(&5_i64.into()).await.unwrap();
    assert_eq!(written(&text), json!("number 5"));
    let dog = Dog::new("rex", false).with_toys(["bone"]);
    let dog = client.add_pet(&dog.into()).await.unwrap();
    assert!(matches!(dog, types::AddPetOk::Dog(_)), "{dog:?}");
    assert_eq!(written(&dog), json!({"name": "rex", "good": false, "toys": ["bone"]}));
}

#[tokio::test]
async fn a_file_is_sent_with_its_name_and_media_type() {
    let part = Part::from("PNG").with_file_name("a.png").with_media_type("image/png");
    let parts = UploadParts::new(part).with_note("n");
    let reply = client().upload(&parts).await.unwrap();
    assert_eq!(written(&reply), json!({"name": "a.png", "type": "image/png", "size": 3, "note": "n"}));
}

#[tokio::test]
async fn a_file_without_a_name_is_a_file() {
    let reply = client().upload(&UploadParts::new("text")).await.unwrap();
    assert_eq!(written(&reply)["size"], 4);
}

#[tokio::test]
async fn several_files_an_optional_one_and_labels_are_sent() {
    let named = |name: &str| Part::from("abc").with_file_name(name);
    let parts = UploadManyParts::new([named("1.txt"), named("2.txt")])
        .with_cover(named("cover.png"))
        .with_raw(named("raw.bin"))
        .with_labels(["x", "y"]);
    let names = client().upload_many(&parts).await.unwrap();
    assert_eq!(names, ["1.txt", "2.txt", "cover.png", "x", "y", "abc"]);
}

#[tokio::test]
async fn one_file_or_a_list_of_files_is_sent() {
    let parts = UploadEitherParts::new([Part::from("ab"), Part::from("abc")]);
    let sizes = client().upload_either(&parts).await.unwrap();
    assert_eq!(sizes, [2, 3]);
}

#[tokio::test]
async fn a_form_leaves_out_what_is_not_given() {
    let client = client();
    let form = types::BodySendFormFormsPost::new("Ann & Bob");
    let reply = client.send_form(&form).await.unwrap();
    assert_eq!(written(&reply), json!({"name": "Ann & Bob", "age": null, "colours": [], "agreed": false}));
    let form = form.with_age(30).with_colours([Colour::Red, Colour::LightBlue]).with_agreed(true);
    let reply = client.send_form(&form).await.unwrap();
    let expected = json!({"name": "Ann & Bob", "age": 30, "colours": ["red", "light blue"], "agreed": true});
    assert_eq!(written(&reply), expected);
}

#[tokio::test]
async fn a_body_without_a_declared_content_can_be_had() {
    let csv = client().report_csv().bytes().await.unwrap();
    assert_eq!(csv, "a,b\n1,2\n");
    let source = client().source().bytes().await.unwrap();
    assert!(source.starts_with(b"\"\"\"A shop"));
}

#[tokio::test]
async fn text_pages_and_any_json_are_read() {
    let client = client();
    assert_eq!(client.page().await.unwrap(), "<p>hello</p>");
    assert_eq!(client.health().await.unwrap(), "fine");
    let anything = client.anything().await.unwrap();
    assert_eq!(anything, json!({"free": [1, null, "text"]}));
}

#[tokio::test]
async fn times_with_and_without_an_offset_are_read() {
    let now = client().now().await.unwrap();
    let texts: Vec<String> = now.iter().map(DateTime::to_rfc3339).collect();
    assert_eq!(texts, ["2024-05-01T12:30:00+00:00", "2024-05-01T10:30:00+00:00"]);
}

#[tokio::test]
async fn a_token_is_fetched_and_used() {
    let client = client();
    let form = types::BodyLoginTokenPost::new("ann", "open sesame");
    let token = client.login(&form).await.unwrap();
    assert_eq!((token.access_token.as_str(), token.token_type.as_str()), ("ann-token", "bearer"));
    assert_eq!(client.me().await.unwrap().name, "ann");

    let form = types::BodyLoginTokenPost::new("ann", "guess");
    let error = client.login(&form).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.message()), (400, Some("wrong password")));
}
