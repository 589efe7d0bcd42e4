//! Operations: which there are, their names, and where they are sent.

use super::{Model, body, failure, parameters, replies};
use crate::compare::change::Wire;
use crate::compare::draft::{Draft, Users, Visibility};
use crate::ir::{Api, Authorization, Operation, ParameterPlace, SchemeKind};
use crate::name::method_name;
use crate::options::{RenameKind, rename_line};

/// The same operation of two clients.
#[derive(Clone, Copy)]
pub struct Both<'a> {
    pub old: &'a Operation,
    pub new: &'a Operation,
}

impl Both<'_> {
    /// Returns a change of the operation.
    pub fn draft(&self, rule: &'static str, place: &str) -> Draft {
        let rust = self.new.name.rust.as_str();
        Draft::new(rule, format!("{}{place}", address(self.new)), rust)
            .at(Some(&self.old.origin), Some(&self.new.origin))
            .users(Users::Methods(vec![rust.to_owned()]))
    }

    /// Returns the owner of its optional parameters, and of what its call gives.
    pub fn call(&self) -> &str {
        &self.new.call
    }

    /// Lets a change explain the signature of its methods.
    pub fn covering_signature(&self, draft: Draft) -> Draft {
        let methods =
            std::iter::once(&self.new.name.rust).chain(self.new.stream.iter().map(|one| &one.rust));
        draft.covers("Client", methods.cloned().collect::<Vec<_>>())
    }

    /// Lets a change explain what its calls give.
    pub fn covering_reply(&self, draft: Draft) -> Draft {
        let draft = draft.covers(self.call(), [""]);
        self.new.stream.iter().fold(draft, |draft, stream| {
            draft.covers(stream.call.as_str(), [""])
        })
    }
}

/// Returns method and path: `GET /pets`.
pub fn address(operation: &Operation) -> String {
    format!("{} {}", operation.method.0, operation.path)
}

/// Lets a change explain all items of an operation.
pub fn covering(draft: Draft, operation: &Operation) -> Draft {
    let mut methods = vec![operation.name.rust.clone()];
    methods.extend(operation.stream.iter().map(|stream| stream.rust.clone()));
    let mut draft = draft.covers("Client", methods);
    for name in operation.own_types() {
        draft = draft.covers_all(name);
    }
    covering_batch(draft, operation)
}

fn covering_batch(draft: Draft, operation: &Operation) -> Draft {
    let Some(batch) = &operation.batch else {
        return draft;
    };
    let names = ["_all", "_all_from"].map(|suffix| format!("{}{suffix}", operation.name.rust));
    draft
        .covers("Client", names)
        .covers_all(format!("bulk::{}", batch.name))
        .covers_all("bulk")
}

/// Compares all operations.
pub fn compare(model: &mut Model<'_>) {
    let pair = model.pair;
    for (old, new) in &pair.operations {
        if let (Some(old), Some(new)) =
            (pair.old.operations.get(*old), pair.new.operations.get(*new))
        {
            one(model, Both { old, new });
        }
    }
    for (index, operation) in pair.old.operations.iter().enumerate() {
        if !pair.operations.iter().any(|(old, _)| *old == index) {
            one_side(model, operation, true);
        }
    }
    for (index, operation) in pair.new.operations.iter().enumerate() {
        if !pair.operations.iter().any(|(_, new)| *new == index) {
            one_side(model, operation, false);
        }
    }
}

fn one_side(model: &mut Model<'_>, operation: &Operation, is_old: bool) {
    let (name, address) = (&operation.name.rust, address(operation));
    let types: Vec<_> = operation
        .request_types()
        .into_iter()
        .chain(operation.response_types())
        .collect();
    let draft = if is_old {
        Draft::new("operation-removed", address.as_str(), name.as_str())
            .at(Some(&operation.origin), None)
            .wire(Wire::Refused, Wire::Works)
            .text(format!("`Client::{name}` is gone (`{address}`)"))
            .values(Some(address), None)
            .types(types, [])
    } else {
        Draft::new("operation-added", address.as_str(), name.as_str())
            .at(None, Some(&operation.origin))
            .wire(Wire::Works, Wire::Refused)
            .text(format!("`Client::{name}` is new (`{address}`)"))
            .values(None, Some(address))
            .types([], types)
    };
    model.push(covering(
        draft.users(Users::Methods(vec![name.clone()])),
        operation,
    ));
}

fn one(model: &mut Model<'_>, both: Both<'_>) {
    let (old, new) = (both.old, both.new);
    named(model, both);
    addressed(model, both);
    model.count_texts(&old.docs, &new.docs);
    if new.docs.deprecated && !old.docs.deprecated {
        let text = format!("`{}` is deprecated now", new.name.rust);
        let draft =
            both.covering_signature(both.draft("operation-deprecated", "/deprecated").text(text));
        model.push(draft);
    }
    let has_features = model.pair.old.features.is_some() && model.pair.new.features.is_some();
    // with features by tag, `features` says what it means
    if old.tag.rust != new.tag.rust && !has_features {
        let text = format!(
            "`{}` is in `src/client/{}.rs` now",
            new.name.rust, new.tag.rust
        );
        model.push(both.draft("operation-tag-changed", "/tags").text(text));
    }
    super::path::compare(model, both);
    parameters::compare(model, both);
    body::compare(model, both);
    replies::compare(model, both);
    failure::compare(model, both);
    authorized(model, both);
    if old.idempotency != new.idempotency {
        let text = format!(
            "when `{}` is sent again after a lost reply has changed",
            new.name.rust
        );
        model.push(both.draft("repeat-changed", "/idempotency").text(text));
    }
    batch(model, both);
}

fn named(model: &mut Model<'_>, both: Both<'_>) {
    let (old, new) = (&both.old.name, &both.new.name);
    if old.rust == new.rust {
        if old.wire != new.wire
            && both.old.path == both.new.path
            && both.old.method == both.new.method
        {
            let text = format!("the operationId of `{}` changed", new.rust);
            let draft = both
                .draft("operation-id-changed", "/operationId")
                .visibility(Visibility::Nothing);
            model.push(
                draft
                    .text(text)
                    .values(Some(old.wire.clone()), Some(new.wire.clone())),
            );
        }
        return;
    }
    let mut others = model
        .pair
        .new
        .operations
        .iter()
        .filter(|one| one.origin != both.new.origin);
    let is_taken =
        others.any(|one| one.name.rust == old.rust || method_name(&one.name.wire) == old.rust);
    // the name of an operation without an id is its method and path
    let had_no_id = old.wire == address(both.old);
    let rule = match (is_taken, old.wire == new.wire, had_no_id) {
        (true, ..) => "operation-name-taken",
        (_, true, _) => "choice-renamed",
        (_, _, true) => "operation-id-added",
        _ => "operation-renamed",
    };
    let address = address(both.new);
    let draft = both
        .draft(rule, "/name")
        .text(format!(
            "`{}` is now `{}` (`{address}`)",
            old.rust, new.rust
        ))
        .values(Some(old.rust.clone()), Some(new.rust.clone()))
        .note("Nothing changed on the wire.")
        .renames()
        .choice(Some(rename_line(
            RenameKind::Operations,
            &[&address],
            &old.rust,
        )));
    model.push(covering(draft, both.new));
}

fn addressed(model: &mut Model<'_>, both: Both<'_>) {
    let (old, new) = (both.old, both.new);
    let name = &new.name.rust;
    if old.method != new.method {
        let draft = both
            .draft("operation-verb-changed", "/method")
            .wire(Wire::Refused, Wire::Refused)
            .text(format!(
                "`{name}` is sent as {} instead of {}",
                new.method.0, old.method.0
            ))
            .values(Some(old.method.0.clone()), Some(new.method.0.clone()));
        model.push(draft);
    }
    let shape = crate::compare::matching::template;
    if shape(&old.path) != shape(&new.path) && !super::path::explain(old, new) {
        let draft = both
            .draft("operation-path-changed", "/path")
            .wire(Wire::Refused, Wire::Refused)
            .text(format!(
                "`{name}` goes to `{}` instead of `{}`",
                new.path, old.path
            ))
            .values(Some(old.path.clone()), Some(new.path.clone()));
        model.push(draft);
    }
    if old.server != new.server {
        let draft = both
            .draft("operation-server-changed", "/servers")
            .wire(Wire::Silent, Wire::Silent)
            .text(format!("`{name}` goes to another server"));
        model.push(draft);
    }
}

/// What a credential is on the wire.
type Sent = String;

/// Returns the alternatives of an operation as what is sent.
fn alternatives(api: &Api, authorization: &Authorization) -> Vec<Vec<Sent>> {
    let sent = |index: &usize| {
        api.schemes.get(*index).map(|scheme| match &scheme.kind {
            SchemeKind::Bearer => "a bearer token".to_owned(),
            SchemeKind::Basic => "a name and a password".to_owned(),
            SchemeKind::ApiKey { place, name } => match place {
                ParameterPlace::Header => format!("the header `{name}`"),
                ParameterPlace::Cookie => format!("the cookie `{name}`"),
                _ => format!("the key `{name}` in the query"),
            },
        })
    };
    let all = authorization.alternatives.iter();
    all.map(|one| one.iter().filter_map(sent).collect())
        .collect()
}

/// Returns what happens to a client that has the credentials of one description, with a server of the other.
fn accepted(client: &[Vec<Sent>], server: &[Vec<Sent>]) -> Wire {
    if server.is_empty() || server.iter().any(Vec::is_empty) {
        return Wire::Works;
    }
    let is_enough = |sent: &Vec<Sent>| {
        server
            .iter()
            .any(|asked| asked.iter().all(|one| sent.contains(one)))
    };
    match (client.iter().any(is_enough), client.iter().all(is_enough)) {
        (true, true) => Wire::Works,
        (true, false) => Wire::Maybe,
        (false, _) => Wire::Refused,
    }
}

fn authorized(model: &mut Model<'_>, both: Both<'_>) {
    let pair = model.pair;
    let (old, new) = (
        alternatives(pair.old, &both.old.authorization),
        alternatives(pair.new, &both.new.authorization),
    );
    if old == new {
        return;
    }
    let name = &both.new.name.rust;
    let sorted = |all: &[Vec<Sent>]| {
        let mut all = all.to_vec();
        all.sort();
        all
    };
    let shown = |all: &[Vec<Sent>]| match all {
        [] => "no credential".to_owned(),
        all => all
            .iter()
            .map(|one| one.join(" and "))
            .collect::<Vec<_>>()
            .join(", or "),
    };
    if sorted(&old) == sorted(&new) {
        let text = format!(
            "the credentials of `{name}` are preferred in another order: {}",
            shown(&new)
        );
        return model.push(both.draft("alternatives-reordered", "/security").text(text));
    }
    let key = |all: &[Vec<Sent>]| all.iter().flatten().any(|one| one.starts_with("the "));
    let rule = match (old.as_slice(), new.as_slice()) {
        ([], _) => "credential-added",
        (_, []) => "credential-removed",
        _ if old.iter().all(|one| new.contains(one)) => "credential-kind-added",
        _ if new.iter().all(|one| old.contains(one)) => "credential-kind-removed",
        ([one], [other]) if one.len() < other.len() => "second-key-added",
        ([one], [other]) if one.len() == 1 && other.len() == 1 && key(&old) && key(&new) => {
            "key-moved"
        }
        _ => "credential-changed",
    };
    let draft = both
        .draft(rule, "/security")
        .wire(accepted(&old, &new), accepted(&new, &old))
        .text(format!(
            "the credentials of `{name}` are {} instead of {}",
            shown(&new),
            shown(&old)
        ))
        .values(Some(shown(&old)), Some(shown(&new)))
        .covers_all("ClientBuilder");
    model.push(draft);
}

fn batch(model: &mut Model<'_>, both: Both<'_>) {
    let name = &both.new.name.rust;
    let (rule, text) = match (&both.old.batch, &both.new.batch) {
        (None, Some(_)) => ("batch-added", format!("`{name}_all` is new")),
        (Some(_), None) => ("batch-removed", format!("`{name}_all` is gone")),
        (Some(old), Some(new)) => {
            // types are of different clients, so their ids say nothing
            let facts = |one: &crate::ir::Batch| {
                let one = one.clone();
                (
                    one.items,
                    one.at_most,
                    one.correlation,
                    one.identity,
                    one.ignores_case,
                    one.replies,
                )
            };
            let more = |one: &crate::ir::Batch| {
                let one = one.clone();
                (
                    one.record_correlation,
                    one.is_new,
                    one.problem_correlation,
                    one.message,
                    one.passing,
                )
            };
            let is_input_same = model.pair.is_same(&old.input, &new.input)
                && model.pair.is_same(&old.record, &new.record);
            if facts(old) == facts(new) && more(old) == more(new) && is_input_same {
                return;
            }
            (
                "batch-changed",
                format!("`{name}_all` splits its inputs, or finds their outcomes, in another way"),
            )
        }
        (None, None) => return,
    };
    let draft = both.draft(rule, "/batch").text(text);
    let draft = covering_batch(covering_batch(draft, both.old), both.new);
    let draft = [both.old, both.new]
        .iter()
        .filter_map(|one| one.batch.as_ref())
        .fold(draft, |draft, batch| {
            draft.covers_all(format!("bulk::{}", batch.name))
        });
    model.push(draft);
}
