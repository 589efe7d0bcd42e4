//! A fake of HubSpot's `POST /crm/v3/objects/products/batch/upsert` on loopback.
//!
//! It keeps products and answers as the endpoint does ([`account`]), over bare TCP ([`server`]), and keeps books about
//! all it does ([`ledger`]). Its token URL gives access tokens out ([`login`]). [`Fake::answer`] makes a reply go wrong
//! in a way in which HubSpot's or a network's do ([`Scenario`]); [`Fake::misbehave`] leaves it to dice ([`chaos`]). The
//! tests and the examples share it, so it knows nothing of the client: it reads and writes plain JSON.

mod account;
mod chaos;
mod ledger;
pub mod login;
mod reply;
mod scenario;
mod server;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use account::Account;
use chaos::Chaos;
pub use ledger::{Entry, Ledger};
use login::{Access, Login, TOKEN_PATH};
use reply::Answer;
pub use scenario::Scenario;
use server::{Reply, Server};

/// The path of the endpoint.
pub const PATH: &str = "/crm/v3/objects/products/batch/upsert";
/// A token that may write products, for ever.
pub const TOKEN: &str = "pat-na1-may-write";
/// A token of an app that lacks the scope.
pub const TOKEN_WITHOUT_SCOPE: &str = "pat-na1-may-read";

/// A fake, and the account behind it. Dropping it ends every connection, also one whose reply never ends.
pub struct Fake {
    shared: Arc<Mutex<Shared>>,
    port: u16,
    /// `None` while nobody listens.
    server: Option<Server>,
}

#[derive(Default)]
struct Shared {
    account: Account,
    login: Login,
    script: VecDeque<Scenario>,
    chaos: Option<Chaos>,
    calls: usize,
    /// Whether requests are not recorded, because there are too many.
    forgets: bool,
    requests: Vec<http::Request<Bytes>>,
}

impl Fake {
    /// Starts a fake of an account without products, on a port of its own.
    pub fn start() -> Self {
        Self::with(0, Shared::default()).expect("a free port")
    }

    /// Starts a fake that many requests are sent to, with its ledger in a file.
    pub fn serve(port: u16, ledger: Option<&Path>) -> io::Result<Self> {
        let mut shared = Shared {
            forgets: true,
            ..Shared::default()
        };
        if let Some(path) = ledger {
            shared.account.ledger = Ledger::create(path)?;
        }
        Self::with(port, shared)
    }

    fn with(port: u16, shared: Shared) -> io::Result<Self> {
        let mut fake = Fake {
            shared: Arc::new(Mutex::new(shared)),
            port,
            server: None,
        };
        fake.listen()?;
        Ok(fake)
    }

    /// Stops listening, and closes all connections.
    pub fn die(&mut self) {
        self.server = None;
    }

    /// Listens again, where it did before.
    ///
    /// # Errors
    /// The port is taken.
    pub fn listen(&mut self) -> io::Result<()> {
        let shared = self.shared.clone();
        let server = Server::start(self.port, Arc::new(move |request| handle(&shared, request)))?;
        self.port = server.address().port();
        self.server = Some(server);
        Ok(())
    }

    /// Returns the base URL for a client.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Adds a scenario for the next response; several are used in order. Afterwards responses are normal again.
    pub fn answer(&self, scenario: Scenario) -> &Self {
        lock(&self.shared).script.push_back(scenario);
        self
    }

    /// Makes a share of the responses faulty, 0.1 for one in ten; the same ones for the same seed.
    pub fn misbehave(&self, rate: f64, seed: u64) -> &Self {
        lock(&self.shared).chaos = Some(Chaos::new(rate, seed));
        self
    }

    /// Returns the requests so far.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        lock(&self.shared).requests.clone()
    }

    /// Expires the last access token before its announced end.
    pub fn expire_token(&self) {
        lock(&self.shared).login.expire();
    }

    /// Returns the number of issued access tokens.
    pub fn issued_tokens(&self) -> usize {
        lock(&self.shared).login.issued()
    }

    /// Returns the number of requests.
    pub fn calls(&self) -> usize {
        lock(&self.shared).calls
    }

    /// Returns the ledger: what really happened.
    pub fn ledger(&self) -> Vec<Entry> {
        lock(&self.shared).account.ledger.entries().to_vec()
    }

    /// The properties of the product with this SKU.
    pub fn product(&self, sku: &str) -> Option<BTreeMap<String, Option<String>>> {
        lock(&self.shared).account.product("hs_sku", sku)
    }

    /// Returns the number of products.
    pub fn count(&self) -> usize {
        lock(&self.shared).account.count()
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn handle(shared: &Mutex<Shared>, request: http::Request<Bytes>) -> Reply {
    let mut shared = lock(shared);
    let shared = &mut *shared;
    shared.calls += 1;
    let call = shared.calls;
    let body: Option<Value> = serde_json::from_slice(request.body()).ok();
    let account = &mut shared.account;
    if let Some(body) = &body {
        let ids = strings(body, "inputs", "id");
        let traces = strings(body, "inputs", TRACE);
        account.ledger.add(Entry::Received { call, ids, traces });
    }
    let dice = shared.chaos.as_mut().and_then(Chaos::throw);
    let scenario = shared.script.pop_front().or(dice);
    let (method, path) = (request.method(), request.uri().path());
    let rejection = reject(method, path, request.headers(), &shared.login);
    let login = &mut shared.login;
    let real = |busy| match (rejection, &body) {
        _ if path == TOKEN_PATH => login.refresh(request.body()),
        (Some(rejection), _) => rejection,
        (None, Some(body)) => account.upsert(body, call, busy),
        (None, None) => Answer::rejection(400, "VALIDATION_ERROR", "The body is not JSON."),
    };
    let reply = match scenario {
        None => real(0).into_reply(call),
        Some(scenario) => scenario.respond(real, call),
    };
    if let Some(traces) = answered(&reply) {
        account.ledger.add(Entry::Answered { call, traces });
    }
    account.ledger.flush();
    if !shared.forgets {
        shared.requests.push(request);
    }
    reply
}

/// The member of inputs, results and errors that has the trace id.
const TRACE: &str = "objectWriteTraceId";

/// Returns the trace ids in a response that is sent completely.
fn answered(reply: &Reply) -> Option<Vec<String>> {
    if !reply.wire.is_whole() || reply.status >= 400 {
        return None;
    }
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let mut traces = strings(&body, "results", TRACE);
    for error in body
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let named = error["context"][TRACE].as_array().into_iter().flatten();
        traces.extend(named.filter_map(|trace| trace.as_str().map(str::to_owned)));
    }
    Some(traces)
}

/// Returns a string member of each element of an array.
fn strings(body: &Value, list: &str, member: &str) -> Vec<String> {
    let elements = body
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let strings = elements.filter_map(|one| Some(one.get(member)?.as_str()?.to_owned()));
    strings.collect()
}

/// Returns the error response to a request that is rejected before its body is read.
fn reject(method: &Method, path: &str, headers: &HeaderMap, login: &Login) -> Option<Answer> {
    match (method, path, login.access(headers)) {
        (_, path, _) if path != PATH => Some(reply::not_found()),
        (&Method::POST, _, Access::Write) => None,
        (&Method::POST, _, Access::Read) => Some(reply::missing_scope()),
        (&Method::POST, _, Access::Nothing) => Some(reply::unauthorized()),
        _ => Some(reply::wrong_method()),
    }
}
