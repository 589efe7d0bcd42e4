//! Strings with listed values.

use std::collections::BTreeMap;

use super::{Lowering, name};
use crate::diagnostic::{Diagnostic, code};
use crate::ir::{Docs, Name, TextEnum, TextValue};
use crate::options::{RenameKind, rename_line};
use crate::pointer::Pointer;

/// The variant that keeps a value that is not listed.
const UNKNOWN: &str = "Unknown";

impl Lowering<'_> {
    /// The values in the document's order; a value that is listed twice counts once.
    pub(super) fn text_enum(&mut self, listed: &[String], at: &Pointer) -> TextEnum {
        let mut values: Vec<TextValue> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::from([(UNKNOWN.to_owned(), usize::MAX)]);
        for (index, wire) in listed.iter().enumerate() {
            if values.iter().any(|value| value.name.wire == *wire) {
                continue;
            }
            let place = at.child("enum").index(index);
            let chosen = self
                .options
                .rename
                .members
                .get(&format!("#{}", place.path()))
                .cloned();
            if chosen.is_some() {
                self.used_renames.insert(format!("#{}", place.path()));
            }
            let rust = chosen.unwrap_or_else(|| name::variant_name(wire));
            match seen.get(&rust) {
                None => {
                    seen.insert(rust.clone(), index);
                    values.push(TextValue {
                        name: Name {
                            wire: wire.clone(),
                            rust,
                        },
                        docs: Docs::default(),
                    });
                }
                Some(&usize::MAX) => self.variant_taken(&rust, &place, None),
                Some(&first) => {
                    self.variant_taken(&rust, &place, Some(at.child("enum").index(first)))
                }
            }
        }
        TextEnum { values, open: true }
    }

    fn variant_taken(&mut self, rust: &str, at: &Pointer, first: Option<Pointer>) {
        let line = rename_line(
            RenameKind::Members,
            &format!("#{}", at.path()),
            &format!("{rust}2"),
        );
        let text = match first {
            Some(_) => format!("the variant name `{rust}` is taken by another value"),
            None => format!(
                "the variant name `{rust}` is taken by the variant that keeps values that are not listed"
            ),
        };
        let mut finding = Diagnostic::new(code::NAME_COLLISION, at.clone(), text);
        if let Some(first) = first {
            finding = finding.related(first, "this value has the same name in Rust");
        }
        self.diagnostics.push(finding.help(format!(
            "give one of them a name of its own in `codegen.yaml`:\n{line}"
        )));
    }
}
