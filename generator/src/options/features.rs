//! `features` of `codegen.yaml`: which parts of the output are cargo features.

use super::section::Section;
use super::{DefaultFeatures, Features, table};
use crate::diagnostic::Diagnostics;

/// Reads `features: tags`, or `features: { by: tags, default: none }`.
pub(super) fn features(section: &Section<'_>, diagnostics: &mut Diagnostics) -> Option<Features> {
    let entry = section.get("features")?;
    let by = [("tags", Features::ByTag as fn(DefaultFeatures) -> Features)];
    if entry.node.as_object().is_none() {
        let by = entry.choice(&by, diagnostics)?;
        return Some(by(DefaultFeatures::default()));
    }
    let section = entry.section(&table::FEATURES, diagnostics)?;
    let by = section
        .required("by", diagnostics)
        .and_then(|entry| entry.choice(&by, diagnostics));
    let defaults = [
        ("all", DefaultFeatures::All),
        ("none", DefaultFeatures::None),
    ];
    let default = section
        .get("default")
        .and_then(|entry| entry.choice(&defaults, diagnostics));
    Some(by?(default.unwrap_or_default()))
}
