//! The worst time and memory of a call: against replies that do not come, come a byte at a time, never end, or unfold
//! to far more than was sent. A process of its own, since its memory is measured.
//!
//! `cargo test -p hubspot-products --features gzip --test bounds -- --nocapture`

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use hubspot_products::types::Error;
use hubspot_products::{CallError, Client, RetryPolicy, UpsertBatch, UpsertInput};

const DEADLINE: Duration = Duration::from_millis(300);
const LATE: Duration = Duration::from_millis(100);
const CAP: usize = 32 << 20;
/// What hyper hands on at once, which is below half a megabyte, and what else happens in this process: the server.
const CHUNK: usize = 2 << 20;
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

type Answer = fn(&mut TcpStream) -> io::Result<()>;

/// The replies, by name.
const REPLIES: [(&str, Answer); 6] = [
    ("silent", |_| Ok(())),
    ("silent after the head", |stream| {
        stream.write_all(HEAD)?;
        stream.write_all(b"content-length: 1000\r\n\r\n[")
    }),
    ("a head that trickles", |stream| {
        stream.write_all(HEAD)?;
        trickle(stream, b"a: b\r\n")
    }),
    ("a body that trickles", |stream| {
        stream.write_all(HEAD)?;
        stream.write_all(b"content-length: 1000000\r\n\r\n")?;
        trickle(stream, b" ")
    }),
    ("a head without an end", |stream| {
        stream.write_all(HEAD)?;
        endless(stream, b"a: bcdefghijklmnopqrstuvwxyz\r\n")
    }),
    ("a body without an end", |stream| {
        stream.write_all(HEAD)?;
        stream.write_all(b"transfer-encoding: chunked\r\n\r\n")?;
        endless(stream, &chunk())
    }),
];

fn trickle(stream: &mut TcpStream, piece: &[u8]) -> io::Result<()> {
    loop {
        for byte in piece {
            stream.write_all(std::slice::from_ref(byte))?;
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn endless(stream: &mut TcpStream, piece: &[u8]) -> io::Result<()> {
    loop {
        stream.write_all(piece)?;
    }
}

/// 64 KiB of spaces.
fn chunk() -> Vec<u8> {
    let mut chunk = b"10000\r\n".to_vec();
    chunk.resize(chunk.len() + 0x10000, b' ');
    chunk.extend_from_slice(b"\r\n");
    chunk
}

/// Reads the head of each request and answers it so; the connection stays open until the client closes it.
fn serve(answer: impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.expect("a connection"), answer.clone());
            std::thread::spawn(move || {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request); // all of it is there, or the client has gone
                let _ = answer(&mut stream); // it fails when the client hangs up
                let _ = io::copy(&mut stream, &mut io::sink()); // ends when the client hangs up
            });
        }
    });
    format!("http://{address}")
}

fn client(url: &str) -> Client {
    let builder = Client::builder().base_url(url).token("any");
    let builder = builder.retry(RetryPolicy::none()).max_response_size(CAP);
    builder.build().expect("a client of this machine")
}

async fn call(client: &Client, deadline: Duration) -> CallError<Error> {
    let input = UpsertInput::new("SKU-1", [("price", "9.99")]).with_id_property("hs_sku");
    let call = client.upsert_products(&UpsertBatch::new([input]));
    call.deadline(deadline)
        .await
        .expect_err("there is no reply")
}

/// One test, so that nothing else happens in the process while its memory is measured.
#[tokio::test]
async fn no_call_takes_longer_than_its_deadline_or_more_memory_than_its_cap() {
    #[cfg(target_os = "linux")]
    memory::check_all().await;
    check_times().await;
}

async fn check_times() {
    for (name, answer) in REPLIES {
        let client = client(&serve(answer));
        // the machine may be busy at one moment, so the best of three counts
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let error = call(&client, DEADLINE).await;
            best = best.min(start.elapsed());
            let is_over = best < DEADLINE; // a head or body that is too large is rejected earlier
            assert!(error.is_timeout() || is_over, "{name}: {error}");
        }
        println!("{name:<24} {best:>10.1?} of {DEADLINE:?}");
        assert!(best <= DEADLINE + LATE, "{name}: {best:?}");
    }
}

#[cfg(target_os = "linux")]
mod memory {
    use super::*;

    /// A line of `/proc/self/status`, in bytes.
    fn status(line: &str) -> usize {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
        let value = status.lines().find_map(|it| it.strip_prefix(line));
        let kilobytes = value.and_then(|value| value.trim().split(' ').next());
        1024 * kilobytes
            .and_then(|it| it.parse::<usize>().ok())
            .expect("a number")
    }

    /// How much more memory the process has at its peak while it waits for a reply.
    async fn peak(
        answer: impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> usize {
        let client = client(&serve(answer));
        std::fs::write("/proc/self/clear_refs", "5").expect("Linux has it"); // the peak is now
        let before = status("VmRSS:");
        let error = call(&client, Duration::from_secs(60)).await;
        assert!(!error.is_timeout(), "{error}");
        status("VmHWM:").saturating_sub(before)
    }

    fn check(name: &str, peak: usize) {
        println!(
            "{name:<24} {:>6.1} MiB of {} MiB",
            peak as f64 / 1048576.0,
            CAP >> 20
        );
        assert!(peak <= CAP + CHUNK, "{name}: {peak}");
    }

    pub async fn check_all() {
        let [.., (head, endless_head), (body, endless_body)] = REPLIES;
        peak(endless_body).await; // what is made once in a process is made now
        check(head, peak(endless_head).await);
        let grown = peak(endless_body).await;
        check(body, grown);
        assert!(grown > CAP / 2, "it was read up to the cap");
        #[cfg(feature = "gzip")]
        check("a compressed bomb", peak(bomb()).await);
    }

    /// 128 MiB of spaces in half a megabyte.
    #[cfg(feature = "gzip")]
    fn bomb() -> impl Fn(&mut TcpStream) -> io::Result<()> + Send + Sync {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        for _ in 0..128 {
            encoder
                .write_all(&[b' '; 1 << 20])
                .expect("memory takes all");
        }
        let bomb = encoder.finish().expect("memory takes all");
        move |stream| {
            stream.write_all(HEAD)?;
            let length = bomb.len();
            write!(
                stream,
                "content-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"
            )?;
            stream.write_all(&bomb)
        }
    }
}
