//! A change of the model, before it is known what it does to the surface.

use super::change::{Level, Wire};
use crate::ir::{TypeId, TypeRef};
use crate::pointer::Pointer;

/// Items of the surface that a change explains: all of an owner, or some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The owner, by the names of the newer output: `types::Pet`, `Client`.
    pub owner: String,
    /// The names in it; `None` for all that nothing else explains.
    pub names: Option<Vec<String>>,
}

/// Whether a change can be seen in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// As the surface says; if nothing of it differs, in texts or in what is sent.
    BySurface,
    /// A name stands for something else of the description, and the compiler does not see it.
    Unseen,
    /// Nobody notices it.
    Nothing,
}

/// Who reaches the item of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// Everybody, or nobody in particular.
    All,
    /// These methods.
    Methods(Vec<String>),
    /// Those that reach a type of the newer client, or of the older one if it is gone.
    Type(Option<TypeId>, Option<TypeId>),
}

/// A change of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The rule's id.
    pub rule: &'static str,
    /// What identifies the item in the description, whatever its Rust name: `Pet/properties/name`.
    pub place: String,
    /// The item in Rust.
    pub rust: String,
    /// What it was in Rust.
    pub was: Option<String>,
    /// What it is in Rust.
    pub is: Option<String>,
    /// The locations in the older and in the newer description.
    pub pointers: (Option<Pointer>, Option<Pointer>),
    /// What happens to old programs, and to the new crate with an old server.
    pub wire: (Wire, Wire),
    /// Whether it can be seen.
    pub visibility: Visibility,
    /// What it explains.
    pub covers: Vec<Cover>,
    /// What it means to code at least: an old name is gone although its item is not, a manifest needs a line.
    pub least: Level,
    /// Types of the older and of the newer client that it names; those that only one has came or went with it.
    pub types: (Vec<TypeId>, Vec<TypeId>),
    /// Who reaches it.
    pub users: Users,
    /// One line that says what it is in Rust.
    pub text: String,
    /// What else there is to say: a sentence.
    pub note: Option<String>,
    /// Lines of `codegen.yaml` that keep what was.
    pub choice: Option<String>,
}

impl Draft {
    /// Creates a change without any effect.
    pub fn new(rule: &'static str, place: impl Into<String>, rust: impl Into<String>) -> Self {
        Draft {
            rule,
            place: place.into(),
            rust: rust.into(),
            was: None,
            is: None,
            pointers: (None, None),
            wire: (Wire::Works, Wire::Works),
            visibility: Visibility::BySurface,
            covers: Vec::new(),
            least: Level::None,
            types: (Vec::new(), Vec::new()),
            users: Users::All,
            text: String::new(),
            note: None,
            choice: None,
        }
    }

    /// Sets the line that says what it is.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Sets what else there is to say.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Sets what the item was and is in Rust.
    pub fn values(mut self, was: Option<String>, is: Option<String>) -> Self {
        (self.was, self.is) = (was, is);
        self
    }

    /// Sets the locations.
    pub fn at(mut self, old: Option<&Pointer>, new: Option<&Pointer>) -> Self {
        self.pointers = (old.cloned(), new.cloned());
        self
    }

    /// Sets what happens between programs and servers.
    pub fn wire(mut self, old_client: Wire, old_server: Wire) -> Self {
        self.wire = (old_client, old_server);
        self
    }

    /// Sets whether it can be seen.
    pub fn visibility(mut self, visibility: Visibility) -> Self {
        self.visibility = visibility;
        self
    }

    /// Adds items that it explains.
    pub fn covers(
        mut self,
        owner: impl Into<String>,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.covers.push(Cover {
            owner: owner.into(),
            names: Some(names.into_iter().map(Into::into).collect()),
        });
        self
    }

    /// Adds all items of an owner.
    pub fn covers_all(mut self, owner: impl Into<String>) -> Self {
        self.covers.push(Cover {
            owner: owner.into(),
            names: None,
        });
        self
    }

    /// Says that a name of the older output is gone, although its item is not.
    pub fn renames(self) -> Self {
        self.at_least(Level::Major)
    }

    /// Sets what it means to code at least.
    pub fn at_least(mut self, level: Level) -> Self {
        self.least = level;
        self
    }

    /// Adds the named types of the older and of the newer client.
    pub fn types<'t>(
        mut self,
        old: impl IntoIterator<Item = &'t TypeRef>,
        new: impl IntoIterator<Item = &'t TypeRef>,
    ) -> Self {
        self.types.0.extend(old.into_iter().filter_map(TypeRef::id));
        self.types.1.extend(new.into_iter().filter_map(TypeRef::id));
        self
    }

    /// Sets who reaches it.
    pub fn users(mut self, users: Users) -> Self {
        self.users = users;
        self
    }

    /// Sets the lines of `codegen.yaml`.
    pub fn choice(mut self, choice: Option<String>) -> Self {
        self.choice = choice;
        self
    }
}
