//! Names that exist without a document: those of Rust's prelude, and those that the root of an output exports.

/// The names that generated code uses without a path, apart from its own items. Sorted.
///
/// These are the prelude of edition 2024, the primitive types, the derives, and the imports of generated code.
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

/// Returns whether a type of this name would hide one that generated code, or a file with `use crate::*`, uses without
/// a path.
pub(crate) fn is_prelude(name: &str) -> bool {
    PRELUDE.binary_search(&name).is_ok()
}

/// Returns the names that the root of an output can export from the runtime, including those that only some
/// descriptions need.
pub(crate) fn runtime_names() -> impl Iterator<Item = &'static str> {
    let exports = oasmith_runtime::EXPORTS.iter();
    exports.flat_map(|export| export.names).copied()
}

/// Returns the names of the methods that every call has, which no setter of a parameter can have.
pub(crate) fn call_methods() -> impl Iterator<Item = &'static str> {
    oasmith_runtime::CALL_METHODS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(PRELUDE.is_sorted());
    }

    #[test]
    fn prelude_and_runtime_names_are_recognized() {
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
