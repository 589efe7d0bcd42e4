//! The conditions of `codegen.yaml` under which an operation is idempotent, checked against the finished types.

use super::drafts::TypeDrafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code, suggest};
use crate::ir::{Content, Idempotency, Step, Struct, TypeRef};
use crate::lower::operation::OperationDraft;
use crate::lower::schema::BodyDraft;

/// Why a path leads nowhere.
struct DeadEnd {
    reason: String,
    /// What may have been meant.
    help: Option<String>,
}

impl DeadEnd {
    fn new(reason: impl Into<String>) -> Self {
        DeadEnd {
            reason: reason.into(),
            help: None,
        }
    }
}

/// Reports conditions on a member that no request can have: they would never hold, and nobody would notice.
pub(super) fn check(
    types: &TypeDrafts,
    operations: &[OperationDraft],
    diagnostics: &mut Diagnostics,
) {
    for operation in operations {
        let Idempotency::WhenPresent(path) = &operation.idempotency else {
            continue;
        };
        let found = match operation.body.as_ref().and_then(|body| json(&body.content)) {
            Some(ty) => follow(types, ty, path),
            None => Err(DeadEnd::new("its request has no JSON body")),
        };
        if let Err(DeadEnd { reason, help }) = found {
            let text = format!(
                "`codegen.yaml` says of `{} {}` that it is idempotent when `{}` is present, and {reason}",
                operation.method.0,
                operation.path,
                written(path)
            );
            let finding = Diagnostic::new(code::CONFIG_NO_EFFECT, operation.origin.clone(), text);
            diagnostics.push(match help {
                Some(help) => finding.help(help),
                None => finding,
            });
        }
    }
}

/// Walks a path through a type; what is not described in full may have anything.
///
/// # Errors
///
/// Why the path leads nowhere, and what may have been meant.
fn follow(types: &TypeDrafts, ty: &TypeRef, path: &[Step]) -> Result<(), DeadEnd> {
    let Some((step, rest)) = path.split_first() else {
        return Ok(());
    };
    match (ty, step) {
        (TypeRef::Any, _) => Ok(()),
        (TypeRef::Nullable(inner) | TypeRef::Boxed(inner), _) => follow(types, inner, path),
        (TypeRef::List(inner), Step::Each) | (TypeRef::Map(inner), Step::Member(_)) => {
            follow(types, inner, rest)
        }
        (TypeRef::Named(id), _) => match (types.body(*id), step) {
            (BodyDraft::Alias(inner) | BodyDraft::Wrapper(inner), _) => follow(types, inner, path),
            (BodyDraft::Union(_), _) => Ok(()),
            (BodyDraft::Struct(object), Step::Member(name)) => match member(object, name) {
                Some(ty) => follow(types, ty, rest),
                None if object.rest.is_some() => Ok(()),
                None => {
                    let known = object
                        .members
                        .iter()
                        .map(|member| member.name.wire.as_str());
                    Err(DeadEnd {
                        reason: format!("`{}` has no member `{name}`", types.wire_name(*id)),
                        help: suggest::did_you_mean(name, known),
                    })
                }
            },
            _ => Err(nothing_below(step)),
        },
        _ => Err(nothing_below(step)),
    }
}

fn member<'a>(object: &'a Struct, wire: &str) -> Option<&'a TypeRef> {
    let member = object
        .members
        .iter()
        .find(|member| member.name.wire == wire)?;
    Some(&member.ty)
}

fn nothing_below(step: &Step) -> DeadEnd {
    DeadEnd::new(match step {
        Step::Member(name) => format!("there is no object where `{name}` should be"),
        Step::Each => "there is no array where `[]` is".to_owned(),
    })
}

/// Returns the type of a JSON body, or of the first JSON body of several.
fn json(content: &Content) -> Option<&TypeRef> {
    match content {
        Content::Json { ty, .. } => Some(ty),
        Content::Choice { variants, .. } => variants.iter().find_map(|(_, content)| json(content)),
        _ => None,
    }
}

/// Returns a path as `codegen.yaml` has it: `inputs[].id`.
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
