//! What `codegen.yaml` says about sending calls again, checked against the document.

use super::Lowering;
use super::api::locator;
use crate::diagnostic::{Diagnostic, code, suggest};
use crate::ir::{
    Content, Idempotency, Operation, RateLimitHeaders, RetryRule, Step, TypeBody, TypeRef, Unit,
};
use crate::options::{self, Options};
use crate::resolve::OperationEntry;

/// The rules, in their order.
pub(super) fn rules(options: &Options) -> Vec<RetryRule> {
    let rules = options.retry.iter().map(|rule| RetryRule {
        status: rule.status,
        only: rule
            .only
            .as_ref()
            .map(|(place, text)| (locator(place), text.clone())),
        again_after: rule.again_after,
    });
    rules.collect()
}

/// The headers that tell the rate limit.
pub(super) fn rate_limit(options: &Options) -> Option<RateLimitHeaders> {
    let names = options.rate_limit.as_ref()?;
    let of = |name: &Option<String>, unit| name.clone().map(|name| (name, unit));
    let seconds = of(&names.period_seconds, Unit::Seconds);
    Some(RateLimitHeaders {
        limit: names.limit.clone(),
        remaining: names.remaining.clone(),
        period: seconds.or_else(|| of(&names.period_milliseconds, Unit::Milliseconds)),
    })
}

impl Lowering<'_> {
    /// What is said about an operation, by its id or as `POST /path`.
    pub(super) fn idempotency(&mut self, entry: &OperationEntry) -> Idempotency {
        let id = entry.operation.operation_id.as_deref();
        let address = entry.address();
        let mut keys = [id, Some(address.as_str())].into_iter().flatten();
        let said = keys.find_map(|key| self.options.idempotent.get(key));
        match said {
            None => Idempotency::ByMethod,
            Some(options::Idempotency::Known(known)) => Idempotency::Known(*known),
            Some(options::Idempotency::WhenPresent(path)) => {
                let steps = path.iter().map(|step| match step {
                    options::Step::Member(name) => Step::Member(name.clone()),
                    options::Step::Each => Step::Each,
                });
                Idempotency::WhenPresent(steps.collect())
            }
        }
    }

    /// A condition on a member that no request can have would hold never, and nobody would notice. Types have to be
    /// complete by now.
    pub(super) fn check_idempotency(&mut self, operations: &[Operation]) {
        for operation in operations {
            let Idempotency::WhenPresent(path) = &operation.idempotency else {
                continue;
            };
            let found = match operation.body.as_ref().and_then(|body| json(&body.content)) {
                Some(ty) => self.follow(ty, path),
                None => Err(("its request has no JSON body".to_owned(), None)),
            };
            if let Err((why, help)) = found {
                let place = format!("{} {}", operation.method.0, operation.path);
                let text = format!(
                    "`codegen.yaml` says of `{place}` that it is idempotent when `{}` is present, and {why}",
                    written(path)
                );
                let finding =
                    Diagnostic::new(code::CONFIG_NO_EFFECT, operation.origin.clone(), text);
                self.diagnostics.push(match help {
                    Some(help) => finding.help(help),
                    None => finding,
                });
            }
        }
    }

    /// Walks a path through a type; what is not described in full may have anything.
    ///
    /// # Errors
    /// Why the path leads nowhere, and what may have been meant.
    fn follow(&self, ty: &TypeRef, path: &[Step]) -> Result<(), (String, Option<String>)> {
        let Some((step, rest)) = path.split_first() else {
            return Ok(());
        };
        match (ty, step) {
            (TypeRef::Any, _) => Ok(()),
            (TypeRef::Nullable(inner) | TypeRef::Boxed(inner), _) => self.follow(inner, path),
            (TypeRef::List(inner), Step::Each) | (TypeRef::Map(inner), Step::Member(_)) => {
                self.follow(inner, rest)
            }
            (TypeRef::Named(id), _) => match self.types.get(id.0) {
                Some(Some(def)) => match (&def.body, step) {
                    (TypeBody::Alias(inner) | TypeBody::Wrapper(inner), _) => {
                        self.follow(inner, path)
                    }
                    (TypeBody::Union(_), _) => Ok(()),
                    (TypeBody::Struct(object), Step::Member(name)) => {
                        let mut members = object.members.iter();
                        match members.find(|member| member.name.wire == *name) {
                            Some(member) => self.follow(&member.ty, rest),
                            None if object.rest.is_some() => Ok(()),
                            None => {
                                let known = object.members.iter();
                                let known = known.map(|member| member.name.wire.as_str());
                                let why = format!("`{}` has no member `{name}`", def.name.wire);
                                Err((why, suggest::did_you_mean(name, known)))
                            }
                        }
                    }
                    _ => Err(nothing_below(step)),
                },
                _ => Ok(()),
            },
            _ => Err(nothing_below(step)),
        }
    }
}

fn nothing_below(step: &Step) -> (String, Option<String>) {
    let why = match step {
        Step::Member(name) => format!("where `{name}` should be there is no object"),
        Step::Each => "where `[]` stands there is no array".to_owned(),
    };
    (why, None)
}

/// The type of a JSON body, or of the first JSON body of several.
fn json(content: &Content) -> Option<&TypeRef> {
    match content {
        Content::Json { ty, .. } => Some(ty),
        Content::Choice { variants, .. } => variants.iter().find_map(|(_, content)| json(content)),
        _ => None,
    }
}

/// `inputs[].id`
fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Each => text.push_str("[]"),
            Step::Member(name) if text.is_empty() => text.push_str(name),
            Step::Member(name) => text.push_str(&format!(".{name}")),
        }
    }
    text
}
