//! What a keyword of a schema asks of a type, and whether the type, or else its documentation, has it.

use super::documented;
use super::keyword;
use super::shape::{Core, Kind, Seat, View};
use crate::ir::{Note, Presence, Scalar};
use crate::load::{Loaded, Node, Object};
use crate::pointer::Pointer;

/// What became of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The type has it.
    Modelled,
    /// The documentation has it, and nothing enforces it.
    Documented,
    /// Nothing shows it.
    Neither,
}

/// A schema beside what was made from it.
pub(super) struct Judge<'j, 'a> {
    pub(super) loaded: &'j Loaded,
    pub(super) at: &'j Pointer,
    pub(super) seat: &'j Seat<'a>,
    pub(super) view: &'j View<'a>,
    pub(super) faces: &'j [Core<'a>],
    pub(super) schema: &'j Object,
}

impl<'a> Judge<'_, 'a> {
    /// What became of one of the schema's keywords.
    pub(super) fn verdict(&self, name: &str, value: &Node) -> Verdict {
        if !keyword::is_of_the_type(name, self.schema) {
            return Verdict::Modelled; // it says nothing about such values
        }
        let modelled = match name {
            "type" => self.types(value),
            "enum" | "const" => self.listed(),
            "format" | "contentEncoding" | "contentMediaType" => self.format(),
            // `properties: {}` names nothing, so there is nothing to lose
            "properties" if value.as_object().is_some_and(Object::is_empty) => true,
            "properties" => self.properties(value),
            "required" => self.required(value),
            "items" if value.as_array().is_none() => self.any_face(|face| match face {
                Core::List(_) => true,
                // `items: false` lets none follow
                Core::Tuple(body) => body.rest.is_some() || value.as_bool() == Some(false),
                _ => false,
            }),
            "items" | "prefixItems" => self.any_face(|face| matches!(face, Core::Tuple(_))),
            "additionalProperties" | "patternProperties" => self.further(value),
            "allOf" | "oneOf" | "anyOf" => self.composed(name),
            "discriminator" => self.discriminator(value),
            "nullable" => self.nullable(value),
            "readOnly" | "writeOnly" | "deprecated" => self.flag(name, value),
            _ => return self.documented(name, value),
        };
        match modelled {
            true => Verdict::Modelled,
            false => Verdict::Neither,
        }
    }

    fn any_face(&self, is_it: impl Fn(&Core<'a>) -> bool) -> bool {
        self.faces.iter().any(is_it)
    }

    fn types(&self, value: &Node) -> bool {
        let holds = |name: &str| match name {
            "null" => self.view.nullable,
            // any object fits a bare one, so that any JSON says it, too
            "object" if !keyword::tells_at(self.loaded, self.at) => true,
            // beside alternatives it says less than they do; listed texts contradict it
            "object" if self.says_only_object() => true,
            name => self.any_face(|face| is_a(*face, name)),
        };
        let name = |node: &Node| match node.is_null() {
            true => holds("null"), // people write the type `null` without quotes
            false => node.as_str().is_some_and(holds),
        };
        match value.as_array() {
            Some(all) => all.iter().all(name),
            None => name(value),
        }
    }

    fn says_only_object(&self) -> bool {
        let says = |names: &[&str]| names.iter().any(|name| self.schema.contains_key(*name));
        says(&["allOf", "anyOf", "enum", "oneOf"])
            && !says(&["properties", "additionalProperties"])
            && self.any_face(|face| !matches!(face, Core::Any))
    }

    pub(super) fn is_listed(&self) -> bool {
        values(self.schema).next().is_some() && self.listed()
    }

    fn listed(&self) -> bool {
        let only_null = values(self.schema).all(Node::is_null);
        (only_null && self.view.nullable) || self.any_face(|face| lists(self.schema, *face))
    }

    /// The values that a type has of a longer list of strings.
    pub(super) fn part_of_the_list(&self) -> Vec<String> {
        let known = |text: &str| {
            self.any_face(|face| match face {
                Core::Text(body) => body.values.iter().any(|one| one.name.wire == text),
                _ => false,
            })
        };
        let texts = texts(self.schema).filter(|text| known(text));
        texts.map(str::to_owned).collect()
    }

    /// A format that Rust has a type for is that type; a text of any other is text, by design.
    fn format(&self) -> bool {
        let expected = scalar_of(self.schema);
        self.any_face(|face| match (face, expected) {
            (Core::Scalar(found), Some(expected)) => is_alike(*found, expected),
            // an enum wins over its format
            (Core::Text(_) | Core::Integer(_) | Core::Values(_), _) => true,
            (Core::Opaque | Core::Scalar(_), _) => true,
            _ => false,
        })
    }

    fn properties(&self, value: &Node) -> bool {
        let Some(properties) = value.as_object() else {
            return false;
        };
        properties.keys().all(|wire| {
            self.any_face(|face| match face {
                Core::Struct(body) => body.members.iter().any(|one| *one.name.wire == **wire),
                Core::Map(_) => true,
                _ => false,
            })
        }) && self.any_face(|face| !matches!(face, Core::Any))
    }

    fn required(&self, value: &Node) -> bool {
        let names = value.as_array().into_iter().flatten();
        names.filter_map(Node::as_text).all(|wire| {
            self.any_face(|face| match face {
                Core::Struct(body) => body.members.iter().any(|one| {
                    let needed = matches!(one.presence, Presence::Required | Presence::Nullable);
                    one.name.wire == wire && (needed || one.read_only)
                }),
                _ => false,
            })
        })
    }

    /// Unknown members are ignored, so that `false` asks nothing.
    fn further(&self, value: &Node) -> bool {
        self.any_face(|face| match face {
            Core::Struct(body) => value.as_bool() == Some(false) || body.rest.is_some(),
            Core::Map(_) => true,
            Core::Any => value.as_bool().is_some() && !keyword::tells(self.schema),
            _ => false,
        })
    }

    /// The parts are compared one by one; what is left is that there is a type at all, unless no part says anything.
    fn composed(&self, name: &str) -> bool {
        self.any_face(|face| !matches!(face, Core::Any))
            || !keyword::parts(self.schema, self.at, &[name])
                .iter()
                .filter(|part| !keyword::is_null_at(self.loaded, part))
                .any(|part| keyword::tells_at(self.loaded, part))
    }

    fn discriminator(&self, value: &Node) -> bool {
        let name = value.get("propertyName").and_then(Node::as_str);
        let Some(name) = name else { return false };
        match self.view.core {
            Core::Union(union) => union.discriminator.as_deref() == Some(name),
            // where one type is left, and in the base of an `allOf`, it names a member and chooses nothing
            Core::Struct(body) => body.members.iter().any(|one| one.name.wire == name),
            _ => false,
        }
    }

    /// The specification gives it a meaning only beside a `type`; people mean one beside alternatives and references, too. A body of text
    /// or bytes is never `null`.
    fn nullable(&self, value: &Node) -> bool {
        let beside = [
            "type",
            "enum",
            "allOf",
            "oneOf",
            "anyOf",
            "properties",
            "$ref",
        ];
        value.as_bool() != Some(true)
            || self.view.nullable
            || matches!(self.view.core, Core::Opaque)
            || self.any_face(|face| matches!(face, Core::Any))
            || !beside.iter().any(|name| self.schema.contains_key(*name))
    }

    fn flag(&self, name: &str, value: &Node) -> bool {
        if value.as_bool() != Some(true) {
            return true;
        }
        let says = |fact: &Note| self.notes().any(|note| note == fact);
        match (name, self.seat.kind) {
            ("deprecated", _) => self.view.docs.iter().any(|docs| docs.deprecated),
            // the specification gives these a meaning at properties only
            (_, Kind::Inner) => true,
            (_, Kind::Definition) => false,
            ("readOnly", Kind::Member(member)) => member.read_only || says(&Note::ReadOnly),
            (_, Kind::Member(_)) => says(&Note::WriteOnly),
        }
    }
}

/// Whether a JSON text is of a JSON type.
fn is_json(text: &str, name: &str) -> bool {
    use serde_json::Value;
    match serde_json::from_str(text) {
        Ok(Value::String(_)) => name == "string",
        Ok(Value::Bool(_)) => name == "boolean",
        Ok(Value::Number(_)) => matches!(name, "integer" | "number"),
        Ok(Value::Array(_)) => name == "array",
        Ok(Value::Object(_)) => name == "object",
        Ok(Value::Null) | Err(_) => false,
    }
}

/// Whether a type holds values of a JSON type.
fn is_a(core: Core<'_>, name: &str) -> bool {
    match (core, name) {
        (Core::Struct(_) | Core::Map(_), "object") => true,
        (Core::List(_) | Core::Tuple(_), "array") => true,
        (Core::Values(body), name) => body.values.iter().any(|one| is_json(&one.wire, name)),
        (Core::Text(_) | Core::Opaque, "string") | (Core::Integer(_), "integer" | "number") => true,
        (Core::Scalar(Scalar::Bool), "boolean") => true,
        (Core::Scalar(Scalar::F32 | Scalar::F64), "integer") => false,
        (Core::Scalar(scalar), "number" | "integer") => scalar.is_number(),
        (Core::Scalar(scalar), "string") => {
            !scalar.is_number() && !matches!(scalar, Scalar::Bool | Scalar::Null)
        }
        _ => false,
    }
}

/// Whether only `null` fits a schema.
pub(super) fn is_null(schema: &Object) -> bool {
    let listed = || values(schema).count() > 0 && values(schema).all(Node::is_null);
    match schema.get("type") {
        Some(ty) => ty.is_null() || ty.as_str() == Some("null"),
        None => listed(),
    }
}

/// The type that a format of strings and numbers has in Rust; formats without one are text, `i64` or `f64`.
pub(super) fn scalar_of(schema: &Object) -> Option<Scalar> {
    let format = schema.get("format").and_then(Node::as_text);
    let (text, integer) = (
        keyword::has_type(schema, "string"),
        keyword::has_type(schema, "integer"),
    );
    Some(match format? {
        "date-time" if text => Scalar::DateTime,
        "date" if text => Scalar::Date,
        "uuid" if text => Scalar::Uuid,
        "byte" if text => Scalar::Base64,
        "int8" if integer => Scalar::I8,
        "int16" if integer => Scalar::I16,
        "int32" if integer => Scalar::I32,
        "int64" if integer => Scalar::I64,
        "uint8" if integer => Scalar::U8,
        "uint16" if integer => Scalar::U16,
        "uint32" if integer => Scalar::U32,
        "uint64" if integer => Scalar::U64,
        "float" if keyword::has_type(schema, "number") => Scalar::F32,
        "double" if keyword::has_type(schema, "number") => Scalar::F64,
        _ => return None,
    })
}

/// The same type, or one that `codegen.yaml` can choose in its place.
fn is_alike(found: Scalar, expected: Scalar) -> bool {
    found == expected
        || matches!(
            (found, expected),
            (Scalar::DateTimeOffset, Scalar::DateTime) | (Scalar::String, Scalar::Uuid)
                // limits beyond 2^63 say it better than `int64`
                | (Scalar::U64, Scalar::I64)
        )
}

/// Whether values of a schema can be this scalar.
pub(super) fn fits_scalar(schema: &Object, scalar: Scalar) -> bool {
    let core = Core::Scalar(scalar);
    let types = ["string", "integer", "number", "boolean"];
    types
        .iter()
        .any(|name| keyword::has_type(schema, name) && is_a(core, name))
}

/// The values that a schema lists.
fn values(schema: &Object) -> impl Iterator<Item = &Node> {
    let listed = schema.get("enum").and_then(Node::as_array);
    listed.into_iter().flatten().chain(schema.get("const"))
}

/// The strings that a schema lists.
pub(super) fn texts(schema: &Object) -> impl Iterator<Item = &str> {
    values(schema).filter_map(Node::as_text)
}

/// Whether a type knows all values that a schema lists, `null` aside.
pub(super) fn lists(schema: &Object, core: Core<'_>) -> bool {
    values(schema)
        .filter(|value| !value.is_null())
        .all(|value| match core {
            Core::Text(body) => value
                .as_text()
                .is_some_and(|text| body.values.iter().any(|one| one.name.wire == text)),
            Core::Integer(body) => {
                let number = value.as_scalar().and_then(|scalar| scalar.as_number());
                let number = number.and_then(|number| number.as_f64());
                number
                    .is_some_and(|number| body.values.iter().any(|one| one.value as f64 == number))
            }
            Core::Values(body) => body
                .values
                .iter()
                .any(|one| documented::is_same(&one.wire, value)),
            // both of them
            Core::Scalar(Scalar::Bool) => {
                let listed = |wanted| values(schema).any(|one| one.as_bool() == Some(wanted));
                listed(true) && listed(false)
            }
            _ => false,
        })
}
