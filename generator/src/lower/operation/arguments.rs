//! The names of parameters in Rust, and the order in which a method takes those that are required.

use std::collections::BTreeMap;

use super::Operations;
use crate::ir::{Name, Parameter, ParameterPlace, PathPart};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::options::OrderKind;
use crate::resolve::OperationEntry;

/// The name of the body, as an argument of the method and as a setter.
const BODY: &str = "body";

impl Operations<'_, '_> {
    /// Names the arguments of a method, those in the path first, and the setters of what it returns.
    pub(super) fn name_arguments(
        &mut self,
        arguments: [&mut Vec<Parameter>; 2],
        setters: &mut [Parameter],
    ) {
        let mut scope =
            Scope::new(ScopeKind::Parameter).reserve([BODY], "another argument of the method");
        for parameters in arguments {
            self.name_parameters(parameters, &mut scope);
        }
        let mut scope = Scope::new(ScopeKind::Parameter)
            .reserve([BODY], "the setter of the body")
            .reserve(name::call_methods(), "a method of every call");
        self.name_parameters(setters, &mut scope);
    }

    /// Puts the arguments of a method into the order that `codegen.yaml` chose.
    pub(super) fn order_arguments(
        &mut self,
        entry: &OperationEntry,
        parameters: &mut [Parameter],
        parts: &mut [PathPart],
    ) {
        let keys = entry.operation.operation_id.clone().into_iter();
        let keys: Vec<String> = keys.chain([entry.address()]).collect();
        let before: Vec<String> = parameters.iter().map(|one| one.name.wire.clone()).collect();
        let schemas = &mut self.schemas;
        schemas.put_in_order(OrderKind::Operations, &keys, parameters, |one| {
            &one.name.wire
        });
        for part in parts {
            if let PathPart::Parameter(index) = part
                && let Some(wire) = before.get(*index)
                && let Some(now) = parameters
                    .iter()
                    .position(|one| one.place == ParameterPlace::Path && one.name.wire == *wire)
            {
                *index = now;
            }
        }
    }

    /// Names parameters. Those with one Rust name also say where they are sent, `limit_query` and `limit_header`, or how
    /// they are spelled if they are sent in one location.
    fn name_parameters(&mut self, parameters: &mut [Parameter], scope: &mut Scope) {
        let mut uses: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for parameter in parameters.iter() {
            let key = (parameter.name.rust.as_str(), location(parameter.place));
            *uses.entry(key).or_default() += 1;
        }
        let wishes = parameters.iter().map(|parameter| {
            let Name { wire, rust } = &parameter.name;
            let wish = Wish::new(rust.as_str(), &parameter.origin).spelled(wire);
            let location = location(parameter.place);
            if uses.get(&(rust.as_str(), location)) == Some(&1) {
                wish.or(ScopeKind::Parameter.with_suffix(rust, location))
            } else {
                wish
            }
        });
        let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
        for (parameter, claim) in parameters.iter_mut().zip(claims) {
            self.schemas.diagnostics.extend(claim.collision);
            parameter.name.rust = claim.name;
        }
    }
}

fn location(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query | ParameterPlace::QueryString => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    }
}
