//! All kinds of change, as data. Ids are stable: scripts and lists of accepted changes name them.

mod bodies;
mod features;
mod members;
mod operations;
mod parameters;
mod replies;
mod service;
mod types;
mod unions;
mod values;

use std::sync::LazyLock;

use super::change::Rule;

/// Creates a rule.
const fn rule(id: &'static str, when: &'static str, explanation: &'static str) -> Rule {
    Rule {
        id,
        when,
        explanation,
    }
}

static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let tables = [
        operations::RULES,
        parameters::RULES,
        bodies::RULES,
        members::RULES,
        values::RULES,
        unions::RULES,
        types::RULES,
        replies::RULES,
        service::RULES,
        features::RULES,
    ];
    tables.concat()
});

/// Returns all rules, in the order of their table.
pub fn rules() -> &'static [Rule] {
    &ALL
}
