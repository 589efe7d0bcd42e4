//! The batches of `codegen.yaml`: whether the document has what they name, and in which form.
//!
//! This needs the presence of members and what is boxed, since both decide how a field is written.

use std::collections::BTreeMap;

use super::Context;
use super::drafts::TypeDrafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code, suggest};
use crate::ir::{
    Batch, BatchReply, Content, Field, Leaf, Member, MemberPath, PathStep, Presence, Returned,
    Scalar, Struct, TypeRef,
};
use crate::lower::operation::{OperationDraft, SuccessDraft};
use crate::lower::schema::BodyDraft;
use crate::name::{self, Scope, ScopeKind};
use crate::options;

/// Returns the batches by the index of their operation.
pub(super) fn of(
    types: &TypeDrafts,
    operations: &[OperationDraft],
    methods: &Scope,
    context: &mut Context<'_>,
) -> BTreeMap<usize, Batch> {
    let mut batches = BTreeMap::new();
    for (key, facts) in &context.options.batches {
        let is_meant = |one: &OperationDraft| one.name.wire == *key || address(one) == *key;
        // `stale_config` has reported a key without an operation
        let Some(index) = operations.iter().position(is_meant) else {
            continue;
        };
        let batch = operations.get(index).and_then(|operation| {
            let mut fit = Fit {
                types,
                methods,
                operation,
                diagnostics: &mut *context.diagnostics,
            };
            fit.batch(facts)
        });
        batches.extend(batch.map(|batch| (index, batch)));
    }
    batches
}

fn address(operation: &OperationDraft) -> String {
    format!("{} {}", operation.method.0, operation.path)
}

/// The ends that a path to one string may have.
const ONE: [Leaf; 2] = [Leaf::Text, Leaf::Listed];

/// A check of a batch against its operation.
struct Fit<'a> {
    types: &'a TypeDrafts,
    methods: &'a Scope,
    operation: &'a OperationDraft,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Fit<'a> {
    /// Makes the batch; `None` after a report of everything that does not fit.
    fn batch(&mut self, facts: &options::Batch) -> Option<Batch> {
        let names = self.names();
        let (items, input) = self.items(facts).unzip();
        let fields = input.clone().and_then(|ty| {
            let correlation = self.text(&ty, &facts.correlation);
            let identity = facts.identity.iter().map(|member| self.text(&ty, member));
            let identity: Vec<_> = identity.collect(); // all of them, so that all are reported
            Some((correlation?, identity.into_iter().collect::<Option<_>>()?))
        });
        let results = self.list("results", &facts.results.at);
        let record = results.as_ref().map(|(ty, _)| ty.clone());
        let of_record = record.as_ref().and_then(|ty| {
            let correlation = self.path(ty, &facts.results.correlation, &ONE);
            let new = match &facts.results.new {
                Some(member) => Some(self.flag(ty, member)?),
                None => None,
            };
            Some((correlation?, new))
        });
        let errors = facts.errors.as_ref().map(|errors| self.errors(errors));
        let (correlation, identity) = fields?;
        let (record_correlation, is_new) = of_record?;
        let (record, results) = results?;
        let errors = match errors {
            Some(errors) => Some(errors?),
            None => None,
        };
        let none = vec![None; results.len()];
        let places = errors.as_ref().map_or(&none, |errors| &errors.places);
        let replies = results.iter().zip(places);
        let replies = replies.map(|(results, errors)| BatchReply {
            results: results.clone(),
            errors: errors.clone(),
        });
        Some(Batch {
            name: names?,
            items: items?,
            at_most: facts.at_most,
            input: input?,
            correlation,
            identity,
            ignores_case: facts.ignore_case,
            replies: replies.collect(),
            record,
            record_correlation,
            is_new,
            problem: errors.as_ref().map(|errors| errors.problem.clone()),
            problem_correlation: errors.as_ref().map(|errors| errors.correlation.clone()),
            message: errors.as_ref().and_then(|errors| errors.message.clone()),
            passing: errors.and_then(|errors| errors.passing),
        })
    }

    /// Returns the name of its type, unless a method that it adds is taken.
    fn names(&mut self) -> Option<String> {
        let stem = &self.operation.name.rust;
        for added in ["all", "all_from"].map(|suffix| ScopeKind::Method.with_suffix(stem, suffix)) {
            if let Some(other) = self.methods.holder(&added) {
                let text = format!(
                    "the batch adds a method `{added}`, and another operation has that name"
                );
                let at = self.operation.origin.clone();
                let finding = Diagnostic::new(code::NAME_COLLISION, at, text)
                    .related(other.clone(), "this operation")
                    .help("rename one of the two operations in `codegen.yaml`");
                self.diagnostics.push(finding);
                return None;
            }
        }
        Some(name::type_name(&format!("{stem}_batch")))
    }

    /// Returns the field of the body that lists the inputs, and the type of an input.
    fn items(&mut self, facts: &options::Batch) -> Option<(Field, TypeRef)> {
        if self.operation.parameters.iter().any(|one| one.required) {
            return self.misfit("the operation requires parameters, and a batch has only a body");
        }
        let body = self.operation.body.as_ref().map(|body| &body.content);
        let Some(Content::Json { ty, .. }) = body else {
            return self.misfit("the operation has no body of JSON");
        };
        let body = self.members(ty, "the body")?;
        let member = self.member(ty, &facts.items)?;
        let is_missing = |one: &&Member| {
            one.name != member.name
                && (one.needed_in_requests
                    || matches!(one.presence, Presence::Required | Presence::Nullable))
        };
        if let Some(other) = body.members.iter().find(is_missing) {
            let text = format!("the body requires `{}`, too", other.name.wire);
            return self.misfit(&text);
        }
        let input = self.element(member)?;
        self.members(&input, "an input")?;
        Some((self.field(member)?, input))
    }

    fn errors(&mut self, facts: &options::BatchErrors) -> Option<Errors> {
        let (problem, places) = self.list("errors", &facts.at)?;
        let one_or_more = [Leaf::Text, Leaf::Listed, Leaf::Texts];
        let correlation = self.path(&problem, &facts.correlation, &one_or_more);
        let message = match &facts.message {
            Some(path) => Some(self.path(&problem, path, &ONE)?),
            None => None,
        };
        let passing = match &facts.passing {
            Some(passing) => {
                let path = self.path(&problem, &passing.at, &ONE)?;
                Some((path, passing.values.clone()))
            }
            None => None,
        };
        Some(Errors {
            problem,
            places,
            correlation: correlation?,
            message,
            passing,
        })
    }

    /// Returns the element type of an array of the successes, and the field of each success that has it.
    fn list(&mut self, what: &str, member: &str) -> Option<(TypeRef, Vec<Option<Field>>)> {
        let returned: Vec<&Returned> = match &self.operation.success {
            SuccessDraft::One(returned) => vec![returned],
            SuccessDraft::Several { variants, .. } => {
                variants.iter().map(|variant| &variant.returned).collect()
            }
        };
        let mut found: Option<TypeRef> = None;
        let mut places = Vec::new();
        let mut known: Vec<&str> = Vec::new();
        for returned in returned {
            let members = self.success(returned).map_or(&[][..], |body| &body.members);
            known.extend(members.iter().map(|one| one.name.wire.as_str()));
            let Some(one) = members.iter().find(|one| one.name.wire == member) else {
                places.push(None);
                continue;
            };
            let element = self.element(one)?;
            if found.as_ref().is_some_and(|other| *other != element) {
                return self.misfit(&format!("the successes have {what} of several types"));
            }
            places.push(Some(self.field(one)?));
            found = Some(element);
        }
        let Some(element) = found else {
            let text = format!("no success has a member `{member}`");
            return self.unknown(member, &text, known);
        };
        self.members(&element, "an element of it")?;
        Some((element, places))
    }

    fn success(&self, returned: &Returned) -> Option<&'a Struct> {
        match returned {
            Returned::Json(ty) => self.object(ty),
            _ => None,
        }
    }

    /// Returns a field that is a string.
    fn text(&mut self, ty: &TypeRef, member: &str) -> Option<Field> {
        let found = self.member(ty, member)?;
        match self.types.resolve(&found.ty) {
            TypeRef::Scalar(Scalar::String) => self.field(found),
            _ => self.misfit(&format!("the member `{member}` is not a string")),
        }
    }

    /// Returns a field that is a boolean.
    fn flag(&mut self, ty: &TypeRef, member: &str) -> Option<Field> {
        let found = self.member(ty, member)?;
        match self.types.resolve(&found.ty) {
            TypeRef::Scalar(Scalar::Bool) => self.field(found),
            _ => self.misfit(&format!("the member `{member}` is not a boolean")),
        }
    }

    /// Returns a path to a string of one of some kinds.
    fn path(&mut self, ty: &TypeRef, members: &[String], leaves: &[Leaf]) -> Option<MemberPath> {
        let mut steps = Vec::new();
        let mut here = ty.clone();
        for member in members {
            here = match self.types.resolve(&here).clone() {
                TypeRef::Map(inner) => {
                    steps.push(PathStep::Key(member.clone()));
                    *inner
                }
                other => {
                    let found = self.member(&other, member)?;
                    steps.push(PathStep::Field(self.field(found)?));
                    found.ty.clone()
                }
            };
        }
        match self.leaf(&here).filter(|leaf| leaves.contains(leaf)) {
            Some(leaf) => Some(MemberPath { steps, leaf }),
            None => {
                let what = if leaves.contains(&Leaf::Texts) {
                    "a string or an array of strings"
                } else {
                    "a string"
                };
                self.misfit(&format!(
                    "the path `{}` does not lead to {what}",
                    members.join(".")
                ))
            }
        }
    }

    fn leaf(&self, ty: &TypeRef) -> Option<Leaf> {
        match self.types.resolve(ty) {
            TypeRef::Scalar(Scalar::String) => Some(Leaf::Text),
            TypeRef::Named(id) => {
                let is_text = matches!(self.types.body(*id), BodyDraft::Strings(_));
                is_text.then_some(Leaf::Listed)
            }
            TypeRef::List(inner) => match self.types.resolve(inner) {
                TypeRef::Scalar(Scalar::String) => Some(Leaf::Texts),
                _ => None,
            },
            _ => None,
        }
    }

    fn object(&self, ty: &TypeRef) -> Option<&'a Struct> {
        match self.types.resolve(ty) {
            TypeRef::Named(id) => match self.types.body(*id) {
                BodyDraft::Struct(body) => Some(body),
                _ => None,
            },
            TypeRef::Boxed(inner) => self.object(inner),
            _ => None,
        }
    }

    fn members(&mut self, ty: &TypeRef, what: &str) -> Option<&'a Struct> {
        match self.object(ty) {
            Some(body) => Some(body),
            None => self.misfit(&format!("{what} is not an object with members")),
        }
    }

    fn member(&mut self, ty: &TypeRef, wire: &str) -> Option<&'a Member> {
        let Some(body) = self.object(ty) else {
            return self.misfit(&format!(
                "the value that should have the member `{wire}` is not an object"
            ));
        };
        match body.members.iter().find(|member| member.name.wire == wire) {
            Some(member) => Some(member),
            None => {
                let schema = ty.id().map_or("the object", |id| self.types.wire_name(id));
                let known = body.members.iter().map(|one| one.name.wire.as_str());
                let text = format!("`{schema}` has no member `{wire}`");
                self.unknown(wire, &text, known.collect())
            }
        }
    }

    /// Returns the element type of an array.
    fn element(&mut self, member: &Member) -> Option<TypeRef> {
        match self.types.resolve(&member.ty) {
            TypeRef::List(inner) => Some((**inner).clone()),
            _ => self.misfit(&format!(
                "the member `{}` is not an array",
                member.name.wire
            )),
        }
    }

    fn field(&mut self, member: &Member) -> Option<Field> {
        if member.presence == Presence::Tristate {
            let wire = &member.name.wire;
            return self.misfit(&format!(
                "the member `{wire}` can be absent and `null`, which mean different things"
            ));
        }
        Some(Field {
            rust: member.name.rust.clone(),
            // `new` takes it, and it is an `Option`
            presence: if member.needed_in_requests {
                Presence::Nullable
            } else {
                member.presence
            },
        })
    }

    fn unknown<T>(&mut self, member: &str, text: &str, mut known: Vec<&str>) -> Option<T> {
        known.sort_unstable();
        known.dedup();
        let help = suggest::did_you_mean(member, known.iter().copied())
            .unwrap_or_else(|| format!("known members: `{}`", known.join("`, `")));
        self.report(text, &help)
    }

    fn misfit<T>(&mut self, text: &str) -> Option<T> {
        self.report(
            text,
            "correct it under `batches`, or leave the operation out there",
        )
    }

    fn report<T>(&mut self, text: &str, help: &str) -> Option<T> {
        let text =
            format!("`codegen.yaml` calls this operation a batch, and it does not fit: {text}");
        let at = self.operation.origin.clone();
        let finding = Diagnostic::new(code::CONFIG_BATCH_MISFIT, at, text);
        self.diagnostics.push(finding.help(help));
        None
    }
}

/// The errors of a success.
struct Errors {
    problem: TypeRef,
    places: Vec<Option<Field>>,
    correlation: MemberPath,
    message: Option<MemberPath>,
    passing: Option<(MemberPath, Vec<String>)>,
}
