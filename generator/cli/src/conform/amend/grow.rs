//! Actions of an earlier run that more traffic makes wider: the schema of a body that was inferred from some replies is
//! written again, in the place of actions that undo a part of it.

use oasmith::load::overlay::{Action, Change};
use oasmith::load::{Node, jsonpath};

use super::super::shape::{Dialect, Shape};

/// Returns the action with what another run saw, too; `None` if they are not about the same.
pub(super) fn grown(old: &Action, new: &Action, dialect: Dialect) -> Option<Action> {
    let (Change::Update(own), Change::Update(more)) = (&old.change, &new.change) else {
        return None;
    };
    if old.target != new.target {
        return None;
    }
    Some(Action {
        change: Change::Update(merged(own, more, dialect)?),
        ..old.clone()
    })
}

/// Whether an action is about a part of what another one writes, so that it has to find that part.
pub(super) fn is_about_part(action: &Action, of: &Action) -> bool {
    let Change::Update(value) = &of.change else {
        return false;
    };
    let mut path = of.target.clone();
    let mut value = value;
    while Shape::of_schema(value).is_none()
        && let Some(members) = value.as_object()
        && let ([name], [inner]) = (
            members.keys().collect::<Vec<_>>().as_slice(),
            members.values().collect::<Vec<_>>().as_slice(),
        )
    {
        path += &jsonpath::member(name);
        value = inner;
    }
    action.target != of.target && action.target.starts_with(&path)
}

/// Merges schemas, and whatever is around them: what one has and the other has not is added.
fn merged(old: &Node, new: &Node, dialect: Dialect) -> Option<Node> {
    if old == new {
        return Some(old.clone());
    }
    if let (Some(own), Some(more)) = (Shape::of_schema(old), Shape::of_schema(new)) {
        let mut shape = own.clone();
        shape.merge(&more);
        let schema = shape.schema(dialect);
        let is_wider = schema != own.schema(dialect);
        return Some(if is_wider { schema } else { old.clone() });
    }
    let (own, more) = (old.as_object()?, new.as_object()?);
    let is_part = own.keys().all(|name| more.contains_key(name));
    if !is_part && !more.keys().all(|name| own.contains_key(name)) {
        return None;
    }
    let mut members = own.clone();
    for (name, value) in more {
        let value = match own.get(name) {
            Some(own) => merged(own, value, dialect)?,
            None => value.clone(),
        };
        members.insert(name.clone(), value);
    }
    Some(members.into())
}
