//! No text of a document becomes a doctest: rustdoc's own Markdown parser finds no code in the documentation but the
//! root's example.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::fixtures;

/// The documentation of each item of a file.
#[derive(Default)]
pub struct Docs(Vec<String>);

impl Docs {
    /// Returns the texts as rustdoc reads them, without the blank that begins each line.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|docs| {
            let lines = docs.lines();
            let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
            lines.collect::<Vec<_>>().join("\n")
        })
    }

    fn add(&mut self, attributes: &[Attribute]) {
        let lines: Vec<_> = attributes.iter().filter_map(line).collect();
        self.0.push(lines.join("\n"));
    }
}

/// Returns the text of `#[doc = "…"]`.
fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match &pair.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_file(&mut self, file: &'ast syn::File) {
        self.add(&file.attrs);
        visit::visit_file(self, file);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.attrs);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.attrs);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add(&item.attrs);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.add(&item.attrs);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        self.add(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.add(&variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.attrs);
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.add(&item.attrs);
    }
}

/// Counts the code blocks that rustdoc would compile.
fn doctests(docs: &str) -> usize {
    let events = Parser::new_ext(docs, Options::all());
    let is_code = |event: &Event<'_>| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => &**info != "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        _ => false,
    };
    events.filter(is_code).count()
}

#[test]
fn only_the_root_has_a_doctest() {
    for fixture in fixtures::all() {
        let Ok(output) = fixture.generate() else {
            continue;
        };
        for (path, text) in output
            .files
            .iter()
            .filter(|(path, _)| !path.starts_with("src/runtime/"))
        {
            let mut docs = Docs::default();
            docs.visit_file(&syn::parse_file(text).expect("generated source can be read"));
            let found: usize = docs.texts().map(|docs| doctests(&docs)).sum();
            let expected = usize::from(path == "src/lib.rs");
            assert_eq!(found, expected, "doctests of {}/{path}", fixture.name);
        }
    }
}

#[test]
fn doctests_are_counted() {
    assert_eq!(
        doctests("Text.\n\n```\ncode\n```\n\n```text\nno code\n```"),
        1
    );
    assert_eq!(doctests("Text.\n\n    indented"), 1);
}
