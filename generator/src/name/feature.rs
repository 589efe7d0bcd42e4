//! The names of cargo features by tag.

use std::collections::{BTreeMap, BTreeSet};

/// The feature of operations that have no tag.
pub(crate) const UNTAGGED: &str = "untagged";

/// The feature of types that no operation reaches.
pub(crate) const UNUSED_TYPES: &str = "unused-types";

/// What a manifest has or can have beside the tags: cargo's own name, features of the client and of its transport, and
/// packages, whose names a feature must not have. Sorted.
const TAKEN: &[&str] = &[
    "base64",
    "brotli",
    "bytes",
    "chrono",
    "default",
    "deflate",
    "fastrand",
    "futures-util",
    "gzip",
    "http",
    "http-body",
    "http2",
    "http3",
    "httpdate",
    "native-tls",
    "oasmith-runtime",
    "reqwest",
    "rustls",
    "secrecy",
    "serde",
    "serde-json",
    "serde_json",
    "testing",
    "timer",
    "tokio",
    "tracing",
    "untagged",
    "unused-types",
    "uuid",
    "zstd",
];

/// Returns whether a tag's feature cannot have a name.
pub(crate) fn is_taken_feature(name: &str) -> bool {
    TAKEN.binary_search(&name).is_ok()
}

/// Returns the names of the features of modules: `pull_requests` is `pull-requests`, and `testing`, a feature that every
/// client has, is `tag-testing`.
///
/// A name depends on the module alone, unless two modules differ by underscores at their ends or one is called
/// `tag_testing` itself: then the later one has one more `tag-`.
pub(crate) fn feature_names<'m>(
    modules: impl IntoIterator<Item = &'m str>,
) -> BTreeMap<&'m str, String> {
    let modules: BTreeSet<&str> = modules.into_iter().collect();
    let plain = |module: &str| module.trim_matches('_').replace('_', "-");
    let (taken, free): (Vec<&str>, Vec<&str>) = modules
        .into_iter()
        .partition(|module| is_taken_feature(&plain(module)));
    let mut used = BTreeSet::new();
    let mut names = BTreeMap::new();
    // plain names first, so that they do not depend on the others
    for module in free.into_iter().chain(taken) {
        let mut name = plain(module);
        while name.is_empty() || is_taken_feature(&name) || used.contains(&name) {
            name = format!("tag-{name}");
        }
        used.insert(name.clone());
        names.insert(module, name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(TAKEN.is_sorted());
        assert!(is_taken_feature(UNTAGGED));
        assert!(is_taken_feature(UNUSED_TYPES));
    }

    #[test]
    fn names_follow_the_modules() {
        let cases = [
            (
                vec!["pull_requests", "repos"],
                vec!["pull-requests", "repos"],
            ),
            (vec!["_2fa", "type_"], vec!["2fa", "type"]),
            (
                vec!["default", "testing"],
                vec!["tag-default", "tag-testing"],
            ),
            (
                vec!["tag_testing", "testing"],
                vec!["tag-testing", "tag-tag-testing"],
            ),
            (vec!["_2fa", "_2fa_"], vec!["2fa", "tag-2fa"]),
        ];
        for (modules, expected) in cases {
            let names: Vec<String> = feature_names(modules).into_values().collect();
            assert_eq!(names, expected);
        }
    }
}
