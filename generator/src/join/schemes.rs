//! The security schemes of several documents: one credential for all that are equal by name and content.

use std::collections::BTreeMap;

use super::Part;
use crate::diagnostic::Diagnostics;
use crate::ir::{SchemeKind, SecurityScheme};
use crate::name::{Scope, ScopeKind, Wish};

/// The schemes of a crate.
pub(super) struct Schemes {
    /// The schemes, in the order of the documents' modules.
    pub schemes: Vec<SecurityScheme>,
    /// For each document and each of its schemes, the index of the scheme.
    pub indexes: Vec<Vec<usize>>,
}

/// Joins the schemes. Where documents say different things under one name, what most of them say keeps it; any other has
/// the name of the first module that says it in front. So nobody gets the secret of another.
pub(super) fn join(parts: &[Part], diagnostics: &mut Diagnostics) -> Schemes {
    let mut found = Schemes {
        schemes: Vec::new(),
        indexes: vec![Vec::new(); parts.len()],
    };
    // with the index of the first document that says it, and the number of those that do
    let mut sayers: Vec<(usize, usize)> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        for scheme in &part.api.schemes {
            let is_same =
                |one: &SecurityScheme| one.name.wire == scheme.name.wire && one.kind == scheme.kind;
            let known = found.schemes.iter().position(is_same);
            let place = known.unwrap_or(found.schemes.len());
            if known.is_none() {
                found.schemes.push(scheme.clone());
                sayers.push((index, 0));
            }
            if let Some((_, count)) = sayers.get_mut(place) {
                *count += 1;
            }
            if let Some(indexes) = found.indexes.get_mut(index) {
                indexes.push(place);
            }
        }
    }
    name(&mut found.schemes, &sayers, parts, diagnostics);
    shorten(&mut found.schemes);
    found
}

/// Gives each scheme a name of its own.
fn name(
    schemes: &mut [SecurityScheme],
    sayers: &[(usize, usize)],
    parts: &[Part],
    diagnostics: &mut Diagnostics,
) {
    let mut holders: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, (scheme, (_, count))) in schemes.iter().zip(sayers).enumerate() {
        let holder = holders
            .entry(scheme.name.wire.clone())
            .or_insert((index, 0));
        if *count > holder.1 {
            *holder = (index, *count);
        }
    }
    let mut scope = Scope::new(ScopeKind::Credential);
    for (index, (scheme, (first, _))) in schemes.iter_mut().zip(sayers).enumerate() {
        let is_holder = holders
            .get(&scheme.name.wire)
            .is_some_and(|(holder, _)| *holder == index);
        let Some(part) = parts.get(*first) else {
            continue;
        };
        let wanted = if is_holder {
            scheme.name.rust.clone()
        } else {
            format!("{}_{}", part.name, scheme.name.rust)
        };
        let claim = scope.claim(Wish::new(wanted, &part.document));
        diagnostics.extend(claim.collision);
        scheme.name.rust = claim.name;
    }
}

/// Gives the only scheme of a kind its short name, as a crate of one document has it.
fn shorten(schemes: &mut [SecurityScheme]) {
    let words: Vec<&'static str> = schemes.iter().map(|scheme| short(&scheme.kind)).collect();
    for scheme in schemes {
        let word = short(&scheme.kind);
        let is_only = words.iter().filter(|other| **other == word).count() == 1;
        scheme.short = is_only.then(|| word.to_owned());
    }
}

fn short(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Bearer => "token",
        SchemeKind::Basic => "basic",
        SchemeKind::ApiKey { .. } => "api_key",
    }
}
