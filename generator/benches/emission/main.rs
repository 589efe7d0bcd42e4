//! What generated code costs the compiler, against the same types with serde's derives:
//! `cargo bench -p oasmith --bench emission`.
//!
//! Makes a document of 300 and one of 1,000 structs, generates it, derives the same types, and builds both with the
//! same runtime and the same client. Some minutes. Sizes can be given: `-- 300`. Fails above the budgets below, which
//! hold for 1,000 structs: a smaller crate has the same runtime in both forms and so less to save.
//!
//! Then checks documents of 1,000, 3,700 and 8,000 types and fails where the time for each thousand grows; `-- growth`
//! does only that. At last builds two clients in both ways to have the runtime; `-- shared` does only that.
//!
//! The figures are user seconds of the crate alone, the best of some rounds: wall time would tell what else the machine
//! did. Needs GNU time.

#[path = "../support/compile.rs"]
mod compile;
mod document;
mod forms;
mod growth;
mod shared;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use compile::{Package, Used, Workspace};
use document::References;

/// How often each compilation is measured.
const ROUNDS: usize = 2;

/// What the generated form may cost of what derives cost.
const CHECK_BUDGET: f64 = 0.28;
const BUILD_BUDGET: f64 = 0.3;
const PROGRAM_BUDGET: f64 = 0.5;

/// The size for which the budgets hold.
const BUDGETED: usize = 1000;

/// A group of structs, so that there is an operation to call.
const SMALLEST: usize = 10;

/// What a form costs.
struct Cost {
    lines: usize,
    check: Used,
    build: Used,
    program: Used,
    library_kilobytes: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let sizes: Vec<usize> = arguments
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    if arguments.iter().any(|text| text == "shared") {
        return ended(shared::measure_all(&root("shared")));
    }
    let only_growth = arguments.iter().any(|text| text == "growth");
    let forms = if only_growth {
        Ok(true)
    } else if sizes.is_empty() {
        compare_all(&[300, BUDGETED])
    } else {
        compare_all(&sizes)
    };
    let growth = if sizes.is_empty() {
        growth::measure_all(&root("growth"))
    } else {
        Ok(true)
    };
    let shared = if sizes.is_empty() && !only_growth {
        shared::measure_all(&root("shared"))
    } else {
        Ok(true)
    };
    ended(forms.and_then(|forms| Ok(forms & growth? & shared?)))
}

/// Reports whether all is within the budgets.
fn ended(within: io::Result<bool>) -> ExitCode {
    match within {
        Ok(true) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("not measured: {error}");
            ExitCode::FAILURE
        }
        Ok(false) => {
            eprintln!(
                "over budget: {CHECK_BUDGET} check, {BUILD_BUDGET} build, {PROGRAM_BUDGET} one call, \
                 {} for each thousand types, {} two clients with one runtime",
                growth::BUDGET,
                shared::BUDGET
            );
            ExitCode::FAILURE
        }
    }
}

/// Where packages of a kind are built.
fn root(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(kind)
}

/// Compares the forms at each size; tells whether all is within the budgets.
fn compare_all(sizes: &[usize]) -> io::Result<bool> {
    println!(
        "structs  form       lines |  check s     MB |  build s     MB | rlib KB | one call s     MB"
    );
    let workspace = Workspace::create(
        root("emission"),
        ROUNDS,
        &["--offline", "--no-default-features"],
    )?;
    // A small crate of each form gets the dependencies built, which are no part of what is measured.
    for (form, _) in add_packages(&workspace, SMALLEST)? {
        workspace.prepare("check", &package(form, SMALLEST))?;
        workspace.prepare("build", &user(&package(form, SMALLEST)))?;
    }
    let mut within = true;
    for structs in sizes {
        within &= compare(&workspace, *structs)?;
    }
    Ok(within)
}

/// Writes the packages of both forms and their programs; gives the forms by name.
fn add_packages(workspace: &Workspace, structs: usize) -> io::Result<[(&'static str, Package); 2]> {
    let (written, requirements) = forms::written(structs, References::Group);
    let derived = forms::derived(&written);
    let forms = [("generated", written), ("derives", derived)];
    for (form, files) in &forms {
        let package = package(form, structs);
        let manifest = forms::member_manifest(&package, &requirements, *form == "derives");
        workspace.add(&package, &manifest, files)?;
        let user = user(&package);
        let main = Package::from([("src/main.rs".to_owned(), forms::program(&package))]);
        workspace.add(&user, &user_manifest(&user, &package), &main)?;
    }
    Ok(forms)
}

/// Measures both forms and prints them with their ratios; tells whether these are within the budgets.
fn compare(workspace: &Workspace, structs: usize) -> io::Result<bool> {
    let mut costs = Vec::new();
    for (form, files) in add_packages(workspace, structs)? {
        let cost = measure(workspace, &package(form, structs), &files)?;
        println!("{}", row(structs, form, &cost));
        costs.push(cost);
    }
    let [ours, theirs] = costs.as_slice() else {
        return Err(io::Error::other("there are two forms"));
    };
    let ratio = |part: fn(&Cost) -> Used| part(ours).seconds / part(theirs).seconds;
    let (check, build, program) = (
        ratio(|cost| cost.check),
        ratio(|cost| cost.build),
        ratio(|cost| cost.program),
    );
    println!(
        "{structs:>7}  ratio            | {check:>8.2}        | {build:>8.2}        |         | {program:>10.2}"
    );
    let fits = check <= CHECK_BUDGET && build <= BUILD_BUDGET && program <= PROGRAM_BUDGET;
    Ok(fits || structs < BUDGETED)
}

fn measure(workspace: &Workspace, package: &str, files: &Package) -> io::Result<Cost> {
    Ok(Cost {
        lines: lines(files),
        check: workspace.measure("check", package)?,
        build: workspace.measure("build", package)?,
        library_kilobytes: library_size(workspace, package)?,
        program: workspace.measure("build", &user(package))?,
    })
}

/// How large the built library is, in KB.
fn library_size(workspace: &Workspace, package: &str) -> io::Result<u64> {
    let file = workspace.target().join(format!("debug/lib{package}.rlib"));
    Ok(std::fs::metadata(file)?.len() / 1024)
}

/// Lines without the runtime, which is the same in both.
fn lines(files: &Package) -> usize {
    let own = files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"));
    own.map(|(_, text)| text.lines().count()).sum()
}

fn package(form: &str, structs: usize) -> String {
    format!("{form}_{structs}")
}

/// The program that calls a package.
fn user(package: &str) -> String {
    format!("{package}_user")
}

fn user_manifest(name: &str, package: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{package} = {{ path = \"../{package}\", default-features = false }}\n"
    )
}

fn row(structs: usize, form: &str, cost: &Cost) -> String {
    let used =
        |used: Used, width: usize| format!("{:>width$.2} {:>6.0}", used.seconds, used.megabytes);
    format!(
        "{structs:>7}  {form:<9} {:>6} | {} | {} | {:>7} | {}",
        cost.lines,
        used(cost.check, 8),
        used(cost.build, 8),
        cost.library_kilobytes,
        used(cost.program, 10),
    )
}
