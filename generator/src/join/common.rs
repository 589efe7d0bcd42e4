//! The module `common`: one definition for each class of types of at least two documents.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::{Classes, Member, larger_first};
use super::strip::{id_mut, texts, types_mut};
use super::{COMMON, whole};
use crate::ir::{Api, Home, JoinedType, TypeBody, TypeDef, TypeId};
use crate::name::{Scope, ScopeKind};

/// The module, and what each document has of it.
pub(super) struct Common {
    /// The types.
    pub api: Api,
    /// How each was joined.
    pub types: Vec<JoinedType>,
    /// For each document, its types that are defined there.
    pub shared: Vec<BTreeSet<TypeId>>,
    /// For each document, the names there and here.
    pub imports: Vec<Vec<(String, String)>>,
}

/// A class whose types become one.
struct Shared<'a> {
    class: usize,
    members: &'a [Member],
    /// The document with the definition that is taken: the first, or the first whose requests contain the type.
    document: usize,
    def: &'a TypeDef,
}

/// Makes the module.
pub(super) fn common(apis: &[&Api], names: &[&str], classes: &Classes) -> Common {
    let mut all: Vec<Shared<'_>> = classes
        .all()
        .filter(|(_, members)| members.len() > 1)
        .filter_map(|(class, members)| shared(apis, class, members))
        .collect();
    all.sort_by(|one, other| {
        let key = |one: &Shared<'_>| (one.def.module.clone(), one.def.name.rust.clone());
        let (left, right) = (one.members.to_vec(), other.members.to_vec());
        key(one)
            .cmp(&key(other))
            .then_with(|| larger_first(&left, &right))
    });
    let rust = common_names(&all);
    let places = all.iter().enumerate();
    let places: BTreeMap<usize, usize> = places.map(|(place, one)| (one.class, place)).collect();
    let mut found = Common {
        api: Api {
            naive_is_utc: whole(apis, "").naive_is_utc,
            ..whole(&[], "")
        },
        types: Vec::new(),
        shared: vec![BTreeSet::new(); apis.len()],
        imports: vec![Vec::new(); apis.len()],
    };
    for (one, rust) in all.iter().zip(rust) {
        let def = definition(one, rust, (apis, classes, &places));
        for (document, index) in one.members {
            if let Some(shared) = found.shared.get_mut(*document) {
                shared.insert(TypeId(*index));
            }
            let here = apis.get(*document).and_then(|api| api.types.get(*index));
            let pairs = here.map(|here| pairs(&def, here)).unwrap_or_default();
            if let Some(imports) = found.imports.get_mut(*document) {
                imports.extend(pairs);
            }
        }
        found.types.push(joined(one, (apis, names)));
        found.api.types.push(def);
    }
    for imports in &mut found.imports {
        imports.sort();
    }
    found.api.home = Some(Home {
        module: COMMON.to_owned(),
        shared: BTreeSet::new(),
        imports: Vec::new(),
    });
    found
}

fn shared<'a>(apis: &[&'a Api], class: usize, members: &'a [Member]) -> Option<Shared<'a>> {
    let def = |(document, index): &Member| apis.get(*document)?.types.get(*index);
    let is_sent = |member: &&Member| def(member).is_some_and(|def| def.usage.request);
    let member = members.iter().find(is_sent).or(members.first())?;
    Some(Shared {
        class,
        members,
        document: member.0,
        def: def(member)?,
    })
}

/// Returns the names of a type and of the struct that its `new` takes, in `common`. Of several types of one name the
/// one that most documents have keeps it, and the others get numbers.
fn common_names(all: &[Shared<'_>]) -> Vec<[Option<String>; 2]> {
    let mut scope = Scope::new(ScopeKind::Type);
    let mut order: Vec<usize> = (0..all.len()).collect();
    // the types of all names first, so that no number takes the name of another
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let rank: Vec<usize> = all
        .iter()
        .map(|one| {
            let count = seen.entry(&one.def.name.rust).or_default();
            *count += 1;
            *count
        })
        .collect();
    order.sort_by_key(|index| rank.get(*index).copied());
    let mut names = vec![[None, None]; all.len()];
    for index in order {
        let (Some(one), Some(place)) = (all.get(index), names.get_mut(index)) else {
            continue;
        };
        let mut given = one.def.names().map(|name| scope.invent(name));
        *place = [given.next(), given.next()];
    }
    names
}

/// Returns the definition in `common`, which names other types of `common`.
fn definition(
    one: &Shared<'_>,
    [name, required_type]: [Option<String>; 2],
    (apis, classes, places): (&[&Api], &Classes, &BTreeMap<usize, usize>),
) -> TypeDef {
    let mut def = one.def.clone();
    def.name.rust = name.unwrap_or(def.name.rust);
    for ty in types_mut(&mut def.body) {
        if let Some(id) = id_mut(ty) {
            let class = classes.class_of((one.document, id.0));
            // what a common type contains is common
            *id = TypeId(places.get(&class).copied().unwrap_or_default());
        }
    }
    if let TypeBody::Struct(body) = &mut def.body {
        body.required_type = required_type;
    }
    let members = one.members.iter();
    let all = members.filter_map(|(document, index)| apis.get(*document)?.types.get(*index));
    for other in all {
        def.usage.request |= other.usage.request;
        def.usage.response |= other.usage.response;
    }
    def
}

/// Returns the names in `common` with those of a document.
fn pairs(there: &TypeDef, here: &TypeDef) -> Vec<(String, String)> {
    let names = there.names().zip(here.names());
    names
        .map(|(there, here)| (there.to_owned(), here.to_owned()))
        .collect()
}

fn joined(one: &Shared<'_>, (apis, names): (&[&Api], &[&str])) -> JoinedType {
    let name = |document: usize| names.get(document).copied().unwrap_or_default().to_owned();
    let shown = texts(one.def);
    let differs = |(document, index): &&Member| {
        let def = apis.get(*document).and_then(|api| api.types.get(*index));
        def.is_some_and(|def| texts(def) != shown)
    };
    let others = one.members.iter().filter(differs);
    JoinedType {
        name: one.def.name.rust.clone(),
        modules: one
            .members
            .iter()
            .map(|(document, _)| name(*document))
            .collect(),
        described_by: name(one.document),
        other_texts: others.map(|(document, _)| name(*document)).collect(),
    }
}
