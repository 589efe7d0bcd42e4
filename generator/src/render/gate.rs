//! The third gate: checks the syntax tree of what is printed against a list of what emitters write.
//!
//! The first two reject what cannot be a name and encode what is text. This one does not rely on them: whatever a
//! document says, there is no `unsafe`, no macro with a body, no other attribute, and no other kind of item.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, File, Item, Macro, Meta, Path, Stmt, Token};

/// Attributes that emitters write.
const ATTRIBUTES: [&str; 11] = [
    "allow",
    "cfg_attr",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "inline",
    "must_use",
    "non_exhaustive",
    "recursion_limit",
];

/// Macros of the runtime; they are given a name and nothing else: that of a type, or of a version.
const MACROS: [&str; 12] = [
    "chrono_values::utc_wrapper",
    "oasmith_runtime::local_types",
    "value_enum::value_enum",
    "tuple::tuple",
    "wire::object",
    "wire::string_enum",
    "wire::closed_integer_enum",
    "wire::closed_string_enum",
    "wire::serde",
    "wire::integer_enum",
    "wire::union",
    "wire::wrapper",
];

/// Checks a file or an item.
pub(super) fn check(file: &File) -> Result<(), String> {
    let mut gate = Gate { found: None };
    gate.visit_file(file);
    gate.found.map_or(Ok(()), Err)
}

struct Gate {
    found: Option<String>,
}

impl Gate {
    fn reject(&mut self, what: impl Into<String>) {
        self.found.get_or_insert(what.into());
    }
}

impl<'ast> Visit<'ast> for Gate {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(module) if module.content.is_none() => {}
            Item::Const(_)
            | Item::Enum(_)
            | Item::Impl(_)
            | Item::Struct(_)
            | Item::Type(_)
            | Item::Use(_) => {}
            Item::Macro(_) => {}
            _ => self.reject("an item of a kind that no emitter writes"),
        }
        visit::visit_item(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let name = text(attribute.path());
        let is_feature = name == "cfg"
            && attribute
                .parse_args::<Meta>()
                .is_ok_and(|condition| is_feature(&condition));
        if !is_feature && !ATTRIBUTES.contains(&name.as_str()) {
            self.reject(format!("an attribute `{name}`"));
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_macro(&mut self, found: &'ast Macro) {
        let name = text(&found.path);
        let plain = syn::parse2::<syn::Ident>(found.tokens.clone()).is_ok();
        if !plain || !MACROS.contains(&name.as_str()) {
            self.reject(format!("a macro `{name}!`"));
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Array(_)
            | Expr::Assign(_)
            | Expr::Block(_)
            | Expr::Call(_)
            | Expr::Field(_)
            | Expr::Lit(_) => {}
            Expr::Match(_)
            | Expr::MethodCall(_)
            | Expr::Path(_)
            | Expr::Reference(_)
            | Expr::Struct(_) => {}
            Expr::Try(_) | Expr::Tuple(_) | Expr::Closure(_) | Expr::Unary(_) => {}
            _ => self.reject("an expression of a kind that no emitter writes"),
        }
        visit::visit_expr(self, expression);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Local(_) | Stmt::Expr(..) => {}
            _ => self.reject("a statement of a kind that no emitter writes"),
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if !matches!(signature.safety, syn::Safety::Default)
            || signature.abi.is_some()
            || signature.asyncness.is_some()
        {
            self.reject(format!(
                "a function `{}` that is unsafe, extern or async",
                signature.ident
            ));
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.unsafety.is_some() {
            self.reject("an unsafe impl");
        }
        visit::visit_item_impl(self, item);
    }
}

/// Returns whether a condition is about features alone: `feature = "testing"`, `any(feature = "pets", feature = "shops")`.
fn is_feature(condition: &Meta) -> bool {
    match condition {
        Meta::NameValue(condition) => condition.path.is_ident("feature"),
        Meta::List(list) if list.path.is_ident("any") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|all| all.iter().all(is_feature)),
        Meta::List(_) | Meta::Path(_) => false,
    }
}

fn text(path: &Path) -> String {
    let segments: Vec<_> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    segments.join("::")
}
