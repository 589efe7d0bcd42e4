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

use super::change::{Rule, Sides};

/// Creates a rule about what both descriptions have.
const fn rule(id: &'static str, when: &'static str, explanation: &'static str) -> Rule {
    Rule {
        id,
        when,
        explanation,
        sides: Sides::Both,
    }
}

/// Creates a rule about what only the newer description has.
const fn added(id: &'static str, when: &'static str, explanation: &'static str) -> Rule {
    Rule {
        sides: Sides::New,
        ..rule(id, when, explanation)
    }
}

/// Creates a rule about what only the older description has.
const fn removed(id: &'static str, when: &'static str, explanation: &'static str) -> Rule {
    Rule {
        sides: Sides::Old,
        ..rule(id, when, explanation)
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

/// Returns which descriptions have what a rule is about.
pub(super) fn sides(id: &str) -> Sides {
    let found = ALL.iter().find(|rule| rule.id == id);
    found.map_or(Sides::Both, |rule| rule.sides)
}
