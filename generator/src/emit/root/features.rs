//! What the crate's documentation says about its cargo features.

use crate::emit::docs;
use crate::emit::paragraphs::Paragraphs;
use crate::ir::{Api, DefaultFeatures, Feature, FeaturePart};

/// Adds the section on features by tag, if there are some.
pub(super) fn section(api: &Api, text: &mut Paragraphs) {
    let Some(features) = &api.features else {
        return;
    };
    text.line("# Features");
    let default = match features.default {
        DefaultFeatures::All => "All of them are default features.",
        DefaultFeatures::None => "None of them is a default feature.",
    };
    text.line(format!(
        "Each tag of the description is a cargo feature, with which its operations and the types that they reach are \
         compiled. An operation with several tags belongs to the first. {default}"
    ));
    text.list(features.list.iter().map(line).collect());
}

/// `` `code-scanning`: operations with the tag `Code scanning`. ``
fn line(feature: &Feature) -> String {
    let name = docs::code(&feature.name);
    match &feature.part {
        FeaturePart::Tag { tags, .. } => {
            let codes: Vec<String> = tags.iter().map(|tag| docs::code(tag)).collect();
            match codes.as_slice() {
                [] => format!("{name}: operations without a tag."),
                [one] => format!("{name}: operations with the tag {one}."),
                all => format!(
                    "{name}: operations with one of the tags {}.",
                    all.join(", ")
                ),
            }
        }
        FeaturePart::UnusedTypes => format!("{name}: types that no operation uses."),
    }
}
