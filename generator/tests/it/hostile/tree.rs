//! Checks of an output's syntax tree: text of a document is a literal, documentation, or absent.
//!
//! They are independent of the generator's own gate.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::{self, Visit};
use syn::{Attribute, File, Ident, Item, Macro, PathSegment};

use super::payloads::MARK;
use crate::doctests::Docs;

/// Describes what is wrong with a generated file.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if let Some(hidden) = text
        .chars()
        .find(|letter| *letter != '\n' && is_hidden(*letter))
    {
        found.push(format!("{path}: the letter {hidden:?} is written as it is"));
    }
    match syn::parse_file(text) {
        Err(error) => found.push(format!("{path}: {error}")),
        Ok(file) => found.extend(of_tree(path, &file)),
    }
    found
}

fn of_tree(path: &str, file: &File) -> Vec<String> {
    let mut walk = Walk::default();
    walk.visit_file(file);
    let mut docs = Docs::default();
    docs.visit_file(file);
    for docs in docs.texts() {
        walk.found.extend(of_docs(&docs, path == "src/lib.rs"));
    }
    walk.found
        .into_iter()
        .map(|one| format!("{path}: {one}"))
        .collect()
}

/// Describes what rustdoc would run as a doctest, or pass on as HTML.
fn of_docs(docs: &str, is_root: bool) -> Vec<String> {
    let mut found = Vec::new();
    // rustdoc takes `[anything]` for a link to an item of that name
    let mut any = |link: BrokenLink<'_>| Some((link.reference.to_string().into(), "".into()));
    for event in Parser::new_with_broken_link_callback(docs, Options::all(), Some(&mut any)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
            // the root's own example
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if is_root && (info.is_empty() || &*info == "no_run") => {}
            Event::Start(Tag::CodeBlock(kind)) => found.push(format!("a doctest, {kind:?}")),
            Event::Html(html) | Event::InlineHtml(html) => found.push(format!("HTML: {html}")),
            Event::Start(Tag::Link { dest_url, .. }) if !is_ours(&dest_url) => {
                found.push(format!("a link to {dest_url}"));
            }
            _ => {}
        }
    }
    found
}

/// Returns whether a link leads to the web, or to an item as generated sentences do.
fn is_ours(link: &str) -> bool {
    let path = link.trim_matches('`');
    let mut parts = path.split("::");
    let is_item = parts.all(|part| syn::parse_str::<PathSegment>(part).is_ok());
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| link.starts_with(scheme));
    is_web || (is_item && !path.starts_with("std::") && path != "String" && path != MARK)
}

#[derive(Default)]
struct Walk {
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_ident(&mut self, ident: &'ast Ident) {
        // names are made of the document's words, but never in this spelling
        if ident == MARK {
            self.found.push(format!("the identifier `{ident}`"));
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Fn(_) | Item::Static(_) | Item::ExternCrate(_) | Item::ForeignMod(_) = item {
            self.found.push("an item of a foreign kind".to_owned());
        }
        if let Item::Mod(module) = item
            && module.content.is_some()
        {
            self.found.push(format!("the module `{}`", module.ident));
        }
        visit::visit_item(self, item);
    }

    fn visit_macro(&mut self, found: &'ast Macro) {
        let first = found
            .path
            .segments
            .first()
            .map(|segment| segment.ident.to_string());
        let is_ident = syn::parse2::<Ident>(found.tokens.clone()).is_ok();
        if first.as_deref() != Some("wire") || !is_ident {
            self.found.push(format!("a macro `{}`", found.tokens));
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // the root's own example is for a feature of the crate
        let tokens = attribute
            .meta
            .require_list()
            .map(|list| list.tokens.to_string());
        let is_ours = tokens.is_ok_and(|tokens| tokens == "feature = \"testing\"");
        let is_condition = attribute.path().is_ident("cfg") && !is_ours;
        if attribute.path().is_ident("path") || is_condition {
            self.found
                .push("an attribute that no emitter writes".to_owned());
        }
        visit::visit_attribute(self, attribute);
    }
}

/// Returns whether a character is invisible, or changes how its neighbours are shown.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        )
}
