//! Makes a schema accept what it refuses: null, and values of other types.

use std::sync::Arc;

use oasmith::load::{Node, Object};
use oasmith::pointer::Pointer;

use super::{Edit, Evidence, Group, Step, dialect, one};
use crate::conform::description::Description;
use crate::conform::finding::{Finding, Key, Kind};
use crate::conform::formats;
use crate::conform::judge::{Form, form};
use crate::conform::names;
use crate::conform::shape::{Dialect, Shape, null_schema, put};

/// The keywords of a schema that are about its use, and stay where they are when the others become a branch.
const ABOUT_USE: [&str; 10] = [
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
];

/// What a schema has to accept more.
#[derive(Debug, Default)]
pub(super) struct Widening {
    shape: Shape,
    evidence: Option<Evidence>,
}

/// Whether a mismatch makes a schema wider.
pub(super) fn is_one(kind: &Kind) -> bool {
    matches!(kind, Kind::Null | Kind::Type(_) | Kind::NoBranch(_))
}

/// Returns the schema that is made wider for another type: the one that has the type if it is a scalar's, such as
/// `UserId: { type: string }`, which is wrong wherever it is used. An object in place of which a string came is right
/// elsewhere, so the schema that refers to it is wrong.
pub(super) fn place(description: &Description<'_>, key: &Key, finding: &Finding) -> Pointer {
    let declared = description
        .loaded
        .get(&key.place.child("type"))
        .and_then(Node::as_str);
    let is_scalar = matches!(declared, Some("string" | "integer" | "number" | "boolean"));
    if is_scalar {
        key.place.clone()
    } else {
        finding.site.clone()
    }
}

impl Widening {
    pub(super) fn add(&mut self, kind: &Kind, group: &Group<'_>) {
        let what = match kind {
            Kind::Null => "null".to_owned(),
            _ => group.shape.clone().without_null().types().join(" or "),
        };
        let more = group.evidence(what);
        self.shape.merge(&group.shape);
        self.evidence = Some(match self.evidence.take() {
            None => more,
            Some(before) => Evidence {
                what: format!("{before}, {}", more.what),
                ..more
            },
        });
    }

    /// Adds the steps for a schema behind those that are there, which can be a part of them.
    pub(super) fn steps(
        &self,
        description: &Description<'_>,
        at: &Pointer,
        steps: &mut Vec<Step>,
    ) -> Result<(), &'static str> {
        let object = description.loaded.get(at).and_then(Node::as_object);
        let (Some(object), Some(evidence)) = (object, &self.evidence) else {
            return Err("the schema is not an object");
        };
        let mut widener = Widener {
            at,
            dialect: dialect(description),
            object,
            shape: self.shape.clone().without_null(),
            is_null: self.shape.is_null,
            evidence: evidence.clone(),
            before: steps,
        };
        let more = widener.steps()?;
        steps.extend(more);
        Ok(())
    }
}

struct Widener<'w> {
    at: &'w Pointer,
    dialect: Dialect,
    object: &'w Object,
    /// What came beside null.
    shape: Shape,
    is_null: bool,
    evidence: Evidence,
    /// What is done to the schema before.
    before: &'w mut Vec<Step>,
}

impl Widener<'_> {
    fn steps(&mut self) -> Result<Vec<Step>, &'static str> {
        let union = ["oneOf", "anyOf"]
            .into_iter()
            .find(|name| self.object.contains_key(*name));
        if self.object.contains_key("$ref") {
            return match union {
                None => Ok(self.reference()),
                Some(_) => Err("the schema has a `$ref` and a union beside it"),
            };
        }
        match union {
            Some(keyword) => Ok(vec![self.update(self.branches(keyword, None))]),
            None if self.shape.is_empty() => Ok(self.null()),
            None => Ok(self.types().unwrap_or_else(|| self.apart())),
        }
    }

    /// `{ $ref: Task }` → `{ allOf: [{ $ref: Task }], nullable: true }`, or a union with it
    fn reference(&self) -> Vec<Step> {
        let reference = self.object.get("$ref").cloned().unwrap_or_else(Node::null);
        let own: Node = one("$ref", reference).into();
        let update = match self.dialect {
            Dialect::V3_0 if self.shape.is_empty() => {
                let mut update = one("allOf", vec![own].into());
                put(&mut update, "nullable", true);
                update
            }
            _ => self.branches("oneOf", Some(own)),
        };
        vec![self.remove(&["$ref"]), self.update(update)]
    }

    /// Writes the branches for what came, behind one that is there.
    fn branches(&self, keyword: &str, own: Option<Node>) -> Object {
        let mut branches: Vec<Node> = own.into_iter().collect();
        branches.extend(self.shape.branches(self.dialect));
        let mut update = Object::default();
        match self.dialect {
            Dialect::V3_0 if self.is_null => put(&mut update, "nullable", true),
            Dialect::V3_1 if self.is_null => branches.push(null_schema()),
            _ => {}
        }
        if !branches.is_empty() {
            put(&mut update, keyword, branches);
        }
        update
    }

    /// Null alone.
    fn null(&mut self) -> Vec<Step> {
        let listed = self.object.get("enum").and_then(Node::as_array);
        let lacks_null = listed.is_some_and(|values| !values.iter().any(Node::is_null))
            && !self.is_removed("enum");
        let with_list = |mut update: Object| {
            if lacks_null {
                put(&mut update, "enum", vec![Node::null()]);
            }
            update
        };
        if self.dialect == Dialect::V3_0 {
            return vec![self.update(with_list(one("nullable", true.into())))];
        }
        let is_composed = ["allOf", "const", "not"]
            .iter()
            .any(|name| self.object.contains_key(*name) && !self.is_removed(name));
        match self.object.get("type") {
            _ if is_composed => self.apart(),
            Some(Node::Array(_)) => {
                vec![self.update(with_list(one("type", vec![Node::from("null")].into())))]
            }
            Some(declared) => {
                let types = vec![declared.clone(), Node::from("null")];
                vec![
                    self.remove(&["type"]),
                    self.update(with_list(one("type", types.into()))),
                ]
            }
            None => vec![self.update(with_list(Object::default()))],
        }
    }

    /// Scalars where scalars are declared: a list of types, or `number` in place of `integer`.
    fn types(&self) -> Option<Vec<Step>> {
        let declared_node = self.object.get("type")?;
        let declared: Vec<&str> = match declared_node {
            Node::Array(names) => names
                .iter()
                .map(|name| name.as_text().unwrap_or("null"))
                .collect(),
            node => vec![node.as_str()?],
        };
        let is_list = declared_node.as_array().is_some();
        let seen = self.shape.types();
        let is_scalar = |name: &&str| !matches!(*name, "object" | "array");
        let is_listed = ["enum", "const", "allOf"]
            .iter()
            .any(|name| self.object.contains_key(*name) && !self.is_removed(name));
        if is_listed || !seen.iter().all(is_scalar) || !declared.iter().all(is_scalar) {
            return None;
        }
        let null = self.is_null.then_some("null");
        let mut types: Vec<&str> = Vec::new();
        for name in declared.iter().copied().chain(seen).chain(null) {
            if !types.contains(&name) {
                types.push(name);
            }
        }
        if types.contains(&"number") {
            types.retain(|name| *name != "integer");
        }
        let mut actions = Vec::new();
        let format = self.object.get("format").and_then(Node::as_str);
        let is_of_integers = format.and_then(formats::range).is_some();
        if is_of_integers && !types.contains(&"integer") {
            actions.push(self.remove(&["format"]));
        }
        match (types.as_slice(), self.dialect) {
            ([name], _) => actions.push(self.update(one("type", (*name).into()))),
            ([name, "null"], Dialect::V3_0) => {
                let mut update = one("type", (*name).into());
                put(&mut update, "nullable", true);
                actions.push(self.update(update));
            }
            (_, Dialect::V3_0) => return None,
            (names, Dialect::V3_1)
                if is_list && declared.iter().all(|name| names.contains(name)) =>
            {
                // a list gets the new ones
                let new = names.iter().filter(|name| !declared.contains(name));
                let new: Vec<Node> = new.map(|name| Node::from(*name)).collect();
                actions.push(self.update(one("type", new.into())));
            }
            (names, Dialect::V3_1) => {
                let names: Vec<Node> = names.iter().map(|name| Node::from(*name)).collect();
                actions.push(self.remove(&["type"]));
                actions.push(self.update(one("type", names.into())));
            }
        }
        Some(actions)
    }

    /// Whether this is the schema of a form.
    fn is_form(&self) -> bool {
        let mut names = self.at.tokens().rev();
        let is_schema = names.next().as_deref() == Some("schema");
        let media_type = names.next().map(|name| form(&names::essence(&name)));
        let is_content = names.next().as_deref() == Some("content");
        let is_form = matches!(media_type, Some(Form::Pairs | Form::Multipart));
        is_schema && is_content && is_form
    }

    /// What is declared becomes a branch beside what came. What is done to it otherwise is done to the branch. A form is
    /// always an object, so another schema was never true of one, and goes.
    fn apart(&mut self) -> Vec<Step> {
        let is_moved = |name: &str| !ABOUT_USE.contains(&name) && !name.starts_with("x-");
        let moved: Vec<_> = self
            .object
            .iter()
            .filter(|(name, _)| is_moved(name))
            .collect();
        if self.is_form()
            && self.shape.types() == ["object"]
            && let Node::Object(object) = self.shape.schema(self.dialect)
        {
            let names: Vec<&str> = moved.iter().map(|(name, _)| &***name).collect();
            return vec![
                self.remove(&names),
                self.update(Arc::unwrap_or_clone(object)),
            ];
        }
        let mut own: Object = moved
            .iter()
            .map(|(name, node)| ((*name).clone(), (*node).clone()))
            .collect();
        let names: Vec<&str> = moved.iter().map(|(name, _)| &***name).collect();
        let (here, elsewhere): (Vec<Step>, Vec<Step>) = std::mem::take(self.before)
            .into_iter()
            .partition(|step| step.at == *self.at);
        *self.before = elsewhere;
        for step in here {
            edit(&mut own, &step.edit);
            self.evidence.what = format!("{}, {}", step.evidence, self.evidence.what);
        }
        let update = self.branches("oneOf", Some(own.into()));
        vec![self.remove(&names), self.update(update)]
    }

    /// Whether a member is removed before.
    fn is_removed(&self, name: &str) -> bool {
        let removes = |step: &Step| matches!(&step.edit, Edit::Remove(names) if names.iter().any(|one| one == name));
        self.before
            .iter()
            .any(|step| step.at == *self.at && removes(step))
    }

    fn update(&self, update: Object) -> Step {
        self.step(Edit::Merge(update))
    }

    fn remove(&self, names: &[&str]) -> Step {
        self.step(Edit::Remove(
            names.iter().map(|name| (*name).to_owned()).collect(),
        ))
    }

    fn step(&self, edit: Edit) -> Step {
        Step {
            at: self.at.clone(),
            edit,
            evidence: self.evidence.clone(),
        }
    }
}

/// Does to a copy of a schema what an action does to the schema.
fn edit(schema: &mut Object, edit: &Edit) {
    match edit {
        Edit::Merge(update) => merge(schema, update),
        Edit::Remove(names) => names.iter().for_each(|name| {
            schema.shift_remove(name.as_str());
        }),
        Edit::Unlist(list, text) => {
            if let Some(Node::Array(texts)) = schema.get_mut(*list) {
                texts.retain(|one| one.as_str() != Some(text));
            }
        }
    }
}

fn merge(target: &mut Object, update: &Object) {
    for (name, value) in update {
        match (target.get_mut(name), value) {
            (Some(Node::Object(own)), Node::Object(more)) => merge(Arc::make_mut(own), more),
            (Some(Node::Array(own)), Node::Array(more)) => own.extend(more.iter().cloned()),
            _ => {
                target.insert(name.clone(), value.clone());
            }
        }
    }
}
