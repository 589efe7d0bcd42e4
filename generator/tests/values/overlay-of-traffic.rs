//! A client of a description with ten lies, and of the overlay that `conform --write` made from the server's traffic:
//! it reads every reply.

use overlay_of_traffic::types::{Book, BookList, BookPages, BookState};
use overlay_of_traffic::{Client, ExportResponse, RetryPolicy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Calls a server that answers one request.
async fn call<T>(status: &str, media_type: &str, body: &str, call: impl AsyncFnOnce(Client) -> T) -> T {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let length = body.len();
    let reply = format!("HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n{body}");
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut bytes = vec![0; 16 * 1024];
        // the requests of this test have no body and fit in one packet
        assert_ne!(socket.read(&mut bytes).await.unwrap(), 0);
        socket.write_all(reply.as_bytes()).await.unwrap();
    });
    let builder = Client::builder().base_url(format!("http://{address}"));
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    let result = call(client).await;
    server.await.unwrap();
    result
}

async fn book(body: &str) -> Book {
    let get = async |client: Client| client.get_book(3).await;
    call("200 OK", "application/json", body, get).await.expect("the reply is read")
}

#[tokio::test]
async fn every_reply_is_read() {
    let found = book(r#"{ "id": 3, "title": "T", "author": { "name": "A" }, "state": "in_repair", "isbn": "9" }"#).await;
    assert!(matches!(found.state, Some(BookState::InRepair)));
    assert_eq!(found.isbn.as_deref(), Some("9"));
    let found = book(r#"{ "id": 4, "title": null, "author": null, "published": "1979-10-12", "pages": "412" }"#).await;
    assert_eq!((found.title, found.author), (None, None));
    assert_eq!(found.published.as_deref(), Some("1979-10-12"));
    assert_eq!(found.pages, Some(BookPages::Text("412".to_owned())));

    let get = async |client: Client| client.get_book(5).await;
    let body = r#"{ "error": { "code": 17, "text": "There is no such book." } }"#;
    let error = call("404 Not Found", "application/json", body, get).await.expect_err("it is an error");
    assert!(error.declared().is_some_and(|body| body.error.code == 17));

    let export = async |client: Client| client.export().await;
    let found = call("200 OK", "text/csv; charset=utf-8", "id;title\n1;\n", export).await.expect("the reply is read");
    assert!(matches!(found, ExportResponse::Csv(text) if text.starts_with("id;")));

    let list: BookList = serde_json::from_str(r#"{ "results": [] }"#).expect("the last page has no `next`");
    assert!(list.next.is_none());
}
