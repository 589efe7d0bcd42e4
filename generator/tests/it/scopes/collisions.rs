//! Two items of one name in one scope of a generated crate.
//!
//! | scope | names |
//! | --- | --- |
//! | module | items and imports, types and values and macros apart; explicit and glob imports |
//! | struct, enum, variant | fields; variants |
//! | type | methods, functions and constants of all its inherent `impl` blocks, in the runtime too |
//! | enum | variants against everything else that is written `Self::Name` |
//! | `impl` of a trait | its items |
//! | function | parameters, lifetimes and generic parameters |
//!
//! The lines `wire::text!(Pet);` are expanded by the runtime's own macros, so their methods and associated types count.
//! Three more rules are those of rustc's lints on names, since a name that is made unique must be a good one:
//! `non_snake_case`, and see [`letters`].

use std::collections::{BTreeMap, BTreeSet};

use oasmith::Tree;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Fields, FnArg, ImplItem, Item, ItemImpl, Pat, Signature};

use super::declarations::{Module, Namespace};
use super::inherent::{Inherent, own_arguments};
use super::letters;
use super::modules::{Crate, ModulePath, Target, origin};

/// Describes each collision of an output; none is expected.
pub fn collisions(files: &Tree) -> Vec<String> {
    let of = Crate::read(files);
    let mut check = Check {
        of: &of,
        found: Vec::new(),
        types: BTreeMap::new(),
        names: BTreeSet::new(),
    };
    for (path, module) in &of.modules {
        let is_generated =
            !module.file.starts_with("src/runtime/") || module.file == "src/runtime/mod.rs";
        if is_generated {
            check.module(path, module);
        }
        check.items(path, module, is_generated);
    }
    check.finish()
}

/// The names that are written `Type::name`, with their files.
#[derive(Default)]
struct Associated {
    variants: Vec<String>,
    inherent: Vec<Inherent>,
    /// Items of traits that an `impl` writes as `Self::Name`.
    by_trait: Vec<(String, String)>,
}

struct Check<'a> {
    of: &'a Crate,
    found: Vec<String>,
    types: BTreeMap<String, Associated>,
    /// All names of the crate.
    names: BTreeSet<String>,
}

impl Check<'_> {
    /// Checks the names in the scope of a module.
    fn module(&mut self, path: &ModulePath, module: &Module) {
        for name in self.of.names(path).iter().filter(|name| *name != "_") {
            let (targets, unresolved) = self.of.targets(path, name);
            for import in unresolved {
                self.report(&module.file, &format!("`use {import}` does not resolve"));
            }
            for namespace in [Namespace::Type, Namespace::Value, Namespace::Macro] {
                let of_namespace = targets.iter().filter(|one| one.namespace == namespace);
                let (by_glob, explicit): (Vec<_>, Vec<_>) =
                    of_namespace.partition(|one: &&Target| one.by_glob);
                let origins: BTreeSet<_> = by_glob
                    .iter()
                    .chain(&explicit)
                    .map(|one| one.origin.as_str())
                    .collect();
                let is_one = explicit.len() <= 1 && origins.len() <= 1;
                if !is_one {
                    let origins: Vec<_> = origins.into_iter().collect();
                    let text = format!(
                        "`{name}` is {} items: {}",
                        targets.len(),
                        origins.join(", ")
                    );
                    self.report(&module.file, &text);
                }
            }
        }
    }

    fn items(&mut self, path: &ModulePath, module: &Module, is_generated: bool) {
        for item in &module.syntax.items {
            if is_generated {
                self.item(path, module, item);
            } else if let Item::Impl(one) = item
                && one.trait_.is_none()
            {
                self.inherent(path, module, one, is_generated);
            }
        }
    }

    /// Checks the scopes in an item, or in the expansion of a macro.
    fn item(&mut self, path: &ModulePath, module: &Module, item: &Item) {
        match item {
            Item::Macro(one) if one.ident.is_none() => {
                for item in self.expanded(path, module, &one.mac) {
                    self.item(path, module, &item);
                }
            }
            Item::Impl(one) if one.trait_.is_some() => self.of_trait(path, module, one),
            Item::Impl(one) => self.inherent(path, module, one, true),
            Item::Enum(one) => {
                let variants = one.variants.iter().map(|one| one.ident.to_string());
                let variants: Vec<_> = variants.collect();
                self.unique(
                    &module.file,
                    &format!("variants of `{}`", one.ident),
                    &variants,
                );
                let key = origin(path, &one.ident.to_string());
                self.types.entry(key).or_default().variants = variants;
                for variant in &one.variants {
                    self.fields(&module.file, &variant.ident.to_string(), &variant.fields);
                }
            }
            Item::Struct(one) => self.fields(&module.file, &one.ident.to_string(), &one.fields),
            _ => {}
        }
        let mut functions = Functions::default();
        functions.visit_item(item);
        for (what, names) in functions.scopes {
            self.unique(&module.file, &what, &names);
        }
        for name in functions.snake_case {
            self.snake_case(&module.file, &name);
        }
        self.names.extend(functions.names);
    }

    fn fields(&mut self, file: &str, owner: &str, fields: &Fields) {
        let names: Vec<_> = fields
            .iter()
            .filter_map(|field| field.ident.as_ref())
            .map(ToString::to_string)
            .collect();
        self.unique(file, &format!("fields of `{owner}`"), &names);
        for name in &names {
            self.snake_case(file, name);
        }
    }

    fn inherent(&mut self, path: &ModulePath, module: &Module, one: &ItemImpl, generated: bool) {
        let key = self.self_type(path, one);
        let names = one.items.iter().filter_map(name_of).map(|(name, _)| name);
        // `operation::Get` of another module is another type
        let full = |argument: String| {
            let first = argument.split(' ').next().unwrap_or_default();
            let mut imports = module.imports.iter();
            let import = imports.find(|import| import.name.as_deref() == Some(first));
            match import {
                Some(import) => format!("{}{}", import.path.join("::"), &argument[first.len()..]),
                None => argument,
            }
        };
        let arguments: Vec<String> = own_arguments(one).into_iter().map(full).collect();
        let names = names.map(|name| Inherent {
            name,
            file: module.file.clone(),
            is_generated: generated,
            arguments: arguments.clone(),
        });
        self.types.entry(key).or_default().inherent.extend(names);
    }

    fn of_trait(&mut self, path: &ModulePath, module: &Module, one: &ItemImpl) {
        let names: Vec<_> = one.items.iter().filter_map(name_of).collect();
        for kind in [Namespace::Type, Namespace::Value] {
            let of_kind = names.iter().filter(|(_, other)| *other == kind);
            let of_kind: Vec<_> = of_kind.map(|(name, _)| name.clone()).collect();
            self.unique(&module.file, "items of an `impl`", &of_kind);
        }
        let mut uses = SelfPaths::default();
        uses.visit_item_impl(one);
        let used = names.into_iter().map(|(name, _)| name);
        let used = used.filter(|name| uses.names.contains(name));
        let used = used.map(|name| (name, module.file.clone()));
        let key = self.self_type(path, one);
        self.types.entry(key).or_default().by_trait.extend(used);
    }

    /// Returns the full path of the type of an `impl`.
    fn self_type(&self, path: &ModulePath, one: &ItemImpl) -> String {
        let syn::Type::Path(ty) = &*one.self_ty else {
            return String::new();
        };
        let segments: Vec<_> = ty
            .path
            .segments
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        self.of.definition(path, &segments, Namespace::Type)
    }

    /// Expands a line such as `wire::text!(Pet);` to its items.
    fn expanded(&mut self, path: &ModulePath, module: &Module, line: &syn::Macro) -> Vec<Item> {
        let segments: Vec<_> = line
            .path
            .segments
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        let definition = self.of.definition(path, &segments, Namespace::Macro);
        let Some(definition) = self.of.macro_at(&definition) else {
            self.report(&module.file, &format!("there is no macro `{definition}`"));
            return Vec::new();
        };
        let body = definition
            .mac
            .tokens
            .clone()
            .into_iter()
            .filter_map(|token| match token {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            })
            .nth(1)
            .expect("a macro has a pattern and a body");
        let expanded = substituted(body, &line.tokens);
        syn::parse2::<syn::File>(expanded)
            .expect("the runtime's macros are items")
            .items
    }

    fn unique(&mut self, file: &str, what: &str, names: &[String]) {
        let mut seen = BTreeSet::new();
        for name in names.iter().filter(|name| !seen.insert(*name)) {
            self.report(file, &format!("`{name}` appears twice among the {what}"));
        }
    }

    /// Checks a name as rustc's lint `non_snake_case` does.
    fn snake_case(&mut self, file: &str, name: &str) {
        let inner = name.trim_start_matches("r#").trim_matches('_');
        if inner.contains("__") || inner.chars().any(char::is_uppercase) {
            self.report(file, &format!("`{name}` is not in snake case"));
        }
    }

    fn report(&mut self, file: &str, text: &str) {
        self.found.push(format!("{file}: {text}"));
    }

    fn finish(mut self) -> Vec<String> {
        for (ty, of) in std::mem::take(&mut self.types) {
            let mut seen: BTreeMap<&str, Vec<&Inherent>> = BTreeMap::new();
            for one in &of.inherent {
                let before = seen.entry(&one.name).or_default();
                // the runtime's own blocks are compiled and tested by themselves
                let is_checked = |other: &Inherent| other.is_generated || one.is_generated;
                if let Some(other) = before
                    .iter()
                    .find(|other| other.meets(one) && is_checked(other))
                {
                    let (name, file, other) = (&one.name, &one.file, &other.file);
                    self.report(file, &format!("`{ty}` has another `{name}` in {other}"));
                }
                before.push(one);
            }
            let inherent = of.inherent.iter().map(|one| (&one.name, &one.file));
            let by_trait = of.by_trait.iter().map(|(name, file)| (name, file));
            let others: BTreeSet<_> = inherent.chain(by_trait).collect();
            for (name, file) in others {
                if of.variants.contains(name) {
                    self.report(
                        file,
                        &format!("`Self::{name}` of `{ty}` is a variant and another item"),
                    );
                }
            }
        }
        self.found.extend(letters::complaints(&self.names));
        self.found
    }
}

/// Returns the name of an item in an `impl`, and its namespace.
fn name_of(item: &ImplItem) -> Option<(String, Namespace)> {
    match item {
        ImplItem::Const(one) => Some((one.ident.to_string(), Namespace::Value)),
        ImplItem::Fn(one) => Some((one.sig.ident.to_string(), Namespace::Value)),
        ImplItem::Type(one) => Some((one.ident.to_string(), Namespace::Type)),
        _ => None,
    }
}

/// Replaces `$name` in a macro's body by its only argument.
fn substituted(body: TokenStream, argument: &TokenStream) -> TokenStream {
    let mut tokens = body.into_iter().peekable();
    let mut all = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(one) if one.as_char() == '$' => {
                tokens.next();
                all.extend(argument.clone());
            }
            TokenTree::Group(group) => {
                let inner = substituted(group.stream(), argument);
                all.extend([TokenTree::Group(proc_macro2::Group::new(
                    group.delimiter(),
                    inner,
                ))]);
            }
            other => all.extend([other]),
        }
    }
    all
}

/// The names after `Self::`, with two segments only.
#[derive(Default)]
struct SelfPaths {
    names: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for SelfPaths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path
            .segments
            .iter()
            .map(|one| one.ident.to_string())
            .collect();
        if let [first, name] = segments.as_slice()
            && first == "Self"
        {
            self.names.insert(name.clone());
        }
        visit::visit_path(self, path);
    }
}

/// The scopes of all functions and generics of an item.
#[derive(Default)]
struct Functions {
    scopes: Vec<(String, Vec<String>)>,
    snake_case: Vec<String>,
    names: Vec<String>,
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_signature(&mut self, one: &'ast Signature) {
        let parameters: Vec<_> = one
            .inputs
            .iter()
            .filter_map(|input| match input {
                FnArg::Typed(input) => match &*input.pat {
                    Pat::Ident(pattern) => Some(pattern.ident.to_string()),
                    _ => None,
                },
                FnArg::Receiver(_) => Some("self".to_owned()),
            })
            .filter(|name| name != "_")
            .collect();
        self.snake_case.push(one.ident.to_string());
        self.snake_case.extend(parameters.clone());
        self.scopes
            .push((format!("parameters of `{}`", one.ident), parameters));
        visit::visit_signature(self, one);
    }

    fn visit_generics(&mut self, one: &'ast syn::Generics) {
        let names = one.params.iter().map(|one| match one {
            syn::GenericParam::Type(one) => one.ident.to_string(),
            syn::GenericParam::Const(one) => one.ident.to_string(),
            syn::GenericParam::Lifetime(one) => one.lifetime.to_string(),
        });
        self.scopes
            .push(("generic parameters of an item".to_owned(), names.collect()));
        visit::visit_generics(self, one);
    }

    fn visit_ident(&mut self, one: &'ast proc_macro2::Ident) {
        self.names.push(one.to_string());
    }
}
