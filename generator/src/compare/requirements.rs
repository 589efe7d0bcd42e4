//! What the manifest of the crate has to have.

use std::collections::BTreeMap;

use super::change::Level;
use super::draft::Draft;
use crate::Output;

/// Compares the dependencies and features that two outputs need.
pub fn compare(old: &Output, new: &Output) -> Vec<Draft> {
    let (before, after) = (needs(old), needs(new));
    let mut drafts: Vec<Draft> = runtime(old, new).into_iter().collect();
    for (name, is) in &after {
        let was = before.get(name);
        if was != Some(is) {
            let text = match was {
                None => format!("the crate needs {name}"),
                Some(_) => format!("the crate needs {name} in another way"),
            };
            let draft = Draft::new("requirement-added", name.as_str(), name.as_str()).text(text);
            drafts.push(
                draft
                    .values(was.cloned(), Some(is.clone()))
                    .at_least(Level::Minor),
            );
        }
    }
    for (name, was) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let text = format!("the crate no longer has {name}");
        let draft = Draft::new("requirement-gone", name.as_str(), name.as_str()).text(text);
        // somebody may name the feature, and nobody the dependency
        let level = if name.starts_with("the feature") {
            Level::Major
        } else {
            Level::Patch
        };
        drafts.push(draft.values(Some(was.clone()), None).at_least(level));
    }
    drafts
}

/// Compares where the two have the runtime from.
fn runtime(old: &Output, new: &Output) -> Option<Draft> {
    let [was, is] = [old, new].map(|output| output.requirements.is_runtime_shared());
    match (was, is) {
        (false, true) => Some(
            Draft::new("runtime-shared", "runtime", "crate")
                .text("the runtime is that of the package, which several clients share")
                .at_least(Level::Minor),
        ),
        (true, false) => Some(
            Draft::new("runtime-carried", "runtime", "crate")
                .text("the crate has its own copy of the runtime")
                .at_least(Level::Major),
        ),
        _ => None,
    }
}

/// Returns dependencies and features with how they are needed.
fn needs(output: &Output) -> BTreeMap<String, String> {
    let requirements = &output.requirements;
    let dependencies = requirements.dependencies.iter().map(|one| {
        let features = one.features.join(", ");
        let parts = [
            one.version.as_str(),
            if one.default_features {
                ""
            } else {
                "without default features"
            },
            features.as_str(),
        ];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (format!("the dependency `{}`", one.name), parts.join("; "))
    });
    // those of parts have rules of their own
    let features = requirements.features.iter();
    let parts = output.api.features.as_ref();
    let is_part = |name: &str| parts.is_some_and(|parts| parts.has(name));
    let features = features.filter(|one| !is_part(&one.name));
    let features = features.map(|one| {
        (
            format!("the feature `{}`", one.name),
            one.enables.join(", "),
        )
    });
    dependencies.chain(features).collect()
}
