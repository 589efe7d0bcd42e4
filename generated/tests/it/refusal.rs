//! Errors of the endpoint, as the caller gets them.

use hubspot_products::types::Error;
use hubspot_products::{CallError, UpsertBatch};

use crate::support::{Fake, Scenario, TOKEN_WITHOUT_SCOPE};
use crate::{fail, input, right, traced};

/// Returns the declared error, after checking what all errors of the endpoint have in common.
fn declared(error: &CallError<Error>, status: u16) -> &Error {
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(status),
        "{error:?}"
    );
    let declared = error.declared().unwrap_or_else(|| panic!("{error:?}"));
    let id = declared.correlation_id.to_string();
    assert_eq!(error.correlation_id(), Some(id.as_str()));
    let headers = error.headers().expect("headers came");
    assert_eq!(headers["x-hubspot-correlation-id"], *id);
    assert_eq!(error.message(), Some(declared.message.as_str()));
    let shown = error.to_string();
    for part in [&status.to_string(), &id] {
        assert!(shown.contains(part.as_str()), "{shown}");
    }
    assert!(
        !error.is_timeout() && !error.may_have_been_applied(),
        "{error:?}"
    );
    declared
}

#[tokio::test]
async fn two_inputs_with_one_id() {
    let fake = Fake::start();
    let error = fail(
        &fake,
        &traced(&[("SKU-1", "1"), ("SKU-2", "2"), ("SKU-1", "3")]),
    )
    .await;
    let declared = declared(&error, 400);
    assert_eq!(declared.category.as_deref(), Some("VALIDATION_ERROR"));
    let context = declared.context.as_ref().expect("a context");
    assert_eq!(context["ids"], ["SKU-1"]);
    assert_eq!(fake.count(), 0);
}

#[tokio::test]
async fn more_than_a_hundred_inputs() {
    let fake = Fake::start();
    let skus = (0..101).map(|number| input(&format!("SKU-{number}"), ("price", "1")));
    let error = fail(&fake, &UpsertBatch::new(skus)).await;
    assert_eq!(
        declared(&error, 400).message,
        "A batch has at most 100 inputs."
    );
    assert_eq!(fake.count(), 0);
}

#[tokio::test]
async fn an_id_property_without_unique_values() {
    let fake = Fake::start();
    let by_name = input("Widget", ("price", "1")).with_id_property("name");
    let error = fail(&fake, &UpsertBatch::new([by_name])).await;
    let declared = declared(&error, 400);
    assert_eq!(declared.category.as_deref(), Some("VALIDATION_ERROR"));
    assert_eq!(declared.message, "The values of name are not unique.");
}

#[tokio::test]
async fn one_wrong_input_rejects_a_batch_without_trace_ids() {
    let fake = Fake::start();
    let right = input("SKU-1", ("price", "1")).with_object_write_trace_id("row-0");
    let wrong = input("SKU-2", ("price", "cheap"));
    let error = fail(&fake, &UpsertBatch::new([right.clone(), wrong.clone()])).await;
    assert_eq!(
        declared(&error, 400).message,
        r#"The value "cheap" of price is not a number."#
    );
    assert_eq!(fake.count(), 0);
    // A trace id that two inputs share is as good as none.
    let wrong = wrong.with_object_write_trace_id("row-0");
    let error = fail(&fake, &UpsertBatch::new([right, wrong])).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
    assert_eq!(fake.count(), 0);
}

#[tokio::test]
async fn a_wrong_token() {
    let fake = Fake::start();
    for token in [Some("pat-na1-expired"), None] {
        let builder = hubspot_products::Client::builder().base_url(fake.url());
        let builder = match token {
            Some(token) => builder.token(token),
            None => builder,
        };
        let client = builder.build().expect("a token is not required");
        let error = client.upsert_products(&right()).await.expect_err("a 401");
        let declared = declared(&error, 401);
        assert_eq!(declared.category.as_deref(), Some("INVALID_AUTHENTICATION"));
        assert!(
            !format!("{error:?} {error}").contains("pat-na1"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_missing_scope() {
    let fake = Fake::start();
    let builder = hubspot_products::Client::builder().base_url(fake.url());
    let client = builder
        .token(TOKEN_WITHOUT_SCOPE)
        .build()
        .expect("a client");
    let error = client.upsert_products(&right()).await.expect_err("a 403");
    let declared = declared(&error, 403);
    assert_eq!(declared.category.as_deref(), Some("MISSING_SCOPES"));
    let details = declared.errors.as_deref().expect("details");
    let context = details[0].context.as_ref().expect("a context");
    assert_eq!(
        context["requiredGranularScopes"],
        ["crm.objects.products.write"]
    );
    assert!(
        declared
            .links
            .as_ref()
            .is_some_and(|links| links.contains_key("scopes"))
    );
}

#[tokio::test]
async fn too_many_calls() {
    let fake = Fake::start();
    for policy in ["TEN_SECONDLY_ROLLING", "DAILY"] {
        fake.answer(Scenario::RateLimited(policy));
        let error = fail(&fake, &right()).await;
        let declared = declared(&error, 429);
        assert_eq!(declared.category, None);
        assert_eq!(declared.policy_name.as_deref(), Some(policy));
        assert_eq!(declared.error_type.as_deref(), Some("RATE_LIMIT"));
        let headers = error.headers().expect("headers came");
        assert_eq!(headers["x-hubspot-ratelimit-max"], "100");
        assert_eq!(
            headers["x-hubspot-ratelimit-interval-milliseconds"],
            "10000"
        );
    }
    assert_eq!(fake.count(), 0);
}
