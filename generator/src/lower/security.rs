//! What an operation asks for: alternatives of schemes.

use openapiv3::{APIKeyLocation, SecurityScheme as Declared};

use super::Lowering;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Authorization, Docs, Name, ParameterPlace, SchemeKind, SecurityScheme};
use crate::pointer::Pointer;
use crate::resolve::{Document, OperationEntry};

/// All schemes of the document, in its order; those that cannot be sent are left out.
pub(super) fn schemes(document: &Document) -> Vec<SecurityScheme> {
    let kinds = document.schemes.iter().filter_map(|(wire, entry)| {
        let (kind, description) = kind(&entry.value)?;
        let docs = Docs {
            description: description.clone(),
            ..Docs::default()
        };
        Some(SecurityScheme {
            name: Name {
                wire: wire.clone(),
                rust: String::new(),
            },
            kind,
            docs,
        })
    });
    kinds.collect()
}

/// What a scheme sends. OAuth 2.0 and OpenID Connect end in a bearer token, however it was got.
fn kind(scheme: &Declared) -> Option<(SchemeKind, &Option<String>)> {
    Some(match scheme {
        Declared::OAuth2 { description, .. } | Declared::OpenIDConnect { description, .. } => {
            (SchemeKind::Bearer, description)
        }
        Declared::HTTP {
            scheme,
            description,
            ..
        } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => (SchemeKind::Bearer, description),
            "basic" => (SchemeKind::Basic, description),
            _ => return None,
        },
        Declared::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let place = match location {
                APIKeyLocation::Header => ParameterPlace::Header,
                APIKeyLocation::Query => ParameterPlace::Query,
                APIKeyLocation::Cookie => ParameterPlace::Cookie,
            };
            (
                SchemeKind::ApiKey {
                    place,
                    name: name.clone(),
                },
                description,
            )
        }
    })
}

impl Lowering<'_> {
    /// The alternatives of an operation, by index into [`schemes`]. One that names a scheme that nobody
    /// declares, or only such that cannot be sent, is left out: the others may do.
    pub(super) fn authorization(&mut self, entry: &OperationEntry) -> Authorization {
        let (requirements, at) = match &entry.operation.security {
            Some(own) => (own, entry.at.child("security")),
            None => (&self.document.security, entry.at.in_same_file("/security")),
        };
        let known = schemes(self.document);
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let mut set = Vec::new();
            let mut is_known = true;
            for name in requirement.keys() {
                match known.iter().position(|scheme| scheme.name.wire == *name) {
                    Some(scheme) => set.push(scheme),
                    None if self.document.schemes.contains_key(name) => {}
                    None => {
                        is_known = false;
                        let at = at.index(index).child(name);
                        self.diagnostics.push(Self::undeclared_scheme(name, at));
                    }
                }
            }
            // a certificate is the transport's; what goes with it is sent all the same
            let is_sent = is_known && (!set.is_empty() || requirement.is_empty());
            if is_sent && !alternatives.contains(&set) {
                alternatives.push(set);
            }
        }
        Authorization { alternatives }
    }

    /// Says of each scheme once what a client does not do for it.
    pub(super) fn scheme_notes(&mut self) {
        let document = self.document;
        for (name, entry) in &document.schemes {
            let finding = match (&entry.value, kind(&entry.value)) {
                (Declared::OpenIDConnect { .. }, _) => Diagnostic::new(
                    code::NO_CREDENTIAL,
                    entry.at.clone(),
                    format!("`{name}` is OpenID Connect: a client sends the token that it is given, and does not get one"),
                ),
                (_, None) => Diagnostic::new(
                    code::NO_CREDENTIAL,
                    entry.at.clone(),
                    format!("the security scheme `{name}` is of a kind that a client does not send by itself"),
                )
                .help("send a header of your own, or set a transport that has the certificate"),
                _ => continue,
            };
            self.diagnostics.push(finding);
        }
    }

    fn undeclared_scheme(name: &str, at: Pointer) -> Diagnostic {
        let text = format!("there is no security scheme `{name}`, so nothing is sent for it");
        Diagnostic::new(code::NO_CREDENTIAL, at, text)
            .help("add it under `components.securitySchemes`")
    }
}
