//! What operations ask for: alternatives of security schemes.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, SecurityScheme as Declared};

use super::Operations;
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{ParameterPlace, SchemeKind};
use crate::pointer::Pointer;
use crate::resolve::OperationEntry;

/// Returns what a scheme sends, and its description; `None` for one that a client cannot send by itself. OAuth 2.0 and
/// OpenID Connect end in a bearer token, however it was obtained.
pub(in crate::lower) fn scheme_kind(scheme: &Declared) -> Option<(SchemeKind, &Option<String>)> {
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

impl Operations<'_, '_> {
    /// Returns the alternatives of an operation, each a set of schemes by name. Of one that names a scheme that nobody
    /// declares, the others are sent, after all alternatives that are whole; one without any that can be sent is left
    /// out.
    pub(super) fn security(&mut self, entry: &OperationEntry) -> Vec<Vec<String>> {
        let document = self.document;
        let (requirements, at) = match &entry.operation.security {
            Some(own) => (own, entry.at.child("security")),
            None => (&document.security, entry.at.in_same_file("/security")),
        };
        let mut alternatives = Vec::new();
        let mut partial = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let mut set = Vec::new();
            let mut is_declared = true;
            for name in requirement.keys() {
                match document.schemes.get(name) {
                    Some(scheme) if scheme_kind(&scheme.value).is_some() => set.push(name.clone()),
                    // a certificate is the transport's; what goes with it is sent all the same
                    Some(_) => {}
                    None => {
                        is_declared = false;
                        self.report(undeclared_scheme(name, at.index(index).child(name)));
                    }
                }
            }
            if set.is_empty() && !requirement.is_empty() {
                continue;
            }
            if is_declared {
                alternatives.push(set);
            } else {
                partial.push(set);
            }
        }
        alternatives.append(&mut partial);
        let mut seen = BTreeSet::new();
        alternatives.retain(|set| seen.insert(set.clone()));
        alternatives
    }

    /// Reports, once for each scheme, what a client does not do for it.
    pub(super) fn scheme_reports(&mut self) {
        let document = self.document;
        for (name, entry) in &document.schemes {
            let finding = match (&entry.value, scheme_kind(&entry.value)) {
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
            self.report(finding);
        }
    }
}

fn undeclared_scheme(name: &str, at: Pointer) -> Diagnostic {
    let text = format!("there is no security scheme `{name}`, so nothing is sent for it");
    Diagnostic::new(code::NO_CREDENTIAL, at, text).help("add it under `components.securitySchemes`")
}
