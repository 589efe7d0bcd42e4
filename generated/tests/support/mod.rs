//! A fake of HubSpot's `POST /crm/v3/objects/products/batch/upsert` on loopback.
//!
//! It keeps products and answers as the endpoint does ([`ledger`]). [`Fake::answer`] makes a reply go wrong in a
//! way in which HubSpot's do ([`Scenario`]). The tests and `examples/upsert.rs` share it, so it knows nothing of
//! the client: it reads and writes plain JSON.

mod fault;
mod ledger;
mod reply;
mod scenario;

use std::collections::{BTreeMap, VecDeque};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, Response};
use tokio::sync::oneshot;

use ledger::Ledger;
use reply::Answer;
pub use scenario::Scenario;

/// The path of the endpoint.
pub const PATH: &str = "/crm/v3/objects/products/batch/upsert";
/// A token that may write products.
pub const TOKEN: &str = "pat-na1-may-write";
/// A token of an app that lacks the scope.
pub const TOKEN_WITHOUT_SCOPE: &str = "pat-na1-may-read";

/// A running fake. Dropping it ends the server and every connection, also one whose reply never ends.
pub struct Fake {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    ledger: Ledger,
    script: VecDeque<Scenario>,
    requests: Vec<http::Request<Bytes>>,
}

impl Fake {
    /// Starts a fake of an account without products, on a port of its own.
    pub fn start() -> Self {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let (stop, stopped) = oneshot::channel();
        let routes = Router::new().fallback(handle).with_state(shared.clone());
        // A thread and a runtime of its own: when that runtime is dropped, all connections are.
        let server = std::thread::spawn(move || serve(listener, routes, stopped));
        Fake {
            address,
            shared,
            stop: Some(stop),
            server: Some(server),
        }
    }

    /// What a client takes as its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next reply is this one; several are used up in their order. Afterwards the fake is itself again.
    pub fn answer(&self, scenario: Scenario) -> &Self {
        lock(&self.shared).script.push_back(scenario);
        self
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        lock(&self.shared).requests.clone()
    }

    /// The properties of the product with this SKU.
    pub fn product(&self, sku: &str) -> Option<BTreeMap<String, Option<String>>> {
        lock(&self.shared).ledger.product("hs_sku", sku)
    }

    /// How many products the account has.
    pub fn count(&self) -> usize {
        lock(&self.shared).ledger.count()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(()); // the server is gone already when nobody listens
        }
        if let Some(server) = self.server.take() {
            let _ = server.join(); // a panic of the server was printed; the test fails by what it got
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(listener: std::net::TcpListener, routes: Router, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build();
    runtime.expect("a runtime").block_on(async {
        listener.set_nonblocking(true).expect("a socket of ours");
        let listener = tokio::net::TcpListener::from_std(listener).expect("a socket of ours");
        tokio::select! {
            ended = async { axum::serve(listener, routes).await } => ended.expect("serving does not end"),
            _ = stopped => {}
        }
    });
}

async fn handle(State(shared): State<Arc<Mutex<Shared>>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 16 << 20).await.unwrap_or_default();
    let mut shared = lock(&shared);
    shared
        .requests
        .push(http::Request::from_parts(head.clone(), body.clone()));
    let scenario = shared.script.pop_front();
    let call = shared.requests.len();
    let ledger = &mut shared.ledger;
    let mut real = || match refuse(&head.method, head.uri.path(), &head.headers) {
        Some(refusal) => refusal,
        None => ledger.upsert(&body),
    };
    match scenario {
        None => real().into_response(call),
        Some(scenario) => scenario.respond(real, call),
    }
}

/// What is refused before the body is looked at.
fn refuse(method: &Method, path: &str, headers: &HeaderMap) -> Option<Answer> {
    let token = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match (method, path, token) {
        (_, path, _) if path != PATH => Some(reply::not_found()),
        (&Method::POST, _, Some(TOKEN)) => None,
        (&Method::POST, _, Some(TOKEN_WITHOUT_SCOPE)) => Some(reply::missing_scope()),
        (&Method::POST, _, _) => Some(reply::unauthorized()),
        _ => Some(reply::wrong_method()),
    }
}
