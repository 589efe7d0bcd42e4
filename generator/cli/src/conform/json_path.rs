//! JSONPath (RFC 9535) for places of a document, as overlays name them: `$.paths['/pets/{id}'].get.responses['200']`.

use oasmith::load::jsonpath::{self, literal};
use oasmith::load::{Loaded, Node};
use oasmith::pointer::Pointer;

/// Returns the path to a value.
pub(super) fn of(loaded: &Loaded, at: &Pointer) -> String {
    let mut path = String::from("$");
    let mut here = at.in_same_file("");
    for token in at.tokens() {
        match loaded.get(&here) {
            Some(Node::Array(_)) => path.push_str(&format!("[{token}]")),
            _ => path.push_str(&jsonpath::member(&token)),
        }
        here = here.child(&token);
    }
    path
}

/// Returns the path to a member of an object.
pub(super) fn member(object: &str, name: &str) -> String {
    format!("{object}{}", jsonpath::member(name))
}

/// Returns the path to several members of an object.
pub(super) fn members(object: &str, names: &[String]) -> String {
    match names {
        [one] => member(object, one),
        several => {
            let names: Vec<String> = several.iter().map(|name| literal(name)).collect();
            format!("{object}[{}]", names.join(","))
        }
    }
}

/// Returns the path to the elements of an array that are a string.
pub(super) fn element(array: &str, text: &str) -> String {
    format!("{array}[?@ == {}]", literal(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oasmith::diagnostic::Diagnostics;
    use oasmith::load::{Budgets, MapSources, load};

    #[test]
    fn a_pointer_becomes_a_path() {
        let text = "paths: { '/a/{id}': { get: { parameters: [{ name: x }], responses: { '200': { x-it's: 1 } } } } }";
        let sources = MapSources::new().with("a.yaml", text);
        let loaded = load(
            &sources,
            "a.yaml",
            &Budgets::default(),
            &mut Diagnostics::new(),
        )
        .expect("it is YAML");
        let get = Pointer::root("a.yaml")
            .child("paths")
            .child("/a/{id}")
            .child("get");
        assert_eq!(
            of(&loaded, &get.child("parameters").index(0).child("name")),
            "$.paths['/a/{id}'].get.parameters[0].name"
        );
        assert_eq!(
            of(
                &loaded,
                &get.child("responses").child("200").child("x-it's")
            ),
            "$.paths['/a/{id}'].get.responses['200']['x-it\\'s']"
        );
        let names = ["type".to_owned(), "format".to_owned()];
        assert_eq!(members("$.a", &names), "$.a['type','format']");
        assert_eq!(members("$.a", &names[..1]), "$.a.type");
        assert_eq!(
            element("$.a.required", "b\\c"),
            "$.a.required[?@ == 'b\\\\c']"
        );
    }
}
