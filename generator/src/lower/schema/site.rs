//! The site of a schema: what the name of its type is made of.

use crate::ir::Name;
use crate::name;
use crate::pointer::Pointer;

/// The site of a schema, which may need a type of its own.
#[derive(Debug, Clone)]
pub(in crate::lower) struct SchemaSite {
    /// The Rust name of a type made here.
    pub stem: Stem,
    /// The name in the document's words: `Pet`, `Pet.owner`, `Pet.tags[]`.
    pub wire: String,
    /// The module of the component or operation around it.
    pub module: String,
    /// The location in the document.
    pub at: Pointer,
}

/// The Rust name of a type: `Pet`, `PetOwner`, `PetTagsItem`.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Stem {
    /// A known name.
    Known(String),
    /// The name of a property's type. Most properties are scalars and need none, so it is made when it is asked for.
    Property {
        /// The name of the object.
        of: String,
        /// The property's name on the wire, or in Rust.
        name: String,
    },
}

impl Stem {
    fn name(&self) -> String {
        match self {
            Stem::Known(name) => name.clone(),
            Stem::Property { of, name } => {
                name::type_name(&format!("{of}_{}", name::type_name(name)))
            }
        }
    }

    /// Returns the name of a part: `PetTagsItem` for `Item` in `PetTags`.
    fn with(&self, part: &str) -> Stem {
        Stem::Known(name::type_name(&format!("{}_{part}", self.name())))
    }
}

impl SchemaSite {
    /// Returns the Rust name of a type made here.
    pub fn name(&self) -> String {
        self.stem.name()
    }

    /// Returns the site of a component schema.
    pub fn component(name: &Name, at: &Pointer) -> Self {
        SchemaSite {
            stem: Stem::Known(name.rust.clone()),
            wire: name.wire.clone(),
            module: module_of(&name.rust),
            at: at.clone(),
        }
    }

    /// Returns the site of the body of a request or response.
    pub fn body(stem: String, at: &Pointer) -> Self {
        SchemaSite {
            wire: stem.clone(),
            module: module_of(&stem),
            stem: Stem::Known(stem),
            at: at.clone(),
        }
    }

    /// Returns the same place, unless a `$ref` led from it into another file: schemas there have their own names, whoever
    /// refers to them first.
    ///
    /// `schemas/common.yaml#/Owner` is `Owner`, `schemas/pet.json` is `Pet`.
    pub fn or_file(self, at: &Pointer) -> Self {
        if self.at.file() == at.file() {
            return self;
        }
        SchemaSite::of_place(at)
    }

    /// Returns the site of a schema that is named after its place alone.
    pub fn of_place(at: &Pointer) -> Self {
        let file = at.file().rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let wire = at.name().unwrap_or_else(|| stem.to_owned());
        let rust = name::type_name(&wire);
        SchemaSite::component(&Name { wire, rust }, at)
    }

    /// Returns the site of a schema inside of this one, by the keywords on the way; `None` where a branch of a union is on
    /// it, whose names say what they hold, unless `is_only` says that the union means this branch: `anyOf` with a `null`.
    /// The members of an `allOf` are those of the object.
    pub fn inside(
        &self,
        at: &Pointer,
        is_only: &dyn Fn(&Pointer, &Pointer) -> bool,
    ) -> Option<Self> {
        let mut site = self.clone();
        // where the site is in the document, with the `allOf` and `anyOf` that its name passes over
        let mut walked = self.at.clone();
        let mut tokens = at.tokens().skip(self.at.tokens().count());
        while let Some(keyword) = tokens.next() {
            let outer = walked.clone();
            walked = walked.child(&keyword);
            if !matches!(keyword.as_str(), "items" | "additionalProperties") {
                let part = tokens.next()?;
                walked = walked.child(&part);
            }
            site = match keyword.as_str() {
                "properties" => walked.name().map(|wire| site.property(&wire, &wire))?,
                "items" => site.items(),
                "additionalProperties" => site.values(),
                "prefixItems" => site.item(walked.name()?.parse().ok()?),
                "allOf" => site,
                "anyOf" | "oneOf" if is_only(&outer, &walked) => site,
                _ => return None,
            };
        }
        Some(site)
    }

    /// Returns the same site with the name that `place` has for the property, where two properties have one in Rust.
    pub fn or_name_of(mut self, place: &SchemaSite, at: &Pointer) -> Self {
        if place.at == *at
            && let (Stem::Property { name, .. }, Stem::Property { name: chosen, .. }) =
                (&mut self.stem, &place.stem)
        {
            name.clone_from(chosen);
        }
        self
    }

    /// Returns the site of the property `wire` of this object; its type is named after `name`, which is the same text
    /// unless two properties have one name in Rust.
    pub fn property(&self, wire: &str, name: &str) -> Self {
        SchemaSite {
            stem: Stem::Property {
                of: self.name(),
                name: name.to_owned(),
            },
            wire: format!("{}.{wire}", self.wire),
            module: self.module.clone(),
            at: self.at.child("properties").child(wire),
        }
    }

    /// Returns the site of the items of this array.
    pub fn items(&self) -> Self {
        self.part("Item", "[]", "items")
    }

    /// Returns the site of one of the first items of this array.
    pub fn item(&self, index: usize) -> Self {
        let number = index + 1;
        SchemaSite {
            stem: self.stem.with(&format!("Item{number}")),
            wire: format!("{}[{index}]", self.wire),
            module: self.module.clone(),
            at: self.at.child("prefixItems").index(index),
        }
    }

    /// Returns the site of the values of this map.
    pub fn values(&self) -> Self {
        self.part("Value", "{}", "additionalProperties")
    }

    /// Returns the site of a branch of this union.
    pub fn branch(&self, stem: &str, index: usize) -> Self {
        SchemaSite {
            stem: self.stem.with(stem),
            wire: format!("{}|{index}", self.wire),
            module: self.module.clone(),
            at: self.at.child("oneOf").index(index),
        }
    }

    fn part(&self, stem: &str, wire: &str, member: &str) -> Self {
        SchemaSite {
            stem: self.stem.with(stem),
            wire: format!("{}{wire}", self.wire),
            module: self.module.clone(),
            at: self.at.child(member),
        }
    }
}

/// Returns the module of a type. A schema called `400` is the type `_400`, and `types::_400` cannot be a module as well.
fn module_of(rust: &str) -> String {
    let module = name::module_name(rust);
    if module == rust {
        format!("{module}_")
    } else {
        module
    }
}
