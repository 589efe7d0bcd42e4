//! The security schemes that operations ask for, and the names of the builder's methods.

use crate::diagnostic::Diagnostics;
use crate::ir::{Authorization, Docs, Name, SchemeKind, SecurityScheme};
use crate::lower::operation::{OperationDraft, scheme_kind};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::resolve::Document;

/// The schemes in use, in the document's order.
pub(super) struct Schemes {
    schemes: Vec<SecurityScheme>,
}

/// Returns the schemes that operations ask for.
pub(super) fn of(
    document: &Document,
    operations: &[OperationDraft],
    diagnostics: &mut Diagnostics,
) -> Schemes {
    let is_used = |wire: &String| {
        operations
            .iter()
            .any(|one| one.security.iter().any(|set| set.contains(wire)))
    };
    let used: Vec<_> = document
        .schemes
        .iter()
        .filter(|(wire, _)| is_used(wire))
        .filter_map(|(wire, entry)| Some((wire, &entry.at, scheme_kind(&entry.value)?)))
        .collect();
    let mut scope = Scope::new(ScopeKind::Credential);
    let schemes = used.iter().map(|(wire, at, (kind, description))| {
        let method = method(kind);
        let is_only = used
            .iter()
            .filter(|(.., (other, _))| self::method(other) == method)
            .count()
            == 1;
        let wanted = if is_only {
            method.to_owned()
        } else {
            name::method_name(&format!("{wire}_{method}"))
        };
        let claim = scope.claim(Wish::new(wanted, at));
        diagnostics.extend(claim.collision);
        SecurityScheme {
            name: Name {
                wire: (*wire).clone(),
                rust: claim.name,
            },
            kind: kind.clone(),
            docs: Docs {
                description: (*description).clone(),
                ..Docs::default()
            },
        }
    });
    Schemes {
        schemes: schemes.collect(),
    }
}

fn method(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Bearer => "token",
        SchemeKind::Basic => "basic",
        SchemeKind::ApiKey { .. } => "api_key",
    }
}

impl Schemes {
    /// Returns the credentials of an operation, by the indexes of the schemes. Operations name only schemes that are
    /// declared and can be sent, and each of these is here.
    pub fn authorization(&self, operation: &OperationDraft) -> Authorization {
        let index = |wire: &String| {
            self.schemes
                .iter()
                .position(|scheme| scheme.name.wire == *wire)
        };
        let sets = operation.security.iter();
        Authorization {
            alternatives: sets
                .filter_map(|set| set.iter().map(index).collect::<Option<Vec<usize>>>())
                .collect(),
        }
    }

    /// Returns the schemes themselves.
    pub fn into_schemes(self) -> Vec<SecurityScheme> {
        self.schemes
    }
}
