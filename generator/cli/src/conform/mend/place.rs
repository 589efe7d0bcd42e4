//! The actions for what is wrong at one place but its types, which [`widen`](super::widen) mends.

use oasmith::load::{Node, Object};
use oasmith::pointer::Pointer;

use super::{Edit, Evidence, Group, Groups, Step, dialect, one};
use crate::conform::description::Description;
use crate::conform::finding::{Kind, Side};
use crate::conform::judge::{Form, form};
use crate::conform::shape::{Dialect, Shape, put};

/// What is done at a place.
pub(super) struct Mender<'m, 'd> {
    pub(super) description: &'m Description<'d>,
    pub(super) place: &'m Pointer,
}

impl Mender<'_, '_> {
    pub(super) fn steps(
        &self,
        kind: &Kind,
        group: &Group<'_>,
        all: &Groups<'_>,
    ) -> Result<Vec<Step>, &'static str> {
        Ok(match kind {
            Kind::Missing(name) => {
                let edit = Edit::Unlist("required", name.clone());
                vec![self.step(edit, group.evidence("missing"))]
            }
            Kind::Undeclared(Some(name)) => {
                let properties = one(name, group.shape.schema(self.dialect()));
                let evidence = group.evidence(format!("`{name}`"));
                vec![self.update(one("properties", properties.into()), evidence)]
            }
            Kind::Undeclared(None) => {
                if !self.has("additionalProperties") {
                    return Err(
                        "a part of the composition is closed, and the names of the members can be data",
                    );
                }
                let schema = one("additionalProperties", group.shape.schema(self.dialect()));
                let evidence = group.evidence("undeclared members");
                vec![
                    self.remove(&["additionalProperties"], evidence.clone()),
                    self.update(schema, evidence),
                ]
            }
            Kind::Value(value) => return self.value(value.as_deref(), group, all),
            Kind::Format(format) => {
                vec![self.remove(&["format"], group.evidence(format!("no `{format}`")))]
            }
            Kind::Bound(keyword) => self.bound(keyword, group),
            Kind::NotSent => {
                vec![self.update(one("required", false.into()), group.evidence("not sent"))]
            }
            Kind::NoBody if group.counts.keys().all(|(_, side)| *side == Side::Request) => {
                vec![self.update(one("required", false.into()), group.evidence("no body"))]
            }
            Kind::NoBody => return Err("OpenAPI has no way to say that a body can be missing"),
            Kind::MediaType(Some(media_type)) => {
                let content = one(media_type, self.content(media_type, &group.shape));
                let evidence = group.evidence(format!("`{media_type}`"));
                vec![self.update(one("content", content.into()), evidence)]
            }
            Kind::MediaType(None) => return Err("the media type does not look like one"),
            Kind::Status(status) => vec![self.status(*status, group)],
            Kind::NotJson => return Err("the server does not send what its `Content-Type` says"),
            Kind::SeveralBranches => {
                return Err(
                    "the branches overlap: say which of them are meant, or make it `anyOf`",
                );
            }
            Kind::Keyword(_) => return Err("only people can say what is meant"),
            Kind::Tag(value) => return self.branch(value.as_deref(), group),
            Kind::Null | Kind::Type(_) | Kind::NoBranch(_) => Vec::new(),
        })
    }

    /// `enum` gets a value that is a name; with others it goes, and so does a `const`.
    fn value(
        &self,
        value: Option<&str>,
        group: &Group<'_>,
        all: &Groups<'_>,
    ) -> Result<Vec<Step>, &'static str> {
        let keyword = if self.has("enum") { "enum" } else { "const" };
        let Some(value) = value else {
            let evidence = group.evidence("values that are no names");
            return Ok(vec![self.remove(&[keyword], evidence)]);
        };
        if all.contains_key(&(self.place.clone(), Kind::Value(None))) {
            return Ok(Vec::new()); // the whole list goes
        }
        let evidence = group.evidence(format!("`{value}`"));
        let constant = self.description.loaded.get(&self.place.child("const"));
        let listed: Vec<Node> = match constant.filter(|_| keyword == "const") {
            Some(constant) => vec![constant.clone(), value.into()],
            None => vec![value.into()],
        };
        let update = self.update(one("enum", listed.into()), evidence.clone());
        Ok(match keyword {
            "const" => vec![self.remove(&["const"], evidence), update],
            _ => vec![update],
        })
    }

    /// A value of a discriminator gets a branch: a component with the shape of what came.
    fn branch(&self, value: Option<&str>, group: &Group<'_>) -> Result<Vec<Step>, &'static str> {
        let value = value.ok_or("the value of the discriminator can be data")?;
        let keyword = if self.has("oneOf") { "oneOf" } else { "anyOf" };
        let schemas = self
            .place
            .in_same_file("")
            .child("components")
            .child("schemas");
        let name = component_name(value);
        let loaded = self.description.loaded;
        if loaded.get(&schemas).is_none() || loaded.get(&schemas.child(&name)).is_some() {
            return Err("the new branch has no free name in `components`");
        }
        let reference = format!("#/components/schemas/{name}");
        let evidence = group.evidence(format!("`{value}`"));
        let update = |at: Pointer, update: Object| Step {
            at,
            edit: Edit::Merge(update),
            evidence: evidence.clone(),
        };
        let branch: Node = one("$ref", reference.clone().into()).into();
        let mapping = one(value, reference.into());
        let schema = group.shape.schema(self.dialect());
        Ok(vec![
            update(schemas, one(&name, schema)),
            update(self.place.clone(), one(keyword, vec![branch].into())),
            update(
                self.place.child("discriminator"),
                one("mapping", mapping.into()),
            ),
        ])
    }

    fn bound(&self, keyword: &str, group: &Group<'_>) -> Vec<Step> {
        let evidence = group.evidence(format!("against `{keyword}`"));
        let size = group.sizes.map(|(least, most)| {
            if keyword.starts_with("min") {
                least
            } else {
                most
            }
        });
        if let Some(size) = size {
            return vec![self.update(one(keyword, size.into()), evidence)];
        }
        let inclusive = match keyword {
            "exclusiveMinimum" => Some("minimum"),
            "exclusiveMaximum" => Some("maximum"),
            _ => None,
        };
        let both = inclusive.filter(|_| {
            let flag = self.description.loaded.get(&self.place.child(keyword));
            flag.is_some_and(|node| node.as_bool().is_some())
        });
        match both {
            Some(inclusive) => vec![self.remove(&[keyword, inclusive], evidence)],
            None => vec![self.remove(&[keyword], evidence)],
        }
    }

    /// `'404': { description, content }`; an error that fits the schema of another gets the same.
    fn status(&self, status: u16, group: &Group<'_>) -> Step {
        let mut response = one("description", "Seen in traffic.".into());
        let reference = group
            .fits
            .first()
            .map(|target| one("$ref", target.as_str().into()));
        let content = group.bodies.iter().map(|(media_type, shape)| {
            let content = match &reference {
                Some(reference) if form(media_type) == Form::Json => {
                    one("schema", reference.clone().into()).into()
                }
                _ => self.content(media_type, shape),
            };
            (media_type.as_str().into(), content)
        });
        let content: Object = content.collect();
        if !content.is_empty() {
            put(&mut response, "content", content);
        }
        let evidence = group.evidence(format!("status {status}"));
        self.update(one(&status.to_string(), response.into()), evidence)
    }

    /// Returns a media type object.
    fn content(&self, media_type: &str, shape: &Shape) -> Node {
        let mut schema = Object::default();
        let has_values = matches!(form(media_type), Form::Json | Form::Lines | Form::Events);
        let schema = if has_values {
            shape.schema(self.dialect())
        } else {
            match (media_type.starts_with("text/"), self.dialect()) {
                (true, _) => put(&mut schema, "type", "string"),
                (false, Dialect::V3_0) => {
                    put(&mut schema, "type", "string");
                    put(&mut schema, "format", "binary");
                }
                (false, Dialect::V3_1) => {}
            }
            schema.into()
        };
        one("schema", schema).into()
    }

    fn dialect(&self) -> Dialect {
        dialect(self.description)
    }

    fn has(&self, name: &str) -> bool {
        self.description
            .loaded
            .get(&self.place.child(name))
            .is_some()
    }

    fn update(&self, update: Object, evidence: Evidence) -> Step {
        self.step(Edit::Merge(update), evidence)
    }

    fn remove(&self, names: &[&str], evidence: Evidence) -> Step {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        self.step(Edit::Remove(names), evidence)
    }

    fn step(&self, edit: Edit, evidence: Evidence) -> Step {
        Step {
            at: self.place.clone(),
            edit,
            evidence,
        }
    }
}

/// `guinea_pig` → `GuineaPig`
fn component_name(value: &str) -> String {
    let words = value.split(|letter: char| !letter.is_ascii_alphanumeric());
    let capitalized = words.map(|word| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => String::new(),
    });
    capitalized.collect()
}
