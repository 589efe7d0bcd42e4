//! The program that uses every public item of a crate: it compiles against another version of the crate exactly when
//! that version has all of them, with the same types.
//!
//! ```text
//! fn n3(mut x: subject::types::Pet) { let _: &i64 = &x.id; x.id = any::<i64>(); … }
//! fn n4() { let _: subject::types::Pet = subject::types::Pet::new(any::<i64>()); }
//! fn n5(x: subject::types::Kind) { match x { subject::types::Kind::Cat => {} … } }
//! fn n6() where subject::types::Pet: std::fmt::Debug {}
//! ```
//!
//! Nothing of it runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustdoc_types::{
    Attribute, Function, GenericBound, Id, Impl, Item, ItemEnum, Struct, StructKind, Type, Variant,
    VariantKind, Visibility,
};

use super::api::PublicApi;
use super::spelling::{
    bounds, first_argument, keyword_free, spell, spell_open, spell_path, trait_path,
};

/// The name of the crate in the program.
pub const SUBJECT: &str = "subject";

/// The source code of a program, and what it does not use.
#[derive(Debug)]
pub struct Program {
    /// The source code.
    pub text: String,
    /// How many statements use an item.
    pub uses: usize,
    /// Items whose type no program can name or make, so that their changes stay unseen.
    pub unused: Vec<String>,
}

/// Writes the program for a crate.
pub fn write(api: &PublicApi) -> Program {
    let mut writer = Writer {
        api,
        functions: String::new(),
        witnesses: BTreeMap::new(),
        generics: Vec::new(),
        count: 0,
        unused: Vec::new(),
    };
    for (path, item) in api.generated() {
        writer.item(path, item);
    }
    for (_, block) in api.impls() {
        writer.block(block);
    }
    let mut text = HEAD.to_owned();
    for (bound, name) in &writer.witnesses {
        // A type of the program that converts into the argument: nothing but `impl Into<T>` takes it.
        let body = match bound.strip_prefix("Into<") {
            Some(of) => format!(
                "fn into(self) -> {} {{ any() }}",
                of.strip_suffix('>').unwrap_or(of)
            ),
            None => "fn as_ref(&self) -> &str { any() }".to_owned(),
        };
        let _ = writeln!(text, "struct {name};\nimpl {bound} for {name} {{ {body} }}");
    }
    text.push_str(&writer.functions);
    Program {
        text,
        uses: writer.count,
        unused: writer.unused,
    }
}

const HEAD: &str = "//! Uses every public item of the crate.\n#![allow(warnings)]\n\
    fn any<T>() -> T { loop {} }\n\
    fn is<T>(_: T) {}\n";

struct Writer<'a> {
    api: &'a PublicApi,
    functions: String,
    /// The types of the program that convert into a type, by the trait with that type: `Into<subject::types::Pet>`.
    witnesses: BTreeMap<String, String>,
    /// The type parameters of the next function, each with a trait of the crate: `P0: subject::TokenProvider`.
    generics: Vec<String>,
    count: usize,
    unused: Vec<String>,
}

impl Writer<'_> {
    fn function(&mut self, signature: &str, body: &str) {
        self.count += 1;
        let generics = std::mem::take(&mut self.generics).join(", ");
        let count = self.count;
        let _ = writeln!(
            self.functions,
            "fn n{count}<{generics}>{signature} {{ {body} }}"
        );
    }

    fn unused(&mut self, path: &str) {
        self.unused.push(path.to_owned());
    }

    fn item(&mut self, path: &str, item: &Item) {
        match &item.inner {
            ItemEnum::Struct(found) => {
                self.same_type(path, item.id);
                self.structure(path, item, found);
            }
            ItemEnum::Enum(found) => {
                self.same_type(path, item.id);
                self.matching(path, item, &found.variants);
            }
            ItemEnum::TypeAlias(alias) => self.alias(path, &alias.type_),
            ItemEnum::Constant { type_, .. } => match spell(self.api, type_, None) {
                Some(of) => self.function("()", &format!("let _: {of} = {path};")),
                None => self.unused(path),
            },
            ItemEnum::Static(found) => match spell(self.api, &found.type_, None) {
                Some(of) => self.function("()", &format!("let _: &'static {of} = &{path};")),
                None => self.unused(path),
            },
            ItemEnum::Function(found) => self.call(path, path, None, found),
            ItemEnum::Module(_) => self.function("()", &format!("use {path} as _module;")),
            _ => self.unused(path),
        }
    }

    fn alias(&mut self, path: &str, of: &Type) {
        if let Some(of) = spell(self.api, of, None) {
            self.function(&format!("(x: {path}) -> {of}"), "x");
        } else if let Some(of) = spell_open(self.api, of) {
            self.function(&format!("(x: {path})"), &format!("let _: {of} = x;"));
        } else {
            self.unused(path);
        }
    }

    /// A type has several paths (`subject::Pet`, `subject::types::Pet`): each is the same type.
    fn same_type(&mut self, path: &str, id: Id) {
        let name = self.api.name(id).unwrap_or(path).to_owned();
        self.function(&format!("(x: {path}) -> {name}"), "x");
    }

    fn structure(&mut self, path: &str, item: &Item, found: &Struct) {
        let fields: Vec<(String, Id)> = match &found.kind {
            StructKind::Unit => Vec::new(),
            StructKind::Tuple(fields) => fields
                .iter()
                .enumerate()
                .filter_map(|(index, id)| Some((index.to_string(), (*id)?)))
                .collect(),
            StructKind::Plain { fields, .. } => fields
                .iter()
                .filter_map(|id| Some((self.api.item(*id)?.name.clone()?, *id)))
                .collect(),
        };
        let mut whole = Vec::new();
        for (name, id) in &fields {
            let Some(field) = self.api.item(*id) else {
                continue;
            };
            let ItemEnum::StructField(of) = &field.inner else {
                continue;
            };
            if field.visibility != Visibility::Public {
                continue;
            }
            let name = keyword_free(name);
            match spell(self.api, of, Some(path)) {
                Some(of) => {
                    let body = format!("let _: &{of} = &x.{name}; x.{name} = any::<{of}>();");
                    self.function(&format!("(mut x: {path})"), &body);
                    whole.push((name, of));
                }
                None => self.unused(&format!("{path}.{name}")),
            }
        }
        let has_hidden = match &found.kind {
            StructKind::Plain {
                has_stripped_fields,
                ..
            } => *has_stripped_fields,
            StructKind::Tuple(fields) => fields.iter().any(Option::is_none),
            StructKind::Unit => false,
        };
        let is_open = item.attrs.contains(&Attribute::NonExhaustive);
        if !is_open
            && !has_hidden
            && whole.len() == fields.len()
            && !matches!(found.kind, StructKind::Unit)
        {
            let values: Vec<String> = whole
                .iter()
                .map(|(name, of)| format!("{name}: any::<{of}>()"))
                .collect();
            let names: Vec<String> = whole.iter().map(|(name, _)| format!("{name}: _")).collect();
            let (values, names) = (values.join(", "), names.join(", "));
            let body = format!("let {path} {{ {names} }} = {path} {{ {values} }};");
            self.function("()", &body);
        }
    }

    fn matching(&mut self, path: &str, item: &Item, variants: &[Id]) {
        let mut arms = String::new();
        for variant in variants.iter().filter_map(|id| self.api.item(*id)) {
            let ItemEnum::Variant(found) = &variant.inner else {
                continue;
            };
            let name = format!("{path}::{}", variant.name.as_deref().unwrap_or_default());
            let Some(fields) = self.variant_fields(found, path) else {
                self.unused(&name);
                let _ = write!(arms, "{name} {{ .. }} => {{}} ");
                continue;
            };
            let is_open = variant.attrs.contains(&Attribute::NonExhaustive);
            if !is_open {
                let values: Vec<String> = fields
                    .iter()
                    .map(|(field, of)| format!("{field}: any::<{of}>()"))
                    .collect();
                let body = format!("let _: {path} = {name} {{ {} }};", values.join(", "));
                self.function("()", &body);
                if let VariantKind::Tuple(_) = found.kind {
                    // `Kind::Unknown` is also a function, and called as one.
                    let values: Vec<String> = fields
                        .iter()
                        .map(|(_, of)| format!("any::<{of}>()"))
                        .collect();
                    let body = format!("let _: {path} = {name}({});", values.join(", "));
                    self.function("()", &body);
                }
            }
            let names: Vec<String> = fields
                .iter()
                .enumerate()
                .map(|(index, (field, _))| format!("{field}: v{index}"))
                .collect();
            let checks: String = fields
                .iter()
                .enumerate()
                .map(|(index, (_, of))| format!("let _: {of} = v{index}; "))
                .collect();
            let rest = if is_open { ", .." } else { "" };
            let _ = write!(
                arms,
                "{name} {{ {}{rest} }} => {{ {checks}}} ",
                names.join(", ")
            );
        }
        if item.attrs.contains(&Attribute::NonExhaustive) {
            arms.push_str("_ => {}");
        }
        self.function(&format!("(x: {path})"), &format!("match x {{ {arms} }}"));
    }

    /// Returns the fields of a variant with their types: `[("0", "subject::types::Cat")]`.
    fn variant_fields(&self, variant: &Variant, this: &str) -> Option<Vec<(String, String)>> {
        let ids: Vec<(String, Id)> = match &variant.kind {
            VariantKind::Plain => Vec::new(),
            VariantKind::Tuple(fields) => fields
                .iter()
                .enumerate()
                .map(|(index, id)| Some((index.to_string(), (*id)?)))
                .collect::<Option<_>>()?,
            VariantKind::Struct { fields, .. } => fields
                .iter()
                .map(|id| Some((self.api.item(*id)?.name.clone()?, *id)))
                .collect::<Option<_>>()?,
        };
        ids.into_iter()
            .map(|(name, id)| match &self.api.item(id)?.inner {
                ItemEnum::StructField(of) => Some((name, spell(self.api, of, Some(this))?)),
                _ => None,
            })
            .collect()
    }

    fn block(&mut self, block: &Impl) {
        let call = || self.api.call(&block.for_).map(str::to_owned);
        let Some(this) = spell(self.api, &block.for_, None).or_else(call) else {
            return; // an implementation for a private type, or for any type
        };
        let Some(implemented) = &block.trait_ else {
            for item in block.items.iter().filter_map(|id| self.api.item(*id)) {
                if item.visibility == Visibility::Public {
                    self.associated(&this, item);
                }
            }
            return;
        };
        if let Some(name) = trait_path(implemented) {
            let with = spell_path(self.api, implemented, Some(&this));
            match with {
                Some(path) => {
                    let arguments = path.find('<').map_or("", |at| &path[at..]);
                    self.function(&format!("() where {this}: {name}{arguments}"), "");
                }
                None => self.unused(&format!("impl {} for {this}", implemented.path)),
            }
        }
    }

    fn associated(&mut self, this: &str, item: &Item) {
        let name = keyword_free(item.name.as_deref().unwrap_or_default());
        let label = format!("{this}::{name}");
        match &item.inner {
            ItemEnum::Function(found) => {
                let path = format!("<{this}>::{name}");
                self.call(&label, &path, Some(this), found);
            }
            ItemEnum::AssocConst { type_, .. } => match spell(self.api, type_, Some(this)) {
                Some(of) => self.function("()", &format!("let _: {of} = <{this}>::{name};")),
                None => self.unused(&label),
            },
            _ => self.unused(&label),
        }
    }

    fn call(&mut self, label: &str, path: &str, this: Option<&str>, found: &Function) {
        let arguments: Option<Vec<String>> = found
            .sig
            .inputs
            .iter()
            .map(|(_, of)| self.argument(of, this))
            .collect();
        let Some(arguments) = arguments else {
            return self.unused(label);
        };
        let call = format!("{path}({})", arguments.join(", "));
        match &found.sig.output {
            None => self.function("()", &format!("let _: () = {call};")),
            Some(Type::ImplTrait(_)) => self.function("()", &format!("is({call});")),
            Some(of) => match spell(self.api, of, this) {
                Some(of) => self.function("()", &format!("let _: {of} = {call};")),
                None => self.unused(label),
            },
        }
    }

    /// Returns an expression for an argument of a type.
    fn argument(&mut self, of: &Type, this: Option<&str>) -> Option<String> {
        match of {
            Type::ImplTrait(all) => Some(format!("any::<{}>()", self.witness(all, this)?)),
            of => Some(format!("any::<{}>()", spell(self.api, of, this)?)),
        }
    }

    /// Returns a type that implements the traits of an argument, and as little else as possible.
    fn witness(&mut self, all: &[GenericBound], this: Option<&str>) -> Option<String> {
        let all = bounds(all);
        let (path, item) = all.first()?;
        if let Some(name) = self.api.name(path.id) {
            let witness = format!("P{}", self.generics.len());
            self.generics.push(format!("{witness}: {name}"));
            return Some(witness);
        }
        match trait_path(path)? {
            "Into" => {
                let into = spell(self.api, first_argument(path)?, this)?;
                Some(self.witness_of(format!("Into<{into}>")))
            }
            "AsRef" => {
                let of = spell(self.api, first_argument(path)?, this)?;
                (of == "str").then(|| self.witness_of("AsRef<str>".to_owned()))
            }
            "IntoIterator" => {
                let item = match item.as_ref()? {
                    Type::ImplTrait(all) => self.witness(all, this)?,
                    Type::Tuple(parts) => {
                        let parts: Vec<String> = parts
                            .iter()
                            .map(|part| match part {
                                Type::ImplTrait(all) => self.witness(all, this),
                                of => spell(self.api, of, this),
                            })
                            .collect::<Option<_>>()?;
                        format!("({},)", parts.join(", "))
                    }
                    of => spell(self.api, of, this)?,
                };
                Some(format!("std::iter::Empty<{item}>"))
            }
            _ => None,
        }
    }

    fn witness_of(&mut self, bound: String) -> String {
        let next = format!("Given{}", self.witnesses.len());
        self.witnesses.entry(bound).or_insert(next).clone()
    }
}
