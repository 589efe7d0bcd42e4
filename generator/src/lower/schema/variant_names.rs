//! The names of a union's variants.

use super::tags::Constants;
use super::{BranchDraft, SchemaSite, Schemas};
use crate::ir::{Scalar, TypeRef};
use crate::name::{self, Scope, ScopeKind, Wish};

/// The variants that every union may have without a branch of that name.
const FALLBACKS: [&str; 2] = ["Combined", "Unknown"];

impl Schemas<'_> {
    /// Names the variants: by the whole names, without what the union's own name says already. A variant that has its
    /// type's whole name keeps it, so a shortened one never takes it away.
    pub(super) fn name_branches(
        &mut self,
        branches: &mut [BranchDraft],
        wholes: &[String],
        place: &SchemaSite,
    ) {
        let mut scope = Scope::new(ScopeKind::BranchVariant)
            .reserve(FALLBACKS, "a variant for values of no single branch");
        let union = place.name();
        let wanted: Vec<(String, String)> = wholes
            .iter()
            .map(|whole| (without_prefix(whole, &union).to_owned(), whole.clone()))
            .collect();
        let mut order: Vec<usize> = (0..branches.len()).collect();
        order.sort_by_key(|index| {
            wanted
                .get(*index)
                .is_some_and(|(short, whole)| short != whole)
        });
        for index in order {
            let (Some(branch), Some((short, whole))) = (branches.get_mut(index), wanted.get(index))
            else {
                continue;
            };
            let claim = scope.claim_one_of(Wish::new(short.clone(), &place.at).or(whole.clone()));
            // the variant of a type without a name is numbered in silence: nobody could rename it
            if is_named(&branch.ty) {
                self.diagnostics.extend(claim.collision);
            }
            branch.name.rust = claim.name;
        }
    }

    /// Returns what a branch without a name of its own is called: by its title, by its constant, or by its number.
    pub(super) fn branch_stem(&self, key: &str, constants: &Constants, index: usize) -> String {
        if let Some(component) = self.components.with_key(key) {
            return name::type_name(&component.name);
        }
        let title = self
            .document
            .schema_at(key)
            .value
            .schema_data
            .title
            .as_deref();
        let constant = constants.first().and_then(|(_, values)| values.first());
        match title.or(constant.map(String::as_str)) {
            Some(text) if text.chars().any(char::is_alphanumeric) && text.len() <= 60 => {
                name::type_name(text)
            }
            _ => format!("Variant{}", index + 1),
        }
    }

    /// Returns the name of a variant by its type.
    pub(super) fn branch_name(&self, ty: &TypeRef, stem: &str) -> String {
        let word = match ty {
            TypeRef::Named(id) => self.table.name(*id).map_or(stem, |name| &name.rust),
            TypeRef::List(_) => "List",
            TypeRef::Map(_) => "Map",
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                return self.branch_name(inner, stem);
            }
            TypeRef::Any => "Any",
            TypeRef::Scalar(scalar) => match scalar {
                Scalar::String => "Text",
                Scalar::Bool => "Boolean",
                Scalar::F32 | Scalar::F64 => "Number",
                Scalar::DateTime | Scalar::DateTimeOffset => "DateTime",
                Scalar::Date => "Date",
                Scalar::Uuid => "Uuid",
                Scalar::Base64 => "Base64",
                Scalar::NumberOrString(_) => "Number",
                Scalar::Null => "Null",
                _ => "Integer",
            },
        };
        word.to_owned()
    }

    pub(super) fn branch_wire(&self, key: &str, index: usize) -> String {
        let at = &self.document.schema_at(key).at;
        let component = at.path().starts_with("/components/schemas/");
        at.name()
            .filter(|_| component)
            .unwrap_or_else(|| (index + 1).to_string())
    }
}

fn is_named(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(_) => true,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_named(inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Scalar(_) | TypeRef::Any => false,
    }
}

/// Returns `Cat` for `PetCat` in `Pet`.
fn without_prefix<'n>(rust: &'n str, union: &str) -> &'n str {
    rust.strip_prefix(union)
        .filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
        .unwrap_or(rust)
}
