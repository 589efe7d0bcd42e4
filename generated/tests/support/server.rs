//! HTTP/1.1 over bare TCP, so that a reply can break off at any byte, or never begin.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// A reply, and how it goes over the wire.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    pub wire: Wire,
}

/// How a reply goes over the wire.
#[derive(Debug, Clone, Copy)]
pub enum Wire {
    /// At once.
    Whole,
    /// As a whole, so much later.
    Late(Duration),
    /// Its body in so many pieces, with a pause before each.
    Slowly(usize, Duration),
    /// Its head and half of its body, and then this.
    Half(End),
    /// Nothing of it, but this.
    Nothing(End),
    /// Spaces before the body, without an end.
    Endless,
}

impl Wire {
    /// Whether all of the reply goes out.
    pub fn is_whole(self) -> bool {
        matches!(self, Wire::Whole | Wire::Late(_) | Wire::Slowly(..))
    }
}

/// How a connection ends.
#[derive(Debug, Clone, Copy)]
pub enum End {
    /// In order, as after a whole reply.
    Close,
    /// By a reset.
    Reset,
    /// It does not; nothing comes any more.
    Wait,
}

/// Answers a request. It is called for one request at a time.
pub type Handler = Arc<dyn Fn(http::Request<Bytes>) -> Reply + Send + Sync>;

/// A running server. Dropping it ends every connection, also one whose reply never ends.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on a port of this machine; 0 for any free one.
    pub fn start(port: u16, handler: Handler) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        // A thread and a runtime of its own: when that runtime is dropped, all connections are.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async {
                let listener = TcpListener::from_std(listener).expect("a socket of ours");
                tokio::select! {
                    () = accept(listener, handler) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Server {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(()); // the server is gone already when nobody listens
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join(); // a panic of the server was printed; the test fails by what it got
        }
    }
}

async fn accept(listener: TcpListener, handler: Handler) {
    while let Ok((stream, _)) = listener.accept().await {
        let handler = handler.clone();
        tokio::spawn(async move {
            let _ = connection(stream, handler).await; // who hangs up in the middle is no concern of ours
        });
    }
}

/// Serves one request after the other, until somebody hangs up.
async fn connection(mut stream: TcpStream, handler: Handler) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = BytesMut::new();
    while let Some(request) = read(&mut stream, &mut buffer).await? {
        let reply = handler(request);
        match write(&mut stream, reply).await? {
            None => {}
            Some(End::Close) => return stream.shutdown().await,
            Some(End::Reset) => return stream.set_zero_linger(),
            Some(End::Wait) => std::future::pending().await,
        }
    }
    Ok(())
}

/// The next request; `None` at the end of the connection.
async fn read(
    stream: &mut TcpStream,
    buffer: &mut BytesMut,
) -> io::Result<Option<http::Request<Bytes>>> {
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut head = httparse::Request::new(&mut headers);
        let parsed = head.parse(buffer).map_err(io::Error::other)?;
        if let httparse::Status::Complete(length) = parsed {
            let request = build(&head).map_err(io::Error::other)?;
            let _ = buffer.split_to(length);
            let announced = request.headers().get("content-length");
            let announced = announced.and_then(|value| value.to_str().ok()?.parse().ok());
            let announced: usize = announced.unwrap_or(0);
            while buffer.len() < announced {
                if stream.read_buf(buffer).await? == 0 {
                    return Ok(None);
                }
            }
            let body = buffer.split_to(announced).freeze();
            return Ok(Some(request.map(|()| body)));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

fn build(head: &httparse::Request<'_, '_>) -> http::Result<http::Request<()>> {
    let mut request = http::Request::builder()
        .method(head.method.unwrap_or_default())
        .uri(head.path.unwrap_or_default());
    for header in head.headers.iter() {
        request = request.header(header.name, header.value);
    }
    request.body(())
}

/// Writes a reply; gives how the connection ends, if it does.
async fn write(stream: &mut TcpStream, reply: Reply) -> io::Result<Option<End>> {
    let body = &reply.body;
    let half = body.get(..body.len() / 2).unwrap_or_default();
    match reply.wire {
        Wire::Nothing(end) => return Ok(Some(end)),
        Wire::Late(time) => tokio::time::sleep(time).await,
        Wire::Whole | Wire::Slowly(..) | Wire::Half(_) | Wire::Endless => {}
    }
    stream.write_all(&head(&reply)).await?;
    match reply.wire {
        Wire::Half(end) => {
            stream.write_all(half).await?;
            stream.flush().await?;
            return Ok(Some(end));
        }
        Wire::Slowly(pieces, pause) => {
            for piece in body.chunks(body.len().div_ceil(pieces).max(1)) {
                tokio::time::sleep(pause).await;
                stream.write_all(piece).await?;
            }
        }
        Wire::Endless => loop {
            stream.write_all(b"4000\r\n").await?;
            stream.write_all(&[b' '; 0x4000]).await?;
            stream.write_all(b"\r\n").await?;
        },
        Wire::Whole | Wire::Late(_) | Wire::Nothing(_) => stream.write_all(body).await?,
    }
    stream.flush().await?;
    Ok(None)
}

fn head(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} \r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match reply.wire {
        Wire::Endless => head.push_str("transfer-encoding: chunked\r\n"),
        _ if reply.status == 204 => {}
        _ => head.push_str(&format!("content-length: {}\r\n", reply.body.len())),
    }
    head.push_str("\r\n");
    head.into_bytes()
}
