//! The names of what requests make values with: the struct of required members that `new` takes, and the methods that set
//! a member to `null`.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::ir::{Api, Member, Presence, Struct, TypeBody, TypeDef};
use crate::name::{self, Scope, ScopeKind, Wish};
use crate::pointer::Pointer;

/// The most required members that `new` takes one by one. More are fields of a struct, so that a call names what it
/// passes.
const ARGUMENTS: usize = 4;

/// Names the structs of required members, beside all other types, and the methods that set a member to `null`.
pub(super) fn name(api: &mut Api, mut names: Scope, diagnostics: &mut Diagnostics) {
    let holders: Vec<usize> = (0..api.types.len())
        .filter(|index| {
            api.types
                .get(*index)
                .is_some_and(|def| needs_struct(api, def))
        })
        .collect();
    let wishes = holders
        .iter()
        .filter_map(|index| api.types.get(*index))
        .filter_map(|def| {
            let name = format!("{}Required", def.name.rust);
            let wish = Wish::new(&*name, def.origins.first()?).or(format!("{name}Members"));
            Some(wish)
        });
    let claims = names.claim_all(&wishes.collect::<Vec<_>>());
    let claimed: Vec<_> = holders.into_iter().zip(claims).collect();
    for (index, claim) in claimed {
        let Some(def) = api.types.get_mut(index) else {
            continue;
        };
        if claim.collision.is_some() {
            diagnostics.extend(collision(def, &names, &claim.name));
        }
        if let TypeBody::Struct(body) = &mut def.body {
            body.required_type = Some(claim.name);
        }
    }
    for def in api.types.iter_mut().filter(|def| def.usage.request) {
        if let (TypeBody::Struct(body), Some(at)) = (&mut def.body, def.origins.first()) {
            name_null_setters(body, at, diagnostics);
        }
    }
}

fn needs_struct(api: &Api, def: &TypeDef) -> bool {
    let TypeBody::Struct(body) = &def.body else {
        return false;
    };
    let arguments = body.members.iter().filter(|one| api.is_argument(one));
    def.usage.request && arguments.count() > ARGUMENTS
}

/// Reports that another schema has the name that the struct of required members would have.
fn collision(def: &TypeDef, names: &Scope, name: &str) -> Option<Diagnostic> {
    let wanted = format!("{}Required", def.name.rust);
    let message = format!(
        "the type name `{wanted}` is taken by another schema, so the required members of this one are `{name}`"
    );
    let finding = Diagnostic::new(code::NAME_TAKEN, def.origins.first()?.clone(), message)
        .help("give one of the schemas a name of its own under `rename` in `codegen.yaml`");
    Some(match names.holder(&wanted) {
        Some(other) => finding.related(other.clone(), "this schema has the name"),
        None => finding,
    })
}

/// Names the methods that set a member to `null`: `with_name_null`. A member `name_null` has that name for itself.
fn name_null_setters(body: &mut Struct, at: &Pointer, diagnostics: &mut Diagnostics) {
    let is_three_state =
        |member: &Member| member.presence == Presence::Tristate && member.constant().is_none();
    if !body.members.iter().any(is_three_state) {
        return;
    }
    let setters: Vec<String> = body.members.iter().map(setter).collect();
    let mut scope = Scope::new(ScopeKind::NullSetter).reserve(
        setters.iter().map(String::as_str),
        "the method that sets another member",
    );
    let members: Vec<usize> = (0..body.members.len())
        .filter(|index| body.members.get(*index).is_some_and(is_three_state))
        .collect();
    let wishes = members
        .iter()
        .filter_map(|index| body.members.get(*index))
        .map(|member| Wish::new(format!("{}_null", setter(member)), at).spelled(&member.name.wire));
    let claims = scope.claim_all(&wishes.collect::<Vec<_>>());
    for (index, claim) in members.into_iter().zip(claims) {
        diagnostics.extend(claim.collision);
        if let Some(member) = body.members.get_mut(index) {
            member.null_setter = Some(claim.name);
        }
    }
}

/// Returns the method that sets a member: `with_name`, `with_type`.
fn setter(member: &Member) -> String {
    name::member_name(&format!("with_{}", member.name.rust))
}
