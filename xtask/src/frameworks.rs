//! `cargo xtask frameworks`: generates clients from what a FastAPI application and a Django project emit, and calls the
//! running applications with them.
//!
//! ```text
//! venv ─▶ application writes its document ─▶ codegen ─▶ application is started ─▶ calls.rs (cargo test) ─▶ stopped
//! ```
//!
//! The applications and the calls are in `generator/tests/frameworks`. All that is made is below `target/frameworks`;
//! nothing is called but the loopback address. Without Python, or where the packages cannot be installed, the command
//! says so and passes.

mod python;
mod server;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use oasmith_cli::exit::{Exit, Failure};
use oasmith_cli::terminal::{Terminal, Tone, line};
use oasmith_cli::workspace::Workspace;

use python::Python;
use server::Server;

/// An application, and the commands that run it, as arguments of Python.
struct Framework {
    /// Its folder.
    name: &'static str,
    /// The package of the client.
    package: &'static str,
    /// Writes the document to [`DOCUMENT`], and prepares the application.
    prepare: &'static [&'static str],
    /// Serves at [`PORT`].
    serve: &'static str,
}

/// The placeholder of the file of the document.
const DOCUMENT: &str = "DOCUMENT";

/// The placeholder of the port.
const PORT: &str = "PORT";

const FRAMEWORKS: [Framework; 2] = [
    Framework {
        name: "fastapi",
        package: "fastapi_shop",
        prepare: &["app.py DOCUMENT"],
        serve: "-m uvicorn app:app --host 127.0.0.1 --port PORT",
    },
    Framework {
        name: "django",
        package: "django_shop",
        prepare: &[
            "manage.py spectacular --format openapi-json --file DOCUMENT",
            "manage.py migrate --run-syncdb --verbosity 0",
        ],
        serve: "manage.py runserver --noreload 127.0.0.1:PORT",
    },
];

/// Runs all of it.
pub fn run(terminal: &Terminal) -> Result<Exit, Failure> {
    let workspace = Workspace::require()?;
    let places = Places::new(workspace.root());
    let python = match Python::install(&places.sources, &places.out) {
        Ok(python) => python,
        Err(why) => {
            let what = format!("frameworks: {why}; no client was run against an application");
            terminal.report(&line(Tone::Warn, "Skipped", &what));
            return Ok(Exit::Fresh);
        }
    };
    for framework in &FRAMEWORKS {
        let about = format!("{}: the document and its client", framework.name);
        terminal.report(&line(Tone::Info, "Generate", &about));
        places.generate(framework, &python)?;
    }
    places.write_workspace()?;
    for framework in &FRAMEWORKS {
        terminal.report(&line(Tone::Info, "Call", framework.name));
        let server = Server::start(&places, framework, &python)?;
        if !places.call(framework, &server)? {
            let about = format!(
                "{}: the application printed\n{}",
                framework.name,
                server.log()
            );
            terminal.report(&line(Tone::Bad, "Failed", &about));
            return Ok(Exit::Failure);
        }
    }
    Ok(Exit::Fresh)
}

/// Where everything is.
struct Places {
    root: PathBuf,
    /// The applications and the calls.
    sources: PathBuf,
    /// All that is made.
    out: PathBuf,
    /// The target folder of the workspace, which has most dependencies of the clients.
    target: PathBuf,
}

impl Places {
    fn new(root: &Path) -> Self {
        let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        let target = root.join(target);
        Places {
            root: root.to_path_buf(),
            sources: root.join("generator/tests/frameworks"),
            out: target.join("frameworks"),
            target,
        }
    }

    /// Returns a command of Python in the folder of an application; its data is empty at first.
    fn python(&self, framework: &Framework, python: &Python, line: &str) -> Command {
        let mut command = python.command();
        let document = self.document(framework);
        for word in line.split(' ') {
            match word {
                DOCUMENT => command.arg(&document),
                other => command.arg(other),
            };
        }
        command
            .current_dir(self.sources.join(framework.name))
            .env("SHOP_DATA", self.data(framework));
        command
    }

    fn document(&self, framework: &Framework) -> PathBuf {
        self.out.join(format!("{}.json", framework.name))
    }

    /// Returns the folder of what an application stores.
    fn data(&self, framework: &Framework) -> PathBuf {
        self.out.join("data").join(framework.name)
    }

    fn package(&self, framework: &Framework) -> PathBuf {
        self.out.join("crates").join(framework.package)
    }

    /// Writes the document of an application, and the client with its calls.
    fn generate(&self, framework: &Framework, python: &Python) -> Result<(), Failure> {
        let data = self.data(framework);
        if data.exists() {
            fs::remove_dir_all(&data).map_err(|error| Failure::disk("remove", &data, &error))?;
        }
        fs::create_dir_all(&data).map_err(|error| Failure::disk("make", &data, &error))?;
        for line in framework.prepare {
            succeed(&mut self.python(framework, python, line))?;
        }
        let package = self.package(framework);
        let program = env::current_exe().map_err(|error| Failure::new(error.to_string()))?;
        let mut generate = Command::new(program);
        generate
            .args(["codegen", "--force", "--name", framework.package, "--spec"])
            .arg(self.document(framework))
            .arg("--out")
            .arg(&package)
            .current_dir(&self.root);
        let config = self.sources.join(framework.name).join("codegen.yaml");
        if config.exists() {
            generate.arg("--config").arg(config);
        }
        succeed(&mut generate)?;
        let calls = self.sources.join(framework.name).join("calls.rs");
        let text =
            fs::read_to_string(&calls).map_err(|error| Failure::disk("read", &calls, &error))?;
        write(&package.join("tests/calls.rs"), &text)?;
        let manifest = package.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| Failure::disk("read", &manifest, &error))?;
        let own = text.replace("\n[workspace]\n", "");
        let (own, _) = own.split_once(DEV_DEPENDENCIES).unwrap_or((&own, ""));
        write(&manifest, &format!("{own}{DEV_DEPENDENCIES}"))
    }

    /// Writes the workspace of the clients, with the lock file of this one.
    fn write_workspace(&self) -> Result<(), Failure> {
        let folder = self.out.join("crates");
        let members = FRAMEWORKS.map(|framework| format!("\"{}\"", framework.package));
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
            members.join(", ")
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        let lock = self.root.join("Cargo.lock");
        let copy = folder.join("Cargo.lock");
        fs::copy(&lock, &copy).map_err(|error| Failure::disk("copy", &lock, &error))?;
        Ok(())
    }

    /// Compiles the calls and makes them. Returns whether all of them ended as expected.
    fn call(&self, framework: &Framework, server: &Server) -> Result<bool, Failure> {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args([
                "test",
                "--quiet",
                "--offline",
                "--test",
                "calls",
                "--package",
            ])
            .arg(framework.package)
            .current_dir(self.out.join("crates"))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("SERVER", server.address());
        let status = command
            .status()
            .map_err(|error| unstarted(&command, &error))?;
        Ok(status.success())
    }
}

/// What the calls need beside the client.
const DEV_DEPENDENCIES: &str =
    "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\"] }\n";

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Failure::disk("make", folder, &error))?;
    fs::write(path, text).map_err(|error| Failure::disk("write", path, &error))
}

fn unstarted(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("could not start {command:?}: {error}"))
}

/// Runs a command to its end; what it prints is shown only if it fails.
fn succeed(command: &mut Command) -> Result<(), Failure> {
    let output = command
        .output()
        .map_err(|error| unstarted(command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("{command:?} failed:\n{text}")))
}
