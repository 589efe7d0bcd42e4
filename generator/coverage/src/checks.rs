//! Checks one keyword of a schema against the type that matches the schema.

use oasmith::ir::{Constant, Fixed, Note, Presence};
use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;

use super::site::{Resolved, ResolvedSite, SiteKind};
use super::{keyword, values};

/// Where a keyword ended up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The type expresses it.
    Modelled,
    /// The documentation tells it, and nothing enforces it.
    Documented,
    /// Nothing shows it.
    Neither,
}

/// A schema and the site that matches it.
pub(super) struct KeywordCheck<'c, 'a> {
    pub(super) loaded: &'c Loaded,
    pub(super) at: &'c Pointer,
    pub(super) kind: SiteKind<'a>,
    pub(super) resolved: &'c ResolvedSite<'a>,
    pub(super) variants: &'c [Resolved<'a>],
    pub(super) schema: &'c Object,
}

impl<'a> KeywordCheck<'_, 'a> {
    /// Returns where a keyword of the schema ended up.
    pub(super) fn verdict(&self, name: &str, value: &Node) -> Verdict {
        if !keyword::applies(name, self.schema) {
            return Verdict::Modelled; // it restricts no value of the schema's type
        }
        let is_modelled = match name {
            "type" => self.has_types(value),
            "enum" | "const" => self.has_listed(),
            "format" | "contentEncoding" | "contentMediaType" => self.has_format(),
            "properties" => self.has_properties(value),
            "required" => self.has_required(value),
            "items" if value.as_array().is_none() => self.any_variant(|variant| match variant {
                Resolved::List(_) => true,
                // `items: false` allows no item after those of `prefixItems`
                Resolved::Tuple(body) => body.rest.is_some() || value.as_bool() == Some(false),
                _ => false,
            }),
            "items" | "prefixItems" => {
                self.any_variant(|variant| matches!(variant, Resolved::Tuple(_)))
            }
            "additionalProperties" | "patternProperties" | "unevaluatedProperties" => {
                self.has_additional(value)
            }
            "allOf" | "oneOf" | "anyOf" => self.is_composed(name),
            "discriminator" => self.has_discriminator(value),
            "nullable" => self.is_nullable(value),
            "readOnly" | "writeOnly" | "deprecated" => self.has_flag(name, value),
            _ => return self.documented(name, value),
        };
        if is_modelled {
            Verdict::Modelled
        } else {
            Verdict::Neither
        }
    }

    fn any_variant(&self, is_it: impl Fn(&Resolved<'a>) -> bool) -> bool {
        self.variants.iter().any(is_it)
    }

    fn has_types(&self, value: &Node) -> bool {
        let has = |name: &str| match name {
            "null" => self.resolved.nullable,
            // a bare `type: object` excludes too little to need a type of its own
            "object" if !keyword::is_typed_at(self.loaded, self.at) => true,
            "object" if self.is_superseded_object() => true,
            name => self.any_variant(|variant| values::is_of_type(*variant, name)),
        };
        let is_had = |node: &Node| {
            if node.is_null() {
                has("null") // people write the type `null` without quotes
            } else {
                node.as_str().is_some_and(has)
            }
        };
        match value.as_array() {
            Some(all) => all.iter().all(is_had) || self.is_sent_number(all),
            None => is_had(value),
        }
    }

    /// Returns whether the types are a number and the string with its digits, of which a parameter sends the number.
    fn is_sent_number(&self, types: &[Node]) -> bool {
        let has = |name: &str| self.schema.contains_key(name);
        let has_string = types.iter().any(|one| one.as_str() == Some("string"));
        let is_number = |variant: &Resolved<'_>| matches!(variant, Resolved::Scalar(scalar) if scalar.is_number());
        has_string
            && (has("format") || has("pattern"))
            && self.any_variant(|variant| is_number(variant))
    }

    /// Returns whether `type: object` is next to keywords that decide the type: subschemas say more, and `enum`
    /// contradicts it.
    fn is_superseded_object(&self) -> bool {
        let has_any = |names: &[&str]| names.iter().any(|name| self.schema.contains_key(*name));
        has_any(&["allOf", "anyOf", "enum", "oneOf"])
            && !has_any(&["properties", "additionalProperties"])
            && self.any_variant(|variant| !matches!(variant, Resolved::Any))
    }

    /// Returns whether the schema lists its values, and the type has them all.
    pub(super) fn is_listed(&self) -> bool {
        values::listed(self.schema).next().is_some() && self.has_listed()
    }

    fn has_listed(&self) -> bool {
        let is_only_null = values::listed(self.schema).all(Node::is_null);
        (is_only_null && self.resolved.nullable)
            || self.is_constant()
            || self.any_variant(|variant| values::has_all(self.schema, *variant))
            || self.is_narrowed()
    }

    /// Returns whether the schema is one of an `allOf` of which others list fewer values, which are those of the type.
    fn is_narrowed(&self) -> bool {
        let listed: Vec<&str> = values::listed(self.schema)
            .filter_map(Node::as_text)
            .collect();
        let is_listed = |text: &str| listed.contains(&text);
        self.at.path().contains("/allOf/")
            && self.any_variant(|variant| match variant {
                Resolved::StringEnum(body) => {
                    body.values.iter().all(|one| is_listed(&one.name.wire))
                }
                Resolved::IntegerEnum(body) => body
                    .values
                    .iter()
                    .all(|one| is_listed(&one.value.to_string())),
                _ => false,
            })
    }

    /// Returns whether the schema lists the value of a member that a union fixes.
    fn is_constant(&self) -> bool {
        let SiteKind::Member(member) = self.kind else {
            return false;
        };
        let Some(Fixed::Constant(fixed) | Fixed::Preset(fixed)) = &member.fixed else {
            return false;
        };
        let is_it = |value: &Node| match fixed {
            Constant::String(text) => value.as_text() == Some(text.as_str()),
            Constant::Integer(number) => value.as_text() == Some(number.to_string().as_str()),
            Constant::Bool(wanted) => value.as_bool() == Some(*wanted),
        };
        values::listed(self.schema).any(is_it)
    }

    /// Returns the strings of `enum` that the type has.
    pub(super) fn listed_strings(&self) -> Vec<String> {
        let has = |string: &str| {
            self.any_variant(|variant| match variant {
                Resolved::StringEnum(body) => body.values.iter().any(|one| one.name.wire == string),
                _ => false,
            })
        };
        values::strings(self.schema)
            .filter(|string| has(string))
            .map(str::to_owned)
            .collect()
    }

    /// Returns whether the type is that of the format. A string of a format without a Rust type is a `String` by
    /// design.
    fn has_format(&self) -> bool {
        // the value of a constant is its own format
        if self.is_constant() {
            return true;
        }
        let expected = values::scalar_of_format(self.schema);
        self.any_variant(|variant| match (variant, expected) {
            (Resolved::Scalar(found), Some(expected)) => values::is_alike(*found, expected),
            // an `enum` takes precedence over its format
            (Resolved::StringEnum(_) | Resolved::IntegerEnum(_) | Resolved::ValueEnum(_), _) => {
                true
            }
            (Resolved::Opaque | Resolved::Scalar(_), _) => true,
            _ => false,
        })
    }

    fn has_properties(&self, value: &Node) -> bool {
        let Some(properties) = value.as_object() else {
            return false;
        };
        let has = |wire: &str| {
            self.any_variant(|variant| match variant {
                Resolved::Struct(body) => body.members.iter().any(|one| one.name.wire == wire),
                Resolved::Map(_) => true,
                _ => false,
            })
        };
        // `properties: {}` names nothing that could be missing
        properties.is_empty()
            || (properties.keys().all(|wire| has(wire))
                && self.any_variant(|variant| !matches!(variant, Resolved::Any)))
    }

    fn has_required(&self, value: &Node) -> bool {
        let names = value.as_array().into_iter().flatten();
        names.filter_map(Node::as_text).all(|wire| {
            self.any_variant(|variant| match variant {
                Resolved::Struct(body) => body.members.iter().any(|one| {
                    let is_required =
                        matches!(one.presence, Presence::Required | Presence::Nullable);
                    one.name.wire == wire && (is_required || one.read_only || one.write_only)
                }),
                _ => false,
            })
        })
    }

    fn has_additional(&self, value: &Node) -> bool {
        self.any_variant(|variant| match variant {
            // unknown members are ignored when reading, so `false` needs nothing
            Resolved::Struct(body) => value.as_bool() == Some(false) || body.rest.is_some(),
            Resolved::Map(_) => true,
            Resolved::Any => value.as_bool().is_some() && !keyword::is_typed(self.schema),
            _ => false,
        })
    }

    /// Returns whether a composition has a type at all, or no need of one. The subschemas are checked one by one.
    fn is_composed(&self, name: &str) -> bool {
        self.any_variant(|variant| !matches!(variant, Resolved::Any))
            || !keyword::subschemas(self.schema, self.at, &[name])
                .iter()
                .filter(|part| !keyword::is_null_at(self.loaded, part))
                .any(|part| keyword::is_typed_at(self.loaded, part))
    }

    fn has_discriminator(&self, value: &Node) -> bool {
        let Some(name) = value.get("propertyName").and_then(Node::as_str) else {
            return false;
        };
        match self.resolved.ty {
            Resolved::Union(union) => union.discriminator.as_deref() == Some(name),
            // in the base of an `allOf`, and where a single branch is left, it only names a member
            Resolved::Struct(body) => body.members.iter().any(|one| one.name.wire == name),
            _ => false,
        }
    }

    /// Returns whether `nullable` is expressed or has no effect.
    ///
    /// The specification gives it a meaning only next to `type`; people mean one next to compositions and references,
    /// too. A body of text or bytes is never `null`.
    fn is_nullable(&self, value: &Node) -> bool {
        let has_effect = [
            "type",
            "enum",
            "allOf",
            "oneOf",
            "anyOf",
            "properties",
            "$ref",
        ];
        value.as_bool() != Some(true)
            || self.resolved.nullable
            || matches!(self.resolved.ty, Resolved::Opaque)
            || self.any_variant(|variant| matches!(variant, Resolved::Any))
            || !has_effect
                .iter()
                .any(|name| self.schema.contains_key(*name))
    }

    fn has_flag(&self, name: &str, value: &Node) -> bool {
        if value.as_bool() != Some(true) {
            return true;
        }
        let has_note = |wanted: &Note| self.facts().any(|note| note == wanted);
        match (name, self.kind) {
            ("deprecated", SiteKind::Branch(branch)) if branch.deprecated => true,
            ("deprecated", _) => self.resolved.docs.iter().any(|docs| docs.deprecated),
            // the specification gives `readOnly` and `writeOnly` a meaning for properties only
            (_, SiteKind::Inner | SiteKind::Branch(_)) => true,
            (_, SiteKind::Definition) => false,
            ("readOnly", SiteKind::Member(member)) => member.read_only || has_note(&Note::ReadOnly),
            (_, SiteKind::Member(member)) => member.write_only || has_note(&Note::WriteOnly),
        }
    }
}
