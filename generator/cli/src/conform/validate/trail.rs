//! The way through a schema to an error: what value it is about, and where that value's schema begins.

use oasmith::pointer::Pointer;

use crate::conform::schema::Translated;

impl Translated {
    /// Follows the keywords that led to an error.
    pub(super) fn trail(&self, keywords: &[String], root: &Pointer) -> Trail {
        let mut trail = Trail {
            site: root.clone(),
            instance: String::new(),
        };
        let mut schema = &self.schema;
        let mut at = root.clone();
        let mut rest = keywords.iter();
        while let Some(keyword) = rest.next() {
            match keyword.as_str() {
                "$ref" => {
                    let target = schema["$ref"]
                        .as_str()
                        .and_then(|text| text.strip_prefix("#/$defs/"));
                    let Some(number) = target.and_then(|number| number.parse::<usize>().ok())
                    else {
                        break;
                    };
                    if let Some((place, _)) = self.entries.get(number) {
                        at = place.clone();
                    }
                    schema = &self.schema["$defs"][number.to_string()];
                    continue;
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                    let Some(index) = rest.next().and_then(|index| index.parse::<usize>().ok())
                    else {
                        break;
                    };
                    schema = &schema[keyword][index];
                    at = at.child(keyword).index(index);
                }
                "properties" | "patternProperties" | "dependentSchemas" => {
                    let Some(name) = rest.next() else { break };
                    schema = &schema[keyword][name];
                    at = at.child(keyword).child(name);
                    if keyword == "properties" {
                        trail.descend(&at, name);
                        continue;
                    }
                }
                other => {
                    schema = &schema[other];
                    at = at.child(other);
                }
            }
            if is_descent(keyword) {
                trail.descend(&at, "*");
            }
        }
        trail
    }
}

/// Whether the schemas of a keyword are for the elements or members of a value.
fn is_descent(keyword: &str) -> bool {
    const KEYWORDS: [&str; 7] = [
        "additionalProperties",
        "contains",
        "items",
        "patternProperties",
        "prefixItems",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    KEYWORDS.contains(&keyword)
}

/// The way to an error.
pub(super) struct Trail {
    /// The outermost schema of the value.
    pub(super) site: Pointer,
    /// Where the value is in the body, with `*` for indices and names of maps.
    pub(super) instance: String,
}

impl Trail {
    fn descend(&mut self, at: &Pointer, name: &str) {
        self.site = at.clone();
        self.instance.push('/');
        self.instance
            .push_str(&name.replace('~', "~0").replace('/', "~1"));
    }
}
