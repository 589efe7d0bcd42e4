//! What an edit of one of several documents is: in the document, and in what it shares with others.

use crate::compare::{Level, compare};
use crate::load::MapSources;
use crate::options::read_config;
use crate::{Output, generate};

const CONFIG: &str = "version: 1
targets:
  - name: all
    output: all
    package: all
    inputs: { deals: deals.yaml, products: products.yaml, tickets: tickets.yaml }
";

fn document(title: &str, error: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: {title}, version: '1' }}
servers: [{{ url: 'https://api.example.com' }}]
paths:
  /{title}:
    get:
      operationId: list
      responses:
        '200': {{ description: A., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Page' }} }} }} }}
components:
  schemas:
    Page: {{ type: object, properties: {{ error: {{ $ref: '#/components/schemas/Error' }} }} }}
    Error: {{ type: object, properties: {{ {error} }} }}
"
    )
}

fn output(config: &str, errors: [&str; 3]) -> Output {
    let titles = ["deals", "products", "tickets"];
    let sources = titles
        .iter()
        .zip(errors)
        .fold(MapSources::new(), |sources, (title, error)| {
            sources.with(format!("{title}.yaml"), document(title, error))
        });
    let sources = sources.with("codegen.yaml", config);
    let mut found = Default::default();
    let read = read_config(&sources, "codegen.yaml", &mut found);
    let read = read.unwrap_or_else(|| panic!("{found:?}"));
    generate(&sources, &read.targets[0].options).unwrap_or_else(|found| panic!("{found:?}"))
}

/// Returns the changes, each with its level and rule.
fn changes(old: &Output, new: &Output) -> Vec<String> {
    let list = compare(old, new).list;
    let shown = list.iter().map(|change| {
        let level = match change.source {
            Level::Major => "major",
            Level::Minor => "minor",
            Level::Patch | Level::None => "other",
        };
        format!("{level} {}: {}", change.rule, change.text)
    });
    shown.collect()
}

const MESSAGE: &str = "message: { type: string }";
const LONGER: &str = "message: { type: string }, code: { type: integer }";

#[test]
fn an_edit_of_one_document_splits_what_it_shared() {
    let old = output(CONFIG, [MESSAGE; 3]);
    let new = output(CONFIG, [MESSAGE, LONGER, MESSAGE]);
    assert_eq!(
        changes(&old, &new),
        [
            "major type-split: `Error` is not one type any more, but one of `deals`, `tickets` and one of `products`: \
             member `code` differs",
            "major type-split: `Page` is not one type any more, but one of `deals`, `tickets` and one of `products`: \
             `Error`, which it contains, differs",
            "minor member-added-optional-received: `products`: `Error::code` is new: Option<i64>",
        ]
    );
    assert_eq!(
        changes(&new, &old),
        [
            "major type-joined: `Error` is one type now: that of `deals`, `tickets` and one of `products`",
            "major type-joined: `Page` is one type now: that of `deals`, `tickets` and one of `products`",
            "major member-removed-optional-received: `products`: `Error::code` is gone (was Option<i64>)",
        ]
    );
}

#[test]
fn the_same_edit_of_all_documents_splits_nothing() {
    let old = output(CONFIG, [MESSAGE; 3]);
    let new = output(CONFIG, [LONGER; 3]);
    let added = |module: &str| {
        format!(
            "minor member-added-optional-received: `{module}`: `Error::code` is new: Option<i64>"
        )
    };
    assert_eq!(
        changes(&old, &new),
        ["deals", "products", "tickets"].map(added)
    );
    let found = compare(&old, &new).list;
    assert_eq!(found[0].rust, "deals::Error::code");
    assert_eq!(found[0].reached_by, ["deals().list (reply error)"]);
    assert_ne!(found[0].fingerprint, found[1].fingerprint);
}

#[test]
fn a_document_that_comes_or_goes_is_one_change() {
    let all = output(CONFIG, [MESSAGE; 3]);
    let two = output(&CONFIG.replace(", tickets: tickets.yaml", ""), [MESSAGE; 3]);
    assert_eq!(
        changes(&two, &all),
        ["minor document-added: the module `tickets` is new"]
    );
    assert_eq!(
        changes(&all, &two),
        ["major document-removed: the module `tickets` is gone"]
    );
}

/// The type that most documents have keeps its name in `common`.
#[test]
fn another_name_in_common_is_a_change() {
    let config = CONFIG.replace(" }", ", zones: deals.yaml }");
    let old = output(&config, [MESSAGE, LONGER, LONGER]);
    assert!(
        old.files["src/deals/types/mod.rs"].contains("Error, Page"),
        "a tie: the first keeps it"
    );
    assert!(old.files["src/tickets/types/mod.rs"].contains("Error2 as Error"));
    let new = output(
        &config.replace(
            "deals: deals.yaml",
            "deals: deals.yaml, areas: products.yaml",
        ),
        [MESSAGE, LONGER, LONGER],
    );
    let found = changes(&old, &new);
    let expected = [
        "major common-type-renamed: `common::Error2` was `common::Error`: `Error` of `deals`, `zones`",
        "major common-type-renamed: `common::Error` was `common::Error2`: `Error` of `products`, `tickets`",
    ];
    for one in expected {
        assert!(found.iter().any(|change| change == one), "{found:#?}");
    }
}
