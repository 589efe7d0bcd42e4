//! Every fixture gets a file that the generator takes, as it is and with all choices made.

use std::fs;
use std::path::PathBuf;

use super::*;
use oasmith::diagnostic::code;

/// Returns the file with all choices made that it leaves open.
fn all_made(text: &str) -> String {
    let made = text.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        let (blanks, rest) = line.split_at(indent);
        match rest.strip_prefix('#').filter(|rest| !rest.starts_with(' ')) {
            Some(choice) => format!("{blanks}{choice}\n"),
            None => format!("{line}\n"),
        }
    });
    made.collect()
}

fn documents() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut found = Vec::new();
    for group in fs::read_dir(fixtures).expect("the folder can be listed") {
        let group = group.expect("the folder can be listed").path();
        for folder in fs::read_dir(group).expect("the folder can be listed") {
            let folder = folder.expect("the folder can be listed").path();
            let inputs = ["input.yaml", "input.json"].map(|name| folder.join(name));
            found.extend(inputs.into_iter().filter(|path| path.is_file()));
        }
    }
    found
}

/// Generates with the choices of a file, whose target has the input.
fn generate(text: &str, sources: &DiskSources) -> Result<oasmith::Output, Diagnostics> {
    let config = oasmith::load::MapSources::new().with("codegen.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let read = options::read_config(&config, "codegen.yaml", &mut diagnostics);
    assert!(read.is_some(), "{diagnostics:?}\n{text}");
    let target = read.and_then(|config| config.targets.into_iter().next());
    oasmith::generate(sources, &target.expect("there is one").options)
}

#[test]
fn every_fixture_gets_a_file_that_changes_nothing_but_what_it_says() {
    let (mut written, mut rejected) = (0, 0);
    for document in documents() {
        let sources = DiskSources::new(&folder_of(&document), None).expect("the folder exists");
        let name = sources.name_of(&document).expect("it is in the folder");
        let (Some(facts), _) = read(&sources, &name) else {
            rejected += 1;
            continue;
        };
        let target = Target {
            name: "pets".to_owned(),
            input: name.clone(),
            output: "out".to_owned(),
        };
        let text = codegen_yaml(&target, &facts);
        let plain = oasmith::generate(&sources, &Options::new(name, "pets"));
        let made = generate(&all_made(&text), &sources);
        let chosen = generate(&text, &sources);
        assert_eq!(
            chosen.is_ok(),
            plain.is_ok(),
            "{}\n{text}",
            document.display()
        );
        let (Ok(plain), Ok(made)) = (plain, made) else {
            assert!(facts.errors > 0, "{}\n{text}", document.display());
            continue;
        };
        // a name that was chosen is the one that the generator chose, and every entry is about something
        let types = |output: &oasmith::Output| -> Vec<String> {
            output
                .api
                .types
                .iter()
                .map(|def| def.name.rust.clone())
                .collect()
        };
        assert_eq!(
            types(&made),
            types(&plain),
            "{}\n{text}",
            document.display()
        );
        let stale = made
            .diagnostics
            .iter()
            .find(|one| one.code == code::CONFIG_NO_EFFECT);
        assert_eq!(stale, None, "{}\n{text}", document.display());
        written += 1;
    }
    assert!(written > 100 && rejected > 5, "{written} {rejected}");
}

fn codegen_yaml(target: &Target, facts: &Facts) -> String {
    text::codegen_yaml(target, facts, SCHEMA)
}

const SHOP: &str = "openapi: 3.0.3
info: { title: Shop, version: '2' }
paths:
  /orders:
    get:
      responses:
        '200': { description: All., headers: { X-RateLimit-Remaining: { schema: { type: integer } } } }
        default: { description: It failed., content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } }
    post:
      operationId: place_order
      parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string } }]
      responses: { '204': { description: Done. } }
  /refunds:
    post: { operationId: refund, responses: { '204': { description: Done. } } }
components:
  schemas:
    Problem:
      type: object
      properties:
        error: { type: object, properties: { message: { type: string }, requestId: { type: string } } }
";

#[test]
fn a_file_says_what_is_known_and_what_is_not() {
    let sources = oasmith::load::MapSources::new().with("shop.yaml", SHOP);
    let output = oasmith::generate(&sources, &Options::new("shop.yaml", "shop"));
    let output = output.expect("the document is valid");
    let facts = Facts::of(&output.api, &output.diagnostics);
    let target = Target {
        name: text::package(Path::new("shop.yaml"), None),
        input: "shop.yaml".to_owned(),
        output: "shop".to_owned(),
    };
    let text = codegen_yaml(&target, &facts);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/init.yaml");
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, &text).expect("the golden can be written");
    }
    assert_eq!(text, fs::read_to_string(&path).expect("it exists"));
}

#[test]
fn a_package_is_named_by_its_file_or_title() {
    for (file, title, expected) in [
        ("pets.yaml", Some("Swagger Petstore"), "pets"),
        ("openapi.json", Some("Swagger Petstore"), "swagger-petstore"),
        ("openapi.json", None, "openapi"),
        ("openapi.json", Some("日本"), "openapi"),
        ("日本.json", None, "client"),
        ("3d.yaml", None, "api-3d"),
        ("match.yaml", None, "match-client"),
        ("Pet_Shop.v2.yaml", None, "pet-shop-v2"),
    ] {
        assert_eq!(text::package(Path::new(file), title), expected, "{file}");
    }
}
