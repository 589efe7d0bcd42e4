//! Diagnostics as JSON: one object per line, with everything that the text for a terminal says.
//!
//! ```json
//! {"code":"OA0201","severity":"error","title":"dangling reference","file":"api.yaml","line":12,"column":17,
//!  "end_column":42,"pointer":"/paths/~1pets/get/responses/200/$ref","message":"…","help":"did you mean `…`?","related":[],
//!  "bridge":null,"mend":null}
//! ```
//!
//! `line`, `column` and `end_column` (from 1, in characters) are null if the file cannot be read; `pointer` is null for
//! a syntax error; `bridge` is null unless `lenient: true` makes the error a warning, and says what is assumed then. `mend`
//! is null unless an action of an overlay can be told that mends the document: `{"target": JSONPath, "update": YAML}`.

use serde_json::{Map, Value, json};

use super::excerpt::Files;
use super::printable::is_hidden;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::load::Sources;

/// Renders diagnostics as lines of JSON, in the order of file and line.
pub fn lines(diagnostics: &Diagnostics, sources: &dyn Sources) -> String {
    let files = Files::of(diagnostics, sources);
    let mut text = String::new();
    for diagnostic in files.in_order(diagnostics) {
        push_visible(&mut text, &object(diagnostic, &files).to_string());
        text.push('\n');
    }
    text
}

/// Renders diagnostics as lines of JSON in their order, each with further members.
pub fn lines_with(
    diagnostics: &[(&Diagnostic, Map<String, Value>)],
    sources: &dyn Sources,
) -> String {
    let places = diagnostics.iter().flat_map(|(diagnostic, _)| {
        let related = diagnostic.related.iter().map(|(place, _)| place);
        std::iter::once(&diagnostic.place).chain(related)
    });
    let files = Files::read(places, sources);
    let mut text = String::new();
    for (diagnostic, more) in diagnostics {
        let mut line = object(diagnostic, &files);
        if let Value::Object(members) = &mut line {
            members.extend(more.clone());
        }
        push_visible(&mut text, &line.to_string());
        text.push('\n');
    }
    text
}

fn object(diagnostic: &Diagnostic, files: &Files) -> Value {
    let mut object = Map::new();
    object.insert("code".to_owned(), json!(diagnostic.code.id));
    object.insert("severity".to_owned(), json!(diagnostic.severity.as_str()));
    object.insert("title".to_owned(), json!(diagnostic.code.title));
    put_place(&mut object, &diagnostic.place, files);
    object.insert("message".to_owned(), json!(diagnostic.message));
    object.insert("help".to_owned(), json!(diagnostic.help));
    let related = diagnostic.related.iter().map(|(place, message)| {
        let mut object = Map::new();
        put_place(&mut object, place, files);
        object.insert("message".to_owned(), json!(message));
        Value::Object(object)
    });
    object.insert("related".to_owned(), related.collect());
    object.insert("bridge".to_owned(), json!(diagnostic.bridge));
    let mend = diagnostic.mend.as_ref();
    let mend = mend.map(|mend| json!({ "target": mend.target, "update": mend.update }));
    object.insert("mend".to_owned(), json!(mend));
    Value::Object(object)
}

fn put_place(object: &mut Map<String, Value>, place: &Place, files: &Files) {
    let spot = files.spot(place);
    object.insert("file".to_owned(), json!(**place.file()));
    object.insert(
        "line".to_owned(),
        json!(spot.as_ref().map(|spot| spot.line)),
    );
    object.insert(
        "column".to_owned(),
        json!(spot.as_ref().map(|spot| spot.column)),
    );
    object.insert(
        "end_column".to_owned(),
        json!(spot.as_ref().map(|spot| spot.end_column)),
    );
    let pointer = place.pointer().map(|pointer| pointer.path());
    object.insert("pointer".to_owned(), json!(pointer));
}

/// Appends JSON with escapes in place of characters that hide or reorder others. These occur in strings only.
fn push_visible(text: &mut String, json: &str) {
    for letter in json.chars() {
        if is_hidden(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(letter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code;
    use crate::load::MapSources;
    use crate::pointer::Pointer;

    #[test]
    fn a_line_has_everything() {
        let sources = MapSources::new().with("a.yaml", "one: 1\ntwo: 2\n");
        let at = |name: &str| Pointer::root("a.yaml").child(name);
        let second = Diagnostic::new(code::DUPLICATE_ID, at("two"), "again \u{202e}\u{e0041}")
            .related(at("one"), "first")
            .help("do this");
        let first = Diagnostic::new(code::SYNTAX, at("one"), "wrong");
        let found: Diagnostics = [second, first].into_iter().collect();
        let text = lines(&found, &sources);
        assert!(text.is_ascii(), "{text}");
        let read: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line is JSON"))
            .collect();
        assert_eq!(read[0]["message"], "wrong");
        let expected = json!({
            "code": "OA0210", "severity": "warning", "title": "duplicate operationId",
            "file": "a.yaml", "line": 2, "column": 6, "end_column": 7, "pointer": "/two",
            "message": "again \u{202e}\u{e0041}", "help": "do this",
            "related": [{
                "file": "a.yaml", "line": 1, "column": 6, "end_column": 7, "pointer": "/one",
                "message": "first",
            }],
            "bridge": null,
            "mend": null,
        });
        assert_eq!(read[1], expected);
    }
}
