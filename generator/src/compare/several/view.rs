//! What is seen of a crate of several documents: one of them as if it were a crate, and the rest.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

use crate::Output;
use crate::ir::{Api, JoinedPart};
use crate::render::Tree;

/// Returns what belongs to no document: the client with its credentials and base URLs, and what the crate needs. What a
/// crate of one document has besides is not there.
pub(super) fn whole(output: &Output) -> Output {
    let Some(joined) = &output.api.joined else {
        return output.clone();
    };
    let folders: Vec<String> = joined
        .parts
        .iter()
        .map(|part| format!("src/{}/", part.name))
        .collect();
    let is_own = |path: &str| {
        !path.starts_with("src/common/") && !folders.iter().any(|folder| path.starts_with(folder))
    };
    let files = output.files.iter().filter(|(path, _)| is_own(path));
    let files = files.map(|(path, text)| (path.clone(), text.clone()));
    let api = &output.api;
    Output {
        files: files.collect(),
        api: Api {
            // the documents say these, so that each is told once
            base_url: None,
            base_path: None,
            servers: Vec::new(),
            message: Vec::new(),
            correlation_id: Vec::new(),
            retry: Vec::new(),
            rate_limit: None,
            naive_is_utc: false,
            joined: None,
            info: api.info.clone(),
            schemes: api.schemes.clone(),
            types: Vec::new(),
            recursion_limit: api.recursion_limit,
            operations: Vec::new(),
            left_out: Vec::new(),
            ignored_headers: Vec::new(),
            headers: Vec::new(),
            home: None,
            features: None,
        },
        requirements: output.requirements.clone(),
        diagnostics: output.diagnostics.clone(),
        inputs: output.inputs.clone(),
    }
}

/// Returns one of the documents with the files of its module, and those of its types in `common`.
pub(super) fn document(output: &Output, part: &JoinedPart) -> Output {
    let folder = format!("src/{}/", part.name);
    let mut files = Tree::new();
    for (path, text) in &output.files {
        if let Some(below) = path.strip_prefix(&folder) {
            let path = match below {
                "mod.rs" => "src/lib.rs".to_owned(),
                below => format!("src/{below}"),
            };
            files.insert(path, text.clone());
        }
    }
    if let (Some(home), Some(joined)) = (&part.api.home, &output.api.joined) {
        let there: BTreeSet<&str> = home
            .imports
            .iter()
            .map(|(there, _)| there.as_str())
            .collect();
        let renamed: Vec<&(String, String)> = home
            .imports
            .iter()
            .filter(|(there, here)| there != here)
            .collect();
        let defs = joined.common.types.iter();
        let modules: BTreeSet<&str> = defs
            .filter(|def| there.contains(def.name.rust.as_str()))
            .map(|def| def.module.as_str())
            .collect();
        for module in modules {
            if let Some(text) = output.files.get(&format!("src/common/types/{module}.rs")) {
                // a document can have other types in a module of the same name
                let path = format!("src/types/common/{module}.rs");
                files.insert(path, only(text, &there, &renamed));
            }
        }
    }
    Output {
        files,
        api: part.api.clone(),
        // those are of the crate as a whole
        requirements: Default::default(),
        diagnostics: output.diagnostics.clone(),
        inputs: output.inputs.clone(),
    }
}

/// Returns the items of a file of `common` that a document has, with the names that it has for them.
fn only(text: &str, there: &BTreeSet<&str>, renamed: &[&(String, String)]) -> String {
    let Ok(mut file) = syn::parse_file(text) else {
        return text.to_owned();
    };
    let count = file.items.len();
    file.items
        .retain(|item| owner(item).is_none_or(|name| there.contains(name.as_str())));
    if file.items.len() == count && renamed.is_empty() {
        return text.to_owned();
    }
    let names: BTreeMap<&str, &str> = renamed
        .iter()
        .map(|(there, here)| (there.as_str(), here.as_str()))
        .collect();
    rename(quote::quote!(#file), &names).to_string()
}

/// Returns the type that an item is, or belongs to.
fn owner(item: &syn::Item) -> Option<String> {
    match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        syn::Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(ty) => ty.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn rename(tokens: TokenStream, names: &BTreeMap<&str, &str>) -> TokenStream {
    let renamed = |token: TokenTree| match token {
        TokenTree::Ident(ident) => match names.get(ident.to_string().as_str()) {
            Some(name) => TokenTree::Ident(Ident::new(name, ident.span())),
            None => TokenTree::Ident(ident),
        },
        TokenTree::Group(group) => {
            let inner = rename(group.stream(), names);
            TokenTree::Group(Group::new(group.delimiter(), inner))
        }
        other => other,
    };
    tokens.into_iter().map(renamed).collect()
}
