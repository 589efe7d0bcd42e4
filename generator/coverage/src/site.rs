//! The places of the output where values occur, and the types behind them once names are followed.

use oasmith::ir::{
    Api, Branch, Docs, IntegerEnum, Member, Presence, Scalar, StringEnum, Struct, Tuple, TypeBody,
    TypeDef, TypeRef, Union, ValueEnum,
};

/// A place of the output where a value occurs, such as a field, a parameter or the definition of a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeSite<'a> {
    pub(super) ty: SiteType<'a>,
    /// The documentation of the field, parameter or type; the items of an array share that of the array.
    pub(super) docs: Option<&'a Docs>,
    pub(super) kind: SiteKind<'a>,
    /// Whether `null` is possible here.
    pub(super) nullable: bool,
}

/// The type of a site.
#[derive(Debug, Clone, Copy)]
pub(super) enum SiteType<'a> {
    /// A use of a type.
    Use(&'a TypeRef),
    /// The definition of a type.
    Definition(&'a TypeDef),
    /// Text or bytes: a body that is not parsed, or a file of a multipart body.
    Opaque,
}

/// The kinds of sites.
#[derive(Debug, Clone, Copy)]
pub(super) enum SiteKind<'a> {
    /// The definition of a type. It cannot show `nullable` and `readOnly`, which only a use of the type does.
    Definition,
    /// A field of a struct.
    Member(&'a Member),
    /// A variant of a union.
    Branch(&'a Branch),
    /// Anywhere else: an item, a value of a map, a body, a parameter.
    Inner,
}

/// A type with its names, aliases and boxes followed to the end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Resolved<'a> {
    Struct(&'a Struct),
    StringEnum(&'a StringEnum),
    IntegerEnum(&'a IntegerEnum),
    ValueEnum(&'a ValueEnum),
    Tuple(&'a Tuple),
    Union(&'a Union),
    Scalar(Scalar),
    List(&'a TypeRef),
    Map(&'a TypeRef),
    /// Text or bytes that are not parsed.
    Opaque,
    Any,
}

/// How many names may follow one another; `lower` produces no circle of them.
const MAX_NAMES: usize = 64;

impl<'a> TypeSite<'a> {
    /// Returns the site of a struct's field.
    pub(super) fn member(member: &'a Member) -> Self {
        TypeSite {
            ty: SiteType::Use(&member.ty),
            docs: Some(&member.docs),
            kind: SiteKind::Member(member),
            nullable: !matches!(member.presence, Presence::Required | Presence::Optional),
        }
    }

    /// Returns the site of a parameter, header or body.
    pub(super) fn of(ty: &'a TypeRef, docs: Option<&'a Docs>) -> Self {
        TypeSite {
            ty: SiteType::Use(ty),
            docs,
            kind: SiteKind::Inner,
            nullable: false,
        }
    }

    /// Returns the site of a type's definition.
    pub(super) fn definition(def: &'a TypeDef) -> Self {
        TypeSite {
            ty: SiteType::Definition(def),
            docs: Some(&def.docs),
            kind: SiteKind::Definition,
            nullable: false,
        }
    }

    /// Returns the site of a value that is text or bytes.
    pub(super) fn opaque(docs: Option<&'a Docs>) -> Self {
        TypeSite {
            ty: SiteType::Opaque,
            docs,
            kind: SiteKind::Inner,
            nullable: false,
        }
    }

    /// Returns the site of a value inside this one, such as an item.
    pub(super) fn inside(&self, ty: &'a TypeRef) -> Self {
        TypeSite::of(ty, self.docs)
    }

    /// Returns a number that identifies the site, equal for equal sites.
    pub(super) fn address(&self) -> usize {
        match (self.kind, self.ty) {
            (SiteKind::Member(member), _) => std::ptr::from_ref(member) as usize,
            (_, SiteType::Use(ty)) => std::ptr::from_ref(ty) as usize,
            (_, SiteType::Definition(def)) => std::ptr::from_ref(def) as usize,
            (_, SiteType::Opaque) => usize::MAX,
        }
    }

    /// Returns the named type that is used here, without `Option` and `Box`.
    pub(super) fn named(&self, api: &'a Api) -> Option<&'a TypeDef> {
        match self.plain()? {
            TypeRef::Named(id) => Some(api.ty(*id)),
            _ => None,
        }
    }

    /// Returns the use of any JSON value here, if it is one.
    pub(super) fn any(&self) -> Option<&'a TypeRef> {
        self.plain().filter(|ty| **ty == TypeRef::Any)
    }

    fn plain(&self) -> Option<&'a TypeRef> {
        match self.ty {
            SiteType::Use(ty) => Some(plain(ty)),
            SiteType::Definition(_) | SiteType::Opaque => None,
        }
    }

    /// Follows names to the type, and collects whether `null` fits it and the documentation on the way.
    pub(super) fn resolve(&self, api: &'a Api) -> ResolvedSite<'a> {
        let mut site = ResolvedSite {
            ty: Resolved::Opaque,
            nullable: self.nullable,
            docs: self.docs.into_iter().collect(),
        };
        let mut next = match self.ty {
            SiteType::Opaque => return site,
            SiteType::Use(ty) => Step::Use(ty),
            SiteType::Definition(def) => Step::Named(def),
        };
        for _ in 0..MAX_NAMES {
            next = match next {
                Step::Use(TypeRef::Nullable(inner)) => {
                    site.nullable = true;
                    Step::Use(inner)
                }
                Step::Use(TypeRef::Boxed(inner)) => Step::Use(inner),
                Step::Use(TypeRef::Named(id)) => Step::Named(api.ty(*id)),
                Step::Use(TypeRef::List(inner)) => Step::End(Resolved::List(inner)),
                Step::Use(TypeRef::Map(inner)) => Step::End(Resolved::Map(inner)),
                Step::Use(TypeRef::Scalar(scalar)) => Step::End(Resolved::Scalar(*scalar)),
                Step::Use(TypeRef::Any) => Step::End(Resolved::Any),
                Step::Named(def) => {
                    site.docs.push(&def.docs);
                    match &def.body {
                        TypeBody::Struct(body) => Step::End(Resolved::Struct(body)),
                        TypeBody::StringEnum(body) => Step::End(Resolved::StringEnum(body)),
                        TypeBody::IntegerEnum(body) => Step::End(Resolved::IntegerEnum(body)),
                        TypeBody::ValueEnum(body) => Step::End(Resolved::ValueEnum(body)),
                        TypeBody::Tuple(body) => Step::End(Resolved::Tuple(body)),
                        TypeBody::Union(body) => Step::End(Resolved::Union(body)),
                        TypeBody::Alias(ty) | TypeBody::Wrapper(ty) => Step::Use(ty),
                    }
                }
                Step::End(ty) => {
                    site.ty = ty;
                    site.nullable |= matches!(ty, Resolved::Any | Resolved::Scalar(Scalar::Null));
                    break;
                }
            };
        }
        site
    }
}

enum Step<'a> {
    Use(&'a TypeRef),
    Named(&'a TypeDef),
    End(Resolved<'a>),
}

/// A site with its names followed.
#[derive(Debug, Clone)]
pub(super) struct ResolvedSite<'a> {
    pub(super) ty: Resolved<'a>,
    pub(super) nullable: bool,
    pub(super) docs: Vec<&'a Docs>,
}

impl<'a> ResolvedSite<'a> {
    /// Returns the types that a value can have: the type itself, or the types of a union's branches, without unions in
    /// unions.
    pub(super) fn variants(&self, api: &'a Api) -> Vec<Resolved<'a>> {
        let mut variants = Vec::new();
        let mut seen: Vec<*const Union> = Vec::new();
        let mut waiting = vec![self.ty];
        while let Some(ty) = waiting.pop() {
            match ty {
                Resolved::Union(union) => {
                    let this = std::ptr::from_ref(union);
                    if !seen.contains(&this) {
                        seen.push(this);
                        let branches = union.branches.iter().rev();
                        waiting.extend(
                            branches.map(|branch| TypeSite::of(&branch.ty, None).resolve(api).ty),
                        );
                    }
                }
                other => variants.push(other),
            }
        }
        variants
    }
}

/// Returns a use of a type without what `Option` and `Box` add.
pub(super) fn plain(mut ty: &TypeRef) -> &TypeRef {
    while let TypeRef::Nullable(inner) | TypeRef::Boxed(inner) = ty {
        ty = inner;
    }
    ty
}
