//! The client of the fixture `crm` over a local socket: three documents, one client.

use std::future::Future;

use crm::products::types::{Error, ObjectInput, UpsertInput};
use crm::{Client, RetryPolicy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime with no settings").block_on(future)
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Answers requests, each on a connection of its own, and returns them.
async fn served(listener: &TcpListener, replies: &[(u16, &str)]) -> Vec<String> {
    let mut requests = Vec::new();
    for (status, body) in replies {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        loop {
            let mut piece = [0; 4096];
            let count = socket.read(&mut piece).await.unwrap();
            assert!(count > 0, "the client closed the connection");
            bytes.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let head = head.to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1);
            let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                requests.push(text);
                break;
            }
        }
        let reply = format!(
            "HTTP/1.1 {status} A\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        socket.write_all(reply.as_bytes()).await.unwrap();
    }
    requests
}

fn input() -> ObjectInput {
    ObjectInput::new([("name".to_owned(), "A".to_owned())])
}

#[test]
fn one_client_calls_all_documents() {
    run(async {
        let (listener, url) = listener().await;
        let client = Client::builder().base_url(url).token("secret").api_key("key").build().unwrap();
        let replies = [
            (201, r#"{"id":"1","price":"9"}"#),
            (201, r#"{"id":"2","amount":"5"}"#),
            (200, r#"{"results":[{"id":"3","email":"a@example.com"}],"paging":{"next":{"after":"4"}}}"#),
        ];
        let calls = async {
            // a body of the one is a body of the other, since it is the same type
            let product = client.products().create(&input()).await.unwrap();
            let deal = client.deals().create(&input()).await.unwrap();
            let page = client.contacts().list().after("2").await.unwrap();
            (product.id, deal.amount, page)
        };
        let (requests, (id, amount, page)) = tokio::join!(served(&listener, &replies), calls);
        assert_eq!((id.as_str(), amount.as_str()), ("1", "5"));
        let paging: crm::common::types::Paging = page.paging.unwrap();
        assert_eq!(paging.next.unwrap().after, "4");
        let lines: Vec<&str> = requests.iter().map(|text| text.lines().next().unwrap()).collect();
        assert_eq!(
            lines,
            ["POST /products HTTP/1.1", "POST /deals HTTP/1.1", "GET /contacts?after=2 HTTP/1.1"]
        );
        // each with the credential of its own document, and with no other
        let has = |request: &str, header: &str| request.to_ascii_lowercase().contains(header);
        for request in &requests[..2] {
            assert!(has(request, "authorization: bearer secret") && !has(request, "x-key"));
        }
        assert!(has(&requests[2], "x-key: key") && !has(&requests[2], "authorization"));
    });
}

/// A common type is one type: an error of one document is an error of the other.
#[test]
fn an_error_is_handled_by_one_function() {
    fn message(error: &crm::CallError<crm::common::types::Error>) -> String {
        error.declared().unwrap().message.clone()
    }
    run(async {
        let (listener, url) = listener().await;
        let client = Client::builder().base_url(url).retry(RetryPolicy::none()).build().unwrap();
        let wrong = r#"{"message":"wrong","category":"VALIDATION"}"#;
        let calls = async {
            let product = client.products().create(&input()).await.unwrap_err();
            let deal = client.deals().create(&input()).await.unwrap_err();
            [message(&product), message(&deal)]
        };
        let replies = [(400, wrong), (400, wrong)];
        let (_, messages) = tokio::join!(served(&listener, &replies), calls);
        assert_eq!(messages, ["wrong", "wrong"]);
    });
    let _: fn(Error) -> crm::deals::Error = |error| error;
}

#[test]
fn a_document_can_have_another_server() {
    run(async {
        let (first, url) = listener().await;
        let (second, other) = listener().await;
        let client = Client::builder()
            .contacts_base_url(format!("{other}/eu"))
            .base_url(url)
            .build()
            .unwrap();
        let calls = async {
            client.contacts().list().await.unwrap();
            client.deals().get_page().await.unwrap();
        };
        let page = [(200, r#"{"results":[]}"#)];
        let (one, two, ()) = tokio::join!(served(&second, &page), served(&first, &page), calls);
        assert!(one[0].starts_with("GET /eu/contacts "), "{one:?}");
        assert!(two[0].starts_with("GET /deals "), "{two:?}");
    });
}

/// The servers of the documents differ, so a request that none of them covers has to say whose it is.
#[test]
fn a_request_goes_by_the_client_of_its_document() {
    let client = Client::builder().build().unwrap();
    let request = || http::Request::get("/x").body(bytes::Bytes::new()).unwrap();
    let error = client.send(request()).request().unwrap_err();
    assert!(error.to_string().contains("base URLs of their own"), "{error}");
    let sent = client.contacts().send(request()).request().unwrap();
    assert_eq!(sent.uri(), "https://people.example.com/v3/x");
    let sent = client.deals().send(request()).request().unwrap();
    assert_eq!(sent.uri(), "https://api.example.com/x");
}

/// The retry budget is that of the client: what one document spends, the others do not have.
#[test]
fn the_retry_budget_is_shared() {
    run(async {
        let (listener, url) = listener().await;
        let client = Client::builder().base_url(url).retry_budget(14).build().unwrap();
        let wrong = r#"{"message":"later","category":"RATE_LIMIT"}"#;
        let calls = async {
            let first = client.products().get_page().await.unwrap_err();
            let second = client.deals().get_page().await.unwrap_err();
            [first.attempts(), second.attempts()]
        };
        let replies = [(503, wrong), (503, wrong), (503, wrong)];
        let (requests, attempts) = tokio::join!(served(&listener, &replies), calls);
        assert_eq!(attempts.map(|one| one.sent), [2, 1]);
        assert_eq!(requests.len(), 3);
    });
}

#[test]
fn batches_of_each_document_are_split() {
    run(async {
        let (listener, url) = listener().await;
        let client = Client::builder().base_url(url).build().unwrap();
        let inputs = || vec![UpsertInput::new("1", [("name".to_owned(), "A".to_owned())]).with_trace_id("t")];
        let reply = r#"{"results":[{"id":"1","traceId":"t","new":true}]}"#;
        let calls = async {
            let products = client.products().batch_upsert_all(inputs()).for_each(drop).await;
            let deals = client.deals().batch_upsert_all(inputs()).for_each(drop).await;
            (products, deals)
        };
        let replies = [(200, reply), (200, reply)];
        let (requests, summaries) = tokio::join!(served(&listener, &replies), calls);
        assert_eq!((summaries.0.new, summaries.1.new), (1, 1));
        assert!(requests[0].starts_with("POST /products/batch/upsert "), "{requests:?}");
        assert!(requests[1].starts_with("POST /deals/batch/upsert "), "{requests:?}");
    });
}
