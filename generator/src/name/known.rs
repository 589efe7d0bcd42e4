//! Names that mean something without a document: in Rust's prelude, and at the root of an output.

/// What a generated file may write without a path, apart from its own items. Sorted.
///
/// The prelude of edition 2024, the primitive types, the derives, and what generated code imports.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "bool",
    "char",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// Whether a type of this name would hide something that generated code, or anybody's `use crate::*`, means bare.
pub(crate) fn is_prelude(name: &str) -> bool {
    PRELUDE.binary_search(&name).is_ok()
}

/// Returns the names that the root of an output can export from the runtime, be it only if a description needs them.
pub(crate) fn runtime_names() -> impl Iterator<Item = &'static str> {
    let exports = oasmith_runtime::EXPORTS.iter();
    exports.flat_map(|export| export.names).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(PRELUDE.is_sorted());
    }

    #[test]
    fn names_of_a_document_are_told_from_names_with_a_meaning() {
        for name in ["Option", "Ok", "BTreeMap", "u8", "Debug"] {
            assert!(is_prelude(name), "{name}");
        }
        for name in ["Client", "Reply", "StreamError", "TransportErrorKind"] {
            assert!(runtime_names().any(|one| one == name), "{name}");
            assert!(!is_prelude(name), "{name}");
        }
        assert!(!is_prelude("Error") && runtime_names().all(|one| one != "Error"));
    }
}
