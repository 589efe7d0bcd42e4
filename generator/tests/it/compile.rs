//! All generated code compiles without warnings, clippy's included.
//!
//! Each fixture's output becomes a package with the generated runtime and manifest, so that a dependency missing in the
//! manifest is found. The packages share one workspace, one lock file and the target directory of this test, which
//! already has most dependencies. A second package, `NAME-shared`, depends on the runtime as a crate, and has the same
//! tests. Unchanged files are not rewritten, so that a second run checks only what changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use oasmith::options::RuntimeSource;
use oasmith::{Output, manifest};

use crate::{fixtures, goldens, hostile};

/// The end of the name of a package that depends on the runtime as a crate.
const SHARED: &str = "-shared";

/// Returns the folder of the packages.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("goldens")
}

/// Returns a cargo command that runs in the workspace of the packages.
fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    command
        .args(arguments)
        .arg("--offline")
        .current_dir(workspace())
        .env(
            "CARGO_TARGET_DIR",
            target.expect("it is `tmp` in the target directory"),
        );
    command
}

/// Writes the package of an output, and removes files that only an earlier output had.
fn write_package(name: &str, output: &Output) {
    let folder = workspace().join(name);
    let library = name.strip_suffix(SHARED).unwrap_or(name);
    let own = own_tests(library);
    for path in goldens::read_below(&folder).keys() {
        let is_made = output.files.contains_key(path) || own.contains_key(path);
        if path != "Cargo.toml" && !is_made {
            fs::remove_file(folder.join(path))
                .expect("a file that a test has written can be removed");
        }
    }
    for (path, text) in output.files.iter().chain(&own) {
        goldens::write(&folder.join(path), text);
    }
    // a generated manifest is its own workspace root; here the package is a member of another
    let mut manifest = manifest(name, &output.requirements).replace("\n[workspace]\n", "");
    if library != name {
        // tests and the example name the library, not the package
        let library = library.replace('-', "_");
        manifest.push_str(&format!("\n[lib]\nname = \"{library}\"\n"));
    }
    if !own.is_empty() {
        manifest.push_str("\n[dev-dependencies]\n");
        manifest.push_str("tokio = { version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt\", \"time\"] }\n");
    }
    goldens::write(&folder.join("Cargo.toml"), &manifest);
}

/// The fixtures with a folder of tests over a local socket, of the same name.
const LOOPBACK: [&str; 2] = ["crm", "loopback"];

/// Returns hand-written tests of a package: those of `tests/<name>/` for the fixtures of [`LOOPBACK`], and
/// `tests/values/<name>.rs` for the fixture of that name.
fn own_tests(name: &str) -> goldens::Files {
    if !LOOPBACK.contains(&name) {
        let mut tests = tests_of_values();
        let own = tests.remove(&format!("{name}.rs"));
        return own
            .map(|text| ("tests/values.rs".to_owned(), text))
            .into_iter()
            .collect();
    }
    goldens::read_below(&goldens::package().join("tests").join(name))
        .into_iter()
        .map(|(path, text)| (format!("tests/{path}"), text))
        .collect()
}

/// Returns the tests of values, each a file named after its fixture.
fn tests_of_values() -> goldens::Files {
    goldens::read_below(&goldens::package().join("tests/values"))
}

/// Writes the packages of all fixtures that have an output, and the workspace around them.
fn write_workspace() {
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(write_packages);
}

fn write_packages() {
    let mut members = Vec::new();
    for fixture in fixtures::all() {
        let outputs = [
            (fixture.name.clone(), RuntimeSource::Carried),
            (format!("{}{SHARED}", fixture.name), RuntimeSource::Crate),
        ];
        // the types of schemas are the same files; clients, calls and errors are not
        let is_shared = !fixture.is_about_types() || !own_tests(&fixture.name).is_empty();
        for (name, source) in outputs.into_iter().take(if is_shared { 2 } else { 1 }) {
            if let Ok(output) = fixture.generate_with(source) {
                write_package(&name, &output);
                members.push(format!("    \"{name}\",\n"));
            }
        }
    }
    write_package("hostile", &hostile::output());
    members.push("    \"hostile\",\n".to_owned());
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[patch.crates-io]\noasmith-runtime = {{ path = {:?} }}\n",
        members.concat(),
        goldens::package().join("runtime")
    );
    goldens::write(&workspace().join("Cargo.toml"), &manifest);
    let lock = goldens::package().join("../Cargo.lock");
    if lock.exists() && !workspace().join("Cargo.lock").exists() {
        fs::copy(lock, workspace().join("Cargo.lock")).expect("a file can be copied");
    }
}

#[test]
fn every_output_passes_clippy_without_a_warning() {
    write_workspace();
    let output = cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--keep-going",
    ])
    .args(["--", "-D", "warnings"])
    .output()
    .expect("cargo runs, since it runs this test");
    assert!(
        output.status.success(),
        "\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Compiles a crate with features by tag: with none, with each of them alone and with all; and the one that depends on the
/// runtime as a crate, which compiles sooner, with each pair.
#[test]
fn every_feature_and_every_pair_passes_clippy_without_a_warning() {
    const NAME: &str = "features-by-tag";
    write_workspace();
    let output = fixtures::all()
        .into_iter()
        .find(|fixture| fixture.name == NAME)
        .and_then(|fixture| fixture.generate().ok());
    let features = output.expect("it has an output").api.features;
    let list = features.expect("`codegen.yaml` asks for them").list;
    let names: Vec<&str> = list.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let alone = names.iter().map(|name| (*name).to_owned());
    for features in alone.chain([String::new(), names.join(",")]) {
        assert_clippy_passes(NAME, &features);
    }
    for (index, one) in names.iter().enumerate() {
        for other in names.iter().skip(index + 1) {
            assert_clippy_passes(&format!("{NAME}{SHARED}"), &format!("{one},{other}"));
        }
    }
}

#[track_caller]
fn assert_clippy_passes(package: &str, features: &str) {
    let output = cargo(&["clippy", "--quiet", "--package", package])
        .args(["--no-default-features", "--features", features])
        .args(["--", "-D", "warnings"])
        .output()
        .expect("cargo runs, since it runs this test");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{package} with {features}:
{errors}"
    );
}

/// Runs `tests/loopback/` against a local socket: forms, parts, parameters, headers and streams.
#[test]
fn a_generated_client_works_over_a_socket() {
    write_workspace();
    for package in ["loopback", "loopback-shared"] {
        let output = cargo(&["test", "--package", package, "--quiet"])
            .output()
            .expect("cargo runs, since it runs this test");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("9 passed") && text.contains("5 passed"),
            "{package}:\n{text}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// Runs `tests/crm/`: one client calls the operations of three documents.
#[test]
fn a_client_of_several_documents_works_over_a_socket() {
    write_workspace();
    let output = cargo(&["test", "--package", "crm", "--quiet"])
        .output()
        .expect("cargo runs, since it runs this test");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("6 passed"),
        "\n{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Runs `tests/values/`: what the types of a fixture read and write.
#[test]
fn values_are_read_and_written_as_the_documents_say() {
    write_workspace();
    let mut arguments = vec!["test".to_owned(), "--quiet".to_owned()];
    for path in tests_of_values().keys() {
        let name = path.replace(".rs", "");
        let shared = format!("{name}{SHARED}");
        arguments.extend(["--package".to_owned(), name, "--package".to_owned(), shared]);
    }
    arguments.extend(["--test", "values"].map(str::to_owned));
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let output = cargo(&arguments)
        .output()
        .expect("cargo runs, since it runs this test");
    assert!(
        output.status.success(),
        "\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// `cargo test --doc -- --list` lists only the crate's own example for the output that contains every hostile text.
#[test]
fn no_text_of_a_document_becomes_a_doctest() {
    write_workspace();
    let output = cargo(&["test", "--doc", "--quiet", "-p", "hostile"])
        .args(["--", "--list"])
        .output()
        .expect("cargo runs, since it runs this test");
    let listed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "\n{errors}");
    let tests: Vec<&str> = listed
        .lines()
        .filter(|line| line.ends_with(": test"))
        .collect();
    assert_eq!(tests.len(), 1, "{tests:#?}");
    assert!(tests[0].contains("src/lib.rs"), "{tests:#?}");
}
