//! A running application. It ends with the value.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use oasmith_cli::exit::Failure;

use super::python::Python;
use super::{Framework, PORT, Places, unstarted};

/// How long an application may take until it answers.
const STARTED_IN: Duration = Duration::from_secs(60);

/// A running application.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts the application at a free port and waits until it accepts connections.
    pub(super) fn start(
        places: &Places,
        framework: &Framework,
        python: &Python,
    ) -> Result<Self, Failure> {
        let port =
            free_port().map_err(|error| Failure::new(format!("no port is free: {error}")))?;
        let log = places.out.join(format!("{}.log", framework.name));
        let serve = framework.serve.replace(PORT, &port.to_string());
        let mut command = places.python(framework, python, &serve);
        let opened = File::create(&log).and_then(|file| Ok((file.try_clone()?, file)));
        let (out, err) = opened.map_err(|error| Failure::disk("write", &log, &error))?;
        command.stdin(Stdio::null()).stdout(out).stderr(err);
        let process = command
            .spawn()
            .map_err(|error| unstarted(&command, &error))?;
        let mut server = Server {
            process,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            log,
        };
        server.wait()?;
        Ok(server)
    }

    fn wait(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        while TcpStream::connect_timeout(&self.address, Duration::from_secs(1)).is_err() {
            let has_ended = !matches!(self.process.try_wait(), Ok(None));
            if has_ended || start.elapsed() > STARTED_IN {
                let log = self.log();
                return Err(Failure::new(format!(
                    "the application does not answer:\n{log}"
                )));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Returns `http://127.0.0.1:8000`.
    pub(super) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns what the application has printed.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}
