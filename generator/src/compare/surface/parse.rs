//! Reads the public items of a file.

use std::collections::{BTreeMap, BTreeSet};

use syn::{
    Attribute, Fields, FnArg, ImplItem, ItemImpl, ReturnType, Signature, Type, UseTree, Visibility,
};

use super::item::Renames;
use super::item::{Item, ItemKind, Key};
use super::spelling::Speller;

/// Adds the public items of a file; none if it does not parse.
pub fn file(path: &str, text: &str, renames: &Renames, items: &mut BTreeMap<Key, Item>) {
    let Ok(file) = syn::parse_file(text) else {
        return;
    };
    let mut reader = Reader {
        owner: owner_of(path),
        speller: speller(path, &file, renames),
        calls: BTreeMap::new(),
        items,
    };
    reader.calls = file
        .items
        .iter()
        .filter_map(|item| reader.call(item))
        .rev()
        .collect();
    for item in &file.items {
        reader.item(item);
    }
}

/// Adds what the other names of types of a file stand for.
pub fn aliases(path: &str, text: &str, renames: &Renames, aliases: &mut BTreeMap<String, String>) {
    let Ok(file) = syn::parse_file(text) else {
        return;
    };
    let speller = speller(path, &file, renames);
    for item in &file.items {
        if let syn::Item::Type(item) = item
            && is_public(&item.vis)
        {
            let name = item.ident.to_string();
            aliases.insert(speller.name(&[&name]), speller.spell(&item.ty));
        }
    }
}

/// Returns the module that owns the items of a file; empty for the root, which exports those of the client.
fn owner_of(path: &str) -> &'static str {
    match path {
        _ if path.starts_with("src/types/") => "types::",
        "src/headers.rs" => "headers::",
        "src/bulk.rs" => "bulk::",
        _ => "",
    }
}

fn speller<'a>(path: &str, file: &syn::File, renames: &'a Renames) -> Speller<'a> {
    let mut siblings = BTreeSet::new();
    let mut nested = BTreeMap::new();
    for item in &file.items {
        match item {
            syn::Item::Type(item) if !is_public(&item.vis) => {
                let ty = &item.ty;
                nested.insert(item.ident.to_string(), quote::quote!(#ty));
            }
            _ if !path.starts_with("src/types/") => {}
            syn::Item::Struct(item) => drop(siblings.insert(item.ident.to_string())),
            syn::Item::Enum(item) => drop(siblings.insert(item.ident.to_string())),
            syn::Item::Type(item) => drop(siblings.insert(item.ident.to_string())),
            syn::Item::Use(item) => {
                if let UseTree::Path(path) = &item.tree
                    && path.ident == "super"
                {
                    imported(&path.tree, &mut siblings);
                }
            }
            _ => {}
        }
    }
    Speller {
        siblings,
        nested,
        renames,
    }
}

/// Adds the names of an import.
pub fn imported(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Glob(_) => drop(names.insert("*".to_owned())),
    }
}

pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

struct Reader<'a, 'i> {
    owner: &'static str,
    speller: Speller<'a>,
    /// The calls of operations by their markers: `operation::GetPet` is `GetPetCall`.
    calls: BTreeMap<String, String>,
    items: &'i mut BTreeMap<Key, Item>,
}

impl Reader<'_, '_> {
    /// Returns the marker in the definition of a call, and the call's name.
    fn call(&self, item: &syn::Item) -> Option<(String, String)> {
        let syn::Item::Type(item) = item else {
            return None;
        };
        let marker = last_argument(&item.ty)?;
        let marker = self.speller.spell(marker);
        marker
            .starts_with("operation::")
            .then(|| (marker, self.owned(&item.ident)))
    }

    /// Returns the name of an item of this file, as the newer output has it.
    fn owned(&self, name: &syn::Ident) -> String {
        let plain = format!("{}{name}", self.owner);
        self.speller.renames.get(&plain).cloned().unwrap_or(plain)
    }

    fn add(
        &mut self,
        owner: &str,
        (kind, name): (ItemKind, &str),
        declaration: String,
        attributes: &[Attribute],
    ) -> Key {
        let plain = format!("{owner}::{name}");
        let renamed = self.speller.renames.get(&plain);
        let name = renamed
            .and_then(|renamed| renamed.rsplit("::").next())
            .unwrap_or(name);
        let item = Item {
            kind,
            declaration,
            arguments: (Vec::new(), String::new()),
            is_exhaustive: !has(attributes, "non_exhaustive"),
            is_deprecated: has(attributes, "deprecated"),
        };
        let key = Key::new(owner, kind, name);
        self.items.insert(key.clone(), item);
        key
    }

    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Struct(item) if is_public(&item.vis) => {
                let owner = self.owned(&item.ident);
                self.add(
                    &owner,
                    (ItemKind::Type, ""),
                    "struct".to_owned(),
                    &item.attrs,
                );
                self.fields(&owner, &item.fields);
                self.derived(&owner, &item.attrs);
            }
            syn::Item::Enum(item) if is_public(&item.vis) => {
                let owner = self.owned(&item.ident);
                self.add(&owner, (ItemKind::Type, ""), "enum".to_owned(), &item.attrs);
                for variant in &item.variants {
                    let fields = variant
                        .fields
                        .iter()
                        .map(|field| self.speller.spell(&field.ty));
                    let declaration = fields.collect::<Vec<_>>().join(", ");
                    let name = variant.ident.to_string();
                    self.add(
                        &owner,
                        (ItemKind::Variant, &name),
                        declaration,
                        &variant.attrs,
                    );
                }
                self.derived(&owner, &item.attrs);
            }
            syn::Item::Type(item) if is_public(&item.vis) => {
                let owner = self.owned(&item.ident);
                let declaration = self.speller.spell(&item.ty);
                self.add(&owner, (ItemKind::Type, ""), declaration, &item.attrs);
            }
            syn::Item::Const(item) if is_public(&item.vis) => {
                let owner = self.owner.trim_end_matches("::");
                let declaration = self.speller.spell(&item.ty);
                self.add(
                    owner,
                    (ItemKind::Constant, &item.ident.to_string()),
                    declaration,
                    &item.attrs,
                );
            }
            syn::Item::Use(item) if is_public(&item.vis) => {
                let mut names = BTreeSet::new();
                imported(&item.tree, &mut names);
                for name in names {
                    let owner = self.owner.trim_end_matches("::");
                    self.add(owner, (ItemKind::Export, &name), String::new(), &item.attrs);
                }
            }
            syn::Item::Macro(item) => {
                let name = item
                    .mac
                    .path
                    .segments
                    .last()
                    .map(|last| last.ident.to_string());
                if let (Some(name), Ok(owner)) = (name, item.mac.parse_body::<syn::Ident>()) {
                    let owner = self.owned(&owner);
                    self.add(&owner, (ItemKind::Impl, &name), String::new(), &[]);
                }
            }
            syn::Item::Impl(item) => self.implementation(item),
            _ => {}
        }
    }

    fn fields(&mut self, owner: &str, fields: &Fields) {
        for (index, field) in fields.iter().enumerate() {
            if is_public(&field.vis) {
                let name = field
                    .ident
                    .as_ref()
                    .map_or(index.to_string(), ToString::to_string);
                let declaration = self.speller.spell(&field.ty);
                self.add(owner, (ItemKind::Field, &name), declaration, &field.attrs);
            }
        }
    }

    fn derived(&mut self, owner: &str, attributes: &[Attribute]) {
        for attribute in attributes
            .iter()
            .filter(|one| one.path().is_ident("derive"))
        {
            let mut names = Vec::new();
            // generated code derives by plain names, so there is nothing to report
            let _ = attribute.parse_nested_meta(|meta| {
                names.extend(meta.path.segments.last().map(|last| last.ident.to_string()));
                Ok(())
            });
            for name in names {
                self.add(owner, (ItemKind::Impl, &name), String::new(), &[]);
            }
        }
    }

    fn implementation(&mut self, item: &ItemImpl) {
        let Some(owner) = self.owner_of_impl(&item.self_ty) else {
            return;
        };
        if let Some((path, _)) = &item.trait_ {
            let name = self.speller.spell(path);
            let is_internal = path.segments.len() > 1
                && path.segments.first().is_some_and(|first| {
                    first.ident == "wire" || first.ident == "value_enum" || first.ident == "tuple"
                });
            if !is_internal {
                let types = item.items.iter().filter_map(|one| match one {
                    ImplItem::Type(one) => {
                        Some(format!("{} = {}", one.ident, self.speller.spell(&one.ty)))
                    }
                    _ => None,
                });
                let declaration = types.collect::<Vec<_>>().join(", ");
                self.add(&owner, (ItemKind::Impl, &name), declaration, &item.attrs);
            }
            return;
        }
        for one in &item.items {
            match one {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let (arguments, rest) = self.signature(&method.sig);
                    let (parameters, output) = rest.split_once(' ').unwrap_or((&rest, ""));
                    let declaration = format!("fn{parameters}({}) {output}", arguments.join(", "));
                    let name = method.sig.ident.to_string();
                    let key = self.add(
                        &owner,
                        (ItemKind::Method, &name),
                        declaration.trim_end().to_owned(),
                        &method.attrs,
                    );
                    if let Some(item) = self.items.get_mut(&key) {
                        item.arguments = (arguments, rest);
                    }
                }
                ImplItem::Const(one) if is_public(&one.vis) => {
                    let declaration = self.speller.spell(&one.ty);
                    self.add(
                        &owner,
                        (ItemKind::Constant, &one.ident.to_string()),
                        declaration,
                        &one.attrs,
                    );
                }
                _ => {}
            }
        }
    }

    /// Returns the type of an implementation: `Client`, `types::Pet`; of the setters of a call, `ListPetsCall`.
    fn owner_of_impl(&self, ty: &Type) -> Option<String> {
        let Type::Path(path) = ty else {
            return None;
        };
        let last = path.path.segments.last()?;
        match last.ident.to_string().as_str() {
            "Call" => {
                let marker = self.speller.spell(last_argument(ty)?);
                self.calls.get(&marker).cloned()
            }
            name @ ("Client" | "ClientBuilder")
                if self.owner.is_empty() || self.owner == "bulk::" =>
            {
                Some(name.to_owned())
            }
            _ => Some(self.owned(&last.ident)),
        }
    }

    /// Returns the arguments of a signature without their names, which no caller writes, and the rest of it.
    fn signature(&self, signature: &Signature) -> (Vec<String>, String) {
        let arguments = signature.inputs.iter().map(|argument| match argument {
            FnArg::Receiver(receiver) => match &receiver.kind {
                syn::ReceiverKind::Reference(_, _, Some(_)) => "&mut self".to_owned(),
                syn::ReceiverKind::Reference(..) => "&self".to_owned(),
                syn::ReceiverKind::Typed(_, ty) => self.speller.spell(ty),
                _ => "self".to_owned(),
            },
            FnArg::Typed(argument) => self.speller.spell(&argument.ty),
        });
        let generics = &signature.generics;
        let output = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!("-> {}", self.speller.spell(ty)),
        };
        let (parameters, bounds) = (
            self.speller.spell(generics),
            self.speller.spell(&generics.where_clause),
        );
        (
            arguments.collect(),
            format!("{parameters} {output} {bounds}"),
        )
    }
}

/// Returns the last generic argument of a type.
fn last_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.last()? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
