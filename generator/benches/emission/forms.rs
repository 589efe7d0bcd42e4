//! The same API in two forms: as the generator writes it, and with its types as serde derives.
//!
//! The second is made from the first, so that both have the same types with the same documentation and constructors,
//! the same client and the same runtime. All that differs is how a type reads and writes itself.

use oasmith::load::MapSources;
use oasmith::options::Options;
use oasmith::{Requirements, generate, manifest};
use syn::{Attribute, Field, Fields, Item, ItemEnum, ItemStruct, Type, UseTree, parse_quote};

use crate::compile::Package;
use crate::document::{References, document};

/// The generator's own form, and what its manifest has to have.
pub fn written(structs: usize, references: References) -> (Package, Requirements) {
    let sources = MapSources::new().with("api.json", document(structs, references));
    let output = generate(&sources, &Options::new("api.json", "synthetic"))
        .expect("the made-up document is right");
    (output.files, output.requirements)
}

/// The form with derives.
pub fn derived(written: &Package) -> Package {
    let mut package = written.clone();
    for (path, text) in &mut package {
        if path.starts_with("src/types/") {
            *text = derived_types(text);
        } else if path == "src/client/default.rs" {
            *text = text
                .replace(".json(body)", ".derived(body)")
                .replace("response::json", "crate::derived::read");
        } else if path == "src/runtime/request/mod.rs" {
            text.push_str(DERIVED_WRITE);
        } else if path == "src/lib.rs" {
            *text = text.replacen("\nmod client;\n", "\nmod client;\nmod derived;\n", 1);
        }
    }
    package.insert("src/derived.rs".to_owned(), DERIVED_READ.to_owned());
    package
}

/// The manifest of a member of the benchmark's workspace.
pub fn member_manifest(name: &str, requirements: &Requirements, derives: bool) -> String {
    let text = manifest(name, requirements).replace("\n[workspace]\n", "");
    if !derives {
        return text;
    }
    let mut text = text.replace(
        r#"serde = { version = "1", default-features = false, features = ["std"] }"#,
        r#"serde = { version = "1", features = ["derive"] }"#,
    );
    text = text.replace(
        r#"chrono = { version = "0.4", default-features = false, features = ["std"] }"#,
        r#"chrono = { version = "0.4", default-features = false, features = ["std", "serde"] }"#,
    );
    text.push_str("serde_path_to_error = \"0.1\"\n");
    text
}

/// A program that makes one call; it is the same for both forms.
pub fn program(package: &str) -> String {
    format!(
        r#"use std::task::{{Context, Poll, Waker}};

use {package}::types::{{Kind0005, Struct0009, Struct0009Required}};
use {package}::{{Client, Replay}};

fn main() {{
    let client = Client::builder()
        .transport(Replay::new())
        .build()
        .expect("these settings are right");
    let now = std::time::SystemTime::now();
    let body = Struct0009::new(Struct0009Required {{
        archived: true,
        created_at: now.into(),
        id: "1".to_owned(),
        item_count: 1,
        items: vec!["a".to_owned()],
        kind: Kind0005::Pending,
    }})
    .with_total_size(1);
    let mut call = client.run_job000(&body).into_future();
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {{
        Poll::Ready(Ok(reply)) => println!("{{}}", reply.id),
        Poll::Ready(Err(error)) => println!("{{error}}"),
        Poll::Pending => {{}}
    }}
}}
"#
    )
}

/// Turns a file of types into one with derives: the types stay, with attributes, and constructors do; the rest goes.
fn derived_types(text: &str) -> String {
    let mut file = syn::parse_file(text).expect("the generator writes Rust");
    file.items.retain_mut(|item| match item {
        Item::Struct(item) => {
            derive_struct(item);
            true
        }
        Item::Enum(item) => {
            derive_enum(item);
            true
        }
        Item::Impl(item) => item.trait_.is_none() && !is_enum(&item.self_ty),
        Item::Use(item) => !names_runtime(&item.tree),
        Item::Macro(_) => false,
        _ => true,
    });
    prettyplease::unparse(&file)
}

fn derive_struct(item: &mut ItemStruct) {
    add_derives(&mut item.attrs);
    item.attrs
        .push(parse_quote!(#[serde(rename_all = "camelCase")]));
    if let Fields::Named(fields) = &mut item.fields {
        for field in fields.named.iter_mut().filter(|field| is_option(field)) {
            field
                .attrs
                .push(parse_quote!(#[serde(default, skip_serializing_if = "Option::is_none")]));
        }
    }
}

fn derive_enum(item: &mut ItemEnum) {
    add_derives(&mut item.attrs);
    // what `string_enum!` implements
    item.attrs
        .push(parse_quote!(#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]));
    item.attrs
        .push(parse_quote!(#[serde(rename_all = "SCREAMING_SNAKE_CASE")]));
    for variant in &mut item.variants {
        if variant.ident == "Unknown" {
            variant.attrs.push(parse_quote!(#[serde(untagged)]));
        }
    }
}

fn add_derives(attributes: &mut Vec<Attribute>) {
    attributes.push(parse_quote!(#[derive(serde::Serialize, serde::Deserialize)]));
}

fn is_option(field: &Field) -> bool {
    matches!(&field.ty, Type::Path(path) if path.path.segments.iter().any(|part| part.ident == "Option"))
}

fn is_enum(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.iter().any(|part| part.ident.to_string().starts_with("Kind")))
}

/// `use crate::runtime::wire;`
fn names_runtime(tree: &UseTree) -> bool {
    matches!(tree, UseTree::Path(path) if path.ident == "crate")
}

/// What a method of the derived form names to read a reply: with the place of an error, as the generated form has it.
const DERIVED_READ: &str = "//! Reads replies by way of serde.

use crate::runtime::response::Received;
use crate::runtime::wire::{Mismatch, Read};

#[inline]
pub(crate) fn read<T: serde::de::DeserializeOwned>(reply: &Received<'_>) -> Read<T> {
    let mut source = serde_json::Deserializer::from_slice(reply.body);
    serde_path_to_error::deserialize(&mut source).map_err(|error| Mismatch::new(error.to_string()))
}
";

/// What it names to write a body.
const DERIVED_WRITE: &str = r#"
impl RequestBuilder {
    pub(crate) fn derived<T: serde::Serialize>(self, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body("application/json", bytes.into()),
            Err(error) => self.without_body(RequestError::body(Mismatch::new(error.to_string()))),
        }
    }
}
"#;
