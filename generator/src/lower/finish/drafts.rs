//! The drafts of all types in their final order, by id.

use crate::ir::{TypeId, TypeRef};
use crate::lower::schema::{BodyDraft, TypeDraft};

/// The drafts of all types in their final order; a [`TypeId`] is an index.
pub(super) struct TypeDrafts {
    drafts: Vec<TypeDraft>,
}

impl TypeDrafts {
    /// Takes drafts whose ids are their indexes.
    pub fn new(drafts: Vec<TypeDraft>) -> Self {
        TypeDrafts { drafts }
    }

    /// Returns the number of types.
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Returns all types, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, TypeDraft> {
        self.drafts.iter()
    }

    /// Returns all types, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, TypeDraft> {
        self.drafts.iter_mut()
    }

    /// Returns the type at an index, to be changed.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut TypeDraft> {
        self.drafts.get_mut(index)
    }

    /// Returns the definition of a type.
    pub fn body(&self, id: TypeId) -> &BodyDraft {
        &self.get(id).body
    }

    /// Returns the name of a type's schema in the document.
    pub fn wire_name(&self, id: TypeId) -> &str {
        &self.get(id).name.wire
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made together with the list, and the list never shrinks"
    )]
    fn get(&self, id: TypeId) -> &TypeDraft {
        &self.drafts[id.0]
    }

    /// Returns what a reference means once aliases are followed.
    pub fn resolve<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        while let TypeRef::Named(id) = ty
            && let BodyDraft::Alias(target) = self.body(*id)
        {
            ty = target;
        }
        ty
    }
}

impl IntoIterator for TypeDrafts {
    type Item = TypeDraft;
    type IntoIter = std::vec::IntoIter<TypeDraft>;

    fn into_iter(self) -> Self::IntoIter {
        self.drafts.into_iter()
    }
}
