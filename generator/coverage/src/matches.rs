//! Matches the output with the description: every type with the schemas that it was made from, down to items and
//! branches.
//!
//! ```text
//! struct Pet { name: String, … }   ◀─▶   Pet: { properties: { name: { type: string } } }
//!              name: String        ◀─▶                        name: { type: string }
//! ```
//!
//! A schema that matches nothing of the output was forgotten by a stage of the generator.

use std::collections::{HashMap, HashSet};

use oasmith::ir::{Api, TypeDef, TypeRef, Union};
use oasmith::load::{Loaded, Node, Object};
use oasmith::pointer::Pointer;

use super::checks::{KeywordCheck, Verdict};
use super::contradictions::Declarations;
use super::fit::Fit;
use super::site::{Resolved, ResolvedSite, SiteKind, TypeSite};
use super::{documented, keyword, references, values};

/// The keywords of one schema that the output shows, as sets of [`keyword::bit`]s.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// The keywords that a type expresses.
    pub(super) modelled: u64,
    /// The keywords that the documentation tells.
    pub(super) documented: u64,
}

/// All matches of an output with its description.
pub(super) struct Matches<'a> {
    pub(super) api: &'a Api,
    pub(super) loaded: &'a Loaded,
    /// The types by the places that they were made from.
    pub(super) origins: HashMap<&'a Pointer, &'a TypeDef>,
    shown: HashMap<Pointer, Shown>,
    /// The schemas that match each use of any JSON value, and the references on the way to them.
    any: HashMap<usize, Vec<Pointer>>,
    /// The `enum` values found so far, for schemas whose values are split between several types.
    listed: HashMap<Pointer, HashSet<String>>,
    seen: HashSet<(usize, bool, Pointer)>,
    pub(super) declarations: Declarations<'a>,
    waiting: Vec<(TypeSite<'a>, Pointer)>,
}

/// The keywords that only a use of a type can show, not its definition.
const OF_USES: [&str; 4] = ["deprecated", "nullable", "readOnly", "writeOnly"];

impl<'a> Matches<'a> {
    /// Matches and compares everything.
    pub(super) fn of(api: &'a Api, loaded: &'a Loaded) -> Self {
        let mut matches = Matches {
            api,
            loaded,
            origins: HashMap::new(),
            shown: HashMap::new(),
            any: HashMap::new(),
            listed: HashMap::new(),
            seen: HashSet::new(),
            declarations: Declarations::default(),
            waiting: Vec::new(),
        };
        for def in &api.types {
            for origin in &def.origins {
                matches.origins.insert(origin, def);
            }
        }
        let used = matches.used();
        for def in &api.types {
            let is_used = used.contains(&std::ptr::from_ref(def));
            for origin in &def.origins {
                let mut site = TypeSite::definition(def);
                if !is_used {
                    // without a use there is no place that could show `nullable` or `readOnly`
                    site.kind = SiteKind::Inner;
                    site.nullable = true;
                }
                matches.add(site, origin.clone());
            }
        }
        matches.operations();
        matches.compare_all();
        matches.contradictions();
        matches.compare_all();
        matches
    }

    fn compare_all(&mut self) {
        while let Some((site, at)) = self.waiting.pop() {
            self.compare(site, at);
        }
    }

    /// Returns what the output shows of a schema; `None` when nothing matches it.
    pub(super) fn shown(&self, at: &Pointer) -> Option<Shown> {
        self.shown.get(at).copied()
    }

    /// Returns the schemas that match a use of any JSON value.
    pub(super) fn schemas_of(&self, any: &TypeRef) -> &[Pointer] {
        let places = self.any.get(&(std::ptr::from_ref(any) as usize));
        places.map_or(&[], Vec::as_slice)
    }

    /// Matches a site with a schema; they are compared later.
    pub(super) fn add(&mut self, site: TypeSite<'a>, at: Pointer) {
        self.waiting.push((site, at));
    }

    /// Matches a member or an item with a schema; other schemas may declare it, too.
    fn add_declaration(&mut self, site: TypeSite<'a>, at: &Pointer) {
        self.declarations.add(site, at.clone());
        self.add(site, at.clone());
    }

    /// Returns the types that have a use, by address.
    fn used(&self) -> HashSet<*const TypeDef> {
        let parts = self.api.types.iter().flat_map(|def| def.body.parts());
        let operations = self.api.operations.iter();
        let contents =
            operations.flat_map(|one| one.request_types().into_iter().chain(one.response_types()));
        parts
            .chain(contents)
            .filter_map(TypeRef::id)
            .map(|id| std::ptr::from_ref(self.api.ty(id)))
            .collect()
    }

    fn compare(&mut self, site: TypeSite<'a>, at: Pointer) {
        let Some(schema) = self.loaded.get(&at).and_then(Node::as_object) else {
            return;
        };
        if !self
            .seen
            .insert((site.address(), site.nullable, at.clone()))
        {
            return;
        }
        self.shown.entry(at.clone()).or_default();
        if let Some(any) = site.any() {
            let address = std::ptr::from_ref(any) as usize;
            self.any.entry(address).or_default().push(at.clone());
        }
        if let Some(target) = references::next(self.loaded, &at) {
            self.record(&at, "$ref", Verdict::Modelled);
            self.add(site, target);
        }
        let resolved = site.resolve(self.api);
        let mut names: Vec<&str> = schema.keys().map(AsRef::as_ref).collect();
        let is_made_here = |def: &&TypeDef| {
            let made = self.origins.get(&at);
            made.is_some_and(|made| std::ptr::eq(*made, *def))
        };
        let defined = site.named(self.api).filter(is_made_here);
        if let Some(def) = defined {
            let mut definition = TypeSite::definition(def);
            definition.nullable = resolved.nullable;
            self.add(definition, at.clone());
            // the constraints of an inline schema are documented at the member that has it
            names.retain(|name| OF_USES.contains(name) || documented::is_documented(name));
        }
        let variants = resolved.variants(self.api);
        let check = KeywordCheck {
            loaded: self.loaded,
            at: &at,
            kind: site.kind,
            resolved: &resolved,
            variants: &variants,
            schema,
        };
        let verdicts: Vec<_> = names
            .into_iter()
            .filter_map(|name| {
                let known = keyword::known(name)?;
                Some((known, check.verdict(known, schema.get(name)?)))
            })
            .collect();
        let listed = check.listed_strings();
        for (known, verdict) in verdicts {
            self.record(&at, known, verdict);
        }
        self.add_listed(&at, listed, schema);
        if defined.is_none() {
            self.subschemas(&site, &resolved, &variants, schema, &at);
        }
    }

    /// Accepts an `enum` whose values are split between the types of several branches, once all of them are found.
    fn add_listed(&mut self, at: &Pointer, listed: Vec<String>, schema: &Object) {
        if listed.is_empty() {
            return;
        }
        let known = self.listed.entry(at.clone()).or_default();
        known.extend(listed);
        let has_all = values::strings(schema).all(|string| known.contains(string));
        if has_all {
            self.record(at, "enum", Verdict::Modelled);
        }
    }

    /// Records what became of a keyword; one match that shows it is enough.
    pub(super) fn record(&mut self, at: &Pointer, name: &str, verdict: Verdict) {
        let shown = self.shown.entry(at.clone()).or_default();
        let bit = keyword::bit(name);
        match verdict {
            Verdict::Modelled => shown.modelled |= bit,
            Verdict::Documented => shown.documented |= bit,
            Verdict::Neither => {}
        }
    }

    /// Matches the subschemas of a schema with the types inside of its type.
    fn subschemas(
        &mut self,
        site: &TypeSite<'a>,
        resolved: &ResolvedSite<'a>,
        variants: &[Resolved<'a>],
        schema: &Object,
        at: &Pointer,
    ) {
        for (name, value) in schema {
            let below = at.child(name);
            let length = value.as_array().map_or(0, <[Node]>::len);
            match name.as_ref() {
                "properties" => {
                    for wire in value.as_object().into_iter().flat_map(Object::keys) {
                        self.property(site, variants, wire, &below.child(wire));
                    }
                }
                "patternProperties" => {
                    for pattern in value.as_object().into_iter().flat_map(Object::keys) {
                        self.values(site, variants, &below.child(pattern));
                    }
                }
                "additionalProperties" | "unevaluatedProperties" => {
                    self.values(site, variants, &below)
                }
                "items" if value.as_array().is_none() => self.items(site, variants, &below),
                "items" | "prefixItems" => {
                    for index in 0..length {
                        self.prefix_item(site, variants, index, &below.index(index));
                    }
                }
                "allOf" => {
                    for index in 0..length {
                        self.add(*site, below.index(index));
                    }
                }
                "oneOf" | "anyOf" => {
                    for index in 0..length {
                        // an `anyOf` in another, without a name of its own, is part of it
                        let nested = below.index(index);
                        let inner = self.loaded.get(&nested);
                        let has = |member: &str| inner.is_some_and(|one| one.get(member).is_some());
                        if name.as_ref() == "anyOf" && has("anyOf") && !has("$ref") && !has("type")
                        {
                            self.add(*site, nested);
                            continue;
                        }
                        self.branch(site, resolved.ty, below.index(index));
                    }
                }
                _ => {}
            }
        }
    }

    fn property(
        &mut self,
        site: &TypeSite<'a>,
        variants: &[Resolved<'a>],
        wire: &str,
        at: &Pointer,
    ) {
        let structs = variants.iter().filter_map(|variant| match variant {
            Resolved::Struct(body) => Some(*body),
            _ => None,
        });
        let members = structs.flat_map(|body| &body.members);
        let members: Vec<_> = members.filter(|one| one.name.wire == wire).collect();
        for member in &members {
            self.add_declaration(TypeSite::member(member), at);
        }
        let maps = variants.iter().filter(|_| members.is_empty());
        for variant in maps {
            if let Resolved::Map(inner) = variant {
                self.add(site.inside(inner), at.clone());
            }
        }
    }

    /// Matches the schema of members without a name of their own.
    fn values(&mut self, site: &TypeSite<'a>, variants: &[Resolved<'a>], at: &Pointer) {
        for variant in variants {
            match variant {
                Resolved::Struct(body) => {
                    if let Some(rest) = &body.rest {
                        self.add(site.inside(rest), at.clone());
                    }
                }
                Resolved::Map(inner) => self.add(site.inside(inner), at.clone()),
                _ => {}
            }
        }
    }

    fn items(&mut self, site: &TypeSite<'a>, variants: &[Resolved<'a>], at: &Pointer) {
        for variant in variants {
            match variant {
                Resolved::List(inner) => self.add_declaration(site.inside(inner), at),
                Resolved::Tuple(body) => {
                    let rest = body.rest.iter();
                    rest.for_each(|rest| self.add(site.inside(rest), at.clone()));
                }
                _ => {}
            }
        }
    }

    fn prefix_item(
        &mut self,
        site: &TypeSite<'a>,
        variants: &[Resolved<'a>],
        index: usize,
        at: &Pointer,
    ) {
        for variant in variants {
            if let Resolved::Tuple(body) = variant
                && let Some(item) = body.items.get(index)
            {
                self.add(site.inside(item), at.clone());
            }
        }
    }

    /// Matches a branch of `oneOf` or `anyOf` with the best fitting branch of the union.
    ///
    /// Where the type is no union (one branch and `null`, or objects that were merged), the branch matches the type as
    /// a whole.
    fn branch(&mut self, site: &TypeSite<'a>, ty: Resolved<'a>, at: Pointer) {
        let Resolved::Union(union) = ty else {
            return self.add(*site, at);
        };
        self.unrestricted_branch(site, &at);
        if let Some(ty) = self.best_branch(union, &at) {
            let mut kind = SiteKind::Inner;
            if let Some(branch) = union.branches.iter().find(|one| std::ptr::eq(&one.ty, ty)) {
                kind = SiteKind::Branch(branch);
            }
            let branch = TypeSite {
                nullable: site.nullable,
                kind,
                ..site.inside(ty)
            };
            self.add(branch, at);
        }
    }

    /// Matches a branch that has no type of its own with the whole union, such as the third of
    /// `oneOf: [A, B, { type: "null" }]`.
    fn unrestricted_branch(&mut self, site: &TypeSite<'a>, at: &Pointer) {
        let target = references::target(self.loaded, at.clone());
        let schema = self.loaded.get(&target).and_then(Node::as_object);
        if schema.is_some_and(|schema| values::is_null(schema) || !keyword::is_typed(schema)) {
            self.add(*site, at.clone());
        }
    }

    fn best_branch(&self, union: &'a Union, at: &Pointer) -> Option<&'a TypeRef> {
        let fit = Fit { matches: self };
        fit.best(union.branches.iter().map(|branch| &branch.ty), at)
    }
}
