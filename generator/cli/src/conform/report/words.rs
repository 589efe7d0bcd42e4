//! How findings are called: their codes, and what is wrong in a sentence.

use oasmith::diagnostic::{Code, code};

use crate::conform::finding::{Key, Kind, Part};

/// Returns the code of a kind, and the keyword that is shown.
pub(super) fn row(kind: &Kind) -> (&'static Code, Option<&str>) {
    match kind {
        Kind::Status(_) => (code::STATUS_UNDECLARED, None),
        Kind::MediaType(_) => (code::MEDIA_TYPE_UNDECLARED, Some("content")),
        Kind::NoBody | Kind::NotJson => (code::BODY_ABSENT, None),
        Kind::NotSent => (code::PARAMETER_ABSENT, Some("required")),
        Kind::Null => (code::NULL_UNDECLARED, Some("type")),
        Kind::Type(_) => (code::TYPE_UNDECLARED, Some("type")),
        Kind::Missing(_) => (code::MEMBER_ABSENT, Some("required")),
        Kind::Undeclared(_) => (code::MEMBER_UNDECLARED, Some("additionalProperties")),
        Kind::Value(_) => (code::VALUE_UNDECLARED, Some("enum")),
        Kind::Format(_) => (code::FORMAT_MISMATCH, Some("format")),
        Kind::Bound(keyword) | Kind::Keyword(keyword) => (code::BOUND_EXCEEDED, Some(keyword)),
        Kind::NoBranch(keyword) => (code::NO_BRANCH, Some(keyword)),
        Kind::Tag(_) => (code::NO_BRANCH, Some("discriminator")),
        Kind::SeveralBranches => (code::SEVERAL_BRANCHES, Some("oneOf")),
    }
}

/// Returns what is wrong, without the numbers.
pub(super) fn what(key: &Key, declared: Option<&str>) -> String {
    let part = match &key.part {
        Part::Body => "the body".to_owned(),
        Part::Item => "an item of the stream".to_owned(),
        Part::Parameter { location, name } => format!("the {location} parameter `{name}`"),
    };
    let at = match (key.instance.as_str(), &key.part) {
        ("", _) => part.clone(),
        (instance, Part::Body) => format!("`{instance}`"),
        (instance, _) => format!("`{instance}` of {part}"),
    };
    match &key.kind {
        Kind::Status(_) => "the status is not declared".to_owned(),
        Kind::MediaType(Some(media_type)) => format!("`{media_type}` is not declared"),
        Kind::MediaType(None) => "the media type is not declared".to_owned(),
        Kind::NoBody => "there is no body".to_owned(),
        Kind::NotJson => format!("{at} is not JSON"),
        Kind::NotSent => match &key.part {
            Part::Parameter { location, name } => {
                format!("the required {location} parameter `{name}` is not sent")
            }
            Part::Body | Part::Item => format!("{part} is not sent"),
        },
        Kind::Null => format!("{at} is null"),
        Kind::Type(found) => match declared {
            Some(declared) => format!("{at} is `{found}`, not `{declared}`,"),
            None => format!("{at} is `{found}`"),
        },
        Kind::Missing(name) => format!("{at} lacks `{name}`"),
        Kind::Undeclared(Some(name)) => format!("{at} has `{name}`, which is not declared,"),
        Kind::Undeclared(None) => format!("{at} has members that are not declared"),
        Kind::Value(Some(value)) => format!("{at} is `{value}`, which is not listed,"),
        Kind::Value(None) => format!("{at} has a value that is not listed"),
        Kind::Format(format) => format!("{at} is no `{format}`"),
        Kind::Bound(keyword) | Kind::Keyword(keyword) => format!("{at} does not fit `{keyword}`"),
        Kind::NoBranch(keyword) => format!("{at} fits no branch of `{keyword}`"),
        Kind::Tag(Some(value)) => {
            format!("{at} has the discriminator `{value}`, which is in no branch,")
        }
        Kind::Tag(None) => format!("{at} has a discriminator that is in no branch"),
        Kind::SeveralBranches => format!("{at} fits several branches of `oneOf`"),
    }
}
