//! What a change of a description means to those who use the client: two outputs become a list of changes.
//!
//! Each change has two verdicts. *Source* is what happens to code that is compiled against the newer crate; *wire* is
//! what happens between programs that are already out and a server that follows the other description.
//!
//! Both are derived. `surface` compares the public items of the generated source, `model` the two [`ir::Api`]s; `wire`
//! follows values from one description to the other. `join` brings them together: each difference of the surface belongs
//! to a change of the model, and that is as strong as its differences.
//!
//! [`ir::Api`]: crate::ir::Api

mod bring;
mod change;
mod draft;
mod effect;
mod features;
mod fingerprint;
mod join;
mod matching;
mod model;
mod reach;
mod requirements;
mod rules;
mod several;
mod spell;
mod surface;
mod unexplained;
mod wire;

pub use change::{Change, Changes, Level, Rule, Sides, Wire};
pub use rules::rules;
pub use surface::{Difference, ItemKind, Key, surface_changes};

use crate::Output;
use draft::Draft;
use matching::Pair;
use model::Model;
use reach::Reach;

/// Compares two outputs of the same target.
///
/// ```
/// # use oasmith::load::MapSources;
/// # use oasmith::options::Options;
/// let document = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
/// let sources = MapSources::new().with("pets.yaml", document);
/// let output = oasmith::generate(&sources, &Options::new("pets.yaml", "pets")).expect("the document is valid");
/// assert!(oasmith::compare::compare(&output, &output).list.is_empty());
/// ```
pub fn compare(old: &Output, new: &Output) -> Changes {
    match (&old.api.joined, &new.api.joined) {
        (None, None) => compared(old, new, Vec::new()),
        _ => several::compare(old, new, compared),
    }
}

/// Compares the outputs of one document, or what is seen of one of several. Further changes explain what differs, too.
fn compared(old: &Output, new: &Output, further: Vec<Draft>) -> Changes {
    let pair = Pair::of(&old.api, &new.api);
    let reach = (&Reach::of(&old.api), &Reach::of(&new.api));
    let mut model = Model::of(&pair, reach);
    bring::types(&mut model);
    model.drafts.extend(requirements::compare(old, new));
    model.drafts.extend(features::compare(&pair));
    model.drafts.extend(further);
    let differences = surface::differences(&old.files, &new.files, &pair.renames());
    let is_same = surface::have_same_lines(&old.files, &new.files);
    Changes {
        list: join::join(&model.drafts, &differences, is_same, reach),
        texts: model.texts,
    }
}
