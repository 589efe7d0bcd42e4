//! Calls of the generated client against the project in this folder, at the address in `SERVER`. Each reply is read
//! into its type, and its values are compared.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::NaiveDate;
use django_shop::types::{self, *};
use django_shop::*;
use serde_json::{Value, json};

fn builder() -> ClientBuilder {
    let server = std::env::var("SERVER").expect("`SERVER` is the address of the application");
    Client::builder().base_url(server)
}

/// Returns a name that no other test uses.
fn fresh(name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{name}{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Registers a user, and returns a client with the token of that user.
async fn client() -> Client {
    let open = builder().build().expect("the address is right");
    let name = fresh("user");
    open.users_create(&UserRequest::new(name.clone(), "open sesame")).await.unwrap();
    let token = open.token_create(&AuthTokenRequest::new(name, "open sesame")).await.unwrap();
    builder().api_key(format!("Token {}", token.token)).build().expect("the address is right")
}

/// Returns what a value writes.
fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("it can be written")
}

async fn maker(client: &Client) -> i64 {
    client.makers_create(&MakerRequest::new(fresh("Maker "))).await.unwrap().id
}

async fn product(client: &Client, name: &str) -> Product {
    let request = ProductRequest::new(name, "9.90", maker(client).await);
    client.products_create(&request).await.unwrap()
}

#[tokio::test]
async fn a_user_is_returned_without_the_password() {
    let open = builder().build().unwrap();
    let request = UserRequest::new(fresh("ann"), "open sesame").with_email("ann@example.com");
    let reply = open.users_create(&request.clone()).send().await.unwrap();
    assert_eq!(reply.status.as_u16(), 201);
    assert_eq!(reply.body.email.as_deref(), Some("ann@example.com"));
    assert_eq!(written(&reply.body)["username"], request.username);
    assert!(reply.body.id > 0);
}

#[tokio::test]
async fn a_wrong_password_is_an_error_with_its_text() {
    let open = builder().build().unwrap();
    let error = open.token_create(&AuthTokenRequest::new("nobody", "guess")).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    let body: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
    assert_eq!(body["non_field_errors"][0], "Unable to log in with provided credentials.");
}

#[tokio::test]
async fn a_call_without_the_token_is_rejected() {
    let open = builder().build().unwrap();
    let error = open.makers_retrieve(1).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!(error.message(), Some("Authentication credentials were not provided."));
}

#[tokio::test]
async fn a_product_is_created_with_all_its_members() {
    let client = client().await;
    let maker = maker(&client).await;
    let request = ProductRequest::new("Lamp", "9.90", maker)
        .with_weight(2.0)
        .with_size(ProductRequestSize::XL)
        .with_colour(ProductRequestColour::Blue)
        .with_priority(PriorityEnum::_5)
        .with_in_stock(false)
        .with_extra(json!({"a": [1]}))
        .with_lasts("1 02:03:04")
        .with_sold_from(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap())
        .with_opens("08:30:00")
        .with_sizes([SizesEnum::S, SizesEnum::L]);
    let made = client.products_create(&request).await.unwrap();
    assert_eq!((made.name.as_str(), made.price.as_str()), ("Lamp", "9.90"));
    assert_eq!((written(&made)["size"].as_str(), written(&made)["colour"].as_str()), (Some("x-l"), Some("blue")));
    assert_eq!((made.priority, made.in_stock), (Some(PriorityEnum::_5), Some(false)));
    assert_eq!(made.extra, Some(json!({"a": [1], "sizes": ["s", "l"]})));
    assert_eq!(written(&made)["lasts"], "1 02:03:04");
    assert_eq!(written(&made)["sold_from"], "2024-02-29");
    assert_eq!((made.maker.id, made.labels.as_slice()), (maker, ["lamp".to_owned(), "x-l".to_owned()].as_slice()));
    assert_eq!(written(&made)["photo"], Value::Null);
}

#[tokio::test]
async fn a_choice_may_be_blank_or_null() {
    let client = client().await;
    let request = json!({"name": "Cup", "price": "1.00", "maker_id": maker(&client).await, "size": "", "colour": null});
    let request: ProductRequest = serde_json::from_value(request).unwrap();
    let made = client.products_create(&request).await.unwrap();
    assert_eq!((written(&made)["size"].clone(), written(&made)["colour"].clone()), (json!(""), Value::Null));
    assert!(!format!("{made:?}").contains("Unknown"), "{made:?}");
}

#[tokio::test]
async fn an_invalid_member_is_an_error_with_the_body() {
    let client = client().await;
    let request = ProductRequest::new("", "many", 0);
    let error = client.products_create(&request).await.unwrap_err();
    let body: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
    assert_eq!(error.status().unwrap().as_u16(), 400);
    assert_eq!(body["price"], json!(["A valid number is required."]));
}

#[tokio::test]
async fn a_product_is_read_replaced_changed_and_deleted() {
    let client = client().await;
    let made = product(&client, "Pen").await;
    assert_eq!(client.products_retrieve(made.id).await.unwrap(), made);

    let request = ProductRequest::new("Pencil", "1.50", made.maker.id);
    let replaced = client.products_update(made.id, &request).await.unwrap();
    assert_eq!((replaced.name.as_str(), replaced.price.as_str()), ("Pencil", "1.50"));

    let patch = PatchedProductRequest::default().with_weight(0.5);
    let changed = client.products_partial_update(made.id).body(&patch).await.unwrap();
    assert_eq!((written(&changed)["weight"].as_f64(), changed.name.as_str()), (Some(0.5), "Pencil"));

    client.products_destroy(made.id).await.unwrap();
    let error = client.products_retrieve(made.id).await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.message()), (404, Some("No Product matches the given query.")));
}

#[tokio::test]
async fn pages_are_followed_by_limit_and_offset() {
    let client = client().await;
    for _ in 0..3 {
        maker(&client).await;
    }
    let page = client.makers_list().limit(2).offset(1).await.unwrap();
    assert!(page.count >= 3);
    assert_eq!(page.results.len(), 2);
    assert!(written(&page)["previous"].as_str().unwrap().contains("limit=2"));
}

#[tokio::test]
async fn filters_of_all_kinds_arrive() {
    use django_shop::types::ProductRequestSize as Size;
    let client = client().await;
    let maker = maker(&client).await;
    let mut ids = Vec::new();
    for (price, size) in [("100.00", Size::S), ("200.00", Size::L), ("300.00", Size::XL)] {
        let request = ProductRequest::new("Filtered", price, maker)
            .with_size(size)
            .with_colour(ProductRequestColour::Red)
            .with_sold_from(NaiveDate::from_ymd_opt(2020, 1, 2).unwrap());
        ids.push(client.products_create(&request).await.unwrap().id);
    }
    let day = |day| NaiveDate::from_ymd_opt(2020, 1, day).unwrap();
    let call = client
        .products_list()
        .min_price(150.0)
        .size([ProductsListSizeItem::L, ProductsListSizeItem::XL])
        .colour(ProductsListColour::Red)
        .in_stock(true)
        .sold_after(day(1))
        .sold_before(day(3))
        .ids(ids.clone());
    let page = call.await.unwrap();
    let found: Vec<i64> = page.results.iter().map(|one| one.id).collect();
    assert_eq!(found, ids[1..]);
}

#[tokio::test]
async fn a_file_is_uploaded_and_its_address_returned() {
    let client = client().await;
    let made = product(&client, "Photo").await;
    let part = Part::from("PNG").with_file_name("p.png");
    let parts = ProductsPhotoCreateParts::new(part).with_caption("front");
    let shown = client.products_photo_create(made.id, &parts).await.unwrap();
    assert!(written(&shown)["photo"].as_str().unwrap().contains("/media/photos/p"), "{shown:?}");
    assert_eq!(shown.extra, Some(json!({"caption": "front"})));
}

#[tokio::test]
async fn a_file_without_a_name_is_uploaded() {
    let client = client().await;
    let made = product(&client, "Plain").await;
    let parts = ProductsPhotoCreateParts::new("text");
    let shown = client.products_photo_create(made.id, &parts).await.unwrap();
    assert!(written(&shown)["photo"].is_string(), "{shown:?}");
}

#[tokio::test]
async fn a_summary_is_read_by_its_tag() {
    let client = client().await;
    product(&client, "Summed").await;
    let count = ProductsSummaryRetrieveKind::Count;
    let summary = client.products_summary_retrieve(&count).await.unwrap();
    let types::Summary::Count(count) = &summary else {
        panic!("{summary:?}")
    };
    assert!(count.count > 0);
    assert_eq!(written(&summary)["kind"], "count");
    let names = ProductsSummaryRetrieveKind::Names;
    let summary = client.products_summary_retrieve(&names).await.unwrap();
    let types::Summary::Names(names) = &summary else {
        panic!("{summary:?}")
    };
    assert!(names.names.contains(&"Summed".to_owned()));
}

#[tokio::test]
async fn a_table_is_read_as_text() {
    let client = client().await;
    product(&client, "Row").await;
    let text = client.export_retrieve().await.unwrap();
    assert!(text.contains("Row,9.90\n"), "{text}");
}

#[tokio::test]
async fn a_body_is_sent_as_json_as_a_form_and_as_parts() {
    let client = client().await;
    let site = "https://example.com/a?b=c&d";
    let request = || MakerRequest::new(fresh("M & ")).with_site(site);
    let parts = MakersCreateParts::new(fresh("M & ")).with_site(site);
    for body in [
        MakersCreateBody::Json(request()),
        MakersCreateBody::Form(request()),
        MakersCreateBody::Multipart(parts),
    ] {
        let made = client.makers_create(body).await.unwrap();
        assert!(made.name.starts_with("M & "), "{made:?}");
        assert_eq!(made.site.as_deref(), Some(site));
    }
}

#[tokio::test]
async fn a_maker_is_changed_replaced_and_deleted() {
    let client = client().await;
    let id = maker(&client).await;
    let patch = PatchedMakerRequest::default().with_site("https://example.com/");
    let changed = client.makers_partial_update(id).body(&patch).await.unwrap();
    assert_eq!((changed.id, changed.site.as_deref()), (id, Some("https://example.com/")));
    let replaced = client.makers_update(id, &MakerRequest::new(fresh("New "))).await.unwrap();
    assert!(replaced.name.starts_with("New "));
    client.makers_destroy(id).await.unwrap();
    let error = client.makers_destroy(id).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}

#[tokio::test]
async fn all_users_are_listed() {
    let open = builder().build().unwrap();
    client().await;
    let page = open.users_list().await.unwrap();
    assert!(page.count > 0);
    assert!(page.results[0].date_joined.timestamp() > 1_000_000_000);
}
