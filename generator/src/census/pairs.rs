//! Sets the output beside the document: every type next to the schemas that it was made from, down to items and branches.
//!
//! ```text
//! struct Pet { name: String, … }   beside   Pet: { properties: { name: { type: string } } }
//!              └──────────────── beside ───────────────────────┘
//! ```
//!
//! A schema that nothing of the output stands beside was forgotten, whatever the stages believe to have done.

use std::collections::{HashMap, HashSet};

use super::contradicted::Declarations;
use super::documented;
use super::evidence;
use super::fit::Fit;
use super::holds::{self, Verdict};
use super::keyword;
use super::shape::{Core, Kind, Seat, Value};
use crate::ir::{Api, TypeId, TypeRef, Union};
use crate::load::{Loaded, Node, Object};
use crate::pointer::Pointer;

/// Which keywords of a schema the output shows, one bit each by their number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Proof {
    /// A type has what it says.
    pub(super) modelled: u64,
    /// The documentation has.
    pub(super) documented: u64,
}

/// The comparison.
pub(super) struct Pairs<'a> {
    pub(super) api: &'a Api,
    pub(super) loaded: &'a Loaded,
    /// The types by the places they were made from.
    pub(super) origins: HashMap<&'a Pointer, TypeId>,
    proofs: HashMap<Pointer, Proof>,
    /// The schemas beside each use of any JSON, and the references on the way to them.
    anything: HashMap<usize, Vec<Pointer>>,
    /// The listed values that types have of schemas whose values several types share.
    listed: HashMap<Pointer, HashSet<String>>,
    seen: HashSet<(usize, bool, Pointer)>,
    pub(super) declarations: Declarations<'a>,
    waiting: Vec<(Seat<'a>, Pointer)>,
}

/// What only a use of a type can show; its definition cannot.
const OF_USES: [&str; 4] = ["deprecated", "nullable", "readOnly", "writeOnly"];

impl<'a> Pairs<'a> {
    /// Compares everything.
    pub(super) fn of(api: &'a Api, loaded: &'a Loaded) -> Self {
        let mut pairs = Pairs {
            api,
            loaded,
            origins: HashMap::new(),
            proofs: HashMap::new(),
            anything: HashMap::new(),
            listed: HashMap::new(),
            seen: HashSet::new(),
            declarations: Declarations::default(),
            waiting: Vec::new(),
        };
        for (index, def) in api.types.iter().enumerate() {
            for origin in &def.origins {
                pairs.origins.insert(origin, TypeId(index));
            }
        }
        let used = pairs.used();
        for (index, def) in api.types.iter().enumerate() {
            let id = TypeId(index);
            for origin in &def.origins {
                let mut seat = Seat::definition(api, id);
                if !used.contains(&id) {
                    // nothing uses it, so nothing can show whether it is `null` or read only there
                    seat.kind = Kind::Inner;
                    seat.nullable = true;
                }
                pairs.pair(seat, origin.clone());
            }
        }
        pairs.operations();
        pairs.compare_all();
        pairs.contradicted();
        pairs.compare_all();
        pairs
    }

    fn compare_all(&mut self) {
        while let Some((seat, at)) = self.waiting.pop() {
            self.compare(seat, at);
        }
    }

    /// What the output shows of a schema; `None` when nothing stands beside it.
    pub(super) fn proof(&self, at: &Pointer) -> Option<Proof> {
        self.proofs.get(at).copied()
    }

    /// The places in the document that stand beside a use of any JSON.
    pub(super) fn beside(&self, any: &TypeRef) -> &[Pointer] {
        let places = self.anything.get(&(std::ptr::from_ref(any) as usize));
        places.map_or(&[], Vec::as_slice)
    }

    /// Sets a place of the output beside a schema; they are compared later.
    pub(super) fn pair(&mut self, seat: Seat<'a>, at: Pointer) {
        self.waiting.push((seat, at));
    }

    /// The same for a member or an item, which several schemas can declare.
    fn one_of_several(&mut self, seat: Seat<'a>, at: &Pointer) {
        self.declarations.add(seat.address(), seat, at.clone());
        self.pair(seat, at.clone());
    }

    /// The types that something uses.
    fn used(&self) -> HashSet<TypeId> {
        let parts = self.api.types.iter().flat_map(|def| def.body.parts());
        let operations = self.api.operations.iter();
        let carried =
            operations.flat_map(|one| one.request_types().into_iter().chain(one.response_types()));
        parts.chain(carried).filter_map(TypeRef::id).collect()
    }

    fn compare(&mut self, seat: Seat<'a>, at: Pointer) {
        let Some(schema) = evidence::node(self.loaded, &at).and_then(Node::as_object) else {
            return;
        };
        if !self
            .seen
            .insert((seat.address(), seat.nullable, at.clone()))
        {
            return;
        }
        self.proofs.entry(at.clone()).or_default();
        if let Some(any) = seat.anything() {
            self.anything.entry(any).or_default().push(at.clone());
        }
        if let Some(target) = evidence::next(self.loaded, &at) {
            self.prove(&at, "$ref", Verdict::Modelled);
            self.pair(seat, target);
        }
        let view = seat.view(self.api);
        let mut own: Vec<&str> = schema.keys().map(AsRef::as_ref).collect();
        let defined = seat.named().filter(|id| self.origins.get(&at) == Some(id));
        if let Some(id) = defined {
            let mut definition = Seat::definition(self.api, id);
            definition.nullable = view.nullable;
            self.pair(definition, at.clone());
            // limits of an inline schema stand at the member that has it
            own.retain(|name| OF_USES.contains(name) || documented::is_told(name));
        }
        let faces = view.faces(self.api);
        let judge = holds::Judge {
            loaded: self.loaded,
            at: &at,
            seat: &seat,
            view: &view,
            faces: &faces,
            schema,
        };
        let verdicts = own.into_iter().filter_map(|name| {
            let known = keyword::known(name)?;
            Some((known, judge.verdict(known, schema.get(name)?)))
        });
        let verdicts: Vec<_> = verdicts.collect();
        let part = judge.part_of_the_list();
        for (known, verdict) in verdicts {
            self.prove(&at, known, verdict);
        }
        self.share(&at, part, schema);
        if defined.is_none() {
            self.children(&seat, (view.core, &faces), schema, &at);
        }
    }

    /// Branches that each list some of the values that their base lists have all of them together.
    fn share(&mut self, at: &Pointer, part: Vec<String>, schema: &Object) {
        if part.is_empty() {
            return;
        }
        let known = self.listed.entry(at.clone()).or_default();
        known.extend(part);
        let has_all = holds::texts(schema).all(|text| known.contains(text));
        if has_all {
            self.prove(at, "enum", Verdict::Modelled);
        }
    }

    pub(super) fn prove(&mut self, at: &Pointer, name: &str, verdict: Verdict) {
        let proof = self.proofs.entry(at.clone()).or_default();
        let bit = keyword::bit(name);
        match verdict {
            Verdict::Modelled => proof.modelled |= bit,
            Verdict::Documented => proof.documented |= bit,
            Verdict::Neither => {}
        }
    }

    /// Pairs the schemas in a schema with the types in its type.
    fn children(
        &mut self,
        seat: &Seat<'a>,
        (core, faces): (Core<'a>, &[Core<'a>]),
        schema: &Object,
        at: &Pointer,
    ) {
        for (name, value) in schema {
            let below = at.child(name);
            match name.as_ref() {
                "properties" => {
                    for wire in value.as_object().into_iter().flat_map(Object::keys) {
                        self.property(seat, faces, wire, &below.child(wire));
                    }
                }
                "patternProperties" => {
                    for pattern in value.as_object().into_iter().flat_map(Object::keys) {
                        self.values(seat, faces, &below.child(pattern));
                    }
                }
                "additionalProperties" => self.values(seat, faces, &below),
                "items" if value.as_array().is_none() => self.items(seat, faces, &below),
                "items" | "prefixItems" => {
                    for index in 0..value.as_array().map_or(0, <[Node]>::len) {
                        self.first_item(seat, faces, index, &below.index(index));
                    }
                }
                "allOf" => {
                    for index in 0..value.as_array().map_or(0, <[Node]>::len) {
                        self.pair(*seat, below.index(index));
                    }
                }
                "oneOf" | "anyOf" => {
                    for index in 0..value.as_array().map_or(0, <[Node]>::len) {
                        self.branch(seat, core, below.index(index));
                    }
                }
                _ => {}
            }
        }
    }

    fn property(&mut self, seat: &Seat<'a>, faces: &[Core<'a>], wire: &str, at: &Pointer) {
        let structs = faces.iter().filter_map(|face| match face {
            Core::Struct(body) => Some(*body),
            _ => None,
        });
        let members = structs.flat_map(|body| &body.members);
        let members: Vec<_> = members.filter(|one| one.name.wire == wire).collect();
        for member in &members {
            self.one_of_several(Seat::member(member), at);
        }
        let maps = faces.iter().filter(|_| members.is_empty());
        for face in maps {
            if let Core::Map(inner) = face {
                self.pair(seat.inside(inner), at.clone());
            }
        }
    }

    /// The members that a schema does not name.
    fn values(&mut self, seat: &Seat<'a>, faces: &[Core<'a>], at: &Pointer) {
        for face in faces {
            match face {
                Core::Struct(body) => {
                    if let Some(rest) = &body.rest {
                        self.pair(seat.inside(rest), at.clone());
                    }
                }
                Core::Map(inner) => self.pair(seat.inside(inner), at.clone()),
                _ => {}
            }
        }
    }

    fn items(&mut self, seat: &Seat<'a>, faces: &[Core<'a>], at: &Pointer) {
        for face in faces {
            match face {
                Core::List(inner) => self.one_of_several(seat.inside(inner), at),
                Core::Tuple(body) => {
                    let rest = body.rest.iter();
                    rest.for_each(|rest| self.pair(seat.inside(rest), at.clone()));
                }
                _ => {}
            }
        }
    }

    /// An item that has a type by its position.
    fn first_item(&mut self, seat: &Seat<'a>, faces: &[Core<'a>], index: usize, at: &Pointer) {
        for face in faces {
            if let Core::Tuple(body) = face
                && let Some(item) = body.items.get(index)
            {
                self.pair(seat.inside(item), at.clone());
            }
        }
    }

    /// A branch of alternatives: of a union the type that fits it best. Where alternatives are no union (one branch and `null`, or
    /// objects whose members were put together), it is the type as a whole.
    fn branch(&mut self, seat: &Seat<'a>, core: Core<'a>, at: Pointer) {
        match core {
            Core::Union(union) => {
                self.said_of_all(seat, &at);
                if let Some(ty) = self.best_branch(union, &at) {
                    let branch = Seat {
                        nullable: seat.nullable,
                        ..seat.inside(ty)
                    };
                    self.pair(branch, at);
                }
            }
            _ => self.pair(*seat, at),
        }
    }

    /// `oneOf: [A, B, { type: "null" }]`: the third is no branch, and says of the whole that it can be `null`.
    fn said_of_all(&mut self, seat: &Seat<'a>, at: &Pointer) {
        let target = evidence::target(self.loaded, at.clone());
        let schema = evidence::node(self.loaded, &target).and_then(Node::as_object);
        if schema.is_some_and(|schema| holds::is_null(schema) || !keyword::tells(schema)) {
            self.pair(*seat, at.clone());
        }
    }

    fn best_branch(&self, union: &'a Union, at: &Pointer) -> Option<&'a TypeRef> {
        let fit = Fit { pairs: self };
        fit.best(union.branches.iter().map(|branch| &branch.ty), at)
    }
}

impl<'a> Seat<'a> {
    /// What tells it from others.
    fn address(&self) -> usize {
        match (self.kind, self.value) {
            (Kind::Member(member), _) => std::ptr::from_ref(member) as usize,
            (_, Value::Use(ty)) => std::ptr::from_ref(ty) as usize,
            (_, Value::Definition(id)) => id.0,
            (_, Value::Opaque) => usize::MAX,
        }
    }

    /// The named type that it uses, `null` and the heap aside.
    fn named(&self) -> Option<TypeId> {
        match self.plain()? {
            TypeRef::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// What tells a use of any JSON from others, when it is one.
    fn anything(&self) -> Option<usize> {
        let ty = self.plain().filter(|ty| **ty == TypeRef::Any)?;
        Some(std::ptr::from_ref(ty) as usize)
    }

    fn plain(&self) -> Option<&'a TypeRef> {
        match self.value {
            Value::Use(ty) => Some(plain(ty)),
            Value::Definition(_) | Value::Opaque => None,
        }
    }
}

/// A use without what `null` and the heap add.
pub(super) fn plain(mut ty: &TypeRef) -> &TypeRef {
    while let TypeRef::Nullable(inner) | TypeRef::Boxed(inner) = ty {
        ty = inner;
    }
    ty
}
