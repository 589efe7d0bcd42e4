//! Where a schema stands, as far as names need to know.

use super::name;
use crate::ir::Name;
use crate::pointer::Pointer;

/// A place for a schema that may have to be given a name of its own.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The Rust name of a type that stands right here: `Pet`, `PetOwner`, `PetTagsItem`.
    pub stem: String,
    /// The same in the document's words: `Pet`, `Pet.owner`, `Pet.tags[]`.
    pub wire: String,
    /// The module of the component or operation around it.
    pub module: String,
    /// The place in the document.
    pub at: Pointer,
}

impl Place {
    /// A component schema.
    pub fn component(name: &Name, at: &Pointer) -> Self {
        Place {
            stem: name.rust.clone(),
            wire: name.wire.clone(),
            module: module_of(&name.rust),
            at: at.clone(),
        }
    }

    /// The body of an operation's request or response.
    pub fn body(stem: String, at: &Pointer) -> Self {
        Place {
            wire: stem.clone(),
            module: module_of(&stem),
            stem,
            at: at.clone(),
        }
    }

    /// The same place, unless a `$ref` led from it into another file: schemas there go by their own name, whoever refers to them first.
    ///
    /// `schemas/common.yaml#/Owner` is `Owner`, `schemas/pet.json` is `Pet`.
    pub fn or_file(self, at: &Pointer) -> Self {
        if self.at.file() == at.file() {
            return self;
        }
        let file = at.file().rsplit('/').next().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        let wire = at.name().unwrap_or_else(|| stem.to_owned());
        let rust = name::type_name(&wire);
        Place::component(&Name { wire, rust }, at)
    }

    /// The property `wire` of the object here.
    pub fn property(&self, wire: &str) -> Self {
        Place {
            stem: name::type_name(&format!("{}_{}", self.stem, name::type_name(wire))),
            wire: format!("{}.{wire}", self.wire),
            module: self.module.clone(),
            at: self.at.child("properties").child(wire),
        }
    }

    /// The items of the list here.
    pub fn items(&self) -> Self {
        self.part("Item", "[]", "items")
    }

    /// One of the first items of the list here.
    pub fn item(&self, index: usize) -> Self {
        let number = index + 1;
        Place {
            stem: name::type_name(&format!("{}_Item{number}", self.stem)),
            wire: format!("{}[{index}]", self.wire),
            module: self.module.clone(),
            at: self.at.child("prefixItems").index(index),
        }
    }

    /// The values of the map here.
    pub fn values(&self) -> Self {
        self.part("Value", "{}", "additionalProperties")
    }

    /// A branch of the alternatives here.
    pub fn branch(&self, stem: &str, index: usize) -> Self {
        Place {
            stem: name::type_name(&format!("{}_{stem}", self.stem)),
            wire: format!("{}|{index}", self.wire),
            module: self.module.clone(),
            at: self.at.child("oneOf").index(index),
        }
    }

    fn part(&self, stem: &str, wire: &str, member: &str) -> Self {
        Place {
            stem: name::type_name(&format!("{}_{stem}", self.stem)),
            wire: format!("{}{wire}", self.wire),
            module: self.module.clone(),
            at: self.at.child(member),
        }
    }
}

/// The module of a type. A schema called `400` is the type `_400`, and `types::_400` cannot be a module as well.
fn module_of(rust: &str) -> String {
    let module = name::module_name(rust);
    match module == rust {
        true => format!("{module}_"),
        false => module,
    }
}
