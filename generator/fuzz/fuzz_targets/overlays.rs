//! Overlays: any text as overlay of a small document, and any text as JSONPath: a result or an error, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use oasmith::diagnostic::Diagnostics;
use oasmith::load::jsonpath::{JsonPath, Search};
use oasmith::load::{Budgets, MapSources, load_one, load_overlaid, write};
use oasmith::report::{Style, render};

const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": { "title": "T", "version": "1", "x-list": [1, "a", null, { "n": [1.5] }] },
  "paths": { "/a": { "get": { "tags": ["a", "b"], "responses": { "200": { "$ref": "#/components/responses/R" } } } } },
  "components": { "responses": { "R": { "description": "R." } }, "schemas": { "S": { "type": "object" } } }
}"##;

fuzz_target!(|texts: (&str, &str)| {
    let (overlay, path) = texts;
    let sources = MapSources::new()
        .with("api.json", DOCUMENT)
        .with("overlay.yaml", overlay);
    let budgets = Budgets::default();
    let overlays = ["overlay.yaml".to_owned()];
    let mut found = Diagnostics::new();
    let loaded = load_overlaid(&sources, "api.json", &overlays, &budgets, &mut found);
    let loaded = loaded.expect("the document is JSON");
    let document = loaded.document().expect("it was read");
    render(&found, &sources, Style::Plain);

    // what is written can be read again
    let files = MapSources::new()
        .with("a.yaml", write::yaml(document))
        .with("a.json", write::json(document));
    for name in ["a.yaml", "a.json"] {
        let again = load_one(&files, name, &budgets, &mut Diagnostics::new());
        assert_eq!(again.expect(name).to_json(), document.to_json());
    }

    if let Ok(parsed) = JsonPath::parse(path) {
        assert_eq!(parsed.as_str(), path);
        let found = parsed.places(document, &mut Search::new(100_000));
        if parsed.is_singular() {
            assert!(found.is_ok_and(|found| found.len() <= 1));
        }
    }
});
