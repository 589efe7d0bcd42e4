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
    let wishes = used.iter().map(|(wire, at, (kind, _))| {
        let wanted = name::method_name(&format!("{wire}_{}", method(kind)));
        Wish::new(wanted, at).spelled(wire)
    });
    let mut scope = Scope::new(ScopeKind::Credential);
    let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
    let mut schemes = Vec::with_capacity(used.len());
    for ((wire, _, (kind, description)), claim) in used.iter().zip(claims) {
        diagnostics.extend(claim.collision);
        let short = method(kind);
        let of_kind = used
            .iter()
            .filter(|(.., (other, _))| method(other) == short);
        schemes.push(SecurityScheme {
            name: Name {
                wire: (*wire).clone(),
                rust: claim.name,
            },
            short: (of_kind.count() == 1).then(|| short.to_owned()),
            kind: kind.clone(),
            docs: Docs {
                description: (*description).clone(),
                ..Docs::default()
            },
        });
    }
    Schemes { schemes }
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
