//! What schemas say about the use of a value: `readOnly`, `writeOnly`, `deprecated` and `format: password`, wherever they
//! say it.
//!
//! ```yaml
//! owner: { allOf: [{ $ref: User }, { readOnly: true }] } # as `{ $ref: User, readOnly: true }` since 3.1
//! id: { anyOf: [{ $ref: Id }, { type: 'null' }] }        # what `Id` says
//! ```

use std::collections::{BTreeSet, VecDeque};

use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::Schemas;
use super::composition::bases;

/// What schemas say about the use of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Annotations {
    /// Only the server sets it.
    pub read_only: bool,
    /// Only requests have it.
    pub write_only: bool,
    /// It should not be used any more.
    pub deprecated: bool,
    /// It must not be shown, such as a password.
    pub secret: bool,
}

impl<'a> Schemas<'a> {
    /// Returns what schemas of one value say about its use, with all that they are composed of. A component that is
    /// deprecated says so at its own type, and not at what is composed of it.
    pub(super) fn annotations(&self, keys: &[&'a str]) -> Annotations {
        let mut found = Annotations::default();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let hops = self.options.budgets.hops;
        let mut queue: VecDeque<(&str, usize)> = keys.iter().map(|key| (*key, 0)).collect();
        while let Some((key, distance)) = queue.pop_front() {
            // what is further away is an error elsewhere
            if distance > hops || !seen.insert(key) {
                continue;
            }
            let entry = self.document.schema_at(key);
            let data = &entry.value.schema_data;
            found.read_only |= data.read_only;
            found.write_only |= data.write_only;
            found.deprecated |=
                data.deprecated && (distance == 0 || self.components.with_key(key).is_none());
            found.secret |= is_password(&entry.value.schema_kind);
            let parts = bases(&entry.value).chain(self.equivalent(key));
            queue.extend(parts.map(|part| (part, distance + 1)));
        }
        found
    }
}

fn is_password(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Type::String(text)) => {
            text.format == VariantOrUnknownOrEmpty::Item(StringFormat::Password)
        }
        SchemaKind::Any(any) => any.format.as_deref() == Some("password"),
        _ => false,
    }
}
