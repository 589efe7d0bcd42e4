//! Counts the instructions of a call by valgrind's callgrind: an upsert of 100 inputs with a response of 100 results.
//! `cargo bench -p hubspot-products --bench cost`.
//!
//! The client with its default transport is compared with a bare loop of hyper and serde_json over one connection, with
//! the same bodies and the same types by serde's derives. Each runs in a process of its own; the server runs in this
//! one. The cost is the difference between a run with few calls and one with more, without the start. Fails above 1.3.

#[allow(dead_code, reason = "the other benchmark reads, too")]
mod derived;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, ExitCode, Stdio};

use bytes::Bytes;
use derived::{Derived, DerivedBatch, DerivedInput, response};
use http_body_util::{BodyExt, Full};
use hubspot_products::{Client, UpsertBatch, UpsertInput};
use hyper_util::rt::TokioIo;

const BUDGET: f64 = 1.3;
const FEW: u64 = 20;
const MORE: u64 = 120;
const TOKEN: &str = "pat-na1-may-write";
const PATH: &str = "/crm/v3/objects/products/batch/upsert";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [kind, address, calls] if kind == "client" || kind == "bare" => {
            let address = address.parse().expect("an address");
            let calls = calls.parse().expect("a number");
            run(kind, address, calls);
            ExitCode::SUCCESS
        }
        _ => compare(),
    }
}

/// Counts and compares both.
fn compare() -> ExitCode {
    let version = Command::new("valgrind").arg("--version").output();
    let Ok(version) = version else {
        println!("not measured: valgrind is not installed (`apt-get install valgrind`)");
        return ExitCode::SUCCESS;
    };
    let address = serve();
    let per_call = |kind: &str| {
        let [few, more] = [FEW, MORE].map(|calls| count(kind, address, calls));
        (more - few) as f64 / (MORE - FEW) as f64
    };
    let (client, bare) = (per_call("client"), per_call("bare"));
    println!(
        "{}: instructions a call, {FEW} and {MORE} calls",
        String::from_utf8_lossy(&version.stdout).trim()
    );
    println!("hyper and serde_json  {bare:>12.0} {:>6.3}", 1.0);
    println!(
        "the client            {client:>12.0} {:>6.3}",
        client / bare
    );
    if client / bare <= BUDGET {
        return ExitCode::SUCCESS;
    }
    eprintln!("over budget: {BUDGET}");
    ExitCode::FAILURE
}

/// Returns the number of instructions of a process with a number of calls.
fn count(kind: &str, address: SocketAddr, calls: u64) -> u64 {
    let program = std::env::current_exe().expect("this program has a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([kind, &address.to_string(), &calls.to_string()])
        .stdin(Stdio::null())
        .output()
        .expect("valgrind runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let collected = told
        .lines()
        .find_map(|line| line.split("Collected :").nth(1));
    let collected = collected.and_then(|number| number.trim().parse().ok());
    collected.unwrap_or_else(|| panic!("callgrind did not say how many: {told}"))
}

/// Responds to every request with the same body, while this process runs.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    let body = response();
    let mut reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=utf-8\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    reply.push_str(std::str::from_utf8(&body).expect("JSON is text"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, reply) = (stream.expect("a connection"), reply.clone());
            std::thread::spawn(move || answer(stream, &reply));
        }
    });
    address
}

fn answer(mut stream: TcpStream, reply: &str) {
    stream.set_nodelay(true).expect("a socket of ours");
    let mut requests = BufReader::new(stream.try_clone().expect("a socket of ours"));
    loop {
        let (mut length, mut line) = (0, String::new());
        while line != "\r\n" {
            line.clear();
            if requests.read_line(&mut line).unwrap_or(0) == 0 {
                return; // it has hung up
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        if requests.read_exact(&mut body).is_err() || stream.write_all(reply.as_bytes()).is_err() {
            return;
        }
    }
}

/// Makes a number of calls.
fn run(kind: &str, address: SocketAddr, calls: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        match kind {
            "client" => by_client(address, calls).await,
            _ => by_hyper(address, calls).await,
        }
    });
}

fn texts(number: usize) -> [String; 3] {
    let trace = format!("row-{number}");
    [format!("SKU-{number}"), format!("Widget {number}"), trace]
}

async fn by_client(address: SocketAddr, calls: u64) {
    let builder = Client::builder().base_url(format!("http://{address}"));
    let client = builder.token(TOKEN).build().expect("a client");
    let batch = UpsertBatch::new((0..100).map(|number| {
        let [sku, name, trace] = texts(number);
        UpsertInput::new(sku, [("name", name.as_str()), ("price", "9.99")])
            .with_id_property("hs_sku")
            .with_object_write_trace_id(trace)
    }));
    for _ in 0..calls {
        let response = client.upsert_products(&batch).await.expect("a success");
        assert_eq!(response.results().len(), 100);
    }
}

async fn by_hyper(address: SocketAddr, calls: u64) {
    let stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("a server");
    let io = TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(io)
        .await
        .expect("HTTP");
    tokio::spawn(connection);
    let inputs = (0..100).map(|number| {
        let [id, name, trace] = texts(number);
        let pair = |name: &str, value: String| (name.to_owned(), value);
        DerivedInput {
            id,
            id_property: Some("hs_sku".to_owned()),
            object_write_trace_id: Some(trace),
            properties: BTreeMap::from([pair("name", name), pair("price", "9.99".to_owned())]),
        }
    });
    let batch = DerivedBatch {
        inputs: inputs.collect(),
    };
    for _ in 0..calls {
        let body = serde_json::to_vec(&batch).expect("it is JSON");
        let request = hyper::Request::post(PATH)
            .header("host", address.to_string())
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(Full::<Bytes>::from(body))
            .expect("a request");
        sender.ready().await.expect("a connection");
        let reply = sender.send_request(request).await.expect("a reply");
        assert_eq!(reply.status(), 200);
        let body = reply
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        let response: Derived = serde_json::from_slice(&body).expect("a response");
        assert_eq!(response.results.len(), 100);
    }
}
