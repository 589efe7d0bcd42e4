//! A `codegen.yaml` for a document that the caller names, instead of the file.

use super::config::{Config, choices, config, runtime, version};
use super::section::Section;
use super::{Options, features, table};
use crate::diagnostic::Diagnostics;
use crate::load::{Budgets, Sources, load_one};
use crate::pointer::Pointer;

/// Reads a `codegen.yaml` for a document that is named elsewhere: one with targets, or one with the choices of a single
/// crate in their place, such as `{ version: 1, rename: { … } }`.
///
/// All problems are added to `diagnostics` in one run; `None` if one of them is an error.
pub fn read_choices(
    sources: &dyn Sources,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Choices> {
    let mut found = Diagnostics::new();
    let read = load_one(sources, path, &Budgets::default(), &mut found).and_then(|node| {
        let at = Pointer::root(path);
        let known = |key: &str| table::ALONE.key(key).or(table::TARGET.key(key)).is_some();
        let is_alone = node.get("targets").is_none()
            && node
                .as_object()
                .is_some_and(|members| members.keys().any(|key| known(key)));
        if !is_alone {
            return config(&node, at, &mut found).map(Choices::Targets);
        }
        let section = Section::open(&node, at, &table::ALONE, &mut found)?;
        version(&section.required("version", &mut found)?, &mut found)?;
        let mut options = choices(&section, Options::new("", "client"), &mut found);
        options.runtime = runtime(&section, &mut found);
        options.features = features::features(&section, &mut found);
        Some(Choices::Alone(Box::new(options)))
    });
    let is_usable = !found.has_errors();
    diagnostics.extend(found);
    read.filter(|_| is_usable)
}

/// The choices for a document that is named elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choices {
    /// Those of targets, one of which may be for the document.
    Targets(Config),
    /// Those of a single crate. Document and package are not chosen here.
    Alone(Box<Options>),
}
