//! Changes and their verdicts, as data.

use crate::pointer::Pointer;

/// What a change means to code that is compiled against the newer crate, by cargo's rules for versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The output is the same but for order and comments.
    None,
    /// Code compiles as before; texts differ, or what is sent.
    Patch,
    /// Code compiles as before, and something is new or deprecated.
    Minor,
    /// There is code that no longer compiles, or that means something else.
    Major,
}

/// What happens between a program and a server of which one follows the older description, the other the newer one.
/// From good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Nothing is sent.
    Unused,
    /// They understand each other.
    Works,
    /// It depends on values, or on what the server does with what it does not know.
    Maybe,
    /// No error, and another meaning: a value is not seen, goes elsewhere, or is lost.
    Silent,
    /// The reply is an error of the client.
    Unreadable,
    /// The server refuses the call.
    Refused,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name: `member-added-required-sent`.
    pub id: &'static str,
    /// When it applies, as a sentence without its point: "a type that requests carry gets a required member".
    pub when: &'static str,
    /// What it means to users, and what a maintainer can do; plain text of one or more paragraphs.
    pub explanation: &'static str,
    /// Which descriptions have what it is about.
    pub sides: Sides,
}

/// Which of two descriptions have something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sides {
    /// Only the older one: it is removed.
    Old,
    /// Only the newer one: it is added.
    New,
    /// Both.
    Both,
}

/// A change that users of the client can notice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The [`Rule::id`].
    pub rule: &'static str,
    /// Twelve hexadecimal digits that stand for this change in `spec/accepted.yaml`: the same whenever the same edit is
    /// made, wherever in the file.
    pub fingerprint: String,
    /// What it means to code that is compiled against the newer crate.
    pub source: Level,
    /// Whether code compiles and means something else, so that no compiler finds it.
    pub unseen: bool,
    /// Programs of the older crate with a server of the newer description.
    pub old_client: Wire,
    /// Programs of the newer crate with a server of the older description.
    pub old_server: Wire,
    /// The item in Rust: `Product::archived`.
    pub rust: String,
    /// What it was in Rust: `bool`.
    pub was: Option<String>,
    /// What it is in Rust now.
    pub is: Option<String>,
    /// Its location in the older description.
    pub old: Option<Pointer>,
    /// Its location in the newer description.
    pub new: Option<Pointer>,
    /// The methods that reach it, sorted, each with where: `upsert_products (200 results[])`.
    pub reached_by: Vec<String>,
    /// One line that says what it is in Rust.
    pub text: String,
    /// What it does to programs, and what to do: one sentence or more.
    pub effect: String,
    /// Lines for `codegen.yaml` that keep what was, if there are some.
    pub choice: Option<String>,
}

/// All changes between two outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// The changes, the strongest first, then by item.
    pub list: Vec<Change>,
    /// The number of texts that differ: descriptions, titles, examples.
    pub texts: usize,
}

impl Changes {
    /// Returns what all of them together mean to code; the texts count as [`Level::Patch`].
    pub fn level(&self) -> Level {
        let texts = if self.texts > 0 {
            Level::Patch
        } else {
            Level::None
        };
        self.list
            .iter()
            .map(|change| change.source)
            .fold(texts, Level::max)
    }
}
