//! A [`Document`] to [`ir::Api`]: which Rust types and methods there are, what they are called, in which order they stand.
//!
//! Ids are reserved for all component schemas first, then each is filled, so that a schema can name one that comes later or itself.

mod accessor;
mod alias;
mod api;
mod body;
mod boxing;
mod documentation;
mod enumeration;
mod finish;
pub(crate) mod name;
mod object;
mod operation;
mod place;
mod response;
mod scalar;
mod schema;
mod security;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{Api, Docs, Name, TypeBody, TypeDef, TypeId, TypeRef, Usage};
use crate::options::{Options, RenameKind, rename_line};
use crate::pointer::Pointer;
use crate::resolve::Document;
use place::Place;

/// Decides everything about the output; what it cannot decide is a diagnostic.
pub fn lower(document: &Document, options: &Options, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        document,
        options,
        diagnostics,
        types: Vec::new(),
        ids: HashMap::new(),
        open: Vec::new(),
        names: BTreeMap::new(),
        used_renames: BTreeSet::new(),
    };
    lowering.reserve();
    lowering.fill();
    let operations = lowering.operations();
    lowering.endless_aliases();
    lowering.unused_renames();
    let types = lowering.types.into_iter().flatten().collect();
    finish::finish(api::api(document, options, types, operations))
}

/// The work in progress.
struct Lowering<'a> {
    document: &'a Document,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    /// The types by id; `None` while a type is being made.
    types: Vec<Option<TypeDef>>,
    /// The types of schemas that have one, by the schema's key in the document.
    ids: HashMap<String, TypeId>,
    /// Keys of the lists and maps without a name that are being made, from the outside in.
    open: Vec<String>,
    /// Type names that are taken, with the id and the schema that has each.
    names: BTreeMap<String, (TypeId, Pointer)>,
    /// Keys of `rename.types` and `rename.members` that were of use.
    used_renames: BTreeSet<String>,
}

impl<'a> Lowering<'a> {
    /// Gives every component schema an id and a name.
    fn reserve(&mut self) {
        for component in &self.document.components {
            let wire = component.name.as_str();
            let chosen = self.rename_type(Some(wire), &component.at);
            let rust = chosen.unwrap_or_else(|| name::type_name(wire));
            let name = Name {
                wire: wire.to_owned(),
                rust,
            };
            if let Some(id) = self.claim(name, &component.at) {
                self.ids.insert(component.at.to_string(), id);
            }
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
            if self.ids.get(&component.target) == Some(&id) {
                self.define(id, &component.target, &place);
            } else {
                let target = self.type_of(&component.target, &place);
                let docs = Docs::default();
                self.put(id, &place, docs, TypeBody::Alias(target));
            }
        }
    }

    /// Takes a type name; a second claim to it is an error that shows both and the line that settles it.
    fn claim(&mut self, name: Name, at: &Pointer) -> Option<TypeId> {
        let id = TypeId(self.types.len());
        if let Some((_, first)) = self.names.get(&name.rust) {
            let text = format!("the type name `{}` is taken by another schema", name.rust);
            let line = rename_line(
                RenameKind::Types,
                &self.rename_key(at),
                &format!("{}2", name.rust),
            );
            let finding = Diagnostic::new(code::NAME_COLLISION, at.clone(), text)
                .related(first.clone(), "this schema has the same name in Rust")
                .help(format!(
                    "give one of them a name of its own in `codegen.yaml`:\n{line}"
                ));
            self.diagnostics.push(finding);
            return None;
        }
        self.names.insert(name.rust.clone(), (id, at.clone()));
        self.types.push(Some(TypeDef {
            name,
            module: String::new(),
            origins: vec![at.clone()],
            docs: Docs::default(),
            usage: Usage::default(),
            body: TypeBody::Alias(TypeRef::Any),
        }));
        Some(id)
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
        let by_place = format!("#{}", at.path());
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
            Some(rest) if !rest.contains('/') => at.name().unwrap_or_default(),
            _ => format!("#{}", at.path()),
        }
    }

    /// A name in `codegen.yaml` that the document does not have is a typing error or left over from an older document.
    fn unused_renames(&mut self) {
        let rename = &self.options.rename;
        let all = rename
            .types
            .keys()
            .chain(rename.members.keys())
            .chain(rename.operations.keys());
        for key in all.filter(|key| !self.used_renames.contains(*key)) {
            let text = format!(
                "`codegen.yaml` renames `{key}`, and the document has nothing of that name"
            );
            let at = Pointer::root(self.options.input.as_str());
            self.diagnostics.push(
                Diagnostic::new(code::CONFIG_NO_EFFECT, at, text)
                    .help("remove the line, or correct the name"),
            );
        }
    }

    /// A construct that is not generated yet.
    fn unsupported(&mut self, at: &Pointer, what: &str) {
        let finding = Diagnostic::new(
            code::NOT_SUPPORTED,
            at.clone(),
            format!("{what} is not supported yet"),
        );
        self.diagnostics.push(finding);
    }
}
