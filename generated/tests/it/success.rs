//! What the endpoint answers when it did at least a part of the work.

use std::collections::BTreeMap;

use hubspot_products::{BatchStatus, UpsertBatch, UpsertProductsResponse};

use crate::support::{Fake, PATH, Scenario};
use crate::{client, created, half_right, input, right, succeed, traced};

#[tokio::test]
async fn products_are_created_and_then_updated() {
    let fake = Fake::start();
    let first = succeed(&fake, &right()).await;
    let UpsertProductsResponse::Ok(body) = &first else {
        panic!("{first:?}")
    };
    assert_eq!(body.status, BatchStatus::Complete);
    assert!(body.started_at < body.completed_at);
    assert_eq!((body.requested_at, &body.links), (None, &None));
    assert_eq!(
        created(&first),
        BTreeMap::from([("row-0", true), ("row-1", true)])
    );

    let second = succeed(&fake, &traced(&[("SKU-2", "18.50"), ("SKU-3", "1")])).await;
    assert_eq!(
        created(&second),
        BTreeMap::from([("row-0", false), ("row-1", true)])
    );
    let by_sku = |response: &UpsertProductsResponse| {
        let has_sku = |sku: &Option<String>| sku.as_deref() == Some("sku-2");
        let mut results = response.results().iter();
        let found = results.find(|product| has_sku(&product.properties["hs_sku"]));
        found.expect("SKU-2 was sent").clone()
    };
    let (before, after) = (by_sku(&first), by_sku(&second));
    assert_eq!(
        (&before.id, before.created_at),
        (&after.id, after.created_at)
    );
    assert!(before.updated_at < after.updated_at);
    assert_eq!(after.properties["price"].as_deref(), Some("18.50"));
    assert!(!after.archived && after.archived_at.is_none());
    assert!(after.url.is_some_and(|url| url.ends_with(&after.id)));
    assert_eq!(fake.count(), 3);
}

#[tokio::test]
async fn another_property_can_find_the_product() {
    let fake = Fake::start();
    succeed(
        &fake,
        &UpsertBatch::new([input("SKU-1", ("erp_code", "E 7"))]),
    )
    .await;
    let by_code = input("E 7", ("name", "Widget")).with_id_property("erp_code");
    let response = succeed(&fake, &UpsertBatch::new([by_code])).await;
    assert!(!response.results()[0].new);
    let product = fake.product("SKU-1").expect("the product is there");
    assert_eq!(product["name"].as_deref(), Some("Widget"));
}

#[tokio::test]
async fn results_have_another_order_and_are_matched_by_trace_id() {
    let fake = Fake::start();
    let response = succeed(&fake, &right()).await;
    let traces: Vec<_> = response
        .results()
        .iter()
        .map(|product| product.object_write_trace_id.as_deref())
        .collect();
    assert_eq!(traces, [Some("row-1"), Some("row-0")]);
    // Nor would the value do: it was respelt.
    let sku = &response.results()[1].properties["hs_sku"];
    assert_eq!(sku.as_deref(), Some("sku-1"));
}

#[tokio::test]
async fn a_207_has_the_written_products_and_the_errors_of_the_others() {
    let fake = Fake::start();
    let call = client(&fake).upsert_products(&half_right());
    let reply = call.send().await.expect("a 207 is a success");
    assert_eq!(reply.status, 207);
    let UpsertProductsResponse::MultiStatus(body) = &reply.body else {
        panic!("{reply:?}")
    };
    assert_eq!(body.num_errors, Some(1));
    let errors = body.errors.as_deref().expect("a 207 has errors");
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].context["objectWriteTraceId"], ["row-1"]);
    assert_eq!(errors[0].status, "error");
    assert_eq!(errors[0].category, "VALIDATION_ERROR");
    assert_eq!(
        errors[0].message,
        r#"The value "cheap" of price is not a number."#
    );
    // The wire leaves out what the published schema requires.
    assert_eq!((&errors[0].errors, &errors[0].links), (&None, &None));
    assert_eq!(created(&reply.body), BTreeMap::from([("row-0", true)]));
    assert_eq!(fake.count(), 1);
}

#[tokio::test]
async fn a_207_can_leave_inputs_unaccounted_for() {
    let fake = Fake::start();
    fake.answer(Scenario::Untraced);
    let response = succeed(&fake, &half_right()).await;
    assert_eq!((response.results().len(), response.errors().len()), (1, 1));
    assert_eq!(response.results()[0].object_write_trace_id, None);
    assert!(response.errors()[0].context.is_empty());
}

#[tokio::test]
async fn an_undeclared_201_is_what_it_looks_like() {
    let fake = Fake::start();
    fake.answer(Scenario::Status(201))
        .answer(Scenario::Status(201));
    let call = client(&fake).upsert_products(&right());
    let reply = call.send().await.expect("a 201 is a success");
    assert_eq!(reply.status, 201);
    assert!(
        matches!(reply.body, UpsertProductsResponse::Ok(_)),
        "{reply:?}"
    );
    assert_eq!(reply.body.results().len(), 2);

    let call = client(&fake).upsert_products(&half_right());
    let reply = call.send().await.expect("a 201 is a success");
    assert_eq!(reply.status, 201);
    assert!(
        matches!(reply.body, UpsertProductsResponse::MultiStatus(_)),
        "{reply:?}"
    );
    assert_eq!(
        (reply.body.results().len(), reply.body.num_errors()),
        (1, Some(1))
    );
}

#[tokio::test]
async fn a_200_with_errors_is_a_207() {
    let fake = Fake::start();
    fake.answer(Scenario::Status(200))
        .answer(Scenario::CountsAnError);
    let response = succeed(&fake, &half_right()).await;
    assert!(
        matches!(response, UpsertProductsResponse::MultiStatus(_)),
        "{response:?}"
    );
    assert_eq!(response.errors().len(), 1);

    let response = succeed(&fake, &right()).await;
    let UpsertProductsResponse::MultiStatus(body) = &response else {
        panic!("{response:?}")
    };
    assert_eq!((body.num_errors, &body.errors), (Some(1), &None));
    assert!(response.errors().is_empty());
}

#[tokio::test]
async fn a_207_without_errors_stays_a_207() {
    let fake = Fake::start();
    fake.answer(Scenario::Status(207));
    let response = succeed(&fake, &right()).await;
    assert!(
        matches!(response, UpsertProductsResponse::MultiStatus(_)),
        "{response:?}"
    );
    assert_eq!((response.results().len(), response.num_errors()), (2, None));
}

#[tokio::test]
async fn an_empty_text_clears_and_null_comes_back() {
    let fake = Fake::start();
    succeed(
        &fake,
        &UpsertBatch::new([input("SKU-1", ("description", "Blue"))]),
    )
    .await;
    fake.answer(Scenario::NullProperty);
    let response = succeed(
        &fake,
        &UpsertBatch::new([input("SKU-1", ("description", ""))]),
    )
    .await;
    let properties = &response.results()[0].properties;
    assert_eq!(properties.get("description"), Some(&None));
    assert_eq!(properties.get("color"), Some(&None));
    assert_eq!(properties.get("name"), None);
    assert_eq!(
        fake.product("SKU-1").expect("it is there")["description"],
        None
    );
}

#[tokio::test]
async fn a_null_would_be_ignored() {
    let fake = Fake::start();
    succeed(
        &fake,
        &UpsertBatch::new([input("SKU-1", ("description", "Blue"))]),
    )
    .await;
    // The types cannot say it; a request of one's own can.
    let null =
        r#"{"inputs":[{"id":"SKU-1","idProperty":"hs_sku","properties":{"description":null}}]}"#;
    let request = http::Request::post(PATH)
        .body(null.into())
        .expect("a request");
    client(&fake).send(request).await.expect("it is accepted");
    let product = fake.product("SKU-1").expect("it is there");
    assert_eq!(product["description"].as_deref(), Some("Blue"));
}

#[tokio::test]
async fn unknown_members_and_values_do_not_fail() {
    let fake = Fake::start();
    fake.answer(Scenario::FromTheFuture);
    let response = succeed(&fake, &right()).await;
    let UpsertProductsResponse::Ok(body) = &response else {
        panic!("{response:?}")
    };
    assert_eq!(body.status, BatchStatus::Unknown("PAUSED".to_owned()));
    assert_eq!(body.results.len(), 2);
}

#[tokio::test]
async fn a_hundred_inputs_are_not_too_many() {
    let fake = Fake::start();
    let skus = (0..100).map(|number| input(&format!("SKU-{number}"), ("price", "1")));
    let response = succeed(&fake, &UpsertBatch::new(skus)).await;
    assert_eq!((response.results().len(), fake.count()), (100, 100));
}
