//! Finds the parts of a value that are held by a fallback: `Unknown` or `Combined` of a union, `Unknown` of an enum for
//! a value that the schema lists, or any JSON where the schema says more.
//!
//! A fallback writes back what it has read, so a union that never matches one of its branches is not noticed by what
//! comes back.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::ir::{Api, Presence, REST, Struct, Tuple, TypeBody, TypeDef, TypeRef};
use oasmith::load::Loaded;
use oasmith::pointer::Pointer;
use oasmith_coverage::Coverage;
use serde_json::Value;

use super::compare;
use super::debug::{self, Printed};

/// The types of an output, and what their schemas say.
#[derive(Debug)]
pub struct Fallbacks {
    api: Api,
    /// The places of the types that are any JSON although their schema says more.
    weaker: BTreeSet<Pointer>,
    /// The values that the schema of an enum lists, by the enum's name.
    listed: BTreeMap<String, BTreeSet<String>>,
}

/// What does not let a value be looked at.
type Unclear = String;

impl Fallbacks {
    /// Collects what the search needs.
    pub fn new(api: Api, loaded: &Loaded, coverage: &Coverage) -> Self {
        let is_enum = |def: &&TypeDef| {
            matches!(
                def.body,
                TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_)
            )
        };
        let listed = api.types.iter().filter(is_enum).map(|def| {
            let mut values = BTreeSet::new();
            for origin in &def.origins {
                collect_values(loaded, origin, &mut values, MAX_DEPTH);
            }
            (def.name.rust.clone(), values)
        });
        let weaker = coverage.untyped.iter().filter(|one| one.weaker);
        Fallbacks {
            listed: listed.collect(),
            weaker: weaker.map(|one| one.site.clone()).collect(),
            api,
        }
    }

    /// Returns the first part of a value of this type that a fallback holds: `the union `Shape` has it as `Unknown` at
    /// a[0]`. `printed` is what `{:?}` prints for the value, and `value` its JSON.
    pub fn first(&self, ty: &str, printed: &str, value: &Value) -> Option<String> {
        let unclear = |what: &str| Some(format!("`{ty}` prints itself unlike its type: {what}"));
        let Some(def) = self.api.types.iter().find(|def| def.name.rust == ty) else {
            return unclear("there is no such type");
        };
        let mut search = Search {
            fallbacks: self,
            value,
            path: Vec::new(),
            found: None,
        };
        let printed = match debug::parse(printed) {
            Ok(printed) => printed,
            Err(rest) => return unclear(rest),
        };
        let visited = if def.nullable {
            search.optional(&printed, |search, printed| search.named(def, printed))
        } else {
            search.named(def, &printed)
        };
        match (search.found, visited) {
            (Some(found), _) => Some(found),
            (None, Err(what)) => unclear(&what),
            (None, Ok(())) => None,
        }
    }
}

/// How many `$ref`s and branches may lie between an enum and a list of its values.
const MAX_DEPTH: usize = 16;

/// Collects the values that a schema and its branches list.
fn collect_values(loaded: &Loaded, at: &Pointer, values: &mut BTreeSet<String>, depth: usize) {
    let Some(schema) = loaded.get(at).filter(|_| depth > 0) else {
        return;
    };
    let listed = schema.get("enum").and_then(|list| list.as_array());
    let texts = listed.into_iter().flatten().chain(schema.get("const"));
    values.extend(texts.filter_map(|node| node.as_text()).map(str::to_owned));
    let reference = schema.get("$ref").and_then(|text| text.as_str());
    if let Some(target) = reference.and_then(|text| loaded.target(&at.child("$ref"), text).ok()) {
        collect_values(loaded, &target, values, depth - 1);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let branches = schema.get(keyword).and_then(|list| list.as_array());
        for index in 0..branches.map_or(0, <[_]>::len) {
            let branch = at.child(keyword).index(index);
            collect_values(loaded, &branch, values, depth - 1);
        }
    }
}

/// A walk through a type and what `{:?}` prints for a value of it.
struct Search<'a> {
    fallbacks: &'a Fallbacks,
    value: &'a Value,
    /// Where the walk is in the JSON.
    path: Vec<Value>,
    found: Option<String>,
}

impl Search<'_> {
    fn visit(
        &mut self,
        ty: &TypeRef,
        site: &Pointer,
        printed: &Printed<'_>,
    ) -> Result<(), Unclear> {
        match (ty, printed) {
            (TypeRef::Scalar(_), _) => {}
            (TypeRef::Any, _) if self.fallbacks.weaker.contains(site) => {
                self.report("it is any JSON, and the schema says more");
            }
            (TypeRef::Any, _) => {}
            (TypeRef::Boxed(inner), _) => self.visit(inner, site, printed)?,
            (TypeRef::Nullable(inner), _) => {
                self.optional(printed, |search, printed| {
                    search.visit(inner, site, printed)
                })?;
            }
            (TypeRef::List(inner), Printed::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(index.into(), |search| search.visit(inner, site, item))?;
                }
            }
            (TypeRef::Map(inner), Printed::Map(entries)) => self.entries(inner, site, entries)?,
            (TypeRef::Named(id), _) => self.named(self.fallbacks.api.ty(*id), printed)?,
            _ => return Err(format!("{printed:?} is no list or map")),
        }
        Ok(())
    }

    fn named(&mut self, def: &TypeDef, printed: &Printed<'_>) -> Result<(), Unclear> {
        let name = &def.name.rust;
        let Some(site) = def.origins.first() else {
            return Err(format!("`{name}` has no schema"));
        };
        match (&def.body, printed) {
            (TypeBody::Alias(target), _) => self.visit(target, site, printed),
            (TypeBody::Struct(body), Printed::Struct { fields, .. }) => {
                let mut fields = fields.iter();
                fields.try_for_each(|(field, printed)| self.field(body, site, field, printed))
            }
            (TypeBody::Struct(_), Printed::Leaf(_)) => Ok(()),
            (TypeBody::Wrapper(inner), Printed::Tuple { items, .. }) => items
                .iter()
                .try_for_each(|item| self.visit(inner, site, item)),
            (TypeBody::Tuple(body), Printed::Tuple { items, .. }) => self.tuple(body, site, items),
            (
                TypeBody::Union(body),
                Printed::Tuple {
                    name: variant,
                    items,
                },
            ) => {
                let branch = body.branches.iter().find(|one| one.name.rust == *variant);
                match (branch, items.as_slice()) {
                    (Some(branch), [item]) => self.visit(&branch.ty, site, item),
                    (None, _) if ["Unknown", "Combined"].contains(variant) => {
                        self.report(&format!("the union `{name}` has it as `{variant}`"));
                        Ok(())
                    }
                    _ => Err(format!("`{name}` has no variant `{variant}`")),
                }
            }
            (
                TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_),
                Printed::Tuple { .. },
            ) => {
                if self.is_listed(name) {
                    self.report(&format!("the enum `{name}` has it as `Unknown`"));
                }
                Ok(())
            }
            (
                TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::ValueEnum(_),
                Printed::Leaf(_),
            ) => Ok(()),
            _ => Err(format!("{printed:?} is no `{name}`")),
        }
    }

    fn field(
        &mut self,
        body: &Struct,
        site: &Pointer,
        field: &str,
        printed: &Printed<'_>,
    ) -> Result<(), Unclear> {
        let field = field.trim_start_matches("r#");
        let is_it = |rust: &str| rust.trim_start_matches("r#") == field;
        let Some(member) = body.members.iter().find(|one| is_it(&one.name.rust)) else {
            return match (&body.rest, printed) {
                (Some(rest), Printed::Map(entries)) if field == REST => {
                    self.entries(rest, &site.child("additionalProperties"), entries)
                }
                _ => Err(format!("there is no member `{field}`")),
            };
        };
        if member.secret {
            return Ok(()); // it is a string, and not shown
        }
        self.within(member.name.wire.as_str().into(), |search| {
            let (ty, site) = (&member.ty, &member.origin);
            match member.presence {
                Presence::Required => search.visit(ty, site, printed),
                Presence::Optional
                | Presence::Nullable
                | Presence::Tristate
                | Presence::OptionalRaw => {
                    search.optional(printed, |search, printed| search.visit(ty, site, printed))
                }
            }
        })
    }

    fn tuple(
        &mut self,
        body: &Tuple,
        site: &Pointer,
        items: &[Printed<'_>],
    ) -> Result<(), Unclear> {
        for (index, (ty, item)) in body.items.iter().zip(items).enumerate() {
            self.within(index.into(), |search| {
                if index < body.required {
                    search.visit(ty, site, item)
                } else {
                    search.optional(item, |search, item| search.visit(ty, site, item))
                }
            })?;
        }
        match (&body.rest, items.get(body.items.len())) {
            (Some(rest), Some(Printed::List(items))) => {
                for (index, item) in items.iter().enumerate() {
                    let index = body.items.len() + index;
                    self.within(index.into(), |search| search.visit(rest, site, item))?;
                }
                Ok(())
            }
            (_, None) => Ok(()),
            (_, Some(more)) => Err(format!("{more:?} is no list of further items")),
        }
    }

    fn entries(
        &mut self,
        ty: &TypeRef,
        site: &Pointer,
        entries: &[(Printed<'_>, Printed<'_>)],
    ) -> Result<(), Unclear> {
        for (key, value) in entries {
            let Printed::Text(key) = key else {
                return Err(format!("the key {key:?} is no string"));
            };
            self.within(key.as_str().into(), |search| search.visit(ty, site, value))?;
        }
        Ok(())
    }

    /// Visits what an `Option` or a `Tristate` contains.
    fn optional(
        &mut self,
        printed: &Printed<'_>,
        visit: impl FnOnce(&mut Self, &Printed<'_>) -> Result<(), Unclear>,
    ) -> Result<(), Unclear> {
        match printed {
            Printed::Leaf("None" | "Absent" | "Null") => Ok(()),
            Printed::Tuple {
                name: "Some" | "Value",
                items,
            } => match items.as_slice() {
                [item] => visit(self, item),
                _ => Err(format!("{printed:?} is no `Option`")),
            },
            _ => Err(format!("{printed:?} is no `Option`")),
        }
    }

    fn within(
        &mut self,
        step: Value,
        visit: impl FnOnce(&mut Self) -> Result<(), Unclear>,
    ) -> Result<(), Unclear> {
        self.path.push(step);
        let result = visit(self);
        self.path.pop();
        result
    }

    /// Whether the schema of an enum lists the value here.
    fn is_listed(&self, name: &str) -> bool {
        let value = self
            .path
            .iter()
            .try_fold(self.value, |value, step| match step {
                Value::String(name) => value.get(name),
                step => value.get(usize::try_from(step.as_u64()?).ok()?),
            });
        let listed = self.fallbacks.listed.get(name);
        match (value, listed) {
            (Some(Value::String(text)), Some(listed)) => listed.contains(text),
            (Some(value), Some(listed)) => listed.contains(&value.to_string()),
            _ => false,
        }
    }

    fn report(&mut self, what: &str) {
        let path = compare::rendered(&self.path);
        self.found
            .get_or_insert_with(|| format!("{what} at {path}"));
    }
}

#[cfg(test)]
mod tests;
