//! A [`Document`] to [`ir::Api`]: which Rust types and methods there are, what they are called, in which order they stand.
//!
//! Ids are reserved for all component schemas first, then each is filled, so that a schema can name one that comes later or itself.

mod accessor;
mod alias;
mod api;
mod batch;
mod body;
mod boxing;
mod branches;
mod documentation;
mod enumeration;
mod finish;
mod form;
mod graph;
mod header;
mod known;
mod loss;
mod media;
mod multipart;
mod nesting;
mod notes;
mod object;
mod operation;
mod parameter;
mod pieces;
mod place;
mod refusal;
mod repeat;
mod response;
mod scalar;
mod schema;
mod security;
mod server;
mod stream;
mod template;
mod union;
mod unused;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{Api, Docs, Name, TypeBody, TypeDef, TypeId, TypeRef, Usage};
use crate::name;
use crate::options::{Options, RenameKind, rename_line};
use crate::pointer::Pointer;
use crate::resolve::Document;
use known::Known;
use object::Fields;
use place::Place;

/// Decides everything about the output; what it cannot decide is a diagnostic.
pub fn lower(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        document,
        known: Known::of(document),
        options,
        diagnostics,
        types: Vec::new(),
        ids: HashMap::new(),
        open: Vec::new(),
        unfilled: VecDeque::new(),
        names: BTreeMap::new(),
        used_renames: BTreeSet::new(),
        headers: Vec::new(),
        went_too_far: false,
        null_known: RefCell::default(),
    };
    lowering.reserve();
    lowering.fill();
    let mut operations = lowering.operations();
    let headers = lowering.headers(&mut operations);
    lowering.received(&operations);
    lowering.recursive_aliases();
    lowering.recursive_unions();
    let type_depth = lowering.type_depth();
    lowering.check_idempotency(&operations);
    lowering.unused_choices();
    let types = lowering.types;
    let api = api::api(document, options, operations, headers);
    if type_depth > options.budgets.type_depth {
        return api;
    }
    let api = finish::finish(api, types);
    batch::batches(api, options, diagnostics)
}

/// The work in progress.
struct Lowering<'a> {
    document: &'a Document,
    known: Known<'a>,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    /// The types by id; `None` for a union that turned out to be one type, which needs no name.
    types: Vec<Option<TypeDef>>,
    /// The types of schemas that have one, by the schema's key in the document.
    ids: HashMap<String, TypeId>,
    /// The schemas that are being made, from the outside in.
    open: Vec<String>,
    /// Structs that are named and not yet made.
    unfilled: VecDeque<(TypeId, Fields<'a>, Place)>,
    /// Type names that are taken, with the id and the schema that has each.
    names: BTreeMap<String, (TypeId, Pointer)>,
    /// Keys of `rename.types` and `rename.members` that were of use.
    used_renames: BTreeSet<String>,
    /// The headers that replies declare.
    headers: Vec<header::Declared>,
    /// Whether it was said that too many `allOf`s follow one another.
    went_too_far: bool,
    /// What is known about schemas that `null` fits, or does not.
    null_known: RefCell<HashMap<&'a str, bool>>,
}

impl<'a> Lowering<'a> {
    /// Gives every component schema an id and a name.
    fn reserve(&mut self) {
        for component in &self.document.components {
            let wire = component.name.as_str();
            let chosen = self.rename_type(Some(wire), &component.at);
            let rust = chosen.unwrap_or_else(|| name::type_name(wire));
            let (id, _) = self.claim(wire, rust, &component.at);
            self.ids.insert(component.at.to_string(), id);
        }
        // `Pet: { $ref: schemas/pet.yaml }`: a schema that stands elsewhere goes by the first component that refers to it
        for component in &self.document.components {
            if let Some(&id) = self.ids.get(&component.at.to_string()) {
                self.ids.entry(component.target.clone()).or_insert(id);
            }
        }
    }

    /// Makes the type of every component schema, and of what stands inline in it.
    fn fill(&mut self) {
        for component in &self.document.components {
            let Some(&id) = self.ids.get(&component.at.to_string()) else {
                continue;
            };
            let place = self.place_of(id, &component.at);
            let nullable = self.nullable(&component.target);
            if let Some(Some(def)) = self.types.get_mut(id.0) {
                def.nullable = nullable;
            }
            if self.ids.get(&component.target) == Some(&id) {
                self.define(id, &component.target, &place);
            } else {
                let target = self.type_without_null(&component.target, &place);
                let docs = Docs::default();
                self.put(id, &place, docs, TypeBody::Alias(target));
            }
        }
    }

    /// Takes a type name, or one with a number when another schema has it: with a warning that shows both and the line that settles it.
    fn claim(&mut self, wire: &str, wanted: String, at: &Pointer) -> (TypeId, String) {
        let id = TypeId(self.types.len());
        let rust = match self.names.get(&wanted) {
            None => wanted,
            Some((_, first)) => {
                let numbered = (2..).map(|number| format!("{wanted}{number}"));
                let mut free = numbered.filter(|name| !self.names.contains_key(name));
                let free = free.next().unwrap_or_default();
                let text = format!(
                    "the type name `{wanted}` is taken by another schema, so this one is `{free}`"
                );
                let finding = Diagnostic::new(code::NAME_TAKEN, at.clone(), text)
                    .related(first.clone(), "this schema has the same name in Rust")
                    .help(settle(RenameKind::Types, &self.rename_key(at), &free));
                self.diagnostics.push(finding);
                free
            }
        };
        self.names.insert(rust.clone(), (id, at.clone()));
        self.types.push(Some(TypeDef {
            name: Name {
                wire: wire.to_owned(),
                rust: rust.clone(),
            },
            module: String::new(),
            origins: vec![at.clone()],
            docs: Docs::default(),
            usage: Usage::default(),
            nullable: false,
            body: TypeBody::Alias(TypeRef::Any),
        }));
        (id, rust)
    }

    /// Completes a type whose name was claimed before.
    fn put(&mut self, id: TypeId, place: &Place, docs: Docs, body: TypeBody) {
        if let Some(Some(def)) = self.types.get_mut(id.0) {
            def.module.clone_from(&place.module);
            def.docs = docs;
            def.body = body;
        }
    }

    fn place_of(&self, id: TypeId, at: &Pointer) -> Place {
        match self.types.get(id.0) {
            Some(Some(def)) => Place::component(&def.name, at),
            _ => Place::component(
                &Name {
                    wire: String::new(),
                    rust: String::new(),
                },
                at,
            ),
        }
    }

    /// The name that `codegen.yaml` gives a schema, by its component name or by its place.
    fn rename_type(&mut self, component: Option<&str>, at: &Pointer) -> Option<String> {
        let by_place = self.address(at);
        [component, Some(by_place.as_str())]
            .into_iter()
            .flatten()
            .find_map(|key| {
                let name = self.options.rename.types.get(key)?;
                self.used_renames.insert(key.to_owned());
                Some(name.clone())
            })
    }

    /// How `codegen.yaml` names a schema: a component by its name, an inline one by its place.
    fn rename_key(&self, at: &Pointer) -> String {
        match at.path().strip_prefix("/components/schemas/") {
            Some(rest) if !rest.contains('/') && **at.file() == *self.options.input => {
                at.name().unwrap_or_default()
            }
            _ => self.address(at),
        }
    }

    /// How `codegen.yaml` names a place: `#/components/schemas/Pet`, and `schemas/pet.yaml#/Pet` in another file.
    fn address(&self, at: &Pointer) -> String {
        match **at.file() == *self.options.input {
            true => format!("#{}", at.path()),
            false => at.to_string(),
        }
    }

    /// A schema that says more than its Rust type; what is said is not lost, it stays JSON.
    fn untyped(&mut self, at: &Pointer, reason: &str) {
        let text = format!("the type is any JSON: {reason}");
        self.diagnostics
            .push(Diagnostic::new(code::UNTYPED, at.clone(), text));
    }
}

/// How to settle that two things have one name: the lines for `codegen.yaml`.
fn settle(kind: RenameKind, key: &str, name: &str) -> String {
    let lines = rename_line(kind, key, name);
    let lines = lines.trim_end();
    format!("give one of them a name of its own in `codegen.yaml`:\n{lines}")
}
