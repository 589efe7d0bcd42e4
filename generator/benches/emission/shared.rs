//! What two clients with a shared runtime cost, against two that carry it: `cargo bench -p oasmith --bench emission --
//! shared`.
//!
//! The clients are those of `examples/shared-runtime`. Each pair is built with a program that calls both: once from
//! nothing, with all dependencies, and some times with these in place, so that only the clients, the runtime and the
//! program are compiled.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oasmith::load::MapSources;
use oasmith::options::{Options, RuntimeSource};
use oasmith::{Output, generate, manifest};

use crate::compile::{Package, Used, Workspace};

/// What the shared pair may cost of what the other costs, without dependencies.
pub const BUDGET: f64 = 0.7;

/// How often the compilation without dependencies is measured.
const ROUNDS: usize = 3;

const CLIENTS: [&str; 2] = ["books", "cafe"];

/// Builds both pairs and prints what they used; tells whether the shared one is within its budget.
pub fn measure_all(root: &Path) -> io::Result<bool> {
    println!("two clients         lines | own check s | own build s | from nothing s");
    let mut all = Vec::new();
    for (form, source) in [
        ("carried", RuntimeSource::Carried),
        ("shared", RuntimeSource::Crate),
    ] {
        let cost = pair(&root.join(form), source)?;
        println!(
            "{form:<16} {:>8} | {:>11.2} | {:>11.2} | {:>14.1}",
            cost.lines, cost.check.seconds, cost.build.seconds, cost.whole.seconds
        );
        all.push(cost);
    }
    let [carried, shared] = all.as_slice() else {
        return Err(io::Error::other("there are two forms"));
    };
    let ratio = |part: fn(&Cost) -> Used| part(shared).seconds / part(carried).seconds;
    let build = ratio(|cost| cost.build);
    println!(
        "ratio                     | {:>11.2} | {build:>11.2} | {:>14.2}",
        ratio(|cost| cost.check),
        ratio(|cost| cost.whole)
    );
    Ok(build <= BUDGET)
}

/// What a pair costs.
struct Cost {
    lines: usize,
    check: Used,
    build: Used,
    whole: Used,
}

fn pair(root: &Path, source: RuntimeSource) -> io::Result<Cost> {
    let workspace = Workspace::create(root.to_owned(), ROUNDS, &["--offline"])?;
    let mut lines = 0;
    for client in CLIENTS {
        let output = client_of(client, source)?;
        lines += output
            .files
            .values()
            .map(|text| text.lines().count())
            .sum::<usize>();
        let runtime = format!(
            "oasmith-runtime = {{ path = {:?}, version",
            package().join("runtime")
        );
        let manifest = manifest(client, &output.requirements)
            .replace("\n[workspace]\n", "")
            .replace("oasmith-runtime = { version", &runtime);
        workspace.add(client, &manifest, &output.files)?;
    }
    let program = Package::from([("src/main.rs".to_owned(), PROGRAM.to_owned())]);
    let dependencies = CLIENTS.map(|name| format!("{name} = {{ path = \"../{name}\" }}\n"));
    let manifest = format!(
        "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
        dependencies.concat()
    );
    workspace.add("orders", &manifest, &program)?;
    let mut own = vec!["books", "cafe", "orders"];
    if source == RuntimeSource::Crate {
        own.push("oasmith-runtime");
    }
    workspace.forget()?;
    let whole = workspace.measure_once("build", "orders", &[])?;
    workspace.prepare("check", "orders")?;
    Ok(Cost {
        lines,
        check: workspace.measure_without("check", "orders", &own)?,
        build: workspace.measure_without("build", "orders", &own)?,
        whole,
    })
}

/// Generates a client of the example.
fn client_of(name: &str, source: RuntimeSource) -> io::Result<Output> {
    let path = package().join(format!("examples/shared-runtime/spec/{name}.yaml"));
    let sources = MapSources::new().with("api.yaml", fs::read_to_string(path)?);
    let mut options = Options::new("api.yaml", name);
    options.runtime = source;
    generate(&sources, &options).map_err(|_| io::Error::other(format!("{name}.yaml has errors")))
}

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A program that calls both clients; it is the same for both forms.
const PROGRAM: &str = "
fn main() {
    let books = books::Client::builder().build().expect(\"the settings are valid\");
    let cafe = cafe::Client::builder().token(\"secret\").build().expect(\"the settings are valid\");
    let calls = (books.list_books().author(\"Ovid\").into_future(), cafe.seat(1, &cafe::Party::new(2)).into_future());
    println!(\"{}\", std::mem::size_of_val(&calls));
}
";
